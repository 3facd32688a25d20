//! What a customer is for and whether business was closed with them, as their card says it (A12-s).
//!
//! The mark is what lists and rules go by; the card says the same in words once it was asked, and the two
//! never say different things.

use std::collections::BTreeSet;

use super::customer::{CustomerDetails, Mark};
use super::named::named;
use super::profile::CustomerRules;
use super::refusal::{Checks, Problem};
use super::registration::Registration;

named! {
    /// Whether business was closed with a customer (A12-s). Positions stand in records: variants are only
    /// appended.
    Deal {
        /// It was (已成交).
        Closed = "closed",
        /// Not yet (未成交).
        Open = "not-closed",
    }
}

impl Deal {
    /// What the mark says.
    pub const fn of(closed: bool) -> Self {
        if closed { Self::Closed } else { Self::Open }
    }
}

/// Asks for what a site's cards have to say: sale or lease, closed or not closed (A12-s). What was kept and
/// is not offered any more stays.
pub(super) fn check(
    details: &CustomerDetails,
    before: &CustomerDetails,
    rules: &CustomerRules,
    checks: &mut Checks,
) {
    let offered = &rules.businesses;
    if offered.is_empty() {
        return;
    }
    match details.business {
        None => checks.add(Problem::required("business").clause("A12-s")),
        Some(business) => {
            let stays = details.business == before.business;
            checks.require(stays || offered.contains(&business), || {
                let problem = Problem::new("not-on-the-list").field("business");
                problem.clause("A12-s").arg("value", business.id())
            });
        }
    }
    checks.require(details.deal.is_some(), || {
        Problem::required("deal").clause("A12-s")
    });
}

/// The mark as a card says it; as it was where the card says nothing.
pub fn mark(details: &CustomerDetails, marks: &mut BTreeSet<Mark>) {
    match details.deal {
        Some(Deal::Closed) => _ = marks.insert(Mark::Closed),
        Some(Deal::Open) => _ = marks.remove(&Mark::Closed),
        None => {}
    }
}

/// A card as the mark says it, where it says anything.
pub fn follow(details: &mut CustomerDetails, marks: &BTreeSet<Mark>) {
    if details.deal.is_some() {
        details.deal = Some(Deal::of(marks.contains(&Mark::Closed)));
    }
}

/// What was not asked of somebody who is written down in passing: the usual business of the site, and
/// nothing closed.
pub(super) fn usual(details: &mut CustomerDetails, rules: &CustomerRules) {
    if let Some(usual) = rules.businesses.first() {
        details.business = details.business.or(Some(*usual));
        details.deal = details.deal.or(Some(Deal::Open));
    }
}

/// What a card does not say yet, as the customer's registrations have it: what the newest is for, and
/// whether one of them has closed.
pub fn from_registrations(details: &mut CustomerDetails, rows: &[Registration]) {
    let rows = || rows.iter().filter(|row| !row.meta.void);
    let Some(newest) = rows().max_by_key(|row| (row.meta.created_at, row.meta.number)) else {
        return;
    };
    details.business = details.business.or(newest.details.business);
    let closed = rows().any(Registration::has_closed);
    details.deal = details.deal.or(Some(Deal::of(closed)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_and_the_words_never_say_different_things() {
        let mut marks = BTreeSet::from([Mark::Key]);
        let mut details = CustomerDetails {
            deal: Some(Deal::Closed),
            ..CustomerDetails::default()
        };
        mark(&details, &mut marks);
        assert!(marks.contains(&Mark::Closed));
        marks.remove(&Mark::Closed);
        follow(&mut details, &marks);
        assert_eq!(details.deal, Some(Deal::Open));
        // A card that was never asked says nothing, whatever the mark is.
        marks.insert(Mark::Closed);
        let mut silent = CustomerDetails::default();
        follow(&mut silent, &marks);
        mark(&silent, &mut marks);
        assert_eq!(silent.deal, None);
        assert!(marks.contains(&Mark::Closed));
    }
}
