//! What a terminal reports, as the one key that a person pressed.
//!
//! Terminals tell the same key in several ways and several keys in the same way. All of that
//! ends here; nothing behind this file knows how a key arrived. Sequences that arrive in pieces
//! are put together before, in `term`.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::key::{Code, Key};

/// The key of a terminal's report, or nothing where no key of ours was pressed: releases, keys
/// that only hold, media keys, and combinations that belong to the desktop.
pub fn key(event: KeyEvent) -> Option<Key> {
    let desktop = KeyModifiers::SUPER | KeyModifiers::HYPER | KeyModifiers::META;
    if event.kind == KeyEventKind::Release || event.modifiers.intersects(desktop) {
        return None;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        // The character that AltGr wrote is text, however the terminal calls AltGr.
        KeyCode::Char(c) if ctrl && alt && !c.is_ascii_alphanumeric() => return Some(Key::char(c)),
        // The bytes 0x1C to 0x1F are reported as Ctrl with a digit, but no digit was pressed.
        KeyCode::Char(digit @ '4'..='7') if ctrl => Code::Char(control_sign(digit)),
        KeyCode::Char(c) if c.is_control() => return None,
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::BackTab => return Some(Key::new(Code::Tab, ctrl, alt, true)),
        KeyCode::Enter => Code::Enter,
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Esc => Code::Esc,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::Insert => Code::Insert,
        KeyCode::Delete => Code::Delete,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    };
    Some(arrives_as(Key::new(code, ctrl, alt, shift)))
}

/// The key as which a terminal reports this key: itself for all but those whose byte belongs to
/// another key. A keymap may not bind a key that arrives as another.
pub fn arrives_as(key: Key) -> Key {
    let Code::Char(c) = key.code else {
        return key;
    };
    let code = match c {
        'h' => Code::Backspace,
        // Keypad Enter of some terminals and the line feed of bar-code scanners.
        'j' | 'm' => Code::Enter,
        'i' => Code::Tab,
        '[' => Code::Esc,
        _ => return key,
    };
    if key.ctrl && !key.shift {
        Key::new(code, false, key.alt, false)
    } else {
        key
    }
}

fn control_sign(digit: char) -> char {
    match digit {
        '4' => '\\',
        '5' => ']',
        '6' => '^',
        _ => '_',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: KeyModifiers = KeyModifiers::NONE;
    const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
    const CTRL: KeyModifiers = KeyModifiers::CONTROL;
    const ALT: KeyModifiers = KeyModifiers::ALT;

    #[test]
    fn every_report_becomes_the_key_that_was_pressed() {
        let table: &[(KeyCode, KeyModifiers, &str)] = &[
            // Terminals differ in whether they tell Shift with a capital letter.
            (KeyCode::Char('G'), SHIFT, "G"),
            (KeyCode::Char('G'), NONE, "G"),
            (KeyCode::Char('g'), SHIFT, "G"),
            (KeyCode::Char('É'), SHIFT, "É"),
            // A sign that needs Shift on one keyboard needs none on another.
            (KeyCode::Char('?'), SHIFT, "?"),
            // Shift+Tab has a code of its own.
            (KeyCode::BackTab, SHIFT, "Shift+Tab"),
            (KeyCode::BackTab, NONE, "Shift+Tab"),
            (KeyCode::Tab, SHIFT, "Shift+Tab"),
            // One byte, two names: 0x08 is Ctrl+H and, on many terminals, Backspace.
            (KeyCode::Char('h'), CTRL, "Backspace"),
            // 0x0A is Ctrl+J, the keypad's Enter on some terminals, and what scanners send.
            (KeyCode::Char('j'), CTRL, "Enter"),
            (KeyCode::Char('m'), CTRL, "Enter"),
            (KeyCode::Char('i'), CTRL, "Tab"),
            // 0x1C to 0x1F are reported as digits.
            (KeyCode::Char('4'), CTRL, "Ctrl+\\"),
            (KeyCode::Char('5'), CTRL, "Ctrl+]"),
            (KeyCode::Char('6'), CTRL, "Ctrl+^"),
            (KeyCode::Char('7'), CTRL, "Ctrl+_"),
            // Caps lock and the extended protocols tell Ctrl with a capital.
            (KeyCode::Char('S'), CTRL, "Ctrl+S"),
            (KeyCode::Char('s'), CTRL, "Ctrl+S"),
            (KeyCode::Char('S'), CTRL.union(SHIFT), "Ctrl+Shift+S"),
            // AltGr of some keyboards is told as Ctrl and Alt together.
            (KeyCode::Char('@'), CTRL.union(ALT), "@"),
            (KeyCode::Char('€'), CTRL.union(ALT), "€"),
            // Keys without any peculiarity.
            (KeyCode::Char('中'), NONE, "中"),
            (KeyCode::Char(' '), NONE, "Space"),
            (KeyCode::Char(' '), CTRL, "Ctrl+Space"),
            (KeyCode::Char('a'), ALT, "Alt+a"),
            (KeyCode::Left, CTRL, "Ctrl+Left"),
            (KeyCode::Enter, NONE, "Enter"),
            (KeyCode::F(12), NONE, "F12"),
        ];
        for (code, modifiers, text) in table {
            let pressed = key(KeyEvent::new(*code, *modifiers));
            assert_eq!(
                pressed,
                Some(Key::parse(text).unwrap()),
                "{code:?} {modifiers:?}"
            );
        }
    }

    #[test]
    fn releases_and_desktop_keys_are_not_keys() {
        let kind = KeyEventKind::Release;
        assert_eq!(
            key(KeyEvent::new_with_kind(KeyCode::Char('a'), NONE, kind)),
            None
        );
        let kind = KeyEventKind::Repeat;
        let repeated = KeyEvent::new_with_kind(KeyCode::Down, NONE, kind);
        assert_eq!(key(repeated), Some(Key::plain(Code::Down)));
        assert_eq!(
            key(KeyEvent::new(KeyCode::Char('a'), KeyModifiers::SUPER)),
            None
        );
        assert_eq!(key(KeyEvent::new(KeyCode::CapsLock, NONE)), None);
        assert_eq!(key(KeyEvent::new(KeyCode::Char('\u{9b}'), NONE)), None);
    }

    #[test]
    fn a_key_that_arrives_as_another_is_told() {
        let arrives = |text: &str| arrives_as(Key::parse(text).unwrap()).to_string();
        assert_eq!(arrives("Ctrl+H"), "Backspace");
        assert_eq!(arrives("Ctrl+["), "Esc");
        assert_eq!(arrives("Ctrl+S"), "Ctrl+S");
        assert_eq!(arrives("h"), "h");
    }
}
