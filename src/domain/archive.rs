//! Archive files: what there is, where it stands, whose it is, found by name, number, telephone
//! and plate (A11-06).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::{Context, Meta};
use super::customer::{self, Customer};
use super::named::named;
use super::number::Number;
use super::phone;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
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
    /// Cabinet, row and place.
    pub place: String,
    /// How many pieces it holds.
    pub pieces: u32,
    /// Its grade of secrecy.
    pub grade: Grade,
    /// Remarks.
    pub note: String,
    /// The number in the system it came from.
    pub external: String,
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
            place: String::new(),
            pieces: 1,
            grade: Grade::None,
            note: String::new(),
            external: String::new(),
        }
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
}

fn checked(
    mut details: FileDetails,
    customer: Option<&Customer>,
    context: &Context,
) -> Result<FileDetails, Refusal> {
    let mut checks = Checks::new();
    for text in [
        &mut details.title,
        &mut details.class,
        &mut details.person,
        &mut details.place,
        &mut details.external,
    ] {
        *text = clean::name(text);
    }
    details.note = clean::note(&details.note);
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
    checks.done()?;
    Ok(details)
}

/// A new archive file, on its shelf.
///
/// # Errors
/// Refused without the permission, a title, a class of the profile, or with no piece in it.
pub fn create(
    number: Number,
    details: FileDetails,
    customer: Option<&Customer>,
    context: &Context,
) -> Result<ArchiveFile, Refusal> {
    context.may(Permission::FileCreate)?;
    Ok(ArchiveFile {
        meta: Meta::new(number, context),
        details: checked(details, customer, context)?,
        filed_on: context.today(),
        loan: None,
    })
}

/// An archive file changed.
///
/// # Errors
/// As [`create`]; the number of pieces of a file that is out stays as it was lent.
pub fn change(
    file: &ArchiveFile,
    details: FileDetails,
    customer: Option<&Customer>,
    context: &Context,
) -> Result<ArchiveFile, Refusal> {
    context.may(Permission::FileChange)?;
    let details = checked(details, customer, context)?;
    if file.loan.is_some() && details.pieces != file.details.pieces {
        return Err(Problem::new("pieces-while-out").field("pieces").into());
    }
    Ok(ArchiveFile {
        meta: file.meta.changed(context),
        details,
        ..file.clone()
    })
}
