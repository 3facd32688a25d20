//! The analysis of a quarter at the screen: its figures, the lists behind them, the departments'
//! parts, and the way to the approval (A13-c5a to A13-c6).

use frontdesk::desk::contract::{At, Command, Reply, Request};
use frontdesk::domain::analysis::{AnalysisState, PartDetails};
use frontdesk::domain::complaint::course::Judgement;
use frontdesk::domain::complaint::{ComplaintDetails, Step};
use frontdesk::domain::intake::Channel;
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Stamp;
use frontdesk::locale::Lang;

use crate::harness::Desk;

const OPEN: &str = "<ctrl+x><down>";

/// Changes something past the screen.
fn change(desk: &mut Desk, command: Command) -> Record {
    match desk.ask(Request::Do(command)) {
        Reply::Done { record, .. } => *record,
        other => panic!("{other:?}"),
    }
}

/// A property company with an engineer, and two complaints of the second quarter, the first of them
/// with the engineers.
fn desk(lang: Lang) -> Desk {
    let mut desk = Desk::staffed("property", lang);
    let details = OperatorDetails {
        login: "engineer".into(),
        name: "陈亮".into(),
        roles: vec![Role::DepartmentHead],
        department: "工程部".into(),
        ..OperatorDetails::default()
    };
    change(&mut desk, Command::AddOperator { details });
    let mut desk = desk.with("customer-service");
    let mut numbers = Vec::new();
    for text in ["水泵太吵", "电梯停了两天"] {
        let details = ComplaintDetails {
            channel: Some(Channel::Call),
            complainant: "王建国".into(),
            phone: "13800138000".into(),
            text: text.into(),
            category: "noise".into(),
            ..ComplaintDetails::default()
        };
        numbers.push(
            change(
                &mut desk,
                Command::RecordComplaint {
                    details,
                    intake: None,
                },
            )
            .number(),
        );
    }
    let step = Step::Assign {
        department: "engineering".into(),
        handler: "陈亮".into(),
        note: String::new(),
        category: String::new(),
        cause: String::new(),
        justified: Judgement::default(),
        reasonable: Judgement::default(),
    };
    let version = desk.record(&numbers[0].to_string()).meta().version;
    let at = At {
        number: numbers[0],
        version,
    };
    change(&mut desk, Command::StepComplaint { at, step });
    desk
}

#[test]
fn each_number_opens_its_list_and_each_row_its_record() {
    let mut desk = desk(Lang::Zh).with("customer-service-manager");
    desk.press(OPEN).expect("2024Q2 用户投诉分析报告");
    desk.press("<down>").expect("▶2  100.0%");
    desk.press("<enter>").expect("2024Q2 投诉总数：2 件");
    desk.press("<down><enter>")
        .expect("─ CO-2024-00002 ─")
        .expect("电梯停了两天");
    // The list is still there for the next one.
    desk.press("<esc>").expect("2024Q2 投诉总数：2 件");
    desk.press("<esc><down><enter>")
        .expect("2024Q2 重复投诉：1 件")
        .expect("CO-2024-00002");
    // Nothing is behind a nought.
    desk.press("<esc><down><enter>").reject("数字明细");
}

#[test]
fn the_quarters_stand_beside_each_other_up_to_the_present_one() {
    let mut desk = desk(Lang::En).with("customer-service-manager");
    desk.press(OPEN).expect("Analysis of complaints, 2024Q2");
    desk.press("<right>")
        .expect("Analysis of complaints, 2024Q2");
    desk.press("<left>")
        .expect("Analysis of complaints, 2024Q1");
    desk.press("<right>")
        .expect("Analysis of complaints, 2024Q2");
    desk.press("<esc>").reject("Analysis of complaints");
}

#[test]
fn what_stands_below_the_last_number_is_reached() {
    let mut desk = desk(Lang::Zh).with("customer-service-manager");
    desk.press(OPEN).reject("纠正和预防措施落实情况");
    desk.press("<end>");
    for _ in 0..30 {
        desk.press("<down>");
    }
    desk.expect("措施编号");
    desk.press("<home>").expect("建立本季度报告");
}

#[test]
fn a13_c5a_who_may_not_see_reports_opens_none() {
    let mut desk = desk(Lang::Zh).with("reception");
    desk.press(OPEN)
        .reject("2024Q2 用户投诉分析报告")
        .expect("无权");
}

#[test]
fn a13_c5b_a_department_writes_its_part_and_no_other() {
    let mut desk = desk(Lang::Zh).with("customer-service-manager");
    desk.press(OPEN).expect("▶建立本季度报告");
    desk.press("<enter>").expect("已保存 AN-2024-00001");
    // Who begins it is of no department that has complaints.
    desk.reject("填写工程部的分析");
    let mut desk = desk.with("engineer");
    desk.press(OPEN).expect("▶填写工程部的分析  未填写");
    desk.press("<enter>水泵老化<tab>更换水泵<f2>")
        .expect("责任人不能为空");
    desk.press("陈亮<tab>2024-08-01<f2>")
        .expect("▶填写工程部的分析  已填写");
    desk.press("<enter>")
        .expect("更换水泵")
        .expect("2024-08-01")
        .reject("不需要措施，原因");
    let Record::Analysis(analysis) = desk.record("AN-2024-00001") else {
        panic!("no analysis");
    };
    let part = &analysis.parts[0];
    assert_eq!(part.department, "engineering");
    assert_eq!(part.said.text, "水泵老化");
    assert_eq!(part.measures[0].owner, "陈亮");
}

#[test]
fn a13_c5c_a_part_without_measures_says_why_none_is_needed() {
    let mut desk = desk(Lang::En).with("customer-service-manager");
    desk.press(OPEN).press("<enter>");
    let mut desk = desk.with("engineer");
    desk.press(OPEN)
        .press("<enter>Old pump<f2>")
        .expect("[A13-c5c]");
    desk.press("Replaced at once<f2>").expect("written");
    let Record::Analysis(analysis) = desk.record("AN-2024-00001") else {
        panic!("no analysis");
    };
    assert_eq!(analysis.parts[0].no_measure, "Replaced at once");
}

#[test]
fn a_departments_name_stands_for_its_part_and_a_newer_one_is_not_written_over() {
    let mut desk = desk(Lang::Zh).with("customer-service-manager");
    desk.press(OPEN).press("<enter>");
    let mut desk = desk.with("engineer");
    desk.press(OPEN).press("<enter>水泵老化<tab><tab>已更换");
    let by = desk.operator;
    let version = desk.record("AN-2024-00001").meta().version;
    let part = PartDetails {
        department: "工程部".into(),
        text: "另一处写的".into(),
        no_measure: "无".into(),
        ..PartDetails::default()
    };
    let at = At {
        number: "AN-2024-00001".parse().unwrap(),
        version,
    };
    change(&mut desk, Command::WriteAnalysisPart { at, part });
    desk.operator = by;
    // What was typed stays, and is not put in place of what the department has written meanwhile.
    desk.press("<f2>").expect("水泵老化").expect("已被改过");
    let Record::Analysis(analysis) = desk.record("AN-2024-00001") else {
        panic!("no analysis");
    };
    let parts: Vec<(&str, &str)> = analysis
        .parts
        .iter()
        .map(|part| (part.department.as_str(), part.said.text.as_str()))
        .collect();
    assert_eq!(parts, [("engineering", "另一处写的")]);
}

#[test]
fn a13_c6_a_report_is_submitted_when_the_quarter_is_over_and_all_have_written() {
    let mut desk = desk(Lang::Zh).with("customer-service-manager");
    desk.press(OPEN)
        .press("<enter>")
        .expect("2024Q2 季度尚未结束");
    desk.clock
        .set(Stamp::parse("2024-07-02 09:00", 480).unwrap());
    let mut desk = desk.with("customer-service-manager");
    desk.press(OPEN)
        .press("<left>")
        .expect("还有部门未填写分析：工程部");
    desk.press("<enter>").reject("上报后由总经理审批");
    let mut desk = desk.with("engineer");
    desk.press(OPEN)
        .press("<left><enter>水泵老化<tab><tab>已更换<f2>");
    let mut desk = desk.with("customer-service-manager");
    desk.press(OPEN)
        .press("<left><enter>")
        .expect("上报后由总经理审批");
    desk.press("请审批<f2>").reject("上报总经理审批");
    let Record::Analysis(analysis) = desk.record("AN-2024-00001") else {
        panic!("no analysis");
    };
    assert_eq!(analysis.state, AnalysisState::Submitted);
    assert_eq!(analysis.submitted.unwrap().text, "请审批");
    let mut desk = desk.with("property-general-manager");
    desk.press("5").expect("AN-2024-00001");
    desk.press("y<f2>");
    let Record::Analysis(analysis) = desk.record("AN-2024-00001") else {
        panic!("no analysis");
    };
    assert_eq!(analysis.state, AnalysisState::Approved);
}
