//! A session without a screen: it signs in, and works as fast as it is answered.

use std::sync::Arc;
use std::time::{Duration, Instant};

use frontdesk::desk::contract::{
    Answer, At, Command, Door, Envelope, Filter, ListQuery, Proof, Query, Reply, Request,
    RequestId, Sitting, Sort,
};
use frontdesk::domain::intake::{Channel, IntakeDetails, OutcomeCode};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::hub::{Line, Place};

use crate::Fallible;
use crate::report::Times;

/// A hub is there within this time.
const PATIENCE: Duration = Duration::from_secs(20);
/// A request is so many characters long.
const CHARACTERS: usize = 300;
/// So many open requests a session keeps in mind.
const MOST_OPEN: usize = 20;

/// A session at a door.
pub struct Session<D> {
    /// The door.
    pub door: D,
    operator: Number,
    rng: fastrand::Rng,
    open: Vec<(At, IntakeDetails)>,
}

/// How long the requests of a session took.
#[derive(Default)]
pub struct Took {
    /// Changes, which are on the disk when they are answered.
    pub changes: Times,
    /// Looks.
    pub looks: Times,
}

impl Took {
    /// With those of another session.
    pub fn join(&mut self, other: Self) {
        self.changes.join(other.changes);
        self.looks.join(other.looks);
    }
}

fn nobody() -> Number {
    Number {
        kind: Kind::Operator,
        year: 0,
        seq: 0,
    }
}

/// A line to a hub.
pub fn line(place: &Place) -> Fallible<Line> {
    Line::join(place.clone(), None, PATIENCE, Arc::new(|_| {})).map_err(|it| it.key().into())
}

/// A request of so many characters.
pub fn request(rng: &mut fastrand::Rng, characters: usize) -> IntakeDetails {
    let words = [
        "电梯",
        "漏水",
        "停车",
        "门禁",
        "噪音",
        "报修",
        "请尽快处理。",
    ];
    let mut text = String::new();
    for _ in 0..characters / 2 {
        text.push_str(words.get(rng.usize(..words.len())).unwrap_or(&"。"));
    }
    IntakeDetails {
        channel: Some(Channel::Call),
        caller: "李强".into(),
        phone: format!("139{:08}", rng.u32(..100_000_000)),
        place: format!("{}-{}", rng.u8(1..30), rng.u16(101..3300)),
        text: text.chars().take(characters).collect(),
        ..IntakeDetails::default()
    }
}

impl<D: Door> Session<D> {
    /// Signs in as the operator of the store.
    pub fn sign_in(mut door: D, seed: u64) -> Fallible<Self> {
        let sitting = Sitting::SignIn {
            login: "wang".into(),
            proof: Proof::Nothing,
        };
        let envelope = Envelope {
            id: RequestId(0),
            operator: nobody(),
            accept: Vec::new(),
            request: Request::Sit(sitting),
        };
        let Reply::Seated(seated) = door.ask(&envelope)? else {
            return Err("not seated".into());
        };
        Ok(Self {
            door,
            operator: seated.operator.meta.number,
            rng: fastrand::Rng::with_seed(seed),
            open: Vec::new(),
        })
    }

    fn envelope(&self, request: Request) -> Envelope {
        Envelope {
            id: RequestId(fastrand::u64(1..)),
            operator: self.operator,
            accept: Vec::new(),
            request,
        }
    }

    fn timed(&mut self, request: Request) -> (Duration, Answer) {
        let envelope = self.envelope(request);
        let began = Instant::now();
        let answer = self.door.ask(&envelope);
        (began.elapsed(), answer)
    }

    /// Asks.
    pub fn ask(&mut self, request: Request) -> Answer {
        let envelope = self.envelope(request);
        self.door.ask(&envelope)
    }

    /// Asks for all of it at once.
    pub fn ask_all(&mut self, requests: impl Iterator<Item = Request>) -> Vec<Answer> {
        let envelopes: Vec<Envelope> = requests.map(|it| self.envelope(it)).collect();
        self.door.ask_all(&envelopes)
    }

    /// Logs a request of a usual length; how long it took.
    pub fn log(&mut self) -> Fallible<Duration> {
        let details = request(&mut self.rng, CHARACTERS);
        self.log_this(details)
    }

    /// Logs a request; how long it took.
    pub fn log_this(&mut self, details: IntakeDetails) -> Fallible<Duration> {
        let new_customer = None;
        let (took, answer) = self.timed(Request::Do(Command::LogIntake {
            details,
            new_customer,
        }));
        if let Reply::Done { record, .. } = answer? {
            self.keep(&record);
        }
        Ok(took)
    }

    fn keep(&mut self, record: &Record) {
        let Record::Intake(intake) = record else {
            return;
        };
        let at = At {
            number: intake.meta.number,
            version: intake.meta.version,
        };
        if self.open.len() >= MOST_OPEN {
            self.open.remove(0);
        }
        self.open.push((at, intake.details.clone()));
    }

    /// One request of a working day: one in three looks at something, the others change something.
    pub fn mixed(&mut self, took: &mut Took) -> Fallible<()> {
        let open = match self.open.len() {
            0 => None,
            count => Some(self.rng.usize(..count)),
        };
        let request = match (self.rng.u8(..100), open) {
            (0..18, _) => Request::Look(Query::List(newest())),
            (18..24, _) => Request::Look(Query::Search {
                text: format!("139{:04}", self.rng.u32(..10_000)),
                limit: 20,
            }),
            (24..34, Some(place)) => match self.open.get(place) {
                Some((at, _)) => Request::Look(Query::Get(at.number)),
                None => Request::Look(Query::Counts),
            },
            (34..54, Some(place)) => {
                let (at, mut details) = self.open.remove(place);
                details.place = format!("{}-{}", self.rng.u8(1..30), self.rng.u16(101..3300));
                Request::Do(Command::ChangeIntake { at, details })
            }
            (54..68, Some(place)) => Request::Do(Command::CloseIntake {
                at: self.open.remove(place).0,
                code: OutcomeCode::Resolved,
                text: "已解决".into(),
            }),
            _ => {
                took.changes.add(self.log()?);
                return Ok(());
            }
        };
        let keeps = matches!(request, Request::Do(Command::ChangeIntake { .. }));
        let (time, answer) = self.timed(request);
        match answer? {
            Reply::Done { record, .. } => {
                took.changes.add(time);
                if keeps {
                    self.keep(&record);
                }
            }
            _ => took.looks.add(time),
        }
        Ok(())
    }
}

/// The first page of requests, the newest first.
pub fn newest() -> ListQuery {
    ListQuery {
        kind: Kind::Intake,
        filter: Filter::All,
        sort: Sort::Newest,
        find: String::new(),
        after: None,
        before: None,
        from_end: false,
        limit: 40,
        full: false,
    }
}
