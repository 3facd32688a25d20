//! What is exported can be imported again and is the same: in both languages, as CSV in both
//! encodings, as a workbook and as JSON lines, formulas and quotes included.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod program;

use encoding_rs::GB18030;
use program::Program;

/// Cells of a CSV file by its headers, without the columns that a new store gives anew.
fn cells(bytes: &[u8]) -> Vec<Vec<(String, String)>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{FEFF}').to_owned(),
        Err(_) => GB18030.decode(bytes).0.into_owned(),
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let given_anew = [
        "Number",
        "编号",
        "Created",
        "建档时间",
        "Confirmed on",
        "核对日期",
    ];
    let mut rows: Vec<Vec<(String, String)>> = reader
        .records()
        .map(|record| {
            headers
                .iter()
                .cloned()
                .zip(record.unwrap().iter().map(str::to_owned))
                .filter(|(header, _)| !given_anew.contains(&header.as_str()))
                .collect()
        })
        .collect();
    rows.sort();
    rows
}

/// The forms of an export that can be imported again: the ending of the file, and the arguments.
const FORMS: [(&str, &[&str]); 4] = [
    ("csv", &["--format", "csv"]),
    ("csv", &["--encoding", "gb18030"]),
    ("xlsx", &["--format", "xlsx"]),
    ("jsonl", &["--format", "jsonl"]),
];

/// Exports a kind to a file of a name.
fn export(program: &Program, kind: &str, name: &str, more: &[&str]) -> Vec<u8> {
    let path = program.path(name);
    let path = path.to_str().unwrap();
    let mut args = vec!["export", kind, "-o", path];
    args.extend(more);
    program.good(&args);
    std::fs::read(path).unwrap()
}

fn there_and_back(kind: &str, text: &str) {
    let first = Program::set_up("property");
    let file = first.file("first.csv", text);
    first.good(&["import", kind, &file]);
    for lang in ["zh", "en"] {
        let plain = |program: &Program, name: &str| {
            let bytes = export(program, kind, name, &["--lang", lang, "--force"]);
            cells(&bytes)
        };
        let once = plain(&first, "once.csv");
        assert!(once.len() > 1);
        for (ending, form) in FORMS {
            let name = format!("there-{lang}-{}.{ending}", form[1]);
            let mut args = vec!["--lang", lang];
            args.extend(form);
            let bytes = export(&first, kind, &name, &args);
            let second = Program::set_up("property");
            let file = second.file(&name, &bytes);
            second.good(&["import", kind, &file]);
            assert_eq!(plain(&second, "twice.csv"), once, "{kind} {lang} {form:?}");
        }
    }
}

#[test]
fn customers_go_there_and_back() {
    there_and_back(
        "customers",
        "name,phones,salutation,employer,place,plates,note,external\n\
         张三,13800138000;02165432100,mr,翠湖物业,3-1201,粤B12345;沪A99999,\"一行\n\"\"两\"\"行\",K-1\n\
         =HYPERLINK(1),+4420123456,firm,@x,-3,,'=已有撇号,K-2\n",
    );
}

#[test]
fn intakes_go_there_and_back() {
    there_and_back(
        "intakes",
        "text,channel,kind,caller,phone,place,department,started_at,state,ended_at,outcome,source\n\
         漏水,call,repair,张三,13800138000,3-1201,engineering,2024-06-06 15:00,accepted,,,\n\
         \"-1 楼, 有\"\"水\"\"\",online,other,,,,,2024-06-05 08:30:15,closed,2024-06-07 09:00,已修,Web\n",
    );
}

#[test]
fn complaints_go_there_and_back() {
    there_and_back(
        "complaints",
        "text,channel,complainant,phone,category,department,made_at,state,answer,answered_at,source\n\
         噪音,call,张三,13800138000,noise,security,2024-06-06 22:10,assigned,,,\n\
         收费,visit,李四,,fees,finance,2024-06-01,answered,已说明,2024-06-03 10:00,处理反馈\n\
         停车,letter,王五,,parking,parking,2024-05-01,closed,已处理,2024-05-02,\n",
    );
}

#[test]
fn files_go_there_and_back() {
    there_and_back(
        "files",
        "title,class,person,phone,place,pieces,grade,note\n\
         装修图纸,decoration,张三,13800138000,A-3-2,5,none,\n\
         \u{3000}合同,contract,,,B-1-1,1,secret,=1+1\n",
    );
}

#[test]
fn a_csv_file_for_spreadsheets_begins_with_its_mark_and_ends_lines_with_crlf() {
    let program = Program::set_up("property");
    let file = program.file("a.csv", "name,note\n张三,=1+1\n");
    program.good(&["import", "customers", &file]);
    let out = program.good(&["export", "customers"]);
    assert!(out.starts_with("\u{FEFF}Number,"), "{out:?}");
    assert!(
        out.ends_with("\r\n") && out.matches("\r\n").count() == 2,
        "{out:?}"
    );
    assert!(out.contains(",'=1+1,"), "{out:?}");
}

#[test]
fn json_lines_have_the_columns_under_the_names_that_never_change() {
    let program = Program::set_up("property");
    let file = program.file(
        "a.csv",
        "text,channel,kind,phone,started_at\n漏水,call,repair,013800138000,2024-06-06 15:00\n",
    );
    program.good(&["import", "intakes", &file]);
    let lines = program.good(&["export", "intakes", "--format", "jsonl", "--lang", "zh"]);
    let row: serde_json::Value = serde_json::from_str(&lines).unwrap();
    assert!(row["number"].as_str().unwrap().starts_with("IN-"));
    assert_eq!(row["kind"], "repair");
    assert_eq!(row["phone"], "013800138000");
    assert_eq!(row["started_at"], "2024-06-06T07:00:00.000000Z");
    assert_eq!(row["outcome"], serde_json::Value::Null);
    assert!(
        lines.starts_with("{\"number\":"),
        "in the order of the columns"
    );
}

#[test]
fn a_workbook_keeps_texts_as_texts_and_times_as_times() {
    use calamine::{Data, DataType as _, Reader as _};
    let program = Program::set_up("property");
    let file = program.file(
        "a.csv",
        "text,phone,started_at\n=1+1,013800138000,2024-06-06 15:00\n",
    );
    program.good(&["import", "intakes", &file]);
    let bytes = export(
        &program,
        "intakes",
        "a.xlsx",
        &["--format", "xlsx", "--lang", "zh"],
    );
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["来访来电"]);
    let rows = book.worksheet_range("来访来电").unwrap();
    let at = |header: &str| {
        let place = (0..).zip(rows.rows().next().unwrap());
        let mut found = place.filter(|(_, cell)| cell.as_string().as_deref() == Some(header));
        rows.get_value((1, found.next().unwrap().0))
            .unwrap()
            .clone()
    };
    assert_eq!(at("内容"), Data::String("=1+1".into()));
    assert_eq!(at("电话"), Data::String("013800138000".into()));
    let Data::DateTime(time) = at("来访来电时间") else {
        panic!("no time: {:?}", at("来访来电时间"));
    };
    assert_eq!(
        time.as_datetime().unwrap().to_string(),
        "2024-06-06 15:00:00"
    );
}

#[test]
fn filter_words_and_order_hold_for_what_is_exported() {
    let program = Program::set_up("property");
    let file = program.file(
        "a.csv",
        "text,kind,state,started_at\n漏水甲,repair,accepted,2024-06-01\n\
         漏水乙,repair,accepted,2024-06-02\n漏水丙,enquiry,accepted,2024-06-03\n\
         停电丁,repair,accepted,2024-06-04\n",
    );
    program.good(&["import", "intakes", &file]);
    let args = [
        "--filter",
        "kind=repair",
        "--find",
        "漏水",
        "--sort",
        "oldest",
    ];
    let mut all = vec!["export", "intakes", "--format", "jsonl"];
    all.extend(args);
    let out = program.good(&all);
    let texts: Vec<String> = out
        .lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            row["text"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(texts, ["漏水甲", "漏水乙"]);
}

#[test]
fn an_export_longer_than_a_page_has_every_row_once() {
    let program = Program::set_up("property");
    let names: Vec<String> = (0..1203).map(|row| format!("客户{row}")).collect();
    let file = program.file("many.csv", format!("name\n{}\n", names.join("\n")));
    program.good(&["import", "customers", &file]);
    for (ending, form) in FORMS {
        let name = format!("all-{}.{ending}", form[1]);
        export(&program, "customers", &name, form);
        let second = Program::set_up("property");
        let path = program.path(&name);
        let mut args = vec!["import", "customers", path.to_str().unwrap()];
        // So few characters could be of another encoding too.
        args.extend(form.iter().filter(|_| form[0] == "--encoding"));
        second.good(&args);
        let again = export(&second, "customers", "again.csv", &[]);
        assert_eq!(cells(&again).len(), 1203, "{name}");
    }
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_that_is_said() {
    let program = Program::set_up("property");
    let there = program.file("there.csv", "mine");
    let ran = program.run(&["export", "customers", "-o", &there]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "mine");
    program.good(&["export", "customers", "-o", &there, "--force"]);
    assert!(std::fs::read_to_string(&there).unwrap().contains("Number"));
    let outbox = ["export", "customers", "--outbox", "there.csv"];
    program.good(&outbox);
    let ran = program.run(&outbox);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("--force"), "{}", ran.err);
    program.good(&["export", "customers", "--outbox", "there.csv", "--force"]);
}

#[test]
fn the_ending_of_a_file_says_its_form() {
    let program = Program::set_up("property");
    for (name, begins) in [("a.xlsx", "PK"), ("a.JSONL", ""), ("a.csv", "\u{FEFF}")] {
        let path = program.path(name);
        program.good(&["export", "customers", "-o", path.to_str().unwrap()]);
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.starts_with(begins.as_bytes()), "{name}");
        assert_eq!(bytes.is_empty(), name == "a.JSONL", "{name}");
    }
}

#[test]
fn an_export_that_is_refused_or_fails_leaves_no_file() {
    let program = Program::set_up("property");
    let file = program.file("a.csv", "name\n\u{E5E5}\n");
    program.good(&["import", "customers", &file]);
    let path = program.path("new.csv");
    let path = path.to_str().unwrap();
    let ran = program.run(&["export", "customers", "--encoding", "gb18030", "-o", path]);
    assert_eq!(ran.code, 1);
    let folder = std::path::Path::new(path).parent().unwrap();
    let left: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("new.csv"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn every_list_can_be_exported_in_every_form() {
    let program = Program::set_up("property");
    let kinds = [
        "customers",
        "intakes",
        "complaints",
        "files",
        "loans",
        "operators",
        "imports",
        "permits",
        "looks",
    ];
    for kind in kinds {
        for (ending, form) in FORMS {
            let name = format!("{kind}-{}.{ending}", form[1]);
            let bytes = export(&program, kind, &name, form);
            let has_rows = ["operators", "looks"].contains(&kind);
            assert!(
                ending == "jsonl" && !has_rows || !bytes.is_empty(),
                "{name}"
            );
        }
    }
    let ran = program.run(&["export", "looks", "--find", "nobody-here"]);
    assert_eq!(ran.code, 1, "nobody of that login");
}

#[test]
fn a_filter_or_order_that_a_kind_has_not_is_told_with_those_it_has() {
    let program = Program::set_up("property");
    let ran = program.run(&["export", "customers", "--filter", "late"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("current, all, key, retired"),
        "{}",
        ran.err
    );
    let ran = program.run(&["export", "intakes", "--sort", "name"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("newest, oldest, due, age"), "{}", ran.err);
    let ran = program.run(&["export", "letters"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("permits, looks"), "{}", ran.err);
}
