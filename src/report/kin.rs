//! Who brought whom, what there was with each customer, and the catalogue of services, as tables (A14-0,
//! A14-3.1b, A14-3.2, A01-04, A01-09).

use super::monthly::table;
use super::quarterly::Words;
use super::{Row, Table, Value};
use crate::domain::number::Number;
use crate::domain::referrals::Referrals;
use crate::domain::relationships::{Dealings, Relationships};
use crate::domain::service_item::{Catalogue, ServiceItem};

fn listed(these: &[(Number, String)]) -> Vec<(Number, String)> {
    these.to_vec()
}

/// For each old customer whom they brought, with whom business was closed, and how many came through them.
pub(super) fn brought(referrals: &Referrals, words: Words) -> Table {
    let rows = referrals.by.iter().map(|of| {
        Row::new(format!("{} {}", of.name, of.customer))
            .listing(listed(&of.brought))
            .listing(listed(&of.closed))
            .with(Value::Count(of.in_month))
            .with(Value::Count(of.through))
    });
    let columns = [
        "referrals-customer",
        "referrals-brought",
        "referrals-closed",
        "referrals-in-month",
        "referrals-through",
    ];
    table("referrals-by-customer", &columns, rows.collect(), words)
}

/// The chains, each in a line.
pub(super) fn chains(referrals: &Referrals, words: Words) -> Table {
    let rows = referrals.chains.iter().map(|chain| {
        let names: Vec<&str> = chain.iter().map(|(_, name)| name.as_str()).collect();
        Row::new(names.join(" → ")).listing(listed(chain))
    });
    let columns = ["referrals-chain", "referrals-links"];
    table("referrals-chains", &columns, rows.collect(), words)
}

/// The central persons of groups.
pub(super) fn central(referrals: &Referrals, words: Words) -> Table {
    let rows = referrals.central.iter().map(|it| {
        Row::new(it.group.clone())
            .listing(vec![(it.customer, it.name.clone())])
            .with(Value::Text(it.name.clone()))
            .with(Value::Count(it.members))
            .with(Value::Count(it.contacts))
            .with(Value::Count(it.brought))
    });
    let columns = [
        "referrals-group",
        "referrals-card",
        "referrals-person",
        "referrals-members",
        "referrals-contacts",
        "referrals-brought",
    ];
    table("referrals-central", &columns, rows.collect(), words)
}

/// Material passed on.
pub(super) fn passed_on(referrals: &Referrals, words: Words) -> Table {
    let rows = referrals.passed_on.iter().map(|it| {
        Row::new(format!("{} {}", it.name, it.customer))
            .with(Value::Count(it.given))
            .listing(listed(&it.arrived))
    });
    let columns = ["referrals-customer", "referrals-given", "referrals-arrived"];
    table("referrals-material", &columns, rows.collect(), words)
}

/// What there was with each customer, with the total below.
pub(super) fn relationships(of: &Relationships, words: Words) -> Table {
    let line = |name: String, it: &Dealings| {
        let last = it.last.map(|day| day.to_string()).unwrap_or_default();
        let open = it.open.iter().map(|number| (*number, name.clone()));
        let open = open.collect();
        Row::new(name)
            .with(Value::Text(last))
            .with(Value::Count(it.contacts))
            .with(Value::Count(it.purchases))
            .with(Value::Text(format!(
                "{}.{:02}",
                it.amount / 100,
                it.amount % 100
            )))
            .listing(open)
    };
    let mut rows: Vec<Row> = of
        .rows
        .iter()
        .map(|it| line(format!("{} {}", it.name, it.customer), &it.dealings))
        .collect();
    rows.push(line(words.t("monthly-total"), &of.total));
    let columns = [
        "relationships-customer",
        "relationships-last",
        "relationships-contacts",
        "relationships-purchases",
        "relationships-amount",
        "relationships-open",
    ];
    table("relationships-by-customer", &columns, rows, words)
}

fn service(item: &ServiceItem) -> Row {
    let start = item.start().to_string();
    let end = item.details.planned_end.map(|day| day.to_string());
    Row::new(item.details.name.clone())
        .listing(vec![(item.meta.number, item.details.name.clone())])
        .with(Value::Text(start))
        .with(Value::Text(end.unwrap_or_default()))
}

const SERVICE: [&str; 4] = [
    "catalogue-name",
    "catalogue-item",
    "catalogue-start",
    "catalogue-planned-end",
];

/// The services whose retirement is overdue.
pub(super) fn overdue(catalogue: &Catalogue, words: Words) -> Table {
    let rows = catalogue
        .overdue
        .iter()
        .map(|(item, days)| service(item).with(Value::Count(days.unsigned_abs())));
    let mut columns = SERVICE.to_vec();
    columns.push("catalogue-days-late");
    table("catalogue-overdue", &columns, rows.collect(), words)
}

/// The services that were taken up in the month.
pub(super) fn new_services(catalogue: &Catalogue, words: Words) -> Table {
    let rows = catalogue.new.iter().map(service);
    table("catalogue-new", &SERVICE, rows.collect(), words)
}

/// The services that were retired in the month, with what came in their place.
pub(super) fn retired(catalogue: &Catalogue, words: Words) -> Table {
    let rows = catalogue.retired.iter().map(|item| {
        let on = item.retired_on.map(|day| day.to_string());
        let by = item.replaced_by.map(|number| number.to_string());
        service(item)
            .with(Value::Text(on.unwrap_or_default()))
            .with(Value::Text(by.unwrap_or_default()))
    });
    let mut columns = SERVICE.to_vec();
    columns.extend(["catalogue-retired-on", "catalogue-replaced-by"]);
    table("catalogue-retired", &columns, rows.collect(), words)
}
