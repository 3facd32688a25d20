//! The way from the other threads to the one at the sockets.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::writer::GuestId;
use crate::hub::protocol::Word;

/// Sends words to lines.
#[derive(Clone)]
pub(super) struct Post {
    words: Sender<(GuestId, Word)>,
    bell: Bell,
}

/// Wakes the thread at the sockets.
#[derive(Debug, Clone)]
pub(super) struct Bell {
    rope: Arc<UnixStream>,
    rung: Arc<AtomicBool>,
}

/// Where words arrive.
pub(super) struct Letters {
    pub(super) words: Receiver<(GuestId, Word)>,
    /// Readable when something has arrived.
    pub(super) heard: UnixStream,
    rung: Arc<AtomicBool>,
}

/// Both ends.
pub(super) fn post() -> io::Result<(Post, Letters)> {
    let (rope, heard) = UnixStream::pair()?;
    rope.set_nonblocking(true)?;
    heard.set_nonblocking(true)?;
    let (sender, words) = channel();
    let rung = Arc::new(AtomicBool::new(false));
    let bell = Bell {
        rope: Arc::new(rope),
        rung: Arc::clone(&rung),
    };
    let post = Post {
        words: sender,
        bell,
    };
    let letters = Letters { words, heard, rung };
    Ok((post, letters))
}

impl Post {
    /// Sends a word to a line; one that has left gets none.
    pub(super) fn send(&self, guest: GuestId, word: Word) {
        // When nobody receives any more, nobody waits any more.
        if self.words.send((guest, word)).is_ok() {
            self.bell.ring();
        }
    }

    pub(super) fn bell(&self) -> Bell {
        self.bell.clone()
    }
}

impl Bell {
    /// Wakes the thread at the sockets.
    pub(super) fn ring(&self) {
        if !self.rung.swap(true, Ordering::AcqRel) {
            // A bell that cannot ring because it has rung enough is heard all the same.
            let _ = (&*self.rope).write(&[1]);
        }
    }
}

impl Letters {
    /// The bell was heard. Whatever is sent from now on rings again.
    pub(super) fn heard(&mut self) {
        let mut bytes = [0; 64];
        while matches!(self.heard.read(&mut bytes), Ok(1..)) {}
        self.rung.store(false, Ordering::Release);
    }
}
