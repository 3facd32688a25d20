//! Looks that can be asked for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::{Adopted, At};
use crate::domain::adopt::Existing;
use crate::domain::analysis::{Analysis, AnalysisState, Cell, Figures, Quarter};
use crate::domain::campaign::{CampaignSort, Figures as CampaignFigures};
use crate::domain::complaint::{ComplaintState, Step};
use crate::domain::customer::Customer;
use crate::domain::dossier::{Entry, Share};
use crate::domain::fines::Month;
use crate::domain::follow_up::Occasion;
use crate::domain::greeting::Greeting;
use crate::domain::intake::IntakeKind;
use crate::domain::listed::Listed;
use crate::domain::look::LookKind;
use crate::domain::measure::Measure;
use crate::domain::monthly::MonthlyKind;
use crate::domain::number::{Kind, Number};
use crate::domain::occupancy::Occupant;
use crate::domain::profile::Tab;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::registration::Ownership;
use crate::domain::relation::RelationKind;
use crate::domain::stamp::{Day, Stamp};
use crate::domain::survey::SurveyFigures;

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

/// A record as a list shows it, with what is computed from the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// The record.
    pub record: Record,
    /// The day it is due, if any.
    pub due: Option<Day>,
    /// Days past that day; 0 when it is not late.
    pub days_late: i64,
    /// Names behind the numbers in the record: number and name.
    pub names: Vec<(Number, String)>,
    /// Telephones, addresses and identity numbers are masked.
    #[serde(default)]
    pub masked: bool,
    /// For how many days it has waited to be filed or sorted (A13-a4); of a customer only where those
    /// without a file are asked for (A11-04a).
    #[serde(default)]
    pub waits: Option<i64>,
    /// Why the customer is to be contacted, where that is asked for.
    #[serde(default)]
    pub occasion: Option<Occasion>,
    /// Complaints, suggestions and objections since the last visit, where visits are asked for (A05-4.6a).
    #[serde(default)]
    pub matters: Vec<Number>,
    /// What the answers to a survey came to, where it is looked at (A03-5.1.2c).
    pub scored: Option<Box<SurveyFigures>>,
    /// Who lives in the unit that the record is about (A05-4.1).
    pub occupants: Vec<Occupant>,
    /// What the customer has to do with others, where one is looked at, and where a group is listed.
    #[serde(default)]
    pub ties: Option<Box<Ties>>,
    /// Whose customer a customer is by the registration forms, where one is looked at at a site that has
    /// them (A12-3.1.1a).
    #[serde(default)]
    pub ownership: Option<Box<Ownership>>,
    /// The campaign or the line of the plan that a contact is for, or that a customer is to be told of.
    #[serde(default)]
    pub serves: Option<Box<Serves>>,
    /// Of a campaign: what came of it.
    #[serde(default)]
    pub figures: Option<CampaignFigures>,
    /// What comes from the customer's profile, where something does.
    #[serde(default)]
    pub profiled: Option<Box<Profiled>>,
}

/// What a customer has to do with others (A14-3.1 to A14-3.2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ties {
    /// The relations that hold, newest first.
    pub relations: Vec<Tie>,
    /// Open complaints of whoever brought the customer (A14-3.1c).
    pub matters: Vec<Number>,
    /// Groups whose central person the customer is (A14-3.2).
    pub central: Vec<String>,
    /// Contacts so far; counted up to 1,000.
    pub contacts: u64,
    /// Customers brought.
    pub brought: u64,
    /// Those of them with whom business was closed.
    pub closed: u64,
    /// Pieces of material given to be passed on (A14-3.1b).
    pub given: u64,
    /// Friends who came with one.
    pub arrived: u64,
    /// Cards that went into this one.
    pub absorbed: Vec<Number>,
}

impl Ties {
    /// Whether there is nothing to be said beside the contacts, which are said elsewhere.
    pub fn is_nothing(&self) -> bool {
        self.relations.is_empty() && self.absorbed.is_empty() && self.given == 0
    }
}

/// How often a customer came here (A14-3.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Visits {
    /// Visits so far, with those on registration forms.
    pub count: u32,
    /// The customer as they are now, where it is to be asked whether they are a prospect.
    pub raise: Option<At>,
    /// The customer's name.
    pub name: String,
}

/// A relation as it is seen from one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tie {
    /// The relation.
    pub relation: Number,
    /// What it is.
    pub kind: RelationKind,
    /// It is said of the other.
    pub back: bool,
    /// The other; none where it is to a group.
    pub other: Option<Number>,
    /// The name of the other, or of the group.
    pub name: String,
}

/// What a contact is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Serves {
    /// The campaign, the line of the plan or the survey.
    pub number: Number,
    /// Its title, or what is to be done.
    pub title: String,
    /// What the campaign is; none of a line of the plan and of a survey.
    pub sort: Option<CampaignSort>,
}

/// What comes from a customer's profile and stands beside another record, or beside the profile itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Profiled {
    /// Of a profile: the customer with the card.
    pub customer: Option<Customer>,
    /// Of a profile: how much is filled (A14-N2).
    pub share: Option<Share>,
    /// Of a visit: the tastes to be regarded, by field (A14-2.3).
    pub tastes: Vec<(String, Entry)>,
    /// Of a customer on the list of the day: the birthday to be greeted (A14-2.4).
    pub greeting: Option<Greeting>,
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

/// One look at somebody's data, done or refused (A09-2.5, A11-17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LookRow {
    /// When.
    pub at: Stamp,
    /// Who.
    pub operator: Number,
    /// The operator's name.
    pub name: String,
    /// What was done.
    pub what: LookKind,
    /// At which record.
    pub about: Option<Number>,
    /// It was refused.
    pub refused: bool,
    /// The permit it was done under (A12-3.1.7b).
    pub permit: Option<Number>,
    /// More about it, without personal data: a masked search word, a filter, a file name.
    pub detail: String,
}

/// One page of a list, in list order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// The rows with their places.
    pub rows: Vec<(Cursor, Row)>,
    /// Whether there are rows before the first.
    pub before: bool,
    /// Whether there are rows after the last.
    pub after: bool,
    /// How many rows the list has in all, where that is known without reading it.
    pub total: Option<u64>,
    /// More matched the words than are looked at; the list shows the newest of them.
    pub truncated: bool,
}

/// Who calls: everything known at the moment a number is typed (A01-11, A14-2.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CallerCard {
    /// Customers with exactly this number, or those whose number begins with it.
    pub customers: Vec<Customer>,
    /// Whether the number is complete: it is exactly one of theirs.
    pub exact: bool,
    /// What is open for this number or its customer, newest first.
    pub open: Vec<Row>,
    /// The last contacts, newest first.
    pub recent: Vec<Row>,
    /// The tastes to be regarded when the customer visits, of the only one whose number it is, by field
    /// (A14-2.3).
    #[serde(default)]
    pub tastes: Vec<(String, Entry)>,
    /// Whose customer it is by the registration forms, once the number is complete (A12-3.1.1a).
    #[serde(default)]
    pub ownership: Option<Ownership>,
}

/// One version of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordVersion {
    /// The record as it was from then on.
    pub record: Record,
    /// When it became so.
    pub at: Stamp,
    /// Who did it.
    pub by: Number,
    /// The operator's name.
    pub by_name: String,
    /// What was done: the command's name.
    pub what: String,
    /// The fields that changed: path, before, after.
    pub changes: Vec<(String, String, String)>,
}

/// What a tab shows beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TabCount {
    /// The tab.
    pub tab: Tab,
    /// How many wait; of the follow-ups how many are on the list of the day, counted up to 100.
    pub open: u64,
    /// How many are late; counted up to 1,000.
    pub late: u64,
}

/// Call handling of one operator (A09-2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HandlingRow {
    /// The operator.
    pub operator: Number,
    /// The operator's name.
    pub name: String,
    /// Calls and visits logged.
    pub count: u64,
    /// Seconds from start to save: arithmetic mean.
    pub mean: i64,
    /// The same: median.
    pub median: i64,
    /// The same: longest.
    pub longest: i64,
}

/// The analysis of a quarter as it stands (A13-c5a to A13-c6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuarterReport {
    /// Its figures: those of the approval where it is approved, else counted now.
    pub figures: Figures,
    /// What was written to them; none before it was begun.
    pub analysis: Option<Analysis>,
    /// Measures that complaints of this quarter, its analysis or that of the quarter before led to.
    pub measures: Vec<Measure>,
    /// Names behind the numbers in it: number and name.
    pub names: Vec<(Number, String)>,
}

impl QuarterReport {
    /// Whether nothing in it changes any more (A13-c6).
    pub fn is_approved(&self) -> bool {
        let analysis = self.analysis.as_ref();
        analysis.is_some_and(|analysis| analysis.state == AnalysisState::Approved)
    }

    /// The name behind a number.
    pub fn name(&self, number: Number) -> String {
        let known = self.names.iter().find(|(known, _)| *known == number);
        known.map_or_else(|| number.to_string(), |(_, name)| name.clone())
    }
}

/// A look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Query {
    /// The site, who I am, what time it is.
    Hello,
    /// One page of a list.
    List(ListQuery),
    /// One record, opened in full: this is a look, and is written down.
    Get(Number),
    /// What belongs beside a file: the loan it is out on, then the requests for it that are not over,
    /// in the order in which they were made.
    Beside(Number),
    /// The same during a call of somebody else, whose identity was checked (A11-26.3).
    GetOnCall(Number),
    /// One record with what is personal in it masked; not written down.
    Preview(Number),
    /// What is masked of one record shown: this is a look, and is written down.
    Reveal(Number),
    /// Records of any kind found by words: number, phone from either end, name, pinyin, plate,
    /// place, text; newest first.
    Search {
        /// The words; all must be found.
        text: String,
        /// At most so many rows.
        limit: u32,
    },
    /// Who calls, while the number is typed.
    Caller {
        /// The digits so far.
        digits: String,
    },
    /// A customer's profile, or the customer where there is none yet, in full: this is a look, and is
    /// written down (A14-N1).
    Dossier(Number),
    /// Everything a customer ever did here, newest first.
    Contacts {
        /// The customer.
        customer: Number,
        /// At most so many rows.
        limit: u32,
    },
    /// Every version of a record, newest first.
    History(Number),
    /// Counts for the tabs.
    Counts,
    /// What whoever calls is told now, and a hand-over that waits for whoever asks.
    AtHand,
    /// All operators.
    Operators,
    /// Call handling from one day to another, both included (A09-2.3).
    Handling {
        /// First day.
        from: Day,
        /// Last day.
        to: Day,
    },
    /// Who looked at what (A09-2.5, A11-17).
    Looks(LooksQuery),
    /// Remarks on a record (A01-05).
    Remarks(Number),
    /// The permits given (A12-3.1.7b).
    Permits,
    /// Leave to copy the store as it is now into a file; written down before it is answered.
    Backup {
        /// Where the copy goes, for the log.
        place: String,
    },
    /// What would come of a row of an import, without anything being written.
    TryAdopt {
        /// Earlier rows of the same file that may have to do with it; they count as taken in.
        before: Vec<Adopted>,
        /// The row.
        record: Box<Adopted>,
        /// What becomes of a row whose record is already there.
        existing: Existing,
        /// The number, in the other system, of the customer it is about; empty where it is not known.
        customer: String,
    },
    /// What a step would do to each of several complaints, without anything being written.
    PreviewSteps {
        /// The complaints.
        numbers: Vec<Number>,
        /// The step.
        step: Box<Step>,
    },
    /// One record to be printed, as much of it as the asker may open: this is a look, and is written
    /// down before it is answered.
    Print(Number),
    /// The rows of the register of one day to be printed, in the order in which they came (A13-c2):
    /// written down before it is answered.
    PrintDay(Day),
    /// The analysis of a quarter's complaints (A13-c5a).
    Analysis(Quarter),
    /// The complaints of a quarter behind a number of its analysis, as they are today, in the order
    /// in which they were made.
    AnalysisRows {
        /// The quarter.
        quarter: Quarter,
        /// The number.
        cell: Cell,
        /// At most so many rows.
        limit: u32,
    },
    /// What became of the requests of a quarter (A14-2.5b).
    Requests(Quarter),
    /// The inspections of the archive that are due (A11-14a, A11-16, A13-a5a, A13-a5c).
    InspectionsDue,
    /// What waits to be filed, in short: how much, and what waits longest (A11-04a, A13-a4).
    ToFile,
    /// How many files and customers there are by department and class, and what waits to be filed
    /// (A11-05).
    FileFigures,
    /// A part of the index of files, by number (A11-06): written down before it is answered.
    FileIndex {
        /// From the file after this one on.
        after: Option<Number>,
    },
    /// A report of a month (A03-4.1.1, A07-d2, A07-f1 to A07-f10, A13-a7a).
    Monthly(MonthlyKind, Month),
    /// The entries of a customer, or those in a customer's file and on the card behind it, the oldest first
    /// (A03-4.1.2a-3).
    Transactions(Number),
    /// How a customer stands before a purchase or a quote that is to be entered (A01-06, A01-13).
    Standing {
        /// The customer; that of the file where none is said.
        customer: Option<Number>,
        /// The file, where it is entered in one.
        file: Option<Number>,
    },
    /// The rows of a day's registration forms to be printed, in the order in which they were made
    /// (A12-f2): one's own, and those of all for the keeper (A12-3.1.7a). Written down before it is
    /// answered.
    PrintForms(Day),
    /// The contacts that were had with the customer of a file, newest first (A03-5.1.4): what is in the file
    /// beside its papers.
    ContactsOfFile(Number),
    /// Whose customer somebody is, by the registrations of a telephone (A12-3.1.1a, A12-3.1.3).
    Ownership(String),
    /// How often a customer came here, and whether it is to be asked if they are a prospect (A14-3.3).
    Visits(Number),
}

/// What a step would do to a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Previewed {
    /// The complaint, as it is now.
    pub at: At,
    /// Who complains.
    pub who: String,
    /// Where it stands, and who has it.
    pub from: (ComplaintState, String),
    /// Where it would stand, and who would have it; none where the step is refused.
    pub to: Option<(ComplaintState, String)>,
    /// Why it is refused.
    pub problems: Vec<Problem>,
}

/// What would come of a row of an import that would be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tried {
    /// The customer that would be filled; without one a new record would be made.
    pub filled: Option<Number>,
    /// The customer it would be attached to.
    pub attached: Option<Number>,
}

impl Tried {
    /// What came of a row of an import, by the record that it became: one of another import, or of
    /// none, was there already and was filled.
    #[must_use]
    pub fn of(record: &Record, import: Option<Number>) -> Self {
        Self {
            filled: (record.meta().import != import).then(|| record.number()),
            attached: match record {
                Record::Intake(intake) => intake.details.customer,
                Record::Complaint(complaint) => complaint.details.customer,
                _ => None,
            },
        }
    }
}
