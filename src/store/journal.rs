//! The journal: append-only segments of chained frames, forced to the disk one frame at a time. It
//! is the audit trail, the feed of changes and the way back, all at once.
//!
//! A frame on the disk is saved, whatever happens to the present state. What a frame says is not
//! known here. Files grow as they are written: preallocating would save a tenth of a millisecond
//! and make a torn tail look like one of zeros.

mod extent;
mod frame;
mod open;
mod segment;
mod walk;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub(super) use extent::extent;
pub use frame::Hash;
use frame::{FrameRef, HEADER_LEN, PAYLOAD_LIMIT};
use segment::{Map, SEGMENT_MAGIC};
pub(super) use segment::{SEGMENT_LIMIT, Segment};
pub(super) use walk::Chain;
pub use walk::{BadPlace, Frames, Report};

use super::bytes::index;
use super::fault::Fault;
use super::files::{Files, Handle};
use super::header::{Header, StoreId};
use super::note::Note;

/// The last frame of a journal: its number and the hash of the whole chain up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the last frame; 0 when there is none.
    pub seq: u64,
    /// Its hash; zeros when there is none.
    pub hash: Hash,
}

impl Head {
    /// The head of an empty journal.
    pub const EMPTY: Self = Self {
        seq: 0,
        hash: [0; 32],
    };
}

/// One frame, read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its number, from 1 without a gap.
    pub seq: u64,
    /// SHA-256 of the hash of the frame before, the number and the payload.
    pub hash: Hash,
    /// What was appended.
    pub payload: Vec<u8>,
}

/// An open journal. Reading works through a shared reference; there is one writer.
pub struct Journal {
    files: Arc<dyn Files>,
    dir: PathBuf,
    store: StoreId,
    /// In order; only the last is written to.
    segments: Vec<Mapped>,
    /// The last segment, when there is one.
    writing: Option<Writing>,
    head: Head,
    /// A frame that would make a segment longer than this begins a new one.
    segment_limit: u64,
    /// A sync failed: what is on the disk is not known until the journal is opened again.
    unknown: bool,
}

/// A segment and where its frames are, found when first asked for.
struct Mapped {
    segment: Segment,
    map: OnceLock<Map>,
}

/// The end of the segment being written.
struct Writing {
    handle: Box<dyn Handle>,
    end: u64,
    /// Bytes of a failed write may lie behind `end`.
    torn: bool,
}

impl Journal {
    /// Opens the journal in `dir`, which must exist, and makes its tail good: a frame that was not
    /// written whole is cut off, damage before a good frame is left in place and noted.
    ///
    /// [`Fault::Foreign`] and [`Fault::Newer`] when a segment is of another store or program;
    /// [`Fault::Damaged`] when more is missing at the end than one frame, because that is no tear.
    pub fn open(
        files: Arc<dyn Files>,
        dir: &Path,
        store: StoreId,
    ) -> Result<(Self, Vec<Note>), Fault> {
        open::open(files, dir, store)
    }

    /// Begins new segments at fewer bytes than the usual 16 MiB, so that a test meets many.
    pub fn limit_segments(&mut self, bytes: u64) {
        self.segment_limit = bytes.min(SEGMENT_LIMIT);
    }

    /// The last frame.
    pub fn head(&self) -> Head {
        self.head
    }

    /// Whether a failed sync left it open what is on the disk: nothing is appended until the
    /// journal is opened again.
    pub fn is_unknown(&self) -> bool {
        self.unknown
    }

    /// Writes one frame and forces it to the disk.
    ///
    /// [`Fault::NotSaved`]: nothing has changed, and the next append may work. [`Fault::Unknown`]:
    /// the frame may or may not be saved, and every later append is refused with the same answer
    /// until the journal is opened again. [`Fault::TooLarge`] over 4 MiB.
    pub fn append(&mut self, payload: &[u8]) -> Result<Head, Fault> {
        if self.unknown {
            return Err(Fault::Unknown);
        }
        if payload.len() > PAYLOAD_LIMIT {
            let (size, limit) = (payload.len() as u64, PAYLOAD_LIMIT as u64);
            return Err(Fault::TooLarge { size, limit });
        }
        let frame = FrameRef {
            seq: self.head.seq + 1,
            prev: self.head.hash,
            payload,
        };
        let full = |writing: &Writing| writing.end + frame.len() as u64 > self.segment_limit;
        if self.writing.as_ref().is_none_or(full) {
            self.begin_segment(frame.seq)?;
        }
        let (Some(writing), Some(map)) = (
            &mut self.writing,
            self.segments.last_mut().and_then(|last| last.map.get_mut()),
        ) else {
            return Err(Fault::Stopped);
        };
        writing
            .write(&frame.bytes())
            .map_err(|source| Fault::NotSaved { source })?;
        if writing.handle.sync().is_err() {
            self.unknown = true;
            return Err(Fault::Unknown);
        }
        writing.end += frame.len() as u64;
        map.push(&frame);
        self.head = Head {
            seq: frame.seq,
            hash: frame.hash(),
        };
        Ok(self.head)
    }

    /// The frame of that number. [`Fault::NoFrame`] beyond the head, [`Fault::Damaged`] when its
    /// bytes are not what was written.
    pub fn read(&self, seq: u64) -> Result<Frame, Fault> {
        let mapped = self.segment_of(seq)?;
        let handle = mapped.segment.open(&*self.files)?;
        self.read_from(mapped, &*handle, seq)
    }

    /// The frames from `seq` to the head, in order. One that cannot be read is an error in its
    /// place, and the next one follows.
    pub fn from(&self, seq: u64) -> Frames<'_> {
        Frames::new(self, seq.max(1))
    }

    /// Reads the frames up to number `upto` from the disk, holds each against the chain, and shows
    /// each to `visit`. A place that does not add up is in the report, not a fault.
    pub fn verify(&self, upto: u64, visit: &mut dyn FnMut(&Frame)) -> Result<Report, Fault> {
        walk::verify(self, upto, visit)
    }

    /// Begins the segment whose first frame is `first`. Until it succeeds, the segment before stays
    /// the one being written, so a failure changes nothing.
    fn begin_segment(&mut self, first: u64) -> Result<(), Fault> {
        let segment = Segment::new(&self.dir, first);
        let header = Header::new(SEGMENT_MAGIC, self.store, first, self.head.hash);
        let make = || {
            let handle = self.files.create(&segment.path)?;
            handle.write_at(0, &header.bytes())?;
            handle.sync()?;
            self.files.sync_dir(&self.dir)?;
            Ok(handle)
        };
        let handle = make().map_err(|source| Fault::NotSaved { source })?;
        let map = Map::empty();
        self.writing = Some(Writing {
            handle,
            end: map.end,
            torn: false,
        });
        self.segments.push(Mapped {
            segment,
            map: OnceLock::from(map),
        });
        Ok(())
    }

    /// The segment that must hold `seq`.
    fn segment_of(&self, seq: u64) -> Result<&Mapped, Fault> {
        let behind = self
            .segments
            .partition_point(|mapped| mapped.segment.first <= seq);
        behind
            .checked_sub(1)
            .and_then(|at| self.segments.get(at))
            .filter(|_| seq <= self.head.seq)
            .ok_or(Fault::NoFrame { seq })
    }

    fn read_from(&self, mapped: &Mapped, handle: &dyn Handle, seq: u64) -> Result<Frame, Fault> {
        let segment = &mapped.segment;
        let map = mapped.map(&*self.files)?;
        let bad = || Fault::damaged("frame", format!("{} #{seq}", segment.name()));
        let offset = map.offset(seq - segment.first).ok_or_else(bad)?;
        let io = |error| Fault::io("read", &segment.path, error);
        let mut head = [0; HEADER_LEN];
        handle.read_at(offset, &mut head).map_err(io)?;
        let len = frame::Head::parse(&head)
            .filter(|head| head.seq == seq)
            .ok_or_else(bad)?
            .len;
        // The length is under the limit and must end where the map says that frames end, so a
        // damaged one never asks for memory.
        let end = offset + (HEADER_LEN + len) as u64;
        if end > map.end {
            return Err(bad());
        }
        let mut bytes = vec![0; index(end - offset)];
        handle.read_at(offset, &mut bytes).map_err(io)?;
        let frame = FrameRef::parse(&bytes).ok_or_else(bad)?;
        Ok(Frame {
            seq,
            hash: frame.hash(),
            payload: frame.payload.to_vec(),
        })
    }
}

impl Writing {
    /// Writes behind the last good frame, and after a failure cuts back to it.
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        if self.torn {
            self.handle.set_len(self.end)?;
            self.torn = false;
        }
        let written = self.handle.write_at(self.end, bytes);
        if written.is_err() {
            self.torn = self.handle.set_len(self.end).is_err();
        }
        written
    }
}

impl Mapped {
    fn map(&self, files: &dyn Files) -> Result<&Map, Fault> {
        if let Some(map) = self.map.get() {
            return Ok(map);
        }
        let map = Map::of(self.segment.first, &self.segment.read(files)?, |_, _| ());
        Ok(self.map.get_or_init(|| map))
    }
}

impl Segment {
    fn open(&self, files: &dyn Files) -> Result<Box<dyn Handle>, Fault> {
        files
            .open(&self.path)
            .map_err(|error| Fault::io("open", &self.path, error))
    }
}
