//! Any text: cleaned, shown, measured, cut, wrapped, folded, compared and edited.
//!
//! The first byte is a width, the rest is a text; behind a byte 0xFF, which no text has, stand
//! the steps of somebody who edits it.
#![no_main]

use frontdesk::text::clean::{self, is_format};
use frontdesk::text::edit::Edit;
use frontdesk::text::show::{self, Glyphs, is_ambiguous};
use frontdesk::text::{diff, nearest, pad, pinyin, truncate, width, wrap};
use libfuzzer_sys::fuzz_target;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// How many cells a text takes when it is drawn.
fn drawn(text: &str) -> usize {
    let cells = u16::try_from(text.len().min(20_000) + 4).expect("short");
    let mut buffer = Buffer::empty(Rect::new(0, 0, cells, 1));
    let (end, _) = buffer.set_stringn(0, 0, text, usize::from(cells), Style::default());
    usize::from(end)
}

/// Whether a terminal may obey this character instead of drawing it.
fn is_obeyed(c: char) -> bool {
    matches!(u32::from(c), 0..=0x1F | 0x7F..=0x9F | 0xAD | 0x61C | 0x200B..=0x200F
        | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xE0000..=0xE007F)
}

fn joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

fn cleaned(text: &str) {
    let (line, note, name) = (clean::line(text), clean::note(text), clean::name(text));
    assert_eq!(clean::line(&line), line);
    assert_eq!(clean::note(&note), note);
    assert_eq!(clean::name(&name), name);
    assert_eq!(clean::body(&clean::body(text)), clean::body(text));
    assert!(
        line.chars()
            .all(|c| !c.is_control() && (!is_format(c) || joiner(c)))
    );
    assert!(note.chars().all(|c| c == '\n' || !c.is_control()));
    assert!(name.chars().all(|c| !c.is_control() && !is_format(c)));
    assert!(
        clean::digits(text)
            .bytes()
            .all(|byte| byte.is_ascii_digit())
    );
    let folded = pinyin::fold(text);
    assert_eq!(pinyin::fold(&folded), folded, "{text:?}");
    for key in pinyin::initials(&name).iter().chain(&pinyin::full(&name)) {
        assert!(
            key.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
            "{key:?}"
        );
    }
}

fn shown(text: &str, cells: usize) {
    let cell = show::cell(text);
    assert!(!cell.chars().any(is_obeyed), "{cell:?}");
    assert_eq!(show::cell(&cell), cell);
    assert_eq!(width(&cell), drawn(&cell), "{cell:?}");
    assert_eq!(width(text), drawn(text), "{text:?}");
    let glyphs = Glyphs {
        ascii: false,
        wide_ambiguous: true,
    };
    let narrow = glyphs.cell(text);
    assert!(
        !narrow.chars().any(|c| is_ambiguous(c) || is_obeyed(c)),
        "{narrow:?}"
    );
    assert_eq!(width(&narrow), drawn(&narrow), "{narrow:?}");
    assert!(width(&truncate(text, cells)) <= cells);
    assert_eq!(width(&pad(text, cells)), cells);
    assert_eq!(drawn(&pad(&cell, cells)), cells, "{cell:?}");
    assert_eq!(width(&glyphs.pad(text, cells)), cells);
}

fn wrapped(text: &str, cells: usize) {
    let mut end = 0;
    for (row, range) in wrap(text, cells).into_iter().enumerate() {
        if row > 0 && range.start == end + 1 {
            assert_eq!(text.get(end..=end), Some("\n"));
        } else {
            assert_eq!(range.start, end);
        }
        assert!(text.get(range.clone()).is_some());
        end = range.end;
    }
    assert_eq!(end, text.len());
}

fn compared(text: &str) {
    let half = (0..=text.len() / 2)
        .rev()
        .find(|at| text.is_char_boundary(*at));
    let (first, second) = text.split_at(half.unwrap_or(0));
    let (mut one, mut two) = (String::new(), String::new());
    for piece in diff::pieces(first, second) {
        match piece {
            diff::Piece::Both(both) => {
                one.push_str(&both);
                two.push_str(&both);
            }
            diff::Piece::First(only) => one.push_str(&only),
            diff::Piece::Second(only) => two.push_str(&only),
        }
    }
    assert_eq!((one.as_str(), two.as_str()), (first, second));
    let _ = nearest(first, [second, "save"]);
}

fn step(edit: &mut Edit, step: u8, cells: usize, pieces: &[&str]) {
    match step % 24 {
        0 => edit.left(),
        1 => edit.right(),
        2 => edit.word_left(),
        3 => edit.word_right(),
        4 => edit.home(),
        5 => edit.end(),
        6 => edit.select_left(),
        7 => edit.select_right(),
        8 => edit.select_all(),
        9 => edit.backspace(),
        10 => edit.delete(),
        11 => edit.delete_to_end(),
        12 => drop(edit.undo()),
        13 => drop(edit.redo()),
        14 => drop(edit.up(cells)),
        15 => drop(edit.down(cells)),
        16 => drop(edit.cut()),
        17 => edit.clear(),
        _ => {
            let at = usize::from(step) % pieces.len().max(1);
            let _ = edit.insert(pieces.get(at).copied().unwrap_or("x"));
        }
    }
}

fn edited(mut edit: Edit, text: &str, steps: &[u8], cells: usize, limit: usize) {
    let pieces: Vec<&str> = text
        .split_inclusive(' ')
        .chain(["\u{301}", "\u{200D}", "👨", "中", "\n"])
        .collect();
    edit.set(text);
    // A value put in stays whole, however long it is.
    let limit = limit.max(frontdesk::text::width::count(edit.value()));
    for (count, one) in steps.iter().take(200).enumerate() {
        step(&mut edit, *one, cells, &pieces);
        let value = edit.value();
        assert!(frontdesk::text::width::count(value) <= limit);
        let again = if edit.is_note() {
            clean::note(value)
        } else {
            clean::line(value)
        };
        assert_eq!(again, value);
        let borders = frontdesk::text::width::graphemes(value);
        let mut at = 0;
        let on_border = edit.caret() == 0
            || borders.into_iter().any(|one| {
                at += one.len();
                at == edit.caret()
            });
        assert!(on_border, "caret {} in {value:?}", edit.caret());
        let height = count % 7 + 1;
        let view = edit.view(cells, height);
        assert!(
            view.cursor.0 < cells.max(1) && view.cursor.1 < height,
            "{view:?}"
        );
        assert!(view.lines.len() <= height.max(1) && view.lines.len() == view.selected.len());
        for line in &view.lines {
            assert!(width(line) <= cells.max(1), "{line:?}");
            assert!(!line.chars().any(is_obeyed));
            assert_eq!(width(line), drawn(line));
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((cells, rest)) = bytes.split_first() else {
        return;
    };
    let cells = usize::from(*cells % 90);
    let end = rest
        .iter()
        .position(|byte| *byte == 0xFF)
        .unwrap_or(rest.len());
    let (text, steps) = rest.split_at(end);
    let text = String::from_utf8_lossy(text);
    cleaned(&text);
    shown(&text, cells);
    wrapped(&text, cells);
    wrapped(&clean::note(&text), cells);
    compared(&text);
    edited(Edit::line(40), &text, steps, cells, 40);
    edited(Edit::note(300), &text, steps, cells, 300);
});
