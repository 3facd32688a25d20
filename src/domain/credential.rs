//! What proves that somebody is an operator: hashes, never the words themselves (A07-g4c).
//!
//! What a hash is made with, and who asks for one when, is known elsewhere.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::Meta;
use super::number::{Kind, Number};
use super::operator::Operator;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Stamp;

/// A password has at least so many characters.
pub const PASSWORD_CHARS: usize = 8;
/// And at most so many bytes: hashing is made to cost time, and nobody may have the desk hash a
/// book.
pub const PASSWORD_BYTES: usize = 256;
/// So many wrong passwords cost nothing but the try.
const FREE_TRIES: u32 = 3;
/// The longest wait between two tries, in seconds.
const LONGEST_WAIT: i64 = 60;

/// The credential of an operator. It never leaves the desk: no list, look or export holds one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Credential {
    /// Number, version, times. The number is the operator's with another kind.
    pub meta: Meta,
    /// The hash of the password, in the form in which it says how it was made; none where there is
    /// no password.
    pub password: Option<String>,
    /// The password was made by somebody else: another is to be chosen at the first sign-in.
    pub temporary: bool,
    /// The hash of the key for a forced command.
    pub key: Option<String>,
}

impl Credential {
    /// The number of an operator's credential.
    pub fn number_of(operator: Number) -> Number {
        Number {
            kind: Kind::Credential,
            ..operator
        }
    }

    /// The next version of an operator's credential, to be filled: the first one proves nothing.
    pub fn next(present: Option<&Self>, operator: Number, by: Number, now: Stamp) -> Self {
        if let Some(present) = present {
            let mut next = present.clone();
            next.meta.version = next.meta.version.saturating_add(1);
            next.meta.changed_at = now;
            next.meta.changed_by = by;
            return next;
        }
        Self {
            meta: Meta {
                number: Self::number_of(operator),
                version: 1,
                created_at: now,
                created_by: by,
                changed_at: now,
                changed_by: by,
                import: None,
                void: false,
            },
            password: None,
            temporary: false,
            key: None,
        }
    }
}

/// Whether an operator must choose a password before anything else: there is none, or it was made
/// by somebody else. A store for training asks for none, and a program has none.
pub fn owes_password(
    operator: &Operator,
    credential: Option<&Credential>,
    rehearsal: bool,
) -> bool {
    let temporary = credential.is_some_and(|credential| credential.temporary);
    let none = credential.is_none_or(|credential| credential.password.is_none());
    !operator.service && (temporary || (none && !rehearsal))
}

/// Whether an operator may be let in without any proof: only for training, and only while there is
/// no password.
pub fn needs_no_proof(
    operator: &Operator,
    credential: Option<&Credential>,
    rehearsal: bool,
) -> bool {
    let free = |credential: &Credential| credential.password.is_none() && !credential.temporary;
    rehearsal && !operator.service && credential.is_none_or(free)
}

/// Checks a password somebody chooses.
///
/// # Errors
/// Refused when it is too short or too long, is the operator's login or name, or is the old one.
pub fn check_new(words: &str, old: Option<&str>, login: &str, name: &str) -> Result<(), Refusal> {
    let mut checks = Checks::new();
    checks.require(words.chars().count() >= PASSWORD_CHARS, || {
        Problem::new("password-too-short")
            .field("new")
            .arg("least", PASSWORD_CHARS)
    });
    checks.require(words.len() <= PASSWORD_BYTES, || {
        Problem::new("password-too-long")
            .field("new")
            .arg("limit", PASSWORD_BYTES)
    });
    let folded = words.to_lowercase();
    let own = [login.to_lowercase(), name.to_lowercase()];
    checks.require(!own.contains(&folded), || {
        Problem::new("password-is-name").field("new")
    });
    checks.require(old != Some(words), || {
        Problem::new("password-is-old").field("new")
    });
    checks.done()
}

/// Seconds to wait after so many wrong passwords before the next is looked at: none at first, then
/// 1, 2, 4 and so on, up to a minute.
pub fn wait_after(wrong: u32) -> i64 {
    match wrong.checked_sub(FREE_TRIES) {
        None => 0,
        Some(more) => 1_i64
            .checked_shl(more.min(30))
            .unwrap_or(LONGEST_WAIT)
            .min(LONGEST_WAIT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_passwords_cost_more_and_more_time_up_to_a_minute() {
        let waits: Vec<i64> = (0..12).map(wait_after).collect();
        assert_eq!(waits, [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(wait_after(u32::MAX), LONGEST_WAIT);
    }
}
