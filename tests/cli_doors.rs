//! Every door of the command line through the real program: what it does, what it refuses, the
//! codes it ends with, and that nothing raw leaves it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod program;

use program::{Program, fixture};
use serde_json::Value;

/// One call from a customer who is registered with it, and a file.
const CALL: &str = r#"{"id":"a","do":{"log-intake":{"details":{"channel":"call","kind":"enquiry","caller":"单雄信","phone":"13800138000","place":"3-1201","text":"问物业费"},"new_customer":{"name":"单雄信","phones":[{"digits":"13800138000","label":"mobile"}],"place":"3-1201"}}}}
"#;
const FILE: &str = r#"{"do":{"create-file":{"details":{"title":"装修图纸","class":"decoration","pieces":2}}}}
"#;

fn json(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

fn with_records() -> Program {
    let program = Program::set_up("property");
    let ran = program.run_with(&["rpc"], &format!("{CALL}{FILE}"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    program
}

#[test]
fn init_makes_a_store_once_and_names_it() {
    let program = Program::new();
    let ran = program.run(&["init", "--site", "翠湖花园", "--operator", "wang"]);
    assert_eq!(ran.code, 1, "without a password");
    assert!(ran.err.contains("--password-file"), "{}", ran.err);
    let password = program.file("password", "first password\n");
    let args = ["--site", "翠湖花园", "--operator", "wang"];
    let out = program.good(&[&["init", "--password-file", &password], &args[..]].concat());
    assert!(out.contains("翠湖花园") && out.contains("wang"), "{out}");
    let again = program.run(&["init"]);
    assert_eq!(again.code, 1);
    assert!(!again.err.contains("fault-"), "in words: {}", again.err);
    let unknown = Program::new().run(&["init", "--profile", "propety"]);
    assert_eq!(unknown.code, 1);
    assert!(
        unknown.err.contains("dealership"),
        "names what there is: {}",
        unknown.err
    );
}

#[test]
fn without_a_store_the_next_step_is_told() {
    let ran = Program::new().run(&["list", "intakes"]);
    assert_eq!(ran.code, 1);
    assert!(
        !ran.err.trim().is_empty() && !ran.err.contains("fault-"),
        "{}",
        ran.err
    );
}

#[test]
fn wrong_usage_ends_with_2_in_both_languages() {
    let program = Program::set_up("property");
    for (lang, words) in [("en", "no command"), ("zh", "没有")] {
        let ran = program.run(&["lst", "--lang", lang]);
        assert_eq!(ran.code, 2);
        assert!(
            ran.err.contains(words) && ran.err.contains("lst"),
            "{}",
            ran.err
        );
    }
    for args in [
        &["list", "people"][..],
        &["list", "intakes", "--filter", "odd"],
        &["show", "12"],
        &["report", "handling", "--from", "soon", "--to", "2024-01-01"],
        &["verify", "--head", "xyz"],
        &["export", "intakes", "--encoding", "latin1"],
    ] {
        assert_eq!(program.run(args).code, 2, "{args:?}");
    }
}

#[test]
fn help_is_in_the_language_asked_for() {
    let program = Program::new();
    assert!(
        program
            .good(&["--help", "--lang", "zh"])
            .contains("来访来电")
    );
    let help = program.good(&["--lang=en", "import", "--help"]);
    assert!(
        help.contains("Import a table") && !help.contains("help-"),
        "{help}"
    );
    assert!(
        program
            .good(&["--version"])
            .contains(env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn records_are_listed_shown_and_found() {
    let program = with_records();
    assert!(program.good(&["list", "customers"]).contains("单雄信"));
    let found = program.good(&["search", "8000"]);
    assert!(found.contains("CU-") && found.contains("IN-"), "{found}");
    for words in ["shan", "sxx", "雄信"] {
        assert!(program.good(&["search", words]).contains("CU-"), "{words}");
    }
    assert!(
        program
            .good(&["search", "nothing at all"])
            .contains("Nothing")
    );
    let rows = program.good(&["list", "intakes", "--json"]);
    let number = json(rows.lines().next().unwrap())["record"]["intake"]["meta"]["number"].clone();
    let number = number.as_str().unwrap();
    let shown = program.good(&["show", number, "--history"]);
    assert!(
        shown.contains("问物业费") && shown.contains("log-intake"),
        "{shown}"
    );
    let missing = program.run(&["show", "IN-1999-1"]);
    assert_eq!(missing.code, 1);
    assert!(missing.err.contains("IN-1999-00001"), "{}", missing.err);
}

#[test]
fn columns_of_a_list_are_aligned_by_what_they_take_on_a_screen() {
    let program = with_records();
    let list = program.good(&["list", "customers", "--lang", "zh"]);
    let lines: Vec<&str> = list.lines().collect();
    let at =
        |line: &str, word: &str| frontdesk::text::width::width(line.split(word).next().unwrap());
    assert_eq!(at(lines[0], "电话"), at(lines[1], "138****8000"), "{list}");
}

#[test]
fn rpc_answers_each_line_and_goes_on_after_a_bad_one() {
    let program = Program::set_up("property");
    let refused =
        r#"{"id":7,"do":{"log-intake":{"details":{"channel":"call"},"new_customer":null}}}"#;
    let input = format!("not json\n{refused}\n{{\"id\":8}}\n\n{CALL}");
    let ran = program.run_with(&["rpc"], &input);
    assert_eq!(ran.code, 0);
    let answers: Vec<Value> = ran.out.lines().map(json).collect();
    assert_eq!(answers.len(), 4);
    assert_eq!(answers[0]["id"], Value::Null);
    assert!(answers[0]["error"]["said"][0].is_string());
    assert_eq!(answers[1]["id"], 7);
    assert!(
        answers[1]["error"]["said"][0]
            .as_str()
            .unwrap()
            .ends_with("[A01-11]")
    );
    assert_eq!(
        answers[1]["error"]["failure"]["refused"]["problems"][0]["clause"],
        "A01-11"
    );
    assert_eq!(answers[2]["id"], 8);
    assert_eq!(answers[3]["id"], "a");
    assert!(answers[3]["ok"]["done"]["record"]["intake"].is_object());
}

#[test]
fn a_request_that_is_sent_again_under_its_number_is_done_once() {
    let program = Program::set_up("property");
    let named = CALL.replace("\"id\":\"a\"", "\"request\":4711");
    program.run_with(&["rpc"], &named);
    program.run_with(&["rpc"], &named);
    assert_eq!(
        program.good(&["list", "intakes", "--json"]).lines().count(),
        1
    );
}

#[test]
fn the_schema_is_json_and_every_request_of_the_tests_fits_its_names() {
    let schema = json(&Program::new().good(&["schema"]));
    let text = schema["request"].to_string();
    for name in ["log-intake", "create-file", "hello", "accept"] {
        assert!(text.contains(&format!("\"{name}\"")), "{name}");
    }
    assert!(schema["answer"].is_object());
}

#[test]
fn a_clock_is_only_for_rehearsals() {
    let rehearsal = Program::set_up("property");
    let clock = ["list", "intakes", "--clock", "2031-06-06 15:00"];
    assert_eq!(rehearsal.run(&clock).code, 0);
    let real = Program::new();
    let password = real.file("password", "first password\n");
    real.good(&["init", "--password-file", &password]);
    let ran = real.run(&clock);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("rehearsal"), "{}", ran.err);
    let other = Program::new().run(&["init", "--clock", "2031-06-06 15:00"]);
    assert_eq!(other.code, 1);
}

#[test]
fn an_office_of_several_asks_who_is_asking() {
    let program = Program::set_up("property");
    program.good(&[
        "operator",
        "add",
        "li",
        "--name",
        "李四",
        "--roles",
        "reception",
    ]);
    let ran = program.run(&["list", "intakes"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("--as") && ran.err.contains("wang, li"),
        "{}",
        ran.err
    );
    program.good(&["list", "intakes", "--as", "LI"]);
    let refused = program.run(&["--as", "li", "operator", "add", "x", "--roles", "reception"]);
    assert_eq!(refused.code, 1, "a receptionist adds nobody");
    program.good(&["--as", "wang", "operator", "change", "li", "--inactive"]);
    let list = program.good(&["operator", "list"]);
    assert!(list.contains("李四"), "who left stays in the list: {list}");
    assert_eq!(
        program
            .run(&["--as", "wang", "operator", "add", "y", "--roles", "boss"])
            .code,
        2
    );
}

#[test]
fn verify_holds_the_chain_against_a_hash_on_paper() {
    let program = with_records();
    let report = json(&program.good(&["verify", "--json"]));
    let head = report["head"].as_str().unwrap().to_owned();
    assert_eq!(report["findings"], Value::Array(vec![]));
    program.run_with(&["rpc"], CALL.replace("单雄信", "秦琼").as_str());
    program.good(&["verify", "--head", &head]);
    let other = program.run(&["verify", "--head", "0123456789abcdef"]);
    assert_eq!(other.code, 1);
    assert!(other.out.contains("0123456789abcdef"), "{}", other.out);
}

#[test]
fn nothing_a_record_holds_reaches_the_terminal_raw() {
    let program = Program::set_up("property");
    let hostile = "\\u001b]0;x\\u0007\\u009b31m\\u202e坏";
    let call = CALL.replace("问物业费", hostile).replace("3-1201", hostile);
    program.run_with(&["rpc"], &call);
    for args in [
        &["list", "intakes"][..],
        &["list", "intakes", "--json"],
        &["search", "8000"],
        &["search", "8000", "--json"],
        &["show", "no\u{1b}[2Jsuch"],
    ] {
        let ran = program.run(args);
        let raw = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(
            !ran.out.contains(raw) && !ran.err.contains(raw),
            "{args:?} {:?}",
            ran.out
        );
    }
}

#[test]
fn the_keymap_and_the_profile_are_checked_without_a_store() {
    let program = Program::new();
    program.good(&["keys", "check"]);
    let bad = program.file("keys.toml", "[list]\n\"j\" = \"no-such-action\"\n");
    let ran = program.run(&["keys", "check", &bad]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("keys.toml:2"), "{}", ran.out);
    let good = program.file("site.toml", "[customers]\nconfirm_days = 180\n");
    program.good(&["profile", "check", &good]);
    let bad = program.file("bad.toml", "[customers]\nconfirm_dais = 180\n");
    let ran = program.run(&["profile", "check", &bad]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("bad.toml:2") && ran.err.contains("confirm_days"),
        "{}",
        ran.err
    );
}

#[test]
fn completions_and_the_man_page_come_from_the_same_definition() {
    let program = Program::new();
    assert!(program.good(&["completions", "bash"]).contains("frontdesk"));
    assert!(
        program
            .good(&["man", "--lang", "en"])
            .contains("The front desk")
    );
    assert!(program.good(&["man", "--lang", "zh"]).contains("前台"));
}

#[test]
fn handling_times_are_reported_by_operator() {
    let program = Program::set_up("property");
    let timed = CALL.replace(
        "\"channel\"",
        "\"started_at\":\"2098-06-06T07:00:30Z\",\"channel\"",
    );
    let logged = program.run_with(&["rpc", "--clock", "2098-06-06 15:02"], &timed);
    assert_eq!(logged.code, 0, "{}", logged.err);
    let days = ["--from", "2098-06-01", "--to", "2098-06-30"];
    let report = program.good(&[&["report", "handling"], &days[..]].concat());
    assert!(
        report.contains("wang") && report.contains("1:30"),
        "{report}"
    );
}

#[test]
fn requests_are_reported_by_channel_and_kind() {
    let program = Program::set_up("property");
    let logged = program.run_with(&["rpc", "--clock", "2098-06-06 15:02"], CALL);
    assert_eq!(logged.code, 0, "{}", logged.err);
    let report = ["report", "requests", "--period", "2098Q2"];
    let found = json(&program.good(&[&report[..], &["--format", "json"]].concat()));
    assert_eq!(found["total"]["count"], 1);
    assert_eq!(found["total"]["unanswered"], 1);
    let number = found["unanswered"][0]["number"].as_str().unwrap();
    assert!(program.good(&report).contains(number));
    let ran = program.run(&[&report[..], &["--draft"]].concat());
    assert_eq!(ran.code, 2, "{}", ran.err);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let program = Program::set_up("property");
    let ran = program.run(&["import", "customers", &fixture("no-such.csv")]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("no-such.csv"), "{}", ran.err);
}

#[test]
fn an_export_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let program = with_records();
    program.good(&["export", "intakes", "--output", "register.csv"]);
    let mode = std::fs::metadata(program.path("register.csv"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_file_that_never_ends_is_not_read_to_its_end() {
    let program = Program::set_up("property");
    let ran = program.run(&["import", "intakes", "/dev/zero"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("/dev/zero"), "{}", ran.err);
}

#[test]
fn a_sites_own_file_is_in_force_at_every_door() {
    let program = Program::set_up("property");
    std::fs::write(
        program.data().join("profile.toml"),
        "[loans]\nmax_days = 5\n",
    )
    .unwrap();
    let told = program.run_with(&["rpc"], "{\"look\":\"hello\"}\n");
    let told = json(told.out.trim());
    assert_eq!(
        told["ok"]["hello"]["profile"]["loans"]["max_days"], 5,
        "{told}"
    );
    let broken = "[loans]\nmax_dais = 5\n";
    std::fs::write(program.data().join("profile.toml"), broken).unwrap();
    let refused = program.run(&["list", "loans", "--lang", "en"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("profile.toml:2") && refused.err.contains("max_days"),
        "{}",
        refused.err
    );
}

#[test]
fn the_file_of_the_machine_says_where_the_data_is_and_is_told_when_it_is_wrong() {
    let program = Program::set_up("property");
    let run = |text: &str, args: &[&str]| {
        let file = program.file("frontdesk.toml", text);
        let mut command = program.command(args);
        command
            .env_remove("FRONTDESK_DATA")
            .env("FRONTDESK_CONFIG", file);
        let output = command.output().expect("the program runs");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), err)
    };
    let right = format!("data = {:?}\n", program.data());
    assert_eq!(run(&right, &["list", "operators"]).0, Some(0));
    let (code, err) = run("# ours\ndate = \"/x\"\n", &["list", "operators"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("line 2") && err.contains("date"), "{err}");
    let elsewhere = program.path("elsewhere");
    let named = [
        "--data",
        elsewhere.to_str().expect("text"),
        "list",
        "operators",
    ];
    let (code, err) = run(&right, &named);
    assert_eq!(code, Some(1), "what is named goes before the file");
    assert!(err.contains("elsewhere"), "{err}");
}
