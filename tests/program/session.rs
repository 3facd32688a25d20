//! A session on a line to the real hub, as a person at a screen would have one.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use frontdesk::desk::contract::{
    Answer, Command, Door, Envelope, Proof, Query, Reply, Request, RequestId, Sitting,
};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::hub::{Line, Place, Starter};

/// Longer than anything takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Nobody yet.
pub const NOBODY: Number = Number {
    kind: Kind::Operator,
    year: 0,
    seq: 0,
};

/// How a session has the hub of a data folder started.
pub fn starter(data: &Path) -> Starter {
    let data = data.to_str().unwrap().to_owned();
    let arguments = vec!["--data".into(), data, "hub".into(), "--detach".into()];
    Starter::new(env!("CARGO_BIN_EXE_frontdesk").into(), arguments)
}

/// A session with somebody at it.
pub struct Session {
    pub line: Line,
    pub operator: Number,
}

impl Session {
    /// Joins the hub of a data folder, which is started where none is there.
    pub fn join(data: &Path) -> Self {
        Self::with(data, Some(starter(data)))
    }

    /// Joins the hub of a data folder, and waits for others to start it where none is there.
    pub fn follow(data: &Path) -> Self {
        Self::with(data, None)
    }

    fn with(data: &Path, starter: Option<Starter>) -> Self {
        let place = Place::beside(data);
        let hear = Arc::new(|_| {});
        let line = Line::join(place, starter, PATIENCE, hear).unwrap();
        let mut session = Self {
            line,
            operator: NOBODY,
        };
        session.sign_in("wang");
        session
    }

    /// Signs in at a store for training.
    pub fn sign_in(&mut self, login: &str) {
        let login = login.to_owned();
        let proof = Proof::Nothing;
        let request = Request::Sit(Sitting::SignIn { login, proof });
        match self.line.ask(&envelope(NOBODY, request)) {
            Ok(Reply::Seated(seated)) => self.operator = seated.operator.meta.number,
            other => panic!("{other:?}"),
        }
    }

    pub fn envelope(&self, request: Request) -> Envelope {
        envelope(self.operator, request)
    }

    pub fn ask(&mut self, command: Command) -> Answer {
        let envelope = self.envelope(Request::Do(command));
        self.line.ask(&envelope)
    }

    /// The record of a number, in full.
    pub fn get(&mut self, number: Number) -> Option<Record> {
        let envelope = self.envelope(Request::Look(Query::Get(number)));
        loop {
            match self.line.ask(&envelope) {
                Ok(Reply::Record(row)) => return row.map(|row| row.record),
                // That a hub was killed may be noticed only now.
                Err(failure) if failure.is_line_lost() => self.recover(),
                other => panic!("{other:?}"),
            }
        }
    }

    /// Tries to have the line again until it is there.
    pub fn recover(&mut self) {
        until("the line is there again", || self.line.recover());
    }
}

/// A request under a name of its own.
pub fn envelope(operator: Number, request: Request) -> Envelope {
    Envelope {
        id: RequestId(fastrand::u64(1..)),
        operator,
        accept: Vec::new(),
        request,
    }
}

/// Looks again and again whether something has come true.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "never: {what}");
        std::thread::park_timeout(Duration::from_millis(2));
    }
}

/// The process that has the store open.
pub fn holder(data: &Path) -> rustix::process::Pid {
    let text = std::fs::read_to_string(data.join("lock")).unwrap();
    rustix::process::Pid::from_raw(text.trim().parse().unwrap()).unwrap()
}

/// Ends the process that has the store open as no process can prevent.
pub fn kill_holder(data: &Path) {
    rustix::process::kill_process(holder(data), rustix::process::Signal::KILL).unwrap();
}
