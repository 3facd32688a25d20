//! What stands in the columns of relations, introductions, material passed on, services and merges.

use super::cells::{Style, name_of, number};
use super::value::Value;
use crate::desk::contract::Row;
use crate::domain::complaint::course::Said;
use crate::domain::record::Record;
use crate::domain::stamp::Day;

fn day(day: Option<Day>) -> Value {
    day.map_or(Value::Nothing, Value::Date)
}

fn at(said: Option<&Said>) -> Value {
    said.map_or(Value::Nothing, |said| Value::Time(said.at))
}

fn text(said: Option<&Said>) -> Value {
    said.map_or(Value::Nothing, |said| Value::text(&said.text))
}

impl Style<'_> {
    /// What stands in a column of such a record.
    pub(super) fn kin(self, row: &Row, column: &str) -> Value {
        match &row.record {
            Record::Relation(it) => match column {
                "from_customer" => number(it.details.from),
                "from_name" => Value::text(&it.from_name),
                "relation_kind" => self.word("relation-kind", it.details.kind.id()),
                "to_customer" => number(it.details.to),
                "to_name" => Value::text(&it.to_name),
                "group" => Value::text(&it.details.group),
                "since" => day(it.details.since),
                "consent" => Value::Truth(it.details.consent),
                "note" => Value::text(&it.details.note),
                "ended_at" => at(it.ended.as_ref()),
                "reason" => text(it.ended.as_ref()),
                _ => Value::Nothing,
            },
            Record::Introduction(it) => match column {
                "from_customer" => number(it.details.one),
                "from_name" => Value::text(&it.names.0),
                "to_customer" => number(it.details.other),
                "to_name" => Value::text(&it.names.1),
                "text" => Value::text(&it.details.text),
                "state" => self.word("introduction-state", it.state.id()),
                "consent_one" => at(it.consent_one.as_ref()),
                "consent_other" => at(it.consent_other.as_ref()),
                "approved_by" => {
                    let by = it.approved.iter().map(|(_, said)| name_of(row, said.by));
                    let by: Vec<String> = by.map(|name| self.words(name)).collect();
                    Value::text(&by.join(" "))
                }
                "made_at" => at(it.done.as_ref()),
                "result" => text(it.result.as_ref()),
                _ => Value::Nothing,
            },
            Record::Handout(it) => match column {
                "on" => day(it.details.on),
                "customer" => number(it.details.customer),
                "name" => Value::text(&it.name),
                "what_given" => Value::text(&it.details.what),
                "count_given" => Value::Count(it.details.count.into()),
                "friend" => Value::text(&it.details.friend),
                "phone" => Value::text(&it.details.phone),
                "count_arrived" => {
                    Value::Count(i64::try_from(it.arrived.len()).unwrap_or(i64::MAX))
                }
                "arrived" => {
                    let names = it.arrived.iter().map(|one| one.name.as_str());
                    Value::text(&names.collect::<Vec<_>>().join(" "))
                }
                _ => Value::Nothing,
            },
            Record::ServiceItem(it) => match column {
                "name" => Value::text(&it.details.name),
                "start" => day(it.details.start),
                "planned_end" => day(it.details.planned_end),
                "retired_on" => day(it.retired_on),
                "replaced_by" => number(it.replaced_by),
                "note" => Value::text(&it.details.note),
                _ => Value::Nothing,
            },
            Record::Merge(it) => match column {
                "kept" => number(Some(it.kept)),
                "name" => Value::text(&it.names.0),
                "absorbed" => number(Some(it.absorbed)),
                "absorbed_name" => Value::text(&it.names.1),
                "taken" => Value::text(&it.taken.join(" ")),
                "undone_at" => at(it.undone.as_ref()),
                "reason" => text(it.undone.as_ref()),
                _ => Value::Nothing,
            },
            _ => Value::Nothing,
        }
    }
}
