//! Records found by words: each word looked up in the token tables, the sets intersected.
//!
//! Words in the text of a request or complaint are looked for in the newest records only; what
//! stands in the token tables is found however old it is.

use std::collections::BTreeSet;

use super::list;
use super::{Looking, MOST_ROWS};
use crate::desk::contract::{Filter, Page, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::desk::tokens;
use crate::domain::context::Context;
use crate::domain::look;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::store::{Fault, Order};
use crate::text::pinyin;

/// The kinds a search looks through.
const KINDS: &[Kind] = &[
    Kind::Customer,
    Kind::Intake,
    Kind::Complaint,
    Kind::File,
    Kind::Loan,
];
/// The kinds that somebody finds: those they may see (A11-17).
pub(super) fn kinds(context: &Context) -> Vec<Kind> {
    let mut kinds = KINDS.to_vec();
    kinds.retain(|kind| look::may_see(*kind, context).is_ok());
    kinds
}

/// So many words are looked up; more narrow nothing down that a person would notice.
const MOST_WORDS: usize = 16;
/// Of one word at most so many places in the token tables are looked at.
const MOST_TOKENS: usize = 5_000;
/// The text of so many of the newest records of a kind is read for a word.
const NEWEST_TEXTS: usize = 2_000;

/// What was found.
pub(super) struct Found {
    /// The records, each once, in no order.
    pub records: Vec<Record>,
    /// More matched than was looked at.
    pub truncated: bool,
}

/// The records of some kinds that all words find.
pub(super) fn records(looking: &Looking, text: &str, kinds: &[Kind]) -> Result<Found, Fault> {
    let words = text.split_whitespace();
    let mut truncated = words.clone().nth(MOST_WORDS).is_some();
    let mut common: Option<BTreeSet<Number>> = None;
    for word in words.take(MOST_WORDS) {
        let (numbers, cut) = numbers(looking, word, kinds)?;
        truncated |= cut;
        common = Some(match common {
            None => numbers,
            Some(before) => before.intersection(&numbers).copied().collect(),
        });
        if common.as_ref().is_some_and(BTreeSet::is_empty) {
            break;
        }
    }
    let mut records = Vec::new();
    for number in common
        .unwrap_or_default()
        .into_iter()
        .rev()
        .take(MOST_TOKENS)
    {
        records.extend(
            looking
                .overlay
                .record(number)?
                .filter(|record| !record.meta().void),
        );
    }
    Ok(Found { records, truncated })
}

fn numbers(
    looking: &Looking,
    word: &str,
    kinds: &[Kind],
) -> Result<(BTreeSet<Number>, bool), Fault> {
    let mut numbers = BTreeSet::new();
    let mut truncated = false;
    if let Ok(number) = word.parse::<Number>()
        && kinds.contains(&number.kind)
    {
        numbers.insert(number);
    }
    // On paper the letters before year and number go without saying.
    let spoken = kinds.iter().filter_map(|kind| {
        let whole = format!("{}-{word}", kind.letters());
        whole.parse::<Number>().ok()
    });
    numbers.extend(spoken);
    for (class, token) in tokens::places_for(word) {
        let mut prefix = vec![keys::TOKENS, class];
        prefix.extend_from_slice(&token);
        let rows = looking
            .overlay
            .scan_prefix(&prefix, Order::Forward, MOST_TOKENS)?;
        truncated |= rows.len() == MOST_TOKENS;
        numbers.extend(
            rows.iter()
                .filter_map(|(key, _)| keys::number_at_end(key))
                .filter(|number| kinds.contains(&number.kind)),
        );
    }
    let digits = word.chars().all(|c| c.is_ascii_digit());
    if !digits && word.chars().count() >= 2 {
        for kind in kinds {
            truncated |= in_texts(looking, *kind, word, &mut numbers)?;
        }
    }
    Ok((numbers, truncated))
}

fn text_of(record: &Record) -> Option<&str> {
    match record {
        Record::Intake(intake) => Some(&intake.details.text),
        Record::Complaint(complaint) => Some(&complaint.details.text),
        Record::Customer(customer) => Some(&customer.details.note),
        Record::File(file) => Some(&file.details.note),
        Record::Loan(loan) => Some(&loan.details.reason),
        _ => None,
    }
}

fn in_texts(
    looking: &Looking,
    kind: Kind,
    word: &str,
    numbers: &mut BTreeSet<Number>,
) -> Result<bool, Fault> {
    let word = pinyin::fold(word);
    let prefix = index::list_prefix(kind, index::tag(Filter::All), Sort::Newest);
    let newest = looking
        .overlay
        .scan_prefix(&prefix, Order::Backward, NEWEST_TEXTS)?;
    for (key, _) in &newest {
        let Some(number) = keys::number_at_end(key) else {
            continue;
        };
        if numbers.contains(&number) {
            continue;
        }
        let Some(record) = looking.overlay.record(number)? else {
            continue;
        };
        if text_of(&record).is_some_and(|text| pinyin::fold(text).contains(&word)) {
            numbers.insert(number);
        }
    }
    Ok(newest.len() == NEWEST_TEXTS)
}

/// Records of some kinds that all words find, the newest first.
pub(super) fn everywhere(
    looking: &Looking,
    text: &str,
    kinds: &[Kind],
    limit: u32,
) -> Result<Page, Fault> {
    let found = records(looking, text, kinds)?;
    let mut records = found.records;
    let total = records.len() as u64;
    records.sort_by_key(|record| std::cmp::Reverse((record.meta().created_at, record.number())));
    let limit = (limit as usize).clamp(1, MOST_ROWS);
    let after = records.len() > limit;
    records.truncate(limit);
    let rows = records
        .into_iter()
        .map(|record| looking.row(record))
        .collect();
    let page = list::loose_page(rows);
    Ok(Page {
        after,
        total: Some(total),
        truncated: found.truncated,
        ..page
    })
}
