//! Masks, the log of looks, remarks and permits on the command line.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod program;

use program::Program;
use serde_json::Value;

fn with_customer(profile: &str) -> Program {
    let program = Program::set_up(profile);
    let file = program.file("c.csv", "name,phones\n王芳,13800138000\n");
    program.good(&["import", "customers", &file]);
    program
}

fn rows(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn customer(program: &Program) -> String {
    let list = rows(&program.good(&["list", "customers", "--json"]));
    let number = &list[0]["record"]["customer"]["meta"]["number"];
    number.as_str().unwrap().to_owned()
}

#[test]
fn list_and_search_are_masked_and_show_and_export_are_not_and_are_logged() {
    let program = with_customer("property");
    let number = customer(&program);
    for args in [&["list", "customers"], &["search", "13800138000"]] {
        let shown = program.good(args);
        assert!(
            shown.contains("138****8000") && !shown.contains("13800138000"),
            "{shown}"
        );
    }
    assert!(program.good(&["show", &number]).contains("13800138000"));
    assert!(
        program
            .good(&["export", "customers"])
            .contains("13800138000")
    );
    let looks = rows(&program.good(&["looks", "--json"]));
    let kinds: Vec<&str> = looks
        .iter()
        .map(|look| look["what"].as_str().unwrap())
        .filter(|what| *what != "sign-in")
        .collect();
    assert_eq!(kinds, ["export", "open", "search"]);
    let about = program.good(&["looks", "--about", &number, "--by", "wang"]);
    assert!(
        about.contains(&number) && about.contains("opened"),
        "{about}"
    );
    let refused = program.good(&["looks", "--refused"]);
    assert!(refused.contains("Nothing"), "{refused}");
    program.good(&["verify"]);
}

#[test]
fn a_remark_is_made_beside_a_record() {
    let program = with_customer("property");
    let number = customer(&program);
    let before = program.good(&["show", &number, "--json"]);
    let said = program.good(&["remark", &number, "回访", "过了"]);
    assert!(said.contains("RE-"), "{said}");
    assert_eq!(program.good(&["show", &number, "--json"]), before);
    assert_eq!(program.run(&["remark", &number, " "]).code, 1);
    assert_eq!(program.run(&["remark", "nothing", "x"]).code, 2);
}

#[test]
fn a12_3_1_1a_whose_customer_a_telephone_is_is_asked_on_the_command_line() {
    let program = with_customer("leasing");
    let whose = program.good(&["owner", "13800138000"]);
    assert!(whose.contains("A12-3.1.1a"), "{whose}");
    let told = rows(&program.good(&["owner", "13800138000", "--json"]));
    assert_eq!(told[0]["ownership"], "not-confirmed");
    assert_eq!(program.run(&["owner", "x"]).code, 1);
}

#[test]
fn a_permit_is_granted_listed_and_taken_back_by_the_one_who_may() {
    let program = with_customer("leasing");
    let refused = program.run(&["export", "customers"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("A12-3.1.7b") && refused.err.contains("General manager"),
        "{}",
        refused.err
    );
    // What was there before stays.
    let before = program.file("out.csv", "as it was");
    assert_eq!(program.run(&["export", "customers", "-o", &before]).code, 1);
    assert_eq!(std::fs::read_to_string(&before).unwrap(), "as it was");
    assert_eq!(refused.out, "");
    let not_his = program.run(&["permit", "grant", "export"]);
    assert_eq!(not_his.code, 1);
    let roles = "general-manager";
    program.good(&[
        "operator", "add", "boss", "--name", "周总", "--roles", roles,
    ]);
    let boss = |args: &[&str]| program.good(&[args, &["--as", "boss"]].concat());
    boss(&[
        "permit", "grant", "export", "--for", "wang", "--reason", "核对",
    ]);
    let list = boss(&["permit", "list"]);
    assert!(
        list.contains("PE-") && list.contains("周总") && list.contains("核对"),
        "{list}"
    );
    let export = program.good(&["export", "customers", "--as", "wang"]);
    assert!(export.contains("13800138000"));
    let permit = rows(&boss(&["permit", "list", "--json"]))[0]["meta"]["number"].clone();
    let permit = permit.as_str().unwrap();
    let looks = boss(&["looks", "--by", "wang"]);
    assert!(looks.contains(permit), "{looks}");
    boss(&["permit", "revoke", permit]);
    assert_eq!(
        program.run(&["export", "customers", "--as", "wang"]).code,
        1
    );
    assert!(boss(&["permit", "list"]).contains("taken back"));
}
