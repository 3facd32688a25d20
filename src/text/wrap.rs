//! Breaking a text into visual lines of a given number of cells.
//!
//! The result is byte ranges, so that a caret in the text can be found on the screen and the
//! other way round. Nothing is drawn and nothing is changed here.

use std::ops::Range;

use super::width::{grapheme_width, indexed};

/// What may not stand at the start of a line.
const NEVER_FIRST: &str = "，。、；：？！）】》」』〉〕｝…—·～％℃,.;:?!)]}%”’";

/// What may not stand at the end of a line.
const NEVER_LAST: &str = "（【《「『〈〔｛“‘([{￥$#";

/// The visual lines of a text, as byte ranges without their line feeds.
///
/// A line breaks at a line feed, between Han characters, and beside a Latin word or a run of
/// digits, which stay whole where they fit in a line; closing punctuation never starts a line
/// where any other break is left. Spaces at a break stay at the end of the upper line and may
/// reach beyond its last cell; nothing else does, save one character wider than `cells`. An
/// empty text is one empty line, and a line feed at the end opens another.
pub fn wrap(text: &str, cells: usize) -> Vec<Range<usize>> {
    wrap_by(text, cells, grapheme_width)
}

/// [`wrap`] with the width of a grapheme as the caller draws it.
pub fn wrap_by(text: &str, cells: usize, measure: impl Fn(&str) -> usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for hard in text.split('\n') {
        wrap_hard_line(hard, start, cells.max(1), &measure, &mut lines);
        start += hard.len() + 1;
    }
    lines
}

fn wrap_hard_line(
    line: &str,
    offset: usize,
    cells: usize,
    measure: &impl Fn(&str) -> usize,
    lines: &mut Vec<Range<usize>>,
) {
    let mut start = 0;
    let mut used = 0;
    // The last place where the line may break, and the cells used up to it.
    let mut chance: Option<(usize, usize)> = None;
    let mut before: Option<&str> = None;
    for (at, grapheme) in indexed(line) {
        if at > start && before.is_some_and(|before| may_break(before, grapheme)) {
            chance = Some((at, used));
        }
        let cost = measure(grapheme);
        while used + cost > cells && at > start && !is_space(grapheme) {
            let (place, spent) = chance.take().unwrap_or((at, used));
            lines.push(offset + start..offset + place);
            start = place;
            used -= spent;
        }
        used += cost;
        before = Some(grapheme);
    }
    lines.push(offset + start..offset + line.len());
}

/// Whether a line may end with `before` and the next begin with `after`.
fn may_break(before: &str, after: &str) -> bool {
    if is_space(after) || is_in(after, NEVER_FIRST) || is_in(before, NEVER_LAST) {
        return false;
    }
    is_space(before) || is_cjk(before) || is_cjk(after)
}

fn is_space(grapheme: &str) -> bool {
    grapheme.chars().all(char::is_whitespace)
}

fn is_in(grapheme: &str, set: &str) -> bool {
    grapheme
        .chars()
        .next()
        .is_some_and(|first| set.contains(first))
}

/// Whether a character stands for itself as Han do; all others are parts of words and numbers.
fn is_cjk(grapheme: &str) -> bool {
    grapheme_width(grapheme) > 1 || is_in(grapheme, "“”‘’…—·")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::{count, width};
    use proptest::prelude::*;

    fn lines(text: &str, cells: usize) -> Vec<&str> {
        wrap(text, cells)
            .into_iter()
            .map(|range| text.get(range).unwrap())
            .collect()
    }

    #[test]
    fn breaks_between_han() {
        assert_eq!(lines("三号楼电梯停了", 6), ["三号楼", "电梯停", "了"]);
    }

    #[test]
    fn closing_punctuation_does_not_start_a_line() {
        assert_eq!(lines("三号楼，电梯", 6), ["三号", "楼，电", "梯"]);
        assert_eq!(lines("他说（三号）好", 6), ["他说", "（三", "号）好"]);
    }

    #[test]
    fn a_phone_number_stays_whole_where_it_fits() {
        assert_eq!(
            lines("回电13800138000谢谢", 12),
            ["回电", "13800138000", "谢谢"]
        );
        assert_eq!(lines("13800138000", 6), ["138001", "38000"]);
    }

    #[test]
    fn latin_words_break_at_spaces_which_hang_over() {
        assert_eq!(
            lines("no water since noon", 8),
            ["no water ", "since ", "noon"]
        );
    }

    #[test]
    fn line_feeds_are_kept_out_of_the_ranges() {
        assert_eq!(lines("甲\n\n乙\n", 10), ["甲", "", "乙", ""]);
        assert_eq!(lines("", 10), [""]);
    }

    #[test]
    fn a_character_wider_than_the_line_still_gets_one() {
        assert_eq!(lines("甲乙", 1), ["甲", "乙"]);
        assert_eq!(lines("甲乙", 0), ["甲", "乙"]);
    }

    proptest! {
        #[test]
        fn covers_the_text_exactly(text in "[a-c0-9甲乙，。（）é😀 \n]{0,60}", cells in 0_usize..20) {
            let mut at = 0;
            for (row, range) in wrap(&text, cells).into_iter().enumerate() {
                if row > 0 && range.start == at + 1 {
                    prop_assert_eq!(text.get(at..=at), Some("\n"));
                } else {
                    prop_assert_eq!(range.start, at);
                }
                at = range.end;
            }
            prop_assert_eq!(at, text.len());
        }

        #[test]
        fn only_spaces_or_a_lone_wide_character_exceed(text in any::<String>(), cells in 1_usize..20) {
            for range in wrap(&text, cells) {
                let line = text.get(range).unwrap().trim_end();
                prop_assert!(width(line) <= cells || count(line) == 1, "{line:?}");
            }
        }
    }
}
