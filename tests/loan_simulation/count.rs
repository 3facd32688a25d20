//! How many loans are overdue on a day, counted from an exported CSV with nothing but the standard
//! library and a calendar of its own: what the desk says is held against this.

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
    rows
}

/// The days from 1 January 1970 to a day written as 2024-06-06, with whatever stands behind it.
pub fn day(text: &str) -> i64 {
    let mut parts = text[..10]
        .split('-')
        .map(|part| part.parse::<i64>().unwrap());
    let mut next = || parts.next().unwrap();
    let (year, month, day) = (next(), next(), next());
    let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let years: i64 = (1970..year)
        .map(|it| if leap(it) { 366 } else { 365 })
        .sum();
    let before = lengths.iter().take(usize::try_from(month).unwrap() - 1);
    let february = i64::from(leap(year) && month > 2);
    years + before.sum::<i64>() + february + day - 1
}

/// A loan as the export has it, in days.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub lent: i64,
    pub due: i64,
    pub returned: Option<i64>,
}

/// The loans of an export.
pub fn rows(csv: &str) -> Vec<Row> {
    let mut rows = cells(csv).into_iter();
    let headers = rows.next().unwrap();
    let place = |name: &str| headers.iter().position(|it| it == name).unwrap();
    let (lent, due, returned) = (place("Lent at"), place("Due"), place("Returned at"));
    rows.map(|row| Row {
        lent: day(&row[lent]),
        due: day(&row[due]),
        returned: Some(&row[returned])
            .filter(|it| !it.is_empty())
            .map(|it| day(it)),
    })
    .collect()
}

/// Loans that are overdue when a day ends, and by how many days together: lent for three days after the
/// day of the loan at most (A11-19.5b), and not back by then.
pub fn overdue(rows: &[Row], on: i64) -> (u64, i64) {
    let mut found = (0, 0);
    for row in rows.iter().filter(|row| row.lent <= on) {
        let back = row.returned.is_some_and(|returned| returned <= on);
        let late = on - (row.lent + 3);
        if !back && late > 0 {
            found = (found.0 + 1, found.1 + late);
        }
    }
    found
}

#[test]
fn the_calendar_knows_leap_years_and_ends_of_months() {
    assert_eq!(day("1970-01-01"), 0);
    assert_eq!(day("2000-03-01") - day("2000-02-28"), 2);
    assert_eq!(day("2024-06-10 23:00") - day("2024-06-06"), 4);
    assert_eq!(day("2100-03-01") - day("2100-02-28"), 1);
    assert_eq!(day("2021-01-01") - day("2020-01-01"), 366);
}

#[test]
fn a_loan_of_the_sixth_is_overdue_on_the_tenth() {
    let row = Row {
        lent: day("2024-06-06"),
        due: day("2024-06-09"),
        returned: Some(day("2024-06-12")),
    };
    let on = |text: &str| overdue(&[row], day(text));
    assert_eq!(on("2024-06-05"), (0, 0));
    assert_eq!(on("2024-06-09"), (0, 0));
    assert_eq!(on("2024-06-10"), (1, 1));
    assert_eq!(on("2024-06-11"), (1, 2));
    assert_eq!(on("2024-06-12"), (0, 0));
}
