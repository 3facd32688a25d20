//! The real hub as a process: started, found, closed, and what may stand in its way.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod program;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use frontdesk::desk::contract::{Command, News, Reply};
use frontdesk::domain::archive::FileDetails;
use frontdesk::hub::frame::{Inbox, WORD_LIMIT, raw};
use frontdesk::hub::protocol::{CONTRACT, First, Greeting, understood};
use frontdesk::hub::{JoinFault, Line, Place};
use frontdesk::store::Home;
use program::Program;
use program::session::{PATIENCE, Session, holder, kill_holder, starter, until};
use program::work::create_file;

/// A hub in the foreground, which ends with the test.
struct Hub(Child);

impl Hub {
    fn start(program: &Program, arguments: &[&str]) -> Self {
        let mut child = program
            .command(&[&["hub"], arguments].concat())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        assert!(line.contains("hub-"), "ready: {line:?}");
        Self(child)
    }

    /// Waits for its end: its code and what it logged.
    fn ended(mut self, program: &Program) -> (Option<i32>, String) {
        let code = self.0.wait().unwrap().code();
        let log = program.data().join("log/frontdesk.log");
        (code, std::fs::read_to_string(log).unwrap_or_default())
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        // One that has ended needs no blow.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn join(data: &Path) -> Result<Line, JoinFault> {
    let place = Place::beside(data);
    Line::join(place, Some(starter(data)), PATIENCE, Arc::new(|_| {}))
}

#[test]
fn twenty_cold_starts_at_once_end_in_one_hub_and_one_store() {
    let program = Program::new();
    let data = program.data();
    let lines: Vec<Line> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..20).map(|_| scope.spawn(|| join(&data))).collect();
        let joined = starts.into_iter().map(|start| start.join().unwrap());
        joined.map(Result::unwrap).collect()
    });
    let pids: Vec<u32> = lines.iter().map(|it| it.status().unwrap().pid).collect();
    assert!(pids.windows(2).all(|two| two[0] == two[1]), "{pids:?}");
    assert_eq!(lines[0].status().unwrap().sessions.len(), 20);
}

#[test]
fn a_socket_left_behind_and_a_half_made_snapshot_are_no_hindrance() {
    let program = Program::set_up("property");
    let data = program.data();
    let first = Session::join(&data);
    kill_holder(&data);
    drop(first);
    assert!(data.join(format!("hub-{CONTRACT}.sock")).exists());
    std::fs::write(data.join("sled/snap.0000.generating"), b"half").unwrap();
    let session = Session::join(&data);
    assert_eq!(session.line.verify(None).unwrap().findings, []);
}

#[test]
fn what_is_no_socket_is_left_alone_and_said() {
    let program = Program::set_up("property");
    let file = program.data().join(format!("hub-{CONTRACT}.sock"));
    std::fs::write(&file, "notes").unwrap();
    assert_eq!(join(&program.data()).unwrap_err(), JoinFault::NotStarted);
    let ran = program.run(&["hub"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains(".sock"), "{}", ran.err);
    assert_eq!(std::fs::read(&file).unwrap(), b"notes");
}

#[test]
fn a_program_that_has_the_store_open_is_waited_for() {
    let program = Program::set_up("property");
    let data = program.data();
    let home = Home::open(&data).unwrap();
    std::thread::scope(|scope| {
        let (sender, joined) = channel();
        let data = &data;
        scope.spawn(move || sender.send(join(data)).unwrap());
        assert!(joined.recv_timeout(Duration::from_millis(300)).is_err());
        home.close().unwrap();
        assert!(joined.recv().unwrap().is_ok());
    });
}

#[test]
fn a_hub_of_another_contract_is_recognised_and_named() {
    let program = Program::set_up("property");
    let data = program.data();
    let other = std::os::unix::net::UnixListener::bind(data.join("hub-4711.sock")).unwrap();
    let fault = join(&data).unwrap_err();
    assert_eq!(fault, JoinFault::OtherContract { contract: 4711 });
    let ran = program.run(&["list", "intakes"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("4711") && ran.err.contains("drain"),
        "{}",
        ran.err
    );
    drop(other);
    // The other way round: an old program at this hub is told which contract is spoken.
    let hub = Hub::start(&program, &[]);
    let mut old = Place::beside(&data).connect().unwrap();
    old.set_read_timeout(Some(PATIENCE)).unwrap();
    let hello = [&b"frntdesk"[..], &(CONTRACT + 1).to_le_bytes(), b"whatever"].concat();
    old.write_all(&raw(&hello).unwrap()).unwrap();
    let mut bytes = Vec::new();
    old.read_to_end(&mut bytes).unwrap();
    let mut inbox = Inbox::new(WORD_LIMIT);
    inbox.push(&bytes);
    let frame = inbox.take().unwrap().unwrap();
    assert!(matches!(understood::<Greeting>(&frame), First::Ours(_)));
    program.good(&["hub", "stop"]);
    let (code, said) = hub.ended(&program);
    assert_eq!(code, Some(0));
    assert!(said.contains("other-contract"), "{said}");
}

#[test]
fn a_drained_hub_makes_room_for_the_next_and_sessions_go_on() {
    let program = Program::set_up("property");
    let data = program.data();
    let mut session = Session::join(&data);
    let before = holder(&data);
    assert!(session.ask(create_file(1)).is_ok());
    program.good(&["hub", "drain"]);
    session.recover();
    assert_ne!(holder(&data), before);
    // The seat was taken again without a word of the operator.
    assert!(session.ask(create_file(2)).is_ok());
    let status = program.good(&["hub", "status"]);
    assert!(status.contains("wang"), "{status}");
    let status = program.good(&["hub", "status", "--json"]);
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["changes"], 1);
}

#[test]
fn a_stopped_hub_is_not_started_by_a_session_and_is_waited_for() {
    let program = Program::set_up("property");
    let data = program.data();
    let (sender, news) = channel();
    let hear = Arc::new(move |it| drop(sender.send(it)));
    let place = Place::beside(&data);
    let line = Line::join(place, Some(starter(&data)), PATIENCE, hear).unwrap();
    let mut session = Session {
        line,
        operator: program::session::NOBODY,
    };
    session.sign_in("wang");
    program.good(&["hub", "stop"]);
    assert_eq!(news.recv(), Ok(News::Leaving { stopped: true }));
    let lost = session.ask(create_file(1)).unwrap_err();
    assert!(lost.is_line_lost());
    for _ in 0..20 {
        use frontdesk::desk::contract::Door as _;
        assert!(!session.line.recover());
    }
    assert!(!Home::is_open(&data), "nobody has started it");
    let _hub = Hub::start(&program, &[]);
    session.recover();
    assert!(session.ask(create_file(1)).is_ok());
}

#[test]
fn a_request_to_end_closes_the_hub_in_order() {
    let program = Program::set_up("property");
    let hub = Hub::start(&program, &[]);
    let mut session = Session::join(&program.data());
    assert!(session.ask(create_file(1)).is_ok());
    let pid = rustix::process::Pid::from_child(&hub.0);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let (code, said) = hub.ended(&program);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("hub-closed"), "{said}");
    // Closed in order: the next opening has nothing to look through.
    assert!(program.data().join("sled.seal").exists());
}

#[test]
fn every_subcommand_goes_through_the_hub_that_is_there_and_works_without_one() {
    let program = Program::set_up("property");
    let mut session = Session::join(&program.data());
    let details = FileDetails {
        title: "竣工图".into(),
        class: "owner".into(),
        ..FileDetails::default()
    };
    let Ok(Reply::Done { .. }) = session.ask(Command::CreateFile { details }) else {
        panic!("not created");
    };
    let look = |program: &Program| {
        let listed = program.good(&["list", "files"]);
        assert!(listed.contains("竣工图"), "{listed}");
        assert!(program.good(&["search", "竣工图"]).contains("竣工图"));
        program.good(&["verify"]);
    };
    look(&program);
    assert!(
        Home::is_open(&program.data()),
        "the hub is there all the while"
    );
    program.good(&["hub", "stop"]);
    assert!(!Home::is_open(&program.data()));
    look(&program);
}

#[test]
fn a_clock_that_was_set_counts_only_where_the_hub_was_started_with_it() {
    let program = Program::set_up("property");
    let time = ["--clock", "2030-01-02 10:00"];
    let hub = Hub::start(&program, &[]);
    let ran = program.run(&[&time[..], &["list", "intakes"]].concat());
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("--clock"), "{}", ran.err);
    program.good(&["hub", "stop"]);
    hub.ended(&program);
    let _hub = Hub::start(&program, &time);
    program.good(&[&time[..], &["list", "intakes"]].concat());
}

#[test]
fn a_hub_whose_folder_is_gone_closes_and_one_whose_socket_is_gone_puts_it_back() {
    let program = Program::set_up("property");
    let data = program.data();
    let hub = Hub::start(&program, &[]);
    std::fs::remove_file(Place::beside(&data).socket()).unwrap();
    until("the socket is back", || {
        Place::beside(&data).connect().is_ok()
    });
    std::fs::remove_dir_all(&data).unwrap();
    hub.ended(&program);
}

#[test]
fn an_import_goes_on_when_the_hub_is_killed_in_the_middle() {
    let program = Program::set_up("property");
    let data = program.data();
    let session = Session::join(&data);
    let rows: Vec<String> = (0..3_000)
        .map(|number| format!("业主{number},139{number:08}"))
        .collect();
    let rows = format!("姓名,电话\n{}\n", rows.join("\n"));
    let file = program.file("customers.csv", rows);
    let mut import = program
        .command(&["import", "customers", &file, "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = session.line.status().unwrap().changes;
    until("the import is under way", || {
        session
            .line
            .status()
            .is_ok_and(|it| it.changes > begun + 256)
    });
    kill_holder(&data);
    let mut said = String::new();
    import
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert!(import.wait().unwrap().success(), "{said}");
    let last = said.lines().last().unwrap();
    let tally: serde_json::Value = serde_json::from_str(last).unwrap();
    assert_eq!(
        (&tally["read"], &tally["imported"]),
        (&3_000.into(), &3_000.into())
    );
    let listed = program.good(&["list", "customers", "--limit", "0", "--json"]);
    assert_eq!(listed.lines().count(), 3_000);
    program.good(&["verify"]);
}
