//! The customer information profile, 客户信息档案: what a consultant learns of a customer, field by field,
//! each with the date and the author of its last change (A14-F01 to A14-N4.3).
//!
//! A profile belongs to a customer, and a value that is on the customer's card is stored there and only
//! there. What was in a field before is in the versions of the record.

mod joined;
pub mod month;
mod template;
mod value;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::joined::{joined, parted};
pub use self::template::{
    BORN, CardField, DossierField, DossierPart, DossierRules, NAME, Shape, Share, VALUE, close,
};
pub use self::value::{aged, area};
use super::context::{Context, Meta};
use super::customer::{Customer, CustomerDetails};
use super::greeting::Greeted;
use super::number::Number;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Stamp;
use crate::text::clean;

/// A row of a field: what stands in each of its parts.
pub type Answers = BTreeMap<String, String>;

/// The organisations a customer belongs to are found by their names (A14-F24).
const FOUND: &str = "F24";
/// A field has so many rows.
pub const MOST_ROWS: usize = 8;

/// What stands in a field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// Its rows; one, but for a field of several.
    pub rows: Vec<Answers>,
    /// When it was last changed.
    pub at: Stamp,
    /// Who changed it.
    pub by: Option<Number>,
}

/// A customer information profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dossier {
    /// Number, version, times.
    pub meta: Meta,
    /// Whose it is.
    pub customer: Number,
    /// The salesperson (A14-Fh2).
    pub salesperson: Number,
    /// What stands in each field that is filled, by the field's name.
    pub values: BTreeMap<String, Entry>,
    /// The birthdays that were greeted this year and the year before (A14-2.4).
    pub greeted: Vec<Greeted>,
}

/// What is entered of a profile. A field that is not named stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DossierDetails {
    /// The customer's name; as it is where it is left open (A14-Fh1).
    pub name: Option<String>,
    /// The salesperson; whoever enters a new profile where it is left open (A14-Fh2).
    pub salesperson: Option<Number>,
    /// The rows of each field that was entered.
    pub values: BTreeMap<String, Vec<Answers>>,
}

impl Dossier {
    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let rows = self.values.values_mut().flat_map(|entry| &mut entry.rows);
        rows.flat_map(BTreeMap::values_mut).collect()
    }

    /// The texts that it is found by (A14-F24).
    pub fn found_by(&self) -> Vec<&str> {
        let entry = self.values.get(FOUND).into_iter();
        let rows = entry.flat_map(|entry| &entry.rows);
        rows.flat_map(BTreeMap::values)
            .map(String::as_str)
            .collect()
    }
}

/// The name of a part in a form and beside a problem: `F06`, `F08.school`, `F15.born.1`.
pub fn name_of(field: &str, part: &str, row: usize) -> String {
    let mut name = field.to_owned();
    if part != VALUE {
        name.push('.');
        name.push_str(part);
    }
    if row > 0 {
        name.push('.');
        name.push_str(&row.to_string());
    }
    name
}

/// The rules of the site, which has no profiles where it has none.
fn template<'a>(context: &Context<'a>) -> Result<&'a DossierRules, Refusal> {
    let rules = context.profile.dossier.as_ref();
    rules.ok_or_else(|| Problem::new("no-dossiers").into())
}

/// A profile as it is to be, and the card where something on it changed with it: nothing of a profile is
/// mandatory but the customer's name and the salesperson (A14-Fh1, A14-Fh2, A14-N2).
///
/// # Errors
/// Refused without the permission, without a name, for a field that is not asked here or that whoever
/// enters may not see, and for a value that has not the shape of its field. Asks about a mobile number
/// that has not 11 digits and a plate that does not look like one (A14-F06, A14-F35).
pub fn keep(
    number: Number,
    present: Option<&Dossier>,
    customer: &Customer,
    details: &DossierDetails,
    context: &Context,
) -> Result<(Dossier, Option<CustomerDetails>), Refusal> {
    context.may(Permission::CustomerChange)?;
    let rules = template(context)?;
    let mut checks = Checks::new();
    let mut card = customer.details.clone();
    if let Some(name) = &details.name {
        card.name = clean::name(name);
    }
    checks.require(!card.name.is_empty(), || {
        Problem::required("name").clause("A14-Fh1")
    });
    let me = context.operator.meta.number;
    let mut next = present.map_or_else(
        || Dossier {
            meta: Meta::new(number, context),
            customer: customer.meta.number,
            salesperson: me,
            values: BTreeMap::new(),
            greeted: Vec::new(),
        },
        |present| Dossier {
            meta: present.meta.changed(context),
            ..present.clone()
        },
    );
    next.salesperson = details.salesperson.unwrap_or(next.salesperson);
    for (id, rows) in &details.values {
        let field = rules.field(id).filter(|field| field.sees(context));
        let Some(field) = field else {
            checks.add(Problem::new("no-such-dossier-field").arg("field", id));
            continue;
        };
        let before = present.and_then(|present| present.values.get(id));
        let before = before
            .map(|entry| entry.rows.as_slice())
            .unwrap_or_default();
        let entered = value::Entered {
            id,
            field,
            before,
            context,
        };
        let rows = entered.rows(rows, &mut card, &mut checks);
        if rows == before {
            continue;
        }
        if rows.is_empty() {
            next.values.remove(id);
        } else {
            let by = Some(me);
            let at = context.now;
            next.values.insert(id.clone(), Entry { rows, at, by });
        }
    }
    checks.done()?;
    let card = (card != customer.details).then_some(card);
    Ok((next, card))
}

/// A profile with another salesperson, as when somebody leaves.
#[must_use]
pub fn hand_over(dossier: &Dossier, to: Number, context: &Context) -> Dossier {
    Dossier {
        meta: dossier.meta.changed(context),
        salesperson: to,
        ..dossier.clone()
    }
}
