//! Long work beside the screen: exports and imports, done in slices between the events of a
//! session. Here is what can be ordered and what is told of it; `worker` does it.

use std::fmt::Display;

use super::facts::Facts;
use crate::domain::adopt::Existing;
use crate::domain::filing::IndexBy;
use crate::domain::number::{Kind, Number};
use crate::domain::stamp::Day;
use crate::exchange::attached::OtherName;
use crate::exchange::book::{Options, Unopened};
use crate::exchange::export::Form;
use crate::exchange::import::{Double, Tally};
use crate::exchange::lists::Listing;
use crate::exchange::mapping::Mapping;
use crate::exchange::sheet::Reject;
use crate::report::forms::{Form as Paper, PaperFormat};

/// Where a file is, or is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the operator's outbox, under this name.
    Outbox(String),
    /// On the machine the session runs on, under this path.
    Path(String),
}

impl Place {
    /// Its name or path, for a person.
    pub fn shown(&self) -> &str {
        match self {
            Self::Outbox(name) | Self::Path(name) => name,
        }
    }

    /// The name of the file, without folders.
    pub fn file(&self) -> &str {
        match self {
            Self::Outbox(name) => name,
            Self::Path(path) => path.rsplit('/').next().unwrap_or(path),
        }
    }
}

/// What is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// The register of a day (A13-c2), or its registration forms (A12-f2).
    Day(Paper, Day),
    /// The index of files (A11-06).
    Index(IndexBy),
    /// A form of each of these records.
    Records(Paper, Vec<Number>),
}

/// Something long that is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    /// A list to a file.
    Export {
        /// Which.
        listing: Listing,
        /// In which form.
        form: Form,
        /// Where to.
        to: Place,
    },
    /// Forms on paper.
    Print {
        /// Which.
        what: Printed,
        /// As what they are laid out.
        format: PaperFormat,
        /// Where to.
        to: Place,
    },
    /// A file is read, so that it can be imported.
    Read {
        /// Where it is.
        from: Place,
        /// What is known of it.
        options: Options,
    },
    /// The file that was read is imported.
    Import {
        /// How its columns are read.
        mapping: Mapping,
        /// The name under which the import is known.
        file: String,
        /// What becomes of rows whose record is already there.
        existing: Existing,
        /// Only to say what would come of it.
        dry: bool,
    },
    /// The rows that were refused, as a file in the outbox.
    SaveRejects {
        /// Its name.
        name: String,
    },
    /// An import is taken back.
    TakeBack(Number),
    /// What is under way ends here.
    Stop,
}

/// A file that was read, as far as the screen needs to know it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// The headers.
    pub headers: Vec<String>,
    /// The first rows.
    pub samples: Vec<Vec<String>>,
    /// What stands in each column, where that is little enough to be told value by value.
    pub values: Vec<Vec<String>>,
    /// How many rows there are.
    pub rows: u64,
    /// The encoding a text was read in.
    pub encoding: Option<&'static str>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
}

/// Rows that were taken in, or would be, and that a person should look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// Their number stands in an earlier row too.
    pub doubles: Vec<Double>,
    /// They were attached to a customer who goes by another name.
    pub other_names: Vec<OtherName>,
}

impl Noted {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.doubles.is_empty() && self.other_names.is_empty()
    }
}

/// What is told of long work.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// How far it is.
    Progress {
        /// Rows, or bytes of a file that is fetched.
        done: u64,
        /// Of so many, where that is known.
        total: Option<u64>,
    },
    /// All rows are written and the file is put together.
    Joining,
    /// The file is there.
    Exported {
        /// Records in it.
        count: u64,
        /// More matched the words than are looked at.
        truncated: bool,
    },
    /// The file was read.
    Read(Box<Preview>),
    /// The file cannot be read before something is chosen, or not at all.
    Unread(Unopened),
    /// Rows were handed to the desk, or only held against its rules.
    Rows {
        /// So far.
        tally: Box<Tally>,
        /// What was refused since it was last told.
        rejects: Vec<Reject>,
        /// Rows taken in since then that a person should look at.
        noted: Noted,
        /// Nothing more comes.
        ended: bool,
    },
    /// The rows that were refused are in the outbox.
    RejectsSaved {
        /// Under this name.
        name: String,
    },
    /// The import is taken back whole.
    TakenBack(Number),
    /// It ended before its time, because somebody said so.
    Stopped,
    /// It failed, in words.
    Failed(Vec<String>),
}

impl Told {
    /// Whether the next one says all of it again.
    pub(super) fn can_be_passed_over(&self) -> bool {
        match self {
            Self::Progress { .. } => true,
            Self::Rows {
                rejects,
                noted,
                ended,
                ..
            } => rejects.is_empty() && noted.is_empty() && !ended,
            _ => false,
        }
    }
}

/// What kind of long work is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// An export.
    Export,
    /// Forms on paper.
    Print,
    /// A file is read.
    Read,
    /// A dry run.
    Dry,
    /// An import.
    Import,
    /// The rows that were refused are written.
    Rejects,
    /// An import is taken back.
    TakeBack,
}

impl Work {
    /// Whether a file on its way in waits for it.
    pub const fn is_on_the_way_in(self) -> bool {
        matches!(self, Self::Read | Self::Dry | Self::Import)
    }

    /// The name in locale keys.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Print => "print",
            Self::Read => "read",
            Self::Dry => "dry",
            Self::Import => "import",
            Self::Rejects => "rejects",
            Self::TakeBack => "take-back",
        }
    }
}

/// What is known on the screen of the work under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderWay {
    /// Which.
    pub work: Work,
    /// The file or import it is about.
    pub name: String,
    /// Where an export goes.
    pub to: Option<Place>,
    /// How far it is.
    pub done: u64,
    /// Of so many.
    pub total: Option<u64>,
    /// The file is put together.
    pub joining: bool,
}

impl UnderWay {
    /// Begun just now.
    pub(super) fn new(work: Work, name: &str) -> Self {
        Self {
            work,
            name: name.to_owned(),
            to: None,
            done: 0,
            total: None,
            joining: false,
        }
    }

    /// How far it is, in words.
    pub fn figures(&self, facts: &Facts) -> String {
        if self.joining {
            return facts.t("working-joining");
        }
        match self.total.filter(|total| *total > 0) {
            Some(total) => {
                let percent = self.done.min(total) * 100 / total;
                let args: [(&str, &dyn Display); 3] = [
                    ("done", &self.done),
                    ("total", &total),
                    ("percent", &percent),
                ];
                facts.tw("working-of", &args)
            }
            None if self.done > 0 => facts.tw("working-done", &[("done", &self.done)]),
            None => facts.t("working-begins"),
        }
    }
}

/// The kinds that can be imported at the screen.
pub fn kinds() -> impl Iterator<Item = Kind> {
    let all = Kind::ALL.iter().copied();
    all.filter(|kind| !crate::exchange::mapping::fields(*kind).is_empty())
}
