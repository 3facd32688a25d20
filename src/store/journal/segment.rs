//! One segment of the journal: a file of frames named by the number of its first. Finding the
//! frames in its bytes, past any damage; no decision is taken here about what to do with damage.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::super::bytes::index;
use super::super::fault::Fault;
use super::super::files::{Files, read_whole};
use super::super::header::{self, Header, StoreId};
use super::frame::{FrameRef, HEADER_LEN, Hash, MAGIC};

/// What a segment begins with.
pub(super) const SEGMENT_MAGIC: [u8; 8] = *b"FDjourn\n";

/// No segment is longer than this; a frame that would make it so begins a new one.
pub(in crate::store) const SEGMENT_LIMIT: u64 = 16 << 20;

/// A segment file.
#[derive(Debug)]
pub(in crate::store) struct Segment {
    /// The number of its first frame.
    pub(in crate::store) first: u64,
    /// Where it lies.
    pub(in crate::store) path: PathBuf,
}

impl Segment {
    /// The segment of `dir` whose first frame is `first`.
    pub(super) fn new(dir: &Path, first: u64) -> Self {
        Self {
            first,
            path: dir.join(format!("{first:012}.log")),
        }
    }

    /// The segment of that file name, or `None` when the name is not one of a segment.
    pub(in crate::store) fn named(dir: &Path, name: &str) -> Option<Self> {
        let digits = name.strip_suffix(".log")?;
        let first = digits.parse().ok().filter(|first| *first > 0)?;
        let segment = Self::new(dir, first);
        (segment.name() == name).then_some(segment)
    }

    /// Its file name.
    pub(in crate::store) fn name(&self) -> String {
        self.path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }

    /// Its bytes, or as many as a segment can have.
    pub(super) fn read(&self, files: &dyn Files) -> Result<Vec<u8>, Fault> {
        read_whole(files, &self.path, SEGMENT_LIMIT)
    }

    /// The header at the start of `bytes`; `None` when it is torn or damaged. One of another store
    /// or of a newer format is a fault.
    pub(super) fn header(&self, bytes: &[u8], store: StoreId) -> Result<Option<Header>, Fault> {
        let Some(header) = Header::parse(bytes, SEGMENT_MAGIC) else {
            return Ok(None);
        };
        if header.format > header::FORMAT {
            return Err(Fault::Newer {
                found: header.format.into(),
                known: header::FORMAT.into(),
            });
        }
        if header.store != store || header.seq != self.first {
            return Err(Fault::Foreign {
                path: self.path.clone(),
            });
        }
        Ok(Some(header))
    }
}

/// Where the frames of a segment are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Map {
    /// The offset of each frame by number, counted from the first; 0 where one cannot be read.
    offsets: Vec<u32>,
    /// Stretches that cannot be read and have a frame behind them.
    pub(super) gaps: Vec<Range<u64>>,
    /// Behind the last frame.
    pub(super) end: u64,
    /// The last frame's number and hash.
    pub(super) last: Option<(u64, Hash)>,
}

impl Map {
    /// The map of a segment that has only its header.
    pub(super) fn empty() -> Self {
        Self {
            end: header::LEN as u64,
            ..Self::default()
        }
    }

    /// Finds the frames in the bytes of a segment whose first frame is `first`, and shows each to
    /// `visit` with its offset.
    pub(super) fn of<'a>(
        first: u64,
        bytes: &'a [u8],
        mut visit: impl FnMut(u64, FrameRef<'a>),
    ) -> Self {
        let mut map = Self::empty();
        let mut next = first;
        let mut last = None;
        while let Some((offset, frame)) = find(bytes, map.end, next) {
            if offset > map.end {
                map.gaps.push(map.end..offset);
            }
            map.offsets.resize(index(frame.seq - first), 0);
            map.offsets.push(u32::try_from(offset).unwrap_or(0));
            map.end = offset + frame.len() as u64;
            next = frame.seq + 1;
            visit(offset, frame);
            last = Some(frame);
        }
        map.last = last.map(|frame| (frame.seq, frame.hash()));
        map
    }

    /// Takes in a frame written at the end.
    pub(super) fn push(&mut self, frame: &FrameRef<'_>) {
        self.offsets.push(u32::try_from(self.end).unwrap_or(0));
        self.end += frame.len() as u64;
        self.last = Some((frame.seq, frame.hash()));
    }

    /// The offset of the frame that is `place` frames behind the first.
    pub(super) fn offset(&self, place: u64) -> Option<u64> {
        self.offsets
            .get(index(place))
            .copied()
            .filter(|offset| *offset > 0)
            .map(u64::from)
    }

    /// The offset of the last frame.
    pub(super) fn last_offset(&self) -> Option<u64> {
        self.offsets.last().copied().map(u64::from)
    }
}

/// The first frame at or behind `from` whose number can be right: `next` when nothing is missing,
/// and behind damage no more above it than frames can have stood in the damaged bytes.
fn find(bytes: &[u8], from: u64, next: u64) -> Option<(u64, FrameRef<'_>)> {
    let mut at = index(from);
    loop {
        let rest = bytes.get(at..)?;
        let missing = (at as u64 - from) / HEADER_LEN as u64;
        let frame = FrameRef::parse(rest).filter(|frame| {
            frame
                .seq
                .checked_sub(next)
                .is_some_and(|over| over <= missing)
        });
        if let Some(frame) = frame {
            return Some((at as u64, frame));
        }
        let step = rest
            .get(1..)?
            .windows(MAGIC.len())
            .position(|window| window == MAGIC)?;
        at += 1 + step;
    }
}
