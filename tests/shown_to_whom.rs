//! Who sees what of hand-overs between two, of instructions, and of reports that name customers.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::looks::{asked, full, log, refused};
use common::staff::Staff;
use common::{Bench, card, list, numbers, seen};
use frontdesk::desk::contract::{Command, Filter, LooksQuery, Query, Reply, Sort};
use frontdesk::domain::campaign::{CampaignDetails, CampaignSort};
use frontdesk::domain::fines::Month;
use frontdesk::domain::follow_up::{Contact, FollowUpDetails};
use frontdesk::domain::instruction::{InstructionDetails, InstructionSort};
use frontdesk::domain::look::LookKind;
use frontdesk::domain::monthly::MonthlyKind;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::plan::PlanDetails;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role::{CustomerService, CustomerServiceManager, Reception};
use frontdesk::domain::shift::{BegunForm, ShiftDetails, ShiftSheet, ShiftState, ShiftStep};
use frontdesk::domain::stamp::Day;

const TYPED: &str = "13800138000 投诉物业";

fn handed_over(bench: &mut Bench, to: Option<Number>) -> Record {
    let typed = vec![("text".to_owned(), TYPED.to_owned())];
    let details = ShiftDetails {
        to,
        text: "回电 13800138000".into(),
        drafts: vec![BegunForm {
            form: "new-call".into(),
            about: None,
            fields: typed.clone(),
            filled: Some(typed),
        }],
    };
    bench.change(Command::HandOverShift { details })
}

fn sheet(record: Record) -> ShiftSheet {
    match record {
        Record::ShiftSheet(sheet) => sheet,
        other => panic!("{other:?}"),
    }
}

/// Whether anything that was typed comes with what somebody gets to see of a sheet.
fn shows(bench: &mut Bench, number: Number) -> [bool; 3] {
    let opened = serde_json::to_string(&bench.get(number)).unwrap();
    let history = serde_json::to_string(&bench.history(number)).unwrap();
    let Query::List(query) = full(Kind::ShiftSheet) else {
        panic!()
    };
    // Whoever may export nothing sees nothing of it.
    let export = asked(bench, Query::List(query)).ok();
    let export = serde_json::to_string(&export).unwrap();
    [opened, history, export].map(|text| text.contains("投诉物业"))
}

#[test]
fn begun_forms_on_a_sheet_are_seen_by_whoever_made_it_and_whoever_it_is_for() {
    let mut staff = Staff::with("property", Some("[permits]\nexport = false\n"));
    let other = staff.posts[&CustomerServiceManager];
    for to in [None, Some(other)] {
        let made = handed_over(staff.is(CustomerService), to);
        let number = made.number();
        assert_eq!(
            sheet(staff.is(CustomerService).get(number).record)
                .details
                .drafts[0]
                .fields
                .len(),
            1
        );
        let of_maker = shows(staff.is(CustomerService), number);
        assert_eq!(of_maker[..2], [true, true]);
        // Nobody else, while nobody has taken it over.
        let by_name = to.is_some();
        let of_other = shows(staff.is(CustomerServiceManager), number);
        assert_eq!(of_other[..2], [by_name, by_name]);
        assert_eq!(shows(staff.is(Reception), number), [false; 3]);
        let masked = sheet(staff.is(Reception).get(number).record);
        assert_eq!(masked.details.drafts[0].form, "new-call");
        assert_eq!(masked.details.text, "回电 138****8000");
        let step = ShiftStep::TakeOverShift {};
        let at = seen(&made);
        let taken = staff
            .is(CustomerServiceManager)
            .change(Command::StepShift { at, step });
        let taken = sheet(taken);
        assert_eq!(taken.state, ShiftState::TakenOver);
        // The sheet as it is now holds nothing of them; the version before does, for the two.
        assert!(taken.details.drafts.is_empty());
        for post in [CustomerService, CustomerServiceManager] {
            let [opened, history, _] = shows(staff.is(post), number);
            assert_eq!((opened, history), (false, true));
        }
        assert_eq!(shows(staff.is(Reception), number), [false; 3]);
    }
    staff.bench.assert_clean();
}

#[test]
fn a_sheet_is_for_no_program_and_holds_no_more_than_fits() {
    let mut staff = Staff::with("property", None);
    let bench = staff.is(CustomerService);
    let typed = vec![("text".to_owned(), "长".repeat(14_000))];
    let details = ShiftDetails {
        drafts: vec![BegunForm {
            form: "new-call".into(),
            filled: Some(typed),
            ..BegunForm::default()
        }],
        ..ShiftDetails::default()
    };
    let problems = bench.refused(Command::HandOverShift { details });
    assert_eq!(problems[0].key, "too-many-drafts");
}

fn instruction(sort: InstructionSort, operator: Option<Number>) -> Command {
    let details = InstructionDetails {
        sort,
        operator,
        text: "给 13800138000 回电".into(),
        due: None,
    };
    Command::GiveInstruction { details }
}

#[test]
fn an_instruction_is_seen_by_those_it_is_between_and_counted_for_nobody_else() {
    let mut staff = Staff::with("property", None);
    let to = staff.posts[&CustomerService];
    let sort = InstructionSort::Instruction;
    let given = staff
        .is(CustomerServiceManager)
        .change(instruction(sort, Some(to)))
        .number();
    let suggested = staff
        .is(CustomerService)
        .change(instruction(InstructionSort::Suggestion, None))
        .number();
    let all = |bench: &mut Bench| bench.page(list(Kind::Instruction, Filter::All, Sort::Newest));
    for post in [CustomerService, CustomerServiceManager] {
        let page = all(staff.is(post));
        assert_eq!(numbers(&page), [suggested, given]);
        assert_eq!(page.total, Some(2));
        let Record::Instruction(it) = &page.rows[0].1.record else {
            panic!()
        };
        assert_eq!(it.details.text, "给 138****8000 回电");
        staff.is(post).get(given);
    }
    let stranger = staff.is(Reception);
    let page = all(stranger);
    assert!(page.rows.is_empty());
    assert_eq!(page.total, Some(0));
    assert!(
        stranger
            .found(Kind::Instruction, Filter::All, "回电")
            .is_empty()
    );
    assert!(stranger.searched("回电").is_empty());
    for number in [given, suggested] {
        for query in [
            Query::Get(number),
            Query::Preview(number),
            Query::History(number),
        ] {
            refused(stranger, query);
        }
    }
}

#[test]
fn a_report_that_names_customers_masks_their_words_and_is_a_look() {
    let mut bench = Bench::set_up_at("property", Some(""), "2024-06-03 09:00");
    let customer = bench.customer(card("王芳", "15400000001")).meta.number;
    let details = CampaignDetails {
        sort: CampaignSort::Product,
        title: "净水器".into(),
        from: Day::parse("2024-06-03"),
        until: Day::parse("2024-06-30"),
        ..CampaignDetails::default()
    };
    let serves = bench.change(Command::BeginCampaign { details }).number();
    let details = FollowUpDetails {
        customer: Some(customer),
        serves: Some(serves),
        ..FollowUpDetails::default()
    };
    let contact = Contact {
        text: "已试用".into(),
        declined: true,
        tried: Some(true),
        feedback: "请打 13800138000".into(),
        ..Contact::default()
    };
    bench.change(Command::LogContact { details, contact });
    let month = Month::of(Day::parse("2024-06-03").unwrap());
    let details = PlanDetails {
        customer: Some(customer),
        action: "送到 13800138000 处".into(),
        department: bench.desk.profile().complaints.departments[0].id.clone(),
        month: Some(month),
        ..PlanDetails::default()
    };
    bench.change(Command::EnterPlanLine { details });
    let me = bench.operator;
    for kind in [MonthlyKind::Campaigns, MonthlyKind::Plan] {
        bench.clock.advance_seconds(60);
        let reply = bench.look(Query::Monthly(kind, month));
        assert!(matches!(reply, Reply::Monthly(_)));
        let text = serde_json::to_string(&reply).unwrap();
        assert!(text.contains("138****8000"), "{text}");
        assert!(!text.contains("13800138000"), "{text}");
        let looks = log(&mut bench, me, LooksQuery::default());
        assert_eq!(looks[0].what, LookKind::Open);
        assert_eq!(looks[0].detail, format!("{} 2024-06", kind.id()));
    }
    // What names nobody is none.
    bench.clock.advance_seconds(60);
    let before = log(&mut bench, me, LooksQuery::default()).len();
    bench.look(Query::Monthly(MonthlyKind::Catalogue, month));
    assert_eq!(log(&mut bench, me, LooksQuery::default()).len(), before);
}
