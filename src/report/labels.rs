//! Labels for files and their pieces, on sheets of labels (A11-06): the number as bars and as a square
//! for a scanner, and in words what a person at the shelf looks for.

use std::fmt::Write as _;

use barcoders::sym::code128::Code128;
use qrcode::{EcLevel, QrCode, types::Color};

use super::html::escaped;
use super::quarterly::Words;
use crate::domain::archive::{ArchiveFile, Grade};
use crate::domain::label::Label;
use crate::domain::profile::LabelSheet;

/// In front of digits that Code 128 writes two by two.
const IN_PAIRS: char = '\u{106}';
/// The height of the bars' drawing; the page stretches it.
const BARS_HIGH: usize = 30;
/// A label has three digits for the piece.
const MOST_PIECES: u32 = 999;

/// One label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// What a scanner reads.
    pub label: Label,
    /// The lines a person reads, the first in large letters.
    pub lines: Vec<String>,
}

/// The label of a file, of one layout for all (A07-g3b). What a graded one is about does not stand on it
/// (A11-22b).
pub fn of_file(file: &ArchiveFile, words: Words) -> Face {
    let graded = file.details.grade > Grade::None;
    let details = &file.details;
    let about = if graded {
        [words.texts.name("grade", details.grade.id()), String::new()]
    } else {
        let car = [&details.plate, &details.vin];
        let car = car.into_iter().find(|car| !car.is_empty());
        let whose = [Some(&details.person), car].into_iter().flatten();
        let whose: Vec<&str> = whose.map(String::as_str).collect();
        [details.title.clone(), whose.join("  ")]
    };
    let pieces = words
        .texts
        .with("label-pieces", &[("count", &details.pieces.to_string())]);
    let [title, whose] = about;
    let lines = vec![
        file.meta.number.to_string(),
        title,
        whose,
        within_class(file, words),
        format!("{}  {pieces}", details.place).trim().to_owned(),
    ];
    Face {
        label: Label::of(file.meta.number),
        lines,
    }
}

/// The labels of a file's pieces, one each (A07-g6b).
pub fn of_pieces(file: &ArchiveFile, words: Words) -> Vec<Face> {
    let graded = file.details.grade > Grade::None;
    let of = |piece: u32| Face {
        label: Label {
            file: file.meta.number,
            piece: Some(piece),
        },
        lines: vec![
            file.meta.number.to_string(),
            if graded {
                format!("/{piece}")
            } else {
                file.piece(piece)
            },
            within_class(file, words),
        ],
    };
    (1..=file.details.pieces.min(MOST_PIECES)).map(of).collect()
}

fn within_class(file: &ArchiveFile, words: Words) -> String {
    let class = words.class(&file.details.class);
    match file.custody.class_no {
        0 => class,
        number => format!("{class} {number}").trim().to_owned(),
    }
}

/// The labels as text, for who has no scanner: what stands on each, and the digits to type.
pub fn text(faces: &[Face]) -> String {
    let mut text = String::new();
    for face in faces {
        let _ = writeln!(text, "{}", face.label);
        for line in face.lines.iter().filter(|line| !line.is_empty()) {
            let _ = writeln!(text, "  {}", crate::text::show::cell(line));
        }
        text.push('\n');
    }
    text
}

/// The style of a site's sheets of labels.
pub fn style(sheet: &LabelSheet) -> String {
    let mm = |tenths: u32| format!("{}.{}mm", tenths / 10, tenths % 10);
    format!(
        "@page{{size:A4;margin:0}}body{{margin:0;max-width:none}}\
         .sheet{{box-sizing:border-box;width:210mm;height:296.5mm;padding:{top} 0 0 {left};display:grid;\
         grid-template-columns:repeat({columns},{width});grid-auto-rows:{height};\
         column-gap:{gap_x};row-gap:{gap_y};break-after:page;align-content:start}}\
         .label{{box-sizing:border-box;padding:2.5mm 3mm;overflow:hidden;display:grid;\
         grid-template-columns:1fr 15mm;grid-template-rows:1fr 9mm;column-gap:2mm}}\
         .label p{{margin:0;font-size:8pt;line-height:1.25;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}}\
         .label p:first-child{{font-size:11pt;font-weight:bold}}\
         .label svg{{width:100%;height:100%}}.label svg rect{{fill:#000}}\
         .label .bars{{grid-column:1/3}}",
        top = mm(sheet.top),
        left = mm(sheet.left),
        columns = sheet.columns,
        width = mm(sheet.width),
        height = mm(sheet.height),
        gap_x = mm(sheet.gap_x),
        gap_y = mm(sheet.gap_y),
    )
}

/// The sheets, filled row by row.
pub fn sheets(faces: &[Face], sheet: &LabelSheet) -> String {
    let on_one = usize::try_from(sheet.columns * sheet.rows).unwrap_or(1);
    let mut page = String::new();
    for faces in faces.chunks(on_one.max(1)) {
        page.push_str("<div class=\"sheet\">\n");
        for face in faces {
            page.push_str("<div class=\"label\"><div>");
            for line in &face.lines {
                let _ = write!(page, "<p>{}</p>", escaped(line));
            }
            let digits = face.label.to_string();
            let (square, bars) = (square(&digits), bars(&digits));
            let _ = writeln!(
                page,
                "</div><div>{square}</div><div class=\"bars\">{bars}</div></div>"
            );
        }
        page.push_str("</div>\n");
    }
    page
}

/// Code 128 with the blank margin that a scanner needs; nothing where the digits cannot be written.
fn bars(digits: &str) -> String {
    const MARGIN: usize = 10;
    let Ok(code) = Code128::new(format!("{IN_PAIRS}{digits}")) else {
        return String::new();
    };
    let modules = code.encode();
    let mut svg = format!(
        "<svg viewBox=\"0 0 {} {BARS_HIGH}\" preserveAspectRatio=\"none\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"{digits}\">",
        modules.len() + 2 * MARGIN
    );
    let mut at = 0;
    for bar in modules.chunk_by(|one, next| one == next) {
        if bar.first() == Some(&1) {
            let (x, wide) = (at + MARGIN, bar.len());
            let _ = write!(
                svg,
                "<rect x=\"{x}\" width=\"{wide}\" height=\"{BARS_HIGH}\"/>"
            );
        }
        at += bar.len();
    }
    svg.push_str("</svg>");
    svg
}

/// The square of the digits, with its blank margin.
fn square(digits: &str) -> String {
    const MARGIN: usize = 4;
    let Ok(code) = QrCode::with_error_correction_level(digits, EcLevel::M) else {
        return String::new();
    };
    let wide = code.width();
    let side = wide + 2 * MARGIN;
    let mut svg = format!("<svg viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">");
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (place % wide + MARGIN, place / wide + MARGIN);
            let _ = write!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\"/>");
        }
    }
    svg.push_str("</svg>");
    svg
}
