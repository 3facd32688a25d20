//! The forms of the registers, on whichever tab: hand-overs, requests, inspections, leaks, destructions,
//! what is done to a file or a loan meanwhile, and what stands beside requests, customers and follow-ups.
//!
//! A form has the name of its step, and its fields those of what the step asks for: the values of the
//! fields are the step. What a step asks for, and who takes it, is not here but in the rules.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{
    FormId, about_of, campaign, hidden, kin, leasing, listed, named, note, phone, surveys, text,
    trade, who,
};
use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::field::{Field, FieldKind};
use crate::app::form::Form;
use crate::desk::contract::{At, Command};
use crate::domain::access::{IdentityPaper, Purpose};
use crate::domain::archive::FileSort;
use crate::domain::handover::{Handover, HandoverStepKind, conditions};
use crate::domain::inspection::{Finding, Inspection, InspectionKind, SafetyPoint};
use crate::domain::loan;
use crate::domain::number::Kind;
use crate::domain::profile::Words;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Day;
use crate::domain::survey::{MOST_POINTS, SurveyDetails, Tenths};
use crate::text::clean;

/// The fields of the papers of a checklist; what each asks about stands in the field.
const PAPERS: [&str; 24] = [
    "paper_1", "paper_2", "paper_3", "paper_4", "paper_5", "paper_6", "paper_7", "paper_8",
    "paper_9", "paper_10", "paper_11", "paper_12", "paper_13", "paper_14", "paper_15", "paper_16",
    "paper_17", "paper_18", "paper_19", "paper_20", "paper_21", "paper_22", "paper_23", "paper_24",
];

/// The form of a step, by the step's name; none where it asks for nothing.
pub fn form_of(step: &str) -> Option<FormId> {
    let is_of_step = |form: &FormId| form.id() == step && is_one(*form);
    FormId::ALL.iter().copied().find(is_of_step)
}

/// Whether a form is one of these.
pub const fn is_one(id: FormId) -> bool {
    matches!(
        id,
        FormId::NewHandover
            | FormId::CheckPapers
            | FormId::SignOver
            | FormId::SignFor
            | FormId::ReceivePapers
            | FormId::OrderCorrection
            | FormId::CorrectPapers
            | FormId::ScanPapers
            | FormId::FilePapers
            | FormId::FillElectronic
            | FormId::WithdrawHandover
            | FormId::DecideFine
            | FormId::NewAccess
            | FormId::Endorse
            | FormId::ApproveAccess
            | FormId::RefuseAccess
            | FormId::SignRegister
            | FormId::UseAccess
            | FormId::WithdrawAccess
            | FormId::RecallLoan
            | FormId::ClaimReturned
            | FormId::DecideLoan
            | FormId::DigitiseFile
            | FormId::ConfirmFile
            | FormId::DamageFile
            | FormId::MissFile
            | FormId::FindFile
            | FormId::RepairFile
            | FormId::HoldFile
            | FormId::ReleaseFile
            | FormId::AppraiseFile
            | FormId::VoidFile
            | FormId::UpdateFile
            | FormId::TransferFile
            | FormId::TakeOverFile
            | FormId::KeepFile
            | FormId::NewTask
            | FormId::AnswerTask
            | FormId::ReturnTask
            | FormId::WithdrawTask
            | FormId::NewInspection
            | FormId::VisitShelf
            | FormId::CloseInspection
            | FormId::NewIncident
            | FormId::ActOnLeak
            | FormId::CloseLeak
            | FormId::ReviewDestruction
            | FormId::ApproveDestruction
            | FormId::DestroyFile
            | FormId::RefuseDestruction
            | FormId::CloseDay
            | FormId::NewRegistration
            | FormId::HandInForm
            | FormId::RuleCollision
            | FormId::CloseDeal
            | FormId::FileForm
            | FormId::NewDuty
            | FormId::NewHint
            | FormId::WithdrawHint
            | FormId::HandOverShift
            | FormId::DispatchTask
            | FormId::HandBackTask
            | FormId::HandOnTask
    ) || is_of_surveys(id)
        || kin::is_one(id)
        || trade::is_one(id)
}

/// Whether a form is one of those in `surveys`.
const fn is_of_surveys(id: FormId) -> bool {
    matches!(
        id,
        FormId::NewSurvey
            | FormId::EditSurvey
            | FormId::CloseSurvey
            | FormId::FinishSurvey
            | FormId::DropSurvey
            | FormId::LogAnswer
            | FormId::EditAnswer
            | FormId::SurveyMeasure
            | FormId::NewInstruction
            | FormId::CarryOutInstruction
            | FormId::AnswerSuggestion
            | FormId::WithdrawInstruction
            | FormId::NewOccupancy
            | FormId::MoveOut
    )
}

/// Whoever else works here.
fn colleague(name: &'static str, facts: &Facts) -> Field {
    let me = facts.operator.as_ref().map(|me| me.meta.number);
    who(name, facts, |it| {
        it.active && !it.service && Some(it.meta.number) != me
    })
}

fn yes_no(name: &'static str) -> Field {
    Field::new(name, FieldKind::Choice(Options::yes_no())).with("no")
}

fn date(name: &'static str) -> Field {
    Field::new(name, FieldKind::Date)
}

fn count(name: &'static str) -> Field {
    Field::new(name, FieldKind::Number)
}

fn of_all<T: Copy>(
    name: &'static str,
    group: &'static str,
    all: &[T],
    id: impl Fn(T) -> &'static str,
) -> Field {
    named(name, group, all.iter().map(|one| id(*one)).collect())
}

/// The fields of a form.
pub fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    match id {
        _ if is_of_surveys(id) => surveys::fields(id, facts),
        id if kin::is_one(id) => kin::fields(id, facts),
        id if trade::is_one(id) => trade::fields(id, facts),
        FormId::NewHandover => handover_fields(facts),
        FormId::NewAccess => access_fields(facts),
        FormId::NewInspection => inspection_fields(),
        FormId::NewIncident => incident_fields(facts),
        FormId::NewRegistration
        | FormId::HandInForm
        | FormId::RuleCollision
        | FormId::CloseDeal
        | FormId::FileForm
        | FormId::NewDuty => leasing::fields(id, facts),
        FormId::NewHint | FormId::WithdrawHint | FormId::HandOverShift => shift_fields(id, facts),
        FormId::NewTask | FormId::DispatchTask | FormId::HandOnTask => task_fields(id, facts),
        FormId::TransferFile => vec![
            text("to_whom").required(),
            text("receiver").required(),
            note("reason", 3).required(),
        ],
        FormId::OrderCorrection => vec![text("person").required(), note("text", 4).required()],
        FormId::ScanPapers | FormId::DigitiseFile => {
            vec![count("pages").required(), text("reference").required()]
        }
        FormId::FilePapers => vec![text("shelf")],
        FormId::DecideFine => vec![
            listed("violation", &[]).required(),
            named("decision", "decision", vec!["confirm", "waive"]).required(),
            note("reason", 3).required(),
            count("percent"),
        ],
        FormId::Endorse => vec![yes_no("stamped"), text("head")],
        FormId::ApproveAccess => vec![
            yes_no("sufficient").required(),
            yes_no("complete").required(),
            note("note", 3),
        ],
        FormId::SignRegister => vec![yes_no("on_paper")],
        FormId::RepairFile => vec![
            note("text", 4).required(),
            date("repaired_on")
                .required()
                .with(&facts.today().to_string()),
        ],
        FormId::VisitShelf => vec![
            listed("shelf", &[]).required(),
            of_all("finding", "finding", Finding::ALL, Finding::id)
                .required()
                .with(Finding::InOrder.id()),
            note("note", 3),
        ],
        FormId::DestroyFile => vec![
            listed("method", &facts.profile.archive.methods).required(),
            text("witness"),
        ],
        FormId::RefuseDestruction => {
            vec![note("reason", 3).required(), date("kept_until").required()]
        }
        FormId::CloseDay => vec![
            date("day").required().with(&facts.today().to_string()),
            note("reason", 3),
        ],
        FormId::CloseLeak => vec![note("result", 4).required()],
        FormId::AnswerTask
        | FormId::DamageFile
        | FormId::MissFile
        | FormId::FindFile
        | FormId::ActOnLeak
        | FormId::ClaimReturned
        | FormId::DecideLoan => vec![note("text", 4).required()],
        FormId::SignOver
        | FormId::SignFor
        | FormId::FillElectronic
        | FormId::UseAccess
        | FormId::ConfirmFile
        | FormId::UpdateFile
        | FormId::TakeOverFile
        | FormId::CloseInspection
        | FormId::ReviewDestruction
        | FormId::ApproveDestruction => vec![note("note", 4)],
        FormId::ReceivePapers => vec![note("note", 2)],
        FormId::CheckPapers | FormId::CorrectPapers => Vec::new(),
        _ => vec![note("reason", 3).required()],
    }
}

fn incident_fields(facts: &Facts) -> Vec<Field> {
    let me = facts.operator.as_ref().map(|it| it.name.clone());
    vec![
        note("text", 4).required(),
        note("measure", 3).required(),
        text("measure_by").required().with(&me.unwrap_or_default()),
        text("file"),
    ]
}

fn task_fields(id: FormId, facts: &Facts) -> Vec<Field> {
    let department = listed("department", &facts.profile.complaints.departments).required();
    let owner = text("task_owner").required();
    match id {
        FormId::DispatchTask => vec![surveys::given_to(facts).required()],
        FormId::HandOnTask => vec![department, owner, note("reason", 3).required()],
        _ => vec![
            note("matter", 4).required(),
            department,
            owner,
            date("due_on"),
            text("record"),
            surveys::given_to(facts),
        ],
    }
}

/// The fields of what is told by place, and of what one shift hands over to the next.
fn shift_fields(id: FormId, facts: &Facts) -> Vec<Field> {
    match id {
        FormId::NewHint => vec![
            text("hint_places"),
            note("text", 3).required(),
            date("hint_day").with(&facts.today().to_string()),
            text("hint_time"),
        ],
        FormId::HandOverShift => vec![
            colleague("hand_to", facts),
            note("text", 5),
            hidden("drafts"),
        ],
        _ => vec![note("note", 2)],
    }
}

fn handover_fields(facts: &Facts) -> Vec<Field> {
    let lists = facts.profile.archive.checklists.iter().map(|list| {
        let words = Words {
            zh: list.zh.clone(),
            en: list.en.clone(),
        };
        (list.id.clone(), words)
    });
    let lists: Vec<(String, Words)> = lists.collect();
    let first = lists.first().map(|(id, _)| id.clone());
    let first = first.unwrap_or_default();
    let sorts = [
        FileSort::NewCar,
        FileSort::AfterSalesOwn,
        FileSort::AfterSalesOther,
    ];
    let me = facts.operator.as_ref().map(|it| it.name.clone());
    vec![
        Field::new("checklist", FieldKind::Choice(Options::Site(lists)))
            .required()
            .with(&first),
        of_all("sort", "file-sort", &sorts, FileSort::id)
            .required()
            .with(FileSort::NewCar.id()),
        date("released_on")
            .required()
            .with(&facts.today().to_string()),
        text("giver").required().with(&me.unwrap_or_default()),
        Field::new("customer", FieldKind::Customer),
        text("person").required(),
        text("plate"),
        text("vin"),
        yes_no("company"),
        yes_no("other_proofs"),
        text("contact"),
        phone("phone"),
        phone("landline"),
        text("address"),
        note("note", 2),
    ]
}

fn access_fields(facts: &Facts) -> Vec<Field> {
    let me = facts.operator.as_ref();
    let name = me.map(|it| it.name.clone()).unwrap_or_default();
    let unit = me.map(|it| it.department.clone()).unwrap_or_default();
    vec![
        of_all("purpose", "purpose", Purpose::ALL, Purpose::id)
            .required()
            .with(Purpose::Read.id()),
        text("file").required(),
        text("object"),
        text("aim").required(),
        note("reason", 2).required(),
        text("reader").required().with(&name),
        text("unit").required().with(&unit),
        phone("phone"),
        yes_no("outsider"),
        of_all(
            "paper_kind",
            "identity-paper",
            IdentityPaper::ALL,
            IdentityPaper::id,
        )
        .unseen(),
        text("paper_no").unseen(),
        count("copies").with("1").unseen(),
        text("which").unseen(),
        date("due").unseen(),
        text("carrier").unseen(),
        text("measure").unseen(),
        hidden("renews"),
    ]
}

fn inspection_fields() -> Vec<Field> {
    let kinds = of_all(
        "kind_of",
        "inspection",
        InspectionKind::ALL,
        InspectionKind::id,
    );
    let mut fields = vec![
        kinds.required().with(InspectionKind::Custody.id()),
        text("temperature").unseen(),
        count("humidity").unseen(),
    ];
    for point in SafetyPoint::ALL {
        let points = Options::yes_no();
        let field = Field::new(point.id(), FieldKind::Choice(points));
        fields.push(field.with("yes").unseen());
    }
    fields.push(note("note", 3));
    fields
}

/// Shows the fields that the values now ask for.
pub fn adjust(form: &mut Form) {
    match form.id {
        FormId::NewHandover => {
            let new = form.value("sort") == FileSort::NewCar.id();
            form.demand("contact", true, new);
            form.demand("phone", true, new);
            form.demand("landline", new, false);
            form.demand("address", new, new);
            form.demand("other_proofs", new, false);
        }
        FormId::NewAccess => {
            let purpose = Purpose::from_id(form.value("purpose")).unwrap_or_default();
            let outsider = form.value("outsider") == "yes";
            let borrow = purpose == Purpose::Borrow;
            let carry = purpose == Purpose::Carry;
            form.demand("paper_kind", outsider, true);
            form.demand("paper_no", outsider, true);
            form.demand("copies", borrow, true);
            form.demand("which", borrow, false);
            form.demand("due", borrow, false);
            form.demand("carrier", carry, true);
            form.demand("measure", carry, false);
        }
        FormId::NewInspection => {
            let kind = InspectionKind::from_id(form.value("kind_of")).unwrap_or_default();
            let environment = kind == InspectionKind::Environment;
            form.demand("temperature", environment, true);
            form.demand("humidity", environment, true);
            for point in SafetyPoint::ALL {
                form.demand(point.id(), kind == InspectionKind::Security, true);
            }
        }
        id if trade::is_one(id) => trade::adjust(form),
        FormId::NewRegistration | FormId::FileForm => leasing::adjust(form),
        FormId::NewInstruction => surveys::adjust(form),
        FormId::NewRelation => kin::adjust(form),
        FormId::Endorse => {
            let stamped = form.value("stamped") == "yes";
            form.demand("head", stamped, stamped);
        }
        FormId::VisitShelf => {
            let harmed = form.value("finding") != Finding::InOrder.id();
            form.demand("note", true, harmed);
        }
        _ => {}
    }
}

/// Fills in what is known of the record a form is about.
pub fn fill(form: &mut Form, record: &Record, facts: &Facts) {
    match (form.id, record.number().kind) {
        (id, _) if trade::is_one(id) => trade::fill(form, record),
        (FormId::NewTask, _) => form.set("record", &record.number().to_string()),
        _ => {}
    }
    match record {
        Record::Handover(handover) => fill_handover(form, handover, facts),
        Record::Loan(loan) if form.id == FormId::DecideFine => {
            let found = facts.computed(|context| loan::violations(loan, context));
            offer_violations(form, found.unwrap_or_default(), facts);
        }
        Record::Inspection(inspection) => fill_visit(form, inspection, facts),
        Record::Registration(registration) => leasing::fill(form, registration),
        record if kin::is_one(form.id) => kin::fill(form, record),
        _ => surveys::fill(form, record, facts),
    }
}

fn fill_visit(form: &mut Form, inspection: &Inspection, facts: &Facts) {
    let whole = facts.t("shelf-whole");
    let list = inspection.unvisited().map(|shelf| {
        let shown = if shelf == crate::domain::inspection::WHOLE {
            whole.clone()
        } else {
            shelf.clone()
        };
        let words = Words {
            zh: shown.clone(),
            en: shown,
        };
        (shelf.clone(), words)
    });
    let list: Vec<(String, Words)> = list.collect();
    let first = list.first().map(|(id, _)| id.clone());
    if let Some(field) = form.field_mut("shelf") {
        field.kind = FieldKind::Choice(Options::Site(list));
        field.set(&first.unwrap_or_default());
    }
}

fn fill_handover(form: &mut Form, handover: &Handover, facts: &Facts) {
    let lists = &facts.profile.archive.checklists;
    let list = lists.iter().find(|it| it.id == handover.details.checklist);
    let Some(list) = list else { return };
    match form.id {
        FormId::OrderCorrection => {
            form.set("person", &handover.details.giver);
            let lacks = handover.lacks(list).into_iter();
            let names: Vec<String> = lacks
                .map(|item| facts.pick(&item.zh, &item.en).to_owned())
                .collect();
            form.set("text", &names.join(&facts.t("list-comma")));
        }
        FormId::SignOver | FormId::SignFor => {
            let lacks = handover.lacks(list);
            let names: Vec<&str> = lacks
                .iter()
                .map(|item| facts.pick(&item.zh, &item.en))
                .collect();
            let noted = handover.given.as_ref().map(|said| said.text.clone());
            let proposed = if names.is_empty() {
                String::new()
            } else {
                let names = names.join(&facts.t("list-comma"));
                facts.tw("papers-missing", &[("papers", &names)])
            };
            form.set("note", &noted.unwrap_or(proposed));
            form.demand("note", true, !names.is_empty());
        }
        FormId::DecideFine => {
            let found = facts
                .computed(|context| crate::domain::handover::violations(handover, list, context));
            let mut found = found.unwrap_or_default();
            found.retain(|(key, _)| !handover.fines.iter().any(|fine| fine.key == *key));
            offer_violations(form, found, facts);
        }
        FormId::CheckPapers | FormId::ReceivePapers | FormId::CorrectPapers => {
            let first_look = form.id == FormId::CheckPapers;
            let fields = list.items.iter().zip(PAPERS).map(|(item, name)| {
                let offered = conditions(item, &handover.details);
                let ids: Vec<&'static str> = offered.iter().map(|it| it.id()).collect();
                let known = handover.papers.iter().find(|paper| paper.item == item.id);
                let now = known.map(|paper| paper.now).filter(|_| !first_look);
                let first = now
                    .filter(|it| offered.contains(it))
                    .or(offered.first().copied());
                let words = Words {
                    zh: item.zh.clone(),
                    en: item.en.clone(),
                };
                named(name, "condition", ids)
                    .required()
                    .with(first.map_or("", |it| it.id()))
                    .about_item(&item.id, words)
            });
            let fields: Vec<Field> = fields.collect();
            form.fields.splice(0..0, fields);
            form.focus = 0;
        }
        _ => {}
    }
}

/// The violations that are still to be decided, each with what it costs by itself.
fn offer_violations(
    form: &mut Form,
    found: Vec<(String, crate::domain::fine::Violation)>,
    facts: &Facts,
) {
    let rules = &facts.profile.archive.fines;
    let list = found.into_iter().map(|(key, violation)| {
        let what = violation_words(&key, facts);
        let cost = money(crate::domain::fine::base(&violation, rules));
        let shown = format!("{what} {} {cost}", violation.on);
        let words = Words {
            zh: shown.clone(),
            en: shown,
        };
        (key, words)
    });
    let list: Vec<(String, Words)> = list.collect();
    let first = list.first().map(|(id, _)| id.clone());
    if let Some(field) = form.field_mut("violation") {
        field.kind = FieldKind::Choice(Options::Site(list));
        field.set(&first.unwrap_or_default());
    }
}

/// What a violation is, by its key.
pub fn violation_words(key: &str, facts: &Facts) -> String {
    let kind = ["again", "piece"]
        .into_iter()
        .find(|kind| key.starts_with(kind));
    let (name, rest) = kind.map_or((key, ""), |kind| {
        (kind, key.get(kind.len() + 1..).unwrap_or_default())
    });
    let words = facts.texts.name("violation", name);
    format!("{words} {rest}").trim().to_owned()
}

/// An amount in yuan.
pub fn money(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// The values of a form's fields under the names that the rules have for them.
fn values(form: &Form) -> Result<Map<String, Value>, Problem> {
    let mut map = Map::new();
    let mut papers = BTreeMap::new();
    for field in form
        .fields
        .iter()
        .filter(|field| field.shown || matches!(field.kind, FieldKind::Hidden))
    {
        let value = field.value().trim();
        if let Some((item, _)) = &field.item {
            if !value.is_empty() {
                papers.insert(item.clone(), value.to_owned());
            }
            continue;
        }
        let name = match field.name {
            "paper_kind" => "paper",
            "kind_of" | "relation_kind" | "survey_kind" | "measure_kind" => "kind",
            "instruction_sort" => "sort",
            "task_owner" => "owner",
            "matter" => "text",
            "record" => "about",
            "to_whom" | "hand_to" | "to_customer" => "to",
            "hint_places" => "places",
            "hint_day" => "day",
            "hint_time" => "time",
            "registration_source" => "source",
            "duty_from" | "from_customer" => "from",
            "duty_until" => "until",
            "survey_title" => "title",
            "due_on" => "due",
            "contact_channel" => "channel",
            "given_to" => "operator",
            "since_day" => "since",
            "one_customer" => "one",
            "other_customer" => "other",
            "what_given" => "what",
            "count_given" => "count",
            "into_file" => "file",
            other => other,
        };
        let unread = |key: &str| Problem::new(key).field(field.name).arg("value", value);
        let value = match &field.kind {
            FieldKind::Choice(Options::Named("choice", _)) if value.is_empty() => continue,
            FieldKind::Choice(Options::Named("choice", _)) => json!(value == "yes"),
            FieldKind::Choice(Options::Site(_))
                if matches!(field.name, "manager" | "given_to" | "hand_to") && value.is_empty() =>
            {
                continue;
            }
            FieldKind::Choice(Options::Site(_)) => json!(value),
            // What was begun comes as it was kept.
            _ if field.name == "drafts" => serde_json::from_str(value).unwrap_or(json!([])),
            _ if field.name == "which" => json!(super::archive::pieces(form)?),
            _ if field.name == "aspects" => json!(lines_of(value)),
            _ if field.name == "threshold" && value.is_empty() => continue,
            _ if field.name == "threshold" => {
                let points: Result<Tenths, _> = clean::half_width(value).parse();
                json!(points.map_err(|_| unread("not-points").arg("most", MOST_POINTS))?)
            }
            FieldKind::Date if !value.is_empty() => {
                let day = Day::parse(value).ok_or_else(|| unread("not-a-date"))?;
                json!(day.to_string())
            }
            FieldKind::Number if !value.is_empty() => {
                let digits = clean::half_width(value);
                let count: u32 = digits.parse().map_err(|_| unread("not-a-number"))?;
                json!(count)
            }
            _ if field.name == "temperature" => {
                json!(tenths(value).ok_or_else(|| unread("not-a-number"))?)
            }
            _ if is_number(field.name) && !value.is_empty() => {
                let number: Result<crate::domain::number::Number, _> = value.parse();
                let wrong = if matches!(field.name, "file" | "into_file") {
                    "not-a-file"
                } else {
                    "not-a-number-of-a-record"
                };
                json!(number.map_err(|_| unread(wrong))?)
            }
            FieldKind::Text | FieldKind::Note(_) | FieldKind::Phone if !is_number(field.name) => {
                json!(field.value())
            }
            _ if value.is_empty() => continue,
            _ => json!(value),
        };
        map.insert(name.to_owned(), value);
    }
    if !papers.is_empty() {
        map.insert("papers".to_owned(), json!(papers));
    }
    Ok(map)
}

/// Whether a field holds the number of a record; none where it is left open.
fn is_number(field: &str) -> bool {
    matches!(field, "file" | "into_file" | "record" | "replaced_by")
}

/// What is written line by line, or with commas between.
fn lines_of(typed: &str) -> Vec<&str> {
    let lines = typed.split(['\n', '、', '，', ',', ';', '；']);
    lines.map(str::trim).filter(|it| !it.is_empty()).collect()
}

/// The scores of an answer, from what was typed in the fields of its aspects.
fn scored(values: &mut Map<String, Value>) -> Result<(), Problem> {
    let Some(Value::Object(typed)) = values.remove("papers") else {
        return Ok(());
    };
    let mut scores = Map::new();
    for (aspect, value) in typed {
        let text = value.as_str().unwrap_or_default();
        let points: Result<u32, _> = clean::half_width(text).parse();
        let points = points.map_err(|_| {
            let problem = Problem::new("not-points").field(&aspect);
            problem.arg("value", text).arg("most", MOST_POINTS)
        })?;
        scores.insert(aspect, json!(points));
    }
    values.insert("scores".to_owned(), Value::Object(scores));
    Ok(())
}

/// A temperature as typed, in tenths of a degree.
fn tenths(typed: &str) -> Option<i32> {
    let typed = clean::half_width(typed);
    let (sign, digits) = match typed.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, typed.as_str()),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    if part.len() > 1 {
        return None;
    }
    let whole: i32 = whole.parse().ok()?;
    let part: i32 = part.parse().ok()?;
    whole.checked_mul(10)?.checked_add(part)?.checked_mul(sign)
}

pub(super) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(|_| Problem::new("nothing-to-change"))
}

/// The step that a form makes, by the kind of the record it is about.
fn step(kind: Kind, at: At, value: Value) -> Result<Command, Problem> {
    Ok(match kind {
        Kind::File => Command::StepFile {
            at,
            step: read(value)?,
        },
        Kind::Handover => Command::StepHandover {
            at,
            step: read(value)?,
        },
        Kind::Access => Command::StepAccess {
            at,
            step: read(value)?,
        },
        Kind::Loan => Command::StepLoan {
            at,
            step: read(value)?,
        },
        Kind::Inspection => Command::StepInspection {
            at,
            step: read(value)?,
        },
        Kind::Incident => Command::StepIncident {
            at,
            step: read(value)?,
        },
        Kind::Destruction => Command::StepDestruction {
            at,
            step: read(value)?,
        },
        Kind::Task => Command::StepTask {
            at,
            step: read(value)?,
        },
        Kind::Survey => Command::StepSurvey {
            at,
            step: read(value)?,
        },
        Kind::Occupancy => Command::StepOccupancy {
            at,
            step: read(value)?,
        },
        Kind::Instruction => Command::StepInstruction {
            at,
            step: read(value)?,
        },
        Kind::Hint => Command::StepHint {
            at,
            step: read(value)?,
        },
        Kind::ShiftSheet => Command::StepShift {
            at,
            step: read(value)?,
        },
        Kind::Registration => Command::StepRegistration {
            at,
            step: read(value)?,
        },
        Kind::Relation => Command::StepRelation {
            at,
            step: read(value)?,
        },
        Kind::Introduction => Command::StepIntroduction {
            at,
            step: read(value)?,
        },
        Kind::Handout => Command::StepHandout {
            at,
            step: read(value)?,
        },
        Kind::ServiceItem => Command::StepServiceItem {
            at,
            step: read(value)?,
        },
        Kind::Merge => Command::StepMerge {
            at,
            step: read(value)?,
        },
        _ => return Err(Problem::new("nothing-to-change")),
    })
}

/// A step that asks for nothing.
///
/// # Errors
/// For a step that the kind of the record does not have.
pub fn bare(at: At, id: &str) -> Result<Command, Problem> {
    step(at.number.kind, at, json!({ id: {} }))
}

/// Whether a form of `surveys` is no step of a record.
const fn is_new_of_surveys(id: FormId) -> bool {
    matches!(
        id,
        FormId::NewSurvey
            | FormId::EditSurvey
            | FormId::LogAnswer
            | FormId::EditAnswer
            | FormId::SurveyMeasure
            | FormId::NewInstruction
            | FormId::NewOccupancy
    )
}

/// The command of such a form.
fn of_surveys(form: &Form, mut values: Map<String, Value>) -> Result<Command, Problem> {
    let planned = |values| -> Result<SurveyDetails, Problem> {
        Ok(SurveyDetails {
            target: campaign::target_of(form),
            ..read(Value::Object(values))?
        })
    };
    Ok(match form.id {
        FormId::NewSurvey => Command::PlanSurvey {
            details: planned(values)?,
        },
        FormId::EditSurvey => Command::ChangeSurvey {
            at: about_of(form)?,
            details: planned(values)?,
        },
        FormId::LogAnswer => {
            scored(&mut values)?;
            Command::LogAnswer {
                details: read(Value::Object(values))?,
            }
        }
        FormId::EditAnswer => {
            scored(&mut values)?;
            Command::ChangeAnswer {
                at: about_of(form)?,
                details: read(Value::Object(values))?,
            }
        }
        FormId::SurveyMeasure => Command::DraftMeasure {
            details: read(Value::Object(values))?,
        },
        FormId::NewInstruction => Command::GiveInstruction {
            details: read(Value::Object(values))?,
        },
        _ => Command::MoveIn {
            details: read(Value::Object(values))?,
            intake: None,
            new_customer: None,
        },
    })
}

/// The command of a form.
///
/// # Errors
/// A day, a count or a number that cannot be read.
pub fn command(form: &Form) -> Result<Command, Problem> {
    if trade::is_one(form.id) {
        return trade::command(form);
    }
    let mut values = values(form)?;
    if let Some(command) = kin::command(form, &values) {
        return command;
    }
    let details = |values: Map<String, Value>| Value::Object(values);
    if is_new_of_surveys(form.id) {
        return of_surveys(form, values);
    }
    Ok(match form.id {
        FormId::NewHandover => Command::BeginHandover {
            details: read(details(values))?,
        },
        FormId::NewAccess => Command::RequestAccess {
            details: read(details(values))?,
        },
        FormId::NewInspection => {
            let points = SafetyPoint::ALL.iter().filter_map(|point| {
                let holds = values.remove(point.id())?;
                Some(json!([point, holds]))
            });
            let points: Vec<Value> = points.collect();
            values.insert("safety".to_owned(), Value::Array(points));
            Command::BeginInspection {
                details: read(details(values))?,
            }
        }
        FormId::NewIncident => Command::ReportIncident {
            details: read(details(values))?,
        },
        FormId::NewTask => Command::RaiseTask {
            details: read(details(values))?,
        },
        FormId::NewRegistration => Command::Register {
            details: read(details(values))?,
        },
        FormId::NewHint => Command::MakeHint {
            details: read(details(values))?,
        },
        FormId::HandOverShift => Command::HandOverShift {
            details: read(details(values))?,
        },
        FormId::NewDuty => Command::EnterDuty {
            details: read(details(values))?,
        },
        FormId::HandInForm => {
            let day = Day::parse(form.value("day"));
            Command::HandInForm {
                day: day.ok_or_else(|| Problem::required("day"))?,
                reason: form.value("reason").to_owned(),
            }
        }
        FormId::CloseDay => {
            let day = Day::parse(form.value("day"));
            Command::CloseDay {
                day: day.ok_or_else(|| Problem::required("day"))?,
                reason: form.value("reason").to_owned(),
            }
        }
        FormId::DecideFine => Command::DecideFine {
            at: about_of(form)?,
            key: form.value("violation").to_owned(),
            confirmed: form.value("decision") == "confirm",
            reason: form.value("reason").to_owned(),
            percent: values
                .get("percent")
                .and_then(Value::as_u64)
                .and_then(|it| u32::try_from(it).ok()),
        },
        _ => {
            let at = about_of(form)?;
            step(at.number.kind, at, json!({ form.id.id(): values }))?
        }
    })
}

/// Whether a hand-over's step shows its papers.
pub const fn shows_papers(step: HandoverStepKind) -> bool {
    matches!(
        step,
        HandoverStepKind::Check | HandoverStepKind::Receive | HandoverStepKind::Correct
    )
}
