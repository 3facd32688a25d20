//! The list that is shown, as a file: the form, how far it is, and where the file lies. Also what
//! all long work has in common on the screen.

use std::cell::Cell;
use std::fmt::Display;

use super::App;
use super::effect::Effect;
use super::form::Form;
use super::forms::{self, FormId};
use super::job::{Order, Place, Told, UnderWay, Work};
use super::pane::{filter_label, sort_key};
use super::popup::{Popup, Then};
use crate::desk::contract::{ListQuery, Sort};
use crate::exchange::export::Form as FileForm;
use crate::exchange::lists::Listing;
use crate::keys::Action;

impl App {
    /// Opens the form of an export of the list that is shown; while something is under way, that.
    pub(crate) fn open_export(&mut self) {
        if self.job.is_some() {
            return self.popups.push(Popup::Working);
        }
        let Some(query) = self.exported() else { return };
        let mut form = forms::blank(FormId::Export, None, &self.facts);
        let name = Listing::Records(query).name();
        form.set("file_name", &format!("{name}-{}", self.facts.today()));
        form.demand("place_of", self.paths, false);
        self.popups.push(Popup::Form(Box::new(form)));
    }

    fn exported(&self) -> Option<ListQuery> {
        let list = self.pane()?.list();
        Some(ListQuery {
            kind: list.kind,
            filter: list.filter,
            sort: list.sort,
            find: list.find.clone(),
            after: None,
            before: None,
            from_end: false,
            limit: 0,
            full: false,
        })
    }

    /// The list that is shown, in words: its filter, the words it is narrowed by, its order, its rows.
    pub fn what_is_exported(&self) -> String {
        let Some(list) = self.pane().map(super::pane::Pane::list) else {
            return String::new();
        };
        let facts = &self.facts;
        let mut parts = vec![filter_label(list.filter, list.kind, facts)];
        if !list.find.trim().is_empty() {
            parts.push(facts.tw("title-find", &[("words", &list.find.trim())]));
        }
        if list.sort != Sort::default() {
            parts.push(facts.t(sort_key(list.sort)));
        }
        if let Some(total) = list.total {
            parts.push(facts.tw("title-total", &[("count", &total)]));
        }
        parts.join(&facts.t("list-comma"))
    }

    pub(crate) fn send_export(&mut self) {
        let Some(query) = self.exported() else { return };
        let Some(Popup::Form(form)) = self.popups.last() else {
            return;
        };
        let (to, file_form) = destination(form);
        if to.shown().trim().is_empty() {
            let text = self.facts.t("export-no-name");
            if let Some(Popup::Form(form)) = self.popups.last_mut() {
                form.fail("file_name", text);
            }
            return;
        }
        self.popups.pop();
        self.job = Some(UnderWay {
            to: Some(to.clone()),
            ..UnderWay::new(Work::Export, to.file())
        });
        self.popups.push(Popup::Working);
        self.order(Order::Export {
            listing: Listing::Records(query),
            form: file_form,
            to,
        });
    }

    /// Has long work begun.
    pub(crate) fn order(&mut self, order: Order) {
        self.effects.push(Effect::Work {
            order: Box::new(order),
            operator: self.me,
        });
    }

    /// Ends what is under way, because its operator goes.
    pub(crate) fn stop_work(&mut self) {
        if self.job.take().is_some() {
            self.order(Order::Stop);
        }
    }

    /// Keys while the work under way is looked at: it goes on behind the screen, or ends.
    pub(crate) fn working_action(&mut self, action: Action) {
        match action {
            Action::Accept => {
                self.popups.pop();
            }
            Action::Cancel => self.ask_to_stop(),
            _ => {}
        }
    }

    pub(crate) fn ask_to_stop(&mut self) {
        let Some(job) = &self.job else {
            self.popups.pop();
            return;
        };
        let question = self.facts.t(&format!("confirm-stop-{}", job.work.id()));
        self.confirm(vec![question], Then::StopWork);
    }

    /// Takes in what long work has to tell.
    pub(crate) fn took_work(&mut self, told: Told) {
        let Some(job) = &mut self.job else { return };
        match told {
            Told::Progress { done, total } => (job.done, job.total) = (done, total),
            Told::Joining => job.joining = true,
            Told::Rows { ref tally, .. } if !matches!(told, Told::Rows { ended: true, .. }) => {
                (job.done, job.total) = (tally.read, Some(tally.total));
                self.took_file(told);
            }
            Told::Exported { count, truncated } => self.exported_to(count, truncated),
            Told::Failed(lines) if !job.work.is_on_the_way_in() => {
                let title = match job.work {
                    Work::Export => "popup-export",
                    Work::Print => "popup-paper",
                    _ => "popup-import",
                };
                self.work_over();
                self.came(title, lines, true);
            }
            Told::Stopped => {
                self.work_over();
                let text = self.facts.t("toast-stopped");
                self.say(text);
                self.incoming_stopped();
            }
            told => {
                self.work_over();
                self.took_file(told);
            }
        }
    }

    /// Nothing is under way any more.
    fn work_over(&mut self) {
        self.job = None;
        let asks = |popup: &Popup| match popup {
            Popup::Working => true,
            Popup::Confirm(confirm) => matches!(confirm.then, Then::StopWork),
            _ => false,
        };
        self.popups.retain(|popup| !asks(popup));
    }

    /// The file is there: where, and how it is fetched.
    fn exported_to(&mut self, count: u64, truncated: bool) {
        let job = self.job.as_ref();
        let printed = job.is_some_and(|job| job.work == Work::Print);
        let to = job.and_then(|job| job.to.clone());
        self.work_over();
        let Some(to) = to else { return };
        let key = match (&to, printed) {
            (Place::Outbox(_), false) => "exported-outbox",
            (Place::Path(_), false) => "exported-path",
            (Place::Outbox(_), true) => "printed-outbox",
            (Place::Path(_), true) => "printed-path",
        };
        let name = to.shown().to_owned();
        let args: [(&str, &dyn Display); 2] = [("count", &count), ("name", &name)];
        let mut lines = vec![self.facts.tw(key, &args)];
        if let Place::Outbox(_) = to {
            lines.push(self.facts.tw("exported-fetch", &[("name", &name)]));
        }
        if truncated {
            lines.push(self.facts.tw("export-truncated", &[("count", &count)]));
        }
        let title = if printed {
            "popup-paper"
        } else {
            "popup-export"
        };
        self.came(title, lines, false);
    }

    /// Says what came of long work: over the panes, or, while something else is being done there,
    /// at the foot and in the notices.
    pub(crate) fn came(&mut self, title: &'static str, lines: Vec<String>, bad: bool) {
        let is_free = self.popups.is_empty() && self.pane().is_none_or(|pane| pane.form.is_none());
        if is_free {
            self.popups.push(Popup::Came(title, lines, Cell::new(0)));
            return;
        }
        let text = lines.first().cloned().unwrap_or_default();
        self.notices.push(lines.join(" "));
        if bad {
            self.complain(text);
        } else {
            self.say(text);
        }
    }
}

/// Where the form says that the file goes, and what it is. The ending follows the form of the file.
fn destination(form: &Form) -> (Place, FileForm) {
    let file_form = FileForm::from_id(form.value("format")).unwrap_or(FileForm::Xlsx);
    let name = file_form.file_name(form.value("file_name").trim());
    let place = match form.value("place_of") {
        "path" => Place::Path(name),
        _ => Place::Outbox(name),
    };
    (place, file_form)
}
