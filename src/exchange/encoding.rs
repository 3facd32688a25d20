//! Bytes to text: in which encoding a file is, and where it cannot be read.
//!
//! No guess is certain: a Big5 file decodes as GB18030 without an error into nonsense. So the
//! guess is told with a sample of the text, and a person can name the encoding.

use encoding_rs::{
    BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

use crate::text::clean;

/// So many characters tell whether a text is everyday Chinese.
const EVERYDAY_SAMPLE: usize = 2_000;
/// So many lines are shown of a file whose encoding is asked about.
const SAMPLE_LINES: usize = 3;
/// Each cut after so many characters.
const SAMPLE_LENGTH: usize = 60;

/// A file as text.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// The text; U+FFFD where bytes could not be read.
    pub text: String,
    /// The encoding used.
    pub encoding: &'static Encoding,
    /// Whether that encoding was named or is told by the file itself, rather than guessed.
    pub certain: bool,
    /// Places in `text` (bytes from the start, rising) where bytes could not be read.
    pub broken: Vec<usize>,
}

/// The encoding of a name such as `utf-8`, `gb18030`, `gbk`, `big5`, `utf-16le`, `latin1`.
pub fn named(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.trim().as_bytes()).map(|found| {
        // GB18030 reads all of GBK and more.
        if found == GBK { GB18030 } else { found }
    })
}

/// An encoding in which a file can be read, with lines that show how it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// A few lines of the file read in it.
    pub sample: Vec<String>,
}

/// What is known of a file's encoding.
#[derive(Debug)]
pub enum Settled {
    /// The text.
    Read(Decoded),
    /// Several encodings fit and none much better: somebody has to look at them.
    Ask(Vec<Candidate>),
}

/// Decodes a file in the encoding named, or as [`settle`] does; where that asks, in the first that
/// fits.
pub fn decode(bytes: &[u8], wanted: Option<&'static Encoding>) -> Decoded {
    match settle(bytes, wanted) {
        Settled::Read(decoded) => decoded,
        Settled::Ask(candidates) => {
            let first = candidates.first().map_or(GB18030, |first| first.encoding);
            decode_as(bytes, first, false)
        }
    }
}

/// Decodes a file in the encoding named, or by rule: the byte order mark; UTF-16 where every other
/// byte is empty; UTF-8 if all or most of what is not ASCII is valid; GB18030 if it reads as everyday
/// Chinese in it, and where some of it does not, much less so in Big5. Else the encodings that fit are asked about.
pub fn settle(bytes: &[u8], wanted: Option<&'static Encoding>) -> Settled {
    if let Some(encoding) = wanted {
        return Settled::Read(decode_as(bytes, encoding, true));
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Settled::Read(decode_as(bytes, encoding, true));
    }
    if let Some(decoded) = utf16(bytes) {
        return Settled::Read(decoded);
    }
    let utf8 = decode_as(bytes, UTF_8, true);
    // Bytes of GB18030 hardly ever look like a character of UTF-8, so a few unreadable places
    // among many good characters are damage and no other encoding.
    let unreadable = utf8.broken.len();
    let foreign = utf8.text.chars().filter(|c| !c.is_ascii()).count();
    if unreadable == 0 {
        return Settled::Read(utf8);
    }
    if foreign > 2 * unreadable {
        return Settled::Read(Decoded {
            certain: false,
            ..utf8
        });
    }
    legacy(bytes)
}

/// A file in one of the encodings from before Unicode.
fn legacy(bytes: &[u8]) -> Settled {
    let read = [GB18030, BIG5, WINDOWS_1252].map(|encoding| decode_as(bytes, encoding, false));
    let [gb, big5, western] = read;
    let (of_gb, of_big5) = (everyday(&gb), everyday(&big5));
    if of_gb >= 95 || (of_gb >= 75 && of_gb >= of_big5 + 10) {
        return Settled::Read(gb);
    }
    let mut fitting: Vec<Decoded> = vec![gb, big5, western];
    if let Some(best) = fitting.iter().map(|it| it.broken.len()).min() {
        fitting.retain(|it| it.broken.len() == best);
    }
    if fitting.len() == 1 {
        return fitting
            .pop()
            .map_or(Settled::Ask(Vec::new()), Settled::Read);
    }
    let candidates = fitting.iter().map(|decoded| Candidate {
        encoding: decoded.encoding,
        sample: sample(&decoded.text),
    });
    Settled::Ask(candidates.collect())
}

/// How many of a hundred characters that are not ASCII are everyday characters of an encoding for
/// Chinese: those of its first plane, and Chinese punctuation.
fn everyday(decoded: &Decoded) -> usize {
    let foreign = decoded.text.chars().filter(|c| !c.is_ascii());
    let (mut count, mut common) = (0, 0);
    for c in foreign.take(EVERYDAY_SAMPLE) {
        count += 1;
        let mut buffer = [0; 4];
        let (bytes, _, lacking) = decoded.encoding.encode(c.encode_utf8(&mut buffer));
        let first = bytes.first().copied().unwrap_or_default();
        let second = bytes.get(1).copied().unwrap_or_default();
        let in_plane = if decoded.encoding == GB18030 {
            (0xB0..=0xD7).contains(&first) && second >= 0xA1
        } else {
            (0xA4..=0xC6).contains(&first)
        };
        let sign = matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}');
        common += usize::from((in_plane && !lacking && bytes.len() == 2) || sign);
    }
    (common * 100_usize).checked_div(count).unwrap_or(0)
}

/// The first lines of a text that show how it was decoded.
fn sample(text: &str) -> Vec<String> {
    let telling = text
        .split(['\r', '\n'])
        .filter(|line| !line.is_ascii())
        .take(SAMPLE_LINES);
    telling
        .map(|line| clean::limit(line, SAMPLE_LENGTH).to_owned())
        .collect()
}

/// A file in UTF-16 without its mark: the upper bytes of signs and line ends are empty, the lower
/// ones never are.
fn utf16(bytes: &[u8]) -> Option<Decoded> {
    let (units, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let empty = |place: usize| {
        units
            .iter()
            .filter(|unit| unit.get(place) == Some(&0))
            .count()
    };
    let few = (units.len() / 20).max(2);
    let encoding = match (empty(0), empty(1)) {
        (0, upper) if upper >= few => UTF_16LE,
        (upper, 0) if upper >= few => UTF_16BE,
        _ => return None,
    };
    Some(decode_as(bytes, encoding, true)).filter(|decoded| decoded.broken.is_empty())
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, certain: bool) -> Decoded {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::new();
    let mut broken = Vec::new();
    let mut rest = bytes;
    loop {
        let room = decoder.max_utf8_buffer_length_without_replacement(rest.len());
        text.reserve(room.unwrap_or(rest.len()));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                broken.push(text.len());
                text.push('\u{FFFD}');
            }
        }
    }
    Decoded {
        text,
        encoding,
        certain,
        broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_utf8_is_utf8_with_and_without_its_mark() {
        let plain = decode("姓名".as_bytes(), None);
        assert_eq!(
            (plain.text.as_str(), plain.encoding, plain.certain),
            ("姓名", UTF_8, true)
        );
        let marked = decode("\u{FEFF}姓名".as_bytes(), None);
        assert_eq!(marked.text, "姓名");
    }

    #[test]
    fn what_is_not_utf8_is_read_as_gb18030_and_said_to_be_a_guess() {
        let (bytes, _, _) = GB18030.encode("处理反馈，厂家受理");
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.text, "处理反馈，厂家受理");
        assert!(!decoded.certain);
        assert!(decoded.broken.is_empty());
    }

    #[test]
    fn big5_is_asked_about_and_never_taken_for_granted() {
        let (bytes, _, _) = BIG5.encode("姓名,地址\n歐陽鋒,臺北市信義路\n");
        let Settled::Ask(candidates) = settle(&bytes, None) else {
            panic!("not asked")
        };
        let big5 = candidates.iter().find(|it| it.encoding == BIG5).unwrap();
        assert_eq!(big5.sample, ["姓名,地址", "歐陽鋒,臺北市信義路"]);
        assert!(matches!(settle(&bytes, Some(BIG5)), Settled::Read(it) if it.certain));
    }

    #[test]
    fn western_text_is_asked_about_where_its_bytes_could_be_chinese() {
        let (bytes, _, _) = WINDOWS_1252.encode("nombre\nPeña,Muñoz\n");
        let Settled::Ask(candidates) = settle(&bytes, None) else {
            panic!("not asked")
        };
        assert!(candidates.iter().any(|it| it.sample == ["Peña,Muñoz"]));
        let (bytes, _, _) = WINDOWS_1252.encode("a,b\n4,©\n");
        assert!(matches!(settle(&bytes, None), Settled::Read(it) if it.encoding == WINDOWS_1252));
    }

    #[test]
    fn utf16_is_known_without_its_mark() {
        let text = "姓名,电话\r\n欧阳锋,13800138000\r\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            let decoded = decode(&bytes, None);
            assert_eq!((decoded.text.as_str(), decoded.certain), (text, true));
        }
    }

    #[test]
    fn one_bad_byte_in_utf8_does_not_make_the_file_gb18030() {
        let mut bytes = "张三,李四,王五,赵六,钱七".as_bytes().to_vec();
        bytes.insert(6, 0xFF);
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.encoding, UTF_8);
        assert_eq!(decoded.broken, [6]);
        assert!(decoded.text.ends_with("钱七"));
    }

    #[test]
    fn utf16_is_read_by_its_mark_or_by_name() {
        let units: Vec<u8> = "a,张\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let named = decode(&units, named("utf-16le"));
        assert_eq!(named.text, "a,张\n");
        let marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(units).collect();
        assert_eq!(decode(&marked, None).text, "a,张\n");
    }

    #[test]
    fn gbk_is_read_as_gb18030() {
        assert_eq!(named("GBK"), Some(GB18030));
        assert_eq!(named("no-such"), None);
    }
}
