//! Reading what was announced of holidays and make-up workdays, and laying it over what is known.
//!
//! Three shapes are read. The public collection holiday-cn has a JSON file a year. A list has a day
//! a line: `2027-01-01,off,NAME` or `2027-02-06,work,NAME`, with `#` before a remark. Both are one
//! notice: its days are of one year, some of the December before. `calendar.toml`, ours, holds any
//! number of notices.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Calendar, Listed};
use crate::domain::profile::Words;
use crate::domain::refusal::{Problem, Refusal};

/// No more faults of one file are told.
const MOST_PROBLEMS: usize = 20;

/// The shape of `calendar.toml`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    names: BTreeMap<String, Words>,
    years: Vec<Year>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i32,
    holidays: Vec<Holiday>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    name: String,
    /// First and last free day.
    #[serde(skip_serializing_if = "Option::is_none")]
    off: Option<[String; 2]>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    work: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<i32>,
}

/// The shape of holiday-cn.
#[derive(Deserialize)]
struct File {
    year: i32,
    days: Vec<Named>,
}

/// One day of a notice.
#[derive(Deserialize)]
struct Named {
    name: String,
    date: NaiveDate,
    #[serde(rename = "isOffDay")]
    off: bool,
}

impl Calendar {
    /// The calendar that comes with the program.
    pub fn builtin() -> Self {
        let text = include_str!("../../../profiles/calendar.toml");
        of_table(text, &BTreeMap::new()).unwrap_or_default()
    }

    /// The calendar that comes with the program, and what a site has imported laid over it.
    ///
    /// # Errors
    /// As [`Self::announced_by`].
    pub fn with_site(text: Option<&str>) -> Result<Self, Refusal> {
        let mut calendar = Self::builtin();
        if let Some(text) = text {
            calendar.lay_over(&Self::announced_by(text)?);
        }
        Ok(calendar)
    }

    /// What a text in any of the three shapes announces, and nothing else.
    ///
    /// # Errors
    /// Everything that is wrong with it, with lines where there are lines; then nothing of it is
    /// taken.
    pub fn announced_by(text: &str) -> Result<Self, Refusal> {
        let names = Self::builtin().names;
        let is_table = || text.lines().any(|line| line.trim_start().starts_with('['));
        let calendar = if text.trim_start().starts_with('{') {
            of_json(text, &names)
        } else if is_table() {
            of_table(text, &names).map_err(|problem| vec![problem])
        } else {
            of_list(text, &names)
        };
        let calendar = calendar.map_err(|problems| Refusal { problems })?;
        if calendar.listed.is_empty() {
            return Err(Problem::new("calendar-empty").into());
        }
        Ok(calendar)
    }

    /// Takes in what another calendar announces, in the place of what earlier notices for the same
    /// years said.
    pub fn lay_over(&mut self, other: &Self) {
        let notices: BTreeSet<i32> = other.listed.values().map(|listed| listed.notice).collect();
        self.listed
            .retain(|_, listed| !notices.contains(&listed.notice));
        self.listed.extend(other.listed.clone());
        self.announced.extend(&other.announced);
        self.names.extend(other.names.clone());
    }

    /// The years whose holidays are known.
    pub fn announced(&self) -> impl Iterator<Item = i32> {
        self.announced.iter().copied()
    }

    /// Everything in it as `calendar.toml`.
    pub fn to_toml(&self) -> String {
        let mut years: BTreeMap<i32, Vec<Holiday>> = BTreeMap::new();
        let mut last: Option<(NaiveDate, &Listed)> = None;
        for (date, listed) in &self.listed {
            let holidays = years.entry(date.year()).or_default();
            let day = date.format("%m-%d").to_string();
            let follows = last.is_some_and(|(before, same)| {
                before.succ_opt() == Some(*date) && before.year() == date.year() && same == listed
            });
            match holidays.last_mut() {
                Some(holiday) if listed.off && follows => {
                    if let Some([_, end]) = &mut holiday.off {
                        *end = day;
                    }
                }
                _ => holidays.push(Holiday {
                    name: listed.name.zh.clone(),
                    off: listed.off.then(|| [day.clone(), day.clone()]),
                    work: if listed.off { Vec::new() } else { vec![day] },
                    notice: (listed.notice != date.year()).then_some(listed.notice),
                }),
            }
            last = Some((*date, listed));
        }
        let names = self.listed.values().map(|listed| &listed.name);
        let table = Table {
            names: names.map(|name| (name.zh.clone(), name.clone())).collect(),
            years: years
                .into_iter()
                .map(|(year, holidays)| Year { year, holidays })
                .collect(),
        };
        // Maps of texts and numbers always have a written form.
        toml::to_string(&table).unwrap_or_default()
    }
}

/// A calendar from `calendar.toml`. Names are those of its own table, or where it has none, any.
fn of_table(text: &str, known: &BTreeMap<String, Words>) -> Result<Calendar, Problem> {
    let table: Table = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.unwrap_or_default().matches('\n').count() + 1;
        unreadable(&format!("{line}: {}", error.message().trim_end()))
    })?;
    let mut calendar = Calendar::default();
    for Year { year, holidays } in table.years {
        for holiday in holidays {
            let name = if table.names.is_empty() {
                named(&holiday.name, known)
            } else {
                let name = table.names.get(&holiday.name);
                name.cloned().ok_or_else(|| unreadable(&holiday.name))?
            };
            let notice = holiday.notice.unwrap_or(year);
            let day = |text: &String| {
                let date = format!("{year}-{text}").parse::<NaiveDate>();
                date.map_err(|_| unreadable(&format!("{year} {text}")))
            };
            let mut days = Vec::new();
            if let Some([first, last]) = &holiday.off {
                let (first, last) = (day(first)?, day(last)?);
                let free = first.iter_days().take_while(|date| *date <= last);
                days.extend(free.map(|date| (date, true)));
            }
            for text in &holiday.work {
                days.push((day(text)?, false));
            }
            if notice == year {
                calendar.announced.insert(year);
            }
            for (date, off) in days {
                let name = name.clone();
                calendar.listed.insert(date, Listed { name, off, notice });
            }
        }
    }
    let names = table.names.into_values();
    calendar.names = names.map(|words| (words.zh.clone(), words)).collect();
    Ok(calendar)
}

fn of_json(text: &str, names: &BTreeMap<String, Words>) -> Result<Calendar, Vec<Problem>> {
    let file: File =
        serde_json::from_str(text).map_err(|error| vec![unreadable(&error.to_string())])?;
    let days = file.days.into_iter().zip(std::iter::repeat(None));
    notice(file.year, days, names)
}

fn of_list(text: &str, names: &BTreeMap<String, Words>) -> Result<Calendar, Vec<Problem>> {
    let mut days = Vec::new();
    let mut problems = Vec::new();
    for (line, row) in (1..).zip(text.lines()) {
        let row = row.split('#').next().unwrap_or_default().trim();
        if row.is_empty() {
            continue;
        }
        if let Some(day) = day_of(row) {
            days.push((day, Some(line)));
        } else {
            let problem = Problem::new("calendar-row");
            problems.push(problem.arg("line", line).arg("value", row));
        }
    }
    if !problems.is_empty() {
        problems.truncate(MOST_PROBLEMS);
        return Err(problems);
    }
    let year = days.iter().map(|(day, _)| day.date.year()).max();
    notice(year.unwrap_or_default(), days, names)
}

/// `DATE,off|work,NAME`.
fn day_of(row: &str) -> Option<Named> {
    let mut cells = row.splitn(3, [',', '\u{ff0c}', '\t']).map(str::trim);
    let (date, kind, name) = (cells.next()?, cells.next()?, cells.next()?);
    let off = match kind {
        "off" => true,
        "work" => false,
        _ => return None,
    };
    Some(Named {
        date: date.parse().ok()?,
        off,
        name: (!name.is_empty()).then(|| name.to_owned())?,
    })
}

/// One notice: days of its year and of the December before, each named once. A notice without days
/// is of a year that is not announced yet.
fn notice(
    year: i32,
    days: impl IntoIterator<Item = (Named, Option<usize>)>,
    names: &BTreeMap<String, Words>,
) -> Result<Calendar, Vec<Problem>> {
    let mut calendar = Calendar::default();
    let mut problems = Vec::new();
    for (Named { name, date, off }, line) in days {
        let before = date.year() == year.saturating_sub(1) && date.month() == 12;
        let name = named(&name, names);
        let listed = Listed {
            name,
            off,
            notice: year,
        };
        let key = if date.year() != year && !before {
            "calendar-outside-year"
        } else if calendar.listed.insert(date, listed).is_some() {
            "calendar-twice"
        } else {
            continue;
        };
        let line = line.map_or_else(String::new, |line| line.to_string());
        let problem = Problem::new(key).arg("line", line);
        problems.push(problem.arg("date", date).arg("year", year));
    }
    if !problems.is_empty() {
        problems.truncate(MOST_PROBLEMS);
        return Err(problems);
    }
    if !calendar.listed.is_empty() {
        calendar.announced.insert(year);
    }
    Ok(calendar)
}

/// A holiday in both languages. One never seen before has no English name; its own is shown in
/// both.
fn named(name: &str, known: &BTreeMap<String, Words>) -> Words {
    known.get(name).cloned().unwrap_or_else(|| Words {
        zh: name.to_owned(),
        en: name.to_owned(),
    })
}

fn unreadable(detail: &str) -> Problem {
    Problem::new("calendar-unreadable").arg("detail", detail)
}
