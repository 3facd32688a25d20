//! Opening a desk: what the store lacks is replayed from the journal; a store that is gone is
//! rebuilt from the last checkpoint and the frames after it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::apply::apply;
use super::building::stage_entry;
use super::care::read_calendar;
use super::clock::Clock;
use super::engine::{Desk, Known, SiteFile};
use super::finder::Finder;
use super::frame::{Applied, Body, Change, Opened};
use super::keyspace as keys;
use super::looks::{self, Waiting};
use super::notices::Watch;
use super::outbox;
use super::overlay::{Overlay, Staged};
use super::reindex;
use super::stage;
use super::values;
use crate::domain::calendar::Calendar;
use crate::domain::number::{Kind, Number};
use crate::domain::profile::Profile;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::store::{Fault, Frame, Head, Home, Journal, Note, Order, Sealer, Vault, codec};

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

/// The number of the first frame: with it a new store is marked as indexed by this program.
pub(super) const FIRST: u64 = 1;

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
        let (site_calendar, calendar) = read_calendar(&home)?;
        let mut desk = Self {
            compacted: 0,
            kept_house: Stamp(0),
            watch: Watch::begin(&*options.clock),
            home,
            clock: options.clock,
            calendar_unreadable: calendar.is_none(),
            calendar: calendar.unwrap_or_else(Calendar::builtin),
            site_calendar,
            site_file: options.site_file,
            known: Known {
                site: None,
                profile,
                operators: BTreeMap::new(),
                permits: BTreeMap::new(),
            },
            looks: Waiting::default(),
            taking: BTreeMap::new(),
            applied: NOTHING,
            store_failed: false,
            since_checkpoint: 0,
            profile_fault: None,
            finder: Finder::default(),
        };
        desk.catch_up()?;
        desk.finder.open(&desk.home);
        desk.finish_destructions()?;
        outbox::clear_parts(&*desk.home.files, &desk.home.dir);
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
        let looks = self.write_looks(true);
        self.finder.settle(&self.home);
        let checkpoint = if self.since_checkpoint >= FRAMES_PER_CHECKPOINT && !self.store_failed {
            self.checkpoint().map(drop)
        } else {
            Ok(())
        };
        // A disk too full for a checkpoint must not leave the store unclosed as well.
        self.home.close().and(checkpoint).and(looks)
    }

    /// Brings the store up to the journal's head, and reads what every decision needs.
    fn catch_up(&mut self) -> Result<(), Fault> {
        let applied = Overlay::new(&*self.home.store).unpacked::<Applied>(keys::APPLIED);
        match applied {
            _ if self.home.fresh => {}
            Ok(Some(applied)) if self.is_in_journal(applied.seq, applied.hash) => {
                self.applied = applied;
                self.bring_index_up_to_date()?;
                return self.follow();
            }
            // Rows but no mark of how far: it was being filled when the program stopped. A mark
            // that cannot be read: the store is damaged. A mark with another hash: the journal was
            // put back from a copy and went another way since.
            mark => {
                self.home.fresh = matches!(mark, Ok(None));
                self.home.rebuild()?;
            }
        }
        // The files of the index may tell of another way that the journal went.
        self.finder.distrust();
        self.fill()?;
        self.follow()
    }

    /// Applies what the journal has beyond the store.
    fn follow(&mut self) -> Result<(), Fault> {
        self.home.fresh = false;
        self.catch_up_with_journal()?;
        let newest = self.home.checkpoints.names()?.last().map(|(seq, _)| *seq);
        self.since_checkpoint = self.applied.seq.saturating_sub(newest.unwrap_or(0));
        Ok(())
    }

    /// Whether the journal's frame of a number has that hash. A frame that cannot be read, and one
    /// that the journal lacks, say nothing against it.
    fn is_in_journal(&self, seq: u64, hash: [u8; 32]) -> bool {
        let found = self.home.journal.read(seq);
        found.map_or(true, |frame| frame.hash == hash)
    }

    /// Applies what the store lacks, and learns what every decision needs from it.
    pub(super) fn catch_up_with_journal(&mut self) -> Result<(), Fault> {
        self.journal_reaches(self.applied.seq)?;
        self.replay()?;
        self.read_known()
    }

    /// A journal that ends before what was taken from it has lost something.
    fn journal_reaches(&self, seq: u64) -> Result<(), Fault> {
        let head = self.home.journal.head().seq;
        if seq <= head {
            return Ok(());
        }
        Err(Fault::Damaged {
            what: "journal",
            place: format!("{head}..{seq}"),
        })
    }

    /// Fills an empty store from the last checkpoint.
    fn fill(&mut self) -> Result<(), Fault> {
        self.applied = NOTHING;
        let (checkpoint, notes) = self.home.checkpoints.latest()?;
        self.home.notes.extend(notes);
        let Some(checkpoint) = checkpoint else {
            return Ok(());
        };
        let Head { seq, hash } = checkpoint.head();
        self.journal_reaches(seq)?;
        if !self.is_in_journal(seq, hash) {
            let file = format!("{seq:012}.ckpt");
            self.home.notes.push(Note::CheckpointDamaged { file });
            return Ok(());
        }
        let mut applied = None;
        let mut overlay = Overlay::new(&*self.home.store);
        let mut waiting = 0;
        for row in checkpoint.rows() {
            match codec::unpack::<Row>(&row?)? {
                Row::Pair(key, value) if key == keys::APPLIED => applied = Some(value),
                // The index is made here, whatever made the one of the checkpoint.
                Row::Pair(key, _) if key == keys::INDEX => {}
                Row::Pair(key, value) => overlay.put(key, Some(value)),
                Row::Record(change) => {
                    if let Opened::Record(record) = change.open(&self.home.vault)? {
                        let value = values::encode(&record)?;
                        stage::put_record(&mut overlay, &record, value)?;
                    }
                }
            }
            waiting += 1;
            if waiting == ROWS {
                let full = std::mem::replace(&mut overlay, Overlay::new(&*self.home.store));
                self.home.store.commit(&full.into_staged().batch)?;
                waiting = 0;
            }
        }
        // The mark goes in last: without it a store half filled is filled again.
        if let Some(value) = applied {
            self.applied = codec::unpack(&value)?;
            let (index, made_by) = reindex::mark()?;
            overlay.put(index, Some(made_by));
            overlay.put(keys::APPLIED.to_vec(), Some(value));
        }
        self.home.store.commit(&overlay.into_staged().batch)?;
        Ok(())
    }

    /// Applies the frames that the store lacks.
    fn replay(&mut self) -> Result<(), Fault> {
        for frame in self.home.journal.from(self.applied.seq.saturating_add(1)) {
            let frame = frame.map_err(needed)?;
            let (staged, at) = replayed(&self.home.vault, Overlay::new(&*self.home.store), &frame)?;
            apply(&*self.home.store, &mut self.finder, &staged)?;
            self.applied = Applied {
                seq: frame.seq,
                hash: frame.hash,
                at,
            };
        }
        Ok(())
    }

    fn read_known(&mut self) -> Result<(), Fault> {
        for kind in [Kind::Site, Kind::Operator, Kind::Permit] {
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

    /// Opens the journal again after a failed sync. What got to the disk is to be applied then.
    pub(super) fn reopen_journal(&mut self) -> Result<(), Fault> {
        let dir = self.home.dir.join("journal");
        let (journal, notes) = Journal::open(self.home.files.clone(), &dir, self.home.id)?;
        self.home.journal = journal;
        self.home.notes.extend(notes);
        Ok(())
    }

    /// Opens the store again after it failed, or puts a new one in its place.
    pub(super) fn reopen_store(&mut self) -> Result<(), Fault> {
        self.home.reopen()?;
        self.catch_up()
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
            let value = values::encode(&record)?;
            let change = Change::seal(&record, &value, slot, &self.home.vault)?;
            writer.row(&codec::pack(&Row::Record(change))?)?;
        }
        let count = writer.finish()?;
        self.since_checkpoint = 0;
        Ok(count)
    }
}

/// Damage to a frame that the store lacks is worse than to one that it holds.
fn needed(fault: Fault) -> Fault {
    match fault {
        Fault::Damaged { place, .. } => Fault::Damaged {
            what: "needed",
            place,
        },
        other => other,
    }
}

/// What a frame changes, as one batch.
fn replayed(vault: &Vault, mut overlay: Overlay, frame: &Frame) -> Result<(Staged, Stamp), Fault> {
    let body = Body::unpack(&frame.payload)?;
    for (at, entry) in body.entries.iter().enumerate() {
        let mut records: Vec<Option<Record>> = Vec::with_capacity(entry.changes.len());
        let mut values = Vec::with_capacity(entry.changes.len());
        for change in &entry.changes {
            let record = match change.open(vault)? {
                Opened::Record(record) => Some(record),
                Opened::Destroyed => None,
            };
            values.push(record.as_ref().map(values::encode).transpose()?);
            records.push(record);
        }
        let records = records.iter().map(Option::as_ref).zip(values).collect();
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        stage_entry(&mut overlay, frame.seq, at, entry, records)?;
    }
    for (key, value) in looks::entries(frame.seq, &body.looks)? {
        overlay.put(key, Some(value));
    }
    let applied = Applied {
        seq: frame.seq,
        hash: frame.hash,
        at: body.at,
    };
    if frame.seq == FIRST {
        let (index, made_by) = reindex::mark()?;
        overlay.put(index, Some(made_by));
    }
    stage::put_applied(&mut overlay, &applied)?;
    Ok((overlay.into_staged(), body.at))
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

#[cfg(test)]
mod tests;
