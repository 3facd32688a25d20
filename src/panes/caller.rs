//! Who calls, beside the form while the number is typed: the form of address on top (A14-2.1),
//! what to know, what is open, what came last.

use std::cell::Cell;

use ratatui::layout::Rect;

use crate::app::describe::addressed;
use crate::app::describe::in_brief;
use crate::app::describe_dossier;
use crate::app::describe_leasing;
use crate::app::describe_shift;
use crate::app::facts::Facts;
use crate::app::forms::FormId;
use crate::app::pane::Pane;
use crate::desk::contract::CallerCard;
use crate::domain::customer::{Customer, Mark};
use crate::domain::phone::{self, PhoneLabel};
use crate::widgets::lines::{self, TextLine};
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Draws the panel.
///
/// `pick` is the key that chooses one of several.
pub fn draw(pen: &mut Pen, area: Rect, pane: &Pane, pick: &str) {
    let facts = pen.facts;
    let mut inside = pen.boxed(area, &facts.t("title-caller"), theme::TITLE);
    if let Some(who) = speaker(facts) {
        // At the foot, where nothing moves it: the name and number are asked for at any time.
        let last = inside.bottom().saturating_sub(1);
        pen.text(inside.x, last, inside.width, &who, theme::QUIET);
        inside.height = inside.height.saturating_sub(1);
    }
    let mut lines = match &pane.caller {
        None => vec![TextLine::plain(facts.t("caller-type")).styled(theme::QUIET)],
        Some((digits, card)) => {
            let mut lines = of_card(card, digits, pick, facts);
            if let Some(whose) = &card.ownership {
                let whose = describe_leasing::ownership(whose, facts);
                let line = TextLine::labelled(facts.label("ownership"), whose);
                lines.insert(1.min(lines.len()), line);
            }
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
    let typed = pane.form.as_ref().map(|form| form.value("phone"));
    let digits = typed.map(phone::normal).and_then(Result::ok);
    if let Some([zh, en]) = digits.as_deref().and_then(phone::area) {
        let area = facts.pick(zh, en);
        let from = facts.tw("caller-area", &[("area", &area)]);
        lines.push(TextLine::plain(from).styled(theme::QUIET));
    }
    // What they are to be told stands above who they are.
    let told = hints(pane, facts).into_iter();
    lines.splice(
        0..0,
        told.map(|text| TextLine::plain(text).styled(theme::ALARM)),
    );
    lines::draw(pen, inside, &lines, &Cell::new(0));
}

/// The name and the number of the operator, to be given to the caller (A09-2.2).
fn speaker(facts: &Facts) -> Option<String> {
    let operator = facts.operator.as_ref()?;
    let args: [(&str, &dyn std::fmt::Display); 2] =
        [("name", &operator.name), ("number", &operator.meta.number)];
    Some(facts.tw("caller-speaker", &args))
}

/// What whoever calls from the place in the form, or from the one on their card, is told.
fn hints(pane: &Pane, facts: &Facts) -> Vec<String> {
    let form = pane.form.as_ref();
    let typed = form.map(|form| form.value("place")).unwrap_or_default();
    let card = pane.caller.as_ref().map(|(_, card)| card);
    let only = card.filter(|card| card.exact && card.customers.len() == 1);
    let known = only.and_then(|card| card.customers.first());
    let known = known
        .map(|it| it.details.place.as_str())
        .unwrap_or_default();
    let told = facts.hints.iter().filter(|hint| {
        hint.runs(facts.now) && [typed, known].iter().any(|place| hint.is_for(place))
    });
    told.map(|hint| describe_shift::told(hint, facts)).collect()
}

fn of_card(card: &CallerCard, digits: &str, pick: &str, facts: &Facts) -> Vec<TextLine> {
    let mut lines = Vec::new();
    match card.customers.as_slice() {
        [] => {
            lines.push(TextLine::title(facts.t("caller-unknown")));
            let find = facts.tw("caller-by-name", &[("key", &pick)]);
            lines.push(TextLine::plain(find).styled(theme::QUIET));
        }
        [only] if card.exact => lines.extend(of_customer(only, digits, facts)),
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

fn of_customer(customer: &Customer, digits: &str, facts: &Facts) -> Vec<TextLine> {
    let details = &customer.details;
    let mut lines = vec![TextLine::title(addressed(customer, facts))];
    // Whoever answers at another telephone than the customer's own may be somebody else.
    let mut phones = details.phones.iter();
    let called = phones.find(|phone| phone.digits == digits);
    let other = called.filter(|phone| {
        matches!(
            phone.label,
            PhoneLabel::Home | PhoneLabel::Work | PhoneLabel::Spouse
        )
    });
    lines.extend(other.map(|phone| {
        let whose = facts.texts.name("phone-label", phone.label.id());
        TextLine::plain(facts.tw("caller-phone-of", &[("whose", &whose)])).styled(theme::KEY)
    }));
    if customer.is(Mark::Key) {
        lines.push(TextLine::plain(facts.t("mark-key")).styled(theme::KEY));
    }
    if customer.is(Mark::Retired) {
        lines.push(TextLine::plain(facts.t("mark-retired")).styled(theme::QUIET));
    }
    let fields = [
        ("place", details.place.clone()),
        ("address", details.address.clone()),
        ("employer", details.employer.clone()),
        ("note", details.note.clone()),
    ];
    lines.extend(lines::of_fields(&fields, facts));
    lines
}
