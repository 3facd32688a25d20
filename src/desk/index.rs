//! The keys under which a record is listed and found: a pure function of the record.
//!
//! A change puts and deletes the difference between the keys before and after, in the same
//! commit as the record. `verify` compares the store with what this function says. What a record is
//! found by is not here but in the search index (`tokens`).

use std::collections::BTreeSet;

use super::contract::{Filter, Sort};
use super::keyspace as keys;
use super::made;
use crate::domain::access::AccessState;
use crate::domain::approval;
use crate::domain::archive::{ArchiveFile, Grade};
use crate::domain::complaint::ComplaintState;
use crate::domain::customer::{Customer, Mark};
use crate::domain::follow_up::FollowUp;
use crate::domain::greeting;
use crate::domain::instruction::InstructionState;
use crate::domain::intake::IntakeKind;
use crate::domain::listed::Listed;
use crate::domain::number::{Kind, Number};
use crate::domain::place;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::text::pinyin;

/// Counts up with every change of what [`entries`] and [`tags`] say, so that a store which an
/// earlier program indexed is indexed anew. What has none was made by the first.
pub(super) const VERSION: u32 = 17;

/// A list a record stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag {
    letter: u8,
    place: u8,
    /// The entry of one of the profile's lists, where the list is of one.
    of: Listed,
}

impl Tag {
    const fn new(letter: u8) -> Self {
        Self::at(letter, 0)
    }

    const fn at(letter: u8, place: u8) -> Self {
        Self {
            letter,
            place,
            of: Listed::NONE,
        }
    }

    fn of(letter: u8, of: Listed) -> Self {
        Self {
            of,
            ..Self::new(letter)
        }
    }

    /// Its part of a key: two bytes, and behind them the entry, whose length stands in the second.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let id = self.of.id().as_bytes();
        let length = u8::try_from(id.len()).unwrap_or(u8::MAX);
        let mut bytes = vec![self.letter, self.place.max(length)];
        bytes.extend_from_slice(id);
        bytes
    }
}

pub(super) const ALL: Tag = Tag::new(b'a');
const CURRENT: Tag = Tag::new(b'u');
const OPEN: Tag = Tag::new(b'o');
const CLOSED: Tag = Tag::new(b'x');
const KEY: Tag = Tag::new(b'k');
const RETIRED: Tag = Tag::new(b'e');
/// Something waits for somebody’s yes.
const WAITING: Tag = Tag::new(b'w');
const MAJOR: Tag = Tag::new(b'm');
const LESSONS: Tag = Tag::new(b'n');
const ON_LOAN: Tag = Tag::new(b'l');
const ON_SHELF: Tag = Tag::new(b's');
const INCOMPLETE: Tag = Tag::new(b'i');
const UNPLACED: Tag = Tag::new(b'p');
const PAPER_ONLY: Tag = Tag::new(b'd');
const TO_REPAIR: Tag = Tag::new(b'r');
const MISSING: Tag = Tag::new(b'f');
const GRADED: Tag = Tag::new(b'g');
const HELD: Tag = Tag::new(b'h');
/// Taken in, and not yet where it belongs.
const TO_FILE: Tag = Tag::new(b't');
const OF_CLASS: u8 = b'C';
const OF_UNIT: u8 = b'U';
const OF_SITE: u8 = b'I';
const FROM_SOURCE: u8 = b'Q';
const OF_OWNER: u8 = b'O';
const OF_TRADE: u8 = b'T';
const OF_GROUP: u8 = b'G';
/// Customers with whom no business was closed yet (A01-03).
const POTENTIAL: Tag = Tag::new(b'j');
const PROSPECT: Tag = Tag::new(b'q');
const SERVING: u8 = b'V';
/// Whose the customers are who are nobody's.
pub(super) const NOBODY: &str = "none";
const TO_UPDATE: Tag = Tag::new(b'c');
const LEFT: Tag = Tag::new(b'z');
/// A suggestion that nobody has answered (A09-1.4c).
const UNANSWERED: Tag = Tag::new(b'q');
/// A task that was dispatched and is not accepted (A04-4b).
const UNACCEPTED: Tag = Tag::new(b'v');

const fn kind_tag(kind: IntakeKind) -> Tag {
    Tag::at(b'K', kind as u8)
}

const fn state_tag(state: ComplaintState) -> Tag {
    Tag::at(b'S', state as u8)
}

/// The tag of a filter. `Late` is the open ones in due order, up to today. Only customers retire; of
/// all other kinds every record is a current one, and one list is enough.
pub(super) fn tag(kind: Kind, filter: Filter) -> Tag {
    match filter {
        Filter::Current if kind == Kind::Customer => CURRENT,
        Filter::Current | Filter::All | Filter::Expired => ALL,
        // Some of these are no lists of their own but put together from other lists.
        Filter::Open
        | Filter::Late
        | Filter::ForUnit
        | Filter::LateForUnit
        | Filter::Today
        | Filter::ToConfirm
        | Filter::Quiet
        | Filter::NoDossier
        | Filter::ToVisit
        | Filter::ToTell(_) => OPEN,
        Filter::Closed => CLOSED,
        Filter::OfKind(kind) => kind_tag(kind),
        Filter::InState(state) => state_tag(state),
        Filter::Key => KEY,
        Filter::Retired => RETIRED,
        Filter::Waiting | Filter::ForMe => WAITING,
        Filter::Major => MAJOR,
        Filter::Lessons => LESSONS,
        Filter::OnLoan => ON_LOAN,
        Filter::OnShelf => ON_SHELF,
        Filter::Incomplete => INCOMPLETE,
        Filter::Unplaced => UNPLACED,
        Filter::PaperOnly => PAPER_ONLY,
        Filter::ToRepair => TO_REPAIR,
        Filter::Missing => MISSING,
        Filter::Graded => GRADED,
        Filter::Held => HELD,
        Filter::ToFile => TO_FILE,
        Filter::OfClass(class) => Tag::of(OF_CLASS, class),
        Filter::OfUnit(unit) => Tag::of(OF_UNIT, unit),
        Filter::OfSite(site) => Tag::of(OF_SITE, site),
        Filter::FromSource(source) => Tag::of(FROM_SOURCE, source),
        Filter::ToUpdate => TO_UPDATE,
        Filter::Left => LEFT,
        Filter::OfOwner(owner) => Tag::of(OF_OWNER, owner),
        Filter::Unanswered => UNANSWERED,
        Filter::Unaccepted => UNACCEPTED,
        Filter::Potential => POTENTIAL,
        Filter::Prospect => PROSPECT,
        Filter::OfTrade(trade) => Tag::of(OF_TRADE, trade),
        Filter::OfGroup(group) => Tag::of(OF_GROUP, group),
        Filter::Serving(what) => Tag::of(SERVING, what),
    }
}

/// The lists a record stands in; none once it is void.
pub(super) fn tags(record: &Record) -> Vec<Tag> {
    if record.meta().void {
        return Vec::new();
    }
    let mut tags = vec![ALL];
    let mut add = |tag: Tag| tags.push(tag);
    match record {
        Record::Customer(customer) => of_card(customer).into_iter().for_each(add),
        Record::Intake(intake) => {
            add(if intake.is_open() { OPEN } else { CLOSED });
            add(kind_tag(intake.details.kind));
        }
        Record::Complaint(complaint) => {
            add(if complaint.state.is_final() {
                CLOSED
            } else {
                OPEN
            });
            add(state_tag(complaint.state));
            if complaint.course.major.is_some() {
                add(MAJOR);
            }
            if !complaint.course.lessons.is_empty() {
                add(LESSONS);
            }
            if approval::may_wait(record) {
                add(WAITING);
            }
        }
        Record::FollowUp(follow_up) => add(if follow_up.is_open() { OPEN } else { CLOSED }),
        Record::PlanLine(line) => add(if line.is_open() { OPEN } else { CLOSED }),
        // Which hints are over follows from the hour.
        Record::Hint(hint) => add(if hint.withdrawn.is_none() {
            OPEN
        } else {
            CLOSED
        }),
        Record::ShiftSheet(sheet) => add(if sheet.is_open() { OPEN } else { CLOSED }),
        Record::Measure(measure) => {
            add(if measure.state.is_final() {
                CLOSED
            } else {
                OPEN
            });
            if approval::may_wait(record) {
                add(WAITING);
            }
        }
        Record::Analysis(_) => {
            if approval::may_wait(record) {
                add(WAITING);
            }
        }
        Record::File(file) if file.left_on().is_some() => add(LEFT),
        Record::File(file) => {
            of_file(file).into_iter().for_each(&mut add);
            if approval::may_wait(record) {
                add(WAITING);
            }
        }
        Record::Loan(loan) => {
            add(if loan.is_open() { OPEN } else { CLOSED });
            if approval::may_wait(record) {
                add(WAITING);
            }
        }
        Record::Handover(_)
        | Record::Access(_)
        | Record::Incident(_)
        | Record::Destruction(_)
        | Record::Task(_)
        | Record::Registration(_)
        | Record::Survey(_)
        | Record::Occupancy(_)
        | Record::Instruction(_)
        | Record::Relation(_)
        | Record::Introduction(_)
        | Record::Handout(_)
        | Record::ServiceItem(_)
        | Record::Merge(_)
        | Record::Inspection(_) => {
            of_procedure(record).into_iter().for_each(&mut add);
        }
        Record::Operator(_)
        | Record::Site(_)
        | Record::Import(_)
        | Record::Permit(_)
        | Record::Transaction(_)
        | Record::DutyShift(_)
        | Record::Campaign(_)
        | Record::Dossier(_)
        | Record::Answer(_)
        | Record::DayEnd(_) => {}
        Record::Remark(_) | Record::Credential(_) => return Vec::new(),
    }
    tags.extend(of_entries(record));
    tags
}

/// The lists a record of a procedure stands in for how far it is.
fn of_procedure(record: &Record) -> Vec<Tag> {
    let unaccepted = matches!(record, Record::Task(task) if task.unaccepted().is_some());
    let to_file = match record {
        Record::Handover(handover) => handover.is_to_be_filed(),
        Record::Registration(registration) => registration.is_to_be_filed(),
        _ => false,
    };
    let tags = [
        (is_open(record), OPEN),
        (!is_open(record), CLOSED),
        (unaccepted, UNACCEPTED),
        (is_unanswered(record), UNANSWERED),
        (to_file, TO_FILE),
        (approval::may_wait(record), WAITING),
    ];
    let held = tags.into_iter().filter(|(holds, _)| *holds);
    held.map(|(_, tag)| tag).collect()
}

/// The lists a customer stands in by the marks.
fn of_card(customer: &Customer) -> Vec<Tag> {
    if customer.is(Mark::Retired) {
        return vec![RETIRED];
    }
    let closed = customer.is(Mark::Closed);
    let tags = [
        (true, CURRENT),
        (customer.is(Mark::Key), KEY),
        (closed, CLOSED),
        (!closed, POTENTIAL),
        (customer.is(Mark::Prospect), PROSPECT),
    ];
    let held = tags.into_iter().filter(|(holds, _)| *holds);
    held.map(|(_, tag)| tag).collect()
}

/// The lists a file stands in for what it is and lacks.
fn of_file(file: &ArchiveFile) -> Vec<Tag> {
    let custody = &file.custody;
    let unplaced = file.loan.is_none() && file.details.place.is_empty();
    let tags = [
        (file.loan.is_some(), ON_LOAN),
        (file.loan.is_none(), ON_SHELF),
        (!custody.lacks.is_empty(), INCOMPLETE),
        (unplaced, UNPLACED),
        (custody.electronic.is_none(), PAPER_ONLY),
        (custody.to_repair().next().is_some(), TO_REPAIR),
        (custody.missing.is_some(), MISSING),
        (file.details.grade > Grade::None, GRADED),
        (custody.hold.is_some(), HELD),
        (custody.to_update.is_some(), TO_UPDATE),
        (file.is_to_be_sorted(), TO_FILE),
    ];
    let held = tags.into_iter().filter(|(holds, _)| *holds);
    held.map(|(_, tag)| tag).collect()
}

/// The lists a record stands in by the entries of the profile's lists that were chosen for it.
fn of_entries(record: &Record) -> Vec<Tag> {
    let owner = match record {
        Record::Customer(customer) if !customer.is(Mark::Retired) => {
            let owner = customer.details.owner;
            Some(owner.map_or_else(|| NOBODY.to_owned(), |owner| owner.to_string()))
        }
        Record::FollowUp(it) if it.is_open() => it.details.owner.map(|owner| owner.to_string()),
        Record::Instruction(it) if is_open(record) => {
            it.details.operator.map(|operator| operator.to_string())
        }
        Record::Task(task) if is_open(record) => {
            let last = task.dispatches.last().filter(|it| it.handed_back.is_none());
            last.map(|it| it.to.to_string())
        }
        Record::PlanLine(it) if it.is_open() => it.details.owner.map(|owner| owner.to_string()),
        _ => None,
    };
    let serving = match record {
        Record::FollowUp(it) if it.is_done() => it.details.serves.map(|it| it.to_string()),
        _ => None,
    };
    let serving = serving.map(|serves| Tag::of(SERVING, Listed::new(&serves)));
    let of_owner = owner.map(|owner| Tag::of(OF_OWNER, Listed::new(&owner)));
    let chosen: Vec<(u8, &String)> = match record {
        Record::Customer(customer) if !customer.is(Mark::Retired) => {
            let details = &customer.details;
            vec![
                (OF_CLASS, &details.class),
                (OF_TRADE, &details.line),
                (OF_SITE, &details.site),
                (FROM_SOURCE, &details.source),
            ]
        }
        Record::File(file) => vec![
            (OF_CLASS, &file.details.class),
            (OF_UNIT, &file.details.unit),
        ],
        Record::Relation(relation) if relation.is_open() => {
            vec![(OF_GROUP, &relation.details.group)]
        }
        Record::PlanLine(line) => vec![(OF_UNIT, &line.details.department)],
        _ => Vec::new(),
    };
    let chosen = chosen.into_iter().filter(|(_, id)| !id.is_empty());
    chosen
        .map(|(letter, id)| Tag::of(letter, Listed::new(id)))
        .chain(of_owner)
        .chain(serving)
        .collect()
}

/// Whether a procedure of the archive is still going on.
fn is_open(record: &Record) -> bool {
    match record {
        Record::Handover(handover) => !handover.state.is_final(),
        Record::Access(access) => !access.state.is_final(),
        Record::Incident(incident) => incident.closed.is_none(),
        Record::Destruction(destruction) => !destruction.state.is_final(),
        Record::Inspection(inspection) => inspection.closed.is_none(),
        Record::Task(task) => !task.state.is_final(),
        Record::Registration(registration) => registration.is_open(),
        Record::Survey(survey) => !survey.state.is_final(),
        Record::Occupancy(occupancy) => occupancy.is_open(),
        Record::Instruction(it) => !it.state.is_final(),
        Record::Relation(relation) => relation.is_open(),
        Record::Introduction(introduction) => introduction.is_open(),
        Record::Handout(handout) => handout.is_open(),
        Record::ServiceItem(item) => item.is_open(),
        Record::Merge(merge) => merge.is_open(),
        _ => false,
    }
}

/// Whether a record is a suggestion that nobody has answered (A09-1.4c).
fn is_unanswered(record: &Record) -> bool {
    matches!(record, Record::Instruction(it) if it.state == InstructionState::Suggested)
}

const BY_NUMBER: u8 = b'1';
const BY_NAME: u8 = b'2';
const BY_DUE: u8 = b'3';
const BY_AGE: u8 = b'5';

const fn sort_byte(sort: Sort) -> u8 {
    match sort {
        Sort::Newest | Sort::Oldest => BY_NUMBER,
        Sort::Name => BY_NAME,
        Sort::Due => BY_DUE,
        Sort::Age => BY_AGE,
    }
}

/// The part of a list key that the record decides, if the record has a place in that order.
fn sort_key(record: &Record, sort: u8) -> Option<Vec<u8>> {
    match sort {
        BY_NUMBER => Some(Vec::new()),
        BY_NAME => {
            let name = match record {
                Record::Customer(customer) => &customer.details.name,
                Record::File(file) => &file.details.title,
                Record::Loan(loan) => &loan.details.borrower,
                Record::Handover(handover) => &handover.details.person,
                Record::FollowUp(follow_up) => &follow_up.name,
                Record::Occupancy(occupancy) => &occupancy.name,
                Record::Relation(relation) => &relation.from_name,
                Record::Introduction(introduction) => &introduction.names.0,
                Record::Handout(handout) => &handout.name,
                Record::ServiceItem(item) => &item.details.name,
                Record::Merge(merge) => &merge.names.0,
                Record::PlanLine(line) => &line.name,
                _ => return None,
            };
            let sound = pinyin::full(name).into_iter().next().unwrap_or_default();
            let mut key: Vec<u8> = sound.into_bytes();
            key.truncate(40);
            key.push(0);
            let end = name.floor_char_boundary(40);
            key.extend_from_slice(name.as_bytes().get(..end).unwrap_or_default());
            key.push(0);
            Some(key)
        }
        BY_AGE => {
            let since = match record {
                Record::Complaint(complaint) if !complaint.state.is_final() => complaint.made_at,
                Record::Intake(intake) if intake.is_open() => intake.started_at,
                _ => return None,
            };
            Some(keys::stamp_bytes(since).to_vec())
        }
        _ => {
            let due = match record {
                Record::Complaint(complaint) => {
                    let mut key = complaint.due?.ordinal().to_be_bytes().to_vec();
                    // Within a day the earlier hour comes first, and what has none is not late
                    // before the day is over.
                    let at = complaint.due_at.unwrap_or(Stamp(i64::MAX));
                    key.extend_from_slice(&keys::stamp_bytes(at));
                    return Some(key);
                }
                Record::Intake(intake) => {
                    let repair = intake.repair.as_ref()?;
                    let mut key = repair.due?.ordinal().to_be_bytes().to_vec();
                    let at = repair.due_at.unwrap_or(Stamp(i64::MAX));
                    key.extend_from_slice(&keys::stamp_bytes(at));
                    return Some(key);
                }
                Record::FollowUp(it) if it.is_open() => {
                    let mut key = it.details.day?.ordinal().to_be_bytes().to_vec();
                    // It is late from that moment on, and what is late now is due before now.
                    let before = Stamp(it.due_at.0.saturating_sub(1));
                    key.extend_from_slice(&keys::stamp_bytes(before));
                    return Some(key);
                }
                Record::Hint(hint) => return Some(keys::stamp_bytes(hint.until).to_vec()),
                // The longest unconfirmed first (A01-23).
                Record::Customer(customer) => customer.confirmed_on,
                Record::Measure(measure) if measure.is_to_be_done() => measure.details.due?,
                Record::Loan(loan) if loan.is_open() => loan.due,
                Record::Handover(handover) if handover.taken.is_none() && is_open(record) => {
                    handover.due
                }
                Record::Task(task) if is_open(record) => task.details.due?,
                Record::Survey(it) if it.closed.is_none() && is_open(record) => it.details.due?,
                Record::Instruction(it) if is_open(record) => it.details.due?,
                Record::Registration(row) if row.handed_in.is_none() => row.day,
                Record::DutyShift(duty) => duty.day,
                Record::ServiceItem(item) if item.is_open() => item.details.planned_end?,
                Record::PlanLine(line) if line.is_open() => line.ends,
                // Whose last day is past is not told of any more.
                Record::Campaign(campaign) => campaign.until(),
                // In the order in which their time is over, however long that is.
                Record::File(file) => file.filed_on,
                _ => return None,
            };
            Some(due.ordinal().to_be_bytes().to_vec())
        }
    }
}

/// The beginning of the keys of a list in an order.
pub(super) fn list_prefix(kind: Kind, tag: Tag, sort: Sort) -> Vec<u8> {
    let mut prefix = vec![keys::LISTS, kind.code()];
    prefix.extend(tag.bytes());
    prefix.push(sort_byte(sort));
    prefix
}

/// Whether a list of a record is kept in an order: cards are walked in that of their confirmation only
/// by those whose customers they are.
fn has_order(record: &Record, tag: Tag, sort: Sort) -> bool {
    let is_card = matches!(record, Record::Customer(_)) && sort == Sort::Due;
    !is_card || tag.letter == OF_OWNER
}

/// The place of a record in a list, if it stands there.
pub(super) fn list_key(record: &Record, tag: Tag, sort: Sort) -> Option<Vec<u8>> {
    let number = record.number();
    if !tags(record).contains(&tag) || !has_order(record, tag, sort) {
        return None;
    }
    let mut key = list_prefix(number.kind, tag, sort);
    key.extend(sort_key(record, sort_byte(sort))?);
    key.extend_from_slice(&number.to_key());
    Some(key)
}

/// The customers on whose time line a record stands, and when it was.
fn contacts(record: &Record) -> Vec<(Number, Stamp)> {
    if let Record::Introduction(it) = record {
        let both = [it.details.one, it.details.other].into_iter().flatten();
        return both.map(|one| (one, it.meta.created_at)).collect();
    }
    contact(record).into_iter().collect()
}

fn contact(record: &Record) -> Option<(Number, Stamp)> {
    match record {
        Record::Intake(intake) => Some((intake.details.customer?, intake.started_at)),
        Record::Complaint(complaint) => Some((complaint.details.customer?, complaint.made_at)),
        Record::File(file) => Some((file.details.customer?, file.meta.created_at)),
        Record::Transaction(it) => Some((it.details.customer?, it.meta.created_at)),
        Record::Registration(it) => Some((it.closing.as_ref()?.customer, it.meta.created_at)),
        Record::FollowUp(it) => Some((it.details.customer?, it.tried_at()?)),
        Record::Answer(it) => Some((it.details.customer?, it.meta.created_at)),
        Record::Occupancy(it) => Some((it.details.customer?, it.meta.created_at)),
        Record::Handover(it) => Some((it.details.customer?, it.meta.created_at)),
        Record::Handout(it) => Some((it.details.customer?, it.meta.created_at)),
        _ => None,
    }
}

/// In whose hands a record is.
fn held(record: &Record) -> Option<Vec<u8>> {
    match record {
        Record::Customer(customer) => Some(keys::owned(customer.details.owner?)),
        Record::Complaint(complaint)
            if !complaint.state.is_final() && !complaint.handler.is_empty() =>
        {
            Some(keys::handled(&complaint.handler))
        }
        Record::Intake(intake) if intake.is_open() => {
            let handler = &intake.repair.as_ref()?.handler;
            (!handler.is_empty()).then(|| keys::handled(handler))
        }
        Record::Loan(loan) if loan.is_open() => Some(keys::borrowed(&loan.details.borrower)),
        Record::FollowUp(it) if it.is_open() => Some(keys::to_do(it.details.owner?)),
        Record::PlanLine(it) if it.is_open() => Some(keys::to_plan(it.details.owner?)),
        Record::Dossier(dossier) => Some(keys::kept_by(dossier.salesperson)),
        Record::Registration(row) => Some(keys::registered_for(row.owner)),
        _ => None,
    }
}

/// What a record is looked up by in full: telephones where one may call, the number in the system it
/// came from, the borrower of a loan.
fn exact(record: &Record) -> Vec<Vec<u8>> {
    let (phones, external) = match record {
        Record::Customer(customer) => {
            let phones = customer.details.phones.iter();
            let phones = phones.map(|phone| keys::phone(&phone.digits)).collect();
            (phones, &customer.details.external)
        }
        Record::Intake(intake) => {
            let phone = keys::phone(&intake.details.phone);
            (vec![phone], &intake.details.external)
        }
        Record::Complaint(complaint) => {
            let phone = keys::phone(&complaint.details.phone);
            (vec![phone], &complaint.details.external)
        }
        Record::File(file) => (Vec::new(), &file.details.external),
        Record::Registration(registration) => {
            let phone = &registration.details.phone;
            return (!phone.is_empty())
                .then(|| keys::phone(phone))
                .into_iter()
                .collect();
        }
        Record::Loan(loan) => return vec![keys::lent_to(&loan.details.borrower)],
        _ => return Vec::new(),
    };
    let mut exact: Vec<Vec<u8>> = phones;
    exact.push(keys::external(external));
    exact.retain(|key| key.len() > keys::EXACT_BARE);
    exact
}

/// What the archive looks a record up by: the place, the number within the class and the car of a
/// file, the file of a request that is not over, the day of a hand-over's row, the file it went into.
fn kept(record: &Record) -> Vec<Vec<u8>> {
    match record {
        Record::Customer(customer) => {
            let place = place::key(&customer.details.place);
            let mut key = keys::placed(&place);
            key.push(0);
            (!place.is_empty()).then_some(key).into_iter().collect()
        }
        Record::File(file) => {
            let details = &file.details;
            let mut keys = Vec::new();
            if !details.place.is_empty() {
                keys.push(keys::at_place(&details.place));
            }
            if file.custody.class_no > 0 {
                keys.push(keys::in_class(&details.class, file.custody.class_no));
            }
            let cars = [&details.vin, &details.plate].into_iter();
            let here = file.left_on().is_none();
            let cars = cars.filter(|car| here && details.sort.is_of_car() && !car.is_empty());
            keys.extend(cars.map(|car| keys::of_car(car)));
            keys.extend(details.customer.map(keys::of_customer));
            keys
        }
        Record::Loan(loan) => vec![keys::belongs_to(loan.file)],
        Record::Access(access) => {
            let granted = access.state == AccessState::Granted;
            let open = granted || !access.state.is_final();
            let file = access.details.file;
            let asked = file.filter(|_| open).map(keys::asked);
            asked
                .into_iter()
                .chain(file.map(keys::belongs_to))
                .collect()
        }
        Record::Handover(handover) => {
            let signed = (handover.row > 0)
                .then_some(handover.taken.as_ref())
                .flatten();
            let row = signed.map(|signed| keys::signed_for(signed.at, handover.row));
            let filed = handover.filed.as_ref();
            let filed = filed.map(|(file, _)| keys::belongs_to(*file));
            row.into_iter().chain(filed).collect()
        }
        Record::DayEnd(end) => vec![keys::ended(end.day)],
        Record::Registration(registration) => vec![keys::registered_on(registration.day)],
        Record::DutyShift(duty) => vec![keys::on_duty(duty.day)],
        Record::FollowUp(it) => {
            let mut all = of_follow_up(it);
            let had = it.contact.is_some() && !it.is_open();
            all.extend(it.details.customer.filter(|_| had).map(keys::noted));
            all
        }
        Record::Dossier(dossier) => {
            let births = greeting::birthdays(dossier).into_iter();
            let births = births.filter_map(|it| {
                let (month, day) = it.born.anniversary()?;
                Some(keys::born((it.born.lunar, month, day)))
            });
            let of = keys::dossier_of(dossier.customer);
            std::iter::once(of).chain(births).collect()
        }
        Record::Transaction(it) => it.details.file.map(keys::belongs_to).into_iter().collect(),
        Record::Task(task) => task.file().map(keys::belongs_to).into_iter().collect(),
        Record::Answer(it) => {
            let details = &it.details;
            let survey = details.survey;
            let by = survey.zip(details.customer);
            let by = by.map(|(survey, customer)| keys::serving_with(survey, true, customer));
            survey.map(keys::answers).into_iter().chain(by).collect()
        }
        Record::Occupancy(it) if it.is_open() => {
            vec![keys::lived_in(&place::key(&it.details.place))]
        }
        Record::Relation(relation) => {
            let both = [relation.details.from, relation.details.to];
            both.into_iter().flatten().map(keys::related).collect()
        }
        Record::Introduction(introduction) => {
            let both = [introduction.details.one, introduction.details.other];
            both.into_iter().flatten().map(keys::related).collect()
        }
        Record::Handout(handout) => {
            let giver = handout.details.customer.into_iter();
            giver.map(keys::related).collect()
        }
        Record::Merge(merge) if merge.is_open() => {
            vec![keys::merged(merge.absorbed), keys::absorbed(merge.kept)]
        }
        Record::Destruction(destruction) if !destruction.state.is_final() => {
            vec![keys::to_destroy(destruction.file)]
        }
        Record::Inspection(inspection) if inspection.closed.is_some() => {
            vec![keys::inspected(inspection)]
        }
        _ => Vec::new(),
    }
}

/// With whom a contact is planned, and what it is or was for. An attempt that reached nobody, and what was
/// given up, is for nothing.
fn of_follow_up(it: &FollowUp) -> Vec<Vec<u8>> {
    let Some(customer) = it.details.customer else {
        return Vec::new();
    };
    if !(it.is_open() || it.is_done()) {
        return Vec::new();
    }
    let planned = it.is_open().then(|| keys::planned(customer));
    let serves = it.details.serves;
    let serves = serves.map(|serves| keys::serving_with(serves, it.is_done(), customer));
    let greets = it.details.holiday.map(|day| keys::greeted(day, customer));
    [planned, serves, greets].into_iter().flatten().collect()
}

/// All keys of a record beside the record itself, with their values.
pub(super) fn entries(record: &Record) -> BTreeSet<(Vec<u8>, Vec<u8>)> {
    let number = record.number().to_key();
    let mut entries = BTreeSet::new();
    if record.meta().void {
        return entries;
    }
    if let Some(import) = record.meta().import {
        let mut key = keys::imported(import);
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    if let Record::Customer(customer) = record {
        for fill in &customer.fills {
            let mut key = keys::imported(fill.import);
            key.extend_from_slice(&number);
            entries.insert((key, Vec::new()));
        }
    }
    let tags = tags(record);
    for sort in [Sort::Newest, Sort::Name, Sort::Due, Sort::Age] {
        let Some(place) = sort_key(record, sort_byte(sort)) else {
            continue;
        };
        for tag in tags.iter().filter(|tag| has_order(record, **tag, sort)) {
            let mut key = list_prefix(record.number().kind, *tag, sort);
            key.extend_from_slice(&place);
            key.extend_from_slice(&number);
            entries.insert((key, Vec::new()));
        }
    }
    for mut key in exact(record) {
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    for (customer, at) in contacts(record) {
        let mut key = keys::contacts(customer);
        key.extend_from_slice(&keys::stamp_bytes(at));
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    if let Some(mut key) = held(record) {
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    if let Record::Complaint(complaint) = record {
        entries.insert(made::entry(complaint));
    }
    for mut key in kept(record) {
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    if let Record::Remark(remark) = record {
        let mut key = keys::remarks(remark.about);
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    if let Record::Operator(operator) = record {
        entries.insert((keys::login(&operator.login), number.to_vec()));
    }
    entries
}
