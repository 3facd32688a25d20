//! A screen as SVG: the pictures of the documentation.
//!
//! Every run of Latin characters is pinned to its columns with `textLength`, and every wide
//! character to its own, so that Chinese stays aligned in whatever font the reader has. Colours are the sixteen of a terminal in two palettes,
//! chosen by the reader's light or dark setting.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use super::{Look, Run, runs};

/// The size of one cell and the space around the screen, in SVG units.
const CELL: (u32, u32) = (9, 19);
const MARGIN: u32 = 14;
const TITLE: u32 = 22;
/// From the top of a cell to the line that letters stand on.
const BASELINE: u32 = 15;

const STYLE: &str = "\
text{font:15px 'Cascadia Mono','DejaVu Sans Mono','Sarasa Mono SC','Noto Sans Mono CJK SC',\
'Source Han Mono SC','WenQuanYi Zen Hei Mono','NSimSun','PingFang SC','Microsoft YaHei',monospace;\
white-space:pre}\
.b{font-weight:bold}.i{font-style:italic}.u{text-decoration:underline}.x{text-decoration:line-through}\
.d{opacity:.7}";

/// Class name, colour on dark, colour on light. `t` is the text, `p` the paper.
const PALETTE: &[(&str, &str, &str)] = &[
    ("t", "#d8dade", "#24292f"),
    ("p", "#1d2026", "#fbfbfa"),
    ("c0", "#2e333b", "#3a3f46"),
    ("c1", "#e0706c", "#b3261e"),
    ("c2", "#8fbf7f", "#2f7d32"),
    ("c3", "#d8b26a", "#8a6100"),
    ("c4", "#7aa6da", "#1f5fa8"),
    ("c5", "#b99bd6", "#7b3fa0"),
    ("c6", "#74b8b8", "#12707a"),
    ("c7", "#b6bac1", "#6a6f76"),
    ("c8", "#747a84", "#8c9198"),
    ("c9", "#f08c88", "#d0453c"),
    ("c10", "#abd69c", "#459a48"),
    ("c11", "#ecca8a", "#a67a10"),
    ("c12", "#9cc1ee", "#3d7fcc"),
    ("c13", "#d0b6e8", "#985cc0"),
    ("c14", "#97d4d4", "#2b919c"),
    ("c15", "#f4f5f7", "#111418"),
];

/// The screen as an SVG document with a title bar; the caret is a bar under its cell.
pub fn svg(buffer: &Buffer, cursor: Option<Position>, title: &str) -> String {
    let width = u32::from(buffer.area.width) * CELL.0 + 2 * MARGIN;
    let height = u32::from(buffer.area.height) * CELL.1 + 2 * MARGIN + TITLE;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">\n\
         <title>{label}</title>\n<style>{STYLE}{colours}</style>\n\
         <rect class=\"p\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>\n\
         <text class=\"c8\" x=\"{middle}\" y=\"{line}\" text-anchor=\"middle\">{label}</text>\n",
        label = escape(title),
        colours = colours(),
        middle = width / 2,
        line = MARGIN + BASELINE - 4,
    );
    for y in buffer.area.top()..buffer.area.bottom() {
        for run in runs(buffer, y) {
            background(&mut out, &run, y);
            letters(&mut out, &run, y);
        }
    }
    if let Some(at) = cursor {
        let (x, y) = place(at.x, at.y);
        let _ = writeln!(
            out,
            "<rect class=\"t\" x=\"{x}\" y=\"{}\" width=\"{}\" height=\"2\"/>",
            y + CELL.1 - 2,
            CELL.0,
        );
    }
    out.push_str("</svg>\n");
    out
}

/// The palette as CSS: dark, and light for readers who prefer it.
fn colours() -> String {
    let (mut dark, mut light) = (String::new(), String::new());
    for (class, on_dark, on_light) in PALETTE {
        let _ = write!(dark, ".{class}{{fill:{on_dark}}}");
        let _ = write!(light, ".{class}{{fill:{on_light}}}");
    }
    format!("{dark}@media(prefers-color-scheme:light){{{light}}}")
}

fn place(x: u16, y: u16) -> (u32, u32) {
    (
        MARGIN + u32::from(x) * CELL.0,
        MARGIN + TITLE + u32::from(y) * CELL.1,
    )
}

fn background(out: &mut String, run: &Run, y: u16) {
    let (_, paper) = inks(run.look);
    if paper != "p" {
        let (x, y) = place(run.x, y);
        let width = u32::from(run.width) * CELL.0;
        let _ = writeln!(
            out,
            "<rect class=\"{paper}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\"/>",
            CELL.1,
        );
    }
}

/// The characters of a run; blanks at its ends are left out, and long blanks inside part it, so
/// that a column far to the right does not depend on the width of a blank.
fn letters(out: &mut String, run: &Run, y: u16) {
    let cells: u16 = if run.wide { 2 } else { 1 };
    let mut x = run.x;
    let mut rest = run.text.as_str();
    while !rest.is_empty() {
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let (_, from) = rest.split_at(blanks);
        x = x.saturating_add(u16::try_from(blanks).unwrap_or(u16::MAX));
        let (part, after) = from.find("  ").map_or((from, ""), |at| from.split_at(at));
        rest = after;
        if part.is_empty() {
            break;
        }
        let count = u16::try_from(crate::text::width::count(part)).unwrap_or(u16::MAX);
        let width = count.saturating_mul(cells);
        text_element(out, part, (x, y), (width, cells), run.look);
        x = x.saturating_add(width);
    }
}

fn text_element(out: &mut String, part: &str, at: (u16, u16), size: (u16, u16), look: Look) {
    if part.trim().is_empty() || look.modifier.contains(Modifier::HIDDEN) {
        return;
    }
    let (width, cells) = size;
    let (x, y) = place(at.0, at.1);
    let (classes, base) = (classes(look), y + BASELINE);
    if cells == 1 {
        let length = u32::from(width) * CELL.0;
        let _ = writeln!(
            out,
            "<text class=\"{classes}\" x=\"{x}\" y=\"{base}\" textLength=\"{length}\" \
             lengthAdjust=\"spacingAndGlyphs\">{}</text>",
            escape(part),
        );
        return;
    }
    // A wide character has its own place: not every viewer stretches a text to a length, and the
    // font for Chinese is seldom twice as wide as the one for Latin.
    let _ = write!(out, "<text class=\"{classes}\" y=\"{base}\">");
    for (index, grapheme) in (0_u32..).zip(crate::text::width::graphemes(part)) {
        let x = x + index * u32::from(cells) * CELL.0;
        let _ = write!(out, "<tspan x=\"{x}\">{}</tspan>", escape(grapheme));
    }
    let _ = writeln!(out, "</text>");
}

fn classes(look: Look) -> String {
    let mut classes = inks(look).0;
    for (modifier, class) in [
        (Modifier::BOLD, "b"),
        (Modifier::ITALIC, "i"),
        (Modifier::UNDERLINED, "u"),
        (Modifier::CROSSED_OUT, "x"),
        (Modifier::DIM, "d"),
    ] {
        if look.modifier.contains(modifier) {
            classes.push(' ');
            classes.push_str(class);
        }
    }
    classes
}

/// The classes of the letters and of what is behind them.
fn inks(look: Look) -> (String, String) {
    let ink = ink(look.fg, "t");
    let paper = ink_of_paper(look.bg);
    if look.modifier.contains(Modifier::REVERSED) {
        (paper, ink)
    } else {
        (ink, paper)
    }
}

fn ink_of_paper(color: Color) -> String {
    ink(color, "p")
}

/// The class of a colour. A colour beyond the sixteen is drawn as the default one: the screen
/// uses none of them.
fn ink(color: Color, default: &str) -> String {
    let place = match color {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(place @ 0..=15) => place,
        _ => return default.to_owned(),
    };
    format!("c{place}")
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
