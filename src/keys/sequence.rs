//! Keys pressed one after the other: `Ctrl+X Ctrl+S`, `g g`.

use std::borrow::Borrow;
use std::fmt;

use super::key::{Key, NotAKey};

/// One or more keys pressed one after the other, in the form in which they are looked up.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sequence(Vec<Key>);

impl Sequence {
    /// Reads keys separated by spaces. The fault names the key that could not be read; a text
    /// without any key is the fault of an empty one.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let parts: Vec<&str> = text.split(' ').filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            return Err(NotAKey {
                text: text.to_owned(),
                nearest: None,
            });
        }
        let keys: Result<Vec<Key>, NotAKey> = parts
            .into_iter()
            .map(|part| Key::parse(part).map(Key::folded))
            .collect();
        keys.map(Self)
    }

    /// The keys, in the order in which they are pressed; never none.
    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// Whether this sequence begins with all of `keys` and goes on after them.
    pub fn continues(&self, keys: &[Key]) -> bool {
        self.0.len() > keys.len() && self.0.starts_with(keys)
    }

    /// Whether the first key types a character.
    pub fn starts_with_text(&self) -> bool {
        self.0.first().is_some_and(|key| key.text().is_some())
    }
}

impl Borrow<[Key]> for Sequence {
    fn borrow(&self) -> &[Key] {
        &self.0
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, key) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{key}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_reads_back_as_itself() {
        for text in ["g g", "Ctrl+X Ctrl+S", "Ctrl+X 中 é", "Space F2", "n"] {
            assert_eq!(Sequence::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn the_fault_names_the_one_bad_key() {
        let fault = Sequence::parse("Ctrl+X Entre").unwrap_err();
        assert_eq!(
            (fault.text.as_str(), fault.nearest.as_deref()),
            ("Entre", Some("Enter"))
        );
        assert!(Sequence::parse("  ").is_err());
    }
}
