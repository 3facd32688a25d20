//! Where files stand: cabinets with rows and places, filled from left to right and from top to bottom
//! by class (A11-07), graded files apart (A11-22b).

use std::collections::BTreeSet;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A cabinet of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shelf {
    /// Its name, the beginning of the names of its places; without blanks.
    pub id: String,
    /// The class it is for; any when empty.
    #[serde(default)]
    pub class: String,
    /// Rows, from the top.
    pub rows: u16,
    /// Places in a row, from the left.
    pub places: u16,
    /// Only for graded files, which stand nowhere else (A11-22b).
    #[serde(default)]
    pub graded: bool,
}

/// A place in a cabinet. Places sort as they are filled.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The cabinet's name.
    pub shelf: String,
    /// The row, from 1.
    pub row: u16,
    /// The place in the row, from 1.
    pub place: u16,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}-{}-{}", self.shelf, self.row, self.place)
    }
}

impl Place {
    /// The place of a name that one of these cabinets has; none for any other text.
    pub fn find(name: &str, shelves: &[Shelf]) -> Option<Self> {
        let (rest, place) = name.trim().rsplit_once('-')?;
        let (shelf, row) = rest.rsplit_once('-')?;
        let (row, place) = (row.parse().ok()?, place.parse().ok()?);
        let known = shelves.iter().find(|known| known.id == shelf)?;
        let there = (1..=known.rows).contains(&row) && (1..=known.places).contains(&place);
        there.then(|| Self {
            shelf: shelf.to_owned(),
            row,
            place,
        })
    }
}

impl Shelf {
    /// Its places in the order in which they are filled.
    pub fn in_order(&self) -> impl Iterator<Item = Place> + '_ {
        (1..=self.rows).flat_map(move |row| {
            (1..=self.places).map(move |place| Place {
                shelf: self.id.clone(),
                row,
                place,
            })
        })
    }

    /// Whether a file of a class, graded or not, may stand here.
    pub fn takes(&self, class: &str, graded: bool) -> bool {
        self.graded == graded && (self.class.is_empty() || self.class == class)
    }
}

/// The next free place for a file: in the cabinets of its class first, in the order of the profile,
/// then in those for any; none when all are full.
pub fn next_free(
    shelves: &[Shelf],
    class: &str,
    graded: bool,
    taken: &BTreeSet<Place>,
) -> Option<Place> {
    let fit = || shelves.iter().filter(|shelf| shelf.takes(class, graded));
    let own = fit().filter(|shelf| !shelf.class.is_empty());
    let any = fit().filter(|shelf| shelf.class.is_empty());
    let mut places = own.chain(any).flat_map(Shelf::in_order);
    places.find(|place| !taken.contains(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(id: &str, class: &str, graded: bool) -> Shelf {
        Shelf {
            id: id.to_owned(),
            class: class.to_owned(),
            rows: 2,
            places: 3,
            graded,
        }
    }

    /// The places proposed one after the other.
    fn filled(shelves: &[Shelf], class: &str, graded: bool) -> Vec<String> {
        let mut taken = BTreeSet::new();
        while let Some(place) = next_free(shelves, class, graded, &taken) {
            taken.insert(place);
        }
        taken.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_shelf_is_filled_from_left_to_right_and_then_down() {
        let shelves = [shelf("A1", "owner", false)];
        let expected = ["A1-1-1", "A1-1-2", "A1-1-3", "A1-2-1", "A1-2-2", "A1-2-3"];
        assert_eq!(filled(&shelves, "owner", false), expected);
        let places: Vec<String> = shelves
            .iter()
            .flat_map(Shelf::in_order)
            .map(|place| place.to_string())
            .collect();
        assert_eq!(places, expected);
    }

    #[test]
    fn a_class_fills_its_own_cabinets_before_those_for_any_and_graded_files_stand_apart() {
        let shelves = [
            shelf("B", "", false),
            shelf("A", "owner", false),
            shelf("S", "", true),
        ];
        let first = |class, graded, taken: &BTreeSet<Place>| {
            next_free(&shelves, class, graded, taken).map(|place| place.to_string())
        };
        assert_eq!(
            first("owner", false, &BTreeSet::new()).as_deref(),
            Some("A-1-1")
        );
        assert_eq!(
            first("media", false, &BTreeSet::new()).as_deref(),
            Some("B-1-1")
        );
        assert_eq!(
            first("owner", true, &BTreeSet::new()).as_deref(),
            Some("S-1-1")
        );
        let full: BTreeSet<Place> = shelves.iter().flat_map(Shelf::in_order).collect();
        assert_eq!(first("owner", true, &full), None);
    }

    #[test]
    fn only_places_that_there_are_have_names() {
        let shelves = [shelf("A-1", "", false)];
        let found = |name| Place::find(name, &shelves).map(|place| place.to_string());
        assert_eq!(found(" A-1-2-3 ").as_deref(), Some("A-1-2-3"));
        for name in [
            "A-1-3-1", "A-1-1-4", "A-1-0-1", "B-1-1", "A-1", "A-1-x-1", "",
        ] {
            assert_eq!(found(name), None, "{name}");
        }
    }
}
