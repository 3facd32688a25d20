//! Files and customers by department and class, and what waits to be filed, as a document (A11-04a,
//! A11-05, A13-a4).

use super::quarterly::Words;
use super::{Block, Chart, Document, Row, Table, Value};
use crate::domain::filing::{FileCount, FileFigures, NoFile, Received};

/// The figures as a document.
pub fn document(figures: &FileFigures, words: Words) -> Document {
    let at = words.stamp(figures.at);
    let args = [("at", at.as_str())];
    let mut tables = vec![
        departments(figures, words),
        classes(figures, words),
        received(figures, words),
    ];
    if figures.per_customer {
        tables.push(without_file(figures, words));
    }
    Document {
        title: words.t("files-title"),
        subtitle: words.texts.with("requests-as-of", &args).into_owned(),
        blocks: tables.into_iter().map(Block::Table).collect(),
    }
}

fn department(id: &str, words: Words) -> String {
    if id.is_empty() {
        words.t("files-no-department")
    } else {
        words.department(id)
    }
}

fn counted(name: String, count: &FileCount) -> Row {
    [count.files, count.incomplete, count.to_sort, count.out]
        .into_iter()
        .fold(Row::new(name), |row, count| row.with(Value::Count(count)))
}

/// Each department with its files and the customers its people entered; the last row is the sum.
fn departments(figures: &FileFigures, words: Words) -> Table {
    let row = |name: String, (count, customers): (FileCount, u64)| {
        counted(name, &count).with(Value::Count(customers))
    };
    let listed = figures.departments().into_iter();
    let mut rows: Vec<Row> = listed
        .map(|found| row(department(&found.0.department, words), found))
        .collect();
    rows.push(row(words.t("requests-all"), figures.total()));
    let columns = [
        "files-department",
        "files-files",
        "files-incomplete",
        "files-to-sort",
        "files-out",
        "files-customers",
    ];
    table(words.t("files-by-department"), &columns, rows, words)
}

/// The classes of each department's files.
fn classes(figures: &FileFigures, words: Words) -> Table {
    let row = |count: &FileCount| {
        let name = format!(
            "{} {}",
            department(&count.department, words),
            words.class(&count.class)
        );
        counted(name, count)
    };
    let mut rows: Vec<Row> = figures.files.iter().map(row).collect();
    if rows.is_empty() {
        rows.push(Row::new(words.t("requests-none")));
    }
    let columns = [
        "files-class",
        "files-files",
        "files-incomplete",
        "files-to-sort",
        "files-out",
    ];
    table(words.t("files-by-class"), &columns, rows, words)
}

/// The names of papers: items of a checklist, or what a file's pieces are called.
fn papers(received: &Received, words: Words) -> String {
    let lists = &words.profile.archive.checklists;
    let list = lists.iter().find(|list| list.id == received.checklist);
    let name = |paper: &String| {
        let items = list.map(|list| list.items.as_slice()).unwrap_or_default();
        let item = items.iter().find(|item| item.id == *paper);
        item.map_or_else(|| paper.clone(), |item| words.pick(&item.zh, &item.en))
    };
    let names: Vec<String> = received.papers.iter().map(name).collect();
    names.join(&words.t("list-comma"))
}

/// What was received: which papers came from whom, when, and which file they go into.
fn received(figures: &FileFigures, words: Words) -> Table {
    let found = &figures.to_file;
    let row = |one: &Received| {
        let into = one.into.map(|file| file.to_string());
        let into = into.unwrap_or_else(|| words.t("files-new-file"));
        Row::new(one.number.to_string())
            .with(Value::Text(one.about.clone()))
            .with(Value::Text(papers(one, words)))
            .with(Value::Text(one.from.clone()))
            .with(Value::Text(one.since.to_string()))
            .with(Value::Count(one.days.unsigned_abs()))
            .with(Value::Text(into))
    };
    let mut rows: Vec<Row> = found.received.iter().map(row).collect();
    if rows.is_empty() {
        rows.push(Row::new(words.t("requests-none")));
    }
    let columns = [
        "files-number",
        "files-about",
        "files-papers",
        "files-from",
        "files-since",
        "files-days",
        "files-into",
    ];
    let title = titled(
        "files-received",
        found.received.len(),
        found.received_all,
        words,
    );
    table(title, &columns, rows, words)
}

/// The customers without a file, the longest first.
fn without_file(figures: &FileFigures, words: Words) -> Table {
    let found = &figures.to_file;
    let row = |one: &NoFile| {
        Row::new(one.number.to_string())
            .with(Value::Text(one.name.clone()))
            .with(Value::Text(one.by.clone()))
            .with(Value::Text(one.since.to_string()))
            .with(Value::Count(one.days.unsigned_abs()))
    };
    let mut rows: Vec<Row> = found.customers.iter().map(row).collect();
    if rows.is_empty() {
        rows.push(Row::new(words.t("requests-none")));
    }
    let columns = [
        "files-number",
        "files-customer",
        "files-entered-by",
        "files-entered",
        "files-days",
    ];
    let shown = found.customers.len();
    let title = titled("files-without", shown, found.customers_all, words);
    table(title, &columns, rows, words)
}

/// A title that says how many more there are than are shown.
fn titled(key: &str, shown: usize, all: u64, words: Words) -> String {
    let hidden = all.saturating_sub(shown as u64);
    let mut title = words.t(key);
    if hidden > 0 {
        let more = [("count", &*hidden.to_string())];
        title.push_str(&words.texts.with("requests-more", &more));
    }
    title
}

fn table(title: String, columns: &[&str], rows: Vec<Row>, words: Words) -> Table {
    Table {
        title,
        columns: columns.iter().map(|key| words.t(key)).collect(),
        rows,
        chart: Chart::None,
    }
}
