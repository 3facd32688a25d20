//! What goes out to a terminal: the one place that makes a text fit to be shown.
//!
//! Screens, command output, window titles, the clipboard and logs all go through [`cell`]. The
//! data itself is never changed here. Width and cutting are in `width`.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::clean::{MARKS_PER_GRAPHEME, is_format};
use super::width::{ASCII_ELLIPSIS, ELLIPSIS, certain, pad_with, truncate_with};

/// What stands for a character that must not reach a terminal.
const REPLACEMENT: &str = "\u{FFFD}";

/// A text as one line that is safe to write to a terminal.
///
/// Line ends and tabs become spaces. Control, format and direction characters become U+FFFD.
/// Emoji built of several code points become their first one, because terminals disagree about
/// the width of the whole.
pub fn cell(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.graphemes(true).map(grapheme).collect())
}

/// An amount in yuan, from hundredths.
pub fn yuan(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// One grapheme of a text, safe to write to a terminal.
pub fn grapheme(grapheme: &str) -> Cow<'_, str> {
    if grapheme.chars().all(is_harmless) {
        return Cow::Borrowed(grapheme);
    }
    let Some(first) = grapheme.chars().next() else {
        return Cow::Borrowed(grapheme);
    };
    if matches!(first, '\n' | '\r' | '\t') {
        return Cow::Borrowed(" ");
    }
    // A mark with a cell of its own, as Burmese vowels have, stands without a letter before it; any
    // other, and a part of a sequence that lost its beginning, would be drawn over or into whatever
    // stands there.
    let is_stray = is_combining_mark(first) && first.width() == Some(0) || is_sequence_part(first);
    if is_forbidden(first) || is_stray {
        return Cow::Borrowed(REPLACEMENT);
    }
    if grapheme
        .chars()
        .any(|c| is_sequence_part(c) || is_forbidden(c))
    {
        return Cow::Owned(apart(first).to_string());
    }
    let mut marks = 0;
    let few_marks = |c: &char| {
        marks += usize::from(is_combining_mark(*c));
        marks <= MARKS_PER_GRAPHEME
    };
    if !grapheme.contains(is_sound_mark) {
        return Cow::Owned(grapheme.chars().take_while(few_marks).collect());
    }
    // Half-width katakana with a sound mark: one full-width letter has the same two cells everywhere.
    // Behind anything else the mark is shown by itself.
    Cow::Owned(match first {
        '\u{FF66}'..='\u{FF9D}' => grapheme.nfkc().take_while(few_marks).collect(),
        _ => grapheme.chars().map(apart).take_while(few_marks).collect(),
    })
}

/// Whether a character can be shown wherever it stands.
fn is_harmless(c: char) -> bool {
    certain(c).is_some()
        || (!is_forbidden(c) && !is_sequence_part(c) && !is_combining_mark(c) && !is_sound_mark(c))
}

/// A sound mark as a character with cells of its own, and any other as it is.
fn apart(c: char) -> char {
    match c {
        '\u{FF9E}' => '\u{309B}',
        '\u{FF9F}' => '\u{309C}',
        other => other,
    }
}

/// Whether a character is a sound mark, as it stands behind half-width katakana.
fn is_sound_mark(c: char) -> bool {
    matches!(c, '\u{FF9E}' | '\u{FF9F}')
}

fn is_forbidden(c: char) -> bool {
    c.is_control() || is_format(c)
}

/// Whether a character makes an emoji sequence of what stands before it: presentation
/// selectors, joiners, skin tones, key caps.
fn is_sequence_part(c: char) -> bool {
    matches!(u32::from(c), 0x200D | 0xFE00..=0xFE0F | 0x1F3FB..=0x1F3FF | 0x20E3)
}

/// What the terminal can draw, found out at start and handed to everything that draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Glyphs {
    /// Draw lines and marks with ASCII only.
    pub ascii: bool,
    /// The terminal draws characters of ambiguous width two cells wide.
    pub wide_ambiguous: bool,
}

impl Glyphs {
    /// The lines and marks to draw with.
    pub const fn set(self) -> &'static Set {
        if self.ascii || self.wide_ambiguous {
            &ASCII
        } else {
            &UNICODE
        }
    }

    /// [`cell`], and on a terminal that draws ambiguous characters wide, one-cell ASCII in
    /// their place, so that columns stay where they are.
    pub fn cell(self, text: &str) -> Cow<'_, str> {
        let shown = cell(text);
        if !self.wide_ambiguous || !shown.chars().any(is_ambiguous) {
            return shown;
        }
        let narrow = shown
            .chars()
            .map(|c| if is_ambiguous(c) { stand_in(c) } else { c });
        Cow::Owned(narrow.collect())
    }

    /// [`Glyphs::cell`] in at most `cells` cells, with the mark of a cut that this terminal has.
    pub fn truncate(self, text: &str, cells: usize) -> String {
        truncate_with(&self.cell(text), cells, self.set().ellipsis).into_owned()
    }

    /// [`Glyphs::cell`] in exactly `cells` cells.
    pub fn pad(self, text: &str, cells: usize) -> String {
        pad_with(&self.cell(text), cells, self.set().ellipsis)
    }
}

/// The lines and marks of a screen, each one cell wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    /// A line across.
    pub horizontal: &'static str,
    /// A line down.
    pub vertical: &'static str,
    /// The corner above left.
    pub top_left: &'static str,
    /// The corner above right.
    pub top_right: &'static str,
    /// The corner below left.
    pub bottom_left: &'static str,
    /// The corner below right.
    pub bottom_right: &'static str,
    /// A line down with a branch to the right.
    pub tee_right: &'static str,
    /// A line down with a branch to the left.
    pub tee_left: &'static str,
    /// A line across with a branch down.
    pub tee_down: &'static str,
    /// A line across with a branch up.
    pub tee_up: &'static str,
    /// Where two lines cross.
    pub cross: &'static str,
    /// Stands before the selected row.
    pub selected: &'static str,
    /// Stands before a row that is marked.
    pub marked: &'static str,
    /// Stands between items of one line.
    pub dot: &'static str,
    /// From one state to the next.
    pub arrow: &'static str,
    /// More above, or rising order.
    pub up: &'static str,
    /// More below, or falling order.
    pub down: &'static str,
    /// The part of a scroll bar that is shown.
    pub thumb: &'static str,
    /// The rest of a scroll bar.
    pub track: &'static str,
    /// The end of a text that was cut.
    pub ellipsis: &'static str,
}

const UNICODE: Set = Set {
    horizontal: "─",
    vertical: "│",
    top_left: "┌",
    top_right: "┐",
    bottom_left: "└",
    bottom_right: "┘",
    tee_right: "├",
    tee_left: "┤",
    tee_down: "┬",
    tee_up: "┴",
    cross: "┼",
    selected: "▶",
    marked: "●",
    dot: "·",
    arrow: "→",
    up: "▲",
    down: "▼",
    thumb: "█",
    track: "│",
    ellipsis: ELLIPSIS,
};

const ASCII: Set = Set {
    horizontal: "-",
    vertical: "|",
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    tee_right: "+",
    tee_left: "+",
    tee_down: "+",
    tee_up: "+",
    cross: "+",
    selected: ">",
    marked: "*",
    dot: ".",
    arrow: ">",
    up: "^",
    down: "v",
    thumb: "#",
    track: "|",
    ellipsis: ASCII_ELLIPSIS,
};

/// Whether some terminals draw this character in one cell and others in two.
pub fn is_ambiguous(c: char) -> bool {
    // The width tables leave letters out, but such terminals draw accented Latin, Greek and
    // Cyrillic wide as well.
    let is_letter = matches!(u32::from(c), 0xA1..=0x2DF | 0x391..=0x3C9 | 0x401..=0x451);
    c.width() == Some(1) && (is_letter || !c.is_ascii() && c.width_cjk() == Some(2))
}

/// The one-cell ASCII character that stands for an ambiguous one.
fn stand_in(c: char) -> char {
    match c {
        '“' | '”' | '″' => '"',
        '‘' | '’' | '′' => '\'',
        '…' | '·' | '•' | '‥' => '.',
        '—' | '–' | '‐' | '―' | '─' | '━' | '═' | '¯' => '-',
        '×' => 'x',
        '÷' => '/',
        '±' => '~',
        '℃' => 'C',
        '°' | '○' | '◎' | '●' => 'o',
        '★' | '☆' | '※' | '◆' | '◇' | '■' | '□' => '*',
        '→' | '▶' | '▷' => '>',
        '←' | '◀' | '◁' => '<',
        '↑' | '▲' | '△' => '^',
        '↓' | '▼' | '▽' => 'v',
        '│' | '┃' | '║' => '|',
        '█' | '▇' | '▆' | '▅' | '▓' | '▒' | '░' => '#',
        '\u{2500}'..='\u{257F}' => '+',
        c => c.nfkd().find(char::is_ascii_graphic).unwrap_or('?'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::width;
    use proptest::prelude::*;

    /// Whether a terminal may obey this character instead of drawing it.
    fn is_obeyed(c: char) -> bool {
        matches!(u32::from(c), 0..=0x1F | 0x7F..=0x9F | 0xAD | 0x61C | 0x200B..=0x200F
            | 0x2028..=0x202E | 0x2066..=0x2069 | 0xFEFF | 0xE0000..=0xE007F)
    }

    #[test]
    fn an_escape_sequence_is_only_letters_afterwards() {
        assert_eq!(cell("\u{1b}[2J\u{9b}31m张三"), "\u{fffd}[2J\u{fffd}31m张三");
        assert_eq!(cell("甲\n乙\t丙\r\n丁"), "甲 乙 丙 丁");
    }

    #[test]
    fn text_that_runs_backwards_is_shown_as_it_is_kept() {
        assert_eq!(cell("amount \u{202e}123 diap"), "amount \u{fffd}123 diap");
        assert_eq!(cell("a\u{2028}b\u{e0041}c"), "a\u{fffd}bc");
    }

    #[test]
    fn emoji_sequences_become_their_first_code_point() {
        assert_eq!(cell("❤\u{fe0f}"), "❤");
        assert_eq!(cell("1\u{fe0f}\u{20e3}"), "1");
        assert_eq!(cell("👍\u{1f3fd}"), "👍");
        assert_eq!(cell("👨\u{200d}👩\u{200d}👧"), "👨");
        assert_eq!(cell("🇨🇳"), "🇨🇳");
    }

    #[test]
    fn a_vowel_with_a_cell_of_its_own_is_shown_and_a_stray_mark_is_not() {
        assert_eq!(cell("ဗမာ\u{103a}"), "ဗမာ\u{103a}");
        assert_eq!(cell("\u{301}a"), "\u{fffd}a");
    }

    #[test]
    fn what_is_shown_is_shown_alike_when_it_is_shown_again() {
        for text in [
            "\u{1}👍\u{1}\u{1f3fd}w",
            "\u{fe0f}x",
            "a\u{1b}\u{20e3}",
            "\u{1}\u{93e}",
            "\u{ff9e}x",
            "中\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{ff9e}",
        ] {
            let shown = cell(text);
            assert_eq!(cell(&shown), shown, "{text:?}");
        }
        assert_eq!(cell("\u{1f3fd}"), "\u{fffd}");
    }

    #[test]
    fn half_width_sound_marks_get_the_width_that_terminals_give_them() {
        assert_eq!(cell("ﾊﾞ"), "バ");
        assert_eq!(width(&cell("ﾊﾞ")), 2);
        // One character that would be taken apart into two, were the mark composed with it.
        assert_eq!(cell("\u{fef5}\u{ff9e}"), "\u{fef5}゛");
        assert_eq!(width("\u{fef5}゛"), 3);
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(cell("王小明“投诉”——三号楼…"), Cow::Borrowed(_)));
    }

    #[test]
    fn ambiguous_characters_become_ascii_only_where_they_are_wide() {
        let wide = Glyphs {
            ascii: false,
            wide_ambiguous: true,
        };
        assert_eq!(wide.cell("“停水”——三①★→×…é"), "\"停水\"--三1*>x.e");
        assert_eq!(Glyphs::default().cell("“停水”——"), "“停水”——");
        assert_eq!(wide.truncate("“停水”三号楼", 7), "\"停水\"~");
    }

    #[test]
    fn both_sets_are_one_cell_a_mark() {
        let unicode = Glyphs::default().set();
        let ascii = Glyphs {
            ascii: true,
            wide_ambiguous: false,
        }
        .set();
        for (fine, plain) in [
            (unicode.horizontal, ascii.horizontal),
            (unicode.top_left, ascii.top_left),
            (unicode.cross, ascii.cross),
            (unicode.selected, ascii.selected),
            (unicode.thumb, ascii.thumb),
            (unicode.ellipsis, ascii.ellipsis),
        ] {
            assert_eq!((width(fine), width(plain)), (1, 1));
            assert!(plain.is_ascii());
        }
    }

    proptest! {
        #[test]
        fn nothing_that_a_terminal_obeys_gets_through(text in any::<String>()) {
            prop_assert!(!cell(&text).chars().any(is_obeyed));
        }

        #[test]
        fn hostile_characters_in_any_order(
            text in "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{ad}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2066}-\u{2069}\u{feff}\u{e0041}\u{fe0f}\u{301}\u{ff9e}a👨甲]{0,40}"
        ) {
            let shown = cell(&text);
            prop_assert!(!shown.chars().any(is_obeyed));
            prop_assert_eq!(&cell(&shown), &shown);
        }

        #[test]
        fn a_wide_terminal_gets_nothing_ambiguous(text in any::<String>()) {
            let wide = Glyphs { ascii: false, wide_ambiguous: true };
            let shown = wide.cell(&text).into_owned();
            prop_assert!(!shown.chars().any(is_ambiguous));
            prop_assert!(!shown.chars().any(is_obeyed));
        }
    }
}
