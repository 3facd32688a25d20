//! The shell around a session: takes events, lets the app decide, does what it wants done, draws.
//!
//! Generic over the door, the terminal and the keeper of drafts, so that the desk, tapes and
//! tests run the same code. A request is asked and its answer taken in before the next drawing;
//! a frame is drawn once all waiting events are taken, and only if something changed.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use ratatui::backend::{Backend, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::{Frame, Terminal};

use super::effect::{Effect, Tag};
use super::event::{Event, Line};
use super::keeper::DraftKeeper;
use super::worker::{Slice, Worker};
use super::{App, Setup};
use crate::desk::contract::{Answer, Door, Envelope, Failure, News, Request, Sitting};
use crate::domain::number::Number;
use crate::locale::Lang;

/// While the line is lost it is tried again so often.
const RETRY: Duration = Duration::from_millis(200);
/// The desk looks at its clock at least this often.
const TICK: Duration = Duration::from_secs(20);

/// Draws a session; `panes::draw`.
pub type Draw = fn(&App, &mut Frame);

/// What a session may want from the program around it.
pub trait Surroundings {
    /// The operator chose a language.
    fn language(&mut self, _lang: Lang) {}
    /// Sample data is wanted in a store that was just set up, in the name of its operator.
    fn sample(&mut self, _door: &mut dyn Door, _operator: Number) {}
    /// Whether files of this machine are for the operator to name: not for one who came over a line
    /// that gives the program and nothing else.
    fn has_paths(&self) -> bool {
        false
    }
    /// A file of this machine to be read.
    ///
    /// # Errors
    /// It is not there, or not for the operator.
    fn open(&mut self, _path: &str) -> io::Result<Box<dyn Read + Send>> {
        Err(io::ErrorKind::PermissionDenied.into())
    }
    /// A file of this machine to be written, where there is none of that name.
    ///
    /// # Errors
    /// There is one, or it is not for the operator to make.
    fn create(&mut self, _path: &str) -> io::Result<Box<dyn Target>> {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

/// A file that comes into being, and stands in its place once it is kept.
pub trait Target: Write + Send {
    /// It is whole. One that is dropped without was never there.
    ///
    /// # Errors
    /// It could not be put in its place.
    fn keep(self: Box<Self>) -> io::Result<()>;
}

/// Surroundings that want nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Surroundings for Nothing {}

/// One operator's session on a terminal.
pub struct Session<D, B: Backend, K, S = Nothing> {
    /// The state.
    pub app: App,
    /// The desk.
    pub door: D,
    /// The terminal.
    pub terminal: Terminal<B>,
    /// The drafts.
    pub keeper: K,
    /// The program around it.
    pub surroundings: S,
    draw: Draw,
    anew: bool,
    over: bool,
    drawn: u64,
    lost: bool,
    worker: Worker,
    /// When the desk's clock was last looked at.
    clocked: Instant,
    /// What is asked when the line is there again, in this order.
    waiting: VecDeque<(Tag, Box<Envelope>)>,
}

impl<D, B: Backend, K, S> std::fmt::Debug for Session<D, B, K, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("over", &self.over)
            .finish_non_exhaustive()
    }
}

impl<D: Door, B: Backend, K: DraftKeeper, S: Surroundings> Session<D, B, K, S> {
    /// Starts a session: the site, the operator and the lists are fetched at once.
    pub fn new(
        setup: Setup,
        door: D,
        terminal: Terminal<B>,
        keeper: K,
        surroundings: S,
        draw: Draw,
    ) -> Self {
        let (app, effects) = App::new(setup);
        let mut session = Self {
            app,
            door,
            terminal,
            keeper,
            surroundings,
            draw,
            anew: true,
            over: false,
            drawn: 0,
            lost: false,
            worker: Worker::default(),
            clocked: Instant::now(),
            waiting: VecDeque::new(),
        };
        session.app.paths = session.surroundings.has_paths();
        if let Ok(size) = session.terminal.size() {
            session.app.size = (size.width, size.height);
        }
        session.run(effects);
        session
    }

    /// Takes one event with everything that follows from it.
    pub fn take(&mut self, event: Event) {
        if matches!(
            event,
            Event::Line(Line::Lost) | Event::News(News::Leaving { .. })
        ) {
            self.lost = true;
        }
        let effects = self.app.handle(event);
        self.run(effects);
        if self.keeper.is_failing() {
            self.app.draft_not_kept();
        }
    }

    /// Draws if something changed, after what others changed was looked at once. Events that wait
    /// are to be taken before.
    ///
    /// # Errors
    /// The terminal did not take the frame.
    pub fn draw(&mut self) -> Result<(), B::Error> {
        if !self.lost {
            let effects = self.app.catch_up();
            self.run(effects);
        }
        if self.anew {
            self.terminal.clear()?;
        } else if !self.app.dirty() {
            return Ok(());
        }
        let Self {
            terminal,
            app,
            draw,
            ..
        } = self;
        terminal.draw(|frame| draw(app, frame))?;
        self.anew = false;
        self.app.drawn();
        self.drawn += 1;
        Ok(())
    }

    /// Serves the operator until the desk is left or no event can come any more.
    ///
    /// # Errors
    /// The terminal did not take a frame.
    pub fn serve(&mut self, events: &Receiver<Event>) -> Result<(), B::Error> {
        self.draw()?;
        while !self.over {
            match events.recv_timeout(self.patience()) {
                Ok(event) => self.take(event),
                Err(RecvTimeoutError::Timeout) => self.pause(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while !self.over
                && let Ok(event) = events.try_recv()
            {
                self.take(event);
            }
            self.draw()?;
        }
        Ok(())
    }

    /// How long to wait for the next event: while the line is lost, until it is tried again; while
    /// there is work to do, not at all.
    pub fn patience(&self) -> Duration {
        if self.lost {
            RETRY
        } else if self.is_working() {
            Duration::ZERO
        } else {
            TICK
        }
    }

    /// Whether long work is under way. It rests while the screen is locked.
    pub fn is_working(&self) -> bool {
        self.worker.is_busy() && self.app.gate.is_none()
    }

    /// Works on for a slice.
    pub fn work(&mut self) {
        match self.worker.slice(&mut self.door) {
            Slice::Quiet => {}
            Slice::Told(told) => self.take(Event::Work(Box::new(told))),
            Slice::Lost => self.take(Event::Line(Line::Lost)),
        }
    }

    /// Once nothing has come for [`Self::patience`]: a lost line is tried again, and what waited
    /// is asked in its order and under its names; otherwise long work goes on, and now and then the
    /// desk's clock is looked at.
    pub fn pause(&mut self) {
        if !self.lost {
            if self.is_working() && self.clocked.elapsed() < TICK {
                return self.work();
            }
            self.clocked = Instant::now();
            return self.take(Event::Clock);
        }
        if !self.door.recover() {
            return;
        }
        self.lost = false;
        while let Some((mut tag, envelope)) = self.waiting.pop_front() {
            let answer = self.door.ask(&envelope);
            if is_lost(&answer) {
                tag.may_be_done();
                self.waiting.push_front((tag, envelope));
                self.lost = true;
                return;
            }
            // What follows from the answer is asked after what waits.
            let effects = self.app.handle(Event::Reply { tag, answer });
            self.run(effects);
            if self.lost {
                return;
            }
        }
        self.take(Event::Line(Line::Up));
    }

    /// Whether the operator has left.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// How many frames were drawn.
    pub fn frames(&self) -> u64 {
        self.drawn
    }

    /// The screen as it is now, drawn on its own, with the caret's place where it is shown: what
    /// tapes print and tests look at, whatever the terminal is.
    pub fn picture(&self) -> (Buffer, Option<Position>) {
        let (columns, rows) = self.app.size;
        let Ok(mut terminal) = Terminal::new(TestBackend::new(columns, rows));
        let Ok(_) = terminal.draw(|frame| (self.draw)(&self.app, frame));
        let Ok(caret) = terminal.get_cursor_position();
        let buffer = terminal.backend().buffer().clone();
        // The first row holds the tabs and never a field: a caret that was not put anywhere.
        (buffer, Some(caret).filter(|caret| caret.y > 0))
    }

    fn run(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            match effect {
                Effect::Ask { mut tag, envelope } => {
                    if self.lost || !self.waiting.is_empty() {
                        waiting.extend(self.put_off(tag, envelope));
                        continue;
                    }
                    let answer = self.door.ask(&envelope);
                    if is_lost(&answer) {
                        self.lost = true;
                        tag.may_be_done();
                        waiting.extend(self.put_off(tag, envelope));
                        waiting.extend(self.app.handle(Event::Line(Line::Lost)));
                    } else {
                        waiting.extend(self.app.handle(Event::Reply { tag, answer }));
                    }
                }
                Effect::SaveDraft(draft) => self.keeper.save(draft),
                Effect::DropDraft(id) => self.keeper.forget(id),
                Effect::LoadDrafts(operator) => {
                    let drafts = self.keeper.list(operator);
                    waiting.extend(self.app.handle(Event::Drafts(drafts)));
                }
                Effect::Work { order, operator } => {
                    let facts = &self.app.facts;
                    let around = &mut self.surroundings;
                    self.worker
                        .begin(*order, operator, facts, around, &mut self.door);
                }
                Effect::FillSample(operator) => self.surroundings.sample(&mut self.door, operator),
                Effect::SetLanguage(lang) => self.surroundings.language(lang),
                Effect::Redraw => self.anew = true,
                Effect::Quit => self.over = true,
            }
        }
    }

    /// Keeps a request until the line is there again. Of looks that are asked with every key only
    /// the last matters. What a password was typed for does not wait: a screen must not open by
    /// itself later, when nobody is there.
    fn put_off(&mut self, tag: Tag, envelope: Box<Envelope>) -> Vec<Effect> {
        if let Request::Sit(Sitting::SignIn { .. } | Sitting::ChangePassword { .. }) =
            envelope.request
        {
            let answer = Err(Failure::line_lost());
            return self.app.handle(Event::Reply { tag, answer });
        }
        self.waiting.retain(|(known, _)| !tag.replaces(known));
        self.waiting.push_back((tag, envelope));
        Vec::new()
    }
}

fn is_lost(answer: &Answer) -> bool {
    answer.as_ref().is_err_and(Failure::is_line_lost)
}
