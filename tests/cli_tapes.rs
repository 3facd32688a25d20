//! The tapes of the fixtures, in both languages: each is a walk through the real program whose
//! `expect` and `reject` lines hold.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use frontdesk::cli::tape::{PlayOptions, Screen, TapeFault, play};
use frontdesk::locale::Lang;
use frontdesk::text::width::width;
use program::{Program, fixture};

fn tapes() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/tapes");
    let mut tapes: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    tapes.sort();
    assert!(tapes.len() >= 3);
    tapes
}

fn in_language(lang: Lang) -> PlayOptions {
    PlayOptions {
        lang: Some(lang),
        ..PlayOptions::default()
    }
}

#[test]
fn every_tape_plays_to_its_end_in_both_languages() {
    for path in tapes() {
        let tape = fs::read_to_string(&path).unwrap();
        for lang in Lang::ALL {
            let played = play(&tape, &in_language(*lang));
            let screens = played.unwrap_or_else(|error| panic!("{path:?} {lang:?}: {error}"));
            assert!(!screens.is_empty(), "{path:?}");
            for screen in screens {
                // A row that is wider than the screen would be a wide character cut in half.
                assert!(
                    screen.text().lines().all(|row| width(row) <= 80),
                    "{}",
                    screen.text()
                );
            }
        }
    }
}

#[test]
fn the_tour_goes_through_at_every_profile_and_size() {
    let tour = fs::read_to_string(fixture("tapes/tour.tape")).unwrap();
    for profile in [
        "dealership",
        "leasing",
        "call-centre",
        "distributor",
        "mining",
    ] {
        let options = PlayOptions {
            profile: Some(profile.to_owned()),
            ..in_language(Lang::Zh)
        };
        play(&tour, &options).unwrap_or_else(|error| panic!("{profile}: {error}"));
    }
    let large = PlayOptions {
        size: Some((120, 40)),
        ascii: true,
        ..in_language(Lang::En)
    };
    let screens = play(&tour, &large).unwrap();
    assert!(
        screens.iter().all(|screen| !screen.text().contains('│')),
        "ASCII lines"
    );
}

#[test]
fn a_tape_plays_the_same_each_time() {
    let tape = fs::read_to_string(fixture("tapes/first-start.tape")).unwrap();
    let styled = || -> Vec<String> {
        play(&tape, &in_language(Lang::Zh))
            .unwrap()
            .iter()
            .map(Screen::styled)
            .collect()
    };
    assert_eq!(styled(), styled());
}

#[test]
fn a_tape_that_does_not_hold_says_where_and_shows_the_screen() {
    let tape = "profile property\nstore empty\nkeys c\nexpect no such words\n";
    let error = play(tape, &in_language(Lang::En)).unwrap_err();
    assert_eq!(error.line, 4);
    assert_eq!(
        error.fault,
        TapeFault::Expected {
            text: "no such words".into()
        }
    );
    assert!(error.screen.unwrap().text().contains("New call"));
}

#[test]
fn demo_without_a_terminal_prints_the_tour_and_touches_no_home() {
    let program = Program::new();
    for (lang, words) in [("zh", "来访来电"), ("en", "Intake")] {
        let out = program.good(&["demo", "--lang", lang]);
        assert!(
            out.contains("== 01-intake ==") && out.contains(words),
            "{out}"
        );
    }
    let left: Vec<_> = fs::read_dir(program.path("")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn play_prints_text_json_and_pictures() {
    let program = Program::new();
    let tape = fixture("tapes/first-start.tape");
    let text = program.good(&["play", &tape, "--lang", "zh"]);
    assert!(text.starts_with("== welcome ==\n"), "{text}");
    let json = program.good(&["play", &tape, "--format", "json"]);
    let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(first["name"], "welcome");
    let out = program.path("pictures");
    program.good(&[
        "play",
        &tape,
        "--format",
        "svg",
        "--out",
        out.to_str().unwrap(),
    ]);
    let picture = fs::read_to_string(out.join("welcome.svg")).unwrap();
    assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
    let broken = program.file("broken.tape", "store empty\nexpect nothing of the kind\n");
    let ran = program.run(&["play", &broken]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("broken.tape, line 2"), "{}", ran.err);
    assert!(
        ran.out.contains("== ? =="),
        "the screen is printed: {}",
        ran.out
    );
}

#[test]
fn without_a_terminal_the_desk_does_not_open_and_says_why() {
    let ran = Program::new().run(&[] as &[&str]);
    assert_eq!(ran.code, 1);
    assert!(
        !ran.err.trim().is_empty() && !ran.err.contains("term-fault"),
        "{}",
        ran.err
    );
}
