//! `play`: a tape against the real program, its screens as text, SVG or JSON.

use std::fs;
use std::path::Path;

use super::args::{self, Global};
use super::console::Console;
use super::seat::keymap;
use super::tape::{PlayOptions, Screen, TapeError, play, size};
use super::trouble::Trouble;

/// `frontdesk play TAPE`.
pub(super) fn command(
    global: &Global,
    args: &args::Play,
    console: &mut Console,
) -> Result<(), Trouble> {
    let text = fs::read_to_string(&args.tape).map_err(|error| Trouble::file(&args.tape, &error))?;
    let wanted_size = match &args.size {
        None => None,
        Some(text) => {
            Some(size(text).ok_or_else(|| Trouble::usage("usage-size", &[("value", text)]))?)
        }
    };
    let keymap = match &global.keymap {
        None => None,
        named => Some(keymap(named.as_deref(), console.texts)?.0),
    };
    let options = PlayOptions {
        lang: global.lang.as_deref().and_then(crate::locale::Lang::parse),
        size: wanted_size,
        ascii: global.ascii,
        keymap,
        profile: None,
    };
    let name = args
        .tape
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    print(
        &name,
        play(&text, &options),
        &args.format,
        args.out.as_deref(),
        console,
    )
}

/// The screens of a tape, to standard output or each to a file; where it failed, the screen as it
/// was then, and why.
pub(super) fn print(
    name: &str,
    played: Result<Vec<Screen>, TapeError>,
    format: &str,
    out: Option<&Path>,
    console: &mut Console,
) -> Result<(), Trouble> {
    match played {
        Ok(screens) => {
            if let Some(dir) = out {
                fs::create_dir_all(dir).map_err(|error| Trouble::file(dir, &error))?;
            }
            for screen in &screens {
                put(screen, format, out, console)?;
            }
            Ok(())
        }
        Err(error) => {
            if let Some(screen) = &error.screen {
                put(screen, "text", None, console)?;
            }
            Err(error.trouble(name))
        }
    }
}

fn put(
    screen: &Screen,
    format: &str,
    out: Option<&Path>,
    console: &mut Console,
) -> Result<(), Trouble> {
    let (text, ending) = match format {
        "svg" => (screen.svg(), "svg"),
        "json" => (format!("{}\n", screen.json()), "json"),
        "styled" => (screen.styled(), "txt"),
        _ => (screen.text(), "txt"),
    };
    if let Some(dir) = out {
        let path = dir.join(format!("{}.{ending}", screen.name));
        return fs::write(&path, text).map_err(|error| Trouble::file(&path, &error));
    }
    if ending == "txt" {
        console.line(&format!("== {} ==", screen.name))?;
    }
    // A drawn screen holds nothing that was not made harmless when it was drawn.
    Ok(console.raw(text.as_bytes())?)
}
