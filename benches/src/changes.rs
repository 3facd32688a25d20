//! A durable change through the whole program, beside the bytes of its frame appended to a growing
//! file and synced, and beside a row in SQLite. In turns, so that all meet the same machine.

use std::fs::File;
use std::io::Write as _;
use std::time::Instant;

use fastrand::Rng;
use frontdesk::domain::number::Kind;

use crate::Fallible;
use crate::generate::Plain;
use crate::report::Times;
use crate::rig::{Rig, size};
use crate::session::{Session, line, request};
use crate::table::{Best, ROUNDS, Table};
use crate::yardstick::Database;

/// Each has so many in its turn.
const TURN: u64 = 50;
/// At most: p50 of the floor; its p99 is told and bound to nothing.
const TARGET: (f64, f64) = (3.0, f64::INFINITY);

/// One length of texts.
struct Length {
    what: &'static str,
    characters: usize,
    count: u64,
    has_target: bool,
}

const LENGTHS: [Length; 2] = [
    Length {
        what: "a request of 300 characters",
        characters: 300,
        count: 2_000,
        has_target: true,
    },
    Length {
        what: "a request of 3,900 characters",
        characters: 3_900,
        count: 500,
        has_target: false,
    },
];

/// Measures changes through a hub, and on the database that is beside its store.
pub fn measure(rig: &Rig, records: u64, year: u16, table: &mut Table) -> Fallible<()> {
    let mut session = Session::sign_in(line(&rig.place())?, 1)?;
    let mut database = Database::open(&rig.folder().join("sqlite"))?;
    let journal = rig.folder().join("data/journal");
    let mut rng = Rng::with_seed(3);
    Table::head(
        &format!("{records} records: a durable change through the hub; p50 / p99 in ms"),
        "append and fdatasync",
    );
    for length in LENGTHS {
        let before = size(&journal)?;
        for _ in 0..TURN {
            session.log_this(request(&mut rng, length.characters))?;
        }
        let bytes = vec![0x5a; usize::try_from((size(&journal)? - before) / TURN)?];
        let mut file = File::create(rig.folder().join("growing"))?;
        let (mut ours, mut floor, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let mut times: [Times; 3] = Default::default();
            let [our, least, their] = &mut times;
            for _ in 0..length.count / TURN {
                for _ in 0..TURN {
                    our.add(session.log_this(request(&mut rng, length.characters))?);
                }
                for _ in 0..TURN {
                    let began = Instant::now();
                    file.write_all(&bytes)?;
                    file.sync_data()?;
                    least.add(began.elapsed());
                }
                for _ in 0..TURN {
                    let row = plain(&mut rng, length.characters);
                    let began = Instant::now();
                    database.log(&row, year)?;
                    their.add(began.elapsed());
                }
            }
            let [our, least, their] = times;
            ours.push(our);
            floor.push(least);
            theirs.push(their);
        }
        let [ours, floor, theirs] =
            [&mut ours, &mut floor, &mut theirs].map(|rounds| Best::of(rounds));
        let what = format!("{}, a frame of {} bytes", length.what, bytes.len());
        if length.has_target {
            table.times(records, &what, [ours, floor], TARGET);
        } else {
            Table::figure(&what, &ours.told(), &floor.told());
        }
        table.remember(records, length.what, ours.half);
        Table::figure("the same row in SQLite", "", &theirs.told());
    }
    Ok(())
}

fn plain(rng: &mut Rng, characters: usize) -> Plain {
    let details = request(rng, characters);
    Plain {
        kind: Kind::Intake.code(),
        seq: rng.u32(..).into(),
        name: details.caller,
        phone: details.phone,
        place: details.place,
        text: details.text,
        ..Plain::default()
    }
}
