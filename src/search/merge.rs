//! Several files made into one.

use std::sync::Arc;

use super::segment::{Segment, Walk, Writer};
use crate::store::Fault;

/// So many files of about one size are made into one.
const WIDTH: usize = 4;

/// At most so many files are left where there is time to merge them.
pub(super) const AT_REST: usize = 3;

/// Which files are made into one next: the smallest of about one size, once there are enough.
pub(super) fn choose(segments: &[Arc<Segment>], flush: usize) -> Option<Vec<Arc<Segment>>> {
    let unit = (flush as u64).max(1);
    let level = |segment: &Segment| (segment.records() / unit).max(1).ilog(WIDTH as u64);
    let mut levels: Vec<(u32, &Arc<Segment>)> = segments.iter().map(|it| (level(it), it)).collect();
    levels.sort_by_key(|(level, _)| *level);
    let mut below = 0;
    for chunk in levels.chunk_by(|(a, _), (b, _)| a == b) {
        below += chunk.len();
        if chunk.len() >= WIDTH {
            // What is smaller goes along.
            let chosen = levels.iter().take(below).map(|(_, it)| Arc::clone(it));
            return Some(chosen.collect());
        }
    }
    None
}

/// Which files are made into one where there is time, until few are left: every search asks each.
/// The smallest of them, and with them what is not larger than they are together.
pub(super) fn choose_at_leisure(segments: &[Arc<Segment>]) -> Option<Vec<Arc<Segment>>> {
    let many = segments.len().checked_sub(AT_REST).filter(|it| *it > 0)?;
    let mut all = segments.to_vec();
    all.sort_by_key(|segment| segment.records());
    let (mut together, mut chosen) = (0, 0);
    for segment in &all {
        if chosen > many && segment.records() > together {
            break;
        }
        together += segment.records();
        chosen += 1;
    }
    all.truncate(chosen);
    Some(all)
}

/// A file being merged, and its next token.
struct Head<'a> {
    segment: &'a Segment,
    walk: Walk,
    sum: u64,
    ids: Vec<u64>,
}

impl Head<'_> {
    fn advance(&mut self) -> Result<bool, Fault> {
        let next = self.walk.next(self.segment, &mut self.ids)?;
        self.sum = next.unwrap_or_default();
        Ok(next.is_some())
    }
}

/// At most so many tokens are in several files.
pub(super) fn most_tokens(segments: &[Arc<Segment>]) -> u64 {
    segments.iter().map(|segment| segment.tokens()).sum()
}

/// Writes one file of several, token by token.
pub(super) fn merge(segments: &[Arc<Segment>], mut writer: Writer) -> Result<(), Fault> {
    let mut heads = Vec::new();
    for segment in segments {
        let mut head = Head {
            segment,
            walk: Walk::default(),
            sum: 0,
            ids: Vec::new(),
        };
        if head.advance()? {
            heads.push(head);
        }
    }
    let mut ids: Vec<u64> = Vec::new();
    while let Some(sum) = heads.iter().map(|head| head.sum).min() {
        ids.clear();
        let mut several = false;
        let mut at = 0;
        while let Some(head) = heads.get_mut(at) {
            if head.sum != sum {
                at += 1;
                continue;
            }
            several |= !ids.is_empty();
            ids.append(&mut head.ids);
            if head.advance()? {
                at += 1;
            } else {
                heads.swap_remove(at);
            }
        }
        if several {
            ids.sort_unstable_by(|a, b| b.cmp(a));
            ids.dedup();
        }
        writer.put(sum, &ids)?;
    }
    let mut newest: Vec<(u8, u64)> = Vec::new();
    for (list, id) in segments.iter().flat_map(|it| it.newests()) {
        match newest.iter_mut().find(|(known, _)| known == list) {
            Some((_, known)) => *known = (*known).max(*id),
            None => newest.push((*list, *id)),
        }
    }
    let records: u64 = segments.iter().map(|it| it.records()).sum();
    writer.end(super::varint::index(records), &newest)
}
