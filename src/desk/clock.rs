//! The desk's clock: the only place that asks what time it is.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use chrono::Utc;

use crate::domain::stamp::Stamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Stamp;

    /// A time that only runs forward, at its own pace, and leaps with nobody who sets the clock; only
    /// differences of it mean anything.
    fn steady(&self) -> Duration;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Stamp {
        Stamp::from_utc(Utc::now())
    }

    fn steady(&self) -> Duration {
        static BEGUN: OnceLock<Instant> = OnceLock::new();
        BEGUN.get_or_init(Instant::now).elapsed()
    }
}

/// A clock that stands still until it is set; for rehearsal stores and tests. Clones share it.
#[derive(Debug, Clone)]
pub struct SetClock {
    now: Arc<AtomicI64>,
    /// How far it leapt in all: what the steady time is behind.
    leapt: Arc<AtomicI64>,
}

impl SetClock {
    /// A clock that stands at a time.
    pub fn at(time: Stamp) -> Self {
        Self {
            now: Arc::new(AtomicI64::new(time.0)),
            leapt: Arc::new(AtomicI64::new(0)),
        }
    }

    /// Sets it.
    pub fn set(&self, time: Stamp) {
        self.now.store(time.0, Ordering::SeqCst);
    }

    /// Moves it on.
    pub fn advance_seconds(&self, seconds: i64) {
        let micros = seconds.saturating_mul(1_000_000);
        self.now.fetch_add(micros, Ordering::SeqCst);
    }

    /// Moves it on as if somebody had set it wrong: the steady time stays.
    pub fn leap_seconds(&self, seconds: i64) {
        let micros = seconds.saturating_mul(1_000_000);
        self.leapt.fetch_add(micros, Ordering::SeqCst);
        self.advance_seconds(seconds);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Stamp {
        Stamp(self.now.load(Ordering::SeqCst))
    }

    fn steady(&self) -> Duration {
        let micros = self.now.load(Ordering::SeqCst) - self.leapt.load(Ordering::SeqCst);
        Duration::from_micros(micros.max(0).unsigned_abs())
    }
}
