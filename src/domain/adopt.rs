//! Records as another system had them: taken over with their times and their end, checked for
//! what would break a list or a search, and not against today's procedure.

use std::collections::BTreeSet;

use super::archive::{ArchiveFile, FileDetails};
use super::complaint::{
    Complaint, ComplaintAnswer, ComplaintDetails, ComplaintState, Passage, StepKind,
};
use super::context::{Context, Meta};
use super::customer::{self, Customer, CustomerDetails};
use super::deal;
use super::intake::{Channel, Intake, IntakeDetails, IntakeState, Outcome, OutcomeCode};
use super::named::named;
use super::number::Number;
use super::phone;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Stamp;
use crate::text::clean;

named! {
    /// What becomes of a row whose record is already there.
    #[derive(Default)]
    Existing {
        /// It is told and passed over.
        #[default]
        Skip = "skip",
        /// A new record is made all the same.
        New = "new",
        /// What the row knows is put into fields of the customer that are empty; a row of another
        /// kind is passed over.
        Fill = "fill",
    }
}

/// How something ended in another system: when, if it says so, and in words.
pub type End = (Option<Stamp>, String);

fn meta(number: Number, import: Number, context: &Context) -> Meta {
    Meta {
        import: Some(import),
        ..Meta::new(number, context)
    }
}

fn labels<const N: usize>(texts: [&mut String; N]) {
    for text in texts {
        *text = clean::name(text);
    }
}

fn note(text: &str) -> String {
    clean::body(text)
}

/// Labels longer than this are no labels: a column was taken for another.
const LONGEST_LABEL: usize = 1_000;

/// Refuses labels that are too long to be one.
fn short<const N: usize>(texts: [(&str, &str); N], checks: &mut Checks) {
    for (field, text) in texts {
        let length = text.chars().count();
        checks.require(length <= LONGEST_LABEL, || {
            Problem::new("label-too-long")
                .field(field)
                .arg("length", length)
                .arg("limit", LONGEST_LABEL)
        });
    }
}

/// A customer taken over.
///
/// # Errors
/// Refused without the permission to import, without a name, or with a telephone that is none.
pub fn customer(
    number: Number,
    import: Number,
    mut details: CustomerDetails,
    context: &Context,
) -> Result<Customer, Refusal> {
    context.may(Permission::Import)?;
    let mut checks = Checks::new();
    labels([
        &mut details.name,
        &mut details.employer,
        &mut details.position,
        &mut details.address,
        &mut details.place,
        &mut details.external,
        &mut details.class,
        &mut details.line,
        &mut details.site,
        &mut details.source,
    ]);
    short(
        [
            ("name", &details.name),
            ("employer", &details.employer),
            ("position", &details.position),
            ("address", &details.address),
            ("place", &details.place),
            ("external", &details.external),
            ("customer_class", &details.class),
            ("customer_line", &details.line),
            ("sales_site", &details.site),
            ("customer_source", &details.source),
        ],
        &mut checks,
    );
    details.note = note(&details.note);
    details.plates = customer::plates(&details.plates);
    for phone in &mut details.phones {
        phone::settle(&mut phone.digits, "phones", &mut checks);
    }
    checks.require(!details.name.is_empty(), || {
        Problem::required("name").clause("A01-19")
    });
    checks.done()?;
    let confirmed_on = context.today();
    let meta = meta(number, import, context);
    let mut marks = BTreeSet::new();
    deal::mark(&details, &mut marks);
    Ok(Customer {
        meta,
        details,
        marks,
        fills: Vec::new(),
        confirmed_on,
    })
}

/// A row of the register taken over.
///
/// # Errors
/// Refused without the permission to import, without a channel (A13-c2), or with a telephone
/// that is none.
pub fn intake(
    number: Number,
    import: Number,
    mut details: IntakeDetails,
    end: Option<End>,
    context: &Context,
) -> Result<Intake, Refusal> {
    context.may(Permission::Import)?;
    let mut checks = Checks::new();
    labels([
        &mut details.caller,
        &mut details.place,
        &mut details.access,
        &mut details.department,
        &mut details.external,
        &mut details.source,
    ]);
    short(
        [
            ("caller", &details.caller),
            ("place", &details.place),
            ("access", &details.access),
            ("department", &details.department),
            ("external", &details.external),
            ("source", &details.source),
        ],
        &mut checks,
    );
    details.text = note(&details.text);
    details.needs = note(&details.needs);
    phone::settle(&mut details.phone, "phone", &mut checks);
    checks.require(details.channel.is_some(), || {
        Problem::required("channel").clause("A13-c2")
    });
    checks.done()?;
    let started_at = details.started_at.unwrap_or(context.now);
    let outcome = end.map(|(at, text)| Outcome {
        code: OutcomeCode::Resolved,
        text: note(&text),
        at: at.unwrap_or(started_at),
    });
    let state = if outcome.is_some() {
        IntakeState::Closed
    } else {
        details.kind.first_state()
    };
    let meta = meta(number, import, context);
    Ok(Intake {
        meta,
        details,
        started_at,
        state,
        outcome,
        complaint: None,
        repair: None,
        waived: Vec::new(),
        next: None,
    })
}

/// How far a complaint had come in another system.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// The department that had it.
    pub department: String,
    /// Whether it was assigned.
    pub assigned: bool,
    /// The answer given.
    pub answer: Option<End>,
    /// Whether it was closed.
    pub closed: bool,
}

/// A complaint taken over.
///
/// # Errors
/// Refused without the permission to import, without a text, or with a telephone that is none.
pub fn complaint(
    number: Number,
    import: Number,
    mut details: ComplaintDetails,
    progress: Progress,
    context: &Context,
) -> Result<Complaint, Refusal> {
    context.may(Permission::Import)?;
    let mut checks = Checks::new();
    labels([
        &mut details.complainant,
        &mut details.place,
        &mut details.category,
        &mut details.external,
        &mut details.source,
    ]);
    short(
        [
            ("complainant", &details.complainant),
            ("place", &details.place),
            ("category", &details.category),
            ("external", &details.external),
            ("source", &details.source),
        ],
        &mut checks,
    );
    details.text = note(&details.text);
    details.plate = customer::plates(&[details.plate]).join("");
    phone::settle(&mut details.phone, "phone", &mut checks);
    checks.require(!details.text.is_empty(), || {
        Problem::required("text").clause("A13-c2")
    });
    checks.done()?;
    let by = context.operator.meta.number;
    let made_at = details.made_at.unwrap_or(context.now);
    let state = match &progress {
        Progress { closed: true, .. } => ComplaintState::Closed,
        Progress {
            answer: Some(_), ..
        } => ComplaintState::Answered,
        Progress { assigned: true, .. } => ComplaintState::Assigned,
        _ => ComplaintState::Recorded,
    };
    let answer = progress.answer.map(|(at, text)| ComplaintAnswer {
        text: note(&text),
        channel: details.channel.unwrap_or(Channel::Other),
        at: at.unwrap_or(made_at),
        by,
    });
    let recorded = Passage {
        step: StepKind::Record,
        to: state,
        at: context.now,
        by,
        note: details.source.clone(),
    };
    Ok(Complaint {
        meta: meta(number, import, context),
        details,
        made_at,
        intake: None,
        state,
        department: clean::name(&progress.department),
        handler: String::new(),
        due: None,
        provisional: false,
        answer,
        trail: vec![recorded],
        due_at: None,
        course: Box::default(),
        measures: Vec::new(),
    })
}

/// An archive file taken over.
///
/// # Errors
/// Refused without the permission to import, without a title, or with a telephone that is none.
pub fn file(
    number: Number,
    import: Number,
    mut details: FileDetails,
    context: &Context,
) -> Result<ArchiveFile, Refusal> {
    context.may(Permission::Import)?;
    let mut checks = Checks::new();
    labels([
        &mut details.title,
        &mut details.class,
        &mut details.person,
        &mut details.place,
        &mut details.external,
    ]);
    short(
        [
            ("title", &details.title),
            ("class", &details.class),
            ("person", &details.person),
            ("place", &details.place),
            ("external", &details.external),
        ],
        &mut checks,
    );
    details.note = note(&details.note);
    details.plate = customer::plates(&[details.plate]).join("");
    details.pieces = details.pieces.max(1);
    phone::settle(&mut details.phone, "phone", &mut checks);
    checks.require(!details.title.is_empty(), || {
        Problem::required("title").clause("A11-06")
    });
    checks.done()?;
    let filed_on = context.today();
    Ok(ArchiveFile {
        meta: meta(number, import, context),
        details,
        filed_on,
        loan: None,
        custody: Box::default(),
    })
}
