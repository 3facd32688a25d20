//! Which records a text may stand in: an inverted index in files of its own, beside the store.
//!
//! A token is a short string of bytes, a record a number of 48 bits in a list; larger is newer. For
//! each token the index keeps the records that have it, list by list, the newest first. What is new waits in memory (`part`); when
//! enough waits it becomes a file that never changes (`segment`), and files are merged into larger
//! ones (`merge`), both in a thread of its own. A manifest says which files count and up to which
//! frame of the journal they are complete.
//!
//! The index is a sieve and never the truth: it is made from the records, can be made anew from them
//! at any time, and an entry stays after its record has changed. Whoever asks reads each record it
//! lets through and decides. What a token means is not known here.

mod cursor;
mod found;
mod lookup;
mod manifest;
mod merge;
mod part;
mod postings;
mod record;
mod segment;
mod token;
mod varint;
mod wanted;
mod work;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use found::Found;
pub use lookup::Lookup;
pub use part::Part;
pub use wanted::Wanted;

use crate::store::{Fault, Files};
use lookup::Source;
use manifest::Manifest;
use segment::Segment;
use work::{Job, Made, Work};

/// So many records wait in memory before they become a file, where nothing else was said.
const FLUSH: usize = 2_048;
/// When so many times more wait than should, the writer waits for the thread.
const PATIENCE: usize = 8;

/// Which of the files are merged next, where a file is made of so many records.
type Choose = fn(&[Arc<Segment>], usize) -> Option<Vec<Arc<Segment>>>;

/// An index in a folder.
pub struct Index {
    files: Arc<dyn Files>,
    dir: PathBuf,
    version: u32,
    /// What is newest.
    active: Part,
    /// What is being written into a file, and up to which frame that will be complete.
    frozen: Option<Arc<Part>>,
    /// The files, in no order.
    segments: Vec<Arc<Segment>>,
    /// Up to which frame of the journal the files are complete.
    covered: u64,
    /// The number of the next file.
    next: u64,
    work: Work,
    flush: usize,
}

impl Index {
    /// Opens the index of a folder. `None` when there is none, when it is damaged, or when it was
    /// made under another `version` of the tokens: then it is to be made anew.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn open(files: &Arc<dyn Files>, dir: &Path, version: u32) -> Result<Option<Self>, Fault> {
        let Some(manifest) = Manifest::read(&**files, dir)? else {
            return Ok(None);
        };
        if manifest.version != version {
            return Ok(None);
        }
        let mut index = Self::empty(files, dir, version);
        for number in &manifest.segments {
            match Segment::open(&**files, &segment::path(dir, *number), *number) {
                Ok(segment) => index.segments.push(Arc::new(segment)),
                Err(Fault::Io { .. } | Fault::Damaged { .. }) => return Ok(None),
                Err(fault) => return Err(fault),
            }
        }
        index.covered = manifest.covered;
        index.next = manifest.segments.iter().max().map_or(1, |last| last + 1);
        index.sweep()?;
        Ok(Some(index))
    }

    /// An empty index in the place of whatever was there.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn create(files: &Arc<dyn Files>, dir: &Path, version: u32) -> Result<Self, Fault> {
        files
            .make_dir(dir)
            .map_err(|error| Fault::io("make", dir, error))?;
        let index = Self::empty(files, dir, version);
        index.manifest(&index.segments, 0).write(&**files, dir)?;
        index.sweep()?;
        Ok(index)
    }

    fn empty(files: &Arc<dyn Files>, dir: &Path, version: u32) -> Self {
        Self {
            files: files.clone(),
            dir: dir.to_path_buf(),
            version,
            active: Part::default(),
            frozen: None,
            segments: Vec::new(),
            covered: 0,
            next: 1,
            work: Work::default(),
            flush: FLUSH,
        }
    }

    /// Writes files of so many records: tests make many files of few.
    #[must_use]
    pub fn flushing_at(mut self, records: usize) -> Self {
        self.flush = records.max(1);
        self
    }

    /// The frame of the journal up to which the files are complete: what came after it must be added
    /// again after opening.
    pub const fn covered(&self) -> u64 {
        self.covered
    }

    /// Adds all tokens a record has now. After a change of any of them all are added again.
    pub fn add<'a>(&mut self, list: u8, id: u64, tokens: impl IntoIterator<Item = &'a [u8]>) {
        self.active.add(list, id, tokens);
    }

    /// Takes in what the thread has done, and gives it the next thing to do. Everything up to the
    /// frame `seq` must have been added. Costs next to nothing when there is nothing to do.
    ///
    /// # Errors
    /// When a file could not be written: nothing is lost, it still waits in memory and is tried
    /// again.
    pub fn tend(&mut self, seq: u64) -> Result<(), Fault> {
        self.tend_with(seq, merge::choose)
    }

    /// The same while nobody waits: files are merged until few are left.
    ///
    /// # Errors
    /// As for [`Self::tend`].
    pub fn tend_at_leisure(&mut self, seq: u64) -> Result<(), Fault> {
        self.tend_with(seq, |segments, _| merge::choose_at_leisure(segments))
    }

    fn tend_with(&mut self, seq: u64, choose: Choose) -> Result<(), Fault> {
        let pressed = self.active.records() >= self.flush.saturating_mul(PATIENCE);
        if let Some(made) = self.work.collect(pressed) {
            self.take_in(made)?;
        }
        if self.work.is_idle()
            && let Some(job) = self.next_job(seq, self.flush, choose)
            && let Some(made) = self.work.begin(job)
        {
            self.take_in(made)?;
        }
        Ok(())
    }

    /// Waits until nothing waits in memory and few files are left.
    ///
    /// # Errors
    /// When a file could not be written.
    pub fn settle(&mut self, seq: u64) -> Result<(), Fault> {
        loop {
            if let Some(made) = self.work.collect(true) {
                self.take_in(made)?;
            }
            match self.next_job(seq, 1, |segments, _| merge::choose_at_leisure(segments)) {
                Some(job) => self.take_in(job.run())?,
                None => break,
            }
        }
        if self.covered < seq {
            // The last frames had nothing that is searched.
            self.manifest(&self.segments, seq)
                .write(&*self.files, &self.dir)?;
            self.covered = seq;
        }
        Ok(())
    }

    /// The records that may be what is wanted, the newest first, all smaller than `below`.
    pub fn find(&self, list: u8, wanted: &Wanted, below: Option<u64>) -> Found<'_> {
        self.look_up(wanted).list(list, below)
    }

    /// What is wanted, to be walked in several lists.
    pub fn look_up(&self, wanted: &Wanted) -> Lookup<'_> {
        Lookup::new(wanted, self.sources())
    }

    fn sources(&self) -> impl Iterator<Item = Source<'_>> {
        let parts = std::iter::once(&self.active).chain(self.frozen.as_deref());
        let files = self.segments.iter().map(|segment| Source::File(segment));
        parts.map(Source::Memory).chain(files)
    }

    /// Holds what should be found against the index: the records that it lacks under some token, at
    /// most `most` of them.
    ///
    /// # Errors
    /// When a file cannot be read or is damaged.
    pub fn lacks(&self, expected: &Part, most: usize) -> Result<Vec<u64>, Fault> {
        let mut lacking = Vec::new();
        for (sum, ids) in expected.sorted() {
            let mut found = Found::of_all(&Lookup::of_sum(sum, self.sources()));
            for joined in ids.iter().rev() {
                if lacking.len() >= most {
                    return Ok(lacking);
                }
                if found.at_or_below(*joined)? != Some(*joined) {
                    lacking.push(record::id(*joined));
                }
            }
        }
        Ok(lacking)
    }

    /// Reads every file and holds it against its sums.
    ///
    /// # Errors
    /// `damaged` for the first that does not add up.
    pub fn check(&self) -> Result<(), Fault> {
        for segment in &self.segments {
            let (mut walk, mut ids) = (segment::Walk::default(), Vec::new());
            while walk.next(segment, &mut ids)?.is_some() {}
        }
        Ok(())
    }

    fn take_in(&mut self, made: Made) -> Result<(), Fault> {
        let segment = match made.segment {
            Ok(segment) => segment,
            Err(fault) => {
                // What was frozen goes back to what waits; the next attempt takes all of it.
                if let Some(frozen) = self.frozen.take() {
                    self.active.absorb(&frozen);
                }
                return Err(fault);
            }
        };
        self.next = self.next.max(segment.number() + 1);
        let replaced = made.replaced;
        self.segments.retain(|it| !replaced.contains(&it.number()));
        self.segments.push(Arc::new(segment));
        if let Some(covered) = made.covered {
            self.covered = covered;
            self.frozen = None;
        }
        for number in replaced {
            // What is left over is removed when the index is next opened.
            let _ = self.files.remove(&segment::path(&self.dir, number));
        }
        Ok(())
    }

    /// What is to be done next: a file of what waits, where that is `least` records or more; else
    /// some files made into one.
    fn next_job(&mut self, seq: u64, least: usize, choose: Choose) -> Option<Job> {
        if self.active.records() >= least.max(1) {
            let part = Arc::new(std::mem::take(&mut self.active));
            self.frozen = Some(part.clone());
            let number = self.next;
            return Some(Job {
                files: self.files.clone(),
                dir: self.dir.clone(),
                number,
                manifest: self.manifest_with(number, &[], seq),
                covered: Some(seq),
                what: work::What::Write(part),
            });
        }
        let chosen = choose(&self.segments, self.flush)?;
        Some(self.merging(chosen))
    }

    fn merging(&self, chosen: Vec<Arc<Segment>>) -> Job {
        let replaced: Vec<u64> = chosen.iter().map(|segment| segment.number()).collect();
        Job {
            files: self.files.clone(),
            dir: self.dir.clone(),
            number: self.next,
            manifest: self.manifest_with(self.next, &replaced, self.covered),
            covered: None,
            what: work::What::Merge(chosen),
        }
    }

    fn manifest_with(&self, number: u64, without: &[u64], covered: u64) -> Manifest {
        let mut manifest = self.manifest(&self.segments, covered);
        manifest.segments.retain(|it| !without.contains(it));
        manifest.segments.push(number);
        manifest
    }

    fn manifest(&self, segments: &[Arc<Segment>], covered: u64) -> Manifest {
        Manifest {
            version: self.version,
            covered,
            segments: segments.iter().map(|segment| segment.number()).collect(),
        }
    }

    /// Removes the files that do not count: an interrupted write, or files that were merged.
    fn sweep(&self) -> Result<(), Fault> {
        let names = self
            .files
            .list(&self.dir)
            .map_err(|error| Fault::io("list", &self.dir, error))?;
        for name in names {
            let counts = name == manifest::NAME
                || self
                    .segments
                    .iter()
                    .any(|it| segment::file_name(it.number()) == name);
            if !counts {
                // It is in nobody's way.
                let _ = self.files.remove(&self.dir.join(&name));
            }
        }
        Ok(())
    }
}
