//! Who complained before: the customer, telephone or plate of each complaint held against those of
//! earlier ones.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::domain::complaint::Complaint;

/// What is known of those who complained so far. Complaints are shown to it in the order in which
/// they were made.
///
/// Nobody's data is kept: a telephone or plate is kept as 128 bits made of it, sixteen bytes each
/// however long it is.
#[derive(Debug, Default)]
pub struct Repeats {
    known: HashSet<u128>,
}

impl Repeats {
    /// Whether somebody who complained before made this one; they count as known from now on.
    pub fn is_repeated(&mut self, complaint: &Complaint) -> bool {
        let details = &complaint.details;
        let customer = details.customer.map(|number| number.to_string());
        let is_plate = details.plate != "-";
        let marks = [
            (1_u8, customer.as_deref().unwrap_or_default()),
            (2, details.phone.as_str()),
            (3, if is_plate { details.plate.as_str() } else { "" }),
        ];
        let mut repeated = false;
        for (kind, text) in marks.into_iter().filter(|(_, text)| !text.is_empty()) {
            repeated |= !self.known.insert(mark(kind, text));
        }
        repeated
    }
}

/// A text as 128 bits that no other text of any site has.
fn mark(kind: u8, text: &str) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, kind, text).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}
