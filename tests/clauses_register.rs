//! The register of clauses (`docs/clauses.tsv`) and the tests named after them say the same.
//!
//! A clause that is done, or done in part, has at least one test whose name begins with its id; a
//! clause that is not yet done has none. A clause in part says what is missing and where it will
//! come from, one that no software can fulfil says why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

const AREAS: &[&str] = &[
    "intake",
    "complaints",
    "archive",
    "customers",
    "follow-up",
    "credit",
    "approvals",
    "access & confidentiality",
    "penalties",
    "reports",
    "meetings & notices",
    "staff conduct",
];

/// One line of the register.
struct Clause<'a> {
    id: &'a str,
    area: &'a str,
    state: &'a str,
    note: &'a str,
}

fn register() -> io::Result<String> {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/clauses.tsv"))
}

/// The lines of the register without its heading, and the numbers of lines that are none.
fn clauses(text: &str) -> (Vec<Clause<'_>>, Vec<usize>) {
    let mut found = Vec::new();
    let mut odd = Vec::new();
    for (index, line) in text.lines().enumerate().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        if let [id, area, state, note] = *cells.as_slice() {
            found.push(Clause {
                id,
                area,
                state,
                note,
            });
        } else {
            odd.push(index + 1);
        }
    }
    (found, odd)
}

/// What the names of a clause's tests begin with: `A11-19.5b` gives `a11_19_5b_`.
fn prefix(id: &str) -> String {
    format!("{}_", id.to_lowercase().replace(['-', '.'], "_"))
}

/// The clause a test is named after: the one with the longest prefix, since one id may begin with
/// another.
fn clause_of<'a>(test: &str, ids: &[&'a str]) -> Option<&'a str> {
    ids.iter()
        .copied()
        .filter(|id| test.starts_with(&prefix(id)))
        .max_by_key(|id| id.len())
}

/// Whether a test's name looks as if it named a clause: `a`, two digits, `_`.
fn looks_like_clause(test: &str) -> bool {
    matches!(test.as_bytes(), [b'a', b'0'..=b'9', b'0'..=b'9', b'_', ..])
}

/// The names of the functions marked as tests in a source text.
fn tests_in(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut marked = false;
    for line in source.lines().map(str::trim) {
        if line == "#[test]" {
            marked = true;
        } else if let Some((_, rest)) = line.split_once("fn ") {
            if marked {
                names.push(
                    rest.chars()
                        .take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect(),
                );
            }
            marked = false;
        }
    }
    names
}

fn tests_below(folder: &Path, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            tests_below(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.extend(tests_in(&fs::read_to_string(path)?));
        }
    }
    Ok(())
}

#[test]
fn the_register_and_the_tests_agree() {
    let text = register().unwrap();
    let (clauses, _) = clauses(&text);
    let ids: Vec<&str> = clauses.iter().map(|clause| clause.id).collect();
    let mut tests = Vec::new();
    for room in ["src", "tests"] {
        tests_below(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(room),
            &mut tests,
        )
        .unwrap();
    }
    let mut disagreements = Vec::new();
    let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for test in tests.iter().filter(|test| looks_like_clause(test)) {
        match clause_of(test, &ids) {
            Some(id) => named.entry(id).or_default().push(test),
            None => disagreements.push(format!("{test} is named after no clause")),
        }
    }
    for clause in &clauses {
        match (clause.state, named.get(clause.id)) {
            ("done" | "part", None) => disagreements.push(format!(
                "{} is {} and no test is named {}…",
                clause.id,
                clause.state,
                prefix(clause.id)
            )),
            ("not-yet" | "not-software", Some(tests)) => disagreements.push(format!(
                "{} is {} and yet there is {}",
                clause.id,
                clause.state,
                tests.join(", ")
            )),
            _ => {}
        }
    }
    assert!(disagreements.is_empty(), "\n{}", disagreements.join("\n"));
}

#[test]
fn every_line_is_whole_and_every_id_stands_once() {
    let text = register().unwrap();
    let (clauses, odd) = clauses(&text);
    assert_eq!(text.lines().next(), Some("id\tarea\tstate\tnote"));
    assert!(odd.is_empty(), "not four cells in lines {odd:?}");
    assert_eq!(clauses.len(), 455);
    let mut faults = Vec::new();
    let mut prefixes = BTreeSet::new();
    for clause in &clauses {
        let id = clause.id;
        if !prefixes.insert(prefix(id)) {
            faults.push(format!(
                "{id}: stands twice, or its tests could not be told apart"
            ));
        }
        if !looks_like_clause(&prefix(id)) {
            faults.push(format!("{id}: no id of a clause"));
        }
        if !AREAS.contains(&clause.area) {
            faults.push(format!("{id}: no area {:?}", clause.area));
        }
        match (clause.state, clause.note.trim().is_empty()) {
            ("done" | "not-yet", true) | ("part" | "not-software", false) => {}
            ("done" | "not-yet", false) => faults.push(format!("{id}: a note nobody asks for")),
            ("part", true) => faults.push(format!("{id}: what is missing, and whence?")),
            ("not-software", true) => faults.push(format!("{id}: why is it not software?")),
            (state, _) => faults.push(format!("{id}: no state {state:?}")),
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_test_belongs_to_the_longest_id_its_name_begins_with() {
    let ids = ["A03-4.1.2a", "A03-4.1.2a-1", "A11-19.5b"];
    assert_eq!(
        clause_of("a11_19_5b_ten_days_are_refused", &ids),
        Some("A11-19.5b")
    );
    assert_eq!(
        clause_of("a03_4_1_2a_1_holds_phones", &ids),
        Some("A03-4.1.2a-1")
    );
    assert_eq!(clause_of("a03_4_1_2a_two_files", &ids), Some("A03-4.1.2a"));
    assert_eq!(clause_of("a11_19_5_ten_days_are_refused", &ids), None);
}

#[test]
fn only_functions_marked_as_tests_are_found() {
    let mark = "#[test]";
    let source = format!(
        "fn a01_01_helper() {{}}\n    {mark}\n    #[cfg(unix)]\n    fn a01_02_x() {{\n fn y"
    );
    assert_eq!(tests_in(&source), ["a01_02_x"]);
}
