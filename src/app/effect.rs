//! What a session wants done outside itself. The list is closed; the shell carries it out.

use super::drafts::{Draft, DraftId};
use super::list::Part;
use crate::desk::contract::{Command, Envelope, RequestId};
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
    /// All operators.
    Operators,
    /// Part of a list.
    List {
        /// The pane of the list.
        tab: Tab,
        /// The loan register instead of the files.
        register: bool,
        /// The state of the list that asked; an older one is no longer wanted.
        serial: u32,
        /// Which part.
        part: Part,
    },
    /// Who calls.
    Caller {
        /// The digits asked about.
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
    /// What belongs beside the selected record.
    Side {
        /// The selected record.
        of: Number,
    },
    /// A record to open in full.
    Open,
    /// The versions of the record that is open in full.
    History(Number),
    /// Call handling by operator.
    Handling,
    /// A record whose draft is taken up again.
    Resume(Box<Draft>),
    /// A change.
    Do(Box<Doing>),
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
    /// From the welcome form.
    Welcome {
        /// Whether sample data is wanted.
        sample: bool,
    },
}
