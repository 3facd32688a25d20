//! The procedure of a hand-over (SM4): which step leads from where to where, what it asks for, and
//! what it writes down.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Checklist, Condition, Correction, Handover, HandoverState as State, Paper, Scan, checklist,
    conditions,
};
use crate::domain::complaint::course::Said;
use crate::domain::context::Context;
use crate::domain::named::named;
use crate::domain::number::Number;
use crate::domain::procedure::{self, ArchiveStep, Row, Stand};
use crate::domain::refusal::{Checks, Problem, Refusal};
use crate::text::clean;

named! {
    /// What can be done with a hand-over.
    HandoverStepKind {
        /// Checked by the side that hands over (A07-n.2, A07-a.2).
        Check = "check-papers",
        /// Signed by that side (A07-n.3, A07-n.4).
        Give = "sign-over",
        /// Signed for by the archive (A07-n.3).
        Take = "sign-for",
        /// Checked by the archive item by item (A07-n.5).
        Receive = "receive-papers",
        /// An order to put something right (A07-f10a).
        Order = "order-correction",
        /// What was put right, as the archive finds it (A07-f10b).
        Correct = "correct-papers",
        /// Copied and scanned (A07-n.6).
        Scan = "scan-papers",
        /// The originals put into the cabinet (A07-n.7).
        File = "file-papers",
        /// The electronic version filled in (A07-n.8).
        Fill = "fill-electronic",
        /// Taken back. Ours.
        Withdraw = "withdraw-handover",
    }
}

/// A step with what it asks for. Papers are told by the item of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HandoverStep {
    /// The side that hands over has checked the papers.
    CheckPapers {
        /// How each was found.
        #[serde(default)]
        papers: BTreeMap<String, Condition>,
    },
    /// That side signs.
    SignOver {
        /// What is missing, and why.
        #[serde(default)]
        note: String,
    },
    /// The archive signs for it.
    SignFor {
        /// What is missing, and why.
        #[serde(default)]
        note: String,
    },
    /// The archive has checked the papers.
    ReceivePapers {
        /// How each was found.
        #[serde(default)]
        papers: BTreeMap<String, Condition>,
        /// Anything to say, such as that the ink is as required (A11-08b).
        #[serde(default)]
        note: String,
    },
    /// Order that it is put right.
    OrderCorrection {
        /// By whom.
        person: String,
        /// What.
        text: String,
    },
    /// It was put right.
    CorrectPapers {
        /// How each is found now.
        #[serde(default)]
        papers: BTreeMap<String, Condition>,
    },
    /// It is scanned.
    ScanPapers {
        /// How many pages.
        #[serde(default)]
        pages: Option<u32>,
        /// The name of the scan, or where it lies.
        reference: String,
    },
    /// The originals are in the cabinet.
    FilePapers {
        /// Where; the next free place of the class when empty.
        #[serde(default)]
        shelf: String,
    },
    /// The electronic version is filled in.
    FillElectronic {
        /// Anything to say.
        #[serde(default)]
        note: String,
    },
    /// Take it back.
    WithdrawHandover {
        /// Why.
        reason: String,
    },
}

impl HandoverStep {
    /// Which step it is.
    pub const fn kind(&self) -> HandoverStepKind {
        match self {
            Self::CheckPapers { .. } => HandoverStepKind::Check,
            Self::SignOver { .. } => HandoverStepKind::Give,
            Self::SignFor { .. } => HandoverStepKind::Take,
            Self::ReceivePapers { .. } => HandoverStepKind::Receive,
            Self::OrderCorrection { .. } => HandoverStepKind::Order,
            Self::CorrectPapers { .. } => HandoverStepKind::Correct,
            Self::ScanPapers { .. } => HandoverStepKind::Scan,
            Self::FilePapers { .. } => HandoverStepKind::File,
            Self::FillElectronic { .. } => HandoverStepKind::Fill,
            Self::WithdrawHandover { .. } => HandoverStepKind::Withdraw,
        }
    }
}

/// The procedure.
pub const ROWS: &[Row<HandoverStepKind, State>] = &[
    Row {
        step: HandoverStepKind::Check,
        from: &[State::Due],
        to: Some(State::Checked),
        who: ArchiveStep::HandIn,
        clause: "A07-n.2",
        on: true,
    },
    Row {
        step: HandoverStepKind::Give,
        from: &[State::Checked],
        to: None,
        who: ArchiveStep::HandIn,
        clause: "A07-n.3",
        on: true,
    },
    Row {
        step: HandoverStepKind::Take,
        from: &[State::Checked],
        to: Some(State::Signed),
        who: ArchiveStep::Receive,
        clause: "A07-n.3",
        on: true,
    },
    Row {
        step: HandoverStepKind::Receive,
        from: &[State::Signed],
        to: None,
        who: ArchiveStep::Receive,
        clause: "A07-n.5",
        on: true,
    },
    Row {
        step: HandoverStepKind::Order,
        from: &[State::Incomplete],
        to: None,
        who: ArchiveStep::Receive,
        clause: "A07-f10a",
        on: true,
    },
    Row {
        step: HandoverStepKind::Correct,
        from: &[State::Incomplete],
        to: None,
        who: ArchiveStep::Receive,
        clause: "A07-f10b",
        on: true,
    },
    Row {
        step: HandoverStepKind::Scan,
        from: &[State::Received],
        to: Some(State::Scanned),
        who: ArchiveStep::Receive,
        clause: "A07-n.6",
        on: true,
    },
    Row {
        step: HandoverStepKind::File,
        from: &[State::Scanned],
        to: Some(State::Filed),
        who: ArchiveStep::Receive,
        clause: "A07-n.7",
        on: true,
    },
    Row {
        step: HandoverStepKind::Fill,
        from: &[State::Filed],
        to: Some(State::Finished),
        who: ArchiveStep::Receive,
        clause: "A07-n.8",
        on: true,
    },
    Row {
        step: HandoverStepKind::Withdraw,
        from: &[State::Due, State::Checked],
        to: Some(State::Withdrawn),
        who: ArchiveStep::Receive,
        clause: "",
        on: false,
    },
];

/// A row of the procedure that can be taken now.
pub type Next = &'static Row<HandoverStepKind, State>;

/// The rows that lead on from where a hand-over stands. One side signs before the other, and a
/// correction is ordered before it is made.
pub fn next_steps(handover: &Handover) -> Vec<Next> {
    let given = handover.given.is_some();
    let ordered = handover.open_correction().is_some();
    let now = |row: &&Next| match row.step {
        HandoverStepKind::Give => !given,
        HandoverStepKind::Take => given,
        HandoverStepKind::Order => !ordered,
        HandoverStepKind::Correct => ordered,
        _ => true,
    };
    let rows = procedure::next_steps(ROWS, &handover.state);
    rows.into_iter().filter(|row| now(&row)).collect()
}

/// What stands around a step: the row in the register of the day, and the file the papers go into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Around {
    /// The next row of today's sign-for register (A07-g5a).
    pub row: u32,
    /// The file of the car, once there is one.
    pub file: Option<Number>,
}

/// One step on. The file that the papers go into is made or joined by whoever asks.
///
/// # Errors
/// Refused from a state that the step does not lead on from and for one who does not carry it; where
/// both sides would be one person or one has not signed (A07-n.3); with missing papers not noted
/// (A07-n.4); with a paper not looked at (A07-n.5); without pages and reference (A07-n.6) or a reason.
pub fn step(
    handover: &Handover,
    step: &HandoverStep,
    around: Around,
    context: &Context,
) -> Result<Handover, Refusal> {
    let stand = Stand {
        number: handover.meta.number,
        state: handover.state,
        group: "handover-state",
    };
    let kind = step.kind();
    let (id, state_id) = (HandoverStepKind::id, State::id);
    let row = procedure::find(ROWS, stand, kind, id, state_id, context)?;
    let Some(list) = checklist(&handover.details, context) else {
        let problem = Problem::new("no-checklist").arg("value", &handover.details.checklist);
        return Err(problem.into());
    };
    let mut checks = Checks::new();
    check(handover, step, list, context, &mut checks);
    checks.done()?;
    let mut next = Handover {
        meta: handover.meta.changed(context),
        state: row.to.unwrap_or(handover.state),
        ..handover.clone()
    };
    bring(&mut next, step, list, around, context);
    Ok(next)
}

fn check(
    handover: &Handover,
    step: &HandoverStep,
    list: &Checklist,
    context: &Context,
    checks: &mut Checks,
) {
    let me = context.operator.meta.number;
    let mut require = |text: &str, field: &str, clause: &str| {
        if clean::body(text).is_empty() {
            let problem = Problem::required(field);
            checks.add(if clause.is_empty() {
                problem
            } else {
                problem.clause(clause)
            });
        }
    };
    match step {
        HandoverStep::CheckPapers { papers } | HandoverStep::ReceivePapers { papers, .. } => {
            check_papers(handover, papers, list, checks);
        }
        HandoverStep::CorrectPapers { papers } => {
            if handover.open_correction().is_none() {
                checks.add(Problem::new("no-correction-ordered").clause("A07-f10a"));
            }
            check_papers(handover, papers, list, checks);
        }
        HandoverStep::SignOver { note } => {
            if handover.given.is_some() {
                checks.add(Problem::new("signed-already").clause("A07-n.3"));
            } else if !handover.lacks(list).is_empty() {
                require(note, "note", "A07-n.4");
            }
        }
        HandoverStep::SignFor { note } => match &handover.given {
            None => checks.add(Problem::new("one-side-only").clause("A07-n.3")),
            Some(given) if given.by == me => {
                checks.add(Problem::new("same-person").clause("A07-n.3"));
            }
            // What the other side noted is enough.
            Some(given) if given.text.is_empty() && !handover.lacks(list).is_empty() => {
                require(note, "note", "A07-n.4");
            }
            Some(_) => {}
        },
        HandoverStep::OrderCorrection { person, text } => {
            if handover.open_correction().is_some() {
                checks.add(Problem::new("correction-ordered").clause("A07-f10a"));
            } else {
                require(person, "person", "A07-f10a");
                require(text, "text", "A07-f10a");
            }
        }
        HandoverStep::ScanPapers { pages, reference } => {
            require(reference, "reference", "A07-n.6");
            checks.require(pages.is_some_and(|pages| pages > 0), || {
                Problem::required("pages").clause("A07-n.6")
            });
        }
        HandoverStep::WithdrawHandover { reason } => require(reason, "reason", ""),
        HandoverStep::FilePapers { .. } | HandoverStep::FillElectronic { .. } => {}
    }
}

/// Every paper of the checklist is looked at, and found as it can be.
fn check_papers(
    handover: &Handover,
    papers: &BTreeMap<String, Condition>,
    list: &Checklist,
    checks: &mut Checks,
) {
    for item in &list.items {
        let offered = conditions(item, &handover.details);
        let found = papers.get(&item.id);
        if found.is_none_or(|found| !offered.contains(found)) {
            let clause = item.clause.as_deref().unwrap_or("A07-n.5");
            checks.add(
                Problem::new("paper-not-looked-at")
                    .field(&item.id)
                    .clause(clause)
                    .words("item", &item.zh, &item.en),
            );
        }
    }
}

/// What a step brought is written down.
fn bring(
    handover: &mut Handover,
    step: &HandoverStep,
    list: &Checklist,
    around: Around,
    context: &Context,
) {
    let said = |text: &str| Said {
        text: clean::body(text),
        at: context.now,
        by: context.operator.meta.number,
    };
    match step {
        HandoverStep::CheckPapers { papers } => {
            let found = |paper: &mut Paper, condition| {
                paper.brought = condition;
                paper.now = condition;
            };
            look_at(handover, papers, found);
            handover.checked = Some(said(""));
        }
        HandoverStep::SignOver { note } => handover.given = Some(said(note)),
        HandoverStep::SignFor { note } => {
            handover.taken = Some(said(note));
            handover.row = around.row;
        }
        HandoverStep::ReceivePapers { papers, note } => {
            let found = |paper: &mut Paper, condition| {
                paper.found = Some(condition);
                paper.now = condition;
            };
            look_at(handover, papers, found);
            handover.received = Some(said(note));
            settle_whole(handover, list, &said(""));
        }
        HandoverStep::OrderCorrection { person, text } => handover.corrections.push(Correction {
            ordered: said(text),
            person: clean::name(person),
            done: None,
        }),
        HandoverStep::CorrectPapers { papers } => {
            look_at(handover, papers, |paper, condition| paper.now = condition);
            settle_whole(handover, list, &said(""));
            if handover.state == State::Received {
                for correction in &mut handover.corrections {
                    correction.done.get_or_insert_with(|| said(""));
                }
            }
        }
        HandoverStep::ScanPapers { pages, reference } => {
            handover.scan = Some(Scan {
                pages: pages.unwrap_or_default(),
                reference: said(reference),
            });
        }
        HandoverStep::FilePapers { .. } => {
            handover.filed = around.file.map(|file| (file, said("")));
        }
        HandoverStep::FillElectronic { note } => handover.filled = Some(said(note)),
        HandoverStep::WithdrawHandover { reason } => handover.withdrawn = Some(said(reason)),
    }
}

fn look_at(
    handover: &mut Handover,
    papers: &BTreeMap<String, Condition>,
    found: impl Fn(&mut Paper, Condition),
) {
    for paper in &mut handover.papers {
        if let Some(condition) = papers.get(&paper.item) {
            found(paper, *condition);
        }
    }
}

fn settle_whole(handover: &mut Handover, list: &Checklist, said: &Said) {
    if handover.lacks(list).is_empty() {
        handover.state = State::Received;
        handover.whole = Some(said.clone());
    } else {
        handover.state = State::Incomplete;
    }
}
