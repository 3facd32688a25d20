//! Calls that are allowed and odd: nothing asked, more answered than one frame holds, and somebody
//! else in the place of the hub.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod program;

use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};

use frontdesk::desk::contract::{At, Command, Door, Reply, Request};
use frontdesk::domain::customer::{CustomerDetails, Mark};
use frontdesk::hub::Place;
use frontdesk::hub::frame::{Inbox, WORD_LIMIT, framed, raw};
use frontdesk::hub::protocol::{Call, Hello, Word, first};
use frontdesk::store::codec;
use program::Program;
use program::session::{PATIENCE, Session};

fn next_frame(stream: &mut UnixStream) -> Vec<u8> {
    let mut inbox = Inbox::new(WORD_LIMIT);
    let mut byte = [0];
    loop {
        if let Some(frame) = inbox.take().unwrap() {
            return frame;
        }
        stream.read_exact(&mut byte).unwrap();
        inbox.push(&byte);
    }
}

#[test]
fn nothing_asked_is_answered_with_nothing() {
    let program = Program::set_up("property");
    let _session = Session::join(&program.data());
    let mut stream = Place::beside(&program.data()).connect().unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let program = "odd".to_owned();
    let hello = raw(&first(&Hello { program }).unwrap()).unwrap();
    stream.write_all(&hello).unwrap();
    next_frame(&mut stream);
    for _ in 0..3 {
        stream
            .write_all(&framed(&Call::AskAll(Vec::new())).unwrap())
            .unwrap();
        let word: Word = codec::unpack(&next_frame(&mut stream)).unwrap();
        assert_eq!(word, Word::Answers(Vec::new()));
    }
}

#[test]
fn a_batch_whose_answers_are_longer_than_a_frame_is_told_as_done() {
    let program = Program::set_up("property");
    let mut session = Session::join(&program.data());
    let long = Command::RegisterCustomer {
        details: CustomerDetails {
            name: "王芳".into(),
            note: "字".repeat(20_000),
            ..CustomerDetails::default()
        },
    };
    let Ok(Reply::Done { record, .. }) = session.ask(long) else {
        panic!("not registered");
    };
    let number = record.number();
    let changes: Vec<_> = (1..=100)
        .map(|version| {
            let mark = Command::MarkCustomer {
                at: At { number, version },
                mark: Mark::Key,
                set: version % 2 == 1,
            };
            session.envelope(Request::Do(mark))
        })
        .collect();
    let answers = session.line.ask_all(&changes);
    let versions: Vec<u32> = answers
        .iter()
        .map(|answer| match answer {
            Ok(Reply::Done { record, .. }) => record.meta().version,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(versions, (2..=101).collect::<Vec<u32>>());
    let length: usize = answers
        .iter()
        .map(|answer| codec::pack(answer).unwrap().len())
        .sum();
    assert!(length > WORD_LIMIT, "{length}");
    assert_eq!(session.get(number).unwrap().meta().version, 101);
}

#[test]
fn what_listens_in_the_place_of_a_hub_without_the_store_is_told_and_not_ended() {
    let program = Program::set_up("property");
    // This process listens: a signal would end the test.
    let socket = program.data().join("hub-4711.sock");
    let _listener = UnixListener::bind(&socket).unwrap();
    for (lang, part) in [("zh", "没有动它"), ("en", "was left alone")] {
        let ran = program.run(&["--lang", lang, "hub", "drain"]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.err.contains(part), "{}", ran.err);
    }
}
