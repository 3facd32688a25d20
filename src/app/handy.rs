//! What is at hand in every form: the sentences of the house (A01-10) and the customer who was last
//! spoken of.

use super::App;
use super::form::{Field, FieldKind};
use super::picker::{Choice, Item, Picker};
use super::popup::Popup;
use super::reveal::Purpose;
use crate::domain::number::Kind;
use crate::domain::record::Record;

/// Whether sentences are typed into a field.
fn takes_text(field: &Field) -> bool {
    field.shown && matches!(field.kind, FieldKind::Note(_))
}

impl App {
    /// Offers the sentences of the house, in the language of the screen.
    pub(super) fn pick_phrase(&mut self) {
        let facts = &self.facts;
        let phrases = facts.profile.phrases.iter().enumerate();
        let items = phrases.map(|(place, phrase)| Item {
            label: format!(
                "{}  {}",
                facts.words(&phrase.when),
                facts.pick(&phrase.zh, &phrase.en)
            ),
            choice: Choice::Phrase(facts.pick(&phrase.zh, &phrase.en).to_owned()),
            note: (place + 1).to_string(),
            why_not: None,
        });
        let picker = Picker::new("popup-phrases", items.collect());
        self.popups.push(Popup::Picker(picker));
    }

    /// Puts a sentence in where the caret is; where no sentences are typed, into the first note of the
    /// form.
    pub(super) fn put_phrase(&mut self, text: &str) {
        let Some(form) = self.form_on_top_mut() else {
            return;
        };
        if !form.focused().is_some_and(takes_text) {
            let mut fields = form.fields.iter();
            let Some(name) = fields.find(|it| takes_text(it)).map(|field| field.name) else {
                return;
            };
            form.go_to(name);
        }
        form.type_in(text);
        if !form.id.is_popup() {
            self.form_changed();
        }
    }

    /// Remembers whose record was saved.
    pub(super) fn remember_customer(&mut self, record: &Record) {
        let subject = record.subject();
        if subject.kind == Kind::Customer {
            self.last_customer = Some(subject);
        }
    }

    /// Puts the customer who was last spoken of into the form.
    pub(super) fn put_last_customer(&mut self) {
        let Some(number) = self.last_customer else {
            return self.complain(self.facts.t("why-no-last-customer"));
        };
        let Some(form) = self.form_on_top_mut() else {
            return;
        };
        let of_caller = form.id.channel().map(|_| "phone");
        let mut fields = form.fields.iter();
        let of_customer = fields.find(|it| it.shown && matches!(it.kind, FieldKind::Customer));
        let Some(name) = of_caller.or(of_customer.map(|field| field.name)) else {
            return self.complain(self.facts.t("why-no-customer-here"));
        };
        form.go_to(name);
        self.want_whole(number, Purpose::Caller);
    }
}
