//! What the rows of the day say, in the words of the counter.

use frontdesk::desk::contract::Row;
use frontdesk::domain::follow_up::Occasion;
use frontdesk::domain::number::Number;
use frontdesk::domain::stamp::Day;

use crate::csv::day as days;

/// Whose birthday a row is of, and its day.
pub fn whose(row: &Row) -> String {
    let profiled = row.profiled.as_ref();
    let greeting = profiled.and_then(|it| it.greeting.as_ref()).unwrap();
    format!("{} {}", greeting.name, days(&greeting.on.to_string()))
}

/// Since when a row waits; of a holiday that is near, its first day.
pub fn since(today: Day, row: &Row) -> Day {
    let waits = chrono::TimeDelta::days(row.waits.unwrap());
    Day(today.0 - waits)
}

/// What a row says, as the counter does.
pub fn line(today: Day, row: &Row) -> String {
    let occasion = row.occasion.unwrap();
    let of = |what: String| format!("{} {}{what}", occasion.id(), row.record.number());
    match occasion {
        Occasion::Birthday => of(format!(" {}", whose(row))),
        Occasion::Holiday => of(format!(" {}", days(&since(today, row).to_string()))),
        Occasion::Campaign | Occasion::Survey => {
            let serves: Number = row.serves.as_ref().unwrap().number;
            of(format!(" {serves}"))
        }
        _ => of(String::new()),
    }
}
