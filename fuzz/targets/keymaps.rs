//! Any text as a keymap file: it is read, looked over, and what is in force can be written down
//! and read again without a fault.
#![no_main]

use frontdesk::keys::action::Layer;
use frontdesk::keys::check::check;
use frontdesk::keys::keymap::Keymap;
use frontdesk::keys::sequence::Sequence;
use libfuzzer_sys::fuzz_target;

/// What a keymap binds, as a file that stands on nothing.
fn written(keymap: &Keymap) -> String {
    let mut text = String::from("preset = 'empty'\n");
    for layer in Layer::ALL {
        text.push_str(&format!("[{}]\n", layer.name()));
        for (sequence, binding) in keymap.bindings(*layer) {
            let keys: String = sequence
                .to_string()
                .chars()
                .map(|c| format!("\\U{:08X}", u32::from(c)))
                .collect();
            text.push_str(&format!("\"{keys}\" = '{}'\n", binding.action.id()));
        }
    }
    text
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (keymap, faults) = Keymap::load("default", Some(("own.toml", &text)));
    let lines = text.matches('\n').count() + 1;
    for fault in &faults {
        assert!((1..=lines).contains(&fault.place.line), "{fault:?}");
        assert!(!fault.key().is_empty());
        let _ = fault.args();
    }
    for finding in check(&keymap) {
        let _ = (finding.key(), finding.args());
    }
    let (again, faults) = Keymap::load("empty", Some(("again.toml", &written(&keymap))));
    assert_eq!(faults, [], "what is in force has no fault");
    for layer in Layer::ALL {
        let actions = |keymap: &Keymap| -> Vec<_> {
            let all = keymap.bindings(*layer);
            all.map(|(keys, it)| (keys.clone(), it.action)).collect()
        };
        assert_eq!(actions(&keymap), actions(&again), "{layer:?}");
        for (sequence, _) in keymap.bindings(*layer) {
            assert_eq!(
                Sequence::parse(&sequence.to_string()).as_ref(),
                Ok(sequence)
            );
        }
    }
});
