//! An open file of the simulated disk.

use std::io;

use super::super::super::bytes::index;
use super::super::Handle;
use super::{Change, SimulatedDisk, State, no_power};

/// A handle; dead once the power was cut.
pub(super) struct Open {
    pub(super) disk: SimulatedDisk,
    pub(super) inode: u64,
    pub(super) generation: u64,
}

impl Open {
    fn with<T>(&self, work: impl FnOnce(&mut State, u64) -> io::Result<T>) -> io::Result<T> {
        let mut state = self.disk.lock();
        state.powered()?;
        if state.generation != self.generation {
            return Err(no_power());
        }
        work(&mut state, self.inode)
    }

    /// Applies a change to what the running program sees and remembers it as not yet durable.
    fn change(state: &mut State, inode: u64, change: Change) -> io::Result<()> {
        let last = state.step()?;
        let inode = state.inodes.entry(inode).or_default();
        change.apply(&mut inode.now);
        inode.pending.push(change);
        if last { Err(no_power()) } else { Ok(()) }
    }
}

impl Handle for Open {
    fn size(&self) -> io::Result<u64> {
        self.with(|state, inode| {
            Ok(state
                .inodes
                .get(&inode)
                .map_or(0, |inode| inode.now.len() as u64))
        })
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        self.with(|state, inode| {
            let from = index(offset);
            let to = from.saturating_add(buffer.len());
            let found = state
                .inodes
                .get(&inode)
                .and_then(|inode| inode.now.get(from..to));
            buffer.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
            Ok(())
        })
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.with(|state, inode| {
            let len = state
                .inodes
                .get(&inode)
                .map_or(0, |inode| inode.now.len() as u64);
            let growth = (offset + bytes.len() as u64).saturating_sub(len);
            let lacking = state.free.map_or(0, |free| growth.saturating_sub(free));
            if let Some(free) = &mut state.free {
                *free = free.saturating_sub(growth);
            }
            let fits = bytes.len().saturating_sub(index(lacking));
            let fitting = bytes.get(..fits).unwrap_or_default().to_vec();
            Self::change(state, inode, Change::Write(offset, fitting))?;
            if lacking > 0 {
                Err(io::ErrorKind::StorageFull.into())
            } else {
                Ok(())
            }
        })
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.with(|state, inode| {
            let now = state.inodes.get(&inode).map_or(0, |inode| inode.now.len());
            state.release(now.saturating_sub(index(len)));
            Self::change(state, inode, Change::Length(len))
        })
    }

    fn sync(&self) -> io::Result<()> {
        self.with(|state, inode| {
            if state.step()? {
                return Err(no_power());
            }
            state.syncs += 1;
            let fails = state.failing_syncs > 0;
            state.failing_syncs = state.failing_syncs.saturating_sub(1);
            let inode = state.inodes.entry(inode).or_default();
            let pending = std::mem::take(&mut inode.pending);
            if fails {
                return Err(io::Error::other("sync failed"));
            }
            for change in pending {
                change.apply(&mut inode.durable);
            }
            Ok(())
        })
    }
}
