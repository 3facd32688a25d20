//! What a leasing office asks on a card, of visits to one site, of attempts at people who are hard to get
//! hold of, of invitations by name, and of whoever is to do something, each checked as its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::staff::{Staff, said};
use common::{Bench, call, card, visited};
use frontdesk::desk::contract::{Adopted, Command, Filter, ListQuery, Query, Reply, Visits};
use frontdesk::domain::adopt::Existing;
use frontdesk::domain::attempt::Reach;
use frontdesk::domain::campaign::{Answer, CampaignDetails, CampaignSort, Target};
use frontdesk::domain::customer::{Customer, CustomerDetails, Mark};
use frontdesk::domain::deal::Deal;
use frontdesk::domain::fines::Month;
use frontdesk::domain::follow_up::{Contact, FollowUp, FollowUpDetails, FollowUpState};
use frontdesk::domain::intake::{Channel, IntakeDetails};
use frontdesk::domain::listed::Listed;
use frontdesk::domain::monthly::{Monthly, MonthlyKind};
use frontdesk::domain::next_visit::NextVisit;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::plan::PlanDetails;
use frontdesk::domain::record::Record;
use frontdesk::domain::registration::{
    Business, RegistrationDetails, RegistrationSource, RegistrationStep,
};
use frontdesk::domain::relation::{RelationDetails, RelationKind};
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;
use frontdesk::domain::visiting::{Met, MetThere};

const TWO_SITES: &str = "[customers]\nsites = [\n{ id = \"here\", zh = \"桂花苑\", en = \"Osmanthus\" },\n\
    { id = \"south\", zh = \"南案场\", en = \"South\" },\n]\n";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn customer(record: Record) -> Customer {
    match record {
        Record::Customer(customer) => customer,
        other => panic!("{other:?}"),
    }
}

fn follow_up(record: Record) -> FollowUp {
    match record {
        Record::FollowUp(it) => it,
        other => panic!("{other:?}"),
    }
}

/// A leasing office with its leasing manager at the desk, who is on duty.
fn leasing(site: &str) -> Bench {
    let mut bench = Bench::set_up_at("leasing", Some(site), "2024-06-03 09:00");
    let first = bench.operator;
    let me = bench.work_as(Role::LeasingManager);
    bench.operator = first;
    bench.change(Command::EnterDuty {
        details: frontdesk::domain::duty::DutyDetails {
            day: Some(day("2024-06-03")),
            from: "09:00".into(),
            until: "18:00".into(),
            manager: Some(me),
        },
    });
    bench.operator = me;
    bench
}

/// A card that was written before cards said what somebody is for.
fn old_card(bench: &mut Bench, name: &str, phone: &str) -> Customer {
    let me = bench.operator;
    bench.operator = Number { seq: 1, ..me };
    let import = bench.change(Command::BeginImport {
        kind: Kind::Customer,
        file: "old.csv".into(),
    });
    let record = Box::new(Adopted::Customer(CustomerDetails {
        business: None,
        deal: None,
        ..visited(name, phone)
    }));
    let adopted = bench.change(Command::Adopt {
        import: import.number(),
        record,
        existing: Existing::New,
        customer: String::new(),
    });
    bench.operator = me;
    customer(adopted)
}

fn registered(name: &str, phone: &str, business: Business) -> RegistrationDetails {
    RegistrationDetails {
        business: Some(business),
        name: name.into(),
        phone: phone.into(),
        source: Some(RegistrationSource::Visit),
        ..RegistrationDetails::default()
    }
}

fn cards_say_business_and_state() {
    let mut staff = Staff::of("leasing");
    let bench = staff.is(Role::LeasingManager);
    let bare = CustomerDetails {
        business: None,
        deal: None,
        ..visited("王芳", "13800138000")
    };
    let why = said(bench.ask(Command::RegisterCustomer { details: bare }));
    assert_eq!(why, ["A12-s business", "A12-s deal"]);
    let mut made = Vec::new();
    for (place, (business, deal)) in [
        (Business::Lease, Deal::Open),
        (Business::Lease, Deal::Closed),
        (Business::Sale, Deal::Open),
        (Business::Sale, Deal::Closed),
    ]
    .into_iter()
    .enumerate()
    {
        let details = CustomerDetails {
            business: Some(business),
            deal: Some(deal),
            ..visited(&format!("客户{place}"), &format!("1380013800{place}"))
        };
        let customer = bench.customer(details);
        // The mark says the same.
        assert_eq!(customer.is(Mark::Closed), deal == Deal::Closed);
        made.push(customer.meta.number);
    }
    let of = |id: &str| Filter::OfBusiness(Listed::new(id));
    for (filter, expected) in [
        (of("lease"), [made[1], made[0]]),
        (of("sale"), [made[3], made[2]]),
        (Filter::Closed, [made[3], made[1]]),
        (Filter::Potential, [made[2], made[0]]),
    ] {
        assert_eq!(bench.listed(Kind::Customer, filter), expected, "{filter:?}");
    }
    bench.assert_clean();
}

#[test]
fn a12_s_a_card_is_not_saved_without_sale_or_lease_and_closed_or_not() {
    cards_say_business_and_state();
}

#[test]
fn a15_s_cards_say_business_and_state_too() {
    cards_say_business_and_state();
}

#[test]
fn a_site_whose_cards_do_not_say_it_asks_nobody() {
    let mut bench = Bench::of("property");
    let made = bench.customer(card("王芳", "13800138000"));
    assert_eq!((made.details.business, made.details.deal), (None, None));
}

#[test]
fn a_card_of_before_is_read_and_asked_at_its_next_change() {
    let mut bench = leasing("");
    let old = old_card(&mut bench, "王芳", "13800138000");
    assert_eq!(old.details.business, None);
    let at = bench.present(old.meta.number);
    let details = CustomerDetails {
        employer: "翠湖物业".into(),
        ..old.details.clone()
    };
    let change = Command::ChangeCustomer { at, details };
    assert_eq!(bench.lacking(change), ["business", "deal"]);
    // What is no change of the card goes on without it.
    bench.change(Command::ConfirmCard { at });
    let at = bench.present(old.meta.number);
    let details = CustomerDetails {
        business: Some(Business::Sale),
        deal: Some(Deal::Closed),
        ..old.details
    };
    let changed = customer(bench.change(Command::ChangeCustomer { at, details }));
    assert!(changed.is(Mark::Closed));
    // The mark taken off, the card says so.
    let at = bench.present(changed.meta.number);
    let (mark, set) = (Mark::Closed, false);
    let open = customer(bench.change(Command::MarkCustomer { at, mark, set }));
    assert_eq!(open.details.deal, Some(Deal::Open));
}

#[test]
fn a_registration_fills_the_card_and_a_closed_deal_moves_its_state() {
    let mut bench = leasing("");
    let old = old_card(&mut bench, "王芳", "13800138000").meta.number;
    let details = registered("王芳", "13800138000", Business::Sale);
    let row = bench.change(Command::Register { details }).number();
    let now = |bench: &mut Bench, number: Number| customer(bench.get(number).record);
    let filled = now(&mut bench, old).details;
    assert_eq!(filled.business, Some(Business::Sale));
    assert_eq!(filled.deal, Some(Deal::Open));
    let at = bench.present(row);
    let step = RegistrationStep::CloseDeal {
        customer: Some(old),
        on: None,
    };
    bench.change(Command::StepRegistration { at, step });
    let closed = now(&mut bench, old);
    assert_eq!(closed.details.deal, Some(Deal::Closed));
    assert!(closed.is(Mark::Closed));
    // A card that is made of somebody who is on a form takes it from there.
    let details = registered("李强", "13800138001", Business::Sale);
    bench.change(Command::Register { details });
    let details = CustomerDetails {
        business: None,
        deal: None,
        ..visited("李强", "13800138001")
    };
    let made = bench.customer(details).details;
    assert_eq!(made.business, Some(Business::Sale));
    assert_eq!(made.deal, Some(Deal::Open));
    // Whoever is written down with a call and is on no form has the usual of the site.
    let (_, also) = bench.change_all(Command::LogIntake {
        details: call("问租金"),
        new_customer: Some(card("赵明", "15400001234")),
    });
    let made = customer(also[0].clone()).details;
    assert_eq!(made.business, Some(Business::Lease));
    assert_eq!(made.deal, Some(Deal::Open));
    bench.assert_clean();
}

#[test]
fn two_cards_made_one_say_what_their_marks_say_and_two_again_as_before() {
    let mut bench = leasing("");
    let open = bench.customer(visited("王芳", "13800138000"));
    let details = CustomerDetails {
        deal: Some(Deal::Closed),
        ..visited("王芳", "13800138001")
    };
    let closed = bench.customer(details);
    let (kept, absorbed) = (
        common::seen(&open.clone().into()),
        common::seen(&closed.clone().into()),
    );
    let (merge, _) = bench.agreed(
        Command::MergeCustomers { kept, absorbed },
        &["merge-preview", "merge-same"],
    );
    let both = customer(bench.get(open.meta.number).record);
    assert!(both.is(Mark::Closed));
    assert_eq!(both.details.deal, Some(Deal::Closed));
    let at = bench.present(merge.number());
    let step = frontdesk::domain::merging::MergeStep::UndoMerge {
        reason: "不是同一人".into(),
    };
    bench.change(Command::StepMerge { at, step });
    let back = customer(bench.get(open.meta.number).record);
    assert_eq!(back.details.deal, Some(Deal::Open));
    assert!(!back.is(Mark::Closed));
}

fn visit_to(bench: &mut Bench, visitor: Option<Number>, phone: &str, site: &str) -> Number {
    let intake = bench.intake(IntakeDetails {
        customer: visitor,
        channel: Some(Channel::Visit),
        phone: phone.into(),
        sales_site: site.into(),
        next: NextVisit {
            declined: true,
            ..NextVisit::default()
        },
        ..call("看铺位")
    });
    intake.meta.number
}

fn visits(bench: &mut Bench, of: Number) -> Visits {
    match bench.look(Query::Visits(of)) {
        Reply::Visits(Some(visits)) => visits,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a14_3_3_the_third_visit_to_the_same_site_is_counted_and_asks_and_one_to_another_is_not() {
    let mut bench = leasing(TWO_SITES);
    let phone = "15400000001";
    let visitor = bench.customer(visited("王芳", phone)).meta.number;
    for site in ["here", "south", "here"] {
        visit_to(&mut bench, Some(visitor), phone, site);
    }
    // Three visits, and no site that saw three of them.
    let other = visit_to(&mut bench, Some(visitor), phone, "south");
    let seen = visits(&mut bench, other);
    assert_eq!((seen.count, &*seen.site), (2, "south"));
    assert_eq!(seen.raise, None);
    let third = visit_to(&mut bench, Some(visitor), phone, "here");
    let seen = visits(&mut bench, third);
    assert_eq!((seen.count, &*seen.site), (3, "here"));
    assert!(seen.raise.is_some());
    let details = IntakeDetails {
        customer: Some(visitor),
        channel: Some(Channel::Visit),
        sales_site: "north".into(),
        ..call("看铺位")
    };
    let wrong = Command::LogIntake {
        details,
        new_customer: None,
    };
    assert!(bench.lacking(wrong).contains(&"sales_site".to_owned()));
    bench.assert_clean();
}

#[test]
fn a14_3_3_whoever_came_before_there_was_a_card_or_was_registered_counts_too() {
    let mut bench = leasing("");
    let phone = "15400000001";
    // Without a card in the morning, and on the day's form in the evening.
    visit_to(&mut bench, None, phone, "");
    bench.clock.set(common::at("2024-06-03 10:00"));
    let visitor = bench.customer(visited("王芳", phone)).meta.number;
    let details = registered("王芳", phone, Business::Lease);
    bench.clock.set(common::at("2024-06-03 17:00"));
    let row = bench.change(Command::Register { details }).number();
    // The same day: one visit.
    assert_eq!(visits(&mut bench, row).count, 1);
    for (date, count) in [("2024-06-04", 2), ("2024-06-05", 3)] {
        bench.clock.set(common::at(&format!("{date} 09:30")));
        let visit = visit_to(&mut bench, Some(visitor), phone, "");
        let seen = visits(&mut bench, visit);
        assert_eq!(seen.count, count);
        assert_eq!(seen.raise.is_some(), count == 3);
    }
    // Saved as a registration, it asks the same.
    assert!(visits(&mut bench, row).raise.is_some());
}

#[test]
fn a14_3_3b_own_customers_stand_beside_walk_ins_by_where_they_were_met() {
    let mut bench = leasing("");
    let me = bench.operator;
    for (name, phone, source, met) in [
        ("王芳", "15400000001", RegistrationSource::Visit, None),
        (
            "李强",
            "15400000002",
            RegistrationSource::SelfDeveloped,
            None,
        ),
        (
            "赵敏",
            "15400000003",
            RegistrationSource::SelfDeveloped,
            Some(Met::SalesOffice),
        ),
        (
            "钱进",
            "15400000004",
            RegistrationSource::SelfDeveloped,
            None,
        ),
        ("孙丽", "15400000005", RegistrationSource::Call, None),
    ] {
        let details = RegistrationDetails {
            source: Some(source),
            met,
            ..registered(name, phone, Business::Lease)
        };
        bench.change(Command::Register { details });
    }
    bench.operator = Number { seq: 1, ..me };
    let month = Month::of(day("2024-06-01"));
    let Reply::Monthly(report) = bench.look(Query::Monthly(MonthlyKind::Registrations, month))
    else {
        panic!()
    };
    let Monthly::Registrations(report) = *report else {
        panic!()
    };
    let mine = report.managers.iter().find(|it| it.manager == me).unwrap();
    assert_eq!(
        mine.by_place,
        [
            MetThere {
                place: Met::SalesOffice,
                walk_ins: 1,
                self_developed: 1,
            },
            MetThere {
                place: Met::Outside,
                walk_ins: 0,
                self_developed: 2,
            },
        ]
    );
}

#[test]
fn a14_3_2c_an_attempt_at_a_central_person_settles_the_planned_one_and_both_counts_stand_apart() {
    let mut bench = Bench::set_up_at("property", Some(""), "2024-06-03 09:00");
    bench.work_as(Role::CustomerService);
    let central = bench.customer(card("G1", "15400000001")).meta.number;
    bench.change(Command::Relate {
        details: RelationDetails {
            from: Some(central),
            kind: RelationKind::Central,
            group: "台商会".into(),
            ..RelationDetails::default()
        },
    });
    let attempt = |missed: bool, next: Option<&str>| Command::LogContact {
        details: FollowUpDetails {
            customer: Some(central),
            ..FollowUpDetails::default()
        },
        contact: Contact {
            missed,
            text: if missed { "" } else { "谈了十分钟" }.to_owned(),
            next_day: next.map(day),
            ..Contact::default()
        },
    };
    assert_eq!(bench.lacking(attempt(true, None)), ["next_day"]);
    let first = follow_up(bench.change(attempt(true, Some("2024-06-05"))));
    let second = first.contact.unwrap().next.unwrap();
    // Reach again a day early: that is the planned attempt, and no other is left behind.
    bench.clock.set(common::at("2024-06-04 09:00"));
    let tried = follow_up(bench.change(attempt(true, Some("2024-06-20"))));
    assert_eq!(tried.meta.number, second);
    assert_eq!(tried.state, FollowUpState::Missed);
    bench.clock.set(common::at("2024-06-06 09:00"));
    let reached = follow_up(bench.change(attempt(false, Some("2024-06-18"))));
    assert_eq!(reached.state, FollowUpState::Done);
    let row = bench.get(central);
    let ties = row.ties.unwrap();
    assert_eq!(ties.central, ["台商会"]);
    assert_eq!(
        ties.attempts,
        Reach {
            tried: 3,
            reached: 1,
            next: Some(day("2024-06-18")),
        }
    );
    let open = bench.listed(Kind::FollowUp, Filter::Open);
    assert_eq!(open.len(), 1, "{open:?}");
    bench.assert_clean();
}

fn to_tell(bench: &mut Bench, campaign: Number) -> Vec<Number> {
    let filter = Filter::ToTell(Listed::new(&campaign.to_string()));
    bench.listed(Kind::FollowUp, filter)
}

fn campaign(sort: CampaignSort, title: &str, target: Target) -> CampaignDetails {
    CampaignDetails {
        sort,
        title: title.into(),
        from: Some(day("2024-06-03")),
        until: Some(day("2024-06-30")),
        place: if sort == CampaignSort::Event {
            "二期工地".into()
        } else {
            String::new()
        },
        target,
        ..CampaignDetails::default()
    }
}

#[test]
fn a01_07_an_event_for_invitees_by_name_and_who_came_has_it_in_the_history() {
    let mut bench = Bench::set_up_at("property", Some(""), "2024-06-03 09:00");
    bench.work_as(Role::CustomerService);
    let mut all = Vec::new();
    for place in 0..4 {
        let card = card(&format!("客户{place}"), &format!("1540000000{place}"));
        all.push(bench.customer(card).meta.number);
    }
    let named = vec![all[2], all[0], all[2]];
    let target = Target {
        named,
        ..Target::default()
    };
    let details = campaign(CampaignSort::Event, "开放日", target.clone());
    let event = bench.change(Command::BeginCampaign { details }).number();
    let mut invited = to_tell(&mut bench, event);
    invited.sort_unstable();
    assert_eq!(invited, [all[0], all[2]]);
    // A page of one, and the next.
    let list = ListQuery {
        limit: 1,
        ..common::list(
            Kind::FollowUp,
            Filter::ToTell(Listed::new(&event.to_string())),
            frontdesk::desk::contract::Sort::Newest,
        )
    };
    let page = bench.page(list.clone());
    assert_eq!(common::numbers(&page), [all[0]]);
    let after = Some(page.rows[0].0.clone());
    let page = bench.page(ListQuery { after, ..list });
    assert_eq!(common::numbers(&page), [all[2]]);
    // Ticked: it stands in the history of whoever came and leaves the list.
    let came = bench.change(Command::LogContact {
        details: FollowUpDetails {
            customer: Some(all[2]),
            serves: Some(event),
            ..FollowUpDetails::default()
        },
        contact: Contact {
            text: "到场".into(),
            answer: Some(Answer::Attended),
            declined: true,
            ..Contact::default()
        },
    });
    match bench.look(Query::Contacts {
        customer: all[2],
        limit: 10,
    }) {
        Reply::Page(page) => assert_eq!(common::numbers(&page), [came.number()]),
        other => panic!("{other:?}"),
    }
    assert_eq!(to_tell(&mut bench, event), [all[0]]);
    // Somebody who is no customer is nobody to invite.
    let nobody = Number { seq: 99, ..all[0] };
    let target = Target {
        named: vec![nobody],
        ..target
    };
    let details = campaign(CampaignSort::Event, "开放日", target);
    let wrong = Command::BeginCampaign { details };
    assert_eq!(bench.lacking(wrong), ["target_named"]);
    bench.assert_clean();
}

#[test]
fn a14_2_8_only_a_property_s_owners_and_prospects_are_listed() {
    let mut bench = leasing(TWO_SITES);
    let mut all = Vec::new();
    for (place, (site, unit, deal, prospect)) in [
        ("here", "桂花苑3-1201", Deal::Closed, false),
        ("here", "桂花苑", Deal::Open, true),
        ("here", "桂花苑", Deal::Open, false),
        ("south", "梅花苑1-101", Deal::Closed, false),
        ("south", "", Deal::Open, true),
    ]
    .into_iter()
    .enumerate()
    {
        let details = CustomerDetails {
            place: unit.into(),
            site: site.into(),
            deal: Some(deal),
            ..visited(&format!("客户{place}"), &format!("1540000000{place}"))
        };
        let made = bench.customer(details);
        if prospect {
            let at = common::seen(&made.clone().into());
            let (mark, set) = (Mark::Prospect, true);
            bench.change(Command::MarkCustomer { at, mark, set });
        }
        all.push(made.meta.number);
    }
    for (target, expected) in [
        (
            Target {
                place: "桂花苑".into(),
                closed: Some(true),
                prospects: true,
                ..Target::default()
            },
            vec![all[0], all[1]],
        ),
        (
            Target {
                site: "south".into(),
                closed: Some(true),
                prospects: true,
                ..Target::default()
            },
            vec![all[3], all[4]],
        ),
        (
            Target {
                prospects: true,
                ..Target::default()
            },
            vec![all[1], all[4]],
        ),
    ] {
        let details = campaign(CampaignSort::Notice, "封顶", target);
        let news = bench.change(Command::BeginCampaign { details }).number();
        assert_eq!(to_tell(&mut bench, news), expected);
        // The day's list says the same.
        let today = bench.page(common::list(
            Kind::FollowUp,
            Filter::Today,
            frontdesk::desk::contract::Sort::Due,
        ));
        let of_news = today.rows.iter().filter(|(_, row)| {
            let serves = row.serves.as_ref();
            serves.is_some_and(|it| it.number == news)
        });
        assert_eq!(of_news.count(), expected.len());
    }
}

#[test]
fn nobody_who_left_or_is_no_operator_here_is_given_a_contact_a_plan_line_or_a_campaign() {
    let mut staff = Staff::of("property");
    staff.is(Role::Administrator);
    let gone = staff.bench.add_operator("gone", &[Role::CustomerService]);
    let leaving = staff.bench.leaving(&gone);
    staff.bench.change(leaving);
    let gone = gone.meta.number;
    let nobody = Number { seq: 99, ..gone };
    let me = staff.posts[&Role::CustomerService];
    let who = staff.is(Role::CustomerService);
    let customer = who.customer(card("王芳", "15400000001")).meta.number;
    let planned = |owner: Number| FollowUpDetails {
        customer: Some(customer),
        day: Some(day("2024-06-10")),
        owner: Some(owner),
        ..FollowUpDetails::default()
    };
    let contact = Contact {
        text: "已联系".into(),
        declined: true,
        ..Contact::default()
    };
    let of_campaign = |owner: Number| CampaignDetails {
        owner: Some(owner),
        until: Some(day("2024-06-30")),
        from: Some(day("2024-06-10")),
        title: "停水通知".into(),
        ..CampaignDetails::default()
    };
    let refused = ["owner"];
    let plan = |details| Command::PlanFollowUp { details };
    for owner in [gone, nobody] {
        assert_eq!(who.lacking(plan(planned(owner))), refused);
        let details = planned(owner);
        let contact = contact.clone();
        let log = Command::LogContact { details, contact };
        assert_eq!(who.lacking(log), refused);
    }
    let mine = who.change(plan(planned(me))).number();
    for owner in [gone, nobody] {
        let at = who.present(mine);
        let details = planned(owner);
        assert_eq!(
            who.lacking(Command::ChangeFollowUp { at, details }),
            refused
        );
    }
    let runs = staff
        .profile
        .permissions
        .get(&frontdesk::domain::profile::Permission::CampaignRun)
        .unwrap()
        .roles[0];
    let keeps = staff
        .profile
        .permissions
        .get(&frontdesk::domain::profile::Permission::PlanKeep)
        .unwrap()
        .roles[0];
    let department = staff.profile.complaints.departments[0].id.clone();
    for owner in [gone, nobody] {
        let details = of_campaign(owner);
        let why = staff.is(runs).lacking(Command::BeginCampaign { details });
        assert_eq!(why, refused);
        let details = PlanDetails {
            customer: Some(customer),
            action: "节前拜访".into(),
            month: Some(Month::of(day("2024-06-01"))),
            department: department.clone(),
            owner: Some(owner),
            ..PlanDetails::default()
        };
        let why = staff.is(keeps).lacking(Command::EnterPlanLine { details });
        assert_eq!(why, refused);
    }
    let details = of_campaign(me);
    let begun = staff.is(runs).change(Command::BeginCampaign { details });
    let at = staff.is(runs).present(begun.number());
    let details = of_campaign(gone);
    let why = staff
        .is(runs)
        .lacking(Command::ChangeCampaign { at, details });
    assert_eq!(why, refused);
}

#[test]
fn a_look_at_the_wrong_kind_of_record_counts_no_visits() {
    let mut bench = leasing("");
    let me = bench.operator;
    assert!(matches!(bench.look(Query::Visits(me)), Reply::Visits(None)));
}
