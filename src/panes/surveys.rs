//! What stands with a survey beside the list: what its answers come to, its measures, what was said
//! (A03-5.1.2b, A03-5.1.2c, A03-sd).

use crate::app::describe::in_brief;
use crate::app::describe_surveys;
use crate::app::facts::Facts;
use crate::app::pane::Pane;
use crate::desk::contract::Row;
use crate::domain::record::Record;
use crate::widgets::lines::TextLine;
use crate::widgets::theme;

/// Puts what its answers came to so far above the lines of a survey, and its measures and newest answers
/// below them; the lines of any other record stay as they are.
pub(super) fn around(lines: &mut Vec<TextLine>, row: &Row, pane: &Pane, facts: &Facts) {
    let Record::Survey(survey) = &row.record else {
        return;
    };
    let number = survey.meta.number;
    if pane.side.of.is_none_or(|(known, _)| known != number) {
        return;
    }
    let own = pane.side.rows.iter().find_map(|it| it.scored.as_ref());
    // Of a survey that is closed they stand in the record.
    if let Some(figures) = own.filter(|_| survey.closed.is_none()) {
        let threshold = facts.profile.surveys.threshold;
        let below = |line: usize| {
            let aspect = line.checked_sub(1).and_then(|it| figures.aspects.get(it));
            threshold
                .zip(aspect)
                .is_some_and(|(it, of)| of.is_below(it))
        };
        let words = describe_surveys::figures(figures, threshold, facts);
        let words = words.into_iter().enumerate().map(|(place, words)| {
            let style = if below(place) {
                theme::ALARM
            } else {
                theme::PLAIN
            };
            TextLine::plain(words).styled(style)
        });
        lines.splice(0..0, words);
    }
    let of = |is: fn(&Record) -> bool| pane.side.rows.iter().filter(move |it| is(&it.record));
    for (title, rows) in [
        (
            "title-measures",
            of(|it| matches!(it, Record::Measure(_))).collect::<Vec<_>>(),
        ),
        (
            "title-answers",
            of(|it| matches!(it, Record::Answer(_))).collect::<Vec<_>>(),
        ),
    ] {
        if !rows.is_empty() {
            lines.push(TextLine::title(facts.t(title)));
            let rows = rows.into_iter();
            lines.extend(rows.map(|row| TextLine::plain(in_brief(row, facts))));
        }
    }
}
