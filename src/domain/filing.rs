//! What is filed and what is not: the index of files, what waits to be filed, and how many files each
//! department and class has (A11-04a to A11-06, A13-a4).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::archive::{ArchiveFile, Grade};
use super::customer::Customer;
use super::named::named;
use super::number::Number;
use super::stamp::{Day, Stamp};
use crate::text::pinyin;

named! {
    /// The orders in which the index of files is printed (A11-06).
    IndexBy {
        /// By number.
        Number = "number",
        /// By the name of the person or firm it is about, as it sounds.
        Name = "name",
        /// By telephone.
        Phone = "phone",
        /// By plate.
        Plate = "plate",
        /// By class, and in it by the number within the class (A13-a4).
        Class = "class",
    }
}

/// A line of the index of files (A11-06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IndexLine {
    /// The file.
    pub number: Number,
    /// Its class.
    pub class: String,
    /// Its number within the class; 0 where it has none.
    pub class_no: u32,
    /// Its title.
    pub title: String,
    /// Whom it is about.
    pub person: String,
    /// A telephone.
    pub phone: String,
    /// The plate of the car.
    pub plate: String,
    /// Where it stands.
    pub place: String,
    /// Whether it is out.
    pub out: bool,
    /// Its grade.
    pub grade: Grade,
}

impl IndexLine {
    /// The line of a file.
    pub fn of(file: &ArchiveFile) -> Self {
        let details = &file.details;
        Self {
            number: file.meta.number,
            class: details.class.clone(),
            class_no: file.custody.class_no,
            title: details.title.clone(),
            person: details.person.clone(),
            phone: details.phone.clone(),
            plate: details.plate.clone(),
            place: details.place.clone(),
            out: file.loan.is_some(),
            grade: details.grade,
        }
    }

    /// What it stands by in an order, behind whether it has that at all.
    fn place_in(&self, by: IndexBy) -> (bool, String, u32) {
        let text = match by {
            IndexBy::Number => return (false, String::new(), 0),
            IndexBy::Name if self.person.is_empty() => &self.title,
            IndexBy::Name => &self.person,
            IndexBy::Phone => &self.phone,
            IndexBy::Plate => &self.plate,
            IndexBy::Class => &self.class,
        };
        let sound = match by {
            IndexBy::Name => pinyin::full(text).into_iter().next().unwrap_or_default(),
            _ => String::new(),
        };
        let no = if by == IndexBy::Class {
            self.class_no
        } else {
            0
        };
        (text.is_empty(), format!("{sound}\0{text}"), no)
    }
}

/// Puts the lines of an index in order; those that lack what it is ordered by come last.
pub fn put_in_order(lines: &mut [IndexLine], by: IndexBy) {
    lines.sort_by_cached_key(|line| (line.place_in(by), line.number));
}

/// A part of the index of files, by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IndexPart {
    /// When it was read.
    pub at: Stamp,
    /// Its lines.
    pub lines: Vec<IndexLine>,
    /// Whether there are lines after the last.
    pub more: bool,
}

/// A customer of whom there is no file yet (A11-04a).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoFile {
    /// The customer.
    pub number: Number,
    /// The customer's name.
    pub name: String,
    /// Who entered the customer, by name.
    pub by: String,
    /// When.
    pub since: Day,
    /// So many days ago.
    pub days: i64,
}

/// Material that was received and is not yet where it belongs (A13-a4): papers handed over that are in
/// no file, or a file that is not sorted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Received {
    /// The hand-over, or the file.
    pub number: Number,
    /// Whom or what it is about.
    pub about: String,
    /// The checklist of the papers handed over; empty for a file.
    pub checklist: String,
    /// Which papers: items of the checklist, or the names of a file's pieces.
    pub papers: Vec<String>,
    /// From whom it came, by name.
    pub from: String,
    /// When it was received.
    pub since: Day,
    /// So many days ago.
    pub days: i64,
    /// The file it goes into; none where it becomes a new one.
    pub into: Option<Number>,
}

/// What waits to be filed, the longest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToFile {
    /// Customers without a file (A11-04a).
    pub customers: Vec<NoFile>,
    /// How many there are in all.
    pub customers_all: u64,
    /// Material that was received (A13-a4).
    pub received: Vec<Received>,
    /// How much of it there is in all.
    pub received_all: u64,
}

/// The files of one class in one department.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileCount {
    /// The department whose files they are, or whose people set them up; by id where it is listed.
    pub department: String,
    /// The class.
    pub class: String,
    /// Files.
    pub files: u64,
    /// Of these incomplete (A11-04b).
    pub incomplete: u64,
    /// Of these out.
    pub out: u64,
    /// Of these not sorted yet (A13-a4).
    pub to_sort: u64,
}

impl FileCount {
    /// Adds what another counts.
    pub const fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.incomplete += other.incomplete;
        self.out += other.out;
        self.to_sort += other.to_sort;
    }
}

/// How many files and customers there are, by department and class (A11-05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileFigures {
    /// As it was then.
    pub at: Stamp,
    /// The files, by department and in it by class.
    pub files: Vec<FileCount>,
    /// The customers, by the department of whoever entered them.
    pub customers: Vec<(String, u64)>,
    /// Whether every customer is to have a file here (A11-04a).
    pub per_customer: bool,
    /// What waits to be filed.
    pub to_file: ToFile,
}

impl FileFigures {
    /// The departments, with their files and customers.
    pub fn departments(&self) -> Vec<(FileCount, u64)> {
        let mut found: BTreeMap<&str, (FileCount, u64)> = BTreeMap::new();
        for count in &self.files {
            found.entry(&count.department).or_default().0.add(count);
        }
        for (department, count) in &self.customers {
            found.entry(department).or_default().1 += count;
        }
        let named = found
            .into_iter()
            .map(|(department, (mut count, customers))| {
                department.clone_into(&mut count.department);
                (count, customers)
            });
        named.collect()
    }

    /// All files, and all customers.
    pub fn total(&self) -> (FileCount, u64) {
        let mut all = FileCount::default();
        for count in &self.files {
            all.add(count);
        }
        (all, self.customers.iter().map(|(_, count)| count).sum())
    }
}

/// Counts files and customers one by one.
#[derive(Debug, Default)]
pub struct Tally {
    files: BTreeMap<(String, String), FileCount>,
    customers: BTreeMap<String, u64>,
}

impl Tally {
    /// Counts a file of a department.
    pub fn file(&mut self, file: &ArchiveFile, department: &str) {
        let class = &file.details.class;
        let key = (department.to_owned(), class.clone());
        let count = self.files.entry(key).or_insert_with(|| FileCount {
            department: department.to_owned(),
            class: class.clone(),
            ..FileCount::default()
        });
        count.add(&FileCount {
            files: 1,
            incomplete: u64::from(!file.custody.lacks.is_empty()),
            out: u64::from(file.loan.is_some()),
            to_sort: u64::from(file.is_to_be_sorted()),
            ..FileCount::default()
        });
    }

    /// Counts a customer that people of a department entered; retired ones too, so that nothing is
    /// left out (A11-05).
    pub fn customer(&mut self, _customer: &Customer, department: &str) {
        *self.customers.entry(department.to_owned()).or_default() += 1;
    }

    /// The figures.
    pub fn figures(self, at: Stamp, per_customer: bool, to_file: ToFile) -> FileFigures {
        FileFigures {
            at,
            files: self.files.into_values().collect(),
            customers: self.customers.into_iter().collect(),
            per_customer,
            to_file,
        }
    }
}
