//! The table of `docs/performance.md`: rows beside their floor or yardstick, printed as they come.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::report::Times;

/// Rounds of a comparison, of which the best counts.
pub const ROUNDS: usize = 3;

/// Middle and slowest hundredth, each the best of the rounds.
#[derive(Debug, Clone, Copy)]
pub struct Best {
    /// Half of them were done within this time.
    pub half: Duration,
    /// All but a hundredth were done within this time.
    pub most: Duration,
    /// How many were timed in a round.
    pub count: usize,
}

impl Best {
    /// The best of some rounds.
    pub fn of(rounds: &mut [Times]) -> Self {
        let mut best = Self {
            half: Duration::MAX,
            most: Duration::MAX,
            count: 0,
        };
        for times in rounds.iter_mut().filter(|times| times.count() > 0) {
            best.half = best.half.min(times.within(50));
            best.most = best.most.min(times.within(99));
            best.count = best.count.max(times.count());
        }
        best
    }

    /// In milliseconds: middle and slowest hundredth.
    pub fn told(self) -> String {
        format!("{} / {}", figure(self.half), figure(self.most))
    }
}

/// Milliseconds with as many digits as say something.
pub fn figure(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1e3;
    match milliseconds {
        0.0..1.0 => format!("{milliseconds:.3}"),
        1.0..100.0 => format!("{milliseconds:.2}"),
        _ => format!("{milliseconds:.0}"),
    }
}

/// A mean number of rows.
fn few(rows: f64) -> String {
    format!("{rows:.1}")
}

/// How many times the one is the other.
pub fn ratio(ours: Duration, theirs: Duration) -> f64 {
    ours.as_secs_f64() / theirs.as_secs_f64().max(1e-9)
}

/// The table.
#[derive(Debug, Default)]
pub struct Table {
    /// What each figure's middle was at each size.
    halves: BTreeMap<String, BTreeMap<u64, Duration>>,
    /// How many rows were found on both sides, in the middle, at each size.
    found: BTreeMap<String, BTreeMap<u64, [f64; 2]>>,
    /// How many targets were reached, and how many missed.
    kept: (usize, usize),
}

impl Table {
    /// A heading with the columns under it.
    pub fn head(title: &str, beside: &str) {
        println!("\n### {title}\n\n| | frontdesk | {beside} | ratio | target | |");
        println!("| --- | --- | --- | --- | --- | --- |");
    }

    /// A row with a target.
    pub fn row(
        &mut self,
        what: &str,
        ours: &str,
        beside: &str,
        ratio: &str,
        target: &str,
        kept: bool,
    ) {
        let mark = if kept { "met" } else { "**missed**" };
        if kept {
            self.kept.0 += 1;
        } else {
            self.kept.1 += 1;
        }
        println!("| {what} | {ours} | {beside} | {ratio} | {target} | {mark} |");
    }

    /// A row without a target.
    pub fn figure(what: &str, ours: &str, beside: &str) {
        println!("| {what} | {ours} | {beside} | | | |");
    }

    /// A row of times against others, with the most that middle and slowest hundredth may be of
    /// theirs; remembered for [`Self::growth`].
    pub fn times(&mut self, size: u64, what: &str, [ours, theirs]: [Best; 2], most: (f64, f64)) {
        self.remember(size, what, ours.half);
        let (half, tail) = (ratio(ours.half, theirs.half), ratio(ours.most, theirs.most));
        let few = if ours.count < 2_000 {
            format!(" (n = {})", ours.count)
        } else {
            String::new()
        };
        self.row(
            what,
            &format!("{}{few}", ours.told()),
            &theirs.told(),
            &format!("{half:.2} / {tail:.2}"),
            &if most.1.is_finite() {
                format!("≤ {} / {}", most.0, most.1)
            } else {
                format!("≤ {} (p50)", most.0)
            },
            half <= most.0 && tail <= most.1,
        );
    }

    /// Remembers a figure for [`Self::growth`].
    pub fn remember(&mut self, size: u64, what: &str, half: Duration) {
        let sizes = self.halves.entry(what.to_owned()).or_default();
        sizes.insert(size, half);
    }

    /// How many rows an answer had on each side, on average; remembered for [`Self::growth`].
    pub fn rows(&mut self, size: u64, what: &str, both: [f64; 2]) {
        Self::figure("rows found", &few(both[0]), &few(both[1]));
        let sizes = self.found.entry(what.to_owned()).or_default();
        sizes.insert(size, both);
    }

    /// The middles at one size against those at another, and how many rows were found at each.
    pub fn growth(&mut self, small: u64, large: u64) {
        Self::head(
            &format!("{large} records against {small}"),
            &format!("p50 at {small}"),
        );
        for (what, sizes) in std::mem::take(&mut self.halves) {
            if let (Some(few), Some(many)) = (sizes.get(&small), sizes.get(&large)) {
                let ratio = ratio(*many, *few);
                self.row(
                    &what,
                    &figure(*many),
                    &figure(*few),
                    &format!("{ratio:.2}"),
                    "≤ 2",
                    ratio <= 2.0,
                );
            }
            let found = self.found.get(&what);
            if let Some(([few_rows, _], [many_rows, _])) =
                found.and_then(|sizes| sizes.get(&small).zip(sizes.get(&large)))
            {
                Self::figure("rows found", &few(*many_rows), &few(*few_rows));
            }
        }
    }

    /// How many targets were reached, and how many missed.
    pub fn end(&self) {
        let (met, missed) = self.kept;
        println!("\n{met} met, {missed} missed.");
    }
}
