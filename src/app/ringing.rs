//! A telephone that rings: who calls stands above everything until the call is taken here or
//! elsewhere, and what is being typed is not disturbed (A01-11).

use super::App;
use super::effect::{SeatTag, Tag};
use super::forms::FormId;
use crate::desk::contract::{CallerCard, Query, Sitting};
use crate::domain::mask;
use crate::domain::profile::Tab;
use crate::domain::stamp::Stamp;
use crate::text::clean;

/// A call that nobody takes is shown for so many seconds.
const SECONDS: i64 = 90;

/// A call that waits to be taken.
#[derive(Debug)]
pub struct Ringing {
    /// The caller's number.
    pub digits: String,
    /// Who has it, once known.
    card: Option<CallerCard>,
    since: Stamp,
}

impl App {
    /// The call that rings, in one line: the number, who has it, and what is open for them.
    pub fn ringing(&self) -> Option<String> {
        let ringing = self.ringing.as_ref()?;
        let facts = &self.facts;
        let card = ringing.card.as_ref();
        let who = card.map_or(&[][..], |card| &card.customers);
        let names: Vec<&str> = who.iter().map(|it| it.details.name.as_str()).collect();
        let who = match (card, names.as_slice()) {
            (None, _) => String::new(),
            (Some(_), []) => facts.t("ringing-unknown"),
            (Some(_), names) => names.join(&facts.t("list-comma")),
        };
        let open = card.map_or(0, |card| card.open.len());
        let phone = mask::phone(&ringing.digits);
        let mut line = facts.tw("ringing", &[("phone", &phone), ("who", &who)]);
        if open > 0 {
            line = format!("{line}  {}", facts.tw("ringing-open", &[("count", &open)]));
        }
        Some(line.trim_end().to_owned())
    }

    /// A telephone rings.
    pub(crate) fn rings(&mut self, digits: String) {
        let query = Query::Caller {
            digits: digits.clone(),
        };
        self.look(
            Tag::Ringing {
                digits: digits.clone(),
            },
            query,
        );
        self.ringing = Some(Ringing {
            digits,
            card: None,
            since: self.facts.now,
        });
        self.dirty = true;
    }

    /// Who has the number that rings.
    pub(crate) fn took_ringing(&mut self, digits: &str, card: CallerCard) {
        let ringing = self.ringing.as_mut();
        if let Some(ringing) = ringing.filter(|ringing| ringing.digits == digits) {
            ringing.card = Some(card);
            self.dirty = true;
        }
    }

    /// The call was taken at another seat.
    pub(crate) fn taken_elsewhere(&mut self, digits: &str) {
        if self.ringing.as_ref().is_some_and(|it| it.digits == digits) {
            self.ringing = None;
            self.dirty = true;
        }
    }

    /// A call that rang long enough is over.
    pub(crate) fn stops_ringing(&mut self) {
        let now = self.facts.now;
        let over = self
            .ringing
            .as_ref()
            .is_some_and(|it| now.seconds_since(it.since) >= SECONDS);
        if over {
            self.ringing = None;
            self.dirty = true;
        }
    }

    /// Why no call can be taken.
    pub(crate) fn why_not_take_call(&self) -> Option<String> {
        let none = self.ringing.is_none();
        none.then(|| self.facts.t("why-no-call"))
    }

    /// Takes the call that rings: a new call with its number. What was being typed waits as a draft.
    pub(crate) fn take_call(&mut self) {
        let Some(ringing) = self.ringing.take() else {
            return;
        };
        let digits = ringing.digits;
        self.sit(
            SeatTag::Taken,
            Sitting::TakeCall {
                digits: digits.clone(),
            },
        );
        self.popups.clear();
        self.go(Tab::Intake);
        if self.pane().is_some_and(|pane| pane.form.is_some()) {
            self.leave_form();
        }
        self.open_blank(FormId::NewCall);
        if let Some(form) = self.pane_mut().and_then(|pane| pane.form.as_mut()) {
            form.set("phone", &clean::digits(&digits));
            form.go_to("text");
        }
        self.form_changed();
    }
}
