//! What seats are told unasked: what others changed, who else has a record open.

use std::collections::{BTreeMap, BTreeSet};

use super::sign_in::refused;
use super::{Reception, SeatId, Served};
use crate::desk::contract::{Failure, News, Reply};
use crate::domain::number::{Kind, Number};
use crate::domain::operator;
use crate::domain::profile::Permission;
use crate::domain::refusal::Problem;
use crate::text::clean;

/// More records than this changed at once are not named one by one.
const MOST_NAMED: usize = 64;
/// A telephone number has no more digits, with the codes of country and extension.
const MOST_DIGITS: usize = 24;

impl Reception {
    /// A seat has a record open now, or none.
    pub(super) fn opened(&mut self, id: SeatId, number: Option<Number>) {
        let Some(seat) = self.seats.get_mut(&id) else {
            return;
        };
        let before = std::mem::replace(&mut seat.open, number);
        if before != number {
            self.tell_who_has(before);
            self.tell_who_has(number);
        }
    }

    /// Tells every seat that has a record open who else has.
    pub(super) fn tell_who_has(&mut self, number: Option<Number>) {
        let Some(number) = number else { return };
        let having: Vec<(SeatId, Option<Number>)> = self
            .seats
            .iter()
            .filter(|(_, seat)| seat.open == Some(number))
            .map(|(id, seat)| (*id, seat.operator))
            .collect();
        for (id, me) in &having {
            let others: BTreeSet<Number> = having
                .iter()
                .filter_map(|(_, operator)| *operator)
                .filter(|operator| Some(*operator) != *me)
                .collect();
            let others = others.into_iter().collect();
            self.news.push((*id, News::AlsoOpen { number, others }));
        }
    }

    /// Tells those who take calls that a telephone rings; one that is locked is told too, and shows
    /// it once it is unlocked.
    ///
    /// # Errors
    /// Refused without the permission, for what is no telephone number, and for an operator that there
    /// is not.
    pub(super) fn announce(
        &mut self,
        id: SeatId,
        number: &str,
        to: Option<&str>,
    ) -> Result<Served, Failure> {
        let by = self.operator_at(id).ok_or_else(Failure::internal)?;
        self.desk.may(by, Permission::CallAnnounce)?;
        let digits = clean::digits(number);
        if digits.is_empty() || digits.len() > MOST_DIGITS {
            let problem = Problem::new("not-a-caller").field("phone");
            return Err(refused(problem.arg("value", number)));
        }
        let named = to.map(|login| {
            let login = operator::login(login);
            let known = self.desk.operator_of(&login).map(|it| it.meta.number);
            known.ok_or_else(|| refused(Problem::new("unknown-operator").arg("value", &login)))
        });
        let to = named.transpose()?;
        let seats = self.seats.iter().filter(|(seat, at)| {
            let operator = at.operator.filter(|_| **seat != id);
            let asked = to.is_none() || to == operator;
            asked && operator.is_some_and(|it| self.desk.may(it, Permission::IntakeLog).is_ok())
        });
        let seats: Vec<SeatId> = seats.map(|(seat, _)| *seat).collect();
        let count = u32::try_from(seats.len()).unwrap_or(u32::MAX);
        for seat in seats {
            let digits = digits.clone();
            self.news.push((seat, News::Calling { digits }));
        }
        Ok(Ok(Reply::Announced { seats: count }).into())
    }

    /// Tells everybody else that a call was taken.
    pub(super) fn call_taken(&mut self, id: SeatId, digits: &str) {
        let others = self.seats.keys().filter(|seat| **seat != id);
        let others: Vec<SeatId> = others.copied().collect();
        for seat in others {
            let digits = digits.to_owned();
            self.news.push((seat, News::CallTaken { digits }));
        }
    }

    /// Tells every seat but the one that did it what changed. A seat that changed something is
    /// told what the others changed.
    pub(super) fn tell_changed(&mut self, changed: &BTreeMap<SeatId, BTreeSet<Number>>) {
        if changed.is_empty() {
            return;
        }
        let seq = self.desk.head().seq;
        for (id, seat) in &self.seats {
            let others = changed.iter().filter(|(by, _)| *by != id);
            let others = others.flat_map(|(_, them)| them).copied();
            // A seat that nobody has taken shows the site and who may sign in.
            let may_know = |number: &Number| {
                seat.operator.is_some() || matches!(number.kind, Kind::Site | Kind::Operator)
            };
            let numbers: BTreeSet<Number> = others.filter(may_know).collect();
            if numbers.is_empty() {
                continue;
            }
            let named = if numbers.len() > MOST_NAMED {
                Vec::new()
            } else {
                numbers.into_iter().collect()
            };
            let news = News::Changed {
                seq,
                numbers: named,
            };
            self.news.push((*id, news));
        }
    }
}
