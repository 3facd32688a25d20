//! The clauses on who may look at all, on confidentiality and on leaving, each checked as its
//! register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use common::{Bench, NOBODY, at, borrowed, call, card, folder, grievance};
use frontdesk::desk::clock::SetClock;
use frontdesk::desk::contract::{
    Answer, Command, Door as _, Envelope, Failure, Filter, ListQuery, Owed, Proof, Query, Reply,
    Request, RequestId, Seated, Secret, Sitting, Sort,
};
use frontdesk::desk::{Counter, Desk, Options, Peer};
use frontdesk::domain::complaint::Step;
use frontdesk::domain::complaint::course::Judgement;
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::follow_up::FollowUpDetails;
use frontdesk::domain::instruction::{InstructionDetails, InstructionSort};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::{Operator, OperatorDetails};
use frontdesk::domain::record::Record;
use frontdesk::domain::refusal::Problem;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;
use frontdesk::store::Home;

const PASSWORD: &str = "first password";

/// A store in a folder, opened by somebody who has not signed in.
fn counter(dir: &Path) -> Counter {
    let now = at("2024-06-06 09:00");
    let home = Home::open(dir).or_else(|_| Home::create(dir, now.utc()));
    let clock = Box::new(SetClock::at(now));
    let options = Options {
        clock,
        site_file: None,
    };
    let desk = Desk::open(home.unwrap(), options).unwrap();
    Counter::new(
        desk,
        Peer {
            uid: 1000,
            owner: true,
        },
    )
}

fn ask(door: &mut Counter, operator: Number, request: Request) -> Answer {
    door.ask(&Envelope {
        id: RequestId(0),
        operator,
        accept: Vec::new(),
        request,
    })
}

fn set_up() -> Request {
    Request::Do(Command::SetUp {
        site: "翠湖雅苑".into(),
        profile: "property".into(),
        operator: OperatorDetails {
            login: "xiaoman".into(),
            name: "林小满".into(),
            ..OperatorDetails::default()
        },
        rehearsal: false,
    })
}

fn choose(new: &str) -> Request {
    let new = Secret::new(new);
    Request::Sit(Sitting::ChangePassword { old: None, new })
}

fn sign_in(door: &mut Counter, words: &str) -> Answer {
    let login = "xiaoman".to_owned();
    let proof = Proof::Password(Secret::new(words));
    ask(door, NOBODY, Request::Sit(Sitting::SignIn { login, proof }))
}

fn seated(answer: Answer) -> Seated {
    match answer {
        Ok(Reply::Seated(seated)) => seated,
        other => panic!("{other:?}"),
    }
}

fn keys(answer: Answer) -> Vec<String> {
    match answer {
        Err(Failure::Refused(refusal)) => refusal.problems.into_iter().map(|it| it.key).collect(),
        other => panic!("{other:?}"),
    }
}

/// Every file below a folder.
fn files(dir: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// A site that is no rehearsal, with one customer in it; the operator, and the customer.
fn site(dir: &Path) -> (Number, Number) {
    let mut door = counter(dir);
    let first = match ask(&mut door, NOBODY, set_up()) {
        Ok(Reply::Done { record, .. }) => record.meta().created_by,
        other => panic!("{other:?}"),
    };
    seated(ask(&mut door, first, choose(PASSWORD)));
    let read = Request::Do(Command::AcknowledgeConfidentiality);
    ask(&mut door, first, read).unwrap();
    let details = card("单雄信", "15400123456");
    let command = Command::RegisterCustomer { details };
    let customer = match ask(&mut door, first, Request::Do(command)) {
        Ok(Reply::Done { record, .. }) => record.number(),
        other => panic!("{other:?}"),
    };
    let mut desk = door.into_desk();
    desk.checkpoint().unwrap();
    desk.close().unwrap();
    (first, customer)
}

#[test]
fn a07_g4c_without_the_password_nothing_of_a_customer_is_shown() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("desk");
    let (first, customer) = site(&dir);
    let mut door = counter(&dir);
    let list = ListQuery {
        kind: Kind::Customer,
        filter: Filter::All,
        sort: Sort::Newest,
        find: String::new(),
        after: None,
        before: None,
        from_end: false,
        limit: 10,
        full: false,
    };
    let looks = [
        Query::Get(customer),
        Query::Preview(customer),
        Query::Reveal(customer),
        Query::History(customer),
        Query::List(list),
        Query::Search {
            text: "单雄信".into(),
            limit: 10,
        },
        Query::Caller {
            digits: "15400123456".into(),
        },
        Query::Contacts {
            customer,
            limit: 10,
        },
        Query::Counts,
    ];
    for tried in [None, Some(""), Some("first passwort")] {
        if let Some(words) = tried {
            assert_eq!(keys(sign_in(&mut door, words)), ["wrong-password"]);
        }
        for query in &looks {
            let answer = ask(&mut door, first, Request::Look(query.clone()));
            assert_eq!(keys(answer), ["sign-in-first"], "{query:?}");
        }
        for open in [Query::Hello, Query::Operators] {
            let answer = ask(&mut door, first, Request::Look(open));
            let shown = serde_json::to_string(&answer).unwrap();
            assert!(!shown.contains("单雄信") && !shown.contains("15400123456"));
        }
    }
    seated(sign_in(&mut door, PASSWORD));
    assert!(ask(&mut door, first, Request::Look(Query::Get(customer))).is_ok());
}

#[test]
fn a07_g4c_the_files_of_the_store_are_closed_to_others_and_what_is_copied_is_sealed() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("desk");
    site(&dir);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o077;
    assert_eq!(mode(&dir), 0, "nobody else may enter");
    let mut all = Vec::new();
    files(&dir.join("journal"), &mut all);
    files(&dir.join("checkpoint"), &mut all);
    assert!(all.len() >= 2, "{all:?}");
    for path in all {
        let bytes = fs::read(&path).unwrap();
        for word in ["单雄信", "15400123456", PASSWORD, "argon2"] {
            let found = bytes
                .windows(word.len())
                .any(|part| part == word.as_bytes());
            assert!(!found, "{word} in {}", path.display());
        }
    }
}

#[test]
fn a11_21_who_signs_in_first_acknowledges_the_text_before_anything_else() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("desk");
    let (first, _) = site(&dir);
    let mut door = counter(&dir);
    assert_eq!(seated(sign_in(&mut door, PASSWORD)).owed, []);
    let details = OperatorDetails {
        login: "zhouting".into(),
        name: "周婷".into(),
        roles: vec![Role::CustomerService],
        ..OperatorDetails::default()
    };
    ask(
        &mut door,
        first,
        Request::Do(Command::AddOperator { details }),
    )
    .unwrap();
    let issue = Sitting::Issue {
        login: "zhouting".into(),
        what: frontdesk::desk::contract::Issue::Password,
    };
    let Ok(Reply::Issued(words)) = ask(&mut door, first, Request::Sit(issue)) else {
        panic!("no password");
    };
    let proof = Proof::Password(words);
    let login = "zhouting".to_owned();
    let new = seated(ask(
        &mut door,
        first,
        Request::Sit(Sitting::SignIn { login, proof }),
    ));
    let me = new.operator.meta.number;
    assert_eq!(new.owed, [Owed::Password, Owed::Confidentiality]);
    let left = seated(ask(&mut door, me, choose("words of my own")));
    assert_eq!(left.owed, [Owed::Confidentiality]);
    let log = || {
        Request::Do(Command::LogIntake {
            details: call("漏水"),
            new_customer: None,
        })
    };
    for request in [Request::Look(Query::Counts), log()] {
        assert_eq!(keys(ask(&mut door, me, request)), ["confidentiality-owed"]);
    }
    let read = Request::Do(Command::AcknowledgeConfidentiality);
    ask(&mut door, me, read).unwrap();
    assert!(ask(&mut door, me, log()).is_ok());
    // Who has acknowledged and when can be listed.
    let Ok(Reply::Operators(all)) = ask(&mut door, me, Request::Look(Query::Operators)) else {
        panic!("no operators");
    };
    let when: Vec<_> = all
        .iter()
        .map(|it| (it.login.as_str(), it.acknowledged))
        .collect();
    let now = Some(at("2024-06-06 09:00"));
    assert_eq!(when, [("xiaoman", now), ("zhouting", now)]);
}

fn owned(bench: &mut Bench, name: &str, phone: &str, owner: &Operator) -> Number {
    let details = CustomerDetails {
        owner: Some(owner.meta.number),
        ..card(name, phone)
    };
    bench.customer(details).meta.number
}

fn owner(bench: &mut Bench, customer: Number) -> Option<Number> {
    match bench.get(customer).record {
        Record::Customer(customer) => customer.details.owner,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a11_19_1b_nobody_leaves_with_customers_complaints_or_files() {
    let mut bench = Bench::of("property");
    let leaver = bench.add_operator("leaver", &[Role::CustomerService]);
    let heir = bench.add_operator("heir", &[Role::CustomerService]);
    let theirs = owned(&mut bench, "王芳", "15400123456", &leaver);
    let others = owned(&mut bench, "李强", "15400123999", &heir);
    let complaint = bench.complaint(grievance("楼上半夜拖椅子")).meta.number;
    let assign = Command::StepComplaint {
        at: bench.present(complaint),
        step: Step::Assign {
            department: "security".into(),
            handler: leaver.name.clone(),
            note: String::new(),
            category: String::new(),
            cause: String::new(),
            justified: Judgement::default(),
            reasonable: Judgement::default(),
        },
    };
    bench.change(assign);
    let file = bench.file(folder("3-1201 业主档案")).meta.number;
    let loan = bench.lent(file, borrowed(&leaver.name)).meta.number;
    let details = FollowUpDetails {
        customer: Some(others),
        owner: Some(leaver.meta.number),
        day: Day::parse("2024-07-01"),
        text: "回访".into(),
        ..FollowUpDetails::default()
    };
    let planned = bench.change(Command::PlanFollowUp { details }).number();
    let details = InstructionDetails {
        sort: InstructionSort::Instruction,
        operator: Some(leaver.meta.number),
        text: "今日起访客一律登记证件".into(),
        due: None,
    };
    let me = bench.operator;
    bench.operator = bench
        .add_operator("boss", &[Role::CustomerServiceManager])
        .meta
        .number;
    let told = bench.change(Command::GiveInstruction { details }).number();
    bench.operator = me;
    let command = bench.leaving(&leaver);
    let refused: Vec<Problem> = bench.refused(command);
    assert_eq!(refused[0].args["others"], "2");
    assert_eq!(refused[0].key, "leaver-holds");
    assert_eq!(refused[0].clause.as_deref(), Some("A11-19.1b"));
    let counts = ["customers", "complaints", "loans"].map(|name| refused[0].args[name].as_str());
    assert_eq!(counts, ["1", "1", "1"]);

    let hand_over = Command::HandOver {
        from: leaver.meta.number,
        to: heir.meta.number,
    };
    let (_, along) = bench.change_all(hand_over.clone());
    let mut moved: Vec<Number> = along.iter().map(Record::number).collect();
    moved.sort_unstable();
    let mut all = [theirs, complaint, planned, told];
    all.sort_unstable();
    assert_eq!(moved, all);
    let Record::Instruction(handed) = bench.get(told).record else {
        panic!("no instruction");
    };
    assert_eq!(handed.details.operator, Some(heir.meta.number));
    assert_eq!(owner(&mut bench, theirs), Some(heir.meta.number));
    assert_eq!(owner(&mut bench, others), Some(heir.meta.number));
    let Record::Complaint(handed) = bench.get(complaint).record else {
        panic!("no complaint");
    };
    assert_eq!(handed.handler, heir.name);
    let (_, along) = bench.change_all(hand_over);
    assert_eq!(along, [], "until nothing comes along");

    let command = bench.leaving(&leaver);
    let refused = bench.refused(command);
    let counts = ["customers", "complaints", "loans"].map(|name| refused[0].args[name].as_str());
    assert_eq!(counts, ["0", "0", "1"], "a file is brought back");
    let back = Command::CheckIn {
        at: bench.present(loan),
        pieces: 1,
        note: String::new(),
        which: Vec::new(),
        state: frontdesk::domain::loan::PieceState::Back,
    };
    bench.change(back);
    let command = bench.leaving(&leaver);
    let Record::Operator(gone) = bench.change(command) else {
        panic!("no operator");
    };
    assert!(!gone.active);
    bench.assert_clean();
}

#[test]
fn a11_19_1b_a_long_hand_over_goes_in_parts_and_misses_nobody() {
    let mut bench = Bench::of("property");
    let leaver = bench.add_operator("leaver", &[Role::CustomerService]);
    let heir = bench.add_operator("heir", &[Role::CustomerService]);
    for at in 0..1_100 {
        owned(&mut bench, "王芳", &format!("1540{at:07}"), &leaver);
    }
    let mut parts = Vec::new();
    loop {
        let (_, along) = bench.change_all(Command::HandOver {
            from: leaver.meta.number,
            to: heir.meta.number,
        });
        if along.is_empty() {
            break;
        }
        parts.push(along.len());
    }
    assert_eq!(parts, [500, 500, 100]);
    let command = bench.leaving(&leaver);
    bench.change(command);
    bench.assert_clean();
}
