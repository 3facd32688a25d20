//! Why a command did not do what it was asked, and how that is said.

use std::io;
use std::path::Path;

use crate::desk::contract::Failure;
use crate::domain::profile::ProfileFault;
use crate::domain::refusal::{Problem, Refusal};
use crate::exchange::export::ExportFault;
use crate::hub::JoinFault;
use crate::locale::{Said, Texts};
use crate::store::Fault;
use crate::store::fault::why;

/// Why a command failed.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The desk refused or failed.
    Desk(Failure),
    /// The store could not be opened or closed.
    Store(Fault),
    /// Something of the command line itself: the words are under this key.
    Told {
        /// Names the words.
        key: &'static str,
        /// Values in them.
        args: Vec<(&'static str, String)>,
        /// Whether the arguments were wrong, rather than the matter.
        usage: bool,
    },
    /// Standard output was closed by whoever read it: nothing is wrong.
    Gone,
}

impl Trouble {
    /// Words of the locale files.
    pub(super) fn told(key: &'static str, args: &[(&'static str, &str)]) -> Self {
        Self::Told {
            key,
            args: owned(args),
            usage: false,
        }
    }

    /// Words of the locale files about wrong arguments.
    pub(super) fn usage(key: &'static str, args: &[(&'static str, &str)]) -> Self {
        Self::Told {
            key,
            args: owned(args),
            usage: true,
        }
    }

    /// The desk gave an answer that was not asked for.
    pub(super) fn odd() -> Self {
        Self::told("cli-odd-answer", &[])
    }

    /// A file that could not be read or written.
    pub(super) fn file(path: &Path, error: &io::Error) -> Self {
        let path = path.display().to_string();
        Self::told("cli-file", &[("path", &path), ("why", &why(error))])
    }

    /// The code the program ends with: 0 done, 1 refused or failed, 2 wrong usage.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Gone => 0,
            Self::Told { usage: true, .. } => 2,
            _ => 1,
        }
    }

    /// In words, one for each thing that is wrong.
    pub(super) fn said(&self, texts: &Texts) -> Vec<Said> {
        match self {
            Self::Desk(failure) => texts.failure(failure),
            Self::Store(fault) => {
                let args = fault
                    .args()
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect();
                texts.failure(&Failure::Fault {
                    key: fault.key().to_owned(),
                    args,
                })
            }
            Self::Told { key, args, .. } => {
                let refs: Vec<(&str, &str)> = args
                    .iter()
                    .map(|(name, value)| (*name, value.as_str()))
                    .collect();
                let next = format!("{key}.next");
                let next = if texts.has(&next) {
                    texts.with(&next, &refs).into_owned()
                } else {
                    String::new()
                };
                vec![Said {
                    what: texts.with(key, &refs).into_owned(),
                    next,
                    clause: None,
                    field: None,
                }]
            }
            Self::Gone => Vec::new(),
        }
    }
}

fn owned(args: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    args.iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect()
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Desk(failure)
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Desk(refusal.into())
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self::from(Refusal::from(problem))
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Store(fault)
    }
}

impl From<JoinFault> for Trouble {
    fn from(fault: JoinFault) -> Self {
        Self::Told {
            key: fault.key(),
            args: fault.args(),
            usage: false,
        }
    }
}

impl From<&ProfileFault> for Trouble {
    fn from(fault: &ProfileFault) -> Self {
        let (key, args) = (fault.kind.id(), fault.args());
        Self::Told {
            key,
            args,
            usage: false,
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Gone;
        }
        Self::told("cli-output", &[("why", &why(&error))])
    }
}

impl From<ExportFault> for Trouble {
    fn from(fault: ExportFault) -> Self {
        match fault {
            ExportFault::Desk(failure) => Self::Desk(failure),
            ExportFault::Io(error) => error.into(),
            other => other.problem().into(),
        }
    }
}
