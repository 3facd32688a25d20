//! `demo`: a throwaway desk full of samples; where there is no terminal, the tour and its screens.

use std::io::{IsTerminal, stdout};

use chrono::Utc;

use super::args::{self, Global};
use super::console::Console;
use super::desk::{fit, reopen, sit};
use super::entry::options as desk_options;
use super::init::builtin;
use super::play::print;
use super::seat::options;
use super::tape::{PlayOptions, TOUR, play};
use super::throwaway::Throwaway;
use super::trouble::Trouble;
use crate::desk::Desk;
use crate::desk::clock::SetClock;
use crate::domain::stamp::Stamp;
use crate::sample::{self, SampleSize};
use crate::store::Home;

/// `frontdesk demo`.
pub(super) fn demo(
    global: &Global,
    demo: &args::Demo,
    console: &mut Console,
) -> Result<(), Trouble> {
    let profile = builtin(&demo.profile)?;
    if !stdout().is_terminal() {
        let wanted = PlayOptions {
            lang: Some(console.texts.lang()),
            ascii: global.ascii,
            profile: Some(profile.id),
            ..PlayOptions::default()
        };
        let played = play(TOUR, &wanted);
        return print("tour.tape", played, "text", None, console);
    }
    fit()?;
    let folder = Throwaway::new()?;
    let dir = folder.path().join("data");
    let now = Utc::now();
    let clock = SetClock::at(Stamp::from_utc(now));
    let home = Home::create(&dir, now)?;
    let mut desk = Desk::open(home, desk_options(&dir, Some(clock.clone()))?)?;
    let wanted = options(SampleSize::Demo, console.texts.lang());
    let made = sample::fill(&mut desk, &clock, &profile, wanted)?;
    let login = desk
        .operators()
        .find(|operator| operator.meta.number == made.operator)
        .map(|operator| operator.login.clone());
    desk.close()?;
    let mut global = global.clone();
    global.operator = global.operator.or(login);
    let gone = folder.path().to_owned();
    sit(reopen(&dir)?, &global, console.texts, move || {
        let _ = std::fs::remove_dir_all(&gone);
    })
}
