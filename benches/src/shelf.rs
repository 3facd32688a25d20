//! Stores and databases of one size, made once and kept in the folder for temporary files; what is
//! measured works on a copy.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use frontdesk::desk::clock::SystemClock;
use frontdesk::desk::contract::{Command, Door, Failure, Reply, Request};
use frontdesk::desk::{Counter, Desk, Options, Peer};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::store::Home;
use tempfile::TempDir;

use crate::Fallible;
use crate::generate::{Plain, Site};
use crate::rig::{set_up, tree};
use crate::session::Session;
use crate::yardstick::Database;

/// So many records go to the desk, and into one frame, at once.
const TOGETHER: usize = 256;
/// Counted up when other records are made.
const EDITION: u32 = 2;

/// A store and a database with the same records.
pub struct Shelf {
    /// What is in them.
    pub site: Site,
    /// The bytes of what the records say, without anything around it.
    pub said: u64,
    folder: PathBuf,
}

/// A copy of a shelf that may be changed.
pub struct Copy {
    /// What is in it.
    pub site: Site,
    /// The folder of the store's `data`.
    pub folder: TempDir,
}

impl Copy {
    /// The database beside the store.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("sqlite")
    }

    /// A desk on it in this process.
    pub fn desk(&self) -> Fallible<Session<Counter>> {
        desk(self.folder.path())
    }
}

/// A desk in this process on the store of a folder.
pub fn desk(folder: &Path) -> Fallible<Session<Counter>> {
    let options = Options {
        clock: Box::new(SystemClock),
        site_file: None,
    };
    let desk = Desk::open(Home::open(&folder.join("data"))?, options)?;
    let peer = Peer {
        uid: 0,
        owner: true,
    };
    Session::sign_in(Counter::new(desk, peer), 1)
}

fn bytes(plain: &Plain) -> u64 {
    let texts = [
        &plain.name,
        &plain.phone,
        &plain.plate,
        &plain.place,
        &plain.text,
        &plain.class,
        &plain.ended,
    ];
    8 + texts.iter().map(|text| text.len() as u64).sum::<u64>()
}

/// Begins an import at a desk.
pub fn import<D: Door>(session: &mut Session<D>) -> Fallible<Number> {
    let begin = Command::BeginImport {
        kind: Kind::Intake,
        file: "generated".to_owned(),
    };
    match session.ask(Request::Do(begin))? {
        Reply::Done { record, .. } => Ok(record.number()),
        _ => Err("no import".into()),
    }
}

/// Puts records into a store; those that were taken, with their running numbers.
fn adopt<D: Door>(
    session: &mut Session<D>,
    records: impl Iterator<Item = (Command, Plain)>,
    mut taken: impl FnMut(Plain) -> Fallible<()>,
) -> Fallible<Duration> {
    let mut took = Duration::ZERO;
    let mut records = records.peekable();
    while records.peek().is_some() {
        let (commands, plain): (Vec<_>, Vec<_>) = records.by_ref().take(TOGETHER).unzip();
        let began = Instant::now();
        let answers = session.ask_all(commands.into_iter().map(Request::Do));
        took += began.elapsed();
        for (answer, mut plain) in answers.into_iter().zip(plain) {
            match answer {
                Ok(Reply::Done { record, .. }) => {
                    plain.seq = record.number().seq.into();
                    taken(plain)?;
                }
                // The first loans ask for files that are not there yet.
                Err(Failure::Missing(_) | Failure::Refused(_) | Failure::Stale { .. })
                    if plain.kind == Kind::Loan.code() => {}
                other => return Err(format!("{other:?}").into()),
            }
        }
    }
    Ok(took)
}

/// The shelf of a size; made if there is none.
pub fn shelf(size: u64) -> Fallible<Shelf> {
    let whole = std::env::temp_dir().join(format!("frontdesk-bench-{EDITION}-{size}"));
    if !whole.join("said").exists() {
        let making = TempDir::new()?;
        make(size, making.path())?;
        fs::rename(making.keep(), &whole)?;
    }
    let told = fs::read_to_string(whole.join("said"))?;
    let [year, import, said] = told.split_whitespace().collect::<Vec<_>>()[..] else {
        return Err("the shelf is not whole".into());
    };
    Ok(Shelf {
        site: Site {
            size,
            year: year.parse()?,
            import: import.parse().map_err(|_| "no number")?,
        },
        said: said.parse()?,
        folder: whole,
    })
}

fn make(size: u64, folder: &Path) -> Fallible<()> {
    eprintln!("making a store of {size} records");
    set_up(folder)?;
    let mut session = desk(folder)?;
    let import = import(&mut session)?;
    let year = import.year;
    let all = Site { size, year, import };
    let mut database = Database::create(&folder.join("sqlite"))?;
    database.begin()?;
    let mut said = 0;
    let mut count: u64 = 0;
    let began = Instant::now();
    let took = adopt(&mut session, all.records(), |plain| {
        said += bytes(&plain);
        count += 1;
        if count.is_multiple_of(100_000) {
            eprintln!("  {count} after {:.0} s", began.elapsed().as_secs_f64());
        }
        database.add(&plain, year)
    })?;
    database.commit()?;
    session.door.into_desk().close()?;
    eprintln!(
        "  {count} records, {:.0} s of them at the desk",
        took.as_secs_f64()
    );
    fs::write(folder.join("said"), format!("{year} {import} {said}"))?;
    Ok(())
}

impl Shelf {
    /// A copy to work on.
    pub fn copy(&self) -> Fallible<Copy> {
        let folder = tempfile::tempdir()?;
        tree(&self.folder, &mut |path, _| {
            let inside = path.strip_prefix(&self.folder)?;
            let to = folder.path().join(inside);
            if path.is_dir() {
                fs::create_dir_all(to)?;
            } else {
                fs::copy(path, to)?;
            }
            Ok(())
        })?;
        let site = self.site;
        Ok(Copy { site, folder })
    }
}
