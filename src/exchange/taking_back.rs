//! An import taken back, step by step: each step is a change of its own, and a taking back that was
//! interrupted is simply begun again.

use super::asker::Asker;
use crate::desk::contract::{At, Command, Door, Failure, Query, Reply};
use crate::domain::number::Number;
use crate::domain::refusal::Problem;

/// An import that is being taken back.
#[derive(Debug, Clone)]
pub struct TakingBack {
    at: At,
    taken: u64,
}

impl TakingBack {
    /// Finds the import.
    ///
    /// # Errors
    /// When there is none of that number, or it may not be seen.
    pub fn begin(import: Number, door: &mut dyn Door, asker: &mut Asker) -> Result<Self, Failure> {
        match door.ask(&asker.look(Query::Get(import)))? {
            Reply::Record(Some(row)) if row.record.meta().void => {
                let problem = Problem::new("import-taken-back").arg("number", import);
                Err(Failure::Refused(problem.into()))
            }
            Reply::Record(Some(row)) => Ok(Self {
                at: At {
                    number: import,
                    version: row.record.meta().version,
                },
                taken: 0,
            }),
            _ => Err(Failure::Missing(import)),
        }
    }

    /// Takes the next part back; whether all is taken back now.
    ///
    /// # Errors
    /// What the desk answers; what was taken back stays so.
    pub fn step(&mut self, door: &mut dyn Door, asker: &mut Asker) -> Result<bool, Failure> {
        let request = asker.change(Command::VoidImport { at: self.at });
        let Reply::Done { record, also, .. } = door.ask(&request)? else {
            return Err(Failure::internal());
        };
        self.taken += also.len() as u64;
        self.at.version = record.meta().version;
        Ok(record.meta().void)
    }

    /// How many records were changed so far.
    pub fn taken(&self) -> u64 {
        self.taken
    }
}
