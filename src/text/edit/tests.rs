//! Tests of the buffer as a whole.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::text::width::width;

fn line(value: &str) -> Edit {
    let mut edit = Edit::line(200);
    edit.set(value);
    edit
}

fn note(value: &str) -> Edit {
    let mut edit = Edit::note(2000);
    edit.set(value);
    edit
}

#[test]
fn the_caret_stands_in_cells_after_han() {
    assert_eq!(line("客户").view(20, 1).cursor, (4, 0));
}

#[test]
fn backspace_takes_a_whole_character() {
    for value in [
        "王👨\u{200d}👩\u{200d}👧",
        "王🇨🇳",
        "王é",
        "王1\u{fe0f}\u{20e3}",
        "王明",
    ] {
        let mut edit = line(value);
        edit.backspace();
        assert_eq!(edit.value(), "王", "{value}");
    }
}

#[test]
fn typing_between_characters_goes_in_at_the_caret() {
    let mut edit = line("王明");
    edit.left();
    edit.insert("小");
    assert_eq!((edit.value(), edit.view(20, 1).cursor), ("王小明", (4, 0)));
    edit.home();
    edit.delete();
    assert_eq!(edit.value(), "小明");
}

#[test]
fn a_pasted_line_end_is_a_space_in_a_field_and_a_line_in_a_note() {
    let mut field = Edit::line(50);
    field.insert("李雷\r\n韩梅梅\u{202e}");
    assert_eq!(field.value(), "李雷 韩梅梅");
    let mut text = Edit::note(50);
    text.insert("李雷\r\n韩梅梅\u{1b}");
    assert_eq!(text.value(), "李雷\n韩梅梅");
}

#[test]
fn a_mark_typed_after_its_letter_joins_it() {
    let mut edit = line("caf");
    edit.insert("e");
    edit.insert("\u{301}");
    assert_eq!(edit.value(), "café");
    assert_eq!(edit.caret(), edit.value().len());
}

#[test]
fn words_are_single_han_and_runs_of_latin_and_digits() {
    let mut edit = line("张三 call 138001");
    let mut stops = vec![edit.caret()];
    while edit.caret() > 0 {
        edit.word_left();
        stops.push(edit.caret());
    }
    assert_eq!(stops, [18, 12, 7, 3, 0]);
    let mut stops = vec![edit.caret()];
    while edit.caret() < edit.value().len() {
        edit.word_right();
        stops.push(edit.caret());
    }
    assert_eq!(stops, [0, 3, 7, 12, 18]);
}

#[test]
fn typing_replaces_the_selection_and_one_undo_brings_it_back() {
    let mut edit = line("张三丰");
    edit.select_left();
    edit.select_left();
    assert_eq!(edit.selected(), Some("三丰"));
    edit.insert("飞");
    assert_eq!(edit.value(), "张飞");
    assert!(edit.undo());
    assert_eq!((edit.value(), edit.selected()), ("张三丰", Some("三丰")));
    assert!(edit.redo());
    assert_eq!(edit.value(), "张飞");
    assert!(!edit.redo());
}

#[test]
fn a_run_of_typing_is_one_step_to_undo() {
    let mut edit = Edit::line(50);
    for c in ["1", "3", "8"] {
        edit.insert(c);
    }
    edit.home();
    edit.insert("0");
    assert_eq!(edit.value(), "0138");
    edit.undo();
    assert_eq!(edit.value(), "138");
    edit.undo();
    assert_eq!(edit.value(), "");
    assert!(!edit.undo());
}

#[test]
fn the_limit_counts_characters_and_says_when_something_was_cut() {
    let mut edit = Edit::line(3);
    assert!(edit.insert("张三"));
    assert!(!edit.insert("丰年"));
    assert_eq!(edit.value(), "张三丰");
    assert!(!edit.insert("x"));
    assert_eq!(edit.value(), "张三丰");
}

#[test]
fn a_value_longer_than_the_limit_stays_whole_and_does_not_grow() {
    let mut edit = Edit::line(3);
    edit.set("东南西北");
    assert_eq!((edit.value(), edit.most()), ("东南西北", 4));
    assert!(!edit.insert("中"));
    edit.backspace();
    assert!(edit.insert("中"));
    assert_eq!(edit.value(), "东南西中");
    edit.set("东");
    assert!(!edit.insert("南西北"));
    assert_eq!(edit.value(), "东南西");
}

#[test]
fn a_long_line_scrolls_by_whole_characters() {
    let mut edit = line("一二三四五六七八九十");
    let view = edit.view(10, 1);
    assert_eq!(
        (view.lines, view.cursor),
        (vec!["七八九十".to_owned()], (8, 0))
    );
    edit.home();
    let view = edit.view(10, 1);
    assert_eq!(
        (view.lines, view.cursor),
        (vec!["一二三四五".to_owned()], (0, 0))
    );
}

#[test]
fn a_note_scrolls_to_the_row_of_the_caret() {
    let mut edit = note("甲\n乙\n丙\n丁");
    let view = edit.view(10, 2);
    assert_eq!(
        (view.lines, view.cursor),
        (vec!["丙".to_owned(), "丁".to_owned()], (2, 1))
    );
    assert!(edit.up(10) && edit.up(10) && edit.up(10));
    assert!(!edit.up(10));
    assert_eq!(edit.view(10, 2).cursor, (2, 0));
}

#[test]
fn up_and_down_keep_the_column_over_a_short_line() {
    let mut edit = note("一二三四\n五\n六七八九");
    edit.up(20);
    assert_eq!(edit.view(20, 3).cursor, (2, 1));
    edit.up(20);
    assert_eq!(edit.view(20, 3).cursor, (8, 0));
    edit.down(20);
    edit.down(20);
    assert_eq!(edit.view(20, 3).cursor, (8, 2));
}

#[test]
fn delete_to_end_stops_at_the_line_and_then_joins() {
    let mut edit = note("甲乙\n丙");
    edit.up(20);
    edit.home();
    edit.delete_to_end();
    assert_eq!(edit.value(), "\n丙");
    edit.delete_to_end();
    assert_eq!(edit.value(), "丙");
}

#[test]
fn the_selection_is_told_in_columns() {
    let mut edit = note("张三\n李四");
    edit.select_all();
    assert_eq!(edit.view(20, 2).selected, [Some(0..4), Some(0..4)]);
    assert_eq!(edit.cut().as_deref(), Some("张三\n李四"));
    assert!(edit.is_empty());
}

#[test]
fn an_emoji_sequence_is_as_wide_as_what_is_shown_of_it() {
    let view = line("❤\u{fe0f}好").view(20, 1);
    assert_eq!((view.lines, view.cursor), (vec!["❤好".to_owned()], (3, 0)));
}

#[derive(Debug, Clone)]
enum Step {
    Insert(String),
    Call(fn(&mut Edit)),
}

fn step() -> impl Strategy<Value = Step> {
    let calls: Vec<fn(&mut Edit)> = vec![
        Edit::backspace,
        Edit::delete,
        Edit::left,
        Edit::right,
        Edit::word_left,
        Edit::word_right,
        Edit::home,
        Edit::end,
        Edit::select_left,
        Edit::select_right,
        Edit::select_all,
        Edit::clear,
        Edit::delete_to_end,
        |edit| {
            edit.up(7);
        },
        |edit| {
            edit.down(7);
        },
    ];
    prop_oneof![
        3 => "[a-c0-9甲乙，é\u{301}\u{200d}👩🇨🇳\u{fe0f}\n ]{0,5}".prop_map(Step::Insert),
        1 => any::<String>().prop_map(Step::Insert),
        4 => proptest::sample::select(calls).prop_map(Step::Call),
    ]
}

proptest! {
    #[test]
    fn the_caret_stays_on_borders_and_in_view_and_undo_leads_back(
        start in "[a-c甲乙é👩\n ]{0,12}",
        steps in proptest::collection::vec(step(), 0..40),
        many in any::<bool>(),
        limit in 0_usize..60,
    ) {
        let mut edit = if many { Edit::note(limit) } else { Edit::line(limit) };
        edit.set(&start);
        let limit = limit.max(edit.value().graphemes(true).count());
        let first = edit.value().to_owned();
        for step in steps {
            match step {
                Step::Insert(text) => {
                    edit.insert(&text);
                }
                Step::Call(call) => call(&mut edit),
            }
            let value = edit.value();
            let borders: Vec<usize> = value.grapheme_indices(true).map(|(at, _)| at).collect();
            prop_assert!(edit.caret() == value.len() || borders.contains(&edit.caret()));
            prop_assert!(value.graphemes(true).count() <= limit);
            for (columns, rows) in [(7, 3), (1, 1), (20, 2)] {
                let view = edit.view(columns, rows);
                prop_assert!(view.cursor.0 < columns && view.cursor.1 < rows);
                prop_assert!(view.lines.len() <= rows);
                prop_assert!(view.lines.iter().all(|line| width(line) <= columns));
            }
        }
        let last = edit.value().to_owned();
        while edit.undo() {}
        prop_assert_eq!(edit.value(), first);
        while edit.redo() {}
        prop_assert_eq!(edit.value(), last);
    }
}
