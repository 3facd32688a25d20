//! Laying a site's own file over a built-in profile, and saying exactly what is wrong with it.
//!
//! The two files are merged as data and the whole is read at once. Only when that fails are the
//! site's keys laid over one by one, to find the one to blame and its line.

use std::fmt;

use serde::{Deserialize, Serialize};
use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

use super::{Profile, builtin_text};

/// What is wrong with a site's profile file. The texts for people are in `locale` under
/// [`FaultKind::id`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileFault {
    /// The file as it was named.
    pub file: String,
    /// The line, from 1, where the file itself holds the fault.
    pub line: Option<usize>,
    /// The key with the tables above it, written as in TOML; empty when no key is to blame.
    pub key: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// The kinds of faults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaultKind {
    /// There is no built-in profile of the name in `key`.
    UnknownBase {
        /// The nearest profile there is.
        nearest: Option<String>,
    },
    /// The file is not TOML; in the words of the TOML reader.
    Syntax(String),
    /// The key does not exist here.
    UnknownKey {
        /// The nearest key that does.
        nearest: Option<String>,
    },
    /// The value names something that does not exist.
    UnknownName {
        /// The name as written.
        name: String,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// An entry lacks this key.
    MissingKey(String),
    /// The value has the wrong type; in the words of the TOML reader.
    Value(String),
    /// The number is not between the two.
    OutOfRange {
        /// The least allowed.
        least: i64,
        /// The most allowed.
        most: i64,
    },
    /// The end of work is not after its start.
    EndBeforeStart,
    /// The labels of a sheet do not fit on A4 paper, or are too small for their bars.
    LabelsOffPaper,
}

impl FaultKind {
    /// The key of the text for this fault. A fault that can name the nearest right name has a
    /// text of its own (`…-near`).
    pub const fn id(&self) -> &'static str {
        match self {
            Self::UnknownBase { nearest: None } => "profile-fault-unknown-base",
            Self::UnknownBase { nearest: Some(_) } => "profile-fault-unknown-base-near",
            Self::Syntax(_) => "profile-fault-syntax",
            Self::UnknownKey { nearest: None } => "profile-fault-unknown-key",
            Self::UnknownKey { nearest: Some(_) } => "profile-fault-unknown-key-near",
            Self::UnknownName { nearest: None, .. } => "profile-fault-unknown-name",
            Self::UnknownName {
                nearest: Some(_), ..
            } => "profile-fault-unknown-name-near",
            Self::MissingKey(_) => "profile-fault-missing-key",
            Self::Value(_) => "profile-fault-value",
            Self::OutOfRange { .. } => "profile-fault-range",
            Self::EndBeforeStart => "profile-fault-hours",
            Self::LabelsOffPaper => "profile-fault-labels",
        }
    }
}

impl ProfileFault {
    /// The values the text of this fault is filled with: always `place` (file, and line where
    /// there is one) and `key`; `name`, `nearest`, `detail`, `least`, `most` where the kind has
    /// them.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = vec![("place", self.place()), ("key", self.key.clone())];
        match &self.kind {
            FaultKind::UnknownBase { nearest } | FaultKind::UnknownKey { nearest } => {
                args.extend(nearest.clone().map(|nearest| ("nearest", nearest)));
            }
            FaultKind::UnknownName { name, nearest } => {
                args.push(("name", name.clone()));
                args.extend(nearest.clone().map(|nearest| ("nearest", nearest)));
            }
            FaultKind::MissingKey(name) => args.push(("name", name.clone())),
            FaultKind::Syntax(detail) | FaultKind::Value(detail) => {
                args.push(("detail", detail.clone()));
            }
            FaultKind::OutOfRange { least, most } => {
                args.push(("least", least.to_string()));
                args.push(("most", most.to_string()));
            }
            FaultKind::EndBeforeStart | FaultKind::LabelsOffPaper => {}
        }
        args
    }

    fn place(&self) -> String {
        self.line
            .map_or_else(|| self.file.clone(), |line| format!("{}:{line}", self.file))
    }
}

/// For logs and tests: place, key and kind without prose.
impl fmt::Display for ProfileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.place(), self.key, self.kind.id())
    }
}

impl std::error::Error for ProfileFault {}

/// One value of the site's file.
struct Leaf {
    path: Vec<Step>,
    value: Value,
    /// Every text inside the value with the byte it starts at, to point at one entry of a list.
    texts: Vec<(String, usize)>,
}

/// One key on the way to a value and the byte it starts at.
#[derive(Clone)]
struct Step {
    key: String,
    at: usize,
}

pub(super) fn load(base: &str, site: &str, file: &str) -> Result<Profile, ProfileFault> {
    let fault = |key: &str, at: Option<usize>, kind: FaultKind| ProfileFault {
        file: file.to_owned(),
        line: at.map(|at| line_of(site, at)),
        key: key.to_owned(),
        kind,
    };
    let Some(Ok(table)) = builtin_text(base).map(str::parse::<Table>) else {
        let nearest = nearest(base, Profile::IDS.iter().copied());
        return Err(fault(base, None, FaultKind::UnknownBase { nearest }));
    };
    let syntax = |error: &toml::de::Error| {
        let at = error.span().map(|span| span.start);
        fault("", at, FaultKind::Syntax(error.message().to_owned()))
    };
    let spans = DeTable::parse(site).map_err(|error| syntax(&error))?;
    let values = site.parse::<Table>().map_err(|error| syntax(&error))?;
    let mut leaves = Vec::new();
    collect(spans.get_ref(), &values, &mut Vec::new(), &mut leaves);

    let mut merged = table.clone();
    for leaf in &leaves {
        set(&mut merged, &leaf.path, &leaf.value);
    }
    match merged.try_into::<Profile>() {
        Ok(profile) => match out_of_bounds(&profile) {
            None => Ok(profile),
            Some((key, kind)) => {
                let at = leaves
                    .iter()
                    .find(|leaf| dotted(&leaf.path) == key)
                    .and_then(Leaf::at);
                Err(fault(key, at, kind))
            }
        },
        Err(error) => {
            let (key, at, kind) = blame(table, &leaves, error.message());
            Err(fault(&key, at, kind))
        }
    }
}

impl Leaf {
    fn at(&self) -> Option<usize> {
        self.path.last().map(|step| step.at)
    }
}

/// Lists the values of the site's file with their places. A table is walked, anything else (and a
/// table with nothing in it, which may still have a wrong name) is a value.
fn collect(spans: &DeTable<'_>, values: &Table, path: &mut Vec<Step>, leaves: &mut Vec<Leaf>) {
    for (key, inner) in spans {
        let name: &str = key.get_ref();
        let Some(value) = values.get(name) else {
            continue;
        };
        path.push(Step {
            key: name.to_owned(),
            at: key.span().start,
        });
        match (inner.get_ref(), value) {
            (DeValue::Table(spans), Value::Table(values)) if !values.is_empty() => {
                collect(spans, values, path, leaves);
            }
            (inner_value, _) => {
                let mut texts = Vec::new();
                collect_texts(inner_value, inner.span().start, &mut texts);
                leaves.push(Leaf {
                    path: path.clone(),
                    value: value.clone(),
                    texts,
                });
            }
        }
        path.pop();
    }
}

fn collect_texts(value: &DeValue<'_>, at: usize, texts: &mut Vec<(String, usize)>) {
    match value {
        DeValue::String(text) => texts.push((text.to_string(), at)),
        DeValue::Array(items) => {
            for item in items {
                collect_texts(item.get_ref(), item.span().start, texts);
            }
        }
        DeValue::Table(table) => {
            for (key, item) in table {
                texts.push((key.get_ref().to_string(), key.span().start));
                collect_texts(item.get_ref(), item.span().start, texts);
            }
        }
        _ => {}
    }
}

fn set(table: &mut Table, path: &[Step], value: &Value) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    if rest.is_empty() {
        table.insert(first.key.clone(), value.clone());
        return;
    }
    let below = table
        .entry(first.key.clone())
        .or_insert_with(|| Value::Table(Table::new()));
    if !below.is_table() {
        *below = Value::Table(Table::new());
    }
    if let Value::Table(below) = below {
        set(below, rest, value);
    }
}

/// Finds the value that spoils the profile: the first one after which reading fails for another
/// reason than a key that is still to come, or else the entry that never got its key.
fn blame(mut table: Table, leaves: &[Leaf], whole: &str) -> (String, Option<usize>, FaultKind) {
    let mut unfinished = None;
    for leaf in leaves {
        set(&mut table, &leaf.path, &leaf.value);
        let Err(error) = table.clone().try_into::<Profile>() else {
            unfinished = None;
            continue;
        };
        let message = error.message();
        // A new entry is built up over several keys, so a lack counts only inside one value.
        if message.starts_with("missing field") && !leaf.value.is_array() {
            unfinished.get_or_insert(leaf);
            continue;
        }
        return place(leaf, message);
    }
    let missing = quoted(whole).next().unwrap_or_default().to_owned();
    let entry = unfinished
        .and_then(|leaf| leaf.path.split_last())
        .map(|(_, entry)| entry);
    let at = entry.and_then(<[Step]>::last).map(|step| step.at);
    (
        entry.map(dotted).unwrap_or_default(),
        at,
        FaultKind::MissingKey(missing),
    )
}

/// Reads the reader's message: the first word in back-ticks is what was written, the others are
/// what could have been.
fn place(leaf: &Leaf, message: &str) -> (String, Option<usize>, FaultKind) {
    let whole = dotted(&leaf.path);
    let mut words = quoted(message);
    let written = words.next().unwrap_or_default();
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        let nearest = nearest(written, words);
        if let Some(depth) = leaf.path.iter().position(|step| step.key == written) {
            let upto: Vec<Step> = leaf.path.iter().take(depth + 1).cloned().collect();
            let at = upto.last().map(|step| step.at);
            return (dotted(&upto), at, FaultKind::UnknownKey { nearest });
        }
        let at = leaf
            .texts
            .iter()
            .find(|(text, _)| text == written)
            .map(|(_, at)| *at);
        let kind = if message.starts_with("unknown field") {
            FaultKind::UnknownKey { nearest }
        } else {
            FaultKind::UnknownName {
                name: written.to_owned(),
                nearest,
            }
        };
        return (whole, at.or_else(|| leaf.at()), kind);
    }
    let kind = if message.starts_with("missing field") {
        FaultKind::MissingKey(written.to_owned())
    } else {
        FaultKind::Value(message.trim().to_owned())
    };
    (whole, leaf.at(), kind)
}

/// Values that have the right type and make no sense.
fn out_of_bounds(profile: &Profile) -> Option<(&'static str, FaultKind)> {
    // The widest offsets in use are twelve hours behind UTC and fourteen ahead.
    let ranges = [
        (
            "utc_offset_minutes",
            i64::from(profile.utc_offset_minutes),
            -720,
            840,
        ),
        ("loans.max_days", i64::from(profile.loans.max_days), 1, 3660),
        // Without a figure the screen never locks by itself, which is in the range.
        (
            "desk.idle_minutes",
            i64::from(profile.desk.idle_minutes.unwrap_or(1)),
            1,
            240,
        ),
    ];
    for (key, value, least, most) in ranges {
        if !(least..=most).contains(&value) {
            return Some((key, FaultKind::OutOfRange { least, most }));
        }
    }
    if !profile.archive.labels.fits() {
        return Some(("archive.labels", FaultKind::LabelsOffPaper));
    }
    (profile.work.end <= profile.work.start).then_some(("work.end", FaultKind::EndBeforeStart))
}

/// The words in back-ticks.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

/// The path as a person would write it, with quotes round keys that need them.
fn dotted(path: &[Step]) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let keys: Vec<String> = path
        .iter()
        .map(|step| {
            if !step.key.is_empty() && step.key.chars().all(plain) {
                step.key.clone()
            } else {
                format!("\"{}\"", step.key)
            }
        })
        .collect();
    keys.join(".")
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The candidate with the fewest differing letters, if it is near enough to be meant.
fn nearest<'a>(written: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let limit = (written.chars().count() / 3).max(2);
    candidates
        .map(|candidate| (distance(written, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

/// How many letters must be put in, taken out or changed to get from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((b, pair), left) in to.iter().zip(row.windows(2)).zip(0..) {
            let (Some(diagonal), Some(above)) = (pair.first(), pair.last()) else {
                continue;
            };
            let before = next.get(left).copied().unwrap_or(usize::MAX);
            let changed = diagonal + usize::from(a != *b);
            next.push(changed.min(above + 1).min(before.saturating_add(1)));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
