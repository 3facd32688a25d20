//! The line to the desk: what the operator is told while it is lost, and what is looked at again
//! once it is there. Asking again what waited is the shell's business (`session`).

use super::App;
use super::effect::Tag;
use super::event::Line;
use crate::desk::contract::{Query, RequestId};

impl App {
    /// The line was lost, or is there again.
    pub(crate) fn take_line(&mut self, line: Line) {
        // Why the desk went is told until it is there again.
        let is_told = line == Line::Lost && self.line != Line::Up;
        if line == self.line || is_told {
            return;
        }
        self.line = line;
        self.dirty = true;
        if line != Line::Up && !self.on_the_way.is_empty() {
            self.say_waits();
        }
        if line == Line::Up {
            // Whatever was said or missed meanwhile: all of it is looked at again.
            self.told_open = None;
            self.also_open = None;
            self.look(Tag::Hello, Query::Hello);
            self.look(Tag::Operators, Query::Operators);
            self.heard(Vec::new());
        }
    }

    /// What stands over everything while the line is not as it should be; nothing while it is.
    pub fn banner(&self) -> Option<String> {
        let key = match self.line {
            Line::Up => return None,
            Line::Lost => "line-lost",
            Line::Leaving => "line-leaving",
            Line::Stopped => "line-stopped",
        };
        Some(self.facts.t(key))
    }

    /// Whether the form that is shown was sent and its answer has not come: what it holds must
    /// stay as it was sent.
    pub fn is_on_the_way(&self) -> bool {
        let form = self.pane().and_then(|pane| pane.form.as_ref());
        form.is_some_and(|form| self.on_the_way.contains_key(&RequestId(form.draft.key)))
    }

    /// Says that something waits for the line.
    pub(crate) fn say_waits(&mut self) {
        let text = self.facts.t("toast-waits");
        self.complain(text);
    }
}
