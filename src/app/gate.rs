//! The gate: while it is shut nothing of any customer is on the screen, and only somebody who
//! signs in opens it (A07-g4c). It is shut at the start, when the screen is locked, and as long
//! as an operator who has signed in still owes something.
//!
//! A locked screen keeps what was open in memory for the operator who locked it, down to the
//! caret; for anybody else all of it goes, and the forms wait as drafts. Whether a seat is locked
//! is known at the desk and not only here: this decides what is seen.

use std::cell::Cell;
use std::collections::VecDeque;
use std::time::Duration;

use super::App;
use super::effect::{Effect, Origin, SeatTag, Tag};
use super::form::{FieldKind, Form};
use super::forms::{self, FormId};
use super::pane::Pane;
use super::popup::Popup;
use crate::desk::contract::{
    Answer, Command, Failure, Owed, Proof, Query, Reply, Request, Seated, Secret, Sitting,
};
use crate::domain::number::{Kind, Number};
use crate::domain::stamp::Stamp;

/// Nobody yet.
pub(crate) const NOBODY: Number = Number {
    kind: Kind::Operator,
    year: 0,
    seq: 0,
};

/// The shut gate.
#[derive(Debug)]
pub struct Gate {
    /// Who locked the screen, and when; none where nobody sits here.
    pub held: Option<(Number, Stamp)>,
    /// What stood over the panes and comes back with the one who locked the screen.
    kept: Vec<Popup>,
    /// What the operator who signed in owes before anything else.
    owed: VecDeque<Owed>,
    /// The store was just set up, and whether sample data is wanted in it.
    first: Option<bool>,
}

impl App {
    /// Locks the screen, whatever stands on it.
    pub(crate) fn lock(&mut self) {
        if self.gate.is_none() && self.facts.operator.is_some() {
            self.sit(SeatTag::Lock, Sitting::Lock);
            self.shut();
        }
    }

    /// Locks the screen and asks who takes over.
    pub(crate) fn switch_operator(&mut self) {
        self.lock();
        self.open_sign_in(None);
    }

    /// The desk has locked the seat, or its operator may no longer work.
    pub(crate) fn locked_by_desk(&mut self) {
        self.shut();
        self.dirty = true;
    }

    /// The operator goes; what was typed waits as drafts.
    pub(crate) fn sign_out(&mut self) {
        self.stop_work();
        self.sit(SeatTag::Out, Sitting::SignOut);
        self.clear_desk();
        self.shut();
    }

    /// So much time has gone without a key. An idle screen blanks and locks as the profile says.
    pub(crate) fn idle(&mut self, time: Duration) {
        let minutes = self.facts.profile.desk.idle_minutes;
        let limit = minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
        let is_over = limit.is_some_and(|limit| time >= limit);
        if is_over && self.gate.is_none() {
            self.lock();
            self.dirty = true;
        }
    }

    /// Shuts the gate over what is open, and asks who is there.
    pub(crate) fn shut(&mut self) {
        if self.gate.is_some() {
            return;
        }
        self.veiled = false;
        let now = self.facts.now;
        let held = self.facts.operator.as_ref();
        self.gate = Some(Gate {
            held: held.map(|operator| (operator.meta.number, now)),
            kept: std::mem::take(&mut self.popups),
            owed: VecDeque::new(),
            first: None,
        });
        self.toast = None;
        self.resolver.reset();
        self.pending.clear();
        self.told_open = None;
        self.also_open = None;
        self.effects.push(Effect::Redraw);
        let login = held.map(|operator| operator.login.clone());
        self.open_sign_in(login.as_deref());
        self.look(Tag::Operators, Query::Operators);
    }

    fn open_sign_in(&mut self, login: Option<&str>) {
        let mut form = forms::blank(FormId::SignIn, None, &self.facts);
        if let Some(login) = login {
            form.set("login", login);
            form.go_to("password");
        }
        self.popups = vec![Popup::Form(Box::new(form))];
    }

    /// The operators are known now: the sign-in offers them. Where only one works here, that one
    /// is named already.
    pub(crate) fn offer_operators(&mut self) {
        let fresh = forms::seat::sign_in(&self.facts);
        let is_held = self.gate.as_ref().is_some_and(|gate| gate.held.is_some());
        let Some(form) = self.popup_form_mut(FormId::SignIn) else {
            return;
        };
        let Some(FieldKind::Choice(options)) = fresh.into_iter().next().map(|field| field.kind)
        else {
            return;
        };
        let only = match options.ids().as_slice() {
            [login] if !is_held && !form.changed => Some((*login).to_owned()),
            _ => None,
        };
        if let Some(field) = form.field_mut("login") {
            field.kind = FieldKind::Choice(options);
        }
        if let Some(login) = only {
            form.set("login", &login);
            form.go_to("password");
        }
    }

    fn popup_form_mut(&mut self, id: FormId) -> Option<&mut Form> {
        self.popups.iter_mut().find_map(|popup| match popup {
            Popup::Form(form) if form.id == id => Some(&mut **form),
            _ => None,
        })
    }

    /// Says something of the seat.
    pub(crate) fn sit(&mut self, tag: SeatTag, sitting: Sitting) {
        self.ask(Tag::Seat(tag), Request::Sit(sitting), Vec::new());
    }

    /// What is typed in the sign-in is sent. The password stays nowhere else.
    pub(crate) fn sign_in(&mut self) {
        let Some(form) = self.popup_form_mut(FormId::SignIn) else {
            return;
        };
        let login = form.value("login").to_owned();
        let password = form.take_secret("password");
        let people = self.facts.operators.iter();
        let mut bound = people.filter(|it| it.login == login && it.account.is_some());
        // Only the own account is told here.
        let proof = match (password.is_empty(), bound.next()) {
            (true, Some(_)) => Proof::Account,
            (true, None) => Proof::Nothing,
            (false, _) => Proof::Password(Secret::new(password)),
        };
        self.sit(SeatTag::In, Sitting::SignIn { login, proof });
    }

    /// What came of something said of the seat.
    pub(crate) fn seat_answered(&mut self, tag: SeatTag, answer: Answer) {
        match (tag, answer) {
            (SeatTag::In, Ok(Reply::Seated(seated))) => self.seated(seated),
            (SeatTag::In, Err(failure)) => {
                self.said_in_form(FormId::SignIn, &failure);
                if let Some(form) = self.popup_form_mut(FormId::SignIn) {
                    form.go_to("password");
                }
            }
            (SeatTag::Password, Ok(Reply::Seated(seated))) => self.password_chosen(seated),
            (SeatTag::Password, Err(failure)) => {
                if self.popup_form_mut(FormId::Password).is_none() {
                    self.open_password(false);
                }
                self.said_in_form(FormId::Password, &failure);
            }
            // That the screen is locked or shows a record holds here, whatever is known there.
            (_, Ok(_)) | (SeatTag::Open | SeatTag::Lock | SeatTag::Out | SeatTag::Taken, _) => {}
        }
    }

    /// The seat is taken. Another operator than the one who locked it finds nothing of theirs.
    pub(crate) fn seated(&mut self, seated: Seated) {
        let Seated { operator, owed, .. } = seated;
        let number = operator.meta.number;
        self.shut();
        // Whoever has just set up the store or chosen a password sits here already.
        let held = self.gate.as_ref().and_then(|gate| gate.held);
        if self.me != number && held.is_none_or(|(by, _)| by != number) {
            self.clear_desk();
        }
        self.me = number;
        self.facts.operator = Some(*operator);
        self.owes(owed);
    }

    /// The operator has to do this before anything else.
    pub(crate) fn owes(&mut self, owed: Vec<Owed>) {
        self.shut();
        if let Some(gate) = &mut self.gate {
            gate.owed = owed.into();
        }
        self.next_owed();
    }

    /// What is owed next; nothing more: the gate opens.
    fn next_owed(&mut self) {
        let Some(gate) = &mut self.gate else { return };
        match gate.owed.pop_front() {
            Some(Owed::Password) => self.open_password(false),
            Some(Owed::Confidentiality) => {
                self.popups = vec![Popup::Pledge(Cell::new(0))];
            }
            None => self.open_gate(),
        }
    }

    fn open_gate(&mut self) {
        let Some(gate) = self.gate.take() else { return };
        self.popups = gate.kept;
        self.toast = None;
        self.dirty = true;
        if gate.first == Some(true) {
            self.effects.push(Effect::FillSample(self.me));
        }
        if gate.first.is_some() {
            let text = self.facts.t("toast-set-up");
            self.say(text);
        }
        self.look(Tag::Hello, Query::Hello);
        self.look(Tag::Operators, Query::Operators);
        self.refresh();
        self.look_at_hand();
        // One who only locked the screen knows what is open.
        if gate.held.is_none() {
            self.load_drafts();
        }
    }

    /// Everything of the operator who was here goes; what was typed is kept as drafts already.
    fn clear_desk(&mut self) {
        self.stop_work();
        self.incoming = None;
        let tabs = self.facts.profile.tabs.iter();
        self.panes = tabs.map(|tab| Pane::new(*tab)).collect();
        self.current = 0;
        self.popups.clear();
        if let Some(gate) = &mut self.gate {
            gate.kept.clear();
            gate.held = None;
        }
        self.last_values.clear();
        self.last_customer = None;
        self.offered = None;
        self.handing.clear();
        self.facts.hints.clear();
        self.drafts.clear();
        self.facts.counts.clear();
        self.facts.alarm = None;
        self.facts.operator = None;
        self.heard = None;
        self.unsure = None;
        self.toast = None;
        self.me = NOBODY;
        self.told_open = None;
    }

    /// The store was set up by this operator, whose password was typed with it.
    pub(crate) fn set_up_by(&mut self, operator: Number, password: String, sample: bool) {
        self.me = operator;
        self.popups.clear();
        self.shut();
        if let Some(gate) = &mut self.gate {
            gate.first = Some(sample);
        }
        let new = Secret::new(password);
        self.sit(
            SeatTag::Password,
            Sitting::ChangePassword { old: None, new },
        );
        self.look(Tag::Hello, Query::Hello);
    }

    /// A form for a new password, with the one in force if there is one.
    pub(crate) fn open_password(&mut self, with_old: bool) {
        let mut form = forms::blank(FormId::Password, None, &self.facts);
        form.demand("old", with_old, with_old);
        form.go_to(if with_old { "old" } else { "new" });
        if self.gate.is_some() {
            self.popups.clear();
        }
        self.popups.push(Popup::Form(Box::new(form)));
    }

    /// Sends the new password that was typed twice.
    pub(crate) fn change_password(&mut self) {
        let differ = self.facts.t("password-differs");
        let short = self.facts.tw("password-short", &[("count", &LEAST)]);
        let Some(form) = self.popup_form_mut(FormId::Password) else {
            return;
        };
        let fault = forms::seat::password_fault(form, "new", "again", LEAST);
        if let Some(fault) = fault {
            let (name, text) = match fault {
                forms::seat::PasswordFault::Short => ("new", short),
                forms::seat::PasswordFault::Differs => ("again", differ),
            };
            form.fail(name, text);
            return;
        }
        let asks_old = form.field("old").is_some_and(|field| field.shown);
        let old = asks_old.then(|| Secret::new(form.take_secret("old")));
        let new = Secret::new(form.take_secret("new"));
        form.take_secret("again");
        self.sit(SeatTag::Password, Sitting::ChangePassword { old, new });
    }

    fn password_chosen(&mut self, seated: Seated) {
        if self.gate.is_some() {
            self.seated(seated);
        } else {
            self.popups
                .retain(|popup| !matches!(popup, Popup::Form(form) if form.id == FormId::Password));
            let text = self.facts.t("toast-password");
            self.say(text);
        }
    }

    /// The confidentiality text was read and is kept to (A11-21), or not.
    pub(crate) fn pledged(&mut self, yes: bool) {
        if yes {
            let command = Command::AcknowledgeConfidentiality;
            self.change(command, Origin::Gate, Vec::new());
        } else {
            self.gate = None;
            self.sign_out();
        }
    }

    /// The acknowledgement is on disk.
    pub(crate) fn acknowledged(&mut self) {
        self.next_owed();
    }

    /// Whether an answer says that somebody must sign in, or that something is owed; then that is
    /// on the screen now.
    pub(crate) fn is_shut_by(&mut self, failure: &Failure) -> bool {
        let Failure::Refused(refusal) = failure else {
            return false;
        };
        let is_shut = self.gate.is_some();
        let has = |key: &str| refusal.problems.iter().any(|problem| problem.key == key);
        let owed = Owed::ALL
            .iter()
            .find(|owed| has(&format!("{}-owed", owed.id())));
        match owed {
            _ if is_shut => failure.wants_sign_in() || owed.is_some(),
            Some(owed) => {
                self.owes(vec![*owed]);
                true
            }
            None if failure.wants_sign_in() => {
                self.locked_by_desk();
                true
            }
            None => false,
        }
    }

    /// Does something with what the operator will find behind the gate in its place.
    pub(crate) fn behind_gate(&mut self, act: impl FnOnce(&mut Self)) {
        if let Some(gate) = &mut self.gate {
            let shown = std::mem::replace(&mut self.popups, std::mem::take(&mut gate.kept));
            act(self);
            let kept = std::mem::replace(&mut self.popups, shown);
            match &mut self.gate {
                Some(gate) => gate.kept = kept,
                None => self.popups = kept,
            }
        } else {
            act(self);
        }
    }
}

/// A password has at least so many characters.
pub(crate) const LEAST: usize = 8;
