//! The last two rows: what happened, and the keys that matter here. An action that cannot run
//! stands in brackets; help and palette say why.

use super::pen::Pen;
use super::theme;
use crate::app::App;
use crate::app::popup::Popup;
use crate::domain::profile::Tab;
use crate::keys::Action;

/// Draws both rows.
pub fn draw(pen: &mut Pen, app: &App) {
    let area = pen.area();
    let Some(y) = area.bottom().checked_sub(2) else {
        return;
    };
    if let Some(toast) = &app.toast {
        let (mark, style) = if toast.bad {
            ("! ", theme::ALARM)
        } else {
            ("", theme::GOOD)
        };
        pen.text(
            area.x + 1,
            y,
            area.width.saturating_sub(1),
            &format!("{mark}{}", toast.text),
            style,
        );
    }
    let layers = app.layers();
    let mut x = area.x + 1;
    for action in wanted(app) {
        let Some(key) = app.keymap.hint(*action, &layers) else {
            continue;
        };
        let name = app.facts.texts.name("action", action.id());
        let able = !app.popups.is_empty() || app.why_not(*action).is_none();
        let (open, close) = if able { ("", "") } else { ("(", ")") };
        let whole = format!("{open}{key} {name}{close}");
        let cells = u16::try_from(crate::text::width::width(&whole)).unwrap_or(u16::MAX);
        if x + cells > area.right() {
            break;
        }
        if able {
            x += pen.text(x, y + 1, cells, &key, theme::KEY);
            x += pen.text(x, y + 1, cells, &format!(" {name}"), theme::PLAIN);
        } else {
            x += pen.text(x, y + 1, cells, &whole, theme::QUIET);
        }
        x += 2;
    }
}

/// The actions that matter where the keys go now, the most wanted first.
fn wanted(app: &App) -> &'static [Action] {
    match app.popups.last() {
        Some(Popup::Welcome(_)) => {
            return &[
                Action::Save,
                Action::NextField,
                Action::Pick,
                Action::SwitchLanguage,
            ];
        }
        Some(popup) if popup.scroll().is_some() => {
            return &[
                Action::Cancel,
                Action::Down,
                Action::PageDown,
                Action::PageUp,
            ];
        }
        Some(_) => return &[Action::Accept, Action::Cancel, Action::Up, Action::Down],
        None => {}
    }
    let Some(pane) = app.pane() else {
        return &[Action::Help, Action::Quit];
    };
    if pane.form.is_some() {
        return &[
            Action::Save,
            Action::NextField,
            Action::Pick,
            Action::SaveAndNew,
            Action::RepeatLast,
            Action::Leave,
            Action::Help,
        ];
    }
    if pane.find.is_some() {
        return &[Action::Accept, Action::Cancel, Action::Up, Action::Down];
    }
    match pane.tab {
        Tab::Intake => &[
            Action::NewCall,
            Action::NewVisit,
            Action::MakeComplaint,
            Action::CloseIntake,
            Action::Edit,
            Action::Find,
            Action::Filter,
            Action::Open,
            Action::Palette,
            Action::Help,
        ],
        Tab::Complaints => &[
            Action::NewComplaint,
            Action::AssignComplaint,
            Action::AnswerComplaint,
            Action::CloseComplaint,
            Action::Edit,
            Action::Find,
            Action::Filter,
            Action::Palette,
            Action::Help,
        ],
        Tab::Archive => &[
            Action::CheckOut,
            Action::CheckIn,
            Action::NewFile,
            Action::ToggleRegister,
            Action::Find,
            Action::Filter,
            Action::ExplainDate,
            Action::Palette,
            Action::Help,
        ],
        Tab::Customers => &[
            Action::NewCustomer,
            Action::Edit,
            Action::CallOf,
            Action::MarkKey,
            Action::Find,
            Action::KeyOnly,
            Action::ConfirmCard,
            Action::Palette,
            Action::Help,
        ],
    }
}
