//! The registers that stand beside the records of a tab: one make of list for all of them, and what is
//! beside the selected row.

use ratatui::style::Style;

use crate::app::describe;
use crate::app::describe_dossier;
use crate::app::describe_kin;
use crate::app::describe_leasing;
use crate::app::describe_shift;
use crate::app::describe_surveys;
use crate::app::facts::Facts;
use crate::desk::contract::Row;
use crate::domain::campaign::{Campaign, CampaignSort};
use crate::domain::dossier::Dossier;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::survey::Answer;
use crate::domain::transaction::Transaction;
use crate::text::show;
use crate::widgets::lines::{Fields, TextLine};
use crate::widgets::table::{Column, column, growing};
use crate::widgets::theme;

/// The columns of a register: how far a row is, or of what sort, and who stands behind it.
const fn register(state: &'static str, who: &'static str) -> [Column; 6] {
    [
        column("number", 13, 13, 3),
        column(state, 8, 14, 1),
        growing("subject", 14, 0),
        column(who, 10, 14, 4),
        column("created", 5, 7, 5),
        column("deadline", 10, 12, 2),
    ]
}

/// The columns of what customers bought, and of what was learnt of them.
const ENTRY_COLUMNS: &[Column] = &[
    column("number", 13, 13, 3),
    column("customer", 8, 12, 1),
    column("transaction_sort", 8, 10, 2),
    growing("matter", 14, 0),
    column("amount", 12, 14, 1),
    column("salesperson", 8, 12, 4),
    column("on", 10, 10, 5),
];

/// The columns of customers' profiles.
const PROFILE_COLUMNS: &[Column] = &[
    column("number", 13, 13, 3),
    growing("name", 10, 0),
    column("filled", 14, 16, 1),
    column("salesperson", 8, 12, 2),
    column("changed", 10, 10, 4),
];

/// The columns of the register of a kind.
pub const fn columns(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Transaction => ENTRY_COLUMNS,
        Kind::Dossier => PROFILE_COLUMNS,
        Kind::Handover => const { &register("state", "giver") },
        Kind::Access => const { &register("state", "reader") },
        Kind::Incident => const { &register("state", "measure_by") },
        Kind::Task => const { &register("state", "task_owner") },
        Kind::Registration | Kind::PlanLine => const { &register("state", "owner") },
        Kind::DutyShift => const { &register("state", "manager") },
        Kind::Campaign => const { &register("campaign_sort", "owner") },
        Kind::Survey => const { &register("state", "survey_kind") },
        Kind::Answer => const { &register("survey", "name") },
        Kind::Occupancy => const { &register("state", "name") },
        Kind::Instruction => const { &register("state", "given_to") },
        _ => const { &register("state", "who") },
    }
}

/// The word for whether something is still going on.
const fn running(closed: bool) -> &'static str {
    if closed { "closed" } else { "running" }
}

/// One cell of a list.
pub fn cell(row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    match &row.record {
        Record::Transaction(entry) => return (of_entry(entry, row, field, facts), theme::PLAIN),
        Record::Dossier(it) => return (of_profile(it, row, field, facts), theme::PLAIN),
        _ => {}
    }
    let late = row.days_late > 0;
    let meta = row.record.meta();
    let name = |group: &str, id: &str| facts.texts.name(group, id);
    let (state, subject, who) = match &row.record {
        Record::Handover(it) => (
            name("handover-state", it.state.id()),
            format!("{} {}", it.details.plate, it.details.person),
            it.details.giver.clone(),
        ),
        Record::Access(it) => (
            name("access-state", it.state.id()),
            format!(
                "{} {}",
                name("purpose", it.details.purpose.id()),
                it.details.object
            ),
            it.details.reader.clone(),
        ),
        Record::Inspection(it) => (
            name("inspection-state", running(it.closed.is_some())),
            name("inspection", it.details.kind.id()),
            facts.operator_name(meta.created_by),
        ),
        Record::Incident(it) => (
            name("incident-state", it.state.id()),
            it.details.text.replace('\n', " "),
            it.details.measure_by.clone(),
        ),
        Record::Destruction(it) => (
            name("destruction-state", it.state.id()),
            format!("{} {}", it.file, name("ground", it.ground.id())),
            facts.operator_name(meta.created_by),
        ),
        Record::DayEnd(it) => (
            String::new(),
            it.day.to_string(),
            facts.operator_name(meta.created_by),
        ),
        Record::Task(it) => (
            name("task-state", it.state.id()),
            format!(
                "{} {}",
                facts.department(&it.details.department),
                it.details.text.replace('\n', " ")
            ),
            it.details.owner.clone(),
        ),
        Record::Registration(it) => (
            describe_leasing::state(it, facts),
            format!("{} {}", it.details.name, it.details.phone),
            facts.operator_name(it.owner),
        ),
        Record::Hint(it) => (
            name("hint-state", describe_shift::hint_state(it, facts)),
            format!(
                "{} {}",
                it.details.places,
                it.details.text.replace('\n', " ")
            ),
            facts.operator_name(meta.created_by),
        ),
        Record::ShiftSheet(it) => (
            name("shift-state", it.state.id()),
            describe_shift::in_brief(it, facts),
            facts.operator_name(meta.created_by),
        ),
        Record::DutyShift(it) => (
            String::new(),
            describe_leasing::shift(it, facts),
            facts.operator_name(it.manager),
        ),
        Record::Survey(_) | Record::Answer(_) | Record::Occupancy(_) | Record::Instruction(_) => {
            of_surveys(&row.record, facts)
        }
        Record::Campaign(_) | Record::PlanLine(_) => of_campaigns(row, facts),
        record => (
            describe_kin::state(record, facts),
            describe_kin::subject(record, facts),
            facts.operator_name(meta.created_by),
        ),
    };
    let text = match field {
        "number" => meta.number.to_string(),
        "state" | "campaign_sort" | "survey" => state,
        "subject" => subject.trim().to_owned(),
        "created" => facts.when_short(meta.created_at),
        "waits" => describe::waiting(row, facts),
        "deadline" if late => return (describe::lateness(row, facts), theme::ALARM),
        "deadline" => row.due.map(|due| due.to_string()).unwrap_or_default(),
        _ => who,
    };
    (text, theme::PLAIN)
}

/// How far a survey, an answer, a move-in or an instruction is, what it is about, and whose it is.
fn of_surveys(record: &Record, facts: &Facts) -> (String, String, String) {
    let name = |group: &str, id: &str| facts.texts.name(group, id);
    match record {
        Record::Survey(it) => (
            name("survey-state", it.state.id()),
            it.details.title.clone(),
            name("survey-kind", it.details.kind.id()),
        ),
        Record::Answer(it) => (
            survey_of(it),
            answered(it),
            if it.name.is_empty() {
                facts.t("answer-without-name")
            } else {
                it.name.clone()
            },
        ),
        Record::Occupancy(it) => (
            facts.t(describe_surveys::occupancy_state(it)),
            it.details.place.clone(),
            it.name.clone(),
        ),
        Record::Instruction(it) => (
            name("instruction-state", it.state.id()),
            it.details.text.replace('\n', " "),
            facts.operator_name(it.details.operator.unwrap_or(it.meta.created_by)),
        ),
        _ => (String::new(), String::new(), String::new()),
    }
}

/// The survey an answer is to.
fn survey_of(it: &Answer) -> String {
    let survey = it.details.survey;
    survey.map(|it| it.to_string()).unwrap_or_default()
}

/// What was said in an answer, in one line.
fn answered(it: &Answer) -> String {
    let details = &it.details;
    let points: Vec<String> = details.scores.values().map(ToString::to_string).collect();
    let points = points.join("/");
    let said = [&details.product, &details.opinion, &details.suggestion];
    let said = said.into_iter().filter(|text| !text.is_empty());
    let parts: Vec<&str> = std::iter::once(points.as_str())
        .chain(said.map(String::as_str))
        .collect();
    parts.join(" ").trim().replace('\n', " ")
}

/// Of a campaign or a line of the plan: where it stands, what it is, whose it is.
fn of_campaigns(row: &Row, facts: &Facts) -> (String, String, String) {
    let (state, subject, owner) = match &row.record {
        Record::Campaign(it) => (
            facts.texts.name("campaign-sort", it.details.sort.id()),
            campaign(it, row, facts),
            it.details.owner,
        ),
        Record::PlanLine(it) => (
            facts.texts.name("plan-state", it.state.id()),
            format!("{} {}", it.name, it.details.action.replace('\n', " ")),
            it.details.owner,
        ),
        _ => Default::default(),
    };
    let owner = owner.map_or_else(String::new, |owner| facts.operator_name(owner));
    (state, subject, owner)
}

/// A campaign with what came of it.
fn campaign(it: &Campaign, row: &Row, facts: &Facts) -> String {
    format!("{}  {}", it.details.title, came_of(it, row, facts))
}

/// How many were told of a campaign; of an event also who comes, and how many places are left (A14-2.7).
fn came_of(it: &Campaign, row: &Row, facts: &Facts) -> String {
    let figures = row.figures.unwrap_or_default();
    if it.details.sort != CampaignSort::Event {
        return facts.tw("campaign-told", &[("count", &figures.told)]);
    }
    let left = figures.left;
    let left = left.map(|left| facts.tw("campaign-left", &[("count", &left)]));
    let came = facts.tw(
        "campaign-invited",
        &[
            ("told", &figures.told),
            ("booked", &figures.booked),
            ("attended", &figures.attended),
        ],
    );
    format!("{} {came}", left.unwrap_or_default())
        .trim()
        .to_owned()
}

/// One cell of the list of entries.
fn of_entry(entry: &Transaction, row: &Row, field: &str, facts: &Facts) -> String {
    let details = &entry.details;
    match field {
        "number" => entry.meta.number.to_string(),
        "customer" => {
            let names = row.names.iter();
            let mut of = names.filter(|(known, _)| Some(*known) == details.customer);
            of.next().map_or_else(String::new, |(_, name)| name.clone())
        }
        "transaction_sort" => facts.texts.name("transaction-sort", details.sort.id()),
        "matter" => details.text.replace('\n', " "),
        "amount" => details.amount.map(show::yuan).unwrap_or_default(),
        "salesperson" => details.salesperson.clone(),
        _ => entry.on().to_string(),
    }
}

/// One cell of the list of profiles.
fn of_profile(dossier: &Dossier, row: &Row, field: &str, facts: &Facts) -> String {
    let customer = row.profiled.as_ref().and_then(|it| it.customer.as_ref());
    match field {
        "number" => dossier.meta.number.to_string(),
        "name" => customer.map_or_else(String::new, |it| it.details.name.clone()),
        "filled" => describe_dossier::filled(row),
        "salesperson" => facts.operator_name(dossier.salesperson),
        _ => {
            let offset = facts.profile.utc_offset_minutes;
            dossier.meta.changed_at.day(offset).to_string()
        }
    }
}

/// The selected row in full, and by how much it is late.
pub fn detail(row: &Row, facts: &Facts, fields: Fields) -> Vec<TextLine> {
    let mut lines = fields(&describe::row(row, facts), facts);
    let late = describe::lateness(row, facts);
    if !late.is_empty() {
        lines.insert(0, TextLine::plain(late).styled(theme::ALARM));
    }
    if let Record::Campaign(it) = &row.record {
        lines.insert(0, TextLine::title(came_of(it, row, facts)));
    }
    lines
}
