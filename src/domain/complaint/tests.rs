use std::collections::BTreeSet;

use proptest::prelude::*;

use super::course::{Judgement, Liable, PenaltyDecision, Reach, Satisfaction};
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
fn a08_n2_assigning_asks_for_the_managers_judgement() {
    let site = Site::new("dealership");
    let complaint = site.recorded(Role::RelationsSpecialist);
    let bare = Step::Assign {
        department: String::new(),
        handler: String::new(),
        note: String::new(),
        category: String::new(),
        cause: String::new(),
        justified: Judgement::default(),
        reasonable: Judgement::default(),
    };
    let refused = why(site.step(&complaint, Role::RelationsManager, &bare));
    let clauses: BTreeSet<&str> = refused.iter().map(|(_, clause)| clause.as_str()).collect();
    assert_eq!(
        clauses,
        BTreeSet::from(["A08-n2a", "A08-n2a2", "A08-n2b", "A08-n2d"])
    );
    // A08-d2.1: nobody else judges and assigns.
    let refused = why(site.step(&complaint, Role::RelationsSpecialist, &assign("服务经理")));
    assert_eq!(refused[0].0, "role-may-not");
}

#[test]
fn a08_d3_1_another_handler_than_the_departments_manager_needs_a_reason() {
    let site = Site::new("dealership");
    let complaint = site.recorded(Role::RelationsSpecialist);
    let refused = why(site.step(&complaint, Role::RelationsManager, &assign("别人")));
    assert_eq!(
        refused,
        [("handler-needs-reason".to_owned(), "A08-d3.1".to_owned())]
    );
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
fn a08_d3_2_and_d3_3_a_proposal_needs_cause_person_and_solution() {
    let site = Site::new("dealership");
    let empty = Step::Propose {
        cause: String::new(),
        person: String::new(),
        solution: String::new(),
    };
    let refused = why(site.step(
        &before(&site, StepKind::Propose),
        Role::ServiceManager,
        &empty,
    ));
    let clauses: Vec<&str> = refused.iter().map(|(_, clause)| clause.as_str()).collect();
    assert_eq!(clauses, ["A08-d3.2", "A08-d3.2", "A08-d3.3"]);
}

#[test]
fn a08_n4a_the_customer_is_not_told_before_the_general_manager_agreed() {
    let site = Site::new("dealership");
    let proposed = before(&site, StepKind::Approve);
    let refused = why(site.step(&proposed, Role::RelationsSpecialist, &answered()));
    assert_eq!(refused[0].1, "A08-n4b");
    let refused = why(site.step(
        &proposed,
        Role::SalesManager,
        &Step::Approve {
            note: String::new(),
        },
    ));
    assert_eq!(
        refused[0],
        ("role-may-not".to_owned(), "A08-n4a".to_owned())
    );
    let back = Step::SendBack {
        reason: "成本不明".to_owned(),
    };
    let back = site.taken(&proposed, Role::GeneralManager, &back);
    assert_eq!(back.state, ComplaintState::Assigned);
    assert_eq!(back.course.solution.unwrap().sent_back, 1);
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
fn a08_n4c_and_n5_reaction_and_satisfaction_come_before_the_end() {
    let site = Site::new("dealership");
    let told = before(&site, StepKind::FeedBack);
    let refused = why(site.step(
        &told,
        Role::RelationsSpecialist,
        &asked(Satisfaction::Satisfied),
    ));
    assert_eq!(refused[0], ("step-not-yet".to_owned(), "A08-n5".to_owned()));
    let reacted = before(&site, StepKind::AskSatisfaction);
    let refused = why(site.step(
        &reacted,
        Role::RelationsManager,
        &Step::Close {
            note: String::new(),
        },
    ));
    assert_eq!(refused[0].1, "A08-n7");
    let nobody = Step::AskSatisfaction {
        reach: Some(Reach::NotReached),
        satisfaction: None,
        note: String::new(),
    };
    let tried = site.taken(&reacted, Role::RelationsSpecialist, &nobody);
    assert_eq!(tried.state, ComplaintState::Reacted);
    assert_eq!(tried.course.attempts.len(), 1);
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
}

#[test]
fn a08_r3_and_x_summing_up_asks_for_cause_delay_improvement_and_penalties() {
    let mut site = Site::new("dealership");
    let mut complaint = before(&site, StepKind::SumUp);
    let empty = Step::SumUp {
        evaluation: String::new(),
        cause_department: String::new(),
        cause_person: String::new(),
        no_cause: String::new(),
        delay: String::new(),
        loss: Some(50_000),
        no_measure: String::new(),
        penalties: Vec::new(),
    };
    site.now = at("2024-06-07 09:00");
    complaint.course.breaches.push(course::Breach {
        state: ComplaintState::Assigned,
        handler: "服务经理".to_owned(),
        due: at("2024-06-07 18:00"),
        done: at("2024-06-11 09:30"),
    });
    let refused = why(site.step(&complaint, Role::RelationsManager, &empty));
    let clauses: Vec<&str> = refused.iter().map(|(_, clause)| clause.as_str()).collect();
    assert_eq!(
        clauses,
        [
            "A08-n7", "A08-r3.2", "A08-r3.2", "A08-r3.3", "A08-n7", "A08-x1", "A08-x1", "A08-x2"
        ]
    );
    let decided = |liable, amount| PenaltyDecision {
        liable,
        name: "李师傅".to_owned(),
        amount,
        reason: "首次".to_owned(),
    };
    let full = Step::SumUp {
        evaluation: "已返修".to_owned(),
        cause_department: "after-sales".to_owned(),
        cause_person: "李师傅".to_owned(),
        no_cause: String::new(),
        delay: "配件晚到一天".to_owned(),
        loss: Some(50_000),
        no_measure: "已培训".to_owned(),
        penalties: vec![
            decided(Liable::Person, Some(10_000)),
            decided(Liable::Head, None),
            decided(Liable::Handler, None),
        ],
    };
    let done = site.taken(&complaint, Role::RelationsManager, &full);
    assert_eq!(done.state, ComplaintState::Summarised);
    // On time and without a loss nobody is asked for a penalty.
    let in_time = before(&site, StepKind::SumUp);
    assert_eq!(
        site.taken(&in_time, Role::RelationsManager, &sum_up())
            .state,
        ComplaintState::Summarised
    );
}

#[test]
fn sm2_a_major_complaint_needs_its_meeting_and_both_managers() {
    let site = Site::new("dealership");
    let reason = "媒体已到场".to_owned();
    let major = site.taken(
        &site.recorded(Role::RelationsSpecialist),
        Role::RelationsManager,
        &Step::MarkMajor { reason },
    );
    assert_eq!(major.state, ComplaintState::Recorded);
    let plan = Step::Draft {
        cause: "密封圈装反".to_owned(),
        person: "李师傅".to_owned(),
        solution: "换车".to_owned(),
    };
    let passed = site.taken(
        &major,
        Role::RelationsManager,
        &Step::PassOn {
            department: "after-sales".to_owned(),
        },
    );
    let refused = why(site.step(&passed, Role::RelationsManager, &plan));
    assert_eq!(
        refused[0],
        ("step-not-yet".to_owned(), "A08-m3a".to_owned())
    );
    let seen = site.taken(
        &passed,
        Role::GeneralManager,
        &Step::Acknowledge { post: None },
    );
    let open: Vec<Role> = seen
        .course
        .major
        .as_ref()
        .unwrap()
        .unacknowledged()
        .collect();
    assert_eq!(open, [Role::BusinessManager]);
    let met = site.taken(
        &seen,
        Role::RelationsManager,
        &Step::Meet {
            held_at: None,
            participants: vec!["总经理".to_owned(), "售后经理".to_owned()],
            decision: "换车".to_owned(),
        },
    );
    let planned = site.taken(&met, Role::RelationsManager, &plan);
    let approved = site.taken(
        &planned,
        Role::GeneralManager,
        &Step::Approve {
            note: String::new(),
        },
    );
    let negotiate = |business: &str| Step::Negotiate {
        business_manager: business.to_owned(),
        relations_manager: "客户关系经理".to_owned(),
        outcome: "客户接受".to_owned(),
    };
    let refused = why(site.step(&approved, Role::RelationsManager, &negotiate("")));
    assert_eq!(refused, [("required".to_owned(), "A08-m3b".to_owned())]);
    let refused = why(site.step(
        &approved,
        Role::RelationsManager,
        &negotiate("客户关系经理"),
    ));
    assert_eq!(refused, [("two-managers".to_owned(), "A08-m3b".to_owned())]);
    let done = site.taken(&approved, Role::RelationsManager, &negotiate("售后经理"));
    let done = site.taken(
        &done,
        Role::RelationsSpecialist,
        &asked(Satisfaction::Neutral),
    );
    let done = site.taken(&done, Role::RelationsManager, &sum_up());
    let done = site.taken(
        &done,
        Role::RelationsManager,
        &Step::Close {
            note: String::new(),
        },
    );
    assert_eq!(done.state, ComplaintState::Closed);
}

#[test]
fn sm3_the_slip_goes_to_the_department_comes_back_and_the_customer_is_phoned() {
    let site = Site::new("property");
    let slip = site.recorded(Role::Reception);
    assert_eq!(slip.state, ComplaintState::SlipMade);
    let hand_over = Step::Assign {
        department: "engineering".to_owned(),
        handler: "工程部主管".to_owned(),
        note: String::new(),
        category: String::new(),
        cause: String::new(),
        justified: Judgement::default(),
        reasonable: Judgement::default(),
    };
    let there = site.taken(&slip, Role::CustomerService, &hand_over);
    let refused = why(site.step(
        &there,
        Role::CustomerService,
        &Step::Close {
            note: String::new(),
        },
    ));
    assert_eq!(refused[0].1, "A13-c3d");
    let result = |text: &str| Step::Return {
        result: text.to_owned(),
    };
    let refused = why(site.step(&there, Role::DepartmentHead, &result(" ")));
    assert_eq!(refused, [("required".to_owned(), "A13-c3c".to_owned())]);
    let back = site.taken(&there, Role::DepartmentHead, &result("已换水泵"));
    let call = |reach, satisfaction| Step::CallBack {
        reach: Some(reach),
        satisfaction,
        note: "水还是小".to_owned(),
    };
    let tried = site.taken(&back, Role::CustomerService, &call(Reach::NotReached, None));
    assert_eq!(tried.state, ComplaintState::Returned);
    let again = call(Reach::Reached, Some(Satisfaction::Dissatisfied));
    let again = site.taken(&tried, Role::CustomerService, &again);
    assert_eq!(
        (again.state, again.course.dissatisfied),
        (ComplaintState::Assigned, 1)
    );
    let back = site.taken(&again, Role::DepartmentHead, &result("调高水压"));
    let called = call(Reach::Reached, Some(Satisfaction::Satisfied));
    let called = site.taken(&back, Role::CustomerService, &called);
    let closed = site.taken(
        &called,
        Role::CustomerService,
        &Step::Close {
            note: String::new(),
        },
    );
    assert_eq!(closed.state, ComplaintState::Closed);
}

#[test]
fn a13_c4_a_major_slip_is_seen_by_the_property_centre_manager_before_it_is_closed() {
    let site = Site::new("property");
    let reason = "电梯困人".to_owned();
    let major = site.taken(
        &site.recorded(Role::Reception),
        Role::Reception,
        &Step::MarkMajor { reason },
    );
    assert_eq!(major.state, ComplaintState::SlipMade);
    let mut called = major.clone();
    called.state = ComplaintState::Answered;
    let close = Step::Close {
        note: String::new(),
    };
    let refused = why(site.step(&called, Role::CustomerService, &close));
    assert_eq!(
        refused,
        [("major-unacknowledged".to_owned(), "A13-c3d".to_owned())]
    );
    let seen = Step::Acknowledge { post: None };
    let refused = why(site.step(&called, Role::Reception, &seen));
    assert_eq!(refused[0].0, "role-may-not");
    let seen = site.taken(&called, Role::PropertyCentreManager, &seen);
    assert_eq!(
        site.taken(&seen, Role::CustomerService, &close).state,
        ComplaintState::Closed
    );
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

fn any_step(choice: u8, flag: bool) -> Step {
    let text = || {
        if flag {
            "原因".to_owned()
        } else {
            String::new()
        }
    };
    let reach = Reach::ALL[usize::from(choice) % Reach::ALL.len()];
    let satisfaction = Satisfaction::ALL.get(usize::from(choice) / 7 % 6).copied();
    match choice % 20 {
        0 | 1 => Step::Assign {
            department: if flag { "after-sales" } else { "engineering" }.to_owned(),
            handler: text(),
            note: text(),
            category: "repair".to_owned(),
            cause: text(),
            justified: yes("是"),
            reasonable: yes("是"),
        },
        2 => propose(),
        3 => Step::Approve {
            note: String::new(),
        },
        4 => Step::SendBack { reason: text() },
        5 => answered(),
        6 => Step::FeedBack { text: text() },
        7 | 8 => Step::AskSatisfaction {
            reach: Some(reach),
            satisfaction,
            note: text(),
        },
        9 => sum_up(),
        10 => Step::Close {
            note: String::new(),
        },
        11 => Step::MarkMajor { reason: text() },
        12 => Step::PassOn {
            department: "after-sales".to_owned(),
        },
        13 => Step::Meet {
            held_at: None,
            participants: vec![text()],
            decision: text(),
        },
        14 => Step::Draft {
            cause: text(),
            person: text(),
            solution: text(),
        },
        15 => Step::Negotiate {
            business_manager: text(),
            relations_manager: "客户关系经理".to_owned(),
            outcome: text(),
        },
        16 => Step::Return { result: text() },
        17 => Step::CallBack {
            reach: Some(reach),
            satisfaction,
            note: text(),
        },
        18 => Step::Reopen { reason: text() },
        _ => Step::Acknowledge { post: None },
    }
}

proptest! {
    #[test]
    fn random_people_never_reach_a_state_that_the_tables_do_not_allow(
        property in any::<bool>(),
        tries in prop::collection::vec((any::<u8>(), any::<u8>(), any::<bool>(), 0_i64..3_000), 1..120),
    ) {
        let mut site = Site::new(if property { "property" } else { "dealership" });
        let mut complaint = site.recorded_by_anybody();
        for (choice, who, flag, minutes) in tries {
            site.now = Stamp(site.now.0 + minutes * 60_000_000);
            let operator = &site.staff[usize::from(who) % site.staff.len()];
            let one = any_step(choice, flag);
            let Ok(next) = step(&complaint, &one, Some(operator), &site.context(operator)) else {
                continue;
            };
            let allowed = rows(&complaint, &site.profile).any(|row| {
                let to = match row.to {
                    To::State(to) => to,
                    To::Same => complaint.state,
                };
                row.step == one.kind() && row.from.contains(&complaint.state) && to == next.state
            });
            prop_assert!(allowed, "{:?} from {} to {}", one, complaint.state.id(), next.state.id());
            prop_assert_eq!(next.trail.len(), complaint.trail.len() + 1);
            prop_assert!(next.course.breaches.len() >= complaint.course.breaches.len());
            if next.state == ComplaintState::Closed {
                let course = &next.course;
                let told = next.answer.is_some() || course.negotiation.is_some();
                let called = course.attempts.iter().any(|attempt| attempt.reach != Reach::NotReached);
                let complete = if property { called } else { told && course.summary.is_some() };
                prop_assert!(complete, "closed without an answer");
            }
            complaint = next;
        }
    }
}
