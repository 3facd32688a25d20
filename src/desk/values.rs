//! Records as bytes: one struct a schema number, for good.
//!
//! The value is what the store checks and decodes; its kind is the record's kind. A new shape of
//! a record gets a new schema number here, and the old struct stays with a way to the new one.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::domain::archive::{ArchiveFile, FileDetails, Grade};
use crate::domain::campaign::Target;
use crate::domain::complaint::course::Said;
use crate::domain::complaint::{
    Complaint, ComplaintAnswer, ComplaintDetails, ComplaintState, Course, Passage,
};
use crate::domain::context::Meta;
use crate::domain::customer::{Customer, CustomerDetails, Fill, Mark, Salutation};
use crate::domain::follow_up::{Contacted, FollowUp, FollowUpDetails, FollowUpKind, FollowUpState};
use crate::domain::intake::{Channel, Intake, IntakeDetails, IntakeKind, IntakeState, Outcome};
use crate::domain::loan::{CheckedIn, Loan, LoanDetails, LoanRule};
use crate::domain::measure::{Measure, MeasureDetails, MeasureKind, MeasureState};
use crate::domain::next_visit::NextVisit;
use crate::domain::number::{Kind, Number};
use crate::domain::operator::Operator;
use crate::domain::phone::Phone;
use crate::domain::profile::{Choice, Words};
use crate::domain::record::Record;
use crate::domain::registration::{
    Claim, Closing, Collision, FormField, HandedIn, OwnerRule, Registration, RegistrationDetails,
    RegistrationState, RulesOf,
};
use crate::domain::repair::Repair;
use crate::domain::role::Role;
use crate::domain::stamp::{Day, Stamp};
use crate::domain::survey::{Survey, SurveyClosing, SurveyDetails, SurveyKind, SurveyState};
use crate::domain::task::{Leg, Task, TaskDetails, TaskState};
use crate::domain::transaction::{Transaction, TransactionDetails, TransactionSort};
use crate::domain::waiver::Waiver;
use crate::store::{Fault, codec};

/// The schema number of every record written by this version of the program.
const SCHEMA: u16 = 9;

/// An operator of schema 1: without service, account, deputies and acknowledgement.
#[derive(Deserialize)]
struct OperatorOf1 {
    meta: Meta,
    login: String,
    name: String,
    roles: Vec<Role>,
    department: String,
    active: bool,
}

impl From<OperatorOf1> for Operator {
    fn from(old: OperatorOf1) -> Self {
        Self {
            meta: old.meta,
            login: old.login,
            name: old.name,
            roles: old.roles,
            department: old.department,
            active: old.active,
            service: false,
            account: None,
            deputies: Vec::new(),
            acknowledged: None,
        }
    }
}

/// What was entered of a customer up to schema 5: without class, sales site and source.
#[derive(Deserialize)]
struct CardOf5 {
    name: String,
    employer: String,
    position: String,
    address: String,
    phones: Vec<Phone>,
    salutation: Salutation,
    place: String,
    plates: Vec<String>,
    note: String,
    owner: Option<Number>,
    external: String,
}

impl From<CardOf5> for CustomerDetails {
    fn from(old: CardOf5) -> Self {
        Self {
            name: old.name,
            employer: old.employer,
            position: old.position,
            address: old.address,
            phones: old.phones,
            salutation: old.salutation,
            place: old.place,
            plates: old.plates,
            note: old.note,
            owner: old.owner,
            external: old.external,
            ..Self::default()
        }
    }
}

/// What an import put into a customer up to schema 5.
#[derive(Deserialize)]
struct FillOf5 {
    import: Number,
    with: CardOf5,
}

/// A customer up to schema 5: without class, sales site and source.
#[derive(Deserialize)]
struct CustomerOf5 {
    meta: Meta,
    details: CardOf5,
    marks: BTreeSet<Mark>,
    confirmed_on: Day,
    fills: Vec<FillOf5>,
}

impl From<CustomerOf5> for Customer {
    fn from(old: CustomerOf5) -> Self {
        let fills = old.fills.into_iter().map(|fill| Fill {
            import: fill.import,
            with: fill.with.into(),
        });
        Self {
            meta: old.meta,
            details: old.details.into(),
            marks: old.marks,
            confirmed_on: old.confirmed_on,
            fills: fills.collect(),
        }
    }
}

/// A customer up to schema 2: without what imports put in.
#[derive(Deserialize)]
struct CustomerOf2 {
    meta: Meta,
    details: CardOf5,
    marks: BTreeSet<Mark>,
    confirmed_on: Day,
}

impl From<CustomerOf2> for Customer {
    fn from(old: CustomerOf2) -> Self {
        Self {
            meta: old.meta,
            details: old.details.into(),
            marks: old.marks,
            confirmed_on: old.confirmed_on,
            fills: Vec::new(),
        }
    }
}

/// What was entered of a request up to schema 6: without what it came to.
#[derive(Deserialize)]
struct RequestOf6 {
    channel: Option<Channel>,
    kind: IntakeKind,
    customer: Option<Number>,
    caller: String,
    phone: String,
    place: String,
    text: String,
    access: String,
    department: String,
    started_at: Option<Stamp>,
    external: String,
    source: String,
}

impl From<RequestOf6> for IntakeDetails {
    fn from(old: RequestOf6) -> Self {
        Self {
            channel: old.channel,
            kind: old.kind,
            customer: old.customer,
            caller: old.caller,
            phone: old.phone,
            place: old.place,
            text: old.text,
            access: old.access,
            department: old.department,
            started_at: old.started_at,
            external: old.external,
            source: old.source,
            wrap_up: String::new(),
            next: NextVisit::default(),
            add_phone: false,
        }
    }
}

/// A request up to schema 6: without what was agreed before the customer left.
#[derive(Deserialize)]
struct IntakeOf6 {
    meta: Meta,
    details: RequestOf6,
    started_at: Stamp,
    state: IntakeState,
    outcome: Option<Outcome>,
    complaint: Option<Number>,
    repair: Option<Box<Repair>>,
    waived: Vec<Waiver>,
}

impl From<IntakeOf6> for Intake {
    fn from(old: IntakeOf6) -> Self {
        Self {
            meta: old.meta,
            details: old.details.into(),
            started_at: old.started_at,
            state: old.state,
            outcome: old.outcome,
            complaint: old.complaint,
            repair: old.repair,
            waived: old.waived,
            next: None,
        }
    }
}

/// A request up to schema 3: without the chain of a repair.
#[derive(Deserialize)]
struct IntakeOf3 {
    meta: Meta,
    details: RequestOf6,
    started_at: Stamp,
    state: IntakeState,
    outcome: Option<Outcome>,
    complaint: Option<Number>,
}

impl From<IntakeOf3> for Intake {
    fn from(old: IntakeOf3) -> Self {
        Self {
            meta: old.meta,
            details: old.details.into(),
            started_at: old.started_at,
            state: old.state,
            outcome: old.outcome,
            complaint: old.complaint,
            repair: None,
            waived: Vec::new(),
            next: None,
        }
    }
}

/// A request of schema 4: without rules that were overridden.
#[derive(Deserialize)]
struct IntakeOf4 {
    meta: Meta,
    details: RequestOf6,
    started_at: Stamp,
    state: IntakeState,
    outcome: Option<Outcome>,
    complaint: Option<Number>,
    repair: Option<Box<Repair>>,
}

impl From<IntakeOf4> for Intake {
    fn from(old: IntakeOf4) -> Self {
        Self {
            meta: old.meta,
            details: old.details.into(),
            started_at: old.started_at,
            state: old.state,
            outcome: old.outcome,
            complaint: old.complaint,
            repair: old.repair,
            waived: Vec::new(),
            next: None,
        }
    }
}

/// What was entered of a complaint up to schema 3: without the service it is about.
#[derive(Deserialize)]
struct DetailsOf3 {
    channel: Option<Channel>,
    customer: Option<Number>,
    complainant: String,
    phone: String,
    plate: String,
    place: String,
    category: String,
    text: String,
    made_at: Option<Stamp>,
    external: String,
    source: String,
}

impl From<DetailsOf3> for ComplaintDetails {
    fn from(old: DetailsOf3) -> Self {
        Self {
            channel: old.channel,
            customer: old.customer,
            complainant: old.complainant,
            phone: old.phone,
            plate: old.plate,
            place: old.place,
            category: old.category,
            service: None,
            text: old.text,
            made_at: old.made_at,
            external: old.external,
            source: old.source,
        }
    }
}

/// A complaint up to schema 3: without what its procedure gathers. The term it had then was for
/// the solution alone, and ended with a day.
#[derive(Deserialize)]
struct ComplaintOf3 {
    meta: Meta,
    details: DetailsOf3,
    made_at: Stamp,
    intake: Option<Number>,
    state: ComplaintState,
    department: String,
    handler: String,
    due: Option<Day>,
    provisional: bool,
    answer: Option<ComplaintAnswer>,
    trail: Vec<Passage>,
}

impl From<ComplaintOf3> for Complaint {
    fn from(old: ComplaintOf3) -> Self {
        let runs = old.state == ComplaintState::Assigned;
        Self {
            meta: old.meta,
            details: old.details.into(),
            made_at: old.made_at,
            intake: old.intake,
            state: old.state,
            department: old.department,
            handler: old.handler,
            due: old.due.filter(|_| runs),
            provisional: old.provisional && runs,
            answer: old.answer,
            course: Box::new(Course {
                since: old.trail.last().map(|passage| passage.at),
                ..Course::default()
            }),
            trail: old.trail,
            due_at: None,
            measures: Vec::new(),
        }
    }
}

/// What was entered of an archive file up to schema 5: without what it is about and kept on, its
/// pieces' names, its keeper and its importance.
#[derive(Deserialize)]
struct FileDetailsOf5 {
    title: String,
    class: String,
    customer: Option<Number>,
    person: String,
    phone: String,
    plate: String,
    place: String,
    pieces: u32,
    grade: Grade,
    note: String,
    external: String,
}

/// An archive file up to schema 5: without its custody.
#[derive(Deserialize)]
struct FileOf5 {
    meta: Meta,
    details: FileDetailsOf5,
    filed_on: Day,
    loan: Option<Number>,
}

impl From<FileOf5> for ArchiveFile {
    fn from(old: FileOf5) -> Self {
        let details = old.details;
        Self {
            meta: old.meta,
            details: FileDetails {
                title: details.title,
                class: details.class,
                customer: details.customer,
                person: details.person,
                phone: details.phone,
                plate: details.plate,
                place: details.place,
                pieces: details.pieces,
                grade: details.grade,
                note: details.note,
                external: details.external,
                ..FileDetails::default()
            },
            filed_on: old.filed_on,
            loan: old.loan,
            custody: Box::default(),
        }
    }
}

/// What is entered of a loan up to schema 5: without the pieces by number.
#[derive(Deserialize)]
struct LoanDetailsOf5 {
    borrower: String,
    unit: String,
    phone: String,
    copies: u32,
    reason: String,
    due: Option<Day>,
}

impl From<LoanDetailsOf5> for LoanDetails {
    fn from(old: LoanDetailsOf5) -> Self {
        Self {
            borrower: old.borrower,
            unit: old.unit,
            phone: old.phone,
            copies: old.copies,
            reason: old.reason,
            due: old.due,
            which: Vec::new(),
        }
    }
}

/// A loan up to schema 5: without its course.
#[derive(Deserialize)]
struct LoanOf5 {
    meta: Meta,
    file: Number,
    title: String,
    details: LoanDetailsOf5,
    lent_at: Stamp,
    due: Day,
    provisional: bool,
    rule: LoanRule,
    pieces_back: u32,
    checked_in: Option<CheckedIn>,
}

impl From<LoanOf5> for Loan {
    fn from(old: LoanOf5) -> Self {
        Self {
            meta: old.meta,
            file: old.file,
            title: old.title,
            details: old.details.into(),
            lent_at: old.lent_at,
            due: old.due,
            provisional: old.provisional,
            rule: old.rule,
            pieces_back: old.pieces_back,
            checked_in: old.checked_in,
            course: Box::default(),
        }
    }
}

/// What was entered of a measure up to schema 6: without the aspect of a survey.
#[derive(Deserialize)]
struct MeasureDetailsOf6 {
    about: Number,
    kind: MeasureKind,
    text: String,
    department: String,
    owner: String,
    contributor: String,
    due: Option<Day>,
}

/// A measure up to schema 6.
#[derive(Deserialize)]
struct MeasureOf6 {
    meta: Meta,
    details: MeasureDetailsOf6,
    state: MeasureState,
    supervisor: String,
    approved: Option<Said>,
    done: Option<Said>,
    verified: Option<Said>,
    checked: Option<Said>,
    dropped: Option<Said>,
    sent_back: u32,
}

impl From<MeasureOf6> for Measure {
    fn from(old: MeasureOf6) -> Self {
        let details = old.details;
        Self {
            meta: old.meta,
            details: MeasureDetails {
                about: details.about,
                aspect: String::new(),
                kind: details.kind,
                text: details.text,
                department: details.department,
                owner: details.owner,
                contributor: details.contributor,
                due: details.due,
            },
            state: old.state,
            supervisor: old.supervisor,
            approved: old.approved,
            done: old.done,
            verified: old.verified,
            checked: old.checked,
            dropped: old.dropped,
            sent_back: old.sent_back,
        }
    }
}

/// What was entered of a task up to schema 6: without the operator it is dispatched to.
#[derive(Deserialize)]
struct TaskDetailsOf6 {
    text: String,
    department: String,
    owner: String,
    about: Option<Number>,
    due: Option<Day>,
}

/// A task up to schema 6: it stayed with its department and was dispatched to nobody.
#[derive(Deserialize)]
struct TaskOf6 {
    meta: Meta,
    details: TaskDetailsOf6,
    state: TaskState,
    answers: Vec<Said>,
    returned: Vec<Said>,
    withdrawn: Option<Said>,
}

impl From<TaskOf6> for Task {
    fn from(old: TaskOf6) -> Self {
        let details = old.details;
        let leg = Leg {
            unit: details.department.clone(),
            from: Said {
                text: String::new(),
                at: old.meta.created_at,
                by: old.meta.created_by,
            },
        };
        Self {
            meta: old.meta,
            details: TaskDetails {
                text: details.text,
                department: details.department,
                owner: details.owner,
                about: details.about,
                due: details.due,
                operator: None,
            },
            state: old.state,
            answers: old.answers,
            returned: old.returned,
            withdrawn: old.withdrawn,
            legs: vec![leg],
            dispatches: Vec::new(),
        }
    }
}

/// An entry in a customer's file up to schema 6: without what was granted with it.
#[derive(Deserialize)]
struct TransactionOf6 {
    meta: Meta,
    details: TransactionDetailsOf8,
    customer: Option<Number>,
    grade: Grade,
}

impl From<TransactionOf6> for Transaction {
    fn from(old: TransactionOf6) -> Self {
        Self {
            meta: old.meta,
            details: old.details.of(old.customer),
            grade: old.grade,
            discount: None,
            terms: None,
        }
    }
}

/// What was entered in a customer's file up to schema 8, when there were entries in files alone.
#[derive(Deserialize)]
struct TransactionDetailsOf8 {
    file: Option<Number>,
    sort: TransactionSort,
    on: Option<Day>,
    text: String,
    amount: Option<u64>,
    salesperson: String,
}

impl TransactionDetailsOf8 {
    fn of(self, customer: Option<Number>) -> TransactionDetails {
        TransactionDetails {
            customer,
            file: self.file,
            sort: self.sort,
            on: self.on,
            text: self.text,
            amount: self.amount,
            salesperson: self.salesperson,
        }
    }
}

/// An entry in a customer's file up to schema 8.
#[derive(Deserialize)]
struct TransactionOf8 {
    meta: Meta,
    details: TransactionDetailsOf8,
    customer: Option<Number>,
    grade: Grade,
    discount: Option<u64>,
    terms: Option<Words>,
}

impl From<TransactionOf8> for Transaction {
    fn from(old: TransactionOf8) -> Self {
        Self {
            meta: old.meta,
            details: old.details.of(old.customer),
            grade: old.grade,
            discount: old.discount,
            terms: old.terms,
        }
    }
}

/// What was entered of a follow-up of schema 6: without what it is for.
#[derive(Deserialize)]
struct FollowUpDetailsOf6 {
    customer: Option<Number>,
    kind: FollowUpKind,
    day: Option<Day>,
    time: String,
    owner: Option<Number>,
    text: String,
}

/// A contact of schema 6: without what is said of what it was for.
#[derive(Deserialize)]
struct ContactedOf6 {
    channel: Channel,
    said: Said,
    needs: String,
    next: Option<Number>,
}

/// A follow-up of schema 6.
#[derive(Deserialize)]
struct FollowUpOf6 {
    meta: Meta,
    details: FollowUpDetailsOf6,
    name: String,
    due_at: Stamp,
    is_first: bool,
    state: FollowUpState,
    contact: Option<ContactedOf6>,
    dropped: Option<Said>,
}

impl From<FollowUpOf6> for FollowUp {
    fn from(old: FollowUpOf6) -> Self {
        let details = old.details;
        Self {
            meta: old.meta,
            details: FollowUpDetails {
                customer: details.customer,
                kind: details.kind,
                day: details.day,
                time: details.time,
                owner: details.owner,
                text: details.text,
                serves: None,
                holiday: None,
            },
            name: old.name,
            due_at: old.due_at,
            is_first: old.is_first,
            state: old.state,
            contact: old.contact.map(|contact| Contacted {
                channel: contact.channel,
                said: contact.said,
                needs: contact.needs,
                next: contact.next,
                tried: None,
                feedback: String::new(),
                item: String::new(),
                answer: None,
                items: Vec::new(),
            }),
            dropped: old.dropped,
        }
    }
}

/// A collision up to schema 7: the later claim was that of whoever registered, and a ruling was by the
/// rules of the registration.
#[derive(Deserialize)]
struct CollisionOf7 {
    with: Number,
    at: Stamp,
    owner: Number,
    unnamed: bool,
    ruled: Option<(Claim, Said)>,
}

/// The end of a deal up to schema 7.
#[derive(Deserialize)]
struct ClosingOf7 {
    on: Day,
    customer: Number,
    form: Vec<(FormField, String)>,
    sent: Option<Said>,
}

/// A registration up to schema 7.
#[derive(Deserialize)]
struct RegistrationOf7 {
    meta: Meta,
    details: RegistrationDetails,
    day: Day,
    owner: Number,
    rule: OwnerRule,
    rules: RulesOf,
    state: RegistrationState,
    handed_in: Option<HandedIn>,
    collision: Option<CollisionOf7>,
    closing: Option<ClosingOf7>,
}

impl From<RegistrationOf7> for Registration {
    fn from(old: RegistrationOf7) -> Self {
        let claimant = old.meta.created_by;
        let collision = old.collision.map(|collision| Collision {
            with: collision.with,
            at: collision.at,
            owner: collision.owner,
            claimant,
            unnamed: collision.unnamed,
            rules: collision.ruled.is_some().then(|| old.rules.clone()),
            ruled: collision.ruled,
        });
        Self {
            meta: old.meta,
            details: old.details,
            day: old.day,
            owner: old.owner,
            rule: old.rule,
            rules: old.rules,
            state: old.state,
            handed_in: old.handed_in,
            collision,
            closing: old.closing.map(|closing| Closing {
                on: closing.on,
                customer: closing.customer,
                form: closing.form,
                sent: closing.sent,
                filed: None,
            }),
        }
    }
}

/// What was entered of a survey up to schema 7: it was for everybody.
#[derive(Deserialize)]
struct SurveyDetailsOf7 {
    kind: SurveyKind,
    title: String,
    aspects: Vec<String>,
    due: Option<Day>,
}

/// A survey up to schema 7.
#[derive(Deserialize)]
struct SurveyOf7 {
    meta: Meta,
    details: SurveyDetailsOf7,
    aspects: Vec<Choice>,
    state: SurveyState,
    measures: Vec<Number>,
    started: Option<Said>,
    closed: Option<SurveyClosing>,
    done: Option<Said>,
    dropped: Option<Said>,
}

impl From<SurveyOf7> for Survey {
    fn from(old: SurveyOf7) -> Self {
        Self {
            meta: old.meta,
            details: SurveyDetails {
                kind: old.details.kind,
                title: old.details.title,
                aspects: old.details.aspects,
                due: old.details.due,
                target: Target::default(),
            },
            aspects: old.aspects,
            state: old.state,
            measures: old.measures,
            started: old.started,
            closed: old.closed,
            done: old.done,
            dropped: old.dropped,
        }
    }
}

/// The value of a record under its key.
pub(super) fn encode(record: &Record) -> Result<Vec<u8>, Fault> {
    let key = record.number().to_key();
    let kind = record.number().kind.code();
    match record {
        Record::Customer(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Intake(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Complaint(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::File(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Loan(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Operator(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Site(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Import(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Credential(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Permit(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Remark(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Measure(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Analysis(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Handover(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Access(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Inspection(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Incident(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Destruction(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::DayEnd(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Transaction(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Task(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Registration(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::DutyShift(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::FollowUp(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Relation(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Introduction(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Handout(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::ServiceItem(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Merge(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Campaign(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::PlanLine(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Dossier(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Survey(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Answer(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Occupancy(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Instruction(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::Hint(record) => codec::encode(kind, SCHEMA, &key, record),
        Record::ShiftSheet(record) => codec::encode(kind, SCHEMA, &key, record),
    }
}

/// Refuses what a later version of the program wrote.
fn known(schema: u16) -> Result<(), Fault> {
    if schema <= SCHEMA {
        return Ok(());
    }
    Err(Fault::Newer {
        found: schema.into(),
        known: SCHEMA.into(),
    })
}

/// The record of a value.
///
/// # Errors
/// Damaged when the bytes are not what was written for this number; newer when a later version of
/// the program wrote them.
pub(super) fn decode(number: Number, bytes: &[u8]) -> Result<Record, Fault> {
    let header = codec::decode_header(bytes)?;
    known(header.schema)?;
    let key = number.to_key();
    let kind = number.kind.code();
    let record: Record = match number.kind {
        Kind::Customer if header.schema <= 2 => {
            Record::Customer(codec::decode::<CustomerOf2>(kind, &key, bytes)?.into())
        }
        Kind::Customer if header.schema <= 5 => {
            Record::Customer(codec::decode::<CustomerOf5>(kind, &key, bytes)?.into())
        }
        Kind::Customer => Record::Customer(codec::decode(kind, &key, bytes)?),
        Kind::Intake if header.schema <= 3 => {
            Record::Intake(codec::decode::<IntakeOf3>(kind, &key, bytes)?.into())
        }
        Kind::Intake if header.schema == 4 => {
            Record::Intake(codec::decode::<IntakeOf4>(kind, &key, bytes)?.into())
        }
        Kind::Intake if header.schema <= 6 => {
            Record::Intake(codec::decode::<IntakeOf6>(kind, &key, bytes)?.into())
        }
        Kind::Intake => Record::Intake(codec::decode(kind, &key, bytes)?),
        Kind::Complaint if header.schema <= 3 => {
            Record::Complaint(codec::decode::<ComplaintOf3>(kind, &key, bytes)?.into())
        }
        Kind::Complaint => Record::Complaint(codec::decode(kind, &key, bytes)?),
        Kind::File if header.schema <= 5 => {
            Record::File(codec::decode::<FileOf5>(kind, &key, bytes)?.into())
        }
        Kind::File => Record::File(codec::decode(kind, &key, bytes)?),
        Kind::Loan if header.schema <= 5 => {
            Record::Loan(codec::decode::<LoanOf5>(kind, &key, bytes)?.into())
        }
        Kind::Loan => Record::Loan(codec::decode(kind, &key, bytes)?),
        Kind::Operator if header.schema == 1 => {
            Record::Operator(codec::decode::<OperatorOf1>(kind, &key, bytes)?.into())
        }
        Kind::Operator => Record::Operator(codec::decode(kind, &key, bytes)?),
        Kind::Site => Record::Site(codec::decode(kind, &key, bytes)?),
        Kind::Import => Record::Import(codec::decode(kind, &key, bytes)?),
        Kind::Credential => Record::Credential(codec::decode(kind, &key, bytes)?),
        Kind::Permit => Record::Permit(codec::decode(kind, &key, bytes)?),
        Kind::Remark => Record::Remark(codec::decode(kind, &key, bytes)?),
        Kind::Measure if header.schema <= 6 => {
            Record::Measure(codec::decode::<MeasureOf6>(kind, &key, bytes)?.into())
        }
        Kind::Measure => Record::Measure(codec::decode(kind, &key, bytes)?),
        Kind::Analysis => Record::Analysis(codec::decode(kind, &key, bytes)?),
        Kind::Handover => Record::Handover(codec::decode(kind, &key, bytes)?),
        Kind::Access => Record::Access(codec::decode(kind, &key, bytes)?),
        Kind::Inspection => Record::Inspection(codec::decode(kind, &key, bytes)?),
        Kind::Incident => Record::Incident(codec::decode(kind, &key, bytes)?),
        Kind::Destruction => Record::Destruction(codec::decode(kind, &key, bytes)?),
        Kind::DayEnd => Record::DayEnd(codec::decode(kind, &key, bytes)?),
        Kind::Transaction if header.schema <= 6 => {
            Record::Transaction(codec::decode::<TransactionOf6>(kind, &key, bytes)?.into())
        }
        Kind::Transaction if header.schema <= 8 => {
            Record::Transaction(codec::decode::<TransactionOf8>(kind, &key, bytes)?.into())
        }
        Kind::Transaction => Record::Transaction(codec::decode(kind, &key, bytes)?),
        Kind::Task if header.schema <= 6 => {
            Record::Task(codec::decode::<TaskOf6>(kind, &key, bytes)?.into())
        }
        Kind::Task => Record::Task(codec::decode(kind, &key, bytes)?),
        Kind::Registration if header.schema <= 7 => {
            Record::Registration(codec::decode::<RegistrationOf7>(kind, &key, bytes)?.into())
        }
        Kind::Registration => Record::Registration(codec::decode(kind, &key, bytes)?),
        Kind::DutyShift => Record::DutyShift(codec::decode(kind, &key, bytes)?),
        Kind::FollowUp if header.schema <= 6 => {
            Record::FollowUp(codec::decode::<FollowUpOf6>(kind, &key, bytes)?.into())
        }
        Kind::FollowUp => Record::FollowUp(codec::decode(kind, &key, bytes)?),
        Kind::Relation => Record::Relation(codec::decode(kind, &key, bytes)?),
        Kind::Introduction => Record::Introduction(codec::decode(kind, &key, bytes)?),
        Kind::Handout => Record::Handout(codec::decode(kind, &key, bytes)?),
        Kind::ServiceItem => Record::ServiceItem(codec::decode(kind, &key, bytes)?),
        Kind::Merge => Record::Merge(codec::decode(kind, &key, bytes)?),
        Kind::Campaign => Record::Campaign(codec::decode(kind, &key, bytes)?),
        Kind::PlanLine => Record::PlanLine(codec::decode(kind, &key, bytes)?),
        Kind::Dossier => Record::Dossier(codec::decode(kind, &key, bytes)?),
        Kind::Survey if header.schema <= 7 => {
            Record::Survey(codec::decode::<SurveyOf7>(kind, &key, bytes)?.into())
        }
        Kind::Survey => Record::Survey(codec::decode(kind, &key, bytes)?),
        Kind::Answer => Record::Answer(codec::decode(kind, &key, bytes)?),
        Kind::Occupancy => Record::Occupancy(codec::decode(kind, &key, bytes)?),
        Kind::Instruction => Record::Instruction(codec::decode(kind, &key, bytes)?),
        Kind::Hint => Record::Hint(codec::decode(kind, &key, bytes)?),
        Kind::ShiftSheet => Record::ShiftSheet(codec::decode(kind, &key, bytes)?),
    };
    if record.number() == number {
        Ok(record)
    } else {
        Err(Fault::Damaged {
            what: "value",
            place: number.to_string(),
        })
    }
}
