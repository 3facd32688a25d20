//! Keys at a terminal, beside the bare list over as many rows; starting, and doing nothing.

use std::thread;
use std::time::{Duration, Instant};

use frontdesk::hub::Place;
use frontdesk::store::Home;

use crate::Fallible;
use crate::pty::{
    self, CLEAR, DOWN, END, HOME, Keys, PAGE_DOWN, PAGE_UP, Terminal, UP, floor, frontdesk,
};
use crate::rig::Rig;
use crate::session::line;
use crate::table::{Best, ROUNDS, Table, figure, ratio};

/// Keys of a round, for each kind and each program.
const KEYS: usize = 700;
/// Each program has so many in its turn.
const TURN: usize = 35;
/// At most: p50 and p99 of the floor's.
const TARGET: (f64, f64) = (1.5, 3.0);
/// Nothing is typed for so long.
const QUIET: Duration = Duration::from_secs(25);
/// A hub that was told to end has ended within this time.
const GONE: Duration = Duration::from_mins(1);
/// Starts that are timed.
const STARTS: usize = 5;

/// Keys of one kind: what is pressed before a turn, and what key comes at a place in it.
struct Course {
    what: &'static str,
    /// The most bytes that one may write.
    bytes: Option<usize>,
    before: &'static [&'static str],
    key: fn(usize) -> &'static str,
    form: bool,
}

const COURSES: [Course; 6] = [
    Course {
        what: "Down and Up, nothing scrolls",
        bytes: Some(600),
        before: &[HOME],
        key: |place| if place / 12 % 2 == 0 { DOWN } else { UP },
        form: false,
    },
    Course {
        what: "Down, the list scrolls",
        bytes: None,
        before: &[],
        key: |_| DOWN,
        form: false,
    },
    Course {
        what: "PageDown and PageUp",
        bytes: None,
        before: &[HOME],
        key: |place| if place < TURN / 2 { PAGE_DOWN } else { PAGE_UP },
        form: false,
    },
    Course {
        what: "End and Home",
        bytes: None,
        before: &[HOME],
        key: |place| if place.is_multiple_of(2) { END } else { HOME },
        form: false,
    },
    Course {
        what: "typing, ASCII",
        bytes: Some(120),
        before: &[CLEAR],
        key: |place| at("the quick brown fox jumps over a dog", place),
        form: true,
    },
    Course {
        what: "typing, Chinese",
        bytes: Some(120),
        before: &[CLEAR],
        key: |place| {
            at(
                "三号楼电梯停在四层不动里面有人请马上派人来看一下业主非常着急电话打不通",
                place,
            )
        },
        form: true,
    },
];

fn at(text: &'static str, place: usize) -> &'static str {
    let count = text.chars().count().max(1);
    let mut places = text.char_indices().skip(place % count);
    let start = places.next().map_or(0, |(start, _)| start);
    let end = places.next().map_or(text.len(), |(end, _)| end);
    text.get(start..end).unwrap_or("x")
}

/// From the list of requests into the text of a new one.
const INTO_TEXT: [&str; 6] = ["c", "\t", "\t", "\t", "\t", "\t"];

fn turn(terminal: &mut Terminal, course: &Course, keys: &mut Keys) -> Fallible<()> {
    for key in course.before {
        terminal.pass(key)?;
    }
    (0..TURN).try_for_each(|place| terminal.press((course.key)(place), keys))
}

/// Both programs at their terminals.
pub fn measure(rig: &Rig, records: u64, table: &mut Table) -> Fallible<()> {
    starts(rig, records, table)?;
    let mut ours = Terminal::start(frontdesk(rig.folder()))?;
    let mut bare = Terminal::start(floor(records)?)?;
    Table::head(
        &format!("{records} records: key to last byte at a terminal of 120 by 40; p50 / p99 in ms"),
        "bare list",
    );
    let mut in_form = false;
    for course in &COURSES {
        if course.form && !in_form {
            INTO_TEXT.iter().try_for_each(|key| ours.pass(key))?;
            in_form = true;
        }
        if course.before.is_empty() {
            // To the last row in sight: from there on the list scrolls.
            for terminal in [&mut ours, &mut bare] {
                (0..40).try_for_each(|_| terminal.pass(DOWN))?;
            }
        }
        let (mut our, mut their) = (Vec::new(), Vec::new());
        let mut all: [Keys; 2] = Default::default();
        for _ in 0..ROUNDS {
            let mut round: [Keys; 2] = Default::default();
            for _ in 0..KEYS / TURN {
                let [one, other] = &mut round;
                turn(&mut ours, course, one)?;
                turn(&mut bare, course, other)?;
            }
            for (all, keys) in all.iter_mut().zip(&round) {
                all.bytes.extend(&keys.bytes);
                all.silent += keys.silent;
            }
            let [one, other] = round;
            our.push(one.last);
            their.push(other.last);
        }
        told(
            course,
            records,
            [Best::of(&mut our), Best::of(&mut their)],
            &all,
            table,
        );
    }
    bytes_when_quiet(&mut ours, table);
    ours.pass(PAGE_UP)?;
    Ok(())
}

fn told(course: &Course, records: u64, best: [Best; 2], keys: &[Keys; 2], table: &mut Table) {
    let [ours, theirs] = best;
    let (half, tail) = (ratio(ours.half, theirs.half), ratio(ours.most, theirs.most));
    table.remember(records, &format!("key: {}", course.what), ours.half);
    table.row(
        course.what,
        &ours.told(),
        &theirs.told(),
        &format!("{half:.2} / {tail:.2}"),
        &format!("≤ {} / {}", TARGET.0, TARGET.1),
        half <= TARGET.0 && tail <= TARGET.1,
    );
    let [one, other] = keys;
    let bytes = |keys: &Keys| {
        let silent = match keys.silent {
            0 => String::new(),
            some => format!(", {some} drew nothing"),
        };
        format!(
            "{} / {}{silent}",
            keys.bytes_within(50),
            keys.bytes_within(99)
        )
    };
    let what = format!("{}: bytes", course.what);
    match course.bytes {
        Some(most) => {
            let kept = one.bytes_within(50) <= most;
            let target = format!("≤ {most}");
            table.row(&what, &bytes(one), &bytes(other), "", &target, kept);
        }
        None => Table::figure(&what, &bytes(one), &bytes(other)),
    }
}

fn bytes_when_quiet(ours: &mut Terminal, table: &mut Table) {
    // The clock of the minute may be shown somewhere, but not here.
    let bytes = ours.quiet(QUIET);
    table.row(
        &format!("bytes in {} s without a key", QUIET.as_secs()),
        &bytes.to_string(),
        "",
        "",
        "0",
        bytes == 0,
    );
}

fn starts(rig: &Rig, records: u64, table: &mut Table) -> Fallible<()> {
    Table::head(
        &format!("{records} records: starting; first byte / stable screen in ms, medians"),
        "bare list",
    );
    let (mut ours, mut theirs, mut least) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STARTS {
        ours.push(Terminal::start(frontdesk(rig.folder()))?.started);
        theirs.push(Terminal::start(floor(records)?)?.started);
        least.push(Terminal::start(floor(50)?)?.started);
    }
    let middle = |all: &mut Vec<(Duration, Duration)>| {
        let (mut first, mut stable): (Vec<Duration>, Vec<Duration>) = all.drain(..).unzip();
        first.sort_unstable();
        stable.sort_unstable();
        let at = |all: &[Duration]| all.get(STARTS / 2).copied().unwrap_or_default();
        (at(&first), at(&stable))
    };
    let told =
        |(first, last): (Duration, Duration)| format!("{} / {}", figure(first), figure(last));
    let [ours, theirs, least] = [&mut ours, &mut theirs, &mut least].map(middle);
    let stable = ratio(ours.1, theirs.1);
    let what = "a session joining a running hub";
    table.row(
        what,
        &told(ours),
        &told(theirs),
        &format!("{stable:.2}"),
        "≤ 1.5",
        stable <= 1.5,
    );
    Table::figure("the bare list over 50 rows", "", &told(least));
    Ok(())
}

/// A cold start: no hub runs, the session has one started, which opens the store.
pub fn cold(folder: &std::path::Path, records: u64) -> Fallible<()> {
    Table::head(&format!("{records} records: a cold start, ms"), "");
    let terminal = Terminal::start(frontdesk(folder))?;
    let (first, stable) = terminal.started;
    Table::figure(
        "first byte / stable screen, the hub started by the session",
        &format!("{} / {}", figure(first), figure(stable)),
        "",
    );
    drop(terminal);
    // The hub that was started is not that of the next measurements.
    let place = Place::beside(&folder.join("data"));
    line(&place)?.leave(true)?;
    let until = Instant::now() + GONE;
    while Home::is_open(&folder.join("data")) && Instant::now() < until {
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// Plays a key file at a program, for a comparison with another timer.
pub fn play(script: &str, command: portable_pty::CommandBuilder) -> Fallible<()> {
    let mut terminal = Terminal::start(command)?;
    let (first, last) = terminal.started;
    println!(
        "start: first byte {} ms, stable {} ms",
        figure(first),
        figure(last)
    );
    for (label, mut keys) in pty::play(&mut terminal, script)? {
        println!(
            "{label}: {} keys, {} silent; first {}; last {}; bytes {} / {}",
            keys.last.count(),
            keys.silent,
            keys.first.told(),
            keys.last.told(),
            keys.bytes_within(50),
            keys.bytes_within(99),
        );
    }
    Ok(())
}
