//! What is destroyed is gone from every file of the store, and nothing else is (SM6, A12-3.2.8c).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test fails by panicking, and writes what is asked where it asks"
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::at;
use common::staff::Staff;
use frontdesk::desk::contract::Door as _;
use frontdesk::desk::contract::{Command, Failure, Filter, Query, Reply, Request};
use frontdesk::desk::{Desk, Options};
use frontdesk::domain::destruction::DestructionState;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::permit::{PermitDetails, PermitKind};
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role::{
    Administrator, GeneralManager, GeneralServices, HeadOfLeasing, LeasingManager,
};
use frontdesk::domain::stamp::Day;
use frontdesk::locale::{Lang, Texts};
use frontdesk::report::Papers;
use frontdesk::report::forms::Form;
use frontdesk::report::quarterly::Words;
use frontdesk::store::{Disk, Fault, Files, Head, Home, archive, unhex};
use serde_json::json;

/// What stands in the file that is destroyed and nowhere else.
const MARKS: [&str; 8] = [
    "欧阳晓红的租赁合同",
    "欧阳晓红",
    "13912345678",
    "沪Q88888",
    "押金纠纷一并归档",
    "借阅人诸葛亮",
    "核对欧阳女士的租期",
    "旁注：欧阳女士来过两次",
];

/// What stands in its neighbour.
const NEIGHBOUR: &str = "令狐冲的租赁合同";

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The files that hold a text in plain.
fn holding(dir: &Path, text: &str) -> Vec<PathBuf> {
    let mut found = files(dir);
    found.retain(|path| {
        let bytes = fs::read(path).unwrap();
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    });
    found
}

/// A leasing office in a folder with a file that is lent, asked for and remarked on, and a neighbour.
struct Office {
    staff: Staff,
    dir: PathBuf,
    file: Number,
    neighbour: Number,
    customer: Number,
    _temp: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("desk");
        let home = Home::create(&dir, at("2015-03-01 09:00").utc()).unwrap();
        let mut staff = Staff::at_home("leasing", home, "2015-03-01 09:00");
        let class = staff.profile.archive.classes[0].id.clone();
        let customer = {
            let details = common::visited("令狐冲", "13711112222");
            let command = Command::RegisterCustomer { details };
            staff.is(LeasingManager).change(command).number()
        };
        let make = |staff: &mut Staff, details: serde_json::Value| {
            let body = json!({ "details": details });
            staff.does(GeneralServices, "create-file", body).number()
        };
        let file = make(
            &mut staff,
            json!({
                "title": MARKS[0], "person": MARKS[1], "phone": MARKS[2], "plate": MARKS[3],
                "note": MARKS[4], "class": class, "place": "A-1-1", "pieces": 2,
            }),
        );
        let neighbour = make(
            &mut staff,
            json!({
                "title": NEIGHBOUR, "customer": customer, "class": class, "place": "A-1-2",
            }),
        );
        let mut office = Self {
            staff,
            dir,
            file,
            neighbour,
            customer,
            _temp: temp,
        };
        office.fill();
        office
    }

    /// A loan that came back, a request, a remark and a change, with a checkpoint between them.
    fn fill(&mut self) {
        let file = self.file;
        let staff = &mut self.staff;
        let seen = staff.at(file);
        let details = json!({ "borrower": MARKS[5], "copies": 1, "reason": "年检" });
        let out = json!({ "file": seen, "details": details });
        let loan = staff.does(GeneralServices, "check-out", out).number();
        let seen = staff.at(loan);
        let back = json!({ "at": seen, "pieces": 1, "note": "完好" });
        staff.does(GeneralServices, "check-in", back);
        staff.bench.desk.checkpoint().unwrap();
        let wish = json!({
            "purpose": "read", "file": file, "aim": MARKS[6], "reason": MARKS[6],
            "reader": "令狐冲", "unit": "招商部",
        });
        staff.does(LeasingManager, "request-access", json!({ "details": wish }));
        let remark = Command::AddRemark {
            about: file,
            text: MARKS[7].into(),
        };
        staff.is(GeneralServices).change(remark);
        staff.steps(
            GeneralServices,
            file,
            "digitise-file",
            json!({ "pages": 3, "reference": "scan" }),
        );
    }

    /// The general manager gives leave to copy the store (A12-3.1.7b).
    fn may_copy(&mut self) {
        let details = PermitDetails {
            what: PermitKind::Backup,
            operator: Some(self.staff.posts[&Administrator]),
            from: Day::parse("2015-03-01").unwrap(),
            to: Day::parse("2025-12-31").unwrap(),
            place: "/backups".into(),
            reason: "每日备份".into(),
        };
        let command = Command::GrantPermit { details };
        self.staff.is(GeneralManager).change(command);
    }

    /// Reviewed and approved, ten years later.
    fn approved(&mut self) -> Number {
        self.staff.set("2025-03-03 09:00");
        let seen = self.staff.at(self.file);
        let body = json!({ "file": seen });
        let staff = &mut self.staff;
        let number = staff
            .does(GeneralServices, "propose-destruction", body)
            .number();
        staff.steps(HeadOfLeasing, number, "review-destruction", json!({}));
        staff.steps(GeneralManager, number, "approve-destruction", json!({}));
        number
    }

    fn destroyed(&mut self) -> Number {
        let number = self.approved();
        let how = json!({ "method": "shred", "witness": "监销人赵" });
        self.staff
            .steps(GeneralServices, number, "destroy-file", how);
        number
    }

    /// The desk closed and opened again over the same folder, with its present state or without.
    fn reopen(&mut self, keeps_state: bool) {
        let options = Options {
            clock: Box::new(self.staff.bench.clock.clone()),
            site_file: None,
        };
        let spare = Home::in_memory(std::sync::Arc::new(
            frontdesk::store::files::SimulatedDisk::new(),
        ));
        let clock = Box::new(self.staff.bench.clock.clone());
        let spare = Desk::open(
            spare.unwrap(),
            Options {
                clock,
                site_file: None,
            },
        )
        .unwrap();
        let open = std::mem::replace(&mut self.staff.bench.desk, spare);
        open.close().unwrap();
        if !keeps_state {
            fs::remove_dir_all(self.dir.join("sled")).unwrap();
        }
        self.staff.bench.desk = Desk::open(Home::open(&self.dir).unwrap(), options).unwrap();
    }

    /// Nothing of the file is left, and all else is as it was.
    fn assert_gone(&mut self) {
        for mark in MARKS {
            assert_eq!(holding(&self.dir, mark), Vec::<PathBuf>::new(), "{mark}");
        }
        self.staff.is(GeneralServices);
        let bench = &mut self.staff.bench;
        let envelope = bench.envelope(Request::Look(Query::Get(self.file)));
        let answer = bench.desk.ask(&envelope);
        let nothing = matches!(answer, Ok(Reply::Record(None)) | Err(Failure::Missing(_)));
        assert!(nothing, "{answer:?}");
        assert_eq!(bench.searched("欧阳"), []);
        assert_eq!(bench.found(Kind::File, Filter::Current, "5678"), []);
        assert_eq!(bench.listed(Kind::File, Filter::Current), [self.neighbour]);
        assert_eq!(bench.listed(Kind::Loan, Filter::Current), []);
        let Record::File(neighbour) = bench.get(self.neighbour).record else {
            panic!("the neighbour is gone");
        };
        assert_eq!(neighbour.details.title, NEIGHBOUR);
        assert_eq!(
            bench.found(Kind::File, Filter::Current, "令狐冲"),
            [self.neighbour]
        );
        self.staff.is(LeasingManager);
        let Record::Customer(customer) = self.staff.bench.get(self.customer).record else {
            panic!("the customer is gone");
        };
        assert_eq!(customer.details.name, "令狐冲");
        self.staff.bench.assert_clean();
    }
}

#[test]
fn a12_3_2_8c_the_record_of_a_destruction_stays_and_the_data_is_gone_from_every_file() {
    record_stays_and_data_is_gone();
}

#[test]
fn a15_3_2_8c_is_a12_3_2_8c_printed_again() {
    record_stays_and_data_is_gone();
}

fn record_stays_and_data_is_gone() {
    let mut office = Office::new();
    // Before, the present state holds it in plain.
    assert!(!holding(&office.dir, MARKS[0]).is_empty());
    let number = office.destroyed();
    office.assert_gone();
    let Record::Destruction(record) = office.staff.seen(number) else {
        panic!("no record");
    };
    assert_eq!(record.state, DestructionState::Destroyed);
    assert_eq!(record.file, office.file);
    assert_eq!(
        (record.method.as_str(), record.witness.as_str()),
        ("shred", "监销人赵")
    );
    assert_eq!(record.filed_on.to_string(), "2015-03-01");
    assert_eq!(
        record.reviewed.unwrap().by,
        office.staff.posts[&HeadOfLeasing]
    );
    assert_eq!(
        record.approved.unwrap().by,
        office.staff.posts[&GeneralManager]
    );
    let by = office.staff.posts[&GeneralServices];
    assert_eq!(record.destroyed.unwrap().by, by);
}

#[test]
fn what_is_destroyed_stays_so_when_the_store_is_opened_again_and_made_anew_from_the_journal() {
    let mut office = Office::new();
    office.destroyed();
    office.reopen(true);
    office.assert_gone();
    office.staff.bench.desk.checkpoint().unwrap();
    office.reopen(false);
    office.assert_gone();
    // Its number is never given again.
    let class = office.staff.profile.archive.classes[0].id.clone();
    let body = json!({ "details": { "title": "新档案", "class": class, "place": "A-2-1" } });
    let next = office
        .staff
        .does(GeneralServices, "create-file", body)
        .number();
    assert!(next > office.neighbour, "{next}");
}

#[test]
fn a_destruction_wants_a_method_of_the_list_and_a_witness_who_is_somebody_else() {
    let mut office = Office::new();
    let number = office.approved();
    let staff = &mut office.staff;
    let why = staff.stays(
        GeneralServices,
        number,
        "destroy-file",
        json!({ "method": "" }),
    );
    assert_eq!(why, ["A11-25 method", "A12-3.2.8c witness"]);
    let sold = json!({ "method": "waste-paper", "witness": "监销人赵" });
    let why = staff.stays(GeneralServices, number, "destroy-file", sold);
    assert_eq!(why, ["A11-25 method"]);
    let own = json!({ "method": "shred", "witness": "general-services" });
    let why = staff.stays(GeneralServices, number, "destroy-file", own);
    assert_eq!(why, ["A12-3.2.8c witness"]);
    let why = staff.stays(
        HeadOfLeasing,
        number,
        "destroy-file",
        json!({ "method": "shred" }),
    );
    assert_eq!(why, [" role-may-not"]);
    // Whoever carries it out is asked once more.
    let at = staff.at(number);
    let step = json!({ "destroy-file": { "method": "shred", "witness": "监销人赵" } });
    let command = json!({ "step-destruction": { "at": at, "step": step } });
    let command: Command = serde_json::from_value(command).unwrap();
    let asked = staff.is(GeneralServices).refused(command);
    assert!(
        asked
            .iter()
            .all(|one| one.ask && one.key == "destroy-for-good"),
        "{asked:?}"
    );
    // Held at the last moment, it stays.
    staff.steps(
        HeadOfLeasing,
        office.file,
        "hold-file",
        json!({ "reason": "诉讼保全" }),
    );
    let how = json!({ "method": "shred", "witness": "监销人赵" });
    let why = staff.stays(GeneralServices, number, "destroy-file", how);
    assert_eq!(why, [" file-held"]);
    staff.is(Administrator);
}

#[test]
fn wherever_the_power_is_cut_a_destruction_is_not_decided_or_is_finished_at_the_next_start() {
    let mut seen = std::collections::BTreeSet::new();
    for operations in 0..40 {
        let mut staff = Staff::since("leasing", "2015-03-01 09:00");
        let class = staff.profile.archive.classes[0].id.clone();
        let details = json!({ "title": MARKS[0], "class": class, "place": "A-1-1" });
        let body = json!({ "details": details });
        let file = staff.does(GeneralServices, "create-file", body).number();
        staff.set("2025-03-03 09:00");
        let body = json!({ "file": staff.at(file) });
        let number = staff
            .does(GeneralServices, "propose-destruction", body)
            .number();
        staff.steps(HeadOfLeasing, number, "review-destruction", json!({}));
        staff.steps(GeneralManager, number, "approve-destruction", json!({}));
        let step = json!({ "destroy-file": { "method": "shred", "witness": "监销人赵" } });
        let body = json!({ "at": staff.at(number), "step": step });
        staff.bench.disk.cut_after(operations);
        let answered = staff
            .tell(GeneralServices, "step-destruction", body)
            .is_ok();
        staff.bench.disk.crash(operations);
        staff.bench.reopen();
        let Record::Destruction(record) = staff.seen(number) else {
            panic!("no record");
        };
        let destroyed = record.state == DestructionState::Destroyed;
        assert!(
            destroyed || !answered,
            "{operations}: acknowledged and not done"
        );
        staff.is(GeneralServices);
        let envelope = staff.bench.envelope(Request::Look(Query::Get(file)));
        let gone = match staff.bench.desk.ask(&envelope) {
            Ok(Reply::Record(row)) => row.is_none(),
            Err(Failure::Missing(_)) => true,
            other => panic!("{operations}: {other:?}"),
        };
        assert_eq!(gone, destroyed, "{operations}");
        staff.bench.assert_clean();
        seen.insert((answered, destroyed));
    }
    // Cut early it is not decided, cut late it is acknowledged, and in between it is finished later.
    assert_eq!(seen.len(), 3, "{seen:?}");
}

#[test]
fn a12_3_2_8c_the_certificate_names_the_copies_that_still_hold_what_was_destroyed() {
    let mut office = Office::new();
    office.may_copy();
    let copied = |office: &mut Office, when: &str, place: &str| {
        office.staff.set(when);
        let bench = office.staff.is(Administrator);
        let envelope = bench.envelope(Request::Look(Query::Backup {
            place: place.to_owned(),
        }));
        bench.desk.ask(&envelope).unwrap();
    };
    copied(&mut office, "2016-01-01 03:00", "/backups/2016.fdbackup");
    copied(&mut office, "2024-01-01 03:00", "/backups/2024.fdbackup");
    let number = office.destroyed();
    copied(&mut office, "2025-04-01 03:00", "/backups/2025.fdbackup");
    let Record::Destruction(record) = office.staff.seen(number) else {
        panic!("no record");
    };
    let places: Vec<&str> = record.copies.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(places, ["/backups/2024.fdbackup", "/backups/2016.fdbackup"]);
    let row = {
        let bench = office.staff.is(GeneralServices);
        let envelope = bench.envelope(Request::Look(Query::Print(number)));
        let Ok(Reply::Record(Some(row))) = bench.desk.ask(&envelope) else {
            panic!("not printed");
        };
        row
    };
    for lang in Lang::ALL {
        let texts = Texts::new(*lang);
        let words = Words {
            texts: &texts,
            profile: &office.staff.profile,
        };
        let mut papers = Papers::new(Form::Certificate);
        assert!(papers.add(&row, words));
        for as_html in [false, true] {
            let page = common::printed(&papers, as_html, words);
            for stands in [
                &office.file.to_string(),
                &number.to_string(),
                "2015-03-01",
                "监销人赵",
                "/backups/2016.fdbackup",
                "/backups/2024.fdbackup",
            ] {
                assert!(page.contains(stands), "{stands}: {page}");
            }
            assert!(!page.contains("/backups/2025"), "{page}");
            assert!(MARKS.iter().all(|mark| !page.contains(mark)), "{page}");
        }
    }
}

#[test]
fn a_store_made_from_an_older_copy_destroys_again_what_the_list_names() {
    let mut office = Office::new();
    office.may_copy();
    let bench = office.staff.is(Administrator);
    let envelope = bench.envelope(Request::Look(Query::Backup {
        place: "/backups/old".into(),
    }));
    let Ok(Reply::Head { seq, hash, .. }) = bench.desk.ask(&envelope) else {
        panic!("no head");
    };
    let head = Head {
        seq,
        hash: unhex(&hash).unwrap(),
    };
    let plain: std::sync::Arc<dyn Files> = std::sync::Arc::new(Disk);
    let place = office.dir.parent().unwrap().to_owned();
    let copy = place.join("copy");
    archive::make(&plain, &office.dir, head, &[], &copy).unwrap();
    office.destroyed();
    let list = office.dir.join("destroyed.txt");
    let text = fs::read_to_string(&list).unwrap();
    assert!(
        text.ends_with(&format!("\n{} 2015-03-01\n", office.file)),
        "{text}"
    );

    let again = place.join("again");
    Home::restore(&copy, &again).unwrap();
    office.dir.clone_from(&again);
    office.reopen(true);
    let row = office.staff.is(GeneralServices).get(office.file);
    assert!(matches!(row.record, Record::File(file) if file.details.title == MARKS[0]));
    let desk = &mut office.staff.bench.desk;
    assert_eq!(desk.destroy_again(&list).unwrap(), 1);
    office.assert_gone();
    assert_eq!(
        fs::read_to_string(again.join("destroyed.txt")).unwrap(),
        text
    );
    office.reopen(false);
    office.assert_gone();
    let desk = &mut office.staff.bench.desk;
    assert_eq!(desk.destroy_again(&list).unwrap(), 0);
    // The list of another store, and what is none, change nothing.
    for other in [text.replace("destroyed ", "destroyed 0"), "x".to_owned()] {
        let path = place.join("other.txt");
        fs::write(&path, other).unwrap();
        let refused = desk.destroy_again(&path);
        assert!(matches!(refused, Err(Fault::Foreign { .. })), "{refused:?}");
    }
}
