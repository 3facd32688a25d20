//! The lists a record stands in.

use crate::desk::contract::Filter;
use crate::domain::approval;
use crate::domain::archive::{ArchiveFile, Grade};
use crate::domain::complaint::ComplaintState;
use crate::domain::customer::{Customer, Mark};
use crate::domain::instruction::InstructionState;
use crate::domain::intake::IntakeKind;
use crate::domain::listed::Listed;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::registration::{Business, RegistrationState};

/// A list a record stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desk) struct Tag {
    pub(super) letter: u8,
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
    pub(in crate::desk) fn bytes(&self) -> Vec<u8> {
        let id = self.of.id().as_bytes();
        let length = u8::try_from(id.len()).unwrap_or(u8::MAX);
        let mut bytes = vec![self.letter, self.place.max(length)];
        bytes.extend_from_slice(id);
        bytes
    }
}

pub(in crate::desk) const ALL: Tag = Tag::new(b'a');
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
const OF_BUSINESS: u8 = b'B';
pub(super) const OF_OWNER: u8 = b'O';
const OF_TRADE: u8 = b'T';
const OF_GROUP: u8 = b'G';
/// Customers with whom no business was closed yet (A01-03).
const POTENTIAL: Tag = Tag::new(b'j');
const PROSPECT: Tag = Tag::new(b'q');
const SERVING: u8 = b'V';
/// Whose the customers are who are nobody's.
pub(in crate::desk) const NOBODY: &str = "none";
const TO_UPDATE: Tag = Tag::new(b'c');
const LEFT: Tag = Tag::new(b'z');
/// A suggestion that nobody has answered (A09-1.4c).
const UNANSWERED: Tag = Tag::new(b'q');
/// A task that was dispatched and is not accepted (A04-4b).
const UNACCEPTED: Tag = Tag::new(b'v');

/// A day's form that was handed in and waits to be kept (A12-3.1.7a).
const TO_KEEP: Tag = Tag::new(b'k');
/// A registration that holds others off for as long as the site says.
pub(super) const PROTECTED: Tag = Tag::new(b'b');

const fn kind_tag(kind: IntakeKind) -> Tag {
    Tag::at(b'K', kind as u8)
}

const fn state_tag(state: ComplaintState) -> Tag {
    Tag::at(b'S', state as u8)
}

/// The tag of a filter. `Late` is the open ones in due order, up to today. Only customers retire; of
/// all other kinds every record is a current one, and one list is enough.
pub(in crate::desk) fn tag(kind: Kind, filter: Filter) -> Tag {
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
        | Filter::NoInterval
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
        Filter::ToKeep => TO_KEEP,
        Filter::Released => PROTECTED,
        Filter::OfClass(class) => Tag::of(OF_CLASS, class),
        Filter::OfUnit(unit) => Tag::of(OF_UNIT, unit),
        Filter::OfSite(site) => Tag::of(OF_SITE, site),
        Filter::FromSource(source) => Tag::of(FROM_SOURCE, source),
        Filter::OfBusiness(business) => Tag::of(OF_BUSINESS, business),
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
pub(in crate::desk) fn tags(record: &Record) -> Vec<Tag> {
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
    let (to_keep, protected) = match record {
        Record::Registration(it) => (
            it.is_to_be_kept(),
            it.state == RegistrationState::Registered,
        ),
        _ => (false, false),
    };
    let tags = [
        (to_keep, TO_KEEP),
        (protected, PROTECTED),
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
    let chosen: Vec<(u8, &str)> = match record {
        Record::Customer(customer) if !customer.is(Mark::Retired) => {
            let details = &customer.details;
            let business = details.business.map_or("", Business::id);
            vec![
                (OF_CLASS, details.class.as_str()),
                (OF_TRADE, &details.line),
                (OF_SITE, &details.site),
                (FROM_SOURCE, &details.source),
                (OF_BUSINESS, business),
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
pub(super) fn is_open(record: &Record) -> bool {
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
