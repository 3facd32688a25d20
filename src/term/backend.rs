//! What ratatui draws with: crossterm, but it never asks the terminal where its cursor is.
//!
//! ratatui asks that whenever it clears the screen, which is at the start and at every resize.
//! The answer comes through the same line as the operator's keys, takes a round trip over SSH,
//! and does not come at all from some terminals. Where the cursor is, is known here: it is where
//! it was last put.

use std::io::{self, Write};

use ratatui::backend::{Backend as Draws, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// Draws through crossterm and remembers the cursor.
#[derive(Debug)]
pub struct Backend<W: Write> {
    inner: CrosstermBackend<W>,
    cursor: Position,
}

impl<W: Write> Backend<W> {
    /// Draws to a writer.
    pub fn new(writer: W) -> Self {
        Self {
            inner: CrosstermBackend::new(writer),
            cursor: Position::ORIGIN,
        }
    }
}

impl<W: Write> Draws for Backend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.inner.draw(content)
    }

    fn append_lines(&mut self, n: u16) -> io::Result<()> {
        self.inner.append_lines(n)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        self.inner.set_cursor_position(self.cursor)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
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
