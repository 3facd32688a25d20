//! Any bytes on a line, from either side: frames are taken out however they are cut, what is
//! understood says the same when it is said again, and no length is believed.
//!
//! The first byte says in what pieces the rest arrives.
#![no_main]

use std::fmt::Debug;

use frontdesk::hub::frame::{CALL_LIMIT, Inbox, WORD_LIMIT, framed};
use frontdesk::hub::protocol::{Call, First, Greeting, Hello, Word, first, understood};
use frontdesk::store::codec;
use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};

fn read<T: Serialize + DeserializeOwned + PartialEq + Debug>(payload: &[u8], limit: usize) {
    if let Ok(said) = codec::unpack::<T>(payload) {
        let bytes = framed(&said).expect("what came in one frame goes out in one");
        let mut inbox = Inbox::new(limit);
        inbox.push(&bytes);
        let again = inbox.take().expect("in bounds").expect("whole");
        assert!(again.len() <= payload.len() && !inbox.is_half());
        assert_eq!(codec::unpack::<T>(&again).expect("our own spelling"), said);
    }
}

fn greet<T: Serialize + DeserializeOwned + PartialEq + Debug>(payload: &[u8]) {
    if let First::Ours(words) = understood::<T>(payload) {
        assert_eq!(first(&words).expect("short"), payload);
    }
}

fn side<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    bytes: &[u8],
    cut: usize,
    limit: usize,
) {
    let mut inbox = Inbox::new(limit);
    for piece in bytes.chunks(cut) {
        inbox.push(piece);
        loop {
            match inbox.take() {
                Ok(Some(payload)) => read::<T>(&payload, limit),
                Ok(None) => break,
                Err(wrong) => {
                    assert!(wrong.claimed > limit);
                    return;
                }
            }
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((cut, rest)) = bytes.split_first() else {
        return;
    };
    let cut = usize::from(*cut).max(1);
    side::<Call>(rest, cut, CALL_LIMIT);
    side::<Word>(rest, cut, WORD_LIMIT);
    read::<Call>(rest, CALL_LIMIT);
    read::<Word>(rest, WORD_LIMIT);
    greet::<Hello>(rest);
    greet::<Greeting>(rest);
});
