//! How a sample complaint gets on: the next step that its procedure has, by somebody who may take it.

use super::people::{self, one};
use super::work::Filling;
use crate::desk::contract::Command;
use crate::domain::complaint::course::{Judgement, Liable, PenaltyDecision, Reach, Satisfaction};
use crate::domain::complaint::{
    Complaint, ComplaintState as State, Step, StepKind, To, Transition, Who, next_steps,
};
use crate::domain::intake::Channel;
use crate::domain::number::Number;
use crate::domain::operator::Operator;
use crate::domain::profile::Procedure;
use crate::domain::record::Record;
use crate::domain::role::Role;

/// One in so many complaints is a major one.
const MAJOR: u8 = 20;

/// The post that is the next to acknowledge a major complaint.
fn complaint_posts(complaint: &Complaint) -> Vec<Role> {
    let major = complaint.course.major.iter();
    major
        .flat_map(|major| major.unacknowledged().take(1))
        .collect()
}

impl Filling<'_> {
    /// One step on towards a state; none where it is there, or where nobody may take the step.
    pub(super) fn step(&mut self, number: Number, goal: State) -> Option<(Number, Command)> {
        let Some(Record::Complaint(complaint)) = self.made.get(&number) else {
            return None;
        };
        let complaint = complaint.clone();
        let rows = next_steps(&complaint, self.profile);
        let row = self.pick(&complaint, &rows, goal)?;
        let by = self.whoever(row.who, &complaint)?;
        let step = self.filled(row.step, &complaint)?;
        let at = self.at(number)?;
        Some((by, Command::StepComplaint { at, step }))
    }

    /// The row that leads on; a withdrawal where that is the goal, and now and then a major one.
    fn pick<'a>(
        &mut self,
        complaint: &Complaint,
        rows: &[&'a Transition],
        goal: State,
    ) -> Option<&'a Transition> {
        let of = |kind: StepKind| rows.iter().copied().find(|row| row.step == kind);
        let early = matches!(
            complaint.state,
            State::Recorded | State::SlipMade | State::Assigned
        );
        if goal == State::Withdrawn && early && complaint.course.hands.len() == 1 {
            return of(StepKind::Withdraw);
        }
        if let Some(row) = of(StepKind::Acknowledge)
            && let Some(major) = &complaint.course.major
            && major.unacknowledged().next().is_some()
        {
            return Some(row);
        }
        let first = self.profile.complaints.procedure.first_state();
        let marks = complaint.state == first && complaint.course.major.is_none();
        if marks && goal == State::Closed && self.random.u8(0..MAJOR) == 0 {
            return of(StepKind::MarkMajor);
        }
        let aside = |row: &&&Transition| {
            matches!(row.to, To::Same)
                || matches!(
                    row.step,
                    StepKind::Withdraw
                        | StepKind::MarkMajor
                        | StepKind::NoAction
                        | StepKind::HandBack
                        | StepKind::SendBack
                        | StepKind::Reopen
                )
        };
        // A complaint that is with somebody is not given away again.
        let again =
            |row: &&&Transition| row.step == StepKind::Assign && complaint.state == State::Assigned;
        let on = rows.iter().find(|row| !aside(row) && !again(row)).copied();
        let asks = on
            .is_none()
            .then(|| of(StepKind::AskSatisfaction).or_else(|| of(StepKind::CallBack)));
        on.or_else(|| asks.flatten())
    }

    fn whoever(&mut self, who: Who, complaint: &Complaint) -> Option<Number> {
        let proposer = complaint.course.solution.as_ref().map(|it| it.proposed.by);
        match who {
            Who::May(permission) => self.who(permission),
            Who::Carries(step) => {
                let grant = self.profile.complaints.steps.get(&step)?;
                let roles = grant.roles.clone();
                let mut able = self.holding(&roles);
                // Nobody approves their own.
                if able.len() > 1 {
                    able.retain(|one| Some(*one) != proposer);
                }
                self.random.choice(able)
            }
            Who::Told => {
                let able = self.holding(&complaint_posts(complaint));
                self.random.choice(able)
            }
        }
    }

    fn filled(&mut self, kind: StepKind, complaint: &Complaint) -> Option<Step> {
        let words = |this: &mut Self, name: &str| this.any(&["steps", name]);
        let person = |this: &mut Self| people::name(&this.words, &mut this.random).0;
        let channel = complaint.details.channel;
        Some(match kind {
            StepKind::Assign => self.assigned(complaint)?,
            StepKind::Propose => Step::Propose {
                cause: words(self, "causes"),
                person: person(self),
                solution: one(&mut self.random, &self.words.answers()),
            },
            StepKind::Draft => Step::Draft {
                cause: words(self, "causes"),
                person: person(self),
                solution: one(&mut self.random, &self.words.answers()),
            },
            StepKind::Approve => Step::Approve {
                note: String::new(),
            },
            StepKind::Answer => Step::Answer {
                text: one(&mut self.random, &self.words.answers()),
                channel: channel.or(Some(Channel::Call)),
            },
            StepKind::FeedBack => Step::FeedBack {
                text: words(self, "reactions"),
            },
            StepKind::AskSatisfaction => {
                let (reach, satisfaction) = self.asked();
                Step::AskSatisfaction {
                    reach,
                    satisfaction,
                    note: words(self, "reactions"),
                }
            }
            StepKind::CallBack => {
                let (reach, satisfaction) = self.asked();
                Step::CallBack {
                    reach,
                    satisfaction,
                    note: words(self, "reactions"),
                }
            }
            StepKind::Return => Step::Return {
                result: one(&mut self.random, &self.words.answers()),
            },
            StepKind::SumUp => self.summed_up(complaint),
            StepKind::MarkMajor => Step::MarkMajor {
                reason: words(self, "major"),
            },
            StepKind::Acknowledge => Step::Acknowledge {
                post: complaint_posts(complaint).first().copied(),
            },
            StepKind::PassOn => Step::PassOn {
                department: self.profile.complaints.departments.first()?.id.clone(),
            },
            StepKind::Meet => Step::Meet {
                held_at: None,
                participants: vec![person(self), person(self), person(self)],
                decision: words(self, "decisions"),
            },
            StepKind::Negotiate => {
                let business_manager = person(self);
                let mut relations_manager = person(self);
                if relations_manager == business_manager {
                    relations_manager.push('2');
                }
                Step::Negotiate {
                    business_manager,
                    relations_manager,
                    outcome: words(self, "decisions"),
                }
            }
            StepKind::Withdraw => Step::Withdraw {
                reason: self.any(&["outcomes", "withdrawn"]),
            },
            StepKind::Close => Step::Close {
                note: String::new(),
            },
            _ => return None,
        })
    }

    fn assigned(&mut self, complaint: &Complaint) -> Option<Step> {
        let departments = &self.profile.complaints.departments;
        let department = self.random.choice(departments)?.id.clone();
        let handler = people::name(&self.words, &mut self.random).0;
        let judges = self.profile.complaints.procedure == Procedure::Dealership;
        let mut found = |share: u8| Judgement {
            holds: judges.then(|| self.random.u8(0..10) < share),
            reason: if judges {
                one(&mut self.random, &self.words.list(&["steps", "judgements"]))
            } else {
                String::new()
            },
        };
        let (justified, reasonable) = (found(8), found(7));
        let categories = &self.profile.complaints.categories;
        let category = match complaint.details.category.as_str() {
            "" => self.random.choice(categories).map(|it| it.id.clone()),
            known => Some(known.to_owned()),
        };
        Some(Step::Assign {
            department,
            handler,
            note: self.any(&["steps", "hand-offs"]),
            category: category.unwrap_or_default(),
            cause: if judges {
                self.any(&["steps", "causes"])
            } else {
                String::new()
            },
            justified,
            reasonable,
        })
    }

    fn asked(&mut self) -> (Option<Reach>, Option<Satisfaction>) {
        let reach = match self.random.u8(0..12) {
            0 => Reach::NotReached,
            1 => Reach::Refused,
            _ => Reach::Reached,
        };
        let satisfaction = match self.random.u8(0..12) {
            0 => Satisfaction::Dissatisfied,
            1..4 => Satisfaction::Neutral,
            4..8 => Satisfaction::Satisfied,
            _ => Satisfaction::VerySatisfied,
        };
        (
            Some(reach),
            (reach == Reach::Reached).then_some(satisfaction),
        )
    }

    fn summed_up(&mut self, complaint: &Complaint) -> Step {
        let cause_person = people::name(&self.words, &mut self.random).0;
        let late = !complaint.course.breaches.is_empty();
        let waived = |liable, name: &str, this: &mut Self| PenaltyDecision {
            liable,
            name: name.to_owned(),
            amount: None,
            reason: this.any(&["steps", "waivers"]),
        };
        let penalties = if late {
            vec![waived(Liable::Handler, &complaint.handler, self)]
        } else {
            Vec::new()
        };
        Step::SumUp {
            evaluation: self.any(&["steps", "evaluations"]),
            cause_department: complaint.department.clone(),
            cause_person,
            no_cause: String::new(),
            delay: if late {
                self.any(&["steps", "delays"])
            } else {
                String::new()
            },
            loss: None,
            no_measure: self.any(&["steps", "no-measure"]),
            penalties,
        }
    }

    /// The staff who have one of these posts.
    pub(super) fn holding(&self, roles: &[Role]) -> Vec<Number> {
        let held = |one: &&Operator| one.roles.iter().any(|role| roles.contains(role));
        self.staff
            .iter()
            .filter(held)
            .map(|one| one.meta.number)
            .collect()
    }
}
