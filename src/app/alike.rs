//! What is open already and may be the same matter as what is being written down: of the same
//! telephone, at the same place and of the same kind, or in the same words. It stands below the form,
//! and one key adds to it instead of making another.

use super::App;
use super::effect::{Origin, Tag};
use super::form::Form;
use super::forms::FormId;
use super::list::{List, Part};
use super::picker::{Choice, Item, Picker};
use super::popup::Popup;
use crate::desk::contract::{Command, Filter, ListQuery, Page, Query, Row};
use crate::domain::number::{Kind, Number};
use crate::domain::profile::Tab;
use crate::domain::record::Record;
use crate::text::clean;

/// So many of each are asked for.
const MOST: u32 = 3;
/// A telephone is compared from so many digits on, a place from so many characters, a text from so
/// many, by so many of its first ones.
const DIGITS: usize = 7;
const PLACE: usize = 3;
const WORDS: usize = 5;
const FIRST_WORDS: usize = 10;

/// By what a record may be about the same matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alike {
    /// The telephone.
    Phone,
    /// The place, of the same kind.
    Place,
    /// The first words.
    Text,
}

/// What is open and may be the same matter as the form.
#[derive(Debug, Default)]
pub struct Alikes {
    asked: [String; 3],
    rows: [Vec<Row>; 3],
}

impl Alikes {
    /// Each once, those of the same telephone first.
    pub fn rows(&self) -> Vec<&Row> {
        let mut all: Vec<&Row> = Vec::new();
        for row in self.rows.iter().flatten() {
            let number = row.record.number();
            if all.iter().all(|known| known.record.number() != number) {
                all.push(row);
            }
        }
        all
    }

    fn part(&mut self, by: Alike) -> Option<(&mut String, &mut Vec<Row>)> {
        let place = by as usize;
        Some((self.asked.get_mut(place)?, self.rows.get_mut(place)?))
    }
}

/// The kind of records that a new form may repeat.
const fn kind_of(id: FormId) -> Option<Kind> {
    match id {
        FormId::NewComplaint | FormId::ComplaintOf => Some(Kind::Complaint),
        FormId::NewCall | FormId::NewLetter | FormId::NewVisit => Some(Kind::Intake),
        _ => None,
    }
}

/// What is looked for; empty where there is too little to go by.
fn wanted(form: &Form, by: Alike) -> String {
    match by {
        Alike::Phone => {
            let digits = clean::digits(form.value("phone"));
            if digits.len() < DIGITS {
                String::new()
            } else {
                digits
            }
        }
        Alike::Place => {
            let place = form.value("place").trim();
            let enough = place.chars().count() >= PLACE;
            if enough {
                place.to_owned()
            } else {
                String::new()
            }
        }
        Alike::Text => {
            let mut words = form.value("text").split(|c: char| !c.is_alphanumeric());
            let first = words.find(|words| words.chars().count() >= WORDS);
            first.unwrap_or("").chars().take(FIRST_WORDS).collect()
        }
    }
}

/// Whether a record is of the kind that the form says, where it says one.
fn is_of_kind(record: &Record, form: &Form) -> bool {
    match record {
        Record::Complaint(complaint) => {
            let category = form.value("category");
            category.is_empty() || complaint.details.category == category
        }
        Record::Intake(intake) => intake.details.kind.id() == form.value("kind"),
        _ => true,
    }
}

impl App {
    /// Looks for what is open and may be the same, where what it is looked for by has changed.
    pub(crate) fn look_for_alike(&mut self, tab: Tab) {
        let Some(pane) = self.pane_of(tab) else {
            return;
        };
        let Some(form) = &pane.form else { return };
        let Some(kind) = kind_of(form.id) else {
            pane.alikes = Alikes::default();
            return;
        };
        let mut queries = Vec::new();
        for by in [Alike::Phone, Alike::Place, Alike::Text] {
            let wanted = wanted(form, by);
            let Some((asked, rows)) = pane.alikes.part(by) else {
                continue;
            };
            if *asked == wanted {
                continue;
            }
            asked.clone_from(&wanted);
            if wanted.is_empty() {
                rows.clear();
            } else {
                queries.push((by, wanted));
            }
        }
        for (by, find) in queries {
            let query = ListQuery {
                filter: Filter::Open,
                limit: MOST,
                find: find.clone(),
                ..List::new(kind).query(Part::Start)
            };
            self.look(Tag::Alike { tab, by, find }, Query::List(query));
        }
    }

    /// What was found; an answer to what is no longer wanted is left aside.
    pub(crate) fn took_alike(&mut self, tab: Tab, by: Alike, find: &str, found: Page) {
        let Some(pane) = self.pane_of(tab) else {
            return;
        };
        let Some(form) = &pane.form else { return };
        let mut found: Vec<Row> = found.rows.into_iter().map(|(_, row)| row).collect();
        if by == Alike::Place {
            found.retain(|row| is_of_kind(&row.record, form));
        }
        // The request that a complaint is made of is no other matter.
        found.retain(|row| {
            form.about
                .is_none_or(|about| about.number != row.record.number())
        });
        if let Some((_, rows)) = pane.alikes.part(by).filter(|(asked, _)| **asked == find) {
            let changed = *rows != found;
            *rows = found;
            self.dirty |= changed;
        }
    }

    /// Why nothing can be added to what is open.
    pub(crate) fn why_not_add(&self) -> Option<String> {
        let rows = self.pane().map(|pane| pane.alikes.rows().len());
        (rows.unwrap_or(0) == 0).then(|| self.facts.t("why-none-alike"))
    }

    /// Adds what is written to what is open already; asks to which where there are several.
    pub(crate) fn add_to_open(&mut self) {
        let Some(pane) = self.pane() else { return };
        let items: Vec<Item> = pane
            .alikes
            .rows()
            .into_iter()
            .map(|row| Item {
                choice: Choice::AddTo(row.record.number()),
                label: super::describe::in_brief(row, &self.facts),
                note: String::new(),
                why_not: None,
            })
            .collect();
        match items.as_slice() {
            [] => self.complain(self.facts.t("why-none-alike")),
            [
                Item {
                    choice: Choice::AddTo(only),
                    ..
                },
            ] => self.add_to(*only),
            _ => {
                let picker = Picker::new("popup-add-to", items);
                self.popups.push(Popup::Picker(picker));
            }
        }
    }

    /// Puts the words of the form beside a record that is open already; the form is done then.
    pub(crate) fn add_to(&mut self, about: Number) {
        let Some(pane) = self.pane() else { return };
        let (tab, Some(form)) = (pane.tab, &pane.form) else {
            return;
        };
        let text = form.value("text").trim().to_owned();
        let command = Command::AddRemark { about, text };
        self.change(command, Origin::Form { tab, again: false }, Vec::new());
    }
}
