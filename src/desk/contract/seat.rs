//! Sitting down at the desk: who is at the other end of a line, and what proves it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::named::named;
use crate::domain::number::Number;
use crate::domain::operator::Operator;

/// Words that prove who somebody is. They are never shown, logged or written down as they are.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Secret(String);

impl Secret {
    /// Words as they were typed or read.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// The words themselves, for a check.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What proves that somebody is the operator named (A07-g4c).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// The operator's password.
    Password(Secret),
    /// The operator's key, which stands in the key line of a forced command.
    Key(Secret),
    /// The account at the other end of the line, which is bound to the operator.
    Account,
    /// Nothing: enough only in a store for training, and only for one who has no password.
    Nothing,
}

/// A seat that can be taken again after the line was lost: sealed by the desk, opaque to others.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ticket(pub Vec<u8>);

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket(…)")
    }
}

named! {
    /// What an operator must do before anything else.
    Owed {
        /// Choose a password: there is none yet, or the one in force was made by somebody else.
        Password = "password",
        /// Acknowledge the confidentiality text (A11-21).
        Confidentiality = "confidentiality",
    }
}

named! {
    /// What is made for an operator by somebody else.
    Issue {
        /// A first password: good until the operator has chosen another, which comes before anything
        /// else.
        Password = "password",
        /// A key for the key line of a forced command; the one before is no longer good.
        Key = "key",
    }
}

/// What concerns the seat and not the records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sitting {
    /// Takes the seat as an operator. A locked seat is unlocked by that; another operator's seat
    /// changes hands.
    SignIn {
        /// The operator's short name.
        login: String,
        /// What proves it.
        proof: Proof,
    },
    /// Takes the seat again after the line was lost, as it was: a locked one stays locked.
    Resume {
        /// From the sign-in.
        ticket: Ticket,
        /// Whether the screen was locked.
        locked: bool,
    },
    /// Nothing is shown or done at this seat until somebody signs in again.
    Lock,
    /// Leaves the seat.
    SignOut,
    /// This record is open on the screen now, or none: those who have the same one open are told.
    Open(Option<Number>),
    /// A telephone rings: whoever can take calls is told, or the one who is named (A01-11).
    Announce {
        /// The caller's number.
        digits: String,
        /// The short name of the operator whose telephone rings; all who take calls where none is named.
        to: Option<String>,
    },
    /// The call that rings is taken at this seat: nobody else is to.
    TakeCall {
        /// The caller's number.
        digits: String,
    },
    /// Chooses the password of the operator at the seat.
    ChangePassword {
        /// The password in force; none where none is.
        old: Option<Secret>,
        /// The new one.
        new: Secret,
    },
    /// Makes a password or a key for somebody else, who may have forgotten theirs. At the console
    /// the owner of the data folder may do it without a seat.
    Issue {
        /// For whom: the operator's short name.
        login: String,
        /// What.
        what: Issue,
    },
}

/// A seat taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Seated {
    /// Who sits there.
    pub operator: Box<Operator>,
    /// To take the seat again after the line was lost.
    pub ticket: Ticket,
    /// What is to be done before anything else, in this order.
    pub owed: Vec<Owed>,
}

/// What a seat is told without having asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum News {
    /// These records changed; none named: so many that everything is to be looked at again.
    Changed {
        /// The last frame that is shown by a look from now on.
        seq: u64,
        /// The records.
        numbers: Vec<Number>,
    },
    /// Who else has the record open that is open at this seat.
    AlsoOpen {
        /// The record.
        number: Number,
        /// The operators, without the one at this seat.
        others: Vec<Number>,
    },
    /// A telephone rings.
    Calling {
        /// The caller's number.
        digits: String,
    },
    /// The call of this number was taken at another seat.
    CallTaken {
        /// The caller's number.
        digits: String,
    },
    /// The seat was locked or its operator may no longer work.
    Locked,
    /// The desk closes at the other end of the line.
    Leaving {
        /// Closed for good by the administrator: not to be started again by a session.
        stopped: bool,
    },
}

/// Something an operator should know of before it hurts; the words are under `notice-<key>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    /// Names the words.
    pub key: String,
    /// Values in those words.
    pub args: Vec<(String, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown_by_debug() {
        let sitting = Sitting::SignIn {
            login: "wang".into(),
            proof: Proof::Password(Secret::new("hunter2")),
        };
        assert!(!format!("{sitting:?}").contains("hunter2"));
    }
}
