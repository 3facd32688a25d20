//! A procedure as a table: which step leads from where to where, who carries it, by which clause.
//!
//! What a step asks for and what it writes down belongs to the record; here is only whether it can be
//! taken from where the record stands, and by whom.

use super::context::Context;
use super::named::named;
use super::number::Number;
use super::refusal::{Problem, Refusal};

named! {
    /// A step of the archive's procedures, with the posts that carry it in the profile. A step that
    /// nobody carries is blocked.
    ArchiveStep {
        /// Report a delivery, check its papers and sign for the side that hands over (A07-n.2, A07-a.2).
        HandIn = "hand-in",
        /// Sign for, check, scan and file what is handed over (A07-n.5 to A07-n.8).
        Receive = "receive",
        /// Confirm or waive a fine (A07-f9).
        DecideFine = "decide-fine",
        /// Ask for reading, a loan, a copy, carrying out or giving outside (A11-18.1, A11-19.2).
        Apply = "apply",
        /// Stamp and sign a request for the applicant's unit (A11-18.2, A11-19.3).
        Endorse = "endorse",
        /// Approve reading (A11-18.3).
        ApproveReading = "approve-reading",
        /// Approve whatever is asked of a graded file (A11-18.4b).
        ApproveGraded = "approve-graded",
        /// Approve a loan (A11-19.4).
        ApproveLoan = "approve-loan",
        /// Approve a copy or an excerpt of an important document (A11-23.1).
        ApproveCopy = "approve-copy",
        /// Carry files out of the house (A11-23.2).
        Carry = "carry",
        /// Approve giving data outside, as the first of two (A11-24, A13-a6b).
        ApproveOutside = "approve-outside",
        /// Approve giving data outside, as the second of two (A11-24).
        ApproveOutsideToo = "approve-outside-too",
        /// Widen the circle of those who may borrow (A13-a6a).
        WidenCircle = "widen-circle",
        /// Lower a grade, or take it off (A11-22a).
        LowerGrade = "lower-grade",
        /// Hold a file against destruction, or let it go.
        Hold = "hold",
        /// Confirm what is in a file (A03-4.1.2c).
        ConfirmFile = "confirm-file",
        /// Inspect the archive, note damage and repairs (A11-14a, A13-a5a).
        Inspect = "inspect",
        /// Acknowledge a leak and see to it (A11-27b, A11-27c).
        HandleLeak = "handle-leak",
        /// Propose a destruction.
        ProposeDestruction = "propose-destruction",
        /// Review a destruction (A12-3.2.8b).
        ReviewDestruction = "review-destruction",
        /// Approve a destruction (A12-3.2.8b).
        ApproveDestruction = "approve-destruction",
        /// Carry a destruction out (A12-3.2.8c).
        Destroy = "destroy",
        /// Close the archive's day (A07-g5c).
        CloseDay = "close-day",
        /// Enter what a customer bought, and what was learnt of them (A03-4.1.1, A03-4.1.2a-3).
        RecordTransaction = "record-transaction",
        /// Bring a file up to date with what its customer bought (A03-4.1.2b-2).
        UpdateFile = "update-file",
        /// Hand a file over for good (A13-a7a).
        TransferFile = "transfer-file",
        /// Sign for a file that is handed over for good (A13-a7a).
        TakeOver = "take-over",
        /// Ask another department for something (A03-3.2, A07-d1b).
        RaiseTask = "raise-task",
        /// Answer what the own department was asked for (A03-3.2, A07-d1b).
        AnswerTask = "answer-task",
        /// Register customers, hand in the day's form, close deals (A12-3.1.1a, A12-3.1.1b, A12-3.2.4).
        RegisterCustomer = "register-customer",
        /// Decide whose customer somebody is (A12-3.1.3).
        RuleCollision = "rule-collision",
        /// Keep the registration forms of all (A12-3.1.7a).
        KeepForms = "keep-forms",
        /// Say who is on duty when (A12-3.1.5b).
        SetDuty = "set-duty",
        /// Plan surveys, begin and close them, end them with their measures (A03-sa, A03-sd).
        RunSurvey = "run-survey",
        /// Give operators instructions (A09-1.4b).
        GiveInstruction = "give-instruction",
        /// Answer the suggestions of operators (A09-1.4c).
        AnswerSuggestion = "answer-suggestion",
        /// Keep the catalogue of services (A01-09).
        KeepCatalogue = "keep-catalogue",
        /// Put the file form of a closed customer into the archive (A12-3.2.4).
        FileForm = "file-form",
    }
}

/// A row of a procedure.
#[derive(Debug, Clone, Copy)]
pub struct Row<Step: 'static, State: 'static> {
    /// The step.
    pub step: Step,
    /// From which states.
    pub from: &'static [State],
    /// To which; the same, or one that the step itself decides, where none.
    pub to: Option<State>,
    /// Who carries it.
    pub who: ArchiveStep,
    /// The clause behind it; empty where it is ours.
    pub clause: &'static str,
    /// Whether it leads on to the end, and not aside or back.
    pub on: bool,
}

/// The rows that lead on from a state, those that lead to the end first.
pub fn next_steps<Step: Copy, State: PartialEq>(
    rows: &'static [Row<Step, State>],
    state: &State,
) -> Vec<&'static Row<Step, State>> {
    let mut next: Vec<_> = rows.iter().filter(|row| row.from.contains(state)).collect();
    next.sort_by_key(|row| !row.on);
    next
}

/// What a record is told apart by where a step of it is refused.
#[derive(Debug, Clone, Copy)]
pub struct Stand<'a, State> {
    /// Its number.
    pub number: Number,
    /// Where it stands.
    pub state: State,
    /// The key of the words for that: `<group>-<state>`.
    pub group: &'a str,
}

/// The row for a step, held against who asks.
///
/// # Errors
/// Refused from a state that the step does not lead on from, with what comes next; and for one who
/// does not carry it.
pub fn find<Step: Copy + PartialEq, State: Copy + PartialEq>(
    rows: &'static [Row<Step, State>],
    stand: Stand<State>,
    step: Step,
    id: fn(Step) -> &'static str,
    state_id: fn(State) -> &'static str,
    context: &Context,
) -> Result<&'static Row<Step, State>, Refusal> {
    let mut fitting = rows.iter().filter(|row| row.step == step);
    let found = fitting.find(|row| row.from.contains(&stand.state));
    let Some(row) = found else {
        let next = next_steps(rows, &stand.state);
        let next: Vec<&str> = next
            .iter()
            .filter(|row| row.on)
            .map(|row| id(row.step))
            .collect();
        let mut problem = Problem::new("archive-step-not-yet")
            .arg("number", stand.number)
            .arg(
                "stand",
                format!("{}-{}", stand.group, state_id(stand.state)),
            )
            .arg("archive-step", id(step))
            .arg("archive-next", next.join(" "));
        let known = rows.iter().find(|row| row.step == step);
        problem.clause = known
            .map(|row| row.clause)
            .filter(|clause| !clause.is_empty())
            .map(str::to_owned);
        return Err(problem.into());
    };
    context.may_take(row.who)?;
    Ok(row)
}
