//! Lists, searches and type-ahead in process, each beside SQLite over the same rows.

use std::time::{Duration, Instant};

use fastrand::Rng;
use frontdesk::desk::Counter;
use frontdesk::desk::contract::{Cursor, Filter, ListQuery, Query, Reply, Request, Sort};
use frontdesk::domain::number::Kind;
use frontdesk::text::pinyin;

use crate::Fallible;
use crate::generate::{Plain, Site};
use crate::report::Times;
use crate::session::Session;
use crate::shelf::Copy;
use crate::table::{Best, ROUNDS, Table, figure};
use crate::words;
use crate::yardstick::{Ask, Database};

/// Questions of a round, on each side.
const QUESTIONS: usize = 2_000;
/// Each side has so many in its turn.
const TURN: usize = 100;
/// A round ends after this time, however few were asked.
const ENOUGH: Duration = Duration::from_secs(5);
/// Rows asked for.
const ROWS: u32 = 50;
/// Questions that are put before anything counts.
const WARM: usize = 20;
/// At most: p50 and p99 of theirs.
const TARGET: (f64, f64) = (2.0, 4.0);
/// Pages from the end of a list that are held for questions deep in it.
const DEEP: usize = 40;

/// The same question to both.
struct Question {
    ours: Query,
    theirs: Ask,
}

fn list(kind: Kind, sort: Sort, filter: Filter) -> ListQuery {
    ListQuery {
        kind,
        filter,
        sort,
        find: String::new(),
        after: None,
        before: None,
        from_end: false,
        limit: ROWS,
        full: false,
    }
}

fn search(text: &str, theirs: Ask) -> Question {
    let ours = Query::Search {
        text: text.to_owned(),
        limit: ROWS,
    };
    Question { ours, theirs }
}

/// Some record with what is asked for.
fn some(site: Site, rng: &mut Rng, fit: impl Fn(&Plain) -> bool) -> Plain {
    loop {
        let (_, plain) = site.record(rng.u64(..site.size));
        if fit(&plain) {
            return plain;
        }
    }
}

fn person(site: Site, rng: &mut Rng) -> Plain {
    some(site, rng, |plain| {
        plain.kind != Kind::Loan.code() && plain.phone.len() == 11
    })
}

fn first(all: Vec<String>) -> String {
    all.into_iter().next().unwrap_or_default()
}

type Maker = fn(Site, &mut Rng) -> Question;

/// Every kind of search.
const SEARCHES: &[(&str, Maker)] = &[
    ("telephone, first 7 digits", |site, rng| {
        let start: String = person(site, rng).phone.chars().take(7).collect();
        search(&start, Ask::Begins("phone", start.clone()))
    }),
    ("telephone, last 4 digits", |site, rng| suffix(site, rng, 4)),
    ("telephone, last 8 digits", |site, rng| suffix(site, rng, 8)),
    ("name", |site, rng| {
        let name = person(site, rng).name;
        search(&name, Ask::Begins("name", name.clone()))
    }),
    ("surname only", |_, rng| {
        let name = words::surname(rng);
        search(name, Ask::Begins("name", name.to_owned()))
    }),
    ("initials", |site, rng| {
        let initials = first(pinyin::initials(&person(site, rng).name));
        search(&initials, Ask::Begins("initials", initials.clone()))
    }),
    ("full pinyin", |site, rng| {
        let sound = first(pinyin::full(&person(site, rng).name));
        search(&sound, Ask::Begins("pinyin", sound.clone()))
    }),
    ("plate", |site, rng| {
        let plate = some(site, rng, |plain| !plain.plate.is_empty()).plate;
        search(&plate, Ask::Begins("plate", plate.clone()))
    }),
    ("room", |site, rng| {
        let fit = |plain: &Plain| plain.kind == Kind::Intake.code();
        let place = some(site, rng, fit).place;
        search(&place, Ask::Begins("place", place.clone()))
    }),
    ("number", |site, rng| {
        let seq = rng.u64(1..=site.size / 4);
        let number = format!("{}-{}-{seq:06}", Kind::Complaint.letters(), site.year);
        search(&number, Ask::Is("number", number.clone()))
    }),
    ("two common characters", |_, rng| {
        let word = words::common(rng);
        search(word, Ask::Words(vec![word.to_owned()]))
    }),
    ("two rare characters", |_, rng| {
        let word = words::rare(rng);
        search(&word, Ask::Words(vec![word.clone()]))
    }),
    ("two words combined", |_, rng| {
        let (one, other) = (
            words::common(rng).to_owned(),
            words::latin(rng).to_lowercase(),
        );
        search(&format!("{one} {other}"), Ask::Words(vec![one, other]))
    }),
    ("a name and a word", |site, rng| {
        let (name, word) = (person(site, rng).name, words::common(rng).to_owned());
        search(&format!("{name} {word}"), Ask::NameAndWord(name, word))
    }),
    ("English word", |_, rng| {
        let word = words::latin(rng).to_lowercase();
        search(&word, Ask::Words(vec![word.clone()]))
    }),
    ("who calls, 5 to 11 digits typed", |site, rng| {
        let fit = |plain: &Plain| plain.kind == Kind::Customer.code();
        let typed = rng.usize(5..=11);
        let digits: String = some(site, rng, fit).phone.chars().take(typed).collect();
        Question {
            ours: Query::Caller {
                digits: digits.clone(),
            },
            theirs: Ask::Caller(digits),
        }
    }),
];

fn suffix(site: Site, rng: &mut Rng, digits: usize) -> Question {
    let back: String = person(site, rng).phone.chars().rev().take(digits).collect();
    let end: String = back.chars().rev().collect();
    search(&end, Ask::Begins("phone_back", back))
}

/// How many rows answers had.
#[derive(Default, Clone, Copy)]
struct Rows {
    rows: usize,
    answers: usize,
}

impl Rows {
    fn join(&mut self, other: Self) {
        self.rows += other.rows;
        self.answers += other.answers;
    }

    #[allow(clippy::cast_precision_loss, reason = "a figure of a few digits")]
    fn mean(self) -> f64 {
        self.rows as f64 / self.answers.max(1) as f64
    }
}

/// What one side took and found in a round.
#[derive(Default)]
struct Round {
    times: Times,
    rows: Rows,
}

impl Round {
    fn add(&mut self, took: Duration, rows: usize) {
        self.times.add(took);
        self.rows.join(Rows { rows, answers: 1 });
    }
}

/// The rows of an answer.
fn rows(reply: &Reply) -> usize {
    match reply {
        Reply::Page(page) => page.rows.len(),
        Reply::Caller(card) => card.customers.len() + card.recent.len(),
        _ => 0,
    }
}

/// Both sides of the comparison.
struct Sides {
    ours: Session<Counter>,
    theirs: Database,
}

impl Sides {
    fn ask_ours(&mut self, query: Query) -> Fallible<Reply> {
        Ok(self.ours.ask(Request::Look(query))?)
    }

    /// A round: each in turn, until all are asked or it has taken long enough.
    fn round(&mut self, make: &mut dyn FnMut() -> Question) -> Fallible<[Round; 2]> {
        let (mut ours, mut theirs) = (Round::default(), Round::default());
        let began = Instant::now();
        while ours.times.count() < QUESTIONS && began.elapsed() < ENOUGH {
            let mut turn: Vec<Question> = (0..TURN).map(|_| make()).collect();
            let until = began.elapsed() + ENOUGH / 4;
            let mut done = 0;
            for question in &turn {
                let query = question.ours.clone();
                let asked = Instant::now();
                let reply = self.ask_ours(query)?;
                ours.add(asked.elapsed(), rows(&reply));
                std::hint::black_box(reply);
                done += 1;
                if began.elapsed() > until {
                    break;
                }
            }
            turn.truncate(done);
            for question in &turn {
                let asked = Instant::now();
                let rows = self.theirs.ask(&question.theirs)?;
                theirs.add(asked.elapsed(), rows);
                if began.elapsed() > until + ENOUGH {
                    break;
                }
            }
        }
        Ok([ours, theirs])
    }

    fn compare(
        &mut self,
        size: u64,
        what: &str,
        table: &mut Table,
        make: &mut dyn FnMut() -> Question,
    ) -> Fallible<()> {
        for _ in 0..WARM {
            let Question { ours, theirs } = make();
            self.ask_ours(ours)?;
            self.theirs.ask(&theirs)?;
        }
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let (mut our_rows, mut their_rows) = (Rows::default(), Rows::default());
        for _ in 0..ROUNDS {
            let [one, other] = self.round(make)?;
            our_rows.join(one.rows);
            their_rows.join(other.rows);
            ours.push(one.times);
            theirs.push(other.times);
        }
        let both = [Best::of(&mut ours), Best::of(&mut theirs)];
        table.times(size, what, both, TARGET);
        table.rows(size, what, [our_rows.mean(), their_rows.mean()]);
        Ok(())
    }

    /// Places deep in the list of requests, and rows deep in theirs.
    fn deep(&mut self) -> Fallible<Vec<Cursor>> {
        let mut query = list(Kind::Intake, Sort::Newest, Filter::Current);
        query.from_end = true;
        let mut places = Vec::new();
        for _ in 0..DEEP {
            let Reply::Page(page) = self.ask_ours(Query::List(query.clone()))? else {
                break;
            };
            let Some((cursor, _)) = page.rows.into_iter().next() else {
                break;
            };
            places.push(cursor.clone());
            query.from_end = false;
            query.before = Some(cursor);
        }
        Ok(places)
    }

    fn pages(&mut self, size: u64, table: &mut Table) -> Fallible<()> {
        let intake = Kind::Intake.code();
        let all: [(&str, ListQuery, Ask); 3] = [
            (
                "requests, the newest",
                list(Kind::Intake, Sort::Newest, Filter::Current),
                Ask::Newest(intake, None),
            ),
            (
                "customers by name",
                list(Kind::Customer, Sort::Name, Filter::Current),
                Ask::ByName(Kind::Customer.code()),
            ),
            (
                "loans by the day they are due",
                list(Kind::Loan, Sort::Due, Filter::Open),
                Ask::ByDue(Kind::Loan.code()),
            ),
        ];
        for (what, query, ask) in all {
            let mut make = || Question {
                ours: Query::List(query.clone()),
                theirs: ask.clone(),
            };
            self.compare(size, &format!("page: {what}"), table, &mut make)?;
        }
        let places = self.deep()?;
        let middle = self.theirs.middle(intake)?;
        let mut rng = Rng::with_seed(7);
        let mut make = || {
            let mut query = list(Kind::Intake, Sort::Newest, Filter::Current);
            query.after = places.get(rng.usize(..places.len().max(1))).cloned();
            Question {
                ours: Query::List(query),
                theirs: Ask::Newest(intake, Some(rng.i64(middle / 2..=middle))),
            }
        };
        self.compare(size, "page: requests, deep in the list", table, &mut make)
    }
}

/// Measures pages and searches on a store.
pub fn measure(copy: &Copy, table: &mut Table) -> Fallible<()> {
    let size = copy.site.size;
    let began = Instant::now();
    let ours = copy.desk()?;
    let opened = began.elapsed();
    let theirs = Database::open(&copy.database())?;
    let mut sides = Sides { ours, theirs };
    Table::head(
        &format!("{size} records: 50 full rows, in process; p50 / p99 in ms"),
        "SQLite",
    );
    Table::figure("opening the store", &figure(opened), "");
    sides.pages(size, table)?;
    for (what, make) in SEARCHES {
        let mut rng = Rng::with_seed(11);
        let mut make = || make(copy.site, &mut rng);
        sides.compare(size, &format!("search: {what}"), table, &mut make)?;
    }
    sides.ours.door.into_desk().close()?;
    Ok(())
}
