//! An archive that takes a library's loans over and goes on with them day by day.

use std::collections::BTreeMap;

use fastrand::Rng;
use frontdesk::desk::contract::{At, Command, Cursor, Filter, ListQuery, Query, Reply, Sort};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::profile::Tab;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::exchange::book::{self, Options};
use frontdesk::exchange::mapping::Mapping;
use serde_json::{Value, json};

use crate::Past;
use crate::common::list;
use crate::common::staff::Staff;
use crate::count;
use crate::importing::{PLAIN, exported, import};

/// How the archive lends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lending {
    /// At a dealership, without a request.
    AtOnce,
    /// In a call centre, on a request that was endorsed, approved and signed for.
    OnRequest,
}

/// What the desk says when a day ends.
#[derive(Debug, Clone, Copy)]
pub struct Evening {
    pub day: i64,
    pub count: u64,
    /// The days of all overdue ones together, where they were added up.
    pub days_late: Option<i64>,
}

/// What happens to a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Back(usize),
    Out(usize),
}

/// The days of an archive.
pub struct Replay<'a> {
    staff: Staff,
    way: Lending,
    loans: &'a [Past],
    random: Rng,
    /// The moment of the takeover, as the library writes it.
    takeover: String,
    files: BTreeMap<String, At>,
    out: BTreeMap<usize, Number>,
    refused: BTreeMap<String, u64>,
}

/// A moment as the library writes it, as the clock is set.
fn clock(moment: &str) -> String {
    moment[..16].replace('/', "-")
}

fn day(moment: &str) -> String {
    clock(moment)[..10].to_owned()
}

impl<'a> Replay<'a> {
    /// The takeover is on the evening of a day in the middle third of the loans.
    pub fn of(way: Lending, loans: &'a [Past], mut random: Rng) -> Self {
        let third = loans.len() / 3;
        let at_loan = &loans[third + random.usize(0..third)];
        let takeover = format!("{} 23:00:00", &at_loan.lent[..10]);
        let profile = match way {
            Lending::AtOnce => "dealership",
            Lending::OnRequest => "call-centre",
        };
        Self {
            staff: Staff::since(profile, &clock(&takeover)),
            way,
            loans,
            random,
            takeover,
            files: BTreeMap::new(),
            out: BTreeMap::new(),
            refused: BTreeMap::new(),
        }
    }

    /// Plays it to the end, and holds every evening against the export.
    pub fn run(mut self) -> Vec<Evening> {
        self.take_over();
        let events = self.events();
        let mut evenings = vec![self.evening(&self.takeover.clone(), true)];
        let mut events = events.into_iter().peekable();
        let (first, last) = (count::day(&day(&self.takeover)), self.last_day());
        for number in first + 1..=last {
            let today = written(number);
            while let Some((moment, event)) = events.next_if(|(moment, _)| day(moment) == today) {
                self.staff.set(&clock(&moment));
                match event {
                    Event::Out(loan) => self.lend(loan),
                    Event::Back(loan) => self.take_back(loan),
                }
            }
            let added_up = number % 7 == 0 || number == last;
            evenings.push(self.evening(&format!("{today} 23:00:00"), added_up));
        }
        assert!(events.next().is_none(), "not all was played");
        self.check(&evenings);
        evenings
    }

    fn check(&mut self, evenings: &[Evening]) {
        self.staff.is(Role::Administrator);
        let csv = exported(&mut self.staff.bench, Kind::Loan);
        let rows = count::rows(std::str::from_utf8(&csv).unwrap());
        assert_eq!(rows.len(), self.loans.len(), "every loan is a row");
        assert!(rows.iter().all(|row| row.due == row.lent + 3));
        for evening in evenings {
            let (counted, days) = count::overdue(&rows, evening.day);
            let today = written(evening.day);
            assert_eq!(evening.count, counted, "{today}");
            if let Some(late) = evening.days_late {
                assert_eq!(late, days, "{today}");
            }
        }
        for rule in ["A11-19.5b due", "A11-20 already-lent"] {
            assert!(self.refused.contains_key(rule), "{:?}", self.refused);
        }
        assert!(self.staff.bench.desk.verify(None).unwrap().is_clean());
    }

    fn last_day(&self) -> i64 {
        let ends = self.loans.iter().map(|it| (&it.returned).max(&it.lent));
        ends.map(|moment| count::day(&day(moment))).max().unwrap() + 5
    }

    /// What happens after the takeover, in its order; on one moment what comes back first.
    fn events(&self) -> Vec<(String, Event)> {
        let mut events = Vec::new();
        for (number, loan) in self.loans.iter().enumerate() {
            events.push((loan.lent.clone(), Event::Out(number)));
            if !loan.returned.is_empty() {
                events.push((loan.returned.clone(), Event::Back(number)));
            }
        }
        events.retain(|(moment, _)| *moment > self.takeover);
        events.sort();
        events
    }

    /// The loans so far are imported as the library has them, those that are out without a return.
    fn take_over(&mut self) {
        let mut text = "id_emprestimo,codigo_barras,data_renovacao,data_emprestimo,data_devolucao,\
                        matricula_ou_siape,tipo_vinculo_usuario\n"
            .to_owned();
        let so_far = self.loans.iter().filter(|loan| loan.lent <= self.takeover);
        let mut count = 0;
        for (number, loan) in so_far.enumerate() {
            let returned = Some(&loan.returned).filter(|it| **it <= self.takeover);
            let id = number.to_string();
            let cells = [
                &*id,
                &loan.item,
                "",
                &loan.lent,
                returned.map_or("", String::as_str),
                &loan.borrower,
                &loan.unit,
            ];
            text.push_str(&cells.join(","));
            text.push('\n');
            count += 1;
        }
        let table = book::open(text.into(), "loans.csv", &Options::default()).unwrap();
        let map = include_str!("../../fixtures/import/library-loans.toml");
        let mapping = Mapping::parse(map, "library-loans.toml").unwrap();
        self.staff.is(Role::Administrator);
        let outcome = import(&mut self.staff.bench, &table, &mapping, &PLAIN);
        assert_eq!(
            outcome.totals(),
            [count, count, 0, 0],
            "{:?}",
            outcome.reasons()
        );
        for record in self.whole(Kind::File, Filter::All) {
            let Record::File(file) = record else { panic!() };
            let at = At {
                number: file.meta.number,
                version: file.meta.version,
            };
            self.files.insert(file.details.external.clone(), at);
        }
        for record in self.whole(Kind::Loan, Filter::Open) {
            let Record::Loan(loan) = record else { panic!() };
            let item = self.files.iter().find(|(_, at)| at.number == loan.file);
            let item = item.unwrap().0;
            let mut all = self.loans.iter().enumerate();
            let is_it = |past: &Past| {
                past.item == *item
                    && past.lent <= self.takeover
                    && (past.returned.is_empty() || past.returned > self.takeover)
            };
            let found = all.find(|(_, past)| is_it(past));
            let (number, _) = found.unwrap_or_else(|| panic!("{item} {loan:?}"));
            self.out.insert(number, loan.meta.number);
        }
    }

    /// Every record of a list.
    fn whole(&mut self, kind: Kind, filter: Filter) -> Vec<Record> {
        self.staff.is(Role::Administrator);
        let mut records = Vec::new();
        let mut after: Option<Cursor> = None;
        loop {
            let page = self.staff.bench.page(ListQuery {
                after: after.take(),
                full: true,
                ..list(kind, filter, Sort::Oldest)
            });
            after = page.rows.last().map(|(cursor, _)| cursor.clone());
            records.extend(page.rows.into_iter().map(|(_, row)| row.record));
            if !page.after {
                return records;
            }
        }
    }

    fn archivist(&self) -> Role {
        match self.way {
            Lending::AtOnce => Role::ArchiveAdministrator,
            Lending::OnRequest => Role::InformationSpecialist,
        }
    }

    /// The file of an item, set up where it is lent for the first time.
    fn file(&mut self, item: &str) -> At {
        if let Some(at) = self.files.get(item) {
            return *at;
        }
        let class = self.staff.profile.archive.classes[0].id.clone();
        let details = json!({ "title": item, "external": item, "class": class });
        let by = self.archivist();
        let file = self
            .staff
            .does(by, "create-file", json!({ "details": details }));
        let at = At {
            number: file.number(),
            version: file.meta().version,
        };
        self.files.insert(item.to_owned(), at);
        at
    }

    /// What must be refused, and is counted by its rule.
    fn refuse(&mut self, name: &str, body: Value) {
        let by = self.archivist();
        for why in self.staff.may_not(by, name, body) {
            *self.refused.entry(why).or_default() += 1;
        }
    }

    fn lend(&mut self, number: usize) {
        let past = self.loans[number].clone();
        let item = past.item.clone();
        let file = self.file(&item);
        let too_long = written(count::day(&day(&past.lent)) + 4);
        let greedy = self.random.u32(0..5) == 0;
        let (record, also) = match self.way {
            Lending::AtOnce => {
                let mut details = json!({
                    "borrower": past.borrower, "copies": 1, "reason": "借阅",
                });
                if greedy {
                    details["due"] = json!(too_long);
                    self.refuse("check-out", json!({ "file": file, "details": details }));
                    details["due"] = Value::Null;
                }
                self.done("check-out", &json!({ "file": file, "details": details }))
            }
            Lending::OnRequest => self.on_request(&past, file.number, greedy.then_some(too_long)),
        };
        self.out.insert(number, record.number());
        for record in also.iter().filter(|it| it.number().kind == Kind::File) {
            self.files.get_mut(&item).unwrap().version = record.meta().version;
        }
        // What is out is not lent once more (A11-20).
        if self.random.u32(0..5) == 0 {
            let file = self.files[&item];
            let details = json!({ "borrower": "别人", "copies": 1, "reason": "借阅" });
            match self.way {
                Lending::AtOnce => {
                    self.refuse("check-out", json!({ "file": file, "details": details }));
                }
                Lending::OnRequest => {
                    let request = self.granted(&past, file.number, None);
                    self.refuse("lend", json!({ "at": request }));
                }
            }
        }
    }

    fn done(&mut self, name: &str, body: &Value) -> (Record, Vec<Record>) {
        let by = self.archivist();
        let command: Command = serde_json::from_value(json!({ name: body })).unwrap();
        self.staff.is(by).change_all(command)
    }

    /// A request for a file that was endorsed, approved and signed for, as it is then.
    fn granted(&mut self, past: &Past, file: Number, due: Option<&str>) -> Value {
        let details = json!({
            "purpose": "borrow", "file": file, "object": "馆藏", "aim": "学习", "reason": "借阅",
            "reader": past.borrower, "unit": past.unit, "copies": 1, "due": due,
        });
        let body = json!({ "details": details });
        let number = self
            .staff
            .does(Role::Borrower, "request-access", body)
            .number();
        let mut version = 1;
        let stamp = json!({ "endorse": { "stamped": true, "head": "系主任" } });
        let yes = json!({ "approve-access": { "sufficient": true, "complete": true } });
        for (by, step) in [
            (Role::Borrower, stamp),
            (Role::InformationSpecialist, yes),
            (Role::Borrower, json!({ "sign-register": {} })),
        ] {
            let at = json!({ "number": number, "version": version });
            self.staff
                .does(by, "step-access", json!({ "at": at, "step": step }));
            version += 1;
        }
        json!({ "number": number, "version": version })
    }

    fn on_request(
        &mut self,
        past: &Past,
        file: Number,
        too_long: Option<String>,
    ) -> (Record, Vec<Record>) {
        if let Some(due) = too_long {
            let request = self.granted(past, file, Some(&due));
            self.refuse("lend", json!({ "at": request }));
        }
        let request = self.granted(past, file, None);
        self.done("lend", &json!({ "at": request }))
    }

    fn take_back(&mut self, number: usize) {
        let loan = self.out.remove(&number).unwrap();
        let at = json!({ "number": loan, "version": 1 });
        if self.random.u32(0..9) == 0 {
            let more = json!({ "at": at, "pieces": 2, "note": "" });
            self.refuse("check-in", more);
        }
        let (_, also) = self.done("check-in", &json!({ "at": at, "pieces": 1, "note": "" }));
        let item = &self.loans[number].item;
        for record in also.iter().filter(|it| it.number().kind == Kind::File) {
            self.files.get_mut(item).unwrap().version = record.meta().version;
        }
    }

    /// What the desk says in the evening.
    fn evening(&mut self, moment: &str, added_up: bool) -> Evening {
        self.staff.set(&clock(moment));
        self.staff.is(Role::Administrator);
        let counts = match self.staff.bench.look(Query::Counts) {
            Reply::Counts(counts) => counts,
            other => panic!("{other:?}"),
        };
        let archive = counts.iter().find(|it| it.tab == Tab::Archive).unwrap();
        let days_late = added_up.then(|| {
            let page = self
                .staff
                .bench
                .page(list(Kind::Loan, Filter::Late, Sort::Due));
            assert_eq!(page.rows.len() as u64, archive.late, "{moment}");
            page.rows.iter().map(|(_, row)| row.days_late).sum()
        });
        assert_eq!(archive.open, self.out.len() as u64, "{moment}");
        Evening {
            day: count::day(&day(moment)),
            count: archive.late,
            days_late,
        }
    }
}

/// A day as it is written, by its number since 1970.
fn written(number: i64) -> String {
    let noon = number * 86_400 + 43_200;
    let time = chrono::DateTime::from_timestamp(noon, 0).unwrap();
    time.format("%Y-%m-%d").to_string()
}
