//! A desk in a real folder with somebody at work at it. What a test does to the folder is its own.

use std::path::PathBuf;

use frontdesk::desk::contract::{Door, Reply, Request};
use frontdesk::desk::{Desk, Options};
use frontdesk::store::Home;
use tempfile::TempDir;

use super::walk::{Walk, begin};
use super::{Bench, NOBODY, set_up};

/// A desk in a new folder, and somebody to work at it.
pub struct Place {
    pub bench: Bench,
    pub walk: Walk,
    /// The data folder, in a folder that has room beside it.
    pub dir: PathBuf,
    pub temp: TempDir,
}

/// How such a desk is opened.
pub fn options(bench: &Bench) -> Options {
    Options {
        clock: Box::new(bench.clock.clone()),
        site_file: None,
    }
}

impl Place {
    pub fn new(seed: u64) -> Self {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("desk");
        let (mut bench, _) = begin(seed);
        let home = Home::create(&dir, chrono::DateTime::UNIX_EPOCH).unwrap();
        bench.desk = Desk::open(home, options(&bench)).unwrap();
        bench.operator = NOBODY;
        let envelope = bench.envelope(Request::Do(set_up("property")));
        let Ok(Reply::Done { record, also, .. }) = bench.desk.ask(&envelope) else {
            panic!("not set up");
        };
        bench.operator = also[0].number();
        let walk = Walk::new(seed, also[0].clone(), *record);
        Self {
            bench,
            walk,
            dir,
            temp,
        }
    }

    pub fn work(&mut self, steps: usize) {
        for _ in 0..steps {
            self.bench.clock.advance_seconds(600);
            self.walk.batch(&mut self.bench.desk, 5);
        }
    }

    /// Leaves the desk without closing it; the folder is free then.
    pub fn drop_desk(&mut self) {
        self.bench.desk = begin(0).0.desk;
    }

    /// Closes the desk as it should be closed.
    pub fn close_desk(&mut self) {
        let elsewhere = begin(0).0.desk;
        std::mem::replace(&mut self.bench.desk, elsewhere)
            .close()
            .unwrap();
    }

    /// Opens what is in the folder now.
    pub fn open(&mut self) {
        let home = Home::open(&self.dir).unwrap();
        self.bench.desk = Desk::open(home, options(&self.bench)).unwrap();
    }
}
