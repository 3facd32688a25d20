//! The looks of the table: each column asked, and what shows of it.

use frontdesk::desk::contract::{Answer, Failure, Filter, ListQuery, Query, Sort};
use frontdesk::domain::number::{Kind, Number};
use serde_json::Value;

use crate::cases::{Case, Marks, Office};
use crate::common::list;
use crate::table::Guard;

/// A file of a guard with all that can be looked at.
pub struct Shown {
    pub guard: Guard,
    pub file: Number,
    pub loan: Number,
    pub request: Number,
    pub marks: Marks,
}

pub const COLUMNS: [&str; 13] = [
    "list", "link", "search", "open", "history", "scan", "remark", "print", "export", "loans",
    "loan", "requests", "request",
];

/// A file of each guard, lent on a request, asked for once more and remarked on.
pub fn shown(office: &mut Office) -> Vec<Shown> {
    let guards = Guard::ALL.into_iter();
    guards
        .map(|guard| {
            let case = office.file(guard);
            office.remarked(&case);
            let asker = office.table.asker;
            let loan = office.lent(asker, &case);
            let request = office.asked(asker, "borrow", &case, false);
            Shown {
                guard,
                file: case.file,
                loan: loan.about.unwrap(),
                request: request.about.unwrap(),
                marks: Marks::of(guard),
            }
        })
        .collect()
}

fn all(kind: Kind) -> ListQuery {
    list(kind, Filter::All, Sort::Newest)
}

/// What a column asks.
pub fn query(shown: &Shown, column: &str) -> Query {
    match column {
        "list" => Query::List(all(Kind::File)),
        "link" => Query::Preview(shown.file),
        "search" => Query::Search {
            text: shown.marks.title.clone(),
            limit: 50,
        },
        "open" | "scan" => Query::Get(shown.file),
        "history" => Query::History(shown.file),
        "remark" => Query::Remarks(shown.file),
        "print" => Query::Print(shown.file),
        "export" => Query::List(ListQuery {
            full: true,
            ..all(Kind::File)
        }),
        "loans" => Query::List(all(Kind::Loan)),
        "loan" => Query::Get(shown.loan),
        "requests" => Query::List(all(Kind::Access)),
        "request" => Query::Get(shown.request),
        other => panic!("no such column: {other}"),
    }
}

/// The marks that a column is read by.
fn marks<'a>(shown: &'a Shown, column: &str) -> Vec<&'a String> {
    let marks = &shown.marks;
    match column {
        "scan" => vec![&marks.scan],
        "remark" => vec![&marks.remark],
        "loans" | "loan" => vec![&marks.title, &marks.borrower, &marks.reason, &marks.caller],
        "requests" | "request" => vec![&marks.object, &marks.aim, &marks.borrower],
        _ => vec![&marks.title, &marks.person, &marks.phone],
    }
}

fn holds(value: &Value, number: &str) -> bool {
    match value {
        Value::String(text) => text == number,
        Value::Array(items) => items.iter().any(|item| holds(item, number)),
        Value::Object(fields) => fields.values().any(|field| holds(field, number)),
        _ => false,
    }
}

/// The part of an answer that is the record of a number.
fn row<'a>(ok: &'a Value, number: &str, column: &str) -> Option<&'a Value> {
    match column {
        "list" | "search" | "export" | "loans" | "requests" => {
            let rows = ok["page"]["rows"].as_array().unwrap();
            rows.iter().find(|row| {
                let record = row[1]["record"].as_object().unwrap();
                let record = record.values().next().unwrap();
                record["meta"]["number"] == number
            })
        }
        "remark" => Some(ok).filter(|ok| !ok["remarks"].as_array().unwrap().is_empty()),
        _ => Some(ok).filter(|ok| holds(ok, number)),
    }
}

/// What shows of a file in a column, by the answer as other programs read it.
pub fn value(shown: &Shown, column: &str, answer: Result<&Value, bool>) -> &'static str {
    let ok = match answer {
        Ok(ok) => ok,
        Err(refused) => {
            assert!(refused, "{column} of {:?} failed", shown.guard);
            return "no";
        }
    };
    let number = match column {
        "loans" | "loan" => shown.loan,
        "requests" | "request" => shown.request,
        _ => shown.file,
    };
    let Some(row) = row(ok, &number.to_string(), column) else {
        return "none";
    };
    let text = row.to_string();
    let marks = marks(shown, column);
    let there = marks
        .iter()
        .filter(|mark| text.contains(mark.as_str()))
        .count();
    match there {
        0 => "veil",
        some if some == marks.len() => "full",
        _ => "part",
    }
}

/// An answer of the desk as other programs read it; of a failure whether it is a refusal.
pub fn told(answer: &Answer) -> Result<Value, bool> {
    match answer {
        Ok(reply) => Ok(serde_json::to_value(reply).unwrap()),
        Err(failure) => Err(matches!(failure, Failure::Refused(_))),
    }
}

/// What of a file that is closed to somebody stands anywhere in an answer.
pub fn leaks(shown: &Shown, ok: &Value, who: &str) -> Vec<String> {
    let text = ok.to_string();
    let marks = &shown.marks;
    let marks = [
        &marks.title,
        &marks.person,
        &marks.phone,
        &marks.scan,
        &marks.remark,
    ];
    let there = marks
        .into_iter()
        .filter(|mark| text.contains(mark.as_str()));
    there.map(|mark| format!("{who}: {mark} shows")).collect()
}

/// The file of a case alone, for a look at it.
pub fn alone(case: &Case) -> Shown {
    Shown {
        guard: case.guard,
        file: case.file,
        loan: case.file,
        request: case.file,
        marks: Marks::of(case.guard),
    }
}
