//! What stands in a registration and in the duty roster, line by line.

use super::describe::{Line, stamped, with_name};
use super::facts::Facts;
use crate::domain::complaint::course::Said;
use crate::domain::duty::Duty;
use crate::domain::number::Number;
use crate::domain::registration::{
    self, Business, FormField, HandedIn, Ownership, Registration, RegistrationSource,
    RegistrationState,
};
use crate::domain::stamp::Day;
use crate::locale::ownership as locale;

type Names<'a> = &'a [(Number, String)];

fn said(said: Option<&Said>, names: Names, facts: &Facts) -> String {
    let Some(said) = said else {
        return String::new();
    };
    let line = stamped(said.at, said.by, names, facts);
    format!("{line}  {}", said.text).trim().to_owned()
}

/// The hours of a line of the roster, with its day.
pub fn shift(duty: &Duty, facts: &Facts) -> String {
    let offset = facts.profile.utc_offset_minutes;
    let time = |at: crate::domain::stamp::Stamp| at.local(offset).format("%H:%M").to_string();
    format!("{} {}–{}", duty.day, time(duty.from), time(duty.until))
}

/// Whose customer somebody is, and by which rule (A12-3.1.1a).
pub fn ownership(whose: &Ownership, facts: &Facts) -> String {
    locale::line(&facts.texts, whose, |number| facts.operator_name(number))
}

/// The lines of a line of the roster.
pub(super) fn duty(duty: &Duty, names: Names, facts: &Facts) -> Vec<Line> {
    vec![
        ("manager", with_name(Some(duty.manager), names, facts)),
        ("shift", shift(duty, facts)),
        (
            "created_by",
            with_name(Some(duty.meta.created_by), names, facts),
        ),
    ]
}

fn yes_no(is: bool, facts: &Facts) -> String {
    facts.texts.name("choice", if is { "yes" } else { "no" })
}

fn handed_in(handed: Option<&HandedIn>, facts: &Facts) -> String {
    let Some(handed) = handed else {
        return facts.t("not-handed-in");
    };
    let key = if handed.late {
        "handed-in-late"
    } else {
        "handed-in-on-time"
    };
    let said = facts.tw(key, &[("at", &facts.when(handed.at))]);
    format!("{said}  {}", handed.reason).trim().to_owned()
}

/// Who keeps the day's form, and since when; that it waits for that, where it does (A12-3.1.7a).
fn form_kept(row: &Registration, names: Names, facts: &Facts) -> String {
    if row.is_to_be_kept() {
        return facts.t("form-to-be-kept");
    }
    said(row.kept.as_ref(), names, facts)
}

/// What stands in a field of the file form, in words.
pub fn form_value(field: FormField, value: &str, facts: &Facts) -> String {
    match field {
        _ if value.is_empty() => facts.t("form-field-missing"),
        FormField::Business => facts.texts.name("business", value),
        FormField::Source => facts.texts.name("registration-source", value),
        _ => value.to_owned(),
    }
}

/// Where a registration stands: one that holds nobody off any more is released, and of one with which
/// nothing else is done it is said how far its form is (SM9).
pub fn state(row: &Registration, facts: &Facts) -> String {
    if let Some(day) = released(row, facts) {
        return facts.tw("registration-released", &[("day", &day)]);
    }
    match row.state {
        RegistrationState::Registered if row.is_to_be_kept() => facts.t("registration-handed-in"),
        RegistrationState::Registered if row.kept.is_some() => facts.t("registration-kept"),
        state => facts.texts.name("registration-state", state.id()),
    }
}

/// The day since which a registration holds nobody off any more.
fn released(row: &Registration, facts: &Facts) -> Option<Day> {
    let rules = facts.profile.registration.as_ref();
    registration::released_on(row, rules).filter(|day| *day <= facts.today())
}

/// Where the customer was met, and at which sales site (A14-3.3b).
fn met(row: &Registration, facts: &Facts) -> String {
    let place = row.met().map(|it| facts.texts.name("met", it.id()));
    let site = facts.of_card("sales_site", &row.details.sales_site);
    format!("{} {site}", place.unwrap_or_default())
        .trim()
        .to_owned()
}

/// The lines of a registration.
pub(super) fn registration(row: &Registration, names: Names, facts: &Facts) -> Vec<Line> {
    let details = &row.details;
    let name = |group: &str, id: Option<&str>| {
        id.map(|id| facts.texts.name(group, id)).unwrap_or_default()
    };
    let agent = details
        .agent
        .map(|is| yes_no(is, facts))
        .unwrap_or_default();
    let collision = row.collision.as_ref().map(|it| {
        let args: [(&str, &dyn std::fmt::Display); 3] = [
            ("number", &it.with),
            ("at", &facts.when(it.at)),
            ("name", &with_name(Some(it.owner), names, facts)),
        ];
        facts.tw(
            if it.unnamed {
                "collision-unnamed"
            } else {
                "collision-proposed"
            },
            &args,
        )
    });
    let ruled = row.collision.as_ref().and_then(|it| it.ruled.as_ref());
    let ruled = ruled.map(|(claim, told)| {
        let claim = facts.texts.name("claim", claim.id());
        let by = row.collision.as_ref().and_then(|it| it.rules.as_ref());
        let by = by.map(|it| format!("  ({} {})", it.profile, it.version));
        let told = said(Some(told), names, facts);
        format!("{claim}  {told}{}", by.unwrap_or_default())
    });
    let closing = row.closing.as_ref();
    let form = closing.map(|closing| {
        let fields = closing.form.iter().map(|(field, value)| {
            let label = facts.texts.name("file-form", field.id());
            format!("{label}: {}", form_value(*field, value, facts))
        });
        fields.collect::<Vec<String>>().join("\n")
    });
    let sent = closing.and_then(|closing| closing.sent.as_ref());
    let filed = closing.and_then(|closing| closing.filed.as_ref());
    let kept = filed.and_then(|filed| filed.kept(&facts.profile));
    let kept = kept.map(|(from, years, until)| {
        let args: [(&str, &dyn std::fmt::Display); 3] =
            [("from", &from), ("years", &years), ("until", &until)];
        facts.tw("form-kept", &args)
    });
    let filed = filed.map(|it| format!("{}  {}", it.file, said(Some(&it.said), names, facts)));
    vec![
        ("state", state(row, facts)),
        ("registered_at", facts.when(row.meta.created_at)),
        ("name", details.name.clone()),
        ("phone", details.phone.clone()),
        (
            "business",
            name("business", details.business.map(Business::id)),
        ),
        (
            "registration_source",
            name(
                "registration-source",
                details.source.map(RegistrationSource::id),
            ),
        ),
        ("met", met(row, facts)),
        ("intention", details.intention.clone()),
        ("prospect", yes_no(details.prospect, facts)),
        (
            "agent",
            format!("{agent} {}", details.agent_name).trim().to_owned(),
        ),
        ("referrer", with_name(details.referrer, names, facts)),
        (
            "registered_by",
            with_name(Some(row.meta.created_by), names, facts),
        ),
        ("manager", with_name(Some(row.owner), names, facts)),
        ("owner_rule", facts.texts.name("owner-rule", row.rule.id())),
        (
            "rules_version",
            format!("{} {}", row.rules.profile, row.rules.version),
        ),
        ("collision", collision.unwrap_or_default()),
        ("ruled", ruled.unwrap_or_default()),
        ("handed_in", handed_in(row.handed_in.as_ref(), facts)),
        ("form_kept", form_kept(row, names, facts)),
        (
            "customer",
            with_name(closing.map(|it| it.customer), names, facts),
        ),
        (
            "closed_on",
            closing.map(|it| it.on.to_string()).unwrap_or_default(),
        ),
        ("file_form", form.unwrap_or_default()),
        ("form_sent", said(sent, names, facts)),
        ("form_filed", filed.unwrap_or_default()),
        ("kept_until", kept.unwrap_or_default()),
    ]
}
