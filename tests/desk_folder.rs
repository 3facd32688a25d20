//! The desk over a real folder with sled: killed, emptied, damaged, it shows what was acknowledged.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::model::assert_shows;
use common::place::{Place, options};
use frontdesk::desk::Desk;
use frontdesk::store::{Fault, Home, Note};

impl Place {
    fn sled(&self) -> PathBuf {
        self.dir.join("sled")
    }
}

/// The files below a folder, in the order of their names.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn everything_is_there_after_closing_and_after_not_closing() {
    let mut place = Place::new(1);
    for round in 0..4 {
        place.work(15);
        if round % 2 == 0 {
            place.close_desk();
        } else {
            place.drop_desk();
        }
        place.open();
        assert_shows(&mut place.bench, &place.walk.model);
    }
}

#[test]
fn a_lost_present_state_is_made_again_from_checkpoint_and_journal() {
    let mut place = Place::new(2);
    place.work(30);
    place.bench.desk.checkpoint().unwrap();
    place.work(10);
    place.close_desk();
    fs::remove_dir_all(place.sled()).unwrap();
    place.open();
    assert_shows(&mut place.bench, &place.walk.model);
}

#[test]
fn damage_to_the_present_state_loses_nothing() {
    let mut place = Place::new(3);
    let mut random = fastrand::Rng::with_seed(3);
    for round in 0..8 {
        place.work(8);
        if round % 2 == 0 {
            place.close_desk();
        } else {
            place.drop_desk();
        }
        let mut damaged = files(&place.sled());
        damaged.retain(|path| fs::metadata(path).is_ok_and(|data| data.len() > 0));
        for _ in 0..=round {
            let path = random.choice(&damaged).unwrap();
            let mut bytes = fs::read(path).unwrap();
            // Where something is written; the rest of a preallocated file is zeroes.
            let used = bytes.iter().rposition(|byte| *byte != 0).unwrap_or(0) + 1;
            bytes[random.usize(0..used)] ^= random.u8(1..=255);
            fs::write(path, bytes).unwrap();
        }
        place.open();
        assert_shows(&mut place.bench, &place.walk.model);
    }
}

#[test]
fn a_present_state_cut_short_loses_nothing() {
    let mut place = Place::new(4);
    for round in 0..4_u64 {
        place.work(8);
        place.drop_desk();
        for path in files(&place.sled()) {
            let len = fs::metadata(&path).unwrap().len();
            let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
            file.set_len(len * round / 4).unwrap();
        }
        place.open();
        assert_shows(&mut place.bench, &place.walk.model);
    }
}

/// Puts the files of a folder into another, which is emptied first.
fn put_in_place(from: &Path, to: &Path) {
    fs::remove_dir_all(to).unwrap();
    fs::create_dir(to).unwrap();
    for path in files(from) {
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn a_journal_that_went_another_way_than_the_store_is_believed() {
    let mut place = Place::new(5);
    place.work(6);
    place.close_desk();
    // Two ways from here: one is kept as a copy, the other is worked on a little less.
    let before = place.dir.with_extension("before");
    fs::create_dir(&before).unwrap();
    put_in_place(&place.dir.join("journal"), &before);
    let (model, acknowledged) = (place.walk.model.clone(), place.walk.acknowledged.clone());
    place.open();
    place.work(4);
    place.bench.desk.checkpoint().unwrap();
    place.close_desk();
    let sled = place.dir.with_extension("sled-kept");
    fs::create_dir(&sled).unwrap();
    put_in_place(&place.sled(), &sled);
    let seal = fs::read(place.dir.join("sled.seal")).unwrap();
    // The other way: the journal as it was, with other work behind it.
    put_in_place(&before, &place.dir.join("journal"));
    fs::remove_dir_all(place.sled()).unwrap();
    fs::remove_dir_all(place.dir.join("checkpoint")).unwrap();
    fs::create_dir(place.dir.join("checkpoint")).unwrap();
    fs::remove_file(place.dir.join("sled.seal")).unwrap();
    place.walk.model = model;
    place.walk.acknowledged = acknowledged;
    place.open();
    place.work(9);
    place.close_desk();
    put_in_place(&sled, &place.sled());
    fs::write(place.dir.join("sled.seal"), seal).unwrap();
    place.open();
    assert_shows(&mut place.bench, &place.walk.model);
}

#[test]
fn damage_in_the_middle_of_the_journal_matters_only_when_the_store_is_gone() {
    let mut place = Place::new(6);
    place.work(12);
    place.close_desk();
    let journal = files(&place.dir.join("journal")).remove(0);
    let mut bytes = fs::read(&journal).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(&journal, bytes).unwrap();
    place.open();
    assert!(place.bench.desk.notes().iter().any(Note::is_loss));
    place.work(3);
    assert_eq!(
        common::walk::everything(&mut place.bench.desk, place.bench.operator),
        place.walk.model
    );
    place.close_desk();
    fs::remove_dir_all(place.sled()).unwrap();
    // Not half of the records, but none, and the reason; as often as it is tried.
    for _ in 0..3 {
        let home = Home::open(&place.dir).unwrap();
        let fault = Desk::open(home, options(&place.bench)).err().unwrap();
        assert!(
            matches!(fault, Fault::Damaged { what: "needed", .. }),
            "{fault:?}"
        );
    }
    let names = fs::read_dir(&place.dir).unwrap();
    let aside = names.filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .contains("damaged")
    });
    assert_eq!(aside.count(), 0, "half-filled stores pile up");
}
