//! Real complaints go through the procedure of a dealership and of a property company in the second
//! quarter of 2024, and the report says the numbers that are counted from the exported CSV.
//!
//! The texts are those of `FRONTDESK_REAL_DATA` where it names a folder, and of the fixtures where
//! it does not.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

#[path = "../common/mod.rs"]
mod common;
mod count;
#[path = "../importing/mod.rs"]
mod importing;
mod run;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use count::{Counted, Ends, made_in};
use frontdesk::desk::contract::{Query, Reply};
use frontdesk::domain::analysis::{Cell, Figures, Line, Quarter, TrendLine};
use frontdesk::domain::number::Kind;
use frontdesk::domain::profile::{Permission, Profile};
use frontdesk::exchange::book::{self, Options};
use frontdesk::exchange::encoding::named;
use frontdesk::locale::{Lang, Texts};
use importing::exported;

/// The cells of a column of a file of real data, where there is some.
fn real(part: &str, header: &str, encoding: Option<&str>) -> Option<Vec<String>> {
    let folder = PathBuf::from(std::env::var_os("FRONTDESK_REAL_DATA")?);
    println!("real data: ran on {part}");
    let path = folder.join(part);
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let options = Options {
        encoding: encoding.and_then(named),
        ..Options::default()
    };
    let table = book::open(fs::read(&path).unwrap(), &name, &options).unwrap();
    let place = table.headers().iter().position(|it| it == header).unwrap();
    let cells = table.rows().map(|row| row.cells.unwrap()[place].clone());
    Some(cells.filter(|text| !text.trim().is_empty()).collect())
}

/// The texts of the fixtures, often enough to fill a quarter.
fn own(name: &str) -> Vec<String> {
    println!("real data: not this time, the fixtures were read");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/simulation");
    let text = fs::read_to_string(path.join(name)).unwrap();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.iter().cycle().take(160).cloned().collect()
}

/// Names of an export, for the cells of the report.
struct Names {
    texts: Texts,
    profile: Profile,
}

impl Names {
    fn department(&self, id: &str) -> String {
        let known = self.profile.complaints.departments.iter();
        let mut known = known.filter(|it| it.id == id);
        known
            .next()
            .map_or_else(|| id.to_owned(), |it| it.en.clone())
    }

    fn of(&self, cell: &Cell) -> String {
        match cell {
            Cell::Category(id) => {
                let known = self.profile.complaints.categories.iter();
                let mut known = known.filter(|it| it.id == *id);
                known.next().map_or_else(|| id.clone(), |it| it.en.clone())
            }
            Cell::Channel(channel) => self.texts.name("channel", channel.id()),
            Cell::Cause(department) => self.department(department),
            Cell::State(state) | Cell::LateIn(state) => {
                self.texts.name("complaint-state", state.id())
            }
            Cell::Outcome(outcome) => outcome.id().to_owned(),
            Cell::Satisfaction(said) => self.texts.name("satisfaction", said.id()),
            other => panic!("{other:?}"),
        }
    }

    /// The lines of a distribution in which something was counted.
    fn lines(&self, lines: &[Line]) -> BTreeMap<String, u64> {
        let some = lines.iter().filter(|line| line.count > 0);
        some.map(|line| (self.of(&line.cell), line.count)).collect()
    }
}

/// Everything the report says is what was counted.
fn agree(names: &Names, figures: &Figures, counted: &Counted) {
    assert_eq!(figures.total, counted.total);
    assert_eq!(names.lines(&figures.categories), counted.categories);
    assert_eq!(names.lines(&figures.channels), counted.channels);
    assert_eq!(names.lines(&figures.causes), counted.causes);
    assert_eq!(names.lines(&figures.states), counted.states);
    assert_eq!(names.lines(&figures.outcomes), counted.outcomes);
    let single = [
        &figures.repeated,
        &figures.reopened,
        &figures.late,
        &figures.major,
    ];
    let expected = [
        counted.repeated,
        counted.reopened,
        counted.late,
        counted.major,
    ];
    assert_eq!(
        single.map(|line| line.count),
        expected,
        "repeated, reopened, late, major"
    );
    let satisfaction = &figures.satisfaction;
    assert_eq!(
        (satisfaction.asked, satisfaction.rated),
        (counted.asked, counted.rated)
    );
    assert_eq!(names.lines(&satisfaction.scale), counted.satisfaction);
    let span = |it: &frontdesk::domain::analysis::Span| count::Span {
        mean: it.mean.into(),
        median: it.median.into(),
        longest: it.longest.into(),
    };
    assert_eq!(figures.times.count, counted.answered);
    assert_eq!(span(&figures.times.clock), counted.clock);
    assert_eq!(span(&figures.times.work), counted.work);
    let departments: BTreeMap<String, count::Department> = figures
        .departments
        .iter()
        .map(|it| {
            let some = it.outcomes.iter().filter(|(_, count)| *count > 0);
            let department = count::Department {
                count: it.count,
                outcomes: some
                    .map(|(one, count)| (one.id().to_owned(), *count))
                    .collect(),
                answered: it.answered,
                mean: it.mean.into(),
                longest: it.longest.into(),
            };
            (names.department(&it.department), department)
        })
        .collect();
    assert_eq!(departments, counted.departments);
    assert_eq!(names.lines(&figures.late_in), counted.late_in);
    assert_eq!(in_short(figures.trend.last().unwrap()), short(counted));
}

/// What a line of the trend says.
fn in_short(line: &TrendLine) -> (u64, u64, u64, u64) {
    (line.count, line.late, line.answered, line.mean.into())
}

/// The same, counted.
fn short(counted: &Counted) -> (u64, u64, u64, u64) {
    let mean = counted.clock.mean;
    (counted.total, counted.late, counted.answered, mean)
}

/// Plays the quarter, and holds the report against the export.
fn simulate(id: &str, texts: Vec<String>, seed: u64) {
    let many = texts.len() as u64;
    let mut quarter = run::Quarter::new(id, texts, seed);
    quarter.run();
    assert_eq!(quarter.refused, Vec::<String>::new());
    let staff = &mut quarter.staff;
    let able = |permission| staff.profile.permissions[&permission].roles.clone();
    let (reports, exports) = (able(Permission::Report), able(Permission::Export));
    let role = exports.into_iter().find(|role| reports.contains(role));
    let desk = staff.is(role.unwrap());
    let of = Quarter::of(2024, 2).unwrap();
    let Reply::Analysis(report) = desk.look(Query::Analysis(of)) else {
        panic!("no report");
    };
    let csv = String::from_utf8(exported(desk, Kind::Complaint)).unwrap();
    let names = Names {
        texts: Texts::new(Lang::En),
        profile: staff.profile.clone(),
    };
    let state = |id: &str| names.texts.name("complaint-state", id);
    let (closed, noted, withdrawn) = (state("closed"), state("noted"), state("withdrawn"));
    let ends = Ends {
        closed: &closed,
        noted: &noted,
        withdrawn: &withdrawn,
    };
    let counted = made_in(&csv, &ends, ("2024-04-01", "2024-07-01"));
    agree(&names, &report.figures, &counted);
    // The week before the quarter is all that the trend knows of the one before.
    let before = made_in(&csv, &ends, ("2024-01-01", "2024-04-01"));
    assert!(before.total > 0);
    let trend = report.figures.trend.iter().rev().skip(1);
    let trend: Vec<_> = trend.map(in_short).collect();
    let nothing = (0, 0, 0, 0);
    assert_eq!(trend, [short(&before), nothing, nothing, nothing]);
    // Enough of everything came to pass that the comparison says something.
    assert!(
        counted.total < many && counted.total * 2 > many,
        "{}",
        counted.total
    );
    for (what, count) in [
        ("repeated", counted.repeated),
        ("reopened or given back", counted.reopened + counted.rated),
        ("major", counted.major),
        ("asked in vain", counted.asked - counted.rated),
        (
            "closed",
            counted.outcomes.get("closed").copied().unwrap_or(0),
        ),
        (
            "withdrawn",
            counted.outcomes.get("withdrawn").copied().unwrap_or(0),
        ),
        (
            "left lying",
            counted.outcomes.get("open").copied().unwrap_or(0),
        ),
    ] {
        assert!(count > 0, "nothing {what}: {counted:?}");
    }
    let has_terms = !names.profile.complaints.terms.is_empty();
    assert_eq!(counted.late > 0, has_terms, "{}", counted.late);
    quarter.staff.bench.assert_clean();
}

#[test]
fn the_report_of_a_dealership_says_what_is_counted_from_its_export() {
    let part = "cn-car-complaints-gbk/car_complain_gbk.csv";
    let texts = real(part, "desc", Some("gb18030"));
    simulate(
        "dealership",
        texts.unwrap_or_else(|| own("dealership.txt")),
        2024,
    );
}

#[test]
fn the_report_of_a_property_company_says_what_is_counted_from_its_export() {
    let texts = real("cn-petitions-sample/附件2.xlsx", "留言主题", None);
    simulate(
        "property",
        texts.unwrap_or_else(|| own("property.txt")),
        2024,
    );
}

#[test]
fn the_same_seed_gives_the_same_quarter() {
    let play = || {
        let mut quarter = run::Quarter::new("property", own("property.txt"), 7);
        quarter.run();
        let role = quarter.staff.profile.permissions[&Permission::Export].roles[0];
        exported(quarter.staff.is(role), Kind::Complaint)
    };
    assert_eq!(play(), play());
}
