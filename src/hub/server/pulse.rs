//! Whether the desk still moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long the call that is under way at the desk has been so; shared with the thread at the
/// sockets, which watches it.
#[derive(Debug, Clone)]
pub(super) struct Pulse {
    began: Arc<AtomicU64>,
    start: Instant,
}

impl Pulse {
    pub(super) fn new() -> Self {
        Self {
            began: Arc::default(),
            start: Instant::now(),
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    pub(super) fn begin(&self) {
        self.began.store(self.now().max(1), Ordering::Relaxed);
    }

    pub(super) fn end(&self) {
        self.began.store(0, Ordering::Relaxed);
    }

    /// For so long a call has been under way.
    pub(super) fn under_way(&self) -> Duration {
        match self.began.load(Ordering::Relaxed) {
            0 => Duration::ZERO,
            began => Duration::from_millis(self.now().saturating_sub(began)),
        }
    }
}
