//! What customers have to do with each other, and a service, in words.

use super::describe::Line;
use super::facts::Facts;
use crate::desk::contract::{Tie, Ties};
use crate::domain::complaint::course::Said;
use crate::domain::handout::Handout;
use crate::domain::introduction::Introduction;
use crate::domain::merging::Merge;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::relation::Relation;
use crate::domain::service_item::ServiceItem;
use crate::domain::stamp::{Day, Stamp};

/// Every field of such a record in words.
pub fn lines(record: &Record, facts: &Facts) -> Vec<Line> {
    match record {
        Record::Relation(it) => relation(it, facts),
        Record::Introduction(it) => introduction(it, facts),
        Record::Handout(it) => handout(it, facts),
        Record::ServiceItem(it) => service_item(it, facts),
        Record::Merge(it) => merge(it, facts),
        _ => Vec::new(),
    }
}

fn named(name: &str, number: Option<Number>) -> String {
    let number = number.map(|number| number.to_string());
    format!("{name} {}", number.unwrap_or_default())
        .trim()
        .to_owned()
}

fn day(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn said(said: Option<&Said>, facts: &Facts) -> String {
    said.map_or_else(String::new, |said| {
        let by = facts.operator_name(said.by);
        format!("{}  {by}  {}", facts.when(said.at), said.text)
    })
}

fn yes_no(yes: bool, facts: &Facts) -> String {
    facts.t(if yes { "choice-yes" } else { "choice-no" })
}

/// Where a record of these stands, in words.
pub fn state(record: &Record, facts: &Facts) -> String {
    let key = match record {
        Record::Relation(it) if it.is_open() => "relation-holds",
        Record::Relation(_) => "relation-ended",
        Record::Introduction(it) => {
            return facts.texts.name("introduction-state", it.state.id());
        }
        Record::Handout(it) => {
            let (came, given) = (it.arrived.len(), it.details.count);
            return facts.tw("handout-came", &[("came", &came), ("given", &given)]);
        }
        Record::ServiceItem(it) if it.is_open() => "service-offered",
        Record::ServiceItem(_) => "service-retired",
        Record::Merge(it) if it.is_open() => "merge-holds",
        Record::Merge(_) => "merge-undone",
        _ => return String::new(),
    };
    facts.t(key)
}

/// When something last became of a relation, a merge or a line of the plan.
pub fn last(record: &Record) -> Stamp {
    let after = match record {
        Record::Relation(it) => it.ended.as_ref().map(|said| said.at),
        Record::Merge(it) => it.undone.as_ref().map(|said| said.at),
        Record::PlanLine(it) => {
            let dropped = it.dropped.as_ref().map(|said| said.at);
            it.done.as_ref().map(|done| done.at).or(dropped)
        }
        _ => None,
    };
    after.unwrap_or(record.meta().created_at)
}

/// What a record of these is about, in a line.
pub fn subject(record: &Record, facts: &Facts) -> String {
    match record {
        Record::Relation(it) => {
            let kind = facts.texts.name("relation-kind", it.details.kind.id());
            let other = if it.details.kind.is_of_group() {
                &it.details.group
            } else {
                &it.to_name
            };
            format!("{} {kind} {other}", it.from_name)
        }
        Record::Introduction(it) => {
            let text = it.details.text.replace('\n', " ");
            format!("{} / {}  {text}", it.names.0, it.names.1)
        }
        Record::Handout(it) => {
            let details = &it.details;
            format!(
                "{} {}×{}  {}",
                it.name, details.what, details.count, details.friend
            )
        }
        Record::ServiceItem(it) => it.details.name.clone(),
        Record::Merge(it) => format!(
            "{} {} / {} {}",
            it.names.0, it.kept, it.names.1, it.absorbed
        ),
        _ => String::new(),
    }
}

fn relation(it: &Relation, facts: &Facts) -> Vec<Line> {
    let details = &it.details;
    vec![
        ("from_customer", named(&it.from_name, details.from)),
        (
            "relation_kind",
            facts.texts.name("relation-kind", details.kind.id()),
        ),
        ("to_customer", named(&it.to_name, details.to)),
        ("group", details.group.clone()),
        ("since_day", day(details.since)),
        ("consent", yes_no(details.consent, facts)),
        ("note", details.note.clone()),
        ("ended", said(it.ended.as_ref(), facts)),
    ]
}

fn introduction(it: &Introduction, facts: &Facts) -> Vec<Line> {
    let approved: Vec<String> = it
        .approved
        .iter()
        .map(|(_, one)| said(Some(one), facts))
        .collect();
    let state = facts.texts.name("introduction-state", it.state.id());
    vec![
        ("state", state),
        ("one_customer", named(&it.names.0, it.details.one)),
        ("other_customer", named(&it.names.1, it.details.other)),
        ("text", it.details.text.clone()),
        ("consent_one", said(it.consent_one.as_ref(), facts)),
        ("consent_other", said(it.consent_other.as_ref(), facts)),
        ("approved", approved.join("\n")),
        ("introduced", said(it.done.as_ref(), facts)),
        ("result", said(it.result.as_ref(), facts)),
    ]
}

fn handout(it: &Handout, facts: &Facts) -> Vec<Line> {
    let details = &it.details;
    let arrived = it
        .arrived
        .iter()
        .map(|one| format!("{}  {} {}", facts.when(one.at), one.name, one.customer));
    let arrived: Vec<String> = arrived.collect();
    vec![
        ("state", state(&Record::Handout(it.clone()), facts)),
        ("customer", named(&it.name, details.customer)),
        ("what_given", details.what.clone()),
        ("count_given", details.count.to_string()),
        ("on", day(details.on)),
        ("friend", named(&details.friend, it.friend)),
        ("phone", facts.phone(&details.phone)),
        ("arrived", arrived.join("\n")),
    ]
}

fn service_item(it: &ServiceItem, facts: &Facts) -> Vec<Line> {
    let replaced = it.replaced_by.map(|number| number.to_string());
    vec![
        ("state", state(&Record::ServiceItem(it.clone()), facts)),
        ("name", it.details.name.clone()),
        ("start", day(it.details.start)),
        ("planned_end", day(it.details.planned_end)),
        ("retired_on", day(it.retired_on)),
        ("replaced_by", replaced.unwrap_or_default()),
        ("note", it.details.note.clone()),
    ]
}

fn merge(it: &Merge, facts: &Facts) -> Vec<Line> {
    let taken: Vec<String> = it.taken.iter().map(|field| facts.label(field)).collect();
    vec![
        ("state", state(&Record::Merge(it.clone()), facts)),
        ("kept", named(&it.names.0, Some(it.kept))),
        ("absorbed", named(&it.names.1, Some(it.absorbed))),
        ("taken", taken.join(&facts.t("list-comma"))),
        ("undone", said(it.undone.as_ref(), facts)),
    ]
}

/// A relation as it is seen from one of the two.
fn tie(tie: &Tie, facts: &Facts) -> String {
    let group = if tie.back {
        "relation-back"
    } else {
        "relation-kind"
    };
    let kind = facts.texts.name(group, tie.kind.id());
    let other = named(&tie.name, tie.other);
    format!("{kind} {other}  {}", tie.relation)
}

/// What a customer has to do with others: what is to be known first, then every line, and whether it
/// warns.
pub fn ties(ties: &Ties, facts: &Facts) -> Vec<(String, bool)> {
    let mut lines = Vec::new();
    if !ties.matters.is_empty() {
        let matters: Vec<String> = ties.matters.iter().map(ToString::to_string).collect();
        let line = facts.tw("ties-matters", &[("numbers", &matters.join(" "))]);
        lines.push((line, true));
    }
    let mut plain = |line: String| lines.push((line, false));
    for group in &ties.central {
        plain(facts.tw(
            "ties-central",
            &[
                ("group", group),
                ("contacts", &ties.contacts),
                ("brought", &ties.brought),
            ],
        ));
    }
    if !ties.central.is_empty() {
        let it = &ties.attempts;
        let next = it.next.map(|day| day.to_string());
        let next = next.unwrap_or_else(|| facts.t("ties-no-next-attempt"));
        let args: [(&'static str, &dyn std::fmt::Display); 3] = [
            ("tried", &it.tried),
            ("reached", &it.reached),
            ("next", &next),
        ];
        plain(facts.tw("ties-attempts", &args));
    }
    if ties.brought > 0 {
        plain(facts.tw(
            "ties-brought",
            &[("brought", &ties.brought), ("closed", &ties.closed)],
        ));
    }
    if ties.given > 0 {
        plain(facts.tw(
            "ties-given",
            &[("given", &ties.given), ("arrived", &ties.arrived)],
        ));
    }
    if !ties.absorbed.is_empty() {
        let cards: Vec<String> = ties.absorbed.iter().map(ToString::to_string).collect();
        plain(facts.tw("ties-absorbed", &[("numbers", &cards.join(" "))]));
    }
    for one in &ties.relations {
        plain(tie(one, facts));
    }
    lines
}
