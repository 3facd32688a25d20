//! Opening a desk: what the store lacks is replayed from the journal; a store that is gone is
//! rebuilt from the last checkpoint and the frames after it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::clock::Clock;
use super::engine::{Desk, Known, SiteFile, stage_entry};
use super::frame::{Applied, Body, Change, Opened};
use super::keyspace as keys;
use super::overlay::Overlay;
use super::stage;
use crate::domain::calendar::Calendar;
use crate::domain::number::{Kind, Number};
use crate::domain::profile::Profile;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::store::{Fault, Frame, Home, Journal, Note, Order, Sealer, Vault, codec};

/// A checkpoint is due after so many frames.
const FRAMES_PER_CHECKPOINT: u64 = 20_000;
/// Rows read from the store at once.
const ROWS: usize = 1_000;

/// How a desk is opened.
pub struct Options {
    /// The clock.
    pub clock: Box<dyn Clock>,
    /// The site's own profile file, if it has one.
    pub site_file: Option<SiteFile>,
}

/// One row of a checkpoint.
#[derive(Serialize, Deserialize)]
enum Row {
    /// A pair that does not follow from the records.
    Pair(Vec<u8>, Vec<u8>),
    /// A record, sealed.
    Record(Change),
}

const NOTHING: Applied = Applied {
    seq: 0,
    hash: [0; 32],
    at: Stamp(0),
};

impl Desk {
    /// Opens the desk over an open store.
    ///
    /// # Errors
    /// Any fault of the store; damaged when the journal ends before what the store has applied.
    pub fn open(home: Home, options: Options) -> Result<Self, Fault> {
        let fallback = Profile::builtin("property").or_else(|| Profile::builtin("call-centre"));
        let profile = fallback.ok_or(Fault::Damaged {
            what: "value",
            place: "profiles".into(),
        })?;
        let mut desk = Self {
            home,
            clock: options.clock,
            calendar: Calendar::builtin(),
            site_file: options.site_file,
            known: Known {
                site: None,
                profile,
                operators: BTreeMap::new(),
            },
            applied: NOTHING,
            store_failed: false,
            since_checkpoint: 0,
            profile_fault: None,
        };
        desk.catch_up()?;
        Ok(desk)
    }

    /// What was noticed while opening.
    pub fn notes(&self) -> &[Note] {
        &self.home.notes
    }

    /// The store below, for drafts and free space.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// What drafts are sealed with: the key of the site. None before the store is set up.
    ///
    /// # Errors
    /// Any fault of the store or of the keys.
    pub fn draft_sealer(&self) -> Result<Option<Sealer>, Fault> {
        let Some(site) = &self.known.site else {
            return Ok(None);
        };
        let key = keys::slot(site.meta.number);
        let slot = Overlay::new(&*self.home.store).unpacked::<u32>(&key)?;
        slot.map(|slot| self.home.vault.sealer(slot)).transpose()
    }

    /// Closes the desk, with a checkpoint when one is due.
    ///
    /// # Errors
    /// Any fault of the store. Nothing acknowledged is lost by it.
    pub fn close(mut self) -> Result<(), Fault> {
        if self.since_checkpoint >= FRAMES_PER_CHECKPOINT && !self.store_failed {
            self.checkpoint()?;
        }
        self.home.close()
    }

    /// Brings the store up to the journal's head, and reads what every decision needs.
    fn catch_up(&mut self) -> Result<(), Fault> {
        let applied = Overlay::new(&*self.home.store).unpacked::<Applied>(keys::APPLIED);
        match applied {
            Ok(Some(applied)) if !self.home.fresh => self.applied = applied,
            Ok(_) if self.home.fresh => self.fill()?,
            // Rows but no mark of how far: it was being filled when the program stopped. A mark
            // that cannot be read: the store is damaged.
            _ if self.home.journal.head().seq == 0 => self.applied = NOTHING,
            _ => {
                self.home.rebuild()?;
                self.fill()?;
            }
        }
        let head = self.home.journal.head();
        if self.applied.seq > head.seq {
            let place = format!("{}..{}", head.seq, self.applied.seq);
            return Err(Fault::Damaged {
                what: "journal",
                place,
            });
        }
        self.replay()?;
        self.read_known()
    }

    /// Fills an empty store from the last checkpoint.
    fn fill(&mut self) -> Result<(), Fault> {
        self.applied = NOTHING;
        let (checkpoint, notes) = self.home.checkpoints.latest()?;
        self.home.notes.extend(notes);
        let Some(checkpoint) = checkpoint else {
            return Ok(());
        };
        if checkpoint.head().seq > self.home.journal.head().seq {
            let place = format!(
                "{}..{}",
                self.home.journal.head().seq,
                checkpoint.head().seq
            );
            return Err(Fault::Damaged {
                what: "journal",
                place,
            });
        }
        let mut applied = None;
        let mut overlay = Overlay::new(&*self.home.store);
        let mut waiting = 0;
        for row in checkpoint.rows() {
            match codec::unpack::<Row>(&row?)? {
                Row::Pair(key, value) if key == keys::APPLIED => applied = Some(value),
                Row::Pair(key, value) => overlay.put(key, Some(value)),
                Row::Record(change) => {
                    if let Opened::Record(record) = change.open(&self.home.vault)? {
                        stage::put_record(&mut overlay, &record)?;
                    }
                }
            }
            waiting += 1;
            if waiting == ROWS {
                let full = std::mem::replace(&mut overlay, Overlay::new(&*self.home.store));
                self.home.store.commit(&full.into_batch())?;
                waiting = 0;
            }
        }
        // The mark goes in last: without it a store half filled is filled again.
        if let Some(value) = applied {
            self.applied = codec::unpack(&value)?;
            overlay.put(keys::APPLIED.to_vec(), Some(value));
        }
        self.home.store.commit(&overlay.into_batch())?;
        Ok(())
    }

    /// Applies the frames that the store lacks.
    fn replay(&mut self) -> Result<(), Fault> {
        let mut applied = self.applied;
        for frame in self.home.journal.from(applied.seq.saturating_add(1)) {
            let frame = frame?;
            let (batch, at) = replayed(&self.home.vault, Overlay::new(&*self.home.store), &frame)?;
            applied = Applied {
                seq: frame.seq,
                hash: frame.hash,
                at,
            };
            self.home.store.commit(&batch)?;
        }
        self.applied = applied;
        Ok(())
    }

    fn read_known(&mut self) -> Result<(), Fault> {
        for kind in [Kind::Site, Kind::Operator] {
            let overlay = Overlay::new(&*self.home.store);
            let prefix = [keys::RECORDS, kind.code()];
            let mut records = Vec::new();
            for (key, _) in overlay.scan_prefix(&prefix, Order::Forward, usize::MAX)? {
                if let Some(number) = keys::number_at_end(&key) {
                    records.extend(overlay.record(number)?);
                }
            }
            for record in &records {
                self.learn(record);
            }
        }
        Ok(())
    }

    /// Opens the journal again after a failed sync; what got to the disk is applied.
    pub(super) fn reopen_journal(&mut self) -> Result<(), Fault> {
        let dir = self.home.dir.join("journal");
        let (journal, notes) = Journal::open(self.home.files.clone(), &dir, self.home.id)?;
        self.home.journal = journal;
        self.home.notes.extend(notes);
        self.replay()?;
        self.read_known()
    }

    /// Puts a new store in the place of one that failed.
    pub(super) fn rebuild(&mut self) -> Result<(), Fault> {
        self.home.rebuild()?;
        self.fill()?;
        self.replay()?;
        self.read_known()
    }

    /// Writes a checkpoint of the present state.
    ///
    /// # Errors
    /// Any fault of the store; the checkpoints before stay as they are.
    pub fn checkpoint(&mut self) -> Result<u64, Fault> {
        let mut writer = self.home.checkpoints.begin(self.home.journal.head())?;
        for table in keys::KEPT {
            let mut rows = Rows::new(&self.home, vec![table]);
            while let Some((key, value)) = rows.next()? {
                writer.row(&codec::pack(&Row::Pair(key, value))?)?;
            }
        }
        let overlay = Overlay::new(&*self.home.store);
        let mut rows = Rows::new(&self.home, vec![keys::RECORDS]);
        while let Some((key, _)) = rows.next()? {
            let Some(number) = keys::number_at_end(&key) else {
                continue;
            };
            let Some(record) = overlay.record(number)? else {
                continue;
            };
            let Some(slot) = overlay.unpacked::<u32>(&keys::slot(record.subject()))? else {
                continue;
            };
            let change = Change::seal(&record, slot, &self.home.vault)?;
            writer.row(&codec::pack(&Row::Record(change))?)?;
        }
        let count = writer.finish()?;
        self.since_checkpoint = 0;
        Ok(count)
    }
}

/// What a frame changes, as one batch.
fn replayed(
    vault: &Vault,
    mut overlay: Overlay,
    frame: &Frame,
) -> Result<(crate::store::Batch, Stamp), Fault> {
    let body = Body::unpack(&frame.payload)?;
    for (at, entry) in body.entries.iter().enumerate() {
        let mut records: Vec<Option<Record>> = Vec::with_capacity(entry.changes.len());
        for change in &entry.changes {
            records.push(match change.open(vault)? {
                Opened::Record(record) => Some(record),
                Opened::Destroyed => None,
            });
        }
        let staged: Vec<Option<&Record>> = records.iter().map(Option::as_ref).collect();
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        stage_entry(&mut overlay, frame.seq, at, entry, &staged)?;
    }
    let applied = Applied {
        seq: frame.seq,
        hash: frame.hash,
        at: body.at,
    };
    stage::put_applied(&mut overlay, &applied)?;
    Ok((overlay.into_batch(), body.at))
}

/// The rows of a table, read page by page.
pub(super) struct Rows<'a> {
    home: &'a Home,
    next: Vec<u8>,
    end: Vec<u8>,
    page: std::vec::IntoIter<crate::store::Pair>,
}

impl<'a> Rows<'a> {
    /// All rows whose key begins with a prefix.
    pub fn new(home: &'a Home, prefix: Vec<u8>) -> Self {
        let end = keys::end_of(&prefix);
        Self {
            home,
            next: prefix,
            end,
            page: Vec::new().into_iter(),
        }
    }

    /// The next row.
    pub fn next(&mut self) -> Result<Option<crate::store::Pair>, Fault> {
        if self.page.len() == 0 {
            let rows = self
                .home
                .store
                .scan(&self.next, &self.end, Order::Forward, ROWS)?;
            self.page = rows.into_iter();
        }
        let row = self.page.next();
        if let Some((key, _)) = &row {
            self.next.clone_from(key);
            self.next.push(0);
        }
        Ok(row)
    }
}

/// The number of a record key; for messages.
pub(super) fn place_of(key: &[u8]) -> String {
    keys::number_at_end(key).map_or_else(
        || key.escape_ascii().to_string(),
        |number: Number| number.to_string(),
    )
}
