//! A list that keeps only the rows it shows and some around them, never all.
//!
//! It knows which part it needs next; fetching it is the session's business. Rows stay in the
//! order of the desk, and the selection stays on its record when rows come and go around it.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::desk::contract::{Cursor, Filter, ListQuery, Page, Row, Sort};
use crate::domain::number::{Kind, Number};

/// Rows asked for at once.
pub const PAGE: u32 = 60;
/// The next part is fetched when the selection comes this near to the end of what is held; more
/// than the rows of any screen, so that a page down never meets an end that is none.
const MARGIN: usize = 50;
/// Rows held at most.
const KEEP: usize = 240;

/// Part of a list that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// From the start.
    Start,
    /// The end.
    End,
    /// What follows the rows held.
    After,
    /// What comes before the rows held.
    Before,
    /// The rows held, anew, after a change.
    Again,
}

/// What lies on either side of the rows held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Ends {
    /// The place of the row before the first; the rows held are asked for again from there.
    before: Option<Cursor>,
    /// Whether there are rows after the last.
    after: bool,
}

/// One end of a list as it was read, while the other is shown: from Home to End and back nothing
/// is asked. Whatever may have changed it makes it forgotten.
#[derive(Debug)]
struct Aside {
    rows: Vec<(Cursor, Row)>,
    ends: Ends,
    /// What is asked for next is the end across from it, and no reason to forget it.
    is_new: bool,
}

impl Aside {
    fn settled(self) -> Self {
        Self {
            is_new: false,
            ..self
        }
    }
}

/// A list of records of one kind.
#[derive(Debug)]
pub struct List {
    /// The kind of its records.
    pub kind: Kind,
    /// The filter it has unless another is chosen.
    pub home: Filter,
    /// Which of them.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// Only those found by these words.
    pub find: String,
    /// The rows held.
    pub rows: Vec<(Cursor, Row)>,
    /// How many the list has in all, where known.
    pub total: Option<u64>,
    /// The records that are marked, to work on them at once.
    pub marked: BTreeSet<Number>,
    /// More was found than is shown.
    pub truncated: bool,
    /// Whether an answer has come yet.
    pub ready: bool,
    /// The first row on the screen; the drawing keeps the selection in sight with it.
    pub top: Cell<usize>,
    /// Rows the last drawing had room for.
    pub room: Cell<usize>,
    selected: usize,
    ends: Ends,
    aside: Option<Aside>,
    serial: u32,
    wanted: Option<Number>,
    waiting: bool,
}

impl List {
    /// An empty list of a kind.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            home: Filter::default(),
            filter: Filter::default(),
            sort: Sort::default(),
            find: String::new(),
            rows: Vec::new(),
            total: None,
            marked: BTreeSet::new(),
            truncated: false,
            ready: false,
            top: Cell::new(0),
            room: Cell::new(10),
            selected: 0,
            ends: Ends::default(),
            aside: None,
            serial: 0,
            wanted: None,
            waiting: false,
        }
    }

    /// What waits for the yes of whoever is at the terminal, of any kind.
    pub fn approvals() -> Self {
        Self {
            home: Filter::ForMe,
            filter: Filter::ForMe,
            ..Self::new(Kind::Complaint)
        }
    }

    /// Whom whoever is at the terminal is to contact today.
    pub fn today() -> Self {
        Self {
            home: Filter::Today,
            filter: Filter::Today,
            ..Self::new(Kind::FollowUp)
        }
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&Row> {
        self.rows.get(self.selected).map(|(_, row)| row)
    }

    /// The place of the selected row among the rows held.
    pub fn index(&self) -> usize {
        self.selected
    }

    /// Whether the list is not the kind's default one.
    pub fn is_narrowed(&self) -> bool {
        self.filter != self.home || !self.find.is_empty()
    }

    /// The state that a query belongs to.
    pub fn serial(&self) -> u32 {
        self.serial
    }

    /// Selects this record as soon as it is among the rows.
    pub fn want(&mut self, number: Number) {
        self.wanted = Some(number);
    }

    /// The query for a part. Queries for the start or the end make older answers unwanted.
    pub fn query(&mut self, part: Part) -> ListQuery {
        let mut query = ListQuery {
            kind: self.kind,
            filter: self.filter,
            sort: self.sort,
            find: self.find.clone(),
            after: None,
            before: None,
            from_end: false,
            limit: PAGE,
            full: false,
        };
        let first = self.rows.first().map(|(cursor, _)| cursor.clone());
        let last = self.rows.last().map(|(cursor, _)| cursor.clone());
        match part {
            Part::Start => {}
            Part::End => query.from_end = true,
            Part::After => query.after = last,
            Part::Before => query.before = first,
            Part::Again => {
                query.after.clone_from(&self.ends.before);
                query.limit = u32::try_from(self.rows.len()).unwrap_or(PAGE).max(PAGE);
            }
        }
        if matches!(part, Part::Start | Part::End | Part::Again) {
            let aside = self.aside.take().filter(|aside| aside.is_new);
            self.aside = aside.map(Aside::settled);
            self.serial = self.serial.wrapping_add(1);
        }
        self.waiting = true;
        query
    }

    /// Takes in an answer. Returns whether it is anything new.
    pub fn take(&mut self, part: Part, page: Page) -> bool {
        self.waiting = false;
        let total = page.total.or(self.total.filter(|_| part != Part::Start));
        let known = (self.ready, self.truncated, self.ends.after, self.total);
        let same = known == (true, page.truncated, page.after, total) && self.rows == page.rows;
        if part == Part::Again && same && self.wanted.is_none() {
            return false;
        }
        let present = self.selected().map(|row| row.record.number());
        self.ready = true;
        self.total = total;
        match part {
            Part::Start | Part::End => {
                self.truncated = page.truncated;
                self.ends.after = page.after;
                self.rows = self.below_the_first(page);
                self.selected = match part {
                    Part::Start => 0,
                    _ => self.rows.len().saturating_sub(1),
                };
            }
            Part::Again => {
                self.truncated = page.truncated;
                self.ends.after = page.after;
                if !page.before {
                    self.ends.before = None;
                }
                self.rows = page.rows;
                let place = self.selected;
                self.find_again(present);
                // The rows on the screen stay where they are while others come and go above.
                if self.top.get() > 0 {
                    let top = (self.top.get() + self.selected).saturating_sub(place);
                    self.top.set(top);
                }
            }
            Part::After => {
                self.ends.after = page.after;
                self.rows.extend(page.rows);
                let spare = self.rows.len().saturating_sub(KEEP).min(self.selected);
                if spare > 0 {
                    let last = self.rows.drain(..spare).next_back();
                    self.ends.before = last.map(|(cursor, _)| cursor);
                    self.selected -= spare;
                    self.top.set(self.top.get().saturating_sub(spare));
                }
            }
            Part::Before => {
                let rows = self.below_the_first(page);
                let added = rows.len();
                self.rows.splice(..0, rows);
                self.selected += added;
                self.top.set(self.top.get() + added);
                if self.rows.len() > KEEP {
                    self.rows.truncate(KEEP.max(self.selected + 1));
                    self.ends.after = true;
                }
            }
        }
        if let Some(wanted) = self.wanted.take() {
            self.find_again(Some(wanted));
        }
        true
    }

    /// The rows of a page. Where there are more before them the first is not held: its place says
    /// from where the others are asked for again.
    fn below_the_first(&mut self, page: Page) -> Vec<(Cursor, Row)> {
        let mut rows = page.rows;
        self.ends.before = None;
        if page.before && !rows.is_empty() {
            let (cursor, _) = rows.remove(0);
            self.ends.before = Some(cursor);
        }
        rows
    }

    fn find_again(&mut self, number: Option<Number>) {
        let place = number.and_then(|number| {
            self.rows
                .iter()
                .position(|(_, row)| row.record.number() == number)
        });
        let last = self.rows.len().saturating_sub(1);
        self.selected = place.unwrap_or(self.selected).min(last);
    }

    /// Moves the selection by so many rows and says which part is needed now.
    pub fn step(&mut self, by: isize) -> Option<Part> {
        let last = self.rows.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
        if self.waiting {
            return None;
        }
        if by > 0 && self.ends.after && self.selected + MARGIN > last {
            Some(Part::After)
        } else if by < 0 && self.ends.before.is_some() && self.selected < MARGIN {
            Some(Part::Before)
        } else {
            None
        }
    }

    /// Nothing is held any more.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.aside = None;
    }

    /// To the first row; says whether the start must be fetched.
    pub fn first(&mut self) -> Option<Part> {
        let is_far = self.ends.before.is_some();
        let part = is_far && !self.turn(|ends| ends.before.is_none());
        self.selected = 0;
        part.then_some(Part::Start)
    }

    /// To the last row; says whether the end must be fetched.
    pub fn last(&mut self) -> Option<Part> {
        let part = self.ends.after && !self.turn(|ends| !ends.after);
        self.selected = self.rows.len().saturating_sub(1);
        part.then_some(Part::End)
    }

    /// Shows the other end, where it is the wanted one and was put aside; what was shown is put
    /// aside if it is an end. Returns whether it is shown; if not, it is asked for.
    fn turn(&mut self, is_wanted: impl Fn(&Ends) -> bool) -> bool {
        let is_end = self.ends.before.is_none() || !self.ends.after;
        let wanted = self.aside.take().filter(|aside| is_wanted(&aside.ends));
        let found = wanted.is_some();
        let present = match wanted {
            Some(Aside { rows, ends, .. }) => Aside {
                rows: std::mem::replace(&mut self.rows, rows),
                ends: std::mem::replace(&mut self.ends, ends),
                is_new: false,
            },
            None => Aside {
                rows: self.rows.clone(),
                ends: self.ends.clone(),
                is_new: true,
            },
        };
        if found {
            // An answer on its way belongs to what was shown.
            self.serial = self.serial.wrapping_add(1);
            self.waiting = false;
        }
        self.aside = Some(present).filter(|_| is_end && !self.truncated);
        found
    }
}
