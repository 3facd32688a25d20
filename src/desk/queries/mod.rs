//! Looks: what a door shows is read from the indexes, as much as is shown and no more.

mod access;
mod analysis;
mod approvals;
mod at_hand;
mod birthdays;
mod caller;
mod campaigns;
mod dealings;
mod dossiers;
mod exact;
mod filing;
mod handling;
mod history;
mod inspections;
mod leasing;
mod lessons;
mod list;
mod looks;
mod monthly;
mod preview;
mod register;
mod requests;
mod search;
mod surveys;
mod ties;
mod today;
mod trial;
mod units;
mod walk;

use super::contract::{Answer, Failure, Notice, Query, Reply, Row, TabCount};
use super::engine::Known;
use super::finder::Finder;
use super::index;
use super::keyspace as keys;
use super::kin;
use super::looks::Noted;
use super::overlay::Overlay;
use crate::desk::contract::{CallerCard, Filter, ListQuery, Page, Sort};
use crate::domain::context::Context;
use crate::domain::intake::{Intake, IntakeKind};
use crate::domain::number::{Kind, Number};
use crate::domain::occupancy::Occupant;
use crate::domain::operator::Operator;
use crate::domain::profile::Tab;
use crate::domain::record::Record;
use crate::domain::remark::Remark;
use crate::domain::stamp::{Day, Stamp};
use crate::domain::transaction::Transaction;
use crate::domain::{look, mask};
use crate::store::{Fault, Home, Note, Order, hex};

pub(super) use access::{conceal, conceal_closed, may_see, shown};
pub(super) use caller::customers_with_phone;
pub(super) use dossiers::redact;
pub(super) use exact::{lent_to, with_external, with_phone};
pub(super) use leasing::{by_registration, same};
pub(super) use surveys::{answers, occupants};

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
    pub finder: &'a Finder,
    pub now: Stamp,
}

impl Looking<'_> {
    fn today(&self) -> Day {
        self.now.day(self.known.profile.utc_offset_minutes)
    }

    /// A record with what is computed from the clock.
    fn row(&self, record: Record) -> Row {
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
        people.sort_unstable();
        people.dedup();
        let names = people
            .into_iter()
            .map(|by| (by, self.known.name(by)))
            .collect();
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

    /// Who lives in the unit that a record is about, where the site registers move-ins (A05-4.1). What
    /// cannot be read is told by whoever reads it next.
    fn occupants(&self, record: &Record) -> Vec<Occupant> {
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
    fn waits(&self, record: &Record) -> Option<i64> {
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

    fn rows(&self, numbers: impl IntoIterator<Item = Number>) -> Result<Vec<Row>, Fault> {
        let mut rows = Vec::new();
        for number in numbers {
            rows.extend(self.overlay.record(number)?.map(|record| self.row(record)));
        }
        Ok(rows)
    }

    /// How many hand-overs are late (A07-n.1, A07-a.1).
    fn late_handovers(&self) -> Result<usize, Fault> {
        let tag = index::tag(Kind::Handover, Filter::Late);
        let from = index::list_prefix(Kind::Handover, tag, Sort::Due);
        let to = list::late_until(self, Kind::Handover, &from);
        let late = self.overlay.scan(&from, &to, Order::Forward, MOST_LATE)?;
        Ok(late.len())
    }

    /// What waits and what is late, of the kinds that somebody may see.
    fn counts(&self, context: &Context) -> Result<Vec<TabCount>, Fault> {
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

/// A row as a list shows it. A telephone that is known already stays.
fn masked(looking: &Looking, context: &Context, mut row: Row, known: Option<&str>) -> Row {
    let kind = row.record.number().kind;
    if look::is_personal(kind) || kind == Kind::Remark {
        access::veil(looking, context, &mut row.record, known);
        dossiers::veil(&mut row);
        row.masked = true;
    }
    row
}

/// A page as a list shows it.
fn masked_page(looking: &Looking, context: &Context, page: Page) -> Page {
    let rows = page.rows.into_iter();
    let rows = rows.map(|(cursor, row)| (cursor, masked(looking, context, row, None)));
    Page {
        rows: rows.collect(),
        ..page
    }
}

/// A page of what words have found, without what whoever searched may not open (A11-22c).
fn findable(looking: &Looking, context: &Context, page: Page) -> Page {
    let mut page = page;
    let before = page.rows.len();
    page.rows
        .retain(|(_, row)| access::may_find(looking, context, &row.record));
    if page.rows.len() < before {
        page.total = None;
    }
    page
}

/// A page of an export: in full but for what is graded and not open to whoever asks (A11-22c), and for
/// what they may not copy (A11-23.1).
fn guarded_page(looking: &Looking, context: &Context, page: Page) -> Page {
    let rows = page.rows.into_iter().map(|(cursor, row)| {
        let open = access::may_take_out(looking, context, &row.record);
        let row = if open {
            row
        } else {
            masked(looking, context, row, None)
        };
        (cursor, row)
    });
    Page {
        rows: rows.collect(),
        ..page
    }
}

/// Whether a row may stand among those of a customer: it is of a kind that whoever asks may see, and
/// not of a graded file that is closed to them (A11-17, A11-22c).
fn is_for(looking: &Looking, context: &Context, row: &Row) -> bool {
    look::may_see(row.record.number().kind, context).is_ok()
        && access::may_find(looking, context, &row.record)
}

/// Who calls: the telephone typed in full is known, all else is masked.
fn masked_card(
    looking: &Looking,
    context: &Context,
    mut card: CallerCard,
    digits: &str,
) -> CallerCard {
    let known = card.exact.then_some(digits);
    for customer in &mut card.customers {
        let mut record = Record::Customer(customer.clone());
        mask::record(&mut record, known);
        if let Record::Customer(masked) = record {
            *customer = masked;
        }
    }
    for rows in [&mut card.open, &mut card.recent] {
        let open = std::mem::take(rows).into_iter();
        *rows = open
            .filter(|row| is_for(looking, context, row))
            .map(|row| masked(looking, context, row, known))
            .collect();
    }
    card
}

/// Answers a look that is open to everybody at the desk, also before anybody has signed in: who
/// works here and what the site is.
pub(super) fn open_to_all(
    looking: &Looking,
    operator: Option<&Operator>,
    query: &Query,
) -> Option<Reply> {
    match query {
        Query::Hello => Some(Reply::Hello {
            site: looking.known.site.clone().map(Box::new),
            operator: operator.cloned().map(Box::new),
            profile: Box::new(looking.known.profile.clone()),
            now: looking.now,
            calendar: None,
            notices: {
                let mut notices: Vec<Notice> = looking.home.notes.iter().map(noticed).collect();
                // What cannot be read is told by whoever reads it next.
                let own =
                    operator.map(|operator| leasing::reminders(looking, operator.meta.number));
                notices.extend(own.and_then(Result::ok).unwrap_or_default());
                let surveys = operator.map(|operator| surveys::reminders(looking, operator));
                notices.extend(surveys.and_then(Result::ok).unwrap_or_default());
                notices
            },
        }),
        Query::Operators => Some(Reply::Operators(
            looking.known.operators.values().cloned().collect(),
        )),
        _ => None,
    }
}

/// Answers a look, and says what is to be written down of it.
pub(super) fn look(looking: &Looking, context: &Context, query: &Query) -> (Answer, Option<Noted>) {
    let (answer, permit) = match access::check(looking, context, query) {
        Ok(permit) => (answer(looking, context, query, permit), permit),
        Err(failure) => (Err(failure), None),
    };
    let noted = access::noted(looking, context, query, &answer, permit);
    let answer = answer.and_then(|reply| Ok(dossiers::finish(looking, context, query, reply)?));
    (answer, noted)
}

/// A page of a list as whoever asks sees it.
fn listed(looking: &Looking, context: &Context, list: &ListQuery) -> Result<Page, Fault> {
    let page = match list.filter {
        Filter::ForMe => approvals::page(looking, context, list)?,
        Filter::Lessons => lessons::page(looking, context, list)?,
        Filter::ToFile if list.kind == Kind::Customer => filing::page(looking, list)?,
        Filter::OfGroup(_) if list.kind == Kind::Customer => ties::page(looking, list)?,
        Filter::ForUnit | Filter::LateForUnit => units::page(looking, context, list)?,
        Filter::Today | Filter::ToConfirm | Filter::Quiet | Filter::ToVisit => {
            today::page(looking, context, list)?
        }
        Filter::ToTell(campaign) => campaigns::to_tell(looking, campaign, list)?,
        Filter::NoDossier => dossiers::without(looking, list)?,
        _ if list.kind == Kind::Instruction => {
            list::shown(looking, list, |it| access::may_find(looking, context, it))?
        }
        _ if dossiers::joins(looking, list) => dossiers::found(looking, list)?,
        _ => list::page(looking, list)?,
    };
    let page = if list.kind == Kind::Dossier {
        dossiers::each_once(looking, page)?
    } else {
        page
    };
    let page = if list.find.trim().is_empty() {
        page
    } else {
        findable(looking, context, page)
    };
    Ok(if list.full {
        guarded_page(looking, context, page)
    } else {
        masked_page(looking, context, page)
    })
}

fn answer(looking: &Looking, context: &Context, query: &Query, permit: Option<Number>) -> Answer {
    let whole = |number| access::may_read(looking, context, number);
    Ok(match query {
        Query::List(list) => Reply::Page(listed(looking, context, list)?),
        Query::Get(number)
        | Query::GetOnCall(number)
        | Query::Preview(number)
        | Query::Reveal(number)
        | Query::Print(number) => {
            let seen = !matches!(query, Query::Preview(_)) && whole(*number);
            Reply::Record(one(looking, context, *number, seen)?)
        }
        Query::Beside(file) => {
            let page = beside(looking, context, *file)?;
            Reply::Page(masked_page(looking, context, page))
        }
        Query::Search { text, limit } => {
            let kinds = search::kinds(context);
            let text = sought(looking, text)?;
            let page = search::everywhere(looking, &text, &kinds, *limit)?;
            let page = findable(looking, context, page);
            Reply::Page(masked_page(looking, context, page))
        }
        Query::Caller { digits } => {
            let (digits, mut card) = caller::card(looking, digits)?;
            card.ownership = leasing::of_caller(looking, context, &card, &digits)?;
            Reply::Caller(masked_card(looking, context, card, &digits))
        }
        Query::Dossier(customer) => {
            let number = dossiers::of(looking, *customer)?.unwrap_or(*customer);
            Reply::Record(one(looking, context, number, whole(number))?)
        }
        Query::Contacts { customer, limit } => {
            Reply::Page(contacts(looking, context, *customer, *limit)?)
        }
        Query::History(number) => {
            let whole = whole(*number);
            let shown = |record: &mut Record| dossiers::redact(record, false, context);
            Reply::History(history::versions(looking, *number, whole, shown)?)
        }
        Query::Counts => Reply::Counts(looking.counts(context)?),
        Query::AtHand => at_hand::answer(looking, context)?,
        Query::Handling { from, to } => Reply::Handling(handling::rows(looking, *from, *to)?),
        Query::PrintDay(day) => Reply::Page(printed(looking, context, *day)?),
        Query::Analysis(quarter) => {
            Reply::Analysis(Box::new(analysis::report(looking, context, *quarter)?))
        }
        Query::AnalysisRows {
            quarter,
            cell,
            limit,
        } => {
            let limit = (*limit as usize).clamp(1, MOST_ROWS);
            let page = analysis::rows(looking, context, *quarter, cell, limit)?;
            Reply::Page(masked_page(looking, context, page))
        }
        Query::ToFile | Query::FileFigures | Query::FileIndex { .. } => {
            return filing::answer(looking, context, query);
        }
        Query::Requests(_)
        | Query::Monthly(..)
        | Query::Transactions(_)
        | Query::ContactsOfFile(_)
        | Query::PrintForms(_)
        | Query::Ownership(_)
        | Query::Visits(_)
        | Query::InspectionsDue => return computed(looking, context, query),
        Query::Looks(query) => Reply::Looks(looks::rows(looking, query)?),
        Query::Remarks(number) => {
            let whole = whole(*number);
            Reply::Remarks(remarks(looking, *number, whole)?)
        }
        Query::Permits => {
            let newest_first = looking.known.permits.values().rev();
            Reply::Permits(newest_first.cloned().collect())
        }
        Query::TryAdopt {
            before,
            record,
            existing,
            customer,
        } => {
            return trial::adopt(looking, context, before, record, *existing, customer);
        }
        Query::PreviewSteps { numbers, step } => {
            return preview::steps(looking, context, numbers, step);
        }
        Query::Backup { .. } => {
            let head = looking.home.journal.head();
            Reply::Head {
                seq: head.seq,
                hash: hex(&head.hash),
                permit,
            }
        }
        // `open_to_all` has answered these.
        Query::Hello | Query::Operators => return Err(Failure::internal()),
    })
}

/// What is searched for: the number of a card that went into another finds that one (A01-21).
fn sought(looking: &Looking, text: &str) -> Result<String, Fault> {
    let Ok(number) = text.trim().parse::<Number>() else {
        return Ok(text.to_owned());
    };
    Ok(kin::survivor(looking.overlay, number)?.to_string())
}

/// The loan of a file and the requests that wait for it; what a survey came to.
fn beside(looking: &Looking, context: &Context, file: Number) -> Result<Page, Fault> {
    let file = match looking.overlay.record(file)? {
        Some(Record::File(file)) => file,
        Some(Record::Survey(survey)) => return surveys::beside(looking, survey),
        _ => return Ok(list::loose_page(Vec::new())),
    };
    let mut rows = Vec::new();
    if let Some(loan) = file.loan {
        rows.extend(looking.overlay.record(loan)?);
    }
    let waits = |record: &Record| match record {
        Record::Access(access) => !access.state.is_final() && !access.meta.void,
        _ => false,
    };
    for number in access::asked(looking, file.meta.number)? {
        rows.extend(looking.overlay.record(number)?.filter(waits));
    }
    let rows = rows.into_iter().map(|record| looking.row(record));
    let rows = rows.filter(|row| is_for(looking, context, row));
    Ok(list::loose_page(rows.collect()))
}

/// The contacts of a customer, as far as the asker may see them.
fn contacts(
    looking: &Looking,
    context: &Context,
    customer: Number,
    limit: u32,
) -> Result<Page, Fault> {
    let limit = (limit as usize).clamp(1, MOST_ROWS);
    let mut rows = caller::contacts(looking, customer, limit)?;
    rows.retain(|row| is_for(looking, context, row));
    Ok(masked_page(looking, context, list::loose_page(rows)))
}

/// The contacts that were had with the customer of a file (A03-5.1.4).
fn of_file(looking: &Looking, context: &Context, file: Number) -> Result<Page, Fault> {
    let customer = match looking.overlay.record(file)? {
        Some(Record::File(file)) => file.details.customer,
        _ => None,
    };
    let Some(customer) = customer else {
        return Ok(list::loose_page(Vec::new()));
    };
    let mut rows = caller::contacts(looking, customer, MOST_ROWS)?;
    rows.retain(|row| row.record.number().kind == Kind::FollowUp && is_for(looking, context, row));
    Ok(masked_page(looking, context, list::loose_page(rows)))
}

/// A record, in full or masked.
fn one(
    looking: &Looking,
    context: &Context,
    number: Number,
    whole: bool,
) -> Result<Option<Box<Row>>, Fault> {
    let number = access::read_as(looking, number)?;
    let Some(record) = looking.overlay.record(number)? else {
        return Ok(None);
    };
    let mut row = looking.row(record);
    if number.kind == Kind::Customer {
        let ties = ties::of(looking, number)?;
        row.ties = (!ties.is_nothing()).then(|| Box::new(ties));
        if let Record::Customer(card) = &row.record {
            let owned = leasing::of_card(looking, context, &card.details)?;
            row.ownership = owned.map(Box::new);
        }
    }
    let row = if whole {
        row
    } else {
        masked(looking, context, row, None)
    };
    Ok(Some(Box::new(row)))
}

/// The rows of the register of a day, each as far as the asker may open it.
fn printed(looking: &Looking, context: &Context, day: Day) -> Result<Page, Fault> {
    let rows = register::rows(looking, day)?.into_iter();
    let concealed = rows.map(|row| {
        let whole = access::may_read(looking, context, row.record.number());
        if whole {
            row
        } else {
            masked(looking, context, row, None)
        }
    });
    Ok(list::loose_page(concealed.collect()))
}

/// Answers what is put together from many records: reports, and the entries in a file.
fn computed(looking: &Looking, context: &Context, query: &Query) -> Answer {
    Ok(match query {
        Query::Requests(quarter) => {
            Reply::Requests(Box::new(requests::figures(looking, *quarter)?))
        }
        Query::Monthly(kind, month) => {
            Reply::Monthly(Box::new(monthly::report(looking, *kind, *month, context)?))
        }
        Query::Transactions(file) => {
            let whole = access::may_read(looking, context, *file);
            Reply::Transactions(concealed(monthly::entries(looking, *file)?, whole))
        }
        Query::ContactsOfFile(file) => Reply::Page(of_file(looking, context, *file)?),
        Query::PrintForms(day) => Reply::Page(leasing::forms(looking, context, *day)?),
        Query::Ownership(phone) => return leasing::ownership(looking, context, phone),
        Query::Visits(customer) => Reply::Visits(ties::visits(looking, *customer)?),
        _ => Reply::InspectionsDue(inspections::due(looking)?),
    })
}

/// Entries in a file, as much of each as whoever asks may see.
fn concealed(entries: Vec<Transaction>, whole: bool) -> Vec<Transaction> {
    if whole {
        return entries;
    }
    let entries = entries.into_iter().filter_map(|entry| {
        let mut record = Record::Transaction(entry);
        mask::record(&mut record, None);
        match record {
            Record::Transaction(entry) => Some(entry),
            _ => None,
        }
    });
    entries.collect()
}

/// The remarks on a record, oldest first (A01-05).
fn remarks(looking: &Looking, about: Number, whole: bool) -> Result<Vec<Remark>, Fault> {
    let prefix = keys::remarks(about);
    let rows = looking
        .overlay
        .scan_prefix(&prefix, Order::Forward, MOST_ROWS)?;
    let mut remarks = Vec::with_capacity(rows.len());
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        if let Some(mut record) = looking.overlay.record(number)? {
            if !whole {
                mask::record(&mut record, None);
            }
            if let Record::Remark(remark) = record {
                remarks.push(remark);
            }
        }
    }
    Ok(remarks)
}
