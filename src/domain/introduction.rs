//! Two customers who may do business are brought together, with the consent of both and, where the site
//! approves giving data outside, with those approvals (A14-3.4.2, A11-24).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::customer::Customer;
use super::follow_up::{self, FollowUp, FollowUpDetails, FollowUpKind};
use super::named::named;
use super::number::Number;
use super::procedure::ArchiveStep;
use super::profile::{Permission, Profile};
use super::refusal::{Checks, Problem, Refusal};
use super::relation::said;
use crate::text::clean;

named! {
    /// Where an introduction stands. Positions stand in records: variants are only appended.
    IntroductionState {
        /// Meant: consent and approvals are gathered.
        Planned = "planned",
        /// The two were brought together.
        Done = "done",
        /// Something came of it (A14-3.4.3).
        Succeeded = "succeeded",
        /// Nothing came of it.
        Failed = "failed",
        /// Refused, or given up. Ours.
        Refused = "refused",
    }
}

named! {
    /// Whose consent it is.
    #[derive(Default)]
    Side {
        /// The one's.
        #[default]
        One = "one",
        /// The other's.
        Other = "other",
    }
}

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct IntroductionDetails {
    /// The one.
    pub one: Option<Number>,
    /// The other.
    pub other: Option<Number>,
    /// What they may do for each other.
    pub text: String,
}

/// An introduction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Introduction {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: IntroductionDetails,
    /// The names of both, as they were then.
    pub names: (String, String),
    /// Where it stands.
    pub state: IntroductionState,
    /// The consent of the one.
    pub consent_one: Option<Said>,
    /// The consent of the other.
    pub consent_other: Option<Said>,
    /// The approvals so far, in their order (A11-24).
    pub approved: Vec<(ArchiveStep, Said)>,
    /// Brought together.
    pub done: Option<Said>,
    /// What came of it, or why it was refused.
    pub result: Option<Said>,
}

impl Introduction {
    /// Whether somebody still has to do something about it.
    pub const fn is_open(&self) -> bool {
        matches!(
            self.state,
            IntroductionState::Planned | IntroductionState::Done
        )
    }

    /// The approval that is still missing, where the site asks for any (A11-24).
    pub fn waits_for(&self, profile: &Profile) -> Option<ArchiveStep> {
        let mut asked = profile.archive.outside.iter().copied();
        let given = |step: &ArchiveStep| self.approved.iter().any(|(known, _)| known == step);
        let planned = self.state == IntroductionState::Planned;
        asked.find(|step| !given(step)).filter(|_| planned)
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let (one, other) = (&mut self.names.0, &mut self.names.1);
        let mut texts = vec![&mut self.details.text, one, other];
        let said = self.consent_one.iter_mut().chain(&mut self.consent_other);
        let said = said.chain(&mut self.done).chain(&mut self.result);
        texts.extend(said.map(|said| &mut said.text));
        texts.extend(self.approved.iter_mut().map(|(_, said)| &mut said.text));
        texts
    }
}

/// Two customers are to be brought together.
///
/// # Errors
/// Refused without the permission, without two different customers, and without what for.
pub fn plan(
    number: Number,
    mut details: IntroductionDetails,
    one: Option<&Customer>,
    other: Option<&Customer>,
    context: &Context,
) -> Result<Introduction, Refusal> {
    context.may(Permission::IntakeLog)?;
    let mut checks = Checks::new();
    details.text = clean::body(&details.text);
    let required = |field| Problem::required(field).clause("A14-3.4.2");
    checks.require(one.is_some(), || required("one_customer"));
    checks.require(other.is_some(), || required("other_customer"));
    checks.require(!details.text.is_empty(), || required("text"));
    let same = details.one.is_some() && details.one == details.other;
    checks.require(!same, || {
        Problem::new("relation-with-oneself").field("other_customer")
    });
    checks.done()?;
    let name = |customer: Option<&Customer>| {
        customer.map_or_else(String::new, |customer| customer.details.name.clone())
    };
    Ok(Introduction {
        meta: Meta::new(number, context),
        details,
        names: (name(one), name(other)),
        state: IntroductionState::Planned,
        consent_one: None,
        consent_other: None,
        approved: Vec::new(),
        done: None,
        result: None,
    })
}

named! {
    /// What can be done with an introduction.
    IntroductionStepKind {
        /// One of them agrees (A14-3.4.2).
        Consent = "consent-introduction",
        /// Approved (A11-24).
        Approve = "approve-introduction",
        /// Refused or given up. Ours.
        Refuse = "refuse-introduction",
        /// The two were brought together (A14-3.4.2).
        Make = "make-introduction",
        /// Something came of it (A14-3.4.3).
        Succeed = "succeed-introduction",
        /// Nothing came of it. Ours.
        Fail = "fail-introduction",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IntroductionStep {
    /// One of them agrees.
    ConsentIntroduction {
        /// Who.
        side: Side,
        /// How and when they said so.
        text: String,
    },
    /// Approved.
    ApproveIntroduction {
        /// In words.
        #[serde(default)]
        note: String,
    },
    /// Refused or given up.
    RefuseIntroduction {
        /// Why.
        reason: String,
    },
    /// The two were brought together.
    MakeIntroduction {
        /// How.
        text: String,
    },
    /// Something came of it.
    SucceedIntroduction {
        /// What.
        text: String,
    },
    /// Nothing came of it.
    FailIntroduction {
        /// Why.
        reason: String,
    },
}

impl IntroductionStep {
    /// Which step it is.
    pub const fn kind(&self) -> IntroductionStepKind {
        match self {
            Self::ConsentIntroduction { .. } => IntroductionStepKind::Consent,
            Self::ApproveIntroduction { .. } => IntroductionStepKind::Approve,
            Self::RefuseIntroduction { .. } => IntroductionStepKind::Refuse,
            Self::MakeIntroduction { .. } => IntroductionStepKind::Make,
            Self::SucceedIntroduction { .. } => IntroductionStepKind::Succeed,
            Self::FailIntroduction { .. } => IntroductionStepKind::Fail,
        }
    }
}

/// The steps that an introduction can take from where it stands, those that lead on first. Whether it is
/// to be approved is the site's.
pub fn possible_steps(introduction: &Introduction) -> Vec<IntroductionStepKind> {
    use IntroductionStepKind as Kind;
    let consents = introduction.consent_one.is_some() && introduction.consent_other.is_some();
    match introduction.state {
        IntroductionState::Planned => {
            let mut steps = Vec::new();
            steps.extend((!consents).then_some(Kind::Consent));
            steps.extend([Kind::Make, Kind::Approve, Kind::Refuse]);
            steps
        }
        IntroductionState::Done => vec![Kind::Succeed, Kind::Fail],
        _ => Vec::new(),
    }
}

/// One step on.
///
/// # Errors
/// Refused from where the introduction stands when the step does not lead on from there; without the
/// permission; an approval by who does not carry it, who planned the introduction or approved it already
/// (A11-24); bringing together without the consent of both or before it is approved (A14-3.4.2).
pub fn step(
    introduction: &Introduction,
    step: &IntroductionStep,
    context: &Context,
) -> Result<Introduction, Refusal> {
    let kind = step.kind();
    if !possible_steps(introduction).contains(&kind) {
        let stand = format!("introduction-state-{}", introduction.state.id());
        let problem = Problem::new("introduction-not-so").arg("stand", stand);
        let problem = problem.arg("archive-step", kind.id());
        return Err(problem.arg("number", introduction.meta.number).into());
    }
    let mut next = Introduction {
        meta: introduction.meta.changed(context),
        ..introduction.clone()
    };
    if kind != IntroductionStepKind::Approve {
        context.may(Permission::IntakeLog)?;
    }
    match step {
        IntroductionStep::ConsentIntroduction { side, text } => {
            let said = said(text, "text", context)?;
            match side {
                Side::One => next.consent_one = Some(said),
                Side::Other => next.consent_other = Some(said),
            }
        }
        IntroductionStep::ApproveIntroduction { note } => approve(&mut next, note, context)?,
        IntroductionStep::RefuseIntroduction { reason } => {
            next.result = Some(said(reason, "reason", context)?);
            next.state = IntroductionState::Refused;
        }
        IntroductionStep::MakeIntroduction { text } => {
            may_make(introduction, context)?;
            next.done = Some(said(text, "text", context)?);
            next.state = IntroductionState::Done;
        }
        IntroductionStep::SucceedIntroduction { text } => {
            next.result = Some(said(text, "text", context)?);
            next.state = IntroductionState::Succeeded;
        }
        IntroductionStep::FailIntroduction { reason } => {
            next.result = Some(said(reason, "reason", context)?);
            next.state = IntroductionState::Failed;
        }
    }
    Ok(next)
}

/// Two of them are two people, and neither is who planned it (A11-24).
fn approve(next: &mut Introduction, note: &str, context: &Context) -> Result<(), Refusal> {
    let Some(step) = next.waits_for(context.profile) else {
        return Err(Problem::new("nothing-to-approve").into());
    };
    context.may_take(step)?;
    let me = context.operator.meta.number;
    let approved = next.approved.iter().any(|(_, said)| said.by == me);
    if approved || next.meta.created_by == me {
        return Err(Problem::new("own-introduction").clause("A11-24").into());
    }
    let said = Said {
        text: clean::body(note),
        at: context.now,
        by: me,
    };
    next.approved.push((step, said));
    Ok(())
}

/// Whether the two may be brought together now.
fn may_make(introduction: &Introduction, context: &Context) -> Result<(), Refusal> {
    let mut checks = Checks::new();
    for (consent, name) in [
        (&introduction.consent_one, &introduction.names.0),
        (&introduction.consent_other, &introduction.names.1),
    ] {
        checks.require(consent.is_some(), || {
            let problem = Problem::new("introduction-without-consent");
            problem.clause("A14-3.4.2").arg("name", name)
        });
    }
    if let Some(step) = introduction.waits_for(context.profile) {
        let grant = context.profile.archive.steps.get(&step);
        let posts = grant
            .map(|grant| grant.roles.as_slice())
            .unwrap_or_default();
        let posts: Vec<&str> = posts.iter().map(|post| post.id()).collect();
        let problem = Problem::new("introduction-not-approved").clause("A11-24");
        checks.add(problem.arg("roles", posts.join(" ")));
    }
    checks.done()
}

/// What is made of an introduction of which something came: both are asked whom they would introduce
/// (A14-3.4.3). The second gets the number behind `number`.
///
/// # Errors
/// As [`follow_up::plan`].
pub fn ask_for_referrals(
    number: Number,
    introduction: &Introduction,
    both: [&Customer; 2],
    context: &Context,
) -> Result<Vec<FollowUp>, Refusal> {
    if introduction.state != IntroductionState::Succeeded {
        return Ok(Vec::new());
    }
    let result = introduction.result.as_ref();
    let text = result.map(|said| said.text.clone()).unwrap_or_default();
    let mut made = Vec::with_capacity(2);
    for (seq, customer) in (number.seq..).zip(both) {
        let details = FollowUpDetails {
            customer: Some(customer.meta.number),
            kind: FollowUpKind::AskReferral,
            day: Some(context.today()),
            text: text.clone(),
            ..FollowUpDetails::default()
        };
        let number = Number { seq, ..number };
        made.push(follow_up::plan(
            number,
            details,
            Some(customer),
            false,
            context,
        )?);
    }
    Ok(made)
}
