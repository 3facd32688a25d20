//! Eight sessions change and read a few records at once: every history of answers is one that a
//! single desk, asked one thing after the other, could have given.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod common;

use std::collections::HashSet;
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};

use common::hub::{Running, Session};
use common::{Bench, card, cases};
use frontdesk::desk::contract::{At, Command, Failure, Query, Reply};
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::number::Number;
use frontdesk::domain::record::Record;
use proptest::prelude::*;

const SESSIONS: usize = 8;
const RECORDS: usize = 2;

/// What a session does with a record.
#[derive(Debug, Clone, Copy)]
enum Step {
    Read(usize),
    /// Changes it from the version last seen.
    Write(usize),
}

/// What was seen of a record: its version, and the mark of who wrote it.
type Seen = (u32, u64);

/// An answer that came, between two moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Event {
    record: usize,
    began: u64,
    ended: u64,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Read(Seen),
    /// Written from a version, with the mark; what it is then.
    Wrote {
        from: u32,
        now: Seen,
    },
    /// Refused, because it was this meanwhile.
    Stale {
        from: u32,
        present: Seen,
    },
}

impl What {
    /// What a record of one desk is after this, if it can happen at all.
    fn after(self, state: Seen) -> Option<Seen> {
        match self {
            Self::Read(seen) => (seen == state).then_some(state),
            Self::Wrote { from, now } => (from == state.0 && now.0 == from + 1).then_some(now),
            Self::Stale { from, present } => (present == state && from != state.0).then_some(state),
        }
    }
}

/// Whether the events of one record can be put in an order that keeps every one that ended before
/// another began before it, and that one desk could have answered. Tries the events that may come
/// next, and remembers where it has been.
fn is_linear(events: &[Event], begin: Seen) -> bool {
    fn go(events: &[Event], left: u64, state: Seen, been: &mut HashSet<(u64, Seen)>) -> bool {
        if left == 0 {
            return true;
        }
        if !been.insert((left, state)) {
            return false;
        }
        let of = |at: usize| left & (1 << at) != 0;
        let soonest = (0..events.len())
            .filter(|at| of(*at))
            .map(|at| events[at].ended);
        let soonest = soonest.min().unwrap();
        (0..events.len())
            .filter(|at| of(*at) && events[*at].began < soonest)
            .any(|at| {
                let next = events[at].what.after(state);
                next.is_some_and(|next| go(events, left & !(1 << at), next, been))
            })
    }
    assert!(events.len() < 64, "a history fits into a word");
    let all = (1_u64 << events.len()) - 1;
    go(events, all, begin, &mut HashSet::new())
}

fn owner(record: usize) -> CustomerDetails {
    card(&format!("业主{record}"), &format!("1390000111{record}"))
}

fn seen(record: &Record) -> Seen {
    let Record::Customer(customer) = record else {
        panic!("{record:?}");
    };
    let mark = customer.details.note.parse().unwrap_or(0);
    (customer.meta.version, mark)
}

/// One session's part of a history.
fn play(
    session: &mut Session,
    steps: &[Step],
    records: &[Number],
    mark: u64,
    clock: &AtomicU64,
) -> Vec<Event> {
    let mut known: Vec<Seen> = vec![(1, 0); records.len()];
    let mut events = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        let (Step::Read(record) | Step::Write(record)) = *step;
        let number = records[record];
        let began = clock.fetch_add(1, Ordering::SeqCst);
        let what = match step {
            Step::Read(_) => match session.look(Query::Get(number)) {
                Reply::Record(Some(row)) => What::Read(seen(&row.record)),
                other => panic!("{other:?}"),
            },
            Step::Write(_) => {
                let from = known[record].0;
                let mut details = owner(record);
                details.note = (mark * 1000 + place as u64).to_string();
                let at = At {
                    number,
                    version: from,
                };
                match session.change(Command::ChangeCustomer { at, details }) {
                    Ok(Reply::Done { record, .. }) => What::Wrote {
                        from,
                        now: seen(&record),
                    },
                    Err(Failure::Stale { present }) => What::Stale {
                        from,
                        present: seen(&present),
                    },
                    other => panic!("{other:?}"),
                }
            }
        };
        let ended = clock.fetch_add(1, Ordering::SeqCst);
        known[record] = match what {
            What::Read(seen) | What::Wrote { now: seen, .. } => seen,
            What::Stale { present, .. } => present,
        };
        events.push(Event {
            record,
            began,
            ended,
            what,
        });
    }
    events
}

fn history(scripts: &[Vec<Step>]) -> Vec<Event> {
    let mut bench = Bench::of("property");
    let numbers: Vec<Number> = (0..RECORDS)
        .map(|record| bench.customer(owner(record)).meta.number)
        .collect();
    let hub = Running::over(bench.desk);
    let mut sessions: Vec<Session> = scripts.iter().map(|_| hub.session()).collect();
    let (clock, together) = (AtomicU64::new(0), Barrier::new(scripts.len()));
    let mut events = Vec::new();
    std::thread::scope(|scope| {
        let threads: Vec<_> = sessions
            .iter_mut()
            .zip(scripts)
            .zip(1..)
            .map(|((session, steps), mark)| {
                let (clock, together, numbers) = (&clock, &together, &numbers);
                scope.spawn(move || {
                    together.wait();
                    play(session, steps, numbers, mark, clock)
                })
            })
            .collect();
        for thread in threads {
            events.extend(thread.join().unwrap());
        }
    });
    drop(sessions);
    hub.close();
    events
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..RECORDS).prop_flat_map(
        |record| prop_oneof![1 => Just(Step::Read(record)), 3 => Just(Step::Write(record))],
    );
    proptest::collection::vec(step, 0..7)
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn every_history_is_one_that_a_single_desk_could_have_given(
        scripts in proptest::collection::vec(steps(), SESSIONS)
    ) {
        let events = history(&scripts);
        for record in 0..RECORDS {
            let of: Vec<Event> = events.iter().copied().filter(|it| it.record == record).collect();
            prop_assert!(is_linear(&of, (1, 0)), "record {record}: {of:#?}");
        }
    }
}

fn event(began: u64, ended: u64, what: What) -> Event {
    Event {
        record: 0,
        began,
        ended,
        what,
    }
}

#[test]
fn a_history_that_no_single_desk_could_give_is_recognised() {
    let wrote = |from, mark| What::Wrote {
        from,
        now: (from + 1, mark),
    };
    // Two changes from the same version, a read that goes back, a refusal without a reason.
    for wrong in [
        vec![event(0, 5, wrote(1, 1)), event(1, 6, wrote(1, 2))],
        vec![
            event(0, 1, wrote(1, 1)),
            event(2, 3, What::Read((2, 1))),
            event(4, 5, What::Read((1, 0))),
        ],
        vec![event(
            0,
            1,
            What::Stale {
                from: 1,
                present: (1, 0),
            },
        )],
    ] {
        assert!(!is_linear(&wrong, (1, 0)), "{wrong:?}");
    }
    let right = [
        event(0, 9, wrote(1, 1)),
        event(1, 2, What::Read((1, 0))),
        event(3, 4, What::Read((2, 1))),
        event(
            5,
            8,
            What::Stale {
                from: 1,
                present: (2, 1),
            },
        ),
    ];
    assert!(is_linear(&right, (1, 0)));
}
