//! A hub in the test's own process, and lines to it with and without manners.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use frontdesk::desk::Desk;
use frontdesk::desk::contract::{
    Answer, Command, Door, Envelope, News, Proof, Query, Reply, Request, RequestId, Sitting,
};
use frontdesk::domain::number::Number;
use frontdesk::hub::frame::{Inbox, WORD_LIMIT, framed, raw};
use frontdesk::hub::protocol::{Call, Hello, Word, first};
use frontdesk::hub::server::{Hub, Settings, Stopper};
use frontdesk::hub::{Line, Place};
use frontdesk::store::{Fault, codec};
use tempfile::TempDir;

use super::NOBODY;

/// Longer than anything takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A hub that runs.
pub struct Running {
    pub place: Place,
    stopper: Stopper,
    served: JoinHandle<Result<(), Fault>>,
    _folder: TempDir,
}

impl Running {
    /// A hub over a desk.
    pub fn over(desk: Desk) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::beside(folder.path());
        let hub = Hub::open(desk, place.clone(), Settings::default()).unwrap();
        let stopper = hub.stopper();
        let served = std::thread::spawn(move || hub.run());
        Self {
            place,
            stopper,
            served,
            _folder: folder,
        }
    }

    /// A session that has signed in.
    pub fn session(&self) -> Session {
        let (sender, news) = channel();
        let hear = Arc::new(move |it| drop(sender.send(it)));
        let mut line = Line::join(self.place.clone(), None, Duration::ZERO, hear).unwrap();
        let operator = match line.ask(&sign_in()) {
            Ok(Reply::Seated(seated)) => seated.operator.meta.number,
            other => panic!("{other:?}"),
        };
        Session {
            line,
            operator,
            news,
        }
    }

    /// A line that says what it is and then whatever the test wants.
    pub fn raw(&self) -> Raw {
        let stream = self.place.connect().unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut line = Raw {
            stream,
            inbox: Inbox::new(WORD_LIMIT),
            operator: NOBODY,
        };
        let program = String::new();
        line.write(&raw(&first(&Hello { program }).unwrap()).unwrap());
        line.frame().unwrap();
        line.say(&Call::Ask(Box::new(sign_in())));
        let Word::Answer { answer, .. } = line.word() else {
            panic!("no answer");
        };
        match *answer {
            Ok(Reply::Seated(seated)) => line.operator = seated.operator.meta.number,
            other => panic!("{other:?}"),
        }
        line
    }

    /// Closes it.
    pub fn close(self) {
        self.stopper.stop(false);
        self.served.join().unwrap().unwrap();
    }
}

/// Somebody at a line.
pub struct Session {
    pub line: Line,
    pub operator: Number,
    pub news: Receiver<News>,
}

impl Session {
    pub fn change(&mut self, command: Command) -> Answer {
        let envelope = envelope(self.operator, Request::Do(command));
        self.line.ask(&envelope)
    }

    pub fn look(&mut self, query: Query) -> Reply {
        let envelope = envelope(self.operator, Request::Look(query));
        self.line.ask(&envelope).unwrap()
    }
}

/// A line whose frames the test makes itself.
pub struct Raw {
    pub stream: UnixStream,
    inbox: Inbox,
    pub operator: Number,
}

impl Raw {
    pub fn write(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).unwrap();
    }

    pub fn say(&mut self, call: &Call) {
        self.write(&framed(call).unwrap());
    }

    pub fn ask(&mut self, request: Request) {
        let envelope = envelope(self.operator, request);
        self.say(&Call::Ask(Box::new(envelope)));
    }

    /// The next frame; none when the line is ended.
    pub fn frame(&mut self) -> Option<Vec<u8>> {
        let mut bytes = [0; 4096];
        loop {
            if let Some(frame) = self.inbox.take().unwrap() {
                return Some(frame);
            }
            match self.stream.read(&mut bytes) {
                Ok(0) | Err(_) => return None,
                Ok(read) => self.inbox.push(&bytes[..read]),
            }
        }
    }

    /// The next word that is no news.
    pub fn word(&mut self) -> Word {
        loop {
            let frame = self.frame().unwrap();
            match codec::unpack(&frame).unwrap() {
                Word::News(_) => {}
                word => return word,
            }
        }
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

fn sign_in() -> Envelope {
    let login = "xiaoman".to_owned();
    let proof = Proof::Nothing;
    envelope(NOBODY, Request::Sit(Sitting::SignIn { login, proof }))
}
