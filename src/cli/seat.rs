//! What a session at the screen is given besides its terminal: the keymap, the keeper of drafts,
//! what is to be told at the start. The desk, demonstrations and tapes all sit down here.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

use super::beside::New;
use super::check::keymap_fault;
use super::entry::NOBODY;
use super::forced::VARIABLE;
use super::trouble::Trouble;
use crate::app::Setup;
use crate::app::session::{Surroundings, Target};
use crate::desk::contract::{Door, Failure, Query, Reply};
use crate::domain::calendar::Calendar;
use crate::domain::number::Number;
use crate::exchange::asker::Asker;
use crate::keys::Keymap;
use crate::keys::preset;
use crate::locale::{Lang, Said, Texts};
use crate::sample::{self, SampleOptions, SampleSize};
use crate::text::show::Glyphs;

/// A person's own keymap, in the folder of settings.
const OWN_KEYMAP: &str = "frontdesk/keymap.toml";
/// No keymap is so many bytes long: all keys of all layers fit many times over.
const KEYMAP_LIMIT: u64 = 256 << 10;

/// The keymap in force and what is wrong with it, in words.
///
/// # Errors
/// When a file that was named cannot be read.
pub(super) fn keymap(named: Option<&str>, texts: &Texts) -> Result<(Keymap, Vec<String>), Trouble> {
    let (preset, path) = match named {
        Some(name) if preset::text(name).is_some() => (name, None),
        Some(name) => ("default", Some(PathBuf::from(name))),
        None => ("default", own_keymap()),
    };
    let Some(path) = path else {
        return Ok((Keymap::load(preset, None).0, Vec::new()));
    };
    // Whatever is wrong with the file, the desk opens; only a name that names nothing is a slip of
    // whoever typed it just now.
    let text = match read_keymap(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound && named.is_some() => {
            return Err(Trouble::file(&path, &error));
        }
        Err(error) => {
            let said = Trouble::file(&path, &error).said(texts);
            let told = said.iter().map(Said::line).collect();
            return Ok((Keymap::load(preset, None).0, told));
        }
    };
    let name = path.display().to_string();
    let (keymap, faults) = Keymap::load(preset, Some((&name, &text)));
    let told = faults.iter().map(|fault| keymap_fault(fault, texts));
    Ok((keymap, told.collect()))
}

/// The text of a keymap file, which is never long.
///
/// # Errors
/// When it cannot be read, is no text, or is longer than any keymap.
pub(super) fn read_keymap(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let mut file = fs::File::open(path)?.take(KEYMAP_LIMIT + 1);
    if file.read_to_string(&mut text)? as u64 > KEYMAP_LIMIT {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(text)
}

fn own_keymap() -> Option<PathBuf> {
    let path = choose_base_strategy().ok()?.config_dir().join(OWN_KEYMAP);
    path.exists().then_some(path)
}

/// What a session starts with.
#[derive(Debug)]
pub(super) struct Start {
    pub(super) lang: Lang,
    pub(super) glyphs: Glyphs,
    pub(super) keymap: Keymap,
    pub(super) notices: Vec<String>,
    pub(super) operator: Option<Number>,
    pub(super) seed: u64,
}

impl Start {
    /// Together with what the desk tells whoever comes: the rules of the site.
    pub(super) fn at(self, door: &mut dyn Door) -> Result<Setup, Failure> {
        let hello = door.ask(&Asker::new(NOBODY).look(Query::Hello))?;
        let Reply::Hello { profile, .. } = hello else {
            return Err(Failure::internal());
        };
        Ok(Setup {
            lang: self.lang,
            glyphs: self.glyphs,
            keymap: self.keymap,
            operator: self.operator,
            profile: *profile,
            calendar: Calendar::builtin(),
            notices: self.notices,
            seed: self.seed,
        })
    }
}

/// The program around a session: it fills a new store with samples when that is wanted.
#[derive(Debug)]
pub(super) struct Around {
    pub(super) lang: Lang,
    /// Whether files of this machine are for the operator to name; see [`knows_paths`].
    pub(super) paths: bool,
}

/// Whether the operator at this terminal may name files of this machine. Over a line of sshd
/// nobody may: a key line that starts the program looks from here like a shell that did, and what
/// comes and goes over the line has the outbox.
pub(super) fn knows_paths() -> bool {
    let of_ssh = ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", VARIABLE];
    of_ssh.iter().all(|name| std::env::var_os(name).is_none())
}

/// A path as typed: a folder named `~` is the home folder.
fn typed(path: &str) -> PathBuf {
    let home = path.strip_prefix("~/").zip(choose_base_strategy().ok());
    home.map_or_else(
        || PathBuf::from(path),
        |(rest, base)| base.home_dir().join(rest),
    )
}

impl Surroundings for Around {
    fn language(&mut self, lang: Lang) {
        self.lang = lang;
    }

    fn has_paths(&self) -> bool {
        self.paths
    }

    fn open(&mut self, path: &str) -> io::Result<Box<dyn Read + Send>> {
        if !self.paths {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(Box::new(fs::File::open(typed(path))?))
    }

    fn create(&mut self, path: &str) -> io::Result<Box<dyn Target>> {
        if !self.paths {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(Box::new(New::at(&typed(path))?))
    }

    fn sample(&mut self, door: &mut dyn Door, operator: Number) {
        let hello = door.ask(&Asker::new(operator).look(Query::Hello));
        let Ok(Reply::Hello {
            site: Some(_),
            profile,
            now,
            ..
        }) = hello
        else {
            return;
        };
        // What could not be made is missing from the lists; the desk is open all the same.
        let _ = sample::fill_now(door, now, &profile, options(SampleSize::Demo, self.lang));
    }
}

/// Samples of a size in a language; always the same ones.
pub(super) fn options(size: SampleSize, lang: Lang) -> SampleOptions {
    SampleOptions {
        seed: 2024,
        size,
        english: lang == Lang::En,
    }
}
