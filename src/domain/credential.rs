//! What proves that somebody is an operator: hashes, never the words themselves (A07-g4c).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::Meta;
use super::number::{Kind, Number};

/// The credential of an operator. It never leaves the desk: no list, look or export holds one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Credential {
    /// Number, version, times. The number is the operator's with another kind.
    pub meta: Meta,
    /// The hash of the password, in the form in which it says how it was made; none where there is
    /// no password.
    pub password: Option<String>,
    /// The password was made by somebody else and is good for one sign-in.
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
}
