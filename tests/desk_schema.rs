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

use common::filled::work;
use common::walk::everything;
use common::{Bench, NOBODY, at, call, set_up};
use frontdesk::desk::clock::SetClock;
use frontdesk::desk::contract::{
    Command, Door, Envelope, Proof, Query, Reply, Request, RequestId, Secret, Sitting,
};
use frontdesk::desk::{Counter, Desk, Options, Peer, SiteFile};
use frontdesk::domain::archive::{Custody, FileDetails};
use frontdesk::domain::campaign::Target;
use frontdesk::domain::complaint::course::Course;
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::follow_up::{Contact, FollowUpDetails};
use frontdesk::domain::intake::IntakeDetails;
use frontdesk::domain::loan::LoanCourse;
use frontdesk::domain::number::{Kind, Number};
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

/// What the site of the stores adds to its profile: papers that are handed over.
const SITE: &str = r#"
[archive.steps]
hand-in = { roles = ["reception"] }
record-transaction = { roles = ["reception"] }
register-customer = { roles = ["reception"] }
keep-forms = { roles = ["reception"] }
set-duty = { roles = ["reception"] }
keep-catalogue = { roles = ["reception"] }

[registration]
late_until = "10:00"
unit = "calendar"
file_form = ["name", "phones", "business", "agent", "manager", "closed-on"]

[dossier]
developer = { zh = "本开发商", en = "the developer" }
sections = [{ id = "all", zh = "全部", en = "All" }]
[dossier.fields.F15]
zh = "子女"
en = "Children"
section = "all"
many = true
parts = [
    { id = "name", zh = "姓名", en = "name" },
    { id = "born", zh = "生日", en = "born", shape = "date" },
]

[[archive.checklists]]
id = "papers"
zh = "资料移交"
en = "Papers handed over"
sorts = ["after-sales-other"]
class = "general"
post = "reception"
department = "engineering"
days = 1
clause = "A07-a.1"
items = [{ id = "sheet", zh = "接待单", en = "Reception sheet" }]
"#;

/// The kinds of records that came with schema 6, and credentials, which nobody sees.
const KINDS_OF_6: [Kind; 12] = [
    Kind::Credential,
    Kind::Handover,
    Kind::Access,
    Kind::Inspection,
    Kind::Incident,
    Kind::Destruction,
    Kind::DayEnd,
    Kind::Transaction,
    Kind::Task,
    Kind::Registration,
    Kind::DutyShift,
    Kind::FollowUp,
];

/// The kinds of records that came with schema 7.
const KINDS_OF_7: [Kind; 14] = [
    Kind::Campaign,
    Kind::PlanLine,
    Kind::Dossier,
    Kind::Relation,
    Kind::Introduction,
    Kind::Handout,
    Kind::ServiceItem,
    Kind::Merge,
    Kind::Survey,
    Kind::Answer,
    Kind::Occupancy,
    Kind::Instruction,
    Kind::Hint,
    Kind::ShiftSheet,
];

fn options(clock: &SetClock) -> Options {
    Options {
        clock: Box::new(clock.clone()),
        site_file: Some(SiteFile {
            name: "site.toml".into(),
            text: SITE.into(),
        }),
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

/// What came with schema 9, as if nothing had been entered; the customer of an entry stands with what was
/// entered.
fn came_with_9(one: &mut Value) {
    let nothing = |at: &str, fields: Value, one: &mut Value| {
        if let Some(Value::Object(there)) = one.pointer_mut(at) {
            for (field, nothing) in fields.as_object().unwrap() {
                there.entry(field).or_insert(nothing.clone());
            }
        }
    };
    let card = || serde_json::json!({ "business": null, "deal": null });
    nothing("/record/customer/details", card(), one);
    nothing("/record/merge/before/details", card(), one);
    if let Some(Value::Array(fills)) = one.pointer_mut("/record/customer/fills") {
        for fill in fills {
            nothing("/with", card(), fill);
        }
    }
    let site = serde_json::json!({ "sales_site": "" });
    nothing("/record/intake/details", site, one);
    let met = serde_json::json!({ "sales_site": "", "met": null });
    nothing("/record/registration/details", met, one);
    for kind in ["campaign", "survey"] {
        let target = serde_json::json!({ "prospects": false, "named": [] });
        nothing(&format!("/record/{kind}/details/target"), target, one);
    }
    if let Some(Value::Object(entry)) = one["record"].get_mut("transaction")
        && let Some(customer) = entry.remove("customer")
    {
        entry["details"]["customer"] = customer;
    }
    if let Some(Value::Object(intake)) = one["record"].get_mut("intake") {
        let details = intake["details"].as_object_mut().unwrap();
        details.entry("needs").or_insert("".into());
    }
    if let Some(Value::Object(row)) = one["record"].get_mut("registration") {
        row.entry("kept").or_insert(Value::Null);
    }
}

/// What came with schema 8: whose claim the later one of a collision is, the rules of a ruling, and who is
/// asked by a survey.
fn came_with_8(one: &mut Value) {
    if let Some(Value::Object(survey)) = one["record"].get_mut("survey") {
        let everybody = serde_json::to_value(Target::default()).unwrap();
        let details = survey["details"].as_object_mut().unwrap();
        details.entry("target").or_insert(everybody);
    }
    if let Some(Value::Object(row)) = one["record"].get_mut("registration") {
        let (by, rules) = (row["meta"]["created_by"].clone(), row["rules"].clone());
        if let Value::Object(collision) = &mut row["collision"] {
            let rules = if collision["ruled"].is_null() {
                Value::Null
            } else {
                rules
            };
            collision.entry("claimant").or_insert(by);
            collision.entry("rules").or_insert(rules);
        }
        if let Value::Object(closing) = &mut row["closing"] {
            closing.entry("filed").or_insert(Value::Null);
        }
    }
}

/// What came with schema 7, as if nothing had been entered.
fn came_with_7(one: &mut Value) {
    if let Some(Value::Object(measure)) = one["record"].get_mut("measure") {
        let details = measure["details"].as_object_mut().unwrap();
        details.entry("aspect").or_insert("".into());
    }
    if let Some(Value::Object(task)) = one["record"].get_mut("task")
        && !task.contains_key("legs")
    {
        // It was with the department it was given to from the start.
        let (at, by) = (&task["meta"]["created_at"], &task["meta"]["created_by"]);
        let from = serde_json::json!({ "text": "", "at": at, "by": by });
        let leg = serde_json::json!({ "unit": task["details"]["department"], "from": from });
        task.insert("legs".into(), serde_json::json!([leg]));
        task.insert("dispatches".into(), serde_json::json!([]));
        let details = task["details"].as_object_mut().unwrap();
        details.insert("operator".into(), Value::Null);
    }
    if let Some(Value::Object(entry)) = one["record"].get_mut("transaction") {
        for field in ["discount", "terms"] {
            entry.entry(field).or_insert(Value::Null);
        }
    }
    if let Some(Value::Object(follow_up)) = one["record"].get_mut("follow-up") {
        let nothing = serde_json::to_value(FollowUpDetails::default()).unwrap();
        let details = follow_up["details"].as_object_mut().unwrap();
        for (field, nothing) in nothing.as_object().unwrap() {
            details.entry(field).or_insert(nothing.clone());
        }
        let nothing = serde_json::to_value(Contact::default()).unwrap();
        if let Value::Object(contact) = &mut follow_up["contact"] {
            for field in ["tried", "feedback", "item", "answer", "items"] {
                contact.entry(field).or_insert(nothing[field].clone());
            }
        }
    }
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
            let card = serde_json::to_value(CustomerDetails::default()).unwrap();
            let unlisted = |details: &mut Value| {
                let details = details.as_object_mut().unwrap();
                for (field, nothing) in card.as_object().unwrap() {
                    details.entry(field).or_insert(nothing.clone());
                }
            };
            unlisted(&mut customer["details"]);
            for fill in customer["fills"].as_array_mut().unwrap() {
                unlisted(&mut fill["with"]);
            }
        }
        if let Some(Value::Object(intake)) = one["record"].get_mut("intake") {
            intake.entry("repair").or_insert(Value::Null);
            let waived = intake.entry("waived");
            waived.or_insert_with(|| serde_json::json!([]));
            intake.entry("next").or_insert(Value::Null);
            let card = serde_json::to_value(IntakeDetails::default()).unwrap();
            let details = intake["details"].as_object_mut().unwrap();
            for (field, nothing) in card.as_object().unwrap() {
                details.entry(field).or_insert(nothing.clone());
            }
        }
        if let Some(Value::Object(complaint)) = one["record"].get_mut("complaint") {
            let details = complaint["details"].as_object_mut().unwrap();
            details.entry("service").or_insert(Value::Null);
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
        if let Some(Value::Object(file)) = one["record"].get_mut("file")
            && !file.contains_key("custody")
        {
            let custody = serde_json::to_value(Custody::default()).unwrap();
            file.insert("custody".into(), custody);
            let defaults = serde_json::to_value(FileDetails::default()).unwrap();
            let details = file["details"].as_object_mut().unwrap();
            for (field, nothing) in defaults.as_object().unwrap() {
                details.entry(field).or_insert(nothing.clone());
            }
        }
        if let Some(Value::Object(loan)) = one["record"].get_mut("loan") {
            let details = loan["details"].as_object_mut().unwrap();
            let which = details.entry("which");
            which.or_insert_with(|| serde_json::json!([]));
            let course = loan.entry("course");
            course.or_insert_with(|| serde_json::to_value(LoanCourse::default()).unwrap());
            let details = loan["details"].as_object_mut().unwrap();
            details.entry("which").or_insert(serde_json::json!([]));
        }
        came_with_7(one);
        came_with_8(one);
        came_with_9(one);
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
    let shown: Value = serde_json::from_str(&shown).unwrap();
    let rows = shown.as_array().unwrap();
    let is_missing = |kind: &Kind| {
        let mut records = rows.iter().map(|one| &one["record"]);
        !records.any(|record| record.get(kind.id()).is_some())
    };
    Kind::ALL.iter().copied().filter(is_missing).collect()
}

/// The kinds that came with schema 6 and later ones, and credentials.
fn before_handovers() -> Vec<Kind> {
    [&KINDS_OF_6[..], &KINDS_OF_7[..]].concat()
}

/// The kinds that came with schema 4 and later ones, and credentials.
fn before_measures() -> Vec<Kind> {
    let mut kinds = before_handovers();
    kinds.splice(1..1, [Kind::Measure, Kind::Analysis]);
    kinds
}

#[test]
fn a_store_of_schema_1_opens_and_holds_what_was_written() {
    opens_and_holds("schema-1");
    let mut later = before_measures();
    later.splice(1..1, [Kind::Permit, Kind::Remark]);
    assert_eq!(kinds_missing("schema-1.json"), later);
}

#[test]
fn a_store_of_schema_2_opens_and_holds_what_was_written() {
    opens_and_holds("schema-2");
    assert_eq!(kinds_missing("schema-2.json"), before_measures());
}

#[test]
fn a_store_of_schema_3_opens_and_holds_what_was_written() {
    opens_and_holds("schema-3");
    assert_eq!(kinds_missing("schema-3.json"), before_measures());
}

#[test]
fn a_store_of_schema_4_opens_and_holds_what_was_written() {
    opens_and_holds("schema-4");
    assert_eq!(kinds_missing("schema-4.json"), before_handovers());
}

#[test]
fn a_store_of_schema_5_opens_and_holds_what_was_written() {
    opens_and_holds("schema-5");
    assert_eq!(kinds_missing("schema-5.json"), before_handovers());
}

#[test]
fn a_store_of_schema_6_opens_and_holds_what_was_written() {
    opens_and_holds("schema-6");
    let mut later = vec![Kind::Credential];
    later.extend(KINDS_OF_7);
    assert_eq!(kinds_missing("schema-6.json"), later);
}

#[test]
fn a_store_of_schema_7_opens_and_holds_what_was_written() {
    opens_and_holds("schema-7");
    assert_eq!(kinds_missing("schema-7.json"), [Kind::Credential]);
}

#[test]
fn a_store_of_schema_8_opens_and_holds_what_was_written() {
    opens_and_holds("schema-8");
    assert_eq!(kinds_missing("schema-8.json"), [Kind::Credential]);
}

#[test]
fn a_store_of_schema_9_opens_and_holds_what_was_written() {
    opens_and_holds("schema-9");
    assert_eq!(kinds_missing("schema-9.json"), [Kind::Credential]);
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
