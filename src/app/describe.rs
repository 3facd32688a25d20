//! A record in words: every field with its label's name and its value as a person reads it.
//!
//! The detail beside a list, the whole record, and the history all read this; what has changed
//! between two versions is what differs here.

use super::describe_archive;
use super::facts::Facts;
use super::form::{Field, FieldKind};
use super::{
    describe_course, describe_dossier, describe_follow_up, describe_kin, describe_repair,
    describe_shift, describe_surveys,
};
use crate::desk::contract::Row;
use crate::domain::archive::{ArchiveFile, Grade};
use crate::domain::complaint::Complaint;
use crate::domain::customer::{Customer, Salutation};
use crate::domain::follow_up::FollowUpState;
use crate::domain::intake::{Intake, IntakeState};
use crate::domain::loan::Loan;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::repair::Owed;
use crate::domain::stamp::Stamp;

/// A field in words: its name and its value; empty where nothing was entered.
pub type Line = (&'static str, String);

/// Every field of a record in words.
pub fn record(record: &Record, names: &[(Number, String)], facts: &Facts) -> Vec<Line> {
    let mut lines = match record {
        Record::Intake(intake) => intake_lines(intake, names, facts),
        Record::Complaint(complaint) => complaint_lines(complaint, names, facts),
        Record::File(file) => file_lines(file, names, facts),
        Record::Loan(loan) => loan_lines(loan, names, facts),
        Record::Handover(_)
        | Record::Access(_)
        | Record::Inspection(_)
        | Record::Incident(_)
        | Record::Destruction(_)
        | Record::DayEnd(_)
        | Record::Transaction(_)
        | Record::Task(_)
        | Record::Registration(_)
        | Record::DutyShift(_) => describe_archive::lines(record, names, facts),
        Record::Customer(customer) => customer_lines(customer, facts),
        Record::Operator(operator) => vec![
            ("login", operator.login.clone()),
            ("name", operator.name.clone()),
            ("department", operator.department.clone()),
        ],
        Record::Site(site) => vec![
            ("name", site.name.clone()),
            ("profile", site.profile.clone()),
        ],
        Record::Import(import) => vec![("file", import.file.clone())],
        Record::Remark(remark) => vec![("text", remark.text.clone())],
        Record::Measure(measure) => describe_course::measure(measure, names, facts),
        Record::Hint(hint) => describe_shift::hint(hint, names, facts),
        Record::ShiftSheet(sheet) => describe_shift::sheet(sheet, names, facts),
        Record::FollowUp(follow_up) => describe_follow_up::lines(follow_up, names, facts),
        Record::Survey(_) | Record::Answer(_) | Record::Occupancy(_) | Record::Instruction(_) => {
            describe_surveys::lines(record, names, facts)
        }
        Record::Relation(_)
        | Record::Introduction(_)
        | Record::Handout(_)
        | Record::ServiceItem(_)
        | Record::Merge(_) => describe_kin::lines(record, facts),
        Record::Campaign(it) => describe_follow_up::campaign(it, names, facts),
        Record::PlanLine(it) => describe_follow_up::plan_line(it, names, facts),
        Record::Dossier(dossier) => describe_dossier::changed(dossier, facts),
        Record::Analysis(analysis) => vec![
            ("quarter", analysis.quarter.to_string()),
            (
                "state",
                facts.texts.name("analysis-state", analysis.state.id()),
            ),
        ],
        Record::Credential(_) | Record::Permit(_) => Vec::new(),
    };
    let meta = record.meta();
    lines.push((
        "created",
        stamped(meta.created_at, meta.created_by, names, facts),
    ));
    lines.push((
        "changed",
        stamped(meta.changed_at, meta.changed_by, names, facts),
    ));
    lines
}

/// Every field of a row in words, with what comes from the customer's profile.
pub fn row(row: &Row, facts: &Facts) -> Vec<Line> {
    let lines = record(&row.record, &row.names, facts);
    describe_dossier::beside(row, lines, facts)
}

/// What differs between an older and a newer version: name, before, after.
pub fn changes(old: &Record, new: &Record, facts: &Facts) -> Vec<(&'static str, String, String)> {
    let older = record(old, &[], facts);
    let newer = record(new, &[], facts);
    let before = |name: &str| older.iter().find(|(known, _)| *known == name);
    newer
        .into_iter()
        .filter(|(name, _)| *name != "changed")
        .filter_map(|(name, now)| {
            let was = before(name)
                .map(|(_, value)| value.clone())
                .unwrap_or_default();
            (was != now).then_some((name, was, now))
        })
        .collect()
}

/// The value of a form's field as a person reads it.
pub fn value_of_field(field: &Field, facts: &Facts) -> String {
    match &field.kind {
        FieldKind::Choice(options) => field
            .chosen
            .as_deref()
            .map(|id| options.label(id, facts))
            .unwrap_or_default(),
        FieldKind::Customer if !field.chosen_name.is_empty() => {
            format!("{} {}", field.chosen_name, field.value())
        }
        _ => field.value().to_owned(),
    }
}

/// A name with its number, where the name is known.
pub fn with_name(number: Option<Number>, names: &[(Number, String)], facts: &Facts) -> String {
    let Some(number) = number else {
        return String::new();
    };
    let known = names
        .iter()
        .find(|(known, _)| *known == number)
        .map(|(_, name)| name.clone());
    let operator = facts
        .operators
        .iter()
        .find(|operator| operator.meta.number == number);
    match known.or_else(|| operator.map(|operator| operator.name.clone())) {
        Some(name) if !name.is_empty() => format!("{name} {number}"),
        _ => number.to_string(),
    }
}

/// How a customer is addressed: 王先生, or the whole name where that is not known (A14-2.1).
pub fn addressed(customer: &Customer, facts: &Facts) -> String {
    let details = &customer.details;
    if matches!(details.salutation, Salutation::Unknown | Salutation::Firm) {
        return details.name.clone();
    }
    let key = format!("salutation-{}.addressed", details.salutation.id());
    facts.tw(&key, &[("name", &details.name)])
}

/// A contact or another record in one line: when, number, state, text.
pub fn in_brief(row: &Row, facts: &Facts) -> String {
    let number = row.record.number();
    let (at, state, text) = match &row.record {
        Record::Intake(intake) => (
            intake.started_at,
            facts.t(intake_state(intake.state)),
            intake.details.text.as_str(),
        ),
        Record::Complaint(complaint) => (
            complaint.made_at,
            facts.texts.name("complaint-state", complaint.state.id()),
            complaint.details.text.as_str(),
        ),
        Record::Loan(loan) => {
            let state = if loan.is_open() {
                "loan-state-out"
            } else {
                "loan-state-back"
            };
            (loan.lent_at, facts.t(state), loan.title.as_str())
        }
        Record::File(file) => (
            file.meta.created_at,
            facts.class(&file.details.class),
            file.details.title.as_str(),
        ),
        Record::Handover(it) => (
            it.meta.created_at,
            facts.texts.name("handover-state", it.state.id()),
            it.details.person.as_str(),
        ),
        Record::Access(it) => (
            it.meta.created_at,
            facts.texts.name("access-state", it.state.id()),
            it.details.object.as_str(),
        ),
        Record::Transaction(it) => (
            it.meta.created_at,
            describe_archive::dealt(it, facts),
            it.details.text.as_str(),
        ),
        Record::FollowUp(it) => (
            it.tried_at().unwrap_or(it.due_at),
            if it.state == FollowUpState::Missed {
                facts.texts.name("follow-up-state", it.state.id())
            } else {
                facts.texts.name("follow-up-kind", it.details.kind.id())
            },
            it.contact
                .as_ref()
                .map_or(it.details.text.as_str(), |contact| &contact.said.text),
        ),
        Record::Measure(it) => (
            it.meta.created_at,
            facts.texts.name("measure-state", it.state.id()),
            it.details.text.as_str(),
        ),
        // When something last became of it.
        Record::Relation(_) | Record::Merge(_) => {
            let at = describe_kin::last(&row.record);
            let state = describe_kin::state(&row.record, facts);
            let text = describe_kin::subject(&row.record, facts);
            return format!("{} {number} {state} {text}", facts.when_short(at));
        }
        other => kin_in_brief(other, facts),
    };
    let late = lateness(row, facts);
    let text = text.replace('\n', " ");
    format!("{} {number} {state} {late} {text}", facts.when_short(at)).replace("  ", " ")
}

/// The same of what customers have to do with each other, are asked and are told.
fn kin_in_brief<'a>(record: &'a Record, facts: &Facts) -> (Stamp, String, &'a str) {
    match record {
        Record::Answer(it) => {
            let points = it.details.scores.values().map(ToString::to_string);
            let points: Vec<String> = points.collect();
            let said = [&it.details.opinion, &it.details.suggestion];
            let said = said.into_iter().find(|text| !text.is_empty());
            (
                it.meta.created_at,
                points.join("/"),
                said.map_or("", String::as_str),
            )
        }
        Record::Occupancy(it) => (
            it.meta.created_at,
            facts.t(describe_surveys::occupancy_state(it)),
            it.details.place.as_str(),
        ),
        Record::Registration(it) => (
            it.meta.created_at,
            facts.texts.name("registration-state", it.state.id()),
            it.details.name.as_str(),
        ),
        Record::Introduction(it) => (
            it.meta.created_at,
            facts.texts.name("introduction-state", it.state.id()),
            it.details.text.as_str(),
        ),
        Record::Handout(it) => (
            it.meta.created_at,
            facts.label("what_given"),
            it.details.what.as_str(),
        ),
        Record::Campaign(it) => (
            it.meta.created_at,
            facts.texts.name("campaign-sort", it.details.sort.id()),
            it.details.title.as_str(),
        ),
        Record::PlanLine(it) => (
            describe_kin::last(record),
            facts.texts.name("plan-state", it.state.id()),
            it.details.action.as_str(),
        ),
        other => (other.meta().created_at, String::new(), ""),
    }
}

/// The state of a request.
pub const fn intake_state(state: IntakeState) -> &'static str {
    match state {
        IntakeState::Recorded => "intake-state-recorded",
        IntakeState::Accepted => "intake-state-accepted",
        IntakeState::Closed => "intake-state-closed",
        IntakeState::Assigned => "intake-state-assigned",
        IntakeState::Responded => "intake-state-responded",
        IntakeState::Solved => "intake-state-solved",
        IntakeState::Answered => "intake-state-answered",
    }
}

/// How many days late a row is, in words; empty where it is not.
pub fn lateness(row: &Row, facts: &Facts) -> String {
    if let Record::Intake(intake) = &row.record {
        return owed_late(intake, row.days_late, facts);
    }
    if row.days_late > 0 {
        return facts.tw("late-by", &[("days", &row.days_late)]);
    }
    match &row.record {
        Record::Complaint(complaint) => late_by_hours(complaint.due_at, facts),
        _ => String::new(),
    }
}

/// How late what is owed to the caller of a repair is, and what it is (A05-4.3a); empty where it is
/// not.
fn owed_late(intake: &Intake, days_late: i64, facts: &Facts) -> String {
    let due = intake.repair.as_ref().and_then(|repair| repair.due_at);
    let late = if days_late > 0 {
        facts.tw("late-by", &[("days", &days_late)])
    } else {
        late_by_hours(due, facts)
    };
    match Owed::of(intake.state).filter(|_| !late.is_empty()) {
        Some(owed) => facts.tw(&format!("owed-{}", owed.id()), &[("late", &late)]),
        None => late,
    }
}

/// How late something is on the day it was due; empty where it is not.
fn late_by_hours(due: Option<Stamp>, facts: &Facts) -> String {
    let Some(due) = due.filter(|due| *due < facts.now) else {
        return String::new();
    };
    let minutes = facts.now.0.saturating_sub(due.0) / 60_000_000;
    let time = format!("{}:{:02}", minutes / 60, minutes % 60);
    facts.tw("late-by-hours", &[("time", &time)])
}

pub(super) fn stamped(
    at: crate::domain::stamp::Stamp,
    by: Number,
    names: &[(Number, String)],
    facts: &Facts,
) -> String {
    let name = names
        .iter()
        .find(|(known, _)| *known == by)
        .map(|(_, name)| name.clone());
    format!(
        "{}  {}",
        facts.when(at),
        name.unwrap_or_else(|| facts.operator_name(by))
    )
}

fn intake_lines(intake: &Intake, names: &[(Number, String)], facts: &Facts) -> Vec<Line> {
    let details = &intake.details;
    let channel = details
        .channel
        .map(|channel| facts.texts.name("channel", channel.id()));
    let outcome = intake.outcome.as_ref().map(|outcome| {
        let code = facts.texts.name("outcome", outcome.code.id());
        format!("{code}  {}  {}", facts.when(outcome.at), outcome.text)
    });
    let mut lines = vec![
        ("state", facts.t(intake_state(intake.state))),
        ("kind", facts.texts.name("intake-kind", details.kind.id())),
        ("channel", channel.unwrap_or_default()),
        ("caller", details.caller.clone()),
        ("phone", facts.phone(&details.phone)),
        ("place", details.place.clone()),
        ("text", details.text.clone()),
        ("needs", details.needs.clone()),
        ("access", details.access.clone()),
        ("department", facts.department(&details.department)),
        ("customer", with_name(details.customer, names, facts)),
        ("started_at", facts.when(intake.started_at)),
        ("wrap_up", facts.wrap_up(&details.wrap_up)),
        ("next_visit", next_visit(intake, facts)),
        ("outcome", outcome.unwrap_or_default()),
        (
            "complaint",
            intake
                .complaint
                .map(|number| number.to_string())
                .unwrap_or_default(),
        ),
        ("external", details.external.clone()),
    ];
    if !intake.waived.is_empty() {
        let waived = describe_course::waivers(&intake.waived, names, facts);
        lines.push(("waived", waived));
    }
    if let Some(repair) = &intake.repair {
        lines.splice(9..9, describe_repair::lines(repair, names, facts));
    }
    lines
}

/// What was agreed before the customer left (A01-12).
fn next_visit(intake: &Intake, facts: &Facts) -> String {
    let agreed = &intake.details.next;
    match (intake.next, agreed.day) {
        (Some(number), Some(day)) => format!("{day} {}  {number}", agreed.time),
        _ if agreed.declined => facts.t("next-declined"),
        _ => String::new(),
    }
}

fn complaint_lines(complaint: &Complaint, names: &[(Number, String)], facts: &Facts) -> Vec<Line> {
    let details = &complaint.details;
    let channel = details
        .channel
        .map(|channel| facts.texts.name("channel", channel.id()));
    let mut due = complaint.due.map(|due| due.to_string()).unwrap_or_default();
    if let Some(at) = complaint.due_at {
        due = facts.when(at);
    }
    if complaint.course.is_waiting() {
        due = facts.t("awaiting-customer");
    }
    if complaint.provisional {
        due.push_str(&facts.t("provisional"));
    }
    let answer = complaint.answer.as_ref().map(|answer| {
        let channel = facts.texts.name("reply-channel", answer.channel.id());
        format!("{channel}  {}  {}", facts.when(answer.at), answer.text)
    });
    let reason = complaint
        .trail
        .iter()
        .rev()
        .find(|step| !step.note.is_empty());
    let reason = reason.map(|step| {
        format!(
            "{}  {}",
            facts.texts.name("step", step.step.id()),
            step.note
        )
    });
    let service = details.service;
    let service = service.map(|it| facts.texts.name("service", it.id()));
    let mut lines = vec![
        (
            "state",
            facts.texts.name("complaint-state", complaint.state.id()),
        ),
        ("complainant", details.complainant.clone()),
        ("phone", facts.phone(&details.phone)),
        ("category", facts.category(&details.category)),
        ("text", details.text.clone()),
        ("department", facts.department(&complaint.department)),
        ("handler", complaint.handler.clone()),
        ("deadline", due),
        ("answer", answer.unwrap_or_default()),
        ("last_note", reason.unwrap_or_default()),
        ("place", details.place.clone()),
        ("plate", details.plate.clone()),
        ("channel", channel.unwrap_or_default()),
        ("made_at", facts.when(complaint.made_at)),
        ("customer", with_name(details.customer, names, facts)),
        (
            "intake",
            complaint
                .intake
                .map(|number| number.to_string())
                .unwrap_or_default(),
        ),
        ("external", details.external.clone()),
    ];
    lines.extend(describe_course::lines(complaint, names, facts));
    if let Some(service) = service {
        lines.insert(4, ("service", service));
    }
    let major = describe_course::major(complaint, facts);
    if !major.is_empty() {
        lines.insert(1, ("major", major));
    }
    lines
}

fn file_lines(file: &ArchiveFile, names: &[(Number, String)], facts: &Facts) -> Vec<Line> {
    let details = &file.details;
    let state = if file.left_on().is_some() {
        "file-state-left"
    } else if file.loan.is_some() {
        "file-state-out"
    } else {
        "file-state-in"
    };
    let grade = facts.texts.name("grade", details.grade.id());
    let remarks = if details.grade == Grade::None {
        details.note.clone()
    } else {
        format!("{grade}  {}", details.note)
    };
    let mut lines = vec![
        ("state", facts.t(state)),
        ("title", details.title.clone()),
        ("class", facts.class(&details.class)),
        ("person", details.person.clone()),
        ("phone", facts.phone(&details.phone)),
        ("plate", details.plate.clone()),
        ("shelf", details.place.clone()),
        ("pieces", details.pieces.to_string()),
        ("remarks", remarks),
        ("customer", with_name(details.customer, names, facts)),
        (
            "loan",
            file.loan
                .map(|number| number.to_string())
                .unwrap_or_default(),
        ),
        ("filed_on", file.filed_on.to_string()),
        ("external", details.external.clone()),
    ];
    lines.extend(describe_archive::custody(file, names, facts));
    lines
}

fn loan_lines(loan: &Loan, names: &[(Number, String)], facts: &Facts) -> Vec<Line> {
    let details = &loan.details;
    let mut due = loan.due.to_string();
    if loan.provisional {
        due.push_str(&facts.t("provisional"));
    }
    let back = loan.checked_in.as_ref().map(|back| {
        format!(
            "{}  {}  {}",
            facts.when(back.at),
            facts.operator_name(back.receiver),
            back.note
        )
    });
    let state = if loan.is_open() {
        "loan-state-out"
    } else {
        "loan-state-back"
    };
    let mut lines = vec![
        ("state", facts.t(state)),
        ("title", loan.title.clone()),
        ("file", loan.file.to_string()),
        ("borrower", details.borrower.clone()),
        ("unit", details.unit.clone()),
        ("phone", facts.phone(&details.phone)),
        ("copies", details.copies.to_string()),
        ("reason", details.reason.clone()),
        ("lent_at", facts.when(loan.lent_at)),
        ("due", due),
        ("pieces_back", loan.pieces_back.to_string()),
        ("back", back.unwrap_or_default()),
    ];
    lines.extend(describe_archive::course(loan, names, facts));
    lines
}

/// For how many days a record has waited to be filed; nothing where it does not.
pub fn waiting(row: &Row, facts: &Facts) -> String {
    row.waits.map_or_else(String::new, |days| {
        facts.tw("waits-days", &[("days", &days)])
    })
}

fn customer_lines(customer: &Customer, facts: &Facts) -> Vec<Line> {
    let details = &customer.details;
    let mut lines: Vec<Line> = customer.card(&facts.t("list-comma")).into_iter().collect();
    let marks: Vec<String> = customer
        .marks
        .iter()
        .map(|mark| facts.texts.name("mark", mark.id()))
        .collect();
    let owner = details.owner.map(|owner| facts.operator_name(owner));
    lines.extend([
        (
            "salutation",
            facts.texts.name("salutation", details.salutation.id()),
        ),
        ("place", details.place.clone()),
        ("plates", details.plates.join(" ")),
        ("marks", marks.join(" ")),
        ("note", details.note.clone()),
    ]);
    // Where a site has no such list there is nothing to be said.
    let rules = &facts.profile.customers;
    let listed = details.listed().into_iter();
    let listed = listed.filter(|(field, id)| !id.is_empty() || !rules.entries(field).is_empty());
    lines.extend(listed.map(|(field, id)| (field, facts.of_card(field, id))));
    let (business, deal) = (details.business, details.deal);
    if !rules.businesses.is_empty() || business.is_some() {
        let business = business.map(|it| facts.texts.name("business", it.id()));
        let deal = deal.map(|it| facts.texts.name("deal", it.id()));
        lines.push(("business", business.unwrap_or_default()));
        lines.push(("deal", deal.unwrap_or_default()));
    }
    lines.extend([
        ("owner", owner.unwrap_or_default()),
        ("confirmed_on", customer.confirmed_on.to_string()),
        ("external", details.external.clone()),
    ]);
    lines
}
