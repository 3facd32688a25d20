//! What a site grants customers who come back and customers of good credit (A01-06, A01-13).
//!
//! The regulations give neither a rate nor terms: what a site does not set is not offered. A preference is
//! shown with a purchase and changes no amount and no limit (X28).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::profile::Words;

/// What a site grants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PreferenceRules {
    /// The discount of a customer who bought before, in hundredths of a percent: 500 is 5 % (A01-13).
    pub returning_bp: Option<u32>,
    /// The terms for customers of good credit, in words (A01-06).
    pub good_credit: Option<Words>,
}

/// A hundredth of a percent is one of so many.
const BASIS_POINTS: u128 = 10_000;

/// The discount on an amount, both in hundredths of a yuan; half a hundredth is rounded up (A01-13).
pub fn discount(amount: u64, basis_points: u32) -> u64 {
    let exact = u128::from(amount).saturating_mul(u128::from(basis_points));
    let rounded = exact.saturating_add(BASIS_POINTS / 2) / BASIS_POINTS;
    u64::try_from(rounded).unwrap_or(u64::MAX)
}

/// How a customer stands before a purchase.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Bought something before.
    pub returning: bool,
    /// Of good credit.
    pub good_credit: bool,
}

/// The discount on a purchase: none where the site has no rate, 0 on a first purchase (A01-13).
pub fn on_purchase(amount: u64, standing: Standing, rules: &PreferenceRules) -> Option<u64> {
    let basis_points = rules.returning_bp?;
    Some(if standing.returning {
        discount(amount, basis_points)
    } else {
        0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_hundredth_is_rounded_up() {
        for (amount, basis_points, expected) in [
            (100_000, 500, 5_000),
            // 5 % of 666.70 is 33.335.
            (66_670, 500, 3_334),
            (66_668, 500, 3_333),
            (1, 500, 0),
            (0, 500, 0),
            (u64::MAX, 10_000, u64::MAX),
        ] {
            assert_eq!(discount(amount, basis_points), expected, "{amount}");
        }
    }
}
