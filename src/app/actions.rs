//! What each action does where no popup and no form has the keys.

use std::cell::Cell;

use super::App;
use super::alike::Alikes;
use super::commands::out_loan;
use super::effect::{Effect, Origin, Tag};
use super::forms::{self, FormId};
use super::list::{List, Part};
use super::pane::tab_of_layer;
use super::picker::Picker;
use super::popup::{Popup, Then};
use super::reveal::Purpose;
use super::trade::Stands;
use crate::desk::contract::{At, Command, Filter, Query, Sort};
use crate::domain::customer::{Customer, Mark};
use crate::domain::mask;
use crate::domain::number::Kind;
use crate::domain::profile::Tab;
use crate::domain::record::Record;
use crate::keys::Action;
use crate::locale::Texts;
use crate::text::edit::Edit;

/// The longest search.
const FIND: usize = 60;

/// Whether an action ran.
#[derive(Debug)]
pub enum Done {
    /// It did.
    Yes,
    /// It cannot, for this reason.
    No(String),
}

impl App {
    /// Runs an action, or says why it cannot run.
    pub(crate) fn run(&mut self, action: Action) -> Done {
        if let Some(reason) = self.why_not(action) {
            return Done::No(reason);
        }
        if let Some(tab) = tab_of_layer(action.layer()) {
            self.go(tab);
        }
        match action {
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::PageUp => self.step(-self.page()),
            Action::PageDown => self.step(self.page()),
            Action::First => self.jump(List::first),
            Action::Last => self.jump(List::last),
            Action::GoIntake => self.go(Tab::Intake),
            Action::GoComplaints => self.go(Tab::Complaints),
            Action::GoArchive => self.go(Tab::Archive),
            Action::GoCustomers => self.go(Tab::Customers),
            Action::GoApprovals => self.go(Tab::Approvals),
            Action::GoFollowUps => self.go(Tab::FollowUps),
            Action::NewFollowUp => self.plan_follow_up(),
            Action::DoFollowUp => self.do_follow_up(),
            Action::Approve => self.decide(true),
            Action::Decline => self.decide(false),
            Action::NextTab => self.turn(1),
            Action::PrevTab => self.turn(self.panes.len().saturating_sub(1)),
            Action::Open | Action::History => {
                let history_first = action == Action::History;
                self.of_selected(Purpose::Open { history_first });
            }
            Action::Reveal => self.reveal(),
            Action::Remark => self.open_remark(),
            Action::Find => self.open_find(),
            Action::Filter => self.pick_filter(),
            Action::Sort => self.pick_sort(),
            Action::ClearFilter => self.show_all(),
            Action::IncludeRetired => self.toggle_filter(Filter::All),
            Action::KeyOnly => self.toggle_filter(Filter::Key),
            Action::ToggleRegister | Action::ToggleMeasures => self.toggle_register(),
            Action::Registers => self.pick_register(),
            Action::NextOfArchive | Action::NextOfCustomer => self.next_of_record(),
            Action::StepsOfArchive | Action::StepsOfCustomer | Action::StepsOfFollowUp => {
                self.steps_of_record();
            }
            Action::RequestAccess => self.request_access(),
            Action::New
            | Action::NewCall
            | Action::NewLetter
            | Action::NewVisit
            | Action::NewComplaint
            | Action::NewFile
            | Action::NewCustomer => self.new_record(action),
            Action::CallOf => self.of_selected(Purpose::Call),
            Action::Edit
            | Action::MakeComplaint
            | Action::CloseIntake
            | Action::AssignComplaint
            | Action::AnswerComplaint
            | Action::CloseComplaint
            | Action::WithdrawComplaint
            | Action::UrgeComplaint
            | Action::NewMeasure
            | Action::DropFollowUp
            | Action::CheckOut => self.form_of_selected(action),
            Action::Mark => self.mark(),
            Action::MarkShown => self.mark_shown(),
            Action::Print => self.open_print(),
            Action::NextStep | Action::NextOfRepair => self.next_step(),
            Action::Steps | Action::StepsOfRepair => self.pick_step(),
            Action::CheckIn => self.check_in(),
            Action::Scan => self.open_scanning(),
            Action::AttachCustomer => self.of_selected(Purpose::Attach),
            Action::MarkKey => self.toggle_mark(Mark::Key),
            Action::MarkClosed => self.toggle_mark(Mark::Closed),
            Action::Retire => self.toggle_mark(Mark::Retired),
            Action::ConfirmCard => self.confirm_card(),
            Action::Export => self.open_export(),
            _ => self.run_global(action),
        }
        Done::Yes
    }

    fn run_global(&mut self, action: Action) {
        match action {
            Action::Help => self.popups.push(Popup::Help(Cell::new(0))),
            Action::Palette => {
                let picker = Picker::palette(self);
                self.popups.push(Popup::Picker(picker));
            }
            Action::Drafts => {
                let picker = Picker::drafts(self);
                self.popups.push(Popup::Picker(picker));
            }
            Action::Notices => self.popups.push(Popup::Notices(Cell::new(0))),
            Action::Import => self.open_import(),
            Action::Imports => self.open_imports(),
            Action::ExplainDate => self.explain_date(),
            Action::HandlingReport => {
                let to = self.facts.today();
                let from = super::dates::first_of_month(to);
                self.look(Tag::Handling, Query::Handling { from, to });
            }
            Action::AddToOpen => self.add_to_open(),
            Action::Analysis if self.on_archive() => self.open_file_figures(),
            Action::Analysis => self.open_quarterly(),
            Action::MonthlyReports => self.pick_monthly(),
            Action::AcknowledgeMajor => self.acknowledge_alarm(),
            Action::Lock => self.lock(),
            Action::Veil => self.veil(),
            Action::TakeCall => self.take_call(),
            Action::SwitchOperator => self.switch_operator(),
            Action::SignOut => self.sign_out(),
            Action::ChangePassword => self.open_password(true),
            Action::Deputies => {
                let form = forms::blank(FormId::Deputies, None, &self.facts);
                self.popups.push(Popup::Form(Box::new(form)));
            }
            Action::SwitchLanguage => {
                let lang = self.facts.texts.lang().other();
                self.facts.texts = Texts::new(lang);
                self.effects.push(Effect::SetLanguage(lang));
            }
            Action::Redraw => self.effects.push(Effect::Redraw),
            Action::Quit => {
                let typing = self
                    .panes
                    .iter()
                    .any(|pane| pane.form.as_ref().is_some_and(|form| form.changed));
                let waits = !self.on_the_way.is_empty();
                let questions = [(waits, "confirm-quit-waits"), (typing, "confirm-quit")];
                let question = questions.iter().find(|(holds, _)| *holds);
                if let Some((_, key)) = question {
                    self.confirm(vec![self.facts.t(key)], Then::Quit);
                } else {
                    self.effects.push(Effect::Quit);
                }
            }
            _ => {}
        }
    }

    fn page(&self) -> isize {
        let room = self.pane().map_or(10, |pane| pane.list().room.get());
        room.saturating_sub(1).max(1).cast_signed()
    }

    pub(super) fn step(&mut self, by: isize) {
        self.jump(|list| list.step(by));
    }

    fn jump(&mut self, go: impl FnOnce(&mut List) -> Option<Part>) {
        let Some(pane) = self.pane_mut() else { return };
        let tab = pane.tab;
        if let Some(part) = go(pane.list_mut()) {
            self.fetch(tab, part);
        }
    }

    /// Shows a tab.
    pub(crate) fn go(&mut self, tab: Tab) {
        if let Some(place) = self.panes.iter().position(|pane| pane.tab == tab) {
            self.current = place;
            self.catch_up_pane();
            self.look_for_inspections();
        }
    }

    fn turn(&mut self, by: usize) {
        self.current = (self.current + by) % self.panes.len().max(1);
        self.catch_up_pane();
        self.look_for_inspections();
    }

    /// Changes what the list shows and fetches it from its start.
    pub(crate) fn narrow(&mut self, change: impl FnOnce(&mut List)) {
        let Some(pane) = self.pane_mut() else { return };
        let tab = pane.tab;
        change(pane.list_mut());
        self.fetch(tab, Part::Start);
    }

    /// Shows all in the usual order; where that is shown already it is read
    /// again and the selection stays.
    fn show_all(&mut self) {
        let usual = |pane: &super::pane::Pane| {
            let list = pane.list();
            !list.is_narrowed() && list.sort == Sort::default()
        };
        if let Some(tab) = self.pane().filter(|pane| usual(pane)).map(|pane| pane.tab) {
            self.fetch(tab, Part::Again);
            return;
        }
        self.narrow(|list| {
            list.filter = list.home;
            list.sort = Sort::default();
            list.find.clear();
        });
    }

    fn toggle_filter(&mut self, filter: Filter) {
        self.narrow(|list| {
            list.filter = if list.filter == filter {
                Filter::default()
            } else {
                filter
            };
        });
    }

    fn toggle_register(&mut self) {
        let Some(pane) = self.pane_mut() else { return };
        let tab = pane.tab;
        let place = usize::from(!pane.register());
        self.show_list(tab, place);
    }

    /// Shows one of the lists of a pane; at first what is open in it.
    pub(crate) fn show_list(&mut self, tab: Tab, place: usize) {
        let Some(pane) = self.pane_of(tab) else {
            return;
        };
        pane.shown = place;
        pane.side.of = None;
        let list = pane.list_mut();
        let has_open = !matches!(
            list.kind,
            Kind::DayEnd
                | Kind::Transaction
                | Kind::DutyShift
                | Kind::Campaign
                | Kind::Dossier
                | Kind::Answer
        );
        if !list.ready && place > 0 && has_open {
            list.filter = match list.kind {
                Kind::Task => Filter::ForUnit,
                _ => Filter::Open,
            };
            if matches!(list.kind, Kind::Loan | Kind::Measure) {
                list.sort = Sort::Due;
            }
        }
        self.fetch(tab, Part::Again);
    }

    fn open_find(&mut self) {
        if let Some(pane) = self.pane_mut() {
            let mut edit = Edit::line(FIND);
            edit.set(&pane.list().find);
            pane.find = Some(edit);
        }
    }

    /// Keys in the search line. The list follows every key; Enter keeps it so, Esc shows all.
    pub(crate) fn find_action(&mut self, action: Action) -> bool {
        let Some(pane) = self.pane_mut() else {
            return false;
        };
        let Some(find) = &mut pane.find else {
            return false;
        };
        match action {
            Action::Accept => pane.find = None,
            Action::Cancel => {
                pane.find = None;
                self.narrow(|list| list.find.clear());
            }
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => return false,
            _ => {
                let before = find.value().to_owned();
                if super::form::edit(find, action) && find.value() != before {
                    self.found();
                }
            }
        }
        true
    }

    /// The words of the search line have changed.
    pub(crate) fn found(&mut self) {
        let Some(find) = self.pane().and_then(|pane| pane.find.as_ref()) else {
            return;
        };
        let words = find.value().to_owned();
        self.narrow(|list| list.find = words);
    }

    fn pick_filter(&mut self) {
        if let Some(picker) = Picker::filters(self) {
            self.popups.push(Popup::Picker(picker));
        }
    }

    fn pick_sort(&mut self) {
        if let Some(picker) = Picker::sorts(self) {
            self.popups.push(Popup::Picker(picker));
        }
    }

    /// The selected record and its version.
    pub(crate) fn selected(&self) -> Option<(At, Record)> {
        let record = self.pane()?.list().selected()?.record.clone();
        Some((
            At {
                number: record.number(),
                version: record.meta().version,
            },
            record,
        ))
    }

    /// Asks for the selected record in full.
    fn of_selected(&mut self, purpose: Purpose) {
        if let Some((at, _)) = self.selected() {
            self.want_whole(at.number, purpose);
        }
    }

    fn new_record(&mut self, action: Action) {
        let tab = self.pane().map(|pane| (pane.tab, pane.register()));
        let id = match (action, tab) {
            (Action::NewLetter, _) => FormId::NewLetter,
            (Action::NewVisit, _) => FormId::NewVisit,
            (Action::NewCall, _) => FormId::NewCall,
            (Action::New, Some((Tab::Archive, _) | (_, true))) => match self.new_of_list() {
                Some(id) => id,
                None => return self.toggle_register(),
            },
            (Action::New, Some((Tab::FollowUps, _))) => return self.plan_follow_up(),
            (_, Some((Tab::Complaints, _))) => FormId::NewComplaint,
            (_, Some((Tab::Archive, _))) => FormId::NewFile,
            (_, Some((Tab::Customers, _))) => FormId::NewCustomer,
            _ => FormId::NewCall,
        };
        self.open_blank(id);
    }

    /// Opens a form for a new record; the clock of a call or visit starts now (A09-2.3).
    pub(crate) fn open_blank(&mut self, id: FormId) {
        let form = forms::blank(id, None, &self.facts);
        self.open_form(form);
        if id.channel().is_some() {
            self.look(Tag::Start { tab: id.tab() }, Query::Hello);
        }
    }

    /// Opens a form in its pane.
    pub(crate) fn open_form(&mut self, mut form: super::form::Form) {
        let tab = form.id.tab();
        self.go(tab);
        self.back_to = None;
        form.draft = super::DraftId {
            operator: self.me,
            key: self.next_serial(),
        };
        if let Some(pane) = self.pane_of(tab) {
            pane.form = Some(form);
            pane.alikes = Alikes::default();
            pane.stands = Stands::default();
            pane.caller = None;
            pane.find = None;
        }
        self.look_for_alike(tab);
        self.ask_standing(tab);
    }

    pub(super) fn form_of_selected(&mut self, action: Action) {
        let of_marked = match action {
            Action::AssignComplaint => Some(FormId::AssignComplaint),
            Action::UrgeComplaint => Some(FormId::Urge),
            _ => None,
        };
        if of_marked.is_some_and(|id| self.step_of_marked(id)) {
            return;
        }
        let Some((at, record)) = self.selected() else {
            return;
        };
        if action == Action::CheckOut && self.facts.profile.loans.requested {
            let file = at.number;
            return self.change(Command::LendFile { file }, Origin::Key, Vec::new());
        }
        let id = match (action, &record) {
            (Action::MakeComplaint, _) => FormId::ComplaintOf,
            (Action::CloseIntake, _) => FormId::CloseIntake,
            (Action::AssignComplaint, _) => FormId::AssignComplaint,
            (Action::AnswerComplaint, _) => FormId::AnswerComplaint,
            (Action::CloseComplaint, _) => FormId::CloseComplaint,
            (Action::WithdrawComplaint, _) => FormId::WithdrawComplaint,
            (Action::UrgeComplaint, _) => FormId::Urge,
            (Action::NewMeasure, _) => FormId::NewMeasure,
            (Action::CheckOut, _) => FormId::CheckOut,
            (Action::DropFollowUp, _) => FormId::DropFollowUp,
            (_, Record::Intake(_)) => FormId::EditIntake,
            (_, Record::Complaint(_)) => FormId::EditComplaint,
            (_, Record::Measure(_)) => FormId::EditMeasure,
            (_, Record::FollowUp(_)) => FormId::EditFollowUp,
            (_, Record::File(_)) => FormId::EditFile,
            (_, Record::Survey(_)) => FormId::EditSurvey,
            (_, Record::Answer(_)) => FormId::EditAnswer,
            _ => FormId::EditCustomer,
        };
        let takes_over = matches!(action, Action::Edit | Action::MakeComplaint);
        if takes_over {
            return self.of_selected(Purpose::Form(id));
        }
        let form = forms::about(id, &record, &self.facts);
        self.open_form(form);
    }

    fn check_in(&mut self) {
        let Some(pane) = self.pane() else { return };
        let loan = pane
            .list()
            .selected()
            .and_then(|row| out_loan(row, pane))
            .cloned();
        if let Some(loan) = loan {
            let form = forms::about(FormId::CheckIn, &Record::Loan(loan), &self.facts);
            self.open_form(form);
        }
    }

    /// A call of a customer, with what is known of them filled in.
    pub(crate) fn call_of(&mut self, customer: &Customer) {
        self.open_blank(FormId::NewCall);
        let digits = customer
            .details
            .phones
            .first()
            .map(|phone| phone.digits.clone())
            .filter(|digits| !mask::is_masked(digits));
        if let Some(form) = self.pane_mut().and_then(|pane| pane.form.as_mut()) {
            form.set("phone", digits.as_deref().unwrap_or_default());
            forms::intake::attach(form, customer);
            form.go_to("text");
            form.changed = true;
        }
        self.form_changed();
    }

    /// Chooses the customer of a request among those found by what is known of the caller.
    pub(crate) fn attach_customer(&mut self, at: At, typed: &str) {
        let picker = Picker::customers(self, at, typed);
        self.popups.push(Popup::Picker(picker));
        let tag = Tag::Pick {
            typed: typed.to_owned(),
        };
        self.find_customers(tag, typed);
    }

    fn toggle_mark(&mut self, mark: Mark) {
        let Some((at, Record::Customer(customer))) = self.selected() else {
            return;
        };
        let set = !customer.is(mark);
        if mark == Mark::Retired {
            let key = if set {
                "confirm-retire"
            } else {
                "confirm-unretire"
            };
            let question = self.facts.tw(
                key,
                &[
                    ("name", &customer.details.name),
                    ("number", &customer.meta.number),
                ],
            );
            self.confirm(vec![question], Then::Mark(at, mark, set));
        } else {
            self.change(
                Command::MarkCustomer { at, mark, set },
                Origin::Key,
                Vec::new(),
            );
        }
    }

    fn confirm_card(&mut self) {
        if let Some((at, _)) = self.selected() {
            self.change(Command::ConfirmCard { at }, Origin::Key, Vec::new());
        }
    }
}
