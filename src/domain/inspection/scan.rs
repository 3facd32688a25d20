//! A shelf inspected with a scanner: its files are scanned in the order in which they stand, and what
//! is missing, stands on the wrong shelf or at the wrong place follows from that (A11-14a, A11-14b,
//! A13-a5c).

use std::collections::BTreeMap;

use super::{Finding, Inspection, Visit, WHOLE, may_go_on};
use crate::domain::archive::{ArchiveFile, Custody};
use crate::domain::complaint::course::Said;
use crate::domain::context::Context;
use crate::domain::number::Number;
use crate::domain::refusal::{Problem, Refusal};
use crate::domain::shelf::{Place, Shelf};
use crate::text::clean;

/// A file that belongs on a shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnShelf {
    /// The file.
    pub file: Number,
    /// Whether it is lent, so that it need not stand there.
    pub out: bool,
}

/// The shelf that a file belongs on; the whole store where the site wrote down no cabinets, none where
/// it has no place.
pub fn shelf_of(file: &ArchiveFile, shelves: &[Shelf]) -> Option<String> {
    if shelves.is_empty() {
        return Some(WHOLE.to_owned());
    }
    Place::find(&file.details.place, shelves).map(|place| place.shelf)
}

/// A file scanned on the shelf that is being visited. The first one of a visit says which shelf that is,
/// unless one is named.
///
/// # Errors
/// Refused for one who does not inspect, once the inspection is closed, for a shelf that there is not,
/// for a first file that has no place, and for one that was scanned on this shelf before.
pub fn scan(
    inspection: &Inspection,
    file: &ArchiveFile,
    shelf: &str,
    context: &Context,
) -> Result<Inspection, Refusal> {
    may_go_on(inspection, context)?;
    let mut next = Inspection {
        meta: inspection.meta.changed(context),
        ..inspection.clone()
    };
    let number = file.meta.number;
    if inspection.scanned.is_empty() {
        let named = clean::name(shelf);
        let own = shelf_of(file, &context.profile.archive.shelves);
        let shelf = if named.is_empty() { own } else { Some(named) };
        let shelf = shelf.ok_or_else(|| {
            Refusal::from(Problem::new("file-without-place").arg("number", number))
        })?;
        if !inspection.shelves.contains(&shelf) {
            let problem = Problem::new("unknown-shelf").field("shelf");
            return Err(problem.arg("value", &shelf).into());
        }
        next.visiting = shelf;
    }
    if inspection.scanned.contains(&number) {
        let problem = Problem::new("scanned-already").arg("number", number);
        return Err(problem.into());
    }
    next.scanned.push(number);
    Ok(next)
}

/// The visit of a shelf ended. `here` are the files that belong on it, in the order of their places.
/// What is missing, astray or misplaced is the finding.
///
/// # Errors
/// Refused for one who does not inspect, once the inspection is closed, and where nothing was scanned.
pub fn end(
    inspection: &Inspection,
    here: &[OnShelf],
    note: &str,
    context: &Context,
) -> Result<(Inspection, Visit), Refusal> {
    may_go_on(inspection, context)?;
    if inspection.scanned.is_empty() {
        return Err(Problem::new("nothing-scanned").clause("A11-14b").into());
    }
    let mut visit = held_against(&inspection.scanned, here);
    visit.shelf.clone_from(&inspection.visiting);
    visit.note = clean::body(note);
    let mut next = Inspection {
        meta: inspection.meta.changed(context),
        visiting: String::new(),
        scanned: Vec::new(),
        ..inspection.clone()
    };
    next.visits.retain(|known| known.shelf != visit.shelf);
    next.visits.push(visit.clone());
    Ok((next, visit))
}

/// What was scanned, held against what belongs there.
fn held_against(scanned: &[Number], here: &[OnShelf]) -> Visit {
    let places: BTreeMap<Number, (usize, bool)> = here
        .iter()
        .enumerate()
        .map(|(place, known)| (known.file, (place, known.out)))
        .collect();
    let belongs = |file: &Number| places.get(file).is_some_and(|(_, out)| !out);
    let astray = scanned.iter().copied().filter(|file| !belongs(file));
    let astray: Vec<Number> = astray.collect();
    let expected = here.iter().filter(|known| !known.out);
    let missing = expected.map(|known| known.file);
    let missing: Vec<Number> = missing.filter(|file| !scanned.contains(file)).collect();
    let there = scanned.iter().filter(|file| belongs(file));
    let there: Vec<(usize, Number)> = there
        .filter_map(|file| places.get(file).map(|(place, _)| (*place, *file)))
        .collect();
    let misplaced = out_of_order(&there);
    let finding = if !missing.is_empty() {
        Finding::Missing
    } else if !astray.is_empty() || !misplaced.is_empty() {
        Finding::Misplaced
    } else {
        Finding::InOrder
    };
    Visit {
        shelf: String::new(),
        finding,
        note: String::new(),
        missing,
        astray,
        misplaced,
    }
}

/// The fewest files that have to be put elsewhere for all to stand in their order.
fn out_of_order(there: &[(usize, Number)]) -> Vec<Number> {
    // The longest rising run through the places stays. `ends` has, for each length, the index of
    // the lowest place that a run of this length can end with; `before` the one in front of each.
    let place = |index: &usize| there.get(*index).map_or(0, |(place, _)| *place);
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(there.len());
    for (index, (here, _)) in there.iter().enumerate() {
        let length = ends.partition_point(|end| place(end) < *here);
        let previous = length.checked_sub(1).and_then(|at| ends.get(at).copied());
        before.push(previous);
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut stays = vec![false; there.len()];
    let mut next = ends.last().copied();
    while let Some(index) = next {
        if let Some(stays) = stays.get_mut(index) {
            *stays = true;
        }
        next = before.get(index).copied().flatten();
    }
    let moved = there.iter().zip(stays).filter(|(_, stays)| !stays);
    moved.map(|((_, file), _)| *file).collect()
}

/// A file that is not where it belongs, or that was found again; none where that was known.
pub fn marked(
    file: &ArchiveFile,
    inspection: Number,
    missing: bool,
    context: &Context,
) -> Option<ArchiveFile> {
    if file.custody.missing.is_some() == missing {
        return None;
    }
    let said = missing.then(|| Said {
        text: inspection.to_string(),
        at: context.now,
        by: context.operator.meta.number,
    });
    Some(ArchiveFile {
        meta: file.meta.changed(context),
        custody: Box::new(Custody {
            missing: said,
            ..(*file.custody).clone()
        }),
        ..file.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::number::Kind;

    const fn file(seq: u32) -> Number {
        Number {
            kind: Kind::File,
            year: 2024,
            seq,
        }
    }

    fn visit(scanned: &[u32], out: &[u32]) -> (Finding, [Vec<u32>; 3]) {
        let scanned: Vec<Number> = scanned.iter().copied().map(file).collect();
        let here = (1..=5).map(|seq| OnShelf {
            file: file(seq),
            out: out.contains(&seq),
        });
        let here: Vec<OnShelf> = here.collect();
        let found = held_against(&scanned, &here);
        let lists = [found.missing, found.astray, found.misplaced];
        let numbers = |list: Vec<Number>| list.into_iter().map(|it| it.seq).collect();
        (found.finding, lists.map(numbers))
    }

    #[test]
    fn a_shelf_scanned_in_its_order_is_in_order_and_what_is_lent_is_not_missed() {
        let all_well = [vec![], vec![], vec![]];
        assert_eq!(
            visit(&[1, 2, 3, 4, 5], &[]),
            (Finding::InOrder, all_well.clone())
        );
        assert_eq!(visit(&[1, 2, 4, 5], &[3]), (Finding::InOrder, all_well));
    }

    #[test]
    fn what_is_not_scanned_is_missing_and_what_belongs_elsewhere_is_astray() {
        let found = visit(&[1, 2, 9, 5], &[3]);
        assert_eq!(found, (Finding::Missing, [vec![4], vec![9], vec![]]));
        // A file that is lent and stands there nevertheless.
        let found = visit(&[1, 2, 3, 4, 5], &[3]);
        assert_eq!(found, (Finding::Misplaced, [vec![], vec![3], vec![]]));
    }

    #[test]
    fn of_files_out_of_order_the_fewest_are_named() {
        let misplaced = |scanned: &[u32]| visit(scanned, &[]).1[2].clone();
        assert_eq!(misplaced(&[1, 5, 2, 3, 4]), [5]);
        assert_eq!(misplaced(&[2, 3, 4, 1, 5]), [1]);
        assert_eq!(misplaced(&[5, 4, 3, 2, 1]).len(), 4);
    }
}
