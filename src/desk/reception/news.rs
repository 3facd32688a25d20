//! What seats are told unasked: what others changed, who else has a record open.

use std::collections::{BTreeMap, BTreeSet};

use super::{Reception, SeatId};
use crate::desk::contract::News;
use crate::domain::number::{Kind, Number};

/// More records than this changed at once are not named one by one.
const MOST_NAMED: usize = 64;

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
