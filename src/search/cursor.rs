//! A place in what a part of the index has, from the newest record of a list down.

use std::rc::Rc;

use super::lookup::{FileList, Read, Tree};
use crate::store::Fault;

mod long;

use long::LongList;

/// A place in the records that some part has of what is wanted.
pub(super) enum Cursor<'a> {
    Nothing,
    /// Records, the oldest first, of which those before `left` are still to come.
    Rising {
        ids: &'a [u64],
        left: usize,
    },
    /// A list of a file that was not walked yet.
    Unread(Rc<FileList<'a>>),
    /// Records, the newest first, of which those from `at` on are still to come.
    Falling {
        list: Rc<FileList<'a>>,
        at: usize,
    },
    Long(Box<LongList<'a>>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl<'a> Cursor<'a> {
    /// Before the newest record.
    pub fn new(tree: &Tree<'a>) -> Self {
        let each = |trees: &[Tree<'a>]| trees.iter().map(Self::new).collect();
        match tree {
            Tree::Nothing => Self::Nothing,
            Tree::Memory(ids) => Self::Rising {
                ids,
                left: ids.len(),
            },
            Tree::File(list) => Self::Unread(Rc::clone(list)),
            Tree::All(all) => Self::All(each(all)),
            Tree::Any(any) => Self::Any(each(any)),
        }
    }

    fn in_file(list: &Rc<FileList<'a>>) -> Result<Self, Fault> {
        Ok(match list.read()? {
            Read::Short(_) => Self::Falling {
                list: Rc::clone(list),
                at: 0,
            },
            Read::Long(long) => Self::Long(Box::new(LongList::new(list.segment, long))),
        })
    }

    /// The newest record that is neither newer than `most` nor older than `least`. `most` never rises
    /// from call to call, and `least` stays.
    pub fn seek(&mut self, most: u64, least: u64) -> Result<Option<u64>, Fault> {
        let found = match self {
            Self::Nothing => None,
            Self::Rising { ids, left } => {
                *left = rising(ids, *left, most);
                left.checked_sub(1).and_then(|at| ids.get(at)).copied()
            }
            Self::Unread(list) => {
                let list = Rc::clone(list);
                *self = Self::in_file(&list)?;
                return self.seek(most, least);
            }
            Self::Falling { list, at } => {
                let Read::Short(ids) = list.read()? else {
                    return Ok(None);
                };
                let rest = ids.get(*at..).unwrap_or_default();
                *at += rest.partition_point(|id| *id > most);
                ids.get(*at).copied()
            }
            Self::Long(long) => long.seek(most)?,
            Self::All(all) => return Self::seek_all(all, most, least),
            Self::Any(any) => {
                let mut newest = None;
                for cursor in any {
                    newest = newest.max(cursor.seek(most, least)?);
                }
                newest
            }
        };
        Ok(found.filter(|id| *id >= least))
    }

    fn seek_all(all: &mut [Self], most: u64, least: u64) -> Result<Option<u64>, Fault> {
        let mut candidate = most;
        'next: loop {
            for cursor in all.iter_mut() {
                match cursor.seek(candidate, least)? {
                    None => return Ok(None),
                    Some(id) if id < candidate => {
                        candidate = id;
                        // The rarest is asked first again, unless it was it that spoke.
                        continue 'next;
                    }
                    Some(_) => {}
                }
            }
            return Ok(Some(candidate));
        }
    }
}

/// How many of the first `left` records are not newer than `most`; that is mostly near the end.
fn rising(ids: &[u64], left: usize, most: u64) -> usize {
    let mut step = 1;
    let mut low = left;
    while low > 0 && ids.get(low - 1).is_some_and(|id| *id > most) {
        low = low.saturating_sub(step);
        step *= 2;
    }
    let within = ids.get(low..left).unwrap_or_default();
    low + within.partition_point(|id| *id <= most)
}
