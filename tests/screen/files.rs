//! Lists out as files and files in, at the screen: the forms, the work in slices, what came of it.

use frontdesk::desk::contract::{Care, Cared, Filter, ListQuery, Query, Reply, Request, Sort};
use frontdesk::domain::number::Kind;
use frontdesk::locale::Lang;

use crate::harness::{Desk, SMALL};

/// The keys from any list to the columns of the file of [`lay`], as requests.
pub const TO_COLUMNS: &str = "1<ctrl+x><f2><enter><down><enter>";

/// A file of requests for the import, one row of which cannot be read.
const REQUESTS: &str = "工单编号,来电时间,来电人,联系电话,事发地点,问题描述,回访人\n\
    G-1,2024-05-01 09:00,钱多,13500135001,3-1201,楼道灯不亮,小王\n\
    G-2,2024-05-02 10:30,孙丽,13500135002,2-803,电梯有异响,小王\n\
    G-3,2024-02-30 08:00,周平,13500135003,1-101,车库漏水,小李\n\
    G-4,2024-05-04 16:45,吴静,13500135004,5-1104,要求开发票,小李\n";

/// Puts the file of requests into the operator's outbox.
pub fn lay(desk: &mut Desk) {
    put(desk, "gongdan.csv", REQUESTS);
}

fn put(desk: &mut Desk, name: &str, text: &str) {
    desk.ask(Request::Care(Care::Put {
        name: name.to_owned(),
        offset: 0,
        piece: text.as_bytes().to_vec(),
        last: true,
    }));
}

/// The files in the operator's outbox.
fn outbox(desk: &mut Desk) -> Vec<String> {
    match desk.ask(Request::Care(Care::Outbox)) {
        Reply::Cared(Cared::Outbox(files)) => files.into_iter().map(|file| file.name).collect(),
        other => panic!("{other:?}"),
    }
}

/// A short file in the operator's outbox.
pub fn fetched(desk: &mut Desk, name: &str) -> Vec<u8> {
    let name = name.to_owned();
    match desk.ask(Request::Care(Care::Take { name, offset: 0 })) {
        Reply::Cared(Cared::Piece { bytes, .. }) => bytes,
        other => panic!("{other:?}"),
    }
}

fn count(desk: &mut Desk, kind: Kind) -> u64 {
    let query = ListQuery {
        kind,
        filter: Filter::All,
        sort: Sort::Newest,
        find: String::new(),
        after: None,
        before: None,
        from_end: false,
        limit: 1,
        full: false,
    };
    match desk.ask(Request::Look(Query::List(query))) {
        Reply::Page(page) => page.total.unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_list_goes_to_the_outbox_as_it_stands() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4/ouyang<enter>E");
    desk.expect("欧阳").expect("customers-2024-06-06");
    desk.press("<right><f2>")
        .expect("已导出 1 条")
        .expect("frontdesk get customers-2024-06-06.csv");
    assert_eq!(outbox(&mut desk), ["customers-2024-06-06.csv"]);
    let text = String::from_utf8(fetched(&mut desk, "customers-2024-06-06.csv")).unwrap();
    assert!(
        text.contains("欧阳雪") && !text.contains("王建国"),
        "{text}"
    );
    assert!(text.contains("13900139001"), "in full: {text}");
}

#[test]
fn a_workbook_goes_to_the_outbox() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    desk.press("1E<f2>").expect("Exported 3 records");
    let bytes = fetched(&mut desk, "intakes-2024-06-06.xlsx");
    assert!(bytes.starts_with(b"PK"), "{bytes:?}");
}

#[test]
fn the_desk_is_used_while_a_long_export_goes_on() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    desk.customers(450);
    desk.by_hand().press("4E<f2>").work();
    desk.expect("Exporting")
        .press("<enter>")
        .reject("behind the screen");
    desk.press("1c13512345678").expect("Call");
    while desk.session.is_working() {
        desk.work();
    }
    desk.expect("Exported 454 records").expect("13512345678");
    assert_eq!(outbox(&mut desk), ["customers-2024-06-06.xlsx"]);
}

#[test]
fn a_stopped_export_leaves_no_file() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    desk.customers(450);
    desk.by_hand().press("4E<right><f2>").work();
    desk.press("<esc>").expect("Stop the export?").press("y");
    while desk.session.is_working() {
        desk.work();
    }
    desk.expect("Stopped.").reject("Exporting");
    assert_eq!(outbox(&mut desk), Vec::<String>::new());
}

#[test]
fn an_export_rests_while_the_screen_is_locked_and_ends_with_its_operator() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    desk.customers(450);
    desk.by_hand().press("4E<f2>").work().press("<ctrl+l>");
    assert!(!desk.session.is_working());
    assert!(desk.session.app.job.is_some());
}

#[test]
fn a_session_without_paths_offers_none_and_uses_none() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    desk.press("4E")
        .reject("A path on this machine")
        .press("<esc>");
    // Even a screen that believed otherwise has no way to a file.
    desk.session.app.paths = true;
    desk.press("4E<down><right><down><ctrl+u>/tmp/x<f2>")
        .expect("not yours");
    lay(&mut desk);
    desk.press("<esc><ctrl+x><f2>").expect("Another file");
    // The path is tried as soon as it is typed, before it is asked what the rows are.
    desk.press("<down><enter>/etc/passwd<f2>")
        .expect("not yours");
    assert!(desk.session.app.incoming.is_none());
}

#[test]
fn a_file_comes_in_column_by_column_and_is_taken_back() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    lay(&mut desk);
    let before = count(&mut desk, Kind::Intake);
    desk.press(TO_COLUMNS)
        .expect("共 4 行")
        .expect("问题描述")
        .expect("楼道灯不亮");
    // The dry run writes nothing.
    desk.press("<enter>")
        .expect("会导入 3 条，会退回 1 条")
        .expect("2024-02-30");
    assert_eq!(count(&mut desk, Kind::Intake), before);
    desk.press("<enter>")
        .expect("导入 3 条，退回 1 条")
        .expect("IM-2024-00001");
    assert_eq!(count(&mut desk, Kind::Intake), before + 3);
    // The refused row as a file, to be put right and brought in later.
    desk.press("<right><enter>").expect("退回清单在您的发件箱");
    let text = String::from_utf8(fetched(&mut desk, "gongdan-退回.csv")).unwrap();
    assert!(
        text.contains("4,B,来电时间,") && text.contains("2024-02-30"),
        "{text}"
    );
    desk.press("<esc><right><right><enter>")
        .expect("3 条")
        .press("y");
    desk.expect("已整批撤回");
    assert_eq!(count(&mut desk, Kind::Intake), before);
}

#[test]
fn another_column_is_chosen_for_a_field() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    put(&mut desk, "a.csv", "谁,说了什么\n钱多,楼道灯不亮\n");
    desk.press(TO_COLUMNS).expect("还没有指定用哪一列");
    // The first field that has to be filled is marked.
    desk.press("<enter>说了<enter>")
        .expect("说了什么")
        .reject("还没有指定");
    desk.press("<down><down><down><down><down><down><down><down><down><down><enter>");
    desk.expect("会导入 1 条");
}

#[test]
fn what_is_no_table_is_told_and_nothing_begun() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    put(&mut desk, "photo.csv", "\u{89}PNG\r\n\u{1a}\n\0\0\0");
    desk.press(TO_COLUMNS).reject("用哪一列");
    assert!(desk.session.app.incoming.is_none());
    assert!(desk.session.app.job.is_none());
}

#[test]
fn nothing_to_import_is_told_with_how_to_put_it_there() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    desk.press("<ctrl+x><f2>").expect("frontdesk put --outbox");
}

#[test]
fn an_import_is_taken_back_later_from_the_list_of_imports() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    desk.press("<ctrl+x><f4>")
        .expect("Nothing was imported yet");
    lay(&mut desk);
    let before = count(&mut desk, Kind::Intake);
    desk.press(TO_COLUMNS).press("<enter><enter><esc>");
    assert_eq!(count(&mut desk, Kind::Intake), before + 3);
    desk.press("<ctrl+x><f4>")
        .expect("IM-2024-00001")
        .expect("gongdan.csv");
    desk.press("<enter>")
        .expect("Take back all of IM-2024-00001")
        .press("y");
    desk.expect("is taken back whole");
    assert_eq!(count(&mut desk, Kind::Intake), before);
}

/// Requests whose kinds and states are in words of another system.
const FOREIGN: &str = "内容,补充,类别,编号\n\
    灯不亮,三楼,坏了,G-1\n漏水,车库,坏了,G-2\n问停车,,打听,G-3\n";

#[test]
fn values_of_a_column_become_choices_and_columns_are_joined_at_the_screen() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    put(&mut desk, "a.csv", FOREIGN);
    desk.press(TO_COLUMNS);
    let field = |desk: &mut Desk, name: &str| {
        let incoming = desk.session.app.incoming.as_mut().unwrap();
        let place = incoming.fields().iter().position(|it| it.name == name);
        incoming.field = place.unwrap();
    };
    field(&mut desk, "kind");
    desk.press("<enter>")
        .expect("用哪一列")
        .press("类别<enter>");
    field(&mut desk, "kind");
    desk.press("<enter>各值<enter>")
        .expect("坏了")
        .expect("！不认识");
    desk.press("坏了<enter>报修<enter>").expect("报修");
    desk.press("打听<enter>咨询<enter>")
        .reject("不认识")
        .press("<esc>");
    field(&mut desk, "text");
    desk.press("<enter>再接<enter>补充<enter>")
        .expect("内容 + 补充")
        .expect("灯不亮 三楼");
    let fields = desk.session.app.incoming.as_ref().unwrap().fields().len();
    desk.session.app.incoming.as_mut().unwrap().field = fields;
    desk.press("<enter>").expect("会导入 3 条");
}

#[test]
fn rows_refused_alike_are_told_together() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    let rows: Vec<String> = (0..9).map(|row| format!("G-{row},灯不亮,不懂")).collect();
    put(
        &mut desk,
        "a.csv",
        &format!("编号,内容,类别\n{}\n", rows.join("\n")),
    );
    desk.press(TO_COLUMNS)
        .press("<enter>")
        .expect("第 2–10 行，共 9 行");
}
