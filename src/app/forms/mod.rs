//! Which forms there are: their fields, how a record fills them, which command each one makes.
//!
//! One file a pane. What a form looks like and how keys work in it is not here.

pub mod archive;
pub mod campaign;
pub mod complaint;
pub mod custody;
pub mod customer;
pub mod dossier;
pub mod follow_up;
pub mod intake;
pub mod kin;
pub mod leasing;
pub mod part;
pub mod repair;
pub mod seat;
pub mod serving;
pub mod step;
pub mod surveys;
pub mod trade;
pub mod welcome;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::choices::Options;
use super::facts::Facts;
use super::form::{Field, FieldKind, Form};
use crate::desk::contract::{At, Command, Row};
use crate::domain::intake::Channel;
use crate::domain::mask;
use crate::domain::number::Number;
use crate::domain::operator::Operator;
use crate::domain::phone;
use crate::domain::profile::{Choice, Tab, Words};
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::exchange::export::Form as FileForm;
use crate::report::forms::Form as Paper;

macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident = $id:literal on $tab:ident),+ $(,)?) => {
        /// A form.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum FormId { $($(#[$doc])* $name),+ }

        impl FormId {
            /// All forms.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name in drafts and in locale keys.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// The pane it opens in.
            pub const fn tab(self) -> Tab {
                match self { $(Self::$name => Tab::$tab),+ }
            }
        }
    };
}

forms! {
    /// A call.
    NewCall = "new-call" on Intake,
    /// A letter.
    NewLetter = "new-letter" on Intake,
    /// A visit.
    NewVisit = "new-visit" on Intake,
    /// A request changed.
    EditIntake = "edit-intake" on Intake,
    /// A request closed.
    CloseIntake = "close-intake" on Intake,
    /// A customer moved in.
    NewOccupancy = "new-occupancy" on Intake,
    /// A customer moved out.
    MoveOut = "move-out" on Intake,
    /// A repair given to somebody.
    AssignRepair = "assign-repair" on Intake,
    /// The customer told what will be done.
    Respond = "respond" on Intake,
    /// A repair solved.
    Solve = "solve" on Intake,
    /// The customer told how it was solved.
    AnswerRepair = "answer-repair" on Intake,
    /// Whoever has a repair urged.
    UrgeRepair = "urge-repair" on Intake,
    /// A repair taken up again.
    ReopenRepair = "reopen-repair" on Intake,
    /// A hint for whoever calls from a place.
    NewHint = "new-hint" on Intake,
    /// A hint taken back.
    WithdrawHint = "withdraw-hint" on Intake,
    /// A shift handed over.
    HandOverShift = "hand-over-shift" on Intake,
    /// A complaint recorded directly.
    NewComplaint = "new-complaint" on Complaints,
    /// A complaint made of a request.
    ComplaintOf = "complaint-of" on Complaints,
    /// A complaint changed.
    EditComplaint = "edit-complaint" on Complaints,
    /// A complaint assigned.
    AssignComplaint = "assign-complaint" on Complaints,
    /// A complaint answered.
    AnswerComplaint = "answer-complaint" on Complaints,
    /// A complaint closed.
    CloseComplaint = "close-complaint" on Complaints,
    /// A complaint taken back.
    WithdrawComplaint = "withdraw-complaint" on Complaints,
    /// A complaint marked as major.
    MarkMajor = "mark-major" on Complaints,
    /// A complaint given back by its handler.
    HandBack = "hand-back" on Complaints,
    /// A solution proposed.
    Propose = "propose" on Complaints,
    /// A solution approved.
    Approve = "approve" on Complaints,
    /// A solution sent back.
    SendBack = "send-back" on Complaints,
    /// How the customer took the answer.
    FeedBack = "feed-back" on Complaints,
    /// The customer asked how satisfied they are.
    AskSatisfaction = "ask-satisfaction" on Complaints,
    /// A complaint taken up again.
    Reopen = "reopen" on Complaints,
    /// A complaint summed up.
    SumUp = "sum-up" on Complaints,
    /// A major complaint passed on.
    PassOn = "pass-on" on Complaints,
    /// The emergency meeting.
    Meet = "meet" on Complaints,
    /// The meeting's solution.
    Draft = "draft" on Complaints,
    /// The talk of both managers with the customer.
    Negotiate = "negotiate" on Complaints,
    /// Nothing needs to be done.
    NoAction = "no-action" on Complaints,
    /// The slip returned.
    ReturnSlip = "return" on Complaints,
    /// The customer phoned back.
    CallBack = "call-back" on Complaints,
    /// The complainant told that it was received.
    Receipt = "receipt" on Complaints,
    /// The complainant told where else to turn.
    Recourse = "recourse" on Complaints,
    /// The handler urged.
    Urge = "urge" on Complaints,
    /// The customer awaited.
    AwaitCustomer = "wait" on Complaints,
    /// A lesson told to departments.
    ShareLesson = "share" on Complaints,
    /// A measure drafted.
    NewMeasure = "new-measure" on Complaints,
    /// A measure's draft changed.
    EditMeasure = "edit-measure" on Complaints,
    /// A measure approved.
    ApproveMeasure = "approve-measure" on Complaints,
    /// A measure sent back.
    SendMeasureBack = "send-measure-back" on Complaints,
    /// A measure carried out.
    CarryOut = "carry-out-measure" on Complaints,
    /// A measure verified.
    VerifyMeasure = "verify-measure" on Complaints,
    /// A measure checked.
    CheckMeasure = "check-measure" on Complaints,
    /// A measure given up.
    DropMeasure = "drop-measure" on Complaints,
    /// The report of a quarter approved.
    ApproveReport = "approve-analysis" on Complaints,
    /// The report of a quarter sent back.
    SendReportBack = "send-analysis-back" on Complaints,
    /// An archive file.
    NewFile = "new-file" on Archive,
    /// An archive file changed.
    EditFile = "edit-file" on Archive,
    /// A file lent.
    CheckOut = "check-out" on Archive,
    /// Pieces of a loan back.
    CheckIn = "check-in" on Archive,
    /// A delivery or a visit reported, from which on its papers are due.
    NewHandover = "new-handover" on Archive,
    /// The papers of a hand-over checked by the side that hands over.
    CheckPapers = "check-papers" on Archive,
    /// A hand-over signed by that side.
    SignOver = "sign-over" on Archive,
    /// A hand-over signed for by the archive.
    SignFor = "sign-for" on Archive,
    /// The papers checked by the archive.
    ReceivePapers = "receive-papers" on Archive,
    /// An order to put papers right.
    OrderCorrection = "order-correction" on Archive,
    /// Papers that were put right.
    CorrectPapers = "correct-papers" on Archive,
    /// Papers scanned.
    ScanPapers = "scan-papers" on Archive,
    /// Papers put into the cabinet.
    FilePapers = "file-papers" on Archive,
    /// The electronic version filled in.
    FillElectronic = "fill-electronic" on Archive,
    /// A hand-over taken back.
    WithdrawHandover = "withdraw-handover" on Archive,
    /// A fine confirmed or waived.
    DecideFine = "decide-fine" on Archive,
    /// A request to read, borrow, copy, carry or give outside.
    NewAccess = "new-access" on Archive,
    /// A request endorsed by the applicant's unit.
    Endorse = "endorse" on Archive,
    /// A request approved.
    ApproveAccess = "approve-access" on Archive,
    /// A request refused.
    RefuseAccess = "refuse-access" on Archive,
    /// The register signed by who borrows.
    SignRegister = "sign-register" on Archive,
    /// A granted request used.
    UseAccess = "use-access" on Archive,
    /// A request taken back.
    WithdrawAccess = "withdraw-access" on Archive,
    /// A loan asked back.
    RecallLoan = "recall-loan" on Archive,
    /// A loan said to be back.
    ClaimReturned = "claim-returned" on Archive,
    /// What is decided of a loan at the end of a day.
    DecideLoan = "decide-loan" on Archive,
    /// The electronic part of a file.
    DigitiseFile = "digitise-file" on Archive,
    /// A file confirmed.
    ConfirmFile = "confirm-file" on Archive,
    /// Damage to a file.
    DamageFile = "damage-file" on Archive,
    /// A file that is not where it belongs.
    MissFile = "miss-file" on Archive,
    /// A file found again.
    FindFile = "find-file" on Archive,
    /// A repair of a file.
    RepairFile = "repair-file" on Archive,
    /// A file held against destruction.
    HoldFile = "hold-file" on Archive,
    /// A file no longer held.
    ReleaseFile = "release-file" on Archive,
    /// A file found to be without value.
    AppraiseFile = "appraise-file" on Archive,
    /// A file that is void.
    VoidFile = "void-file" on Archive,
    /// A file brought up to date.
    UpdateFile = "update-file" on Archive,
    /// A file handed over for good.
    TransferFile = "transfer-file" on Archive,
    /// A file signed for that was handed over for good.
    TakeOverFile = "take-over-file" on Archive,
    /// A file not handed over after all.
    KeepFile = "keep-file" on Archive,
    /// An entry in a customer's file.
    NewTransaction = "new-transaction" on Archive,
    /// Another department asked for something.
    NewTask = "new-task" on Archive,
    /// A task answered.
    AnswerTask = "answer-task" on Archive,
    /// An answer sent back.
    ReturnTask = "return-task" on Archive,
    /// A task taken back.
    WithdrawTask = "withdraw-task" on Archive,
    /// A task dispatched to somebody.
    DispatchTask = "dispatch-task" on Archive,
    /// A dispatched task handed back.
    HandBackTask = "hand-back-task" on Archive,
    /// A task handed on to another department.
    HandOnTask = "hand-on-task" on Archive,
    /// The archive looked at.
    NewInspection = "new-inspection" on Archive,
    /// A shelf visited.
    VisitShelf = "visit-shelf" on Archive,
    /// An inspection closed.
    CloseInspection = "close-inspection" on Archive,
    /// A leak reported.
    NewIncident = "new-incident" on Archive,
    /// Something done about a leak.
    ActOnLeak = "act-on-leak" on Archive,
    /// A leak closed.
    CloseLeak = "close-leak" on Archive,
    /// A destruction reviewed.
    ReviewDestruction = "review-destruction" on Archive,
    /// A destruction approved.
    ApproveDestruction = "approve-destruction" on Archive,
    /// A destruction carried out.
    DestroyFile = "destroy-file" on Archive,
    /// A destruction refused.
    RefuseDestruction = "refuse-destruction" on Archive,
    /// The archive's day closed.
    CloseDay = "close-day" on Archive,
    /// A customer put on the day's registration form.
    NewRegistration = "new-registration" on Archive,
    /// The day's registration form handed in.
    HandInForm = "hand-in-form" on Archive,
    /// A collision decided.
    RuleCollision = "rule-collision" on Archive,
    /// A deal closed.
    CloseDeal = "close-deal" on Archive,
    /// The file form of a closed customer put into the archive.
    FileForm = "file-form" on Archive,
    /// A line of the duty roster.
    NewDuty = "new-duty" on Archive,
    /// A customer.
    NewCustomer = "new-customer" on Customers,
    /// A customer changed.
    EditCustomer = "edit-customer" on Customers,
    /// What a customer has to do with another or with a group.
    NewRelation = "new-relation" on Customers,
    /// A relation that is over.
    EndRelation = "end-relation" on Customers,
    /// Two customers to be brought together.
    NewIntroduction = "new-introduction" on Customers,
    /// The consent of one of them.
    ConsentIntroduction = "consent-introduction" on Customers,
    /// An introduction approved.
    ApproveIntroduction = "approve-introduction" on Customers,
    /// An introduction refused or given up.
    RefuseIntroduction = "refuse-introduction" on Customers,
    /// Two customers brought together.
    MakeIntroduction = "make-introduction" on Customers,
    /// An introduction of which something came.
    SucceedIntroduction = "succeed-introduction" on Customers,
    /// An introduction of which nothing came.
    FailIntroduction = "fail-introduction" on Customers,
    /// Material given to be passed on.
    NewHandout = "new-handout" on Customers,
    /// A friend came with it.
    FriendArrived = "friend-arrived" on Customers,
    /// A service taken up.
    NewServiceItem = "new-service-item" on Customers,
    /// A service changed.
    ChangeServiceItem = "change-service-item" on Customers,
    /// A service retired.
    RetireItem = "retire-item" on Customers,
    /// An entry on a customer's card.
    NewEntry = "new-entry" on Customers,
    /// Two cards made one.
    MergeCustomers = "merge-customers" on Customers,
    /// Two cards made two again.
    UndoMerge = "undo-merge" on Customers,
    /// A customer's profile.
    KeepDossier = "keep-dossier" on Customers,
    /// A contact planned.
    NewFollowUp = "new-follow-up" on FollowUps,
    /// A planned contact changed.
    EditFollowUp = "edit-follow-up" on FollowUps,
    /// A planned contact had.
    DoFollowUp = "do-follow-up" on FollowUps,
    /// A contact had that nobody had planned.
    LogContact = "log-contact" on FollowUps,
    /// A birthday greeted.
    Greet = "greet" on FollowUps,
    /// A planned contact given up.
    DropFollowUp = "drop-follow-up" on FollowUps,
    /// A survey planned.
    NewSurvey = "new-survey" on FollowUps,
    /// A survey changed before anybody is asked.
    EditSurvey = "edit-survey" on FollowUps,
    /// A survey closed.
    CloseSurvey = "close-survey" on FollowUps,
    /// A survey ended with its measures.
    FinishSurvey = "finish-survey" on FollowUps,
    /// A survey given up.
    DropSurvey = "drop-survey" on FollowUps,
    /// An answer to a survey.
    LogAnswer = "log-answer" on FollowUps,
    /// An answer put right.
    EditAnswer = "edit-answer" on FollowUps,
    /// A measure for an aspect of a survey.
    SurveyMeasure = "survey-measure" on FollowUps,
    /// An instruction or a suggestion.
    NewInstruction = "new-instruction" on FollowUps,
    /// An instruction carried out.
    CarryOutInstruction = "carry-out-instruction" on FollowUps,
    /// A suggestion answered.
    AnswerSuggestion = "answer-suggestion" on FollowUps,
    /// An instruction or a suggestion taken back.
    WithdrawInstruction = "withdraw-instruction" on FollowUps,
    /// A notice, a product, a promotion, gifts or an event.
    NewCampaign = "new-campaign" on FollowUps,
    /// A campaign changed.
    EditCampaign = "edit-campaign" on FollowUps,
    /// A line of the customer service plan.
    NewPlanLine = "new-plan-line" on FollowUps,
    /// A line of the plan changed.
    EditPlanLine = "edit-plan-line" on FollowUps,
    /// A line of the plan given up.
    DropPlanLine = "drop-plan-line" on FollowUps,
    /// The site and the first operator.
    Welcome = "welcome" on Intake,
    /// Who is there, and what proves it.
    SignIn = "sign-in" on Intake,
    /// A new password.
    Password = "password" on Intake,
    /// Who stands in for the operator.
    Deputies = "deputies" on Intake,
    /// A remark on a record (A01-05).
    Remark = "remark" on Intake,
    /// A list as a file.
    Export = "export" on Intake,
    /// The path of a file that is to be imported.
    ImportPath = "import-path" on Intake,
    /// A department's part of the quarterly analysis (A13-c5b).
    WritePart = "write-analysis-part" on Intake,
    /// The quarterly analysis submitted (A13-c6).
    SubmitReport = "submit-analysis" on Intake,
    /// A form on paper (A13-c2, A13-c3a, A08-n2c).
    Print = "paper" on Intake,
    /// Why a rule is overridden.
    Waive = "waive" on Intake,
}

impl FormId {
    /// The key of the words on its button.
    pub const fn button(self) -> &'static str {
        match self {
            Self::SignIn => "button-sign-in",
            Self::Export => "button-export",
            Self::ImportPath => "button-read",
            Self::SubmitReport => "button-submit",
            Self::Print => "button-print",
            Self::Waive => "button-waive",
            _ => "button-save",
        }
    }

    /// Whether it stands over the panes and is never a draft.
    pub const fn is_popup(self) -> bool {
        matches!(
            self,
            Self::Welcome
                | Self::SignIn
                | Self::Password
                | Self::Deputies
                | Self::Remark
                | Self::Export
                | Self::ImportPath
                | Self::WritePart
                | Self::SubmitReport
                | Self::Print
                | Self::Waive
        )
    }

    /// The channel of a new request.
    pub const fn channel(self) -> Option<Channel> {
        match self {
            Self::NewCall => Some(Channel::Call),
            Self::NewLetter => Some(Channel::Letter),
            Self::NewVisit => Some(Channel::Visit),
            _ => None,
        }
    }
}

/// A form with nothing filled in but what is known without a record.
pub fn blank(id: FormId, about: Option<At>, facts: &Facts) -> Form {
    let fields = match id.tab() {
        _ if id == FormId::Welcome => welcome::fields(facts),
        _ if id == FormId::SignIn => seat::sign_in(facts),
        _ if id == FormId::Password => seat::password(),
        _ if id == FormId::Deputies => seat::deputy(facts),
        _ if id == FormId::Remark => vec![note("remark", 4).required()],
        _ if id == FormId::Export => vec![
            named("format", "format", FileForm::ALL.map(FileForm::id).to_vec()).with("xlsx"),
            named("place_of", "place", vec!["outbox", "path"]).with("outbox"),
            text("file_name").required(),
        ],
        _ if id == FormId::Print => vec![
            named(
                "paper",
                "paper",
                Paper::ALL.iter().map(|paper| paper.id()).collect(),
            ),
            Field::new("day", FieldKind::Date),
            named("paper_format", "paper-format", vec!["html", "text"]).with("html"),
            named("place_of", "place", vec!["outbox", "path"]).with("outbox"),
            text("file_name").required(),
        ],
        _ if id == FormId::Waive => vec![note("override_reason", 2).required()],
        _ if id == FormId::ImportPath => vec![text("file_name").required()],
        _ if matches!(id, FormId::WritePart | FormId::SubmitReport) => part::fields(id),
        _ if custody::is_one(id) => custody::fields(id, facts),
        Tab::Intake if repair::is_step(id) => repair::fields(id, facts),
        Tab::Intake => intake::fields(id, facts),
        Tab::Complaints | Tab::Approvals => complaint::fields(id, facts),
        Tab::Archive => archive::fields(id, facts),
        Tab::Customers if id == FormId::KeepDossier => dossier::fields(facts),
        Tab::Customers => customer::fields(facts),
        Tab::FollowUps if campaign::is_one(id) => campaign::fields(id, facts),
        Tab::FollowUps => follow_up::fields(id, facts),
    };
    let mut form = Form::new(id, about, fields);
    adjust(&mut form);
    form
}

/// A form about a record that was asked for in full, filled in from it.
pub fn of_whole(id: FormId, row: &Row, facts: &Facts) -> Form {
    let mut form = about(id, &row.record, facts);
    for field in &mut form.fields {
        // What is masked is no value to go on with.
        if row.masked && mask::is_masked(field.value()) {
            field.set("");
        }
    }
    form
}

/// A form about a record, filled in with what is known of it.
pub fn about(id: FormId, record: &Record, facts: &Facts) -> Form {
    let at = At {
        number: record.number(),
        version: record.meta().version,
    };
    let mut form = blank(id, Some(at), facts);
    match record {
        record if custody::is_one(id) => custody::fill(&mut form, record, facts),
        Record::Intake(intake) if id == FormId::ComplaintOf => {
            complaint::from_intake(&mut form, intake);
        }
        Record::Intake(intake) => intake::fill(&mut form, intake),
        Record::Complaint(complaint) => complaint::fill(&mut form, complaint, facts),
        Record::Measure(measure) => step::fill_measure(&mut form, measure),
        Record::File(file) => archive::fill(&mut form, file),
        Record::Loan(loan) => archive::fill_check_in(&mut form, loan),
        Record::Customer(customer) if id == FormId::KeepDossier => {
            dossier::fill(&mut form, customer, None, facts);
        }
        Record::Customer(customer) => customer::fill(&mut form, customer),
        Record::FollowUp(it) => follow_up::fill(&mut form, it),
        Record::Campaign(it) => campaign::fill(&mut form, it),
        Record::PlanLine(it) => campaign::fill_line(&mut form, it),
        Record::Operator(_)
        | Record::Site(_)
        | Record::Import(_)
        | Record::Credential(_)
        | Record::Permit(_)
        | Record::Analysis(_)
        | Record::Handover(_)
        | Record::Access(_)
        | Record::Inspection(_)
        | Record::Incident(_)
        | Record::Destruction(_)
        | Record::DayEnd(_)
        | Record::Transaction(_)
        | Record::Task(_)
        | Record::Registration(_)
        | Record::DutyShift(_)
        | Record::Survey(_)
        | Record::Answer(_)
        | Record::Occupancy(_)
        | Record::Instruction(_)
        | Record::Relation(_)
        | Record::Introduction(_)
        | Record::Handout(_)
        | Record::ServiceItem(_)
        | Record::Merge(_)
        | Record::Dossier(_)
        | Record::Hint(_)
        | Record::ShiftSheet(_)
        | Record::Remark(_) => {}
    }
    adjust(&mut form);
    form.changed = false;
    for field in &mut form.fields {
        field.was = Some(field.value().to_owned());
    }
    form
}

/// Shows, hides and marks fields as the values now ask for.
pub fn adjust(form: &mut Form) {
    if custody::is_one(form.id) {
        custody::adjust(form);
    } else if form.id.tab() == Tab::Intake && !form.id.is_popup() {
        intake::adjust(form);
    } else if step::is_step(form.id) {
        step::adjust(form);
    } else if campaign::is_one(form.id) {
        campaign::adjust(form);
    } else if form.id.tab() == Tab::FollowUps {
        follow_up::adjust(form);
    } else if form.id == FormId::KeepDossier {
        dossier::adjust(form);
    } else if form.id == FormId::Print {
        super::printing::adjust(form);
    } else {
        part::adjust(form);
    }
}

/// The command a form makes, or what cannot be understood in its fields.
pub fn command(form: &Form, facts: &Facts) -> Result<Command, Vec<Problem>> {
    let unclear = unclear(form);
    if !unclear.is_empty() {
        return Err(unclear);
    }
    let made = match form.id.tab() {
        _ if form.id == FormId::Welcome => Ok(welcome::command(form, facts)),
        _ if custody::is_one(form.id) => custody::command(form),
        Tab::Intake => intake::command(form, facts),
        Tab::Complaints | Tab::Approvals => complaint::command(form, facts),
        Tab::Archive => archive::command(form),
        Tab::Customers if form.id == FormId::KeepDossier => dossier::command(form),
        Tab::Customers => customer::command(form),
        Tab::FollowUps if campaign::is_one(form.id) => campaign::command(form),
        Tab::FollowUps => follow_up::command(form, facts),
    };
    made.map_err(|problem| vec![problem])
}

/// What a person has to look at before a form can be sent.
pub(crate) fn unclear(form: &Form) -> Vec<Problem> {
    let of = |field| too_long(field).or_else(|| unresolved(field));
    form.fields.iter().filter_map(of).collect()
}

/// A field that did not take all of what was typed or pasted into it.
pub(crate) fn too_long(field: &Field) -> Option<Problem> {
    let limit = field.cut.filter(|_| field.shown)?;
    let problem = Problem::new("cut-off").field(field.name);
    Some(problem.arg("limit", limit))
}

/// A choice or lookup in which something is typed that is none of its values.
pub(crate) fn unresolved(field: &Field) -> Option<Problem> {
    let open = field.shown && field.is_search() && !field.edit.value().trim().is_empty();
    let key = if matches!(field.kind, FieldKind::Customer) {
        "no-such-customer"
    } else {
        "not-in-list"
    };
    open.then(|| {
        Problem::new(key)
            .field(field.name)
            .arg("value", field.edit.value().trim())
    })
}

/// A telephone field with something in it that is no telephone number (A01-21).
pub(super) fn no_telephone(field: &Field) -> Option<Problem> {
    let typed = field.edit.value();
    let is_phone = field.shown && matches!(field.kind, FieldKind::Phone);
    let problem = is_phone.then(|| phone::list(typed).err()).flatten();
    problem.map(|problem| problem.field(field.name))
}

/// The name under which a form has the field that a problem names: rules know the caller of a new
/// customer as `name`, the form has one field for both.
pub fn field_of<'a>(form: &Form, named: &'a str) -> Option<&'a str> {
    let other = match named {
        "name" => "caller",
        "phones" => "phone",
        "place" => "shelf",
        "paper" => "paper_kind",
        "source" => "registration_source",
        "from" => "duty_from",
        "until" => "duty_until",
        "owner" => "task_owner",
        "operator" => "given_to",
        "title" => "survey_title",
        "due" => "due_on",
        "day" => "hint_day",
        "time" => "hint_time",
        "to" => "hand_to",
        "about" => "record",
        "login" => "operator",
        "password" => "new",
        "text" => "remark",
        _ => named,
    };
    let other = if named == "text" && form.field("matter").is_some() {
        "matter"
    } else if named == "text" && form.field("said").is_some() {
        "said"
    } else {
        other
    };
    let shown = |name: &str| form.field(name).is_some_and(|field| field.shown);
    let of_item = |field: &&Field| field.item.as_ref().is_some_and(|(item, _)| item == named);
    let item = form.fields.iter().find(of_item).map(|field| field.name);
    [named, other].into_iter().find(|name| shown(name)).or(item)
}

fn note(name: &'static str, rows: u16) -> Field {
    Field::new(name, FieldKind::Note(rows))
}

fn text(name: &'static str) -> Field {
    Field::new(name, FieldKind::Text)
}

fn phone(name: &'static str) -> Field {
    Field::new(name, FieldKind::Phone)
}

fn hidden(name: &'static str) -> Field {
    Field::new(name, FieldKind::Hidden).unseen()
}

fn named(name: &'static str, group: &'static str, ids: Vec<&'static str>) -> Field {
    Field::new(name, FieldKind::Choice(Options::Named(group, ids)))
}

/// The people who work here, to choose from.
fn people(name: &'static str, facts: &Facts) -> Field {
    who(name, facts, |it| it.active && !it.service)
}

/// The operators who are so, to choose from.
fn who(name: &'static str, facts: &Facts, is: impl Fn(&Operator) -> bool) -> Field {
    let list = facts.operators.iter().filter(|it| is(it)).map(|it| {
        let words = Words {
            zh: it.name.clone(),
            en: it.name.clone(),
        };
        (it.meta.number.to_string(), words)
    });
    Field::new(name, FieldKind::Choice(Options::Site(list.collect())))
}

fn listed(name: &'static str, choices: &[Choice]) -> Field {
    let words = |choice: &Choice| Words {
        zh: choice.zh.clone(),
        en: choice.en.clone(),
    };
    let list = choices
        .iter()
        .map(|choice| (choice.id.clone(), words(choice)))
        .collect();
    Field::new(name, FieldKind::Choice(Options::Site(list)))
}

fn categories(facts: &Facts) -> Field {
    let list = facts.profile.complaints.categories.iter();
    let list = list.map(|category| {
        let words = Words {
            zh: category.zh.clone(),
            en: category.en.clone(),
        };
        (category.id.clone(), words)
    });
    Field::new("category", FieldKind::Choice(Options::Site(list.collect())))
}

fn by_id<T: Copy>(all: &[T], id: impl Fn(T) -> &'static str, wanted: &str) -> Option<T> {
    all.iter().copied().find(|one| id(*one) == wanted)
}

/// The details a form was filled from, which carry what the form does not show.
fn base<T: DeserializeOwned + Default>(form: &Form) -> T {
    serde_json::from_str(form.value("base")).unwrap_or_default()
}

fn keep_base<T: Serialize>(form: &mut Form, details: &T) {
    if let Ok(json) = serde_json::to_string(details) {
        form.set("base", &json);
    }
}

/// A count as typed; an empty field is none, and the rules say whether that is enough.
fn count(form: &Form, name: &'static str) -> Result<u32, Problem> {
    let typed = crate::text::clean::half_width(form.value(name).trim());
    if typed.is_empty() {
        return Ok(0);
    }
    typed
        .parse()
        .map_err(|_| Problem::new("not-a-number").field(name).arg("value", typed))
}

fn chosen_number(form: &Form, name: &str) -> Option<Number> {
    form.value(name).parse().ok()
}

fn about_of(form: &Form) -> Result<At, Problem> {
    form.about.ok_or_else(|| Problem::new("nothing-to-change"))
}
