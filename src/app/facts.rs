//! What everything on the screen may know: the languages' texts, the site and its rules, who
//! works here, what time it was when the desk last said so.

use std::fmt::Display;

use crate::desk::contract::{Row, TabCount};
use crate::domain::calendar::Calendar;
use crate::domain::context::Context;
use crate::domain::dossier;
use crate::domain::filing::ToFile;
use crate::domain::hint::Hint;
use crate::domain::inspection::InspectionDue;
use crate::domain::look;
use crate::domain::number::{Kind, Number};
use crate::domain::operator::Operator;
use crate::domain::phone;
use crate::domain::profile::{Profile, Tab, Words};
use crate::domain::refusal::{Problem, Refusal};
use crate::domain::site::Site;
use crate::domain::stamp::{Day, Stamp};
use crate::locale::dossier as words;
use crate::locale::{Lang, Texts};
use crate::text::show::Glyphs;

/// The facts of a session.
#[derive(Debug)]
pub struct Facts {
    /// The texts of the language shown.
    pub texts: Texts,
    /// What the terminal can draw.
    pub glyphs: Glyphs,
    /// The rules of the site.
    pub profile: Profile,
    /// Working days.
    pub calendar: Calendar,
    /// The site; none before the store is set up.
    pub site: Option<Site>,
    /// The operator at this terminal.
    pub operator: Option<Operator>,
    /// All operators.
    pub operators: Vec<Operator>,
    /// What waits and what is late.
    pub counts: Vec<TabCount>,
    /// The inspections of the archive that are due.
    pub inspections_due: Vec<InspectionDue>,
    /// What waits to be filed, for whoever sets files up (A11-04a, A13-a4).
    pub to_file: ToFile,
    /// The major complaint that waits for this operator, above everything (A08-m2a, A13-c4).
    pub alarm: Option<Row>,
    /// What whoever calls from some place is told now.
    pub hints: Vec<Hint>,
    /// The desk's time when it was last heard.
    pub now: Stamp,
}

impl Facts {
    /// The text of a key.
    pub fn t(&self, key: &str) -> String {
        self.texts.get(key).into_owned()
    }

    /// The text of a key with values put in.
    pub fn tw(&self, key: &str, args: &[(&str, &dyn Display)]) -> String {
        let args: Vec<(&str, String)> = args
            .iter()
            .map(|(name, value)| (*name, value.to_string()))
            .collect();
        let args: Vec<(&str, &str)> = args
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.texts.with(key, &args).into_owned()
    }

    /// Words of the site's data in the language shown.
    pub fn words<'a>(&self, words: &'a Words) -> &'a str {
        self.pick(&words.zh, &words.en)
    }

    /// Whichever of two texts is in the language of the screen.
    pub fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.texts.lang() {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The label of a field; places and addresses are called as the site calls them.
    pub fn label(&self, field: &str) -> String {
        match field {
            "place" => self.words(&self.profile.customers.place).to_owned(),
            "address" => self.words(&self.profile.customers.address).to_owned(),
            _ => {
                if let Some(words) = self.of_profile(field) {
                    return self.words(&words).to_owned();
                }
                // Fields that a form has several of are called alike.
                let digit = |c: char| c.is_ascii_digit();
                let bare = field.trim_end_matches(digit).trim_end_matches('_');
                let many = field.ends_with(digit);
                self.texts.name("field", if many { bare } else { field })
            }
        }
    }

    /// What a field of customers' profiles is called, by its name or by that of one of its parts.
    fn of_profile(&self, name: &str) -> Option<Words> {
        let rules = self.profile.dossier.as_ref()?;
        let mut names = name.split('.');
        let id = names.next()?;
        let field = rules.field(id)?;
        let part = names.next().unwrap_or(dossier::VALUE);
        let row = names.next().and_then(|row| row.parse().ok());
        Some(match field.part(part) {
            Some(part) => words::part_label(id, field, &part, row.unwrap_or(0), rules),
            None => words::label(id, field, rules),
        })
    }

    /// The label of a field in a form: the words of the item it asks about, where it asks about one.
    pub fn label_of(&self, field: &super::form::Field) -> String {
        match &field.item {
            Some((_, words)) => self.words(words).to_owned(),
            None => self.label(field.name),
        }
    }

    /// The name of a complaint category; the id itself where the profile has none.
    pub fn category(&self, id: &str) -> String {
        let found = self
            .profile
            .complaints
            .categories
            .iter()
            .find(|category| category.id == id);
        found
            .map_or(id, |category| self.pick(&category.zh, &category.en))
            .to_owned()
    }

    /// The name of what a call or visit came to; the id itself where the profile has none.
    pub fn wrap_up(&self, id: &str) -> String {
        let mut listed = self.profile.intake.wrap_ups.iter();
        let found = listed.find(|wrap_up| wrap_up.id == id);
        found
            .map_or(id, |wrap_up| self.pick(&wrap_up.zh, &wrap_up.en))
            .to_owned()
    }

    /// The name of a class of files; the id itself where the profile has none.
    pub fn class(&self, id: &str) -> String {
        let found = self
            .profile
            .archive
            .classes
            .iter()
            .find(|class| class.id == id);
        found
            .map_or(id, |class| self.pick(&class.zh, &class.en))
            .to_owned()
    }

    /// The name of what a field of a card holds that is chosen from a list of the profile; the id
    /// itself where the profile has none.
    pub fn of_card(&self, field: &str, id: &str) -> String {
        let mut entries = self.profile.customers.entries(field).into_iter();
        let found = entries.find(|[known, ..]| *known == id);
        found.map_or(id, |[_, zh, en]| self.pick(zh, en)).to_owned()
    }

    /// The name of a department; the id itself where the profile has none.
    pub fn department(&self, id: &str) -> String {
        let found = self
            .profile
            .complaints
            .departments
            .iter()
            .find(|department| department.id == id);
        found
            .map_or(id, |department| self.pick(&department.zh, &department.en))
            .to_owned()
    }

    /// A problem in words, with its field called as the form on the screen calls it.
    pub fn problem(&self, problem: &Problem) -> String {
        let Some(field) = &problem.field else {
            return self.texts.problem(problem).line();
        };
        let mut named = problem.clone().arg("field", self.label(field));
        named.field = None;
        self.texts.problem(&named).line()
    }

    /// Today at the site.
    pub fn today(&self) -> Day {
        self.now.day(self.profile.utc_offset_minutes)
    }

    /// A point in time as a person reads it: `2026-11-23 10:08`.
    pub fn when(&self, at: Stamp) -> String {
        at.local(self.profile.utc_offset_minutes)
            .format("%Y-%m-%d %H:%M")
            .to_string()
    }

    /// The same for a narrow column: the time for today, else the date.
    pub fn when_short(&self, at: Stamp) -> String {
        let local = at.local(self.profile.utc_offset_minutes);
        let form = if at.day(self.profile.utc_offset_minutes) == self.today() {
            "%H:%M"
        } else {
            "%m-%d"
        };
        local.format(form).to_string()
    }

    /// A telephone as a person reads it.
    pub fn phone(&self, digits: &str) -> String {
        phone::shown(digits)
    }

    /// The name of an operator, where it is known.
    pub fn operator_name(&self, number: Number) -> String {
        self.operators
            .iter()
            .chain(&self.operator)
            .find(|operator| operator.meta.number == number)
            .map_or_else(|| number.to_string(), |operator| operator.name.clone())
    }

    /// What waits and what is late behind a tab.
    pub fn count(&self, tab: Tab) -> Option<&TabCount> {
        self.counts.iter().find(|count| count.tab == tab)
    }

    /// Tries a rule without doing anything: why it would refuse, apart from fields not yet
    /// filled in. This is the one reason that footer, help and palette show.
    pub fn refused<T>(&self, rule: impl FnOnce(&Context) -> Result<T, Refusal>) -> Option<String> {
        let Some(operator) = &self.operator else {
            return Some(self.t("why-no-operator"));
        };
        let context = Context {
            now: self.now,
            operator,
            profile: &self.profile,
            calendar: &self.calendar,
            accept: &[],
        };
        let refusal = rule(&context).err()?;
        let wall = |problem: &&Problem| problem.field.is_none() && !problem.ask;
        refusal
            .problems
            .iter()
            .find(wall)
            .map(|problem| self.problem(problem))
    }

    /// Why the operator may not see the records of a kind; none when they may, and before there
    /// is an operator.
    pub fn not_seen(&self, kind: Kind) -> Option<String> {
        self.operator.as_ref()?;
        self.refused(|context| look::may_see(kind, context))
    }

    /// A computation that needs the rules of the site; none before there is an operator.
    pub fn computed<T>(&self, rule: impl FnOnce(&Context) -> T) -> Option<T> {
        let context = Context {
            now: self.now,
            operator: self.operator.as_ref()?,
            profile: &self.profile,
            calendar: &self.calendar,
            accept: &[],
        };
        Some(rule(&context))
    }
}

/// The tab on which records of a kind are found.
pub fn tab_of(kind: Kind) -> Option<Tab> {
    match kind {
        Kind::Intake | Kind::Occupancy | Kind::Hint | Kind::ShiftSheet => Some(Tab::Intake),
        Kind::Complaint | Kind::Measure => Some(Tab::Complaints),
        Kind::File
        | Kind::Loan
        | Kind::Handover
        | Kind::Access
        | Kind::Inspection
        | Kind::Incident
        | Kind::Destruction
        | Kind::DayEnd
        | Kind::Task
        | Kind::Registration
        | Kind::DutyShift => Some(Tab::Archive),
        Kind::Customer
        | Kind::Dossier
        | Kind::Relation
        | Kind::Introduction
        | Kind::Handout
        | Kind::ServiceItem
        | Kind::Transaction
        | Kind::Merge => Some(Tab::Customers),
        Kind::FollowUp
        | Kind::Campaign
        | Kind::PlanLine
        | Kind::Survey
        | Kind::Answer
        | Kind::Instruction => Some(Tab::FollowUps),
        Kind::Operator
        | Kind::Site
        | Kind::Import
        | Kind::Credential
        | Kind::Permit
        | Kind::Analysis
        | Kind::Remark => None,
    }
}
