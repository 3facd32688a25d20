//! What others do meanwhile. Lists, counts and the record that is open follow it; the selection,
//! the caret and what is typed stay where they are.
//!
//! News only says what is to be looked at again. The looking is done once before the next
//! drawing, however many news came, and only for what is shown; a pane that is not shown is marked
//! behind and fetched when somebody goes there.

use std::collections::BTreeSet;

use super::App;
use super::effect::{Effect, SeatTag, Tag};
use super::event::Line;
use super::list::Part;
use super::popup::Popup;
use crate::desk::contract::{News, Query, Request, Row, Sitting};
use crate::domain::number::{Kind, Number};
use crate::domain::profile::Tab;
use crate::domain::stamp::Stamp;

/// What changed elsewhere and was not looked at again yet.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    all: bool,
    numbers: BTreeSet<Number>,
}

impl Heard {
    fn add(&mut self, numbers: Vec<Number>) {
        self.all |= numbers.is_empty();
        self.numbers.extend(numbers);
    }

    fn concerns_people(&self) -> bool {
        let mut numbers = self.numbers.iter();
        self.all || numbers.any(|number| number.kind == Kind::Operator)
    }

    fn concerns_shifts(&self) -> bool {
        let is_of_shift = |number: &Number| matches!(number.kind, Kind::Hint | Kind::ShiftSheet);
        self.all || self.numbers.iter().any(is_of_shift)
    }

    fn concerns(&self, number: Number) -> bool {
        self.all || self.numbers.contains(&number)
    }
}

/// Somebody changed the record of a form after the form was filled from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overtaken {
    /// Who.
    pub by: Number,
    /// When.
    pub at: Stamp,
}

impl App {
    /// Takes in what the desk tells unasked.
    pub(crate) fn news(&mut self, news: News) {
        match news {
            News::Changed { numbers, .. } => self.heard(numbers),
            News::AlsoOpen { number, others } => {
                let new = Some((number, others)).filter(|(_, others)| !others.is_empty());
                if self.told_open == Some(number) && self.also_open != new {
                    self.also_open = new;
                    self.dirty = true;
                }
            }
            News::Calling { digits } => self.rings(digits),
            News::CallTaken { digits } => self.taken_elsewhere(&digits),
            News::Locked => self.locked_by_desk(),
            News::Leaving { stopped } => self.take_line(if stopped {
                Line::Stopped
            } else {
                Line::Leaving
            }),
        }
    }

    /// These records changed, or any where none is named.
    pub(crate) fn heard(&mut self, numbers: Vec<Number>) {
        self.heard.get_or_insert_default().add(numbers);
        for pane in &mut self.panes {
            pane.behind = true;
        }
    }

    /// Looks again at what is shown and has changed; called before a drawing.
    pub(crate) fn catch_up(&mut self) -> Vec<Effect> {
        if self.gate.is_none() && self.facts.operator.is_some() {
            self.catch_up_pane();
            if let Some(heard) = self.heard.take() {
                self.look(Tag::Counts, Query::Counts);
                if heard.concerns_shifts() {
                    self.look_at_hand();
                }
                if heard.concerns_people() {
                    self.look(Tag::Operators, Query::Operators);
                }
                self.look_at_open(&heard);
            }
        }
        std::mem::take(&mut self.effects)
    }

    /// Fetches the list of the pane that is shown, if it is behind.
    pub(crate) fn catch_up_pane(&mut self) {
        let Some(pane) = self.pane_mut() else { return };
        if !std::mem::take(&mut pane.behind) {
            return;
        }
        pane.side.behind = true;
        let tab = pane.tab;
        self.fetch(tab, Part::Again);
    }

    /// The record that is open in full, and the records of forms.
    fn look_at_open(&mut self, heard: &Heard) {
        let mut looks = Vec::new();
        for popup in &self.popups {
            if let Popup::Record(opened, _) = popup {
                let number = opened.row.record.number();
                if heard.concerns(number) {
                    // What was shown masked stays masked: nobody asked for more.
                    let query = if opened.row.masked {
                        Query::Preview(number)
                    } else {
                        Query::Get(number)
                    };
                    looks.push((Tag::Anew(number), query));
                    looks.push((Tag::History(number), Query::History(number)));
                }
            }
        }
        for pane in &self.panes {
            let about = pane.form.as_ref().and_then(|form| form.about);
            if let Some(about) = about.filter(|about| heard.concerns(about.number)) {
                let tab = pane.tab;
                looks.push((Tag::Meanwhile { tab }, Query::Preview(about.number)));
            }
        }
        for (tag, query) in looks {
            self.look(tag, query);
        }
    }

    /// The record that is open in full, as it is now.
    pub(crate) fn took_anew(&mut self, number: Number, row: Row) {
        let popups = self.popups.iter_mut();
        let mut opened = popups.filter_map(|popup| match popup {
            Popup::Record(opened, _) if opened.row.record.number() == number => Some(opened),
            _ => None,
        });
        if let Some(opened) = opened.next()
            && opened.row != row
        {
            opened.row = row;
            self.dirty = true;
        }
    }

    /// The record of a form as it is now: the form says so if it was filled from an older one.
    pub(crate) fn took_meanwhile(&mut self, tab: Tab, row: &Row) {
        let meta = row.record.meta();
        let Some(form) = self.pane_of(tab).and_then(|pane| pane.form.as_mut()) else {
            return;
        };
        let newer = form
            .about
            .is_some_and(|about| about.number == meta.number && about.version < meta.version);
        let overtaken = newer.then_some(Overtaken {
            by: meta.changed_by,
            at: meta.changed_at,
        });
        if form.overtaken != overtaken {
            form.overtaken = overtaken;
            self.dirty = true;
        }
    }

    /// Tells the desk which record is open on the screen, once for each change.
    pub(crate) fn tell_open(&mut self) {
        if self.gate.is_some() || self.facts.operator.is_none() {
            return;
        }
        let open = self.open_on_screen();
        if open != self.told_open {
            self.told_open = open;
            self.also_open = None;
            let request = Request::Sit(Sitting::Open(open));
            self.ask(Tag::Seat(SeatTag::Open), request, Vec::new());
        }
    }

    /// The record shown in full, or that of the form that is open.
    fn open_on_screen(&self) -> Option<Number> {
        let shown = self.popups.iter().rev().find_map(|popup| match popup {
            Popup::Record(opened, _) => Some(opened.row.record.number()),
            _ => None,
        });
        let form = self.pane().and_then(|pane| pane.form.as_ref());
        shown.or_else(|| form.and_then(|form| form.about).map(|about| about.number))
    }

    /// Who else has this record open, in words; nothing where nobody has.
    pub fn also_open(&self, number: Number) -> Option<String> {
        let (_, others) = self.also_open.as_ref().filter(|(of, _)| *of == number)?;
        let names: Vec<String> = others
            .iter()
            .map(|other| self.facts.operator_name(*other))
            .collect();
        let names = names.join(&self.facts.t("list-comma"));
        let count = others.len();
        let key = "also-open";
        Some(self.facts.tw(key, &[("names", &names), ("count", &count)]))
    }
}
