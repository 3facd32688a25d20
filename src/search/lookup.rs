//! What is wanted, as each part of the index has it: looked up once, and walked for every list.
//!
//! A part is each file, and what waits in memory; all tokens of a record stand in the same one. A
//! part is not looked into before its newest record is next.

use std::cell::OnceCell;
use std::rc::Rc;

use super::found::Found;
use super::part::Part;
use super::postings;
use super::segment::{List, Long, Segment};
use super::token;
use super::varint;
use super::wanted::Wanted;
use crate::store::Fault;

/// Of so few records so few tokens are enough. A record that is read in vain costs as much as ten
/// short lists.
const ENOUGH: &[(usize, usize)] = &[(32, 4), (512, 6)];

/// What is wanted, looked up.
#[derive(Clone)]
pub struct Lookup<'a>(Rc<Parts<'a>>);

impl<'a> Lookup<'a> {
    pub(super) fn new(wanted: &Wanted, sources: impl Iterator<Item = Source<'a>>) -> Self {
        Self::seeking(Sought::new(wanted), sources)
    }

    /// A token by its sum.
    pub(super) fn of_sum(sum: u64, sources: impl Iterator<Item = Source<'a>>) -> Self {
        Self::seeking(Sought::Sum(sum), sources)
    }

    fn seeking(sought: Sought, sources: impl Iterator<Item = Source<'a>>) -> Self {
        Self(Rc::new(Parts {
            sought,
            parts: sources.map(|source| (source, OnceCell::new())).collect(),
        }))
    }

    /// The records of a list that may be it, the newest first, all smaller than `below`.
    pub fn list(&self, list: u8, below: Option<u64>) -> Found<'a> {
        Found::new(Rc::clone(&self.0), list, below)
    }

    pub(super) fn parts(&self) -> &Rc<Parts<'a>> {
        &self.0
    }
}

/// Where tokens are looked up.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    Memory(&'a Part),
    File(&'a Segment),
}

impl Source<'_> {
    /// The newest record of a list.
    pub fn newest(self, list: u8) -> Option<u64> {
        match self {
            Self::Memory(part) => part.newest(list),
            Self::File(segment) => segment.newest(list),
        }
    }

    /// Whether something may be found; says no mostly without reading anything.
    fn may_have(self, sought: &Sought) -> bool {
        match (sought, self) {
            (Sought::Sum(sum), Source::Memory(part)) => !part.ids(*sum).is_empty(),
            (Sought::Sum(sum), Source::File(segment)) => segment.may_have(*sum),
            (Sought::All(all), _) => !all.is_empty() && all.iter().all(|it| self.may_have(it)),
            (Sought::Any(any), _) => any.iter().any(|it| self.may_have(it)),
        }
    }
}

/// What is wanted, and each part with what it has of it once it was looked into.
pub(super) struct Parts<'a> {
    sought: Sought,
    parts: Vec<(Source<'a>, OnceCell<Tree<'a>>)>,
}

impl<'a> Parts<'a> {
    /// The parts in which it is sought.
    pub fn sources(&self) -> impl Iterator<Item = Source<'a>> {
        self.parts.iter().map(|(source, _)| *source)
    }

    /// What the part at a place has.
    pub fn tree(&self, place: usize) -> Result<&Tree<'a>, Fault> {
        let Some((source, tree)) = self.parts.get(place) else {
            return Ok(&Tree::Nothing);
        };
        if let Some(tree) = tree.get() {
            return Ok(tree);
        }
        let found = Tree::new(*source, &self.sought)?;
        Ok(tree.get_or_init(|| found))
    }
}

/// What is wanted, as the parts know it: by the sums of its tokens.
enum Sought {
    Sum(u64),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl Sought {
    fn new(wanted: &Wanted) -> Self {
        let each = |wanted: &[Wanted]| wanted.iter().map(Self::new).collect();
        match wanted {
            Wanted::Token(token) => Self::Sum(token::sum(token)),
            Wanted::All(all) => Self::All(each(all)),
            Wanted::Any(any) => Self::Any(each(any)),
        }
    }
}

/// What a part has of what is wanted.
pub(super) enum Tree<'a> {
    Nothing,
    /// Records, by list and the oldest first.
    Memory(&'a [u64]),
    File(Rc<FileList<'a>>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl<'a> Tree<'a> {
    fn new(source: Source<'a>, sought: &Sought) -> Result<Self, Fault> {
        if !source.may_have(sought) {
            return Ok(Self::Nothing);
        }
        match sought {
            Sought::Sum(sum) => Self::token(source, *sum),
            Sought::All(all) => {
                let mut trees = Vec::with_capacity(all.len());
                for sought in all {
                    let tree = Self::new(source, sought)?;
                    if matches!(tree, Self::Nothing) {
                        return Ok(tree);
                    }
                    trees.push((tree.most(), tree));
                }
                // The rarest leads, and where it is very rare few go with it.
                trees.sort_by_key(|(most, _)| *most);
                let rarest = trees.first().map_or(0, |(most, _)| *most);
                if let Some((_, enough)) = ENOUGH.iter().find(|(most, _)| rarest <= *most) {
                    trees.truncate(*enough);
                }
                let trees = trees.into_iter().map(|(_, tree)| tree).collect();
                Ok(Self::of(trees, Self::All))
            }
            Sought::Any(any) => {
                let mut trees = Vec::with_capacity(any.len());
                for sought in any {
                    let tree = Self::new(source, sought)?;
                    if !matches!(tree, Self::Nothing) {
                        trees.push(tree);
                    }
                }
                Ok(Self::of(trees, Self::Any))
            }
        }
    }

    fn of(mut trees: Vec<Self>, join: fn(Vec<Self>) -> Self) -> Self {
        match trees.len() {
            0 | 1 => trees.pop().unwrap_or(Self::Nothing),
            _ => join(trees),
        }
    }

    fn token(source: Source<'a>, sum: u64) -> Result<Self, Fault> {
        Ok(match source {
            Source::Memory(part) => Self::Memory(part.ids(sum)),
            Source::File(segment) => segment.list(sum)?.map_or(Self::Nothing, |list| {
                Self::File(Rc::new(FileList::new(segment, list)))
            }),
        })
    }

    /// At most so many records have it.
    fn most(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Memory(ids) => ids.len(),
            Self::File(file) => varint::index(file.list.count),
            Self::All(all) => all.iter().map(Self::most).min().unwrap_or(0),
            Self::Any(any) => any.iter().map(Self::most).sum(),
        }
    }
}

/// A list of a file, read once it is walked.
pub(super) struct FileList<'a> {
    pub segment: &'a Segment,
    list: List,
    read: OnceCell<Read>,
}

/// What was read of a list.
pub(super) enum Read {
    /// All of it, the newest first.
    Short(Vec<u64>),
    /// Its table.
    Long(Long),
}

impl<'a> FileList<'a> {
    const fn new(segment: &'a Segment, list: List) -> Self {
        Self {
            segment,
            list,
            read: OnceCell::new(),
        }
    }

    /// What there is to be walked.
    pub fn read(&self) -> Result<&Read, Fault> {
        if let Some(read) = self.read.get() {
            return Ok(read);
        }
        let read = if postings::table_bytes(self.list.count) > 0 {
            Read::Long(self.segment.long(&self.list)?)
        } else {
            Read::Short(self.segment.short(&self.list)?)
        };
        Ok(self.read.get_or_init(|| read))
    }
}
