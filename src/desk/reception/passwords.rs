//! Passwords chosen and made, keys made.

use super::sign_in::refused;
use super::work::{Checked, Issued, Purpose, Work};
use super::{Reception, SeatId, Served};
use crate::desk::contract::{Answer, Failure, Issue, News, Owed, Reply, RequestId, Secret};
use crate::desk::credentials::BY_PASSWORD;
use crate::desk::secrets;
use crate::domain::credential::check_new;
use crate::domain::operator;
use crate::domain::profile::Permission;
use crate::domain::refusal::Problem;

impl Reception {
    /// The operator at a seat chooses a password.
    pub(super) fn change_password(
        &mut self,
        id: SeatId,
        request: RequestId,
        old: Option<Secret>,
        new: Secret,
    ) -> Result<Served, Failure> {
        let operator = self.operator_at(id).ok_or_else(Failure::internal)?;
        if self.desk.was_done(request)? {
            return Ok(self.seated_reply(id, operator).into());
        }
        let known = self.desk.operators().find(|it| it.meta.number == operator);
        let known = known.ok_or(Failure::Missing(operator))?;
        if known.service {
            return Err(refused(Problem::new("service-no-password")));
        }
        let shown = old.as_ref().map(Secret::expose);
        check_new(new.expose(), shown, &known.login, &known.name)?;
        let login = known.login.clone();
        let credential = self.desk.credential(operator)?;
        let version = credential.as_ref().map_or(0, |it| it.meta.version);
        // Whoever owes one has just proved who they are, perhaps with a key, and may never have seen
        // the one that somebody else made.
        let seat = self.seats.get(&id);
        let is_owed = seat.is_some_and(|seat| seat.owed.contains(&Owed::Password));
        let check = match (credential.and_then(|it| it.password), old) {
            (None, _) => None,
            (Some(_), None) if is_owed => None,
            (Some(_), None) => return Err(refused(Problem::required("old"))),
            (Some(hash), Some(old)) => {
                self.try_password(&login, Some(operator))?;
                Some((old, Some(hash)))
            }
        };
        let checked = Checked {
            login,
            operator: Some(operator),
            version,
        };
        Ok(Served::Work(Work {
            purpose: Purpose::Change(request, checked),
            check,
            hash: Some(new),
        }))
    }

    /// Goes on when the old password was checked and, if it was right, the new one hashed.
    pub(super) fn changed_password(
        &mut self,
        id: SeatId,
        request: RequestId,
        checked: &Checked,
        hashed: Option<String>,
    ) -> Answer {
        let operator = checked.operator.ok_or_else(Failure::internal)?;
        let unchanged = self.version(operator)? == checked.version;
        let Some(hashed) = hashed.filter(|_| unchanged) else {
            self.note_sign_in(Some(operator), true, BY_PASSWORD);
            return Err(refused(Problem::new("wrong-password").field("old")));
        };
        self.attempts.right(&checked.login);
        let what = (request, "change-password");
        self.desk.keep_credential(what, operator, operator, |it| {
            it.password = Some(hashed);
            it.temporary = false;
        })?;
        self.see_what_is_owed(operator);
        self.seated_reply(id, operator)
    }

    /// Makes a password or a key for an operator: by somebody who may, or at the console by the
    /// owner of the data folder.
    pub(super) fn issue(
        &mut self,
        id: SeatId,
        login: &str,
        what: Issue,
    ) -> Result<Served, Failure> {
        let by = self.operator_at(id);
        if let Some(by) = by {
            self.desk.may(by, Permission::OperatorManage)?;
        }
        let login = operator::login(login);
        let known = self.desk.operator_of(&login);
        let known =
            known.ok_or_else(|| refused(Problem::new("unknown-operator").arg("value", &login)))?;
        if !known.active {
            return Err(refused(
                Problem::new("operator-inactive").arg("name", &known.name),
            ));
        }
        let operator = known.meta.number;
        match what {
            Issue::Password if known.service => Err(refused(Problem::new("service-no-password"))),
            Issue::Password => {
                let words = Secret::new(secrets::readable().ok_or_else(Failure::internal)?);
                let hash = Some(words.clone());
                Ok(Served::Work(Work {
                    purpose: Purpose::Issue(Issued {
                        operator,
                        by,
                        words,
                    }),
                    check: None,
                    hash,
                }))
            }
            Issue::Key => {
                let key = secrets::key().ok_or_else(Failure::internal)?;
                let print = secrets::key_print(&key);
                let what = (RequestId(0), "issue-key");
                self.desk
                    .keep_credential(what, operator, by.unwrap_or(operator), |it| {
                        it.key = Some(print);
                    })?;
                Ok(Ok(Reply::Issued(Secret::new(key))).into())
            }
        }
    }

    /// Goes on when a password made for somebody was hashed: their seats are locked, because the
    /// password before may be known to somebody else.
    pub(super) fn issued_password(
        &mut self,
        id: SeatId,
        issued: Issued,
        hashed: Option<String>,
    ) -> Answer {
        let Issued {
            operator,
            by,
            words,
        } = issued;
        let hashed = hashed.ok_or_else(Failure::internal)?;
        // At the console nobody has said who it is.
        let what = if by.is_some() {
            "issue-password"
        } else {
            "reset-password"
        };
        let by = by.unwrap_or(operator);
        self.desk
            .keep_credential((RequestId(0), what), operator, by, |it| {
                it.password = Some(hashed);
                it.temporary = true;
            })?;
        let others: Vec<SeatId> = self
            .seats_of(operator)
            .into_iter()
            .filter(|seat| *seat != id)
            .collect();
        for seat in others {
            let _ = self.lock(seat);
            self.news.push((seat, News::Locked));
        }
        self.see_what_is_owed(operator);
        Ok(Reply::Issued(words))
    }
}
