//! The papers of a hand-over: what a checklist asks for, how a paper may be found, and whether that is
//! enough (A07-n-01 to A07-n-12, A07-a-03).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::HandoverDetails;
use crate::domain::archive::FileSort;
use crate::domain::named::named;
use crate::domain::role::Role;

named! {
    /// How a paper was found. Positions stand in records: variants are only appended.
    Condition {
        /// As it should be.
        Whole = "whole",
        /// Not there.
        Missing = "missing",
        /// A copy where the original belongs (A07-n-03).
        Copy = "copy",
        /// One side only (A07-n-04).
        OneSide = "one-side",
        /// Not signed by the user, or wrongly (A07-f2, A07-f5b).
        NoUserSignature = "no-user-signature",
        /// Not signed by our own people, or wrongly (A07-f5c).
        NoStaffSignature = "no-staff-signature",
        /// Wrong or not as required (A07-f5a).
        Wrong = "wrong",
        /// Not asked for here.
        NotNeeded = "not-needed",
    }
}

named! {
    /// For whom alone an item is asked.
    Only {
        /// Customers who need other proofs (A07-n-12).
        OtherProofs = "other-proofs",
        /// Companies.
        Company = "company",
        /// Private customers.
        Private = "private",
    }
}

/// One paper that is asked for.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own that a site answers"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChecklistItem {
    /// The name records keep.
    pub id: String,
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
    /// The clause that asks for it; absent where the site does.
    #[serde(default)]
    pub clause: Option<String>,
    /// The original and no copy.
    #[serde(default)]
    pub original: bool,
    /// Both sides, of a private customer's.
    #[serde(default)]
    pub both_sides: bool,
    /// Signed by the user.
    #[serde(default)]
    pub user_signs: bool,
    /// Signed by our own people.
    #[serde(default)]
    pub staff_sign: bool,
    /// Asked for only in some cases.
    #[serde(default)]
    pub only: Option<Only>,
}

/// What is handed over, by when and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// The name records keep.
    pub id: String,
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
    /// For files about these.
    pub sorts: Vec<FileSort>,
    /// The class in which such a file is put.
    pub class: String,
    /// The post that hands over, and pays the fines.
    pub post: Role,
    /// The department that hands over, whose rates count it (A07-f8).
    pub department: String,
    /// So many working days after the car was released.
    pub days: u32,
    /// Whether it also has to be whole by then (A07-f4).
    #[serde(default)]
    pub whole_by_then: bool,
    /// The clause of the term.
    pub clause: String,
    /// The papers, in the order asked for.
    pub items: Vec<ChecklistItem>,
}

/// Whether an item is asked for in a case.
fn is_asked(item: &ChecklistItem, details: &HandoverDetails) -> bool {
    match item.only {
        None => true,
        Some(Only::OtherProofs) => details.other_proofs,
        Some(Only::Company) => details.company,
        Some(Only::Private) => !details.company,
    }
}

/// How an item may be found in a case; the first is how it should be.
pub fn conditions(item: &ChecklistItem, details: &HandoverDetails) -> Vec<Condition> {
    if !is_asked(item, details) {
        return vec![Condition::NotNeeded, Condition::Whole];
    }
    let both_sides = item.both_sides && !details.company;
    let offered = |condition: &Condition| match condition {
        Condition::Whole | Condition::Missing | Condition::Wrong => true,
        Condition::Copy => item.original,
        Condition::OneSide => both_sides,
        Condition::NoUserSignature => item.user_signs,
        Condition::NoStaffSignature => item.staff_sign,
        Condition::NotNeeded => false,
    };
    Condition::ALL.iter().copied().filter(offered).collect()
}

/// Whether an item that was found so is not as it should be.
pub fn lacking(item: &ChecklistItem, condition: Condition, details: &HandoverDetails) -> bool {
    is_asked(item, details)
        && (condition != Condition::Whole || !conditions(item, details).contains(&condition))
}
