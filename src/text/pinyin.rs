//! Finding Chinese names by their sound: keys of Latin letters, and folding for search.
//!
//! These keys only help to find; they are never shown and never decide that two names are one.

use pinyin::{ToPinyin, ToPinyinMulti};
use unicode_normalization::UnicodeNormalization;

/// The most keys that one name gets; a name with more readings is found by its commonest.
pub const KEYS_PER_NAME: usize = 8;

/// Surnames whose reading differs from the commonest reading of the character.
const SURNAMES: &[(&str, &[&str])] = &[
    ("万俟", &["mo qi"]),
    ("尉迟", &["yu chi"]),
    ("长孙", &["zhang sun"]),
    ("单于", &["chan yu"]),
    ("澹台", &["tan tai"]),
    ("宰父", &["zai fu"]),
    ("夏侯", &["xia hou"]),
    ("鲜于", &["xian yu"]),
    ("令狐", &["ling hu"]),
    ("单", &["shan"]),
    ("曾", &["zeng"]),
    ("仇", &["qiu"]),
    ("解", &["xie"]),
    ("朴", &["piao"]),
    ("翟", &["zhai", "di"]),
    ("区", &["ou"]),
    ("查", &["zha"]),
    ("尉", &["wei", "yu"]),
    ("缪", &["miao"]),
    ("华", &["hua"]),
    ("任", &["ren"]),
    ("盖", &["ge", "gai"]),
    ("乐", &["yue", "le"]),
    ("员", &["yun"]),
    ("召", &["shao"]),
    ("种", &["chong"]),
    ("秘", &["bi"]),
    ("折", &["she"]),
    ("冼", &["xian"]),
    ("洗", &["xian"]),
    ("覃", &["qin", "tan"]),
    ("黑", &["he"]),
    ("逄", &["pang"]),
    ("幺", &["yao"]),
    ("贾", &["jia"]),
    ("沈", &["shen"]),
    ("葛", &["ge"]),
    ("宁", &["ning"]),
    ("石", &["shi"]),
    ("车", &["che"]),
    ("柏", &["bai", "bo"]),
    ("臧", &["zang"]),
    ("隗", &["kui", "wei"]),
    ("能", &["nai"]),
    ("纪", &["ji"]),
    ("谌", &["chen", "shen"]),
    ("会", &["gui"]),
];

/// The first letters of a name, every reading of every character: 单国强 gives `sgq` and more.
pub fn initials(name: &str) -> Vec<String> {
    let mut letters = Vec::new();
    for readings in syllables(name, all_readings) {
        let mut firsts = Vec::new();
        for reading in readings {
            push_new(&mut firsts, reading.chars().take(1).collect());
        }
        letters.push(firsts);
    }
    combine(&letters)
}

/// The whole sound of a name: every reading of the surname, the commonest of the rest.
pub fn full(name: &str) -> Vec<String> {
    combine(&syllables(name, first_reading))
}

/// A text for comparison in search: lower case, full-width as half-width, without spaces. What is
/// folded stays as it is when folded again.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if !fold_plain(text, &mut folded) {
        // Marks join what stands before them only once the spaces between are gone.
        folded.clear();
        folded.extend(
            text.nfkd()
                .flat_map(char::to_lowercase)
                .filter(|c| !c.is_whitespace())
                .nfc(),
        );
    }
    folded
}

/// Whether a character folds by itself, whatever stands beside it, and joins nothing.
pub fn folds_alone(c: char) -> bool {
    matches!(
        c,
        '!'..='~' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}' | '、' | '。' | '《' | '》' | '“' | '”'
    )
}

/// Folds a text of nothing but ASCII, common Chinese characters and their marks, of which each
/// folds by itself; false at the first other character.
fn fold_plain(text: &str, folded: &mut String) -> bool {
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' | '\u{3000}' => {}
            '!'..='~' => folded.push(c.to_ascii_lowercase()),
            '\u{4E00}'..='\u{9FFF}' | '、' | '。' | '《' | '》' | '“' | '”' => {
                folded.push(c);
            }
            '\u{FF01}'..='\u{FF5E}' => {
                let ascii = char::from_u32(u32::from(c) - 0xFF01 + 0x21);
                folded.extend(ascii.map(|c| c.to_ascii_lowercase()));
            }
            _ => return false,
        }
    }
    true
}

/// The readings of a name, part by part: its surname with the readings that surnames have, then
/// one part for each character. Characters with neither a sound nor a Latin form are left out.
fn syllables(name: &str, others: fn(char) -> Vec<String>) -> Vec<Vec<String>> {
    let name = fold(name);
    let mut parts = Vec::new();
    let mut rest = name.chars();
    if let Some((surname, readings)) = SURNAMES.iter().find(|row| name.starts_with(row.0)) {
        parts = surname_parts(surname, readings);
        rest.by_ref().take(parts.len()).for_each(drop);
    } else if let Some(first) = rest.next() {
        parts.push(readings_or_itself(first, all_readings));
    }
    parts.extend(rest.map(|c| readings_or_itself(c, others)));
    parts.retain(|readings| !readings.is_empty());
    parts
}

fn readings_or_itself(c: char, readings: fn(char) -> Vec<String>) -> Vec<String> {
    if c.is_ascii_alphanumeric() {
        vec![c.to_string()]
    } else {
        readings(c)
    }
}

/// A surname of one character keeps its other readings after those of the table; one of two
/// characters is read in one way only.
fn surname_parts(surname: &str, readings: &[&str]) -> Vec<Vec<String>> {
    let mut parts: Vec<Vec<String>> = vec![Vec::new(); surname.chars().count()];
    for reading in readings {
        for (part, sound) in parts.iter_mut().zip(reading.split(' ')) {
            push_new(part, sound.to_owned());
        }
    }
    if let ([part], Some(c)) = (parts.as_mut_slice(), surname.chars().next()) {
        for sound in all_readings(c) {
            push_new(part, sound);
        }
    }
    parts
}

fn all_readings(c: char) -> Vec<String> {
    let mut readings = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        push_new(&mut readings, ascii(reading.plain()));
    }
    readings
}

fn first_reading(c: char) -> Vec<String> {
    c.to_pinyin()
        .map(|reading| ascii(reading.plain()))
        .into_iter()
        .collect()
}

/// A syllable in the letters of a keyboard: ü is typed as v.
fn ascii(syllable: &str) -> String {
    syllable
        .replace('ü', "v")
        .chars()
        .filter(char::is_ascii_lowercase)
        .collect()
}

fn push_new(list: &mut Vec<String>, item: String) {
    if !item.is_empty() && !list.contains(&item) {
        list.push(item);
    }
}

/// Every way to read the parts one after the other, commonest first, at most
/// [`KEYS_PER_NAME`] of them.
fn combine(parts: &[Vec<String>]) -> Vec<String> {
    if parts.is_empty() {
        return Vec::new();
    }
    let mut keys = vec![String::new()];
    for part in parts {
        let mut longer = Vec::new();
        for key in &keys {
            for reading in part {
                push_new(&mut longer, format!("{key}{reading}"));
            }
        }
        longer.truncate(KEYS_PER_NAME);
        keys = longer;
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_common_name_has_its_plain_keys() {
        assert_eq!(
            full("王小明").first().map(String::as_str),
            Some("wangxiaoming")
        );
        assert!(initials("王小明").contains(&"wxm".to_owned()));
    }

    #[test]
    fn surnames_are_read_as_surnames() {
        for (name, key) in [
            ("单国强", "shanguoqiang"),
            ("曾小贤", "zengxiaoxian"),
            ("仇英", "qiuying"),
            ("解珍", "xiezhen"),
            ("朴正", "piaozheng"),
            ("翟天", "zhaitian"),
            ("区文", "ouwen"),
            ("查理", "zhali"),
            ("尉明", "yuming"),
            ("缪春", "miaochun"),
            ("盖伟", "gewei"),
            ("乐天", "yuetian"),
            ("乐天", "letian"),
            ("万俟强", "moqiqiang"),
            ("尉迟恭", "yuchigong"),
            ("长孙无忌", "zhangsunwuji"),
            ("吕布", "lvbu"),
        ] {
            assert!(
                full(name).contains(&key.to_owned()),
                "{name}: {:?}",
                full(name)
            );
        }
        assert_eq!(
            full("单国强").first().map(String::as_str),
            Some("shanguoqiang")
        );
        assert!(initials("万俟强").iter().all(|key| key.starts_with("mq")));
    }

    #[test]
    fn latin_letters_and_digits_are_kept() {
        assert_eq!(full("Ｌｉｌｙ 王"), ["lilywang"]);
        assert!(initials("3号楼").contains(&"3hl".to_owned()));
        assert_eq!(full(""), Vec::<String>::new());
        assert_eq!(full("，。"), Vec::<String>::new());
    }

    #[test]
    fn folding_ignores_case_width_and_spaces() {
        assert_eq!(fold(" Ａ座　１２ b "), "a座12b");
        assert_eq!(fold("É"), "é");
        assert_eq!(fold("한글 ﬁ ㎡"), "한글fim2");
    }

    #[test]
    fn a_mark_behind_a_space_folds_once_and_for_all() {
        for text in [
            "e\u{85}\u{301}",
            "a \u{323}\u{301}",
            "x\u{a8}\u{301}",
            "İ \u{307}",
        ] {
            assert_eq!(fold(&fold(text)), fold(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_of_folding_folds_as_the_long_one(
            text in "[ -~\t\n\u{3000}-\u{3002}\u{4e00}-\u{4eff}\u{ff01}-\u{ff5e}、《》“”é]{0,20}"
        ) {
            // Nothing but the mark at the end sends it the long way.
            let long = fold(&format!("{text}\u{e000}"));
            prop_assert_eq!(fold(&text), long.trim_end_matches('\u{e000}'));
        }

        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn keys_are_few_distinct_and_ascii(name in "[\u{4e00}-\u{9fff}a-zA-Z0-9 ]{0,8}") {
            for keys in [initials(&name), full(&name)] {
                prop_assert!(keys.len() <= KEYS_PER_NAME);
                prop_assert!(keys.iter().all(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())));
                let mut distinct = keys.clone();
                distinct.sort();
                distinct.dedup();
                prop_assert_eq!(distinct.len(), keys.len());
            }
        }
    }
}
