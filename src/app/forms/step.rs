//! The forms of the steps of a complaint and of a measure: what each step asks for. What follows
//! what, and who may, is not here but in the rules.

use super::complaint::CHANNELS;
use super::{FormId, about_of, by_id, categories, hidden, listed, named, note, text};
use crate::app::facts::Facts;
use crate::app::form::{Field, FieldKind, Form};
use crate::desk::contract::Command;
use crate::domain::analysis::AnalysisStep;
use crate::domain::complaint::course::{Judgement, Liable, PenaltyDecision, Reach, Satisfaction};
use crate::domain::complaint::{Complaint, Step, StepKind};
use crate::domain::intake::Channel;
use crate::domain::measure::{Measure, MeasureDetails, MeasureKind, MeasureStep};
use crate::domain::number::Number;
use crate::domain::profile::Procedure;
use crate::domain::refusal::Problem;
use crate::domain::stamp::{Day, Stamp};
use crate::text::clean;

/// The form of a step; none where it asks for nothing.
pub const fn form_of(step: StepKind) -> Option<FormId> {
    Some(match step {
        StepKind::Assign => FormId::AssignComplaint,
        StepKind::Answer => FormId::AnswerComplaint,
        StepKind::Close => FormId::CloseComplaint,
        StepKind::Withdraw => FormId::WithdrawComplaint,
        StepKind::MarkMajor => FormId::MarkMajor,
        StepKind::HandBack => FormId::HandBack,
        StepKind::Propose => FormId::Propose,
        StepKind::Approve => FormId::Approve,
        StepKind::SendBack => FormId::SendBack,
        StepKind::FeedBack => FormId::FeedBack,
        StepKind::AskSatisfaction => FormId::AskSatisfaction,
        StepKind::Reopen => FormId::Reopen,
        StepKind::SumUp => FormId::SumUp,
        StepKind::PassOn => FormId::PassOn,
        StepKind::Meet => FormId::Meet,
        StepKind::Draft => FormId::Draft,
        StepKind::Negotiate => FormId::Negotiate,
        StepKind::NoAction => FormId::NoAction,
        StepKind::Return => FormId::ReturnSlip,
        StepKind::CallBack => FormId::CallBack,
        StepKind::Receipt => FormId::Receipt,
        StepKind::Recourse => FormId::Recourse,
        StepKind::Urge => FormId::Urge,
        StepKind::Wait => FormId::AwaitCustomer,
        StepKind::Share => FormId::ShareLesson,
        StepKind::Record | StepKind::Acknowledge | StepKind::Accept | StepKind::Resume => {
            return None;
        }
    })
}

/// The step whose form this is.
pub fn step_of(form: FormId) -> Option<StepKind> {
    let mut all = StepKind::ALL.iter().copied();
    all.find(|step| form_of(*step) == Some(form))
}

/// Whether a form is that of a step of a complaint, or any form of a measure.
pub fn is_step(form: FormId) -> bool {
    step_of(form).is_some()
        || matches!(
            form,
            FormId::NewMeasure
                | FormId::EditMeasure
                | FormId::ApproveMeasure
                | FormId::SendMeasureBack
                | FormId::CarryOut
                | FormId::VerifyMeasure
                | FormId::CheckMeasure
                | FormId::DropMeasure
                | FormId::ApproveReport
                | FormId::SendReportBack
        )
}

/// A step of this kind with nothing filled in: what the rules say of it but for empty fields is why
/// it cannot be taken.
pub fn empty(kind: StepKind) -> Option<Step> {
    let nothing = String::new;
    let judgement = Judgement::default;
    Some(match kind {
        StepKind::Record => return None,
        StepKind::Assign => Step::Assign {
            department: nothing(),
            handler: nothing(),
            note: nothing(),
            category: nothing(),
            cause: nothing(),
            justified: judgement(),
            reasonable: judgement(),
        },
        StepKind::Answer => Step::Answer {
            text: nothing(),
            channel: None,
        },
        StepKind::Close => Step::Close { note: nothing() },
        StepKind::Withdraw => Step::Withdraw { reason: nothing() },
        StepKind::MarkMajor => Step::MarkMajor { reason: nothing() },
        StepKind::Acknowledge => Step::Acknowledge { post: None },
        StepKind::Accept => Step::Accept {},
        StepKind::HandBack => Step::HandBack { reason: nothing() },
        StepKind::Propose => Step::Propose {
            cause: nothing(),
            person: nothing(),
            solution: nothing(),
        },
        StepKind::Approve => Step::Approve { note: nothing() },
        StepKind::SendBack => Step::SendBack { reason: nothing() },
        StepKind::FeedBack => Step::FeedBack { text: nothing() },
        StepKind::AskSatisfaction => Step::AskSatisfaction {
            reach: None,
            satisfaction: None,
            note: nothing(),
        },
        StepKind::Reopen => Step::Reopen { reason: nothing() },
        StepKind::SumUp => Step::SumUp {
            evaluation: nothing(),
            cause_department: nothing(),
            cause_person: nothing(),
            no_cause: nothing(),
            delay: nothing(),
            loss: None,
            no_measure: nothing(),
            penalties: Vec::new(),
        },
        StepKind::PassOn => Step::PassOn {
            department: nothing(),
        },
        StepKind::Meet => Step::Meet {
            held_at: None,
            participants: Vec::new(),
            decision: nothing(),
        },
        StepKind::Draft => Step::Draft {
            cause: nothing(),
            person: nothing(),
            solution: nothing(),
        },
        StepKind::Negotiate => Step::Negotiate {
            business_manager: nothing(),
            relations_manager: nothing(),
            outcome: nothing(),
        },
        StepKind::NoAction => Step::NoAction { reason: nothing() },
        StepKind::Return => Step::Return { result: nothing() },
        StepKind::CallBack => Step::CallBack {
            reach: None,
            satisfaction: None,
            note: nothing(),
        },
        StepKind::Receipt => Step::Receipt { channel: None },
        StepKind::Recourse => Step::Recourse { text: nothing() },
        StepKind::Urge => Step::Urge { note: nothing() },
        StepKind::Wait => Step::Wait { reason: nothing() },
        StepKind::Resume => Step::Resume {},
        StepKind::Share => Step::Share {
            departments: Vec::new(),
            text: nothing(),
        },
    })
}

/// The fields of a step's form.
pub fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    let rules = &facts.profile.complaints;
    let department = |name| listed(name, &rules.departments);
    let channel = |value: &str| {
        named("channel", "reply-channel", CHANNELS.to_vec())
            .required()
            .with(value)
    };
    match id {
        FormId::AssignComplaint => {
            let mut fields = vec![
                department("department").required(),
                text("handler").required(),
            ];
            if rules.procedure == Procedure::Dealership {
                fields.extend([
                    categories(facts).required(),
                    note("cause", 2).required(),
                    yes_no("justified"),
                    text("justified-reason").required(),
                    yes_no("reasonable"),
                    text("reasonable-reason").required(),
                ]);
            }
            fields.push(note("note", 2));
            fields
        }
        FormId::AnswerComplaint => vec![note("text", 5).required(), channel(Channel::Call.id())],
        FormId::Receipt => vec![channel(Channel::Call.id())],
        FormId::CloseComplaint | FormId::Approve | FormId::Urge => vec![note("note", 4)],
        FormId::FeedBack | FormId::Recourse => vec![note("text", 4).required()],
        FormId::ShareLesson => vec![note("text", 4).required(), department("for_department")],
        FormId::ReturnSlip => vec![note("result", 5).required()],
        FormId::Propose | FormId::Draft => vec![
            note("cause", 3).required(),
            text("person").required(),
            note("solution", 5).required(),
        ],
        FormId::AskSatisfaction | FormId::CallBack => vec![
            named(
                "reach",
                "reach",
                Reach::ALL.iter().map(|it| it.id()).collect(),
            )
            .required(),
            named(
                "satisfaction",
                "satisfaction",
                Satisfaction::ALL.iter().map(|it| it.id()).collect(),
            )
            .required(),
            note("note", 4),
        ],
        FormId::PassOn => vec![department("department").required()],
        FormId::Meet => vec![
            Field::new("held_at", FieldKind::Date),
            note("participants", 2).required(),
            note("decision", 5).required(),
        ],
        FormId::Negotiate => vec![
            text("business_manager").required(),
            text("relations_manager").required(),
            note("outcome", 4).required(),
        ],
        FormId::SumUp => vec![
            note("evaluation", 4).required(),
            department("cause_department"),
            text("cause_person"),
            text("no_measure"),
            text("delay").required().unseen(),
            Field::new("loss", FieldKind::Number),
            Field::new("penalty_person", FieldKind::Number).unseen(),
            text("head").required().unseen(),
            Field::new("penalty_head", FieldKind::Number).unseen(),
            Field::new("penalty_handler", FieldKind::Number).unseen(),
            text("no_penalty").unseen(),
            text("no_cause"),
            hidden("handler"),
        ],
        FormId::NewMeasure | FormId::EditMeasure => vec![
            named(
                "measure_kind",
                "measure-kind",
                MeasureKind::ALL.iter().map(|it| it.id()).collect(),
            )
            .required()
            .with(MeasureKind::Corrective.id()),
            note("text", 4).required(),
            department("department").required(),
            text("owner").required(),
            Field::new("due_on", FieldKind::Date).required(),
            text("contributor"),
            hidden("about"),
        ],
        FormId::ApproveMeasure => vec![text("supervisor").required()],
        FormId::CarryOut => vec![note("evidence", 5).required()],
        FormId::VerifyMeasure | FormId::CheckMeasure | FormId::ApproveReport => {
            vec![note("note", 4)]
        }
        _ => vec![note("reason", 3).required()],
    }
}

fn yes_no(name: &'static str) -> Field {
    named(name, "choice", vec!["yes", "no"]).required()
}

/// Fills in what is known of a complaint.
pub fn fill(form: &mut Form, complaint: &Complaint, facts: &Facts) {
    match form.id {
        FormId::AssignComplaint => {
            form.set("department", &complaint.department);
            form.set("handler", &complaint.handler);
            form.set("category", &complaint.details.category);
            if let Some(nature) = &complaint.course.nature {
                // Found out once; it can be found out anew, but need not be.
                for name in [
                    "cause",
                    "justified",
                    "justified-reason",
                    "reasonable",
                    "reasonable-reason",
                ] {
                    form.demand(name, true, false);
                }
                form.set("cause", &nature.cause);
            }
        }
        FormId::AnswerComplaint => {
            let channel = complaint.details.channel;
            let known = channel.filter(|channel| CHANNELS.contains(&channel.id()));
            form.set("channel", known.unwrap_or(Channel::Call).id());
        }
        FormId::PassOn => form.set("department", &complaint.department),
        FormId::Propose | FormId::Draft => {
            if let Some(old) = &complaint.course.solution {
                form.set("cause", &old.cause);
                form.set("person", &old.person);
                form.set("solution", &old.proposed.text);
            } else if let Some(nature) = &complaint.course.nature {
                form.set("cause", &nature.cause);
            }
        }
        FormId::SumUp => {
            let late = complaint.is_or_was_late(facts.now);
            form.demand("delay", late, late);
            form.demand("penalty_handler", late, false);
            form.set("handler", &complaint.handler);
            form.set("cause_department", &complaint.department);
            if let Some(solution) = &complaint.course.solution {
                form.set("cause_person", &solution.person);
            }
            form.demand(
                "no_measure",
                complaint.measures.is_empty(),
                complaint.measures.is_empty(),
            );
            adjust(form);
        }
        FormId::NewMeasure => {
            form.set("about", &complaint.meta.number.to_string());
            form.set("department", &complaint.department);
        }
        _ => {}
    }
}

/// Fills in what is known of a measure.
pub fn fill_measure(form: &mut Form, measure: &Measure) {
    if form.id != FormId::EditMeasure {
        return;
    }
    let details = &measure.details;
    form.set("about", &details.about.to_string());
    form.set("measure_kind", details.kind.id());
    form.set("text", &details.text);
    form.set("department", &details.department);
    form.set("owner", &details.owner);
    form.set("contributor", &details.contributor);
    form.set(
        "due_on",
        &details.due.map(|due| due.to_string()).unwrap_or_default(),
    );
}

/// Shows what the values ask for.
pub fn adjust(form: &mut Form) {
    match form.id {
        FormId::SumUp => {
            let lost = !matches!(form.value("loss").trim(), "" | "0");
            for (name, required) in [
                ("penalty_person", false),
                ("head", true),
                ("penalty_head", false),
            ] {
                form.demand(name, lost, lost && required);
            }
            let late = form.field("delay").is_some_and(|field| field.shown);
            form.demand("no_penalty", lost || late, false);
        }
        FormId::AskSatisfaction | FormId::CallBack => {
            let reached = form.value("reach") == Reach::Reached.id();
            form.demand("satisfaction", reached, reached);
        }
        _ => {}
    }
}

/// The command of a step's form.
pub fn command(form: &Form, facts: &Facts) -> Result<Command, Problem> {
    let words = |name: &str| form.value(name).to_owned();
    let channel = || by_id(Channel::ALL, Channel::id, form.value("channel"));
    let reach = || by_id(Reach::ALL, Reach::id, form.value("reach"));
    let satisfaction = || {
        by_id(
            Satisfaction::ALL,
            Satisfaction::id,
            form.value("satisfaction"),
        )
    };
    let reason = || words("reason");
    let step = match form.id {
        FormId::AssignComplaint => Step::Assign {
            department: words("department"),
            handler: words("handler"),
            note: words("note"),
            category: words("category"),
            cause: words("cause"),
            justified: judgement(form, "justified", "justified-reason"),
            reasonable: judgement(form, "reasonable", "reasonable-reason"),
        },
        FormId::AnswerComplaint => Step::Answer {
            text: words("text"),
            channel: channel(),
        },
        FormId::CloseComplaint => Step::Close {
            note: words("note"),
        },
        FormId::WithdrawComplaint => Step::Withdraw { reason: reason() },
        FormId::MarkMajor => Step::MarkMajor { reason: reason() },
        FormId::HandBack => Step::HandBack { reason: reason() },
        FormId::SendBack => Step::SendBack { reason: reason() },
        FormId::Reopen => Step::Reopen { reason: reason() },
        FormId::NoAction => Step::NoAction { reason: reason() },
        FormId::AwaitCustomer => Step::Wait { reason: reason() },
        FormId::Propose => Step::Propose {
            cause: words("cause"),
            person: words("person"),
            solution: words("solution"),
        },
        FormId::Draft => Step::Draft {
            cause: words("cause"),
            person: words("person"),
            solution: words("solution"),
        },
        FormId::Approve => Step::Approve {
            note: words("note"),
        },
        FormId::Urge => Step::Urge {
            note: words("note"),
        },
        FormId::FeedBack => Step::FeedBack {
            text: words("text"),
        },
        FormId::Recourse => Step::Recourse {
            text: words("text"),
        },
        FormId::ShareLesson => Step::Share {
            departments: Some(words("for_department"))
                .filter(|department| !department.is_empty())
                .into_iter()
                .collect(),
            text: words("text"),
        },
        FormId::AskSatisfaction => Step::AskSatisfaction {
            reach: reach(),
            satisfaction: satisfaction(),
            note: words("note"),
        },
        FormId::CallBack => Step::CallBack {
            reach: reach(),
            satisfaction: satisfaction(),
            note: words("note"),
        },
        FormId::SumUp => sum_up(form)?,
        FormId::PassOn => Step::PassOn {
            department: words("department"),
        },
        FormId::Meet => Step::Meet {
            held_at: moment(form, "held_at", facts)?,
            participants: names(form.value("participants")),
            decision: words("decision"),
        },
        FormId::Negotiate => Step::Negotiate {
            business_manager: words("business_manager"),
            relations_manager: words("relations_manager"),
            outcome: words("outcome"),
        },
        FormId::ReturnSlip => Step::Return {
            result: words("result"),
        },
        FormId::Receipt => Step::Receipt { channel: channel() },
        _ => return measure_command(form),
    };
    Ok(Command::StepComplaint {
        at: about_of(form)?,
        step,
    })
}

fn measure_command(form: &Form) -> Result<Command, Problem> {
    let words = |name: &str| form.value(name).to_owned();
    let at = about_of(form)?;
    let report = match form.id {
        FormId::ApproveReport => Some(AnalysisStep::Approve {
            note: words("note"),
        }),
        FormId::SendReportBack => Some(AnalysisStep::SendBack {
            reason: words("reason"),
        }),
        _ => None,
    };
    if let Some(step) = report {
        return Ok(Command::StepAnalysis { at, step });
    }
    if let Some(step) = measure_step(form.id, words) {
        return Ok(Command::StepMeasure { at, step });
    }
    let about: Option<Number> = form.value("about").parse().ok();
    let kind = by_id(
        MeasureKind::ALL,
        MeasureKind::id,
        form.value("measure_kind"),
    );
    let details = MeasureDetails {
        about: about.unwrap_or(at.number),
        aspect: String::new(),
        kind: kind.ok_or_else(|| Problem::required("measure_kind"))?,
        text: words("text"),
        department: words("department"),
        owner: words("owner"),
        contributor: words("contributor"),
        due: day(form, "due_on")?,
    };
    Ok(if form.id == FormId::EditMeasure {
        Command::ChangeMeasure { at, details }
    } else {
        Command::DraftMeasure { details }
    })
}

/// The step of a measure's form, with the words of its fields.
fn measure_step(form: FormId, words: impl Fn(&str) -> String) -> Option<MeasureStep> {
    Some(match form {
        FormId::ApproveMeasure => MeasureStep::Approve {
            supervisor: words("supervisor"),
        },
        FormId::SendMeasureBack => MeasureStep::SendBack {
            reason: words("reason"),
        },
        FormId::CarryOut => MeasureStep::CarryOut {
            evidence: words("evidence"),
        },
        FormId::VerifyMeasure => MeasureStep::Verify {
            note: words("note"),
        },
        FormId::CheckMeasure => MeasureStep::Check {
            note: words("note"),
        },
        FormId::DropMeasure => MeasureStep::Drop {
            reason: words("reason"),
        },
        _ => return None,
    })
}

/// The step of a measure's form with nothing filled in.
pub fn empty_measure(form: FormId) -> Option<MeasureStep> {
    measure_step(form, |_| String::new())
}

/// Names as people write them one after the other.
fn names(typed: &str) -> Vec<String> {
    let apart = |c: char| matches!(c, ',' | '，' | '、' | ';' | '；' | '\n');
    let names = typed.split(apart).map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn judgement(form: &Form, name: &str, reason: &str) -> Judgement {
    Judgement {
        holds: match form.value(name) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        reason: form.value(reason).to_owned(),
    }
}

fn sum_up(form: &Form) -> Result<Step, Problem> {
    let words = |name: &str| form.value(name).to_owned();
    let mut penalties = Vec::new();
    for (liable, field, name) in [
        (Liable::Person, "penalty_person", form.value("cause_person")),
        (Liable::Head, "penalty_head", form.value("head")),
        (Liable::Handler, "penalty_handler", form.value("handler")),
    ] {
        if form.field(field).is_some_and(|field| field.shown) {
            let amount = yuan(form, field)?;
            penalties.push(PenaltyDecision {
                liable,
                name: name.to_owned(),
                amount,
                reason: words("no_penalty"),
            });
        }
    }
    Ok(Step::SumUp {
        evaluation: words("evaluation"),
        cause_department: words("cause_department"),
        cause_person: words("cause_person"),
        no_cause: words("no_cause"),
        delay: words("delay"),
        loss: yuan(form, "loss")?,
        no_measure: words("no_measure"),
        penalties,
    })
}

/// An amount in yuan, with at most two places behind the point, as hundredths.
pub(super) fn yuan(form: &Form, name: &'static str) -> Result<Option<u64>, Problem> {
    let typed = clean::half_width(form.value(name).trim());
    if typed.is_empty() {
        return Ok(None);
    }
    let wrong = || {
        Problem::new("not-an-amount")
            .field(name)
            .arg("value", &typed)
    };
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if part.len() > 2 || !digits(part) || !digits(whole) || whole.is_empty() {
        return Err(wrong());
    }
    let hundredths = format!("{whole}{part:0<2}");
    hundredths.parse().map(Some).map_err(|_| wrong())
}

fn moment(form: &Form, name: &'static str, facts: &Facts) -> Result<Option<Stamp>, Problem> {
    let typed = form.value(name).trim();
    let at = Stamp::parse(typed, facts.profile.utc_offset_minutes);
    if at.is_none() && !typed.is_empty() {
        return Err(Problem::new("not-a-date").field(name).arg("value", typed));
    }
    Ok(at)
}

fn day(form: &Form, name: &'static str) -> Result<Option<Day>, Problem> {
    let typed = form.value(name).trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let wrong = || Problem::new("not-a-date").field(name).arg("value", typed);
    Day::parse(typed).map(Some).ok_or_else(wrong)
}
