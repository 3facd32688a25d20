//! The way of a repair: half of them are given to somebody first, and each is responded to, solved
//! and answered.

use super::people;
use super::work::Filling;
use crate::domain::intake::{Channel, IntakeState};
use crate::domain::repair::RepairStep;

impl Filling<'_> {
    /// The step that leads a repair on.
    pub(super) fn repair_step(&mut self, state: IntakeState) -> Option<RepairStep> {
        Some(match state {
            IntakeState::Accepted if self.random.bool() => {
                let departments = &self.profile.complaints.departments;
                RepairStep::Assign {
                    department: self.random.choice(departments)?.id.clone(),
                    handler: people::name(&self.words, &mut self.random).0,
                }
            }
            IntakeState::Responded => RepairStep::Solve {
                text: self.any(&["outcomes", "repair"]),
            },
            IntakeState::Solved => RepairStep::Answer {
                text: self.any(&["steps", "reactions"]),
                channel: Some(Channel::Call),
                response: String::new(),
                solution: String::new(),
            },
            _ => RepairStep::Respond {
                text: self.any(&["steps", "responses"]),
                solution: String::new(),
            },
        })
    }
}
