//! Reading keymap files, one laid over the other.
//!
//! A file has a section for each layer, in it `"keys" = "action"` and `unbind = ["keys"]`, and
//! before the sections it may name the preset that it is laid over. Nothing here reads a disk.

use toml::de::{DeTable, DeValue};

use super::action::{Action, Layer};
use super::check;
use super::fault::{Cause, Fault, Misspelt, Place};
use super::key::NotAKey;
use super::keymap::{Binding, Keymap};
use super::normal::arrives_as;
use super::preset;
use super::sequence::Sequence;
use crate::text::clean::limit;
use crate::text::nearest;

/// How deep presets may stand on each other.
const PRESETS_DEEP: usize = 3;

/// So many faults of a file are told one by one; of the rest, how many there are.
const MOST_FAULTS: usize = 100;

/// Nobody presses more keys than this one after the other for one action.
const MOST_KEYS: usize = 8;

/// What was written is quoted up to so many characters.
const QUOTED: usize = 40;

/// A file laid over the preset that it names, or over `fallback`.
pub(super) fn keymap(fallback: &str, file: Option<(&str, &str)>) -> (Keymap, Vec<Fault>) {
    let mut reader = Reader::default();
    match file {
        Some((name, text)) => reader.file(name, text, fallback, PRESETS_DEEP),
        None => reader.preset(fallback, PRESETS_DEEP),
    }
    if let Some((place, count)) = reader.more {
        let cause = Cause::More(count);
        reader.faults.push(Fault { place, cause });
    }
    (reader.keymap, reader.faults)
}

#[derive(Default)]
struct Reader {
    keymap: Keymap,
    faults: Vec<Fault>,
    /// The first fault that is not told, and how many there are of these.
    more: Option<(Place, usize)>,
}

/// One file while it is read.
struct Source<'a> {
    name: &'a str,
    /// Where each line ends.
    ends: Vec<usize>,
}

impl<'a> Source<'a> {
    fn new(name: &'a str, text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at).collect();
        Self { name, ends }
    }

    fn place(&self, offset: usize) -> Place {
        Place {
            file: self.name.to_owned(),
            line: self.ends.partition_point(|end| *end < offset) + 1,
        }
    }
}

/// A section of a file: its layer and its entries in the order of the file.
struct Section<'a> {
    layer: Layer,
    entries: Vec<(usize, &'a str, &'a DeValue<'a>)>,
}

impl Reader {
    fn preset(&mut self, name: &str, deep: usize) {
        if let Some(text) = preset::text(name) {
            let below = if name == preset::EMPTY {
                None
            } else {
                Some(preset::EMPTY)
            };
            let file = format!("keymaps/{name}.toml");
            match below {
                Some(below) => self.file(&file, text, below, deep),
                None => self.keymap = Keymap::default(),
            }
        }
    }

    fn file(&mut self, name: &str, text: &str, fallback: &str, deep: usize) {
        let source = Source::new(name, text);
        let (table, errors) = DeTable::parse_recoverable(text);
        let table = table.get_ref();
        let below = self.below(&source, table, fallback);
        if deep > 0 {
            self.preset(&below, deep - 1);
        }
        let earlier = self.faults.len();
        for error in errors {
            let message = error
                .message()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned();
            let offset = error.span().map_or(0, |span| span.start);
            self.fault(&source, offset, Cause::Syntax(message));
        }
        for section in self.sections(&source, table) {
            self.section(&source, &section);
        }
        if let Some(own) = self.faults.get_mut(earlier..) {
            own.sort_by_key(|fault| fault.place.line);
        }
    }

    /// The preset that a file is laid over.
    fn below(&mut self, source: &Source<'_>, table: &DeTable<'_>, fallback: &str) -> String {
        let Some(value) = table.get("preset") else {
            return fallback.to_owned();
        };
        let written = value.get_ref().as_str().unwrap_or_default();
        if preset::text(written).is_some() {
            return written.to_owned();
        }
        let names = preset::NAMES.iter().copied().chain([preset::EMPTY]);
        let cause = Cause::UnknownPreset(misspelt(written, names));
        self.fault(source, value.span().start, cause);
        fallback.to_owned()
    }

    /// The sections of a file; `[pane.intake]` is the table `intake` in the table `pane`.
    fn sections<'a>(&mut self, source: &Source<'_>, table: &'a DeTable<'a>) -> Vec<Section<'a>> {
        let mut tables = Vec::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                _ if name == "preset" => {}
                DeValue::Table(panes) if name == "pane" => {
                    for (key, value) in panes {
                        let name = format!("pane.{}", key.get_ref());
                        tables.push((key.span().start, name, value.get_ref()));
                    }
                }
                inner => tables.push((key.span().start, name.to_owned(), inner)),
            }
        }
        tables.sort_by_key(|(offset, ..)| *offset);
        let mut sections = Vec::new();
        for (offset, name, value) in tables {
            match (value, Layer::parse(&name)) {
                (DeValue::Table(inner), Some(layer)) => {
                    let mut entries: Vec<_> = inner
                        .iter()
                        .map(|(key, value)| {
                            (key.span().start, key.get_ref().as_ref(), value.get_ref())
                        })
                        .collect();
                    entries.sort_by_key(|(offset, ..)| *offset);
                    sections.push(Section { layer, entries });
                }
                (DeValue::Table(_), None) => {
                    let names = Layer::ALL.iter().map(|layer| layer.name());
                    self.fault(
                        source,
                        offset,
                        Cause::UnknownSection(misspelt(&name, names)),
                    );
                }
                _ => self.fault(source, offset, Cause::Homeless(quoted(&name))),
            }
        }
        sections
    }

    /// What is taken away goes first, wherever it stands in its section.
    fn section(&mut self, source: &Source<'_>, section: &Section<'_>) {
        for (offset, name, value) in &section.entries {
            if *name == "unbind" {
                self.unbind(source, section.layer, *offset, value);
            }
        }
        for (offset, name, value) in &section.entries {
            if *name == "unbind" {
                continue;
            }
            if let Err(cause) = self.bind(source, section.layer, *offset, name, value) {
                self.fault(source, *offset, cause);
            }
        }
    }

    fn unbind(&mut self, source: &Source<'_>, layer: Layer, offset: usize, value: &DeValue<'_>) {
        let Some(list) = value.as_array() else {
            return self.fault(source, offset, Cause::BadUnbind);
        };
        for item in list {
            let at = item.span().start;
            match item.get_ref().as_str() {
                None => self.fault(source, at, Cause::BadUnbind),
                Some("*") => self.keymap.unbind_all(layer),
                Some(written) => match Sequence::parse(written) {
                    Err(wrong) => self.fault(source, at, bad_key(wrong)),
                    Ok(sequence) => {
                        if !self.keymap.unbind(layer, &sequence) {
                            self.fault(source, at, Cause::NothingToUnbind(sequence.to_string()));
                        }
                    }
                },
            }
        }
    }

    fn bind(
        &mut self,
        source: &Source<'_>,
        layer: Layer,
        offset: usize,
        keys: &str,
        value: &DeValue<'_>,
    ) -> Result<(), Cause> {
        let sequence = Sequence::parse(keys).map_err(bad_key)?;
        if sequence.keys().len() > MOST_KEYS {
            return Err(Cause::TooLong(MOST_KEYS));
        }
        let named = value
            .as_str()
            .ok_or_else(|| Cause::NotAnAction(sequence.to_string()))?;
        let action = Action::parse(named).ok_or_else(|| {
            Cause::UnknownAction(misspelt(
                named,
                Action::ALL.iter().map(|action| action.id()),
            ))
        })?;
        if let Some(key) = sequence
            .keys()
            .iter()
            .find(|key| arrives_as(**key) != **key)
        {
            return Err(Cause::NeverArrives {
                key: *key,
                arrives: arrives_as(*key),
            });
        }
        if layer.takes_text() && sequence.starts_with_text() {
            return Err(Cause::IsText(sequence));
        }
        if !check::meet(layer, action) {
            return Err(Cause::WrongLayer {
                action,
                layer: action.layer(),
            });
        }
        let place = source.place(offset);
        if let Some(above) = self.keymap.exact(layer, sequence.keys())
            && above.place.file == place.file
        {
            let (action, line) = (above.action, above.place.line);
            return Err(Cause::Twice {
                keys: sequence,
                action,
                line,
            });
        }
        if let Some((other, binding)) = self.in_the_way(layer, &sequence) {
            let (action, place) = (binding.action, binding.place.clone());
            return Err(Cause::Shadowed {
                keys: sequence,
                other,
                action,
                place,
            });
        }
        self.keymap.bind(layer, sequence, Binding { action, place });
        Ok(())
    }

    /// What the layer has that begins with the sequence, or with which the sequence begins.
    fn in_the_way(&self, layer: Layer, sequence: &Sequence) -> Option<(Sequence, &Binding)> {
        let keys = sequence.keys();
        let longer = self.keymap.continuing(layer, keys).next();
        let shorter = || {
            let mut beginnings = (1..keys.len()).filter_map(|end| keys.get(..end));
            beginnings.find_map(|keys| self.keymap.entry(layer, keys))
        };
        longer
            .or_else(shorter)
            .map(|(other, binding)| (other.clone(), binding))
    }

    fn fault(&mut self, source: &Source<'_>, offset: usize, cause: Cause) {
        let place = source.place(offset);
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault { place, cause });
        } else {
            let (_, count) = self.more.get_or_insert((place, 0));
            *count += 1;
        }
    }
}

fn bad_key(wrong: NotAKey) -> Cause {
    Cause::BadKey(Misspelt {
        written: quoted(&wrong.text),
        nearest: wrong.nearest,
    })
}

fn misspelt<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Misspelt {
    let nearest = nearest(written, names).map(ToOwned::to_owned);
    Misspelt {
        written: quoted(written),
        nearest,
    }
}

/// What was written, as far as it is worth repeating.
fn quoted(written: &str) -> String {
    let start = limit(written, QUOTED);
    let cut = if start.len() < written.len() {
        "…"
    } else {
        ""
    };
    format!("{start}{cut}")
}

#[cfg(test)]
mod tests;
