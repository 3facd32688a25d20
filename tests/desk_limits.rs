//! What is too long, too much or sent again: the desk refuses or divides it, and goes on.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{Bench, NOBODY, call, set_up};
use frontdesk::desk::contract::{
    Adopted, Answer, At, Command, Door, Failure, Query, Reply, Request,
};
use frontdesk::domain::adopt::Existing;
use frontdesk::domain::number::Kind;
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;

/// Longer than any key the store takes.
const LONG: usize = 2_000;

fn is_refused(answer: &Answer, key: &str) -> bool {
    matches!(answer, Err(Failure::Refused(refusal))
        if refusal.problems.iter().any(|problem| problem.key == key))
}

#[test]
fn a_login_too_long_for_a_key_is_refused_and_the_desk_goes_on() {
    let mut bench = Bench::of("property");
    let details = OperatorDetails {
        login: "w".repeat(LONG),
        name: "王芳".into(),
        roles: vec![Role::Reception],
        department: String::new(),
        ..OperatorDetails::default()
    };
    let answer = bench.ask(Command::AddOperator {
        details: details.clone(),
    });
    assert!(is_refused(&answer, "too-long"), "{answer:?}");
    let at = bench.present(bench.operator);
    let answer = bench.ask(Command::ChangeOperator {
        at,
        details,
        active: true,
    });
    assert!(is_refused(&answer, "too-long"), "{answer:?}");
    bench.intake(call("电梯停了"));
    bench.reopen();
    bench.intake(call("电梯又停了"));
    bench.assert_clean();
}

#[test]
fn a_store_is_not_set_up_with_a_login_too_long_and_can_be_set_up_after() {
    let mut bench = Bench::empty();
    let Command::SetUp {
        site,
        profile,
        operator,
        rehearsal,
    } = set_up("property")
    else {
        panic!("another command");
    };
    let operator = OperatorDetails {
        login: "w".repeat(LONG),
        ..operator
    };
    let answer = bench.ask(Command::SetUp {
        site,
        profile,
        operator,
        rehearsal,
    });
    assert!(is_refused(&answer, "too-long"), "{answer:?}");
    assert!(bench.ask(set_up("property")).is_ok());
    bench.reopen();
    assert!(bench.desk.site().is_some());
}

#[test]
fn setting_up_twice_under_one_name_is_done_once_and_answered_alike() {
    let mut bench = Bench::empty();
    let mut envelope = bench.envelope(Request::Do(set_up("property")));
    envelope.operator = NOBODY;
    let Ok(Reply::Done { record: first, .. }) = bench.desk.ask(&envelope) else {
        panic!("not set up");
    };
    let Ok(Reply::Done { record: again, .. }) = bench.desk.ask(&envelope) else {
        panic!("not recognised");
    };
    assert_eq!(first, again);
    let other = bench.ask(set_up("property"));
    assert!(is_refused(&other, "set-up-already"), "{other:?}");
}

#[test]
fn an_import_of_long_rows_is_taken_back_in_parts() {
    let mut bench = Bench::of("property");
    let begin = Command::BeginImport {
        kind: Kind::Intake,
        file: "long.csv".into(),
    };
    let import = bench.change(begin).number();
    for row in 0..30 {
        let details = frontdesk::domain::intake::IntakeDetails {
            text: format!("{row} {}", "x".repeat(60_000)),
            ..call("")
        };
        let record = Box::new(Adopted::Intake { details, end: None });
        bench.change(Command::Adopt {
            import,
            record,
            existing: Existing::New,
            customer: String::new(),
        });
    }
    let mut parts = 0;
    loop {
        let at: At = bench.present(import);
        let record: Record = bench.change(Command::VoidImport { at });
        parts += 1;
        if record.meta().void {
            break;
        }
    }
    assert!(parts > 1);
    assert!(bench.searched("王芳").is_empty());
    bench.assert_clean();
}

#[test]
fn a_search_for_more_words_than_are_looked_up_says_so() {
    let mut bench = Bench::of("property");
    bench.intake(call("电梯停了"));
    let mut look = |words: usize| {
        let text = vec!["王芳"; words].join(" ");
        match bench.look(Query::Search { text, limit: 10 }) {
            Reply::Page(page) => (page.rows.len(), page.truncated),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(look(16), (1, false));
    assert_eq!(look(20_000), (1, true));
}
