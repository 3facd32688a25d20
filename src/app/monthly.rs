//! The reports of a month over the panes: choosing one, going from month to month, and the records behind
//! a figure (A03-4.1.1, A07-d2, A07-f8, A13-a7a). They are laid out by `report`.

use std::cell::Cell as Place;

use super::App;
use super::effect::Tag;
use super::facts::Facts;
use super::picker::{Choice, Item, Picker};
use super::popup::{Popup, Scroll};
use crate::desk::contract::Query;
use crate::domain::archive::FileSort;
use crate::domain::fines::Month;
use crate::domain::monthly::{Monthly, MonthlyKind};
use crate::domain::number::Number;
use crate::domain::procedure::ArchiveStep;
use crate::domain::profile::{Profile, Tab};
use crate::keys::Action;
use crate::report::monthly;
use crate::report::quarterly::Words;
use crate::report::text::{Laid, laid};
use crate::report::{Behind, Document};

/// A report of a month that is open.
#[derive(Debug)]
pub struct OpenMonthly {
    /// As the desk told it.
    pub report: Box<Monthly>,
    /// The figure that is selected, among those with records behind them.
    pub selected: usize,
    /// The columns as last drawn.
    pub columns: Place<usize>,
    /// The rows that were last drawn.
    pub room: Place<usize>,
    /// The first row shown.
    pub scroll: Scroll,
    /// The selected figure was moved to: it is brought into sight with the next drawing.
    pub follows: Place<bool>,
}

impl OpenMonthly {
    /// Its name, which stands on the border.
    pub fn title(&self, facts: &Facts) -> String {
        self.document(facts).title
    }

    fn document(&self, facts: &Facts) -> Document {
        let words = Words {
            texts: &facts.texts,
            profile: &facts.profile,
        };
        monthly::document(&self.report, words)
    }

    /// Its lines.
    pub fn lines(&self, facts: &Facts) -> Vec<Laid> {
        let is_plain = facts.glyphs.ascii || facts.glyphs.wide_ambiguous;
        let document = self.document(facts);
        let lines = laid(&document, self.columns.get(), !is_plain);
        lines.into_iter().skip(1).collect()
    }

    fn behind(&self, facts: &Facts) -> Vec<Behind> {
        let lines = self.lines(facts);
        let numbers = lines.into_iter().flat_map(|line| line.numbers);
        numbers.map(|number| number.behind).collect()
    }

    /// Goes to another figure; past the last and where there is none the text is scrolled.
    fn go(&mut self, action: Action, facts: &Facts) {
        let last = self.behind(facts).len().checked_sub(1);
        let page = self.room.get().max(1);
        let (by, rows) = match action {
            Action::Up => (-1, -1),
            Action::Down => (1, 1),
            Action::PageUp => (0, -page.cast_signed()),
            Action::PageDown => (0, page.cast_signed()),
            Action::First | Action::LineStart => (isize::MIN, isize::MIN),
            Action::Last | Action::LineEnd => (isize::MAX, isize::MAX),
            _ => return,
        };
        let before = self.selected;
        let wanted = self.selected.saturating_add_signed(by);
        self.selected = wanted.min(last.unwrap_or(0));
        let moved = last.is_some() && self.selected != before;
        self.follows.set(moved);
        if !moved {
            let scroll = self.scroll.get().saturating_add_signed(rows);
            self.scroll.set(scroll);
        }
    }
}

/// The reports that a site has.
fn offered(profile: &Profile) -> Vec<MonthlyKind> {
    let archive = &profile.archive;
    let cars = |kind: &FileSort| *kind == FileSort::NewCar;
    let has = |kind: MonthlyKind| match kind {
        MonthlyKind::Stock | MonthlyKind::Usage => true,
        MonthlyKind::NewCars => archive
            .checklists
            .iter()
            .any(|list| list.sorts.iter().any(cars)),
        MonthlyKind::Sources => archive.steps.contains_key(&ArchiveStep::RecordTransaction),
        MonthlyKind::Registrations => profile.registration.is_some(),
        MonthlyKind::Fines => !archive.fines.tariffs.is_empty(),
        MonthlyKind::Surveys => archive.steps.contains_key(&ArchiveStep::RunSurvey),
        MonthlyKind::Referrals | MonthlyKind::Relationships => {
            profile.tabs.contains(&Tab::Customers)
        }
        MonthlyKind::Catalogue => archive.steps.contains_key(&ArchiveStep::KeepCatalogue),
        MonthlyKind::Contacts | MonthlyKind::Campaigns | MonthlyKind::Plan => {
            profile.tabs.contains(&Tab::FollowUps)
        }
        MonthlyKind::Profiles | MonthlyKind::Needs => profile.dossier.is_some(),
    };
    let all = MonthlyKind::ALL.iter().copied();
    all.filter(|kind| has(*kind)).collect()
}

impl App {
    /// The reports of a month, to choose from; the only one there is opens at once.
    pub(crate) fn pick_monthly(&mut self) {
        let offered = offered(&self.facts.profile);
        if let [only] = offered.as_slice() {
            return self.open_monthly(*only);
        }
        let items = offered.iter().enumerate().map(|(place, kind)| Item {
            choice: Choice::Monthly(*kind),
            label: self.facts.texts.name("monthly", kind.id()),
            note: (place + 1).to_string(),
            why_not: None,
        });
        let items = items.collect();
        self.popups
            .push(Popup::Picker(Picker::new("popup-monthly", items)));
    }

    /// Opens a report of the present month.
    pub(crate) fn open_monthly(&mut self, kind: MonthlyKind) {
        let month = Month::of(self.facts.today());
        let tag = Tag::Monthly { opens: true };
        self.look(tag, Query::Monthly(kind, month));
    }

    /// A report of a month has come.
    pub(crate) fn took_monthly(&mut self, opens: bool, report: Box<Monthly>) {
        let open = self.popups.iter_mut().find_map(|popup| match popup {
            Popup::Monthly(open) => Some(open),
            _ => None,
        });
        if let Some(open) = open {
            open.report = report;
            open.selected = 0;
            open.scroll.set(0);
            open.follows.set(true);
        } else if opens {
            self.popups.push(Popup::Monthly(Box::new(OpenMonthly {
                report,
                selected: 0,
                columns: Place::new(usize::from(self.size.0)),
                room: Place::new(0),
                scroll: Place::new(0),
                follows: Place::new(true),
            })));
        }
        self.dirty = true;
    }

    /// An action in the report that is on top.
    pub(crate) fn monthly_action(&mut self, action: Action) {
        let present = Month::of(self.facts.today());
        let Self { popups, facts, .. } = self;
        let Some(Popup::Monthly(open)) = popups.last_mut() else {
            return;
        };
        let month = open.report.month();
        let month = match action {
            Action::Cancel => {
                popups.pop();
                return;
            }
            Action::Accept => {
                let behind = open.behind(facts).into_iter().nth(open.selected);
                if let Some(Behind::Records(records)) = behind {
                    self.list_records(&records);
                }
                return;
            }
            Action::CaretLeft => month.before(),
            Action::CaretRight if month < present => month.next(),
            Action::CaretRight => return,
            _ => return open.go(action, facts),
        };
        let kind = open.report.kind();
        self.look(Tag::Monthly { opens: false }, Query::Monthly(kind, month));
    }

    /// The records behind a figure, to open them from.
    fn list_records(&mut self, records: &[(Number, String)]) {
        let items = records.iter().map(|(number, text)| Item {
            choice: Choice::Open(*number),
            label: format!("{number}  {text}"),
            note: String::new(),
            why_not: None,
        });
        let picker = Picker::new("popup-behind", items.collect());
        self.popups.push(Popup::Picker(picker));
    }
}
