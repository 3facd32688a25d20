//! One editing buffer: a value, a caret, a selection, undo and redo.
//!
//! The same buffer serves a field of one line and a note of several; typing, pasting and what an
//! input method commits all go through [`Edit::insert`], where the text is cleaned. The caret
//! always stands on a grapheme border. Drawing is not done here: [`Edit::view`] only says what
//! is to be seen and where the caret is.

mod history;
mod motion;
mod view;

pub use view::View;

use std::ops::Range;

use super::clean;
use super::width::count;
use history::{Change, History, State};

/// An editing buffer.
#[derive(Debug, Clone)]
pub struct Edit {
    state: State,
    history: History,
    /// The cell column that moving up and down tries to keep.
    goal: Option<usize>,
    limit: usize,
    /// The limit, or the length of the value put in where that is longer.
    most: usize,
    lines: Lines,
}

/// How many lines a buffer may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    Many,
}

impl Edit {
    /// An empty field of one line with room for `limit` graphemes.
    pub fn line(limit: usize) -> Self {
        Self::new(limit, Lines::One)
    }

    /// An empty note of several lines with room for `limit` graphemes.
    pub fn note(limit: usize) -> Self {
        Self::new(limit, Lines::Many)
    }

    fn new(limit: usize, lines: Lines) -> Self {
        Self {
            state: State::default(),
            history: History::default(),
            goal: None,
            limit,
            most: limit,
            lines,
        }
    }

    /// What the buffer holds.
    pub fn value(&self) -> &str {
        &self.state.value
    }

    /// Whether the buffer holds nothing.
    pub fn is_empty(&self) -> bool {
        self.state.value.is_empty()
    }

    /// Whether the buffer may hold several lines.
    pub fn is_note(&self) -> bool {
        self.lines == Lines::Many
    }

    /// The place of the caret as a byte offset in the value, always on a grapheme border.
    pub fn caret(&self) -> usize {
        self.state.caret
    }

    /// The selected part of the value, if any.
    pub fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.state.anchor?;
        let caret = self.state.caret;
        (anchor != caret).then(|| anchor.min(caret)..anchor.max(caret))
    }

    /// The selected text, if any.
    pub fn selected(&self) -> Option<&str> {
        self.state.value.get(self.selection()?)
    }

    /// How many graphemes there may be.
    pub fn most(&self) -> usize {
        self.most
    }

    /// Puts in a new value, cleaned, with the caret at its end and nothing to undo: the value that
    /// a record or a draft had. One longer than the limit stays whole and may not grow: what
    /// another system took down must not lose its end because somebody opens it here.
    pub fn set(&mut self, value: &str) {
        let value = self.cleaned(value);
        self.most = self.limit.max(count(&value));
        self.state = State {
            caret: value.len(),
            value,
            anchor: None,
        };
        self.history = History::default();
        self.goal = None;
    }

    /// Inserts text at the caret in place of the selection, cleaned, as far as the limit allows.
    /// Returns whether all of it went in.
    pub fn insert(&mut self, text: &str) -> bool {
        let text = self.cleaned(text);
        let gone = self.selection().unwrap_or(self.caret()..self.caret());
        let before = self
            .state
            .value
            .get(..gone.start)
            .unwrap_or_default()
            .to_owned();
        let after = self
            .state
            .value
            .get(gone.end..)
            .unwrap_or_default()
            .to_owned();
        let room = self.most.saturating_sub(count(&before) + count(&after));
        // A mark that joins the character before it needs no room of its own.
        let joined = self.cleaned(&format!("{before}{text}"));
        let allowed = count(&before) + room;
        let head = clean::limit(&joined, allowed);
        let complete = head.len() == joined.len();
        let value = self.cleaned(&format!("{head}{after}"));
        if count(&value) > self.most {
            return false;
        }
        let caret = motion::next_border(&value, head.len());
        let typed = gone.is_empty() && count(&text) == 1 && !text.contains(char::is_whitespace);
        let change = if typed { Change::Typing } else { Change::Other };
        self.apply(value, caret, change);
        complete
    }

    /// Deletes the selection, or the character before the caret.
    pub fn backspace(&mut self) {
        let start = motion::previous(self.value(), self.caret());
        self.remove(self.selection().unwrap_or(start..self.caret()));
    }

    /// Deletes the selection, or the character after the caret.
    pub fn delete(&mut self) {
        let end = motion::next(self.value(), self.caret());
        self.remove(self.selection().unwrap_or(self.caret()..end));
    }

    /// Deletes from the caret to the end of its line; at the end of a line, the line end.
    pub fn delete_to_end(&mut self) {
        let end = motion::line_end(self.value(), self.caret());
        let end = if end == self.caret() {
            motion::next(self.value(), end)
        } else {
            end
        };
        self.remove(self.caret()..end);
    }

    /// Deletes everything.
    pub fn clear(&mut self) {
        self.remove(0..self.value().len());
    }

    /// Takes the selected text out, for the clipboard.
    pub fn cut(&mut self) -> Option<String> {
        let text = self.selected()?.to_owned();
        self.remove(self.selection()?);
        Some(text)
    }

    /// Takes back the last change. Returns whether there was one.
    pub fn undo(&mut self) -> bool {
        self.goal = None;
        self.history.undo(&mut self.state)
    }

    /// Makes the change again that was taken back last. Returns whether there was one.
    pub fn redo(&mut self) -> bool {
        self.goal = None;
        self.history.redo(&mut self.state)
    }

    fn remove(&mut self, range: Range<usize>) {
        if range.is_empty() {
            self.state.anchor = None;
            return;
        }
        let before = self.state.value.get(..range.start).unwrap_or_default();
        let after = self.state.value.get(range.end..).unwrap_or_default();
        let value = self.cleaned(&format!("{before}{after}"));
        let caret = motion::next_border(&value, range.start);
        self.apply(value, caret, Change::Other);
    }

    fn apply(&mut self, value: String, caret: usize, change: Change) {
        self.goal = None;
        if value == self.state.value {
            self.state.caret = caret;
            self.state.anchor = None;
            return;
        }
        let next = State {
            value,
            caret,
            anchor: None,
        };
        let last = std::mem::replace(&mut self.state, next);
        self.history.record(last, self.state.caret, change);
    }

    fn cleaned(&self, text: &str) -> String {
        match self.lines {
            Lines::One => clean::line(text),
            Lines::Many => clean::note(text),
        }
    }
}

#[cfg(test)]
mod tests;
