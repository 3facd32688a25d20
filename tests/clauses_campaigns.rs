//! The clauses on notices, promotions, gifts and events, on the customer service plan, on holidays and on
//! what a visit settles, each checked as its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{Bench, call, card, grievance, list, visited};
use frontdesk::desk::contract::{Command, Filter, Query, Reply, Row, Sort};
use frontdesk::domain::calendar::Calendar;
use frontdesk::domain::campaign::{
    Answer, Campaign, CampaignDetails, CampaignLine, CampaignSort, Target,
};
use frontdesk::domain::complaint::ComplaintDetails;
use frontdesk::domain::contacts::Contacts;
use frontdesk::domain::customer::{Customer, CustomerDetails, Mark};
use frontdesk::domain::fines::Month;
use frontdesk::domain::follow_up::{
    Contact, FollowUp, FollowUpDetails, FollowUpKind, FollowUpState, Occasion,
};
use frontdesk::domain::intake::{Channel, IntakeDetails};
use frontdesk::domain::listed::Listed;
use frontdesk::domain::monthly::{Monthly, MonthlyKind};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::plan::{MonthPlan, PlanDetails, PlanLine, PlanState};
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::domain::serving::{ItemOutcome, Outcome};
use frontdesk::domain::stamp::Day;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn clock(bench: &Bench, time: &str) {
    bench.clock.set(common::at(time));
}

/// A property office at a time; whoever set it up holds the posts that are needed, and sees the reports.
fn office(time: &str) -> Bench {
    Bench::set_up_at("property", Some(""), time)
}

fn details(sort: CampaignSort, title: &str, from: &str, until: &str) -> CampaignDetails {
    CampaignDetails {
        sort,
        title: title.to_owned(),
        from: Some(day(from)),
        until: Some(day(until)),
        ..CampaignDetails::default()
    }
}

fn begun(bench: &mut Bench, details: CampaignDetails) -> Campaign {
    match bench.change(Command::BeginCampaign { details }) {
        Record::Campaign(it) => it,
        other => panic!("{other:?}"),
    }
}

fn said(text: &str) -> Contact {
    Contact {
        text: text.to_owned(),
        declined: true,
        ..Contact::default()
    }
}

fn contact_for(customer: Number, serves: Number, contact: Contact) -> Command {
    let details = FollowUpDetails {
        customer: Some(customer),
        serves: Some(serves),
        ..FollowUpDetails::default()
    };
    Command::LogContact { details, contact }
}

fn had(bench: &mut Bench, customer: &Customer, serves: Number, contact: Contact) -> FollowUp {
    match bench.change(contact_for(customer.meta.number, serves, contact)) {
        Record::FollowUp(it) => it,
        other => panic!("{other:?}"),
    }
}

fn rows(bench: &mut Bench, kind: Kind, filter: Filter) -> Vec<Row> {
    let page = bench.page(list(kind, filter, Sort::Newest));
    page.rows.into_iter().map(|(_, row)| row).collect()
}

fn shown(bench: &mut Bench, filter: Filter) -> Vec<Number> {
    let rows = rows(bench, Kind::FollowUp, filter);
    rows.iter().map(|row| row.record.number()).collect()
}

fn listed(number: Number) -> Listed {
    Listed::new(&number.to_string())
}

/// Who is still to be told of a campaign.
fn to_tell(bench: &mut Bench, campaign: &Campaign) -> Vec<Number> {
    shown(bench, Filter::ToTell(listed(campaign.meta.number)))
}

/// What the day's list asks for, by why.
fn today(bench: &mut Bench, why: Occasion) -> Vec<Number> {
    let rows = rows(bench, Kind::FollowUp, Filter::Today).into_iter();
    let rows = rows.filter(|row| row.occasion == Some(why));
    rows.map(|row| row.record.number()).collect()
}

/// The history of a customer.
fn history(bench: &mut Bench, customer: &Customer) -> Vec<Number> {
    let query = Query::Contacts {
        customer: customer.meta.number,
        limit: 100,
    };
    match bench.look(query) {
        Reply::Page(page) => common::numbers(&page),
        other => panic!("{other:?}"),
    }
}

fn monthly(bench: &mut Bench, kind: MonthlyKind, year: i32, month: u32) -> Monthly {
    match bench.look(Query::Monthly(kind, Month { year, month })) {
        Reply::Monthly(report) => *report,
        other => panic!("{other:?}"),
    }
}

fn campaigns(bench: &mut Bench, year: i32, month: u32) -> Vec<CampaignLine> {
    match monthly(bench, MonthlyKind::Campaigns, year, month) {
        Monthly::Campaigns(report) => report.campaigns,
        other => panic!("{other:?}"),
    }
}

fn plan(bench: &mut Bench, year: i32, month: u32) -> MonthPlan {
    match monthly(bench, MonthlyKind::Plan, year, month) {
        Monthly::Plan(report) => report,
        other => panic!("{other:?}"),
    }
}

fn customers(bench: &mut Bench, names: &[&str]) -> Vec<Customer> {
    let names = names.iter().enumerate();
    names
        .map(|(place, name)| bench.customer(card(name, &format!("154001234{place:02}"))))
        .collect()
}

fn number(customer: &Customer) -> Number {
    customer.meta.number
}

fn line(bench: &mut Bench, details: PlanDetails) -> PlanLine {
    match bench.change(Command::EnterPlanLine { details }) {
        Record::PlanLine(line) => line,
        other => panic!("{other:?}"),
    }
}

fn in_month(customer: &Customer, month: u32) -> PlanDetails {
    PlanDetails {
        customer: Some(number(customer)),
        action: "上门送物业手册".to_owned(),
        month: Some(Month { year: 2024, month }),
        department: "service".to_owned(),
        ..PlanDetails::default()
    }
}

/// The first department of a profile.
fn department(profile: &str) -> String {
    let profile = frontdesk::domain::profile::Profile::builtin(profile).unwrap();
    profile.complaints.departments[0].id.clone()
}

#[test]
fn a01_31_a_promotion_is_told_to_three_customers_and_reported_as_one_of_three() {
    let mut bench = office("2024-06-20 09:00");
    let three = customers(&mut bench, &["王芳", "李强", "赵敏"]);
    let promotion = begun(
        &mut bench,
        details(
            CampaignSort::Promotion,
            "暑期车位优惠",
            "2024-07-01",
            "2024-07-31",
        ),
    );
    assert_eq!(to_tell(&mut bench, &promotion).len(), 3);
    clock(&bench, "2024-07-02 09:00");
    let told = had(&mut bench, &three[0], promotion.meta.number, said("已告知"));
    let left = [number(&three[1]), number(&three[2])];
    for time in ["2024-07-02 09:01", "2024-07-31 23:59"] {
        clock(&bench, time);
        assert_eq!(to_tell(&mut bench, &promotion), left, "{time}");
        assert_eq!(today(&mut bench, Occasion::Campaign), left, "{time}");
    }
    // Whoever is to be told later is told then, and asked for by the plan alone.
    clock(&bench, "2024-07-03 09:00");
    let later = FollowUpDetails {
        customer: Some(left[0]),
        day: Some(day("2024-07-05")),
        serves: Some(promotion.meta.number),
        ..FollowUpDetails::default()
    };
    bench.change(Command::PlanFollowUp { details: later });
    assert_eq!(today(&mut bench, Occasion::Campaign), [left[1]]);
    // With the promotion the list ends.
    clock(&bench, "2024-08-01 00:00");
    assert!(to_tell(&mut bench, &promotion).is_empty());
    assert!(today(&mut bench, Occasion::Campaign).is_empty());
    let late = contact_for(left[0], promotion.meta.number, said("补通知"));
    assert_eq!(bench.refused(late)[0].key, "campaign-is-over");
    let report = campaigns(&mut bench, 2024, 7);
    assert_eq!((report[0].told.len(), report[0].targets), (1, 3));
    assert_eq!(report[0].told[0].0, told.details.customer.unwrap());
    assert_eq!(report[0].untold.len(), 2);
    // It is of that month and of no other.
    assert!(campaigns(&mut bench, 2024, 8).is_empty());
    assert!(campaigns(&mut bench, 2024, 6).is_empty());
    bench.assert_clean();
}

#[test]
fn a01_28_a_notice_passed_on_keeps_channel_time_and_operator_and_leaves_the_list() {
    let mut bench = office("2024-06-03 09:00");
    let three = customers(&mut bench, &["王芳", "李强", "赵敏"]);
    let at = bench.present(number(&three[1]));
    let (mark, set) = (Mark::Key, true);
    bench.change(Command::MarkCustomer { at, mark, set });
    let notice = begun(
        &mut bench,
        CampaignDetails {
            text: "周三停水检修".to_owned(),
            target: Target {
                key: true,
                ..Target::default()
            },
            ..details(CampaignSort::Notice, "停水通知", "2024-06-03", "2024-06-30")
        },
    );
    assert_eq!(to_tell(&mut bench, &notice), [number(&three[1])]);
    clock(&bench, "2024-06-04 10:30");
    let contact = Contact {
        channel: Some(Channel::Text),
        ..said("短信已发")
    };
    let told = had(&mut bench, &three[1], notice.meta.number, contact);
    let kept = told.contact.unwrap();
    assert_eq!(kept.channel, Channel::Text);
    assert_eq!(kept.said.at, common::at("2024-06-04 10:30"));
    assert_eq!(kept.said.by, bench.operator);
    assert!(to_tell(&mut bench, &notice).is_empty());
    assert_eq!(history(&mut bench, &three[1]), [told.meta.number]);
    let serving = Filter::Serving(listed(notice.meta.number));
    assert_eq!(shown(&mut bench, serving), [told.meta.number]);
    bench.assert_clean();
}

#[test]
fn a14_2_8_news_of_a_property_go_to_its_owners_and_prospects_only() {
    let mut bench = Bench::set_up_at("leasing", Some(""), "2024-06-03 09:00");
    let mut all = Vec::new();
    for (place, (name, unit)) in [
        ("王芳", "桂花苑3-1201"),
        ("李强", "梅花苑1-101"),
        ("赵敏", "桂花苑"),
        ("钱进", ""),
    ]
    .into_iter()
    .enumerate()
    {
        let details = CustomerDetails {
            place: unit.to_owned(),
            ..visited(name, &format!("1540012340{place}"))
        };
        all.push(bench.customer(details));
    }
    let news = begun(
        &mut bench,
        CampaignDetails {
            target: Target {
                place: "桂花苑".to_owned(),
                ..Target::default()
            },
            ..details(
                CampaignSort::Notice,
                "桂花苑封顶",
                "2024-06-03",
                "2024-06-30",
            )
        },
    );
    let theirs = [number(&all[0]), number(&all[2])];
    assert_eq!(to_tell(&mut bench, &news), theirs);
    assert_eq!(today(&mut bench, Occasion::Campaign), theirs);
    had(&mut bench, &all[0], news.meta.number, said("已告知"));
    assert_eq!(to_tell(&mut bench, &news), [theirs[1]]);
}

#[test]
fn a01_14_a_gift_is_kept_with_item_date_and_operator_and_is_given_once() {
    let mut bench = office("2024-06-03 09:00");
    let two = customers(&mut bench, &["王芳", "李强"]);
    let gift = begun(
        &mut bench,
        details(
            CampaignSort::Gift,
            "端午粽子礼盒",
            "2024-06-03",
            "2024-06-10",
        ),
    );
    let nothing = contact_for(number(&two[0]), gift.meta.number, said("已领"));
    assert_eq!(bench.lacking(nothing), ["item"]);
    let contact = Contact {
        item: "粽子礼盒".to_owned(),
        ..said("已领")
    };
    let given = had(&mut bench, &two[0], gift.meta.number, contact.clone());
    let kept = given.contact.clone().unwrap();
    assert_eq!(kept.item, "粽子礼盒");
    assert_eq!(kept.said.at, common::at("2024-06-03 09:00"));
    assert_eq!(kept.said.by, bench.operator);
    // Shown as given in this campaign, and not given again.
    let serving = Filter::Serving(listed(gift.meta.number));
    assert_eq!(shown(&mut bench, serving), [given.meta.number]);
    assert_eq!(to_tell(&mut bench, &gift), [number(&two[1])]);
    clock(&bench, "2024-06-05 09:00");
    let again = contact_for(number(&two[0]), gift.meta.number, contact.clone());
    let problems = bench.refused(again);
    assert_eq!(problems[0].key, "already-given");
    assert_eq!(problems[0].clause.as_deref(), Some("A01-14"));
    assert_eq!(problems[0].args["day"], "2024-06-03");
    // Another campaign is another gift.
    let other = begun(
        &mut bench,
        details(CampaignSort::Gift, "中秋月饼", "2024-06-05", "2024-09-17"),
    );
    had(&mut bench, &two[0], other.meta.number, contact);
    bench.assert_clean();
}

#[test]
fn a01_29_a_product_asks_for_a_trial_and_feedback_and_its_report_counts_both() {
    let mut bench = office("2024-06-03 09:00");
    let three = customers(&mut bench, &["王芳", "李强", "赵敏"]);
    let product = begun(
        &mut bench,
        details(
            CampaignSort::Product,
            "智能门锁",
            "2024-06-03",
            "2024-06-30",
        ),
    );
    let silent = contact_for(number(&three[0]), product.meta.number, said("介绍了"));
    let problems = bench.refused(silent);
    assert_eq!(problems[0].field.as_deref(), Some("tried"));
    assert_eq!(problems[0].clause.as_deref(), Some("A01-29"));
    for (customer, tried, feedback) in [
        (&three[0], true, "反应快"),
        (&three[1], true, ""),
        (&three[2], false, ""),
    ] {
        let contact = Contact {
            tried: Some(tried),
            feedback: feedback.to_owned(),
            ..said("介绍了")
        };
        had(&mut bench, customer, product.meta.number, contact);
    }
    // What is said later counts the customer once.
    let contact = Contact {
        tried: Some(true),
        feedback: "用了一周，很好".to_owned(),
        ..said("回访")
    };
    had(&mut bench, &three[0], product.meta.number, contact);
    let report = campaigns(&mut bench, 2024, 6).remove(0);
    let figures = report.figures;
    assert_eq!((figures.told, figures.tried, figures.feedback), (3, 2, 1));
    assert!(
        report
            .feedback
            .iter()
            .any(|(_, said)| said.contains("反应快"))
    );
}

#[test]
fn a14_2_7_a_site_visit_shows_the_places_left_and_is_not_over_booked() {
    let mut bench = office("2024-06-03 09:00");
    let four = customers(&mut bench, &["王芳", "李强", "赵敏", "钱进"]);
    let visit = begun(
        &mut bench,
        CampaignDetails {
            place: "二期工地".to_owned(),
            places: Some(2),
            ..details(
                CampaignSort::Event,
                "参观施工现场",
                "2024-06-15",
                "2024-06-15",
            )
        },
    );
    let event = visit.meta.number;
    let left = |bench: &mut Bench| bench.get(event).figures.unwrap().left;
    assert_eq!(left(&mut bench), Some(2));
    let answered = |answer| Contact {
        answer: Some(answer),
        ..said("邀请")
    };
    had(&mut bench, &four[0], event, answered(Answer::Accepted));
    assert_eq!(left(&mut bench), Some(1));
    had(&mut bench, &four[1], event, answered(Answer::Accepted));
    had(&mut bench, &four[2], event, answered(Answer::Declined));
    assert_eq!(left(&mut bench), Some(0));
    let full = contact_for(number(&four[3]), event, answered(Answer::Accepted));
    let problems = bench.refused(full.clone());
    assert_eq!(problems[0].key, "event-is-full");
    assert_eq!(problems[0].clause.as_deref(), Some("A14-2.7"));
    // A place that is given back is free for somebody else.
    had(&mut bench, &four[1], event, answered(Answer::Declined));
    assert_eq!(left(&mut bench), Some(1));
    bench.change(full);
    assert_eq!(left(&mut bench), Some(0));
    // There cannot be fewer places than guests.
    let at = bench.present(event);
    let fewer = CampaignDetails {
        places: Some(1),
        ..visit.details.clone()
    };
    let fewer = Command::ChangeCampaign { at, details: fewer };
    assert_eq!(bench.refused(fewer)[0].key, "more-have-accepted");
    // Nobody was there before it began; afterwards it stands in the history.
    let there = contact_for(number(&four[0]), event, answered(Answer::Attended));
    assert_eq!(bench.refused(there.clone())[0].key, "event-not-yet");
    clock(&bench, "2024-06-15 10:00");
    let came = bench.change(there).number();
    assert_eq!(bench.get(event).figures.unwrap().attended, 1);
    assert_eq!(history(&mut bench, &four[0])[0], came);
    bench.assert_clean();
}

#[test]
fn a01_07_who_attended_an_event_has_it_in_their_history() {
    let mut bench = office("2024-06-03 09:00");
    let two = customers(&mut bench, &["王芳", "李强"]);
    let event = begun(
        &mut bench,
        CampaignDetails {
            place: "会所".to_owned(),
            ..details(
                CampaignSort::Event,
                "业主开放日",
                "2024-06-03",
                "2024-06-05",
            )
        },
    );
    let contact = Contact {
        answer: Some(Answer::Attended),
        ..said("到场")
    };
    let came = had(&mut bench, &two[0], event.meta.number, contact);
    assert_eq!(history(&mut bench, &two[0]), [came.meta.number]);
    assert!(history(&mut bench, &two[1]).is_empty());
    let row = bench.get(came.meta.number);
    assert_eq!(row.serves.unwrap().title, "业主开放日");
}

#[test]
fn a14_2_9_3_a_reception_counts_the_new_customers_it_has_brought() {
    let mut bench = office("2024-12-01 09:00");
    let old = customers(&mut bench, &["王芳", "李强"]);
    let ball = begun(
        &mut bench,
        CampaignDetails {
            place: "会所".to_owned(),
            ..details(CampaignSort::Event, "圣诞舞会", "2024-12-24", "2024-12-24")
        },
    );
    clock(&bench, "2024-12-24 20:00");
    let new = bench.customer(card("赵敏", "15400999900"));
    let contact = Contact {
        answer: Some(Answer::Attended),
        ..said("到场")
    };
    for customer in [&old[0], &old[1], &new] {
        had(&mut bench, customer, ball.meta.number, contact.clone());
    }
    let report = campaigns(&mut bench, 2024, 12).remove(0);
    assert_eq!(report.figures.attended, 3);
    let brought: Vec<Number> = report.brought.iter().map(|(number, _)| *number).collect();
    assert_eq!(brought, [number(&new)]);
}

#[test]
fn a01_24_a_line_of_the_plan_is_done_with_the_contact_and_undone_ones_are_listed() {
    let mut bench = office("2024-06-03 09:00");
    let two = customers(&mut bench, &["王芳", "李强"]);
    let unit = department("property");
    let of = |customer: &Customer| PlanDetails {
        department: unit.clone(),
        ..in_month(customer, 6)
    };
    let first = line(&mut bench, of(&two[0]));
    let second = line(&mut bench, of(&two[1]));
    let due = [first.meta.number, second.meta.number];
    assert_eq!(today(&mut bench, Occasion::Plan), due);
    // Of another customer it cannot be done.
    let wrong = contact_for(number(&two[1]), first.meta.number, said("已送"));
    assert_eq!(bench.refused(wrong)[0].key, "plan-line-of-another");
    clock(&bench, "2024-06-12 15:00");
    let contact = had(&mut bench, &two[0], first.meta.number, said("已送"));
    let Record::PlanLine(done) = bench.get(first.meta.number).record else {
        panic!("no line");
    };
    assert_eq!(done.state, PlanState::Done);
    let with = done.done.unwrap();
    assert_eq!(with.follow_up, contact.meta.number);
    assert_eq!(with.at, common::at("2024-06-12 15:00"));
    // It is done once.
    let again = contact_for(number(&two[0]), first.meta.number, said("又送"));
    assert_eq!(bench.refused(again)[0].key, "plan-line-is-over");
    // At the end of the month and after it what is undone is listed.
    for time in ["2024-06-30 17:00", "2024-07-01 09:00"] {
        clock(&bench, time);
        assert_eq!(today(&mut bench, Occasion::Plan), [due[1]], "{time}");
    }
    let late = rows(&mut bench, Kind::PlanLine, Filter::Late);
    assert_eq!(late[0].record.number(), due[1]);
    assert_eq!(late[0].days_late, 1);
    let report = plan(&mut bench, 2024, 6);
    let lines = &report.departments[0].lines;
    let states: Vec<PlanState> = lines.iter().map(|line| line.state).collect();
    assert_eq!(states, [PlanState::Done, PlanState::Open]);
    bench.assert_clean();
}

#[test]
fn a03_5_1_3_a_line_needs_a_department_and_the_plan_is_listed_by_it() {
    let mut bench = Bench::set_up_at("mining", Some(""), "2024-06-03 09:00");
    let first = bench.operator;
    let two = customers(&mut bench, &["王芳", "李强"]);
    bench.work_as(Role::CompanyOffice);
    let none = PlanDetails {
        department: String::new(),
        ..in_month(&two[0], 6)
    };
    let problems = bench.refused(Command::EnterPlanLine { details: none });
    assert_eq!(problems[0].field.as_deref(), Some("department"));
    assert_eq!(problems[0].clause.as_deref(), Some("A03-5.1.3"));
    let of = |customer: &Customer, unit: &str| PlanDetails {
        department: unit.to_owned(),
        ..in_month(customer, 6)
    };
    let sales = line(&mut bench, of(&two[0], "sales"));
    let mine = line(&mut bench, of(&two[1], "mine"));
    let other = line(&mut bench, of(&two[1], "sales"));
    bench.operator = first;
    had(&mut bench, &two[0], sales.meta.number, said("已拜访"));
    let listed = rows(
        &mut bench,
        Kind::PlanLine,
        Filter::OfUnit(Listed::new("sales")),
    );
    let states: Vec<(Number, PlanState)> = listed
        .iter()
        .map(|row| match &row.record {
            Record::PlanLine(line) => (line.meta.number, line.state),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        states,
        [
            (other.meta.number, PlanState::Open),
            (sales.meta.number, PlanState::Done)
        ]
    );
    let report = plan(&mut bench, 2024, 6);
    let units: Vec<(&str, usize)> = report
        .departments
        .iter()
        .map(|of| (of.department.as_str(), of.lines.len()))
        .collect();
    assert_eq!(units, [("mine", 1), ("sales", 2)]);
    assert_eq!(mine.details.department, "mine");
}

#[test]
fn a03_5_1_1_only_the_company_office_writes_the_plan_and_others_log_results() {
    let mut bench = Bench::set_up_at("mining", Some(""), "2024-06-03 09:00");
    let customer = customers(&mut bench, &["王芳"]).remove(0);
    let of = PlanDetails {
        department: "sales".to_owned(),
        ..in_month(&customer, 6)
    };
    // Whoever set the desk up is of no office.
    let problems = bench.refused(Command::EnterPlanLine {
        details: of.clone(),
    });
    assert_eq!(problems[0].key, "role-may-not");
    assert_eq!(problems[0].clause.as_deref(), Some("A03-5.1.1"));
    assert_eq!(problems[0].args["roles"], "company-office");
    let first = bench.operator;
    let office = bench.work_as(Role::CompanyOffice);
    let entered = line(&mut bench, of.clone());
    bench.operator = first;
    bench.work_as(Role::Sales);
    let sales = bench.operator;
    let at = bench.present(entered.meta.number);
    let change = Command::ChangePlanLine {
        at,
        details: of.clone(),
    };
    assert_eq!(bench.refused(change.clone())[0].key, "role-may-not");
    let reason = "不需要".to_owned();
    let drop = Command::DropPlanLine { at, reason };
    assert_eq!(bench.refused(drop)[0].key, "role-may-not");
    // Sales reads it and logs the result.
    assert_eq!(
        bench.listed(Kind::PlanLine, Filter::Current),
        [entered.meta.number]
    );
    bench.operator = office;
    bench.change(change);
    bench.operator = sales;
    had(&mut bench, &customer, entered.meta.number, said("已拜访"));
    assert_eq!(
        bench.listed(Kind::PlanLine, Filter::Closed),
        [entered.meta.number]
    );
}

#[test]
fn a03_5_1_2a_a_festival_puts_its_plan_on_the_list_as_regular_contacts() {
    let rules = "[follow_ups]\nholiday_days = 3\n";
    let mut bench = Bench::set_up_at("mining", Some(rules), "2024-05-01 09:00");
    let first = bench.operator;
    let three = customers(&mut bench, &["王芳", "李强", "赵敏"]);
    let found = Calendar::builtin().holidays(day("2024-06-01").0, day("2024-06-30").0);
    let festival = Day(found[0].first);
    bench.work_as(Role::CompanyOffice);
    let mut lines = Vec::new();
    for customer in &three[..2] {
        let details = PlanDetails {
            month: None,
            holiday: Some(festival),
            department: "sales".to_owned(),
            owner: Some(first),
            ..in_month(customer, 6)
        };
        lines.push(line(&mut bench, details).meta.number);
    }
    // A day on which no festival begins is none.
    let details = PlanDetails {
        month: None,
        holiday: Some(day("2024-06-20")),
        department: "sales".to_owned(),
        ..in_month(&three[0], 6)
    };
    let problems = bench.refused(Command::EnterPlanLine { details });
    assert_eq!(problems[0].key, "no-such-holiday");
    bench.operator = first;
    let before = |days: u64| Day(festival.0 - chrono::Days::new(days));
    clock(&bench, &format!("{} 23:59", before(4)));
    assert!(today(&mut bench, Occasion::Plan).is_empty());
    clock(&bench, &format!("{} 00:00", before(3)));
    assert_eq!(today(&mut bench, Occasion::Plan), lines);
    // With the plan it is a regular contact, outside of it an irregular one.
    let regular = had(&mut bench, &three[0], lines[0], said("节日拜访"));
    assert!(regular.is_regular());
    let details = FollowUpDetails {
        customer: Some(number(&three[2])),
        kind: FollowUpKind::Visit,
        ..FollowUpDetails::default()
    };
    let contact = said("路过拜访");
    let Record::FollowUp(other) = bench.change(Command::LogContact { details, contact }) else {
        panic!("no contact");
    };
    assert!(!other.is_regular());
    assert_eq!(today(&mut bench, Occasion::Plan), [lines[1]]);
}

#[test]
fn a14_2_9_2_ordinary_closed_customers_are_greeted_once_at_every_holiday_by_phone_or_text() {
    let found = Calendar::builtin().holidays(day("2024-09-01").0, day("2024-10-31").0);
    let holidays: Vec<Day> = found.iter().map(|holiday| Day(holiday.first)).collect();
    let mut bench = Bench::set_up_at("leasing", Some(""), "2024-09-02 09:00");
    let mut closed = Vec::new();
    for place in 0..7 {
        let customer = bench.customer(visited("王芳", &format!("1540012340{place}")));
        let marks: &[Mark] = match place {
            5 => &[Mark::Closed, Mark::Key],
            6 => &[],
            _ => &[Mark::Closed],
        };
        for mark in marks {
            let at = bench.present(number(&customer));
            let (mark, set) = (*mark, true);
            bench.change(Command::MarkCustomer { at, mark, set });
        }
        closed.push(customer);
    }
    let five: Vec<Number> = closed[..5].iter().map(number).collect();
    clock(
        &bench,
        &format!("{} 23:59", Day(holidays[0].0 - chrono::Days::new(1))),
    );
    assert!(today(&mut bench, Occasion::Holiday).is_empty());
    clock(&bench, &format!("{} 00:00", holidays[0]));
    assert_eq!(today(&mut bench, Occasion::Holiday), five);
    let greeting = |customer: Number, channel| Command::LogContact {
        details: FollowUpDetails {
            customer: Some(customer),
            holiday: Some(holidays[0]),
            ..FollowUpDetails::default()
        },
        contact: Contact {
            channel: Some(channel),
            ..said("节日快乐")
        },
    };
    let problems = bench.refused(greeting(five[0], Channel::Visit));
    assert_eq!(problems[0].key, "greeting-by-phone");
    assert_eq!(problems[0].clause.as_deref(), Some("A14-2.9.2"));
    bench.change(greeting(five[0], Channel::Text));
    bench.change(greeting(five[1], Channel::Call));
    assert_eq!(today(&mut bench, Occasion::Holiday), five[2..]);
    // After the holiday nobody is greeted for it; at the next one all are again.
    let last = Day(found[0].last).plus(1);
    clock(&bench, &format!("{last} 00:00"));
    assert!(today(&mut bench, Occasion::Holiday).is_empty());
    clock(&bench, &format!("{} 00:00", holidays[1]));
    assert_eq!(today(&mut bench, Occasion::Holiday), five);
    bench.assert_clean();
}

/// A customer with a request, a complaint and an objection that are open.
fn with_open_items(bench: &mut Bench) -> (Customer, [Number; 3]) {
    let customer = customers(bench, &["王芳"]).remove(0);
    let intake = |text: &str| IntakeDetails {
        customer: Some(number(&customer)),
        ..call(text)
    };
    let one = bench.intake(intake("问停车费"));
    let two = bench.intake(intake("灯太暗"));
    let complaint = bench.complaint(ComplaintDetails {
        customer: Some(number(&customer)),
        ..grievance("楼道里有异味")
    });
    let items = [one.meta.number, two.meta.number, complaint.meta.number];
    (customer, items)
}

fn visit(customer: &Customer, items: Vec<ItemOutcome>) -> Command {
    let details = FollowUpDetails {
        customer: Some(number(customer)),
        kind: FollowUpKind::Visit,
        ..FollowUpDetails::default()
    };
    let contact = Contact {
        items,
        ..said("上门看了")
    };
    Command::LogContact { details, contact }
}

fn outcome(item: Number, outcome: Outcome) -> ItemOutcome {
    ItemOutcome {
        item,
        outcome,
        by: String::new(),
        until: None,
        why: String::new(),
    }
}

#[test]
fn a05_4_6b_a_visit_says_of_each_open_item_what_became_of_it() {
    let mut bench = office("2024-06-03 09:00");
    let (customer, items) = with_open_items(&mut bench);
    let mut asked = bench.lacking(visit(&customer, Vec::new()));
    asked.dedup();
    let mut all = items.map(|item| item.to_string());
    all.sort();
    assert_eq!(asked, all);
    let half = vec![
        outcome(items[0], Outcome::Solved),
        outcome(items[1], Outcome::TakenOver),
        outcome(items[2], Outcome::Unsolved),
    ];
    let problems = bench.refused(visit(&customer, half.clone()));
    let keys: Vec<&str> = problems.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["item-taken-over-by-whom", "item-unsolved-why"]);
    assert_eq!(problems[0].clause.as_deref(), Some("A05-4.6b"));
    let mut whole = half;
    whole[1].by = "工程部陈师傅".to_owned();
    whole[1].until = Some(day("2024-06-07"));
    whole[2].why = "待管网改造".to_owned();
    let Record::FollowUp(done) = bench.change(visit(&customer, whole.clone())) else {
        panic!("no contact");
    };
    assert_eq!(done.contact.unwrap().items, whole);
    // A call asks for nothing, and neither does a visit where nothing is open.
    let details = FollowUpDetails {
        customer: Some(number(&customer)),
        ..FollowUpDetails::default()
    };
    let contact = said("打了电话");
    bench.change(Command::LogContact { details, contact });
    let content = bench.customer(card("李强", "15400999901"));
    bench.change(visit(&content, Vec::new()));
    bench.assert_clean();
}

#[test]
fn a06_4_6b_a_visit_of_the_property_office_settles_what_is_open() {
    let mut bench = office("2024-06-03 09:00");
    let (customer, items) = with_open_items(&mut bench);
    let two = items[..2].iter().map(|it| outcome(*it, Outcome::Solved));
    let problems = bench.refused(visit(&customer, two.collect()));
    let left: Vec<Option<String>> = problems.into_iter().map(|it| it.field).collect();
    assert_eq!(left, [Some(items[2].to_string())]);
    let all = items.map(|it| outcome(it, Outcome::Solved));
    bench.change(visit(&customer, all.to_vec()));
}

#[test]
fn a14_3_2c_attempts_and_contacts_are_counted_apart_and_the_next_attempt_is_dated() {
    let mut bench = office("2024-06-03 09:00");
    let central = customers(&mut bench, &["G1"]).remove(0);
    let attempt = |missed: bool, next: Option<&str>| Command::LogContact {
        details: FollowUpDetails {
            customer: Some(number(&central)),
            ..FollowUpDetails::default()
        },
        contact: Contact {
            missed,
            text: if missed { "" } else { "谈了十分钟" }.to_owned(),
            next_day: next.map(day),
            ..Contact::default()
        },
    };
    let problems = bench.refused(attempt(true, None));
    assert_eq!(problems[0].key, "next-attempt");
    assert_eq!(problems[0].field.as_deref(), Some("next_day"));
    assert_eq!(problems[0].clause.as_deref(), Some("A14-3.2c"));
    let Record::FollowUp(missed) = bench.change(attempt(true, Some("2024-06-05"))) else {
        panic!("no attempt");
    };
    assert_eq!(missed.state, FollowUpState::Missed);
    assert_eq!(missed.reached(), None);
    clock(&bench, "2024-06-05 09:00");
    bench.change(attempt(true, Some("2024-06-20")));
    clock(&bench, "2024-06-06 09:00");
    bench.change(attempt(false, Some("2024-06-18")));
    let Monthly::Contacts(Contacts { attempts, .. }) =
        monthly(&mut bench, MonthlyKind::Contacts, 2024, 6)
    else {
        panic!("no report");
    };
    let of = &attempts[0];
    assert_eq!(
        (of.customer, of.tried, of.reached),
        (number(&central), 3, 1)
    );
    assert_eq!(of.next, Some(day("2024-06-18")));
    // All three stand in the history.
    assert_eq!(history(&mut bench, &central).len(), 3);
    bench.assert_clean();
}

#[test]
fn a03_5_1_4_a_visit_is_in_the_customers_file_without_being_typed_again() {
    let mut bench = Bench::set_up_at("mining", Some(""), "2024-06-03 09:00");
    let customer = customers(&mut bench, &["王芳"]).remove(0);
    let file = bench.file(frontdesk::domain::archive::FileDetails {
        class: "customer".to_owned(),
        customer: Some(number(&customer)),
        ..common::folder("王芳档案")
    });
    let visit = bench.change(visit(&customer, Vec::new())).number();
    // Whoever opens the file in the archive is shown what was had with its customer.
    match bench.look(Query::ContactsOfFile(file.meta.number)) {
        Reply::Page(page) => assert_eq!(common::numbers(&page), [visit]),
        other => panic!("{other:?}"),
    }
}
