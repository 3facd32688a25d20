//! Taking the terminal over and giving it back.
//!
//! Whatever ends the program, the terminal is given back as it was: by the [`Guard`], by the
//! panic hook or by the signal thread, whichever comes first. All of them call [`restore`], which
//! does its work once, cannot panic and takes no lock of the standard streams, because the
//! thread that holds one may be the one that hangs.

use std::io::{self, IsTerminal, Write};
use std::panic;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crossterm::cursor::{MoveTo, SetCursorStyle, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::ResetColor;
use crossterm::terminal::{
    self, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
};

/// Whether the terminal is taken over at this moment. The lock is held while it is given back, so
/// that nobody ends the process in the middle of that.
static TAKEN: Mutex<bool> = Mutex::new(false);

fn taken() -> MutexGuard<'static, bool> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why the desk cannot be opened on this terminal. The words are in the locale files under
/// `term-fault-<key>`.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// Input or output is no terminal: over ssh, no terminal was asked for.
    #[error("input or output is not a terminal")]
    NotATerminal,
    /// The terminal says of itself that it can do nothing but write.
    #[error("the terminal cannot move its cursor (TERM=dumb)")]
    Dumb,
    /// The terminal refused.
    #[error("the terminal cannot be set up: {0}")]
    Refused(#[from] io::Error),
}

impl Unfit {
    /// The name under which the locale files have the words.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NotATerminal => "not-a-terminal",
            Self::Dumb => "dumb",
            Self::Refused(_) => "refused",
        }
    }

    /// What the operating system said, where it refused.
    pub fn cause(&self) -> Option<&io::Error> {
        match self {
            Self::Refused(error) => Some(error),
            Self::NotATerminal | Self::Dumb => None,
        }
    }
}

/// Holds the terminal; dropping it gives the terminal back.
#[derive(Debug)]
#[must_use = "the terminal is given back when the guard is dropped"]
pub struct Guard(());

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Takes the terminal over: every key arrives at once, on a screen of our own, pastes marked.
pub fn enter() -> Result<Guard, Unfit> {
    let term = std::env::var("TERM").ok();
    fit(
        io::stdin().is_terminal() && io::stdout().is_terminal(),
        term.as_deref(),
    )?;
    take()?;
    Ok(Guard(()))
}

/// Whether the desk can be opened on a terminal of the kind `term`, or on what is none.
pub fn fit(is_terminal: bool, term: Option<&str>) -> Result<(), Unfit> {
    if !is_terminal {
        return Err(Unfit::NotATerminal);
    }
    if term == Some("dumb") {
        Err(Unfit::Dumb)
    } else {
        Ok(())
    }
}

/// Takes the terminal over again after the program was stopped, if it had it before.
pub fn resume() -> io::Result<()> {
    if *taken() {
        // The shell has changed the settings meanwhile: they must be read and set anew.
        terminal::disable_raw_mode()?;
        take()?;
    }
    Ok(())
}

fn take() -> io::Result<()> {
    *taken() = true;
    let result = terminal::enable_raw_mode()
        .and_then(|()| taking())
        .and_then(|bytes| Tty.write_all(&bytes));
    if result.is_err() {
        restore();
    }
    result
}

/// Gives the terminal back, once. Errors have nobody left to be told to: after a hang-up there
/// is no terminal that could be restored.
pub fn restore() {
    let mut taken = taken();
    if !std::mem::take(&mut *taken) {
        return;
    }
    // What still waits to be written is of no use, and on a dead line would block the rest.
    let _ = rustix::termios::tcflush(
        rustix::stdio::stdout(),
        rustix::termios::QueueSelector::OFlush,
    );
    if let Ok(bytes) = giving_back() {
        let _ = Tty.write_all(&bytes);
    }
    let _ = terminal::disable_raw_mode();
}

/// Makes a panic give the terminal back before its message is written. One of which `caught` says
/// that it does not end the program leaves the screen alone and says nothing.
pub fn restore_on_panic(caught: fn() -> bool) {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !caught() {
            restore();
            before(info);
        }
    }));
}

fn taking() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    queue!(
        bytes,
        EnterAlternateScreen,
        EnableBracketedPaste,
        Clear(ClearType::All),
        MoveTo(0, 0)
    )?;
    Ok(bytes)
}

/// Begins with an end of whatever sequence was cut off in the middle.
fn giving_back() -> io::Result<Vec<u8>> {
    let mut bytes = b"\x1b\\".to_vec();
    queue!(
        bytes,
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        ResetColor,
        SetCursorStyle::DefaultUserShape,
        Show,
        LeaveAlternateScreen
    )?;
    Ok(bytes)
}

/// The terminal's output without any buffer or lock of its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tty;

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(rustix::stdio::stdout(), bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_and_a_dumb_terminal_are_refused_by_name() {
        assert_eq!(
            fit(false, Some("xterm")).unwrap_err().key(),
            "not-a-terminal"
        );
        assert_eq!(fit(true, Some("dumb")).unwrap_err().key(), "dumb");
        assert!(fit(true, Some("linux")).is_ok());
        assert!(fit(true, None).is_ok());
    }

    #[test]
    fn giving_back_undoes_what_taking_did() {
        let taken = String::from_utf8(taking().unwrap()).unwrap();
        let given = String::from_utf8(giving_back().unwrap()).unwrap();
        for mode in ["?1049", "?2004"] {
            assert!(taken.contains(&format!("{mode}h")), "{mode}");
            assert!(given.contains(&format!("{mode}l")), "{mode}");
        }
        assert!(given.contains("?25h"));
        assert!(given.contains("?2026l"));
    }

    #[test]
    fn restoring_what_was_not_taken_does_nothing() {
        restore();
        restore();
        assert!(!*taken());
        assert!(resume().is_ok());
    }
}
