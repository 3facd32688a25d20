//! Operators out of a CSV file, with a password for the first sign-in each.

use std::fs;
use std::path::Path;

use super::{issue, once, proofs};
use crate::cli::args::Global;
use crate::cli::console::Console;
use crate::cli::entry::enter;
use crate::cli::import::told;
use crate::cli::trouble::Trouble;
use crate::desk::contract::{Command, Issue, Secret};
use crate::domain::record::Record;
use crate::exchange::people;
use crate::exchange::sheet::{Reject, Sheet};

/// Row by row: what is taken is saved, what is not is told with its reason. The passwords are
/// shown once, or written into a file for its owner alone.
pub(super) fn import(
    global: &Global,
    file: &Path,
    passwords: Option<&Path>,
    console: &mut Console,
) -> Result<(), Trouble> {
    let bytes = fs::read(file).map_err(|error| Trouble::file(file, &error))?;
    let sheet = Sheet::read(&bytes, None, None)?;
    let rows = people::operators(&sheet)?;
    if let Some(path) = passwords {
        // Before anybody is added: passwords that cannot be written down are lost.
        proofs::write_passwords(path, &[])?;
    }
    let mut entry = enter(global, console)?;
    let mut made: Vec<(String, Secret)> = Vec::new();
    let (mut added, mut rejected) = (0_usize, 0_usize);
    for (line, details) in rows {
        let outcome = match details {
            Ok(details) => entry.change(Command::AddOperator { details }),
            Err(reject) => {
                rejected += 1;
                told(&reject, console)?;
                continue;
            }
        };
        match outcome {
            Ok(Record::Operator(it)) => {
                added += 1;
                if !it.service && !entry.site.rehearsal {
                    let words = issue(&mut entry, &it.login, Issue::Password)?;
                    made.push((it.login, words));
                    if let Some(path) = passwords {
                        proofs::write_passwords(path, &made)?;
                    }
                }
            }
            Ok(_) => return Err(Trouble::odd()),
            Err(Trouble::Desk(failure)) => {
                rejected += 1;
                let reject = Reject {
                    sheet: None,
                    line,
                    column: None,
                    failure,
                };
                told(&reject, console)?;
            }
            Err(other) => return Err(other),
        }
    }
    entry.close()?;
    if passwords.is_none() {
        for (login, words) in &made {
            once(login, words, console)?;
        }
    }
    let (added, rejected) = (added.to_string(), rejected.to_string());
    if console.json {
        let value = serde_json::json!({ "added": added, "rejected": rejected });
        return Ok(console.json(&value)?);
    }
    let args = [("added", &*added), ("rejected", &*rejected)];
    Ok(console.say("operator-imported", &args)?)
}
