//! Damage, a full disk and files that are not ours: what the journal does about each, and that the
//! formats stay as they are. The disk is simulated.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use frontdesk::store::{
    Checkpoints, Fault, Files, Head, Home, Journal, Note, SimulatedDisk, StoreId, Vault, files,
    journal::Report,
};
use proptest::prelude::*;

const ID: StoreId = StoreId([9; 16]);
const HEX: [char; 16] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
];
const FIRST: &str = "000000000001.log";

fn disk() -> (SimulatedDisk, Arc<dyn Files>) {
    let disk = SimulatedDisk::new();
    disk.make_dir(Path::new("/d")).unwrap();
    let files = Arc::new(disk.clone());
    (disk, files)
}

fn at(name: &str) -> PathBuf {
    Path::new("/d").join(name)
}

fn open(files: &Arc<dyn Files>) -> (Journal, Vec<Note>) {
    Journal::open(files.clone(), Path::new("/d"), ID).unwrap()
}

fn verify(journal: &Journal) -> Report {
    journal.verify(u64::MAX, &mut |_| ()).unwrap()
}

fn bytes(files: &Arc<dyn Files>, name: &str) -> Vec<u8> {
    files::read_whole(&**files, &at(name), u64::MAX).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|half| HEX[usize::from(half)])
        .collect()
}

/// A journal of `count` frames of ten bytes each, so that a frame takes 62.
fn written(files: &Arc<dyn Files>, count: u8) -> Journal {
    let (mut journal, notes) = open(files);
    assert_eq!(notes, vec![]);
    for number in 1..=count {
        journal.append(&[number; 10]).unwrap();
    }
    journal
}

#[test]
fn damage_in_the_middle_is_named_and_what_is_behind_it_is_kept() {
    let (disk, files) = disk();
    let head = written(&files, 9).head();
    let size = files.size(&at(FIRST)).unwrap();
    let third = 72 + 2 * 62;
    assert!(disk.flip(&at(FIRST), third + 60, 1));
    let (mut journal, notes) = open(&files);
    let damaged = Note::JournalDamaged {
        segment: FIRST.to_owned(),
        offset: third,
        bytes: 62,
    };
    assert_eq!(notes, [damaged]);
    assert_eq!(journal.head(), head);
    assert_eq!(files.size(&at(FIRST)).unwrap(), size, "nothing is cut away");
    for (seq, frame) in (1..).zip(journal.from(1)) {
        match frame {
            Ok(frame) => assert_eq!(frame.payload, [u8::try_from(seq).unwrap(); 10]),
            Err(fault) => assert!(seq == 3 && fault.key() == "damaged", "{seq}: {fault:?}"),
        }
    }
    let report = verify(&journal);
    assert_eq!((report.frames, report.head), (8, head));
    let bad = &report.bad[0];
    assert_eq!(
        (bad.offset, bad.seq, bad.what, report.bad.len()),
        (third, 3, "bytes", 1)
    );
    assert_eq!(journal.append(b"more").unwrap().seq, 10);
    assert_eq!(open(&files).0.read(10).unwrap().payload, b"more");
}

proptest! {
    #[test]
    fn one_damaged_byte_costs_one_frame_at_most(
        offset in 0..(72 + 9 * 62_u64), mask in 1..=255_u8,
    ) {
        let (disk, files) = disk();
        written(&files, 9);
        prop_assert!(disk.flip(&at(FIRST), offset, mask));
        let (journal, notes) = open(&files);
        prop_assert_eq!(notes.len(), 1, "{:?}", notes);
        let hit = offset.checked_sub(72).map(|offset| offset / 62 + 1);
        let last = if hit == Some(9) { 8 } else { 9 };
        prop_assert_eq!(journal.head().seq, last);
        for seq in 1..=last {
            prop_assert_eq!(journal.read(seq).is_ok(), Some(seq) != hit, "{}", seq);
        }
    }

    #[test]
    fn hostile_bytes_are_no_frames(tail in proptest::collection::vec(any::<u8>(), 0..400)) {
        let (_, files) = disk();
        let head = written(&files, 2).head();
        let end = files.size(&at(FIRST)).unwrap().unwrap();
        files.open(&at(FIRST)).unwrap().write_at(end, &tail).unwrap();
        let (journal, _) = open(&files);
        prop_assert_eq!(journal.head(), head);
        prop_assert_eq!(files.size(&at(FIRST)).unwrap(), Some(end));
    }
}

#[test]
fn a_frame_that_claims_to_be_huge_is_cut_off_and_not_believed() {
    let (_, files) = disk();
    let head = written(&files, 2).head();
    let end = files.size(&at(FIRST)).unwrap().unwrap();
    for len in [u32::MAX, 4 << 20, 1 << 16] {
        let claim = [b"FDfr".as_slice(), &len.to_le_bytes(), &[0; 60]].concat();
        files
            .open(&at(FIRST))
            .unwrap()
            .write_at(end, &claim)
            .unwrap();
        let (journal, notes) = open(&files);
        assert_eq!(
            notes,
            [Note::TornTail {
                segment: FIRST.to_owned(),
                bytes: 68
            }]
        );
        assert_eq!(journal.head(), head);
    }
}

#[test]
fn a_frame_with_a_number_out_of_all_proportion_is_not_believed() {
    let (_, files) = disk();
    let head = written(&files, 2).head();
    let end = files.size(&at(FIRST)).unwrap().unwrap();
    for (junk, seq) in [(0, 4_u64), (51, 4), (60, 5), (60, u64::MAX), (60, 2)] {
        // Whole by its checksum, with an empty payload.
        let covered = [[0; 4].as_slice(), &seq.to_le_bytes(), &[0; 32]].concat();
        let crc = crc32fast::hash(&covered).to_le_bytes();
        let frame = [b"FDfr".as_slice(), &covered[..12], &crc, &covered[12..]].concat();
        let tail = [vec![0xee; junk], frame].concat();
        files
            .open(&at(FIRST))
            .unwrap()
            .write_at(end, &tail)
            .unwrap();
        let (journal, notes) = open(&files);
        assert_eq!((notes.len(), journal.head()), (1, head), "{junk} {seq}");
        assert_eq!(files.size(&at(FIRST)).unwrap(), Some(end));
    }
}

#[test]
fn more_missing_at_the_end_than_one_frame_is_damage_and_no_tear() {
    let (_, files) = disk();
    written(&files, 2);
    let handle = files.open(&at(FIRST)).unwrap();
    handle.set_len(handle.size().unwrap() + (5 << 20)).unwrap();
    let fault = Journal::open(files.clone(), Path::new("/d"), ID)
        .err()
        .unwrap();
    assert!(
        matches!(
            fault,
            Fault::Damaged {
                what: "journal",
                ..
            }
        ),
        "{fault:?}"
    );
}

#[test]
fn a_missing_segment_is_found_and_the_others_are_read() {
    let (_, files) = disk();
    let (mut journal, _) = open(&files);
    journal.limit_segments(200);
    for number in 1..=8_u8 {
        journal.append(&[number; 10]).unwrap();
    }
    let names = files.list(Path::new("/d")).unwrap();
    assert_eq!(
        names,
        [
            FIRST,
            "000000000003.log",
            "000000000005.log",
            "000000000007.log"
        ]
    );
    assert_eq!(verify(&open(&files).0).bad, vec![]);
    files.remove(&at("000000000003.log")).unwrap();
    let (journal, _) = open(&files);
    for seq in 1..=8 {
        assert_eq!(journal.read(seq).is_ok(), !(3..=4).contains(&seq), "{seq}");
    }
    let report = verify(&journal);
    assert_eq!(report.frames, 6);
    let found: Vec<_> = report.bad.iter().map(|bad| (bad.seq, bad.what)).collect();
    assert_eq!(found, [(3, "missing")]);
}

#[test]
fn a_frame_that_was_exchanged_breaks_the_chain() {
    let (_, files) = disk();
    let (_, other) = self::disk();
    written(&files, 5);
    let mut forged = open(&other).0;
    for number in 1..=5_u8 {
        forged
            .append(&[number + u8::from(number == 3) * 100; 10])
            .unwrap();
    }
    let third = 72 + 2 * 62;
    let frame = bytes(&other, FIRST)[third..third + 62].to_vec();
    files
        .open(&at(FIRST))
        .unwrap()
        .write_at(third as u64, &frame)
        .unwrap();
    let (journal, notes) = open(&files);
    assert_eq!(notes, vec![], "the frame is whole by itself");
    let report = verify(&journal);
    let found: Vec<_> = report.bad.iter().map(|bad| (bad.seq, bad.what)).collect();
    assert_eq!(found, [(4, "chain")]);
}

#[test]
fn verify_shows_each_frame_up_to_the_number_asked_for() {
    let (_, files) = disk();
    let journal = written(&files, 5);
    let mut seen = Vec::new();
    let report = journal
        .verify(3, &mut |frame| seen.push(frame.seq))
        .unwrap();
    assert_eq!(
        (seen, report.frames, report.bytes),
        (vec![1, 2, 3], 3, 3 * 62)
    );
    assert_eq!(report.head.hash, journal.read(3).unwrap().hash);
    assert_eq!(report.bad, vec![]);
}

#[test]
fn on_a_full_disk_nothing_changes_and_later_appends_work() {
    let (disk, files) = disk();
    let mut journal = written(&files, 2);
    for free in [0, 1, 51, 52, 61] {
        disk.set_free(Some(free));
        let fault = journal.append(&[7; 10]).unwrap_err();
        assert!(matches!(fault, Fault::NotSaved { .. }), "{fault:?}");
        assert_eq!(fault.key(), "not-saved-full");
        assert_eq!(journal.head().seq, 2);
        assert_eq!(
            files.free(Path::new("/d")).unwrap(),
            free,
            "what was written is cut back"
        );
    }
    journal.limit_segments(150);
    assert_eq!(
        journal.append(&[7; 10]).unwrap_err().key(),
        "not-saved-full",
        "new segment"
    );
    disk.set_free(None);
    assert_eq!(journal.append(b"three").unwrap().seq, 3);
    let (journal, notes) = open(&files);
    assert_eq!((journal.head().seq, notes), (3, vec![]));
    assert_eq!(verify(&journal).bad, vec![]);
}

#[test]
fn a_frame_over_the_limit_is_refused() {
    let (_, files) = disk();
    let mut journal = written(&files, 1);
    let fault = journal.append(&vec![0; (4 << 20) + 1]).unwrap_err();
    assert!(matches!(fault, Fault::TooLarge { .. }), "{fault:?}");
    let largest = vec![5; 4 << 20];
    journal.append(&largest).unwrap();
    assert_eq!(open(&files).0.read(2).unwrap().payload, largest);
}

#[test]
fn files_of_another_store_or_a_newer_program_are_refused() {
    let (_, files) = disk();
    written(&files, 2);
    let keys = at("keys");
    Vault::open(&files, &keys, ID).unwrap();
    let head = Head {
        seq: 2,
        hash: [1; 32],
    };
    Checkpoints::new(files.clone(), Path::new("/d"), ID)
        .begin(head)
        .unwrap()
        .finish()
        .unwrap();
    let check = |id: StoreId| {
        [
            Journal::open(files.clone(), Path::new("/d"), id)
                .err()
                .unwrap(),
            Vault::open(&files, &keys, id).err().unwrap(),
            Checkpoints::new(files.clone(), Path::new("/d"), id)
                .latest()
                .err()
                .unwrap(),
        ]
    };
    for fault in check(StoreId([8; 16])) {
        assert_eq!(fault.key(), "foreign");
    }
    for name in [FIRST, "keys", "000000000002.ckpt"] {
        let mut all = bytes(&files, name);
        all[8] = 2;
        let crc = crc32fast::hash(&all[..68]);
        all[68..72].copy_from_slice(&crc.to_le_bytes());
        if name.ends_with("ckpt") {
            // The sum over the whole is made right again, so that only the number is new.
            let end = all.len() - 32;
            let sum = sha2::Digest::finalize(sha2::Digest::chain_update(
                <sha2::Sha256 as sha2::Digest>::new(),
                &all[..end],
            ));
            all[end..].copy_from_slice(&sum);
        }
        files.open(&at(name)).unwrap().write_at(0, &all).unwrap();
    }
    for fault in check(ID) {
        assert!(
            matches!(fault, Fault::Newer { found: 2, known: 1 }),
            "{fault:?}"
        );
    }
}

#[test]
fn the_bytes_of_a_checkpoint_and_of_a_segment_do_not_change() {
    let (_, files) = disk();
    let checkpoints = Checkpoints::new(files.clone(), Path::new("/d"), ID);
    let mut writer = checkpoints
        .begin(Head {
            seq: 3,
            hash: [0xab; 32],
        })
        .unwrap();
    for row in [b"a".as_slice(), b"bc", b""] {
        writer.row(row).unwrap();
    }
    writer.finish().unwrap();
    let checkpoint = concat!(
        "4644636865636b0a01000000090909090909090909090909090909090300000000000000abab",
        "abababababababababababababababababababababababababababababab58cb784501000000",
        "43beb7e86102000000382ba9c262630000000000000000ffffffff03000000000000007000a4",
        "a7d5c6ed80b666645a6e2c3e343f4a81c0bde897aca2043f8480966366",
    );
    assert_eq!(hex(&bytes(&files, "000000000003.ckpt")), checkpoint);
    written(&files, 1);
    let segment = concat!(
        "46446a6f75726e0a010000000909090909090909090909090909090901000000000000000000",
        "00000000000000000000000000000000000000000000000000000000000093431899",
    );
    assert_eq!(hex(&bytes(&files, FIRST)[..72]), segment);
}

#[test]
fn a_home_says_how_much_room_is_left() {
    let disk = SimulatedDisk::new();
    let home = Home::in_memory(Arc::new(disk.clone())).unwrap();
    disk.set_free(Some(1_234));
    assert_eq!(home.free().unwrap(), 1_234);
}
