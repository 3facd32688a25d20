//! The forms of the Follow-ups pane: a contact planned, had or given up.

use super::{
    FormId, about_of, base, by_id, chosen_number, hidden, keep_base, listed, named, note, people,
    serving, text,
};
use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::form::{Field, FieldKind, Form};
use crate::desk::contract::Command;
use crate::domain::follow_up::{Contact, FollowUp, FollowUpDetails, FollowUpKind};
use crate::domain::intake::Channel;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Day;
use crate::text::clean;

/// The fields of a form. What was said comes first and the next contact right behind it, so that a
/// contact is closed and the next one dated with few keys.
pub fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    let kinds = || FollowUpKind::ALL.iter().map(|kind| kind.id()).collect();
    match id {
        FormId::DropFollowUp => vec![note("reason", 2).required()],
        FormId::Greet => {
            let gifts = facts.profile.greetings.as_ref();
            let gifts = gifts
                .map(|rules| rules.gifts.as_slice())
                .unwrap_or_default();
            let mut all = fields(FormId::LogContact, facts);
            let said = all.iter().position(|field| field.name == "said");
            let behind = said.map_or(all.len(), |said| said + 1);
            all.insert(behind, listed("gift", gifts));
            all.push(hidden("greeting"));
            all
        }
        FormId::DoFollowUp | FormId::LogContact => {
            let channels = [Channel::Call, Channel::Visit, Channel::Text];
            let others = [Channel::Letter, Channel::Online, Channel::Other];
            let channels = channels.iter().chain(&others);
            let mut fields = vec![
                Field::new("customer", FieldKind::Customer)
                    .required()
                    .unseen(),
                note("said", 3).required(),
            ];
            fields.extend(serving::fields(facts));
            fields.extend([
                Field::new("next_day", FieldKind::Date),
                text("next_time"),
                named("next_kind", "follow-up-kind", kinds()),
                Field::new("declined", FieldKind::Choice(Options::yes_no())).with("no"),
                Field::new("missed", FieldKind::Choice(Options::yes_no())).with("no"),
                named(
                    "contact_channel",
                    "contact-channel",
                    channels.map(|it| it.id()).collect(),
                ),
                note("needs", 2),
                hidden("base"),
            ]);
            fields
        }
        _ => vec![
            Field::new("customer", FieldKind::Customer).required(),
            Field::new("day", FieldKind::Date).required(),
            text("time"),
            named("follow_kind", "follow-up-kind", kinds())
                .required()
                .with(FollowUpKind::Call.id()),
            note("text", 3),
            people("owner", facts),
        ],
    }
}

/// Fills in a follow-up.
pub fn fill(form: &mut Form, it: &FollowUp) {
    match form.id {
        FormId::DropFollowUp => {}
        FormId::DoFollowUp => begin(form, &it.details),
        _ => {
            let details = &it.details;
            let customer = details.customer.map(|customer| customer.to_string());
            let customer = format!("{} {}", customer.unwrap_or_default(), it.name);
            form.set("customer", &customer);
            let day = details.day.map(|day| day.to_string());
            form.set("day", &day.unwrap_or_default());
            form.set("time", &details.time);
            form.set("follow_kind", details.kind.id());
            form.set("text", &details.text);
            let owner = details.owner.map(|owner| owner.to_string());
            form.set("owner", &owner.unwrap_or_default());
        }
    }
}

/// Begins a form of a contact that was had with what is known of it.
pub fn begin(form: &mut Form, details: &FollowUpDetails) {
    keep_base(form, details);
    form.set("contact_channel", details.kind.channel().id());
    let next = match details.kind {
        FollowUpKind::Promise => FollowUpKind::Call,
        kind => kind,
    };
    form.set("next_kind", next.id());
}

/// Shows what the values of a contact ask for.
pub fn adjust(form: &mut Form) {
    if matches!(form.id, FormId::DoFollowUp | FormId::LogContact) {
        serving::adjust(form);
    }
}

/// Whoever was told of a campaign or greeted needs no next contact for that.
pub fn decline(form: &mut Form) {
    form.set("next_day", "");
    form.set("declined", "yes");
}

/// Puts in the day on which the site would follow up next (A01-16), where it has an interval.
pub fn propose(form: &mut Form, facts: &Facts) {
    let rules = &facts.profile.follow_ups;
    let days = match FollowUpKind::from_id(form.value("next_kind")) {
        Some(FollowUpKind::Visit) => rules.visit_days,
        Some(FollowUpKind::Call) => rules.call_days,
        _ => None,
    };
    if let Some(days) = days {
        let day = facts.today().plus(days.into());
        form.set("next_day", &day.to_string());
    }
}

/// A day as typed, or so many days from today as in `+30`; none where nothing is.
pub(super) fn day(form: &Form, name: &'static str, facts: &Facts) -> Result<Option<Day>, Problem> {
    let typed = form.value(name).trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let ahead = typed.strip_prefix(['+', '＋']);
    let ahead = ahead.map(|days| clean::half_width(days.trim()).parse::<u16>());
    let day = match ahead {
        Some(days) => days.ok().map(|days| facts.today().plus(days.into())),
        None => Day::parse(typed),
    };
    let wrong = || Problem::new("not-a-date").field(name).arg("value", typed);
    day.map(Some).ok_or_else(wrong)
}

/// The command of a form.
pub fn command(form: &Form, facts: &Facts) -> Result<Command, Problem> {
    let words = |name: &str| form.value(name).to_owned();
    let kind = |name: &str| by_id(FollowUpKind::ALL, FollowUpKind::id, form.value(name));
    Ok(match form.id {
        FormId::DropFollowUp => Command::DropFollowUp {
            at: about_of(form)?,
            reason: words("reason"),
        },
        FormId::DoFollowUp | FormId::LogContact | FormId::Greet => {
            let of_serving = serving::read(form, |name| day(form, name, facts))?;
            // Whoever was not reached could decline nothing.
            let declined = form.value("declined") == "yes" && !of_serving.missed;
            let contact = Contact {
                channel: by_id(Channel::ALL, Channel::id, form.value("contact_channel")),
                text: words("said"),
                needs: words("needs"),
                // A day that was only proposed goes where the next contact is declined.
                next_day: if declined {
                    None
                } else {
                    day(form, "next_day", facts)?
                },
                next_time: words("next_time"),
                next_kind: kind("next_kind"),
                declined,
                ..of_serving
            };
            if form.id == FormId::DoFollowUp {
                let at = about_of(form)?;
                Command::DoFollowUp { at, contact }
            } else if form.id == FormId::Greet {
                let details: FollowUpDetails = base(form);
                let missing = || Problem::new("nothing-to-change");
                Command::Greet {
                    customer: details.customer.ok_or_else(missing)?,
                    key: words("greeting"),
                    gift: words("gift"),
                    contact,
                }
            } else {
                let known: FollowUpDetails = base(form);
                let customer = serving::customer(form).or(known.customer);
                let details = FollowUpDetails { customer, ..known };
                Command::LogContact { details, contact }
            }
        }
        _ => {
            let details = FollowUpDetails {
                customer: chosen_number(form, "customer"),
                kind: kind("follow_kind").unwrap_or_default(),
                day: day(form, "day", facts)?,
                time: words("time"),
                owner: chosen_number(form, "owner"),
                text: words("text"),
                serves: None,
                holiday: None,
            };
            match form.id {
                FormId::EditFollowUp => Command::ChangeFollowUp {
                    at: about_of(form)?,
                    details,
                },
                _ => Command::PlanFollowUp { details },
            }
        }
    })
}
