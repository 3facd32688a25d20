//! A record as cells: what stands in each column, as a value, and in words at the site's clock.

use super::value::Value;
use crate::desk::contract::{LookRow, Row};
use crate::domain::analysis;
use crate::domain::archive::ArchiveFile;
use crate::domain::complaint::{Complaint, ComplaintState};
use crate::domain::customer::Customer;
use crate::domain::intake::Intake;
use crate::domain::loan::Loan;
use crate::domain::measure::Measure;
use crate::domain::number::Number;
use crate::domain::operator::Operator;
use crate::domain::permit::Permit;
use crate::domain::profile::Profile;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::locale::{Lang, Texts};

/// In which words, and at which clock, cells are written.
#[derive(Debug, Clone, Copy)]
pub struct Style<'a> {
    /// The language.
    pub texts: &'a Texts,
    /// The site's lists and its time zone.
    pub profile: &'a Profile,
    /// Whether points in time keep their seconds; a person needs none.
    pub exact: bool,
}

impl Style<'_> {
    /// The header of a column.
    pub fn header(self, column: &str) -> String {
        self.texts.name("column", column)
    }

    /// The text of a column of a record; empty where the record has nothing there.
    pub fn cell(self, row: &Row, column: &str) -> String {
        self.words(self.value(row, column))
    }

    /// A value in words.
    pub fn words(self, value: Value) -> String {
        match value {
            Value::Nothing | Value::Truth(false) => String::new(),
            Value::Text(text) | Value::Word { word: text, .. } => text,
            Value::Time(at) => self.stamp(at),
            Value::Date(day) => day.to_string(),
            Value::Count(count) => count.to_string(),
            Value::Truth(true) => self.texts.get("yes").into_owned(),
        }
    }

    /// What stands in a column of a record.
    pub fn value(self, row: &Row, column: &str) -> Value {
        let meta = row.record.meta();
        match column {
            "number" => return number(Some(row.record.number())),
            "created_at" => return Value::Time(meta.created_at),
            "created_by" => return name_of(row, meta.created_by),
            "void" => return Value::Truth(meta.void),
            "due" => return row.due.map_or(Value::Nothing, Value::Date),
            "days_late" if row.days_late > 0 => return Value::Count(row.days_late),
            "days_late" => return Value::Nothing,
            "occasion" => {
                let occasion = row.occasion;
                return occasion.map_or(Value::Nothing, |it| self.word("occasion", it.id()));
            }
            "days" => return row.waits.map_or(Value::Nothing, Value::Count),
            "matters" => {
                let matters: Vec<String> = row.matters.iter().map(ToString::to_string).collect();
                return Value::text(&matters.join(" "));
            }
            "answering" => {
                // Who answers for everything done in the archive (A07-d1a).
                let department = self.profile.archive.answering.as_deref();
                return department.map_or(Value::Nothing, |it| self.department(it));
            }
            _ => {}
        }
        match &row.record {
            Record::Customer(customer) => self.customer(customer, row, column),
            Record::Intake(intake) => self.intake(intake, column),
            Record::Complaint(complaint) if column == "late_in" => {
                let mut late: Vec<ComplaintState> = complaint
                    .course
                    .breaches
                    .iter()
                    .map(|it| it.state)
                    .collect();
                late.extend((row.days_late > 0).then_some(complaint.state));
                late.sort_unstable();
                late.dedup();
                self.list("complaint-state", late.iter().map(|it| it.id()))
            }
            Record::Complaint(complaint) => self.complaint(complaint, column),
            Record::File(file) => self.file(file, column),
            Record::Loan(loan) => loan_value(loan, row, column),
            Record::Operator(operator) => self.operator(row, operator, column),
            Record::Permit(permit) => self.permit(permit, row, column),
            Record::Site(site) => match column {
                "name" => Value::text(&site.name),
                "profile" => Value::text(&site.profile),
                "rehearsal" => Value::Truth(site.rehearsal),
                _ => Value::Nothing,
            },
            Record::Import(import) => match column {
                "import_kind" => self.word("kind", import.kind.id()),
                "import_file" => Value::text(&import.file),
                _ => Value::Nothing,
            },
            Record::Measure(measure) => self.measure(measure, column),
            Record::FollowUp(it) => self.follow_up(it, row, column),
            Record::Relation(_)
            | Record::Introduction(_)
            | Record::Handout(_)
            | Record::ServiceItem(_)
            | Record::Merge(_) => self.kin(row, column),
            Record::Campaign(it) => self.campaign(it, row, column),
            Record::PlanLine(it) => self.plan_line(it, row, column),
            Record::Dossier(it) => self.dossier(it, row, column),
            Record::Handover(_)
            | Record::Access(_)
            | Record::Inspection(_)
            | Record::Incident(_)
            | Record::Destruction(_)
            | Record::DayEnd(_)
            | Record::Transaction(_)
            | Record::Task(_)
            | Record::Registration(_)
            | Record::DutyShift(_)
            | Record::Hint(_)
            | Record::ShiftSheet(_) => self.kept(row, column),
            Record::Survey(_)
            | Record::Answer(_)
            | Record::Occupancy(_)
            | Record::Instruction(_) => self.surveyed(row, column),
            Record::Credential(_) | Record::Remark(_) | Record::Analysis(_) => Value::Nothing,
        }
    }

    /// What stands in a column of the log of looks.
    pub fn look(self, look: &LookRow, column: &str) -> Value {
        match column {
            "at" => Value::Time(look.at),
            "by" => Value::text(&look.name),
            "operator" => number(Some(look.operator)),
            "what" => self.word("look", look.what.id()),
            "about" => number(look.about),
            "refused" => Value::Truth(look.refused),
            "permit" => number(look.permit),
            "detail" => Value::text(&look.detail),
            _ => Value::Nothing,
        }
    }

    /// A point in time at the site's clock, to the second; where it is to be read in again, a
    /// finer one keeps its fraction.
    pub fn stamp(self, at: Stamp) -> String {
        let form = if self.exact {
            "%Y-%m-%d %H:%M:%S%.f"
        } else {
            "%Y-%m-%d %H:%M:%S"
        };
        let local = at.local(self.profile.utc_offset_minutes);
        local.format(form).to_string()
    }

    pub(super) fn word(self, group: &str, id: &str) -> Value {
        Value::Word {
            id: id.to_owned(),
            word: self.texts.name(group, id),
        }
    }

    /// Several words of a group.
    pub(super) fn list(self, group: &str, ids: impl Iterator<Item = &'static str>) -> Value {
        let ids: Vec<&str> = ids.collect();
        if ids.is_empty() {
            return Value::Nothing;
        }
        let words: Vec<String> = ids.iter().map(|id| self.texts.name(group, id)).collect();
        Value::Word {
            id: ids.join(";"),
            word: words.join(&self.texts.get("list-comma")),
        }
    }

    pub(super) fn listed<'a>(
        self,
        id: &str,
        mut list: impl Iterator<Item = [&'a str; 3]>,
    ) -> Value {
        let Some([_, zh, en]) = list.find(|[known, ..]| *known == id) else {
            return Value::text(id);
        };
        let word = match self.texts.lang() {
            Lang::Zh => zh,
            Lang::En => en,
        };
        Value::Word {
            id: id.to_owned(),
            word: word.to_owned(),
        }
    }

    pub(super) fn department(self, id: &str) -> Value {
        let list = &self.profile.complaints.departments;
        self.listed(id, list.iter().map(|it| [it.id.as_str(), &it.zh, &it.en]))
    }

    pub(super) fn sales_site(self, id: &str) -> Value {
        let sites = self.profile.customers.entries("sales_site");
        self.listed(id, sites.into_iter())
    }

    fn customer(self, customer: &Customer, row: &Row, column: &str) -> Value {
        let details = &customer.details;
        let mut listed = details.listed().into_iter();
        if let Some((field, id)) = listed.find(|(field, _)| *field == column) {
            return self.listed(id, self.profile.customers.entries(field).into_iter());
        }
        match column {
            "business" => details
                .business
                .map_or(Value::Nothing, |it| self.word("business", it.id())),
            "deal" => details
                .deal
                .map_or(Value::Nothing, |it| self.word("deal", it.id())),
            "external" => Value::text(&details.external),
            "name" => Value::text(&details.name),
            "salutation" => self.word("salutation", details.salutation.id()),
            "employer" => Value::text(&details.employer),
            "position" => Value::text(&details.position),
            "address" => Value::text(&details.address),
            "phones" => {
                let phones: Vec<&str> =
                    details.phones.iter().map(|it| it.digits.as_str()).collect();
                Value::text(&phones.join(";"))
            }
            "place" => Value::text(&details.place),
            "plates" => Value::text(&details.plates.join(";")),
            "note" => Value::text(&details.note),
            "owner" => details
                .owner
                .map_or(Value::Nothing, |owner| name_of(row, owner)),
            "marks" => self.list("mark", customer.marks.iter().map(|mark| mark.id())),
            "confirmed_on" => Value::Date(customer.confirmed_on),
            _ => Value::Nothing,
        }
    }

    fn intake(self, intake: &Intake, column: &str) -> Value {
        let details = &intake.details;
        let outcome = intake.outcome.as_ref();
        match column {
            "external" => Value::text(&details.external),
            "started_at" => Value::Time(intake.started_at),
            "channel" => details
                .channel
                .map_or(Value::Nothing, |it| self.word("channel", it.id())),
            "kind" => self.word("intake-kind", details.kind.id()),
            "caller" => Value::text(&details.caller),
            "phone" => Value::text(&details.phone),
            "place" => Value::text(&details.place),
            "text" => Value::text(&details.text),
            "needs" => Value::text(&details.needs),
            "access" => Value::text(&details.access),
            "wrap_up" => {
                let listed = self.profile.intake.wrap_ups.iter();
                let entries = listed.map(|it| [it.id.as_str(), it.zh.as_str(), it.en.as_str()]);
                self.listed(&details.wrap_up, entries)
            }
            "next_visit" => number(intake.next),
            "sales_site" => self.sales_site(&details.sales_site),
            "department" => self.department(&details.department),
            "state" => self.word("intake-state", intake.state.id()),
            "ended_at" => outcome.map_or(Value::Nothing, |it| Value::Time(it.at)),
            "outcome" => outcome.map_or(Value::Nothing, |it| Value::text(&it.text)),
            "source" => Value::text(&details.source),
            "customer" => number(details.customer),
            "complaint" => number(intake.complaint),
            _ => Value::Nothing,
        }
    }

    fn complaint(self, complaint: &Complaint, column: &str) -> Value {
        let details = &complaint.details;
        let answer = complaint.answer.as_ref();
        match column {
            "external" => Value::text(&details.external),
            "made_at" => Value::Time(complaint.made_at),
            "channel" => details
                .channel
                .map_or(Value::Nothing, |it| self.word("channel", it.id())),
            "complainant" => Value::text(&details.complainant),
            "phone" => Value::text(&details.phone),
            "plate" => Value::text(&details.plate),
            "place" => Value::text(&details.place),
            "category" => {
                let list = &self.profile.complaints.categories;
                let words = list
                    .iter()
                    .map(|it| [it.id.as_str(), it.zh.as_str(), it.en.as_str()]);
                self.listed(&details.category, words)
            }
            "service_type" => details
                .service
                .map_or(Value::Nothing, |it| self.word("service", it.id())),
            "text" => Value::text(&details.text),
            "department" => self.department(&complaint.department),
            "handler" => Value::text(&complaint.handler),
            "state" => self.word("complaint-state", complaint.state.id()),
            "answer" => answer.map_or(Value::Nothing, |it| Value::text(&it.text)),
            "answered_at" => answer.map_or(Value::Nothing, |it| Value::Time(it.at)),
            "source" => Value::text(&details.source),
            "customer" => number(details.customer),
            "intake" => number(complaint.intake),
            _ => self.course(complaint, column),
        }
    }

    /// What the procedure gathered: as much of it as the figures of a quarter are counted from.
    fn course(self, complaint: &Complaint, column: &str) -> Value {
        let course = &complaint.course;
        let count = |many: usize| match many {
            0 => Value::Nothing,
            many => Value::Count(i64::try_from(many).unwrap_or(i64::MAX)),
        };
        match column {
            "told_at" => analysis::answered_at(complaint).map_or(Value::Nothing, Value::Time),
            "cause" => self.department(analysis::cause(complaint, self.profile)),
            "major" => Value::Truth(course.major.is_some()),
            "breaches" => count(course.breaches.len()),
            "reopened" => count(course.reopened as usize),
            "attempts" => count(course.attempts.len()),
            "satisfaction" => course
                .satisfaction()
                .map_or(Value::Nothing, |it| self.word("satisfaction", it.id())),
            _ => Value::Nothing,
        }
    }

    fn measure(self, measure: &Measure, column: &str) -> Value {
        let details = &measure.details;
        match column {
            "about" => number(Some(details.about)),
            "aspect" => Value::text(&details.aspect),
            "measure_kind" => self.word("measure-kind", details.kind.id()),
            "text" => Value::text(&details.text),
            "department" => self.department(&details.department),
            "owner" => Value::text(&details.owner),
            "contributor" => Value::text(&details.contributor),
            "state" => self.word("measure-state", measure.state.id()),
            "supervisor" => Value::text(&measure.supervisor),
            "done" => measure
                .done
                .as_ref()
                .map_or(Value::Nothing, |done| Value::text(&done.text)),
            _ => Value::Nothing,
        }
    }

    fn file(self, file: &ArchiveFile, column: &str) -> Value {
        let details = &file.details;
        match column {
            "external" => Value::text(&details.external),
            "title" => Value::text(&details.title),
            "class" => {
                let list = &self.profile.archive.classes;
                let words = list
                    .iter()
                    .map(|it| [it.id.as_str(), it.zh.as_str(), it.en.as_str()]);
                self.listed(&details.class, words)
            }
            "person" => Value::text(&details.person),
            "phone" => Value::text(&details.phone),
            "plate" => Value::text(&details.plate),
            "place" => Value::text(&details.place),
            "pieces" => Value::Count(details.pieces.into()),
            "grade" => self.word("grade", details.grade.id()),
            "note" => Value::text(&details.note),
            "filed_on" => Value::Date(file.filed_on),
            "loan" => number(file.loan),
            "customer" => number(details.customer),
            _ => self.custody(file, column),
        }
    }

    fn operator(self, row: &Row, operator: &Operator, column: &str) -> Value {
        match column {
            "login" => Value::text(&operator.login),
            "name" => Value::text(&operator.name),
            "roles" => self.list("role", operator.roles.iter().map(|role| role.id())),
            "department" => self.department(&operator.department),
            "active" => Value::Truth(operator.active),
            "service" => Value::Truth(operator.service),
            "account" => operator
                .account
                .map_or(Value::Nothing, |it| Value::Count(it.into())),
            "acknowledged" => operator.acknowledged.map_or(Value::Nothing, Value::Time),
            "deputies" => {
                let deputies = operator.deputies.iter().map(|deputy| {
                    let name = self.words(name_of(row, deputy.operator));
                    format!("{name} {}..{}", deputy.from, deputy.to)
                });
                let deputies: Vec<String> = deputies.collect();
                Value::text(&deputies.join(&self.texts.get("list-comma")))
            }
            _ => Value::Nothing,
        }
    }

    fn permit(self, permit: &Permit, row: &Row, column: &str) -> Value {
        let details = &permit.details;
        match column {
            "permit_kind" => self.word("permit-kind", details.what.id()),
            "permit_for" => details
                .operator
                .map_or(Value::Nothing, |operator| name_of(row, operator)),
            "from" => Value::Date(details.from),
            "to" => Value::Date(details.to),
            "permit_place" => Value::text(&details.place),
            "reason" => Value::text(&details.reason),
            "revoked" => Value::Truth(permit.revoked),
            _ => Value::Nothing,
        }
    }
}

fn loan_value(loan: &Loan, row: &Row, column: &str) -> Value {
    let details = &loan.details;
    let back = loan.checked_in.as_ref();
    match column {
        "file" => number(Some(loan.file)),
        "title" => Value::text(&loan.title),
        "borrower" => Value::text(&details.borrower),
        "unit" => Value::text(&details.unit),
        "phone" => Value::text(&details.phone),
        "copies" => Value::Count(details.copies.into()),
        "reason" => Value::text(&details.reason),
        "lent_at" => Value::Time(loan.lent_at),
        "pieces_back" => Value::Count(loan.pieces_back.into()),
        "returned_at" => back.map_or(Value::Nothing, |it| Value::Time(it.at)),
        "receiver" => back.map_or(Value::Nothing, |it| name_of(row, it.receiver)),
        "note" => back.map_or(Value::Nothing, |it| Value::text(&it.note)),
        _ => Value::Nothing,
    }
}

pub(super) fn number(number: Option<Number>) -> Value {
    number.map_or(Value::Nothing, |number| Value::Text(number.to_string()))
}

/// The name behind a number, else the number.
pub(super) fn name_of(row: &Row, number: Number) -> Value {
    let found = row.names.iter().find(|(known, _)| *known == number);
    Value::Text(found.map_or_else(|| number.to_string(), |(_, name)| name.clone()))
}
