//! What a look is answered with: records with what is computed beside them, and what is counted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::at::At;
use super::list::Cursor;
use crate::domain::analysis::{Analysis, AnalysisState, Figures};
use crate::domain::attempt::Reach;
use crate::domain::campaign::{CampaignSort, Figures as CampaignFigures};
use crate::domain::complaint::ComplaintState;
use crate::domain::customer::Customer;
use crate::domain::dossier::{Entry, Share};
use crate::domain::follow_up::Occasion;
use crate::domain::greeting::Greeting;
use crate::domain::look::LookKind;
use crate::domain::measure::Measure;
use crate::domain::number::Number;
use crate::domain::occupancy::Occupant;
use crate::domain::profile::Tab;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::registration::Ownership;
use crate::domain::relation::RelationKind;
use crate::domain::stamp::{Day, Stamp};
use crate::domain::survey::SurveyFigures;

/// A record as a list shows it, with what is computed from the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// The record.
    pub record: Record,
    /// The day it is due, if any.
    pub due: Option<Day>,
    /// Days past that day; 0 when it is not late.
    pub days_late: i64,
    /// Names behind the numbers in the record: number and name.
    pub names: Vec<(Number, String)>,
    /// Telephones, addresses and identity numbers are masked.
    #[serde(default)]
    pub masked: bool,
    /// For how many days it has waited to be filed or sorted (A13-a4); of a customer only where those
    /// without a file are asked for (A11-04a).
    #[serde(default)]
    pub waits: Option<i64>,
    /// Why the customer is to be contacted, where that is asked for.
    #[serde(default)]
    pub occasion: Option<Occasion>,
    /// Complaints, suggestions and objections since the last visit, where visits are asked for (A05-4.6a).
    #[serde(default)]
    pub matters: Vec<Number>,
    /// What the answers to a survey came to, where it is looked at (A03-5.1.2c).
    pub scored: Option<Box<SurveyFigures>>,
    /// Who lives in the unit that the record is about (A05-4.1).
    pub occupants: Vec<Occupant>,
    /// What the customer has to do with others, where one is looked at, and where a group is listed.
    #[serde(default)]
    pub ties: Option<Box<Ties>>,
    /// Whose customer a customer is by the registration forms, where one is looked at at a site that has
    /// them (A12-3.1.1a).
    #[serde(default)]
    pub ownership: Option<Box<Ownership>>,
    /// The campaign or the line of the plan that a contact is for, or that a customer is to be told of.
    #[serde(default)]
    pub serves: Option<Box<Serves>>,
    /// Of a campaign: what came of it.
    #[serde(default)]
    pub figures: Option<CampaignFigures>,
    /// What comes from the customer's profile, where something does.
    #[serde(default)]
    pub profiled: Option<Box<Profiled>>,
}

/// What a customer has to do with others (A14-3.1 to A14-3.2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ties {
    /// The relations that hold, newest first.
    pub relations: Vec<Tie>,
    /// Open complaints of whoever brought the customer (A14-3.1c).
    pub matters: Vec<Number>,
    /// Groups whose central person the customer is (A14-3.2).
    pub central: Vec<String>,
    /// Contacts so far; counted up to 1,000.
    pub contacts: u64,
    /// Of a central person: how often it was tried to reach them, and how often they were (A14-3.2c).
    pub attempts: Reach,
    /// Customers brought.
    pub brought: u64,
    /// Those of them with whom business was closed.
    pub closed: u64,
    /// Pieces of material given to be passed on (A14-3.1b).
    pub given: u64,
    /// Friends who came with one.
    pub arrived: u64,
    /// Cards that went into this one.
    pub absorbed: Vec<Number>,
}

impl Ties {
    /// Whether there is nothing to be said beside the contacts, which are said elsewhere.
    pub fn is_nothing(&self) -> bool {
        self.relations.is_empty() && self.absorbed.is_empty() && self.given == 0
    }
}

/// How often a customer came to one sales site (A14-3.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Visits {
    /// Visits so far, with those on registration forms.
    pub count: u32,
    /// The customer as they are now, where it is to be asked whether they are a prospect.
    pub raise: Option<At>,
    /// The customer's name.
    pub name: String,
    /// The sales site of the profile that they came to; empty where there is one without a name.
    pub site: String,
}

/// A relation as it is seen from one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tie {
    /// The relation.
    pub relation: Number,
    /// What it is.
    pub kind: RelationKind,
    /// It is said of the other.
    pub back: bool,
    /// The other; none where it is to a group.
    pub other: Option<Number>,
    /// The name of the other, or of the group.
    pub name: String,
}

/// What a contact is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Serves {
    /// The campaign, the line of the plan or the survey.
    pub number: Number,
    /// Its title, or what is to be done.
    pub title: String,
    /// What the campaign is; none of a line of the plan and of a survey.
    pub sort: Option<CampaignSort>,
}

/// What comes from a customer's profile and stands beside another record, or beside the profile itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Profiled {
    /// Of a profile: the customer with the card.
    pub customer: Option<Customer>,
    /// Of a profile: how much is filled (A14-N2).
    pub share: Option<Share>,
    /// Of a visit: the tastes to be regarded, by field (A14-2.3).
    pub tastes: Vec<(String, Entry)>,
    /// Of a customer on the list of the day: the birthday to be greeted (A14-2.4).
    pub greeting: Option<Greeting>,
}

/// One look at somebody's data, done or refused (A09-2.5, A11-17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LookRow {
    /// When.
    pub at: Stamp,
    /// Who.
    pub operator: Number,
    /// The operator's name.
    pub name: String,
    /// What was done.
    pub what: LookKind,
    /// At which record.
    pub about: Option<Number>,
    /// It was refused.
    pub refused: bool,
    /// The permit it was done under (A12-3.1.7b).
    pub permit: Option<Number>,
    /// More about it, without personal data: a masked search word, a filter, a file name.
    pub detail: String,
}

/// One page of a list, in list order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// The rows with their places.
    pub rows: Vec<(Cursor, Row)>,
    /// Whether there are rows before the first.
    pub before: bool,
    /// Whether there are rows after the last.
    pub after: bool,
    /// How many rows the list has in all, where that is known without reading it.
    pub total: Option<u64>,
    /// More matched the words than are looked at; the list shows the newest of them.
    pub truncated: bool,
}

/// Who calls: everything known at the moment a number is typed (A01-11, A14-2.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CallerCard {
    /// Customers with exactly this number, or those whose number begins with it.
    pub customers: Vec<Customer>,
    /// Whether the number is complete: it is exactly one of theirs.
    pub exact: bool,
    /// What is open for this number or its customer, newest first.
    pub open: Vec<Row>,
    /// The last contacts, newest first.
    pub recent: Vec<Row>,
    /// The tastes to be regarded when the customer visits, of the only one whose number it is, by field
    /// (A14-2.3).
    #[serde(default)]
    pub tastes: Vec<(String, Entry)>,
    /// Whose customer it is by the registration forms, once the number is complete (A12-3.1.1a).
    #[serde(default)]
    pub ownership: Option<Ownership>,
}

/// One version of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordVersion {
    /// The record as it was from then on.
    pub record: Record,
    /// When it became so.
    pub at: Stamp,
    /// Who did it.
    pub by: Number,
    /// The operator's name.
    pub by_name: String,
    /// What was done: the command's name.
    pub what: String,
    /// The fields that changed: path, before, after.
    pub changes: Vec<(String, String, String)>,
}

/// What a tab shows beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TabCount {
    /// The tab.
    pub tab: Tab,
    /// How many wait; of the follow-ups how many are on the list of the day, counted up to 100.
    pub open: u64,
    /// How many are late; counted up to 1,000.
    pub late: u64,
}

/// Call handling of one operator (A09-2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HandlingRow {
    /// The operator.
    pub operator: Number,
    /// The operator's name.
    pub name: String,
    /// Calls and visits logged.
    pub count: u64,
    /// Seconds from start to save: arithmetic mean.
    pub mean: i64,
    /// The same: median.
    pub median: i64,
    /// The same: longest.
    pub longest: i64,
}

/// The analysis of a quarter as it stands (A13-c5a to A13-c6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuarterReport {
    /// Its figures: those of the approval where it is approved, else counted now.
    pub figures: Figures,
    /// What was written to them; none before it was begun.
    pub analysis: Option<Analysis>,
    /// Measures that complaints of this quarter, its analysis or that of the quarter before led to.
    pub measures: Vec<Measure>,
    /// Names behind the numbers in it: number and name.
    pub names: Vec<(Number, String)>,
}

impl QuarterReport {
    /// Whether nothing in it changes any more (A13-c6).
    pub fn is_approved(&self) -> bool {
        let analysis = self.analysis.as_ref();
        analysis.is_some_and(|analysis| analysis.state == AnalysisState::Approved)
    }

    /// The name behind a number.
    pub fn name(&self, number: Number) -> String {
        let known = self.names.iter().find(|(known, _)| *known == number);
        known.map_or_else(|| number.to_string(), |(_, name)| name.clone())
    }
}

/// What a step would do to a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Previewed {
    /// The complaint, as it is now.
    pub at: At,
    /// Who complains.
    pub who: String,
    /// Where it stands, and who has it.
    pub from: (ComplaintState, String),
    /// Where it would stand, and who would have it; none where the step is refused.
    pub to: Option<(ComplaintState, String)>,
    /// Why it is refused.
    pub problems: Vec<Problem>,
}

/// What would come of a row of an import that would be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tried {
    /// The customer that would be filled; without one a new record would be made.
    pub filled: Option<Number>,
    /// The customer it would be attached to.
    pub attached: Option<Number>,
}

impl Tried {
    /// What came of a row of an import, by the record that it became: one of another import, or of
    /// none, was there already and was filled.
    #[must_use]
    pub fn of(record: &Record, import: Option<Number>) -> Self {
        Self {
            filled: (record.meta().import != import).then(|| record.number()),
            attached: match record {
                Record::Intake(intake) => intake.details.customer,
                Record::Complaint(complaint) => complaint.details.customer,
                _ => None,
            },
        }
    }
}
