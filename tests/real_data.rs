//! Imports of data that others made, where `FRONTDESK_REAL_DATA` names its folder: every row is
//! in the store or told with its place and reason, the figures are those the data is known to have,
//! and what is exported and imported again is the same.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod common;
mod importing;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Bench, list};
use frontdesk::desk::contract::{Filter, ListQuery, Sort};
use frontdesk::domain::number::Kind;
use frontdesk::exchange::book::{self, Options, Unopened};
use frontdesk::exchange::encoding::named;
use frontdesk::exchange::export::Form;
use frontdesk::exchange::mapping::Mapping;
use frontdesk::exchange::sheet::Sheet;
use frontdesk::exchange::words::Words;
use importing::{Outcome, PLAIN, content, counted, exported, exported_as, import};

/// The folder of the data, or a word that the test did not run.
fn data(part: &str) -> Option<PathBuf> {
    let found = std::env::var_os("FRONTDESK_REAL_DATA").map(|dir| PathBuf::from(dir).join(part));
    match &found {
        Some(_) => println!("real data: ran on {part}"),
        None => println!("real data: FRONTDESK_REAL_DATA is not set, {part} was not read"),
    }
    found
}

fn open(path: &Path, options: &Options) -> Result<Sheet, Unopened> {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    book::open(fs::read(path).unwrap(), &name, options)
}

fn map(name: &str) -> Mapping {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/import")
        .join(name);
    Mapping::parse(&fs::read_to_string(path).unwrap(), name).unwrap()
}

/// Imports a file by a map into a new store of a profile, sees that the store is whole, and that an
/// export imported into another store is exported as the same again.
fn taken(path: &Path, map_name: &str, profile: &str, sheet: Option<&str>) -> (Bench, Outcome) {
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

/// More rows than this go there and back as CSV only.
const MANY: usize = 1_000;

fn there_and_back(bench: &mut Bench, kind: Kind) {
    let once = content(&exported(bench, kind));
    let forms = [
        (Form::CsvUtf8, "once.csv"),
        (Form::Xlsx, "once.xlsx"),
        (Form::JsonLines, "once.jsonl"),
    ];
    let few = once.len() <= MANY;
    for (form, name) in forms.into_iter().take(if few { 3 } else { 1 }) {
        let profile = bench.desk.site().unwrap().profile.clone();
        let mut second = Bench::of(&profile);
        let file = exported_as(bench, kind, form);
        let table = book::open(file, name, &Options::default()).unwrap();
        let mapping = Mapping::propose(kind, table.headers(), &Words::new()).unwrap();
        let again = import(&mut second, &table, &mapping, &PLAIN);
        assert_eq!(again.rejects, [], "{name}");
        assert_eq!(content(&exported(&mut second, kind)), once, "{name}");
    }
}

fn figures<const N: usize>(counts: &BTreeMap<String, u64>, names: [&str; N]) -> [u64; N] {
    names.map(|name| counts.get(name).copied().unwrap_or(0))
}

#[test]
fn ten_thousand_service_requests_keep_their_figures() {
    let Some(path) = data("sf311/sf311_service_requests.csv") else {
        return;
    };
    let (mut bench, outcome) = taken(&path, "sf311.toml", "call-centre", None);
    assert_eq!(outcome.totals(), [10_000, 10_000, 0, 0]);
    let out = exported(&mut bench, Kind::Intake);
    let states = counted(&out, "State");
    assert_eq!(states.into_values().collect::<Vec<_>>(), [9_630, 370]);
    let sources = figures(
        &counted(&out, "Source"),
        ["Phone", "Web", "Mobile/Open311", "Twitter"],
    );
    assert_eq!(sources, [4865, 4148, 839, 90]);
}

#[test]
fn six_hundred_car_complaints_in_gbk_keep_their_figures() {
    let Some(path) = data("cn-car-complaints-gbk/car_complain_gbk.csv") else {
        return;
    };
    let (mut bench, outcome) = taken(&path, "car-complaints.toml", "dealership", None);
    assert_eq!(outcome.totals(), [600, 600, 0, 0]);
    let out = exported(&mut bench, Kind::Complaint);
    let sources = figures(
        &counted(&out, "Source"),
        ["处理反馈", "信息审核", "用户评分", "厂家受理"],
    );
    assert_eq!(sources, [286, 231, 57, 26]);
    assert_eq!(counted(&out, "Department").len(), 75, "brands");
}

#[test]
fn columns_that_are_shifted_against_their_header_are_told_row_by_row() {
    let Some(folder) = data("cn-car-complaints-gbk") else {
        return;
    };
    let text = "kind = \"complaint\"\n[fields]\nexternal = \"id\"\ntext = \"desc\"\n\
                state = { column = \"status\", values = { \"信息审核\" = \"recorded\" } }\n";
    let mapping = Mapping::parse(text, "map").unwrap();
    for name in [
        "car_complain_shifted_utf8.csv",
        "car_complain_乱码调整.xlsx",
    ] {
        let table = open(&folder.join(name), &Options::default()).unwrap();
        let mut bench = Bench::of("dealership");
        let outcome = import(&mut bench, &table, &mapping, &PLAIN);
        assert_eq!(outcome.totals(), [330, 0, 0, 330], "{name}");
        assert_eq!(
            outcome.reasons().into_keys().collect::<Vec<_>>(),
            ["cell-no-choice"]
        );
    }
}

#[test]
fn petitions_keep_their_categories_and_a_number_that_stands_twice_is_told() {
    let Some(folder) = data("cn-petitions-sample") else {
        return;
    };
    let (mut bench, outcome) = taken(
        &folder.join("附件2.xlsx"),
        "petitions.toml",
        "call-centre",
        None,
    );
    assert_eq!(outcome.totals(), [495, 495, 0, 0]);
    let [double] = outcome.doubles.as_slice() else {
        panic!("{:?}", outcome.doubles)
    };
    assert_eq!(double.number, "37042");
    let out = exported(&mut bench, Kind::Complaint);
    let departments = figures(
        &counted(&out, "Department"),
        [
            "劳动和社会保障",
            "城乡建设",
            "教育文体",
            "卫生计生",
            "交通运输",
            "商贸旅游",
            "环境保护",
        ],
    );
    assert_eq!(departments, [104, 101, 96, 58, 55, 48, 33]);
}

#[test]
fn answered_petitions_keep_the_days_they_waited() {
    let Some(folder) = data("cn-petitions-sample") else {
        return;
    };
    let (_, votes) = taken(
        &folder.join("附件3.xlsx"),
        "petitions-votes.toml",
        "call-centre",
        None,
    );
    assert_eq!(votes.totals(), [30, 30, 0, 0]);
    let path = folder.join("附件4.xlsx");
    let (mut bench, outcome) = taken(&path, "petitions-answered.toml", "call-centre", None);
    assert_eq!(outcome.totals(), [120, 120, 0, 0]);
    let page = bench.page(ListQuery {
        limit: 500,
        ..list(Kind::Complaint, Filter::All, Sort::Oldest)
    });
    let mut waited: Vec<i64> = page
        .rows
        .into_iter()
        .map(|(_, row)| match row.record {
            frontdesk::domain::record::Record::Complaint(it) => {
                it.answer.unwrap().at.0 - it.made_at.0
            }
            other => panic!("{other:?}"),
        })
        .collect();
    waited.sort_unstable();
    let median = i64::midpoint(waited[59], waited[60]);
    let hundredths = (median + 432_000_000) / 864_000_000;
    assert!(
        (994..=995).contains(&hundredths),
        "9.95 days, not {hundredths}"
    );
}

#[test]
fn complaints_about_a_provider_keep_their_states() {
    let Some(path) = data("comcast-complaints/comcast_complaints.csv") else {
        return;
    };
    let (mut bench, outcome) = taken(&path, "provider-complaints.toml", "call-centre", None);
    assert_eq!(outcome.totals(), [2_224, 2_224, 0, 0]);
    let out = exported(&mut bench, Kind::Complaint);
    let states = figures(
        &counted(&out, "Source"),
        ["Solved", "Closed", "Open", "Pending"],
    );
    assert_eq!(states, [973, 734, 363, 154]);
}

#[test]
fn complaints_about_banks_keep_their_figures() {
    let Some(path) = data("cfpb-complaints-small/cfpb_complaints_802.csv") else {
        return;
    };
    let (mut bench, outcome) = taken(&path, "finance-complaints.toml", "call-centre", None);
    assert_eq!(outcome.totals(), [802, 802, 0, 0]);
    let out = exported(&mut bench, Kind::Complaint);
    assert_eq!(figures(&counted(&out, "Category"), ["Mortgage"]), [253]);
    let sources = counted(&out, "Source");
    let untimely = sources
        .iter()
        .filter(|(source, _)| source.contains(" / No / ") || source.ends_with(" / No"));
    assert!(untimely.map(|(_, count)| count).sum::<u64>() >= 22);
}

#[test]
fn city_requests_come_out_alike_whatever_they_are_packed_in() {
    let Some(folder) = data("boston311-100") else {
        return;
    };
    let (mut bench, outcome) = taken(
        &folder.join("boston311-100.csv"),
        "city-requests.toml",
        "call-centre",
        None,
    );
    assert_eq!(outcome.totals(), [100, 100, 0, 0]);
    let plain = exported(&mut bench, Kind::Intake);
    let sources = counted(&plain, "Source");
    let overdue = sources
        .iter()
        .filter(|(source, _)| source.ends_with("OVERDUE"));
    assert_eq!(overdue.map(|(_, count)| count).sum::<u64>(), 17);
    assert_eq!(
        counted(&plain, "State").into_values().min(),
        Some(15),
        "open"
    );
    for name in [
        "boston311-100.csv.gz",
        "boston311-100.csv.zip",
        "boston311-dmy-100.csv",
    ] {
        let (mut bench, _) = taken(
            &folder.join(name),
            "city-requests.toml",
            "call-centre",
            None,
        );
        assert_eq!(
            content(&exported(&mut bench, Kind::Intake)),
            content(&plain),
            "{name}"
        );
    }
    let path = folder.join("boston311-100-20dupes-random.csv");
    let (_, outcome) = taken(&path, "city-requests.toml", "call-centre", None);
    assert_eq!(outcome.totals(), [100, 80, 20, 0]);
    for (name, imported) in [
        ("boston311-100-notime.csv", 100),
        ("boston311-100-with-nonascii.csv", 100),
        ("boston311-100-with-fake-pii.csv", 100),
    ] {
        let (_, outcome) = taken(
            &folder.join(name),
            "city-requests.toml",
            "call-centre",
            None,
        );
        assert_eq!(outcome.tally.imported, imported, "{name}");
    }
}

#[test]
fn calls_of_a_call_centre_keep_their_figures() {
    let Some(path) = data("pwc-call-log/call-center-dataset.xlsx") else {
        return;
    };
    let (mut bench, outcome) = taken(&path, "calls.toml", "call-centre", None);
    assert_eq!(outcome.totals(), [5_000, 5_000, 0, 0]);
    let out = exported(&mut bench, Kind::Intake);
    let (mut answered, mut resolved, mut waited) = (0, 0, 0);
    for (source, count) in counted(&out, "Source") {
        let parts: Vec<&str> = source.split('/').collect();
        answered += if parts[0] == "Y" { count } else { 0 };
        resolved += if parts[1] == "Y" { count } else { 0 };
        waited += parts
            .get(2)
            .map_or(0, |seconds| seconds.parse::<u64>().unwrap() * count);
    }
    assert_eq!((answered, resolved), (4_054, 3_646));
    assert_eq!(waited * 100 / answered, 6_752, "67.52 s");
}

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
    let still_out = counted(&loans, "Returned at")[""];
    let without_borrower_and_out = 6_060 - still_out;
    assert!(without_borrower_and_out <= 22, "{still_out}");
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

#[test]
fn members_with_the_same_name_stay_apart() {
    let Some(folder) = data("shakespeare-co-members") else {
        return;
    };
    let path = folder.join("SCoData_members_v1.2_2022-01.csv");
    let (_, outcome) = taken(&path, "members.toml", "property", None);
    assert_eq!(outcome.totals(), [5_235, 5_235, 0, 0]);
    let path = folder.join("beach_lendinglibrary_catalog.csv");
    let (_, outcome) = taken(&path, "catalogue.toml", "property", None);
    let [read, imported, already, rejected] = outcome.totals();
    assert_eq!((read, imported + already, rejected), (1_055, 1_053, 2));
}

#[test]
fn hotels_are_customers_with_their_telephones() {
    let Some(folder) = data("crosswoz-hotels") else {
        return;
    };
    let (_, outcome) = taken(
        &folder.join("hotel_db.json"),
        "hotels.toml",
        "call-centre",
        None,
    );
    let [read, imported, already, rejected] = outcome.totals();
    assert_eq!((read, imported + already + rejected), (1_133, 1_133));
    assert_eq!(rejected, 0, "{:?}", outcome.told());
}

#[test]
fn a_database_is_said_to_be_one() {
    let Some(path) = data("chinook/Chinook_Sqlite.sqlite") else {
        return;
    };
    let Err(Unopened::Refused(problem)) = open(&path, &Options::default()) else {
        panic!("opened");
    };
    assert_eq!(
        (problem.key.as_str(), problem.args["what"].as_str()),
        ("sheet-foreign", "SQLite")
    );
}

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
}
