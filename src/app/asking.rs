//! Asking the desk: each request with its tag, its number and who asks.

use super::App;
use super::effect::{Doing, Effect, Origin, Tag};
use super::list::Part;
use crate::desk::contract::{Command, Envelope, Query, Request, RequestId};
use crate::domain::number::Kind;
use crate::domain::profile::Tab;
use crate::domain::record::Record;

/// Rows of a side panel.
const SIDE: u32 = 30;

impl App {
    /// Looks at something.
    pub(crate) fn look(&mut self, tag: Tag, query: Query) {
        self.ask(tag, Request::Look(query), Vec::new());
    }

    /// Changes something.
    pub(crate) fn change(&mut self, command: Command, origin: Origin, accept: Vec<String>) {
        let tag = Tag::Do(Box::new(Doing {
            command: command.clone(),
            origin,
        }));
        self.ask(tag, Request::Do(command), accept);
    }

    fn ask(&mut self, tag: Tag, request: Request, accept: Vec<String>) {
        let id = RequestId(self.next_serial());
        let envelope = Box::new(Envelope {
            id,
            operator: self.me,
            accept,
            request,
        });
        self.effects.push(Effect::Ask { tag, envelope });
    }

    /// Fetches part of the list that a pane shows.
    pub(crate) fn fetch(&mut self, tab: Tab, part: Part) {
        let Some(pane) = self.pane_of(tab) else {
            return;
        };
        let register = pane.register;
        let list = pane.list_mut();
        let query = list.query(part);
        let serial = list.serial();
        self.look(
            Tag::List {
                tab,
                register,
                serial,
                part,
            },
            Query::List(query),
        );
    }

    /// Fetches every list anew, and the counts: something was changed.
    pub(crate) fn refresh(&mut self) {
        let tabs: Vec<Tab> = self.panes.iter().map(|pane| pane.tab).collect();
        for tab in tabs {
            if let Some(pane) = self.pane_of(tab) {
                pane.side.of = None;
            }
            self.fetch(tab, Part::Again);
        }
        self.look(Tag::Counts, Query::Counts);
    }

    /// Fetches what belongs beside the selected record of the pane that is shown.
    pub(crate) fn fetch_side(&mut self) {
        let Some(pane) = self.pane_mut() else { return };
        let Some(row) = pane.list().selected() else {
            pane.side.of = None;
            pane.side.rows.clear();
            return;
        };
        let of = row.record.number();
        let version = row.record.meta().version;
        if pane.side.of == Some((of, version)) {
            return;
        }
        let query = match &row.record {
            Record::Customer(_) => Some(Query::Contacts {
                customer: of,
                limit: SIDE,
            }),
            Record::File(file) => file.loan.map(Query::Get),
            Record::Loan(loan) => Some(Query::Get(loan.file)),
            _ => None,
        };
        pane.side.of = Some((of, version));
        pane.side.rows.clear();
        if let Some(query) = query {
            self.look(Tag::Side { of }, query);
        }
    }

    /// Fetches customers found by words, for a lookup or a picker.
    pub(crate) fn find_customers(&mut self, tag: Tag, typed: &str) {
        let query = crate::desk::contract::ListQuery {
            kind: Kind::Customer,
            filter: crate::desk::contract::Filter::Current,
            sort: crate::desk::contract::Sort::Newest,
            find: typed.to_owned(),
            after: None,
            before: None,
            from_end: false,
            limit: 20,
        };
        self.look(tag, Query::List(query));
    }
}
