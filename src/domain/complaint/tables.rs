//! The complaint procedures as tables (SM1, SM2, SM3): from which state which step leads where, by
//! whose permission, under which guards and by which clause.
//!
//! A procedure grows by rows here. Rows that are ours and not the regulations' have no clause and
//! are on only where the profile lists their step among its own.

use super::ComplaintState as State;
use super::steps::StepKind;
use crate::domain::profile::{ComplaintStep, Permission, Procedure, Profile};

/// What a step asks for before it may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// The manager found out the cause, fixed the category and judged reason and demand (A08-n2a to
    /// A08-n2b).
    Nature,
    /// A department of the profile and a handler are named (A08-r3.1, A13-c3b).
    DepartmentAndHandler,
    /// A handler who is not the one proposed for the category has a reason (A08-d3.1).
    HandlerReason,
    /// A department of the profile is named.
    Department,
    /// The text that the step is about is there.
    Text,
    /// Text and channel are there.
    TextAndChannel,
    /// Cause, person and solution are there (A08-d3.2, A08-d3.3).
    Solution,
    /// It is not one's own proposal.
    NotOwn,
    /// Time, participants and decision are there (A08-m2b).
    MeetingRecord,
    /// Both managers are named (A08-m3b).
    BothManagers,
    /// What came of asking is there, and how satisfied they are where they were reached.
    Attempt,
    /// Everything that summing up needs (A08-n7, A08-r3.2, A08-r3.3, A08-x1, A08-x2).
    Summary,
    /// One of the posts that are to know of it has not acknowledged it yet.
    Unacknowledged,
    /// It is taken on by nobody yet.
    NotAccepted,
    /// The customer is awaited.
    Waiting,
    /// The customer is not awaited.
    NotWaiting,
    /// It is not marked as major yet.
    NotMajor,
    /// Every post that is to know of a major one has acknowledged it.
    AllAcknowledged,
    /// A lesson for departments of the profile is there (A08-r1.2).
    Lesson,
}

/// Where a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// To this state.
    State(State),
    /// It stays where it is.
    Same,
}

/// Of two rows for the same step from the same state, which one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// The customer was reached and accepts the result, does not want to be asked, or was tried
    /// often enough.
    Asked,
    /// The customer was reached and does not accept the result.
    Dissatisfied,
    /// The customer was not reached.
    NotReached,
}

/// Who may take a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever has this permission.
    May(Permission),
    /// Whoever carries this step in the profile.
    Carries(ComplaintStep),
    /// Whoever has one of the posts that are to know of a major one.
    Told,
}

/// Under which setting of the profile a row is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// Always.
    Always,
    /// Where the profile has this step among its own (+).
    Plus,
    /// Where the solution of a major one is approved before it is negotiated.
    MajorApproved,
    /// Where it is not.
    MajorNotApproved,
}

/// One row of a procedure.
#[derive(Debug, Clone, Copy)]
pub struct Transition {
    /// The step.
    pub step: StepKind,
    /// From these states.
    pub from: &'static [State],
    /// Which of several rows.
    pub when: When,
    /// Where to.
    pub to: To,
    /// By whom.
    pub who: Who,
    /// What it asks for.
    pub guards: &'static [Guard],
    /// The clause behind it; empty for a row that is ours.
    pub clause: &'static str,
    /// Whether it is there.
    pub switch: Switch,
}

impl Transition {
    const fn new(step: StepKind, from: &'static [State], to: State, who: Who) -> Self {
        Self {
            step,
            from,
            when: When::Always,
            to: To::State(to),
            who,
            guards: &[],
            clause: "",
            switch: Switch::Always,
        }
    }

    /// A row that leads back to where it came from.
    const fn beside(step: StepKind, from: &'static [State], who: Who) -> Self {
        Self {
            to: To::Same,
            ..Self::new(step, from, State::Recorded, who)
        }
    }

    const fn asks(self, guards: &'static [Guard]) -> Self {
        Self { guards, ..self }
    }

    const fn by(self, clause: &'static str) -> Self {
        Self { clause, ..self }
    }

    const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }

    const fn on(self, switch: Switch) -> Self {
        Self { switch, ..self }
    }

    const fn plus(self) -> Self {
        self.on(Switch::Plus)
    }

    /// Whether the profile has this row.
    pub fn is_on(&self, profile: &Profile) -> bool {
        let rules = &profile.complaints;
        match self.switch {
            Switch::Always => true,
            Switch::Plus => rules.plus.contains(&self.step),
            Switch::MajorApproved => rules.major_approved,
            Switch::MajorNotApproved => !rules.major_approved,
        }
    }
}

use ComplaintStep as S;
use Permission as P;
use Who::{Carries, May};

const OPEN: &[State] = &[
    State::Recorded,
    State::Assigned,
    State::Answered,
    State::Proposed,
    State::Approved,
    State::Reacted,
    State::Asked,
    State::Summarised,
    State::Escalated,
    State::Met,
    State::Planned,
    State::Negotiated,
    State::SlipMade,
    State::Returned,
];

/// Rows of every procedure.
const COMMON: &[Transition] = &[
    Transition::new(
        StepKind::Withdraw,
        OPEN,
        State::Withdrawn,
        May(P::ComplaintWithdraw),
    )
    .asks(&[Guard::Text])
    .plus(),
    Transition::beside(StepKind::Acknowledge, OPEN, Who::Told)
        .asks(&[Guard::Unacknowledged])
        .by("A08-m2a"),
    Transition::beside(StepKind::Receipt, OPEN, May(P::ComplaintRecord))
        .asks(&[Guard::TextAndChannel])
        .plus(),
    Transition::beside(
        StepKind::Recourse,
        &[
            State::Answered,
            State::Reacted,
            State::Asked,
            State::Negotiated,
        ],
        May(P::ComplaintAnswer),
    )
    .asks(&[Guard::Text])
    .plus(),
    Transition::beside(StepKind::Urge, OPEN, May(P::ComplaintAssign)).plus(),
    Transition::beside(StepKind::Wait, OPEN, May(P::ComplaintAnswer))
        .asks(&[Guard::Text, Guard::NotWaiting])
        .plus(),
    Transition::beside(StepKind::Resume, OPEN, May(P::ComplaintAnswer))
        .asks(&[Guard::Waiting])
        .plus(),
];

/// Asking how satisfied the customer is, from a state; the end of SM1 and SM2 alike.
macro_rules! asking {
    ($from:expr, $clause:expr) => {
        [
            Transition::new(
                StepKind::AskSatisfaction,
                $from,
                State::Asked,
                Carries(S::AskSatisfaction),
            )
            .when(When::Asked)
            .asks(&[Guard::Attempt])
            .by($clause),
            Transition::new(
                StepKind::AskSatisfaction,
                $from,
                State::Asked,
                Carries(S::AskSatisfaction),
            )
            .when(When::Dissatisfied)
            .by($clause),
            Transition::beside(
                StepKind::AskSatisfaction,
                $from,
                Carries(S::AskSatisfaction),
            )
            .when(When::NotReached)
            .by($clause),
        ]
    };
}

/// SM1. Between asking and summing up the printed text has a step 6 that is lost: no row stands for
/// it.
const NORMAL: &[Transition] = &[
    Transition::new(
        StepKind::Assign,
        &[State::Recorded, State::Assigned],
        State::Assigned,
        May(P::ComplaintAssign),
    )
    .asks(&[
        Guard::Nature,
        Guard::DepartmentAndHandler,
        Guard::HandlerReason,
    ])
    .by("A08-n2d"),
    Transition::new(
        StepKind::MarkMajor,
        &[State::Recorded, State::Assigned],
        State::Recorded,
        Carries(S::MarkMajor),
    )
    .asks(&[Guard::Text])
    .by("A08-m2a"),
    Transition::beside(StepKind::Accept, &[State::Assigned], Carries(S::Propose))
        .asks(&[Guard::NotAccepted])
        .plus(),
    Transition::new(
        StepKind::HandBack,
        &[State::Assigned],
        State::Recorded,
        Carries(S::Propose),
    )
    .asks(&[Guard::Text])
    .plus(),
    Transition::new(
        StepKind::Propose,
        &[State::Assigned],
        State::Proposed,
        Carries(S::Propose),
    )
    .asks(&[Guard::Solution])
    .by("A08-n3b"),
    Transition::new(
        StepKind::Approve,
        &[State::Proposed],
        State::Approved,
        Carries(S::Approve),
    )
    .asks(&[Guard::NotOwn])
    .by("A08-n4a"),
    Transition::new(
        StepKind::SendBack,
        &[State::Proposed],
        State::Assigned,
        Carries(S::Approve),
    )
    .asks(&[Guard::Text])
    .plus(),
    Transition::new(
        StepKind::Answer,
        &[State::Approved],
        State::Answered,
        Carries(S::Notify),
    )
    .asks(&[Guard::TextAndChannel])
    .by("A08-n4b"),
    Transition::new(
        StepKind::FeedBack,
        &[State::Answered],
        State::Reacted,
        Carries(S::FeedBack),
    )
    .asks(&[Guard::Text])
    .by("A08-n4c"),
    Transition::new(
        StepKind::Reopen,
        &[State::Reacted, State::Asked],
        State::Assigned,
        May(P::ComplaintAssign),
    )
    .asks(&[Guard::Text])
    .plus(),
];

const NORMAL_ASKING: &[Transition] = &asking!(&[State::Reacted], "A08-n5");

/// The end of SM1 and SM2.
const SUMMING_UP: &[Transition] = &[
    Transition::new(
        StepKind::SumUp,
        &[State::Asked],
        State::Summarised,
        Carries(S::SumUp),
    )
    .asks(&[Guard::Summary])
    .by("A08-n7"),
    Transition::new(
        StepKind::Close,
        &[State::Summarised],
        State::Closed,
        May(P::ComplaintClose),
    )
    .by("A08-n7"),
];

/// Where there is something to be learnt from a complaint: once it was answered, also after its end.
const LEARNT: &[State] = &[
    State::Answered,
    State::Reacted,
    State::Negotiated,
    State::Asked,
    State::Summarised,
    State::Closed,
];

/// What others learn from a complaint, by the rule of the dealership.
const SHARING: &[Transition] =
    &[
        Transition::beside(StepKind::Share, LEARNT, May(P::ComplaintClose))
            .asks(&[Guard::Lesson])
            .by("A08-r1.2"),
    ];

/// The same where no rule asks for it.
const SHARING_PLUS: &[Transition] =
    &[
        Transition::beside(StepKind::Share, LEARNT, May(P::ComplaintClose))
            .asks(&[Guard::Lesson])
            .plus(),
    ];

/// SM2.
const MAJOR: &[Transition] = &[
    Transition::new(
        StepKind::PassOn,
        &[State::Recorded],
        State::Escalated,
        Carries(S::MarkMajor),
    )
    .asks(&[Guard::Department])
    .by("A08-m2a"),
    Transition::new(
        StepKind::Meet,
        &[State::Escalated],
        State::Met,
        Carries(S::Meet),
    )
    .asks(&[Guard::MeetingRecord])
    .by("A08-m2b"),
    Transition::new(
        StepKind::Draft,
        &[State::Met],
        State::Planned,
        Carries(S::Draft),
    )
    .asks(&[Guard::Solution])
    .by("A08-m3a"),
    Transition::new(
        StepKind::Approve,
        &[State::Planned],
        State::Approved,
        Carries(S::Approve),
    )
    .asks(&[Guard::NotOwn])
    .by("A08-d4.1")
    .on(Switch::MajorApproved),
    Transition::new(
        StepKind::SendBack,
        &[State::Planned],
        State::Met,
        Carries(S::Approve),
    )
    .asks(&[Guard::Text])
    .plus(),
    Transition::new(
        StepKind::Negotiate,
        &[State::Approved],
        State::Negotiated,
        Carries(S::Negotiate),
    )
    .asks(&[Guard::BothManagers])
    .by("A08-m3b")
    .on(Switch::MajorApproved),
    Transition::new(
        StepKind::Negotiate,
        &[State::Planned],
        State::Negotiated,
        Carries(S::Negotiate),
    )
    .asks(&[Guard::BothManagers])
    .by("A08-m3b")
    .on(Switch::MajorNotApproved),
    Transition::new(
        StepKind::Reopen,
        &[State::Asked],
        State::Met,
        May(P::ComplaintAssign),
    )
    .asks(&[Guard::Text])
    .plus(),
];

const MAJOR_ASKING: &[Transition] = &asking!(&[State::Negotiated], "A08-m4");

/// SM3.
const SLIP: &[Transition] = &[
    Transition::new(
        StepKind::NoAction,
        &[State::Recorded, State::SlipMade],
        State::Noted,
        Carries(S::MakeSlip),
    )
    .asks(&[Guard::Text])
    .by("A13-c3a"),
    Transition::beside(
        StepKind::MarkMajor,
        &[
            State::Recorded,
            State::SlipMade,
            State::Assigned,
            State::Returned,
        ],
        Carries(S::MarkMajor),
    )
    .asks(&[Guard::Text, Guard::NotMajor])
    .by("A13-c4"),
    Transition::new(
        StepKind::Assign,
        &[State::Recorded, State::SlipMade, State::Assigned],
        State::Assigned,
        Carries(S::HandOver),
    )
    .asks(&[Guard::DepartmentAndHandler])
    .by("A13-c3b"),
    Transition::beside(StepKind::Accept, &[State::Assigned], Carries(S::ReturnSlip))
        .asks(&[Guard::NotAccepted])
        .plus(),
    Transition::new(
        StepKind::HandBack,
        &[State::Assigned],
        State::SlipMade,
        Carries(S::ReturnSlip),
    )
    .asks(&[Guard::Text])
    .plus(),
    Transition::new(
        StepKind::Return,
        &[State::Assigned],
        State::Returned,
        Carries(S::ReturnSlip),
    )
    .asks(&[Guard::Text])
    .by("A13-c3c"),
    Transition::new(
        StepKind::CallBack,
        &[State::Returned],
        State::Answered,
        Carries(S::CallBack),
    )
    .when(When::Asked)
    .asks(&[Guard::Attempt])
    .by("A13-c3d"),
    Transition::new(
        StepKind::CallBack,
        &[State::Returned],
        State::Assigned,
        Carries(S::CallBack),
    )
    .when(When::Dissatisfied)
    .asks(&[Guard::Text])
    .by("A13-c3d"),
    Transition::beside(StepKind::CallBack, &[State::Returned], Carries(S::CallBack))
        .when(When::NotReached)
        .by("A13-c3d"),
    Transition::new(
        StepKind::Close,
        &[State::Answered],
        State::Closed,
        May(P::ComplaintClose),
    )
    .asks(&[Guard::AllAcknowledged])
    .by("A13-c3d"),
    Transition::new(
        StepKind::Reopen,
        &[State::Answered],
        State::Assigned,
        May(P::ComplaintAssign),
    )
    .asks(&[Guard::Text])
    .plus(),
];

/// The tables that a complaint follows, one after the other.
pub(super) fn tables(procedure: Procedure, is_major: bool) -> &'static [&'static [Transition]] {
    match (procedure, is_major) {
        (Procedure::Dealership, false) => &[NORMAL, NORMAL_ASKING, SUMMING_UP, SHARING, COMMON],
        (Procedure::Dealership, true) => &[MAJOR, MAJOR_ASKING, SUMMING_UP, SHARING, COMMON],
        (Procedure::Property, _) => &[SLIP, SHARING_PLUS, COMMON],
    }
}
