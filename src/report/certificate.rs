//! 《档案销毁证明》: what was destroyed, why, by whom and how, and which copies of the store from
//! before it still hold what was destroyed (A11-25, A12-3.2.8c).

use super::quarterly::Words;
use super::{Block, Chart, Document, Row as Line, Table, Value};
use crate::desk::contract::Row;
use crate::domain::complaint::course::Said;
use crate::domain::destruction::Destruction;
use crate::domain::number::Number;
use crate::domain::record::Record;

/// The certificate of a destruction that was carried out; of one that is not, what is known so far.
/// None for another record.
pub fn certificate(row: &Row, words: Words) -> Option<Document> {
    let Record::Destruction(destruction) = &row.record else {
        return None;
    };
    let sheet = Sheet { row, words };
    let mut blocks = sheet.section("certificate-file", sheet.file(destruction));
    blocks.extend(sheet.section("certificate-way", sheet.way(destruction)));
    blocks.push(Block::Heading(words.t("certificate-copies")));
    if destruction.destroyed.is_some() {
        blocks.extend(sheet.copies(destruction));
    } else {
        blocks.push(Block::Text(words.t("certificate-not-yet")));
    }
    let signed = [
        "certificate-carried-out",
        "certificate-witness",
        "certificate-approver",
    ];
    blocks.push(Block::Signatures(signed.map(|key| words.t(key)).to_vec()));
    let state = words
        .texts
        .name("destruction-state", destruction.state.id());
    Some(Document {
        title: words.t("print-certificate"),
        subtitle: format!("{}  {state}", destruction.meta.number),
        blocks,
    })
}

struct Sheet<'a> {
    row: &'a Row,
    words: Words<'a>,
}

impl Sheet<'_> {
    fn section(&self, key: &str, facts: Vec<(&str, String)>) -> Vec<Block> {
        let facts = facts.into_iter();
        let facts = facts.map(|(key, told)| (self.words.t(key), told)).collect();
        vec![Block::Heading(self.words.t(key)), Block::Facts(facts)]
    }

    fn name(&self, number: Number) -> String {
        let mut names = self.row.names.iter();
        let known = names.find(|(known, _)| *known == number);
        known.map_or_else(|| number.to_string(), |(_, name)| name.clone())
    }

    fn said(&self, said: Option<&Said>) -> String {
        said.map_or_else(String::new, |said| {
            let (by, at) = (self.name(said.by), self.words.stamp(said.at));
            format!("{}\n{by}  {at}", said.text).trim().to_owned()
        })
    }

    /// The file by number, kind and dates; nothing of whom it was about.
    fn file(&self, destruction: &Destruction) -> Vec<(&'static str, String)> {
        let words = self.words;
        let class = words.class(&destruction.class);
        let class = match destruction.class_no {
            0 => class,
            number => format!("{class} {number}"),
        };
        let day = |day: Option<crate::domain::stamp::Day>| {
            day.map(|day| day.to_string()).unwrap_or_default()
        };
        vec![
            ("certificate-number", destruction.file.to_string()),
            ("certificate-class", class),
            (
                "certificate-sort",
                words.texts.name("file-sort", destruction.sort.id()),
            ),
            (
                "certificate-grade",
                words.texts.name("grade", destruction.grade.id()),
            ),
            ("certificate-pieces", destruction.pieces.to_string()),
            ("certificate-filed-on", destruction.filed_on.to_string()),
            ("certificate-past-on", day(destruction.past_on)),
            (
                "certificate-ground",
                words.texts.name("ground", destruction.ground.id()),
            ),
        ]
    }

    fn way(&self, destruction: &Destruction) -> Vec<(&'static str, String)> {
        let words = self.words;
        let made = &destruction.meta;
        let proposed = format!(
            "{}  {}",
            self.name(made.created_by),
            words.stamp(made.created_at)
        );
        vec![
            ("certificate-proposed", proposed),
            (
                "certificate-reviewed",
                self.said(destruction.reviewed.as_ref()),
            ),
            (
                "certificate-approved",
                self.said(destruction.approved.as_ref()),
            ),
            (
                "certificate-refused",
                self.said(destruction.refused.as_ref()),
            ),
            ("certificate-method", words.method(&destruction.method)),
            ("certificate-witness", destruction.witness.clone()),
            (
                "certificate-destroyed",
                self.said(destruction.destroyed.as_ref()),
            ),
        ]
        .into_iter()
        .filter(|(_, told)| !told.is_empty())
        .collect()
    }

    /// The copies that were made while the file was in the store.
    fn copies(&self, destruction: &Destruction) -> Vec<Block> {
        let words = self.words;
        if destruction.copies.is_empty() {
            return vec![Block::Text(words.t("certificate-no-copies"))];
        }
        let copies = destruction.copies.iter();
        let rows = copies
            .map(|copy| Line::new(words.stamp(copy.at)).with(Value::Text(copy.place.clone())));
        let table = Table {
            title: String::new(),
            columns: vec![words.t("certificate-copied"), words.t("certificate-place")],
            rows: rows.collect(),
            chart: Chart::None,
        };
        let mut blocks = vec![
            Block::Text(words.t("certificate-copies-hold")),
            Block::Table(table),
        ];
        if destruction.earlier_copies > 0 {
            let count = destruction.earlier_copies.to_string();
            let more = words
                .texts
                .with("certificate-earlier", &[("count", &count)]);
            blocks.push(Block::Text(more.into_owned()));
        }
        blocks
    }
}
