//! A journal with arbitrary damage, and frames whose checksum is right and whose content is not.
//!
//! The damage is done to a store that was set up and worked with once: what is fuzzed is a list
//! of changes to its bytes, so that most of it is still what it was.
#![no_main]

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use arbitrary::Arbitrary;
use frontdesk::desk::clock::SetClock;
use frontdesk::desk::contract::{Command, Door, Envelope, Reply, Request, RequestId};
use frontdesk::desk::{Desk, Options};
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::stamp::Stamp;
use frontdesk::store::files::{self, Files, SimulatedDisk};
use frontdesk::store::{Home, Journal, StoreId};
use libfuzzer_sys::fuzz_target;

const NOBODY: Number = Number {
    kind: Kind::Operator,
    year: 0,
    seq: 0,
};
const ID: StoreId = StoreId(*b"frontdesk memory");
const LOG: &str = "000000000001.log";

/// What is done to the bytes of a file or of a frame.
#[derive(Arbitrary, Debug)]
enum Hurt {
    Overwrite { at: u16, with: Vec<u8> },
    Insert { at: u16, bytes: Vec<u8> },
    Remove { at: u16, count: u8 },
    Cut { at: u16 },
    Repeat { at: u16, count: u8 },
}

impl Hurt {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |at: &u16| usize::from(*at) % (bytes.len() + 1);
        match self {
            Self::Overwrite { at, with } => {
                let from = place(at);
                for (slot, byte) in bytes.iter_mut().skip(from).zip(with) {
                    *slot = *byte;
                }
            }
            Self::Insert { at, bytes: more } => {
                let from = place(at);
                bytes.splice(from..from, more.iter().copied());
            }
            Self::Remove { at, count } => {
                let from = place(at);
                let to = (from + usize::from(*count)).min(bytes.len());
                bytes.drain(from..to);
            }
            Self::Cut { at } => bytes.truncate(place(at)),
            Self::Repeat { at, count } => {
                let from = place(at);
                let to = (from + usize::from(*count)).min(bytes.len());
                let again = bytes.get(from..to).unwrap_or_default().to_vec();
                bytes.splice(from..from, again);
            }
        }
    }
}

#[derive(Arbitrary, Debug)]
struct Input {
    /// Done to the journal's file.
    file: Vec<Hurt>,
    /// Frames written behind it: one of the real ones, changed.
    frames: Vec<(u8, Vec<Hurt>)>,
}

/// A store as it lies on the disk.
struct Template {
    files: Vec<(PathBuf, Vec<u8>)>,
    frames: Vec<Vec<u8>>,
}

fn options() -> Options {
    let clock = SetClock::at(Stamp::parse("2024-06-06 09:00", 480).expect("a time"));
    Options {
        clock: Box::new(clock),
        site_file: None,
    }
}

fn work(desk: &mut Desk) {
    let mut id = 0;
    let mut ask = |operator, command| {
        id += 1;
        let request = Request::Do(command);
        let envelope = Envelope {
            id: RequestId(id),
            operator,
            accept: vec![],
            request,
        };
        match desk.ask(&envelope).expect("a plain change") {
            Reply::Done { also, .. } => also,
            other => panic!("{other:?}"),
        }
    };
    let operator = OperatorDetails {
        login: "mei".into(),
        name: "梅".into(),
        ..OperatorDetails::default()
    };
    let set_up = Command::SetUp {
        site: "梅园".into(),
        profile: "property".into(),
        operator,
        rehearsal: true,
    };
    let operator = ask(NOBODY, set_up).first().expect("an operator").number();
    for name in ["李雷", "韩梅梅", "Jim Green"] {
        let details = CustomerDetails {
            name: name.into(),
            note: "门牌".repeat(20),
            ..CustomerDetails::default()
        };
        ask(operator, Command::RegisterCustomer { details });
    }
}

fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let disk = SimulatedDisk::new();
        let home = Home::in_memory(Arc::new(disk.clone())).expect("a store");
        let mut desk = Desk::open(home, options()).expect("a desk");
        work(&mut desk);
        desk.close().expect("closed");
        let mut files = Vec::new();
        for dir in ["/desk", "/desk/journal", "/desk/checkpoint"] {
            let dir = Path::new(dir);
            for name in disk.list(dir).unwrap_or_default() {
                let path = dir.join(name);
                if let Ok(bytes) = files::read_whole(&disk, &path, u64::MAX) {
                    files.push((path, bytes));
                }
            }
        }
        let (journal, _) = journal(&disk);
        let frames = journal
            .from(1)
            .map(|frame| frame.expect("whole").payload)
            .collect();
        Template { files, frames }
    })
}

fn journal(disk: &SimulatedDisk) -> (Journal, usize) {
    let (journal, notes) =
        Journal::open(Arc::new(disk.clone()), Path::new("/desk/journal"), ID).expect("ours");
    (journal, notes.len())
}

/// The template on a disk of its own, its journal hurt.
fn hurt(template: &Template, hurts: &[Hurt]) -> SimulatedDisk {
    let disk = SimulatedDisk::new();
    for dir in ["/desk", "/desk/journal", "/desk/checkpoint", "/desk/drafts"] {
        let _ = disk.make_dir(Path::new(dir));
    }
    for (path, bytes) in &template.files {
        let mut bytes = bytes.clone();
        if path.ends_with(LOG) {
            for hurt in hurts {
                hurt.apply(&mut bytes);
            }
        }
        let handle = disk.create(path).expect("room");
        handle.write_at(0, &bytes).expect("room");
        handle.sync().expect("synced");
    }
    disk
}

fn opened(disk: &SimulatedDisk) {
    let Ok(home) = Home::in_memory(Arc::new(disk.clone())) else {
        return;
    };
    if let Ok(mut desk) = Desk::open(home, options()) {
        let _ = desk.verify(None);
        let _ = desk.close();
    }
}

fuzz_target!(|input: Input| {
    let template = template();
    let disk = hurt(template, &input.file);
    let opening = Journal::open(Arc::new(disk.clone()), Path::new("/desk/journal"), ID);
    if let Ok((mut journal, _)) = opening {
        for frame in journal.from(1).flatten() {
            let at = usize::try_from(frame.seq - 1).expect("few");
            assert_eq!(
                Some(&frame.payload),
                template.frames.get(at),
                "a frame is true or not there"
            );
        }
        journal.verify(u64::MAX, &mut |_| ()).expect("a report");
        for (which, hurts) in &input.frames {
            let at = usize::from(*which) % template.frames.len();
            let mut payload = template.frames[at].clone();
            for hurt in hurts {
                hurt.apply(&mut payload);
            }
            let Ok(head) = journal.append(&payload) else {
                break;
            };
            assert_eq!(
                journal.read(head.seq).expect("just written").payload,
                payload
            );
        }
        let head = journal.head();
        drop(journal);
        let (again, _) = crate::journal(&disk);
        assert_eq!(again.head(), head, "opening a second time finds the same");
    }
    opened(&disk);
});
