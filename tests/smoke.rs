//! One walk through the desk over a real folder: set up, log, complain, lend, return, find, and
//! all of it there after opening again.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use frontdesk::desk::clock::SetClock;
use frontdesk::desk::contract::{
    At, Command, Door, Envelope, Filter, ListQuery, Query, Reply, Request, RequestId, Sort,
};
use frontdesk::desk::{Desk, Options};
use frontdesk::domain::archive::FileDetails;
use frontdesk::domain::complaint::ComplaintDetails;
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::intake::{Channel, IntakeDetails};
use frontdesk::domain::loan::LoanDetails;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::phone::{Phone, PhoneLabel};
use frontdesk::domain::record::Record;
use frontdesk::domain::stamp::Stamp;
use frontdesk::store::Home;

struct Walk {
    desk: Desk,
    operator: Number,
    id: u64,
}

impl Walk {
    fn ask(&mut self, request: Request) -> Reply {
        self.id += 1;
        let envelope = Envelope {
            id: RequestId(self.id),
            operator: self.operator,
            accept: Vec::new(),
            request,
        };
        self.desk
            .ask(&envelope)
            .unwrap_or_else(|failure| panic!("{failure:?}"))
    }

    fn change(&mut self, command: Command) -> Record {
        match self.ask(Request::Do(command)) {
            Reply::Done { record, .. } => *record,
            other => panic!("{other:?}"),
        }
    }

    fn found(&mut self, text: &str) -> Vec<Number> {
        let query = Query::Search {
            text: text.to_owned(),
            limit: 20,
        };
        match self.ask(Request::Look(query)) {
            Reply::Page(page) => page
                .rows
                .iter()
                .map(|(_, row)| row.record.number())
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    fn listed(&mut self, kind: Kind, filter: Filter) -> Vec<Number> {
        let query = Query::List(ListQuery {
            kind,
            filter,
            sort: Sort::Newest,
            find: String::new(),
            after: None,
            before: None,
            from_end: false,
            limit: 50,
        });
        match self.ask(Request::Look(query)) {
            Reply::Page(page) => page
                .rows
                .iter()
                .map(|(_, row)| row.record.number())
                .collect(),
            other => panic!("{other:?}"),
        }
    }
}

fn at(record: &Record) -> At {
    At {
        number: record.number(),
        version: record.meta().version,
    }
}

fn options() -> Options {
    let now = Stamp::parse("2024-06-06 15:00", 480).unwrap();
    Options {
        clock: Box::new(SetClock::at(now)),
        site_file: None,
    }
}

/// Everything a day brings; customer, intake, complaint and file come back.
fn a_day(walk: &mut Walk) -> [Record; 4] {
    walk.change(Command::SetUp {
        site: "桂花苑物业".into(),
        profile: "property".into(),
        operator: OperatorDetails {
            login: "lili".into(),
            name: "李丽".into(),
            ..OperatorDetails::default()
        },
        rehearsal: true,
    });
    let customer = walk.change(Command::RegisterCustomer {
        details: CustomerDetails {
            name: "单雄信".into(),
            phones: vec![Phone {
                digits: "13800138000".into(),
                label: PhoneLabel::Mobile,
            }],
            place: "3-1201".into(),
            ..CustomerDetails::default()
        },
    });
    let intake = walk.change(Command::LogIntake {
        details: IntakeDetails {
            channel: Some(Channel::Call),
            customer: Some(customer.number()),
            phone: "13800138000".into(),
            text: "厨房水管漏水".into(),
            ..IntakeDetails::default()
        },
        new_customer: None,
    });
    let complaint = walk.change(Command::RecordComplaint {
        details: ComplaintDetails {
            channel: Some(Channel::Call),
            customer: Some(customer.number()),
            text: "报修三天没人来".into(),
            ..ComplaintDetails::default()
        },
        intake: Some(at(&intake)),
    });
    let class = walk.desk.profile().archive.classes[0].id.clone();
    let file = walk.change(Command::CreateFile {
        details: FileDetails {
            title: "3-1201 业主档案".into(),
            class,
            customer: Some(customer.number()),
            ..FileDetails::default()
        },
    });
    let loan = walk.change(Command::CheckOut {
        file: at(&file),
        details: LoanDetails {
            borrower: "王工".into(),
            copies: 1,
            reason: "核对管线".into(),
            ..LoanDetails::default()
        },
    });
    walk.change(Command::CheckIn {
        at: at(&loan),
        pieces: 1,
        note: String::new(),
    });
    [customer, intake, complaint, file]
}

#[test]
fn a_day_at_the_desk_is_there_after_opening_again() {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::create(&dir.path().join("desk"), chrono::Utc::now()).unwrap();
    let desk = Desk::open(home, options()).unwrap();
    let operator = Number {
        kind: Kind::Operator,
        year: 2024,
        seq: 1,
    };
    let mut walk = Walk {
        desk,
        operator,
        id: 0,
    };
    let [customer, intake, complaint, file] = a_day(&mut walk);
    for round in 0..2 {
        assert_eq!(
            walk.listed(Kind::Intake, Filter::Closed),
            [intake.number()],
            "{round}"
        );
        assert_eq!(
            walk.listed(Kind::Complaint, Filter::Open),
            [complaint.number()]
        );
        assert_eq!(walk.listed(Kind::Loan, Filter::Open), []);
        for word in ["8000", "单雄信", "sxx", "3-1201"] {
            let found = walk.found(word);
            for record in [&customer, &intake, &complaint, &file] {
                assert!(
                    found.contains(&record.number()),
                    "{word} {}",
                    record.number()
                );
            }
        }
        assert_eq!(walk.found("漏水"), [intake.number()]);
        let report = walk.desk.verify(None).unwrap();
        assert!(report.is_clean(), "{report:?}");
        assert_eq!(report.records, 7);
        let id = walk.id;
        walk.desk.close().unwrap();
        let home = Home::open(&dir.path().join("desk")).unwrap();
        walk = Walk {
            desk: Desk::open(home, options()).unwrap(),
            operator,
            id,
        };
    }
}
