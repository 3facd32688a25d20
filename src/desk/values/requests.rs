//! Requests as earlier schemas wrote them.

use serde::Deserialize;

use crate::domain::context::Meta;
use crate::domain::intake::{Channel, Intake, IntakeDetails, IntakeKind, IntakeState, Outcome};
use crate::domain::next_visit::NextVisit;
use crate::domain::number::Number;
use crate::domain::repair::Repair;
use crate::domain::stamp::Stamp;
use crate::domain::waiver::Waiver;

/// What was entered of a request up to schema 6: without what it came to.
#[derive(Deserialize)]
struct RequestOf6 {
    channel: Option<Channel>,
    kind: IntakeKind,
    customer: Option<Number>,
    caller: String,
    phone: String,
    place: String,
    text: String,
    access: String,
    department: String,
    started_at: Option<Stamp>,
    external: String,
    source: String,
}

impl From<RequestOf6> for IntakeDetails {
    fn from(old: RequestOf6) -> Self {
        Self {
            channel: old.channel,
            kind: old.kind,
            customer: old.customer,
            caller: old.caller,
            phone: old.phone,
            place: old.place,
            text: old.text,
            needs: String::new(),
            access: old.access,
            department: old.department,
            started_at: old.started_at,
            external: old.external,
            source: old.source,
            wrap_up: String::new(),
            next: NextVisit::default(),
            add_phone: false,
            sales_site: String::new(),
        }
    }
}

/// A request up to schema 6: without what was agreed before the customer left.
#[derive(Deserialize)]
pub(super) struct IntakeOf6 {
    meta: Meta,
    details: RequestOf6,
    started_at: Stamp,
    state: IntakeState,
    outcome: Option<Outcome>,
    complaint: Option<Number>,
    repair: Option<Box<Repair>>,
    waived: Vec<Waiver>,
}

impl From<IntakeOf6> for Intake {
    fn from(old: IntakeOf6) -> Self {
        Self {
            meta: old.meta,
            details: old.details.into(),
            started_at: old.started_at,
            state: old.state,
            outcome: old.outcome,
            complaint: old.complaint,
            repair: old.repair,
            waived: old.waived,
            next: None,
        }
    }
}

/// What was entered of a request up to schema 8: without what the customer needs.
#[derive(Deserialize)]
struct RequestOf8 {
    channel: Option<Channel>,
    kind: IntakeKind,
    customer: Option<Number>,
    caller: String,
    phone: String,
    place: String,
    text: String,
    access: String,
    department: String,
    started_at: Option<Stamp>,
    external: String,
    source: String,
    wrap_up: String,
    next: NextVisit,
    add_phone: bool,
}

impl From<RequestOf8> for IntakeDetails {
    fn from(old: RequestOf8) -> Self {
        Self {
            channel: old.channel,
            kind: old.kind,
            customer: old.customer,
            caller: old.caller,
            phone: old.phone,
            place: old.place,
            text: old.text,
            needs: String::new(),
            access: old.access,
            department: old.department,
            started_at: old.started_at,
            external: old.external,
            source: old.source,
            wrap_up: old.wrap_up,
            next: old.next,
            add_phone: old.add_phone,
            sales_site: String::new(),
        }
    }
}

/// A request up to schema 8.
#[derive(Deserialize)]
pub(super) struct IntakeOf8 {
    meta: Meta,
    details: RequestOf8,
    started_at: Stamp,
    state: IntakeState,
    outcome: Option<Outcome>,
    complaint: Option<Number>,
    repair: Option<Box<Repair>>,
    waived: Vec<Waiver>,
    next: Option<Number>,
}

impl From<IntakeOf8> for Intake {
    fn from(old: IntakeOf8) -> Self {
        Self {
            meta: old.meta,
            details: old.details.into(),
            started_at: old.started_at,
            state: old.state,
            outcome: old.outcome,
            complaint: old.complaint,
            repair: old.repair,
            waived: old.waived,
            next: old.next,
        }
    }
}

/// A request up to schema 3: without the chain of a repair.
#[derive(Deserialize)]
pub(super) struct IntakeOf3 {
    meta: Meta,
    details: RequestOf6,
    started_at: Stamp,
    state: IntakeState,
    outcome: Option<Outcome>,
    complaint: Option<Number>,
}

impl From<IntakeOf3> for Intake {
    fn from(old: IntakeOf3) -> Self {
        Self {
            meta: old.meta,
            details: old.details.into(),
            started_at: old.started_at,
            state: old.state,
            outcome: old.outcome,
            complaint: old.complaint,
            repair: None,
            waived: Vec::new(),
            next: None,
        }
    }
}

/// A request of schema 4: without rules that were overridden.
#[derive(Deserialize)]
pub(super) struct IntakeOf4 {
    meta: Meta,
    details: RequestOf6,
    started_at: Stamp,
    state: IntakeState,
    outcome: Option<Outcome>,
    complaint: Option<Number>,
    repair: Option<Box<Repair>>,
}

impl From<IntakeOf4> for Intake {
    fn from(old: IntakeOf4) -> Self {
        Self {
            meta: old.meta,
            details: old.details.into(),
            started_at: old.started_at,
            state: old.state,
            outcome: old.outcome,
            complaint: old.complaint,
            repair: old.repair,
            waived: Vec::new(),
            next: None,
        }
    }
}
