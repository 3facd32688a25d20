//! Finding out how wide the terminal draws characters of ambiguous width.
//!
//! Box-drawing characters and Chinese quotation marks take one cell on most terminals and two on
//! some. One is drawn at the start of a line and the terminal is asked where its cursor is. This
//! happens once, after the screen is taken over and before the input thread starts, because the
//! answer arrives among the keys. Nothing is drawn differently here: that is `text::show`.

use std::io::{self, Write};

use crossterm::cursor;
use crossterm::terminal::{Clear, ClearType};
use crossterm::{execute, queue};

use super::screen::Tty;
use crate::text::Glyphs;

/// What is drawn: U+2500, the line across of every border.
const SAMPLE: &str = "─";

/// A terminal that can be asked.
pub trait Asked {
    /// Draws a text at the first column of the first row.
    fn draw(&mut self, text: &str) -> io::Result<()>;

    /// The column of the cursor, from zero. Fails when no answer came in time.
    fn column(&mut self) -> io::Result<u16>;

    /// Wipes what was drawn.
    fn wipe(&mut self) -> io::Result<()>;
}

/// The terminal of this process; it has two seconds to answer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terminal;

impl Asked for Terminal {
    fn draw(&mut self, text: &str) -> io::Result<()> {
        let mut bytes = Vec::new();
        queue!(bytes, cursor::MoveTo(0, 0))?;
        bytes.extend_from_slice(text.as_bytes());
        Tty.write_all(&bytes)
    }

    fn column(&mut self) -> io::Result<u16> {
        cursor::position().map(|(column, _)| column)
    }

    fn wipe(&mut self) -> io::Result<()> {
        execute!(Tty, cursor::MoveTo(0, 0), Clear(ClearType::CurrentLine))
    }
}

/// What is said about the terminal from outside, before it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// Draw with ASCII only.
    pub ascii: bool,
    /// Whether ambiguous characters are wide; where nothing is said the terminal is asked.
    pub wide_ambiguous: Option<bool>,
}

impl Setting {
    /// The setting of the environment: `FRONTDESK_ASCII=1`, and `FRONTDESK_AMBIGUOUS=wide` or
    /// `narrow`, which spares the question.
    pub fn from_env(variable: impl Fn(&str) -> Option<String>) -> Self {
        let wide_ambiguous = match variable("FRONTDESK_AMBIGUOUS").as_deref() {
            Some("wide") => Some(true),
            Some("narrow") => Some(false),
            _ => None,
        };
        let ascii = variable("FRONTDESK_ASCII").is_some_and(|value| !matches!(&*value, "" | "0"));
        Self {
            ascii,
            wide_ambiguous,
        }
    }
}

/// What the terminal can draw, by the setting and, where it says nothing, by asking.
///
/// A terminal that does not answer is taken for one that draws narrow, as most do.
pub fn glyphs(setting: Setting, terminal: &mut impl Asked) -> Glyphs {
    let wide_ambiguous = setting.wide_ambiguous.unwrap_or_else(|| {
        let is_wide = is_wide(terminal).unwrap_or(false);
        // What stays on the screen is painted over by the first frame.
        let _ = terminal.wipe();
        is_wide
    });
    Glyphs {
        ascii: setting.ascii,
        wide_ambiguous,
    }
}

fn is_wide(terminal: &mut impl Asked) -> io::Result<bool> {
    terminal.draw(SAMPLE)?;
    Ok(terminal.column()? == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal that draws ambiguous characters `width` cells wide, or does not answer.
    struct Fake {
        width: Option<u16>,
        drawn: Vec<String>,
    }

    impl Fake {
        fn new(width: Option<u16>) -> Self {
            Self {
                width,
                drawn: Vec::new(),
            }
        }
    }

    impl Asked for Fake {
        fn draw(&mut self, text: &str) -> io::Result<()> {
            self.drawn.push(text.to_owned());
            Ok(())
        }

        fn column(&mut self) -> io::Result<u16> {
            self.width.ok_or_else(|| io::ErrorKind::TimedOut.into())
        }

        fn wipe(&mut self) -> io::Result<()> {
            self.drawn.clear();
            Ok(())
        }
    }

    #[test]
    fn the_answer_decides_and_the_sample_is_wiped() {
        for (width, wide) in [
            (Some(2), true),
            (Some(1), false),
            (Some(0), false),
            (None, false),
        ] {
            let mut terminal = Fake::new(width);
            let glyphs = glyphs(Setting::default(), &mut terminal);
            assert_eq!(glyphs.wide_ambiguous, wide, "{width:?}");
            assert!(terminal.drawn.is_empty());
        }
    }

    #[test]
    fn a_setting_spares_the_question() {
        let mut terminal = Fake::new(Some(2));
        let setting = Setting {
            ascii: true,
            wide_ambiguous: Some(false),
        };
        assert_eq!(
            glyphs(setting, &mut terminal),
            Glyphs {
                ascii: true,
                wide_ambiguous: false
            }
        );
    }

    #[test]
    fn the_environment_is_read_as_documented() {
        let env = |ambiguous: &'static str, ascii: &'static str| {
            Setting::from_env(|name| match name {
                "FRONTDESK_AMBIGUOUS" => Some(ambiguous.to_owned()),
                "FRONTDESK_ASCII" => Some(ascii.to_owned()),
                _ => None,
            })
        };
        assert_eq!(
            env("wide", "1"),
            Setting {
                ascii: true,
                wide_ambiguous: Some(true)
            }
        );
        assert_eq!(
            env("narrow", "0"),
            Setting {
                ascii: false,
                wide_ambiguous: Some(false)
            }
        );
        assert_eq!(env("", ""), Setting::default());
        assert_eq!(Setting::from_env(|_| None), Setting::default());
    }
}
