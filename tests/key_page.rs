//! The key page of the documentation is what the shipped keymaps bind.
//!
//! `FRONTDESK_BLESS=1 cargo test --test key_page` writes it anew.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use frontdesk::keys::{Action, Keymap, Layer, preset};
use frontdesk::locale::{Lang, Texts};

/// One table a layer: the action in both languages, then its keys in each preset.
fn page() -> String {
    let (zh, en) = (Texts::new(Lang::Zh), Texts::new(Lang::En));
    let keymaps: Vec<(&str, Keymap)> = preset::NAMES
        .iter()
        .filter(|name| **name != "empty")
        .map(|name| (*name, Keymap::preset(name).unwrap()))
        .collect();
    let mut page = String::from(
        "# Keys · 按键\n\nMade from the table of actions and the files in `keymaps/`. \
         Choose one with `frontdesk --keymap NAME`, or lay a file of your own over it.\n",
    );
    for layer in Layer::ALL {
        let key = format!("layer-{}", layer.name().replace('.', "-"));
        let _ = write!(page, "\n## {} · {}\n\n| | |", en.get(&key), zh.get(&key));
        for (name, _) in &keymaps {
            let _ = write!(page, " {name} |");
        }
        let _ = write!(page, "\n| --- | --- |{}\n", " --- |".repeat(keymaps.len()));
        for action in Action::ALL.iter().filter(|action| action.layer() == *layer) {
            let name = format!("action-{}", action.id());
            let _ = write!(page, "| {} | {} |", en.get(&name), zh.get(&name));
            for (_, keymap) in &keymaps {
                let mut keys: BTreeMap<String, ()> = BTreeMap::new();
                for (_, sequence) in keymap.keys_of(*action) {
                    keys.insert(format!("`{sequence}`").replace('|', "\\|"), ());
                }
                let keys: Vec<String> = keys.into_keys().collect();
                let _ = write!(page, " {} |", keys.join(" "));
            }
            page.push('\n');
        }
    }
    page
}

#[test]
fn the_key_page_says_what_the_keymaps_bind() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let page = page();
    if std::env::var_os("FRONTDESK_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == page,
        "docs/keys.md is not what the keymaps bind now; write it anew with FRONTDESK_BLESS=1"
    );
}
