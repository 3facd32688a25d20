//! The index against a plain map, with files made often.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::store::SimulatedDisk;

impl Index {
    /// How many records wait in memory.
    fn waiting(&self) -> usize {
        self.active.records() + self.frozen.as_ref().map_or(0, |part| part.records())
    }

    /// How many files there are.
    fn files(&self) -> usize {
        self.segments.len()
    }

    /// Settles, and makes one file of all.
    ///
    /// # Errors
    /// When a file could not be written.
    fn unite(&mut self, seq: u64) -> Result<(), Fault> {
        self.settle(seq)?;
        if self.segments.len() < 2 {
            return Ok(());
        }
        let all = self.segments.clone();
        let job = self.merging(all);
        self.take_in(job.run())
    }
}

type Plain = BTreeMap<(u8, u64), BTreeSet<Vec<u8>>>;

fn disk() -> (SimulatedDisk, Arc<dyn Files>) {
    let disk = SimulatedDisk::new();
    (disk.clone(), Arc::new(disk))
}

fn dir() -> &'static Path {
    Path::new("search")
}

fn found(index: &Index, list: u8, wanted: &Wanted, below: Option<u64>) -> Vec<u64> {
    let mut found = index.find(list, wanted, below);
    let mut all = Vec::new();
    while let Some(id) = found.next().unwrap() {
        all.push(id);
    }
    all
}

fn holds(tokens: &BTreeSet<Vec<u8>>, wanted: &Wanted) -> bool {
    match wanted {
        Wanted::Token(token) => tokens.contains(token),
        Wanted::All(all) => !all.is_empty() && all.iter().all(|it| holds(tokens, it)),
        Wanted::Any(any) => any.iter().any(|it| holds(tokens, it)),
    }
}

fn random_wanted(random: &mut fastrand::Rng, depth: u32) -> Wanted {
    match random.u32(0..if depth == 0 { 1 } else { 3 }) {
        0 => Wanted::Token(vec![b't', random.u8(0..40)]),
        1 => Wanted::All(
            (0..random.usize(0..4))
                .map(|_| random_wanted(random, depth - 1))
                .collect(),
        ),
        _ => Wanted::Any(
            (0..random.usize(0..4))
                .map(|_| random_wanted(random, depth - 1))
                .collect(),
        ),
    }
}

fn random_tokens(random: &mut fastrand::Rng) -> BTreeSet<Vec<u8>> {
    // Some tokens are in nearly every record, most are rare.
    (0..random.usize(1..12))
        .map(|_| {
            let most = random.u8(1..40);
            vec![b't', random.u8(0..most)]
        })
        .collect()
}

fn add(index: &mut Index, plain: &mut Plain, list: u8, id: u64, tokens: BTreeSet<Vec<u8>>) {
    index.add(list, id, tokens.iter().map(Vec::as_slice));
    plain.insert((list, id), tokens);
}

/// Everything that holds is let through, the newest first, each once; what is let through and does
/// not hold was changed later, or is one of a rare token's few.
fn agree(index: &Index, plain: &Plain, random: &mut fastrand::Rng) {
    for _ in 0..60 {
        let wanted = random_wanted(random, 2);
        let list = random.u8(1..3);
        let below = random.bool().then(|| random.u64(0..4_000));
        let through = found(index, list, &wanted, below);
        assert!(
            through.windows(2).all(|pair| pair[0] > pair[1]),
            "{wanted:?}"
        );
        assert!(
            through
                .iter()
                .all(|id| below.is_none_or(|below| *id < below))
        );
        let expected = plain
            .iter()
            .filter(|((of, id), tokens)| {
                *of == list && below.is_none_or(|below| *id < below) && holds(tokens, &wanted)
            })
            .map(|((_, id), _)| *id);
        for id in expected {
            assert!(through.contains(&id), "{wanted:?} lacks {id}");
        }
    }
}

#[test]
fn what_holds_is_found_newest_first_through_files_and_merges() {
    for seed in 0..8 {
        let mut random = fastrand::Rng::with_seed(seed);
        let (_, files) = disk();
        let mut index = Index::create(&files, dir(), 1)
            .unwrap()
            .flushing_at(1 + random.usize(0..60));
        let mut plain = Plain::new();
        for id in 0..3_000_u64 {
            let list = random.u8(1..3);
            add(&mut index, &mut plain, list, id, random_tokens(&mut random));
            if random.u8(0..20) == 0 {
                let old = random.u64(0..=id);
                if plain.contains_key(&(list, old)) {
                    add(
                        &mut index,
                        &mut plain,
                        list,
                        old,
                        random_tokens(&mut random),
                    );
                }
            }
            index.tend(id).unwrap();
        }
        agree(&index, &plain, &mut random);
        index.settle(3_000).unwrap();
        assert_eq!((index.waiting(), index.covered()), (0, 3_000));
        agree(&index, &plain, &mut random);
        index.unite(3_000).unwrap();
        assert_eq!(index.files(), 1);
        agree(&index, &plain, &mut random);
        index.check().unwrap();
        let again = Index::open(&files, dir(), 1).unwrap().unwrap();
        assert_eq!(again.covered(), 3_000);
        agree(&again, &plain, &mut random);
        let mut expected = Part::default();
        for ((list, id), tokens) in &plain {
            expected.add(*list, *id, tokens.iter().map(Vec::as_slice));
        }
        assert!(again.lacks(&expected, 10).unwrap().is_empty());
        expected.add(1, 9_999, [b"t\x01".as_slice()]);
        assert_eq!(again.lacks(&expected, 10).unwrap(), [9_999]);
        assert!(Index::open(&files, dir(), 2).unwrap().is_none());
    }
}

#[test]
fn long_lists_are_walked_and_leapt_through() {
    let (_, files) = disk();
    let mut index = Index::create(&files, dir(), 1).unwrap();
    for id in 0..20_000_u64 {
        let mut tokens = vec![b"all".as_slice()];
        if id % 7 == 0 {
            tokens.push(b"seven");
        }
        if id % 1_000 == 7 {
            tokens.push(b"rare");
        }
        index.add(1, id * 3, tokens);
    }
    index.unite(1).unwrap();
    let token = |token: &[u8]| Wanted::Token(token.to_vec());
    assert_eq!(found(&index, 1, &token(b"all"), None).len(), 20_000);
    let both = Wanted::All(vec![token(b"all"), token(b"seven"), token(b"rare")]);
    let expected: Vec<u64> = (0..20_000)
        .rev()
        .filter(|id| id % 7 == 0 && id % 1_000 == 7)
        .map(|id| id * 3)
        .collect();
    assert_eq!(found(&index, 1, &both, None), expected);
    let some = found(&index, 1, &token(b"seven"), Some(21 * 3));
    assert_eq!(some, [42, 21, 0]);
    assert!(found(&index, 2, &token(b"all"), None).is_empty());
    assert!(found(&index, 1, &token(b"al"), None).is_empty());
}

#[test]
fn after_a_power_cut_there_is_an_index_that_is_whole_up_to_its_frame() {
    for seed in 0..60 {
        let (disk, files) = disk();
        let mut random = fastrand::Rng::with_seed(seed);
        let mut index = Index::create(&files, dir(), 1).unwrap().flushing_at(40);
        files.sync_dir(Path::new("")).unwrap();
        let mut plain = Plain::new();
        for id in 0..200 {
            add(&mut index, &mut plain, 1, id, random_tokens(&mut random));
        }
        index.settle(200).unwrap();
        let before = plain.clone();
        disk.cut_after(random.u64(0..40));
        let mut last = 200;
        for id in 200..400 {
            add(&mut index, &mut plain, 1, id, random_tokens(&mut random));
            if id % 40 == 0 {
                last = id;
                if index.settle(id).is_err() {
                    break;
                }
            }
        }
        drop(index);
        disk.crash(seed);
        let Some(index) = Index::open(&files, dir(), 1).unwrap() else {
            panic!("seed {seed}: what was whole is gone");
        };
        assert!(index.covered() >= 200 && index.covered() <= last);
        index.check().unwrap();
        agree(&index, &before, &mut random);
    }
}

#[test]
fn a_damaged_byte_is_told_or_does_no_harm() {
    let (_, files) = disk();
    let mut random = fastrand::Rng::with_seed(3);
    let mut index = Index::create(&files, dir(), 1).unwrap();
    let mut plain = Plain::new();
    for id in 0..400 {
        add(&mut index, &mut plain, 1, id, random_tokens(&mut random));
    }
    index.settle(1).unwrap();
    let path = segment::path(dir(), 1);
    let handle = files.open(&path).unwrap();
    let size = handle.size().unwrap();
    for at in 0..size {
        let mut byte = [0];
        handle.read_at(at, &mut byte).unwrap();
        handle.write_at(at, &[byte[0] ^ 0x10]).unwrap();
        let told = match Index::open(&files, dir(), 1).unwrap() {
            None => true,
            Some(index) => index.check().is_err(),
        };
        assert!(told, "byte {at} of {size}");
        handle.write_at(at, &byte).unwrap();
    }
    Index::open(&files, dir(), 1)
        .unwrap()
        .unwrap()
        .check()
        .unwrap();
}

#[test]
fn a_full_disk_loses_nothing_that_waits() {
    let (disk, files) = disk();
    let mut random = fastrand::Rng::with_seed(5);
    let mut index = Index::create(&files, dir(), 1).unwrap().flushing_at(10);
    let mut plain = Plain::new();
    disk.set_free(Some(200));
    let mut failed = 0;
    for id in 0..300 {
        add(&mut index, &mut plain, 1, id, random_tokens(&mut random));
        failed += u32::from(index.tend(id).is_err());
    }
    failed += u32::from(index.settle(300).is_err());
    assert!(failed > 0);
    agree(&index, &plain, &mut random);
    disk.set_free(None);
    index.settle(300).unwrap();
    agree(&index, &plain, &mut random);
    assert_eq!(index.covered(), 300);
}

#[test]
fn one_token_is_looked_up_for_all_lists_and_each_gives_its_own_records() {
    let (_, files) = disk();
    let mut index = Index::create(&files, dir(), 1).unwrap().flushing_at(100);
    for id in 0..1_000_u64 {
        let list = 1 + u8::try_from(id % 3).unwrap();
        index.add(list, id, [b"all".as_slice()]);
        if id == 400 {
            index.settle(1).unwrap();
        }
    }
    let lookup = index.look_up(&Wanted::Token(b"all".to_vec()));
    for list in 0..5 {
        let mut found = lookup.list(list, None);
        let mut all = Vec::new();
        while let Some(id) = found.next().unwrap() {
            all.push(id);
        }
        let of_list = |id: &u64| (1..4).contains(&list) && id % 3 + 1 == u64::from(list);
        let expected: Vec<u64> = (0..1_000).rev().filter(of_list).collect();
        assert_eq!(all, expected, "list {list}");
    }
}

#[test]
fn at_leisure_few_files_are_left_and_nothing_is_lost() {
    let (_, files) = disk();
    let mut random = fastrand::Rng::with_seed(9);
    let mut index = Index::create(&files, dir(), 1).unwrap().flushing_at(10);
    let mut plain = Plain::new();
    let mut most = 0;
    for id in 0..2_000 {
        add(&mut index, &mut plain, 1, id, random_tokens(&mut random));
        index.tend(id).unwrap();
        most = most.max(index.files());
    }
    assert!(most > merge::AT_REST);
    while index.waiting() >= 10 || index.files() > merge::AT_REST {
        index.tend_at_leisure(2_000).unwrap();
        std::thread::yield_now();
    }
    agree(&index, &plain, &mut random);
    index.settle(2_000).unwrap();
    assert!(index.files() <= merge::AT_REST);
    index.check().unwrap();
    agree(&index, &plain, &mut random);
}
