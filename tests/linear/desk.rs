//! The desk as things that are asked one operation after the other: a customer's card with its
//! versions, the numbers of requests, a request under its number.

use std::collections::{BTreeMap, BTreeSet};

use super::search::{Event, Sequential, is_linearizable};

/// What can be seen of a card.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Seen {
    pub version: u32,
    pub note: String,
    pub key: bool,
}

/// What is to become of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Note(String),
    Key(bool),
}

/// How a change was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// Made now, or made before under the same name.
    Done { already: bool, seen: Seen },
    /// Not made: somebody else had changed the card.
    Stale(Seen),
    /// Not made: it would have changed nothing.
    Nothing,
}

/// What is asked of a card.
#[derive(Debug, Clone)]
pub enum CardOp {
    Read(Seen),
    Write {
        id: u64,
        from: u32,
        change: Change,
        came: Came,
    },
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Card {
    pub seen: Seen,
    pub done: BTreeSet<u64>,
}

impl Sequential for Card {
    type Op = CardOp;

    fn step(&self, op: &CardOp) -> Option<Self> {
        let (id, from, change, came) = match op {
            CardOp::Read(seen) => return (*seen == self.seen).then(|| self.clone()),
            CardOp::Write {
                id,
                from,
                change,
                came,
            } => (*id, *from, change, came),
        };
        let mut next = self.clone();
        let expected = if self.done.contains(&id) {
            let seen = self.seen.clone();
            Came::Done {
                already: true,
                seen,
            }
        } else if from != self.seen.version {
            Came::Stale(self.seen.clone())
        } else if *change == Change::Key(self.seen.key) {
            Came::Nothing
        } else {
            next.seen.version += 1;
            match change {
                Change::Note(note) => next.seen.note.clone_from(note),
                Change::Key(key) => next.seen.key = *key,
            }
            next.done.insert(id);
            let seen = next.seen.clone();
            Came::Done {
                already: false,
                seen,
            }
        };
        (*came == expected).then_some(next)
    }
}

/// A request logged under a number.
#[derive(Debug, Clone)]
pub struct LogOp {
    pub id: u64,
    pub already: bool,
    pub seq: u32,
}

/// The numbers of requests: one after the other, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Numbers {
    last: u32,
    done: BTreeMap<u64, u32>,
}

impl Sequential for Numbers {
    type Op = LogOp;

    fn step(&self, op: &LogOp) -> Option<Self> {
        if let Some(seq) = self.done.get(&op.id) {
            return (op.already && op.seq == *seq).then(|| self.clone());
        }
        let mut next = self.clone();
        next.last += 1;
        next.done.insert(op.id, next.last);
        (!op.already && op.seq == next.last).then_some(next)
    }
}

/// What is asked of one number.
#[derive(Debug, Clone)]
pub enum NumberOp {
    Made(String),
    Read(Option<String>),
}

/// What stands under one number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Place(Option<String>);

impl Sequential for Place {
    type Op = NumberOp;

    fn step(&self, op: &NumberOp) -> Option<Self> {
        match op {
            NumberOp::Made(text) if self.0.is_none() => Some(Self(Some(text.clone()))),
            NumberOp::Made(_) => None,
            NumberOp::Read(text) => (*text == self.0).then(|| self.clone()),
        }
    }
}

/// Everything that was seen of a desk.
#[derive(Debug, Default)]
pub struct History {
    pub cards: BTreeMap<usize, Vec<Event<CardOp>>>,
    pub logs: Vec<Event<LogOp>>,
    pub numbers: BTreeMap<u32, Vec<Event<NumberOp>>>,
}

impl History {
    /// What another session saw.
    pub fn join(&mut self, other: Self) {
        for (card, events) in other.cards {
            self.cards.entry(card).or_default().extend(events);
        }
        self.logs.extend(other.logs);
        for (number, events) in other.numbers {
            self.numbers.entry(number).or_default().extend(events);
        }
    }

    /// The thing whose answers no order explains; none where all are explained.
    pub fn fault(&self, start: &Seen) -> Option<String> {
        for (card, events) in &self.cards {
            let start = Card {
                seen: start.clone(),
                done: BTreeSet::new(),
            };
            if !is_linearizable(start, events) {
                return Some(format!("card {card}: {events:#?}"));
            }
        }
        if !is_linearizable(Numbers::default(), &self.logs) {
            return Some(format!("numbers: {:#?}", self.logs));
        }
        self.numbers
            .iter()
            .find(|(_, events)| !is_linearizable(Place::default(), events))
            .map(|(number, events)| format!("number {number}: {events:#?}"))
    }
}
