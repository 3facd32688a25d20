//! Wrong passwords, counted by login: whoever tries on has to wait longer and longer (A07-g4c).

use std::collections::BTreeMap;

use crate::domain::credential::wait_after;
use crate::domain::stamp::Stamp;
use crate::store::codec::{Print, print};

/// After so many seconds without a try, what was wrong before is forgotten.
pub(super) const FORGOTTEN_AFTER: i64 = 3_600;
/// No more logins are remembered than this: whoever makes them up must not fill the memory.
const MOST_LOGINS: usize = 1_000;

/// The wrong passwords of late, by login. A login that nobody has counts like any other, so that
/// the wait does not tell which there are. Kept is the print of a login and not the login, which
/// may be as long as whoever makes it up likes.
#[derive(Debug, Default)]
pub(super) struct Attempts(BTreeMap<Print, Tries>);

fn key(login: &str) -> Print {
    print(&[login.as_bytes()])
}

#[derive(Debug, Clone, Copy)]
struct Tries {
    wrong: u32,
    last: Stamp,
}

impl Attempts {
    /// A password is about to be checked. It counts as wrong until [`Self::right`] says
    /// otherwise, so that many at once gain nothing.
    ///
    /// # Errors
    /// The seconds to wait before the next one is looked at.
    pub fn begin(&mut self, login: &str, now: Stamp) -> Result<(), i64> {
        let old = |tries: &Tries| now.seconds_since(tries.last) >= FORGOTTEN_AFTER;
        let known = self.0.get(&key(login)).filter(|tries| !old(tries)).copied();
        let wrong = known.map_or(0, |tries| tries.wrong);
        if let Some(tries) = known {
            let wait = wait_after(wrong) - now.seconds_since(tries.last);
            if wait > 0 {
                return Err(wait);
            }
        }
        if self.0.len() >= MOST_LOGINS {
            self.0.retain(|_, tries| !old(tries));
        }
        if self.0.len() >= MOST_LOGINS {
            let oldest = self.0.iter().min_by_key(|(_, tries)| tries.last);
            if let Some(login) = oldest.map(|(login, _)| *login) {
                self.0.remove(&login);
            }
        }
        let tries = Tries {
            wrong: wrong.saturating_add(1),
            last: now,
        };
        self.0.insert(key(login), tries);
        Ok(())
    }

    /// Whether the wrong passwords of a login are known here, if only that there were none.
    pub fn knows(&self, login: &str) -> bool {
        self.0.contains_key(&key(login))
    }

    /// So many were wrong, the last of them then.
    pub fn remember(&mut self, login: &str, wrong: u32, last: Stamp) {
        self.0.insert(key(login), Tries { wrong, last });
    }

    /// The password was right.
    pub fn right(&mut self, login: &str) {
        if let Some(tries) = self.0.get_mut(&key(login)) {
            tries.wrong = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Stamp {
        Stamp(second * 1_000_000)
    }

    #[test]
    fn the_fourth_try_waits_and_a_right_one_forgets_the_wrong() {
        let mut attempts = Attempts::default();
        for _ in 0..3 {
            assert_eq!(attempts.begin("wang", second(0)), Ok(()));
        }
        assert_eq!(attempts.begin("wang", second(0)), Err(1));
        assert_eq!(attempts.begin("li", second(0)), Ok(()));
        assert_eq!(attempts.begin("wang", second(1)), Ok(()));
        assert_eq!(attempts.begin("wang", second(2)), Err(1));
        assert_eq!(attempts.begin("wang", second(3)), Ok(()));
        attempts.right("wang");
        assert_eq!(attempts.begin("wang", second(3)), Ok(()));
    }

    #[test]
    fn an_hour_later_nothing_is_held_against_anybody() {
        let mut attempts = Attempts::default();
        for at in 0..3 {
            assert_eq!(attempts.begin("wang", second(at)), Ok(()));
        }
        assert_eq!(attempts.begin("wang", second(3_700)), Ok(()));
        assert_eq!(attempts.begin("wang", second(3_700)), Ok(()));
    }

    #[test]
    fn a_login_of_any_length_takes_the_same_room_and_waits_alike() {
        let mut attempts = Attempts::default();
        let long = "w".repeat(1 << 20);
        for _ in 0..3 {
            assert_eq!(attempts.begin(&long, second(0)), Ok(()));
        }
        assert_eq!(attempts.begin(&long, second(0)), Err(1));
        let kept: usize = attempts.0.keys().map(|key| key.len()).sum();
        assert_eq!(kept, 16);
    }

    #[test]
    fn made_up_logins_do_not_fill_the_memory() {
        let mut attempts = Attempts::default();
        for at in 0..5_000 {
            assert_eq!(attempts.begin(&format!("x{at}"), second(at)), Ok(()));
        }
        assert!(attempts.0.len() <= MOST_LOGINS);
    }
}
