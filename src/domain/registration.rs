//! Daily registration of customers by leasing managers, the day's form with its time to be handed in,
//! whose customer somebody is, and the file form at closing (A12-3.1, A12-3.2.4, SM9).
//!
//! The time of a registration is the hub's clock; nobody can type it (A12-3.1.3).

mod filing;
mod month;
mod owner;
mod steps;

use chrono::NaiveTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::filing::{Filed, file_details, into_file};
pub use self::month::{FileFormOf, FormsOf, MonthForms, month_forms};
pub use self::owner::{
    Around, Claim, Earlier, OwnerRule, Ownership, first_protected, hand_over, holder, is_same,
    on_card, ownership, protects, released_on,
};
pub use self::steps::{
    Beside, ROWS, RegistrationStep, RegistrationStepKind, hand_in, keep, may, step,
};
use super::calendar::{Calendar, DayUnit};
use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::customer::Customer;
use super::named::named;
use super::number::Number;
use super::phone;
use super::procedure::ArchiveStep;
use super::profile::Profile;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::{Day, Stamp};
use super::visiting::{self, Met};
use crate::text::clean;

named! {
    /// What a customer is for (A12-s).
    Business {
        /// Buying.
        Sale = "sale",
        /// Renting.
        Lease = "lease",
    }
}

named! {
    /// How a customer came (A12-3.1.2a, A12-3.1.6).
    RegistrationSource {
        /// Called while the manager was on duty.
        Call = "call",
        /// Came while the manager was on duty.
        Visit = "visit",
        /// Found by the manager.
        SelfDeveloped = "self-developed",
        /// Brought by an agency.
        Agency = "agency",
    }
}

named! {
    /// Where a registration stands (SM9). Positions stand in records: variants are only appended.
    RegistrationState {
        /// Registered; the customer has not closed.
        Registered = "registered",
        /// Somebody else's too: waits for the head of leasing (A12-3.1.3, A12-3.1.4x).
        Collision = "collision",
        /// The customer closed; the file form is due (A12-3.2.4).
        Closed = "closed",
        /// The file form is with general services (A12-3.2.4).
        FormSent = "form-sent",
        /// The file form is in the archive, where it is kept for the profile's years (A12-3.2.8a).
        Filed = "filed",
    }
}

named! {
    /// A field of the customer file form (A12-f1). Which of them a site's form has is in its profile.
    FormField {
        /// Name.
        Name = "name",
        /// Telephones.
        Phones = "phones",
        /// Employer.
        Employer = "employer",
        /// Position.
        Position = "position",
        /// Address.
        Address = "address",
        /// Unit.
        Place = "place",
        /// Sale or lease.
        Business = "business",
        /// What the customer wanted.
        Intention = "intention",
        /// How the customer came.
        Source = "source",
        /// The agent.
        Agent = "agent",
        /// Whose customer it is.
        Manager = "manager",
        /// When the deal was closed.
        ClosedOn = "closed-on",
    }
}

named! {
    /// What two registrations of one customer have in common (A12-3.1.3).
    SameBy {
        /// The telephone; it is compared everywhere.
        Phone = "phone",
        /// The name too, so that who shares a telephone is not one customer.
        Name = "name",
    }
}

/// How a site registers customers. A site without it has no such form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationRules {
    /// Until before this hour of the next day the form may come where there is a reason (A12-3.1.1c).
    #[schemars(with = "String")]
    pub late_until: NaiveTime,
    /// Whether that is the next day or the next working day; the regulation does not say.
    pub unit: DayUnit,
    /// So many minutes before the end of work whoever has not handed in is reminded.
    #[serde(default)]
    pub remind_minutes: u32,
    /// Points a late day costs in the month's assessment (A12-4.1). The regulation gives no figure:
    /// absent means that days are counted and no points.
    #[serde(default)]
    pub points: Option<u32>,
    /// Days after which a registration that led to nothing holds nobody off any more; absent means that
    /// it always does.
    #[serde(default)]
    pub protect_days: Option<u32>,
    /// Days after the deal within which the complete file form goes to general services; absent means that
    /// the days it is open are listed and it is late after none (A12-4.1).
    #[serde(default)]
    pub file_form_days: Option<u32>,
    /// What two registrations have in common that are of one customer; the telephone, where nothing is
    /// said (A12-3.1.3).
    #[serde(default, rename = "match")]
    pub same_by: Vec<SameBy>,
    /// The fields of the customer file form (A12-f1).
    pub file_form: Vec<FormField>,
}

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RegistrationDetails {
    /// Sale or lease; required (A12-s).
    pub business: Option<Business>,
    /// The customer's name.
    pub name: String,
    /// The customer's telephone, digits.
    pub phone: String,
    /// How the customer came; required (A12-3.1.2a).
    pub source: Option<RegistrationSource>,
    /// What the customer wants to buy or rent.
    pub intention: String,
    /// Whether the customer is a prospect: can be reached and intends something (A12-3.1.2b).
    pub prospect: bool,
    /// Whether there is an agent; required of one whom an agency brought (A12-3.1.6).
    pub agent: Option<bool>,
    /// The agent's name.
    pub agent_name: String,
    /// The old customer who brought this one (A12-3.1.5a).
    pub referrer: Option<Number>,
    /// Whether the customer asks for that one's leasing manager (A12-3.1.5a).
    pub asks_for: bool,
    /// Whether the customer says to have been in contact before and cannot name with whom (A12-3.1.4x).
    pub contact_unnamed: bool,
    /// Where the customer was met; where such customers usually are, where it is left open (A14-3.3b).
    pub met: Option<Met>,
    /// Of one who was met at a sales office: which, from the profile's list (A14-3.3).
    pub sales_site: String,
}

/// The day's form handed in with this row on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HandedIn {
    /// When.
    pub at: Stamp,
    /// Why not before the end of work; empty where there was no special case.
    pub reason: String,
    /// Whether that was too late (A12-3.1.1b, A12-3.1.1c).
    pub late: bool,
}

/// The customer is somebody else's too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Collision {
    /// The earlier registration.
    pub with: Number,
    /// When that was made.
    pub at: Stamp,
    /// Whose customer it is by that.
    pub owner: Number,
    /// Whose customer it would be without that: whoever was on duty at that moment, or who registered a
    /// customer of their own (A12-3.1.4x, A12-3.1.5b).
    pub claimant: Number,
    /// Whether the customer could not name the manager, so that nothing is proposed (Q8).
    pub unnamed: bool,
    /// What the head of leasing decided, and why.
    pub ruled: Option<(Claim, Said)>,
    /// The rules that were in force at the ruling.
    pub rules: Option<RulesOf>,
}

/// The end of a deal with the file form as it was filled in then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Closing {
    /// The day of the deal.
    pub on: Day,
    /// The customer's card.
    pub customer: Number,
    /// The fields of the form with what stands in them; empty where it is missing.
    pub form: Vec<(FormField, String)>,
    /// When the form went to general services.
    pub sent: Option<Said>,
    /// Where the archive filed it.
    pub filed: Option<Filed>,
}

/// The rules that were in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RulesOf {
    /// The profile.
    pub profile: String,
    /// Its version.
    pub version: u32,
}

impl RulesOf {
    /// Those in force.
    pub fn now(context: &Context) -> Self {
        Self {
            profile: context.profile.id.clone(),
            version: context.profile.version,
        }
    }
}

/// A row of the customer registration form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Registration {
    /// Number, version, times. When it was made is the time of registration, and who made it the leasing
    /// manager whose form it stands on.
    pub meta: Meta,
    /// What was entered.
    pub details: RegistrationDetails,
    /// The day on whose form it stands.
    pub day: Day,
    /// Whose customer it is.
    pub owner: Number,
    /// By which rule.
    pub rule: OwnerRule,
    /// The rules it was decided by.
    pub rules: RulesOf,
    /// Where it stands.
    pub state: RegistrationState,
    /// The form handed in.
    pub handed_in: Option<HandedIn>,
    /// Somebody else's registration of the same telephone.
    pub collision: Option<Collision>,
    /// The end of the deal.
    pub closing: Option<Closing>,
    /// Who of general services took the handed in form into keeping, and when (A12-3.1.7a).
    pub kept: Option<Said>,
}

impl Registration {
    /// Whether somebody still has to do something about it.
    pub fn is_open(&self) -> bool {
        let waits = matches!(
            self.state,
            RegistrationState::Collision | RegistrationState::Closed
        );
        self.handed_in.is_none() || waits
    }

    /// Whether the customer has closed (A12-s).
    pub const fn has_closed(&self) -> bool {
        matches!(
            self.state,
            RegistrationState::Closed | RegistrationState::FormSent | RegistrationState::Filed
        )
    }

    /// Whether its day's form was handed in and nobody has taken it into keeping yet (A12-3.1.7a).
    pub const fn is_to_be_kept(&self) -> bool {
        self.handed_in.is_some() && self.kept.is_none()
    }

    /// Where the customer was met (A14-3.3b).
    pub fn met(&self) -> Option<Met> {
        let usual = self.details.source.and_then(RegistrationSource::met);
        self.details.met.or(usual)
    }

    /// Whether its file form waits for general services to file it (A12-3.2.4).
    pub fn is_to_be_filed(&self) -> bool {
        self.state == RegistrationState::FormSent
    }

    /// The fields of the file form that are missing (A12-3.2.4).
    pub fn missing(&self) -> Vec<FormField> {
        let form = self.closing.iter().flat_map(|closing| &closing.form);
        let empty = form.filter(|(_, value)| value.is_empty());
        empty.map(|(field, _)| *field).collect()
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let details = &mut self.details;
        let mut texts = vec![
            &mut details.name,
            &mut details.intention,
            &mut details.agent_name,
        ];
        texts.extend(self.handed_in.as_mut().map(|handed| &mut handed.reason));
        let ruled = self.collision.as_mut().and_then(|it| it.ruled.as_mut());
        texts.extend(ruled.map(|(_, said)| &mut said.text));
        if let Some(closing) = &mut self.closing {
            texts.extend(closing.form.iter_mut().map(|(_, value)| value));
        }
        texts
    }
}

/// The moment from which on a day's form is late without a reason (A12-3.1.1b).
pub fn end_of_work(day: Day, profile: &Profile) -> Stamp {
    let at = day.0.and_time(profile.work.end);
    Stamp::from_local(at, profile.utc_offset_minutes)
}

/// The moment from which on it is late with a reason too (A12-3.1.1c).
pub fn last_moment(
    day: Day,
    rules: &RegistrationRules,
    profile: &Profile,
    calendar: &Calendar,
) -> Stamp {
    let due = calendar.due(day.0, 1, rules.unit, false);
    let at = due.date.and_time(rules.late_until);
    Stamp::from_local(at, profile.utc_offset_minutes)
}

/// Whether a form that is handed in at a moment is late: with a special reason from 10:00 of the next day
/// on, without one from the end of work on (A12-3.1.1b, A12-3.1.1c).
pub fn is_late(
    day: Day,
    at: Stamp,
    reason: &str,
    rules: &RegistrationRules,
    profile: &Profile,
    calendar: &Calendar,
) -> bool {
    if reason.trim().is_empty() {
        at >= end_of_work(day, profile)
    } else {
        at >= last_moment(day, rules, profile, calendar)
    }
}

/// Whether whoever has rows of a day that are not handed in is to be reminded (A12-3.1.1b).
pub fn is_to_be_reminded(day: Day, now: Stamp, profile: &Profile) -> bool {
    let Some(rules) = &profile.registration else {
        return false;
    };
    let before = i64::from(rules.remind_minutes) * 60_000_000;
    now.0 >= end_of_work(day, profile).0.saturating_sub(before)
}

/// Cleans and checks what was entered.
fn checked(
    mut details: RegistrationDetails,
    referrer: Option<&Customer>,
    checks: &mut Checks,
) -> RegistrationDetails {
    details.name = clean::name(&details.name);
    details.intention = clean::body(&details.intention);
    details.agent_name = clean::name(&details.agent_name);
    checks.require(!details.name.is_empty(), || {
        Problem::required("name").clause("A12-f2")
    });
    checks.require(details.business.is_some(), || {
        Problem::required("business").clause("A12-s")
    });
    checks.require(details.source.is_some(), || {
        Problem::required("registration_source").clause("A12-3.1.2a")
    });
    if !details.phone.trim().is_empty() {
        match phone::normal(&details.phone) {
            Ok(digits) => details.phone = digits,
            Err(problem) => checks.add(problem.field("phone")),
        }
    }
    if details.prospect {
        for (text, field) in [(&details.phone, "phone"), (&details.intention, "intention")] {
            checks.require(!text.trim().is_empty(), || {
                let problem = Problem::new("no-prospect-without").field(field);
                problem.clause("A12-3.1.2b")
            });
        }
    }
    let agency = details.source == Some(RegistrationSource::Agency);
    checks.require(!agency || details.agent.is_some(), || {
        Problem::required("agent").clause("A12-3.1.6")
    });
    let named = details.agent != Some(true) || !details.agent_name.is_empty();
    checks.require(named, || {
        Problem::required("agent_name").clause("A12-3.1.6")
    });
    checks.require(!details.asks_for || referrer.is_some(), || {
        Problem::required("referrer").clause("A12-3.1.5a")
    });
    details
}

/// A customer registered. Who brought the customer and what else is known of the telephone stands in
/// `around`.
///
/// # Errors
/// Refused for one who does not register; where the site has no such form; without business (A12-s),
/// source (A12-3.1.2a), name; a prospect without contact and intention (A12-3.1.2b); an agency's customer
/// without saying whether there is an agent and who (A12-3.1.6); one who goes to whoever is on duty while
/// nobody is (A12-3.1.4x, A12-3.1.5b). Asks when the telephone is registered already, with both rows
/// (A12-3.1.3).
pub fn register(
    number: Number,
    details: RegistrationDetails,
    around: &Around,
    context: &Context,
) -> Result<Registration, Refusal> {
    context.may_take(ArchiveStep::RegisterCustomer)?;
    if context.profile.registration.is_none() {
        return Err(Problem::new("no-registration-here").into());
    }
    let mut checks = Checks::new();
    let mut details = checked(details, around.referrer, &mut checks);
    details.met = details
        .met
        .or(details.source.and_then(RegistrationSource::met));
    visiting::settle(
        &mut details.sales_site,
        details.met == Some(Met::SalesOffice),
        "",
        "",
        &context.profile.customers,
        &mut checks,
    );
    let decided = owner::decide(&details, around, context, &mut checks);
    checks.done()?;
    let Some((owner, rule, collision)) = decided else {
        return Err(Problem::new("nobody-on-duty").into());
    };
    Ok(Registration {
        meta: Meta::new(number, context),
        day: context.today(),
        owner,
        rule,
        rules: RulesOf::now(context),
        state: if collision.is_some() {
            RegistrationState::Collision
        } else {
            RegistrationState::Registered
        },
        details,
        handed_in: None,
        collision,
        closing: None,
        kept: None,
    })
}
