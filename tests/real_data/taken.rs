//! How every set is taken: opened, imported by a map, held against itself, and there and back again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use frontdesk::domain::number::Kind;
use frontdesk::exchange::book::{self, Options, Unopened};
use frontdesk::exchange::encoding::named;
use frontdesk::exchange::export::Form;
use frontdesk::exchange::mapping::Mapping;
use frontdesk::exchange::sheet::Sheet;
use frontdesk::exchange::words::Words;

use crate::common::Bench;
use crate::importing::{Outcome, PLAIN, content, exported, exported_as, import};

/// The folder of the data, or a word that the test did not run.
pub fn data(part: &str) -> Option<PathBuf> {
    let found = std::env::var_os("FRONTDESK_REAL_DATA").map(|dir| PathBuf::from(dir).join(part));
    match &found {
        Some(_) => println!("real data: ran on {part}"),
        None => println!("real data: FRONTDESK_REAL_DATA is not set, {part} was not read"),
    }
    found
}

/// Opens a file as a table.
pub fn open(path: &Path, options: &Options) -> Result<Sheet, Unopened> {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    book::open(fs::read(path).unwrap(), &name, options)
}

/// A map of the fixtures.
pub fn map(name: &str) -> Mapping {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/import")
        .join(name);
    Mapping::parse(&fs::read_to_string(path).unwrap(), name).unwrap()
}

/// Imports a file by a map into a new store of a profile, sees that the store is whole, and that an
/// export imported into another store is exported as the same again.
pub fn taken(path: &Path, map_name: &str, profile: &str, sheet: Option<&str>) -> (Bench, Outcome) {
    let mapping = map(map_name);
    let options = Options {
        encoding: mapping.encoding.as_deref().and_then(named),
        sheet: sheet.map(str::to_owned),
        ..Options::default()
    };
    let table = open(path, &options).unwrap();
    let mut bench = Bench::of(profile);
    let outcome = import(&mut bench, &table, &mapping, &PLAIN);
    assert!(bench.desk.verify(None).unwrap().is_clean());
    there_and_back(&mut bench, mapping.kind);
    (bench, outcome)
}

/// Exports all of a kind in every form, imports each into a store of its own, and sees that it is
/// exported from there as the same.
pub fn there_and_back(bench: &mut Bench, kind: Kind) {
    there_and_back_as(bench, kind, &FORMS);
}

/// The forms there are, with a file's name for each.
pub const FORMS: [(Form, &str); 3] = [
    (Form::CsvUtf8, "once.csv"),
    (Form::JsonLines, "once.jsonl"),
    (Form::Xlsx, "once.xlsx"),
];

/// The same in some forms only.
pub fn there_and_back_as(bench: &mut Bench, kind: Kind, forms: &[(Form, &str)]) {
    let once = content(&exported(bench, kind));
    for (form, name) in forms {
        let profile = bench.desk.site().unwrap().profile.clone();
        let mut second = Bench::of(&profile);
        let file = exported_as(bench, kind, *form);
        let table = book::open(file, name, &Options::default()).unwrap();
        let mapping = Mapping::propose(kind, table.headers(), &Words::new()).unwrap();
        let again = import(&mut second, &table, &mapping, &PLAIN);
        assert_eq!(again.rejects, [], "{name}");
        assert_eq!(content(&exported(&mut second, kind)), once, "{name}");
    }
}

/// How often each of some names was counted.
pub fn figures<const N: usize>(counts: &BTreeMap<String, u64>, names: [&str; N]) -> [u64; N] {
    names.map(|name| counts.get(name).copied().unwrap_or(0))
}

/// The cells of a column of a file by the line of their row, as they stand there.
pub fn column(sheet: &Sheet, header: &str) -> BTreeMap<u64, String> {
    let place = sheet.headers().iter().position(|it| it == header).unwrap();
    let rows = sheet.rows();
    rows.map(|row| (row.line, row.cells.unwrap()[place].clone()))
        .collect()
}

/// The cells of a column of an export, row by row.
pub fn exported_column(bytes: &[u8], column: &str) -> Vec<String> {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let place = reader.headers().unwrap().iter().position(|it| it == column);
    let rows = reader.records();
    rows.map(|row| row.unwrap()[place.unwrap()].to_owned())
        .collect()
}
