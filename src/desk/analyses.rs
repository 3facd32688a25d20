//! The analysis of a quarter out of the store: its record, and its figures counted.

use super::index;
use super::keyspace as keys;
use super::made::{self, Beside};
use super::overlay::Overlay;
use crate::desk::contract::{Filter, Sort};
use crate::domain::analysis::{Analysis, Figures, Glance, Quarter, Tally, TrendLine};
use crate::domain::complaint::Complaint;
use crate::domain::context::Context;
use crate::domain::measure::{Measure, MeasureKind, MeasureState};
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::store::{Fault, Order};

/// Rows read at once.
const ROWS: usize = 500;
/// So many measures are looked through for those that a report shows, the newest.
const MOST_MEASURES: usize = 1_000;
/// So many earlier quarters stand in the trend.
const EARLIER: usize = 4;

/// The analysis of a quarter, where one was begun. There are four a year: all are looked through.
pub(super) fn of(overlay: &Overlay, quarter: Quarter) -> Result<Option<Analysis>, Fault> {
    let tag = index::tag(Kind::Analysis, Filter::All);
    let prefix = index::list_prefix(Kind::Analysis, tag, Sort::Newest);
    let rows = overlay.scan_prefix(&prefix, Order::Backward, usize::MAX)?;
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        if let Some(Record::Analysis(analysis)) = overlay.record(number)?
            && analysis.quarter == quarter
        {
            return Ok(Some(analysis));
        }
    }
    Ok(None)
}

/// Shows what stands beside each complaint of a quarter, in the order in which they were made, until
/// it is enough.
fn walk(
    overlay: &Overlay,
    quarter: Quarter,
    offset_minutes: i32,
    mut show: impl FnMut(Beside) -> Result<bool, Fault>,
) -> Result<(), Fault> {
    let (mut from, to) = made::range(quarter, offset_minutes);
    loop {
        let rows = overlay.scan(&from, &to, Order::Forward, ROWS)?;
        for (key, value) in &rows {
            if let Some(beside) = made::read(key, value)
                && !show(beside)?
            {
                return Ok(());
            }
        }
        let Some((last, _)) = rows.into_iter().last() else {
            return Ok(());
        };
        from = last;
        from.push(0);
    }
}

/// Shows each complaint of a quarter in the order in which they were made, imported ones among
/// them, until it is enough.
pub(super) fn complaints(
    overlay: &Overlay,
    quarter: Quarter,
    offset_minutes: i32,
    mut show: impl FnMut(Complaint) -> bool,
) -> Result<(), Fault> {
    walk(overlay, quarter, offset_minutes, |beside| {
        Ok(match overlay.record(beside.number)? {
            Some(Record::Complaint(complaint)) => show(complaint),
            _ => true,
        })
    })
}

/// The figures of a quarter as they are now.
pub(super) fn count(
    overlay: &Overlay,
    quarter: Quarter,
    context: &Context,
) -> Result<Figures, Fault> {
    let offset = context.profile.utc_offset_minutes;
    let mut tally = Tally::new(quarter, *context);
    complaints(overlay, quarter, offset, |complaint| {
        tally.add(&complaint);
        true
    })?;
    let mut earlier = Vec::with_capacity(EARLIER);
    let mut before = quarter;
    for _ in 0..EARLIER {
        before = before.before();
        // What was approved stays as it was.
        let frozen = of(overlay, before)?.and_then(|analysis| analysis.figures);
        let line = frozen.and_then(|it| it.trend.into_iter().find(|line| line.quarter == before));
        earlier.push(match line {
            Some(line) => line,
            None => glance(overlay, before, context)?,
        });
    }
    earlier.reverse();
    let mut figures = tally.figures(earlier);
    preventive(overlay, &mut figures, context)?;
    Ok(figures)
}

/// Puts beside what came twice or more the preventive measures in force against it (A08-r1).
fn preventive(overlay: &Overlay, figures: &mut Figures, context: &Context) -> Result<(), Fault> {
    if figures.recurring.is_empty() {
        return Ok(());
    }
    for measure in measures(overlay)? {
        let in_force = matches!(
            measure.state,
            MeasureState::Approved
                | MeasureState::Done
                | MeasureState::Verified
                | MeasureState::Checked
        );
        if !in_force || measure.details.kind != MeasureKind::Preventive {
            continue;
        }
        let about = measure.details.about;
        if about.kind != Kind::Complaint {
            continue;
        }
        let Some(Record::Complaint(complaint)) = overlay.record(about)? else {
            continue;
        };
        let against = figures.recurring.iter_mut();
        for one in against.filter(|one| one.line.cell.matches(&complaint, context)) {
            one.measures.push(measure.meta.number);
        }
    }
    Ok(())
}

/// The newest measures, the oldest of them first.
pub(super) fn measures(overlay: &Overlay) -> Result<Vec<Measure>, Fault> {
    let tag = index::tag(Kind::Measure, Filter::All);
    let prefix = index::list_prefix(Kind::Measure, tag, Sort::Newest);
    let rows = overlay.scan_prefix(&prefix, Order::Backward, MOST_MEASURES)?;
    let mut measures = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        if let Some(Record::Measure(measure)) = overlay.record(number)? {
            measures.push(measure);
        }
    }
    measures.reverse();
    Ok(measures)
}

/// The line of an earlier quarter.
fn glance(overlay: &Overlay, quarter: Quarter, context: &Context) -> Result<TrendLine, Fault> {
    let mut glance = Glance::default();
    let offset = context.profile.utc_offset_minutes;
    walk(overlay, quarter, offset, |beside| {
        let is_late = beside.breached || beside.due.is_some_and(|due| due < context.now);
        glance.add(beside.made, beside.answered, is_late);
        Ok(true)
    })?;
    Ok(glance.line(quarter))
}
