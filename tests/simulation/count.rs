//! The figures of a quarter counted from an exported CSV, with nothing but the standard library: what
//! the report says is held against this.

use std::collections::{BTreeMap, BTreeSet};

/// What an export calls the ends of a complaint.
pub struct Ends<'a> {
    pub closed: &'a str,
    pub noted: &'a str,
    pub withdrawn: &'a str,
}

/// Minutes from complaint to answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub mean: u64,
    pub median: u64,
    pub longest: u64,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Department {
    pub count: u64,
    pub outcomes: BTreeMap<String, u64>,
    pub answered: u64,
    pub mean: u64,
    pub longest: u64,
}

/// Everything that is counted.
#[derive(Debug, Default)]
pub struct Counted {
    pub total: u64,
    pub categories: BTreeMap<String, u64>,
    pub channels: BTreeMap<String, u64>,
    pub causes: BTreeMap<String, u64>,
    pub states: BTreeMap<String, u64>,
    pub outcomes: BTreeMap<String, u64>,
    pub satisfaction: BTreeMap<String, u64>,
    pub departments: BTreeMap<String, Department>,
    pub repeated: u64,
    pub reopened: u64,
    pub late: u64,
    pub late_in: BTreeMap<String, u64>,
    pub major: u64,
    pub asked: u64,
    pub rated: u64,
    pub answered: u64,
    pub clock: Span,
    pub work: Span,
}

/// The cells of a CSV, quoted ones with what is quoted in them.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.trim_start_matches('\u{FEFF}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// Days from 2024-01-01 to a day of that year.
fn day_of_year(month: u64, day: u64) -> u64 {
    const BEFORE: [u64; 12] = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335];
    BEFORE[usize::try_from(month).unwrap() - 1] + day - 1
}

/// Minutes from the beginning of 2024 to a written time.
fn minute(text: &str) -> u64 {
    assert!(text.starts_with("2024-"), "{text}");
    let part = |from: usize| text.get(from..from + 2).unwrap().parse::<u64>().unwrap();
    let (month, day, hour, minute) = (part(5), part(8), part(11), part(14));
    (day_of_year(month, day) * 24 + hour) * 60 + minute
}

/// Whether 2024's day of that number is worked: the holidays and make-up days of the second quarter
/// and July.
fn is_worked(day: u64) -> bool {
    let of = |list: &[(u64, u64)]| {
        list.iter()
            .any(|(month, it)| day_of_year(*month, *it) == day)
    };
    let off = [(4, 4), (4, 5), (5, 1), (5, 2), (5, 3), (6, 10)];
    let on = [(4, 7), (4, 28), (5, 11)];
    // The first of January 2024 was a Monday.
    (day % 7 < 5 && !of(&off)) || of(&on)
}

/// Minutes of work from one moment to another, nine to six on days that are worked.
fn worked(from: u64, to: u64) -> u64 {
    let days = from / 1440..=to / 1440;
    let of_day = |day: u64| {
        let (begins, ends) = (day * 1440 + 9 * 60, day * 1440 + 18 * 60);
        ends.min(to).saturating_sub(begins.max(from))
    };
    days.filter(|day| is_worked(*day)).map(of_day).sum()
}

fn span(mut taken: Vec<u64>) -> Span {
    taken.sort_unstable();
    let many = taken.len();
    if many == 0 {
        return Span::default();
    }
    Span {
        mean: taken.iter().sum::<u64>() / many as u64,
        median: u64::midpoint(taken[(many - 1) / 2], taken[many / 2]),
        longest: taken[many - 1],
    }
}

fn one_more(counts: &mut BTreeMap<String, u64>, name: &str) {
    *counts.entry(name.to_owned()).or_default() += 1;
}

/// Counts the complaints that were made from a day to before another.
pub fn made_in(csv: &str, ends: &Ends, (first, end): (&str, &str)) -> Counted {
    let rows = cells(csv);
    let place: BTreeMap<&str, usize> = rows[0].iter().map(String::as_str).zip(0..).collect();
    let mut rows: Vec<&Vec<String>> = rows[1..].iter().collect();
    let cell = |row: &[String], column: &str| row[place[column]].clone();
    rows.sort_by_key(|row| (cell(row, "Made at"), cell(row, "Number")));
    let mut counted = Counted::default();
    let mut known: BTreeSet<(&str, String)> = BTreeSet::new();
    let (mut clock, mut work) = (Vec::new(), Vec::new());
    for row in rows {
        let of = |column: &str| cell(row, column);
        let made = of("Made at");
        if !(first..end).contains(&made.get(..10).unwrap()) {
            continue;
        }
        counted.total += 1;
        one_more(&mut counted.categories, &of("Category"));
        one_more(&mut counted.channels, &of("Channel"));
        one_more(&mut counted.causes, &of("Caused by"));
        one_more(&mut counted.states, &of("State"));
        let mut repeated = false;
        for column in ["Customer number", "Telephone", "Plate"] {
            let mark = of(column);
            // No plate is written `-`, and an export puts a sign before it that spreadsheets heed.
            if !["", "-", "'-"].contains(&mark.as_str()) {
                repeated |= !known.insert((column, mark));
            }
        }
        counted.repeated += u64::from(repeated);
        counted.reopened += u64::from(!of("Reopened").is_empty());
        let is_late = !of("Breaches").is_empty() || !["", "0"].contains(&of("Days late").as_str());
        counted.late += u64::from(is_late);
        let states = of("Late in");
        for state in states.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            one_more(&mut counted.late_in, state);
        }
        counted.major += u64::from(!of("Major").is_empty());
        counted.asked += u64::from(!of("Attempts to ask").is_empty());
        if !of("Satisfaction").is_empty() {
            counted.rated += 1;
            one_more(&mut counted.satisfaction, &of("Satisfaction"));
        }
        let (state, told) = (of("State"), of("Told at"));
        let outcome = match state.as_str() {
            state if state == ends.closed => "closed",
            state if state == ends.noted => "noted",
            state if state == ends.withdrawn => "withdrawn",
            _ if told.is_empty() => "open",
            _ => "answered",
        };
        one_more(&mut counted.outcomes, outcome);
        let department = counted.departments.entry(of("Department")).or_default();
        department.count += 1;
        one_more(&mut department.outcomes, outcome);
        if told.is_empty() {
            continue;
        }
        let (from, to) = (minute(&made), minute(&told));
        let taken = to - from;
        counted.answered += 1;
        department.answered += 1;
        // The sum first; the mean comes with the last row.
        department.mean += taken;
        department.longest = department.longest.max(taken);
        clock.push(taken);
        work.push(worked(from, to));
    }
    for department in counted.departments.values_mut() {
        department.mean /= department.answered.max(1);
    }
    counted.clock = span(clock);
    counted.work = span(work);
    counted
}
