//! What is put down at first, and what follows from what was done.

use super::agenda::MOMENTS_A_DAY;
use super::jobs::Job;
use super::work::Filling;
use crate::domain::archive::Grade;
use crate::domain::complaint::ComplaintState as State;
use crate::domain::customer::Mark;
use crate::domain::intake::IntakeKind;
use crate::domain::number::Kind;
use crate::domain::record::Record;

impl Filling<'_> {
    /// The jobs that follow from no other: cards, requests, complaints made in writing, files and
    /// loans, spread over the days.
    pub fn put_first_jobs(&mut self) {
        let amounts = self.amounts;
        let all = self.agenda.len();
        for count in 0..amounts.customers {
            let mark = match count % 12 {
                3 => Some(Mark::Key),
                7 => Some(Mark::Retired),
                _ => None,
            };
            // Two thirds are there when the desk opens.
            let moment = match count % 3 {
                0 => spread(count, amounts.customers, all),
                _ => 0,
            };
            self.agenda.put(moment, Job::Register(mark));
        }
        let kinds = self.profile.kinds.clone();
        for count in 0..amounts.intakes {
            let moment = spread(count, amounts.intakes, all).max(1);
            // Every kind in turn, and those that stand first in the profile more often.
            let kind = match count % 3 {
                0 => kinds.get(count / 3 % kinds.len().max(1)),
                _ => kinds.get(self.random.usize(0..kinds.len().clamp(1, 3))),
            };
            let kind = kind.copied().unwrap_or_default();
            self.agenda.put(moment, Job::Log(kind));
        }
        for count in 0..amounts.complaints {
            let goal = goal(count);
            // Those that are done began early enough to get there; open ones are of the last days.
            let moment = if goal.is_final() || goal == State::Answered {
                spread(
                    count,
                    amounts.complaints,
                    all.saturating_sub(7 * MOMENTS_A_DAY),
                )
            } else {
                all.saturating_sub(self.random.usize(3..8 * MOMENTS_A_DAY))
            };
            self.agenda.put(moment.max(1), Job::Complain(None, goal));
        }
        for count in 0..amounts.files {
            let grade = Grade::ALL.get(count % 10).copied().unwrap_or_default();
            // Most stand on their shelves when the desk opens.
            let moment = match count % 4 {
                0 => spread(count, amounts.files, all),
                _ => 1,
            };
            self.agenda.put(moment, Job::File(grade));
        }
        self.put_loans();
    }

    /// Seven of ten loans come back; of the others half are overdue and half were made yesterday.
    fn put_loans(&mut self) {
        let all = self.agenda.len();
        let loans = self.amounts.loans;
        for count in 0..loans {
            let (moment, back) = match count % 10 {
                0 | 5 => (
                    all.saturating_sub(self.random.usize(1..=MOMENTS_A_DAY)),
                    None,
                ),
                3 | 8 => {
                    let days = self.random.usize(5..=9);
                    (all.saturating_sub(days * MOMENTS_A_DAY), None)
                }
                _ => {
                    let back = self.random.usize(1..=3 * MOMENTS_A_DAY);
                    (
                        spread(count, loans, all.saturating_sub(back + 1)),
                        Some(back),
                    )
                }
            };
            self.agenda.put(moment.max(2), Job::Lend(back));
        }
    }

    /// What follows from a job that was done; `next` is the first moment that is still to come.
    pub fn follow(&mut self, job: &Job, record: &Record, next: usize) {
        let number = record.number();
        match *job {
            Job::Register(Some(mark)) => {
                let later = self.random.usize(0..3 * MOMENTS_A_DAY);
                self.agenda.put(next + later, Job::Mark(number, mark));
            }
            Job::Log(kind) => self.follow_request(record, kind, next),
            Job::Complain(_, goal) | Job::Step(_, goal) => {
                let Record::Complaint(complaint) = record else {
                    return;
                };
                let first = self.profile.complaints.procedure.first_state();
                let rests = complaint.state == goal
                    || (goal == State::Recorded && complaint.state == first);
                if !rests && !complaint.state.is_final() {
                    let later = self.random.usize(0..=MOMENTS_A_DAY);
                    self.agenda.put(next + later, Job::Step(number, goal));
                }
            }
            Job::Close(_) => {
                let Record::Intake(intake) = record else {
                    return;
                };
                // One in nine repairs rests on its way.
                if intake.is_open() && self.random.u8(0..9) > 0 {
                    let later = self.random.usize(0..=MOMENTS_A_DAY);
                    self.agenda.put(next + later, Job::Close(number));
                }
            }
            // A request is not a loan yet; one in nine rests on its way.
            Job::Lend(_) if number.kind == Kind::Access && self.random.u8(0..9) == 0 => {}
            Job::Lend(back) if number.kind == Kind::Access => {
                let later = self.random.usize(0..=MOMENTS_A_DAY);
                self.agenda.put(next + later, Job::Lend(back));
            }
            Job::Lend(Some(back)) => self.agenda.put(next + back - 1, Job::Return(number)),
            _ => {}
        }
    }

    fn follow_request(&mut self, record: &Record, kind: IntakeKind, next: usize) {
        let number = record.number();
        let later = self.random.usize(0..2 * MOMENTS_A_DAY);
        // One in nine waits for a long time.
        if self.random.u8(0..9) == 0 {
            return;
        }
        if kind == IntakeKind::Complaint && self.random.u8(0..4) > 0 {
            let goal = goal(self.random.usize(0..10));
            self.agenda.put(next, Job::Complain(Some(number), goal));
        } else {
            self.agenda.put(next + later, Job::Close(number));
        }
    }
}

/// The place of one of so many among the moments.
fn spread(count: usize, of: usize, moments: usize) -> usize {
    count * moments / of.max(1)
}

/// How far a complaint gets: half are closed, every state occurs.
fn goal(count: usize) -> State {
    match count % 10 {
        1 => State::Recorded,
        3 | 8 => State::Assigned,
        5 => State::Answered,
        7 => State::Withdrawn,
        9 => State::Proposed,
        _ => State::Closed,
    }
}
