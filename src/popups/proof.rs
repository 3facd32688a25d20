//! How a date was computed: every day counted or skipped, and why.

use chrono::Datelike;

use crate::app::facts::Facts;
use crate::app::popup::Proof;
use crate::domain::calendar::DayKind;
use crate::widgets::lines::TextLine;
use crate::widgets::theme;

/// The lines of the popup.
pub fn lines(proof: &Proof, facts: &Facts) -> Vec<TextLine> {
    let mut head = facts.tw("proof-due", &[("from", &proof.from), ("date", &proof.ends)]);
    if !proof.counts.is_empty() {
        head = format!("{head} {} {}", facts.glyphs.set().dot, proof.counts);
    }
    if !proof.clause.is_empty() {
        head = format!("{head} [{}]", proof.clause);
    }
    let mut lines = vec![TextLine::title(head)];
    for day in &proof.days {
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
        let counted = match (day.counted, day.minutes) {
            (Some(count), _) => facts.tw("day-counted", &[("count", &count)]),
            (None, 1..) => {
                let time = format!("{}:{:02}", day.minutes / 60, day.minutes % 60);
                facts.tw("day-hours", &[("time", &time)])
            }
            (None, 0) if day.paused => facts.t("day-awaited"),
            (None, 0) => facts.t("day-not-counted"),
        };
        let style = if day.counted.is_some() || day.minutes > 0 {
            theme::PLAIN
        } else {
            theme::QUIET
        };
        let text = format!("{weekday}  {counted}  {kind}");
        lines.push(TextLine::labelled(day.date.to_string(), text).styled(style));
    }
    if proof.provisional {
        lines.push(TextLine::plain(facts.t("proof-provisional")).styled(theme::ALARM));
    }
    lines
}
