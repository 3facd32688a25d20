//! Files brought in by the program's own `import`, beside SQLite taking the same rows with the same
//! indexes and pairs of characters, both durable at the end.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use frontdesk::domain::number::{Kind, Number};

use crate::Fallible;
use crate::generate::{Plain, Site};
use crate::rig::{command, set_up};
use crate::table::Table;
use crate::yardstick::Database;

/// Generated complaints.
const COMPLAINTS: u64 = 100_000;
/// At least this share of the rows a second that the yardstick takes.
const TARGET: f64 = 0.5;

/// Which column of the generated file is what.
const MAP: &str = r#"
kind = "complaint"
encoding = "utf-8"

[fields]
complainant = "complainant"
phone = "phone"
plate = "plate"
place = "place"
category = "category"
text = "text"
channel = { constant = "call" }
"#;

/// The folder with files that are not ours to carry along.
const REAL_DATA: &str = "FRONTDESK_REAL_DATA";

fn site() -> Site {
    let import = Number {
        kind: Kind::Import,
        year: 0,
        seq: 1,
    };
    Site {
        size: COMPLAINTS,
        year: 2026,
        import,
    }
}

/// Rows a second of the program's import.
fn ours(kind: &str, file: &Path, map: &Path, rows: usize) -> Fallible<(f64, Duration)> {
    let folder = tempfile::tempdir()?;
    set_up(folder.path())?;
    let (file, map) = (file.to_string_lossy(), map.to_string_lossy());
    let line = ["--as", "wang", "import", kind, &file, "--map", &map];
    let began = Instant::now();
    let ran = command(folder.path(), &line).output()?;
    let took = began.elapsed();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    let last = said.lines().last().unwrap_or_default();
    eprintln!("  {last}");
    if !ran.status.success() {
        eprintln!("  {}", String::from_utf8_lossy(&ran.stderr));
    }
    // A hub that the import started ends by itself; it is told to, so that its folder can go.
    let _ = command(folder.path(), &["hub", "stop"]).output();
    Ok((rate(rows, took), took))
}

#[allow(clippy::cast_precision_loss, reason = "a rate of five digits")]
fn rate(rows: usize, took: Duration) -> f64 {
    rows as f64 / took.as_secs_f64()
}

/// Rows a second of the yardstick, in one transaction.
fn theirs(rows: &[Plain]) -> Fallible<f64> {
    let folder = tempfile::tempdir()?;
    let mut database = Database::create(&folder.path().join("sqlite"))?;
    let began = Instant::now();
    database.begin()?;
    for row in rows {
        database.add(row, 2026)?;
    }
    database.commit()?;
    Ok(rate(rows.len(), began.elapsed()))
}

fn told(what: &str, ours: (f64, Duration), theirs: f64, table: &mut Table) {
    let ratio = ours.0 / theirs;
    table.row(
        &format!("{what}, {:.1} s in all", ours.1.as_secs_f64()),
        &format!("{:.0}/s", ours.0),
        &format!("{theirs:.0}/s"),
        &format!("{ratio:.2}"),
        &format!("≥ {TARGET}"),
        ratio >= TARGET,
    );
}

/// Measures both files.
pub fn measure(table: &mut Table) -> Fallible<()> {
    Table::head("Import, rows a second", "SQLite");
    let folder = tempfile::tempdir()?;
    let (file, map) = (
        folder.path().join("rows.csv"),
        folder.path().join("map.toml"),
    );
    let rows: Vec<Plain> = site().complaints().map(|(_, plain)| plain).collect();
    let mut text = String::from("complainant,phone,plate,place,category,text\n");
    for row in &rows {
        let cells = [
            &row.name, &row.phone, &row.plate, &row.place, &row.class, &row.text,
        ];
        text.push_str(&cells.map(String::as_str).join(","));
        text.push('\n');
    }
    fs::write(&file, text)?;
    fs::write(&map, MAP)?;
    let our = ours("complaint", &file, &map, rows.len())?;
    told(
        &format!("{COMPLAINTS} generated complaints"),
        our,
        theirs(&rows)?,
        table,
    );
    sf311(table)
}

fn sf311(table: &mut Table) -> Fallible<()> {
    let file = std::env::var_os(REAL_DATA)
        .map(|folder| Path::new(&folder).join("sf311/sf311_service_requests.csv"))
        .filter(|file| file.exists());
    let Some(file) = file else {
        Table::figure(
            &format!("sf311: {REAL_DATA} names no folder that has it"),
            "",
            "",
        );
        return Ok(());
    };
    let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/import/sf311.toml");
    let rows = requests(&file)?;
    let our = ours("intake", &file, &map, rows.len())?;
    told(
        &format!("sf311, {} rows", rows.len()),
        our,
        theirs(&rows)?,
        table,
    );
    Ok(())
}

/// The columns of the yardstick's rows, by the names in the file.
fn requests(file: &Path) -> Fallible<Vec<Plain>> {
    let mut reader = csv::Reader::from_path(file)?;
    let headers = reader.headers()?.clone();
    let place = |name: &str| headers.iter().position(|header| header == name);
    let [address, category, kind, descriptor, agency, notes] = [
        "incident_address",
        "category",
        "complaint_type",
        "descriptor",
        "agency_name",
        "status_notes",
    ]
    .map(place);
    let mut rows = Vec::new();
    for (seq, row) in reader.records().enumerate() {
        let row = row?;
        let cell = |place: Option<usize>| place.and_then(|it| row.get(it)).unwrap_or_default();
        rows.push(Plain {
            kind: Kind::Intake.code(),
            seq: seq as u64 + 1,
            place: cell(address).to_owned(),
            text: [category, kind, descriptor].map(cell).join(" / "),
            class: cell(agency).to_owned(),
            ended: cell(notes).to_owned(),
            ..Plain::default()
        });
    }
    Ok(rows)
}
