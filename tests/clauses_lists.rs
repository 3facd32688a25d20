//! What is listed so that nobody forgets it, read as far as it is shown: forms to be kept, released
//! registrations, customers who are called at no interval, groups, expired files, everything that there was
//! with a customer; and what a customer needs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::looks::log;
use common::staff::Staff;
use common::{Bench, borrowed, card, list, numbers, visited};
use frontdesk::desk::contract::{
    Command, Filter, ListQuery, LooksQuery, Notice, Page, Query, Reply, Row, Sort,
};
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::fines::Month;
use frontdesk::domain::follow_up::Occasion;
use frontdesk::domain::intake::{Channel, IntakeDetails};
use frontdesk::domain::listed::Listed;
use frontdesk::domain::merging::MergeStep;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::registration::Registration;
use frontdesk::domain::relation::{RelationDetails, RelationKind, RelationStep};
use frontdesk::domain::role::Role::{
    self, CustomerService, DesignatedKeeper, GeneralManager, GeneralServices, HeadOfLeasing,
    LeasingManager, PropertyConsultant,
};
use frontdesk::domain::stamp::Day;
use frontdesk::locale::{Lang, Texts};
use frontdesk::report::forms;
use frontdesk::report::quarterly::Words;
use frontdesk::report::text;
use serde_json::{Value, json};

fn wang(phone: &str) -> Value {
    json!({
        "business": "lease", "name": "王芳", "phone": phone, "source": "visit",
        "intention": "临街铺面",
    })
}

fn registered(staff: &mut Staff, role: Role, phone: &str) -> Number {
    staff
        .does(role, "register", json!({ "details": wang(phone) }))
        .number()
}

fn row(record: Record) -> Registration {
    match record {
        Record::Registration(row) => row,
        other => panic!("{other:?}"),
    }
}

fn notices(staff: &mut Staff, role: Role) -> Vec<String> {
    match staff.is(role).look(Query::Hello) {
        Reply::Hello { notices, .. } => {
            let forms = |it: &Notice| it.key.starts_with("forms-");
            notices.into_iter().filter(forms).map(|it| it.key).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a12_3_1_7a_a_form_that_was_handed_in_is_kept_by_general_services() {
    let mut staff = Staff::of("leasing");
    let day = json!({ "day": "2024-06-06" });
    let first = registered(&mut staff, LeasingManager, "13800138000");
    let other = registered(&mut staff, PropertyConsultant, "13800138001");
    let to_keep = |staff: &mut Staff| {
        staff
            .is(DesignatedKeeper)
            .listed(Kind::Registration, Filter::ToKeep)
    };
    let nothing = ["A12-3.1.7a nothing-to-keep"];
    // Before it is handed in there is nothing to keep.
    assert!(to_keep(&mut staff).is_empty());
    assert_eq!(
        staff.may_not(DesignatedKeeper, "keep-form", day.clone()),
        nothing
    );
    staff.does(LeasingManager, "hand-in-form", day.clone());
    assert_eq!(to_keep(&mut staff), [first]);
    assert_eq!(notices(&mut staff, DesignatedKeeper), ["forms-to-keep"]);
    assert_eq!(notices(&mut staff, GeneralServices), ["forms-to-keep"]);
    assert!(notices(&mut staff, HeadOfLeasing).is_empty());
    // Nobody else keeps it, whose own it is included.
    for role in [LeasingManager, HeadOfLeasing, GeneralManager] {
        let why = staff.may_not(role, "keep-form", day.clone());
        assert_eq!(why, ["A12-3.1.7a role-may-not"], "{role:?}");
    }
    // Of the manager who has handed in nothing there is nothing.
    let consultant = staff.posts[&PropertyConsultant];
    let theirs = json!({ "day": "2024-06-06", "manager": consultant });
    assert_eq!(
        staff.may_not(DesignatedKeeper, "keep-form", theirs.clone()),
        nothing
    );
    staff.set("2024-06-06 18:30");
    let kept = row(staff.does(DesignatedKeeper, "keep-form", day.clone()));
    // Who keeps a form has no leave to read it (A12-3.1.7b).
    assert_eq!(
        (kept.meta.number, kept.details.phone.as_str()),
        (first, "138****8000")
    );
    let said = kept.kept.unwrap();
    assert_eq!(said.by, staff.posts[&DesignatedKeeper]);
    assert_eq!(said.at, staff.bench.desk.now());
    assert!(to_keep(&mut staff).is_empty());
    assert!(notices(&mut staff, DesignatedKeeper).is_empty());
    assert_eq!(
        staff.may_not(DesignatedKeeper, "keep-form", day.clone()),
        nothing
    );
    // What comes to the day's form later waits for itself.
    let reason = json!({ "day": "2024-06-06", "reason": "陪客户看铺" });
    staff.does(PropertyConsultant, "hand-in-form", reason);
    assert_eq!(to_keep(&mut staff), [other]);
    staff.does(GeneralServices, "keep-form", theirs);
    assert!(to_keep(&mut staff).is_empty());
    // What is done with the row afterwards leaves it kept.
    let seen = row(staff.is(LeasingManager).get(first).record);
    assert!(seen.kept.is_some() && seen.details.phone == "13800138000");
    staff.bench.reopen();
    staff.bench.assert_clean();
}

#[test]
fn a15_3_1_7a_a_form_that_was_handed_in_is_kept_as_a12_3_1_7a_says() {
    let mut staff = Staff::of("leasing");
    registered(&mut staff, LeasingManager, "13800138000");
    let day = json!({ "day": "2024-06-06" });
    staff.does(LeasingManager, "hand-in-form", day.clone());
    assert!(
        row(staff.does(GeneralServices, "keep-form", day))
            .kept
            .is_some()
    );
}

#[test]
fn a12_3_1_7b_who_permits_reading_the_forms_sees_them_and_reads_them() {
    let mut staff = Staff::of("leasing");
    let number = registered(&mut staff, LeasingManager, "13800138000");
    let page = staff
        .is(GeneralManager)
        .page(list(Kind::Registration, Filter::All, Sort::Newest));
    assert_eq!(numbers(&page), [number]);
    // A list is masked for everybody; opening it is a look of the general manager.
    let shown = row(page.rows[0].1.record.clone());
    assert_eq!(shown.details.phone, "138****8000");
    let opened = row(staff.is(GeneralManager).get(number).record);
    assert_eq!(opened.details.phone, "13800138000");
    let boss = staff.posts[&GeneralManager];
    let looks = log(&mut staff.bench, boss, LooksQuery::default());
    assert_eq!((looks[0].operator, looks[0].about), (boss, Some(number)));
    // The day's form is printed whole for the same post.
    let day = Day::parse("2024-06-06").unwrap();
    let Reply::Page(forms) = staff.is(GeneralManager).look(Query::PrintForms(day)) else {
        panic!("no forms");
    };
    assert_eq!(numbers(&forms), [number]);
}

#[test]
fn registrations_whose_protection_is_over_are_a_list_of_their_own() {
    let mut staff = Staff::with("leasing", Some("[registration]\nprotect_days = 30\n"));
    let first = registered(&mut staff, LeasingManager, "13800138000");
    staff.set("2024-06-07 15:00");
    let second = registered(&mut staff, LeasingManager, "13800138001");
    let day = json!({ "day": "2024-06-06", "reason": "外出" });
    staff.does(LeasingManager, "hand-in-form", day);
    let released = |staff: &mut Staff| {
        staff
            .is(HeadOfLeasing)
            .listed(Kind::Registration, Filter::Released)
    };
    // Registered on the 6th of June, protected for thirty days: released on the 7th of July.
    for (day, expected) in [
        ("2024-07-06", vec![]),
        ("2024-07-07", vec![first]),
        ("2024-07-08", vec![first, second]),
    ] {
        staff.set(&format!("{day} 09:00"));
        assert_eq!(released(&mut staff), expected, "{day}");
    }
    // Whoever closed holds on to the customer.
    let customer = staff
        .is(LeasingManager)
        .customer(visited("王芳", "13800138000"))
        .meta
        .number;
    staff.steps(
        LeasingManager,
        first,
        "close-deal",
        json!({ "customer": customer }),
    );
    assert_eq!(released(&mut staff), [second]);
    staff.bench.assert_clean();
    // Without a protection period nothing is ever released.
    let mut staff = Staff::of("leasing");
    registered(&mut staff, LeasingManager, "13800138000");
    staff.set("2034-06-06 09:00");
    assert!(released(&mut staff).is_empty());
}

#[test]
fn a14_1_2_customers_with_a_closed_deal_and_no_interval_are_listed_until_a_contact_is_planned() {
    let uncalled = |staff: &mut Staff| -> Vec<(Number, Option<Occasion>)> {
        let query = list(Kind::FollowUp, Filter::NoInterval, Sort::Newest);
        let rows = staff.is(LeasingManager).page(query).rows.into_iter();
        rows.map(|(_, row)| (row.record.number(), row.occasion))
            .collect()
    };
    let closed = |staff: &mut Staff, name: &str, phone: &str| {
        let details = CustomerDetails {
            owner: None,
            ..visited(name, phone)
        };
        let number = staff.is(LeasingManager).customer(details).meta.number;
        let row = registered(staff, LeasingManager, phone);
        staff.steps(
            LeasingManager,
            row,
            "close-deal",
            json!({ "customer": number }),
        );
        number
    };
    let site = "[follow_ups]\nvisit_days = 90\n";
    let mut staff = Staff::with("leasing", Some(site));
    staff
        .is(LeasingManager)
        .customer(visited("赵明", "13900139000"));
    let one = closed(&mut staff, "王芳", "13800138000");
    staff.set("2024-06-07 10:00");
    let other = closed(&mut staff, "李兰", "13800138001");
    let why = Some(Occasion::NoInterval);
    assert_eq!(uncalled(&mut staff), [(one, why), (other, why)]);
    let plan = json!({ "details": { "customer": one, "kind": "call", "day": "2024-07-01" } });
    staff.does(LeasingManager, "plan-follow-up", plan);
    assert_eq!(uncalled(&mut staff), [(other, why)]);
    // With an interval they are on the plan of return calls, and the list is empty.
    for days in ["closed_days", "call_days"] {
        let site = format!("[follow_ups]\n{days} = 30\n");
        let mut staff = Staff::with("leasing", Some(&site));
        closed(&mut staff, "王芳", "13800138000");
        assert!(uncalled(&mut staff).is_empty(), "{days}");
        staff.set("2024-07-08 10:00");
        let today = staff
            .is(LeasingManager)
            .listed(Kind::FollowUp, Filter::Today);
        assert_eq!(today.len(), 1, "{days}");
    }
}

/// A relation that is over.
fn ended(staff: &mut Staff, relation: Number, reason: &str) {
    let bench = staff.is(LeasingManager);
    let at = bench.present(relation);
    let step = RelationStep::EndRelation {
        reason: reason.into(),
    };
    bench.change(Command::StepRelation { at, step });
}

/// A property office, and whoever works there.
fn property() -> Bench {
    let mut bench = Bench::set_up_at("property", Some(""), "2024-06-03 09:00");
    bench.work_as(CustomerService);
    bench
}

fn said(needs: &str) -> IntakeDetails {
    IntakeDetails {
        channel: Some(Channel::Call),
        caller: "周涛".into(),
        phone: "13712345678".into(),
        place: "6-301".into(),
        text: "问停车".into(),
        needs: needs.into(),
        ..IntakeDetails::default()
    }
}

#[test]
fn a01_26_what_a_customer_needs_is_kept_apart_from_the_kind_and_found() {
    let mut bench = property();
    let needs = "想要两个相邻的车位，家里有老人，联系 13912345678";
    let number = bench.intake(said(needs)).meta.number;
    let other = bench.intake(said("")).meta.number;
    let Record::Intake(kept) = bench.get(number).record else {
        panic!()
    };
    assert_eq!(
        (kept.details.needs.as_str(), kept.details.text.as_str()),
        (needs, "问停车")
    );
    // Found by its words, in the list and across all kinds; the other is not.
    assert_eq!(
        bench.found(Kind::Intake, Filter::All, "相邻的车位"),
        [number]
    );
    assert_eq!(bench.searched("相邻的车位"), [number]);
    assert_eq!(
        bench.found(Kind::Intake, Filter::All, "问停车"),
        [other, number]
    );
    // Telephones in it are masked as everywhere.
    let Reply::Record(Some(masked)) = bench.look(Query::Preview(number)) else {
        panic!()
    };
    let Record::Intake(masked) = masked.record else {
        panic!()
    };
    assert!(masked.details.needs.contains("139****5678"), "{masked:?}");
    // It changes for itself and stands in the history.
    let mut details = kept.details.clone();
    details.needs = "一个车位就够".into();
    let at = bench.present(number);
    bench.change(Command::ChangeIntake { at, details });
    let changes = &bench.history(number)[0].changes;
    let paths: Vec<&str> = changes.iter().map(|(path, ..)| path.as_str()).collect();
    assert_eq!(paths, ["needs"]);
    assert_eq!(bench.searched("一个车位就够"), [number]);
    // The register on paper has it below the request.
    let day = Day::parse("2024-06-03").unwrap();
    let Reply::Page(page) = bench.look(Query::PrintDay(day)) else {
        panic!()
    };
    let rows: Vec<Row> = page.rows.into_iter().map(|(_, row)| row).collect();
    let profile = frontdesk::domain::profile::Profile::builtin("property").unwrap();
    for (lang, label) in [(Lang::Zh, "需求：一个车位"), (Lang::En, "Needs: 一个车位")] {
        let words = Words {
            texts: &Texts::new(lang),
            profile: &profile,
        };
        let paper = text::text(&forms::register(day, &rows, words), true);
        assert_eq!(paper.matches(label).count(), 1, "{paper}");
    }
    bench.assert_clean();
}

fn there_was(bench: &mut Bench, customer: Number, limit: u32) -> Vec<Number> {
    match bench.look(Query::Contacts { customer, limit }) {
        Reply::Page(page) => numbers(&page),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a01_21_everything_that_there_was_with_a_customer_stands_on_one_time_line() {
    let mut staff = Staff::of("leasing");
    let mut hour = 8;
    let mut later = |staff: &Staff| {
        hour += 1;
        staff.set(&format!("2024-06-07 {hour:02}:00"));
    };
    let me = |staff: &Staff| Some(staff.posts[&LeasingManager]);
    let owner = me(&staff);
    let of = |name: &str, phone: &str| CustomerDetails {
        owner,
        ..visited(name, phone)
    };
    let kept = staff
        .is(LeasingManager)
        .customer(of("王芳", "13800138000"))
        .meta
        .number;
    let gone = staff
        .is(LeasingManager)
        .customer(of("王芳", "13800138001"))
        .meta
        .number;
    let friend = staff
        .is(LeasingManager)
        .customer(of("赵明", "13800138002"))
        .meta
        .number;
    later(&staff);
    let class = staff.profile.archive.classes[0].id.clone();
    let file = json!({ "details": {
        "title": "客户档案", "class": class, "person": "王芳", "place": "A-1", "customer": gone,
    } });
    let file = staff.does(GeneralServices, "create-file", file).number();
    later(&staff);
    let details = RelationDetails {
        from: Some(kept),
        to: Some(friend),
        kind: RelationKind::Spouse,
        ..RelationDetails::default()
    };
    let relation = staff
        .is(LeasingManager)
        .change(Command::Relate { details })
        .number();
    later(&staff);
    let july = Month::of(Day::parse("2024-07-01").unwrap());
    let plan = json!({ "details": {
        "customer": gone, "action": "送节日贺卡", "month": july, "owner": owner,
        "department": staff.profile.complaints.departments[0].id,
    } });
    let line = staff.does(HeadOfLeasing, "enter-plan-line", plan).number();
    // Under two cards there is what is of each.
    let of_kept = there_was(staff.is(LeasingManager), kept, 20);
    assert_eq!(of_kept, [relation]);
    let of_gone = there_was(staff.is(LeasingManager), gone, 20);
    assert_eq!(of_gone, [line, file]);
    assert_eq!(there_was(staff.is(LeasingManager), friend, 20), [relation]);
    // A relation stands at its last change: that it ended is the newest.
    later(&staff);
    ended(&mut staff, relation, "离异");
    assert_eq!(there_was(staff.is(LeasingManager), kept, 20), [relation]);
    later(&staff);
    staff.is(LeasingManager);
    let (kept_at, absorbed) = (staff.bench.present(kept), staff.bench.present(gone));
    let merge = Command::MergeCustomers {
        kept: kept_at,
        absorbed,
    };
    let (made, _) = staff.bench.agreed(merge, &["merge-preview", "merge-same"]);
    let merge = made.number();
    // Both cards together, the merge once; of each as much as is asked for.
    let all = [merge, relation, line, file];
    assert_eq!(there_was(staff.is(LeasingManager), kept, 20), all);
    assert_eq!(there_was(staff.is(LeasingManager), kept, 2), all[..2]);
    assert_eq!(there_was(staff.is(LeasingManager), gone, 20), all);
    later(&staff);
    staff.is(LeasingManager);
    let at = staff.bench.present(merge);
    let step = MergeStep::UndoMerge {
        reason: "同名不同人".into(),
    };
    staff.bench.change(Command::StepMerge { at, step });
    assert_eq!(
        there_was(staff.is(LeasingManager), kept, 20),
        [merge, relation]
    );
    assert_eq!(
        there_was(staff.is(LeasingManager), gone, 20),
        [merge, line, file]
    );
    staff.bench.assert_clean();
}

#[test]
fn a11_19_1a_the_loans_of_a_customer_s_file_stand_on_the_time_line_for_who_sees_loans() {
    let mut bench = Bench::of("property");
    let customer = bench.customer(card("王芳", "13800138000")).meta.number;
    let details = frontdesk::domain::archive::FileDetails {
        customer: Some(customer),
        ..common::folder("客户档案")
    };
    let file = bench.file(details).meta.number;
    bench.clock.advance_seconds(60);
    let loan = bench.lent(file, borrowed("李雷")).meta.number;
    assert_eq!(there_was(&mut bench, customer, 20), [loan, file]);
    assert_eq!(there_was(&mut bench, customer, 1), [loan]);
}

#[test]
fn a12_3_2_8a_a_file_that_was_given_a_later_day_is_expired_from_that_day_on() {
    let mut staff = Staff::since("leasing", "2015-03-01 09:00");
    let class = staff.profile.archive.classes[0].id.clone();
    let mut files = Vec::new();
    for (place, day) in [
        ("A-1", "2015-03-01"),
        ("A-2", "2015-03-02"),
        ("A-3", "2015-03-03"),
    ] {
        staff.set(&format!("{day} 09:00"));
        let file = json!({ "details": {
            "title": "客户档案", "class": class, "person": "王芳", "place": place,
        } });
        files.push(staff.does(GeneralServices, "create-file", file).number());
    }
    staff.set("2025-03-05 09:00");
    let expired = |staff: &mut Staff| {
        staff
            .is(GeneralServices)
            .listed(Kind::File, Filter::Expired)
    };
    assert_eq!(expired(&mut staff), files);
    let at = staff.at(files[1]);
    let proposed = staff
        .does(
            GeneralServices,
            "propose-destruction",
            json!({ "file": at }),
        )
        .number();
    let kept = json!({ "reason": "客户仍在租", "kept_until": "2027-03-01" });
    staff.steps(HeadOfLeasing, proposed, "refuse-destruction", kept);
    assert_eq!(expired(&mut staff), [files[0], files[2]]);
    // A page at a time, from both ends.
    let mut query = ListQuery {
        limit: 1,
        ..list(Kind::File, Filter::Expired, Sort::Newest)
    };
    let Page {
        rows,
        before,
        after,
        ..
    } = staff.is(GeneralServices).page(query.clone());
    assert_eq!(
        (rows[0].1.record.number(), before, after),
        (files[0], false, true)
    );
    query.after = Some(rows[0].0.clone());
    let page = staff.is(GeneralServices).page(query.clone());
    assert_eq!((numbers(&page), page.after), (vec![files[2]], false));
    query.after = None;
    query.from_end = true;
    let page = staff.is(GeneralServices).page(query);
    assert_eq!((numbers(&page), page.before), (vec![files[2]], true));
    for (day, all) in [("2027-02-28", false), ("2027-03-01", true)] {
        staff.set(&format!("{day} 09:00"));
        assert_eq!(expired(&mut staff).contains(&files[1]), all, "{day}");
    }
}

#[test]
fn a14_3_2_a_group_is_read_page_by_page_with_each_customer_once() {
    let mut staff = Staff::of("leasing");
    let mut cards = Vec::new();
    for place in 0..6 {
        let details = visited(&format!("商户{place}"), &format!("1380013800{place}"));
        cards.push(staff.is(LeasingManager).customer(details).meta.number);
    }
    let join = |staff: &mut Staff, from: Number, kind: RelationKind| {
        let details = RelationDetails {
            from: Some(from),
            kind,
            group: "台商会".into(),
            ..RelationDetails::default()
        };
        staff
            .is(LeasingManager)
            .change(Command::Relate { details })
            .number()
    };
    for member in &cards[..5] {
        join(&mut staff, *member, RelationKind::Member);
    }
    let central = join(&mut staff, cards[3], RelationKind::Central);
    staff.is(LeasingManager);
    let (kept, absorbed) = (staff.bench.present(cards[4]), staff.bench.present(cards[1]));
    let merge = Command::MergeCustomers { kept, absorbed };
    staff.bench.agreed(merge, &["merge-preview", "merge-same"]);
    let paged = |staff: &mut Staff, from_end: bool| {
        let group = Filter::OfGroup(Listed::new("台商会"));
        let mut query = ListQuery {
            limit: 1,
            from_end,
            ..list(Kind::Customer, group, Sort::Newest)
        };
        let mut found = Vec::new();
        loop {
            let page = staff.is(LeasingManager).page(query.clone());
            let Some((cursor, row)) = page.rows.into_iter().next() else {
                return found;
            };
            assert!(row.ties.is_some());
            found.push(row.record.number());
            query.from_end = false;
            let goes_on = if from_end {
                query.before = Some(cursor);
                page.before
            } else {
                query.after = Some(cursor);
                page.after
            };
            if !goes_on {
                return found;
            }
        }
    };
    let whole = vec![cards[3], cards[0], cards[2], cards[4]];
    assert_eq!(paged(&mut staff, false), whole);
    assert_eq!(
        paged(&mut staff, true),
        whole.iter().rev().copied().collect::<Vec<_>>()
    );
    // Who is central no more stands among the members again.
    ended(&mut staff, central, "卸任");
    let whole = [cards[0], cards[2], cards[3], cards[4]];
    assert_eq!(paged(&mut staff, false), whole);
    staff.bench.assert_clean();
}

#[test]
fn who_shares_a_telephone_with_a_card_is_found_without_a_search() {
    let mut bench = Bench::of("property");
    let one = bench.customer(card("王芳", "13800138000")).meta.number;
    let twin = bench.customer(card("王兰", "13800138000")).meta.number;
    bench.customer(card("赵明", "13900139000"));
    let Reply::Page(page) = bench.look(Query::Twins(one)) else {
        panic!()
    };
    assert_eq!(numbers(&page), [twin]);
    let me = bench.operator;
    let looks = log(&mut bench, me, LooksQuery::default());
    assert!(
        looks
            .iter()
            .all(|look| look.operator != me || look.detail.is_empty()),
        "{looks:?}"
    );
}
