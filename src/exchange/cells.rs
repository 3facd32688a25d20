//! A record as cells: what stands in each column, in words, at the site's clock.

use crate::desk::contract::Row;
use crate::domain::archive::ArchiveFile;
use crate::domain::complaint::Complaint;
use crate::domain::customer::Customer;
use crate::domain::intake::Intake;
use crate::domain::loan::Loan;
use crate::domain::number::Number;
use crate::domain::operator::Operator;
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
        match column {
            "number" => return row.record.number().to_string(),
            "created_at" => return self.stamp(row.record.meta().created_at),
            "created_by" => return name_of(row, row.record.meta().created_by),
            "void" => return self.yes(row.record.meta().void),
            "due" => return row.due.map_or_else(String::new, |due| due.to_string()),
            "days_late" => {
                return if row.days_late > 0 {
                    row.days_late.to_string()
                } else {
                    String::new()
                };
            }
            _ => {}
        }
        match &row.record {
            Record::Customer(customer) => self.customer(customer, row, column),
            Record::Intake(intake) => self.intake(intake, column),
            Record::Complaint(complaint) => self.complaint(complaint, column),
            Record::File(file) => self.file(file, column),
            Record::Loan(loan) => self.loan(loan, row, column),
            Record::Operator(operator) => self.operator(row, operator, column),
            Record::Site(site) => match column {
                "name" => site.name.clone(),
                "profile" => site.profile.clone(),
                "rehearsal" => self.yes(site.rehearsal),
                _ => String::new(),
            },
            Record::Import(import) => match column {
                "import_kind" => self.texts.name("kind", import.kind.id()),
                "import_file" => import.file.clone(),
                _ => String::new(),
            },
            Record::Credential(_) | Record::Permit(_) | Record::Remark(_) => String::new(),
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

    fn yes(self, yes: bool) -> String {
        if yes {
            self.texts.get("yes").into_owned()
        } else {
            String::new()
        }
    }

    fn listed<'a>(self, id: &str, mut list: impl Iterator<Item = [&'a str; 3]>) -> String {
        let found = list.find(|[known, ..]| *known == id);
        let word = found.map(|[_, zh, en]| match self.texts.lang() {
            Lang::Zh => zh,
            Lang::En => en,
        });
        word.unwrap_or(id).to_owned()
    }

    fn department(self, id: &str) -> String {
        let list = &self.profile.complaints.departments;
        self.listed(id, list.iter().map(|it| [it.id.as_str(), &it.zh, &it.en]))
    }

    fn customer(self, customer: &Customer, row: &Row, column: &str) -> String {
        let details = &customer.details;
        match column {
            "external" => details.external.clone(),
            "name" => details.name.clone(),
            "salutation" => self.texts.name("salutation", details.salutation.id()),
            "employer" => details.employer.clone(),
            "position" => details.position.clone(),
            "address" => details.address.clone(),
            "phones" => {
                let phones: Vec<&str> =
                    details.phones.iter().map(|it| it.digits.as_str()).collect();
                phones.join(";")
            }
            "place" => details.place.clone(),
            "plates" => details.plates.join(";"),
            "note" => details.note.clone(),
            "owner" => details
                .owner
                .map_or_else(String::new, |owner| name_of(row, owner)),
            "marks" => {
                let marks: Vec<String> = customer
                    .marks
                    .iter()
                    .map(|mark| self.texts.name("mark", mark.id()))
                    .collect();
                marks.join(&self.texts.get("list-comma"))
            }
            "confirmed_on" => customer.confirmed_on.to_string(),
            _ => String::new(),
        }
    }

    fn intake(self, intake: &Intake, column: &str) -> String {
        let details = &intake.details;
        let outcome = intake.outcome.as_ref();
        match column {
            "external" => details.external.clone(),
            "started_at" => self.stamp(intake.started_at),
            "channel" => details
                .channel
                .map_or_else(String::new, |it| self.texts.name("channel", it.id())),
            "kind" => self.texts.name("intake-kind", details.kind.id()),
            "caller" => details.caller.clone(),
            "phone" => details.phone.clone(),
            "place" => details.place.clone(),
            "text" => details.text.clone(),
            "access" => details.access.clone(),
            "department" => self.department(&details.department),
            "state" => self.texts.name("intake-state", intake.state.id()),
            "ended_at" => outcome.map_or_else(String::new, |it| self.stamp(it.at)),
            "outcome" => outcome.map_or_else(String::new, |it| it.text.clone()),
            "source" => details.source.clone(),
            "customer" => number(details.customer),
            "complaint" => number(intake.complaint),
            _ => String::new(),
        }
    }

    fn complaint(self, complaint: &Complaint, column: &str) -> String {
        let details = &complaint.details;
        let answer = complaint.answer.as_ref();
        match column {
            "external" => details.external.clone(),
            "made_at" => self.stamp(complaint.made_at),
            "channel" => details
                .channel
                .map_or_else(String::new, |it| self.texts.name("channel", it.id())),
            "complainant" => details.complainant.clone(),
            "phone" => details.phone.clone(),
            "plate" => details.plate.clone(),
            "place" => details.place.clone(),
            "category" => {
                let list = &self.profile.complaints.categories;
                let words = list
                    .iter()
                    .map(|it| [it.id.as_str(), it.zh.as_str(), it.en.as_str()]);
                self.listed(&details.category, words)
            }
            "text" => details.text.clone(),
            "department" => self.department(&complaint.department),
            "handler" => complaint.handler.clone(),
            "state" => self.texts.name("complaint-state", complaint.state.id()),
            "answer" => answer.map_or_else(String::new, |it| it.text.clone()),
            "answered_at" => answer.map_or_else(String::new, |it| self.stamp(it.at)),
            "source" => details.source.clone(),
            "customer" => number(details.customer),
            "intake" => number(complaint.intake),
            _ => String::new(),
        }
    }

    fn file(self, file: &ArchiveFile, column: &str) -> String {
        let details = &file.details;
        match column {
            "external" => details.external.clone(),
            "title" => details.title.clone(),
            "class" => {
                let list = &self.profile.archive.classes;
                let words = list
                    .iter()
                    .map(|it| [it.id.as_str(), it.zh.as_str(), it.en.as_str()]);
                self.listed(&details.class, words)
            }
            "person" => details.person.clone(),
            "phone" => details.phone.clone(),
            "plate" => details.plate.clone(),
            "place" => details.place.clone(),
            "pieces" => details.pieces.to_string(),
            "grade" => self.texts.name("grade", details.grade.id()),
            "note" => details.note.clone(),
            "filed_on" => file.filed_on.to_string(),
            "loan" => number(file.loan),
            "customer" => number(details.customer),
            _ => String::new(),
        }
    }

    fn loan(self, loan: &Loan, row: &Row, column: &str) -> String {
        let details = &loan.details;
        let back = loan.checked_in.as_ref();
        match column {
            "file" => loan.file.to_string(),
            "title" => loan.title.clone(),
            "borrower" => details.borrower.clone(),
            "unit" => details.unit.clone(),
            "phone" => details.phone.clone(),
            "copies" => details.copies.to_string(),
            "reason" => details.reason.clone(),
            "lent_at" => self.stamp(loan.lent_at),
            "pieces_back" => loan.pieces_back.to_string(),
            "returned_at" => back.map_or_else(String::new, |it| self.stamp(it.at)),
            "receiver" => back.map_or_else(String::new, |it| name_of(row, it.receiver)),
            "note" => back.map_or_else(String::new, |it| it.note.clone()),
            _ => String::new(),
        }
    }

    fn operator(self, row: &Row, operator: &Operator, column: &str) -> String {
        match column {
            "login" => operator.login.clone(),
            "name" => operator.name.clone(),
            "roles" => {
                let roles: Vec<String> = operator
                    .roles
                    .iter()
                    .map(|role| self.texts.name("role", role.id()))
                    .collect();
                roles.join(&self.texts.get("list-comma"))
            }
            "department" => self.department(&operator.department),
            "active" => self.yes(operator.active),
            "service" => self.yes(operator.service),
            "account" => operator
                .account
                .map_or_else(String::new, |it| it.to_string()),
            "acknowledged" => operator
                .acknowledged
                .map_or_else(String::new, |at| self.stamp(at)),
            "deputies" => {
                let deputies = operator.deputies.iter().map(|deputy| {
                    let name = name_of(row, deputy.operator);
                    format!("{name} {}..{}", deputy.from, deputy.to)
                });
                let deputies: Vec<String> = deputies.collect();
                deputies.join(&self.texts.get("list-comma"))
            }
            _ => String::new(),
        }
    }
}

fn number(number: Option<Number>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// The name behind a number, else the number.
fn name_of(row: &Row, number: Number) -> String {
    let found = row.names.iter().find(|(known, _)| *known == number);
    found.map_or_else(|| number.to_string(), |(_, name)| name.clone())
}
