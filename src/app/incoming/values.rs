//! Which value of a column becomes which choice of a field, as it is said at the screen.

use super::Incoming;
use super::columns::item;
use crate::app::App;
use crate::app::picker::Choice;
use crate::exchange::words::choices;

impl Incoming {
    /// The values that stand in the one column of a field; none where there are too many of them.
    pub(super) fn values(&self, field: &str) -> &[String] {
        let source = self.mapping.as_ref().and_then(|it| it.fields.get(field));
        let column = source.and_then(|source| source.column.as_ref());
        let headers = &self.preview.headers;
        let place = column.and_then(|column| headers.iter().position(|it| it == column));
        let values = place.and_then(|place| self.preview.values.get(place));
        values.map_or(&[], Vec::as_slice)
    }

    /// The id of the choice that a value becomes, by the table of values or as a word.
    fn becomes_choice(&self, field: &str, group: &'static str, value: &str) -> Option<String> {
        let source = self.mapping.as_ref()?.fields.get(field)?;
        let said = source.values.get(value).or(source.otherwise.as_ref());
        let word = || self.words.as_ref()?.choice(group, value);
        said.map(String::as_str).or_else(word).map(str::to_owned)
    }
}

impl App {
    /// Offers the values of a field's column, with what each becomes.
    pub(super) fn offer_values(&mut self, field: &'static str, selected: usize) {
        let Some(incoming) = &self.incoming else {
            return;
        };
        let found = incoming.kind.and_then(|kind| choices(kind, field));
        let Some((group, _)) = found else { return };
        let items = incoming.values(field).iter().map(|value| {
            let note = match incoming.becomes_choice(field, group, value) {
                Some(id) => self.facts.texts.name(group, &id),
                None => self.facts.t("import-value-unknown"),
            };
            item(Choice::Meaning(field, value.clone()), value.clone(), note)
        });
        let items = items.collect();
        self.offer("popup-column-values", field, items, selected);
    }

    /// Offers the choices that a value can become.
    pub(super) fn offer_meanings(&mut self, field: &'static str, value: &str) {
        let Some(kind) = self.incoming.as_ref().and_then(|it| it.kind) else {
            return;
        };
        let Some((group, ids)) = choices(kind, field) else {
            return;
        };
        let mut items: Vec<_> = ids
            .into_iter()
            .map(|id| {
                let choice = Choice::Means(field, value.to_owned(), Some(id));
                item(choice, self.facts.texts.name(group, id), String::new())
            })
            .collect();
        let label = self.facts.t("import-value-as-it-is");
        let choice = Choice::Means(field, value.to_owned(), None);
        items.push(item(choice, label, String::new()));
        self.offer("popup-meaning", field, items, 0);
    }

    /// Offers the choices that a field can be in every row.
    pub(super) fn offer_constant(&mut self, field: &'static str) {
        let kind = self.incoming.as_ref().and_then(|it| it.kind);
        let Some((group, ids)) = kind.and_then(|kind| choices(kind, field)) else {
            return;
        };
        let items = ids.into_iter().map(|id| {
            let choice = Choice::Constant(field, Some(id.to_owned()));
            item(choice, self.facts.texts.name(group, id), String::new())
        });
        let items = items.collect();
        self.offer("popup-constant", field, items, 0);
    }
}
