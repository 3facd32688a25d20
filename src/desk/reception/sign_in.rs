//! Taking a seat, locking it, leaving it.

use super::attempts::FORGOTTEN_AFTER;
use super::work::{Checked, Purpose, Work};
use super::{Reception, SeatId, Served};
use crate::desk::contract::{Answer, Failure, News, Owed, Proof, Reply, Seated, Ticket};
use crate::desk::credentials::BY_PASSWORD;
use crate::desk::secrets;
use crate::domain::credential::{self, Credential};
use crate::domain::look::LookKind;
use crate::domain::number::Number;
use crate::domain::operator;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Stamp;

/// How a sign-in without a proof is called where it is passed over.
const NOTHING: &str = "nothing";

fn kind_of(proof: &Proof) -> &'static str {
    match proof {
        Proof::Password(_) => BY_PASSWORD,
        Proof::Key(_) => "key",
        Proof::Account => "account",
        Proof::Nothing => NOTHING,
    }
}

pub(super) fn refused(problem: Problem) -> Failure {
    Failure::Refused(problem.into())
}

impl Reception {
    /// Somebody wants the seat. A password is checked elsewhere and answered by
    /// [`Self::signed_in`]; what else proves who it is, is looked at here.
    pub(super) fn sign_in(
        &mut self,
        id: SeatId,
        login: &str,
        proof: Proof,
    ) -> Result<Served, Failure> {
        let login = operator::login(login);
        let operator = self.desk.operator_of(&login).map(|it| it.meta.number);
        let credential = match operator {
            Some(operator) => self.desk.credential(operator)?,
            None => None,
        };
        if let Proof::Password(words) = proof {
            self.try_password(&login, operator)?;
            // A program has no password, even if it was a person before.
            let credential = credential.filter(|_| !self.is_service(operator));
            let version = credential.as_ref().map_or(0, |it| it.meta.version);
            let checked = Checked {
                login,
                operator,
                version,
            };
            return Ok(Served::Work(Work {
                purpose: Purpose::SignIn(checked),
                check: Some((words, credential.and_then(|it| it.password))),
                hash: None,
            }));
        }
        let proven = self.proves(id, &login, &proof, credential.as_ref());
        match (proven, operator) {
            (Ok(()), Some(operator)) => Ok(self.sit_down(id, operator, kind_of(&proof)).into()),
            (Ok(()), None) => Err(Failure::internal()),
            (Err(problem), _) => {
                self.note_sign_in(operator, true, kind_of(&proof));
                Err(refused(problem))
            }
        }
    }

    fn is_service(&self, operator: Option<Number>) -> bool {
        self.desk
            .operators()
            .any(|it| Some(it.meta.number) == operator && it.service)
    }

    /// Counts a password that is about to be checked. What was wrong before this desk was opened is
    /// in the log.
    pub(super) fn try_password(
        &mut self,
        login: &str,
        operator: Option<Number>,
    ) -> Result<(), Failure> {
        let now = self.desk.now();
        if let Some(operator) = operator
            && !self.attempts.knows(login)
        {
            let since = Stamp(now.0.saturating_sub(FORGOTTEN_AFTER * 1_000_000));
            let (wrong, last) = self.desk.wrong_passwords(operator, since)?;
            self.attempts.remember(login, wrong, last);
        }
        self.attempts.begin(login, now).map_err(|seconds| {
            refused(Problem::new("wait-before-password").arg("seconds", seconds))
        })
    }

    /// Whether something other than a password proves that a seat is an operator's. A login that
    /// nobody has is refused in the words of one that somebody has.
    fn proves(
        &self,
        id: SeatId,
        login: &str,
        proof: &Proof,
        credential: Option<&Credential>,
    ) -> Result<(), Problem> {
        let operator = self.desk.operator_of(login);
        let seat = self.seats.get(&id);
        let key = match proof {
            Proof::Key(key) => {
                let print = secrets::key_print(key.expose());
                let known = credential.and_then(|it| it.key.as_deref());
                (known != Some(print.as_str())).then_some("wrong-key")
            }
            Proof::Account => {
                let bound = operator.and_then(|it| it.account);
                let uid = seat.map(|seat| seat.peer.uid);
                (bound.is_none() || bound != uid).then_some("account-not-bound")
            }
            Proof::Nothing | Proof::Password(_) => {
                let rehearsal = self.desk.site().is_some_and(|site| site.rehearsal);
                let free = operator
                    .is_some_and(|it| credential::needs_no_proof(it, credential, rehearsal));
                (!free).then_some("password-needed")
            }
        };
        if let Some(key) = key {
            return Err(Problem::new(key));
        }
        // A seat that was locked is unlocked by the person and not by what the terminal holds.
        let has_password = credential.is_some_and(|it| it.password.is_some());
        let is_person = operator.is_some_and(|it| !it.service);
        if is_person && has_password && seat.is_some_and(|seat| seat.locked) {
            return Err(Problem::new("password-needed"));
        }
        Ok(())
    }

    /// Goes on when a password was checked.
    pub(super) fn signed_in(&mut self, id: SeatId, checked: &Checked, matches: bool) -> Answer {
        let wrong = || refused(Problem::new("wrong-password"));
        let Some(operator) = checked.operator.filter(|_| matches) else {
            self.note_sign_in(checked.operator, true, BY_PASSWORD);
            return Err(wrong());
        };
        let credential = self.desk.credential(operator)?;
        // It was changed while it was being checked.
        if credential.is_none_or(|credential| credential.meta.version != checked.version) {
            return Err(wrong());
        }
        self.attempts.right(&checked.login);
        self.sit_down(id, operator, BY_PASSWORD)
    }

    /// Takes the seat as an operator whose proof was good.
    fn sit_down(&mut self, id: SeatId, operator: Number, by: &str) -> Answer {
        let known = self.desk.operators().find(|it| it.meta.number == operator);
        let Some(known) = known.filter(|it| it.active) else {
            let name = known.map(|it| it.name.clone()).unwrap_or_default();
            self.note_sign_in(Some(operator), true, by);
            return Err(refused(Problem::new("operator-inactive").arg("name", name)));
        };
        let number = known.meta.number;
        self.take_seat(id, Some(number));
        self.note_sign_in(Some(number), false, by);
        self.seated_reply(id, number)
    }

    /// What a seat is told that was taken.
    pub(super) fn seated_reply(&mut self, id: SeatId, operator: Number) -> Answer {
        let owed = self.owed(operator)?;
        if let Some(seat) = self.seats.get_mut(&id) {
            seat.owed.clone_from(&owed);
        }
        let known = self.desk.known.acting(operator, self.desk.today());
        let known = known.ok_or(Failure::Missing(operator))?.into_owned();
        Ok(Reply::Seated(Seated {
            operator: Box::new(known),
            ticket: self.ticket(id, operator)?,
            owed,
        }))
    }

    /// Takes the seat again after the line was lost.
    pub(super) fn resume(
        &mut self,
        id: SeatId,
        ticket: &Ticket,
        locked: bool,
    ) -> Result<Served, Failure> {
        let operator = self.holder(id, ticket)?;
        let locked = locked || self.seats.get(&id).is_some_and(|seat| seat.locked);
        let is_active = self
            .desk
            .operators()
            .any(|it| it.meta.number == operator && it.active);
        if !is_active {
            return Err(refused(Problem::new("sign-in-first")));
        }
        self.take_seat(id, Some(operator));
        let answer = self.seated_reply(id, operator);
        if let Some(seat) = self.seats.get_mut(&id) {
            seat.locked = locked;
        }
        Ok(answer.into())
    }

    /// Nothing is shown or done at the seat until somebody signs in again.
    pub(super) fn lock(&mut self, id: SeatId) -> Served {
        self.opened(id, None);
        if let Some(seat) = self.seats.get_mut(&id) {
            seat.locked = seat.operator.is_some();
        }
        Ok(Reply::Noted).into()
    }

    /// The seat is an operator's now, or nobody's.
    pub(super) fn take_seat(&mut self, id: SeatId, operator: Option<Number>) {
        self.opened(id, None);
        if let Some(seat) = self.seats.get_mut(&id) {
            seat.operator = operator;
            seat.locked = false;
            seat.owed.clear();
        }
    }

    /// Whoever set the store up sits there as its first operator. One who has lost the line and
    /// asks again does so too, as long as there is no password to ask for.
    pub(super) fn sit_down_first(&mut self, id: SeatId, record: &Record) {
        let Record::Site(site) = record else { return };
        let first = site.meta.created_by;
        if let Ok(None) = self.desk.credential(first) {
            self.take_seat(id, Some(first));
            self.see_what_is_owed(first);
        }
    }

    /// What an operator must do before anything else. A store for training asks for nothing that
    /// was not begun.
    fn owed(&self, operator: Number) -> Result<Vec<Owed>, Failure> {
        let rehearsal = self.desk.site().is_some_and(|site| site.rehearsal);
        let known = self.desk.operators().find(|it| it.meta.number == operator);
        let known = known.ok_or(Failure::Missing(operator))?;
        let credential = self.desk.credential(operator)?;
        let mut owed = Vec::new();
        if credential::owes_password(known, credential.as_ref(), rehearsal) {
            owed.push(Owed::Password);
        }
        if known.acknowledged.is_none() && !known.service && !rehearsal {
            owed.push(Owed::Confidentiality);
        }
        Ok(owed)
    }

    /// Looks again what the seats of an operator owe.
    pub(super) fn see_what_is_owed(&mut self, operator: Number) {
        let owed = self.owed(operator);
        let theirs = self
            .seats
            .values_mut()
            .filter(|seat| seat.operator == Some(operator));
        for seat in theirs {
            // What cannot be read is owed.
            seat.owed = owed.clone().unwrap_or_else(|_| vec![Owed::Password]);
        }
    }

    /// Keeps the seats in step with a record that changed: whoever may not work any more has no
    /// seat.
    pub(super) fn follow(&mut self, record: &Record) {
        let Record::Operator(operator) = record else {
            return;
        };
        let number = operator.meta.number;
        if operator.active {
            self.see_what_is_owed(number);
            return;
        }
        for id in self.seats_of(number) {
            self.take_seat(id, None);
            self.news.push((id, News::Locked));
        }
    }

    /// The seats an operator sits at.
    pub(super) fn seats_of(&self, operator: Number) -> Vec<SeatId> {
        let theirs = self
            .seats
            .iter()
            .filter(|(_, seat)| seat.operator == Some(operator));
        theirs.map(|(id, _)| *id).collect()
    }

    /// Has a sign-in written down, or one that was refused (A07-g4c). Nothing is written of a login
    /// that nobody has: people type passwords there. Nor is anything of a sign-in without a proof,
    /// which is for training and says of nobody who it was.
    pub(super) fn note_sign_in(&mut self, operator: Option<Number>, refused: bool, by: &str) {
        if let Some(operator) = operator.filter(|_| by != NOTHING) {
            let by = by.to_owned();
            self.desk.note_look(operator, LookKind::SignIn, refused, by);
        }
    }
}
