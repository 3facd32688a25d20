//! Sessions that work by scripts, all at once, and write down what they asked, what came, and when.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use frontdesk::desk::contract::{
    Answer, At, Command, Door, Envelope, Failure, Query, Reply, Request, RequestId,
};
use frontdesk::domain::customer::{CustomerDetails, Mark};
use frontdesk::domain::intake::{Channel, IntakeDetails};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;

use super::desk::{Came, CardOp, Change, History, LogOp, NumberOp, Seen};
use super::search::Event;

/// So many cards are worked on.
pub const CARDS: usize = 3;
/// From here on the names of requests that sessions share, those of each thing by themselves.
const SHARED: u64 = 1_000;
/// From here on the names of requests that no two sessions share.
const OWN: u64 = 1_000_000;

/// One step of a session. A step with a mark goes under a name that other sessions may use too, as
/// a request does that is sent again over another line.
#[derive(Debug, Clone)]
pub enum Step {
    /// Look at a card.
    Read(usize),
    /// Write a note of one's own on a card, from the version seen last.
    Note(usize, Option<u8>),
    /// Set or take away the mark of a key customer.
    Mark(usize, bool),
    /// Log a request and look at it.
    Log(Option<u8>),
    /// Look at the number after the last one seen.
    Peek,
    /// Send the last change again.
    Again,
}

/// What all sessions of one run share.
pub struct Shared {
    /// The operator at all seats.
    pub operator: Number,
    /// What the cards say before anybody works.
    pub start: Seen,
    clock: AtomicU64,
    names: AtomicU64,
}

/// One session at work.
struct Session<'a, D> {
    door: D,
    name: usize,
    shared: &'a Shared,
    seen: Vec<Seen>,
    last_number: u32,
    last_change: Option<Sent>,
    history: History,
}

/// A change that was sent.
#[derive(Clone)]
struct Sent {
    envelope: Envelope,
    about: About,
}

#[derive(Clone)]
enum About {
    Card(usize, u32, Change),
    Number,
}

fn number(kind: Kind, shared: &Shared, seq: u32) -> Number {
    let year = shared.operator.year;
    Number { kind, year, seq }
}

fn customer(index: usize, shared: &Shared) -> Number {
    number(Kind::Customer, shared, u32::try_from(index).unwrap() + 1)
}

fn seen(record: &Record) -> Seen {
    let Record::Customer(customer) = record else {
        panic!("{record:?}")
    };
    Seen {
        version: customer.meta.version,
        note: customer.details.note.clone(),
        key: customer.is(Mark::Key),
    }
}

fn details(note: String) -> CustomerDetails {
    CustomerDetails {
        name: "王芳".into(),
        note,
        ..CustomerDetails::default()
    }
}

impl Shared {
    /// Makes the cards at a desk that is set up.
    pub fn prepare(door: &mut dyn Door, operator: Number) -> Self {
        let shared = Self {
            operator,
            start: Seen {
                version: 1,
                note: String::new(),
                key: false,
            },
            clock: AtomicU64::new(1),
            names: AtomicU64::new(OWN),
        };
        for _ in 0..CARDS {
            let details = details(String::new());
            let register = Command::RegisterCustomer { details };
            let envelope = shared.envelope(shared.own_name(), Request::Do(register));
            let made = door.ask(&envelope);
            // Cards that look alike are asked about, and these are meant.
            let envelope = Envelope {
                accept: vec!["duplicate-customer".into()],
                ..envelope
            };
            let made = made.or_else(|_| door.ask(&envelope));
            assert!(made.is_ok(), "{made:?}");
        }
        shared
    }

    fn envelope(&self, id: u64, request: Request) -> Envelope {
        Envelope {
            id: RequestId(id),
            operator: self.operator,
            accept: Vec::new(),
            request,
        }
    }

    fn own_name(&self) -> u64 {
        self.names.fetch_add(1, Ordering::Relaxed)
    }

    fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::SeqCst)
    }
}

impl<D: Door> Session<'_, D> {
    fn ask(&mut self, envelope: &Envelope) -> Event<Answer> {
        let begin = self.shared.tick();
        let op = self.door.ask(envelope);
        let end = self.shared.tick();
        Event { begin, end, op }
    }

    fn take(&mut self, step: &Step, turn: usize) {
        let own = self.shared.own_name();
        match step {
            Step::Read(card) => self.read(*card),
            Step::Note(card, mark) => {
                let note = format!("{}/{turn}", self.name);
                // A name stands for one card, as one request does.
                let id = mark.map_or(own, |it| SHARED * (2 + *card as u64) + u64::from(it));
                self.change(id, *card, Change::Note(note));
            }
            Step::Mark(card, set) => self.change(own, *card, Change::Key(*set)),
            Step::Log(mark) => {
                let id = mark.map_or(own, |it| SHARED + u64::from(it));
                self.log(id, turn);
            }
            Step::Peek => self.look(self.last_number + 1),
            Step::Again => {
                if let Some(sent) = self.last_change.clone() {
                    self.send(sent);
                }
            }
        }
    }

    fn get(&mut self, number: Number) -> Event<Option<Record>> {
        let envelope = self.shared.envelope(0, Request::Look(Query::Get(number)));
        let Event { begin, end, op } = self.ask(&envelope);
        let op = match op {
            Ok(Reply::Record(row)) => row.map(|row| row.record),
            other => panic!("{other:?}"),
        };
        Event { begin, end, op }
    }

    fn read(&mut self, card: usize) {
        let Event { begin, end, op } = self.get(customer(card, self.shared));
        let seen = seen(&op.unwrap());
        self.seen[card] = seen.clone();
        let op = CardOp::Read(seen);
        self.note(card, Event { begin, end, op });
    }

    fn note(&mut self, card: usize, event: Event<CardOp>) {
        self.history.cards.entry(card).or_default().push(event);
    }

    fn change(&mut self, id: u64, card: usize, change: Change) {
        let from = self.seen[card].version;
        let at = At {
            number: customer(card, self.shared),
            version: from,
        };
        let command = match &change {
            Change::Note(note) => Command::ChangeCustomer {
                at,
                details: details(note.clone()),
            },
            Change::Key(set) => Command::MarkCustomer {
                at,
                mark: Mark::Key,
                set: *set,
            },
        };
        let envelope = self.shared.envelope(id, Request::Do(command));
        let about = About::Card(card, from, change);
        self.send(Sent { envelope, about });
    }

    fn log(&mut self, id: u64, turn: usize) {
        let details = IntakeDetails {
            channel: Some(Channel::Call),
            caller: "李强".into(),
            phone: "13900000001".into(),
            place: "3-1201".into(),
            text: format!("{}/{turn}", self.name),
            ..IntakeDetails::default()
        };
        let new_customer = None;
        let command = Command::LogIntake {
            details,
            new_customer,
        };
        let envelope = self.shared.envelope(id, Request::Do(command));
        let about = About::Number;
        self.send(Sent { envelope, about });
        self.look(self.last_number);
    }

    fn send(&mut self, sent: Sent) {
        self.last_change = Some(sent.clone());
        let Event { begin, end, op } = self.ask(&sent.envelope);
        let id = sent.envelope.id.0;
        match sent.about {
            About::Number => {
                let Ok(Reply::Done {
                    record, already, ..
                }) = op
                else {
                    panic!("{op:?}")
                };
                let seq = record.number().seq;
                self.last_number = seq;
                let op = LogOp { id, already, seq };
                self.history.logs.push(Event { begin, end, op });
                let text = text(&record);
                let op = if already {
                    NumberOp::Read(Some(text))
                } else {
                    NumberOp::Made(text)
                };
                let events = self.history.numbers.entry(seq).or_default();
                events.push(Event { begin, end, op });
            }
            About::Card(card, from, change) => {
                let came = came(op);
                if let Came::Done { seen, .. } | Came::Stale(seen) = &came {
                    self.seen[card] = seen.clone();
                }
                let op = CardOp::Write {
                    id,
                    from,
                    change,
                    came,
                };
                self.note(card, Event { begin, end, op });
            }
        }
    }

    fn look(&mut self, seq: u32) {
        let Event { begin, end, op } = self.get(number(Kind::Intake, self.shared, seq));
        let op = NumberOp::Read(op.as_ref().map(text));
        let events = self.history.numbers.entry(seq).or_default();
        events.push(Event { begin, end, op });
    }
}

fn text(record: &Record) -> String {
    let Record::Intake(intake) = record else {
        panic!("{record:?}")
    };
    intake.details.text.clone()
}

fn came(answer: Answer) -> Came {
    match answer {
        Ok(Reply::Done {
            record, already, ..
        }) => Came::Done {
            already,
            seen: seen(&record),
        },
        Err(Failure::Stale { present }) => Came::Stale(seen(&present)),
        Err(Failure::Refused(refusal)) if refusal.problems[0].key == "nothing-to-change" => {
            Came::Nothing
        }
        other => panic!("{other:?}"),
    }
}

/// Has all scripts worked off at once, each at a door of its own.
pub fn work<D: Door + Send>(shared: &Shared, doors: Vec<D>, scripts: &[Vec<Step>]) -> History {
    let begin = Barrier::new(scripts.len());
    let mut history = History::default();
    thread::scope(|scope| {
        let at_work: Vec<_> = doors
            .into_iter()
            .zip(scripts)
            .enumerate()
            .map(|(name, (door, script))| {
                let mut session = Session {
                    door,
                    name,
                    shared,
                    seen: vec![shared.start.clone(); CARDS],
                    last_number: 0,
                    last_change: None,
                    history: History::default(),
                };
                let begin = &begin;
                scope.spawn(move || {
                    begin.wait();
                    for (turn, step) in script.iter().enumerate() {
                        session.take(step, turn);
                    }
                    session.history
                })
            })
            .collect();
        for one in at_work {
            history.join(one.join().unwrap());
        }
    });
    history
}
