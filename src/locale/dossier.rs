//! What stands in a customer's profile, in words: the screen, exports and paper say the same.

use super::{Lang, Texts};
use crate::domain::customer::Customer;
use crate::domain::dossier::{
    Answers, Dossier, DossierField, DossierPart, DossierRules, Entry, Shape, VALUE, aged,
};
use crate::domain::number::Number;
use crate::domain::partial::PartialDate;
use crate::domain::phone;
use crate::domain::profile::Words;
use crate::domain::stamp::{Day, Stamp};

/// A field of a profile in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileLine {
    /// The field.
    pub field: String,
    /// What it is called, with its number in front.
    pub label: String,
    /// What stands in it; empty where nothing does.
    pub value: String,
    /// Whether something stands in it that whoever looks may not see.
    pub closed: bool,
    /// When it was last changed.
    pub at: Option<Stamp>,
    /// Who changed it.
    pub by: Option<Number>,
}

/// Whichever of two texts is in the language.
fn either<'a>(zh: &'a str, en: &'a str, texts: &Texts) -> &'a str {
    match texts.lang() {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The number of a field in front of its name: 8 of `F08`, nothing of a field that the site added.
fn numbered(id: &str, words: Words) -> Words {
    let digits = id.strip_prefix('F').filter(|it| it.len() == 2);
    let Some(no) = digits.and_then(|it| it.parse::<u8>().ok()) else {
        return words;
    };
    Words {
        zh: format!("{no} {}", words.zh),
        en: format!("{no} {}", words.en),
    }
}

/// What a field is called, with its number in front.
pub fn label(id: &str, field: &DossierField, rules: &DossierRules) -> Words {
    numbered(id, rules.label(field))
}

/// What a part of a field is called in a form; of one of several rows with its place.
pub fn part_label(
    id: &str,
    field: &DossierField,
    part: &DossierPart,
    row: usize,
    rules: &DossierRules,
) -> Words {
    let of_field = label(id, field, rules);
    // A part that is called as its field is says nothing more.
    let alike = rules.label(field).zh == part.zh;
    let mut words = if part.id == VALUE || alike {
        of_field
    } else {
        Words {
            zh: format!("{}·{}", of_field.zh, part.zh),
            en: format!("{}: {}", of_field.en, part.en),
        }
    };
    if row > 0 {
        words.zh = format!("{}（{}）", words.zh, row + 1);
        words.en = format!("{} ({})", words.en, row + 1);
    }
    words
}

/// A date of which not everything is known.
pub fn partial(written: &str, texts: &Texts) -> String {
    let Some(date) = PartialDate::parse(written).filter(|date| date.lunar) else {
        return written.to_owned();
    };
    let key = if date.leap {
        "lunar-leap"
    } else {
        "lunar-date"
    };
    texts.with(key, &[("date", &date.digits())]).into_owned()
}

/// What stands in a part.
pub fn value(part: &DossierPart, written: &str, today: Day, texts: &Texts) -> String {
    let choice = |id: &str| {
        let known = part.choices.iter().find(|it| it.id == id);
        let word = known.map_or(id, |it| either(&it.zh, &it.en, texts));
        word.to_owned()
    };
    match part.shape {
        Shape::Choice => choice(written),
        Shape::Choices => {
            let several: Vec<String> = written.split(';').map(choice).collect();
            several.join(&texts.get("list-comma"))
        }
        Shape::YesNo => texts.name("choice", written),
        Shape::Date => partial(written, texts),
        Shape::Age => aged(written, today).map_or_else(|| written.to_owned(), |it| it.to_string()),
        Shape::Phone => phones(written),
        Shape::Text | Shape::Scale | Shape::Plate | Shape::Area => written.to_owned(),
    }
}

fn phones(written: &str) -> String {
    let shown: Vec<String> = written.split(", ").map(phone::shown).collect();
    shown.join(", ")
}

/// A row of a field: its parts with their names.
fn row(field: &DossierField, answers: &Answers, today: Day, texts: &Texts) -> String {
    let parts = field.parts();
    let told = parts.iter().filter_map(|part| {
        let written = answers.get(&part.id).filter(|it| !it.is_empty())?;
        let value = value(part, written, today, texts);
        let name = either(&part.zh, &part.en, texts);
        Some(format!("{name} {value}").trim().to_owned())
    });
    told.collect::<Vec<String>>().join(&texts.get("list-comma"))
}

/// What stands in a field, a row a line. What whoever looks may not see is said to be there.
pub fn entry(field: &DossierField, entry: &Entry, today: Day, texts: &Texts) -> String {
    if entry.rows.is_empty() {
        return texts.get("dossier-closed").into_owned();
    }
    let rows = entry
        .rows
        .iter()
        .map(|answers| row(field, answers, today, texts));
    let rows: Vec<String> = rows.filter(|it| !it.is_empty()).collect();
    rows.join("\n")
}

/// Every field of a profile that the site asks, in their order. What is on the card is as it is there.
pub fn lines(
    dossier: &Dossier,
    customer: Option<&Customer>,
    rules: &DossierRules,
    today: Day,
    texts: &Texts,
) -> Vec<ProfileLine> {
    let lines = rules.asked().map(|(id, field)| {
        let known = dossier.values.get(id);
        let mut shown = known.cloned();
        for part in field.parts() {
            let Some((of, customer)) = part.card.zip(customer) else {
                continue;
            };
            let held = of.of(&customer.details);
            if held.is_empty() {
                continue;
            }
            // What is on the card has the date and the author of the card.
            let own = shown.get_or_insert_with(|| Entry {
                rows: Vec::new(),
                at: customer.meta.changed_at,
                by: Some(customer.meta.changed_by),
            });
            if own.rows.is_empty() {
                own.rows.push(Answers::new());
            }
            if let Some(first) = own.rows.first_mut() {
                let digits = matches!(part.shape, Shape::Phone);
                first.insert(part.id.clone(), if digits { phones(&held) } else { held });
            }
        }
        let label = label(id, field, rules);
        ProfileLine {
            field: id.to_owned(),
            label: either(&label.zh, &label.en, texts).to_owned(),
            value: shown
                .as_ref()
                .map_or_else(String::new, |it| entry(field, it, today, texts)),
            closed: shown.as_ref().is_some_and(|it| it.rows.is_empty()),
            at: shown.as_ref().map(|it| it.at),
            by: shown.as_ref().and_then(|it| it.by),
        }
    });
    lines.collect()
}
