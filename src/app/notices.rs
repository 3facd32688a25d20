//! What should be known before it hurts: little room on the disk, a year without holidays, a
//! clock that leapt. The desk tells it with every greeting; a new one is said once at the foot,
//! all of them stand in the notices.

use super::App;
use super::effect::Effect;
use crate::desk::contract::Notice;
use crate::domain::calendar::Calendar;

/// The notice that stays in sight until it is gone.
const LOW_SPACE: &str = "low-space";

impl App {
    /// Takes in the notices of a greeting.
    pub(crate) fn take_notices(&mut self, notices: Vec<Notice>) {
        let keys = |notices: &[Notice]| -> Vec<String> {
            notices.iter().map(|notice| notice.key.clone()).collect()
        };
        let now = keys(&notices);
        // The figures in them change all the time and are looked up where they are read.
        self.dirty |= now != keys(&self.desk_notices);
        self.desk_notices = notices;
        self.told.retain(|key| now.contains(key));
        self.tell_news();
    }

    /// Says one notice that was not said yet, unless something else is to be said first.
    fn tell_news(&mut self) {
        if self.gate.is_some() || self.toast.is_some() || self.facts.operator.is_none() {
            return;
        }
        // Drafts that wait are said first.
        let asks = |effect: &Effect| matches!(effect, Effect::LoadDrafts(_));
        if self.effects.iter().any(asks) {
            return;
        }
        let new = self
            .desk_notices
            .iter()
            .find(|notice| !self.told.contains(&notice.key));
        let Some(notice) = new.cloned() else { return };
        let text = self.words_of(&notice);
        self.told.push(notice.key);
        self.complain(text);
    }

    /// All notices in words: those of the desk as it is now, then those of the start.
    pub fn all_notices(&self) -> Vec<String> {
        let of_desk = self.desk_notices.iter().map(|notice| self.words_of(notice));
        of_desk.chain(self.notices.iter().cloned()).collect()
    }

    /// Whether there is little room left on the disk of the data.
    pub fn is_short_of_space(&self) -> bool {
        let mut notices = self.desk_notices.iter();
        notices.any(|notice| notice.key == LOW_SPACE)
    }

    fn words_of(&self, notice: &Notice) -> String {
        let args: Vec<(&str, &str)> = notice
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        // What was noticed while the store was opened has its words in another room.
        let key = format!("notice-{}", notice.key);
        let key = if self.facts.texts.has(&key) {
            key
        } else {
            format!("note-{}", notice.key)
        };
        self.facts.texts.with(&key, &args).into_owned()
    }

    /// The site's own working days, as they were imported.
    pub(crate) fn take_calendar(&mut self, text: Option<String>) {
        if text != self.site_calendar {
            // What cannot be understood is told by a notice, and the built-in days stay in force.
            if let Ok(calendar) = Calendar::with_site(text.as_deref()) {
                self.facts.calendar = calendar;
                self.dirty = true;
            }
            self.site_calendar = text;
        }
    }
}
