//! Operators on the command line: what they sign in with, how they come, stand in and leave.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod program;

use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;

use program::Program;

const FIRST: &str = "the first password";

/// A site that is no rehearsal, whose administrator `wang` has read the confidentiality text; the
/// file of that one's password.
fn site() -> (Program, String) {
    let program = Program::new();
    let first = program.file("first", format!("{FIRST}\n"));
    program.good(&["init", "--operator", "wang", "--password-file", &first]);
    let read = [
        "operator",
        "acknowledge",
        "--yes",
        "--password-file",
        &first,
    ];
    program.good(&read);
    (program, first)
}

/// Who may do what with a file.
fn access(file: &std::path::Path) -> u32 {
    std::fs::metadata(file).unwrap().permissions().mode() & 0o777
}

/// Adds an operator; the password for the first sign-in.
fn add(program: &Program, first: &str, login: &str) -> String {
    let args = [
        "--as",
        "wang",
        "--password-file",
        first,
        "--json",
        "operator",
        "add",
        login,
        "--roles",
        "customer-service",
    ];
    let out = program.good(&args);
    let value: serde_json::Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
    assert_eq!(value["login"], login);
    value["password"].as_str().unwrap().to_owned()
}

/// The same, with a password of their own and the text read.
fn settled(program: &Program, first: &str, login: &str) -> String {
    let once = program.file("once", add(program, first, login));
    let own = program.file(&format!("own-{login}"), format!("the words of {login}"));
    let me = ["--as", login, "--password-file"];
    program.good(
        &[
            &me[..],
            &[&once, "operator", "password", "--new-file", &own],
        ]
        .concat(),
    );
    program.good(&[&me[..], &[&own, "operator", "acknowledge", "--yes"]].concat());
    own
}

#[test]
fn a_command_needs_the_password_and_says_where_it_may_come_from() {
    let (program, first) = site();
    let none = program.run(&["list", "customers"]);
    assert_eq!(none.code, 1);
    assert!(none.err.contains("--password-file"), "{}", none.err);
    let wrong = program.file("wrong", "not the password");
    let refused = program.run(&["list", "customers", "--password-file", &wrong]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("wrong"), "{}", refused.err);
    program.good(&["list", "customers", "--password-file", &first]);
    let words = format!("{FIRST}\nand more");
    let piped = ["list", "customers", "--password-file", "-"];
    let ran = program.run_with(&piped, &words);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut named = program.command(&["list", "customers"]);
    let named = named
        .env("FRONTDESK_PASSWORD_FILE", &first)
        .output()
        .unwrap();
    assert!(named.status.success());
}

#[test]
fn a_new_operator_chooses_a_password_and_reads_the_text_first() {
    let (program, first) = site();
    let once = program.file("once", add(&program, &first, "li"));
    let me = ["--as", "li", "--password-file"];
    let list = ["list", "customers"];
    let own = program.file("own", "words of my own");
    program.good(
        &[
            &me[..],
            &[&once, "operator", "password", "--new-file", &own],
        ]
        .concat(),
    );
    let owed = program.run(&[&me[..], &[&own], &list[..]].concat());
    assert_eq!(owed.code, 1);
    assert!(owed.err.contains("operator acknowledge"), "{}", owed.err);
    program.good(&[&me[..], &[&own, "operator", "acknowledge", "--yes"]].concat());
    program.good(&[&me[..], &[&own], &list[..]].concat());
    let again = program.run(&[&me[..], &[&once], &list[..]].concat());
    assert_eq!(again.code, 1, "the first password was good once");
    let listed = program.good(&[
        "--as",
        "wang",
        "--password-file",
        &first,
        "operator",
        "list",
    ]);
    let acknowledged = listed.lines().filter(|line| line.contains("20")).count();
    assert!(acknowledged >= 2, "{listed}");
}

#[test]
fn a_password_that_is_forgotten_is_made_anew_at_the_console() {
    let (program, first) = site();
    let own = settled(&program, &first, "li");
    let out = program.good(&["--json", "operator", "reset", "li"]);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    let once = program.file("again", value["password"].as_str().unwrap());
    let me = ["--as", "li", "--password-file"];
    assert_eq!(
        program
            .run(&[&me[..], &[&own, "list", "customers"]].concat())
            .code,
        1
    );
    let new = program.file("new", "other words now");
    program.good(
        &[
            &me[..],
            &[&once, "operator", "password", "--new-file", &new],
        ]
        .concat(),
    );
    program.good(&[&me[..], &[&new, "list", "customers"]].concat());
    let unknown = program.run(&["operator", "reset", "nobody"]);
    assert_eq!(unknown.code, 1);
    // An operator who names himself needs the post for it.
    let other = [&me[..], &[&new, "operator", "reset", "wang"]].concat();
    assert_eq!(program.run(&other).code, 1);
}

#[test]
fn a_program_signs_in_with_its_key() {
    let (program, first) = site();
    let admin = ["--as", "wang", "--password-file", &first];
    let service = [
        "operator",
        "add",
        "feed",
        "--service",
        "--roles",
        "customer-service",
    ];
    let out = program.good(&[&admin[..], &service[..]].concat());
    assert!(
        !out.contains("First password"),
        "a program has no password: {out}"
    );
    let key = program.path("feed.key");
    let made = ["operator", "key", "feed", "--out", key.to_str().unwrap()];
    let line = program.good(&[&admin[..], &made[..]].concat());
    assert!(
        line.contains("command=\"frontdesk rpc --as feed --key-file ")
            && line.contains("restrict,pty"),
        "{line}"
    );
    assert_eq!(access(&key), 0o600);
    let rpc = ["rpc", "--as", "feed", "--key-file", key.to_str().unwrap()];
    let ran = program.run_with(&rpc, "{\"id\":1,\"look\":\"counts\"}\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("\"ok\""), "{}", ran.out);
    // The key before is no longer good.
    std::fs::copy(&key, program.path("old.key")).unwrap();
    program.good(&[&admin[..], &made[..]].concat());
    let old = program.path("old.key");
    let rpc = ["rpc", "--as", "feed", "--key-file", old.to_str().unwrap()];
    assert_eq!(program.run_with(&rpc, "").code, 1);
}

#[test]
fn an_account_that_is_bound_needs_no_password() {
    let (program, first) = site();
    let own = settled(&program, &first, "li");
    let me = rustix::process::geteuid().as_raw().to_string();
    let admin = ["--as", "wang", "--password-file", &first];
    let bind = ["operator", "change", "li", "--account", &me];
    program.good(&[&admin[..], &bind[..]].concat());
    program.good(&["list", "customers"]);
    let listed = program.good(&["--json", "operator", "list"]);
    assert!(listed.contains(&format!("\"account\":{me}")), "{listed}");
    let unbind = ["operator", "change", "li", "--account", "none"];
    program.good(&[&admin[..], &unbind[..]].concat());
    assert_eq!(program.run(&["--as", "li", "list", "customers"]).code, 1);
    program.good(&["--as", "li", "--password-file", &own, "list", "customers"]);
    let odd = ["operator", "change", "li", "--account", "no such account"];
    assert_eq!(program.run(&[&admin[..], &odd[..]].concat()).code, 2);
}

#[test]
fn operators_come_from_a_file_with_a_reason_for_each_that_does_not() {
    let (program, first) = site();
    let text = "登录名,姓名,岗位,部门\n\
                li,李四,reception,前台\n\
                wu,吴五,boss,前台\n\
                wang,王二,reception,前台\n\
                zhou,周婷,customer-service;reception,客服\n";
    let file = program.file("people.csv", text);
    let passwords = program.path("passwords");
    let ran = program.run(&[
        "--password-file",
        &first,
        "operator",
        "import",
        &file,
        "--passwords",
        passwords.to_str().unwrap(),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("2 operators added, 2 rows rejected"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("Line 3") || ran.out.contains("line 3"),
        "{}",
        ran.out
    );
    let made = std::fs::read_to_string(&passwords).unwrap();
    assert_eq!(access(&passwords), 0o600);
    let logins: Vec<&str> = made
        .lines()
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(logins, ["li", "zhou"]);
    assert!(
        !ran.out
            .contains(made.lines().next().unwrap().split_once(',').unwrap().1)
    );
    let once = program.file(
        "once",
        made.lines().last().unwrap().split_once(',').unwrap().1,
    );
    let own = program.file("own", "words of zhou");
    program.good(&[
        "--as",
        "zhou",
        "--password-file",
        &once,
        "operator",
        "password",
        "--new-file",
        &own,
    ]);
}

#[test]
fn an_operator_stands_in_hands_over_and_leaves() {
    let program = Program::set_up("property");
    for login in ["li", "zhou"] {
        program.good(&[
            "--as",
            "wang",
            "operator",
            "add",
            login,
            "--roles",
            "customer-service",
        ]);
    }
    let stand_in = ["operator", "deputy", "zhou", "--for", "li"];
    let days = ["--from", "2024-06-06", "--to", "2034-06-06"];
    let args = [&["--as", "li"], &stand_in[..], &days[..]].concat();
    program.good(&args);
    let others = [
        "--as", "zhou", "operator", "deputy", "zhou", "--for", "wang",
    ];
    assert_eq!(program.run(&[&others[..], &days[..]].concat()).code, 1);
    let without = [&["--as", "li"], &stand_in[..]].concat();
    assert_eq!(program.run(&without).code, 2, "which days");
    let customer = "{\"do\":{\"register-customer\":{\"details\":\
                    {\"name\":\"单雄信\",\"owner\":\"OP-YEAR-00002\"}}}}\n";
    let listed = program.good(&["--as", "wang", "--json", "operator", "list"]);
    let li: serde_json::Value = listed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .find(|it: &serde_json::Value| it["login"] == "li")
        .unwrap();
    assert_eq!(li["deputies"][0]["to"], "2034-06-06");
    let number = li["meta"]["number"].as_str().unwrap();
    let ran = program.run_with(
        &["--as", "wang", "rpc"],
        &customer.replace("OP-YEAR-00002", number),
    );
    assert!(ran.out.contains("\"ok\""), "{}", ran.out);
    let leave = ["--as", "wang", "operator", "leave", "li"];
    let refused = program.run(&leave);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("1 customers") && refused.err.contains("[A11-19.1b]"),
        "{}",
        refused.err
    );
    let over = program.good(&["--as", "wang", "operator", "hand-over", "li", "zhou"]);
    assert!(over.contains(": 1."), "{over}");
    program.good(&leave);
    let last = program.run(&["--as", "wang", "operator", "leave", "wang"]);
    assert_eq!(last.code, 1, "somebody must administer");
}

/// A run of the program at a terminal.
struct AtTerminal {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    reader: Box<dyn std::io::Read + Send>,
    keys: Box<dyn std::io::Write + Send>,
    seen: String,
}

impl AtTerminal {
    fn run(program: &Program, args: &[&str]) -> Self {
        let pair = portable_pty::native_pty_system()
            .openpty(portable_pty::PtySize::default())
            .unwrap();
        let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_frontdesk"));
        command.args(args);
        command.env_clear();
        command.env("LANG", "en_GB.UTF-8");
        command.env("HOME", program.path("").as_os_str());
        command.env("FRONTDESK_DATA", program.data().as_os_str());
        command.cwd(program.path(""));
        let child = pair.slave.spawn_command(command).unwrap();
        Self {
            child,
            reader: pair.master.try_clone_reader().unwrap(),
            keys: pair.master.take_writer().unwrap(),
            seen: String::new(),
        }
    }

    /// Reads until the words were written; false when the program ended before.
    fn reads(&mut self, words: &str) -> bool {
        let mut buffer = [0; 1024];
        while !self.seen.contains(words) {
            // A terminal whose program ended answers with an error.
            match self.reader.read(&mut buffer) {
                Ok(0) | Err(_) => return false,
                Ok(count) => self
                    .seen
                    .push_str(&String::from_utf8_lossy(&buffer[..count])),
            }
        }
        true
    }

    /// Types after the question was asked.
    fn answer(&mut self, question: &str, words: &str) {
        assert!(self.reads(question), "no {question}: {}", self.seen);
        self.seen = self.seen.split_once(question).unwrap().1.to_owned();
        writeln!(self.keys, "{words}").unwrap();
    }

    /// Reads to the end; all that was written since the last question, and the code.
    fn end(mut self) -> (String, u32) {
        self.reads("\0 never written");
        (self.seen, self.child.wait().unwrap().exit_code())
    }
}

#[test]
fn a_password_is_asked_for_at_the_terminal_and_not_shown() {
    let program = Program::new();
    let mut init = AtTerminal::run(&program, &["init", "--operator", "wang"]);
    init.answer("New password", "a zebra password");
    init.answer("Once more:", "a zebra password");
    let (shown, code) = init.end();
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains("zebra"), "{shown}");

    let mut list = AtTerminal::run(&program, &["list", "customers"]);
    list.answer("Password of wang:", "a wrong password");
    list.answer("Password of wang:", "a zebra passworx\x7fd");
    let (shown, code) = list.end();
    assert_ne!(code, 0, "the text is not acknowledged yet: {shown}");
    assert!(
        shown.contains("acknowledge") && !shown.contains("zebra"),
        "{shown}"
    );

    let mut read = AtTerminal::run(&program, &["operator", "acknowledge"]);
    read.answer("Password of wang:", "a zebra password");
    read.answer("Type yes:", "yes");
    let (shown, code) = read.end();
    assert_eq!(code, 0, "{shown}");

    let mut broken_off = AtTerminal::run(&program, &["operator", "list"]);
    broken_off.answer("Password of wang:", "half\x03");
    let (shown, code) = broken_off.end();
    assert_eq!(code, 1, "{shown}");
    assert!(shown.contains("Broken off"), "{shown}");
}
