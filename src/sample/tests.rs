//! The sample is whole, allowed, the same each time, and in order.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::desk::contract::{Envelope, Filter, ListQuery, Query, Reply, Request, RequestId, Sort};
use crate::desk::{Desk, Options};
use crate::domain::complaint::ComplaintState;
use crate::domain::customer::Mark;
use crate::domain::intake::{IntakeKind, IntakeState};
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::role::Role;
use crate::store::Home;
use crate::store::files::SimulatedDisk;

const OPTIONS: SampleOptions = SampleOptions {
    seed: 7,
    size: SampleSize::Demo,
    english: false,
};

fn now() -> Stamp {
    Stamp::parse("2024-06-06 15:00", 480).unwrap()
}

fn desk(clock: &SetClock) -> Desk {
    let home = Home::in_memory(Arc::new(SimulatedDisk::new())).unwrap();
    let clock = Box::new(clock.clone());
    Desk::open(
        home,
        Options {
            clock,
            site_file: None,
        },
    )
    .unwrap()
}

fn filled(id: &str, options: SampleOptions) -> (Desk, SampleReport) {
    let clock = SetClock::at(now());
    let mut desk = desk(&clock);
    let profile = Profile::builtin(id).unwrap();
    let report = fill(&mut desk, &clock, &profile, options).unwrap();
    assert_eq!(clock_time(&clock), now());
    (desk, report)
}

fn clock_time(clock: &SetClock) -> Stamp {
    use crate::desk::clock::Clock as _;
    clock.now()
}

/// A record in full; of a graded file as much as everybody sees of it.
fn opened(desk: &mut Desk, operator: Number, number: Number) -> Record {
    let mut last = None;
    for query in [Query::Get(number), Query::Preview(number)] {
        let opened = desk.ask(&Envelope {
            id: RequestId(0),
            operator,
            accept: Vec::new(),
            request: Request::Look(query),
        });
        match opened {
            Ok(Reply::Record(Some(row))) => return row.record,
            other => last = Some(other),
        }
    }
    panic!("{last:?}");
}

fn records(desk: &mut Desk, operator: Number, kind: Kind) -> Vec<Record> {
    let mut records = Vec::new();
    let mut after = None;
    loop {
        let list = ListQuery {
            kind,
            filter: Filter::All,
            sort: Sort::Oldest,
            find: String::new(),
            after,
            before: None,
            from_end: false,
            limit: 500,
            full: false,
        };
        let request = Request::Look(Query::List(list));
        let id = RequestId(0);
        let accept = Vec::new();
        let Ok(Reply::Page(page)) = desk.ask(&Envelope {
            id,
            operator,
            accept,
            request,
        }) else {
            panic!("no page");
        };
        after = page.rows.last().map(|(cursor, _)| cursor.clone());
        let shown = page.rows.into_iter().map(|(_, row)| row.record.number());
        records.extend(shown.map(|number| opened(desk, operator, number)));
        if !page.after {
            return records;
        }
    }
}

fn everything(desk: &mut Desk, operator: Number) -> Vec<Record> {
    [
        Kind::Customer,
        Kind::Intake,
        Kind::Complaint,
        Kind::File,
        Kind::Loan,
    ]
    .into_iter()
    .flat_map(|kind| records(desk, operator, kind))
    .collect()
}

#[test]
fn every_profile_is_filled_by_its_own_rules_and_adds_up() {
    for id in Profile::IDS {
        for english in [false, true] {
            let size = SampleSize::Small;
            let (mut desk, report) = filled(
                id,
                SampleOptions {
                    size,
                    english,
                    ..OPTIONS
                },
            );
            assert!(report.intakes >= 38, "{id}: {report:?}");
            // Where loans need requests, some of those are still on their way.
            let requested = Profile::builtin(id).unwrap().loans.requested;
            let loans = if requested { 2 } else { 4 };
            assert!(
                report.complaints >= 5 && report.loans >= loans,
                "{id}: {report:?}"
            );
            let verified = desk.verify(None).unwrap();
            assert!(verified.is_clean(), "{id}: {verified:?}");
        }
    }
}

#[test]
fn the_demo_has_every_state_and_an_operator_in_each_post() {
    let (mut desk, report) = filled("property", OPTIONS);
    assert!((115..=125).contains(&report.customers), "{report:?}");
    // Two hundred requests, and a row in the register for each complaint recorded directly.
    assert!((225..=235).contains(&report.intakes), "{report:?}");
    assert!((50..=80).contains(&report.complaints), "{report:?}");
    assert!((58..=60).contains(&report.files), "{report:?}");
    assert!((38..=40).contains(&report.loans), "{report:?}");
    let held: BTreeSet<Role> = desk.operators().flat_map(|one| one.roles.clone()).collect();
    assert!(desk.profile().posts.iter().all(|post| held.contains(post)));

    let today = now().day(480);
    let (mut states, mut channels, mut kinds, mut repairs) = Default::default();
    let (mut open, mut known, mut strange, mut out, mut late, mut back) = (0, 0, 0, 0, 0, 0);
    let (mut key, mut retired, mut phones) = (0, 0, 0);
    for record in everything(&mut desk, report.operator) {
        match record {
            Record::Complaint(one) => {
                let states: &mut BTreeSet<ComplaintState> = &mut states;
                states.insert(one.state);
            }
            Record::Intake(one) => {
                let channels: &mut BTreeSet<_> = &mut channels;
                let kinds: &mut BTreeSet<_> = &mut kinds;
                channels.insert(one.details.channel);
                kinds.insert(one.details.kind);
                if one.details.kind == IntakeKind::Repair {
                    let repairs: &mut BTreeSet<IntakeState> = &mut repairs;
                    repairs.insert(one.state);
                }
                open += usize::from(one.is_open());
                known += usize::from(one.details.customer.is_some());
                strange += usize::from(one.details.customer.is_none());
                let seconds = one.handling_seconds().unwrap_or(40);
                assert!((40..=480).contains(&seconds), "{seconds}");
            }
            Record::Loan(one) => {
                out += usize::from(one.is_open());
                late += usize::from(one.days_overdue(today) > 0);
                back += usize::from(!one.is_open());
            }
            Record::Customer(one) => {
                key += usize::from(one.is(Mark::Key));
                retired += usize::from(one.is(Mark::Retired));
                phones += usize::from(one.details.phones.len() > 1);
                for phone in &one.details.phones {
                    let digits = &phone.digits;
                    assert!(
                        digits.starts_with("154") || digits.starts_with("05710"),
                        "{digits}"
                    );
                }
            }
            _ => {}
        }
    }
    let usual = [
        ComplaintState::Assigned,
        ComplaintState::Answered,
        ComplaintState::Closed,
        ComplaintState::Withdrawn,
    ];
    assert!(
        usual.iter().all(|state| states.contains(state)),
        "{states:?}"
    );
    assert!(states.contains(&desk.profile().complaints.procedure.first_state()));
    for state in IntakeState::ALL
        .iter()
        .filter(|it| **it != IntakeState::Recorded)
    {
        assert!(repairs.contains(state), "no repair is {state:?}");
    }
    assert_eq!(channels.len(), 3);
    assert_eq!(kinds.len(), desk.profile().kinds.len());
    for (what, count) in [
        ("open", open),
        ("known", known),
        ("strange", strange),
        ("out", out),
        ("late", late),
        ("back", back),
        ("key", key),
        ("retired", retired),
        ("phones", phones),
    ] {
        assert!(count >= 4, "{what}: {count}");
    }
    assert!(late < out, "{late} of {out} late");
}

#[test]
fn the_same_seed_and_time_make_the_same_records() {
    let size = SampleSize::Small;
    let options = SampleOptions { size, ..OPTIONS };
    let made = |options| {
        let (mut desk, report) = filled("dealership", options);
        everything(&mut desk, report.operator)
    };
    assert_eq!(made(options), made(options));
    assert_ne!(made(options), made(SampleOptions { seed: 8, ..options }));
}

#[test]
fn what_is_made_lies_in_the_past_and_begins_on_a_working_day() {
    let (mut desk, report) = filled("property", OPTIONS);
    let made = everything(&mut desk, report.operator);
    let first = made
        .iter()
        .map(|record| record.meta().created_at)
        .min()
        .unwrap();
    assert!(made.iter().all(|record| record.meta().changed_at < now()));
    assert!(desk.calendar().is_working(first.day(480).0));
    assert_eq!(
        desk.calendar()
            .working_days_between(first.day(480).0, now().day(480).0),
        60
    );
}

#[test]
fn a_store_that_is_set_up_is_filled_at_once_with_requests_of_earlier_days() {
    let clock = SetClock::at(now());
    let mut desk = desk(&clock);
    let profile = Profile::builtin("property").unwrap();
    let (site, operator) = site(&profile, false);
    let command = crate::desk::contract::Command::SetUp {
        site,
        profile: profile.id.clone(),
        operator,
        rehearsal: false,
    };
    let nobody = Number {
        kind: Kind::Operator,
        year: 0,
        seq: 0,
    };
    let request = Request::Do(command);
    let id = RequestId(1);
    let accept = Vec::new();
    desk.ask(&Envelope {
        id,
        operator: nobody,
        accept,
        request,
    })
    .unwrap();
    let report = fill_now(&mut desk, now(), &profile, OPTIONS).unwrap();
    assert!(
        report.intakes >= 195 && report.complaints >= 40,
        "{report:?}"
    );
    let intakes = records(&mut desk, report.operator, Kind::Intake);
    let days: BTreeSet<_> = intakes
        .iter()
        .map(|record| match record {
            Record::Intake(intake) => intake.started_at.day(480),
            _ => panic!("not a request"),
        })
        .collect();
    assert!(days.len() >= 55, "{}", days.len());
    assert!(
        intakes
            .iter()
            .all(|record| record.meta().created_at == now())
    );
    assert!(intakes.iter().any(|record| match record {
        Record::Intake(intake) => !intake.is_open() && intake.complaint.is_none(),
        _ => false,
    }));
    let (from, to) = (now().day(480), now().day(480));
    let request = Request::Look(Query::Handling { from, to });
    let id = RequestId(0);
    let operator = report.operator;
    let accept = Vec::new();
    let handling = desk.ask(&Envelope {
        id,
        operator,
        accept,
        request,
    });
    assert_eq!(handling, Ok(Reply::Handling(Vec::new())));
    assert!(desk.verify(None).unwrap().is_clean());
}
