//! Keys in the popup of a file on its way in, and what its buttons do.

use super::{Button, Stage};
use crate::app::App;
use crate::app::job::{Order, UnderWay, Work};
use crate::domain::adopt::Existing;
use crate::keys::Action;

/// Bytes of a file's name that the name of its refused rows begins with.
const MOST_STEM: usize = 60;

impl App {
    /// Keys in the popup of a file on its way.
    pub(crate) fn incoming_action(&mut self, action: Action, step: isize) {
        let Some(incoming) = &mut self.incoming else {
            self.popups.pop();
            return;
        };
        let buttons = incoming.buttons();
        let last = buttons.len().saturating_sub(1);
        let fields = incoming.fields().len();
        match (incoming.stage, action) {
            (Stage::Opening, Action::Accept) if self.job.is_none() => self.go_on_choosing(),
            (Stage::Trying | Stage::Running, Action::Accept) => {
                self.popups.pop();
            }
            (Stage::Trying | Stage::Running, Action::Cancel) => self.ask_to_stop(),
            (Stage::Opening, Action::Cancel) if self.job.is_some() => self.ask_to_stop(),
            (Stage::Tried, Action::Cancel) => incoming.enter(Stage::Columns),
            (_, Action::Cancel) => self.close_incoming(),
            (Stage::Columns, Action::Accept) if incoming.field < fields => self.offer_columns(),
            (_, Action::Accept) => {
                if let Some(button) = buttons.get(incoming.button.min(last)) {
                    self.pressed(*button);
                }
            }
            (_, Action::CaretLeft) => incoming.button = incoming.button.saturating_sub(1),
            (_, Action::CaretRight) => incoming.button = (incoming.button + 1).min(last),
            (Stage::Columns, _) => {
                incoming.field = incoming.field.saturating_add_signed(step).min(fields);
            }
            (Stage::Tried | Stage::Done, _) => {
                let top = incoming.scroll.get().saturating_add_signed(step);
                incoming.scroll.set(top);
            }
            _ => {}
        }
    }

    pub(super) fn pressed(&mut self, button: Button) {
        match button {
            Button::Try => {
                let missing = self.incoming.as_ref().map(|it| it.missing());
                if let Some(first) = missing.unwrap_or_default().first() {
                    let field = self.facts.texts.name("column", first);
                    let text = self.facts.tw("import-missing", &[("field", &field)]);
                    return self.complain(text);
                }
                self.run_import(true);
            }
            Button::Run => self.run_import(false),
            Button::Fill => {
                self.with_incoming(|it| it.existing = Existing::Fill);
                self.run_import(true);
            }
            Button::New => {
                self.with_incoming(|it| it.existing = Existing::New);
                self.run_import(true);
            }
            Button::Columns => self.with_incoming(|it| {
                it.existing = Existing::default();
                it.enter(Stage::Columns);
            }),
            Button::Close => self.close_incoming(),
            Button::Rejects => {
                let Some(incoming) = &self.incoming else {
                    return;
                };
                let file = incoming.from.file();
                let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
                let stem = stem
                    .get(..stem.floor_char_boundary(MOST_STEM))
                    .unwrap_or_default();
                let name = self.facts.tw("import-rejects-name", &[("name", &stem)]);
                self.job = Some(UnderWay::new(Work::Rejects, &name));
                self.order(Order::SaveRejects { name });
            }
            Button::TakeBack => {
                let import = self.incoming.as_ref().and_then(|it| it.tally.import);
                if let Some(import) = import {
                    self.ask_to_take_back(import);
                }
            }
        }
    }
}
