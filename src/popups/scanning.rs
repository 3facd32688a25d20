//! Labels scanned one after the other: what for, how far it is, and what came of each.

use crate::app::App;
use crate::app::describe_archive::shelf;
use crate::app::scanning::{Purposes, Scanning};
use crate::widgets::lines::TextLine;
use crate::widgets::theme;

/// The title of the popup.
pub fn title(scanning: &Scanning, app: &App) -> String {
    match &scanning.what {
        Purposes::Return => app.facts.t("popup-scan-return"),
        Purposes::Inspect { inspection, .. } => app
            .facts
            .tw("popup-scan-inspect", &[("number", &inspection.meta.number)]),
    }
}

/// The lines of the popup.
pub fn lines(scanning: &Scanning, app: &App) -> Vec<TextLine> {
    let facts = &app.facts;
    let counts = facts.tw(
        "scan-counts",
        &[("done", &scanning.done), ("failed", &scanning.failed)],
    );
    let mut lines = Vec::new();
    match &scanning.what {
        Purposes::Return => {
            lines.push(TextLine::plain(facts.t("scan-return-text")));
            lines.push(TextLine::title(counts));
        }
        Purposes::Inspect { inspection, chosen } => {
            let visiting = if inspection.visiting.is_empty() {
                chosen
            } else {
                &inspection.visiting
            };
            let here = if visiting.is_empty() {
                facts.t("scan-first-decides")
            } else {
                shelf(visiting, facts)
            };
            lines.push(TextLine::plain(facts.t("scan-inspect-text")));
            lines.push(TextLine::labelled(facts.t("scan-shelf"), here).styled(theme::TITLE));
            let on_it = inspection.scanned.len().to_string();
            lines.push(TextLine::labelled(facts.t("scan-on-shelf"), on_it));
            let left: Vec<String> = inspection.unvisited().map(|it| shelf(it, facts)).collect();
            lines.push(TextLine::labelled(facts.t("scan-left"), left.join(" ")));
        }
    }
    lines.push(TextLine::plain(""));
    for (line, bad) in &scanning.lines {
        let sign = if *bad { "!" } else { " " };
        let style = if *bad { theme::ALARM } else { theme::PLAIN };
        lines.push(TextLine::plain(format!("{sign} {line}")).styled(style));
    }
    lines
}
