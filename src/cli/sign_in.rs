//! How a command proves whose it is: a key file, the account, a password file, or the password
//! asked for at the terminal (A07-g4c). `--as` names an operator and proves nothing.

use std::path::PathBuf;

use super::args::Global;
use super::ask;
use super::console::Console;
use super::entry::{NOBODY, who};
use super::trouble::Trouble;
use crate::desk::contract::{
    Door, Failure, Owed, Proof, Query, Reply, Request, Seated, Secret, Sitting,
};
use crate::domain::operator::Operator;
use crate::domain::refusal::Problem;
use crate::domain::site::Site;
use crate::exchange::asker::Asker;

/// A password may be typed so many times.
const TRIES: usize = 3;

/// Takes the seat at a door for the operator of the arguments; without one, the operator this
/// account is bound to, the only one who works here, or the one with the name of the account.
/// Where a password is to be chosen first and somebody can be asked, it is.
///
/// # Errors
/// As [`prove`].
pub(super) fn sign_in(
    door: &mut dyn Door,
    global: &Global,
    console: &mut Console,
) -> Result<Seated, Trouble> {
    let (seated, _) = prove(door, global, console)?;
    if seated.owed.contains(&Owed::Password) && ask::can_ask() {
        console.say_aside("ask-choose-first", &[])?;
        let new = ask::chosen(console)?;
        return choose(door, &seated, None, new);
    }
    Ok(seated)
}

/// A seat taken, with whatever is owed still to be done, and the password that was given, if one
/// was.
type Proven = (Seated, Option<Secret>);

/// Takes the seat.
///
/// # Errors
/// When the store is not set up, it is not clear who is meant, nothing proves it, or the proof is
/// refused.
pub(super) fn prove(
    door: &mut dyn Door,
    global: &Global,
    console: &mut Console,
) -> Result<Proven, Trouble> {
    let rehearsal = site(door)?
        .ok_or_else(|| Problem::new("not-set-up"))?
        .rehearsal;
    let operator = whom(door, global)?;
    let login = &operator.login;
    let mut gate = Gate { door, login };
    match gate.without_asking(&operator, rehearsal, global) {
        Some(proven) => proven,
        None => gate.ask(console),
    }
}

/// Takes the seat at a door before the terminal is taken over, where that needs no asking: with
/// what the arguments name, by the account, or in a store for training. None where the screen is to
/// ask who is there and for the password.
///
/// # Errors
/// When what the arguments name is refused: nobody else is let in instead.
pub(super) fn quietly(door: &mut dyn Door, global: &Global) -> Result<Option<Seated>, Trouble> {
    let Some(site) = site(door)? else {
        return Ok(None);
    };
    let operator = match whom(door, global) {
        Err(_) if global.operator.is_none() => return Ok(None),
        found => found?,
    };
    let login = &operator.login;
    let mut gate = Gate { door, login };
    let proven = gate.without_asking(&operator, site.rehearsal, global);
    Ok(proven.transpose()?.map(|(seated, _)| seated))
}

/// The site, once it is set up.
fn site(door: &mut dyn Door) -> Result<Option<Site>, Trouble> {
    match door.ask(&Asker::new(NOBODY).look(Query::Hello))? {
        Reply::Hello { site, .. } => Ok(site.map(|site| *site)),
        _ => Err(Trouble::odd()),
    }
}

/// The operator of the arguments, of the account, or the only one.
fn whom(door: &mut dyn Door, global: &Global) -> Result<Operator, Trouble> {
    let operators = match door.ask(&Asker::new(NOBODY).look(Query::Operators))? {
        Reply::Operators(operators) => operators,
        _ => Vec::new(),
    };
    // A seat that nobody has taken is told of no account but its own.
    let bound = operators.iter().find(|operator| operator.account.is_some());
    match (&global.operator, bound) {
        (None, Some(bound)) => Ok(bound.clone()),
        (login, _) => who(&operators, login.as_deref()).cloned(),
    }
}

/// Chooses the password of the operator who has taken the seat.
pub(super) fn choose(
    door: &mut dyn Door,
    seated: &Seated,
    old: Option<Secret>,
    new: Secret,
) -> Result<Seated, Trouble> {
    let sitting = Sitting::ChangePassword { old, new };
    let mut asker = Asker::new(seated.operator.meta.number);
    seated_of(door.ask(&asker.envelope(Request::Sit(sitting)))?)
}

fn seated_of(reply: Reply) -> Result<Seated, Trouble> {
    match reply {
        Reply::Seated(seated) => Ok(seated),
        _ => Err(Trouble::odd()),
    }
}

/// A door, and the login of whoever wants to come in.
struct Gate<'a> {
    door: &'a mut dyn Door,
    login: &'a str,
}

impl Gate<'_> {
    fn try_with(&mut self, proof: Proof) -> Result<Proven, Trouble> {
        let login = self.login.to_owned();
        let words = match &proof {
            Proof::Password(words) => Some(words.clone()),
            _ => None,
        };
        let sitting = Request::Sit(Sitting::SignIn { login, proof });
        let reply = self.door.ask(&Asker::new(NOBODY).envelope(sitting))?;
        Ok((seated_of(reply)?, words))
    }

    /// What was named is tried and nothing else; then what needs no asking. None where somebody has
    /// to be asked.
    fn without_asking(
        &mut self,
        operator: &Operator,
        rehearsal: bool,
        global: &Global,
    ) -> Option<Result<Proven, Trouble>> {
        let named = |file: &Option<PathBuf>| file.as_deref().map(ask::from_file);
        let proof = if let Some(key) = named(&global.key_file) {
            key.map(Proof::Key)
        } else if let Some(password) = named(&global.password_file) {
            password.map(Proof::Password)
        } else if operator.account.is_some() {
            Ok(Proof::Account)
        } else if rehearsal {
            Ok(Proof::Nothing)
        } else {
            return None;
        };
        match proof.and_then(|proof| self.try_with(proof)) {
            Err(trouble) if rehearsal && is(&trouble, "password-needed") => None,
            other => Some(other),
        }
    }

    fn ask(&mut self, console: &mut Console) -> Result<Proven, Trouble> {
        let mut tries = TRIES;
        loop {
            tries -= 1;
            let words = ask::hidden(console, "ask-password", &[("login", self.login)])?;
            match self.try_with(Proof::Password(words)) {
                Err(trouble) if tries > 0 && is(&trouble, "wrong-password") => {
                    for said in trouble.said(console.texts) {
                        console.complain(&said)?;
                    }
                }
                other => return other,
            }
        }
    }
}

/// Whether the desk refused for this reason.
pub(super) fn is(trouble: &Trouble, key: &str) -> bool {
    matches!(trouble, Trouble::Desk(Failure::Refused(refusal))
        if refusal.problems.iter().any(|problem| problem.key == key))
}
