//! A site with one operator in each of its posts, each named after the post.

use std::collections::BTreeMap;

use frontdesk::desk::contract::{Answer, Command, Door, Failure, Reply, Request};
use frontdesk::desk::{Desk, Options};
use frontdesk::domain::complaint::course::Judgement;
use frontdesk::domain::complaint::{Complaint, ComplaintDetails, Step};
use frontdesk::domain::measure::{Measure, MeasureDetails, MeasureKind, MeasureStep};
use frontdesk::domain::number::Number;
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::profile::Profile;
use frontdesk::domain::record::Record;
use frontdesk::domain::refusal::Assent;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;
use frontdesk::store::Home;

use super::{Bench, at, grievance};

/// The staff at their desk.
pub struct Staff {
    pub bench: Bench,
    pub profile: Profile,
    /// The operator in each post.
    pub posts: BTreeMap<Role, Number>,
}

impl Staff {
    pub fn of(profile: &str) -> Self {
        Self::with(profile, None)
    }

    /// The same, with the site's own file laid over the profile. It is Thursday 2024-06-06, 15:00.
    pub fn with(id: &str, text: Option<&str>) -> Self {
        let staff = Self::over(id, text, Bench::with_site_file(id, text));
        staff.set("2024-06-06 15:00");
        staff
    }

    /// The staff of a profile from a time on.
    pub fn since(id: &str, time: &str) -> Self {
        Self::over(id, None, Bench::set_up_at(id, None, time))
    }

    /// The staff of a profile from a time on, over another home.
    pub fn at_home(id: &str, home: Home, time: &str) -> Self {
        let mut bench = Bench::set_up_at(id, None, time);
        let options = Options {
            clock: Box::new(bench.clock.clone()),
            site_file: None,
        };
        bench.desk = Desk::open(home, options).unwrap();
        bench.operator = super::NOBODY;
        let set_up = bench.change_all(super::set_up(id));
        bench.operator = set_up.1[0].number();
        Self::over(id, None, bench)
    }

    fn over(id: &str, text: Option<&str>, mut bench: Bench) -> Self {
        let profile = Profile::load(id, text.unwrap_or_default(), "site.toml").unwrap();
        let mut posts = BTreeMap::new();
        for role in &profile.posts {
            let details = OperatorDetails {
                login: role.id().into(),
                name: role.id().into(),
                roles: vec![*role],
                ..OperatorDetails::default()
            };
            let added = bench.change(Command::AddOperator { details });
            posts.insert(*role, added.number());
        }
        Self {
            bench,
            profile,
            posts,
        }
    }

    /// Whoever has a post asks from now on.
    pub fn is(&mut self, role: Role) -> &mut Bench {
        self.bench.operator = self.posts[&role];
        &mut self.bench
    }

    pub fn set(&self, time: &str) {
        self.bench.clock.set(at(time));
    }

    /// A complaint recorded.
    pub fn recorded(&mut self, role: Role) -> Number {
        self.recorded_as(role, grievance("刚修好又漏油"))
    }

    pub fn recorded_as(&mut self, role: Role, details: ComplaintDetails) -> Number {
        self.is(role).complaint(details).meta.number
    }

    /// A complaint as it is now.
    pub fn complaint(&mut self, number: Number) -> Complaint {
        let first = *self.posts.values().next().unwrap();
        self.bench.operator = first;
        match self.bench.get(number).record {
            Record::Complaint(complaint) => complaint,
            other => panic!("{other:?}"),
        }
    }

    fn ask(&mut self, role: Role, number: Number, step: &Step) -> Answer {
        let at = self.bench.present(number);
        let step = step.clone();
        self.is(role).ask(Command::StepComplaint { at, step })
    }

    /// A step with answers to the questions it is met with.
    pub fn ask_saying(&mut self, role: Role, of: Number, step: &Step, accept: &[Assent]) -> Answer {
        let at = self.bench.present(of);
        let step = step.clone();
        let bench = self.is(role);
        let mut envelope = bench.envelope(Request::Do(Command::StepComplaint { at, step }));
        envelope.accept = accept.to_vec();
        bench.desk.ask(&envelope)
    }

    /// A step that must be taken.
    pub fn take(&mut self, role: Role, number: Number, step: &Step) -> Complaint {
        match self.ask(role, number, step) {
            Ok(Reply::Done { record, .. }) => match *record {
                Record::Complaint(complaint) => complaint,
                other => panic!("{other:?}"),
            },
            other => panic!("{step:?}: {other:?}"),
        }
    }

    /// A step that must be refused: each problem as its clause with the field, or with its name
    /// where it has no field.
    pub fn why(&mut self, role: Role, number: Number, step: &Step) -> Vec<String> {
        let before = self.complaint(number);
        let why = said(self.ask(role, number, step));
        assert_eq!(self.complaint(number), before, "refused, and yet changed");
        why
    }

    /// A measure drafted for a complaint.
    pub fn measure(&mut self, role: Role, about: Number) -> Number {
        let details = measure(about);
        let done = self.is(role).change(Command::DraftMeasure { details });
        done.number()
    }

    /// A step of a measure that must be taken.
    pub fn carry(&mut self, role: Role, number: Number, step: MeasureStep) -> Measure {
        let at = self.bench.present(number);
        match self.is(role).change(Command::StepMeasure { at, step }) {
            Record::Measure(measure) => measure,
            other => panic!("{other:?}"),
        }
    }

    /// A step of a measure that must be refused.
    pub fn why_not(&mut self, role: Role, number: Number, step: MeasureStep) -> Vec<String> {
        let at = self.bench.present(number);
        said(self.is(role).ask(Command::StepMeasure { at, step }))
    }
}

/// What is wrong, each as its clause with the field or the name of the problem.
pub fn said(answer: Answer) -> Vec<String> {
    let Err(Failure::Refused(refusal)) = answer else {
        panic!("not refused: {answer:?}");
    };
    let problems = refusal.problems.into_iter().map(|problem| {
        let what = problem.field.unwrap_or(problem.key);
        format!("{} {what}", problem.clause.unwrap_or_default())
    });
    problems.collect()
}

/// A measure that lacks nothing.
pub fn measure(about: Number) -> MeasureDetails {
    MeasureDetails {
        aspect: String::new(),
        about,
        kind: MeasureKind::Preventive,
        text: "密封圈安装加一道复核".into(),
        department: "after-sales".into(),
        owner: "李师傅".into(),
        contributor: "relations-manager".into(),
        due: Day::parse("2024-06-20"),
    }
}

/// Given to the service manager, judged.
pub fn judged() -> Step {
    Step::Assign {
        department: "after-sales".into(),
        handler: "service-manager".into(),
        note: String::new(),
        category: "repair".into(),
        cause: "密封圈装反".into(),
        justified: super::steps::holds("拆检属实"),
        reasonable: super::steps::holds("要求返修合理"),
    }
}

/// A slip handed over.
pub fn handed() -> Step {
    Step::Assign {
        department: "engineering".into(),
        handler: "department-head".into(),
        note: String::new(),
        category: String::new(),
        cause: String::new(),
        justified: Judgement::default(),
        reasonable: Judgement::default(),
    }
}
