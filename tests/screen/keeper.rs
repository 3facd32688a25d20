//! Drafts in files beside the store.

use frontdesk::app::forms::FormId;
use frontdesk::app::keeper::{DraftKeeper, PlaceKeeper};
use frontdesk::app::{Draft, DraftId};
use frontdesk::desk::drafts::{DraftFiles, Seal};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::stamp::Stamp;

fn seal() -> Seal {
    Box::new(|plain| Some(plain.iter().map(|byte| byte ^ 0x5A).collect()))
}

fn files_in(folder: &std::path::Path) -> PlaceKeeper<DraftFiles> {
    PlaceKeeper(DraftFiles::new(folder, seal(), seal()).unwrap())
}

fn operator(seq: u32) -> Number {
    Number {
        kind: Kind::Operator,
        year: 2024,
        seq,
    }
}

fn draft(seq: u32, key: u64, text: &str) -> Draft {
    Draft {
        id: DraftId {
            operator: operator(seq),
            key,
        },
        form: FormId::NewCall,
        about: None,
        filled: None,
        fields: vec![("text".into(), text.into())],
        at: Stamp(i64::try_from(key).unwrap()),
    }
}

#[test]
fn drafts_are_there_after_a_restart_the_newest_first_and_only_for_their_operator() {
    let folder = tempfile::tempdir().unwrap();
    let mut keeper = files_in(folder.path());
    keeper.save(draft(1, 1, "旧"));
    keeper.save(draft(1, 2, "新"));
    keeper.save(draft(2, 3, "别人的"));
    drop(keeper);
    let mut keeper = files_in(folder.path());
    let kept = keeper.list(operator(1));
    assert_eq!(kept, [draft(1, 2, "新"), draft(1, 1, "旧")]);
}

#[test]
fn the_last_state_of_a_draft_is_kept_and_a_dropped_one_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut keeper = files_in(folder.path());
    for text in ["一", "一二", "一二三"] {
        keeper.save(draft(1, 1, text));
    }
    keeper.0.flusher().flush();
    assert_eq!(keeper.list(operator(1)), [draft(1, 1, "一二三")]);
    keeper.forget(DraftId {
        operator: operator(1),
        key: 1,
    });
    assert_eq!(keeper.list(operator(1)), []);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_is_on_disk_is_sealed_and_a_flush_puts_it_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut keeper = files_in(folder.path());
    keeper.save(draft(1, 1, "13800138000"));
    let flusher = keeper.0.flusher();
    std::thread::spawn(move || flusher.flush()).join().unwrap();
    let files: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .flatten()
        .collect();
    assert_eq!(files.len(), 1);
    let bytes = std::fs::read(files[0].path()).unwrap();
    assert!(!bytes.windows(11).any(|part| part == b"13800138000"));
}

#[test]
fn a_damaged_draft_is_left_out_and_the_others_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let mut keeper = files_in(folder.path());
    keeper.save(draft(1, 1, "好的"));
    keeper.0.flusher().flush();
    std::fs::write(folder.path().join("broken.draft"), b"xx").unwrap();
    assert_eq!(keeper.list(operator(1)), [draft(1, 1, "好的")]);
}

#[test]
fn a_draft_that_cannot_be_written_is_told_until_one_is() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = folder.path().join("drafts");
    let mut keeper = files_in(&drafts);
    std::fs::remove_dir_all(&drafts).unwrap();
    keeper.save(draft(1, 1, "写不下"));
    keeper.0.flusher().flush();
    assert!(keeper.is_failing());
    std::fs::create_dir(&drafts).unwrap();
    keeper.save(draft(1, 1, "写得下"));
    keeper.0.flusher().flush();
    assert!(!keeper.is_failing());
}
