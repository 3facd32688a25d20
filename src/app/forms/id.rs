//! Which forms there are: the name of each in drafts and texts, and the pane it opens in.

use serde::{Deserialize, Serialize};

use crate::domain::intake::Channel;
use crate::domain::profile::Tab;

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
