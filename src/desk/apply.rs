//! What a frame says, into the store and into the search index: for a commit and a replay alike. Of
//! many records each is done in a thread of its own, and whoever asks waits for both.

use std::thread;

use super::finder::Finder;
use super::overlay::Staged;
use crate::store::{Fault, Store};

/// From so many records on a second thread costs less than it saves.
const WORTH_A_THREAD: usize = 16;

/// Takes a new frame in: of a few records the rows are put off until the answer is on its way, or
/// until somebody asks for them ([`Store::commit_later`]).
pub(super) fn take(store: &dyn Store, finder: &mut Finder, staged: Staged) -> Result<(), Fault> {
    if staged.reworded.len() < WORTH_A_THREAD {
        finder.take_in(&staged);
        return store.commit_later(staged.batch);
    }
    apply(store, finder, &staged)
}

/// Commits the rows, and has the index take in the records among them. What the store does not take
/// may be in the index all the same: it is taken in once more when the store catches up.
pub(super) fn apply(store: &dyn Store, finder: &mut Finder, staged: &Staged) -> Result<(), Fault> {
    let commit = || store.commit(&staged.batch).map(drop);
    if staged.reworded.len() < WORTH_A_THREAD {
        finder.take_in(staged);
        return commit();
    }
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("apply".to_owned());
        let committing = thread.spawn_scoped(scope, commit);
        finder.take_in(staged);
        match committing {
            Ok(committing) => committing.join().unwrap_or(Err(Fault::Stopped)),
            Err(_) => commit(),
        }
    })
}
