//! Tapes of calls, with every key counted beside the number and the text (`docs/keystrokes.md`).

use std::fmt::Write as _;

use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::harness::Desk;
use crate::tapes::press;

/// A tape: what it is of, by whom at which site, the keys, and how many it may take.
type Tape = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    usize,
);

const TAPES: &[Tape] = &[
    (
        "Of a known number, logged and saved",
        "property",
        "customer-service",
        "c「13800138000」<enter>「问物业费」<f2>",
        5,
    ),
    (
        "Of an unknown number, attached to a customer and noted on the card",
        "leasing",
        "leasing-manager",
        "c「13712345678」<f4>「王建国」<enter><enter>「问租金」<f2>",
        9,
    ),
    (
        "Of an unknown number, registered as a customer",
        "property",
        "customer-service",
        "c「13712345678」<enter>「周涛」<enter>「6-301」<enter><enter><enter>「电梯有异响」<f2>",
        9,
    ),
    (
        "Of a known number, at a leasing office",
        "leasing",
        "leasing-manager",
        "c「13800138000」<enter>「问租金」<f2>",
        5,
    ),
    (
        "Of an unknown number, registered as a customer of a leasing office",
        "leasing",
        "leasing-manager",
        "c「13712345678」<enter>「周涛」<enter>「A-301」<enter><enter><enter>「问租金」<f2>",
        9,
    ),
    (
        "Again of the last customer",
        "property",
        "customer-service",
        "c<ctrl+w>「」<enter>「又问停车费」<f2>",
        5,
    ),
];

/// Plays a tape and returns how many keys it takes.
fn play(tape: &Tape, lang: Lang) -> usize {
    let (_, profile, login, keys, most) = tape;
    let mut desk = Desk::staffed(profile, lang).with(login);
    // The desk stands in its tab all day, and somebody was spoken with before.
    desk.press("1c13800138000<enter>问好<f2>");
    let taken = press(&mut desk, keys);
    assert!(taken <= *most, "{keys} takes {taken}");
    let Record::Intake(logged) = desk.record("IN-2024-00002") else {
        panic!("{}", desk.screen());
    };
    assert!(logged.details.customer.is_some(), "{logged:?}");
    taken
}

/// The lines of the page.
pub fn table() -> String {
    let mut page = "## A call\n\n| call | keys | at most |\n| --- | --- | --- |\n".to_owned();
    for tape in TAPES {
        let keys = [Lang::Zh, Lang::En].map(|lang| play(tape, lang));
        assert_eq!(keys[0], keys[1]);
        writeln!(page, "| {} | {} | {} |", tape.0, keys[0], tape.4).unwrap();
    }
    page
}

#[test]
fn a_call_is_logged_within_the_keys_of_the_page() {
    table();
}
