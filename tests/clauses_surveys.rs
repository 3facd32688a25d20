//! The clauses on surveys, move-ins, instructions, suggestions and tasks, each checked as its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test fails by panicking, and writes what is asked where it asks"
)]

mod common;

use common::staff::{Staff, said};
use common::{card, list};
use frontdesk::desk::contract::{
    Command, Door as _, Filter, ListQuery, Notice, Query, Reply, Request, Row, Sort,
};
use frontdesk::domain::approval::{self, ApprovalKind};
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::fines::Month;
use frontdesk::domain::follow_up::Occasion;
use frontdesk::domain::instruction::{Instruction, InstructionState};
use frontdesk::domain::intake::IntakeKind;
use frontdesk::domain::listed::Listed;
use frontdesk::domain::measure::{MeasureState, MeasureStep};
use frontdesk::domain::monthly::{Monthly, MonthlyKind};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::occupancy::Occupancy;
use frontdesk::domain::record::Record;
use frontdesk::domain::refusal::Assent;
use frontdesk::domain::role::Role::{
    self, CompanyOffice, CustomerService, CustomerServiceManager, DepartmentHead, HeadOfLeasing,
    MarketingHeadOffice, Mine, PropertyConsultant, Reception, Sales, SalesDirector,
};
use frontdesk::domain::survey::{Answer, Survey, SurveyFigures, SurveyState, Surveys, Tenths};
use frontdesk::domain::task::Task;
use serde_json::{Value, json};

fn listed(staff: &mut Staff, role: Role, kind: Kind, filter: Filter) -> Vec<Number> {
    staff.is(role).listed(kind, filter)
}

/// The records that words find in a list.
fn found(staff: &mut Staff, role: Role, kind: Kind, words: &str) -> Vec<Number> {
    let query = ListQuery {
        find: words.into(),
        ..list(kind, Filter::Current, Sort::Newest)
    };
    let rows = staff.is(role).page(query).rows;
    rows.iter().map(|(_, row)| row.record.number()).collect()
}

fn customer(staff: &mut Staff, role: Role, name: &str, phone: &str) -> Number {
    staff.is(role).customer(card(name, phone)).meta.number
}

fn survey(staff: &mut Staff, number: Number) -> Survey {
    match staff.seen(number) {
        Record::Survey(survey) => survey,
        other => panic!("{other:?}"),
    }
}

/// A survey that has begun.
fn running(staff: &mut Staff, role: Role, details: Value) -> Number {
    let body = json!({ "details": details });
    let number = staff.does(role, "plan-survey", body).number();
    staff.steps(role, number, "start-survey", json!({}));
    number
}

/// An answer by telephone.
fn answered(staff: &mut Staff, role: Role, survey: Number, scores: Value) -> Number {
    let details = json!({ "survey": survey, "channel": "call", "scores": scores });
    staff
        .does(role, "log-answer", json!({ "details": details }))
        .number()
}

fn beside(staff: &mut Staff, role: Role, survey: Number) -> Vec<Row> {
    match staff.is(role).look(Query::Beside(survey)) {
        Reply::Page(page) => page.rows.into_iter().map(|(_, row)| row).collect(),
        other => panic!("{other:?}"),
    }
}

/// What the answers to a survey come to, as it is shown beside it.
fn figures(staff: &mut Staff, role: Role, survey: Number) -> SurveyFigures {
    let rows = beside(staff, role, survey);
    let own = rows.into_iter().find_map(|row| row.scored);
    *own.unwrap()
}

fn means(figures: &SurveyFigures) -> Vec<(String, String)> {
    let aspects = figures.aspects.iter();
    aspects
        .map(|it| (it.aspect.id.clone(), it.mean().unwrap().to_string()))
        .collect()
}

fn of_month(staff: &mut Staff, role: Role, year: i32, month: u32) -> Surveys {
    let month = Month { year, month };
    let query = Query::Monthly(MonthlyKind::Surveys, month);
    match staff.is(role).look(query) {
        Reply::Monthly(report) => match *report {
            Monthly::Surveys(surveys) => surveys,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// What the desk tells whoever has a post.
fn told(staff: &mut Staff, role: Role) -> Vec<(String, String)> {
    let of_surveys = |notice: &Notice| notice.key.starts_with("survey");
    match staff.is(role).look(Query::Hello) {
        Reply::Hello { notices, .. } => notices
            .into_iter()
            .filter(of_surveys)
            .map(|notice| (notice.key, notice.args[0].1.clone()))
            .collect(),
        other => panic!("{other:?}"),
    }
}

fn notice(key: &str, year: &str) -> (String, String) {
    (key.to_owned(), year.to_owned())
}

#[test]
fn a03_5_1_2c_three_answers_of_80_90_and_100_have_the_mean_90_0_and_the_number_3() {
    let mut staff = Staff::of("mining");
    let details = json!({ "kind": "full", "title": "二季度满意度", "aspects": ["服务态度"] });
    let why = staff.may_not(Sales, "plan-survey", json!({ "details": details }));
    assert_eq!(why, ["A03-sa role-may-not"]);
    let number = running(&mut staff, MarketingHeadOffice, details);
    // What is written by its name in the profile is kept by its id, in both languages.
    let asked = survey(&mut staff, number).aspects;
    assert_eq!(
        (asked[0].id.as_str(), asked[0].en.as_str()),
        ("service", "Conduct of staff")
    );
    for points in [80, 90, 100] {
        answered(&mut staff, Sales, number, json!({ "service": points }));
    }
    let so_far = figures(&mut staff, Sales, number);
    assert_eq!(so_far.answers, 3);
    assert_eq!(so_far.mean().unwrap().to_string(), "90.0");
    assert_eq!(means(&so_far), [("service".into(), "90.0".into())]);
    // Whole points up to 100, of what is asked, and something has to be said.
    let log = |scores: Value| json!({ "details": { "survey": number, "channel": "call", "scores": scores } });
    let why = staff.may_not(Sales, "log-answer", log(json!({ "service": 101 })));
    assert_eq!(why, [" service"]);
    let why = staff.may_not(Sales, "log-answer", log(json!({ "weight": 80 })));
    assert_eq!(why, [" weight"]);
    let why = staff.may_not(Sales, "log-answer", log(json!({})));
    assert_eq!(why, ["A03-5.1.2c opinion"]);
    // A wrong answer is put right while the survey is running.
    let last = listed(&mut staff, Sales, Kind::Answer, Filter::Current)[0];
    let at = staff.at(last);
    let details = json!({ "channel": "call", "scores": { "服务态度": 70 } });
    staff.does(
        Sales,
        "change-answer",
        json!({ "at": at, "details": details }),
    );
    let so_far = figures(&mut staff, Sales, number);
    assert_eq!(so_far.mean().unwrap().to_string(), "80.0");
    // Once it is closed it takes no answers, and its figures stay.
    let body = json!({ "threshold": "80" });
    staff.steps(MarketingHeadOffice, number, "close-survey", body);
    let why = staff.may_not(Sales, "log-answer", log(json!({ "service": 80 })));
    assert_eq!(why, [" survey-is-not-running"]);
    assert_eq!(survey(&mut staff, number).state, SurveyState::Closed);
    assert_eq!(figures(&mut staff, Sales, number), so_far);
}

#[test]
fn a03_5_1_2b_product_opinion_suggestion_and_customer_are_kept_and_the_texts_are_listed() {
    let mut staff = Staff::of("mining");
    let plant = customer(&mut staff, Sales, "热电厂", "13800138000");
    let details = json!({ "kind": "product", "title": "精煤使用情况" });
    let number = running(&mut staff, MarketingHeadOffice, details);
    let answer = json!({ "details": {
        "survey": number, "channel": "visit", "customer": plant, "product": "二号精煤",
        "opinion": "灰分稳定", "suggestion": "请改用篷布车，联系 13800138000",
    } });
    let bare = json!({ "details": {
        "survey": number, "channel": "visit", "opinion": "灰分稳定",
    } });
    let why = staff.may_not(Sales, "log-answer", bare);
    assert_eq!(why, ["A03-5.1.2b customer", "A03-5.1.2b product"]);
    let logged = staff.does(Sales, "log-answer", answer.clone()).number();
    let Record::Answer(kept) = staff.is(Sales).get(logged).record else {
        panic!("no answer");
    };
    let details = &kept.details;
    assert_eq!(details.customer, Some(plant));
    assert_eq!(
        [&details.product, &details.opinion, &kept.name],
        ["二号精煤", "灰分稳定", "热电厂"]
    );
    // It is among what the customer ever did here, masked like everything in lists.
    let query = Query::Contacts {
        customer: plant,
        limit: 10,
    };
    let Reply::Page(page) = staff.is(Sales).look(query) else {
        panic!("no page");
    };
    let shown: Vec<Number> = page
        .rows
        .iter()
        .map(|(_, row)| row.record.number())
        .collect();
    assert_eq!(shown, [logged]);
    let Record::Answer(Answer { details, .. }) = &page.rows[0].1.record else {
        panic!("no answer");
    };
    assert_eq!(details.suggestion, "请改用篷布车，联系 138****8000");
    assert_eq!(found(&mut staff, Sales, Kind::Answer, "篷布车"), [logged]);
    // A second answer of the same customer is asked about.
    let why = staff.may_not(Sales, "log-answer", answer);
    assert_eq!(why, [" customer"]);
    // The summary counts the answers and lists the texts.
    let report = of_month(&mut staff, MarketingHeadOffice, 2024, 6);
    let [one] = report.surveys.as_slice() else {
        panic!("{report:?}");
    };
    assert_eq!((one.number, one.figures.answers), (number, 1));
    let told = &one.told[0];
    assert_eq!(
        [&told.name, &told.product, &told.opinion, &told.suggestion],
        [
            "热电厂",
            "二号精煤",
            "灰分稳定",
            "请改用篷布车，联系 138****8000"
        ]
    );
}

/// Whom surveys ask on the list of the day of whoever has a post.
fn asked_today(staff: &mut Staff, role: Role) -> Vec<(Number, Number)> {
    let query = list(Kind::FollowUp, Filter::Today, Sort::Newest);
    let rows = staff.is(role).page(query).rows.into_iter();
    let rows = rows.filter(|(_, row)| row.occasion == Some(Occasion::Survey));
    rows.map(|(_, row)| (row.serves.unwrap().number, row.record.number()))
        .collect()
}

#[test]
fn a14_2_6_whom_a_running_survey_asks_is_on_the_list_of_the_day_until_the_answer_is_there() {
    let mut staff = Staff::of("mining");
    let head = staff.posts[&MarketingHeadOffice];
    let mut cards = Vec::new();
    for (name, phone, place, owner) in [
        ("热电厂", "13800138000", "桂花苑3-1201", None),
        ("水泥厂", "13800138001", "桂花苑", None),
        ("钢铁厂", "13800138002", "梅花苑1-101", None),
        ("化肥厂", "13800138003", "桂花苑1-101", Some(head)),
    ] {
        let details = CustomerDetails {
            place: place.into(),
            owner,
            ..card(name, phone)
        };
        cards.push(staff.is(Sales).customer(details).meta.number);
    }
    let target = json!({ "place": "桂花苑" });
    let details = json!({ "title": "夏季满意度", "due": "2024-06-30", "target": target });
    let plan = json!({ "details": details });
    let number = staff
        .does(MarketingHeadOffice, "plan-survey", plan)
        .number();
    // Nobody is asked before it has begun.
    assert!(asked_today(&mut staff, Sales).is_empty());
    staff.steps(MarketingHeadOffice, number, "start-survey", json!({}));
    // For those of the place who are nobody's there is the survey, whose list has them; of a colleague's
    // customers there is none.
    let nobodys = (number, number);
    assert_eq!(asked_today(&mut staff, Sales), [nobodys]);
    let theirs = [(number, cards[3]), nobodys];
    assert_eq!(asked_today(&mut staff, MarketingHeadOffice), theirs);
    let listed = |staff: &mut Staff, survey: Number| {
        let filter = Filter::ToTell(Listed::new(&survey.to_string()));
        let mut pages = Vec::new();
        let mut query = ListQuery {
            limit: 1,
            ..list(Kind::FollowUp, filter, Sort::Newest)
        };
        loop {
            let page = staff.is(Sales).page(query.clone());
            pages.extend(page.rows.iter().map(|(_, row)| row.record.number()));
            query.after = page.rows.into_iter().map(|(cursor, _)| cursor).next_back();
            if !page.after {
                return pages;
            }
        }
    };
    assert_eq!(listed(&mut staff, number), [cards[0], cards[1], cards[3]]);
    // One for everybody, to be closed later, stands below.
    let all = json!({ "title": "年度满意度" });
    let everybody = running(&mut staff, MarketingHeadOffice, all);
    let of_all = [nobodys, (everybody, everybody)];
    assert_eq!(asked_today(&mut staff, Sales), of_all);
    assert_eq!(listed(&mut staff, everybody), *cards);
    staff.steps(
        MarketingHeadOffice,
        everybody,
        "drop-survey",
        json!({ "reason": "改期" }),
    );
    // An answer without a name says of nobody that they answered, that of a customer does.
    answered(&mut staff, Sales, number, json!({ "service": 90 }));
    assert_eq!(asked_today(&mut staff, Sales), [nobodys]);
    let answer = json!({ "details": {
        "survey": number, "channel": "call", "customer": cards[0], "scores": { "service": 90 },
    } });
    staff.does(Sales, "log-answer", answer);
    assert_eq!(asked_today(&mut staff, Sales), [nobodys]);
    assert_eq!(listed(&mut staff, number), [cards[1], cards[3]]);
    // With the survey it ends.
    let body = json!({ "threshold": "85" });
    staff.steps(MarketingHeadOffice, number, "close-survey", body);
    assert!(asked_today(&mut staff, Sales).is_empty());
    // Customers are chosen by what the site knows of them.
    let unknown = json!({ "title": "抽查", "target": { "class": "vip" } });
    let unknown = json!({ "details": unknown });
    let why = staff.may_not(MarketingHeadOffice, "plan-survey", unknown);
    assert_eq!(why, [" customer_class"]);
    staff.bench.assert_clean();
}

/// A full survey with one answer of 90 points, closed.
fn full_closed(staff: &mut Staff, title: &str) -> Number {
    let number = running(staff, MarketingHeadOffice, json!({ "title": title }));
    answered(
        staff,
        Sales,
        number,
        json!({ "service": 90, "quality": 90 }),
    );
    let body = json!({ "threshold": "85" });
    staff.steps(MarketingHeadOffice, number, "close-survey", body);
    number
}

#[test]
fn a03_sa_the_reminder_stands_until_a_full_survey_is_closed_and_the_year_is_missed_without() {
    let mut staff = Staff::since("mining", "2023-03-01 09:00");
    staff.set("2023-11-20 09:00");
    let first = full_closed(&mut staff, "2023 年度满意度");
    staff.set("2024-09-30 23:59");
    assert_eq!(told(&mut staff, MarketingHeadOffice), []);
    staff.set("2024-10-01 00:00");
    let due = notice("survey-due", "2024");
    assert_eq!(
        told(&mut staff, MarketingHeadOffice),
        std::slice::from_ref(&due)
    );
    // Nobody else has to see to it, and another kind of survey does not do.
    assert_eq!(told(&mut staff, Reception), []);
    let details = json!({ "kind": "service", "title": "服务抽查" });
    let other = running(&mut staff, MarketingHeadOffice, details);
    answered(&mut staff, Sales, other, json!({ "service": 90 }));
    let body = json!({ "threshold": "85" });
    staff.steps(MarketingHeadOffice, other, "close-survey", body);
    assert_eq!(told(&mut staff, MarketingHeadOffice), [due]);
    // With none the year is reported as missed.
    staff.set("2025-01-01 00:00");
    let missed = notice("survey-missed", "2024");
    assert_eq!(told(&mut staff, MarketingHeadOffice), [missed]);
    let report = of_month(&mut staff, MarketingHeadOffice, 2025, 1);
    let years: Vec<(i32, bool)> = report.years.iter().map(|it| (it.year, it.missed)).collect();
    assert_eq!(years, [(2024, true), (2023, false)]);
    assert_eq!(report.years[1].closed[0].1, first);

    // The other way: closed in time it is told no more.
    let mut staff = Staff::since("mining", "2024-03-01 09:00");
    staff.set("2024-12-01 09:00");
    assert_eq!(told(&mut staff, MarketingHeadOffice).len(), 1);
    full_closed(&mut staff, "2024 年度满意度");
    assert_eq!(told(&mut staff, MarketingHeadOffice), []);
    staff.set("2025-01-01 00:00");
    assert_eq!(told(&mut staff, MarketingHeadOffice), []);
}

/// Ten answers whose points for an aspect add up to a sum.
fn ten_answers(staff: &mut Staff, role: Role, survey: Number, aspect: &str, sum: u32) {
    for place in 0..10 {
        let points = sum / 10 + u32::from(place < sum % 10);
        answered(staff, role, survey, json!({ aspect: points }));
    }
}

#[test]
fn a03_sd_an_aspect_at_84_9_under_85_needs_a_measure_and_at_85_0_none() {
    let site = "[surveys]\nthreshold = 85\n";
    let mut staff = Staff::with("mining", Some(site));
    let details = json!({ "title": "年度满意度", "aspects": ["delivery", "service"] });
    let number = running(&mut staff, MarketingHeadOffice, details);
    ten_answers(&mut staff, Sales, number, "delivery", 849);
    ten_answers(&mut staff, Sales, number, "service", 850);
    assert_eq!(
        means(&figures(&mut staff, Sales, number)),
        [
            ("delivery".into(), "84.9".into()),
            ("service".into(), "85.0".into())
        ]
    );
    // Only the one that is too low is asked for.
    let refused = {
        let at = staff.at(number);
        let step = json!({ "at": at, "step": { "close-survey": {} } });
        staff.tell(MarketingHeadOffice, "step-survey", step)
    };
    assert_eq!(said(refused.clone()), ["A03-sd aspect-needs-measure"]);
    let Err(frontdesk::desk::contract::Failure::Refused(refusal)) = refused else {
        panic!("not refused");
    };
    assert_eq!(refusal.problems[0].args["aspects.zh"], "发运与交货 84.9");
    // The measure has aspect, measure, owner and day.
    let body = |due: Option<&str>| {
        json!({ "details": {
            "about": number, "aspect": "发运与交货", "kind": "corrective",
            "text": "发运前电话预告到站时间", "department": "dispatch", "owner": "发运站长", "due": due,
        } })
    };
    let why = staff.may_not(CompanyOffice, "draft-measure", body(None));
    assert_eq!(why, ["A08-d3.4 due_on"]);
    let drafted = staff.does(CompanyOffice, "draft-measure", body(Some("2024-07-31")));
    let measure = drafted.number();
    let Record::Measure(kept) = drafted else {
        panic!("no measure");
    };
    assert_eq!(
        (kept.details.about, kept.details.aspect.as_str()),
        (number, "delivery")
    );
    // One that was dropped does not count.
    staff.carry(
        SalesDirector,
        measure,
        MeasureStep::Drop {
            reason: "写错了项目".into(),
        },
    );
    let why = staff.stays(MarketingHeadOffice, number, "close-survey", json!({}));
    assert_eq!(why, ["A03-sd aspect-needs-measure"]);
    let measure = staff
        .does(CompanyOffice, "draft-measure", body(Some("2024-07-31")))
        .number();
    let closed = staff.steps(MarketingHeadOffice, number, "close-survey", json!({}));
    let Record::Survey(closed) = closed else {
        panic!("no survey");
    };
    assert_eq!(closed.state, SurveyState::Measures);
    assert_eq!(closed.closed.unwrap().threshold, Tenths(850));
    // It stands beside the survey, which is not done before the measure is.
    let rows = beside(&mut staff, Sales, number);
    assert!(rows.iter().any(|row| row.record.number() == measure));
    let why = staff.stays(MarketingHeadOffice, number, "finish-survey", json!({}));
    assert_eq!(why, ["A03-sd survey-measure-is-open"]);
    for (role, step) in [
        (
            SalesDirector,
            MeasureStep::Approve {
                supervisor: "办公室".into(),
            },
        ),
        (
            Sales,
            MeasureStep::CarryOut {
                evidence: "七月全部预告".into(),
            },
        ),
        (
            CompanyOffice,
            MeasureStep::Verify {
                note: String::new(),
            },
        ),
        (
            SalesDirector,
            MeasureStep::Check {
                note: String::new(),
            },
        ),
    ] {
        staff.carry(role, measure, step);
    }
    let Record::Measure(kept) = staff.seen(measure) else {
        panic!("no measure");
    };
    assert_eq!(kept.state, MeasureState::Checked);
    staff.steps(MarketingHeadOffice, number, "finish-survey", json!({}));
    assert_eq!(survey(&mut staff, number).state, SurveyState::Done);
}

#[test]
fn a03_sd_with_no_threshold_set_closing_asks_for_one_and_85_0_under_85_needs_no_measure() {
    let mut staff = Staff::of("mining");
    let details = json!({ "title": "年度满意度", "aspects": ["delivery"] });
    let number = running(&mut staff, MarketingHeadOffice, details);
    let why = staff.stays(MarketingHeadOffice, number, "close-survey", json!({}));
    assert_eq!(why, ["A03-sa survey-without-answers"]);
    ten_answers(&mut staff, Sales, number, "delivery", 850);
    let why = staff.stays(MarketingHeadOffice, number, "close-survey", json!({}));
    assert_eq!(why, ["A03-sd threshold"]);
    let body = json!({ "threshold": "85.0" });
    staff.steps(MarketingHeadOffice, number, "close-survey", body);
    assert_eq!(survey(&mut staff, number).state, SurveyState::Closed);
}

#[test]
fn a14_2_6_property_and_service_are_scored_apart_by_letter_or_telephone() {
    let mut staff = Staff::of("leasing");
    let details = json!({ "kind": "service", "title": "楼盘与服务满意度" });
    let number = running(&mut staff, HeadOfLeasing, details);
    let asked: Vec<String> = survey(&mut staff, number)
        .aspects
        .into_iter()
        .map(|it| it.zh)
        .collect();
    assert_eq!(asked, ["楼盘", "服务"]);
    let who = PropertyConsultant;
    let details = CustomerDetails {
        source: "call".into(),
        ..common::visited("周倩", "13700137000")
    };
    let buyer = staff.is(who).customer(details).meta.number;
    let none = json!({ "details": { "survey": number, "scores": { "property": 90 } } });
    let why = staff.may_not(who, "log-answer", none);
    assert_eq!(why, ["A14-2.6 contact_channel"]);
    let visit = json!({ "details": {
        "survey": number, "channel": "visit", "scores": { "property": 90 },
    } });
    let why = staff.may_not(who, "log-answer", visit);
    assert_eq!(why, ["A14-2.6 contact_channel"]);
    for (channel, by, property, service) in
        [("letter", Some(buyer), 90, 70), ("call", None, 81, 80)]
    {
        let details = json!({
            "survey": number, "customer": by, "channel": channel, "opinion": "电梯等得久",
            "scores": { "property": property, "service": service },
        });
        staff.does(who, "log-answer", json!({ "details": details }));
    }
    let answers = listed(&mut staff, who, Kind::Answer, Filter::Current);
    let kept = answers
        .iter()
        .map(|number| staff.is(who).get(*number).record);
    let kept: Vec<(String, String)> = kept
        .map(|record| match record {
            Record::Answer(it) => (
                it.details.channel.unwrap().id().to_owned(),
                it.details.opinion,
            ),
            other => panic!("{other:?}"),
        })
        .collect();
    let said = "电梯等得久".to_owned();
    assert_eq!(
        kept,
        [
            ("call".to_owned(), said.clone()),
            ("letter".to_owned(), said)
        ]
    );
    assert_eq!(
        means(&figures(&mut staff, who, number)),
        [
            ("property".into(), "85.5".into()),
            ("service".into(), "75.0".into())
        ]
    );
    // How a customer was asked in the full survey is said or not.
    let full = json!({ "kind": "full", "title": "年度满意度" });
    let full = running(&mut staff, HeadOfLeasing, full);
    let of_full = json!({ "survey": full, "scores": { "property": 90 } });
    staff.does(who, "log-answer", json!({ "details": of_full }));
}

#[test]
fn a03_s_information_quality_complaint_and_satisfaction_are_offered_and_counted_apart() {
    let mut staff = Staff::of("mining");
    let kinds = [
        IntakeKind::Information,
        IntakeKind::Quality,
        IntakeKind::Complaint,
        IntakeKind::Satisfaction,
    ];
    for kind in kinds {
        assert!(staff.profile.kinds.contains(&kind), "{kind:?}");
    }
    for (place, kind) in kinds.iter().enumerate() {
        for _ in 0..=place {
            let details = json!({
                "channel": "call", "kind": kind, "caller": "热电厂", "phone": "13800138000",
                "place": "热电厂", "text": "来电",
            });
            let body = json!({ "details": details, "new_customer": null });
            staff.does(Reception, "log-intake", body);
        }
    }
    for (place, kind) in kinds.iter().enumerate() {
        let rows = listed(&mut staff, Reception, Kind::Intake, Filter::OfKind(*kind));
        assert_eq!(rows.len(), place + 1, "{kind:?}");
    }
    let quarter = frontdesk::domain::analysis::Quarter::of(2024, 2).unwrap();
    let Reply::Requests(figures) = staff.is(SalesDirector).look(Query::Requests(quarter)) else {
        panic!("no figures");
    };
    let counted: Vec<(Option<IntakeKind>, u64)> = figures
        .kinds
        .iter()
        .map(|line| (line.kind, line.count))
        .collect();
    for (place, kind) in kinds.iter().enumerate() {
        assert!(
            counted.contains(&(Some(*kind), place as u64 + 1)),
            "{counted:?}"
        );
    }
}

fn occupancy(staff: &mut Staff, number: Number) -> Occupancy {
    match staff.seen(number) {
        Record::Occupancy(it) => it,
        other => panic!("{other:?}"),
    }
}

/// A visit of somebody who moves in.
fn moving_in(name: &str, phone: &str, place: &str, on: &str) -> Value {
    json!({
        "details": { "moved_in": on },
        "intake": {
            "channel": "visit", "kind": "move-in", "caller": name, "phone": phone, "place": place,
            "text": "收房入住", "next": { "declined": true },
        },
        "new_customer": {
            "name": name, "phones": [{ "digits": phone, "label": "mobile" }], "place": place,
        },
    })
}

#[test]
fn a05_4_1_the_unit_shows_occupied_and_a_second_move_in_without_a_move_out_warns() {
    let mut staff = Staff::of("property");
    let who = CustomerService;
    let body = moving_in("王芳", "13800138001", "3栋1201", "2024-06-01");
    let Ok(Reply::Done { record, also, .. }) = staff.tell(who, "move-in", body) else {
        panic!("not registered");
    };
    let intake = record.number();
    assert_eq!(intake.kind, Kind::Intake);
    let number = also.iter().find(|it| it.number().kind == Kind::Occupancy);
    let number = number.unwrap().number();
    let kept = occupancy(&mut staff, number);
    let card = kept.details.customer.unwrap();
    assert_eq!(kept.details.place, "3栋1201");
    assert_eq!(kept.details.moved_in.unwrap().to_string(), "2024-06-01");
    assert_eq!(kept.meta.created_by, staff.posts[&who]);
    assert_eq!(
        (kept.name.as_str(), kept.details.intake),
        ("王芳", Some(intake))
    );
    // The unit shows occupied beside whatever is about it, however it is written.
    let call = json!({
        "details": {
            "channel": "call", "kind": "enquiry", "caller": "李四", "phone": "13900139000",
            "place": "３栋 1201", "text": "问物业费",
        },
        "new_customer": null,
    });
    let call = staff.does(who, "log-intake", call).number();
    for shown in [call, card] {
        let row = staff.is(who).get(shown);
        let lives: Vec<Number> = row.occupants.iter().map(|it| it.number).collect();
        assert_eq!(lives, [number], "{shown}");
    }
    // A second move-in warns, and is a question that can be answered.
    let second = moving_in("赵六", "13800138002", "3栋1201", "2024-06-05");
    let why = staff.may_not(who, "move-in", second.clone());
    assert_eq!(why, ["A05-4.1 place"]);
    let command: Command = serde_json::from_value(json!({ "move-in": second })).unwrap();
    let mut envelope = staff.is(who).envelope(Request::Do(command));
    envelope.accept = vec![Assent::from("unit-is-occupied")];
    let together = staff.bench.desk.ask(&envelope);
    assert!(together.is_ok(), "{together:?}");
    assert_eq!(staff.is(who).get(call).occupants.len(), 2);
    // After the move-out it does not.
    let why = staff.stays(who, number, "move-out", json!({ "on": "2024-05-31" }));
    assert_eq!(why, [" on"]);
    let open = listed(&mut staff, who, Kind::Occupancy, Filter::Open);
    for one in open {
        staff.steps(who, one, "move-out", json!({ "on": "2024-06-06" }));
    }
    assert_eq!(staff.is(who).get(call).occupants, []);
    let third = json!({ "details": { "place": "3栋1201", "customer": card } });
    let back = staff.does(who, "move-in", third).number();
    assert_eq!(
        listed(&mut staff, who, Kind::Occupancy, Filter::Open),
        [back]
    );
    let out = occupancy(&mut staff, number).moved_out.unwrap();
    assert_eq!(out.0.to_string(), "2024-06-06");
}

#[test]
fn a06_4_1_a_move_in_saved_in_intake_is_found_under_the_unit_and_under_the_name() {
    let mut staff = Staff::of("property");
    let who = CustomerService;
    let body = moving_in("欧阳明", "13800138001", "5栋2单元0902", "2024-06-06");
    let Ok(Reply::Done { also, .. }) = staff.tell(who, "move-in", body) else {
        panic!("not registered");
    };
    let number = also.iter().map(Record::number);
    let number = number.into_iter().find(|it| it.kind == Kind::Occupancy);
    let number = number.unwrap();
    for words in ["5栋2单元0902", "欧阳明", "oym"] {
        assert_eq!(found(&mut staff, who, Kind::Occupancy, words), [number]);
        let query = Query::Search {
            text: words.into(),
            limit: 20,
        };
        let Reply::Page(page) = staff.is(who).look(query) else {
            panic!("no page");
        };
        let mut shown = page.rows.iter().map(|(_, row)| row.record.number());
        assert!(shown.any(|it| it == number), "{words}");
    }
    // It stands in what the customer ever did here, too.
    let card = occupancy(&mut staff, number).details.customer.unwrap();
    let query = Query::Contacts {
        customer: card,
        limit: 10,
    };
    let Reply::Page(page) = staff.is(who).look(query) else {
        panic!("no page");
    };
    let mut shown = page.rows.iter().map(|(_, row)| row.record.number());
    assert!(shown.any(|it| it == number));
}

fn instruction(staff: &mut Staff, number: Number) -> Instruction {
    match staff.seen(number) {
        Record::Instruction(it) => it,
        other => panic!("{other:?}"),
    }
}

/// What waits for whoever has a post.
fn waiting(staff: &mut Staff, role: Role) -> Vec<Number> {
    listed(staff, role, Kind::Complaint, Filter::ForMe)
}

#[test]
fn a09_1_4b_an_instruction_is_shown_until_acknowledged_and_open_until_carried_out() {
    let mut staff = Staff::of("property");
    let (boss, who) = (CustomerServiceManager, CustomerService);
    let me = staff.posts[&who];
    let body = json!({ "details": {
        "sort": "instruction", "operator": me, "text": "今日起访客一律登记证件",
    } });
    let why = staff.may_not(who, "give-instruction", body.clone());
    assert_eq!(why, [" role-may-not"]);
    let number = staff.does(boss, "give-instruction", body).number();
    // Whoever signs in finds it above everything, and nobody else does.
    assert_eq!(waiting(&mut staff, who), [number]);
    assert_eq!(waiting(&mut staff, boss), []);
    let record = staff.seen(number);
    assert!(approval::may_wait(&record));
    assert!(ApprovalKind::Instruction.is_alarm());
    let Reply::Counts(counts) = staff.is(who).look(Query::Counts) else {
        panic!("no counts");
    };
    let approvals = counts
        .iter()
        .find(|it| it.tab == frontdesk::domain::profile::Tab::Approvals);
    assert_eq!(approvals.unwrap().late, 1, "what stands above everything");
    let why = staff.stays(boss, number, "acknowledge-instruction", json!({}));
    assert_eq!(why, ["A09-1.4b another-s-instruction"]);
    let done = json!({ "text": "已执行" });
    let why = staff.stays(who, number, "carry-out-instruction", done.clone());
    assert_eq!(why, ["A09-1.4b instruction-not-from-here"]);
    staff.set("2024-06-06 15:10");
    staff.steps(who, number, "acknowledge-instruction", json!({}));
    assert_eq!(waiting(&mut staff, who), []);
    // It stays open, among what is theirs.
    let mine = Filter::OfOwner(Listed::new(&me.to_string()));
    for filter in [Filter::Open, mine] {
        assert_eq!(listed(&mut staff, who, Kind::Instruction, filter), [number]);
    }
    staff.set("2024-06-06 17:30");
    let why = staff.stays(who, number, "carry-out-instruction", json!({ "text": " " }));
    assert_eq!(why, ["A09-1.4b text"]);
    staff.steps(who, number, "carry-out-instruction", done);
    let it = instruction(&mut staff, number);
    assert_eq!(it.state, InstructionState::CarriedOut);
    let times = [it.acknowledged.unwrap().at, it.done.unwrap().at];
    assert_eq!(
        times,
        [
            common::at("2024-06-06 15:10"),
            common::at("2024-06-06 17:30")
        ]
    );
    assert_eq!(listed(&mut staff, who, Kind::Instruction, Filter::Open), []);
}

#[test]
fn a09_1_4c_a_suggestion_has_author_date_text_and_a_managers_answer_and_unanswered_ones_are_listed()
{
    let mut staff = Staff::of("property");
    let (boss, who) = (CustomerServiceManager, Reception);
    let body = json!({ "details": { "sort": "suggestion", "text": "前台增设充电插座" } });
    let number = staff.does(who, "give-instruction", body.clone()).number();
    let own = staff.does(boss, "give-instruction", body).number();
    let it = instruction(&mut staff, number);
    assert_eq!(it.meta.created_by, staff.posts[&who]);
    assert_eq!(it.meta.created_at, common::at("2024-06-06 15:00"));
    assert_eq!(it.details.text, "前台增设充电插座");
    assert_eq!(
        listed(&mut staff, boss, Kind::Instruction, Filter::Unanswered),
        [own, number]
    );
    // It waits for a manager, not for its author.
    assert_eq!(waiting(&mut staff, boss), [number]);
    let answer = json!({ "text": "本月内安装" });
    let why = staff.stays(who, number, "answer-suggestion", answer.clone());
    assert_eq!(why, [" role-may-not"]);
    let why = staff.stays(boss, own, "answer-suggestion", answer.clone());
    assert_eq!(why, ["A09-1.4c own-suggestion"]);
    let why = staff.stays(boss, number, "answer-suggestion", json!({ "text": "" }));
    assert_eq!(why, ["A09-1.4c text"]);
    staff.steps(boss, number, "answer-suggestion", answer);
    let it = instruction(&mut staff, number);
    let answered = it.answered.unwrap();
    assert_eq!(
        (answered.text.as_str(), answered.by),
        ("本月内安装", staff.posts[&boss])
    );
    assert_eq!(
        listed(&mut staff, boss, Kind::Instruction, Filter::Unanswered),
        [own]
    );
}

fn task(staff: &mut Staff, number: Number) -> Task {
    match staff.seen(number) {
        Record::Task(task) => task,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a04_4b_a_dispatched_task_is_accepted_or_handed_back_with_both_times_and_listed_until_then() {
    let mut staff = Staff::of("mining");
    staff.sits_in(Mine, "mine");
    let (mine, office) = (staff.posts[&Mine], staff.posts[&CompanyOffice]);
    let body = |to: Number| {
        json!({ "details": {
            "text": "提供化验单", "department": "mine", "owner": "李矿长", "operator": to,
        } })
    };
    // Only somebody who answers tasks is sent one.
    let director = staff.posts[&SalesDirector];
    let why = staff.may_not(Sales, "raise-task", body(director));
    assert_eq!(why, ["A04-4b operator"]);
    let number = staff.does(Sales, "raise-task", body(office)).number();
    let unaccepted = |staff: &mut Staff| listed(staff, Sales, Kind::Task, Filter::Unaccepted);
    assert_eq!(unaccepted(&mut staff), [number]);
    assert_eq!(waiting(&mut staff, CompanyOffice), [number]);
    assert_eq!(waiting(&mut staff, Mine), []);
    let why = staff.stays(Mine, number, "accept-task", json!({}));
    assert_eq!(why, ["A04-4b not-dispatched-to-you"]);
    staff.set("2024-06-06 15:20");
    let why = staff.stays(
        CompanyOffice,
        number,
        "hand-back-task",
        json!({ "reason": "" }),
    );
    assert_eq!(why, ["A04-4b reason"]);
    let reason = json!({ "reason": "不归办公室管" });
    staff.steps(CompanyOffice, number, "hand-back-task", reason);
    assert_eq!(unaccepted(&mut staff), []);
    staff.set("2024-06-06 15:30");
    let to = json!({ "operator": mine });
    staff.steps(Sales, number, "dispatch-task", to.clone());
    let why = staff.stays(Sales, number, "dispatch-task", to);
    assert_eq!(why, ["A04-4b dispatched-already"]);
    assert_eq!(unaccepted(&mut staff), [number]);
    staff.set("2024-06-06 15:45");
    staff.steps(Mine, number, "accept-task", json!({}));
    assert_eq!(unaccepted(&mut staff), []);
    let dispatches = task(&mut staff, number).dispatches;
    let back = dispatches[0].handed_back.as_ref().unwrap();
    assert_eq!(
        (dispatches[0].to, back.text.as_str()),
        (office, "不归办公室管")
    );
    assert_eq!(
        [dispatches[0].given.at, back.at],
        [
            common::at("2024-06-06 15:00"),
            common::at("2024-06-06 15:20")
        ]
    );
    assert_eq!(dispatches[1].to, mine);
    assert_eq!(
        [dispatches[1].given.at, dispatches[1].accepted.unwrap()],
        [
            common::at("2024-06-06 15:30"),
            common::at("2024-06-06 15:45")
        ]
    );
    staff.steps(Mine, number, "answer-task", json!({ "text": "已送" }));
}

#[test]
fn a04_9_a_task_handed_on_and_back_shows_the_chain_of_units_and_times() {
    let mut staff = Staff::of("property");
    let (raised, units) = (CustomerService, ["customer-service", "engineering"]);
    staff.sits_in(DepartmentHead, "engineering");
    staff.sits_in(CustomerService, "customer-service");
    let body = json!({ "details": {
        "text": "核对 3 栋水表", "department": "customer-service", "owner": "前台",
    } });
    let number = staff.does(raised, "raise-task", body).number();
    let on =
        |unit: &str, reason: &str| json!({ "department": unit, "owner": "值班", "reason": reason });
    // Only whoever has it hands it on, and not to themselves.
    let why = staff.stays(DepartmentHead, number, "hand-on-task", on(units[0], "转"));
    assert_eq!(why, ["A07-d1b another-department-s-task"]);
    let why = staff.stays(raised, number, "hand-on-task", on(units[0], "转"));
    assert_eq!(why, ["A04-9 department"]);
    let why = staff.stays(raised, number, "hand-on-task", on(units[1], ""));
    assert_eq!(why, ["A04-9 reason"]);
    staff.set("2024-06-06 15:30");
    staff.steps(raised, number, "hand-on-task", on(units[1], "需工程部抄表"));
    staff.set("2024-06-06 16:40");
    staff.steps(
        DepartmentHead,
        number,
        "hand-on-task",
        on(units[0], "已抄表，请回复住户"),
    );
    let legs: Vec<(String, frontdesk::domain::stamp::Stamp)> = task(&mut staff, number)
        .legs
        .into_iter()
        .map(|leg| (leg.unit, leg.from.at))
        .collect();
    let at = common::at;
    assert_eq!(
        legs,
        [
            (units[0].to_owned(), at("2024-06-06 15:00")),
            (units[1].to_owned(), at("2024-06-06 15:30")),
            (units[0].to_owned(), at("2024-06-06 16:40")),
        ]
    );
    staff.steps(raised, number, "answer-task", json!({ "text": "已回复" }));
}
