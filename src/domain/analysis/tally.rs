//! Counting: complaints are shown to it one by one, and the figures come out at the end.
//!
//! Of a complaint that was counted nothing stays but its times, and who complained.

use std::collections::BTreeMap;

use super::cell::{self, Cell, Outcome};
use super::figures::{
    DepartmentFigures, Figures, Line, Recurring, SatisfactionFigures, Span, Times, TrendLine, share,
};
use super::quarter::Quarter;
use super::repeat::Repeats;
use super::worked::Worked;
use crate::domain::complaint::course::Satisfaction;
use crate::domain::complaint::{Complaint, Service};
use crate::domain::context::Context;
use crate::domain::intake::Channel;
use crate::domain::number::Number;
use crate::domain::stamp::Stamp;

/// The whole minutes from one moment to another, by the clock.
pub(super) fn minutes(from: Stamp, to: Stamp) -> u32 {
    u32::try_from(to.seconds_since(from) / 60).unwrap_or(u32::MAX)
}

/// Counts of an earlier quarter, for the trend.
#[derive(Debug, Clone, Copy, Default)]
pub struct Glance {
    count: u64,
    late: u64,
    answered: u64,
    minutes: u64,
}

impl Glance {
    /// One more complaint: when it was made, when it was answered, and whether a step of it was late,
    /// or is.
    pub fn add(&mut self, made: Stamp, answered: Option<Stamp>, late: bool) {
        self.count += 1;
        self.late += u64::from(late);
        if let Some(answered) = answered {
            self.answered += 1;
            self.minutes += u64::from(minutes(made, answered));
        }
    }

    /// The line of the trend.
    pub fn line(&self, quarter: Quarter) -> TrendLine {
        TrendLine {
            quarter,
            count: self.count,
            late: self.late,
            answered: self.answered,
            mean: mean(self.minutes, self.answered),
        }
    }
}

fn mean(sum: u64, count: u64) -> u32 {
    u32::try_from(sum / count.max(1)).unwrap_or(u32::MAX)
}

/// What is counted by department.
#[derive(Debug, Clone, Copy, Default)]
struct OfDepartment {
    outcomes: [u64; Outcome::ALL.len()],
    answered: u64,
    minutes: u64,
    longest: u32,
}

/// Figures being counted.
#[derive(Debug)]
pub struct Tally<'a> {
    quarter: Quarter,
    context: Context<'a>,
    worked: Worked,
    repeats: Repeats,
    counts: BTreeMap<Cell, u64>,
    departments: BTreeMap<String, OfDepartment>,
    clock: Vec<u32>,
    work: Vec<u32>,
    longest: Option<(u32, Number)>,
    trend: Glance,
}

impl<'a> Tally<'a> {
    /// Nothing counted yet.
    pub fn new(quarter: Quarter, context: Context<'a>) -> Self {
        let (from, _) = quarter.span(context.profile.utc_offset_minutes);
        Self {
            quarter,
            worked: Worked::new(from, context.now, &context),
            context,
            repeats: Repeats::default(),
            counts: BTreeMap::new(),
            departments: BTreeMap::new(),
            clock: Vec::new(),
            work: Vec::new(),
            longest: None,
            trend: Glance::default(),
        }
    }

    /// Counts a complaint of the quarter. They are to come in the order in which they were made;
    /// one that is not of the quarter, or was taken back with its import, is left out.
    pub fn add(&mut self, complaint: &Complaint) {
        let context = self.context;
        let offset = context.profile.utc_offset_minutes;
        if complaint.meta.void || !self.quarter.holds(complaint.made_at, offset) {
            return;
        }
        let repeated = self.repeats.is_repeated(complaint);
        let outcome = Outcome::of(complaint);
        let answered = cell::answered_at(complaint);
        let is_late = complaint.is_or_was_late(context.now);
        let course = &complaint.course;
        let flags = [
            (Cell::Repeated, repeated),
            (Cell::Reopened, course.reopened > 0),
            (Cell::Late, is_late),
            (Cell::Major, course.major.is_some()),
            (Cell::Asked, !course.attempts.is_empty()),
        ];
        for (cell, _) in flags.into_iter().filter(|(_, holds)| *holds) {
            self.count(cell);
        }
        let category = &complaint.details.category;
        let cause = cell::cause(complaint, context.profile);
        self.count(Cell::Category(category.clone()));
        if !category.is_empty() && !cause.is_empty() {
            self.count(Cell::Recurring(category.clone(), cause.to_owned()));
        }
        if let Some(service) = complaint.details.service {
            self.count(Cell::Service(service));
        }
        self.count(Cell::Channel(cell::channel_of(complaint)));
        self.count(Cell::Cause(cause.to_owned()));
        self.count(Cell::Outcome(outcome));
        self.count(Cell::State(complaint.state));
        for state in cell::late_in(complaint, context.now) {
            self.count(Cell::LateIn(state));
        }
        if let Some(satisfaction) = course.satisfaction() {
            self.count(Cell::Satisfaction(satisfaction));
        }
        self.time(complaint, outcome, answered);
        self.trend.add(complaint.made_at, answered, is_late);
    }

    fn count(&mut self, cell: Cell) {
        *self.counts.entry(cell).or_default() += 1;
    }

    fn time(&mut self, complaint: &Complaint, outcome: Outcome, answered: Option<Stamp>) {
        if !self.departments.contains_key(&complaint.department) {
            let department = complaint.department.clone();
            self.departments.insert(department, OfDepartment::default());
        }
        let Some(of) = self.departments.get_mut(&complaint.department) else {
            return;
        };
        let counted = Outcome::ALL.iter().zip(&mut of.outcomes);
        for (_, count) in counted.filter(|(one, _)| **one == outcome) {
            *count += 1;
        }
        let Some(answered) = answered else { return };
        let taken = minutes(complaint.made_at, answered);
        of.answered += 1;
        of.minutes += u64::from(taken);
        of.longest = of.longest.max(taken);
        self.clock.push(taken);
        self.work
            .push(self.worked.minutes(complaint.made_at, answered));
        if self.longest.is_none_or(|(longest, _)| taken > longest) {
            self.longest = Some((taken, complaint.meta.number));
        }
    }

    /// The figures, with the trend of earlier quarters, the oldest first.
    pub fn figures(mut self, mut earlier: Vec<TrendLine>) -> Figures {
        let total = self.trend.count;
        earlier.push(self.trend.line(self.quarter));
        let one = |cell: Cell| {
            let count = self.counts.get(&cell).copied().unwrap_or(0);
            line((cell, count), total)
        };
        let rated = Satisfaction::ALL
            .iter()
            .map(|said| Cell::Satisfaction(*said));
        let rated: Vec<(Cell, u64)> = rated.map(|cell| (cell.clone(), one(cell).count)).collect();
        let answered: u64 = rated.iter().map(|(_, count)| count).sum();
        let asked = one(Cell::Asked).count;
        let services: Vec<(Cell, u64)> = Service::ALL
            .iter()
            .map(|service| one(Cell::Service(*service)))
            .map(|line| (line.cell, line.count))
            .filter(|_| self.context.profile.complaints.service)
            .collect();
        let recurring = self.found(|cell| matches!(cell, Cell::Recurring(..)));
        let recurring = recurring.into_iter().filter(|(_, count)| *count > 1);
        let recurring = pareto(recurring.collect(), total).into_iter();
        let channels = Channel::ALL
            .iter()
            .map(|channel| one(Cell::Channel(*channel)));
        // Nobody complains by text message where none was kept.
        let kept =
            |(cell, count): &(Cell, u64)| *cell != Cell::Channel(Channel::Text) || *count > 0;
        let channels = channels.map(|line| (line.cell, line.count));
        let channels = channels.filter(kept).collect();
        let outcomes = Outcome::ALL
            .iter()
            .map(|outcome| one(Cell::Outcome(*outcome)));
        let outcomes = outcomes.map(|line| (line.cell, line.count)).collect();
        Figures {
            quarter: self.quarter,
            at: self.context.now,
            total,
            categories: pareto(self.found(|cell| matches!(cell, Cell::Category(_))), total),
            services: lines(services, total),
            recurring: recurring
                .map(|line| Recurring {
                    line,
                    measures: Vec::new(),
                })
                .collect(),
            channels: lines(channels, total),
            causes: pareto(self.found(|cell| matches!(cell, Cell::Cause(_))), total),
            outcomes: lines(outcomes, total),
            states: lines(self.found(|cell| matches!(cell, Cell::State(_))), total),
            repeated: one(Cell::Repeated),
            reopened: one(Cell::Reopened),
            late: one(Cell::Late),
            late_in: pareto(self.found(|cell| matches!(cell, Cell::LateIn(_))), total),
            major: one(Cell::Major),
            satisfaction: SatisfactionFigures {
                asked,
                rated: answered,
                rated_share: share(answered, asked),
                scale: lines(rated, answered),
            },
            times: Times {
                count: self.trend.answered,
                clock: span(&mut self.clock),
                work: span(&mut self.work),
                longest: self.longest.map(|(_, number)| number),
            },
            departments: self.departments.into_iter().map(department).collect(),
            trend: earlier,
        }
    }

    fn found(&self, of: impl Fn(&Cell) -> bool) -> Vec<(Cell, u64)> {
        let counts = self.counts.iter().filter(|(cell, _)| of(cell));
        counts.map(|(cell, count)| (cell.clone(), *count)).collect()
    }
}

fn department((department, of): (String, OfDepartment)) -> DepartmentFigures {
    DepartmentFigures {
        department,
        count: of.outcomes.iter().sum(),
        outcomes: Outcome::ALL.iter().copied().zip(of.outcomes).collect(),
        answered: of.answered,
        mean: mean(of.minutes, of.answered),
        longest: of.longest,
    }
}

fn line((cell, count): (Cell, u64), total: u64) -> Line {
    Line {
        cell,
        count,
        share: share(count, total),
        cumulative: share(count, total),
    }
}

/// Lines in the order given.
fn lines(counts: Vec<(Cell, u64)>, total: u64) -> Vec<Line> {
    let mut above = 0;
    let with_those_above = |counted: (Cell, u64)| {
        above += counted.1;
        Line {
            cumulative: share(above, total),
            ..line(counted, total)
        }
    };
    counts.into_iter().map(with_those_above).collect()
}

/// Lines with the most frequent first, and among equals in the order of their names.
fn pareto(mut counts: Vec<(Cell, u64)>, total: u64) -> Vec<Line> {
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    lines(counts, total)
}

fn span(taken: &mut [u32]) -> Span {
    taken.sort_unstable();
    let at = |place: usize| taken.get(place).copied().unwrap_or(0);
    let sum: u64 = taken.iter().map(|minutes| u64::from(*minutes)).sum();
    Span {
        mean: mean(sum, taken.len() as u64),
        median: u32::midpoint(at(taken.len().saturating_sub(1) / 2), at(taken.len() / 2)),
        longest: taken.last().copied().unwrap_or(0),
    }
}
