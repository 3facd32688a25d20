//! Inspections of the archive: when the next one is due, and what keeps one open (A11-14a, A11-14b,
//! A13-a5c).

pub mod scan;

use chrono::{Days, Months};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::complaint::course::Said;
use crate::domain::context::{Context, Meta};
use crate::domain::named::named;
use crate::domain::number::Number;
use crate::domain::procedure::ArchiveStep;
use crate::domain::refusal::{Checks, Problem, Refusal};
use crate::domain::stamp::Day;
use crate::text::clean;

named! {
    /// What is looked at. Positions stand in records and index keys: variants are only appended.
    #[derive(Default)]
    InspectionKind {
        /// The custody of the files, shelf by shelf (A11-14a, A13-a5c).
        #[default]
        Custody = "custody",
        /// Temperature and humidity (A11-16).
        Environment = "environment",
        /// Doors, windows, cabinets and locks; airing, insects, dust and rats (A13-a5a, A13-a5b).
        Security = "security",
    }
}

/// When the archive is looked at. What no regulation and no site gives is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InspectionRules {
    /// Months from one full inspection to the next (A11-14a, A13-a5c).
    pub months: Option<u32>,
    /// The clause of that.
    pub clause: Option<String>,
    /// Days from one look at temperature and humidity to the next (A11-16).
    pub environment_days: Option<u32>,
    /// Days from one look at doors and locks to the next (A13-a5a).
    pub security_days: Option<u32>,
    /// The lowest and highest temperature, in tenths of a degree.
    pub temperature: Option<(i32, i32)>,
    /// The lowest and highest humidity, in percent.
    pub humidity: Option<(u32, u32)>,
}

named! {
    /// What is looked at for safety, and cared for (A13-a5a, A13-a5b).
    SafetyPoint {
        /// The doors.
        Doors = "doors",
        /// The windows.
        Windows = "windows",
        /// The cabinets.
        Cabinets = "cabinets",
        /// The locks.
        Locks = "locks",
        /// Airing.
        Airing = "airing",
        /// Against insects.
        Insects = "insects",
        /// Against dust.
        Dust = "dust",
        /// Against rats.
        Rats = "rats",
    }
}

/// What is entered of one look at the archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct InspectionDetails {
    /// What is looked at.
    pub kind: InspectionKind,
    /// Tenths of a degree (A11-16).
    pub temperature: Option<i32>,
    /// Percent (A11-16).
    pub humidity: Option<u32>,
    /// The points that are in order or done; the others are not (A13-a5a, A13-a5b).
    pub safety: Vec<(SafetyPoint, bool)>,
    /// Remarks.
    pub note: String,
}

/// An inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Inspection {
    /// Number, version, times. Who made it inspects.
    pub meta: Meta,
    /// What was entered.
    pub details: InspectionDetails,
    /// The shelves that are to be visited.
    pub shelves: Vec<String>,
    /// The shelves that were visited.
    pub visits: Vec<Visit>,
    /// The shelf whose files are being scanned; empty between two shelves.
    pub visiting: String,
    /// The files scanned there, in their order.
    pub scanned: Vec<Number>,
    /// Whether what was measured lies outside the bounds of that time (A11-16).
    pub out_of_bounds: bool,
    /// Closed by whom and when (A11-14b).
    pub closed: Option<Said>,
}

impl Inspection {
    /// The shelves that were not visited yet.
    pub fn unvisited(&self) -> impl Iterator<Item = &String> {
        let visited = |shelf: &String| self.visits.iter().any(|visit| visit.shelf == *shelf);
        self.shelves.iter().filter(move |shelf| !visited(shelf))
    }
}

/// An inspection begun; a look at the environment or at safety is complete with its one entry.
///
/// # Errors
/// Refused for one who does not carry it; without both values of the environment, or with a point of
/// safety left out.
pub fn begin(
    number: Number,
    mut details: InspectionDetails,
    context: &Context,
) -> Result<Inspection, Refusal> {
    context.may_take(ArchiveStep::Inspect)?;
    details.note = clean::body(&details.note);
    let mut checks = Checks::new();
    match details.kind {
        InspectionKind::Custody => {}
        InspectionKind::Environment => {
            for (given, field) in [
                (details.temperature.is_some(), "temperature"),
                (details.humidity.is_some(), "humidity"),
            ] {
                checks.require(given, || Problem::required(field).clause("A11-16"));
            }
        }
        InspectionKind::Security => {
            for point in SafetyPoint::ALL {
                let given = details.safety.iter().any(|(known, _)| known == point);
                checks.require(given, || Problem::required(point.id()).clause("A13-a5a"));
            }
        }
    }
    checks.done()?;
    let rules = &context.profile.archive.inspections;
    let outside = |value: Option<i64>, bounds: Option<(i64, i64)>| {
        let bounds = value.zip(bounds);
        bounds.is_some_and(|(value, (least, most))| !(least..=most).contains(&value))
    };
    let temperature = rules.temperature.map(|(a, b)| (a.into(), b.into()));
    let humidity = rules.humidity.map(|(a, b)| (a.into(), b.into()));
    let out_of_bounds = outside(details.temperature.map(Into::into), temperature)
        || outside(details.humidity.map(Into::into), humidity);
    let custody = details.kind == InspectionKind::Custody;
    let shelves = context.profile.archive.shelves.iter();
    let mut shelves: Vec<String> = shelves.map(|shelf| shelf.id.clone()).collect();
    if shelves.is_empty() {
        // A site that wrote down no cabinets looks at its store as a whole.
        shelves.push(WHOLE.to_owned());
    }
    if !custody {
        shelves.clear();
    }
    Ok(Inspection {
        meta: Meta::new(number, context),
        details,
        shelves,
        visits: Vec::new(),
        visiting: String::new(),
        scanned: Vec::new(),
        out_of_bounds,
        closed: (!custody).then(|| said("", context)),
    })
}

/// The name of the whole store, where a site has written down no cabinets.
pub const WHOLE: &str = "*";

fn said(text: &str, context: &Context) -> Said {
    Said {
        text: clean::body(text),
        at: context.now,
        by: context.operator.meta.number,
    }
}

/// A step of an inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InspectionStep {
    /// A shelf was visited.
    VisitShelf {
        /// Which.
        shelf: String,
        /// What was found.
        #[serde(default)]
        finding: Option<Finding>,
        /// What is damaged or missing.
        #[serde(default)]
        note: String,
    },
    /// A file was scanned on the shelf that is being visited.
    ScanFile {
        /// What its label says, or its number.
        label: String,
        /// The shelf, where the first file of a visit does not say which.
        #[serde(default)]
        shelf: String,
    },
    /// All files of the shelf that is being visited were scanned.
    EndShelf {
        /// Anything to say.
        #[serde(default)]
        note: String,
    },
    /// All of them were.
    CloseInspection {
        /// The record of the inspection.
        #[serde(default)]
        note: String,
    },
}

impl InspectionStep {
    /// Its name in texts.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::VisitShelf { .. } => "visit-shelf",
            Self::ScanFile { .. } => "scan-file",
            Self::EndShelf { .. } => "end-shelf",
            Self::CloseInspection { .. } => "close-inspection",
        }
    }
}

/// Whether somebody may go on with an inspection.
fn may_go_on(inspection: &Inspection, context: &Context) -> Result<(), Refusal> {
    context.may_take(ArchiveStep::Inspect)?;
    if inspection.closed.is_some() {
        return Err(Problem::new("inspection-closed")
            .clause("A11-14b")
            .arg("number", inspection.meta.number)
            .into());
    }
    Ok(())
}

/// One step on. A shelf that is visited again has its later finding. What is scanned is taken by
/// [`scan`], which has to know the files.
///
/// # Errors
/// Refused for one who does not carry it, once it is closed, for a shelf that there is not, without a
/// finding, with damage or loss without words, and for closing while a shelf was not visited (A11-14b).
pub fn step(
    inspection: &Inspection,
    step: &InspectionStep,
    context: &Context,
) -> Result<Inspection, Refusal> {
    may_go_on(inspection, context)?;
    let mut next = Inspection {
        meta: inspection.meta.changed(context),
        ..inspection.clone()
    };
    match step {
        InspectionStep::VisitShelf {
            shelf,
            finding,
            note,
        } => {
            let shelf = clean::name(shelf);
            let note = clean::body(note);
            let mut checks = Checks::new();
            let known = inspection.shelves.contains(&shelf);
            checks.require(known, || {
                Problem::new("unknown-shelf")
                    .field("shelf")
                    .arg("value", &shelf)
            });
            checks.require(finding.is_some(), || {
                Problem::required("finding").clause("A11-14b")
            });
            let told = *finding == Some(Finding::InOrder) || !note.is_empty();
            checks.require(told || finding.is_none(), || {
                Problem::new("finding-without-words")
                    .field("note")
                    .clause("A11-14b")
                    .arg("shelf", &shelf)
            });
            checks.done()?;
            next.visits.retain(|visit| visit.shelf != shelf);
            next.visits.extend(finding.map(|finding| Visit {
                shelf,
                finding,
                note,
                missing: Vec::new(),
                astray: Vec::new(),
                misplaced: Vec::new(),
            }));
        }
        InspectionStep::ScanFile { .. } | InspectionStep::EndShelf { .. } => {
            return Err(Problem::new("nothing-scanned").clause("A11-14b").into());
        }
        InspectionStep::CloseInspection { note } => {
            may_close(&inspection.visits, &inspection.shelves)?;
            next.closed = Some(said(note, context));
        }
    }
    Ok(next)
}

/// Whether the next look is due, so many days after the last one.
pub fn standing_in_days(last: Option<Day>, days: u32, today: Day) -> Standing {
    let due = last.and_then(|last| last.0.checked_add_days(Days::new(days.into())));
    stands(due.map(Day), today)
}

named! {
    /// What was found on a shelf. Positions stand in records: variants are only appended.
    Finding {
        /// Everything is there and whole.
        InOrder = "in-order",
        /// Something is faded or torn, and wants repair (A11-15, A13-a5d).
        Damaged = "damaged",
        /// Something is not where it belongs.
        Missing = "missing",
        /// Everything is there, and something does not stand where it belongs.
        Misplaced = "misplaced",
    }
}

/// How a shelf was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Visit {
    /// The shelf.
    pub shelf: String,
    /// What was found.
    pub finding: Finding,
    /// What is damaged or missing, in words.
    pub note: String,
    /// Files that belong there and were not scanned.
    pub missing: Vec<Number>,
    /// Files that were scanned and belong elsewhere, or are lent.
    pub astray: Vec<Number>,
    /// Files that stand at another place of the shelf than theirs.
    pub misplaced: Vec<Number>,
}

impl Visit {
    /// Whether it says what was found, by files or in words.
    pub fn is_told(&self) -> bool {
        let lists = [&self.missing, &self.astray, &self.misplaced];
        self.finding == Finding::InOrder
            || !self.note.trim().is_empty()
            || lists.iter().any(|list| !list.is_empty())
    }
}

/// How an inspection stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not due before this day.
    NotYet(Day),
    /// Due today.
    Due,
    /// Due since this day.
    Overdue(Day),
}

/// Whether the next inspection is due, so many months after the last one; due at once where there
/// never was one. Overdue begins the day after (A11-14a).
pub fn standing(last: Option<Day>, months: u32, today: Day) -> Standing {
    let due = last.and_then(|last| last.0.checked_add_months(Months::new(months)));
    stands(due.map(Day), today)
}

fn stands(due: Option<Day>, today: Day) -> Standing {
    match due {
        None => Standing::Due,
        Some(due) if today < due => Standing::NotYet(due),
        Some(due) if today == due => Standing::Due,
        Some(due) => Standing::Overdue(due),
    }
}

/// An inspection that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InspectionDue {
    /// What is to be looked at.
    pub kind: InspectionKind,
    /// Since which day; none where there never was one.
    pub since: Option<Day>,
    /// Whether that day is over.
    pub overdue: bool,
}

/// Whether a look of a kind is due, by the day of the last one (A11-14a, A11-16, A13-a5a, A13-a5c);
/// nothing is asked for that the site has no figure for.
pub fn due(
    kind: InspectionKind,
    last: Option<Day>,
    rules: &InspectionRules,
    today: Day,
) -> Option<InspectionDue> {
    let standing = match kind {
        InspectionKind::Custody => standing(last, rules.months?, today),
        InspectionKind::Environment => standing_in_days(last, rules.environment_days?, today),
        InspectionKind::Security => standing_in_days(last, rules.security_days?, today),
    };
    let (since, overdue) = match standing {
        Standing::NotYet(_) => return None,
        Standing::Due => (last.map(|_| today), false),
        Standing::Overdue(since) => (Some(since), true),
    };
    Some(InspectionDue {
        kind,
        since,
        overdue,
    })
}

/// Holds an inspection that is to be closed against the shelves that there are.
///
/// # Errors
/// Refused for each shelf that was not visited, and for damage or loss without a word on what it is
/// (A11-14b).
pub fn may_close(visits: &[Visit], shelves: &[String]) -> Result<(), Refusal> {
    let mut checks = Checks::new();
    for shelf in shelves {
        let visited = visits.iter().any(|visit| visit.shelf == *shelf);
        checks.require(visited, || {
            Problem::new("shelf-not-visited")
                .clause("A11-14b")
                .arg("shelf", shelf)
        });
    }
    for visit in visits {
        checks.require(visit.is_told(), || {
            Problem::new("finding-without-words")
                .clause("A11-14b")
                .arg("shelf", &visit.shelf)
        });
    }
    checks.done()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day(text.parse().unwrap())
    }

    #[test]
    fn half_a_year_or_a_quarter_after_the_last_one_it_is_due_and_a_day_later_overdue() {
        let last = Some(day("2024-01-15"));
        let half = |today| standing(last, 6, day(today));
        let due = day("2024-07-15");
        assert_eq!(half("2024-07-14"), Standing::NotYet(due));
        assert_eq!(half("2024-07-15"), Standing::Due);
        assert_eq!(half("2024-07-16"), Standing::Overdue(due));
        assert_eq!(standing(last, 3, day("2024-04-15")), Standing::Due);
        assert_eq!(standing(None, 3, day("2024-04-15")), Standing::Due);
    }

    #[test]
    fn a_shelf_that_was_not_visited_keeps_an_inspection_open() {
        let visit = |shelf: &str, finding, note: &str| Visit {
            shelf: shelf.to_owned(),
            finding,
            note: note.to_owned(),
            missing: Vec::new(),
            astray: Vec::new(),
            misplaced: Vec::new(),
        };
        let shelves = ["A1".to_owned(), "A2".to_owned()];
        let first = visit("A1", Finding::InOrder, "");
        let keys = |visits: &[Visit]| -> Vec<String> {
            let refusal = may_close(visits, &shelves).err();
            let problems = refusal.map(|it| it.problems).unwrap_or_default();
            problems.into_iter().map(|it| it.key).collect()
        };
        assert_eq!(keys(std::slice::from_ref(&first)), ["shelf-not-visited"]);
        let untold = visit("A2", Finding::Damaged, " ");
        assert_eq!(keys(&[first.clone(), untold]), ["finding-without-words"]);
        let told = visit("A2", Finding::Missing, "缺 3 号合同");
        assert_eq!(keys(&[first, told]), Vec::<String>::new());
    }
}
