//! Eight sessions change, look and send again at one hub, all at once: what each was told is what
//! a desk that is asked one request after the other could have told. A desk that forgets, overwrites
//! or does things twice is caught by the same means.
//!
//! The scripts of the sessions come by chance and are shrunk when something is wrong; how the
//! sessions meet is up to the machine. `PROPTEST_CASES` asks for more scripts.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;
mod linear;

use std::collections::BTreeMap;

use common::hub::Running;
use common::{Bench, cases};
use frontdesk::desk::contract::{
    Answer, At, Command, Door, Envelope, Failure, Query, Reply, Request, RequestId,
};
use frontdesk::domain::number::Number;
use frontdesk::hub::Line;
use linear::desk::{Came, CardOp, Change, History, LogOp, NumberOp, Seen};
use linear::search::Event;
use linear::sessions::{CARDS, Shared, Step, work};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};

/// Sessions at the hub.
const SESSIONS: usize = 8;

/// Has the scripts worked off at a new hub, through doors made of its lines.
fn history<D: Door + Send>(
    scripts: &[Vec<Step>],
    door: impl Fn(Line, Number) -> D,
) -> (History, Seen) {
    let mut bench = Bench::of("property");
    let shared = Shared::prepare(&mut bench.desk, bench.operator);
    let hub = Running::over(bench.desk);
    let doors = scripts.iter().map(|_| {
        let session = hub.session();
        door(session.line, session.operator)
    });
    let history = work(&shared, doors.collect(), scripts);
    hub.close();
    (history, shared.start)
}

fn step() -> impl Strategy<Value = Step> {
    let name = || option::weighted(0.3, 0..4_u8);
    prop_oneof![
        3 => (0..CARDS).prop_map(Step::Read),
        4 => (0..CARDS, name()).prop_map(|(card, name)| Step::Note(card, name)),
        2 => (0..CARDS, any::<bool>()).prop_map(|(card, set)| Step::Mark(card, set)),
        2 => name().prop_map(Step::Log),
        1 => Just(Step::Peek),
        2 => Just(Step::Again),
    ]
}

fn scripts(sessions: usize, steps: usize) -> impl Strategy<Value = Vec<Vec<Step>>> {
    vec(vec(step(), 0..steps), sessions)
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn sessions_at_one_hub_are_told_what_one_desk_asked_in_turn_could_have_told(
        scripts in scripts(SESSIONS, 14)
    ) {
        let (history, start) = history(&scripts, |line, _| line);
        let fault = history.fault(&start);
        prop_assert!(fault.is_none(), "{}", fault.unwrap());
    }
}

/// How a door is wrong.
#[derive(Clone, Copy)]
enum Wrong {
    /// Shows what it has shown before.
    Forgets,
    /// Makes a change on top of one that the session has not seen.
    Overwrites,
    /// Does what is sent again once more.
    Repeats,
}

struct WrongDoor {
    line: Line,
    operator: Number,
    wrong: Wrong,
    shown: BTreeMap<Number, Answer>,
    renamed: u64,
}

impl Door for WrongDoor {
    fn ask(&mut self, envelope: &Envelope) -> Answer {
        let answer = self.line.ask(envelope);
        match (self.wrong, &envelope.request, &answer) {
            (Wrong::Forgets, Request::Look(Query::Get(number)), _) => {
                self.shown.entry(*number).or_insert(answer).clone()
            }
            (Wrong::Overwrites, Request::Do(change), Err(Failure::Stale { present })) => {
                let at = At {
                    number: present.number(),
                    version: present.meta().version,
                };
                let change = match change.clone() {
                    Command::ChangeCustomer { details, .. } => {
                        Command::ChangeCustomer { at, details }
                    }
                    other => other,
                };
                self.under_another_name(Request::Do(change))
            }
            (Wrong::Repeats, request, Ok(Reply::Done { already: true, .. })) => {
                self.under_another_name(request.clone())
            }
            _ => answer,
        }
    }
}

impl WrongDoor {
    fn under_another_name(&mut self, request: Request) -> Answer {
        self.renamed += 1;
        self.line.ask(&Envelope {
            id: RequestId(fastrand::u64(u64::MAX / 2..)),
            operator: self.operator,
            accept: Vec::new(),
            request,
        })
    }
}

/// Scripts by which a wrong door is found out, as small as the threads that meet by chance let
/// them become.
fn found_out(wrong: Wrong) -> Vec<Vec<Step>> {
    let mut config = cases(20);
    config.max_shrink_iters = 200;
    let mut runner = TestRunner::new(config);
    let found = runner.run(&scripts(2, 10), |scripts| {
        let (history, start) = history(&scripts, |line, operator| WrongDoor {
            line,
            operator,
            wrong,
            shown: BTreeMap::new(),
            renamed: 0,
        });
        match history.fault(&start) {
            Some(fault) => Err(TestCaseError::fail(fault)),
            None => Ok(()),
        }
    });
    match found {
        Err(TestError::Fail(_, scripts)) => scripts,
        other => panic!("not found out: {other:?}"),
    }
}

fn steps(scripts: &[Vec<Step>]) -> usize {
    scripts.iter().map(Vec::len).sum()
}

#[test]
fn a_desk_that_shows_what_was_is_found_out() {
    let scripts = found_out(Wrong::Forgets);
    assert!(steps(&scripts) > 1, "one step shows nothing: {scripts:?}");
}

#[test]
fn a_desk_that_overwrites_is_found_out() {
    let scripts = found_out(Wrong::Overwrites);
    assert!(steps(&scripts) > 1, "one step shows nothing: {scripts:?}");
}

#[test]
fn a_desk_that_does_things_twice_is_found_out() {
    let scripts = found_out(Wrong::Repeats);
    assert!(steps(&scripts) > 1, "one step shows nothing: {scripts:?}");
}

fn seen(version: u32, note: &str) -> Seen {
    Seen {
        version,
        note: note.to_owned(),
        key: false,
    }
}

fn event<O>(begin: u64, end: u64, op: O) -> Event<O> {
    Event { begin, end, op }
}

fn write(id: u64, from: u32, note: &str, came: Came) -> CardOp {
    CardOp::Write {
        id,
        from,
        change: Change::Note(note.to_owned()),
        came,
    }
}

fn done(version: u32, note: &str) -> Came {
    Came::Done {
        already: false,
        seen: seen(version, note),
    }
}

fn card(events: Vec<Event<CardOp>>) -> bool {
    let mut history = History::default();
    history.cards.insert(0, events);
    history.fault(&seen(1, "")).is_none()
}

#[test]
fn answers_in_the_order_of_a_card_are_taken_whatever_overlaps() {
    // The one who read began before the change and ended after it: either is right.
    for read in [seen(1, ""), seen(2, "a")] {
        assert!(card(vec![
            event(1, 4, write(1, 1, "a", done(2, "a"))),
            event(2, 3, CardOp::Read(read)),
        ]));
    }
    assert!(card(vec![
        event(1, 6, write(1, 1, "a", Came::Stale(seen(2, "b")))),
        event(2, 5, write(2, 1, "b", done(2, "b"))),
        event(3, 4, CardOp::Read(seen(2, "b"))),
    ]));
}

#[test]
fn answers_that_no_order_explains_are_caught() {
    let wrong = [
        // A change that had ended is not seen.
        vec![
            event(1, 2, write(1, 1, "a", done(2, "a"))),
            event(3, 4, CardOp::Read(seen(1, ""))),
        ],
        // It is seen, and then not any more, while it is still under way.
        vec![
            event(1, 9, write(1, 1, "a", done(2, "a"))),
            event(2, 3, CardOp::Read(seen(2, "a"))),
            event(4, 5, CardOp::Read(seen(1, ""))),
        ],
        // Two are made from the same version.
        vec![
            event(1, 3, write(1, 1, "a", done(2, "a"))),
            event(2, 4, write(2, 1, "b", done(2, "b"))),
        ],
        // A change is lost under the next one.
        vec![
            event(1, 2, write(1, 1, "a", done(2, "a"))),
            event(3, 4, write(2, 1, "b", done(3, "b"))),
        ],
        // Somebody else's change is named, and there was none.
        vec![event(1, 2, write(1, 1, "a", Came::Stale(seen(1, ""))))],
        // What nobody wrote is read.
        vec![event(1, 2, CardOp::Read(seen(1, "x")))],
        // Sent again, it is done again.
        vec![
            event(1, 2, write(1, 1, "a", done(2, "a"))),
            event(3, 4, write(1, 1, "a", done(3, "a"))),
        ],
    ];
    for events in wrong {
        assert!(!card(events.clone()), "{events:?}");
    }
}

#[test]
fn numbers_with_gaps_or_used_twice_are_caught() {
    let logs = |logs: &[(u64, u64, u64, bool, u32)]| {
        let op = |(begin, end, id, already, seq): &(u64, u64, u64, bool, u32)| {
            let (id, already, seq) = (*id, *already, *seq);
            event(*begin, *end, LogOp { id, already, seq })
        };
        let history = History {
            logs: logs.iter().map(op).collect(),
            ..History::default()
        };
        history.fault(&seen(1, "")).is_none()
    };
    assert!(logs(&[(1, 4, 1, false, 2), (2, 3, 2, false, 1)]));
    assert!(logs(&[(1, 4, 1, true, 1), (2, 3, 1, false, 1)]));
    assert!(!logs(&[(1, 2, 1, false, 2), (3, 4, 2, false, 1)]));
    assert!(!logs(&[(1, 2, 1, false, 1), (3, 4, 2, false, 3)]));
    assert!(!logs(&[(1, 2, 1, false, 1), (3, 4, 2, false, 1)]));
    assert!(!logs(&[(1, 2, 1, false, 1), (3, 4, 1, false, 2)]));
}

#[test]
fn a_number_that_shows_nothing_after_it_was_given_is_caught() {
    let made = event(1, 2, NumberOp::Made("a".into()));
    let read = |text: Option<&str>| event(3, 4, NumberOp::Read(text.map(str::to_owned)));
    for (text, right) in [(Some("a"), true), (None, false), (Some("b"), false)] {
        let mut history = History::default();
        history.numbers.insert(1, vec![made.clone(), read(text)]);
        assert_eq!(history.fault(&seen(1, "")).is_none(), right, "{text:?}");
    }
}
