//! Kill -9 of the real hub under sixteen sessions of mixed commands, at a seeded count of
//! acknowledgements; of a session; and of both at once. What was acknowledged is there whole, what
//! was not is there whole or not at all, the sessions come back to their seats by themselves, and
//! what they send again is done once.
//!
//! `FRONTDESK_KILL_ROUNDS` asks for more rounds, `FRONTDESK_KILL_SEED` for other ones.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod program;
mod torture;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use frontdesk::desk::contract::{
    Command, Door as _, Filter, ListQuery, Proof, Query, Reply, Request, RequestId, Sitting, Sort,
};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::{Operator, OperatorDetails};
use frontdesk::hub::{Line, Place, Starter};
use program::Program;
use rustix::process::{Pid, Signal, kill_process};
use torture::{
    Model, Sent, WHOLE_EVERY, acknowledged, assert_all, assert_as_told, envelope, killed_after,
    send_again, unknown, variable,
};

/// Sessions that stay for all rounds.
const SESSIONS: usize = 16;
/// Sessions of other processes in a round that kills sessions.
const OTHERS: usize = 2;
/// So many acknowledgements come before a kill, at most.
const MOST_ANSWERS: usize = 40;
/// Rounds on one store, so that many rounds take as long as their number says.
const ROUNDS_OF_A_STORE: u64 = 200;
/// In one round of so many the sessions themselves start the hub that was killed.
const STARTED_BY_SESSIONS: u64 = 8;
/// Whatever takes longer than this does not come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A session, and what it sent without having had an answer.
struct Session {
    line: Line,
    operator: Number,
    owed: Option<Sent>,
}

fn sign_in(line: &mut Line, login: &str) -> Operator {
    let nobody = Number {
        kind: Kind::Operator,
        year: 0,
        seq: 0,
    };
    let sitting = Sitting::SignIn {
        login: login.to_owned(),
        proof: Proof::Nothing,
    };
    match line.ask(&envelope(RequestId(0), nobody, Request::Sit(sitting))) {
        Ok(Reply::Seated(seated)) => *seated.operator,
        other => panic!("{other:?}"),
    }
}

/// The hub in a process of its own, and whoever has to be waited for when it is dead.
struct Running {
    pid: Pid,
    child: Option<Child>,
}

impl Running {
    fn start(program: &Program) -> Self {
        let mut child = program
            .command(&["hub"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut ready).unwrap();
        assert!(!ready.is_empty(), "no hub");
        let pid = Pid::from_child(&child);
        let child = Some(child);
        Self { pid, child }
    }

    fn kill(&self) {
        kill_process(self.pid, Signal::KILL).unwrap();
    }

    fn wait(&mut self) {
        if let Some(child) = &mut self.child {
            child.wait().unwrap();
        }
    }
}

/// What all sessions of a round share.
struct Round {
    model: Mutex<Model>,
    told: Mutex<BTreeSet<Number>>,
    answers: Mutex<usize>,
    one_more: Condvar,
    enough: AtomicBool,
}

impl Session {
    /// Works until the line is lost or it is enough.
    fn work(&mut self, round: &Round) {
        for turn in 0_u64.. {
            if round.enough.load(Ordering::Acquire) {
                return;
            }
            if turn % 4 == 3 {
                let look = envelope(RequestId(0), self.operator, Request::Look(newest()));
                match self.line.ask(&look) {
                    Ok(_) => continue,
                    Err(failure) if failure.is_line_lost() => return,
                    Err(failure) => panic!("{failure:?}"),
                }
            }
            let sent = round.model.lock().unwrap().next();
            let answer = self.line.ask(&sent.envelope(self.operator));
            if matches!(&answer, Err(failure) if failure.is_line_lost()) {
                self.owed = Some(sent);
                return;
            }
            let records = round.model.lock().unwrap().learn(&answer);
            let numbers = records.iter().map(|record| record.number());
            round.told.lock().unwrap().extend(numbers);
            *round.answers.lock().unwrap() += 1;
            round.one_more.notify_one();
        }
    }
}

fn newest() -> Query {
    Query::List(ListQuery {
        kind: Kind::Intake,
        filter: Filter::All,
        sort: Sort::Newest,
        find: String::new(),
        after: None,
        before: None,
        from_end: false,
        limit: 20,
        full: false,
    })
}

/// What is killed in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    Hub,
    Session,
    Both,
}

/// What came of all rounds.
#[derive(Debug, Default)]
struct Tally {
    hubs_killed: u64,
    sessions_killed: u64,
    hubs_started_by_sessions: u64,
    answered: usize,
    unanswered: usize,
    /// Records of commands that were not answered and were saved all the same.
    saved_untold: usize,
}

/// A store with its hub and its sessions.
struct Life {
    program: Program,
    hub: Running,
    sessions: Vec<Session>,
    model: Option<Model>,
}

fn line(program: &Program, starter: Option<Starter>) -> Line {
    let place = Place::beside(&program.data());
    Line::join(place, starter, PATIENCE, Arc::new(|_| {})).unwrap()
}

/// Has this program started as a hub, as a session does it.
fn starter(program: &Program) -> Starter {
    let data = program.data().display().to_string();
    let arguments = ["--data", &data, "hub", "--detach"];
    let arguments = arguments.map(str::to_owned).to_vec();
    Starter::new(env!("CARGO_BIN_EXE_frontdesk").into(), arguments)
}

impl Life {
    fn begin(seed: u64) -> Self {
        let program = Program::set_up("property");
        let hub = Running::start(&program);
        let mut first = line(&program, Some(starter(&program)));
        let boss = sign_in(&mut first, "wang");
        let mut life = Self {
            program,
            hub,
            sessions: vec![Session {
                line: first,
                operator: boss.meta.number,
                owed: None,
            }],
            model: Some(Model::new(seed, boss.meta.number)),
        };
        for place in 1..SESSIONS {
            life.seat(&boss, place);
        }
        life
    }

    /// One more operator, in the same posts as the first, at a line of their own.
    fn seat(&mut self, boss: &Operator, place: usize) {
        let login = format!("op{place}");
        let details = OperatorDetails {
            login: login.clone(),
            name: format!("坐席{place}"),
            roles: boss.roles.clone(),
            ..OperatorDetails::default()
        };
        let add = Request::Do(Command::AddOperator { details });
        let id = RequestId(place as u64);
        let added = self.sessions[0]
            .line
            .ask(&envelope(id, boss.meta.number, add));
        assert!(added.is_ok(), "{added:?}");
        let starts = (place == 1).then(|| starter(&self.program));
        let mut line = line(&self.program, starts);
        let operator = sign_in(&mut line, &login).meta.number;
        self.sessions.push(Session {
            line,
            operator,
            owed: None,
        });
    }

    /// Works until so many answers are there, kills, and gives back what was acknowledged and what
    /// the sessions that were killed had not been told.
    fn work_and_kill(
        &mut self,
        victim: Victim,
        tally: &mut Tally,
    ) -> (Model, BTreeSet<Number>, Vec<Sent>) {
        let mut model = self.model.take().unwrap();
        model.begin_round();
        let enough = model.rng.usize(1..=MOST_ANSWERS);
        let killed = if victim == Victim::Hub { 0 } else { OTHERS };
        let batches: Vec<(Vec<Sent>, usize)> = (0..killed)
            .map(|_| {
                let sent = model.some();
                let answers = model.rng.usize(..=sent.len());
                (sent, answers)
            })
            .collect();
        let round = Round {
            model: Mutex::new(model),
            told: Mutex::default(),
            answers: Mutex::default(),
            one_more: Condvar::new(),
            enough: AtomicBool::new(false),
        };
        let Self {
            program,
            hub,
            sessions,
            ..
        } = self;
        let answers = thread::scope(|scope| {
            let others: Vec<_> = batches
                .iter()
                .map(|(sent, answers)| scope.spawn(|| killed_after(program, sent, *answers)))
                .collect();
            for session in sessions {
                scope.spawn(|| session.work(&round));
            }
            let answers = round.answers.lock().unwrap();
            let waited = round
                .one_more
                .wait_timeout_while(answers, PATIENCE, |answers| *answers < enough);
            if victim != Victim::Session {
                hub.kill();
            }
            drop(waited);
            let answers: Vec<_> = others.into_iter().map(|it| it.join().unwrap()).collect();
            round.enough.store(true, Ordering::Release);
            answers
        });
        let mut model = round.model.into_inner().unwrap();
        let mut told = round.told.into_inner().unwrap();
        let answered = round.answers.into_inner().unwrap();
        assert!(answered >= enough, "{answered} answers and no more");
        tally.answered += answered;
        let mut untold = Vec::new();
        for ((sent, _), answers) in batches.into_iter().zip(answers) {
            let answers = acknowledged(&answers);
            tally.answered += answers.len();
            for (_, answer) in &answers {
                let records = model.learn(answer);
                told.extend(records.iter().map(|record| record.number()));
            }
            let answered: BTreeSet<u64> = answers.iter().map(|(request, _)| *request).collect();
            untold.extend(
                sent.into_iter()
                    .filter(|it| !answered.contains(&it.request)),
            );
        }
        (model, told, untold)
    }

    /// There is a hub again, started by whoever is to start it, and all sessions are back at it.
    fn come_back(&mut self, by_sessions: bool) {
        self.hub.wait();
        if !by_sessions {
            self.hub = Running::start(&self.program);
        }
        thread::scope(|scope| {
            let starters = if by_sessions { 2 } else { SESSIONS };
            for session in &mut self.sessions[..starters] {
                scope.spawn(|| session.come_back());
            }
        });
        for session in &mut self.sessions {
            session.come_back();
        }
        if by_sessions {
            let pid = self.sessions[0].line.status().unwrap().pid;
            let pid = Pid::from_raw(pid.cast_signed()).unwrap();
            self.hub = Running { pid, child: None };
        }
    }

    fn round(&mut self, number: u64, tally: &mut Tally) {
        let victim = match self.model.as_mut().unwrap().rng.u8(..10) {
            0..=5 => Victim::Hub,
            6..=7 => Victim::Session,
            _ => Victim::Both,
        };
        let (mut model, told, untold) = self.work_and_kill(victim, tally);
        if victim != Victim::Hub {
            tally.sessions_killed += OTHERS as u64;
        }
        if victim != Victim::Session {
            let by_sessions = number.is_multiple_of(STARTED_BY_SESSIONS);
            self.come_back(by_sessions);
            tally.hubs_killed += 1;
            tally.hubs_started_by_sessions += u64::from(by_sessions);
        }
        // Whoever was killed is followed by another session of the same operator.
        let mut owed: Vec<(usize, Sent)> = untold.into_iter().map(|sent| (0, sent)).collect();
        for (place, session) in self.sessions.iter_mut().enumerate() {
            owed.extend(session.owed.take().map(|sent| (place, sent)));
        }
        let untold: Vec<Sent> = owed.iter().map(|(_, sent)| sent.clone()).collect();
        let left = assert_as_told(&mut self.sessions[0].line, &model, &told, &untold);
        tally.unanswered += untold.len();
        tally.saved_untold += left.len();
        for (place, sent) in &owed {
            let session = &mut self.sessions[*place];
            send_again(&mut session.line, &mut model, session.operator, sent);
        }
        let first = &mut self.sessions[0].line;
        assert_eq!(unknown(first, &model), [], "done twice");
        if number.is_multiple_of(WHOLE_EVERY) {
            assert_adds_up(first, &model);
        }
        self.model = Some(model);
    }

    fn end(mut self) {
        let first = &mut self.sessions[0].line;
        let model = self.model.as_ref().unwrap();
        assert_adds_up(first, model);
        assert!(
            model.records.len() > 16,
            "the kills left something to compare"
        );
        first.leave(true).unwrap();
        self.hub.wait();
    }
}

/// Everything acknowledged is there as it was, and `verify` is clean.
fn assert_adds_up(line: &mut Line, model: &Model) {
    assert_all(line, model);
    let verified = line.verify(None).unwrap().findings;
    assert_eq!(verified, [], "does not add up");
}

impl Session {
    /// Has its line and its seat again.
    fn come_back(&mut self) {
        let end = Instant::now() + PATIENCE;
        while !self.line.recover() {
            assert!(Instant::now() < end, "no hub came back");
            thread::yield_now();
        }
    }
}

#[test]
fn what_was_acknowledged_survives_kill_9_of_hub_and_sessions() {
    let rounds = variable("FRONTDESK_KILL_ROUNDS", 200);
    let seed = variable("FRONTDESK_KILL_SEED", 2024);
    let began = Instant::now();
    let mut tally = Tally::default();
    let mut done = 0;
    while done < rounds {
        let mut life = Life::begin(seed.wrapping_add(done));
        let here = ROUNDS_OF_A_STORE.min(rounds - done);
        for number in 1..=here {
            life.round(number, &mut tally);
        }
        life.end();
        done += here;
        let seconds = began.elapsed().as_secs();
        println!("{done} rounds, seed {seed}, {seconds} s: {tally:?}");
    }
}
