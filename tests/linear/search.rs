//! Whether there is an order in which one thing alone could have answered all operations as they
//! were answered, and in which nothing stands before what had ended when it began: linearizability
//! by search, after Wing and Gong, with what was tried already remembered after Lowe.
//!
//! A history of several things is linearizable when that of each of them is, so each is searched
//! alone. It is not the place for what an operation means: that is [`Sequential::step`]'s.

use std::collections::HashSet;
use std::hash::Hash;

/// The most operations on one thing.
const MOST: usize = 128;

/// Something that is asked one operation after the other.
pub trait Sequential: Clone + Eq + Hash {
    /// An operation with how it was answered.
    type Op;

    /// The thing after an operation; none where it would have answered otherwise.
    fn step(&self, op: &Self::Op) -> Option<Self>;
}

/// An operation as it was seen from outside: it happened at once, at some time between these two.
#[derive(Debug, Clone)]
pub struct Event<O> {
    pub begin: u64,
    pub end: u64,
    pub op: O,
}

/// Whether there is such an order.
pub fn is_linearizable<S: Sequential>(start: S, events: &[Event<S::Op>]) -> bool {
    assert!(events.len() <= MOST, "{} operations", events.len());
    let whole = match events.len() {
        MOST => u128::MAX,
        count => (1 << count) - 1,
    };
    let mut tried = HashSet::new();
    let mut open = vec![(0_u128, start)];
    while let Some((done, state)) = open.pop() {
        if done == whole {
            return true;
        }
        let left = || {
            let is_left = move |place: &usize| done & (1 << place) == 0;
            (0..events.len()).filter(is_left)
        };
        // Whatever began after the first one left has ended comes after it.
        let first_end = left().map(|place| events[place].end).min();
        for place in left() {
            if Some(events[place].begin) > first_end {
                continue;
            }
            let Some(next) = state.step(&events[place].op) else {
                continue;
            };
            let next = (done | 1 << place, next);
            if tried.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    false
}
