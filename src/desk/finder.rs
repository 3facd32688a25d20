//! The search index of a desk: opened with it, told what changes, made anew from the records when
//! its files are missing, damaged or of another program.
//!
//! It never fails a change. While it is not whole a search shows what it finds and says that this
//! may not be all. What a word finds is decided in `words`, not here.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::frame::Body;
use super::keyspace as keys;
use super::overlay::{Overlay, Staged};
use super::tokens::{self, Token};
use super::values;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::search::{Found, Index, Lookup, Part, Wanted};
use crate::store::{Fault, Home, Order};

/// Counts up with every change of what [`tokens::of`] says of a record, so that files which an
/// earlier program made are made anew.
const VERSION: u32 = 8;
/// The folder in the data folder.
const FOLDER: &str = "search";
/// So many records are taken in at once while nobody waits.
const MANY: usize = 2_000;
/// So many are taken in beside each request while the index is being made anew.
const FEW: usize = 200;
/// So many records are held against the index at once.
const CHECKED_AT_ONCE: usize = 20_000;

/// How the files of an index are tended.
type Tend = fn(&mut Index, u64) -> Result<(), Fault>;

/// The search index of a desk.
#[derive(Default)]
pub(super) struct Finder {
    state: State,
    /// The files may tell of other records than those there are.
    distrusted: bool,
    /// A file could not be read while something was looked for.
    damaged: Cell<bool>,
}

#[derive(Default)]
enum State {
    /// The desk is being opened.
    #[default]
    Closed,
    /// Everything is in it.
    Whole(Index),
    /// It is being made anew: the records before this key are in it.
    Filling(Index, Vec<u8>),
    /// There is none.
    Broken,
}

/// A record's number within its kind as one that is larger for a newer record.
fn id(number: Number) -> u64 {
    (u64::from(number.year) << 32) | u64::from(number.seq)
}

fn number(kind: Kind, id: u64) -> Option<Number> {
    Some(Number {
        kind,
        year: u16::try_from(id >> 32).ok()?,
        seq: u32::try_from(id & u64::from(u32::MAX)).ok()?,
    })
}

fn bytes(tokens: &[Token]) -> impl Iterator<Item = &[u8]> {
    tokens.iter().map(<[u8; 8]>::as_slice)
}

impl Finder {
    /// From now on the files are not believed when the desk is opened.
    pub fn distrust(&mut self) {
        self.distrusted = true;
    }

    /// Opens the index beside an open store whose rows are up to the journal's head.
    pub fn open(&mut self, home: &Home) {
        let dir = home.dir.join(FOLDER);
        let kept = if self.distrusted {
            None
        } else {
            Index::open(&home.files, &dir, VERSION).ok().flatten()
        };
        let followed = kept.and_then(|index| followed(index, home).ok().flatten());
        match followed {
            Some(index) => self.state = State::Whole(index),
            None => self.make_anew(home),
        }
    }

    /// Gives up an index that cannot be read; it is made anew with the next requests.
    pub fn give_up(&mut self) {
        self.state = State::Broken;
    }

    /// Makes the index anew from the records, while nobody waits.
    pub fn make_anew(&mut self, home: &Home) {
        self.begin(home);
        while matches!(self.state, State::Filling(..)) {
            self.fill(home, MANY);
        }
        self.settle(home);
    }

    fn begin(&mut self, home: &Home) {
        // An index that is still open lets go of its files first.
        self.state = State::Broken;
        self.damaged.set(false);
        let dir = home.dir.join(FOLDER);
        if let Ok(index) = Index::create(&home.files, &dir, VERSION) {
            self.state = State::Filling(index, vec![keys::RECORDS]);
        }
    }

    /// Takes in the next records. Without room for them the index is given up until there is.
    fn fill(&mut self, home: &Home, rows: usize) {
        let State::Filling(mut index, next) = std::mem::take(&mut self.state) else {
            return;
        };
        self.state = match fill(&mut index, home, &next, rows) {
            Ok(Some(next)) => State::Filling(index, next),
            Ok(None) => State::Whole(index),
            Err(_) => State::Broken,
        };
    }

    /// Takes in the records among some rows that other words find from now on.
    pub fn take_in(&mut self, staged: &Staged) {
        let (State::Whole(index) | State::Filling(index, _)) = &mut self.state else {
            return;
        };
        let reworded: BTreeSet<Number> = staged.reworded.iter().copied().collect();
        for (key, value) in &staged.batch.changes {
            let number = keys::number_of_record(key).filter(|number| reworded.contains(number));
            let (Some(number), Some(value)) = (number, value) else {
                continue;
            };
            match values::decode(number, value) {
                Ok(record) => add(index, std::iter::once(&record)),
                Err(_) => self.damaged.set(true),
            }
        }
    }

    /// Has the files written that are due; called after every group of requests, and cheap.
    pub fn tend(&mut self, home: &Home) {
        self.tend_with(home, FEW, Index::tend);
    }

    /// The same, while nobody waits.
    pub fn tend_at_leisure(&mut self, home: &Home) {
        self.tend_with(home, MANY, Index::tend_at_leisure);
    }

    fn tend_with(&mut self, home: &Home, rows: usize, tend: Tend) {
        if self.damaged.get() {
            self.give_up();
        }
        match &mut self.state {
            State::Closed => {}
            // What cannot be written waits in memory; only what cannot be read is made anew.
            State::Whole(index) => {
                if let Err(Fault::Damaged { .. }) = tend(index, home.journal.head().seq) {
                    self.state = State::Broken;
                }
            }
            State::Filling(..) => self.fill(home, rows),
            State::Broken => self.begin(home),
        }
    }

    /// Has files written of so many records.
    pub fn write_files_of(&mut self, records: usize) {
        self.state = match std::mem::take(&mut self.state) {
            State::Whole(index) => State::Whole(index.flushing_at(records)),
            other => other,
        };
    }

    /// Has everything written that waits, so that the next opening need not read it again.
    pub fn settle(&mut self, home: &Home) {
        if let State::Whole(index) = &mut self.state {
            // What is not written is taken in again at the next opening.
            let _ = index.settle(home.journal.head().seq);
        }
    }

    /// Whether every record is in the index.
    pub fn is_whole(&self) -> bool {
        matches!(self.state, State::Whole(_)) && !self.damaged.get()
    }

    /// What is wanted, to be walked for each kind; none while there is no index.
    pub fn look_up(&self, wanted: &Wanted) -> Option<Lookup<'_>> {
        match &self.state {
            State::Whole(index) | State::Filling(index, _) => Some(index.look_up(wanted)),
            State::Closed | State::Broken => None,
        }
    }

    /// Records of a kind that may be what was looked up, the newest first, all older than `below`.
    pub fn candidates<'a>(
        &'a self,
        kind: Kind,
        lookup: &Lookup<'a>,
        below: Option<Number>,
    ) -> Candidates<'a> {
        Candidates {
            finder: self,
            kind,
            found: Some(lookup.list(kind.code(), below.map(id))),
        }
    }

    /// Every file held against its sums; the fault of the first that does not add up.
    pub fn check(&self) -> Result<(), Fault> {
        match &self.state {
            State::Whole(index) | State::Filling(index, _) => index.check(),
            State::Closed | State::Broken => Ok(()),
        }
    }

    /// How many of the tokens of some records the index lacks, as far as `most`.
    fn lacks(&self, part: &Part, most: usize) -> Result<usize, Fault> {
        match &self.state {
            State::Whole(index) => Ok(index.lacks(part, most)?.len()),
            State::Closed | State::Filling(..) | State::Broken => Ok(0),
        }
    }
}

fn add<'a>(index: &mut Index, records: impl Iterator<Item = &'a Record>) {
    for record in records {
        let tokens = tokens::of(record);
        if !tokens.is_empty() {
            let number = record.number();
            index.add(number.kind.code(), id(number), bytes(&tokens));
        }
    }
}

/// The next rows of the records into an index; where to go on, if there is more.
fn fill(
    index: &mut Index,
    home: &Home,
    next: &[u8],
    rows: usize,
) -> Result<Option<Vec<u8>>, Fault> {
    let end = keys::end_of(&[keys::RECORDS]);
    let rows = home.store.scan(next, &end, Order::Forward, rows)?;
    let Some((last, _)) = rows.last() else {
        return Ok(None);
    };
    let mut next = last.clone();
    next.push(0);
    for (key, value) in &rows {
        if let Some(number) = keys::number_at_end(key) {
            add(index, values::decode(number, value).iter());
        }
    }
    // Until all is in it, its files are complete up to no frame at all.
    index.tend(0)?;
    Ok(Some(next))
}

/// An index with what changed since its files were written; none where they are not of this journal.
fn followed(mut index: Index, home: &Home) -> Result<Option<Index>, Fault> {
    let head = home.journal.head().seq;
    let covered = index.covered();
    if covered > head || (covered == 0 && head > 0) {
        return Ok(None);
    }
    let mut numbers = BTreeSet::new();
    for frame in home.journal.from(covered.saturating_add(1)) {
        let body = Body::unpack(&frame?.payload)?;
        let changes = body.entries.iter().flat_map(|entry| &entry.changes);
        numbers.extend(changes.map(|change| change.number));
    }
    let overlay = Overlay::new(&*home.store);
    for number in numbers {
        add(&mut index, overlay.record(number)?.iter());
    }
    Ok(Some(index))
}

/// Records that may be what is wanted.
pub(super) struct Candidates<'a> {
    finder: &'a Finder,
    kind: Kind,
    found: Option<Found<'a>>,
}

impl Candidates<'_> {
    /// The next one. A file that cannot be read ends them, and the index is made anew.
    pub fn next(&mut self) -> Option<Number> {
        if let Ok(id) = self.found.as_mut()?.next() {
            return number(self.kind, id?);
        }
        self.finder.damaged.set(true);
        self.found = None;
        None
    }
}

/// Records held against the index, some thousands at a time.
#[derive(Default)]
pub(super) struct Lacking {
    part: Part,
    /// How many tokens were missing.
    pub count: usize,
}

impl Lacking {
    /// One more record.
    pub fn see(&mut self, finder: &Finder, record: &Record) -> Result<(), Fault> {
        let tokens = tokens::of(record);
        let number = record.number();
        self.part
            .add(number.kind.code(), id(number), bytes(&tokens));
        if self.part.records() >= CHECKED_AT_ONCE {
            self.done(finder)?;
        }
        Ok(())
    }

    /// Holds those seen last against the index.
    pub fn done(&mut self, finder: &Finder) -> Result<(), Fault> {
        let part = std::mem::take(&mut self.part);
        self.count += finder.lacks(&part, CHECKED_AT_ONCE)?;
        Ok(())
    }
}
