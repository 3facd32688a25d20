//! Rows in columns. The least important columns go first where the room is short.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use super::theme;
use crate::app::list::List;
use crate::desk::contract::Row;
use crate::locale::Lang;

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The name of the field in it.
    pub field: &'static str,
    /// Cells in Chinese and in English.
    pub cells: (u16, u16),
    /// Whether it takes the room that is left.
    pub grows: bool,
    /// The higher, the sooner it goes.
    pub rank: u8,
}

/// A column of fixed width.
pub const fn column(field: &'static str, zh: u16, en: u16, rank: u8) -> Column {
    Column {
        field,
        cells: (zh, en),
        grows: false,
        rank,
    }
}

/// The column that takes the room that is left, with its least width.
pub const fn growing(field: &'static str, least: u16, rank: u8) -> Column {
    Column {
        field,
        cells: (least, least),
        grows: true,
        rank,
    }
}

/// The columns that fit in so many cells, with their widths.
pub fn fit(columns: &[Column], cells: u16, lang: Lang) -> Vec<(Column, u16)> {
    let wide = |column: &Column| match lang {
        Lang::Zh => column.cells.0,
        Lang::En => column.cells.1,
    };
    let mut kept: Vec<Column> = columns.to_vec();
    let total = |kept: &[Column]| kept.iter().map(|column| wide(column) + 1).sum::<u16>();
    while total(&kept) > cells && kept.len() > 1 {
        let worst = kept
            .iter()
            .enumerate()
            .max_by_key(|(_, column)| column.rank);
        let Some((place, _)) = worst else { break };
        kept.remove(place);
    }
    let spare = cells.saturating_sub(total(&kept));
    kept.into_iter()
        .map(|column| {
            let extra = if column.grows { spare } else { 0 };
            (column, wide(&column) + extra)
        })
        .collect()
}

/// Draws a list with the names of its columns above it. The selected row has a mark and its first
/// column reversed: seen at a glance, with colours or without, and a move draws few cells anew.
pub fn draw(
    pen: &mut Pen,
    area: Rect,
    list: &List,
    columns: &[Column],
    cell: impl Fn(&Row, &str) -> (String, Style),
) {
    let lang = pen.facts.texts.lang();
    let columns = fit(columns, area.width.saturating_sub(2), lang);
    let mut x = area.x + 2;
    for (column, cells) in &columns {
        let name = pen.facts.label(column.field);
        pen.text(x, area.y, *cells, &name, theme::LABEL);
        x += cells + 1;
    }
    let room = usize::from(area.height.saturating_sub(1));
    list.room.set(room.max(1));
    let top = scrolled(list, room);
    let mark = pen.facts.glyphs.set().selected;
    for (place, (_, row)) in list.rows.iter().enumerate().skip(top).take(room) {
        let y = area.y + 1 + u16::try_from(place - top).unwrap_or(0);
        let mut x = area.x + 2;
        for (column, cells) in &columns {
            let (text, style) = cell(row, column.field);
            pen.text(x, y, *cells, &text, style);
            x += cells + 1;
        }
        if list.marked.contains(&row.record.number()) {
            pen.text(area.x + 1, y, 1, "*", theme::KEY);
        }
        if place == list.index() {
            pen.text(area.x, y, 1, mark, theme::KEY);
            let first = columns.first().map_or(0, |(_, cells)| cells + 2);
            pen.style(
                Rect {
                    x: area.x + 1,
                    y,
                    width: first.min(area.width.saturating_sub(1)),
                    height: 1,
                },
                theme::SELECTED,
            );
        }
    }
}

/// The first row to draw, so that the selected one is in sight.
fn scrolled(list: &List, room: usize) -> usize {
    let selected = list.index();
    let last_top = list.rows.len().saturating_sub(room);
    let mut top = list.top.get().min(last_top);
    if selected < top {
        top = selected;
    } else if selected >= top + room {
        top = (selected + 1).saturating_sub(room);
    }
    list.top.set(top);
    top
}
