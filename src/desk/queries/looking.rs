//! What a look may read, and a record as a row: with what is computed from the clock and read beside it.

use super::{MOST_LATE, approvals, dossiers, list, surveys, today, units};
use crate::desk::contract::{Filter, Row, Sort, TabCount};
use crate::desk::engine::Known;
use crate::desk::finder::Finder;
use crate::desk::overlay::Overlay;
use crate::desk::{index, keyspace as keys, kin};
use crate::domain::context::Context;
use crate::domain::intake::{Intake, IntakeKind};
use crate::domain::look;
use crate::domain::number::{Kind, Number};
use crate::domain::occupancy::Occupant;
use crate::domain::profile::Tab;
use crate::domain::record::Record;
use crate::domain::stamp::{Day, Stamp};
use crate::store::{Fault, Home, Order};

/// What a look may read.
pub(in crate::desk) struct Looking<'a> {
    pub overlay: &'a Overlay<'a>,
    pub home: &'a Home,
    pub known: &'a Known,
    pub finder: &'a Finder,
    pub now: Stamp,
}

impl Looking<'_> {
    pub(super) fn today(&self) -> Day {
        self.now.day(self.known.profile.utc_offset_minutes)
    }

    /// A record with what is computed from the clock.
    pub(super) fn row(&self, record: Record) -> Row {
        let today = self.today();
        let record = dossiers::whole(self, record);
        let (due, days_late) = match &record {
            Record::Complaint(complaint) => (complaint.due, complaint.days_overdue(today)),
            Record::Intake(Intake {
                repair: Some(repair),
                ..
            }) => {
                let late = repair.due.map(|due| (today.0 - due.0).num_days().max(0));
                (repair.due, late.unwrap_or_default())
            }
            Record::Measure(measure) => (measure.details.due, measure.days_overdue(today)),
            Record::Loan(loan) => (Some(loan.due), loan.days_overdue(today)),
            Record::Handover(handover) if handover.taken.is_none() => {
                (Some(handover.due), handover.days_late(today))
            }
            Record::Task(task) => (task.details.due, task.days_late(today)),
            Record::Registration(row) if row.handed_in.is_none() => {
                (Some(row.day), (today.0 - row.day.0).num_days().max(0))
            }
            Record::FollowUp(it) => (it.details.day, it.days_late(self.now, today)),
            Record::Survey(it) if it.closed.is_none() => (it.details.due, it.days_late(today)),
            Record::Instruction(it) => (it.details.due, it.days_late(today)),
            Record::ServiceItem(item) if item.is_open() => {
                (item.details.planned_end, item.days_late(today))
            }
            Record::PlanLine(it) => (Some(it.ends), it.days_late(today)),
            Record::Campaign(it) => (Some(it.until()), 0),
            _ => (None, 0),
        };
        let profiled = dossiers::beside(self, &record);
        let meta = record.meta();
        let mut people = vec![meta.created_by, meta.changed_by];
        match &record {
            Record::Customer(customer) => people.extend(customer.details.owner),
            Record::Complaint(complaint) => {
                people.extend(complaint.trail.iter().map(|passage| passage.by));
            }
            Record::Loan(loan) => people.extend(loan.checked_in.iter().map(|back| back.receiver)),
            Record::FollowUp(it) => people.extend(it.details.owner),
            Record::Campaign(it) => people.extend(it.details.owner),
            Record::PlanLine(it) => people.extend(it.details.owner),
            Record::Dossier(it) => {
                people.push(it.salesperson);
                people.extend(it.values.values().filter_map(|entry| entry.by));
            }
            Record::Permit(permit) => people.extend(permit.details.operator),
            Record::Registration(row) => {
                people.push(row.owner);
                people.extend(row.collision.iter().map(|it| it.owner));
                people.extend(row.kept.iter().map(|said| said.by));
            }
            Record::DutyShift(duty) => people.push(duty.manager),
            Record::Instruction(it) => people.extend(it.details.operator),
            Record::Task(task) => people.extend(task.dispatches.iter().map(|it| it.to)),
            Record::ShiftSheet(sheet) => {
                people.extend(sheet.details.to);
                people.extend(sheet.ended.map(|(by, _)| by));
            }
            Record::Operator(operator) => {
                people.extend(operator.deputies.iter().map(|deputy| deputy.operator));
            }
            Record::Introduction(it) => {
                people.extend(it.approved.iter().map(|(_, said)| said.by));
            }
            _ => {}
        }
        let names = self.names(&record, people);
        let serves = match &record {
            Record::FollowUp(it) => it.details.serves,
            _ => None,
        };
        let figures = match &record {
            Record::Campaign(campaign) => self.figures(campaign).ok(),
            _ => None,
        };
        Row {
            due,
            days_late,
            names,
            // What cannot be read is told by whoever reads it next.
            serves: serves.and_then(|number| self.serves(number).ok().flatten()),
            figures,
            waits: self.waits(&record),
            occupants: self.occupants(&record),
            record,
            masked: false,
            occasion: None,
            matters: Vec::new(),
            scored: None,
            ties: None,
            ownership: None,
            profiled,
        }
    }

    /// The names of people in a record; of an entry on a card that of the customer too. Whose file an entry is
    /// in is the file's to say (A11-22c).
    fn names(&self, record: &Record, mut people: Vec<Number>) -> Vec<(Number, String)> {
        people.sort_unstable();
        people.dedup();
        let names = people.into_iter().map(|by| (by, self.known.name(by)));
        let customer = match record {
            Record::Transaction(it) if it.details.file.is_none() => it.details.customer,
            _ => None,
        };
        // What cannot be read is told by whoever reads it next.
        let card = customer.and_then(|customer| {
            let card = kin::card(self.overlay, customer).ok().flatten()?;
            Some((customer, card.details.name))
        });
        names.chain(card).collect()
    }

    /// Who lives in the unit that a record is about, where the site registers move-ins (A05-4.1). What
    /// cannot be read is told by whoever reads it next.
    pub(super) fn occupants(&self, record: &Record) -> Vec<Occupant> {
        if !self.known.profile.kinds.contains(&IntakeKind::MoveIn) {
            return Vec::new();
        }
        let unit = match record {
            Record::Intake(intake) => &intake.details.place,
            Record::Customer(customer) => &customer.details.place,
            _ => return Vec::new(),
        };
        surveys::occupants(self.overlay, unit).unwrap_or_default()
    }

    /// For how many days a record has waited to be filed or sorted (A13-a4).
    pub(super) fn waits(&self, record: &Record) -> Option<i64> {
        let since = match record {
            Record::Handover(handover) if handover.is_to_be_filed() => {
                let offset = self.known.profile.utc_offset_minutes;
                handover.taken.as_ref()?.at.day(offset)
            }
            Record::File(file) if file.is_to_be_sorted() => file.filed_on,
            _ => return None,
        };
        Some((self.today().0 - since.0).num_days())
    }

    pub(super) fn rows(
        &self,
        numbers: impl IntoIterator<Item = Number>,
    ) -> Result<Vec<Row>, Fault> {
        let mut rows = Vec::new();
        for number in numbers {
            rows.extend(self.overlay.record(number)?.map(|record| self.row(record)));
        }
        Ok(rows)
    }

    /// How many hand-overs are late (A07-n.1, A07-a.1).
    pub(super) fn late_handovers(&self) -> Result<usize, Fault> {
        let tag = index::tag(Kind::Handover, Filter::Late);
        let from = index::list_prefix(Kind::Handover, tag, Sort::Due);
        let to = list::late_until(self, Kind::Handover, &from);
        let late = self.overlay.scan(&from, &to, Order::Forward, MOST_LATE)?;
        Ok(late.len())
    }

    /// What waits and what is late, of the kinds that somebody may see.
    pub(super) fn counts(&self, context: &Context) -> Result<Vec<TabCount>, Fault> {
        let mut counts = Vec::new();
        for (tab, kind) in [
            (Tab::Intake, Kind::Intake),
            (Tab::Complaints, Kind::Complaint),
            (Tab::Archive, Kind::Loan),
            (Tab::Customers, Kind::Customer),
        ] {
            if look::may_see(kind, context).is_err() {
                continue;
            }
            let filter = if kind == Kind::Customer {
                Filter::Current
            } else {
                Filter::Open
            };
            let key = keys::count(kind, &index::tag(kind, filter).bytes());
            let open: u64 = self.overlay.unpacked(&key)?.unwrap_or(0);
            let from = index::list_prefix(kind, index::tag(kind, Filter::Late), Sort::Due);
            let to = list::late_until(self, kind, &from);
            let late = self
                .overlay
                .scan(&from, &to, Order::Forward, MOST_LATE)?
                .len();
            let handed = if kind == Kind::Loan {
                self.late_handovers()? + units::late(self, context)?
            } else {
                0
            };
            counts.push(TabCount {
                tab,
                open,
                late: (late + handed) as u64,
            });
        }
        let has_approvals = self.known.profile.tabs.contains(&Tab::Approvals);
        if has_approvals {
            let (open, late) = approvals::counts(self, context)?;
            let tab = Tab::Approvals;
            counts.push(TabCount { tab, open, late });
        }
        let follows = self.known.profile.tabs.contains(&Tab::FollowUps);
        if follows && look::may_see(Kind::FollowUp, context).is_ok() {
            let (open, late) = today::counts(self, context)?;
            let tab = Tab::FollowUps;
            counts.push(TabCount { tab, open, late });
        }
        Ok(counts)
    }
}
