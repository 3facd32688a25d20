//! The fields that forms are made of, by their kind.

use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::field::{Field, FieldKind};
use crate::domain::operator::Operator;
use crate::domain::profile::{Choice, Words};

pub(super) fn note(name: &'static str, rows: u16) -> Field {
    Field::new(name, FieldKind::Note(rows))
}

pub(super) fn text(name: &'static str) -> Field {
    Field::new(name, FieldKind::Text)
}

pub(super) fn phone(name: &'static str) -> Field {
    Field::new(name, FieldKind::Phone)
}

pub(super) fn hidden(name: &'static str) -> Field {
    Field::new(name, FieldKind::Hidden).unseen()
}

pub(super) fn named(name: &'static str, group: &'static str, ids: Vec<&'static str>) -> Field {
    Field::new(name, FieldKind::Choice(Options::Named(group, ids)))
}

/// The people who work here, to choose from.
pub(super) fn people(name: &'static str, facts: &Facts) -> Field {
    who(name, facts, |it| it.active && !it.service)
}

/// The operators who are so, to choose from.
pub(super) fn who(name: &'static str, facts: &Facts, is: impl Fn(&Operator) -> bool) -> Field {
    let list = facts.operators.iter().filter(|it| is(it)).map(|it| {
        let words = Words {
            zh: it.name.clone(),
            en: it.name.clone(),
        };
        (it.meta.number.to_string(), words)
    });
    Field::new(name, FieldKind::Choice(Options::Site(list.collect())))
}

pub(super) fn listed(name: &'static str, choices: &[Choice]) -> Field {
    let words = |choice: &Choice| Words {
        zh: choice.zh.clone(),
        en: choice.en.clone(),
    };
    let list = choices
        .iter()
        .map(|choice| (choice.id.clone(), words(choice)))
        .collect();
    Field::new(name, FieldKind::Choice(Options::Site(list)))
}

pub(super) fn categories(facts: &Facts) -> Field {
    let list = facts.profile.complaints.categories.iter();
    let list = list.map(|category| {
        let words = Words {
            zh: category.zh.clone(),
            en: category.en.clone(),
        };
        (category.id.clone(), words)
    });
    Field::new("category", FieldKind::Choice(Options::Site(list.collect())))
}

pub(super) fn date(name: &'static str) -> Field {
    Field::new(name, FieldKind::Date)
}

pub(super) fn digits(name: &'static str) -> Field {
    Field::new(name, FieldKind::Number)
}

pub(super) fn yes_no(name: &'static str) -> Field {
    Field::new(name, FieldKind::Choice(Options::yes_no()))
}

/// The names of all of an enumeration, to choose from.
pub(super) fn of_all<T: Copy>(
    name: &'static str,
    group: &'static str,
    all: &[T],
    id: impl Fn(T) -> &'static str,
) -> Field {
    named(name, group, all.iter().map(|one| id(*one)).collect())
}

/// Whoever else works here.
pub(super) fn colleague(name: &'static str, facts: &Facts) -> Field {
    let me = facts.operator.as_ref().map(|me| me.meta.number);
    who(name, facts, |it| {
        it.active && !it.service && Some(it.meta.number) != me
    })
}

/// A day that has to be given and is today unless another is typed.
pub(super) fn today(name: &'static str, facts: &Facts) -> Field {
    date(name).required().with(&facts.today().to_string())
}
