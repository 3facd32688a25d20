//! Lists that can be asked for: which records of a kind, in what order, from where on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::complaint::ComplaintState;
use crate::domain::intake::IntakeKind;
use crate::domain::listed::Listed;
use crate::domain::number::{Kind, Number};
use crate::domain::stamp::{Day, Stamp};

/// Which records of a kind a list shows.
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
#[serde(rename_all = "kebab-case")]
pub enum Filter {
    /// The kind's default: customers that are not retired, files on the shelf or out, every
    /// request, complaint and loan.
    #[default]
    Current,
    /// All, also retired ones.
    All,
    /// Requests and complaints that wait for somebody; loans that are out.
    Open,
    /// Requests and complaints that are done; loans that are struck out.
    Closed,
    /// Complaints and loans past their day.
    Late,
    /// Requests of one kind.
    OfKind(IntakeKind),
    /// Complaints in one state.
    InState(ComplaintState),
    /// Complaints and measures that may wait for somebody's yes.
    Waiting,
    /// Major complaints (A08-m2a, A13-c4).
    Major,
    /// Whatever waits for the yes of whoever asks, of any kind; only in its own order.
    ForMe,
    /// Complaints with a lesson for the department of whoever asks, the newest first; all of them
    /// for one who is of no department (A08-r1.2).
    Lessons,
    /// Key customers (A01-20).
    Key,
    /// Retired customers (A01-18).
    Retired,
    /// Files that are out.
    OnLoan,
    /// Files on their shelf.
    OnShelf,
    /// Files that lack something their site asks for (A11-04b, A13-a1).
    Incomplete,
    /// Files on no shelf although they are not out (A07-g4b, A11-19.1a).
    Unplaced,
    /// Files without an electronic part (A07-g1).
    PaperOnly,
    /// Files in which something damaged is to be repaired (A11-15).
    ToRepair,
    /// Files that are not where they belong though they are not out (A13-a5c).
    Missing,
    /// Graded files (A11-22a).
    Graded,
    /// Files held against destruction.
    Held,
    /// Files whose keeping period is over, the oldest first (A12-3.2.8a).
    Expired,
    /// What is not yet where it belongs: customers of whom there is no file (A11-04a), papers that
    /// were taken in and are in no file, files that are not sorted yet (A13-a4).
    ToFile,
    /// Customers or files of a class of the profile (A11-03, A11-06).
    OfClass(Listed),
    /// Files of a department (A11-05).
    OfUnit(Listed),
    /// Customers of a sales site (A14-1.1a).
    OfSite(Listed),
    /// Customers who came from a source (A14-1.1a).
    FromSource(Listed),
    /// Files that wait to be brought up to date after a purchase (A03-4.1.2b-2).
    ToUpdate,
    /// Files handed over for good (A13-a7a).
    Left,
    /// Open tasks of the department of whoever asks, the most urgent first; all of them for one who is
    /// of no department (A03-3.2).
    ForUnit,
    /// Those of them that are late (A07-d1b).
    LateForUnit,
    /// Whom whoever asks is to contact today, for whatever reason: planned contacts that are due, and
    /// customers, their own and those who are nobody's; only in its own order.
    Today,
    /// Of those customers the ones whose card is to be confirmed (A01-23); only in its own order.
    ToConfirm,
    /// Of those customers the ones with whom there was no contact for longer than the quiet period
    /// (A01-27); only in its own order.
    Quiet,
    /// Those customers in the order in which they are to be visited: who complained, suggested or
    /// objected since the last visit first, then who was not visited for longest (A05-4.6a, A01-25).
    ToVisit,
    /// Planned contacts, lines of the plan and customers of an operator, by number.
    OfOwner(Listed),
    /// Suggestions that nobody has answered (A09-1.4c).
    Unanswered,
    /// Tasks that were dispatched to somebody and are not accepted (A04-4b).
    Unaccepted,
    /// Customers with whom no business was closed yet (A01-03).
    Potential,
    /// Customers who are prospects (A14-3.1, A14-3.3).
    Prospect,
    /// Customers of a trade, from the lines of the profile's classes (A14-3.4.1).
    OfTrade(Listed),
    /// Customers of a group, its central persons first (A14-3.2); only in its own order. Relations of it.
    OfGroup(Listed),
    /// Customers who are still to be told of a campaign, by its number; only in its own order (A01-31).
    ToTell(Listed),
    /// Contacts that were had for a campaign or a line of the plan, by its number (A01-14).
    Serving(Listed),
    /// Customers with whom contacts were written down and of whom there is no profile (A14-N1).
    NoDossier,
    /// Registration forms that were handed in and wait to be kept (A12-3.1.7a).
    ToKeep,
    /// Registrations whose protection period is over, so that they hold nobody off any more; the longest
    /// first.
    Released,
    /// Of the customers of whoever asks, and those who are nobody's, the ones with whom business was closed
    /// and who are called at no interval and have no contact planned, because the site sets no interval;
    /// only in its own order (A14-1.2).
    NoInterval,
    /// Customers who buy, or who rent (A12-s).
    OfBusiness(Listed),
}

/// In which order.
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
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// By number, newest first.
    #[default]
    Newest,
    /// By number, oldest first.
    Oldest,
    /// By name or title, by pinyin.
    Name,
    /// By due day, the most urgent first; what has no due day is left out.
    Due,
    /// By when it was made, the longest open first; what is done is left out (A08-r2).
    Age,
}

/// A place in a list: opaque, only good for the list it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cursor(pub Vec<u8>);

/// One page of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListQuery {
    /// Records of this kind.
    pub kind: Kind,
    /// Which of them.
    #[serde(default)]
    pub filter: Filter,
    /// In which order.
    #[serde(default)]
    pub sort: Sort,
    /// Only those found by these words (as in [`Query::Search`]); all when empty.
    #[serde(default)]
    pub find: String,
    /// Strictly after this place, in list order; from the start when none.
    #[serde(default)]
    pub after: Option<Cursor>,
    /// Strictly before this place, the nearest ones; `after` must be none then.
    #[serde(default)]
    pub before: Option<Cursor>,
    /// From the end of the list backwards.
    #[serde(default)]
    pub from_end: bool,
    /// At most so many rows.
    pub limit: u32,
    /// The rows in full, for an export: needs the permission to export, and is written down.
    #[serde(default)]
    pub full: bool,
}

/// Which looks are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LooksQuery {
    /// Only at this record.
    pub about: Option<Number>,
    /// Only by this operator.
    pub operator: Option<Number>,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
    /// Only those that were refused.
    pub refused: bool,
    /// None later than this.
    pub until: Option<Stamp>,
    /// At most so many rows.
    pub limit: u32,
    /// For an export: needs the permission to export, and is written down.
    pub full: bool,
}
