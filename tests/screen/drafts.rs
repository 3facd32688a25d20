//! What is typed and not saved.

use frontdesk::app::keeper::DraftKeeper;
use frontdesk::locale::Lang;

use crate::harness::{Desk, SMALL};

#[test]
fn a_form_that_is_left_comes_back_as_a_draft() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678<tab>周涛<esc>")
        .expect("草稿已留下");
    desk.press("<ctrl+x><ctrl+d>")
        .expect("来电登记  13512345678");
    desk.press("<enter>")
        .expect("已取回草稿")
        .expect("周涛")
        .expect("13512345678");
    desk.press("<tab><tab>6-301<tab><tab><tab>问路<f2>")
        .expect("已保存 IN-2024-00004");
    desk.press("<ctrl+x><ctrl+d>").expect("没有草稿");
}

#[test]
fn a_form_killed_with_the_program_is_offered_at_the_next_start() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678<tab>周涛");
    let kept = desk.session.keeper.list(desk.operator);
    assert_eq!(kept.len(), 1);
    let mut desk = desk.restarted();
    desk.expect("有 1 份草稿");
    desk.press("<ctrl+x><ctrl+d><enter>").expect("周涛");
}

#[test]
fn a_draft_left_by_a_stop_after_saving_is_not_saved_twice() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678<tab>周涛<tab>6-301<tab><tab><tab>问路");
    let kept = desk.session.keeper.list(desk.operator);
    desk.press("<f2>").expect("已保存 IN-2024-00004");
    // The program stopped before it could forget the draft.
    desk.session.keeper.save(kept[0].clone());
    let mut desk = desk.restarted();
    desk.press("<ctrl+x><ctrl+d><enter><f2>")
        .expect("先前已经存为 IN-2024-00004");
    desk.press("<esc><f5>").expect("共 4 条");
    // What it holds is still there, and is saved as another matter if that is wanted.
    desk.press("<ctrl+x><ctrl+d><enter><f2>")
        .expect("已保存 IN-2024-00005");
}

#[test]
fn an_operator_whose_draft_is_not_kept_is_told_to_save() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678").reject("草稿写不进盘");
    desk.session.keeper.failing = true;
    desk.press("<tab>周").expect("草稿写不进盘").expect("F2");
    desk.session.keeper.failing = false;
    desk.press("涛").reject("草稿写不进盘");
}

#[test]
fn a_form_is_thrown_away_only_after_a_question() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c135<ctrl+x><ctrl+k><enter>")
        .expect("来电登记  开始");
    desk.press("<ctrl+x><ctrl+k>y").expect("已丢弃");
    assert!(desk.session.keeper.list(desk.operator).is_empty());
}

#[test]
fn a_lone_escape_never_loses_what_was_typed() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678<esc><esc><esc>");
    assert_eq!(desk.session.keeper.list(desk.operator).len(), 1);
}
