//! The quarterly analysis over a quarter full of complaints, beside one reading of the same from the
//! store and beside an export of them.

use std::time::{Duration, Instant};

use frontdesk::desk::Counter;
use frontdesk::desk::contract::{Adopted, Command, Filter, ListQuery, Query, Reply, Request, Sort};
use frontdesk::domain::analysis::{Cell, Quarter};
use frontdesk::domain::complaint::ComplaintDetails;
use frontdesk::domain::number::Kind;
use frontdesk::domain::stamp::{Day, Stamp};

use crate::Fallible;
use crate::report::{Report, milliseconds};
use crate::rig::{memory, set_up};
use crate::session::Session;
use crate::shelf::{desk, import};

/// Records that go to the desk at once.
const TOGETHER: u64 = 256;
/// Each is measured so often, in turns; the best counts.
const ROUNDS: usize = 5;
/// At most so many times as long as reading once.
const TARGET: f64 = 3.0;
/// Quarters before that have complaints, a fifth as many each.
const EARLIER: u64 = 4;
/// Rows of a page of an export.
const PAGE: u32 = 1_000;

fn complaint(index: u64, quarter: Quarter) -> Adopted {
    let (from, to) = quarter.span(480);
    let length = to.0.saturating_sub(from.0);
    let share = i64::try_from(index.wrapping_mul(7_919) % 100_003).unwrap_or(0);
    let made = Stamp(from.0 + length / 100_003 * share);
    let details = ComplaintDetails {
        complainant: format!("客户{index}"),
        phone: format!("138{:08}", index * 7 % 90_000_000),
        category: ["noise", "parking", "fees", "security", "cleaning"][(index % 5) as usize]
            .to_owned(),
        place: format!("{}-{}", index % 20, index % 1_800),
        text: "电梯经常停在中间楼层，物业说已经报修，一个月过去了还是老样子，老人上下楼非常不便，希望尽快处理并给出明确的时间。".to_owned(),
        made_at: Some(made),
        ..ComplaintDetails::default()
    };
    let answer = (!index.is_multiple_of(4)).then(|| frontdesk::desk::contract::AdoptedEnd {
        at: Some(Stamp(
            made.0 + 3_600_000_000 * i64::try_from(index % 200).unwrap_or(0),
        )),
        text: "已更换控制板并试运行，客户表示满意。".to_owned(),
    });
    let departments = ["engineering", "security", "cleaning", "parking", "finance"];
    Adopted::Complaint {
        details,
        department: departments[(index % 5) as usize].to_owned(),
        assigned: true,
        closed: index.is_multiple_of(2),
        answer,
    }
}

fn fill(
    session: &mut Session<Counter>,
    indexes: std::ops::Range<u64>,
    quarter: Quarter,
) -> Fallible<()> {
    let import = import(session)?;
    let mut index = indexes.start;
    while index < indexes.end {
        let end = (index + TOGETHER).min(indexes.end);
        let commands = (index..end).map(|index| {
            Request::Do(Command::Adopt {
                import,
                record: Box::new(complaint(index, quarter)),
                existing: Default::default(),
                customer: String::new(),
            })
        });
        for answer in session.ask_all(commands.collect::<Vec<_>>().into_iter()) {
            answer.map_err(|failure| format!("{failure:?}"))?;
        }
        index = end;
    }
    Ok(())
}

fn timed(session: &mut Session<Counter>, query: Query) -> Fallible<(Duration, Reply)> {
    let began = Instant::now();
    let reply = session.ask(Request::Look(query))?;
    Ok((began.elapsed(), reply))
}

/// Every complaint as an export has it, page by page.
fn exported(session: &mut Session<Counter>) -> Fallible<Duration> {
    let mut taken = Duration::ZERO;
    let mut after = None;
    loop {
        let list = ListQuery {
            kind: Kind::Complaint,
            filter: Filter::All,
            sort: Sort::Newest,
            find: String::new(),
            after: after.take(),
            before: None,
            from_end: false,
            limit: PAGE,
            full: true,
        };
        let (time, reply) = timed(session, Query::List(list))?;
        taken += time;
        let Reply::Page(page) = reply else {
            return Err("no page".into());
        };
        after = page.rows.into_iter().next_back().map(|(cursor, _)| cursor);
        if !page.after {
            return Ok(taken);
        }
    }
}

/// The analysis over a quarter of so many complaints.
pub fn measure(size: u64) -> Fallible<Report> {
    let folder = tempfile::tempdir()?;
    set_up(folder.path())?;
    let mut session = desk(folder.path())?;
    let today = Day(chrono::Local::now().date_naive());
    let quarter = Quarter::of_day(today).before();
    fill(&mut session, 0..size, quarter)?;
    // The trend looks at the quarters before, which are not empty either.
    let mut earlier = quarter;
    for place in 0..EARLIER {
        earlier = earlier.before();
        let first = size + place * (size / 5);
        fill(&mut session, first..first + size / 5, earlier)?;
    }
    let before = memory(std::process::id())?;
    let mut best = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        // No complaint of an import is major: every one is read, and none is a row.
        let none = Query::AnalysisRows {
            quarter,
            cell: Cell::Major,
            limit: 1,
        };
        let (read, _) = timed(&mut session, none)?;
        let (counted, reply) = timed(&mut session, Query::Analysis(quarter))?;
        let Reply::Analysis(found) = reply else {
            return Err("no analysis".into());
        };
        if found.figures.total != size {
            return Err(format!("{} of {size} counted", found.figures.total).into());
        }
        let times = [read, counted, exported(&mut session)?];
        for (best, time) in best.iter_mut().zip(times) {
            *best = (*best).min(time);
        }
    }
    let grown = memory(std::process::id())?.saturating_sub(before);
    let [read, counted, taken_out] = best;
    // An export takes all quarters out, and this one is five ninths of it.
    let taken_out = taken_out * 5 / 9;
    let ratio = counted.as_secs_f64() / read.as_secs_f64().max(f64::EPSILON);
    let mut report = Report::new(format!("The analysis of a quarter of {size} complaints"));
    report.figure(
        "read once, in the order in which they were made",
        milliseconds(read),
    );
    report.figure("taken out by an export, its part", milliseconds(taken_out));
    report.figure("counted", milliseconds(counted));
    report.target(
        "counted, of reading once",
        format!("≤ {TARGET:.1}"),
        format!("{ratio:.2}"),
        ratio <= TARGET,
    );
    report.figure("memory more than before", format!("{} KiB", grown / 1024));
    Ok(report)
}
