//! A store of every schema there ever was opens and holds what was written into it.
//!
//! `fixtures/stores/schema-<n>` holds the parts of a store that are the truth: what it is, the
//! journal and the keys. Beside it lies what a person sees of its records. With
//! `FRONTDESK_WRITE_STORE` naming a new folder, such a store and its records are written there;
//! that is done once for a schema, and never again.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::walk::everything;
use common::{Bench, NOBODY, at, borrowed, call, card, folder, grievance, set_up};
use frontdesk::desk::clock::SetClock;
use frontdesk::desk::contract::{
    Adopted, AdoptedEnd, At, Command, Door, Envelope, Filter, Proof, Query, Reply, Request,
    RequestId, Secret, Sitting,
};
use frontdesk::desk::{Counter, Desk, Options, Peer};
use frontdesk::domain::adopt::Existing;
use frontdesk::domain::archive::{FileDetails, Grade};
use frontdesk::domain::complaint::Step;
use frontdesk::domain::complaint::course::{Course, Judgement, Reach, Satisfaction};
use frontdesk::domain::customer::{CustomerDetails, Mark};
use frontdesk::domain::intake::{IntakeDetails, IntakeKind, OutcomeCode};
use frontdesk::domain::measure::{MeasureDetails, MeasureKind};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::{Deputy, OperatorDetails};
use frontdesk::domain::permit::{PermitDetails, PermitKind};
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;
use frontdesk::store::Home;
use serde_json::Value;

/// The first operator's password in a store of schema 2.
const PASSWORD: &str = "open in any year";
const PEER: Peer = Peer {
    uid: 1000,
    owner: true,
};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stores")
}

fn options(clock: &SetClock) -> Options {
    Options {
        clock: Box::new(clock.clone()),
        site_file: None,
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// All records and their histories, as JSON.
fn shown(desk: &mut Desk) -> Value {
    let operator = desk.operators().next().unwrap().meta.number;
    let records = everything(desk, operator);
    let rows = records.into_iter().map(|(number, record)| {
        let request = Request::Look(Query::History(number));
        let Ok(Reply::History(history)) = desk.ask(&envelope(operator, request)) else {
            panic!("no history of {number}");
        };
        let history: Vec<Value> = history
            .iter()
            .map(|version| serde_json::json!({ "what": version.what, "at": version.at }))
            .collect();
        serde_json::json!({ "record": record, "history": history })
    });
    rows.collect()
}

/// What a person sees of the records of a store, as a program shows it that knows more fields: what
/// a schema did not have yet is as if nothing had been entered.
fn expected(name: &str) -> Value {
    let text = fs::read_to_string(fixtures().join(name)).unwrap();
    let mut records: Value = serde_json::from_str(&text).unwrap();
    let later = serde_json::json!({
        "service": false, "account": null, "deputies": [], "acknowledged": null,
    });
    for one in records.as_array_mut().unwrap() {
        if let Some(Value::Object(customer)) = one["record"].get_mut("customer") {
            customer
                .entry("fills")
                .or_insert_with(|| serde_json::json!([]));
        }
        if let Some(Value::Object(complaint)) = one["record"].get_mut("complaint")
            && !complaint.contains_key("course")
        {
            // The term ran from the last step; what else the procedure gathers was not known.
            let since = complaint["trail"].as_array().unwrap().last().unwrap()["at"].clone();
            let mut course = serde_json::to_value(Course::default()).unwrap();
            course["since"] = since;
            complaint.insert("course".into(), course);
            complaint.insert("due_at".into(), Value::Null);
            complaint.insert("measures".into(), serde_json::json!([]));
        }
        if let Some(Value::Object(operator)) = one["record"].get_mut("operator") {
            for (field, nothing) in later.as_object().unwrap() {
                operator.entry(field).or_insert(nothing.clone());
            }
        }
    }
    records
}

/// A store of a schema opens, holds what was written into it, and work goes on in it.
fn opens_and_holds(schema: &str) {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("desk");
    copy(&fixtures().join(schema), &dir);
    let clock = SetClock::at(at("2025-01-02 09:00"));
    let mut desk = Desk::open(Home::open(&dir).unwrap(), options(&clock)).unwrap();
    let expected = expected(&format!("{schema}.json"));
    let shown = shown(&mut desk);
    for (shown, expected) in shown
        .as_array()
        .unwrap()
        .iter()
        .zip(expected.as_array().unwrap())
    {
        assert_eq!(shown, expected);
    }
    assert_eq!(shown, expected);
    let verified = desk.verify(None).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
    let first = desk.operators().next().unwrap().meta.number;
    let details = call("水管漏水");
    let request = Request::Do(Command::LogIntake {
        details,
        new_customer: None,
    });
    let Ok(Reply::Done { record, .. }) = desk.ask(&envelope(first, request)) else {
        panic!("nothing can be written");
    };
    assert_eq!(record.number().to_string(), "IN-2025-00001");
}

fn envelope(operator: Number, request: Request) -> Envelope {
    Envelope {
        id: RequestId(0),
        operator,
        accept: Vec::new(),
        request,
    }
}

/// The kinds that a store of a schema has no record of, as far as a person sees.
fn kinds_missing(schema: &str) -> Vec<Kind> {
    let shown = fs::read_to_string(fixtures().join(schema)).unwrap();
    let is_missing = |kind: &Kind| !shown.contains(&format!("\"{}\": {{", kind.id()));
    Kind::ALL.iter().copied().filter(is_missing).collect()
}

#[test]
fn a_store_of_schema_1_opens_and_holds_what_was_written() {
    opens_and_holds("schema-1");
    let later = [Kind::Credential, Kind::Permit, Kind::Remark, Kind::Measure];
    assert_eq!(kinds_missing("schema-1.json"), later);
}

#[test]
fn a_store_of_schema_2_opens_and_holds_what_was_written() {
    opens_and_holds("schema-2");
    assert_eq!(
        kinds_missing("schema-2.json"),
        [Kind::Credential, Kind::Measure]
    );
}

#[test]
fn a_store_of_schema_3_opens_and_holds_what_was_written() {
    opens_and_holds("schema-3");
    assert_eq!(
        kinds_missing("schema-3.json"),
        [Kind::Credential, Kind::Measure]
    );
}

#[test]
fn the_password_in_a_store_of_schema_2_is_still_good() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("desk");
    copy(&fixtures().join("schema-2"), &dir);
    let clock = SetClock::at(at("2025-01-02 09:00"));
    let desk = Desk::open(Home::open(&dir).unwrap(), options(&clock)).unwrap();
    let mut door = Counter::new(desk, PEER);
    for (words, good) in [("some other words", false), (PASSWORD, true)] {
        let sitting = Sitting::SignIn {
            login: "xiaoman".into(),
            proof: Proof::Password(Secret::new(words)),
        };
        let answer = door.ask(&envelope(NOBODY, Request::Sit(sitting)));
        assert_eq!(answer.is_ok(), good, "{answer:?}");
    }
}

/// Some work of every kind.
fn work(bench: &mut Bench) {
    let known = bench.customer(CustomerDetails {
        place: "3-1201".into(),
        plates: vec!["浙IA1234".into()],
        ..card("王芳", "15400001234")
    });
    let retired = bench.customer(card("Zoë O'Brien", "15400007777"));
    for (number, mark) in [
        (known.meta.number, Mark::Key),
        (retired.meta.number, Mark::Retired),
    ] {
        let at = bench.present(number);
        bench.change(Command::MarkCustomer {
            at,
            mark,
            set: true,
        });
    }
    let request = |kind, text: &str| IntakeDetails {
        kind,
        access: "全天有人".into(),
        ..call(text)
    };
    let repair = bench.intake(request(IntakeKind::Repair, "厨房水管漏水"));
    let at = bench.present(repair.meta.number);
    bench.change(Command::AttachCustomer {
        at,
        customer: known.meta.number,
    });
    let at = bench.present(repair.meta.number);
    let code = OutcomeCode::Resolved;
    bench.change(Command::CloseIntake {
        at,
        code,
        text: "已修复。".into(),
    });
    bench.intake(request(IntakeKind::Enquiry, "物业费可以按季度交吗？"));
    bench.clock.set(common::at("2024-06-07 10:30"));
    let noisy = bench.intake(request(IntakeKind::Complaint, "楼上半夜拖椅子"));
    let intake = Some(bench.present(noisy.meta.number));
    let details = grievance("楼上半夜拖椅子");
    let complaint = bench
        .change(Command::RecordComplaint { details, intake })
        .number();
    for step in [
        Step::Assign {
            department: "security".into(),
            handler: "丁海东".into(),
            note: String::new(),
            category: String::new(),
            cause: String::new(),
            justified: Judgement::default(),
            reasonable: Judgement::default(),
        },
        Step::MarkMajor {
            reason: "多户反映".into(),
        },
        Step::Return {
            result: "已与楼上住户沟通。".into(),
        },
        Step::CallBack {
            reach: Some(Reach::Reached),
            satisfaction: Some(Satisfaction::Satisfied),
            note: "今晚安静了。".into(),
        },
    ] {
        bench.clock.advance_seconds(3_600);
        let at = bench.present(complaint);
        bench.change(Command::StepComplaint { at, step });
    }
    bench.change(Command::DraftMeasure {
        details: MeasureDetails {
            about: complaint,
            kind: MeasureKind::Preventive,
            text: "夜间巡楼增加一次".into(),
            department: "security".into(),
            owner: "丁海东".into(),
            contributor: "林小满".into(),
            due: Day::parse("2024-06-28"),
        },
    });
    bench.complaint(grievance("电梯一个月坏了三次"));
    let file = bench.file(FileDetails {
        pieces: 2,
        grade: Grade::Secret,
        ..folder("3-1201 业主档案")
    });
    let back = bench.lent(file.meta.number, borrowed("赵明")).meta.number;
    let at = bench.present(back);
    bench.change(Command::CheckIn {
        at,
        pieces: 1,
        note: "封面有折痕。".into(),
    });
    bench.lent(file.meta.number, borrowed("孙丽"));
    let details = OperatorDetails {
        login: "zhouting".into(),
        name: "周婷".into(),
        roles: vec![Role::CustomerService],
        department: "客户服务部".into(),
        ..OperatorDetails::default()
    };
    let operator = bench.change(Command::AddOperator {
        details: details.clone(),
    });
    let at = common::seen(&operator);
    bench.change(Command::ChangeOperator {
        at,
        details,
        active: false,
    });
    imports(bench);
    people(bench);
}

/// What came with many sessions: programs, deputies, the text acknowledged, permits, remarks.
fn people(bench: &mut Bench) {
    let details = |login: &str, role| OperatorDetails {
        login: login.into(),
        name: login.into(),
        roles: vec![role],
        ..OperatorDetails::default()
    };
    let boss = bench.change(Command::AddOperator {
        details: OperatorDetails {
            account: Some(1001),
            ..details("chen", Role::PropertyGeneralManager)
        },
    });
    bench.change(Command::AddOperator {
        details: OperatorDetails {
            service: true,
            ..details("feed", Role::CustomerService)
        },
    });
    let first = bench.operator;
    bench.change(Command::AcknowledgeConfidentiality);
    let day = |text| Day::parse(text).unwrap();
    let deputies = vec![Deputy {
        operator: first,
        from: day("2024-06-10"),
        to: day("2024-06-14"),
    }];
    let at = common::seen(&boss);
    bench.change(Command::SetDeputies { at, deputies });
    bench.operator = boss.number();
    let details = PermitDetails {
        what: PermitKind::Export,
        operator: Some(first),
        from: day("2024-06-01"),
        to: day("2024-06-30"),
        place: String::new(),
        reason: "季度核对".into(),
    };
    bench.change(Command::GrantPermit { details });
    bench.operator = first;
    let text = "已回访。".into();
    let about = bench.listed(Kind::Customer, Filter::All)[0];
    bench.change(Command::AddRemark { about, text });
}

/// One import that stays, one that was taken back, and one that filled a customer.
fn imports(bench: &mut Bench) {
    let import = |bench: &mut Bench, kind| {
        bench
            .change(Command::BeginImport {
                kind,
                file: "register.csv".into(),
            })
            .number()
    };
    let kept = import(bench, Kind::Intake);
    let end = Some(AdoptedEnd {
        at: Some(at("2019-03-01 08:00")),
        text: "done".into(),
    });
    let started_at = Some(at("2019-02-28 16:00"));
    let details = IntakeDetails {
        external: "4711".into(),
        started_at,
        ..call("Graffiti")
    };
    let record = Box::new(Adopted::Intake { details, end });
    bench.change(Command::Adopt {
        import: kept,
        record,
        existing: Existing::New,
        customer: String::new(),
    });
    let gone = import(bench, Kind::Customer);
    let record = Box::new(Adopted::Customer(card("李强", "05710887777")));
    bench.change(Command::Adopt {
        import: gone,
        record,
        existing: Existing::New,
        customer: String::new(),
    });
    let at: At = bench.present(gone);
    bench.change(Command::VoidImport { at });
    let filling = import(bench, Kind::Customer);
    let record = Box::new(Adopted::Customer(CustomerDetails {
        employer: "翠湖物业".into(),
        note: "下午来电".into(),
        ..card("王芳", "15400001234")
    }));
    let filled = bench.change(Command::Adopt {
        import: filling,
        record,
        existing: Existing::Fill,
        customer: String::new(),
    });
    assert!(filled.meta().version > 1);
}

/// Writes such a store where it is asked for.
#[test]
fn the_store_of_this_schema_can_be_written_and_read_again() {
    let temp = tempfile::tempdir().unwrap();
    let asked = std::env::var_os("FRONTDESK_WRITE_STORE").map(PathBuf::from);
    let dir = asked.clone().unwrap_or_else(|| temp.path().join("desk"));
    let mut bench = Bench::of("property");
    let home = Home::create(&dir, at("2024-06-06 09:00").utc()).unwrap();
    bench.desk = Desk::open(home, options(&bench.clock)).unwrap();
    bench.operator = NOBODY;
    bench.change(set_up("property"));
    bench.operator = Number {
        kind: Kind::Operator,
        year: 2024,
        seq: 1,
    };
    work(&mut bench);
    let Bench {
        desk,
        clock,
        operator,
        ..
    } = bench;
    let mut door = Counter::new(desk, PEER);
    for sitting in [
        Sitting::SignIn {
            login: "xiaoman".into(),
            proof: Proof::Nothing,
        },
        Sitting::ChangePassword {
            old: None,
            new: Secret::new(PASSWORD),
        },
    ] {
        door.ask(&envelope(operator, Request::Sit(sitting)))
            .unwrap();
    }
    let mut desk = door.into_desk();
    let before = shown(&mut desk);
    drop(desk);
    let mut desk = Desk::open(Home::open(&dir).unwrap(), options(&clock)).unwrap();
    assert_eq!(shown(&mut desk), before);
    if asked.is_some() {
        let text = serde_json::to_string_pretty(&before).unwrap() + "\n";
        fs::write(dir.with_extension("json"), text).unwrap();
    }
}
