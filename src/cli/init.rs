//! `init`: makes a store and sets it up.

use std::path::Path;

use chrono::Utc;

use super::args;
use super::ask;
use super::console::Console;
use super::entry::{NOBODY, account, options, set_clock};
use super::place;
use super::seat;
use super::trouble::Trouble;
use super::way::counter;
use crate::desk::Desk;
use crate::desk::clock::{Clock, SetClock, SystemClock};
use crate::desk::contract::{Command, Door, Reply, Request, Secret, Sitting};
use crate::domain::credential::check_new;
use crate::domain::operator::OperatorDetails;
use crate::domain::profile::Profile;
use crate::domain::refusal::Problem;
use crate::exchange::asker::Asker;
use crate::locale::{Lang, Texts};
use crate::sample::{self, SampleSize};
use crate::store::Home;

/// Half a year, in seconds.
const SITE_AGE: i64 = 183 * 86_400;

/// `frontdesk init`: the store, its site, its first operator and that one's password.
pub(super) fn init(
    global: &args::Global,
    init: &args::Init,
    console: &mut Console,
) -> Result<(), Trouble> {
    let clock = global.clock.as_deref().map(set_clock).transpose()?;
    if clock.is_some() && !init.rehearsal {
        return Err(Problem::new("clock-needs-rehearsal").into());
    }
    let dir = place::data(global)?;
    let profile = builtin(&init.profile)?;
    let command = set_up(&profile, init, console.texts);
    let password = first_password(global, init, &command, console)?;
    let mut desk = if init.sample && init.rehearsal {
        let clock = clock.unwrap_or_else(|| SetClock::at(SystemClock.now()));
        let now = clock.now();
        // The samples are of the weeks before now, and the site is older than they are.
        clock.advance_seconds(-SITE_AGE);
        let mut desk = begin(&dir, Some(clock.clone()), command, password)?;
        clock.set(now);
        let wanted = seat::options(SampleSize::Demo, console.texts.lang());
        sample::fill(&mut desk, &clock, &profile, wanted)?;
        desk
    } else {
        begin(&dir, clock, command, password)?
    };
    if init.sample && !init.rehearsal {
        let wanted = seat::options(SampleSize::Demo, console.texts.lang());
        sample::fill_now(&mut desk, SystemClock.now(), &profile, wanted)?;
    }
    let place = dir.display().to_string();
    let site = desk.site().map_or("", |site| site.name.as_str());
    let login = desk.operators().next().map_or("", |it| it.login.as_str());
    let args = [("path", &*place), ("site", site), ("login", login)];
    console.say("init-done", &args)?;
    Ok(desk.close()?)
}

/// The password of the first operator: out of a file, or asked for. A store for training needs
/// none.
fn first_password(
    global: &args::Global,
    init: &args::Init,
    command: &Command,
    console: &mut Console,
) -> Result<Option<Secret>, Trouble> {
    let words = match &global.password_file {
        Some(file) => ask::from_file(file)?,
        None if init.rehearsal => return Ok(None),
        None if ask::can_ask() => ask::chosen(console)?,
        None => return Err(Trouble::told("init-password-needed", &[])),
    };
    // Before anything is made: a store without a password would be in the way of the next try.
    if let Command::SetUp { operator, .. } = command {
        check_new(words.expose(), None, &operator.login, &operator.name)?;
    }
    Ok(Some(words))
}

/// The profile of a name.
///
/// # Errors
/// `unknown-profile` with those there are.
pub(super) fn builtin(name: &str) -> Result<Profile, Trouble> {
    Profile::builtin(name).ok_or_else(|| {
        Problem::new("unknown-profile")
            .arg("value", name)
            .arg("known", Profile::IDS.join(", "))
            .into()
    })
}

/// A new store in a folder that is absent or empty, set up.
fn begin(
    dir: &Path,
    clock: Option<SetClock>,
    command: Command,
    password: Option<Secret>,
) -> Result<Desk, Trouble> {
    let home = Home::create(dir, Utc::now())?;
    let mut door = counter(Desk::open(home, options(dir, clock)?)?);
    // Whoever sets a store up sits there as its first operator.
    let first = match door.ask(&Asker::new(NOBODY).change(command))? {
        Reply::Done { record, .. } => record.meta().created_by,
        _ => return Err(Trouble::odd()),
    };
    if let Some(new) = password {
        let sitting = Sitting::ChangePassword { old: None, new };
        door.ask(&Asker::new(first).envelope(Request::Sit(sitting)))?;
    }
    Ok(door.into_desk())
}

/// The first command of a store, with a name for everything that was not named.
fn set_up(profile: &Profile, init: &args::Init, texts: &Texts) -> Command {
    let named = match texts.lang() {
        Lang::Zh => &profile.name.zh,
        Lang::En => &profile.name.en,
    };
    let login = init.operator.clone().unwrap_or_else(|| {
        let account = account();
        if account.is_empty() {
            "admin".to_owned()
        } else {
            account
        }
    });
    Command::SetUp {
        site: init.site.clone().unwrap_or_else(|| named.clone()),
        profile: profile.id.clone(),
        operator: OperatorDetails {
            name: login.clone(),
            login,
            roles: profile.first_operator.clone(),
            ..OperatorDetails::default()
        },
        rehearsal: init.rehearsal,
    }
}
