//! Which file is to be imported, what its rows become, and what has to be chosen before it can be
//! read.

use std::cell::Cell;

use encoding_rs::Encoding;

use super::{Incoming, Stage};
use crate::app::App;
use crate::app::effect::Tag;
use crate::app::forms::{self, FormId};
use crate::app::job::{Order, Place, Preview, UnderWay, Work, kinds};
use crate::app::picker::{Choice, Item, Picker};
use crate::app::popup::Popup;
use crate::desk::contract::{Care, Request, Waiting};
use crate::exchange::book::Unopened;

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

    pub(super) fn file_chosen(&mut self, from: Place) {
        self.incoming = Some(Box::new(Incoming::new(from)));
        self.popups.push(Popup::Incoming);
        self.read_file();
    }

    /// What is still to be chosen is offered again: a sheet or an encoding, else what the rows become.
    pub(super) fn go_on_choosing(&mut self) {
        let is_read = self
            .incoming
            .as_ref()
            .is_some_and(|it| !it.preview.headers.is_empty());
        if is_read {
            self.offer_kinds();
        } else {
            self.read_file();
        }
    }

    pub(super) fn offer_kinds(&mut self) {
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
                self.with_incoming(|incoming| incoming.becomes(kind));
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
            other => self.picked_for_field(other),
        }
    }

    pub(super) fn read_file(&mut self) {
        let Some(incoming) = &mut self.incoming else {
            return;
        };
        incoming.enter(Stage::Opening);
        let (from, options) = (incoming.from.clone(), incoming.options.clone());
        self.job = Some(UnderWay::new(Work::Read, from.file()));
        self.order(Order::Read { from, options });
    }

    pub(super) fn was_read(&mut self, preview: Preview) {
        self.with_incoming(|incoming| incoming.preview = preview);
        self.offer_kinds();
    }

    pub(super) fn was_not_read(&mut self, unread: Unopened) {
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
}

/// A length in bytes as a person reads it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KB", bytes.div_ceil(1_024)),
        _ => format!("{} MB", bytes.div_ceil(1_048_576)),
    }
}
