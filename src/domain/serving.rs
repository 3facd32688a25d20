//! What a contact is had for, and what has to be said of it then: a campaign, a line of the service plan, a
//! holiday, what is open for the customer (A01-14, A01-24, A01-29, A03-5.1.2a, A05-4.6b, A14-2.7, A14-2.9.2).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::campaign::{self, Answer, Campaign, CampaignSort};
use super::context::Context;
use super::follow_up::{Contact, FollowUp, FollowUpDetails};
use super::intake::Channel;
use super::named::named;
use super::number::Number;
use super::plan::PlanLine;
use super::refusal::{Checks, Problem};
use super::stamp::Day;
use crate::text::clean;

named! {
    /// What became of something that was open for a customer (A05-4.6b). Positions stand in records:
    /// variants are only appended.
    #[derive(Default)]
    Outcome {
        /// Solved.
        #[default]
        Solved = "solved",
        /// Taken over by somebody until a day.
        TakenOver = "taken-over",
        /// Not solved, for a reason.
        Unsolved = "unsolved",
    }
}

/// What became of one item that was open for a customer who was visited (A05-4.6b).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemOutcome {
    /// The request or complaint.
    pub item: Number,
    /// What became of it.
    #[serde(default)]
    pub outcome: Outcome,
    /// Who has taken it over.
    #[serde(default)]
    pub by: String,
    /// Until when.
    #[serde(default)]
    pub until: Option<Day>,
    /// Why it is not solved.
    #[serde(default)]
    pub why: String,
}

/// What a contact is had for, read from the store.
#[derive(Debug, Clone, Default)]
pub enum Served {
    /// Nothing in particular.
    #[default]
    Nothing,
    /// A campaign, with the contacts that were had for it with this customer; of an event, which has
    /// places, with everybody.
    Campaign(Box<Campaign>, Vec<FollowUp>),
    /// A line of the plan.
    Plan(Box<PlanLine>),
}

/// What a contact is held against beside the follow-up and its customer.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// What it is had for.
    pub served: Served,
    /// The requests and complaints of the customer that are open, oldest first, each with what it is about.
    pub open_items: Vec<(Number, String)>,
}

/// Checks what a contact says of what it was had for. An attempt by which nobody was reached says nothing.
pub(super) fn check(
    details: &FollowUpDetails,
    contact: &Contact,
    channel: Channel,
    around: &Around,
    context: &Context,
    checks: &mut Checks,
) {
    if contact.missed {
        return;
    }
    if details.holiday.is_some() {
        // By telephone or by text message.
        checks.require(matches!(channel, Channel::Call | Channel::Text), || {
            Problem::new("greeting-by-phone")
                .field("contact_channel")
                .clause("A14-2.9.2")
        });
    }
    if let Served::Campaign(campaign, had) = &around.served {
        of_campaign(details, contact, campaign, had, context, checks);
    }
    if channel == Channel::Visit && context.profile.follow_ups.settle_items {
        of_items(contact, &around.open_items, context, checks);
    }
}

fn of_campaign(
    details: &FollowUpDetails,
    contact: &Contact,
    campaign: &Campaign,
    had: &[FollowUp],
    context: &Context,
    checks: &mut Checks,
) {
    let sort = campaign.details.sort;
    let number = campaign.meta.number;
    // Who was at an event is written down after it; nothing else is answered.
    let event = sort == CampaignSort::Event;
    let there = event && contact.answer == Some(Answer::Attended);
    checks.require(there || !campaign.is_over(context.today()), || {
        let problem = Problem::new("campaign-is-over").clause(sort.clause());
        let problem = problem.arg("number", number);
        problem.arg("day", campaign.until())
    });
    match sort {
        CampaignSort::Product => checks.require(contact.tried.is_some(), || {
            Problem::required("tried").clause("A01-29")
        }),
        CampaignSort::Gift => {
            checks.require(!clean::name(&contact.item).is_empty(), || {
                Problem::required("item").clause("A01-14")
            });
            if let Some(given) = had.first() {
                let offset = context.profile.utc_offset_minutes;
                let on = given.contact.as_ref().map(|it| it.said.at.day(offset));
                let problem = Problem::new("already-given").clause("A01-14");
                let problem = problem.arg("number", given.meta.number);
                checks.add(problem.arg("day", on.unwrap_or_default()));
            }
        }
        CampaignSort::Event => of_event(details, contact, campaign, had, context, checks),
        CampaignSort::Notice | CampaignSort::Promotion => {}
    }
}

fn of_event(
    details: &FollowUpDetails,
    contact: &Contact,
    campaign: &Campaign,
    had: &[FollowUp],
    context: &Context,
    checks: &mut Checks,
) {
    let Some(answer) = contact.answer else {
        return checks.add(Problem::required("answer").clause("A14-2.7"));
    };
    let answers = campaign::answers(had);
    // Of an event everybody's contacts are there, each of the card that stays.
    let own = details.customer.and_then(|customer| answers.get(&customer));
    match answer {
        Answer::Accepted => {
            // Whoever has a place keeps it and takes no second one.
            let has_place = own.is_some_and(|it| *it != Answer::Declined);
            let left = campaign::figures(campaign, had).left;
            checks.require(has_place || left != Some(0), || {
                let problem = Problem::new("event-is-full")
                    .field("answer")
                    .clause("A14-2.7");
                problem.arg("count", campaign.details.places.unwrap_or_default())
            });
        }
        Answer::Attended => checks.require(context.today() >= campaign.from(), || {
            let problem = Problem::new("event-not-yet")
                .field("answer")
                .clause("A14-2.7");
            problem.arg("day", campaign.from())
        }),
        Answer::Declined => {}
    }
}

/// Each item that is open has to be spoken of (A05-4.6b).
fn of_items(contact: &Contact, open: &[(Number, String)], context: &Context, checks: &mut Checks) {
    for (item, about) in open {
        let of = |key: &str| {
            let field = item.to_string();
            let problem = Problem::new(key).field(&field).clause("A05-4.6b");
            problem.arg("number", item).arg("about", about)
        };
        let Some(said) = contact.items.iter().find(|it| it.item == *item) else {
            checks.add(of("item-is-open"));
            continue;
        };
        match said.outcome {
            Outcome::Solved => {}
            Outcome::TakenOver => {
                let by = !clean::name(&said.by).is_empty();
                let until = said.until.is_some_and(|until| until >= context.today());
                checks.require(by && until, || of("item-taken-over-by-whom"));
            }
            Outcome::Unsolved => {
                let why = !clean::body(&said.why).is_empty();
                checks.require(why, || of("item-unsolved-why"));
            }
        }
    }
}

/// What a contact says beside its text of what it was had for.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Whether a trial was offered (A01-29).
    pub tried: Option<bool>,
    /// What the customer thinks of it (A01-29).
    pub feedback: String,
    /// What was given (A01-14).
    pub item: String,
    /// The answer to an invitation (A14-2.7).
    pub answer: Option<Answer>,
}

/// What is kept of it: what the sort of the campaign asks for, and nothing else.
pub(super) fn said(contact: &Contact, served: &Served) -> Said {
    let Served::Campaign(campaign, _) = served else {
        return Said::default();
    };
    match campaign.details.sort {
        CampaignSort::Product => Said {
            tried: contact.tried,
            feedback: clean::body(&contact.feedback),
            ..Said::default()
        },
        CampaignSort::Gift => Said {
            item: clean::name(&contact.item),
            ..Said::default()
        },
        CampaignSort::Event => Said {
            answer: contact.answer,
            ..Said::default()
        },
        CampaignSort::Notice | CampaignSort::Promotion => Said::default(),
    }
}

/// What was said of the items that are open, cleaned; of others nothing is kept.
pub(super) fn cleaned(items: &[ItemOutcome], open: &[(Number, String)]) -> Vec<ItemOutcome> {
    let is_open = |item: Number| open.iter().any(|(known, _)| *known == item);
    let said = items.iter().filter(|it| is_open(it.item));
    said.map(|it| ItemOutcome {
        by: clean::name(&it.by),
        why: clean::body(&it.why),
        ..it.clone()
    })
    .collect()
}
