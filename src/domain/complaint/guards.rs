//! What each guard of a procedure holds a step against.

use super::Complaint;
use super::course::{Liable, PenaltyDecision, Reach};
use super::steps::Step;
use super::tables::{Guard, Transition};
use crate::domain::context::Context;
use crate::domain::operator::Operator;
use crate::domain::refusal::{Checks, Problem, Refusal};
use crate::domain::role::Role;
use crate::domain::waiver::{Rule, Waiver};
use crate::text::clean;

/// A step held against the guards of its row.
struct Held<'a> {
    row: &'a Transition,
    complaint: &'a Complaint,
    step: &'a Step,
    context: &'a Context<'a>,
    checks: Checks,
}

/// Checks the guards of a row.
///
/// Returns the rules that were overridden.
///
/// # Errors
/// Everything that is missing, by the clause of the row.
pub(super) fn check(
    row: &Transition,
    complaint: &Complaint,
    step: &Step,
    handler: Option<&Operator>,
    context: &Context,
) -> Result<Vec<Waiver>, Refusal> {
    let mut held = Held {
        row,
        complaint,
        step,
        context,
        checks: Checks::new(),
    };
    for guard in row.guards {
        held.guard(*guard, handler);
    }
    context.judge(held.checks)
}

impl Held<'_> {
    fn guard(&mut self, guard: Guard, handler: Option<&Operator>) {
        match guard {
            Guard::Nature => self.nature(),
            Guard::DepartmentAndHandler => self.department_and_handler(),
            Guard::HandlerReason => self.handler_reason(handler),
            Guard::Department => {
                if let Step::PassOn { department } = self.step {
                    self.department(department);
                }
            }
            Guard::Text => self.text(),
            Guard::TextAndChannel => self.text_and_channel(),
            Guard::Solution => self.solution(),
            Guard::NotOwn => self.not_own(),
            Guard::MeetingRecord => self.meeting(),
            Guard::BothManagers => self.both_managers(),
            Guard::Attempt => self.attempt(),
            Guard::Summary => self.summary(),
            Guard::Unacknowledged => self.unacknowledged(),
            Guard::NotAccepted => {
                let hands = &self.complaint.course.hands;
                let accepted = hands.last().is_some_and(|hand| hand.accepted.is_some());
                self.unless(accepted, "accepted-already");
            }
            Guard::Waiting => self.unless(!self.complaint.course.is_waiting(), "not-waiting"),
            Guard::NotWaiting => self.unless(self.complaint.course.is_waiting(), "waiting-already"),
            Guard::Lesson => self.lesson(),
            Guard::NotMajor => {
                self.unless(self.complaint.course.major.is_some(), "major-already");
            }
            Guard::AllAcknowledged => {
                let major = self.complaint.course.major.as_ref();
                let open: Vec<&str> = major
                    .iter()
                    .flat_map(|major| major.unacknowledged())
                    .map(Role::id)
                    .collect();
                if !open.is_empty() {
                    let problem = self.problem("major-unacknowledged");
                    let problem = problem.rule(Rule::AllAcknowledged);
                    self.checks.add(problem.arg("roles", open.join(" ")));
                }
            }
        }
    }

    fn problem(&self, key: &str) -> Problem {
        let problem = Problem::new(key);
        if self.row.clause.is_empty() {
            problem
        } else {
            problem.clause(self.row.clause)
        }
    }

    fn unless(&mut self, stands_in_the_way: bool, key: &str) {
        if stands_in_the_way {
            let problem = self.problem(key);
            self.checks.add(problem);
        }
    }

    fn require(&mut self, text: &str, field: &str, clause: &str) {
        if clean::body(text).is_empty() {
            let problem = self.problem("required").field(field);
            let problem = if clause.is_empty() {
                problem
            } else {
                problem.clause(clause)
            };
            self.checks.add(problem);
        }
    }

    /// A08-n2a, A08-n2a2, A08-n2b: asked for once, when it is first given to somebody.
    fn nature(&mut self) {
        let Step::Assign {
            category,
            cause,
            justified,
            reasonable,
            ..
        } = self.step
        else {
            return;
        };
        if self.complaint.course.nature.is_some() && justified.holds.is_none() {
            return;
        }
        self.require(cause, "cause", "A08-n2a");
        let known = &self.context.profile.complaints.categories;
        let category = match category.trim() {
            "" => self.complaint.details.category.as_str(),
            given => given,
        };
        if category.is_empty() {
            self.require("", "category", "A08-n2a2");
        } else if !known.iter().any(|known| known.id == category) {
            let problem = Problem::new("unknown-category").field("category");
            self.checks.add(problem.arg("value", category));
        }
        for (judgement, field, reason) in [
            (justified, "justified", "justified-reason"),
            (reasonable, "reasonable", "reasonable-reason"),
        ] {
            if judgement.holds.is_none() {
                self.require("", field, "A08-n2b");
            }
            self.require(&judgement.reason, reason, "A08-n2b");
        }
    }

    fn department(&mut self, department: &str) {
        let known = &self.context.profile.complaints.departments;
        let department = department.trim();
        if department.is_empty() {
            self.require("", "department", "");
        } else if !known.iter().any(|known| known.id == department) {
            let problem = Problem::new("unknown-department").field("department");
            self.checks.add(problem.arg("value", department));
        }
    }

    fn department_and_handler(&mut self) {
        if let Step::Assign {
            department,
            handler,
            ..
        } = self.step
        {
            self.department(department);
            self.require(handler, "handler", "");
        }
    }

    /// A08-d3.1: the manager of the category's department handles it, or somebody else with a
    /// reason.
    fn handler_reason(&mut self, handler: Option<&Operator>) {
        let Step::Assign { note, category, .. } = self.step else {
            return;
        };
        let category = match category.trim() {
            "" => self.complaint.details.category.as_str(),
            given => given,
        };
        let known = &self.context.profile.complaints.categories;
        let proposed = known.iter().find(|known| known.id == category);
        let Some(post) = proposed.and_then(|known| known.handler) else {
            return;
        };
        let holds = handler.is_some_and(|handler| handler.roles.contains(&post));
        if !holds && clean::body(note).is_empty() {
            let problem = Problem::new("handler-needs-reason").field("note");
            self.checks
                .add(problem.arg("role", post.id()).clause("A08-d3.1"));
        }
    }

    /// The one text that the step is about.
    fn text(&mut self) {
        let (text, field) = match self.step {
            Step::FeedBack { text } | Step::Recourse { text } => (text, "text"),
            Step::Return { result } => (result, "result"),
            Step::CallBack { note, .. } => (note, "note"),
            Step::Withdraw { reason }
            | Step::MarkMajor { reason }
            | Step::HandBack { reason }
            | Step::SendBack { reason }
            | Step::Reopen { reason }
            | Step::NoAction { reason }
            | Step::Wait { reason } => (reason, "reason"),
            _ => return,
        };
        self.require(text, field, "");
    }

    /// A08-r1.2: a lesson, for departments that there are.
    fn lesson(&mut self) {
        if let Step::Share { departments, text } = self.step {
            for department in departments {
                self.department(department);
            }
            self.require(text, "text", "A08-r1.2");
        }
    }

    fn text_and_channel(&mut self) {
        let channel = match self.step {
            Step::Answer { text, channel } => {
                self.require(text, "text", "");
                channel
            }
            Step::Receipt { channel } => channel,
            _ => return,
        };
        if channel.is_none() {
            self.require("", "channel", "");
        }
    }

    fn solution(&mut self) {
        if let Step::Propose {
            cause,
            person,
            solution,
        }
        | Step::Draft {
            cause,
            person,
            solution,
        } = self.step
        {
            self.require(cause, "cause", "A08-d3.2");
            self.require(person, "person", "A08-d3.2");
            self.require(solution, "solution", "A08-d3.3");
        }
    }

    fn not_own(&mut self) {
        let solution = self.complaint.course.solution.as_ref();
        let by = solution.map(|solution| solution.proposed.by);
        if by == Some(self.context.operator.meta.number) {
            let problem = self.problem("own-proposal").rule(Rule::FourEyes);
            self.checks.add(problem);
        }
        self.unless(by.is_none(), "no-proposal");
    }

    fn meeting(&mut self) {
        let Step::Meet {
            held_at,
            participants,
            decision,
        } = self.step
        else {
            return;
        };
        if held_at.is_some_and(|at| at > self.context.now) {
            let problem = self.problem("made-later").field("held_at");
            self.checks.add(problem);
        }
        self.require(&participants.join(""), "participants", "");
        self.require(decision, "decision", "");
    }

    fn both_managers(&mut self) {
        if let Step::Negotiate {
            business_manager,
            relations_manager,
            outcome,
        } = self.step
        {
            self.require(business_manager, "business_manager", "");
            self.require(relations_manager, "relations_manager", "");
            let same = clean::name(business_manager) == clean::name(relations_manager);
            if same && !clean::name(business_manager).is_empty() {
                let problem = self.problem("two-managers").field("relations_manager");
                self.checks.add(problem.rule(Rule::TwoManagers));
            }
            self.require(outcome, "outcome", "");
        }
    }

    fn attempt(&mut self) {
        let (Step::AskSatisfaction {
            reach,
            satisfaction,
            ..
        }
        | Step::CallBack {
            reach,
            satisfaction,
            ..
        }) = self.step
        else {
            return;
        };
        if reach.is_none() {
            self.require("", "reach", "");
        }
        if *reach == Some(Reach::Reached) && satisfaction.is_none() {
            self.require("", "satisfaction", "");
        }
    }

    /// A08-n7, A08-r3.2, A08-r3.3, A08-x1, A08-x2.
    fn summary(&mut self) {
        let Step::SumUp {
            evaluation,
            cause_department,
            cause_person,
            no_cause,
            delay,
            loss,
            no_measure,
            penalties,
        } = self.step
        else {
            return;
        };
        self.require(evaluation, "evaluation", "A08-n7");
        if clean::body(no_cause).is_empty() {
            self.require(cause_department, "cause_department", "A08-r3.2");
            self.require(cause_person, "cause_person", "A08-r3.2");
        }
        if !cause_department.trim().is_empty() {
            self.department(cause_department);
        }
        let late = self.complaint.is_or_was_late(self.context.now);
        if late {
            self.require(delay, "delay", "A08-r3.3");
        }
        if self.complaint.measures.is_empty() {
            self.require(no_measure, "no_measure", "A08-n7");
        }
        let mut asked: Vec<(Liable, &str)> = Vec::new();
        if loss.is_some_and(|loss| loss > 0) {
            asked.extend([(Liable::Person, "A08-x1"), (Liable::Head, "A08-x1")]);
        }
        if late {
            asked.push((Liable::Handler, "A08-x2"));
        }
        for (liable, clause) in asked {
            if !penalties
                .iter()
                .any(|one| one.liable == liable && is_decided(one))
            {
                let field = match liable {
                    Liable::Person => "penalty_person",
                    Liable::Head => "penalty_head",
                    Liable::Handler => "penalty_handler",
                };
                let problem = Problem::new("penalty-undecided").field(field);
                let problem = problem.rule(Rule::PenaltyDecided);
                self.checks
                    .add(problem.arg("liable", liable.id()).clause(clause));
            }
        }
    }

    fn unacknowledged(&mut self) {
        let major = self.complaint.course.major.as_ref();
        let roles = &self.context.operator.roles;
        let open = major.is_some_and(|major| major.unacknowledged().any(|it| roles.contains(&it)));
        self.unless(!open, "nothing-to-acknowledge");
    }
}

/// An amount, or why there is none.
fn is_decided(decision: &PenaltyDecision) -> bool {
    !clean::name(&decision.name).is_empty()
        && (decision.amount.is_some() || !clean::body(&decision.reason).is_empty())
}
