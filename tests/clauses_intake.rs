//! The clauses on calls, letters and visits, each checked as its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{Bench, at, call, card, grievance};
use frontdesk::desk::contract::{CallerCard, Command, Filter, Query, Reply};
use frontdesk::domain::customer::{CustomerDetails, Salutation};
use frontdesk::domain::intake::{Channel, IntakeDetails, IntakeKind, IntakeState};
use frontdesk::domain::number::Kind;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;

fn typed(bench: &mut Bench, digits: &str) -> CallerCard {
    match bench.look(Query::Caller {
        digits: digits.into(),
    }) {
        Reply::Caller(card) => card,
        other => panic!("{other:?}"),
    }
}

fn log(details: IntakeDetails) -> Command {
    Command::LogIntake {
        details,
        new_customer: None,
    }
}

#[test]
fn a01_11_a_known_number_fills_name_and_place_and_only_the_request_is_mandatory() {
    let mut bench = Bench::of("property");
    let known = bench.customer(CustomerDetails {
        place: "3-1201".into(),
        address: "桂雨路12号".into(),
        ..card("王芳", "154 0012 3456")
    });
    let caller = typed(&mut bench, "15400123456");
    assert!(caller.exact);
    assert_eq!(caller.customers, std::slice::from_ref(&known));
    let of_known = IntakeDetails {
        channel: Some(Channel::Call),
        customer: Some(known.meta.number),
        ..IntakeDetails::default()
    };
    assert_eq!(bench.lacking(log(of_known.clone())), ["text"]);
    let logged = bench.intake(IntakeDetails {
        text: "水管漏水".into(),
        ..of_known
    });
    assert_eq!(logged.details.caller, "王芳");
    assert_eq!(logged.details.place, "3-1201");
}

#[test]
fn a01_11_the_address_stands_in_for_a_place_that_is_not_known() {
    let mut bench = Bench::of("property");
    let known = bench.customer(CustomerDetails {
        address: "桂雨路12号".into(),
        ..card("王芳", "15400123456")
    });
    let logged = bench.intake(IntakeDetails {
        channel: Some(Channel::Call),
        customer: Some(known.meta.number),
        text: "物业费怎么交".into(),
        ..IntakeDetails::default()
    });
    assert_eq!(logged.details.place, "桂雨路12号");
}

#[test]
fn a01_11_an_unknown_number_makes_the_fields_of_a_new_customer_mandatory_too() {
    let mut bench = Bench::of("property");
    let caller = typed(&mut bench, "15400999999");
    assert!(caller.customers.is_empty());
    let strange = IntakeDetails {
        channel: Some(Channel::Call),
        phone: "15400999999".into(),
        ..IntakeDetails::default()
    };
    assert_eq!(
        bench.lacking(log(strange.clone())),
        ["caller", "place", "text"]
    );
    let no_number = IntakeDetails {
        phone: String::new(),
        ..strange
    };
    assert_eq!(
        bench.lacking(log(no_number)),
        ["caller", "phone", "place", "text"]
    );
    let problems = bench.refused(log(IntakeDetails {
        caller: String::new(),
        ..call("咨询")
    }));
    assert_eq!(problems[0].clause.as_deref(), Some("A01-11"));
}

#[test]
fn a01_11_a_new_caller_is_registered_with_the_request_and_known_from_then_on() {
    let mut bench = Bench::of("property");
    let (intake, also) = bench.change_all(Command::LogIntake {
        details: call("水管漏水"),
        new_customer: Some(card("王芳", "15400001234")),
    });
    let (Record::Intake(intake), [Record::Customer(customer)]) = (intake, also.as_slice()) else {
        panic!("no request with a customer");
    };
    assert_eq!(intake.details.customer, Some(customer.meta.number));
    let caller = typed(&mut bench, "15400001234");
    assert_eq!(caller.customers[0].meta.number, customer.meta.number);
    assert_eq!(caller.open[0].record.number(), intake.meta.number);
}

#[test]
fn a05_4_2b_a_repair_request_saved_by_customer_service_is_numbered_and_accepted() {
    let mut bench = Bench::of("property");
    bench.work_as(Role::CustomerService);
    let repair = IntakeDetails {
        kind: IntakeKind::Repair,
        access: "下班后六点到八点".into(),
        ..call("厨房水管漏水")
    };
    let saved = bench.intake(repair.clone());
    assert_eq!(saved.state, IntakeState::Accepted);
    assert_eq!(saved.meta.number.to_string(), "IN-2024-00001");
    let lacking = |change: fn(&mut IntakeDetails), field: &str| {
        let mut details = repair.clone();
        change(&mut details);
        (log(details), field.to_owned())
    };
    for (command, field) in [
        lacking(|one| one.place.clear(), "place"),
        lacking(|one| one.text.clear(), "text"),
        lacking(|one| one.phone.clear(), "phone"),
        lacking(|one| one.access.clear(), "access"),
    ] {
        assert!(bench.lacking(command).contains(&field), "{field}");
    }
}

#[test]
fn a05_4_2b_a_repair_request_from_another_role_is_refused() {
    for role in [
        Role::Reception,
        Role::ArchiveAdministrator,
        Role::DepartmentHead,
    ] {
        let mut bench = Bench::of("property");
        bench.work_as(role);
        let access = "全天有人".into();
        let kind = IntakeKind::Repair;
        let problems = bench.refused(log(IntakeDetails {
            kind,
            access,
            ..call("漏水")
        }));
        assert_eq!(problems[0].key, "role-may-not");
        assert_eq!(problems[0].clause.as_deref(), Some("A05-4.2b"), "{role:?}");
        assert!(bench.listed(Kind::Intake, Filter::All).is_empty());
    }
}

#[test]
fn a09_2_3_the_report_shows_the_time_from_start_to_save_by_operator() {
    let mut bench = Bench::of("property");
    let first = bench.operator;
    for (day, seconds) in [(7, 60), (8, 90), (9, 600)] {
        let start = at(&format!("2024-06-{day:02} 10:00"));
        bench.clock.set(start);
        bench.clock.advance_seconds(seconds);
        bench.intake(IntakeDetails {
            started_at: Some(start),
            ..call("咨询")
        });
    }
    let second = bench.work_as(Role::CustomerService);
    let start = at("2024-06-30 10:00");
    bench.clock.set(start);
    bench.clock.advance_seconds(200);
    bench.intake(IntakeDetails {
        started_at: Some(start),
        ..call("咨询")
    });
    // A letter has no such time, nor has a call whose start nobody took from the clock.
    let channel = Some(Channel::Letter);
    bench.intake(IntakeDetails {
        channel,
        started_at: Some(start),
        ..call("来信")
    });
    bench.intake(call("补登"));

    bench.operator = first;
    let day = |day| Day::of(2024, 6, day).unwrap();
    let rows = match bench.look(Query::Handling {
        from: day(1),
        to: day(30),
    }) {
        Reply::Handling(rows) => rows,
        other => panic!("{other:?}"),
    };
    let shown: Vec<_> = rows
        .iter()
        .map(|row| (row.operator, row.count, row.mean, row.median, row.longest))
        .collect();
    assert_eq!(
        shown,
        [(first, 3, 250, 90, 600), (second, 1, 200, 200, 200)]
    );
    assert_eq!(rows[0].name, "林小满");
}

#[test]
fn a13_c2_a_complaint_by_telephone_letter_or_visit_has_one_numbered_row_in_the_register() {
    let mut bench = Bench::of("property");
    for (count, channel) in [Channel::Call, Channel::Letter, Channel::Visit]
        .into_iter()
        .enumerate()
    {
        let channel = Some(channel);
        let complaint = bench.complaint(frontdesk::domain::complaint::ComplaintDetails {
            channel,
            ..grievance("电梯一个月坏了三次")
        });
        let rows = bench.listed(Kind::Intake, Filter::OfKind(IntakeKind::Complaint));
        assert_eq!(rows.len(), count + 1);
        assert_eq!(complaint.intake, Some(rows[0]));
        let Record::Intake(row) = bench.get(rows[0]).record else {
            panic!("no row of the register");
        };
        assert_eq!(row.details.channel, channel);
        assert_eq!(row.details.text, complaint.details.text);
        assert_eq!(row.complaint, Some(complaint.meta.number));
        assert_eq!(row.meta.number.seq as usize, count + 1);
    }
}

#[test]
fn a13_c2_the_channel_is_required_of_requests_and_complaints() {
    let mut bench = Bench::of("property");
    let without = IntakeDetails {
        channel: None,
        kind: IntakeKind::Complaint,
        ..call("太吵")
    };
    let problems = bench.refused(log(without));
    assert_eq!(problems[0].field.as_deref(), Some("channel"));
    assert_eq!(problems[0].clause.as_deref(), Some("A13-c2"));
    let details = frontdesk::domain::complaint::ComplaintDetails {
        channel: None,
        ..grievance("太吵")
    };
    assert_eq!(
        bench.lacking(Command::RecordComplaint {
            details,
            intake: None
        }),
        ["channel"]
    );
    assert!(bench.listed(Kind::Intake, Filter::All).is_empty());
}

#[test]
fn a13_c2_a_request_that_becomes_a_complaint_keeps_its_row() {
    let mut bench = Bench::of("property");
    let intake = bench.intake(IntakeDetails {
        kind: IntakeKind::Complaint,
        ..call("太吵")
    });
    let source = bench.present(intake.meta.number);
    let details = grievance("太吵");
    let (complaint, also) = bench.change_all(Command::RecordComplaint {
        details,
        intake: Some(source),
    });
    let Record::Complaint(complaint) = complaint else {
        panic!("no complaint");
    };
    assert_eq!(complaint.intake, Some(intake.meta.number));
    assert_eq!(also[0].number(), intake.meta.number);
    assert_eq!(
        bench.listed(Kind::Intake, Filter::All),
        [intake.meta.number]
    );
}

#[test]
fn a14_2_1_name_and_form_of_address_are_known_with_the_last_digit() {
    let mut bench = Bench::of("property");
    let details = CustomerDetails {
        salutation: Salutation::Ms,
        ..card("王芳", "15400123456")
    };
    bench.customer(details);
    bench.customer(card("李强", "15400123999"));
    let early = typed(&mut bench, "1540012");
    assert!(!early.exact);
    assert_eq!(early.customers.len(), 2);
    let caller = typed(&mut bench, "15400123456");
    assert!(caller.exact);
    let [customer] = caller.customers.as_slice() else {
        panic!("{caller:?}");
    };
    assert_eq!(customer.details.name, "王芳");
    assert_eq!(customer.details.salutation, Salutation::Ms);
}
