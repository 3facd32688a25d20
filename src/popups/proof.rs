//! How a date was computed: every day counted or skipped, and why.

use chrono::Datelike;

use crate::app::facts::Facts;
use crate::app::popup::Proof;
use crate::domain::calendar::DayKind;
use crate::widgets::lines::TextLine;
use crate::widgets::theme;

/// The lines of the popup.
pub fn lines(proof: &Proof, facts: &Facts) -> Vec<TextLine> {
    let due = &proof.due;
    let mut head = facts.tw("proof-due", &[("from", &proof.from), ("date", &due.date)]);
    if !proof.clause.is_empty() {
        head = format!("{head} [{}]", proof.clause);
    }
    let mut lines = vec![TextLine::title(head)];
    for day in &due.proof {
        let weekday = facts.t(&format!(
            "weekday-{}",
            day.date.weekday().num_days_from_monday()
        ));
        let is_start = day.date == proof.from.0 && day.counted.is_none();
        let kind = match &day.kind {
            DayKind::Working if is_start => facts.t("day-start"),
            DayKind::Working => facts.t("day-working"),
            DayKind::Weekend => facts.t("day-weekend"),
            DayKind::Holiday(name) => facts.tw("day-holiday", &[("name", &facts.words(name))]),
            DayKind::MakeUp(name) => facts.tw("day-make-up", &[("name", &facts.words(name))]),
        };
        let counted = match day.counted {
            Some(count) => facts.tw("day-counted", &[("count", &count)]),
            None => facts.t("day-not-counted"),
        };
        let style = if day.counted.is_some() {
            theme::PLAIN
        } else {
            theme::QUIET
        };
        let text = format!("{weekday}  {counted}  {kind}");
        lines.push(TextLine::labelled(day.date.to_string(), text).styled(style));
    }
    if due.provisional {
        lines.push(TextLine::plain(facts.t("proof-provisional")).styled(theme::ALARM));
    }
    lines
}
