//! Files with what is asked for them, and each procedure taken up to a stage.

use std::collections::BTreeMap;

use frontdesk::desk::contract::{Answer, Command, Door, Reply, Request};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::profile::Permission;
use frontdesk::domain::record::Record;
use frontdesk::domain::refusal::Assent;
use frontdesk::domain::role::Role;
use serde_json::{Value, json};

use crate::common::staff::Staff;
use crate::table::{Guard, Table};

/// What stands in a file of a guard, its loan and its request, and nowhere else.
pub struct Marks {
    pub title: String,
    pub person: String,
    pub phone: String,
    pub scan: String,
    pub remark: String,
    pub borrower: String,
    pub caller: String,
    pub reason: String,
    pub object: String,
    pub aim: String,
}

impl Marks {
    pub fn of(guard: Guard) -> Self {
        let (sign, digit) = match guard {
            Guard::Plain => ("甲", 1),
            Guard::Important => ("乙", 2),
            Guard::Secret => ("丙", 3),
            Guard::TopSecret => ("丁", 4),
        };
        Self {
            title: format!("授信卷宗{sign}"),
            person: format!("欧阳晓{sign}"),
            phone: format!("1391234567{digit}"),
            scan: format!("授信扫描件{sign}.pdf"),
            remark: format!("旁注来过两次{sign}"),
            borrower: format!("诸葛借阅{sign}"),
            caller: format!("1371111222{digit}"),
            reason: format!("核对欠款{sign}"),
            object: format!("担保函正本{sign}"),
            aim: format!("比对印鉴{sign}"),
        }
    }
}

/// The site with its staff, and the versions of the records.
pub struct Office {
    pub staff: Staff,
    pub table: Table,
    versions: BTreeMap<Number, u32>,
}

/// A file and what was begun with it.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub guard: Guard,
    pub file: Number,
    /// The request, the loan or the destruction that the procedure is about.
    pub about: Option<Number>,
}

impl Office {
    pub fn new(staff: Staff, table: Table) -> Self {
        Self {
            staff,
            table,
            versions: BTreeMap::new(),
        }
    }

    pub fn at(&self, number: Number) -> Value {
        json!({ "number": number, "version": self.versions[&number] })
    }

    /// Whoever has a post asks; what came of it is remembered.
    pub fn tell(&mut self, role: Role, command: Command) -> Answer {
        let bench = self.staff.is(role);
        let mut envelope = bench.envelope(Request::Do(command));
        envelope.accept = vec![Assent::from("destroy-for-good")];
        let answer = bench.desk.ask(&envelope);
        if let Ok(Reply::Done { record, also, .. }) = &answer {
            for record in also.iter().chain([&**record]) {
                let version = record.meta().version;
                self.versions.insert(record.number(), version);
            }
        }
        answer
    }

    fn does(&mut self, role: Role, name: &str, body: &Value) -> Record {
        match self.tell(role, command(name, body)) {
            Ok(Reply::Done { record, .. }) => *record,
            other => panic!("{role:?} {name}: {other:?}"),
        }
    }

    fn details(&self, guard: Guard) -> Value {
        let grade = match guard {
            Guard::Plain | Guard::Important => "none",
            Guard::Secret => "secret",
            Guard::TopSecret => "top-secret",
        };
        let marks = Marks::of(guard);
        json!({
            "title": marks.title, "class": self.table.profile.archive.classes[0].id,
            "person": marks.person, "phone": marks.phone, "place": "A-1-1", "pieces": 2, "grade": grade,
            "important": guard == Guard::Important,
            "keeper": self.staff.posts[&self.table.keeper],
        })
    }

    /// A file with its electronic version.
    pub fn file(&mut self, guard: Guard) -> Case {
        let by = self.table.first("set-up", guard, 0);
        let details = json!({ "details": self.details(guard) });
        let file = self.does(by, "create-file", &details).number();
        let case = Case {
            guard,
            file,
            about: None,
        };
        let by = self.table.first("fill-electronic", guard, 0);
        let (name, body) = self.deed(&case, "fill-electronic", 0, by);
        self.does(by, name, &body);
        case
    }

    fn wish(&self, purpose: &str, case: &Case, outsider: bool) -> Value {
        let marks = Marks::of(case.guard);
        let mut details = json!({
            "purpose": purpose, "file": case.file, "object": marks.object, "aim": marks.aim,
            "reason": marks.reason, "reader": marks.borrower, "phone": marks.caller,
            "unit": "市场部", "copies": 1, "outsider": outsider,
        });
        if outsider {
            details["paper"] = json!("work-card");
            details["paper_no"] = json!("工 0018");
        }
        if purpose == "carry" {
            details["measure"] = json!("密码箱");
            let carrier = self.table.first("be-a-carrier", case.guard, 0);
            details["carrier"] = json!(carrier.id());
        }
        json!({ "details": details })
    }

    /// A request made by somebody.
    pub fn asked(&mut self, by: Role, purpose: &str, case: &Case, outsider: bool) -> Case {
        let wish = self.wish(purpose, case, outsider);
        let about = self.does(by, "request-access", &wish).number();
        Case {
            about: Some(about),
            ..*case
        }
    }

    /// A request that was endorsed on paper and approved by all who have to.
    pub fn granted(&mut self, by: Role, purpose: &str, case: &Case, outsider: bool) -> Case {
        let case = self.asked(by, purpose, case, outsider);
        if !outsider {
            self.endorsed(by, &case);
        }
        let procedure = approving(purpose, outsider, &self.table);
        let stages = self.table.stages(procedure, case.guard).to_vec();
        let mut signed = vec![by];
        for (stage, posts) in stages.iter().enumerate() {
            let mut free = posts.posts.iter().filter(|post| !signed.contains(post));
            let who = *free
                .next()
                .unwrap_or_else(|| panic!("{procedure}: nobody else"));
            signed.push(who);
            let (name, body) = self.deed(&case, procedure, stage, who);
            self.does(who, name, &body);
        }
        case
    }

    /// A remark on a file, by who keeps it.
    pub fn remarked(&mut self, case: &Case) {
        let text = Marks::of(case.guard).remark;
        let keeper = self.table.keeper;
        let body = json!({ "about": case.file, "text": text });
        self.does(keeper, "add-remark", &body);
    }

    fn endorsed(&mut self, by: Role, case: &Case) {
        let paper = json!({ "endorse": { "stamped": true, "head": "市场部钱经理" } });
        let body = json!({ "at": self.at(case.about.unwrap()), "step": paper });
        self.does(by, "step-access", &body);
    }

    /// A file lent on a request.
    pub fn lent(&mut self, by: Role, case: &Case) -> Case {
        let asked = self.granted(by, "borrow", case, false);
        self.signed(by, &asked);
        let lends = self.table.first("lend", case.guard, 0);
        let body = json!({ "at": self.at(asked.about.unwrap()) });
        let loan = self.does(lends, "lend", &body).number();
        Case {
            about: Some(loan),
            ..*case
        }
    }

    fn signed(&mut self, by: Role, case: &Case) {
        let sign = json!({ "sign-register": {} });
        let body = json!({ "at": self.at(case.about.unwrap()), "step": sign });
        self.does(by, "step-access", &body);
    }

    /// What a procedure needs before its stage, on a new file.
    pub fn begun(&mut self, procedure: &str, guard: Guard, stage: usize) -> Case {
        let case = self.file(guard);
        let asker = self.table.asker;
        match procedure {
            "endorse" | "withdraw" => self.asked(asker, "read", &case, false),
            "read" | "borrow" | "copy" | "carry" | "give-outside" => {
                let case = self.asked(asker, purpose(procedure), &case, false);
                self.endorsed(asker, &case);
                self.up_to(case, procedure, stage)
            }
            "borrow-outside" => {
                let case = self.asked(asker, "borrow", &case, true);
                self.up_to(case, procedure, stage)
            }
            "lend" => {
                let case = self.granted(asker, "borrow", &case, false);
                self.signed(asker, &case);
                case
            }
            "take-back" => self.lent(asker, &case),
            "note-use" => self.granted(asker, "read", &case, false),
            "enter-on-card" => self.registered(case),
            "bring-up-to-date" => {
                let by = self.table.first("enter-in-file", guard, 0);
                let (name, body) = self.deed(&case, "enter-in-file", 0, by);
                self.does(by, name, &body);
                case
            }
            "destroy" => {
                let by = self.table.first("declare-void", guard, 0);
                let (name, body) = self.deed(&case, "declare-void", 0, by);
                self.does(by, name, &body);
                self.up_to(case, procedure, stage)
            }
            _ => case,
        }
    }

    /// A customer of whom there is no file, by whoever registers customers.
    fn registered(&mut self, case: Case) -> Case {
        let profile = &self.table.profile;
        let may = |post: &&Role| profile.may(Permission::CustomerRegister, &[**post]).is_ok();
        let by = *profile.posts.iter().find(may).unwrap();
        let phone = format!("137{:08}", self.versions.len());
        let mut details = json!({
            "name": format!("过客{phone}"), "phones": [{ "digits": phone, "label": "mobile" }],
        });
        match profile.id.as_str() {
            "call-centre" => details["class"] = json!("general"),
            "leasing" => {
                details["site"] = json!("here");
                details["source"] = json!("visit");
                details["business"] = json!("lease");
                details["deal"] = json!("not-closed");
            }
            _ => {}
        }
        let customer = self.does(by, "register-customer", &json!({ "details": details }));
        Case {
            about: Some(customer.number()),
            ..case
        }
    }

    fn up_to(&mut self, mut case: Case, procedure: &str, stage: usize) -> Case {
        for stage in 0..stage {
            let who = self.table.first(procedure, case.guard, stage);
            let (name, body) = self.deed(&case, procedure, stage, who);
            let record = self.does(who, name, &body);
            if record.number().kind == Kind::Destruction {
                case.about = Some(record.number());
            }
        }
        case
    }

    /// The change that a stage of a procedure is.
    pub fn deed(&self, case: &Case, what: &str, stage: usize, by: Role) -> (&'static str, Value) {
        let of_file = |step: Value| {
            let body = json!({ "at": self.at(case.file), "step": step });
            ("step-file", body)
        };
        let about = || self.at(case.about.unwrap());
        let of_request = |step: Value| ("step-access", json!({ "at": about(), "step": step }));
        match what {
            "ask read" | "ask borrow" | "ask copy" | "ask carry" | "ask disclose" => {
                let purpose = what.trim_start_matches("ask ");
                ("request-access", self.wish(purpose, case, false))
            }
            "be-a-carrier" => {
                let mut wish = self.wish("carry", case, false);
                wish["details"]["carrier"] = json!(by.id());
                ("request-access", wish)
            }
            "endorse" => of_request(json!({ "endorse": {} })),
            "read" | "borrow" | "borrow-outside" | "copy" | "carry" | "give-outside" => {
                let yes = json!({ "sufficient": true, "complete": true });
                of_request(json!({ "approve-access": yes }))
            }
            "withdraw" => of_request(json!({ "withdraw-access": { "reason": "不用了" } })),
            "note-use" => of_request(json!({ "use-access": {} })),
            "lend" => ("lend", json!({ "at": about() })),
            "lend-unasked" => {
                let marks = Marks::of(case.guard);
                let details = json!({
                    "borrower": marks.borrower, "copies": 1, "reason": marks.reason,
                });
                let file = self.at(case.file);
                ("check-out", json!({ "file": file, "details": details }))
            }
            "take-back" => {
                let body = json!({ "at": about(), "pieces": 1, "note": "" });
                ("check-in", body)
            }
            "set-up" => (
                "create-file",
                json!({ "details": self.details(case.guard) }),
            ),
            "correct" | "lower-grade" => {
                let mut details = self.details(case.guard);
                if what == "correct" {
                    details["note"] = json!("更正");
                } else {
                    details["grade"] = json!("none");
                }
                let body = json!({ "at": self.at(case.file), "details": details });
                ("change-file", body)
            }
            "fill-electronic" => of_file(json!({ "digitise-file": {
                "pages": 3, "reference": Marks::of(case.guard).scan,
            } })),
            "note-damage" => of_file(json!({ "damage-file": { "text": "封面受潮" } })),
            "hold" => of_file(json!({ "hold-file": { "reason": "诉讼" } })),
            "declare-void" => of_file(json!({ "void-file": { "reason": "重复立卷" } })),
            "bring-up-to-date" => of_file(json!({ "update-file": {} })),
            "enter-in-file" | "enter-on-card" => {
                let of = if what == "enter-in-file" {
                    ("file", Some(case.file))
                } else {
                    ("customer", case.about)
                };
                let details = json!({
                    of.0: of.1, "sort": "purchase", "text": "保养套餐", "amount": 100,
                });
                ("record-transaction", json!({ "details": details }))
            }
            "confirm" => of_file(json!({ "confirm-file": {} })),
            "destroy" if stage == 0 => {
                ("propose-destruction", json!({ "file": self.at(case.file) }))
            }
            "destroy" => {
                let step = match stage {
                    1 => json!({ "review-destruction": {} }),
                    2 => json!({ "approve-destruction": {} }),
                    _ => json!({ "destroy-file": { "method": "shred", "witness": "监销人赵" } }),
                };
                ("step-destruction", json!({ "at": about(), "step": step }))
            }
            "inspect" => {
                let details = json!({
                    "kind": "custody", "temperature": null, "humidity": null, "safety": [],
                    "note": "",
                });
                ("begin-inspection", json!({ "details": details }))
            }
            other => panic!("no such procedure: {other}"),
        }
    }
}

/// A change as other programs write it.
pub fn command(name: &str, body: &Value) -> Command {
    serde_json::from_value(json!({ name: body })).unwrap()
}

/// What is asked for where a procedure approves it.
fn purpose(procedure: &str) -> &str {
    match procedure {
        "give-outside" => "disclose",
        other => other,
    }
}

/// The line of the table by which a purpose is approved.
fn approving(purpose: &str, outsider: bool, table: &Table) -> &'static str {
    let widened = table
        .lines
        .iter()
        .any(|line| line.procedure == "borrow-outside");
    match purpose {
        "borrow" if outsider && widened => "borrow-outside",
        "read" => "read",
        "borrow" => "borrow",
        "copy" => "copy",
        "carry" => "carry",
        _ => "give-outside",
    }
}
