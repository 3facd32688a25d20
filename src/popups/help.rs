//! Help on the pane that is shown: each action with its keys from the keymap in force, why it
//! cannot run now, and the clauses behind the pane.

use crate::app::App;
use crate::app::facts::Facts;
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
    lines.push(TextLine::plain(clauses(pane.tab).join("  ")));
    lines.extend(purposes(facts));
    lines
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

/// The clauses behind a pane.
const fn clauses(tab: Tab) -> &'static [&'static str] {
    match tab {
        Tab::Intake => &[
            "A13-c2", "A01-11", "A03-s", "A05-4.1", "A05-4.2b", "A06-4.1", "A09-2.3", "A14-2.1",
        ],
        Tab::Complaints => &[
            "A13-c2", "A13-c3b", "A13-c3d", "A05-4.3c", "A08-n1a", "A08-n3b",
        ],
        Tab::Archive => &[
            "A11-06",
            "A11-19.5a",
            "A11-19.5b",
            "A11-20",
            "A04-4b",
            "A04-9",
        ],
        Tab::Approvals => &["A08-n4a", "A08-d4.1", "A08-d4.2", "A08-m2a", "A13-c4"],
        Tab::FollowUps => &[
            "A01-12",
            "A01-15",
            "A01-16",
            "A01-23",
            "A01-25",
            "A01-27",
            "A04-6",
            "A05-4.6a",
            "A14-1.2",
            "A14-2.6",
            "A03-sa",
            "A03-sd",
            "A03-5.1.2b",
            "A03-5.1.2c",
            "A09-1.4b",
            "A09-1.4c",
        ],
        Tab::Customers => &[
            "A01-17", "A01-18", "A01-19", "A01-20", "A01-21", "A01-22", "A01-23",
        ],
    }
}
