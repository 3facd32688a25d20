//! Tapes: scripts of keys that are played against the real program, on a store of their own that
//! is gone afterwards.
//!
//! ```text
//! # what follows is a call
//! size 80x24
//! clock 2024-06-06 15:00
//! profile property
//! keys n13800138000<tab>
//! expect zh 张三
//! screen call
//! ```
//!
//! One instruction a line. `size`, `lang`, `clock`, `profile`, `store empty|sample` and `as LOGIN`
//! say where the tape begins; they stand before the first `keys`. `store empty` without a profile
//! is a first start. `keys` takes the notation of `keys::script`, `wait 15m` moves the clock,
//! `idle 6m` does so with nobody at the keys,
//! `restart` closes the store and opens it again, `screen NAME` keeps the screen, `expect TEXT` and
//! `reject TEXT` look at it. `keys`, `expect` and `reject` followed by `zh` or `en` hold for that
//! language only; what stands between `unless PROFILE` and `end` is left out at such a site.

mod parse;
mod player;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

pub use parse::size;

use super::trouble::Trouble;
use crate::keys::Keymap;
use crate::locale::Lang;
use crate::render;

/// The tour: a call from a known number and from an unknown one, a complaint, a loan and its
/// return, everything found again, also after a restart.
pub const TOUR: &str = include_str!("../../../fixtures/tapes/tour.tape");

/// What is played otherwise than the tape says.
#[derive(Debug, Clone, Default)]
pub struct PlayOptions {
    /// In this language.
    pub lang: Option<Lang>,
    /// On a screen of so many columns and rows.
    pub size: Option<(u16, u16)>,
    /// With these keys.
    pub keymap: Option<Keymap>,
    /// With ASCII lines.
    pub ascii: bool,
    /// At a site of this profile.
    pub profile: Option<String>,
}

/// A screen of a tape.
#[derive(Debug, Clone)]
pub struct Screen {
    /// Its name on the tape.
    pub name: String,
    /// What was drawn.
    pub buffer: Buffer,
    /// Where the caret was.
    pub cursor: Option<Position>,
}

impl Screen {
    /// As lines of text.
    pub fn text(&self) -> String {
        render::text(&self.buffer)
    }

    /// As text with styles and caret.
    pub fn styled(&self) -> String {
        render::styled(&self.buffer, self.cursor)
    }

    /// As a picture.
    pub fn svg(&self) -> String {
        render::svg(&self.buffer, self.cursor, &self.name)
    }

    /// As JSON.
    pub fn json(&self) -> serde_json::Value {
        let mut value = render::json(&self.buffer, self.cursor);
        if let Some(object) = value.as_object_mut() {
            object.insert("name".to_owned(), self.name.clone().into());
        }
        value
    }
}

/// Why a tape was not played to its end.
#[derive(Debug, Clone, thiserror::Error)]
#[error("line {line}: {fault:?}\n{}", screen.as_ref().map(|screen| screen.text()).unwrap_or_default())]
pub struct TapeError {
    /// The line of the tape, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: TapeFault,
    /// The screen as it was.
    pub screen: Option<Box<Screen>>,
}

/// What is wrong with a tape or what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TapeFault {
    /// No such instruction.
    Unknown {
        /// The first word of the line.
        word: String,
    },
    /// An instruction with something after it that it cannot take.
    Argument {
        /// The instruction.
        word: &'static str,
        /// What stands after it.
        value: String,
    },
    /// Keys that cannot be read.
    Keys {
        /// The character of the script, from 1.
        column: usize,
    },
    /// A text that should be on the screen and is not.
    Expected {
        /// The text.
        text: String,
    },
    /// A text that should not be on the screen and is.
    Rejected {
        /// The text.
        text: String,
    },
    /// The desk could not be opened, or would not go on.
    Failed {
        /// Why.
        why: String,
    },
}

impl TapeError {
    /// In words of the locale files; `file` is the tape's name.
    pub(super) fn trouble(&self, file: &str) -> Trouble {
        let line = self.line.to_string();
        let mut args = vec![("file", file), ("line", line.as_str())];
        let place;
        let key = match &self.fault {
            TapeFault::Unknown { word } => {
                args.push(("word", word));
                "tape-unknown"
            }
            TapeFault::Argument { word, value } => {
                args.extend([("word", *word), ("value", value)]);
                "tape-argument"
            }
            TapeFault::Keys { column } => {
                place = column.to_string();
                args.push(("column", &place));
                "tape-keys"
            }
            TapeFault::Expected { text } => {
                args.push(("text", text));
                "tape-expected"
            }
            TapeFault::Rejected { text } => {
                args.push(("text", text));
                "tape-rejected"
            }
            TapeFault::Failed { why } => {
                args.push(("why", why));
                "tape-failed"
            }
        };
        Trouble::told(key, &args)
    }
}

/// Plays a tape; the screens it kept.
///
/// # Errors
/// The first line that could not be read or did not hold, with the screen as it was.
pub fn play(tape: &str, options: &PlayOptions) -> Result<Vec<Screen>, TapeError> {
    player::play(&parse::parse(tape)?, options)
}
