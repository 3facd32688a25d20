//! Hints and hand-overs of shifts in words.

use super::describe::{Line, stamped, with_name};
use super::facts::Facts;
use super::forms::FormId;
use crate::domain::hint::Hint;
use crate::domain::number::Number;
use crate::domain::shift::{BegunForm, ShiftSheet};

/// Every field of a hint in words.
pub fn hint(it: &Hint, names: &[(Number, String)], facts: &Facts) -> Vec<Line> {
    let mut lines = vec![
        ("hint_places", places(it, facts)),
        ("text", it.details.text.clone()),
        ("until", facts.when(it.until)),
        (
            "state",
            facts.texts.name("hint-state", hint_state(it, facts)),
        ),
    ];
    if let Some(said) = &it.withdrawn {
        let when = stamped(said.at, said.by, names, facts);
        lines.push(("withdrawn", format!("{when}  {}", said.text)));
    }
    lines
}

/// Where a hint is for.
fn places(it: &Hint, facts: &Facts) -> String {
    if it.details.places.is_empty() {
        facts.t("hint-everywhere")
    } else {
        it.details.places.clone()
    }
}

/// Where a hint stands: it is shown, its time is over, or it was taken back.
pub fn hint_state(it: &Hint, facts: &Facts) -> &'static str {
    if it.withdrawn.is_some() {
        "withdrawn"
    } else if it.runs(facts.now) {
        "shown"
    } else {
        "over"
    }
}

/// A hint in one line, as whoever speaks with the caller reads it.
pub fn told(it: &Hint, facts: &Facts) -> String {
    let time = match it.details.time.as_str() {
        "" => "24:00",
        time => time,
    };
    let until = match it.details.day {
        Some(day) if day != facts.today() => format!("{day} {time}"),
        _ => time.to_owned(),
    };
    let text = it.details.text.replace('\n', " ");
    facts.tw("hint-told", &[("text", &text), ("until", &until)])
}

/// Every field of a hand-over in words.
pub fn sheet(it: &ShiftSheet, names: &[(Number, String)], facts: &Facts) -> Vec<Line> {
    let numbers = |numbers: &[Number]| {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        numbers.join(" ")
    };
    let to = match it.details.to {
        Some(to) => with_name(Some(to), names, facts),
        None => facts.t("shift-to-next"),
    };
    let begun: Vec<String> = it
        .details
        .drafts
        .iter()
        .map(|it| begun(it, facts))
        .collect();
    let mut lines = vec![
        ("state", facts.texts.name("shift-state", it.state.id())),
        ("hand_to", to),
        ("text", it.details.text.clone()),
        ("open_requests", numbers(&it.requests)),
        ("promises", numbers(&it.promises)),
        ("begun", begun.join("\n")),
    ];
    if let Some((by, at)) = it.ended {
        lines.push(("shift_ended", stamped(at, by, names, facts)));
    }
    lines
}

/// A begun form in one line: its name and the longest thing typed.
fn begun(it: &BegunForm, facts: &Facts) -> String {
    let form = FormId::ALL.iter().find(|form| form.id() == it.form);
    let name = form.map_or_else(
        || it.form.clone(),
        |form| facts.texts.name("form", form.id()),
    );
    let typed = it.fields.iter().map(|(_, value)| value.as_str());
    let longest = typed.filter(|value| !value.starts_with('{'));
    let longest = longest.max_by_key(|value| value.len()).unwrap_or_default();
    format!("{name}  {}", longest.replace('\n', " "))
}

/// How much a hand-over holds, and what is said with it.
pub fn in_brief(it: &ShiftSheet, facts: &Facts) -> String {
    let counts = facts.tw(
        "shift-brief",
        &[
            ("requests", &it.requests.len()),
            ("promises", &it.promises.len()),
            ("begun", &it.details.drafts.len()),
        ],
    );
    format!("{counts}  {}", it.details.text.replace('\n', " "))
}
