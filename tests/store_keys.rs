//! The keys of subjects and the checkpoints: what they promise, and what they do about damage and a
//! full disk. The disk is simulated.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use frontdesk::store::vault::SlotState;
use frontdesk::store::{
    Checkpoints, Files, Head, Note, SimulatedDisk, StoreId, Unsealed, Vault, files,
};
use proptest::prelude::*;

const ID: StoreId = StoreId([9; 16]);

fn disk() -> (SimulatedDisk, Arc<dyn Files>) {
    let disk = SimulatedDisk::new();
    disk.make_dir(Path::new("/d")).unwrap();
    let files = Arc::new(disk.clone());
    (disk, files)
}

fn at(name: &str) -> PathBuf {
    Path::new("/d").join(name)
}

#[test]
fn what_is_sealed_opens_only_where_it_belongs() {
    let (_, files) = disk();
    let (mut vault, _) = Vault::open(&files, &at("keys"), ID).unwrap();
    let (one, two) = (vault.take(0).unwrap(), vault.take(1).unwrap());
    let sealed = vault
        .seal(one, b"name", "\u{738b}\u{5a77}".as_bytes())
        .unwrap();
    assert_ne!(
        sealed,
        vault
            .seal(one, b"name", "\u{738b}\u{5a77}".as_bytes())
            .unwrap()
    );
    let plain = vault.unseal(one, b"name", &sealed).unwrap();
    assert_eq!(plain, Unsealed::Plain("\u{738b}\u{5a77}".into()));
    let mut bent = sealed.clone();
    bent[30] ^= 1;
    for (slot, about, sealed) in [
        (one, b"mail".as_slice(), &sealed[..]),
        (two, b"name", &sealed),
        (one, b"name", &bent),
        (one, b"name", &sealed[..20]),
        (999, b"name", &sealed),
    ] {
        assert_eq!(
            vault.unseal(slot, about, sealed).unwrap_err().key(),
            "damaged"
        );
    }
    vault.destroy_all(&[one]).unwrap();
    assert_eq!(
        vault.unseal(one, b"name", &sealed).unwrap(),
        Unsealed::Destroyed
    );
    assert_eq!(vault.seal(one, b"name", b"").unwrap_err().key(), "key-gone");
    let key = &files::read_whole(&*files, &at("keys"), u64::MAX).unwrap()[128..192];
    assert_eq!(key[8..40], [0; 32], "overwritten on the disk");
}

#[test]
fn a_key_that_cannot_be_read_is_noted_and_the_others_work() {
    let (disk, files) = disk();
    let path = at("keys");
    let (mut vault, _) = Vault::open(&files, &path, ID).unwrap();
    let before = disk.syncs();
    for next in 0..300 {
        assert_eq!(vault.take(next).unwrap(), next);
    }
    assert_eq!(disk.syncs() - before, 2, "one for each block");
    let sealed = vault.seal(6, b"", b"six").unwrap();
    disk.flip(&path, 128 + 5 * 64 + 20, 4);
    let (mut vault, notes) = Vault::open(&files, &path, ID).unwrap();
    assert_eq!(notes, [Note::KeysDamaged { first: 5, count: 1 }]);
    assert_eq!(vault.state(5), SlotState::Damaged);
    assert_eq!(vault.seal(5, b"", b"").unwrap_err().key(), "damaged");
    assert_eq!(
        vault.unseal(6, b"", &sealed).unwrap(),
        Unsealed::Plain(b"six".to_vec())
    );
    assert_eq!(vault.take(300).unwrap(), 300);
    assert_eq!(
        vault.take(4_000_000_000).unwrap_err().key(),
        "damaged",
        "no such number is next"
    );
}

#[test]
fn the_newest_whole_checkpoint_is_taken_and_two_are_kept() {
    let (disk, files) = disk();
    let checkpoints = Checkpoints::new(files.clone(), Path::new("/d"), ID);
    assert!(checkpoints.latest().unwrap().0.is_none());
    for seq in 1..=4 {
        let mut writer = checkpoints.begin(Head { seq, hash: [1; 32] }).unwrap();
        writer.row(&seq.to_le_bytes()).unwrap();
        assert_eq!(writer.finish().unwrap(), 1);
    }
    drop(
        checkpoints
            .begin(Head {
                seq: 5,
                hash: [1; 32],
            })
            .unwrap(),
    );
    let latest = || {
        let (found, notes) = checkpoints.latest().unwrap();
        (found.map_or(0, |found| found.head().seq), notes)
    };
    assert_eq!(latest(), (4, vec![]));
    let damaged = |seq: u64| Note::CheckpointDamaged {
        file: format!("{seq:012}.ckpt"),
    };
    disk.flip(&at("000000000004.ckpt"), 80, 1);
    assert_eq!(latest(), (3, vec![damaged(4)]));
    disk.flip(&at("000000000003.ckpt"), 3, 1);
    assert_eq!(latest(), (0, vec![damaged(4), damaged(3)]));
    checkpoints
        .begin(Head {
            seq: 6,
            hash: [1; 32],
        })
        .unwrap()
        .finish()
        .unwrap();
    assert_eq!(latest(), (6, vec![]));
    let names = files.list(Path::new("/d")).unwrap();
    assert_eq!(names, ["000000000004.ckpt", "000000000006.ckpt"]);
}

proptest! {
    #[test]
    fn any_damaged_byte_of_a_checkpoint_is_noticed(at_byte: prop::sample::Index, mask in 1..=255_u8) {
        let (disk, files) = disk();
        let checkpoints = Checkpoints::new(files.clone(), Path::new("/d"), ID);
        let mut writer = checkpoints.begin(Head { seq: 1, hash: [1; 32] }).unwrap();
        for row in 0..5_u8 {
            writer.row(&vec![row; row.into()]).unwrap();
        }
        writer.finish().unwrap();
        let name = "000000000001.ckpt";
        let size = files.size(&at(name)).unwrap().unwrap();
        let offset = at_byte.index(usize::try_from(size).unwrap());
        prop_assert!(disk.flip(&at(name), offset as u64, mask));
        let (found, notes) = checkpoints.latest().unwrap();
        prop_assert!(found.is_none());
        prop_assert_eq!(notes.len(), 1);
    }
}

#[test]
fn a_checkpoint_or_key_that_finds_no_room_says_so_and_works_later() {
    let (disk, files) = disk();
    let checkpoints = Checkpoints::new(files.clone(), Path::new("/d"), ID);
    let (mut vault, _) = Vault::open(&files, &at("keys"), ID).unwrap();
    let write = || {
        let mut writer = checkpoints.begin(Head {
            seq: 1,
            hash: [1; 32],
        })?;
        writer.row(&[1; 1_000])?;
        writer.finish()
    };
    disk.set_free(Some(500));
    assert_eq!(write().unwrap_err().key(), "full");
    assert_eq!(vault.take(0).unwrap_err().key(), "full");
    disk.set_free(None);
    assert_eq!(write().unwrap(), 1);
    assert_eq!(vault.take(0).unwrap(), 0);
    let row = vec![0; (1 << 20) + 1];
    let mut writer = checkpoints
        .begin(Head {
            seq: 2,
            hash: [1; 32],
        })
        .unwrap();
    assert_eq!(writer.row(&row).unwrap_err().key(), "too-large");
}
