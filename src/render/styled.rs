//! A screen as text with its styles and its caret: the form of snapshots.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::{Look, glyphs, text};

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// The text, then for each row with a style one letter a cell, then what the letters mean, then
/// the caret as `cursor: column,row` from 0, or `cursor: none`.
pub fn styled(buffer: &Buffer, cursor: Option<Position>) -> String {
    let mut out = text(buffer);
    let mut looks: Vec<Look> = Vec::new();
    let mut rows = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut row = String::new();
        for glyph in glyphs(buffer, y) {
            let letter = if glyph.look == Look::PLAIN {
                ' '
            } else {
                letter(&mut looks, glyph.look)
            };
            row.extend(std::iter::repeat_n(letter, usize::from(glyph.width)));
        }
        let row = row.trim_end();
        if !row.is_empty() {
            let _ = writeln!(rows, "{y:>3}|{row}");
        }
    }
    if !rows.is_empty() {
        out.push_str("-- styles\n");
        out.push_str(&rows);
        for (look, letter) in looks.iter().zip(LETTERS) {
            let _ = writeln!(out, "  {}: {}", char::from(*letter), look.words());
        }
    }
    match cursor {
        Some(Position { x, y }) => {
            let _ = writeln!(out, "-- cursor: {x},{y}");
        }
        None => out.push_str("-- cursor: none\n"),
    }
    out
}

/// The letter of a look, in the order in which looks are met.
fn letter(looks: &mut Vec<Look>, look: Look) -> char {
    let place = looks
        .iter()
        .position(|known| *known == look)
        .unwrap_or_else(|| {
            looks.push(look);
            looks.len() - 1
        });
    LETTERS.get(place).map_or('?', |letter| char::from(*letter))
}
