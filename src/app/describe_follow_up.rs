//! A follow-up, a campaign and a line of the service plan in words.

use super::describe::{Line, with_name};
use super::facts::Facts;
use crate::domain::campaign::{Campaign, CampaignSort};
use crate::domain::follow_up::FollowUp;
use crate::domain::number::Number;
use crate::domain::plan::PlanLine;
use crate::domain::stamp::Day;
use crate::exchange::cells::Style;

/// Every field of a follow-up in words.
pub fn lines(it: &FollowUp, names: &[(Number, String)], facts: &Facts) -> Vec<Line> {
    let details = &it.details;
    let name = |group: &str, id: &str| facts.texts.name(group, id);
    let day = details.day.map(|day| day.to_string()).unwrap_or_default();
    let customer = details.customer.map(|customer| customer.to_string());
    let mut lines = vec![
        (
            "customer",
            format!("{} {}", it.name, customer.unwrap_or_default()),
        ),
        ("standing", facts.t(standing(it))),
        ("follow_kind", name("follow-up-kind", details.kind.id())),
        ("day", format!("{day} {}", details.time).trim().to_owned()),
        ("owner", with_name(details.owner, names, facts)),
        ("text", details.text.clone()),
        ("state", name("follow-up-state", it.state.id())),
    ];
    let regularity = if it.is_regular() {
        "regular"
    } else {
        "irregular"
    };
    lines.push(("regularity", name("regularity", regularity)));
    if let Some(serves) = details.serves {
        lines.push(("serves", serves.to_string()));
    }
    if let Some(day) = details.holiday {
        lines.push(("holiday", format!("{} {day}", holiday(day, facts))));
    }
    if let Some(contact) = &it.contact {
        let next = match contact.next {
            Some(next) => next.to_string(),
            None => facts.t("follow-up-declined"),
        };
        let tried = contact.tried.map(|tried| if tried { "yes" } else { "no" });
        let answer = contact.answer.map(|it| name("event-answer", it.id()));
        let settled = contact.items.iter().map(|it| {
            let until = it.until.map(|day| day.to_string()).unwrap_or_default();
            let outcome = name("item-outcome", it.outcome.id());
            format!("{} {outcome} {} {until} {}", it.item, it.by, it.why).replace("  ", " ")
        });
        let settled: Vec<String> = settled.collect();
        lines.extend([
            ("answer", answer.unwrap_or_default()),
            ("item", contact.item.clone()),
            (
                "tried",
                tried.map(|id| name("choice", id)).unwrap_or_default(),
            ),
            ("feedback", contact.feedback.clone()),
            ("settled", settled.join(&facts.t("list-comma"))),
        ]);
        lines.retain(|(name, value)| !OF_SERVING.contains(name) || !value.is_empty());
        lines.extend([
            ("reached_at", facts.when(contact.said.at)),
            (
                "contact_channel",
                name("contact-channel", contact.channel.id()),
            ),
            ("said", contact.said.text.clone()),
            ("needs", contact.needs.clone()),
            ("next_contact", next),
        ]);
    }
    if let Some(dropped) = &it.dropped {
        lines.push(("reason", dropped.text.clone()));
    }
    lines
}

/// What is said only of contacts that were had for something.
const OF_SERVING: [&str; 5] = ["answer", "item", "tried", "feedback", "settled"];

/// The name of the holiday that begins on a day; empty where none is known.
pub fn holiday(day: Day, facts: &Facts) -> String {
    let mut found = facts.calendar.holidays(day.0, day.0).into_iter();
    let found = found.find(|holiday| holiday.first == day.0);
    found.map_or_else(String::new, |holiday| facts.words(&holiday.name).to_owned())
}

/// Every field of a campaign in words.
pub fn campaign(it: &Campaign, names: &[(Number, String)], facts: &Facts) -> Vec<Line> {
    let details = &it.details;
    let style = Style {
        texts: &facts.texts,
        profile: &facts.profile,
        exact: false,
    };
    let mut lines = vec![
        (
            "campaign_sort",
            facts.texts.name("campaign-sort", details.sort.id()),
        ),
        ("campaign_title", details.title.clone()),
        ("campaign_text", details.text.clone()),
        ("from_day", it.from().to_string()),
        ("until_day", it.until().to_string()),
        ("target", style.target(&details.target)),
        ("owner", with_name(details.owner, names, facts)),
    ];
    if details.sort == CampaignSort::Event {
        let places = details.places.map(|places| places.to_string());
        lines.push(("venue", details.place.clone()));
        lines.push(("places", places.unwrap_or_default()));
    }
    lines
}

/// Every field of a line of the service plan in words.
pub fn plan_line(it: &PlanLine, names: &[(Number, String)], facts: &Facts) -> Vec<Line> {
    let details = &it.details;
    let customer = details.customer.map(|customer| customer.to_string());
    let mut lines = vec![
        (
            "customer",
            format!("{} {}", it.name, customer.unwrap_or_default()),
        ),
        ("action", details.action.clone()),
        match (&it.holiday, details.month) {
            (Some(name), _) => ("holiday", format!("{} {}", facts.words(name), it.begins)),
            (None, month) => (
                "month",
                month.map(|month| month.to_string()).unwrap_or_default(),
            ),
        },
        ("department", facts.department(&details.department)),
        ("owner", with_name(details.owner, names, facts)),
        ("state", facts.texts.name("plan-state", it.state.id())),
    ];
    if let Some(done) = &it.done {
        lines.push(("done_on", facts.when(done.at)));
        lines.push(("follow_up", done.follow_up.to_string()));
    }
    if let Some(dropped) = &it.dropped {
        lines.push(("reason", dropped.text.clone()));
    }
    lines
}

/// The key of the words for whether the customer was new when it was planned (A04-6).
pub const fn standing(it: &FollowUp) -> &'static str {
    if it.is_first {
        "standing-new"
    } else {
        "standing-old"
    }
}
