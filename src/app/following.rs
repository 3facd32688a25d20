//! What the keys of the Follow-ups pane do: planning a contact, and writing down the one that was had.

use super::App;
use super::custody;
use super::effect::Origin;
use super::forms::{self, FormId};
use crate::desk::contract::{At, Command};
use crate::domain::follow_up::{self, FollowUp, FollowUpDetails, FollowUpKind, Occasion};
use crate::domain::greeting::Greeting;
use crate::domain::number::Kind;
use crate::domain::profile::{Permission, Tab};
use crate::domain::record::Record;
use crate::keys::Action;

impl App {
    /// Opens the form of a new contact, with the customer of the selected row.
    pub(super) fn plan_follow_up(&mut self) {
        let of = self.pane().filter(|pane| pane.tab == Tab::FollowUps);
        let row = of.and_then(|pane| pane.list().selected());
        let customer = row.and_then(|row| match &row.record {
            Record::Customer(it) => Some(format!("{} {}", it.meta.number, it.details.name)),
            Record::FollowUp(it) => Some(format!("{} {}", it.details.customer?, it.name)),
            _ => None,
        });
        let mut form = forms::blank(FormId::NewFollowUp, None, &self.facts);
        if let Some(customer) = customer {
            form.set("customer", &customer);
            form.go_to("day");
        }
        self.open_form(form);
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
            Record::Customer(_) => match self.greeting() {
                Some(greeting) => self.greet(at.number, &greeting),
                None => self.log_contact(at),
            },
            record if record.number().kind != Kind::FollowUp => self.next_of_record(),
            _ => {
                let mut form = forms::about(FormId::DoFollowUp, &record, &self.facts);
                forms::follow_up::propose(&mut form, &self.facts);
                self.open_form(form);
            }
        }
    }

    fn log_contact(&mut self, at: At) {
        let visit = self.occasion() == Some(Occasion::Visit);
        let details = FollowUpDetails {
            customer: Some(at.number),
            kind: if visit {
                FollowUpKind::Visit
            } else {
                FollowUpKind::Call
            },
            ..FollowUpDetails::default()
        };
        let mut form = forms::blank(FormId::LogContact, None, &self.facts);
        forms::follow_up::begin(&mut form, &details);
        forms::follow_up::propose(&mut form, &self.facts);
        self.open_form(form);
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
            Action::DoFollowUp | Action::DropFollowUp | Action::Edit => self
                .facts
                .refused(|context| follow_up::give_up(it, "-", context)),
            Action::StepsOfFollowUp => Some(self.facts.t("why-ended")).filter(|_| {
                custody::steps_here(&Record::FollowUp(it.clone()), &self.facts).is_empty()
            }),
            Action::ExplainDate => Some(self.facts.t("why-no-date")),
            _ => None,
        }
    }
}
