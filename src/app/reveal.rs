//! What is masked in a list, in full: opening a record, filling a form from it, and showing the
//! selected one for a moment. Each is a look that the desk writes down (A09-2.5, A11-17), so a
//! record is asked for in full when somebody wants it and not before.

use std::cell::Cell;

use super::App;
use super::effect::Tag;
use super::form::Form;
use super::forms::{self, FormId};
use super::popup::{Opened, Popup, Then};
use crate::desk::contract::{At, LooksQuery, Query, Row};
use crate::domain::intake::Channel;
use crate::domain::look::is_personal;
use crate::domain::number::{Kind, Number};
use crate::domain::procedure::ArchiveStep;
use crate::domain::profile::Permission;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;

/// What was revealed is masked again after so many seconds.
const SECONDS: i64 = 60;
/// Of what happened with a customer so much is shown, the newest of it.
const TIME_LINE: u32 = 1_000;
/// The last looks at a record that is open are shown, so many.
const LOOKS: u32 = 10;

/// What a record is wanted in full for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be shown over the panes.
    Open {
        /// The history comes first.
        history_first: bool,
    },
    /// To fill a form.
    Form(FormId),
    /// To log a call of this customer.
    Call,
    /// To find the customer of this request.
    Attach,
    /// To be the caller in the form that is open.
    Caller,
    /// To write down what this customer answers to this survey.
    Answer(Number),
    /// To take what is being typed on a new card.
    Join,
}

/// A record that is shown in full beside the list, for a moment.
#[derive(Debug)]
pub struct Revealed {
    /// The record in full.
    pub row: Row,
    since: Stamp,
}

impl App {
    /// Asks for a record in full.
    pub(crate) fn want_whole(&mut self, number: Number, purpose: Purpose) {
        let shows = matches!(
            purpose,
            Purpose::Open { .. } | Purpose::Form(_) | Purpose::Join
        );
        if shows && self.asks_who_calls(number) {
            let args: [(&str, &dyn std::fmt::Display); 1] = [("number", &number)];
            let question = self.facts.tw("confirm-on-call", &args);
            return self.confirm(vec![question], Then::OpenOnCall(number, purpose));
        }
        self.look(Tag::Whole(purpose), Query::Get(number));
    }

    /// The same once it was said that the caller is who they say they are (A11-26.3).
    pub(crate) fn want_on_call(&mut self, number: Number, purpose: Purpose) {
        self.look(Tag::Whole(purpose), Query::GetOnCall(number));
    }

    /// Whether a call is being written down and a record is not known to be the caller's own
    /// (A11-26.3).
    pub(super) fn asks_who_calls(&self, number: Number) -> bool {
        if !self.facts.profile.desk.identity_on_call || !is_personal(number.kind) {
            return false;
        }
        let calls = self.panes.iter().filter_map(|pane| pane.form.as_ref());
        let mut calls = calls.filter(|form| form.id.channel() == Some(Channel::Call));
        let Some(call) = calls.next() else {
            return false;
        };
        let caller: Option<Number> = call.value("customer").parse().ok();
        let selected = self.selected().filter(|(at, _)| at.number == number);
        let about = selected.map_or(number, |(_, record)| record.subject());
        caller != Some(about)
    }

    /// In the form of an answer to a survey, what the survey asks, which is known beside the list.
    fn ask_again(&self, form: &mut Form, record: &Record) {
        let Record::Answer(answer) = record else {
            return;
        };
        let mut beside = self.pane().into_iter().flat_map(|pane| &pane.side.rows);
        let survey = beside.find_map(|row| match &row.record {
            Record::Survey(it) if Some(it.meta.number) == answer.details.survey => Some(it),
            _ => None,
        });
        if let Some(survey) = survey {
            forms::surveys::ask_again(form, survey, answer);
        }
    }

    /// A record has come in full, or as far as the operator may see it.
    pub(crate) fn took_whole(&mut self, purpose: Purpose, row: Row) {
        match purpose {
            Purpose::Open { history_first } => self.show_record(row, history_first),
            Purpose::Form(id) => {
                let mut form = forms::of_whole(id, &row, &self.facts);
                self.ask_again(&mut form, &row.record);
                self.open_form(form);
            }
            Purpose::Call => {
                if let Record::Customer(customer) = &row.record {
                    self.call_of(customer);
                }
            }
            Purpose::Attach => {
                if let Record::Intake(intake) = row.record {
                    let meta = &intake.meta;
                    let at = At {
                        number: meta.number,
                        version: meta.version,
                    };
                    let details = intake.details;
                    let typed = if row.masked {
                        details.caller
                    } else {
                        details.phone
                    };
                    self.attach_customer(at, &typed);
                }
            }
            Purpose::Caller => {
                if let Record::Customer(customer) = &row.record {
                    self.customer_chosen(customer);
                }
            }
            Purpose::Answer(customer) => self.log_answer_of(&row.record, customer),
            Purpose::Join => self.join_card(&row),
        }
    }

    fn show_record(&mut self, row: Row, history_first: bool) {
        self.remember_customer(&row.record);
        let number = row.record.number();
        let opened = Opened {
            row,
            history: Vec::new(),
            history_first,
            remarks: Vec::new(),
            entries: Vec::new(),
            contacts: Vec::new(),
            looks: Vec::new(),
            profile: None,
            on_profile: false,
        };
        self.popups
            .push(Popup::Record(Box::new(opened), Cell::new(0)));
        self.look(Tag::History(number), Query::History(number));
        self.look(Tag::Remarks(number), Query::Remarks(number));
        let entered = &self.facts.profile.archive.steps;
        let is_whose = matches!(number.kind, Kind::File | Kind::Customer);
        if is_whose && entered.contains_key(&ArchiveStep::RecordTransaction) {
            self.look(Tag::Entries(number), Query::Transactions(number));
        }
        if number.kind == Kind::File && self.facts.not_seen(Kind::FollowUp).is_none() {
            self.look(Tag::TimeLine(number), Query::ContactsOfFile(number));
        }
        if number.kind == Kind::Customer {
            let (customer, limit) = (number, TIME_LINE);
            self.look(Tag::TimeLine(number), Query::Contacts { customer, limit });
        }
        let may = |context: &crate::domain::context::Context| context.may(Permission::LooksSee);
        if self.facts.refused(may).is_none() {
            let query = LooksQuery {
                about: Some(number),
                limit: LOOKS,
                ..LooksQuery::default()
            };
            self.look(Tag::Looks(number), Query::Looks(query));
        }
    }

    /// The record that is open over the panes, if it is this one.
    pub(crate) fn opened_mut(&mut self, number: Number) -> Option<&mut Opened> {
        self.popups.iter_mut().find_map(|popup| match popup {
            Popup::Record(opened, _) if opened.row.record.number() == number => Some(&mut **opened),
            _ => None,
        })
    }

    /// Shows the selected record in full, or masked again.
    pub(crate) fn reveal(&mut self) {
        let Some(pane) = self.pane_mut() else { return };
        if pane.revealed.take().is_some() {
            return;
        }
        if let Some((at, _)) = self.selected() {
            if self.asks_who_calls(at.number) {
                let history_first = false;
                return self.want_whole(at.number, Purpose::Open { history_first });
            }
            self.look(Tag::Reveal, Query::Reveal(at.number));
        }
    }

    /// A record has come that is to be shown in full for a moment.
    pub(crate) fn took_revealed(&mut self, row: Row) {
        let since = self.facts.now;
        if let Some(pane) = self.pane_mut() {
            pane.revealed = Some(Revealed { row, since });
        }
        self.mask_again();
    }

    /// Masks what is no longer selected, and what was shown long enough.
    pub(crate) fn mask_again(&mut self) {
        let now = self.facts.now;
        let current = self.current;
        for (place, pane) in self.panes.iter_mut().enumerate() {
            let selected = pane.list().selected().map(|row| row.record.number());
            let stays = pane.revealed.as_ref().is_some_and(|revealed| {
                place == current
                    && selected == Some(revealed.row.record.number())
                    && now.seconds_since(revealed.since) < SECONDS
            });
            if !stays && pane.revealed.take().is_some() {
                self.dirty = true;
            }
        }
    }

    /// Opens the form for a remark on the selected record (A01-05).
    pub(crate) fn open_remark(&mut self) {
        if let Some((at, _)) = self.selected() {
            let form = forms::blank(FormId::Remark, Some(at), &self.facts);
            self.popups.push(Popup::Form(Box::new(form)));
        }
    }
}
