//! Records as another system had them, for taking them over.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::archive::FileDetails;
use crate::domain::complaint::ComplaintDetails;
use crate::domain::customer::CustomerDetails;
use crate::domain::intake::IntakeDetails;
use crate::domain::loan::LoanDetails;
use crate::domain::stamp::Stamp;

/// A record as another system had it, with its end if it has one there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Adopted {
    /// A customer.
    Customer(CustomerDetails),
    /// A row of the register.
    Intake {
        /// What was entered there.
        details: IntakeDetails,
        /// Its end there.
        end: Option<AdoptedEnd>,
    },
    /// A complaint.
    Complaint {
        /// What was entered there.
        details: ComplaintDetails,
        /// The department that had it there.
        department: String,
        /// Whether it was assigned there.
        assigned: bool,
        /// The answer given there.
        answer: Option<AdoptedEnd>,
        /// Whether it was closed there.
        closed: bool,
    },
    /// An archive file.
    File(FileDetails),
    /// A loan, and with it the file that was lent where it is not there yet.
    Loan(AdoptedLoan),
}

/// A loan as another system had it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AdoptedLoan {
    /// What was entered there.
    pub details: LoanDetails,
    /// The number of the file in the other system.
    pub file: String,
    /// The name of the material; the number of the file where it is empty.
    pub title: String,
    /// When it was lent; now where the other system does not say.
    pub lent_at: Option<Stamp>,
    /// When it came back; none while it is out.
    pub returned_at: Option<Stamp>,
    /// What was noticed.
    pub note: String,
}

/// How and when something ended in another system.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AdoptedEnd {
    /// When; unknown where the other system does not say.
    pub at: Option<Stamp>,
    /// In words.
    pub text: String,
}
