//! Into the store for one command: opens the desk, finds out who asks, sets a rehearsal's clock.

use std::fs;
use std::path::Path;

use super::args::Global;
use super::console::Console;
use super::sign_in::sign_in;
use super::trouble::Trouble;
use super::way::{self, Way};
use crate::desk::clock::{Clock, SetClock, SystemClock};
use crate::desk::contract::{Care, Cared, Command, Door, Query, Reply, Request, Seated, Sitting};
use crate::desk::{Options, SiteFile};
use crate::domain::number::{Kind, Number};
use crate::domain::operator::Operator;
use crate::domain::profile::Profile;
use crate::domain::record::Record;
use crate::domain::refusal::{Assent, Problem};
use crate::domain::site::Site;
use crate::domain::stamp::Stamp;
use crate::exchange::asker::Asker;

/// The site's own rules, laid over its profile, in the data folder.
const SITE_PROFILE: &str = "profile.toml";

/// Nobody yet: asks who is there, and sets a store up.
pub(super) const NOBODY: Number = Number {
    kind: Kind::Operator,
    year: 0,
    seq: 0,
};

/// An open desk with somebody at it.
pub(super) struct Entry {
    /// The desk.
    pub(super) desk: Way,
    /// Who asks.
    pub(super) asker: Asker,
    /// The seat that was taken.
    pub(super) seated: Seated,
    /// The site.
    pub(super) site: Site,
    /// The site's rules.
    pub(super) profile: Profile,
    /// Everybody who works here.
    pub(super) operators: Vec<Operator>,
}

/// Opens the store of the arguments for the operator of the arguments.
///
/// # Errors
/// When there is no such store, it is not set up, `--clock` is given for a store that is no
/// rehearsal, or the operator is not known or not clear.
pub(super) fn enter(global: &Global, console: &mut Console) -> Result<Entry, Trouble> {
    let way = door(global, console)?;
    settle(way, global, console)
}

/// The way to the desk for somebody who has not signed in.
///
/// # Errors
/// When there is no such store, or `--clock` is given for one that is no rehearsal.
pub(super) fn door(global: &Global, console: &mut Console) -> Result<Way, Trouble> {
    let way = way::find(global)?;
    if let Way::Here(counter) = &way {
        for note in counter.desk().notes().iter().filter(|note| note.is_loss()) {
            let args = note.args();
            let args: Vec<(&str, &str)> = args.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let text = console
                .texts
                .with(&format!("note-{}", note.key()), &args)
                .into_owned();
            console.aside(&text)?;
        }
    }
    Ok(way)
}

/// The options of a desk in a data folder.
pub(super) fn options(dir: &Path, clock: Option<SetClock>) -> Result<Options, Trouble> {
    let file = dir.join(SITE_PROFILE);
    let site_file = match fs::read_to_string(&file) {
        Ok(text) => Some(SiteFile {
            name: file.display().to_string(),
            text,
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(Trouble::file(&file, &error)),
    };
    let clock: Box<dyn Clock> = match clock {
        Some(clock) => Box::new(clock),
        None => Box::new(SystemClock),
    };
    Ok(Options { clock, site_file })
}

/// The clock of `--clock`: it stands at that time, at the clock of China.
pub(super) fn set_clock(text: &str) -> Result<SetClock, Trouble> {
    let at =
        Stamp::parse(text, 480).ok_or_else(|| Trouble::usage("usage-time", &[("value", text)]))?;
    Ok(SetClock::at(at))
}

/// Signs in, and finds out where the desk is and who works there.
pub(super) fn settle(
    mut desk: Way,
    global: &Global,
    console: &mut Console,
) -> Result<Entry, Trouble> {
    let seated = sign_in(&mut desk, global, console)?;
    let mut asker = Asker::new(seated.operator.meta.number);
    let (site, profile) = match desk.ask(&asker.look(Query::Hello))? {
        Reply::Hello {
            site: Some(site),
            profile,
            ..
        } => (*site, *profile),
        _ => return Err(Problem::new("not-set-up").into()),
    };
    let operators = match desk.ask(&asker.look(Query::Operators))? {
        Reply::Operators(operators) => operators,
        _ => Vec::new(),
    };
    Ok(Entry {
        desk,
        asker,
        seated,
        site,
        profile,
        operators,
    })
}

/// The operator of a login; without one, the only one who works here, or the one named as the
/// account that runs the program.
pub(super) fn who<'a>(
    operators: &'a [Operator],
    login: Option<&str>,
) -> Result<&'a Operator, Trouble> {
    if let Some(login) = login {
        let folded = login.to_lowercase();
        return operators
            .iter()
            .find(|operator| operator.login == folded)
            .ok_or_else(|| Problem::new("unknown-operator").arg("value", login).into());
    }
    let mut active = operators.iter().filter(|operator| operator.active);
    if let (Some(only), None) = (active.next(), active.next()) {
        return Ok(only);
    }
    let account = account();
    operators
        .iter()
        .find(|operator| operator.active && operator.login == account)
        .ok_or_else(|| {
            let logins: Vec<&str> = operators.iter().map(|it| it.login.as_str()).collect();
            Trouble::told("cli-which-operator", &[("logins", &logins.join(", "))])
        })
}

/// The name of the account that runs the program.
pub(super) fn account() -> String {
    ["USER", "LOGNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok())
        .unwrap_or_default()
        .to_lowercase()
}

impl Entry {
    /// Looks.
    pub(super) fn look(&mut self, query: Query) -> Result<Reply, Trouble> {
        Ok(self.desk.ask(&self.asker.look(query))?)
    }

    /// Asks for upkeep, or for the operator's outbox.
    pub(super) fn care(&mut self, care: Care) -> Result<Cared, Trouble> {
        let envelope = self.asker.envelope(Request::Care(care));
        match self.desk.ask(&envelope)? {
            Reply::Cared(cared) => Ok(cared),
            _ => Err(Trouble::odd()),
        }
    }

    /// Changes something; the record as it is afterwards.
    pub(super) fn change(&mut self, command: Command) -> Result<Record, Trouble> {
        self.change_accepting(command, &[])
    }

    /// Changes something; the record as it is afterwards, and those that changed with it.
    pub(super) fn change_all(
        &mut self,
        command: Command,
    ) -> Result<(Record, Vec<Record>), Trouble> {
        let envelope = self.asker.envelope(Request::Do(command));
        match self.desk.ask(&envelope)? {
            Reply::Done { record, also, .. } => Ok((*record, also)),
            _ => Err(Trouble::odd()),
        }
    }

    /// Asks for something that concerns the seat.
    pub(super) fn sit(&mut self, sitting: Sitting) -> Result<Reply, Trouble> {
        Ok(self.desk.ask(&self.asker.envelope(Request::Sit(sitting)))?)
    }

    /// Changes something, with questions answered beforehand.
    pub(super) fn change_accepting(
        &mut self,
        command: Command,
        accept: &[Assent],
    ) -> Result<Record, Trouble> {
        let mut envelope = self.asker.envelope(Request::Do(command));
        envelope.accept = accept.to_vec();
        match self.desk.ask(&envelope)? {
            Reply::Done { record, .. } => Ok(*record),
            _ => Err(Trouble::odd()),
        }
    }

    /// Closes the store cleanly.
    pub(super) fn close(self) -> Result<(), Trouble> {
        self.desk.close()
    }
}
