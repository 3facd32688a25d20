//! One operator's session: events in, state, effects out.
//!
//! `App::handle` changes the state and does nothing else: it asks nobody, keeps nothing and reads
//! no clock; what it wants done it hands back as effects, and the shell (`session`) does them.
//! How anything looks is not here but in `panes`, `popups` and `widgets`.

pub mod actions;
pub mod alike;
pub mod analysis;
pub mod approving;
pub mod asking;
pub mod choices;
pub mod commands;
pub mod conflict;
pub mod custody;
pub mod dates;
pub mod describe;
pub mod describe_archive;
pub mod describe_course;
pub mod describe_dossier;
pub mod describe_follow_up;
pub mod describe_kin;
pub mod describe_leasing;
pub mod describe_repair;
pub mod describe_shift;
pub mod describe_surveys;
pub mod drafts;
pub mod effect;
pub mod event;
pub mod facts;
pub mod field;
pub mod filing;
mod following;
pub mod form;
pub mod forms;
pub mod gate;
mod handy;
pub mod incoming;
pub mod input;
pub mod job;
pub mod keeper;
mod kin;
pub mod line;
pub mod list;
pub mod marking;
pub mod monthly;
pub mod news;
pub mod notices;
pub mod outgoing;
pub mod pane;
pub mod picker;
pub mod popup;
pub mod popup_form;
pub mod printing;
pub mod profiling;
pub mod replies;
pub mod reveal;
pub mod ringing;
pub mod saving;
pub mod scanning;
pub mod session;
mod shifts;
pub mod stepping;
pub mod trade;
pub mod veil;
pub mod waiving;
mod worker;

use std::collections::BTreeMap;
use std::fmt::Display;

pub use drafts::{Draft, DraftId};
pub use effect::{Effect, Tag};
pub use event::{Event, Line};
use facts::Facts;
pub use gate::Gate;
use incoming::Incoming;
use job::UnderWay;
use pane::Pane;
use popup::Popup;

use crate::desk::contract::{Command, MOST_DRAFTS, Notice, RequestId};
use crate::domain::calendar::Calendar;
use crate::domain::filing::ToFile;
use crate::domain::number::Number;
use crate::domain::profile::{Profile, Tab};
use crate::domain::shift::BegunForm;
use crate::domain::stamp::Stamp;
use crate::keys::{Action, Key, Keymap, Next, Resolver};
use crate::locale::{Lang, Texts};
use crate::text::show::Glyphs;

/// What a session starts with.
#[derive(Debug)]
pub struct Setup {
    /// The language.
    pub lang: Lang,
    /// What the terminal can draw.
    pub glyphs: Glyphs,
    /// The keymap in force.
    pub keymap: Keymap,
    /// The operator at the terminal; none while nobody is known.
    pub operator: Option<Number>,
    /// The rules of the site; before a store is set up, any profile.
    pub profile: Profile,
    /// Working days.
    pub calendar: Calendar,
    /// What opening the store and the keymap had to say, in words.
    pub notices: Vec<String>,
    /// Where the numbers of requests and drafts begin; different for every session.
    pub seed: u64,
}

/// A message at the foot of the screen, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// The words.
    pub text: String,
    /// Whether something went wrong.
    pub bad: bool,
}

/// One operator's session.
#[derive(Debug)]
pub struct App {
    /// What everything on the screen may know.
    pub facts: Facts,
    /// The tab from which the form that is open was opened, where that is not its own.
    pub(crate) back_to: Option<Tab>,
    /// The panes, in the order of the tabs.
    pub panes: Vec<Pane>,
    /// Place of the pane that is shown.
    pub current: usize,
    /// The popups, the last one on top.
    pub popups: Vec<Popup>,
    /// Which key means what.
    pub keymap: Keymap,
    /// What the keys pressed so far can lead to.
    pub pending: Vec<(Key, Next)>,
    /// The message at the foot.
    pub toast: Option<Toast>,
    /// Drafts that wait.
    pub drafts: Vec<Draft>,
    /// What opening the store and the keymap had to say.
    pub notices: Vec<String>,
    /// What the desk has to say as it is now.
    desk_notices: Vec<Notice>,
    /// Keys of those that were said.
    told: Vec<String>,
    /// The site's own working days, as the desk last told them.
    site_calendar: Option<String>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    resolver: Resolver,
    me: Number,
    last_values: BTreeMap<&'static str, String>,
    /// The customer whose record was saved last.
    last_customer: Option<Number>,
    /// The hand-over that was offered already.
    offered: Option<Number>,
    /// The drafts on the hand-over that is being written.
    handing: Vec<(DraftId, BegunForm)>,
    effects: Vec<Effect>,
    /// Shut while nobody has signed in or the screen is locked.
    pub gate: Option<Gate>,
    /// How the line to the desk stands.
    pub line: Line,
    /// The long work under way.
    pub job: Option<UnderWay>,
    /// The file that is being imported.
    pub incoming: Option<Box<Incoming>>,
    /// Whether files of the machine the session runs on can be named.
    pub paths: bool,
    /// The record that is open here and the others who have it open too.
    also_open: Option<(Number, Vec<Number>)>,
    /// The record that the desk knows to be open here.
    told_open: Option<Number>,
    /// What others changed since the last drawing.
    heard: Option<news::Heard>,
    /// Changes whose answer has not come.
    on_the_way: BTreeMap<RequestId, Command>,
    /// The last change, while it is not known whether it was done.
    unsure: Option<(RequestId, Command)>,
    /// A step being taken on one marked complaint after the other.
    run: Option<marking::Run>,
    /// A change that waits for the reason why a rule is overridden.
    pub(crate) waiving: Option<waiving::Waiving>,
    /// The call that waits to be taken.
    ringing: Option<ringing::Ringing>,
    /// The screen is covered.
    veiled: bool,
    /// Digits that may turn out to be a label.
    reading: scanning::Reading,
    serial: u64,
    dirty: bool,
}

impl App {
    /// A session and what it wants done first.
    pub fn new(setup: Setup) -> (Self, Vec<Effect>) {
        let profile = setup.profile;
        let panes = profile.tabs.iter().map(|tab| Pane::new(*tab)).collect();
        let facts = Facts {
            texts: Texts::new(setup.lang),
            glyphs: setup.glyphs,
            profile,
            calendar: setup.calendar,
            site: None,
            operator: None,
            operators: Vec::new(),
            counts: Vec::new(),
            inspections_due: Vec::new(),
            to_file: ToFile::default(),
            alarm: None,
            hints: Vec::new(),
            now: Stamp::default(),
        };
        let mut app = Self {
            facts,
            back_to: None,
            panes,
            current: 0,
            popups: Vec::new(),
            keymap: setup.keymap,
            pending: Vec::new(),
            toast: None,
            drafts: Vec::new(),
            notices: setup.notices,
            desk_notices: Vec::new(),
            told: Vec::new(),
            site_calendar: None,
            size: (80, 24),
            resolver: Resolver::default(),
            me: setup.operator.unwrap_or(gate::NOBODY),
            last_values: BTreeMap::new(),
            last_customer: None,
            offered: None,
            handing: Vec::new(),
            effects: Vec::new(),
            gate: None,
            line: Line::Up,
            job: None,
            incoming: None,
            paths: false,
            also_open: None,
            told_open: None,
            heard: None,
            on_the_way: BTreeMap::new(),
            unsure: None,
            run: None,
            waiving: None,
            ringing: None,
            veiled: false,
            reading: scanning::Reading::default(),
            serial: setup.seed,
            dirty: true,
        };
        app.say_notices();
        app.look(Tag::Hello, crate::desk::contract::Query::Hello);
        let effects = std::mem::take(&mut app.effects);
        (app, effects)
    }

    /// Takes in what happened and hands back what is to be done.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        // What came unasked changes the screen only if it says something new.
        let is_quiet = match &event {
            Event::Reply { tag, .. } => tag.is_quiet(),
            Event::News(_) | Event::Clock | Event::Idle(_) => true,
            _ => false,
        };
        self.dirty |= !is_quiet;
        match event {
            Event::Input(input) => self.input(input),
            Event::Resize(columns, rows) => self.size = (columns, rows),
            Event::Reply { tag, answer } => self.reply(tag, answer),
            Event::Drafts(drafts) => self.take_drafts(drafts),
            Event::News(news) => self.news(news),
            Event::Line(line) => self.take_line(line),
            Event::Work(told) => self.took_work(*told),
            Event::Idle(time) => self.idle(time),
            Event::Clock => {
                self.look(Tag::Hello, crate::desk::contract::Query::Hello);
                self.stops_ringing();
            }
            Event::Redraw => self.effects.push(Effect::Redraw),
            Event::Hangup => self.effects.push(Effect::Quit),
        }
        self.tell_open();
        std::mem::take(&mut self.effects)
    }

    /// Whether the screen no longer shows the state.
    pub fn dirty(&self) -> bool {
        self.dirty
    }

    /// The screen shows the state now.
    pub fn drawn(&mut self) {
        self.dirty = false;
    }

    /// The pane that is shown. A profile has at least one tab; without any, the first is Intake.
    pub fn pane(&self) -> Option<&Pane> {
        self.panes.get(self.current)
    }

    /// The same, to change.
    pub fn pane_mut(&mut self) -> Option<&mut Pane> {
        self.panes.get_mut(self.current)
    }

    /// The pane of a tab.
    pub fn pane_of(&mut self, tab: Tab) -> Option<&mut Pane> {
        self.panes.iter_mut().find(|pane| pane.tab == tab)
    }

    /// A message at the foot that something is done.
    pub(crate) fn say(&mut self, text: String) {
        self.toast = Some(Toast { text, bad: false });
        self.dirty = true;
    }

    /// A message at the foot that something did not go.
    pub(crate) fn complain(&mut self, text: String) {
        self.toast = Some(Toast { text, bad: true });
        self.dirty = true;
    }

    /// The draft of the form that is open could not be kept: said with every key until it is,
    /// unless something else is to be said.
    pub(crate) fn draft_not_kept(&mut self) {
        let is_open = self.pane().is_some_and(|pane| pane.form.is_some());
        // While the line is lost drafts wait for it, and the banner says what is the matter.
        if is_open && self.toast.is_none() && self.line == Line::Up {
            let key = self.key_of(Action::Save);
            let text = if self.drafts.len() >= MOST_DRAFTS {
                let drafts = self.key_of(Action::Drafts);
                let count = self.drafts.len();
                let args: [(&'static str, &dyn Display); 3] =
                    [("key", &key), ("count", &count), ("drafts", &drafts)];
                self.facts.tw("toast-drafts-full", &args)
            } else {
                self.facts.tw("toast-draft-not-kept", &[("key", &key)])
            };
            self.complain(text);
        }
    }

    fn say_notices(&mut self) {
        let count = self.notices.len();
        if count > 0 {
            let text = self.facts.tw("toast-notices", &[("count", &count)]);
            self.complain(text);
        }
    }

    fn next_serial(&mut self) -> u64 {
        self.serial = self.serial.wrapping_add(1);
        self.serial
    }

    fn take_drafts(&mut self, drafts: Vec<Draft>) {
        let fresh = self.drafts.is_empty() && !drafts.is_empty();
        self.drafts = drafts;
        if fresh && self.popups.is_empty() && self.toast.is_none() {
            let key = self.key_of(Action::Drafts);
            let args: [(&'static str, &dyn Display); 2] =
                [("count", &self.drafts.len()), ("key", &key)];
            let text = self.facts.tw("toast-drafts", &args);
            self.say(text);
        }
    }

    /// The key of an action where the keys go now, for messages.
    pub(crate) fn key_of(&self, action: Action) -> String {
        let key = self.keymap.hint(action, &self.layers());
        key.unwrap_or_else(|| self.facts.t("key-none"))
    }
}
