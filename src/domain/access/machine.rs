//! The way of a request: endorsed, approved by all who have to, signed for, used (SM5).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Access, AccessState as State, Purpose};
use crate::domain::archive::ArchiveFile;
use crate::domain::complaint::course::Said;
use crate::domain::context::{Context, Meta};
use crate::domain::loan::{self, Lent, Loan, LoanDetails};
use crate::domain::named::named;
use crate::domain::number::Number;
use crate::domain::procedure::{self, ArchiveStep, Row, Stand};
use crate::domain::refusal::{Checks, Problem, Refusal};
use crate::text::clean;

named! {
    /// What can be done with a request.
    AccessStepKind {
        /// Stamped and signed by the applicant's unit (A11-18.2, A11-19.3).
        Endorse = "endorse",
        /// Approved (A11-18.3, A11-18.4b, A11-19.4, A11-23.1, A11-24).
        Approve = "approve-access",
        /// Refused. Ours.
        Refuse = "refuse-access",
        /// The borrower signs the register (A11-19.5a).
        Sign = "sign-register",
        /// Read, copied, carried or given (A11-17).
        Use = "use-access",
        /// Taken back. Ours.
        Withdraw = "withdraw-access",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AccessStep {
    /// The unit endorses it.
    Endorse {
        /// Whether the paper bears the unit's stamp.
        #[serde(default)]
        stamped: bool,
        /// The name of the unit's head; needed where the head does not sign here.
        #[serde(default)]
        head: String,
    },
    /// Approve it.
    ApproveAccess {
        /// Whether the reason is sufficient.
        #[serde(default)]
        sufficient: bool,
        /// Whether the formalities are complete.
        #[serde(default)]
        complete: bool,
        /// Anything to say.
        #[serde(default)]
        note: String,
    },
    /// Refuse it.
    RefuseAccess {
        /// Why.
        reason: String,
    },
    /// The borrower signs.
    SignRegister {
        /// Whether it was signed on paper; otherwise whoever asked signs here.
        #[serde(default)]
        on_paper: bool,
    },
    /// It was used.
    UseAccess {
        /// What was read, copied or given.
        #[serde(default)]
        note: String,
    },
    /// Take it back.
    WithdrawAccess {
        /// Why.
        reason: String,
    },
}

impl AccessStep {
    /// Which step it is.
    pub const fn kind(&self) -> AccessStepKind {
        match self {
            Self::Endorse { .. } => AccessStepKind::Endorse,
            Self::ApproveAccess { .. } => AccessStepKind::Approve,
            Self::RefuseAccess { .. } => AccessStepKind::Refuse,
            Self::SignRegister { .. } => AccessStepKind::Sign,
            Self::UseAccess { .. } => AccessStepKind::Use,
            Self::WithdrawAccess { .. } => AccessStepKind::Withdraw,
        }
    }
}

const WAITS: &[State] = &[State::Endorsed, State::Registered];

/// The procedure. Who approves, and who refuses, follows from what is asked for and of which grade.
const ROWS: &[Row<AccessStepKind, State>] = &[
    Row {
        step: AccessStepKind::Endorse,
        from: &[State::Requested],
        to: Some(State::Endorsed),
        who: ArchiveStep::Apply,
        clause: "A11-18.2",
        on: true,
    },
    Row {
        step: AccessStepKind::Approve,
        from: WAITS,
        to: None,
        who: ArchiveStep::ApproveReading,
        clause: "A11-18.3",
        on: true,
    },
    Row {
        step: AccessStepKind::Sign,
        from: &[State::Granted],
        to: None,
        who: ArchiveStep::Apply,
        clause: "A11-19.5a",
        on: true,
    },
    Row {
        step: AccessStepKind::Use,
        from: &[State::Granted],
        to: Some(State::Used),
        who: ArchiveStep::Receive,
        clause: "A11-17",
        on: true,
    },
    Row {
        step: AccessStepKind::Refuse,
        from: WAITS,
        to: Some(State::Refused),
        who: ArchiveStep::ApproveReading,
        clause: "A11-18.3",
        on: false,
    },
    Row {
        step: AccessStepKind::Withdraw,
        from: &[
            State::Requested,
            State::Endorsed,
            State::Registered,
            State::Granted,
        ],
        to: Some(State::Withdrawn),
        who: ArchiveStep::Apply,
        clause: "",
        on: false,
    },
];

/// A row of the procedure that can be taken now.
pub type Next = &'static Row<AccessStepKind, State>;

/// The rows that lead on from where a request stands: a loan is signed for and lent, anything else is
/// used.
pub fn next_steps(access: &Access) -> Vec<Next> {
    let is_loan = access.details.purpose == Purpose::Borrow;
    let now = |row: &&Next| match row.step {
        AccessStepKind::Sign => is_loan && access.signed.is_none(),
        AccessStepKind::Use => !is_loan,
        _ => true,
    };
    let rows = procedure::next_steps(ROWS, &access.state);
    rows.into_iter().filter(|row| now(&row)).collect()
}

/// Who carries a step of a request now; none where anybody who may ask does.
pub(super) fn carried_by(
    access: &Access,
    step: AccessStepKind,
    context: &Context,
) -> Option<ArchiveStep> {
    match step {
        AccessStepKind::Approve | AccessStepKind::Refuse => access.waits_for(context.profile),
        _ => None,
    }
}

fn said(text: &str, context: &Context) -> Said {
    Said {
        text: clean::body(text),
        at: context.now,
        by: context.operator.meta.number,
    }
}

/// One step on. A copy has the number of its request.
///
/// # Errors
/// Refused from a state that the step does not lead on from, and for one who does not carry it: nobody
/// approves or endorses their own, nor two approvals of one request (A11-18.3, A11-24). Refused
/// without stamp and head or the head's own signature (A11-18.2), without both ticks (A11-18.3) or a
/// reason.
pub fn step(access: &Access, step: &AccessStep, context: &Context) -> Result<Access, Refusal> {
    let kind = step.kind();
    let row = find(access, kind, context)?;
    let me = context.operator;
    let own = access.meta.created_by == me.meta.number || access.details.reader == me.name;
    let mut checks = Checks::new();
    match step {
        AccessStep::Endorse { stamped, head } => {
            let is_head = context.may_take(ArchiveStep::Endorse).is_ok() && !own;
            let on_paper = *stamped && !clean::name(head).is_empty();
            if !is_head && !on_paper {
                let field = if *stamped { "head" } else { "stamped" };
                checks.add(Problem::required(field).clause(row.clause));
            }
        }
        AccessStep::ApproveAccess {
            sufficient,
            complete,
            ..
        } => {
            let twice = access
                .approvals
                .iter()
                .any(|(_, said)| said.by == me.meta.number);
            checks.require(!own, || Problem::new("own-request").clause("A11-18.3"));
            checks.require(!twice, || Problem::new("approved-twice").clause("A11-24"));
            for (given, field) in [(sufficient, "sufficient"), (complete, "complete")] {
                checks.require(*given, || {
                    Problem::new("not-ticked").field(field).clause("A11-18.3")
                });
            }
        }
        AccessStep::RefuseAccess { reason } | AccessStep::WithdrawAccess { reason } => {
            checks.require(!clean::body(reason).is_empty(), || {
                Problem::required("reason")
            });
        }
        AccessStep::SignRegister { on_paper } => {
            // Whoever borrows signs; the archive may only write down that a paper was signed.
            let receives = context.may_take(ArchiveStep::Receive).is_ok();
            checks.require(own || (*on_paper && receives), || {
                Problem::new("not-yours-to-sign").clause("A11-19.5a")
            });
        }
        AccessStep::UseAccess { .. } => {}
    }
    checks.done()?;
    let mut next = Access {
        meta: access.meta.changed(context),
        state: row.to.unwrap_or(access.state),
        ..access.clone()
    };
    match step {
        AccessStep::Endorse { head, .. } => {
            let head = clean::name(head);
            let name = if head.is_empty() { &me.name } else { &head };
            next.endorsed = Some(said(name, context));
        }
        AccessStep::ApproveAccess { note, .. } => {
            if let Some(waits) = access.waits_for(context.profile) {
                next.approvals.push((waits, said(note, context)));
            }
            if next.waits_for(context.profile).is_none() {
                next.state = State::Granted;
            }
        }
        AccessStep::RefuseAccess { reason } => next.refused = Some(said(reason, context)),
        AccessStep::WithdrawAccess { reason } => next.withdrawn = Some(said(reason, context)),
        AccessStep::SignRegister { .. } => next.signed = Some(said("", context)),
        AccessStep::UseAccess { note } => {
            next.used = Some(said(note, context));
            if access.details.purpose == Purpose::Copy {
                next.copy_no = access.meta.number.seq;
            }
        }
    }
    Ok(next)
}

fn find(
    access: &Access,
    kind: AccessStepKind,
    context: &Context,
) -> Result<&'static Row<AccessStepKind, State>, Refusal> {
    if let Some(who) = carried_by(access, kind, context) {
        context.may_take(who)?;
        let mut rows = ROWS.iter().filter(|row| row.step == kind);
        if let Some(row) = rows.find(|row| row.from.contains(&access.state)) {
            return Ok(row);
        }
    }
    let stand = Stand {
        number: access.meta.number,
        state: access.state,
        group: "access-state",
    };
    let offered = next_steps(access).iter().any(|row| row.step == kind);
    let stated = procedure::find(ROWS, stand, kind, AccessStepKind::id, State::id, context);
    match (stated, offered) {
        (Ok(row), true) => Ok(row),
        (Ok(_), false) => Err(Problem::new("nothing-to-change").into()),
        (Err(refused), _) => Err(refused),
    }
}

/// A file given out on a granted request: the register's row comes from the request, with the approvals
/// as they were (A11-19.5a). A renewal moves the last day of the loan that there is.
///
/// # Errors
/// Refused for a request that is not granted or not signed for (A11-19.5a), and as
/// [`loan::check_out`].
pub fn lend(
    number: Number,
    access: &Access,
    file: &ArchiveFile,
    renewed: Option<&Loan>,
    context: &Context,
) -> Result<(Access, Loan, Option<ArchiveFile>), Refusal> {
    let borrow = access.details.purpose == Purpose::Borrow;
    if access.state != State::Granted || !borrow {
        let problem = Problem::new("not-granted")
            .clause("A11-19.4")
            .arg("number", access.meta.number)
            .arg("access-state", access.state.id());
        return Err(problem.into());
    }
    if access.signed.is_none() {
        let problem = Problem::new("not-signed-for").clause("A11-19.5a");
        return Err(problem.arg("number", access.meta.number).into());
    }
    let details = &access.details;
    let lent = Lent {
        request: Some(access.meta.number),
        approvals: access
            .approvals
            .iter()
            .map(|(_, said)| said.clone())
            .collect(),
        signed: access.signed.clone(),
    };
    let (loan, file) = if let Some(renewed) = renewed {
        (loan::renew(renewed, lent, context)?, None)
    } else {
        let taken = LoanDetails {
            borrower: details.reader.clone(),
            unit: details.unit.clone(),
            phone: details.phone.clone(),
            copies: details.copies,
            reason: details.reason.clone(),
            due: details.due,
            which: details.which.clone(),
        };
        let (loan, file) = loan::check_out(number, file, taken, lent, context)?;
        (loan, Some(file))
    };
    let used = Access {
        meta: Meta::changed(&access.meta, context),
        state: State::Used,
        used: Some(said("", context)),
        loan: Some(loan.meta.number),
        ..access.clone()
    };
    Ok((used, loan, file))
}
