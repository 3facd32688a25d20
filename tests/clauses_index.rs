//! The clauses on classes of customers, on setting files up, and on the index of files, each checked as
//! its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;
mod program;

use common::keeping::papers;
use common::looks::{log, refused};
use common::staff::{Staff, said};
use common::{Bench, card, folder, general, list, numbers, visited};
use frontdesk::desk::contract::{
    Command, Door, Filter, LooksQuery, Query, Reply, Request, Row, Sort,
};
use frontdesk::domain::archive::FileDetails;
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::filing::{FileFigures, IndexBy, IndexLine, ToFile, put_in_order};
use frontdesk::domain::listed::Listed;
use frontdesk::domain::look::LookKind;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role::{
    self, ArchiveAdministrator, CallAgent, CustomerService, DevelopmentSpecialist,
    InformationSpecialist, SalesConsultant,
};
use frontdesk::locale::{Lang, Texts};
use frontdesk::report::quarterly::Words;
use frontdesk::report::{file_index, files, html, table, text};
use program::Program;
use serde_json::json;

fn visitor(name: &str, phone: &str, source: &str) -> CustomerDetails {
    CustomerDetails {
        source: source.into(),
        ..visited(name, phone)
    }
}

fn register(staff: &mut Staff, role: Role, details: CustomerDetails) -> Number {
    staff.is(role).customer(details).meta.number
}

/// Why a customer is not registered.
fn why_not(staff: &mut Staff, role: Role, details: CustomerDetails) -> Vec<String> {
    said(staff.is(role).ask(Command::RegisterCustomer { details }))
}

fn listed(staff: &mut Staff, role: Role, kind: Kind, filter: Filter) -> Vec<Number> {
    staff.is(role).listed(kind, filter)
}

fn of(id: &str) -> Listed {
    Listed::new(id)
}

#[test]
fn a11_03_1_a_new_customer_is_of_a_class_by_which_lists_are_filtered() {
    let mut staff = Staff::of("call-centre");
    let nameless = card("经销商甲", "13800138000");
    assert_eq!(
        why_not(&mut staff, CallAgent, nameless.clone()),
        ["A11-03.1 customer_class"]
    );
    let odd = CustomerDetails {
        class: "vip".into(),
        ..nameless
    };
    assert_eq!(
        why_not(&mut staff, CallAgent, odd),
        ["A11-03.1 customer_class"]
    );
    let first = register(&mut staff, CallAgent, general("经销商甲", "13800138000"));
    let bank = CustomerDetails {
        class: "special".into(),
        line: "bank".into(),
        ..card("某银行", "13800138001")
    };
    let second = register(&mut staff, CallAgent, bank);
    for (class, expected) in [("general", first), ("special", second)] {
        let filter = Filter::OfClass(of(class));
        let found = listed(&mut staff, CallAgent, Kind::Customer, filter);
        assert_eq!(found, [expected], "{class}");
        let page = staff.bench.page(list(Kind::Customer, filter, Sort::Name));
        assert_eq!(page.total, Some(1));
    }
    // A changed class moves the customer from list to list.
    let at = staff.bench.present(first);
    let details = CustomerDetails {
        class: "special".into(),
        line: "other".into(),
        ..card("经销商甲", "13800138000")
    };
    staff
        .is(CallAgent)
        .change(Command::ChangeCustomer { at, details });
    let filter = |class| Filter::OfClass(of(class));
    assert!(listed(&mut staff, CallAgent, Kind::Customer, filter("general")).is_empty());
    let special = listed(&mut staff, CallAgent, Kind::Customer, filter("special"));
    assert_eq!(special, [second, first]);
    staff.bench.assert_clean();
}

#[test]
fn a11_03_1_whoever_is_written_down_with_a_call_is_a_general_customer() {
    let mut staff = Staff::of("call-centre");
    let (_, also) = staff.is(CallAgent).change_all(Command::LogIntake {
        details: common::call("问产品"),
        new_customer: Some(card("王芳", "15400001234")),
    });
    let Record::Customer(customer) = &also[0] else {
        panic!("{also:?}");
    };
    assert_eq!(customer.details.class, "general");
}

#[test]
fn a11_03_2_of_a_special_customer_it_is_said_what_it_is() {
    let mut staff = Staff::of("call-centre");
    let special = |line: &str| CustomerDetails {
        class: "special".into(),
        line: line.into(),
        ..card("某律师事务所", "13800138000")
    };
    for line in ["", "baker"] {
        let why = why_not(&mut staff, CallAgent, special(line));
        assert_eq!(why, ["A11-03.2 customer_line"], "{line}");
    }
    for line in [
        "lawyer",
        "financial-adviser",
        "advertising",
        "public-relations",
        "bank",
        "insurance",
        "other",
    ] {
        let details = CustomerDetails {
            phones: Vec::new(),
            ..special(line)
        };
        let number = register(&mut staff, CallAgent, details);
        let row = staff.bench.get(number);
        assert!(matches!(row.record, Record::Customer(it) if it.details.line == line));
    }
    let odd = CustomerDetails {
        line: "bank".into(),
        ..general("王芳", "13800138009")
    };
    assert_eq!(
        why_not(&mut staff, CallAgent, odd),
        ["A11-03.1 customer_line"]
    );
}

fn to_file(staff: &mut Staff, role: Role) -> ToFile {
    match staff.is(role).look(Query::ToFile) {
        Reply::ToFile(found) => *found,
        other => panic!("{other:?}"),
    }
}

fn figures(staff: &mut Staff, role: Role) -> FileFigures {
    match staff.is(role).look(Query::FileFigures) {
        Reply::FileFigures(found) => *found,
        other => panic!("{other:?}"),
    }
}

fn waiting(rows: &[Row]) -> Vec<(Number, Option<i64>)> {
    rows.iter()
        .map(|row| (row.record.number(), row.waits))
        .collect()
}

/// The customers without a file and for how long, the longest first.
fn without_file(staff: &mut Staff, role: Role) -> Vec<(Number, Option<i64>)> {
    let query = list(Kind::Customer, Filter::ToFile, Sort::Oldest);
    let page = staff.is(role).page(query);
    let rows: Vec<Row> = page.rows.into_iter().map(|(_, row)| row).collect();
    waiting(&rows)
}

#[test]
fn a11_04a_a_new_customer_waits_for_a_file_until_there_is_one_and_its_age_is_shown() {
    let mut staff = Staff::of("call-centre");
    let first = register(
        &mut staff,
        DevelopmentSpecialist,
        general("经销商甲", "13800138000"),
    );
    staff.set("2024-06-09 09:00");
    let second = register(
        &mut staff,
        DevelopmentSpecialist,
        general("经销商乙", "13800138001"),
    );
    staff.set("2024-06-11 09:00");
    let waits = [(first, Some(5)), (second, Some(2))];
    assert_eq!(without_file(&mut staff, InformationSpecialist), waits);
    // The information specialist is told of it, with the one who waits longest.
    let told = to_file(&mut staff, InformationSpecialist);
    assert_eq!((told.customers_all, told.customers.len()), (2, 1));
    let longest = &told.customers[0];
    assert_eq!((longest.number, longest.days), (first, 5));
    assert_eq!(longest.since.to_string(), "2024-06-06");
    assert_eq!(longest.by, DevelopmentSpecialist.id());
    let whole = figures(&mut staff, InformationSpecialist);
    assert_eq!(whole.to_file.customers.len(), 2);
    // Nobody else sets the file up, and with it the request is over.
    let details = json!({ "details": {
        "title": "经销商甲 客户档案", "class": "general-customer", "customer": first,
    }});
    let why = staff.may_not(DevelopmentSpecialist, "create-file", details.clone());
    assert_eq!(why, ["A11-04a role-may-not"]);
    let file = staff.does(InformationSpecialist, "create-file", details);
    assert_eq!(
        without_file(&mut staff, InformationSpecialist),
        [(second, Some(2))]
    );
    // A file that turns out to be somebody else's leaves the customer without one.
    let at = staff.at(file.number());
    let changed = json!({ "at": at, "details": {
        "title": "客户档案", "class": "general-customer", "customer": second,
    }});
    staff.does(InformationSpecialist, "change-file", changed);
    assert_eq!(
        without_file(&mut staff, InformationSpecialist),
        [(first, Some(5))]
    );
    staff.bench.assert_clean();
}

#[test]
fn a11_04a_the_list_has_pages_is_searched_and_leaves_out_who_is_retired() {
    let mut staff = Staff::of("call-centre");
    let bench = staff.is(CallAgent);
    let all: Vec<Number> = (0..7)
        .map(|count| {
            let details = general(&format!("客户{count}号"), &format!("1380013800{count}"));
            bench.customer(details).meta.number
        })
        .collect();
    let manager = Role::CustomerServiceManager;
    let at = staff.bench.present(all[3]);
    let mark = frontdesk::domain::customer::Mark::Retired;
    staff.is(manager).change(Command::MarkCustomer {
        at,
        mark,
        set: true,
    });
    let mut left: Vec<Number> = all.iter().copied().filter(|it| *it != all[3]).collect();
    let mut query = list(Kind::Customer, Filter::ToFile, Sort::Oldest);
    query.limit = 4;
    let page = staff.bench.page(query.clone());
    assert_eq!(numbers(&page), left[..4]);
    assert_eq!(
        (page.before, page.after, page.total),
        (false, true, Some(6))
    );
    query.after = page.rows.last().map(|(cursor, _)| cursor.clone());
    assert_eq!(numbers(&staff.bench.page(query)), left[4..]);
    left.reverse();
    let newest = list(Kind::Customer, Filter::ToFile, Sort::Newest);
    assert_eq!(numbers(&staff.bench.page(newest)), left);
    let found = staff.bench.found(Kind::Customer, Filter::ToFile, "客户5号");
    assert_eq!(found, [all[5]]);
}

#[test]
fn a11_05_what_several_departments_entered_is_listed_whole() {
    let mut staff = Staff::of("call-centre");
    let mut people = Vec::new();
    for (department, role) in [
        ("sales", DevelopmentSpecialist),
        ("客户服务部", CustomerService),
        ("", CallAgent),
    ] {
        let details = OperatorDetails {
            login: format!("{}-{}", role.id(), people.len()),
            name: role.id().to_owned(),
            roles: vec![role],
            department: department.to_owned(),
            ..OperatorDetails::default()
        };
        let bench = staff.is(Role::Administrator);
        let added = bench.change(Command::AddOperator { details }).number();
        people.push(added);
    }
    for (place, operator) in people.iter().enumerate() {
        staff.bench.operator = *operator;
        for count in 0..=place {
            let phone = format!("138001380{place}{count}");
            staff
                .bench
                .customer(general(&format!("客户{place}{count}"), &phone));
        }
    }
    let unit = |unit: &str, class: &str, person: &str| {
        json!({ "details": {
            "title": "资料", "class": class, "unit": unit, "person": person, "place": "A-1",
        }})
    };
    for (department, class, person) in [
        ("sales", "contract", "王芳"),
        ("sales", "contract", ""),
        ("sales", "report", "李强"),
        ("logistics", "contract", "赵明"),
        ("", "report", "孙俪"),
    ] {
        let details = unit(department, class, person);
        staff.does(InformationSpecialist, "create-file", details);
    }
    let found = figures(&mut staff, CustomerService);
    let departments: Vec<_> = found
        .departments()
        .into_iter()
        .map(|(count, customers)| (count.department, count.files, count.incomplete, customers))
        .collect();
    let expected = [
        (String::new(), 1, 0, 3),
        ("customer-service".to_owned(), 0, 0, 2),
        ("logistics".to_owned(), 1, 0, 0),
        ("sales".to_owned(), 3, 1, 1),
    ];
    assert_eq!(departments, expected);
    // The sum of the departments is what the lists of all hold.
    let (sum, customers) = found.total();
    let whole = |staff: &mut Staff, kind| listed(staff, CustomerService, kind, Filter::All).len();
    assert_eq!(sum.files, whole(&mut staff, Kind::File) as u64);
    assert_eq!(customers, whole(&mut staff, Kind::Customer) as u64);
    let sales = listed(
        &mut staff,
        CustomerService,
        Kind::File,
        Filter::OfUnit(of("sales")),
    );
    assert_eq!(sales.len(), 3);
    let contracts = Filter::OfClass(of("contract"));
    assert_eq!(
        listed(&mut staff, CustomerService, Kind::File, contracts).len(),
        3
    );
    for lang in Lang::ALL {
        let texts = Texts::new(*lang);
        let words = Words {
            texts: &texts,
            profile: &staff.profile,
        };
        let document = files::document(&found, words);
        let printed = text::text(&document, true);
        let all = if *lang == Lang::Zh {
            "销售部"
        } else {
            "Sales"
        };
        assert!(printed.contains(all), "{printed}");
        assert!(html::html(&document, *lang).contains(all));
        assert!(table::csv(&document, ["a", "b", "c", "d"]).contains(all));
        assert!(!table::xlsx(&document).unwrap().is_empty());
    }
    let problem = refused(staff.is(CallAgent), Query::FileFigures);
    assert_eq!(problem.key, "role-may-not");
}

fn index(bench: &mut Bench) -> Vec<IndexLine> {
    let mut lines: Vec<IndexLine> = Vec::new();
    loop {
        let after = lines.last().map(|line| line.number);
        let Reply::FileIndex(part) = bench.look(Query::FileIndex { after }) else {
            panic!("no index");
        };
        lines.extend(part.lines);
        if !part.more {
            return lines;
        }
    }
}

#[test]
fn a11_06_the_index_is_printed_by_number_name_telephone_plate_and_class() {
    let mut bench = Bench::of("property");
    for (person, phone, plate, class) in [
        ("赵明", "13800138002", "沪B2", "owner"),
        ("艾青", "13800138000", "", "general"),
        ("王芳", "13800138001", "沪A1", "owner"),
        ("", "", "", "general"),
    ] {
        bench.file(FileDetails {
            person: person.into(),
            phone: phone.into(),
            plate: plate.into(),
            class: class.into(),
            ..folder("住户档案")
        });
    }
    let lines = index(&mut bench);
    let order = |by: IndexBy| {
        let mut lines = lines.clone();
        put_in_order(&mut lines, by);
        lines.iter().map(|line| line.number.seq).collect::<Vec<_>>()
    };
    assert_eq!(order(IndexBy::Number), [1, 2, 3, 4]);
    // Without a name the title counts: 艾青, 王芳, 赵明 and, among them by its sound, 住户档案.
    assert_eq!(order(IndexBy::Name), [2, 3, 1, 4]);
    assert_eq!(order(IndexBy::Phone), [2, 3, 1, 4]);
    assert_eq!(order(IndexBy::Plate), [3, 1, 2, 4]);
    assert_eq!(order(IndexBy::Class), [2, 4, 1, 3]);
    let texts = Texts::new(Lang::Zh);
    let profile = frontdesk::domain::profile::Profile::builtin("property").unwrap();
    let words = Words {
        texts: &texts,
        profile: &profile,
    };
    let document =
        file_index::document(lines, IndexBy::Name, common::at("2024-06-06 09:00"), words);
    let printed = text::text(&document, true);
    let place = |word: &str| {
        printed
            .find(word)
            .unwrap_or_else(|| panic!("{word}: {printed}"))
    };
    assert!(place("艾青") < place("王芳") && place("王芳") < place("赵明"));
    assert!(printed.contains("按姓名排列"), "{printed}");
    // It is written down who printed it.
    let me = bench.operator;
    let looks = log(&mut bench, me, LooksQuery::default());
    let printed: Vec<_> = looks
        .iter()
        .filter(|look| look.what == LookKind::Print && look.detail == "file index")
        .collect();
    assert_eq!(printed.len(), 1, "{looks:?}");
}

#[test]
fn a11_06_whoever_may_not_have_a_file_in_full_gets_its_line_masked() {
    let mut staff = Staff::of("property");
    let details = json!({ "details": {
        "title": "住户档案", "class": "owner", "person": "王芳", "phone": "13800138000",
    }});
    staff.does(ArchiveAdministrator, "create-file", details);
    let graded = json!({ "details": {
        "title": "密件", "class": "owner", "person": "李强", "grade": "secret",
        "keeper": staff.posts[&ArchiveAdministrator],
    }});
    staff.does(ArchiveAdministrator, "create-file", graded);
    let lines = index(staff.is(ArchiveAdministrator));
    assert_eq!(lines[0].phone, "13800138000");
    assert_eq!(lines[1].title, "密件");
    let manager = Role::PropertyCentreManager;
    let lines = index(staff.is(manager));
    assert_eq!(lines[0].phone, "138****8000");
    assert!(!lines[1].title.contains("密件") && !lines[1].person.contains("李强"));
    let bench = staff.is(Role::Leader);
    let problem = refused(bench, Query::FileIndex { after: None });
    assert_eq!(problem.key, "role-may-not");
}

#[test]
fn a13_a4_what_was_received_and_is_not_sorted_is_listed_with_its_age() {
    let mut staff = Staff::of("property");
    let details = json!({ "details": { "title": "3-1201 装修图纸", "class": "decoration" } });
    let number = staff
        .does(ArchiveAdministrator, "create-file", details)
        .number();
    staff.set("2024-06-09 09:00");
    let query = || list(Kind::File, Filter::ToFile, Sort::Oldest);
    let page = staff.is(ArchiveAdministrator).page(query());
    let rows: Vec<Row> = page.rows.into_iter().map(|(_, row)| row).collect();
    assert_eq!(waiting(&rows), [(number, Some(3))]);
    let told = to_file(&mut staff, ArchiveAdministrator);
    assert_eq!((told.received_all, told.received[0].days), (1, 3));
    let at = staff.at(number);
    let whole = json!({ "at": at, "details": {
        "title": "3-1201 装修图纸", "class": "decoration", "person": "王芳", "place": "A-1",
    }});
    staff.does(ArchiveAdministrator, "change-file", whole);
    assert!(staff.is(ArchiveAdministrator).page(query()).rows.is_empty());
    assert_eq!(to_file(&mut staff, ArchiveAdministrator).received_all, 0);
    staff.bench.assert_clean();
}

#[test]
fn a13_a4_papers_signed_for_are_listed_with_who_brought_them_and_where_they_go() {
    let mut staff = Staff::of("dealership");
    let car = json!({ "details": {
        "title": "王芳 沪A12345", "class": "new-car", "sort": "new-car", "person": "王芳",
        "plate": "沪A12345", "place": "A-1-1",
    }});
    let file = staff
        .does(ArchiveAdministrator, "create-file", car)
        .number();
    staff.steps(
        ArchiveAdministrator,
        file,
        "digitise-file",
        json!({ "pages": 1, "reference": "1.pdf" }),
    );
    let begun = json!({ "details": {
        "checklist": "new-car", "sort": "new-car", "released_on": "2024-06-06",
        "giver": "sales-consultant", "person": "王芳", "plate": "沪A12345",
        "contact": "王芳", "phone": "13800138000", "landline": "021-65432100",
        "address": "上海市某路1号",
    }});
    let number = staff
        .does(SalesConsultant, "begin-handover", begun)
        .number();
    let odd = [("policy", "missing")];
    let checked = papers(&staff, "new-car", &odd);
    staff.steps(SalesConsultant, number, "check-papers", checked);
    let note = json!({ "note": "保单后补" });
    staff.steps(SalesConsultant, number, "sign-over", note);
    assert_eq!(to_file(&mut staff, ArchiveAdministrator).received_all, 0);
    staff.steps(ArchiveAdministrator, number, "sign-for", json!({}));
    staff.set("2024-06-10 09:00");
    let found = figures(&mut staff, ArchiveAdministrator).to_file;
    let [one] = found.received.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!((one.number, one.days, one.into), (number, 4, Some(file)));
    assert_eq!(one.from, "sales-consultant");
    assert!(one.papers.contains(&"contract".to_owned()), "{one:?}");
    assert!(!one.papers.contains(&"policy".to_owned()), "{one:?}");
    let waiting = listed(
        &mut staff,
        ArchiveAdministrator,
        Kind::Handover,
        Filter::ToFile,
    );
    assert_eq!(waiting, [number]);
    let texts = Texts::new(Lang::Zh);
    let words = Words {
        texts: &texts,
        profile: &staff.profile.clone(),
    };
    let whole = figures(&mut staff, ArchiveAdministrator);
    let printed = table::csv(&files::document(&whole, words), ["a", "b", "c", "d"]);
    assert!(printed.contains("销售合同原件"), "{printed}");
    assert!(printed.contains(&file.to_string()), "{printed}");
}

#[test]
fn a14_1_1a_a_customer_has_a_site_and_a_source_by_which_lists_are_filtered() {
    let mut staff = Staff::with(
        "leasing",
        Some(
            "[customers]\nsites = [\n{ id = \"north\", zh = \"北案场\", en = \"North\" },\n\
             { id = \"south\", zh = \"南案场\", en = \"South\" },\n]\n",
        ),
    );
    let consultant = Role::PropertyConsultant;
    let bare = card("王芳", "13800138000");
    let mut why = why_not(&mut staff, consultant, bare);
    why.sort();
    let lacking = [
        "A12-s business",
        "A12-s deal",
        "A14-1.1a customer_source",
        "A14-1.1a sales_site",
    ];
    assert_eq!(why, lacking);
    let mut made = Vec::new();
    for (place, (site, source)) in [
        ("north", "call"),
        ("north", "visit"),
        ("south", "call"),
        ("south", "data"),
    ]
    .into_iter()
    .enumerate()
    {
        let details = CustomerDetails {
            site: site.into(),
            ..visitor(
                &format!("客户{place}"),
                &format!("1380013800{place}"),
                source,
            )
        };
        made.push(register(&mut staff, consultant, details));
    }
    for (filter, expected) in [
        (Filter::OfSite(of("north")), vec![made[1], made[0]]),
        (Filter::OfSite(of("south")), vec![made[3], made[2]]),
        (Filter::FromSource(of("call")), vec![made[2], made[0]]),
        (Filter::FromSource(of("data")), vec![made[3]]),
    ] {
        let found = listed(&mut staff, consultant, Kind::Customer, filter);
        assert_eq!(found, expected, "{filter:?}");
    }
    // Who is written down with a call comes from it.
    let (_, also) = staff.is(consultant).change_all(Command::LogIntake {
        details: common::call("问租金"),
        new_customer: Some(card("赵明", "15400001234")),
    });
    let Record::Customer(customer) = &also[0] else {
        panic!("{also:?}");
    };
    let details = &customer.details;
    assert_eq!((&*details.site, &*details.source), ("north", "call"));
    staff.bench.assert_clean();
}

#[test]
fn a14_1_1b_the_customers_come_out_whole_as_a_file_and_only_with_permission() {
    let program = Program::set_up("leasing");
    let mut lines = String::new();
    for count in 0..12 {
        let source = ["call", "visit", "data"][count % 3];
        let details = visitor(
            &format!("客户{count:02}"),
            &format!("138001380{count:02}"),
            source,
        );
        let command = json!({ "do": { "register-customer": { "details": details } } });
        lines.push_str(&command.to_string());
        lines.push('\n');
    }
    assert_eq!(program.run_with(&["rpc"], &lines).code, 0);
    let permits = program.run(&["export", "customers", "--lang", "zh"]);
    assert_ne!(permits.code, 0, "without the general manager's permit");
    let site = program.data().join("profile.toml");
    std::fs::write(site, "[permits]\nexport = false\n").unwrap();
    let text = program.good(&["export", "customers", "--lang", "zh"]);
    let text = text.trim_start_matches('\u{FEFF}');
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    for column in ["姓名", "所属案场", "客户来源"] {
        assert!(header.contains(column), "{header}");
    }
    assert_eq!(lines.clone().count(), 12);
    assert!(lines.all(|line| line.contains("本案场")), "{text}");
    let some = ["export", "customers", "--filter", "source=visit"];
    assert_eq!(program.good(&some).lines().count(), 5);
}

#[test]
fn a14_1_1c_of_two_who_save_at_once_each_gets_the_next_number_and_it_finds_the_customer() {
    let mut staff = Staff::of("leasing");
    let people = [
        staff.posts[&Role::PropertyConsultant],
        staff.posts[&Role::LeasingManager],
    ];
    let mut envelopes = Vec::new();
    for count in 0..20_usize {
        let details = visitor(
            &format!("客户{count:02}"),
            &format!("138001380{count:02}"),
            "visit",
        );
        staff.bench.operator = people[count % 2];
        let asked = Request::Do(Command::RegisterCustomer { details });
        envelopes.push(staff.bench.envelope(asked));
    }
    let answers = staff.bench.desk.ask_all(&envelopes);
    let given: Vec<u32> = answers
        .into_iter()
        .map(|answer| match answer {
            Ok(Reply::Done { record, .. }) => record.number().seq,
            other => panic!("{other:?}"),
        })
        .collect();
    let unbroken: Vec<u32> = (1..=20).collect();
    assert_eq!(given, unbroken);
    for words in ["2024-7", "CU-2024-00007"] {
        let found = staff.bench.found(Kind::Customer, Filter::Current, words);
        let seqs: Vec<u32> = found.iter().map(|number| number.seq).collect();
        assert_eq!(seqs, [7], "{words}");
    }
}
