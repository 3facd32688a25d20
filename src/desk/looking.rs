//! The desk looked at: every query goes through here, is held against who asks, and is written
//! down where it counts as a look (A09-2.5, A11-17). What a query shows is `queries`' business.

use super::contract::{Answer, Command, Envelope, Failure, Query, Reply, Request};
use super::engine::{Desk, missing_operator};
use super::frame::Body;
use super::looks::{Look, Noted};
use super::overlay::{Overlay, Staged};
use super::queries::{self, Looking};
use crate::domain::context::Context;
use crate::domain::look::LookKind;
use crate::domain::number::{Kind, Number};
use crate::domain::operator::Operator;
use crate::domain::permit::{self, PermitKind};
use crate::domain::record::Record;
use crate::store::{Fault, hex};

impl Desk {
    /// Answers a look, and notes it.
    pub(super) fn look(&mut self, envelope: &Envelope, query: &Query) -> Answer {
        if matches!(query, Query::Looks(_)) {
            // What was looked at a moment ago is to be seen.
            self.write_looks(true)?;
        }
        let now = self.now();
        let looking = Looking {
            overlay: &Overlay::new(&*self.home.store),
            home: &self.home,
            known: &self.known,
            finder: &self.finder,
            now,
        };
        let operator = self.known.acting(envelope.operator, self.today());
        let operator = operator.as_deref();
        if let Some(mut reply) = queries::open_to_all(&looking, operator, query) {
            self.complete(&mut reply);
            return Ok(reply);
        }
        let Some(operator) = operator else {
            return Err(missing_operator(&self.known, envelope.operator));
        };
        let context = Context {
            now,
            operator,
            profile: &self.known.profile,
            calendar: &self.calendar,
            accept: &envelope.accept,
        };
        let (answer, noted) = queries::look(&looking, &context, query);
        if noted.is_some_and(|noted| self.looks.note(noted)) {
            self.write_looks(true)?;
        }
        let head = self.head();
        answer.map(|reply| match reply {
            // The copy holds the frame that says that it was made.
            Reply::Head { permit, .. } => Reply::Head {
                seq: head.seq,
                hash: hex(&head.hash),
                permit,
            },
            other => other,
        })
    }

    /// Notes something that counts as a look and is not a query, such as signing in. It rides with
    /// the next frame.
    pub(super) fn note_look(
        &mut self,
        operator: Number,
        what: LookKind,
        refused: bool,
        detail: String,
    ) {
        let look = Look {
            at: self.now(),
            operator,
            what,
            about: None,
            refused,
            permit: None,
            detail,
        };
        self.looks.note(Noted::new(look));
    }

    /// Whoever asks, with the rules as they are now and no question answered.
    pub(super) fn context_of<'a>(&'a self, operator: &'a Operator) -> Context<'a> {
        Context {
            now: self.now(),
            operator,
            profile: &self.known.profile,
            calendar: &self.calendar,
            accept: &[],
        }
    }

    /// Notes that two cards were merged, or that somebody who has no leave to read them tried: what is on
    /// the one comes onto the other, so that it is a look at each (A12-3.1.7b).
    pub(super) fn note_merge(&mut self, envelope: &Envelope, answer: &Answer) {
        let Request::Do(Command::MergeCustomers { kept, absorbed }) = &envelope.request else {
            return;
        };
        let refused = match answer {
            Ok(Reply::Done { already: false, .. }) => false,
            Err(Failure::Refused(refusal)) if refusal.problems.iter().any(|it| !it.ask) => true,
            _ => return,
        };
        let Some(operator) = self.known.acting(envelope.operator, self.today()) else {
            return;
        };
        let context = self.context_of(&operator);
        let permits = self.known.permits.values();
        let permit = permit::leave(PermitKind::Read, "", permits, &context);
        let permit = permit.ok().flatten();
        for card in [kept, absorbed] {
            let look = Look {
                at: self.now(),
                operator: envelope.operator,
                what: LookKind::Open,
                about: Some(card.number),
                refused,
                permit,
                detail: String::new(),
            };
            self.looks.note(Noted::new(look));
        }
    }

    /// Whether looks have waited for a second.
    pub fn looks_are_due(&self) -> bool {
        self.looks.are_due(self.now())
    }

    /// Writes the looks that wait; called about once a second, so that none waits longer.
    ///
    /// # Errors
    /// Any fault of the store: they go on waiting.
    pub fn flush_looks(&mut self) -> Result<(), Fault> {
        self.write_looks(false)
    }

    /// Writes the looks that wait; with `all` also searches that are still being typed.
    pub(super) fn write_looks(&mut self, all: bool) -> Result<(), Fault> {
        if self.looks.is_empty() {
            return Ok(());
        }
        self.mend()?;
        let mut body = Body::new(self.now());
        body.looks = self.looks.take(body.at, all);
        if body.looks.is_empty() {
            return Ok(());
        }
        self.put(body, Staged::default())
    }

    /// A change that was done, and one that came too late, show a record as far as the asker may
    /// see it. What somebody else made of it since is a look when it is shown in full.
    pub(super) fn concealed(&mut self, operator: Number, answer: Answer) -> Answer {
        let answer = self.redacted(operator, answer);
        let is_known = |record: &Record| is_new(record) && is_own(record, operator);
        let already = match &answer {
            // What was just entered is known to whoever entered it.
            Ok(Reply::Done {
                record,
                already,
                also,
            }) if !already && is_own(record, operator) && also.iter().all(is_known) => {
                return answer;
            }
            Ok(Reply::Done { already, .. }) => *already,
            Err(Failure::Stale { .. }) => true,
            _ => return answer,
        };
        let Some(operator) = self.known.acting(operator, self.today()) else {
            return Err(missing_operator(&self.known, operator));
        };
        let now = self.now();
        let looking = Looking {
            overlay: &Overlay::new(&*self.home.store),
            home: &self.home,
            known: &self.known,
            finder: &self.finder,
            now,
        };
        let context = Context {
            now,
            operator: &operator,
            profile: &self.known.profile,
            calendar: &self.calendar,
            accept: &[],
        };
        let mut noted = None;
        let mut shown = |mut record: Box<Record>| {
            if already {
                queries::may_see(&looking, &context, record.number())
                    .map_err(|_| Failure::Missing(record.number()))?;
                if queries::conceal(&looking, &context, &mut record) {
                    noted = queries::shown(&looking, &context, &record);
                }
            } else {
                queries::conceal_closed(&looking, &context, &mut record);
            }
            Ok(record)
        };
        let answer = match answer {
            Ok(Reply::Done {
                record,
                mut also,
                already,
            }) => shown(record).map(|record| {
                for record in also.iter_mut().filter(|record| !is_known(record)) {
                    queries::conceal(&looking, &context, record);
                }
                Reply::Done {
                    record,
                    also,
                    already,
                }
            }),
            Err(Failure::Stale { present }) => {
                // The rights are those of now: another request of the same go may have taken them.
                queries::may_see(&looking, &context, present.number())?;
                shown(present).and_then(|present| Err(Failure::Stale { present }))
            }
            other => other,
        };
        if noted.is_some_and(|noted| self.looks.note(noted)) {
            self.write_looks(true)?;
        }
        answer
    }

    /// What somebody may not see of a customer's profile they do not get with its change either.
    fn redacted(&self, operator: Number, mut answer: Answer) -> Answer {
        let records: Vec<&mut Record> = match &mut answer {
            Ok(Reply::Done { record, also, .. }) => {
                also.iter_mut().chain([&mut **record]).collect()
            }
            Err(Failure::Stale { present }) => vec![&mut **present],
            _ => return answer,
        };
        if !records.iter().any(|it| matches!(it, Record::Dossier(_))) {
            return answer;
        }
        let Some(operator) = self.known.acting(operator, self.today()) else {
            return Err(missing_operator(&self.known, operator));
        };
        let context = self.context_of(&operator);
        for record in records {
            queries::redact(record, false, &context);
        }
        answer
    }
}

/// Whether whoever changed a record knows what is in it: it is of a kind that is closed to nobody who
/// changes it, or as they entered it. A loan has the name of a file that somebody else may have set up.
fn is_own(record: &Record, operator: Number) -> bool {
    match record.number().kind {
        Kind::Loan => false,
        Kind::Registration => record.meta().created_by == operator,
        Kind::File | Kind::Access => is_new(record) && record.meta().created_by == operator,
        _ => true,
    }
}

/// Whether a record is as it was first entered.
fn is_new(record: &Record) -> bool {
    record.meta().version == 1
}
