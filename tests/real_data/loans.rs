//! Loans of a library, and the register of its borrowers.

use std::collections::BTreeSet;

use frontdesk::domain::number::Kind;
use frontdesk::exchange::book::{Options, Unopened};

use crate::common::Bench;
use crate::importing::{PLAIN, exported, import};
use crate::taken::{FORMS, column, data, exported_column, map, open, taken, there_and_back_as};

#[test]
fn loans_of_a_library_make_their_files() {
    let Some(folder) = data("ufrn-library-loans") else {
        return;
    };
    let mapping = map("library-loans.toml");
    let table = open(&folder.join("emprestimos-20201.csv"), &Options::default()).unwrap();
    let mut bench = Bench::of("property");
    let outcome = import(&mut bench, &table, &mapping, &PLAIN);
    assert_eq!(outcome.totals(), [26_561, 26_539, 0, 22]);
    assert_eq!(
        outcome.reasons().into_keys().collect::<Vec<_>>(),
        ["required"],
        "no borrower"
    );
    assert!(bench.desk.verify(None).unwrap().is_clean());
    let loans = exported(&mut bench, Kind::Loan);
    let refused: BTreeSet<u64> = outcome.rejects.iter().map(|it| it.line).collect();
    let of_refused = |header: &str, empty: bool| {
        let cells = column(&table, header).into_iter();
        let of = cells.filter(|(line, _)| refused.contains(line));
        of.filter(|(_, cell)| cell.is_empty() == empty).count()
    };
    let back = exported_column(&loans, "Returned at");
    let out = back.iter().filter(|at| at.is_empty()).count();
    assert_eq!(out + of_refused("data_devolucao", true), 6_060, "still out");
    let notes = exported_column(&loans, "Note").into_iter();
    let reasons = exported_column(&loans, "Reason").into_iter();
    let renewed = notes
        .zip(reasons)
        .filter(|(note, reason)| note.starts_with("renewed ") || reason.contains(" / renewed "));
    let renewed = renewed.count() + of_refused("data_renovacao", false);
    assert_eq!(renewed, 10_973, "renewed");
    let items = exported_column(&loans, "File");
    let items_out: Vec<&String> = items
        .iter()
        .zip(&back)
        .filter(|(_, back)| back.is_empty())
        .map(|(item, _)| item)
        .collect();
    let apart: BTreeSet<&&String> = items_out.iter().collect();
    assert_eq!(apart.len(), items_out.len(), "no item is out twice");
    let whole = |number: &String| number.bytes().all(|byte| byte.is_ascii_digit());
    assert!(
        exported_column(&loans, "Borrower").iter().all(whole),
        "no .0"
    );
    // A workbook of so many rows takes longer than a test should.
    there_and_back_as(&mut bench, Kind::Loan, &FORMS[..2]);
}

#[test]
fn borrowers_under_a_merged_title_are_read_sheet_by_sheet() {
    let Some(path) = data("ufrn-library-loans/matricula_alunos.xlsx") else {
        return;
    };
    let Err(Unopened::Sheet(sheets)) = open(&path, &Options::default()) else {
        panic!("not asked");
    };
    let names: Vec<&str> = sheets.iter().map(|sheet| &*sheet.name).collect();
    assert_eq!(names, ["Até 2010", "Após 2010"]);
    for (map, name, rows) in [
        ("borrowers.toml", "Até 2010", 7_726),
        ("borrowers-new.toml", "Após 2010", 2_274),
    ] {
        let (_, outcome) = taken(&path, map, "property", Some(name));
        let [read, imported, already, rejected] = outcome.totals();
        assert_eq!(
            (read, imported + already, rejected),
            (rows, rows, 0),
            "{name}"
        );
    }
}
