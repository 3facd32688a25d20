//! Follow-ups: contacts that are planned, done or given up, and who should be contacted next (A01-12,
//! A01-15, A01-16, A01-23, A01-25, A01-27, A04-6, A05-4.6a, A14-1.2).

use chrono::{Days, NaiveTime, Timelike as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::campaign::Answer;
use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::customer::{self, Customer, Mark};
use super::intake::Channel;
use super::named::named;
use super::number::{Kind, Number};
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::serving::{self, Around, ItemOutcome};
use super::stamp::{Day, Stamp};
use crate::text::clean;

named! {
    /// What is to be done. Positions stand in records: variants are only appended.
    #[derive(Default)]
    FollowUpKind {
        /// A telephone call (A01-16).
        #[default]
        Call = "call",
        /// A visit to the customer (A01-16, A01-25).
        Visit = "visit",
        /// The customer comes (A01-12).
        Appointment = "appointment",
        /// Something promised, to be kept by then (A01-15).
        Promise = "promise",
        /// Asked whom they would introduce (A14-3.4.3).
        AskReferral = "ask-referral",
    }
}

named! {
    /// Where a follow-up stands. Positions stand in records: variants are only appended.
    FollowUpState {
        /// To be done.
        Planned = "planned",
        /// Done; of a promise: kept.
        Done = "done",
        /// Given up. Ours.
        Dropped = "dropped",
        /// Tried, and nobody was reached (A14-3.2c).
        Missed = "missed",
    }
}

named! {
    /// Why somebody is to be contacted.
    Occasion {
        /// It was planned.
        Planned = "planned",
        /// The card is to be confirmed (A01-23).
        Card = "card",
        /// The interval between calls is over (A01-16).
        Call = "call",
        /// The interval between visits is over (A01-16).
        Visit = "visit",
        /// The interval between calls of customers with whom business was closed is over (A14-1.2).
        Closed = "closed",
        /// There was no contact for longer than the quiet period (A01-27).
        Quiet = "quiet",
        /// A campaign is for the customer, who was not told yet (A01-31).
        Campaign = "campaign",
        /// A line of the service plan is to be done (A01-24).
        Plan = "plan",
        /// A holiday (A14-2.9.2).
        Holiday = "holiday",
        /// Somebody's birthday is to be greeted (A14-2.4, A14-2.9.1a).
        Birthday = "birthday",
        /// A survey is running that asks the customer, of whom there is no answer yet (A03-sa, A14-2.6).
        Survey = "survey",
        /// Business was closed, and nothing says when to call again (A14-1.2).
        NoInterval = "no-interval",
    }
}

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FollowUpDetails {
    /// With whom.
    pub customer: Option<Number>,
    /// What is to be done.
    pub kind: FollowUpKind,
    /// The day on which it is due.
    pub day: Option<Day>,
    /// The time of that day, as `14:30`; empty for all of it.
    pub time: String,
    /// The operator who does it; the customer's own where it is left open.
    pub owner: Option<Number>,
    /// What it is about.
    pub text: String,
    /// The campaign or the line of the service plan that it is for.
    pub serves: Option<Number>,
    /// The holiday it is for: its first day (A14-2.9.2).
    pub holiday: Option<Day>,
}

/// What is entered of a contact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Contact {
    /// How the customer was reached; the way of the kind where it is left open.
    pub channel: Option<Channel>,
    /// What was said.
    pub text: String,
    /// What the customer needs.
    pub needs: String,
    /// The day of the next contact (A01-12).
    pub next_day: Option<Day>,
    /// Its time, as `14:30`; empty for all of the day.
    pub next_time: String,
    /// What it will be; the same again where it is left open.
    pub next_kind: Option<FollowUpKind>,
    /// No next contact is wanted (A01-12).
    pub declined: bool,
    /// Nobody was reached: it was tried, and is to be tried again (A14-3.2c).
    pub missed: bool,
    /// Of a product: whether a trial was offered (A01-29).
    pub tried: Option<bool>,
    /// Of a product: what the customer thinks of it (A01-29).
    pub feedback: String,
    /// Of a gift: what was given (A01-14).
    pub item: String,
    /// Of an event: what the customer said to the invitation, or that they were there (A14-2.7).
    pub answer: Option<Answer>,
    /// Of a visit: what became of each item that was open (A05-4.6b).
    pub items: Vec<ItemOutcome>,
}

/// A contact that was had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contacted {
    /// How the customer was reached.
    pub channel: Channel,
    /// What was said, by whom and when.
    pub said: Said,
    /// What the customer needs.
    pub needs: String,
    /// The next one; none where it was declined (A01-12).
    pub next: Option<Number>,
    /// Of a product: whether a trial was offered (A01-29).
    pub tried: Option<bool>,
    /// Of a product: what the customer thinks of it (A01-29).
    pub feedback: String,
    /// Of a gift: what was given (A01-14).
    pub item: String,
    /// Of an event: what the customer said, or that they were there (A14-2.7).
    pub answer: Option<Answer>,
    /// What became of each item that was open (A05-4.6b).
    pub items: Vec<ItemOutcome>,
}

/// A follow-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FollowUp {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: FollowUpDetails,
    /// The customer's name then.
    pub name: String,
    /// The moment from which it is late; the end of its day where it has no time.
    pub due_at: Stamp,
    /// Whether nobody had followed the customer up before (A04-6).
    pub is_first: bool,
    /// Where it stands.
    pub state: FollowUpState,
    /// The contact, once it was had.
    pub contact: Option<Contacted>,
    /// Given up, and why.
    pub dropped: Option<Said>,
}

impl FollowUp {
    /// Whether it is still to be done.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, FollowUpState::Planned)
    }

    /// Days by which it is late: 1 as soon as its time is past (A01-15), 0 while it is not late or done.
    pub fn days_late(&self, now: Stamp, today: Day) -> i64 {
        match self.details.day {
            Some(day) if self.is_open() && now >= self.due_at => {
                (today.0 - day.0).num_days().max(1)
            }
            _ => 0,
        }
    }

    /// Whether it was a promise that was not kept in time (A01-15).
    pub fn is_broken(&self, now: Stamp) -> bool {
        let kept_at = self.contact.as_ref().map(|contact| contact.said.at);
        self.details.kind == FollowUpKind::Promise
            && kept_at.unwrap_or(now) >= self.due_at
            && self.state != FollowUpState::Dropped
    }

    /// When the customer was reached, and how; none where it was only tried (A14-3.2c).
    pub fn reached(&self) -> Option<(Stamp, Channel)> {
        let contact = self.contact.as_ref().filter(|_| self.is_done())?;
        Some((contact.said.at, contact.channel))
    }

    /// Whether the contact was had.
    pub const fn is_done(&self) -> bool {
        matches!(self.state, FollowUpState::Done)
    }

    /// Whether it was tried, with or without reaching anybody, and when (A14-3.2c).
    pub fn tried_at(&self) -> Option<Stamp> {
        Some(self.contact.as_ref()?.said.at)
    }

    /// Whether it belongs to the regular ones, which the plan or a holiday asks for, and not to those of
    /// every day (A03-5.1.2a).
    pub fn is_regular(&self) -> bool {
        let planned = self.details.serves.map(|serves| serves.kind);
        self.details.holiday.is_some() || planned == Some(Kind::PlanLine)
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let mut texts = vec![&mut self.details.text, &mut self.name];
        if let Some(contact) = &mut self.contact {
            texts.extend([&mut contact.said.text, &mut contact.needs]);
            texts.extend([&mut contact.feedback, &mut contact.item]);
            let items = contact.items.iter_mut();
            texts.extend(items.flat_map(|it| [&mut it.by, &mut it.why]));
        }
        texts.extend(self.dropped.as_mut().map(|said| &mut said.text));
        texts
    }
}

impl FollowUpKind {
    /// The way in which it is usually done.
    pub const fn channel(self) -> Channel {
        match self {
            Self::Call | Self::Promise | Self::AskReferral => Channel::Call,
            Self::Visit | Self::Appointment => Channel::Visit,
        }
    }
}

/// A time of day as people write it: `14:30`, `9:05`.
pub(super) fn time_of(written: &str) -> Option<NaiveTime> {
    let written = clean::half_width(written.trim());
    let (hour, minute) = written.split_once(':')?;
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// Cleans and checks what was entered for a customer.
fn checked(
    mut details: FollowUpDetails,
    customer: Option<&Customer>,
    earliest: Option<Day>,
    context: &Context,
) -> Result<(FollowUpDetails, Stamp), Refusal> {
    let mut checks = Checks::new();
    details.text = clean::body(&details.text);
    checks.require(customer.is_some(), || {
        Problem::required("customer").clause("A01-16")
    });
    let time = details.time.trim();
    let at = time_of(time);
    checks.require(time.is_empty() || at.is_some(), || {
        let problem = Problem::new("not-a-time").field("time");
        problem.arg("value", clean::name(time))
    });
    details.time = at.map_or_else(String::new, |at| {
        format!("{:02}:{:02}", at.hour(), at.minute())
    });
    match details.day {
        None => checks.add(Problem::required("day").clause("A01-12")),
        Some(day) => checks.require(earliest.is_none_or(|earliest| day >= earliest), || {
            Problem::new("follow-up-in-the-past").field("day")
        }),
    }
    let promise = details.kind == FollowUpKind::Promise && details.text.is_empty();
    checks.require(!promise, || Problem::required("text").clause("A01-15"));
    checks.done()?;
    let of_customer = customer.and_then(|customer| customer.details.owner);
    let owner = details.owner.or(of_customer);
    details.owner = owner.or(Some(context.operator.meta.number));
    let offset = context.profile.utc_offset_minutes;
    let day = details.day.unwrap_or_default();
    let due_at = match at {
        Some(at) => Stamp::from_local(day.0.and_time(at), offset),
        None => Stamp::start_of(day.plus(1), offset),
    };
    Ok((details, due_at))
}

/// A contact planned. `is_first` says whether nobody followed the customer up before (A04-6).
///
/// # Errors
/// Refused without the permission, without a customer, without a day or for one that is past, for a time
/// that is none, and for a promise that does not say what was promised (A01-15).
pub fn plan(
    number: Number,
    details: FollowUpDetails,
    customer: Option<&Customer>,
    is_first: bool,
    context: &Context,
) -> Result<FollowUp, Refusal> {
    context.may(Permission::IntakeLog)?;
    let (details, due_at) = checked(details, customer, Some(context.today()), context)?;
    let name = customer.map(|customer| customer.details.name.clone());
    Ok(FollowUp {
        meta: Meta::new(number, context),
        details,
        name: name.unwrap_or_default(),
        due_at,
        is_first,
        state: FollowUpState::Planned,
        contact: None,
        dropped: None,
    })
}

/// Refuses what is over already.
fn open(follow_up: &FollowUp) -> Result<(), Refusal> {
    if follow_up.is_open() {
        return Ok(());
    }
    let problem = Problem::new("follow-up-is-over");
    Err(problem.arg("number", follow_up.meta.number).into())
}

/// What was planned put off or changed. Its customer stays.
///
/// # Errors
/// As [`plan`], and when it is over already.
pub fn change(
    follow_up: &FollowUp,
    details: FollowUpDetails,
    customer: &Customer,
    context: &Context,
) -> Result<FollowUp, Refusal> {
    context.may(Permission::IntakeLog)?;
    open(follow_up)?;
    // A day that is past may stay, but none may be chosen.
    let put_off = details.day != follow_up.details.day;
    let earliest = put_off.then(|| context.today());
    let details = FollowUpDetails {
        customer: follow_up.details.customer,
        serves: follow_up.details.serves,
        holiday: follow_up.details.holiday,
        ..details
    };
    let (details, due_at) = checked(details, Some(customer), earliest, context)?;
    Ok(FollowUp {
        meta: follow_up.meta.changed(context),
        details,
        due_at,
        ..follow_up.clone()
    })
}

/// A contact had, and the next one where it was dated, which gets the number `next` (A01-12).
///
/// # Errors
/// Refused without the permission, when it is over already, without what was said, and where the next
/// contact is neither dated nor declined, or both; an attempt that reached nobody without the day of the
/// next one (A14-3.2c); without what [`serving`] asks for of what it is had for.
pub fn contacted(
    follow_up: &FollowUp,
    contact: &Contact,
    customer: &Customer,
    next: Number,
    around: &Around,
    context: &Context,
) -> Result<(FollowUp, Option<FollowUp>), Refusal> {
    context.may(Permission::IntakeLog)?;
    open(follow_up)?;
    let text = clean::body(&contact.text);
    let channel = contact.channel.unwrap_or(follow_up.details.kind.channel());
    let mut checks = Checks::new();
    checks.require(contact.missed || !text.is_empty(), || {
        Problem::required("text").clause("A04-6")
    });
    serving::check(
        &follow_up.details,
        contact,
        channel,
        around,
        context,
        &mut checks,
    );
    let dated = contact.next_day.is_some();
    if contact.missed {
        checks.require(dated, || {
            Problem::new("next-attempt")
                .field("next_day")
                .clause("A14-3.2c")
        });
    } else {
        checks.require(dated || contact.declined, || {
            Problem::new("next-or-declined")
                .field("next_day")
                .clause("A01-12")
        });
    }
    checks.require(!(dated && contact.declined), || {
        Problem::new("next-and-declined").field("next_day")
    });
    checks.done()?;
    let following = match contact.next_day {
        None => None,
        Some(day) => Some(following(follow_up, contact, day, customer, next, context)?),
    };
    let of_campaign = serving::said(contact, &around.served);
    let said = Said {
        text,
        at: context.now,
        by: context.operator.meta.number,
    };
    let state = if contact.missed {
        FollowUpState::Missed
    } else {
        FollowUpState::Done
    };
    let done = FollowUp {
        meta: follow_up.meta.changed(context),
        state,
        contact: Some(Contacted {
            channel,
            said,
            needs: clean::body(&contact.needs),
            next: following.as_ref().map(|next| next.meta.number),
            tried: of_campaign.tried,
            feedback: of_campaign.feedback,
            item: of_campaign.item,
            answer: of_campaign.answer,
            items: serving::cleaned(&contact.items, &around.open_items),
        }),
        ..follow_up.clone()
    };
    Ok((done, following))
}

/// The next contact behind one that was had on a day.
fn following(
    follow_up: &FollowUp,
    contact: &Contact,
    day: Day,
    customer: &Customer,
    number: Number,
    context: &Context,
) -> Result<FollowUp, Refusal> {
    let before = &follow_up.details;
    let kind = contact.next_kind.unwrap_or(match before.kind {
        // What was promised was kept, and is not promised again.
        FollowUpKind::Promise if !contact.missed => FollowUpKind::Call,
        kind => kind,
    });
    let details = FollowUpDetails {
        kind,
        day: Some(day),
        time: contact.next_time.clone(),
        // What it was for is done with the contact, and to be tried again without one.
        serves: before.serves.filter(|_| contact.missed),
        holiday: before.holiday.filter(|_| contact.missed),
        ..before.clone()
    };
    // Whoever was not reached is as new as before.
    let first = follow_up.is_first && contact.missed;
    plan(number, details, Some(customer), first, context).map_err(of_next)
}

/// What is wrong with the next contact, said of the fields in which it was entered.
pub(super) fn of_next(mut refusal: Refusal) -> Refusal {
    for problem in &mut refusal.problems {
        let field = match problem.field.as_deref() {
            Some("time") => "next_time",
            Some("text") => "text",
            _ => "next_day",
        };
        problem.field = Some(field.to_owned());
    }
    refusal
}

/// A contact that nobody had planned, and the next one where it was dated, which gets the number behind
/// this one's.
///
/// # Errors
/// As [`contacted`], and without a customer.
pub fn log(
    number: Number,
    details: FollowUpDetails,
    contact: &Contact,
    customer: Option<&Customer>,
    is_first: bool,
    around: &Around,
    context: &Context,
) -> Result<(FollowUp, Option<FollowUp>), Refusal> {
    let details = FollowUpDetails {
        day: Some(context.today()),
        time: String::new(),
        // What was promised is said of the next one.
        kind: match details.kind {
            FollowUpKind::Promise => FollowUpKind::Call,
            kind => kind,
        },
        ..details
    };
    let begun = plan(number, details, customer, is_first, context)?;
    let Some(customer) = customer else {
        return Err(Problem::required("customer").clause("A01-16").into());
    };
    let next = Number {
        seq: number.seq.saturating_add(1),
        ..number
    };
    let (done, following) = contacted(&begun, contact, customer, next, around, context)?;
    let meta = begun.meta;
    Ok((FollowUp { meta, ..done }, following))
}

/// What was planned given up.
///
/// # Errors
/// Refused without the permission, when it is over already, and without a reason.
pub fn give_up(follow_up: &FollowUp, reason: &str, context: &Context) -> Result<FollowUp, Refusal> {
    context.may(Permission::IntakeLog)?;
    open(follow_up)?;
    let text = clean::body(reason);
    if text.is_empty() {
        return Err(Problem::required("reason").into());
    }
    Ok(FollowUp {
        meta: follow_up.meta.changed(context),
        state: FollowUpState::Dropped,
        dropped: Some(Said {
            text,
            at: context.now,
            by: context.operator.meta.number,
        }),
        ..follow_up.clone()
    })
}

/// The same with another owner, as when somebody leaves.
#[must_use]
pub fn hand_over(follow_up: &FollowUp, to: Number, context: &Context) -> FollowUp {
    let mut next = follow_up.clone();
    next.meta = follow_up.meta.changed(context);
    next.details.owner = Some(to);
    next
}

/// When a customer was last reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// By telephone.
    pub call: Option<Day>,
    /// By a visit, in either direction.
    pub visit: Option<Day>,
    /// In any way.
    pub any: Option<Day>,
    /// Complaints, suggestions and objections since the last visit, the newest first (A05-4.6a).
    pub matters: Vec<Number>,
}

/// Whether a contact that is planned stands for one that is owed: of its way, or of any where every way
/// will do, and no later than the interval of so many days from today.
fn stands_for(
    planned: &FollowUp,
    channel: Option<Channel>,
    days: Option<u32>,
    context: &Context,
) -> bool {
    let last = days.map(|days| context.today().plus(days.into()));
    channel.is_none_or(|channel| planned.details.kind.channel() == channel)
        && planned.details.day <= last
}

/// Why a customer is to be contacted today with whom that is not planned, and since when (A01-16, A01-27,
/// A14-1.2). Whoever was never reached counts from the day of registration.
pub fn owed(
    customer: &Customer,
    touched: &Touched,
    planned: &[FollowUp],
    context: &Context,
) -> Option<(Occasion, Day)> {
    if customer.is(Mark::Retired) {
        return None;
    }
    let rules = &context.profile.follow_ups;
    let registered = customer
        .meta
        .created_at
        .day(context.profile.utc_offset_minutes);
    let after =
        |last: Option<Day>, days: Option<u32>| Some(last.unwrap_or(registered).plus(days?.into()));
    let closed = rules.closed_days.filter(|_| customer.is(Mark::Closed));
    let (call, visit) = (Some(Channel::Call), Some(Channel::Visit));
    let quiet = quiet_since(customer, touched, context);
    let intervals = [
        (Occasion::Closed, call, closed, after(touched.call, closed)),
        (
            Occasion::Call,
            call,
            rules.call_days,
            after(touched.call, rules.call_days),
        ),
        (
            Occasion::Visit,
            visit,
            rules.visit_days,
            after(touched.visit, rules.visit_days),
        ),
        (Occasion::Quiet, None, rules.quiet_days, quiet),
    ];
    let open = |channel, days| {
        let mut planned = planned.iter();
        !planned.any(|it| stands_for(it, channel, days, context))
    };
    intervals
        .into_iter()
        .filter(|(_, channel, days, _)| open(*channel, *days))
        .filter_map(|(occasion, _, _, since)| Some((occasion, since?)))
        .find(|(_, since)| *since <= context.today())
}

/// Whether the site says when customers with whom business was closed are called again (A14-1.2, A01-16).
pub fn calls_closed(context: &Context) -> bool {
    let rules = &context.profile.follow_ups;
    rules.closed_days.or(rules.call_days).is_some()
}

/// The day of the last contact with a customer who was not reached for longer than the quiet period
/// (A01-27).
pub fn quiet_since(customer: &Customer, touched: &Touched, context: &Context) -> Option<Day> {
    let days = context.profile.follow_ups.quiet_days?;
    let offset = context.profile.utc_offset_minutes;
    let registered = customer.meta.created_at.day(offset);
    let last = touched.any.unwrap_or(registered);
    let over = last.plus(days.into()) < context.today();
    (over && !customer.is(Mark::Retired)).then_some(last)
}

/// The last day of confirmation with which a card is to be confirmed today (A01-23); none where the site
/// sets no interval.
pub fn last_unconfirmed(context: &Context) -> Option<Day> {
    let days = u64::from(context.profile.customers.confirm_days?);
    Some(before(context.today(), days.saturating_add(1)))
}

/// Since when a card waits to be confirmed.
pub fn unconfirmed_since(customer: &Customer, context: &Context) -> Option<Day> {
    let late = customer::confirmation_late_by(customer, context)?;
    Some(before(context.today(), late.unsigned_abs()))
}

/// So many days before a day.
pub fn before(day: Day, days: u64) -> Day {
    day.0.checked_sub_days(Days::new(days)).map_or(day, Day)
}
