//! Every screen as it looks, in both languages and sizes: text, styles, caret.

use frontdesk::locale::Lang;

use crate::harness::{Desk, LARGE, SMALL};

/// Name and keys of each screen, from a desk with a few records.
const SCREENS: &[(&str, &str)] = &[
    ("intake", "1"),
    ("intake-call", "1c"),
    ("intake-caller-known", "1c13800138000"),
    ("intake-caller-several", "1c138"),
    ("intake-refused", "1c135<tab>x<f2>"),
    ("intake-close", "1x"),
    ("complaints", "2"),
    ("complaint-of-request", "1m"),
    ("complaint-assign", "2a"),
    ("archive", "3"),
    ("loans", "3t"),
    ("archive-lend", "3<end>o"),
    ("archive-take-back", "3r"),
    ("archive-proof", "3d"),
    ("customers", "4<end>"),
    ("customer-form", "4<end>e"),
    ("customer-record", "4<end><enter>"),
    ("customer-retire", "4x"),
    ("help", "2?"),
    ("palette", "1:"),
    ("filter", "1f"),
    ("find", "4/wjg"),
    ("values", "1c13800138000<tab><tab><tab><f4>"),
    ("next-keys", "1<ctrl+x>"),
    ("handling", "1<ctrl+x><ctrl+r>"),
];

#[test]
fn every_screen_looks_as_it_did() {
    for lang in Lang::ALL {
        for size in [SMALL, LARGE] {
            let folder = format!("{}-{}x{}", lang.code(), size.0, size.1);
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(format!("../snapshots/{folder}"));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| {
                let empty = Desk::empty(*lang, size);
                insta::assert_snapshot!("welcome", empty.styled());
                for (name, keys) in SCREENS {
                    let mut desk = Desk::sample(*lang, size);
                    desk.press(keys);
                    insta::assert_snapshot!(*name, desk.styled());
                }
            });
        }
    }
}
