//! Every screen as it looks, in both languages and sizes: text, styles, caret.

use frontdesk::app::Tag;
use frontdesk::app::event::Event;
use frontdesk::desk::contract::{Failure, News};
use frontdesk::domain::refusal::Problem;
use frontdesk::locale::Lang;

use crate::conflict;
use crate::files;
use crate::harness::{Desk, LARGE, SMALL};

/// Name and keys of each screen, from a desk with a few records.
const SCREENS: &[(&str, &str)] = &[
    ("intake", "1"),
    ("intake-call", "1c"),
    ("intake-caller-known", "1c13800138000"),
    ("intake-caller-several", "1c138"),
    ("intake-refused", "1c135<tab>x<f2>"),
    ("intake-close", "1x"),
    ("complaints", "2"),
    ("complaint-of-request", "1m"),
    ("complaint-assign", "2a"),
    ("archive", "3"),
    ("loans", "3t"),
    ("archive-lend", "3<end>o"),
    ("archive-take-back", "3r"),
    ("archive-proof", "3d"),
    ("customers", "4<end>"),
    ("customer-form", "4<end>e"),
    ("customer-record", "4<end><enter>"),
    ("customer-retire", "4x"),
    ("help", "2?"),
    ("palette", "1:"),
    ("filter", "1f"),
    ("find", "4/wjg"),
    ("values", "1c13800138000<tab><tab><tab><f4>"),
    ("next-keys", "1<ctrl+x>"),
    ("handling", "1<ctrl+x><ctrl+r>"),
    ("export", "4oE"),
    ("exported", "4E<f2>"),
];

#[test]
fn every_screen_looks_as_it_did() {
    for lang in Lang::ALL {
        for size in [SMALL, LARGE] {
            let folder = format!("{}-{}x{}", lang.code(), size.0, size.1);
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(format!("../snapshots/{folder}"));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| {
                let empty = Desk::empty(*lang, size);
                insta::assert_snapshot!("welcome", empty.styled());
                for (name, keys) in SCREENS {
                    let mut desk = Desk::sample(*lang, size);
                    desk.press(keys);
                    insta::assert_snapshot!(*name, desk.styled());
                }
                for (name, desk) in people_and_lines(*lang, size) {
                    insta::assert_snapshot!(name, desk.styled());
                }
            });
        }
    }
}

/// The screens of signing in, of what others do, and of a desk in need.
fn people_and_lines(lang: Lang, size: (u16, u16)) -> Vec<(&'static str, Desk)> {
    let at_form = |keys: &str| {
        let mut desk = Desk::sample(lang, size);
        desk.press("4e").press(keys);
        desk
    };
    let nobody = Desk::sample(lang, size).restarted_by_nobody();
    let mut locked = Desk::sample(lang, size);
    locked.press("c13512345678<ctrl+l>");
    let mut owed = Desk::sample(lang, size);
    owed.session.take(Event::Reply {
        tag: Tag::Counts,
        answer: Err(Failure::Refused(Problem::new("password-owed").into())),
    });
    owed.press("langgenug");
    let mut pledge = Desk::empty(lang, size);
    pledge.press("<up><up><up>langgenug<up>langgenug<f2>");
    let mut short = at_form("<tab>Mine<tab>Chief");
    conflict::change_elsewhere(&mut short, |details| {
        details.employer = "Theirs".into();
        details.position = "Deputy".into();
        details.place = "9-901".into();
    });
    short.press("<f2><right>");
    let mut wordy = Desk::sample(lang, size);
    conflict::change_elsewhere(&mut wordy, |it| it.note = conflict::long("原来的一句"));
    wordy.press("4u<f5>4e");
    let form = wordy.session.app.pane_mut().unwrap().form.as_mut().unwrap();
    form.set("note", &conflict::long("我加的一句"));
    form.changed = true;
    conflict::change_elsewhere(&mut wordy, |it| it.note = conflict::long("对方的一句"));
    wordy.press("<f2>");
    let also = |keys: &str| {
        let mut desk = Desk::sample(lang, size);
        let wang = crate::news::wang_fang(&mut desk);
        desk.press("4<end>").press(keys).hear();
        let number = "CU-2024-00001".parse().unwrap();
        let others = vec![wang];
        let news = News::AlsoOpen { number, others };
        desk.session.take(Event::News(news));
        desk
    };
    let mut cut = Desk::sample(lang, size);
    cut.press("c13512345678<tab>Zhou");
    cut.session.door.lost = true;
    cut.press("<tab>6-301<up><end> Tao");
    cut.session.take(Event::Clock);
    let mut low = Desk::sample(lang, size);
    low.below.set_free(Some(20 << 20));
    low.session.take(Event::Clock);
    let importing = |keys: &str| {
        let mut desk = Desk::sample(lang, size);
        files::lay(&mut desk);
        desk.press(files::TO_COLUMNS).press(keys);
        desk
    };
    let mut half = Desk::sample(lang, size);
    half.customers(250);
    half.by_hand().press("4E<f2>").work();
    vec![
        ("export-half", half),
        ("import-columns", importing("")),
        ("import-column", importing("<up><enter>")),
        ("import-tried", importing("<enter>")),
        ("import-done", importing("<enter><enter>")),
        ("sign-in", nobody),
        ("locked", locked),
        ("owed-password", owed),
        ("confidentiality", pledge),
        ("conflict", short),
        ("conflict-long", wordy),
        ("also-open", also("<enter>")),
        ("also-open-form", also("e")),
        ("line-lost", cut),
        ("low-space", low),
    ]
}
