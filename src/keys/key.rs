//! One key: what it is, how it is written, how it is read back.
//!
//! A key has one form only, so that two keys are equal when a person would call them the same:
//! Shift with a letter is the capital letter, Ctrl with a letter is the small one.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::text::nearest;

/// A key with the modifiers held down with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The key itself.
    pub code: Code,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
    /// Whether Shift was held and is not already part of the character.
    pub shift: bool,
}

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A key that writes this character.
    Char(char),
    /// Enter, also called Return.
    Enter,
    /// The tabulator.
    Tab,
    /// Delete to the left.
    Backspace,
    /// Escape.
    Esc,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// To the start.
    Home,
    /// To the end.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Insert.
    Insert,
    /// Delete to the right.
    Delete,
    /// A function key, 1 to 24.
    F(u8),
}

/// The names of keys: the first name of a key is the one that is printed.
const NAMES: &[(&str, Code)] = &[
    ("Enter", Code::Enter),
    ("Return", Code::Enter),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("BS", Code::Backspace),
    ("Esc", Code::Esc),
    ("Escape", Code::Esc),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PageUp", Code::PageUp),
    ("PgUp", Code::PageUp),
    ("PageDown", Code::PageDown),
    ("PgDn", Code::PageDown),
    ("Insert", Code::Insert),
    ("Ins", Code::Insert),
    ("Delete", Code::Delete),
    ("Del", Code::Delete),
    ("Space", Code::Char(' ')),
    ("Lt", Code::Char('<')),
    ("Plus", Code::Char('+')),
];

/// The last function key that any terminal reports.
const LAST_FUNCTION_KEY: u8 = 24;

/// A text that is not a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAKey {
    /// What was written.
    pub text: String,
    /// The name that may have been meant.
    pub nearest: Option<String>,
}

impl Key {
    /// A key in its one form.
    pub fn new(code: Code, ctrl: bool, alt: bool, shift: bool) -> Self {
        let Code::Char(c) = code else {
            return Self {
                code,
                ctrl,
                alt,
                shift,
            };
        };
        let c = single(c.nfc()).unwrap_or(c);
        if ctrl {
            let small = single(c.to_lowercase()).unwrap_or(c);
            return Self {
                code: Code::Char(small),
                ctrl,
                alt,
                shift,
            };
        }
        let written = if shift {
            single(c.to_uppercase()).unwrap_or(c)
        } else {
            c
        };
        Self {
            code: Code::Char(written),
            ctrl,
            alt,
            shift: false,
        }
    }

    /// A key without modifiers.
    pub fn plain(code: Code) -> Self {
        Self::new(code, false, false, false)
    }

    /// The key that writes a character.
    pub fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A letter with Ctrl.
    pub fn ctrl(c: char) -> Self {
        Self::new(Code::Char(c), true, false, false)
    }

    /// Reads a key such as `Ctrl+S`, `F2`, `Shift+Tab`, `Space`, `n` or `中`. Names of keys and
    /// modifiers are read in any case; a single letter is itself.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text;
        while let Some((modifier, after)) =
            rest.split_once('+').filter(|(_, after)| !after.is_empty())
        {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" => ctrl = true,
                "alt" => alt = true,
                "shift" => shift = true,
                _ => return Err(NotAKey::of(text, modifier, &["Ctrl", "Alt", "Shift"])),
            }
            rest = after;
        }
        let code = code(rest).ok_or_else(|| {
            let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
            NotAKey::of(text, rest, &names)
        })?;
        Ok(Self::new(code, ctrl, alt, shift))
    }

    /// The character that this key types into a field: printable, and without Ctrl or Alt.
    pub fn text(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The key as it is looked up: full-width letters, digits and signs of an input method count
    /// as the ASCII keys they stand on. What is typed into a field keeps its width.
    #[must_use]
    pub fn folded(self) -> Self {
        let Code::Char(c) = self.code else {
            return self;
        };
        let half = match u32::from(c) {
            0x3000 => ' ',
            full @ 0xFF01..=0xFF5E => char::from_u32(full - 0xFF01 + 0x21).unwrap_or(c),
            _ => c,
        };
        Self::new(Code::Char(half), self.ctrl, self.alt, self.shift)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (self.ctrl, "Ctrl+"),
            (self.alt, "Alt+"),
            (self.shift, "Shift+"),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.code {
            Code::F(number) => write!(f, "F{number}"),
            Code::Char(c) if c != ' ' => {
                let shown = if self.ctrl { c.to_ascii_uppercase() } else { c };
                write!(f, "{shown}")
            }
            named => {
                let name = NAMES
                    .iter()
                    .find(|(_, code)| *code == named)
                    .map(|(name, _)| *name);
                f.write_str(name.unwrap_or_default())
            }
        }
    }
}

impl NotAKey {
    fn of(text: &str, wrong: &str, names: &[&str]) -> Self {
        let meant = nearest(wrong, names.iter().copied());
        let nearest = meant.map(|name| text.replacen(wrong, name, 1));
        Self {
            text: text.to_owned(),
            nearest,
        }
    }
}

/// The key of a name, or of a character that is not a control character.
fn code(text: &str) -> Option<Code> {
    if let Some(c) = single(text.chars()).or_else(|| single(text.nfc())) {
        return (!c.is_control() && c != ' ').then_some(Code::Char(c));
    }
    if let Some((_, code)) = NAMES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text))
    {
        return Some(*code);
    }
    let number: u8 = text.strip_prefix(['F', 'f'])?.parse().ok()?;
    (1..=LAST_FUNCTION_KEY)
        .contains(&number)
        .then_some(Code::F(number))
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let only = chars.next()?;
    chars.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    #[test]
    fn keys_are_printed_as_people_write_them() {
        for text in [
            "Ctrl+S",
            "F2",
            "Enter",
            "Shift+Tab",
            "Space",
            "n",
            "G",
            "é",
            "中",
            "+",
            "Ctrl++",
            "Ctrl+Alt+Shift+PageUp",
            "Ctrl+Shift+S",
            "Alt+G",
            "Ctrl+_",
            "F24",
        ] {
            assert_eq!(parsed(text).to_string(), text);
        }
    }

    #[test]
    fn names_are_read_in_any_case_and_in_their_short_forms() {
        assert_eq!(parsed("ctrl+s"), parsed("CTRL+S"));
        assert_eq!(parsed("pgdn"), parsed("PageDown"));
        assert_eq!(parsed("escape"), parsed("Esc"));
        assert_eq!(parsed("ctrl+pLUS"), parsed("Ctrl++"));
    }

    #[test]
    fn shift_with_a_letter_is_the_capital_in_any_alphabet() {
        assert_eq!(parsed("Shift+g"), Key::char('G'));
        assert_eq!(parsed("Shift+É"), Key::char('É'));
        assert_eq!(parsed("Shift+é"), Key::char('É'));
        assert_eq!(parsed("Shift+e\u{301}"), Key::char('É'));
        assert_ne!(parsed("g"), parsed("G"));
    }

    #[test]
    fn what_is_no_key_is_refused_with_the_nearest_name() {
        for (text, nearest) in [
            ("Entre", Some("Enter")),
            ("Crtl+S", Some("Ctrl+S")),
            ("Ctrl+PageUpp", Some("Ctrl+PageUp")),
            ("F0", None),
            ("F25", None),
            ("", None),
            ("Ctrl+", None),
            ("hello", None),
            ("\u{1b}", None),
        ] {
            let fault = Key::parse(text).unwrap_err();
            assert_eq!(fault.nearest.as_deref(), nearest, "{text:?}");
        }
    }

    #[test]
    fn only_what_is_printable_without_ctrl_or_alt_is_text() {
        assert_eq!(parsed("n").text(), Some('n'));
        assert_eq!(parsed("中").text(), Some('中'));
        assert_eq!(parsed("Space").text(), Some(' '));
        for text in ["Ctrl+n", "Alt+n", "Enter", "F2", "Tab"] {
            assert_eq!(parsed(text).text(), None, "{text}");
        }
    }

    #[test]
    fn full_width_characters_are_ascii_as_keys_and_themselves_as_text() {
        let key = Key::char('ｎ');
        assert_eq!(key.folded(), Key::char('n'));
        assert_eq!(key.text(), Some('ｎ'));
        assert_eq!(Key::char('？').folded(), Key::char('?'));
        assert_eq!(Key::char('\u{3000}').folded(), parsed("Space"));
        assert_eq!(Key::char('中').folded(), Key::char('中'));
    }

    fn any_code() -> impl Strategy<Value = Code> {
        let named: Vec<Code> = NAMES.iter().map(|(_, code)| *code).collect();
        prop_oneof![
            proptest::sample::select(named),
            (1..=LAST_FUNCTION_KEY).prop_map(Code::F),
            any::<char>()
                .prop_filter("printable", |c| !c.is_control())
                .prop_map(Code::Char),
            proptest::char::range(' ', '~').prop_map(Code::Char),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn every_key_reads_back_as_itself(
            code in any_code(), ctrl in any::<bool>(), alt in any::<bool>(), shift in any::<bool>(),
        ) {
            let key = Key::new(code, ctrl, alt, shift);
            prop_assert_eq!(Key::parse(&key.to_string()), Ok(key));
        }

        #[test]
        fn any_text_is_a_key_or_a_fault(text in any::<String>()) {
            if let Ok(key) = Key::parse(&text) {
                prop_assert_eq!(Key::parse(&key.to_string()), Ok(key));
            }
        }
    }
}
