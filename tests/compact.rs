//! Writing the present state anew: the same rows in less room, and wherever it is interrupted, one
//! whole store.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;
mod program;

use std::fs;
use std::path::Path;
use std::process::Stdio;

use common::card;
use common::model::assert_shows;
use common::place::Place;
use common::walk::begin;
use frontdesk::desk::contract::{Care, Cared, Command, Door, Reply, Request};
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::store::SledStore;
use program::Program;

impl Place {
    /// The desk is left without being closed, and opened again after something was done to its
    /// folder.
    fn interrupted(&mut self, meanwhile: impl FnOnce(&Path)) {
        let (elsewhere, _) = begin(0);
        self.bench.desk = elsewhere.desk;
        meanwhile(&self.dir);
        self.open();
    }

    fn assert_whole(&mut self) {
        assert_shows(&mut self.bench, &self.walk.model);
        self.bench.assert_clean();
        for name in ["sled-new", "sled-old"] {
            assert!(!self.dir.join(name).exists(), "{name} is still there");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

#[test]
fn the_same_rows_are_there_in_less_room_and_work_goes_on() {
    let mut place = Place::new(1);
    place.work(200);
    // A long record that changes often takes room again and again.
    let note = |turn: usize| CustomerDetails {
        note: "长".repeat(1_500 + turn),
        ..card("常改", "13900000000")
    };
    let details = note(0);
    let mut record = place.bench.change(Command::RegisterCustomer { details });
    place.walk.put(&record);
    for turn in 1..200 {
        let at = place.bench.present(record.number());
        let details = note(turn);
        record = place.bench.change(Command::ChangeCustomer { at, details });
        place.walk.put(&record);
    }
    let envelope = place.bench.envelope(Request::Care(Care::Compact));
    let Ok(Reply::Cared(Cared::Compacted { before, after })) = place.bench.desk.ask(&envelope)
    else {
        panic!("not compacted");
    };
    assert!(after < before, "{after} of {before}");
    place.assert_whole();
    place.work(10);
    place.assert_whole();
    place.interrupted(|_| ());
    place.assert_whole();
}

#[test]
fn wherever_it_was_interrupted_there_is_one_whole_store() {
    let mut place = Place::new(2);
    let size = |dir: &Path| SledStore::size(&dir.join("sled")).unwrap();
    place.work(10);
    place.interrupted(|dir| {
        // While the new one was being written.
        copy(&dir.join("sled"), &dir.join("sled-new"));
        let log = fs::OpenOptions::new()
            .write(true)
            .open(dir.join("sled-new/db"));
        log.unwrap().set_len(1_000).unwrap();
    });
    place.assert_whole();
    place.work(5);
    place.interrupted(|dir| {
        // Between the two renames.
        copy(&dir.join("sled"), &dir.join("sled-new"));
        fs::rename(dir.join("sled"), dir.join("sled-old")).unwrap();
    });
    assert!(place.bench.desk.notes().is_empty(), "nothing was made anew");
    place.assert_whole();
    place.work(5);
    place.interrupted(|dir| {
        // Before the old one was removed.
        fs::rename(dir.join("sled"), dir.join("sled-old")).unwrap();
        copy(&dir.join("sled-old"), &dir.join("sled"));
        let old = size(dir);
        assert!(old > 0);
    });
    place.assert_whole();
}

#[test]
fn killed_at_any_moment_it_leaves_one_whole_store() {
    let program = Program::set_up("property");
    let rows: Vec<String> = (0..400).map(|n| format!("客户{n},138{n:08}\n")).collect();
    let file = program.file("customers.csv", format!("姓名,电话\n{}", rows.concat()));
    program.good(&["import", "customers", &file]);
    let data = program.data();
    let listed = program.good(&["list", "customers", "--limit", "0", "--json"]);
    let seen: [&dyn Fn() -> bool; 5] = [
        &|| data.join("sled-new").exists(),
        &|| data.join("sled-new/db").exists(),
        &|| data.join("sled-new.seal").exists(),
        &|| data.join("sled-old").exists(),
        &|| data.join("sled-old").exists() && data.join("sled").exists(),
    ];
    for round in 0..15 {
        let mut command = program.command(&["compact"]);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let mut child = command.spawn().unwrap();
        while !seen[round % seen.len()]() && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().unwrap();
        program.good(&["verify"]);
        let again = program.good(&["list", "customers", "--limit", "0", "--json"]);
        assert_eq!(again, listed, "round {round}");
        assert!(!data.join("sled-new").exists() && !data.join("sled-old").exists());
    }
}

#[test]
fn only_who_looks_after_the_desk_may_ask_for_it() {
    let mut place = Place::new(3);
    place
        .bench
        .work_as(frontdesk::domain::role::Role::Reception);
    let envelope = place.bench.envelope(Request::Care(Care::Compact));
    let refused = place.bench.desk.ask(&envelope);
    assert!(
        matches!(
            &refused,
            Err(frontdesk::desk::contract::Failure::Refused(_))
        ),
        "{refused:?}"
    );
}
