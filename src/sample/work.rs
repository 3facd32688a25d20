//! The run through the days: the jobs of a moment are asked for together, and what comes of them
//! decides what is to be done later.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;

use super::agenda::{Agenda, Amounts};
use super::words::Words;
use super::{SampleOptions, SampleReport};
use crate::desk::clock::SetClock;
use crate::desk::contract::{
    Answer, Command, Door, Envelope, Failure, Query, Reply, Request, RequestId,
};
use crate::domain::number::{Kind, Number};
use crate::domain::operator::{Operator, OperatorDetails};
use crate::domain::profile::{Permission, Profile};
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Stamp;

/// Moments that share a frame where all of them are now.
const MOMENTS_A_FRAME: usize = 8;
/// Requests asked for in one go.
const REQUESTS_AT_ONCE: usize = 256;

/// A store being filled.
pub(super) struct Filling<'a> {
    pub door: &'a mut dyn Door,
    /// The clock to set; none where the time is always now.
    clock: Option<&'a SetClock>,
    pub profile: &'a Profile,
    pub words: Words,
    pub random: Rng,
    pub agenda: Agenda,
    pub amounts: Amounts,
    pub first: Number,
    /// What requests of earlier days are taken over with, where the time is always now: the time
    /// from start to save counts only for requests taken at this desk (A09-2.3).
    pub import: Option<Number>,
    pub staff: Vec<Operator>,
    /// The newest version of everything made so far.
    pub made: BTreeMap<Number, Record>,
    /// Records the jobs of this frame change already.
    pub touched: BTreeSet<Number>,
}

impl<'a> Filling<'a> {
    pub fn new(
        door: &'a mut dyn Door,
        clock: Option<&'a SetClock>,
        now: Stamp,
        profile: &'a Profile,
        options: SampleOptions,
    ) -> Result<Self, Failure> {
        let mut random = Rng::with_seed(options.seed);
        let amounts = Amounts::of(options.size);
        let agenda = Agenda::before(now, amounts.days, profile, &mut random);
        if let (Some(clock), Some(start)) = (clock, agenda.time(0)) {
            // Half an hour before the first thing happens the desk is set up.
            clock.set(Stamp(start.0 - 1_800_000_000));
        }
        let (first, staff) = set_up(door, profile, options.english)?;
        Ok(Self {
            door,
            clock,
            profile,
            words: Words::new(options.english, &profile.id),
            random,
            agenda,
            amounts,
            first,
            import: None,
            staff,
            made: BTreeMap::new(),
            touched: BTreeSet::new(),
        })
    }

    /// Works through all moments.
    pub fn run(mut self) -> Result<SampleReport, Failure> {
        if self.clock.is_none() {
            // Whoever sits at the desk does all of it: a seat has one operator.
            let first = self.first;
            self.staff.retain(|one| one.meta.number == first);
            self.begin_import()?;
        } else {
            self.add_staff()?;
        }
        self.put_first_jobs();
        let stride = if self.clock.is_some() {
            1
        } else {
            MOMENTS_A_FRAME
        };
        for from in (0..self.agenda.len()).step_by(stride) {
            self.frame(from..from.saturating_add(stride))?;
        }
        self.follow_up()?;
        let count = |kind| {
            self.made
                .keys()
                .filter(|number| number.kind == kind)
                .count()
        };
        Ok(SampleReport {
            operator: self.first,
            customers: count(Kind::Customer),
            intakes: count(Kind::Intake),
            complaints: count(Kind::Complaint),
            files: count(Kind::File),
            loans: count(Kind::Loan),
        })
    }

    /// Does what is to be done at some moments.
    fn frame(&mut self, moments: std::ops::Range<usize>) -> Result<(), Failure> {
        if let (Some(clock), Some(time)) = (self.clock, self.agenda.time(moments.start)) {
            clock.set(time);
        }
        self.touched.clear();
        let next = moments.end;
        let mut jobs = Vec::new();
        let mut envelopes = Vec::new();
        for (moment, job) in self.agenda.take(moments) {
            let Some(time) = self.agenda.time(moment) else {
                continue;
            };
            if let Some((operator, command)) = self.command(&job, time) {
                envelopes.push(envelope(operator, Request::Do(command)));
                jobs.push(job);
            }
        }
        let mut answers = Vec::with_capacity(envelopes.len());
        for some in envelopes.chunks(REQUESTS_AT_ONCE) {
            answers.extend(self.door.ask_all(some));
        }
        for (job, answer) in jobs.into_iter().zip(answers) {
            let record = self.keep(answer)?;
            self.follow(&job, &record, next);
        }
        Ok(())
    }

    /// Keeps what came of a request, and gives back the record it was about.
    pub fn keep(&mut self, answer: Answer) -> Result<Record, Failure> {
        let (record, also) = done(answer)?;
        for one in also.into_iter().chain([record.clone()]) {
            self.made.insert(one.number(), one);
        }
        Ok(record)
    }

    /// Somebody who may do it; nobody where the site blocks it for all.
    pub fn who(&mut self, permission: Permission) -> Option<Number> {
        let may = |one: &&Operator| self.profile.may(permission, &one.roles).is_ok();
        let able: Vec<Number> = self
            .staff
            .iter()
            .filter(may)
            .map(|one| one.meta.number)
            .collect();
        self.random.choice(able)
    }

    fn begin_import(&mut self) -> Result<(), Failure> {
        let Some(by) = self.who(Permission::Import) else {
            return Ok(());
        };
        let (kind, file) = (Kind::Intake, "words.toml".to_owned());
        let command = Command::BeginImport { kind, file };
        let answer = self.door.ask(&envelope(by, Request::Do(command)));
        self.import = Some(done(answer)?.0.number());
        Ok(())
    }

    /// One operator for each post that nobody holds alone yet.
    fn add_staff(&mut self) -> Result<(), Failure> {
        let taken: BTreeSet<String> = self.staff.iter().map(|one| one.login.clone()).collect();
        let envelopes: Vec<Envelope> = self
            .profile
            .posts
            .iter()
            .map(|post| OperatorDetails {
                login: post.id().replace('-', ""),
                name: super::jobs::operator_name(&self.words, *post),
                roles: vec![*post],
                ..OperatorDetails::default()
            })
            .filter(|details| !taken.contains(&details.login))
            .map(|details| envelope(self.first, Request::Do(Command::AddOperator { details })))
            .collect();
        for answer in self.door.ask_all(&envelopes) {
            if let (Record::Operator(operator), _) = done(answer)? {
                self.staff.push(operator);
            }
        }
        Ok(())
    }
}

/// Sets the store up where it is not, and says who may manage operators and who works there.
fn set_up(
    door: &mut dyn Door,
    profile: &Profile,
    english: bool,
) -> Result<(Number, Vec<Operator>), Failure> {
    let nobody = Number {
        kind: Kind::Operator,
        year: 0,
        seq: 0,
    };
    let hello = door.ask(&envelope(nobody, Request::Look(Query::Hello)))?;
    if matches!(hello, Reply::Hello { site: None, .. }) {
        let (site, operator) = super::site(profile, english);
        let command = Command::SetUp {
            site,
            profile: profile.id.clone(),
            operator,
            rehearsal: true,
        };
        done(door.ask(&envelope(nobody, Request::Do(command))))?;
    }
    let staff = match door.ask(&envelope(nobody, Request::Look(Query::Operators)))? {
        Reply::Operators(staff) => staff,
        _ => Vec::new(),
    };
    let first = staff
        .iter()
        .find(|one| one.active && profile.may(Permission::OperatorManage, &one.roles).is_ok())
        .map(|one| one.meta.number);
    first
        .map(|first| (first, staff))
        .ok_or_else(|| Failure::Refused(Problem::new("not-set-up").into()))
}

/// A request that is never sent twice, with the question about a second card answered with yes.
pub(super) fn envelope(operator: Number, request: Request) -> Envelope {
    Envelope {
        id: RequestId(0),
        operator,
        accept: vec!["duplicate-customer".into()],
        request,
    }
}

fn done(answer: Answer) -> Result<(Record, Vec<Record>), Failure> {
    match answer? {
        Reply::Done { record, also, .. } => Ok((*record, also)),
        _ => Err(Failure::internal()),
    }
}
