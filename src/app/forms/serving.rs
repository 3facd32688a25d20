//! The fields of a contact that ask about what it was had for, and about what was open for a customer who
//! was visited (A01-14, A01-29, A05-4.6b, A14-2.7).

use super::{by_id, chosen_number, hidden, named, note, text};
use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::field::{Field, FieldKind};
use crate::app::form::Form;
use crate::desk::contract::Serves;
use crate::domain::campaign::{Answer, CampaignSort};
use crate::domain::follow_up::Contact;
use crate::domain::number::Number;
use crate::domain::profile::Words;
use crate::domain::refusal::Problem;
use crate::domain::serving::{ItemOutcome, Outcome};
use crate::domain::stamp::Day;

/// The fields of one open item: what became of it, who has taken it over, until when, why it is not solved.
type Slot = [&'static str; 4];

/// One set of fields for each open item that a form can ask about.
const SLOTS: [Slot; 12] = [
    [
        "item_outcome_1",
        "settler_1",
        "settled_until_1",
        "unsettled_1",
    ],
    [
        "item_outcome_2",
        "settler_2",
        "settled_until_2",
        "unsettled_2",
    ],
    [
        "item_outcome_3",
        "settler_3",
        "settled_until_3",
        "unsettled_3",
    ],
    [
        "item_outcome_4",
        "settler_4",
        "settled_until_4",
        "unsettled_4",
    ],
    [
        "item_outcome_5",
        "settler_5",
        "settled_until_5",
        "unsettled_5",
    ],
    [
        "item_outcome_6",
        "settler_6",
        "settled_until_6",
        "unsettled_6",
    ],
    [
        "item_outcome_7",
        "settler_7",
        "settled_until_7",
        "unsettled_7",
    ],
    [
        "item_outcome_8",
        "settler_8",
        "settled_until_8",
        "unsettled_8",
    ],
    [
        "item_outcome_9",
        "settler_9",
        "settled_until_9",
        "unsettled_9",
    ],
    [
        "item_outcome_10",
        "settler_10",
        "settled_until_10",
        "unsettled_10",
    ],
    [
        "item_outcome_11",
        "settler_11",
        "settled_until_11",
        "unsettled_11",
    ],
    [
        "item_outcome_12",
        "settler_12",
        "settled_until_12",
        "unsettled_12",
    ],
];

/// The fields behind what was said. None of them is shown before something asks for it.
pub(super) fn fields(facts: &Facts) -> Vec<Field> {
    let answers = Answer::ALL.iter().map(|it| it.id()).collect();
    let mut fields = vec![
        named("answer", "event-answer", answers).unseen(),
        text("item").unseen(),
        Field::new("tried", FieldKind::Choice(Options::yes_no())).unseen(),
        note("feedback", 2).unseen(),
        hidden("serves_sort"),
        hidden("open_items"),
    ];
    if facts.profile.follow_ups.settle_items {
        let outcomes = || Outcome::ALL.iter().map(|it| it.id()).collect();
        for [outcome, settler, until, why] in SLOTS {
            fields.extend([
                named(outcome, "item-outcome", outcomes()).unseen(),
                text(settler).unseen(),
                Field::new(until, FieldKind::Date).unseen(),
                text(why).unseen(),
            ]);
        }
    }
    fields
}

/// Begins a form of a contact that is had for something.
pub fn begin(form: &mut Form, serves: &Serves, facts: &Facts) {
    let Some(sort) = serves.sort else { return };
    form.set("serves_sort", sort.id());
    let said = match sort {
        CampaignSort::Event => "",
        CampaignSort::Gift => "given-to",
        _ => "told-of",
    };
    if !said.is_empty() {
        form.set("said", &facts.tw(said, &[("title", &serves.title)]));
    }
    if sort == CampaignSort::Gift {
        form.set("item", &serves.title);
    }
}

/// The items a form asks about: each with its number and what it is about.
fn items(form: &Form) -> Vec<(Number, String)> {
    serde_json::from_str(form.value("open_items")).unwrap_or_default()
}

/// Asks about every item that the desk says is open.
pub fn ask_about(form: &mut Form, problems: &[Problem]) {
    let open = problems.iter().filter(|it| it.key == "item-is-open");
    let open = open.filter_map(|it| {
        let number: Number = it.args.get("number")?.parse().ok()?;
        Some((number, it.args.get("about").cloned().unwrap_or_default()))
    });
    let mut known = items(form);
    for (number, about) in open {
        if known.iter().all(|(item, _)| *item != number) {
            known.push((number, about));
        }
    }
    if let Ok(json) = serde_json::to_string(&known) {
        form.set("open_items", &json);
    }
    adjust(form);
}

/// Shows the fields that what the contact was had for asks for, and those of each open item.
pub(super) fn adjust(form: &mut Form) {
    let reached = form.value("missed") != "yes";
    let sort = CampaignSort::from_id(form.value("serves_sort")).filter(|_| reached);
    form.demand("said", true, reached);
    for (name, of) in [
        ("answer", CampaignSort::Event),
        ("item", CampaignSort::Gift),
        ("tried", CampaignSort::Product),
    ] {
        form.demand(name, sort == Some(of), true);
    }
    form.demand("feedback", sort == Some(CampaignSort::Product), false);
    let items = items(form);
    for (place, [outcome, settler, until, why]) in SLOTS.into_iter().enumerate() {
        let item = items.get(place).filter(|_| reached);
        if let (Some((number, about)), Some(field)) = (item, form.field_mut(outcome)) {
            let shown = format!("{number} {about}");
            let words = Words {
                zh: shown.clone(),
                en: shown,
            };
            field.item = Some((number.to_string(), words));
        }
        form.demand(outcome, item.is_some(), true);
        let chosen = Outcome::from_id(form.value(outcome));
        let taken = chosen == Some(Outcome::TakenOver);
        form.demand(settler, taken, true);
        form.demand(until, taken, true);
        let unsolved = chosen == Some(Outcome::Unsolved);
        form.demand(why, unsolved, true);
    }
}

/// What a form says of what the contact was had for.
pub(super) fn read(
    form: &Form,
    day: impl Fn(&'static str) -> Result<Option<Day>, Problem>,
) -> Result<Contact, Problem> {
    let mut said = Vec::new();
    for ((number, _), [outcome, settler, until, why]) in items(form).into_iter().zip(SLOTS) {
        if let Some(outcome) = Outcome::from_id(form.value(outcome)) {
            said.push(ItemOutcome {
                item: number,
                outcome,
                by: form.value(settler).to_owned(),
                until: day(until)?,
                why: form.value(why).to_owned(),
            });
        }
    }
    let tried = match form.value("tried") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    Ok(Contact {
        missed: form.value("missed") == "yes",
        tried,
        feedback: form.value("feedback").to_owned(),
        item: form.value("item").to_owned(),
        answer: by_id(Answer::ALL, Answer::id, form.value("answer")),
        items: said,
        ..Contact::default()
    })
}

/// The customer of a contact that is written down for a campaign, where the form asks for one.
pub(super) fn customer(form: &Form) -> Option<Number> {
    chosen_number(form, "customer")
}
