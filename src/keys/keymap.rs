//! Which keys mean which action in which layer.
//!
//! A keymap answers questions and holds nothing of a session: keys that wait for their next one
//! are in `resolve`, reading files is in `load`.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::action::{Action, Layer};
use super::fault::{Fault, Place};
use super::key::Key;
use super::sequence::Sequence;
use super::{load, preset};
use crate::text::width;

/// The meaning of keys, layer by layer.
#[derive(Debug, Clone, Default)]
pub struct Keymap {
    layers: BTreeMap<Layer, BTreeMap<Sequence, Binding>>,
}

/// What a sequence means, and which line says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The action.
    pub action: Action,
    /// The line of the file that says so.
    pub place: Place,
}

/// What some keys pressed one after the other are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// An action.
    Action(Action),
    /// The beginning of one or more sequences.
    Beginning,
    /// Nothing.
    Nothing,
}

impl Keymap {
    /// The keymap of a user: his file, if he has one, laid over the preset that it names, or over
    /// `preset`. All faults are told and everything without fault is in force.
    pub fn load(preset: &str, file: Option<(&str, &str)>) -> (Self, Vec<Fault>) {
        load::keymap(preset, file)
    }

    /// One of the keymaps that the program brings along; nothing where no preset has the name.
    pub fn preset(name: &str) -> Option<Self> {
        preset::text(name)?;
        Some(load::keymap(name, None).0)
    }

    /// What keys mean where `layers` apply, the most local first.
    ///
    /// The most local layer that knows the keys, whole or as a beginning, decides.
    pub fn find(&self, layers: &[Layer], keys: &[Key]) -> Found {
        for layer in layers {
            if let Some(binding) = self.exact(*layer, keys) {
                return Found::Action(binding.action);
            }
            if self.continuing(*layer, keys).next().is_some() {
                return Found::Beginning;
            }
        }
        Found::Nothing
    }

    /// Whether pressing `sequence` where `layers` apply comes to `action`: nothing more local
    /// stands in its way and its first key is not text there.
    pub fn comes_to(&self, layers: &[Layer], sequence: &Sequence, action: Action) -> bool {
        let is_text = layers.iter().any(|layer| layer.takes_text()) && sequence.starts_with_text();
        let keys = sequence.keys();
        let free = |end: usize| {
            keys.get(..end)
                .is_some_and(|keys| self.find(layers, keys) == Found::Beginning)
        };
        !is_text && (1..keys.len()).all(free) && self.find(layers, keys) == Found::Action(action)
    }

    /// The sequences that come to an action where `layers` apply, the shortest first.
    pub fn ways(&self, action: Action, layers: &[Layer]) -> Vec<&Sequence> {
        let mut ways: Vec<&Sequence> = layers
            .iter()
            .flat_map(|layer| self.bindings(*layer))
            .filter(|(sequence, binding)| {
                binding.action == action && self.comes_to(layers, sequence, action)
            })
            .map(|(sequence, _)| sequence)
            .collect();
        ways.sort_by_key(|way| (way.keys().len(), width(&way.to_string())));
        ways
    }

    /// The way to an action where `layers` apply that footers and help name: the key people look
    /// for where it works, otherwise the shortest; nothing where no key comes to it.
    pub fn hint(&self, action: Action, layers: &[Layer]) -> Option<String> {
        let ways: Vec<String> = self
            .ways(action, layers)
            .iter()
            .map(ToString::to_string)
            .collect();
        let looked_for = expected(action)
            .and_then(|key| ways.iter().find(|way| *way == key))
            .or(ways.first());
        looked_for.cloned()
    }

    /// All keys of an action, whatever stands in their way.
    pub fn keys_of(&self, action: Action) -> Vec<(Layer, &Sequence)> {
        let mut keys = Vec::new();
        for layer in Layer::ALL {
            let own = self
                .bindings(*layer)
                .filter(|(_, binding)| binding.action == action);
            keys.extend(own.map(|(sequence, _)| (*layer, sequence)));
        }
        keys
    }

    /// All that a layer binds, in the order of the keys.
    pub fn bindings(&self, layer: Layer) -> impl Iterator<Item = (&Sequence, &Binding)> {
        self.layers.get(&layer).into_iter().flatten()
    }

    /// What a whole sequence means in one layer.
    pub fn exact(&self, layer: Layer, keys: &[Key]) -> Option<&Binding> {
        self.layers.get(&layer)?.get(keys)
    }

    /// The same, with the sequence as the layer has it.
    pub(super) fn entry(&self, layer: Layer, keys: &[Key]) -> Option<(&Sequence, &Binding)> {
        self.layers.get(&layer)?.get_key_value(keys)
    }

    /// What begins with `keys` in one layer and goes on after them.
    pub fn continuing<'a>(
        &'a self,
        layer: Layer,
        keys: &[Key],
    ) -> impl Iterator<Item = (&'a Sequence, &'a Binding)> {
        let after = (Bound::Excluded(keys), Bound::Unbounded);
        let map = self.layers.get(&layer).into_iter();
        let larger =
            map.flat_map(move |map| map.range::<[Key], (Bound<&[Key]>, Bound<&[Key]>)>(after));
        larger.take_while(move |(sequence, _)| sequence.continues(keys))
    }

    pub(super) fn bind(&mut self, layer: Layer, sequence: Sequence, binding: Binding) {
        self.layers
            .entry(layer)
            .or_default()
            .insert(sequence, binding);
    }

    pub(super) fn unbind(&mut self, layer: Layer, sequence: &Sequence) -> bool {
        self.layers
            .get_mut(&layer)
            .is_some_and(|map| map.remove(sequence).is_some())
    }

    pub(super) fn unbind_all(&mut self, layer: Layer) {
        self.layers.remove(&layer);
    }
}

/// The key that people try first for an action, whatever shorter ones there are.
const fn expected(action: Action) -> Option<&'static str> {
    match action {
        Action::Up => Some("Up"),
        Action::Down => Some("Down"),
        Action::Accept | Action::Open => Some("Enter"),
        Action::Cancel | Action::Leave => Some("Esc"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keymap(text: &str) -> Keymap {
        let (keymap, faults) = Keymap::load("empty", Some(("test.toml", text)));
        assert_eq!(faults, []);
        keymap
    }

    fn keys(text: &str) -> Sequence {
        Sequence::parse(text).unwrap()
    }

    #[test]
    fn the_more_local_layer_decides() {
        let map = keymap("[list]\nn = 'new'\n'g g' = 'first'\n[pane.intake]\nn = 'new-call'\n");
        let intake = [Layer::Intake, Layer::List, Layer::Global];
        let archive = [Layer::Archive, Layer::List, Layer::Global];
        assert_eq!(
            map.find(&intake, keys("n").keys()),
            Found::Action(Action::NewCall)
        );
        assert_eq!(
            map.find(&archive, keys("n").keys()),
            Found::Action(Action::New)
        );
        assert_eq!(map.find(&archive, keys("g").keys()), Found::Beginning);
        assert_eq!(
            map.find(&archive, keys("g g").keys()),
            Found::Action(Action::First)
        );
        assert_eq!(map.find(&archive, keys("g x").keys()), Found::Nothing);
    }

    #[test]
    fn a_hint_is_the_shortest_key_that_works_there() {
        let map = keymap(
            "[global]\n'Ctrl+X Ctrl+S' = 'save'\nF2 = 'save'\n'w' = 'save'\n[form]\nF2 = 'pick'\n",
        );
        assert_eq!(
            map.hint(Action::Save, &[Layer::Global]).as_deref(),
            Some("w")
        );
        let form = [Layer::Form, Layer::Global];
        assert_eq!(map.hint(Action::Save, &form).as_deref(), Some("w"));
        let field = [Layer::Field, Layer::Form, Layer::Global];
        assert_eq!(
            map.hint(Action::Save, &field).as_deref(),
            Some("Ctrl+X Ctrl+S")
        );
        assert_eq!(map.hint(Action::Help, &field), None);
        assert_eq!(map.keys_of(Action::Save).len(), 3);
    }

    #[test]
    fn a_hint_is_the_key_that_people_look_for() {
        let map = keymap(
            "[popup]\nTab = 'down'\nDown = 'down'\nn = 'cancel'\nEsc = 'cancel'\nk = 'up'\n",
        );
        let popup = [Layer::Popup];
        assert_eq!(map.hint(Action::Down, &popup).as_deref(), Some("Down"));
        assert_eq!(map.hint(Action::Cancel, &popup).as_deref(), Some("Esc"));
        assert_eq!(map.hint(Action::Up, &popup).as_deref(), Some("k"));
    }

    #[test]
    fn continuing_sequences_are_those_that_begin_with_the_keys() {
        let map = keymap("[list]\n'g g' = 'first'\n'g e' = 'last'\n'h' = 'history'\n");
        let begun = keys("g");
        let found: Vec<String> = map
            .continuing(Layer::List, begun.keys())
            .map(|(keys, _)| keys.to_string())
            .collect();
        assert_eq!(found, ["g e", "g g"]);
    }
}
