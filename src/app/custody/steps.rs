//! Which steps the selected record can take, and which of them leads on.

use super::trying::why_not;
use crate::app::facts::Facts;
use crate::app::profiling::PROFILE;
use crate::app::{following, kin};
use crate::domain::access;
use crate::domain::hint::HintStepKind;
use crate::domain::instruction::{self, InstructionStepKind};
use crate::domain::procedure::{self, Row};
use crate::domain::record::Record;
use crate::domain::registration::{self, Registration};
use crate::domain::shift::ShiftStepKind;
use crate::domain::survey::{self, Survey, SurveyState};
use crate::domain::{archive, destruction, handover, incident, task};

/// A granted request for a loan is lent on by this.
pub const LEND: &str = "lend";
/// A file is proposed for destruction by this.
pub const PROPOSE: &str = "propose-destruction";
/// The archive's fines are decided on with this.
pub const FINE: &str = "decide-fine";

/// An entry is made in a customer's file with this.
pub const ENTRY: &str = "new-transaction";
/// The day's registration form is handed in with this.
pub const HAND_IN: &str = "hand-in-form";
/// A form that was handed in is taken into keeping with this.
pub const KEEP_FORM: &str = "keep-form";

/// An answer to a survey is written down with this.
pub const ANSWER: &str = "log-answer";
/// A measure for an aspect of a survey is drafted with this.
pub const MEASURE: &str = "survey-measure";

/// Another department is asked for something with this.
pub const TASK: &str = "new-task";

/// The begun forms of a hand-over that was taken over or back are brought again with this.
pub const BRING: &str = "bring-begun-forms";

/// A step that the selected record can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextStep {
    /// Its name.
    pub id: &'static str,
    /// The clause behind it; empty where it is ours.
    pub clause: &'static str,
    /// Whether it leads on to the end.
    pub on: bool,
}

fn of_rows<Step: Copy, State>(
    rows: Vec<&'static Row<Step, State>>,
    id: fn(Step) -> &'static str,
) -> Vec<NextStep> {
    let rows = rows.into_iter();
    rows.map(|row| NextStep {
        id: id(row.step),
        clause: row.clause,
        on: row.on,
    })
    .collect()
}

pub(in crate::app) const fn aside(id: &'static str, clause: &'static str) -> NextStep {
    NextStep {
        id,
        clause,
        on: false,
    }
}

/// The steps that a record can take from where it stands, those that lead on first.
pub fn next_steps(record: &Record) -> Vec<NextStep> {
    match record {
        Record::File(file) => {
            let mut steps = of_rows(archive::next_steps(file), archive::FileStepKind::id);
            steps.push(aside(PROPOSE, "A12-3.2.8b"));
            if file.left_on().is_some() {
                return Vec::new();
            }
            steps.push(aside(ENTRY, "A03-4.1.2a-3"));
            steps.push(aside(TASK, "A03-3.2"));
            steps
        }
        Record::Task(task) => of_rows(task::next_steps(task), task::TaskStepKind::id),
        Record::Survey(survey) => survey_steps(survey),
        Record::Occupancy(it) if it.is_open() => vec![NextStep {
            on: true,
            ..aside("move-out", "A05-4.1")
        }],
        Record::Instruction(it) => {
            let steps = instruction::next_steps(it).map(|step| NextStep {
                on: step != InstructionStepKind::Withdraw,
                ..aside(step.id(), step.clause())
            });
            steps.collect()
        }
        Record::Registration(registration) => registration_steps(registration),
        Record::Hint(hint) if hint.withdrawn.is_none() => {
            vec![aside(HintStepKind::Withdraw.id(), "")]
        }
        Record::ShiftSheet(sheet) if !sheet.is_open() => vec![aside(BRING, "")],
        Record::ShiftSheet(_) => vec![
            NextStep {
                on: true,
                ..aside(ShiftStepKind::TakeOver.id(), "")
            },
            aside(ShiftStepKind::TakeBack.id(), ""),
        ],
        Record::Handover(handover) => {
            let mut steps = of_rows(
                handover::next_steps(handover),
                handover::HandoverStepKind::id,
            );
            steps.push(aside(FINE, "A07-f9"));
            steps.push(aside(TASK, "A07-d1b"));
            steps
        }
        Record::Access(access) => {
            let mut steps = of_rows(access::next_steps(access), access::AccessStepKind::id);
            if access::can_be_lent(access) {
                let lend = NextStep {
                    on: true,
                    ..aside(LEND, "A11-19.5a")
                };
                steps.insert(0, lend);
            }
            steps
        }
        Record::Loan(loan) if loan.is_open() => {
            let mut steps = vec![
                aside("recall-loan", ""),
                aside("claim-returned", ""),
                aside("decide-loan", "A11-19.5b"),
            ];
            if !loan.course.pieces.is_empty() {
                steps.push(aside(FINE, "A07-f9"));
            }
            steps
        }
        Record::Loan(_) => vec![aside(FINE, "A07-f9")],
        Record::Inspection(inspection) if inspection.closed.is_none() => {
            let visit = inspection.unvisited().next().is_some();
            let step = |id, on| NextStep {
                on,
                ..aside(id, "A11-14b")
            };
            let mut steps = vec![step("visit-shelf", visit), step("close-inspection", !visit)];
            steps.sort_by_key(|step| !step.on);
            steps
        }
        Record::Incident(incident) => of_rows(
            procedure::next_steps(incident::ROWS, &incident.state),
            incident::IncidentStepKind::id,
        ),
        Record::Destruction(destruction) => of_rows(
            procedure::next_steps(destruction::ROWS, &destruction.state),
            destruction::DestructionStepKind::id,
        ),
        Record::Customer(_)
        | Record::FollowUp(_)
        | Record::Campaign(_)
        | Record::PlanLine(_)
        | Record::Dossier(_) => steps_at_the_desk(record),
        _ => kin::next_steps(record),
    }
}

/// Those of them that there are at this site.
pub fn steps_here(record: &Record, facts: &Facts) -> Vec<NextStep> {
    let mut steps = next_steps(record);
    steps.retain(|step| step.id != PROFILE || facts.profile.dossier.is_some());
    // Begun forms are with whoever took them over or back.
    if let Record::ShiftSheet(sheet) = record {
        let me = facts.operator.as_ref().map(|it| it.meta.number);
        let mine = sheet.ended.map(|(by, _)| by) == me;
        steps.retain(|step| step.id != BRING || mine);
    }
    steps
}

/// What can be done with a customer, a contact, and what stands beside them.
fn steps_at_the_desk(record: &Record) -> Vec<NextStep> {
    let mut steps = match record {
        // A profile is filled in from wherever its customer is met (A14-N1).
        Record::Customer(_) | Record::Dossier(_) => vec![NextStep {
            on: true,
            ..aside(PROFILE, "A14-N2")
        }],
        _ => Vec::new(),
    };
    steps.extend(following::next_steps(record));
    steps.extend(kin::next_steps(record));
    if let Record::FollowUp(_) = record {
        steps.push(aside(PROFILE, "A14-N1"));
    }
    steps
}

/// The form that a row stands on is handed in before anything else.
fn registration_steps(registration: &Registration) -> Vec<NextStep> {
    let rows = procedure::next_steps(registration::ROWS, &registration.state);
    let mut steps = of_rows(rows, registration::RegistrationStepKind::id);
    if registration.handed_in.is_none() {
        let hand_in = NextStep {
            on: true,
            ..aside(HAND_IN, "A12-3.1.1b")
        };
        let waits = steps.iter().filter(|step| step.on).count();
        steps.insert(waits, hand_in);
    }
    if registration.is_to_be_kept() {
        let keep = NextStep {
            on: true,
            ..aside(KEEP_FORM, "A12-3.1.7a")
        };
        let waits = steps.iter().filter(|step| step.on).count();
        steps.insert(waits, keep);
    }
    steps
}

/// While a survey is running it is answered before it is closed.
fn survey_steps(survey: &Survey) -> Vec<NextStep> {
    let rows = procedure::next_steps(survey::ROWS, &survey.state);
    let mut steps = of_rows(rows, survey::SurveyStepKind::id);
    if survey.state == SurveyState::Running {
        let answer = NextStep {
            on: true,
            ..aside(ANSWER, "A03-5.1.2c")
        };
        steps.insert(0, answer);
        steps.push(aside("to-tell", "A14-2.6"));
    }
    if matches!(survey.state, SurveyState::Running | SurveyState::Measures) {
        steps.push(aside(MEASURE, "A03-sd"));
    }
    steps
}

/// The name of a step with the clause behind it.
pub fn step_name(step: &NextStep, facts: &Facts) -> String {
    let name = facts.texts.name("archive-step", step.id);
    if step.clause.is_empty() {
        name
    } else {
        format!("{name} [{}]", step.clause)
    }
}

/// The step that leads a record on, for whoever is at this terminal; where it is somebody else's turn
/// the one that is theirs.
pub fn main_step(record: &Record, facts: &Facts) -> Option<NextStep> {
    let steps = steps_here(record, facts);
    let mine = |step: &&NextStep| step.on && why_not(record, step.id, facts).is_none();
    let mut on = steps.iter().filter(|step| step.on);
    steps.iter().find(mine).or_else(|| on.next()).copied()
}
