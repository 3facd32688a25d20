//! Files over the operator's own line, through the real program: what a forced command of sshd lets
//! through, and what it does not. And the log: it holds nothing personal.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod program;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Output, Stdio};

use program::Program;

const CUSTOMERS: &str = "姓名,电话\n单雄信,13800138000\n王芳,13912345678\n";

/// What sshd does for `ssh desk SENT` with `frontdesk --as wang` as the forced command.
fn sent(program: &Program, sent: &str, input: &str) -> Output {
    let mut command = program.command(&["--as", "wang"]);
    command
        .env("SSH_ORIGINAL_COMMAND", sent)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The other end may have left without reading.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn good(program: &Program, text: &str, input: &str) -> Vec<u8> {
    let output = sent(program, text, input);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{text}: {told}");
    output.stdout
}

#[test]
fn a_file_is_put_left_and_fetched_over_the_line_byte_for_byte() {
    let program = Program::set_up("property");
    good(&program, "frontdesk put customers", CUSTOMERS);
    let direct = good(
        &program,
        "frontdesk export customers --encoding gb18030",
        "",
    );
    assert!(std::str::from_utf8(&direct).is_err(), "no UTF-8 on its way");
    let left = "frontdesk export customers --encoding gb18030 --outbox '客户 1.csv'";
    good(&program, left, "");
    let listed = good(&program, "frontdesk get --json", "");
    let listed: serde_json::Value = serde_json::from_slice(&listed).unwrap();
    assert_eq!(listed["name"], "客户 1.csv");
    assert_eq!(listed["size"], direct.len());
    let fetched = good(&program, "frontdesk get '客户 1.csv' --remove", "");
    assert_eq!(fetched, direct);
    assert_eq!(good(&program, "frontdesk get --json", ""), b"");
}

#[test]
fn nothing_else_is_done_over_the_line() {
    let program = Program::set_up("property");
    for text in [
        "cat /etc/passwd",
        "frontdesk list customers",
        "frontdesk get x --data /tmp",
        "frontdesk export customers --output x",
        "frontdesk put undo",
        "frontdesk operator add x",
    ] {
        let output = sent(&program, text, "");
        assert_ne!(output.status.code(), Some(0), "{text}");
        assert!(
            output.stdout.is_empty() && !output.stderr.is_empty(),
            "{text}"
        );
    }
    let output = sent(&program, "frontdesk get ../keys", "");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("no name for a file"), "{told}");
}

/// A hub in the foreground, stopped at the end.
struct Hub(Child);

impl Hub {
    fn start(program: &Program) -> Self {
        let mut command = program.command(&["hub"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut ready = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut ready).unwrap();
        Self(child)
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        // It may have been stopped already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_log_of_a_day_holds_nothing_personal() {
    let program = Program::set_up("property");
    let mut hub = Hub::start(&program);
    good(&program, "frontdesk put customers", CUSTOMERS);
    good(&program, "frontdesk export customers --outbox x", "");
    good(&program, "frontdesk get x", "");
    let call = r#"{"do":{"log-intake":{"details":{"channel":"call","kind":"enquiry","caller":"王芳","phone":"13912345678","place":"3-1201","text":"问物业费"},"new_customer":null}}}"#;
    program.run_with(&["rpc"], &format!("{call}\nno json 王芳\n"));
    program.good(&["search", "13800138000"]);
    program.good(&["search", "王芳"]);
    program.run(&["list", "customers", "--as", "王芳"]);
    let copy = program.path("copy");
    program.good(&["backup", copy.to_str().unwrap()]);
    program.good(&["compact"]);
    program.good(&["hub", "stop"]);
    assert!(hub.0.wait().unwrap().success());
    let again = program.path("again");
    let again = again.to_str().unwrap();
    program.good(&["restore", copy.to_str().unwrap(), "--data", again]);
    let data = program.data();
    let events = [
        "hub-ready",
        "hub-joined",
        "hub-left",
        "backup-made",
        "hub-closed",
    ];
    for (dir, events) in [(data, &events[..]), (again.into(), &["restored"])] {
        let log = fs::read_to_string(dir.join("log/frontdesk.log")).unwrap();
        for event in events {
            assert!(log.contains(event), "{event}: {log}");
        }
        for personal in [
            "单雄信",
            "王芳",
            "13800138000",
            "13912345678",
            "3-1201",
            "物业费",
        ] {
            assert!(!log.contains(personal), "{personal}: {log}");
        }
    }
}
