//! Who may do what in the archive, by post, grade, procedure and door, held in full against tables
//! written by hand, one for each profile (`tables/`).
//!
//! All doors lead to one desk; that each does is tried with every look and every refused step: through
//! a hub, as JSON lines of the real program, exported by it, and on the screen.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod cases;
#[path = "../screen/chair.rs"]
#[allow(dead_code, reason = "the tests of the screen use the rest")]
mod chair;
#[path = "../common/mod.rs"]
mod common;
mod doors;
#[path = "../screen/harness.rs"]
#[allow(
    dead_code,
    clippy::expect_used,
    reason = "the tests of the screen use the rest"
)]
mod harness;
mod looks;
#[path = "../program/mod.rs"]
mod program;
mod table;

use cases::{Office, command};
use common::staff::Staff;
use frontdesk::desk::contract::{Answer, Door, Failure, Reply, Request};
use frontdesk::domain::refusal::Problem;
use frontdesk::domain::role::Role;
use looks::{COLUMNS, alone, leaks, query, shown, told, value};
use table::{Guard, Stage, Table};

fn office(profile: &str) -> Office {
    let table = Table::of(profile);
    let staff = Staff::of(profile);
    Office::new(staff, table)
}

/// Every look of every post at a file of every guard.
fn looks_hold(profile: &str) {
    let mut office = office(profile);
    let all = shown(&mut office);
    let mut wrong = Vec::new();
    for one in &all {
        for column in COLUMNS {
            let cells = office.table.looks[&(one.guard, column.to_owned())].clone();
            for (post, expected) in cells {
                let bench = office.staff.is(post);
                let envelope = bench.envelope(Request::Look(query(one, column)));
                let answer = told(&bench.desk.ask(&envelope));
                let found = value(one, column, answer.as_ref().map_err(|it| *it));
                let who = format!("{:?} {column} {}", one.guard, post.id());
                if found != expected {
                    wrong.push(format!("{who}: {found}, and the table says {expected}"));
                }
                let closed = is_closed(&office.table, one.guard, post);
                // Who takes loans back knows which material is out.
                if let (Ok(ok), true) = (&answer, closed && column != "loan") {
                    wrong.extend(leaks(one, ok, &who));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{profile}:\n{}", wrong.join("\n"));
}

/// Whether a file of a guard is closed to a post that has no request for it.
fn is_closed(table: &Table, guard: Guard, post: Role) -> bool {
    table.looks[&(guard, "open".to_owned())][&post] == "no"
}

/// The procedures of a line: whoever may ask may ask for anything.
fn whats(procedure: &str) -> Vec<String> {
    if procedure == "ask" {
        let purposes = ["read", "borrow", "copy", "carry", "disclose"];
        return purposes.iter().map(|it| format!("ask {it}")).collect();
    }
    vec![procedure.to_owned()]
}

/// A refusal for the post names those of the table and their clause.
fn names(problem: &Problem, stage: &Stage, what: &str) -> Option<String> {
    let of_the_post = problem.key == "role-may-not"
        && problem
            .args
            .get("permission")
            .is_none_or(|it| it != "file.see")
        && !matches!(what, "endorse" | "withdraw" | "correct" | "enter-in-file")
        && (what.starts_with("ask ")
            || problem
                .args
                .get("permission")
                .is_none_or(|it| it != "apply"))
        && !stage.posts.is_empty();
    if !of_the_post {
        return None;
    }
    let mut named: Vec<&str> = problem.args["roles"].split(' ').collect();
    let mut posts: Vec<&str> = stage.posts.iter().map(|post| post.id()).collect();
    named.sort_unstable();
    posts.sort_unstable();
    (named != posts || problem.clause != stage.clause).then(|| format!("{problem:?}"))
}

/// What comes of a step against what the table says of a post.
fn verdict(answer: &Answer, stage: &Stage, post: Role, what: &str) -> Option<String> {
    match (answer, stage.posts.contains(&post)) {
        (Ok(Reply::Done { .. }), true) => None,
        (Err(Failure::Refused(refusal)), false) => names(&refusal.problems[0], stage, what),
        (answer, may) => Some(format!("may: {may}, and {answer:?}")),
    }
}

/// Every step of every procedure by every post on a file of every guard.
fn steps_hold(profile: &str) {
    let mut office = office(profile);
    let posts = office.table.profile.posts.clone();
    let mut wrong = Vec::new();
    for line in office.table.lines.clone() {
        let places = line.stages.iter().enumerate();
        for (stage, who) in places {
            for guard in line.guards.clone() {
                for what in whats(&line.procedure) {
                    let mut case = office.begun(&what, guard, stage);
                    for post in &posts {
                        let (name, body) = office.deed(&case, &what, stage, *post);
                        let answer = office.tell(*post, command(name, &body));
                        if let Some(why) = verdict(&answer, who, *post, &what) {
                            wrong.push(format!("{what} {stage} {guard:?} {}: {why}", post.id()));
                        }
                        if let (Ok(reply), true) = (&answer, is_closed(&office.table, guard, *post))
                            && what != "set-up"
                        {
                            let ok = serde_json::to_value(reply).unwrap();
                            let who = format!("{what} {guard:?} {}", post.id());
                            // Who gives out and takes back knows which material it is.
                            let knows = matches!(&*what, "lend" | "take-back");
                            if guard.is_graded() && !knows {
                                wrong.extend(leaks(&alone(&case), &ok, &who));
                            }
                        }
                        if answer.is_ok() {
                            case = office.begun(&what, guard, stage);
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{profile}:\n{}", wrong.join("\n"));
}

/// Nobody approves what they asked for themselves, whatever posts they hold (A11-18.3).
fn nobody_approves_an_own_request(profile: &str) {
    let mut office = office(profile);
    let asking = office.table.stages("ask", Guard::Plain)[0].posts.clone();
    for procedure in ["read", "borrow", "copy", "carry", "give-outside"] {
        for guard in Guard::ALL {
            for post in office.table.stages(procedure, guard)[0].posts.clone() {
                if !asking.contains(&post) {
                    continue;
                }
                let case = office.file(guard);
                let purpose = if procedure == "give-outside" {
                    "disclose"
                } else {
                    procedure
                };
                let case = office.asked(post, purpose, &case, false);
                let head = office.table.first("endorse", guard, 0);
                let own_head = serde_json::json!({
                    "at": office.at(case.about.unwrap()),
                    "step": { "endorse": { "stamped": true, "head": post.id() } },
                });
                let answer = office.tell(post, command("step-access", &own_head));
                assert_eq!(key(&answer), "own-request", "{procedure} {}", post.id());
                let by_paper = serde_json::json!({
                    "at": office.at(case.about.unwrap()),
                    "step": { "endorse": { "stamped": true, "head": "市场部钱经理" } },
                });
                let signs = if head == post {
                    office.table.asker
                } else {
                    head
                };
                office
                    .tell(signs, command("step-access", &by_paper))
                    .unwrap();
                let (name, body) = office.deed(&case, procedure, 0, post);
                let answer = office.tell(post, command(name, &body));
                assert_eq!(key(&answer), "own-request", "{procedure} {}", post.id());
            }
        }
    }
}

fn key(answer: &Answer) -> String {
    match answer {
        Err(Failure::Refused(refusal)) => refusal.problems[0].key.clone(),
        other => panic!("{other:?}"),
    }
}

/// A granted request opens its file to whoever made it for their own eyes, and to nobody else; what is
/// carried, given outside or read by an outsider opens nothing. Copies need a request for a copy.
fn requests_open(profile: &str) {
    let mut office = office(profile);
    let posts = office.table.stages("ask", Guard::Plain)[0].posts.clone();
    let closed = |office: &Office, guard, post: Role| is_closed(&office.table, guard, post);
    let mut wrong = Vec::new();
    for guard in Guard::ALL {
        for (purpose, outsider, opens, prints) in [
            ("read", false, true, guard == Guard::Plain),
            ("borrow", false, true, guard == Guard::Plain),
            ("copy", false, true, true),
            ("carry", false, false, false),
            ("disclose", false, false, false),
            ("read", true, false, false),
        ] {
            for post in posts.clone() {
                // Nobody approves an own request, and who sees the file anyway proves nothing.
                if !closed(&office, guard, post) || decides(&office.table, purpose, guard, post) {
                    continue;
                }
                if outsider && office.table.profile.archive.circle {
                    continue;
                }
                let case = office.file(guard);
                office.granted(post, purpose, &case, outsider);
                let one = alone(&case);
                for (column, may) in [("open", opens), ("history", opens), ("print", prints)] {
                    let bench = office.staff.is(post);
                    let envelope = bench.envelope(Request::Look(query(&one, column)));
                    let answer = told(&bench.desk.ask(&envelope));
                    let found = value(&one, column, answer.as_ref().map_err(|it| *it));
                    // Who approves copies prints what is open to them.
                    let copies = &office.table.stages("copy", guard)[0].posts;
                    let may = may || (opens && guard.is_graded() && copies.contains(&post));
                    let expected = if may { "full" } else { "no" };
                    if found != expected {
                        wrong.push(format!(
                            "{purpose} {outsider} {guard:?} {} {column}: {found}",
                            post.id()
                        ));
                    }
                }
                // It opens nothing to anybody else.
                let others = posts.iter().copied();
                let other = others
                    .filter(|other| *other != post)
                    .find(|other| closed(&office, guard, *other));
                let bench = office.staff.is(other.unwrap());
                let envelope = bench.envelope(Request::Look(query(&one, "open")));
                assert_eq!(told(&bench.desk.ask(&envelope)), Err(true));
            }
        }
    }
    assert!(wrong.is_empty(), "{profile}:\n{}", wrong.join("\n"));
}

/// Whether a post has to decide on a request for a purpose, so that an own one is for somebody else.
fn decides(table: &Table, purpose: &str, guard: Guard, post: Role) -> bool {
    let procedure = if purpose == "disclose" {
        "give-outside"
    } else {
        purpose
    };
    let stages = table.stages(procedure, guard).iter();
    let mut alone = stages.map(|stage| stage.posts.as_slice());
    alone.any(|posts| posts.contains(&post))
}

macro_rules! profiles {
    ($($name:ident = $id:literal,)+) => {$(
        mod $name {
            #[test]
            fn looks() {
                super::looks_hold($id);
            }

            #[test]
            fn steps() {
                super::steps_hold($id);
            }

            #[test]
            fn nobody_approves_an_own_request() {
                super::nobody_approves_an_own_request($id);
            }

            #[test]
            fn granted_requests_open_their_file_and_no_more() {
                super::requests_open($id);
            }

            #[test]
            fn hub_and_command_line_say_the_same() {
                super::doors::agree($id);
            }

            #[test]
            fn the_screen_shows_no_more() {
                super::doors::on_the_screen($id);
            }

            #[test]
            fn a_guess_shows_nothing() {
                super::doors::by_guessing($id);
            }
        }
    )+};
}

profiles! {
    call_centre = "call-centre",
    dealership = "dealership",
    property = "property",
    leasing = "leasing",
    distributor = "distributor",
    mining = "mining",
}
