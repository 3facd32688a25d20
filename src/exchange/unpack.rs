//! Files that are packed: a single table in a ZIP archive or in gzip is unpacked, and nothing is
//! unpacked to more than fits into memory.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::domain::refusal::Problem;

/// Nothing is unpacked beyond so many bytes.
pub(super) const MOST: u64 = 512 << 20;

/// What a ZIP archive holds.
pub(super) enum Packed {
    /// A workbook of Office since 2007.
    Xlsx,
    /// A workbook of Office since 2007 in binary parts.
    Xlsb,
    /// A workbook in OpenDocument.
    Ods,
    /// Something known that holds no table; its name.
    Foreign(&'static str),
    /// One file, unpacked, with its name.
    File(String, Vec<u8>),
}

/// Looks into a ZIP archive.
///
/// # Errors
/// `sheet-damaged` when it cannot be read, `sheet-too-large` when it unpacks to too much,
/// `sheet-encrypted`, `sheet-zip-many` when it holds several files.
pub(super) fn zip(bytes: &[u8]) -> Result<Packed, Problem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let names: Vec<String> = archive
        .file_names()
        .filter_map(Result::ok)
        .map(std::borrow::Cow::into_owned)
        .collect();
    let has = |name: &str| names.iter().any(|it| it.eq_ignore_ascii_case(name));
    let workbook = if has("xl/workbook.xml") {
        Some(Packed::Xlsx)
    } else if has("xl/workbook.bin") {
        Some(Packed::Xlsb)
    } else if has("word/document.xml") {
        Some(Packed::Foreign("DOCX"))
    } else if has("ppt/presentation.xml") {
        Some(Packed::Foreign("PPTX"))
    } else if has("content.xml") && has("mimetype") {
        let mut kind = String::new();
        if let Ok(file) = archive.by_name("mimetype") {
            // What is no text is no known kind.
            let _ = file.take(200).read_to_string(&mut kind);
        }
        if kind.contains("spreadsheet") {
            Some(Packed::Ods)
        } else {
            Some(Packed::Foreign("OpenDocument"))
        }
    } else {
        None
    };
    if let Some(workbook) = workbook {
        measured(&mut archive)?;
        return Ok(workbook);
    }
    let mut files = names
        .iter()
        .filter(|name| !name.ends_with('/') && !name.starts_with("__MACOSX/"));
    let (Some(name), None) = (files.next(), files.next()) else {
        let names: Vec<&str> = names.iter().take(10).map(String::as_str).collect();
        return Err(Problem::new("sheet-zip-many").arg("names", names.join(", ")));
    };
    let file = archive.by_name(name).map_err(|error| damaged(&error))?;
    Ok(Packed::File(name.clone(), limited(file, MOST)?))
}

/// Refuses an archive that unpacks to too much; what its directory says may be a lie.
fn measured(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Problem> {
    let mut left = MOST;
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(|error| damaged(&error))?;
        let read = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
        let read = read.map_err(|error| unreadable(&error))?;
        left = left.checked_sub(read).ok_or_else(too_large)?;
    }
    Ok(())
}

/// What is packed in gzip.
///
/// # Errors
/// `sheet-damaged` when it cannot be read, `sheet-too-large` when it unpacks to too much.
pub(super) fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    limited(MultiGzDecoder::new(bytes), MOST)
}

fn limited(from: impl Read, most: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let read = from.take(most + 1).read_to_end(&mut bytes);
    let read = read.map_err(|error| unreadable(&error))?;
    if u64::try_from(read).is_ok_and(|read| read <= most) {
        Ok(bytes)
    } else {
        Err(too_large())
    }
}

fn damaged(error: &ZipError) -> Problem {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Problem::new("sheet-encrypted")
        }
        other => unreadable(other),
    }
}

fn unreadable(error: &dyn std::error::Error) -> Problem {
    Problem::new("sheet-damaged").arg("detail", error)
}

/// A file that unpacks to more than is read.
pub(super) fn too_large() -> Problem {
    Problem::new("sheet-too-large").arg("limit", MOST >> 20)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_single_file_is_unpacked_and_several_are_not() {
        let one = archive(&[("a.csv", b"x,y\n")]);
        assert!(
            matches!(zip(&one), Ok(Packed::File(name, bytes)) if name == "a.csv" && bytes == b"x,y\n")
        );
        let two = archive(&[("a.csv", b"x"), ("b.csv", b"y")]);
        let problem = zip(&two).err().unwrap();
        assert_eq!(
            (problem.key.as_str(), problem.args["names"].as_str()),
            ("sheet-zip-many", "a.csv, b.csv")
        );
        assert_eq!(
            zip(b"PK\x03\x04nonsense").err().unwrap().key,
            "sheet-damaged"
        );
        let letter = archive(&[("word/document.xml", b"<a/>")]);
        assert!(matches!(zip(&letter), Ok(Packed::Foreign("DOCX"))));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let mut bomb = Vec::new();
        let mut packer = flate2::write::GzEncoder::new(&mut bomb, flate2::Compression::fast());
        packer.write_all(&vec![0; 1_000]).unwrap();
        packer.finish().unwrap();
        let unpacked = |most| limited(MultiGzDecoder::new(bomb.as_slice()), most);
        assert_eq!(unpacked(999).unwrap_err().key, "sheet-too-large");
        assert_eq!(unpacked(1_000).map(|bytes| bytes.len()), Ok(1_000));
    }
}
