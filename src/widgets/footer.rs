//! The last two rows: what happened, and the keys that matter here. An action that cannot run
//! stands in brackets; help and palette say why.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme;
use crate::app::forms::FormId;
use crate::app::incoming::Stage;
use crate::app::pane::Pane;
use crate::app::popup::Popup;
use crate::app::{App, Toast};
use crate::domain::profile::Tab;
use crate::keys::{Action, Layer};
use crate::text::{show, wrap};

/// Draws both rows.
pub fn draw(pen: &mut Pen, app: &App) {
    let area = pen.area();
    let Some(y) = area.bottom().checked_sub(2) else {
        return;
    };
    if let Some(toast) = &app.toast {
        said(pen, y, toast);
    }
    if app.toast.is_none()
        && let Some(job) = app.job.as_ref().filter(|_| app.popups.is_empty())
    {
        let what = pen.facts.t(&format!("working-{}", job.work.id()));
        let text = format!("{what} {}  {}", job.name, job.figures(pen.facts));
        let cells = area.width.saturating_sub(1);
        pen.text(area.x + 1, y, cells, &text, theme::LABEL);
    }
    let (wanted, always) = wanted(app);
    let always: Vec<Hint> = always.iter().filter_map(|one| hint(app, *one)).collect();
    let reserved: u16 = always.iter().map(|hint| hint.cells() + GAP).sum();
    let mut x = area.x + 1;
    for hint in wanted.iter().filter_map(|one| hint(app, *one)) {
        if x + hint.cells() + reserved > area.right() {
            continue;
        }
        x += hint.draw(pen, x, y + 1) + GAP;
    }
    for hint in always {
        x += hint.draw(pen, x, y + 1) + GAP;
    }
}

/// What happened: in one row where it fits, else over as many rows above it as it needs.
fn said(pen: &mut Pen, last: u16, toast: &Toast) {
    let area = pen.area();
    let (mark, style) = if toast.bad {
        ("! ", theme::ALARM)
    } else {
        ("", theme::GOOD)
    };
    let text = show::cell(&format!("{mark}{}", toast.text)).into_owned();
    let room = area.width.saturating_sub(2);
    let mut rows = wrap(&text, usize::from(room));
    if let Some(end) = rows.get(MOST_ROWS - 1..).and_then(<[_]>::last) {
        // More than this covers too much; the rest is cut where it is drawn.
        let end = end.end;
        rows.truncate(MOST_ROWS);
        if let Some(row) = rows.last_mut() {
            row.end = end;
        }
    }
    let above = u16::try_from(rows.len().saturating_sub(1)).unwrap_or(0);
    let first = last.saturating_sub(above);
    if above > 0 {
        pen.clear(Rect {
            y: first,
            height: above,
            ..area
        });
    }
    for (y, row) in (first..=last).zip(rows) {
        let part = text.get(row).unwrap_or_default();
        pen.text(area.x + 1, y, room, part.trim_end(), style);
    }
}

/// A message covers no more rows than this.
const MOST_ROWS: usize = 4;

/// Cells between two hints.
const GAP: u16 = 2;

/// A key with what it does here.
struct Hint {
    key: String,
    name: String,
    able: bool,
}

impl Hint {
    fn whole(&self) -> String {
        let (open, close) = if self.able { ("", "") } else { ("(", ")") };
        format!("{open}{} {}{close}", self.key, self.name)
    }

    fn cells(&self) -> u16 {
        u16::try_from(crate::text::width::width(&self.whole())).unwrap_or(u16::MAX / 2)
    }

    fn draw(&self, pen: &mut Pen, x: u16, y: u16) -> u16 {
        let cells = self.cells();
        if !self.able {
            return pen.text(x, y, cells, &self.whole(), theme::QUIET);
        }
        let taken = pen.text(x, y, cells, &self.key, theme::KEY);
        taken
            + pen.text(
                x + taken,
                y,
                cells,
                &format!(" {}", self.name),
                theme::PLAIN,
            )
    }
}

/// The hint for an action where the keys go now; nothing where no key comes to it.
fn hint(app: &App, action: Action) -> Option<Hint> {
    let layers = app.layers();
    let sideways = app.popups.last().is_some_and(Popup::goes_sideways) || app.is_beside_profile();
    let beside = || {
        app.keymap
            .hint(action, &[Layer::Field])
            .filter(|_| sideways)
    };
    let mut key = app.keymap.hint(action, &layers).or_else(beside)?;
    let mut name = app.facts.texts.name("action", action.id());
    let finding = app.popups.is_empty() && app.pane().is_some_and(|pane| pane.find.is_some());
    let other = match (app.popups.last(), action) {
        (Some(Popup::Confirm(_)), Action::Accept | Action::Cancel) => {
            let letter = app.keymap.ways(action, &layers).into_iter();
            let letter = letter.map(ToString::to_string).find(|way| way.len() == 1);
            letter.map(|letter| {
                key = letter;
                let yes = action == Action::Accept;
                if yes { "choice-yes" } else { "choice-no" }
            })
        }
        (Some(Popup::Form(form)), Action::Save) if form.id.button() != "button-save" => {
            Some(form.id.button())
        }
        (Some(Popup::Quarterly(_)), Action::CaretLeft) => Some("footer-quarter-before"),
        (Some(Popup::Quarterly(_)), Action::CaretRight) => Some("footer-quarter-after"),
        (Some(Popup::Monthly(_)), Action::CaretLeft) => Some("footer-month-before"),
        (Some(Popup::Monthly(_)), Action::CaretRight) => Some("footer-month-after"),
        (Some(Popup::Quarterly(_) | Popup::Monthly(_)), Action::Accept) => Some("action-open"),
        (Some(Popup::Quarterly(_) | Popup::Monthly(_)), Action::Cancel) => Some("footer-close"),
        (Some(Popup::Record(..)), Action::CaretRight) => Some("form-keep-dossier"),
        (Some(Popup::Record(..)), Action::CaretLeft) => Some("footer-record"),
        (Some(Popup::Working), Action::Accept) => Some("footer-behind"),
        (Some(Popup::Working), Action::Cancel) => Some("footer-stop"),
        (Some(Popup::Incoming), action @ (Action::Accept | Action::Cancel)) => {
            in_import(app, action == Action::Accept)
        }
        (Some(Popup::Conflict(_)), Action::Accept) => Some("footer-go-on"),
        (Some(Popup::Conflict(_)), Action::Cancel) => Some("footer-back"),
        (Some(Popup::Pledge(_)), Action::Accept) => Some("footer-pledge"),
        (Some(Popup::Pledge(_)), Action::Cancel) => Some("action-sign-out"),
        (Some(popup), Action::Cancel) if popup.scroll().is_some() => Some("footer-close"),
        (None, Action::Accept) if finding => Some("footer-keep-found"),
        (None, Action::Cancel) if finding => Some("action-clear-filter"),
        _ => None,
    };
    if let Some(other) = other {
        name = app.facts.t(other);
    }
    let able = !app.popups.is_empty() || app.why_not(action).is_none();
    Some(Hint { key, name, able })
}

/// The actions that matter where the keys go now, the most wanted first, and those that are named
/// however little room there is: the way out and help.
fn wanted(app: &App) -> (&'static [Action], &'static [Action]) {
    if let Some(Popup::Record(opened, _)) = app.popups.last()
        && app.is_beside_profile()
    {
        return if opened.on_profile {
            (
                &[Action::Cancel, Action::CaretLeft, Action::Down, Action::Up],
                &[],
            )
        } else {
            (
                &[Action::Cancel, Action::CaretRight, Action::Down, Action::Up],
                &[],
            )
        };
    }
    if let Some(popup) = app.popups.last() {
        return (of_popup(popup), &[]);
    }
    let Some(pane) = app.pane() else {
        return (&[], &[Action::Help, Action::Quit]);
    };
    if pane.form.is_some() {
        let wanted = &[
            Action::Save,
            Action::NextField,
            Action::Pick,
            Action::SaveAndNew,
            Action::Phrases,
            Action::RepeatLast,
            Action::LastCustomer,
        ];
        return (wanted, &[Action::Leave, Action::Help]);
    }
    if pane.find.is_some() {
        let wanted = &[Action::Accept, Action::Cancel, Action::Up, Action::Down];
        return (wanted, &[]);
    }
    (of_pane(pane), &[Action::Help, Action::Quit])
}

fn of_popup(popup: &Popup) -> &'static [Action] {
    match popup {
        Popup::Form(form) if form.id == FormId::SignIn => &[
            Action::NextField,
            Action::Pick,
            Action::Save,
            Action::SwitchLanguage,
            Action::Quit,
        ],
        Popup::Form(_) => &[
            Action::Save,
            Action::NextField,
            Action::Pick,
            Action::SwitchLanguage,
        ],
        Popup::Conflict(_) => &[
            Action::Accept,
            Action::TakeMine,
            Action::TakeTheirs,
            Action::AllMine,
            Action::AllTheirs,
            Action::Cancel,
            Action::PageDown,
        ],
        Popup::Quarterly(_) | Popup::Monthly(_) => &[
            Action::Accept,
            Action::CaretLeft,
            Action::CaretRight,
            Action::Down,
            Action::PageDown,
            Action::Cancel,
        ],
        Popup::Preview(_) => &[
            Action::Accept,
            Action::Cancel,
            Action::Down,
            Action::PageDown,
        ],
        Popup::Confirm(_) | Popup::Working => &[Action::Accept, Action::Cancel],
        Popup::Pledge(_) => &[
            Action::Accept,
            Action::Cancel,
            Action::PageDown,
            Action::PageUp,
        ],
        popup if popup.scroll().is_some() => &[
            Action::Cancel,
            Action::Down,
            Action::PageDown,
            Action::PageUp,
        ],
        _ => &[Action::Accept, Action::Cancel, Action::Up, Action::Down],
    }
}

/// What Enter and Esc do with a file on its way in.
fn in_import(app: &App, accepts: bool) -> Option<&'static str> {
    let incoming = app.incoming.as_ref()?;
    match (incoming.stage, accepts) {
        (Stage::Trying | Stage::Running, true) => Some("footer-behind"),
        (Stage::Trying | Stage::Running, false) => Some("footer-stop"),
        (Stage::Columns, true) if incoming.field < incoming.fields().len() => Some("footer-column"),
        (Stage::Tried, false) => Some("button-columns"),
        (_, true) => {
            let buttons = incoming.buttons();
            buttons.get(incoming.button).map(|button| button.id())
        }
        _ => Some("footer-close"),
    }
}

/// The actions of the list that a pane shows.
fn of_pane(pane: &Pane) -> &'static [Action] {
    if pane.tab == Tab::FollowUps && pane.register() {
        return &[
            Action::New,
            Action::DoFollowUp,
            Action::StepsOfFollowUp,
            Action::Registers,
            Action::Filter,
            Action::Open,
            Action::Palette,
        ];
    }
    of_list(pane.tab)
}

fn of_list(tab: Tab) -> &'static [Action] {
    match tab {
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
        ],
        Tab::Complaints => &[
            Action::NewComplaint,
            Action::NextStep,
            Action::Steps,
            Action::ExplainDate,
            Action::Edit,
            Action::Find,
            Action::Filter,
            Action::Palette,
        ],
        Tab::Archive => &[
            Action::NextOfArchive,
            Action::CheckOut,
            Action::CheckIn,
            Action::New,
            Action::RequestAccess,
            Action::Registers,
            Action::ToggleRegister,
            Action::Find,
            Action::Filter,
            Action::Scan,
            Action::ExplainDate,
            Action::Palette,
        ],
        Tab::Approvals => &[
            Action::Approve,
            Action::Decline,
            Action::Open,
            Action::History,
            Action::Palette,
        ],
        Tab::FollowUps => &[
            Action::DoFollowUp,
            Action::NewFollowUp,
            Action::DropFollowUp,
            Action::Edit,
            Action::Filter,
            Action::Registers,
            Action::Open,
            Action::Palette,
        ],
        Tab::Customers => &[
            Action::NewCustomer,
            Action::Edit,
            Action::CallOf,
            Action::MarkKey,
            Action::Find,
            Action::KeyOnly,
            Action::ConfirmCard,
            Action::StepsOfCustomer,
            Action::Palette,
        ],
    }
}
