//! The power goes at any moment: what was acknowledged is there afterwards, nothing is there half.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

use std::path::Path;
use std::sync::Arc;

use frontdesk::store::vault::SlotState;
use frontdesk::store::{
    Checkpoints, Disk, Fault, Files, Head, Home, Journal, Note, SimulatedDisk, StoreId, Unsealed,
    Vault,
};
use proptest::prelude::*;

const ID: StoreId = StoreId([9; 16]);

fn dir() -> &'static Path {
    Path::new("/d")
}

fn disk() -> (SimulatedDisk, Arc<dyn Files>) {
    let disk = SimulatedDisk::new();
    disk.make_dir(dir()).unwrap();
    disk.sync_dir(Path::new("/")).unwrap();
    let files = Arc::new(disk.clone());
    (disk, files)
}

/// Small segments, so that a few frames make many.
fn journal(files: &Arc<dyn Files>) -> Result<(Journal, Vec<Note>), Fault> {
    let (mut journal, notes) = Journal::open(files.clone(), dir(), ID)?;
    journal.limit_segments(4_000);
    Ok((journal, notes))
}

/// A payload that is like no other and as long as asked.
fn payload(number: usize, len: usize) -> Vec<u8> {
    let mut bytes = number.to_le_bytes().to_vec();
    bytes.resize(bytes.len() + len, u8::try_from(number % 251).unwrap());
    bytes
}

/// One life of the machine: frames are appended until the power goes.
#[derive(Debug, Clone)]
struct Life {
    lengths: Vec<usize>,
    cut_after: u64,
    crash: u64,
}

fn lives() -> impl Strategy<Value = Vec<Life>> {
    let lengths = proptest::collection::vec(0..1_500_usize, 1..14);
    let life = (lengths, 0..40_u64, any::<u64>()).prop_map(|(lengths, cut_after, crash)| Life {
        lengths,
        cut_after,
        crash,
    });
    proptest::collection::vec(life, 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn every_acknowledged_frame_survives_whole(lives in lives()) {
        let (disk, files) = disk();
        // What is on the disk for certain, and what was being written when the power went.
        let mut saved: Vec<Vec<u8>> = Vec::new();
        let mut doubtful: Option<Vec<u8>> = None;
        for life in lives {
            disk.cut_after(life.cut_after);
            if let Ok((mut journal, notes)) = journal(&files) {
                prop_assert!(!notes.iter().any(Note::is_loss), "{notes:?}");
                check(&journal, &mut saved, doubtful.take())?;
                for len in life.lengths {
                    let bytes = payload(saved.len(), len);
                    match journal.append(&bytes) {
                        Ok(head) => {
                            saved.push(bytes);
                            prop_assert_eq!(head.seq, saved.len() as u64);
                        },
                        Err(Fault::NotSaved { .. } | Fault::Unknown) => {
                            doubtful = Some(bytes);
                            break;
                        },
                        Err(other) => prop_assert!(false, "{other:?}"),
                    }
                }
            }
            disk.crash(life.crash);
        }
        let (journal, _) = journal(&files).unwrap();
        check(&journal, &mut saved, doubtful)?;
    }

    #[test]
    fn every_key_survives_until_it_is_destroyed(
        destroyed in proptest::collection::vec(0..400_u32, 0..8),
        taken in 1..400_u32,
        cut_after in 0..24_u64,
        crash: u64,
    ) {
        let (disk, files) = disk();
        let path = dir().join("keys");
        let open = || Vault::open(&files, &path, ID);
        disk.cut_after(cut_after);
        let mut sealed = Vec::new();
        let mut gone = Vec::new();
        let mut doubtful = None;
        if let Ok((mut vault, _)) = open() {
            for next in 0..taken {
                let Ok(slot) = vault.take(next) else { break };
                prop_assert_eq!(slot, next);
                sealed.push(vault.seal(slot, b"about", &slot.to_le_bytes()).unwrap());
            }
            for slot in destroyed {
                if sealed.len() <= slot as usize {
                    continue;
                }
                if vault.destroy_all(&[slot]).is_err() {
                    doubtful = Some(slot);
                    break;
                }
                gone.push(slot);
            }
        }
        disk.crash(crash);
        let (mut vault, notes) = open().unwrap();
        // One that was being overwritten when the power went is overwritten at the opening.
        prop_assert!(notes.is_empty(), "{notes:?}");
        for (slot, sealed) in (0..).zip(&sealed) {
            let found = vault.unseal(slot, b"about", sealed);
            if gone.contains(&slot) {
                prop_assert_eq!(found.unwrap(), Unsealed::Destroyed);
            } else {
                let plain = Unsealed::Plain(slot.to_le_bytes().into());
                let found = found.unwrap();
                let is_doubtful = doubtful == Some(slot) && found == Unsealed::Destroyed;
                prop_assert!(is_doubtful || found == plain, "{slot}: {found:?}");
            }
        }
        if let Some(slot) = doubtful {
            vault.destroy_all(&[slot]).unwrap();
            prop_assert_eq!(vault.state(slot), SlotState::Destroyed);
        }
        let next = u32::try_from(sealed.len()).unwrap();
        for next in next..next + 300 {
            prop_assert_eq!(vault.take(next).unwrap(), next);
        }
    }

    #[test]
    fn a_finished_checkpoint_survives_whole(
        sizes in proptest::collection::vec(0..60_usize, 1..5), cut_after in 0..30_u64, crash: u64,
    ) {
        let (disk, files) = disk();
        let checkpoints = Checkpoints::new(files, dir(), ID);
        let rows = |seq: usize, size: usize| (0..size).map(move |row| payload(seq * 100 + row, row));
        disk.cut_after(cut_after);
        let mut finished = 0;
        for (seq, size) in (1..).zip(&sizes) {
            let head = Head { seq: seq as u64, hash: [7; 32] };
            let write = || {
                let mut writer = checkpoints.begin(head)?;
                rows(seq, *size).try_for_each(|row| writer.row(&row))?;
                writer.finish()
            };
            if write().is_err() {
                break;
            }
            finished = seq;
        }
        disk.crash(crash);
        let (found, notes) = checkpoints.latest().unwrap();
        prop_assert_eq!(notes, vec![]);
        let seq = found.as_ref().map_or(0, |found| usize::try_from(found.head().seq).unwrap());
        prop_assert!(seq == finished || seq == finished + 1, "{seq} of {finished}");
        if let Some(found) = found {
            let wanted: Vec<_> = rows(seq, sizes[seq - 1]).collect();
            prop_assert_eq!(found.count(), wanted.len() as u64);
            prop_assert_eq!(found.rows().collect::<Result<Vec<_>, _>>().unwrap(), wanted);
        }
    }
}

/// Holds a reopened journal against what was acknowledged. What was being written when the power
/// went is there whole or not at all.
fn check(
    journal: &Journal,
    saved: &mut Vec<Vec<u8>>,
    doubtful: Option<Vec<u8>>,
) -> Result<(), TestCaseError> {
    let frames: Result<Vec<_>, _> = journal.from(1).collect();
    let found: Vec<_> = frames
        .unwrap()
        .into_iter()
        .map(|frame| frame.payload)
        .collect();
    if found.len() > saved.len() {
        saved.extend(doubtful);
    }
    prop_assert_eq!(&found, &*saved);
    let report = journal.verify(u64::MAX, &mut |_| ()).unwrap();
    prop_assert_eq!(report.bad, vec![]);
    prop_assert_eq!(
        (report.frames, report.head),
        (saved.len() as u64, journal.head())
    );
    Ok(())
}

#[test]
fn a_home_whose_making_was_interrupted_is_made_by_the_next_try() {
    let mut interrupted = 0;
    for cut_after in 0..40 {
        for crash in 0..5 {
            let disk = SimulatedDisk::new();
            disk.cut_after(cut_after);
            let first = Home::in_memory(Arc::new(disk.clone()));
            interrupted += u32::from(first.is_err());
            disk.crash(crash);
            let mut home = Home::in_memory(Arc::new(disk.clone())).unwrap();
            assert_eq!(home.journal.append(b"first").unwrap().seq, 1);
        }
    }
    assert!((1..200).contains(&interrupted), "{interrupted}");
}

#[test]
fn a_home_in_memory_keeps_its_journal_and_keys_over_a_crash() {
    let disk = SimulatedDisk::new();
    let mut home = Home::in_memory(Arc::new(disk.clone())).unwrap();
    assert!(home.fresh && home.notes.is_empty());
    let slot = home.vault.take(0).unwrap();
    let sealed = home.vault.seal(slot, b"", b"secret").unwrap();
    let head = home.journal.append(&sealed).unwrap();
    drop(home);
    disk.crash(1);
    let home = Home::in_memory(Arc::new(disk)).unwrap();
    assert!(home.fresh);
    assert_eq!(home.journal.head(), head);
    let sealed = home.journal.read(1).unwrap().payload;
    let plain = home.vault.unseal(slot, b"", &sealed).unwrap();
    assert_eq!(plain, Unsealed::Plain(b"secret".to_vec()));
}

#[test]
fn a_frame_whose_sync_failed_is_kept_once_it_has_been_seen() {
    let (disk, files) = disk();
    let (mut first, _) = journal(&files).unwrap();
    first.append(b"one").unwrap();
    disk.fail_syncs(1);
    assert!(matches!(first.append(b"two"), Err(Fault::Unknown)));
    assert!(
        matches!(first.append(b"three"), Err(Fault::Unknown)),
        "refused until reopened"
    );
    assert_eq!(first.head().seq, 1);
    drop(first);
    // The system shows the frame although it is not on the disk; whoever saw it may rely on it.
    let (second, notes) = journal(&files).unwrap();
    assert_eq!((second.head().seq, notes), (2, vec![]));
    for crash in 0..20 {
        disk.crash(crash);
        let (third, _) = journal(&files).unwrap();
        assert_eq!(third.read(2).unwrap().payload, b"two");
    }
}

#[test]
fn one_append_costs_one_sync() {
    let (disk, files) = disk();
    let (mut journal, _) = journal(&files).unwrap();
    journal.append(b"first").unwrap();
    let before = disk.syncs();
    for _ in 0..10 {
        journal.append(b"more").unwrap();
    }
    assert_eq!(disk.syncs() - before, 10);
}

#[test]
fn the_real_disk_does_what_the_simulated_one_does() {
    let temp = tempfile::tempdir().unwrap();
    let simulated = SimulatedDisk::new();
    simulated.make_dir(dir()).unwrap();
    let real: (&dyn Files, &Path) = (&Disk, temp.path());
    for (files, dir) in [real, (&simulated, dir())] {
        let (one, two) = (dir.join("one"), dir.join("two"));
        files.make_dir(&dir.join("sub")).unwrap();
        files.make_dir(&dir.join("sub")).unwrap();
        assert!(files.make_dir(&dir.join("no").join("sub")).is_err());
        assert!(files.open(&one).is_err());
        assert_eq!(files.size(&one).unwrap(), None);
        let handle = files.create(&one).unwrap();
        handle.write_at(2, b"abc").unwrap();
        handle.sync().unwrap();
        let mut buffer = [9; 5];
        handle.read_at(0, &mut buffer).unwrap();
        assert_eq!(&buffer, b"\0\0abc");
        assert!(handle.read_at(1, &mut buffer).is_err(), "past the end");
        handle.set_len(3).unwrap();
        assert_eq!(files.size(&one).unwrap(), Some(3));
        files.rename(&one, &two).unwrap();
        assert_eq!(files.list(dir).unwrap(), ["sub", "two"]);
        assert_eq!(files.create(&two).unwrap().size().unwrap(), 0, "emptied");
        files.remove(&two).unwrap();
        files.sync_dir(dir).unwrap();
        assert_eq!(files.list(dir).unwrap(), ["sub"]);
        assert!(files.remove(&two).is_err());
        assert!(files.free(dir).unwrap() > 0);
    }
}
