//! Terminals of every size: what is too small says so, nothing is lost by it, and nothing fails.

use fastrand::Rng;
use frontdesk::app::event::Event;
use frontdesk::locale::Lang;

use crate::harness::{Desk, SMALL};

/// What opens each of the things that can be on the screen, from the list.
const OPENED: [&str; 9] = [
    "",
    "c13512345678<tab>周涛<tab>6-301",
    "?",
    "<ctrl+p>",
    "/停水",
    "<f7>",
    "c135<tab><f4>",
    "<enter>",
    "2<enter>",
];

fn resized(desk: &mut Desk, (columns, rows): (u16, u16)) {
    desk.session.terminal.backend_mut().resize(columns, rows);
    desk.session.take(Event::Resize(columns, rows));
    desk.session.draw().unwrap();
}

#[test]
fn a_window_too_small_says_what_it_needs_and_growing_again_shows_all_as_it_was() {
    for (lang, needs, lost) in [
        (Lang::Zh, "60", "都在"),
        (Lang::En, "60", "Nothing is lost"),
    ] {
        for keys in OPENED {
            let mut desk = Desk::sample(lang, SMALL);
            desk.press(keys);
            let before = desk.styled();
            for size in [(59, 24), (80, 15), (20, 5)] {
                resized(&mut desk, size);
                let shown: String = desk.screen().split_whitespace().collect();
                let lost: String = lost.split_whitespace().collect();
                assert!(shown.contains(needs) && shown.contains(&lost), "{shown}");
            }
            for size in [(1, 1), (2, 40), (300, 1)] {
                resized(&mut desk, size);
            }
            resized(&mut desk, SMALL);
            assert_eq!(desk.styled(), before, "{keys}");
        }
    }
}

#[test]
fn what_is_typed_while_the_window_is_too_small_is_in_the_form_afterwards() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678<tab>周");
    resized(&mut desk, (10, 3));
    desk.press("涛<tab>6-301<tab><tab><tab>问路");
    resized(&mut desk, SMALL);
    desk.expect("周涛").expect("6-301").expect("问路");
    desk.press("<f2>").expect("已保存 IN-2024-00004");
}

#[test]
fn a_storm_of_sizes_ends_with_the_screen_of_the_last() {
    let mut rng = Rng::with_seed(5);
    for keys in OPENED {
        let mut desk = Desk::sample(Lang::Zh, SMALL);
        desk.press(keys);
        let before = desk.styled();
        for _ in 0..25 {
            let size = (rng.u16(1..200), rng.u16(1..70));
            resized(&mut desk, size);
            assert_eq!(
                desk.screen().lines().count(),
                usize::from(size.1),
                "{size:?}"
            );
        }
        resized(&mut desk, SMALL);
        assert_eq!(desk.styled(), before, "{keys}");
    }
}

#[test]
fn the_sign_in_survives_every_size_as_well() {
    let mut desk = Desk::sample(Lang::En, SMALL).restarted_by_nobody();
    let before = desk.styled();
    for size in [(1, 1), (20, 5), (61, 17), (200, 60)] {
        resized(&mut desk, size);
    }
    resized(&mut desk, SMALL);
    assert_eq!(desk.styled(), before);
}
