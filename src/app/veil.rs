//! The veil: one key covers the whole screen, so that whoever passes a shared terminal reads nothing of
//! any customer, and the same key takes it away (A11-26.2). Nothing ends meanwhile: a call goes on, a
//! form stays as it is, and news are taken in behind it.
//!
//! Unlike a lock it asks for no password. An idle screen still locks.

use super::App;
use super::effect::Effect;
use crate::keys::Action;

impl App {
    /// Whether the screen is covered.
    pub const fn is_veiled(&self) -> bool {
        self.veiled
    }

    /// Covers the screen, or takes the cover away.
    pub(crate) fn veil(&mut self) {
        self.veiled = !self.veiled;
        self.toast = None;
        self.effects.push(Effect::Redraw);
    }

    /// An action while the screen is covered; what is not for the cover is not done, so that nothing
    /// is changed unseen.
    pub(crate) fn veiled_action(&mut self, action: Action) {
        match action {
            Action::Veil | Action::Cancel | Action::Leave | Action::ClearFilter => self.veil(),
            Action::Lock => {
                self.veil();
                self.lock();
            }
            _ => {}
        }
    }
}
