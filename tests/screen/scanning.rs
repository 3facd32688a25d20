//! A barcode scanner at the archive: it types digits and Enter, and nothing else is pressed.

use frontdesk::desk::contract::{At, Command, Filter, Request};
use frontdesk::domain::archive::FileDetails;
use frontdesk::domain::inspection::Finding;
use frontdesk::domain::label::Label;
use frontdesk::domain::loan::{Loan, LoanDetails};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::harness::Desk;

const SHELVES: &str = r#"
[[archive.shelves]]
id = "A"
rows = 1
places = 60

[[archive.shelves]]
id = "B"
rows = 1
places = 4
"#;

fn file(seq: u32) -> Number {
    Number {
        kind: Kind::File,
        year: 2024,
        seq,
    }
}

/// What a scanner types for a file or one of its pieces.
fn label(seq: u32, piece: Option<u32>) -> String {
    let file = file(seq);
    format!("{}<enter>", Label { file, piece })
}

fn record(desk: &mut Desk, number: Number) -> Record {
    desk.record(&number.to_string())
}

/// A car dealer's archive with so many files of so many pieces on shelf A, by who keeps it.
fn archive(lang: Lang, files: u32, pieces: u32) -> Desk {
    let desk = Desk::staffed_by("dealership", Some(SHELVES), lang);
    let mut desk = desk.with("archive-administrator");
    for seq in 1..=files {
        let details = FileDetails {
            title: format!("售后档案{seq}"),
            class: "after-sales".into(),
            person: "欧阳晓红".into(),
            pieces,
            ..FileDetails::default()
        };
        desk.ask(Request::Do(Command::CreateFile { details }));
    }
    desk
}

fn lent(desk: &mut Desk, seq: u32, which: &[u32]) {
    let details = LoanDetails {
        borrower: "诸葛亮".into(),
        copies: 1,
        reason: "年检".into(),
        which: which.to_vec(),
        ..LoanDetails::default()
    };
    let file = At {
        number: file(seq),
        version: 1,
    };
    desk.ask(Request::Do(Command::CheckOut { file, details }));
}

fn loan(desk: &mut Desk, seq: u32) -> Loan {
    let number = Number {
        kind: Kind::Loan,
        ..file(seq)
    };
    match record(desk, number) {
        Record::Loan(loan) => loan,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_day_s_return_of_fifty_files_takes_no_key_but_the_scanner_s() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = archive(lang, 50, 1);
        for seq in 1..=50 {
            lent(&mut desk, seq, &[]);
        }
        desk.press("3w");
        for seq in 1..=50 {
            desk.press(&label(seq, None));
        }
        for seq in 1..=50 {
            assert!(!loan(&mut desk, seq).is_open(), "{seq}: {}", desk.screen());
        }
        desk.expect("AF-2024-00050").expect("50");
        // The same label once more is refused, in words, and the next one goes on.
        desk.press(&label(50, None)).expect("! AF-2024-00050");
        desk.press("<esc>").reject("! AF-2024-00050");
    }
}

#[test]
fn a07_g6b_pieces_come_back_by_their_labels_and_a_missing_one_leaves_the_loan_open() {
    let mut desk = archive(Lang::Zh, 1, 5);
    lent(&mut desk, 1, &[2, 4]);
    desk.press("3w");
    // The label of the file does not say which piece it is.
    desk.press(&label(1, None)).expect("还有 2 件未还");
    assert_eq!(loan(&mut desk, 1).missing(), [2, 4]);
    // Piece 3 was never out.
    desk.press(&label(1, Some(3))).expect("! AF-2024-00001");
    desk.press(&label(1, Some(4))).expect("还差 /2");
    assert!(loan(&mut desk, 1).is_open());
    assert_eq!(loan(&mut desk, 1).missing(), [2]);
    desk.press(&label(1, Some(2)));
    assert!(!loan(&mut desk, 1).is_open(), "{}", desk.screen());
}

#[test]
fn a_scan_opens_the_file_from_any_tab_and_lends_it_with_one_key() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = archive(lang, 3, 1);
        desk.press("1");
        desk.press(&label(2, None)).expect("售后档案2");
        // The next scan takes its place.
        desk.press(&label(3, None)).expect("售后档案3");
        desk.press("o").press("诸葛亮<tab><tab><tab><tab>年检<f2>");
        assert_eq!(loan(&mut desk, 1).file, file(3), "{}", desk.screen());
        // And opened again, the same record gives the file back.
        desk.press("<esc>").press(&label(3, None)).press("r<f2>");
        assert!(!loan(&mut desk, 1).is_open(), "{}", desk.screen());
    }
}

#[test]
fn digits_that_are_no_label_open_nothing_and_other_keys_end_them() {
    let mut desk = archive(Lang::Zh, 2, 1);
    desk.press("30123<enter>").expect("不是档案标签");
    // A label misread by one digit.
    let misread = label(1, None).replacen("2024", "2025", 1);
    desk.press(&misread).expect("不是档案标签");
    desk.press("0<backspace><esc>").press("012n").expect("新建");
    desk.press("<esc>");
}

#[test]
fn the_enter_of_a_scanner_never_saves_a_form_nor_leaves_a_field() {
    let mut desk = archive(Lang::Zh, 2, 1);
    // In the middle of a name: what was typed stays, and so does the caret.
    desk.press("3c新档案").press(&label(1, None));
    desk.expect("新档案").reject("0202400").expect("这里用不上");
    desk.press("甲").expect("新档案甲");
    // On a field with a short list, and on the save button's key row.
    desk.press("<tab>").press(&label(1, None)).reject("0202400");
    desk.press("<esc>");
    let files = desk.ask(Request::Look(list(Kind::File)));
    let frontdesk::desk::contract::Reply::Page(page) = files else {
        panic!("no page");
    };
    assert_eq!(page.rows.len(), 2);
    // A form that asks for a file takes it.
    desk.press("3R4").press("n<tab>").press(&label(2, None));
    desk.expect("AF-2024-00002");
    // In a search the label opens its file.
    desk.press("<ctrl+x><ctrl+d>");
}

fn list(kind: Kind) -> frontdesk::desk::contract::Query {
    frontdesk::desk::contract::Query::List(frontdesk::desk::contract::ListQuery {
        kind,
        filter: Filter::All,
        sort: frontdesk::desk::contract::Sort::default(),
        find: String::new(),
        after: None,
        before: None,
        from_end: false,
        limit: 60,
        full: false,
    })
}

#[test]
fn a11_14b_shelves_are_inspected_by_scanning_their_files_in_order() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = archive(lang, 6, 1);
        lent(&mut desk, 4, &[]);
        desk.press("3R5n<f2>").expect("IS-2024-00001").press("w");
        // File 4 is lent, file 6 is not there, file 5 stands in front of file 2.
        for seq in [1, 5, 2, 3] {
            desk.press(&label(seq, None));
        }
        // Enter alone asks first, and the scanner's Enter behind it is a no.
        desk.press("<enter><enter>");
        assert!(inspection(&mut desk).visits.is_empty());
        desk.press("<enter>y");
        let seen = inspection(&mut desk);
        let visit = &seen.visits[0];
        assert_eq!(visit.finding, Finding::Missing, "{}", desk.screen());
        assert_eq!(visit.missing, [file(6)]);
        assert_eq!(visit.misplaced, [file(5)]);
        assert!(visit.astray.is_empty());
        desk.expect("AF-2024-00006");
        // It stands on the other shelf: astray there, and found.
        desk.press("<down><down>").press(&label(6, None));
        desk.press("<enter>y");
        let seen = inspection(&mut desk);
        assert_eq!(seen.visits[1].shelf, "B", "{}", desk.screen());
        assert_eq!(seen.visits[1].astray, [file(6)]);
        let Record::File(found) = record(&mut desk, file(6)) else {
            panic!("no file");
        };
        assert_eq!(found.custody.missing, None);
        desk.press("<esc>g<f2>");
        assert!(inspection(&mut desk).closed.is_some(), "{}", desk.screen());
    }
}

fn inspection(desk: &mut Desk) -> frontdesk::domain::inspection::Inspection {
    match desk.record("IS-2024-00001") {
        Record::Inspection(inspection) => inspection,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a13_a5c_a_file_that_is_not_found_is_on_a_list_until_it_is() {
    let mut desk = archive(Lang::Zh, 2, 1);
    desk.press("3R5n<f2>").press("w").press(&label(1, None));
    desk.press("<enter>y<esc>");
    // The list of what is not found has the other one.
    desk.press("R1f").press("下落<enter>");
    desk.expect("售后档案2").reject("售后档案1");
    desk.press("k").press("找到<enter>").press("夹在隔壁<f2>");
    desk.reject("售后档案2");
}

/// A request of customer service for the one graded file of a call centre, granted and signed for.
fn requested(lang: Lang) -> Desk {
    let desk = Desk::staffed("call-centre", lang);
    let mut desk = desk.with("information-specialist");
    desk.press("3c授信审批<tab>1<tab>王芳<f2>")
        .expect("AF-2024-00001");
    let mut desk = desk.with("customer-service");
    desk.press("3R1a2<tab>授信材料<tab>核对额度<tab>客户申请提额<tab><ctrl+u>周敏<tab>市场部<f2>");
    desk
}

/// The same granted and signed for, with who lends at the desk.
fn granted(lang: Lang) -> Desk {
    let desk = requested(lang);
    let mut desk = desk.with("unit-head");
    desk.press("5y<f2>");
    let mut desk = desk.with("information-specialist");
    desk.press("5y11<f2>");
    let mut desk = desk.with("customer-service");
    desk.press("3R4g<f2>");
    desk.with("information-specialist")
}

#[test]
fn an_approved_request_is_lent_with_one_scan_and_one_key_and_comes_back_with_a_scan() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = requested(lang);
        // The file shows who waits for it.
        desk.press("R1").expect("周敏").expect("AR-2024-00001");
        let mut desk = desk.with("information-specialist");
        desk.press(&label(1, None))
            .press("o")
            .reject("LO-2024-00001");
        let mut desk = granted(lang);
        desk.press(&label(1, None)).press("o");
        let lent = loan(&mut desk, 1);
        assert_eq!(lent.details.borrower, "周敏", "{}", desk.screen());
        let request = lent.course.lent.request.map(|it| it.to_string());
        assert_eq!(request.as_deref(), Some("AR-2024-00001"));
        desk.press("w").press(&label(1, None));
        assert!(!loan(&mut desk, 1).is_open(), "{}", desk.screen());
    }
}

/// What lending on an approved request and taking back take: what, scans and keys.
pub(crate) fn counted(lang: Lang) -> Vec<(&'static str, usize, usize)> {
    let mut counted = Vec::new();
    let mut count = |desk: &mut Desk, what, scans: &[String], keys: &str| {
        for scan in scans {
            desk.press(scan);
        }
        let pressed = frontdesk::keys::script::parse(keys).unwrap().len();
        desk.press(keys);
        counted.push((what, scans.len(), pressed));
    };
    let scan = [label(1, None)];
    let mut desk = granted(lang);
    desk.press("3R4");
    count(&mut desk, "Lent, from the list of requests", &[], "g");
    assert!(loan(&mut desk, 1).is_open(), "{}", desk.screen());
    desk.press("R2");
    count(&mut desk, "Back, from the register", &[], "r<f2>");
    assert!(!loan(&mut desk, 1).is_open(), "{}", desk.screen());
    let mut desk = granted(lang);
    count(&mut desk, "Lent, the file in hand", &scan, "o");
    assert!(loan(&mut desk, 1).is_open(), "{}", desk.screen());
    count(&mut desk, "The first of a day's returns", &[], "w");
    count(&mut desk, "Each return", &scan, "");
    assert!(!loan(&mut desk, 1).is_open(), "{}", desk.screen());
    counted
}

#[test]
fn lending_and_taking_back_take_three_keys_or_one_scan_and_two() {
    for lang in [Lang::Zh, Lang::En] {
        let counted = counted(lang);
        let total = |part: &[(&str, usize, usize)]| {
            let scans: usize = part.iter().map(|(_, scans, _)| scans).sum();
            let keys: usize = part.iter().map(|(_, _, keys)| keys).sum();
            (scans, keys)
        };
        assert!(total(&counted[..2]).1 <= 3, "{counted:?}");
        assert!(total(&counted[2..]).1 <= 2, "{counted:?}");
    }
}
