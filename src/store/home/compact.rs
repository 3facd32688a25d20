//! Writing the present state anew, so that it takes no more room than it needs.

use super::super::fault::Fault;
use super::super::memory::MemoryStore;
use super::super::sled::{Opened, SledStore};
use super::{Engine, Home, Store};

impl Home {
    /// How many bytes the present state takes on the disk; none where it is in memory.
    ///
    /// # Errors
    /// When its folder cannot be read.
    pub fn state_size(&self) -> Result<u64, Fault> {
        match self.engine {
            Engine::Sled => SledStore::size(&self.dir.join("sled")),
            Engine::Memory => Ok(0),
        }
    }

    /// Writes the present state anew and puts it in the place of the old one, which is removed when
    /// the new one has been opened and holds as many rows. There must be room for both.
    ///
    /// Until the new one is whole nothing has changed, and a fault then leaves the store as it was.
    /// After a later fault the store is to be opened again ([`Home::reopen`]): one whole store is
    /// there, old or new.
    pub fn compact(&mut self) -> Result<(), Fault> {
        if self.engine == Engine::Memory {
            return Ok(());
        }
        let sled = self.dir.join("sled");
        self.store.flush()?;
        let rows = SledStore::write_anew(&*self.store, &sled)?;
        let old = std::mem::replace(&mut self.store, Box::new(MemoryStore::new()));
        old.close()?;
        SledStore::swap(&sled)?;
        match self.proved(rows) {
            Ok(store) => {
                self.store = store;
                SledStore::finish(&sled)
            }
            Err(fault) => SledStore::settle(&sled).and(Err(fault)),
        }
    }

    /// The new store, opened, with as many rows as were written. It has no seal yet, so that opening
    /// it has held every row against the sum.
    fn proved(&mut self, rows: u64) -> Result<Box<dyn Store>, Fault> {
        let (opened, notes) = SledStore::open(&self.dir.join("sled"))?;
        self.notes.extend(notes);
        let store = match opened {
            Opened::Ready(store) => Box::new(store),
            Opened::Damaged(why) => return Err(Fault::damaged("rows", why)),
        };
        let found = store.rows()?;
        if found == rows {
            return Ok(store);
        }
        store.close()?;
        Err(Fault::damaged("rows", format!("{found} / {rows}")))
    }
}
