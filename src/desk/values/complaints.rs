//! Complaints and measures as earlier schemas wrote them.

use serde::Deserialize;

use crate::domain::complaint::course::Said;
use crate::domain::complaint::{
    Complaint, ComplaintAnswer, ComplaintDetails, ComplaintState, Course, Passage,
};
use crate::domain::context::Meta;
use crate::domain::intake::Channel;
use crate::domain::measure::{Measure, MeasureDetails, MeasureKind, MeasureState};
use crate::domain::number::Number;
use crate::domain::stamp::{Day, Stamp};

/// What was entered of a complaint up to schema 3: without the service it is about.
#[derive(Deserialize)]
struct DetailsOf3 {
    channel: Option<Channel>,
    customer: Option<Number>,
    complainant: String,
    phone: String,
    plate: String,
    place: String,
    category: String,
    text: String,
    made_at: Option<Stamp>,
    external: String,
    source: String,
}

impl From<DetailsOf3> for ComplaintDetails {
    fn from(old: DetailsOf3) -> Self {
        Self {
            channel: old.channel,
            customer: old.customer,
            complainant: old.complainant,
            phone: old.phone,
            plate: old.plate,
            place: old.place,
            category: old.category,
            service: None,
            text: old.text,
            made_at: old.made_at,
            external: old.external,
            source: old.source,
        }
    }
}

/// A complaint up to schema 3: without what its procedure gathers. The term it had then was for
/// the solution alone, and ended with a day.
#[derive(Deserialize)]
pub(super) struct ComplaintOf3 {
    meta: Meta,
    details: DetailsOf3,
    made_at: Stamp,
    intake: Option<Number>,
    state: ComplaintState,
    department: String,
    handler: String,
    due: Option<Day>,
    provisional: bool,
    answer: Option<ComplaintAnswer>,
    trail: Vec<Passage>,
}

impl From<ComplaintOf3> for Complaint {
    fn from(old: ComplaintOf3) -> Self {
        let runs = old.state == ComplaintState::Assigned;
        Self {
            meta: old.meta,
            details: old.details.into(),
            made_at: old.made_at,
            intake: old.intake,
            state: old.state,
            department: old.department,
            handler: old.handler,
            due: old.due.filter(|_| runs),
            provisional: old.provisional && runs,
            answer: old.answer,
            course: Box::new(Course {
                since: old.trail.last().map(|passage| passage.at),
                ..Course::default()
            }),
            trail: old.trail,
            due_at: None,
            measures: Vec::new(),
        }
    }
}

/// What was entered of a measure up to schema 6: without the aspect of a survey.
#[derive(Deserialize)]
struct MeasureDetailsOf6 {
    about: Number,
    kind: MeasureKind,
    text: String,
    department: String,
    owner: String,
    contributor: String,
    due: Option<Day>,
}

/// A measure up to schema 6.
#[derive(Deserialize)]
pub(super) struct MeasureOf6 {
    meta: Meta,
    details: MeasureDetailsOf6,
    state: MeasureState,
    supervisor: String,
    approved: Option<Said>,
    done: Option<Said>,
    verified: Option<Said>,
    checked: Option<Said>,
    dropped: Option<Said>,
    sent_back: u32,
}

impl From<MeasureOf6> for Measure {
    fn from(old: MeasureOf6) -> Self {
        let details = old.details;
        Self {
            meta: old.meta,
            details: MeasureDetails {
                about: details.about,
                aspect: String::new(),
                kind: details.kind,
                text: details.text,
                department: details.department,
                owner: details.owner,
                contributor: details.contributor,
                due: details.due,
            },
            state: old.state,
            supervisor: old.supervisor,
            approved: old.approved,
            done: old.done,
            verified: old.verified,
            checked: old.checked,
            dropped: old.dropped,
            sent_back: old.sent_back,
        }
    }
}
