//! Access and confidentiality: who may look at what, what is masked, what is written down.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::looks::{asked, full, log, refused};
use common::{Bench, borrowed, call, card, folder, general, list, seen, visited};
use frontdesk::desk::contract::{
    At, Command, Door, Failure, Filter, ListQuery, LookRow, LooksQuery, Query, Reply, Request, Row,
    Sort, TabCount,
};
use frontdesk::domain::archive::{FileDetails, Grade};
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::look::LookKind;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::profile::Tab;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;

fn kinds(looks: &[LookRow]) -> Vec<LookKind> {
    looks.iter().map(|look| look.what).collect()
}

fn rows(reply: Reply) -> Vec<Row> {
    match reply {
        Reply::Page(page) => page.rows.into_iter().map(|(_, row)| row).collect(),
        other => panic!("{other:?}"),
    }
}

fn search(text: &str) -> Query {
    Query::Search {
        text: text.into(),
        limit: 10,
    }
}

fn phone(record: &Record) -> &str {
    match record {
        Record::Customer(customer) => &customer.details.phones[0].digits,
        Record::Intake(intake) => &intake.details.phone,
        Record::File(file) => &file.details.phone,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a11_02_without_a_post_for_customer_information_no_customer_record_can_be_opened() {
    let mut bench = Bench::of("call-centre");
    let customer = bench.customer(general("王芳", "13800138000")).meta.number;
    let intake = bench.intake(call("电梯停了")).meta.number;
    bench.work_as(Role::UnitHead);
    for query in [
        Query::Get(customer),
        Query::Get(intake),
        Query::Reveal(customer),
        Query::Preview(customer),
        Query::History(intake),
        Query::Remarks(customer),
        Query::Contacts {
            customer,
            limit: 10,
        },
        Query::Caller {
            digits: "13800138000".into(),
        },
        Query::List(list(Kind::Intake, Filter::All, Sort::Newest)),
        search("王芳"),
        full(Kind::Customer),
    ] {
        let problem = refused(&mut bench, query.clone());
        assert_eq!(problem.clause.as_deref(), Some("A11-02"), "{query:?}");
        assert!(problem.args["roles"].contains("call-agent"), "{query:?}");
    }
    // They are told what waits for their own yes, and of that nothing is of a customer.
    let mine = TabCount {
        tab: Tab::Approvals,
        open: 0,
        late: 0,
    };
    assert_eq!(bench.look(Query::Counts), Reply::Counts(vec![mine]));
}

#[test]
fn a11_17_a_file_is_refused_by_search_list_link_and_export_and_the_attempts_are_logged() {
    let mut bench = Bench::of("call-centre");
    let first = bench.operator;
    let file = bench.file(FileDetails {
        class: "general-customer".into(),
        person: "王芳".into(),
        ..folder("产权证")
    });
    let number = file.meta.number;
    let agent = bench.work_as(Role::CallAgent);
    for query in [
        Query::List(list(Kind::File, Filter::All, Sort::Newest)),
        Query::Get(number),
        Query::History(number),
        full(Kind::File),
    ] {
        let problem = refused(&mut bench, query.clone());
        assert_eq!(problem.clause.as_deref(), Some("A11-17"), "{query:?}");
        assert!(problem.args["roles"].contains("information-specialist"));
    }
    // A search shows what may be seen, and nothing of the file; who may see nothing is refused.
    assert!(rows(bench.look(search("产权证"))).is_empty());
    bench.operator = first;
    let outsider = bench.work_as(Role::UnitHead);
    assert_eq!(refused(&mut bench, search("产权证")).key, "role-may-not");

    let query = LooksQuery {
        refused: true,
        ..LooksQuery::default()
    };
    let looks = log(&mut bench, first, query);
    let seen: Vec<_> = looks
        .iter()
        .map(|look| (look.operator, look.what, look.about))
        .collect();
    assert_eq!(seen.len(), 4);
    for attempt in [
        (agent, LookKind::Search, None),
        (agent, LookKind::Open, Some(number)),
        (agent, LookKind::Export, None),
        (outsider, LookKind::Search, None),
    ] {
        assert!(seen.contains(&attempt), "{attempt:?} is not in {seen:?}");
    }
    assert!(
        looks
            .iter()
            .all(|look| look.refused && !look.detail.contains("产权证"))
    );
    bench.assert_clean();
}

#[test]
fn a_search_over_all_kinds_shows_those_that_may_be_seen() {
    let mut bench = Bench::of("property");
    bench.customer(card("王芳", "13800138000"));
    bench.file(FileDetails {
        person: "王芳".into(),
        ..folder("产权证")
    });
    assert_eq!(bench.searched("王芳").len(), 2);
    bench.work_as(Role::Reception);
    let found = bench.searched("王芳");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, Kind::Customer);
}

#[test]
fn lists_and_searches_are_masked_and_opening_shows_all() {
    let mut bench = Bench::of("property");
    let customer = bench.customer(CustomerDetails {
        address: "桂花苑路88号3栋1201室".into(),
        note: "备用13900139000".into(),
        ..card("王芳", "13800138000")
    });
    let number = customer.meta.number;
    let intake = bench.intake(call("请回电13800138000")).meta.number;
    let mut shown = rows(bench.look(Query::List(list(
        Kind::Customer,
        Filter::Current,
        Sort::Newest,
    ))));
    shown.extend(rows(bench.look(search("8000"))));
    let Reply::Record(Some(preview)) = bench.look(Query::Preview(number)) else {
        panic!("no preview");
    };
    shown.push(*preview);
    for row in shown {
        assert!(row.masked);
        let Record::Customer(customer) = row.record else {
            continue;
        };
        assert_eq!(customer.details.name, "王芳");
        assert_eq!(customer.details.phones[0].digits, "138****8000");
        assert_eq!(customer.details.address, "桂花苑路88***");
        assert_eq!(customer.details.note, "备用139****9000");
    }
    let opened = bench.get(number);
    assert!(!opened.masked);
    assert_eq!(opened.record, customer.into());
    assert_eq!(phone(&bench.get(intake).record), "15400001234");
}

#[test]
fn who_may_neither_reveal_nor_change_a_record_opens_it_masked() {
    let mut bench = Bench::of("property");
    let customer = bench.customer(card("王芳", "13800138000"));
    let number = customer.meta.number;
    bench.change(Command::ConfirmCard {
        at: seen(&customer.into()),
    });
    let first = bench.operator;
    bench.work_as(Role::Leader);
    let opened = bench.get(number);
    assert!(opened.masked);
    assert_eq!(phone(&opened.record), "138****8000");
    let history = bench.history(number);
    assert_eq!(history.len(), 2);
    assert!(!format!("{history:?}").contains("13800138000"));
    let problem = refused(&mut bench, Query::Reveal(number));
    assert_eq!(problem.args["permission"], "contact.reveal");
    // Nor does a change that is refused show more.
    let details = card("王芳", "13900139000");
    let at = frontdesk::desk::contract::At { number, version: 1 };
    match bench.ask(Command::ChangeCustomer { at, details }) {
        Err(Failure::Stale { present }) => assert_eq!(phone(&present), "138****8000"),
        other => panic!("{other:?}"),
    }
    bench.operator = first;
    // Whoever may change it gets it in full, or a change would lose what was masked.
    bench.work_as(Role::CustomerService);
    assert_eq!(phone(&bench.get(number).record), "13800138000");
}

#[test]
fn a_caller_s_own_number_is_known_and_the_rest_is_masked() {
    let mut bench = Bench::of("property");
    let mut details = card("王芳", "13800138000");
    details
        .phones
        .push(card("", "13900139000").phones.remove(0));
    bench.customer(details);
    let digits = |reply: Reply| match reply {
        Reply::Caller(card) => {
            let phones = card.customers[0].details.phones.iter();
            phones.map(|phone| phone.digits.clone()).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let caller = |digits: &str| Query::Caller {
        digits: digits.into(),
    };
    let whole = digits(bench.look(caller("13800138000")));
    assert_eq!(whole, ["13800138000", "139****9000"]);
    let part = digits(bench.look(caller("138001")));
    assert_eq!(part, ["138****8000", "139****9000"]);
}

#[test]
fn every_look_at_a_customer_is_in_the_log_and_no_preview_is() {
    let mut bench = Bench::of("property");
    let first = bench.operator;
    let customer = bench.customer(card("王芳", "13800138000")).meta.number;
    let clerk = bench.work_as(Role::Reception);
    bench.look(Query::Preview(customer));
    bench.look(Query::List(list(Kind::Customer, Filter::All, Sort::Newest)));
    bench.look(search("王芳"));
    bench.clock.advance_seconds(5);
    bench.look(Query::Get(customer));
    bench.clock.advance_seconds(5);
    bench.look(Query::Reveal(customer));
    bench.clock.advance_seconds(5);
    // Typed key by key, and only the last counts.
    for end in 7..=11 {
        bench.look(search(&"13800138000"[..end]));
    }
    let looks = log(&mut bench, first, LooksQuery::default());
    assert_eq!(
        kinds(&looks),
        [LookKind::Search, LookKind::Reveal, LookKind::Open]
    );
    assert!(
        looks
            .iter()
            .all(|look| look.operator == clerk && !look.refused)
    );
    assert_eq!(looks[0].detail, "138****8000");
    assert_eq!(looks[2].about, Some(customer));
    // They are in the journal, and found by the record and by the operator.
    bench.desk.checkpoint().unwrap();
    bench.reopen();
    let about = LooksQuery {
        about: Some(customer),
        ..LooksQuery::default()
    };
    assert_eq!(log(&mut bench, first, about).len(), 2);
    // The clerk sees the own ones and nobody else's.
    let own = LooksQuery {
        operator: Some(clerk),
        ..LooksQuery::default()
    };
    assert_eq!(log(&mut bench, clerk, own).len(), 3);
    bench.operator = clerk;
    let problem = refused(&mut bench, Query::Looks(LooksQuery::default()));
    assert_eq!(problem.args["permission"], "looks.see");
    bench.assert_clean();
}

#[test]
fn looks_ride_with_the_next_frame_and_wait_for_nobody() {
    let mut bench = Bench::of("property");
    let customer = bench.customer(card("王芳", "13800138000")).meta.number;
    let head = bench.desk.head().seq;
    bench.look(Query::Get(customer));
    assert_eq!(bench.desk.head().seq, head);
    bench.intake(call("电梯停了"));
    assert_eq!(bench.desk.head().seq, head + 1);
    bench.desk.flush_looks().unwrap();
    assert_eq!(bench.desk.head().seq, head + 1);
    bench.look(Query::Get(customer));
    bench.desk.flush_looks().unwrap();
    assert_eq!(bench.desk.head().seq, head + 2);
    bench.reopen();
    let by = bench.operator;
    assert_eq!(log(&mut bench, by, LooksQuery::default()).len(), 2);
    bench.assert_clean();
}

#[test]
fn graded_files_and_exports_are_written_down_before_they_are_shown() {
    let mut bench = Bench::of("property");
    let secret = bench.file(folder("产权证"));
    let loan = bench.lent(secret.meta.number, borrowed("王芳")).meta.number;
    // Graded while it is out: without a request it would not be lent then.
    let at = bench.present(secret.meta.number);
    let details = FileDetails {
        grade: Grade::Secret,
        keeper: Some(bench.operator),
        ..folder("产权证")
    };
    bench.change(Command::ChangeFile { at, details });
    for query in [
        Query::Get(secret.meta.number),
        Query::Reveal(loan),
        full(Kind::File),
    ] {
        bench.desk.flush_looks().unwrap();
        let head = bench.desk.head().seq;
        bench.look(query.clone());
        assert_eq!(bench.desk.head().seq, head + 1, "{query:?}");
        bench.disk.set_free(Some(0));
        bench.clock.advance_seconds(60);
        let answer = asked(&mut bench, query);
        assert!(matches!(answer, Err(Failure::Fault { .. })), "{answer:?}");
        bench.disk.set_free(None);
    }
}

#[test]
fn an_export_is_one_look_however_many_pages_it_has() {
    let mut bench = Bench::of("property");
    for text in ["甲", "乙", "丙"] {
        bench.intake(call(text));
    }
    let mut query = ListQuery {
        full: true,
        limit: 1,
        ..list(Kind::Intake, Filter::Open, Sort::Newest)
    };
    for _ in 0..3 {
        let page = bench.page(query.clone());
        assert!(!page.rows[0].1.masked);
        query.after = page.rows.last().map(|(cursor, _)| cursor.clone());
    }
    let by = bench.operator;
    let looks = log(&mut bench, by, LooksQuery::default());
    assert_eq!(kinds(&looks), [LookKind::Export]);
    assert_eq!(looks[0].detail, "intake open");
    // Another search exported from somewhere in the middle is another export, and names nobody.
    query.find = "王芳".into();
    bench.page(query);
    let looks = log(&mut bench, by, LooksQuery::default());
    assert_eq!(looks.len(), 2);
    assert_eq!(looks[0].detail, "intake open **");
    bench.work_as(Role::Reception);
    let problem = refused(&mut bench, full(Kind::Intake));
    assert_eq!(problem.args["permission"], "export");
}

#[test]
fn a01_05_a_remark_stands_beside_the_record_and_leaves_it_as_it_is() {
    let mut bench = Bench::of("property");
    let intake = bench.intake(call("电梯停了"));
    let number = intake.meta.number;
    let manager = bench.work_as(Role::CustomerServiceManager);
    bench.clock.advance_seconds(60);
    let about = number;
    let text = "已催工程部".to_owned();
    bench.change(Command::AddRemark { about, text });
    let opened = bench.get(number);
    assert_eq!(opened.record, Record::Intake(intake.clone()));
    assert_eq!(opened.record.meta().created_by, intake.meta.created_by);
    let Reply::Remarks(remarks) = bench.look(Query::Remarks(number)) else {
        panic!("no remarks");
    };
    assert_eq!(remarks.len(), 1);
    assert_eq!(remarks[0].text, "已催工程部");
    assert_eq!(remarks[0].meta.created_by, manager);
    assert!(remarks[0].meta.created_at > intake.meta.created_at);
    let text = "  ".to_owned();
    let problems = bench.refused(Command::AddRemark { about, text });
    assert_eq!(problems[0].clause.as_deref(), Some("A01-05"));
    // Who may not see the record adds nothing to it.
    let file = {
        bench.operator = intake.meta.created_by;
        bench.file(folder("产权证")).meta.number
    };
    bench.work_as(Role::Reception);
    let remark = Command::AddRemark {
        about: file,
        text: "x".into(),
    };
    assert_eq!(bench.refused(remark)[0].key, "role-may-not");
    bench.reopen();
    bench.assert_clean();
}

/// The attempt to change a record from an older version, or as another kind of record.
fn guesses(number: Number) -> [Command; 2] {
    let at = At { number, version: 0 };
    [
        Command::ChangeFile {
            at,
            details: folder("x"),
        },
        Command::ChangeIntake {
            at,
            details: call("x"),
        },
    ]
}

#[test]
fn a_version_that_was_guessed_shows_no_record_that_is_closed() {
    let mut bench = Bench::of("property");
    let file = bench.file(folder("产权证")).meta.number;
    let customer = bench.customer(card("王芳", "13800138000")).meta.number;
    bench.work_as(Role::Reception);
    for number in [file, customer] {
        for guess in guesses(number) {
            let answer = bench.ask(guess);
            assert!(!format!("{answer:?}").contains("Stale"), "{answer:?}");
        }
    }
}

#[test]
fn a_record_shown_because_it_changed_meanwhile_is_a_look() {
    let mut bench = Bench::of("property");
    let intake = bench.intake(call("电梯停了")).meta.number;
    let by = bench.operator;
    let at = At {
        number: intake,
        version: 0,
    };
    let details = call("x");
    let answer = bench.ask(Command::ChangeIntake { at, details });
    assert!(matches!(answer, Err(Failure::Stale { .. })), "{answer:?}");
    let looks = log(&mut bench, by, LooksQuery::default());
    assert_eq!(kinds(&looks), [LookKind::Open]);
    assert_eq!(looks[0].about, Some(intake));
}

#[test]
fn a_request_that_was_done_shows_its_record_to_nobody_who_may_not_see_it() {
    let mut bench = Bench::of("property");
    let mut envelope = bench.envelope(Request::Do(Command::CreateFile {
        details: folder("产权证"),
    }));
    let done = bench.desk.ask(&envelope);
    let Ok(Reply::Done { record, .. }) = done else {
        panic!("{done:?}");
    };
    envelope.operator = bench.work_as(Role::Reception);
    let again = bench.desk.ask(&envelope);
    assert_eq!(again, Err(Failure::Missing(record.number())));
    // Setting the store up asks for nobody's name.
    envelope.request = Request::Do(common::set_up("property"));
    assert!(matches!(
        bench.desk.ask(&envelope),
        Err(Failure::Refused(_))
    ));
}

#[test]
fn customers_handed_over_are_masked_for_one_who_may_not_see_them_in_full() {
    let mut bench = Bench::of("leasing");
    let administrator = bench.operator;
    let from = bench.work_as(Role::LeasingManager);
    bench.customer(CustomerDetails {
        owner: Some(from),
        ..visited("王芳", "13800138000")
    });
    bench.operator = administrator;
    let to = bench
        .add_operator("li", &[Role::LeasingManager])
        .meta
        .number;
    bench.work_as(Role::Administrator);
    let handed = bench.ask(Command::HandOver { from, to });
    let Ok(Reply::Done { also, .. }) = handed else {
        panic!("{handed:?}");
    };
    assert_eq!(phone(&also[0]), "138****8000");
}

#[test]
fn a_remark_is_opened_like_the_record_it_is_made_on() {
    let mut bench = Bench::of("property");
    let intake = bench.intake(call("电梯停了")).meta.number;
    let text = "请回电13800138000".to_owned();
    let remark = bench.change(Command::AddRemark {
        about: intake,
        text,
    });
    let first = bench.operator;
    bench.work_as(Role::Leader);
    for query in [Query::Get(remark.number()), Query::History(remark.number())] {
        let shown = format!("{:?}", bench.look(query));
        assert!(!shown.contains("13800138000"), "{shown}");
    }
    let looks = log(&mut bench, first, LooksQuery::default());
    assert_eq!(kinds(&looks), [LookKind::Open]);
    assert_eq!(looks[0].about, Some(intake));
}

#[test]
fn a_caller_written_like_a_record_is_a_search_in_the_log() {
    let mut bench = Bench::of("property");
    let by = bench.operator;
    bench.look(Query::Caller {
        digits: "1990-1234567".into(),
    });
    let looks = log(&mut bench, by, LooksQuery::default());
    assert_eq!(kinds(&looks), [LookKind::Search]);
}
