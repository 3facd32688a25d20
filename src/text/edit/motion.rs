//! Moving the caret, with and without selecting.

use unicode_segmentation::UnicodeSegmentation;

use super::Edit;
use crate::text::width::grapheme_width;

/// Where a motion leads from a place in a value.
type Motion = fn(&str, usize) -> usize;

impl Edit {
    /// One character left; with a selection, to its start.
    pub fn left(&mut self) {
        match self.selection() {
            Some(selection) => self.place(selection.start),
            None => self.go(previous),
        }
    }

    /// One character right; with a selection, to its end.
    pub fn right(&mut self) {
        match self.selection() {
            Some(selection) => self.place(selection.end),
            None => self.go(next),
        }
    }

    /// One word left: one Han character, or a run of Latin letters and digits.
    pub fn word_left(&mut self) {
        self.go(previous_word);
    }

    /// One word right.
    pub fn word_right(&mut self) {
        self.go(next_word);
    }

    /// To the start of the line.
    pub fn home(&mut self) {
        self.go(line_start);
    }

    /// To the end of the line.
    pub fn end(&mut self) {
        self.go(line_end);
    }

    /// Selects one character to the left.
    pub fn select_left(&mut self) {
        self.select(previous);
    }

    /// Selects one character to the right.
    pub fn select_right(&mut self) {
        self.select(next);
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        self.state.caret = self.value().len();
        self.state.anchor = Some(0);
        self.goal = None;
    }

    pub(super) fn place(&mut self, caret: usize) {
        self.state.caret = caret;
        self.state.anchor = None;
        self.goal = None;
    }

    fn go(&mut self, motion: Motion) {
        self.place(motion(self.value(), self.caret()));
    }

    fn select(&mut self, motion: Motion) {
        let anchor = self.state.anchor.unwrap_or(self.caret());
        self.go(motion);
        self.state.anchor = Some(anchor);
    }
}

/// The grapheme border before `at`.
pub(super) fn previous(value: &str, at: usize) -> usize {
    let before = value.get(..at).unwrap_or(value);
    before
        .grapheme_indices(true)
        .next_back()
        .map_or(0, |(start, _)| start)
}

/// The grapheme border after `at`.
pub(super) fn next(value: &str, at: usize) -> usize {
    value
        .get(at..)
        .and_then(|rest| rest.graphemes(true).next())
        .map_or(value.len(), |g| at + g.len())
}

/// The nearest grapheme border that is not before `at`.
pub(super) fn next_border(value: &str, at: usize) -> usize {
    let borders = value.grapheme_indices(true).map(|(start, _)| start);
    borders
        .chain([value.len()])
        .find(|&border| border >= at)
        .unwrap_or(value.len())
}

/// The start of the line in which `at` is.
pub(super) fn line_start(value: &str, at: usize) -> usize {
    value
        .get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |feed| feed + 1)
}

/// The end of the line in which `at` is.
pub(super) fn line_end(value: &str, at: usize) -> usize {
    value
        .get(at..)
        .and_then(|rest| rest.find('\n'))
        .map_or(value.len(), |feed| at + feed)
}

fn previous_word(value: &str, at: usize) -> usize {
    let before = value.get(..at).unwrap_or(value);
    let mut reached = at;
    let mut run = None;
    for (start, grapheme) in before.grapheme_indices(true).rev() {
        let kind = Kind::of(grapheme);
        match run {
            None if kind == Kind::Space => {}
            None => run = Some(kind),
            Some(kept) if kept == kind && kind.runs() => {}
            Some(_) => break,
        }
        reached = start;
    }
    reached
}

fn next_word(value: &str, at: usize) -> usize {
    let rest = value.get(at..).unwrap_or_default();
    let mut run = None;
    for (start, grapheme) in rest.grapheme_indices(true) {
        let kind = Kind::of(grapheme);
        match run {
            None => run = Some(kind),
            Some(kept) if kept == kind && kind.runs() => {}
            Some(_) if kind == Kind::Space => run = Some(Kind::Space),
            Some(_) => return at + start,
        }
    }
    value.len()
}

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    /// Letters and digits of narrow scripts, which run together.
    Word,
    /// Han and everything else, each on its own.
    Single,
}

impl Kind {
    fn of(grapheme: &str) -> Self {
        match grapheme.chars().next() {
            Some(first) if first.is_whitespace() => Self::Space,
            Some(first) if first.is_alphanumeric() && grapheme_width(grapheme) < 2 => Self::Word,
            _ => Self::Single,
        }
    }

    fn runs(self) -> bool {
        self != Self::Single
    }
}
