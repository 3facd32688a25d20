//! The reports of a month as documents, each laid out by its area: here those of the archive, of new cars,
//! of the sources of entries and of contacts (A13-a7a, A13-a7b, A07-d2, A03-4.1.1, A01-25).

use super::quarterly::Words;
use super::{
    Block, Chart, Document, Row, Table, Value, campaigns, fines, kin, leasing, profiles, surveys,
};
use crate::domain::contacts::{Contacts, Named};
use crate::domain::monthly::{Monthly, NewCar, NewCars, NewCarsOf, Sources, Tally};
use crate::domain::number::Number;
use crate::domain::stock::{Stock, StockRow};
use crate::domain::usage::{Usage, UseCount};
use crate::text::show;

/// A report of a month as a document.
pub fn document(report: &Monthly, words: Words) -> Document {
    let (at, tables) = match report {
        Monthly::Stock(it) => (it.at, vec![stock(it, words), incomplete(it, words)]),
        Monthly::NewCars(it) => (it.at, vec![new_cars(it, words), lacking(it, words)]),
        Monthly::Sources(it) => (it.at, vec![by_sort(it, words), by_salesperson(it, words)]),
        Monthly::Usage(it) => (
            it.at,
            vec![used_by_class(it, words), used_by_unit(it, words)],
        ),
        Monthly::Registrations(it) => (it.at, vec![leasing::month(it, words)]),
        Monthly::Fines(it) => return fines::document(it, words),
        Monthly::Contacts(it) => (
            it.at,
            vec![
                coverage(it, words),
                stages(it, words),
                promises(it, words),
                attempts(it, words),
            ],
        ),
        Monthly::Campaigns(it) => (
            it.at,
            vec![campaigns::told(it, words), campaigns::events(it, words)],
        ),
        Monthly::Plan(it) => (it.at, vec![campaigns::plan(it, words)]),
        Monthly::Referrals(it) => (
            it.at,
            vec![
                kin::brought(it, words),
                kin::chains(it, words),
                kin::central(it, words),
                kin::passed_on(it, words),
            ],
        ),
        Monthly::Relationships(it) => (it.at, vec![kin::relationships(it, words)]),
        Monthly::Catalogue(it) => (
            it.at,
            vec![
                kin::overdue(it, words),
                kin::new_services(it, words),
                kin::retired(it, words),
            ],
        ),
        Monthly::Surveys(it) => {
            let made = |title: &str, columns: &[&str], rows| table(title, columns, rows, words);
            (it.at, surveys::tables(it, made, words))
        }
        Monthly::Profiles(it) => (it.at, vec![profiles::filled(it, words)]),
        Monthly::Needs(it) => (it.at, profiles::needs(it, words)),
    };
    let month = report.month().to_string();
    let at = words.stamp(at);
    let args = [("month", month.as_str()), ("at", at.as_str())];
    let title = format!("{}-title", report.kind().id());
    let mut subtitle = words.texts.with("requests-as-of", &args).into_owned();
    let archive = !matches!(
        report,
        Monthly::Contacts(_)
            | Monthly::Referrals(_)
            | Monthly::Relationships(_)
            | Monthly::Catalogue(_)
            | Monthly::Surveys(_)
            | Monthly::Campaigns(_)
            | Monthly::Plan(_)
            | Monthly::Profiles(_)
            | Monthly::Needs(_)
    );
    let answering = words.profile.archive.answering.as_ref();
    if let Some(department) = answering.filter(|_| archive) {
        // Who answers for the archive stands on what is said of it (A07-d1a).
        let department = words.department(department);
        let args = [("department", department.as_str())];
        subtitle.push_str("  ");
        subtitle.push_str(&words.texts.with("answering-department", &args));
    }
    Document {
        title: words.texts.with(&title, &args).into_owned(),
        subtitle,
        blocks: tables.into_iter().map(Block::Table).collect(),
    }
}

pub(super) fn table(title: &str, columns: &[&str], rows: Vec<Row>, words: Words) -> Table {
    let mut rows = rows;
    if rows.is_empty() {
        rows.push(Row::new(words.t("monthly-none")));
    }
    Table {
        title: words.t(title),
        columns: columns.iter().map(|key| words.t(key)).collect(),
        rows,
        chart: Chart::None,
    }
}

fn stock(stock: &Stock, words: Words) -> Table {
    let row = |name: String, row: &StockRow| {
        Row::new(name)
            .with(Value::Count(row.opening))
            .with(Value::Count(row.received))
            .with(Value::Count(row.handed_over))
            .with(Value::Count(row.destroyed))
            .with(Value::Count(row.computed()))
            .with(Value::Count(row.closing))
    };
    let mut rows: Vec<Row> = stock
        .rows
        .iter()
        .map(|it| row(words.class(&it.class), it))
        .collect();
    rows.push(row(words.t("monthly-total"), &stock.total));
    if let Some(counted) = stock.counted {
        let mut line = Row::new(words.t("stock-in-list"));
        for _ in 0..5 {
            line = line.with(Value::Blank);
        }
        rows.push(line.with(Value::Count(counted)));
    }
    let columns = [
        "stock-class",
        "stock-opening",
        "stock-received",
        "stock-handed-over",
        "stock-destroyed",
        "stock-closing",
        "stock-counted",
    ];
    table("stock-by-class", &columns, rows, words)
}

fn incomplete(stock: &Stock, words: Words) -> Table {
    let rows = stock.incomplete.iter().map(|file| {
        let lacks = file.lacks.iter();
        let lacks: Vec<String> = lacks.map(|it| words.texts.name("lack", it.id())).collect();
        Row::new(file.number.to_string())
            .with(Value::Text(file.title.clone()))
            .with(Value::Text(words.department(&file.unit)))
            .with(Value::Text(lacks.join(&words.t("list-comma"))))
    });
    let columns = ["stock-file", "stock-name", "stock-unit", "stock-lacks"];
    table("stock-incomplete", &columns, rows.collect(), words)
}

/// The cars that something holds of, each with the line it is listed with.
fn those(of: &NewCarsOf, words: Words, holds: impl Fn(&NewCar) -> bool) -> Vec<(Number, String)> {
    let cars = of.cars.iter().filter(|car| holds(car));
    cars.map(|car| {
        let state = words.texts.name("handover-state", car.state.id());
        (car.number, format!("{}  {}  {state}", car.giver, car.due))
    })
    .collect()
}

fn new_cars(cars: &NewCars, words: Words) -> Table {
    let rows = cars.departments.iter().map(|of| {
        Row::new(words.department(&of.department))
            .listing(those(of, words, |_| true))
            .listing(those(of, words, |car| car.complete))
            .listing(those(of, words, |car| !car.complete))
            .listing(those(of, words, |car| car.late))
            .listing(those(of, words, |car| car.awaiting))
            .listing(those(of, words, |car| car.filed))
            .listing(those(of, words, |car| !car.filed))
    });
    let columns = [
        "new-cars-department",
        "new-cars-delivered",
        "new-cars-complete",
        "new-cars-incomplete",
        "new-cars-late",
        "new-cars-awaiting",
        "new-cars-filed",
        "new-cars-unfiled",
    ];
    table("new-cars-by-department", &columns, rows.collect(), words)
}

/// What every car that is not complete lacks.
fn lacking(cars: &NewCars, words: Words) -> Table {
    let all = cars.departments.iter().flat_map(|of| &of.cars);
    let rows = all.filter(|car| !car.complete).map(|car| {
        let lists = words.profile.archive.checklists.iter();
        let items = lists.flat_map(|list| &list.items);
        let lacks = car.lacks.iter().map(|id| {
            let known = items.clone().find(|item| item.id == *id);
            known.map_or_else(|| id.clone(), |item| words.pick(&item.zh, &item.en))
        });
        let lacks: Vec<String> = lacks.collect();
        Row::new(car.number.to_string())
            .with(Value::Text(car.giver.clone()))
            .with(Value::Text(car.due.to_string()))
            .with(Value::Text(
                words.texts.name("handover-state", car.state.id()),
            ))
            .with(Value::Text(lacks.join(&words.t("list-comma"))))
    });
    let columns = [
        "new-cars-number",
        "new-cars-giver",
        "new-cars-due",
        "new-cars-state",
        "new-cars-lacks",
    ];
    table("new-cars-lacking", &columns, rows.collect(), words)
}

/// Customers or promises with the line each is listed with.
fn listed(these: &[Named]) -> Vec<(Number, String)> {
    let line = |it: &Named| {
        let day = it.day.map(|day| day.to_string()).unwrap_or_default();
        (it.number, format!("{}  {day}", it.name).trim().to_owned())
    };
    these.iter().map(line).collect()
}

fn coverage(contacts: &Contacts, words: Words) -> Table {
    let rows = contacts.operators.iter().map(|of| {
        Row::new(of.name.clone())
            .with(Value::Count(of.assigned))
            .with(Value::Count(of.visited))
            .listing(listed(&of.unvisited))
            .with(Value::Count(of.with_new))
            .with(Value::Count(of.with_old))
    });
    let columns = [
        "contacts-operator",
        "contacts-assigned",
        "contacts-visited",
        "contacts-unvisited",
        "contacts-with-new",
        "contacts-with-old",
    ];
    table("contacts-by-operator", &columns, rows.collect(), words)
}

/// A line for each stage (A01-03).
fn stages(contacts: &Contacts, words: Words) -> Table {
    let rows = contacts.stages.iter().map(|of| {
        Row::new(words.texts.name("stage", of.stage.id()))
            .with(Value::Count(of.customers))
            .with(Value::Count(of.reached))
            .with(Value::Count(of.contacts))
    });
    let columns = [
        "contacts-stage",
        "contacts-customers",
        "contacts-reached",
        "contacts-had",
    ];
    table("contacts-by-stage", &columns, rows.collect(), words)
}

fn promises(contacts: &Contacts, words: Words) -> Table {
    let row = Row::new(words.t("contacts-promises"))
        .with(Value::Count(contacts.kept))
        .listing(listed(&contacts.broken));
    let columns = ["contacts-of", "contacts-kept", "contacts-broken"];
    table("contacts-promised", &columns, vec![row], words)
}

/// Customers who were not reached at once: tried and reached apart, and when it is tried next (A14-3.2c).
fn attempts(contacts: &Contacts, words: Words) -> Table {
    let rows = contacts.attempts.iter().map(|of| {
        let next = of.next.map(|day| day.to_string()).unwrap_or_default();
        Row::new(format!("{} {}", of.name, of.customer))
            .with(Value::Count(of.tried))
            .with(Value::Count(of.reached))
            .with(Value::Text(next))
    });
    let columns = [
        "attempts-customer",
        "attempts-tried",
        "attempts-reached",
        "attempts-next",
    ];
    table("attempts-of-month", &columns, rows.collect(), words)
}

fn tally(name: String, tally: &Tally) -> Row {
    let amount = show::yuan(tally.amount);
    Row::new(name)
        .with(Value::Count(tally.entries))
        .with(Value::Text(amount))
}

fn used(name: String, count: &UseCount) -> Row {
    [
        count.sum(),
        count.lent,
        count.read,
        count.copied,
        count.carried,
        count.given,
    ]
    .into_iter()
    .fold(Row::new(name), |row, count| row.with(Value::Count(count)))
}

/// A table of uses, with their total below.
fn uses(title: &str, first: &str, rows: Vec<Row>, usage: &Usage, words: Words) -> Table {
    let mut rows = rows;
    rows.push(used(words.t("monthly-total"), &usage.total));
    let columns = [
        first,
        "usage-all",
        "usage-lent",
        "usage-read",
        "usage-copied",
        "usage-carried",
        "usage-given",
    ];
    table(title, &columns, rows, words)
}

fn used_by_class(usage: &Usage, words: Words) -> Table {
    let rows = usage.by_class.iter().map(|(class, count)| {
        let name = if class.is_empty() {
            words.t("usage-destroyed")
        } else {
            words.class(class)
        };
        used(name, count)
    });
    uses(
        "usage-by-class",
        "usage-class",
        rows.collect(),
        usage,
        words,
    )
}

fn used_by_unit(usage: &Usage, words: Words) -> Table {
    let rows = usage.by_unit.iter().map(|(unit, count)| {
        let name = if unit.is_empty() {
            words.t("usage-no-unit")
        } else {
            words.department(unit)
        };
        used(name, count)
    });
    uses("usage-by-unit", "usage-unit", rows.collect(), usage, words)
}

fn by_sort(sources: &Sources, words: Words) -> Table {
    let rows = sources.by_sort.iter();
    let mut rows: Vec<Row> = rows
        .map(|(sort, it)| tally(words.texts.name("transaction-sort", sort.id()), it))
        .collect();
    rows.push(tally(words.t("monthly-total"), &sources.total));
    let columns = ["sources-source", "sources-entries", "sources-amount"];
    table("sources-by-source", &columns, rows, words)
}

fn by_salesperson(sources: &Sources, words: Words) -> Table {
    let rows = sources.by_salesperson.iter();
    let mut rows: Vec<Row> = rows.map(|(name, it)| tally(name.clone(), it)).collect();
    rows.push(tally(words.t("monthly-total"), &sources.total));
    let columns = ["sources-salesperson", "sources-entries", "sources-amount"];
    table("sources-by-salesperson", &columns, rows, words)
}
