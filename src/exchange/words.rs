//! The words people use for a choice or a column, in both languages, and what they stand for.

use std::collections::BTreeMap;

use super::columns::columns;
use crate::domain::archive::Grade;
use crate::domain::complaint::ComplaintState;
use crate::domain::customer::Salutation;
use crate::domain::intake::{Channel, IntakeKind, IntakeState};
use crate::domain::number::Kind;
use crate::domain::role::Role;
use crate::locale::{Lang, Texts};
use crate::text::pinyin;

/// The header words known for each kind of record and field.
const HEADERS: &str = include_str!("headers.toml");

/// What each choice is called in both languages, and which headers name which field.
#[derive(Debug)]
pub struct Words {
    choices: BTreeMap<(&'static str, String), String>,
    headers: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// The headers of this program's own exports.
    columns: BTreeMap<&'static str, Vec<String>>,
}

/// A choice field: the group of its words in the locale files, and its ids.
fn groups() -> [(&'static str, Vec<&'static str>); 7] {
    [
        ("channel", Channel::ALL.iter().map(|it| it.id()).collect()),
        (
            "intake-kind",
            IntakeKind::ALL.iter().map(|it| it.id()).collect(),
        ),
        (
            "intake-state",
            IntakeState::ALL.iter().map(|it| it.id()).collect(),
        ),
        (
            "complaint-state",
            ComplaintState::ALL.iter().map(|it| it.id()).collect(),
        ),
        (
            "salutation",
            Salutation::ALL.iter().map(|it| it.id()).collect(),
        ),
        ("grade", Grade::ALL.iter().map(|it| it.id()).collect()),
        ("role", Role::ALL.iter().map(|it| it.id()).collect()),
    ]
}

/// The choices of a field: the group of their words in the locale files, and their ids; none for a
/// field that is no choice.
pub fn choices(kind: Kind, field: &str) -> Option<(&'static str, Vec<&'static str>)> {
    let wanted = match (kind, field) {
        (Kind::Intake | Kind::Complaint, "channel") => "channel",
        (Kind::Intake, "kind") => "intake-kind",
        (Kind::Intake, "state") => "intake-state",
        (Kind::Complaint, "state") => "complaint-state",
        (Kind::Customer, "salutation") => "salutation",
        (Kind::File, "grade") => "grade",
        _ => return None,
    };
    groups().into_iter().find(|(group, _)| *group == wanted)
}

impl Words {
    /// The words of both languages.
    pub fn new() -> Self {
        let texts: Vec<Texts> = Lang::ALL.iter().map(|lang| Texts::new(*lang)).collect();
        let mut choices = BTreeMap::new();
        for (group, ids) in groups() {
            for id in ids {
                choices.insert((group, folded(id)), id.to_owned());
                for texts in &texts {
                    choices.insert((group, folded(&texts.name(group, id))), id.to_owned());
                }
            }
        }
        let columns = Kind::ALL
            .iter()
            .flat_map(|kind| columns(*kind))
            .map(|column| {
                let key = format!("column-{column}");
                let headers = texts.iter().map(|texts| folded(&texts.get(&key)));
                (*column, headers.collect())
            })
            .collect();
        // The table is part of the program and a test reads it; a broken one knows no words.
        let headers = toml::from_str(HEADERS).unwrap_or_default();
        Self {
            choices,
            headers,
            columns,
        }
    }

    /// The id that a word of a group stands for.
    pub fn choice(&self, group: &'static str, word: &str) -> Option<&str> {
        self.choices.get(&(group, folded(word))).map(String::as_str)
    }

    /// How well a header names a field: 0 for its export header or its own name, then the place
    /// in the table of words; none when it does not name it.
    pub fn rank(&self, kind: Kind, field: &str, header: &str) -> Option<usize> {
        let header = folded(header);
        let own = self.columns.get(field);
        if own.is_some_and(|own| own.contains(&header)) || folded(field) == header {
            return Some(0);
        }
        let words = self.headers.get(kind.id())?.get(field)?;
        words
            .iter()
            .position(|word| folded(word) == header)
            .map(|place| place + 1)
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::new()
    }
}

/// A word as it is compared: no case, blanks or joining marks.
pub fn folded(word: &str) -> String {
    pinyin::fold(word)
        .chars()
        .filter(|c| !matches!(c, '_' | '-' | '.' | ' ' | ':' | '：'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::mapping::fields;
    use super::*;

    #[test]
    fn the_table_of_headers_knows_only_fields_there_are() {
        let table: BTreeMap<String, BTreeMap<String, Vec<String>>> =
            toml::from_str(HEADERS).unwrap();
        assert_eq!(table.len(), 5);
        for (kind, words) in table {
            let kind = Kind::parse(&kind).unwrap();
            for field in words.keys() {
                assert!(
                    fields(kind).iter().any(|known| known.name == field),
                    "{kind:?} {field}"
                );
            }
        }
    }

    #[test]
    fn headers_are_known_in_both_languages_whatever_their_spelling() {
        let words = Words::new();
        for header in ["联系电话", "Telephone", "PHONE", "电 话"] {
            assert!(
                words.rank(Kind::Intake, "phone", header).is_some(),
                "{header}"
            );
        }
        assert!(words.rank(Kind::Intake, "external", "unique_key").is_some());
        assert_eq!(words.rank(Kind::Intake, "phone", "fax"), None);
    }

    #[test]
    fn every_choice_of_a_field_has_a_word() {
        let texts = Texts::new(Lang::Zh);
        for kind in Kind::ALL {
            for field in fields(*kind) {
                let Some((group, ids)) = choices(*kind, field.name) else {
                    continue;
                };
                for id in ids {
                    assert!(texts.has(&format!("{group}-{id}")), "{group}-{id}");
                }
            }
        }
        assert!(choices(Kind::Loan, "state").is_none());
    }

    #[test]
    fn a_choice_is_known_by_its_id() {
        let words = Words::new();
        assert_eq!(words.choice("channel", "Call"), Some("call"));
        assert_eq!(words.choice("intake-kind", "move-in"), Some("move-in"));
        assert_eq!(words.choice("channel", "pigeon"), None);
    }
}
