//! Cells that a spreadsheet would take for a formula.
//!
//! A text from outside that begins with `=` becomes a program in a spreadsheet. On the way out a
//! `'` is put before it, on the way in that `'` is taken away again.

use std::borrow::Cow;

const STARTS: &[char] = &['=', '+', '-', '@', '\t', '\r'];

/// The text with a `'` before it where a spreadsheet would compute it. A text that has its own
/// `'` in that place gets one more, so that [`restored`] gives back exactly what went in.
pub fn defused(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches('\'').starts_with(STARTS) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text for a cell that is a text to any spreadsheet: only one that [`restored`] would change
/// gets a `'` more.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if restored(text) == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("'{text}"))
    }
}

/// The text as it was before [`defused`] or [`guarded`].
pub fn restored(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(STARTS) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_compute_is_defused() {
        for text in ["=1+1", "+8613800138000", "-", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(defused(text), format!("'{text}"));
        }
        for text in ["", "张三", "a=b", "'quoted'", " =1"] {
            assert_eq!(defused(text), text);
        }
    }

    #[test]
    fn restoring_gives_back_what_was_defused() {
        for text in ["=1", "'=1", "''=1", "'a", "-", "", "'"] {
            assert_eq!(restored(&defused(text)), text);
            assert_eq!(restored(&guarded(text)), text);
        }
    }
}
