//! The form of a customer: the five contents of the card first, in their fixed order (A01-19).

use super::{FormId, about_of, base, by_id, chosen_number, hidden, keep_base, named, note, text};
use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::form::{Field, FieldKind, Form};
use crate::desk::contract::Command;
use crate::domain::customer::{Customer, CustomerDetails, Salutation};
use crate::domain::deal::Deal;
use crate::domain::phone::{self, Phone};
use crate::domain::profile::Words;
use crate::domain::refusal::Problem;
use crate::domain::registration::Business;
use crate::text::clean;

/// The fields of the form.
pub fn fields(facts: &Facts) -> Vec<Field> {
    let salutations = Salutation::ALL.iter().map(|one| one.id()).collect();
    let owners = facts
        .operators
        .iter()
        .filter(|operator| operator.active)
        .map(|operator| {
            let words = Words {
                zh: operator.name.clone(),
                en: operator.name.clone(),
            };
            (operator.meta.number.to_string(), words)
        });
    vec![
        text("name").required(),
        text("employer"),
        text("position"),
        text("address"),
        text("phones"),
        named("salutation", "salutation", salutations).with(Salutation::Unknown.id()),
        text("place"),
        text("plates"),
        chosen("customer_class", facts),
        chosen("sales_site", facts),
        chosen("customer_source", facts),
        chosen("customer_line", facts),
        business(facts),
        deal(facts),
        Field::new("owner", FieldKind::Choice(Options::Site(owners.collect()))),
        note("note", 3),
        hidden("base"),
    ]
}

/// Sale or lease, where the site's cards say it (A12-s). The only one there is is put in.
fn business(facts: &Facts) -> Field {
    let offered = &facts.profile.customers.businesses;
    let only = match offered.as_slice() {
        [only] => only.id(),
        _ => "",
    };
    let ids = offered.iter().map(|one| one.id()).collect();
    asked(named("business", "business", ids).with(only), facts)
}

/// Whether business was closed, where the site's cards say it (A12-s).
fn deal(facts: &Facts) -> Field {
    let ids = Deal::ALL.iter().map(|one| one.id()).collect();
    asked(named("deal", "deal", ids), facts)
}

fn asked(mut field: Field, facts: &Facts) -> Field {
    field.shown = !facts.profile.customers.businesses.is_empty();
    field.required = field.shown;
    field
}

/// A choice from one of the profile's lists; not shown where there is none. The only entry is put in.
fn chosen(name: &'static str, facts: &Facts) -> Field {
    let entries = facts.profile.customers.entries(name).into_iter();
    let words = |[id, zh, en]: [&str; 3]| {
        let words = Words {
            zh: zh.to_owned(),
            en: en.to_owned(),
        };
        (id.to_owned(), words)
    };
    let list: Vec<(String, Words)> = entries.map(words).collect();
    let only = match list.as_slice() {
        [(only, _)] => only.clone(),
        _ => String::new(),
    };
    let offered = !list.is_empty();
    let mut field = Field::new(name, FieldKind::Choice(Options::Site(list))).with(&only);
    field.shown = offered;
    // What a customer of a class is, is asked of some classes only.
    field.required = offered && name != "customer_line";
    field
}

/// Fills in a customer.
pub fn fill(form: &mut Form, customer: &Customer) {
    let details = &customer.details;
    let phones: Vec<&str> = details
        .phones
        .iter()
        .map(|phone| phone.digits.as_str())
        .collect();
    form.set("name", &details.name);
    form.set("employer", &details.employer);
    form.set("position", &details.position);
    form.set("address", &details.address);
    form.set("phones", &phones.join(", "));
    form.set("salutation", details.salutation.id());
    form.set("place", &details.place);
    form.set("plates", &details.plates.join(", "));
    form.set(
        "owner",
        &details
            .owner
            .map(|owner| owner.to_string())
            .unwrap_or_default(),
    );
    for (field, id) in details.listed() {
        form.set(field, id);
    }
    form.set("business", details.business.map_or("", Business::id));
    form.set("deal", details.deal.map_or("", Deal::id));
    form.set("note", &details.note);
    keep_base(form, details);
}

/// Puts what was typed on a new card onto the form of one that is there: into what is empty, and beside
/// what there can be several of. What the card says otherwise goes into the note, so that nothing typed is
/// lost and the operator decides.
pub fn join(form: &mut Form, typed: &Form, facts: &Facts) {
    let mut beside = Vec::new();
    for field in typed.fields.iter().filter(|field| field.shown) {
        let (name, value) = (field.name, field.value().trim());
        let known = form.value(name).trim().to_owned();
        let is_choice = matches!(field.kind, FieldKind::Choice(_));
        let untold = known.is_empty() || (is_choice && known == Salutation::Unknown.id());
        if value.is_empty() || value == known {
            continue;
        }
        if untold {
            form.set(name, value);
        } else if matches!(name, "phones" | "plates") {
            form.set(name, &together(&known, value));
        } else if name == "note" {
            beside.push(value.to_owned());
        } else if !is_choice {
            beside.push(format!("{} {value}", facts.label(name)));
        }
    }
    if !beside.is_empty() {
        let known = form.value("note").trim().to_owned();
        let lines: Vec<String> = [known].into_iter().filter(|it| !it.is_empty()).collect();
        form.set("note", &[lines, beside].concat().join("\n"));
    }
}

/// Both lists with commas between, what stands in both once.
fn together(known: &str, typed: &str) -> String {
    let parts = |text: &str| -> Vec<String> {
        let parts = text.split(clean::is_between);
        parts.map(|part| part.trim().to_owned()).collect()
    };
    let bare = |text: &str| text.replace([' ', '-'], "").to_uppercase();
    let mut both = parts(known);
    for part in parts(typed) {
        let there = both.iter().any(|it| bare(it) == bare(&part));
        if !there && !part.is_empty() {
            both.push(part);
        }
    }
    both.join(", ")
}

/// The command of the form.
pub fn command(form: &Form) -> Result<Command, Problem> {
    let words = |name: &str| form.value(name).to_owned();
    let before: CustomerDetails = base(form);
    let phones = phone::list(form.value("phones")).map_err(|problem| problem.field("phones"))?;
    let plates = form.value("plates").split(clean::is_between);
    let details = CustomerDetails {
        name: words("name"),
        employer: words("employer"),
        position: words("position"),
        address: words("address"),
        phones: labelled(phones, &before.phones),
        salutation: by_id(Salutation::ALL, Salutation::id, form.value("salutation"))
            .unwrap_or_default(),
        place: words("place"),
        plates: plates.map(str::to_owned).collect(),
        note: words("note"),
        owner: chosen_number(form, "owner"),
        class: words("customer_class"),
        line: words("customer_line"),
        site: words("sales_site"),
        source: words("customer_source"),
        business: by_id(Business::ALL, Business::id, form.value("business")),
        deal: by_id(Deal::ALL, Deal::id, form.value("deal")),
        ..before
    };
    Ok(match form.id {
        FormId::EditCustomer => Command::ChangeCustomer {
            at: about_of(form)?,
            details,
        },
        _ => Command::RegisterCustomer { details },
    })
}

/// Telephones that were there before keep their labels.
fn labelled(mut phones: Vec<Phone>, before: &[Phone]) -> Vec<Phone> {
    for phone in &mut phones {
        if let Some(known) = before.iter().find(|known| known.digits == phone.digits) {
            phone.label = known.label;
        }
    }
    phones
}
