//! Tapes of complaints from the call to the close, by whoever has the post for each step, with every
//! key counted: what a step takes beyond its free text and numbers is held to `docs/keystrokes.md`.

use frontdesk::domain::complaint::ComplaintState;
use frontdesk::domain::intake::IntakeState;
use frontdesk::domain::record::Record;
use frontdesk::keys::script;
use frontdesk::locale::{Lang, Texts};

use crate::harness::Desk;

/// The number of the complaint that every tape is about.
const NUMBER: &str = "CO-2024-00001";

/// Free text stands between these, and is not counted.
const TEXT: (char, char) = ('「', '」');

/// Presses what is written, and returns how many keys that takes beside free text.
pub fn press(desk: &mut Desk, tape: &str) -> usize {
    let mut keys = 0;
    for part in tape.split_inclusive([TEXT.0, TEXT.1]) {
        let is_text = part.ends_with(TEXT.1);
        let part = part.trim_end_matches([TEXT.0, TEXT.1]);
        if !is_text {
            keys += script::parse(part).unwrap().len();
        }
        desk.press(part);
    }
    keys
}

fn state(desk: &mut Desk) -> ComplaintState {
    match desk.record(NUMBER) {
        Record::Complaint(complaint) => complaint.state,
        other => panic!("{other:?}"),
    }
}

/// A step: by whom, the keys, how many choices it asks for, and where it leads.
struct Pressed {
    login: &'static str,
    tape: &'static str,
    choices: usize,
    to: ComplaintState,
}

const fn step(
    login: &'static str,
    tape: &'static str,
    choices: usize,
    to: ComplaintState,
) -> Pressed {
    Pressed {
        login,
        tape,
        choices,
        to,
    }
}

/// Records a complaint of a known caller, and takes all its steps. Returns what each took: the state
/// it led to, the choices it asked for, the keys.
fn play(
    profile: &str,
    lang: Lang,
    login: &str,
    steps: &[Pressed],
) -> Vec<(ComplaintState, usize, usize)> {
    let mut desk = Desk::staffed(profile, lang).with(login);
    // The dealership asks whether it is about sales or after-sales (A08-s0).
    let (choices, chosen) = match profile {
        "dealership" => (3, "21"),
        _ => (2, "2"),
    };
    let text = "空调不制冷，跑了两趟都没有修好";
    let tape = format!("2c「王建国」<tab>{chosen}「{text}」<f2>");
    let recorded = press(&mut desk, &tape);
    // The tab is not part of it: the desk stands there all day.
    let recorded = recorded - 1;
    assert!(recorded <= 6, "{recorded}");
    let mut taken = vec![(state(&mut desk), choices, recorded)];
    for next in steps {
        desk = desk.with(next.login);
        desk.press("2");
        let keys = press(&mut desk, next.tape);
        assert_eq!(
            state(&mut desk),
            next.to,
            "{}\n{}",
            next.tape,
            desk.screen()
        );
        let most = 2 * next.choices + 2;
        assert!(keys <= most, "{} takes {keys}, at most {most}", next.tape);
        taken.push((next.to, next.choices, keys));
    }
    taken
}

fn normal() -> Vec<Pressed> {
    use ComplaintState as S;
    vec![
        step(
            "relations-manager",
            "g3「李强」<tab>3「交接没有说明」<tab>1「记录一致」<tab>2「超出约定」<tab>「请今天联系」<f2>",
            4,
            S::Assigned,
        ),
        step(
            "service-manager",
            "g<tab>「李强」<tab>「重新检修并致歉」<f2>",
            1,
            S::Proposed,
        ),
        step("general-manager", "g<f2>", 0, S::Approved),
        step(
            "relations-specialist",
            "g「已说明方案」<tab>2<f2>",
            1,
            S::Answered,
        ),
        step("relations-specialist", "g「同意」<f2>", 0, S::Reacted),
        step("relations-specialist", "g12「处理及时」<f2>", 2, S::Asked),
        step(
            "relations-manager",
            "g「处理及时」<tab>3<ctrl+u>「王师傅」<tab>「个别情况」<f2>",
            2,
            S::Summarised,
        ),
        step("relations-manager", "g<f2>", 0, S::Closed),
    ]
}

#[test]
fn a_normal_complaint_of_a_dealership_is_closed_within_the_keys_of_the_page() {
    for lang in [Lang::Zh, Lang::En] {
        play("dealership", lang, "relations-specialist", &normal());
    }
}

fn major() -> Vec<Pressed> {
    use ComplaintState as S;
    vec![
        step("relations-manager", "t2「媒体来电」<f2>", 1, S::Recorded),
        step("business-manager", "!", 0, S::Recorded),
        step("general-manager", "!", 0, S::Recorded),
        step("relations-manager", "g3<f2>", 1, S::Escalated),
        step(
            "relations-manager",
            "g<tab>「总经理、部门经理」<tab>「免费检修并书面答复」<f2>",
            1,
            S::Met,
        ),
        step(
            "business-manager",
            "g「配件老化」<tab>「李强」<tab>「换新件」<f2>",
            1,
            S::Planned,
        ),
        step("general-manager", "g<f2>", 0, S::Approved),
        step(
            "relations-manager",
            "g「陈经理」<tab>「周经理」<tab>「客户接受」<f2>",
            1,
            S::Negotiated,
        ),
        step("relations-specialist", "g11「接受」<f2>", 2, S::Asked),
        step(
            "relations-manager",
            "g「处理得当」<tab>3<ctrl+u>「王师傅」<tab>「个别情况」<f2>",
            2,
            S::Summarised,
        ),
        step("relations-manager", "g<f2>", 0, S::Closed),
    ]
}

#[test]
fn a_major_complaint_is_closed_within_the_keys_of_the_page() {
    for lang in [Lang::Zh, Lang::En] {
        play("dealership", lang, "relations-specialist", &major());
    }
}

fn slip() -> Vec<Pressed> {
    use ComplaintState as S;
    vec![
        step(
            "customer-service-manager",
            "g3「刘队长」<tab>「请今天上门」<f2>",
            1,
            S::Assigned,
        ),
        step("department-head", "g「已换密封条」<f2>", 0, S::Returned),
        step("customer-service", "g12「已试水」<f2>", 2, S::Answered),
        step("customer-service-manager", "g<f2>", 0, S::Closed),
    ]
}

#[test]
fn a_property_slip_is_closed_within_the_keys_of_the_page() {
    for lang in [Lang::Zh, Lang::En] {
        play("property", lang, "reception", &slip());
    }
}

/// A repair from its acceptance to the close: the keys of each step, the choices it asks for and the
/// state it leads to.
fn repair(lang: Lang) -> Vec<(IntakeState, usize, usize)> {
    let mut desk = Desk::staffed("property", lang).with("customer-service");
    desk.press("c13800138000<tab><tab><tab>1厨房水管漏水<tab>全天有人<f2>");
    let mut taken = Vec::new();
    for (tape, choices, to) in [
        ("t21「老周」<f2>", 2, IntakeState::Assigned),
        ("g「师傅下午两点上门」<f2>", 0, IntakeState::Responded),
        ("g「已换角阀」<f2>", 0, IntakeState::Solved),
        (
            "g「已告知，业主确认不漏」<tab>2<f2>",
            1,
            IntakeState::Answered,
        ),
        ("g「已修好」<f2>", 0, IntakeState::Closed),
    ] {
        desk.press("1");
        let keys = press(&mut desk, tape);
        let state = match desk.record("IN-2024-00001") {
            Record::Intake(intake) => intake.state,
            other => panic!("{other:?}"),
        };
        assert_eq!(state, to, "{tape}\n{}", desk.screen());
        taken.push((to, choices, keys));
    }
    taken
}

#[test]
fn a_repair_is_closed_within_the_keys_of_the_page() {
    for lang in [Lang::Zh, Lang::En] {
        for (to, choices, keys) in repair(lang) {
            let most = 2 * choices + 2;
            assert!(keys <= most, "{to:?} takes {keys}, at most {most}");
        }
    }
}

fn repair_table() -> String {
    let texts = Texts::new(Lang::En);
    let head = "## A repair, once it is accepted\n\n\
        | leads to | choices | keys | at most |\n| --- | --- | --- | --- |\n";
    let rows = repair(Lang::Zh);
    assert_eq!(rows, repair(Lang::En));
    let rows = rows.into_iter().map(|(to, choices, keys)| {
        let name = texts.name("intake-state", to.id());
        format!("| {name} | {choices} | {keys} | {} |\n", 2 * choices + 2)
    });
    head.to_owned() + &rows.collect::<String>()
}

fn lending_table() -> String {
    let head = "## A loan on an approved request, and its return\n\n\
        | what | scans | keys |\n| --- | --- | --- |\n";
    let rows = crate::scanning::counted(Lang::Zh);
    assert_eq!(rows, crate::scanning::counted(Lang::En));
    let rows = rows
        .into_iter()
        .map(|(what, scans, keys)| format!("| {what} | {scans} | {keys} |\n"));
    head.to_owned() + &rows.collect::<String>()
}

/// One table of the page.
fn table(title: &str, profile: &str, login: &str, steps: &[Pressed]) -> String {
    let texts = Texts::new(Lang::En);
    let mut lines = vec![
        format!("## {title}"),
        String::new(),
        "| leads to | choices | keys | at most |".to_owned(),
        "| --- | --- | --- | --- |".to_owned(),
    ];
    let taken = play(profile, Lang::Zh, login, steps);
    assert_eq!(taken, play(profile, Lang::En, login, steps));
    for (place, (to, choices, keys)) in taken.into_iter().enumerate() {
        let name = texts.name("complaint-state", to.id());
        let most = if place == 0 { 6 } else { 2 * choices + 2 };
        lines.push(format!("| {name} | {choices} | {keys} | {most} |"));
    }
    lines.push(String::new());
    lines.join("\n")
}

#[test]
fn the_page_of_keystrokes_says_what_the_tapes_take() {
    let page = [
        INTRODUCTION.to_owned(),
        table(
            "A normal complaint at a dealership",
            "dealership",
            "relations-specialist",
            &normal(),
        ),
        table(
            "A major one",
            "dealership",
            "relations-specialist",
            &major(),
        ),
        table(
            "A slip at a property office",
            "property",
            "reception",
            &slip(),
        ),
    ]
    .join("\n");
    let calls = crate::calls::table();
    let page = format!("{page}\n{}\n{}\n{calls}", repair_table(), lending_table());
    let page = format!("{}\n\n{}", page.trim_end(), crate::campaigns::day_table());
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keystrokes.md");
    if std::env::var_os("FRONTDESK_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/keystrokes.md is not what the tapes take; write it anew with FRONTDESK_BLESS=1"
    );
}

const INTRODUCTION: &str = "\
# Keystrokes

Every key counts, Tab, Enter and function keys too; only free text and numbers do not. Recording a
complaint of a known caller may take six, each later step two for every choice it asks for and two
more; a loan and its return three, or a scan each and two; a call of a known number five, one of an
unknown number nine; a follow-up closed and the next one dated four. Which step is taken is a choice
where it is not the next one; whose name is written is one too, as it is chosen among people. Every choice
differs from what the form began with.

The tapes are in `tests/screen/tapes.rs`; they are played in Chinese and English, each step by
somebody who has the post for it, and this page is written by them.
";

#[test]
fn a_penalty_left_open_asks_for_a_reason_and_goes_on_with_it() {
    for (lang, rule) in [
        (Lang::Zh, "须作出处罚决定"),
        (Lang::En, "A penalty is decided"),
    ] {
        let mut desk = Desk::staffed("dealership", lang).with("relations-specialist");
        press(&mut desk, "2c「王建国」<tab>22「空调不制冷」<f2>");
        for next in normal().iter().take(6) {
            desk = desk.with(next.login);
            desk.press("2")
                .press(next.tape.replace(['「', '」'], "").as_str());
        }
        desk = desk.with("relations-manager");
        desk.press("2g处理及时<tab>3<ctrl+u>王师傅<tab>个别情况<tab>1200<f2>");
        desk.expect("[A08-x1]").reject("person");
        // Without a reason it does not go on.
        desk.press("<f2>");
        assert_eq!(state(&mut desk), ComplaintState::Asked);
        desk.press("等总经理回来再定<f2>");
        assert_eq!(state(&mut desk), ComplaintState::Summarised);
        desk.press("<enter><pgdn><pgdn>").expect(rule);
    }
}
