//! Every fault and note of the store has its text in both languages, and the text has every value
//! it asks for.

use std::io;
use std::path::PathBuf;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use frontdesk::store::{Fault, Note};

const LOCALES: [(&str, &str); 2] = [
    ("zh", include_str!("../locales/zh/store.ftl")),
    ("en", include_str!("../locales/en/store.ftl")),
];

fn path() -> PathBuf {
    PathBuf::from("/desk")
}

fn faults() -> Vec<Fault> {
    let full = || io::Error::from(io::ErrorKind::StorageFull);
    let place = || "here".to_owned();
    let damaged = [
        "journal",
        "frame",
        "needed",
        "keys",
        "sealed",
        "checkpoint",
        "value",
        "rows",
    ];
    let failed = [
        "read", "write", "sync", "open", "list", "make", "rename", "remove", "lock", "random",
        "measure",
    ];
    let mut all = vec![
        Fault::Full { path: path() },
        Fault::ReadOnly { path: path() },
        Fault::Foreign { path: path() },
        Fault::Newer { found: 2, known: 1 },
        Fault::Absent { path: path() },
        Fault::Exists { path: path() },
        Fault::Locked {
            path: path(),
            holder: String::new(),
        },
        Fault::Locked {
            path: path(),
            holder: "77".to_owned(),
        },
        Fault::TooLarge { size: 2, limit: 1 },
        Fault::NotSaved {
            source: io::Error::other("why"),
        },
        Fault::NotSaved { source: full() },
        Fault::Unknown,
        Fault::Stopped,
        Fault::NoFrame { seq: 3 },
        Fault::KeyGone { slot: 4 },
    ];
    all.extend(damaged.map(|what| Fault::Damaged {
        what,
        place: place(),
    }));
    all.extend(failed.map(|what| {
        let source = io::Error::other("why");
        Fault::Io {
            what,
            path: path(),
            source,
        }
    }));
    all
}

fn notes() -> Vec<Note> {
    let segment = || "000000000001.log".to_owned();
    let mut all = vec![
        Note::TornTail {
            segment: segment(),
            bytes: 1,
        },
        Note::JournalDamaged {
            segment: segment(),
            offset: 1,
            bytes: 2,
        },
        Note::KeysDamaged { first: 1, count: 2 },
        Note::CheckpointDamaged {
            file: "000000000001.ckpt".to_owned(),
        },
        Note::HalfSnapshot { count: 1 },
        Note::SnapshotsAside { count: 1 },
    ];
    all.extend(["panic", "corrupt", "sum"].map(|why| Note::StateKeptAside { path: path(), why }));
    all
}

#[test]
fn every_fault_and_note_has_a_text_in_both_languages() {
    for (language, text) in LOCALES {
        let resource = FluentResource::try_new(text.to_owned()).unwrap();
        let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
        bundle.add_resource(resource).unwrap();
        let say = |id: &str, attribute: Option<&str>, values: &[(&'static str, String)]| {
            let message = bundle
                .get_message(id)
                .unwrap_or_else(|| panic!("{language}: {id}"));
            let pattern = match attribute {
                Some(name) => message.get_attribute(name).map(|found| found.value()),
                None => message.value(),
            };
            let pattern = pattern.unwrap_or_else(|| panic!("{language}: {id} {attribute:?}"));
            let mut args = FluentArgs::new();
            for (name, value) in values {
                args.set(*name, value.as_str());
            }
            let mut errors = Vec::new();
            let said = bundle
                .format_pattern(pattern, Some(&args), &mut errors)
                .into_owned();
            assert!(errors.is_empty(), "{language}: {id}: {errors:?}");
            said
        };
        let mut said = Vec::new();
        for fault in faults() {
            let id = format!("fault-{}", fault.key());
            said.push(say(&id, None, &fault.args()));
            say(&id, Some("next"), &fault.args());
        }
        for note in notes() {
            said.push(say(&format!("note-{}", note.key()), None, &note.args()));
        }
        let count = said.len();
        said.sort();
        said.dedup();
        assert_eq!(said.len(), count, "{language}: two of them read alike");
    }
}
