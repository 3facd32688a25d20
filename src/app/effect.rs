//! What a session wants done outside itself. The list is closed; the shell carries it out.

use super::alike::Alike;
use super::drafts::{Draft, DraftId};
use super::forms::FormId;
use super::job::Order;
use super::list::Part;
use super::profiling::Wanted;
use super::reveal::Purpose;
use super::trade::Of;
use crate::desk::contract::{Command, Envelope, RequestId};
use crate::domain::analysis::{Cell, Quarter};
use crate::domain::complaint::Step;
use crate::domain::number::Number;
use crate::domain::profile::Tab;
use crate::locale::Lang;

/// Something to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the desk; the answer comes back with the same tag.
    Ask {
        /// Comes back with the answer.
        tag: Tag,
        /// What is asked.
        envelope: Box<Envelope>,
    },
    /// Keep what is typed in a form.
    SaveDraft(Draft),
    /// The form was saved or thrown away: its draft goes.
    DropDraft(DraftId),
    /// Look which drafts wait for an operator.
    LoadDrafts(Number),
    /// Fill the store with sample data in an operator's name, asked for at the first start.
    FillSample(Number),
    /// The operator chose this language.
    SetLanguage(Lang),
    /// Begin long work, which goes on between the events.
    Work {
        /// What.
        order: Box<Order>,
        /// In whose name.
        operator: Number,
    },
    /// Draw every cell anew.
    Redraw,
    /// Leave.
    Quit,
}

/// What a request was for; comes back with its answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Tag {
    /// The site, the operator, the time.
    Hello,
    /// The time at which a form began (A09-2.3).
    Start {
        /// The pane of the form.
        tab: Tab,
    },
    /// Counts for the tabs.
    Counts,
    /// The inspections that are due.
    Inspections,
    /// The major complaint that waits for this operator.
    Alarm,
    /// What whoever calls is told, and a hand-over that waits.
    AtHand,
    /// All operators.
    Operators,
    /// Part of a list.
    List {
        /// The pane of the list.
        tab: Tab,
        /// Which of its lists.
        list: usize,
        /// The state of the list that asked; an older one is no longer wanted.
        serial: u32,
        /// Which part.
        part: Part,
    },
    /// What is open and may be the same matter as a form.
    Alike {
        /// The pane of the form.
        tab: Tab,
        /// By what.
        by: Alike,
        /// What was looked for.
        find: String,
    },
    /// Who calls.
    Caller {
        /// The digits asked about.
        digits: String,
    },
    /// How often a customer came, after a visit (A14-3.3).
    Visits,
    /// How the customer of the entry that is typed stands (A01-06, A01-13).
    Standing {
        /// The pane of the form.
        tab: Tab,
        /// Whose entry it is.
        of: Of,
    },
    /// Who has the number that rings.
    Ringing {
        /// The number.
        digits: String,
    },
    /// Customers for a lookup field of the form in a pane.
    Suggest {
        /// The words asked about.
        typed: String,
    },
    /// Customers for an open picker.
    Pick {
        /// The words asked about.
        typed: String,
    },
    /// The versions of a hand-over that was taken over, for the forms that were begun.
    Begun(Number),
    /// What belongs beside the selected record.
    Side {
        /// The selected record.
        of: Number,
    },
    /// The record that is open in full, after news of it.
    Anew(Number),
    /// The record of the form in a pane, after news of it.
    Meanwhile {
        /// The pane.
        tab: Tab,
    },
    /// A record wanted in full.
    Whole(Purpose),
    /// A customer's profile.
    Profile(Wanted),
    /// The selected record in full, for a moment.
    Reveal,
    /// The versions of the record that is open in full.
    History(Number),
    /// The remarks on the record that is open in full (A01-05).
    Remarks(Number),
    /// Who looked at the record that is open in full.
    Looks(Number),
    /// The entries in the file that is open in full (A03-4.1.2a-3).
    Entries(Number),
    /// What happened with the customer that is open, or of the file that is open (A01-03, A03-5.1.4).
    TimeLine(Number),
    /// A report of a month.
    Monthly {
        /// Whether it is to be opened; else it is wanted only while one is open.
        opens: bool,
    },
    /// Call handling by operator.
    Handling,
    /// The analysis of a quarter.
    Quarterly {
        /// Whether it is to be opened; else it is wanted only while it is open.
        opens: bool,
    },
    /// What waits to be filed.
    ToFile,
    /// The figures of files by department and class.
    FileFigures,
    /// The complaints behind a number of an analysis.
    Behind {
        /// The quarter.
        quarter: Quarter,
        /// The number.
        cell: Cell,
    },
    /// What a step would do to the complaints that are marked.
    Previewed {
        /// Its form.
        form: FormId,
        /// The step.
        step: Box<Step>,
    },
    /// The files in the operator's outbox, to import one of them.
    Outbox,
    /// The imports there were.
    Imports,
    /// A record whose draft is taken up again.
    Resume(Box<Draft>),
    /// A change.
    Do(Box<Doing>),
    /// What concerns the seat.
    Seat(SeatTag),
}

/// What was said of the seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeatTag {
    /// Which record is open on the screen.
    Open,
    /// The screen is locked.
    Lock,
    /// An operator signs in.
    In,
    /// The operator goes.
    Out,
    /// A new password.
    Password,
    /// The call that rang was taken here.
    Taken,
}

impl Tag {
    /// Whether what comes back belongs to a record or report that is open over the panes.
    pub const fn is_of_popup(&self) -> bool {
        matches!(
            self,
            Self::History(_)
                | Self::Remarks(_)
                | Self::Looks(_)
                | Self::Entries(_)
                | Self::TimeLine(_)
                | Self::Monthly { .. }
        )
    }

    /// The line was lost while it was asked: what it changes may be done.
    pub fn may_be_done(&mut self) {
        if let Self::Do(doing) = self {
            doing.again = true;
        }
    }

    /// Whether this one, asked later, makes an older one that still waits for the line needless:
    /// what is asked with every key, and a list that was asked for more than once.
    pub fn replaces(&self, older: &Self) -> bool {
        match (self, older) {
            (Self::Caller { .. }, Self::Caller { .. })
            | (Self::Suggest { .. }, Self::Suggest { .. })
            | (Self::Pick { .. }, Self::Pick { .. })
            | (Self::Side { .. }, Self::Side { .. })
            | (Self::Standing { .. }, Self::Standing { .. })
            | (Self::Hello, Self::Hello)
            | (Self::Counts, Self::Counts)
            | (Self::Alarm, Self::Alarm)
            | (Self::AtHand, Self::AtHand)
            | (Self::Seat(SeatTag::Open), Self::Seat(SeatTag::Open)) => true,
            (
                Self::Alike { tab, by, .. },
                Self::Alike {
                    tab: before,
                    by: older,
                    ..
                },
            ) => (tab, by) == (before, older),
            (
                Self::List {
                    tab, list, part, ..
                },
                Self::List {
                    tab: tab_before,
                    list: list_before,
                    part: part_before,
                    ..
                },
            ) => (tab, list, part) == (tab_before, list_before, part_before),
            _ => false,
        }
    }

    /// Whether its answer is meant for what stands before a gate that is shut, and not for what
    /// is behind it.
    pub fn is_for_gate(&self) -> bool {
        match self {
            Self::Hello | Self::Operators | Self::Seat(_) => true,
            Self::Do(doing) => matches!(doing.origin, Origin::Gate | Origin::Welcome { .. }),
            _ => false,
        }
    }

    /// Whether its answer changes the screen only if it says something new.
    pub const fn is_quiet(&self) -> bool {
        matches!(
            self,
            Self::Hello
                | Self::Counts
                | Self::Alarm
                | Self::AtHand
                | Self::Operators
                | Self::List {
                    part: Part::Again,
                    ..
                }
                | Self::Alike { .. }
                | Self::Standing { .. }
                | Self::Side { .. }
                | Self::Anew(_)
                | Self::Meanwhile { .. }
                | Self::History(_)
                | Self::Remarks(_)
                | Self::Looks(_)
                | Self::Seat(SeatTag::Open)
        )
    }
}

/// A change on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Doing {
    /// Its name, so that it can be sent again without being done twice.
    pub id: RequestId,
    /// The change, so that it can be sent again with a question answered.
    pub command: Command,
    /// Where it came from.
    pub origin: Origin,
    /// The same change was sent before, and it is not known whether it was done.
    pub again: bool,
}

/// Where a change came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From the form in a pane.
    Form {
        /// The pane.
        tab: Tab,
        /// Begin the next form of the same kind afterwards.
        again: bool,
    },
    /// From a key or popup, without a form.
    Key,
    /// From the form on top.
    Popup,
    /// For one of several records that were marked.
    Marked,
    /// From a label that was scanned among others.
    Scan,
    /// From what an operator owes before anything else.
    Gate,
    /// From the welcome form.
    Welcome {
        /// Whether sample data is wanted.
        sample: bool,
    },
}
