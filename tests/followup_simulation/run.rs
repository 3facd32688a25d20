//! The year of the office, by a seed: who is contacted when, and what the lists of the mornings showed.

use std::collections::{BTreeMap, BTreeSet};

use frontdesk::desk::contract::{At, Command, Failure, Filter, ListQuery, Row, Sort};
use frontdesk::domain::calendar::Calendar;
use frontdesk::domain::campaign;
use frontdesk::domain::follow_up::{Contact, FollowUpDetails, FollowUpKind, Occasion};
use frontdesk::domain::intake::{Channel, IntakeDetails};
use frontdesk::domain::listed::Listed;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::stamp::Day;
use frontdesk::domain::survey::AnswerDetails;
use frontdesk::exchange::export::Form;

use crate::common::{at, call, list};
use crate::count::{Counter, GREETED, Morning, Past, Rules};
use crate::csv::{Table, day as days};
use crate::importing::exported_of;
use crate::office::Office;
use crate::rows::{line, since, whose};

/// How this office follows its customers up.
pub const RULES: Rules = Rules {
    call: 60,
    closed: 30,
    visit: 90,
    quiet: 40,
    confirm: 100,
    holiday: 5,
    birthday: (3, 3),
};
/// Mornings are held against what was exported so many working days later at the latest.
const AT_ONCE: usize = 20;

/// What a contact is about, so that what comes next may be a promise.
pub const PROMISE: &str = "答应回复租金方案";

/// What was played.
#[derive(Default)]
pub struct Played {
    /// What had to be on a list, by its source.
    pub wanted: BTreeMap<String, usize>,
    /// Of that, what was there since an earlier day.
    pub late: usize,
    /// Lists that were looked at.
    pub lists: usize,
}

/// A year of an office.
pub struct Year {
    office: Office,
    of: u16,
    /// What was exported on mornings that are not held against their lists yet, and what those showed, by
    /// owner.
    mornings: Vec<(Morning, BTreeMap<String, BTreeSet<String>>)>,
    played: Played,
}

impl Year {
    /// A year of an office to which so many customers come.
    pub fn of(seed: u64, customers: usize, year: u16) -> Self {
        Self {
            office: Office::of(seed, customers, first_of(year)),
            of: year,
            mornings: Vec::new(),
            played: Played::default(),
        }
    }

    /// Plays it to the end, and holds what every list showed against the exports.
    pub fn play(mut self) -> Played {
        let calendar = Calendar::builtin();
        let mut day = first_of(self.of);
        let mut working = 0;
        while day.year() == self.of {
            if calendar.is_working(day.0) {
                self.day(day, working);
                working += 1;
            }
            day = day.plus(1);
        }
        self.check();
        assert!(self.office.bench.desk.verify(None).unwrap().is_clean());
        self.played
    }

    fn day(&mut self, day: Day, working: usize) {
        self.set(day, "08:00");
        self.office.open(day, working);
        self.set(day, "08:30");
        let morning = self.morning(day);
        let mut shown = BTreeMap::new();
        let mut lists = Vec::new();
        for place in 0..self.office.specialists.len() {
            self.set(day, &format!("09:0{place}"));
            let rows = self.look(place);
            let lines: BTreeSet<String> = rows.iter().map(|row| line(day, row)).collect();
            assert_eq!(lines.len(), rows.len(), "{day}: something is there twice");
            shown.insert(self.office.specialists[place].name.clone(), lines);
            lists.push(rows);
        }
        self.mornings.push((morning, shown));
        self.set(day, "10:00");
        // Whose customers are nobody's is on every list.
        let mut done = BTreeSet::new();
        for (place, rows) in lists.into_iter().enumerate() {
            self.office.bench.operator = self.office.specialists[place].meta.number;
            for row in rows {
                // Now and then somebody is left for another day.
                if self.office.random.u32(0..8) > 0 && done.insert(line(day, &row)) {
                    self.work(day, &row);
                }
            }
        }
        self.set(day, "16:00");
        self.called();
        if self.mornings.len() == AT_ONCE {
            self.check();
        }
    }

    fn set(&self, day: Day, time: &str) {
        self.office.bench.clock.set(at(&format!("{day} {time}")));
    }

    fn exported(&mut self, kind: Kind, filter: Filter) -> Table {
        let bytes = exported_of(self.office.as_head(), kind, filter, Form::CsvUtf8);
        Table::read(std::str::from_utf8(&bytes).unwrap())
    }

    fn morning(&mut self, day: Day) -> Morning {
        Morning {
            day: days(&day.to_string()),
            customers: self.exported(Kind::Customer, Filter::All),
            planned: self.exported(Kind::FollowUp, Filter::Open),
            plan: self.exported(Kind::PlanLine, Filter::Open),
            campaigns: self.exported(Kind::Campaign, Filter::All),
            surveys: self.exported(Kind::Survey, Filter::All),
            dossiers: self.exported(Kind::Dossier, Filter::All),
        }
    }

    /// A specialist looks at the whole of the list.
    fn look(&mut self, place: usize) -> Vec<Row> {
        self.office.bench.operator = self.office.specialists[place].meta.number;
        let mut rows = Vec::new();
        let mut after = None;
        loop {
            let page = self.office.bench.page(ListQuery {
                limit: 500,
                after: after.take(),
                ..list(Kind::FollowUp, Filter::Today, Sort::Newest)
            });
            after = page.rows.last().map(|(cursor, _)| cursor.clone());
            rows.extend(page.rows.into_iter().map(|(_, row)| row));
            if !page.after {
                return rows;
            }
        }
    }

    /// Does what stands in a row.
    fn work(&mut self, day: Day, row: &Row) {
        let number = row.record.number();
        let with = |details: FollowUpDetails| FollowUpDetails {
            customer: Some(number),
            text: PROMISE.into(),
            ..details
        };
        let serves = row.serves.as_ref().map(|serves| serves.number);
        let contact = self.contact(day);
        let command = match row.occasion.unwrap() {
            Occasion::Planned => return self.keep(day, row, contact),
            // Stands in a list of its own: no day calls for it.
            Occasion::NoInterval => panic!("{row:?}"),
            Occasion::Card => {
                let at = self.office.bench.present(number);
                Command::ConfirmCard { at }
            }
            Occasion::Call | Occasion::Closed | Occasion::Quiet => Command::LogContact {
                details: with(FollowUpDetails::default()),
                contact,
            },
            Occasion::Visit => Command::LogContact {
                details: with(FollowUpDetails {
                    kind: FollowUpKind::Visit,
                    ..FollowUpDetails::default()
                }),
                contact,
            },
            Occasion::Campaign => Command::LogContact {
                details: with(FollowUpDetails {
                    serves,
                    ..FollowUpDetails::default()
                }),
                contact,
            },
            Occasion::Plan => {
                let Record::PlanLine(line) = &row.record else {
                    panic!("{row:?}");
                };
                Command::LogContact {
                    details: FollowUpDetails {
                        customer: line.details.customer,
                        text: PROMISE.into(),
                        serves: Some(number),
                        kind: FollowUpKind::Visit,
                        ..FollowUpDetails::default()
                    },
                    contact,
                }
            }
            Occasion::Holiday => Command::LogContact {
                details: with(FollowUpDetails {
                    holiday: Some(since(day, row)),
                    ..FollowUpDetails::default()
                }),
                contact: Contact {
                    channel: Some(Channel::Text),
                    ..contact
                },
            },
            Occasion::Birthday => Command::Greet {
                customer: number,
                key: row
                    .profiled
                    .as_ref()
                    .unwrap()
                    .greeting
                    .as_ref()
                    .unwrap()
                    .key
                    .clone(),
                gift: String::new(),
                contact: Contact {
                    text: format!("{GREETED}{}", whose(row)),
                    // What is greeted is of nothing that could be promised.
                    next_kind: Some(FollowUpKind::Call),
                    missed: false,
                    ..contact
                },
            },
            Occasion::Survey => Command::LogAnswer {
                details: AnswerDetails {
                    survey: serves,
                    customer: Some(self.asked(row)),
                    channel: Some(Channel::Call),
                    scores: [("service".to_owned(), 90)].into(),
                    ..AnswerDetails::default()
                },
            },
        };
        // A line of the plan may have been done with what was planned for it, which is a row too.
        let over = self.is_over(command);
        assert!(!over || row.occasion == Some(Occasion::Plan), "{row:?}");
    }

    /// Whom a row of a survey asks: its customer, or one of those who are nobody's.
    fn asked(&mut self, row: &Row) -> Number {
        let Record::Survey(survey) = &row.record else {
            return row.record.number();
        };
        let number = Listed::new(&survey.meta.number.to_string());
        let page =
            self.office
                .bench
                .page(list(Kind::FollowUp, Filter::ToTell(number), Sort::Newest));
        let rows = page.rows.into_iter().map(|(_, row)| row.record);
        let mut nobodys = rows.filter_map(|record| match record {
            Record::Customer(it) if it.details.owner.is_none() => Some(it.meta.number),
            _ => None,
        });
        nobodys.next().unwrap()
    }

    /// Asks for a change that must be made; whether what it is for is over.
    fn is_over(&mut self, command: Command) -> bool {
        let Err(failure) = self.office.bench.ask(command) else {
            return false;
        };
        let Failure::Refused(refusal) = &failure else {
            panic!("{failure:?}");
        };
        let over = ["campaign-is-over", "plan-line-is-over"];
        let key = refusal.problems[0].key.as_str();
        assert!(over.contains(&key), "{failure:?}");
        true
    }

    /// What was planned is had, put off or given up; what it was for may be over.
    fn keep(&mut self, day: Day, row: &Row, mut contact: Contact) {
        let Record::FollowUp(it) = &row.record else {
            panic!("{row:?}");
        };
        // What was dated because nobody was there is settled with the line of the plan it is for.
        let now = self.office.bench.get(it.meta.number).record;
        if !matches!(&now, Record::FollowUp(now) if now.is_open()) {
            return;
        }
        if it.details.text.is_empty() {
            contact.next_kind = Some(FollowUpKind::Call);
        }
        // Which holiday a contact is for is seen by its day, which is not put off to the next one.
        let of_holiday = it.details.holiday.is_some();
        contact.missed &= !of_holiday;
        let at = At {
            number: it.meta.number,
            version: it.meta.version,
        };
        let give_up = Command::DropFollowUp {
            at,
            reason: "客户已搬走".into(),
        };
        let command = match self.office.random.u32(0..16) {
            0 => give_up.clone(),
            1 if !of_holiday => Command::ChangeFollowUp {
                at,
                details: FollowUpDetails {
                    day: Some(day.plus(self.office.random.u64(1..20))),
                    ..it.details.clone()
                },
            },
            _ => Command::DoFollowUp { at, contact },
        };
        if self.is_over(command) {
            self.office.bench.change(give_up);
        }
    }

    /// What is said, or that nobody was there, and what comes next.
    fn contact(&mut self, today: Day) -> Contact {
        let random = &mut self.office.random;
        let missed = random.u32(0..10) == 0;
        let next = if missed {
            Some(today.plus(random.u64(1..6)))
        } else {
            (random.u32(0..3) == 0).then(|| today.plus(random.u64(1..120)))
        };
        let kinds = FollowUpKind::ALL;
        Contact {
            text: "已联系".to_owned(),
            declined: next.is_none(),
            next_day: next,
            next_kind: (!missed).then(|| kinds[random.usize(0..kinds.len())]),
            missed,
            tried: Some(true),
            item: "台历".to_owned(),
            answer: Some(campaign::Answer::Accepted),
            ..Contact::default()
        }
    }

    /// Somebody calls.
    fn called(&mut self) {
        self.office.bench.operator = self.office.specialists[0].meta.number;
        let customer = self.office.someone();
        self.office.bench.intake(IntakeDetails {
            customer: Some(customer),
            ..call("询问租金")
        });
    }

    /// Holds the mornings that were not yet against their lists.
    fn check(&mut self) {
        let past = Past {
            contacts: self.exported(Kind::FollowUp, Filter::Closed),
            answers: self.exported(Kind::Answer, Filter::All),
            intakes: self.exported(Kind::Intake, Filter::All),
        };
        for (morning, lists) in std::mem::take(&mut self.mornings) {
            let counter = Counter::new(&RULES, &morning, &past);
            for (who, shown) in lists {
                let wanted = counter.list(&who);
                let lines: BTreeSet<String> = wanted.iter().map(|it| it.line.clone()).collect();
                let unlisted: Vec<_> = wanted
                    .iter()
                    .filter(|it| !shown.contains(&it.line))
                    .collect();
                let undue: Vec<_> = shown.difference(&lines).collect();
                assert!(
                    unlisted.is_empty() && undue.is_empty(),
                    "{who} on day {}: not listed {unlisted:?}, not due {undue:?}",
                    morning.day
                );
                self.played.lists += 1;
                for due in wanted {
                    self.played.late += usize::from(due.late);
                    *self.played.wanted.entry(due.source).or_default() += 1;
                }
            }
        }
    }
}

/// The first day of a year on which the office is open.
fn first_of(year: u16) -> Day {
    Day::of(year.into(), 1, 2).unwrap()
}
