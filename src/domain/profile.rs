//! What one kind of site is: its tabs, words, limits, and who may do what.
//!
//! The regulations contradict each other, so nothing that differs between sites is written in
//! code: it stands in `profiles/*.toml`, and a site lays its own file over one of them. A value
//! the regulations do not give is absent here and has no default. This module holds the data and
//! answers "may these roles do this"; it decides no case and knows no record.

mod overlay;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::overlay::{FaultKind, ProfileFault};
use super::archive::{FileSort, Lack};
use super::calendar::DayUnit;
use super::complaint::{ComplaintState, StepKind};
use super::deadline::Term;
use super::dossier::DossierRules;
use super::fine::FineRules;
use super::greeting::GreetingRules;
use super::handover::Checklist;
use super::inspection::InspectionRules;
use super::intake::{Channel, IntakeKind};
use super::named::named;
use super::preference::PreferenceRules;
use super::procedure::ArchiveStep;
use super::registration::{Business, RegistrationRules};
use super::repair::Owed;
use super::role::Role;
use super::shelf::Shelf;
use super::survey::SurveyRules;
use super::waiver::{Override, Rule};

/// A text in both languages. Only for words that belong to a site's data; the program's own words
/// are in `locale`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// One entry of a list a site chooses from: departments, classes of files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The name records keep; never shown, never changed once records use it.
    pub id: String,
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A class of customers (A11-03).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerClass {
    /// The name records keep.
    pub id: String,
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
    /// The clause that names this class; absent where the site made it.
    #[serde(default)]
    pub clause: Option<String>,
    /// What such a customer is, one of which has to be said (A11-03.2); nothing where there are none.
    #[serde(default)]
    pub lines: Vec<Choice>,
}

/// A source of customers (A14-1.1a).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerSource {
    /// The name records keep.
    pub id: String,
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
    /// Whoever is registered while this reaches the desk comes from this source.
    #[serde(default)]
    pub channels: Vec<Channel>,
}

/// One category of complaints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The name records keep.
    pub id: String,
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
    /// The clause that names this category; absent where the site made it.
    pub clause: Option<String>,
    /// The post proposed as handler (A08-s2, A08-s3); absent where none is proposed.
    pub handler: Option<Role>,
}

named! {
    /// A tab of the desk.
    Tab {
        /// Calls, letters and visits.
        Intake = "intake",
        /// Complaints from record to close.
        Complaints = "complaints",
        /// Files and the loan register.
        Archive = "archive",
        /// Customers and their cards.
        Customers = "customers",
        /// Everything that waits for somebody's yes.
        Approvals = "approvals",
        /// Who is to be contacted, and what came of it.
        FollowUps = "follow-ups",
    }
}

named! {
    /// One thing a person may or may not do at the desk.
    Permission {
        /// See customers, requests and complaints, and find them.
        CustomerSee = "customer.see",
        /// Register a new customer.
        CustomerRegister = "customer.register",
        /// Change a customer's card.
        CustomerChange = "customer.change",
        /// Mark a customer as key, or take the mark off (A01-20).
        CustomerMarkKey = "customer.mark-key",
        /// Retire a customer who is no longer useful, or bring one back (A01-18).
        CustomerRetire = "customer.retire",
        /// Log a call, letter or visit.
        IntakeLog = "intake.log",
        /// Accept a repair request (A05-4.2b).
        IntakeRepair = "intake.repair",
        /// Close an intake.
        IntakeClose = "intake.close",
        /// Record a complaint.
        ComplaintRecord = "complaint.record",
        /// Assign a complaint to a department and a handler.
        ComplaintAssign = "complaint.assign",
        /// Answer the complainant.
        ComplaintAnswer = "complaint.answer",
        /// Close a complaint.
        ComplaintClose = "complaint.close",
        /// Withdraw a complaint; its number stays.
        ComplaintWithdraw = "complaint.withdraw",
        /// Set up an archive file.
        FileCreate = "file.create",
        /// Change an archive file.
        FileChange = "file.change",
        /// Give a file out on loan.
        LoanCheckOut = "loan.check-out",
        /// Take a file back from loan (A11-20).
        LoanCheckIn = "loan.check-in",
        /// Add operators and give them roles.
        OperatorManage = "operator.manage",
        /// Import records from files.
        Import = "import",
        /// Export records to files.
        Export = "export",
        /// See the reports.
        Report = "report",
        /// Announce that a telephone rings; ours, for telephone systems.
        CallAnnounce = "call.announce",
        /// See archive files and loans, and find them (A11-17).
        FileSee = "file.see",
        /// See what is masked of a record.
        ContactReveal = "contact.reveal",
        /// See who looked at what (A09-2.5).
        LooksSee = "looks.see",
        /// Copy the store.
        Backup = "backup",
        /// Permit what needs a permit here (A12-3.1.7b).
        PermitGrant = "permit.grant",
        /// Set up notices, promotions, gifts and events for customers (A01-28, A01-31).
        CampaignRun = "campaign.run",
        /// Write the customer service plan (A03-5.1.1).
        PlanKeep = "plan.keep",
        /// See what is private in a customer's profile (A14-F09, A14-F14, A14-F15, A14-F22, A14-F27).
        DossierSensitive = "dossier.sensitive",
    }
}

named! {
    /// A step of a complaint that has no permission of its own: the middle of the procedures SM1
    /// to SM3.
    ComplaintStep {
        /// Mark as major (A08-m2a, A13-c4).
        MarkMajor = "mark-major",
        /// Propose a solution (A08-n3b).
        Propose = "propose",
        /// Approve the solution (A08-n4a).
        Approve = "approve",
        /// Tell the customer (A08-n4b).
        Notify = "notify",
        /// Report how the customer took it (A08-n4c).
        FeedBack = "feed-back",
        /// Ask how satisfied the customer is (A08-n5).
        AskSatisfaction = "ask-satisfaction",
        /// Sum up and evaluate (A08-n7).
        SumUp = "sum-up",
        /// Fill in the slip (A13-c3a).
        MakeSlip = "make-slip",
        /// Hand the slip to the department (A13-c3b).
        HandOver = "hand-over",
        /// Return the slip with the result (A13-c3c).
        ReturnSlip = "return",
        /// Phone the customer back (A13-c3d).
        CallBack = "call-back",
        /// Hold the emergency meeting (A08-m2b).
        Meet = "meet",
        /// Draft the meeting's solution (A08-m3a).
        Draft = "draft",
        /// Negotiate with the customer (A08-m3b).
        Negotiate = "negotiate",
        /// Approve a measure and name who supervises it (A08-d4.2).
        ApproveMeasure = "approve-measure",
        /// Carry a measure out (A08-d3.4).
        CarryOut = "carry-out",
        /// Verify a measure (A08-d2.5).
        VerifyMeasure = "verify-measure",
        /// Check a measure that was carried out (A08-d4.3).
        CheckMeasure = "check-measure",
        /// Draw up the quarterly analysis and submit it (A13-c5a, A13-c6).
        DraftReport = "draft-report",
        /// Approve the quarterly analysis (A13-c6).
        ApproveReport = "approve-report",
    }
}

named! {
    /// The procedure complaints follow at a site.
    Procedure {
        /// Classified, solved by a manager, approved, told, summed up (A08-n1a to A08-n7).
        Dealership = "dealership",
        /// A slip that goes to the department and comes back (A13-c2 to A13-c3d).
        Property = "property",
    }
}

impl Procedure {
    /// Where a complaint begins: with the slip where there is one (A13-c3a).
    pub const fn first_state(self) -> ComplaintState {
        match self {
            Self::Dealership => ComplaintState::Recorded,
            Self::Property => ComplaintState::SlipMade,
        }
    }

    /// The clause by which a major complaint is reported.
    pub const fn major_clause(self) -> &'static str {
        match self {
            Self::Dealership => "A08-m2a",
            Self::Property => "A13-c4",
        }
    }

    /// The clause that says what is written down of a complaint.
    pub const fn record_clause(self) -> &'static str {
        match self {
            Self::Dealership => "A08-n1a",
            Self::Property => "A13-c2",
        }
    }
}

/// Who may do one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The posts that may. Empty means blocked for everybody, never waved through.
    pub roles: Vec<Role>,
    /// The clause that names the posts; absent where the site decides.
    pub clause: Option<String>,
}

/// A refusal of [`Profile::may`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denied {
    /// What was asked for.
    pub permission: Permission,
    /// The clause behind the refusal, where one stands behind it.
    pub clause: Option<String>,
    /// The posts that could have done it; empty when the site blocked it for all.
    pub who_could: Vec<Role>,
}

/// The hours of work on a working day, in the site's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkHours {
    /// Work begins.
    #[schemars(with = "String")]
    pub start: NaiveTime,
    /// Work ends; limits in working days end here.
    #[schemars(with = "String")]
    pub end: NaiveTime,
}

/// What needs a permit at a site, beside the post that may do it otherwise (A12-3.1.7b).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PermitRules {
    /// Reading the form of a customer whom somebody else looks after.
    pub read: bool,
    /// Taking a list out of the store.
    pub export: bool,
    /// Copying the store.
    pub backup: bool,
    /// The clause that asks for the permit.
    pub clause: Option<String>,
}

/// Limits on lending files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoanRules {
    /// The longest loan, in days of `unit`.
    pub max_days: u32,
    /// In what days the loan counts.
    pub unit: DayUnit,
    /// Whether the day the file goes out is the first of them.
    pub loan_day_counts: bool,
    /// The clause the limit comes from.
    pub clause: String,
    /// Whether a file is lent only on a granted request (A11-19.2 to A11-19.4).
    #[serde(default)]
    pub requested: bool,
    /// Whether a loan may be renewed, as a new request.
    #[serde(default)]
    pub renewals: bool,
}

/// How complaints are handled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComplaintRules {
    /// Which procedure the site follows.
    pub procedure: Procedure,
    /// Whether the complainant's plate is part of the record (A08-n1a). A matter of the trade and
    /// not of the procedure, which other trades follow too.
    pub plate: bool,
    /// Whether it is written down if a complaint is about sales or after-sales (A08-s0).
    #[serde(default)]
    pub service: bool,
    /// How long a complaint may stay in a state (A08-n3b); absent where no regulation gives a figure
    /// and the site set none.
    #[serde(default)]
    pub terms: BTreeMap<ComplaintState, Term>,
    /// After so many attempts a customer who was not reached counts as asked; absent means that it
    /// is tried on.
    #[serde(default)]
    pub tries: Option<u32>,
    /// The posts that are to know of a major complaint and acknowledge it (A08-m2a, A13-c4).
    #[serde(default)]
    pub told_of_major: Vec<Role>,
    /// Whether the solution of a major complaint is approved before it is negotiated (A08-d4.1).
    #[serde(default)]
    pub major_approved: bool,
    /// The departments complaints and repairs are given to, in the order offered.
    pub departments: Vec<Choice>,
    /// What complaints are about, in the order offered.
    pub categories: Vec<Category>,
    /// Who carries the steps between assigning and closing.
    #[serde(default)]
    pub steps: BTreeMap<ComplaintStep, Grant>,
    /// Steps that no regulation gives and that the site has all the same.
    #[serde(default)]
    pub plus: BTreeSet<StepKind>,
}

/// How repairs are handled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RepairRules {
    /// How long the customer may wait for each thing that is owed to them (A05-4.3a to A05-4.3c);
    /// absent where the site set none: the regulations give no figure.
    #[serde(default)]
    pub terms: BTreeMap<Owed, Term>,
}

/// How customers are followed up. The regulations give no figure: what is absent is not asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FollowUpRules {
    /// Days from one call of a customer to the next (A01-16).
    pub call_days: Option<u32>,
    /// Days from one visit of a customer to the next (A01-16).
    pub visit_days: Option<u32>,
    /// Days from one call to the next of customers with whom business was closed (A14-1.2).
    pub closed_days: Option<u32>,
    /// Days without any contact after which a customer is a quiet one (A01-27).
    pub quiet_days: Option<u32>,
    /// So many days before a holiday what is planned for it, and its greetings, are on the list
    /// (A03-5.1.2a, A14-2.9.2); from its first day on without a figure.
    pub holiday_days: Option<u32>,
    /// Whether ordinary customers with whom business was closed are greeted at every holiday (A14-2.9.2).
    pub holiday_greetings: bool,
    /// Whether whoever visits a customer says what became of each item that is open (A05-4.6b).
    pub settle_items: bool,
}

/// What is particular about customers at a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerRules {
    /// Days after which a card is to be confirmed again (A01-23). The regulations give no figure:
    /// absent means confirming is not asked for.
    pub confirm_days: Option<u32>,
    /// What the site calls the place or thing a customer is known by: room, plate, unit.
    pub place: Words,
    /// What the site calls a customer's address.
    pub address: Words,
    /// The classes of customers, the usual one first; where there are any, each customer is of one
    /// (A11-03).
    #[serde(default)]
    pub classes: Vec<CustomerClass>,
    /// The trades a customer may be of, where that does not depend on the class; nobody has to say theirs
    /// (A14-3.4.1).
    #[serde(default)]
    pub lines: Vec<Choice>,
    /// The sales sites, the usual one first; where there are any, each customer is of one (A14-1.1a).
    #[serde(default)]
    pub sites: Vec<Choice>,
    /// Where customers come from; where there are any, each customer comes from one (A14-1.1a).
    #[serde(default)]
    pub sources: Vec<CustomerSource>,
    /// From so many visits on it is asked whether the visitor is a prospect (A14-3.3); absent means that it
    /// is not asked.
    #[serde(default)]
    pub prospect_visits: Option<u32>,
    /// What customers may be for, the usual one first; where there are any, each card says which, and
    /// whether business was closed (A12-s).
    #[serde(default)]
    pub businesses: Vec<Business>,
}

impl CustomerRules {
    /// The entries of the list from which a field of the card is chosen: the id and both names.
    pub fn entries(&self, field: &str) -> Vec<[&str; 3]> {
        match field {
            "customer_class" => {
                let classes = self.classes.iter();
                classes.map(|it| [&*it.id, &*it.zh, &*it.en]).collect()
            }
            "customer_line" => {
                let of_classes = self.classes.iter().flat_map(|class| &class.lines);
                let lines = of_classes.chain(&self.lines);
                lines.map(|it| [&*it.id, &*it.zh, &*it.en]).collect()
            }
            "sales_site" => {
                let sites = self.sites.iter();
                sites.map(|it| [&*it.id, &*it.zh, &*it.en]).collect()
            }
            "customer_source" => {
                let sources = self.sources.iter();
                sources.map(|it| [&*it.id, &*it.zh, &*it.en]).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The class of this id.
    pub fn class(&self, id: &str) -> Option<&CustomerClass> {
        self.classes.iter().find(|class| class.id == id)
    }
}

/// How files are kept.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own that a site answers"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchiveRules {
    /// The classes files are shelved by, in the order offered.
    pub classes: Vec<Choice>,
    /// Whether a second file for the same car is refused (A07-g3a).
    pub one_file_per_car: bool,
    /// Whether a file is to be set up of every customer (A11-04a).
    #[serde(default)]
    pub per_customer: bool,
    /// What files are about, in the order offered; not asked for where there is none (A07-s).
    #[serde(default)]
    pub sorts: Vec<FileSort>,
    /// What a whole file has; a file without it is on the list of incomplete ones (A11-04b, A13-a1).
    #[serde(default)]
    pub required: Vec<Lack>,
    /// The cabinets. Without any, a place is whatever is written.
    #[serde(default)]
    pub shelves: Vec<Shelf>,
    /// Whether a file waits for somebody who confirms what is in it (A03-4.1.2c).
    #[serde(default)]
    pub confirmed: bool,
    /// Whether a department sets up files only when somebody there keeps them (A03-4.1.2b-1).
    #[serde(default)]
    pub custodians: bool,
    /// The department that answers for the archive and everything done in it (A07-d1a).
    #[serde(default)]
    pub answering: Option<String>,
    /// Who approves giving data outside, in their order (A11-24, A13-a6b); two of them are two people.
    #[serde(default)]
    pub outside: Vec<ArchiveStep>,
    /// Whether who borrows from outside the house needs the leader's approval (A13-a6a).
    #[serde(default)]
    pub circle: bool,
    /// The posts that are to know of a leak and acknowledge it (A11-27b).
    #[serde(default)]
    pub told_of_leaks: Vec<Role>,
    /// Years for which files are kept; without a figure none is ever proposed for destruction but what
    /// is void (A12-3.2.8a).
    #[serde(default)]
    pub keep_years: Option<u32>,
    /// Whether what goes has to be marked as without value first (A11-25).
    #[serde(default)]
    pub worthless: bool,
    /// How a destruction is carried out, in the order offered (A11-25).
    #[serde(default)]
    pub methods: Vec<Choice>,
    /// Whether a destruction wants a witness.
    #[serde(default)]
    pub witness: bool,
    /// The sheets that labels are printed on.
    #[serde(default)]
    pub labels: LabelSheet,
    /// When the archive is inspected.
    #[serde(default)]
    pub inspections: InspectionRules,
    /// What is handed over with which papers, and by when (A07-n, A07-a).
    #[serde(default)]
    pub checklists: Vec<Checklist>,
    /// Who carries the archive's procedures; a step that is not listed is blocked.
    #[serde(default)]
    pub steps: BTreeMap<ArchiveStep, Grant>,
    /// What violations cost; nothing where the site lays on no fines (A07-f1 to A07-f10).
    #[serde(default)]
    pub fines: FineRules,
}

/// A sheet of labels on A4 paper, in tenths of a millimetre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LabelSheet {
    /// Labels side by side.
    pub columns: u32,
    /// Labels below each other.
    pub rows: u32,
    /// The width of a label.
    pub width: u32,
    /// The height of a label.
    pub height: u32,
    /// From the paper's upper edge to the first label.
    pub top: u32,
    /// From the paper's left edge to the first label.
    pub left: u32,
    /// Between two labels side by side.
    pub gap_x: u32,
    /// Between two labels below each other.
    pub gap_y: u32,
}

impl Default for LabelSheet {
    /// Three by eight without a margin between them, 70 mm by 37 mm: the sheet that every shop has.
    fn default() -> Self {
        Self {
            columns: 3,
            rows: 8,
            width: 700,
            height: 370,
            top: 4,
            left: 0,
            gap_x: 0,
            gap_y: 0,
        }
    }
}

impl LabelSheet {
    /// Whether its labels fit on A4 paper and are large enough to hold their bars.
    pub fn fits(&self) -> bool {
        let across = |first: u32, count: u32, each: u32, gap: u32| {
            let gaps = gap.checked_mul(count.saturating_sub(1));
            let all = each.checked_mul(count).zip(gaps);
            all.and_then(|(each, gaps)| each.checked_add(gaps)?.checked_add(first))
        };
        let wide = across(self.left, self.columns, self.width, self.gap_x);
        let high = across(self.top, self.rows, self.height, self.gap_y);
        self.columns > 0
            && self.rows > 0
            && self.width >= 450
            && self.height >= 250
            && wide.is_some_and(|wide| wide <= 2100)
            && high.is_some_and(|high| high <= 2970)
    }
}

/// A sentence of the house for what is said again and again (A01-10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// When it is said: at the greeting, while the caller waits, …
    pub when: Words,
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// How requests are written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct IntakeRules {
    /// What a call or visit can come to; nothing is asked where the list is empty.
    pub wrap_ups: Vec<Choice>,
    /// The channels on which the next appointment, or that none is wanted, is asked for (A01-12).
    pub ask_next: BTreeSet<Channel>,
}

/// The terminals of the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskRules {
    /// Minutes without a key after which a screen blanks and locks; absent means never.
    pub idle_minutes: Option<u32>,
    /// Whether data of others is opened during a call only once the caller's identity was checked
    /// (A11-26.3).
    #[serde(default)]
    pub identity_on_call: bool,
}

/// Everything that differs from site to site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The profile's name in files and arguments.
    pub id: String,
    /// Counts up with every change of the values; cases are judged by the version of their time.
    pub version: u32,
    /// What a person reads.
    pub name: Words,
    /// The clauses that say what the rules of such a site are for; the help lists them.
    #[serde(default)]
    pub purposes: Vec<String>,
    /// The regulations in force, and of others the parts that are: what the ids of their clauses begin
    /// with. The help lists the clauses behind each tab (A01-01).
    #[serde(default)]
    pub clauses: Vec<String>,
    /// A line of text on the screen where people sign in; absent means none (A09-1.3).
    #[serde(default)]
    pub motto: Option<Words>,
    /// The tabs, from left to right.
    pub tabs: Vec<Tab>,
    /// The kinds of intake, in the order offered.
    pub kinds: Vec<IntakeKind>,
    /// The posts such a site has; every grant names only these.
    pub posts: Vec<Role>,
    /// The posts the first operator of a new site is given, enough to work alone.
    pub first_operator: Vec<Role>,
    /// Minutes the site's time is ahead of UTC.
    pub utc_offset_minutes: i32,
    /// Hours of work.
    pub work: WorkHours,
    /// Terminals.
    #[serde(default)]
    pub desk: DeskRules,
    /// How requests are written down.
    #[serde(default)]
    pub intake: IntakeRules,
    /// The sentences of the house, found by two keys in any form (A01-10).
    #[serde(default)]
    pub phrases: Vec<Phrase>,
    /// Who may do what. A permission that is not listed is blocked.
    pub permissions: BTreeMap<Permission, Grant>,
    /// What needs a permit beside it.
    #[serde(default)]
    pub permits: PermitRules,
    /// Rules that people may override here; one that is not listed blocks.
    #[serde(default)]
    pub overrides: BTreeMap<Rule, Override>,
    /// Lending.
    pub loans: LoanRules,
    /// Repairs.
    #[serde(default)]
    pub repairs: RepairRules,
    /// Complaints.
    pub complaints: ComplaintRules,
    /// Customers.
    pub customers: CustomerRules,
    /// Following customers up.
    #[serde(default)]
    pub follow_ups: FollowUpRules,
    /// Surveys.
    #[serde(default)]
    pub surveys: SurveyRules,
    /// What is granted to customers who come back and to those of good credit.
    #[serde(default)]
    pub preference: PreferenceRules,
    /// Files.
    pub archive: ArchiveRules,
    /// The daily registration of customers; a site without it has none (A12-3.1).
    #[serde(default)]
    pub registration: Option<RegistrationRules>,
    /// Greeting at birthdays; a site without it does not (A14-2.4).
    #[serde(default)]
    pub greetings: Option<GreetingRules>,
    /// The customer information profile; a site without it has none (A14-F01 to A14-N4.3).
    #[serde(default)]
    pub dossier: Option<DossierRules>,
}

impl Profile {
    /// The profiles that come with the program.
    pub const IDS: &'static [&'static str] = &[
        "property",
        "dealership",
        "leasing",
        "call-centre",
        "distributor",
        "mining",
    ];

    /// The profile that comes with the program under this id.
    pub fn builtin(id: &str) -> Option<Self> {
        toml::from_str(builtin_text(id)?).ok()
    }

    /// Lays a site's own file over the built-in profile `base`, key by key: a table is merged, any
    /// other value replaces what stood there. `file_name` is only for the fault. An unknown base, a
    /// file that is not TOML, an unknown key or name and an impossible value are faults.
    pub fn load(base: &str, site_text: &str, file_name: &str) -> Result<Self, ProfileFault> {
        overlay::load(base, site_text, file_name)
    }

    /// The id of a department that people write by its id or by one of its names; what is written
    /// where it is none of these.
    pub fn department_id<'a>(&'a self, written: &'a str) -> &'a str {
        let written = written.trim();
        let mut known = self.complaints.departments.iter();
        let found = known.find(|it| [&it.id, &it.zh, &it.en].iter().any(|name| *name == written));
        found.map_or(written, |department| &department.id)
    }

    /// Whether somebody who holds `roles` may do this.
    pub fn may(&self, permission: Permission, roles: &[Role]) -> Result<(), Denied> {
        let grant = self.permissions.get(&permission);
        if grant.is_some_and(|grant| grant.roles.iter().any(|role| roles.contains(role))) {
            return Ok(());
        }
        Err(Denied {
            permission,
            clause: grant.and_then(|grant| grant.clause.clone()),
            who_could: grant.map(|grant| grant.roles.clone()).unwrap_or_default(),
        })
    }
}

/// The text of a profile that comes with the program.
fn builtin_text(id: &str) -> Option<&'static str> {
    Some(match id {
        "property" => include_str!("../../profiles/property.toml"),
        "dealership" => include_str!("../../profiles/dealership.toml"),
        "leasing" => include_str!("../../profiles/leasing.toml"),
        "call-centre" => include_str!("../../profiles/call-centre.toml"),
        "distributor" => include_str!("../../profiles/distributor.toml"),
        "mining" => include_str!("../../profiles/mining.toml"),
        _ => return None,
    })
}
