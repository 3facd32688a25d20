//! The figures of the archive over the panes: files by department and class, and what waits to be filed
//! (A11-04a, A11-05, A13-a4). They are laid out by `report`.

use super::App;
use super::popup::{Popup, Scroll};
use crate::domain::filing::{FileFigures, ToFile};
use crate::domain::inspection::InspectionDue;
use crate::domain::profile::Tab;
use crate::report::files;
use crate::report::quarterly::Words;
use crate::report::text::laid;

/// Cells of the popup's border and of what stands around it.
const AROUND: u16 = 10;
/// The widest that figures are laid out.
const WIDEST: u16 = 96;

impl App {
    /// Whether the archive is on the screen.
    pub(crate) fn on_archive(&self) -> bool {
        self.pane().is_some_and(|pane| pane.tab == Tab::Archive)
    }

    /// The inspections that are due have come.
    pub(crate) fn took_inspections_due(&mut self, due: Vec<InspectionDue>) {
        self.dirty |= self.facts.inspections_due != due;
        self.facts.inspections_due = due;
    }

    /// What waits to be filed has come.
    pub(crate) fn took_to_file(&mut self, found: ToFile) {
        self.dirty |= self.facts.to_file != found;
        self.facts.to_file = found;
    }

    /// The figures have come.
    pub(crate) fn took_file_figures(&mut self, figures: &FileFigures) {
        let facts = &self.facts;
        let words = Words {
            texts: &facts.texts,
            profile: &facts.profile,
        };
        let document = files::document(figures, words);
        let columns = self.size.0.saturating_sub(AROUND).min(WIDEST);
        let is_plain = facts.glyphs.ascii || facts.glyphs.wide_ambiguous;
        let lines = laid(&document, usize::from(columns), !is_plain).into_iter();
        // The title stands on the border.
        let lines = lines.skip(1).map(|line| line.text).collect();
        let popup = Popup::Came("files-title", lines, Scroll::new(0));
        self.popups.push(popup);
    }
}
