//! The reports of a month: the stock of the archive, the files of new cars, where entries in customers'
//! files come from, the fines of the archive, its use, the contacts with customers, the surveys.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::archive::FileSort;
use super::campaign::MonthCampaigns;
use super::contacts::Contacts;
use super::context::Context;
use super::dossier::month::{Filled, Needs};
use super::fines::{Month, MonthFines};
use super::handover::{self, Handover, HandoverState};
use super::named::named;
use super::number::Number;
use super::plan::MonthPlan;
use super::referrals::Referrals;
use super::registration::MonthForms;
use super::relationships::Relationships;
use super::service_item::Catalogue;
use super::stamp::{Day, Stamp};
use super::stock::Stock;
use super::survey::Surveys;
use super::transaction::{Transaction, TransactionSort};
use super::usage::Usage;

named! {
    /// Which report of a month.
    MonthlyKind {
        /// The stock of the archive (A13-a7a).
        Stock = "stock",
        /// The files of new cars (A07-d2).
        NewCars = "new-cars",
        /// Where entries in customers' files come from (A03-4.1.1).
        Sources = "sources",
        /// The fines of the archive (A07-f1 to A07-f10).
        Fines = "fines",
        /// How much the archive was used (A13-a7b).
        Usage = "usage",
        /// The registration forms of customers (A12-4.1).
        Registrations = "registrations",
        /// The contacts with customers (A01-15, A01-25, A04-6).
        Contacts = "contacts",
        /// The surveys (A03-sa, A03-5.1.2b, A03-5.1.2c, A14-2.6).
        Surveys = "surveys",
        /// Who brought whom (A14-0, A14-3.1b, A14-3.2).
        Referrals = "referrals",
        /// What there was with each customer (A01-04).
        Relationships = "relationships",
        /// The catalogue of services (A01-09).
        Catalogue = "catalogue",
        /// What came of notices, promotions, gifts and events (A01-31).
        Campaigns = "campaigns",
        /// The customer service plan, done and not done (A01-24, A03-5.1.3).
        Plan = "plan",
        /// How far customers' profiles are filled (A14-N4.2).
        Profiles = "profiles",
        /// What customers need, without naming them (A14-N4.3).
        Needs = "needs",
    }
}

impl MonthlyKind {
    /// Whether customers stand in it by name, so that having it made is a look.
    pub const fn names_customers(self) -> bool {
        match self {
            Self::Contacts
            | Self::Surveys
            | Self::Referrals
            | Self::Relationships
            | Self::Campaigns
            | Self::Plan
            | Self::Profiles => true,
            Self::Stock
            | Self::NewCars
            | Self::Sources
            | Self::Fines
            | Self::Usage
            | Self::Registrations
            | Self::Catalogue
            | Self::Needs => false,
        }
    }
}

/// A report of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Monthly {
    /// The stock of the archive.
    Stock(Stock),
    /// The files of new cars.
    NewCars(NewCars),
    /// Where entries come from.
    Sources(Sources),
    /// The fines.
    Fines(MonthFines),
    /// The use of the archive.
    Usage(Usage),
    /// The registration forms.
    Registrations(MonthForms),
    /// The contacts with customers.
    Contacts(Contacts),
    /// The surveys.
    Surveys(Surveys),
    /// Who brought whom.
    Referrals(Referrals),
    /// What there was with each customer.
    Relationships(Relationships),
    /// The catalogue of services.
    Catalogue(Catalogue),
    /// What came of notices, promotions, gifts and events.
    Campaigns(MonthCampaigns),
    /// The customer service plan.
    Plan(MonthPlan),
    /// How far profiles are filled.
    Profiles(Filled),
    /// What customers need.
    Needs(Needs),
}

impl Monthly {
    /// Which report it is.
    pub const fn kind(&self) -> MonthlyKind {
        match self {
            Self::Stock(_) => MonthlyKind::Stock,
            Self::NewCars(_) => MonthlyKind::NewCars,
            Self::Sources(_) => MonthlyKind::Sources,
            Self::Fines(_) => MonthlyKind::Fines,
            Self::Usage(_) => MonthlyKind::Usage,
            Self::Registrations(_) => MonthlyKind::Registrations,
            Self::Contacts(_) => MonthlyKind::Contacts,
            Self::Surveys(_) => MonthlyKind::Surveys,
            Self::Referrals(_) => MonthlyKind::Referrals,
            Self::Relationships(_) => MonthlyKind::Relationships,
            Self::Catalogue(_) => MonthlyKind::Catalogue,
            Self::Campaigns(_) => MonthlyKind::Campaigns,
            Self::Plan(_) => MonthlyKind::Plan,
            Self::Profiles(_) => MonthlyKind::Profiles,
            Self::Needs(_) => MonthlyKind::Needs,
        }
    }

    /// Its month.
    pub const fn month(&self) -> Month {
        match self {
            Self::Stock(it) => it.month,
            Self::NewCars(it) => it.month,
            Self::Sources(it) => it.month,
            Self::Fines(it) => it.month,
            Self::Usage(it) => it.month,
            Self::Registrations(it) => it.month,
            Self::Contacts(it) => it.month,
            Self::Surveys(it) => it.month,
            Self::Referrals(it) => it.month,
            Self::Relationships(it) => it.month,
            Self::Catalogue(it) => it.month,
            Self::Campaigns(it) => it.month,
            Self::Plan(it) => it.month,
            Self::Profiles(it) => it.month,
            Self::Needs(it) => it.month,
        }
    }
}

/// A new car delivered in the month, as far as whoever answers for its file has to know.
#[allow(
    clippy::struct_excessive_bools,
    reason = "a car is counted under each of these by itself"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NewCar {
    /// The hand-over of its papers.
    pub number: Number,
    /// Who hands over.
    pub giver: String,
    /// When the car was delivered.
    pub released_on: Option<Day>,
    /// The last day on which the papers are on time.
    pub due: Day,
    /// Where the hand-over stands.
    pub state: HandoverState,
    /// The items of the checklist that are not as they should be.
    pub lacks: Vec<String>,
    /// Whether the archive found it whole, at once or after corrections.
    pub complete: bool,
    /// Whether it was signed for after the last day, or is not signed for and that day is past.
    pub late: bool,
    /// Whether the archive has it and waits for what is missing or wrong.
    pub awaiting: bool,
    /// Whether it is in the cabinet.
    pub filed: bool,
}

/// What one department has of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NewCarsOf {
    /// The department.
    pub department: String,
    /// The cars, by number.
    pub cars: Vec<NewCar>,
}

/// The files of the new cars of a month, by department (A07-d2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NewCars {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// The departments that hand over.
    pub departments: Vec<NewCarsOf>,
}

/// The files of the new cars that were delivered in a month.
pub fn new_cars(month: Month, handovers: &[Handover], context: &Context) -> NewCars {
    let offset = context.profile.utc_offset_minutes;
    let today = context.today();
    let mut departments: BTreeMap<&str, Vec<NewCar>> = BTreeMap::new();
    for handover in handovers {
        let details = &handover.details;
        let delivered = details
            .released_on
            .is_some_and(|day| Month::of(day) == month);
        let counts = details.sort == FileSort::NewCar && handover.withdrawn.is_none();
        let list = handover::checklist(details, context);
        let (Some(list), true, true) = (list, delivered, counts) else {
            continue;
        };
        let taken = handover.taken.as_ref();
        let late = taken.map_or(today, |said| said.at.day(offset)) > handover.due;
        let lacks = handover.lacks(list).into_iter().map(|item| item.id.clone());
        let looked_at = handover.received.is_some() && handover.whole.is_none();
        let car = NewCar {
            number: handover.meta.number,
            giver: details.giver.clone(),
            released_on: details.released_on,
            due: handover.due,
            state: handover.state,
            lacks: lacks.collect(),
            complete: handover.whole.is_some(),
            late,
            awaiting: looked_at || handover.open_correction().is_some(),
            filed: handover.filed.is_some(),
        };
        departments.entry(&list.department).or_default().push(car);
    }
    let departments = departments.into_iter().map(|(department, mut cars)| {
        cars.sort_by_key(|car| car.number);
        NewCarsOf {
            department: department.to_owned(),
            cars,
        }
    });
    NewCars {
        month,
        at: context.now,
        departments: departments.collect(),
    }
}

/// How many entries, and what the purchases among them add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// Entries.
    pub entries: u64,
    /// Hundredths of a yuan.
    pub amount: u64,
}

impl Tally {
    fn add(&mut self, transaction: &Transaction) {
        self.entries += 1;
        let amount = transaction.paid().unwrap_or_default();
        self.amount = self.amount.saturating_add(amount);
    }
}

/// Where the entries of a month come from (A03-4.1.1): both lists add up to the total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sources {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// By where they come from.
    pub by_sort: Vec<(TransactionSort, Tally)>,
    /// By salesperson.
    pub by_salesperson: Vec<(String, Tally)>,
    /// All of them.
    pub total: Tally,
}

/// Where the entries of a month come from.
pub fn sources(month: Month, entries: &[Transaction], context: &Context) -> Sources {
    let mut by_sort: BTreeMap<TransactionSort, Tally> = BTreeMap::new();
    let mut by_salesperson: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut total = Tally::default();
    for entry in entries.iter().filter(|it| Month::of(it.on()) == month) {
        by_sort.entry(entry.details.sort).or_default().add(entry);
        let salesperson = entry.details.salesperson.as_str();
        by_salesperson.entry(salesperson).or_default().add(entry);
        total.add(entry);
    }
    let by_salesperson = by_salesperson.into_iter();
    Sources {
        month,
        at: context.now,
        by_sort: by_sort.into_iter().collect(),
        by_salesperson: by_salesperson
            .map(|(name, tally)| (name.to_owned(), tally))
            .collect(),
        total,
    }
}
