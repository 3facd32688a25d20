//! Archive files: what there is, where it stands, whose it is, found by name, number, telephone
//! and plate (A11-06).

mod steps;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use steps::{FileStep, FileStepKind, ROWS, next_steps, step};

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::customer::{self, Customer};
use super::named::named;
use super::number::Number;
use super::phone;
use super::procedure::ArchiveStep;
use super::profile::{Permission, Profile};
use super::refusal::{Checks, Problem, Refusal};
use super::shelf::{Place, Shelf};
use super::stamp::Day;
use crate::text::clean;

named! {
    /// How secret a file is; compared by order, never by its English word (A11-22a).
    #[derive(Default)]
    Grade {
        /// Not graded.
        #[default]
        None = "none",
        /// 机密.
        Secret = "secret",
        /// 绝密.
        TopSecret = "top-secret",
    }
}

named! {
    /// What a file is about (A07-s). Positions stand in records: variants are only appended.
    #[derive(Default)]
    FileSort {
        /// A customer.
        #[default]
        Customer = "customer",
        /// A car sold here.
        NewCar = "new-car",
        /// The service of a car sold here.
        AfterSalesOwn = "after-sales-own",
        /// The service of a car sold elsewhere.
        AfterSalesOther = "after-sales-other",
        /// A department's own matters.
        Department = "department",
    }
}

impl FileSort {
    /// Whether it is about a car, of which there is one file (A07-g3a).
    pub const fn is_of_car(self) -> bool {
        matches!(
            self,
            Self::NewCar | Self::AfterSalesOwn | Self::AfterSalesOther
        )
    }
}

named! {
    /// What a file is kept on (A13-a3, A11-08a). Positions stand in records: variants are only appended.
    #[derive(Default)]
    Medium {
        /// Paper.
        #[default]
        Paper = "paper",
        /// Photographs.
        Photo = "photo",
        /// Film.
        Film = "film",
        /// Tape.
        Tape = "tape",
        /// Disks.
        Disk = "disk",
        /// Anything else; the remarks say what.
        Other = "other",
    }
}

named! {
    /// What a file may lack that its site asks for (A11-04b, A13-a1).
    Lack {
        /// Whom it is about.
        Person = "person",
        /// A telephone.
        Phone = "phone",
        /// The customer's card.
        Customer = "customer",
        /// The car's number.
        Car = "car",
        /// A place (A07-g4b).
        Place = "place",
        /// The electronic part (A07-g1).
        Electronic = "electronic",
    }
}

/// What is entered of an archive file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FileDetails {
    /// The name of the material.
    pub title: String,
    /// The class it is shelved under, from the profile's list.
    pub class: String,
    /// The customer it is about.
    pub customer: Option<Number>,
    /// The name of the person or firm it is about.
    pub person: String,
    /// A telephone to find it by.
    pub phone: String,
    /// The plate of the car it is about.
    pub plate: String,
    /// The number on the car's body, which stays when the plate changes.
    pub vin: String,
    /// What it is about.
    pub sort: FileSort,
    /// The department whose file it is (A03-4.1.2a); the archive's own when empty.
    pub unit: String,
    /// What it is kept on.
    pub medium: Medium,
    /// Cabinet, row and place; the next free one where it is left empty and the site has cabinets.
    pub place: String,
    /// How many pieces it holds.
    pub pieces: u32,
    /// What the pieces are, one name each, in their order.
    pub papers: Vec<String>,
    /// Its grade of secrecy.
    pub grade: Grade,
    /// Who keeps it, where it is graded (A11-22b).
    pub keeper: Option<Number>,
    /// Whether it is important: copies and excerpts need an approval (A11-23.1).
    pub important: bool,
    /// Remarks.
    pub note: String,
    /// The number in the system it came from.
    pub external: String,
    /// The customer's web address (A03-4.1.2a-1).
    pub web: String,
    /// The customer's credit standing in words (A03-4.1.2a-2).
    pub credit: String,
}

impl Default for FileDetails {
    fn default() -> Self {
        Self {
            title: String::new(),
            class: String::new(),
            customer: None,
            person: String::new(),
            phone: String::new(),
            plate: String::new(),
            vin: String::new(),
            sort: FileSort::Customer,
            unit: String::new(),
            medium: Medium::Paper,
            place: String::new(),
            pieces: 1,
            papers: Vec::new(),
            grade: Grade::None,
            keeper: None,
            important: false,
            note: String::new(),
            external: String::new(),
            web: String::new(),
            credit: String::new(),
        }
    }
}

/// The electronic part of a file (A07-g1, A07-n.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Electronic {
    /// Pages that were scanned.
    pub pages: u32,
    /// The name of the scan, or where it lies.
    pub reference: String,
    /// Whether the electronic version of the file was filled in, by whom and when (A07-n.8).
    pub filled: Option<Said>,
}

/// Something found damaged, until it is repaired (A11-15, A13-a5d).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Damage {
    /// What, found by whom and when.
    pub found: Said,
    /// Repaired by whom, and when that was entered.
    pub repaired: Option<Said>,
    /// The day of the repair.
    pub repaired_on: Option<Day>,
}

/// A file handed over for good: to a department or out of the house, signed for by both sides
/// (A13-a7a).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Transfer {
    /// The department of the profile, or who outside takes it.
    pub to: String,
    /// Who receives it there, by name.
    pub receiver: String,
    /// Signed by the archive, and why it goes.
    pub given: Said,
    /// Signed for by the other side; until then the file is the archive's.
    pub taken: Option<Said>,
    /// The day on which it left.
    pub left_on: Option<Day>,
}

/// What happens to a file while it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Custody {
    /// Its number within its class (A13-a4); 0 where it has none.
    pub class_no: u32,
    /// The electronic part.
    pub electronic: Option<Electronic>,
    /// Sorted and prepared (A13-a2).
    pub sorted: Option<Said>,
    /// What is in it was confirmed since it was last changed (A03-4.1.2c).
    pub confirmed: Option<Said>,
    /// Held against destruction, and why.
    pub hold: Option<Said>,
    /// Void, and why (A13-a5e).
    pub void: Option<Said>,
    /// Found to be without value (A11-25).
    pub worthless: Option<Said>,
    /// Kept until this day at least, because a destruction was refused, or a file form was put into it
    /// later (A12-3.2.8a).
    pub kept_until: Option<Day>,
    /// Not found where it belongs, though it is not lent; until it is found (A13-a5c).
    pub missing: Option<Said>,
    /// What was found damaged.
    pub damages: Vec<Damage>,
    /// What it lacked when it was last looked at, by the profile of that time.
    pub lacks: Vec<Lack>,
    /// Whether it waits for somebody who confirms it, by the profile of that time.
    pub to_confirm: bool,
    /// The purchase after which it was not brought up to date yet (A03-4.1.2b-2).
    pub to_update: Option<Number>,
    /// Handed over for good, or on its way to it (A13-a7a).
    pub transfer: Option<Transfer>,
}

impl Custody {
    /// What is to be repaired.
    pub fn to_repair(&self) -> impl Iterator<Item = &Damage> {
        self.damages
            .iter()
            .filter(|damage| damage.repaired.is_none())
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let said = [
            &mut self.sorted,
            &mut self.confirmed,
            &mut self.hold,
            &mut self.void,
            &mut self.worthless,
            &mut self.missing,
        ];
        let said = said.into_iter().flatten().map(|said| &mut said.text);
        let mut texts: Vec<&mut String> = said.collect();
        for damage in &mut self.damages {
            texts.push(&mut damage.found.text);
            texts.extend(damage.repaired.as_mut().map(|said| &mut said.text));
        }
        if let Some(electronic) = &mut self.electronic {
            let filled = electronic.filled.as_mut().map(|said| &mut said.text);
            texts.extend(filled.into_iter().chain([&mut electronic.reference]));
        }
        if let Some(transfer) = &mut self.transfer {
            texts.extend([&mut transfer.receiver, &mut transfer.given.text]);
            texts.extend(transfer.taken.as_mut().map(|said| &mut said.text));
        }
        texts
    }
}

/// An archive file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ArchiveFile {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: FileDetails,
    /// The day on which it was filed.
    pub filed_on: Day,
    /// The open loan, while it is out.
    pub loan: Option<Number>,
    /// What happens to it while it is kept.
    pub custody: Box<Custody>,
}

impl ArchiveFile {
    /// Whether it was set up here and is neither whole in its place, nor sorted, nor in the computer
    /// (A13-a4).
    pub fn is_to_be_sorted(&self) -> bool {
        let custody = &self.custody;
        let untouched = custody.sorted.is_none() && custody.electronic.is_none();
        let lacks = custody.lacks.iter().any(|lack| *lack != Lack::Electronic);
        let filed = !lacks && !self.details.place.is_empty();
        untouched && !filed && self.meta.import.is_none()
    }

    /// What it lacks of what its site asks for (A11-04b, A13-a1).
    pub fn lacks(&self, profile: &Profile) -> Vec<Lack> {
        let details = &self.details;
        let lacks = |lack: &Lack| match lack {
            Lack::Person => details.person.is_empty(),
            Lack::Phone => details.phone.is_empty(),
            Lack::Customer => details.customer.is_none(),
            Lack::Car => {
                details.sort.is_of_car() && details.vin.is_empty() && details.plate.is_empty()
            }
            Lack::Place => details.place.is_empty(),
            Lack::Electronic => self.custody.electronic.is_none(),
        };
        let required = profile.archive.required.iter().copied();
        required.filter(lacks).collect()
    }

    /// The day on which it left the archive for good (A13-a7a).
    pub fn left_on(&self) -> Option<Day> {
        self.custody.transfer.as_ref()?.left_on
    }

    /// Refuses what can only be done to a file that the archive has.
    ///
    /// # Errors
    /// Refused for a file that was handed over for good.
    pub fn must_be_here(&self) -> Result<(), Refusal> {
        let Some(transfer) = self
            .custody
            .transfer
            .as_ref()
            .filter(|it| it.taken.is_some())
        else {
            return Ok(());
        };
        Err(Problem::new("file-left")
            .clause("A13-a7a")
            .arg("number", self.meta.number)
            .arg("unit", &transfer.to)
            .into())
    }

    fn settled(mut self, context: &Context) -> Self {
        self.custody.lacks = self.lacks(context.profile);
        let confirmed = self.custody.confirmed.is_some();
        self.custody.to_confirm = context.profile.archive.confirmed && !confirmed;
        self
    }

    /// The name of one of its pieces, from 1; its number where it has none.
    pub fn piece(&self, piece: u32) -> String {
        let place = usize::try_from(piece).unwrap_or(usize::MAX).checked_sub(1);
        let named = place.and_then(|place| self.details.papers.get(place));
        named
            .filter(|name| !name.is_empty())
            .map_or_else(|| format!("/{piece}"), |name| format!("{name} /{piece}"))
    }
}

/// What stands around a file that is set up or changed: the numbers and places that are taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// The next number within its class (A13-a4).
    pub class_no: u32,
    /// The next free place for it (A11-07).
    pub free: Option<Place>,
    /// The file that stands at the place that was entered.
    pub at_place: Option<Number>,
    /// The file there is of the same car (A07-g3a).
    pub of_car: Option<Number>,
    /// Whether the keeper works here.
    pub keeper_known: bool,
    /// Whether somebody works here who keeps the files of its department (A03-4.1.2b-1).
    pub custodian_known: bool,
}

/// One car, one file (A07-g3a).
fn check_car(details: &FileDetails, around: &Around, context: &Context, checks: &mut Checks) {
    let rules = &context.profile.archive;
    if let (true, Some(file)) = (rules.one_file_per_car, around.of_car) {
        checks.add(
            Problem::new("car-has-a-file")
                .field(if details.vin.is_empty() {
                    "plate"
                } else {
                    "vin"
                })
                .clause("A07-g3a")
                .arg("file", file),
        );
    }
    let asked = rules.one_file_per_car && details.sort.is_of_car();
    checks.require(
        !asked || !details.vin.is_empty() || !details.plate.is_empty(),
        || Problem::required("plate").clause("A07-g3a"),
    );
}

/// What is graded has somebody who keeps it (A11-22b).
fn check_grade(details: &FileDetails, around: &Around, checks: &mut Checks) {
    let graded = details.grade > Grade::None;
    checks.require(!graded || details.keeper.is_some(), || {
        Problem::required("keeper").clause("A11-22b")
    });
    checks.require(details.keeper.is_none() || around.keeper_known, || {
        Problem::new("unknown-operator").field("keeper")
    });
}

/// A place is one that there is (A07-g4a), is for the class and the grade (A11-07, A11-22b), and is
/// free; the next free one is taken where none is entered.
fn check_place(details: &mut FileDetails, around: &Around, shelves: &[Shelf], checks: &mut Checks) {
    if shelves.is_empty() {
        return;
    }
    if details.place.is_empty() {
        let free = around.free.as_ref();
        details.place = free.map(ToString::to_string).unwrap_or_default();
        return;
    }
    let graded = details.grade > Grade::None;
    let Some(place) = Place::find(&details.place, shelves) else {
        let problem = Problem::new("unknown-place").arg("value", &details.place);
        return checks.add(problem.field("place").clause("A07-g4a"));
    };
    details.place = place.to_string();
    let shelf = shelves.iter().find(|shelf| shelf.id == place.shelf);
    let fits = shelf.is_some_and(|shelf| shelf.takes(&details.class, graded));
    checks.require(fits, || {
        let clause = if graded { "A11-22b" } else { "A11-07" };
        let problem = Problem::new("place-not-for-it").field("place");
        problem.clause(clause).arg("value", &place)
    });
    if let Some(other) = around.at_place {
        let problem = Problem::new("place-taken").field("place").clause("A11-07");
        checks.add(problem.arg("value", &place).arg("file", other));
    }
}

fn checked(
    mut details: FileDetails,
    customer: Option<&Customer>,
    around: &Around,
    context: &Context,
) -> Result<FileDetails, Refusal> {
    let mut checks = Checks::new();
    for text in [
        &mut details.title,
        &mut details.class,
        &mut details.person,
        &mut details.place,
        &mut details.external,
        &mut details.unit,
        &mut details.vin,
        &mut details.web,
    ] {
        *text = clean::name(text);
    }
    details.vin = details.vin.to_uppercase().replace(' ', "");
    for paper in &mut details.papers {
        *paper = clean::name(paper);
    }
    details.note = clean::note(&details.note);
    details.credit = clean::note(&details.credit);
    details.plate = customer::plates(&[details.plate]).join("");
    phone::settle(&mut details.phone, "phone", &mut checks);
    if let Some(customer) = customer {
        details.customer = Some(customer.meta.number);
        if details.person.is_empty() {
            details.person.clone_from(&customer.details.name);
        }
        if let (true, Some(main)) = (details.phone.is_empty(), customer.details.phones.first()) {
            details.phone.clone_from(&main.digits);
        }
        if let (true, Some(plate)) = (details.plate.is_empty(), customer.details.plates.first()) {
            details.plate.clone_from(plate);
        }
    }
    checks.require(!details.title.is_empty(), || {
        Problem::required("title").clause("A11-06")
    });
    let classes = &context.profile.archive.classes;
    let known = classes.is_empty() || classes.iter().any(|class| class.id == details.class);
    if details.class.is_empty() {
        checks.add(Problem::required("class"));
    } else {
        checks.require(known, || {
            Problem::new("unknown-class")
                .field("class")
                .arg("value", &details.class)
        });
    }
    checks.require(details.pieces > 0, || {
        Problem::new("no-pieces").field("pieces")
    });
    let named = u32::try_from(details.papers.len()).unwrap_or(u32::MAX);
    checks.require(named <= details.pieces, || {
        Problem::new("more-names-than-pieces").field("papers")
    });
    let units = &context.profile.complaints.departments;
    let is_unit = details.unit.is_empty() || units.iter().any(|unit| unit.id == details.unit);
    checks.require(is_unit, || {
        Problem::new("unknown-department")
            .field("unit_of")
            .arg("value", &details.unit)
    });
    checks.require(
        details.medium != Medium::Other || !details.note.is_empty(),
        || Problem::new("which-medium").field("note").clause("A13-a3"),
    );
    check_car(&details, around, context, &mut checks);
    check_grade(&details, around, &mut checks);
    check_place(
        &mut details,
        around,
        &context.profile.archive.shelves,
        &mut checks,
    );
    checks.done()?;
    Ok(details)
}

/// A new archive file, on its shelf.
///
/// # Errors
/// Refused without the permission, a title, a class of the profile, or with no piece in it; for a car
/// that has a file (A07-g3a); for a graded one without a keeper or outside the separate store
/// (A11-22b); at a place that there is not, or that is taken; for a department in which nobody keeps
/// files, where files are kept by the departments (A03-4.1.2b-1).
pub fn create(
    number: Number,
    details: FileDetails,
    customer: Option<&Customer>,
    around: &Around,
    context: &Context,
) -> Result<ArchiveFile, Refusal> {
    context.may(Permission::FileCreate)?;
    if context.profile.archive.custodians && !around.custodian_known {
        let unit = clean::name(&details.unit);
        let problem = Problem::new("no-custodian").clause("A03-4.1.2b-1");
        let problem = problem.arg("unit", if unit.is_empty() { "-" } else { &unit });
        return Err(problem.into());
    }
    let details = checked(details, customer, around, context)?;
    let file = ArchiveFile {
        meta: Meta::new(number, context),
        details,
        filed_on: context.today(),
        loan: None,
        custody: Box::new(Custody {
            class_no: around.class_no,
            ..Custody::default()
        }),
    };
    Ok(file.settled(context))
}

/// Whether nothing changes but the grade, and with it the keeper and the place.
fn lowered(before: &FileDetails, after: &FileDetails) -> bool {
    *before
        == FileDetails {
            grade: before.grade,
            keeper: before.keeper,
            place: before.place.clone(),
            ..after.clone()
        }
}

/// An archive file changed. What was confirmed in it waits for a new confirmation (A03-4.1.2c).
///
/// # Errors
/// As [`create`]; the number of pieces of a file that is out stays as it was lent, a grade is lowered
/// only by who may (A11-22a), and a department's file is changed only by its own people (A03-4.1.2a).
pub fn change(
    file: &ArchiveFile,
    details: FileDetails,
    customer: Option<&Customer>,
    around: &Around,
    context: &Context,
) -> Result<ArchiveFile, Refusal> {
    file.must_be_here()?;
    let lowers = details.grade < file.details.grade;
    if lowers {
        context.may_take(ArchiveStep::LowerGrade)?;
    }
    // Who takes a grade off need not be who keeps the files, and changes nothing else with it.
    let only_lowers = lowers && lowered(&file.details, &details);
    if !only_lowers {
        context.may(Permission::FileChange)?;
    }
    check_unit(file, context)?;
    let details = checked(details, customer, around, context)?;
    if file.loan.is_some() && details.pieces != file.details.pieces {
        return Err(Problem::new("pieces-while-out").field("pieces").into());
    }
    let mut custody = file.custody.clone();
    if file.details.class != details.class || custody.class_no == 0 {
        custody.class_no = around.class_no;
    }
    custody.confirmed = None;
    custody.to_update = None;
    let file = ArchiveFile {
        meta: file.meta.changed(context),
        details,
        custody,
        ..file.clone()
    };
    Ok(file.settled(context))
}

/// A department's file is changed and kept up to date by its own people only, where departments set up
/// their own files (A03-4.1.2a).
fn check_unit(file: &ArchiveFile, context: &Context) -> Result<(), Refusal> {
    let own = file.details.unit.is_empty() || context.is_of(&file.details.unit);
    if own || !context.profile.archive.confirmed {
        return Ok(());
    }
    Err(Problem::new("another-unit-s-file")
        .clause("A03-4.1.2a")
        .arg("unit", &file.details.unit)
        .into())
}
