//! One row of a file made a record as the other system had it.

use std::sync::Arc;

use super::bound::Bound;
use super::moments;
use super::words::Words;
use crate::desk::contract::{Adopted, AdoptedEnd, AdoptedLoan};
use crate::domain::archive::{FileDetails, Grade};
use crate::domain::complaint::{ComplaintDetails, ComplaintState, Service};
use crate::domain::customer::{CustomerDetails, Salutation};
use crate::domain::deal::Deal;
use crate::domain::intake::{Channel, IntakeDetails, IntakeKind, IntakeState};
use crate::domain::loan::LoanDetails;
use crate::domain::number::Kind;
use crate::domain::phone::{self, Phone};
use crate::domain::profile::Profile;
use crate::domain::refusal::Problem;
use crate::domain::registration::Business;
use crate::domain::stamp::Stamp;

/// A telephone without its area code has at least so many digits.
const LOCAL_DIGITS: usize = 7;

/// What reading a row needs besides the row.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The columns.
    pub bound: Bound,
    /// The words of both languages.
    pub words: Arc<Words>,
    /// The site's lists and its time zone.
    pub profile: Profile,
}

/// A field of a row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The field.
    pub field: &'static str,
    /// Why.
    pub problem: Problem,
}

impl Reading {
    /// The record of a row.
    ///
    /// # Errors
    /// The first field whose text is no point in time, no choice or no count.
    pub fn record(&self, cells: &[String]) -> Result<Adopted, Unread> {
        let row = Row {
            reading: self,
            cells,
        };
        match self.bound.kind {
            Kind::Customer => row.customer(),
            Kind::Intake => row.intake(),
            Kind::Complaint => row.complaint(),
            Kind::File => row.file(),
            Kind::Loan => row.loan(),
            Kind::Operator
            | Kind::Site
            | Kind::Import
            | Kind::Credential
            | Kind::Permit
            | Kind::Remark
            | Kind::Analysis
            | Kind::Measure
            | Kind::Handover
            | Kind::Access
            | Kind::Inspection
            | Kind::Incident
            | Kind::Destruction
            | Kind::DayEnd
            | Kind::Transaction
            | Kind::FollowUp
            | Kind::Survey
            | Kind::Answer
            | Kind::Occupancy
            | Kind::Instruction
            | Kind::Relation
            | Kind::Introduction
            | Kind::Handout
            | Kind::ServiceItem
            | Kind::Merge
            | Kind::Campaign
            | Kind::PlanLine
            | Kind::Dossier
            | Kind::Task
            | Kind::Registration
            | Kind::DutyShift
            | Kind::Hint
            | Kind::ShiftSheet => Err(Unread {
                field: "kind",
                problem: Problem::new("map-not-imported"),
            }),
        }
    }
}

impl Reading {
    /// The number, in the other system, of the customer a row is about.
    pub fn customer(&self, cells: &[String]) -> String {
        let row = Row {
            reading: self,
            cells,
        };
        row.digits("customer")
    }
}

struct Row<'a> {
    reading: &'a Reading,
    cells: &'a [String],
}

impl Row<'_> {
    fn text(&self, field: &str) -> String {
        self.reading.bound.text(field, self.cells).text
    }

    /// A number that a spreadsheet may have turned into `20181028903.0`.
    fn digits(&self, field: &str) -> String {
        let text = self.text(field);
        let whole = text
            .trim_end_matches('0')
            .strip_suffix('.')
            .filter(|whole| !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit()));
        whole.map_or_else(|| text.clone(), str::to_owned)
    }

    /// A choice by its id or by its word in either language; none when the cell is empty.
    fn choice<T: Copy>(
        &self,
        field: &'static str,
        group: &'static str,
        all: &[T],
        id: impl Fn(T) -> &'static str,
    ) -> Result<Option<T>, Unread> {
        let text = self.text(field);
        if text.is_empty() {
            return Ok(None);
        }
        let found = self.reading.words.choice(group, &text);
        let choice = found.and_then(|found| all.iter().copied().find(|it| id(*it) == found));
        choice.map(Some).ok_or_else(|| unknown(field, &text))
    }

    fn stamp(&self, field: &'static str) -> Result<Option<Stamp>, Unread> {
        let text = self.text(field);
        if text.is_empty() {
            return Ok(None);
        }
        let formats = self.reading.bound.formats(field);
        let order = self.reading.bound.order(field);
        let offset = self.reading.profile.utc_offset_minutes;
        moments::read(&text, formats, order, offset)
            .map(Some)
            .map_err(|unclear| Unread {
                field,
                problem: Problem::new(unclear.key()).arg("value", &text),
            })
    }

    /// The id of an entry of one of the profile's lists, by id or by word; the text itself where
    /// the list has no such entry.
    fn listed<'a>(&self, field: &str, list: impl Iterator<Item = [&'a str; 3]>) -> String {
        let text = self.text(field);
        list.into_iter()
            .find(|[id, zh, en]| [id, zh, en].iter().any(|word| **word == text.as_str()))
            .map_or_else(|| text.clone(), |[id, ..]| id.to_owned())
    }

    fn department(&self) -> String {
        let list = &self.reading.profile.complaints.departments;
        self.listed(
            "department",
            list.iter().map(|it| [it.id.as_str(), &it.zh, &it.en]),
        )
    }

    fn channel(&self) -> Result<Channel, Unread> {
        let channel = self.choice("channel", "channel", Channel::ALL, Channel::id)?;
        Ok(channel.unwrap_or(Channel::Other))
    }

    fn customer(&self) -> Result<Adopted, Unread> {
        let salutation =
            self.choice("salutation", "salutation", Salutation::ALL, Salutation::id)?;
        let business = self.choice("business", "business", Business::ALL, Business::id)?;
        let deal = self.choice("deal", "deal", Deal::ALL, Deal::id)?;
        let rules = &self.reading.profile.customers;
        let chosen = |field| self.listed(field, rules.entries(field).into_iter());
        Ok(Adopted::Customer(CustomerDetails {
            name: self.text("name"),
            employer: self.text("employer"),
            position: self.text("position"),
            address: self.text("address"),
            phones: self.phones()?,
            salutation: salutation.unwrap_or_default(),
            place: self.text("place"),
            plates: parts(&self.text("plates")).map(str::to_owned).collect(),
            note: self.text("note"),
            owner: None,
            external: self.digits("external"),
            class: chosen("customer_class"),
            line: chosen("customer_line"),
            site: chosen("sales_site"),
            source: chosen("customer_source"),
            business,
            deal,
        }))
    }

    /// Telephones. A blank between two whole numbers parts them, a blank inside one does not.
    fn phones(&self) -> Result<Vec<Phone>, Unread> {
        let text = self.digits("phones");
        let whole = |part: &str| part.bytes().filter(u8::is_ascii_digit).count() >= LOCAL_DIGITS;
        let text = if text.split_whitespace().all(whole) {
            text.split_whitespace().collect::<Vec<_>>().join(";")
        } else {
            text
        };
        phone::list(&text).map_err(|problem| Unread {
            field: "phones",
            problem: problem.field("phones"),
        })
    }

    fn intake(&self) -> Result<Adopted, Unread> {
        let kind = self.choice("kind", "intake-kind", IntakeKind::ALL, IntakeKind::id)?;
        let state = self.choice("state", "intake-state", IntakeState::ALL, IntakeState::id)?;
        let ended_at = self.stamp("ended_at")?;
        let closed = state.map_or(ended_at.is_some(), |state| state == IntakeState::Closed);
        Ok(Adopted::Intake {
            details: IntakeDetails {
                channel: Some(self.channel()?),
                kind: kind.unwrap_or(IntakeKind::Other),
                customer: None,
                caller: self.text("caller"),
                phone: self.digits("phone"),
                place: self.text("place"),
                text: self.text("text"),
                needs: self.text("needs"),
                access: self.text("access"),
                department: self.department(),
                started_at: self.stamp("started_at")?,
                external: self.digits("external"),
                source: self.text("source"),
                ..IntakeDetails::default()
            },
            end: closed.then(|| AdoptedEnd {
                at: ended_at,
                text: self.text("outcome"),
            }),
        })
    }

    fn complaint(&self) -> Result<Adopted, Unread> {
        let state = self.choice(
            "state",
            "complaint-state",
            ComplaintState::ALL,
            ComplaintState::id,
        )?;
        let answered_at = self.stamp("answered_at")?;
        let answer = self.text("answer");
        let answered =
            state == Some(ComplaintState::Answered) || answered_at.is_some() || !answer.is_empty();
        let closed = state.is_some_and(ComplaintState::is_final);
        let categories = &self.reading.profile.complaints.categories;
        Ok(Adopted::Complaint {
            details: ComplaintDetails {
                channel: Some(self.channel()?),
                customer: None,
                complainant: self.text("complainant"),
                phone: self.digits("phone"),
                plate: self.text("plate"),
                place: self.text("place"),
                category: self.listed(
                    "category",
                    categories.iter().map(|it| [it.id.as_str(), &it.zh, &it.en]),
                ),
                service: self.choice("service_type", "service", Service::ALL, Service::id)?,
                text: self.text("text"),
                made_at: self.stamp("made_at")?,
                external: self.digits("external"),
                source: self.text("source"),
            },
            department: self.department(),
            assigned: state.is_some_and(|state| state != ComplaintState::Recorded),
            answer: answered.then_some(AdoptedEnd {
                at: answered_at,
                text: answer,
            }),
            closed,
        })
    }

    /// A count; 1 where the cell is empty.
    fn count(&self, field: &'static str) -> Result<u32, Unread> {
        let text = self.digits(field);
        if text.is_empty() {
            return Ok(1);
        }
        text.parse().map_err(|_| Unread {
            field,
            problem: Problem::new("cell-no-count").arg("value", &text),
        })
    }

    fn loan(&self) -> Result<Adopted, Unread> {
        let due = self.stamp("due")?;
        let offset = self.reading.profile.utc_offset_minutes;
        Ok(Adopted::Loan(AdoptedLoan {
            details: LoanDetails {
                borrower: self.digits("borrower"),
                unit: self.text("unit"),
                phone: self.digits("phone"),
                copies: self.count("copies")?,
                reason: self.text("reason"),
                due: due.map(|due| due.day(offset)),
                which: Vec::new(),
            },
            file: barcode(&self.digits("file")).to_owned(),
            title: self.text("title"),
            lent_at: self.stamp("lent_at")?,
            returned_at: self.stamp("returned_at")?,
            note: self.text("note"),
        }))
    }

    fn file(&self) -> Result<Adopted, Unread> {
        let pieces = self.count("pieces")?;
        let grade = self.choice("grade", "grade", Grade::ALL, Grade::id)?;
        let classes = &self.reading.profile.archive.classes;
        Ok(Adopted::File(FileDetails {
            title: self.text("title"),
            class: self.listed(
                "class",
                classes.iter().map(|it| [it.id.as_str(), &it.zh, &it.en]),
            ),
            customer: None,
            person: self.text("person"),
            phone: self.digits("phone"),
            plate: self.text("plate"),
            place: self.text("place"),
            pieces,
            grade: grade.unwrap_or_default(),
            note: self.text("note"),
            external: self.digits("external"),
            ..FileDetails::default()
        }))
    }
}

/// A barcode without the time that a scanner stuck on: `U001707_24/11/2021 08:37:30`.
fn barcode(text: &str) -> &str {
    match text.split_once('_') {
        Some((code, time)) if time.matches(['/', ':']).count() == 4 => code,
        _ => text,
    }
}

fn unknown(field: &'static str, text: &str) -> Unread {
    Unread {
        field,
        problem: Problem::new("cell-no-choice").arg("value", text),
    }
}

/// The parts of a cell that holds several.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '，', '；', '、', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::mapping::Mapping;
    use super::*;

    fn read(map: &str, headers: &[&str], cells: &[&str]) -> Result<Adopted, Unread> {
        let owned = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let bound = Mapping::parse(map, "map")
            .unwrap()
            .bind(&owned(headers))
            .unwrap();
        let profile = Profile::builtin("property").unwrap();
        Reading {
            bound,
            words: Arc::new(Words::new()),
            profile,
        }
        .record(&owned(cells))
    }

    #[test]
    fn numbers_that_became_floats_are_whole_again() {
        let map = "kind=\"intake\"\n[fields]\ntext=\"t\"\nexternal=\"n\"\nphone=\"p\"\n";
        let row = read(
            map,
            &["t", "n", "p"],
            &["漏水", "20181028903.0", "13800138000.00"],
        );
        let Ok(Adopted::Intake { details, end }) = row else {
            panic!("{row:?}")
        };
        assert_eq!(
            (details.external.as_str(), details.phone.as_str()),
            ("20181028903", "13800138000")
        );
        assert_eq!(end, None);
        let kept = read(map, &["t", "n", "p"], &["x", "3.10", "100"]);
        let Ok(Adopted::Intake { details, .. }) = kept else {
            panic!("{kept:?}")
        };
        assert_eq!(
            (details.external.as_str(), details.phone.as_str()),
            ("3.10", "100")
        );
    }

    #[test]
    fn what_cannot_be_read_names_its_field() {
        let map = "kind=\"intake\"\n[fields]\ntext=\"t\"\nchannel=\"c\"\nstarted_at=\"s\"\n";
        let unread = read(map, &["t", "c", "s"], &["x", "pigeon", ""]).unwrap_err();
        assert_eq!(
            (unread.field, unread.problem.key.as_str()),
            ("channel", "cell-no-choice")
        );
        let unread = read(map, &["t", "c", "s"], &["x", "", "soon"]).unwrap_err();
        assert_eq!(
            (unread.field, unread.problem.key.as_str()),
            ("started_at", "cell-no-time")
        );
        let map = "kind=\"file\"\n[fields]\ntitle=\"t\"\npieces=\"p\"\n";
        let unread = read(map, &["t", "p"], &["x", "viele"]).unwrap_err();
        assert_eq!(
            (unread.field, unread.problem.key.as_str()),
            ("pieces", "cell-no-count")
        );
    }

    #[test]
    fn an_intake_is_closed_by_its_state_or_by_its_end() {
        let map = "kind=\"intake\"\n[fields]\ntext=\"t\"\nended_at=\"e\"\n\
                   state={column=\"s\",values={Open=\"recorded\",Closed=\"closed\"}}\n";
        let closed = |state: &str, end: &str| match read(map, &["t", "e", "s"], &["x", end, state])
            .unwrap()
        {
            Adopted::Intake { end, .. } => end.is_some(),
            other => panic!("{other:?}"),
        };
        assert!(closed("Closed", ""));
        assert!(!closed("Open", "2024-01-01"));
        assert!(closed("", "2024-01-01"));
    }

    #[test]
    fn a_department_is_known_by_its_word_in_either_language() {
        let map = "kind=\"intake\"\n[fields]\ntext=\"t\"\ndepartment=\"d\"\n";
        for word in ["engineering", "工程部", "Engineering"] {
            let row = read(map, &["t", "d"], &["x", word]).unwrap();
            let Adopted::Intake { details, .. } = row else {
                panic!("{row:?}")
            };
            assert_eq!(details.department, "engineering");
        }
    }
}
