//! What the keys of the Follow-ups pane do: planning a contact, and writing down the one that was had.

use super::App;
use super::custody::{NextStep, aside};
use super::describe_follow_up;
use super::effect::Origin;
use super::form::Form;
use super::forms::{self, FormId};
use super::reveal::Purpose;
use crate::desk::contract::{At, Command, Filter, Serves, Sort};
use crate::domain::campaign::{Answer, Campaign, CampaignSort};
use crate::domain::follow_up::{self, FollowUp, FollowUpDetails, FollowUpKind, Occasion};
use crate::domain::greeting::Greeting;
use crate::domain::listed::Listed;
use crate::domain::number::{Kind, Number};
use crate::domain::plan::PlanLine;
use crate::domain::profile::{Permission, Tab};
use crate::domain::record::Record;
use crate::keys::Action;

impl App {
    /// Opens the form of a new contact, with the customer of the selected row.
    pub(super) fn plan_follow_up(&mut self) {
        let customer = self.customer_of_row();
        let mut form = forms::blank(FormId::NewFollowUp, None, &self.facts);
        if let Some(customer) = customer {
            form.set("customer", &customer);
            form.go_to("day");
        }
        self.open_form(form);
    }

    /// The customer of the selected row, on the tabs of customers and of follow-ups.
    fn customer_of_row(&self) -> Option<String> {
        let tabs = [Tab::FollowUps, Tab::Customers];
        let of = self.pane().filter(|pane| tabs.contains(&pane.tab))?;
        match &of.list().selected()?.record {
            Record::Customer(it) => Some(format!("{} {}", it.meta.number, it.details.name)),
            Record::FollowUp(it) => Some(format!("{} {}", it.details.customer?, it.name)),
            Record::PlanLine(it) => Some(format!("{} {}", it.details.customer?, it.name)),
            _ => None,
        }
    }

    /// What the selected row is for.
    fn serves(&self) -> Option<Serves> {
        let row = self.pane()?.list().selected()?;
        row.serves.as_deref().cloned()
    }

    /// The occasion of the selected row.
    fn occasion(&self) -> Option<Occasion> {
        self.pane()?.list().selected()?.occasion
    }

    /// The birthday that is to be greeted in the selected row.
    fn greeting(&self) -> Option<Greeting> {
        let row = self.pane()?.list().selected()?;
        row.profiled.as_ref()?.greeting.clone()
    }

    /// What follows from the selected row: the contact that was had, or its card is right.
    pub(super) fn do_follow_up(&mut self) {
        let Some((at, record)) = self.selected() else {
            return;
        };
        match record {
            Record::Customer(_) if self.occasion() == Some(Occasion::Card) => {
                self.change(Command::ConfirmCard { at }, Origin::Key, Vec::new());
            }
            Record::Customer(_) if self.occasion() == Some(Occasion::Survey) => {
                if let Some(serves) = self.serves() {
                    self.want_whole(serves.number, Purpose::Answer(at.number));
                }
            }
            Record::Customer(_) => match self.greeting() {
                Some(greeting) => self.greet(at.number, &greeting),
                None => self.log_contact(at),
            },
            Record::PlanLine(line) => self.do_plan_line(&line),
            // The customers whom it asks and who are nobody's stand in its own list.
            Record::Survey(it) if self.occasion() == Some(Occasion::Survey) => {
                self.list_of(Filter::ToTell, it.meta.number);
            }
            record if record.number().kind != Kind::FollowUp => self.next_of_record(),
            Record::FollowUp(it) if is_invited(&it, self.serves().as_ref()) => {
                self.log_attendance(&it);
            }
            _ => {
                let mut form = forms::about(FormId::DoFollowUp, &record, &self.facts);
                forms::follow_up::propose(&mut form, &self.facts);
                let greets =
                    matches!(&record, Record::FollowUp(it) if it.details.holiday.is_some());
                self.open_contact(form, greets);
            }
        }
    }

    /// Opens the form of a contact, with what it is had for.
    fn open_contact(&mut self, mut form: Form, greets: bool) {
        let serves = self.serves();
        if let Some(serves) = &serves {
            forms::serving::begin(&mut form, serves, &self.facts);
        }
        if greets || serves.is_some_and(|serves| serves.sort.is_some()) {
            forms::follow_up::decline(&mut form);
        }
        forms::adjust(&mut form);
        form.changed = false;
        self.open_form(form);
    }

    /// Opens the form of the contact that does a line of the plan (A01-24).
    fn do_plan_line(&mut self, line: &PlanLine) {
        let details = FollowUpDetails {
            customer: line.details.customer,
            serves: Some(line.meta.number),
            text: line.details.action.clone(),
            ..FollowUpDetails::default()
        };
        let mut form = forms::blank(FormId::LogContact, None, &self.facts);
        forms::follow_up::begin(&mut form, &details);
        forms::follow_up::propose(&mut form, &self.facts);
        self.open_form(form);
    }

    /// Opens the form in which it is written down that somebody who was invited came (A14-2.7).
    fn log_attendance(&mut self, it: &FollowUp) {
        let details = FollowUpDetails {
            customer: it.details.customer,
            serves: it.details.serves,
            kind: FollowUpKind::Appointment,
            ..FollowUpDetails::default()
        };
        let mut form = forms::blank(FormId::LogContact, None, &self.facts);
        forms::follow_up::begin(&mut form, &details);
        form.set("answer", Answer::Attended.id());
        let serves = self.serves();
        let title = serves.map(|serves| serves.title).unwrap_or_default();
        let said = self.facts.texts.name("event-answer", Answer::Attended.id());
        form.set("said", format!("{title} {said}").trim());
        self.open_contact(form, false);
    }

    /// Opens the form of an answer to a survey, with the customer who is asked (A03-sa, A14-2.6).
    pub(super) fn log_answer_of(&mut self, survey: &Record, customer: Number) {
        let mut form = forms::about(FormId::LogAnswer, survey, &self.facts);
        let row = self.pane().and_then(|pane| pane.list().selected());
        let name = match row.map(|row| &row.record) {
            Some(Record::Customer(it)) if it.meta.number == customer => it.details.name.as_str(),
            _ => "",
        };
        let chosen = format!("{customer} {name}");
        forms::surveys::of_customer(&mut form, chosen.trim());
        self.open_form(form);
    }

    /// Opens the form of a contact for a campaign with a customer who is chosen in it.
    fn log_for(&mut self, campaign: &Campaign) {
        let details = FollowUpDetails {
            serves: Some(campaign.meta.number),
            ..FollowUpDetails::default()
        };
        let mut form = forms::blank(FormId::LogContact, None, &self.facts);
        forms::follow_up::begin(&mut form, &details);
        let serves = Serves {
            number: campaign.meta.number,
            title: campaign.details.title.clone(),
            sort: Some(campaign.details.sort),
        };
        forms::serving::begin(&mut form, &serves, &self.facts);
        forms::follow_up::decline(&mut form);
        form.demand("customer", true, true);
        forms::adjust(&mut form);
        form.go_to("customer");
        form.changed = false;
        self.open_form(form);
    }

    /// Shows the list of a campaign or a survey.
    fn list_of(&mut self, filter: fn(Listed) -> Filter, number: Number) {
        let number = Listed::new(&number.to_string());
        self.show_list(Tab::FollowUps, 0);
        self.narrow(|list| {
            list.filter = filter(number);
            list.sort = Sort::default();
            list.find.clear();
        });
    }

    /// Takes a step of a customer, a contact, a campaign or a line of the plan. Returns whether it was one.
    pub(super) fn take_contact_step(&mut self, id: &'static str, record: &Record) -> bool {
        match (id, record) {
            ("to-tell", Record::Campaign(_) | Record::Survey(_)) => {
                self.list_of(Filter::ToTell, record.number());
            }
            ("told-of", Record::Campaign(it)) => self.list_of(Filter::Serving, it.meta.number),
            ("log-for", Record::Campaign(it)) => self.log_for(&it.clone()),
            ("plan-contact", _) => self.plan_follow_up(),
            ("plan-service", _) => {
                let customer = self.customer_of_row();
                let mut form = forms::blank(FormId::NewPlanLine, None, &self.facts);
                form.set("customer", &customer.unwrap_or_default());
                form.go_to("action");
                self.open_form(form);
            }
            ("log-contact", Record::Customer(it)) => {
                let at = At {
                    number: it.meta.number,
                    version: it.meta.version,
                };
                self.log_contact(at);
            }
            ("do-plan-line" | "do-follow-up" | "attend", _) => self.do_follow_up(),
            _ => {
                let form = match id {
                    "edit-campaign" => FormId::EditCampaign,
                    "edit-plan-line" => FormId::EditPlanLine,
                    "drop-plan-line" => FormId::DropPlanLine,
                    "edit-follow-up" => FormId::EditFollowUp,
                    "drop-follow-up" => FormId::DropFollowUp,
                    _ => return false,
                };
                self.open_form(forms::about(form, record, &self.facts));
            }
        }
        true
    }

    fn log_contact(&mut self, at: At) {
        let visit = self.occasion() == Some(Occasion::Visit);
        let row = self.pane().and_then(|pane| pane.list().selected());
        let greets = row.and_then(|row| row.due);
        let details = FollowUpDetails {
            customer: Some(at.number),
            kind: if visit {
                FollowUpKind::Visit
            } else {
                FollowUpKind::Call
            },
            // A survey is answered, which is no contact that serves it.
            serves: self
                .serves()
                .filter(|serves| serves.number.kind != Kind::Survey)
                .map(|serves| serves.number),
            holiday: greets.filter(|_| self.occasion() == Some(Occasion::Holiday)),
            ..FollowUpDetails::default()
        };
        let mut form = forms::blank(FormId::LogContact, None, &self.facts);
        forms::follow_up::begin(&mut form, &details);
        forms::follow_up::propose(&mut form, &self.facts);
        if let Some(day) = details.holiday {
            let name = describe_follow_up::holiday(day, &self.facts);
            form.set("said", &self.facts.tw("greeted-at", &[("name", &name)]));
        }
        self.open_contact(form, details.holiday.is_some());
    }

    /// Why a contact with a customer cannot be written down.
    pub(super) fn why_not_contact(&self) -> Option<String> {
        let permission = match self.occasion() {
            Some(Occasion::Card) => Permission::CustomerChange,
            _ => Permission::IntakeLog,
        };
        self.facts.refused(|context| context.may(permission))
    }

    /// Why something cannot be done with a follow-up.
    pub(super) fn why_not_follow_up(&self, action: Action, it: &FollowUp) -> Option<String> {
        match action {
            Action::DoFollowUp if is_invited(it, self.serves().as_ref()) => self
                .facts
                .refused(|context| context.may(Permission::IntakeLog)),
            Action::DoFollowUp | Action::DropFollowUp | Action::Edit => self
                .facts
                .refused(|context| follow_up::give_up(it, "-", context)),
            Action::ExplainDate => Some(self.facts.t("why-no-date")),
            _ => None,
        }
    }
}

/// Whether a contact is an invitation to an event, whose guest may be written down to have come (A14-2.7).
fn is_invited(it: &FollowUp, serves: Option<&Serves>) -> bool {
    let event = serves.and_then(|serves| serves.sort) == Some(CampaignSort::Event);
    let answer = it.contact.as_ref().and_then(|contact| contact.answer);
    it.is_done() && event && answer != Some(Answer::Attended)
}

/// The steps of a customer, a contact, a campaign or a line of the plan.
pub(super) fn next_steps(record: &Record) -> Vec<NextStep> {
    let on = |id, clause| NextStep {
        on: true,
        ..aside(id, clause)
    };
    match record {
        Record::Campaign(it) => vec![
            on("to-tell", it.details.sort.clause()),
            aside("told-of", ""),
            aside("log-for", it.details.sort.clause()),
            aside("edit-campaign", ""),
        ],
        Record::PlanLine(it) if it.is_open() => vec![
            on("do-plan-line", "A01-24"),
            aside("edit-plan-line", ""),
            aside("drop-plan-line", ""),
        ],
        Record::FollowUp(it) if it.is_open() => vec![
            on("do-follow-up", "A01-12"),
            aside("edit-follow-up", ""),
            aside("drop-follow-up", ""),
            aside("plan-contact", "A01-16"),
        ],
        Record::FollowUp(it) => {
            let answer = it.contact.as_ref().and_then(|contact| contact.answer);
            let invited = answer.is_some_and(|answer| answer != Answer::Attended);
            let mut steps = vec![aside("plan-contact", "A01-16")];
            steps.extend(invited.then(|| aside("attend", "A14-2.7")));
            steps
        }
        Record::Customer(_) => vec![
            aside("log-contact", "A01-16"),
            aside("plan-contact", "A01-16"),
            aside("plan-service", "A01-24"),
        ],
        _ => Vec::new(),
    }
}

/// What such a step needs; none where everybody who sees the record may take it.
pub(super) fn needed(id: &str) -> Option<Permission> {
    match id {
        "log-for" | "attend" | "do-plan-line" | "do-follow-up" | "edit-follow-up"
        | "drop-follow-up" | "plan-contact" | "log-contact" => Some(Permission::IntakeLog),
        "edit-campaign" => Some(Permission::CampaignRun),
        "edit-plan-line" | "drop-plan-line" | "plan-service" => Some(Permission::PlanKeep),
        _ => None,
    }
}
