//! `keys check` and `profile check`: files a person wrote, looked over without opening the desk.

use std::fs;
use std::path::Path;

use super::args::Global;
use super::console::Console;
use super::place;
use super::seat::read_keymap;
use super::trouble::Trouble;
use crate::domain::profile::Profile;
use crate::keys::check::check;
use crate::keys::keymap::Keymap;
use crate::keys::preset;
use crate::locale::Texts;

/// `frontdesk keys check [FILE]`: a file, or the keymap of `--keymap`, or every preset.
pub(super) fn keys(
    global: &Global,
    file: Option<&Path>,
    console: &mut Console,
) -> Result<(), Trouble> {
    let mut wrong = 0;
    match (file, &global.keymap) {
        (Some(file), _) => wrong += keymap_file(file, console)?,
        (None, Some(name)) if preset::text(name).is_none() => {
            wrong += keymap_file(Path::new(name), console)?;
        }
        (None, Some(name)) => wrong += findings(&Keymap::load(name, None).0, console)?,
        (None, None) => {
            for name in preset::NAMES {
                wrong += findings(&Keymap::load(name, None).0, console)?;
            }
        }
    }
    if wrong > 0 {
        return Err(Trouble::told(
            "keys-faulty",
            &[("count", &wrong.to_string())],
        ));
    }
    Ok(console.say("keys-clean", &[])?)
}

fn keymap_file(file: &Path, console: &mut Console) -> Result<usize, Trouble> {
    let text = read_keymap(file).map_err(|error| Trouble::file(file, &error))?;
    let name = file.display().to_string();
    let (keymap, faults) = Keymap::load("default", Some((&name, &text)));
    for fault in &faults {
        let line = keymap_fault(fault, console.texts);
        console.line(&line)?;
    }
    Ok(faults.len() + findings(&keymap, console)?)
}

/// A fault of a keymap file in one line: file, line, what is wrong.
pub(super) fn keymap_fault(fault: &crate::keys::fault::Fault, texts: &Texts) -> String {
    let key = format!("keymap-fault-{}", fault.key());
    format!("{}: {}", fault.place, filled(texts, &key, &fault.args()))
}

fn findings(keymap: &Keymap, console: &mut Console) -> Result<usize, Trouble> {
    let findings = check(keymap);
    for finding in &findings {
        let key = format!("keymap-finding-{}", finding.key());
        let text = filled(console.texts, &key, &finding.args());
        console.line(&text)?;
    }
    Ok(findings.len())
}

fn filled(texts: &Texts, key: &str, args: &[(&'static str, String)]) -> String {
    let args: Vec<(&str, &str)> = args
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let mut text = texts.with(key, &args).into_owned();
    let next = format!("{key}.next");
    if texts.has(&next) {
        text.push(' ');
        text.push_str(&texts.with(&next, &args));
    }
    text
}

/// `frontdesk profile check [FILE]`: a site's own file over the profile `base`; without a file,
/// the one in the data folder.
pub(super) fn profile(
    global: &Global,
    file: Option<&Path>,
    base: Option<&str>,
    console: &mut Console,
) -> Result<(), Trouble> {
    let file = match file {
        Some(file) => file.to_owned(),
        None => place::data(global)?.join("profile.toml"),
    };
    let text = fs::read_to_string(&file).map_err(|error| Trouble::file(&file, &error))?;
    let name = file.display().to_string();
    match Profile::load(base.unwrap_or("property"), &text, &name) {
        Ok(profile) => {
            let args = [("file", name.as_str()), ("profile", profile.id.as_str())];
            Ok(console.say("profile-clean", &args)?)
        }
        Err(fault) => Err(Trouble::from(&fault)),
    }
}
