//! Kill -9 of the real program, many times on one store, at a seeded count of acknowledgements:
//! what was acknowledged is there whole, nothing is there half, and everything adds up.
//!
//! `FRONTDESK_KILL_ROUNDS` asks for more rounds, `FRONTDESK_KILL_SEED` for other ones.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, wherever it stands"
)]

mod program;
mod torture;

use std::collections::BTreeSet;
use std::path::Path;

use frontdesk::desk::clock::SystemClock;
use frontdesk::desk::{Desk, Options};
use frontdesk::store::Home;
use program::Program;
use torture::{
    Model, WHOLE_EVERY, acknowledged, assert_all, assert_as_told, killed_after, send_again,
    unknown, variable,
};

fn open(data: &Path) -> Desk {
    let options = Options {
        clock: Box::new(SystemClock),
        site_file: None,
    };
    Desk::open(Home::open(data).unwrap(), options).unwrap()
}

/// What came of the commands of all rounds.
#[derive(Debug, Default)]
struct Tally {
    answered: usize,
    cut_off: usize,
    /// Records of commands that were cut off and were saved all the same.
    saved_untold: usize,
}

fn round(program: &Program, model: &mut Model, tally: &mut Tally) -> Desk {
    model.begin_round();
    let sent = model.some();
    let wanted = model.rng.usize(..=sent.len());
    let answers = killed_after(program, &sent, wanted);
    assert!(answers.len() >= wanted);
    let mut told = BTreeSet::new();
    let mut answered = BTreeSet::new();
    for (request, answer) in acknowledged(&answers) {
        answered.insert(request);
        let records = model.learn(&answer);
        told.extend(records.iter().map(|record| record.number()));
    }
    let untold: Vec<_> = sent
        .into_iter()
        .filter(|sent| !answered.contains(&sent.request))
        .collect();
    let mut desk = open(&program.data());
    let left = assert_as_told(&mut desk, model, &told, &untold);
    tally.answered += answered.len();
    tally.cut_off += untold.len();
    tally.saved_untold += left.len();
    let operator = model.operator;
    for sent in &untold {
        send_again(&mut desk, model, operator, sent);
    }
    assert_eq!(unknown(&mut desk, model), [], "done twice");
    desk
}

#[test]
fn what_was_acknowledged_survives_kill_9_and_nothing_is_half() {
    let rounds = variable("FRONTDESK_KILL_ROUNDS", 200);
    let seed = variable("FRONTDESK_KILL_SEED", 2024);
    let program = Program::set_up("property");
    let mut desk = open(&program.data());
    let operator = desk.operators().next().unwrap().meta.number;
    assert!(desk.verify(None).unwrap().is_clean());
    desk.close().unwrap();
    let mut model = Model::new(seed, operator);
    let mut tally = Tally::default();
    for number in 1..=rounds {
        let mut desk = round(&program, &mut model, &mut tally);
        if number % WHOLE_EVERY == 0 || number == rounds {
            assert_all(&mut desk, &model);
            let report = desk.verify(None).unwrap();
            assert!(
                report.is_clean(),
                "after {number} kills: {:?}",
                report.findings
            );
        }
        desk.close().unwrap();
    }
    println!("{rounds} kills, seed {seed}: {tally:?}");
    assert!(
        model.records.len() as u64 > rounds / 2,
        "the kills left something to compare"
    );
}
