//! Commands on instructions and suggestions (A09-1.4b, A09-1.4c).

use super::{Decision, Scene};
use crate::desk::contract::{Command, Failure};
use crate::domain::instruction::{self, Instruction};
use crate::domain::number::Kind;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::GiveInstruction { details } => {
            let number = scene.number(Kind::Instruction)?;
            let known = scene.works_here(details.operator)?.is_some();
            let given = instruction::give(number, details.clone(), known, context)?;
            Ok(Decision::one("give-instruction", given))
        }
        Command::StepInstruction { at, step } => {
            let present: Instruction = scene.at(*at)?;
            let next = instruction::step(&present, step, context)?;
            Ok(Decision::one(step.kind().id(), next))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}
