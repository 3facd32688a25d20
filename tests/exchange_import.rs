//! Imports through the real program: every row is in the store or told with line, column and
//! reason, whatever the file does.

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
use serde_json::Value;

fn json(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

/// Runs an import with `--json`: the rejected rows as line, column and key, then the totals.
fn import(program: &Program, args: &[&str]) -> (Vec<(u64, u64, String)>, [u64; 3]) {
    let mut all = vec!["--json", "import"];
    all.extend(args);
    let out = program.good(&all);
    let mut lines: Vec<Value> = out.lines().map(json).collect();
    let last = lines.pop().unwrap();
    let rejects = lines.iter().map(|line| {
        assert!(
            line["reason"][0]
                .as_str()
                .is_some_and(|reason| !reason.contains("refusal-"))
        );
        let key = line["failure"]["refused"]["problems"][0]["key"]
            .as_str()
            .unwrap();
        (
            line["line"].as_u64().unwrap(),
            line["column"].as_u64().unwrap_or(0),
            key.to_owned(),
        )
    });
    let total = |name: &str| last[name].as_u64().unwrap();
    (
        rejects.collect(),
        [total("read"), total("imported"), total("rejected")],
    )
}

fn reject(line: u64, column: u64, key: &str) -> (u64, u64, String) {
    (line, column, key.to_owned())
}

#[test]
fn every_row_is_in_the_store_or_told_with_its_place_and_reason() {
    let program = Program::set_up("property");
    let mut bytes = "姓名,联系电话,备注\n张三,13800138000,\"两行\n备注\"\n"
        .as_bytes()
        .to_vec();
    bytes.extend("李四,1380013800O,电话里有字母\n".as_bytes());
    bytes.extend("王五,13900139000\n".as_bytes());
    bytes.extend(b"\xFF\xFE,13700137000,\n");
    bytes.extend("赵六,13600136000,空\0字节\n".as_bytes());
    bytes.extend(",13500135000,没有姓名\n,,\n".as_bytes());
    bytes.extend("钱七,13400134000,\n".as_bytes());
    let file = program.file("customers.csv", bytes);
    let (rejects, totals) = import(&program, &["customers", &file]);
    let expected = [
        reject(4, 2, "phone-letters"),
        reject(5, 3, "sheet-columns"),
        reject(6, 1, "sheet-undecodable"),
        reject(7, 3, "sheet-nul"),
        reject(8, 1, "required"),
    ];
    assert_eq!(rejects, expected);
    assert_eq!(totals, [7, 2, 5]);
    let list = program.good(&["list", "customers"]);
    assert!(
        list.contains("张三") && list.contains("钱七") && !list.contains("李四"),
        "{list}"
    );
}

#[test]
fn a_dry_run_says_what_the_real_run_does_and_writes_nothing() {
    let program = Program::set_up("property");
    let text = "Name,Phone\nAnn,13800138000\nBob,abc\nCid,13800138002\n";
    let file = program.file("people.csv", text);
    // Signing in is written down, and nothing else.
    let held = || {
        let verified = program.good(&["verify", "--json"]);
        let verified: serde_json::Value = serde_json::from_str(&verified).unwrap();
        ["records", "entries"].map(|what| verified[what].as_u64())
    };
    let before = held();
    let dry = import(&program, &["customers", &file, "--dry-run"]);
    assert_eq!(held(), before);
    assert_eq!(import(&program, &["customers", &file]), dry);
    assert_eq!(dry.1, [3, 2, 1]);
}

#[test]
fn an_import_is_taken_back_whole_and_its_numbers_stay_used() {
    let program = Program::set_up("property");
    let rows: Vec<String> = (0..1200)
        .map(|row| format!("客户{row},139{row:08}"))
        .collect();
    let file = program.file("many.csv", format!("姓名,电话\n{}\n", rows.join("\n")));
    assert_eq!(import(&program, &["customers", &file]).1, [1200, 1200, 0]);
    let list = json(
        program
            .good(&["list", "imports", "--json"])
            .lines()
            .next()
            .unwrap(),
    );
    let number = list["record"]["import"]["meta"]["number"]
        .as_str()
        .unwrap()
        .to_owned();
    program.good(&["import", "undo", &number]);
    assert!(
        program
            .good(&["list", "customers", "--filter", "all"])
            .contains("Nothing")
    );
    assert!(program.good(&["search", "客户7"]).contains("Nothing"));
    let again = program.run(&["import", "undo", &number]);
    assert_eq!(again.code, 1, "it is taken back already");
    let one = program.file("one.csv", "姓名,电话\n新客户,13800138000\n");
    import(&program, &["customers", &one]);
    assert!(
        program.good(&["list", "customers"]).contains("-01201"),
        "numbers stay used"
    );
    program.good(&["verify"]);
}

#[test]
fn encodings_are_found_out_or_named() {
    let text = "姓名,电话\r\n欧阳锋,13800138000\r\n";
    let gb = GB18030.encode(text).0.into_owned();
    let utf16: Vec<u8> = "\u{FEFF}姓名,电话\r\n欧阳锋,13800138000\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let marked = format!("\u{FEFF}{text}").into_bytes();
    let mac = text.replace("\r\n", "\r").into_bytes();
    for (name, bytes) in [
        ("gb", gb),
        ("utf16", utf16),
        ("marked", marked),
        ("mac", mac),
    ] {
        let program = Program::set_up("property");
        let file = program.file(name, bytes);
        assert_eq!(
            import(&program, &["customers", &file]).1,
            [1, 1, 0],
            "{name}"
        );
        assert!(
            program.good(&["list", "customers"]).contains("欧阳锋"),
            "{name}"
        );
    }
}

#[test]
fn an_encoding_that_could_be_another_is_asked_for_with_samples() {
    let program = Program::set_up("property");
    let big5 = encoding_rs::BIG5
        .encode("name,phone\n歐陽鋒,13800138000\n")
        .0
        .into_owned();
    let file = program.file("big5.csv", big5);
    let ran = program.run(&["import", "customers", &file]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("歐陽鋒,13800138000") && ran.err.contains("--encoding gb18030|big5"),
        "{}",
        ran.err
    );
    let ran = program.run(&["import", "customers", &file, "--encoding", "big5"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(program.good(&["list", "customers"]).contains("歐陽鋒"));
}

#[test]
fn a_map_is_saved_and_taken_again_for_the_same_headers() {
    let program = Program::set_up("property");
    let text = "who,phone\n张三,13800138000\n";
    let file = program.file("a.csv", text);
    let map = "kind = \"customer\"\n[fields]\nname = \"Who\"\nphones = \"phone\"\n";
    let map = program.file("map.toml", map);
    let saved = program.path("saved.toml");
    let saved = saved.to_str().unwrap();
    let with_map = [
        "import",
        "customers",
        &file,
        "--map",
        &map,
        "--save-map",
        saved,
    ];
    program.good(&with_map);
    assert!(
        std::fs::read_to_string(saved)
            .unwrap()
            .contains("name = \"Who\"")
    );
    let later = program.file("b.csv", "WHO ,Phone\n李四,13900139000\n");
    let ran = program.run(&["import", "customers", &later]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("imported before"), "{}", ran.err);
    let other = program.file("c.csv", "who,tel\n王五,13700137000\n");
    assert_eq!(program.run(&["import", "customers", &other]).code, 1);
}

#[test]
fn what_an_import_meets_is_told_and_a_trial_tells_the_same() {
    let program = Program::set_up("property");
    let file = program.file("a.csv", "姓名,电话\n张三,13800138000\n");
    program.good(&["import", "customers", &file]);
    let more = program.file("b.csv", "姓名,电话\n张三,13800138000\n李四,13900139000\n");
    let dry = import(&program, &["customers", &more, "--dry-run"]);
    assert_eq!(import(&program, &["customers", &more]), dry);
    assert_eq!(dry, (vec![reject(2, 0, "already-there")], [2, 1, 0]));
    let ran = program.run(&["import", "customers", &more]);
    assert!(ran.out.contains("Already there as CU-"), "{}", ran.out);
    let calls = program.file("c.csv", "内容,电话\n漏水,13800138000\n");
    let out = program.good(&["import", "intakes", &calls]);
    assert!(
        out.contains("Attached to customers who are there: 1"),
        "{out}"
    );
}

#[test]
fn a_file_without_a_table_is_refused_with_what_it_is() {
    let program = Program::set_up("property");
    for (name, bytes, word) in [
        ("a.csv", b"%PDF-1.7\n1 0 obj".as_slice(), "PDF"),
        ("b.xlsx", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("c.csv", b"\x03\x00\x01\x02\x00\x00\x07\x08", "not text"),
        ("d.xlsx", b"PK\x03\x04 and no more", "damaged"),
    ] {
        let file = program.file(name, bytes);
        let ran = program.run(&["import", "customers", &file]);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains(word), "{}", ran.err);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
    }
}

#[test]
fn a_header_that_does_not_match_its_columns_is_seen_before_anything_is_written() {
    let program = Program::set_up("dealership");
    let map = "kind = \"complaint\"\n[fields]\ntext = \"desc\"\n\
               made_at = { column = \"datetime\", formats = [\"%Y-%m-%d\"] }\n\
               state = { column = \"status\", values = { new = \"recorded\", done = \"closed\" } }\n";
    let map = program.file("map.toml", map);
    let file = program.file(
        "shifted.csv",
        "id,desc,datetime,status\n7,noise,2020-08-22,7\n",
    );
    let (rejects, totals) = import(&program, &["complaints", &file, "--map", &map, "--dry-run"]);
    assert_eq!(rejects, [reject(2, 4, "cell-no-choice")]);
    assert_eq!(totals, [1, 0, 1]);
    let wrong = program.file(
        "wrong.toml",
        "kind = \"complaint\"\n[fields]\ntext = \"descr\"\n",
    );
    let ran = program.run(&["import", "complaints", &file, "--map", &wrong]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("descr") && ran.err.contains("There is: desc."),
        "{}",
        ran.err
    );
}

#[test]
fn what_cannot_be_understood_at_all_is_refused_before_an_import_is_begun() {
    let program = Program::set_up("property");
    for (name, text) in [("empty.csv", ""), ("odd.csv", "a,b\n1,2\n")] {
        let file = program.file(name, text);
        assert_eq!(
            program.run(&["import", "customers", &file]).code,
            1,
            "{name}"
        );
    }
    let file = program.file("x.csv", "a\n1\n");
    assert_eq!(program.run(&["import", "loans", &file]).code, 1);
    assert!(program.good(&["list", "imports"]).contains("Nothing"));
}

#[test]
fn times_without_a_zone_are_of_the_site_and_closing_before_opening_is_kept() {
    let program = Program::set_up("property");
    let text = "内容,来访来电时间,办结时间,状态\n\
                先办结后来电,2016-07-14 12:00,2016-07-13 08:30,已办结\n\
                偏移,2016-07-13 15:11:07+00:00,,\n";
    let file = program.file("intakes.csv", text);
    let map = "kind = \"intake\"\n[fields]\ntext = \"内容\"\nstarted_at = \"来访来电时间\"\n\
               ended_at = \"办结时间\"\n\
               state = { column = \"状态\", values = { \"已办结\" = \"closed\" } }\n";
    let map = program.file("map.toml", map);
    assert_eq!(
        import(&program, &["intakes", &file, "--map", &map]).1,
        [2, 2, 0]
    );
    let list = program.good(&["list", "intakes", "--json", "--sort", "oldest"]);
    let rows: Vec<Value> = list.lines().map(json).collect();
    let intake = &rows[0]["record"]["intake"];
    assert_eq!(intake["started_at"], "2016-07-14T04:00:00.000000Z");
    assert_eq!(intake["outcome"]["at"], "2016-07-13T00:30:00.000000Z");
    assert_eq!(
        rows[1]["record"]["intake"]["started_at"],
        "2016-07-13T15:11:07.000000Z"
    );
}
