//! The thread that reads the terminal.
//!
//! It reads with a time limit, never for ever: after a hang-up a read without one would neither
//! return nor fail. Whether the terminal is still there is asked whenever nothing came.

use std::io::{self, ErrorKind};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossterm::event::{self, Event as Report};

use super::event::Event;
use super::join::Join;

/// How long one read waits at most, and so how soon a hang-up is noticed.
const WAIT: Duration = Duration::from_millis(200);

/// The shortest wait: a read that does not wait at all would not look at the line.
const LEAST_WAIT: Duration = Duration::from_millis(1);

/// Where reports come from.
pub trait Source {
    /// The next report, or nothing when none came within `wait`.
    fn next(&mut self, wait: Duration) -> io::Result<Option<Report>>;

    /// Whether the terminal is still there.
    fn is_alive(&mut self) -> bool;

    /// The time since some fixed moment.
    fn now(&mut self) -> Duration;
}

/// The terminal of this process.
#[derive(Debug)]
struct Terminal {
    start: Instant,
}

impl Source for Terminal {
    fn next(&mut self, wait: Duration) -> io::Result<Option<Report>> {
        if event::poll(wait)? {
            event::read().map(Some)
        } else {
            Ok(None)
        }
    }

    fn is_alive(&mut self) -> bool {
        rustix::termios::tcgetattr(rustix::stdio::stdin()).is_ok()
    }

    fn now(&mut self) -> Duration {
        self.start.elapsed()
    }
}

/// Starts the thread. It ends after [`Event::Hangup`], or when `send` answers that nobody receives
/// any more.
pub fn start(send: impl FnMut(Event) -> bool + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            let mut terminal = Terminal {
                start: Instant::now(),
            };
            pump(&mut terminal, send);
        })
}

/// Reads until the terminal is gone or `send` answers that nobody receives.
pub fn pump(source: &mut impl Source, mut send: impl FnMut(Event) -> bool) {
    let mut join = Join::default();
    loop {
        let wait = join.deadline().map_or(WAIT, |deadline| {
            deadline
                .saturating_sub(source.now())
                .clamp(LEAST_WAIT, WAIT)
        });
        let report = source.next(wait);
        let now = source.now();
        let ready = match report {
            Ok(Some(report)) => match Event::of(report) {
                Some(event) => join.take(now, event),
                None => join.expire(now),
            },
            Ok(None) if source.is_alive() => join.expire(now),
            Err(error) if error.kind() == ErrorKind::Interrupted => join.expire(now),
            Ok(None) | Err(_) => join.take(now, Event::Hangup),
        };
        for event in ready {
            let is_last = event == Event::Hangup;
            if !send(event) || is_last {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

    /// A terminal that sends what a test wrote down, each report after a number of milliseconds.
    struct Fake {
        reports: std::vec::IntoIter<(u64, io::Result<Report>)>,
        waiting: Option<(Duration, io::Result<Report>)>,
        now: Duration,
    }

    impl Fake {
        fn new(reports: Vec<(u64, io::Result<Report>)>) -> Self {
            Self {
                reports: reports.into_iter(),
                waiting: None,
                now: Duration::ZERO,
            }
        }
    }

    impl Source for Fake {
        fn next(&mut self, wait: Duration) -> io::Result<Option<Report>> {
            if self.waiting.is_none() {
                self.waiting = self
                    .reports
                    .next()
                    .map(|(after, report)| (self.now + Duration::from_millis(after), report));
            }
            match self.waiting.take() {
                Some((time, report)) if time <= self.now + wait => {
                    self.now = time;
                    report.map(Some)
                }
                later => {
                    self.waiting = later;
                    self.now += wait;
                    Ok(None)
                }
            }
        }

        fn is_alive(&mut self) -> bool {
            self.waiting.is_some() || self.reports.len() > 0
        }

        fn now(&mut self) -> Duration {
            self.now
        }
    }

    fn press(after: u64, code: KeyCode) -> (u64, io::Result<Report>) {
        (
            after,
            Ok(Report::Key(KeyEvent::new(code, KeyModifiers::NONE))),
        )
    }

    fn pumped(reports: Vec<(u64, io::Result<Report>)>) -> Vec<String> {
        let mut events = Vec::new();
        pump(&mut Fake::new(reports), |event| {
            events.push(match event {
                Event::Key(key) => key.to_string(),
                other => format!("{other:?}"),
            });
            true
        });
        events
    }

    #[test]
    fn keys_pastes_and_sizes_come_through_until_the_terminal_is_gone() {
        let events = pumped(vec![
            press(0, KeyCode::Char('张')),
            (900, Ok(Report::Paste("李雷\n".to_owned()))),
            (0, Ok(Report::Resize(80, 24))),
        ]);
        assert_eq!(
            events,
            ["张", "Paste(\"李雷\\n\")", "Resize(80, 24)", "Hangup"]
        );
    }

    #[test]
    fn a_split_arrow_is_an_arrow_and_a_lone_esc_is_esc() {
        let split = vec![
            press(0, KeyCode::Esc),
            press(5, KeyCode::Char('[')),
            press(0, KeyCode::Char('A')),
            press(900, KeyCode::Esc),
            press(900, KeyCode::Char('n')),
        ];
        assert_eq!(pumped(split), ["Up", "Esc", "n", "Hangup"]);
    }

    #[test]
    fn releases_are_dropped_and_interruptions_forgotten() {
        let release = KeyEvent::new_with_kind(
            KeyCode::Char('a'),
            KeyModifiers::NONE,
            KeyEventKind::Release,
        );
        let events = pumped(vec![
            (0, Ok(Report::Key(release))),
            (0, Err(ErrorKind::Interrupted.into())),
            press(0, KeyCode::Char('b')),
        ]);
        assert_eq!(events, ["b", "Hangup"]);
    }

    #[test]
    fn a_failing_line_is_a_hangup_and_nothing_comes_after() {
        let events = pumped(vec![
            press(0, KeyCode::Char('a')),
            (0, Err(ErrorKind::Other.into())),
            press(0, KeyCode::Char('b')),
        ]);
        assert_eq!(events, ["a", "Hangup"]);
    }

    #[test]
    fn reading_ends_when_nobody_receives() {
        let reports = vec![press(0, KeyCode::Char('a')), press(0, KeyCode::Char('b'))];
        let mut sent = 0;
        pump(&mut Fake::new(reports), |_| {
            sent += 1;
            false
        });
        assert_eq!(sent, 1);
    }
}
