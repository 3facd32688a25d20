//! Records found by words, the newest first: candidates from the search index, each read and held
//! against the words, as many as are shown.

use super::list;
use super::{Looking, MOST_ROWS};
use crate::desk::contract::Page;
use crate::desk::finder::Candidates;
use crate::desk::tokens;
use crate::desk::words::{Haystack, Word};
use crate::domain::context::Context;
use crate::domain::look;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::search::{Lookup, Wanted};
use crate::store::Fault;

/// The kinds a search looks through.
const KINDS: &[Kind] = &[
    Kind::Customer,
    Kind::Intake,
    Kind::Complaint,
    Kind::File,
    Kind::Loan,
    Kind::Measure,
    Kind::FollowUp,
    Kind::Campaign,
    Kind::PlanLine,
    Kind::Dossier,
    Kind::Occupancy,
];

/// The kinds that somebody finds: those they may see (A11-17).
pub(super) fn kinds(context: &Context) -> Vec<Kind> {
    let mut kinds = KINDS.to_vec();
    kinds.retain(|kind| look::may_see(*kind, context).is_ok());
    kinds
}

/// So many words are looked up; more narrow nothing down that a person would notice.
const MOST_WORDS: usize = 16;
/// For one answer so much is looked at, and then it says that there may be more: this many places
/// in a list, or a fourth as many records.
const MOST_EFFORT: usize = 20_000;
/// A record read and held against the words costs as much as so many places looked up.
const EFFORT_OF_READING: usize = 4;
/// At most so many records are read for one answer.
pub(super) const MOST_READ: usize = MOST_EFFORT / EFFORT_OF_READING;

/// What the tokens of a record must be for all words to find it.
fn all(words: &[Word]) -> Option<Wanted> {
    let mut all: Vec<Wanted> = words.iter().map(tokens::wanted).collect::<Option<_>>()?;
    match all.len() {
        0 | 1 => all.pop(),
        _ => Some(Wanted::All(all)),
    }
}

/// Words that are looked for.
pub(super) struct Hunt<'a> {
    looking: &'a Looking<'a>,
    words: Vec<Word>,
    /// All words as the one telephone they may be the groups of.
    grouped: Option<Word>,
    /// What the tokens of a record must be, looked up; none where nothing can be found.
    lookup: Option<Lookup<'a>>,
    /// Not all words are looked for.
    shortened: bool,
}

impl<'a> Hunt<'a> {
    /// For all words of a text.
    pub fn new(looking: &'a Looking<'a>, text: &str) -> Self {
        let mut typed = text.split_whitespace();
        let words: Vec<Word> = typed.by_ref().take(MOST_WORDS).map(Word::new).collect();
        let grouped = Word::grouped(text);
        let telephone = grouped.as_ref().and_then(tokens::wanted);
        let mut ways: Vec<Wanted> = all(&words).into_iter().chain(telephone).collect();
        let wanted = match ways.len() {
            0 | 1 => ways.pop(),
            _ => Some(Wanted::Any(ways)),
        };
        Self {
            looking,
            words,
            grouped,
            lookup: wanted.and_then(|wanted| looking.finder.look_up(&wanted)),
            shortened: typed.next().is_some(),
        }
    }

    /// For a telephone that begins or ends so.
    pub fn telephone(looking: &'a Looking<'a>, digits: &str) -> Self {
        let words = vec![Word::telephone(digits)];
        let wanted = all(&words);
        Self {
            looking,
            words,
            grouped: None,
            lookup: wanted.and_then(|wanted| looking.finder.look_up(&wanted)),
            shortened: false,
        }
    }

    /// Whether all words find a record.
    pub fn finds(&self, record: &Record) -> bool {
        Haystack::of(record).is_some_and(|haystack| {
            let mut grouped = self.grouped.iter();
            grouped.any(|word| haystack.has(word))
                || self.words.iter().all(|word| haystack.has(word))
        })
    }

    /// Whether not all words are looked for.
    pub fn is_shortened(&self) -> bool {
        self.shortened
    }

    /// Whether what is found may not be all, however much is read.
    pub fn is_partial(&self) -> bool {
        self.shortened || !self.looking.finder.is_whole()
    }

    /// Records of a kind that all words find, the newest first, older than `below` and in the list
    /// whose keys begin with `list`, where one is given.
    pub fn records<'b>(
        &'b self,
        kind: Kind,
        below: Option<Number>,
        list: Option<&'b [u8]>,
    ) -> Records<'b, 'a> {
        let lookup = self.lookup.as_ref();
        Records {
            hunt: self,
            candidates: lookup.map(|it| self.looking.finder.candidates(kind, it, below)),
            list,
            left: MOST_EFFORT,
        }
    }
}

/// Records that are found, one after the other.
pub(super) struct Records<'b, 'a> {
    hunt: &'b Hunt<'a>,
    candidates: Option<Candidates<'a>>,
    list: Option<&'b [u8]>,
    left: usize,
}

impl Records<'_, '_> {
    /// The next record.
    pub fn next(&mut self) -> Result<Option<Record>, Fault> {
        let Some(candidates) = &mut self.candidates else {
            return Ok(None);
        };
        let overlay = self.hunt.looking.overlay;
        while self.left > 0 {
            let Some(number) = candidates.next() else {
                break;
            };
            if let Some(list) = self.list {
                self.left -= 1;
                let mut key = list.to_vec();
                key.extend_from_slice(&number.to_key());
                if overlay.get(&key)?.is_none() {
                    continue;
                }
            }
            self.left = self.left.saturating_sub(EFFORT_OF_READING);
            if let Some(record) = overlay.record(number)?
                && self.hunt.finds(&record)
            {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    /// Whether reading stopped because it had gone on for long enough.
    pub fn is_tired(&self) -> bool {
        self.left == 0
    }
}

/// Records of some kinds that all words find, the newest first.
pub(super) fn everywhere(
    looking: &Looking,
    text: &str,
    kinds: &[Kind],
    limit: u32,
) -> Result<Page, Fault> {
    let hunt = Hunt::new(looking, text);
    let mut heads = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let mut records = hunt.records(*kind, None, None);
        let head = records.next()?;
        heads.push((records, head));
    }
    let limit = (limit as usize).clamp(1, MOST_ROWS);
    let mut rows = Vec::new();
    while rows.len() <= limit {
        // Within a kind a newer record has a higher number, so the newest of all is a head.
        let newest = heads.iter_mut().max_by_key(|(_, head)| {
            let head = head.as_ref();
            head.map(|record| (record.meta().created_at, record.number()))
        });
        let Some((records, head)) = newest else { break };
        let Some(record) = head.take() else { break };
        rows.push(looking.row(record));
        *head = records.next()?;
    }
    let truncated = hunt.is_partial() || heads.iter().any(|(records, _)| records.is_tired());
    let after = rows.len() > limit;
    rows.truncate(limit);
    let total = (!after && !truncated).then_some(rows.len() as u64);
    Ok(Page {
        after,
        total,
        truncated,
        ..list::loose_page(rows)
    })
}
