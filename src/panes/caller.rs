//! Who calls, beside the form while the number is typed: the form of address on top (A14-2.1),
//! what to know, what is open, what came last.

use std::cell::Cell;

use ratatui::layout::Rect;

use crate::app::describe::addressed;
use crate::app::describe::in_brief;
use crate::app::describe_dossier;
use crate::app::facts::Facts;
use crate::app::forms::FormId;
use crate::app::pane::Pane;
use crate::desk::contract::CallerCard;
use crate::domain::customer::{Customer, Mark};
use crate::domain::phone::PhoneLabel;
use crate::widgets::lines::{self, TextLine};
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Draws the panel.
///
/// `pick` is the key that chooses one of several.
pub fn draw(pen: &mut Pen, area: Rect, pane: &Pane, pick: &str) {
    let facts = pen.facts;
    let inside = pen.boxed(area, &facts.t("title-caller"), theme::TITLE);
    let lines = match &pane.caller {
        None => vec![TextLine::plain(facts.t("caller-type")).styled(theme::QUIET)],
        Some((digits, card)) => {
            let mut lines = of_card(card, digits, pick, facts);
            let visits = pane
                .form
                .as_ref()
                .is_some_and(|it| it.id == FormId::NewVisit);
            if visits && !card.tastes.is_empty() {
                let told = describe_dossier::tastes(&card.tastes, facts);
                let line = TextLine::labelled(facts.label("tastes"), told).styled(theme::KEY);
                lines.insert(1.min(lines.len()), line);
            }
            lines
        }
    };
    lines::draw(pen, inside, &lines, &Cell::new(0));
}

fn of_card(card: &CallerCard, digits: &str, pick: &str, facts: &Facts) -> Vec<TextLine> {
    let mut lines = Vec::new();
    match card.customers.as_slice() {
        [] => lines.push(TextLine::title(facts.t("caller-unknown"))),
        [only] if card.exact => {
            lines.extend(whose(only, digits, facts));
            lines.extend(of_customer(only, facts));
        }
        several => {
            let args: [(&'static str, &dyn std::fmt::Display); 2] =
                [("count", &several.len()), ("key", &pick)];
            lines.push(TextLine::title(facts.tw("caller-several", &args)));
            lines.extend(several.iter().map(|customer| {
                let details = &customer.details;
                let phone = details
                    .phones
                    .first()
                    .map(|phone| facts.phone(&phone.digits));
                let phone = phone.unwrap_or_default();
                TextLine::plain(format!("{} {} {phone}", details.name, details.place))
            }));
        }
    }
    for (title, rows) in [("caller-open", &card.open), ("caller-recent", &card.recent)] {
        if !rows.is_empty() {
            lines.push(TextLine::title(facts.t(title)));
            lines.extend(rows.iter().map(|row| TextLine::plain(in_brief(row, facts))));
        }
    }
    lines
}

/// Whose the telephone is, where it is not the customer's own (A14-F11).
fn whose(customer: &Customer, digits: &str, facts: &Facts) -> Option<TextLine> {
    let mut phones = customer.details.phones.iter();
    let phone = phones.find(|phone| phone.digits == digits)?;
    let key = match phone.label {
        PhoneLabel::Spouse => "caller-spouse",
        PhoneLabel::Work => "caller-work",
        PhoneLabel::Home => "caller-home",
        PhoneLabel::Mobile | PhoneLabel::Other => return None,
    };
    let told = facts.tw(key, &[("name", &customer.details.name)]);
    Some(TextLine::plain(told).styled(theme::ALARM))
}

fn of_customer(customer: &Customer, facts: &Facts) -> Vec<TextLine> {
    let details = &customer.details;
    let mut lines = vec![TextLine::title(addressed(customer, facts))];
    if customer.is(Mark::Key) {
        lines.push(TextLine::plain(facts.t("mark-key")).styled(theme::KEY));
    }
    if customer.is(Mark::Retired) {
        lines.push(TextLine::plain(facts.t("mark-retired")).styled(theme::QUIET));
    }
    let place = if details.place.is_empty() {
        &details.address
    } else {
        &details.place
    };
    let fields = [
        ("place", place.clone()),
        ("employer", details.employer.clone()),
        ("note", details.note.clone()),
    ];
    lines.extend(lines::of_fields(&fields, facts));
    lines
}
