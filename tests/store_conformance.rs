//! What every store must do alike: the same tests run on the one in memory and on sled.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, wherever it stands"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use frontdesk::store::sled::Opened;
use frontdesk::store::{
    Batch, Commit, Fault, Holds, KEY_LIMIT, MemoryStore, Order, Pair, SledStore, Store, VALUE_LIMIT,
};
use proptest::prelude::*;
use tempfile::TempDir;

/// A place where one store can be opened again and again.
trait Place {
    fn open(&self) -> Box<dyn Store>;
}

impl Place for MemoryStore {
    fn open(&self) -> Box<dyn Store> {
        Box::new(self.clone())
    }
}

impl Place for TempDir {
    fn open(&self) -> Box<dyn Store> {
        match SledStore::open(&self.path().join("sled")).unwrap().0 {
            Opened::Ready(store) => Box::new(store),
            Opened::Damaged(why) => panic!("damaged: {why}"),
        }
    }
}

/// Runs a test on a new place of each kind.
fn each(test: impl Fn(&dyn Place)) {
    test(&MemoryStore::new());
    test(&tempfile::tempdir().unwrap());
}

fn put(rows: &[(&str, &str)]) -> Batch {
    let change =
        |(key, value): &(&str, &str)| (key.as_bytes().into(), Some(value.as_bytes().into()));
    Batch {
        expect: Vec::new(),
        changes: rows.iter().map(change).collect(),
    }
}

fn keys(rows: &[Pair]) -> String {
    rows.iter()
        .map(|(key, _)| String::from_utf8_lossy(key))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_value_is_there_until_it_is_deleted() {
    each(|place| {
        let store = place.open();
        assert_eq!(store.get(b"a").unwrap(), None);
        assert_eq!(store.commit(&put(&[("a", "1")])).unwrap(), Commit::Done);
        assert_eq!(store.get(b"a").unwrap(), Some(b"1".to_vec()));
        let delete = Batch {
            expect: vec![],
            changes: vec![(b"a".to_vec(), None)],
        };
        store.commit(&delete).unwrap();
        assert_eq!(store.get(b"a").unwrap(), None);
        assert_eq!(store.verify().unwrap(), 0);
    });
}

#[test]
fn a_scan_keeps_bounds_order_and_limit() {
    each(|place| {
        let store = place.open();
        store
            .commit(&put(&[
                ("a", ""),
                ("b", ""),
                ("ba", ""),
                ("c", ""),
                ("d", ""),
            ]))
            .unwrap();
        let scan = |from: &str, to: &str, order, limit| {
            keys(
                &store
                    .scan(from.as_bytes(), to.as_bytes(), order, limit)
                    .unwrap(),
            )
        };
        assert_eq!(scan("b", "d", Order::Forward, 9), "b ba c");
        assert_eq!(scan("b", "d", Order::Backward, 9), "c ba b");
        assert_eq!(scan("b", "d", Order::Forward, 2), "b ba");
        assert_eq!(scan("b", "d", Order::Backward, 2), "c ba");
        assert_eq!(scan("", "\u{7f}", Order::Forward, 9), "a b ba c d");
        assert_eq!(scan("b", "d", Order::Forward, 0), "");
        assert_eq!(scan("c", "c", Order::Forward, 9), "");
        assert_eq!(scan("d", "b", Order::Forward, 9), "");
        assert_eq!(scan("", "a", Order::Backward, 9), "");
    });
}

#[test]
fn of_two_changes_to_a_key_the_later_wins() {
    each(|place| {
        let store = place.open();
        store.commit(&put(&[("a", "1"), ("b", "1")])).unwrap();
        let mut batch = put(&[("a", "2"), ("a", "3")]);
        batch.changes.push((b"b".to_vec(), Some(b"2".to_vec())));
        batch.changes.push((b"b".to_vec(), None));
        batch.changes.push((b"c".to_vec(), None));
        batch.changes.push((b"c".to_vec(), Some(b"4".to_vec())));
        store.commit(&batch).unwrap();
        assert_eq!(store.get(b"a").unwrap(), Some(b"3".to_vec()));
        assert_eq!(store.get(b"b").unwrap(), None);
        assert_eq!(store.get(b"c").unwrap(), Some(b"4".to_vec()));
        assert_eq!(store.verify().unwrap(), 2);
    });
}

#[test]
fn one_precondition_that_fails_stops_the_whole_batch() {
    each(|place| {
        let store = place.open();
        store.commit(&put(&[("a", "1")])).unwrap();
        let right = [
            (b"a".to_vec(), Holds::Value(b"1".to_vec())),
            (b"b".to_vec(), Holds::Absent),
        ];
        let wrong = [
            (b"a".to_vec(), Holds::Absent),
            (b"a".to_vec(), Holds::Value(b"2".to_vec())),
            (b"b".to_vec(), Holds::Value(b"1".to_vec())),
        ];
        for precondition in wrong {
            let mut batch = put(&[("a", "9"), ("b", "9")]);
            batch.expect = right.to_vec();
            batch.expect.push(precondition);
            assert_eq!(store.commit(&batch).unwrap(), Commit::Conflict);
            assert_eq!(store.get(b"a").unwrap(), Some(b"1".to_vec()));
            assert_eq!(store.get(b"b").unwrap(), None);
        }
        let mut batch = put(&[("a", "2"), ("b", "2")]);
        batch.expect = right.to_vec();
        assert_eq!(store.commit(&batch).unwrap(), Commit::Done);
        assert_eq!(store.get(b"b").unwrap(), Some(b"2".to_vec()));
    });
}

#[test]
fn what_is_too_large_is_refused_and_nothing_changes() {
    each(|place| {
        let store = place.open();
        let fits = vec![7; VALUE_LIMIT];
        let change = |key: Vec<u8>, value: Vec<u8>| Batch {
            expect: vec![],
            changes: vec![(b"small".to_vec(), Some(vec![1])), (key, Some(value))],
        };
        for batch in [
            change(b"k".to_vec(), vec![7; VALUE_LIMIT + 1]),
            change(vec![b'k'; KEY_LIMIT + 1], vec![]),
        ] {
            assert!(matches!(store.commit(&batch), Err(Fault::TooLarge { .. })));
            assert_eq!(store.get(b"small").unwrap(), None);
        }
        store
            .commit(&change(vec![b'k'; KEY_LIMIT], fits.clone()))
            .unwrap();
        assert_eq!(store.get(&[b'k'; KEY_LIMIT]).unwrap(), Some(fits));
    });
}

#[test]
fn a_store_opened_again_has_what_was_committed() {
    each(|place| {
        for round in 0..3_u8 {
            let store = place.open();
            assert_eq!(store.verify().unwrap(), u64::from(round));
            store.commit(&put(&[(&round.to_string(), "x")])).unwrap();
            store.flush().unwrap();
            store.close().unwrap();
        }
        let store = place.open();
        assert_eq!(
            keys(&store.scan(b"", b"~", Order::Forward, 9).unwrap()),
            "0 1 2"
        );
    });
}

#[test]
fn a_scan_beside_a_writer_never_sees_half_a_batch() {
    const ROWS: u8 = 40;
    const COMMITS: u32 = 200;
    each(|place| {
        let store: Arc<dyn Store> = Arc::from(place.open());
        let generation = |number: u32| Batch {
            expect: vec![],
            changes: (0..ROWS)
                .map(|row| (vec![row], Some(number.to_be_bytes().into())))
                .collect(),
        };
        store.commit(&generation(0)).unwrap();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for number in 1..=COMMITS {
                    store.commit(&generation(number)).unwrap();
                }
            });
            for order in [Order::Forward, Order::Backward] {
                let store = &store;
                scope.spawn(move || {
                    let mut seen = Vec::new();
                    while seen != COMMITS.to_be_bytes() {
                        let rows = store.scan(&[0], &[ROWS], order, 100).unwrap();
                        assert_eq!(rows.len(), usize::from(ROWS));
                        seen.clone_from(&rows[0].1);
                        assert!(rows.iter().all(|(_, value)| *value == seen), "{rows:?}");
                    }
                });
            }
        });
        assert_eq!(store.get(&[0]).unwrap(), Some(COMMITS.to_be_bytes().into()));
    });
}

type Change = (Vec<u8>, Option<Vec<u8>>);

fn changes() -> impl Strategy<Value = Vec<Vec<Change>>> {
    let key = proptest::collection::vec(0..4_u8, 0..4);
    let value = proptest::option::weighted(0.7, proptest::collection::vec(any::<u8>(), 0..20));
    proptest::collection::vec(proptest::collection::vec((key, value), 0..8), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_store_agrees_with_a_sorted_map(
        batches in changes(),
        from in proptest::collection::vec(0..4_u8, 0..3),
        to in proptest::collection::vec(0..5_u8, 0..3),
        limit in 0..20_usize,
    ) {
        let mut model = BTreeMap::new();
        for (key, value) in batches.iter().flatten() {
            match value {
                Some(value) => model.insert(key.clone(), value.clone()),
                None => model.remove(key),
            };
        }
        let mut wanted: Vec<Pair> = model
            .iter()
            .filter(|(key, _)| **key >= from && **key < to)
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let dir = tempfile::tempdir().unwrap();
        let memory = MemoryStore::new();
        let places: [&dyn Place; 2] = [&memory, &dir];
        for place in places {
            let store = place.open();
            for changes in &batches {
                store.commit(&Batch { expect: vec![], changes: changes.clone() }).unwrap();
            }
            prop_assert_eq!(store.verify().unwrap(), model.len() as u64);
            let first: Vec<Pair> = wanted.iter().take(limit).cloned().collect();
            prop_assert_eq!(&store.scan(&from, &to, Order::Forward, limit).unwrap(), &first);
            wanted.reverse();
            let last: Vec<Pair> = wanted.iter().take(limit).cloned().collect();
            prop_assert_eq!(&store.scan(&from, &to, Order::Backward, limit).unwrap(), &last);
            wanted.reverse();
            store.close().unwrap();
            let store = place.open();
            for (key, value) in &model {
                prop_assert_eq!(store.get(key).unwrap(), Some(value.clone()));
            }
        }
    }
}
