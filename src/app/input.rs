//! A key or a paste: which layers it is looked up in, and who gets it.
//!
//! A printable key where something is typed is text and nothing else; every other key is looked
//! up in the layers of what has the focus, the most local first.

use super::App;
use super::actions::Done;
use super::commands::is_for_list;
use super::facts::Facts;
use super::form::Form;
use super::forms::{self, too_long};
use super::popup::Popup;
use crate::keys::keymap::Found;
use crate::keys::{Action, Input, Key, Layer, Step};

impl App {
    /// The layers that have the focus, the most local first.
    pub fn layers(&self) -> Vec<Layer> {
        match self.popups.last() {
            Some(Popup::Form(_)) => return vec![Layer::Field, Layer::Form, Layer::Global],
            Some(popup) if popup.takes_text() => return vec![Layer::Popup, Layer::Field],
            Some(_) => return vec![Layer::Popup],
            None => {}
        }
        let Some(pane) = self.pane() else {
            return vec![Layer::Global];
        };
        if pane.form.is_some() {
            vec![Layer::Field, Layer::Form, Layer::Global]
        } else if pane.find.is_some() {
            vec![Layer::Popup, Layer::Field]
        } else {
            vec![pane.layer(), Layer::List, Layer::Global]
        }
    }

    /// Takes a key or a paste.
    pub(crate) fn input(&mut self, input: Input) {
        self.toast = None;
        match input {
            Input::Key(key) => self.key(key),
            Input::Paste(_) if self.is_veiled() => {}
            Input::Paste(text) => {
                self.resolver.reset();
                self.pending.clear();
                if !self.reads_paste(&text) {
                    self.text(&text);
                }
            }
        }
        self.mask_again();
        if self.popups.is_empty() {
            self.fetch_side();
        }
    }

    /// A key while the screen is covered: looked up where lists and popups have none of their own.
    fn key_on_veil(&mut self, key: Key) {
        let layers = [Layer::List, Layer::Popup, Layer::Global];
        let step = self.resolver.press(&self.keymap, &layers, key);
        self.pending.clear();
        if let Step::Matched(action) = step {
            self.veiled_action(action);
        }
    }

    fn key(&mut self, key: Key) {
        if self.is_veiled() {
            return self.key_on_veil(key);
        }
        if self.reads(key) {
            return;
        }
        let layers = self.layers();
        let mut step = self.resolver.press(&self.keymap, &layers, key);
        if step == Step::NotFound
            && key.text().is_none()
            && self.popups.last().is_some_and(Popup::goes_sideways)
        {
            // Buttons and quarters stand beside each other: the keys that move a caret move
            // between them.
            step = self.resolver.press(&self.keymap, &[Layer::Field], key);
        }
        if step == Step::NotFound && self.is_beside_profile() {
            // The profile stands beside the record; nothing else of a field is meant here.
            let found = self.keymap.find(&[Layer::Field], &[key.folded()]);
            if let Found::Action(action @ (Action::CaretLeft | Action::CaretRight)) = found {
                step = Step::Matched(action);
            }
        }
        if step == Step::NotFound && self.is_over_selected() {
            // What the list can do with the record, it can do while the record is open over it.
            let layer = self.pane().map(super::pane::Pane::layer);
            let layers: Vec<Layer> = layer.into_iter().collect();
            step = self.resolver.press(&self.keymap, &layers, key);
            if matches!(step, Step::Matched(_)) {
                self.popups.pop();
            }
        }
        if step == Step::NotFound {
            // The screen is locked and covered from wherever one is.
            let found = self.keymap.find(&[Layer::Global], &[key.folded()]);
            if let Found::Action(action @ (Action::Lock | Action::Veil)) = found {
                step = Step::Matched(action);
            }
        }
        self.pending.clear();
        match step {
            Step::Matched(action) => {
                if let Some(Popup::Confirm(confirm)) = self.popups.last_mut()
                    && action == Action::Accept
                    && key.text().is_some()
                {
                    confirm.yes = true;
                }
                match action {
                    Action::Lock => self.lock(),
                    Action::Veil => self.veil(),
                    _ => self.act(action),
                }
            }
            Step::Pending(next) => self.pending = next,
            Step::NotFound => {
                if let Some(c) = key.text() {
                    self.text(c.encode_utf8(&mut [0; 4]));
                }
            }
            Step::Cancelled => {}
        }
    }

    /// Whether the record that is open is the one that is selected under it.
    fn is_over_selected(&self) -> bool {
        let selected = self.selected().map(|(at, _)| at.number);
        match self.popups.as_slice() {
            [Popup::Record(opened, _)] => selected == Some(opened.row.record.number()),
            _ => false,
        }
    }

    /// Text goes to what is being typed in; elsewhere it is nothing.
    pub(crate) fn text(&mut self, text: &str) {
        match self.popups.last_mut() {
            Some(Popup::Picker(_)) => return self.picker_text(text),
            Some(Popup::Form(form)) => {
                form.type_in(text);
                forms::adjust(form);
                said_cut(form, &self.facts);
                return;
            }
            Some(_) => return,
            None => {}
        }
        let waits = self.is_on_the_way();
        let Self {
            panes,
            current,
            facts,
            ..
        } = self;
        let Some(pane) = panes.get_mut(*current) else {
            return;
        };
        if let Some(find) = &mut pane.find {
            find.insert(text);
            self.found();
        } else if waits {
            self.say_waits();
        } else if let Some(form) = &mut pane.form {
            let typed = form.type_in(text);
            said_cut(form, facts);
            if typed {
                self.form_changed();
            }
        } else if !text.is_ascii() {
            // Somebody types commands while the input method is on.
            let reason = self.facts.t("help-input-method");
            self.complain(reason);
        }
    }

    /// Does what an action says: popup, search line, form, pane, in this order.
    pub fn act(&mut self, action: Action) {
        if let Some(popup) = self.popups.last() {
            if matches!(popup, Popup::Form(_)) {
                self.popup_form_action(action);
            } else {
                self.popup_action(action);
            }
            return;
        }
        let finding = self.pane().is_some_and(|pane| pane.find.is_some());
        if finding && self.find_action(action) {
            return;
        }
        let typing = self.pane().is_some_and(|pane| pane.form.is_some());
        if typing && self.form_action(action) {
            return;
        }
        if typing && is_for_list(action) {
            return;
        }
        match self.run(action) {
            Done::Yes => {}
            Done::No(reason) => self.complain(reason),
        }
    }
}

/// Says beside the field with the focus that not all of what was typed or pasted fits.
fn said_cut(form: &mut Form, facts: &Facts) {
    if let Some(field) = form.focused_mut()
        && let Some(problem) = too_long(field)
    {
        field.error = Some(facts.problem(&problem));
    }
}
