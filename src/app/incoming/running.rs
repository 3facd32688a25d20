//! A dry run and the run: what is ordered, and what is told of it.

use std::cell::Cell;

use super::{MOST_LISTED, Stage};
use crate::app::App;
use crate::app::job::{Noted, Order, Told, UnderWay, Work};
use crate::app::popup::Popup;
use crate::exchange::alike::Alike;
use crate::exchange::import::Tally;

impl App {
    pub(super) fn run_import(&mut self, dry: bool) {
        let Some(incoming) = &mut self.incoming else {
            return;
        };
        let Some(mapping) = incoming.mapping.clone() else {
            return;
        };
        let file = incoming.from.file().to_owned();
        incoming.rejects = Alike::default();
        incoming.noted = Noted::default();
        incoming.tally = Tally {
            total: incoming.preview.rows,
            ..Tally::default()
        };
        incoming.enter(if dry { Stage::Trying } else { Stage::Running });
        let work = if dry { Work::Dry } else { Work::Import };
        self.job = Some(UnderWay::new(work, &file));
        let existing = incoming.existing;
        self.order(Order::Import {
            mapping,
            file,
            existing,
            dry,
        });
    }

    /// What the worker tells of a file on its way in.
    pub(crate) fn took_file(&mut self, told: Told) {
        match told {
            Told::Read(preview) => self.was_read(*preview),
            Told::Unread(unread) => self.was_not_read(unread),
            Told::Rows {
                tally,
                rejects,
                noted,
                ended,
            } => {
                let Some(incoming) = &mut self.incoming else {
                    return;
                };
                for reject in &rejects {
                    if incoming.rejects.groups().len() < MOST_LISTED {
                        incoming.rejects.push(reject, &self.facts.texts);
                    }
                }
                incoming.note(noted);
                incoming.tally = *tally;
                if ended {
                    self.run_ended();
                }
            }
            Told::RejectsSaved { name } => {
                let lines = vec![
                    self.facts.tw("import-rejects-saved", &[("name", &name)]),
                    self.facts.tw("exported-fetch", &[("name", &name)]),
                ];
                let scroll = Cell::new(0);
                self.popups
                    .push(Popup::Came("popup-rejects", lines, scroll));
            }
            Told::TakenBack(import) => {
                let text = self.facts.tw("import-taken-back", &[("import", &import)]);
                self.say(text);
                self.close_incoming();
                self.refresh();
            }
            Told::Failed(lines) => {
                let is_reading = self
                    .incoming
                    .as_ref()
                    .is_some_and(|it| it.stage == Stage::Opening);
                if is_reading {
                    self.close_incoming();
                } else {
                    self.with_incoming(|incoming| incoming.enter(Stage::Columns));
                }
                self.came("popup-import", lines, true);
            }
            _ => {}
        }
    }

    pub(super) fn run_ended(&mut self) {
        let Some(incoming) = &mut self.incoming else {
            return;
        };
        let was_dry = incoming.stage == Stage::Trying;
        incoming.enter(if was_dry { Stage::Tried } else { Stage::Done });
        let is_shown = self.popups.iter().any(|it| matches!(it, Popup::Incoming));
        if !was_dry {
            self.refresh();
        }
        if !is_shown {
            let is_free =
                self.popups.is_empty() && self.pane().is_none_or(|pane| pane.form.is_none());
            if is_free {
                self.popups.push(Popup::Incoming);
            } else {
                let text = self.facts.t("import-over");
                self.say(text);
            }
        }
    }

    /// What was under way was stopped: the columns can be chosen again.
    pub(crate) fn incoming_stopped(&mut self) {
        match self.incoming.as_ref().map(|incoming| incoming.stage) {
            Some(Stage::Opening) => self.close_incoming(),
            Some(Stage::Trying) => self.with_incoming(|it| it.enter(Stage::Columns)),
            _ => {}
        }
    }
}
