//! Tasks, follow-ups, registrations, surveys and campaigns as earlier schemas wrote them.

use serde::Deserialize;

use crate::domain::campaign::{Campaign, CampaignDetails, CampaignSort, Target};
use crate::domain::complaint::course::Said;
use crate::domain::context::Meta;
use crate::domain::follow_up::{Contacted, FollowUp, FollowUpDetails, FollowUpKind, FollowUpState};
use crate::domain::intake::Channel;
use crate::domain::number::Number;
use crate::domain::profile::Choice;
use crate::domain::registration::{
    Business, Claim, Closing, Collision, FormField, HandedIn, OwnerRule, Registration,
    RegistrationDetails, RegistrationSource, RegistrationState, RulesOf,
};
use crate::domain::stamp::{Day, Stamp};
use crate::domain::survey::{Survey, SurveyClosing, SurveyDetails, SurveyKind, SurveyState};
use crate::domain::task::{Leg, Task, TaskDetails, TaskState};

/// What was entered of a task up to schema 6: without the operator it is dispatched to.
#[derive(Deserialize)]
struct TaskDetailsOf6 {
    text: String,
    department: String,
    owner: String,
    about: Option<Number>,
    due: Option<Day>,
}

/// A task up to schema 6: it stayed with its department and was dispatched to nobody.
#[derive(Deserialize)]
pub(super) struct TaskOf6 {
    meta: Meta,
    details: TaskDetailsOf6,
    state: TaskState,
    answers: Vec<Said>,
    returned: Vec<Said>,
    withdrawn: Option<Said>,
}

impl From<TaskOf6> for Task {
    fn from(old: TaskOf6) -> Self {
        let details = old.details;
        let leg = Leg {
            unit: details.department.clone(),
            from: Said {
                text: String::new(),
                at: old.meta.created_at,
                by: old.meta.created_by,
            },
        };
        Self {
            meta: old.meta,
            details: TaskDetails {
                text: details.text,
                department: details.department,
                owner: details.owner,
                about: details.about,
                due: details.due,
                operator: None,
            },
            state: old.state,
            answers: old.answers,
            returned: old.returned,
            withdrawn: old.withdrawn,
            legs: vec![leg],
            dispatches: Vec::new(),
        }
    }
}

/// What was entered of a follow-up of schema 6: without what it is for.
#[derive(Deserialize)]
struct FollowUpDetailsOf6 {
    customer: Option<Number>,
    kind: FollowUpKind,
    day: Option<Day>,
    time: String,
    owner: Option<Number>,
    text: String,
}

/// A contact of schema 6: without what is said of what it was for.
#[derive(Deserialize)]
struct ContactedOf6 {
    channel: Channel,
    said: Said,
    needs: String,
    next: Option<Number>,
}

/// A follow-up of schema 6.
#[derive(Deserialize)]
pub(super) struct FollowUpOf6 {
    meta: Meta,
    details: FollowUpDetailsOf6,
    name: String,
    due_at: Stamp,
    is_first: bool,
    state: FollowUpState,
    contact: Option<ContactedOf6>,
    dropped: Option<Said>,
}

impl From<FollowUpOf6> for FollowUp {
    fn from(old: FollowUpOf6) -> Self {
        let details = old.details;
        Self {
            meta: old.meta,
            details: FollowUpDetails {
                customer: details.customer,
                kind: details.kind,
                day: details.day,
                time: details.time,
                owner: details.owner,
                text: details.text,
                serves: None,
                holiday: None,
            },
            name: old.name,
            due_at: old.due_at,
            is_first: old.is_first,
            state: old.state,
            contact: old.contact.map(|contact| Contacted {
                channel: contact.channel,
                said: contact.said,
                needs: contact.needs,
                next: contact.next,
                tried: None,
                feedback: String::new(),
                item: String::new(),
                answer: None,
                items: Vec::new(),
            }),
            dropped: old.dropped,
        }
    }
}

/// A collision up to schema 7: the later claim was that of whoever registered, and a ruling was by the
/// rules of the registration.
#[derive(Deserialize)]
struct CollisionOf7 {
    with: Number,
    at: Stamp,
    owner: Number,
    unnamed: bool,
    ruled: Option<(Claim, Said)>,
}

/// The end of a deal up to schema 7.
#[derive(Deserialize)]
struct ClosingOf7 {
    on: Day,
    customer: Number,
    form: Vec<(FormField, String)>,
    sent: Option<Said>,
}

/// A registration up to schema 7.
#[derive(Deserialize)]
pub(super) struct RegistrationOf7 {
    meta: Meta,
    details: RegistrationDetailsOf8,
    day: Day,
    owner: Number,
    rule: OwnerRule,
    rules: RulesOf,
    state: RegistrationState,
    handed_in: Option<HandedIn>,
    collision: Option<CollisionOf7>,
    closing: Option<ClosingOf7>,
}

impl From<RegistrationOf7> for Registration {
    fn from(old: RegistrationOf7) -> Self {
        let claimant = old.meta.created_by;
        let collision = old.collision.map(|collision| Collision {
            with: collision.with,
            at: collision.at,
            owner: collision.owner,
            claimant,
            unnamed: collision.unnamed,
            rules: collision.ruled.is_some().then(|| old.rules.clone()),
            ruled: collision.ruled,
        });
        Self {
            meta: old.meta,
            details: old.details.into(),
            day: old.day,
            owner: old.owner,
            rule: old.rule,
            rules: old.rules,
            state: old.state,
            handed_in: old.handed_in,
            collision,
            closing: old.closing.map(|closing| Closing {
                on: closing.on,
                customer: closing.customer,
                form: closing.form,
                sent: closing.sent,
                filed: None,
            }),
            kept: None,
        }
    }
}

/// What was entered of a survey up to schema 7: it was for everybody.
#[derive(Deserialize)]
struct SurveyDetailsOf7 {
    kind: SurveyKind,
    title: String,
    aspects: Vec<String>,
    due: Option<Day>,
}

/// A survey up to schema 7.
#[derive(Deserialize)]
pub(super) struct SurveyOf7 {
    meta: Meta,
    details: SurveyDetailsOf7,
    aspects: Vec<Choice>,
    state: SurveyState,
    measures: Vec<Number>,
    started: Option<Said>,
    closed: Option<SurveyClosing>,
    done: Option<Said>,
    dropped: Option<Said>,
}

impl From<SurveyOf7> for Survey {
    fn from(old: SurveyOf7) -> Self {
        Self {
            meta: old.meta,
            details: SurveyDetails {
                kind: old.details.kind,
                title: old.details.title,
                aspects: old.details.aspects,
                due: old.details.due,
                target: Target::default(),
            },
            aspects: old.aspects,
            state: old.state,
            measures: old.measures,
            started: old.started,
            closed: old.closed,
            done: old.done,
            dropped: old.dropped,
        }
    }
}

/// What was entered of a registration up to schema 8: without where the customer was met.
#[derive(Deserialize)]
struct RegistrationDetailsOf8 {
    business: Option<Business>,
    name: String,
    phone: String,
    source: Option<RegistrationSource>,
    intention: String,
    prospect: bool,
    agent: Option<bool>,
    agent_name: String,
    referrer: Option<Number>,
    asks_for: bool,
    contact_unnamed: bool,
}

impl From<RegistrationDetailsOf8> for RegistrationDetails {
    fn from(old: RegistrationDetailsOf8) -> Self {
        Self {
            business: old.business,
            name: old.name,
            phone: old.phone,
            source: old.source,
            intention: old.intention,
            prospect: old.prospect,
            agent: old.agent,
            agent_name: old.agent_name,
            referrer: old.referrer,
            asks_for: old.asks_for,
            contact_unnamed: old.contact_unnamed,
            met: None,
            sales_site: String::new(),
        }
    }
}

/// A registration of schema 8: without where the customer was met, and without who keeps the day's form.
#[derive(Deserialize)]
pub(super) struct RegistrationOf8 {
    meta: Meta,
    details: RegistrationDetailsOf8,
    day: Day,
    owner: Number,
    rule: OwnerRule,
    rules: RulesOf,
    state: RegistrationState,
    handed_in: Option<HandedIn>,
    collision: Option<Collision>,
    closing: Option<Closing>,
}

impl From<RegistrationOf8> for Registration {
    fn from(old: RegistrationOf8) -> Self {
        Self {
            meta: old.meta,
            details: old.details.into(),
            day: old.day,
            owner: old.owner,
            rule: old.rule,
            rules: old.rules,
            state: old.state,
            handed_in: old.handed_in,
            collision: old.collision,
            closing: old.closing,
            kept: None,
        }
    }
}

/// Whom something was for up to schema 8: prospects were no condition, and nobody was named.
#[derive(Deserialize)]
struct TargetOf8 {
    class: String,
    site: String,
    source: String,
    place: String,
    key: bool,
    closed: Option<bool>,
}

impl From<TargetOf8> for Target {
    fn from(old: TargetOf8) -> Self {
        Self {
            class: old.class,
            site: old.site,
            source: old.source,
            place: old.place,
            key: old.key,
            closed: old.closed,
            ..Self::default()
        }
    }
}

/// What was entered of a survey of schema 8.
#[derive(Deserialize)]
struct SurveyDetailsOf8 {
    kind: SurveyKind,
    title: String,
    aspects: Vec<String>,
    due: Option<Day>,
    target: TargetOf8,
}

/// A survey of schema 8.
#[derive(Deserialize)]
pub(super) struct SurveyOf8 {
    meta: Meta,
    details: SurveyDetailsOf8,
    aspects: Vec<Choice>,
    state: SurveyState,
    measures: Vec<Number>,
    started: Option<Said>,
    closed: Option<SurveyClosing>,
    done: Option<Said>,
    dropped: Option<Said>,
}

impl From<SurveyOf8> for Survey {
    fn from(old: SurveyOf8) -> Self {
        Self {
            meta: old.meta,
            details: SurveyDetails {
                kind: old.details.kind,
                title: old.details.title,
                aspects: old.details.aspects,
                due: old.details.due,
                target: old.details.target.into(),
            },
            aspects: old.aspects,
            state: old.state,
            measures: old.measures,
            started: old.started,
            closed: old.closed,
            done: old.done,
            dropped: old.dropped,
        }
    }
}

/// What was entered of a campaign up to schema 8.
#[derive(Deserialize)]
struct CampaignDetailsOf8 {
    sort: CampaignSort,
    title: String,
    text: String,
    from: Option<Day>,
    until: Option<Day>,
    place: String,
    places: Option<u32>,
    target: TargetOf8,
    owner: Option<Number>,
}

/// A campaign up to schema 8.
#[derive(Deserialize)]
pub(super) struct CampaignOf8 {
    meta: Meta,
    details: CampaignDetailsOf8,
}

impl From<CampaignOf8> for Campaign {
    fn from(old: CampaignOf8) -> Self {
        let details = old.details;
        Self {
            meta: old.meta,
            details: CampaignDetails {
                sort: details.sort,
                title: details.title,
                text: details.text,
                from: details.from,
                until: details.until,
                place: details.place,
                places: details.places,
                target: details.target.into(),
                owner: details.owner,
            },
        }
    }
}
