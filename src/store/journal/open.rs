//! Opening a journal: finding its last good frame and making the end of the file agree with it.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::super::bytes::index;
use super::super::fault::Fault;
use super::super::files::Files;
use super::super::header::{self, StoreId};
use super::super::note::Note;
use super::frame::{HEADER_LEN, PAYLOAD_LIMIT};
use super::segment::{Map, SEGMENT_LIMIT, Segment};
use super::{Head, Journal, Mapped, Writing};

/// See [`Journal::open`].
pub(super) fn open(
    files: Arc<dyn Files>,
    dir: &Path,
    store: StoreId,
) -> Result<(Journal, Vec<Note>), Fault> {
    let names = files
        .list(dir)
        .map_err(|error| Fault::io("list", dir, error))?;
    let segments = names
        .iter()
        .filter_map(|name| Segment::named(dir, name))
        .map(Mapped::from);
    let mut journal = Journal {
        segments: segments.collect(),
        files,
        dir: dir.to_owned(),
        store,
        writing: None,
        head: Head::EMPTY,
        segment_limit: SEGMENT_LIMIT,
        unknown: false,
    };
    let mut notes = Vec::new();
    journal.check_headers(&mut notes)?;
    while journal.writing.is_none() && journal.adopt_last(&mut notes)? {}
    Ok((journal, notes))
}

impl Journal {
    /// Looks at the header of every segment but the last, so that a foreign or newer one is refused
    /// before anything is written.
    fn check_headers(&self, notes: &mut Vec<Note>) -> Result<(), Fault> {
        let Some((_, before)) = self.segments.split_last() else {
            return Ok(());
        };
        for Mapped { segment, .. } in before {
            let head =
                super::super::files::read_whole(&*self.files, &segment.path, header::LEN as u64)?;
            if segment.header(&head, self.store)?.is_none() {
                notes.push(damaged(segment, 0, header::LEN as u64));
            }
        }
        Ok(())
    }

    /// Makes the last segment the one being written. `false` when there is none; `true` without a
    /// segment being written when the last one had to be removed and the one before is now last.
    fn adopt_last(&mut self, notes: &mut Vec<Note>) -> Result<bool, Fault> {
        let Some(Mapped { segment, .. }) = self.segments.last() else {
            return Ok(false);
        };
        let bytes = segment.read(&*self.files)?;
        let header = segment.header(&bytes, self.store)?;
        let map = Map::of(segment.first, &bytes, |_, _| ());
        let handle = segment.open(&*self.files)?;
        let size = handle
            .size()
            .map_err(|error| Fault::io("read", &segment.path, error))?;
        let before = segment.first - 1;
        self.head = match (&header, map.last) {
            (_, Some((seq, hash))) => Head { seq, hash },
            (Some(header), None) => Head {
                seq: before,
                hash: header.hash,
            },
            // The header is forced to the disk before the first frame is written, so a file that
            // is longer than a header was damaged and not torn.
            (None, None) if size > header::LEN as u64 => {
                return Err(Fault::damaged("journal", segment.name()));
            }
            (None, None) => {
                notes.push(Note::TornTail {
                    segment: segment.name(),
                    bytes: size,
                });
                self.remove_last()?;
                return Ok(true);
            }
        };
        if header.is_none() {
            notes.push(damaged(segment, 0, header::LEN as u64));
        }
        for gap in &map.gaps {
            notes.push(damaged(segment, gap.start, gap.end - gap.start));
        }
        let tail = size.saturating_sub(map.end);
        if tail > (HEADER_LEN + PAYLOAD_LIMIT) as u64 {
            return Err(Fault::damaged(
                "journal",
                format!("{} @{}", segment.name(), map.end),
            ));
        }
        if tail > 0 {
            notes.push(Note::TornTail {
                segment: segment.name(),
                bytes: tail,
            });
        }
        let settle = || {
            if tail > 0 {
                handle.set_len(map.end)?;
            }
            // A frame that was written but whose sync failed is seen here and may yet not be on the
            // disk, and the system may take it for clean: written again, it is forced there.
            let last = index(map.last_offset().unwrap_or(0))..index(map.end);
            handle.write_at(last.start as u64, bytes.get(last).unwrap_or_default())?;
            handle.sync()
        };
        settle().map_err(|error| Fault::io("sync", &segment.path, error))?;
        self.writing = Some(Writing {
            handle,
            end: map.end,
            torn: false,
        });
        if let Some(last) = self.segments.last_mut() {
            last.map = OnceLock::from(map);
        }
        Ok(true)
    }

    /// Removes a last segment that was never begun whole.
    fn remove_last(&mut self) -> Result<(), Fault> {
        let Some(Mapped { segment, .. }) = self.segments.pop() else {
            return Ok(());
        };
        self.files
            .remove(&segment.path)
            .and_then(|()| self.files.sync_dir(&self.dir))
            .map_err(|error| Fault::io("remove", &segment.path, error))
    }
}

impl From<Segment> for Mapped {
    fn from(segment: Segment) -> Self {
        Self {
            segment,
            map: OnceLock::new(),
        }
    }
}

fn damaged(segment: &Segment, offset: u64, bytes: u64) -> Note {
    Note::JournalDamaged {
        segment: segment.name(),
        offset,
        bytes,
    }
}
