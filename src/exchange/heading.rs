//! Which of the first rows of a table holds its headers: people write a title and notes above.

use crate::domain::refusal::Problem;

/// So many of the first rows are looked at.
pub(super) const LOOKED_AT: usize = 30;

/// The place of the row of headers among rows of which the line and the number of filled cells are
/// known: the one on the line named, or the one that looks like it.
///
/// # Errors
/// `sheet-no-line` when there is nothing on that line, `sheet-empty` when there is nothing at all.
pub(super) fn found(rows: &[(u64, usize)], header_line: Option<u64>) -> Result<usize, Problem> {
    if let Some(wanted) = header_line {
        let found = rows.iter().position(|(line, _)| *line == wanted);
        return found.ok_or_else(|| Problem::new("sheet-no-line").arg("line", wanted));
    }
    let filled = rows.iter().take(LOOKED_AT).map(|(_, filled)| *filled);
    place(&filled.collect::<Vec<_>>()).ok_or_else(|| Problem::new("sheet-empty"))
}

/// The place of the row of headers among the first rows, by how many cells of each hold something:
/// the first row that fills more than half of what a usual row fills. None when all are empty.
fn place(filled: &[usize]) -> Option<usize> {
    let mut usual: Vec<usize> = filled.iter().copied().filter(|count| *count > 0).collect();
    usual.sort_unstable();
    let usual = usual.get(usual.len() / 2).copied()?;
    filled.iter().position(|count| count * 2 > usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_notes_above_the_table_are_passed_over() {
        assert_eq!(place(&[3, 3, 3]), Some(0));
        assert_eq!(place(&[1, 0, 1, 3, 3, 3, 2]), Some(3));
        assert_eq!(place(&[1, 2, 2]), Some(1));
        assert_eq!(place(&[1, 1, 1]), Some(0));
        assert_eq!(place(&[0, 0]), None);
    }

    #[test]
    fn a_table_with_gaps_keeps_its_first_row() {
        assert_eq!(place(&[6, 4, 2, 5, 6]), Some(0));
        assert_eq!(place(&[5]), Some(0));
    }
}
