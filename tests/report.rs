//! The quarterly analysis of complaints at the desk and on paper, and the printed forms: who may,
//! what is counted, what is frozen, what is masked and written down.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::looks::{log, refused};
use common::{Bench, at, grievance};
use frontdesk::desk::contract::{
    Adopted, AdoptedEnd, At, Command, Failure, LooksQuery, QuarterReport, Query, Reply, Row,
};
use frontdesk::domain::adopt::Existing;
use frontdesk::domain::analysis::{
    AnalysisStep, Cell, Line, Outcome, PartDetails, PlannedMeasure, Quarter,
};
use frontdesk::domain::complaint::course::Judgement;
use frontdesk::domain::complaint::{Complaint, ComplaintDetails, Step};
use frontdesk::domain::look::LookKind;
use frontdesk::domain::measure::MeasureKind;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;
use frontdesk::locale::{Lang, Texts};
use frontdesk::report::forms::{self, Form};
use frontdesk::report::quarterly::{self, Words};
use frontdesk::report::{html, table, text};

const PHONE: &str = "13800138000";

fn quarter() -> Quarter {
    Quarter::of(2024, 2).unwrap()
}

/// A new operator, added by the first one.
fn by(bench: &mut Bench, login: &str, role: Role, department: &str) -> Number {
    let details = OperatorDetails {
        login: login.to_owned(),
        name: format!("{login}先生"),
        roles: vec![role],
        department: department.to_owned(),
        ..OperatorDetails::default()
    };
    let first = Number {
        kind: Kind::Operator,
        year: 2024,
        seq: 1,
    };
    let asking = std::mem::replace(&mut bench.operator, first);
    let number = bench.change(Command::AddOperator { details }).number();
    bench.operator = asking;
    number
}

/// A property company with three complaints of the quarter, two of them by one telephone, one of
/// them with the engineers; and who may do what.
struct Site {
    bench: Bench,
    manager: Number,
    engineer: Number,
    general: Number,
    first: Complaint,
}

fn complained(bench: &mut Bench, phone: &str, made: &str) -> Complaint {
    bench.complaint(ComplaintDetails {
        phone: phone.to_owned(),
        made_at: Some(at(made)),
        category: "noise".to_owned(),
        ..grievance("门外噪音很大")
    })
}

fn site() -> Site {
    let mut bench = Bench::of("property");
    bench.clock.set(at("2024-07-02 09:00"));
    let manager = by(
        &mut bench,
        "manager",
        Role::CustomerServiceManager,
        "客户服务部",
    );
    let engineer = by(&mut bench, "engineer", Role::DepartmentHead, "工程部");
    let general = by(&mut bench, "general", Role::PropertyGeneralManager, "");
    complained(&mut bench, PHONE, "2024-03-31 23:59");
    let first = complained(&mut bench, PHONE, "2024-06-30 23:59");
    complained(&mut bench, PHONE, "2024-04-01 00:00");
    complained(&mut bench, "13900139000", "2024-05-06 10:00");
    complained(&mut bench, PHONE, "2024-07-01 00:00");
    let at = bench.present(first.meta.number);
    bench.change(Command::StepComplaint {
        at,
        step: Step::Assign {
            department: "engineering".to_owned(),
            handler: "陈亮".to_owned(),
            note: String::new(),
            category: String::new(),
            cause: String::new(),
            justified: Judgement::default(),
            reasonable: Judgement::default(),
        },
    });
    Site {
        bench,
        manager,
        engineer,
        general,
        first,
    }
}

fn report(bench: &mut Bench) -> QuarterReport {
    match bench.look(Query::Analysis(quarter())) {
        Reply::Analysis(report) => *report,
        other => panic!("{other:?}"),
    }
}

fn rows(bench: &mut Bench, cell: Cell) -> Vec<Row> {
    let query = Query::AnalysisRows {
        quarter: quarter(),
        cell,
        limit: 100,
    };
    match bench.look(query) {
        Reply::Page(page) => page.rows.into_iter().map(|(_, row)| row).collect(),
        other => panic!("{other:?}"),
    }
}

fn part() -> PartDetails {
    PartDetails {
        department: "engineering".to_owned(),
        text: "水泵老化，夜间噪音大".to_owned(),
        measures: vec![PlannedMeasure {
            kind: MeasureKind::Corrective,
            text: "更换水泵减振垫".to_owned(),
            owner: "陈亮".to_owned(),
            due: Day::of(2024, 8, 1),
        }],
        no_measure: String::new(),
    }
}

/// The report written, submitted and approved.
fn approved(site: &mut Site) -> Number {
    let bench = &mut site.bench;
    bench.operator = site.manager;
    let quarter = quarter();
    let number = bench.change(Command::DraftAnalysis { quarter }).number();
    bench.operator = site.engineer;
    let at = bench.present(number);
    let part = part();
    bench.change(Command::WriteAnalysisPart { at, part });
    bench.operator = site.manager;
    let note = String::new;
    let at = bench.present(number);
    let step = AnalysisStep::Submit { note: note() };
    bench.change(Command::StepAnalysis { at, step });
    bench.operator = site.general;
    let at = bench.present(number);
    let step = AnalysisStep::Approve { note: note() };
    let (_, also) = bench.change_all(Command::StepAnalysis { at, step });
    assert!(matches!(&also[..], [Record::Measure(measure)] if measure.details.about == number));
    number
}

#[test]
fn a13_c5a_imported_days_and_recorded_ones_are_counted_by_the_day_they_were_made() {
    let mut site = site();
    let bench = &mut site.bench;
    bench.operator = site.manager;
    let figures = report(bench).figures;
    assert_eq!(figures.total, 3);
    assert_eq!(figures.repeated.count, 1);
    let departments: Vec<(&str, u64)> = figures
        .departments
        .iter()
        .map(|of| (of.department.as_str(), of.count))
        .collect();
    assert_eq!(departments, [("", 2), ("engineering", 1)]);
    let earlier = figures.trend.iter().map(|line| line.count);
    assert_eq!(earlier.collect::<Vec<_>>(), [0, 0, 0, 1, 3]);
}

#[test]
fn every_number_opens_as_many_complaints_as_it_says() {
    let mut site = site();
    let bench = &mut site.bench;
    bench.operator = site.manager;
    let figures = report(bench).figures;
    let whole = Line {
        cell: Cell::All,
        count: figures.total,
        share: 1000,
        cumulative: 1000,
    };
    let single = [whole, figures.repeated, figures.late, figures.major];
    let lists = [figures.categories, figures.causes, figures.outcomes];
    for line in single.into_iter().chain(lists.into_iter().flatten()) {
        let found = rows(bench, line.cell.clone());
        assert_eq!(found.len() as u64, line.count, "{:?}", line.cell);
        assert!(found.iter().all(|row| row.masked));
    }
    let cell = Cell::DepartmentOutcome("engineering".to_owned(), Outcome::Open);
    let found = rows(bench, cell);
    assert_eq!(found[0].record.number(), site.first.meta.number);
    // By the second complaint of the telephone that was made, and not by the one written down.
    let repeated = rows(bench, Cell::Repeated);
    assert_eq!(repeated[0].record.number(), site.first.meta.number);
}

#[test]
fn a13_c6_approved_figures_stay_as_they_were_whatever_changes_later() {
    let mut site = site();
    let texts = Texts::new(Lang::En);
    let profile = site.bench.desk.profile().clone();
    let words = Words {
        texts: &texts,
        profile: &profile,
    };
    let says_draft = |report: &QuarterReport| {
        let paper = text::text(&quarterly::document(report, words), true);
        paper.lines().any(|line| line.contains("Draft. Figures"))
    };
    site.bench.operator = site.manager;
    assert!(says_draft(&report(&mut site.bench)));
    let number = approved(&mut site);
    let bench = &mut site.bench;
    bench.operator = site.manager;
    let before = report(bench);
    assert!(!says_draft(&before));
    assert!(before.is_approved());
    let at = bench.present(site.first.meta.number);
    let reason = "客户自行解决".to_owned();
    bench.change(Command::StepComplaint {
        at,
        step: Step::Withdraw { reason },
    });
    assert_eq!(report(bench).figures, before.figures);
    bench.reopen();
    assert_eq!(report(bench).figures, before.figures);
    bench.operator = site.engineer;
    let at = At {
        number,
        version: bench.present(number).version,
    };
    let part = part();
    let problems = bench.refused(Command::WriteAnalysisPart { at, part });
    assert_eq!(problems[0].key, "analysis-not-yet");
    assert_eq!(problems[0].clause.as_deref(), Some("A13-c6"));
    bench.operator = site.manager;
    let quarter = quarter();
    let problems = bench.refused(Command::DraftAnalysis { quarter });
    assert_eq!(problems[0].key, "analysis-exists");
    bench.assert_clean();
}

#[test]
fn who_may_not_see_reports_gets_neither_figures_nor_rows() {
    let mut site = site();
    let reception = by(&mut site.bench, "desk", Role::Reception, "");
    let bench = &mut site.bench;
    bench.operator = reception;
    let cell = Cell::All;
    for query in [
        Query::Analysis(quarter()),
        Query::AnalysisRows {
            quarter: quarter(),
            cell,
            limit: 10,
        },
    ] {
        assert_eq!(refused(bench, query).key, "role-may-not");
    }
}

#[test]
fn a_print_shows_what_the_asker_may_see_and_is_written_down() {
    let mut site = site();
    let minutes = by(&mut site.bench, "minutes", Role::MinuteTaker, "");
    let bench = &mut site.bench;
    let number = site.first.meta.number;
    let texts = Texts::new(Lang::Zh);
    let profile = bench.desk.profile().clone();
    let words = Words {
        texts: &texts,
        profile: &profile,
    };
    for (who, whole) in [(site.manager, true), (minutes, false)] {
        bench.operator = who;
        let Reply::Record(Some(row)) = bench.look(Query::Print(number)) else {
            panic!("no record");
        };
        let slip = text::text(&forms::complaint(Form::Slip, &row, words).unwrap(), true);
        assert_eq!(slip.contains(PHONE), whole, "{slip}");
        let day = Day::of(2024, 6, 30).unwrap();
        let Reply::Page(page) = bench.look(Query::PrintDay(day)) else {
            panic!("no page");
        };
        let rows: Vec<Row> = page.rows.into_iter().map(|(_, row)| row).collect();
        assert_eq!(rows.len(), 1);
        let register = text::text(&forms::register(day, &rows, words), true);
        assert_eq!(register.contains(PHONE), whole, "{register}");
    }
    let administrator = by(bench, "admin", Role::Administrator, "");
    let looks = log(
        bench,
        administrator,
        LooksQuery {
            operator: Some(minutes),
            limit: 10,
            ..LooksQuery::default()
        },
    );
    let told: Vec<(LookKind, Option<Number>, &str)> = looks
        .iter()
        .map(|look| (look.what, look.about, look.detail.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (LookKind::Print, None, "register 2024-06-30"),
            (LookKind::Print, Some(number), ""),
        ]
    );
}

#[test]
fn a08_n2c_the_handling_form_has_the_facts_the_judgements_and_who_handles_it_by_when() {
    let mut bench = Bench::of("dealership");
    let manager = by(&mut bench, "relations", Role::RelationsManager, "");
    bench.operator = manager;
    let made = bench.complaint(ComplaintDetails {
        phone: PHONE.to_owned(),
        plate: "沪A12345".to_owned(),
        ..grievance("发动机异响")
    });
    let judgement = |reason: &str| Judgement {
        holds: Some(true),
        reason: reason.to_owned(),
    };
    let at = bench.present(made.meta.number);
    let assigned = bench.change(Command::StepComplaint {
        at,
        step: Step::Assign {
            department: "after-sales".to_owned(),
            handler: "高峰".to_owned(),
            note: "休假期间代办".to_owned(),
            category: "repair".to_owned(),
            cause: "装配不到位".to_owned(),
            justified: judgement("试车时可听到"),
            reasonable: judgement("在保修期内"),
        },
    });
    let texts = Texts::new(Lang::Zh);
    let profile = bench.desk.profile().clone();
    let words = Words {
        texts: &texts,
        profile: &profile,
    };
    let row = bench.get(assigned.number());
    let paper = text::text(
        &forms::complaint(Form::Handling, &row, words).unwrap(),
        true,
    );
    for told in [
        &made.meta.number.to_string(),
        "2024-06-06 09:00",
        "发动机异响",
        "王芳",
        "沪A12345",
        "维修质量",
        "是  试车时可听到",
        "是  在保修期内",
        "售后服务部",
        "高峰",
        "2024-06-07 18:00",
    ] {
        assert!(paper.contains(told), "{told} is not in\n{paper}");
    }
}

#[test]
fn a08_r2_the_time_from_complaint_to_answer_is_told_with_mean_and_longest_by_department() {
    let mut bench = Bench::of("property");
    let import = bench.change(Command::BeginImport {
        kind: Kind::Complaint,
        file: "old.csv".to_owned(),
    });
    for (made, answered) in [
        ("2024-05-06 10:00", "2024-05-06 12:00"),
        ("2024-05-10 17:00", "2024-05-11 11:00"),
    ] {
        let record = Adopted::Complaint {
            details: ComplaintDetails {
                made_at: Some(at(made)),
                ..grievance("门禁失灵")
            },
            department: "security".to_owned(),
            assigned: true,
            answer: Some(AdoptedEnd {
                at: Some(at(answered)),
                text: "已修复".to_owned(),
            }),
            closed: true,
        };
        bench.change(Command::Adopt {
            import: import.number(),
            record: Box::new(record),
            existing: Existing::default(),
            customer: String::new(),
        });
    }
    let manager = by(&mut bench, "manager", Role::CustomerServiceManager, "");
    bench.operator = manager;
    let figures = report(&mut bench).figures;
    assert_eq!(
        (figures.times.count, figures.times.clock.mean),
        (2, 10 * 60)
    );
    assert_eq!(figures.times.clock.longest, 18 * 60);
    // Friday from five to six; Saturday the 11th is a make-up workday, from nine to eleven.
    assert_eq!(figures.times.work.longest, 3 * 60);
    let of = &figures.departments[0];
    assert_eq!((of.mean, of.longest), (10 * 60, 18 * 60));
}

#[test]
fn a_print_of_nothing_is_no_look() {
    let mut site = site();
    let bench = &mut site.bench;
    bench.operator = site.manager;
    let nothing = Number {
        kind: Kind::Complaint,
        year: 2024,
        seq: 99,
    };
    let answer = common::looks::asked(bench, Query::Print(nothing));
    assert!(
        matches!(answer, Ok(Reply::Record(None)) | Err(Failure::Missing(_))),
        "{answer:?}"
    );
}

#[test]
fn the_report_reads_well_in_both_languages_and_every_way_out() {
    let mut site = site();
    approved(&mut site);
    let bench = &mut site.bench;
    bench.operator = site.manager;
    let found = report(bench);
    let profile = bench.desk.profile().clone();
    for lang in [Lang::Zh, Lang::En] {
        let texts = Texts::new(lang);
        let words = Words {
            texts: &texts,
            profile: &profile,
        };
        let document = quarterly::document(&found, words);
        let paper = text::text(&document, true);
        let wide = paper
            .lines()
            .find(|line| frontdesk::text::width::width(line) > text::COLUMNS);
        assert_eq!(wide, None);
        insta::assert_snapshot!(format!("report_{}", lang.code()), paper);
        let ascii = text::text(&document, false);
        assert!(
            !ascii.contains(['█', '▏']) && ascii.contains('#'),
            "{ascii}"
        );
        let page = html::html(&document, lang);
        assert_eq!(page.matches("<svg").count(), page.matches("</svg>").count());
        assert!(page.contains("<svg") && !page.contains("http://www.w3.org/1999"));
        let csv = table::csv(&document, ["a", "b", "c", "d"]);
        assert!(
            csv.lines().all(|line| line.split(',').count() >= 4),
            "{csv}"
        );
        let book = table::xlsx(&document).unwrap();
        assert_eq!(book.get(..2), Some(&b"PK"[..]));
        let Reply::Record(Some(row)) = bench.look(Query::Print(site.first.meta.number)) else {
            panic!("no record");
        };
        for form in [Form::Slip, Form::Handling] {
            let form_text = text::text(&forms::complaint(form, &row, words).unwrap(), true);
            insta::assert_snapshot!(format!("{}_{}", form.id(), lang.code()), form_text);
        }
    }
}

#[test]
fn nothing_of_a_record_is_markup_on_paper() {
    let mut site = site();
    let bench = &mut site.bench;
    let made = bench.complaint(ComplaintDetails {
        text: "<script>alert('x')</script> & \"门\"".to_owned(),
        ..grievance("门外噪音很大")
    });
    let texts = Texts::new(Lang::Zh);
    let profile = bench.desk.profile().clone();
    let words = Words {
        texts: &texts,
        profile: &profile,
    };
    let row = bench.get(made.meta.number);
    let page = html::html(
        &forms::complaint(Form::Slip, &row, words).unwrap(),
        Lang::Zh,
    );
    assert!(
        !page.contains("<script") && page.contains("&lt;script&gt;"),
        "{page}"
    );
}
