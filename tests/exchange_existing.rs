//! An import meets what is there: rows are attached to customers, records that are there are not made
//! twice, empty fields are filled, and all of it can be tried and taken back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod common;
mod importing;

use common::{Bench, card};
use std::fmt::Write as _;

use frontdesk::desk::contract::{At, Command, Filter};
use frontdesk::domain::adopt::Existing;
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use importing::{How, Outcome, PLAIN, TRIED, content, exported, import, proposed, take_back};

const FILL: How = How {
    existing: Existing::Fill,
    dry_run: false,
};
const NEW: How = How {
    existing: Existing::New,
    dry_run: false,
};

fn run(bench: &mut Bench, kind: Kind, text: &str, how: &How) -> Outcome {
    let (sheet, mapping) = proposed(kind, text);
    import(bench, &sheet, &mapping, how)
}

fn details(bench: &mut Bench, number: Number) -> CustomerDetails {
    match bench.get(number).record {
        Record::Customer(customer) => customer.details,
        other => panic!("{other:?}"),
    }
}

#[test]
fn requests_are_attached_to_the_one_customer_they_name() {
    let mut bench = Bench::of("property");
    let known = CustomerDetails {
        external: "K-7".into(),
        ..card("张三", "13800138000")
    };
    let number = bench.customer(known).meta.number;
    for name in ["李四", "李五"] {
        bench.customer(card(name, "02165432100"));
    }
    let text = "内容,电话,客户编号\n凭电话,138 0013 8000,\n凭编号,,K-7\n两位同号,02165432100,\n无人,13900000000,\n";
    let tried = run(&mut bench, Kind::Intake, text, &TRIED);
    assert_eq!((tried.tally.imported, tried.tally.attached), (4, 2));
    assert_eq!(bench.listed(Kind::Intake, Filter::All).len(), 0);
    let outcome = run(&mut bench, Kind::Intake, text, &PLAIN);
    assert_eq!((outcome.tally.imported, outcome.tally.attached), (4, 2));
    let of: Vec<Option<Number>> = bench
        .listed(Kind::Intake, Filter::All)
        .into_iter()
        .rev()
        .map(|intake| match bench.get(intake).record {
            Record::Intake(intake) => intake.details.customer,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(of, [Some(number), Some(number), None, None]);
    let text = "投诉内容,联系电话\n噪音,13800138000\n";
    let outcome = run(&mut bench, Kind::Complaint, text, &PLAIN);
    assert_eq!(outcome.tally.attached, 1);
    bench.assert_clean();
}

#[test]
fn the_same_file_twice_makes_nothing_twice() {
    let files = [
        (
            Kind::Customer,
            "姓名,电话,客户编号\n张三,13800138000,K-1\n李四,,K-2\n王五,13900139000,\n",
        ),
        (
            Kind::Intake,
            "内容,编号,来电时间\n漏水,7,2024-06-01 10:00\n停电,8,2024-06-01 11:00\n",
        ),
        // Without a number they are known by telephone, time and text.
        (
            Kind::Intake,
            "内容,联系电话,来电时间\n漏水,13800138000,2024-06-01 10:00\n停电,13800138000,2024-06-01 10:00\n",
        ),
        (
            Kind::Complaint,
            "投诉内容,编号,投诉时间\n噪音,7,2024-06-01\n收费,8,2024-06-02\n",
        ),
        (
            Kind::Complaint,
            "投诉内容,联系电话,投诉时间\n噪音,13800138000,2024-06-01\n噪音,13900139000,2024-06-01\n",
        ),
        (Kind::File, "材料名称,档号\n图纸,A-1\n合同,A-2\n"),
        (
            Kind::Loan,
            "档号,借阅人,借出时间,归还时间\nA-1,张三,2024-06-01 09:00,2024-06-02 09:00\nB-9,李四,2024-06-03 09:00,\n",
        ),
    ];
    let mut bench = Bench::of("property");
    for (kind, text) in files {
        let first = run(&mut bench, kind, text, &PLAIN);
        let rows = first.tally.read;
        assert_eq!(first.totals(), [rows, rows, 0, 0], "{kind:?}");
        let before = exported(&mut bench, kind);
        let tried = run(&mut bench, kind, text, &TRIED);
        assert_eq!(tried.totals(), [rows, 0, rows, 0], "{kind:?}");
        let again = run(&mut bench, kind, text, &PLAIN);
        assert_eq!(again.totals(), [rows, 0, rows, 0], "{kind:?}");
        assert_eq!(again.told(), tried.told());
        assert_eq!(content(&exported(&mut bench, kind)), content(&before));
        take_back(&mut bench, first.tally.import.unwrap());
        let fresh = run(&mut bench, kind, text, &PLAIN);
        assert_eq!(
            fresh.totals(),
            [rows, rows, 0, 0],
            "{kind:?} after taking back"
        );
    }
    bench.assert_clean();
}

#[test]
fn rows_that_a_file_has_twice_are_seen_in_a_trial_too() {
    let mut text = String::from("姓名,电话,客户编号\n");
    for row in 0..600 {
        writeln!(text, "客户{row},139{row:08},K-{row}").unwrap();
    }
    text.push_str("客户3,13900000003,\n别人,,K-3\n");
    let mut bench = Bench::of("property");
    let tried = run(&mut bench, Kind::Customer, &text, &TRIED);
    let real = run(&mut bench, Kind::Customer, &text, &PLAIN);
    assert_eq!(tried.told().len(), 1);
    assert_eq!(tried.told(), real.told());
    assert_eq!(tried.doubles, real.doubles);
    assert_eq!(real.totals(), [602, 601, 1, 0]);
    assert_eq!((real.doubles[0].line, real.doubles[0].first), (603, 5));
}

#[test]
fn a_number_alone_makes_no_customer_the_same() {
    let mut bench = Bench::of("property");
    let first = "姓名,电话,客户编号\n张三,13800138000,1\n";
    run(&mut bench, Kind::Customer, first, &PLAIN);
    let other_system = "姓名,电话,客户编号\n李四,13900139000,1\n";
    let outcome = run(&mut bench, Kind::Customer, other_system, &PLAIN);
    assert_eq!(outcome.totals(), [1, 1, 0, 0]);
    let outcome = run(&mut bench, Kind::Customer, first, &NEW);
    assert_eq!(outcome.totals(), [1, 1, 0, 0], "asked for once more");
}

#[test]
fn empty_fields_are_filled_and_emptied_again_unless_changed_since() {
    let mut bench = Bench::of("property");
    let number = bench.customer(card("张三", "13800138000")).meta.number;
    let before = details(&mut bench, number);
    let text = "姓名,电话,工作单位,职务,备注,客户编号\n张三,13800138000,翠湖物业,主任,喝茶,K-1\n李四,13900139000,,,,\n";
    let outcome = run(&mut bench, Kind::Customer, text, &FILL);
    assert_eq!((outcome.tally.filled, outcome.tally.imported), (1, 1));
    let filled = details(&mut bench, number);
    assert_eq!(
        [
            filled.employer.as_str(),
            &filled.position,
            &filled.note,
            &filled.external
        ],
        ["翠湖物业", "主任", "喝茶", "K-1"]
    );
    let again = run(&mut bench, Kind::Customer, text, &FILL);
    assert_eq!(again.totals(), [2, 0, 2, 0], "nothing is left to fill");
    let at: At = bench.present(number);
    let changed = CustomerDetails {
        position: "经理".into(),
        ..filled
    };
    bench.change(Command::ChangeCustomer {
        at,
        details: changed,
    });
    take_back(&mut bench, outcome.tally.import.unwrap());
    let after = details(&mut bench, number);
    assert_eq!(after.position, "经理", "changed since");
    assert_eq!(
        CustomerDetails {
            position: String::new(),
            ..after
        },
        before
    );
    assert_eq!(bench.listed(Kind::Customer, Filter::All), [number]);
    bench.assert_clean();
}

#[test]
fn a_loan_that_is_out_makes_its_file_out_until_it_is_taken_back() {
    let mut bench = Bench::of("property");
    run(&mut bench, Kind::File, "材料名称,档号\n图纸,A-1\n", &PLAIN);
    let text = "档号,材料名称,借阅人,借出时间,归还时间\nA-1,,张三,2024-06-03 09:00,\nB-2,合同,李四,2024-06-01 09:00,2024-06-02 09:00\nA-1,,王五,2024-06-04 09:00,\nC-3,,,2024-06-04 09:00,\n";
    let tried = run(&mut bench, Kind::Loan, text, &TRIED);
    let outcome = run(&mut bench, Kind::Loan, text, &PLAIN);
    let expected = [
        (4, 1, "already-lent".to_owned()),
        (5, 3, "required".to_owned()),
    ];
    assert_eq!(
        (outcome.told(), tried.told()),
        (expected.to_vec(), expected.to_vec())
    );
    assert_eq!(outcome.totals(), [4, 2, 0, 2]);
    assert_eq!(bench.listed(Kind::File, Filter::OnLoan).len(), 1);
    assert_eq!(
        bench.listed(Kind::File, Filter::All).len(),
        2,
        "the contract was made as a file"
    );
    assert_eq!(bench.listed(Kind::Loan, Filter::Open).len(), 1);
    take_back(&mut bench, outcome.tally.import.unwrap());
    assert_eq!(bench.listed(Kind::File, Filter::OnShelf).len(), 1);
    assert_eq!(bench.listed(Kind::Loan, Filter::All).len(), 0);
    bench.assert_clean();
}

#[test]
fn names_that_are_no_names_are_refused_with_the_limit() {
    let mut bench = Bench::of("property");
    let tower = format!("高{}", "\u{303}".repeat(100_000));
    let text = format!(
        "姓名,电话\n{},1\n{tower},13800138000\n\u{200B}　张\u{A0}三 ,13900139000\n",
        "很".repeat(10_000)
    );
    let outcome = run(&mut bench, Kind::Customer, &text, &PLAIN);
    assert_eq!(outcome.told(), [(2, 2, "phone-length".to_owned())]);
    let text = format!("姓名\n{}\n", "很".repeat(10_000));
    let outcome = run(&mut bench, Kind::Customer, &text, &PLAIN);
    assert_eq!(outcome.told(), [(2, 1, "label-too-long".to_owned())]);
    assert!(!bench.found(Kind::Customer, Filter::All, "张三").is_empty());
}
