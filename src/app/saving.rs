//! The form that is open: its actions, its draft, saving it, and what comes back when it cannot
//! be saved.

use super::App;
use super::drafts::{Draft, DraftId};
use super::effect::{Doing, Effect, Origin, Tag};
use super::form::{Field, FieldKind, Flow, Form};
use super::forms;
use super::popup::{Popup, Then};
use crate::desk::contract::{Command, Failure, Query, RequestId};
use crate::domain::customer::Customer;
use crate::domain::mask;
use crate::domain::profile::Tab;
use crate::domain::record::Record;
use crate::domain::refusal::{Problem, Refusal};
use crate::keys::{Action, Layer};
use crate::text::clean;

/// A number is looked up from so many digits on.
const DIGITS: usize = 3;

impl App {
    /// The field with the focus in the form that is open.
    pub(crate) fn focused_field(&mut self) -> Option<&mut Field> {
        self.form_on_top_mut()?.focused_mut()
    }

    /// An action in the form that is open. Returns whether it was one for a form.
    pub(crate) fn form_action(&mut self, action: Action) -> bool {
        if self.is_on_the_way() && !matches!(action, Action::Leave) {
            let is_its = matches!(action.layer(), Layer::Form | Layer::Field);
            if is_its {
                self.say_waits();
            }
            return is_its;
        }
        self.settle();
        let Some(form) = self.pane_mut().and_then(|pane| pane.form.as_mut()) else {
            return false;
        };
        let focus = form.focus;
        match form.act(action) {
            Flow::Unknown => return false,
            Flow::Moved => {
                let moved = form.focus != focus;
                if moved {
                    self.left_field(focus);
                }
            }
            Flow::Changed => self.form_changed(),
            Flow::Save => self.save(false),
            Flow::SaveAndNew => self.save(true),
            Flow::Pick => self.pick(),
            Flow::Repeat => self.repeat_last(),
            Flow::LastCustomer => self.put_last_customer(),
            Flow::Phrases => self.pick_phrase(),
            Flow::Leave => self.leave_form(),
            Flow::Discard => {
                let question = self.facts.t("confirm-discard");
                self.confirm(vec![question], Then::Discard);
            }
        }
        true
    }

    /// What is typed in a choice stands for a value as soon as anything else is done.
    fn settle(&mut self) {
        let Self {
            panes,
            current,
            facts,
            ..
        } = self;
        let Some(form) = panes.get_mut(*current).and_then(|pane| pane.form.as_mut()) else {
            return;
        };
        let hit = form.hits.first().cloned();
        let Some(field) = form.focused_mut() else {
            return;
        };
        let typed = field.edit.value();
        if !field.is_search() || typed.trim().is_empty() {
            return;
        }
        match &field.kind {
            FieldKind::Choice(options) => {
                if let Some(value) = options.find(typed, facts) {
                    field.set(&value);
                }
            }
            _ => {
                if let Some(customer) = hit {
                    let name = &customer.details.name;
                    field.set(&format!("{} {name}", customer.meta.number));
                    forms::kin::saw(form, &customer);
                }
            }
        }
    }

    /// The focus has left a field: what cannot be understood in it is said beside it.
    fn left_field(&mut self, place: usize) {
        let Self {
            panes,
            current,
            facts,
            ..
        } = self;
        let Some(form) = panes.get_mut(*current).and_then(|pane| pane.form.as_mut()) else {
            return;
        };
        if let Some(field) = form.fields.get_mut(place)
            && (field.is_search() || matches!(field.kind, FieldKind::Phone))
            && !field.edit.value().trim().is_empty()
        {
            let problem = forms::unresolved(field).or_else(|| forms::no_telephone(field));
            field.error = problem.map(|problem| facts.problem(&problem));
        }
        self.form_changed();
    }

    /// A value has changed: other fields follow, the caller is looked up, the draft is kept.
    pub(crate) fn form_changed(&mut self) {
        let Some(pane) = self.pane_mut() else { return };
        let tab = pane.tab;
        let Some(form) = &mut pane.form else { return };
        forms::adjust(form);
        let mut suggest = None;
        let mut digits = None;
        if let Some(field) = form.focused()
            && matches!(field.kind, FieldKind::Customer)
        {
            suggest = Some(field.edit.value().trim().to_owned());
        }
        if form.id.channel().is_some() {
            digits = Some(clean::digits(form.value("phone")));
        }
        if let Some(typed) = suggest {
            if typed.is_empty() {
                form.hits.clear();
            } else {
                self.find_customers(
                    Tag::Suggest {
                        typed: typed.clone(),
                    },
                    &typed,
                );
            }
        }
        if let Some(digits) = digits {
            self.look_up_caller(tab, digits);
        }
        self.look_for_alike(tab);
        self.ask_standing(tab);
        self.keep_draft(tab);
    }

    fn look_up_caller(&mut self, tab: Tab, digits: String) {
        let Some(pane) = self.pane_of(tab) else {
            return;
        };
        let known = pane
            .caller
            .as_ref()
            .is_some_and(|(asked, _)| *asked == digits);
        if digits.len() < DIGITS {
            // A customer chosen without any number stays.
            let cleared = pane.caller.take().is_some();
            if let Some(form) = pane.form.as_mut().filter(|_| cleared) {
                forms::intake::detach(form);
            }
        } else if !known {
            self.look(
                Tag::Caller {
                    digits: digits.clone(),
                },
                Query::Caller { digits },
            );
        }
    }

    /// A customer was chosen for the field with the focus, or as the caller.
    pub(crate) fn customer_chosen(&mut self, customer: &Customer) {
        let Some(pane) = self.pane_mut() else { return };
        let card = pane.caller.as_ref();
        let of_nobody = card.is_some_and(|(_, card)| card.customers.is_empty());
        let Some(form) = pane.form.as_mut() else {
            return;
        };
        let mut number = None;
        let mut digits = String::new();
        match form.focused().map(|field| field.name) {
            Some(name @ ("phone" | "caller")) if form.id.channel().is_some() => {
                forms::intake::detach(form);
                // A customer may call from a number that is not on the card: it stays as typed.
                let begun = name == "phone" && !of_nobody;
                let unknown = begun || form.value("phone").is_empty();
                let known = customer.details.phones.first();
                let whole = known.filter(|phone| !mask::is_masked(&phone.digits));
                if let Some(phone) = whole.filter(|_| unknown) {
                    form.set("phone", &phone.digits);
                }
                form.set("caller", "");
                forms::intake::attach(form, customer);
                let typed = clean::digits(form.value("phone"));
                number = customer.details.phones.first();
                number = number.filter(|known| known.digits != typed);
                digits = typed;
            }
            Some(name) => {
                let value = format!("{} {}", customer.meta.number, customer.details.name);
                form.set(name, &value);
                forms::kin::saw(form, customer);
                form.hits.clear();
            }
            None => {}
        }
        form.changed = true;
        self.form_changed();
        if let Some(known) = number {
            // What is open for the customer shows whichever number the call comes from.
            let known = known.digits.clone();
            self.look(Tag::Caller { digits }, Query::Caller { digits: known });
        }
    }

    fn pick(&mut self) {
        match super::picker::Picker::values(self) {
            Some(picker) => {
                let asks = picker.asks;
                let typed = picker.typed.value().to_owned();
                self.popups.push(Popup::Picker(picker));
                if asks {
                    self.find_customers(
                        Tag::Pick {
                            typed: typed.clone(),
                        },
                        &typed,
                    );
                }
            }
            None => self.complain(self.facts.t("why-no-values")),
        }
    }

    fn repeat_last(&mut self) {
        let Some(name) = self.focused_field().map(|field| field.name) else {
            return;
        };
        let Some(value) = self.last_values.get(name).cloned() else {
            return self.complain(self.facts.t("why-no-last-value"));
        };
        if let Some(field) = self.focused_field() {
            field.set(&value);
        }
        if let Some(form) = self.pane_mut().and_then(|pane| pane.form.as_mut()) {
            form.changed = true;
        }
        self.form_changed();
    }

    /// Keeps what is typed in the form of a pane.
    pub(crate) fn keep_draft(&mut self, tab: Tab) {
        let now = self.facts.now;
        let Some(form) = self.pane_of(tab).and_then(|pane| pane.form.as_ref()) else {
            return;
        };
        if form.changed && !form.id.is_popup() {
            let draft = form.draft(now);
            self.effects.push(Effect::SaveDraft(draft));
        }
    }

    pub(crate) fn leave_form(&mut self) {
        let Some(form) = self.pane_mut().and_then(|pane| pane.form.take()) else {
            return;
        };
        self.go_back();
        if form.changed {
            let key = self.key_of(Action::Drafts);
            let text = self.facts.tw("toast-left", &[("key", &key)]);
            self.say(text);
            self.load_drafts();
        }
    }

    /// Throws the form that is open away, and its draft with it.
    pub(crate) fn discard_form(&mut self) {
        let Some(form) = self.pane_mut().and_then(|pane| pane.form.take()) else {
            return;
        };
        self.effects.push(Effect::DropDraft(form.draft));
        self.load_drafts();
        let text = self.facts.t("toast-discarded");
        self.say(text);
    }

    /// Opens a draft again; about a record, in its present state.
    pub(crate) fn resume_on(&mut self, draft: &Draft, record: Option<&Record>) {
        let mut form = match record {
            Some(record) => forms::about(draft.form, record, &self.facts),
            None => forms::blank(draft.form, draft.about, &self.facts),
        };
        form.restore(draft);
        forms::adjust(&mut form);
        let tab = form.id.tab();
        self.go(tab);
        if let Some(pane) = self.pane_of(tab) {
            pane.form = Some(form);
            pane.caller = None;
        }
        self.drafts.retain(|known| known.id != draft.id);
        self.form_changed();
        let text = self.facts.t("toast-resumed");
        self.say(text);
    }

    fn save(&mut self, again: bool) {
        let Some(pane) = self.pane_mut() else { return };
        let tab = pane.tab;
        let Some(form) = &mut pane.form else { return };
        form.error = None;
        for field in &mut form.fields {
            field.error = None;
        }
        self.fill_hand_over(tab);
        let made = self
            .pane()
            .and_then(|pane| pane.form.as_ref())
            .map(|form| forms::command(form, &self.facts));
        match made {
            Some(Ok(command)) => {
                let form = self.pane().and_then(|pane| pane.form.as_ref());
                let assents = form.map(|form| form.assents.clone()).unwrap_or_default();
                self.change(command, Origin::Form { tab, again }, assents);
            }
            Some(Err(problems)) => self.show_problems(tab, &problems),
            None => {}
        }
    }

    /// A change that came from a form was refused.
    pub(crate) fn form_failed(&mut self, doing: Doing, failure: Failure) {
        let Doing {
            id,
            command,
            origin,
            ..
        } = doing;
        let Origin::Form { tab, .. } = origin else {
            return;
        };
        let form = self.pane_of(tab).and_then(|pane| pane.form.as_ref());
        if form.is_none_or(|form| form.draft.key != id.0) {
            // It was left meanwhile: what it holds waits among the drafts.
            self.load_drafts();
            return self.show_failure(&failure);
        }
        match failure {
            Failure::Refused(refusal) => self.form_refused(command, origin, tab, &refusal),
            Failure::Stale { present } => self.form_stale(tab, present),
            other => self.show_failure(&other),
        }
    }

    fn form_refused(&mut self, command: Command, origin: Origin, tab: Tab, refusal: &Refusal) {
        if refusal.problems.iter().all(|problem| problem.ask) {
            self.ask_back(command, origin, refusal);
        } else {
            if refusal.problems.iter().any(|it| it.key == "item-is-open")
                && let Some(form) = self.pane_of(tab).and_then(|pane| pane.form.as_mut())
            {
                // What is open for the customer is asked for in the form (A05-4.6b).
                forms::serving::ask_about(form, &refusal.problems);
            }
            self.show_problems(tab, &refusal.problems);
        }
    }

    /// Shows each problem beside its field and goes to the first of them.
    fn show_problems(&mut self, tab: Tab, problems: &[Problem]) {
        let Self { panes, facts, .. } = self;
        let Some(pane) = panes.iter_mut().find(|pane| pane.tab == tab) else {
            return;
        };
        let Some(form) = &mut pane.form else { return };
        let first = mark_problems(form, problems, facts);
        if let Some(first) = first {
            form.go_to(&first);
        }
        let marked = form.fields.iter().filter(|field| field.error.is_some());
        let count = marked.count() + usize::from(form.error.is_some());
        let text = facts.tw("toast-not-saved", &[("count", &count.max(1))]);
        self.complain(text);
    }

    /// A form was saved: it closes, its draft goes, its values can be repeated.
    ///
    /// A form that was left while its answer was on the way leaves only its draft.
    pub(crate) fn form_saved(&mut self, id: RequestId, tab: Tab, again: bool) {
        let its = |form: &mut Form| form.draft.key == id.0;
        let Some(form) = self.pane_of(tab).and_then(|pane| pane.form.take_if(its)) else {
            let (operator, key) = (self.me, id.0);
            self.effects
                .push(Effect::DropDraft(DraftId { operator, key }));
            return self.load_drafts();
        };
        for field in form
            .fields
            .iter()
            .filter(|field| field.shown && !field.value().is_empty())
        {
            let name = &field.chosen_name;
            let value = if name.is_empty() {
                field.value().to_owned()
            } else {
                format!("{} {name}", field.value())
            };
            self.last_values.insert(field.name, value);
        }
        self.effects.push(Effect::DropDraft(form.draft));
        self.load_drafts();
        self.go_back();
        if let Some(pane) = self.pane_of(tab) {
            pane.caller = None;
        }
        if again && form.about.is_none() {
            self.open_blank(form.id);
        }
    }
}

/// Puts each problem beside its field; what has none stands under the form. Returns the first
/// field that has one.
pub(crate) fn mark_problems(
    form: &mut Form,
    problems: &[Problem],
    facts: &super::facts::Facts,
) -> Option<String> {
    let mut first = None;
    for problem in problems {
        let line = facts.problem(problem);
        let name = problem
            .field
            .as_deref()
            .and_then(|named| forms::field_of(form, named));
        let name = name.map(str::to_owned);
        match name.as_deref().and_then(|name| form.field_mut(name)) {
            Some(field) => {
                field.error.get_or_insert(line);
                first = first.or(name);
            }
            // What comes first is to be done first.
            None => {
                form.error.get_or_insert(line);
            }
        }
    }
    first
}
