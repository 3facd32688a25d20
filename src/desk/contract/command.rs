//! Changes that can be asked for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::adopted::Adopted;
use super::at::At;
use crate::domain::access::{AccessDetails, AccessStep};
use crate::domain::adopt::Existing;
use crate::domain::analysis::{AnalysisStep, PartDetails, Quarter};
use crate::domain::archive::{FileDetails, FileStep};
use crate::domain::campaign::CampaignDetails;
use crate::domain::complaint::{ComplaintDetails, Step};
use crate::domain::customer::{CustomerDetails, Mark};
use crate::domain::destruction::DestructionStep;
use crate::domain::dossier::DossierDetails;
use crate::domain::duty::DutyDetails;
use crate::domain::follow_up::{Contact, FollowUpDetails};
use crate::domain::handout::{HandoutDetails, HandoutStep};
use crate::domain::handover::{HandoverDetails, HandoverStep};
use crate::domain::hint::{HintDetails, HintStep};
use crate::domain::incident::{IncidentDetails, IncidentStep};
use crate::domain::inspection::{InspectionDetails, InspectionStep};
use crate::domain::instruction::{InstructionDetails, InstructionStep};
use crate::domain::intake::{IntakeDetails, OutcomeCode};
use crate::domain::introduction::{IntroductionDetails, IntroductionStep};
use crate::domain::loan::{LoanDetails, LoanStep, PieceState};
use crate::domain::measure::{MeasureDetails, MeasureStep};
use crate::domain::merging::MergeStep;
use crate::domain::number::{Kind, Number};
use crate::domain::occupancy::{OccupancyDetails, OccupancyStep};
use crate::domain::operator::{Deputy, OperatorDetails};
use crate::domain::permit::PermitDetails;
use crate::domain::plan::PlanDetails;
use crate::domain::registration::{RegistrationDetails, RegistrationStep};
use crate::domain::relation::{RelationDetails, RelationStep};
use crate::domain::repair::RepairStep;
use crate::domain::service_item::{ServiceItemDetails, ServiceItemStep};
use crate::domain::shift::{ShiftDetails, ShiftStep};
use crate::domain::stamp::Day;
use crate::domain::survey::{AnswerDetails, SurveyDetails, SurveyStep};
use crate::domain::task::{TaskDetails, TaskStep};
use crate::domain::transaction::TransactionDetails;

/// A change.
#[allow(
    clippy::large_enum_variant,
    reason = "a command lives for one call and is never kept"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// Set the store up: the site and its first operator. Only once.
    SetUp {
        /// The site's name.
        site: String,
        /// The profile.
        profile: String,
        /// The first operator.
        operator: OperatorDetails,
        /// A store for training and tests.
        rehearsal: bool,
    },
    /// A new customer.
    RegisterCustomer {
        /// What was entered.
        details: CustomerDetails,
    },
    /// A customer changed.
    ChangeCustomer {
        /// The customer as last seen.
        at: At,
        /// What was entered.
        details: CustomerDetails,
    },
    /// A mark set or taken away (A01-18, A01-20).
    MarkCustomer {
        /// The customer as last seen.
        at: At,
        /// The mark.
        mark: Mark,
        /// Set, or taken away.
        set: bool,
    },
    /// The card confirmed to be right (A01-23).
    ConfirmCard {
        /// The customer as last seen.
        at: At,
    },
    /// A call, letter or visit written down (A13-c2), a caller registered with it (A01-11).
    LogIntake {
        /// What was entered.
        details: IntakeDetails,
        /// The caller as a new customer.
        new_customer: Option<CustomerDetails>,
    },
    /// A request changed while it is open.
    ChangeIntake {
        /// The request as last seen.
        at: At,
        /// What was entered.
        details: IntakeDetails,
    },
    /// A hint made for whoever calls from a place.
    MakeHint {
        /// What was entered.
        details: HintDetails,
    },
    /// A step of a hint.
    StepHint {
        /// The hint as last seen.
        at: At,
        /// The step.
        step: HintStep,
    },
    /// A shift handed over.
    HandOverShift {
        /// What was entered.
        details: ShiftDetails,
    },
    /// A step of a hand-over of a shift.
    StepShift {
        /// The hand-over as last seen.
        at: At,
        /// The step.
        step: ShiftStep,
    },
    /// The number of a request noted on the card of its customer.
    AddPhone {
        /// The request as last seen.
        at: At,
    },
    /// The caller recognised as a customer.
    AttachCustomer {
        /// The request as last seen.
        at: At,
        /// The customer.
        customer: Number,
    },
    /// A request closed.
    CloseIntake {
        /// The request as last seen.
        at: At,
        /// How it ended.
        code: OutcomeCode,
        /// In words.
        text: String,
    },
    /// A complaint recorded, from a request or directly.
    RecordComplaint {
        /// What was entered.
        details: ComplaintDetails,
        /// The request it is made of, as last seen.
        intake: Option<At>,
    },
    /// What was entered of a complaint changed while it is open.
    ChangeComplaint {
        /// The complaint as last seen.
        at: At,
        /// What was entered.
        details: ComplaintDetails,
    },
    /// A repair taken one step on (A05-4.3a to A05-4.3c).
    StepRepair {
        /// The repair as last seen.
        at: At,
        /// What is done.
        step: RepairStep,
    },
    /// A complaint taken one step on.
    StepComplaint {
        /// The complaint as last seen.
        at: At,
        /// The step.
        step: Step,
    },
    /// A measure drafted for a complaint (A08-n7, A08-d2.4).
    DraftMeasure {
        /// What was entered.
        details: MeasureDetails,
    },
    /// A measure's draft changed before it is approved.
    ChangeMeasure {
        /// The measure as last seen.
        at: At,
        /// What was entered.
        details: MeasureDetails,
    },
    /// A measure taken one step on.
    StepMeasure {
        /// The measure as last seen.
        at: At,
        /// The step.
        step: MeasureStep,
    },
    /// A new archive file.
    CreateFile {
        /// What was entered.
        details: FileDetails,
    },
    /// An archive file changed.
    ChangeFile {
        /// The file as last seen.
        at: At,
        /// What was entered.
        details: FileDetails,
    },
    /// Something done to a file while it is kept.
    StepFile {
        /// The file as last seen.
        at: At,
        /// What is done.
        step: FileStep,
    },
    /// A delivery or a visit reported, from which on its papers are due (A07-n.1, A07-a.1).
    BeginHandover {
        /// What was entered.
        details: HandoverDetails,
    },
    /// A hand-over taken one step on (SM4).
    StepHandover {
        /// The hand-over as last seen.
        at: At,
        /// The step.
        step: HandoverStep,
    },
    /// A fine for a hand-over or for pieces of a loan confirmed or waived (A07-f9).
    DecideFine {
        /// The hand-over or loan as last seen.
        at: At,
        /// Which of its violations.
        key: String,
        /// Confirmed, or waived.
        confirmed: bool,
        /// Why.
        reason: String,
        /// Percent of the month's performance pay that are withheld with it (A07-f6c).
        #[serde(default)]
        percent: Option<u32>,
    },
    /// A request to read, borrow, copy, carry or give outside (SM5).
    RequestAccess {
        /// What it states.
        details: AccessDetails,
    },
    /// A request taken one step on.
    StepAccess {
        /// The request as last seen.
        at: At,
        /// The step.
        step: AccessStep,
    },
    /// A file lent, or a loan renewed, on a granted request (A11-19.5a).
    Lend {
        /// The request as last seen.
        at: At,
    },
    /// A file lent on the one request for it that is granted and signed for (A11-19.5a).
    LendFile {
        /// The file.
        file: Number,
    },
    /// Something noted of a loan that is out.
    StepLoan {
        /// The loan as last seen.
        at: At,
        /// What.
        step: LoanStep,
    },
    /// The archive looked at (A11-14a, A11-16, A13-a5a).
    BeginInspection {
        /// What was entered.
        details: InspectionDetails,
    },
    /// An inspection taken one step on (A11-14b).
    StepInspection {
        /// The inspection as last seen.
        at: At,
        /// The step.
        step: InspectionStep,
    },
    /// A leak reported (A11-27a).
    ReportIncident {
        /// What was entered.
        details: IncidentDetails,
    },
    /// A leak taken one step on (A11-27b, A11-27c).
    StepIncident {
        /// The leak as last seen.
        at: At,
        /// The step.
        step: IncidentStep,
    },
    /// A file proposed for destruction (SM6).
    ProposeDestruction {
        /// The file as last seen.
        file: At,
    },
    /// A destruction taken one step on (A12-3.2.8b, A12-3.2.8c).
    StepDestruction {
        /// The destruction as last seen.
        at: At,
        /// The step.
        step: DestructionStep,
    },
    /// The archive's day closed (A07-g5a, A07-g5c).
    CloseDay {
        /// The day.
        day: Day,
        /// Why rows are left without an electronic entry.
        #[serde(default)]
        reason: String,
    },
    /// A file lent (A11-19.5a).
    CheckOut {
        /// The file as last seen.
        file: At,
        /// What was entered.
        details: LoanDetails,
    },
    /// Pieces of a loan back (A11-20).
    CheckIn {
        /// The loan as last seen.
        at: At,
        /// How many pieces, where they are not named.
        pieces: u32,
        /// What was noticed.
        note: String,
        /// The pieces by their number (A07-g6b).
        #[serde(default)]
        which: Vec<u32>,
        /// How they are (A07-f7).
        #[serde(default)]
        state: PieceState,
    },
    /// A file or a piece of one that was lent is back, as its label says (A11-20, A07-g6b).
    ReturnByLabel {
        /// What the label says, or the number of the file.
        label: String,
    },
    /// A new operator.
    AddOperator {
        /// What was entered.
        details: OperatorDetails,
    },
    /// An operator changed.
    ChangeOperator {
        /// The operator as last seen.
        at: At,
        /// What was entered.
        details: OperatorDetails,
        /// Whether the operator may work.
        active: bool,
    },
    /// Who stands in for an operator, and when; those named before no longer do.
    SetDeputies {
        /// The operator as last seen.
        at: At,
        /// The deputies.
        deputies: Vec<Deputy>,
    },
    /// What an operator holds goes to another, as much as one change takes: it is asked again
    /// until nothing comes along (A11-19.1b).
    HandOver {
        /// Whose customers, open loans and open complaints.
        from: Number,
        /// Who has them from now on.
        to: Number,
    },
    /// The asker has read the confidentiality text and keeps to it (A11-21).
    AcknowledgeConfidentiality,
    /// A remark on a record, which leaves the record as it is (A01-05).
    AddRemark {
        /// The record.
        about: Number,
        /// What is remarked.
        text: String,
    },
    /// A permit given by the one who may (A12-3.1.7b).
    GrantPermit {
        /// What was entered.
        details: PermitDetails,
    },
    /// A permit taken back.
    RevokePermit {
        /// The permit as last seen.
        at: At,
    },
    /// An import begun; its number goes with every row.
    BeginImport {
        /// What its rows become.
        kind: Kind,
        /// The name of the file, without folders.
        file: String,
    },
    /// One row of an import.
    Adopt {
        /// The import.
        import: Number,
        /// The record.
        record: Box<Adopted>,
        /// What becomes of a row whose record is already there.
        #[serde(default)]
        existing: Existing,
        /// The number, in the other system, of the customer it is about; empty where it is not known.
        #[serde(default)]
        customer: String,
    },
    /// An import taken back whole: its rows leave lists, search and counts, their numbers stay.
    VoidImport {
        /// The import as last seen.
        at: At,
    },
    /// The analysis of a quarter's complaints begun (A13-c5a). There is one a quarter.
    DraftAnalysis {
        /// The quarter.
        quarter: Quarter,
    },
    /// A department's part of an analysis written, in place of what it had written (A13-c5b).
    WriteAnalysisPart {
        /// The analysis as last seen.
        at: At,
        /// What was entered.
        part: PartDetails,
    },
    /// An analysis taken one step on; with the approval its figures stay as they are, and the
    /// departments' measures become records (A13-c6).
    StepAnalysis {
        /// The analysis as last seen.
        at: At,
        /// The step.
        step: AnalysisStep,
    },
    /// An entry made in a customer's file (A03-4.1.1, A03-4.1.2a-3).
    RecordTransaction {
        /// What was entered.
        details: TransactionDetails,
    },
    /// Another department asked for something (A03-3.2, A07-d1b).
    RaiseTask {
        /// What was entered.
        details: TaskDetails,
    },
    /// A task taken one step on.
    StepTask {
        /// The task as last seen.
        at: At,
        /// The step.
        step: TaskStep,
    },
    /// A customer put on the day's registration form (A12-3.1.1a).
    Register {
        /// What was entered.
        details: RegistrationDetails,
    },
    /// The day's registration form handed in by whoever's it is (A12-3.1.1b, A12-3.1.1c).
    HandInForm {
        /// The day.
        day: Day,
        /// Why not before the end of work, where there is a special case.
        #[serde(default)]
        reason: String,
    },
    /// The forms of a day that were handed in taken into keeping by general services (A12-3.1.7a).
    KeepForm {
        /// The day.
        day: Day,
        /// Whose form; everybody's where it is left open.
        #[serde(default)]
        manager: Option<Number>,
    },
    /// A registration taken one step on.
    StepRegistration {
        /// The registration as last seen.
        at: At,
        /// The step.
        step: RegistrationStep,
    },
    /// A line of the duty roster (A12-3.1.5b).
    EnterDuty {
        /// What was entered.
        details: DutyDetails,
    },
    /// A contact with a customer planned (A01-12, A01-15).
    PlanFollowUp {
        /// What was entered.
        details: FollowUpDetails,
    },
    /// A planned contact put off or changed.
    ChangeFollowUp {
        /// The follow-up as last seen.
        at: At,
        /// What was entered.
        details: FollowUpDetails,
    },
    /// A planned contact had, and the next one dated or declined (A01-12).
    DoFollowUp {
        /// The follow-up as last seen.
        at: At,
        /// What was entered.
        contact: Contact,
    },
    /// A contact had that nobody had planned, and the next one dated or declined (A01-12, A01-16).
    LogContact {
        /// With whom, and what about.
        details: FollowUpDetails,
        /// What was entered.
        contact: Contact,
    },
    /// A customer's profile begun or added to, and with it what of it is on the card (A14-N2).
    KeepDossier {
        /// The customer as last seen.
        customer: At,
        /// The version of the profile as last seen; 0 where there was none.
        #[serde(default)]
        version: u32,
        /// What was entered.
        details: DossierDetails,
    },
    /// A birthday greeted, and what was said (A14-2.4, A14-2.9.1a).
    Greet {
        /// The customer.
        customer: Number,
        /// Whose birthday, as the list of the day says.
        key: String,
        /// What was given besides the call, from the profile's list (A14-2.9.1b).
        #[serde(default)]
        gift: String,
        /// What was said, and what comes next.
        contact: Contact,
    },
    /// A planned contact given up.
    DropFollowUp {
        /// The follow-up as last seen.
        at: At,
        /// Why.
        reason: String,
    },
    /// What a customer has to do with another or with a group (A14-3.1, A14-3.2).
    Relate {
        /// What was entered.
        details: RelationDetails,
    },
    /// A relation taken one step on.
    StepRelation {
        /// The relation as last seen.
        at: At,
        /// The step.
        step: RelationStep,
    },
    /// Two customers are to be brought together (A14-3.4.2).
    Introduce {
        /// What was entered.
        details: IntroductionDetails,
    },
    /// An introduction taken one step on; with a success both are asked whom they would introduce
    /// (A14-3.4.3).
    StepIntroduction {
        /// The introduction as last seen.
        at: At,
        /// The step.
        step: IntroductionStep,
    },
    /// Material given to an old customer to be passed on; the friend it is for becomes a prospect (A14-3.1,
    /// A14-3.1b).
    GiveMaterial {
        /// What was entered.
        details: HandoutDetails,
    },
    /// A friend came with it (A14-3.1b).
    StepHandout {
        /// The handout as last seen.
        at: At,
        /// The step.
        step: HandoutStep,
    },
    /// A service taken up (A01-09).
    AddServiceItem {
        /// What was entered.
        details: ServiceItemDetails,
    },
    /// A service changed while it is offered.
    ChangeServiceItem {
        /// The service as last seen.
        at: At,
        /// What was entered.
        details: ServiceItemDetails,
    },
    /// A service taken one step on (A01-09).
    StepServiceItem {
        /// The service as last seen.
        at: At,
        /// The step.
        step: ServiceItemStep,
    },
    /// Two cards of one customer made one (A01-21).
    MergeCustomers {
        /// The card that stays, as last seen.
        kept: At,
        /// The card that goes, as last seen.
        absorbed: At,
    },
    /// Two cards that were made one made two again.
    StepMerge {
        /// The merge as last seen.
        at: At,
        /// The step.
        step: MergeStep,
    },
    /// A notice, a product, a promotion, gifts or an event entered (A01-14, A01-28, A01-31).
    BeginCampaign {
        /// What was entered.
        details: CampaignDetails,
    },
    /// A campaign changed.
    ChangeCampaign {
        /// The campaign as last seen.
        at: At,
        /// What was entered.
        details: CampaignDetails,
    },
    /// A line entered in the customer service plan (A01-24, A03-5.1.3).
    EnterPlanLine {
        /// What was entered.
        details: PlanDetails,
    },
    /// A line of the plan changed.
    ChangePlanLine {
        /// The line as last seen.
        at: At,
        /// What was entered.
        details: PlanDetails,
    },
    /// A line of the plan given up.
    DropPlanLine {
        /// The line as last seen.
        at: At,
        /// Why.
        reason: String,
    },
    /// A survey planned (A03-sa).
    PlanSurvey {
        /// What was entered.
        details: SurveyDetails,
    },
    /// A survey changed before anybody is asked.
    ChangeSurvey {
        /// The survey as last seen.
        at: At,
        /// What was entered.
        details: SurveyDetails,
    },
    /// A survey taken one step on.
    StepSurvey {
        /// The survey as last seen.
        at: At,
        /// The step.
        step: SurveyStep,
    },
    /// An answer to a survey written down (A03-5.1.2b, A03-5.1.2c, A14-2.6).
    LogAnswer {
        /// What was entered.
        details: AnswerDetails,
    },
    /// An answer put right while its survey is running.
    ChangeAnswer {
        /// The answer as last seen.
        at: At,
        /// What was entered.
        details: AnswerDetails,
    },
    /// A move-in registered (A05-4.1), with the row of the register it was told in where it is new.
    MoveIn {
        /// What was entered.
        details: OccupancyDetails,
        /// The call, letter or visit; its unit and customer are those of the move-in.
        #[serde(default)]
        intake: Option<Box<IntakeDetails>>,
        /// The caller as a new customer.
        #[serde(default)]
        new_customer: Option<Box<CustomerDetails>>,
    },
    /// A move-in taken one step on.
    StepOccupancy {
        /// The move-in as last seen.
        at: At,
        /// The step.
        step: OccupancyStep,
    },
    /// An instruction given, or a suggestion made (A09-1.4b, A09-1.4c).
    GiveInstruction {
        /// What was entered.
        details: InstructionDetails,
    },
    /// An instruction or a suggestion taken one step on.
    StepInstruction {
        /// It as last seen.
        at: At,
        /// The step.
        step: InstructionStep,
    },
}
