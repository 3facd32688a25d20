//! The yardstick: SQLite with the same rows, every index a search needs, and the pairs of
//! characters of all texts as words of an FTS5 table. Durable as the program is: a write-ahead
//! log, synced with every commit.

use std::path::Path;

use frontdesk::text::pinyin;
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use crate::Fallible;
use crate::generate::Plain;

const SCHEMA: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE records (
        id INTEGER PRIMARY KEY, kind INTEGER, seq INTEGER, number TEXT, name TEXT, pinyin TEXT,
        initials TEXT, phone TEXT, phone_back TEXT, plate TEXT, place TEXT, text TEXT, class TEXT,
        ended TEXT, at INTEGER, due INTEGER
    );
    CREATE INDEX by_phone ON records (phone);
    CREATE INDEX by_phone_back ON records (phone_back);
    CREATE INDEX by_name ON records (name);
    CREATE INDEX by_pinyin ON records (pinyin);
    CREATE INDEX by_initials ON records (initials);
    CREATE INDEX by_plate ON records (plate);
    CREATE INDEX by_place ON records (place);
    CREATE INDEX by_number ON records (number);
    CREATE INDEX by_kind ON records (kind, id);
    CREATE INDEX by_kind_and_name ON records (kind, pinyin, id);
    CREATE INDEX by_kind_and_due ON records (kind, due, id);
    CREATE VIRTUAL TABLE words USING fts5 (grams, content = '', tokenize = 'unicode61');
";

/// What is asked of the yardstick; rows come whole, and the newest first where nothing else is
/// said.
#[derive(Debug, Clone)]
pub enum Ask {
    /// The newest of a kind, or those before a row.
    Newest(u8, Option<i64>),
    /// Of a kind by name.
    ByName(u8),
    /// Of a kind by the day they are due.
    ByDue(u8),
    /// A column that begins so.
    Begins(&'static str, String),
    /// A column that is so.
    Is(&'static str, String),
    /// Texts with all these words.
    Words(Vec<String>),
    /// A name that begins so, and a word of the text.
    NameAndWord(String, String),
    /// Customers whose telephone begins so, few of them.
    Caller(String),
}

/// A database.
pub struct Database(Connection);

fn han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// The words of a text for the index: pairs of Han characters, runs of others whole.
pub fn grams(text: &str) -> String {
    let mut grams = String::new();
    let mut before: Option<char> = None;
    for c in text.chars() {
        if han(c) {
            if let Some(first) = before.filter(|c| han(*c)) {
                grams.extend([' ', first, c]);
            }
        } else if c.is_alphanumeric() {
            if !before.is_some_and(|c| !han(c) && c.is_alphanumeric()) {
                grams.push(' ');
            }
            grams.extend(c.to_lowercase());
        }
        before = Some(c);
    }
    grams
}

/// Above everything that begins so.
fn above(start: &str) -> String {
    format!("{start}\u{10ffff}")
}

impl Database {
    /// A new database.
    pub fn create(path: &Path) -> Fallible<Self> {
        let database = Connection::open(path)?;
        database.execute_batch(SCHEMA)?;
        Ok(Self(database))
    }

    /// One that is there.
    pub fn open(path: &Path) -> Fallible<Self> {
        let database = Connection::open(path)?;
        database.execute_batch("PRAGMA synchronous = FULL;")?;
        database.set_prepared_statement_cache_capacity(64);
        Ok(Self(database))
    }

    /// Begins a transaction.
    pub fn begin(&mut self) -> Fallible<()> {
        Ok(self.0.execute_batch("BEGIN")?)
    }

    /// Ends it, on the disk.
    pub fn commit(&mut self) -> Fallible<()> {
        Ok(self.0.execute_batch("COMMIT")?)
    }

    /// A row more, in the transaction that is begun.
    pub fn add(&mut self, row: &Plain, year: u16) -> Fallible<()> {
        let letters = frontdesk::domain::number::Kind::from_code(row.kind);
        let letters = letters.map_or("??", frontdesk::domain::number::Kind::letters);
        let number = format!("{letters}-{year}-{:06}", row.seq);
        let first = |all: Vec<String>| all.into_iter().next().unwrap_or_default();
        let back: String = row.phone.chars().rev().collect();
        self.0
            .prepare_cached(
                "INSERT INTO records (kind, seq, number, name, pinyin, initials, phone, \
                 phone_back, plate, place, text, class, ended, at, due) \
                 VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            )?
            .execute(params![
                row.kind,
                i64::try_from(row.seq)?,
                number,
                row.name,
                first(pinyin::full(&row.name)),
                first(pinyin::initials(&row.name)),
                row.phone,
                back,
                row.plate,
                row.place,
                row.text,
                row.class,
                row.ended,
                row.at,
                row.at / 86_400_000 + 30,
            ])?;
        self.0
            .prepare_cached("INSERT INTO words (rowid, grams) VALUES (last_insert_rowid(), ?)")?
            .execute([grams(&row.text)])?;
        Ok(())
    }

    /// One row more, on the disk.
    pub fn log(&mut self, row: &Plain, year: u16) -> Fallible<()> {
        self.begin()?;
        self.add(row, year)?;
        self.commit()
    }

    /// Asks; how many rows came.
    pub fn ask(&self, ask: &Ask) -> Fallible<usize> {
        let text = |text: &str| Value::Text(text.to_owned());
        let kind = |kind: u8| Value::Integer(kind.into());
        let (sql, values) = match ask {
            Ask::Newest(of, None) => (
                "WHERE kind = ? ORDER BY id DESC LIMIT 50".to_owned(),
                vec![kind(*of)],
            ),
            Ask::Newest(of, Some(id)) => (
                "WHERE kind = ? AND id < ? ORDER BY id DESC LIMIT 50".to_owned(),
                vec![kind(*of), Value::Integer(*id)],
            ),
            Ask::ByName(of) => (
                "WHERE kind = ? ORDER BY pinyin, id LIMIT 50".to_owned(),
                vec![kind(*of)],
            ),
            Ask::ByDue(of) => (
                "WHERE kind = ? ORDER BY due, id LIMIT 50".to_owned(),
                vec![kind(*of)],
            ),
            Ask::Begins(column, start) => (
                format!("WHERE {column} >= ? AND {column} < ? ORDER BY id DESC LIMIT 50"),
                vec![text(start), text(&above(start))],
            ),
            Ask::Is(column, whole) => (
                format!("WHERE {column} = ? ORDER BY id DESC LIMIT 50"),
                vec![text(whole)],
            ),
            Ask::Words(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                (
                    "JOIN words ON records.id = words.rowid WHERE words MATCH ? \
                     ORDER BY words.rowid DESC LIMIT 50"
                        .to_owned(),
                    vec![text(&quoted.join(" "))],
                )
            }
            // Few have the name; their texts are read rather than the pairs of all texts.
            Ask::NameAndWord(name, word) => (
                "INDEXED BY by_name WHERE name >= ? AND name < ? AND instr(text, ?) > 0 \
                 ORDER BY id DESC LIMIT 50"
                    .to_owned(),
                vec![text(name), text(&above(name)), text(word)],
            ),
            Ask::Caller(start) => (
                "INDEXED BY by_phone WHERE phone >= ? AND phone < ? AND kind = 1 ORDER BY id DESC LIMIT 8".to_owned(),
                vec![text(start), text(&above(start))],
            ),
        };
        let mut statement = self
            .0
            .prepare_cached(&format!("SELECT records.* FROM records {sql}"))?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(values))?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let whole: Result<Vec<Value>, _> = (0..columns).map(|column| row.get(column)).collect();
            std::hint::black_box(whole?);
            count += 1;
        }
        Ok(count)
    }

    /// A row in the middle of a kind.
    pub fn middle(&self, kind: u8) -> Fallible<i64> {
        let most: i64 = self.0.query_row(
            "SELECT max(id) FROM records WHERE kind = ?",
            [kind],
            |row| row.get(0),
        )?;
        Ok(most / 2)
    }
}
