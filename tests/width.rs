//! The widths computed by the project are the cells that the screen buffer really uses.

use frontdesk::text::show;
use frontdesk::text::width::{graphemes, width};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// How many cells a text takes in a buffer wide enough for all of it.
fn occupied(text: &str) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 2000, 1));
    let (end, _) = buffer.set_stringn(0, 0, text, 2000, Style::default());
    usize::from(end)
}

#[test]
fn known_texts_take_the_cells_they_are_said_to_take() {
    for text in [
        "客户 Customer 13800138000",
        "，。！？　￥㎡〇“”…—·×①★→℃",
        "𠮷野家 한글 ㄅㄆㄇ ｶﾞ ﾊﾟ",
        "é e\u{301} क्षि न\u{94d}\u{200d}य",
        "😀 ❤\u{fe0f} 1\u{fe0f}\u{20e3} 👍\u{1f3fd} 👨\u{200d}👩\u{200d}👧 🇨🇳",
        "zero\u{200b}width \u{ad} \u{202e}backwards\u{2066} \u{feff}",
        "line\nfeed\ttab\u{1b}[31m\u{9b}",
        "",
    ] {
        assert_eq!(width(text), occupied(text), "{text:?}");
        let shown = show::cell(text);
        assert_eq!(width(&shown), occupied(&shown), "{shown:?}");
    }
}

#[test]
fn a_cut_text_never_spills_into_the_next_column() {
    let text = "王小明“投诉”三号楼电梯停了 13800138000";
    for cells in 0..40 {
        let padded = frontdesk::text::pad(text, cells);
        assert_eq!(occupied(&padded), cells, "{padded:?}");
    }
}

proptest! {
    #[test]
    fn any_text_takes_the_cells_it_is_said_to_take(text in any::<String>()) {
        prop_assert_eq!(width(&text), occupied(&text));
    }

    #[test]
    fn any_code_point_takes_the_cells_it_is_said_to_take(c in any::<char>()) {
        let text = c.to_string();
        prop_assert_eq!(width(&text), occupied(&text));
        prop_assert_eq!(graphemes(&text).count(), 1);
    }
}
