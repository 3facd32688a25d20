//! Whether a keymap can be worked with: what cannot be reached, and what stands in the way.
//!
//! Faults of single lines are found while reading (`load`). Here the keymap as a whole is walked
//! as an operator meets it, place by place.

use super::action::{Action, Layer};
use super::key::{Code, Key};
use super::keymap::{Binding, Keymap};
use super::sequence::Sequence;

/// The places where an operator can be, as the layers that apply there, most local first.
///
/// A popup with a search line puts its own layer before the field's: the arrows belong to the
/// popup there, and what is typed to the line.
pub const PLACES: &[&[Layer]] = &[
    &[Layer::Intake, Layer::List, Layer::Global],
    &[Layer::Complaints, Layer::List, Layer::Global],
    &[Layer::Archive, Layer::List, Layer::Global],
    &[Layer::Customers, Layer::List, Layer::Global],
    &[Layer::Approvals, Layer::List, Layer::Global],
    &[Layer::FollowUps, Layer::List, Layer::Global],
    &[Layer::Form, Layer::Global],
    &[Layer::Field, Layer::Form, Layer::Global],
    &[Layer::Popup, Layer::Global],
    &[Layer::Popup, Layer::Field, Layer::Global],
];

/// Moving through a list, which popups do as well.
const MOVES: &[Action] = &[
    Action::Up,
    Action::Down,
    Action::PageUp,
    Action::PageDown,
    Action::First,
    Action::Last,
];

/// What must be within reach from everywhere.
const EVERYWHERE: &[Action] = &[
    Action::Help,
    Action::Palette,
    Action::SwitchLanguage,
    Action::Redraw,
    Action::Quit,
];

/// Something about a keymap as a whole that will trouble an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// No key comes to an action in a place where it belongs.
    Unreachable {
        /// The action.
        action: Action,
        /// The place.
        place: &'static [Layer],
    },
    /// Only keys come to an action that many terminals or desktops keep for themselves, or only
    /// letters, which an input method takes while it is on.
    Unsafe {
        /// The action.
        action: Action,
        /// The place.
        place: &'static [Layer],
        /// The best of its keys.
        keys: Sequence,
    },
    /// A more local sequence begins another, or is begun by it, so that one of them never
    /// comes to its end.
    Hidden {
        /// The layer of the keys that do not work.
        layer: Layer,
        /// Those keys.
        keys: Sequence,
        /// What they should mean.
        action: Action,
        /// The layer that hides them.
        by_layer: Layer,
        /// What its keys mean.
        by: Action,
    },
}

impl Finding {
    /// The name under which the locale files have the words: `keymap-finding-<key>`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "unreachable",
            Self::Unsafe { .. } => "unsafe",
            Self::Hidden { .. } => "hidden",
        }
    }

    /// The values that the words name.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreachable { action, place } => {
                vec![("action", action.to_string()), ("layer", most_local(place))]
            }
            Self::Unsafe {
                action,
                place,
                keys,
            } => vec![
                ("action", action.to_string()),
                ("layer", most_local(place)),
                ("keys", keys.to_string()),
            ],
            Self::Hidden {
                layer,
                keys,
                action,
                by_layer,
                by,
            } => vec![
                ("layer", layer.name().to_owned()),
                ("keys", keys.to_string()),
                ("action", action.to_string()),
                ("other-layer", by_layer.name().to_owned()),
                ("other-action", by.to_string()),
            ],
        }
    }
}

/// Whether a key in a layer can ever do an action: both apply in one place.
pub fn meet(layer: Layer, action: Action) -> bool {
    let moves_popup = layer == Layer::Popup && MOVES.contains(&action);
    let together = |place: &[Layer]| place.contains(&layer) && place.contains(&action.layer());
    moves_popup || PLACES.iter().any(|place| together(place))
}

/// All findings about a keymap.
pub fn check(keymap: &Keymap) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in PLACES {
        for action in Action::ALL
            .iter()
            .copied()
            .filter(|action| belongs(*action, place))
        {
            let ways = keymap.ways(action, place);
            match ways.first() {
                None => findings.push(Finding::Unreachable { action, place }),
                Some(best) if !ways.iter().any(|way| is_safe(way)) => {
                    let keys = (*best).clone();
                    findings.push(Finding::Unsafe {
                        action,
                        place,
                        keys,
                    });
                }
                Some(_) => {}
            }
        }
        for finding in hidden(keymap, place) {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    findings
}

/// Whether an action must be within reach in a place.
fn belongs(action: Action, place: &[Layer]) -> bool {
    let in_list = place.contains(&Layer::List);
    let in_popup = place.first() == Some(&Layer::Popup);
    match action.layer() {
        Layer::Global => in_list || (!in_popup && EVERYWHERE.contains(&action)),
        // A search line has one line: Enter and the arrows up and down are the popup's.
        Layer::Field => place.first() == Some(&Layer::Field),
        Layer::List => in_list || (in_popup && matches!(action, Action::Up | Action::Down)),
        own => place.contains(&own),
    }
}

/// The bindings that a more local layer keeps from being finished, or whose longer form it needs.
fn hidden(keymap: &Keymap, place: &'static [Layer]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (rank, layer) in place.iter().enumerate() {
        for (keys, binding) in keymap.bindings(*layer) {
            for above in place.iter().take(rank) {
                let shorter = (1..keys.keys().len())
                    .filter_map(|end| keys.keys().get(..end))
                    .find_map(|start| keymap.exact(*above, start));
                let longer = || {
                    keymap
                        .continuing(*above, keys.keys())
                        .map(|(_, own)| own)
                        .next()
                };
                if let Some(Binding { action: by, .. }) = shorter.or_else(longer) {
                    findings.push(Finding::Hidden {
                        layer: *layer,
                        keys: keys.clone(),
                        action: binding.action,
                        by_layer: *above,
                        by: *by,
                    });
                }
            }
        }
    }
    findings
}

/// Whether every key of a sequence arrives on all terminals and past every input method.
pub fn is_safe(sequence: &Sequence) -> bool {
    sequence.keys().iter().all(|key| is_safe_key(*key))
}

/// The reasons, in the order of the lines: Alt types accents on some terminals and opens menus on
/// others; an input method takes what types text; it also takes Ctrl+Space, terminals cannot tell
/// Ctrl with a digit or Ctrl+Shift from other keys, Ctrl+A and Ctrl+B are the prefixes of screen
/// and tmux, Ctrl+S and Ctrl+Q stop and start the output of some lines, Ctrl+V pastes; Enter, Tab,
/// Backspace and Esc are told apart from their forms with modifiers by few; F1 and F10 to F12
/// belong to the desktop.
fn is_safe_key(key: Key) -> bool {
    if key.alt || key.text().is_some() {
        return false;
    }
    match key.code {
        Code::Char(c) => c.is_ascii_lowercase() && !key.shift && !"abqsv".contains(c),
        Code::Enter | Code::Backspace | Code::Esc => !key.ctrl && !key.shift,
        Code::Tab => !key.ctrl,
        Code::F(number) => !key.ctrl && !key.shift && (2..=9).contains(&number),
        _ => !(key.ctrl && key.shift),
    }
}

fn most_local(place: &[Layer]) -> String {
    place
        .first()
        .map(|layer| layer.name().to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::preset;

    #[test]
    fn every_preset_is_without_fault_and_reaches_everything_safely() {
        for name in preset::NAMES {
            let (keymap, faults) = Keymap::load(name, None);
            assert_eq!(faults, [], "{name}");
            assert_eq!(check(&keymap), [], "{name}");
        }
    }

    #[test]
    fn what_cannot_be_reached_is_told_with_its_place() {
        let text = "preset = 'default'\n[form]\nunbind = ['F2', 'Ctrl+S']\n";
        let (keymap, _) = Keymap::load("default", Some(("my.toml", text)));
        assert_eq!(
            check(&keymap),
            [
                Finding::Unreachable {
                    action: Action::Save,
                    place: &[Layer::Form, Layer::Global]
                },
                Finding::Unreachable {
                    action: Action::Save,
                    place: &[Layer::Field, Layer::Form, Layer::Global]
                },
            ]
        );
    }

    #[test]
    fn a_command_that_only_a_letter_reaches_is_told() {
        let text = "preset = 'default'\n[list]\nunbind = ['F4']\n";
        let (keymap, _) = Keymap::load("default", Some(("my.toml", text)));
        let findings = check(&keymap);
        assert_eq!(findings.len(), 6);
        assert!(findings.iter().all(|finding| finding.key() == "unsafe"
            && finding.args().contains(&("keys", "f".to_owned()))));
    }

    #[test]
    fn a_local_key_that_begins_a_wider_sequence_is_told_with_both_names() {
        let text = "preset = 'vim'\n[pane.archive]\ng = 'check-out'\n";
        let (keymap, _) = Keymap::load("default", Some(("my.toml", text)));
        let hidden: Vec<Finding> = check(&keymap)
            .into_iter()
            .filter(|finding| finding.key() == "hidden")
            .collect();
        assert!(hidden.contains(&Finding::Hidden {
            layer: Layer::List,
            keys: Sequence::parse("g g").unwrap(),
            action: Action::First,
            by_layer: Layer::Archive,
            by: Action::CheckOut,
        }));
        assert_eq!(hidden.len(), 3);
    }

    #[test]
    fn safe_keys_are_those_that_arrive_everywhere() {
        for keys in [
            "F2",
            "Ctrl+K",
            "Enter",
            "Shift+Tab",
            "Ctrl+X Ctrl+L",
            "PageDown",
        ] {
            assert!(is_safe(&Sequence::parse(keys).unwrap()), "{keys}");
        }
        for keys in [
            "n",
            "中",
            "Alt+n",
            "Shift+Enter",
            "Ctrl+Enter",
            "Ctrl+4",
            "Ctrl+Space",
            "Ctrl+B",
            "F11",
            "Ctrl+Shift+K",
            "Ctrl+X n",
            "Ctrl+S",
        ] {
            assert!(!is_safe(&Sequence::parse(keys).unwrap()), "{keys}");
        }
    }
}
