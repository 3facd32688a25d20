//! The clauses on reading, lending, copying, carrying and giving outside, each checked as its register
//! asks (SM5).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test fails by panicking, and writes what is asked where it asks"
)]

mod common;

use common::looks::{full, refused};
use common::staff::Staff;
use frontdesk::desk::contract::{Filter, ListQuery, LooksQuery, Query, Reply, Sort};
use frontdesk::domain::access::{Access, AccessState as State};
use frontdesk::domain::loan::Loan;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role::{
    self, Borrower, CustomerService, CustomerServiceManager, DesignatedKeeper,
    InformationSpecialist, InformationSupervisor, Reception, UnitHead,
};
use serde_json::{Value, json};

fn made(staff: &mut Staff, title: &str, more: Value) -> Number {
    let keeper = staff.posts.get(&DesignatedKeeper).copied();
    let class = staff.profile.archive.classes[0].id.clone();
    let mut details = json!({
        "title": title, "class": class, "person": "王芳", "place": "A-1-1", "pieces": 4,
        "keeper": keeper, "phone": "13800138000",
    });
    for (name, value) in more.as_object().unwrap() {
        details[name] = value.clone();
    }
    let by = if staff.posts.contains_key(&InformationSpecialist) {
        InformationSpecialist
    } else {
        Role::ArchiveAdministrator
    };
    staff
        .does(by, "create-file", json!({ "details": details }))
        .number()
}

fn wish(purpose: &str, file: Number) -> Value {
    json!({
        "purpose": purpose, "file": file, "object": "合同正本", "aim": "核对条款",
        "reason": "客户要求对账", "reader": "借阅人甲", "unit": "市场部", "copies": 1,
    })
}

fn asked(staff: &mut Staff, role: Role, details: &Value) -> Number {
    staff
        .does(role, "request-access", json!({ "details": details }))
        .number()
}

fn refusal(staff: &mut Staff, role: Role, details: &Value) -> Vec<String> {
    staff.may_not(role, "request-access", json!({ "details": details }))
}

fn access(staff: &mut Staff, number: Number) -> Access {
    match staff.seen(number) {
        Record::Access(access) => access,
        other => panic!("{other:?}"),
    }
}

fn loan(staff: &mut Staff, number: Number) -> Loan {
    match staff.seen(number) {
        Record::Loan(loan) => loan,
        other => panic!("{other:?}"),
    }
}

fn yes() -> Value {
    json!({ "sufficient": true, "complete": true })
}

fn endorsed(staff: &mut Staff, number: Number) {
    let stamp = json!({ "stamped": true, "head": "市场部钱经理" });
    staff.steps(Borrower, number, "endorse", stamp);
}

/// A loan request that was endorsed and approved.
fn granted(staff: &mut Staff, file: Number) -> Number {
    let number = asked(staff, Borrower, &wish("borrow", file));
    endorsed(staff, number);
    staff.steps(InformationSpecialist, number, "approve-access", yes());
    number
}

/// A file lent on a request.
fn lent(staff: &mut Staff, file: Number) -> Number {
    let number = granted(staff, file);
    staff.steps(Borrower, number, "sign-register", json!({}));
    let at = staff.at(number);
    staff
        .does(InformationSpecialist, "lend", json!({ "at": at }))
        .number()
}

#[test]
fn a11_18_1_a_request_states_object_purpose_reason_and_reader() {
    let mut staff = Staff::of("call-centre");
    let file = made(&mut staff, "客户合同", json!({}));
    for field in ["object", "aim", "reason", "reader", "unit"] {
        let mut details = wish("read", file);
        details[field] = json!(" ");
        assert_eq!(
            refusal(&mut staff, Borrower, &details),
            [format!("A11-18.1 {field}")]
        );
    }
    // For who may know what it is, the object is the file where nothing narrower is named.
    let mut details = wish("read", file);
    details["object"] = json!("");
    let number = asked(&mut staff, CustomerService, &details);
    assert_eq!(access(&mut staff, number).details.object, "客户合同");
    let secret = made(
        &mut staff,
        "授信审批",
        json!({ "grade": "secret", "place": "B-1" }),
    );
    details["file"] = json!(secret);
    let why = refusal(&mut staff, CustomerService, &details);
    assert_eq!(why, ["A11-18.1 object"]);
}

#[test]
fn a11_19_2_a_loan_request_states_the_same() {
    let mut staff = Staff::of("call-centre");
    let file = made(&mut staff, "客户合同", json!({}));
    for field in ["object", "aim", "reason", "reader", "unit"] {
        let mut details = wish("borrow", file);
        details[field] = json!("");
        assert_eq!(
            refusal(&mut staff, Borrower, &details),
            [format!("A11-19.2 {field}")]
        );
    }
}

/// A request without the stamp and the head's name is not approved.
fn endorsed_first(purpose: &str, approver: Role) {
    let mut staff = Staff::of("call-centre");
    let file = made(&mut staff, "客户合同", json!({}));
    let number = asked(&mut staff, Borrower, &wish(purpose, file));
    let why = staff.stays(approver, number, "approve-access", yes());
    assert_eq!(why, ["A11-18.3 archive-step-not-yet"]);
    let no_head = json!({ "stamped": true, "head": "" });
    assert_eq!(
        staff.stays(Borrower, number, "endorse", no_head),
        ["A11-18.2 head"]
    );
    let no_stamp = json!({ "stamped": false, "head": "钱经理" });
    assert_eq!(
        staff.stays(Borrower, number, "endorse", no_stamp),
        ["A11-18.2 stamped"]
    );
    // The head's own signature is as good as both.
    staff.steps(UnitHead, number, "endorse", json!({}));
    let endorsed = access(&mut staff, number).endorsed.unwrap();
    assert_eq!(endorsed.by, staff.posts[&UnitHead]);
    staff.steps(approver, number, "approve-access", yes());
    assert_eq!(access(&mut staff, number).state, State::Granted);
}

#[test]
fn a11_18_2_the_unit_stamps_and_its_head_signs() {
    endorsed_first("read", CustomerService);
}

#[test]
fn a11_19_3_the_unit_stamps_and_signs_a_loan_request() {
    endorsed_first("borrow", InformationSpecialist);
}

#[test]
fn a11_18_3_approved_with_both_ticks_refused_with_a_reason_and_never_one_s_own() {
    let mut staff = Staff::of("call-centre");
    let file = made(&mut staff, "客户合同", json!({}));
    let number = asked(&mut staff, Borrower, &wish("read", file));
    endorsed(&mut staff, number);
    for (ticks, field) in [
        (json!({ "sufficient": true, "complete": false }), "complete"),
        (
            json!({ "sufficient": false, "complete": true }),
            "sufficient",
        ),
    ] {
        let why = staff.stays(CustomerService, number, "approve-access", ticks);
        assert_eq!(why, [format!("A11-18.3 {field}")]);
    }
    let why = staff.stays(
        CustomerService,
        number,
        "refuse-access",
        json!({ "reason": "" }),
    );
    assert_eq!(why, [" reason"]);
    let reason = json!({ "reason": "与业务无关" });
    staff.steps(CustomerService, number, "refuse-access", reason);
    assert_eq!(access(&mut staff, number).state, State::Refused);
    // Whoever asks does not approve it.
    let own = asked(&mut staff, CustomerService, &wish("read", file));
    staff.steps(UnitHead, own, "endorse", json!({}));
    let why = staff.stays(CustomerService, own, "approve-access", yes());
    assert_eq!(why, ["A11-18.3 own-request"]);
}

#[test]
fn a11_18_4a_an_outsider_shows_a_letter_or_a_work_card() {
    let mut staff = Staff::of("call-centre");
    let file = made(&mut staff, "客户合同", json!({}));
    let mut details = wish("read", file);
    details["outsider"] = json!(true);
    let why = refusal(&mut staff, CustomerService, &details);
    assert_eq!(why, ["A11-18.4a paper_kind", "A11-18.4a paper_no"]);
    details["paper"] = json!("letter");
    details["paper_no"] = json!("介字2024第18号");
    let number = asked(&mut staff, CustomerService, &details);
    assert_eq!(access(&mut staff, number).state, State::Registered);
    staff.steps(CustomerServiceManager, number, "approve-access", yes());
    assert_eq!(access(&mut staff, number).state, State::Granted);
}

#[test]
fn a11_18_4b_graded_files_are_read_only_with_the_manager_s_approval() {
    let mut staff = Staff::of("call-centre");
    let secret = made(&mut staff, "授信审批", json!({ "grade": "secret" }));
    let number = asked(&mut staff, Borrower, &wish("read", secret));
    endorsed(&mut staff, number);
    let why = staff.stays(CustomerService, number, "approve-access", yes());
    assert_eq!(why, ["A11-18.4b role-may-not"]);
    staff.steps(CustomerServiceManager, number, "approve-access", yes());
    assert_eq!(access(&mut staff, number).state, State::Granted);
    staff.is(Borrower);
    assert!(matches!(
        staff.bench.look(Query::Get(secret)),
        Reply::Record(Some(_))
    ));
}

#[test]
fn a11_19_4_the_information_specialist_approves_loans_and_never_an_own_one() {
    let mut staff = Staff::of("call-centre");
    let file = made(&mut staff, "客户合同", json!({}));
    let number = asked(&mut staff, Borrower, &wish("borrow", file));
    endorsed(&mut staff, number);
    let why = staff.stays(CustomerServiceManager, number, "approve-access", yes());
    assert_eq!(why, ["A11-19.4 role-may-not"]);
    let mut details = wish("borrow", file);
    details["reader"] = json!("information-specialist");
    let own = asked(&mut staff, Borrower, &details);
    endorsed(&mut staff, own);
    let why = staff.stays(InformationSpecialist, own, "approve-access", yes());
    assert_eq!(why, ["A11-18.3 own-request"]);
    // Nothing is lent past a request.
    let at = staff.at(file);
    let details = json!({ "borrower": "甲", "copies": 1, "reason": "对账" });
    let past = json!({ "file": at, "details": details });
    let why = staff.may_not(InformationSpecialist, "check-out", past);
    assert_eq!(why, ["A11-19.4 request-first"]);
}

#[test]
fn a11_19_5a_nothing_is_given_out_without_the_borrower_s_signature() {
    let mut staff = Staff::of("call-centre");
    let file = made(&mut staff, "客户合同", json!({}));
    let number = granted(&mut staff, file);
    let at = staff.at(number);
    let why = staff.may_not(InformationSpecialist, "lend", json!({ "at": at }));
    assert_eq!(why, ["A11-19.5a not-signed-for"]);
    // Nobody else signs in the borrower's place; the archive notes a signature on paper.
    let why = staff.stays(
        CustomerService,
        number,
        "sign-register",
        json!({ "on_paper": true }),
    );
    assert_eq!(why, ["A11-19.5a not-yours-to-sign"]);
    let paper = json!({ "on_paper": true });
    staff.steps(InformationSpecialist, number, "sign-register", paper);
    let at = staff.at(number);
    let out = staff
        .does(InformationSpecialist, "lend", json!({ "at": at }))
        .number();
    let row = loan(&mut staff, out);
    assert_eq!(row.details.borrower, "借阅人甲");
    assert_eq!(row.due.to_string(), "2024-06-09");
    // The row keeps the request, its approval and the signature as they were.
    assert_eq!(row.course.lent.request, Some(number));
    assert_eq!(
        row.course.lent.approvals[0].by,
        staff.posts[&InformationSpecialist]
    );
    assert!(row.course.lent.signed.is_some());
}

#[test]
fn a07_g6a_a_file_leaves_its_place_only_as_a_loan() {
    let mut staff = Staff::of("dealership");
    let file = made(
        &mut staff,
        "沪A12345 王芳",
        json!({ "plate": "沪A12345", "sort": "new-car", "keeper": null }),
    );
    let at = staff.at(file);
    let details = json!({ "borrower": "赵明", "copies": 4, "reason": "理赔" });
    let out = json!({ "file": at, "details": details });
    let lent = staff
        .does(Role::ArchiveAdministrator, "check-out", out)
        .number();
    let Record::File(now) = staff.seen(file) else {
        panic!()
    };
    assert_eq!(now.loan, Some(lent));
    // It is back only by its loan.
    let at = staff.at(file);
    let details = json!({ "borrower": "孙丽", "copies": 1, "reason": "理赔" });
    let again = json!({ "file": at, "details": details });
    let why = staff.may_not(Role::ArchiveAdministrator, "check-out", again);
    assert_eq!(why, ["A11-20 already-lent"]);
}

#[test]
fn a07_g6b_a_loan_of_four_pieces_stays_open_and_names_the_missing_one() {
    let mut staff = Staff::of("dealership");
    let file = made(
        &mut staff,
        "沪A12345 王芳",
        json!({ "plate": "沪A12345", "sort": "new-car", "keeper": null }),
    );
    let at = staff.at(file);
    let details = json!({ "borrower": "赵明", "copies": 4, "reason": "理赔" });
    let out = json!({ "file": at, "details": details });
    let administrator = Role::ArchiveAdministrator;
    let number = staff.does(administrator, "check-out", out).number();
    let at = staff.at(number);
    let some = json!({ "at": at, "pieces": 0, "note": "", "which": [1, 2, 4] });
    staff.does(administrator, "check-in", some);
    let row = loan(&mut staff, number);
    assert!(row.is_open());
    assert_eq!(row.missing(), [3]);
    let at = staff.at(number);
    let twice = json!({ "at": at, "pieces": 0, "note": "", "which": [4] });
    assert_eq!(
        staff.may_not(administrator, "check-in", twice),
        ["A07-g6b pieces"]
    );
    let at = staff.at(number);
    let last = json!({ "at": at, "pieces": 0, "note": "", "which": [3] });
    staff.does(administrator, "check-in", last);
    assert!(!loan(&mut staff, number).is_open());
}

#[test]
fn a07_f7_a_damaged_and_a_lost_piece_cost_twenty_each() {
    let mut staff = Staff::of("dealership");
    let file = made(
        &mut staff,
        "沪A12345 王芳",
        json!({ "plate": "沪A12345", "sort": "new-car", "keeper": null }),
    );
    let at = staff.at(file);
    let details = json!({ "borrower": "赵明", "copies": 4, "reason": "理赔" });
    let out = json!({ "file": at, "details": details });
    let administrator = Role::ArchiveAdministrator;
    let number = staff.does(administrator, "check-out", out).number();
    let back = |staff: &mut Staff, which: Value, state: &str, note: &str| {
        let at = staff.at(number);
        json!({ "at": at, "pieces": 0, "which": which, "state": state, "note": note })
    };
    let silent = back(&mut staff, json!([1]), "damaged", "");
    assert_eq!(
        staff.may_not(administrator, "check-in", silent),
        ["A07-f7 note"]
    );
    for (which, state, note) in [
        (json!([1]), "damaged", "封面撕毁"),
        (json!([2]), "lost", "出租车上遗失"),
        (json!([3, 4]), "back", ""),
    ] {
        let body = back(&mut staff, which, state, note);
        staff.does(administrator, "check-in", body);
    }
    let row = loan(&mut staff, number);
    assert!(!row.is_open());
    // The two wait for the customer director.
    staff.is(Role::CustomerDirector);
    assert_eq!(staff.bench.listed(Kind::Complaint, Filter::ForMe), [number]);
    let rules = staff.profile.archive.fines.clone();
    let fen: u64 = row
        .course
        .pieces
        .iter()
        .filter(|piece| piece.state != frontdesk::domain::loan::PieceState::Back)
        .map(|_| {
            let violation = frontdesk::domain::fine::Violation {
                on: row.due,
                person: String::new(),
                post: Borrower,
                items: vec![(frontdesk::domain::fine::Offence::Piece, 1)],
                again: None,
            };
            frontdesk::domain::fine::base(&violation, &rules)
        })
        .sum();
    assert_eq!(fen, 4000);
    for key in ["piece-1", "piece-2"] {
        let at = staff.at(number);
        let decision = json!({ "at": at, "key": key, "confirmed": true, "reason": "属实" });
        staff.does(Role::CustomerDirector, "decide-fine", decision);
    }
    staff.is(Role::CustomerDirector);
    assert_eq!(staff.bench.listed(Kind::Complaint, Filter::ForMe), []);
}

#[test]
fn a11_22a_a_grade_stands_in_the_index_and_only_the_manager_lowers_it() {
    let mut staff = Staff::of("call-centre");
    let secret = made(&mut staff, "授信审批", json!({ "grade": "secret" }));
    staff.is(InformationSpecialist);
    let graded = staff.bench.listed(Kind::File, Filter::Graded);
    assert_eq!(graded, [secret]);
    let page = staff
        .bench
        .page(common::list(Kind::File, Filter::Current, Sort::Newest));
    let Record::File(shown) = &page.rows[0].1.record else {
        panic!()
    };
    assert_eq!(shown.details.grade.id(), "secret");
    let lower = |staff: &mut Staff| {
        let at = staff.at(secret);
        let Record::File(file) = staff.seen(secret) else {
            panic!()
        };
        let mut details = serde_json::to_value(file.details).unwrap();
        details["grade"] = json!("none");
        json!({ "at": at, "details": details })
    };
    let body = lower(&mut staff);
    let keeper = staff.posts[&DesignatedKeeper];
    // The specialist may change files, but neither open this one nor lower its grade.
    let why = staff.may_not(InformationSpecialist, "change-file", body);
    assert_eq!(why, ["A11-22c graded-file"]);
    assert_ne!(keeper, staff.posts[&InformationSpecialist]);
    let specialist = staff.posts[&InformationSpecialist];
    let own = made(
        &mut staff,
        "另一份",
        json!({
            "grade": "secret", "keeper": specialist, "place": "A-1-2",
        }),
    );
    let at = staff.at(own);
    let Record::File(file) = staff.seen(own) else {
        panic!()
    };
    let mut details = serde_json::to_value(file.details).unwrap();
    details["grade"] = json!("none");
    let body = json!({ "at": at, "details": details });
    let why = staff.may_not(InformationSpecialist, "change-file", body);
    assert_eq!(why, ["A11-22a role-may-not"]);
    // The manager does, and changes nothing else with it, for the manager keeps no files.
    let mut more = lower(&mut staff);
    more["details"]["title"] = json!("改了名");
    let why = staff.may_not(CustomerServiceManager, "change-file", more);
    assert_eq!(why, ["A11-04a role-may-not"]);
    let body = lower(&mut staff);
    staff.does(CustomerServiceManager, "change-file", body);
    staff.is(CustomerServiceManager);
    let history = staff.bench.history(secret);
    let manager = staff.posts[&CustomerServiceManager];
    assert_eq!((history.len(), history[0].by), (2, manager));
    let grade = history[0].changes.iter();
    let grade = grade.clone().find(|(path, ..)| path.ends_with("grade"));
    let (_, before, after) = grade.unwrap();
    assert!(before.contains("secret") && after.contains("none"));
}

#[test]
fn a11_22b_a_graded_file_has_a_keeper_and_a_place_in_the_separate_store() {
    let shelves = r#"
[[archive.shelves]]
id = "甲柜"
rows = 2
places = 3

[[archive.shelves]]
id = "保密柜"
rows = 1
places = 2
graded = true
"#;
    let mut staff = Staff::with("call-centre", Some(shelves));
    let class = staff.profile.archive.classes[0].id.clone();
    let keeper = staff.posts[&DesignatedKeeper];
    let graded = |place: &str, keeper: Option<Number>| {
        json!({ "details": {
            "title": "授信审批", "class": class, "grade": "top-secret", "place": place,
            "keeper": keeper,
        } })
    };
    let by = InformationSpecialist;
    let why = staff.may_not(by, "create-file", graded("保密柜-1-1", None));
    assert_eq!(why, ["A11-22b keeper"]);
    let why = staff.may_not(by, "create-file", graded("甲柜-1-1", Some(keeper)));
    assert_eq!(why, ["A11-22b place"]);
    let number = staff
        .does(by, "create-file", graded("", Some(keeper)))
        .number();
    let Record::File(file) = staff.seen(number) else {
        panic!()
    };
    assert_eq!(file.details.place, "保密柜-1-1");
}

#[test]
fn a11_22c_others_neither_open_nor_find_a_graded_file_and_lists_mask_it() {
    let mut staff = Staff::of("call-centre");
    let secret = made(&mut staff, "授信审批", json!({ "grade": "secret" }));
    staff.is(CustomerService);
    for query in [
        Query::Get(secret),
        Query::Reveal(secret),
        Query::History(secret),
    ] {
        let problem = refused(&mut staff.bench, query);
        assert_eq!(problem.clause.as_deref(), Some("A11-22c"));
    }
    assert_eq!(staff.bench.searched("授信审批"), []);
    assert_eq!(
        staff.bench.found(Kind::File, Filter::Current, "授信审批"),
        []
    );
    let page = staff
        .bench
        .page(common::list(Kind::File, Filter::Current, Sort::Newest));
    let Record::File(shown) = &page.rows[0].1.record else {
        panic!()
    };
    let details = &shown.details;
    for text in [&details.title, &details.person, &details.phone] {
        assert_eq!(text, "***");
    }
    // The attempts are in the log of looks.
    staff.is(Role::Administrator);
    let looks = staff.bench.look(Query::Looks(LooksQuery {
        about: Some(secret),
        refused: true,
        limit: 10,
        ..LooksQuery::default()
    }));
    let Reply::Looks(rows) = looks else { panic!() };
    // Opening it and its history is one look a second.
    assert_eq!(rows.len(), 2);
    // The keeper and the manager open it.
    for role in [DesignatedKeeper, CustomerServiceManager] {
        staff.is(role);
        let Record::File(file) = staff.bench.get(secret).record else {
            panic!()
        };
        assert_eq!(file.details.title, "授信审批");
    }
}

#[test]
fn a11_22c_an_export_and_a_loan_of_a_graded_file_are_masked_too() {
    let mut staff = Staff::of("call-centre");
    let secret = made(&mut staff, "授信审批", json!({ "grade": "secret" }));
    let number = asked(&mut staff, Borrower, &wish("borrow", secret));
    endorsed(&mut staff, number);
    staff.steps(InformationSpecialist, number, "approve-access", yes());
    staff.steps(CustomerServiceManager, number, "approve-access", yes());
    staff.steps(Borrower, number, "sign-register", json!({}));
    let at = staff.at(number);
    staff.does(InformationSpecialist, "lend", json!({ "at": at }));
    staff.is(Role::Administrator);
    for kind in [Kind::File, Kind::Loan] {
        let Query::List(query) = full(kind) else {
            panic!()
        };
        let page = staff.bench.page(ListQuery { limit: 10, ..query });
        let text = serde_json::to_string(&page.rows[0].1.record).unwrap();
        assert!(!text.contains("授信审批"), "{text}");
    }
}

#[test]
fn a11_22c_a_graded_file_does_not_stand_among_the_contacts_of_its_customer() {
    let mut staff = Staff::of("call-centre");
    let details = common::general("王芳", "13800138000");
    let customer = staff.is(CustomerService).customer(details).meta.number;
    let secret = made(
        &mut staff,
        "授信审批",
        json!({ "grade": "secret", "customer": customer }),
    );
    let mut contacts = |role: Role| {
        let limit = 10;
        match staff.is(role).look(Query::Contacts { customer, limit }) {
            Reply::Page(page) => common::numbers(&page),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(contacts(CustomerService), []);
    assert_eq!(contacts(CustomerServiceManager), [secret]);
}

#[test]
fn a11_23_1_an_export_shows_an_important_document_masked_without_an_approval() {
    let mut staff = Staff::of("call-centre");
    made(&mut staff, "章程正本", json!({ "important": true }));
    for (role, whole) in [(Role::Administrator, false), (InformationSupervisor, true)] {
        staff.is(role);
        let Query::List(query) = full(Kind::File) else {
            panic!()
        };
        let page = staff.bench.page(query);
        let text = serde_json::to_string(&page.rows[0].1.record).unwrap();
        assert_eq!(text.contains("13800138000"), whole, "{text}");
    }
}

#[test]
fn a11_23_1_an_important_document_is_copied_only_with_an_approval() {
    let mut staff = Staff::of("call-centre");
    let file = made(&mut staff, "章程正本", json!({ "important": true }));
    staff.is(InformationSpecialist);
    let problem = refused(&mut staff.bench, Query::Print(file));
    assert_eq!(problem.clause.as_deref(), Some("A11-23.1"));
    let number = asked(&mut staff, InformationSpecialist, &wish("copy", file));
    staff.steps(UnitHead, number, "endorse", json!({}));
    let why = staff.stays(CustomerServiceManager, number, "approve-access", yes());
    assert_eq!(why, ["A11-23.1 role-may-not"]);
    staff.steps(InformationSupervisor, number, "approve-access", yes());
    staff.is(InformationSpecialist);
    assert!(matches!(
        staff.bench.look(Query::Print(file)),
        Reply::Record(Some(_))
    ));
    staff.steps(
        InformationSpecialist,
        number,
        "use-access",
        json!({ "note": "交市场部一份" }),
    );
    let copy = access(&mut staff, number);
    assert_eq!((copy.state, copy.copy_no), (State::Used, number.seq));
    assert_eq!(copy.approvals[0].1.by, staff.posts[&InformationSupervisor]);
    assert_eq!(copy.details.reader, "借阅人甲");
    // Once it is used, the next copy needs another approval.
    staff.is(InformationSpecialist);
    assert_eq!(
        refused(&mut staff.bench, Query::Print(file)).key,
        "copy-not-granted"
    );
}

#[test]
fn a11_23_2_graded_files_are_carried_by_designated_persons_with_a_measure() {
    let mut staff = Staff::of("call-centre");
    let secret = made(&mut staff, "授信审批", json!({ "grade": "secret" }));
    let mut details = wish("carry", secret);
    let why = refusal(&mut staff, Borrower, &details);
    assert_eq!(why, ["A11-23.2 carrier", "A11-23.2 measure"]);
    details["measure"] = json!("密码箱，专车");
    details["carrier"] = json!("reception");
    assert_eq!(
        refusal(&mut staff, Borrower, &details),
        ["A11-23.2 carrier"]
    );
    details["carrier"] = json!("designated-keeper");
    asked(&mut staff, Borrower, &details);
}

#[test]
fn a11_24_data_is_given_outside_only_with_both_approvals() {
    let mut staff = Staff::of("call-centre");
    let file = made(&mut staff, "客户名册", json!({}));
    let number = asked(&mut staff, CustomerService, &wish("disclose", file));
    staff.steps(UnitHead, number, "endorse", json!({}));
    let why = staff.stays(CustomerServiceManager, number, "approve-access", yes());
    assert_eq!(why, ["A11-24 role-may-not"]);
    staff.steps(InformationSupervisor, number, "approve-access", yes());
    let given = json!({ "note": "名册一份交律师事务所" });
    let why = staff.stays(InformationSpecialist, number, "use-access", given.clone());
    assert_eq!(why, ["A11-17 archive-step-not-yet"]);
    staff.steps(CustomerServiceManager, number, "approve-access", yes());
    staff.steps(InformationSpecialist, number, "use-access", given);
    let row = access(&mut staff, number);
    let used = row.used.unwrap();
    assert_eq!(used.text, "名册一份交律师事务所");
    // Both came before it.
    assert!(row.approvals.iter().all(|(_, said)| said.at <= used.at));
    assert_eq!(row.approvals.len(), 2);
}

#[test]
fn a13_a6a_who_borrows_from_outside_needs_the_superior_s_approval() {
    let mut staff = Staff::of("property");
    let file = made(&mut staff, "消防图纸", json!({}));
    let mut details = wish("borrow", file);
    details["outsider"] = json!(true);
    details["paper"] = json!("work-card");
    details["paper_no"] = json!("消防 0018");
    let number = asked(&mut staff, Reception, &details);
    staff.steps(Role::ArchiveAdministrator, number, "approve-access", yes());
    assert_eq!(access(&mut staff, number).state, State::Registered);
    let why = staff.stays(Role::ArchiveAdministrator, number, "approve-access", yes());
    assert_eq!(why, ["A13-a6a role-may-not"]);
    staff.steps(Role::Leader, number, "approve-access", yes());
    assert_eq!(access(&mut staff, number).state, State::Granted);
    // Past a request nothing is lent to a unit that is none of the house's.
    let at = staff.at(file);
    let lend = |unit: &str| {
        let details = json!({ "borrower": "赵明", "unit": unit, "copies": 1, "reason": "核对" });
        json!({ "file": at, "details": details })
    };
    let administrator = Role::ArchiveAdministrator;
    let why = staff.may_not(administrator, "check-out", lend("某装修公司"));
    assert_eq!(why, ["A13-a6a request-first"]);
    staff.does(administrator, "check-out", lend("工程部"));
}

#[test]
fn a13_a6b_nothing_is_told_outside_without_the_superior() {
    let mut staff = Staff::of("property");
    let file = made(&mut staff, "业主名册", json!({}));
    let number = asked(&mut staff, Reception, &wish("disclose", file));
    staff.steps(Role::DepartmentHead, number, "endorse", json!({}));
    let why = staff.stays(Role::PropertyCentreManager, number, "approve-access", yes());
    assert_eq!(why, ["A13-a6b role-may-not"]);
    staff.steps(Role::Leader, number, "approve-access", yes());
    assert_eq!(access(&mut staff, number).state, State::Granted);
}

#[test]
fn a_loan_is_renewed_only_where_the_site_allows_it_and_as_a_request() {
    let own = "[loans]\nrenewals = true\n";
    for (site, allowed) in [(None, false), (Some(own), true)] {
        let mut staff = Staff::with("call-centre", site);
        let file = made(&mut staff, "客户合同", json!({}));
        let number = lent(&mut staff, file);
        staff.set("2024-06-09 10:00");
        let mut details = wish("borrow", file);
        details["renews"] = json!(number);
        if !allowed {
            assert_eq!(
                refusal(&mut staff, Borrower, &details),
                ["A11-19.5b no-renewals"]
            );
            continue;
        }
        let again = asked(&mut staff, Borrower, &details);
        endorsed(&mut staff, again);
        staff.steps(InformationSpecialist, again, "approve-access", yes());
        staff.steps(Borrower, again, "sign-register", json!({}));
        let at = staff.at(again);
        staff.does(InformationSpecialist, "lend", json!({ "at": at }));
        let row = loan(&mut staff, number);
        assert_eq!(row.due.to_string(), "2024-06-12");
        assert_eq!(row.course.renewed[0].0.to_string(), "2024-06-09");
    }
}

#[test]
fn a_loan_is_recalled_claimed_and_decided_on_at_the_end_of_the_day() {
    let mut staff = Staff::of("call-centre");
    let file = made(&mut staff, "客户合同", json!({}));
    let number = lent(&mut staff, file);
    staff.steps(
        InformationSpecialist,
        number,
        "recall-loan",
        json!({ "reason": "另有急用" }),
    );
    staff.set("2024-06-10 17:00");
    let day = json!({ "day": "2024-06-10" });
    let why = staff.may_not(InformationSpecialist, "close-day", day.clone());
    assert_eq!(why, ["A11-19.5b loan-undecided"]);
    staff.steps(
        InformationSpecialist,
        number,
        "claim-returned",
        json!({ "text": "称已放回" }),
    );
    staff.steps(
        InformationSpecialist,
        number,
        "decide-loan",
        json!({ "text": "明早电话催还" }),
    );
    let Record::DayEnd(end) = staff.does(InformationSpecialist, "close-day", day) else {
        panic!()
    };
    assert_eq!(end.out, [(number, "明早电话催还".to_owned())]);
    let row = loan(&mut staff, number);
    assert_eq!(
        (row.course.recalled.len(), row.course.claimed.is_some()),
        (1, true)
    );
}

#[test]
fn a_request_opens_its_file_to_who_made_it_and_to_nobody_else() {
    let mut staff = Staff::of("call-centre");
    let file = made(&mut staff, "客户合同", json!({}));
    staff.is(Borrower);
    assert_eq!(
        refused(&mut staff.bench, Query::Get(file))
            .clause
            .as_deref(),
        Some("A11-17")
    );
    let number = asked(&mut staff, Borrower, &wish("read", file));
    endorsed(&mut staff, number);
    staff.steps(CustomerService, number, "approve-access", yes());
    staff.is(Borrower);
    let Record::File(open) = staff.bench.get(file).record else {
        panic!()
    };
    assert_eq!(open.details.phone, "13800138000");
    staff.is(UnitHead);
    assert_eq!(
        refused(&mut staff.bench, Query::Get(file))
            .clause
            .as_deref(),
        Some("A11-17")
    );
    staff.steps(InformationSpecialist, number, "use-access", json!({}));
    staff.is(Borrower);
    assert_eq!(
        refused(&mut staff.bench, Query::Get(file))
            .clause
            .as_deref(),
        Some("A11-17")
    );
}

#[test]
fn a11_22c_a_file_that_is_graded_later_closes_its_loans_and_requests_too() {
    let mut staff = Staff::of("call-centre");
    let file = made(&mut staff, "授信审批", json!({}));
    let number = lent(&mut staff, file);
    let mut open = wish("read", file);
    open["object"] = json!("授信审批");
    let request = asked(&mut staff, Borrower, &open);
    let at = staff.at(file);
    staff.is(InformationSpecialist);
    let Record::File(now) = staff.bench.get(file).record else {
        panic!()
    };
    let mut details = serde_json::to_value(now.details).unwrap();
    details["grade"] = json!("top-secret");
    let body = json!({ "at": at, "details": details });
    staff.does(InformationSpecialist, "change-file", body);
    staff.is(CustomerService);
    for closed in [number, request] {
        let problem = refused(&mut staff.bench, Query::Get(closed));
        assert_eq!(problem.clause.as_deref(), Some("A11-22c"), "{closed}");
    }
    for kind in [Kind::Loan, Kind::Access] {
        let page = staff
            .bench
            .page(common::list(kind, Filter::All, Sort::Newest));
        let text = serde_json::to_string(&page.rows).unwrap();
        let shows = |mark: &&str| text.contains(mark);
        assert_eq!(["授信审批", "借阅人甲"].iter().find(|it| shows(it)), None);
    }
    assert_eq!(staff.bench.found(Kind::Loan, Filter::All, "借阅人甲"), []);
}

#[test]
fn a11_22c_an_import_of_a_loan_does_not_tell_what_the_graded_file_is() {
    let mut staff = Staff::of("call-centre");
    let graded = json!({ "grade": "secret", "external": "B-4711" });
    let secret = made(&mut staff, "授信审批", graded);
    let begin = json!({ "kind": "loan", "file": "loans.csv" });
    let import = staff
        .does(Role::Administrator, "begin-import", begin)
        .number();
    let loan = json!({
        "details": { "borrower": "借阅人甲", "copies": 1, "reason": "对账" }, "file": "B-4711",
    });
    let row = json!({ "import": import, "record": { "loan": loan }, "existing": "new" });
    let answer = staff.tell(Role::Administrator, "adopt", row);
    let Ok(Reply::Done { record, also, .. }) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(record.number().kind, Kind::Loan);
    assert!(also.iter().any(|it| it.number() == secret));
    let text = serde_json::to_string(&(record, also)).unwrap();
    assert!(
        !text.contains("授信审批") && !text.contains("王芳"),
        "{text}"
    );
}
