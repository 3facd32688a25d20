//! The archive's procedures as a test tells them: commands as other programs write them.

#![allow(
    clippy::needless_pass_by_value,
    reason = "a test writes what is asked where it asks"
)]

use std::collections::BTreeMap;

use frontdesk::desk::contract::{Answer, Command, Door, Query, Reply, Request};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::refusal::Assent;
use frontdesk::domain::role::Role;
use serde_json::{Value, json};

use super::staff::{Staff, said};

impl Staff {
    /// The record as it is now, asked by whoever may see it.
    pub fn seen(&mut self, number: Number) -> Record {
        let posts: Vec<Number> = self.posts.values().copied().collect();
        for operator in posts {
            self.bench.operator = operator;
            let envelope = self.bench.envelope(Request::Look(Query::Get(number)));
            if let Ok(Reply::Record(Some(row))) = self.bench.desk.ask(&envelope) {
                return row.record;
            }
        }
        panic!("nobody sees {number}");
    }

    /// The number and version of a record as it is now.
    pub fn at(&mut self, number: Number) -> Value {
        let record = self.seen(number);
        json!({ "number": number, "version": record.meta().version })
    }

    /// Whoever has a post asks for a change.
    pub fn tell(&mut self, role: Role, name: &str, body: Value) -> Answer {
        let command: Command = serde_json::from_value(json!({ name: body })).unwrap();
        let bench = self.is(role);
        let mut envelope = bench.envelope(Request::Do(command));
        envelope.accept = vec![Assent::from("destroy-for-good")];
        bench.desk.ask(&envelope)
    }

    /// A change that must be made.
    pub fn does(&mut self, role: Role, name: &str, body: Value) -> Record {
        match self.tell(role, name, body) {
            Ok(Reply::Done { record, .. }) => *record,
            other => panic!("{name}: {other:?}"),
        }
    }

    /// A change that must be refused: each problem as its clause with the field or its name.
    pub fn may_not(&mut self, role: Role, name: &str, body: Value) -> Vec<String> {
        said(self.tell(role, name, body))
    }

    /// Whoever has a post is of this department from now on.
    pub fn sits_in(&mut self, role: Role, department: &str) {
        let number = self.posts[&role];
        self.is(Role::Administrator);
        let Record::Operator(operator) = self.bench.get(number).record else {
            panic!("{number} is no operator");
        };
        let mut details = operator.details();
        details.department = department.into();
        let at = self.bench.present(number);
        self.bench.change(Command::ChangeOperator {
            at,
            details,
            active: true,
        });
    }

    fn of_step(&mut self, number: Number, step: &str, body: &Value) -> (&'static str, Value) {
        let name = match number.kind {
            Kind::File => "step-file",
            Kind::Handover => "step-handover",
            Kind::Access => "step-access",
            Kind::Loan => "step-loan",
            Kind::Inspection => "step-inspection",
            Kind::Incident => "step-incident",
            Kind::Task => "step-task",
            Kind::Registration => "step-registration",
            Kind::Survey => "step-survey",
            Kind::Occupancy => "step-occupancy",
            Kind::Instruction => "step-instruction",
            _ => "step-destruction",
        };
        let at = self.at(number);
        (name, json!({ "at": at, "step": { step: body } }))
    }

    /// A step that must be taken.
    pub fn steps(&mut self, role: Role, number: Number, step: &str, body: Value) -> Record {
        let (name, body) = self.of_step(number, step, &body);
        self.does(role, name, body)
    }

    /// A step that must be refused, after which everything is as it was.
    pub fn stays(&mut self, role: Role, number: Number, step: &str, body: Value) -> Vec<String> {
        let before = self.seen(number);
        let (name, body) = self.of_step(number, step, &body);
        let why = self.may_not(role, name, body);
        assert_eq!(self.seen(number), before, "refused, and yet changed");
        why
    }
}

/// The papers of a checklist, all whole but those named.
pub fn papers(staff: &Staff, list: &str, odd: &[(&str, &str)]) -> Value {
    let lists = &staff.profile.archive.checklists;
    let list = lists.iter().find(|it| it.id == list).unwrap();
    let mut papers: BTreeMap<&str, &str> = BTreeMap::new();
    for item in &list.items {
        let needed = item.only.is_none();
        papers.insert(&item.id, if needed { "whole" } else { "not-needed" });
    }
    papers.extend(odd.iter().copied());
    json!({ "papers": papers })
}
