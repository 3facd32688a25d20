//! `calendar`: the holidays and make-up workdays the site counts by.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::args::Global;
use super::console::Console;
use super::entry::enter;
use super::trouble::Trouble;
use crate::desk::contract::{Care, Cared, Query, Reply};
use crate::domain::calendar::{Calendar, DayKind};
use crate::domain::profile::Words;
use crate::locale::Lang;

/// No file of holidays is longer.
const LIMIT: u64 = 256 << 10;

/// `frontdesk calendar import FILE`.
pub(super) fn import(global: &Global, file: &Path, console: &mut Console) -> Result<(), Trouble> {
    let trouble = |error: &std::io::Error| Trouble::file(file, error);
    let mut bytes = Vec::new();
    let opened = File::open(file).map_err(|error| trouble(&error))?;
    opened
        .take(LIMIT)
        .read_to_end(&mut bytes)
        .map_err(|error| trouble(&error))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut entry = enter(global, console)?;
    let Cared::Calendar { years } = entry.care(Care::SetCalendar { text })? else {
        return Err(Trouble::odd());
    };
    if console.json {
        console.json(&json!({ "years": years }))?;
    } else {
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        console.say("calendar-imported", &[("years", &years.join(", "))])?;
    }
    entry.close()
}

/// `frontdesk calendar show YEAR`: the days that do not follow their weekday.
pub(super) fn show(global: &Global, year: i32, console: &mut Console) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let Reply::Hello { calendar, .. } = entry.look(Query::Hello)? else {
        return Err(Trouble::odd());
    };
    entry.close()?;
    // A file that cannot be understood is not in force, and the desk says so with its greeting.
    let calendar = Calendar::with_site(calendar.as_deref()).unwrap_or_else(|_| Calendar::builtin());
    let (days, worked) = days(&calendar, year);
    if console.json {
        for (date, off, words) in &days {
            let name = named(words, console.texts.lang());
            console.json(&json!({ "date": date, "off": off, "name": name }))?;
        }
    } else {
        let header = |name: &str| console.texts.get(&format!("calendar-{name}")).into_owned();
        let headers = ["date", "kind", "name"].map(header);
        let row = |(date, off, words): &(NaiveDate, bool, Words)| {
            let kind = header(if *off { "off" } else { "work" });
            let name = named(words, console.texts.lang());
            vec![date.to_string(), kind, name.to_owned()]
        };
        let rows: Vec<Vec<String>> = days.iter().map(row).collect();
        console.table(&headers, &rows)?;
        let (year, count) = (year.to_string(), worked.to_string());
        console.say("calendar-total", &[("year", &year), ("count", &count)])?;
    }
    if calendar.is_announced(year) {
        return Ok(());
    }
    Err(Trouble::told(
        "calendar-unknown",
        &[("year", &year.to_string())],
    ))
}

/// The days of a year that do not follow their weekday, free or worked, and how many are worked in
/// all.
fn days(calendar: &Calendar, year: i32) -> (Vec<(NaiveDate, bool, Words)>, usize) {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let dates = || first.iter_days().take_while(|date| date.year() == year);
    let named = dates().filter_map(|date| match calendar.kind(date).kind {
        DayKind::Holiday(words) => Some((date, true, words)),
        DayKind::MakeUp(words) => Some((date, false, words)),
        DayKind::Working | DayKind::Weekend => None,
    });
    let worked = dates().filter(|date| calendar.is_working(*date)).count();
    (named.collect(), worked)
}

fn named(words: &Words, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &words.zh,
        Lang::En => &words.en,
    }
}
