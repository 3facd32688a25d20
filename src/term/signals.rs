//! What the system asks of the process while the desk is open.
//!
//! A thread of its own answers, because the one that draws or reads may hang on a terminal that
//! is gone. On a hang-up or a request to end, the draft is saved, the terminal given back, and
//! the process ends. When the process goes on after it was stopped, the screen is taken over and
//! drawn anew. Ctrl+C is no signal here but a key.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process;
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGTERM};
use signal_hook::iterator::Signals;

use super::screen;

/// How long saving and giving the terminal back may take before the process ends without them.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a signal leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The process ends with this code.
    End(i32),
    /// The screen is taken over and drawn anew.
    Resume,
    /// Nothing.
    Ignore,
}

/// What a signal leads to; a process ended by a signal has the code 128 and its number.
pub const fn answer(signal: i32) -> Answer {
    match signal {
        SIGHUP | SIGTERM => Answer::End(128 + signal),
        SIGCONT => Answer::Resume,
        _ => Answer::Ignore,
    }
}

/// Starts the thread: `save` puts away what must not be lost, `redraw` asks for a whole frame.
/// Fails where the system gives no signals or no thread.
pub fn watch(
    save: impl Fn() + Send + 'static,
    redraw: impl Fn() + Send + 'static,
) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGCONT])?;
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                match answer(signal) {
                    Answer::End(code) => {
                        end_in_time(code);
                        finish(&save, screen::restore);
                        process::exit(code);
                    }
                    Answer::Resume => {
                        // Without its terminal the program will be told to end soon enough.
                        let _ = screen::resume();
                        redraw();
                    }
                    Answer::Ignore => {}
                }
            }
        })?;
    Ok(())
}

/// Saves, then gives the terminal back, which happens even where saving fails badly.
fn finish(save: impl Fn(), restore: impl Fn()) {
    let _ = catch_unwind(AssertUnwindSafe(save));
    restore();
}

/// Ends the process when its time is up, whatever still hangs.
fn end_in_time(code: i32) {
    let _ = thread::Builder::new().spawn(move || {
        thread::sleep(PATIENCE);
        process::exit(code);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn each_signal_has_its_answer() {
        assert_eq!(answer(SIGHUP), Answer::End(129));
        assert_eq!(answer(SIGTERM), Answer::End(143));
        assert_eq!(answer(SIGCONT), Answer::Resume);
        assert_eq!(answer(signal_hook::consts::SIGWINCH), Answer::Ignore);
    }

    #[test]
    fn the_draft_is_saved_before_the_terminal_is_given_back() {
        let order = RefCell::new(Vec::new());
        finish(
            || order.borrow_mut().push("save"),
            || order.borrow_mut().push("restore"),
        );
        assert_eq!(*order.borrow(), ["save", "restore"]);
    }

    #[test]
    fn the_terminal_is_given_back_even_when_saving_panics() {
        let restored = RefCell::new(false);
        finish(|| panic!("no room left"), || *restored.borrow_mut() = true);
        assert!(restored.into_inner());
    }
}
