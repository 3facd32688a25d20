//! Tests of reading keymap files.

use super::*;

fn load(text: &str) -> (Keymap, Vec<(usize, &'static str)>) {
    let (keymap, faults) = keymap("empty", Some(("my.toml", text)));
    (
        keymap,
        faults
            .into_iter()
            .map(|fault| (fault.place.line, fault.key()))
            .collect(),
    )
}

fn bound(keymap: &Keymap, layer: Layer, keys: &str) -> Option<Action> {
    keymap
        .exact(layer, Sequence::parse(keys).unwrap().keys())
        .map(|binding| binding.action)
}

#[test]
fn good_lines_stay_in_force_beside_bad_ones() {
    let (map, faults) = load(
        "F1 = 'help'\n[list]\nn = 'new'\nx = 'nwe'\n'Crtl+E' = 'edit'\n[lsit]\ny = 'open'\n\
         [pane.intake]\nc = 'new-call'\nC = 3\n",
    );
    assert_eq!(
        faults,
        [
            (1, "homeless"),
            (4, "unknown-action"),
            (5, "bad-key"),
            (6, "unknown-section"),
            (10, "not-an-action")
        ]
    );
    assert_eq!(bound(&map, Layer::List, "n"), Some(Action::New));
    assert_eq!(bound(&map, Layer::Intake, "c"), Some(Action::NewCall));
}

#[test]
fn a_broken_line_does_not_take_the_file_with_it() {
    let (map, faults) = load("[list]\nn = 'new'\n? = 'help'\ne = 'edit'\n");
    assert!(faults.contains(&(3, "syntax")), "{faults:?}");
    assert_eq!(bound(&map, Layer::List, "n"), Some(Action::New));
    assert_eq!(bound(&map, Layer::List, "e"), Some(Action::Edit));
}

#[test]
fn one_sequence_may_not_stand_in_the_way_of_another() {
    let (map, faults) = load("[list]\n'g g' = 'first'\ng = 'last'\n'G' = 'last'\n'G G' = 'up'\n");
    assert_eq!(faults, [(3, "shadowed"), (5, "shadowed")]);
    assert_eq!(bound(&map, Layer::List, "g g"), Some(Action::First));
}

#[test]
fn the_same_keys_in_another_spelling_are_the_same() {
    let (map, faults) = load("[list]\n'ctrl+e' = 'edit'\n'Ctrl+E' = 'open'\n'ｎ' = 'new'\n");
    assert_eq!(faults, [(3, "twice")]);
    assert_eq!(bound(&map, Layer::List, "Ctrl+E"), Some(Action::Edit));
    assert_eq!(bound(&map, Layer::List, "n"), Some(Action::New));
}

#[test]
fn any_character_can_be_bound() {
    let (map, faults) =
        load("[list]\n'é' = 'edit'\n'Shift+É' = 'open'\n'中' = 'switch-language'\n");
    assert_eq!(faults, []);
    assert_eq!(bound(&map, Layer::List, "é"), Some(Action::Edit));
    assert_eq!(bound(&map, Layer::List, "É"), Some(Action::Open));
    assert_eq!(bound(&map, Layer::List, "中"), Some(Action::SwitchLanguage));
}

#[test]
fn unbind_takes_away_one_or_all() {
    let text = "preset = 'default'\n[list]\nunbind = ['F3', 'Ctrl+Y Ctrl+Y', 7]\n\
                [pane.archive]\nunbind = ['*']\nz = 'new-file'\n[form]\nunbind = 'F2'\n";
    let (map, faults) = load(text);
    assert_eq!(
        faults,
        [
            (3, "nothing-to-unbind"),
            (3, "bad-unbind"),
            (8, "bad-unbind")
        ]
    );
    assert_eq!(bound(&map, Layer::List, "F3"), None);
    assert_eq!(map.bindings(Layer::Archive).count(), 1);
    assert_eq!(bound(&map, Layer::Form, "F2"), Some(Action::Save));
}

#[test]
fn a_file_may_give_a_preset_key_another_meaning() {
    let (map, faults) = load("preset = 'default'\n[form]\nF2 = 'pick'\n");
    assert_eq!(faults, []);
    assert_eq!(bound(&map, Layer::Form, "F2"), Some(Action::Pick));
}

#[test]
fn what_cannot_work_is_refused() {
    let (_, faults) = load(
        "preset = 'vmi'\n[field]\nx = 'undo'\n'Ctrl+H' = 'backspace'\n\
         [pane.intake]\nz = 'new-file'\n",
    );
    assert_eq!(
        faults,
        [
            (1, "unknown-preset"),
            (3, "is-text"),
            (4, "never-arrives"),
            (6, "wrong-layer")
        ]
    );
}
