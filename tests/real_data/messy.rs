//! Files that are broken in every way others have thought of.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use frontdesk::exchange::book::{Options, Unopened};
use frontdesk::exchange::sheet::Sheet;

use crate::taken::{data, open};

/// How a file was opened: rows read and rows refused of each of its sheets, or what was said.
fn opened(path: &Path) -> Vec<String> {
    let read = |sheet: Sheet| {
        let (mut good, mut bad) = (0_u64, 0_u64);
        for row in sheet.rows() {
            match row.cells {
                Ok(cells) => {
                    assert_eq!(cells.len(), sheet.headers().len());
                    good += 1;
                }
                Err(_) => bad += 1,
            }
        }
        assert_eq!(good + bad, sheet.count(), "{}", path.display());
        format!("{good}+{bad}")
    };
    match open(path, &Options::default()) {
        Ok(sheet) => vec![read(sheet)],
        Err(Unopened::Refused(problem)) => vec![problem.key],
        Err(Unopened::Encoding(candidates)) => candidates
            .iter()
            .map(|candidate| {
                let encoding = Some(candidate.encoding);
                let options = Options {
                    encoding,
                    ..Options::default()
                };
                format!(
                    "{} {}",
                    candidate.encoding.name(),
                    read(open(path, &options).unwrap())
                )
            })
            .collect(),
        Err(Unopened::Sheet(sheets)) => sheets
            .iter()
            .map(|info| {
                let sheet = Some(info.name.to_string());
                let options = Options {
                    sheet,
                    ..Options::default()
                };
                read(open(path, &options).unwrap())
            })
            .collect(),
    }
}

fn all_opened(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name != "SOURCE.txt" {
            let opened = opened(&path);
            println!("{name}: {opened:?}");
            found.insert(name, opened);
        }
    }
    found
}

#[test]
fn every_messy_text_is_read_or_refused() {
    let Some(folder) = data("messy-csv") else {
        return;
    };
    let found = all_opened(&folder);
    assert_eq!(found.len(), 103);
    let of = |name: &str| found[name].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(of("csvkit-mac_newlines.csv"), ["2+0"]);
    assert_eq!(of("csvkit-test_utf16_big.csv"), ["2+0"]);
    assert_eq!(of("csvkit-test_utf16_little.csv"), ["2+0"]);
    assert_eq!(of("csvkit-test_utf8_bom.csv"), ["2+0"]);
    assert_eq!(of("messytables-utf-16le_encoded.csv"), ["327+0"]);
    assert_eq!(of("csvkit-testdbf.dbf"), ["sheet-binary"]);
    assert_eq!(of("frictionless-empty.csv"), ["sheet-empty"]);
    assert_eq!(of("csvkit-null_byte.csv"), ["0+1"]);
    assert_eq!(of("messytables-simple.zip").len(), 1);
    let asked = of("messytables-characters.csv");
    assert!(asked.iter().any(|it| it.starts_with("Big5 ")), "{asked:?}");
    assert!(
        asked.iter().any(|it| it.starts_with("gb18030 ")),
        "{asked:?}"
    );
}

#[test]
fn every_messy_workbook_is_read_or_refused() {
    let Some(folder) = data("messy-xlsx") else {
        return;
    };
    let found = all_opened(&folder);
    assert_eq!(found.len(), 55);
    let of = |name: &str| found[name].iter().map(String::as_str).collect::<Vec<_>>();
    for name in [
        "calamine-pass_protected.xlsx",
        "qsv-password-protected-password123.xlsx",
    ] {
        assert_eq!(of(name), ["sheet-encrypted"], "{name}");
    }
    assert_eq!(of("calamine-empty_sheet.xlsx"), ["sheet-empty"]);
    assert_eq!(of("calamine-date_1904.xlsx"), of("calamine-date_1904.xls"));
    assert_eq!(of("readxl-deaths.xlsx"), of("readxl-deaths.xls"));
    assert_eq!(of("readxl-deaths.xlsx").len(), 2);
    let declared = of("calamine-issue_174.xlsx");
    assert_eq!(
        declared,
        ["1+0"],
        "a sheet of 1,048,576 rows and 16,384 columns"
    );
}
