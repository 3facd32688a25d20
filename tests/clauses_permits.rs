//! Permits: nobody reads another's form, exports or copies without one where the site asks for it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::looks::{full, log, refused};
use common::{Bench, seen, visited};
use frontdesk::desk::contract::{Command, LooksQuery, Query, Reply};
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::permit::{PermitDetails, PermitKind};
use frontdesk::domain::registration::{Business, RegistrationDetails, RegistrationSource};
use frontdesk::domain::role::Role;

fn permit(bench: &Bench, what: PermitKind, operator: Option<Number>) -> PermitDetails {
    let today = bench.desk.now().day(480);
    PermitDetails {
        what,
        operator,
        from: today,
        to: today.plus(7),
        place: String::new(),
        reason: "核对".into(),
    }
}

/// A leasing site with a customer whom a leasing manager registered: the general manager, the keeper of the
/// forms, and the row of the registration form.
fn leasing() -> (Bench, Number, Number, Number) {
    let mut bench = Bench::of("leasing");
    let administrator = bench.operator;
    let boss = bench.work_as(Role::GeneralManager);
    bench.operator = administrator;
    let owner = bench.work_as(Role::LeasingManager);
    bench.customer(CustomerDetails {
        owner: Some(owner),
        ..visited("王芳", "13800138000")
    });
    let details = RegistrationDetails {
        business: Some(Business::Lease),
        name: "王芳".into(),
        phone: "13800138000".into(),
        source: Some(RegistrationSource::SelfDeveloped),
        ..RegistrationDetails::default()
    };
    let row = bench.change(Command::Register { details });
    bench.operator = administrator;
    let keeper = bench.work_as(Role::GeneralServices);
    (bench, boss, keeper, row.number())
}

/// Reading another's form, an export and a backup, each in the way it is asked for.
fn closed(form: Number) -> [(PermitKind, Query); 6] {
    let place = "/backup/2024-06-06".to_owned();
    [
        (PermitKind::Read, Query::Get(form)),
        (PermitKind::Read, Query::Reveal(form)),
        (PermitKind::Read, Query::History(form)),
        (PermitKind::Export, full(Kind::Registration)),
        (PermitKind::Export, full(Kind::Customer)),
        (PermitKind::Backup, Query::Backup { place }),
    ]
}

/// The clause is printed twice, word for word.
fn nobody_reads_or_copies_the_forms_without_a_permit() {
    let (mut bench, boss, keeper, form) = leasing();
    for (_, query) in closed(form) {
        let problem = refused(&mut bench, query.clone());
        assert_eq!(problem.key, "permit-needed", "{query:?}");
        assert_eq!(problem.clause.as_deref(), Some("A12-3.1.7b"));
        assert_eq!(problem.args["roles"], "general-manager");
    }
    // The keeper cannot permit it; the general manager can, and needs no permit.
    let details = permit(&bench, PermitKind::Read, Some(keeper));
    let problems = bench.refused(Command::GrantPermit { details });
    assert_eq!(problems[0].clause.as_deref(), Some("A12-3.1.7b"));
    // The forms are no list of the general manager's own.
    bench.operator = boss;
    let backup = |it: &&(PermitKind, Query)| it.0 == PermitKind::Backup;
    for (_, query) in closed(form).iter().filter(backup) {
        bench.look(query.clone());
    }
    for (what, query) in closed(form) {
        bench.operator = boss;
        let details = permit(&bench, what, Some(keeper));
        let granted = bench.change(Command::GrantPermit { details });
        bench.operator = keeper;
        bench.clock.advance_seconds(60);
        bench.look(query.clone());
        let looks = log(&mut bench, boss, LooksQuery::default());
        assert_eq!(looks[0].operator, keeper);
        assert_eq!(looks[0].permit, Some(granted.number()), "{query:?}");
        bench.operator = boss;
        bench.change(Command::RevokePermit { at: seen(&granted) });
        bench.operator = keeper;
        assert_eq!(refused(&mut bench, query).key, "permit-needed");
    }
    bench.reopen();
    bench.assert_clean();
}

#[test]
fn a12_3_1_7b_without_the_general_manager_s_permit_nobody_reads_or_copies_a_form() {
    nobody_reads_or_copies_the_forms_without_a_permit();
}

#[test]
fn a15_3_1_7b_is_a12_3_1_7b_printed_again() {
    nobody_reads_or_copies_the_forms_without_a_permit();
}

#[test]
fn a_standing_permit_is_good_for_its_days_and_its_place() {
    let (mut bench, boss, keeper, _) = leasing();
    bench.operator = boss;
    let details = PermitDetails {
        place: "/backup".into(),
        ..permit(&bench, PermitKind::Backup, None)
    };
    bench.change(Command::GrantPermit { details });
    bench.operator = keeper;
    let backup = |place: &str| Query::Backup {
        place: place.into(),
    };
    let head = bench.desk.head().seq;
    match bench.look(backup("/backup/desk.copy")) {
        Reply::Head { seq, permit, .. } => {
            // The copy holds the look that says that it was made.
            assert_eq!(seq, head + 1);
            assert!(permit.is_some());
        }
        other => panic!("{other:?}"),
    }
    for elsewhere in ["/backup2", "/tmp/desk", "/backup/../tmp/desk", "backup"] {
        let problem = refused(&mut bench, backup(elsewhere));
        assert_eq!(problem.key, "permit-needed", "{elsewhere}");
    }
    bench.clock.advance_seconds(8 * 86_400);
    let problem = refused(&mut bench, backup("/backup/desk.copy"));
    assert_eq!(problem.key, "permit-needed");
    // One's own form needs none, nor one that nobody looks after.
    bench.operator = boss;
    let bad = PermitDetails {
        place: "/backup".into(),
        ..permit(&bench, PermitKind::Read, Some(keeper))
    };
    assert_eq!(
        bench.lacking(Command::GrantPermit { details: bad }),
        ["place"]
    );
}
