//! What a terminal sends, as the session takes it in.

use crossterm::event::Event as Report;

use crate::keys::{Key, normal};

/// One thing that came from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// A text arrived at once. It is as raw as it was sent; whoever keeps it cleans it.
    Paste(String),
    /// The terminal now has this many columns and rows.
    Resize(u16, u16),
    /// The window has the operator's attention again.
    FocusGained,
    /// The operator looks elsewhere.
    FocusLost,
    /// Everything must be drawn anew: the program was stopped and goes on.
    Redraw,
    /// The terminal is gone. Nothing comes after this.
    Hangup,
}

impl Event {
    /// The event of a terminal's report; nothing for reports that concern nobody.
    pub fn of(report: Report) -> Option<Self> {
        match report {
            Report::Key(key) => normal::key(key).map(Self::Key),
            Report::Paste(text) => Some(Self::Paste(text)),
            Report::Resize(columns, rows) => Some(Self::Resize(columns, rows)),
            Report::FocusGained => Some(Self::FocusGained),
            Report::FocusLost => Some(Self::FocusLost),
            Report::Mouse(_) => None,
        }
    }
}
