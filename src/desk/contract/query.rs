//! Looks that can be asked for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::adopted::Adopted;
use super::list::{ListQuery, LooksQuery};
use crate::domain::adopt::Existing;
use crate::domain::analysis::{Cell, Quarter};
use crate::domain::complaint::Step;
use crate::domain::fines::Month;
use crate::domain::monthly::MonthlyKind;
use crate::domain::number::Number;
use crate::domain::stamp::Day;

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
    /// The customers with a telephone that is on a customer's card, but for that customer: nothing is
    /// searched for by whoever asks (A01-21).
    Twins(Number),
}
