//! The analysis of a quarter's complaints over the panes: going from number to number and from
//! quarter to quarter, the list behind a number, and what there is to do with the report (A13-c5a to
//! A13-c6). It is laid out by `report`; how it is drawn is not here.

use std::cell::Cell as Place;

use super::App;
use super::effect::{Origin, Tag};
use super::facts::Facts;
use super::forms::{self, FormId};
use super::picker::{Choice, Item, Picker};
use super::popup::{Popup, Scroll};
use crate::desk::contract::{At, Command, Page, QuarterReport, Query};
use crate::domain::analysis::{self, AnalysisState, AnalysisStep, Cell, Part, Quarter};
use crate::domain::context::Context;
use crate::domain::number::{Kind, Number};
use crate::domain::profile::ComplaintStep;
use crate::domain::record::Record;
use crate::keys::Action;
use crate::report::quarterly::{self, Words};
use crate::report::text::{Laid, laid};
use crate::report::{Behind, Block, Document};

/// The list behind a number shows at most so many complaints.
const MOST_ROWS: u32 = 500;

/// The analysis of a quarter that is open.
#[derive(Debug)]
pub struct Quarterly {
    /// As the desk told it.
    pub report: Box<QuarterReport>,
    /// The place of what is selected: first what can be done, then the numbers as they stand.
    pub selected: usize,
    /// The columns as last drawn: a line is found by these.
    pub columns: Place<usize>,
    /// The rows that were last drawn for the figures.
    pub room: Place<usize>,
    /// The first row shown.
    pub scroll: Scroll,
    /// The selected one was moved to: it is brought into sight with the next drawing.
    pub follows: Place<bool>,
}

/// What can be done with a report from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// It is begun (A13-c5a).
    Begin,
    /// A department's part is written (A13-c5b).
    Write(String),
    /// It goes to the general manager (A13-c6).
    Submit,
}

impl Quarterly {
    /// Its quarter.
    pub fn quarter(&self) -> Quarter {
        self.report.figures.quarter
    }

    /// What can be done with it, in the order in which it is done. Parts are offered to those who
    /// may write them.
    pub fn deeds(&self, facts: &Facts) -> Vec<Deed> {
        let Some(analysis) = &self.report.analysis else {
            return vec![Deed::Begin];
        };
        if analysis.state != AnalysisState::Draft {
            return Vec::new();
        }
        let mut departments: Vec<&str> = self.report.figures.responsible().collect();
        let written = analysis.parts.iter().map(|part| part.department.as_str());
        departments.extend(written);
        departments.sort_unstable();
        departments.dedup();
        let may = |department: &str, context: &Context| {
            context.is_of(department) || context.may_carry(ComplaintStep::SumUp).is_ok()
        };
        departments.retain(|department| {
            let may = facts.computed(|context| may(department, context));
            may.unwrap_or_default()
        });
        let parts = departments.into_iter().map(str::to_owned);
        parts.map(Deed::Write).chain([Deed::Submit]).collect()
    }

    /// Why something cannot be done with it now: the rule is tried.
    pub fn why_not(&self, deed: &Deed, facts: &Facts) -> Option<String> {
        let quarter = self.quarter();
        match (deed, &self.report.analysis) {
            (Deed::Begin, _) => facts.refused(|context| {
                let first = Number {
                    kind: Kind::Analysis,
                    year: quarter.year,
                    seq: 0,
                };
                analysis::draft(first, quarter, context)
            }),
            (Deed::Submit, Some(analysis)) => facts.refused(|context| {
                let note = String::new();
                let figures = self.report.figures.clone();
                analysis::step(analysis, &AnalysisStep::Submit { note }, figures, context)
            }),
            _ => None,
        }
    }

    /// Its lines, with the figures first: who signs is for paper.
    pub fn lines(&self, facts: &Facts) -> Vec<Laid> {
        let words = Words {
            texts: &facts.texts,
            profile: &facts.profile,
        };
        let document = quarterly::document(&self.report, words);
        let is_for_screen = |block: &Block| !matches!(block, Block::Signatures(_));
        let blocks = document.blocks.into_iter().filter(is_for_screen);
        let document = Document {
            title: String::new(),
            subtitle: document.subtitle,
            blocks: blocks.collect(),
        };
        let is_plain = facts.glyphs.ascii || facts.glyphs.wide_ambiguous;
        let lines = laid(&document, self.columns.get(), !is_plain);
        // The title stands on the border.
        lines.into_iter().skip(1).collect()
    }

    /// Whether a part of a department is written.
    pub fn is_written(&self, department: &str) -> bool {
        let analysis = self.report.analysis.as_ref();
        analysis.is_some_and(|it| it.parts.iter().any(|part| part.department == department))
    }

    fn at(&self) -> Option<At> {
        let meta = &self.report.analysis.as_ref()?.meta;
        Some(At {
            number: meta.number,
            version: meta.version,
        })
    }

    /// The place to go to from the one selected, by so many numbers or to either end.
    fn stepped(&self, action: Action, facts: &Facts) -> usize {
        let lines = self.lines(facts);
        let deeds = self.deeds(facts).len();
        let of_line = lines.iter().enumerate();
        let of_line = of_line.flat_map(|(at, line)| line.numbers.iter().map(move |_| at));
        let of_line: Vec<usize> = of_line.collect();
        let last = (deeds + of_line.len()).saturating_sub(1);
        let page = self.room.get().max(1);
        // The line of a number; a deed stands above the first.
        let here = self.selected.checked_sub(deeds);
        let line = here.and_then(|place| of_line.get(place)).copied();
        match action {
            Action::Up => self.selected.saturating_sub(1),
            Action::Down => (self.selected + 1).min(last),
            Action::First | Action::LineStart => 0,
            Action::Last | Action::LineEnd => last,
            Action::PageDown => {
                let wanted = line.unwrap_or(0) + page;
                let found = of_line.iter().position(|at| *at >= wanted);
                found.map_or(last, |place| deeds + place)
            }
            Action::PageUp => match line.and_then(|line| line.checked_sub(page)) {
                Some(wanted) => {
                    let found = of_line.iter().position(|at| *at >= wanted);
                    found.map_or(0, |place| deeds + place)
                }
                None => 0,
            },
            _ => self.selected,
        }
    }

    /// The number that is selected, with the quarter of its complaints.
    fn number(&self, facts: &Facts) -> Option<(Quarter, Cell)> {
        let place = self.selected.checked_sub(self.deeds(facts).len())?;
        let lines = self.lines(facts);
        let mut numbers = lines.iter().flat_map(|line| &line.numbers);
        match &numbers.nth(place)?.behind {
            Behind::Complaints(quarter, cell) => Some((*quarter, cell.clone())),
            Behind::Records(_) => None,
        }
    }
}

impl App {
    /// The analysis that is open, under whatever stands over it.
    fn quarterly_mut(&mut self) -> Option<&mut Quarterly> {
        self.popups.iter_mut().find_map(|popup| match popup {
            Popup::Quarterly(open) => Some(&mut **open),
            _ => None,
        })
    }

    fn quarterly(&self) -> Option<&Quarterly> {
        self.popups.iter().find_map(|popup| match popup {
            Popup::Quarterly(open) => Some(&**open),
            _ => None,
        })
    }

    /// Opens the analysis of the present quarter.
    pub(crate) fn open_quarterly(&mut self) {
        let quarter = Quarter::of_day(self.facts.today());
        let tag = Tag::Quarterly { opens: true };
        self.look(tag, Query::Analysis(quarter));
    }

    /// The analysis that is open is asked for again, after something in it may have changed.
    pub(crate) fn refresh_quarterly(&mut self) {
        if let Some(quarter) = self.quarterly().map(Quarterly::quarter) {
            let tag = Tag::Quarterly { opens: false };
            self.look(tag, Query::Analysis(quarter));
        }
    }

    /// The analysis of a quarter has come.
    pub(crate) fn took_quarterly(&mut self, opens: bool, report: Box<QuarterReport>) {
        if let Some(open) = self.quarterly_mut() {
            if open.quarter() != report.figures.quarter {
                open.selected = 0;
                open.follows.set(true);
            }
            let before = std::mem::replace(&mut open.report, report);
            self.renew_report_form(&before);
        } else if opens {
            self.popups.push(Popup::Quarterly(Box::new(Quarterly {
                report,
                selected: 0,
                columns: Place::new(usize::from(self.size.0)),
                room: Place::new(0),
                scroll: Place::new(0),
                follows: Place::new(true),
            })));
        }
        let Self { popups, facts, .. } = self;
        let open = popups.iter_mut().find_map(|popup| match popup {
            Popup::Quarterly(open) => Some(open),
            _ => None,
        });
        // Fewer numbers may stand there now.
        if let Some(open) = open {
            let last = open.stepped(Action::Last, facts);
            open.selected = open.selected.min(last);
        }
    }

    /// A form that is open over the analysis goes on from the report as it is now: departments write
    /// at the same time. Where somebody wrote this very part meanwhile it stays as it is, and saving
    /// it says that the record has changed.
    fn renew_report_form(&mut self, before: &QuarterReport) {
        let Some(open) = self.quarterly() else { return };
        let Some(at) = open.at() else { return };
        let Some(form) = self.popups.iter().find_map(|popup| match popup {
            Popup::Form(form) => Some(form),
            _ => None,
        }) else {
            return;
        };
        let is_its = form.about.is_some_and(|about| about.number == at.number);
        let department = form.value("department").to_owned();
        let part = |report: &QuarterReport| -> Option<Part> {
            let parts = report.analysis.as_ref().map(|it| it.parts.iter());
            let mut parts = parts.into_iter().flatten();
            parts.find(|part| part.department == department).cloned()
        };
        let same = form.id == FormId::SubmitReport || part(before) == part(&open.report);
        if is_its && same {
            for popup in &mut self.popups {
                if let Popup::Form(form) = popup {
                    form.about = Some(at);
                }
            }
        }
    }

    /// An action in the analysis that is on top.
    pub(crate) fn quarterly_action(&mut self, action: Action) {
        let today = Quarter::of_day(self.facts.today());
        let Self { popups, facts, .. } = self;
        let Some(Popup::Quarterly(open)) = popups.last_mut() else {
            return;
        };
        let quarter = match action {
            Action::Cancel => {
                popups.pop();
                return;
            }
            Action::Accept => return self.open_selected(),
            Action::CaretLeft => open.quarter().before(),
            Action::CaretRight if open.quarter() < today => open.quarter().next(),
            _ => {
                let place = open.stepped(action, facts);
                // What is written stands below the last number.
                let below = match action {
                    Action::Down => 1,
                    Action::PageDown => open.room.get(),
                    _ => 0,
                };
                let stays = place == open.selected && below > 0;
                if stays {
                    open.scroll.set(open.scroll.get() + below);
                }
                open.follows.set(!stays);
                open.selected = place;
                return;
            }
        };
        let tag = Tag::Quarterly { opens: false };
        self.look(tag, Query::Analysis(quarter));
    }

    /// Does what is selected, or opens the list behind the number.
    fn open_selected(&mut self) {
        let Some(open) = self.quarterly() else { return };
        let deed = open.deeds(&self.facts).into_iter().nth(open.selected);
        if let Some(deed) = deed {
            return self.do_deed(deed);
        }
        if let Some((quarter, cell)) = open.number(&self.facts) {
            let query = Query::AnalysisRows {
                quarter,
                cell: cell.clone(),
                limit: MOST_ROWS,
            };
            self.look(Tag::Behind { quarter, cell }, query);
        }
    }

    fn do_deed(&mut self, deed: Deed) {
        let Some(open) = self.quarterly() else { return };
        if let Some(reason) = open.why_not(&deed, &self.facts) {
            return self.complain(reason);
        }
        let quarter = open.quarter();
        let at = open.at();
        match deed {
            Deed::Begin => {
                self.change(Command::DraftAnalysis { quarter }, Origin::Key, Vec::new());
            }
            Deed::Write(department) => {
                let analysis = open.report.analysis.as_ref();
                let parts = analysis.map(|analysis| &analysis.parts);
                let part =
                    parts.and_then(|parts| parts.iter().find(|it| it.department == department));
                let form = forms::part::form(at, &department, part, &self.facts);
                match form {
                    Some(form) => self.popups.push(Popup::Form(Box::new(form))),
                    None => self.complain(self.facts.t("why-many-measures")),
                }
            }
            Deed::Submit => {
                let form = forms::blank(FormId::SubmitReport, at, &self.facts);
                self.popups.push(Popup::Form(Box::new(form)));
            }
        }
    }

    /// The complaints behind a number have come: a list to open them from.
    pub(crate) fn took_behind(&mut self, quarter: Quarter, cell: &Cell, page: Page) {
        if self.quarterly().is_none() {
            return;
        }
        let facts = &self.facts;
        let name = Words {
            texts: &facts.texts,
            profile: &facts.profile,
        }
        .cell(cell);
        let more = page.after;
        let records = page.rows.into_iter().map(|(_, row)| row.record);
        let items: Vec<Item> = records
            .filter_map(|record| match record {
                Record::Complaint(complaint) => Some(complaint),
                _ => None,
            })
            .map(|complaint| {
                let text = complaint.details.text.replace('\n', " ");
                let number = complaint.meta.number;
                Item {
                    choice: Choice::Open(number),
                    label: format!("{number}  {}  {text}", complaint.details.complainant),
                    note: facts.texts.name("complaint-state", complaint.state.id()),
                    why_not: None,
                }
            })
            .collect();
        if items.is_empty() {
            return self.complain(self.facts.t("none-found"));
        }
        let count = items.len();
        let key = if more { "behind-first" } else { "behind-all" };
        let args: [(&str, &dyn std::fmt::Display); 3] =
            [("quarter", &quarter), ("name", &name), ("count", &count)];
        let mut picker = Picker::new("popup-behind", Vec::new());
        picker.about = facts.tw(key, &args);
        picker.items = items;
        self.popups.push(Popup::Picker(picker));
    }

    /// Sends the form of a department's part, or the one that submits the report.
    pub(crate) fn send_report_form(&mut self) {
        let Some(Popup::Form(form)) = self.popups.last_mut() else {
            return;
        };
        match forms::part::command(form) {
            Ok(command) => self.change(command, Origin::Popup, Vec::new()),
            Err(problem) => {
                if let Some(first) = super::saving::mark_problems(form, &[problem], &self.facts) {
                    form.go_to(&first);
                }
            }
        }
    }
}
