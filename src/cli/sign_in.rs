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
use crate::exchange::asker::Asker;

/// A password may be typed so many times.
const TRIES: usize = 3;

/// Takes the seat at a door for the operator of the arguments; without one, the operator this
/// account is bound to, the only one who works here, or the one with the name of the account.
/// Where a password is to be chosen first and somebody can be asked, it is.
///
/// # Errors
/// When the store is not set up, it is not clear who is meant, nothing proves it, or the proof is
/// refused.
pub(super) fn sign_in(
    door: &mut dyn Door,
    global: &Global,
    console: &mut Console,
) -> Result<Seated, Trouble> {
    let mut nobody = Asker::new(NOBODY);
    let rehearsal = match door.ask(&nobody.look(Query::Hello))? {
        Reply::Hello {
            site: Some(site), ..
        } => site.rehearsal,
        _ => return Err(Problem::new("not-set-up").into()),
    };
    let operators = match door.ask(&nobody.look(Query::Operators))? {
        Reply::Operators(operators) => operators,
        _ => Vec::new(),
    };
    // A seat that nobody has taken is told of no account but its own.
    let bound = operators.iter().find(|operator| operator.account.is_some());
    let operator = match (&global.operator, bound) {
        (None, Some(bound)) => bound,
        (login, _) => who(&operators, login.as_deref())?,
    };
    let mut at = Gate {
        door,
        login: &operator.login,
    };
    let seated = at.prove(operator, rehearsal, global, console)?;
    if seated.owed.contains(&Owed::Password) && ask::can_ask() {
        console.say_aside("ask-choose-first", &[])?;
        let new = ask::chosen(console)?;
        return choose(at.door, &seated, None, new);
    }
    Ok(seated)
}

/// Takes the seat at a door before the terminal is taken over, where that needs no asking: with
/// what the arguments name, by the account, or in a store for training. None where the screen is to
/// ask who is there and for the password.
///
/// # Errors
/// When what the arguments name is refused: nobody else is let in instead.
pub(super) fn quietly(door: &mut dyn Door, global: &Global) -> Result<Option<Seated>, Trouble> {
    let mut nobody = Asker::new(NOBODY);
    let Reply::Hello {
        site: Some(site), ..
    } = door.ask(&nobody.look(Query::Hello))?
    else {
        return Ok(None);
    };
    let operators = match door.ask(&nobody.look(Query::Operators))? {
        Reply::Operators(operators) => operators,
        _ => Vec::new(),
    };
    let bound = operators.iter().find(|operator| operator.account.is_some());
    let operator = match (&global.operator, bound) {
        (None, Some(bound)) => Some(bound),
        (Some(login), _) => Some(who(&operators, Some(login))?),
        (None, None) => who(&operators, None).ok(),
    };
    let Some(operator) = operator else {
        return Ok(None);
    };
    let mut at = Gate {
        door,
        login: &operator.login,
    };
    match at.without_asking(operator, site.rehearsal, global) {
        Some(seated) => seated.map(Some),
        None => Ok(None),
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
        _ => Err(Trouble::told("cli-odd-answer", &[])),
    }
}

/// A door, and the login of whoever wants to come in.
struct Gate<'a> {
    door: &'a mut dyn Door,
    login: &'a str,
}

impl Gate<'_> {
    fn try_with(&mut self, proof: Proof) -> Result<Seated, Trouble> {
        let login = self.login.to_owned();
        let sitting = Request::Sit(Sitting::SignIn { login, proof });
        seated_of(self.door.ask(&Asker::new(NOBODY).envelope(sitting))?)
    }

    /// What was named is tried and nothing else; then what needs no asking; then somebody is
    /// asked.
    fn prove(
        &mut self,
        operator: &Operator,
        rehearsal: bool,
        global: &Global,
        console: &mut Console,
    ) -> Result<Seated, Trouble> {
        match self.without_asking(operator, rehearsal, global) {
            Some(seated) => seated,
            None => self.ask(console),
        }
    }

    /// None where somebody has to be asked.
    fn without_asking(
        &mut self,
        operator: &Operator,
        rehearsal: bool,
        global: &Global,
    ) -> Option<Result<Seated, Trouble>> {
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

    fn ask(&mut self, console: &mut Console) -> Result<Seated, Trouble> {
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
fn is(trouble: &Trouble, key: &str) -> bool {
    matches!(trouble, Trouble::Desk(Failure::Refused(refusal))
        if refusal.problems.iter().any(|problem| problem.key == key))
}
