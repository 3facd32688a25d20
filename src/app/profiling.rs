//! Customers' profiles at the screen: reading one beside the record it is wanted for, filling one in, whole
//! or section by section, and greeting at birthdays (A14-N1, A14-N2, A14-2.9.1a).

use super::App;
use super::effect::Tag;
use super::facts::Facts;
use super::forms::{self, FormId, dossier};
use super::picker::{Choice, Item, Picker};
use super::popup::Popup;
use super::reveal::Purpose;
use crate::desk::contract::{Query, Row};
use crate::domain::follow_up::FollowUpDetails;
use crate::domain::greeting::Greeting;
use crate::domain::number::Number;
use crate::domain::profile::{Permission, Tab};
use crate::domain::record::Record;

/// The profile of a customer is filled in with this.
pub const PROFILE: &str = "keep-dossier";

/// What a profile is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// To be read beside the record that is open.
    Beside(Number),
    /// To be filled in: a section by its place, or all of it.
    Form(Option<usize>),
    /// The form could not be saved because it has changed: to be held against it.
    Conflict(Tab),
}

/// The customer whose profile belongs to a record.
pub fn customer_of(record: &Record) -> Option<Number> {
    match record {
        Record::Customer(it) => Some(it.meta.number),
        Record::Dossier(it) => Some(it.customer),
        Record::FollowUp(it) => it.details.customer,
        Record::Intake(it) => it.details.customer,
        Record::Complaint(it) => it.details.customer,
        _ => None,
    }
}

/// Whether there are profiles at this site, and a record belongs to somebody of whom there may be one.
pub fn has_profile(record: &Record, facts: &Facts) -> bool {
    let is_one = matches!(record, Record::Dossier(_));
    facts.profile.dossier.is_some() && !is_one && customer_of(record).is_some()
}

/// Why nobody at this terminal can fill a profile in.
pub fn why_not_fill(facts: &Facts) -> Option<String> {
    facts.refused(|context| context.may(Permission::CustomerChange))
}

impl App {
    /// Asks for the profile that belongs to a record.
    pub(crate) fn want_profile(&mut self, record: &Record, wanted: Wanted) {
        let Some(customer) = customer_of(record) else {
            return;
        };
        let opens = matches!(wanted, Wanted::Form(_));
        if opens && self.opened_mut(customer).is_none() && self.asks_who_calls(customer) {
            // Whose call it is is asked with the customer (A11-26.3).
            let history_first = false;
            return self.want_whole(customer, Purpose::Open { history_first });
        }
        self.look(Tag::Profile(wanted), Query::Dossier(customer));
    }

    /// Offers the sections of the profile that belongs to the selected record.
    pub(crate) fn pick_section(&mut self) {
        let facts = &self.facts;
        let Some(rules) = &facts.profile.dossier else {
            return;
        };
        let whole = (None, facts.t("dossier-whole"));
        let sections = rules.sections.iter().enumerate();
        let sections = sections.map(|(place, it)| {
            let name = facts.pick(&it.zh, &it.en).to_owned();
            (Some(place), name)
        });
        let items = std::iter::once(whole).chain(sections);
        let items = items.enumerate().map(|(line, (section, label))| Item {
            choice: Choice::Section(section),
            label,
            note: (line + 1).to_string(),
            why_not: None,
        });
        let items = items.collect();
        self.popups
            .push(Popup::Picker(Picker::new("popup-sections", items)));
    }

    /// A section was chosen.
    pub(crate) fn section_picked(&mut self, section: Option<usize>) {
        if let Some((_, record)) = self.selected() {
            self.want_profile(&record, Wanted::Form(section));
        }
    }

    /// A profile has come, or the customer of whom there is none yet.
    pub(crate) fn took_profile(&mut self, wanted: Wanted, row: Row) {
        match wanted {
            Wanted::Beside(number) => {
                let none = matches!(row.record, Record::Customer(_));
                if none {
                    return self.complain(self.facts.t("why-no-dossier"));
                }
                if let Some(opened) = self.opened_mut(number) {
                    opened.profile = Some(Box::new(row));
                    opened.on_profile = true;
                    self.dirty = true;
                }
            }
            Wanted::Form(section) => {
                let rules = self.facts.profile.dossier.as_ref();
                let section = rules
                    .zip(section)
                    .and_then(|(rules, place)| rules.sections.get(place));
                let section = section.map(|it| it.id.clone()).unwrap_or_default();
                if let Some(form) = dossier::form(&row, &section, &self.facts) {
                    self.open_form(form);
                }
            }
            Wanted::Conflict(tab) => {
                let form = self.pane_of(tab).and_then(|pane| pane.form.as_ref());
                let section = form.map(|form| form.value("section").to_owned());
                let now = dossier::form(&row, &section.unwrap_or_default(), &self.facts);
                if let Some(now) = now {
                    self.show_conflict(tab, Box::new(row.record), now);
                }
            }
        }
    }

    /// Whether a record is open beside which its customer's profile can be read.
    pub fn is_beside_profile(&self) -> bool {
        let Some(Popup::Record(opened, _)) = self.popups.last() else {
            return false;
        };
        has_profile(&opened.row.record, &self.facts)
    }

    /// Turns to the profile beside the record that is open, or back from it (A14-N1).
    pub(crate) fn turn_to_profile(&mut self, there: bool) {
        let Some(Popup::Record(opened, scroll)) = self.popups.last_mut() else {
            return;
        };
        if opened.on_profile != there && (!there || opened.profile.is_some()) {
            opened.on_profile = there;
            scroll.set(0);
            return;
        }
        if there && opened.profile.is_none() {
            let record = opened.row.record.clone();
            if has_profile(&record, &self.facts) {
                self.want_profile(&record, Wanted::Beside(record.number()));
            }
        }
    }

    /// Opens the form of a greeting (A14-2.9.1a).
    pub(super) fn greet(&mut self, customer: Number, greeting: &Greeting) {
        let details = FollowUpDetails {
            customer: Some(customer),
            ..FollowUpDetails::default()
        };
        let mut form = forms::blank(FormId::Greet, None, &self.facts);
        forms::follow_up::begin(&mut form, &details);
        form.set("greeting", &greeting.key);
        form.set("declined", "yes");
        form.demand("gift", greeting.gifts, false);
        self.open_form(form);
    }
}
