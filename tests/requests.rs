//! What became of the requests of a quarter: counts by channel and kind, how long callers waited for
//! a first answer, and who still waits.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::staff::{Staff, handed, said};
use common::steps::called;
use common::{Bench, at, call, grievance};
use frontdesk::desk::contract::{Adopted, AdoptedEnd, Command, Door, Query, Reply, Request};
use frontdesk::domain::adopt::Existing;
use frontdesk::domain::analysis::Quarter;
use frontdesk::domain::complaint::course::Satisfaction;
use frontdesk::domain::complaint::{ComplaintDetails, Step};
use frontdesk::domain::intake::{Channel, IntakeDetails, IntakeKind, OutcomeCode};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::requests::{RequestFigures, RequestLine};
use frontdesk::domain::role::Role::{
    CustomerService, CustomerServiceManager, DepartmentHead, Reception,
};
use frontdesk::locale::{Lang, Texts};
use frontdesk::report::quarterly::Words;
use frontdesk::report::{Value, html, requests, table, text};

const QUARTER: Quarter = Quarter {
    year: 2024,
    quarter: 2,
};

fn figures(bench: &mut Bench) -> RequestFigures {
    match bench.look(Query::Requests(QUARTER)) {
        Reply::Requests(figures) => *figures,
        other => panic!("{other:?}"),
    }
}

/// A request that came in by a channel at a time of the site.
fn came(bench: &mut Bench, channel: Channel, kind: IntakeKind, time: &str) -> Number {
    bench.clock.set(at(time));
    let details = IntakeDetails {
        channel: Some(channel),
        kind,
        ..call("大堂可以多放几把椅子")
    };
    bench.intake(details).meta.number
}

fn closed(bench: &mut Bench, number: Number, time: &str) {
    bench.clock.set(at(time));
    let command = Command::CloseIntake {
        at: bench.present(number),
        code: OutcomeCode::Resolved,
        text: "已转行政办理".into(),
    };
    bench.change(command);
}

/// Channel, how many, how many without an answer, mean, longest, longest still waiting.
type Told = (Option<Channel>, u64, u64, u32, u32, u32);

fn told(line: &RequestLine) -> Told {
    (
        line.channel,
        line.count,
        line.unanswered,
        line.mean,
        line.longest,
        line.waiting,
    )
}

#[test]
fn a14_2_5a_opinions_are_counted_by_the_channel_they_came_by() {
    use Channel::{Call, Letter, Other, Visit};
    use IntakeKind::{Enquiry, Suggestion};
    let mut bench = Bench::of("leasing");
    for (channel, kind, time) in [
        (Call, Suggestion, "2024-06-06 09:00"),
        (Letter, Suggestion, "2024-06-06 09:01"),
        (Call, Enquiry, "2024-06-06 09:02"),
        (Visit, Suggestion, "2024-06-30 23:59"),
        (Other, Suggestion, "2024-06-30 23:59"),
        (Call, Suggestion, "2024-07-01 00:00"),
    ] {
        came(&mut bench, channel, kind, time);
    }
    let figures = figures(&mut bench);
    assert_eq!(figures.total.count, 5);
    let channels: Vec<(Option<Channel>, u64)> = figures
        .channels
        .iter()
        .map(|line| (line.channel, line.count))
        .collect();
    assert_eq!(
        channels,
        [
            (Some(Call), 2),
            (Some(Letter), 1),
            (Some(Visit), 1),
            (Some(Other), 1)
        ]
    );
    let kinds: Vec<(Option<Channel>, Option<IntakeKind>, u64)> = figures
        .kinds
        .iter()
        .map(|line| (line.channel, line.kind, line.count))
        .collect();
    assert_eq!(
        kinds,
        [
            (Some(Call), Some(Enquiry), 1),
            (Some(Call), Some(Suggestion), 1),
            (Some(Letter), Some(Suggestion), 1),
            (Some(Visit), Some(Suggestion), 1),
            (Some(Other), Some(Suggestion), 1),
        ]
    );
}

#[test]
fn a14_2_5b_the_longest_wait_of_each_channel_and_who_still_waits_are_shown() {
    let mut bench = Bench::of("leasing");
    let kind = IntakeKind::Suggestion;
    let quick = came(&mut bench, Channel::Call, kind, "2024-06-06 09:00");
    let slow = came(&mut bench, Channel::Call, kind, "2024-06-06 09:10");
    let letter = came(&mut bench, Channel::Letter, kind, "2024-06-06 10:00");
    let open = came(&mut bench, Channel::Call, kind, "2024-06-06 11:00");
    closed(&mut bench, quick, "2024-06-06 11:30");
    closed(&mut bench, slow, "2024-06-07 09:10");
    bench.clock.set(at("2024-06-08 10:30"));
    let figures = figures(&mut bench);
    let lines: Vec<Told> = figures.channels.iter().map(told).collect();
    assert_eq!(
        lines,
        [
            (Some(Channel::Call), 3, 1, 795, 1440, 2850),
            (Some(Channel::Letter), 1, 1, 0, 0, 2910),
        ]
    );
    assert_eq!(told(&figures.total), (None, 4, 2, 795, 1440, 2910));
    let waiting: Vec<(Number, u32)> = figures
        .unanswered
        .iter()
        .map(|one| (one.number, one.waiting))
        .collect();
    assert_eq!(waiting, [(letter, 2910), (open, 2850)]);
}

#[test]
fn a14_2_5b_a_complaint_waits_until_it_is_answered_and_not_only_recorded() {
    let mut staff = Staff::of("property");
    let number = staff.recorded(Reception);
    staff.is(CustomerServiceManager);
    let row = figures(&mut staff.bench).kinds[0].clone();
    assert_eq!(row.kind, Some(IntakeKind::Complaint));
    assert_eq!((row.count, row.unanswered), (1, 1));
    staff.take(CustomerService, number, &handed());
    let result = "已换水泵".into();
    staff.take(DepartmentHead, number, &Step::Return { result });
    staff.set("2024-06-06 18:20");
    staff.take(CustomerService, number, &called(Satisfaction::Satisfied));
    staff.is(CustomerServiceManager);
    let row = figures(&mut staff.bench).kinds[0].clone();
    assert_eq!((row.unanswered, row.mean, row.longest), (0, 200, 200));
}

#[test]
fn a_complaint_that_was_taken_back_waits_for_nothing() {
    let mut staff = Staff::of("property");
    let number = staff.recorded(Reception);
    staff.set("2024-06-06 16:00");
    let reason = "客户撤回".into();
    staff.take(CustomerService, number, &Step::Withdraw { reason });
    staff.is(CustomerServiceManager);
    let figures = figures(&mut staff.bench);
    assert_eq!((figures.total.count, figures.total.unanswered), (1, 0));
    assert!(figures.unanswered.is_empty());
}

#[test]
fn what_an_import_brought_later_is_counted_in_the_quarter_it_came_in() {
    let mut bench = Bench::of("property");
    bench.clock.set(at("2024-09-01 09:00"));
    let import = bench.change(Command::BeginImport {
        kind: Kind::Intake,
        file: "old.csv".into(),
    });
    let mut adopt = |time: &str, end: Option<&str>| {
        let details = IntakeDetails {
            started_at: Some(at(time)),
            external: time.into(),
            ..call("问停车月卡怎么办")
        };
        let end = end.map(|time| AdoptedEnd {
            at: Some(at(time)),
            text: "已答复".into(),
        });
        bench.change(Command::Adopt {
            import: import.number(),
            record: Box::new(Adopted::Intake { details, end }),
            existing: Existing::default(),
            customer: String::new(),
        });
    };
    adopt("2024-06-30 23:00", Some("2024-07-01 00:30"));
    adopt("2024-07-01 08:00", None);
    let figures = figures(&mut bench);
    assert_eq!(told(&figures.total), (None, 1, 0, 90, 90, 0));
}

#[test]
fn only_who_sees_the_reports_sees_it() {
    let mut staff = Staff::of("property");
    let bench = staff.is(Reception);
    let envelope = bench.envelope(Request::Look(Query::Requests(QUARTER)));
    assert_eq!(said(bench.desk.ask(&envelope)), [" role-may-not"]);
}

#[test]
fn every_form_of_it_shows_the_counts_and_the_numbers_and_nobodys_name() {
    let mut bench = Bench::of("leasing");
    let open = came(
        &mut bench,
        Channel::Letter,
        IntakeKind::Suggestion,
        "2024-06-06 09:00",
    );
    bench.complaint(ComplaintDetails {
        channel: Some(Channel::Visit),
        ..grievance("中介费没有说清")
    });
    bench.clock.set(at("2024-06-06 12:00"));
    let found = figures(&mut bench);
    let profile = frontdesk::domain::profile::Profile::builtin("leasing").unwrap();
    for (lang, letter, unanswered) in [
        (Lang::Zh, "来信", "未答复"),
        (Lang::En, "Letter", "Unanswered"),
    ] {
        let texts = Texts::new(lang);
        let words = Words {
            texts: &texts,
            profile: &profile,
        };
        let document = requests::document(&found, words);
        let names = ["t", "r", "c", "v"];
        for shown in [
            text::text(&document, true),
            html::html(&document, lang),
            table::csv(&document, names),
        ] {
            for word in [letter, unanswered, &open.to_string(), "2024Q2"] {
                let is_title = word == "2024Q2" && shown.contains("\r\n");
                assert!(is_title || shown.contains(word), "{word} in {shown}");
            }
            assert!(!shown.contains("王芳") && !shown.contains("15400001234"));
        }
        assert!(table::xlsx(&document).unwrap().starts_with(b"PK"));
    }
    assert_eq!(Value::Blank.shown(), "");
}
