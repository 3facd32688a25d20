//! Cells that stand at places of their own, as a sheet of a workbook or a list of objects has
//! them. Only cells that hold something are kept, however large the sheet says it is.

use std::sync::Arc;

use super::heading;
use super::sheet::{Reject, SheetRow, column};
use crate::desk::contract::Failure;
use crate::domain::refusal::Problem;
use crate::text::clean;

/// One row: its line from 1, and its cells by their column from 0, rising.
pub(super) type GridRow = (u64, Vec<(usize, String)>);

/// A row of fewer headers than this has no note under it that could be told from a row.
const TABLE_WIDTH: usize = 3;

/// A table of cells at places.
#[derive(Debug)]
pub(super) struct Grid {
    name: Option<Arc<str>>,
    headers: Vec<String>,
    header_line: u64,
    rows: Vec<GridRow>,
    /// From this place in `rows` on there are only notes under the table.
    notes_from: usize,
}

impl Grid {
    /// Finds the headers among rows of cells; they are looked for below a title, or stand in the row
    /// named.
    ///
    /// # Errors
    /// `sheet-empty` when no cell holds anything, `sheet-no-line` when there is nothing in the row
    /// named.
    pub(super) fn new(
        name: Option<Arc<str>>,
        mut rows: Vec<GridRow>,
        header_line: Option<u64>,
    ) -> Result<Self, Problem> {
        for (_, cells) in &mut rows {
            cells.retain(|(_, cell)| !cell.trim().is_empty());
        }
        rows.retain(|(_, cells)| !cells.is_empty());
        let filled = rows.iter().map(|(line, cells)| (*line, cells.len()));
        let place = heading::found(&filled.collect::<Vec<_>>(), header_line)?;
        let below = rows.split_off((place + 1).min(rows.len()));
        let Some((header_line, head)) = rows.pop() else {
            return Err(Problem::new("sheet-empty"));
        };
        let width = head.last().map_or(0, |(place, _)| place + 1);
        let mut headers = vec![String::new(); width];
        for (place, cell) in head {
            if let Some(header) = headers.get_mut(place) {
                *header = clean::name(&cell);
            }
        }
        Ok(Self {
            name,
            notes_from: notes_from(&headers, &below),
            headers,
            header_line,
            rows: below,
        })
    }

    /// A table whose headers are known and whose rows are all rows.
    pub(super) fn of(headers: Vec<String>, rows: Vec<GridRow>) -> Self {
        Self {
            name: None,
            headers,
            header_line: 1,
            notes_from: rows.len(),
            rows,
        }
    }

    pub(super) fn headers(&self) -> &[String] {
        &self.headers
    }

    pub(super) fn header_line(&self) -> u64 {
        self.header_line
    }

    pub(super) fn name(&self) -> Option<&Arc<str>> {
        self.name.as_ref()
    }

    pub(super) fn count(&self) -> u64 {
        self.rows.len() as u64
    }

    /// The rows below the headers, one after the other.
    pub(super) fn rows(grid: &Arc<Self>) -> impl Iterator<Item = SheetRow> + Send + use<> {
        let grid = Arc::clone(grid);
        (0..grid.rows.len()).filter_map(move |at| grid.row(at))
    }

    fn row(&self, at: usize) -> Option<SheetRow> {
        let (line, found) = self.rows.get(at)?;
        let line = *line;
        if at >= self.notes_from {
            let place = found.first().map(|(place, _)| *place);
            let reject = Reject {
                sheet: self.name.clone(),
                line,
                column: place.map(|place| column(&self.headers, place)),
                failure: Failure::Refused(Problem::new("sheet-note").into()),
            };
            return Some(SheetRow {
                line,
                cells: Err(reject),
            });
        }
        let mut cells = vec![String::new(); self.headers.len()];
        for (place, text) in found {
            // A cell without a header belongs to no field.
            if let Some(cell) = cells.get_mut(*place) {
                cell.clone_from(text);
            }
        }
        Some(SheetRow {
            line,
            cells: Ok(cells),
        })
    }
}

/// Where the notes under a table begin: behind its last row come rows of a single cell.
fn notes_from(headers: &[String], rows: &[GridRow]) -> usize {
    let named = headers.iter().filter(|header| !header.is_empty()).count();
    let last = rows.iter().rposition(|(_, cells)| cells.len() > 1);
    match last {
        Some(last) if named >= TABLE_WIDTH => last + 1,
        _ => rows.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[(u64, &[&str])], header_line: Option<u64>) -> Result<Grid, Problem> {
        let owned = |(line, cells): &(u64, &[&str])| {
            let cells = cells.iter().map(|cell| (*cell).to_owned());
            (*line, cells.enumerate().collect())
        };
        Grid::new(
            Some("S".into()),
            rows.iter().map(owned).collect(),
            header_line,
        )
    }

    #[test]
    fn a_title_above_and_a_note_below_are_no_rows() {
        let rows: [(u64, &[&str]); 5] = [
            (1, &["学生名册"]),
            (3, &["a", "b ", "c"]),
            (4, &["1", "", "3"]),
            (7, &["4", "5", "6"]),
            (9, &["制表人：张三"]),
        ];
        let grid = Arc::new(grid(&rows, None).unwrap());
        assert_eq!(
            (grid.header_line(), grid.headers()),
            (3, ["a", "b", "c"].map(str::to_owned).as_slice())
        );
        let found: Vec<SheetRow> = Grid::rows(&grid).collect();
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].cells.as_ref().unwrap(), &["1", "", "3"]);
        let note = found[2].cells.as_ref().unwrap_err();
        assert_eq!((note.line, note.cell().as_deref()), (9, Some("S!A9")));
    }

    #[test]
    fn the_headers_stand_in_the_row_that_is_named() {
        let rows: [(u64, &[&str]); 3] = [(1, &["x", "y"]), (2, &["a", "b"]), (3, &["1", "2"])];
        assert_eq!(grid(&rows, Some(2)).unwrap().headers(), ["a", "b"]);
        assert_eq!(grid(&rows, Some(9)).unwrap_err().key, "sheet-no-line");
        assert_eq!(grid(&[], None).unwrap_err().key, "sheet-empty");
    }

    #[test]
    fn a_cell_without_a_header_belongs_to_no_field() {
        let rows: [(u64, &[&str]); 2] = [(1, &["a", "b"]), (2, &["1", "2", "stray"])];
        let grid = Arc::new(grid(&rows, None).unwrap());
        let cells = Grid::rows(&grid).next().unwrap().cells.unwrap();
        assert_eq!(cells, ["1", "2"]);
    }
}
