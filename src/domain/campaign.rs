//! Notices, new products, promotions, gifts and events: what is told or given to whom, and what came of
//! it (A01-07, A01-14, A01-28, A01-29, A01-31, A14-2.7, A14-2.8, A14-2.9.3).
//!
//! Being told, given something or invited is a contact that was had for the campaign, so that it stands in
//! the customer's history without being written twice. Who is still to be told is never stored: it is every
//! customer that the campaign is for and of whom there is no such contact.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::{Context, Meta};
use super::customer::{Customer, Mark};
use super::fines::Month;
use super::follow_up::FollowUp;
use super::mask;
use super::named::named;
use super::number::Number;
use super::place;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::{Day, Stamp};
use crate::text::clean;

/// At most so many customers are named one by one, so that a record stays of a size that is kept.
const MOST_NAMED: usize = 500;

named! {
    /// What a campaign is. Positions stand in records: variants are only appended.
    #[derive(Default)]
    CampaignSort {
        /// Something that is useful to know (A01-28, A14-2.8).
        #[default]
        Notice = "notice",
        /// A new product, with a chance to try it (A01-29).
        Product = "product",
        /// A promotion (A01-31).
        Promotion = "promotion",
        /// Gifts (A01-14).
        Gift = "gift",
        /// An event or a visit to a site (A01-07, A14-2.7, A14-2.9.3).
        Event = "event",
    }
}

impl CampaignSort {
    /// The clause behind it.
    pub const fn clause(self) -> &'static str {
        match self {
            Self::Notice => "A01-28",
            Self::Product => "A01-29",
            Self::Promotion => "A01-31",
            Self::Gift => "A01-14",
            Self::Event => "A14-2.7",
        }
    }
}

named! {
    /// What somebody said to an invitation. Positions stand in records: variants are only appended.
    Answer {
        /// Will come.
        Accepted = "accepted",
        /// Will not.
        Declined = "declined",
        /// Was there.
        Attended = "attended",
    }
}

/// For which customers a campaign or a survey is: those of whom everything that is set here holds; with nothing set
/// all that are not retired.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Target {
    /// Of this class of the profile.
    pub class: String,
    /// Of this sales site of the profile.
    pub site: String,
    /// Who came from this source of the profile.
    pub source: String,
    /// Whose place lies there, such as in a building (A14-2.8).
    pub place: String,
    /// Key customers only.
    pub key: bool,
    /// Only those with whom business was closed, or only the others.
    pub closed: Option<bool>,
    /// Only prospects; beside those with whom business was closed where those are meant: the owners and
    /// prospects of a property (A14-2.8).
    pub prospects: bool,
    /// Only these, by name; anybody where none is named (A01-07).
    pub named: Vec<Number>,
}

impl Target {
    /// Whether a customer is one of them.
    pub fn holds(&self, customer: &Customer) -> bool {
        let details = &customer.details;
        let same = |wanted: &str, is: &str| wanted.is_empty() || wanted == is;
        !customer.is(Mark::Retired)
            && same(&self.class, &details.class)
            && same(&self.site, &details.site)
            && same(&self.source, &details.source)
            && place::lies_in(&details.place, &self.place)
            && (!self.key || customer.is(Mark::Key))
            && self.stands(customer)
            && (self.named.is_empty() || self.named.contains(&customer.meta.number))
    }

    /// How far with the house those are who are meant, by a name; nothing where that does not matter.
    pub const fn standing(&self) -> Option<&'static str> {
        match (self.closed, self.prospects) {
            (None, false) => None,
            (Some(true), false) => Some("closed"),
            (Some(false), false) => Some("not-closed"),
            (Some(true), true) => Some("owners-and-prospects"),
            (_, true) => Some("prospects"),
        }
    }

    /// What such a name stands for: whether business was closed, and whether prospects are meant.
    pub fn of_standing(name: &str) -> (Option<bool>, bool) {
        match name {
            "closed" => (Some(true), false),
            "not-closed" => (Some(false), false),
            "prospects" => (None, true),
            "owners-and-prospects" => (Some(true), true),
            _ => (None, false),
        }
    }

    /// Whether a customer is as far with the house as is meant.
    fn stands(&self, customer: &Customer) -> bool {
        let (closed, prospect) = (customer.is(Mark::Closed), customer.is(Mark::Prospect));
        match (self.closed, self.prospects) {
            (Some(true), true) => closed || prospect,
            (wanted, prospects) => {
                wanted.is_none_or(|wanted| wanted == closed) && (!prospects || prospect)
            }
        }
    }

    /// Cleans what was entered, and asks for classes, sites and sources that the profile has.
    pub(super) fn check(&mut self, context: &Context, checks: &mut Checks) {
        for text in [
            &mut self.class,
            &mut self.site,
            &mut self.source,
            &mut self.place,
        ] {
            *text = clean::name(text);
        }
        self.named.sort_unstable();
        self.named.dedup();
        checks.require(self.named.len() <= MOST_NAMED, || {
            let problem = Problem::new("too-many-named").field("target_named");
            problem.arg("most", MOST_NAMED)
        });
        let rules = &context.profile.customers;
        for (field, chosen) in [
            ("customer_class", &self.class),
            ("sales_site", &self.site),
            ("customer_source", &self.source),
        ] {
            let known = rules.entries(field).iter().any(|[id, ..]| id == chosen);
            checks.require(chosen.is_empty() || known, || {
                Problem::new("not-on-the-list")
                    .field(field)
                    .arg("value", chosen)
            });
        }
    }
}

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CampaignDetails {
    /// What it is.
    pub sort: CampaignSort,
    /// Its name; of a gift what is given.
    pub title: String,
    /// What is to be told.
    pub text: String,
    /// The first day of the promotion or event. It may be told before.
    pub from: Option<Day>,
    /// The last day; nobody is told afterwards.
    pub until: Option<Day>,
    /// Where an event is.
    pub place: String,
    /// How many may come to an event; any number where it is left open (A14-2.7).
    pub places: Option<u32>,
    /// For whom.
    pub target: Target,
    /// The operator who answers for it; whoever enters it where it is left open.
    pub owner: Option<Number>,
}

/// A notice, a product, a promotion, gifts or an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Campaign {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: CampaignDetails,
}

impl Campaign {
    /// Its first day.
    pub fn from(&self) -> Day {
        self.details.from.unwrap_or_default()
    }

    /// Its last day.
    pub fn until(&self) -> Day {
        self.details.until.unwrap_or_default()
    }

    /// Whether nobody is told of it any more (A01-31).
    pub fn is_over(&self, today: Day) -> bool {
        today > self.until()
    }
}

/// The same with another owner, as when somebody leaves (A11-19.1b).
#[must_use]
pub fn hand_over(campaign: &Campaign, to: Number, context: &Context) -> Campaign {
    let mut next = campaign.clone();
    next.meta = campaign.meta.changed(context);
    next.details.owner = Some(to);
    next
}

/// Cleans and checks what was entered.
fn checked(
    mut details: CampaignDetails,
    booked: u64,
    context: &Context,
) -> Result<CampaignDetails, Refusal> {
    let clause = details.sort.clause();
    let mut checks = Checks::new();
    details.title = clean::name(&details.title);
    details.text = clean::body(&details.text);
    details.place = clean::name(&details.place);
    details.target.check(context, &mut checks);
    checks.require(!details.title.is_empty(), || {
        Problem::required("campaign_title").clause(clause)
    });
    let event = details.sort == CampaignSort::Event;
    checks.require(!event || !details.place.is_empty(), || {
        Problem::required("venue").clause(clause)
    });
    if !event {
        details.place.clear();
        details.places = None;
    }
    for (field, day) in [("from_day", details.from), ("until_day", details.until)] {
        checks.require(day.is_some(), || Problem::required(field).clause(clause));
    }
    if let (Some(from), Some(until)) = (details.from, details.until) {
        checks.require(from <= until, || {
            Problem::new("campaign-ends-before-it-begins").field("until_day")
        });
    }
    checks.require(
        details
            .places
            .is_none_or(|places| u64::from(places) >= booked),
        || {
            let problem = Problem::new("more-have-accepted").field("places");
            problem.clause(clause).arg("count", booked)
        },
    );
    checks.done()?;
    details.owner = details.owner.or(Some(context.operator.meta.number));
    Ok(details)
}

/// A campaign entered.
///
/// # Errors
/// Refused without the permission, without a title and days, for an event without a place, for days in
/// the wrong order, and for customers of a class, site or source that the profile does not have.
pub fn begin(
    number: Number,
    details: CampaignDetails,
    context: &Context,
) -> Result<Campaign, Refusal> {
    context.may(Permission::CampaignRun)?;
    let details = checked(details, 0, context)?;
    let over = details.until.is_some_and(|until| until < context.today());
    if over {
        return Err(Problem::new("campaign-in-the-past")
            .field("until_day")
            .into());
    }
    Ok(Campaign {
        meta: Meta::new(number, context),
        details,
    })
}

/// A campaign changed, to which so many have `booked`. What it is stays.
///
/// # Errors
/// As [`begin`], and for fewer places than there are people who accepted (A14-2.7).
pub fn change(
    campaign: &Campaign,
    details: CampaignDetails,
    booked: u64,
    context: &Context,
) -> Result<Campaign, Refusal> {
    context.may(Permission::CampaignRun)?;
    let details = CampaignDetails {
        sort: campaign.details.sort,
        ..details
    };
    Ok(Campaign {
        meta: campaign.meta.changed(context),
        details: checked(details, booked, context)?,
    })
}

/// What came of a campaign, each customer counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Customers who were told, given something or invited.
    pub told: u64,
    /// Customers to whom a trial was offered (A01-29).
    pub tried: u64,
    /// Customers who said what they think of it (A01-29).
    pub feedback: u64,
    /// Customers who will come or were there (A14-2.7).
    pub booked: u64,
    /// Customers who were there.
    pub attended: u64,
    /// Places that are left of an event; none where it is for any number (A14-2.7).
    pub left: Option<u64>,
}

/// What came of a campaign, by the contacts that were had for it.
pub fn figures(campaign: &Campaign, had: &[FollowUp]) -> Figures {
    let mut told = BTreeSet::new();
    let mut tried = BTreeSet::new();
    let mut feedback = BTreeSet::new();
    for it in had {
        let (Some(customer), Some(contact)) = (it.details.customer, &it.contact) else {
            continue;
        };
        told.insert(customer);
        if contact.tried == Some(true) {
            tried.insert(customer);
        }
        if !contact.feedback.is_empty() {
            feedback.insert(customer);
        }
    }
    let answers = answers(had);
    let count = |holds: fn(Answer) -> bool| answers.values().filter(|it| holds(**it)).count();
    let booked = count(|it| it != Answer::Declined) as u64;
    let places = campaign.details.places;
    Figures {
        told: told.len() as u64,
        tried: tried.len() as u64,
        feedback: feedback.len() as u64,
        booked,
        attended: count(|it| it == Answer::Attended) as u64,
        left: places.map(|places| u64::from(places).saturating_sub(booked)),
    }
}

/// The last answer of everybody who was invited.
pub fn answers(had: &[FollowUp]) -> BTreeMap<Number, Answer> {
    let mut last = BTreeMap::new();
    let mut had: Vec<&FollowUp> = had.iter().collect();
    had.sort_by_key(|it| {
        (
            it.contact.as_ref().map(|contact| contact.said.at),
            it.meta.number,
        )
    });
    for it in had {
        let answer = it.contact.as_ref().and_then(|contact| contact.answer);
        if let (Some(customer), Some(answer)) = (it.details.customer, answer) {
            last.insert(customer, answer);
        }
    }
    last
}

/// A campaign in the report of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CampaignLine {
    /// The campaign.
    pub campaign: Campaign,
    /// Customers it is for, and those who were told without being of them.
    pub targets: u64,
    /// What came of it.
    pub figures: Figures,
    /// Those who were told, with their names.
    pub told: Vec<(Number, String)>,
    /// Those who are not told yet, with their names.
    pub untold: Vec<(Number, String)>,
    /// What customers said of a product, with their names; telephones in it are masked (A01-29).
    pub feedback: Vec<(Number, String)>,
    /// Those who were at an event and are customers since it began (A14-2.9.3).
    pub brought: Vec<(Number, String)>,
}

/// The campaigns that ran in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MonthCampaigns {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// The campaigns, by number.
    pub campaigns: Vec<CampaignLine>,
}

/// A campaign with the customers it is for, the contacts that were had for it, and those of them who were
/// there (A01-29, A01-31, A14-2.9.3).
pub fn line(
    campaign: Campaign,
    targets: &[(Number, String)],
    had: &[FollowUp],
    attended: &[Customer],
    context: &Context,
) -> CampaignLine {
    let told: BTreeMap<Number, String> = had
        .iter()
        .filter_map(|it| Some((it.details.customer?, it.name.clone())))
        .collect();
    let untold = targets
        .iter()
        .filter(|(number, _)| !told.contains_key(number));
    let untold: Vec<(Number, String)> = untold.cloned().collect();
    let feedback = had.iter().filter_map(|it| {
        let said = &it.contact.as_ref()?.feedback;
        let line = format!("{}  {}", it.name, mask::words(&said.replace('\n', " ")));
        (!said.is_empty()).then_some((it.meta.number, line))
    });
    let offset = context.profile.utc_offset_minutes;
    let brought = attended
        .iter()
        .filter(|customer| customer.meta.created_at.day(offset) >= campaign.from());
    CampaignLine {
        targets: (told.len() + untold.len()) as u64,
        figures: figures(&campaign, had),
        feedback: feedback.collect(),
        brought: brought
            .map(|customer| (customer.meta.number, customer.details.name.clone()))
            .collect(),
        told: told.into_iter().collect(),
        untold,
        campaign,
    }
}
