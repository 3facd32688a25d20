//! The hand-over of papers to the archive (SM4): by when, with which papers, signed for by both sides,
//! checked item by item, scanned, filed and put into the computer (A07-n, A07-a).
//!
//! What is handed over with which papers stands in the profile's checklists. What is due, late or
//! incomplete follows from the record; what it costs is found out in `violations`.

mod machine;
mod papers;
mod violations;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use machine::{Around, HandoverStep, HandoverStepKind, Next, ROWS, next_steps, step};
pub use papers::{Checklist, ChecklistItem, Condition, Only, conditions, lacking};
pub use violations::{FineDecision, decide, decision, rates, violations};

use super::archive::FileSort;
use super::calendar::{DayUnit, Due};
use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::customer::{self, Customer};
use super::named::named;
use super::number::Number;
use super::phone;
use super::procedure::ArchiveStep;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;
use crate::text::clean;

named! {
    /// Where a hand-over stands. Positions stand in records and index keys: variants are only appended.
    HandoverState {
        /// The clock runs; nothing was checked yet (A07-n.1, A07-a.1).
        Due = "due",
        /// Checked by the side that hands over (A07-n.2, A07-a.2).
        Checked = "checked",
        /// Signed for by both sides (A07-n.3, A07-a.3).
        Signed = "signed",
        /// Checked by the archive and whole (A07-n.5).
        Received = "received",
        /// Checked by the archive, and something is missing or wrong (A07-n.5, A07-f10a).
        Incomplete = "incomplete",
        /// Copied and scanned (A07-n.6).
        Scanned = "scanned",
        /// The originals are in the cabinet (A07-n.7).
        Filed = "filed",
        /// The electronic version is filled in (A07-n.8).
        Finished = "finished",
        /// Taken back, with a reason. Ours.
        Withdrawn = "withdrawn",
    }
}

impl HandoverState {
    /// Whether nothing more is expected of anybody.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Finished | Self::Withdrawn)
    }
}

/// What is entered when a car is delivered or given back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct HandoverDetails {
    /// The checklist, from the profile.
    pub checklist: String,
    /// What the file is about.
    pub sort: FileSort,
    /// When the car was delivered or given back.
    pub released_on: Option<Day>,
    /// Who hands over: the sales consultant or service adviser, by name.
    pub giver: String,
    /// The customer's card.
    pub customer: Option<Number>,
    /// The customer's name.
    pub person: String,
    /// Whether the customer is a company.
    pub company: bool,
    /// Whether this customer needs other proofs (A07-n-12).
    pub other_proofs: bool,
    /// The plate.
    pub plate: String,
    /// The number on the car's body.
    pub vin: String,
    /// The contact person of this delivery or visit (A07-n-01, A07-f3).
    pub contact: String,
    /// The one number of that person (A07-f3).
    pub phone: String,
    /// A land line, with its area code (A07-n-01).
    pub landline: String,
    /// The address (A07-n-01).
    pub address: String,
    /// Remarks.
    pub note: String,
}

/// How one paper of the checklist was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Paper {
    /// The item of the checklist.
    pub item: String,
    /// As the side that hands over found it.
    pub brought: Condition,
    /// As the archive found it when it first looked (A07-n.5).
    pub found: Option<Condition>,
    /// As it is now, after corrections.
    pub now: Condition,
}

/// An order to put something right at once (A07-f10a).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// What, ordered by whom and when.
    pub ordered: Said,
    /// Of whom.
    pub person: String,
    /// Put right, as the archive found.
    pub done: Option<Said>,
}

/// The scan of what was handed over (A07-n.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scan {
    /// How many pages.
    pub pages: u32,
    /// Its name, or where it lies, by whom and when.
    pub reference: Said,
}

/// A hand-over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Handover {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: Box<HandoverDetails>,
    /// Whether the contact of this delivery or visit and the one number were made sure of (A07-f3).
    pub contact_verified: bool,
    /// Where it stands.
    pub state: HandoverState,
    /// The last day on which it is on time (A07-n.1, A07-a.1).
    pub due: Day,
    /// Whether that day reaches into a year whose holidays are not announced.
    pub provisional: bool,
    /// The papers of the checklist, in its order.
    pub papers: Vec<Paper>,
    /// Checked by the side that hands over (A07-n.2).
    pub checked: Option<Said>,
    /// Signed by the side that hands over, with what is missing (A07-n.3, A07-n.4).
    pub given: Option<Said>,
    /// Signed for by the archive (A07-n.3).
    pub taken: Option<Said>,
    /// Its row in the sign-for register of the day on which it was signed for (A07-g5a).
    pub row: u32,
    /// Checked by the archive (A07-n.5).
    pub received: Option<Said>,
    /// Whole since then.
    pub whole: Option<Said>,
    /// Orders to put something right (A07-f10a).
    pub corrections: Vec<Correction>,
    /// The scan (A07-n.6).
    pub scan: Option<Scan>,
    /// The file it went into, and when (A07-n.7, A07-g5b).
    pub filed: Option<(Number, Said)>,
    /// The electronic version filled in (A07-n.8).
    pub filled: Option<Said>,
    /// Taken back.
    pub withdrawn: Option<Said>,
    /// Fines that were confirmed or waived (A07-f9).
    pub fines: Vec<FineDecision>,
}

impl Handover {
    /// The papers that are not as they should be now, by item.
    pub fn lacks<'a>(&'a self, checklist: &'a Checklist) -> Vec<&'a ChecklistItem> {
        let known: BTreeMap<&str, Condition> = self
            .papers
            .iter()
            .map(|paper| (paper.item.as_str(), paper.now))
            .collect();
        let items = checklist.items.iter();
        let lacks = |item: &&ChecklistItem| {
            let condition = known.get(item.id.as_str()).copied();
            lacking(item, condition.unwrap_or(Condition::Missing), &self.details)
        };
        items.filter(lacks).collect()
    }

    /// The correction that is still to be made.
    pub fn open_correction(&self) -> Option<&Correction> {
        self.corrections.iter().find(|it| it.done.is_none())
    }

    /// Whether something is expected of the side that hands over.
    pub fn is_with_giver(&self) -> bool {
        let corrected = self.open_correction().is_some();
        matches!(self.state, HandoverState::Due | HandoverState::Checked) || corrected
    }

    /// The items of its checklist that are there, whole or not.
    pub fn brought(&self) -> impl Iterator<Item = &str> {
        let there =
            |paper: &&Paper| !matches!(paper.now, Condition::Missing | Condition::NotNeeded);
        self.papers
            .iter()
            .filter(there)
            .map(|paper| paper.item.as_str())
    }

    /// Whether its papers were taken in and are in no file yet (A13-a4).
    pub fn is_to_be_filed(&self) -> bool {
        self.taken.is_some() && self.filed.is_none() && !self.state.is_final()
    }

    /// Days by which it is late; 0 when it was signed for in time or is not late yet (A07-n.1).
    pub fn days_late(&self, today: Day) -> i64 {
        let open = matches!(self.state, HandoverState::Due | HandoverState::Checked);
        if open {
            (today.0 - self.due.0).num_days().max(0)
        } else {
            0
        }
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let details = &mut self.details;
        let mut texts = vec![
            &mut details.person,
            &mut details.contact,
            &mut details.address,
            &mut details.note,
        ];
        let said = [
            &mut self.checked,
            &mut self.given,
            &mut self.taken,
            &mut self.received,
            &mut self.whole,
            &mut self.filled,
            &mut self.withdrawn,
        ];
        texts.extend(said.into_iter().flatten().map(|said| &mut said.text));
        for correction in &mut self.corrections {
            texts.push(&mut correction.ordered.text);
            texts.extend(correction.done.as_mut().map(|said| &mut said.text));
        }
        texts.extend(self.scan.as_mut().map(|scan| &mut scan.reference.text));
        texts.extend(self.filed.as_mut().map(|(_, said)| &mut said.text));
        texts.extend(self.fines.iter_mut().map(|fine| &mut fine.said.text));
        texts
    }
}

/// The checklist of a hand-over, as the profile has it now.
pub fn checklist<'a>(details: &HandoverDetails, context: &Context<'a>) -> Option<&'a Checklist> {
    let mut lists = context.profile.archive.checklists.iter();
    lists.find(|list| list.id == details.checklist)
}

/// The last day on which a hand-over is on time, with the days counted (A07-n.1, A07-a.1).
pub fn due(checklist: &Checklist, released_on: Day, context: &Context) -> Due {
    let days = checklist.days;
    context
        .calendar
        .due(released_on.0, days, DayUnit::Working, false)
}

/// A delivery or a visit reported: from now on the papers are due.
///
/// # Errors
/// Refused for one who does not carry it; where nobody is appointed who receives (A07-g2); without a
/// checklist, a day, who hands over, the customer and the car; with a land line without area code, or
/// without contact person, number and address where a file of a sold car wants them (A07-n-01).
pub fn begin(
    number: Number,
    mut details: HandoverDetails,
    customer: Option<&Customer>,
    receiver_there: bool,
    context: &Context,
) -> Result<Handover, Refusal> {
    // Whoever receives may also report a delivery that nobody reported.
    let carried = context.may_take(ArchiveStep::HandIn);
    carried.or_else(|refused| context.may_take(ArchiveStep::Receive).map_err(|_| refused))?;
    if !receiver_there {
        return Err(Problem::new("no-archive-administrator")
            .clause("A07-g2")
            .into());
    }
    let mut checks = Checks::new();
    settle(&mut details, customer, &mut checks);
    let today = context.today();
    let list = checklist(&details, context);
    checks.require(list.is_some(), || {
        Problem::required("checklist").clause("A07-n.2")
    });
    let released = details.released_on;
    checks.require(released.is_some(), || {
        Problem::required("released_on").clause("A07-n.1")
    });
    checks.require(released.is_none_or(|day| day <= today), || {
        Problem::new("in-the-future").field("released_on")
    });
    for (text, field, clause) in [
        (&details.giver, "giver", "A07-n.2"),
        (&details.person, "person", "A07-n-01"),
    ] {
        checks.require(!text.is_empty(), || Problem::required(field).clause(clause));
    }
    checks.require(!details.plate.is_empty() || !details.vin.is_empty(), || {
        Problem::required("plate").clause("A07-g3a")
    });
    let sorts = list.map(|list| list.sorts.as_slice()).unwrap_or_default();
    checks.require(list.is_none() || sorts.contains(&details.sort), || {
        Problem::new("not-of-this-checklist")
            .field("sort")
            .clause("A07-s")
    });
    if details.sort == FileSort::NewCar {
        check_green_card(&details, &mut checks);
    }
    checks.done()?;
    let (Some(list), Some(released)) = (list, released) else {
        return Err(Problem::required("checklist").into());
    };
    let due = due(list, released, context);
    let papers = list.items.iter().map(|item| Paper {
        item: item.id.clone(),
        brought: Condition::Missing,
        found: None,
        now: Condition::Missing,
    });
    Ok(Handover {
        meta: Meta::new(number, context),
        papers: papers.collect(),
        contact_verified: is_contact_verified(&details),
        details: Box::new(details),
        state: HandoverState::Due,
        due: Day(due.date),
        provisional: due.provisional,
        checked: None,
        given: None,
        taken: None,
        row: 0,
        received: None,
        whole: None,
        corrections: Vec::new(),
        scan: None,
        filed: None,
        filled: None,
        withdrawn: None,
        fines: Vec::new(),
    })
}

fn settle(details: &mut HandoverDetails, customer: Option<&Customer>, checks: &mut Checks) {
    for text in [
        &mut details.checklist,
        &mut details.giver,
        &mut details.person,
        &mut details.contact,
        &mut details.address,
        &mut details.vin,
    ] {
        *text = clean::name(text);
    }
    details.note = clean::body(&details.note);
    details.vin = details.vin.to_uppercase().replace(' ', "");
    let plate = std::mem::take(&mut details.plate);
    details.plate = customer::plates(&[plate]).join("");
    if let Some(customer) = customer {
        let card = &customer.details;
        details.customer = Some(customer.meta.number);
        if details.person.is_empty() {
            details.person.clone_from(&card.name);
        }
        if let (true, Some(plate)) = (details.plate.is_empty(), card.plates.first()) {
            details.plate.clone_from(plate);
        }
    }
    // More numbers than one, or none, are no mistake of typing: the visit is saved as not verified.
    details.phone = clean::name(&details.phone);
    if details.sort == FileSort::NewCar {
        phone::settle(&mut details.phone, "phone", checks);
    }
    details.landline = clean::half_width(details.landline.trim());
}

/// The five entries of the green card (A07-n-01).
fn check_green_card(details: &HandoverDetails, checks: &mut Checks) {
    let clause = "A07-n-01";
    for (text, field) in [
        (&details.contact, "contact"),
        (&details.phone, "phone"),
        (&details.address, "address"),
    ] {
        checks.require(!text.is_empty(), || Problem::required(field).clause(clause));
    }
    let digits = clean::digits(&details.landline);
    let has_area_code = digits.starts_with('0') && digits.len() >= 10;
    checks.require(details.landline.is_empty() || has_area_code, || {
        Problem::new("no-area-code")
            .field("landline")
            .clause(clause)
    });
}

/// Whether the contact of a visit and the one number were made sure of (A07-f3).
fn is_contact_verified(details: &HandoverDetails) -> bool {
    let numbers = phone::list(&details.phone).unwrap_or_default();
    !details.contact.is_empty() && numbers.len() == 1
}
