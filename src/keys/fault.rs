//! What is wrong in a keymap file: the place, the cause and what may have been meant.
//!
//! A fault never stops anything; the line that carries it is left out and all others stay in
//! force. Its words are in the locale files under `keymap-fault-<key>`: what is wrong, and as
//! `.next` what to do.

use std::fmt;

use super::action::{Action, Layer};
use super::key::Key;
use super::sequence::Sequence;

/// A line of a keymap file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The name of the file, as the operator knows it.
    pub file: String,
    /// The line, from one.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One thing that is wrong in a keymap file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub cause: Cause,
}

/// What is wrong with a line of a keymap file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The line is not TOML; the words are those of the TOML reader, in English.
    Syntax(String),
    /// There are so many more faults, which are not told one by one.
    More(usize),
    /// No preset has this name.
    UnknownPreset(Misspelt),
    /// No layer has this name.
    UnknownSection(Misspelt),
    /// An entry stands outside all sections.
    Homeless(String),
    /// The value is not the name of an action in quotes.
    NotAnAction(String),
    /// No action has this name.
    UnknownAction(Misspelt),
    /// The keys cannot be read.
    BadKey(Misspelt),
    /// The sequence has more keys than this many.
    TooLong(usize),
    /// `unbind` is not a list of keys in quotes.
    BadUnbind,
    /// These keys have no meaning in the section that could be taken away.
    NothingToUnbind(String),
    /// The same keys have a meaning already, a few lines above.
    Twice {
        /// The keys.
        keys: Sequence,
        /// What they mean already.
        action: Action,
        /// The line that says so.
        line: usize,
    },
    /// One sequence begins with the whole of another, so that the longer can never be finished.
    Shadowed {
        /// The keys of this line.
        keys: Sequence,
        /// The keys that stand in the way.
        other: Sequence,
        /// What those mean.
        action: Action,
        /// The line that says so.
        place: Place,
    },
    /// Terminals report this key as another.
    NeverArrives {
        /// The key as written.
        key: Key,
        /// The key as which it arrives.
        arrives: Key,
    },
    /// In a text field this key is text.
    IsText(Sequence),
    /// The action can never be done where this section applies.
    WrongLayer {
        /// The action.
        action: Action,
        /// The section in which it belongs.
        layer: Layer,
    },
}

/// A name that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misspelt {
    /// What was written.
    pub written: String,
    /// The name that may have been meant.
    pub nearest: Option<String>,
}

impl Fault {
    /// The name under which the locale files have the words: `keymap-fault-<key>`.
    pub fn key(&self) -> &'static str {
        match self.cause {
            Cause::Syntax(_) => "syntax",
            Cause::More(_) => "more",
            Cause::TooLong(_) => "too-long",
            Cause::UnknownPreset(_) => "unknown-preset",
            Cause::UnknownSection(_) => "unknown-section",
            Cause::Homeless(_) => "homeless",
            Cause::NotAnAction(_) => "not-an-action",
            Cause::UnknownAction(_) => "unknown-action",
            Cause::BadKey(_) => "bad-key",
            Cause::BadUnbind => "bad-unbind",
            Cause::NothingToUnbind(_) => "nothing-to-unbind",
            Cause::Twice { .. } => "twice",
            Cause::Shadowed { .. } => "shadowed",
            Cause::NeverArrives { .. } => "never-arrives",
            Cause::IsText(_) => "is-text",
            Cause::WrongLayer { .. } => "wrong-layer",
        }
    }

    /// The values that the words name. `nearest` is `none` where no name is near.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match &self.cause {
            Cause::Syntax(message) => vec![("message", message.clone())],
            Cause::More(count) | Cause::TooLong(count) => vec![("count", count.to_string())],
            Cause::UnknownPreset(name)
            | Cause::UnknownSection(name)
            | Cause::UnknownAction(name)
            | Cause::BadKey(name) => {
                let nearest = name.nearest.clone().unwrap_or_else(|| "none".to_owned());
                vec![("name", name.written.clone()), ("nearest", nearest)]
            }
            Cause::Homeless(keys) | Cause::NotAnAction(keys) | Cause::NothingToUnbind(keys) => {
                vec![("keys", keys.clone())]
            }
            Cause::BadUnbind => Vec::new(),
            Cause::Twice { keys, action, line } => vec![
                ("keys", keys.to_string()),
                ("action", action.to_string()),
                ("line", line.to_string()),
            ],
            Cause::Shadowed {
                keys,
                other,
                action,
                place,
            } => vec![
                ("keys", keys.to_string()),
                ("other", other.to_string()),
                ("action", action.to_string()),
                ("place", place.to_string()),
            ],
            Cause::NeverArrives { key, arrives } => {
                vec![("key", key.to_string()), ("arrives", arrives.to_string())]
            }
            Cause::IsText(keys) => vec![("keys", keys.to_string())],
            Cause::WrongLayer { action, layer } => {
                vec![
                    ("action", action.to_string()),
                    ("layer", layer.name().to_owned()),
                ]
            }
        }
    }
}
