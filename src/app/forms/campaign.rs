//! The forms of campaigns and of the customer service plan.

use super::{FormId, about_of, chosen_number, count, listed, named, note, text};
use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::field::{Field, FieldKind};
use crate::app::form::Form;
use crate::desk::contract::Command;
use crate::domain::campaign::{Campaign, CampaignDetails, CampaignSort, Target};
use crate::domain::fines::Month;
use crate::domain::number::Number;
use crate::domain::plan::{PlanDetails, PlanLine};
use crate::domain::profile::Words;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Day;
use crate::text::clean;

/// Holidays are offered this many days ahead.
const AHEAD: u64 = 400;

/// Whether a form is one of these.
pub const fn is_one(id: FormId) -> bool {
    matches!(
        id,
        FormId::NewCampaign
            | FormId::EditCampaign
            | FormId::NewPlanLine
            | FormId::EditPlanLine
            | FormId::DropPlanLine
    )
}

/// The fields of a form.
pub fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    match id {
        FormId::DropPlanLine => vec![note("reason", 2).required()],
        FormId::NewPlanLine | FormId::EditPlanLine => vec![
            Field::new("customer", FieldKind::Customer).required(),
            note("action", 2).required(),
            text("month").with(&Month::of(facts.today()).to_string()),
            holidays(facts),
            listed("department", &facts.profile.complaints.departments).required(),
            super::people("owner", facts),
        ],
        _ => {
            let sorts = CampaignSort::ALL.iter().map(|it| it.id()).collect();
            let mut fields = vec![
                named("campaign_sort", "campaign-sort", sorts)
                    .required()
                    .with(CampaignSort::Notice.id()),
                text("campaign_title").required(),
                note("campaign_text", 3),
                Field::new("from_day", FieldKind::Date)
                    .required()
                    .with(&facts.today().to_string()),
                Field::new("until_day", FieldKind::Date).required(),
                text("venue").unseen(),
                Field::new("places", FieldKind::Number).unseen(),
            ];
            fields.extend(target_fields(facts));
            fields.push(super::people("owner", facts));
            fields
        }
    }
}

/// The fields of whom something is for.
pub(super) fn target_fields(facts: &Facts) -> Vec<Field> {
    let closed = vec![
        "any",
        "closed",
        "not-closed",
        "prospects",
        "owners-and-prospects",
    ];
    let yes_no = Field::new("target_key", FieldKind::Choice(Options::yes_no()));
    let mut fields = vec![
        text("target_place"),
        named("target_closed", "target", closed).with("any"),
        yes_no.with("no"),
    ];
    let listed = ["customer_class", "sales_site", "customer_source"];
    fields.extend(listed.into_iter().filter_map(|name| of_card(name, facts)));
    fields.push(Field::new("invite", FieldKind::Customer));
    fields.push(note("target_named", 2));
    fields
}

/// Whoever was found goes onto the list of those who are named, a line each, and the next one can be found.
pub(super) fn invite(form: &mut Form) {
    let Some(found) = form.field("invite").filter(|it| !it.value().is_empty()) else {
        return;
    };
    let line = format!("{} {}", found.value(), found.chosen_name);
    let mut lines: Vec<String> = form
        .value("target_named")
        .lines()
        .map(str::to_owned)
        .collect();
    let known = lines.iter().any(|it| it.starts_with(found.value()));
    if !known {
        lines.retain(|it| !it.trim().is_empty());
        lines.push(line.trim().to_owned());
    }
    form.set("target_named", &lines.join("\n"));
    form.set("invite", "");
}

/// The customers that are named: numbers with lines or commas between, what follows one on its line is its
/// name.
fn invited(form: &Form) -> Result<Vec<Number>, Problem> {
    let typed = form.value("target_named");
    let parts = typed.split(['\n', '、', '，', ',', ';', '；']);
    let first = parts.filter_map(|part| part.split_whitespace().next());
    let read = |word: &str| {
        let number = clean::half_width(word).to_uppercase().parse();
        number.map_err(|_| {
            let problem = Problem::new("not-a-customer").field("target_named");
            problem.arg("number", word)
        })
    };
    first.map(read).collect()
}

/// Fills them in.
pub(super) fn fill_target(form: &mut Form, target: &Target) {
    let closed = target.standing().unwrap_or("any");
    let named: Vec<String> = target.named.iter().map(ToString::to_string).collect();
    for (name, value) in [
        ("target_place", target.place.as_str()),
        ("target_closed", closed),
        ("target_key", if target.key { "yes" } else { "no" }),
        ("customer_class", &target.class),
        ("sales_site", &target.site),
        ("customer_source", &target.source),
        ("target_named", &named.join("\n")),
    ] {
        form.set(name, value);
    }
}

/// Whom something is for, as those fields say.
///
/// # Errors
/// A number of a customer that is none.
pub(super) fn target_of(form: &Form) -> Result<Target, Problem> {
    let words = |name: &str| form.value(name).to_owned();
    let (closed, prospects) = Target::of_standing(form.value("target_closed"));
    Ok(Target {
        class: words("customer_class"),
        site: words("sales_site"),
        source: words("customer_source"),
        place: words("target_place"),
        key: form.value("target_key") == "yes",
        closed,
        prospects,
        named: invited(form)?,
    })
}

/// A field chosen from a list of the profile; none where the site has no such list.
fn of_card(name: &'static str, facts: &Facts) -> Option<Field> {
    let entries = facts.profile.customers.entries(name).into_iter();
    let list = entries.map(|[id, zh, en]| {
        let words = Words {
            zh: zh.to_owned(),
            en: en.to_owned(),
        };
        (id.to_owned(), words)
    });
    let list: Vec<(String, Words)> = list.collect();
    (!list.is_empty()).then(|| Field::new(name, FieldKind::Choice(Options::Site(list))))
}

/// The holidays that are known and not over, to choose one from by its first day.
fn holidays(facts: &Facts) -> Field {
    let today = facts.today();
    let known = facts.calendar.holidays(today.0, today.plus(AHEAD).0);
    let list = known.into_iter().map(|holiday| {
        let first = Day(holiday.first);
        let words = Words {
            zh: format!("{} {first}", holiday.name.zh),
            en: format!("{} {first}", holiday.name.en),
        };
        (first.to_string(), words)
    });
    Field::new("holiday", FieldKind::Choice(Options::Site(list.collect())))
}

/// Shows where an event is and how many may come, for an event.
pub fn adjust(form: &mut Form) {
    let event = form.value("campaign_sort") == CampaignSort::Event.id();
    form.demand("venue", event, true);
    form.demand("places", event, false);
    invite(form);
}

/// Fills in a campaign.
pub fn fill(form: &mut Form, it: &Campaign) {
    let details = &it.details;
    let places = details.places.map(|places| places.to_string());
    let owner = details.owner.map(|owner| owner.to_string());
    for (name, value) in [
        ("campaign_sort", details.sort.id()),
        ("campaign_title", details.title.as_str()),
        ("campaign_text", &details.text),
        ("from_day", &it.from().to_string()),
        ("until_day", &it.until().to_string()),
        ("venue", &details.place),
        ("places", &places.unwrap_or_default()),
        ("owner", &owner.unwrap_or_default()),
    ] {
        form.set(name, value);
    }
    fill_target(form, &details.target);
    // What it is stays.
    form.demand("campaign_sort", false, false);
    let event = details.sort == CampaignSort::Event;
    form.demand("venue", event, true);
    form.demand("places", event, false);
}

/// Fills in a line of the plan.
pub fn fill_line(form: &mut Form, it: &PlanLine) {
    let details = &it.details;
    let customer = details.customer.map(|customer| customer.to_string());
    let customer = format!("{} {}", customer.unwrap_or_default(), it.name);
    form.set("customer", &customer);
    form.set("action", &details.action);
    let month = details.month.map(|month| month.to_string());
    form.set("month", &month.unwrap_or_default());
    let holiday = details.holiday.map(|day| day.to_string());
    form.set("holiday", &holiday.unwrap_or_default());
    form.set("department", &details.department);
    let owner = details.owner.map(|owner| owner.to_string());
    form.set("owner", &owner.unwrap_or_default());
}

/// A day as typed; none where nothing is.
fn day(form: &Form, name: &'static str) -> Result<Option<Day>, Problem> {
    let typed = form.value(name).trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let wrong = || Problem::new("not-a-date").field(name).arg("value", typed);
    Day::parse(typed).map(Some).ok_or_else(wrong)
}

fn line(form: &Form) -> Result<PlanDetails, Problem> {
    let typed = clean::half_width(form.value("month").trim());
    let holiday = Day::parse(form.value("holiday"));
    let month = if typed.is_empty() || holiday.is_some() {
        // The month that is proposed goes where a holiday is chosen.
        None
    } else {
        let month: Result<Month, _> = typed.parse();
        let wrong = || {
            Problem::new("not-a-month")
                .field("month")
                .arg("value", &typed)
        };
        Some(month.map_err(|()| wrong())?)
    };
    Ok(PlanDetails {
        customer: chosen_number(form, "customer"),
        action: form.value("action").to_owned(),
        month,
        holiday,
        owner: chosen_number(form, "owner"),
        department: form.value("department").to_owned(),
    })
}

fn campaign(form: &Form) -> Result<CampaignDetails, Problem> {
    let words = |name: &str| form.value(name).to_owned();
    let sort = CampaignSort::from_id(form.value("campaign_sort"));
    Ok(CampaignDetails {
        sort: sort.unwrap_or_default(),
        title: words("campaign_title"),
        text: words("campaign_text"),
        from: day(form, "from_day")?,
        until: day(form, "until_day")?,
        place: words("venue"),
        places: Some(count(form, "places")?).filter(|places| *places > 0),
        target: target_of(form)?,
        owner: chosen_number(form, "owner"),
    })
}

/// The command of a form.
///
/// # Errors
/// A day, a month or a count that cannot be read.
pub fn command(form: &Form) -> Result<Command, Problem> {
    Ok(match form.id {
        FormId::NewPlanLine => Command::EnterPlanLine {
            details: line(form)?,
        },
        FormId::EditPlanLine => Command::ChangePlanLine {
            at: about_of(form)?,
            details: line(form)?,
        },
        FormId::DropPlanLine => Command::DropPlanLine {
            at: about_of(form)?,
            reason: form.value("reason").to_owned(),
        },
        FormId::EditCampaign => Command::ChangeCampaign {
            at: about_of(form)?,
            details: campaign(form)?,
        },
        _ => Command::BeginCampaign {
            details: campaign(form)?,
        },
    })
}
