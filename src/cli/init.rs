//! `init`: makes a store and sets it up.

use std::path::Path;

use chrono::Utc;

use super::args;
use super::console::Console;
use super::entry::{Entry, NOBODY, account, options, set_clock, settle};
use super::place;
use super::seat;
use super::trouble::Trouble;
use super::way::Way;
use crate::desk::Desk;
use crate::desk::clock::{Clock, SetClock, SystemClock};
use crate::desk::contract::{Command, Door};
use crate::domain::operator::OperatorDetails;
use crate::domain::profile::Profile;
use crate::domain::refusal::Problem;
use crate::exchange::asker::Asker;
use crate::locale::{Lang, Texts};
use crate::sample::{self, SampleSize};
use crate::store::Home;

/// Half a year, in seconds.
const SITE_AGE: i64 = 183 * 86_400;

/// `frontdesk init`: the store, its site and its first operator.
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
    let mut entry = if init.sample && init.rehearsal {
        let clock = clock.unwrap_or_else(|| SetClock::at(SystemClock.now()));
        let now = clock.now();
        // The samples are of the weeks before now, and the site is older than they are.
        clock.advance_seconds(-SITE_AGE);
        let mut entry = begin(&dir, Some(clock.clone()), command)?;
        clock.set(now);
        let wanted = seat::options(SampleSize::Demo, console.texts.lang());
        sample::fill(&mut entry.desk, &clock, &profile, wanted)?;
        entry
    } else {
        begin(&dir, clock, command)?
    };
    if init.sample && !init.rehearsal {
        let wanted = seat::options(SampleSize::Demo, console.texts.lang());
        sample::fill_now(&mut entry.desk, SystemClock.now(), &profile, wanted)?;
    }
    let place = dir.display().to_string();
    console.say(
        "init-done",
        &[
            ("path", &place),
            ("site", &entry.site.name),
            (
                "login",
                entry
                    .operators
                    .first()
                    .map_or("", |operator| operator.login.as_str()),
            ),
        ],
    )?;
    entry.close()
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
fn begin(dir: &Path, clock: Option<SetClock>, command: Command) -> Result<Entry, Trouble> {
    let home = Home::create(dir, Utc::now())?;
    let mut desk = Desk::open(home, options(dir, clock)?)?;
    desk.ask(&Asker::new(NOBODY).change(command))?;
    settle(Way::here(desk), None)
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
