//! A file on its way in: its columns with the first rows as they will be read, how far a run is,
//! what came of it, and every refused row with its place and reason.

use std::fmt::Display;

use ratatui::layout::Rect;

use super::{centred, confirm, working};
use crate::app::App;
use crate::app::facts::Facts;
use crate::app::incoming::{Incoming, Stage};
use crate::app::picker::Picker;
use crate::exchange::sheet::Reject;
use crate::exchange::words::choices;
use crate::widgets::lines::{self, TextLine};
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Cells of the names of fields, and of the names of columns.
const NAMES: u16 = 14;

/// Draws the popup.
pub fn draw(pen: &mut Pen, app: &App) {
    let Some(incoming) = &app.incoming else {
        return;
    };
    let area = place(pen.area(), incoming);
    pen.clear(area);
    let title = title(incoming, pen.facts);
    let inside = pen.boxed(area, &title, theme::TITLE);
    let inside = Rect {
        x: inside.x + 1,
        width: inside.width.saturating_sub(2),
        ..inside
    };
    match incoming.stage {
        Stage::Columns => columns(pen, inside, incoming),
        Stage::Tried | Stage::Done => outcome(pen, inside, incoming),
        Stage::Opening | Stage::Trying | Stage::Running => under_way(pen, inside, app, incoming),
    }
    if inside.height > 1 {
        let keys: Vec<&str> = incoming.buttons().iter().map(|it| it.id()).collect();
        let on_buttons =
            incoming.stage != Stage::Columns || incoming.field >= incoming.fields().len();
        let marked = if on_buttons {
            incoming.button
        } else {
            usize::MAX
        };
        confirm::buttons(pen, inside, &keys, marked);
    }
}

/// Where the popup stands on the screen.
fn place(screen: Rect, incoming: &Incoming) -> Rect {
    let across = screen.width.saturating_sub(4).min(112);
    let fields = u16::try_from(incoming.fields().len()).unwrap_or(20);
    let listed = incoming.rejects.groups().len()
        + incoming.noted.doubles.len()
        + incoming.noted.other_names.len();
    let listed = u16::try_from(listed).unwrap_or(u16::MAX);
    let down = match incoming.stage {
        Stage::Columns => fields + 8,
        Stage::Tried | Stage::Done => listed.saturating_mul(2).saturating_add(8).max(10),
        Stage::Opening | Stage::Trying | Stage::Running => 8,
    };
    centred(screen, across, down)
}

/// Rows of fields that have room in an area, and the place of the first of them.
fn shown_fields(area: Rect, incoming: &Incoming) -> (usize, usize) {
    let room = usize::from(area.height.saturating_sub(5)).max(1);
    let most = incoming.fields().len().saturating_sub(room);
    ((incoming.field + 1).saturating_sub(room).min(most), room)
}

/// The row of the screen on which the field stands that a list of columns is about.
pub(super) fn row_of_field(pen: &Pen, app: &App, picker: &Picker) -> Option<u16> {
    let incoming = app.incoming.as_ref().filter(|_| !picker.about.is_empty())?;
    let area = place(pen.area(), incoming);
    let inside = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(2),
        ..area
    };
    let (top, _) = shown_fields(inside, incoming);
    let place = u16::try_from(incoming.field.saturating_sub(top)).ok()?;
    Some(inside.y + 2 + place)
}

fn title(incoming: &Incoming, facts: &Facts) -> String {
    let mut title = format!("{}  {}", facts.t("popup-import"), incoming.from.file());
    if let Some(kind) = incoming.kind {
        let kind = facts.texts.name("kind", kind.id());
        title = format!("{title} {} {kind}", facts.glyphs.set().arrow);
    }
    title
}

fn under_way(pen: &mut Pen, area: Rect, app: &App, incoming: &Incoming) {
    let key = match incoming.stage {
        Stage::Trying => "import-trying",
        Stage::Running => "import-running",
        _ if app.job.is_some() => "import-reading",
        _ => "import-choosing",
    };
    let text = pen.facts.t(key);
    pen.text(area.x, area.y + 1, area.width, &text, theme::PLAIN);
    if let Some(job) = &app.job {
        working::bar(pen, area.x, area.y + 2, area.width, job);
        if incoming.stage != Stage::Opening {
            let hint = pen.facts.t("working-hint");
            pen.text(area.x, area.y + 4, area.width, &hint, theme::QUIET);
        }
    }
}

/// One row a field: its name, the column that fills it, the first rows as they will be read.
fn columns(pen: &mut Pen, area: Rect, incoming: &Incoming) {
    let facts = pen.facts;
    let preview = &incoming.preview;
    let mut head = vec![facts.tw("import-rows", &[("count", &preview.rows)])];
    if let Some(sheet) = &preview.sheet {
        head.push(facts.tw("incoming-sheet", &[("name", sheet)]));
    }
    if let Some(encoding) = preview.encoding {
        head.push(facts.tw("import-in", &[("encoding", &encoding)]));
    }
    let head = head.join(&facts.t("list-comma"));
    pen.text(area.x, area.y, area.width, &head, theme::PLAIN);
    let rest = area.width.saturating_sub(2 * (NAMES + 1) + 1);
    let shown = u16::try_from(preview.samples.len()).unwrap_or(0).max(1);
    let cells = (rest / shown).max(6);
    let y = area.y + 1;
    for (place, key) in (0..).zip(["import-field", "import-column", "import-sample"]) {
        let text = facts.t(key);
        pen.text(
            area.x + 1 + place * (NAMES + 1),
            y,
            NAMES,
            &text,
            theme::LABEL,
        );
    }
    let (top, room) = shown_fields(area, incoming);
    let fields = incoming.fields();
    let missing = incoming.missing();
    for (place, field) in fields.iter().enumerate().skip(top).take(room) {
        let y = y + 1 + u16::try_from(place - top).unwrap_or(0);
        let mark = if field.required { "*" } else { " " };
        pen.text(area.x, y, 1, mark, theme::KEY);
        let name = facts.texts.name("column", field.name);
        pen.text(area.x + 1, y, NAMES, &name, theme::LABEL);
        let (column, style) = match incoming.column(field.name) {
            Some(column) => (column, theme::PLAIN),
            None if missing.contains(&field.name) => (facts.t("import-wanted"), theme::ALARM),
            None => ("-".to_owned(), theme::QUIET),
        };
        pen.text(area.x + NAMES + 2, y, NAMES, &column, style);
        let mut x = area.x + 2 * (NAMES + 1) + 1;
        for sample in incoming.samples(field.name) {
            let group = incoming.kind.and_then(|kind| choices(kind, field.name));
            let sample = match group {
                Some((group, ids)) if ids.contains(&&*sample.text) => {
                    facts.texts.name(group, &sample.text)
                }
                _ => sample.text.replace(['\n', '\r', '\t'], " "),
            };
            pen.text(x, y, cells.saturating_sub(1), &sample, theme::PLAIN);
            x += cells;
        }
        if place == incoming.field {
            let row = Rect {
                y,
                height: 1,
                ..area
            };
            pen.style(row, theme::SELECTED);
            pen.caret(area.x, y);
        }
    }
    let y = area.bottom().saturating_sub(3);
    let left_over = incoming.left_over();
    if !left_over.is_empty() {
        let names = left_over.join(&facts.t("list-comma"));
        let text = facts.tw("import-left-over", &[("names", &names)]);
        pen.text(area.x, y, area.width, &text, theme::QUIET);
    }
    let y = y + 1;
    if missing.is_empty() {
        let text = facts.t("import-columns-hint");
        pen.text(area.x, y, area.width, &text, theme::QUIET);
    } else {
        let names: Vec<String> = missing
            .iter()
            .map(|name| facts.texts.name("column", name))
            .collect();
        let names = names.join(&facts.t("list-comma"));
        let text = facts.tw("import-missing", &[("field", &names)]);
        pen.text(area.x, y, area.width, &text, theme::ALARM);
    }
}

/// What came of a run, and the rows it refused.
fn outcome(pen: &mut Pen, area: Rect, incoming: &Incoming) {
    let text = summary(incoming, pen.facts);
    let used = lines::rows(&text, area.width);
    let used = u16::try_from(used).unwrap_or(0).min(area.height);
    let above = Rect {
        height: used,
        ..area
    };
    lines::draw(pen, above, &text, &std::cell::Cell::new(0));
    let below = Rect {
        y: area.y + used,
        height: area.height.saturating_sub(used + 2),
        ..area
    };
    let mut listed: Vec<TextLine> = Vec::new();
    let facts = pen.facts;
    for group in incoming.rejects.groups() {
        let place = match group.count {
            1 => place_of(&group.first, facts),
            _ => group.place(&facts.texts),
        };
        let reason = group.reason(&facts.texts);
        listed.push(TextLine::plain(place).styled(theme::LABEL));
        listed.push(TextLine::plain(format!("  {reason}")));
    }
    let refused = incoming.tally.rejected + incoming.tally.already;
    let told: u64 = incoming.rejects.groups().iter().map(|it| it.count).sum();
    if refused > told {
        let more = facts.tw("import-more-rejects", &[("count", &told)]);
        listed.push(TextLine::plain(more).styled(theme::QUIET));
    }
    listed.extend(noted(incoming, facts));
    lines::draw(pen, below, &listed, &incoming.scroll);
}

/// Rows that were taken in and that a person should look at.
fn noted(incoming: &Incoming, facts: &Facts) -> Vec<TextLine> {
    let doubles = incoming.noted.doubles.iter().map(|it| {
        let args: [(&str, &dyn Display); 3] = [
            ("line", &it.line),
            ("first", &it.first),
            ("number", &it.number),
        ];
        facts.tw("import-double", &args)
    });
    let others = incoming.noted.other_names.iter().map(|it| {
        let args: [(&str, &dyn Display); 4] = [
            ("line", &it.line),
            ("name", &it.name),
            ("customer", &it.customer),
            ("known", &it.known),
        ];
        facts.tw("import-other-name", &args)
    });
    doubles.chain(others).map(TextLine::plain).collect()
}

fn summary(incoming: &Incoming, facts: &Facts) -> Vec<TextLine> {
    let tally = &incoming.tally;
    let key = if incoming.stage == Stage::Tried {
        "import-would-be"
    } else {
        "import-was"
    };
    let text = facts.tw(
        key,
        &[
            ("read", &tally.read),
            ("imported", &tally.imported),
            ("rejected", &tally.rejected),
        ],
    );
    let style = if tally.rejected > 0 {
        theme::TITLE
    } else {
        theme::GOOD
    };
    let mut lines = vec![TextLine::plain(text).styled(style)];
    let more = [
        ("incoming-attached", tally.attached),
        ("incoming-filled", tally.filled),
        ("incoming-already", tally.already),
    ];
    for (key, count) in more.into_iter().filter(|(_, count)| *count > 0) {
        lines.push(TextLine::plain(facts.tw(key, &[("count", &count)])));
    }
    if let Some(stop) = &tally.stopped {
        let line = facts.tw("import-cut-short", &[("line", &stop.line)]);
        lines.push(TextLine::plain(line).styled(theme::ALARM));
        let said = facts.texts.failure(&stop.failure);
        lines.extend(said.iter().map(|said| TextLine::plain(said.line())));
    } else if incoming.stage == Stage::Done && tally.read < tally.total {
        let line = facts.t("import-was-stopped");
        lines.push(TextLine::plain(line).styled(theme::ALARM));
    }
    if let Some(import) = tally.import.filter(|_| incoming.stage == Stage::Done) {
        let line = facts.tw("import-number", &[("import", &import)]);
        lines.push(TextLine::plain(line));
    }
    lines.push(TextLine::plain(String::new()));
    lines
}

/// Where a refused row stands.
fn place_of(reject: &Reject, facts: &Facts) -> String {
    let line = reject.line;
    match (&reject.column, reject.cell()) {
        (Some(column), Some(cell)) => facts.tw(
            "import-at-cell",
            &[("cell", &cell), ("header", &column.name)],
        ),
        (Some(column), None) => facts.tw(
            "import-at-column",
            &[
                ("line", &line),
                ("column", &column.number),
                ("header", &column.name),
            ],
        ),
        (None, _) => facts.tw("import-at-line", &[("line", &line)]),
    }
}
