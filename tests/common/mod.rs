//! What the tests of the desk share: a desk over a simulated disk with a clock that is set, and
//! short ways to ask it.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "each test crate uses its part, and a test fails by panicking"
)]

mod chance;
mod chance_steps;
pub mod dealership;
pub mod filled;
pub mod hub;
pub mod keeping;
pub mod looks;
pub mod model;
pub mod place;
pub mod staff;
pub mod steps;
pub mod tried;
pub mod walk;

use std::sync::Arc;

use frontdesk::desk::clock::SetClock;
use frontdesk::desk::contract::{
    Answer, At, Command, Cursor, Door, Envelope, Failure, Filter, ListQuery, Page, Query,
    RecordVersion, Reply, Request, RequestId, Row, Sort,
};
use frontdesk::desk::{Desk, Options, SiteFile};
use frontdesk::domain::archive::{ArchiveFile, FileDetails};
use frontdesk::domain::complaint::{Complaint, ComplaintDetails, Service};
use frontdesk::domain::customer::{Customer, CustomerDetails};
use frontdesk::domain::deal::Deal;
use frontdesk::domain::intake::{Channel, Intake, IntakeDetails};
use frontdesk::domain::loan::{Loan, LoanDetails};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::{Operator, OperatorDetails};
use frontdesk::domain::phone::{Phone, PhoneLabel};
use frontdesk::domain::record::Record;
use frontdesk::domain::refusal::{Assent, Problem};
use frontdesk::domain::registration::Business;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Stamp;
use frontdesk::report::Papers;
use frontdesk::report::forms::PaperFormat;
use frontdesk::report::quarterly::Words;
use frontdesk::store::Home;
use frontdesk::store::files::SimulatedDisk;
use proptest::prelude::ProptestConfig;

/// Nobody: the operator of an envelope that sets a store up.
pub const NOBODY: Number = Number {
    kind: Kind::Operator,
    year: 0,
    seq: 0,
};

/// So many cases of a property by default, more by `PROPTEST_CASES`.
pub fn cases(few: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|text| text.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(few),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A time in China.
pub fn at(text: &str) -> Stamp {
    Stamp::parse(text, 480).unwrap()
}

/// A desk that is set up, and the operator who asks.
pub struct Bench {
    pub desk: Desk,
    pub clock: SetClock,
    pub disk: SimulatedDisk,
    pub operator: Number,
    site_file: Option<SiteFile>,
    last_id: u64,
}

fn open(disk: &SimulatedDisk, clock: &SetClock, site_file: Option<SiteFile>) -> Desk {
    let home = Home::in_memory(Arc::new(disk.clone())).unwrap();
    let clock = Box::new(clock.clone());
    Desk::open(home, Options { clock, site_file }).unwrap()
}

impl Bench {
    /// A site of a profile on 2024-06-06 at nine, a Thursday.
    pub fn of(profile: &str) -> Self {
        Self::with_site_file(profile, None)
    }

    /// A store that nobody has set up.
    pub fn empty() -> Self {
        Self::over(None, "2024-06-06 09:00")
    }

    fn over(text: Option<&str>, time: &str) -> Self {
        let clock = SetClock::at(at(time));
        let drive = SimulatedDisk::new();
        let site_file = text.map(|text| SiteFile {
            name: "site.toml".into(),
            text: text.into(),
        });
        let desk = open(&drive, &clock, site_file.clone());
        Self {
            desk,
            clock,
            disk: drive,
            operator: NOBODY,
            site_file,
            last_id: 0,
        }
    }

    /// The same, with the site's own file laid over the profile.
    pub fn with_site_file(profile: &str, text: Option<&str>) -> Self {
        Self::set_up_at(profile, text, "2024-06-06 09:00")
    }

    /// The same, set up at a time: what is done later is never before it.
    pub fn set_up_at(profile: &str, text: Option<&str>, time: &str) -> Self {
        let mut bench = Self::over(text, time);
        let set_up = bench.ask(set_up(profile)).unwrap();
        let Reply::Done { also, .. } = set_up else {
            panic!("{set_up:?}");
        };
        bench.operator = also[0].number();
        bench
    }

    /// Closes the desk as a killed process does, and opens it again over what is on the disk.
    pub fn reopen(&mut self) {
        self.desk = open(&self.disk, &self.clock, self.site_file.clone());
    }

    /// A new name for a request.
    pub fn envelope(&mut self, request: Request) -> Envelope {
        self.last_id += 1;
        let id = RequestId(self.last_id);
        Envelope {
            id,
            operator: self.operator,
            accept: Vec::new(),
            request,
        }
    }

    /// Asks for a change.
    pub fn ask(&mut self, command: Command) -> Answer {
        let envelope = self.envelope(Request::Do(command));
        self.desk.ask(&envelope)
    }

    /// A change that must be made: the record and those changed with it.
    pub fn change_all(&mut self, command: Command) -> (Record, Vec<Record>) {
        match self.ask(command) {
            Ok(Reply::Done { record, also, .. }) => (*record, also),
            other => panic!("{other:?}"),
        }
    }

    /// A change that must be made.
    pub fn change(&mut self, command: Command) -> Record {
        self.change_all(command).0
    }

    /// A change that must be made once these questions are answered with yes: the record and those
    /// changed with it.
    pub fn agreed(&mut self, command: Command, questions: &[&str]) -> (Record, Vec<Record>) {
        let mut envelope = self.envelope(Request::Do(command));
        envelope.accept = questions.iter().map(|key| Assent::from(*key)).collect();
        match self.desk.ask(&envelope) {
            Ok(Reply::Done { record, also, .. }) => (*record, also),
            other => panic!("{other:?}"),
        }
    }

    /// A change that must be refused: what is wrong.
    pub fn refused(&mut self, command: Command) -> Vec<Problem> {
        match self.ask(command) {
            Err(Failure::Refused(refusal)) => refusal.problems,
            other => panic!("{other:?}"),
        }
    }

    /// The fields a refused change lacks, in alphabetical order.
    pub fn lacking(&mut self, command: Command) -> Vec<String> {
        let problems = self.refused(command);
        let mut fields: Vec<String> = problems.into_iter().filter_map(|one| one.field).collect();
        fields.sort();
        fields
    }

    pub fn look(&mut self, query: Query) -> Reply {
        let envelope = self.envelope(Request::Look(query));
        self.desk
            .ask(&envelope)
            .unwrap_or_else(|failure| panic!("{failure:?}"))
    }

    pub fn page(&mut self, list: ListQuery) -> Page {
        match self.look(Query::List(list)) {
            Reply::Page(page) => page,
            other => panic!("{other:?}"),
        }
    }

    /// The whole of a list, newest first.
    pub fn listed(&mut self, kind: Kind, filter: Filter) -> Vec<Number> {
        numbers(&self.page(list(kind, filter, Sort::Newest)))
    }

    /// What a list shows of the words.
    pub fn found(&mut self, kind: Kind, filter: Filter, words: &str) -> Vec<Number> {
        let find = words.to_owned();
        numbers(&self.page(ListQuery {
            find,
            ..list(kind, filter, Sort::Newest)
        }))
    }

    /// What the search across all kinds shows.
    pub fn searched(&mut self, words: &str) -> Vec<Number> {
        match self.look(Query::Search {
            text: words.to_owned(),
            limit: 100,
        }) {
            Reply::Page(page) => numbers(&page),
            other => panic!("{other:?}"),
        }
    }

    pub fn get(&mut self, number: Number) -> Row {
        match self.look(Query::Get(number)) {
            Reply::Record(Some(row)) => *row,
            other => panic!("{other:?}"),
        }
    }

    pub fn history(&mut self, number: Number) -> Vec<RecordVersion> {
        match self.look(Query::History(number)) {
            Reply::History(versions) => versions,
            other => panic!("{other:?}"),
        }
    }

    /// A new operator in one post, who asks from now on.
    pub fn work_as(&mut self, role: Role) -> Number {
        let details = OperatorDetails {
            login: format!("{}{}", role.id(), self.last_id),
            name: role.id().to_owned(),
            roles: vec![role],
            department: String::new(),
            ..OperatorDetails::default()
        };
        self.operator = self.change(Command::AddOperator { details }).number();
        self.operator
    }

    /// A new operator in these posts.
    pub fn add_operator(&mut self, login: &str, roles: &[Role]) -> Operator {
        let details = OperatorDetails {
            login: login.into(),
            name: format!("{login} name"),
            roles: roles.to_vec(),
            ..OperatorDetails::default()
        };
        match self.change(Command::AddOperator { details }) {
            Record::Operator(operator) => operator,
            other => panic!("{other:?}"),
        }
    }

    /// What makes an operator one who left.
    pub fn leaving(&mut self, operator: &Operator) -> Command {
        Command::ChangeOperator {
            at: self.present(operator.meta.number),
            details: operator.details(),
            active: false,
        }
    }

    pub fn customer(&mut self, details: CustomerDetails) -> Customer {
        match self.change(Command::RegisterCustomer { details }) {
            Record::Customer(customer) => customer,
            other => panic!("{other:?}"),
        }
    }

    pub fn intake(&mut self, details: IntakeDetails) -> Intake {
        match self.change(Command::LogIntake {
            details,
            new_customer: None,
        }) {
            Record::Intake(intake) => intake,
            other => panic!("{other:?}"),
        }
    }

    pub fn complaint(&mut self, details: ComplaintDetails) -> Complaint {
        match self.change(Command::RecordComplaint {
            details,
            intake: None,
        }) {
            Record::Complaint(complaint) => complaint,
            other => panic!("{other:?}"),
        }
    }

    pub fn file(&mut self, details: FileDetails) -> ArchiveFile {
        match self.change(Command::CreateFile { details }) {
            Record::File(file) => file,
            other => panic!("{other:?}"),
        }
    }

    /// The file lent, as the file is now.
    pub fn lent(&mut self, file: Number, details: LoanDetails) -> Loan {
        let file = self.present(file);
        match self.change(Command::CheckOut { file, details }) {
            Record::Loan(loan) => loan,
            other => panic!("{other:?}"),
        }
    }

    /// The record as it is now, to change.
    pub fn present(&mut self, number: Number) -> At {
        let version = self.get(number).record.meta().version;
        At { number, version }
    }

    pub fn assert_clean(&mut self) {
        let report = self.desk.verify(None).unwrap();
        assert!(report.is_clean(), "{report:#?}");
    }
}

/// Sets a store up with one operator who holds all posts the profile gives the first.
pub fn set_up(profile: &str) -> Command {
    Command::SetUp {
        site: "翠湖雅苑".into(),
        profile: profile.into(),
        operator: OperatorDetails {
            login: "xiaoman".into(),
            name: "林小满".into(),
            ..OperatorDetails::default()
        },
        rehearsal: true,
    }
}

/// The first page of a list, as long as pages get.
pub fn list(kind: Kind, filter: Filter, sort: Sort) -> ListQuery {
    ListQuery {
        kind,
        filter,
        sort,
        find: String::new(),
        after: None,
        before: None,
        from_end: false,
        limit: 1_000,
        full: false,
    }
}

pub fn numbers(page: &Page) -> Vec<Number> {
    page.rows
        .iter()
        .map(|(_, row)| row.record.number())
        .collect()
}

pub fn cursors(page: &Page) -> Vec<Cursor> {
    page.rows.iter().map(|(cursor, _)| cursor.clone()).collect()
}

/// The present version of a record.
pub fn seen(record: &Record) -> At {
    let meta = record.meta();
    At {
        number: meta.number,
        version: meta.version,
    }
}

/// A customer's card with one telephone.
pub fn card(name: &str, phone: &str) -> CustomerDetails {
    CustomerDetails {
        name: name.into(),
        phones: vec![Phone {
            digits: phone.into(),
            label: PhoneLabel::Mobile,
        }],
        ..CustomerDetails::default()
    }
}

/// The same as a leasing office wants it: with a sales site and a source (A14-1.1a), somebody who rents and
/// has not closed (A12-s).
pub fn visited(name: &str, phone: &str) -> CustomerDetails {
    CustomerDetails {
        site: "here".into(),
        source: "visit".into(),
        business: Some(Business::Lease),
        deal: Some(Deal::Open),
        ..card(name, phone)
    }
}

/// The same as a call centre wants it: a general customer (A11-03.1).
pub fn general(name: &str, phone: &str) -> CustomerDetails {
    CustomerDetails {
        class: "general".into(),
        ..card(name, phone)
    }
}

/// A call that lacks nothing.
pub fn call(text: &str) -> IntakeDetails {
    IntakeDetails {
        channel: Some(Channel::Call),
        caller: "王芳".into(),
        phone: "15400001234".into(),
        place: "3-1201".into(),
        text: text.into(),
        ..IntakeDetails::default()
    }
}

/// A complaint that lacks nothing.
pub fn grievance(text: &str) -> ComplaintDetails {
    ComplaintDetails {
        channel: Some(Channel::Call),
        complainant: "王芳".into(),
        plate: "-".into(),
        service: Some(Service::AfterSales),
        text: text.into(),
        ..ComplaintDetails::default()
    }
}

/// A file of the property profile.
pub fn folder(title: &str) -> FileDetails {
    FileDetails {
        title: title.into(),
        class: "owner".into(),
        ..FileDetails::default()
    }
}

/// A loan of one piece.
pub fn borrowed(by: &str) -> LoanDetails {
    LoanDetails {
        borrower: by.into(),
        copies: 1,
        reason: "核对合同条款".into(),
        ..LoanDetails::default()
    }
}

/// Papers laid out as a page or as a text.
pub fn printed(papers: &Papers, as_html: bool, words: Words) -> String {
    let format = if as_html {
        PaperFormat::Html
    } else {
        PaperFormat::Text
    };
    String::from_utf8(papers.finished(format, true, words).unwrap()).unwrap()
}
