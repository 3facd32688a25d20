//! The clauses on shelving, custody, inspections, leaks and the way to a destruction, each checked as its
//! register asks (SM6, SM10).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test fails by panicking, and writes what is asked where it asks"
)]

mod common;

use common::staff::Staff;
use frontdesk::desk::contract::{Filter, Query, Reply};
use frontdesk::domain::archive::{ArchiveFile, Lack};
use frontdesk::domain::destruction::{Destruction, DestructionState};
use frontdesk::domain::incident::{Incident, IncidentState};
use frontdesk::domain::inspection::{Inspection, SafetyPoint};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role::{
    self, ArchiveAdministrator, CallAgent, CustomerServiceManager, DesignatedKeeper,
    GeneralManager, GeneralServices, HeadOfLeasing, InformationSpecialist, InformationSupervisor,
    SalesDirector,
};
use serde_json::{Value, json};

/// Two cabinets of two rows with three places.
const SHELVES: &str = r#"
[[archive.shelves]]
id = "甲"
class = "owner"
rows = 2
places = 3

[[archive.shelves]]
id = "乙"
rows = 2
places = 3
"#;

fn set_up(staff: &mut Staff, role: Role, details: Value) -> Number {
    staff
        .does(role, "create-file", json!({ "details": details }))
        .number()
}

fn file(staff: &mut Staff, number: Number) -> ArchiveFile {
    match staff.seen(number) {
        Record::File(file) => file,
        other => panic!("{other:?}"),
    }
}

fn listed(staff: &mut Staff, role: Role, kind: Kind, filter: Filter) -> Vec<Number> {
    staff.is(role).listed(kind, filter)
}

#[test]
fn a11_07_files_of_a_class_are_placed_from_left_to_right_and_then_down() {
    let mut staff = Staff::with("property", Some(SHELVES));
    let mut places = Vec::new();
    for count in 0..6 {
        let details = json!({ "title": format!("业主 {count}"), "class": "owner" });
        let number = set_up(&mut staff, ArchiveAdministrator, details);
        places.push(file(&mut staff, number).details.place);
    }
    assert_eq!(
        places,
        ["甲-1-1", "甲-1-2", "甲-1-3", "甲-2-1", "甲-2-2", "甲-2-3"]
    );
    let by_number = listed(
        &mut staff,
        ArchiveAdministrator,
        Kind::File,
        Filter::Current,
    );
    assert_eq!(by_number.len(), 6);
    // A place that there is not, one for another class, and one that is taken are refused.
    for (place, why) in [
        ("丙-1-1", "A07-g4a"),
        ("甲-1-1", "A11-07"),
        ("甲-1-2", "A11-07"),
    ] {
        let class = if place == "甲-1-1" {
            "contract"
        } else {
            "owner"
        };
        let details = json!({ "title": "物业合同", "class": class, "place": place });
        let body = json!({ "details": details });
        let found = staff.may_not(ArchiveAdministrator, "create-file", body);
        assert!(
            found.iter().all(|one| *one == format!("{why} place")),
            "{place}: {found:?}"
        );
    }
}

#[test]
fn a11_04b_a_file_that_lacks_a_field_is_not_sorted_and_the_field_is_named() {
    let mut staff = Staff::of("call-centre");
    let class = staff.profile.archive.classes[0].id.clone();
    let details = json!({ "title": "客户合同", "class": class });
    let number = set_up(&mut staff, InformationSpecialist, details);
    let why = staff.stays(InformationSpecialist, number, "sort-file", json!({}));
    assert_eq!(why, ["A11-04b file-lacks", "A11-04b file-lacks"]);
    assert_eq!(
        file(&mut staff, number).custody.lacks,
        [Lack::Person, Lack::Place]
    );
}

#[test]
fn a13_a1_incomplete_files_are_listed_with_what_they_lack() {
    let mut staff = Staff::of("property");
    let whole = json!({ "title": "业主", "class": "owner", "person": "王芳", "place": "A-1" });
    set_up(&mut staff, ArchiveAdministrator, whole);
    let lacking = json!({ "title": "业主", "class": "owner", "person": "王芳" });
    let number = set_up(&mut staff, ArchiveAdministrator, lacking);
    let found = listed(
        &mut staff,
        ArchiveAdministrator,
        Kind::File,
        Filter::Incomplete,
    );
    assert_eq!(found, [number]);
    assert_eq!(file(&mut staff, number).custody.lacks, [Lack::Place]);
}

#[test]
fn a13_a2_a_file_is_sorted_once_it_lacks_nothing() {
    let mut staff = Staff::of("property");
    let details = json!({ "title": "业主", "class": "owner", "place": "A-1" });
    let number = set_up(&mut staff, ArchiveAdministrator, details);
    let why = staff.stays(ArchiveAdministrator, number, "sort-file", json!({}));
    assert_eq!(why, ["A11-04b file-lacks"]);
    let at = staff.at(number);
    let details = json!({ "title": "业主", "class": "owner", "place": "A-1", "person": "王芳" });
    let body = json!({ "at": at, "details": details });
    staff.does(ArchiveAdministrator, "change-file", body);
    staff.steps(ArchiveAdministrator, number, "sort-file", json!({}));
    let sorted = file(&mut staff, number).custody.sorted.unwrap();
    assert_eq!(sorted.by, staff.posts[&ArchiveAdministrator]);
}

#[test]
fn a13_a3_a_file_is_on_one_of_the_media_or_on_another_that_is_named() {
    let mut staff = Staff::of("property");
    for medium in ["paper", "photo", "film", "tape", "disk"] {
        let details = json!({ "title": "资料", "class": "media", "medium": medium });
        let number = set_up(&mut staff, ArchiveAdministrator, details);
        assert_eq!(file(&mut staff, number).details.medium.id(), medium);
    }
    let other = |note: &str| {
        json!({ "details": {
            "title": "资料", "class": "media", "medium": "other", "note": note,
        } })
    };
    let why = staff.may_not(ArchiveAdministrator, "create-file", other(""));
    assert_eq!(why, ["A13-a3 note"]);
    staff.does(ArchiveAdministrator, "create-file", other("木版"));
}

#[test]
fn a13_a4_a_file_has_a_number_of_its_own_within_its_class() {
    let mut staff = Staff::of("property");
    let mut numbers = Vec::new();
    for class in ["owner", "contract", "owner", "owner", "contract"] {
        let details = json!({ "title": "资料", "class": class });
        let number = set_up(&mut staff, ArchiveAdministrator, details);
        numbers.push((class, file(&mut staff, number).custody.class_no));
    }
    let expected = [
        ("owner", 1),
        ("contract", 1),
        ("owner", 2),
        ("owner", 3),
        ("contract", 2),
    ];
    assert_eq!(numbers, expected);
    let nameless = json!({ "details": { "title": "资料", "class": "" } });
    let why = staff.may_not(ArchiveAdministrator, "create-file", nameless);
    assert_eq!(why, [" class"]);
}

/// Of five files one has no electronic part and one no place.
fn five() -> (Staff, Number, Number) {
    let mut staff = Staff::of("dealership");
    let mut found = Vec::new();
    for count in 0..5 {
        let place = if count == 1 {
            String::new()
        } else {
            format!("A-{count}")
        };
        let details =
            json!({ "title": format!("档案 {count}"), "class": "general", "place": place });
        let number = set_up(&mut staff, ArchiveAdministrator, details);
        if count != 0 {
            let part = json!({ "pages": 3, "reference": format!("{count}.pdf") });
            staff.steps(ArchiveAdministrator, number, "digitise-file", part);
        }
        found.push(number);
    }
    (staff, found[0], found[1])
}

#[test]
fn a07_g1_files_without_paper_place_or_electronic_part_are_listed() {
    let (mut staff, paper_only, unplaced) = five();
    let administrator = ArchiveAdministrator;
    let found = listed(&mut staff, administrator, Kind::File, Filter::PaperOnly);
    assert_eq!(found, [paper_only]);
    let found = listed(&mut staff, administrator, Kind::File, Filter::Unplaced);
    assert_eq!(found, [unplaced]);
    let lacks = file(&mut staff, paper_only).custody.lacks.clone();
    assert!(lacks.contains(&Lack::Electronic) && !lacks.contains(&Lack::Place));
}

#[test]
fn a07_g4b_a_file_neither_out_nor_at_a_place_is_listed() {
    let (mut staff, _, unplaced) = five();
    let administrator = ArchiveAdministrator;
    let at = staff.at(unplaced);
    let details = json!({ "borrower": "赵明", "copies": 1, "reason": "理赔" });
    staff.does(
        administrator,
        "check-out",
        json!({ "file": at, "details": details }),
    );
    assert_eq!(
        listed(&mut staff, administrator, Kind::File, Filter::Unplaced),
        []
    );
}

#[test]
fn a11_19_1a_what_is_neither_in_the_store_nor_on_loan_is_listed_as_dispersed() {
    let mut staff = Staff::of("call-centre");
    let class = staff.profile.archive.classes[0].id.clone();
    let details = json!({ "title": "客户合同", "class": class, "person": "王芳" });
    let number = set_up(&mut staff, InformationSpecialist, details);
    let found = listed(
        &mut staff,
        InformationSpecialist,
        Kind::File,
        Filter::Unplaced,
    );
    assert_eq!(found, [number]);
}

/// Damage is to be repaired until day and person are entered.
fn repaired(profile: &str, role: Role) {
    let mut staff = Staff::of(profile);
    let class = staff.profile.archive.classes[0].id.clone();
    let details = json!({ "title": "旧档", "class": class });
    let number = set_up(&mut staff, role, details);
    staff.steps(role, number, "damage-file", json!({ "text": "字迹褪色" }));
    assert_eq!(
        listed(&mut staff, role, Kind::File, Filter::ToRepair),
        [number]
    );
    let nothing = json!({ "text": "" });
    let why = staff.stays(role, number, "repair-file", nothing);
    assert_eq!(why, ["A11-15 text", "A11-15 repaired_on"]);
    let done = json!({ "text": "李师傅重新描写", "repaired_on": "2024-06-06" });
    staff.steps(role, number, "repair-file", done);
    assert_eq!(listed(&mut staff, role, Kind::File, Filter::ToRepair), []);
    let damage = file(&mut staff, number).custody.damages[0].clone();
    assert_eq!(damage.repaired_on.unwrap().to_string(), "2024-06-06");
}

#[test]
fn a11_15_what_is_damaged_stays_listed_until_it_is_repaired() {
    repaired("call-centre", InformationSpecialist);
}

#[test]
fn a13_a5d_what_is_decayed_stays_listed_until_it_is_repaired() {
    repaired("property", ArchiveAdministrator);
}

fn inspection(staff: &mut Staff, number: Number) -> Inspection {
    match staff.seen(number) {
        Record::Inspection(inspection) => inspection,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a11_14b_an_inspection_closes_when_every_shelf_has_its_result() {
    let mut staff = Staff::with(
        "call-centre",
        Some(&SHELVES.replace("class = \"owner\"\n", "")),
    );
    let by = InformationSpecialist;
    let number = staff
        .does(by, "begin-inspection", json!({ "details": {} }))
        .number();
    let visit = |shelf: &str, finding: &str, note: &str| json!({ "shelf": shelf, "finding": finding, "note": note });
    staff.steps(by, number, "visit-shelf", visit("甲", "in-order", ""));
    let why = staff.stays(by, number, "close-inspection", json!({}));
    assert_eq!(why, ["A11-14b shelf-not-visited"]);
    let why = staff.stays(by, number, "visit-shelf", visit("乙", "missing", ""));
    assert_eq!(why, ["A11-14b note"]);
    staff.steps(
        by,
        number,
        "visit-shelf",
        visit("乙", "missing", "缺 3 号合同"),
    );
    staff.steps(by, number, "close-inspection", json!({}));
    let record = inspection(&mut staff, number);
    assert_eq!(record.visits.len(), 2);
    let closed = record.closed.unwrap();
    assert_eq!(closed.by, staff.posts[&by]);
    let again = staff.stays(by, number, "visit-shelf", visit("甲", "in-order", ""));
    assert_eq!(again, ["A11-14b inspection-closed"]);
}

#[test]
fn a11_16_temperature_and_humidity_outside_their_bounds_are_marked() {
    let bounds = "[archive.inspections]\ntemperature = [140, 240]\nhumidity = [45, 60]\n";
    let mut staff = Staff::with("call-centre", Some(bounds));
    let by = InformationSpecialist;
    let look = |temperature: Value, humidity: Value| {
        json!({ "details": {
            "kind": "environment", "temperature": temperature, "humidity": humidity,
        } })
    };
    let why = staff.may_not(by, "begin-inspection", look(Value::Null, Value::Null));
    assert_eq!(why, ["A11-16 temperature", "A11-16 humidity"]);
    for (temperature, humidity, marked) in [(205, 50, false), (241, 50, true), (205, 61, true)] {
        let body = look(json!(temperature), json!(humidity));
        let number = staff.does(by, "begin-inspection", body).number();
        assert_eq!(
            inspection(&mut staff, number).out_of_bounds,
            marked,
            "{temperature}"
        );
    }
}

/// The points of safety, all in order but those named.
fn safety(bad: &[SafetyPoint]) -> Value {
    let points = SafetyPoint::ALL.iter();
    let points: Vec<Value> = points
        .map(|point| json!([point, !bad.contains(point)]))
        .collect();
    json!({ "details": { "kind": "security", "safety": points } })
}

#[test]
fn a13_a5a_doors_windows_cabinets_and_locks_each_have_a_result() {
    let mut staff = Staff::of("property");
    let mut lacking = safety(&[]);
    lacking["details"]["safety"]
        .as_array_mut()
        .unwrap()
        .remove(3);
    let why = staff.may_not(ArchiveAdministrator, "begin-inspection", lacking);
    assert_eq!(why, ["A13-a5a locks"]);
    let body = safety(&[SafetyPoint::Locks]);
    let number = staff
        .does(ArchiveAdministrator, "begin-inspection", body)
        .number();
    let record = inspection(&mut staff, number);
    assert!(record.details.safety.contains(&(SafetyPoint::Locks, false)));
    assert!(record.closed.is_some());
}

#[test]
fn a13_a5b_airing_insects_dust_and_rats_are_each_done_or_not() {
    let mut staff = Staff::of("property");
    for (place, point) in [(4, "airing"), (5, "insects"), (6, "dust"), (7, "rats")] {
        let mut lacking = safety(&[]);
        lacking["details"]["safety"]
            .as_array_mut()
            .unwrap()
            .remove(place);
        let why = staff.may_not(ArchiveAdministrator, "begin-inspection", lacking);
        assert_eq!(why, [format!("A13-a5a {point}")]);
    }
}

fn incident(staff: &mut Staff, number: Number) -> Incident {
    match staff.seen(number) {
        Record::Incident(incident) => incident,
        other => panic!("{other:?}"),
    }
}

fn reported(staff: &mut Staff) -> Number {
    let details = json!({
        "text": "名单误发到外部群", "measure": "已撤回并通知对方删除", "measure_by": "周婷",
    });
    staff
        .does(CallAgent, "report-incident", json!({ "details": details }))
        .number()
}

#[test]
fn a11_27a_a_leak_is_reported_with_what_was_found_and_done_at_once() {
    let mut staff = Staff::of("call-centre");
    let nothing = json!({ "details": {} });
    let why = staff.may_not(CallAgent, "report-incident", nothing);
    assert_eq!(
        why,
        ["A11-27a text", "A11-27a measure", "A11-27a measure_by"]
    );
    let number = reported(&mut staff);
    let now = staff.bench.desk.now();
    assert_eq!(incident(&mut staff, number).details.found_at, Some(now));
}

#[test]
fn a11_27b_both_posts_see_it_first_until_each_acknowledges() {
    let mut staff = Staff::of("call-centre");
    let number = reported(&mut staff);
    for role in [InformationSupervisor, CustomerServiceManager] {
        assert_eq!(
            listed(&mut staff, role, Kind::Complaint, Filter::ForMe),
            [number]
        );
        staff.steps(role, number, "acknowledge-leak", json!({}));
        assert_eq!(listed(&mut staff, role, Kind::Complaint, Filter::ForMe), []);
    }
    let record = incident(&mut staff, number);
    assert_eq!(record.state, IncidentState::Acknowledged);
    let by: Vec<Number> = record
        .acknowledged
        .iter()
        .map(|(_, said)| said.by)
        .collect();
    let posts = [InformationSupervisor, CustomerServiceManager].map(|role| staff.posts[&role]);
    assert_eq!(by, posts);
}

#[test]
fn a11_27c_a_leak_closes_with_an_action_and_a_result() {
    let mut staff = Staff::of("call-centre");
    let number = reported(&mut staff);
    for role in [InformationSupervisor, CustomerServiceManager] {
        staff.steps(role, number, "acknowledge-leak", json!({}));
    }
    let end = json!({ "result": "对方已书面确认删除" });
    let by = CustomerServiceManager;
    let why = staff.stays(by, number, "close-leak", end.clone());
    assert_eq!(why, ["A11-27c nothing-done-yet"]);
    assert_eq!(
        listed(&mut staff, by, Kind::Incident, Filter::Open),
        [number]
    );
    staff.steps(by, number, "act-on-leak", json!({ "text": "约谈当事人" }));
    let why = staff.stays(by, number, "close-leak", json!({ "result": "" }));
    assert_eq!(why, ["A11-27c result"]);
    staff.steps(by, number, "close-leak", end);
    assert_eq!(listed(&mut staff, by, Kind::Incident, Filter::Open), []);
}

fn destruction(staff: &mut Staff, number: Number) -> Destruction {
    match staff.seen(number) {
        Record::Destruction(destruction) => destruction,
        other => panic!("{other:?}"),
    }
}

/// A leasing office with a file that was filed on a day, and the day now.
fn filed(on: &str, now: &str) -> (Staff, Number) {
    let mut staff = Staff::since("leasing", &format!("{on} 09:00"));
    let class = staff.profile.archive.classes[0].id.clone();
    let details = json!({ "title": "客户档案", "class": class, "person": "王芳", "place": "A-1" });
    let number = set_up(&mut staff, GeneralServices, details);
    staff.set(&format!("{now} 09:00"));
    (staff, number)
}

fn propose(staff: &mut Staff, file: Number) -> Number {
    let at = staff.at(file);
    staff
        .does(
            GeneralServices,
            "propose-destruction",
            json!({ "file": at }),
        )
        .number()
}

#[test]
fn a12_3_2_8a_a_file_is_kept_for_ten_years_and_then_on_the_expired_list() {
    kept_for_ten_years();
}

#[test]
fn a15_3_2_8a_is_a12_3_2_8a_printed_again() {
    kept_for_ten_years();
}

fn kept_for_ten_years() {
    for (on, kept, over) in [
        ("2015-03-01", "2025-02-28", "2025-03-01"),
        ("2016-02-29", "2026-02-28", "2026-03-01"),
    ] {
        let (mut staff, number) = filed(on, kept);
        assert_eq!(
            listed(&mut staff, GeneralServices, Kind::File, Filter::Expired),
            []
        );
        let at = staff.at(number);
        let early = json!({ "file": at });
        let why = staff.may_not(GeneralServices, "propose-destruction", early);
        assert_eq!(why, ["A12-3.2.8a still-kept"]);
        staff.set(&format!("{over} 00:00"));
        assert_eq!(
            listed(&mut staff, GeneralServices, Kind::File, Filter::Expired),
            [number]
        );
        let proposed = propose(&mut staff, number);
        let record = destruction(&mut staff, proposed);
        assert_eq!(record.past_on.unwrap().to_string(), over);
    }
}

#[test]
fn a12_3_2_8b_reviewed_by_one_and_approved_by_another_in_this_order() {
    reviewed_and_approved();
}

#[test]
fn a15_3_2_8b_is_a12_3_2_8b_printed_again() {
    reviewed_and_approved();
}

fn reviewed_and_approved() {
    let (mut staff, number) = filed("2015-03-01", "2025-03-03");
    let proposed = propose(&mut staff, number);
    let why = staff.stays(GeneralManager, proposed, "approve-destruction", json!({}));
    assert_eq!(why, ["A12-3.2.8b archive-step-not-yet"]);
    let why = staff.stays(GeneralManager, proposed, "review-destruction", json!({}));
    assert_eq!(why, ["A12-3.2.8b role-may-not"]);
    staff.steps(HeadOfLeasing, proposed, "review-destruction", json!({}));
    let why = staff.stays(HeadOfLeasing, proposed, "approve-destruction", json!({}));
    assert_eq!(why, ["A12-3.2.8b role-may-not"]);
    staff.steps(GeneralManager, proposed, "approve-destruction", json!({}));
    let record = destruction(&mut staff, proposed);
    assert_eq!(record.state, DestructionState::Approved);
    assert_eq!(record.reviewed.unwrap().by, staff.posts[&HeadOfLeasing]);
    assert_eq!(record.approved.unwrap().by, staff.posts[&GeneralManager]);
}

#[test]
fn one_person_in_both_posts_cannot_review_and_approve() {
    let (mut staff, number) = filed("2015-03-01", "2025-03-03");
    staff.is(Role::Administrator);
    let both = staff
        .bench
        .add_operator("both", &[HeadOfLeasing, GeneralManager]);
    staff.posts.insert(HeadOfLeasing, both.meta.number);
    let proposed = propose(&mut staff, number);
    staff.steps(HeadOfLeasing, proposed, "review-destruction", json!({}));
    let why = staff.stays(HeadOfLeasing, proposed, "approve-destruction", json!({}));
    assert_eq!(why, ["A12-3.2.8b approved-twice"]);
}

#[test]
fn a_hold_beats_the_end_of_the_period_and_a_refusal_names_a_new_day() {
    let (mut staff, number) = filed("2015-03-01", "2025-03-03");
    staff.steps(
        HeadOfLeasing,
        number,
        "hold-file",
        json!({ "reason": "诉讼保全" }),
    );
    let at = staff.at(number);
    let held = json!({ "file": at });
    assert_eq!(
        staff.may_not(GeneralServices, "propose-destruction", held),
        [" file-held"]
    );
    staff.steps(
        HeadOfLeasing,
        number,
        "release-file",
        json!({ "reason": "结案" }),
    );
    let proposed = propose(&mut staff, number);
    let no_day = json!({ "reason": "客户仍在租" });
    let why = staff.stays(HeadOfLeasing, proposed, "refuse-destruction", no_day);
    assert_eq!(why, [" kept_until"]);
    let kept = json!({ "reason": "客户仍在租", "kept_until": "2027-03-01" });
    staff.steps(HeadOfLeasing, proposed, "refuse-destruction", kept);
    let at = staff.at(number);
    let why = staff.may_not(
        GeneralServices,
        "propose-destruction",
        json!({ "file": at }),
    );
    assert_eq!(why, ["A12-3.2.8a still-kept"]);
}

#[test]
fn a11_25_only_what_is_past_its_period_and_without_value_goes() {
    let years = "[archive]\nkeep_years = 5\n";
    let mut staff = Staff::with("call-centre", Some(years));
    let class = staff.profile.archive.classes[0].id.clone();
    let details = json!({ "title": "客户合同", "class": class, "person": "王芳", "place": "A-1" });
    let number = set_up(&mut staff, InformationSpecialist, details);
    let by = InformationSpecialist;
    let propose = |staff: &mut Staff| {
        let at = staff.at(number);
        staff.tell(by, "propose-destruction", json!({ "file": at }))
    };
    let early = propose(&mut staff);
    assert_eq!(common::staff::said(early), ["A12-3.2.8a still-kept"]);
    staff.set("2029-06-06 09:00");
    let unmarked = propose(&mut staff);
    assert_eq!(common::staff::said(unmarked), ["A11-25 not-appraised"]);
    staff.steps(
        by,
        number,
        "appraise-file",
        json!({ "reason": "合同已履行完毕" }),
    );
    assert!(propose(&mut staff).is_ok());
    // Nothing is sold as waste paper.
    for method in &staff.profile.archive.methods {
        assert!(
            !method.zh.contains('售') && !method.zh.contains('卖'),
            "{}",
            method.zh
        );
    }
}

#[test]
fn a13_a5e_what_is_void_goes_the_same_way_whatever_its_age() {
    let mut staff = Staff::of("property");
    let details = json!({ "title": "业主", "class": "owner", "person": "王芳", "place": "A-1" });
    let number = set_up(&mut staff, ArchiveAdministrator, details);
    let by = ArchiveAdministrator;
    let at = staff.at(number);
    let body = json!({ "file": at });
    assert_eq!(
        staff.may_not(by, "propose-destruction", body),
        ["A11-25 no-keeping-period"]
    );
    staff.steps(by, number, "void-file", json!({ "reason": "重复建档" }));
    let at = staff.at(number);
    let proposed = staff
        .does(by, "propose-destruction", json!({ "file": at }))
        .number();
    staff.steps(
        Role::PropertyCentreManager,
        proposed,
        "review-destruction",
        json!({}),
    );
    staff.steps(
        Role::PropertyGeneralManager,
        proposed,
        "approve-destruction",
        json!({}),
    );
    assert_eq!(
        destruction(&mut staff, proposed).state,
        DestructionState::Approved
    );
}

#[test]
fn a03_4_1_2a_a_department_s_file_is_changed_by_its_own_people() {
    let mut staff = Staff::of("mining");
    staff.sits_in(DesignatedKeeper, "joint-operation");
    let details = json!({ "title": "用户档案", "class": "customer", "unit": "joint-operation" });
    let number = set_up(&mut staff, Role::JointOperationOffice, details);
    let at = staff.at(number);
    let details = json!({ "title": "用户档案二", "class": "customer", "unit": "joint-operation" });
    let body = json!({ "at": at, "details": details });
    staff.sits_in(DesignatedKeeper, "sales");
    let why = staff.may_not(DesignatedKeeper, "change-file", body.clone());
    assert_eq!(why, ["A03-4.1.2a another-unit-s-file"]);
    // The keeper of that department may.
    staff.sits_in(DesignatedKeeper, "joint-operation");
    staff.does(DesignatedKeeper, "change-file", body);
}

#[test]
fn a03_4_1_2c_a_new_or_changed_file_waits_for_the_sales_director() {
    let mut staff = Staff::of("mining");
    let details = json!({ "title": "用户档案", "class": "customer" });
    let number = set_up(&mut staff, Role::Sales, details.clone());
    assert_eq!(
        listed(&mut staff, SalesDirector, Kind::Complaint, Filter::ForMe),
        [number]
    );
    let why = staff.stays(Role::Sales, number, "confirm-file", json!({}));
    assert_eq!(why, ["A03-4.1.2c role-may-not"]);
    staff.steps(SalesDirector, number, "confirm-file", json!({}));
    assert_eq!(
        listed(&mut staff, SalesDirector, Kind::Complaint, Filter::ForMe),
        []
    );
    let at = staff.at(number);
    let body = json!({ "at": at, "details": details });
    staff.does(DesignatedKeeper, "change-file", body);
    assert_eq!(
        listed(&mut staff, SalesDirector, Kind::Complaint, Filter::ForMe),
        [number]
    );
}

/// What is due on a day, by kind, and whether it is overdue.
fn due(staff: &mut Staff, role: Role, time: &str) -> Vec<(String, bool)> {
    staff.set(time);
    let reply = staff.is(role).look(Query::InspectionsDue);
    let Reply::InspectionsDue(due) = reply else {
        panic!("{reply:?}");
    };
    let due = due
        .into_iter()
        .map(|it| (it.kind.id().to_owned(), it.overdue));
    due.collect()
}

/// A full inspection closed on 2024-01-15, and what is due at three times.
fn full_inspection(profile: &str, role: Role, times: [(&str, Option<bool>); 3]) {
    let mut staff = Staff::since(profile, "2024-01-15 09:00");
    let number = staff
        .does(role, "begin-inspection", json!({ "details": {} }))
        .number();
    let visit = json!({ "shelf": "*", "finding": "in-order", "note": "" });
    staff.steps(role, number, "visit-shelf", visit);
    staff.steps(
        role,
        number,
        "close-inspection",
        json!({ "note": "全部完好" }),
    );
    for (time, expected) in times {
        let found = due(&mut staff, role, time);
        let expected: Vec<_> = expected
            .into_iter()
            .map(|it| ("custody".to_owned(), it))
            .collect();
        assert_eq!(found, expected, "{time}");
    }
}

#[test]
fn a11_14a_half_a_year_after_the_last_full_inspection_the_next_is_due() {
    let times = [
        ("2024-07-14 23:59", None),
        ("2024-07-15 09:00", Some(false)),
        ("2024-07-16 00:00", Some(true)),
    ];
    full_inspection("call-centre", InformationSpecialist, times);
}

#[test]
fn a13_a5c_a_quarter_after_the_last_full_inspection_the_next_is_due() {
    let times = [
        ("2024-04-14 23:59", None),
        ("2024-04-15 09:00", Some(false)),
        ("2024-04-16 00:00", Some(true)),
    ];
    full_inspection("property", ArchiveAdministrator, times);
}

#[test]
fn a11_16_a_check_of_the_environment_is_due_when_the_last_is_older_than_its_interval() {
    let site = "[archive.inspections]\nenvironment_days = 30\n";
    let mut staff = Staff::with("call-centre", Some(site));
    let by = InformationSpecialist;
    let body = json!({ "details": { "kind": "environment", "temperature": 200, "humidity": 50 } });
    staff.does(by, "begin-inspection", body);
    let of = |staff: &mut Staff, time| {
        let mut due = due(staff, by, time);
        due.retain(|(kind, _)| kind == "environment");
        due
    };
    assert_eq!(of(&mut staff, "2024-07-05 09:00"), []);
    assert_eq!(
        of(&mut staff, "2024-07-07 09:00"),
        [("environment".to_owned(), true)]
    );
}

#[test]
fn a13_a5a_a_check_of_doors_and_locks_is_due_when_the_last_is_older_than_its_interval() {
    let site = "[archive.inspections]\nsecurity_days = 7\n";
    let mut staff = Staff::with("property", Some(site));
    staff.does(ArchiveAdministrator, "begin-inspection", safety(&[]));
    let of = |staff: &mut Staff, time| {
        let mut due = due(staff, ArchiveAdministrator, time);
        due.retain(|(kind, _)| kind == "security");
        due
    };
    assert_eq!(of(&mut staff, "2024-06-12 09:00"), []);
    assert_eq!(
        of(&mut staff, "2024-06-14 09:00"),
        [("security".to_owned(), true)]
    );
}
