//! Lists of names, places, plates and telephones: no records of a desk, but tables and objects of
//! every shape. Each row is in the store or told.

use std::path::Path;

use frontdesk::domain::number::Kind;
use frontdesk::exchange::book::Options;
use frontdesk::exchange::export::Form;
use frontdesk::exchange::mapping::Mapping;

use crate::common::Bench;
use crate::importing::{Outcome, PLAIN, import};
use crate::taken::{data, open, there_and_back_as};

/// Takes a file whole by the fields of a map.
fn whole(path: &Path, kind: Kind, fields: &str) -> Outcome {
    let text = format!("kind = \"{}\"\n[fields]\n{fields}", kind.id());
    let mapping = Mapping::parse(&text, "map").unwrap();
    let table = open(path, &Options::default()).unwrap();
    let mut bench = Bench::of("property");
    let outcome = import(&mut bench, &table, &mapping, &PLAIN);
    assert!(bench.desk.verify(None).unwrap().is_clean());
    there_and_back_as(&mut bench, kind, &[(Form::CsvUtf8, "once.csv")]);
    outcome
}

/// A map's field that joins all columns of a file.
fn all_columns(path: &Path) -> String {
    let table = open(path, &Options::default()).unwrap();
    let headers = table.headers().iter();
    let named: Vec<String> = headers.map(|it| format!("{it:?}")).collect();
    format!(
        "text = {{ columns = [{}], join = \"\\n\" }}",
        named.join(", ")
    )
}

#[test]
fn lists_of_names_are_customers_with_these_names() {
    let Some(folder) = data("cn-names") else {
        return;
    };
    for (name, fields, rows) in [
        ("charfreq.csv", "name = \"char\"\nnote = \"male\"", 9_442),
        (
            "familyname.csv",
            "name = \"surname\"\nnote = \"initial\"",
            1_806,
        ),
        (
            "givenname.csv",
            "name = \"character\"\nnote = { columns = [\"pinyin\", \"bihua\"] }",
            2_614,
        ),
    ] {
        let outcome = whole(&folder.join(name), Kind::Customer, fields);
        assert_eq!(outcome.totals(), [rows, rows, 0, 0], "{name}");
    }
}

#[test]
fn places_are_files_under_their_codes() {
    let Some(folder) = data("cn-places-plates-phones") else {
        return;
    };
    for (name, rows) in [
        ("provinces.csv", 31),
        ("cities.csv", 342),
        ("areas.csv", 2_978),
        ("pca-code.json", 31),
    ] {
        let fields = "title = \"name\"\nexternal = \"code\"";
        let outcome = whole(&folder.join(name), Kind::File, fields);
        assert_eq!(outcome.totals(), [rows, rows, 0, 0], "{name}");
    }
}

#[test]
fn one_object_is_one_row_however_many_names_it_has() {
    for (set, name, names) in [
        ("cn-names", "mingzi-data.json", 0),
        ("cn-places-plates-phones", "HK-MO-TW.json", 0),
        ("cn-places-plates-phones", "民用车牌.json", 416),
        ("cn-places-plates-phones", "农用车牌.json", 700),
    ] {
        let Some(folder) = data(set) else {
            return;
        };
        let path = folder.join(name);
        let table = open(&path, &Options::default()).unwrap();
        assert_eq!(table.count(), 1, "{name}");
        assert!(names == 0 || table.headers().len() == names, "{name}");
        let outcome = whole(&path, Kind::Intake, &all_columns(&path));
        assert_eq!(
            outcome.totals(),
            [1, 1, 0, 0],
            "{name} {:?}",
            outcome.told()
        );
    }
}

#[test]
fn two_lists_in_one_file_are_told_line_by_line() {
    let Some(folder) = data("cn-places-plates-phones") else {
        return;
    };
    let path = folder.join("mobilephones.data.gz");
    let table = open(&path, &Options::default()).unwrap();
    let fields = format!("text = {:?}", table.headers()[0]);
    let outcome = whole(&path, Kind::Intake, &fields);
    println!("{:?} {:?}", outcome.totals(), outcome.reasons());
    let [read, imported, already, rejected] = outcome.totals();
    assert_eq!(read, imported + already + rejected);
}
