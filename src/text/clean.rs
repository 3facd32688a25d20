//! What is let in: typed, pasted and imported text is cleaned here before it is kept.
//!
//! Cleaning removes what has no business in a record: control characters, invisible format
//! characters, text that runs backwards, towers of marks. It never judges the content. What a
//! terminal cannot draw well is not removed here but replaced when it is shown (`show`).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// The most combining marks that one character keeps; no living script needs more.
pub const MARKS_PER_GRAPHEME: usize = 4;

/// The most code points that one character keeps; the longest emoji in use has ten.
const CODE_POINTS_PER_GRAPHEME: usize = 12;

const ZERO_WIDTH_NON_JOINER: char = '\u{200C}';
const ZERO_WIDTH_JOINER: char = '\u{200D}';

/// A text of one line: line ends and tabs become spaces, nothing is trimmed.
pub fn line(text: &str) -> String {
    scrub(text, ' ')
}

/// A text of several lines: every kind of line end becomes `\n`, tabs become spaces.
pub fn note(text: &str) -> String {
    scrub(text, '\n')
}

/// A note without the blank lines and spaces around it.
pub fn body(text: &str) -> String {
    note(text).trim().to_owned()
}

/// A name or another short label: one line without any invisible character, trimmed, and with
/// single spaces, so that two names that look the same are the same.
pub fn name(text: &str) -> String {
    let line = line(text);
    let composed = if is_plain(&line) {
        line
    } else {
        line.chars().filter(|&c| !is_format(c)).nfc().collect()
    };
    let mut words = composed.split_whitespace();
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        name.push(' ');
        name.push_str(word);
    }
    name
}

/// The digits of a text, full-width ones as ASCII: what is left of a phone number.
pub fn digits(text: &str) -> String {
    text.chars().filter_map(ascii_digit).collect()
}

/// Full-width letters, digits and signs as ASCII; everything else as it is.
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match u32::from(c) {
            0x3000 => ' ',
            code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFF01 + 0x21).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// The first `graphemes` characters of a text.
pub fn limit(text: &str, graphemes: usize) -> &str {
    match text.grapheme_indices(true).nth(graphemes) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

fn ascii_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - 0xFF10 + 0x30),
        _ => None,
    }
}

/// Whether a text is of nothing but ASCII, common Chinese characters and their marks: of these each
/// is a character of its own that stays as it is.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c,
            ' '..='~' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}'
            | '、' | '。' | '《' | '》' | '“' | '”')
    })
}

fn scrub(text: &str, line_end: char) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    scrub_any(text, line_end)
}

fn scrub_any(text: &str, line_end: char) -> String {
    let mut clean = scrub_once(text, line_end);
    // Marks are put in order after the joiners were looked at, which may leave one of these beside
    // something else.
    while clean.contains([ZERO_WIDTH_JOINER, ZERO_WIDTH_NON_JOINER]) {
        let again = scrub_once(&clean, line_end);
        if again == clean {
            break;
        }
        clean = again;
    }
    clean
}

fn scrub_once(text: &str, line_end: char) -> String {
    let text = text.replace("\r\n", "\n");
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                kept.push(line_end);
            }
            '\t' => kept.push(' '),
            ZERO_WIDTH_JOINER | ZERO_WIDTH_NON_JOINER => {
                if kept.chars().next_back().is_some_and(is_joinable)
                    && rest.peek().copied().is_some_and(is_joinable)
                {
                    kept.push(c);
                }
            }
            c if c.is_control() || is_format(c) || is_blank_letter(c) => {}
            c => kept.push(c),
        }
    }
    let composed: String = kept.nfc().collect();
    composed.graphemes(true).map(short).collect()
}

/// The grapheme with no more marks and code points than it may have.
fn short(grapheme: &str) -> String {
    let mut marks = 0;
    let mut kept: String = grapheme
        .chars()
        .filter(|&c| {
            marks += usize::from(is_combining_mark(c));
            marks <= MARKS_PER_GRAPHEME || !is_combining_mark(c)
        })
        .take(CODE_POINTS_PER_GRAPHEME)
        .collect();
    while kept.ends_with([ZERO_WIDTH_JOINER, ZERO_WIDTH_NON_JOINER]) {
        kept.pop();
    }
    kept
}

/// Whether a joiner beside this character means something: in emoji and in the scripts of India.
fn is_joinable(c: char) -> bool {
    matches!(u32::from(c),
        0x0900..=0x0DFF | 0x2190..=0x2BFF | 0xFE0F | 0x1F000..=0x1FAFF)
}

/// Whether a character is a format character (Unicode category Cf) or otherwise made to be
/// invisible: direction overrides, zero-width spaces, the byte order mark, tags, soft hyphens.
pub fn is_format(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD | 0x034F | 0x0600..=0x0605 | 0x061C | 0x06DD | 0x070F | 0x0890..=0x0891 | 0x08E2
        | 0x180B..=0x180F | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF
        | 0xFFF0..=0xFFFB | 0xFFFE..=0xFFFF | 0x110BD | 0x110CD | 0x13430..=0x1343F
        | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE00FF | 0xE01F0..=0xE0FFF)
}

/// Whether a character counts as a letter but is drawn as nothing: the Hangul fillers.
fn is_blank_letter(c: char) -> bool {
    matches!(c, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}')
}

/// Words between the numbers of a place.
const PLACE_WORDS: [&str; 9] = ["号楼", "号院", "栋", "幢", "座", "单元", "楼", " ", "#"];

/// A place as it is compared: `3 号楼 1201`, `3栋1201` and `３-1201` are the same.
pub fn place(text: &str) -> String {
    let mut plain = half_width(text.trim()).to_lowercase();
    for word in PLACE_WORDS {
        plain = plain.replace(word, "-");
    }
    let parts = plain.split('-').filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// Whether a character stands between the entries of a list that is typed in one line.
pub const fn is_between(c: char) -> bool {
    matches!(c, '、' | ',' | '，' | ';' | '；' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hostile_paste_becomes_one_harmless_line() {
        assert_eq!(
            line("李雷\n韩梅梅\t138\u{1b}[31m\u{7}\u{9b}\u{202e}"),
            "李雷 韩梅梅 138[31m"
        );
        assert_eq!(line("a\r\nb\rc\u{2028}d\u{85}e"), "a b c d e");
        assert_eq!(line(" 前后 "), " 前后 ");
    }

    #[test]
    fn a_note_keeps_its_lines() {
        assert_eq!(note("甲\r\n乙\r丙\n\n丁\u{2029}戊"), "甲\n乙\n丙\n\n丁\n戊");
    }

    #[test]
    fn invisible_characters_do_not_make_two_names_of_one() {
        for trick in [
            "张\u{200b}三",
            "\u{feff}张三",
            "张\u{ad}三",
            "张三\u{e0041}",
            "张\u{200d}三",
        ] {
            assert_eq!(name(trick), "张三", "{trick:?}");
        }
        assert_eq!(name("\u{3000}张 \u{a0}\u{3000} 三 "), "张 三");
    }

    #[test]
    fn composes_and_caps_marks() {
        assert_eq!(line("e\u{301}"), "é");
        let tower = format!("a{}", "\u{303}".repeat(100_000));
        assert_eq!(
            line(&tower)
                .chars()
                .filter(|&c| is_combining_mark(c))
                .count(),
            4
        );
    }

    #[test]
    fn joiners_live_only_inside_emoji_and_indic() {
        assert_eq!(line("👨\u{200d}👩\u{200d}👧"), "👨\u{200d}👩\u{200d}👧");
        assert_eq!(line("क\u{94d}\u{200d}ष"), "क\u{94d}\u{200d}ष");
        assert_eq!(line("a\u{200d}b"), "ab");
        let out_of_order = line("\u{301}\u{94d}\u{200d}\u{900}");
        assert_eq!(line(&out_of_order), out_of_order);
        let chain = "👨\u{200d}".repeat(10_000);
        assert!(line(&chain).chars().count() <= CODE_POINTS_PER_GRAPHEME);
    }

    #[test]
    fn digits_of_a_phone_number() {
        assert_eq!(digits("＋86 １３８-0013 ８000转2"), "86138001380002");
    }

    #[test]
    fn limit_counts_what_a_person_counts() {
        assert_eq!(limit("e\u{301}🇨🇳张三", 3), "e\u{301}🇨🇳张");
        assert_eq!(limit("张三", 2), "张三");
        assert_eq!(limit("张三", 0), "");
    }

    proptest! {
        #[test]
        fn a_plain_text_is_what_cleaning_leaves_of_it(
            text in "[ -~\u{3000}-\u{3002}\u{4e00}-\u{4eff}\u{ff01}-\u{ff5e}《》“”é\t]{0,20}"
        ) {
            prop_assert_eq!(scrub(&text, '\n'), scrub_any(&text, '\n'));
            let composed: String = line(&text).nfc().collect();
            let words: Vec<&str> = composed.split_whitespace().collect();
            prop_assert_eq!(name(&text), words.join(" "));
        }

        #[test]
        fn nothing_forbidden_gets_in(text in any::<String>()) {
            for c in line(&text).chars() {
                prop_assert!(!c.is_control());
                prop_assert!(!is_format(c) || matches!(c, ZERO_WIDTH_JOINER | ZERO_WIDTH_NON_JOINER));
            }
            prop_assert!(note(&text).chars().all(|c| c == '\n' || !c.is_control()));
            prop_assert!(name(&text).chars().all(|c| !c.is_control() && !is_format(c)));
            prop_assert!(digits(&text).bytes().all(|b| b.is_ascii_digit()));
        }

        #[test]
        fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
            prop_assert_eq!(line(&line(&text)), line(&text));
            prop_assert_eq!(note(&note(&text)), note(&text));
            prop_assert_eq!(name(&name(&text)), name(&text));
        }
    }
}
