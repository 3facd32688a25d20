//! The same asked through other doors: every look, and every step that is refused, through a hub and as
//! JSON lines of the real program; lists exported by it; and what stands on the screen.

use std::sync::Arc;
use std::time::Duration;

use frontdesk::desk::contract::{
    Answer, At, Command, Door, Failure, Proof, Query, Reply, Request, Sitting,
};
use frontdesk::domain::number::Number;
use frontdesk::domain::role::Role;
use frontdesk::hub::Line;
use frontdesk::locale::Lang;
use frontdesk::store::Home;
use serde_json::{Value, json};

use crate::cases::{Office, command};
use crate::common::hub::{Running, envelope};
use crate::common::staff::Staff;
use crate::common::{NOBODY, at};
use crate::harness::Desk as Screen;
use crate::looks::{COLUMNS, Shown, query, shown, told, value};
use crate::program::Program;
use crate::table::{Guard, Table};
use crate::whats;

const NOW: &str = "2024-06-06 15:00";

/// What is asked by a post, and what the table says of it: what shows, or that it is refused.
struct Attempt {
    post: Role,
    request: Request,
    /// The file and the column of a look.
    of: Option<(usize, &'static str)>,
    expected: String,
}

impl Attempt {
    fn who(&self, all: &[Shown]) -> String {
        match self.of {
            Some((file, column)) => format!("{:?} {column} {}", all[file].guard, self.post.id()),
            None => format!("{:?} {}", self.request, self.post.id()),
        }
    }

    fn found(&self, all: &[Shown], answer: Result<&Value, bool>) -> String {
        match (self.of, answer) {
            (Some((file, column)), answer) => value(&all[file], column, answer).to_owned(),
            (None, Err(true)) => "no".to_owned(),
            (None, other) => format!("{other:?}"),
        }
    }
}

/// All looks, and the steps that the table refuses, on one ungraded and one graded file.
fn attempts(office: &mut Office, all: &[Shown]) -> Vec<Attempt> {
    let mut attempts = Vec::new();
    for (file, one) in all.iter().enumerate() {
        for column in COLUMNS {
            let cells = office.table.looks[&(one.guard, column.to_owned())].clone();
            attempts.extend(cells.into_iter().map(|(post, expected)| Attempt {
                post,
                request: Request::Look(query(one, column)),
                of: Some((file, column)),
                expected,
            }));
        }
    }
    for line in office.table.lines.clone() {
        for guard in line.guards.clone() {
            if !matches!(guard, Guard::Plain | Guard::TopSecret) {
                continue;
            }
            for what in whats(&line.procedure) {
                let case = office.begun(&what, guard, 0);
                for post in office.table.profile.posts.clone() {
                    if line.stages[0].posts.contains(&post) {
                        continue;
                    }
                    let (name, body) = office.deed(&case, &what, 0, post);
                    attempts.push(Attempt {
                        post,
                        request: Request::Do(command(name, &body)),
                        of: None,
                        expected: "no".to_owned(),
                    });
                }
            }
        }
    }
    attempts
}

fn sit(running: &Running, post: Role) -> (Line, Number) {
    let hear = Arc::new(|_| {});
    let mut line = Line::join(running.place.clone(), None, Duration::ZERO, hear).unwrap();
    let login = post.id().to_owned();
    let proof = Proof::Nothing;
    let sitting = envelope(NOBODY, Request::Sit(Sitting::SignIn { login, proof }));
    match line.ask(&sitting) {
        Ok(Reply::Seated(seated)) => (line, seated.operator.meta.number),
        other => panic!("{other:?}"),
    }
}

/// What differs where all is asked through a hub.
fn through_a_hub(running: &Running, all: &[Shown], attempts: &[Attempt]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut posts: Vec<Role> = attempts.iter().map(|it| it.post).collect();
    posts.sort();
    posts.dedup();
    for post in posts {
        let (mut line, operator) = sit(running, post);
        for attempt in attempts.iter().filter(|it| it.post == post) {
            let answer = line.ask(&envelope(operator, attempt.request.clone()));
            let answer = told(&answer);
            let found = attempt.found(all, answer.as_ref().map_err(|it| *it));
            if found != attempt.expected {
                wrong.push(format!("hub: {}: {found}", attempt.who(all)));
            }
        }
    }
    wrong
}

fn run(program: &Program, post: Role, args: &[&str], input: &str) -> crate::program::Ran {
    let who = ["--as", post.id(), "--clock", NOW];
    program.run_with(&[&who, args].concat(), input)
}

/// What differs where all is asked as JSON lines.
fn as_lines(program: &Program, all: &[Shown], attempts: &[Attempt]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut posts: Vec<Role> = attempts.iter().map(|it| it.post).collect();
    posts.sort();
    posts.dedup();
    for post in posts {
        let mine: Vec<&Attempt> = attempts.iter().filter(|it| it.post == post).collect();
        let lines: Vec<String> = mine
            .iter()
            .map(|attempt| match &attempt.request {
                Request::Do(change) => json!({ "do": change }).to_string(),
                Request::Look(look) => json!({ "look": look }).to_string(),
                other => panic!("{other:?}"),
            })
            .collect();
        let ran = run(program, post, &["rpc"], &(lines.join("\n") + "\n"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        let answers: Vec<Value> = ran
            .out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(answers.len(), mine.len(), "{}", ran.err);
        for (attempt, answer) in mine.iter().zip(&answers) {
            let ok = answer.get("ok").ok_or_else(|| {
                let failure = &answer["error"]["failure"];
                failure.get("refused").is_some()
            });
            let found = attempt.found(all, ok);
            if found != attempt.expected {
                wrong.push(format!("lines: {}: {found}", attempt.who(all)));
            }
        }
    }
    wrong
}

/// What differs in the list that the program exports.
fn exported(program: &Program, all: &[Shown], table: &Table) -> Vec<String> {
    let mut wrong = Vec::new();
    for post in table.profile.posts.clone() {
        let ran = run(program, post, &["export", "files"], "");
        for one in all {
            let cell = &table.looks[&(one.guard, "export".to_owned())][&post];
            let may = matches!(cell.as_str(), "full" | "part" | "veil");
            let shows = ran.out.contains(&one.marks.phone);
            if (ran.code == 0) != may || shows != (cell == "full") {
                let guard = one.guard;
                wrong.push(format!("export: {guard:?} {}: {}", post.id(), ran.err));
            }
            let whole = ran.out.contains(&one.marks.title);
            assert!(!whole || cell != "veil", "{:?} {}", one.guard, post.id());
        }
    }
    wrong
}

/// Hub, JSON lines and exports answer as the table says.
pub fn agree(profile: &str) {
    let program = Program::new();
    let home = Home::create(&program.data(), at(NOW).utc()).unwrap();
    let staff = Staff::at_home(profile, home, NOW);
    let mut office = Office::new(staff, Table::of(profile));
    let all = shown(&mut office);
    let attempts = attempts(&mut office, &all);
    let Office { staff, table, .. } = office;
    let running = Running::over(staff.bench.desk);
    let mut wrong = through_a_hub(&running, &all, &attempts);
    running.close();
    wrong.extend(as_lines(&program, &all, &attempts));
    wrong.extend(exported(&program, &all, &table));
    assert!(wrong.is_empty(), "{profile}:\n{}", wrong.join("\n"));
}

/// What stands on the screen of each post: of a graded file its title nowhere but where it is open.
pub fn on_the_screen(profile: &str) {
    let table = Table::of(profile);
    let place = table.profile.tabs.iter();
    let place = place.clone().position(|tab| tab.id() == "archive").unwrap() + 1;
    let mut desk = Screen::staffed(profile, Lang::Zh);
    let keeper = {
        let house = desk.session.door.house.borrow();
        let all = house.desk().operators();
        let mut found = all.filter(|one| one.login == table.keeper.id());
        found.next().unwrap().meta.number
    };
    let (plain, secret) = ("客户往来合同", "授信审批卷宗");
    for (title, grade) in [(plain, "none"), (secret, "top-secret")] {
        let guard = if grade == "none" {
            Guard::Plain
        } else {
            Guard::TopSecret
        };
        desk = desk.with(table.first("set-up", guard, 0).id());
        let details = json!({ "details": {
            "title": title, "class": table.profile.archive.classes[0].id, "person": "王芳",
            "place": "A-1", "grade": grade, "keeper": keeper,
        } });
        desk.ask(Request::Do(command("create-file", &details)));
    }
    for post in table.profile.posts.clone() {
        desk = desk.with(post.id());
        let cell =
            |guard: Guard, column: &str| table.looks[&(guard, column.to_owned())][&post].as_str();
        desk.press(&format!("{place}R1"));
        let lists = cell(Guard::Plain, "list") != "no";
        assert_eq!(desk.screen().contains(plain), lists, "{}", desk.screen());
        desk.reject(secret);
        desk.press("<enter>");
        let opens = cell(Guard::TopSecret, "open") == "full";
        let shows = desk.screen().contains(secret);
        assert_eq!(shows, opens, "{}:\n{}", post.id(), desk.screen());
    }
}

/// A record that came too late, or that is named by its number, shows nothing either.
pub fn by_guessing(profile: &str) {
    let staff = Staff::of(profile);
    let mut office = Office::new(staff, Table::of(profile));
    let all = shown(&mut office);
    for one in all.iter().filter(|one| one.guard.is_graded()) {
        let cells = office.table.looks[&(one.guard, "open".to_owned())].clone();
        for (post, _) in cells.into_iter().filter(|(_, value)| value == "no") {
            let at = At {
                number: one.file,
                version: 0,
            };
            let details = json!({ "title": "x", "class": "x" });
            let details = serde_json::from_value(details).unwrap();
            let bench = office.staff.is(post);
            let answer = bench.ask(Command::ChangeFile { at, details });
            assert_hides(&answer, one);
            let customer = NOBODY;
            let limit = 50;
            let envelope = bench.envelope(Request::Look(Query::Contacts { customer, limit }));
            assert_hides(&bench.desk.ask(&envelope), one);
        }
    }
}

fn assert_hides(answer: &Answer, one: &Shown) {
    let text = match answer {
        Err(Failure::Stale { present }) => serde_json::to_string(present).unwrap(),
        other => format!("{other:?}"),
    };
    assert!(!text.contains(&one.marks.title), "{text}");
}
