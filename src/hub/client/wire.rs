//! One connection: written to by the session, read by a thread of its own.

use std::io::{ErrorKind, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::net::sockopt::socket_peercred;

use super::JoinFault;
use super::outbox::Outbox;
use crate::desk::contract::{Failure, News};
use crate::domain::stamp::Stamp;
use crate::hub::frame::{CALL_LIMIT, Inbox, WORD_LIMIT, framed, raw};
use crate::hub::place::Place;
use crate::hub::protocol::{Call, First, Greeting, Hello, Word, first, understood};
use crate::store::codec;

/// A hub greets within this time.
const GREET_WITHIN: Duration = Duration::from_secs(2);
/// A hub takes what is written to it within this time.
const TAKE_WITHIN: Duration = Duration::from_secs(5);
/// Read at once.
const SCRATCH: usize = 16 << 10;
/// The thread that reads needs little.
const STACK: usize = 256 << 10;

/// Who hears what the hub says without having been asked for it by a call.
pub(super) struct Ears {
    pub(super) news: Box<dyn Fn(News) + Send>,
    pub(super) outbox: Outbox,
}

/// Writes whole frames; clones write to the same connection.
#[derive(Clone)]
pub(super) struct Sending(Arc<Mutex<UnixStream>>);

impl Sending {
    pub(super) fn say(&self, call: &Call) -> Result<(), Failure> {
        let frame = framed(call)?;
        if frame.len() > CALL_LIMIT {
            let (size, limit) = (frame.len() as u64, CALL_LIMIT as u64);
            return Err(crate::store::Fault::TooLarge { size, limit }.into());
        }
        let mut stream = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stream.write_all(&frame).map_err(|_| {
            // Half a frame may have been written: nothing after it would be understood.
            let _ = stream.shutdown(Shutdown::Both);
            Failure::line_lost()
        })
    }
}

/// A connection to a hub that has greeted.
pub(super) struct Wire {
    sending: Sending,
    control: UnixStream,
    words: Receiver<Word>,
    there: Arc<AtomicBool>,
    /// The session itself ends the connection, and need not be told so.
    ending: Arc<AtomicBool>,
}

impl Wire {
    /// Connects to the hub of a place and sees that it is one, and whose.
    pub(super) fn join(place: &Place, ears: Ears) -> Result<(Self, Option<Stamp>), JoinFault> {
        let stream = place.connect().map_err(|_| JoinFault::NotThere)?;
        let uid = socket_peercred(&stream)
            .map_err(|_| JoinFault::NoHub)?
            .uid
            .as_raw();
        let me = rustix::process::geteuid().as_raw();
        if !is_trusted(uid, me, place.owner()) {
            return Err(JoinFault::Stranger { uid });
        }
        let clock = greet(&stream)?;
        let sending = stream.try_clone().map_err(|_| JoinFault::NotThere)?;
        let control = stream.try_clone().map_err(|_| JoinFault::NotThere)?;
        let (sender, words) = channel();
        let there = Arc::new(AtomicBool::new(true));
        let ending = Arc::new(AtomicBool::new(false));
        let reader = Reader {
            stream,
            ears,
            words: sender,
            there: Arc::clone(&there),
            ending: Arc::clone(&ending),
        };
        std::thread::Builder::new()
            .name("line".to_owned())
            .stack_size(STACK)
            .spawn(move || reader.run())
            .map_err(|_| JoinFault::NotThere)?;
        let wire = Self {
            sending: Sending(Arc::new(Mutex::new(sending))),
            control,
            words,
            there,
            ending,
        };
        Ok((wire, clock))
    }

    pub(super) fn is_there(&self) -> bool {
        self.there.load(Ordering::Acquire)
    }

    pub(super) fn sender(&self) -> Sending {
        self.sending.clone()
    }

    /// Says something and waits for what comes back.
    pub(super) fn call(&self, call: &Call, within: Duration) -> Result<Word, Failure> {
        if !self.is_there() {
            return Err(Failure::line_lost());
        }
        self.sending.say(call)?;
        self.more(within)
    }

    /// Waits for what else belongs to the answer.
    pub(super) fn more(&self, within: Duration) -> Result<Word, Failure> {
        self.words
            .recv_timeout(within)
            .map_err(|_| Failure::line_lost())
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.ending.store(true, Ordering::Release);
        // The reader ends with it; one that is gone already has ended.
        let _ = self.control.shutdown(Shutdown::Both);
    }
}

/// Whether a hub of an account may have what is typed here: our own, the machine's, or that of the
/// account that owns the data folder.
fn is_trusted(uid: u32, me: u32, owner: Option<u32>) -> bool {
    uid == me || uid == 0 || Some(uid) == owner
}

/// Both sides say what they are.
fn greet(mut stream: &UnixStream) -> Result<Option<Stamp>, JoinFault> {
    let gone = |_| JoinFault::NotThere;
    stream.set_read_timeout(Some(GREET_WITHIN)).map_err(gone)?;
    stream.set_write_timeout(Some(TAKE_WITHIN)).map_err(gone)?;
    let hello = Hello {
        program: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let frame = first(&hello)
        .and_then(|bytes| raw(&bytes))
        .map_err(|_| JoinFault::NoHub)?;
    stream.write_all(&frame).map_err(gone)?;
    // Byte by byte would do: the hub says nothing more before it is asked.
    let mut inbox = Inbox::new(CALL_LIMIT);
    let mut scratch = [0; 1024];
    let bytes = loop {
        if let Some(frame) = inbox.take().map_err(|_| JoinFault::NoHub)? {
            break frame;
        }
        match stream.read(&mut scratch) {
            // It closes while we come.
            Ok(0) => return Err(JoinFault::NotThere),
            Ok(read) => inbox.push(scratch.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Err(JoinFault::Silent),
            Err(_) => return Err(JoinFault::NotThere),
        }
    };
    stream.set_read_timeout(None).map_err(gone)?;
    match understood(&bytes) {
        First::Ours(Greeting::Welcome { clock, .. }) => Ok(clock),
        First::Ours(Greeting::Full) => Err(JoinFault::Full),
        First::Other(contract) => Err(JoinFault::OtherContract { contract }),
        First::Strange => Err(JoinFault::NoHub),
    }
}

/// The thread that reads.
struct Reader {
    stream: UnixStream,
    ears: Ears,
    words: Sender<Word>,
    there: Arc<AtomicBool>,
    ending: Arc<AtomicBool>,
}

impl Reader {
    fn run(mut self) {
        let told = self.read();
        self.there.store(false, Ordering::Release);
        self.ears.outbox.detach();
        let Self {
            words,
            ears,
            ending,
            ..
        } = self;
        // Whoever waits for an answer learns first that none will come.
        drop(words);
        if !told && !ending.load(Ordering::Acquire) {
            (ears.news)(News::Leaving { stopped: false });
        }
    }

    /// Reads until the connection ends; whether the hub has said before that it leaves.
    fn read(&mut self) -> bool {
        let mut inbox = Inbox::new(WORD_LIMIT);
        let mut scratch = vec![0; SCRATCH];
        let mut told = false;
        loop {
            match self.stream.read(&mut scratch) {
                Ok(0) => return told,
                Ok(read) => inbox.push(scratch.get(..read).unwrap_or_default()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return told,
            }
            loop {
                match inbox.take() {
                    Ok(None) => break,
                    Ok(Some(frame)) => match codec::unpack(&frame) {
                        Ok(word) => told |= self.hear(word),
                        Err(_) => return told,
                    },
                    Err(_) => return told,
                }
            }
        }
    }

    fn hear(&self, word: Word) -> bool {
        match word {
            Word::News(news) => {
                let leaving = matches!(news, News::Leaving { .. });
                (self.ears.news)(news);
                return leaving;
            }
            Word::Kept { key, kept } => self.ears.outbox.kept(key, kept),
            // A session that no longer waits has left.
            word => drop(self.words.send(word)),
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hub_of_somebody_else_is_not_trusted() {
        let (me, service, stranger) = (1000, 900, 1001);
        assert!(is_trusted(me, me, Some(me)) && is_trusted(me, me, None));
        assert!(is_trusted(service, me, Some(service)) && is_trusted(0, me, Some(me)));
        for owner in [None, Some(me), Some(service)] {
            assert!(!is_trusted(stranger, me, owner));
        }
    }
}
