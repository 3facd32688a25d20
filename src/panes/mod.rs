//! What a session looks like: the tabs, the pane that is shown, popups over it, the footer.
//!
//! ```text
//!  tabs                                   site · operator
//! ┌ list ─────────────────┬ record ──────────────────────┐   beside each other from 100 columns
//! │                       │                              │   on, else one under the other
//! └───────────────────────┴──────────────────────────────┘
//!  what happened
//!  keys
//! ```
//!
//! One file a pane says its columns, its cells and its detail. Nothing here changes any state.

pub mod approvals;
pub mod archive;
pub mod caller;
pub mod complaints;
pub mod customers;
pub mod follow_ups;
pub mod gate;
pub mod intake;
pub mod registers;
mod surveys;
pub mod veil;

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::facts::Facts;
use crate::app::form::Form;
use crate::app::forms::FormId;
use crate::app::pane::{Pane, filter_label, sort_key};
use crate::app::{describe, describe_dossier};
use crate::desk::contract::{Filter, Row};
use crate::domain::number::Kind;
use crate::domain::profile::Tab;
use crate::keys::Action;
use crate::text::width::width;
use crate::widgets::lines::{self, TextLine};
use crate::widgets::pen::Pen;
use crate::widgets::table::{self, Column};
use crate::widgets::{footer, form, tabs, theme};

/// The least terminal that is served.
const LEAST: (u16, u16) = (60, 16);
/// From so many columns on, list and record stand beside each other.
const WIDE: u16 = 100;

/// From so many rows on, each field of the record has a place of its own.
const TALL: u16 = 30;

/// Draws a session.
pub fn draw(app: &App, frame: &mut Frame) {
    let mut pen = Pen::new(frame, &app.facts);
    let area = pen.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        let text = app
            .facts
            .tw("too-small", &[("columns", &LEAST.0), ("rows", &LEAST.1)]);
        lines::draw(&mut pen, area, &[TextLine::plain(text)], &Cell::new(0));
        return;
    }
    if app.is_veiled() {
        veil::draw(&mut pen, app);
        return;
    }
    if app.gate.is_some() {
        gate::draw(&mut pen, app);
        footer::draw(&mut pen, app);
        crate::popups::draw(&mut pen, app);
        return;
    }
    tabs::draw(&mut pen, app);
    let mut body = Rect {
        y: area.y + 1,
        height: area.height - 3,
        ..area
    };
    if let Some(alarm) = app.alarm() {
        let key = app.key_of(Action::AcknowledgeMajor);
        let style = theme::ALARM.patch(theme::SELECTED);
        let text = format!(" ! {alarm}");
        let name = format!(" {key} {} ", pen.facts.t("step-acknowledge"));
        let taken = u16::try_from(width(&name)).unwrap_or(0).min(area.width);
        pen.row(area.x, body.y, area.width - taken, &text, style);
        pen.row(area.right() - taken, body.y, taken, &name, style);
        body.y += 1;
        body.height -= 1;
    }
    if let Some(ringing) = app.ringing() {
        let key = app.key_of(Action::TakeCall);
        let mut name = format!(" {key} {} ", pen.facts.t("action-take-call"));
        if !app.popups.is_empty() {
            // What stands over the panes is answered first.
            name.clear();
        }
        let taken = u16::try_from(width(&name)).unwrap_or(0).min(area.width);
        let style = theme::TITLE.patch(theme::SELECTED);
        let text = format!(" {ringing}");
        pen.row(area.x, body.y, area.width - taken, &text, style);
        pen.row(area.right() - taken, body.y, taken, &name, style);
        body.y += 1;
        body.height -= 1;
    }
    if let Some(pane) = app.pane() {
        draw_pane(&mut pen, body, app, pane);
    }
    footer::draw(&mut pen, app);
    crate::popups::draw(&mut pen, app);
}

fn draw_pane(pen: &mut Pen, area: Rect, app: &App, pane: &Pane) {
    if let Some(open) = &pane.form {
        draw_form(pen, area, app, pane, open);
        return;
    }
    let area = draw_due(pen, area, pane);
    let (list, detail) = if area.width >= WIDE {
        let left = area.width * 6 / 10;
        let list = Rect {
            width: left,
            ..area
        };
        let detail = Rect {
            x: area.x + left,
            width: area.width - left,
            ..area
        };
        (list, detail)
    } else {
        let above = area.height / 2 + 1;
        let list = Rect {
            height: above,
            ..area
        };
        let detail = Rect {
            y: area.y + above,
            height: area.height - above,
            ..area
        };
        (list, detail)
    };
    draw_list(pen, list, pane);
    draw_detail(pen, detail, pane);
}

/// The inspections that are due, above the archive. Returns the room below them.
fn draw_due(pen: &mut Pen, area: Rect, pane: &Pane) -> Rect {
    if pane.tab != Tab::Archive {
        return area;
    }
    let mut area = area;
    let facts = pen.facts;
    for due in &facts.inspections_due {
        let what = facts.texts.name("inspection", due.kind.id());
        let since = due.since.map(|day| day.to_string()).unwrap_or_default();
        let key = match (due.since, due.overdue) {
            (None, _) => "inspection-never",
            (_, true) => "inspection-overdue",
            (_, false) => "inspection-due",
        };
        let line = facts.tw(key, &[("what", &what), ("since", &since)]);
        let line = format!("! {line}");
        pen.text(area.x, area.y, area.width, &line, theme::ALARM);
        area.y += 1;
        area.height = area.height.saturating_sub(1);
    }
    if let Some(line) = to_file(facts) {
        pen.text(area.x, area.y, area.width, &line, theme::KEY);
        area.y += 1;
        area.height = area.height.saturating_sub(1);
    }
    area
}

/// What waits to be filed, where there is any: how much, and how long it has waited (A11-04a, A13-a4).
fn to_file(facts: &Facts) -> Option<String> {
    let found = &facts.to_file;
    let customers = found.customers.first().map(|one| one.days);
    let received = found.received.first().map(|one| one.days);
    let part = |key, count: u64, days: Option<i64>| {
        Some(facts.tw(key, &[("count", &count), ("days", &days?)]))
    };
    let parts: Vec<String> = [
        part("to-file-customers", found.customers_all, customers),
        part("to-file-received", found.received_all, received),
    ]
    .into_iter()
    .flatten()
    .collect();
    let dot = facts.glyphs.set().dot;
    let what = parts.join(&format!(" {dot} "));
    (!parts.is_empty()).then(|| facts.tw("to-file-line", &[("what", &what)]))
}

fn draw_form(pen: &mut Pen, area: Rect, app: &App, pane: &Pane, open: &Form) {
    let asks = open.id.channel().is_some();
    let wide = area.width >= WIDE;
    let (side, main) = if asks {
        let left = area.width * 6 / 10;
        let side = Rect {
            x: area.x + left,
            width: area.width - left,
            ..area
        };
        (
            Some(side),
            Rect {
                width: left,
                ..area
            },
        )
    } else if wide {
        let left = area.width * 4 / 10;
        let list = Rect {
            width: left,
            ..area
        };
        draw_list(pen, list, pane);
        (
            None,
            Rect {
                x: area.x + left,
                width: area.width - left,
                ..area
            },
        )
    } else {
        (None, area)
    };
    let title = form_title(open, pen.facts);
    let mut inside = pen.boxed(main, &title, theme::TITLE);
    for line in form_head(app, open) {
        pen.text(inside.x, inside.y, inside.width, &line, theme::ALARM);
        inside.y += 1;
        inside.height = inside.height.saturating_sub(1);
    }
    if let Some(line) = tastes(pane, open, pen.facts) {
        pen.text(inside.x, inside.y, inside.width, &line, theme::KEY);
        inside.y += 1;
        inside.height = inside.height.saturating_sub(1);
    }
    inside.height -= draw_alikes(pen, inside, app, pane);
    inside.height -= draw_granted(pen, inside, pane, open);
    form::draw(pen, inside, open, app.popups.is_empty());
    if let Some(side) = side {
        caller::draw(pen, side, pane, &app.key_of(Action::Pick));
    }
}

/// What is open and may be the same matter, at the foot of the form. Returns the rows it takes.
fn draw_alikes(pen: &mut Pen, area: Rect, app: &App, pane: &Pane) -> u16 {
    let rows = pane.alikes.rows();
    let most = usize::from(area.height / 3);
    if rows.is_empty() || most < 2 {
        return 0;
    }
    let shown = rows.len().min(most - 1);
    let taken = u16::try_from(shown + 1).unwrap_or(0);
    let mut y = area.bottom() - taken;
    let key = app.key_of(Action::AddToOpen);
    let head = match pane.form.as_ref().map(|form| form.id) {
        Some(FormId::NewCustomer) => "alike-head-card",
        Some(FormId::EditCustomer) => "alike-head-merge",
        _ => "alike-head",
    };
    let head = pen.facts.tw(head, &[("count", &rows.len()), ("key", &key)]);
    pen.text(area.x, y, area.width, &head, theme::ALARM);
    for row in rows.into_iter().take(shown) {
        y += 1;
        let line = format!("  {}", describe::in_brief(row, pen.facts));
        pen.text(area.x, y, area.width, &line, theme::PLAIN);
    }
    taken
}

/// What the customer is granted on what is typed, at the foot of the form (A01-06, A01-13). Returns the
/// rows it takes.
fn draw_granted(pen: &mut Pen, area: Rect, pane: &Pane, open: &Form) -> u16 {
    let lines = pane.stands.lines(open, pen.facts);
    let taken = u16::try_from(lines.len()).unwrap_or(0).min(area.height / 2);
    let top = area.bottom() - taken;
    for (y, line) in (top..area.bottom()).zip(&lines) {
        pen.text(area.x, y, area.width, line, theme::KEY);
    }
    taken
}

/// What is to be regarded on the visit that a form is about, on one line (A14-2.3).
fn tastes(pane: &Pane, open: &Form, facts: &Facts) -> Option<String> {
    let row = pane.list().selected()?;
    let about = open
        .about
        .filter(|about| about.number == row.record.number())?;
    let profiled = row.profiled.as_ref().filter(|it| !it.tastes.is_empty())?;
    let label = facts.label("tastes");
    let told = describe_dossier::tastes(&profiled.tastes, facts);
    (about.number.kind == Kind::FollowUp).then(|| format!("{label} {told}"))
}

/// What others do with the record of a form.
fn form_head(app: &App, open: &Form) -> Vec<String> {
    let Some(about) = open.about else {
        return Vec::new();
    };
    let facts = &app.facts;
    let overtaken = open.overtaken.map(|overtaken| {
        let name = facts.operator_name(overtaken.by);
        let time = facts.when_short(overtaken.at);
        facts.tw("form-overtaken", &[("name", &name), ("time", &time)])
    });
    let also = app.also_open(about.number);
    let lines = overtaken.into_iter().chain(also);
    lines.map(|line| format!("! {line}")).collect()
}

fn form_title(open: &Form, facts: &Facts) -> String {
    let mut title = facts.texts.name("form", open.id.id());
    if let Some(about) = open.about {
        title = format!("{title} {}", about.number);
    }
    let start = crate::domain::stamp::Stamp::parse(open.value("started_at"), 0);
    if let Some(start) = start.filter(|_| open.id != FormId::EditIntake) {
        let time = facts.when(start);
        let time = time.split_once(' ').map_or(time.as_str(), |(_, time)| time);
        title = format!("{title}  {}", facts.tw("form-started", &[("time", &time)]));
    }
    title
}

fn draw_list(pen: &mut Pen, area: Rect, pane: &Pane) {
    let list = pane.list();
    let title = list_title(pane, pen.facts);
    let mut inside = pen.boxed(area, &title, theme::TITLE);
    if let Some(find) = &pane.find {
        let label = format!("{} ", pen.facts.t("find-label"));
        let x = inside.x + pen.text(inside.x, inside.y, inside.width, &label, theme::KEY);
        let room = inside.right().saturating_sub(x);
        let view = find.view(usize::from(room), 1);
        let shown = view.lines.first().map_or("", String::as_str);
        pen.row(x, inside.y, room, shown, theme::FIELD);
        pen.caret(x + u16::try_from(view.cursor.0).unwrap_or(0), inside.y);
        inside.y += 1;
        inside.height -= 1;
    }
    if list.rows.is_empty() {
        let key = match (list.find.trim().is_empty(), list.is_narrowed()) {
            (false, _) => "list-none-found",
            (true, true) => "none-found",
            (true, false) => "list-empty",
        };
        let today = list.filter == Filter::Today && list.find.is_empty();
        let key = if today { "today-empty" } else { key };
        let key = if list.ready || pen.facts.site.is_none() {
            key
        } else {
            "list-loading"
        };
        let mine = pane.tab == Tab::Approvals;
        let unseen = pen.facts.not_seen(list.kind).filter(|_| !mine);
        let text = unseen.unwrap_or_else(|| pen.facts.t(key));
        lines::draw(
            pen,
            inside,
            &[TextLine::plain(text).styled(theme::QUIET)],
            &Cell::new(0),
        );
        return;
    }
    let facts = pen.facts;
    table::draw(pen, inside, list, columns(pane, facts), |row, field| {
        cell(pane, pane.shown(row), field, facts)
    });
}

fn list_title(pane: &Pane, facts: &Facts) -> String {
    let list = pane.list();
    let dot = facts.glyphs.set().dot;
    let mut parts = Vec::new();
    if pane.register() {
        let kind = list.kind.id();
        parts.push(facts.texts.name("register", kind));
    }
    parts.push(filter_label(list.filter, list.kind, facts));
    let in_own_order = matches!(
        list.filter,
        Filter::Today
            | Filter::ToConfirm
            | Filter::Quiet
            | Filter::ToVisit
            | Filter::NoInterval
            | Filter::ToTell(_)
    );
    if pane.tab != Tab::Approvals && !in_own_order {
        parts.push(facts.t(sort_key(list.sort)));
    }
    if pane.find.is_none() && !list.find.is_empty() {
        parts.push(facts.tw("title-find", &[("words", &list.find)]));
    }
    if let Some(total) = list.total {
        parts.push(facts.tw("title-total", &[("count", &total)]));
    }
    if !list.marked.is_empty() {
        parts.push(facts.tw("title-marked", &[("count", &list.marked.len())]));
    }
    if list.truncated {
        parts.push(facts.t("title-truncated"));
    }
    parts.join(&format!(" {dot} "))
}

fn columns(pane: &Pane, facts: &Facts) -> &'static [Column] {
    let kind = pane.list().kind;
    match pane.tab {
        Tab::Intake | Tab::Customers | Tab::FollowUps if pane.register() => {
            registers::columns(kind)
        }
        Tab::Intake => intake::COLUMNS,
        Tab::Complaints if pane.register() => complaints::MEASURE_COLUMNS,
        Tab::Complaints if facts.profile.complaints.terms.is_empty() => {
            complaints::COLUMNS_WITHOUT_TERM
        }
        Tab::Complaints => complaints::COLUMNS,
        Tab::Archive => archive::columns(pane.list()),
        Tab::Customers => customers::columns(pane.list(), facts),
        Tab::Approvals => approvals::COLUMNS,
        Tab::FollowUps => follow_ups::columns(pane.list()),
    }
}

fn cell(pane: &Pane, row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    match pane.tab {
        Tab::Intake | Tab::Customers | Tab::FollowUps if pane.register() => {
            registers::cell(row, field, facts)
        }
        Tab::Intake => intake::cell(row, field, facts),
        Tab::Complaints => complaints::cell(row, field, facts),
        Tab::Archive => archive::cell(row, field, facts),
        Tab::Customers => customers::cell(row, field, facts),
        Tab::Approvals => approvals::cell(row, field, facts),
        Tab::FollowUps => follow_ups::cell(row, field, facts),
    }
}

fn draw_detail(pen: &mut Pen, area: Rect, pane: &Pane) {
    let Some(row) = pane.list().selected() else {
        pen.boxed(area, "", theme::TITLE);
        return;
    };
    let whole = pane.shown(row);
    let revealed = !std::ptr::eq(whole, row);
    let (row, facts) = (whole, pen.facts);
    let fields = if area.height >= TALL {
        lines::in_places
    } else {
        lines::of_fields
    };
    let mut lines = match pane.tab {
        Tab::Intake | Tab::Customers | Tab::FollowUps if pane.register() => {
            registers::detail(row, facts, fields)
        }
        Tab::Intake => intake::detail(row, facts, fields),
        Tab::Complaints => complaints::detail(row, facts, fields),
        Tab::Archive => archive::detail(row, pane, facts, fields),
        Tab::Customers => customers::detail(row, pane, facts, fields),
        Tab::Approvals => approvals::detail(row, facts, fields),
        Tab::FollowUps => follow_ups::detail(row, pane, facts, fields),
    };
    surveys::around(&mut lines, row, pane, facts);
    let mut title = row.record.number().to_string();
    if revealed {
        let dot = facts.glyphs.set().dot;
        title = format!("{title} {dot} {}", facts.t("title-revealed"));
    }
    let inside = pen.boxed(area, &title, theme::TITLE);
    lines::draw(pen, inside, &lines, &Cell::new(0));
}
