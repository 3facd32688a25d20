//! Keymap files as operators write them: good ones load without a word, and bad ones are told
//! line by line in both languages, in the words kept beside them.
//!
//! With `FRONTDESK_BLESS=1` the words are written anew instead of compared.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use frontdesk::keys::action::{Action, Layer};
use frontdesk::keys::check::{self, Finding};
use frontdesk::keys::{Keymap, Resolver, Sequence, Step, preset, script};

/// The texts of the keys room in one language.
struct Words(FluentBundle<FluentResource>);

impl Words {
    fn load(language: &str) -> Self {
        let path = root().join("locales").join(language).join("keys.ftl");
        let resource = FluentResource::try_new(fs::read_to_string(path).unwrap()).unwrap();
        let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).unwrap();
        Self(bundle)
    }

    /// A message and what to do next, with nothing left unfilled.
    fn say(&self, id: &str, args: &[(&'static str, String)]) -> String {
        let values: FluentArgs<'_> = args
            .iter()
            .map(|(name, value)| (*name, FluentValue::from(value.as_str())))
            .collect();
        let message = self
            .0
            .get_message(id)
            .unwrap_or_else(|| panic!("no text for {id}"));
        let next = message
            .get_attribute("next")
            .unwrap_or_else(|| panic!("no next step for {id}"));
        let mut errors = Vec::new();
        let what = self
            .0
            .format_pattern(message.value().unwrap(), Some(&values), &mut errors);
        let todo = self
            .0
            .format_pattern(next.value(), Some(&values), &mut errors);
        let said = format!("{what} {todo}");
        assert!(errors.is_empty(), "{id}: {errors:?}");
        said
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = root().join("fixtures/keymaps").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn bad_keymaps_are_told_in_words() {
    let languages = [Words::load("en"), Words::load("zh")];
    for path in files("bad") {
        let text = fs::read_to_string(&path).unwrap();
        let (_, faults) = Keymap::load("empty", Some((&name(&path), &text)));
        assert!(!faults.is_empty(), "{} is not bad", path.display());
        let mut told = String::new();
        for words in &languages {
            for fault in &faults {
                let said = words.say(&format!("keymap-fault-{}", fault.key()), &fault.args());
                writeln!(told, "{}: {said}", fault.place).unwrap();
            }
        }
        let beside = path.with_extension("txt");
        if std::env::var_os("FRONTDESK_BLESS").is_some() {
            fs::write(&beside, &told).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        assert_eq!(told, expected, "{}", path.display());
    }
}

#[test]
fn good_keymaps_load_without_a_word() {
    for path in files("good") {
        let text = fs::read_to_string(&path).unwrap();
        let (_, faults) = Keymap::load("default", Some((&name(&path), &text)));
        assert_eq!(faults, [], "{}", path.display());
    }
}

#[test]
fn every_finding_has_words_in_both_languages() {
    let keys = Sequence::parse("g g").unwrap();
    let place = &[Layer::Form, Layer::Global];
    let findings = [
        Finding::Unreachable {
            action: Action::Save,
            place,
        },
        Finding::Unsafe {
            action: Action::Save,
            place,
            keys: keys.clone(),
        },
        Finding::Hidden {
            layer: Layer::List,
            keys,
            action: Action::First,
            by_layer: Layer::Archive,
            by: Action::CheckOut,
        },
    ];
    for words in [Words::load("en"), Words::load("zh")] {
        for finding in &findings {
            let said = words.say(
                &format!("keymap-finding-{}", finding.key()),
                &finding.args(),
            );
            assert!(
                said.contains(finding.args().first().unwrap().1.as_str()),
                "{said}"
            );
        }
        for bad in ["<tba>", "<zzzzz>", "<tab", "<paste>", "\u{7}"] {
            let fault = script::parse(bad).unwrap_err();
            let said = words.say(&format!("script-fault-{}", fault.key()), &fault.args());
            assert!(said.contains(&fault.column.to_string()), "{said}");
        }
    }
}

#[test]
fn every_action_and_layer_has_a_name_in_both_languages() {
    for words in [Words::load("en"), Words::load("zh")] {
        for action in Action::ALL {
            assert!(
                words.0.has_message(&format!("action-{}", action.id())),
                "{action}"
            );
        }
        for layer in Layer::ALL {
            let id = format!("layer-{}", layer.name().replace('.', "-"));
            assert!(words.0.has_message(&id), "{id}");
        }
    }
}

#[test]
fn a_letter_in_a_list_always_has_a_form_that_the_input_method_lets_through() {
    for preset in preset::NAMES {
        let keymap = Keymap::preset(preset).unwrap();
        for place in check::PLACES
            .iter()
            .filter(|place| place.contains(&Layer::List))
        {
            for action in Action::ALL {
                let ways = keymap.ways(*action, place);
                let by_letter = ways.iter().any(|way| way.starts_with_text());
                let by_other = ways.iter().any(|way| check::is_safe(way));
                assert!(!by_letter || by_other, "{preset}: {action} in {place:?}");
            }
        }
    }
}

#[test]
fn every_hint_leads_to_its_action() {
    for preset in preset::NAMES {
        let keymap = Keymap::preset(preset).unwrap();
        for place in check::PLACES {
            for action in Action::ALL {
                let Some(hint) = keymap.hint(*action, place) else {
                    continue;
                };
                let mut resolver = Resolver::default();
                let mut last = Step::NotFound;
                for key in Sequence::parse(&hint).unwrap().keys() {
                    last = resolver.press(&keymap, place, *key);
                }
                assert_eq!(
                    last,
                    Step::Matched(*action),
                    "{preset}: {hint} in {place:?}"
                );
            }
        }
    }
}

#[test]
fn keys_that_block_terminals_taught_do_what_they_did() {
    let keymap = Keymap::preset("greenscreen").unwrap();
    let form = [Layer::Field, Layer::Form, Layer::Global];
    let list = [Layer::Intake, Layer::List, Layer::Global];
    for (layers, key, action) in [
        (&form, "F3", Action::Leave),
        (&form, "F4", Action::Pick),
        (&list, "F6", Action::New),
        (&form, "F12", Action::Leave),
        (&list, "F8", Action::PageDown),
    ] {
        let mut resolver = Resolver::default();
        let pressed = Sequence::parse(key).unwrap();
        let step = resolver.press(&keymap, layers, pressed.keys()[0]);
        assert_eq!(step, Step::Matched(action), "{key}");
    }
}

#[test]
fn of_a_thousand_faults_a_hundred_are_told_and_the_rest_is_counted() {
    let mut text = String::from("[list]\n\"g x\" = \"first\"\n");
    for line in 0..1_000 {
        writeln!(text, "\"g y{line}\" = \"frist\"").unwrap();
    }
    let (keymap, faults) = Keymap::load("default", Some(("own.toml", &text)));
    let (more, told) = faults.split_last().unwrap();
    assert_eq!(
        (told.len(), more.key(), more.place.line),
        (100, "more", 103)
    );
    assert_eq!(more.args(), [("count", "900".to_owned())]);
    let lines: Vec<usize> = told.iter().map(|fault| fault.place.line).collect();
    assert_eq!(lines, (3..103).collect::<Vec<_>>());
    let kept = Sequence::parse("g x").unwrap();
    let binding = keymap.exact(Layer::List, kept.keys()).unwrap();
    assert_eq!(binding.action, Action::First, "the good line is in force");
    for words in [Words::load("en"), Words::load("zh")] {
        assert!(words.say("keymap-fault-more", &more.args()).contains("900"));
    }
}

#[test]
fn names_and_sequences_of_any_length_are_read_and_quoted_short() {
    let name = "x".repeat(100_000);
    let steps = "g ".repeat(50_000);
    let text = format!(
        "[list]\nF2 = \"{name}\"\n\"{name}\" = \"first\"\n\"{steps}\" = \"first\"\n\"{steps} x\" = \"last\"\n[{name}]\n"
    );
    let (_, faults) = Keymap::load("empty", Some(("own.toml", &text)));
    let keys: Vec<&str> = faults.iter().map(frontdesk::keys::Fault::key).collect();
    assert_eq!(
        keys,
        [
            "unknown-action",
            "bad-key",
            "too-long",
            "too-long",
            "unknown-section"
        ]
    );
    for fault in &faults {
        let longest = fault.args().iter().map(|(_, value)| value.len()).max();
        assert!(longest < Some(60), "{fault:?}");
    }
}

#[test]
fn a_keymap_as_long_as_may_be_is_read_without_looking_at_each_line_for_each() {
    let mut text = String::from("preset = \"empty\"\n[list]\n");
    for c in '\u{4e00}'..'\u{8e00}' {
        if text.len() > 255 << 10 {
            break;
        }
        writeln!(text, "\"{c} {c}\"=\"last\"").unwrap();
    }
    let (keymap, faults) = Keymap::load("default", Some(("own.toml", &text)));
    assert_eq!(faults, []);
    assert!(keymap.bindings(Layer::List).count() > 10_000);
    assert!(!check::check(&keymap).is_empty());
}
