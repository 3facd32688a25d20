//! What ratatui draws with: crossterm, but cells are written in as few bytes as they can be
//! (`encode`), and it never asks the terminal where its cursor is.
//!
//! ratatui asks that whenever it clears the screen, which is at the start and at every resize.
//! The answer comes through the same line as the operator's keys, takes a round trip over SSH,
//! and does not come at all from some terminals. Where the cursor is, is known here: it is where
//! it was last put.

use std::io::{self, Write};

use ratatui::backend::{Backend as Draws, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::encode::{Shown, encode};

/// Draws through crossterm and remembers the cursor, so that what has not changed is not said
/// again: a frame in which nothing changed writes nothing.
#[derive(Debug)]
pub struct Backend<W: Write> {
    inner: CrosstermBackend<W>,
    /// Where the cursor was last put.
    cursor: Position,
    /// Where the terminal has it, where that is known.
    at: Option<Position>,
    /// Whether it is shown, where that is known.
    is_shown: Option<bool>,
    /// What else it shows.
    shown: Shown,
}

impl<W: Write> Backend<W> {
    /// Draws to a writer.
    pub fn new(writer: W) -> Self {
        Self {
            inner: CrosstermBackend::new(writer),
            cursor: Position::ORIGIN,
            at: None,
            is_shown: None,
            shown: Shown::default(),
        }
    }

    /// Whatever the terminal was told before, it may have forgotten.
    fn forget(&mut self) {
        self.at = None;
        self.is_shown = None;
        self.shown.forget();
    }
}

impl<W: Write> Draws for Backend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        let (bytes, at) = encode(&mut self.shown, self.at.take(), content);
        self.inner.write_all(&bytes)?;
        self.at = at;
        Ok(())
    }

    fn append_lines(&mut self, n: u16) -> io::Result<()> {
        self.forget();
        self.inner.append_lines(n)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.is_shown != Some(false) {
            self.inner.hide_cursor()?;
            self.is_shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.is_shown != Some(true) {
            self.inner.show_cursor()?;
            self.is_shown = Some(true);
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        if self.at != Some(self.cursor) {
            self.inner.set_cursor_position(self.cursor)?;
            self.at = Some(self.cursor);
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.forget();
        self.inner.clear()?;
        self.shown.clear();
        Ok(())
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.forget();
        self.inner.clear_region(clear_type)?;
        if clear_type == ClearType::All {
            self.shown.clear();
        }
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Draws::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::{TerminalOptions, Viewport};

    use super::*;

    #[test]
    fn a_frame_in_which_nothing_changed_writes_nothing() {
        let mut written = Vec::new();
        let area = ratatui::layout::Rect::new(0, 0, 20, 5);
        let options = TerminalOptions {
            viewport: Viewport::Fixed(area),
        };
        let mut terminal = Terminal::with_options(Backend::new(&mut written), options).unwrap();
        let draw = |frame: &mut ratatui::Frame| {
            let plain = ratatui::style::Style::new();
            frame.buffer_mut().set_string(19, 0, "│", plain);
            frame.buffer_mut().set_string(2, 1, "电梯", plain);
            frame.set_cursor_position((6, 1));
        };
        terminal.draw(draw).unwrap();
        terminal.draw(draw).unwrap();
        drop(terminal);
        let written = String::from_utf8(written).unwrap();
        assert_eq!(written, "\u{1b}[1;20H│\n\u{1b}[3G电梯\u{1b}[?25h");
    }

    #[test]
    fn clearing_never_asks_the_terminal_for_its_cursor() {
        let mut written = Vec::new();
        let area = ratatui::layout::Rect::new(0, 0, 20, 5);
        let options = TerminalOptions {
            viewport: Viewport::Fixed(area),
        };
        let mut terminal = Terminal::with_options(Backend::new(&mut written), options).unwrap();
        terminal.clear().unwrap();
        drop(terminal);
        assert!(!written.windows(4).any(|bytes| bytes == b"\x1b[6n"));
    }
}
