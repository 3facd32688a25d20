//! What the desk must show, worked out from all records one by one.

use std::collections::BTreeMap;

use frontdesk::desk::contract::{Filter, ListQuery, Sort};
use frontdesk::domain::complaint::{Complaint, ComplaintState};
use frontdesk::domain::customer::Mark;
use frontdesk::domain::intake::IntakeKind;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::stamp::Day;
use frontdesk::text::pinyin;

use super::{Bench, list, numbers};

/// Kinds that are listed.
pub const KINDS: &[Kind] = &[
    Kind::Customer,
    Kind::Intake,
    Kind::Complaint,
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
        Record::Complaint(Complaint {
            state: ComplaintState::Assigned,
            due,
            ..
        }) => *due,
        _ => None,
    }
}

/// Whether a filter lets a record through on a day.
fn lets_through(filter: Filter, record: &Record, today: Day) -> bool {
    match (filter, record) {
        (Filter::Current, Record::Customer(one)) => !one.is(Mark::Retired),
        (Filter::All | Filter::Current, _) => true,
        (Filter::Late, _) => due(record).is_some_and(|due| due < today),
        (Filter::Open, Record::Intake(one)) => one.is_open(),
        (Filter::Open, Record::Complaint(one)) => !one.state.is_final(),
        (Filter::Open, Record::Loan(one)) => one.is_open(),
        (Filter::Closed, Record::Intake(one)) => !one.is_open(),
        (Filter::Closed, Record::Complaint(one)) => one.state.is_final(),
        (Filter::Closed, Record::Loan(one)) => !one.is_open(),
        (Filter::OfKind(kind), Record::Intake(one)) => one.details.kind == kind,
        (Filter::InState(state), Record::Complaint(one)) => one.state == state,
        (Filter::Key, Record::Customer(one)) => one.is(Mark::Key) && !one.is(Mark::Retired),
        (Filter::Retired, Record::Customer(one)) => one.is(Mark::Retired),
        (Filter::OnLoan, Record::File(one)) => one.loan.is_some(),
        (Filter::OnShelf, Record::File(one)) => one.loan.is_none(),
        _ => false,
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
pub fn listed(records: &BTreeMap<Number, Record>, query: &ListQuery, today: Day) -> Vec<Number> {
    let sort = if query.filter == Filter::Late {
        Sort::Due
    } else {
        query.sort
    };
    let mut rows: Vec<(&Number, &Record)> = records
        .iter()
        .filter(|(number, record)| number.kind == query.kind && !record.meta().void)
        .filter(|(_, record)| lets_through(query.filter, record, today))
        .filter(|(_, record)| found(record, &query.find))
        .filter(|(_, record)| sort != Sort::Due || due(record).is_some())
        .filter(|(_, record)| sort != Sort::Name || name(record).is_some())
        .collect();
    match sort {
        Sort::Newest => rows.reverse(),
        Sort::Oldest => {}
        Sort::Due => rows.sort_by_key(|(number, record)| (due(record), **number)),
        Sort::Name => rows.sort_by_key(|(number, record)| {
            let name = name(record).unwrap_or_default();
            let sound = pinyin::full(name).into_iter().next();
            (sound.unwrap_or_default(), name.to_owned(), **number)
        }),
    }
    rows.into_iter().map(|(number, _)| *number).collect()
}

/// Whether all words are found in a record. Holds for words of Chinese characters, which are
/// found wherever they stand, and of at least four digits, which are found at either end of a
/// telephone.
pub fn found(record: &Record, words: &str) -> bool {
    let (texts, phones): (Vec<&String>, Vec<&String>) = match record {
        Record::Customer(one) => (
            vec![
                &one.details.name,
                &one.details.place,
                &one.details.address,
                &one.details.note,
            ],
            one.details
                .phones
                .iter()
                .map(|phone| &phone.digits)
                .collect(),
        ),
        Record::Intake(one) => (
            vec![&one.details.caller, &one.details.place, &one.details.text],
            vec![&one.details.phone],
        ),
        Record::Complaint(one) => (
            vec![
                &one.details.complainant,
                &one.details.place,
                &one.details.text,
            ],
            vec![&one.details.phone],
        ),
        Record::File(one) => (
            vec![
                &one.details.person,
                &one.details.title,
                &one.details.place,
                &one.details.note,
            ],
            vec![&one.details.phone],
        ),
        Record::Loan(one) => (
            vec![&one.details.borrower, &one.title, &one.details.reason],
            vec![&one.details.phone],
        ),
        _ => (Vec::new(), Vec::new()),
    };
    words.split_whitespace().all(|word| {
        texts.iter().any(|text| text.contains(word))
            || phones
                .iter()
                .any(|phone| phone.starts_with(word) || phone.ends_with(word))
    })
}

/// Holds everything the desk shows against the records: each by its number, every list, searches,
/// counts, and that nothing is found in the store that does not belong there.
pub fn assert_shows(bench: &mut Bench, records: &BTreeMap<Number, Record>) {
    let today = bench.desk.now().day(480);
    for (number, record) in records {
        assert_eq!(&bench.get(*number).record, record);
    }
    for kind in KINDS {
        for filter in filters() {
            for sort in SORTS {
                let query = list(*kind, filter, *sort);
                let expected = listed(records, &query, today);
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
            let expected = listed(records, &query, today);
            assert_eq!(numbers(&bench.page(query.clone())), expected, "{query:?}");
        }
    }
    bench.assert_clean();
}
