//! What people get wrong, and what breaks by itself: on the command line, in files, on the lines of
//! `rpc`. Each is told in the language asked for, with the code that is documented, and nothing is
//! done half.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod program;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use frontdesk::text::clean::{is_format, name};
use program::{Program, Ran};
use serde_json::Value;

/// Runs a command in a language.
fn said(program: &Program, lang: &str, line: &str) -> Ran {
    let mut words = vec!["--lang", lang];
    words.extend(line.split(' '));
    program.run(&words)
}

/// The store holds nothing but what it was set up with.
#[track_caller]
fn is_untouched(program: &Program) {
    for kind in ["customers", "intakes", "complaints", "files"] {
        let listed = program.good(&["--json", "list", kind, "--limit", "0"]);
        assert_eq!(listed, "", "{kind}");
    }
}

#[test]
fn wrong_arguments_are_told_with_what_is_right_and_end_with_two() {
    let program = Program::set_up("property");
    for (line, zh, en) in [
        (
            "report handling --from 2026-02-30 --to 2026-03-01",
            "“2026-02-30”不是日期。写成",
            "is no day. Write",
        ),
        ("looks --from 2026-13-01", "不是日期", "is no day"),
        (
            "list customers --limit abc",
            "“abc”不对。",
            "“abc” is no value",
        ),
        ("list customers --limit 99999999999", "最多几行", "--limit"),
        (
            "list castles",
            "没有“castles”这种记录",
            "no records of the kind",
        ),
        (
            "list customers --filter state=nowhere",
            "没有“state=nowhere”这个筛选",
            "no filter",
        ),
        ("show IN-2026", "不是编号", "no record number"),
        ("show IN-99999-1", "不是编号", "no record number"),
        ("calendar show 0", "“0”不对", "“0” is no value"),
        ("verify --head xyz", "不是校验值", "no head hash"),
        (
            "--clock 2026-02-30T25:00 list customers",
            "不是时间",
            "no point in time",
        ),
        (
            "operator add li --roles 保安队长",
            "没有“保安队长”这个岗位",
            "no post",
        ),
        ("hub stopp", "没有“stopp”这个命令", "no command"),
    ] {
        for (lang, part) in [("zh", zh), ("en", en)] {
            let ran = said(&program, lang, line);
            assert_eq!(ran.code, 2, "{line}: {}", ran.err);
            assert!(ran.err.contains(part), "{line}: {}", ran.err);
            assert!(ran.out.is_empty(), "{line}: {}", ran.out);
        }
    }
    is_untouched(&program);
}

#[test]
fn posts_are_named_by_id_or_in_either_language() {
    let program = Program::set_up("property");
    for (login, role) in [("a", "reception"), ("b", "接待人员"), ("c", "Reception")] {
        let added = program.good(&[
            "--json", "--as", "wang", "operator", "add", login, "--roles", role,
        ]);
        let first: Value = serde_json::from_str(added.lines().next().unwrap()).unwrap();
        assert!(first.to_string().contains("\"reception\""), "{first}");
    }
}

#[test]
fn files_that_cannot_be_read_are_told_by_what_is_wrong_with_them() {
    let program = Program::set_up("property");
    let folder = program.path("folder");
    fs::create_dir(&folder).unwrap();
    let binary = program.file("binary.toml", [0xFF, 0xFE, 0x00, 0x80]);
    let folder = folder.display().to_string();
    for (file, zh, en) in [
        ("missing.toml", "不存在", "isn’t there"),
        (&*folder, "这是一个目录", "is a folder"),
        (&*binary, "不是 UTF-8 文字", "isn’t UTF-8 text"),
    ] {
        for command in ["keys check", "profile check"] {
            for (lang, part) in [("zh", zh), ("en", en)] {
                let ran = said(&program, lang, &format!("{command} {file}"));
                assert_eq!(ran.code, 1, "{command} {file}: {}", ran.err);
                assert!(ran.err.contains(part), "{command} {file}: {}", ran.err);
            }
        }
    }
    let huge = program.file("huge.toml", "# nothing\n".repeat(1 << 20));
    let ran = said(&program, "zh", &format!("keys check {huge}"));
    assert!(ran.code == 1 && ran.err.contains("文件太大"), "{}", ran.err);
}

#[test]
fn a_keymap_of_a_hundred_faults_is_told_line_by_line_in_both_languages() {
    let program = Program::new();
    let mut text = String::new();
    for line in 0..30 {
        writeln!(
            text,
            "[lst{line}]\n\"Ctrl+\" = \"save\"\n= = =\n\"x{line}\" = [\n"
        )
        .unwrap();
    }
    let file = program.file("own.toml", &text);
    for (lang, part) in [("zh", "这一行"), ("en", "This line")] {
        let ran = said(&program, lang, &format!("keys check {file}"));
        assert_eq!(ran.code, 1, "{}", ran.err);
        let told = ran.out.lines().filter(|line| line.contains("own.toml:"));
        assert!(told.count() >= 60 && ran.out.contains(part), "{}", ran.out);
        assert!(!ran.out.contains("keymap-fault"), "{}", ran.out);
    }
}

#[test]
fn lines_of_rpc_that_are_no_requests_are_answered_one_by_one_and_the_next_is_read() {
    let program = Program::set_up("property");
    let deep = "[".repeat(100_000);
    let long = format!("{{\"id\":1,\"look\":\"{}\"}}", "x".repeat(10 << 20));
    let input = [
        "garbage",
        "{\"id\":7,\"look\":\"nothing\"}",
        "{\"id\":8,\"do\":{\"register-customer\":{\"details\":{\"name\":\"李雷\"",
        &deep,
        &long,
        "{\"id\":9}",
        "{\"id\":10,\"look\":\"operators\",\"extra\":1}",
        "{\"id\":11,\"look\":\"operators\"}",
    ];
    for (lang, parts) in [
        (
            "zh",
            [
                "不是 JSON",
                "不是请求能有的",
                "没有写完",
                "不是 JSON",
                "太长",
                "“do”或“look”",
                "不是请求能有的",
            ],
        ),
        (
            "en",
            [
                "isn’t JSON",
                "what no request has",
                "ends in the middle",
                "isn’t JSON",
                "too long",
                "“do” or “look”",
                "what no request has",
            ],
        ),
    ] {
        let ran = program.run_with(&["--lang", lang, "rpc"], &input.join("\n"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        let answers: Vec<Value> = ran
            .out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(answers.len(), input.len());
        for (answer, part) in answers.iter().zip(parts) {
            let said = answer["error"]["said"][0].as_str().unwrap();
            assert!(said.contains(part), "{part}: {said}");
        }
        assert_eq!(
            (&answers[1]["id"], &answers[7]["id"]),
            (&Value::from(7), &Value::from(11))
        );
        assert!(answers[7]["ok"].is_object(), "{}", answers[7]);
    }
    is_untouched(&program);
}

/// Texts of others that have broken programs before, from a folder of real data.
fn strings_of_others() -> Vec<String> {
    let Some(folder) = std::env::var_os("FRONTDESK_REAL_DATA") else {
        println!("real data: FRONTDESK_REAL_DATA is not set, terminal-bad-input was not read");
        return Vec::new();
    };
    let folder = PathBuf::from(folder).join("terminal-bad-input");
    println!("real data: ran on terminal-bad-input");
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        // One line of the file is one row, so that a row is known by its line.
        let text = String::from_utf8_lossy(&bytes).replace('\r', "\u{1b}");
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        // Of the long tables, a part from everywhere.
        let step = lines.len().div_ceil(60).max(1);
        all.extend(
            lines
                .iter()
                .step_by(step)
                .map(|line| frontdesk::text::clean::limit(line, 150).to_owned()),
        );
    }
    all
}

#[test]
fn texts_that_break_terminals_are_imported_listed_and_exported_as_harmless_text() {
    let program = Program::set_up("property");
    let mut texts: Vec<String> = [
        "\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m甲",
        "left \u{202e}right\u{2066}inner\u{2069}",
        "\u{e0041}tags\u{feff}\u{200b}乙",
        "=cmd|'/c calc'!A1",
        "a\tb\u{85}c\u{2028}d",
        "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f} ဗမာ\u{103a} क\u{94d}\u{200d}ष",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.extend(strings_of_others());
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["姓名", "备注"]).unwrap();
    for text in &texts {
        csv.write_record([text, text]).unwrap();
    }
    let file = program.file("odd.csv", csv.into_inner().unwrap());
    let told = program.good(&[
        "--json",
        "import",
        "customers",
        &file,
        "--encoding",
        "utf-8",
    ]);
    let tally: Value = serde_json::from_str(told.lines().last().unwrap()).unwrap();
    let count = |key: &str| tally[key].as_u64().unwrap();
    assert_eq!(count("read"), count("imported") + count("rejected"));
    let lines = told
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let refused: BTreeSet<u64> = lines.filter_map(|told| told["line"].as_u64()).collect();
    assert_eq!(refused.len() as u64, count("rejected"));
    let harmless = |text: &str, what: &str| {
        let bad = text
            .chars()
            .find(|c| *c != '\n' && *c != '\r' && (c.is_control() || is_format(*c)));
        let joiner = bad.is_some_and(|c| matches!(c, '\u{200c}' | '\u{200d}'));
        assert!(bad.is_none() || joiner, "{what}: {bad:?}");
        joiner
    };
    let listed = program.good(&["list", "customers", "--limit", "0"]);
    assert!(!harmless(&listed, "a table"));
    let lines = program.good(&["--json", "list", "customers", "--limit", "0"]);
    assert!(!harmless(&lines, "JSON"));
    // A file keeps the joiners that a script or an emoji needs.
    let csv = program.good(&["export", "customers"]);
    harmless(csv.strip_prefix('\u{feff}').unwrap(), "CSV");
    // Unlike a list, which masks numbers in names, an export has them whole.
    let whole = program.good(&["export", "customers", "--format", "jsonl"]);
    let kept: BTreeSet<String> = whole
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|record| record["name"].as_str().unwrap().to_owned())
        .collect();
    for (line, text) in (2..).zip(&texts) {
        let there = kept.contains(&name(text));
        assert_ne!(there, refused.contains(&line), "{text:?} is kept or told");
    }
    let ran = program.run(&["verify"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}
