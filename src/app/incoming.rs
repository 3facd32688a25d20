//! A file into the store: which file, what its rows become, which column is which field, a dry run,
//! the run, and what came of it. The file itself stays with the session's worker.

use std::cell::Cell;
use std::fmt::Display;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::App;
use super::effect::Tag;
use super::forms::{self, FormId};
use super::job::{Order, Place, Preview, Told, UnderWay, Work, kinds};
use super::picker::{Choice, Item, Picker};
use super::popup::{Popup, Scroll, Then};
use crate::desk::contract::{Care, Filter, ListQuery, Page, Query, Request, Sort, Waiting};
use crate::domain::adopt::Existing;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::exchange::book::{Options, Unopened};
use crate::exchange::import::Tally;
use crate::exchange::mapping::{Field, Mapping, Source, fields};
use crate::exchange::sheet::Reject;
use crate::exchange::words::Words;
use crate::keys::Action;

/// Rejected rows that can be looked at on the screen; the file of them has all.
const MOST_REJECTS: usize = 1_000;
/// Bytes of a file's name that the name of its refused rows begins with.
const MOST_STEM: usize = 60;
/// Imports that can be chosen from, the newest.
const IMPORTS: u32 = 100;

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Something is still to be chosen, or the file is being read.
    Opening,
    /// Which column is which field.
    Columns,
    /// A dry run.
    Trying,
    /// What the run would bring.
    Tried,
    /// The run.
    Running,
    /// What it brought.
    Done,
}

/// What can be done with a file at a stage, beside what is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// Hold the rows against the desk's rules.
    Try,
    /// Take the rows in.
    Run,
    /// Try again, and fill empty fields of what is there.
    Fill,
    /// Choose the columns again.
    Columns,
    /// The rows that were refused, as a file.
    Rejects,
    /// Take the import back.
    TakeBack,
    /// Nothing more.
    Close,
}

impl Button {
    /// The name in locale keys.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Try => "button-try",
            Self::Run => "button-run",
            Self::Fill => "button-fill",
            Self::Columns => "button-columns",
            Self::Rejects => "button-rejects",
            Self::TakeBack => "button-take-back",
            Self::Close => "button-close",
        }
    }
}

/// A file that is being imported.
#[derive(Debug)]
pub struct Incoming {
    /// Where it is.
    pub from: Place,
    /// What its rows become, once that is chosen.
    pub kind: Option<Kind>,
    /// How far it has come.
    pub stage: Stage,
    /// What is known of it.
    pub preview: Preview,
    /// Which column is which field.
    pub mapping: Option<Mapping>,
    /// Place of the selected field; behind the last are the buttons.
    pub field: usize,
    /// Place of the marked button.
    pub button: usize,
    /// What came of the last run.
    pub tally: Tally,
    /// The rows it refused, the first of them.
    pub rejects: Vec<Reject>,
    /// How far they are scrolled.
    pub scroll: Scroll,
    existing: Existing,
    options: Options,
    words: Option<Arc<Words>>,
}

impl Incoming {
    fn new(from: Place) -> Self {
        Self {
            from,
            kind: None,
            stage: Stage::Opening,
            preview: Preview::default(),
            mapping: None,
            field: 0,
            button: 0,
            tally: Tally::default(),
            rejects: Vec::new(),
            scroll: Cell::new(0),
            existing: Existing::default(),
            options: Options::default(),
            words: None,
        }
    }

    /// The fields that can be filled.
    pub fn fields(&self) -> &'static [Field] {
        self.kind.map_or(&[], fields)
    }

    /// The column that fills a field, in words.
    pub fn column(&self, field: &str) -> Option<String> {
        let source = self.mapping.as_ref()?.fields.get(field)?;
        let columns: Vec<&str> = source
            .column
            .iter()
            .chain(&source.columns)
            .map(String::as_str)
            .collect();
        match &source.constant {
            Some(constant) if columns.is_empty() => Some(format!("= {constant}")),
            _ => Some(columns.join(" + ")),
        }
    }

    /// What a field will be in each of the first rows.
    pub fn samples(&self, field: &str) -> Vec<String> {
        let bound = self
            .mapping
            .as_ref()
            .map(|it| it.bind(&self.preview.headers));
        let Some(Ok(bound)) = bound else {
            return Vec::new();
        };
        let rows = self.preview.samples.iter();
        rows.map(|row| bound.text(field, row).text).collect()
    }

    /// The columns of the file that fill no field.
    pub fn left_over(&self) -> Vec<&str> {
        let sources = self.mapping.iter().flat_map(|it| it.fields.values());
        let taken: Vec<&String> = sources
            .flat_map(|source| source.column.iter().chain(&source.columns))
            .collect();
        let headers = self.preview.headers.iter();
        headers
            .filter(|header| !header.is_empty() && !taken.contains(header))
            .map(String::as_str)
            .collect()
    }

    /// The required fields that no column fills.
    pub fn missing(&self) -> Vec<&'static str> {
        self.mapping.iter().flat_map(Mapping::missing).collect()
    }

    /// The buttons at this stage.
    pub fn buttons(&self) -> Vec<Button> {
        let refused = !self.rejects.is_empty();
        let all: &[(Button, bool)] = match self.stage {
            Stage::Columns => &[(Button::Try, true)],
            Stage::Tried => &[
                (Button::Run, self.tally.imported + self.tally.filled > 0),
                (Button::Fill, self.may_fill()),
                (Button::Columns, true),
                (Button::Rejects, refused),
            ],
            Stage::Done => &[
                (Button::Close, true),
                (Button::Rejects, refused),
                (
                    Button::TakeBack,
                    self.tally.imported + self.tally.filled > 0,
                ),
            ],
            Stage::Opening | Stage::Trying | Stage::Running => &[],
        };
        let there = all.iter().filter(|(_, there)| *there);
        there.map(|(button, _)| *button).collect()
    }

    /// Whether rows whose customer is there could put something into empty fields.
    fn may_fill(&self) -> bool {
        let passed_over = self.existing == Existing::default() && self.tally.already > 0;
        passed_over && self.kind == Some(Kind::Customer)
    }

    fn enter(&mut self, stage: Stage) {
        self.stage = stage;
        self.button = 0;
        self.scroll.set(0);
        if stage == Stage::Columns {
            let missing = self.missing();
            let first = self
                .fields()
                .iter()
                .position(|it| missing.contains(&it.name));
            self.field = first.unwrap_or(self.fields().len());
        }
    }
}

impl App {
    /// Asks which file is to be imported; while one is on its way, shows that.
    pub(crate) fn open_import(&mut self) {
        if self.incoming.is_some() {
            self.popups.push(Popup::Incoming);
        } else if self.job.is_some() {
            self.popups.push(Popup::Working);
        } else {
            self.ask(Tag::Outbox, Request::Care(Care::Outbox), Vec::new());
        }
    }

    /// Offers the files that wait in the outbox, and, where files can be named, another one.
    pub(crate) fn offer_files(&mut self, files: &[Waiting]) {
        let mut items: Vec<Item> = files
            .iter()
            .map(|file| Item {
                choice: Choice::File(Place::Outbox(file.name.clone())),
                label: file.name.clone(),
                note: size(file.size),
                why_not: None,
            })
            .collect();
        if self.paths {
            items.push(Item {
                choice: Choice::OtherFile,
                label: self.facts.t("import-other-file"),
                note: String::new(),
                why_not: None,
            });
        }
        if items.is_empty() {
            let lines = vec![self.facts.t("import-no-files"), self.facts.t("import-put")];
            return self
                .popups
                .push(Popup::Came("popup-import", lines, Cell::new(0)));
        }
        self.popups
            .push(Popup::Picker(Picker::new("popup-files", items)));
        self.dirty = true;
    }

    /// The path that was typed.
    pub(crate) fn send_import_path(&mut self) {
        let empty = self.facts.t("export-no-name");
        let Some(Popup::Form(form)) = self.popups.last_mut() else {
            return;
        };
        let path = form.value("file_name").trim().to_owned();
        if path.is_empty() {
            return form.fail("file_name", empty);
        }
        self.popups.pop();
        self.file_chosen(Place::Path(path));
    }

    fn file_chosen(&mut self, from: Place) {
        self.incoming = Some(Box::new(Incoming::new(from)));
        self.popups.push(Popup::Incoming);
        self.offer_kinds();
    }

    fn offer_kinds(&mut self) {
        let items = kinds().map(|kind| Item {
            choice: Choice::Becomes(kind),
            label: self.facts.texts.name("kind", kind.id()),
            note: String::new(),
            why_not: self.facts.not_seen(kind),
        });
        let picker = Picker::new("popup-becomes", items.collect());
        self.popups.push(Popup::Picker(picker));
    }

    /// What was chosen on the way of a file.
    pub(crate) fn picked_of_file(&mut self, choice: Choice) {
        match choice {
            Choice::File(place) => self.file_chosen(place),
            Choice::OtherFile => {
                let form = forms::blank(FormId::ImportPath, None, &self.facts);
                self.popups.push(Popup::Form(Box::new(form)));
            }
            Choice::Imported(import) => self.ask_to_take_back(import),
            Choice::Becomes(kind) => {
                self.with_incoming(|incoming| incoming.kind = Some(kind));
                self.read_file();
            }
            Choice::Sheet(name) => {
                self.with_incoming(|incoming| incoming.options.sheet = Some(name));
                self.read_file();
            }
            Choice::Encoding(name) => {
                let encoding = Encoding::for_label(name.as_bytes());
                self.with_incoming(|incoming| incoming.options.encoding = encoding);
                self.read_file();
            }
            Choice::Column(field, column) => self.with_incoming(|incoming| {
                let Some(mapping) = &mut incoming.mapping else {
                    return;
                };
                mapping.fields.remove(field);
                if let Some(column) = column {
                    let source = Source {
                        column: Some(column),
                        ..Source::default()
                    };
                    mapping.fields.insert(field.to_owned(), source);
                }
                incoming.field += 1;
            }),
            _ => {}
        }
    }

    fn with_incoming(&mut self, change: impl FnOnce(&mut Incoming)) {
        if let Some(incoming) = &mut self.incoming {
            change(incoming);
        }
    }

    fn read_file(&mut self) {
        let Some(incoming) = &mut self.incoming else {
            return;
        };
        incoming.enter(Stage::Opening);
        let (from, options) = (incoming.from.clone(), incoming.options.clone());
        self.job = Some(UnderWay::new(Work::Read, from.file()));
        self.order(Order::Read { from, options });
    }

    fn run_import(&mut self, dry: bool) {
        let Some(incoming) = &mut self.incoming else {
            return;
        };
        let Some(mapping) = incoming.mapping.clone() else {
            return;
        };
        let file = incoming.from.file().to_owned();
        incoming.rejects.clear();
        incoming.tally = Tally {
            total: incoming.preview.rows,
            ..Tally::default()
        };
        incoming.enter(if dry { Stage::Trying } else { Stage::Running });
        let work = if dry { Work::Dry } else { Work::Import };
        self.job = Some(UnderWay::new(work, &file));
        let existing = incoming.existing;
        self.order(Order::Import {
            mapping,
            file,
            existing,
            dry,
        });
    }

    /// What the worker tells of a file on its way in.
    pub(crate) fn took_file(&mut self, told: Told) {
        match told {
            Told::Read(preview) => self.was_read(*preview),
            Told::Unread(unread) => self.was_not_read(unread),
            Told::Rows {
                tally,
                rejects,
                ended,
            } => {
                let Some(incoming) = &mut self.incoming else {
                    return;
                };
                let room = MOST_REJECTS.saturating_sub(incoming.rejects.len());
                incoming.rejects.extend(rejects.into_iter().take(room));
                incoming.tally = *tally;
                if ended {
                    self.run_ended();
                }
            }
            Told::RejectsSaved { name } => {
                let lines = vec![
                    self.facts.tw("import-rejects-saved", &[("name", &name)]),
                    self.facts.tw("exported-fetch", &[("name", &name)]),
                ];
                let scroll = Cell::new(0);
                self.popups
                    .push(Popup::Came("popup-rejects", lines, scroll));
            }
            Told::TakenBack(import) => {
                let text = self.facts.tw("import-taken-back", &[("import", &import)]);
                self.say(text);
                self.close_incoming();
                self.refresh();
            }
            Told::Failed(lines) => {
                let is_reading = self
                    .incoming
                    .as_ref()
                    .is_some_and(|it| it.stage == Stage::Opening);
                if is_reading {
                    self.close_incoming();
                } else {
                    self.with_incoming(|incoming| incoming.enter(Stage::Columns));
                }
                self.came("popup-import", lines, true);
            }
            _ => {}
        }
    }

    fn was_read(&mut self, preview: Preview) {
        self.with_incoming(|incoming| {
            let words = incoming.words.get_or_insert_with(|| Arc::new(Words::new()));
            let guess = incoming
                .kind
                .map(|kind| Mapping::guess(kind, &preview.headers, words));
            incoming.mapping = guess;
            incoming.preview = preview;
            incoming.enter(Stage::Columns);
        });
    }

    fn was_not_read(&mut self, unread: Unopened) {
        let item = |choice, label: String, note: String| Item {
            choice,
            label,
            note,
            why_not: None,
        };
        match unread {
            Unopened::Refused(problem) => {
                let line = self.facts.problem(&problem);
                self.close_incoming();
                self.came("popup-import", vec![line], true);
            }
            Unopened::Sheet(sheets) => {
                let items = sheets.iter().map(|sheet| {
                    let note = self.facts.tw("title-total", &[("count", &sheet.rows)]);
                    let name = sheet.name.to_string();
                    item(Choice::Sheet(name.clone()), name, note)
                });
                let picker = Picker::new("popup-sheets", items.collect());
                self.popups.push(Popup::Picker(picker));
            }
            Unopened::Encoding(candidates) => {
                let items = candidates.iter().map(|candidate| {
                    let name = candidate.encoding.name();
                    let sample = candidate.sample.join(" ");
                    item(
                        Choice::Encoding(name),
                        format!("{name}  {sample}"),
                        String::new(),
                    )
                });
                let picker = Picker::new("popup-encodings", items.collect());
                self.popups.push(Popup::Picker(picker));
            }
        }
    }

    fn run_ended(&mut self) {
        let Some(incoming) = &mut self.incoming else {
            return;
        };
        let was_dry = incoming.stage == Stage::Trying;
        incoming.enter(if was_dry { Stage::Tried } else { Stage::Done });
        let is_shown = self.popups.iter().any(|it| matches!(it, Popup::Incoming));
        if !was_dry {
            self.refresh();
        }
        if !is_shown {
            let is_free =
                self.popups.is_empty() && self.pane().is_none_or(|pane| pane.form.is_none());
            if is_free {
                self.popups.push(Popup::Incoming);
            } else {
                let text = self.facts.t("import-over");
                self.say(text);
            }
        }
    }

    /// What was under way was stopped: the columns can be chosen again.
    pub(crate) fn incoming_stopped(&mut self) {
        match self.incoming.as_ref().map(|incoming| incoming.stage) {
            Some(Stage::Opening) => self.close_incoming(),
            Some(Stage::Trying) => self.with_incoming(|it| it.enter(Stage::Columns)),
            _ => {}
        }
    }

    fn close_incoming(&mut self) {
        self.incoming = None;
        self.popups.retain(|it| !matches!(it, Popup::Incoming));
    }

    /// Keys in the popup of a file on its way.
    pub(crate) fn incoming_action(&mut self, action: Action, step: isize) {
        let Some(incoming) = &mut self.incoming else {
            self.popups.pop();
            return;
        };
        let buttons = incoming.buttons();
        let last = buttons.len().saturating_sub(1);
        let fields = incoming.fields().len();
        match (incoming.stage, action) {
            (Stage::Opening, Action::Accept) if self.job.is_none() => self.offer_kinds(),
            (Stage::Trying | Stage::Running, Action::Accept) => {
                self.popups.pop();
            }
            (Stage::Trying | Stage::Running, Action::Cancel) => self.ask_to_stop(),
            (Stage::Opening, Action::Cancel) if self.job.is_some() => self.ask_to_stop(),
            (Stage::Tried, Action::Cancel) => incoming.enter(Stage::Columns),
            (_, Action::Cancel) => self.close_incoming(),
            (Stage::Columns, Action::Accept) if incoming.field < fields => self.offer_columns(),
            (_, Action::Accept) => {
                if let Some(button) = buttons.get(incoming.button.min(last)) {
                    self.pressed(*button);
                }
            }
            (_, Action::CaretLeft) => incoming.button = incoming.button.saturating_sub(1),
            (_, Action::CaretRight) => incoming.button = (incoming.button + 1).min(last),
            (Stage::Columns, _) => {
                incoming.field = incoming.field.saturating_add_signed(step).min(fields);
            }
            (Stage::Tried | Stage::Done, _) => {
                let top = incoming.scroll.get().saturating_add_signed(step);
                incoming.scroll.set(top);
            }
            _ => {}
        }
    }

    fn pressed(&mut self, button: Button) {
        match button {
            Button::Try => {
                let missing = self.incoming.as_ref().map(|it| it.missing());
                if let Some(first) = missing.unwrap_or_default().first() {
                    let field = self.facts.texts.name("column", first);
                    let text = self.facts.tw("import-missing", &[("field", &field)]);
                    return self.complain(text);
                }
                self.run_import(true);
            }
            Button::Run => self.run_import(false),
            Button::Fill => {
                self.with_incoming(|it| it.existing = Existing::Fill);
                self.run_import(true);
            }
            Button::Columns => self.with_incoming(|it| it.enter(Stage::Columns)),
            Button::Close => self.close_incoming(),
            Button::Rejects => {
                let Some(incoming) = &self.incoming else {
                    return;
                };
                let file = incoming.from.file();
                let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
                let stem = stem
                    .get(..stem.floor_char_boundary(MOST_STEM))
                    .unwrap_or_default();
                let name = self.facts.tw("import-rejects-name", &[("name", &stem)]);
                self.job = Some(UnderWay::new(Work::Rejects, &name));
                self.order(Order::SaveRejects { name });
            }
            Button::TakeBack => {
                let import = self.incoming.as_ref().and_then(|it| it.tally.import);
                if let Some(import) = import {
                    self.ask_to_take_back(import);
                }
            }
        }
    }

    /// Offers the columns for the selected field.
    fn offer_columns(&mut self) {
        let Some(incoming) = &self.incoming else {
            return;
        };
        let Some(field) = incoming.fields().get(incoming.field) else {
            return;
        };
        let item = |column: Option<String>, label: String, note: String| Item {
            choice: Choice::Column(field.name, column),
            label,
            note,
            why_not: None,
        };
        let mut items = vec![item(None, self.facts.t("import-no-column"), String::new())];
        let present = incoming.column(field.name);
        let mut selected = 0;
        for (place, header) in incoming.preview.headers.iter().enumerate() {
            if header.is_empty() {
                continue;
            }
            if present.as_ref() == Some(header) {
                selected = items.len();
            }
            let sample = incoming.preview.samples.first();
            let sample = sample.and_then(|row| row.get(place));
            let note = sample.cloned().unwrap_or_default();
            items.push(item(Some(header.clone()), header.clone(), note));
        }
        let mut picker = Picker::new("popup-columns", items);
        picker.selected = selected;
        self.popups.push(Popup::Picker(picker));
    }

    /// Asks the desk which imports there were.
    pub(crate) fn open_imports(&mut self) {
        let query = ListQuery {
            kind: Kind::Import,
            filter: Filter::Current,
            sort: Sort::Newest,
            find: String::new(),
            after: None,
            before: None,
            from_end: false,
            limit: IMPORTS,
            full: false,
        };
        self.look(Tag::Imports, Query::List(query));
    }

    /// Offers the imports there were, to take one back.
    pub(crate) fn offer_imports(&mut self, page: &Page) {
        let items = page.rows.iter().filter_map(|(_, row)| {
            let Record::Import(import) = &row.record else {
                return None;
            };
            let kind = self.facts.texts.name("kind", import.kind.id());
            let number = import.meta.number;
            let by = self.facts.operator_name(import.meta.created_by);
            Some(Item {
                choice: Choice::Imported(number),
                label: format!("{number}  {kind}  {}", import.file),
                note: format!("{by} {}", self.facts.when(import.meta.created_at)),
                why_not: None,
            })
        });
        let items: Vec<Item> = items.collect();
        self.dirty = true;
        if items.is_empty() {
            let text = self.facts.t("imports-none");
            return self.say(text);
        }
        self.popups
            .push(Popup::Picker(Picker::new("popup-imports", items)));
    }

    fn ask_to_take_back(&mut self, import: Number) {
        if self.job.is_some() {
            return self.popups.push(Popup::Working);
        }
        let incoming = self.incoming.as_ref();
        let tally = incoming
            .map(|it| &it.tally)
            .filter(|it| it.import == Some(import));
        let question = match tally {
            Some(tally) => {
                let args: [(&str, &dyn Display); 2] =
                    [("import", &import), ("count", &tally.imported)];
                self.facts.tw("confirm-take-back-rows", &args)
            }
            None => self.facts.tw("confirm-take-back", &[("import", &import)]),
        };
        self.confirm(vec![question], Then::TakeBack(import));
    }

    pub(crate) fn take_back(&mut self, import: Number) {
        self.job = Some(UnderWay::new(Work::TakeBack, &import.to_string()));
        self.popups.push(Popup::Working);
        self.order(Order::TakeBack(import));
    }
}

/// A length in bytes as a person reads it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KB", bytes.div_ceil(1_024)),
        _ => format!("{} MB", bytes.div_ceil(1_048_576)),
    }
}
