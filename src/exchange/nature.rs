//! What a file is by its first bytes, whatever its name says.

/// What a file seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// Text, as far as can be seen.
    Text,
    /// A ZIP archive: a workbook, or anything else that is packed so.
    Zip,
    /// A file packed with gzip.
    Gzip,
    /// The container of Office before 2007: a workbook, or an encrypted one.
    Compound,
    /// Something known that holds no table; its name.
    Foreign(&'static str),
    /// Bytes that are no text.
    Binary,
}

const MAGIC: &[(&[u8], Nature)] = &[
    (b"PK\x03\x04", Nature::Zip),
    (b"PK\x05\x06", Nature::Zip),
    (b"\x1F\x8B", Nature::Gzip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Nature::Compound),
    (b"%PDF", Nature::Foreign("PDF")),
    (b"\x89PNG", Nature::Foreign("PNG")),
    (b"\xFF\xD8\xFF", Nature::Foreign("JPEG")),
    (b"GIF8", Nature::Foreign("GIF")),
    (b"BM", Nature::Foreign("BMP")),
    (b"II*\0", Nature::Foreign("TIFF")),
    (b"MM\0*", Nature::Foreign("TIFF")),
    (b"SQLite format 3\0", Nature::Foreign("SQLite")),
    (b"Rar!", Nature::Foreign("RAR")),
    (b"7z\xBC\xAF\x27\x1C", Nature::Foreign("7z")),
    (b"BZh", Nature::Foreign("bzip2")),
    (b"\xFD7zXZ", Nature::Foreign("xz")),
    (b"\x28\xB5\x2F\xFD", Nature::Foreign("zstd")),
    (b"{\\rtf", Nature::Foreign("RTF")),
    (b"\x7FELF", Nature::Foreign("ELF")),
    (b"MZ", Nature::Foreign("EXE")),
    (b"PAR1", Nature::Foreign("Parquet")),
];

/// So many bytes are looked at.
const LOOKED_AT: usize = 64 * 1024;

/// What the bytes of a file seem to be.
pub(super) fn of(bytes: &[u8]) -> Nature {
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let found = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    if let Some((magic, nature)) = found
        // Two letters alone may begin a table.
        && (magic.len() > 2 || !magic.is_ascii() || is_binary(head))
    {
        return *nature;
    }
    let text = String::from_utf8_lossy(head.get(..256).unwrap_or(head)).to_lowercase();
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t']);
    if ["<!doctype html", "<html", "<table"]
        .iter()
        .any(|start| text.starts_with(start))
    {
        return Nature::Foreign("HTML");
    }
    if text.starts_with("<?xml") {
        return Nature::Foreign("XML");
    }
    if is_binary(head) && !is_utf16(head) {
        return Nature::Binary;
    }
    Nature::Text
}

/// Whether too many bytes are control characters for a text; one damaged cell makes no binary file.
fn is_binary(head: &[u8]) -> bool {
    let control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    head.iter().filter(control).count() * 10 > head.len()
}

/// Whether the bytes could be UTF-16, in which half of a Western text is empty bytes.
fn is_utf16(head: &[u8]) -> bool {
    let marked = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    let (units, _) = head.as_chunks::<2>();
    let empty = |place: usize| {
        units
            .iter()
            .filter(|unit| unit.get(place) == Some(&0))
            .count()
    };
    marked || (empty(0) == 0) != (empty(1) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_bytes() {
        assert_eq!(of(b"%PDF-1.4\n"), Nature::Foreign("PDF"));
        assert_eq!(of(b"SQLite format 3\0\x10\0"), Nature::Foreign("SQLite"));
        assert_eq!(of(b"<html><table>"), Nature::Foreign("HTML"));
        assert_eq!(of(b"PK\x03\x04rest"), Nature::Zip);
        assert_eq!(
            of(b"\x1F\x8Bhardly a control character in it"),
            Nature::Gzip
        );
        assert_eq!(
            of(&[3, 26, 7, 0, 1, 2, 0, 0, 0, 0, b'a', b'b']),
            Nature::Binary
        );
    }

    #[test]
    fn a_text_with_a_stray_nul_is_a_text() {
        assert_eq!(of("姓名,备注\n张三,一\0二\n".as_bytes()), Nature::Text);
        assert_eq!(of(b"MZ,BM\n1,2\n"), Nature::Text);
        assert_eq!(of(b""), Nature::Text);
        let utf16: Vec<u8> = "a,b\n1,2\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(of(&utf16), Nature::Text);
    }
}
