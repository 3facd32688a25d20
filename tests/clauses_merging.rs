//! Two cards that become one: who may do it, what is looked at by it, what an undo takes back, and what is
//! known of the one customer afterwards (A01-21).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use std::collections::BTreeMap;

use common::looks::log;
use common::staff::Staff;
use common::{Bench, card, grievance, list, numbers, seen, visited};
use frontdesk::desk::contract::{At, Command, Failure, Filter, LooksQuery, Query, Reply, Sort};
use frontdesk::domain::campaign::{CampaignDetails, CampaignSort};
use frontdesk::domain::complaint::ComplaintDetails;
use frontdesk::domain::customer::{Customer, CustomerDetails, Mark};
use frontdesk::domain::dossier::{Answers, Dossier, DossierDetails};
use frontdesk::domain::fines::Month;
use frontdesk::domain::follow_up::{Contact, FollowUpDetails, FollowUpKind, Occasion};
use frontdesk::domain::intake::Channel;
use frontdesk::domain::listed::Listed;
use frontdesk::domain::look::LookKind;
use frontdesk::domain::merging::MergeStep;
use frontdesk::domain::monthly::{Monthly, MonthlyKind};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::permit::{PermitDetails, PermitKind};
use frontdesk::domain::phone::Phone;
use frontdesk::domain::plan::PlanDetails;
use frontdesk::domain::record::Record;
use frontdesk::domain::refusal::Problem;
use frontdesk::domain::relation::RelationDetails;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;
use frontdesk::domain::survey::{AnswerDetails, SurveyDetails, SurveyStep};

/// A property office.
fn office() -> Bench {
    let mut bench = Bench::set_up_at("property", Some(""), "2024-06-03 09:00");
    bench.work_as(Role::CustomerService);
    bench
}

fn merge(bench: &mut Bench, kept: Number, absorbed: Number) -> Command {
    Command::MergeCustomers {
        kept: bench.present(kept),
        absorbed: bench.present(absorbed),
    }
}

fn merged(bench: &mut Bench, kept: Number, absorbed: Number) -> Record {
    let command = merge(bench, kept, absorbed);
    bench.agreed(command, &["merge-preview", "merge-same"]).0
}

fn undo(made: &Record) -> Command {
    Command::StepMerge {
        at: seen(made),
        step: MergeStep::UndoMerge {
            reason: "同名不同人".into(),
        },
    }
}

fn customer_of(bench: &mut Bench, number: Number) -> Customer {
    match bench.get(number).record {
        Record::Customer(customer) => customer,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_card_of_somebody_else_is_merged_only_with_leave_to_read_it_and_that_is_a_look_at_both() {
    let mut bench = Bench::of("leasing");
    let administrator = bench.operator;
    let boss = bench.work_as(Role::GeneralManager);
    bench.operator = administrator;
    let owner = bench.work_as(Role::LeasingManager);
    let theirs = CustomerDetails {
        owner: Some(owner),
        ..visited("王芳", "13800138000")
    };
    let theirs = seen(&bench.customer(theirs).into());
    bench.operator = administrator;
    let me = bench.work_as(Role::LeasingManager);
    let mine = CustomerDetails {
        owner: Some(me),
        ..visited("王芳", "13900139000")
    };
    let mine = seen(&bench.customer(mine).into());
    for (kept, absorbed) in [(mine, theirs), (theirs, mine)] {
        bench.clock.advance_seconds(60);
        let problems = bench.refused(Command::MergeCustomers { kept, absorbed });
        assert_eq!(problems[0].key, "permit-needed");
        assert_eq!(problems[0].clause.as_deref(), Some("A12-3.1.7b"));
        let looks = log(&mut bench, boss, LooksQuery::default());
        let of_mine = looks
            .iter()
            .filter(|look| look.operator == me && look.refused);
        let about: Vec<_> = of_mine.take(2).filter_map(|look| look.about).collect();
        assert!(about.contains(&mine.number) && about.contains(&theirs.number));
    }
    bench.operator = boss;
    let today = bench.desk.now().day(480);
    let details = PermitDetails {
        what: PermitKind::Read,
        operator: Some(me),
        from: today,
        to: today,
        place: String::new(),
        reason: "合并".into(),
    };
    let permit = bench.change(Command::GrantPermit { details }).number();
    bench.operator = me;
    bench.clock.advance_seconds(60);
    let (kept, absorbed) = (mine, theirs);
    bench.agreed(
        Command::MergeCustomers { kept, absorbed },
        &["merge-preview"],
    );
    let looks = log(&mut bench, boss, LooksQuery::default());
    for look in &looks[..2] {
        assert_eq!((look.operator, look.refused), (me, false));
        assert_eq!((look.what, look.permit), (LookKind::Open, Some(permit)));
    }
    let about = [looks[0].about, looks[1].about];
    assert!(about.contains(&Some(mine.number)) && about.contains(&Some(theirs.number)));
    bench.assert_clean();
}

#[test]
fn a_merge_of_a_card_that_was_changed_meanwhile_is_refused_with_the_present_one() {
    let mut bench = office();
    let kept = seen(&bench.customer(card("王芳", "15400000001")).into());
    let absorbed = seen(&bench.customer(card("王芳", "15400000002")).into());
    bench.change(Command::ConfirmCard { at: absorbed });
    match bench.ask(Command::MergeCustomers { kept, absorbed }) {
        Err(Failure::Stale { present }) => assert_eq!(present.number(), absorbed.number),
        other => panic!("{other:?}"),
    }
}

fn brought_by(bench: &mut Bench, from: Number, to: Number) {
    let details = RelationDetails {
        from: Some(from),
        to: Some(to),
        ..RelationDetails::default()
    };
    bench.change(Command::Relate { details });
}

#[test]
fn two_cards_of_one_chain_of_introductions_do_not_become_one() {
    let mut bench = office();
    let [a, b, c, d] = ["15400000001", "15400000002", "15400000003", "15400000004"]
        .map(|phone| bench.customer(card("王芳", phone)).meta.number);
    brought_by(&mut bench, b, a);
    brought_by(&mut bench, c, b);
    for (kept, absorbed) in [(a, b), (b, a), (a, c), (c, a)] {
        let command = merge(&mut bench, kept, absorbed);
        let problems = bench.refused(command);
        assert_eq!(problems[0].key, "merge-closes-circle", "{kept} {absorbed}");
        assert_eq!(problems[0].clause.as_deref(), Some("A14-0"));
    }
    // Who stands beside the chain may be one of it.
    merged(&mut bench, a, d);
    bench.assert_clean();
}

#[test]
fn an_undo_takes_back_what_the_merge_put_in_and_keeps_what_was_changed_since() {
    let mut bench = office();
    let a = bench.customer(card("王芳", "15400000001"));
    let b = bench.customer(CustomerDetails {
        employer: "翠湖物业".into(),
        position: "主任".into(),
        plates: vec!["浙A12345".into()],
        ..card("王芳", "15400000002")
    });
    let (kept, absorbed) = (a.meta.number, b.meta.number);
    let at = bench.present(absorbed);
    let (mark, set) = (Mark::Closed, true);
    bench.change(Command::MarkCustomer { at, mark, set });
    let made = merged(&mut bench, kept, absorbed);
    // Later: another position, another telephone, a mark, a confirmation.
    let one = customer_of(&mut bench, kept);
    let mut details = one.details.clone();
    details.position = "经理".into();
    details.phones.push(Phone {
        digits: "15400000003".into(),
        ..Phone::default()
    });
    let at: At = bench.present(kept);
    bench.agreed(Command::ChangeCustomer { at, details }, &["same-phone"]);
    let at = bench.present(kept);
    let (mark, set) = (Mark::Prospect, true);
    bench.change(Command::MarkCustomer { at, mark, set });
    let problems = bench.refused(undo(&made));
    assert_eq!(problems[0].key, "changed-since-merge");
    assert!(problems[0].ask);
    assert_eq!(problems[0].args["card-fields"], "phones position marks");
    bench.agreed(undo(&made), &["changed-since-merge"]);
    let back = customer_of(&mut bench, kept);
    let digits = back.details.phones.iter().map(|phone| &*phone.digits);
    assert_eq!(digits.collect::<Vec<_>>(), ["15400000001", "15400000003"]);
    assert_eq!(back.details.position, "经理");
    assert_eq!(back.details.employer, "");
    assert!(back.details.plates.is_empty());
    assert!(back.is(Mark::Prospect) && !back.is(Mark::Closed));
    let gone = customer_of(&mut bench, absorbed);
    assert_eq!(gone.details, b.details);
    assert!(gone.is(Mark::Closed));
    bench.assert_clean();
}

/// The rows of a field of a profile, each of one part.
fn rows(part: &str, values: &[&str]) -> Vec<Answers> {
    let row = |value: &&str| BTreeMap::from([(part.to_owned(), (*value).to_owned())]);
    values.iter().map(row).collect()
}

fn profile(staff: &mut Bench, customer: Number) -> Option<Dossier> {
    match staff.look(Query::Dossier(customer)) {
        Reply::Record(Some(row)) => match row.record {
            Record::Dossier(dossier) => Some(dossier),
            _ => None,
        },
        other => panic!("{other:?}"),
    }
}

fn keep(staff: &mut Bench, customer: Number, values: &[(&str, Vec<Answers>)]) {
    let version = profile(staff, customer).map_or(0, |it| it.meta.version);
    let values = values.iter().cloned();
    let values = values.map(|(field, rows)| (field.to_owned(), rows));
    let details = DossierDetails {
        values: values.collect(),
        ..DossierDetails::default()
    };
    let customer = staff.present(customer);
    staff.change(Command::KeepDossier {
        customer,
        version,
        details,
    });
}

/// What stands in the first row of some fields of a profile, by `value` or `born`.
fn told(staff: &mut Bench, customer: Number, fields: &[&str]) -> Vec<String> {
    let profile = profile(staff, customer).unwrap();
    let first = |field: &&str| {
        let entry = profile.values.get(*field)?;
        entry.rows.first()?.values().next().cloned()
    };
    let values = fields.iter().map(|field| first(field).unwrap_or_default());
    values.collect()
}

#[test]
fn a_merged_customer_has_one_profile_of_both_and_an_undo_gives_both_back() {
    let mut staff = Staff::with("leasing", None);
    let staff = staff.is(Role::PropertyConsultant);
    let a = staff.customer(visited("王芳", "13800138001")).meta.number;
    let b = staff.customer(visited("王芳", "13800138002")).meta.number;
    let value = |value: &str| rows("value", &[value]);
    keep(staff, a, &[("F07", value("绍兴")), ("F38", value("父亲"))]);
    let born = rows("born", &["06-10"]);
    keep(
        staff,
        b,
        &[
            ("F07", value("宁波")),
            ("F13", value("书法")),
            ("F01-birthday", born),
        ],
    );
    let fields = ["F07", "F38", "F13", "F01-birthday"];
    let before = (profile(staff, a).unwrap(), profile(staff, b).unwrap());
    let made = merged(staff, a, b);
    for card in [a, b] {
        assert_eq!(
            told(staff, card, &fields),
            ["绍兴", "父亲", "书法", "06-10"]
        );
    }
    // One customer has one profile in the list, on the card that stays.
    let listed = staff.page(list(Kind::Dossier, Filter::All, Sort::Newest));
    assert_eq!(numbers(&listed), [before.0.meta.number]);
    let beside = listed.rows[0].1.profiled.clone().unwrap();
    assert_eq!(beside.customer.unwrap().meta.number, a);
    assert_eq!(
        staff.get(before.1.meta.number).record.number(),
        before.0.meta.number
    );
    // What is kept later goes onto the profile of the card that stays; what is emptied stays empty.
    keep(staff, a, &[("F38", value("母亲")), ("F13", Vec::new())]);
    assert_eq!(told(staff, b, &fields), ["绍兴", "母亲", "", "06-10"]);
    staff.change(undo(&made));
    assert_eq!(told(staff, a, &fields), ["绍兴", "母亲", "", ""]);
    assert_eq!(profile(staff, b).unwrap(), before.1);
    assert_eq!(told(staff, b, &fields), ["宁波", "", "书法", "06-10"]);
    staff.assert_clean();
}

#[test]
fn the_birthday_of_a_card_that_went_is_greeted_once_on_the_card_that_stays() {
    let mut all = Staff::with("leasing", None);
    let staff = all.is(Role::PropertyConsultant);
    let a = staff.customer(visited("王芳", "13800138001")).meta.number;
    let b = staff.customer(visited("王芳", "13800138002")).meta.number;
    keep(staff, a, &[("F01-birthday", rows("born", &["06-06"]))]);
    keep(
        staff,
        b,
        &[
            ("F01-birthday", rows("born", &["06-06"])),
            ("F11", rows("born", &["06-06"])),
        ],
    );
    let head = all.is(Role::HeadOfLeasing);
    let at = head.present(b);
    let (mark, set) = (Mark::Closed, true);
    head.change(Command::MarkCustomer { at, mark, set });
    let staff = all.is(Role::PropertyConsultant);
    merged(staff, a, b);
    let due = |staff: &mut Bench| -> Vec<_> {
        let page = staff.page(list(Kind::FollowUp, Filter::Today, Sort::Newest));
        let rows = page.rows.into_iter().map(|(_, row)| row);
        rows.filter(|row| row.occasion == Some(Occasion::Birthday))
            .map(|row| (row.record.number(), row.profiled.unwrap().greeting.unwrap()))
            .collect()
    };
    let birthdays = due(staff);
    let whom: Vec<_> = birthdays.iter().map(|(customer, _)| *customer).collect();
    assert_eq!(whom, [a, a]);
    for (customer, greeting) in birthdays {
        let contact = Contact {
            text: "祝生日快乐".into(),
            declined: true,
            ..Contact::default()
        };
        staff.change(Command::Greet {
            customer,
            key: greeting.key,
            gift: String::new(),
            contact,
        });
    }
    assert!(due(staff).is_empty());
    staff.assert_clean();
}

fn campaign(bench: &mut Bench, sort: CampaignSort) -> Number {
    let details = CampaignDetails {
        sort,
        title: "中秋月饼".into(),
        from: Day::parse("2024-06-03"),
        until: Day::parse("2024-06-30"),
        place: "会所".into(),
        places: Some(2),
        ..CampaignDetails::default()
    };
    bench.change(Command::BeginCampaign { details }).number()
}

fn contact(customer: Number, serves: Option<Number>, contact: Contact) -> Command {
    let details = FollowUpDetails {
        customer: Some(customer),
        serves,
        ..FollowUpDetails::default()
    };
    let contact = Contact {
        text: "已告知".into(),
        declined: true,
        ..contact
    };
    Command::LogContact { details, contact }
}

/// A property office whose one operator holds every post that is needed, with two cards of one customer.
fn two_cards() -> (Bench, Number, Number) {
    let mut bench = Bench::set_up_at("property", Some(""), "2024-06-03 09:00");
    let a = bench.customer(card("王芳", "15400000001")).meta.number;
    let b = bench.customer(card("王芳", "15400000002")).meta.number;
    (bench, a, b)
}

#[test]
fn what_the_card_that_went_was_told_or_given_is_told_and_given_once() {
    let (mut bench, a, b) = two_cards();
    let gift = campaign(&mut bench, CampaignSort::Gift);
    let notice = campaign(&mut bench, CampaignSort::Notice);
    let event = campaign(&mut bench, CampaignSort::Event);
    let given = || Contact {
        item: "月饼".into(),
        ..Contact::default()
    };
    let comes = || Contact {
        answer: Some(frontdesk::domain::campaign::Answer::Accepted),
        ..Contact::default()
    };
    bench.change(contact(b, Some(gift), given()));
    bench.change(contact(b, Some(notice), Contact::default()));
    for card in [a, b] {
        bench.change(contact(card, Some(event), comes()));
    }
    let line = PlanDetails {
        customer: Some(b),
        action: "送节日卡".into(),
        department: bench.desk.profile().complaints.departments[0].id.clone(),
        month: Some(Month::of(Day::parse("2024-06-03").unwrap())),
        ..PlanDetails::default()
    };
    let line = bench
        .change(Command::EnterPlanLine { details: line })
        .number();
    merged(&mut bench, a, b);
    let again = bench.refused(contact(a, Some(gift), given()));
    assert_eq!(again[0].key, "already-given");
    for campaign in [gift, notice, event] {
        let filter = Filter::ToTell(Listed::new(&campaign.to_string()));
        assert!(
            bench.listed(Kind::FollowUp, filter).is_empty(),
            "{campaign}"
        );
    }
    let page = bench.page(list(Kind::FollowUp, Filter::Today, Sort::Newest));
    let asked = page.rows.iter().map(|(_, row)| row.occasion);
    assert!(!asked.into_iter().any(|why| why == Some(Occasion::Campaign)));
    // One customer takes one place.
    let row = bench.get(event);
    let figures = row.figures.unwrap();
    assert_eq!(
        (figures.told, figures.booked, figures.left),
        (1, 1, Some(1))
    );
    let month = Month::of(Day::parse("2024-06-03").unwrap());
    let Reply::Monthly(report) = bench.look(Query::Monthly(MonthlyKind::Campaigns, month)) else {
        panic!()
    };
    let Monthly::Campaigns(report) = *report else {
        panic!()
    };
    for line in report.campaigns {
        assert_eq!((line.figures.told, line.targets), (1, 1));
        assert_eq!(line.told[0].0, a);
        assert!(line.untold.is_empty());
    }
    // The line of the plan of the card that went is done with a contact of the one that stays.
    bench.change(contact(a, Some(line), Contact::default()));
    bench.assert_clean();
}

#[test]
fn a_visit_asks_about_the_open_complaints_of_the_card_that_went() {
    let (mut bench, a, b) = two_cards();
    let details = ComplaintDetails {
        customer: Some(b),
        ..grievance("漏水")
    };
    let complaint = bench.complaint(details).meta.number;
    merged(&mut bench, a, b);
    let details = FollowUpDetails {
        customer: Some(a),
        kind: FollowUpKind::Visit,
        ..FollowUpDetails::default()
    };
    let contact = Contact {
        text: "上门".into(),
        declined: true,
        ..Contact::default()
    };
    let problems = bench.refused(Command::LogContact { details, contact });
    assert_eq!(problems[0].key, "item-is-open");
    assert_eq!(problems[0].args["number"], complaint.to_string());
}

#[test]
fn two_answers_of_one_customer_to_one_survey_are_one_too_many() {
    let (mut bench, a, b) = two_cards();
    let details = SurveyDetails {
        title: "夏季满意度".into(),
        due: Day::parse("2024-07-31"),
        ..SurveyDetails::default()
    };
    let survey = bench.change(Command::PlanSurvey { details });
    let at = seen(&survey);
    let step = SurveyStep::StartSurvey {};
    bench.change(Command::StepSurvey { at, step });
    let answer = |customer: Option<Number>| AnswerDetails {
        survey: Some(at.number),
        customer,
        channel: Some(Channel::Call),
        opinion: "电梯等得久".into(),
        ..AnswerDetails::default()
    };
    let log = |customer| Command::LogAnswer {
        details: answer(customer),
    };
    let first = bench.change(log(Some(b)));
    let nameless = bench.change(log(None));
    let asks = |bench: &mut Bench| {
        let page = bench.page(list(Kind::FollowUp, Filter::Today, Sort::Newest));
        let rows = page.rows.into_iter();
        let rows = rows.filter(|(_, row)| row.occasion == Some(Occasion::Survey));
        rows.map(|(_, row)| row.record.number()).collect::<Vec<_>>()
    };
    // Of a customer who is nobody's there is the survey, whose list has them.
    assert_eq!(asks(&mut bench), [at.number]);
    let filter = Filter::ToTell(Listed::new(&at.number.to_string()));
    let in_list = |bench: &mut Bench| {
        let page = bench.page(list(Kind::FollowUp, filter, Sort::Newest));
        let rows = page.rows.into_iter();
        rows.map(|(_, row)| row.record.number()).collect::<Vec<_>>()
    };
    assert_eq!(in_list(&mut bench), [a]);
    merged(&mut bench, a, b);
    assert!(in_list(&mut bench).is_empty());
    // Who answered under the card that went into this one is not asked again.
    assert!(asks(&mut bench).is_empty());
    let asked = |problems: Vec<Problem>| {
        assert_eq!(
            (&*problems[0].key, problems[0].ask),
            ("answered-before", true)
        );
        assert_eq!(problems[0].args["number"], first.number().to_string());
    };
    asked(bench.refused(log(Some(a))));
    // The same where an answer is put right: of another customer, and not of itself.
    let change = |at: At| Command::ChangeAnswer {
        at,
        details: answer(Some(a)),
    };
    asked(bench.refused(change(seen(&nameless))));
    bench.change(change(seen(&first)));
}
