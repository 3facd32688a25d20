//! Loans of a library are taken over by an archive on a day in the middle of its business and go on day
//! by day under the rules: the number of overdue ones is on each day the one that is counted from the
//! exported CSV.
//!
//! The loans are those of `FRONTDESK_REAL_DATA` where it names a folder, and made by the seed where it
//! does not.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking, wherever it stands"
)]

#[path = "../common/mod.rs"]
mod common;
mod count;
#[path = "../importing/mod.rs"]
mod importing;
mod run;

use std::fs;
use std::path::PathBuf;

use fastrand::Rng;
use frontdesk::exchange::book::{self, Options};
use run::{Lending, Replay};

/// So many loans are played of real data; the screen counts late ones up to a thousand.
const MOST: usize = 1_200;
/// The ways to lend: by the archive at once, and on a request that was endorsed and approved.
const WAYS: [Lending; 2] = [Lending::AtOnce, Lending::OnRequest];

/// A loan as the library wrote it down.
#[derive(Debug, Clone)]
pub struct Past {
    /// The bar code.
    pub item: String,
    /// The borrower's number.
    pub borrower: String,
    /// What the borrower is there.
    pub unit: String,
    /// As 2020/01/02 08:17:30.
    pub lent: String,
    /// Empty while it is out.
    pub returned: String,
}

/// Loans of a library, as many as are played, in the order in which they were lent.
fn real(random: &mut Rng) -> Option<Vec<Past>> {
    let folder = PathBuf::from(std::env::var_os("FRONTDESK_REAL_DATA")?);
    let part = "ufrn-library-loans/emprestimos-20201.csv";
    println!("real data: ran on {part}");
    let bytes = fs::read(folder.join(part)).unwrap();
    let table = book::open(bytes, "loans.csv", &Options::default()).unwrap();
    let place = |name: &str| table.headers().iter().position(|it| it == name).unwrap();
    let columns = [
        "codigo_barras",
        "matricula_ou_siape",
        "tipo_vinculo_usuario",
        "data_emprestimo",
        "data_devolucao",
    ]
    .map(place);
    let mut loans: Vec<Past> = table
        .rows()
        .map(|row| {
            let cells = row.cells.unwrap();
            let [item, borrower, unit, lent, returned] = columns.map(|place| cells[place].clone());
            // On some bar codes the time of a label is stuck on.
            let item = item.split('_').next().unwrap_or_default().trim().to_owned();
            Past {
                item,
                borrower,
                unit,
                lent,
                returned,
            }
        })
        // Without a borrower nothing is lent (A11-19.5a).
        .filter(|past| !past.borrower.trim().is_empty())
        .collect();
    random.shuffle(&mut loans);
    loans.truncate(MOST);
    loans.sort_by(|one, other| one.lent.cmp(&other.lent));
    Some(loans)
}

/// Loans made by the seed: forty items over six weeks, each back after up to nine days or never.
fn made(random: &mut Rng) -> Vec<Past> {
    println!("real data: not this time, the loans were made");
    let mut loans = Vec::new();
    for item in 0..40 {
        let mut day = random.u32(1..12);
        while day < 42 {
            let back = day + random.u32(0..10);
            let lent = moment(day, random.u32(9..13), random.u32(0..60));
            let out = back > 40 || random.u32(0..12) == 0;
            let returned = moment(back, random.u32(14..18), random.u32(0..60));
            loans.push(Past {
                item: format!("2012{item:06}"),
                borrower: format!("2018{:04}", random.u32(0..60)),
                unit: "本科生".to_owned(),
                lent,
                returned: if out { String::new() } else { returned },
            });
            if out {
                break;
            }
            day = back + 1 + random.u32(0..5);
        }
    }
    loans.sort_by(|one, other| one.lent.cmp(&other.lent));
    loans
}

/// A moment of the weeks from 1 February 2024 on, which is a leap year.
fn moment(day: u32, hour: u32, minute: u32) -> String {
    let (month, day) = if day > 29 { (3, day - 29) } else { (2, day) };
    format!("2024/{month:02}/{day:02} {hour:02}:{minute:02}:00")
}

fn overdue_of_every_day(way: Lending) {
    for seed in [1, 2024] {
        let mut random = Rng::with_seed(seed);
        let loans = real(&mut random).unwrap_or_else(|| made(&mut random));
        let days = Replay::of(way, &loans, random).run();
        let peak = days.iter().map(|day| day.count).max().unwrap();
        let of = days.len();
        println!("seed {seed}, {way:?}: {of} days, up to {peak} overdue");
        assert!(peak > 5, "hardly anything was late");
        assert!(peak < 1_000, "more than are counted");
    }
}

#[test]
fn overdue_loans_lent_at_once_are_those_counted_from_the_export() {
    overdue_of_every_day(WAYS[0]);
}

#[test]
fn overdue_loans_lent_on_request_are_those_counted_from_the_export() {
    overdue_of_every_day(WAYS[1]);
}
