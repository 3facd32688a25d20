//! What fills each field of a file on its way in, as it is chosen at the screen: a column, several
//! joined, or the same in every row.

use super::Incoming;
use crate::app::App;
use crate::app::picker::{Choice, Item, Picker};
use crate::app::popup::Popup;
use crate::exchange::mapping::Source;
use crate::exchange::words::choices;

/// An entry that can be chosen.
pub(super) fn item(choice: Choice, label: String, note: String) -> Item {
    Item {
        choice,
        label,
        note,
        why_not: None,
    }
}

impl Incoming {
    /// The columns that fill a field.
    fn columns_of(&self, field: &str) -> Vec<&String> {
        let source = self.mapping.as_ref().and_then(|it| it.fields.get(field));
        let columns = source.into_iter();
        columns
            .flat_map(|it| it.column.iter().chain(&it.columns))
            .collect()
    }

    /// One entry for each column of the file that has a header, with what stands in its first row.
    fn headed(&self, choice: impl Fn(&str) -> Choice) -> Vec<Item> {
        let sample = self.preview.samples.first();
        let headers = self.preview.headers.iter().enumerate();
        headers
            .filter(|(_, header)| !header.is_empty())
            .map(|(place, header)| {
                let note = sample.and_then(|row| row.get(place)).cloned();
                item(choice(header), header.clone(), note.unwrap_or_default())
            })
            .collect()
    }

    /// Changes where a field comes from; a source that names nothing goes.
    pub(super) fn fill(&mut self, field: &'static str, change: impl FnOnce(&mut Source)) {
        let Some(mapping) = &mut self.mapping else {
            return;
        };
        let source = mapping.fields.entry(field.to_owned()).or_default();
        change(source);
        if *source == Source::default() {
            mapping.fields.remove(field);
        }
    }
}

impl App {
    /// Offers the columns for the selected field, and what else can fill it.
    pub(super) fn offer_columns(&mut self) {
        let Some(incoming) = &self.incoming else {
            return;
        };
        let Some(field) = incoming.fields().get(incoming.field) else {
            return;
        };
        let name = field.name;
        let none = self.facts.t("import-no-column");
        let mut items = vec![item(Choice::Column(name, None), none, String::new())];
        items.extend(incoming.headed(|header| Choice::Column(name, Some(header.to_owned()))));
        let present = incoming.columns_of(name);
        let first = present.first();
        let selected = items
            .iter()
            .position(|item| first.is_some_and(|first| item.label == **first));
        let more = |key: &str| self.facts.t(key);
        if !present.is_empty() {
            let label = more("import-join");
            items.push(item(Choice::Join(name), label, String::new()));
        }
        if incoming
            .kind
            .is_some_and(|kind| choices(kind, name).is_some())
        {
            if !incoming.values(name).is_empty() {
                let label = more("import-values");
                items.push(item(Choice::Values(name), label, String::new()));
            }
            let label = more("import-constant");
            items.push(item(Choice::Constant(name, None), label, String::new()));
        }
        self.offer("popup-columns", name, items, selected.unwrap_or(0));
    }

    /// A list to choose from that is about the selected field.
    pub(super) fn offer(
        &mut self,
        title: &'static str,
        field: &'static str,
        items: Vec<Item>,
        selected: usize,
    ) {
        let mut picker = Picker::new(title, items);
        picker.selected = selected;
        picker.about = self.facts.texts.name("column", field);
        self.popups.push(Popup::Picker(picker));
    }

    /// What was chosen for a field.
    pub(super) fn picked_for_field(&mut self, choice: Choice) {
        match choice {
            Choice::Column(field, column) => self.with_incoming(|incoming| {
                incoming.fill(field, |source| {
                    *source = Source {
                        column,
                        ..Source::default()
                    };
                });
                incoming.field += 1;
            }),
            Choice::Join(field) => {
                let Some(incoming) = &self.incoming else {
                    return;
                };
                let mut items = incoming.headed(|header| Choice::Joined(field, header.to_owned()));
                let present = incoming.columns_of(field);
                items.retain(|item| !present.contains(&&item.label));
                self.offer("popup-join", field, items, 0);
            }
            Choice::Joined(field, column) => self.with_incoming(|incoming| {
                incoming.fill(field, |source| {
                    source.columns.splice(0..0, source.column.take());
                    source.columns.push(column);
                });
            }),
            Choice::Constant(field, None) => self.offer_constant(field),
            Choice::Constant(field, constant) => self.with_incoming(|incoming| {
                incoming.fill(field, |source| {
                    *source = Source {
                        constant,
                        ..Source::default()
                    };
                });
                incoming.field += 1;
            }),
            Choice::Values(field) => self.offer_values(field, 0),
            Choice::Meaning(field, value) => self.offer_meanings(field, &value),
            Choice::Means(field, value, id) => {
                let place = self.incoming.as_ref().and_then(|incoming| {
                    let mut values = incoming.values(field).iter();
                    values.position(|known| *known == value)
                });
                self.with_incoming(|incoming| {
                    incoming.fill(field, |source| match id {
                        Some(id) => {
                            source.values.insert(value, id.to_owned());
                        }
                        None => {
                            source.values.remove(&value);
                        }
                    });
                });
                self.offer_values(field, place.unwrap_or(0));
            }
            _ => {}
        }
    }
}
