//! What became of the requests of a quarter: by which channel they came, how long the callers waited
//! for a first answer, and who still waits (A14-2.5a, A14-2.5b, A05-4.3a).
//!
//! Requests are shown to a [`Tally`] one by one, and the figures come out at the end: whole numbers,
//! times in minutes by the clock. Who may see them is not decided here.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::analysis::{self, Quarter};
use super::complaint::{Complaint, ComplaintState, StepKind};
use super::intake::{Channel, Intake, IntakeKind};
use super::number::Number;
use super::stamp::Stamp;

/// So many of those who still wait are named; all of them are counted.
pub const MOST_NAMED: usize = 500;

/// One line: the requests of a channel, or those of one kind on it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequestLine {
    /// The channel; none where an import did not say, and in the line of all.
    pub channel: Option<Channel>,
    /// The kind; none in a line of all kinds.
    pub kind: Option<IntakeKind>,
    /// How many came.
    pub count: u64,
    /// How many have had no answer yet.
    pub unanswered: u64,
    /// Minutes to the first answer, of those that had one: the mean, rounded down.
    pub mean: u32,
    /// The same: the longest.
    pub longest: u32,
    /// Minutes that those without an answer have waited until now: the longest.
    pub waiting: u32,
}

/// A request that has had no answer yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unanswered {
    /// Its number.
    pub number: Number,
    /// By which channel it came.
    pub channel: Option<Channel>,
    /// What it is about.
    pub kind: IntakeKind,
    /// When it came.
    pub received: Stamp,
    /// Minutes from then until now.
    pub waiting: u32,
}

/// What became of the requests of a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequestFigures {
    /// The quarter.
    pub quarter: Quarter,
    /// As they were then.
    pub at: Stamp,
    /// All requests that came in the quarter.
    pub total: RequestLine,
    /// By channel, in the order of the channels.
    pub channels: Vec<RequestLine>,
    /// By channel and kind, in the order of both.
    pub kinds: Vec<RequestLine>,
    /// Those without an answer, who has waited longest first; at most [`MOST_NAMED`].
    pub unanswered: Vec<Unanswered>,
}

/// When a caller had the first answer: of a repair the response, of a request that became a complaint
/// its answer, of any other its outcome. What was taken back or only noted needs none from then on; a
/// repair that was taken up again is owed a response anew.
pub fn first_answer(intake: &Intake, complaint: Option<&Complaint>) -> Option<Stamp> {
    if let Some(complaint) = complaint {
        return first_answer_of(complaint);
    }
    let response = intake.repair.as_ref().and_then(|it| it.response.as_ref());
    let outcome = intake.outcome.as_ref().map(|outcome| outcome.at);
    response.map(|response| response.at).or(outcome)
}

fn first_answer_of(complaint: &Complaint) -> Option<Stamp> {
    let told = complaint.trail.iter().find(|passage| {
        matches!(passage.step, StepKind::Answer | StepKind::Negotiate)
            || (passage.step == StepKind::CallBack && passage.to == ComplaintState::Answered)
    });
    let told = told.map(|passage| passage.at);
    let ended = || {
        let ended = complaint.trail.last();
        ended
            .filter(|_| complaint.state.is_final())
            .map(|last| last.at)
    };
    // What was answered in another system has no such step here.
    told.or_else(|| analysis::answered_at(complaint))
        .or_else(ended)
}

fn minutes(from: Stamp, to: Stamp) -> u32 {
    u32::try_from(to.seconds_since(from).max(0) / 60).unwrap_or(u32::MAX)
}

/// What is counted for one line.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    came: u64,
    answered: u64,
    minutes: u64,
    longest: u32,
    waiting: u32,
}

impl Count {
    fn add(&mut self, received: Stamp, answered: Option<Stamp>, now: Stamp) {
        self.came += 1;
        if let Some(answered) = answered {
            let taken = minutes(received, answered);
            self.answered += 1;
            self.minutes += u64::from(taken);
            self.longest = self.longest.max(taken);
        } else {
            self.waiting = self.waiting.max(minutes(received, now));
        }
    }

    fn line(self, channel: Option<Channel>, kind: Option<IntakeKind>) -> RequestLine {
        let mean = self.minutes / self.answered.max(1);
        RequestLine {
            channel,
            kind,
            count: self.came,
            unanswered: self.came - self.answered,
            mean: u32::try_from(mean).unwrap_or(u32::MAX),
            longest: self.longest,
            waiting: self.waiting,
        }
    }
}

/// Figures being counted.
#[derive(Debug)]
pub struct Tally {
    quarter: Quarter,
    now: Stamp,
    offset_minutes: i32,
    total: Count,
    channels: BTreeMap<Option<Channel>, Count>,
    kinds: BTreeMap<(Option<Channel>, IntakeKind), Count>,
    unanswered: Vec<Unanswered>,
}

impl Tally {
    /// Nothing counted yet, at a moment and an offset of so many minutes east of UTC.
    pub const fn new(quarter: Quarter, now: Stamp, offset_minutes: i32) -> Self {
        Self {
            quarter,
            now,
            offset_minutes,
            total: Count {
                came: 0,
                answered: 0,
                minutes: 0,
                longest: 0,
                waiting: 0,
            },
            channels: BTreeMap::new(),
            kinds: BTreeMap::new(),
            unanswered: Vec::new(),
        }
    }

    /// Whether a request came in the quarter.
    pub fn holds(&self, intake: &Intake) -> bool {
        self.quarter.holds(intake.started_at, self.offset_minutes)
    }

    /// One more request, with the complaint that was made of it; what did not come in the quarter is
    /// not counted.
    pub fn add(&mut self, intake: &Intake, complaint: Option<&Complaint>) {
        if !self.holds(intake) {
            return;
        }
        let answered = first_answer(intake, complaint);
        let (channel, kind) = (intake.details.channel, intake.details.kind);
        let counts = [
            &mut self.total,
            self.channels.entry(channel).or_default(),
            self.kinds.entry((channel, kind)).or_default(),
        ];
        for count in counts {
            count.add(intake.started_at, answered, self.now);
        }
        if answered.is_none() {
            self.unanswered.push(Unanswered {
                number: intake.meta.number,
                channel,
                kind,
                received: intake.started_at,
                waiting: minutes(intake.started_at, self.now),
            });
        }
    }

    /// The figures.
    pub fn figures(mut self) -> RequestFigures {
        self.unanswered
            .sort_by_key(|one| (one.received, one.number));
        self.unanswered.truncate(MOST_NAMED);
        let channels = self.channels.into_iter();
        let kinds = self.kinds.into_iter();
        RequestFigures {
            quarter: self.quarter,
            at: self.now,
            total: self.total.line(None, None),
            channels: channels.map(|(it, count)| count.line(it, None)).collect(),
            kinds: kinds
                .map(|((channel, kind), count)| count.line(channel, Some(kind)))
                .collect(),
            unanswered: self.unanswered,
        }
    }
}
