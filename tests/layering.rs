//! The house holds: an arrow of dependency never points back. Reads the `use` lines and paths of
//! every room and compares them with the arrows below.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// For each room, the rooms it may look into. ARCHITECTURE.md draws the same picture.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("domain", &["text"]),
    ("store", &[]),
    ("search", &["store"]),
    ("desk", &["domain", "search", "store", "text"]),
    ("locale", &["desk::contract", "domain"]),
    ("log", &[]),
    (
        "sample",
        &["desk::contract", "desk::clock", "domain", "text"],
    ),
    ("exchange", &["desk::contract", "domain", "locale", "text"]),
    (
        "report",
        &["desk::contract", "domain", "exchange", "locale", "text"],
    ),
    ("hub", &["desk", "domain", "log", "store", "text"]),
    ("keys", &["text"]),
    (
        "app",
        &[
            "desk::contract",
            "domain",
            "exchange",
            "keys",
            "locale",
            "report",
            "text",
        ],
    ),
    (
        "panes",
        &[
            "app",
            "desk::contract",
            "domain",
            "keys",
            "locale",
            "text",
            "popups",
            "widgets",
        ],
    ),
    (
        "popups",
        &[
            "app",
            "desk::contract",
            "domain",
            "exchange",
            "keys",
            "locale",
            "report",
            "text",
            "widgets",
        ],
    ),
    (
        "widgets",
        &["app", "desk::contract", "domain", "keys", "locale", "text"],
    ),
    ("term", &["keys", "text"]),
    ("render", &["text"]),
];

/// Crates that only some rooms may know.
const CRATES: &[(&str, &[&str])] = &[
    ("sled", &["store"]),
    ("bincode", &["store"]),
    ("chacha20poly1305", &["store"]),
    ("sha2", &["store", "exchange"]),
    ("argon2", &["desk"]),
    (
        "ratatui",
        &[
            "app", "panes", "popups", "widgets", "term", "render", "cli", "text",
        ],
    ),
    ("crossterm", &["keys", "term", "cli"]),
    ("clap", &["cli", "main"]),
    ("fluent_bundle", &["locale"]),
    ("csv", &["exchange"]),
    ("rust_xlsxwriter", &["exchange", "report"]),
];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Files by room: the first folder below `src`, or the file's own name.
fn rooms() -> BTreeMap<String, Vec<PathBuf>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut rooms: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for file in files {
        let inside = file.strip_prefix(&src).unwrap();
        let first = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap();
        rooms
            .entry(first.trim_end_matches(".rs").to_owned())
            .or_default()
            .push(file);
    }
    rooms
}

/// The paths into the crate that a file names: what stands behind `crate::`, with the members of
/// a braced group one by one.
fn inner_paths(text: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let end = group.find('}').unwrap_or(group.len());
            for member in group[..end].split(',') {
                paths.insert(member.trim().to_owned());
            }
        } else {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                .unwrap_or(rest.len());
            paths.insert(rest[..end].trim_end_matches(':').to_owned());
        }
    }
    paths.into_iter().filter(|path| !path.is_empty()).collect()
}

#[test]
fn no_arrow_points_back() {
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (room, files) in rooms() {
        let Some(allowed) = arrows.get(room.as_str()) else {
            assert!(
                ["main", "lib", "cli"].contains(&room.as_str()),
                "the room {room} is not in the picture: add it to ARROWS and ARCHITECTURE.md"
            );
            continue;
        };
        // Tests of a room may come in by any door.
        for file in files.iter().filter(|file| !file.ends_with("tests.rs")) {
            for path in inner_paths(&fs::read_to_string(file).unwrap()) {
                let own = path == room || path.starts_with(&format!("{room}::"));
                let fine = allowed
                    .iter()
                    .any(|to| path == *to || path.starts_with(&format!("{to}::")));
                if !own && !fine {
                    wrong.push(format!("{}: {path}", file.display()));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "arrows that point back:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn a_crate_stays_in_its_rooms() {
    let mut wrong = Vec::new();
    for (room, files) in rooms() {
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            for (name, allowed) in CRATES {
                let named = text.lines().map(str::trim_start).any(|line| {
                    !line.starts_with("//")
                        && !line.contains("::sled::")
                        && (line.starts_with(&format!("use {name}::"))
                            || line.contains(&format!(" {name}::"))
                            || line.contains(&format!("({name}::")))
                });
                if named && !allowed.contains(&room.as_str()) {
                    wrong.push(format!("{}: {name}", file.display()));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "crates outside their rooms:\n{}",
        wrong.join("\n")
    );
}
