//! How many terminal cells a text takes, and how to make it take no more.
//!
//! Everything is counted by grapheme, the unit that a person sees as one character, and in the
//! way the drawing library counts, so that a column computed here is the column drawn there
//! (`tests/width.rs` holds the two together). This is not the place that decides which
//! characters may be drawn at all: that is `show`.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands at the end of a text that was cut.
pub const ELLIPSIS: &str = "…";

/// The same for a terminal that cannot draw [`ELLIPSIS`] in one cell.
pub const ASCII_ELLIPSIS: &str = "~";

/// The width of a text in cells.
pub fn width(text: &str) -> usize {
    if is_plain_ascii(text) {
        return text.len();
    }
    indexed(text).map(|(_, it)| grapheme_width(it)).sum()
}

/// The cells of a character about which nobody disagrees: printable ASCII one; Han, kana and the
/// punctuation and letters of their width two. Such characters are harmless, and beside each other
/// each is a grapheme by itself. Nearly all text consists of them.
pub const fn certain(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}' => Some(2),
        _ => None,
    }
}

/// The graphemes of a text with the bytes before each. What is [`certain`] is not looked up.
pub fn indexed(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let mut characters = rest.chars();
        let first = characters.next()?;
        let alone = characters.next().is_none_or(|next| certain(next).is_some());
        let grapheme = if alone && certain(first).is_some() {
            rest.get(..first.len_utf8())?
        } else {
            rest.graphemes(true).next()?
        };
        let start = at;
        at += grapheme.len();
        Some((start, grapheme))
    })
}

/// The graphemes of a text.
pub fn graphemes(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.graphemes(true)
}

/// How many graphemes a text has; the unit of every length limit.
pub fn count(text: &str) -> usize {
    if is_plain_ascii(text) {
        return text.len();
    }
    indexed(text).count()
}

/// The width of one grapheme in cells.
///
/// One that holds a control character is never drawn and has no width. The two half-width
/// katakana sound marks count one more, because the drawing library counts them so.
pub fn grapheme_width(grapheme: &str) -> usize {
    let mut characters = grapheme.chars();
    if let (Some(only), None) = (characters.next(), characters.next())
        && let Some(cells) = certain(only)
    {
        return cells;
    }
    if grapheme.contains(char::is_control) {
        return 0;
    }
    let marks = grapheme
        .chars()
        .filter(|mark| matches!(mark, '\u{FF9E}' | '\u{FF9F}'))
        .count();
    UnicodeWidthStr::width(grapheme) + marks
}

/// The text in at most `cells` cells: whole graphemes, ending in `…` when something was cut.
pub fn truncate(text: &str, cells: usize) -> Cow<'_, str> {
    truncate_with(text, cells, ELLIPSIS)
}

/// The text in at most `cells` cells, ending in `mark` when something was cut.
///
/// Where even the mark has no room, what fits of the text is all that is left.
pub fn truncate_with<'a>(text: &'a str, cells: usize, mark: &str) -> Cow<'a, str> {
    let whole = prefix(text, cells);
    if whole.len() == text.len() {
        return Cow::Borrowed(text);
    }
    match cells.checked_sub(width(mark)) {
        Some(room) => Cow::Owned(format!("{}{mark}", prefix(text, room))),
        None => Cow::Borrowed(whole),
    }
}

/// The text in exactly `cells` cells: cut like [`truncate`], filled with spaces at the end.
pub fn pad(text: &str, cells: usize) -> String {
    pad_with(text, cells, ELLIPSIS)
}

/// The text in exactly `cells` cells, ending in `mark` when something was cut.
pub fn pad_with(text: &str, cells: usize, mark: &str) -> String {
    let mut line = truncate_with(text, cells, mark).into_owned();
    let missing = cells.saturating_sub(width(&line));
    line.extend(std::iter::repeat_n(' ', missing));
    line
}

/// The longest beginning of the text that has at most `cells` cells.
pub fn prefix(text: &str, cells: usize) -> &str {
    let mut used = 0;
    let mut end = 0;
    for (start, grapheme) in indexed(text) {
        used += grapheme_width(grapheme);
        if used > cells {
            break;
        }
        end = start + grapheme.len();
    }
    text.get(..end).unwrap_or(text)
}

/// Whether every byte is one printable ASCII character, so that bytes, graphemes and cells agree.
fn is_plain_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn graphemes_are_the_same_whether_looked_up_or_certain(
            text in r"(\PC|[a-z ]|[一-十]|[、-〩]|[ァ-ヿ]|[\u{300}-\u{308}]|[🇨🇳👍🏽]|\u{200d}|[！-～]|\r|\n){0,20}"
        ) {
            let looked_up: Vec<_> = text.grapheme_indices(true).collect();
            prop_assert_eq!(indexed(&text).collect::<Vec<_>>(), looked_up);
        }

        #[test]
        fn what_is_certain_is_as_wide_as_it_is_drawn(c: char) {
            if let Some(cells) = certain(c) {
                prop_assert_eq!(cells, UnicodeWidthStr::width(c.encode_utf8(&mut [0; 4]) as &str));
            }
        }
    }

    #[test]
    fn han_take_two_cells_and_latin_one() {
        assert_eq!(width("客户"), 4);
        assert_eq!(width("客户A1"), 6);
        assert_eq!(width("，。　￥㎡〇"), 12);
        assert_eq!(width("𠮷"), 2);
        assert_eq!(width(""), 0);
    }

    #[test]
    fn chinese_quotes_dashes_and_dots_take_one_cell() {
        assert_eq!(width("“”…—·×①★→"), 9);
    }

    #[test]
    fn marks_joiners_and_controls_take_no_cell_of_their_own() {
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(width("a\u{1b}b\r\n"), 2);
        assert_eq!(width("🇨🇳"), 2);
    }

    #[test]
    fn truncate_keeps_what_fits_and_never_half_a_character() {
        assert_eq!(truncate("张三丰", 6), "张三丰");
        assert_eq!(truncate("张三丰", 5), "张三…");
        assert_eq!(truncate("张三丰", 4), "张…");
        assert_eq!(truncate("张三丰", 1), "…");
        assert_eq!(truncate("张三丰", 0), "");
        assert_eq!(truncate_with("张三丰", 5, ASCII_ELLIPSIS), "张三~");
    }

    #[test]
    fn pad_fills_to_the_cell() {
        assert_eq!(pad("张三", 6), "张三  ");
        assert_eq!(pad("张三丰", 4), "张… ");
        assert_eq!(pad("", 2), "  ");
    }

    proptest! {
        #[test]
        fn width_is_the_sum_over_graphemes(text in any::<String>()) {
            prop_assert_eq!(width(&text), graphemes(&text).map(width).sum::<usize>());
        }

        #[test]
        fn truncate_never_exceeds_and_pad_is_exact(text in any::<String>(), cells in 0_usize..40) {
            prop_assert!(width(&truncate(&text, cells)) <= cells);
            prop_assert_eq!(width(&pad(&text, cells)), cells);
            prop_assert_eq!(width(&pad_with(&text, cells, ASCII_ELLIPSIS)), cells);
        }

        #[test]
        fn prefix_ends_between_graphemes(text in any::<String>(), cells in 0_usize..40) {
            let head = prefix(&text, cells);
            let borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            prop_assert!(head.len() == text.len() || borders.contains(&head.len()));
        }
    }
}
