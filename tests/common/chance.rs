//! Requests made up by chance: commands of every kind, whole and lacking, of records that are
//! there, are stale or are not there.

use frontdesk::desk::contract::{Adopted, AdoptedEnd, At, Command, Envelope, Request, RequestId};
use frontdesk::domain::adopt::Existing;
use frontdesk::domain::archive::{FileDetails, Grade};
use frontdesk::domain::complaint::ComplaintDetails;
use frontdesk::domain::customer::{CustomerDetails, Mark};
use frontdesk::domain::intake::{Channel, IntakeDetails, IntakeKind, OutcomeCode};
use frontdesk::domain::loan::LoanDetails;
use frontdesk::domain::next_visit::NextVisit;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::permit::{PermitDetails, PermitKind};
use frontdesk::domain::record::Record;
use frontdesk::domain::repair::RepairStep;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;

use super::walk::Walk;
use super::{borrowed, call, card, folder, grievance, seen};

/// Names that share characters, so that searches find several.
pub const NAMES: &[&str] = &["王芳", "王小芳", "李强", "单雪梅", "欧阳浩", "Zoë O'Brien"];
/// Telephones that share beginnings and ends.
pub const PHONES: &[&str] = &[
    "15400001234",
    "15400007777",
    "15411111234",
    "05710887777",
    "15422220000",
];
/// Texts that share words.
pub const TEXTS: &[&str] = &["厨房水管漏水", "水管又漏", "电梯停了", "太吵", ""];
const PLACES: &[&str] = &["东楼三层", "西楼", "桂雨路", ""];
const TITLES: &[&str] = &["业主档案", "装修图纸", "电梯年检记录"];
const ROLES: &[Role] = &[
    Role::Reception,
    Role::CustomerService,
    Role::ArchiveAdministrator,
    Role::Administrator,
    Role::DepartmentHead,
    Role::PropertyCentreManager,
    Role::PropertyGeneralManager,
];

impl Walk {
    /// A request by an operator who is there, or sometimes is not.
    pub fn envelope(&mut self) -> Envelope {
        self.last_id += 1;
        let command = self.command();
        // A measure goes through several hands.
        let of_ten = match command {
            Command::StepMeasure { .. } | Command::DraftMeasure { .. } => 3,
            _ => 10,
        };
        let operator = match self.random.u8(0..of_ten) {
            0 => Number {
                kind: Kind::Operator,
                year: 2024,
                seq: 999,
            },
            1 | 2 => self.any(Kind::Operator).unwrap_or(self.first),
            _ => self.first,
        };
        let yes = self.random.bool().then(|| "duplicate-customer".into());
        let accept = yes.into_iter().collect();
        let request = Request::Do(command);
        Envelope {
            id: RequestId(self.last_id),
            operator,
            accept,
            request,
        }
    }

    pub(super) fn one(&mut self, list: &[&str]) -> String {
        self.random
            .choice(list)
            .copied()
            .unwrap_or_default()
            .to_owned()
    }

    fn any(&mut self, kind: Kind) -> Option<Number> {
        let known: Vec<Number> = self
            .model
            .keys()
            .copied()
            .filter(|number| number.kind == kind)
            .collect();
        self.random.choice(known)
    }

    /// A record of a kind as it is, as it was, or one that is not there.
    pub(super) fn at(&mut self, kind: Kind) -> At {
        let missing = Number {
            kind,
            year: 2024,
            seq: 4_000_000,
        };
        let number = self
            .any(kind)
            .filter(|_| self.random.u8(0..20) > 0)
            .unwrap_or(missing);
        let version = self
            .model
            .get(&number)
            .map_or(1, |record| record.meta().version);
        let version = match self.random.u8(0..10) {
            0 => version.saturating_sub(1),
            _ => version,
        };
        At { number, version }
    }

    fn some_customer(&mut self) -> Option<Number> {
        match self.random.u8(0..12) {
            0 => Some(Number {
                kind: Kind::Customer,
                year: 2024,
                seq: 4_000_000,
            }),
            1 => self.any(Kind::Intake),
            2..8 => self.any(Kind::Customer),
            _ => None,
        }
    }

    fn person(&mut self) -> CustomerDetails {
        let (name, phone) = (self.one(NAMES), self.one(PHONES));
        let name = if self.random.u8(0..15) == 0 {
            String::new()
        } else {
            name
        };
        CustomerDetails {
            place: self.one(PLACES),
            ..card(&name, &phone)
        }
    }

    fn request(&mut self) -> IntakeDetails {
        let kind = self
            .random
            .choice(IntakeKind::ALL.iter())
            .copied()
            .unwrap_or_default();
        let channel = self
            .random
            .choice([None, Some(Channel::Call), Some(Channel::Visit)])
            .flatten();
        IntakeDetails {
            channel,
            // Whoever comes wants no next visit.
            next: NextVisit {
                declined: channel == Some(Channel::Visit),
                ..NextVisit::default()
            },
            kind,
            customer: self.some_customer(),
            caller: self.one(NAMES),
            phone: self.one(PHONES),
            place: self.one(PLACES),
            access: "全天有人".into(),
            ..call(&self.one(TEXTS))
        }
    }

    /// A repair as it is, or any request where there is none.
    fn repair(&mut self) -> At {
        let repairs = self.model.values().filter(
            |record| matches!(record, Record::Intake(it) if it.details.kind == IntakeKind::Repair),
        );
        let repairs: Vec<At> = repairs.map(seen).collect();
        let chosen = self.random.choice(repairs);
        chosen.unwrap_or_else(|| self.at(Kind::Intake))
    }

    fn repair_step(&mut self) -> RepairStep {
        let text = self.one(TEXTS);
        match self.random.u8(0..6) {
            0 => RepairStep::Assign {
                department: "engineering".into(),
                handler: self.one(NAMES),
            },
            1 => RepairStep::Solve { text },
            2 => RepairStep::Answer {
                text,
                channel: Some(Channel::Call),
                response: self.one(&["", "师傅马上到"]),
                solution: self.one(&["", "当场换好"]),
            },
            3 => RepairStep::Urge { note: text },
            4 => RepairStep::Reopen { reason: text },
            _ => RepairStep::Respond {
                text,
                solution: String::new(),
            },
        }
    }

    fn complaint(&mut self) -> ComplaintDetails {
        ComplaintDetails {
            customer: self.some_customer(),
            complainant: self.one(NAMES),
            phone: self.one(PHONES),
            ..grievance(&self.one(TEXTS))
        }
    }

    fn file(&mut self) -> FileDetails {
        // Sometimes nobody keeps it, sometimes somebody who is not there.
        let keeper = self.random.u32(0..4) > 0;
        FileDetails {
            keeper: keeper.then_some(Number {
                kind: Kind::Operator,
                year: 2024,
                seq: self.random.u32(1..4),
            }),
            customer: self.some_customer(),
            pieces: self.random.u32(0..4),
            grade: self
                .random
                .choice(Grade::ALL.iter())
                .copied()
                .unwrap_or_default(),
            place: self.one(PLACES),
            ..folder(&self.one(TITLES))
        }
    }

    fn operator(&mut self) -> OperatorDetails {
        OperatorDetails {
            login: self.one(&["a", "b", "c", "d", "xiaoman", ""]),
            name: self.one(NAMES),
            roles: self
                .random
                .choice(ROLES.iter())
                .into_iter()
                .copied()
                .collect(),
            department: String::new(),
            ..OperatorDetails::default()
        }
    }

    /// A record that can be remarked on, or cannot.
    fn anything(&mut self) -> Number {
        // A kind that comes later does not change where this walk goes.
        let kind = self.random.choice(Kind::ALL.iter().take(19)).copied();
        self.at(kind.unwrap_or(Kind::Intake)).number
    }

    fn permit(&mut self) -> Command {
        if self.random.bool() {
            return Command::RevokePermit {
                at: self.at(Kind::Permit),
            };
        }
        let day = |plus: u8| Day::of(2024, 6, 6).unwrap().plus(u64::from(plus));
        let what = self.random.choice(PermitKind::ALL).copied();
        Command::GrantPermit {
            details: PermitDetails {
                what: what.unwrap_or(PermitKind::Read),
                operator: self.any(Kind::Operator),
                from: day(self.random.u8(0..9)),
                to: day(self.random.u8(0..99)),
                place: self.one(&["", "/backup"]),
                reason: self.one(TEXTS),
            },
        }
    }

    fn command(&mut self) -> Command {
        match self.random.u8(0..37) {
            0..3 => Command::RegisterCustomer {
                details: self.person(),
            },
            3 => Command::ChangeCustomer {
                at: self.at(Kind::Customer),
                details: self.person(),
            },
            4..6 => Command::MarkCustomer {
                at: self.at(Kind::Customer),
                mark: if self.random.bool() {
                    Mark::Key
                } else {
                    Mark::Retired
                },
                set: self.random.u8(0..3) > 0,
            },
            6 => Command::ConfirmCard {
                at: self.at(Kind::Customer),
            },
            7..11 => Command::LogIntake {
                details: self.request(),
                new_customer: (self.random.u8(0..4) == 0).then(|| self.person()),
            },
            11 => Command::ChangeIntake {
                at: self.at(Kind::Intake),
                details: self.request(),
            },
            12 => Command::AttachCustomer {
                at: self.at(Kind::Intake),
                customer: self.some_customer().unwrap_or(self.first),
            },
            13 => Command::StepRepair {
                at: self.repair(),
                step: self.repair_step(),
            },
            14 => Command::CloseIntake {
                at: self.at(Kind::Intake),
                code: self
                    .random
                    .choice([OutcomeCode::Resolved, OutcomeCode::TurnedIntoComplaint])
                    .unwrap_or(OutcomeCode::Withdrawn),
                text: self.one(TEXTS),
            },
            15..17 => Command::RecordComplaint {
                details: self.complaint(),
                intake: self.random.bool().then(|| self.at(Kind::Intake)),
            },
            17 => Command::ChangeComplaint {
                at: self.at(Kind::Complaint),
                details: self.complaint(),
            },
            18..22 => self.complaint_step(),
            22..24 => Command::CreateFile {
                details: self.file(),
            },
            24 => Command::ChangeFile {
                at: self.at(Kind::File),
                details: self.file(),
            },
            25..27 => Command::CheckOut {
                file: self.at(Kind::File),
                details: self.loan(),
            },
            27 => Command::CheckIn {
                which: Vec::new(),
                state: frontdesk::domain::loan::PieceState::Back,
                at: self.at(Kind::Loan),
                pieces: self.random.u32(0..3),
                note: self.one(TEXTS),
            },
            28 => Command::AddOperator {
                details: self.operator(),
            },
            29 => self.operators_change(),
            30 => self.import(),
            31 => Command::AddRemark {
                about: self.anything(),
                text: self.one(TEXTS),
            },
            32 => self.permit(),
            33 => self.measure(),
            34 => self.measure_step(),
            35 => self.analysis(),
            _ => super::set_up("property"),
        }
    }

    fn loan(&mut self) -> LoanDetails {
        let due = self.random.u8(0..4) == 0;
        LoanDetails {
            copies: self.random.u32(0..4),
            phone: self.one(PHONES),
            due: due.then(|| Day::of(2024, 6, 8)).flatten(),
            ..borrowed(&self.one(NAMES))
        }
    }

    /// Somebody leaves or is renamed; never the first, without whom nothing more would happen.
    fn operators_change(&mut self) -> Command {
        let at = match self.at(Kind::Operator) {
            At { number, .. } if number == self.first => At { number, version: 0 },
            at => at,
        };
        Command::ChangeOperator {
            at,
            details: self.operator(),
            active: self.random.bool(),
        }
    }

    fn import(&mut self) -> Command {
        let kind = [Kind::Customer, Kind::Intake, Kind::Complaint, Kind::File];
        let kind = self.random.choice(kind).unwrap_or(Kind::File);
        let import = match self.any(Kind::Import) {
            None => {
                return Command::BeginImport {
                    kind,
                    file: "customers.csv".into(),
                };
            }
            Some(_) if self.random.u8(0..8) == 0 => {
                return Command::VoidImport {
                    at: self.at(Kind::Import),
                };
            }
            Some(import) => import,
        };
        let end = self.random.bool().then(|| AdoptedEnd {
            at: None,
            text: self.one(TEXTS),
        });
        let record = match kind {
            Kind::Customer => Adopted::Customer(self.person()),
            Kind::Intake => Adopted::Intake {
                details: self.request(),
                end,
            },
            Kind::Complaint => Adopted::Complaint {
                details: self.complaint(),
                department: self.one(&["engineering", "Streets", ""]),
                assigned: self.random.bool(),
                closed: end.is_some() && self.random.bool(),
                answer: end,
            },
            _ => Adopted::File(self.file()),
        };
        Command::Adopt {
            import,
            record: Box::new(record),
            existing: self
                .random
                .choice(Existing::ALL)
                .copied()
                .unwrap_or_default(),
            customer: String::new(),
        }
    }
}
