//! The file form of a closed customer in the archive: in a file of the customer that is there, or in one
//! made for it, and how long it is kept (A12-3.2.4, A12-3.2.8a, SM9).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{FormField, Registration};
use crate::domain::archive::{ArchiveFile, FileDetails};
use crate::domain::complaint::course::Said;
use crate::domain::context::Context;
use crate::domain::number::Number;
use crate::domain::profile::Profile;
use crate::domain::refusal::{Problem, Refusal};
use crate::domain::retention;
use crate::domain::stamp::Day;
use crate::text::clean;

/// A file form in the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Filed {
    /// The file it is in.
    pub file: Number,
    /// Filed by whom and when; its keeping period begins that day (A12-3.2.8a).
    pub said: Said,
}

impl Filed {
    /// The day on which its keeping period begins, the years of the profile and the day on which it is
    /// over; none where the site gives no years (A12-3.2.8a).
    pub fn kept(&self, profile: &Profile) -> Option<(Day, u32, Day)> {
        let from = self.said.at.day(profile.utc_offset_minutes);
        let years = profile.archive.keep_years?;
        Some((from, years, retention::past_keeping(from, years)?))
    }
}

/// What a file made for the file form of a registration is set up with; it is named after the customer of
/// the form.
pub fn file_details(registration: &Registration, class: &str) -> FileDetails {
    let form = registration.closing.as_ref();
    let of_form = |field: FormField| {
        let mut fields = form.into_iter().flat_map(|closing| &closing.form);
        let found = fields.find(|(known, value)| *known == field && !value.is_empty());
        found.map(|(_, value)| value.clone())
    };
    let name = of_form(FormField::Name).unwrap_or_else(|| registration.details.name.clone());
    FileDetails {
        title: name.clone(),
        class: clean::name(class),
        customer: form.map(|closing| closing.customer),
        person: name,
        phone: registration.details.phone.clone(),
        ..FileDetails::default()
    }
}

/// A file that is there with the file form in it. It is kept at least as long as the form, whose keeping
/// period begins today (A12-3.2.8a). `theirs` says whether it is a file of the customer of the deal.
///
/// # Errors
/// Refused for a file of somebody else (A12-3.2.4), one that is void (A13-a5e), and one that was handed
/// over for good (A13-a7a).
pub fn into_file(
    file: &ArchiveFile,
    theirs: bool,
    context: &Context,
) -> Result<ArchiveFile, Refusal> {
    let number = file.meta.number;
    if !theirs {
        let problem = Problem::new("file-of-another").field("into_file");
        return Err(problem.clause("A12-3.2.4").arg("number", number).into());
    }
    if file.custody.void.is_some() {
        let problem = Problem::new("file-is-void").field("into_file");
        return Err(problem.clause("A13-a5e").arg("number", number).into());
    }
    file.must_be_here()?;
    let mut next = ArchiveFile {
        meta: file.meta.changed(context),
        ..file.clone()
    };
    let years = context.profile.archive.keep_years;
    let until = years.and_then(|years| retention::past_keeping(context.today(), years));
    next.custody.kept_until = next.custody.kept_until.max(until);
    Ok(next)
}
