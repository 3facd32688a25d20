//! A little work of every kind: what a store of a schema is filled with.

use frontdesk::desk::contract::{Adopted, AdoptedEnd, At, Command, Filter};
use frontdesk::domain::adopt::Existing;
use frontdesk::domain::analysis::{PartDetails, Quarter};
use frontdesk::domain::archive::{FileDetails, Grade};
use frontdesk::domain::campaign::{Answer, CampaignDetails, CampaignSort, Target};
use frontdesk::domain::complaint::Step;
use frontdesk::domain::complaint::course::{Judgement, Reach, Satisfaction};
use frontdesk::domain::customer::{CustomerDetails, Mark};
use frontdesk::domain::deal::Deal;
use frontdesk::domain::fines::Month;
use frontdesk::domain::follow_up::{Contact, FollowUpDetails};
use frontdesk::domain::handout::HandoutDetails;
use frontdesk::domain::hint::HintDetails;
use frontdesk::domain::intake::{Channel, IntakeDetails, IntakeKind, OutcomeCode};
use frontdesk::domain::introduction::IntroductionDetails;
use frontdesk::domain::measure::{MeasureDetails, MeasureKind};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::{Deputy, OperatorDetails};
use frontdesk::domain::permit::{PermitDetails, PermitKind};
use frontdesk::domain::plan::PlanDetails;
use frontdesk::domain::registration::Business;
use frontdesk::domain::repair::RepairStep;
use frontdesk::domain::role::Role;
use frontdesk::domain::service_item::ServiceItemDetails;
use frontdesk::domain::shift::ShiftDetails;
use frontdesk::domain::stamp::Day;
use serde_json::{Value, json};

use super::{Bench, at, borrowed, call, card, folder, grievance, seen};

fn request(kind: IntakeKind, text: &str) -> IntakeDetails {
    IntakeDetails {
        kind,
        access: "全天有人".into(),
        needs: "希望上午来人".into(),
        ..call(text)
    }
}

/// Some work of every kind.
pub fn work(bench: &mut Bench) {
    let known = bench.customer(CustomerDetails {
        place: "3-1201".into(),
        plates: vec!["浙IA1234".into()],
        business: Some(Business::Lease),
        deal: Some(Deal::Open),
        ..card("王芳", "15400001234")
    });
    let retired = bench.customer(card("Zoë O'Brien", "15400007777"));
    for (number, mark) in [
        (known.meta.number, Mark::Key),
        (retired.meta.number, Mark::Retired),
    ] {
        let at = bench.present(number);
        bench.change(Command::MarkCustomer {
            at,
            mark,
            set: true,
        });
    }
    let repair = bench.intake(request(IntakeKind::Repair, "厨房水管漏水"));
    let at = bench.present(repair.meta.number);
    bench.change(Command::AttachCustomer {
        at,
        customer: known.meta.number,
    });
    for step in [
        RepairStep::Respond {
            text: "师傅下午两点上门".into(),
            solution: "已换角阀".into(),
        },
        RepairStep::Answer {
            text: "已告知业主".into(),
            channel: Some(Channel::Call),
            response: String::new(),
            solution: String::new(),
        },
    ] {
        let at = bench.present(repair.meta.number);
        bench.change(Command::StepRepair { at, step });
    }
    let at = bench.present(repair.meta.number);
    let code = OutcomeCode::Resolved;
    bench.change(Command::CloseIntake {
        at,
        code,
        text: "已修复。".into(),
    });
    bench.intake(request(IntakeKind::Enquiry, "物业费可以按季度交吗？"));
    bench.clock.set(super::at("2024-06-07 10:30"));
    a_complaint(bench);
    bench.complaint(grievance("电梯一个月坏了三次"));
    analysis(bench);
    let file = bench.file(FileDetails {
        pieces: 2,
        ..folder("3-1201 业主档案")
    });
    let back = bench.lent(file.meta.number, borrowed("赵明")).meta.number;
    let at = bench.present(back);
    bench.change(Command::CheckIn {
        at,
        pieces: 1,
        note: "封面有折痕。".into(),
        which: Vec::new(),
        state: frontdesk::domain::loan::PieceState::Back,
    });
    bench.lent(file.meta.number, borrowed("孙丽"));
    // Graded while it is out: then it would be lent on a request only.
    let at = bench.present(file.meta.number);
    let details = FileDetails {
        grade: Grade::Secret,
        keeper: Some(bench.operator),
        ..file.details
    };
    bench.change(Command::ChangeFile { at, details });
    let details = OperatorDetails {
        login: "zhouting".into(),
        name: "周婷".into(),
        roles: vec![Role::CustomerService],
        department: "客户服务部".into(),
        ..OperatorDetails::default()
    };
    let operator = bench.change(Command::AddOperator {
        details: details.clone(),
    });
    let at = seen(&operator);
    bench.change(Command::ChangeOperator {
        at,
        details,
        active: false,
    });
    imports(bench);
    people(bench);
    surveys(bench);
    archive(bench);
}

fn told(bench: &mut Bench, command: Value) -> Number {
    let command: Command = serde_json::from_value(command).unwrap();
    bench.change(command).number()
}

/// Something of each procedure of the archive.
fn archive(bench: &mut Bench) {
    let file = bench.file(folder("2-0803 业主档案"));
    let at = |number, version| json!({ "number": number, "version": version });
    let number = file.meta.number;
    for (step, version) in [
        (
            json!({ "digitise-file": { "pages": 12, "reference": "2-0803.pdf" } }),
            1,
        ),
        (json!({ "damage-file": { "text": "封皮撕裂" } }), 2),
        (json!({ "void-file": { "reason": "重复建档" } }), 3),
    ] {
        told(
            bench,
            json!({ "step-file": { "at": at(number, version), "step": step } }),
        );
    }
    told(
        bench,
        json!({ "propose-destruction": { "file": at(number, 4) } }),
    );
    let other = bench.file(folder("2-0804 业主档案")).meta.number;
    let asked = told(
        bench,
        json!({ "request-access": { "details": {
            "purpose": "borrow", "file": other, "aim": "核对合同", "reason": "业主咨询",
            "reader": "赵明", "unit": "工程部", "copies": 1,
        } } }),
    );
    let endorse = json!({ "endorse": { "stamped": true, "head": "钱主任" } });
    told(
        bench,
        json!({ "step-access": { "at": at(asked, 1), "step": endorse } }),
    );
    told(
        bench,
        json!({ "begin-inspection": { "details": {
            "kind": "environment", "temperature": 215, "humidity": 55,
        } } }),
    );
    let running = told(bench, json!({ "begin-inspection": { "details": {} } }));
    let visit =
        json!({ "visit-shelf": { "shelf": "*", "finding": "missing", "note": "缺 2-0101" } });
    told(
        bench,
        json!({ "step-inspection": { "at": at(running, 1), "step": visit } }),
    );
    told(
        bench,
        json!({ "report-incident": { "details": {
            "text": "登记表遗留在打印机上", "measure": "已取回锁入柜中", "measure_by": "周婷",
        } } }),
    );
    told(
        bench,
        json!({ "close-day": { "day": "2024-06-07", "reason": "" } }),
    );
    if bench.desk.profile().archive.checklists.is_empty() {
        return;
    }
    let handed = told(
        bench,
        json!({ "begin-handover": { "details": {
            "checklist": "papers", "sort": "after-sales-other", "released_on": "2024-06-06",
            "giver": "前台", "person": "王芳", "plate": "浙IA1234",
            "contact": "王芳", "phone": "15400001234",
        } } }),
    );
    let papers = json!({ "check-papers": { "papers": { "sheet": "missing" } } });
    told(
        bench,
        json!({ "step-handover": { "at": at(handed, 1), "step": papers } }),
    );
    let sign = json!({ "sign-over": { "note": "明日补交" } });
    told(
        bench,
        json!({ "step-handover": { "at": at(handed, 2), "step": sign } }),
    );
    let given = bench.file(folder("2-0805 业主档案")).meta.number;
    let transfer = json!({ "transfer-file": {
        "to": "engineering", "receiver": "丁海东", "reason": "归口调整",
    } });
    told(
        bench,
        json!({ "step-file": { "at": at(given, 1), "step": transfer } }),
    );
    told(
        bench,
        json!({ "record-transaction": { "details": {
            "file": other, "sort": "purchase", "text": "车位年租", "amount": 360_000,
            "salesperson": "周婷",
        } } }),
    );
    told(
        bench,
        json!({ "raise-task": { "details": {
            "text": "补交房屋交接单", "department": "engineering", "owner": "丁海东",
            "about": handed, "due": "2024-06-14",
        } } }),
    );
    leasing(bench);
}

/// A survey with an answer, somebody who moved in, an instruction.
fn surveys(bench: &mut Bench) {
    let survey = told(
        bench,
        json!({ "plan-survey": { "details": {
            "kind": "service", "title": "夏季服务满意度", "due": "2030-06-30",
        } } }),
    );
    told(
        bench,
        json!({ "step-survey": {
            "at": { "number": survey, "version": 1 }, "step": { "start-survey": {} },
        } }),
    );
    let card = Number {
        kind: Kind::Customer,
        year: 2024,
        seq: 1,
    };
    told(
        bench,
        json!({ "log-answer": { "details": {
            "survey": survey, "customer": card, "channel": "letter", "opinion": "电梯等得久",
            "scores": { "property": 80, "service": 95 },
        } } }),
    );
    told(
        bench,
        json!({ "move-in": { "details": {
            "place": "2-0805", "customer": card, "moved_in": "2024-06-01",
        } } }),
    );
    told(
        bench,
        json!({ "give-instruction": { "details": {
            "sort": "suggestion", "text": "前台增设充电插座",
        } } }),
    );
}

/// Somebody on duty, and a customer registered, handed in, closed and sent to be filed.
fn leasing(bench: &mut Bench) {
    let me = bench.operator;
    let today = bench.desk.now().day(480);
    told(
        bench,
        json!({ "enter-duty": { "details": { "manager": me, "day": today } } }),
    );
    let row = told(
        bench,
        json!({ "register": { "details": {
            "business": "lease", "name": "钱多", "phone": "13500135001", "source": "agency", "met": "outside",
            "intention": "临街铺面", "prospect": true, "agent": true, "agent_name": "小赵",
        } } }),
    );
    told(
        bench,
        json!({ "hand-in-form": { "day": today, "reason": "陪客户看铺" } }),
    );
    let card = Number {
        kind: Kind::Customer,
        year: 2024,
        seq: 1,
    };
    for (version, step) in [
        (
            2,
            json!({ "close-deal": { "customer": card, "on": today } }),
        ),
        (3, json!({ "send-file-form": {} })),
    ] {
        told(
            bench,
            json!({ "step-registration": {
                "at": { "number": row, "version": version }, "step": step,
            } }),
        );
    }
    told(bench, json!({ "keep-form": { "day": today } }));
    told(
        bench,
        json!({ "record-transaction": { "details": {
            "customer": card, "sort": "quote", "text": "车位年租", "amount": 400_000,
        } } }),
    );
}

/// A complaint from its row to its end, a major one, with a measure.
fn a_complaint(bench: &mut Bench) {
    let noisy = bench.intake(request(IntakeKind::Complaint, "楼上半夜拖椅子"));
    let intake = Some(bench.present(noisy.meta.number));
    let details = grievance("楼上半夜拖椅子");
    let complaint = bench
        .change(Command::RecordComplaint { details, intake })
        .number();
    for step in [
        Step::Assign {
            department: "security".into(),
            handler: "丁海东".into(),
            note: String::new(),
            category: String::new(),
            cause: String::new(),
            justified: Judgement::default(),
            reasonable: Judgement::default(),
        },
        Step::MarkMajor {
            reason: "多户反映".into(),
        },
        Step::Return {
            result: "已与楼上住户沟通。".into(),
        },
        Step::CallBack {
            reach: Some(Reach::Reached),
            satisfaction: Some(Satisfaction::Satisfied),
            note: "今晚安静了。".into(),
        },
    ] {
        bench.clock.advance_seconds(3_600);
        let at = bench.present(complaint);
        bench.change(Command::StepComplaint { at, step });
    }
    bench.change(Command::DraftMeasure {
        details: MeasureDetails {
            aspect: String::new(),
            about: complaint,
            kind: MeasureKind::Preventive,
            text: "夜间巡楼增加一次".into(),
            department: "security".into(),
            owner: "丁海东".into(),
            contributor: "林小满".into(),
            due: Day::parse("2024-06-28"),
        },
    });
}

/// The analysis of the quarter, begun.
fn analysis(bench: &mut Bench) {
    let first = bench.operator;
    let details = OperatorDetails {
        login: "dinghaidong".into(),
        name: "丁海东".into(),
        roles: vec![Role::DepartmentHead],
        department: "security".into(),
        ..OperatorDetails::default()
    };
    let head = bench.change(Command::AddOperator { details }).number();
    let quarter = Quarter::of(2024, 2).unwrap();
    let begun = bench.change(Command::DraftAnalysis { quarter });
    let at = seen(&begun);
    let part = PartDetails {
        department: "security".into(),
        text: "夜间噪音集中在周末。".into(),
        measures: Vec::new(),
        no_measure: "已有措施在执行".into(),
    };
    bench.operator = head;
    bench.change(Command::WriteAnalysisPart { at, part });
    bench.operator = first;
}

/// What came with many sessions: programs, deputies, the text acknowledged, permits, remarks.
fn people(bench: &mut Bench) {
    let details = |login: &str, role| OperatorDetails {
        login: login.into(),
        name: login.into(),
        roles: vec![role],
        ..OperatorDetails::default()
    };
    let boss = bench.change(Command::AddOperator {
        details: OperatorDetails {
            account: Some(1001),
            ..details("chen", Role::PropertyGeneralManager)
        },
    });
    bench.change(Command::AddOperator {
        details: OperatorDetails {
            service: true,
            ..details("feed", Role::CustomerService)
        },
    });
    let first = bench.operator;
    bench.change(Command::AcknowledgeConfidentiality);
    let day = |text| Day::parse(text).unwrap();
    let deputies = vec![Deputy {
        operator: first,
        from: day("2024-06-10"),
        to: day("2024-06-14"),
    }];
    let at = seen(&boss);
    bench.change(Command::SetDeputies { at, deputies });
    bench.operator = boss.number();
    let details = PermitDetails {
        what: PermitKind::Export,
        operator: Some(first),
        from: day("2024-06-01"),
        to: day("2024-06-30"),
        place: String::new(),
        reason: "季度核对".into(),
    };
    bench.change(Command::GrantPermit { details });
    bench.operator = first;
    let text = "已回访。".into();
    let about = bench.listed(Kind::Customer, Filter::All)[0];
    bench.change(Command::AddRemark { about, text });
}

/// One import that stays, one that was taken back, and one that filled a customer.
fn imports(bench: &mut Bench) {
    let import = |bench: &mut Bench, kind| {
        bench
            .change(Command::BeginImport {
                kind,
                file: "register.csv".into(),
            })
            .number()
    };
    let kept = import(bench, Kind::Intake);
    let end = Some(AdoptedEnd {
        at: Some(at("2019-03-01 08:00")),
        text: "done".into(),
    });
    let started_at = Some(at("2019-02-28 16:00"));
    let details = IntakeDetails {
        external: "4711".into(),
        started_at,
        ..call("Graffiti")
    };
    let record = Box::new(Adopted::Intake { details, end });
    bench.change(Command::Adopt {
        import: kept,
        record,
        existing: Existing::New,
        customer: String::new(),
    });
    let gone = import(bench, Kind::Customer);
    let record = Box::new(Adopted::Customer(card("李强", "05710887777")));
    bench.change(Command::Adopt {
        import: gone,
        record,
        existing: Existing::New,
        customer: String::new(),
    });
    let at: At = bench.present(gone);
    bench.change(Command::VoidImport { at });
    let filling = import(bench, Kind::Customer);
    let record = Box::new(Adopted::Customer(CustomerDetails {
        employer: "翠湖物业".into(),
        note: "下午来电".into(),
        ..card("王芳", "15400001234")
    }));
    let filled = bench.change(Command::Adopt {
        import: filling,
        record,
        existing: Existing::Fill,
        customer: String::new(),
    });
    assert!(filled.meta().version > 1);
    follow(bench, filled.number());
    kin(bench, filled.number());
}

/// What customers have to do with each other, a service, and two cards that were one.
fn kin(bench: &mut Bench, customer: Number) {
    let details = HandoutDetails {
        customer: Some(customer),
        what: "楼书".into(),
        count: 5,
        friend: "赵敏".into(),
        phone: "15400007788".into(),
        ..HandoutDetails::default()
    };
    let (_, made) = bench.change_all(Command::GiveMaterial { details });
    let friend = made[0].number();
    let details = IntroductionDetails {
        one: Some(customer),
        other: Some(friend),
        text: "装修业务".into(),
    };
    bench.change(Command::Introduce { details });
    let details = ServiceItemDetails {
        name: "上门维修".into(),
        planned_end: Day::parse("2030-12-31"),
        ..ServiceItemDetails::default()
    };
    bench.change(Command::AddServiceItem { details });
    let twin = bench.customer(card("赵敏", "15400007799"));
    let kept: At = bench.present(friend);
    let absorbed = bench.present(twin.meta.number);
    let merge = Command::MergeCustomers { kept, absorbed };
    bench.agreed(merge, &["merge-preview"]);
}

/// A contact that was had, and the next one planned.
fn follow(bench: &mut Bench, customer: Number) {
    let at = bench.present(customer);
    let (mark, set) = (Mark::Closed, true);
    bench.change(Command::MarkCustomer { at, mark, set });
    let details = FollowUpDetails {
        customer: Some(customer),
        ..FollowUpDetails::default()
    };
    let contact = Contact {
        text: "回访，客户满意".into(),
        needs: "想换门锁".into(),
        next_day: Day::parse("2030-01-02"),
        next_time: "14:30".into(),
        ..Contact::default()
    };
    bench.change(Command::LogContact { details, contact });
    serve(bench, customer);
    // The site of the stores has a profile of one field.
    let at = bench.present(customer);
    told(
        bench,
        json!({ "keep-dossier": { "customer": at, "details": {
            "values": { "F15": [{ "name": "小雨", "born": "2016-02-29" }] },
        } } }),
    );
    left(bench);
}

/// A site visit to which somebody comes, and a line of the service plan.
fn serve(bench: &mut Bench, customer: Number) {
    let visit = CampaignDetails {
        sort: CampaignSort::Event,
        title: "参观施工现场".into(),
        from: Day::parse("2030-03-01"),
        until: Day::parse("2030-03-02"),
        place: "二期工地".into(),
        places: Some(20),
        target: Target {
            place: "3".into(),
            closed: Some(true),
            ..Target::default()
        },
        ..CampaignDetails::default()
    };
    let event = bench.change(Command::BeginCampaign { details: visit });
    let details = FollowUpDetails {
        customer: Some(customer),
        serves: Some(event.number()),
        ..FollowUpDetails::default()
    };
    let contact = Contact {
        text: "邀请参观".into(),
        answer: Some(Answer::Accepted),
        declined: true,
        ..Contact::default()
    };
    bench.change(Command::LogContact { details, contact });
    let line = PlanDetails {
        customer: Some(customer),
        action: "送物业手册".into(),
        month: Some(Month {
            year: 2030,
            month: 2,
        }),
        department: "engineering".into(),
        ..PlanDetails::default()
    };
    bench.change(Command::EnterPlanLine { details: line });
}

/// What a shift leaves to the next.
fn left(bench: &mut Bench) {
    let details = HintDetails {
        places: "3号楼".into(),
        text: "停水到18点".into(),
        ..HintDetails::default()
    };
    bench.change(Command::MakeHint { details });
    let details = ShiftDetails {
        text: "钥匙在抽屉里".into(),
        ..ShiftDetails::default()
    };
    bench.change(Command::HandOverShift { details });
}
