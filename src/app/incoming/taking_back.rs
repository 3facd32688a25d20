//! The imports there were, and taking one back.

use std::fmt::Display;

use crate::app::App;
use crate::app::effect::Tag;
use crate::app::job::{Order, UnderWay, Work};
use crate::app::picker::{Choice, Item, Picker};
use crate::app::popup::{Popup, Then};
use crate::desk::contract::{Filter, ListQuery, Page, Query, Sort};
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;

/// Imports that can be chosen from, the newest.
const IMPORTS: u32 = 100;

impl App {
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

    pub(super) fn ask_to_take_back(&mut self, import: Number) {
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
