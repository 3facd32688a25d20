//! Lines to one hub: what waits goes into one frame, who does not read holds up nobody, a full
//! disk passes, drafts are for their operator alone.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod common;

use std::io;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};

use common::hub::{PATIENCE, Raw, Running, envelope};
use common::{Bench, NOBODY, card, folder, set_up};
use frontdesk::desk::clock::SystemClock;
use frontdesk::desk::contract::{
    Command, Door, DraftPlace as _, Failure, News, Query, Reply, Request, Sitting,
};
use frontdesk::desk::{Desk, Options};
use frontdesk::hub::protocol::{Call, Word};
use frontdesk::store::files::Handle;
use frontdesk::store::{Files, Home, SimulatedDisk};

fn create(title: &str) -> Command {
    Command::CreateFile {
        details: folder(title),
    }
}

/// A disk on which a sync can be held up.
#[derive(Clone, Default)]
struct Held {
    disk: SimulatedDisk,
    gate: Arc<Gate>,
}

#[derive(Default)]
struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    shut: bool,
    waiting: usize,
}

impl Gate {
    fn set(&self, shut: bool) {
        self.state.lock().unwrap().shut = shut;
        self.changed.notify_all();
    }

    fn pass(&self) {
        let mut state = self.state.lock().unwrap();
        state.waiting += 1;
        self.changed.notify_all();
        let mut state = self.changed.wait_while(state, |it| it.shut).unwrap();
        state.waiting -= 1;
    }

    fn until_somebody_waits(&self) {
        let state = self.state.lock().unwrap();
        let nobody = |it: &mut State| it.waiting == 0;
        let waited = self.changed.wait_timeout_while(state, PATIENCE, nobody);
        let out = waited.unwrap().1;
        assert!(!out.timed_out(), "nobody waits for the disk");
    }
}

struct HeldFile(Box<dyn Handle>, Arc<Gate>);

impl Handle for HeldFile {
    fn size(&self) -> io::Result<u64> {
        self.0.size()
    }
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        self.0.read_at(offset, buffer)
    }
    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.write_at(offset, bytes)
    }
    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }
    fn sync(&self) -> io::Result<()> {
        self.1.pass();
        self.0.sync()
    }
}

impl Files for Held {
    fn make_dir(&self, dir: &Path) -> io::Result<()> {
        self.disk.make_dir(dir)
    }
    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        self.disk.list(dir)
    }
    fn size(&self, path: &Path) -> io::Result<Option<u64>> {
        self.disk.size(path)
    }
    fn open(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let file = self.disk.open(path)?;
        Ok(Box::new(HeldFile(file, self.gate.clone())))
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let file = self.disk.create(path)?;
        Ok(Box::new(HeldFile(file, self.gate.clone())))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.disk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.disk.remove(path)
    }
    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.disk.sync_dir(dir)
    }
    fn free(&self, dir: &Path) -> io::Result<u64> {
        self.disk.free(dir)
    }
}

#[test]
fn what_comes_while_a_frame_is_on_its_way_to_the_disk_goes_into_the_next_one() {
    let held = Held::default();
    let home = Home::in_memory(Arc::new(held.clone())).unwrap();
    let clock = Box::new(SystemClock);
    let site_file = None;
    let mut desk = Desk::open(home, Options { clock, site_file }).unwrap();
    let request = Request::Do(set_up("property"));
    desk.ask(&envelope(NOBODY, request)).unwrap();
    let hub = Running::over(desk);
    let session = hub.session();
    let mut lines: Vec<Raw> = (0..64).map(|_| hub.raw()).collect();
    let before = session.line.status().unwrap();
    held.gate.set(true);
    lines[0].ask(Request::Do(create("第一")));
    held.gate.until_somebody_waits();
    for line in &mut lines[1..] {
        line.ask(Request::Do(create("又一")));
        // An answer to this says that the request before it is at the desk.
        line.say(&Call::Ping);
        assert_eq!(line.word(), Word::Pong);
    }
    held.gate.set(false);
    for line in &mut lines {
        let Word::Answer { answer, .. } = line.word() else {
            panic!("no answer");
        };
        assert!(matches!(*answer, Ok(Reply::Done { already: false, .. })));
    }
    let after = session.line.status().unwrap();
    assert_eq!(after.changes - before.changes, 64);
    assert_eq!(after.frames - before.frames, 2);
    hub.close();
}

#[test]
fn who_does_not_read_holds_up_nobody_and_is_told_in_the_end() {
    let hub = Running::over(Bench::of("property").desk);
    let mut deaf = hub.raw();
    // It asks once more and reads nothing from now on.
    deaf.ask(Request::Look(Query::Operators));
    let mut busy = hub.session();
    for number in 0..1_500 {
        let done = busy.change(create(&format!("档案{number}")));
        assert!(done.is_ok(), "{done:?}");
    }
    assert_eq!(busy.line.status().unwrap().sessions.len(), 2);
    let mut last = 0;
    let mut frames = 0;
    while let Some(frame) = deaf.frame() {
        frames += 1;
        if let Word::News(News::Changed { seq, .. }) =
            frontdesk::store::codec::unpack(&frame).unwrap()
        {
            assert!(seq > last, "news goes forward");
            last = seq;
        }
        if last >= busy.line.status().unwrap().seq {
            break;
        }
    }
    assert!(frames > 1 && last > 1_500, "{frames} frames, up to {last}");
    hub.close();
}

#[test]
fn a_full_disk_is_said_and_work_goes_on_when_there_is_room_again() {
    let bench = Bench::of("property");
    let disk = bench.disk.clone();
    let hub = Running::over(bench.desk);
    let mut sessions = [hub.session(), hub.session()];
    let details = card("王芳", "13900001111");
    let Ok(Reply::Done { record, .. }) = sessions[0].change(Command::RegisterCustomer { details })
    else {
        panic!("not registered");
    };
    disk.set_free(Some(0));
    for session in &mut sessions {
        match session.change(create("写不下")) {
            Err(Failure::Fault { key, .. }) => assert!(key.contains("full"), "{key}"),
            other => panic!("{other:?}"),
        }
        match session.look(Query::Get(record.number())) {
            Reply::Record(Some(row)) => assert_eq!(row.record, *record),
            other => panic!("{other:?}"),
        }
    }
    disk.set_free(None);
    for session in &mut sessions {
        assert!(session.change(create("写得下")).is_ok());
    }
    hub.close();
}

#[test]
fn drafts_go_over_the_line_and_only_to_their_operator() {
    let hub = Running::over(Bench::of("property").desk);
    let mut session = hub.session();
    let mut drafts = session.line.drafts();
    for text in ["一", "一二", "一二三"] {
        drafts.keep(session.operator, 7, Some(text.as_bytes().to_vec()));
    }
    drafts.outbox().flush();
    assert!(!drafts.is_failing());
    assert_eq!(drafts.list(session.operator), ["一二三".as_bytes()]);
    let kept: Vec<_> = std::fs::read_dir(hub.place.data().join("drafts"))
        .unwrap()
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect();
    assert_eq!(kept.len(), 1);
    let plain = "一二三".as_bytes();
    assert!(!kept[0].windows(plain.len()).any(|part| part == plain));
    // Not of somebody else, and not while the screen is locked.
    let mut other = session.operator;
    other.seq += 1;
    drafts.keep(other, 8, Some(b"not mine".to_vec()));
    drafts.outbox().flush();
    assert!(drafts.is_failing());
    assert_eq!(drafts.list(other), Vec::<Vec<u8>>::new());
    let lock = envelope(session.operator, Request::Sit(Sitting::Lock));
    session.line.ask(&lock).unwrap();
    assert_eq!(drafts.list(session.operator), Vec::<Vec<u8>>::new());
    drafts.keep(session.operator, 7, Some(b"still mine".to_vec()));
    drafts.outbox().flush();
    assert!(!drafts.is_failing());
    // Another terminal finds them.
    let again = hub.session();
    assert_eq!(again.line.drafts().list(again.operator), [b"still mine"]);
    again.line.drafts().keep(again.operator, 7, None);
    again.line.drafts().outbox().flush();
    assert_eq!(
        again.line.drafts().list(again.operator),
        Vec::<Vec<u8>>::new()
    );
    hub.close();
}

#[test]
fn a_batch_is_answered_one_by_one_in_its_order_and_in_one_frame() {
    let hub = Running::over(Bench::of("property").desk);
    let mut session = hub.session();
    let before = session.line.status().unwrap().frames;
    let envelopes: Vec<_> = (0..200)
        .map(|number| {
            let title = if number == 100 {
                String::new()
            } else {
                format!("档案{number}")
            };
            envelope(session.operator, Request::Do(create(&title)))
        })
        .collect();
    let answers = session.line.ask_all(&envelopes);
    assert_eq!(answers.len(), 200);
    let mut last = 0;
    for (number, answer) in answers.iter().enumerate() {
        match answer {
            Ok(Reply::Done { record, .. }) => {
                assert_eq!(record.number().seq, last + 1);
                last += 1;
            }
            Err(Failure::Refused(_)) => assert_eq!(number, 100),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(last, 199);
    assert_eq!(session.line.status().unwrap().frames - before, 1);
    hub.close();
}
