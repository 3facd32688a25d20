use super::*;
use crate::desk::clock::SystemClock;
use crate::desk::contract::{Command, Door, Envelope, Reply, Request, RequestId};
use crate::domain::adopt::Existing;
use crate::domain::customer::CustomerDetails;
use crate::domain::operator::OperatorDetails;
use crate::store::MemoryStore;

fn options() -> Options {
    Options {
        clock: Box::new(SystemClock),
        site_file: None,
    }
}

fn ask(desk: &mut Desk, command: Command) -> Number {
    let operator = desk.operators().next().map(|one| one.meta.number);
    let nobody = Number {
        kind: Kind::Operator,
        year: 0,
        seq: 0,
    };
    let envelope = Envelope {
        id: RequestId(0),
        operator: operator.unwrap_or(nobody),
        accept: Vec::new(),
        request: Request::Do(command),
    };
    match desk.ask(&envelope) {
        Ok(Reply::Done { record, .. }) => record.number(),
        other => panic!("{other:?}"),
    }
}

fn customer(desk: &mut Desk, name: &str) -> u32 {
    let details = CustomerDetails {
        name: name.into(),
        phones: vec![crate::domain::phone::Phone {
            digits: "13800138000".into(),
            label: crate::domain::phone::PhoneLabel::Mobile,
        }],
        ..CustomerDetails::default()
    };
    let at = crate::desk::contract::Adopted::Customer(details);
    let begin = Command::BeginImport {
        kind: Kind::Customer,
        file: name.into(),
    };
    let import = ask(desk, begin);
    let record = Box::new(at);
    ask(
        desk,
        Command::Adopt {
            import,
            record,
            existing: Existing::New,
            customer: String::new(),
        },
    )
    .seq
}

/// A desk that is set up, with one customer, in a folder.
fn desk(dir: &std::path::Path) -> Desk {
    let home = Home::create(dir, chrono::DateTime::UNIX_EPOCH).unwrap();
    let mut desk = Desk::open(home, options()).unwrap();
    let set_up = Command::SetUp {
        site: "翠湖雅苑".into(),
        profile: "property".into(),
        operator: OperatorDetails {
            login: "wang".into(),
            name: "王芳".into(),
            ..OperatorDetails::default()
        },
        rehearsal: true,
    };
    ask(&mut desk, set_up);
    customer(&mut desk, "a");
    desk
}

#[test]
fn frames_since_the_last_checkpoint_are_counted_over_every_session() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("desk");
    let mut desk = desk(&dir);
    assert_eq!(desk.since_checkpoint, 3);
    desk.close().unwrap();
    let reopened = || Desk::open(Home::open(&dir).unwrap(), options()).unwrap();
    desk = reopened();
    assert_eq!(desk.since_checkpoint, 3);
    desk.checkpoint().unwrap();
    customer(&mut desk, "b");
    desk.close().unwrap();
    assert_eq!(reopened().since_checkpoint, 2);
}

#[test]
fn a_store_that_failed_and_is_whole_goes_on() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("desk");
    let mut desk = desk(&dir);
    desk.store_failed = true;
    assert_eq!(customer(&mut desk, "b"), 2);
    assert!(!dir.join("sled.damaged-1").exists());
    assert!(desk.verify(None).unwrap().is_clean());
}

#[test]
fn no_number_is_given_twice_when_the_store_lacks_frames() {
    let temp = tempfile::tempdir().unwrap();
    let mut desk = desk(&temp.path().join("desk"));
    // As after a journal that was opened again and could not be replayed at once.
    desk.home.store = Box::new(MemoryStore::new());
    desk.applied = NOTHING;
    assert_eq!(customer(&mut desk, "b"), 2);
    assert!(desk.verify(None).unwrap().is_clean());
}

/// All rows of the tables that follow from the records.
fn derived(desk: &Desk) -> Vec<crate::store::Pair> {
    let mut all = Vec::new();
    for table in keys::DERIVED.into_iter().chain([keys::COUNTS]) {
        let mut rows = Rows::new(&desk.home, vec![table]);
        while let Some(row) = rows.next().unwrap() {
            all.push(row);
        }
    }
    all
}

#[test]
fn an_index_made_by_another_version_is_made_anew_in_place() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("desk");
    let mut desk = desk(&dir);
    for at in 0..30 {
        customer(&mut desk, &format!("customer {at}"));
    }
    let right = derived(&desk);
    // As an earlier program left it: rows that are no more, others not there yet, no mark.
    let mut changes = vec![
        (keys::INDEX.to_vec(), None),
        (b"vjunk".to_vec(), Some(vec![1])),
    ];
    changes.extend(right.iter().step_by(3).map(|(key, _)| (key.clone(), None)));
    let batch = crate::store::Batch {
        expect: Vec::new(),
        changes,
    };
    desk.home.store.commit(&batch).unwrap();
    assert!(!desk.verify(None).unwrap().is_clean());
    desk.close().unwrap();
    let mut desk = Desk::open(Home::open(&dir).unwrap(), options()).unwrap();
    assert_eq!(derived(&desk), right);
    assert!(desk.verify(None).unwrap().is_clean());
    assert!(
        !dir.join("sled.damaged-1").exists(),
        "nothing is kept aside"
    );
}

#[test]
fn a_new_store_and_a_filled_one_say_which_version_indexed_them() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("desk");
    let mut desk = desk(&dir);
    let made_by = |desk: &Desk| -> Option<u32> {
        Overlay::new(&*desk.home.store)
            .unpacked(keys::INDEX)
            .unwrap()
    };
    assert_eq!(made_by(&desk), Some(crate::desk::index::VERSION));
    desk.checkpoint().unwrap();
    desk.close().unwrap();
    std::fs::remove_dir_all(dir.join("sled")).unwrap();
    let desk = Desk::open(Home::open(&dir).unwrap(), options()).unwrap();
    assert_eq!(made_by(&desk), Some(crate::desk::index::VERSION));
}
