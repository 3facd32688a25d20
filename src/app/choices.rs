//! The values a choice field offers, and finding one by what is typed: its place in the list, its
//! code, its name, or the first letters of its name's pinyin.

use super::facts::Facts;
use crate::domain::profile::Words;
use crate::text::pinyin;

/// The values of a choice field. Their words are looked up when they are shown, so that a change
/// of language reaches a form that is open.
#[derive(Debug, Clone)]
pub enum Options {
    /// Values whose words are in the locale files under `<group>-<id>`.
    Named(&'static str, Vec<&'static str>),
    /// Values of the site's profile.
    Site(Vec<(String, Words)>),
}

impl Options {
    /// Yes or no.
    pub fn yes_no() -> Self {
        Self::Named("choice", vec!["yes", "no"])
    }

    /// The codes, in order.
    pub fn ids(&self) -> Vec<&str> {
        match self {
            Self::Named(_, ids) => ids.clone(),
            Self::Site(list) => list.iter().map(|(id, _)| id.as_str()).collect(),
        }
    }

    /// The word for a value.
    pub fn label(&self, id: &str, facts: &Facts) -> String {
        match self {
            Self::Named(group, _) => facts.texts.name(group, id),
            Self::Site(list) => list
                .iter()
                .find(|(known, _)| known == id)
                .map_or_else(|| id.to_owned(), |(_, words)| facts.words(words).to_owned()),
        }
    }

    /// The value before or after one, round and round.
    pub fn beside(&self, present: Option<&str>, by: isize) -> Option<String> {
        let ids = self.ids();
        let last = ids.len().checked_sub(1)?;
        let place = present.and_then(|present| ids.iter().position(|id| *id == present));
        let next = match (place, by) {
            (None, 0..) => 0,
            (None, _) => last,
            (Some(place), 0..) => {
                if place == last {
                    0
                } else {
                    place + 1
                }
            }
            (Some(place), _) => place.checked_sub(1).unwrap_or(last),
        };
        ids.get(next).map(|id| (*id).to_owned())
    }

    /// The value that is meant by what is typed.
    pub fn find(&self, typed: &str, facts: &Facts) -> Option<String> {
        let typed = pinyin::fold(typed);
        if typed.is_empty() {
            return None;
        }
        let ids = self.ids();
        if let Ok(place) = typed.parse::<usize>() {
            let id = place.checked_sub(1).and_then(|place| ids.get(place));
            return id.map(|id| (*id).to_owned());
        }
        let labels: Vec<(&str, String)> = ids
            .iter()
            .map(|id| (*id, pinyin::fold(&self.label(id, facts))))
            .collect();
        let exact = labels
            .iter()
            .find(|(id, label)| *id == typed || *label == typed);
        let begins = || labels.iter().find(|(id, label)| matches(id, label, &typed));
        exact.or_else(begins).map(|(id, _)| (*id).to_owned())
    }
}

/// Whether a value is found by what is typed: the start of its code or name, the start of its
/// pinyin initials or of its whole pinyin.
pub fn matches(id: &str, folded_label: &str, folded: &str) -> bool {
    id.starts_with(folded)
        || folded_label.starts_with(folded)
        || pinyin::initials(folded_label)
            .iter()
            .any(|key| key.starts_with(folded))
        || pinyin::full(folded_label)
            .iter()
            .any(|key| key.starts_with(folded))
}
