//! What the desk must show, worked out from all records one by one.

use std::collections::BTreeMap;

use frontdesk::desk::contract::{Filter, ListQuery, Sort};
use frontdesk::domain::complaint::ComplaintState;
use frontdesk::domain::customer::Mark;
use frontdesk::domain::intake::IntakeKind;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::stamp::{Day, Stamp};
use frontdesk::text::pinyin;

use super::{Bench, list, numbers};

/// Kinds that are listed.
pub const KINDS: &[Kind] = &[
    Kind::Customer,
    Kind::Intake,
    Kind::Complaint,
    Kind::Measure,
    Kind::File,
    Kind::Loan,
];

/// Every filter.
pub fn filters() -> Vec<Filter> {
    let mut filters = vec![
        Filter::Current,
        Filter::All,
        Filter::Open,
        Filter::Closed,
        Filter::Late,
        Filter::Waiting,
        Filter::Major,
        Filter::Key,
        Filter::Retired,
        Filter::OnLoan,
        Filter::OnShelf,
    ];
    filters.extend(IntakeKind::ALL.iter().map(|kind| Filter::OfKind(*kind)));
    filters.extend(
        ComplaintState::ALL
            .iter()
            .map(|state| Filter::InState(*state)),
    );
    filters
}

/// Every order.
pub const SORTS: &[Sort] = &[Sort::Newest, Sort::Oldest, Sort::Name, Sort::Due];

fn due(record: &Record) -> Option<Day> {
    match record {
        Record::Loan(loan) if loan.is_open() => Some(loan.due),
        Record::Complaint(one) => one.due,
        Record::Measure(one) if one.is_to_be_done() => one.details.due,
        _ => None,
    }
}

/// The place of a record in a list by due day: within a day complaints stand by the hour.
fn due_place(record: &Record) -> (Option<Day>, Option<Stamp>) {
    let hour = match record {
        Record::Complaint(one) => one.due_at,
        _ => None,
    };
    (due(record), hour)
}

/// Whether a complaint or measure waits for somebody's yes.
fn waits(record: &Record) -> bool {
    match record {
        Record::Complaint(one) => {
            let major = one.course.major.as_ref();
            let unseen = major.is_some_and(|major| major.acknowledged.len() < major.told.len());
            let proposed = [ComplaintState::Proposed, ComplaintState::Planned];
            proposed.contains(&one.state) || (unseen && !one.state.is_final())
        }
        Record::Measure(one) => {
            let (approved, verified) = (&one.approved, &one.verified);
            let dropped = one.dropped.is_some();
            let checked = one.checked.is_some();
            let asks = approved.is_none() || one.done.is_some() || verified.is_some();
            asks && !dropped && !checked
        }
        _ => false,
    }
}

/// Whether a filter lets a record through on a day.
fn lets_through(filter: Filter, record: &Record, now: Stamp) -> bool {
    let today = now.day(480);
    match (filter, record) {
        (Filter::Current, Record::Customer(one)) => !one.is(Mark::Retired),
        (Filter::All | Filter::Current, _) => true,
        (Filter::Late, Record::Complaint(one)) => one.due_at.is_some_and(|due| due < now),
        (Filter::Late, _) => due(record).is_some_and(|due| due < today),
        (Filter::Open, Record::Intake(one)) => one.is_open(),
        (Filter::Open, Record::Complaint(one)) => !one.state.is_final(),
        (Filter::Open, Record::Loan(one)) => one.is_open(),
        (Filter::Closed, Record::Intake(one)) => !one.is_open(),
        (Filter::Closed, Record::Complaint(one)) => one.state.is_final(),
        (Filter::Closed, Record::Loan(one)) => !one.is_open(),
        (Filter::Open, Record::Measure(one)) => !one.state.is_final(),
        (Filter::Closed, Record::Measure(one)) => one.state.is_final(),
        (Filter::Waiting, _) => waits(record),
        (Filter::Major, Record::Complaint(one)) => one.course.major.is_some(),
        (Filter::OfKind(kind), Record::Intake(one)) => one.details.kind == kind,
        (Filter::InState(state), Record::Complaint(one)) => one.state == state,
        (Filter::Key, Record::Customer(one)) => one.is(Mark::Key) && !one.is(Mark::Retired),
        (Filter::Retired, Record::Customer(one)) => one.is(Mark::Retired),
        (Filter::OnLoan, Record::File(one)) => one.loan.is_some(),
        (Filter::OnShelf, Record::File(one)) => one.loan.is_none(),
        _ => false,
    }
}

/// Since when what is open has been so.
fn age(record: &Record) -> Option<Stamp> {
    match record {
        Record::Complaint(one) => (!one.state.is_final()).then_some(one.made_at),
        Record::Intake(one) => one.is_open().then_some(one.started_at),
        _ => None,
    }
}

/// The day by which a record stands in the order of days: when it is due, and of a file when it was
/// filed.
fn place_by_day(record: &Record) -> Option<Day> {
    match record {
        Record::File(one) => Some(one.filed_on),
        _ => due(record),
    }
}

fn name(record: &Record) -> Option<&str> {
    match record {
        Record::Customer(one) => Some(&one.details.name),
        Record::File(one) => Some(&one.details.title),
        Record::Loan(one) => Some(&one.details.borrower),
        _ => None,
    }
}

/// The list that a query asks for, whole.
pub fn listed(records: &BTreeMap<Number, Record>, query: &ListQuery, now: Stamp) -> Vec<Number> {
    let sort = if query.filter == Filter::Late {
        Sort::Due
    } else {
        query.sort
    };
    let mut rows: Vec<(&Number, &Record)> = records
        .iter()
        .filter(|(number, record)| number.kind == query.kind && !record.meta().void)
        .filter(|(_, record)| lets_through(query.filter, record, now))
        .filter(|(_, record)| found(record, &query.find))
        .filter(|(_, record)| sort != Sort::Due || place_by_day(record).is_some())
        .filter(|(_, record)| sort != Sort::Name || name(record).is_some())
        .filter(|(_, record)| sort != Sort::Age || age(record).is_some())
        .collect();
    match sort {
        Sort::Newest => rows.reverse(),
        Sort::Oldest => {}
        Sort::Age => rows.sort_by_key(|(number, record)| (age(record), **number)),
        Sort::Due => {
            rows.sort_by_key(|(number, record)| {
                (place_by_day(record), due_place(record), **number)
            });
        }
        Sort::Name => rows.sort_by_key(|(number, record)| {
            let name = name(record).unwrap_or_default();
            let sound = pinyin::full(name).into_iter().next();
            (sound.unwrap_or_default(), name.to_owned(), **number)
        }),
    }
    rows.into_iter().map(|(number, _)| *number).collect()
}

/// What of a record is searched: names, other texts, plates, telephones.
fn searched(record: &Record) -> [Vec<String>; 4] {
    let own = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
    match record {
        Record::Customer(one) => {
            let it = &one.details;
            let texts = [
                &*it.employer,
                &it.position,
                &it.place,
                &it.address,
                &it.note,
                &it.external,
            ];
            let phones = it.phones.iter().map(|phone| phone.digits.clone());
            [
                own(&[&it.name]),
                own(&texts),
                it.plates.clone(),
                phones.collect(),
            ]
        }
        Record::Intake(one) => {
            let it = &one.details;
            let outcome = one.outcome.as_ref().map_or("", |end| &end.text);
            let texts = [
                &*it.place,
                &it.text,
                &it.needs,
                &it.access,
                &it.external,
                outcome,
            ];
            [
                own(&[&it.caller]),
                own(&texts),
                Vec::new(),
                own(&[&it.phone]),
            ]
        }
        Record::Complaint(one) => {
            let it = &one.details;
            let answer = one.answer.as_ref().map_or("", |answer| &answer.text);
            let texts = [&*it.place, &it.text, &it.external, answer];
            [
                own(&[&it.complainant]),
                own(&texts),
                own(&[&it.plate]),
                own(&[&it.phone]),
            ]
        }
        Record::Measure(one) => {
            let it = &one.details;
            [
                own(&[&it.owner, &it.contributor, &one.supervisor]),
                own(&[&it.text]),
                Vec::new(),
                Vec::new(),
            ]
        }
        Record::File(one) => {
            let it = &one.details;
            let texts = [&*it.place, &it.note, &it.external];
            [
                own(&[&it.person, &it.title]),
                own(&texts),
                own(&[&it.plate]),
                own(&[&it.phone]),
            ]
        }
        Record::Loan(one) => {
            let it = &one.details;
            let back = one.checked_in.as_ref().map_or("", |back| &back.note);
            let texts = [&*it.unit, &it.reason, back];
            [
                own(&[&it.borrower, &one.title]),
                own(&texts),
                Vec::new(),
                own(&[&it.phone]),
            ]
        }
        _ => [const { Vec::new() }; 4],
    }
}

/// Whether all words are found in a record, by reading all of it.
pub fn found(record: &Record, words: &str) -> bool {
    let parts = searched(record);
    let mut typed = words.split_whitespace();
    // A telephone may be typed in groups.
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let groups = (2..=4).contains(&typed.clone().next().unwrap_or_default().len())
        && (7..=15).contains(&digits)
        && words
            .chars()
            .all(|c| c.is_ascii_digit() || "+-() ".contains(c));
    (groups && finds(record.number(), &parts, &words.replace(' ', "")))
        || typed.all(|word| finds(record.number(), &parts, word))
}

fn finds(number: Number, parts: &[Vec<String>; 4], typed: &str) -> bool {
    let [names, texts, plates, phones] = parts;
    let word = pinyin::fold(typed);
    let stands_in = |texts: &[String], word: &str| {
        let mut texts = texts.iter().map(|text| pinyin::fold(text));
        texts.any(|text| text.contains(word))
    };
    let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    if word.chars().count() > 1 {
        if [names, texts, plates]
            .iter()
            .any(|part| stands_in(part, &word))
        {
            return true;
        }
    } else if !word.is_ascii() && !plain.is_empty() && stands_in(names, &word) {
        return true;
    }
    if plain.chars().count() > 1 && stands_in(plates, &plain) {
        return true;
    }
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    if digits.len() > 2
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || "+-()/.#".contains(c))
    {
        let mut phones = phones.iter();
        if phones.any(|phone| phone.starts_with(&digits) || phone.ends_with(&digits)) {
            return true;
        }
    }
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) && word.bytes().any(|b| !b.is_ascii_digit())
    {
        let short = names.iter().filter(|name| name.chars().count() <= 16);
        let mut keys = short.flat_map(|name| [pinyin::initials(name), pinyin::full(name)].concat());
        if keys.any(|key| key.starts_with(&word)) {
            return true;
        }
    }
    let whole = number.to_string().to_lowercase();
    let spoken =
        |text: &str| text == number.seq.to_string() || text == format!("{:05}", number.seq);
    let of_year = format!("{}-", number.year);
    (digits == word && spoken(&word))
        || word.strip_prefix(&of_year).is_some_and(spoken)
        || word == whole
}

/// Holds everything the desk shows against the records: each by its number, every list, searches,
/// counts, and that nothing is found in the store that does not belong there.
pub fn assert_shows(bench: &mut Bench, records: &BTreeMap<Number, Record>) {
    let now = bench.desk.now();
    for (number, record) in records {
        assert_eq!(&bench.get(*number).record, record);
    }
    for kind in KINDS {
        for filter in filters() {
            for sort in SORTS {
                let query = list(*kind, filter, *sort);
                let expected = listed(records, &query, now);
                let page = bench.page(query.clone());
                assert_eq!(numbers(&page), expected, "{query:?}");
                if let Some(total) = page.total.filter(|_| *sort != Sort::Name) {
                    assert_eq!(total, expected.len() as u64, "{query:?}");
                }
            }
        }
        for words in ["芳", "王", "水管", "1234", "0571", "王 7777", "无此人"] {
            let find = words.to_owned();
            let query = ListQuery {
                find,
                ..list(*kind, Filter::All, Sort::Newest)
            };
            let expected = listed(records, &query, now);
            assert_eq!(numbers(&bench.page(query.clone())), expected, "{query:?}");
        }
    }
    bench.assert_clean();
}
