//! The index of files as a document, in the order asked for (A11-06).

use super::quarterly::Words;
use super::{Block, Chart, Document, Row, Table, Value};
use crate::domain::archive::Grade;
use crate::domain::filing::{IndexBy, IndexLine, put_in_order};
use crate::domain::stamp::Stamp;

/// The index as a document.
pub fn document(mut lines: Vec<IndexLine>, by: IndexBy, at: Stamp, words: Words) -> Document {
    put_in_order(&mut lines, by);
    let count = lines.len().to_string();
    let order = words.texts.name("index-by", by.id());
    let at = words.stamp(at);
    let args = [
        ("order", order.as_str()),
        ("count", count.as_str()),
        ("at", at.as_str()),
    ];
    let columns = [
        "index-number",
        "index-class",
        "index-title",
        "index-person",
        "index-phone",
        "index-plate",
        "index-place",
        "index-remarks",
    ];
    let table = Table {
        title: words.texts.with("index-order", &args).into_owned(),
        columns: columns.iter().map(|key| words.t(key)).collect(),
        rows: lines.iter().map(|one| line(one, words)).collect(),
        chart: Chart::None,
    };
    Document {
        title: words.t("index-title-of"),
        subtitle: words.texts.with("index-as-of", &args).into_owned(),
        blocks: vec![Block::Table(table)],
    }
}

/// A line: the grade stands in the remarks column (A11-22a), and whether the file is out.
fn line(one: &IndexLine, words: Words) -> Row {
    let class = words.class(&one.class);
    let class = if one.class_no > 0 {
        format!("{class} {}", one.class_no)
    } else {
        class
    };
    let mut remarks = Vec::new();
    if one.grade > Grade::None {
        remarks.push(words.texts.name("grade", one.grade.id()));
    }
    if one.out {
        remarks.push(words.t("file-state-out"));
    }
    [
        class,
        one.title.clone(),
        one.person.clone(),
        one.phone.clone(),
        one.plate.clone(),
        one.place.clone(),
        remarks.join(" "),
    ]
    .into_iter()
    .fold(Row::new(one.number.to_string()), |row, text| {
        row.with(Value::Text(text))
    })
}
