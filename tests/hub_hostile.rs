//! Whoever may reach the socket may send anything: it is refused and logged, takes no memory, and
//! a session beside it does not notice.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod program;

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Stdio};

use fastrand::Rng;
use frontdesk::hub::Place;
use frontdesk::hub::frame::{CALL_LIMIT, Inbox, WORD_LIMIT, framed, raw};
use frontdesk::hub::protocol::{Call, Hello, first};
use program::Program;
use program::session::{PATIENCE, Session, until};
use program::work::create_file;

/// Connections one after the other.
const MANY: u64 = 10_000;
/// Connections at the same time.
const AT_ONCE: usize = 700;
/// All of it may take so much memory, in bytes: the buffers of a few lines, and what the store and
/// the allocator keep of the work beside it.
const SLACK: u64 = 24 << 20;

struct Hub {
    child: Child,
    log: PathBuf,
}

impl Hub {
    fn start(program: &Program) -> Self {
        let mut child = program
            .command(&["hub"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let log = program.data().join("log/frontdesk.log");
        Self { child, log }
    }

    /// How many lines it has logged as ended for a reason.
    fn ended_for(&self, why: &str) -> usize {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        log.matches(&format!("why={why}")).count()
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        // One that has ended needs no blow.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn greeted(place: &Place) -> UnixStream {
    let mut stream = place.connect().unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let program = "hostile".to_owned();
    let hello = raw(&first(&Hello { program }).unwrap()).unwrap();
    stream.write_all(&hello).unwrap();
    let mut inbox = Inbox::new(WORD_LIMIT);
    let mut byte = [0];
    while inbox.take().unwrap().is_none() {
        stream.read_exact(&mut byte).unwrap();
        inbox.push(&byte);
    }
    stream
}

/// Sends bytes, as far as the hub takes them, and waits for the end of the line.
fn until_ended(stream: &mut UnixStream, bytes: &[u8]) {
    // A line that is ended in the middle takes no more.
    let _ = stream.write_all(bytes);
    let mut scratch = [0; 4096];
    while !matches!(stream.read(&mut scratch), Ok(0) | Err(_)) {}
}

fn memory(session: &Session) -> u64 {
    session.line.status().unwrap().memory.unwrap()
}

/// A session works, whatever happens beside it.
fn works(session: &mut Session, mark: u64) {
    let done = session.ask(create_file(mark));
    assert!(done.is_ok(), "{done:?}");
}

#[test]
fn random_bytes_huge_frames_and_half_frames_end_their_lines_and_are_logged() {
    let program = Program::set_up("property");
    let hub = Hub::start(&program);
    let place = Place::beside(&program.data());
    let mut session = Session::join(&program.data());
    works(&mut session, 1);
    let before = memory(&session);
    let mut rng = Rng::with_seed(2024);
    for round in 0..200 {
        let mut bytes = vec![0; rng.usize(1..20_000)];
        rng.fill(&mut bytes);
        // A length that may be, and garbage behind it.
        if round % 2 == 0 {
            let length = u32::try_from(bytes.len()).unwrap().saturating_sub(4);
            bytes.splice(..4.min(bytes.len()), length.to_le_bytes());
        }
        let is_whole = u32::from_le_bytes(bytes.first_chunk().copied().unwrap_or([0xFF; 4]))
            as usize
            > CALL_LIMIT
            || round % 2 == 0 && bytes.len() > 4;
        let mut stream = if rng.bool() {
            place.connect().unwrap()
        } else {
            greeted(&place)
        };
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        if is_whole {
            until_ended(&mut stream, &bytes);
        } else {
            let _ = stream.write_all(&bytes);
        }
    }
    let huge = u32::try_from(CALL_LIMIT + 1).unwrap().to_le_bytes();
    until_ended(&mut greeted(&place), &huge);
    // Half frames that stay: as much as a frame may be, on many lines at once.
    let halves: Vec<UnixStream> = (0..40)
        .map(|_| {
            let mut stream = greeted(&place);
            let length = u32::try_from(CALL_LIMIT).unwrap().to_le_bytes();
            stream.write_all(&length).unwrap();
            stream.write_all(&[7; 1000]).unwrap();
            stream
        })
        .collect();
    works(&mut session, 2);
    let after = memory(&session);
    assert!(after < before + SLACK, "{before} bytes grew to {after}");
    // They are ended in time.
    for mut stream in halves {
        let mut scratch = [0; 16];
        assert!(matches!(stream.read(&mut scratch), Ok(0) | Err(_)));
    }
    works(&mut session, 3);
    until("all of it is logged", || hub.ended_for("garbage") >= 100);
}

#[test]
fn ten_thousand_connections_and_all_that_the_system_gives_at_once_disturb_nobody() {
    let program = Program::set_up("property");
    let _hub = Hub::start(&program);
    let place = Place::beside(&program.data());
    let mut session = Session::join(&program.data());
    works(&mut session, 1);
    let before = memory(&session);
    for number in 0..MANY {
        let mut stream = place.connect().unwrap();
        let _ = stream.write_all(&number.to_le_bytes());
        if number % 1_000 == 0 {
            works(&mut session, 10 + number);
        }
    }
    // As many as may be, at once, silent: each either waits or is let go.
    let mut lines = Vec::new();
    while lines.len() < AT_ONCE
        && let Ok(stream) = place.connect()
    {
        lines.push(stream);
    }
    works(&mut session, 2);
    drop(lines);
    // Then with manners, up to what the hub serves.
    let mut greeted = Vec::new();
    while greeted.len() < AT_ONCE
        && let Ok(mut stream) = place.connect()
    {
        let program = String::new();
        let hello = raw(&first(&Hello { program }).unwrap()).unwrap();
        if stream.write_all(&hello).is_err() {
            break;
        }
        greeted.push(stream);
    }
    works(&mut session, 3);
    let crowd = session.line.status().unwrap();
    assert!(crowd.sessions.len() <= 512, "{}", crowd.sessions.len());
    let after = memory(&session);
    assert!(after < before + SLACK, "{before} bytes grew to {after}");
    drop(greeted);
    until("everybody has left", || {
        session.line.status().unwrap().sessions.len() == 1
    });
    works(&mut session, 4);
}

#[test]
fn who_asks_and_never_reads_takes_no_memory() {
    let program = Program::set_up("property");
    let _hub = Hub::start(&program);
    let place = Place::beside(&program.data());
    let mut session = Session::join(&program.data());
    works(&mut session, 1);
    let before = memory(&session);
    let mut lines: Vec<UnixStream> = (0..20).map(|_| greeted(&place)).collect();
    let ping = framed(&Call::Ping).unwrap().repeat(4_000);
    for line in &mut lines {
        line.set_nonblocking(true).unwrap();
        // As much as the line takes; the answers are never read.
        while let Ok(written) = line.write(&ping) {
            assert!(written > 0);
        }
    }
    works(&mut session, 2);
    let after = memory(&session);
    assert!(after < before + SLACK, "{before} bytes grew to {after}");
}
