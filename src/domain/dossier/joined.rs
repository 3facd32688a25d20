//! A profile over several cards that are one customer (A01-21): what stands on the first, and from the
//! others what it lacks. Each stays stored as it was, so that an undone merge gives all of them back.

use super::{Dossier, Entry};
use crate::domain::context::Context;

/// The profile of a customer of whom there are several, the one of the card that stays first.
#[must_use]
pub fn joined(first: &Dossier, others: &[Dossier]) -> Dossier {
    let mut whole = first.clone();
    for other in others {
        for (field, entry) in &other.values {
            let known = whole.values.entry(field.clone());
            known.or_insert_with(|| entry.clone());
        }
        whole.greeted.extend(other.greeted.iter().cloned());
    }
    // What was emptied on the first stays empty, whatever the others say.
    whole.values.retain(|_, entry| !entry.rows.is_empty());
    whole
}

/// What is stored of the first profile when the joined one was changed to `kept`: its own fields and those
/// that were changed. A field that was emptied is kept as one without rows where another profile has it.
#[must_use]
pub fn parted(
    mut kept: Dossier,
    first: &Dossier,
    others: &[Dossier],
    context: &Context,
) -> Dossier {
    if others.is_empty() {
        return kept;
    }
    let whole = joined(first, others);
    let elsewhere = |field: &String| others.iter().any(|other| other.values.contains_key(field));
    let emptied: Vec<String> = whole
        .values
        .keys()
        .filter(|field| !kept.values.contains_key(*field) && elsewhere(field))
        .cloned()
        .collect();
    kept.customer = first.customer;
    kept.greeted.clone_from(&first.greeted);
    kept.values.retain(|field, entry| {
        first.values.contains_key(field) || whole.values.get(field) != Some(entry)
    });
    for (field, entry) in first
        .values
        .iter()
        .filter(|(_, entry)| entry.rows.is_empty())
    {
        let known = kept.values.entry(field.clone());
        known.or_insert_with(|| entry.clone());
    }
    let by = Some(context.operator.meta.number);
    for field in emptied {
        let (rows, at) = (Vec::new(), context.now);
        kept.values.insert(field, Entry { rows, at, by });
    }
    kept
}
