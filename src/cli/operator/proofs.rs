//! What an operator signs in with: passwords reset and chosen, keys made, the confidentiality text
//! acknowledged.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::{issue, known, once, saved};
use crate::cli::args::Global;
use crate::cli::ask;
use crate::cli::console::Console;
use crate::cli::entry::{NOBODY, door, enter};
use crate::cli::sign_in::{choose, is, prove, sign_in};
use crate::cli::trouble::Trouble;
use crate::desk::contract::{Command, Door, Issue, Reply, Request, Secret, Sitting};
use crate::exchange::asker::Asker;

/// A first password: made at the console by the owner of the data folder, or by an
/// operator who may.
pub(super) fn reset(global: &Global, login: &str, console: &mut Console) -> Result<(), Trouble> {
    let mut desk = door(global, console)?;
    let sitting = Sitting::Issue {
        login: login.to_owned(),
        what: Issue::Password,
    };
    let request = Request::Sit(sitting);
    // Whoever names an operator is to stand in the history as that one.
    let first = match global.operator {
        None => Some(desk.ask(&Asker::new(NOBODY).envelope(request.clone()))),
        Some(_) => None,
    };
    let answer = match first.map(|answer| answer.map_err(Trouble::from)) {
        Some(Err(trouble)) if !is(&trouble, "sign-in-first") => Err(trouble),
        Some(Ok(reply)) => Ok(reply),
        _ => {
            let seated = sign_in(&mut desk, global, console)?;
            let mut asker = Asker::new(seated.operator.meta.number);
            desk.ask(&asker.envelope(request)).map_err(Trouble::from)
        }
    };
    desk.close()?;
    match answer? {
        Reply::Issued(words) => once(login, &words, console),
        _ => Err(Trouble::odd()),
    }
}

/// A new key, in a file for its owner alone, and the line for the list of keys of the account that
/// the forced command runs under.
pub(super) fn key(
    global: &Global,
    login: &str,
    out: Option<&Path>,
    console: &mut Console,
) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let operator = known(&entry, login)?;
    let file = match out {
        Some(path) => path.to_owned(),
        None => PathBuf::from(format!("{}.key", operator.login)),
    };
    let file = std::path::absolute(&file).map_err(|error| Trouble::file(&file, &error))?;
    // Opened first: a key that cannot be written down would lock its owner out.
    let mut to = private(&file).map_err(|error| Trouble::file(&file, &error))?;
    let key = issue(&mut entry, &operator.login, Issue::Key)?;
    writeln!(to, "{}", key.expose()).map_err(|error| Trouble::file(&file, &error))?;
    entry.close()?;
    let path = file.display().to_string();
    let command = if operator.service {
        "frontdesk rpc"
    } else {
        "frontdesk"
    };
    let command = format!("{command} --as {} --key-file {path}", operator.login);
    let line = format!("command=\"{command}\",restrict,pty ssh-ed25519 AAAA…");
    if console.json {
        let value = serde_json::json!({ "login": operator.login, "file": path, "line": line });
        return Ok(console.json(&value)?);
    }
    console.say(
        "operator-key-made",
        &[("login", &operator.login), ("path", &path)],
    )?;
    Ok(console.line(&line)?)
}

/// A file for its owner alone, empty.
pub(super) fn private(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create(true).mode(0o600).open(path)?;
    // One that was there before may have been open to others.
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    file.set_len(0)?;
    Ok(file)
}

/// The own password.
pub(super) fn password(
    global: &Global,
    new_file: Option<&Path>,
    console: &mut Console,
) -> Result<(), Trouble> {
    let new_words = new_file.map(ask::from_file).transpose()?;
    let mut desk = door(global, console)?;
    let (seated, old) = prove(&mut desk, global, console)?;
    let new = match new_words {
        Some(words) => words,
        None => ask::chosen(console)?,
    };
    let changed = match choose(&mut desk, &seated, old.clone(), new.clone()) {
        // The seat was taken without the password; it is asked for now.
        Err(trouble) if old.is_none() && is(&trouble, "required") => {
            let old = ask::hidden(console, "ask-old-password", &[])?;
            choose(&mut desk, &seated, Some(old), new)
        }
        other => other,
    };
    desk.close()?;
    changed?;
    Ok(console.say("operator-password-changed", &[])?)
}

/// The confidentiality text, read and acknowledged (A11-21).
pub(super) fn acknowledge(
    global: &Global,
    yes: bool,
    console: &mut Console,
) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let text = console.texts.get("confidentiality-text").into_owned();
    console.aside(&text)?;
    if !yes && !ask::agreed(console, "ask-acknowledge")? {
        entry.close()?;
        return Err(Trouble::told("cli-broken-off", &[]));
    }
    let record = entry.change(Command::AcknowledgeConfidentiality)?;
    saved(&record, console)?;
    entry.close()
}

/// Writes first passwords into a file for its owner alone: login and password a line.
pub(super) fn write_passwords(path: &Path, made: &[(String, Secret)]) -> Result<(), Trouble> {
    let write = || -> std::io::Result<()> {
        let mut file = private(path)?;
        for (login, words) in made {
            writeln!(file, "{login},{}", words.expose())?;
        }
        file.sync_all()
    };
    write().map_err(|error| Trouble::file(path, &error))
}
