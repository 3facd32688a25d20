use std::collections::BTreeSet;

use super::course::{Judgement, Reach, Satisfaction};
use super::*;
use crate::domain::calendar::Calendar;
use crate::domain::number::Kind;
use crate::domain::operator::OperatorDetails;
use crate::domain::profile::Profile;
use crate::domain::role::Role;

fn number(kind: Kind, seq: u32) -> Number {
    Number {
        kind,
        year: 2024,
        seq,
    }
}

fn at(text: &str) -> Stamp {
    Stamp::parse(text, 480).unwrap()
}

fn operator(seq: u32, roles: &[Role]) -> Operator {
    let number = number(Kind::Operator, seq);
    let meta = Meta {
        number,
        version: 1,
        created_at: Stamp(0),
        created_by: number,
        changed_at: Stamp(0),
        changed_by: number,
        import: None,
        void: false,
    };
    let details = OperatorDetails {
        login: format!("o{seq}"),
        name: format!("职员{seq}"),
        roles: roles.to_vec(),
        ..OperatorDetails::default()
    };
    Operator::of(meta, details, true)
}

/// A site, with one operator for each of its posts.
struct Site {
    profile: Profile,
    calendar: Calendar,
    staff: Vec<Operator>,
    now: Stamp,
}

impl Site {
    fn new(profile: &str) -> Self {
        let profile = Profile::builtin(profile).unwrap();
        let posts = (1..).zip(&profile.posts);
        Self {
            staff: posts.map(|(seq, post)| operator(seq, &[*post])).collect(),
            profile,
            calendar: Calendar::builtin(),
            now: at("2024-06-06 15:00"),
        }
    }

    fn who(&self, role: Role) -> &Operator {
        let held = |operator: &&Operator| operator.roles.contains(&role);
        self.staff.iter().find(held).unwrap()
    }

    fn context<'a>(&'a self, operator: &'a Operator) -> Context<'a> {
        Context {
            now: self.now,
            operator,
            profile: &self.profile,
            calendar: &self.calendar,
            accept: &[],
        }
    }

    fn recorded(&self, role: Role) -> Complaint {
        let details = ComplaintDetails {
            channel: Some(Channel::Call),
            complainant: "赵女士".to_owned(),
            phone: "13800138000".to_owned(),
            plate: if self.profile.complaints.plate {
                "-"
            } else {
                ""
            }
            .to_owned(),
            service: Some(Service::AfterSales),
            text: "刚修好又漏油".to_owned(),
            ..ComplaintDetails::default()
        };
        let who = self.who(role);
        record(
            number(Kind::Complaint, 1),
            details,
            None,
            None,
            &self.context(who),
        )
        .unwrap()
    }

    fn step(&self, complaint: &Complaint, role: Role, one: &Step) -> Result<Complaint, Refusal> {
        let handler = self.who(*self.profile.posts.first().unwrap());
        let handler = match one {
            Step::Assign { handler, .. } if handler == "服务经理" => {
                self.who(Role::ServiceManager)
            }
            _ => handler,
        };
        step(complaint, one, Some(handler), &self.context(self.who(role)))
    }

    fn taken(&self, complaint: &Complaint, role: Role, one: &Step) -> Complaint {
        self.step(complaint, role, one)
            .unwrap_or_else(|refusal| panic!("{:?}: {refusal}", one.kind()))
    }
}

/// The clauses and keys of a refusal.
fn why(refused: Result<Complaint, Refusal>) -> Vec<(String, String)> {
    let problems = refused.unwrap_err().problems;
    let all = problems
        .into_iter()
        .map(|problem| (problem.key, problem.clause.unwrap_or_default()));
    all.collect()
}

fn yes(reason: &str) -> Judgement {
    Judgement {
        holds: Some(true),
        reason: reason.to_owned(),
    }
}

fn assign(handler: &str) -> Step {
    Step::Assign {
        department: "after-sales".to_owned(),
        handler: handler.to_owned(),
        note: String::new(),
        category: "repair".to_owned(),
        cause: "密封圈装反".to_owned(),
        justified: yes("拆检属实"),
        reasonable: yes("要求返修合理"),
    }
}

fn propose() -> Step {
    Step::Propose {
        cause: "密封圈装反".to_owned(),
        person: "李师傅".to_owned(),
        solution: "免费返修并送一次保养".to_owned(),
    }
}

fn asked(satisfaction: Satisfaction) -> Step {
    Step::AskSatisfaction {
        reach: Some(Reach::Reached),
        satisfaction: Some(satisfaction),
        note: String::new(),
    }
}

fn sum_up() -> Step {
    Step::SumUp {
        evaluation: "处理及时，客户认可".to_owned(),
        cause_department: "after-sales".to_owned(),
        cause_person: "李师傅".to_owned(),
        no_cause: String::new(),
        delay: String::new(),
        loss: None,
        no_measure: "个别失误，已当面培训".to_owned(),
        penalties: Vec::new(),
    }
}

fn answered() -> Step {
    Step::Answer {
        text: "明天来店返修".to_owned(),
        channel: Some(Channel::Call),
    }
}

/// The way of a normal complaint up to before a step.
fn before(site: &Site, kind: StepKind) -> Complaint {
    let mut complaint = site.recorded(Role::RelationsSpecialist);
    let way = [
        (Role::RelationsManager, assign("服务经理")),
        (Role::ServiceManager, propose()),
        (
            Role::GeneralManager,
            Step::Approve {
                note: String::new(),
            },
        ),
        (Role::RelationsSpecialist, answered()),
        (
            Role::RelationsSpecialist,
            Step::FeedBack {
                text: "同意".to_owned(),
            },
        ),
        (Role::RelationsSpecialist, asked(Satisfaction::Satisfied)),
        (Role::RelationsManager, sum_up()),
        (
            Role::RelationsManager,
            Step::Close {
                note: String::new(),
            },
        ),
    ];
    for (role, step) in way {
        if step.kind() == kind {
            break;
        }
        complaint = site.taken(&complaint, role, &step);
    }
    complaint
}

#[test]
fn sm1_runs_from_record_to_close() {
    let site = Site::new("dealership");
    let closed = before(&site, StepKind::Record);
    assert_eq!(closed.state, ComplaintState::Closed);
    let states: Vec<_> = closed.trail.iter().map(|passage| passage.to.id()).collect();
    assert_eq!(
        states,
        [
            "recorded",
            "assigned",
            "proposed",
            "approved",
            "answered",
            "reacted",
            "asked",
            "summarised",
            "closed"
        ]
    );
    assert_eq!(closed.course.satisfaction(), Some(Satisfaction::Satisfied));
    assert!(closed.course.breaches.is_empty());
}

#[test]
fn a08_n3b_the_solution_is_due_after_one_working_day_and_a_breach_is_frozen() {
    let mut site = Site::new("dealership");
    let assigned = before(&site, StepKind::Propose);
    assert_eq!(assigned.due, Day::parse("2024-06-07"));
    assert_eq!(assigned.due_at, Some(at("2024-06-07 18:00")));
    assert!(!assigned.is_late(at("2024-06-07 18:00")));
    site.now = at("2024-06-11 09:30");
    assert!(assigned.is_late(site.now));
    let late = site.taken(&assigned, Role::ServiceManager, &propose());
    assert_eq!(late.due_at, None);
    assert_eq!(late.course.breaches.len(), 1);
    assert_eq!(late.course.breaches[0].due, at("2024-06-07 18:00"));
    site.now = at("2024-06-07 10:00");
    let friday = site.taken(
        &site.recorded(Role::RelationsSpecialist),
        Role::RelationsManager,
        &assign("服务经理"),
    );
    assert_eq!(friday.due, Day::parse("2024-06-11"));
}

#[test]
fn nobody_approves_their_own_solution() {
    let mut site = Site::new("dealership");
    site.staff = vec![operator(1, &site.profile.posts.clone())];
    let proposed = before(&site, StepKind::Approve);
    let refused = why(site.step(
        &proposed,
        Role::GeneralManager,
        &Step::Approve {
            note: String::new(),
        },
    ));
    assert_eq!(refused[0].0, "own-proposal");
}

#[test]
fn after_so_many_attempts_as_the_profile_says_a_customer_counts_as_asked() {
    let mut site = Site::new("dealership");
    site.profile.complaints.tries = Some(2);
    let nobody = Step::AskSatisfaction {
        reach: Some(Reach::NotReached),
        satisfaction: None,
        note: String::new(),
    };
    let once = site.taken(
        &before(&site, StepKind::AskSatisfaction),
        Role::RelationsSpecialist,
        &nobody,
    );
    let twice = site.taken(&once, Role::RelationsSpecialist, &nobody);
    assert_eq!(twice.state, ComplaintState::Asked);
    assert_eq!(twice.course.satisfaction(), None);
    // Once it was taken up again it is tried as often again.
    let mut slips = Site::new("property");
    slips.profile.complaints.tries = Some(2);
    let mut slip = slips.recorded(Role::Reception);
    slip.state = ComplaintState::Returned;
    let call = |reach, satisfaction| Step::CallBack {
        reach: Some(reach),
        satisfaction,
        note: "水还是小".to_owned(),
    };
    let again = call(Reach::Reached, Some(Satisfaction::Dissatisfied));
    let again = slips.taken(&slip, Role::CustomerService, &again);
    let result = "调高水压".to_owned();
    let back = slips.taken(&again, Role::DepartmentHead, &Step::Return { result });
    let nobody = call(Reach::NotReached, None);
    let once = slips.taken(&back, Role::CustomerService, &nobody);
    assert_eq!(once.state, ComplaintState::Returned);
    let twice = slips.taken(&once, Role::CustomerService, &nobody);
    assert_eq!(twice.state, ComplaintState::Answered);
}

#[test]
fn a_step_that_the_profile_has_not_is_refused() {
    let mut site = Site::new("dealership");
    site.profile.complaints.plus.clear();
    let complaint = site.recorded(Role::RelationsSpecialist);
    let withdraw = Step::Withdraw {
        reason: "误会".to_owned(),
    };
    let refused = why(site.step(&complaint, Role::RelationsManager, &withdraw));
    assert_eq!(refused[0].0, "step-not-yet");
}

#[test]
fn every_row_leads_from_a_state_that_is_reached_and_every_open_state_leads_on() {
    for profile in Profile::IDS {
        let site = Site::new(profile);
        for is_major in [false, true] {
            let mut complaint = site.recorded_by_anybody();
            if is_major {
                complaint.course.major = Some(course::Major {
                    marked: course::Said {
                        text: String::new(),
                        at: site.now,
                        by: complaint.meta.created_by,
                    },
                    told: Vec::new(),
                    acknowledged: Vec::new(),
                });
            }
            let mut reached = BTreeSet::from([complaint.state]);
            loop {
                let mut more = reached.clone();
                for row in rows(&complaint, &site.profile) {
                    if let (true, To::State(to)) =
                        (row.from.iter().any(|it| reached.contains(it)), row.to)
                    {
                        more.insert(to);
                    }
                }
                if more == reached {
                    break;
                }
                reached = more;
            }
            assert!(reached.contains(&ComplaintState::Closed), "{profile}");
            for state in reached.iter().filter(|state| !state.is_final()) {
                let leads_on = rows(&complaint, &site.profile).any(|row| {
                    let away = matches!(row.to, To::State(to) if to != *state && to != ComplaintState::Withdrawn);
                    row.from.contains(state) && away
                });
                assert!(leads_on, "{profile}: nothing leads on from {}", state.id());
            }
        }
    }
}

impl Site {
    fn recorded_by_anybody(&self) -> Complaint {
        let grant = &self.profile.permissions[&Permission::ComplaintRecord];
        self.recorded(grant.roles[0])
    }
}
