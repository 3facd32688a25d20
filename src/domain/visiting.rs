//! Where somebody was met, and how often somebody came to one sales site (A14-3.3, A14-3.3b).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::intake::{Channel, Intake};
use super::named::named;
use super::number::Number;
use super::profile::CustomerRules;
use super::refusal::{Checks, Problem};
use super::registration::{Registration, RegistrationSource};
use crate::text::clean;

named! {
    /// Where a customer was met (A14-3.3b). Positions stand in records: variants are only appended.
    Met {
        /// At the sales office or on its site (售楼处).
        SalesOffice = "sales-office",
        /// Anywhere else (外拓).
        Outside = "outside",
    }
}

impl RegistrationSource {
    /// Where somebody who came so is met, where nothing else is said; nowhere for a caller, and for one
    /// whom an agency names.
    pub const fn met(self) -> Option<Met> {
        match self {
            Self::Visit => Some(Met::SalesOffice),
            Self::SelfDeveloped => Some(Met::Outside),
            Self::Call | Self::Agency => None,
        }
    }
}

/// Those of a month whom one manager met at one kind of place (A14-3.3b).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MetThere {
    /// Where.
    pub place: Met,
    /// Who came on their own.
    pub walk_ins: u64,
    /// Whom the manager found (A12-3.1.2a).
    pub self_developed: u64,
}

/// Walk-ins and self-developed customers by where they were met; a place where nobody was met is left out.
pub fn by_place(rows: &[&Registration]) -> Vec<MetThere> {
    let count = |place: Met, source: RegistrationSource| {
        let there =
            |row: &&&Registration| row.met() == Some(place) && row.details.source == Some(source);
        rows.iter().filter(there).count() as u64
    };
    let of = |place: &Met| MetThere {
        place: *place,
        walk_ins: count(*place, RegistrationSource::Visit),
        self_developed: count(*place, RegistrationSource::SelfDeveloped),
    };
    let all = Met::ALL.iter().map(of);
    all.filter(|it| it.walk_ins + it.self_developed > 0)
        .collect()
}

/// The sales site that something said to be at a site stands for: the usual one where none is said. Where a
/// site has no list of them there is one, without a name.
pub fn site<'a>(said: &'a str, rules: &'a CustomerRules) -> &'a str {
    if said.is_empty() {
        rules.sites.first().map_or("", |site| site.id.as_str())
    } else {
        said
    }
}

/// The sales site somebody came to, cleaned and held against the list; nothing where nobody came anywhere.
/// `kept` is what stood there, which stays though it is on the list no more; `own` the customer's.
pub(super) fn settle(
    said: &mut String,
    came: bool,
    kept: &str,
    own: &str,
    rules: &CustomerRules,
    checks: &mut Checks,
) {
    *said = clean::name(said);
    if !came || rules.sites.is_empty() {
        said.clear();
        return;
    }
    if said.is_empty() {
        site(own, rules).clone_into(said);
    }
    let listed = rules.sites.iter().any(|site| site.id == *said);
    checks.require(listed || *said == kept || *said == own, || {
        let problem = Problem::new("not-on-the-list").field("sales_site");
        problem.clause("A14-3.3").arg("value", &*said)
    });
}

/// How often somebody came to a sales site, by their requests and the registrations of their telephones. A
/// visit that was logged at the desk and put on the day's form is one (A14-3.3).
pub fn times(
    at: &str,
    intakes: &[Intake],
    rows: &[Registration],
    rules: &CustomerRules,
    offset: i32,
) -> u32 {
    let here = |said: &str| site(said, rules) == at;
    let visits = intakes.iter().filter(|it| {
        let details = &it.details;
        details.channel == Some(Channel::Visit) && here(&details.sales_site)
    });
    let mut logged: BTreeSet<Number> = BTreeSet::new();
    let mut days = BTreeSet::new();
    for it in visits {
        logged.insert(it.meta.number);
        days.insert(it.started_at.day(offset));
    }
    let registered = rows.iter().filter(|row| {
        let met = row.met() == Some(Met::SalesOffice) && here(&row.details.sales_site);
        met && !row.meta.void && !days.contains(&row.day)
    });
    let registered: BTreeSet<Number> = registered.map(|row| row.meta.number).collect();
    u32::try_from(logged.len() + registered.len()).unwrap_or(u32::MAX)
}
