//! Forms on paper from the screen: which form, of which records, and where the file goes. The desk
//! hands out what is printed, the `report` room lays it out.

use super::App;
use super::forms::{self, FormId};
use super::job::{Order, Place, Printed, UnderWay, Work};
use super::popup::Popup;
use super::saving::mark_problems;
use crate::desk::contract::Sort;
use crate::domain::filing::IndexBy;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Day;
use crate::report::forms::{Form as Paper, PaperFormat};

impl App {
    /// What the list that is shown can be printed as, the usual form first.
    fn papers(&self) -> &'static [Paper] {
        let procedure = self.facts.profile.complaints.procedure;
        let kind = self.pane().map(|pane| pane.list().kind);
        if kind == Some(Kind::Registration) {
            // A customer who closed has a file form of their own, and stands on the day's like all others.
            let selected = self.selected().map(|(_, record)| record);
            let closed = matches!(selected, Some(Record::Registration(it)) if it.has_closed());
            return if closed {
                &[Paper::FileForm, Paper::Registrations]
            } else {
                &[Paper::Registrations]
            };
        }
        kind.map_or(&[], |kind| Paper::of(kind, procedure))
    }

    /// Why nothing can be printed now.
    pub(crate) fn why_not_print(&self) -> Option<String> {
        match self.papers() {
            [] => Some(self.facts.t("why-no-paper")),
            [first, ..] if first.is_of_day() => None,
            _ => {
                let none = self.printed().is_empty();
                none.then(|| self.facts.t("why-no-record"))
            }
        }
    }

    /// The records that are marked, or the selected one.
    fn printed(&self) -> Vec<Number> {
        let marked = self.marked();
        if !marked.is_empty() {
            return marked;
        }
        let selected = self.pane().and_then(|pane| pane.list().selected());
        selected
            .map(|row| row.record.number())
            .into_iter()
            .collect()
    }

    /// Opens the form that asks which paper, how, and where to; while something is under way, that.
    pub(crate) fn open_print(&mut self) {
        if self.job.is_some() {
            return self.popups.push(Popup::Working);
        }
        let papers = self.papers();
        let Some(paper) = papers.first().copied() else {
            return;
        };
        let mut form = forms::blank(FormId::Print, None, &self.facts);
        form.offer("paper", papers.iter().map(|paper| paper.id()).collect());
        let of_day = paper.is_of_day();
        let today = self.facts.today();
        form.set("paper", paper.id());
        form.set("day", &today.to_string());
        let several = papers.len() > 1 || !of_day;
        form.demand("paper", several, several);
        form.demand("place_of", self.paths, false);
        form.marked = if of_day { Vec::new() } else { self.printed() };
        forms::adjust(&mut form);
        let name = match form.marked.as_slice() {
            [] => format!("{}-{today}", paper.id()),
            [one] => format!("{}-{one}", paper.id()),
            several => format!("{}-{today}-{}", paper.id(), several.len()),
        };
        form.set("file_name", &name);
        form.go_to(if of_day { "day" } else { "paper" });
        self.popups.push(Popup::Form(Box::new(form)));
    }

    /// Has the form on top printed.
    pub(crate) fn send_print(&mut self) {
        let sort = self.pane().map(|pane| pane.list().sort);
        let today = self.facts.today();
        let Some(Popup::Form(form)) = self.popups.last_mut() else {
            return;
        };
        // The index stands in the order of the list.
        let by = match sort {
            Some(Sort::Name) => IndexBy::Name,
            _ => IndexBy::Number,
        };
        let paper = paper_of(form).unwrap_or(Paper::Slip);
        let of_day = paper.is_of_day();
        let typed = form.value("day").trim().to_owned();
        let day = Day::parse(&typed);
        let format = PaperFormat::from_id(form.value("paper_format"));
        let format = format.unwrap_or(PaperFormat::Html);
        let name = form.value("file_name").trim().to_owned();
        let problem = if of_day && day.is_none() {
            Some(Problem::new("not-a-date").field("day").arg("value", &typed))
        } else if name.is_empty() {
            Some(Problem::required("file_name"))
        } else {
            None
        };
        if let Some(problem) = problem {
            if let Some(first) = mark_problems(form, &[problem], &self.facts) {
                form.go_to(&first);
            }
            return;
        }
        // The name that was put in is that of another paper.
        let name = match Paper::ALL.iter().find(|it| name.starts_with(it.id())) {
            Some(other) if other != &paper && paper.is_of_day() => {
                format!("{}-{typed}", paper.id())
            }
            Some(other) if other != &paper && paper == Paper::FileIndex => {
                format!("{}-{today}", paper.id())
            }
            _ => name,
        };
        let what = match day.filter(|_| of_day) {
            Some(day) => Printed::Day(paper, day),
            None if paper == Paper::FileIndex => Printed::Index(by),
            None => Printed::Records(paper, form.marked.clone()),
        };
        let ending = format.ending();
        let name = if name.ends_with(ending) {
            name
        } else {
            name + ending
        };
        let to = match form.value("place_of") {
            "path" => Place::Path(name),
            _ => Place::Outbox(name),
        };
        self.popups.pop();
        self.job = Some(UnderWay {
            to: Some(to.clone()),
            ..UnderWay::new(Work::Print, to.file())
        });
        self.popups.push(Popup::Working);
        self.order(Order::Print { what, format, to });
    }
}

/// The paper that is chosen; the only one there is where nothing is to be chosen.
fn paper_of(form: &super::form::Form) -> Option<Paper> {
    form.field("paper")
        .and_then(|field| Paper::from_id(field.value()))
}

/// What the form that prints asks for of the paper that is chosen: a day, and as what it is laid out.
pub(super) fn adjust(form: &mut super::form::Form) {
    let Some(paper) = paper_of(form) else {
        return;
    };
    form.demand("day", paper.is_of_day(), paper.is_of_day());
    let formats = paper.formats();
    form.offer("paper_format", formats.iter().map(|it| it.id()).collect());
    let chosen = PaperFormat::from_id(form.value("paper_format"));
    if chosen.is_none_or(|chosen| !formats.contains(&chosen)) {
        form.set("paper_format", PaperFormat::Html.id());
    }
}
