//! Where a file on its way out is written: the outbox, or a file of the machine.

use std::io::Write;

use super::Stop;
use crate::app::session::Target;
use crate::desk::contract::{Door, Failure};
use crate::domain::refusal::Problem;
use crate::exchange::asker::Asker;
use crate::exchange::parcel::Parcel;

/// Where a file is written.
pub(super) enum Sink {
    Outbox(Parcel),
    File(Box<dyn Target>),
}

impl Sink {
    pub(super) fn write(
        &mut self,
        bytes: &[u8],
        door: &mut dyn Door,
        asker: &mut Asker,
    ) -> Result<(), Stop> {
        match self {
            Self::Outbox(parcel) => {
                parcel.write_all(bytes)?;
                while parcel.send(door, asker).map_err(for_good)? {}
            }
            Self::File(file) => file.write_all(bytes)?,
        }
        Ok(())
    }

    pub(super) fn close(self, door: &mut dyn Door, asker: &mut Asker) -> Result<(), Stop> {
        match self {
            Self::Outbox(parcel) => Ok(parcel.close(door, asker).map_err(for_good)?),
            Self::File(file) => Ok(file.keep()?),
        }
    }

    pub(super) fn abandon(self, door: &mut dyn Door, asker: &mut Asker) {
        match self {
            Self::Outbox(parcel) => parcel.abandon(door, asker),
            // What was not kept goes by itself.
            Self::File(_) => {}
        }
    }
}

/// A piece whose line was lost may be there or not: the file has to be begun anew, and nothing
/// waits for the line.
fn for_good(failure: Failure) -> Failure {
    if failure.is_line_lost() {
        Failure::Refused(Problem::new("outbox-again").into())
    } else {
        failure
    }
}
