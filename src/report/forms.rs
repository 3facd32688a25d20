//! The forms of intake and complaints that the regulations name: the day's register
//! 《来人来电来访登记表》 (A13-c2), the slip 《用户投诉处理单》 (A13-c3a) and the handling form
//! 客户投诉处理表 (A08-n2c).
//!
//! The regulations give none of the three its fields beyond these; what else stands in them is what
//! the record has, and lines to sign on.

use super::quarterly::Words;
use super::{Block, Chart, Document, Row as Line, Table, Value};
use crate::desk::contract::Row;
use crate::domain::complaint::Complaint;
use crate::domain::complaint::course::{Judgement, Said};
use crate::domain::named::named;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::stamp::Day;

named! {
    /// A form on paper.
    Form {
        /// The register of a day (A13-c2).
        Register = "register",
        /// The slip of a complaint (A13-c3a).
        Slip = "slip",
        /// The handling form of a complaint (A08-n2c).
        Handling = "handling",
        /// The label of a file (A11-06).
        Labels = "labels",
        /// The labels of a file's pieces (A07-g6b).
        PieceLabels = "piece-labels",
        /// What was destroyed, and how (A11-25, A12-3.2.8c).
        Certificate = "certificate",
        /// The index of files (A11-06).
        FileIndex = "file-index",
        /// The registration forms of a day (A12-f2).
        Registrations = "registrations",
        /// The file form of a customer who closed (A12-f1).
        FileForm = "file-form",
        /// A customer's profile (A14-N4.1).
        Dossier = "dossier",
        /// A customer's card (A01-19).
        Card = "card",
    }
}

named! {
    /// As what a form is laid out.
    PaperFormat {
        /// A page for a browser.
        Html = "html",
        /// Plain text of 80 columns.
        Text = "text",
        /// A workbook.
        Xlsx = "xlsx",
        /// The rows of its table, separated by commas.
        Csv = "csv",
    }
}

impl PaperFormat {
    /// What the name of a file of it ends in.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Html => ".html",
            Self::Text => ".txt",
            Self::Xlsx => ".xlsx",
            Self::Csv => ".csv",
        }
    }
}

/// The register of a day, from its rows in the order in which they came.
pub fn register(day: Day, rows: &[Row], words: Words) -> Document {
    let line = |row: &Row| {
        let Record::Intake(intake) = &row.record else {
            return None;
        };
        let details = &intake.details;
        let local = intake.started_at.local(words.profile.utc_offset_minutes);
        let channel = details.channel.map_or("", |channel| channel.id());
        let text = |text: &str| Value::Text(text.to_owned());
        Some(
            Line::new(format!("{}\n{}", local.format("%H:%M"), intake.meta.number))
                .with(Value::Text(words.texts.name("channel", channel)))
                .with(Value::Text(lines([
                    &details.caller,
                    &details.phone,
                    &details.place,
                ])))
                .with(Value::Text(lines([
                    &details.text,
                    &needed(&details.needs, words),
                    &String::new(),
                ])))
                .with(text(&name(row, intake.meta.created_by))),
        )
    };
    let columns = [
        "print-time",
        "print-channel",
        "print-caller",
        "print-text",
        "print-by",
    ];
    let t = |key: &str| words.texts.get(key).into_owned();
    let table = Table {
        title: String::new(),
        columns: columns.map(t).to_vec(),
        rows: rows.iter().filter_map(line).collect(),
        chart: Chart::None,
    };
    Document {
        title: t("print-register"),
        subtitle: day.to_string(),
        blocks: vec![
            Block::Table(table),
            Block::Signatures(["print-registrar", "print-checked"].map(t).to_vec()),
        ],
    }
}

/// What the customer needs, behind the word for it; nothing where nothing was said of it (A01-26).
fn needed(needs: &str, words: Words) -> String {
    if needs.is_empty() {
        return String::new();
    }
    words
        .texts
        .with("print-needs", &[("text", needs)])
        .into_owned()
}

/// What there is of some texts, each in a line of its own.
fn lines(texts: [&String; 3]) -> String {
    let there = texts.into_iter().filter(|text| !text.is_empty());
    there.map(String::as_str).collect::<Vec<_>>().join("\n")
}

fn name(row: &Row, number: Number) -> String {
    let known = row.names.iter().find(|(known, _)| *known == number);
    known.map_or_else(|| number.to_string(), |(_, name)| name.clone())
}

/// A complaint being printed.
struct Sheet<'a> {
    row: &'a Row,
    complaint: &'a Complaint,
    words: Words<'a>,
}

/// The slip of a complaint (A13-c3a), or its handling form (A08-n2c); none for another record.
pub fn complaint(form: Form, row: &Row, words: Words) -> Option<Document> {
    let Record::Complaint(complaint) = &row.record else {
        return None;
    };
    let sheet = Sheet {
        row,
        complaint,
        words,
    };
    let title = match form {
        Form::Handling => "print-handling",
        _ => "print-slip",
    };
    let (mut blocks, signed) = match form {
        Form::Handling => (
            sheet.handling(),
            [
                "print-relations-manager",
                "print-handler",
                "print-general-manager",
            ],
        ),
        _ => (
            sheet.slip(),
            [
                "print-receiver",
                "print-department-head",
                "print-caller-back",
            ],
        ),
    };
    let signed = signed.map(|key| sheet.t(key)).to_vec();
    blocks.push(Block::Signatures(signed));
    let major = complaint.course.major.is_some();
    let number = complaint.meta.number.to_string();
    Some(Document {
        title: sheet.t(title),
        subtitle: if major {
            format!("{number}  {}", sheet.t("report-major"))
        } else {
            number
        },
        blocks,
    })
}

impl Sheet<'_> {
    fn t(&self, key: &str) -> String {
        self.words.texts.get(key).into_owned()
    }

    fn section(&self, key: &str, facts: Vec<(&str, String)>) -> [Block; 2] {
        let facts = facts.into_iter().map(|(key, told)| (self.t(key), told));
        [Block::Heading(self.t(key)), Block::Facts(facts.collect())]
    }

    fn said(&self, said: Option<&Said>) -> String {
        let Some(said) = said else {
            return String::new();
        };
        let (by, at) = (name(self.row, said.by), self.words.stamp(said.at));
        format!("{}\n{by}  {at}", said.text).trim().to_owned()
    }

    /// When, who, how to reach them and about what (A08-n1a).
    fn received(&self) -> [Block; 2] {
        let complaint = self.complaint;
        let details = &complaint.details;
        let channel = details.channel.map_or("", |channel| channel.id());
        let mut facts = vec![
            ("print-made-at", self.words.stamp(complaint.made_at)),
            ("print-channel", self.words.texts.name("channel", channel)),
            ("print-complainant", details.complainant.clone()),
            ("print-phone", details.phone.clone()),
        ];
        if self.words.profile.complaints.plate {
            facts.push(("print-plate", details.plate.clone()));
        }
        facts.extend([
            ("print-place", details.place.clone()),
            ("print-text", details.text.clone()),
            ("print-by", name(self.row, complaint.meta.created_by)),
        ]);
        self.section("print-received", facts)
    }

    fn given(&self) -> Vec<(&'static str, String)> {
        let complaint = self.complaint;
        let hand = complaint.course.hands.last();
        vec![
            (
                "print-department",
                self.words.department(&complaint.department),
            ),
            ("print-handler", complaint.handler.clone()),
            (
                "print-given-at",
                hand.map(|hand| self.words.stamp(hand.at))
                    .unwrap_or_default(),
            ),
            (
                "print-due",
                complaint
                    .due_at
                    .map(|at| self.words.stamp(at))
                    .unwrap_or_default(),
            ),
        ]
    }

    /// Out to the department, back with the result, and the call-back (A13-c3a to A13-c3d).
    fn slip(&self) -> Vec<Block> {
        let course = &self.complaint.course;
        let mut blocks = self.received().to_vec();
        blocks.extend(self.section("print-handed-over", self.given()));
        let result = self.said(course.result.as_ref());
        blocks.extend(self.section("print-returned", vec![("print-result", result)]));
        blocks.extend(self.section("print-called-back", self.asked()));
        blocks
    }

    fn asked(&self) -> Vec<(&'static str, String)> {
        let course = &self.complaint.course;
        let said = course.satisfaction();
        let said = said.map(|said| self.words.texts.name("satisfaction", said.id()));
        let last = course.attempts.last().map(|attempt| &attempt.said);
        vec![
            ("print-satisfaction", said.unwrap_or_default()),
            ("print-call-back", self.said(last)),
        ]
    }

    fn judged(&self, judgement: &Judgement) -> String {
        let holds = match judgement.holds {
            Some(true) => self.t("print-yes"),
            Some(false) => self.t("print-no"),
            None => String::new(),
        };
        format!("{holds}  {}", judgement.reason).trim().to_owned()
    }

    /// Number, the four facts, category, the two judgements, department, handler and due time
    /// (A08-n2c), and what came of it.
    fn handling(&self) -> Vec<Block> {
        let complaint = self.complaint;
        let course = &complaint.course;
        let nature = course.nature.clone().unwrap_or_default();
        let mut facts = vec![
            (
                "print-category",
                self.words.category(&complaint.details.category),
            ),
            ("print-cause", nature.cause.clone()),
            ("print-justified", self.judged(&nature.justified)),
            ("print-reasonable", self.judged(&nature.reasonable)),
        ];
        facts.extend(self.given());
        let mut blocks = self.received().to_vec();
        blocks.extend(self.section("print-nature", facts));
        let solution = course.solution.as_ref();
        let text = |of: fn(&crate::domain::complaint::course::Solution) -> &String| {
            solution
                .map(|solution| of(solution).clone())
                .unwrap_or_default()
        };
        let proposed = vec![
            ("print-found-cause", text(|solution| &solution.cause)),
            ("print-person", text(|solution| &solution.person)),
            ("print-solution", self.said(solution.map(|it| &it.proposed))),
            (
                "print-approved",
                self.said(solution.and_then(|it| it.approved.as_ref())),
            ),
        ];
        blocks.extend(self.section("print-proposed", proposed));
        let mut told = vec![
            ("print-answer", self.answer()),
            ("print-reaction", self.said(course.reaction.as_ref())),
        ];
        told.extend(self.asked());
        blocks.extend(self.section("print-told", told));
        let summary = course.summary.as_ref();
        let summed = vec![
            (
                "print-evaluation",
                self.said(summary.map(|it| &it.evaluation)),
            ),
            (
                "print-cause-department",
                summary
                    .map(|it| self.words.department(&it.cause_department))
                    .unwrap_or_default(),
            ),
            (
                "print-person",
                summary
                    .map(|it| it.cause_person.clone())
                    .unwrap_or_default(),
            ),
        ];
        blocks.extend(self.section("print-summary", summed));
        blocks
    }

    fn answer(&self) -> String {
        let Some(answer) = &self.complaint.answer else {
            return String::new();
        };
        let channel = self.words.texts.name("reply-channel", answer.channel.id());
        let (by, at) = (name(self.row, answer.by), self.words.stamp(answer.at));
        format!("{}\n{by}  {at}  {channel}", answer.text)
            .trim()
            .to_owned()
    }
}
