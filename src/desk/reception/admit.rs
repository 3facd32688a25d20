//! What a seat may ask: next to nothing until somebody has signed in, and next to nothing again
//! while it is locked (A07-g4c).

use super::{Reception, Seat, SeatId};
use crate::desk::contract::{
    Answer, Command, Envelope, Failure, Owed, Query, Reply, Request, Sitting,
};
use crate::domain::operator::Operator;
use crate::domain::refusal::Problem;

impl Seat {
    /// Whether an operator sits there who is not away.
    fn is_taken(&self) -> bool {
        self.operator.is_some() && !self.locked
    }
}

fn refused(key: &str) -> Failure {
    Failure::Refused(Problem::new(key).into())
}

/// Whether a look is open to a seat that nobody has taken: who works here and what the site is,
/// so that somebody can sign in.
fn is_open_to_all(request: &Request) -> bool {
    match request {
        Request::Look(query) => matches!(query, Query::Hello | Query::Operators),
        Request::Sit(sitting) => matches!(
            sitting,
            Sitting::SignIn { .. } | Sitting::Resume { .. } | Sitting::Lock | Sitting::SignOut
        ),
        Request::Do(_) | Request::Care(_) => false,
    }
}

/// Whether a request may be made by an operator who still has to do something first: exactly that.
fn settles_what_is_owed(request: &Request) -> bool {
    matches!(
        request,
        Request::Sit(Sitting::ChangePassword { .. })
            | Request::Do(Command::AcknowledgeConfidentiality)
    )
}

impl Reception {
    /// Whether a seat may ask how the house is: whoever has signed in and owes nothing, and the
    /// owner of the data folder.
    ///
    /// # Errors
    /// What is to be done first.
    pub fn trusts(&self, id: SeatId) -> Result<(), Failure> {
        let seat = self.seats.get(&id).ok_or_else(Failure::line_lost)?;
        if seat.peer.owner || (seat.is_taken() && seat.owed.is_empty()) {
            Ok(())
        } else {
            Err(refused("sign-in-first"))
        }
    }

    /// Whether a seat may ask this now.
    pub(super) fn admit(&self, id: SeatId, envelope: &Envelope) -> Result<(), Failure> {
        let seat = self.seats.get(&id).ok_or_else(Failure::line_lost)?;
        let request = &envelope.request;
        if is_open_to_all(request) {
            return Ok(());
        }
        if matches!(request, Request::Do(Command::SetUp { .. })) {
            // Whoever sets the store up is its administrator.
            return seat
                .peer
                .owner
                .then_some(())
                .ok_or_else(|| refused("owner-only"));
        }
        let Some(operator) = seat.operator else {
            let at_console = matches!(request, Request::Sit(Sitting::Issue { .. }));
            return match (self.desk.is_set_up(), at_console && seat.peer.owner) {
                (false, _) => Err(refused("not-set-up")),
                (true, true) => Ok(()),
                (true, false) => Err(refused("sign-in-first")),
            };
        };
        if seat.locked {
            return Err(refused("seat-locked"));
        }
        if envelope.operator != operator {
            return Err(refused("not-your-seat"));
        }
        match seat.owed.first() {
            Some(_) if settles_what_is_owed(request) => Ok(()),
            Some(Owed::Password) => Err(refused("password-owed")),
            Some(Owed::Confidentiality) => Err(Failure::Refused(
                Problem::new("confidentiality-owed").clause("A11-21").into(),
            )),
            None => Ok(()),
        }
    }

    /// An answer as the seat may see it: one that nobody sits at is told no more than who may sign
    /// in, and which of them its own account is.
    pub(super) fn without_secrets(&self, id: SeatId, answer: Answer) -> Answer {
        let seat = self.seats.get(&id).ok_or_else(Failure::line_lost)?;
        if seat.is_taken() {
            return answer;
        }
        let name_only = |operator: Operator| Operator {
            roles: Vec::new(),
            department: String::new(),
            account: operator.account.filter(|account| *account == seat.peer.uid),
            deputies: Vec::new(),
            acknowledged: None,
            ..operator
        };
        Ok(match answer? {
            Reply::Hello {
                site,
                operator,
                profile,
                now,
                calendar,
                notices,
            } => Reply::Hello {
                operator: operator
                    .filter(|operator| Some(operator.meta.number) == seat.operator)
                    .map(|operator| Box::new(name_only(*operator))),
                site,
                profile,
                now,
                calendar,
                notices,
            },
            Reply::Operators(operators) => {
                let active = operators.into_iter().filter(|operator| operator.active);
                Reply::Operators(active.map(name_only).collect())
            }
            _ => return Err(Failure::internal()),
        })
    }
}
