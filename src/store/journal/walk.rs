//! Walking the journal: frame after frame for a replay, and the whole chain for `verify`.

use super::super::fault::Fault;
use super::super::files::Handle;
use super::super::header::{self, StoreId};
use super::segment::{Map, Segment};
use super::{Frame, Head, Journal};

/// The frames from a number on; see [`Journal::from`].
pub struct Frames<'a> {
    journal: &'a Journal,
    next: u64,
    /// The segment being read, by its first frame, so that it is opened once.
    open: Option<(u64, Box<dyn Handle>)>,
}

impl<'a> Frames<'a> {
    pub(super) fn new(journal: &'a Journal, next: u64) -> Self {
        Self {
            journal,
            next,
            open: None,
        }
    }

    fn read(&mut self, seq: u64) -> Result<Frame, Fault> {
        let mapped = self.journal.segment_of(seq)?;
        let first = mapped.segment.first;
        if self.open.as_ref().is_none_or(|(open, _)| *open != first) {
            self.open = Some((first, mapped.segment.open(&*self.journal.files)?));
        }
        let Some((_, handle)) = &self.open else {
            return Err(Fault::NoFrame { seq });
        };
        self.journal.read_from(mapped, &**handle, seq)
    }
}

impl Iterator for Frames<'_> {
    type Item = Result<Frame, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let seq = self.next;
        if seq > self.journal.head.seq {
            return None;
        }
        self.next += 1;
        Some(self.read(seq))
    }
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many frames are whole.
    pub frames: u64,
    /// How many bytes they take on the disk.
    pub bytes: u64,
    /// The last whole frame.
    pub head: Head,
    /// Places that do not add up, in order, at most [`Report::MOST`].
    pub bad: Vec<BadPlace>,
}

impl Report {
    /// No more bad places than this are listed.
    pub const MOST: usize = 100;
}

/// A place in the journal that does not add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPlace {
    /// The segment file.
    pub segment: String,
    /// Bytes from its start.
    pub offset: u64,
    /// The number of the frame that is missing there or does not fit.
    pub seq: u64,
    /// `bytes`: they cannot be read as frames. `chain`: a frame that does not name the one before.
    /// `missing`: frames that should be there are not.
    pub what: &'static str,
}

/// See [`Journal::verify`].
pub(super) fn verify(
    journal: &Journal,
    upto: u64,
    visit: &mut dyn FnMut(&Frame),
) -> Result<Report, Fault> {
    let upto = upto.min(journal.head.seq);
    let mut walk = Chain::new(journal.store, upto);
    let ends = journal
        .segments
        .iter()
        .skip(1)
        .map(|mapped| mapped.segment.first);
    for (mapped, behind) in journal.segments.iter().zip(ends.chain([u64::MAX])) {
        if mapped.segment.first <= upto {
            let bytes = mapped.segment.read(&*journal.files)?;
            walk.segment(&mapped.segment, &bytes, behind, visit);
        }
    }
    Ok(walk.report)
}

/// How far a verification has come: segments held against the chain one after the other, wherever
/// their bytes come from.
pub(in crate::store) struct Chain {
    /// What was found so far.
    pub(in crate::store) report: Report,
    store: StoreId,
    /// The number that the next frame must have.
    next: u64,
    upto: u64,
}

impl Chain {
    /// A chain of which nothing was looked at yet, to be followed up to frame `upto`.
    pub(in crate::store) fn new(store: StoreId, upto: u64) -> Self {
        let report = Report {
            frames: 0,
            bytes: 0,
            head: Head::EMPTY,
            bad: Vec::new(),
        };
        Self {
            report,
            store,
            next: 1,
            upto,
        }
    }

    /// Goes through the segment whose frames must end before number `behind`.
    pub(in crate::store) fn segment(
        &mut self,
        segment: &Segment,
        bytes: &[u8],
        behind: u64,
        visit: &mut dyn FnMut(&Frame),
    ) {
        if segment.first > self.next {
            self.bad(segment, 0, "missing");
            self.next = segment.first;
        }
        match segment.header(bytes, self.store) {
            Ok(Some(header)) if self.follows() && header.hash != self.report.head.hash => {
                self.bad(segment, 0, "chain");
            }
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => self.bad(segment, 0, "bytes"),
        }
        let mut end = header::LEN as u64;
        Map::of(segment.first, bytes, |offset, frame| {
            if frame.seq > self.upto {
                return;
            }
            if offset > end {
                self.bad(segment, end, "bytes");
            } else if self.follows() && frame.prev != self.report.head.hash {
                self.bad(segment, offset, "chain");
            }
            end = offset + frame.len() as u64;
            let hash = frame.hash();
            self.next = frame.seq + 1;
            self.report.frames += 1;
            self.report.bytes += frame.len() as u64;
            self.report.head = Head {
                seq: frame.seq,
                hash,
            };
            visit(&Frame {
                seq: frame.seq,
                hash,
                payload: frame.payload.to_vec(),
            });
        });
        let wanted = behind.min(self.upto + 1);
        if self.next < wanted {
            self.bad(segment, end, "missing");
            self.next = wanted;
        }
    }

    /// Whether the last whole frame is the one before the next, so that the chain can be held
    /// against it.
    fn follows(&self) -> bool {
        self.report.head.seq + 1 == self.next
    }

    fn bad(&mut self, segment: &Segment, offset: u64, what: &'static str) {
        if self.report.bad.len() < Report::MOST {
            let (segment, seq) = (segment.name(), self.next);
            self.report.bad.push(BadPlace {
                segment,
                offset,
                seq,
                what,
            });
        }
    }
}
