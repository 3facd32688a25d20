//! The real hub on a disk that gets full: what could not be saved is said to be so, what was saved
//! before is there, and the same hub goes on when there is room again.
//!
//! The disk is a small one in memory, which only root may mount: for everybody else the test says
//! that it did nothing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod program;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use frontdesk::desk::contract::{Answer, Door as _, Failure, Query, Reply, Request};
use frontdesk::domain::record::Record;
use program::Program;
use program::session::Session;
use program::work::{create_file, log};
use tempfile::TempDir;

/// The disk is so large.
const DISK: &str = "size=16m";
/// What is left of it when the ballast is in place.
const LEFT: u64 = 600 << 10;
/// More than fits into that.
const MOST: u64 = 20_000;

/// A disk that is mounted as long as this lives.
struct SmallDisk {
    dir: TempDir,
}

impl SmallDisk {
    fn mount() -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", DISK, "tmpfs"])
            .arg(dir.path())
            .stderr(Stdio::null())
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self { dir })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn free(&self) -> u64 {
        let found = rustix::fs::statvfs(self.dir.path()).unwrap();
        found.f_bavail * found.f_frsize
    }

    /// Takes all room but a little.
    fn fill(&self) -> PathBuf {
        let ballast = self.path("ballast");
        let mut file = fs::File::create(&ballast).unwrap();
        while self.free() > LEFT {
            file.write_all(&vec![7; 64 << 10]).unwrap();
        }
        ballast
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // A disk that is still in use goes when it is not any more.
        let _ = Command::new("umount")
            .arg("-l")
            .arg(self.dir.path())
            .status();
    }
}

/// The hub, ended with this.
struct Hub(Child);

impl Hub {
    fn start(program: &Program, data: &Path) -> Self {
        let mut child = program
            .command(&["hub"])
            .env("FRONTDESK_DATA", data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut ready).unwrap();
        assert!(!ready.is_empty(), "no hub");
        Self(child)
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        // One that has ended needs no blow.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Saves until nothing more is saved; why not.
fn until_full(session: &mut Session, saved: &mut Vec<Record>) -> Failure {
    for _ in 0..MOST {
        match session.ask(log(saved.len() as u64)) {
            Ok(Reply::Done { record, also, .. }) => {
                saved.push(*record);
                saved.extend(also);
            }
            Err(failure) => return failure,
            other => panic!("{other:?}"),
        }
    }
    panic!("the disk was never full");
}

fn is_full(answer: &Answer) -> bool {
    matches!(answer, Err(Failure::Fault { key, .. }) if key.contains("full"))
}

/// While the present state cannot be opened for want of room, a look may say so; it never shows
/// anything but what was saved.
fn assert_there_or_full(session: &mut Session, saved: &[Record]) {
    for record in saved {
        let look = session.envelope(Request::Look(Query::Get(record.number())));
        match session.line.ask(&look) {
            Ok(Reply::Record(Some(row))) => assert_eq!(&row.record, record),
            answer => assert!(is_full(&answer), "{answer:?}"),
        }
    }
}

fn assert_there(session: &mut Session, saved: &[Record]) {
    for record in saved {
        assert_eq!(session.get(record.number()).as_ref(), Some(record));
    }
}

#[test]
fn on_a_full_disk_the_hub_says_so_loses_nothing_and_goes_on_when_there_is_room() {
    let Some(disk) = SmallDisk::mount() else {
        println!("NOT RUN: only root may mount the small disk that this needs");
        return;
    };
    let program = Program::new();
    let data = disk.path("data");
    let init = [
        "init",
        "--rehearsal",
        "--profile",
        "property",
        "--operator",
        "wang",
    ];
    let set_up = program.command(&init).env("FRONTDESK_DATA", &data).output();
    assert!(set_up.unwrap().status.success());
    let hub = Hub::start(&program, &data);
    let mut sessions = [Session::follow(&data), Session::follow(&data)];
    let mut saved = Vec::new();
    for round in 0..2 {
        let ballast = disk.fill();
        let why = until_full(&mut sessions[0], &mut saved);
        assert!(is_full(&Err(why.clone())), "{why:?}");
        // Whoever else asks is told the same. What is smaller, or comes after the hub has given
        // room back by tidying its files, may still fit: then it is saved like the others.
        let other = until_full(&mut sessions[1], &mut saved);
        assert!(is_full(&Err(other.clone())), "{other:?}");
        assert_there_or_full(&mut sessions[1], &saved);
        fs::remove_file(ballast).unwrap();
        for session in &mut sessions {
            match session.ask(create_file(MOST + 10 + round)) {
                Ok(Reply::Done { record, .. }) => saved.push(*record),
                other => panic!("{other:?}"),
            }
        }
        assert_there(&mut sessions[0], &saved);
        assert_eq!(sessions[0].line.verify(None).unwrap().findings, []);
    }
    let status = sessions[0].line.status().unwrap();
    assert_eq!(status.pid, hub.0.id(), "another hub");
    drop(hub);
    // What was said to be saved is there for the next one too, after a blow.
    let _next = Hub::start(&program, &data);
    for session in &mut sessions {
        session.recover();
    }
    assert_there(&mut sessions[1], &saved);
    assert_eq!(sessions[1].line.verify(None).unwrap().findings, []);
    println!("{} records saved around two full disks", saved.len());
}
