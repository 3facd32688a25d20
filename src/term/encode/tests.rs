use std::num::NonZero;

use super::*;
use proptest::prelude::*;
use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::model::Strict;

const AREA: Rect = Rect::new(0, 0, 40, 6);

/// What it takes to come from one picture to another.
fn drawn(
    shown: &mut Shown,
    from: &Buffer,
    to: &Buffer,
    cursor: Option<Position>,
) -> (Vec<u8>, Option<Position>) {
    encode(shown, cursor, from.diff(to).into_iter())
}

fn bytes(from: &[(u16, u16, &str, Style)], to: &[(u16, u16, &str, Style)]) -> String {
    let mut shown = Shown::default();
    shown.clear();
    let empty = Buffer::empty(AREA);
    let _ = drawn(&mut shown, &empty, &picture(from), None);
    let (bytes, _) = drawn(&mut shown, &picture(from), &picture(to), None);
    String::from_utf8(bytes).unwrap().replace('\x1b', "^")
}

fn picture(parts: &[(u16, u16, &str, Style)]) -> Buffer {
    let mut buffer = Buffer::empty(AREA);
    for (x, y, text, style) in parts {
        buffer.set_stringn(*x, *y, text, usize::from(AREA.width - x), *style);
    }
    buffer
}

const PLAIN: Style = Style::new();

#[test]
fn the_cursor_moves_the_shortest_way() {
    let from = [(0, 0, "0123456789012345678901234567890123456789", PLAIN)];
    let at = |to: &[(u16, u16, &'static str, Style)]| bytes(&from, &[&from, to].concat());
    assert_eq!(
        at(&[(9, 1, "a", PLAIN), (9, 2, "b", PLAIN)]),
        "^[2;10Ha\n\x08b"
    );
    assert_eq!(
        at(&[(9, 1, "a", PLAIN), (0, 2, "b", PLAIN)]),
        "^[2;10Ha\n\rb"
    );
    assert_eq!(
        at(&[(9, 1, "a", PLAIN), (15, 2, "b", PLAIN)]),
        "^[2;10Ha\n^[5Cb"
    );
    assert_eq!(
        at(&[(9, 1, "a", PLAIN), (9, 4, "b", PLAIN)]),
        "^[2;10Ha^[5;10Hb"
    );
    assert_eq!(
        at(&[(39, 1, "a", PLAIN), (39, 2, "b", PLAIN)]),
        "^[2;40Ha\n^[40Gb"
    );
}

#[test]
fn a_half_that_was_cut_is_written_too() {
    let wide = [(4, 0, "焦味", PLAIN)];
    assert_eq!(bytes(&wide, &[(4, 0, "a", PLAIN)]), "^[1;5Ha   ");
    assert_eq!(bytes(&wide, &[(5, 0, "号", PLAIN)]), "^[1;5H 号 ");
    let long = [(0, 0, "012345678901234567890号", PLAIN)];
    assert_eq!(bytes(&long, &[(22, 0, "!", PLAIN)]), "^[1;1H^[21X^[21C !");
}

#[test]
fn han_characters_follow_each_other_without_a_move() {
    let to = [(3, 1, "电梯 3 号", PLAIN)];
    assert_eq!(bytes(&[], &to), "^[2;4H电梯 3 号");
}

#[test]
fn after_a_character_that_terminals_disagree_on_the_column_is_said() {
    let to = [(0, 0, "👍好", PLAIN)];
    assert_eq!(bytes(&[], &to), "^[1;1H👍^[3G好");
}

#[test]
fn a_style_is_one_sequence_and_ends_plain() {
    let style = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
    assert_eq!(bytes(&[], &[(0, 0, "x", style)]), "^[1;1H^[1;31mx^[m");
    let dark = Style::new().fg(Color::DarkGray);
    let both = [(0, 0, "x", style), (1, 0, "y", dark)];
    assert_eq!(bytes(&[], &both), "^[1;1H^[1;31mx^[0;90my^[m");
}

#[test]
fn a_long_run_of_blanks_is_erased_and_a_short_one_written() {
    let from = [(0, 0, "abcdefghijklmnopqrstuvwxyz", PLAIN)];
    assert_eq!(bytes(&from, &[]), "^[1;1H^[26X");
    let to = [(25, 0, "!", PLAIN)];
    assert_eq!(bytes(&from, &to), "^[1;1H^[25X^[25C!");
    assert_eq!(
        bytes(&from, &[(3, 0, "defghijklmnopqrstuvwxyz", PLAIN)]),
        "^[1;1H   "
    );
}

#[test]
fn a_few_cells_that_stay_are_written_again_and_many_are_passed_over() {
    let from = [(0, 0, "a b c 号 x电梯y", PLAIN)];
    assert_eq!(
        bytes(&from, &[(0, 0, "1 b 2 号 3电梯4", PLAIN)]),
        "^[1;1H1 b 2^[4C3^[4C4"
    );
    assert_eq!(bytes(&[(0, 0, "漏水", PLAIN)], &[]), "^[1;1H    ");
}

fn style() -> impl Strategy<Value = Style> {
    let colours = prop::sample::select(vec![
        Color::Reset,
        Color::Red,
        Color::DarkGray,
        Color::Indexed(200),
        Color::Rgb(1, 2, 3),
    ]);
    let modifiers = prop::sample::select(vec![
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::REVERSED,
        Modifier::UNDERLINED.union(Modifier::BOLD),
    ]);
    (colours.clone(), colours, modifiers)
        .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
}

fn pictures() -> impl Strategy<Value = Vec<Buffer>> {
    let text = prop::sample::select(vec![
        "电梯停在三楼",
        "a",
        "ab cd",
        "       ",
        "                    ",
        "│",
        "业主，着急！",
        "é",
    ]);
    let part = (0..AREA.width, 0..AREA.height, text, style());
    let picture = prop::collection::vec(part, 0..12).prop_map(|parts| picture(&parts));
    prop::collection::vec(picture, 1..5)
}

/// Pictures of which one row is full of wide and narrow characters that cut each other.
fn cutting() -> impl Strategy<Value = Vec<Buffer>> {
    let text = prop::sample::select(vec![
        "焦", "味", "a", " ", "   ", "业主", "│", "👍", "  号  ",
    ]);
    let line = prop::collection::vec((text, style()), 0..16);
    let picture = prop::collection::vec((0..AREA.height, line), 1..8).prop_map(|lines| {
        let mut buffer = Buffer::empty(AREA);
        for (y, parts) in lines {
            let mut x = 0;
            for (text, style) in parts {
                let room = usize::from(AREA.width - x);
                (x, _) = buffer.set_stringn(x, y, text, room, style);
            }
        }
        buffer
    });
    prop::collection::vec(picture, 2..6)
}

/// What the drawing library itself would write on a blank terminal.
fn as_the_library(picture: &Buffer) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut backend = CrosstermBackend::new(&mut bytes);
    let blank = Buffer::empty(AREA);
    backend.draw(blank.diff(picture).into_iter()).unwrap();
    bytes
}

fn looks_alike(one: &vt100::Cell, other: &vt100::Cell) -> bool {
    let text = |cell: &vt100::Cell| {
        let blank = if cell.has_contents() { "" } else { " " };
        format!("{}{blank}", cell.contents())
    };
    let seen = |cell: &vt100::Cell| (cell.bgcolor(), cell.inverse(), cell.underline());
    let drawn = |cell: &vt100::Cell| (cell.fgcolor(), cell.bold());
    let blank = text(one).trim().is_empty() && !one.inverse() && !one.underline();
    text(one) == text(other) && seen(one) == seen(other) && (blank || drawn(one) == drawn(other))
}

proptest! {
    /// Nothing depends on what a terminal leaves of a wide character that is half overwritten,
    /// nor on where its cursor is after what it may draw wider.
    #[test]
    fn no_half_of_a_character_is_left_to_the_terminal(
        pictures in prop_oneof![cutting(), pictures()]
    ) {
        let mut terminal = Strict::new(AREA.width, AREA.height);
        let mut before = Buffer::empty(AREA);
        let (mut shown, mut cursor) = (Shown::default(), None);
        shown.clear();
        for picture in pictures {
            let bytes;
            (bytes, cursor) = drawn(&mut shown, &before, &picture, cursor);
            terminal.process(&bytes);
            prop_assert_eq!(terminal.differs(&picture), None);
            before = picture;
        }
    }

    /// However the screen was before, a terminal shows what it would show if the library had
    /// drawn on a blank one, and the cursor is where it is said to be.
    #[test]
    fn a_terminal_shows_what_is_drawn(pictures in pictures()) {
        let [rows, columns] = [AREA.height, AREA.width].map(|it| NonZero::new(it).unwrap());
        let mut ours = vt100::Parser::new(rows, columns, 0);
        let mut before = Buffer::empty(AREA);
        let mut cursor = None;
        let mut shown = Shown::default();
        shown.clear();
        for picture in pictures {
            let (bytes, at) = drawn(&mut shown, &before, &picture, cursor);
            ours.process(&bytes);
            let mut theirs = vt100::Parser::new(rows, columns, 0);
            theirs.process(&as_the_library(&picture));
            for (x, y) in (0..AREA.width).flat_map(|x| (0..AREA.height).map(move |y| (x, y))) {
                let cells = ours.screen().cell(y, x).zip(theirs.screen().cell(y, x));
                let (one, other) = cells.unwrap();
                prop_assert!(looks_alike(one, other), "{x} {y}: {one:?} {other:?}");
            }
            if let Some(at) = at.filter(|at| at.x < AREA.width) {
                prop_assert_eq!(ours.screen().cursor_position(), (at.y, at.x));
            }
            cursor = at;
            before = picture;
        }
    }
}
