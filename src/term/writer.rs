//! Where frames are written: each goes to the terminal in one piece.
//!
//! The drawing library flushes several times a frame; on a slow line each flush would be seen.
//! Between [`Writer::begin`] and [`Writer::end`] flushes therefore do nothing, and the whole frame
//! is written at the end, marked as one, so that terminals that understand the marks show it at
//! once. A frame in which nothing was drawn writes nothing.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};

/// Room for a whole screen of Han characters in colours without growing.
const ROOM: usize = 64 * 1024;

/// A writer of frames. Its copies write to the same place: one belongs to the drawing library,
/// another marks the frames.
#[derive(Debug)]
pub struct Writer<W>(Arc<Mutex<Inner<W>>>);

#[derive(Debug)]
struct Inner<W> {
    out: W,
    buffer: Vec<u8>,
    in_frame: bool,
}

impl<W> Clone for Writer<W> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<W: Write> Writer<W> {
    /// A writer to `out`.
    pub fn new(out: W) -> Self {
        let inner = Inner {
            out,
            buffer: Vec::with_capacity(ROOM),
            in_frame: false,
        };
        Self(Arc::new(Mutex::new(inner)))
    }

    /// Begins a frame.
    pub fn begin(&self) {
        self.inner().in_frame = true;
    }

    /// Ends the frame and writes it. The error is that of the terminal; the frame is gone then.
    pub fn end(&self) -> io::Result<()> {
        let mut inner = self.inner();
        inner.in_frame = false;
        if inner.buffer.is_empty() {
            return Ok(());
        }
        let mut frame = Vec::with_capacity(inner.buffer.len() + 32);
        queue!(frame, BeginSynchronizedUpdate)?;
        frame.append(&mut inner.buffer);
        queue!(frame, EndSynchronizedUpdate)?;
        inner.out.write_all(&frame)?;
        inner.out.flush()
    }

    /// A frame is bytes; a panic while one was written leaves nothing that could be half changed.
    fn inner(&self) -> MutexGuard<'_, Inner<W>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Write> Write for Writer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner().buffer.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut inner = self.inner();
        if inner.in_frame {
            return Ok(());
        }
        let bytes = std::mem::take(&mut inner.buffer);
        inner.out.write_all(&bytes)?;
        inner.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps every write as one piece.
    #[derive(Debug, Clone, Default)]
    struct Pieces(Arc<Mutex<Vec<String>>>);

    impl Write for Pieces {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0
                .lock()
                .unwrap()
                .push(String::from_utf8(bytes.to_vec()).unwrap());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_frame_is_written_once_whatever_was_flushed_in_it() {
        let pieces = Pieces::default();
        let mut writer = Writer::new(pieces.clone());
        let frames = writer.clone();
        frames.begin();
        writer.write_all("来电".as_bytes()).unwrap();
        writer.flush().unwrap();
        writer.write_all(b"!").unwrap();
        writer.flush().unwrap();
        assert!(pieces.0.lock().unwrap().is_empty());
        frames.end().unwrap();
        assert_eq!(
            *pieces.0.lock().unwrap(),
            ["\u{1b}[?2026h来电!\u{1b}[?2026l"]
        );
    }

    #[test]
    fn an_empty_frame_writes_nothing() {
        let pieces = Pieces::default();
        let writer = Writer::new(pieces.clone());
        writer.begin();
        writer.end().unwrap();
        assert!(pieces.0.lock().unwrap().is_empty());
    }

    #[test]
    fn outside_a_frame_a_flush_writes_at_once() {
        let pieces = Pieces::default();
        let mut writer = Writer::new(pieces.clone());
        writer.write_all(b"a").unwrap();
        writer.flush().unwrap();
        assert_eq!(*pieces.0.lock().unwrap(), ["a"]);
    }
}
