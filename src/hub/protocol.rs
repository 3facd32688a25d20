//! What is said over a line, both ways. docs/hub-protocol.md tells the rules of the conversation.
//!
//! The first frame of each side begins with bytes that never change, so that programs of any two
//! contracts can tell each other that they are not of one. Everything after them is plain serde
//! data in the encoding of `store::codec`, and means something only within one contract.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::desk::VerifyReport;
use crate::desk::contract::{Answer, Envelope, Failure, News, RequestId};
use crate::domain::number::Number;
use crate::domain::stamp::Stamp;
use crate::store::{Fault, codec};

/// The number of this contract. It is raised with every change of what is said over a line once a
/// release has spoken it; `fixtures/contract` holds a print of each.
pub const CONTRACT: u32 = 1;

/// A draft may be so many bytes long.
pub const DRAFT_LIMIT: usize = 256 << 10;

/// The most requests in one [`Call::AskAll`].
pub const MOST_TOGETHER: usize = 256;

/// How every first frame begins.
const MARK: &[u8; 8] = b"frntdesk";

/// What a session says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub enum Call {
    /// A request.
    Ask(Box<Envelope>),
    /// Changes in one go, each decided in turn; at most [`MOST_TOGETHER`].
    AskAll(Vec<Envelope>),
    /// Keeps a draft in place of its former state, or forgets it.
    Draft {
        /// Whose it is: the operator at the seat.
        operator: Number,
        /// Distinguishes the operator's drafts.
        key: u64,
        /// What is kept, at most [`DRAFT_LIMIT`] bytes; nothing where it is forgotten.
        bytes: Option<Vec<u8>>,
    },
    /// The drafts of the operator at the seat.
    Drafts(Number),
    /// Reads everything in the store and says what does not add up.
    Verify {
        /// A hash, or its first digits, that the journal must have.
        head: Option<String>,
    },
    /// How the hub is.
    Status,
    /// Finish what is under way and close. Only for the account that runs the hub, and for root.
    Leave {
        /// Sessions are not to start another hub.
        stopped: bool,
    },
    /// Whether the line is good.
    Ping,
}

/// What the hub says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub enum Word {
    /// To [`Call::Ask`].
    Answer {
        /// The request's.
        id: RequestId,
        /// What came of it.
        answer: Box<Answer>,
    },
    /// To [`Call::AskAll`]: as many answers as there were requests, in their order. Where they are
    /// too long for one frame, the rest follows in more of these.
    Answers(Vec<Answer>),
    /// What the seat is told without having asked.
    News(News),
    /// To [`Call::Draft`].
    Kept {
        /// The draft's.
        key: u64,
        /// Whether it is on the disk now, or gone from it.
        kept: bool,
    },
    /// To [`Call::Drafts`], the last one kept first.
    Drafts(Vec<Vec<u8>>),
    /// To [`Call::Verify`].
    Verified(Result<Verified, Failure>),
    /// To [`Call::Status`].
    Status(Box<Status>),
    /// To [`Call::Leave`]: whether the hub obeys.
    Leaving(bool),
    /// To [`Call::Ping`].
    Pong,
}

/// What was read and found, as `verify` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verified {
    /// Frames of the journal read.
    pub frames: u64,
    /// Records read.
    pub records: u64,
    /// Index entries compared.
    pub entries: u64,
    /// The journal's head, in hexadecimal digits.
    pub head: String,
    /// What does not add up: the key of its words, and where.
    pub findings: Vec<(String, String)>,
}

impl From<VerifyReport> for Verified {
    fn from(report: VerifyReport) -> Self {
        let findings = report.findings.into_iter();
        Self {
            frames: report.frames,
            records: report.records,
            entries: report.entries,
            head: report.head,
            findings: findings.map(|it| (it.key.to_owned(), it.place)).collect(),
        }
    }
}

/// How a hub is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Status {
    /// Its process.
    pub pid: u32,
    /// The version of its program.
    pub program: String,
    /// Its contract.
    pub contract: u32,
    /// The desk's time.
    pub now: Stamp,
    /// For so many seconds it has been there.
    pub uptime: u64,
    /// Who is there, in the order they came.
    pub sessions: Vec<Present>,
    /// The last frame of the journal.
    pub seq: u64,
    /// Requests answered.
    pub requests: u64,
    /// Changes saved.
    pub changes: u64,
    /// Frames written for them.
    pub frames: u64,
    /// Bytes of memory in use; none where the system does not say.
    pub memory: Option<u64>,
    /// Bytes that may still be written on the disk of the store.
    pub free: Option<u64>,
}

/// A session that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Present {
    /// The operator at its seat, by name; none where nobody has taken it.
    pub operator: Option<String>,
    /// Its account.
    pub uid: u32,
    /// Its process.
    pub pid: i32,
    /// For so many seconds.
    pub since: u64,
}

/// What a session says first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hello {
    /// The version of its program.
    pub program: String,
}

/// What the hub says first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Greeting {
    /// The line is open.
    Welcome {
        /// The version of the hub's program.
        program: String,
        /// The time the hub's clock was set to, in a store for training; none where it goes.
        clock: Option<Stamp>,
    },
    /// As many are there as there may be.
    Full,
}

/// What a first frame says: the contract of the other side, and its words where it is ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum First<T> {
    /// The same contract.
    Ours(T),
    /// Another one.
    Other(u32),
    /// Not one of us at all.
    Strange,
}

/// The bytes of a first frame.
///
/// # Errors
/// When the words are too long.
pub fn first<T: Serialize>(words: &T) -> Result<Vec<u8>, Fault> {
    first_of(CONTRACT, words)
}

fn first_of<T: Serialize>(contract: u32, words: &T) -> Result<Vec<u8>, Fault> {
    Ok([&MARK[..], &contract.to_le_bytes(), &codec::pack(words)?].concat())
}

/// What the other side's first frame says.
pub fn understood<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> First<T> {
    let Some(rest) = bytes.strip_prefix(MARK) else {
        return First::Strange;
    };
    let Some((contract, words)) = rest.split_first_chunk::<4>() else {
        return First::Strange;
    };
    match u32::from_le_bytes(*contract) {
        CONTRACT => codec::unpack(words).map_or(First::Strange, First::Ours),
        other => First::Other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hello() -> Hello {
        Hello {
            program: "1.2.3".into(),
        }
    }

    #[test]
    fn a_first_frame_is_understood_by_its_contract() {
        let ours = first(&hello()).unwrap();
        assert_eq!(understood(&ours), First::Ours(hello()));
        let newer = first_of(CONTRACT + 1, &("words", 7)).unwrap();
        assert_eq!(understood::<Hello>(&newer), First::Other(CONTRACT + 1));
        for strange in [&b""[..], b"GET / HTTP/1.1", b"frntdesk\x01"] {
            assert_eq!(understood::<Hello>(strange), First::Strange);
        }
        assert_eq!(understood::<Hello>(&ours[..ours.len() - 1]), First::Strange);
    }
}
