//! A file on its way into an operator's outbox, or out of it, piece by piece through the door.

use std::io::{self, Write};

use super::asker::Asker;
use crate::desk::contract::{Care, Cared, Door, Failure, PIECE, Reply, Request, Waiting};

/// A file that is put into the asker's outbox as it comes into being.
#[derive(Debug)]
pub struct Parcel {
    name: String,
    offset: u64,
    waiting: Vec<u8>,
}

impl Parcel {
    /// A file of a name; it takes the place of another of that name when it is whole.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            offset: 0,
            waiting: Vec::new(),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sends one whole piece, if so much waits; whether it did.
    ///
    /// # Errors
    /// What the desk answers; the file has to be begun anew then.
    pub fn send(&mut self, door: &mut dyn Door, asker: &mut Asker) -> Result<bool, Failure> {
        let is_whole = self.waiting.len() > PIECE;
        if is_whole {
            self.put(false, door, asker)?;
        }
        Ok(is_whole)
    }

    /// Sends what is left: the file is whole.
    ///
    /// # Errors
    /// What the desk answers.
    pub fn close(mut self, door: &mut dyn Door, asker: &mut Asker) -> Result<(), Failure> {
        while self.send(door, asker)? {}
        self.put(true, door, asker)
    }

    /// The file is not to be: what was sent of it takes no more room.
    pub fn abandon(self, door: &mut dyn Door, asker: &mut Asker) {
        if self.offset > 0 {
            // Where it cannot be, the next start of the desk clears it away.
            let _ = care(
                Care::Put {
                    name: self.name,
                    offset: 0,
                    piece: Vec::new(),
                    last: false,
                },
                door,
                asker,
            );
        }
    }

    fn put(&mut self, last: bool, door: &mut dyn Door, asker: &mut Asker) -> Result<(), Failure> {
        let piece: Vec<u8> = self
            .waiting
            .drain(..self.waiting.len().min(PIECE))
            .collect();
        let offset = self.offset;
        self.offset += piece.len() as u64;
        let name = self.name.clone();
        let put = Care::Put {
            name,
            offset,
            piece,
            last,
        };
        care(put, door, asker).map(drop)
    }
}

impl Write for Parcel {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The files that wait in the asker's outbox.
///
/// # Errors
/// What the desk answers.
pub fn waiting(door: &mut dyn Door, asker: &mut Asker) -> Result<Vec<Waiting>, Failure> {
    match care(Care::Outbox, door, asker)? {
        Cared::Outbox(waiting) => Ok(waiting),
        _ => Err(Failure::internal()),
    }
}

/// A piece of a file in the asker's outbox, and how long the whole file is.
///
/// # Errors
/// What the desk answers.
pub fn take(
    name: &str,
    offset: u64,
    door: &mut dyn Door,
    asker: &mut Asker,
) -> Result<(Vec<u8>, u64), Failure> {
    let name = name.to_owned();
    match care(Care::Take { name, offset }, door, asker)? {
        Cared::Piece { bytes, size } => Ok((bytes, size)),
        _ => Err(Failure::internal()),
    }
}

fn care(care: Care, door: &mut dyn Door, asker: &mut Asker) -> Result<Cared, Failure> {
    match door.ask(&asker.envelope(Request::Care(care)))? {
        Reply::Cared(cared) => Ok(cared),
        _ => Err(Failure::internal()),
    }
}
