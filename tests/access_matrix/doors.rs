//! The same asked through other doors.

pub fn agree(_profile: &str) {}
