//! Help on the pane that is shown: each action with its keys from the keymap in force, why it
//! cannot run now, and the clauses behind the pane.

use crate::app::App;
use crate::app::facts::Facts;
use crate::domain::clauses;
use crate::domain::profile::Tab;
use crate::keys::{Action, Layer};
use crate::widgets::lines::TextLine;
use crate::widgets::theme;

/// The lines of the popup.
pub fn lines(app: &App) -> Vec<TextLine> {
    let facts = &app.facts;
    let Some(pane) = app.pane() else {
        return Vec::new();
    };
    let sections = if pane.form.is_some() {
        vec![Layer::Form, Layer::Field, Layer::Global]
    } else {
        vec![pane.layer(), Layer::List, Layer::Global]
    };
    let mut lines = vec![TextLine::plain(facts.t("help-input-method")).styled(theme::QUIET)];
    for layer in sections.iter().copied() {
        lines.push(TextLine::title(
            facts.t(&format!("layer-{}", layer.name().replace('.', "-"))),
        ));
        let actions = Action::ALL
            .iter()
            .copied()
            .filter(|action| action.layer() == layer);
        lines.extend(actions.map(|action| line(app, action, &sections)));
    }
    lines.push(TextLine::title(facts.t("help-clauses")));
    lines.extend(behind(pane.tab, facts));
    lines.extend(purposes(facts));
    lines
}

/// The clauses behind a tab of the site, a line for each regulation (A01-01).
fn behind(tab: Tab, facts: &Facts) -> Vec<TextLine> {
    let clauses = clauses::behind(tab, &facts.profile);
    let regulation = |id: &str| id.split('-').next().map(str::to_owned);
    let of_one = clauses.chunk_by(|one, next| regulation(one) == regulation(next));
    of_one.map(|ids| TextLine::plain(ids.join("  "))).collect()
}

/// The rules of the site, and what they are for (A01-01).
fn purposes(facts: &Facts) -> Vec<TextLine> {
    let profile = &facts.profile;
    let name = facts.words(&profile.name);
    let of_site = facts.tw(
        "help-of-site",
        &[
            ("name", &name),
            ("id", &profile.id),
            ("version", &profile.version),
        ],
    );
    let purposes = profile.purposes.iter();
    let purposes = purposes.map(|id| {
        let words = facts.texts.name("purpose", id);
        TextLine::labelled(id.clone(), words)
    });
    let head = [
        TextLine::title(facts.t("help-purposes")),
        TextLine::plain(of_site),
    ];
    head.into_iter().chain(purposes).collect()
}

fn line(app: &App, action: Action, layers: &[Layer]) -> TextLine {
    let facts = &app.facts;
    let ways = app.keymap.ways(action, layers);
    let mut keys: Vec<String> = ways.iter().take(2).map(ToString::to_string).collect();
    if keys.is_empty() {
        keys.push(facts.t("key-none"));
    }
    let name = facts.texts.name("action", action.id());
    let key = format!("action-{}.help", action.id());
    let help = if facts.texts.has(&key) {
        facts.t(&key)
    } else {
        String::new()
    };
    let text = format!("{name}  {help}");
    let line = TextLine::labelled(keys.join(" "), text);
    match app.why_not(action) {
        Some(reason) => {
            let text = format!("{name}  ({reason})");
            TextLine { text, ..line }.styled(theme::QUIET)
        }
        None => line,
    }
}
