//! The contract of the desk: everything a door can ask, and everything it can be told.
//!
//! The screen, the command line, imports and other programs speak only this. It is plain data
//! that goes through a socket or a JSON line unchanged.

mod adopted;
mod at;
mod care;
mod command;
mod draft;
mod list;
mod query;
mod rows;
mod seat;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use adopted::{Adopted, AdoptedEnd, AdoptedLoan};
pub use at::At;
pub use care::{Care, Cared, PIECE, Waiting};
pub use command::Command;
pub use draft::{DraftPlace, MOST_DRAFTS};
pub use list::{Cursor, Filter, ListQuery, LooksQuery, Sort};
pub use query::Query;
pub use rows::{
    CallerCard, HandlingRow, LookRow, Page, Previewed, Profiled, QuarterReport, RecordVersion, Row,
    Serves, TabCount, Tie, Ties, Tried, Visits,
};
pub use seat::{Issue, News, Notice, Owed, Proof, Seated, Secret, Sitting, Ticket};

use crate::domain::filing::{FileFigures, IndexPart, ToFile};
use crate::domain::hint::Hint;
use crate::domain::inspection::InspectionDue;
use crate::domain::monthly::Monthly;
use crate::domain::number::Number;
use crate::domain::operator::Operator;
use crate::domain::permit::Permit;
use crate::domain::preference::Standing;
use crate::domain::profile::Profile;
use crate::domain::record::Record;
use crate::domain::refusal::{Assent, Refusal};
use crate::domain::registration::Ownership;
use crate::domain::remark::Remark;
use crate::domain::requests::RequestFigures;
use crate::domain::shift::ShiftSheet;
use crate::domain::site::Site;
use crate::domain::stamp::Stamp;
use crate::domain::transaction::Transaction;

/// A number that names one request; one that is sent again is not done twice.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
pub struct RequestId(pub u64);

/// One request with who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Envelope {
    /// Names the request.
    pub id: RequestId,
    /// The operator who asks.
    pub operator: Number,
    /// The questions answered with yes (`Problem::ask`), with a reason for each rule overridden.
    pub accept: Vec<Assent>,
    /// What is asked.
    pub request: Request,
}

/// A change or a look.
#[allow(
    clippy::large_enum_variant,
    reason = "a request lives for one call and is never kept"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// A change: on disk before it is answered.
    Do(Command),
    /// A look.
    Look(Query),
    /// What concerns the seat at the desk.
    Sit(Sitting),
    /// The upkeep of the store, and the files in the asker's outbox.
    Care(Care),
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// The change is on disk. The record as it is now, and the others it touched.
    Done {
        /// The record changed.
        record: Box<Record>,
        /// Other records changed with it; none where they are too long for an answer.
        also: Vec<Record>,
        /// A request of this id was done before, and nothing was done now: the record is what
        /// became of that one, whatever was asked this time.
        already: bool,
    },
    /// One page of a list.
    Page(Page),
    /// The record, or nothing of that number.
    Record(Option<Box<Row>>),
    /// Who calls.
    Caller(CallerCard),
    /// Every version of a record, newest first.
    History(Vec<RecordVersion>),
    /// Counts for the tabs.
    Counts(Vec<TabCount>),
    /// To [`Query::AtHand`].
    AtHand {
        /// The hints that are shown, the first to end first.
        hints: Vec<Hint>,
        /// The hand-over that waits longest for whoever asks, without what was begun.
        sheet: Option<Box<ShiftSheet>>,
    },
    /// All operators.
    Operators(Vec<Operator>),
    /// The site, the operator asking and the time at the desk.
    Hello {
        /// The site; none before the store is set up.
        site: Option<Box<Site>>,
        /// The operator of the envelope, if there is one.
        operator: Option<Box<Operator>>,
        /// The rules in force: the site's own laid over its profile.
        profile: Box<Profile>,
        /// The desk's time.
        now: Stamp,
        /// The site's own file of working days, as it was imported; none where there is none.
        calendar: Option<String>,
        /// What should be known before it hurts.
        notices: Vec<Notice>,
    },
    /// Call handling by operator (A09-2.3).
    Handling(Vec<HandlingRow>),
    /// The seat is taken.
    Seated(Seated),
    /// What was said of the seat is noted.
    Noted,
    /// Made for an operator, to be told to nobody else; shown once.
    Issued(Secret),
    /// Who looked at what, newest first.
    Looks(Vec<LookRow>),
    /// Remarks on a record, oldest first (A01-05).
    Remarks(Vec<Remark>),
    /// What came of the upkeep.
    Cared(Cared),
    /// A call was announced at so many seats.
    Announced {
        /// How many.
        seats: u32,
    },
    /// The permits given, newest first (A12-3.1.7b).
    Permits(Vec<Permit>),
    /// A copy of the store may be made up to this frame.
    Head {
        /// The last frame.
        seq: u64,
        /// Its hash in hexadecimal digits.
        hash: String,
        /// The permit it is made under, where the site asks for one (A12-3.1.7b).
        permit: Option<Number>,
    },
    /// What would come of a row of an import.
    Tried(Tried),
    /// What a step would do to each of the complaints asked about, in their order.
    Previewed(Vec<Previewed>),
    /// The analysis of a quarter.
    Analysis(Box<QuarterReport>),
    /// What became of the requests of a quarter.
    Requests(Box<RequestFigures>),
    /// The inspections of the archive that are due.
    InspectionsDue(Vec<InspectionDue>),
    /// To [`Query::ToFile`].
    ToFile(Box<ToFile>),
    /// To [`Query::FileFigures`].
    FileFigures(Box<FileFigures>),
    /// To [`Query::FileIndex`].
    FileIndex(IndexPart),
    /// A report of a month.
    Monthly(Box<Monthly>),
    /// The entries of a customer or of a file, the oldest first.
    Transactions(Vec<Transaction>),
    /// To [`Query::Standing`].
    Standing(Standing),
    /// To [`Query::Ownership`]: whose customer somebody is, and the registrations, the earliest first.
    Ownership(Ownership, Vec<Row>),
    /// To [`Query::Visits`]; nothing where there is no such customer.
    Visits(Option<Visits>),
}

/// Why a request brought nothing. Nothing was changed, but for `Fault` with key `unknown`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// A rule is against it.
    #[error(transparent)]
    Refused(Refusal),
    /// The record has changed since: here it is as it is now.
    #[error("stale: the record has changed since")]
    Stale {
        /// The record as it is now.
        present: Box<Record>,
    },
    /// There is no record of that number.
    #[error("no record {0}")]
    Missing(Number),
    /// The store or the line failed; the words are under `fault-<key>`.
    #[error("fault: {key}")]
    Fault {
        /// Names the words.
        key: String,
        /// Values in those words.
        args: Vec<(String, String)>,
    },
}

impl Failure {
    /// The program contradicts itself; nothing was changed.
    pub fn internal() -> Self {
        Self::Fault {
            key: "internal".to_owned(),
            args: Vec::new(),
        }
    }

    /// The line to the desk is gone: whether the request was done is not known, and it can be
    /// asked again under its id.
    pub fn line_lost() -> Self {
        Self::Fault {
            key: "line-lost".to_owned(),
            args: Vec::new(),
        }
    }

    /// Whether this is [`Self::line_lost`].
    pub fn is_line_lost(&self) -> bool {
        matches!(self, Self::Fault { key, .. } if key == "line-lost")
    }

    /// Whether the seat is locked or nobody sits at it: somebody has to sign in first.
    pub fn wants_sign_in(&self) -> bool {
        let keys = ["seat-locked", "sign-in-first"];
        matches!(self, Self::Refused(refusal)
            if refusal.problems.iter().any(|problem| keys.contains(&problem.key.as_str())))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The answer to a request.
pub type Answer = Result<Reply, Failure>;

/// The one door to the records: in process over a store, or over a hub's socket.
pub trait Door {
    /// Asks; a change is on disk when it is answered with [`Reply::Done`].
    fn ask(&mut self, envelope: &Envelope) -> Answer;

    /// Several requests in one go, each decided in turn, all in one frame; for imports.
    fn ask_all(&mut self, envelopes: &[Envelope]) -> Vec<Answer> {
        envelopes
            .iter()
            .map(|envelope| self.ask(envelope))
            .collect()
    }

    /// Whether the desk can be asked. After [`Failure::line_lost`] each call tries once to have
    /// the line again, and does not wait long.
    fn recover(&mut self) -> bool {
        true
    }
}
