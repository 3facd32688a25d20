//! Who asks the desk: an operator whose requests get numbers of their own.

use crate::desk::contract::{Command, Envelope, Query, Request, RequestId};
use crate::domain::number::Number;

/// Makes the envelopes of one operator. Request numbers start at a random place, so that two
/// programs on one store do not name their requests alike.
#[derive(Debug, Clone)]
pub struct Asker {
    operator: Number,
    next: u64,
}

impl Asker {
    /// For an operator.
    pub fn new(operator: Number) -> Self {
        Self {
            operator,
            next: fastrand::u64(1..u64::MAX / 2),
        }
    }

    /// The operator.
    pub fn operator(&self) -> Number {
        self.operator
    }

    /// An envelope around a change.
    pub fn change(&mut self, command: Command) -> Envelope {
        self.envelope(Request::Do(command))
    }

    /// An envelope around a look.
    pub fn look(&mut self, query: Query) -> Envelope {
        self.envelope(Request::Look(query))
    }

    /// An envelope around any request.
    pub fn envelope(&mut self, request: Request) -> Envelope {
        self.next = self.next.wrapping_add(1);
        Envelope {
            id: RequestId(self.next),
            operator: self.operator,
            accept: Vec::new(),
            request,
        }
    }
}
