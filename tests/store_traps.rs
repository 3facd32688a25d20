//! The traps of the embedded engine and of the data folder, each with the measure against it. On
//! the real disk, in temporary folders.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::ptr_arg,
    reason = "a test fails by panicking, wherever it stands"
)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use frontdesk::store::sled::Opened;
use frontdesk::store::{Batch, Fault, Home, Note, Order, SledStore, Store};
use tempfile::TempDir;

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

fn create(dir: &Path) -> Result<Home, Fault> {
    Home::create(dir, DateTime::UNIX_EPOCH)
}

/// A new data folder in a temporary one.
fn home() -> (TempDir, PathBuf, Home) {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("desk");
    let home = create(&dir).unwrap();
    (temp, dir, home)
}

/// The row in which each commit says its number, as a caller does who can replay.
const NUMBER: &[u8] = b"number";

/// Commits many changes, puts of up to `size` bytes and deletes, and returns them.
fn fill_slowly(store: &dyn Store, seed: u64, commits: u32, size: usize) -> Vec<Batch> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut batch = |number: u32| {
        let mut change = || {
            let key = random.u16(0..900).to_be_bytes().to_vec();
            let value = vec![number.to_le_bytes()[0]; random.usize(0..size)];
            (key, random.u8(0..4).gt(&0).then_some(value))
        };
        let mut changes: Vec<_> = (0..5).map(|_| change()).collect();
        changes.push((NUMBER.to_vec(), Some(number.to_le_bytes().to_vec())));
        let batch = Batch {
            expect: vec![],
            changes,
        };
        store.commit(&batch).unwrap();
        batch
    };
    (1..=commits).map(&mut batch).collect()
}

/// What is there after the batches.
fn after(batches: &[Batch]) -> Rows {
    let mut rows = Rows::new();
    for (key, value) in batches.iter().flat_map(|batch| batch.changes.clone()) {
        match value {
            Some(value) => rows.insert(key, value),
            None => rows.remove(&key),
        };
    }
    rows
}

/// As [`fill_slowly`], and returns what is there in the end.
fn fill(store: &dyn Store, seed: u64, commits: u32) -> Rows {
    after(&fill_slowly(store, seed, commits, 300))
}

fn rows(store: &dyn Store) -> Rows {
    store
        .scan(&[], &[0xff; 8], Order::Forward, usize::MAX)
        .unwrap()
        .into_iter()
        .collect()
}

/// The names in a folder, those in its folders too.
fn names(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        found.push(path.display().to_string());
        if path.is_dir() {
            found.extend(names(&path));
        }
    }
    found.sort();
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn snapshots(sled: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(sled)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.to_string_lossy().contains("/snap."))
        .collect()
}

fn kept_aside(notes: &[Note]) -> Option<&'static str> {
    notes.iter().find_map(|note| match note {
        Note::StateKeptAside { why, path } => {
            assert!(path.is_dir());
            Some(*why)
        }
        _ => None,
    })
}

#[test]
fn a_home_opened_again_has_everything_and_notes_nothing() {
    let (_temp, dir, mut home) = home();
    assert!(home.fresh && home.notes.is_empty());
    let head = home.journal.append(b"frame").unwrap();
    let slot = home.vault.take(0).unwrap();
    let sealed = home.vault.seal(slot, b"", b"x").unwrap();
    let wanted = fill(&*home.store, 1, 50);
    home.close().unwrap();
    for _ in 0..2 {
        let home = Home::open(&dir).unwrap();
        assert!(!home.fresh);
        assert_eq!(home.notes, vec![]);
        assert_eq!(home.journal.head(), head);
        assert_eq!(rows(&*home.store), wanted);
        assert!(home.vault.unseal(slot, b"", &sealed).is_ok());
        // The first round closes cleanly, the second just ends.
        home.close().unwrap();
    }
    drop(Home::open(&dir).unwrap());
    let home = Home::open(&dir).unwrap();
    assert_eq!((rows(&*home.store), &home.notes), (wanted, &vec![]));
}

#[test]
fn the_folder_is_closed_to_everybody_else() {
    let (_temp, dir, mut home) = home();
    home.journal.append(b"frame").unwrap();
    home.vault.take(0).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir), 0o700);
    for folder in ["journal", "checkpoint", "drafts"] {
        assert_eq!(mode(&dir.join(folder)), 0o700, "{folder}");
    }
    for file in ["FORMAT", "lock", "keys", "journal/000000000001.log"] {
        assert_eq!(mode(&dir.join(file)), 0o600, "{file}");
    }
}

#[test]
fn a_second_opening_is_refused_and_names_the_holder() {
    let (_temp, dir, home) = home();
    let fault = Home::open(&dir).err().unwrap();
    let holder = std::process::id().to_string();
    assert!(
        matches!(&fault, Fault::Locked { holder: found, .. } if *found == holder),
        "{fault:?}"
    );
    home.close().unwrap();
    Home::open(&dir).unwrap();
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let (temp, ours, home) = home();
    home.close().unwrap();
    let place = |name: &str| {
        let dir = temp.path().join(name);
        copy(&ours, &dir);
        dir
    };
    let format = |dir: &Path, text: &str| fs::write(dir.join("FORMAT"), text).unwrap();
    let text = fs::read_to_string(ours.join("FORMAT")).unwrap();

    let other = place("other engine");
    format(&other, &text.replace("sled 0.34", "other 7"));
    let newer = place("newer");
    format(&newer, "frontdesk store 9\nsomething new\n");
    let family = place("other family");
    fs::write(family.join("sled").join("metadata_store"), "x").unwrap();
    let strange = temp.path().join("strange");
    fs::create_dir(&strange).unwrap();
    fs::write(strange.join("letter.txt"), "dear").unwrap();
    let empty = temp.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let absent = temp.path().join("absent");

    for (dir, opened, created) in [
        (&other, "foreign", "exists"),
        (&newer, "newer", "exists"),
        (&family, "foreign", "exists"),
        (&ours, "", "exists"),
        (&strange, "foreign", "foreign"),
        (&empty, "absent", ""),
        (&absent, "absent", ""),
    ] {
        let before = dir.exists().then(|| names(dir));
        let found = Home::open(dir).err().map_or("", |fault| fault.key());
        assert_eq!(found, opened, "{}", dir.display());
        if !opened.is_empty() {
            assert_eq!(
                before,
                dir.exists().then(|| names(dir)),
                "{}",
                dir.display()
            );
        }
        let found = create(dir).err().map_or("", |fault| fault.key());
        assert_eq!(found, created, "{}", dir.display());
    }
}

#[test]
fn a_half_written_snapshot_does_not_stop_the_opening() {
    let (_temp, dir, home) = home();
    let wanted = fill(&*home.store, 2, 200);
    home.close().unwrap();
    drop(Home::open(&dir).unwrap());
    let sled = dir.join("sled");
    let whole = fs::read(&snapshots(&sled)[0]).unwrap();
    let torn = sled.join("snap.00000000000000FF.generating");
    fs::write(&torn, &whole[..whole.len() / 2]).unwrap();
    let home = Home::open(&dir).unwrap();
    assert_eq!(home.notes, [Note::HalfSnapshot { count: 1 }]);
    assert!(!torn.exists());
    assert_eq!(rows(&*home.store), wanted);
}

#[test]
fn damaged_snapshots_are_moved_aside_and_the_log_is_read() {
    let (_temp, dir, home) = home();
    let wanted = fill(&*home.store, 3, 200);
    home.close().unwrap();
    Home::open(&dir).unwrap().close().unwrap();
    let found = snapshots(&dir.join("sled"));
    for path in &found {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x10;
        fs::write(path, bytes).unwrap();
    }
    let home = Home::open(&dir).unwrap();
    let count = u32::try_from(found.len()).unwrap();
    assert_eq!(home.notes, [Note::SnapshotsAside { count }]);
    assert_eq!(rows(&*home.store), wanted);
}

/// How an opening after damage can end without harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// Every row is right.
    Whole,
    /// Every row is as it was after an earlier commit; the caller sees its number and replays.
    Earlier,
    /// Noticed: the store is kept aside and rebuilt.
    Noticed(&'static str),
}

fn open_damaged(dir: &Path, batches: &[Batch]) -> End {
    let store = match SledStore::open(dir).unwrap().0 {
        Opened::Damaged(why) => return End::Noticed(why),
        Opened::Ready(store) => store,
    };
    let found = rows(&store);
    let number = found.get(NUMBER).map_or(0, |number| {
        u32::from_le_bytes(number.as_slice().try_into().unwrap())
    });
    let number = usize::try_from(number).unwrap();
    let right = found == after(&batches[..number]);
    assert!(right, "rows of commit {number} were lost without a word");
    if number == batches.len() {
        End::Whole
    } else {
        End::Earlier
    }
}

type Damage = fn(&mut Vec<u8>, &mut fastrand::Rng);

fn flip(bytes: &mut Vec<u8>, random: &mut fastrand::Rng) {
    let at = random.usize(0..bytes.len());
    bytes[at] ^= 1 << random.u8(0..8);
}

fn blank(bytes: &mut Vec<u8>, random: &mut fastrand::Rng) {
    let at = random.usize(0..bytes.len() - 512);
    bytes[at..at + 512].fill(0);
}

fn cut(bytes: &mut Vec<u8>, random: &mut fastrand::Rng) {
    bytes.truncate(random.usize(0..bytes.len()));
}

/// Damages copies of a store's log in many places, and counts how that ended.
fn damage(sled: &Path, batches: &[Batch]) -> BTreeMap<End, u32> {
    let mut ends = BTreeMap::new();
    for damage in [flip as Damage, blank, cut] {
        for seed in 0..12 {
            let temp = tempfile::tempdir().unwrap();
            let copied = temp.path().join("sled");
            copy(sled, &copied);
            let seal = sled.with_extension("seal");
            if seal.exists() {
                fs::copy(&seal, copied.with_extension("seal")).unwrap();
            }
            let mut bytes = fs::read(copied.join("db")).unwrap();
            damage(&mut bytes, &mut fastrand::Rng::with_seed(seed));
            fs::write(copied.join("db"), bytes).unwrap();
            *ends.entry(open_damaged(&copied, batches)).or_default() += 1;
        }
    }
    ends
}

#[test]
fn a_damaged_log_is_noticed_or_does_no_harm() {
    let (_temp, dir, home) = home();
    let batches = fill_slowly(&*home.store, 6, 1_200, 2_000);
    // Killed: no seal was written, and the log since the opening is in no snapshot.
    drop(home);
    let sled = dir.join("sled");
    let killed = damage(&sled, &batches);
    Home::open(&dir).unwrap().close().unwrap();
    let closed = damage(&sled, &batches);
    assert!(
        killed.keys().any(|end| *end != End::Whole),
        "no damage was real: {killed:?}"
    );
    let noticed = |end: &End| matches!(end, End::Whole | End::Noticed("sum"));
    assert!(
        closed.len() == 2 && closed.keys().all(noticed),
        "the seal was broken: {closed:?}"
    );
}

#[test]
fn a_row_changed_behind_the_back_of_the_store_is_noticed() {
    for closed in [true, false] {
        let (_temp, dir, home) = home();
        fill(&*home.store, 7, 50);
        if closed {
            home.close().unwrap();
        } else {
            drop(home);
        }
        let db = sled::open(dir.join("sled")).unwrap();
        db.insert([0, 1, 2], b"forged").unwrap();
        drop(db);
        let home = Home::open(&dir).unwrap();
        assert_eq!(kept_aside(&home.notes), Some("sum"));
        assert!(home.fresh);
    }
}

#[test]
fn what_is_put_off_is_there_for_whoever_asks_and_forgotten_only_when_killed() {
    let one = |key: &[u8]| Batch {
        expect: vec![],
        changes: vec![(key.to_vec(), Some(b"1".to_vec()))],
    };
    let (_temp, dir, home) = home();
    home.store.commit_later(one(b"a")).unwrap();
    assert_eq!(home.store.get(b"a").unwrap(), Some(b"1".to_vec()));
    home.store.commit_later(one(b"b")).unwrap();
    home.store.commit_later(one(b"c")).unwrap();
    home.store.commit(&one(b"d")).unwrap();
    home.store.commit_later(one(b"e")).unwrap();
    assert_eq!(rows(&*home.store).len(), 5);
    home.store.commit_later(one(b"f")).unwrap();
    home.store.settle().unwrap();
    home.store.commit_later(one(b"g")).unwrap();
    home.close().unwrap();
    let home = Home::open(&dir).unwrap();
    assert_eq!(home.store.verify().unwrap(), 7);
    home.store.commit_later(one(b"h")).unwrap();
    drop(home);
    let home = Home::open(&dir).unwrap();
    assert_eq!(kept_aside(&home.notes), None);
    assert_eq!(home.store.verify().unwrap(), 7, "the journal has the rest");
}

#[test]
fn every_row_is_counted_whatever_its_key_begins_with() {
    let keys: Vec<Vec<u8>> = (0..=u8::MAX)
        .flat_map(|byte| [vec![byte], vec![byte, 0], vec![byte, u8::MAX, 7]])
        .collect();
    let (_temp, dir, home) = home();
    let changes = keys.iter().map(|key| (key.clone(), Some(vec![1])));
    let batch = Batch {
        expect: vec![],
        changes: changes.collect(),
    };
    home.store.commit(&batch).unwrap();
    assert_eq!(home.store.verify().unwrap(), keys.len() as u64);
    drop(home);
    let home = Home::open(&dir).unwrap();
    assert_eq!(kept_aside(&home.notes), None);
    drop(home);
    for key in [[1], [0x7f], [u8::MAX]] {
        let copied = tempfile::tempdir().unwrap();
        let sled = copied.path().join("sled");
        copy(&dir.join("sled"), &sled);
        let db = sled::open(&sled).unwrap();
        db.remove(key).unwrap();
        drop(db);
        let opened = SledStore::open(&sled).unwrap().0;
        assert!(matches!(opened, Opened::Damaged("sum")), "{key:?}");
    }
}

#[test]
fn the_seal_is_broken_while_the_store_is_open() {
    let (_temp, dir, home) = home();
    let seal = dir.join("sled.seal");
    fill(&*home.store, 8, 20);
    home.close().unwrap();
    assert!(seal.exists());
    let home = Home::open(&dir).unwrap();
    assert!(!seal.exists());
    home.close().unwrap();
    assert!(seal.exists());
}

#[test]
fn a_rebuild_keeps_the_old_state_and_begins_an_empty_one() {
    let (_temp, dir, mut home) = home();
    for number in 1..=2 {
        fill(&*home.store, number, 30);
        home.fresh = false;
        home.rebuild().unwrap();
        assert!(home.fresh && rows(&*home.store).is_empty());
        assert!(dir.join(format!("sled.damaged-{number}")).is_dir());
    }
    let wanted = fill(&*home.store, 9, 30);
    assert_eq!(home.store.verify().unwrap(), wanted.len() as u64);
    home.close().unwrap();
    assert_eq!(rows(&*Home::open(&dir).unwrap().store), wanted);
}

#[test]
fn a_folder_whose_making_was_interrupted_is_made_by_the_next_try() {
    let (_temp, dir, home) = home();
    home.close().unwrap();
    fs::remove_file(dir.join("FORMAT")).unwrap();
    fs::remove_file(dir.join("keys")).unwrap();
    fs::remove_dir_all(dir.join("sled")).unwrap();
    fs::remove_file(dir.join("sled.seal")).unwrap();
    assert_eq!(
        Home::open(&dir).err().map(|fault| fault.key()),
        Some("absent")
    );
    create(&dir).unwrap();
}
