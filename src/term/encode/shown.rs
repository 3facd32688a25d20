//! What the terminal shows, as far as it is known, and which of it has to be written.
//!
//! A character two cells wide stands in both or in neither. Where one of them is given to
//! something else the other becomes a blank that has to be written too, because terminals differ
//! in what they leave there: a blank, a cell that is no column any more, or half of what was.

use ratatui::buffer::{Cell, CellWidth};

use super::look::Look;

/// One cell of the terminal.
#[derive(Debug, Clone)]
enum Slot {
    /// Nobody knows what it shows.
    Unknown,
    /// The rest of a character that begins left of it.
    Rest,
    /// What begins in it.
    Begins(Cell),
}

/// What is known of a cell of the row that is being drawn.
#[derive(Debug, Clone, Copy)]
struct Mark {
    /// It shows something else than it is to show.
    changed: bool,
    /// What it shows is the rest of a wide character.
    is_rest: bool,
}

/// What the terminal shows.
#[derive(Debug, Default)]
pub(in crate::term) struct Shown {
    rows: Vec<Vec<Slot>>,
    /// What was not written since is blank.
    cleared: bool,
    /// No cell right of this was ever written, and the last one may be that of the terminal.
    width: usize,
    /// Of the cells of the row that is being drawn.
    marks: Vec<Mark>,
}

/// A row with what has to be written of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    slots: &'a [Slot],
    marks: &'a [Mark],
}

impl Shown {
    /// The terminal has been cleared.
    pub(in crate::term) fn clear(&mut self) {
        *self = Self {
            cleared: true,
            ..Self::default()
        };
    }

    /// Nobody knows what the terminal shows.
    pub(in crate::term) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether the cursor is in a column where it stays whatever comes next. After a character in
    /// the last column, terminals differ in where it is.
    pub(super) fn is_inside(&self, column: u16) -> bool {
        usize::from(column) < self.width
    }

    /// Takes in what a row is to show in some of its cells, and says what has to be written.
    pub(super) fn lay<'c>(
        &mut self,
        y: u16,
        cells: impl Iterator<Item = (u16, &'c Cell)>,
    ) -> Line<'_> {
        let y = usize::from(y);
        if self.rows.len() <= y {
            self.rows.resize_with(y + 1, Vec::new);
        }
        let Some(slots) = self.rows.get_mut(y) else {
            return Line {
                slots: &[],
                marks: &[],
            };
        };
        self.marks.clear();
        self.marks.extend(slots.iter().map(Mark::of));
        let mut row = Row {
            slots,
            marks: &mut self.marks,
            cleared: self.cleared,
        };
        for (x, cell) in cells {
            row.put(usize::from(x), cell);
        }
        self.width = self.width.max(row.slots.len());
        Line {
            slots: row.slots,
            marks: row.marks,
        }
    }
}

impl Mark {
    fn of(slot: &Slot) -> Self {
        Self {
            changed: false,
            is_rest: matches!(slot, Slot::Rest),
        }
    }
}

/// A row that takes in what it is to show.
struct Row<'a> {
    slots: &'a mut Vec<Slot>,
    marks: &'a mut Vec<Mark>,
    cleared: bool,
}

impl Row<'_> {
    fn put(&mut self, x: usize, cell: &Cell) {
        let end = x + usize::from(cell.cell_width().max(1));
        self.reach(end);
        let mut start = x;
        while start > 0 && self.is_rest(start) {
            start -= 1;
        }
        (start..x).for_each(|left| self.set(left, Slot::Begins(Cell::EMPTY)));
        let mut right = end;
        while self.is_rest(right) {
            self.set(right, Slot::Begins(Cell::EMPTY));
            right += 1;
        }
        self.set(x, Slot::Begins(cell.clone()));
        (x + 1..end).for_each(|covered| self.set(covered, Slot::Rest));
    }

    fn is_rest(&self, x: usize) -> bool {
        matches!(self.slots.get(x), Some(Slot::Rest))
    }

    fn set(&mut self, x: usize, slot: Slot) {
        if let (Some(place), Some(mark)) = (self.slots.get_mut(x), self.marks.get_mut(x)) {
            mark.changed |= !alike(place, &slot);
            *place = slot;
        }
    }

    fn reach(&mut self, end: usize) {
        let blank = if self.cleared {
            Slot::Begins(Cell::EMPTY)
        } else {
            Slot::Unknown
        };
        if self.slots.len() < end {
            self.marks.resize(end, Mark::of(&blank));
            self.slots.resize(end, blank);
        }
    }
}

fn alike(one: &Slot, other: &Slot) -> bool {
    match (one, other) {
        (Slot::Rest, Slot::Rest) => true,
        (Slot::Begins(one), Slot::Begins(other)) => {
            one == other || is_blank(one) && is_blank(other)
        }
        _ => false,
    }
}

/// Whether a cell is just empty.
pub(super) fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && Look::of(cell).is_empty()
}

impl<'a> Line<'a> {
    /// The first thing from a column on that has to be written.
    pub(super) fn next(&self, from: u16) -> Option<(u16, &'a Cell)> {
        let from = usize::from(from);
        let both = self.slots.iter().zip(self.marks).enumerate().skip(from);
        both.filter(|(_, (_, mark))| mark.changed)
            .find_map(|(x, (slot, _))| match slot {
                Slot::Begins(cell) => Some((u16::try_from(x).ok()?, cell)),
                Slot::Rest | Slot::Unknown => None,
            })
    }

    /// What begins in a column, where that is known.
    pub(super) fn get(&self, x: u16) -> Option<&'a Cell> {
        match self.slots.get(usize::from(x)) {
            Some(Slot::Begins(cell)) => Some(cell),
            _ => None,
        }
    }

    /// Where the blanks end that begin in a column: after the last that has to be written.
    pub(super) fn end_of_blanks(&self, from: u16) -> u16 {
        let mut end = from;
        let mut x = from;
        while self.get(x).is_some_and(is_blank) {
            x += 1;
            if self.mark(x - 1).is_some_and(|mark| mark.changed) {
                end = x;
            }
        }
        end
    }

    /// Whether what stands left of a column on the terminal reaches into it.
    pub(super) fn is_cut(&self, x: u16) -> bool {
        self.mark(x).is_some_and(|mark| mark.is_rest)
    }

    fn mark(&self, x: u16) -> Option<&'a Mark> {
        self.marks.get(usize::from(x))
    }
}
