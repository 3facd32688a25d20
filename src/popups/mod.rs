//! What stands over the panes. Each file makes the lines of one popup; this one draws them.

pub mod analysis;
pub mod confirm;
pub mod conflict;
pub mod form;
pub mod handling;
pub mod help;
pub mod incoming;
pub mod monthly;
pub mod picker;
pub mod preview;
pub mod proof;
pub mod record;
pub mod scanning;
pub mod which_key;
pub mod working;

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::popup::{Popup, Scroll};
use crate::text::width::width;
use crate::widgets::lines::{self, TextLine};
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Draws the popups, the last one on top, and the keys that can follow the ones pressed.
pub fn draw(pen: &mut Pen, app: &App) {
    for popup in &app.popups {
        draw_one(pen, app, popup);
    }
    if !app.pending.is_empty() {
        which_key::draw(pen, app);
    }
}

fn draw_one(pen: &mut Pen, app: &App, popup: &Popup) {
    let facts = pen.facts;
    match popup {
        Popup::Help(scroll) => page(pen, &facts.t("popup-help"), &help::lines(app), scroll),
        Popup::Notices(scroll) => {
            let lines: Vec<TextLine> = app.all_notices().iter().map(TextLine::plain).collect();
            page(pen, &facts.t("popup-notices"), &lines, scroll);
        }
        Popup::Record(opened, scroll) => {
            let title = opened.row.record.number().to_string();
            let mut lines = record::lines(opened, facts);
            let also = app.also_open(opened.row.record.number());
            if let Some(also) = also {
                lines.insert(0, TextLine::plain(format!("! {also}")).styled(theme::ALARM));
            }
            page(pen, &title, &lines, scroll);
        }
        Popup::Proof(shown, scroll) => {
            page(pen, &shown.title, &proof::lines(shown, facts), scroll);
        }
        Popup::Handling {
            from,
            to,
            rows,
            scroll,
        } => {
            let lines = handling::lines(*from, *to, rows, facts);
            page(pen, &facts.t("popup-handling"), &lines, scroll);
        }
        Popup::Quarterly(open) => analysis::draw(pen, open),
        Popup::Monthly(open) => monthly::draw(pen, open),
        Popup::Picker(open) => picker::draw(pen, open, incoming::row_of_field(pen, app, open)),
        Popup::Confirm(open) => confirm::draw(pen, open),
        Popup::Form(open) => form::draw(pen, app, open),
        Popup::Pledge(scroll) => {
            let lines = [TextLine::plain(facts.t("confidentiality-text"))];
            page(pen, &facts.t("popup-pledge"), &lines, scroll);
        }
        Popup::Conflict(open) => conflict::draw(pen, open),
        Popup::Preview(open) => {
            let title = facts.texts.name("form", open.form.id());
            page(pen, &title, &preview::lines(app, open), &open.scroll);
        }
        Popup::Scanning(open) => {
            let title = scanning::title(open, app);
            page(pen, &title, &scanning::lines(open, app), &open.scroll);
        }
        Popup::Working => working::draw(pen, app),
        Popup::Incoming => incoming::draw(pen, app),
        Popup::Came(title, came, scroll) => {
            let lines: Vec<TextLine> = came.iter().map(TextLine::plain).collect();
            page(pen, &facts.t(title), &lines, scroll);
        }
    }
}

/// Cells of the narrowest page.
const NARROWEST: u16 = 40;

/// A page of text, as large as the text wants and the screen allows.
fn page(pen: &mut Pen, title: &str, lines: &[TextLine], scroll: &Scroll) {
    let screen = pen.area();
    let widest = screen.width.saturating_sub(6).min(100);
    let wanted = lines::widest(lines).max(width(title) + 4) + 2;
    let across = u16::try_from(wanted).unwrap_or(widest);
    let across = across.clamp(NARROWEST.min(widest), widest);
    let rows = lines::rows(lines, across - 2);
    let down = u16::try_from(rows + 2).unwrap_or(u16::MAX);
    let area = centred(screen, across, down.min(screen.height - 4));
    pen.clear(area);
    let inside = pen.boxed(area, title, theme::TITLE);
    lines::draw(pen, inside, lines, scroll);
}

/// An area of a size in the middle of the screen, above its last two rows.
pub fn centred(screen: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(screen.width);
    let height = height.min(screen.height.saturating_sub(2));
    Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height.saturating_sub(2) - height) / 2,
        width,
        height,
    }
}
