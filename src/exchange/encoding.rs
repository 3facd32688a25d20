//! Bytes to text: in which encoding a file is, and where it cannot be read.
//!
//! No guess is certain: a Big5 file decodes as GB18030 without an error into nonsense. So the
//! guess is told with a sample of the text, and a person can name the encoding.

use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, UTF_8};

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

/// Decodes a file in the encoding named, or by rule: the byte order mark, then UTF-8 if all or
/// most of what is not ASCII is valid, then GB18030.
pub fn decode(bytes: &[u8], wanted: Option<&'static Encoding>) -> Decoded {
    if let Some(encoding) = wanted {
        return decode_as(bytes, encoding, true);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return decode_as(bytes, encoding, true);
    }
    let utf8 = decode_as(bytes, UTF_8, true);
    // Bytes of GB18030 hardly ever look like a character of UTF-8, so a few unreadable places
    // among many good characters are damage and no other encoding.
    let unreadable = utf8.broken.len();
    let foreign = utf8.text.chars().filter(|c| !c.is_ascii()).count();
    match unreadable {
        0 => utf8,
        _ if foreign > 2 * unreadable => Decoded {
            certain: false,
            ..utf8
        },
        _ => decode_as(bytes, GB18030, false),
    }
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
