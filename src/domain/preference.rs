//! What a site grants customers who come back and customers of good credit (A01-06, A01-13).
//!
//! The regulations give neither a rate nor terms: what a site does not set is not offered. A preference is
//! shown with a purchase or a quote and changes no amount and no limit (X28).

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    /// Bought something before.
    pub returning: bool,
    /// Of good credit.
    pub good_credit: bool,
}

/// What a customer is granted on a purchase.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Granted {
    /// The discount, in hundredths of a yuan: none where the site has no rate, 0 on a first purchase (A01-13).
    pub discount: Option<u64>,
    /// The terms of a customer of good credit; none where the site has none (A01-06).
    pub terms: Option<Words>,
}

/// What a customer who stands so is granted on a purchase of an amount, in hundredths of a yuan, and on a
/// quote of it (A01-06, A01-13). A form shows it while the amount is typed, an entry keeps it.
pub fn granted(amount: u64, standing: Standing, rules: &PreferenceRules) -> Granted {
    let on_this = |basis_points| {
        if standing.returning {
            discount(amount, basis_points)
        } else {
            0
        }
    };
    Granted {
        discount: rules.returning_bp.map(on_this),
        terms: rules.good_credit.clone().filter(|_| standing.good_credit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_set_is_not_granted_and_a_first_purchase_has_no_discount() {
        let terms = Words {
            zh: "货到三十天付款".into(),
            en: "30 days".into(),
        };
        let set = PreferenceRules {
            returning_bp: Some(500),
            good_credit: Some(terms.clone()),
        };
        let known = Standing {
            returning: true,
            good_credit: true,
        };
        let both = Granted {
            discount: Some(5_000),
            terms: Some(terms),
        };
        assert_eq!(granted(100_000, known, &set), both);
        let first = Granted {
            discount: Some(0),
            terms: None,
        };
        assert_eq!(granted(100_000, Standing::default(), &set), first);
        let nothing = granted(100_000, known, &PreferenceRules::default());
        assert_eq!(nothing, Granted::default());
    }

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
