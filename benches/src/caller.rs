//! Who calls: whether the panel beside the form is right in the first frame after the last digit of a
//! number, while other sessions write; and whether names are found by their sound.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use frontdesk::desk::contract::{Command, Filter, ListQuery, Query, Reply, Request};
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::phone::{Phone, PhoneLabel};

use crate::Fallible;
use crate::pty::{CLEAR, Terminal, frontdesk};
use crate::report::{Report, Times};
use crate::rig::Rig;
use crate::session::{Session, line, newest};
use crate::shelf;

/// Sessions that write meanwhile.
const WRITERS: u64 = 16;
/// Between two changes of one of them: many times what somebody at a desk does.
const PACE: Duration = Duration::from_millis(250);
/// A number shows within so many frames: one that was drawn for what others did may come first.
const FRAMES: usize = 20;
/// Of a thousand keys so many are right.
const RIGHT: usize = 999;
/// Names with their initials and their whole sound.
const BY_SOUND: &str = include_str!("../../fixtures/names/by-sound.tsv");

/// Measures at a store of so many records with so many numbers.
pub fn measure(size: u64, numbers: usize) -> Fallible<Report> {
    let mut report = Report::new(format!(
        "{size} records, {WRITERS} sessions that write every {} ms: {numbers} numbers typed",
        PACE.as_millis()
    ));
    let shelf = shelf::shelf(size)?;
    let rig = Rig::on(shelf.copy()?.folder)?;
    // A screen on which others' changes come up never stands still: it is there before they begin.
    let mut terminal = Terminal::start(frontdesk(rig.folder()))?;
    terminal.pass("c")?;
    let mut writers = Vec::new();
    for seed in 0..WRITERS {
        writers.push(Session::sign_in(line(&rig.place())?, seed)?);
    }
    let enough = AtomicBool::new(false);
    let (right, mut times, changes) = thread::scope(|scope| {
        let at_work = writers.into_iter().map(|mut session| {
            let enough = &enough;
            scope.spawn(move || {
                let mut changes = 0_usize;
                while !enough.load(Ordering::Relaxed) {
                    session.log()?;
                    changes += 1;
                    thread::sleep(PACE);
                }
                Fallible::Ok(changes)
            })
        });
        let at_work: Vec<_> = at_work.collect();
        let typed = typed(&mut terminal, &shelf.site, numbers);
        enough.store(true, Ordering::Relaxed);
        let mut changes = 0;
        for one in at_work {
            changes += one.join().map_err(|_| "a session ended")??;
        }
        let (right, times) = typed?;
        Fallible::Ok((right, times, changes))
    })?;
    let least = numbers * RIGHT / 1_000;
    report.target(
        "right in the first frame with the last digit",
        format!("≥ {least}"),
        right.to_string(),
        right >= least,
    );
    report.figure("last digit to that frame, ms", times.told());
    report.figure("changes of the others meanwhile", changes.to_string());
    by_sound(&rig, &mut report)?;
    Ok(report)
}

/// Types the numbers of customers; how often the panel was right, and how long it took.
fn typed(
    terminal: &mut Terminal,
    site: &crate::generate::Site, numbers: usize) -> Fallible<(usize, Times)> {
    let (rows, columns) = (NonZero::new(40), NonZero::new(120));
    let (rows, columns) = rows.zip(columns).ok_or("no screen")?;
    let mut screen = vt100::Parser::new(rows, columns, 0);
    let customers = site.customers();
    let mut rng = fastrand::Rng::with_seed(7);
    let (mut right, mut times) = (0, Times::default());
    for _ in 0..numbers {
        let (name, phone) = crate::generate::of_customer(rng.u64(1..=customers.max(1)));
        terminal.pass(CLEAR)?;
        let (begin, last) = phone.split_at(phone.len().saturating_sub(1));
        for digit in begin.chars() {
            terminal.pass(digit.encode_utf8(&mut [0; 4]))?;
        }
        screen.process(&std::mem::take(&mut terminal.written));
        let began = Instant::now();
        terminal.send(last)?;
        for _ in 0..FRAMES {
            let (at, frame) = terminal.frame()?;
            screen.process(&frame);
            let shown = screen.screen().contents();
            if shown.contains(&phone) {
                right += usize::from(shown.contains(&name));
                times.add(at.duration_since(began));
                break;
            }
        }
    }
    Ok((right, times))
}

/// Registers names and looks for each by its initials and by its whole sound.
fn by_sound(rig: &Rig, report: &mut Report) -> Fallible<()> {
    let mut session = Session::sign_in(line(&rig.place())?, 99)?;
    let mut known: Vec<(Number, Vec<&str>)> = Vec::new();
    for (place, row) in BY_SOUND.lines().enumerate() {
        let mut columns = row.split('\t');
        let details = CustomerDetails {
            name: columns.next().unwrap_or_default().to_owned(),
            phones: vec![Phone {
                digits: format!("1990000{place:04}"),
                label: PhoneLabel::Mobile,
            }],
            ..CustomerDetails::default()
        };
        let Reply::Done { record, .. } =
            session.ask(Request::Do(Command::RegisterCustomer { details }))?
        else {
            return Err("not registered".into());
        };
        known.push((record.number(), columns.collect()));
    }
    let names = known.len();
    for (column, what) in ["by initials", "by whole sound"].into_iter().enumerate() {
        let (mut found, mut times) = (0, Times::default());
        for (number, words) in &known {
            let query = ListQuery {
                kind: Kind::Customer,
                filter: Filter::Current,
                find: (*words.get(column).ok_or("a row without its sounds")?).to_owned(),
                ..newest()
            };
            let began = Instant::now();
            let answer = session.ask(Request::Look(Query::List(query)))?;
            times.add(began.elapsed());
            if let Reply::Page(page) = answer {
                let mut rows = page.rows.iter();
                found += usize::from(rows.any(|(_, row)| row.record.number() == *number));
            }
        }
        report.target(
            format!("names found {what}"),
            names.to_string(),
            found.to_string(),
            found == names,
        );
        report.figure("", times.told());
    }
    Ok(())
}
