//! Putting escape sequences together that arrived in pieces.
//!
//! On a slow line the Esc that begins an arrow key can arrive before the rest of it, and is then
//! reported as Esc, `[`, `A`. Here an Esc is held for a moment; what completes it to a sequence
//! becomes the one key that was pressed, and everything else goes through as it came. The time
//! is handed in, so nothing here waits.
//!
//! Keys that merely arrive fast are not touched: whether they were typed, scanned or pasted
//! cannot be told from their speed.

use std::time::Duration;

use super::event::Event;
use crate::keys::{Code, Key};

/// How long an Esc, or the beginning of a sequence, waits for its next piece.
pub const HOLD: Duration = Duration::from_millis(40);

/// How long a paste whose beginning arrived in pieces waits for more. Its end cannot be seen,
/// because the end mark is dropped before it gets here.
pub const PASTE_HOLD: Duration = Duration::from_millis(300);

/// The longest sequence that any terminal sends for a key is much shorter than this.
const LONGEST: usize = 24;

/// What is held back at this moment.
#[derive(Debug, Clone, Default)]
pub struct Join {
    held: Held,
    until: Duration,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Held {
    #[default]
    Nothing,
    /// Esc and what came after it.
    Sequence(String),
    /// A paste whose beginning had to be put together.
    Paste(String),
}

/// What an Esc and the characters after it are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reading {
    /// The beginning of a sequence.
    Beginning,
    /// A whole one that means this.
    Whole(Event),
    /// A whole one that concerns nobody.
    Nothing,
    /// The mark that begins a paste.
    Paste,
    /// No sequence.
    NotOne,
}

impl Join {
    /// When the pieces held have waited long enough and [`Join::expire`] should be called.
    pub fn deadline(&self) -> Option<Duration> {
        (self.held != Held::Nothing).then_some(self.until)
    }

    /// Takes in an event at a time `now`, and gives what is ready, in the order of arrival.
    pub fn take(&mut self, now: Duration, event: Event) -> Vec<Event> {
        let mut ready = self.expire(now);
        match event {
            Event::Key(key) => self.key(now, key, &mut ready),
            // These say nothing about the keys that are held.
            Event::Resize(..) | Event::Redraw => ready.push(event),
            _ => {
                self.release(&mut ready);
                ready.push(event);
            }
        }
        ready
    }

    /// Gives what has waited long enough at a time `now`.
    pub fn expire(&mut self, now: Duration) -> Vec<Event> {
        let mut ready = Vec::new();
        if self.deadline().is_some_and(|deadline| now >= deadline) {
            self.release(&mut ready);
        }
        ready
    }

    fn key(&mut self, now: Duration, key: Key, ready: &mut Vec<Event>) {
        if key == Key::plain(Code::Esc) {
            self.release(ready);
            self.hold(now, HOLD, Held::Sequence(String::new()));
            return;
        }
        match std::mem::take(&mut self.held) {
            Held::Nothing => ready.push(Event::Key(key)),
            Held::Paste(mut text) => {
                match (key.code, key.text()) {
                    (_, Some(c)) => text.push(c),
                    (Code::Enter, _) => text.push('\n'),
                    (Code::Tab, _) => text.push('\t'),
                    _ => {}
                }
                self.hold(now, PASTE_HOLD, Held::Paste(text));
            }
            Held::Sequence(tail) => self.piece(now, tail, key, ready),
        }
    }

    fn piece(&mut self, now: Duration, mut tail: String, key: Key, ready: &mut Vec<Event>) {
        let longer = key
            .text()
            .filter(char::is_ascii_graphic)
            .map(|c| format!("{tail}{c}"));
        let reading = longer.as_deref().map_or(Reading::NotOne, read);
        match (reading, longer) {
            (Reading::Beginning, Some(longer)) => self.hold(now, HOLD, Held::Sequence(longer)),
            (Reading::Whole(event), _) => ready.push(event),
            (Reading::Nothing, _) => {}
            (Reading::Paste, _) => self.hold(now, PASTE_HOLD, Held::Paste(String::new())),
            _ => {
                self.held = Held::Sequence(std::mem::take(&mut tail));
                self.release(ready);
                ready.push(Event::Key(key));
            }
        }
    }

    fn hold(&mut self, now: Duration, time: Duration, held: Held) {
        self.held = held;
        self.until = now.saturating_add(time);
    }

    /// Lets go of what is held: a lone Esc is Esc, and pieces that became nothing are themselves.
    fn release(&mut self, ready: &mut Vec<Event>) {
        match std::mem::take(&mut self.held) {
            Held::Nothing => {}
            Held::Sequence(tail) => {
                ready.push(Event::Key(Key::plain(Code::Esc)));
                ready.extend(tail.chars().map(|c| Event::Key(Key::char(c))));
            }
            Held::Paste(text) => ready.push(Event::Paste(text)),
        }
    }
}

/// What the characters after an Esc are.
fn read(tail: &str) -> Reading {
    if tail.len() > LONGEST {
        return Reading::NotOne;
    }
    if let Some(rest) = tail.strip_prefix('O') {
        return match rest.chars().next() {
            None => Reading::Beginning,
            Some(last) => {
                letter_key(last).map_or(Reading::NotOne, |code| whole(code, Modifiers::default()))
            }
        };
    }
    let Some(rest) = tail.strip_prefix('[') else {
        return Reading::NotOne;
    };
    // The plain console writes F1 to F5 as `[[A` to `[[E`.
    if let Some(console) = rest.strip_prefix('[') {
        return match console.chars().next() {
            None => Reading::Beginning,
            Some(letter @ 'A'..='E') => {
                whole(Code::F(letter as u8 - b'A' + 1), Modifiers::default())
            }
            Some(_) => Reading::NotOne,
        };
    }
    let Some(last) = rest.chars().next_back() else {
        return Reading::Beginning;
    };
    match last {
        '0'..='9' | ';' | ':' | '?' | '<' => Reading::Beginning,
        '@'..='~' => control_sequence(rest.strip_suffix(last).unwrap_or_default(), last),
        _ => Reading::NotOne,
    }
}

/// What a whole control sequence is, by its numbers and its last letter.
fn control_sequence(numbers: &str, last: char) -> Reading {
    let mut parts = numbers
        .split(';')
        .map(|part| part.split(':').next().unwrap_or_default());
    let first = parts.next().unwrap_or_default();
    let modifiers = Modifiers::of(parts.next().and_then(|part| part.parse().ok()).unwrap_or(1));
    let code = match (last, first.parse::<u8>()) {
        ('I', _) if numbers.is_empty() => return Reading::Whole(Event::FocusGained),
        ('O', _) if numbers.is_empty() => return Reading::Whole(Event::FocusLost),
        ('Z', _) => {
            return whole(
                Code::Tab,
                Modifiers {
                    shift: true,
                    ..modifiers
                },
            );
        }
        ('~', Ok(200)) => return Reading::Paste,
        ('~', Ok(number)) => numbered_key(number),
        // With numbers these are the answer to a question about the cursor, and the mouse.
        ('R', Ok(_)) | ('M', _) => None,
        _ => letter_key(last),
    };
    code.map_or(Reading::Nothing, |code| whole(code, modifiers))
}

fn letter_key(letter: char) -> Option<Code> {
    Some(match letter {
        'A' => Code::Up,
        'B' => Code::Down,
        'C' => Code::Right,
        'D' => Code::Left,
        'H' => Code::Home,
        'F' => Code::End,
        'M' => Code::Enter,
        'P' => Code::F(1),
        'Q' => Code::F(2),
        'R' => Code::F(3),
        'S' => Code::F(4),
        _ => return None,
    })
}

fn numbered_key(number: u8) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(number - 10),
        17..=21 => Code::F(number - 11),
        23..=26 => Code::F(number - 12),
        28..=29 => Code::F(number - 13),
        31..=34 => Code::F(number - 14),
        _ => return None,
    })
}

fn whole(code: Code, held: Modifiers) -> Reading {
    Reading::Whole(Event::Key(Key::new(code, held.ctrl, held.alt, held.shift)))
}

/// The modifiers of a sequence, as terminals number them.
#[derive(Debug, Clone, Copy, Default)]
struct Modifiers {
    ctrl: bool,
    alt: bool,
    shift: bool,
}

impl Modifiers {
    fn of(number: u8) -> Self {
        let bits = number.saturating_sub(1);
        Self {
            shift: bits & 1 != 0,
            alt: bits & 2 != 0,
            ctrl: bits & 4 != 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    /// What comes out when each key arrives at its time and nothing comes after.
    fn joined(pieces: &[(u64, &str)]) -> Vec<String> {
        let mut join = Join::default();
        let mut ready = Vec::new();
        for (time, key) in pieces {
            ready.extend(join.take(at(*time), Event::Key(Key::parse(key).unwrap())));
        }
        ready.extend(join.expire(at(100_000)));
        assert_eq!(join.deadline(), None);
        ready.into_iter().map(shown).collect()
    }

    fn shown(event: Event) -> String {
        match event {
            Event::Key(key) => key.to_string(),
            other => format!("{other:?}"),
        }
    }

    /// The keys of a text that arrives at once, after an Esc at time 0.
    fn after_esc(tail: &str) -> Vec<String> {
        let mut join = Join::default();
        let mut ready = join.take(at(0), Event::Key(Key::plain(Code::Esc)));
        for c in tail.chars() {
            ready.extend(join.take(at(5), Event::Key(Key::char(c))));
        }
        ready.extend(join.expire(at(100_000)));
        ready.into_iter().map(shown).collect()
    }

    #[test]
    fn a_sequence_in_two_pieces_is_one_key() {
        for (tail, key) in [
            ("[A", "Up"),
            ("OP", "F1"),
            ("OB", "Down"),
            ("[Z", "Shift+Tab"),
            ("[1;5C", "Ctrl+Right"),
            ("[1;2D", "Shift+Left"),
            ("[3~", "Delete"),
            ("[15~", "F5"),
            ("[24~", "F12"),
            ("[5;5~", "Ctrl+PageUp"),
            ("[[A", "F1"),
            ("OM", "Enter"),
        ] {
            assert_eq!(after_esc(tail), [key], "{tail}");
        }
    }

    #[test]
    fn pieces_may_come_one_by_one_while_each_is_in_time() {
        assert_eq!(joined(&[(0, "Esc"), (30, "["), (60, "A")]), ["Up"]);
        assert_eq!(
            joined(&[(0, "Esc"), (30, "["), (80, "A")]),
            ["Esc", "[", "A"]
        );
    }

    #[test]
    fn a_lone_esc_is_esc_after_its_time_and_not_before() {
        let mut join = Join::default();
        assert_eq!(join.take(at(10), Event::Key(Key::plain(Code::Esc))), []);
        assert_eq!(join.deadline(), Some(at(50)));
        assert_eq!(join.expire(at(49)), []);
        assert_eq!(join.expire(at(50)), [Event::Key(Key::plain(Code::Esc))]);
        assert_eq!(join.expire(at(60)), []);
    }

    #[test]
    fn what_is_no_sequence_goes_through_as_it_came() {
        assert_eq!(joined(&[(0, "Esc"), (5, "n")]), ["Esc", "n"]);
        assert_eq!(
            joined(&[(0, "Esc"), (5, "Esc"), (10, "["), (15, "B")]),
            ["Esc", "Down"]
        );
        assert_eq!(
            joined(&[(0, "Esc"), (5, "["), (10, "张")]),
            ["Esc", "[", "张"]
        );
        assert_eq!(joined(&[(0, "Esc"), (5, "Enter")]), ["Esc", "Enter"]);
        assert_eq!(
            joined(&[(0, "Esc"), (50, "["), (51, "A")]),
            ["Esc", "[", "A"]
        );
        assert_eq!(after_esc("Ox"), ["Esc", "O", "x"]);
    }

    #[test]
    fn a_known_form_without_a_key_is_swallowed_and_never_typed() {
        assert_eq!(after_esc("[12;40R"), Vec::<String>::new());
        assert_eq!(after_esc("[1;2R"), Vec::<String>::new());
        assert_eq!(after_esc("[0;5;5M"), Vec::<String>::new());
        assert_eq!(after_esc("[201~"), Vec::<String>::new());
        assert_eq!(after_esc("[I"), ["FocusGained"]);
    }

    #[test]
    fn an_endless_sequence_is_given_up() {
        let tail = format!("[{}", "1".repeat(40));
        assert_eq!(after_esc(&tail).len(), 42);
    }

    #[test]
    fn fast_keys_with_enter_are_keys() {
        let burst = [(0, "1"), (0, "2"), (0, "Enter"), (1, "3"), (1, "Enter")];
        assert_eq!(joined(&burst), ["1", "2", "Enter", "3", "Enter"]);
    }

    #[test]
    fn a_paste_whose_mark_came_in_pieces_is_still_a_paste() {
        let mut join = Join::default();
        join.take(at(0), Event::Key(Key::plain(Code::Esc)));
        for c in "[200~李雷".chars() {
            assert_eq!(join.take(at(10), Event::Key(Key::char(c))), []);
        }
        assert_eq!(join.take(at(200), Event::Key(Key::plain(Code::Enter))), []);
        assert_eq!(join.take(at(220), Event::Key(Key::char('2'))), []);
        assert_eq!(join.expire(at(600)), [Event::Paste("李雷\n2".to_owned())]);
    }

    #[test]
    fn other_events_keep_their_order() {
        let mut join = Join::default();
        join.take(at(0), Event::Key(Key::plain(Code::Esc)));
        assert_eq!(
            join.take(at(1), Event::Resize(80, 24)),
            [Event::Resize(80, 24)]
        );
        let esc = Event::Key(Key::plain(Code::Esc));
        assert_eq!(join.take(at(2), Event::Hangup), [esc, Event::Hangup]);
    }
}
