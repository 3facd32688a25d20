//! Two cards of one customer become one, and two again if that was wrong (A01-21).
//!
//! Nothing that names the card that goes is changed: it stays as it was, out of all lists, and its number
//! leads to the card that stays, whose contacts, relations and plans are those of both. So an undo brings
//! the one card back as it was and takes off the other what came from it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::customer::{Customer, CustomerDetails, Mark};
use super::deal;
use super::number::Number;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::relation::said;
use super::stamp::Day;

/// A card as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CardBefore {
    /// What was entered.
    pub details: CustomerDetails,
    /// The marks.
    pub marks: BTreeSet<Mark>,
    /// The day on which it was last confirmed.
    pub confirmed_on: Day,
}

/// Two cards that were made one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Merge {
    /// Number, version, times.
    pub meta: Meta,
    /// The card that stays.
    pub kept: Number,
    /// The card that went.
    pub absorbed: Number,
    /// The names on both.
    pub names: (String, String),
    /// The version of the card that stays, right after.
    pub version: u32,
    /// The card that stays, right before.
    pub before: CardBefore,
    /// The fields that were taken from the card that went.
    pub taken: Vec<String>,
    /// Made two again, and why.
    pub undone: Option<Said>,
}

impl Merge {
    /// Whether the two are one.
    pub const fn is_open(&self) -> bool {
        self.undone.is_none()
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let details = &mut self.before.details;
        let mut texts = vec![&mut self.names.0, &mut self.names.1];
        texts.extend([
            &mut details.name,
            &mut details.employer,
            &mut details.position,
            &mut details.place,
            &mut details.note,
            &mut details.external,
        ]);
        texts.extend(&mut details.plates);
        texts.extend(self.undone.as_mut().map(|said| &mut said.text));
        texts
    }
}

/// What the card that stays becomes, and which fields it takes from the other: what it lacks, and what both
/// have several of.
fn joined(kept: &CustomerDetails, other: &CustomerDetails) -> (CustomerDetails, Vec<String>) {
    let (mut both, mut taken) = (fields(kept), Vec::new());
    let empty = fields(&CustomerDetails::default());
    for (name, theirs) in fields(other) {
        let Some(ours) = both.get_mut(&name) else {
            continue;
        };
        let before = ours.clone();
        match (&mut *ours, theirs) {
            (Value::Array(ours), Value::Array(theirs)) => {
                for one in theirs {
                    if !ours.iter().any(|known| is_same(known, &one)) {
                        ours.push(one);
                    }
                }
            }
            (ours, theirs) if empty.get(&name) == Some(&*ours) => *ours = theirs,
            _ => {}
        }
        if *ours != before {
            taken.push(label(&name).to_owned());
        }
    }
    match serde_json::from_value(Value::Object(both)) {
        Ok(both) => (both, taken),
        Err(_) => (kept.clone(), Vec::new()),
    }
}

/// The fields of a card by their names.
fn fields(details: &CustomerDetails) -> serde_json::Map<String, Value> {
    match serde_json::to_value(details) {
        Ok(Value::Object(map)) => map,
        _ => serde_json::Map::new(),
    }
}

/// A card as it is `now` without what a merge put onto it, and the fields that were changed since the
/// merge, which stay as they are now.
fn parted(
    before: &CustomerDetails,
    put_in: &CustomerDetails,
    now: &CustomerDetails,
) -> (CustomerDetails, Vec<String>) {
    let (before, put_in, mut own) = (fields(before), fields(put_in), fields(now));
    let mut changed = Vec::new();
    for (name, value) in &mut own {
        let (Some(ours), Some(both)) = (before.get(name), put_in.get(name)) else {
            continue;
        };
        if value != both {
            changed.push(label(name).to_owned());
        }
        match (&mut *value, ours, both) {
            (Value::Array(now), Value::Array(ours), Value::Array(both)) => {
                now.retain(|one| ours.contains(one) || !both.contains(one));
            }
            (now, ours, both) if now == both => *now = ours.clone(),
            _ => {}
        }
    }
    match serde_json::from_value(Value::Object(own)) {
        Ok(own) => (own, changed),
        Err(_) => (now.clone(), changed),
    }
}

/// What a field of the card is called elsewhere.
fn label(field: &str) -> &str {
    match field {
        "class" => "customer_class",
        "line" => "customer_line",
        "site" => "sales_site",
        "source" => "customer_source",
        field => field,
    }
}

/// Whether two entries of a list are the same: of telephones, by their digits.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one.get("digits"), other.get("digits")) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

/// The marks that a card brings along.
fn brought_along(card: &Customer) -> impl Iterator<Item = Mark> {
    let marks = card.marks.iter().copied();
    marks.filter(|mark| *mark != Mark::Retired)
}

/// Two cards made one: the card that stays, the card that goes, and the record of it. `circle` says that
/// one of them is among those who led to the other.
///
/// # Errors
/// Refused without the permission, with itself, into a card that is retired, and where it would make a
/// circle of introductions (A14-0). Asks with what is kept of which.
pub fn merge(
    number: Number,
    kept: &Customer,
    absorbed: &Customer,
    circle: bool,
    context: &Context,
) -> Result<(Merge, Customer, Customer), Refusal> {
    context.may(Permission::CustomerChange)?;
    let mut checks = Checks::new();
    checks.require(!circle, || {
        let problem = Problem::new("merge-closes-circle").field("absorbed");
        let problem = problem.clause("A14-0").arg("name", &kept.details.name);
        problem.arg("other-name", &absorbed.details.name)
    });
    checks.require(kept.meta.number != absorbed.meta.number, || {
        Problem::new("merge-with-itself").field("absorbed")
    });
    checks.require(!kept.is(Mark::Retired), || {
        Problem::new("merge-into-retired").arg("number", kept.meta.number)
    });
    let (mut details, taken) = joined(&kept.details, &absorbed.details);
    let theirs = brought_along(absorbed);
    let marks: BTreeSet<Mark> = kept.marks.iter().copied().chain(theirs).collect();
    deal::follow(&mut details, &marks);
    let key = if taken.is_empty() {
        "merge-same"
    } else {
        "merge-preview"
    };
    let preview = Problem::new(key).clause("A01-21");
    let preview = preview
        .arg("number", kept.meta.number)
        .arg("name", &kept.details.name)
        .arg("other", absorbed.meta.number)
        .arg("other-name", &absorbed.details.name)
        .arg("card-fields", taken.join(" "));
    checks.ask(context.accept, preview);
    checks.done()?;
    let survivor = Customer {
        meta: kept.meta.changed(context),
        details,
        marks,
        ..kept.clone()
    };
    let mut gone = absorbed.clone();
    gone.meta = Meta {
        void: true,
        ..absorbed.meta.changed(context)
    };
    let merge = Merge {
        meta: Meta::new(number, context),
        kept: kept.meta.number,
        absorbed: absorbed.meta.number,
        names: (kept.details.name.clone(), absorbed.details.name.clone()),
        version: survivor.meta.version,
        before: CardBefore {
            details: kept.details.clone(),
            marks: kept.marks.clone(),
            confirmed_on: kept.confirmed_on,
        },
        taken,
        undone: None,
    };
    Ok((merge, survivor, gone))
}

/// A step of a merge with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MergeStep {
    /// The two become two again.
    UndoMerge {
        /// Why.
        reason: String,
    },
}

impl MergeStep {
    /// The name of the step.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::UndoMerge { .. } => "undo-merge",
        }
    }
}

/// Two cards that were one are two again: the record of it, the card that stayed, the card that had gone.
/// What the merge put onto the card that stayed is taken off again as far as it still is what it was; what
/// was changed since stays.
///
/// # Errors
/// Refused without the permission, without a reason, when it was undone already, and when the card that
/// stayed was itself merged into another since: that has to be undone first. Asks with what was changed
/// since and stays.
pub fn undo(
    merge: &Merge,
    step: &MergeStep,
    kept: &Customer,
    absorbed: &Customer,
    context: &Context,
) -> Result<(Merge, Customer, Customer), Refusal> {
    may_undo(merge, context)?;
    if kept.meta.void {
        let problem = Problem::new("merged-since").clause("A01-21");
        return Err(problem.arg("number", kept.meta.number).into());
    }
    let MergeStep::UndoMerge { reason } = step;
    let undone = said(reason, "reason", context)?;
    let mut put_in = joined(&merge.before.details, &absorbed.details).0;
    let marks = kept.marks.iter().copied();
    let theirs: BTreeSet<Mark> = brought_along(absorbed).collect();
    let both: BTreeSet<Mark> = merge.before.marks.union(&theirs).copied().collect();
    deal::follow(&mut put_in, &both);
    let (mut details, changed) = parted(&merge.before.details, &put_in, &kept.details);
    let marks_changed = kept.marks != both;
    let own = marks.filter(|mark| merge.before.marks.contains(mark) || !theirs.contains(mark));
    let own: BTreeSet<Mark> = own.collect();
    deal::follow(&mut details, &own);
    if !changed.is_empty() || marks_changed {
        let mut checks = Checks::new();
        let mut fields = changed;
        fields.extend(marks_changed.then(|| "marks".to_owned()));
        let problem = Problem::new("changed-since-merge").clause("A01-21");
        let day = kept.meta.changed_at.day(context.profile.utc_offset_minutes);
        let problem = problem.arg("number", kept.meta.number).arg("day", day);
        checks.ask(context.accept, problem.arg("card-fields", fields.join(" ")));
        checks.done()?;
    }
    let next = Merge {
        meta: merge.meta.changed(context),
        undone: Some(undone),
        ..merge.clone()
    };
    let kept = Customer {
        meta: kept.meta.changed(context),
        details,
        marks: own,
        ..kept.clone()
    };
    let mut back = absorbed.clone();
    back.meta = Meta {
        void: false,
        ..absorbed.meta.changed(context)
    };
    Ok((next, kept, back))
}

/// Whether a merge may be undone by whoever asks, as far as it alone decides that.
///
/// # Errors
/// Refused without the permission, and when it was undone already.
pub fn may_undo(merge: &Merge, context: &Context) -> Result<(), Refusal> {
    context.may(Permission::CustomerChange)?;
    if !merge.is_open() {
        let problem = Problem::new("undone-already");
        return Err(problem.arg("number", merge.meta.number).into());
    }
    Ok(())
}
