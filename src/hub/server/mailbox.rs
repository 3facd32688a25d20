//! News for a line that is busy: put together, so that a session that does not read takes no more
//! memory than one that does.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::contract::News;
use crate::domain::number::Number;

/// More records than this are not named one by one.
const MOST_NAMED: usize = 64;
/// A seat has one record open; a few more may be on their way while it changes.
const MOST_OPEN: usize = 16;

/// News that waits to be told.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    changed: Option<Changed>,
    open: BTreeMap<Number, Vec<Number>>,
    /// The last call, and whether it was taken.
    call: Option<(String, bool)>,
    locked: bool,
    leaving: Option<bool>,
}

#[derive(Debug, Default)]
struct Changed {
    seq: u64,
    numbers: BTreeSet<Number>,
    everything: bool,
}

impl Mailbox {
    /// Puts news in.
    pub(super) fn put(&mut self, news: News) {
        match news {
            News::Changed { seq, numbers } => {
                let changed = self.changed.get_or_insert_default();
                changed.seq = changed.seq.max(seq);
                changed.everything |= numbers.is_empty();
                changed.numbers.extend(numbers);
                changed.everything |= changed.numbers.len() > MOST_NAMED;
                if changed.everything {
                    changed.numbers.clear();
                }
            }
            News::AlsoOpen { number, others } => {
                if self.open.len() >= MOST_OPEN {
                    self.open.pop_first();
                }
                self.open.insert(number, others);
            }
            News::Calling { digits } => self.call = Some((digits, false)),
            News::CallTaken { digits } => {
                // A later call that rings still is told.
                let later = matches!(&self.call, Some((known, false)) if *known != digits);
                if !later {
                    self.call = Some((digits, true));
                }
            }
            News::Locked => self.locked = true,
            News::Leaving { stopped } => self.leaving = Some(stopped),
        }
    }

    /// Takes the next news out; what the seat may no longer show comes first.
    pub(super) fn take(&mut self) -> Option<News> {
        if std::mem::take(&mut self.locked) {
            return Some(News::Locked);
        }
        if let Some(changed) = self.changed.take() {
            return Some(News::Changed {
                seq: changed.seq,
                numbers: changed.numbers.into_iter().collect(),
            });
        }
        if let Some((number, others)) = self.open.pop_first() {
            return Some(News::AlsoOpen { number, others });
        }
        if let Some((digits, taken)) = self.call.take() {
            return Some(if taken {
                News::CallTaken { digits }
            } else {
                News::Calling { digits }
            });
        }
        let stopped = self.leaving.take()?;
        Some(News::Leaving { stopped })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::number::Kind;

    fn number(seq: u32) -> Number {
        Number {
            kind: Kind::Intake,
            year: 2024,
            seq,
        }
    }

    fn changed(seq: u64, numbers: impl IntoIterator<Item = u32>) -> News {
        News::Changed {
            seq,
            numbers: numbers.into_iter().map(number).collect(),
        }
    }

    #[test]
    fn changes_become_one_and_too_many_become_everything() {
        let mut mailbox = Mailbox::default();
        mailbox.put(changed(7, [1, 2]));
        mailbox.put(changed(9, [2, 3]));
        assert_eq!(mailbox.take(), Some(changed(9, [1, 2, 3])));
        assert_eq!(mailbox.take(), None);
        for seq in 0..100 {
            mailbox.put(changed(seq, [u32::try_from(seq).unwrap()]));
        }
        assert_eq!(mailbox.take(), Some(changed(99, [])));
        mailbox.put(changed(1, []));
        mailbox.put(changed(2, [5]));
        assert_eq!(mailbox.take(), Some(changed(2, [])));
    }

    #[test]
    fn of_a_record_the_last_word_counts_and_a_lock_goes_first() {
        let mut mailbox = Mailbox::default();
        for others in [vec![], vec![number(9)]] {
            let number = number(1);
            mailbox.put(News::AlsoOpen { number, others });
        }
        mailbox.put(News::Leaving { stopped: true });
        mailbox.put(News::Locked);
        let order: Vec<News> = std::iter::from_fn(|| mailbox.take()).collect();
        let (number, others) = (number(1), vec![number(9)]);
        assert_eq!(
            order,
            [
                News::Locked,
                News::AlsoOpen { number, others },
                News::Leaving { stopped: true }
            ]
        );
    }

    #[test]
    fn of_a_call_the_last_word_counts() {
        let digits = |digits: &str| digits.to_owned();
        let ring = |of: &str| News::Calling { digits: digits(of) };
        let taken = |of: &str| News::CallTaken { digits: digits(of) };
        let told = |news: &[News]| {
            let mut mailbox = Mailbox::default();
            for one in news {
                mailbox.put(one.clone());
            }
            std::iter::from_fn(|| mailbox.take()).collect::<Vec<News>>()
        };
        assert_eq!(told(&[ring("1"), taken("1")]), [taken("1")]);
        assert_eq!(told(&[ring("1"), ring("2"), taken("1")]), [ring("2")]);
    }
}
