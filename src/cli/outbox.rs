//! `get` and `put`: files over the operator's own line, as `ssh desk frontdesk get NAME >file` has
//! them come out at the other end. Whatever lies in the data folder, only the desk reads it.

use std::io::{IsTerminal as _, Read as _, Write as _, stdin, stdout};

use serde_json::json;

use super::args::{self, Global};
use super::console::Console;
use super::entry::enter;
use super::import::import;
use super::trouble::Trouble;
use crate::desk::contract::{Care, Cared, PIECE};
use crate::domain::adopt::Existing;
use crate::exchange::parcel::Parcel;

/// `frontdesk get`: what waits in the outbox; `frontdesk get NAME`: that file, and nothing else, on
/// standard output.
pub(super) fn get(global: &Global, get: &args::Get, console: &mut Console) -> Result<(), Trouble> {
    let Some(name) = &get.name else {
        return list(global, console);
    };
    if stdout().is_terminal() {
        return Err(Trouble::told("get-to-terminal", &[("name", name)]));
    }
    let mut entry = enter(global, console)?;
    let mut offset = 0;
    loop {
        let name = name.clone();
        let Cared::Piece { bytes, size } = entry.care(Care::Take { name, offset })? else {
            return Err(Trouble::odd());
        };
        console.raw(&bytes)?;
        offset += bytes.len() as u64;
        if offset >= size || bytes.is_empty() {
            break;
        }
    }
    // It is removed when it has been handed over, and not before.
    console.flush()?;
    if get.remove {
        entry.care(Care::Discard { name: name.clone() })?;
    }
    entry.close()
}

fn list(global: &Global, console: &mut Console) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let Cared::Outbox(waiting) = entry.care(Care::Outbox)? else {
        return Err(Trouble::odd());
    };
    entry.close()?;
    if console.json {
        for one in &waiting {
            console.json(&json!({ "name": one.name, "size": one.size }))?;
        }
        return Ok(());
    }
    let header = |name: &str| console.texts.get(&format!("outbox-{name}")).into_owned();
    let headers = ["name", "size"].map(header);
    let row = |one: &crate::desk::contract::Waiting| vec![one.name.clone(), one.size.to_string()];
    let rows: Vec<Vec<String>> = waiting.iter().map(row).collect();
    Ok(console.table(&headers, &rows)?)
}

/// `frontdesk put KIND <file`: an import of what comes on standard input; `put --outbox NAME`: a
/// file for the import at the screen.
pub(super) fn put(global: &Global, put: &args::Put, console: &mut Console) -> Result<(), Trouble> {
    if let Some(name) = &put.outbox {
        return lay(name, global, console);
    }
    let args = args::Import {
        kind: put.kind.clone().unwrap_or_default(),
        file: "-".into(),
        map: put.map.clone(),
        encoding: put.encoding.clone(),
        sheet: None,
        header_row: None,
        save_map: None,
        rejects: None,
        existing: Existing::Skip.id().to_owned(),
        quiet: true,
        dry_run: put.dry_run,
        accept: put.accept.iter().map(|it| it.as_str().into()).collect(),
    };
    import(global, &args, console)
}

/// Puts what comes on standard input into the outbox.
fn lay(name: &str, global: &Global, console: &mut Console) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let (desk, asker) = (&mut entry.desk, &mut entry.asker);
    let mut parcel = Parcel::new(name);
    let mut input = stdin().lock();
    let mut piece = vec![0; PIECE];
    loop {
        let read = input.read(&mut piece)?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        parcel.write_all(bytes)?;
        while parcel.send(desk, asker)? {}
    }
    parcel.close(desk, asker)?;
    console.say("put-laid", &[("name", name)])?;
    entry.close()
}
