//! Records as bytes: one struct a schema number, for good.
//!
//! The value is what the store checks and decodes; its kind is the record's kind. A new shape of
//! a record gets a new schema number here, and the old struct stays, in the room of its kind below,
//! with a way to the new one.

mod archive;
mod complaints;
mod customers;
mod follow_ups;
mod requests;

use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::store::{Fault, codec};

use archive::{FileOf5, LoanOf5, TransactionOf6, TransactionOf8};
use complaints::{ComplaintOf3, MeasureOf6};
use customers::{CustomerOf2, CustomerOf5, OperatorOf1};
use follow_ups::{FollowUpOf6, RegistrationOf7, RegistrationOf8, SurveyOf7, TaskOf6};
use requests::{IntakeOf3, IntakeOf4, IntakeOf6, IntakeOf8};

/// The schema number of every record written by this version of the program.
const SCHEMA: u16 = 9;

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

/// The record of a value that an earlier schema wrote, where its kind was of another shape then.
fn of_earlier(of: Kind, schema: u16, key: &[u8], bytes: &[u8]) -> Result<Option<Record>, Fault> {
    let kind = of.code();
    Ok(Some(match of {
        Kind::Customer if schema <= 2 => {
            Record::Customer(codec::decode::<CustomerOf2>(kind, key, bytes)?.into())
        }
        Kind::Customer if schema <= 5 => {
            Record::Customer(codec::decode::<CustomerOf5>(kind, key, bytes)?.into())
        }
        Kind::Intake if schema <= 3 => {
            Record::Intake(codec::decode::<IntakeOf3>(kind, key, bytes)?.into())
        }
        Kind::Intake if schema == 4 => {
            Record::Intake(codec::decode::<IntakeOf4>(kind, key, bytes)?.into())
        }
        Kind::Intake if schema <= 6 => {
            Record::Intake(codec::decode::<IntakeOf6>(kind, key, bytes)?.into())
        }
        Kind::Intake if schema <= 8 => {
            Record::Intake(codec::decode::<IntakeOf8>(kind, key, bytes)?.into())
        }
        Kind::Complaint if schema <= 3 => {
            Record::Complaint(codec::decode::<ComplaintOf3>(kind, key, bytes)?.into())
        }
        Kind::File if schema <= 5 => {
            Record::File(codec::decode::<FileOf5>(kind, key, bytes)?.into())
        }
        Kind::Loan if schema <= 5 => {
            Record::Loan(codec::decode::<LoanOf5>(kind, key, bytes)?.into())
        }
        Kind::Operator if schema == 1 => {
            Record::Operator(codec::decode::<OperatorOf1>(kind, key, bytes)?.into())
        }
        Kind::Measure if schema <= 6 => {
            Record::Measure(codec::decode::<MeasureOf6>(kind, key, bytes)?.into())
        }
        Kind::Transaction if schema <= 6 => {
            Record::Transaction(codec::decode::<TransactionOf6>(kind, key, bytes)?.into())
        }
        Kind::Transaction if schema <= 8 => {
            Record::Transaction(codec::decode::<TransactionOf8>(kind, key, bytes)?.into())
        }
        Kind::Task if schema <= 6 => {
            Record::Task(codec::decode::<TaskOf6>(kind, key, bytes)?.into())
        }
        Kind::Registration if schema <= 7 => {
            Record::Registration(codec::decode::<RegistrationOf7>(kind, key, bytes)?.into())
        }
        Kind::Registration if schema == 8 => {
            Record::Registration(codec::decode::<RegistrationOf8>(kind, key, bytes)?.into())
        }
        Kind::FollowUp if schema <= 6 => {
            Record::FollowUp(codec::decode::<FollowUpOf6>(kind, key, bytes)?.into())
        }
        Kind::Survey if schema <= 7 => {
            Record::Survey(codec::decode::<SurveyOf7>(kind, key, bytes)?.into())
        }
        _ => return Ok(None),
    }))
}

/// The record of a value in the shape that its kind has now.
fn of_now(of: Kind, key: &[u8], bytes: &[u8]) -> Result<Record, Fault> {
    let kind = of.code();
    Ok(match of {
        Kind::Customer => Record::Customer(codec::decode(kind, key, bytes)?),
        Kind::Intake => Record::Intake(codec::decode(kind, key, bytes)?),
        Kind::Complaint => Record::Complaint(codec::decode(kind, key, bytes)?),
        Kind::File => Record::File(codec::decode(kind, key, bytes)?),
        Kind::Loan => Record::Loan(codec::decode(kind, key, bytes)?),
        Kind::Operator => Record::Operator(codec::decode(kind, key, bytes)?),
        Kind::Site => Record::Site(codec::decode(kind, key, bytes)?),
        Kind::Import => Record::Import(codec::decode(kind, key, bytes)?),
        Kind::Credential => Record::Credential(codec::decode(kind, key, bytes)?),
        Kind::Permit => Record::Permit(codec::decode(kind, key, bytes)?),
        Kind::Remark => Record::Remark(codec::decode(kind, key, bytes)?),
        Kind::Measure => Record::Measure(codec::decode(kind, key, bytes)?),
        Kind::Analysis => Record::Analysis(codec::decode(kind, key, bytes)?),
        Kind::Handover => Record::Handover(codec::decode(kind, key, bytes)?),
        Kind::Access => Record::Access(codec::decode(kind, key, bytes)?),
        Kind::Inspection => Record::Inspection(codec::decode(kind, key, bytes)?),
        Kind::Incident => Record::Incident(codec::decode(kind, key, bytes)?),
        Kind::Destruction => Record::Destruction(codec::decode(kind, key, bytes)?),
        Kind::DayEnd => Record::DayEnd(codec::decode(kind, key, bytes)?),
        Kind::Transaction => Record::Transaction(codec::decode(kind, key, bytes)?),
        Kind::Task => Record::Task(codec::decode(kind, key, bytes)?),
        Kind::Registration => Record::Registration(codec::decode(kind, key, bytes)?),
        Kind::DutyShift => Record::DutyShift(codec::decode(kind, key, bytes)?),
        Kind::FollowUp => Record::FollowUp(codec::decode(kind, key, bytes)?),
        Kind::Relation => Record::Relation(codec::decode(kind, key, bytes)?),
        Kind::Introduction => Record::Introduction(codec::decode(kind, key, bytes)?),
        Kind::Handout => Record::Handout(codec::decode(kind, key, bytes)?),
        Kind::ServiceItem => Record::ServiceItem(codec::decode(kind, key, bytes)?),
        Kind::Merge => Record::Merge(codec::decode(kind, key, bytes)?),
        Kind::Campaign => Record::Campaign(codec::decode(kind, key, bytes)?),
        Kind::PlanLine => Record::PlanLine(codec::decode(kind, key, bytes)?),
        Kind::Dossier => Record::Dossier(codec::decode(kind, key, bytes)?),
        Kind::Survey => Record::Survey(codec::decode(kind, key, bytes)?),
        Kind::Answer => Record::Answer(codec::decode(kind, key, bytes)?),
        Kind::Occupancy => Record::Occupancy(codec::decode(kind, key, bytes)?),
        Kind::Instruction => Record::Instruction(codec::decode(kind, key, bytes)?),
        Kind::Hint => Record::Hint(codec::decode(kind, key, bytes)?),
        Kind::ShiftSheet => Record::ShiftSheet(codec::decode(kind, key, bytes)?),
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
    let record = match of_earlier(number.kind, header.schema, &key, bytes)? {
        Some(record) => record,
        None => of_now(number.kind, &key, bytes)?,
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
