//! Looks: what a door shows is read from the indexes, as much as is shown and no more.

mod caller;
mod handling;
mod history;
mod list;
mod search;

use super::contract::{Answer, Failure, Notice, Query, Reply, Row, TabCount};
use super::engine::Known;
use super::index;
use super::keyspace as keys;
use super::overlay::Overlay;
use crate::desk::contract::{Filter, Sort};
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::stamp::{Day, Stamp};
use crate::store::{Fault, Home, Note, Order};

pub(super) use caller::customers_with_phone;

/// No answer has more rows than this, whatever was asked for.
const MOST_ROWS: usize = 1_000;
/// Late rows are counted up to this many.
const MOST_LATE: usize = 1_000;

/// What was noticed while the store was opened; its words are those of the note.
fn noticed(note: &Note) -> Notice {
    let args = note.args().into_iter();
    Notice {
        key: note.key().to_owned(),
        args: args.map(|(name, value)| (name.to_owned(), value)).collect(),
    }
}

/// What a look may read.
pub(super) struct Looking<'a> {
    pub overlay: &'a Overlay<'a>,
    pub home: &'a Home,
    pub known: &'a Known,
    pub now: Stamp,
}

impl Looking<'_> {
    fn today(&self) -> Day {
        self.now.day(self.known.profile.utc_offset_minutes)
    }

    /// A record with what is computed from the clock.
    fn row(&self, record: Record) -> Row {
        let today = self.today();
        let (due, days_late) = match &record {
            Record::Complaint(complaint) => (complaint.due, complaint.days_overdue(today)),
            Record::Loan(loan) => (Some(loan.due), loan.days_overdue(today)),
            _ => (None, 0),
        };
        let meta = record.meta();
        let mut people = vec![meta.created_by, meta.changed_by];
        match &record {
            Record::Customer(customer) => people.extend(customer.details.owner),
            Record::Complaint(complaint) => {
                people.extend(complaint.trail.iter().map(|passage| passage.by));
            }
            Record::Loan(loan) => people.extend(loan.checked_in.iter().map(|back| back.receiver)),
            _ => {}
        }
        people.sort_unstable();
        people.dedup();
        let names = people
            .into_iter()
            .map(|by| (by, self.known.name(by)))
            .collect();
        Row {
            record,
            due,
            days_late,
            names,
            masked: false,
        }
    }

    fn rows(&self, numbers: impl IntoIterator<Item = Number>) -> Result<Vec<Row>, Fault> {
        let mut rows = Vec::new();
        for number in numbers {
            rows.extend(self.overlay.record(number)?.map(|record| self.row(record)));
        }
        Ok(rows)
    }

    fn counts(&self) -> Result<Vec<TabCount>, Fault> {
        let mut counts = Vec::new();
        for kind in [Kind::Intake, Kind::Complaint, Kind::Loan, Kind::Customer] {
            let filter = if kind == Kind::Customer {
                Filter::Current
            } else {
                Filter::Open
            };
            let key = keys::count(kind, index::tag(filter));
            let open: u64 = self.overlay.unpacked(&key)?.unwrap_or(0);
            let from = index::list_prefix(kind, index::tag(Filter::Late), Sort::Due);
            let to = list::due_before(&from, self.today());
            let late = self
                .overlay
                .scan(&from, &to, Order::Forward, MOST_LATE)?
                .len();
            counts.push(TabCount {
                kind,
                open,
                late: late as u64,
            });
        }
        Ok(counts)
    }
}

/// Answers a look.
pub(super) fn look(looking: &Looking, operator: Number, query: &Query) -> Answer {
    Ok(match query {
        Query::Hello => Reply::Hello {
            site: looking.known.site.clone().map(Box::new),
            operator: looking
                .known
                .operators
                .get(&operator)
                .cloned()
                .map(Box::new),
            profile: Box::new(looking.known.profile.clone()),
            now: looking.now,
            calendar: None,
            notices: looking.home.notes.iter().map(noticed).collect(),
        },
        Query::List(list) => Reply::Page(list::page(looking, list)?),
        Query::Get(number) | Query::Preview(number) | Query::Reveal(number) => {
            let record = looking.overlay.record(*number)?;
            Reply::Record(record.map(|record| Box::new(looking.row(record))))
        }
        Query::Search { text, limit } => Reply::Page(search::everywhere(looking, text, *limit)?),
        Query::Caller { digits } => Reply::Caller(caller::card(looking, digits)?),
        Query::Contacts { customer, limit } => {
            let limit = (*limit as usize).clamp(1, MOST_ROWS);
            let rows = caller::contacts(looking, *customer, limit)?;
            Reply::Page(list::loose_page(rows))
        }
        Query::History(number) => Reply::History(history::versions(looking, *number)?),
        Query::Counts => Reply::Counts(looking.counts()?),
        Query::Operators => Reply::Operators(looking.known.operators.values().cloned().collect()),
        Query::Handling { from, to } => Reply::Handling(handling::rows(looking, *from, *to)?),
        Query::Looks(_) | Query::Remarks(_) | Query::Permits | Query::Backup { .. } => {
            return Err(Failure::internal());
        }
    })
}
