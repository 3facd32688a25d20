//! How a date was computed: which days of a term are shown, and for which record.

use std::cell::Cell;

use super::App;
use super::commands::{is_lending, out_loan};
use super::facts::Facts;
use super::popup::{Popup, Proof};
use crate::domain::calendar::Due;
use crate::domain::deadline::{Deadline, ProvedDay, Term};
use crate::domain::loan;
use crate::domain::record::Record;
use crate::domain::repair;
use crate::domain::stamp::Day;

impl App {
    /// Shows how a date was computed: of the loan or complaint selected, or of the loan that is
    /// being entered.
    pub(crate) fn explain_date(&mut self) {
        let facts = &self.facts;
        let proof = if self.pane().is_some_and(is_lending) {
            let from = facts.today();
            facts.computed(|context| {
                let due = loan::last_day(from, context);
                let clause = &context.profile.loans.clause;
                of_loan(facts.t("proof-loan"), from, due, clause)
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
            let since = complaint.course.since.unwrap_or(complaint.meta.changed_at);
            let term = facts.profile.complaints.terms.get(&complaint.state)?;
            let due = facts.computed(|context| complaint.deadline(context))??;
            let title = facts.tw("proof-complaint", &[("number", &complaint.meta.number)]);
            return Some(of_term(title, since.day(offset), term, due, facts));
        }
        if let Record::Intake(intake) = &row.record {
            let since = intake.repair.as_ref()?.since?;
            let term = repair::term(intake, &facts.profile)?;
            let due = facts.computed(|context| repair::deadline(intake, context))??;
            let title = facts.tw("proof-repair", &[("number", &intake.meta.number)]);
            return Some(of_term(title, since.day(offset), term, due, facts));
        }
        let loan = out_loan(row, pane)?;
        let from = loan.lent_at.day(offset);
        let rule = &loan.rule;
        let due = facts
            .calendar
            .due(from.0, rule.max_days, rule.unit, rule.loan_day_counts);
        let title = facts.tw("proof-loan-of", &[("number", &loan.meta.number)]);
        Some(of_loan(title, from, due, &rule.clause))
    }
}

fn of_term(title: String, from: Day, term: &Term, due: Deadline, facts: &Facts) -> Proof {
    Proof {
        title,
        from,
        ends: facts.when(due.at),
        counts: facts.tw(
            &format!("term-{}", term.unit.id()),
            &[("amount", &term.amount)],
        ),
        provisional: due.provisional,
        days: due.proof,
        clause: term.clause.clone().unwrap_or_default(),
    }
}

fn of_loan(title: String, from: Day, due: Due, clause: &str) -> Proof {
    let days = due.proof.into_iter().map(|day| ProvedDay {
        date: day.date,
        kind: day.kind,
        counted: day.counted,
        minutes: 0,
        paused: false,
    });
    Proof {
        title,
        from,
        ends: due.date.to_string(),
        counts: String::new(),
        provisional: due.provisional,
        days: days.collect(),
        clause: clause.to_owned(),
    }
}

/// The first day of a day's month.
pub(crate) fn first_of_month(day: Day) -> Day {
    use chrono::Datelike;
    day.0.with_day(1).map_or(day, Day)
}
