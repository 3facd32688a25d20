//! The quarterly analysis of complaints, and the complaints behind each of its numbers.

use super::{Looking, list};
use crate::desk::analyses;
use crate::desk::contract::{Page, QuarterReport};
use crate::domain::analysis::{Analysis, Cell, Quarter, Repeats};
use crate::domain::context::Context;
use crate::domain::mask;
use crate::domain::measure::Measure;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::store::Fault;

/// The analysis of a quarter as it stands. What was written to it is masked as in a list: it goes
/// to whoever sees the reports.
pub(super) fn report(
    looking: &Looking,
    context: &Context,
    quarter: Quarter,
) -> Result<QuarterReport, Fault> {
    let analysis = analyses::of(looking.overlay, quarter)?;
    let frozen = analysis
        .as_ref()
        .and_then(|it| it.figures.as_deref().cloned());
    let figures = match frozen {
        Some(figures) => figures,
        None => analyses::count(looking.overlay, quarter, context)?,
    };
    let measures = measures(looking, context, quarter, analysis.as_ref())?;
    let mut people: Vec<Number> = Vec::new();
    if let Some(analysis) = &analysis {
        people.extend(analysis.parts.iter().map(|part| part.said.by));
        let said = [&analysis.submitted, &analysis.sent_back, &analysis.approved];
        people.extend(said.into_iter().flatten().map(|said| said.by));
    }
    people.sort_unstable();
    people.dedup();
    let names = people.into_iter().map(|by| (by, looking.known.name(by)));
    Ok(QuarterReport {
        figures,
        analysis: analysis.map(masked),
        measures,
        names: names.collect(),
    })
}

fn masked(mut analysis: Analysis) -> Analysis {
    for text in analysis.texts() {
        *text = mask::words(text);
    }
    analysis
}

/// Measures that this quarter or the analysis of the one before led to, the oldest first.
fn measures(
    looking: &Looking,
    context: &Context,
    quarter: Quarter,
    analysis: Option<&Analysis>,
) -> Result<Vec<Measure>, Fault> {
    let offset = context.profile.utc_offset_minutes;
    let before = analyses::of(looking.overlay, quarter.before())?;
    let reports = [analysis, before.as_ref()].into_iter().flatten();
    let reports: Vec<Number> = reports.map(|one| one.meta.number).collect();
    let mut measures = Vec::new();
    for measure in analyses::measures(looking.overlay)? {
        let about = measure.details.about;
        let is_of_quarter = match about.kind {
            Kind::Complaint => match looking.overlay.record(about)? {
                Some(Record::Complaint(complaint)) => quarter.holds(complaint.made_at, offset),
                _ => false,
            },
            _ => reports.contains(&about),
        };
        if is_of_quarter {
            let mut record = Record::Measure(measure);
            mask::record(&mut record, None);
            if let Record::Measure(measure) = record {
                measures.push(measure);
            }
        }
    }
    Ok(measures)
}

/// The complaints behind a number.
pub(super) fn rows(
    looking: &Looking,
    context: &Context,
    quarter: Quarter,
    cell: &Cell,
    limit: usize,
) -> Result<Page, Fault> {
    let offset = context.profile.utc_offset_minutes;
    let mut repeats = Repeats::default();
    let mut rows = Vec::new();
    analyses::complaints(looking.overlay, quarter, offset, |complaint| {
        let counts = match cell {
            Cell::Repeated => repeats.is_repeated(&complaint),
            _ => cell.matches(&complaint, context),
        };
        if counts {
            rows.push(looking.row(Record::Complaint(complaint)));
        }
        rows.len() <= limit
    })?;
    let after = rows.len() > limit;
    rows.truncate(limit);
    let total = (!after).then_some(rows.len() as u64);
    Ok(Page {
        after,
        total,
        ..list::loose_page(rows)
    })
}
