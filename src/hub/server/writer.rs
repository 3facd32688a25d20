//! The thread at the desk: it takes what waits, has it served together, and sends the answers on.
//!
//! While it waits for the disk more requests come, and all of them go into the next frame: that is
//! the whole of group commit, and nobody ever waits for company.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, TryRecvError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::post::Post;
use super::pulse::Pulse;
use crate::desk::contract::{Answer, Cared, Envelope, Failure, Reply, Request, RequestId};
use crate::desk::drafts::{DraftFiles, DraftKey};
use crate::desk::{Desk, Peer, Reception, SeatId, Served, Work, Worked};
use crate::domain::number::Number;
use crate::hub::protocol::{DRAFT_LIMIT, Verified, Word};
use crate::log::Log;
use crate::store::Fault;

/// Names a line.
pub(super) type GuestId = u64;

/// At most so many requests are taken at once.
const MOST_TOGETHER: usize = 256;
/// Passwords that wait to be checked; more are asked to try again.
const MOST_WORK: usize = 64;
/// The desk is told that time passes this often.
const TICK: Duration = Duration::from_secs(1);
/// The drafts lie here in the data folder.
const DRAFTS: &str = "drafts";
/// All drafts of an operator together are sent up to this many bytes.
const DRAFTS_TOGETHER: usize = 3 << 20;

/// What the desk is asked for by the thread at the sockets.
pub(super) enum Matter {
    /// A line is here.
    Enter(GuestId, Peer, i32),
    /// A line is gone.
    Leave(GuestId),
    /// A request.
    Ask(GuestId, Box<Envelope>),
    /// Several, in one go.
    AskAll(GuestId, Vec<Envelope>),
    /// Work that was handed out is done.
    Worked(GuestId, SeatId, RequestId, Worked),
    /// A draft to be kept or forgotten.
    Draft(GuestId, Number, u64, Option<Vec<u8>>),
    /// The drafts of an operator.
    Drafts(GuestId, Number),
    /// Read everything.
    Verify(GuestId, Option<String>),
    /// How the hub is.
    Status(GuestId),
    /// Close the desk.
    Close,
}

/// Somebody at a line.
pub(super) struct Sitting {
    pub(super) seat: SeatId,
    pub(super) uid: u32,
    pub(super) pid: i32,
    pub(super) since: Instant,
}

#[derive(Default)]
pub(super) struct Tally {
    pub(super) requests: u64,
    pub(super) changes: u64,
    pub(super) frames: u64,
}

pub(super) struct Writer {
    pub(super) reception: Reception,
    log: Arc<Log>,
    drafts: DraftFiles,
    key: DraftKey,
    pub(super) guests: BTreeMap<GuestId, Sitting>,
    lines: BTreeMap<SeatId, GuestId>,
    post: Post,
    doorkeeper: SyncSender<(GuestId, SeatId, RequestId, Work)>,
    pulse: Pulse,
    pub(super) tally: Tally,
    pub(super) started: Instant,
}

impl Writer {
    /// Takes a desk over, and the drafts in its data folder. `back` is this thread's own inbox, for the work that is handed out.
    pub(super) fn new(
        desk: Desk,
        folder: &Path,
        log: Arc<Log>,
        post: Post,
        pulse: Pulse,
        back: Sender<Matter>,
    ) -> std::io::Result<Self> {
        let key = DraftKey::default();
        key.look(&desk);
        let drafts = key.files(&folder.join(DRAFTS))?;
        let (doorkeeper, work) = sync_channel::<(GuestId, SeatId, RequestId, Work)>(MOST_WORK);
        thread::Builder::new()
            .name("doorkeeper".to_owned())
            .spawn(move || {
                for (guest, seat, id, work) in work {
                    // A desk that has closed needs no answer.
                    let _ = back.send(Matter::Worked(guest, seat, id, work.run()));
                }
            })?;
        Ok(Self {
            reception: Reception::new(desk),
            log,
            drafts,
            key,
            guests: BTreeMap::new(),
            lines: BTreeMap::new(),
            post,
            doorkeeper,
            pulse,
            tally: Tally::default(),
            started: Instant::now(),
        })
    }

    /// Serves until the desk is to be closed, and closes it.
    ///
    /// # Errors
    /// Any fault of closing the store. Nothing acknowledged is lost by it.
    pub(super) fn run(mut self, matters: &Receiver<Matter>) -> Result<(), Fault> {
        let mut ticked = Instant::now();
        loop {
            let wait = TICK.saturating_sub(ticked.elapsed());
            let mut next = match matters.recv_timeout(wait) {
                Ok(matter) => Some(matter),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return self.close(),
            };
            let mut together = Together::default();
            while let Some(matter) = next {
                if matches!(matter, Matter::Close) {
                    self.serve(together);
                    return self.close();
                }
                self.take(matter, &mut together);
                next = match matters.try_recv() {
                    Ok(matter) if together.requests.len() < MOST_TOGETHER => Some(matter),
                    Ok(matter) => {
                        self.serve(std::mem::take(&mut together));
                        Some(matter)
                    }
                    Err(TryRecvError::Empty | TryRecvError::Disconnected) => None,
                };
            }
            self.serve(together);
            if ticked.elapsed() >= TICK {
                self.pulse.begin();
                self.reception.tick();
                self.keep_house();
                self.pulse.end();
                self.news();
                ticked = Instant::now();
            }
        }
    }

    /// The present state was written anew, whoever asked for it: the asker may have stopped waiting.
    fn note_compacted(&self, before: u64, after: u64) {
        let [before, after] = [before, after].map(|bytes| bytes.to_string());
        let values = [("before", &*before), ("after", &*after)];
        self.log.event("hub-compacted", &values);
    }

    /// What is due in a quiet hour.
    fn keep_house(&mut self) {
        match self.reception.desk_mut().keep_house() {
            Ok(None) => {}
            Ok(Some((before, after))) => self.note_compacted(before, after),
            Err(fault) => self
                .log
                .warning("hub-not-compacted", &[("fault", fault.key())]),
        }
    }

    fn close(mut self) -> Result<(), Fault> {
        self.reception.tick();
        drop(self.drafts);
        self.reception.into_desk().close()
    }

    fn take(&mut self, matter: Matter, together: &mut Together) {
        match matter {
            Matter::Enter(guest, peer, pid) => {
                let seat = self.reception.enter(peer);
                let since = Instant::now();
                let uid = peer.uid;
                self.lines.insert(seat, guest);
                self.guests.insert(
                    guest,
                    Sitting {
                        seat,
                        uid,
                        pid,
                        since,
                    },
                );
            }
            Matter::Ask(guest, envelope) => self.gather(guest, vec![*envelope], false, together),
            Matter::AskAll(guest, envelopes) if envelopes.iter().all(is_change) => {
                self.gather(guest, envelopes, true, together);
            }
            Matter::AskAll(guest, envelopes) => {
                let refused = vec![Err(Failure::internal()); envelopes.len()];
                self.post.send(guest, Word::Answers(refused));
            }
            Matter::Leave(guest) => together.leaving.push(guest),
            Matter::Worked(guest, seat, id, worked) => {
                let answer = self.reception.finish(seat, worked);
                self.answer(guest, id, answer);
                self.news();
            }
            Matter::Draft(guest, operator, key, bytes) => self.draft(guest, operator, key, bytes),
            Matter::Drafts(guest, operator) => self.list_drafts(guest, operator),
            Matter::Verify(guest, head) => self.verify(guest, head.as_deref()),
            Matter::Status(guest) => {
                let mut status = Box::new(self.status());
                if self.trusted(guest).is_err() {
                    // Who is there is no business of somebody who has not said who they are.
                    status.sessions.clear();
                }
                self.post.send(guest, Word::Status(status));
            }
            Matter::Close => {}
        }
    }

    fn gather(
        &self,
        guest: GuestId,
        envelopes: Vec<Envelope>,
        many: bool,
        together: &mut Together,
    ) {
        // A line that has no seat has left already.
        let Some(sitting) = self.guests.get(&guest) else {
            return;
        };
        let ids = envelopes.iter().map(|envelope| envelope.id).collect();
        together.asked.push(Asked { guest, ids, many });
        let requests = envelopes
            .into_iter()
            .map(|envelope| (sitting.seat, envelope));
        together.requests.extend(requests);
    }

    /// Has everything served that came together, and then lets go who left.
    fn serve(&mut self, together: Together) {
        let Together {
            requests,
            asked,
            leaving,
        } = together;
        if !requests.is_empty() {
            self.pulse.begin();
            let before = self.reception.desk().head().seq;
            self.tally.requests += requests.len() as u64;
            let was_set_up = self.reception.desk().is_set_up();
            let served = self.reception.serve(requests);
            self.tally.frames += self.reception.desk().head().seq.saturating_sub(before);
            if !was_set_up {
                self.key.look(self.reception.desk());
            }
            self.hand_out(asked, served);
            self.news();
            self.reception.desk_mut().settle();
            self.pulse.end();
        }
        for guest in leaving {
            if let Some(sitting) = self.guests.remove(&guest) {
                self.lines.remove(&sitting.seat);
                self.reception.leave(sitting.seat);
            }
        }
        self.news();
    }

    fn hand_out(&mut self, asked: Vec<Asked>, served: Vec<Served>) {
        let mut served = served.into_iter();
        for Asked { guest, ids, many } in asked {
            let mut answers = Vec::with_capacity(ids.len());
            for (id, one) in ids.iter().zip(served.by_ref()) {
                match one {
                    Served::Answer(answer) => answers.push(*answer),
                    Served::Work(work) if !many => self.hand_to_doorkeeper(guest, *id, work),
                    // What needs a password checked does not come in a batch.
                    Served::Work(_) => answers.push(Err(Failure::internal())),
                }
            }
            for answer in &answers {
                match answer {
                    Ok(Reply::Done { already: false, .. }) => self.tally.changes += 1,
                    Ok(Reply::Cared(Cared::Compacted { before, after })) => {
                        self.note_compacted(*before, *after);
                    }
                    Err(Failure::Fault { key, .. }) => {
                        self.log.warning("hub-fault", &[("key", key)]);
                    }
                    _ => {}
                }
            }
            if many {
                self.post.send(guest, Word::Answers(answers));
            } else if let (Some(id), Some(answer)) = (ids.first(), answers.pop()) {
                self.answer(guest, *id, answer);
            }
        }
    }

    fn hand_to_doorkeeper(&self, guest: GuestId, id: RequestId, work: Work) {
        let Some(sitting) = self.guests.get(&guest) else {
            return;
        };
        if self
            .doorkeeper
            .try_send((guest, sitting.seat, id, work))
            .is_err()
        {
            self.answer(guest, id, Err(busy()));
        }
    }

    fn answer(&self, guest: GuestId, id: RequestId, answer: Answer) {
        let answer = Box::new(answer);
        self.post.send(guest, Word::Answer { id, answer });
    }

    fn news(&mut self) {
        for (seat, news) in self.reception.news() {
            if let Some(guest) = self.lines.get(&seat) {
                self.post.send(*guest, Word::News(news));
            }
        }
    }

    /// Whether the drafts of an operator may be kept at a line: only by that operator. One who has
    /// locked the screen may still have something on the way.
    fn may_keep(&self, guest: GuestId, operator: Number) -> bool {
        let seat = self.guests.get(&guest).map(|sitting| sitting.seat);
        seat.and_then(|seat| self.reception.operator_at(seat)) == Some(operator)
    }

    /// Whether they may be read there.
    fn may_read(&self, guest: GuestId, operator: Number) -> bool {
        let sitting = self.guests.get(&guest);
        let locked = sitting.is_none_or(|sitting| self.reception.is_locked(sitting.seat));
        !locked && self.may_keep(guest, operator)
    }

    fn draft(&self, guest: GuestId, operator: Number, key: u64, bytes: Option<Vec<u8>>) {
        let fits = bytes.as_ref().is_none_or(|it| it.len() <= DRAFT_LIMIT);
        if !fits || !self.may_keep(guest, operator) {
            self.post.send(guest, Word::Kept { key, kept: false });
            return;
        }
        let post = self.post.clone();
        let then = Box::new(move |kept| post.send(guest, Word::Kept { key, kept }));
        self.drafts.put(operator, key, bytes, Some(then));
    }

    fn list_drafts(&self, guest: GuestId, operator: Number) {
        let mut room = DRAFTS_TOGETHER;
        let mut drafts = Vec::new();
        if self.may_read(guest, operator) {
            drafts = self.drafts.of(operator);
            drafts.retain(|draft| {
                let fits = draft.len() <= room;
                room = room.saturating_sub(draft.len());
                fits
            });
        }
        self.post.send(guest, Word::Drafts(drafts));
    }

    fn verify(&mut self, guest: GuestId, head: Option<&str>) {
        // Everybody waits while everything is read, and nobody is told that the store hangs: not
        // for somebody who has not said who they are, and not for one who has left.
        let verified = self.trusted(guest).and_then(|()| {
            let report = self.reception.desk_mut().verify(head)?;
            Ok(Verified::from(report))
        });
        self.post.send(guest, Word::Verified(verified));
    }

    /// Whether somebody may ask how the house is.
    fn trusted(&self, guest: GuestId) -> Result<(), Failure> {
        let there = self.guests.get(&guest).ok_or_else(Failure::line_lost)?;
        self.reception.trusts(there.seat)
    }
}

/// What is served in one go.
#[derive(Default)]
struct Together {
    requests: Vec<(SeatId, Envelope)>,
    asked: Vec<Asked>,
    leaving: Vec<GuestId>,
}

/// Whose requests they are, in their order.
struct Asked {
    guest: GuestId,
    ids: Vec<RequestId>,
    many: bool,
}

/// The desk has more to do than it gets done.
pub(super) fn busy() -> Failure {
    Failure::Fault {
        key: "busy".to_owned(),
        args: Vec::new(),
    }
}

/// Whether a request changes something: only such go together.
fn is_change(envelope: &Envelope) -> bool {
    matches!(envelope.request, Request::Do(_))
}
