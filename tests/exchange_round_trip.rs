//! What is exported can be imported again and is the same: in both languages, in both encodings,
//! formulas and quotes included.

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

fn there_and_back(kind: &str, text: &str) {
    let first = Program::set_up("property");
    let file = first.file("first.csv", text);
    first.good(&["import", kind, &file]);
    for lang in ["zh", "en"] {
        for encoding in ["utf-8", "gb18030"] {
            let export = |program: &Program, name: &str| {
                let path = program.path(name);
                let path = path.to_str().unwrap();
                let args = [
                    "export",
                    kind,
                    "--lang",
                    lang,
                    "--encoding",
                    encoding,
                    "-o",
                    path,
                ];
                program.good(&args);
                std::fs::read(path).unwrap()
            };
            let once = export(&first, "once.csv");
            let second = Program::set_up("property");
            let file = second.file("again.csv", &once);
            second.good(&["import", kind, &file]);
            let twice = export(&second, "twice.csv");
            assert_eq!(cells(&once), cells(&twice), "{kind} {lang} {encoding}");
            assert!(cells(&once).len() > 1);
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
    let lines = program.good(&["export", "customers", "--format", "jsonl"]);
    let record: serde_json::Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(record["customer"]["details"]["note"], "=1+1");
}
