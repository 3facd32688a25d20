//! Figures beside their targets, as plain text, with the machine they were measured on.

use std::fmt;
use std::fs;
use std::time::Duration;

/// A table of figures.
pub struct Report {
    title: String,
    rows: Vec<[String; 3]>,
}

impl Report {
    /// A table with nothing in it, and the machine in its head.
    pub fn new(title: impl Into<String>) -> Self {
        let mut title = title.into();
        title.push_str(&machine());
        let rows = Vec::new();
        Self { title, rows }
    }

    /// A figure nobody set a target for.
    pub fn figure(&mut self, what: impl Into<String>, result: impl Into<String>) {
        self.rows.push([what.into(), String::new(), result.into()]);
    }

    /// A figure with its target; whether it is reached.
    pub fn target(
        &mut self,
        what: impl Into<String>,
        target: impl Into<String>,
        result: impl Into<String>,
        reached: bool,
    ) {
        let mark = if reached { "" } else { "  (missed)" };
        let result = format!("{}{mark}", result.into());
        self.rows.push([what.into(), target.into(), result]);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        let wide = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|it| it.chars().count()).max().unwrap_or(0)
        };
        let (first, second) = (wide(0), wide(1));
        for [what, target, result] in &self.rows {
            writeln!(f, "  {what:first$}  {target:second$}  {result}")?;
        }
        Ok(())
    }
}

/// The machine: processors, kernel, how busy it was.
fn machine() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = read("/proc/sys/kernel/osrelease");
    let load = read("/proc/loadavg");
    let load: Vec<&str> = load.split_whitespace().take(3).collect();
    format!(
        "\n  {}, {cores} cores, Linux {}, load before {}",
        chrono::Local::now().format("%Y-%m-%d %H:%M"),
        kernel.trim(),
        load.join(" ")
    )
}

/// How long things took.
#[derive(Debug, Default, Clone)]
pub struct Times(Vec<Duration>);

impl Times {
    /// One more.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// Those of another.
    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time within which so many of a hundred were done.
    pub fn within(&mut self, percent: usize) -> Duration {
        self.0.sort_unstable();
        let place = (self.0.len() * percent).div_ceil(100).saturating_sub(1);
        self.0.get(place).copied().unwrap_or_default()
    }

    /// The middle, and the time within which 99 of 100 were done.
    pub fn told(&mut self) -> String {
        let (half, most) = (self.within(50), self.within(99));
        format!("p50 {}  p99 {}", milliseconds(half), milliseconds(most))
    }
}

/// A time in milliseconds.
pub fn milliseconds(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1e3)
}

/// Bytes in MiB.
#[allow(clippy::cast_precision_loss, reason = "a figure of four digits")]
pub fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}
