//! `frontdesk` without a command: the desk at this terminal.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Instant;

use chrono::Utc;
use ratatui::Terminal;

use super::args::Global;
use super::console::Console;
use super::entry::{options, set_clock, who};
use super::place;
use super::seat::{Around, DraftKey, Start, keymap, notices};
use super::trouble::Trouble;
use crate::app::Event;
use crate::app::keeper::FileKeeper;
use crate::app::session::Session;
use crate::desk::Desk;
use crate::domain::operator::Operator;
use crate::domain::refusal::Problem;
use crate::keys::Input;
use crate::locale::Texts;
use crate::store::sled::panic_is_caught;
use crate::store::{Fault, Home};
use crate::term::screen::Tty;
use crate::term::{self, Writer, probe, screen, signals};
use crate::text::show::Glyphs;

type Seat = Session<Desk, term::Backend<Writer<Tty>>, FileKeeper, Around>;

/// Opens the desk on the store of the arguments, which is made at its first use.
pub(super) fn open(global: &Global, console: &mut Console) -> Result<(), Trouble> {
    fit()?;
    let dir = place::data(global)?;
    let home = match Home::open(&dir) {
        Err(Fault::Absent { .. }) => Home::create(&dir, Utc::now())?,
        opened => opened?,
    };
    let clock = global.clock.as_deref().map(set_clock).transpose()?;
    let set = clock.is_some();
    let desk = Desk::open(home, options(&dir, clock)?)?;
    if set && desk.site().is_none_or(|site| !site.rehearsal) {
        desk.close()?;
        return Err(Problem::new("clock-needs-rehearsal").into());
    }
    sit(desk, global, console.texts, || {})
}

/// Whether a desk can be opened here at all; asked before anything is made or taken over.
pub(super) fn fit() -> Result<(), Trouble> {
    let is_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let term = std::env::var("TERM").ok();
    screen::fit(is_terminal, term.as_deref()).map_err(|why| unfit(&why))
}

/// One operator's session at this terminal. `at_end` is called if a signal ends the program.
pub(super) fn sit(
    desk: Desk,
    global: &Global,
    texts: &Texts,
    at_end: impl Fn() + Send + 'static,
) -> Result<(), Trouble> {
    if let Some(fault) = desk.profile_fault() {
        return Err(fault.into());
    }
    let operators: Vec<Operator> = desk.operators().cloned().collect();
    // Without a name, and with several who may be meant, the screen asks.
    let operator = match (&global.operator, operators.is_empty()) {
        (None, _) | (_, true) => who(&operators, None).ok(),
        (Some(login), false) => Some(who(&operators, Some(login))?),
    };
    let (keymap, mut told) = keymap(global.keymap.as_deref(), texts)?;
    told.extend(notices(&desk, texts));
    let key = DraftKey::default();
    key.look(&desk);
    let folder = desk.home().drafts();
    let keeper = key
        .keeper(&folder)
        .map_err(|error| Trouble::file(&folder, &error))?;
    let flusher = keeper.flusher();
    let start = Start {
        lang: texts.lang(),
        glyphs: Glyphs::default(),
        keymap,
        notices: told,
        operator: operator.map(|operator| operator.meta.number),
        seed: fastrand::u64(1..u64::MAX / 2),
    };
    let seat = SeatPlan {
        desk,
        start,
        keeper,
        key,
    };
    seat.take(global.ascii, move || {
        flusher.flush();
        at_end();
    })
}

/// Everything but the terminal.
struct SeatPlan {
    desk: Desk,
    start: Start,
    keeper: FileKeeper,
    key: DraftKey,
}

impl SeatPlan {
    /// Takes the terminal over until the operator leaves.
    fn take(self, ascii: bool, save: impl Fn() + Send + 'static) -> Result<(), Trouble> {
        let Self {
            desk,
            mut start,
            keeper,
            key,
        } = self;
        let lang = start.lang;
        let guard = screen::enter().map_err(|why| unfit(&why))?;
        screen::restore_on_panic(panic_is_caught);
        let mut setting = probe::Setting::from_env(|name| std::env::var(name).ok());
        setting.ascii |= ascii;
        start.glyphs = probe::glyphs(setting, &mut probe::Terminal);
        let writer = Writer::new(Tty);
        let (events, arrived) = channel();
        let resumed = events.clone();
        signals::watch(save, move || {
            // Nobody receives any more when the session is over.
            let _ = resumed.send(term::Event::Redraw);
        })?;
        term::input::start(events)?;
        let terminal = Terminal::new(term::Backend::new(writer.clone()))?;
        let setup = start.at(&desk);
        let mut seat = Session::new(
            setup,
            desk,
            terminal,
            keeper,
            Around { lang },
            crate::panes::draw,
        );
        let outcome = serve(&mut seat, &arrived, &writer, &key);
        drop(guard);
        let Session { door, keeper, .. } = seat;
        drop(keeper);
        door.close()?;
        outcome
    }
}

/// Until the operator leaves or the line is gone: all events that wait, then one drawing.
fn serve(
    seat: &mut Seat,
    arrived: &Receiver<term::Event>,
    writer: &Writer<Tty>,
    key: &DraftKey,
) -> Result<(), Trouble> {
    let mut touched = Instant::now();
    while !seat.is_over() {
        writer.begin();
        let drawn = seat.draw();
        writer.end().and(drawn)?;
        match arrived.recv_timeout(seat.patience()) {
            Ok(event) => take(seat, event, &mut touched),
            Err(RecvTimeoutError::Timeout) => seat.pause(),
            Err(RecvTimeoutError::Disconnected) => seat.take(Event::Hangup),
        }
        while let Ok(event) = arrived.try_recv() {
            take(seat, event, &mut touched);
        }
        seat.take(Event::Idle(touched.elapsed()));
        key.look(&seat.door);
    }
    Ok(())
}

fn take(seat: &mut Seat, event: term::Event, touched: &mut Instant) {
    if matches!(event, term::Event::Key(_) | term::Event::Paste(_)) {
        *touched = Instant::now();
    }
    let event = match event {
        term::Event::Key(key) => Event::Input(Input::Key(key)),
        term::Event::Paste(text) => Event::Input(Input::Paste(text)),
        term::Event::Resize(columns, rows) => Event::Resize(columns, rows),
        term::Event::FocusGained => Event::Clock,
        term::Event::FocusLost => return,
        term::Event::Redraw => Event::Redraw,
        term::Event::Hangup => Event::Hangup,
    };
    seat.take(event);
}

fn unfit(unfit: &screen::Unfit) -> Trouble {
    let key = match unfit {
        screen::Unfit::NotATerminal => "term-fault-not-a-terminal",
        screen::Unfit::Dumb => "term-fault-dumb",
        screen::Unfit::Refused(_) => "term-fault-refused",
    };
    let args = unfit.args();
    let args: Vec<(&'static str, &str)> = args.iter().map(|(n, v)| (*n, v.as_str())).collect();
    Trouble::told(key, &args)
}

/// Opens a desk in a folder of its own making.
pub(super) fn reopen(dir: &Path) -> Result<Desk, Trouble> {
    Ok(Desk::open(Home::open(dir)?, options(dir, None)?)?)
}
