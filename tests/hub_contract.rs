//! What is said over a line does not change under one number: the print of all messages is kept
//! with the number of their contract.
//!
//! `FRONTDESK_BLESS=1` writes the print anew. Before the first release that is enough; after it, a
//! changed message is a new contract and gets a new number first.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use frontdesk::hub::protocol::{CONTRACT, Call, Greeting, Hello, Word};
use frontdesk::store::hex;
use schemars::schema_for;
use sha2::{Digest as _, Sha256};

#[test]
fn the_messages_are_those_of_their_contract() {
    let schemas = [
        schema_for!(Hello),
        schema_for!(Greeting),
        schema_for!(Call),
        schema_for!(Word),
    ];
    let hash = Sha256::digest(serde_json::to_string(&schemas).unwrap());
    let print = hex(&hash);
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/contract")
        .join(format!("{CONTRACT}.txt"));
    if std::env::var_os("FRONTDESK_BLESS").is_some() {
        std::fs::write(&file, format!("{print}\n")).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        kept.trim(),
        print,
        "the messages of contract {CONTRACT} have changed"
    );
}
