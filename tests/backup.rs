//! A copy of the store in one file: made in the middle of work, checked before it counts, and made
//! into the same store again.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::model::assert_shows;
use common::place::{Place, options};
use common::walk::begin;
use common::{NOBODY, set_up};
use frontdesk::desk::Desk;
use frontdesk::desk::contract::{Door, Request};
use frontdesk::domain::number::Number;
use frontdesk::domain::record::Record;
use frontdesk::store::archive::{self, Archive, Contents};
use frontdesk::store::{Disk, Fault, Files, Head, Home, SimulatedDisk, hex};
use program::Program;
use sha2::{Digest, Sha256};

fn disk() -> Arc<dyn Files> {
    Arc::new(Disk)
}

impl Place {
    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    fn copy(&self, head: Head, name: &str) -> Result<Contents, Fault> {
        let about = [("made", "2026-01-01T00:00:00Z".to_owned())];
        archive::make(&disk(), &self.path("desk"), head, &about, &self.path(name))
    }

    /// The desk of a folder made from a copy takes the place of the one at work.
    fn restored(&mut self, name: &str, dir: &str) -> Contents {
        let dir = self.path(dir);
        let contents = Home::restore(&self.path(name), &dir).unwrap();
        self.bench.desk = Desk::open(Home::open(&dir).unwrap(), options(&self.bench)).unwrap();
        contents
    }
}

fn check(path: &Path) -> Result<Contents, Fault> {
    Archive::open(&Disk, path)?.check()
}

#[test]
fn a_copy_made_while_work_goes_on_is_the_store_as_it_was_at_its_head() {
    let mut place = Place::new(1);
    place.work(12);
    place.bench.desk.checkpoint().unwrap();
    place.work(12);
    let head = place.bench.desk.head();
    let model: BTreeMap<Number, Record> = place.walk.model.clone();
    place.work(6);
    let later = place.copy(head, "copy").unwrap();
    assert_eq!((later.head, later.frames), (head, head.seq));
    assert_ne!(place.bench.desk.head(), head, "work has gone on");
    let contents = place.restored("copy", "again");
    assert_eq!(contents, later);
    assert_eq!(contents.said("made"), Some("2026-01-01T00:00:00Z"));
    assert_eq!(place.bench.desk.head(), head);
    assert_shows(&mut place.bench, &model);
    let report = place.bench.desk.verify(Some(&hex(&head.hash))).unwrap();
    assert!(report.is_clean(), "{:?}", report.findings);
}

#[test]
fn a_copy_of_a_store_that_was_never_used_is_one_too() {
    let temp = tempfile::tempdir().unwrap();
    let (from, to) = (temp.path().join("a"), temp.path().join("b"));
    let home = Home::create(&from, chrono::DateTime::UNIX_EPOCH).unwrap();
    let copy = temp.path().join("copy");
    let made = archive::make(&disk(), &from, home.journal.head(), &[], &copy).unwrap();
    assert_eq!((made.frames, made.head), (0, Head::EMPTY));
    Home::restore(&copy, &to).unwrap();
    assert_eq!(Home::open(&to).unwrap().id, home.id);
}

#[test]
fn the_sites_own_files_go_along_and_the_copy_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut place = Place::new(2);
    place.work(2);
    fs::write(place.path("desk/profile.toml"), "# ours\n").unwrap();
    let head = place.bench.desk.head();
    place.copy(head, "copy").unwrap();
    let mode = fs::metadata(place.path("copy"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    place.restored("copy", "again");
    let text = fs::read_to_string(place.path("again/profile.toml")).unwrap();
    assert_eq!(text, "# ours\n");
    let mode = fs::metadata(place.path("again"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn any_flipped_byte_and_any_cut_is_noticed() {
    let mut place = Place::new(3);
    place.work(1);
    let head = place.bench.desk.head();
    place.copy(head, "copy").unwrap();
    let whole = fs::read(place.path("copy")).unwrap();
    let bent = place.path("bent");
    for at in (0..whole.len()).step_by(whole.len() / 150) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        fs::write(&bent, &bytes).unwrap();
        assert!(check(&bent).is_err(), "byte {at}");
        fs::write(&bent, &whole[..at]).unwrap();
        assert!(check(&bent).is_err(), "cut at {at}");
        let dir = place.path("nothing");
        assert!(Home::restore(&bent, &dir).is_err() && !dir.exists());
    }
}

/// A copy with one stretch of bytes in the place of another, and its sum made right again.
fn forged(whole: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = whole[..whole.len() - 32].to_vec();
    let at = bytes
        .windows(from.len())
        .position(|window| window == from)
        .unwrap();
    bytes[at..at + to.len()].copy_from_slice(to);
    let sum = Sha256::digest(&bytes);
    bytes.extend_from_slice(&sum);
    bytes
}

#[test]
fn a_copy_writes_nothing_outside_the_folder_it_is_restored_into() {
    let place = Place::new(4);
    fs::write(place.path("desk/profile.toml"), "").unwrap();
    let head = place.bench.desk.head();
    place.copy(head, "copy").unwrap();
    let whole = fs::read(place.path("copy")).unwrap();
    for name in [b"../file.toml", b"/rofile.toml", b"sled/le.toml"] {
        let forged = forged(&whole, b"profile.toml", name);
        fs::write(place.path("forged"), forged).unwrap();
        let dir = place.path("again");
        assert!(matches!(
            Home::restore(&place.path("forged"), &dir),
            Err(Fault::Damaged { .. })
        ));
        assert!(!dir.exists());
    }
}

#[test]
fn a_store_is_restored_into_an_empty_place_only() {
    let mut place = Place::new(5);
    place.work(1);
    let head = place.bench.desk.head();
    place.copy(head, "copy").unwrap();
    let refused = Home::restore(&place.path("copy"), &place.path("desk"));
    assert!(matches!(refused, Err(Fault::Exists { .. })));
    let other = place.path("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("letter.txt"), "mine").unwrap();
    let refused = Home::restore(&place.path("copy"), &other);
    assert!(matches!(refused, Err(Fault::Foreign { .. })));
    assert_eq!(
        fs::read_dir(&other).unwrap().count(),
        1,
        "nothing was written"
    );
}

#[test]
fn a_copy_overwrites_nothing() {
    let mut place = Place::new(6);
    place.work(1);
    let head = place.bench.desk.head();
    fs::write(place.path("copy"), "something else").unwrap();
    assert!(matches!(
        place.copy(head, "copy"),
        Err(Fault::Exists { .. })
    ));
    assert_eq!(fs::read(place.path("copy")).unwrap(), b"something else");
}

#[test]
fn a_journal_that_is_damaged_makes_no_copy_and_the_fault_says_where() {
    let mut place = Place::new(7);
    place.work(3);
    let head = place.bench.desk.head();
    let segment = place.path("desk/journal/000000000001.log");
    let mut bytes = fs::read(&segment).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&segment, bytes).unwrap();
    let Err(Fault::Damaged { what, place: at }) = place.copy(head, "copy") else {
        panic!("a damaged journal was copied");
    };
    assert!(
        ["archive", "frame"].contains(&what) && at.contains("000000000001.log"),
        "{what}: {at}"
    );
    assert!(!place.path("copy").exists() && !place.path("copy.part").exists());
}

#[test]
fn a_head_that_the_journal_does_not_have_makes_no_copy() {
    let mut place = Place::new(8);
    place.work(2);
    let head = place.bench.desk.head();
    for wrong in [
        Head {
            seq: head.seq + 1,
            ..head
        },
        Head {
            hash: [1; 32],
            ..head
        },
    ] {
        assert!(place.copy(wrong, "copy").is_err());
        assert!(!place.path("copy").exists());
    }
}

#[test]
fn a_disk_that_runs_full_leaves_neither_a_copy_nor_half_of_one() {
    let disk = SimulatedDisk::new();
    let files: Arc<dyn Files> = Arc::new(disk.clone());
    let home = Home::in_memory(files.clone()).unwrap();
    let (mut bench, _) = begin(9);
    let dir = home.dir.clone();
    bench.desk = Desk::open(home, options(&bench)).unwrap();
    bench.operator = NOBODY;
    let envelope = bench.envelope(Request::Do(set_up("property")));
    bench.desk.ask(&envelope).unwrap();
    let head = bench.desk.head();
    files.make_dir(Path::new("/copies")).unwrap();
    let copy = Path::new("/copies/copy");
    disk.set_free(Some(2_000));
    let refused = archive::make(&files, &dir, head, &[], copy);
    assert!(matches!(refused, Err(Fault::Full { .. })), "{refused:?}");
    assert_eq!(
        files.list(Path::new("/copies")).unwrap(),
        Vec::<String>::new()
    );
    disk.set_free(None);
    archive::make(&files, &dir, head, &[], copy).unwrap();
    assert_eq!(files.list(Path::new("/copies")).unwrap(), ["copy"]);
}

#[test]
fn restore_makes_the_store_again_and_says_what_it_holds() {
    let mut place = Place::new(10);
    place.work(4);
    let head = place.bench.desk.head();
    place.copy(head, "copy").unwrap();
    let program = Program::new();
    let copy = place.path("copy");
    let copy = copy.to_str().unwrap();
    let good = program.good(&["backup", "check", copy]);
    assert!(good.contains(&hex(&head.hash)), "{good}");
    let out = program.good(&["restore", copy]);
    assert!(out.contains(&hex(&head.hash)), "{out}");
    let whole = ["--as", "xiaoman", "verify", "--head", &hex(&head.hash)];
    program.good(&whole);
    let again = program.run(&["restore", copy]);
    assert_eq!(again.code, 1, "only into an empty place");
    let other = program.file("letter.txt", "Dear all");
    let ran = program.run(&["backup", "check", &other]);
    assert!(
        ran.code == 1 && ran.err.contains("no backup"),
        "{}",
        ran.err
    );
}

#[test]
fn backup_asks_the_desk_first_and_the_copy_holds_that_it_was_made() {
    let program = Program::set_up("property");
    let copy = program.path("copy");
    let copy = copy.to_str().unwrap();
    let out = program.good(&["backup", copy, "--json"]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    let head = told["head"].as_str().unwrap().to_owned();
    assert_eq!(head.len(), 64);
    program.good(&["verify", "--head", &head]);
    let written_down = |data: &[&str]| {
        let asked = "{\"look\":{\"looks\":{\"limit\":10}}}\n";
        let looks = program.run_with(&[&["rpc"], data].concat(), asked).out;
        assert!(
            looks.contains("\"backup\"") && looks.contains("copy"),
            "{looks}"
        );
    };
    written_down(&[]);
    let again = program.path("again");
    let again = again.to_str().unwrap();
    program.good(&["restore", copy, "--data", again]);
    written_down(&["--data", again]);
    let twice = program.run(&["backup", copy]);
    assert!(
        twice.code == 1 && twice.err.contains("does not overwrite"),
        "{}",
        twice.err
    );
    let inside = program.data().join("copy");
    let inside = program.run(&["backup", inside.to_str().unwrap()]);
    assert!(
        inside.code == 1 && inside.err.contains("data folder"),
        "{}",
        inside.err
    );
    assert!(!program.data().join("copy").exists());
}

#[test]
fn where_the_site_asks_for_a_permit_there_is_no_copy_without_and_the_copy_names_it() {
    let program = Program::set_up("leasing");
    for (login, post) in [("chen", "general-manager"), ("bei", "administrator")] {
        program.good(&["operator", "add", login, "--roles", post, "--as", "wang"]);
    }
    let copies = program.path("copies");
    fs::create_dir(&copies).unwrap();
    let copy = copies.join("a.fdbackup");
    let backup = ["backup", copy.to_str().unwrap(), "--as", "bei"];
    let refused = program.run(&backup);
    assert!(
        refused.code == 1 && refused.err.contains("A12-3.1.7b"),
        "{}",
        refused.err
    );
    assert!(!copy.exists() && fs::read_dir(&copies).unwrap().next().is_none());
    let granted = program.good(&[
        "permit",
        "grant",
        "backup",
        "--for",
        "bei",
        "--place",
        copies.to_str().unwrap(),
        "--as",
        "chen",
    ]);
    let out = program.good(&[&backup[..], &["--json"]].concat());
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    let permit = told["permit"].as_str().unwrap();
    assert!(granted.contains(permit), "{granted} / {permit}");
    let elsewhere = program.path("b.fdbackup");
    let refused = program.run(&["backup", elsewhere.to_str().unwrap(), "--as", "bei"]);
    assert_eq!(refused.code, 1, "the permit is for a place");
}
