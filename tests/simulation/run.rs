//! A quarter at a site, by the seed: complaints come in, people take their steps, some late, some
//! never, and customers are pleased or not.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use fastrand::Rng;
use frontdesk::desk::contract::{At, Command, Reply};
use frontdesk::domain::complaint::course::{
    Judgement, Liable, PenaltyDecision, Reach, Satisfaction,
};
use frontdesk::domain::complaint::{
    Complaint, ComplaintDetails, ComplaintState as State, Service, Step, StepKind, Who, next_steps,
};
use frontdesk::domain::intake::Channel;
use frontdesk::domain::profile::{Permission, Procedure};
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Stamp;

use crate::common::at;
use crate::common::staff::Staff;
use crate::common::steps::{holds, whole};

const MINUTE: i64 = 60_000_000;

/// A site at work.
pub struct Quarter {
    pub staff: Staff,
    random: Rng,
    complaints: Vec<Option<Complaint>>,
    texts: Vec<String>,
    /// Steps that were refused: none should be.
    pub refused: Vec<String>,
}

impl Quarter {
    /// Complaints with these texts come in from a week before the quarter to a week after it, and
    /// are worked on until the middle of July.
    pub fn new(profile: &str, texts: Vec<String>, seed: u64) -> Self {
        Self {
            staff: Staff::since(profile, "2024-03-22 15:00"),
            random: Rng::with_seed(seed),
            complaints: vec![None; texts.len()],
            texts,
            refused: Vec::new(),
        }
    }

    pub fn run(&mut self) {
        let (from, to) = (at("2024-03-25 00:00").0, at("2024-07-08 00:00").0);
        let end = at("2024-07-15 09:00").0;
        let mut due = BinaryHeap::new();
        for which in 0..self.texts.len() {
            let day = self.random.i64(0..(to - from) / MINUTE / 1440) * 1440;
            let minute = day + self.random.i64(8 * 60..19 * 60);
            due.push(Reverse((from + minute * MINUTE, which)));
        }
        while let Some(Reverse((time, which))) = due.pop() {
            if time >= end {
                break;
            }
            self.staff.bench.clock.set(Stamp(time));
            if self.one(which) {
                // Mostly the same day, now and then days later.
                let late = f64::powi(self.random.f64(), 3) * 4_000.0;
                let minutes = 5 + format!("{late:.0}").parse::<i64>().unwrap();
                due.push(Reverse((time + minutes * MINUTE, which)));
            }
        }
        self.staff.bench.clock.set(Stamp(end));
    }

    /// Records a complaint, or takes its next step; whether there is another.
    fn one(&mut self, which: usize) -> bool {
        let Some(complaint) = self.complaints[which].clone() else {
            let recorded = self.record(which);
            self.complaints[which] = Some(recorded);
            return true;
        };
        // Now and then something is left lying.
        if complaint.state.is_final() || self.random.u8(0..40) == 0 {
            return false;
        }
        let Some(step) = self.next(&complaint) else {
            return false;
        };
        let role = self.who(&complaint, step.kind());
        let at = At {
            number: complaint.meta.number,
            version: complaint.meta.version,
        };
        let command = Command::StepComplaint { at, step };
        match self.staff.is(role).ask(command) {
            Ok(Reply::Done { record, .. }) => {
                let Record::Complaint(next) = *record else {
                    panic!("no complaint");
                };
                let goes_on = !next.state.is_final();
                self.complaints[which] = Some(next);
                goes_on
            }
            other => {
                self.refused.push(format!("{other:?}"));
                false
            }
        }
    }

    fn choice(&mut self, list: &[String]) -> String {
        self.random.choice(list).cloned().unwrap_or_default()
    }

    fn record(&mut self, which: usize) -> Complaint {
        let rules = &self.staff.profile.complaints;
        let categories: Vec<String> = rules.categories.iter().map(|it| it.id.clone()).collect();
        let has_plate = rules.plate;
        let role = self.staff.profile.permissions[&Permission::ComplaintRecord].roles[0];
        // Few enough people that some call again.
        let people = u32::try_from(self.texts.len() * 2).unwrap();
        let who = self.random.u32(0..people);
        let before = self.random.i64(0..90) * MINUTE;
        let now = self.staff.bench.desk.now();
        let channels = [
            Channel::Call,
            Channel::Call,
            Channel::Visit,
            Channel::Letter,
        ];
        let category = if self.random.bool() {
            self.choice(&categories)
        } else {
            String::new()
        };
        let details = ComplaintDetails {
            channel: self.random.choice(channels),
            complainant: "来电人".into(),
            phone: if self.random.u8(0..5) == 0 {
                String::new()
            } else {
                format!("1540{who:07}")
            },
            plate: match (has_plate, self.random.u8(0..3)) {
                (true, 0) => format!("浙A{who:05}"),
                (true, _) => "-".into(),
                (false, _) => String::new(),
            },
            category,
            service: Some(if self.random.u8(0..3) == 0 {
                Service::Sales
            } else {
                Service::AfterSales
            }),
            text: self.texts[which].clone(),
            made_at: Some(Stamp(now.0 - before)),
            ..ComplaintDetails::default()
        };
        self.staff.is(role).complaint(details)
    }

    /// Whoever's step it is; one who did not propose the solution approves it.
    fn who(&self, complaint: &Complaint, kind: StepKind) -> Role {
        let profile = &self.staff.profile;
        let rows = next_steps(complaint, profile);
        let row = rows.iter().find(|row| row.step == kind);
        match row.map(|row| row.who) {
            Some(Who::Carries(step)) => profile.complaints.steps[&step].roles[0],
            Some(Who::May(permission)) => profile.permissions[&permission].roles[0],
            Some(Who::Told) => {
                let major = complaint.course.major.as_ref();
                major.and_then(|it| it.unacknowledged().next()).unwrap()
            }
            None => panic!("{kind:?} from {:?}", complaint.state),
        }
    }

    /// What is done next; none where nothing is.
    fn next(&mut self, complaint: &Complaint) -> Option<Step> {
        let chance = self.random.u8(0..100);
        let major = complaint.course.major.as_ref();
        let unseen = major.is_some_and(|it| it.unacknowledged().next().is_some());
        let kind = match complaint.state {
            _ if unseen => StepKind::Acknowledge,
            State::Recorded | State::SlipMade | State::Assigned if chance < 2 => StepKind::Withdraw,
            State::Recorded | State::SlipMade if chance < 8 && major.is_none() => {
                StepKind::MarkMajor
            }
            State::SlipMade if chance < 16 => StepKind::NoAction,
            State::Recorded if major.is_some() => StepKind::PassOn,
            State::Recorded | State::SlipMade => StepKind::Assign,
            State::Assigned if self.is_property() => StepKind::Return,
            State::Assigned => StepKind::Propose,
            State::Proposed | State::Planned if chance < 10 => StepKind::SendBack,
            State::Proposed | State::Planned => StepKind::Approve,
            State::Approved if major.is_some() => StepKind::Negotiate,
            State::Approved => StepKind::Answer,
            State::Answered if self.is_property() => StepKind::Close,
            State::Answered => StepKind::FeedBack,
            State::Reacted | State::Negotiated => StepKind::AskSatisfaction,
            State::Asked if chance < 60 && Self::displeased(complaint) => StepKind::Reopen,
            State::Asked => StepKind::SumUp,
            State::Summarised => StepKind::Close,
            State::Escalated => StepKind::Meet,
            State::Met => StepKind::Draft,
            State::Returned => StepKind::CallBack,
            State::Closed | State::Withdrawn | State::Noted => return None,
        };
        let step = whole(kind, &self.staff.profile)?;
        Some(self.by_chance(step, complaint))
    }

    fn is_property(&self) -> bool {
        self.staff.profile.complaints.procedure == Procedure::Property
    }

    fn displeased(complaint: &Complaint) -> bool {
        let said = complaint.course.satisfaction();
        said.is_some_and(Satisfaction::is_dissatisfied)
    }

    /// What of a step differs from one complaint to another.
    fn by_chance(&mut self, step: Step, complaint: &Complaint) -> Step {
        let rules = &self.staff.profile.complaints;
        let departments: Vec<String> = rules.departments.iter().map(|it| it.id.clone()).collect();
        let categories: Vec<String> = rules.categories.iter().map(|it| it.id.clone()).collect();
        let department = self.choice(&departments);
        match step {
            Step::Assign {
                handler,
                note,
                cause,
                ..
            } => {
                let known = complaint.details.category.clone();
                let category = if known.is_empty() {
                    self.choice(&categories)
                } else {
                    known
                };
                let judges = !self.is_property();
                Step::Assign {
                    department,
                    handler,
                    note,
                    category,
                    cause,
                    justified: if judges {
                        holds("属实")
                    } else {
                        Judgement::default()
                    },
                    reasonable: if judges {
                        holds("合理")
                    } else {
                        Judgement::default()
                    },
                }
            }
            Step::PassOn { .. } => Step::PassOn { department },
            Step::AskSatisfaction { note, .. } => {
                let (reach, satisfaction) = self.asked();
                Step::AskSatisfaction {
                    reach,
                    satisfaction,
                    note,
                }
            }
            Step::CallBack { note, .. } => {
                let (reach, satisfaction) = self.asked();
                Step::CallBack {
                    reach,
                    satisfaction,
                    note,
                }
            }
            Step::SumUp {
                evaluation,
                cause_person,
                no_cause,
                delay,
                no_measure,
                ..
            } => {
                let decided = |liable| PenaltyDecision {
                    liable,
                    name: "李师傅".into(),
                    amount: None,
                    reason: "初犯".into(),
                };
                let loss = (self.random.u8(0..8) == 0).then_some(50_000);
                Step::SumUp {
                    evaluation,
                    cause_department: department,
                    cause_person,
                    no_cause,
                    delay,
                    loss,
                    no_measure,
                    penalties: Liable::ALL.iter().copied().map(decided).collect(),
                }
            }
            other => other,
        }
    }

    fn asked(&mut self) -> (Option<Reach>, Option<Satisfaction>) {
        let reach = match self.random.u8(0..10) {
            0 => Reach::NotReached,
            1 => Reach::WrongNumber,
            2 => Reach::Refused,
            _ => Reach::Reached,
        };
        let said = self.random.choice(Satisfaction::ALL.iter()).copied();
        (Some(reach), said.filter(|_| reach == Reach::Reached))
    }
}
