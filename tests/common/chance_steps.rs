//! Steps of complaints and measures made up by chance.

use frontdesk::desk::contract::Command;
use frontdesk::domain::analysis::{AnalysisStep, PartDetails, Quarter};
use frontdesk::domain::complaint::course::{Judgement, Reach, Satisfaction};
use frontdesk::domain::complaint::{ComplaintState, Step, StepKind};
use frontdesk::domain::measure::{MeasureDetails, MeasureKind, MeasureStep};
use frontdesk::domain::number::Kind;
use frontdesk::domain::profile::Profile;
use frontdesk::domain::record::Record;
use frontdesk::domain::stamp::Day;

use super::chance::{NAMES, TEXTS};
use super::steps;
use super::walk::Walk;

impl Walk {
    /// A step of a complaint: mostly one that leads on from where it is.
    pub(super) fn complaint_step(&mut self) -> Command {
        let at = self.at(Kind::Complaint);
        let state = match self.model.get(&at.number) {
            Some(Record::Complaint(complaint)) => complaint.state,
            _ => ComplaintState::SlipMade,
        };
        let unseen = match self.model.get(&at.number) {
            Some(Record::Complaint(complaint)) => {
                let major = complaint.course.major.as_ref();
                major.is_some_and(|major| major.unacknowledged().next().is_some())
            }
            _ => false,
        };
        let on = match state {
            _ if unseen => StepKind::Acknowledge,
            ComplaintState::SlipMade => StepKind::Assign,
            ComplaintState::Assigned => StepKind::Return,
            ComplaintState::Returned => StepKind::CallBack,
            _ => StepKind::Close,
        };
        let any = self.random.choice(StepKind::ALL).copied();
        let kind = any.filter(|_| self.random.bool()).unwrap_or(on);
        Command::StepComplaint {
            at,
            step: self.any_step(kind),
        }
    }

    fn any_step(&mut self, kind: StepKind) -> Step {
        match kind {
            StepKind::Assign => Step::Assign {
                department: self.one(&["engineering", "security", "nowhere", ""]),
                handler: self.one(NAMES),
                note: self.one(TEXTS),
                category: String::new(),
                cause: String::new(),
                justified: Judgement::default(),
                reasonable: Judgement::default(),
            },
            StepKind::CallBack => Step::CallBack {
                reach: self.random.choice(Reach::ALL.iter()).copied(),
                satisfaction: self.random.choice(Satisfaction::ALL.iter()).copied(),
                note: self.one(TEXTS),
            },
            kind => {
                let profile = Profile::builtin("property").unwrap();
                let made = if self.random.u8(0..8) == 0 {
                    steps::blank(kind, &profile)
                } else {
                    steps::whole(kind, &profile)
                };
                made.unwrap_or(Step::Accept {})
            }
        }
    }

    pub(super) fn measure(&mut self) -> Command {
        let details = MeasureDetails {
            aspect: String::new(),
            about: self.at(Kind::Complaint).number,
            kind: MeasureKind::Preventive,
            text: self.one(TEXTS),
            department: self.one(&["engineering", "security", "nowhere"]),
            owner: self.one(NAMES),
            contributor: self.one(NAMES),
            due: Day::of(2024, 6, 10),
        };
        if self.random.bool() {
            return Command::DraftMeasure { details };
        }
        Command::ChangeMeasure {
            at: self.at(Kind::Measure),
            details,
        }
    }

    pub(super) fn measure_step(&mut self) -> Command {
        let text = self.one(TEXTS);
        let at = self.at(Kind::Measure);
        let on = match self.model.get(&at.number) {
            Some(Record::Measure(measure)) => measure.state as u8,
            _ => 0,
        };
        let any = self.random.u8(0..6);
        let step = match if any < 2 { any + 4 } else { on } {
            0 => MeasureStep::Approve { supervisor: text },
            1 => MeasureStep::CarryOut { evidence: text },
            2 => MeasureStep::Verify { note: text },
            3 => MeasureStep::Check { note: text },
            4 => MeasureStep::SendBack { reason: text },
            _ => MeasureStep::Drop { reason: text },
        };
        Command::StepMeasure { at, step }
    }

    /// The analysis of a quarter begun, written or submitted.
    pub(super) fn analysis(&mut self) -> Command {
        let at = self.at(Kind::Analysis);
        match self.random.u8(0..4) {
            0 => Command::DraftAnalysis {
                quarter: Quarter::of(2024, self.random.u8(1..5)).unwrap(),
            },
            1 => Command::StepAnalysis {
                at,
                step: AnalysisStep::Submit {
                    note: self.one(TEXTS),
                },
            },
            _ => Command::WriteAnalysisPart {
                at,
                part: PartDetails {
                    department: self.one(&["engineering", "security", ""]),
                    text: self.one(TEXTS),
                    measures: Vec::new(),
                    no_measure: self.one(TEXTS),
                },
            },
        }
    }
}
