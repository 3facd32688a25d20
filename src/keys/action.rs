//! The one table of actions: everything a person can bind to a key.
//!
//! The keymap check, the footer, the help, the palette and the generated key page all read this
//! table and nothing else. What an action *does* is not here: `app` decides that. The words of an
//! action are in the locale files under `action-<id>`.

use std::fmt;

/// Where a key is looked up, from the most local to the most global.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// Editing inside a text field.
    Field,
    /// A form as a whole: moving between fields, saving, leaving.
    Form,
    /// A popup: help, palette, picker, question.
    Popup,
    /// The Intake pane.
    Intake,
    /// The Complaints pane.
    Complaints,
    /// The Archive pane.
    Archive,
    /// The Customers pane.
    Customers,
    /// The Approvals pane.
    Approvals,
    /// The Follow-ups pane.
    FollowUps,
    /// Any list.
    List,
    /// Everywhere.
    Global,
}

impl Layer {
    /// All layers, most local first.
    pub const ALL: &'static [Self] = &[
        Self::Field,
        Self::Form,
        Self::Popup,
        Self::Intake,
        Self::Complaints,
        Self::Archive,
        Self::Customers,
        Self::Approvals,
        Self::FollowUps,
        Self::List,
        Self::Global,
    ];

    /// The section name in a keymap file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Form => "form",
            Self::Popup => "popup",
            Self::Intake => "pane.intake",
            Self::Complaints => "pane.complaints",
            Self::Archive => "pane.archive",
            Self::Customers => "pane.customers",
            Self::Approvals => "pane.approvals",
            Self::FollowUps => "pane.follow-ups",
            Self::List => "list",
            Self::Global => "global",
        }
    }

    /// The layer of a section name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|layer| layer.name() == name)
    }

    /// Whether a printable key in this layer is text first and an action only when unprintable.
    pub const fn takes_text(self) -> bool {
        matches!(self, Self::Field)
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $id:literal in $layer:ident),+ $(,)?) => {
        /// Something a person can do with a key, from the palette or from a tape.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])* $name),+ }

        impl Action {
            /// All actions, in the order in which help shows them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name in keymap files and in locale keys, kebab-case.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// The layer in which the action works; its section in help.
            pub const fn layer(self) -> Layer {
                match self { $(Self::$name => Layer::$layer),+ }
            }
        }
    };
}

actions! {
    /// Log an incoming call: the clock starts with this key (A09-2.3).
    NewCall = "new-call" in Intake,
    /// Log a letter.
    NewLetter = "new-letter" in Intake,
    /// Log a visit.
    NewVisit = "new-visit" in Intake,
    /// Make a complaint of the selected intake; its text is carried over.
    MakeComplaint = "make-complaint" in Intake,
    /// Attach the selected intake to an existing customer.
    AttachCustomer = "attach-customer" in Intake,
    /// Close the selected intake with its outcome.
    CloseIntake = "close-intake" in Intake,
    /// The step that leads the selected repair on.
    NextOfRepair = "next-of-repair" in Intake,
    /// Every step that the selected repair can take.
    StepsOfRepair = "steps-of-repair" in Intake,
    /// Record a complaint directly.
    NewComplaint = "new-complaint" in Complaints,
    /// Assign the selected complaint to a department and handler.
    AssignComplaint = "assign-complaint" in Complaints,
    /// Record the answer given to the complainant.
    AnswerComplaint = "answer-complaint" in Complaints,
    /// Close the selected complaint.
    CloseComplaint = "close-complaint" in Complaints,
    /// The complainant takes the selected complaint back; its number stays.
    WithdrawComplaint = "withdraw-complaint" in Complaints,
    /// The step that leads on from where the selected complaint or measure stands.
    NextStep = "next-step" in Complaints,
    /// Every step that the selected complaint or measure can take.
    Steps = "steps" in Complaints,
    /// Urge the handler of the selected complaint, or of those marked.
    UrgeComplaint = "urge-complaint" in Complaints,
    /// Draft a measure for the selected complaint (A08-n7).
    NewMeasure = "new-measure" in Complaints,
    /// Show the complaints or the measures.
    ToggleMeasures = "toggle-measures" in Complaints,
    /// Approve what is selected: the form that says yes.
    Approve = "approve" in Approvals,
    /// Send what is selected back, with a reason.
    Decline = "decline" in Approvals,
    /// Plan a contact with a customer: a call, a visit, an appointment, a promise (A01-12, A01-15).
    NewFollowUp = "new-follow-up" in FollowUps,
    /// Write down the contact that was had; of a card to confirm: confirm it (A01-16, A01-23).
    DoFollowUp = "do-follow-up" in FollowUps,
    /// Give a planned contact up, with a reason.
    DropFollowUp = "drop-follow-up" in FollowUps,
    /// Every step that what is selected among the follow-ups can take.
    StepsOfFollowUp = "steps-of-follow-up" in FollowUps,
    /// Set up an archive file.
    NewFile = "new-file" in Archive,
    /// Lend the selected file.
    CheckOut = "check-out" in Archive,
    /// Take a file back.
    CheckIn = "check-in" in Archive,
    /// Scan labels: files that come back, or the shelves of the selected inspection.
    Scan = "scan" in Archive,
    /// Show the files or the loan register.
    ToggleRegister = "toggle-register" in Archive,
    /// The step that leads the selected record of the archive on.
    NextOfArchive = "next-of-archive" in Archive,
    /// Every step that the selected record of the archive can take.
    StepsOfArchive = "steps-of-archive" in Archive,
    /// Ask to read, borrow, copy, carry or give outside what is selected (A11-18.1, A11-19.2).
    RequestAccess = "request-access" in Archive,
    /// Register a customer.
    NewCustomer = "new-customer" in Customers,
    /// Flag or unflag the selected customer as key customer (A01-20).
    MarkKey = "mark-key" in Customers,
    /// Mark the selected customer as one with whom business was closed, or not (A14-1.2).
    MarkClosed = "mark-closed" in Customers,
    /// Mark the selected customer's card as confirmed today (A01-23).
    ConfirmCard = "confirm-card" in Customers,
    /// Mark the selected customer as no longer useful, or useful again (A01-18).
    Retire = "retire" in Customers,
    /// Show only key customers, or all (A01-20).
    KeyOnly = "key-only" in Customers,
    /// Log a call of the selected customer.
    CallOf = "call-of" in Customers,
    /// The step that leads what is selected beside the customers on.
    NextOfCustomer = "next-of-customer" in Customers,
    /// Everything that can be done with the selected customer, or with what is selected beside them.
    StepsOfCustomer = "steps-of-customer" in Customers,
    /// Move up.
    Up = "up" in List,
    /// Move down.
    Down = "down" in List,
    /// One page up.
    PageUp = "page-up" in List,
    /// One page down.
    PageDown = "page-down" in List,
    /// To the first row.
    First = "first" in List,
    /// To the last row.
    Last = "last" in List,
    /// Open the selected record: the whole of it, with its history.
    Open = "open" in List,
    /// Show what is masked of the selected record for a moment, or mask it again.
    Reveal = "reveal" in List,
    /// New record of the pane's first kind.
    New = "new" in List,
    /// Change the selected record.
    Edit = "edit" in List,
    /// Narrow the list by typing: number, phone from either end, name, pinyin, plate, place.
    Find = "find" in List,
    /// Choose a filter by state or kind.
    Filter = "filter" in List,
    /// Choose the order of the list.
    Sort = "sort" in List,
    /// Show all again: no filter, no search.
    ClearFilter = "clear-filter" in List,
    /// Include retired and closed records, or leave them out.
    IncludeRetired = "include-retired" in List,
    /// Choose among the lists of the tab.
    Registers = "registers" in List,
    /// Every version of the selected record: what changed, by whom, when.
    History = "history" in List,
    /// A remark on the selected record, which leaves it as it is (A01-05).
    Remark = "remark" in List,
    /// Mark the selected row, to work on several at once, or take its mark away.
    Mark = "mark" in List,
    /// Mark every row on the screen, or take all marks away.
    MarkShown = "mark-shown" in List,
    /// The selected or marked record as a form on paper (A13-c2, A13-c3a, A08-n2c).
    Print = "print" in List,
    /// The list as it stands, as a file.
    Export = "export" in List,
    /// Save the form.
    Save = "save" in Form,
    /// Save and begin the next one of the same kind.
    SaveAndNew = "save-and-new" in Form,
    /// Next field.
    NextField = "next-field" in Form,
    /// Previous field.
    PrevField = "prev-field" in Form,
    /// The list of values for the field under the caret.
    Pick = "pick" in Form,
    /// Put in what this field held in the last record saved.
    RepeatLast = "repeat-last" in Form,
    /// Put in the customer whose record was saved or opened last.
    LastCustomer = "last-customer" in Form,
    /// The sentences of the house, to put one in where the caret is (A01-10).
    Phrases = "phrases" in Form,
    /// Leave the form; what was typed stays as a draft.
    Leave = "leave" in Form,
    /// Throw the form and its draft away, after a question.
    Discard = "discard" in Form,
    /// One character left.
    CaretLeft = "caret-left" in Field,
    /// One character right.
    CaretRight = "caret-right" in Field,
    /// One word left.
    WordLeft = "word-left" in Field,
    /// One word right.
    WordRight = "word-right" in Field,
    /// To the start of the line.
    LineStart = "line-start" in Field,
    /// To the end of the line.
    LineEnd = "line-end" in Field,
    /// One line up in a note.
    LineUp = "line-up" in Field,
    /// One line down in a note.
    LineDown = "line-down" in Field,
    /// Select one character left.
    SelectLeft = "select-left" in Field,
    /// Select one character right.
    SelectRight = "select-right" in Field,
    /// Select all.
    SelectAll = "select-all" in Field,
    /// Delete to the left.
    Backspace = "backspace" in Field,
    /// Delete to the right.
    Delete = "delete" in Field,
    /// Delete to the end of the line.
    DeleteToEnd = "delete-to-end" in Field,
    /// Empty the field.
    ClearField = "clear-field" in Field,
    /// Undo in the field.
    Undo = "undo" in Field,
    /// Redo in the field.
    Redo = "redo" in Field,
    /// A new line in a note; in any other field, the next field.
    NewLine = "new-line" in Field,
    /// Take the selected entry, or yes.
    Accept = "accept" in Popup,
    /// Close the popup, or no.
    Cancel = "cancel" in Popup,
    /// Go on with my value of this field.
    TakeMine = "take-mine" in Popup,
    /// Go on with the value the record has now.
    TakeTheirs = "take-theirs" in Popup,
    /// Go on with my values of all fields.
    AllMine = "all-mine" in Popup,
    /// Go on with the record's values of all fields.
    AllTheirs = "all-theirs" in Popup,
    /// Go to Intake.
    GoIntake = "go-intake" in Global,
    /// Go to Complaints.
    GoComplaints = "go-complaints" in Global,
    /// Go to Archive.
    GoArchive = "go-archive" in Global,
    /// Go to Customers.
    GoCustomers = "go-customers" in Global,
    /// Go to Approvals.
    GoApprovals = "go-approvals" in Global,
    /// Go to Follow-ups.
    GoFollowUps = "go-follow-ups" in Global,
    /// Add what is written to what is open already and may be the same matter.
    AddToOpen = "add-to-open" in Global,
    /// Acknowledge the major complaint that stands above everything (A08-m2a, A13-c4).
    AcknowledgeMajor = "acknowledge-major" in Global,
    /// Next tab.
    NextTab = "next-tab" in Global,
    /// Previous tab.
    PrevTab = "prev-tab" in Global,
    /// Help on the present pane: keys, clauses.
    Help = "help" in Global,
    /// All actions by name.
    Palette = "palette" in Global,
    /// Drafts that wait to be finished.
    Drafts = "drafts" in Global,
    /// How the date of the selected record was computed, day by day.
    ExplainDate = "explain-date" in Global,
    /// Minutes from the start of a call to its being saved, by operator (A09-2.3).
    HandlingReport = "handling-report" in Global,
    /// The quarterly analysis of complaints (A13-c5a).
    Analysis = "analysis" in Global,
    /// The reports of a month: stock, new cars, sources, fines (A13-a7a, A07-d2, A03-4.1.1, A07-f8).
    MonthlyReports = "monthly-reports" in Global,
    /// A file into the store.
    Import = "import" in Global,
    /// The imports there were, and taking one back.
    Imports = "imports" in Global,
    /// Notices from opening the store and the keymap.
    Notices = "notices" in Global,
    /// Lock the screen: nothing of a customer is on it until somebody signs in.
    Lock = "lock" in Global,
    /// Take the call that rings (A01-11).
    TakeCall = "take-call" in Global,
    /// Cover the whole screen, or uncover it (A11-26.2).
    Veil = "veil" in Global,
    /// Another operator at this terminal.
    SwitchOperator = "switch-operator" in Global,
    /// Sign out: the seat is free, forms wait as drafts.
    SignOut = "sign-out" in Global,
    /// Choose another password.
    ChangePassword = "change-password" in Global,
    /// Who stands in for me, and when.
    Deputies = "deputies" in Global,
    /// Chinese or English.
    SwitchLanguage = "switch-language" in Global,
    /// Draw the screen anew.
    Redraw = "redraw" in Global,
    /// Leave the desk.
    Quit = "quit" in Global,
}

impl Action {
    /// The action of a name in a keymap file.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.id() == id)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
