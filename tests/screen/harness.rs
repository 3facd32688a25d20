//! A desk to press keys at: the real session, a desk in memory, a clock that stands still.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use frontdesk::app::Setup;
use frontdesk::app::event::Event;
use frontdesk::app::keeper::MemoryKeeper;
use frontdesk::app::session::{Nothing, Session};
use frontdesk::desk::clock::SetClock;
use frontdesk::desk::contract::{Command, Door, Envelope, Reply, Request, RequestId};

use crate::chair::{Chair, House};
use frontdesk::desk::{Desk as Engine, Options, Reception, SiteFile};
use frontdesk::domain::archive::{FileDetails, Grade};
use frontdesk::domain::complaint::ComplaintDetails;
use frontdesk::domain::complaint::course::Judgement;
use frontdesk::domain::customer::{CustomerDetails, Mark, Salutation, in_passing};
use frontdesk::domain::intake::{Channel, IntakeDetails, IntakeKind};
use frontdesk::domain::loan::LoanDetails;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::phone::{Phone, PhoneLabel};
use frontdesk::domain::profile::Profile;
use frontdesk::domain::record::Record;
use frontdesk::domain::stamp::Stamp;
use frontdesk::keys::{Keymap, script};
use frontdesk::locale::Lang;
use frontdesk::store::{Home, SimulatedDisk};
use frontdesk::text::show::Glyphs;
use frontdesk::{panes, render};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// The time at the desk: a Thursday before a holiday, 15:00 at the site.
pub const NOW: &str = "2024-06-06 15:00";

/// The least terminal in use.
pub const SMALL: (u16, u16) = (80, 24);
/// A roomy one.
pub const LARGE: (u16, u16) = (120, 40);

/// A desk to press keys at.
pub struct Desk {
    /// The session.
    pub session: Session<Chair, TestBackend, MemoryKeeper>,
    /// A chair of the same operator at another terminal.
    pub other: Chair,
    /// Its clock.
    pub clock: SetClock,
    /// The disk below it.
    pub below: Arc<SimulatedDisk>,
    /// Who works at it.
    pub operator: Number,
    id: u64,
    by_hand: bool,
}

impl Desk {
    /// A store that nobody has set up.
    pub fn empty(lang: Lang, size: (u16, u16)) -> Self {
        let (engine, clock, below) = engine();
        let house = Rc::new(RefCell::new(Reception::new(engine)));
        let keeper = MemoryKeeper::default();
        Self::over(&house, keeper, (clock, below), None, lang, size, 0)
    }

    /// A store with a few records of every kind.
    pub fn sample(lang: Lang, size: (u16, u16)) -> Self {
        let (engine, clock, below) = engine();
        let mut filler = Filler {
            engine,
            id: 0,
            operator: nobody(),
            clock: clock.clone(),
        };
        filler.fill();
        let operator = Some(filler.operator);
        let keeper = MemoryKeeper::default();
        let house = Rc::new(RefCell::new(Reception::new(filler.engine)));
        Self::over(
            &house,
            keeper,
            (clock, below),
            operator,
            lang,
            size,
            filler.id,
        )
    }

    /// A store of a profile with an operator in each of its posts, who signs in by its name; the
    /// first one is at the desk.
    pub fn staffed(profile: &str, lang: Lang) -> Self {
        Self::staffed_by(profile, None, lang)
    }

    /// The same, with the site's own file laid over the profile.
    pub fn staffed_by(profile: &str, site: Option<&str>, lang: Lang) -> Self {
        let (engine, clock, below) = engine_by(site);
        let mut filler = Filler {
            engine,
            id: 0,
            operator: nobody(),
            clock: clock.clone(),
        };
        filler.staff(profile);
        let operator = Some(filler.operator);
        let keeper = MemoryKeeper::default();
        let house = Rc::new(RefCell::new(Reception::new(filler.engine)));
        let below = (clock, below);
        Self::over(&house, keeper, below, operator, lang, SMALL, filler.id)
    }

    /// The same desk with somebody else at it.
    pub fn with(self, login: &str) -> Self {
        let Self {
            session,
            clock,
            below,
            id,
            ..
        } = self;
        let operator = {
            let house = session.door.house.borrow();
            let all = house.desk().operators();
            let mut found = all.filter(|one| one.login == login);
            found.next().expect("an operator of this name").meta.number
        };
        let (lang, size) = (session.app.facts.texts.lang(), session.app.size);
        let below = (clock, below);
        let mut desk = Self::over(
            &session.door.house,
            session.keeper,
            below,
            Some(operator),
            lang,
            size,
            id + 1_000_000,
        );
        desk.operator = operator;
        desk
    }

    /// The same desk started again where nobody is named.
    pub fn restarted_by_nobody(self) -> Self {
        let Self {
            session,
            clock,
            below,
            id,
            ..
        } = self;
        let (lang, size) = (session.app.facts.texts.lang(), session.app.size);
        Self::over(
            &session.door.house,
            session.keeper,
            (clock, below),
            None,
            lang,
            size,
            id + 1_000_000,
        )
    }

    /// The same desk after the program was killed and started again.
    pub fn restarted(self) -> Self {
        let Self {
            session,
            clock,
            below,
            operator,
            id,
            ..
        } = self;
        let (lang, size) = (session.app.facts.texts.lang(), session.app.size);
        Self::over(
            &session.door.house,
            session.keeper,
            (clock, below),
            Some(operator),
            lang,
            size,
            id + 1_000_000,
        )
    }

    /// So many more customers, registered past the screen.
    pub fn customers(&mut self, count: u32) {
        for place in 0..count {
            let details = CustomerDetails {
                name: format!("客户{place}"),
                ..CustomerDetails::default()
            };
            self.ask(Request::Do(Command::RegisterCustomer { details }));
        }
        self.press("4u1");
    }

    fn over(
        house: &House,
        keeper: MemoryKeeper,
        (clock, below): (SetClock, Arc<SimulatedDisk>),
        operator: Option<Number>,
        lang: Lang,
        size: (u16, u16),
        id: u64,
    ) -> Self {
        let (profile, calendar) = {
            let house = house.borrow();
            let engine = house.desk();
            (engine.profile().clone(), engine.calendar().clone())
        };
        let [mut chair, mut other] = [Chair::at(house), Chair::at(house)];
        if let Some(operator) = operator {
            let login = {
                let house = house.borrow();
                let mut all = house.desk().operators();
                let found = all.find(|one| one.meta.number == operator);
                found.expect("somebody who works here").login.clone()
            };
            chair.sign_in(&login);
            other.sign_in(&login);
        }
        let setup = Setup {
            lang,
            glyphs: Glyphs::default(),
            keymap: Keymap::preset("default").unwrap(),
            operator,
            profile,
            calendar,
            notices: Vec::new(),
            seed: 1_000_000 + id,
        };
        let terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let session = Session::new(setup, chair, terminal, keeper, Nothing, panes::draw);
        let mut desk = Self {
            session,
            other,
            clock,
            below,
            id,
            by_hand: false,
            operator: operator.unwrap_or(nobody()),
        };
        desk.session.draw().unwrap();
        desk
    }

    /// Presses keys, in the notation of tapes.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for input in script::parse(keys).unwrap_or_else(|fault| panic!("{keys}: {fault:?}")) {
            self.session.take(Event::Input(input));
            while self.session.is_working() && !self.by_hand {
                self.session.work();
            }
        }
        self.session.draw().unwrap();
        self
    }

    /// Long work goes on only slice by slice, with [`Self::work`].
    pub fn by_hand(&mut self) -> &mut Self {
        self.by_hand = true;
        self
    }

    /// Lets long work go on for a slice, and draws.
    pub fn work(&mut self) -> &mut Self {
        self.session.work();
        self.session.draw().unwrap();
        self
    }

    /// Tells the session what the desk has to tell it, as a hub would, and draws.
    pub fn hear(&mut self) -> &mut Self {
        for news in self.session.door.news() {
            self.session.take(Event::News(news));
        }
        self.session.draw().unwrap();
        self
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        render::text(&self.session.picture().0)
    }

    /// The screen as text with its styles and its caret.
    pub fn styled(&self) -> String {
        let (buffer, caret) = self.session.picture();
        render::styled(&buffer, caret)
    }

    /// Fails with the screen unless it shows this text.
    #[track_caller]
    pub fn expect(&mut self, text: &str) -> &mut Self {
        assert!(
            self.screen().contains(text),
            "no “{text}” on\n{}",
            self.screen()
        );
        self
    }

    /// Fails with the screen if it shows this text.
    #[track_caller]
    pub fn reject(&mut self, text: &str) -> &mut Self {
        assert!(
            !self.screen().contains(text),
            "“{text}” on\n{}",
            self.screen()
        );
        self
    }

    /// Asks the desk past the screen, as another session would.
    pub fn ask(&mut self, request: Request) -> Reply {
        self.id += 1;
        ask(&mut self.other, self.id, self.operator, request)
    }

    /// The record of a number.
    pub fn record(&mut self, number: &str) -> Record {
        let query = frontdesk::desk::contract::Query::Get(number.parse().unwrap());
        match self.ask(Request::Look(query)) {
            Reply::Record(Some(row)) => row.record,
            other => panic!("{number}: {other:?}"),
        }
    }
}

fn nobody() -> Number {
    Number {
        kind: Kind::Operator,
        year: 0,
        seq: 0,
    }
}

fn engine() -> (Engine, SetClock, Arc<SimulatedDisk>) {
    engine_by(None)
}

fn engine_by(site: Option<&str>) -> (Engine, SetClock, Arc<SimulatedDisk>) {
    let clock = SetClock::at(Stamp::parse(NOW, 480).unwrap());
    let below = Arc::new(SimulatedDisk::new());
    let home = Home::in_memory(Arc::clone(&below) as _).unwrap();
    let options = Options {
        clock: Box::new(clock.clone()),
        site_file: site.map(|text| SiteFile {
            name: "site.toml".into(),
            text: text.into(),
        }),
    };
    (Engine::open(home, options).unwrap(), clock, below)
}

fn ask(door: &mut dyn Door, id: u64, operator: Number, request: Request) -> Reply {
    let envelope = Envelope {
        id: RequestId(id),
        operator,
        accept: Vec::new(),
        request,
    };
    door.ask(&envelope)
        .unwrap_or_else(|failure| panic!("{failure:?}"))
}

struct Filler {
    engine: Engine,
    id: u64,
    operator: Number,
    clock: SetClock,
}

impl Filler {
    fn change(&mut self, command: Command) -> Record {
        self.id += 1;
        self.clock.advance_seconds(60);
        match ask(
            &mut self.engine,
            self.id,
            self.operator,
            Request::Do(command),
        ) {
            Reply::Done { record, also, .. } => {
                for record in also.iter().chain([&*record]) {
                    if let Record::Operator(operator) = record
                        && self.operator == nobody()
                    {
                        self.operator = operator.meta.number;
                    }
                }
                *record
            }
            other => panic!("{other:?}"),
        }
    }

    fn fill(&mut self) {
        self.clock
            .set(Stamp::parse("2024-06-01 09:00", 480).unwrap());
        let profile = Profile::builtin("property").unwrap();
        let operator = OperatorDetails {
            login: "zhangmin".into(),
            name: "张敏".into(),
            roles: profile.posts.clone(),
            department: String::new(),
            ..OperatorDetails::default()
        };
        let site = "阳光花园物业".to_owned();
        self.change(Command::SetUp {
            site,
            profile: profile.id,
            operator,
            rehearsal: true,
        });
        let first = self.customers();
        self.complaints();
        self.intakes(first);
        self.archive();
        self.clock.set(Stamp::parse(NOW, 480).unwrap());
    }

    fn staff(&mut self, profile: &str) {
        self.clock.set(Stamp::parse(NOW, 480).unwrap());
        let profile = Profile::builtin(profile).unwrap();
        let of = |login: &str, name: &str, roles| OperatorDetails {
            login: login.into(),
            name: name.into(),
            roles,
            ..OperatorDetails::default()
        };
        let first = of("zhangmin", "张敏", profile.first_operator.clone());
        self.change(Command::SetUp {
            site: "远山".to_owned(),
            profile: profile.id.clone(),
            operator: first,
            rehearsal: true,
        });
        for (place, post) in profile.posts.iter().enumerate() {
            let name = format!("员工{place}");
            let details = of(post.id(), &name, vec![*post]);
            self.change(Command::AddOperator { details });
        }
        let card = CustomerDetails {
            name: "王建国".into(),
            phones: vec![Phone {
                digits: "13800138000".into(),
                label: PhoneLabel::Mobile,
            }],
            place: "3-1201".into(),
            plates: vec!["京A12345".into()],
            ..CustomerDetails::default()
        };
        let details = in_passing(card, None, &profile.customers);
        self.change(Command::RegisterCustomer { details });
    }

    fn customers(&mut self) -> Number {
        let phone = |digits: &str| Phone {
            digits: digits.into(),
            label: PhoneLabel::Mobile,
        };
        let first = self.change(Command::RegisterCustomer {
            details: CustomerDetails {
                name: "王建国".into(),
                employer: "市第一中学".into(),
                position: "教师".into(),
                address: "阳光花园3栋1201".into(),
                phones: vec![phone("13800138000")],
                salutation: Salutation::Mr,
                place: "3-1201".into(),
                note: "耳背，请说慢一点".into(),
                ..CustomerDetails::default()
            },
        });
        let at = frontdesk::desk::contract::At {
            number: first.number(),
            version: 1,
        };
        self.change(Command::MarkCustomer {
            at,
            mark: Mark::Key,
            set: true,
        });
        for (name, digits, place) in [
            ("欧阳雪", "13900139001", "1-502"),
            ("单雄信", "13800137777", "2-803"),
            ("李娜", "02165432100", "5-1104"),
        ] {
            self.change(Command::RegisterCustomer {
                details: CustomerDetails {
                    name: name.into(),
                    phones: vec![phone(digits)],
                    place: place.into(),
                    ..CustomerDetails::default()
                },
            });
        }
        first.number()
    }

    fn complaints(&mut self) {
        let complaint = self.change(Command::RecordComplaint {
            details: ComplaintDetails {
                channel: Some(Channel::Visit),
                complainant: "李娜".into(),
                phone: "02165432100".into(),
                category: "noise".into(),
                text: "楼上装修噪音，中午也在施工".into(),
                ..ComplaintDetails::default()
            },
            intake: None,
        });
        let at = |record: &Record| frontdesk::desk::contract::At {
            number: record.number(),
            version: record.meta().version,
        };
        self.change(Command::StepComplaint {
            at: at(&complaint),
            step: frontdesk::domain::complaint::Step::Assign {
                department: "security".into(),
                handler: "刘队长".into(),
                note: String::new(),
                category: String::new(),
                cause: String::new(),
                justified: Judgement::default(),
                reasonable: Judgement::default(),
            },
        });
    }

    fn intakes(&mut self, customer: Number) {
        let details = |kind, caller: &str, phone: &str, place: &str, text: &str| IntakeDetails {
            channel: Some(Channel::Call),
            kind,
            caller: caller.into(),
            phone: phone.into(),
            place: place.into(),
            text: text.into(),
            access: if kind == IntakeKind::Repair {
                "周六上午".into()
            } else {
                String::new()
            },
            ..IntakeDetails::default()
        };
        let mut known = details(
            IntakeKind::Repair,
            "",
            "13800138000",
            "",
            "厨房水管漏水，已关总阀",
        );
        known.customer = Some(customer);
        self.change(Command::LogIntake {
            details: known,
            new_customer: None,
        });
        let enquiry = details(
            IntakeKind::Enquiry,
            "赵晓",
            "13600136000",
            "门口",
            "问停车月卡怎么办理",
        );
        self.change(Command::LogIntake {
            details: enquiry,
            new_customer: None,
        });
    }

    fn archive(&mut self) {
        let keeper = self.operator;
        let file = |title: &str, class: &str, grade| FileDetails {
            title: title.into(),
            class: class.into(),
            person: "王建国".into(),
            place: "A-03-12".into(),
            pieces: 3,
            grade,
            keeper: Some(keeper),
            ..FileDetails::default()
        };
        self.change(Command::CreateFile {
            details: file("3-1201装修档案", "decoration", Grade::None),
        });
        let lent = self.change(Command::CreateFile {
            details: file("消防设备合同", "contract", Grade::None),
        });
        self.change(Command::CheckOut {
            file: frontdesk::desk::contract::At {
                number: lent.number(),
                version: 1,
            },
            details: LoanDetails {
                borrower: "陈工".into(),
                copies: 2,
                reason: "年检".into(),
                ..LoanDetails::default()
            },
        });
        // Graded while it is out, for then it would be lent on a request only; in the same minute.
        self.change(Command::ChangeFile {
            at: frontdesk::desk::contract::At {
                number: lent.number(),
                version: 2,
            },
            details: file("消防设备合同", "contract", Grade::Secret),
        });
        self.clock.advance_seconds(-60);
    }
}
