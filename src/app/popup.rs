//! What can stand over the panes, and what the keys do in it. One at a time has the keys: the
//! last one opened.

use std::cell::Cell;

use super::App;
use super::analysis::Quarterly;
use super::conflict::Conflict;
use super::effect::{Effect, Origin};
use super::form::Form;
use super::job::Order;
use super::marking::Preview;
use super::monthly::OpenMonthly;
use super::picker::Picker;
use super::reveal::Purpose;
use super::scanning::Scanning;
use crate::desk::contract::{At, Command, HandlingRow, LookRow, RecordVersion, Row};
use crate::domain::customer::Mark;
use crate::domain::deadline::ProvedDay;
use crate::domain::number::Number;
use crate::domain::refusal::Assent;
use crate::domain::remark::Remark;
use crate::domain::stamp::Day;
use crate::domain::transaction::Transaction;
use crate::keys::Action;

/// How far a text is scrolled; the drawing keeps it inside the text.
pub type Scroll = Cell<usize>;

/// Something over the panes.
#[derive(Debug)]
pub enum Popup {
    /// Keys and actions of the pane.
    Help(Scroll),
    /// What opening the store and the keymap had to say.
    Notices(Scroll),
    /// A whole record with its history.
    Record(Box<Opened>, Scroll),
    /// A date, day by day.
    Proof(Box<Proof>, Scroll),
    /// Call handling by operator (A09-2.3).
    Handling {
        /// First day.
        from: Day,
        /// Last day.
        to: Day,
        /// One row an operator.
        rows: Vec<HandlingRow>,
        /// How far it is scrolled.
        scroll: Scroll,
    },
    /// The analysis of a quarter's complaints (A13-c5a).
    Quarterly(Box<Quarterly>),
    /// A report of a month.
    Monthly(Box<OpenMonthly>),
    /// A list to choose from.
    Picker(Picker),
    /// A question.
    Confirm(Confirm),
    /// A form.
    Form(Box<Form>),
    /// The confidentiality text, to be acknowledged (A11-21).
    Pledge(Scroll),
    /// What a step would do to the complaints that are marked.
    Preview(Box<Preview>),
    /// Labels scanned one after the other.
    Scanning(Box<Scanning>),
    /// The record has changed since.
    Conflict(Conflict),
    /// How far the long work is.
    Working,
    /// The file that is being imported.
    Incoming,
    /// What came of something: the key of the title, and the lines.
    Came(&'static str, Vec<String>, Scroll),
}

/// A whole record.
#[derive(Debug)]
pub struct Opened {
    /// The record with its names and dates.
    pub row: Row,
    /// Every version, newest first, once known.
    pub history: Vec<RecordVersion>,
    /// Begin with the history.
    pub history_first: bool,
    /// The remarks on it, oldest first (A01-05).
    pub remarks: Vec<Remark>,
    /// The entries in it, the oldest first, of a customer's file (A03-4.1.2a-3).
    pub entries: Vec<Transaction>,
    /// Everything that happened with a customer, or the contacts that were had with the customer of a file,
    /// newest first (A01-03, A03-5.1.4).
    pub contacts: Vec<Row>,
    /// The last looks at it, newest first, for those who may see them.
    pub looks: Vec<LookRow>,
    /// The profile of its customer, once it was turned to (A14-N1).
    pub profile: Option<Box<Row>>,
    /// The profile is shown, and not the record.
    pub on_profile: bool,
}

/// A date with the days that led to it.
#[derive(Debug)]
pub struct Proof {
    /// What the date is of.
    pub title: String,
    /// The day from which it counts.
    pub from: Day,
    /// When it ends.
    pub ends: String,
    /// What is counted, where that is not simply days.
    pub counts: String,
    /// Whether a holiday that is not announced yet could still move it.
    pub provisional: bool,
    /// The days from the first to the last.
    pub days: Vec<ProvedDay>,
    /// The clause behind the term.
    pub clause: String,
}

/// A question, answered with no unless the operator says yes.
#[derive(Debug)]
pub struct Confirm {
    /// The question, naming the record.
    pub question: Vec<String>,
    /// Whether yes is marked.
    pub yes: bool,
    /// What is done then.
    pub then: Then,
}

/// What is done after a yes.
#[derive(Debug, Clone)]
pub enum Then {
    /// The change is sent again with these questions answered.
    Send(Box<Command>, Origin, Vec<Assent>),
    /// A mark is set or taken away.
    Mark(At, Mark, bool),
    /// The form and its draft are thrown away.
    Discard,
    /// The long work under way ends.
    StopWork,
    /// An import is taken back.
    TakeBack(Number),
    /// A record is opened during a call, the caller being who they say (A11-26.3).
    OpenOnCall(Number, Purpose),
    /// The shelf that is being scanned is done with.
    EndShelf,
    /// What another shift handed over is taken over.
    TakeOverShift(At),
    /// The desk is left.
    Quit,
}

impl Popup {
    /// How far it is scrolled, where it is a text.
    pub fn scroll(&self) -> Option<&Scroll> {
        match self {
            Self::Help(scroll)
            | Self::Notices(scroll)
            | Self::Pledge(scroll)
            | Self::Record(_, scroll)
            | Self::Proof(_, scroll)
            | Self::Came(_, _, scroll)
            | Self::Handling { scroll, .. } => Some(scroll),
            Self::Preview(preview) => Some(&preview.scroll),
            Self::Quarterly(_)
            | Self::Monthly(_)
            | Self::Picker(_)
            | Self::Confirm(_)
            | Self::Form(_)
            | Self::Scanning(_)
            | Self::Conflict(_)
            | Self::Working
            | Self::Incoming => None,
        }
    }

    /// Whether something stands beside something else in it: the buttons of a question, quarters.
    pub fn goes_sideways(&self) -> bool {
        matches!(
            self,
            Self::Confirm(_)
                | Self::Conflict(_)
                | Self::Incoming
                | Self::Quarterly(_)
                | Self::Monthly(_)
        )
    }

    /// Whether something is typed in it.
    pub fn takes_text(&self) -> bool {
        matches!(self, Self::Picker(_) | Self::Form(_))
    }
}

impl App {
    /// Does what an action says in the popup on top.
    pub(crate) fn popup_action(&mut self, action: Action) {
        let page = usize::from(self.size.1 / 2).max(1);
        let step = match action {
            Action::Up => -1,
            Action::Down => 1,
            Action::PageUp => -page.cast_signed(),
            Action::PageDown => page.cast_signed(),
            Action::First => isize::MIN,
            Action::Last => isize::MAX,
            _ => 0,
        };
        if matches!(self.popups.last(), Some(Popup::Record(..)))
            && matches!(action, Action::CaretLeft | Action::CaretRight)
        {
            return self.turn_to_profile(action == Action::CaretRight);
        }
        let sideways = matches!(action, Action::CaretLeft | Action::CaretRight);
        let Some(top) = self.popups.last_mut() else {
            return;
        };
        if let Some(scroll) = top.scroll() {
            match action {
                Action::Accept | Action::Cancel if matches!(top, Popup::Preview(_)) => {
                    self.preview_action(action);
                }
                Action::Accept | Action::Cancel if matches!(top, Popup::Pledge(_)) => {
                    self.pledged(action == Action::Accept);
                }
                Action::Accept | Action::Cancel => {
                    self.popups.pop();
                }
                _ => scroll.set(scroll.get().saturating_add_signed(step)),
            }
            return;
        }
        match top {
            Popup::Quarterly(_) => self.quarterly_action(action),
            Popup::Monthly(_) => self.monthly_action(action),
            Popup::Picker(_) => self.picker_action(action, step),
            Popup::Confirm(confirm) => match action {
                Action::Accept => self.confirmed(),
                Action::Cancel => {
                    self.popups.pop();
                }
                _ if step != 0 || sideways => confirm.yes = !confirm.yes,
                _ => {}
            },
            Popup::Conflict(conflict) => match action {
                Action::Accept => self.conflict_decided(),
                Action::Cancel => {
                    self.popups.pop();
                }
                _ => conflict.act(action, step),
            },
            Popup::Scanning(_) => self.scanning_action(action, step),
            Popup::Working => self.working_action(action),
            Popup::Incoming => self.incoming_action(action, step),
            _ => {}
        }
    }

    /// The letter that says yes answers a question without Enter on it.
    fn confirmed(&mut self) {
        let Some(Popup::Confirm(confirm)) = self.popups.pop() else {
            return;
        };
        if !confirm.yes {
            return;
        }
        match confirm.then {
            Then::Send(command, origin, accept) => self.change(*command, origin, accept),
            Then::Mark(at, mark, set) => {
                self.change(
                    Command::MarkCustomer { at, mark, set },
                    Origin::Key,
                    Vec::new(),
                );
            }
            Then::Discard => self.discard_form(),
            Then::StopWork => self.order(Order::Stop),
            Then::TakeBack(import) => self.take_back(import),
            Then::OpenOnCall(number, purpose) => self.want_on_call(number, purpose),
            Then::EndShelf => self.end_shelf(),
            Then::TakeOverShift(at) => self.take_over_shift(at),
            Then::Quit => self.effects.push(Effect::Quit),
        }
    }

    /// Asks before something is done.
    pub(crate) fn confirm(&mut self, question: Vec<String>, then: Then) {
        self.popups.push(Popup::Confirm(Confirm {
            question,
            yes: false,
            then,
        }));
    }
}
