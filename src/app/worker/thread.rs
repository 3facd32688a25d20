//! Work that takes long in one piece, in a thread of its own.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};

use super::{SLICE, Stop};
use crate::desk::contract::Failure;

/// Does something in a thread of its own; what came of it arrives once it is done.
pub(super) fn in_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Receiver<T> {
    let (send, came) = channel();
    std::thread::spawn(move || {
        // Nobody waits for it any more once the work was stopped.
        let _ = send.send(work());
    });
    came
}

/// What came of a thread, if it is done within a slice.
pub(super) fn arrived<T>(came: &Receiver<T>) -> Result<Option<T>, Stop> {
    match came.recv_timeout(SLICE) {
        Ok(done) => Ok(Some(done)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => Err(Stop::Desk(Failure::internal())),
    }
}
