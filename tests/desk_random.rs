//! After any sequence of requests, right or wrong, the desk shows exactly what the records say.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::model::assert_shows;
use common::walk::begin;
use common::{at, cases};
use frontdesk::domain::number::Kind;
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn lists_searches_and_indexes_hold_what_the_records_say(seed: u64, steps in 1..250_usize) {
        let (mut bench, mut walk) = begin(seed);
        let mut chance = fastrand::Rng::with_seed(!seed);
        for _ in 0..steps {
            match chance.u8(0..40) {
                0 => bench.reopen(),
                1 => {
                    bench.desk.checkpoint().unwrap();
                }
                2 => bench.clock.advance_seconds(chance.i64(0..90 * 86_400)),
                3..6 => walk.batch(&mut bench.desk, chance.usize(2..20)),
                _ => {
                    bench.clock.advance_seconds(chance.i64(-5..7_200));
                    let _ = walk.step(&mut bench.desk);
                }
            }
        }
        assert_shows(&mut bench, &walk.model);
        bench.reopen();
        assert_shows(&mut bench, &walk.model);
    }
}

#[test]
fn a_long_walk_does_every_kind_of_work() {
    let (mut bench, mut walk) = begin(15);
    for _ in 0..12_000 {
        let _ = walk.step(&mut bench.desk);
        bench.clock.advance_seconds(600);
    }
    let kinds: Vec<Kind> = walk.model.keys().map(|number| number.kind).collect();
    // Credentials are the reception's, and no door changes one; the archive's procedures need several
    // people and are walked elsewhere.
    let elsewhere = [
        Kind::Credential,
        Kind::Handover,
        Kind::Access,
        Kind::Inspection,
        Kind::Incident,
        Kind::Destruction,
        Kind::DayEnd,
        Kind::Transaction,
        Kind::Task,
        Kind::Registration,
        Kind::DutyShift,
        Kind::FollowUp,
        Kind::Relation,
        Kind::Introduction,
        Kind::Handout,
        Kind::ServiceItem,
        Kind::Merge,
        Kind::Campaign,
        Kind::PlanLine,
        Kind::Dossier,
        Kind::Survey,
        Kind::Answer,
        Kind::Occupancy,
        Kind::Instruction,
        Kind::Hint,
        Kind::ShiftSheet,
    ];
    for kind in Kind::ALL.iter().filter(|kind| !elsewhere.contains(kind)) {
        assert!(kinds.contains(kind), "{kind:?}");
    }
    let voids = walk
        .model
        .values()
        .filter(|record| record.meta().void)
        .count();
    assert!(voids > 1, "no import was taken back");
    let names: std::collections::BTreeSet<String> = walk
        .model
        .keys()
        .flat_map(|number| bench.history(*number))
        .map(|version| version.what)
        .collect();
    assert_eq!(names.len(), 55, "{names:?}");
    assert!(bench.desk.now() > at("2024-06-20 09:00"));
    assert_shows(&mut bench, &walk.model);
}
