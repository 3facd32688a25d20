//! What is done at the desk: each job becomes a request, and each answer brings the next jobs.

use super::people::{self, one};
use super::words::Words;
use super::work::Filling;
use crate::desk::contract::{Adopted, At, Command};
use crate::domain::adopt::Existing;
use crate::domain::archive::{FileDetails, Grade};
use crate::domain::complaint::{ComplaintDetails, ComplaintState as State, Service};
use crate::domain::customer::{Customer, Mark};
use crate::domain::intake::{Channel, Intake, IntakeDetails, IntakeKind, IntakeState, OutcomeCode};
use crate::domain::loan::{LoanDetails, PieceState};
use crate::domain::next_visit::NextVisit;
use crate::domain::number::{Kind, Number};
use crate::domain::profile::Permission;
use crate::domain::record::Record;
use crate::domain::role::Role;
use crate::domain::stamp::Stamp;

/// Something to be done.
#[derive(Clone, Copy)]
pub(super) enum Job {
    /// A customer registered, and marked later.
    Register(Option<Mark>),
    /// A customer marked.
    Mark(Number, Mark),
    /// A request written down.
    Log(IntakeKind),
    /// A request closed.
    Close(Number),
    /// A complaint recorded, of a request or directly, that is to get so far.
    Complain(Option<Number>, State),
    /// A complaint taken one step on its way.
    Step(Number, State),
    /// An archive file set up.
    File(Grade),
    /// A file lent, to be returned so many moments later if at all.
    Lend(Option<usize>),
    /// A file returned.
    Return(Number),
}

/// The name of the operator in a post.
pub(super) fn operator_name(words: &Words, post: Role) -> String {
    if words.english() {
        // English words have no list by post: the post's place in the list of roles picks a name.
        let at = Role::ALL.iter().position(|role| *role == post);
        let mut random = fastrand::Rng::with_seed(at.unwrap_or_default() as u64);
        return people::name(words, &mut random).0;
    }
    words.text(&["operators", post.id()])
}

impl Filling<'_> {
    /// The job as a request by somebody who may make it; none where nobody may, or where there is
    /// nothing to do it with.
    pub fn command(&mut self, job: &Job, time: Stamp) -> Option<(Number, Command)> {
        match *job {
            Job::Register(_) => {
                let by = self.who(Permission::CustomerRegister)?;
                let count = self.count(Kind::Customer) + self.touched.len();
                // A new card has no number to touch yet; a place in the future keeps it apart.
                self.touched.insert(Number {
                    kind: Kind::Customer,
                    year: 0,
                    seq: u32::try_from(count).unwrap_or(u32::MAX),
                });
                let id = &self.profile.id;
                let details = people::customer(count, id, &self.words, &mut self.random);
                Some((by, Command::RegisterCustomer { details }))
            }
            Job::Mark(number, mark) => {
                let at = self.at(number)?;
                let by = self.who(match mark {
                    Mark::Key | Mark::GoodCredit => Permission::CustomerMarkKey,
                    Mark::Retired => Permission::CustomerRetire,
                    Mark::Closed | Mark::Prospect => Permission::CustomerChange,
                })?;
                let set = true;
                Some((by, Command::MarkCustomer { at, mark, set }))
            }
            Job::Log(kind) => self.log(kind, time),
            Job::Close(number) => self.close(number),
            Job::Complain(intake, _) => self.complain(intake, time),
            Job::Step(number, goal) => self.step(number, goal),
            Job::File(grade) => self.file(grade),
            Job::Lend(_) => self.lend(),
            Job::Return(number) => {
                let by = self.who(Permission::LoanCheckIn)?;
                let Some(Record::Loan(loan)) = self.made.get(&number) else {
                    return None;
                };
                let pieces = loan.details.copies;
                let at = self.at(number)?;
                let note = self.any(&["archive", "loan_notes"]);
                Some((
                    by,
                    Command::CheckIn {
                        at,
                        pieces,
                        note,
                        which: Vec::new(),
                        state: PieceState::Back,
                    },
                ))
            }
        }
    }

    pub(super) fn any(&mut self, path: &[&str]) -> String {
        one(&mut self.random, &self.words.list(path))
    }

    fn count(&self, kind: Kind) -> usize {
        self.made
            .keys()
            .filter(|number| number.kind == kind)
            .count()
    }

    /// The record as it is now, once in a frame: a second change would be made from a version
    /// that is gone.
    pub(super) fn at(&mut self, number: Number) -> Option<At> {
        let version = self.made.get(&number)?.meta().version;
        let at = At { number, version };
        self.touched.insert(number).then_some(at)
    }

    /// A customer, if there is one.
    fn a_customer(&mut self) -> Option<Customer> {
        let known = self.made.values().filter_map(|record| match record {
            Record::Customer(customer) => Some(customer),
            _ => None,
        });
        let known: Vec<&Customer> = known.collect();
        self.random.choice(known).cloned()
    }

    fn fill_in(&mut self, text: &str, customer: Option<&Customer>) -> String {
        let name = customer.map(|customer| customer.details.name.clone());
        let name = name.unwrap_or_else(|| people::name(&self.words, &mut self.random).0);
        let plate = customer.and_then(|customer| customer.details.plates.first().cloned());
        let plate = plate.unwrap_or_else(|| people::plate(&self.words, &mut self.random));
        let spot = customer.map(|customer| customer.details.place.clone());
        let home = spot.filter(|place| !place.is_empty());
        let home = home.unwrap_or_else(|| people::room(&mut self.random));
        text.replace("{name}", &name)
            .replace("{plate}", &plate)
            .replace("{room}", &home)
            .replace("{n}", &self.random.u32(1..200).to_string())
    }

    fn log(&mut self, kind: IntakeKind, time: Stamp) -> Option<(Number, Command)> {
        let by = self.who(match kind {
            IntakeKind::Repair => Permission::IntakeRepair,
            _ => Permission::IntakeLog,
        })?;
        let customer = match self.random.u8(0..10) {
            0..7 => self.a_customer(),
            _ => None,
        };
        let (spot, text) = match kind {
            IntakeKind::Repair => one(&mut self.random, &self.words.repairs()),
            IntakeKind::Complaint => {
                let (_, text) = one(&mut self.random, &self.words.complaints());
                (String::new(), text)
            }
            IntakeKind::Enquiry => (String::new(), self.any(&["intake", "enquiries"])),
            IntakeKind::Suggestion => (String::new(), self.any(&["intake", "suggestions"])),
            IntakeKind::Objection => (String::new(), self.any(&["intake", "objections"])),
            IntakeKind::MoveIn => (String::new(), self.any(&["intake", "move_in"])),
            IntakeKind::Other => (String::new(), self.any(&["intake", "other"])),
            IntakeKind::Information => (String::new(), self.any(&["intake", "information"])),
            IntakeKind::Quality => (String::new(), self.any(&["intake", "quality"])),
            IntakeKind::Satisfaction => (String::new(), self.any(&["intake", "satisfaction"])),
        };
        let channel = match self.random.u8(0..10) {
            0..6 => Channel::Call,
            6..9 => Channel::Visit,
            _ => Channel::Letter,
        };
        let taken = self.random.i64(40..=480);
        let known_place = customer
            .as_ref()
            .map(|customer| customer.details.place.clone());
        let place = known_place
            .filter(|place| !place.is_empty())
            .unwrap_or_else(|| people::place(&self.profile.id, &self.words, &mut self.random));
        let place = format!("{place} {spot}").trim().to_owned();
        let (caller, phone) = match &customer {
            Some(customer) => (customer.details.name.clone(), main_phone(customer)),
            None => (
                people::name(&self.words, &mut self.random).0,
                people::stranger(&mut self.random),
            ),
        };
        let details = IntakeDetails {
            channel: Some(channel),
            kind,
            caller,
            phone,
            place,
            text: self.fill_in(&text, customer.as_ref()),
            access: match kind {
                IntakeKind::Repair => self.any(&["intake", "access"]),
                _ => String::new(),
            },
            started_at: Some(Stamp(
                time.0.saturating_sub(taken.saturating_mul(1_000_000)),
            )),
            customer: customer.map(|customer| customer.meta.number),
            next: NextVisit {
                // Where the next visit is asked for, nobody here wants one.
                declined: self.profile.intake.ask_next.contains(&channel),
                ..NextVisit::default()
            },
            ..IntakeDetails::default()
        };
        if let Some(import) = self.import
            && let Some(by) = self.who(Permission::Import)
        {
            let record = Box::new(Adopted::Intake { details, end: None });
            return Some((
                by,
                Command::Adopt {
                    import,
                    record,
                    existing: Existing::New,
                    customer: String::new(),
                },
            ));
        }
        let new_customer = None;
        Some((
            by,
            Command::LogIntake {
                details,
                new_customer,
            },
        ))
    }

    fn close(&mut self, number: Number) -> Option<(Number, Command)> {
        let by = self.who(Permission::IntakeClose)?;
        let Some(Record::Intake(intake)) = self.made.get(&number) else {
            return None;
        };
        let kind = intake.details.kind.id();
        let state = intake.state;
        let is_objection = intake.details.kind == IntakeKind::Objection;
        let goes_on = intake.details.kind == IntakeKind::Repair && state != IntakeState::Answered;
        let at = self.at(number)?;
        let (code, text) = match self.random.u8(0..12) {
            0 if !goes_on && !is_objection => {
                (OutcomeCode::PassedOn, self.any(&["outcomes", "passed-on"]))
            }
            1 => (OutcomeCode::Withdrawn, self.any(&["outcomes", "withdrawn"])),
            _ if goes_on => {
                let by = self.who(Permission::IntakeRepair)?;
                let step = self.repair_step(state)?;
                return Some((by, Command::StepRepair { at, step }));
            }
            _ => (OutcomeCode::Resolved, self.any(&["outcomes", kind])),
        };
        Some((by, Command::CloseIntake { at, code, text }))
    }

    fn complain(&mut self, intake: Option<Number>, time: Stamp) -> Option<(Number, Command)> {
        let by = self.who(Permission::ComplaintRecord)?;
        let source = match intake.and_then(|number| self.made.get(&number)) {
            Some(Record::Intake(intake)) => Some(intake.clone()),
            _ => None,
        };
        let details = match &source {
            Some(intake) => self.complaint_of(intake),
            None => self.complaint(time),
        };
        let intake = source.and_then(|intake| self.at(intake.meta.number));
        Some((by, Command::RecordComplaint { details, intake }))
    }

    /// What a request says, as a complaint.
    fn complaint_of(&mut self, intake: &Intake) -> ComplaintDetails {
        let said = &intake.details;
        let list = self.words.complaints();
        // What stands before a name or plate that was filled in tells the text.
        let same = |text: &str| {
            text.split('{')
                .next()
                .is_some_and(|start| said.text.starts_with(start))
        };
        let category = list.iter().find(|(_, text)| same(text));
        let service = category.map(|(id, _)| self.service_of(id));
        ComplaintDetails {
            service: service.unwrap_or(self.service_of("")),
            channel: said.channel,
            customer: said.customer,
            complainant: said.caller.clone(),
            phone: said.phone.clone(),
            plate: self.plate_of(said.customer),
            place: said.place.clone(),
            category: category.map(|(id, _)| id.clone()).unwrap_or_default(),
            text: said.text.clone(),
            made_at: Some(intake.started_at),
            ..ComplaintDetails::default()
        }
    }

    fn complaint(&mut self, time: Stamp) -> ComplaintDetails {
        let customer = self.a_customer();
        let (category, text) = one(&mut self.random, &self.words.complaints());
        let earlier = self.random.i64(60..3_600);
        ComplaintDetails {
            service: self.service_of(&category),
            channel: self
                .random
                .choice([Channel::Call, Channel::Visit, Channel::Letter]),
            complainant: match &customer {
                Some(_) => String::new(),
                None => people::name(&self.words, &mut self.random).0,
            },
            category,
            text: self.fill_in(&text, customer.as_ref()),
            plate: self.plate_of(customer.as_ref().map(|customer| customer.meta.number)),
            made_at: Some(Stamp(time.0.saturating_sub(earlier * 1_000_000))),
            customer: customer.map(|customer| customer.meta.number),
            ..ComplaintDetails::default()
        }
    }

    /// Which service a complaint of a category is about; nothing where nobody asks.
    fn service_of(&self, category: &str) -> Option<Service> {
        let service = match category {
            "contract" => Service::Sales,
            _ => Service::AfterSales,
        };
        self.profile.complaints.service.then_some(service)
    }

    /// The customer's plate, or the word that there is none; nothing where nobody asks.
    fn plate_of(&self, customer: Option<Number>) -> String {
        if !self.profile.complaints.plate {
            return String::new();
        }
        match customer.and_then(|number| self.made.get(&number)) {
            Some(Record::Customer(customer)) => customer.details.plates.first().cloned(),
            _ => None,
        }
        .unwrap_or_else(|| "-".to_owned())
    }

    fn file(&mut self, grade: Grade) -> Option<(Number, Command)> {
        let by = self.who(Permission::FileCreate)?;
        let (class, title) = one(&mut self.random, &self.words.files());
        // A title that names nobody is about no customer.
        let about = ["{name}", "{plate}", "{room}"];
        let about = about.iter().any(|mark| title.contains(mark));
        let customer = about.then(|| self.a_customer()).flatten();
        let details = FileDetails {
            title: self.fill_in(&title, customer.as_ref()),
            class,
            customer: customer.map(|customer| customer.meta.number),
            place: self.any(&["archive", "places"]),
            pieces: self.random.u32(1..=4),
            grade,
            keeper: (grade > Grade::None).then_some(by),
            ..FileDetails::default()
        };
        Some((by, Command::CreateFile { details }))
    }

    /// A unit that may borrow without a request: where the circle of borrowers is closed, one of the
    /// house (A13-a6a).
    fn unit_of_borrower(&mut self) -> String {
        let house = self.profile.complaints.departments.iter();
        let house: Vec<String> = house.map(|known| known.zh.clone()).collect();
        match self.random.choice(house) {
            Some(unit) if self.profile.archive.circle => unit,
            _ => self.any(&["archive", "borrower_units"]),
        }
    }

    fn lend(&mut self) -> Option<(Number, Command)> {
        if self.profile.loans.requested {
            return self.lend_on_request();
        }
        let by = self.who(Permission::LoanCheckOut)?;
        let shelved: Vec<(Number, u32)> = self
            .made
            .values()
            .filter_map(|record| match record {
                // A graded file is lent only on a request.
                Record::File(file) if file.loan.is_none() && file.details.grade == Grade::None => {
                    Some((file.meta.number, file.details.pieces))
                }
                _ => None,
            })
            .filter(|(number, _)| !self.touched.contains(number))
            .collect();
        let (number, pieces) = self.random.choice(shelved)?;
        let file = self.at(number)?;
        let details = LoanDetails {
            borrower: people::name(&self.words, &mut self.random).0,
            unit: self.unit_of_borrower(),
            phone: people::stranger(&mut self.random),
            copies: self.random.u32(1..=pieces),
            reason: self.any(&["archive", "loan_reasons"]),
            due: None,
            which: Vec::new(),
        };
        Some((by, Command::CheckOut { file, details }))
    }
}

fn main_phone(customer: &Customer) -> String {
    let main = customer.details.phones.first();
    main.map(|phone| phone.digits.clone()).unwrap_or_default()
}
