//! What the chain of a repair gathered, in words: each part as one line.

use super::describe::{Line, stamped};
use super::facts::Facts;
use crate::domain::complaint::course::Said;
use crate::domain::number::Number;
use crate::domain::repair::Repair;

/// The lines of a repair; those of parts that are not there are left out.
pub fn lines(repair: &Repair, names: &[(Number, String)], facts: &Facts) -> Vec<Line> {
    let comma = facts.t("list-comma");
    let arrow = facts.glyphs.set().arrow;
    let said = |said: &Said| {
        let when = stamped(said.at, said.by, names, facts);
        format!("{}  {when}", said.text)
    };
    let of = |it: Option<&Said>| it.map(said).unwrap_or_default();
    let mut due = repair.due_at.map(|at| facts.when(at)).unwrap_or_default();
    if repair.provisional {
        due.push_str(&facts.t("provisional"));
    }
    let answer = repair.answer.as_ref().map(|(channel, told)| {
        let channel = facts.texts.name("reply-channel", channel.id());
        format!("{channel}  {}", said(told))
    });
    let hands = repair.hands.iter().map(|hand| {
        let department = facts.department(&hand.department);
        format!(
            "{} {arrow} {department} {}",
            facts.when(hand.at),
            hand.person
        )
    });
    let late = repair.breaches.iter().map(|breach| {
        let state = facts.texts.name("intake-state", breach.state.id());
        let (due, done) = (facts.when(breach.due), facts.when(breach.done));
        format!("{state}  {due} {arrow} {done}  {}", breach.handler)
    });
    let each = |all: &[Said]| {
        let all: Vec<String> = all.iter().map(said).collect();
        all.join(&comma)
    };
    let mut lines = vec![
        ("handler", repair.handler.clone()),
        ("deadline", due),
        ("response", of(repair.response.as_ref())),
        ("solution", of(repair.solution.as_ref())),
        ("answer", answer.unwrap_or_default()),
        ("hands", hands.collect::<Vec<String>>().join(&comma)),
        ("urged", each(&repair.urged)),
        ("reopened", each(&repair.reopened)),
        ("breaches", late.collect::<Vec<String>>().join(&comma)),
    ];
    lines.retain(|(_, value)| !value.is_empty());
    lines
}
