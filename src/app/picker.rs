//! A list to choose from: values of a field, customers, operators, filters, orders, drafts, and
//! all actions by name. Typing narrows it, by pinyin initials too.

use super::App;
use super::choices::matches;
use super::effect::{Effect, Origin, Tag};
use super::form::FieldKind;
use super::forms::FormId;
use super::job::Place;
use super::pane::{filter_label, sort_key};
use super::popup::Popup;
use super::reveal::Purpose;
use crate::desk::contract::{At, Command, Filter, Query, Sort};
use crate::domain::complaint::StepKind;
use crate::domain::customer::Customer;
use crate::domain::monthly::MonthlyKind;
use crate::domain::number::{Kind, Number};
use crate::domain::repair::RepairStepKind;
use crate::keys::{Action, Layer};
use crate::text::edit::Edit;
use crate::text::pinyin;

/// One entry.
#[derive(Debug, Clone)]
pub struct Item {
    /// What is chosen with it.
    pub choice: Choice,
    /// Its name.
    pub label: String,
    /// More about it, at the right.
    pub note: String,
    /// Why it cannot be chosen now.
    pub why_not: Option<String>,
}

/// What an entry stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// A value of the field with the focus.
    Value(String),
    /// A customer for the field with the focus, or the caller.
    Customer(Box<Customer>),
    /// A customer for a request that is there already.
    Attach(At, Number),
    /// A filter of the list.
    Filter(Filter),
    /// An order of the list.
    Sort(Sort),
    /// A step of the selected complaint.
    Step(StepKind),
    /// A step of the selected measure, by its form.
    MeasureStep(FormId),
    /// A step of the selected repair.
    RepairStep(RepairStepKind),
    /// A step of the selected record of the archive, by its name.
    ArchiveStep(&'static str),
    /// A sentence of the house.
    Phrase(String),
    /// A list of the pane, by its place.
    Register(usize),
    /// A section of a customer\'s profile by its place, or all of it.
    Section(Option<usize>),
    /// A report of a month.
    Monthly(MonthlyKind),
    /// A record that is open already, to add to.
    AddTo(At),
    /// An action.
    Action(Action),
    /// A draft, by its place.
    Draft(usize),
    /// A file to import.
    File(Place),
    /// A file to import, whose path is typed.
    OtherFile,
    /// What the rows of a file become.
    Becomes(Kind),
    /// A sheet of a workbook.
    Sheet(String),
    /// The encoding of a text.
    Encoding(&'static str),
    /// The column that fills a field, or none.
    Column(&'static str, Option<String>),
    /// Another column is to be joined to those of a field.
    Join(&'static str),
    /// This one.
    Joined(&'static str, String),
    /// A field is the same in every row: this choice, or one that is still to be chosen.
    Constant(&'static str, Option<String>),
    /// What the values of a field's column become.
    Values(&'static str),
    /// What one of these values becomes.
    Meaning(&'static str, String),
    /// This choice; none leaves the value as it is.
    Means(&'static str, String, Option<&'static str>),
    /// An import there was.
    Imported(Number),
    /// A record to be opened; the list stays under it.
    Open(Number),
}

/// A list to choose from.
#[derive(Debug)]
pub struct Picker {
    /// The key of its title.
    pub title: &'static str,
    /// What is typed.
    pub typed: Edit,
    /// All entries.
    pub items: Vec<Item>,
    /// Place of the selected one among those that are shown.
    pub selected: usize,
    /// The request that the chosen customer is attached to.
    pub attach: Option<At>,
    /// Whether the desk finds the entries, and not the list itself.
    pub asks: bool,
    /// What it is about, behind its title.
    pub about: String,
}

impl Picker {
    pub(super) fn new(title: &'static str, items: Vec<Item>) -> Self {
        Self {
            title,
            typed: Edit::line(60),
            items,
            selected: 0,
            attach: None,
            asks: false,
            about: String::new(),
        }
    }

    /// All actions that have a name, those of the present pane first.
    pub fn palette(app: &App) -> Self {
        let here = app.pane().map(super::pane::Pane::layer);
        let mut actions: Vec<Action> = Action::ALL
            .iter()
            .copied()
            .filter(|action| !matches!(action.layer(), Layer::Field | Layer::Popup | Layer::Form))
            .collect();
        actions.sort_by_key(|action| Some(action.layer()) != here);
        let layers = app.layers();
        let items = actions.into_iter().map(|action| {
            let own = [action.layer()];
            let key = app
                .keymap
                .hint(action, &layers)
                .or_else(|| app.keymap.hint(action, &own));
            Item {
                choice: Choice::Action(action),
                label: app.facts.texts.name("action", action.id()),
                note: key.unwrap_or_else(|| app.facts.t("key-none")),
                why_not: app.why_not(action),
            }
        });
        Self::new("popup-palette", items.collect())
    }

    /// The drafts that wait.
    pub fn drafts(app: &App) -> Self {
        let items = app.drafts.iter().enumerate().map(|(place, draft)| Item {
            choice: Choice::Draft(place),
            label: format!(
                "{}  {}",
                app.facts.texts.name("form", draft.form.id()),
                draft.gist()
            ),
            note: app.facts.when(draft.at),
            why_not: None,
        });
        Self::new("popup-drafts", items.collect())
    }

    /// The filters of the list shown.
    pub fn filters(app: &App) -> Option<Self> {
        let pane = app.pane()?;
        let kind = pane.list().kind;
        let filters = pane.filters(&app.facts).into_iter();
        let items = filters.map(|filter| Item {
            choice: Choice::Filter(filter),
            label: filter_label(filter, kind, &app.facts),
            note: String::new(),
            why_not: None,
        });
        Some(Self::new("popup-filters", items.collect()))
    }

    /// The orders of the list shown.
    pub fn sorts(app: &App) -> Option<Self> {
        let items = app.pane()?.sorts().into_iter().map(|sort| Item {
            choice: Choice::Sort(sort),
            label: app.facts.t(sort_key(sort)),
            note: String::new(),
            why_not: None,
        });
        Some(Self::new("popup-sorts", items.collect()))
    }

    /// Customers for a request.
    pub fn customers(_app: &App, attach: At, typed: &str) -> Self {
        let mut picker = Self::new("popup-customers", Vec::new());
        picker.typed.set(typed);
        picker.attach = Some(attach);
        picker.asks = true;
        picker
    }

    /// The values of the field with the focus.
    pub fn values(app: &App) -> Option<Self> {
        let form = app.form_on_top()?;
        let field = form.focused()?;
        match &field.kind {
            FieldKind::Choice(options) => {
                let ids = options.ids().into_iter().enumerate();
                let chosen = field.chosen.as_deref();
                let present = options.ids().iter().position(|id| Some(*id) == chosen);
                let items = ids.map(|(place, id)| Item {
                    choice: Choice::Value(id.to_owned()),
                    label: options.label(id, &app.facts),
                    note: (place + 1).to_string(),
                    why_not: None,
                });
                let mut picker = Self::new("popup-values", items.collect());
                picker.selected = present.unwrap_or(0);
                Some(picker)
            }
            FieldKind::Customer => Some(Self::who(field.edit.value())),
            _ if form.id.channel().is_none() => None,
            FieldKind::Phone => {
                let card = app.pane()?.caller.as_ref();
                let known = card.map(|(_, card)| card.customers.iter());
                let known = known.into_iter().flatten();
                let items: Vec<Item> = known.map(|one| customer_item(app, one, None)).collect();
                // A number that nobody has finds nobody: who calls from it is found by name.
                let of_nobody = card.is_some() && items.is_empty();
                Some(if of_nobody {
                    Self::who("")
                } else if items.is_empty() {
                    Self::who(field.edit.value())
                } else {
                    Self::new("popup-customers", items)
                })
            }
            _ if field.name == "caller" => Some(Self::who(field.edit.value())),
            _ => None,
        }
    }

    /// The customers that the desk finds by what is typed.
    fn who(typed: &str) -> Self {
        let mut picker = Self::new("popup-customers", Vec::new());
        picker.asks = true;
        picker.typed.set(typed);
        picker
    }

    /// Takes a digit as the place of a step or a register. Returns whether it was one.
    fn choose_by_place(&mut self, text: &str) -> bool {
        let is_step = |item: &Item| {
            matches!(
                item.choice,
                Choice::Step(_)
                    | Choice::RepairStep(_)
                    | Choice::ArchiveStep(_)
                    | Choice::Register(_)
                    | Choice::Section(_)
                    | Choice::Phrase(_)
                    | Choice::Monthly(_)
            )
        };
        let place: Option<usize> = text.parse().ok();
        let place = place.and_then(|place: usize| place.checked_sub(1));
        let known = place.filter(|place| *place < self.items.len());
        match known {
            Some(place) if self.typed.is_empty() && self.items.iter().all(is_step) => {
                self.selected = place;
                true
            }
            _ => false,
        }
    }

    /// The entries that what is typed leaves, in order.
    pub fn shown(&self) -> Vec<&Item> {
        let typed = pinyin::fold(self.typed.value());
        let fits = |item: &&Item| {
            let id = match &item.choice {
                Choice::Action(action) => action.id(),
                Choice::Value(id) => id,
                _ => "",
            };
            let label = pinyin::fold(&item.label);
            matches(id, &label, &typed) || label.contains(&typed) || id.contains(&typed)
        };
        if self.asks || typed.is_empty() {
            self.items.iter().collect()
        } else {
            self.items.iter().filter(fits).collect()
        }
    }
}

/// A customer as an entry.
pub fn customer_item(app: &App, customer: &Customer, attach: Option<At>) -> Item {
    let details = &customer.details;
    let phone = details
        .phones
        .first()
        .map(|phone| app.facts.phone(&phone.digits));
    let number = customer.meta.number;
    let choice = match attach {
        Some(at) => Choice::Attach(at, number),
        None => Choice::Customer(Box::new(customer.clone())),
    };
    Item {
        choice,
        label: format!("{}  {}", details.name, details.place),
        note: phone.unwrap_or_else(|| number.to_string()),
        why_not: None,
    }
}

impl App {
    /// Text typed in the picker on top.
    pub(crate) fn picker_text(&mut self, text: &str) {
        if let Some(Popup::Picker(picker)) = self.popups.last_mut() {
            if picker.choose_by_place(text) {
                return self.picked();
            }
            picker.typed.insert(text);
        }
        self.picker_typed();
    }

    fn picker_typed(&mut self) {
        let Some(Popup::Picker(picker)) = self.popups.last_mut() else {
            return;
        };
        picker.selected = 0;
        if picker.asks {
            let typed = picker.typed.value().to_owned();
            self.find_customers(
                Tag::Pick {
                    typed: typed.clone(),
                },
                &typed,
            );
        }
    }

    /// An action in the picker on top.
    pub(crate) fn picker_action(&mut self, action: Action, step: isize) {
        let Some(Popup::Picker(picker)) = self.popups.last_mut() else {
            return;
        };
        match action {
            Action::Cancel => {
                self.popups.pop();
            }
            Action::Accept => self.picked(),
            _ if step != 0 => {
                let last = picker.shown().len().saturating_sub(1);
                picker.selected = picker.selected.saturating_add_signed(step).min(last);
            }
            _ => {
                if super::form::edit(&mut picker.typed, action) {
                    self.picker_typed();
                }
            }
        }
    }

    fn picked(&mut self) {
        let Some(Popup::Picker(picker)) = self.popups.last() else {
            return;
        };
        let Some(item) = picker
            .shown()
            .get(picker.selected)
            .map(|item| (*item).clone())
        else {
            return;
        };
        if let Some(reason) = item.why_not {
            return self.complain(reason);
        }
        if let Choice::Open(number) = item.choice {
            let history_first = false;
            return self.want_whole(number, Purpose::Open { history_first });
        }
        self.popups.pop();
        match item.choice {
            Choice::Value(value) => {
                if let Some(field) = self.focused_field() {
                    field.set(&value);
                }
                if self.form_on_top().is_some_and(|form| !form.id.is_popup()) {
                    self.form_changed();
                }
            }
            Choice::Customer(customer) => {
                // A caller's telephone and address are wanted in full; of a customer named in a
                // field, number and name are enough.
                let is_caller = self.form_on_top().is_some_and(|form| {
                    let name = form.focused().map(|field| field.name);
                    form.id.channel().is_some() && matches!(name, Some("phone" | "caller"))
                });
                if is_caller {
                    self.want_whole(customer.meta.number, Purpose::Caller);
                } else {
                    self.customer_chosen(&customer);
                }
            }
            Choice::Phrase(text) => self.put_phrase(&text),
            Choice::Attach(at, customer) => {
                let command = Command::AttachCustomer { at, customer };
                self.change(command, Origin::Key, Vec::new());
            }
            Choice::Filter(filter) => self.narrow(|list| {
                list.filter = filter;
                // What is done has no day and no age to be sorted by.
                let is_done = !matches!(
                    filter,
                    Filter::Open | Filter::Late | Filter::ForUnit | Filter::LateForUnit
                );
                if matches!(list.sort, Sort::Due | Sort::Age) && is_done {
                    list.sort = Sort::default();
                }
            }),
            Choice::Sort(sort) => self.narrow(|list| list.sort = sort),
            Choice::Step(step) => self.step_picked(step),
            Choice::MeasureStep(form) => self.measure_step_picked(form),
            Choice::RepairStep(step) => self.repair_step_picked(step),
            Choice::ArchiveStep(step) => self.take_archive_step(step),
            Choice::Section(section) => self.section_picked(section),
            Choice::Register(place) => {
                if let Some(tab) = self.pane().map(|pane| pane.tab) {
                    self.show_list(tab, place);
                }
            }
            Choice::Monthly(kind) => self.open_monthly(kind),
            Choice::AddTo(there) => self.add_to(there),
            Choice::Action(action) => self.act(action),
            Choice::Draft(place) => self.resume(place),
            choice => self.picked_of_file(choice),
        }
    }

    fn resume(&mut self, place: usize) {
        let Some(draft) = self.drafts.get(place).cloned() else {
            return;
        };
        match draft.about {
            Some(about) => self.look(Tag::Resume(Box::new(draft)), Query::Get(about.number)),
            None => self.resume_on(&draft, None),
        }
    }

    /// Asks the keeper again which drafts wait.
    pub(crate) fn load_drafts(&mut self) {
        self.effects.push(Effect::LoadDrafts(self.me));
    }
}
