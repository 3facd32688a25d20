//! Playing a tape: the same session as at a terminal, on a screen in memory.

use std::fmt::Display;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::parse::{Line, Step};
use super::{PlayOptions, Screen, TapeError, TapeFault};
use crate::app::Event;
use crate::app::keeper::PlaceKeeper;
use crate::app::session::Session;
use crate::cli::entry::NOBODY;
use crate::cli::seat::{Around, Start, options as sample_options};
use crate::cli::throwaway::Throwaway;
use crate::cli::way::counter;
use crate::desk::clock::{Clock, SetClock};
use crate::desk::contract::{Command, Door, Proof, Request, Sitting};
use crate::desk::drafts::{DraftFiles, DraftKey};
use crate::desk::{Counter, Desk, Options};
use crate::domain::number::Number;
use crate::domain::profile::Profile;
use crate::domain::stamp::Stamp;
use crate::exchange::asker::Asker;
use crate::keys::{Input, Keymap};
use crate::locale::Lang;
use crate::render;
use crate::sample::{self, SampleSize};
use crate::store::Home;
use crate::text::show::Glyphs;

/// 2024-06-06 15:00 in China: where the clock of a tape stands when it does not say.
const NOON: Stamp = Stamp(1_717_657_200_000_000);
/// Sessions on one tape number their requests this far apart.
const APART: u64 = 1_000_000;

type Seat = Session<Counter, TestBackend, PlaceKeeper<DraftFiles>, Around>;

/// Where a tape begins.
struct Scene {
    size: (u16, u16),
    lang: Lang,
    ascii: bool,
    keymap: Keymap,
    clock: SetClock,
    profile: Option<String>,
    sample: bool,
    login: Option<String>,
}

impl Scene {
    /// The scene, and the instructions after it.
    fn of<'a>(lines: &'a [Line], options: &PlayOptions) -> (Self, &'a [Line]) {
        let begins = |line: &Line| line.step.sets_the_scene();
        let count = lines.iter().take_while(|line| begins(line)).count();
        let (head, rest) = lines.split_at_checked(count).unwrap_or((lines, &[]));
        let mut scene = Self {
            size: (80, 24),
            lang: Lang::Zh,
            ascii: options.ascii,
            keymap: options
                .keymap
                .clone()
                .or_else(|| Keymap::preset("default"))
                .unwrap_or_default(),
            clock: SetClock::at(NOON),
            profile: None,
            sample: false,
            login: None,
        };
        for line in head {
            match &line.step {
                Step::Size(columns, rows) => scene.size = (*columns, *rows),
                Step::Lang(lang) => scene.lang = *lang,
                Step::Clock(at) => scene.clock.set(*at),
                Step::Profile(name) => scene.profile = Some(name.clone()),
                Step::Store { sample } => scene.sample = *sample,
                Step::As(login) => scene.login = Some(login.clone()),
                _ => {}
            }
        }
        scene.lang = options.lang.unwrap_or(scene.lang);
        scene.size = options.size.unwrap_or(scene.size);
        // A tape of a first start has no profile and keeps it so.
        if scene.profile.is_some() || scene.sample {
            scene.profile = options.profile.clone().or(scene.profile);
        }
        (scene, rest)
    }

    fn holds(&self, lang: Option<Lang>) -> bool {
        lang.is_none_or(|lang| lang == self.lang)
    }
}

/// Plays the instructions of a tape.
pub(super) fn play(lines: &[Line], options: &PlayOptions) -> Result<Vec<Screen>, TapeError> {
    let first = lines.first().map_or(1, |line| line.number);
    let (scene, rest) = Scene::of(lines, options);
    let mut player = Player::new(scene).map_err(|fault| TapeError {
        line: first,
        fault,
        screen: None,
    })?;
    let mut left_out = false;
    for line in rest {
        match &line.step {
            Step::Unless(profile) => left_out = player.scene.profile.as_ref() == Some(profile),
            Step::End => left_out = false,
            _ => {}
        }
        if left_out {
            continue;
        }
        if let Err(fault) = player.step(&line.step) {
            let screen = player.screen("?").ok().map(Box::new);
            return Err(TapeError {
                line: line.number,
                fault,
                screen,
            });
        }
    }
    Ok(player.kept)
}

struct Player {
    scene: Scene,
    /// None only between closing and opening again.
    seat: Option<Seat>,
    key: DraftKey,
    operator: Option<Number>,
    sessions: u64,
    kept: Vec<Screen>,
    folder: Throwaway,
}

fn failed(why: impl Display) -> TapeFault {
    TapeFault::Failed {
        why: why.to_string(),
    }
}

impl Player {
    fn new(scene: Scene) -> Result<Self, TapeFault> {
        let folder = Throwaway::new().map_err(failed)?;
        let mut player = Self {
            scene,
            seat: None,
            key: DraftKey::default(),
            operator: None,
            sessions: 0,
            kept: Vec::new(),
            folder,
        };
        let home = Home::create(&player.data(), player.scene.clock.now().utc()).map_err(failed)?;
        let mut desk = player.desk(home)?;
        player.set_up(&mut desk)?;
        player.sit(desk)?;
        Ok(player)
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    fn desk(&self, home: Home) -> Result<Desk, TapeFault> {
        let options = Options {
            clock: Box::new(self.scene.clock.clone()),
            site_file: None,
        };
        Desk::open(home, options).map_err(failed)
    }

    /// Sets the store up, unless the tape is of a first start, and fills it if it says so.
    fn set_up(&mut self, desk: &mut Desk) -> Result<(), TapeFault> {
        let Scene {
            profile,
            sample,
            lang,
            clock,
            login,
            ..
        } = &self.scene;
        let name = match (profile, sample) {
            (None, false) => return Ok(()),
            (None, true) => "property",
            (Some(name), _) => name,
        };
        let profile = Profile::builtin(name).ok_or_else(|| TapeFault::Argument {
            word: "profile",
            value: name.to_owned(),
        })?;
        let english = *lang == Lang::En;
        if *sample {
            let options = sample_options(SampleSize::Demo, *lang);
            let made = sample::fill(desk, clock, &profile, options).map_err(failed)?;
            self.operator = Some(made.operator);
        } else {
            let (site, operator) = sample::site(&profile, english);
            let command = Command::SetUp {
                site,
                profile: profile.id,
                operator,
                rehearsal: true,
            };
            desk.ask(&Asker::new(NOBODY).change(command))
                .map_err(failed)?;
            self.operator = desk.operators().next().map(|operator| operator.meta.number);
        }
        if let Some(login) = login {
            let found = desk.operators().find(|operator| operator.login == *login);
            let number = found.map(|operator| operator.meta.number);
            let unknown = || TapeFault::Argument {
                word: "as",
                value: login.clone(),
            };
            self.operator = Some(number.ok_or_else(unknown)?);
        }
        Ok(())
    }

    /// Begins a session at the screen.
    fn sit(&mut self, desk: Desk) -> Result<(), TapeFault> {
        self.sessions += 1;
        let (columns, rows) = self.scene.size;
        let terminal = Terminal::new(TestBackend::new(columns, rows)).map_err(failed)?;
        let start = Start {
            lang: self.scene.lang,
            glyphs: Glyphs {
                ascii: self.scene.ascii,
                wide_ambiguous: false,
            },
            keymap: self.scene.keymap.clone(),
            notices: Vec::new(),
            operator: self.operator,
            seed: self.sessions * APART,
        };
        self.key.look(&desk);
        let login = desk
            .operators()
            .find(|it| Some(it.meta.number) == self.operator)
            .map(|it| it.login.clone());
        let drafts = self.key.files(&desk.home().drafts()).map_err(failed)?;
        let keeper = PlaceKeeper(drafts);
        let mut desk = counter(desk);
        if let Some(login) = login {
            // A tape is for training: whoever has no password sits down without one.
            let proof = Proof::Nothing;
            let sitting = Request::Sit(Sitting::SignIn { login, proof });
            let _ = desk.ask(&Asker::new(NOBODY).envelope(sitting));
        }
        let setup = start.at(&mut desk).map_err(failed)?;
        let around = Around {
            lang: self.scene.lang,
            paths: false,
        };
        let mut seat = Session::new(setup, desk, terminal, keeper, around, crate::panes::draw);
        seat.draw().map_err(failed)?;
        self.seat = Some(seat);
        Ok(())
    }

    fn seat(&mut self) -> Result<&mut Seat, TapeFault> {
        self.seat.as_mut().ok_or_else(|| failed("closed"))
    }

    fn step(&mut self, step: &Step) -> Result<(), TapeFault> {
        match step {
            Step::Keys(lang, inputs) if self.scene.holds(*lang) => self.press(inputs),
            Step::Wait(seconds) => {
                self.scene.clock.advance_seconds(*seconds);
                self.take(Event::Clock)
            }
            Step::Idle(seconds) => {
                self.scene.clock.advance_seconds(*seconds);
                let time = Duration::from_secs(seconds.unsigned_abs());
                self.take(Event::Clock)?;
                self.take(Event::Idle(time))
            }
            Step::Restart => self.restart(),
            Step::Screen(name) => {
                let screen = self.screen(name)?;
                self.kept.push(screen);
                Ok(())
            }
            Step::Expect(lang, text) if self.scene.holds(*lang) => {
                let there = self.shows(text)?;
                if there {
                    Ok(())
                } else {
                    Err(TapeFault::Expected { text: text.clone() })
                }
            }
            Step::Reject(lang, text) if self.scene.holds(*lang) => {
                let there = self.shows(text)?;
                if there {
                    Err(TapeFault::Rejected { text: text.clone() })
                } else {
                    Ok(())
                }
            }
            Step::Size(columns, rows) => self.resize(*columns, *rows),
            _ => Ok(()),
        }
    }

    fn press(&mut self, inputs: &[Input]) -> Result<(), TapeFault> {
        for input in inputs {
            self.take(Event::Input(input.clone()))?;
            if self.seat()?.is_over() {
                return self.restart();
            }
        }
        Ok(())
    }

    fn take(&mut self, event: Event) -> Result<(), TapeFault> {
        let seat = self.seat()?;
        seat.take(event);
        while seat.is_working() {
            seat.work();
        }
        seat.draw().map_err(failed)?;
        if let Some(seat) = &self.seat {
            self.key.look(seat.door.desk());
        }
        Ok(())
    }

    fn resize(&mut self, columns: u16, rows: u16) -> Result<(), TapeFault> {
        self.scene.size = (columns, rows);
        self.seat()?.terminal.backend_mut().resize(columns, rows);
        self.take(Event::Resize(columns, rows))
    }

    /// Closes the store and opens it again, as the same operator; quitting does the same.
    fn restart(&mut self) -> Result<(), TapeFault> {
        let seat = self.seat.take().ok_or_else(|| failed("closed"))?;
        let Session { door, keeper, .. } = seat;
        drop(keeper);
        self.operator = self.operator.or_else(|| {
            let mut operators = door.desk().operators();
            operators.next().map(|operator| operator.meta.number)
        });
        door.into_desk().close().map_err(failed)?;
        let home = Home::open(&self.data()).map_err(failed)?;
        let desk = self.desk(home)?;
        self.sit(desk)
    }

    /// The whole screen as it is now, drawn anew: the backend of the session keeps under a wide
    /// character what stood there before, which no terminal would show.
    fn screen(&mut self, name: &str) -> Result<Screen, TapeFault> {
        let (columns, rows) = self.scene.size;
        let mut whole = Terminal::new(TestBackend::new(columns, rows)).map_err(failed)?;
        let app = &self.seat()?.app;
        whole
            .draw(|frame| crate::panes::draw(app, frame))
            .map_err(failed)?;
        let backend = whole.backend();
        let buffer = backend.buffer().clone();
        let cursor = backend.cursor_visible().then(|| backend.cursor_position());
        Ok(Screen {
            name: name.to_owned(),
            buffer,
            cursor,
        })
    }

    fn shows(&mut self, text: &str) -> Result<bool, TapeFault> {
        Ok(render::text(&self.screen("?")?.buffer).contains(text))
    }
}
