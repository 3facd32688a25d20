//! From keys to actions: the keys of a session that wait for their next one.
//!
//! The resolver never takes text. Where a field has the caret, a key that types something goes
//! through untouched, unless it continues a sequence begun with a key that types nothing; only
//! when the answer is [`Step::NotFound`] may a caller ask the key for its text.

use super::action::{Action, Layer};
use super::key::{Code, Key};
use super::keymap::{Found, Keymap};

/// What came of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// An action.
    Matched(Action),
    /// More keys must follow: these can, with what each leads to.
    Pending(Vec<(Key, Next)>),
    /// The key means nothing here; it may be text.
    NotFound,
    /// Keys were waiting and this one ended the wait: Esc, or a key that cannot follow. It is
    /// not text.
    Cancelled,
}

/// Where the next key of a sequence leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// To an action.
    Action(Action),
    /// To more keys.
    More,
}

/// The keys of one session that wait for their next one.
#[derive(Debug, Clone, Default)]
pub struct Resolver {
    pending: Vec<Key>,
}

impl Resolver {
    /// The keys that wait, for the screen to show.
    pub fn pending(&self) -> &[Key] {
        &self.pending
    }

    /// Forgets the keys that wait: the screen under them has changed.
    pub fn reset(&mut self) {
        self.pending.clear();
    }

    /// One key where `layers` apply, the most local first.
    pub fn press(&mut self, keymap: &Keymap, layers: &[Layer], key: Key) -> Step {
        let key = key.folded();
        let is_first = self.pending.is_empty();
        if is_first && key.text().is_some() && layers.iter().any(|layer| layer.takes_text()) {
            return Step::NotFound;
        }
        if !is_first && key == Key::plain(Code::Esc) {
            self.reset();
            return Step::Cancelled;
        }
        self.pending.push(key);
        match keymap.find(layers, &self.pending) {
            Found::Action(action) => {
                self.reset();
                Step::Matched(action)
            }
            Found::Beginning => Step::Pending(following(keymap, layers, &self.pending)),
            Found::Nothing => {
                self.reset();
                if is_first {
                    Step::NotFound
                } else {
                    Step::Cancelled
                }
            }
        }
    }
}

/// The keys that can follow in any of the layers; a more local layer's meaning wins.
fn following(keymap: &Keymap, layers: &[Layer], pending: &[Key]) -> Vec<(Key, Next)> {
    let mut following: Vec<(Key, Next)> = Vec::new();
    for (sequence, binding) in layers
        .iter()
        .flat_map(|layer| keymap.continuing(*layer, pending))
    {
        let Some(key) = sequence.keys().get(pending.len()) else {
            continue;
        };
        if following.iter().any(|(known, _)| known == key) {
            continue;
        }
        let is_last = sequence.keys().len() == pending.len() + 1;
        following.push((
            *key,
            if is_last {
                Next::Action(binding.action)
            } else {
                Next::More
            },
        ));
    }
    following.sort_by_key(|(key, _)| *key);
    following
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &[Layer] = &[Layer::Intake, Layer::List, Layer::Global];
    const FIELD: &[Layer] = &[Layer::Field, Layer::Form, Layer::Global];

    fn keymap() -> Keymap {
        let text = "[global]\n'Ctrl+X Ctrl+L' = 'switch-language'\n'Ctrl+X n' = 'notices'\n\
                    [list]\nn = 'new'\n'g g' = 'first'\n'a b c' = 'last'\n'?' = 'help'\n\
                    [pane.intake]\n'g t' = 'new-call'\n\
                    [form]\n'Ctrl+X Ctrl+S' = 'save'\ns = 'save'\n[field]\n'Ctrl+K' = 'delete-to-end'\n";
        let (keymap, faults) = Keymap::load("empty", Some(("test.toml", text)));
        assert_eq!(faults, []);
        keymap
    }

    fn press(resolver: &mut Resolver, layers: &[Layer], key: &str) -> Step {
        resolver.press(&keymap(), layers, Key::parse(key).unwrap())
    }

    #[test]
    fn a_single_key_is_matched_at_once() {
        let mut resolver = Resolver::default();
        assert_eq!(press(&mut resolver, LIST, "n"), Step::Matched(Action::New));
        assert_eq!(press(&mut resolver, LIST, "z"), Step::NotFound);
    }

    #[test]
    fn a_sequence_of_three_keys_is_followed_to_its_end() {
        let mut resolver = Resolver::default();
        let b = Key::char('b');
        assert_eq!(
            press(&mut resolver, LIST, "a"),
            Step::Pending(vec![(b, Next::More)])
        );
        assert!(matches!(press(&mut resolver, LIST, "b"), Step::Pending(_)));
        assert_eq!(resolver.pending().len(), 2);
        assert_eq!(press(&mut resolver, LIST, "c"), Step::Matched(Action::Last));
        assert!(resolver.pending().is_empty());
    }

    #[test]
    fn what_can_follow_is_told_from_all_layers() {
        let mut resolver = Resolver::default();
        assert_eq!(
            press(&mut resolver, LIST, "g"),
            Step::Pending(vec![
                (Key::char('g'), Next::Action(Action::First)),
                (Key::char('t'), Next::Action(Action::NewCall)),
            ])
        );
        assert_eq!(
            press(&mut resolver, LIST, "g"),
            Step::Matched(Action::First)
        );
    }

    #[test]
    fn esc_and_strange_keys_end_the_wait_and_nothing_else() {
        let mut resolver = Resolver::default();
        press(&mut resolver, LIST, "g");
        assert_eq!(press(&mut resolver, LIST, "Esc"), Step::Cancelled);
        assert_eq!(press(&mut resolver, LIST, "Esc"), Step::NotFound);
        press(&mut resolver, LIST, "g");
        assert_eq!(press(&mut resolver, LIST, "n"), Step::Cancelled);
        assert_eq!(press(&mut resolver, LIST, "n"), Step::Matched(Action::New));
    }

    #[test]
    fn text_is_never_taken_from_a_field() {
        let mut resolver = Resolver::default();
        for text in ["s", "n", "?", "中", "Space", "ｎ"] {
            assert_eq!(press(&mut resolver, FIELD, text), Step::NotFound, "{text}");
        }
        assert_eq!(
            press(&mut resolver, FIELD, "Ctrl+K"),
            Step::Matched(Action::DeleteToEnd)
        );
        press(&mut resolver, FIELD, "Ctrl+X");
        assert_eq!(
            press(&mut resolver, FIELD, "n"),
            Step::Matched(Action::Notices)
        );
        press(&mut resolver, FIELD, "Ctrl+X");
        assert_eq!(press(&mut resolver, FIELD, "z"), Step::Cancelled);
    }

    #[test]
    fn the_full_width_letters_of_an_input_method_are_keys_too() {
        let mut resolver = Resolver::default();
        assert_eq!(press(&mut resolver, LIST, "ｎ"), Step::Matched(Action::New));
        assert_eq!(
            press(&mut resolver, LIST, "？"),
            Step::Matched(Action::Help)
        );
    }
}
