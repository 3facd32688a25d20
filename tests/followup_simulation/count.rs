//! Who is to be contacted on a day, from an exported CSV with nothing but the standard library and a
//! calendar of its own: what the day's lists showed is held against this.

use std::collections::BTreeMap;

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

/// A follow-up as the export has it, in days.
#[derive(Debug, Clone)]
pub struct Row {
    pub number: String,
    pub customer: String,
    /// What is to be done, in words.
    pub kind: String,
    pub owner: String,
    pub due: i64,
    /// The day on which it was had.
    pub done: Option<i64>,
    /// Whether that was by telephone.
    pub by_call: bool,
    /// The one that was dated with it.
    pub next: String,
}

/// The follow-ups of an export.
pub fn rows(csv: &str) -> Vec<Row> {
    let mut rows = cells(csv).into_iter();
    let headers = rows.next().unwrap();
    let place = |name: &str| {
        let found = headers.iter().position(|it| it == name);
        found.unwrap_or_else(|| panic!("{name}: {headers:?}"))
    };
    let [number, customer, kind, owner, due, reached, channel, next] = [
        "Number",
        "Customer number",
        "What",
        "Owner",
        "Due",
        "Reached",
        "Reached by",
        "Next contact",
    ]
    .map(place);
    rows.map(|row| Row {
        number: row[number].clone(),
        customer: row[customer].clone(),
        kind: row[kind].clone(),
        owner: row[owner].clone(),
        due: day(&row[due]),
        done: Some(&row[reached])
            .filter(|it| !it.is_empty())
            .map(|it| day(it)),
        by_call: row[channel] == "telephone",
        next: row[next].clone(),
    })
    .collect()
}

/// What has to be on an owner's list in the morning of a day: contacts that are due and not had, by number,
/// and customers who were last called so many days ago and with whom no call is planned for so many days.
pub struct Wanted {
    rows: Vec<Row>,
    /// From which day on each is known: when the one before it was had.
    known: BTreeMap<String, i64>,
    call_days: i64,
}

impl Wanted {
    /// Of an export in the order of its numbers, the first of which were planned before the year began.
    pub fn of(rows: Vec<Row>, planned: usize, call_days: i64) -> Self {
        let begun = rows.iter().take(planned);
        let mut known: BTreeMap<String, i64> =
            begun.map(|row| (row.number.clone(), i64::MIN)).collect();
        let dated = rows.iter().filter(|row| !row.next.is_empty());
        known.extend(dated.filter_map(|row| Some((row.next.clone(), row.done?))));
        Self {
            rows,
            known,
            call_days,
        }
    }

    /// Whether a contact is planned in the morning of a day. What nobody had planned never is.
    fn is_planned(&self, row: &Row, on: i64) -> bool {
        let known = self.known.get(&row.number).is_some_and(|known| *known < on);
        known && row.done.is_none_or(|done| done >= on)
    }

    /// What has to be listed for whom: the owner and the number of the contact, or of the customer.
    pub fn on(&self, on: i64) -> Vec<(String, String)> {
        let mut wanted = Vec::new();
        let mut busy = std::collections::BTreeSet::new();
        let mut called: BTreeMap<&str, (i64, &str)> = BTreeMap::new();
        for row in &self.rows {
            if self.is_planned(row, on) {
                if row.kind != "Visit"
                    && row.kind != "Appointment"
                    && row.due <= on + self.call_days
                {
                    busy.insert(row.customer.as_str());
                }
                if row.due <= on {
                    wanted.push((row.owner.clone(), row.number.clone()));
                }
            }
            if let Some(done) = row.done.filter(|done| row.by_call && *done < on) {
                let last = called.entry(&row.customer).or_insert((done, &row.owner));
                last.0 = last.0.max(done);
            }
        }
        for (customer, (last, owner)) in called {
            if last + self.call_days <= on && !busy.contains(customer) {
                wanted.push((owner.to_owned(), customer.to_owned()));
            }
        }
        wanted
    }
}
