//! What should be known before it hurts, on the screen.

use frontdesk::app::event::Event;
use frontdesk::locale::Lang;

use crate::harness::{Desk, SMALL};

#[test]
fn little_room_on_the_disk_is_said_once_and_stays_in_sight() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("1").reject("空间不足");
    desk.below.set_free(Some(20 << 20));
    let tick = |desk: &mut Desk| {
        desk.session.take(Event::Clock);
        desk.session.draw().unwrap();
    };
    tick(&mut desk);
    desk.expect("只剩 20 MB").expect("! 空间不足");
    desk.press("2").reject("只剩 20 MB").expect("! 空间不足");
    tick(&mut desk);
    desk.reject("只剩 20 MB");
    desk.press("<ctrl+x><ctrl+n>")
        .expect("只剩 20 MB")
        .press("<esc>");
    desk.below.set_free(None);
    tick(&mut desk);
    desk.reject("空间不足");
}

#[test]
fn a_leap_of_the_clock_is_said_in_the_language_in_force() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    desk.clock.leap_seconds(3 * 86_400);
    desk.session.take(Event::Clock);
    desk.session.draw().unwrap();
    desk.expect("leapt ahead by 3 days");
}
