//! Operators: posts, deputies, accounts, and that somebody always administers.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{Bench, at, card, seen};
use frontdesk::desk::contract::{Command, Failure, Query, Reply};
use frontdesk::domain::number::Number;
use frontdesk::domain::operator::{Deputy, Operator, OperatorDetails};
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;

#[test]
fn nothing_is_handed_over_to_one_who_left_to_a_program_or_by_one_who_may_not() {
    let mut bench = Bench::of("property");
    let admin = bench.operator;
    let leaver = bench.add_operator("leaver", &[Role::CustomerService]);
    let gone = bench.add_operator("gone", &[Role::CustomerService]);
    let command = bench.leaving(&gone);
    bench.change(command);
    let from = leaver.meta.number;
    for to in [from, gone.meta.number] {
        let problems = bench.refused(Command::HandOver { from, to });
        assert_eq!(problems[0].key, "not-a-successor");
    }
    bench.operator = from;
    let problems = bench.refused(Command::HandOver { from, to: admin });
    assert_eq!(problems[0].key, "role-may-not");
}

#[test]
fn somebody_always_administers() {
    let mut bench = Bench::of("property");
    let Record::Operator(admin) = bench.get(bench.operator).record else {
        panic!("no operator");
    };
    let without = |at, active| Command::ChangeOperator {
        at,
        details: OperatorDetails {
            roles: vec![Role::Reception],
            ..admin.details()
        },
        active,
    };
    for active in [true, false] {
        let problems = bench.refused(without(seen(&admin.clone().into()), active));
        assert_eq!(problems[0].key, "last-administrator");
    }
    let program = Command::ChangeOperator {
        at: seen(&admin.clone().into()),
        details: OperatorDetails {
            service: true,
            ..admin.details()
        },
        active: true,
    };
    assert_eq!(bench.refused(program)[0].key, "last-administrator");
    bench.add_operator("second", &[Role::Administrator]);
    bench.change(without(seen(&admin.clone().into()), true));
}

#[test]
fn a_deputy_has_the_posts_for_those_days_and_lends_them_to_nobody() {
    let mut bench = Bench::of("property");
    let boss = bench.add_operator("boss", &[Role::CustomerServiceManager]);
    let deputy = bench.add_operator("deputy", &[Role::Reception]);
    let third = bench.add_operator("third", &[Role::Reception]);
    let day = |text| Day::parse(text).unwrap();
    let stands_in = |operator: &Operator| Deputy {
        operator: operator.meta.number,
        from: day("2024-06-10"),
        to: day("2024-06-11"),
    };
    let customer = bench.customer(card("王芳", "15400123456")).meta.number;
    let mark = |bench: &mut Bench| Command::MarkCustomer {
        at: bench.present(customer),
        mark: frontdesk::domain::customer::Mark::Key,
        set: true,
    };
    // Operators name their own deputies, and no others'.
    bench.operator = boss.meta.number;
    let deputies = vec![stands_in(&deputy)];
    bench.change(Command::SetDeputies {
        at: seen(&boss.clone().into()),
        deputies,
    });
    let at_deputy = seen(&deputy.clone().into());
    let deputies = vec![stands_in(&third)];
    let others = Command::SetDeputies {
        at: at_deputy,
        deputies: deputies.clone(),
    };
    assert_eq!(bench.refused(others.clone())[0].key, "role-may-not");
    bench.operator = deputy.meta.number;
    bench.change(others);

    let mut on = |time: &str, operator: &Operator| {
        bench.clock.set(at(time));
        bench.operator = operator.meta.number;
        let command = mark(&mut bench);
        match bench.ask(command) {
            Err(Failure::Refused(refusal)) => Some(refusal.problems[0].key.clone()),
            _ => None,
        }
    };
    let refused = Some("role-may-not".to_owned());
    assert_eq!(on("2024-06-09 23:59", &deputy), refused);
    assert_eq!(
        on("2024-06-10 00:00", &third),
        refused,
        "chains do not chain"
    );
    assert_eq!(on("2024-06-11 23:59", &deputy), None);
    assert_eq!(on("2024-06-12 00:00", &deputy), refused);
    // The greeting says the same.
    let mut roles = |time: &str| {
        bench.clock.set(at(time));
        bench.operator = deputy.meta.number;
        match bench.look(Query::Hello) {
            Reply::Hello {
                operator: Some(operator),
                ..
            } => operator.roles,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(roles("2024-06-12 08:00"), [Role::Reception]);
}

#[test]
fn a_deputy_is_another_person_who_works_here() {
    let mut bench = Bench::of("property");
    let boss = bench.add_operator("boss", &[Role::CustomerServiceManager]);
    let gone = bench.add_operator("gone", &[Role::Reception]);
    let command = bench.leaving(&gone);
    bench.change(command);
    let day = |text| Day::parse(text).unwrap();
    let named = |operator, from, to| Deputy {
        operator,
        from: day(from),
        to: day(to),
    };
    let me = boss.meta.number;
    let nobody = Number { seq: 99, ..me };
    for (deputy, key) in [
        (named(me, "2024-06-10", "2024-06-11"), "not-a-deputy"),
        (
            named(gone.meta.number, "2024-06-10", "2024-06-11"),
            "not-a-deputy",
        ),
        (named(nobody, "2024-06-10", "2024-06-11"), "not-a-deputy"),
        (
            named(bench.operator, "2024-06-11", "2024-06-10"),
            "to-before-from",
        ),
    ] {
        let command = Command::SetDeputies {
            at: seen(&boss.clone().into()),
            deputies: vec![deputy],
        };
        let problems = bench.refused(command);
        assert_eq!(problems[0].key, key);
    }
}

#[test]
fn an_account_is_one_operators() {
    let mut bench = Bench::of("property");
    let bound = |login: &str| OperatorDetails {
        login: login.into(),
        name: login.into(),
        roles: vec![Role::Reception],
        account: Some(1001),
        ..OperatorDetails::default()
    };
    let Record::Operator(first) = bench.change(Command::AddOperator {
        details: bound("li"),
    }) else {
        panic!("no operator");
    };
    let second = Command::AddOperator {
        details: bound("wu"),
    };
    assert_eq!(bench.refused(second.clone())[0].key, "account-taken");
    // The same operator may be saved again, and who left is in nobody's way.
    let at = bench.present(first.meta.number);
    let details = first.details();
    bench.change(Command::ChangeOperator {
        at,
        details,
        active: true,
    });
    let command = bench.leaving(&first);
    bench.change(command);
    bench.change(second);
}

#[test]
fn the_administrators_post_is_never_lent() {
    let mut bench = Bench::of("property");
    let deputy = bench.add_operator("deputy", &[Role::Reception]);
    let me = bench.operator;
    let day = |text| Day::parse(text).unwrap();
    let deputies = vec![Deputy {
        operator: deputy.meta.number,
        from: day("2024-06-06"),
        to: day("2024-06-11"),
    }];
    let at = bench.present(me);
    bench.change(Command::SetDeputies { at, deputies });
    bench.operator = deputy.meta.number;
    let roles = match bench.look(Query::Hello) {
        Reply::Hello {
            operator: Some(operator),
            ..
        } => operator.roles,
        other => panic!("{other:?}"),
    };
    assert!(roles.contains(&Role::CustomerService), "{roles:?}");
    assert!(!roles.contains(&Role::Administrator), "{roles:?}");
}
