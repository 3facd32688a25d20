//! `frontdesk` without a command: the desk at this terminal.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Instant;

use ratatui::Terminal;

use super::args::Global;
use super::console::Console;
use super::entry::options;
use super::panic_is_caught;
use super::seat::{Around, Start, keymap, knows_paths};
use super::sign_in;
use super::trouble::Trouble;
use super::way;
use crate::app::Event;
use crate::app::keeper::{DraftKeeper, PlaceKeeper};
use crate::app::session::Session;
use crate::desk::contract::{Door, News};
use crate::desk::drafts::DraftKey;
use crate::desk::{Counter, Desk, Peer};
use crate::hub::Line;
use crate::hub::client::Hear;
use crate::keys::Input;
use crate::locale::Texts;
use crate::store::Home;
use crate::store::fault::why;
use crate::term::screen::Tty;
use crate::term::{self, Writer, probe, screen, signals};
use crate::text::show::Glyphs;

type Seat<D, K> = Session<D, term::Backend<Writer<Tty>>, K, Around>;

/// What a session waits for.
enum Heard {
    /// From the terminal.
    Term(term::Event),
    /// The hub had news.
    News(News),
}

/// Where all of it arrives.
pub(super) struct Ear {
    heard: Sender<Heard>,
    arrived: Receiver<Heard>,
}

impl Ear {
    fn new() -> Self {
        let (heard, arrived) = channel();
        Self { heard, arrived }
    }
}

/// Opens the desk on the store of the arguments, which is made at its first use: joins the hub, or
/// has it started.
pub(super) fn open(global: &Global, console: &mut Console) -> Result<(), Trouble> {
    fit()?;
    let ear = Ear::new();
    let news = ear.heard.clone();
    let hear: Hear = Arc::new(move |told| {
        // Nobody receives any more when the session is over.
        let _ = news.send(Heard::News(told));
    });
    let line = way::line(global, hear)?;
    let drafts = line.drafts();
    let outbox = drafts.outbox();
    let plan = Plan {
        door: line,
        keeper: PlaceKeeper(drafts),
        ear,
        look: |_: &Line| {},
    };
    plan.sit(global, console.texts, move || outbox.flush())?;
    Ok(())
}

/// Whether a desk can be opened here at all; asked before anything is made or taken over.
pub(super) fn fit() -> Result<(), Trouble> {
    let is_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let term = std::env::var("TERM").ok();
    screen::fit(is_terminal, term.as_deref()).map_err(|why| unfit(&why))
}

/// One operator's session at this terminal over a desk in this process, which is closed when it is
/// over. `at_end` is called if a signal ends the program.
pub(super) fn sit(
    counter: Counter,
    global: &Global,
    texts: &Texts,
    at_end: impl Fn() + Send + 'static,
) -> Result<(), Trouble> {
    let key = DraftKey::default();
    key.look(counter.desk());
    let folder = counter.desk().home().drafts();
    let drafts = key
        .files(&folder)
        .map_err(|error| Trouble::file(&folder, &error))?;
    let flusher = drafts.flusher();
    let plan = Plan {
        door: counter,
        keeper: PlaceKeeper(drafts),
        ear: Ear::new(),
        look: move |counter: &Counter| key.look(counter.desk()),
    };
    let counter = plan.sit(global, texts, move || {
        flusher.flush();
        at_end();
    })?;
    Ok(counter.into_desk().close()?)
}

/// A session before it has a terminal.
struct Plan<D, K, L> {
    door: D,
    keeper: K,
    ear: Ear,
    /// Looks at the door after everything that happened.
    look: L,
}

impl<D: Door, K: DraftKeeper, L: Fn(&D)> Plan<D, K, L> {
    /// Takes the terminal over until the operator leaves, and gives the door back.
    fn sit(
        self,
        global: &Global,
        texts: &Texts,
        save: impl Fn() + Send + 'static,
    ) -> Result<D, Trouble> {
        let Self {
            mut door,
            keeper,
            ear,
            look,
        } = self;
        let seated = sign_in::quietly(&mut door, global)?;
        let (keymap, told) = keymap(global.keymap.as_deref(), texts)?;
        let mut start = Start {
            lang: texts.lang(),
            glyphs: Glyphs::default(),
            keymap,
            notices: told,
            operator: seated.map(|seated| seated.operator.meta.number),
            seed: fastrand::u64(1..u64::MAX / 2),
        };
        let lang = start.lang;
        let guard = screen::enter().map_err(|why| unfit(&why))?;
        screen::restore_on_panic(panic_is_caught);
        let mut setting = probe::Setting::from_env(|name| std::env::var(name).ok());
        setting.ascii |= global.ascii;
        start.glyphs = probe::glyphs(setting, &mut probe::Terminal);
        let writer = Writer::new(Tty);
        let resumed = ear.heard.clone();
        signals::watch(save, move || {
            // Nobody receives any more when the session is over.
            let _ = resumed.send(Heard::Term(term::Event::Redraw));
        })?;
        let heard = ear.heard.clone();
        term::input::start(move |event| heard.send(Heard::Term(event)).is_ok())?;
        let terminal = Terminal::new(term::Backend::new(writer.clone()))?;
        let setup = start.at(&mut door)?;
        let around = Around {
            lang,
            paths: knows_paths(),
        };
        let mut seat = Session::new(setup, door, terminal, keeper, around, crate::panes::draw);
        let outcome = serve(&mut seat, &ear.arrived, &writer, look);
        drop(guard);
        let Session { door, keeper, .. } = seat;
        drop(keeper);
        outcome.map(|()| door)
    }
}

/// Until the operator leaves or the terminal is gone: all events that wait, then one drawing.
fn serve<D: Door, K: DraftKeeper>(
    seat: &mut Seat<D, K>,
    arrived: &Receiver<Heard>,
    writer: &Writer<Tty>,
    look: impl Fn(&D),
) -> Result<(), Trouble> {
    let mut touched = Instant::now();
    while !seat.is_over() {
        writer.begin();
        let drawn = seat.draw();
        writer.end().and(drawn)?;
        match arrived.recv_timeout(seat.patience()) {
            Ok(heard) => take(seat, heard, &mut touched),
            Err(RecvTimeoutError::Timeout) => seat.pause(),
            Err(RecvTimeoutError::Disconnected) => seat.take(Event::Hangup),
        }
        while let Ok(heard) = arrived.try_recv() {
            take(seat, heard, &mut touched);
        }
        seat.take(Event::Idle(touched.elapsed()));
        look(&seat.door);
    }
    Ok(())
}

fn take<D: Door, K: DraftKeeper>(seat: &mut Seat<D, K>, heard: Heard, touched: &mut Instant) {
    if matches!(
        heard,
        Heard::Term(term::Event::Key(_) | term::Event::Paste(_))
    ) {
        *touched = Instant::now();
    }
    let event = match heard {
        Heard::Term(term::Event::Key(key)) => Event::Input(Input::Key(key)),
        Heard::Term(term::Event::Paste(text)) => Event::Input(Input::Paste(text)),
        Heard::Term(term::Event::Resize(columns, rows)) => Event::Resize(columns, rows),
        Heard::Term(term::Event::FocusGained) => Event::Clock,
        Heard::Term(term::Event::FocusLost) => return,
        Heard::Term(term::Event::Redraw) => Event::Redraw,
        Heard::Term(term::Event::Hangup) => Event::Hangup,
        Heard::News(news) => Event::News(news),
    };
    seat.take(event);
}

fn unfit(unfit: &screen::Unfit) -> Trouble {
    let key = match unfit {
        screen::Unfit::NotATerminal => "term-fault-not-a-terminal",
        screen::Unfit::Dumb => "term-fault-dumb",
        screen::Unfit::Refused(_) => "term-fault-refused",
    };
    match unfit.cause().map(why) {
        Some(why) => Trouble::told(key, &[("why", &why)]),
        None => Trouble::told(key, &[]),
    }
}

/// Opens a desk in a folder of its own making.
pub(super) fn reopen(dir: &Path) -> Result<Counter, Trouble> {
    let desk = Desk::open(Home::open(dir)?, options(dir, None)?)?;
    let uid = rustix::process::geteuid().as_raw();
    Ok(Counter::new(desk, Peer { uid, owner: true }))
}
