//! Lines at a hub in the same process.

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::*;
use crate::desk::Options;
use crate::desk::clock::SystemClock;
use crate::desk::contract::{
    Command, Door, Envelope, News, Proof, Query, Reply, Request, RequestId, Sitting,
};
use crate::domain::archive::FileDetails;
use crate::domain::number::{Kind, Number};
use crate::domain::operator::OperatorDetails;
use crate::hub::client::Line;
use crate::hub::frame::{Inbox, WORD_LIMIT, framed, raw};
use crate::hub::protocol::{Call, Hello, Word, first};
use crate::store::{Home, SimulatedDisk};

const PATIENCE: Duration = Duration::from_secs(20);

struct Running {
    stopper: Stopper,
    served: JoinHandle<Result<(), Fault>>,
    place: Place,
}

fn desk(disk: &SimulatedDisk) -> Desk {
    let home = Home::in_memory(Arc::new(disk.clone())).unwrap();
    let clock = Box::new(SystemClock);
    let site_file = None;
    Desk::open(home, Options { clock, site_file }).unwrap()
}

impl Running {
    fn at(dir: &Path, settings: Settings) -> Self {
        let place = Place::beside(dir);
        let hub = Hub::open(desk(&SimulatedDisk::new()), place.clone(), settings).unwrap();
        let stopper = hub.stopper();
        let served = std::thread::spawn(move || hub.run());
        Self {
            stopper,
            served,
            place,
        }
    }

    fn line(&self) -> (Line, Receiver<News>) {
        let (sender, news) = channel();
        let hear = Arc::new(move |it| drop(sender.send(it)));
        let line = Line::join(self.place.clone(), None, Duration::ZERO, hear).unwrap();
        (line, news)
    }

    fn close(self) {
        self.stopper.stop(false);
        self.served.join().unwrap().unwrap();
    }
}

fn envelope(operator: Number, request: Request) -> Envelope {
    Envelope {
        id: RequestId(fastrand::u64(1..)),
        operator,
        accept: Vec::new(),
        request,
    }
}

fn nobody() -> Number {
    Number {
        kind: Kind::Operator,
        year: 0,
        seq: 0,
    }
}

fn set_up() -> Envelope {
    let command = Command::SetUp {
        site: "翠湖雅苑".into(),
        profile: "property".into(),
        operator: OperatorDetails {
            login: "xiaoman".into(),
            name: "林小满".into(),
            ..OperatorDetails::default()
        },
        rehearsal: true,
    };
    envelope(nobody(), Request::Do(command))
}

fn sign_in(line: &mut Line) {
    let sitting = Sitting::SignIn {
        login: "xiaoman".into(),
        proof: Proof::Nothing,
    };
    line.ask(&envelope(nobody(), Request::Sit(sitting)))
        .unwrap();
}

#[test]
fn a_line_asks_the_desk_and_another_is_told() {
    let temp = tempfile::tempdir().unwrap();
    let hub = Running::at(temp.path(), Settings::default());
    let (mut one, _) = hub.line();
    let (mut other, news) = hub.line();
    let Ok(Reply::Done { record, .. }) = one.ask(&set_up()) else {
        panic!("not set up");
    };
    let me = record.meta().created_by;
    sign_in(&mut other);
    let command = Command::CreateFile {
        details: FileDetails {
            title: "三号楼".into(),
            class: "owner".into(),
            ..FileDetails::default()
        },
    };
    let Ok(Reply::Done { record, .. }) = one.ask(&envelope(me, Request::Do(command))) else {
        panic!("not created");
    };
    let is_told = |news: News| matches!(news, News::Changed { numbers, .. } if numbers.contains(&record.number()));
    while !is_told(news.recv_timeout(PATIENCE).unwrap()) {}
    let hello = one.ask(&envelope(nobody(), Request::Look(Query::Hello)));
    assert!(matches!(hello, Ok(Reply::Hello { site: Some(_), .. })));
    let status = one.status().unwrap();
    assert_eq!(
        (status.sessions.len(), status.changes, status.frames),
        (2, 2, 2)
    );
    hub.close();
    assert_eq!(
        news.recv_timeout(PATIENCE),
        Ok(News::Leaving { stopped: false })
    );
    let lost = one.ask(&set_up()).unwrap_err();
    assert!(lost.is_line_lost() && !one.recover());
}

#[test]
fn a_hub_closes_when_nobody_is_there_any_more() {
    let temp = tempfile::tempdir().unwrap();
    let settings = Settings {
        linger: Some(Duration::ZERO),
        ..Settings::default()
    };
    let hub = Running::at(temp.path(), settings);
    drop(hub.line());
    hub.served.join().unwrap().unwrap();
    assert!(!hub.place.socket().exists());
}

/// A line without manners.
fn stranger(hub: &Running) -> UnixStream {
    let stream = hub.place.connect().unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

fn greeted(hub: &Running) -> UnixStream {
    let mut stream = stranger(hub);
    let program = String::new();
    let hello = raw(&first(&Hello { program }).unwrap()).unwrap();
    stream.write_all(&hello).unwrap();
    word_bytes(&mut stream).unwrap();
    stream
}

fn word_bytes(stream: &mut UnixStream) -> Option<Vec<u8>> {
    let mut inbox = Inbox::new(WORD_LIMIT);
    let mut byte = [0];
    loop {
        if let Some(frame) = inbox.take().unwrap() {
            return Some(frame);
        }
        match stream.read(&mut byte) {
            Ok(0) | Err(_) => return None,
            Ok(_) => inbox.push(&byte),
        }
    }
}

#[test]
fn what_is_no_call_ends_its_line_and_no_other() {
    let temp = tempfile::tempdir().unwrap();
    let hub = Running::at(temp.path(), Settings::default());
    let (mut good, _) = hub.line();
    let huge = u32::MAX.to_le_bytes();
    for garbage in [
        b"GET / HTTP/1.1\r\n\r\n".as_slice(),
        &huge,
        &[4, 0, 0, 0, 1, 2, 3, 4],
    ] {
        let mut stream = stranger(&hub);
        stream.write_all(garbage).unwrap();
        assert_eq!(word_bytes(&mut stream), None);
        let mut stream = greeted(&hub);
        stream.write_all(garbage).unwrap();
        assert_eq!(word_bytes(&mut stream), None);
    }
    assert!(
        good.ask(&envelope(nobody(), Request::Look(Query::Hello)))
            .is_ok()
    );
    hub.close();
}

#[test]
fn who_asks_twice_at_once_is_let_go() {
    let temp = tempfile::tempdir().unwrap();
    let hub = Running::at(temp.path(), Settings::default());
    let mut stream = greeted(&hub);
    let look = Call::Ask(Box::new(envelope(nobody(), Request::Look(Query::Hello))));
    let verify = framed(&Call::Verify { head: None }).unwrap();
    stream
        .write_all(&[verify, framed(&look).unwrap()].concat())
        .unwrap();
    // The first may still be answered.
    while word_bytes(&mut stream).is_some() {}
    hub.close();
}

#[test]
fn who_comes_after_the_last_free_seat_is_told_so() {
    let temp = tempfile::tempdir().unwrap();
    let settings = Settings {
        most_lines: 2,
        ..Settings::default()
    };
    let hub = Running::at(temp.path(), settings);
    let (first, _) = hub.line();
    let _second = hub.line();
    let join = || {
        let hear = Arc::new(|_| {});
        Line::join(hub.place.clone(), None, Duration::ZERO, hear)
    };
    assert_eq!(join().unwrap_err(), crate::hub::JoinFault::Full);
    drop(first);
    // Its seat is free as soon as the hub has noticed.
    while join().is_err() {}
    hub.close();
}

#[test]
fn a_ping_is_answered_while_the_desk_works() {
    let temp = tempfile::tempdir().unwrap();
    let hub = Running::at(temp.path(), Settings::default());
    let mut stream = greeted(&hub);
    stream.write_all(&framed(&Call::Ping).unwrap()).unwrap();
    let pong = word_bytes(&mut stream).unwrap();
    assert_eq!(
        crate::store::codec::unpack::<Word>(&pong).unwrap(),
        Word::Pong
    );
    hub.close();
}

#[test]
fn a_hub_that_is_slow_to_greet_is_asked_again() {
    let temp = tempfile::tempdir().unwrap();
    let place = Place::beside(temp.path());
    let bound = place.bind(None).unwrap();
    let dir = temp.path().to_owned();
    let slow = std::thread::spawn(move || {
        let (mut stream, _) = bound.listener.accept().unwrap();
        // Until the session has given up.
        stream.read_to_end(&mut Vec::new()).unwrap();
        drop(bound);
        Running::at(&dir, Settings::default())
    });
    let line = Line::join(place, None, PATIENCE, Arc::new(|_| {}));
    let hub = slow.join().unwrap();
    assert!(line.is_ok(), "{line:?}");
    drop(line);
    hub.close();
}
