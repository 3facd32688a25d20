//! What is there already and may be the same as what is being written down. Of requests and complaints
//! that is what is open of the same telephone, at the same place and of the same kind, or in the same
//! words; of customers the card with the same telephone, plate or name. It stands below the form, and one
//! key adds to it instead of making another.

use super::App;
use super::effect::{Effect, Origin, Tag};
use super::form::Form;
use super::forms::{self, FormId};
use super::list::{List, Part};
use super::picker::{Choice, Item, Picker};
use super::popup::Popup;
use super::reveal::Purpose;
use crate::desk::contract::{At, Command, Filter, ListQuery, Page, Query, Row};
use crate::domain::number::{Kind, Number};
use crate::domain::profile::Tab;
use crate::domain::record::Record;
use crate::text::clean;

/// So many of each are asked for.
const MOST: u32 = 3;
/// Of customers more: a name is also the beginning of longer ones.
const MOST_NAMES: u32 = 20;
/// A telephone is compared from so many digits on, a place from so many characters, a text from so
/// many, by so many of its first ones.
const DIGITS: usize = 7;
const PLACE: usize = 3;
const WORDS: usize = 5;
const FIRST_WORDS: usize = 10;
/// The number of another customer is a whole one: a mobile, or a land line with its area code.
const MOBILE: usize = 11;
const LAND_LINE: usize = 10;
/// A plate and a name are compared from so many characters on.
const PLATE: usize = 6;
const NAME: usize = 2;

/// By what a record may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alike {
    /// The telephone.
    Phone,
    /// The place, of the same kind; of a customer the plate.
    Place,
    /// The first words; of a customer the name.
    Text,
}

/// What is there and may be the same as the form.
#[derive(Debug, Default)]
pub struct Alikes {
    asked: [String; 3],
    rows: [Vec<Row>; 3],
    /// The card whose telephones were compared when its form was opened.
    opened: Option<Number>,
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
        FormId::NewCustomer | FormId::EditCustomer => Some(Kind::Customer),
        _ => None,
    }
}

/// The text, where it has enough characters to go by.
fn at_least(most: usize, text: &str) -> String {
    let text = text.trim();
    if text.chars().count() < most {
        return String::new();
    }
    text.to_owned()
}

/// The last of several that stand in a field with commas between: the one that is being typed.
fn last_of<'a>(form: &'a Form, field: &str) -> &'a str {
    let several = form.value(field);
    let last = several.rsplit(clean::is_between).next();
    last.unwrap_or_default()
}

/// What is looked for; empty where there is too little to go by.
fn wanted(form: &Form, kind: Kind, by: Alike) -> String {
    if kind == Kind::Customer {
        return match by {
            Alike::Phone => {
                let digits = clean::digits(last_of(form, "phones"));
                let whole = if digits.starts_with('1') {
                    MOBILE
                } else {
                    LAND_LINE
                };
                at_least(whole, &digits)
            }
            Alike::Place => at_least(PLATE, last_of(form, "plates")),
            Alike::Text => at_least(NAME, form.value("name")),
        };
    }
    match by {
        Alike::Phone => at_least(DIGITS, &clean::digits(form.value("phone"))),
        Alike::Place => at_least(PLACE, form.value("place")),
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

/// Whether a field of which there can be several goes on behind one that was looked for.
fn goes_on(form: &Form, by: Alike) -> bool {
    let field = match by {
        Alike::Phone => "phones",
        Alike::Place => "plates",
        Alike::Text => return false,
    };
    last_of(form, field).len() < form.value(field).len()
}

/// Whether what was found by something really is alike: a list also finds what only begins in this way.
fn holds(record: &Record, form: &Form, by: Alike) -> bool {
    match (record, by) {
        (Record::Customer(customer), Alike::Text) => {
            customer.details.name == form.value("name").trim()
        }
        (_, Alike::Place) => is_of_kind(record, form),
        _ => true,
    }
}

/// A record as it is shown.
fn seen(record: &Record) -> At {
    At {
        number: record.number(),
        version: record.meta().version,
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
        // What stands on a card that is opened is nothing that its operator searches for.
        let opened = form
            .about
            .filter(|_| form.id == FormId::EditCustomer && !form.changed)
            .map(|about| about.number);
        let opened = opened.filter(|number| pane.alikes.opened != Some(*number));
        pane.alikes.opened = opened.or(pane.alikes.opened);
        let mut queries = Vec::new();
        for by in [Alike::Phone, Alike::Place, Alike::Text] {
            let wanted = wanted(form, kind, by);
            let Some((asked, rows)) = pane.alikes.part(by) else {
                continue;
            };
            if *asked == wanted {
                continue;
            }
            asked.clone_from(&wanted);
            if wanted.is_empty() && !goes_on(form, by) {
                rows.clear();
            } else if wanted.is_empty() {
                // The next number is begun: what the ones before it found stays.
            } else {
                queries.push((by, wanted));
            }
        }
        let (filter, limit) = match kind {
            Kind::Customer => (Filter::Current, MOST_NAMES),
            _ => (Filter::Open, MOST),
        };
        for (by, find) in queries {
            let query = match opened {
                Some(number) if by == Alike::Phone => Query::Twins(number),
                _ => Query::List(ListQuery {
                    filter,
                    limit,
                    find: find.clone(),
                    ..List::new(kind).query(Part::Start)
                }),
            };
            self.look(Tag::Alike { tab, by, find }, query);
        }
    }

    /// What was found; an answer to what is no longer wanted is left aside.
    pub(crate) fn took_alike(&mut self, tab: Tab, by: Alike, find: &str, found: Page) {
        let Some(pane) = self.pane_of(tab) else {
            return;
        };
        let Some(form) = &pane.form else { return };
        let mut found: Vec<Row> = found.rows.into_iter().map(|(_, row)| row).collect();
        found.retain(|row| holds(&row.record, form, by));
        found.truncate(MOST as usize);
        // The request that a complaint is made of is no other matter.
        found.retain(|row| {
            form.about
                .is_none_or(|about| about.number != row.record.number())
        });
        let goes_on = goes_on(form, by);
        if let Some((_, rows)) = pane.alikes.part(by).filter(|(asked, _)| **asked == find) {
            if goes_on {
                found.append(rows);
                found.truncate(MOST_NAMES as usize);
            }
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
                choice: Choice::AddTo(seen(&row.record)),
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

    /// Puts the words of the form beside a record that is open already; the form is done then. What was
    /// typed of a customer goes into the form of the card that is there; a card that was there before
    /// becomes one with it (A01-21).
    pub(crate) fn add_to(&mut self, there: At) {
        let Some(pane) = self.pane() else { return };
        let (tab, Some(form)) = (pane.tab, &pane.form) else {
            return;
        };
        match (form.id, form.about) {
            (FormId::NewCustomer, _) => return self.want_whole(there.number, Purpose::Join),
            (FormId::EditCustomer, Some(_)) if form.changed => {
                return self.complain(self.facts.t("why-save-first"));
            }
            (FormId::EditCustomer, Some(kept)) => {
                let absorbed = there;
                let command = Command::MergeCustomers { kept, absorbed };
                return self.change(command, Origin::Form { tab, again: false }, Vec::new());
            }
            _ => {}
        }
        let text = form.value("text").trim().to_owned();
        let about = there.number;
        let command = Command::AddRemark { about, text };
        self.change(command, Origin::Form { tab, again: false }, Vec::new());
    }

    /// The card that is there has come: what was typed on the new one goes onto its form.
    pub(crate) fn join_card(&mut self, row: &Row) {
        let typed = self.pane_of(Tab::Customers).and_then(|pane| {
            let is_new = |form: &mut Form| form.id == FormId::NewCustomer;
            pane.form.take_if(is_new)
        });
        let Some(typed) = typed else { return };
        let mut form = forms::of_whole(FormId::EditCustomer, row, &self.facts);
        forms::customer::join(&mut form, &typed, &self.facts);
        form.changed = true;
        self.open_form(form);
        self.keep_draft(Tab::Customers);
        self.effects.push(Effect::DropDraft(typed.draft));
        self.load_drafts();
    }
}
