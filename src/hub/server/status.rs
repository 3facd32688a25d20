//! How the hub is, for `frontdesk hub status`.

use super::writer::Writer;
use crate::domain::number::Number;
use crate::hub::protocol::{CONTRACT, Present, Status};

impl Writer {
    /// Who is there, what was done, and what there is left.
    pub(super) fn status(&self) -> Status {
        let desk = self.reception.desk();
        let name = |number: Number| {
            desk.operators()
                .find(|operator| operator.meta.number == number)
                .map(|operator| operator.name.clone())
        };
        let sessions = self.guests.values().map(|sitting| Present {
            operator: self.reception.operator_at(sitting.seat).and_then(name),
            uid: sitting.uid,
            pid: sitting.pid,
            since: sitting.since.elapsed().as_secs(),
        });
        Status {
            pid: std::process::id(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            contract: CONTRACT,
            now: desk.now(),
            uptime: self.started.elapsed().as_secs(),
            sessions: sessions.collect(),
            seq: desk.head().seq,
            requests: self.tally.requests,
            changes: self.tally.changes,
            frames: self.tally.frames,
            memory: memory(),
            free: desk.home().free().ok(),
        }
    }
}

/// Bytes of memory that this process uses.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}
