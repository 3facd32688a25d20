//! Power cuts, full disks, failed syncs and requests sent twice: what was acknowledged is there,
//! nothing is there half, and nothing is done twice.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::model::assert_shows;
use common::walk::{Walk, begin, everything, everything_else};
use common::{Bench, at, borrowed, call, card, cases, folder, grievance, seen};
use frontdesk::desk::contract::{
    Answer, Command, Door, Envelope, Failure, Filter, Query, Reply, Request, RequestId,
};
use frontdesk::domain::archive::Grade;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use proptest::prelude::*;

type Records = BTreeMap<Number, Record>;

fn fault(answer: &Answer) -> Option<&str> {
    match answer {
        Err(Failure::Fault { key, .. }) => Some(key),
        _ => None,
    }
}

/// Works until a request is answered with a fault: that request, and the fault.
fn until_fault(bench: &mut Bench, walk: &mut Walk, most: usize) -> Option<(Envelope, String)> {
    for _ in 0..most {
        bench.clock.advance_seconds(60);
        let envelope = walk.envelope();
        let answer = bench.desk.ask(&envelope);
        if let Some(key) = fault(&answer) {
            return Some((envelope, key.to_owned()));
        }
        walk.learn(&envelope, &answer);
        walk.unmask(&mut bench.desk);
    }
    None
}

/// Whether a look at a record is written down before it is answered: a graded file, or a loan of
/// one.
fn is_graded(records: &Records, number: Number) -> bool {
    match records.get(&number) {
        Some(Record::File(file)) => file.details.grade > Grade::None,
        Some(Record::Loan(loan)) => is_graded(records, loan.file),
        Some(Record::Remark(remark)) => is_graded(records, remark.about),
        _ => false,
    }
}

/// The records that differ from what was acknowledged.
fn different(present: &Records, acknowledged: &Records) -> Vec<Number> {
    assert!(
        acknowledged
            .keys()
            .all(|number| present.contains_key(number)),
        "a record is gone"
    );
    let differs = |(number, record): &(&Number, &Record)| acknowledged.get(number) != Some(*record);
    present
        .iter()
        .filter(differs)
        .map(|(number, _)| *number)
        .collect()
}

/// Sends a request again whose answer was a fault; it is done once, whether or not it was done
/// before. Takes what is there then as the truth.
fn settle(bench: &mut Bench, walk: &mut Walk, envelope: &Envelope) {
    walk.unmask(&mut bench.desk);
    let before = everything(&mut bench.desk, bench.operator);
    let done_before = different(&before, &walk.model);
    for number in &done_before {
        let version = before[number].meta().version;
        let known = walk
            .model
            .get(number)
            .map_or(0, |record| record.meta().version);
        assert_eq!(version, known + 1, "{number} was changed twice");
    }
    let answer = bench.desk.ask(envelope);
    assert_eq!(fault(&answer), None);
    let after = everything(&mut bench.desk, bench.operator);
    if !done_before.is_empty() {
        let Ok(Reply::Done { record, .. }) = &answer else {
            panic!("{answer:?}");
        };
        assert!(
            done_before.contains(&record.number()),
            "answered with another record"
        );
        assert_eq!(before, after, "done twice");
    }
    walk.model = after;
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn after_a_power_cut_everything_acknowledged_is_there_and_nothing_half(
        seed: u64,
        cuts in prop::collection::vec(0..400_u64, 1..4),
    ) {
        let (mut bench, mut walk) = begin(seed);
        for (round, operations) in cuts.into_iter().enumerate() {
            bench.disk.cut_after(operations);
            let hit = until_fault(&mut bench, &mut walk, 200);
            bench.disk.crash(seed ^ round as u64);
            bench.reopen();
            if let Some((envelope, _)) = hit {
                settle(&mut bench, &mut walk, &envelope);
            }
        }
        assert_shows(&mut bench, &walk.model);
    }

    #[test]
    fn a_full_disk_refuses_and_goes_on_when_there_is_space(
        seed: u64,
        spaces in prop::collection::vec(0..30_000_u64, 1..4),
    ) {
        let (mut bench, mut walk) = begin(seed);
        for space in spaces {
            bench.disk.set_free(Some(space));
            if let Some((envelope, key)) = until_fault(&mut bench, &mut walk, 300) {
                prop_assert!(["not-saved-full", "full"].contains(&key.as_str()), "{}", key);
                // Looking still works, and everything is as it was. Only what must be written
                // down before it is shown cannot be shown.
                let graded = |number: Number| is_graded(&walk.model, number);
                let shown = everything_else(&mut bench.desk, bench.operator, &graded);
                let mut expected = walk.model.clone();
                expected.retain(|number, _| shown.contains_key(number) || !graded(*number));
                prop_assert_eq!(&shown, &expected);
                bench.disk.set_free(None);
                settle(&mut bench, &mut walk, &envelope);
            }
            bench.disk.set_free(None);
            prop_assert_eq!(until_fault(&mut bench, &mut walk, 10), None);
        }
        assert_shows(&mut bench, &walk.model);
        bench.disk.crash(seed);
        bench.reopen();
        assert_shows(&mut bench, &walk.model);
    }

    #[test]
    fn after_a_failed_sync_the_name_of_the_request_tells_whether_it_was_done(
        seed: u64,
        steps in 1..40_usize,
    ) {
        let (mut bench, mut walk) = begin(seed);
        prop_assert_eq!(until_fault(&mut bench, &mut walk, steps), None);
        bench.disk.fail_syncs(1);
        let hit = until_fault(&mut bench, &mut walk, 200);
        let (envelope, _) = hit.unwrap();
        // The same desk answers, without being opened again.
        settle(&mut bench, &mut walk, &envelope);
        prop_assert_eq!(until_fault(&mut bench, &mut walk, 10), None);
        assert_shows(&mut bench, &walk.model);
        // And what it says now survives the power.
        bench.disk.crash(seed);
        bench.reopen();
        assert_shows(&mut bench, &walk.model);
    }
}

#[test]
fn a_failed_sync_of_the_journal_is_answered_with_unknown() {
    let mut bench = Bench::of("property");
    bench.customer(card("李强", "15400007777"));
    let details = card("王芳", "15400001234");
    // The first sync is that of the new customer's key, which tells that nothing was saved.
    let mut faults = BTreeSet::new();
    for failing in 0..4_u64 {
        let command = Command::ChangeCustomer {
            at: bench.present(Number {
                kind: Kind::Customer,
                year: 2024,
                seq: 1,
            }),
            details: details.clone(),
        };
        bench.disk.fail_syncs(u64::from(failing == 0));
        faults.extend(fault(&bench.ask(command)).map(str::to_owned));
    }
    assert!(faults.contains("unknown"), "{faults:?}");
    bench.assert_clean();
}

/// The record of a change that was done, and whether an earlier request of its id did it.
fn record_of(answer: &Answer) -> (Record, bool) {
    match answer {
        Ok(Reply::Done {
            record, already, ..
        }) => (Record::clone(record), *already),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_request_sent_twice_is_done_once_even_after_a_restart() {
    let mut bench = Bench::of("property");
    let details = call("水管漏水");
    let envelope = bench.envelope(Request::Do(Command::LogIntake {
        details,
        new_customer: None,
    }));
    let (first, already) = record_of(&bench.desk.ask(&envelope));
    assert!(!already);
    assert_eq!(record_of(&bench.desk.ask(&envelope)), (first.clone(), true));
    bench.reopen();
    assert_eq!(record_of(&bench.desk.ask(&envelope)), (first.clone(), true));
    bench.desk.checkpoint().unwrap();
    bench.reopen();
    let both = bench.desk.ask_all(&[envelope.clone(), envelope]);
    let both: Vec<(Record, bool)> = both.iter().map(record_of).collect();
    assert_eq!(both, [(first.clone(), true), (first, true)]);
    assert_eq!(bench.listed(Kind::Intake, Filter::All).len(), 1);
}

#[test]
fn a_request_sent_twice_in_one_go_is_done_once() {
    let mut bench = Bench::of("property");
    let details = call("水管漏水");
    let envelope = bench.envelope(Request::Do(Command::LogIntake {
        details,
        new_customer: None,
    }));
    let answers = bench.desk.ask_all(&[envelope.clone(), envelope]);
    let (first, already) = record_of(&answers[0]);
    assert!(!already);
    assert_eq!(record_of(&answers[1]), (first, true));
    assert_eq!(bench.listed(Kind::Intake, Filter::All).len(), 1);
}

#[test]
fn a_stale_version_is_refused_with_the_present_record() {
    let mut bench = Bench::of("property");
    let old: Record = bench.customer(card("王芳", "15400001234")).into();
    let confirm = Command::ConfirmCard { at: seen(&old) };
    let present = bench.change(confirm.clone());
    match bench.ask(confirm) {
        Err(Failure::Stale { present: shown }) => assert_eq!(*shown, present),
        other => panic!("{other:?}"),
    }
    assert_eq!(bench.history(old.number()).len(), 2);
}

#[test]
fn numbers_are_unbroken_across_refusals_crashes_and_years() {
    let mut bench = Bench::of("property");
    let mut given: Vec<String> = Vec::new();
    for (round, time) in [
        "2024-12-31 23:59",
        "2025-01-01 00:00",
        "2025-12-31 10:00",
        "2026-01-01 10:00",
    ]
    .into_iter()
    .enumerate()
    {
        bench.clock.set(at(time));
        for _ in 0..2 {
            let refused = Command::CreateFile {
                details: folder(""),
            };
            assert!(bench.ask(refused).is_err());
            given.push(bench.file(folder("业主档案")).meta.number.to_string());
            bench.disk.crash(round as u64);
            bench.reopen();
        }
    }
    assert_eq!(
        given,
        [
            "AF-2024-00001",
            "AF-2024-00002",
            "AF-2025-00001",
            "AF-2025-00002",
            "AF-2025-00003",
            "AF-2025-00004",
            "AF-2026-00001",
            "AF-2026-00002",
        ]
    );
    bench.assert_clean();
}

/// Everything a person can see of some records.
fn seen_of(bench: &mut Bench, numbers: &[Number]) -> Vec<Reply> {
    let mut shown: Vec<Reply> = numbers
        .iter()
        .flat_map(|number| [Query::Get(*number), Query::History(*number)])
        .map(|query| bench.look(query))
        .collect();
    shown.push(bench.look(Query::Counts));
    shown.push(bench.look(Query::Operators));
    let customer = Number {
        kind: Kind::Customer,
        year: 2024,
        seq: 1,
    };
    shown.push(bench.look(Query::Contacts {
        customer,
        limit: 100,
    }));
    shown.push(bench.look(Query::Caller {
        digits: "15400001234".into(),
    }));
    shown
}

#[test]
fn a_store_rebuilt_from_checkpoint_and_journal_shows_the_same() {
    for checkpoint_after in [0, 60, 150, 300] {
        let (mut bench, mut walk) = begin(99);
        for step in 0..300 {
            if step == checkpoint_after {
                bench.desk.checkpoint().unwrap();
            }
            bench.clock.advance_seconds(3_600);
            let _ = walk.step(&mut bench.desk);
        }
        if checkpoint_after == 300 {
            bench.desk.checkpoint().unwrap();
        }
        let numbers: Vec<Number> = walk.model.keys().copied().collect();
        let before = seen_of(&mut bench, &numbers);
        bench.reopen();
        assert_eq!(seen_of(&mut bench, &numbers), before, "{checkpoint_after}");
        assert_shows(&mut bench, &walk.model);
    }
}

#[test]
fn requests_of_one_go_see_each_other() {
    let mut bench = Bench::of("property");
    let file = bench.file(folder("业主档案"));
    let at = seen(&file.into());
    let lend = Command::CheckOut {
        file: at,
        details: borrowed("赵明"),
    };
    let details = grievance("太吵");
    let complain = Command::RecordComplaint {
        details,
        intake: None,
    };
    let envelopes = [lend.clone(), lend, complain.clone(), complain]
        .map(|command| bench.envelope(Request::Do(command)));
    let answers = bench.desk.ask_all(&envelopes);
    assert!(answers[0].is_ok());
    assert!(
        matches!(answers[1], Err(Failure::Stale { .. })),
        "{:?}",
        answers[1]
    );
    assert!(answers[2].is_ok() && answers[3].is_ok());
    assert_eq!(bench.listed(Kind::Complaint, Filter::All).len(), 2);
    assert_eq!(bench.listed(Kind::Intake, Filter::All).len(), 2);
    let zero = Envelope {
        id: RequestId(0),
        ..envelopes[3].clone()
    };
    assert!(bench.desk.ask(&zero).is_ok() && bench.desk.ask(&zero).is_ok());
    assert_eq!(bench.listed(Kind::Complaint, Filter::All).len(), 4);
}
