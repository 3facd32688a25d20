//! The one panic hook: what the store catches tears no screen and says nothing.

use std::panic::{catch_unwind, set_hook};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use frontdesk::term::screen::restore_on_panic;

static CAUGHT: AtomicBool = AtomicBool::new(false);
static SAID: AtomicUsize = AtomicUsize::new(0);

#[test]
fn a_panic_that_is_caught_below_is_passed_over() {
    set_hook(Box::new(|_| {
        SAID.fetch_add(1, Ordering::Relaxed);
    }));
    restore_on_panic(|| CAUGHT.load(Ordering::Relaxed));
    CAUGHT.store(true, Ordering::Relaxed);
    assert!(catch_unwind(|| panic!("below")).is_err());
    assert_eq!(SAID.load(Ordering::Relaxed), 0);
    CAUGHT.store(false, Ordering::Relaxed);
    assert!(catch_unwind(|| panic!("for good")).is_err());
    assert_eq!(SAID.load(Ordering::Relaxed), 1);
}
