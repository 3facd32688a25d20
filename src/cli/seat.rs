//! What a session at the screen is given besides its terminal: the keymap, the keeper of drafts,
//! what is to be told at the start. The desk, demonstrations and tapes all sit down here.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use etcetera::{BaseStrategy, choose_base_strategy};

use super::check::keymap_fault;
use super::trouble::Trouble;
use crate::app::Setup;
use crate::app::keeper::{FileKeeper, Seal};
use crate::app::session::Surroundings;
use crate::desk::Desk;
use crate::desk::contract::{Door, Query, Reply};
use crate::domain::number::Number;
use crate::exchange::asker::Asker;
use crate::keys::Keymap;
use crate::keys::preset;
use crate::locale::{Lang, Texts};
use crate::sample::{self, SampleOptions, SampleSize};
use crate::store::Sealer;
use crate::text::show::Glyphs;

/// What drafts are sealed for: nothing else opens under it.
const DRAFT: &[u8] = b"draft";
/// A person's own keymap, in the folder of settings.
const OWN_KEYMAP: &str = "frontdesk/keymap.toml";

/// The keymap in force and what is wrong with it, in words.
///
/// # Errors
/// When a file that was named cannot be read.
pub(super) fn keymap(named: Option<&str>, texts: &Texts) -> Result<(Keymap, Vec<String>), Trouble> {
    let (preset, file) = match named {
        Some(name) if preset::text(name).is_some() => (name, None),
        Some(name) => {
            let path = Path::new(name);
            let text = fs::read_to_string(path).map_err(|error| Trouble::file(path, &error))?;
            ("default", Some((name.to_owned(), text)))
        }
        None => ("default", own_keymap()),
    };
    let file = file
        .as_ref()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let (keymap, faults) = Keymap::load(preset, file);
    Ok((
        keymap,
        faults
            .iter()
            .map(|fault| keymap_fault(fault, texts))
            .collect(),
    ))
}

fn own_keymap() -> Option<(String, String)> {
    let path = choose_base_strategy().ok()?.config_dir().join(OWN_KEYMAP);
    let text = fs::read_to_string(&path).ok()?;
    Some((path.display().to_string(), text))
}

/// What was noticed while the store was opened, in words.
pub(super) fn notices(desk: &Desk, texts: &Texts) -> Vec<String> {
    let told = |note: &crate::store::Note| {
        let args = note.args();
        let args: Vec<(&str, &str)> = args.iter().map(|(n, v)| (*n, v.as_str())).collect();
        texts
            .with(&format!("note-{}", note.key()), &args)
            .into_owned()
    };
    desk.notes().iter().map(told).collect()
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
    /// Together with what the desk knows.
    pub(super) fn at(self, desk: &Desk) -> Setup {
        Setup {
            lang: self.lang,
            glyphs: self.glyphs,
            keymap: self.keymap,
            operator: self.operator,
            profile: desk.profile().clone(),
            calendar: desk.calendar().clone(),
            notices: self.notices,
            seed: self.seed,
        }
    }
}

/// The key that drafts are sealed with. There is none before a store is set up.
#[derive(Clone, Default)]
pub(super) struct DraftKey(Arc<OnceLock<Sealer>>);

impl DraftKey {
    /// Looks whether there is a key now.
    pub(super) fn look(&self, desk: &Desk) {
        if self.0.get().is_none()
            && let Ok(Some(sealer)) = desk.draft_sealer()
        {
            // Another thread may have been faster, with the same key.
            let _ = self.0.set(sealer);
        }
    }

    /// Keeps drafts in a folder.
    pub(super) fn keeper(&self, folder: &Path) -> io::Result<FileKeeper> {
        let (sealing, opening) = (self.clone(), self.clone());
        let seal: Seal = Box::new(move |plain| sealing.0.get()?.seal(DRAFT, plain).ok());
        let open: Seal = Box::new(move |sealed| opening.0.get()?.unseal(DRAFT, sealed).ok());
        FileKeeper::new(folder, seal, open)
    }
}

/// The program around a session: it fills a new store with samples when that is wanted.
#[derive(Debug)]
pub(super) struct Around {
    pub(super) lang: Lang,
}

impl Surroundings for Around {
    fn language(&mut self, lang: Lang) {
        self.lang = lang;
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
