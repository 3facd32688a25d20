//! A follow-up in words.

use super::describe::{Line, with_name};
use super::facts::Facts;
use crate::domain::follow_up::FollowUp;
use crate::domain::number::Number;

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
    if let Some(contact) = &it.contact {
        let next = match contact.next {
            Some(next) => next.to_string(),
            None => facts.t("follow-up-declined"),
        };
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

/// The key of the words for whether the customer was new when it was planned (A04-6).
pub const fn standing(it: &FollowUp) -> &'static str {
    if it.is_first {
        "standing-new"
    } else {
        "standing-old"
    }
}
