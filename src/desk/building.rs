//! A frame being put together: each request decided against what the ones before it change, its
//! records sealed and staged. Writing the frame is the engine's.

use std::collections::BTreeMap;

use super::commands::{self, Decision, Scene};
use super::contract::{Answer, Command, Envelope, Failure, Reply, RequestId};
use super::frame::{Body, Change, Entry, Place};
use super::keyspace as keys;
use super::overlay::Overlay;
use super::stage;
use super::values;
use crate::domain::context::Context;
use crate::domain::mask;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::store::{Fault, Home, Vault};

/// A frame being put together.
pub(super) struct Building<'a> {
    pub overlay: Overlay<'a>,
    pub vault: &'a mut Vault,
    pub body: Body,
    pub seq: u64,
    pub size: usize,
    /// What failed in the middle of staging: the overlay holds half of a request, and nothing of
    /// it may get to the store.
    pub spoiled: Option<Failure>,
}

impl<'a> Building<'a> {
    /// An empty frame, the next one of the journal.
    pub(super) fn new(home: &'a mut Home, at: Stamp) -> Self {
        Self {
            overlay: Overlay::new(&*home.store),
            vault: &mut home.vault,
            body: Body::new(at),
            seq: home.journal.head().seq.saturating_add(1),
            size: 0,
            spoiled: None,
        }
    }

    /// Decides one request and adds what it changes.
    pub(super) fn one(
        &mut self,
        envelope: &Envelope,
        command: &Command,
        context: Context,
    ) -> Answer {
        if let Some(done) = done(&self.overlay, envelope.id)? {
            return Ok(done);
        }
        let scene = Scene {
            overlay: &self.overlay,
            context,
        };
        let decision = commands::decide(scene, command)?;
        let mut reply = self.stage(envelope.id.0, context.operator.meta.number, decision)?;
        // A customer whom an import filled was not opened by whoever imports.
        if let (Command::Adopt { .. }, Reply::Done { record, .. }) = (command, &mut reply)
            && record.meta().version > 1
        {
            mask::record(record, None);
        }
        Ok(reply)
    }

    /// Seals the records first, because that can refuse one that is too long; then stages them.
    pub(super) fn stage(&mut self, request: u64, operator: Number, decision: Decision) -> Answer {
        let Decision { what, records } = decision;
        let mut changes = Vec::with_capacity(records.len());
        let mut staged = Vec::with_capacity(records.len());
        let mut next: u32 = self.overlay.unpacked(keys::NEXT_SLOT)?.unwrap_or(0);
        let mut taken: BTreeMap<Number, u32> = BTreeMap::new();
        for record in &records {
            let subject = record.subject();
            let known: Option<u32> = match taken.get(&subject) {
                Some(slot) => Some(*slot),
                None if self.overlay.is_new(subject)? => None,
                None => self.overlay.unpacked(&keys::slot(subject))?,
            };
            let slot = if let Some(slot) = known {
                slot
            } else {
                let slot = self.vault.take(next)?;
                next = slot.saturating_add(1);
                slot
            };
            taken.insert(subject, slot);
            let value = values::encode(record)?;
            changes.push(Change::seal(record, &value, slot, self.vault)?);
            staged.push((Some(record), Some(value)));
        }
        let entry = Entry {
            request,
            operator,
            what: what.to_owned(),
            changes,
        };
        let at = u32::try_from(self.body.entries.len()).unwrap_or(u32::MAX);
        if let Err(fault) = stage_entry(&mut self.overlay, self.seq, at, &entry, staged) {
            let failure = Failure::from(fault);
            self.spoiled = Some(failure.clone());
            return Err(failure);
        }
        self.size += entry
            .changes
            .iter()
            .map(|change| change.sealed.len() + 64)
            .sum::<usize>();
        self.body.entries.push(entry);
        let mut records = records.into_iter();
        let record = records.next().ok_or(Failure::Missing(operator))?;
        Ok(Reply::Done {
            record: Box::new(record),
            also: records.collect(),
            already: false,
        })
    }
}

/// Puts an entry's records, with their encoded forms, and its facts into the overlay. A record whose key was destroyed is none,
/// but its number and history stay.
pub(super) fn stage_entry(
    overlay: &mut Overlay,
    seq: u64,
    at: u32,
    entry: &Entry,
    records: Vec<(Option<&Record>, Option<Vec<u8>>)>,
) -> Result<(), Fault> {
    for (index, (change, staged)) in entry.changes.iter().zip(records).enumerate() {
        let place = Place {
            seq,
            entry: at,
            change: u32::try_from(index).unwrap_or(u32::MAX),
        };
        if let (Some(record), Some(value)) = staged {
            stage::put_record(overlay, record, value)?;
        }
        let slot = (change.subject, change.slot);
        stage::put_facts(overlay, change.number, change.version, slot, place)?;
    }
    if entry.request == 0 {
        Ok(())
    } else {
        stage::put_request(overlay, entry)
    }
}

/// The answer to a request that was done already: its record as it is now.
pub(super) fn done(overlay: &Overlay, id: RequestId) -> Result<Option<Reply>, Failure> {
    if id.0 == 0 {
        return Ok(None);
    }
    let done: Option<Number> = overlay.unpacked(&keys::request(id.0))?;
    let Some(number) = done else { return Ok(None) };
    // A credential is shown to nobody, whoever knows the name of the request that changed it.
    if number.kind == Kind::Credential {
        return Ok(Some(Reply::Noted));
    }
    let record = overlay.record(number)?.ok_or(Failure::Missing(number))?;
    Ok(Some(Reply::Done {
        record: Box::new(record),
        also: Vec::new(),
        already: true,
    }))
}
