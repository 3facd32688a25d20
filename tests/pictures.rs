//! The pictures of the documentation are what the program draws today.
//!
//! `FRONTDESK_BLESS=1 cargo test --test pictures` makes them anew.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::Path;

use frontdesk::cli::tape::{PlayOptions, play};
use frontdesk::locale::Lang;

#[test]
fn the_pictures_show_the_screens_of_today() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tape = fs::read_to_string(root.join("fixtures/tapes/pictures.tape")).unwrap();
    let bless = std::env::var_os("FRONTDESK_BLESS").is_some();
    for lang in Lang::ALL {
        let options = PlayOptions {
            lang: Some(*lang),
            ..PlayOptions::default()
        };
        let screens = play(&tape, &options).unwrap_or_else(|error| panic!("{error:?}"));
        let folder = root.join("docs/pictures").join(lang.code());
        if bless {
            fs::create_dir_all(&folder).unwrap();
        }
        for screen in screens {
            let path = folder.join(format!("{}.svg", screen.name));
            if bless {
                fs::write(&path, screen.svg()).unwrap();
            }
            let kept = fs::read_to_string(&path).unwrap_or_default();
            assert!(
                kept == screen.svg(),
                "{} is not what the screen shows now; make the pictures anew with FRONTDESK_BLESS=1",
                path.display()
            );
        }
    }
}
