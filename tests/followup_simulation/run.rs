//! The year of the office, by a seed: who is contacted when, and what the lists of the mornings showed.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use frontdesk::desk::contract::{At, Command, Filter, ListQuery, Sort};
use frontdesk::domain::calendar::Calendar;
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::follow_up::{Contact, FollowUpDetails, FollowUpKind};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::Operator;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;

use crate::common::{Bench, list, visited};
use crate::count::{self, Wanted};
use crate::importing::exported;

/// Days from one call to the next at this office.
const CALL_DAYS: u32 = 45;
/// The first day of the year.
const FIRST: &str = "2024-01-02";
/// So many specialists.
const SPECIALISTS: usize = 5;

/// What was played.
pub struct Played {
    /// Contacts in the export.
    pub contacts: usize,
    /// What had to be on a list.
    pub wanted: usize,
    /// Of that, what was there since an earlier day.
    pub late: usize,
    /// Of that, customers to whom a call was owed.
    pub owed: usize,
    /// Lists that were looked at.
    pub lists: usize,
}

/// A year of an office.
pub struct Year {
    bench: Bench,
    first: Number,
    specialists: Vec<Operator>,
    random: Rng,
    customers: usize,
    /// What each list showed, by day and owner.
    shown: BTreeMap<(i64, String), BTreeSet<String>>,
}

impl Year {
    /// An office with so many customers, each with a contact planned.
    pub fn of(seed: u64, customers: usize) -> Self {
        let rules = format!(
            "[follow_ups]\ncall_days = {CALL_DAYS}\nholiday_greetings = false\n[permits]\nexport = false\n"
        );
        let mut bench = Bench::set_up_at("leasing", Some(&rules), &format!("{FIRST} 08:00"));
        let first = bench.operator;
        let specialists = (1..=SPECIALISTS)
            .map(|place| bench.add_operator(&format!("specialist{place}"), &[Role::LeasingManager]))
            .collect();
        let mut year = Self {
            bench,
            first,
            specialists,
            random: Rng::with_seed(seed),
            customers,
            shown: BTreeMap::new(),
        };
        for place in 0..customers {
            let owner = year.specialists[place % SPECIALISTS].meta.number;
            let phone = format!("154{place:08}");
            let details = CustomerDetails {
                owner: Some(owner),
                ..visited("王芳", &phone)
            };
            year.bench.operator = first;
            let customer = year.bench.customer(details).meta.number;
            let ahead = year.random.u64(0..60);
            year.bench.operator = owner;
            year.bench.change(Command::PlanFollowUp {
                details: FollowUpDetails {
                    customer: Some(customer),
                    day: Some(Day::parse(FIRST).unwrap().plus(ahead)),
                    ..FollowUpDetails::default()
                },
            });
        }
        year
    }

    /// Plays it to the end, and holds what every list showed against the export.
    pub fn play(mut self) -> Played {
        let calendar = Calendar::builtin();
        let mut day = Day::parse(FIRST).unwrap();
        while day.0 <= Day::parse("2024-12-31").unwrap().0 {
            if calendar.is_working(day.0) {
                for place in 0..SPECIALISTS {
                    self.morning(day, place);
                }
            }
            day = day.plus(1);
        }
        self.check()
    }

    /// A specialist looks at the list and does most of what stands there.
    fn morning(&mut self, day: Day, place: usize) {
        let specialist = self.specialists[place].clone();
        self.bench
            .clock
            .set(crate::common::at(&format!("{day} 09:0{place}")));
        self.bench.operator = specialist.meta.number;
        let mut rows = Vec::new();
        let mut after = None;
        loop {
            let page = self.bench.page(ListQuery {
                limit: 500,
                after: after.take(),
                ..list(Kind::FollowUp, Filter::Today, Sort::Newest)
            });
            after = page.rows.last().map(|(cursor, _)| cursor.clone());
            rows.extend(page.rows.into_iter().map(|(_, row)| row));
            if !page.after {
                break;
            }
        }
        let numbers = rows.iter().map(|row| row.record.number().to_string());
        let key = (count::day(&day.to_string()), specialist.name.clone());
        self.shown.insert(key, numbers.collect());
        for row in rows {
            // Now and then somebody is left for another day.
            if self.random.u32(0..8) == 0 {
                continue;
            }
            let next = self.next(day);
            let contact = Contact {
                text: "已联系".to_owned(),
                declined: next.is_none(),
                next_day: next,
                next_kind: Some(self.kind()),
                ..Contact::default()
            };
            let meta = row.record.meta();
            let at = At {
                number: meta.number,
                version: meta.version,
            };
            self.bench.change(match row.record {
                Record::FollowUp(_) => Command::DoFollowUp { at, contact },
                _ => Command::LogContact {
                    details: FollowUpDetails {
                        customer: Some(at.number),
                        kind: FollowUpKind::Call,
                        ..FollowUpDetails::default()
                    },
                    contact,
                },
            });
        }
    }

    /// What the next contact is.
    fn kind(&mut self) -> FollowUpKind {
        if self.random.u32(0..3) == 0 {
            FollowUpKind::Visit
        } else {
            FollowUpKind::Call
        }
    }

    /// The day of the next contact; none where the customer wants none.
    fn next(&mut self, today: Day) -> Option<Day> {
        let wanted = self.random.u32(0..3) > 0;
        wanted.then(|| today.plus(self.random.u64(1..120)))
    }

    fn check(mut self) -> Played {
        self.bench.operator = self.first;
        let csv = exported(&mut self.bench, Kind::FollowUp);
        let rows = count::rows(std::str::from_utf8(&csv).unwrap());
        let contacts = rows.len();
        let due: BTreeMap<String, i64> = rows
            .iter()
            .map(|row| (row.number.clone(), row.due))
            .collect();
        let wanted = Wanted::of(rows, self.customers, CALL_DAYS.into());
        let first = count::day(FIRST);
        let mut played = Played {
            contacts,
            wanted: 0,
            late: 0,
            owed: 0,
            lists: self.shown.len(),
        };
        let days: BTreeSet<i64> = self.shown.keys().map(|(day, _)| *day).collect();
        for day in days {
            for (owner, number) in wanted.on(day) {
                let shown = &self.shown[&(day, owner.clone())];
                assert!(
                    shown.contains(&number),
                    "{number} of {owner} on day {}",
                    day - first
                );
                played.wanted += 1;
                let on = due.get(&number);
                played.late += usize::from(on.is_some_and(|due| *due < day));
                played.owed += usize::from(on.is_none());
            }
        }
        assert!(self.bench.desk.verify(None).unwrap().is_clean());
        played
    }
}
