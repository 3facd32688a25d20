//! What a customer is granted on a purchase or a quote: while it is typed, and when it is saved (A01-06,
//! A01-13).

use super::App;
use super::effect::Tag;
use super::facts::Facts;
use super::form::Form;
use super::forms::trade;
use crate::desk::contract::Query;
use crate::domain::number::Number;
use crate::domain::preference::{self, Granted, Standing};
use crate::domain::profile::Tab;
use crate::domain::transaction::Transaction;
use crate::text::show;

/// Whose entry it is: the customer, and the file.
pub type Of = (Option<Number>, Option<Number>);

/// How the customer of the entry that is being typed stands.
#[derive(Debug, Default)]
pub struct Stands {
    /// Whose entry was asked about.
    asked: Of,
    /// What the desk said of them.
    standing: Option<Standing>,
}

impl Stands {
    /// What the customer is granted on what is typed, a line each; nothing while customer or amount are
    /// not known, and where the site grants nothing.
    pub fn lines(&self, form: &Form, facts: &Facts) -> Vec<String> {
        let counts = trade::is_one(form.id) && trade::sort(form).has_amount();
        let known = self.standing.filter(|_| counts).zip(trade::amount(form));
        let Some((standing, amount)) = known else {
            return Vec::new();
        };
        let granted = preference::granted(amount, standing, &facts.profile.preference);
        lines(&granted, facts)
    }
}

/// What was granted, a line each; nothing where nothing is granted.
pub fn lines(granted: &Granted, facts: &Facts) -> Vec<String> {
    let discount = granted.discount.map(|fen| {
        let amount = show::yuan(fen);
        facts.tw("granted-discount", &[("amount", &amount)])
    });
    let terms = granted.terms.as_ref().map(|terms| {
        let terms = facts.words(terms);
        facts.tw("granted-terms", &[("terms", &terms)])
    });
    discount.into_iter().chain(terms).collect()
}

/// What was granted with an entry, on one line; none where nothing was.
pub fn granted(entry: &Transaction, facts: &Facts) -> Option<String> {
    let granted = Granted {
        discount: entry.discount,
        terms: entry.terms.clone(),
    };
    let lines = lines(&granted, facts);
    (!lines.is_empty()).then(|| lines.join("  "))
}

impl App {
    /// Asks how the customer of the entry that is being typed stands, where that has changed and something
    /// is granted here.
    pub(crate) fn ask_standing(&mut self, tab: Tab) {
        let rules = &self.facts.profile.preference;
        let grants = rules.returning_bp.is_some() || rules.good_credit.is_some();
        let Some(pane) = self.pane_of(tab) else {
            return;
        };
        let form = pane.form.as_ref().filter(|form| trade::is_one(form.id));
        let of = form.filter(|_| grants).map(trade::of).unwrap_or_default();
        if pane.stands.asked == of {
            return;
        }
        pane.stands = Stands {
            asked: of,
            standing: None,
        };
        if of != (None, None) {
            let (customer, file) = of;
            self.look(
                Tag::Standing { tab, of },
                Query::Standing { customer, file },
            );
        }
    }

    /// How the customer stands is known; an answer to what is no longer asked is left aside.
    pub(crate) fn took_standing(&mut self, tab: Tab, of: Of, standing: Standing) {
        let Some(pane) = self.pane_of(tab) else {
            return;
        };
        if pane.stands.asked == of {
            pane.stands.standing = Some(standing);
            self.dirty = true;
        }
    }
}
