//! How a date was computed: which days of a term are shown, and for which record.

use std::cell::Cell;

use super::App;
use super::commands::{is_lending, out_loan};
use super::popup::{Popup, Proof};
use crate::domain::complaint;
use crate::domain::loan;
use crate::domain::record::Record;
use crate::domain::stamp::Day;

impl App {
    /// Shows how a date was computed: of the loan or complaint selected, or of the loan that is
    /// being entered.
    pub(crate) fn explain_date(&mut self) {
        let facts = &self.facts;
        let proof = if self.pane().is_some_and(is_lending) {
            let from = facts.today();
            facts.computed(|context| Proof {
                title: facts.t("proof-loan"),
                from,
                due: loan::last_day(from, context),
                clause: context.profile.loans.clause.clone(),
            })
        } else {
            self.proof_of_selected()
        };
        match proof {
            Some(proof) => self
                .popups
                .push(Popup::Proof(Box::new(proof), Cell::new(0))),
            None => self.complain(self.facts.t("why-no-date")),
        }
    }

    fn proof_of_selected(&self) -> Option<Proof> {
        let facts = &self.facts;
        let pane = self.pane()?;
        let row = pane.list().selected()?;
        let offset = facts.profile.utc_offset_minutes;
        if let Record::Complaint(complaint) = &row.record {
            let assigned = complaint.trail.iter().rev();
            let assigned = assigned
                .clone()
                .find(|step| step.step == complaint::StepKind::Assign)?;
            let from = assigned.at.day(offset);
            let due = facts.computed(|context| complaint::solution_due(from, context))??;
            return Some(Proof {
                title: facts.tw("proof-complaint", &[("number", &complaint.meta.number)]),
                from,
                due,
                clause: "A08-n3b".to_owned(),
            });
        }
        let loan = out_loan(row, pane)?;
        let from = loan.lent_at.day(offset);
        let rule = &loan.rule;
        Some(Proof {
            title: facts.tw("proof-loan-of", &[("number", &loan.meta.number)]),
            from,
            due: facts
                .calendar
                .due(from.0, rule.max_days, rule.unit, rule.loan_day_counts),
            clause: rule.clause.clone(),
        })
    }
}

/// The first day of a day's month.
pub(crate) fn first_of_month(day: Day) -> Day {
    use chrono::Datelike;
    day.0.with_day(1).map_or(day, Day)
}
