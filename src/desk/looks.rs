//! The log of looks: what waits to be written, and where it lies once it is (A09-2.5, A11-17).
//!
//! A look rides with the next frame, a second later at most, and nobody waits for it; what must be
//! on disk before it is answered says so. A look holds no personal data in the clear: numbers,
//! times, masked words. Who may look at what is decided in `queries`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::contract::{Cursor, ListQuery};
use super::keyspace as keys;
use super::overlay::Overlay;
use crate::domain::destruction::StoreCopy;
use crate::domain::look::LookKind;
use crate::domain::number::Number;
use crate::domain::stamp::Stamp;
use crate::store::{Fault, Order, Pair, codec};

/// A search that is typed key by key counts once it rests for so many microseconds.
const TYPING: i64 = 1_000_000;
/// A page of an export that comes so many microseconds after the one before is another export.
const PAGES_APART: i64 = 300_000_000;
/// So many are read at once where all of them are.
const AT_ONCE: usize = 1_000;
/// When so many wait, nothing more is shown until they could be written down.
const MOST_WAITING: usize = 4_096;

/// One look, done or refused, as a frame holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Look {
    /// When.
    pub at: Stamp,
    /// Who.
    pub operator: Number,
    /// What was done or tried.
    pub what: LookKind,
    /// At which record.
    pub about: Option<Number>,
    /// It was refused.
    pub refused: bool,
    /// The permit it was done under.
    pub permit: Option<Number>,
    /// More about it, without personal data.
    pub detail: String,
}

/// The part of a look that its key does not say.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub what: LookKind,
    pub about: Option<Number>,
    pub permit: Option<Number>,
    pub detail: String,
}

/// A look to be noted, with what decides when it is written.
#[derive(Debug)]
pub(super) struct Noted {
    pub look: Look,
    /// The digits of a search, which are kept only while they may still be typed on.
    pub typed: String,
    /// On disk before anything is shown.
    pub first: bool,
    /// The page of an export that was shown; all pages of one export are one look.
    pub page: Option<Exported>,
}

/// A page of an export.
#[derive(Debug, Clone)]
pub(super) struct Exported {
    /// What was exported, without the place in it.
    pub query: ListQuery,
    /// The place after which the page begins; none for the first page.
    pub after: Option<Cursor>,
    /// The place after which the next one begins; none when there is nothing more.
    pub next: Option<Cursor>,
}

impl Exported {
    /// Whether this page follows another one directly.
    fn follows(&self, before: &Self) -> bool {
        self.after.is_some() && self.after == before.next && self.query == before.query
    }
}

impl Noted {
    /// A look that nobody waits for.
    pub fn new(look: Look) -> Self {
        Self {
            look,
            typed: String::new(),
            first: false,
            page: None,
        }
    }
}

/// Looks that are not on disk yet.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    looks: Vec<(Look, String)>,
    /// The last page exported by each operator, and when: the next one may follow.
    exports: BTreeMap<Number, (Stamp, Exported)>,
}

impl Waiting {
    /// Notes a look; true when it must be on disk before the answer.
    pub fn note(&mut self, noted: Noted) -> bool {
        let Noted {
            look,
            typed,
            first,
            page,
        } = noted;
        if let Some(page) = page {
            let before = self.exports.insert(look.operator, (look.at, page.clone()));
            let further = before.is_some_and(|(at, before)| {
                page.follows(&before) && look.at.0.saturating_sub(at.0) < PAGES_APART
            });
            if further {
                return false;
            }
        }
        let grows = |known: &str| typed.starts_with(known) || known.starts_with(&typed);
        let same = |(known, digits): &(Look, String)| {
            let at = look.at;
            let still_typed = !typed.is_empty()
                && !digits.is_empty()
                && known.operator == look.operator
                && known.refused == look.refused
                && grows(digits);
            still_typed
                || Look {
                    at,
                    ..known.clone()
                } == look
        };
        if let Some(known) = self.looks.iter().position(same) {
            self.looks.remove(known);
        }
        self.looks.push((look, typed));
        first || self.looks.len() >= MOST_WAITING
    }

    /// What is to be written now; what may still be typed on stays, unless all is asked for.
    pub fn take(&mut self, now: Stamp, all: bool) -> Vec<Look> {
        let rests = |(look, typed): &(Look, String)| {
            all || typed.is_empty() || now.0.saturating_sub(look.at.0) >= TYPING
        };
        let (ripe, green) = std::mem::take(&mut self.looks).into_iter().partition(rests);
        self.looks = green;
        let ripe: Vec<(Look, String)> = ripe;
        ripe.into_iter().map(|(look, _)| look).collect()
    }

    /// Whether the oldest has waited for a second.
    pub fn are_due(&self, now: Stamp) -> bool {
        let oldest = self.looks.first();
        oldest.is_some_and(|(look, _)| now.0.saturating_sub(look.at.0) >= TYPING)
    }

    /// Puts back what could not be written.
    pub fn put_back(&mut self, looks: Vec<Look>) {
        let rest = std::mem::take(&mut self.looks);
        let back = looks.into_iter().map(|look| (look, String::new()));
        self.looks = back.chain(rest).collect();
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.looks.is_empty()
    }
}

/// What the store keeps of the looks of a frame: each under who looked, and under the record.
pub(super) fn entries(seq: u64, looks: &[Look]) -> Result<Vec<Pair>, Fault> {
    let mut entries = Vec::with_capacity(looks.len() * 2);
    for (place, look) in looks.iter().enumerate() {
        let place = keys::LookPlace::new(look.at, seq, place);
        let kept = Kept {
            what: look.what,
            about: look.about,
            permit: look.permit,
            detail: look.detail.clone(),
        };
        let key = keys::look_by(look.operator, look.refused, place);
        entries.push((key, codec::pack(&kept)?));
        if let Some(about) = look.about {
            let key = keys::look_at(about, look.refused, place, look.operator);
            entries.push((key, Vec::new()));
        }
    }
    Ok(entries)
}

/// The copies of the store that were made since a moment, newest first. All that these operators have
/// looked at since is read for it: only a destruction asks, and it reads the whole store anyway.
pub(super) fn copies(
    overlay: &Overlay,
    operators: impl Iterator<Item = Number>,
    since: Stamp,
) -> Result<Vec<StoreCopy>, Fault> {
    let mut copies = Vec::new();
    for operator in operators {
        let prefix = keys::looks_by(operator, false);
        let mut from = prefix.clone();
        from.extend_from_slice(&keys::stamp_bytes(since));
        let to = keys::end_of(&prefix);
        loop {
            let rows = overlay.scan(&from, &to, Order::Forward, AT_ONCE)?;
            let Some((last, _)) = rows.last() else { break };
            from = [last.as_slice(), &[0]].concat();
            for (key, value) in rows {
                let place = key.get(prefix.len()..).and_then(keys::LookPlace::read);
                let kept: Kept = codec::unpack(&value)?;
                if let (LookKind::Backup, Some(place)) = (kept.what, place) {
                    copies.push(StoreCopy {
                        at: place.at(),
                        place: kept.detail,
                    });
                }
            }
        }
    }
    copies.sort_by_key(|copy| std::cmp::Reverse(copy.at));
    Ok(copies)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::number::Kind;

    const fn number(kind: Kind, seq: u32) -> Number {
        Number {
            kind,
            year: 2024,
            seq,
        }
    }

    fn look(at: i64, what: LookKind, detail: &str) -> Look {
        Look {
            at: Stamp(at),
            operator: number(Kind::Operator, 1),
            what,
            about: None,
            refused: false,
            permit: None,
            detail: detail.to_owned(),
        }
    }

    fn typed(at: i64, digits: &str) -> Noted {
        Noted {
            typed: digits.to_owned(),
            ..Noted::new(look(at, LookKind::Search, digits))
        }
    }

    #[test]
    fn of_a_search_that_is_typed_only_the_last_counts() {
        let mut waiting = Waiting::default();
        for (at, digits) in [
            (0, "1380013"),
            (1, "13800138"),
            (2, "1380013"),
            (3, "13900139"),
        ] {
            assert!(!waiting.note(typed(at, digits)));
        }
        assert!(waiting.take(Stamp(4), false).is_empty());
        let details = |looks: Vec<Look>| -> Vec<String> {
            looks.into_iter().map(|look| look.detail).collect()
        };
        let rests = waiting.take(Stamp(2 + TYPING), false);
        assert_eq!(details(rests), ["1380013"]);
        assert_eq!(details(waiting.take(Stamp(4), true)), ["13900139"]);
        assert!(waiting.is_empty());
    }

    #[test]
    fn the_same_look_twice_while_it_waits_is_one() {
        let mut waiting = Waiting::default();
        for at in 0..3 {
            waiting.note(Noted::new(look(at, LookKind::Open, "")));
        }
        assert_eq!(waiting.take(Stamp(9), false).len(), 1);
    }

    fn page(at: i64, kind: Kind, after: Option<u8>, next: Option<u8>) -> Noted {
        let cursor = |at: u8| Cursor(vec![at]);
        let query = ListQuery {
            kind,
            filter: crate::desk::contract::Filter::All,
            sort: crate::desk::contract::Sort::Newest,
            find: String::new(),
            after: None,
            before: None,
            from_end: false,
            limit: 1,
            full: true,
        };
        Noted {
            first: true,
            page: Some(Exported {
                query,
                after: after.map(cursor),
                next: next.map(cursor),
            }),
            ..Noted::new(look(at, LookKind::Export, kind.id()))
        }
    }

    #[test]
    fn only_the_page_that_follows_the_last_one_is_no_further_look() {
        let mut waiting = Waiting::default();
        let mut counts = |noted| waiting.note(noted);
        assert!(counts(page(0, Kind::Customer, None, Some(1))));
        assert!(!counts(page(1, Kind::Customer, Some(1), Some(2))));
        assert!(counts(page(2, Kind::Customer, Some(1), Some(2))));
        assert!(counts(page(3, Kind::Intake, Some(2), Some(3))));
        assert!(!counts(page(4, Kind::Intake, Some(3), None)));
        assert!(counts(page(5, Kind::Intake, Some(3), Some(4))));
        assert!(counts(page(5 + PAGES_APART, Kind::Intake, Some(4), None)));
    }

    #[test]
    fn what_could_not_be_written_waits_in_its_order() {
        let mut waiting = Waiting::default();
        waiting.note(Noted::new(look(0, LookKind::Open, "a")));
        let looks = waiting.take(Stamp(1), false);
        waiting.note(Noted::new(look(2, LookKind::Open, "b")));
        waiting.put_back(looks);
        let again = waiting.take(Stamp(3), false);
        assert_eq!(again.iter().map(|l| l.at.0).collect::<Vec<_>>(), [0, 2]);
    }
}
