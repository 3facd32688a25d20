//! Telephone numbers as the desk writes them: digits, checked, found from either end.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::named::named;
use super::refusal::{Checks, Problem};
use crate::text::clean;

named! {
    /// Whose or what kind of telephone it is.
    #[derive(Default)]
    PhoneLabel {
        /// A mobile telephone.
        #[default]
        Mobile = "mobile",
        /// At home.
        Home = "home",
        /// At work.
        Work = "work",
        /// The spouse's.
        Spouse = "spouse",
        /// Any other.
        Other = "other",
    }
}

impl PhoneLabel {
    /// Whether who has the telephone on the card is who answers it.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::Mobile | Self::Home)
    }
}

/// One telephone of a customer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Phone {
    /// Digits only, with a leading `+` for a foreign number.
    pub digits: String,
    /// Whose it is.
    pub label: PhoneLabel,
}

/// The digits of a telephone number as typed: blanks, dashes, brackets and slashes go, full-width
/// digits become ASCII, `+86` and `0086` go.
///
/// # Errors
/// The number as typed, when it has letters or too few or too many digits (A01-21).
pub fn normal(typed: &str) -> Result<String, Problem> {
    let wrong = |key: &str| {
        Problem::new(key)
            .clause("A01-21")
            .arg("value", typed.trim())
    };
    let mut digits = String::new();
    for c in clean::half_width(typed.trim()).chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() => digits.push(c),
            // A star stands for a digit that is masked, here or in another system: without it the
            // number would be another one.
            ' ' | '-' | '(' | ')' | '/' | '.' | '_' | '~' | '#' => {}
            _ => return Err(wrong("phone-letters")),
        }
    }
    // As often as it stands there: what is stored is in this form already and must stay as it is.
    while let Some(rest) = digits
        .strip_prefix("+86")
        .or_else(|| digits.strip_prefix("0086"))
    {
        digits = rest.to_owned();
    }
    let count = digits.trim_start_matches('+').len();
    if !(3..=20).contains(&count) {
        return Err(wrong("phone-length"));
    }
    Ok(digits)
}

/// Where fixed lines and foreign numbers come from: code, Chinese, English, in the order of the codes.
const AREAS: &str = include_str!("../../profiles/area-codes.tsv");

/// Where a number comes from, in Chinese and English, by its area code or the code of its country;
/// nothing for a mobile one, which may be anywhere, and for a code that is not known.
pub fn area(digits: &str) -> Option<[&'static str; 2]> {
    if !digits.starts_with(['0', '+']) {
        return None;
    }
    let rows = AREAS.lines().filter_map(|row| {
        let mut columns = row.split('\t');
        let code = columns.next().filter(|code| digits.starts_with(code))?;
        Some((code.len(), [columns.next()?, columns.next()?]))
    });
    // Of +85 and +852 the longer one says more.
    rows.max_by_key(|(length, _)| *length)
        .map(|(_, names)| names)
}

/// Puts a telephone as typed into its stored form, where there is one; a problem stands beside
/// its field.
pub(super) fn settle(phone: &mut String, field: &str, checks: &mut Checks) {
    if phone.trim().is_empty() {
        phone.clear();
        return;
    }
    match normal(phone) {
        Ok(digits) => *phone = digits,
        Err(problem) => checks.add(problem.field(field)),
    }
}

/// A typed list of telephones: one a comma, semicolon, blank-separated or line; the first is the
/// main one. A word after a number (`139… 配偶`) is not understood here; labels have their field.
///
/// # Errors
/// The first number that is none.
pub fn list(typed: &str) -> Result<Vec<Phone>, Problem> {
    let parts = typed.split(['\n', ',', ';', '，', '；', '、']);
    let mut phones: Vec<Phone> = Vec::new();
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let digits = normal(part)?;
        if phones.iter().all(|phone| phone.digits != digits) {
            let label = if digits.starts_with('1') && digits.len() == 11 {
                PhoneLabel::Mobile
            } else {
                PhoneLabel::Other
            };
            phones.push(Phone { digits, label });
        }
    }
    Ok(phones)
}

/// A number as a person reads it: `138 0013 8000`, `021-6543 2100` stays as digits.
pub fn shown(digits: &str) -> String {
    match (digits.get(..3), digits.get(3..7), digits.get(7..11)) {
        (Some(a), Some(b), Some(c)) if digits.len() == 11 && digits.starts_with('1') => {
            format!("{a} {b} {c}")
        }
        _ => digits.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a01_21_a_phone_with_letters_is_refused() {
        let problem = normal("1380013800O").unwrap_err();
        assert_eq!(problem.key, "phone-letters");
        assert_eq!(problem.clause.as_deref(), Some("A01-21"));
    }

    #[test]
    fn the_ways_people_write_a_number_are_one_number() {
        for typed in [
            "13800138000",
            "138 0013 8000",
            "+86 138-0013-8000",
            "１３８００１３８０００",
        ] {
            assert_eq!(normal(typed).as_deref(), Ok("13800138000"), "{typed}");
        }
        assert_eq!(normal("(021)6543/2100").as_deref(), Ok("02165432100"));
        assert_eq!(normal("12").unwrap_err().key, "phone-length");
        assert_eq!(normal("138****8000").unwrap_err().key, "phone-letters");
    }

    #[test]
    fn a_list_of_numbers_keeps_each_once() {
        let phones = list("13800138000，021-65432100；138 0013 8000").unwrap();
        let digits: Vec<&str> = phones.iter().map(|p| p.digits.as_str()).collect();
        assert_eq!(digits, ["13800138000", "02165432100"]);
        assert_eq!(shown("13800138000"), "138 0013 8000");
    }

    #[test]
    fn a_fixed_line_and_a_foreign_number_say_where_they_are() {
        for (digits, area) in [
            ("02165432100", Some("上海")),
            ("05718888", Some("杭州")),
            ("+85221234567", Some("香港")),
            ("13800138000", None),
            ("02", None),
        ] {
            assert_eq!(super::area(digits).map(|[zh, _]| zh), area, "{digits}");
        }
        let codes: Vec<Option<&str>> = AREAS.lines().map(|row| row.split('\t').next()).collect();
        assert!(codes.is_sorted());
        assert!(codes.len() > 300 && codes.iter().all(Option::is_some));
    }
}
