//! The numbers of records: per kind and year, unbroken and unique, given inside the commit.
//!
//! A number is the whole identity of a record: on paper, on the screen, in keys and links.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What a record is. The discriminants stand in keys on disk and are only ever appended.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Kind {
    /// A customer with the card (A01-17, A01-19).
    Customer = 1,
    /// One row of the register of callers, calls and visits (A13-c2).
    Intake = 2,
    /// A complaint and its way to the close.
    Complaint = 3,
    /// An archive file.
    File = 4,
    /// One row of the loan register (A11-19.5a).
    Loan = 5,
    /// A person or program that works at the desk.
    Operator = 6,
    /// The site itself: its name and profile. There is one.
    Site = 7,
    /// One run of an import.
    Import = 8,
    /// What proves that somebody is an operator; its number is the operator's.
    Credential = 9,
    /// Leave given to read, copy or export (A12-3.1.7b).
    Permit = 10,
    /// A remark on a record (A01-05).
    Remark = 11,
    /// A corrective or preventive measure (A08-n7, A13-c5c).
    Measure = 12,
    /// The analysis of a quarter's complaints (A13-c5a to A13-c6).
    Analysis = 13,
    /// A hand-over of papers to the archive (A07-n, A07-a).
    Handover = 14,
    /// A request to read, borrow, copy, carry or give outside (A11-17 to A11-24).
    Access = 15,
    /// An inspection of the archive (A11-14a, A13-a5c).
    Inspection = 16,
    /// A leak, or what may have been one (A11-27a).
    Incident = 17,
    /// The destruction of a file (A12-3.2.8c).
    Destruction = 18,
    /// A day of the archive that was closed (A07-g5c).
    DayEnd = 19,
    /// An entry in a customer's file (A03-4.1.1, A03-4.1.2a-3).
    Transaction = 20,
    /// What one department asks another for (A03-3.2, A07-d1b).
    Task = 21,
    /// A row of the customer registration form (A12-3.1.1a).
    Registration = 22,
    /// A line of the duty roster (A12-3.1.5b).
    DutyShift = 23,
    /// A contact with a customer that is planned or was had (A01-12, A01-16).
    FollowUp = 24,
    /// A notice, a product, a promotion, gifts or an event for customers (A01-28, A01-31).
    Campaign = 25,
    /// A line of the customer service plan (A01-24, A03-5.1.3).
    PlanLine = 26,
    /// What is known of a customer, field by field (A14-F01 to A14-F42).
    Dossier = 27,
    /// What customers have to do with each other (A14-3.1, A14-3.2).
    Relation = 28,
    /// Two customers brought together (A14-3.4.2).
    Introduction = 29,
    /// Material that an old customer passes on (A14-3.1b).
    Handout = 30,
    /// A service that is or was offered (A01-09).
    ServiceItem = 31,
    /// Two cards of one customer that were made one (A01-21).
    Merge = 32,
    /// What customers are asked (A03-sa, A03-5.1.2b, A14-2.6).
    Survey = 33,
    /// What a customer answered (A03-5.1.2b, A03-5.1.2c).
    Answer = 34,
    /// A customer who moved into a unit (A05-4.1).
    Occupancy = 35,
    /// An instruction to an operator, or a suggestion of one (A09-1.4b, A09-1.4c).
    Instruction = 36,
    /// What whoever calls from a place is told. Ours.
    Hint = 37,
    /// What one shift hands over to the next. Ours.
    ShiftSheet = 38,
}

impl Kind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[
        Self::Customer,
        Self::Intake,
        Self::Complaint,
        Self::File,
        Self::Loan,
        Self::Operator,
        Self::Site,
        Self::Import,
        Self::Credential,
        Self::Permit,
        Self::Remark,
        Self::Measure,
        Self::Analysis,
        Self::Handover,
        Self::Access,
        Self::Inspection,
        Self::Incident,
        Self::Destruction,
        Self::DayEnd,
        Self::Transaction,
        Self::Task,
        Self::Registration,
        Self::DutyShift,
        Self::FollowUp,
        Self::Campaign,
        Self::PlanLine,
        Self::Dossier,
        Self::Relation,
        Self::Introduction,
        Self::Handout,
        Self::ServiceItem,
        Self::Merge,
        Self::Survey,
        Self::Answer,
        Self::Occupancy,
        Self::Instruction,
        Self::Hint,
        Self::ShiftSheet,
    ];

    /// The byte in keys on disk.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The kind of a byte in a key.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// The two letters in front of a number.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Customer => "CU",
            Self::Intake => "IN",
            Self::Complaint => "CO",
            Self::File => "AF",
            Self::Loan => "LO",
            Self::Operator => "OP",
            Self::Site => "SI",
            Self::Import => "IM",
            Self::Credential => "CR",
            Self::Permit => "PE",
            Self::Remark => "RE",
            Self::Measure => "ME",
            Self::Analysis => "AN",
            Self::Handover => "HO",
            Self::Access => "AR",
            Self::Inspection => "IS",
            Self::Incident => "LK",
            Self::Destruction => "DS",
            Self::DayEnd => "DE",
            Self::Transaction => "TR",
            Self::Task => "TA",
            Self::Registration => "RG",
            Self::DutyShift => "DU",
            Self::FollowUp => "FU",
            Self::Relation => "RL",
            Self::Introduction => "IO",
            Self::Handout => "HD",
            Self::ServiceItem => "SV",
            Self::Merge => "MG",
            Self::Campaign => "CA",
            Self::PlanLine => "PL",
            Self::Dossier => "DO",
            Self::Survey => "SU",
            Self::Answer => "AW",
            Self::Occupancy => "OC",
            Self::Instruction => "IT",
            Self::Hint => "HN",
            Self::ShiftSheet => "SH",
        }
    }

    /// The name in locale keys and on the command line, kebab-case.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Intake => "intake",
            Self::Complaint => "complaint",
            Self::File => "file",
            Self::Loan => "loan",
            Self::Operator => "operator",
            Self::Site => "site",
            Self::Import => "import",
            Self::Credential => "credential",
            Self::Permit => "permit",
            Self::Remark => "remark",
            Self::Measure => "measure",
            Self::Analysis => "analysis",
            Self::Handover => "handover",
            Self::Access => "access",
            Self::Inspection => "inspection",
            Self::Incident => "incident",
            Self::Destruction => "destruction",
            Self::DayEnd => "day-end",
            Self::Transaction => "transaction",
            Self::Task => "task",
            Self::Registration => "registration",
            Self::DutyShift => "duty-shift",
            Self::FollowUp => "follow-up",
            Self::Relation => "relation",
            Self::Introduction => "introduction",
            Self::Handout => "handout",
            Self::ServiceItem => "service-item",
            Self::Merge => "merge",
            Self::Campaign => "campaign",
            Self::PlanLine => "plan-line",
            Self::Dossier => "dossier",
            Self::Survey => "survey",
            Self::Answer => "answer",
            Self::Occupancy => "occupancy",
            Self::Instruction => "instruction",
            Self::Hint => "hint",
            Self::ShiftSheet => "shift-sheet",
        }
    }

    /// The kind of a name on the command line; the plural is understood too.
    pub fn parse(id: &str) -> Option<Self> {
        let id = id.trim().to_ascii_lowercase();
        let single = id.strip_suffix('s').unwrap_or(&id);
        Self::ALL.iter().copied().find(|kind| kind.id() == single)
    }
}

/// A record's number, shown as `IN-2026-00123`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// What the record is.
    pub kind: Kind,
    /// The year in which it was given, in the site's time zone.
    pub year: u16,
    /// Unbroken within kind and year, from 1.
    pub seq: u32,
}

impl Number {
    /// Seven bytes that sort by kind, year and sequence.
    pub fn to_key(self) -> [u8; 7] {
        let [y0, y1] = self.year.to_be_bytes();
        let [s0, s1, s2, s3] = self.seq.to_be_bytes();
        [self.kind.code(), y0, y1, s0, s1, s2, s3]
    }

    /// The number of seven bytes.
    pub fn from_key(key: &[u8]) -> Option<Self> {
        let &[kind, y0, y1, s0, s1, s2, s3] = key else {
            return None;
        };
        Some(Self {
            kind: Kind::from_code(kind)?,
            year: u16::from_be_bytes([y0, y1]),
            seq: u32::from_be_bytes([s0, s1, s2, s3]),
        })
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}-{:04}-{:05}",
            self.kind.letters(),
            self.year,
            self.seq
        )
    }
}

/// The text is no record number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a record number like IN-2026-00123")]
pub struct NotANumber;

impl FromStr for Number {
    type Err = NotANumber;

    /// Reads `IN-2026-00123`; case, leading zeros and missing dashes do not matter before the
    /// year: `in2026-123`.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let text: String = text.trim().to_ascii_uppercase();
        let letters = text.get(..2).ok_or(NotANumber)?;
        let kind = Kind::ALL
            .iter()
            .copied()
            .find(|kind| kind.letters() == letters)
            .ok_or(NotANumber)?;
        let rest = text.get(2..).ok_or(NotANumber)?.trim_start_matches('-');
        let (year, seq) = rest.split_once('-').ok_or(NotANumber)?;
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(year) || !all_digits(seq) {
            return Err(NotANumber);
        }
        Ok(Self {
            kind,
            year: year.parse().map_err(|_| NotANumber)?,
            seq: seq.parse().map_err(|_| NotANumber)?,
        })
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.to_key().serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer)?
                .parse()
                .map_err(de::Error::custom)
        } else {
            let key = <[u8; 7]>::deserialize(deserializer)?;
            Self::from_key(&key).ok_or_else(|| de::Error::custom(NotANumber))
        }
    }
}

impl JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[A-Z]{2}-[0-9]{4}-[0-9]{5,}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_what_they_show() {
        let number = Number {
            kind: Kind::Intake,
            year: 2026,
            seq: 123,
        };
        assert_eq!(number.to_string(), "IN-2026-00123");
        assert_eq!("in2026-123".parse(), Ok(number));
        assert_eq!(Number::from_key(&number.to_key()), Some(number));
        let large = Number {
            kind: Kind::Loan,
            year: 2026,
            seq: 1_234_567,
        };
        assert_eq!(large.to_string().parse(), Ok(large));
        for wrong in [
            "",
            "IN",
            "XX-2026-1",
            "IN-2026",
            "IN-2026-",
            "IN-20x6-1",
            "客户-2026-1",
        ] {
            assert_eq!(wrong.parse::<Number>(), Err(NotANumber), "{wrong}");
        }
    }
}
