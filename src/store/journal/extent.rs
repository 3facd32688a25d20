//! How much of the files of a journal belongs to its first frames. The journal is only read, so that
//! it may be written to by another process meanwhile: what is appended later lies behind.

use std::path::Path;

use super::super::fault::Fault;
use super::super::files::Files;
use super::super::header::StoreId;
use super::Head;
use super::segment::{Map, Segment};

/// The segments that hold the frames up to `head`, each with the bytes of it that do.
///
/// [`Fault::Damaged`] when the last of those frames cannot be read or is another than `head`.
pub(in crate::store) fn extent(
    files: &dyn Files,
    dir: &Path,
    store: StoreId,
    head: Head,
) -> Result<Vec<(Segment, u64)>, Fault> {
    let names = files
        .list(dir)
        .map_err(|error| Fault::io("list", dir, error))?;
    let segments = names
        .iter()
        .filter_map(|name| Segment::named(dir, name))
        .filter(|segment| segment.first <= head.seq);
    let mut found = Vec::new();
    for segment in segments {
        let size = files
            .size(&segment.path)
            .map_err(|error| Fault::io("read", &segment.path, error))?;
        found.push((segment, size.unwrap_or(0)));
    }
    let Some((last, len)) = found.last_mut() else {
        let nothing = head == Head::EMPTY;
        return if nothing {
            Ok(found)
        } else {
            Err(Fault::damaged("journal", format!("0..{}", head.seq)))
        };
    };
    let bytes = last.read(files)?;
    last.header(&bytes, store)?;
    let mut end = None;
    Map::of(last.first, &bytes, |offset, frame| {
        if frame.seq == head.seq && frame.hash() == head.hash {
            end = Some(offset + frame.len() as u64);
        }
    });
    *len = end.ok_or_else(|| Fault::damaged("frame", format!("{} #{}", last.name(), head.seq)))?;
    Ok(found)
}
