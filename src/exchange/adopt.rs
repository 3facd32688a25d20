//! One row of a file made a record as the other system had it.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::bound::Bound;
use super::words::Words;
use crate::desk::contract::{Adopted, AdoptedEnd};
use crate::domain::archive::{FileDetails, Grade};
use crate::domain::complaint::{ComplaintDetails, ComplaintState};
use crate::domain::customer::{CustomerDetails, Salutation};
use crate::domain::intake::{Channel, IntakeDetails, IntakeKind, IntakeState};
use crate::domain::number::Kind;
use crate::domain::phone::{self, Phone};
use crate::domain::profile::Profile;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Stamp;

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
            Kind::Loan
            | Kind::Operator
            | Kind::Site
            | Kind::Import
            | Kind::Credential
            | Kind::Permit
            | Kind::Remark => Err(Unread {
                field: "kind",
                problem: Problem::new("map-not-imported"),
            }),
        }
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
        moment(&text, formats, self.reading.profile.utc_offset_minutes)
            .map(Some)
            .ok_or_else(|| Unread {
                field,
                problem: Problem::new("cell-no-time").arg("value", &text),
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
        }))
    }

    fn phones(&self) -> Result<Vec<Phone>, Unread> {
        phone::list(&self.digits("phones")).map_err(|problem| Unread {
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
                access: self.text("access"),
                department: self.department(),
                started_at: self.stamp("started_at")?,
                external: self.digits("external"),
                source: self.text("source"),
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

    fn file(&self) -> Result<Adopted, Unread> {
        let pieces = self.digits("pieces");
        let pieces = if pieces.is_empty() {
            1
        } else {
            pieces.parse().map_err(|_| Unread {
                field: "pieces",
                problem: Problem::new("cell-no-count").arg("value", &pieces),
            })?
        };
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
        }))
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

/// A point in time in one of the formats given, else as the desk itself reads them.
pub fn moment(text: &str, formats: &[String], offset_minutes: i32) -> Option<Stamp> {
    for format in formats {
        if let Ok(at) = DateTime::parse_from_str(text, format) {
            return Some(Stamp::from_utc(at.with_timezone(&Utc)));
        }
        if let Ok(at) = NaiveDateTime::parse_from_str(text, format) {
            return Some(Stamp::from_local(at, offset_minutes));
        }
        if let Ok(day) = NaiveDate::parse_from_str(text, format) {
            return Some(Stamp::from_local(day.and_hms_opt(0, 0, 0)?, offset_minutes));
        }
    }
    if !formats.is_empty() {
        return None;
    }
    Stamp::parse(text, offset_minutes).or_else(|| {
        let at = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok()?;
        Some(Stamp::from_local(at, offset_minutes))
    })
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
    fn points_in_time_are_read_as_told_or_as_usual() {
        let us = ["%m/%d/%Y %H:%M".to_owned()];
        let noon = Stamp::parse("2024-06-07 12:00", 480);
        assert_eq!(moment("6/7/2024 12:00", &us, 480), noon);
        assert_eq!(moment("2024-06-07 12:00", &us, 480), None);
        assert_eq!(moment("2024-06-07 04:00:00+00:00", &[], 480), noon);
        assert_eq!(
            moment("2024/6/7", &["%Y/%m/%d".to_owned()], 480),
            Stamp::parse("2024-06-07", 480)
        );
        assert_eq!(moment("gestern", &[], 480), None);
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
