//! What is done beside the desk: one thing at a time, in a thread of its own.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use super::manifest::Manifest;
use super::merge::{merge, most_tokens};
use super::part::Part;
use super::segment::{self, Segment, Writer};
use crate::store::{Fault, Files};

/// Something to be done.
pub(super) struct Job {
    pub files: Arc<dyn Files>,
    pub dir: PathBuf,
    /// The number of the file that is made.
    pub number: u64,
    /// Which files count once it is made.
    pub manifest: Manifest,
    /// Up to which frame the files are complete then, where that changes.
    pub covered: Option<u64>,
    pub what: What,
}

/// What is to be done.
pub(super) enum What {
    /// A file of what waits.
    Write(Arc<Part>),
    /// One file of several.
    Merge(Vec<Arc<Segment>>),
}

/// What was done.
pub(super) struct Made {
    pub segment: Result<Segment, Fault>,
    pub covered: Option<u64>,
    /// The files in whose place it stands.
    pub replaced: Vec<u64>,
}

impl Job {
    /// Does it.
    pub fn run(&self) -> Made {
        let replaced = match &self.what {
            What::Write(_) => Vec::new(),
            What::Merge(segments) => segments.iter().map(|it| it.number()).collect(),
        };
        let segment = self.make();
        if segment.is_err() {
            // Half a file is of no use, and the fault is what is to be told.
            let _ = self.files.remove(&segment::path(&self.dir, self.number));
        }
        Made {
            segment,
            covered: self.covered,
            replaced,
        }
    }

    fn make(&self) -> Result<Segment, Fault> {
        let files = &*self.files;
        let path = segment::path(&self.dir, self.number);
        let most_tokens = match &self.what {
            What::Write(part) => part.tokens() as u64,
            What::Merge(segments) => most_tokens(segments),
        };
        let mut writer = Writer::new(files, &path, most_tokens)?;
        match &self.what {
            What::Write(part) => {
                let mut newest_first = Vec::new();
                for (key, ids) in part.sorted() {
                    newest_first.clear();
                    newest_first.extend(ids.iter().rev());
                    writer.put(key, &newest_first)?;
                }
                writer.end(part.records(), part.newests())?;
            }
            What::Merge(segments) => merge(segments, writer)?,
        }
        let segment = Segment::open(files, &path, self.number)?;
        self.manifest.write(files, &self.dir)?;
        Ok(segment)
    }
}

/// The thread, while it has something to do.
#[derive(Default)]
pub(super) struct Work {
    running: Option<JoinHandle<Made>>,
}

impl Work {
    /// Whether nothing is being done.
    pub fn is_idle(&self) -> bool {
        self.running.is_none()
    }

    /// Begins something. Where no thread is to be had it is done here and now, and is the answer.
    pub fn begin(&mut self, job: Job) -> Option<Made> {
        let job = Arc::new(job);
        let theirs = job.clone();
        let thread = std::thread::Builder::new().name("search".to_owned());
        match thread.spawn(move || theirs.run()) {
            Ok(handle) => {
                self.running = Some(handle);
                None
            }
            Err(_) => Some(job.run()),
        }
    }

    /// What was done, if it is; `wait` waits for it.
    pub fn collect(&mut self, wait: bool) -> Option<Made> {
        let done = self.running.as_ref()?.is_finished();
        if !done && !wait {
            return None;
        }
        // A thread that panicked has made nothing; what it was given is still in memory or in files.
        let joined = self.running.take()?.join();
        Some(joined.unwrap_or_else(|_| Made {
            segment: Err(Fault::Stopped),
            covered: None,
            replaced: Vec::new(),
        }))
    }
}

impl Drop for Work {
    /// Nothing writes into the folder any more once its index is gone.
    fn drop(&mut self) {
        self.collect(true);
    }
}
