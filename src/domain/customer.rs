//! Customers and their cards: five contents in a fixed order, marks, history (A01-17 to A01-23).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::{Context, Meta};
use super::deal::{self, Deal};
use super::intake::Channel;
use super::named::named;
use super::number::Number;
use super::phone::{self, Phone, PhoneLabel};
use super::profile::{CustomerRules, CustomerSource, Permission};
use super::refusal::{Checks, Problem, Refusal};
use super::registration::{Business, Registration};
use super::stamp::Day;
use crate::text::clean;

named! {
    /// How a customer is addressed (A14-2.1).
    #[derive(Default)]
    Salutation {
        /// Not known: the full name.
        #[default]
        Unknown = "unknown",
        /// 先生.
        Mr = "mr",
        /// 女士.
        Ms = "ms",
        /// 老师.
        Teacher = "teacher",
        /// 经理.
        Manager = "manager",
        /// A firm: no form of address.
        Firm = "firm",
    }
}

named! {
    /// A mark on a customer. Marks are independent of each other.
    Mark {
        /// A key customer, kept in a list of its own (A01-20).
        Key = "key",
        /// No longer useful: out of the default lists, never erased by this (A01-18).
        Retired = "retired",
        /// Business was closed with them (A14-1.2).
        Closed = "closed",
        /// A prospect: intends something (A14-3.1, A14-3.3).
        Prospect = "prospect",
        /// Of good credit (A01-06).
        GoodCredit = "good-credit",
    }
}

named! {
    /// How far it is with a customer who is not retired (A01-03). It follows from the marks: with
    /// whomever business was closed is an existing customer, everybody else a potential one; a purchase
    /// sets the mark.
    Stage {
        /// Business was closed with them.
        Existing = "existing",
        /// Not yet.
        Potential = "potential",
    }
}

/// What is entered of a customer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CustomerDetails {
    /// Name: first content of the card (A01-19).
    pub name: String,
    /// Employer: second content of the card.
    pub employer: String,
    /// Position: third content of the card.
    pub position: String,
    /// Home address: fourth content of the card.
    pub address: String,
    /// Telephones: fifth content of the card; the first is the main one.
    pub phones: Vec<Phone>,
    /// How to address the customer (A14-2.1).
    pub salutation: Salutation,
    /// The unit or room at this site, such as `3-1201`.
    pub place: String,
    /// Plates of cars.
    pub plates: Vec<String>,
    /// What to know before speaking, such as preferences.
    pub note: String,
    /// The operator who looks after the customer.
    pub owner: Option<Number>,
    /// The number in the system the customer came from.
    pub external: String,
    /// The class, from the profile's list (A11-03.1).
    pub class: String,
    /// What a customer of this class is, from the profile's list, such as a bank (A11-03.2).
    pub line: String,
    /// The sales site whose customer it is, from the profile's list (A14-1.1a).
    pub site: String,
    /// Where the customer came from, from the profile's list (A14-1.1a).
    pub source: String,
    /// What the customer is for, where the site's cards say it (A12-s).
    pub business: Option<Business>,
    /// Whether business was closed, in the words of the mark, where the site's cards say it (A12-s).
    pub deal: Option<Deal>,
}

impl CustomerDetails {
    /// The fields that are chosen from lists of the profile, with what was chosen.
    pub fn listed(&self) -> [(&'static str, &str); 4] {
        [
            ("customer_class", &self.class),
            ("customer_line", &self.line),
            ("sales_site", &self.site),
            ("customer_source", &self.source),
        ]
    }
}

/// What an import put into fields of a customer that were empty, so that it can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fill {
    /// The import.
    pub import: Number,
    /// What was put in; a field that was not filled is empty.
    pub with: CustomerDetails,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Customer {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: CustomerDetails,
    /// The marks.
    pub marks: BTreeSet<Mark>,
    /// The day on which the card was last confirmed to be right (A01-21, A01-23).
    pub confirmed_on: Day,
    /// What imports put into fields that were empty.
    #[serde(default)]
    pub fills: Vec<Fill>,
}

impl Customer {
    /// Whether the mark is set.
    pub fn is(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    /// How far it is with the customer (A01-03); nothing of a retired one.
    pub fn stage(&self) -> Option<Stage> {
        let closed = self.is(Mark::Closed);
        let stage = if closed {
            Stage::Existing
        } else {
            Stage::Potential
        };
        (!self.is(Mark::Retired)).then_some(stage)
    }

    /// The five contents of the card in their fixed order: field name and value, empty where it
    /// is missing (A01-19). `comma` stands between telephones.
    pub fn card(&self, comma: &str) -> [(&'static str, String); 5] {
        let details = &self.details;
        let phones: Vec<String> = details
            .phones
            .iter()
            .map(|p| phone::shown(&p.digits))
            .collect();
        [
            ("name", details.name.clone()),
            ("employer", details.employer.clone()),
            ("position", details.position.clone()),
            ("address", details.address.clone()),
            ("phones", phones.join(comma)),
        ]
    }
}

/// A customer written down while something else is: what was not asked for is the usual of the site,
/// and the source is that of the channel.
#[must_use]
pub fn in_passing(
    mut details: CustomerDetails,
    channel: Option<Channel>,
    rules: &CustomerRules,
) -> CustomerDetails {
    let usual = |text: &mut String, id: Option<&String>| {
        if let (true, Some(id)) = (text.is_empty(), id) {
            text.clone_from(id);
        }
    };
    let class = rules.classes.iter().find(|class| class.lines.is_empty());
    usual(&mut details.class, class.map(|class| &class.id));
    usual(&mut details.site, rules.sites.first().map(|site| &site.id));
    let came = |source: &&CustomerSource| channel.is_some_and(|it| source.channels.contains(&it));
    let source = rules.sources.iter().find(came).or(rules.sources.first());
    usual(&mut details.source, source.map(|source| &source.id));
    deal::usual(&mut details, rules);
    details
}

/// The class with what its customers are, the sales site and the source are of the profile's lists
/// (A11-03.1, A11-03.2, A14-1.1a). What was kept and is on no list any more stays.
fn check_listed(
    details: &CustomerDetails,
    before: &CustomerDetails,
    rules: &CustomerRules,
    checks: &mut Checks,
) {
    let class = rules.class(&details.class);
    let of_class = class.map_or(&[][..], |class| &class.lines);
    let lines: Vec<&str> = of_class
        .iter()
        .chain(&rules.lines)
        .map(|line| line.id.as_str())
        .collect();
    let ours = class.and_then(|class| class.clause.as_deref());
    for ((field, value), (_, kept)) in details.listed().into_iter().zip(before.listed()) {
        let (offered, clause) = if field == "customer_line" {
            (lines.clone(), ours.unwrap_or("A11-03.2"))
        } else {
            let ids = rules.entries(field).into_iter().map(|[id, ..]| id);
            let is_class = field == "customer_class";
            (
                ids.collect(),
                if is_class { "A11-03.1" } else { "A14-1.1a" },
            )
        };
        if value.is_empty() {
            let free = field == "customer_line" && of_class.is_empty();
            checks.require(offered.is_empty() || free, || {
                Problem::required(field).clause(clause)
            });
        } else {
            checks.require(offered.contains(&value) || value == kept, || {
                let problem = Problem::new("not-on-the-list").field(field);
                problem.clause(clause).arg("value", value)
            });
        }
    }
}

/// Cleans and checks what was entered.
fn checked(
    mut details: CustomerDetails,
    before: &CustomerDetails,
    context: &Context,
) -> Result<CustomerDetails, Refusal> {
    let mut checks = Checks::new();
    details.name = clean::name(&details.name);
    checks.require(!details.name.is_empty(), || {
        Problem::required("name").clause("A01-19")
    });
    for text in [
        &mut details.employer,
        &mut details.position,
        &mut details.address,
        &mut details.place,
        &mut details.external,
        &mut details.class,
        &mut details.line,
        &mut details.site,
        &mut details.source,
    ] {
        *text = clean::name(text);
    }
    let rules = &context.profile.customers;
    check_listed(&details, before, rules, &mut checks);
    deal::check(&details, before, rules, &mut checks);
    details.note = clean::note(&details.note);
    let mut phones: Vec<Phone> = Vec::new();
    for entered in &details.phones {
        match phone::normal(&entered.digits) {
            Ok(digits) if phones.iter().any(|known| known.digits == digits) => {}
            Ok(digits) => phones.push(Phone {
                digits,
                label: entered.label,
            }),
            Err(problem) => checks.add(problem.field("phones")),
        }
    }
    details.phones = phones;
    details.plates = plates(&details.plates);
    checks.done()?;
    Ok(details)
}

/// Plates as they are stored: upper case, no blanks or dots, each once.
pub fn plates(entered: &[String]) -> Vec<String> {
    let mut plates: Vec<String> = Vec::new();
    for plate in entered {
        let plate: String = clean::half_width(&clean::name(plate))
            .to_uppercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        if !plate.is_empty() && !plates.contains(&plate) {
            plates.push(plate);
        }
    }
    plates
}

/// Asks about others that carry the same name and a same telephone (A01-21).
fn ask_about_twins(
    details: &CustomerDetails,
    twins: &[Customer],
    context: &Context,
) -> Result<(), Refusal> {
    let mut checks = Checks::new();
    let twin = twins.iter().find(|twin| {
        let same_phone = |p: &Phone| twin.details.phones.iter().any(|t| t.digits == p.digits);
        twin.details.name == details.name && details.phones.iter().any(same_phone)
    });
    if let Some(twin) = twin {
        let problem = Problem::new("duplicate-customer")
            .field("phones")
            .clause("A01-21")
            .arg("number", twin.meta.number)
            .arg("name", &twin.details.name);
        checks.ask(context.accept, problem);
    }
    checks.done()
}

/// A new customer. `twins` are customers that share a telephone with the new one.
///
/// # Errors
/// Refused without the permission, without a name, with a telephone that is none, without class, sales
/// site or source where the site has lists of them (A11-03.1, A11-03.2, A14-1.1a), without business and
/// state where its cards say them (A12-s); asks when a card with the same name and telephone exists
/// (A01-21).
pub fn register(
    number: Number,
    details: CustomerDetails,
    twins: &[Customer],
    context: &Context,
) -> Result<Customer, Refusal> {
    context.may(Permission::CustomerRegister)?;
    let details = checked(details, &CustomerDetails::default(), context)?;
    ask_about_twins(&details, twins, context)?;
    let mut marks = BTreeSet::new();
    deal::mark(&details, &mut marks);
    Ok(Customer {
        meta: Meta::new(number, context),
        details,
        marks,
        confirmed_on: context.today(),
        fills: Vec::new(),
    })
}

/// A customer changed; the old values stay in the history (A01-02, A01-22).
///
/// # Errors
/// As [`register`].
pub fn change(
    customer: &Customer,
    details: CustomerDetails,
    twins: &[Customer],
    context: &Context,
) -> Result<Customer, Refusal> {
    context.may(Permission::CustomerChange)?;
    let details = checked(details, &customer.details, context)?;
    let others: Vec<Customer> = twins
        .iter()
        .filter(|twin| twin.meta.number != customer.meta.number)
        .cloned()
        .collect();
    let same_identity =
        details.name == customer.details.name && details.phones == customer.details.phones;
    if !same_identity {
        ask_about_twins(&details, &others, context)?;
    }
    let mut marks = customer.marks.clone();
    deal::mark(&details, &mut marks);
    Ok(Customer {
        meta: customer.meta.changed(context),
        details,
        marks,
        confirmed_on: context.today(),
        ..customer.clone()
    })
}

/// A telephone that the customer called from, noted on the card (A01-21).
///
/// # Errors
/// Refused without the permission, for a number that is none, and for one that is on the card already.
pub fn add_phone(
    customer: &Customer,
    typed: &str,
    label: PhoneLabel,
    context: &Context,
) -> Result<Customer, Refusal> {
    context.may(Permission::CustomerChange)?;
    let digits = phone::normal(typed).map_err(|problem| problem.field("phone"))?;
    let phones = &customer.details.phones;
    if phones.iter().any(|known| known.digits == digits) {
        return Err(Problem::new("nothing-to-change").field("phone").into());
    }
    let mut next = customer.clone();
    next.meta = customer.meta.changed(context);
    next.details.phones.push(Phone { digits, label });
    Ok(next)
}

/// A mark set or taken away (A01-18, A01-20).
///
/// # Errors
/// Refused without the permission, or when the mark is as asked for already.
pub fn mark(
    customer: &Customer,
    mark: Mark,
    set: bool,
    context: &Context,
) -> Result<Customer, Refusal> {
    context.may(match mark {
        Mark::Key | Mark::GoodCredit => Permission::CustomerMarkKey,
        Mark::Retired => Permission::CustomerRetire,
        Mark::Closed | Mark::Prospect => Permission::CustomerChange,
    })?;
    if customer.is(mark) == set {
        return Err(Problem::new("nothing-to-change").into());
    }
    let mut marks = customer.marks.clone();
    if set {
        marks.insert(mark);
    } else {
        marks.remove(&mark);
    }
    let mut details = customer.details.clone();
    deal::follow(&mut details, &marks);
    Ok(Customer {
        meta: customer.meta.changed(context),
        details,
        marks,
        ..customer.clone()
    })
}

/// A customer who bought something or closed a deal is one with whom business was closed (A01-03,
/// A14-1.2); none where that is known.
pub fn closed(customer: &Customer, context: &Context) -> Option<Customer> {
    let mut next = customer.clone();
    next.marks.insert(Mark::Closed);
    deal::follow(&mut next.details, &next.marks);
    different(customer, next, context)
}

/// The same by a deal: with whose customer it is and what the deal is about (A12-3.1.1a, A12-s).
pub fn closed_by(customer: &Customer, row: &Registration, context: &Context) -> Option<Customer> {
    let mut next = customer.clone();
    next.marks.insert(Mark::Closed);
    next.details.owner = Some(row.owner);
    next.details.business = row.details.business.or(customer.details.business);
    next.details.deal = Some(Deal::Closed);
    different(customer, next, context)
}

/// The card with whose customer it is by a registration, and with what it does not say yet of what the
/// customer is for; none where it says so already (A12-3.1.1a, A12-s).
pub fn registered_by(
    customer: &Customer,
    owner: Number,
    row: &Registration,
    context: &Context,
) -> Option<Customer> {
    let mut next = customer.clone();
    next.details.owner = Some(owner);
    if next.details.business.is_none() {
        next.details.business = row.details.business;
        let closed = customer.is(Mark::Closed) || row.has_closed();
        next.details.deal = Some(Deal::of(closed));
        deal::mark(&next.details, &mut next.marks);
    }
    different(customer, next, context).filter(|_| !customer.is(Mark::Retired))
}

/// A card as it is to be; none where it is so already.
fn different(customer: &Customer, mut next: Customer, context: &Context) -> Option<Customer> {
    let changed = next != *customer;
    next.meta = customer.meta.changed(context);
    changed.then_some(next)
}

/// The card confirmed to be right today, without a change (A01-23).
///
/// # Errors
/// Refused without the permission.
pub fn confirm(customer: &Customer, context: &Context) -> Result<Customer, Refusal> {
    context.may(Permission::CustomerChange)?;
    Ok(Customer {
        meta: customer.meta.changed(context),
        confirmed_on: context.today(),
        ..customer.clone()
    })
}

/// Days by which the card's confirmation is past the profile's interval; none when it is not, or
/// when the profile sets no interval (A01-23: the regulations give no figure).
pub fn confirmation_late_by(customer: &Customer, context: &Context) -> Option<i64> {
    let interval = i64::from(context.profile.customers.confirm_days?);
    let age = (context.today().0 - customer.confirmed_on.0).num_days();
    (age > interval && !customer.is(Mark::Retired)).then_some(age - interval)
}

/// A customer handed over to another operator, with everything else as it was.
#[must_use]
pub fn hand_over(customer: &Customer, to: Number, context: &Context) -> Customer {
    let mut next = customer.clone();
    next.meta = customer.meta.changed(context);
    next.details.owner = Some(to);
    next
}
