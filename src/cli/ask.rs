//! What is asked at the terminal: words that are not shown while they are typed, a yes.
//!
//! Only where standard input is a terminal. A program that runs without one names a file instead.

use std::fs;
use std::io::{self, IsTerminal, Read, stdin};
use std::path::Path;

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use super::console::Console;
use super::trouble::Trouble;
use crate::desk::contract::Secret;

/// More than this is no password and no key.
const LONGEST: u64 = 4_096;

const CTRL_C: u8 = 0x03;
const CTRL_D: u8 = 0x04;
const BACKSPACE: u8 = 0x08;
const CTRL_U: u8 = 0x15;
const DELETE: u8 = 0x7F;

/// Whether somebody sits there to be asked.
pub(super) fn can_ask() -> bool {
    stdin().is_terminal()
}

/// The words in a file, or with `-` those on standard input: its first line.
pub(super) fn from_file(path: &Path) -> Result<Secret, Trouble> {
    let mut words = String::new();
    let read = if path.as_os_str() == "-" {
        stdin().lock().take(LONGEST).read_to_string(&mut words)
    } else {
        fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut words))
    };
    read.map_err(|error| Trouble::file(path, &error))?;
    Ok(Secret::new(words.lines().next().unwrap_or_default()))
}

/// Asks for words that are not shown.
///
/// # Errors
/// When there is no terminal, or the asking was broken off.
pub(super) fn hidden(
    console: &mut Console,
    key: &str,
    args: &[(&str, &str)],
) -> Result<Secret, Trouble> {
    if !can_ask() {
        return Err(Trouble::told("cli-password-needed", &[]));
    }
    let words = {
        // Quiet before the question: what is typed at once is not shown either.
        let _quiet = Quiet::new()?;
        console.prompt(key, args)?;
        line(stdin().lock().bytes())?
    };
    console.aside("")?;
    words
        .map(Secret::new)
        .ok_or_else(|| Trouble::told("cli-broken-off", &[]))
}

/// Asks for a new password, twice.
///
/// # Errors
/// As [`hidden`]; when the two differ.
pub(super) fn chosen(console: &mut Console) -> Result<Secret, Trouble> {
    let first = hidden(console, "ask-new-password", &[])?;
    let second = hidden(console, "ask-new-password-again", &[])?;
    if first == second {
        Ok(first)
    } else {
        Err(Trouble::told("cli-passwords-differ", &[]))
    }
}

/// Asks a question that is answered with yes or anything else.
pub(super) fn agreed(console: &mut Console, key: &str) -> Result<bool, Trouble> {
    if !can_ask() {
        return Ok(false);
    }
    console.prompt(key, &[])?;
    let mut answer = String::new();
    stdin().read_line(&mut answer)?;
    let yes = console.texts.get("yes").to_lowercase();
    let answer = answer.trim().to_lowercase();
    Ok(answer == yes || matches!(answer.as_str(), "y" | "yes"))
}

/// The terminal while it shows nothing of what is typed; as it was before afterwards. Signals from
/// the keyboard are off meanwhile, so that none leaves it quiet.
struct Quiet(Termios);

impl Quiet {
    fn new() -> io::Result<Self> {
        let before = tcgetattr(stdin())?;
        let mut quiet = before.clone();
        quiet.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        tcsetattr(stdin(), OptionalActions::Flush, &quiet)?;
        Ok(Self(before))
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // A terminal that is gone needs no setting.
        let _ = tcsetattr(stdin(), OptionalActions::Flush, &self.0);
    }
}

/// A line out of single bytes, with the keys that take something back; none when it was broken
/// off.
fn line(bytes: impl Iterator<Item = io::Result<u8>>) -> io::Result<Option<String>> {
    let mut typed: Vec<u8> = Vec::new();
    for byte in bytes {
        match byte? {
            b'\n' | b'\r' => return Ok(String::from_utf8(typed).ok()),
            CTRL_C | CTRL_D => return Ok(None),
            CTRL_U => typed.clear(),
            BACKSPACE | DELETE => {
                // The bytes of a character after its first are of the form 10xxxxxx.
                while typed.pop().is_some_and(|byte| byte & 0xC0 == 0x80) {}
            }
            byte if byte.is_ascii_control() => {}
            byte => typed.push(byte),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(bytes: &[u8]) -> Option<String> {
        line(bytes.iter().map(|byte| Ok(*byte))).unwrap()
    }

    #[test]
    fn a_hidden_line_can_be_corrected_and_broken_off() {
        assert_eq!(typed("口令one\n".as_bytes()), Some("口令one".into()));
        assert_eq!(typed("口令\x7F\x08x\r".as_bytes()), Some("x".into()));
        assert_eq!(typed(b"wrong\x15right\n"), Some("right".into()));
        assert_eq!(typed(b"half\x03"), None);
        assert_eq!(typed(b"half"), None);
        assert_eq!(typed(b"\x7F\n"), Some(String::new()));
    }
}
