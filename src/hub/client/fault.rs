//! Why there is no line to a hub. What a person reads of it stands in the locale files.

/// Why there is no line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinFault {
    /// No hub is there.
    NotThere,
    /// The hub speaks another contract, or one that does is there.
    OtherContract {
        /// Its contract.
        contract: u32,
    },
    /// What is there in the place of the hub belongs to another account.
    Stranger {
        /// The account.
        uid: u32,
    },
    /// What is there in the place of the hub is none.
    NoHub,
    /// What is there in the place of the hub says nothing: it has too much to do, or is none.
    Silent,
    /// As many are there as there may be.
    Full,
    /// The hub was closed and is not to be started by a session.
    Stopped,
    /// A hub was started and ended at once.
    NotStarted,
    /// The clock of the hub is not set to the time that was asked for.
    OtherClock,
}

impl JoinFault {
    /// Names the words.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NotThere => "join-fault-not-there",
            Self::OtherContract { .. } => "join-fault-other-contract",
            Self::Stranger { .. } => "join-fault-stranger",
            Self::NoHub | Self::Silent => "join-fault-no-hub",
            Self::Full => "join-fault-full",
            Self::Stopped => "join-fault-stopped",
            Self::NotStarted => "join-fault-not-started",
            Self::OtherClock => "join-fault-other-clock",
        }
    }

    /// Values in those words.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::OtherContract { contract } => vec![("contract", contract.to_string())],
            Self::Stranger { uid } => vec![("uid", uid.to_string())],
            _ => Vec::new(),
        }
    }
}
