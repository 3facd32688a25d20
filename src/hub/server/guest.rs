//! One line as the hub sees it: what came, what is to go, what is owed, and since when.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use rustix::event::epoll::EventFlags;

use super::mailbox::Mailbox;
use crate::desk::Peer;
use crate::desk::contract::{Answer, Failure, News, Reply, Request, RequestId};
use crate::hub::frame::{CALL_LIMIT, Inbox, TooLong, framed};
use crate::hub::protocol::{Call, Word};

/// A line says what it is within this time.
const GREET_WITHIN: Duration = Duration::from_secs(5);
/// A frame that was begun is whole within this time.
const WHOLE_WITHIN: Duration = Duration::from_secs(10);
/// What is written is taken, a part at least, within this time.
const TAKE_WITHIN: Duration = Duration::from_secs(10);
/// Requests of one line that may still be at the desk although the line was told to wait no more.
const MOST_OWED: u32 = 4;

/// What a line waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// The answer to a request of this kind.
    One { id: RequestId, of: Nature },
    /// The answers to so many.
    Many(usize),
    /// Anything else.
    Other,
}

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// A change: without an answer it may have been done.
    Change,
    /// Upkeep, which may take long.
    Care,
    /// Anything else.
    Look,
}

/// Why a line is ended by the hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// The other end has left.
    Gone,
    /// It did not say in time what it is.
    Silent,
    /// It began a frame and did not finish it in time.
    Half,
    /// It took nothing of what was written to it for too long.
    Stuck,
    /// What it sent cannot be understood, or is longer than it may be.
    Garbage,
    /// It asked more at once than it may.
    Pushing,
}

impl Why {
    /// For the log.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Silent => "silent",
            Self::Half => "half-frame",
            Self::Stuck => "stuck",
            Self::Garbage => "garbage",
            Self::Pushing => "pushing",
        }
    }
}

/// A line.
#[derive(Debug)]
pub(super) struct Guest {
    pub(super) stream: UnixStream,
    pub(super) peer: Peer,
    /// The process at the other end.
    pub(super) pid: i32,
    pub(super) since: Instant,
    /// It has said what it is, and it is one of us.
    pub(super) greeted: bool,
    /// The line ends when everything is written.
    pub(super) last_words: bool,
    pub(super) asked: Option<(Asked, Instant)>,
    /// Its call is so many bytes long.
    pub(super) weight: usize,
    /// A draft is under way.
    pub(super) keeping: bool,
    /// Calls that are still at the desk although the line no longer waits for them.
    pub(super) owed: u32,
    /// What the line is watched for.
    pub(super) watched: EventFlags,
    inbox: Inbox,
    out: Vec<u8>,
    written: usize,
    mailbox: Mailbox,
    half_since: Option<Instant>,
    stuck_since: Option<Instant>,
}

impl Guest {
    pub(super) fn new(stream: UnixStream, peer: Peer, pid: i32, now: Instant) -> Self {
        Self {
            stream,
            peer,
            pid,
            since: now,
            greeted: false,
            last_words: false,
            asked: None,
            weight: 0,
            keeping: false,
            owed: 0,
            watched: EventFlags::IN,
            inbox: Inbox::new(CALL_LIMIT),
            out: Vec::new(),
            written: 0,
            mailbox: Mailbox::default(),
            half_since: None,
            stuck_since: None,
        }
    }

    /// Reads what is there, once. False: nothing more will ever come.
    pub(super) fn read(&mut self, scratch: &mut [u8], now: Instant) -> io::Result<bool> {
        let read = match self.stream.read(scratch) {
            Ok(0) => return Ok(false),
            Ok(read) => read,
            Err(error) if is_later(&error) => return Ok(true),
            Err(error) => return Err(error),
        };
        self.inbox.push(scratch.get(..read).unwrap_or_default());
        self.half_since.get_or_insert(now);
        Ok(true)
    }

    /// The next whole frame.
    pub(super) fn frame(&mut self) -> Result<Option<Vec<u8>>, TooLong> {
        let frame = self.inbox.take()?;
        if frame.is_some() || !self.inbox.is_half() {
            self.half_since = self.inbox.is_half().then(Instant::now);
        }
        Ok(frame)
    }

    /// Takes a call in, if the line may make it now.
    pub(super) fn may(&mut self, call: &Call, weight: usize) -> Result<(), Why> {
        let asked = match call {
            Call::Ping => return Ok(()),
            Call::Draft { .. } if self.keeping => return Err(Why::Pushing),
            Call::Draft { .. } => {
                self.keeping = true;
                return Ok(());
            }
            Call::Ask(envelope) => Asked::One {
                id: envelope.id,
                of: match envelope.request {
                    Request::Do(_) => Nature::Change,
                    Request::Care(_) => Nature::Care,
                    _ => Nature::Look,
                },
            },
            Call::AskAll(envelopes) => Asked::Many(envelopes.len()),
            _ => Asked::Other,
        };
        if self.asked.is_some() {
            return Err(Why::Pushing);
        }
        self.asked = Some((asked, Instant::now()));
        self.weight = weight;
        Ok(())
    }

    /// Whether so many of its calls are still at the desk that it may not bring another.
    pub(super) fn owes_too_much(&self) -> bool {
        self.owed >= MOST_OWED
    }

    /// An answer is here: whether the line still waits for it.
    pub(super) fn settle(&mut self) -> bool {
        if self.owed > 0 {
            self.owed -= 1;
            return false;
        }
        self.weight = 0;
        self.asked.take().is_some()
    }

    /// Puts a word on its way.
    pub(super) fn say(&mut self, word: &Word) {
        match word {
            Word::News(news) => self.mailbox.put(news.clone()),
            word => match framed(word) {
                Ok(frame) => self.put(&frame),
                Err(fault) => self.too_long(word, fault),
            },
        }
    }

    /// Answers too long for one frame come in several. One that is too long by itself is told
    /// without the records changed beside, or refused where it told of no change.
    fn too_long(&mut self, word: &Word, fault: crate::store::Fault) {
        let instead = match word {
            Word::Answers(answers) if answers.len() > 1 => {
                let (first, rest) = answers.split_at(answers.len() / 2);
                self.say(&Word::Answers(first.to_vec()));
                return self.say(&Word::Answers(rest.to_vec()));
            }
            Word::Answers(answers) => {
                let failure = Failure::from(fault);
                let short = answers.iter().map(|it| shortened(it, failure.clone()));
                Word::Answers(short.collect())
            }
            Word::Answer { id, answer } => Word::Answer {
                id: *id,
                answer: Box::new(shortened(answer, fault.into())),
            },
            Word::Verified(_) => Word::Verified(Err(fault.into())),
            _ => Word::Pong,
        };
        // What is left is one record at most, and a record is short.
        if let Ok(frame) = framed(&instead) {
            self.put(&frame);
        }
    }

    /// Puts a whole frame on its way.
    pub(super) fn put(&mut self, frame: &[u8]) {
        self.out.extend_from_slice(frame);
    }

    /// News to be told when nothing else is on its way.
    pub(super) fn tell(&mut self, news: News) {
        self.mailbox.put(news);
    }

    /// Writes as much as the line takes; whether everything is written.
    pub(super) fn write(&mut self, now: Instant) -> io::Result<bool> {
        loop {
            if self.written >= self.out.len() {
                self.out = Vec::new();
                self.written = 0;
                self.stuck_since = None;
                match self.mailbox.take() {
                    Some(news) if self.greeted => match framed(&Word::News(news)) {
                        Ok(frame) => self.out = frame,
                        Err(_) => return Ok(true),
                    },
                    _ => return Ok(true),
                }
            }
            match self
                .stream
                .write(self.out.get(self.written..).unwrap_or_default())
            {
                Ok(written) => {
                    self.written += written;
                    self.stuck_since = Some(now);
                }
                Err(error) if is_later(&error) => {
                    self.stuck_since.get_or_insert(now);
                    return Ok(false);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether something is still to be written.
    pub(super) fn has_more(&self) -> bool {
        self.written < self.out.len()
    }

    /// Whether the line's time is up.
    pub(super) fn overdue(&self, now: Instant) -> Option<Why> {
        let over = |since: Option<Instant>, within| {
            since.is_some_and(|since| now.saturating_duration_since(since) > within)
        };
        if !self.greeted && over(Some(self.since), GREET_WITHIN) {
            return Some(Why::Silent);
        }
        if over(self.half_since, WHOLE_WITHIN) {
            return Some(Why::Half);
        }
        over(self.stuck_since, TAKE_WITHIN).then_some(Why::Stuck)
    }
}

/// The answer without the records that were changed beside: whoever asked is told that it is done,
/// and finds those where they are. `failure` where there is nothing to leave out.
fn shortened(answer: &Answer, failure: Failure) -> Answer {
    match answer {
        Ok(Reply::Done {
            record, already, ..
        }) => Ok(Reply::Done {
            record: record.clone(),
            also: Vec::new(),
            already: *already,
        }),
        _ => Err(failure),
    }
}

/// Nothing can be read or written right now, but perhaps later.
fn is_later(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::context::Meta;
    use crate::domain::customer::{Customer, CustomerDetails};
    use crate::domain::number::{Kind, Number};
    use crate::domain::record::Record;
    use crate::domain::stamp::Stamp;
    use crate::hub::frame::WORD_LIMIT;
    use crate::store::codec;

    fn words(guest: &Guest) -> Vec<Word> {
        let mut inbox = Inbox::new(WORD_LIMIT);
        inbox.push(&guest.out);
        std::iter::from_fn(|| inbox.take().unwrap())
            .map(|frame| codec::unpack(&frame).unwrap())
            .collect()
    }

    #[test]
    fn a_change_that_touched_too_much_to_tell_is_still_told_as_done() {
        let number = Number {
            kind: Kind::Customer,
            year: 2024,
            seq: 1,
        };
        let meta = Meta {
            number,
            version: 1,
            created_at: Stamp(0),
            created_by: number,
            changed_at: Stamp(0),
            changed_by: number,
            import: None,
            void: false,
        };
        let record = Record::Customer(Customer {
            meta,
            details: CustomerDetails {
                note: "x".repeat(60_000),
                ..CustomerDetails::default()
            },
            marks: BTreeSet::new(),
            confirmed_on: Stamp(0).day(0),
            fills: Vec::new(),
        });
        let done = |also| -> Answer {
            Ok(Reply::Done {
                record: Box::new(record.clone()),
                also,
                already: false,
            })
        };
        let (stream, _other) = UnixStream::pair().unwrap();
        let peer = Peer {
            uid: 0,
            owner: true,
        };
        let mut guest = Guest::new(stream, peer, 1, Instant::now());
        let long = done(vec![record.clone(); 80]);
        let id = RequestId(7);
        let answer = Box::new(long.clone());
        guest.say(&Word::Answer { id, answer });
        let answer = Box::new(done(Vec::new()));
        assert_eq!(words(&guest), [Word::Answer { id, answer }]);
        guest.out.clear();
        guest.say(&Word::Answers(vec![
            done(Vec::new()),
            long,
            done(Vec::new()),
        ]));
        let told: Vec<Answer> = words(&guest)
            .into_iter()
            .flat_map(|word| match word {
                Word::Answers(answers) => answers,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(told, vec![done(Vec::new()); 3]);
    }
}
