//! The engine: requests in, each decided in turn, one journal frame on disk, one apply, answers.
//!
//! A request is decided by its frame. Once the frame is on disk the request is saved, whatever
//! the store does; the store catches up by replay. A frame that was not written changed nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::apply;
use super::building::{Building, done};
use super::clock::Clock;
use super::commands;
use super::contract::{Answer, Command, Door, Envelope, Failure, Reply, Request};
use super::erasing;
use super::finder::Finder;
use super::frame::{Applied, Body};
use super::keyspace as keys;
use super::looks::{self, Waiting};
use super::notices::Watch;
use super::open::FIRST;
use super::overlay::{Overlay, Staged};
use super::reindex;
use crate::domain::calendar::Calendar;
use crate::domain::context::Context;
use crate::domain::number::{Kind, Number};
use crate::domain::operator::{self, Operator};
use crate::domain::permit::Permit;
use crate::domain::profile::{Profile, ProfileFault};
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::site::Site;
use crate::domain::stamp::{Day, Stamp};
use crate::store::{Fault, Head, Home};

/// A frame takes no further request once it holds this many bytes.
const FRAME_BYTES: usize = 1 << 20;
/// A frame takes at most so many requests.
const FRAME_REQUESTS: usize = 256;

/// The desk over a store: the door in process.
pub struct Desk {
    pub(super) home: Home,
    pub(super) clock: Box<dyn Clock>,
    pub(super) calendar: Calendar,
    pub(super) site_file: Option<SiteFile>,
    pub(super) known: Known,
    /// Looks that are not on disk yet.
    pub(super) looks: Waiting,
    /// The file that each operator is taking out, and how far it was taken.
    pub(super) taking: BTreeMap<Number, (String, u64)>,
    /// How far the store has applied the journal.
    pub(super) applied: Applied,
    /// The store has failed and must be opened again before it is used.
    pub(super) store_failed: bool,
    /// Frames since the last checkpoint.
    pub(super) since_checkpoint: u64,
    /// Why the site's own profile file is not in force.
    pub(super) profile_fault: Option<ProfileFault>,
    /// The site's own working days, as they lie in the data folder.
    pub(super) site_calendar: Option<String>,
    /// They lie there and cannot be understood.
    pub(super) calendar_unreadable: bool,
    /// How many bytes the present state took when it was last written anew; 0 when it was not since
    /// the desk was opened.
    pub(super) compacted: u64,
    /// When it was last looked whether something is due in the quiet hours.
    pub(super) kept_house: Stamp,
    /// How the clock goes.
    pub(super) watch: Watch,
    /// Which records a word may find.
    pub(super) finder: Finder,
}

/// A site's own profile file, laid over the built-in one.
#[derive(Debug, Clone)]
pub struct SiteFile {
    /// Its name, for messages.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What every decision needs and hardly ever changes, read once.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub site: Option<Site>,
    pub profile: Profile,
    pub operators: BTreeMap<Number, Operator>,
    pub permits: BTreeMap<Number, Permit>,
}

impl Known {
    pub(super) fn name(&self, operator: Number) -> String {
        self.operators
            .get(&operator)
            .map_or_else(|| operator.to_string(), |o| o.name.clone())
    }

    /// An operator with the posts of those they stand in for on a day.
    pub(super) fn acting(&self, operator: Number, today: Day) -> Option<Cow<'_, Operator>> {
        let operator = self.operators.get(&operator)?;
        Some(operator::acting(operator, self.operators.values(), today))
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        if let Fault::TooLarge { size, limit } = fault {
            let problem = Problem::new("too-long")
                .arg("size", size)
                .arg("limit", limit);
            return Self::Refused(problem.into());
        }
        let args = fault
            .args()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        Self::Fault {
            key: fault.key().to_owned(),
            args: args.collect(),
        }
    }
}

impl Door for Desk {
    fn ask(&mut self, envelope: &Envelope) -> Answer {
        self.ask_all(std::slice::from_ref(envelope))
            .pop()
            .unwrap_or_else(|| Err(Failure::internal()))
    }

    fn ask_all(&mut self, envelopes: &[Envelope]) -> Vec<Answer> {
        let mut answers: Vec<Answer> = Vec::with_capacity(envelopes.len());
        self.watch.look(&*self.clock);
        while let Some(rest) = envelopes.get(answers.len()..) {
            let Some(first) = rest.first() else { break };
            if let Err(fault) = self.mend() {
                answers.push(Err(fault.into()));
                continue;
            }
            match &first.request {
                Request::Look(query) => answers.push(self.look(first, query)),
                Request::Do(Command::SetUp { .. }) => answers.push(self.set_up(first)),
                Request::Do(_) => answers.extend(self.group(rest)),
                Request::Care(care) => answers.push(self.care(first, care)),
                // Seats are `Reception`'s; a desk without one has nobody sitting at it.
                Request::Sit(_) => answers.push(Err(Failure::internal())),
            }
        }
        self.finder.tend(&self.home);
        answers
    }
}

impl Desk {
    /// The profile in force.
    pub fn profile(&self) -> &Profile {
        &self.known.profile
    }

    /// Why the site's own profile file is not in force, where it is not: whoever opens the desk
    /// says so and does not go on by other rules than the site's.
    pub fn profile_fault(&self) -> Option<&ProfileFault> {
        self.profile_fault.as_ref()
    }

    /// The site; none before the store is set up.
    pub fn site(&self) -> Option<&Site> {
        self.known.site.as_ref()
    }

    /// The operators, those who left too.
    pub fn operators(&self) -> impl Iterator<Item = &Operator> {
        self.known.operators.values()
    }

    /// The working-day calendar in force.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The desk's time: the clock's, but never before the last frame's.
    pub fn now(&self) -> Stamp {
        self.clock.now().max(self.applied.at)
    }

    /// Today at the site.
    pub(super) fn today(&self) -> Day {
        self.now().day(self.known.profile.utc_offset_minutes)
    }

    /// Has the search index written where that is due, or made anew, a part at a time.
    pub(super) fn tend_search(&mut self) {
        self.finder.tend_at_leisure(&self.home);
    }

    /// Has the search index written into files of so many records; tests make many small ones.
    pub fn write_search_files_of(&mut self, records: usize) {
        self.finder.write_files_of(records);
    }

    /// As many of the first requests as one frame takes; at least one answer.
    fn group(&mut self, envelopes: &[Envelope]) -> Vec<Answer> {
        let now = self.now();
        let today = now.day(self.known.profile.utc_offset_minutes);
        let mut building = Building::new(&mut self.home, now);
        let mut answers = Vec::new();
        for envelope in envelopes.iter().take(FRAME_REQUESTS) {
            let Request::Do(command) = &envelope.request else {
                break;
            };
            if building.size >= FRAME_BYTES || matches!(command, Command::SetUp { .. }) {
                break;
            }
            let Some(operator) = self.known.acting(envelope.operator, today) else {
                answers.push(Err(missing_operator(&self.known, envelope.operator)));
                continue;
            };
            let context = Context {
                now,
                operator: &operator,
                profile: &self.known.profile,
                calendar: &self.calendar,
                accept: &envelope.accept,
            };
            answers.push(building.one(envelope, command, context));
            if building.spoiled.is_some() {
                break;
            }
        }
        let Building {
            overlay,
            body,
            spoiled,
            ..
        } = building;
        let staged = overlay.into_staged();
        let answers = match spoiled {
            Some(failure) => failed(answers, &failure),
            None if body.entries.is_empty() => answers,
            None => {
                let answers = self.write(body, staged, answers);
                self.erased(answers)
            }
        };
        let of = envelopes.iter().zip(answers);
        of.map(|(envelope, answer)| {
            self.note_merge(envelope, &answer);
            self.concealed(envelope.operator, answer)
        })
        .collect()
    }

    /// What was destroyed is gone from the data before anybody is told that it is.
    fn erased(&mut self, answers: Vec<Answer>) -> Vec<Answer> {
        let mut done = answers.iter().flatten().filter_map(|answer| match answer {
            Reply::Done { record, .. } => Some(record),
            _ => None,
        });
        if !done.any(|record| erasing::erases(record)) {
            return answers;
        }
        match self.finish_destructions() {
            Ok(()) => answers,
            Err(fault) => failed(answers, &fault.into()),
        }
    }

    /// Writes a frame of changes; or, where it did not get to the disk, a fault in the place of
    /// every change.
    pub(super) fn write(
        &mut self,
        mut body: Body,
        staged: Staged,
        answers: Vec<Answer>,
    ) -> Vec<Answer> {
        body.looks = self.looks.take(body.at, false);
        if let Err(fault) = self.put(body, staged) {
            return failed(answers, &fault.into());
        }
        for answer in answers.iter().flatten() {
            if let Reply::Done { record, also, .. } = answer {
                self.learn(record);
                for record in also {
                    self.learn(record);
                }
            }
        }
        answers
    }

    /// The frame on disk, then the batch in the store. Looks that did not get there wait on.
    pub(super) fn put(&mut self, mut body: Body, mut staged: Staged) -> Result<(), Fault> {
        let batch = &mut staged.batch;
        let seq = self.home.journal.head().seq.saturating_add(1);
        // What the store would not take must not get into the journal either: every replay would
        // fail on it.
        let written = looks::entries(seq, &body.looks).and_then(|looks| {
            let looks = looks.into_iter().map(|(key, value)| (key, Some(value)));
            batch.changes.extend(looks);
            if seq == FIRST {
                let (index, made_by) = reindex::mark()?;
                batch.changes.push((index, Some(made_by)));
            }
            crate::store::check_sizes(batch)?;
            self.home.journal.append(&body.pack()?)
        });
        let head = match written {
            Ok(head) => head,
            Err(fault) => {
                self.looks.put_back(std::mem::take(&mut body.looks));
                return Err(fault);
            }
        };
        let applied = Applied {
            seq: head.seq,
            hash: head.hash,
            at: body.at,
        };
        let stored = crate::store::codec::pack(&applied).and_then(|value| {
            let applied = (keys::APPLIED.to_vec(), Some(value));
            staged.batch.changes.push(applied);
            apply::take(&*self.home.store, &mut self.finder, staged)
        });
        self.applied = applied;
        self.since_checkpoint = self.since_checkpoint.saturating_add(1);
        self.store_failed |= stored.is_err();
        Ok(())
    }

    /// Keeps what is known of the site and the operators true.
    pub(super) fn learn(&mut self, record: &Record) {
        match record {
            Record::Operator(operator) => {
                self.known
                    .operators
                    .insert(operator.meta.number, operator.clone());
            }
            Record::Permit(permit) => {
                self.known
                    .permits
                    .insert(permit.meta.number, permit.clone());
            }
            Record::Site(site) => {
                // A store written by a program that knew more profiles: other rules than the
                // site's are no rules for it, and whoever opens it is told.
                if let Ok(profile) = self.profile_of(&site.profile) {
                    self.known.profile = profile;
                } else {
                    let file = self.home.dir.display().to_string();
                    self.profile_fault = Profile::load(&site.profile, "", &file).err();
                }
                self.known.site = Some(site.clone());
            }
            _ => {}
        }
    }

    /// A built-in profile with the site's own file laid over it.
    fn profile_of(&mut self, id: &str) -> Result<Profile, Failure> {
        let builtin = Profile::builtin(id).ok_or_else(|| {
            let problem = Problem::new("unknown-profile").field("profile");
            let known = Profile::IDS.join(", ");
            Failure::Refused(problem.arg("value", id).arg("known", known).into())
        })?;
        let Some(file) = &self.site_file else {
            return Ok(builtin);
        };
        match Profile::load(id, &file.text, &file.name) {
            Ok(profile) => Ok(profile),
            Err(fault) => {
                self.profile_fault = Some(fault);
                Ok(builtin)
            }
        }
    }

    fn set_up(&mut self, envelope: &Envelope) -> Answer {
        let Request::Do(Command::SetUp {
            site,
            profile,
            operator,
            rehearsal,
        }) = &envelope.request
        else {
            return Err(Failure::Refused(Problem::new("not-set-up").into()));
        };
        // Nobody has signed in here: of all that was done, only the setting up itself is answered.
        if let Some(done) = done(&Overlay::new(&*self.home.store), envelope.id)?
            && matches!(&done, Reply::Done { record, .. } if record.number().kind == Kind::Site)
        {
            return Ok(done);
        }
        if self.known.site.is_some() {
            return Err(Failure::Refused(Problem::new("set-up-already").into()));
        }
        let profile = self.profile_of(profile)?;
        let now = self.now();
        let decision = commands::set_up(site, &profile, operator, *rehearsal, &self.calendar, now)?;
        let mut building = Building::new(&mut self.home, now);
        let by = decision
            .records
            .last()
            .map_or(envelope.operator, Record::number);
        let reply = building.stage(envelope.id.0, by, decision)?;
        let Building { overlay, body, .. } = building;
        let staged = overlay.into_staged();
        self.write(body, staged, vec![Ok(reply)])
            .pop()
            .unwrap_or_else(|| Err(Failure::internal()))
    }

    /// Does what could wait until the answers were on their way. Nothing is lost without it: whoever
    /// asks next has it done first.
    pub fn settle(&mut self) {
        self.store_failed |= self.home.store.settle().is_err();
    }

    /// Makes good what an earlier failure left: a journal whose end is unknown and a store that
    /// failed are opened again, and the store catches up.
    pub(super) fn mend(&mut self) -> Result<(), Fault> {
        if self.home.journal.is_unknown() {
            self.reopen_journal()?;
        }
        self.settle();
        if self.store_failed {
            self.reopen_store()?;
            self.store_failed = false;
        }
        // An attempt that failed on its way may have left frames that the store lacks: decided
        // without them, a number would be given twice.
        if self.applied.seq != self.home.journal.head().seq {
            self.catch_up_with_journal()?;
        }
        Ok(())
    }

    /// Whether the store is set up and anybody works here.
    pub fn is_set_up(&self) -> bool {
        self.known.site.is_some()
    }

    /// The head of the journal: what the day-end sheet prints, and `verify --head` takes.
    pub fn head(&self) -> Head {
        self.home.journal.head()
    }
}

/// Nobody of that number works here, or the store is not set up.
pub(super) fn missing_operator(known: &Known, operator: Number) -> Failure {
    let problem = if known.site.is_none() {
        Problem::new("not-set-up")
    } else {
        Problem::new("unknown-operator").arg("value", operator)
    };
    Failure::Refused(problem.into())
}

/// Every change in a frame that did not get to the disk is answered with the failure; refusals
/// stand.
fn failed(answers: Vec<Answer>, failure: &Failure) -> Vec<Answer> {
    answers
        .into_iter()
        .map(|answer| answer.and_then(|_| Err(failure.clone())))
        .collect()
}
