//! A telephone rings while somebody types (A01-11).

use frontdesk::app::Event;
use frontdesk::desk::contract::News;
use frontdesk::locale::Lang;

use crate::harness::Desk;

fn news(desk: &mut Desk, news: News) -> &mut Desk {
    desk.session.take(Event::News(news));
    desk.press("")
}

fn calling(digits: &str) -> News {
    News::Calling {
        digits: digits.into(),
    }
}

#[test]
fn a_call_stands_above_everything_and_what_is_typed_is_not_disturbed() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("property", lang).with("customer-service");
        desk.press("1c13900139000<tab>").press("水管漏");
        news(&mut desk, calling("13800138000")).expect("王建国");
        // Typing goes on where it was.
        desk.press("水").expect("水管漏水");
        // Taken: a new call with the caller filled in; what was typed waits.
        desk.press("<ctrl+x><enter>").reject("水管漏水");
        desk.expect("王建国").expect("13800138000");
        desk.press("<esc><ctrl+x><ctrl+d>").expect("水管漏水");
        desk.press("<enter>")
            .expect("13900139000")
            .expect("水管漏水");
    }
}

#[test]
fn a_call_taken_elsewhere_or_by_nobody_goes_from_the_screen() {
    let mut desk = Desk::staffed("property", Lang::Zh).with("customer-service");
    news(&mut desk, calling("13700137000"))
        .expect("来电")
        .expect("陌生号码");
    let taken = News::CallTaken {
        digits: "13700137000".into(),
    };
    news(&mut desk, taken).reject("陌生号码");
    desk.press("<ctrl+x><enter>").expect("现在没有来电");
    news(&mut desk, calling("13700137000")).expect("陌生号码");
    desk.clock.advance_seconds(91);
    desk.session.take(Event::Clock);
    desk.session.take(Event::Clock);
    desk.press("").reject("陌生号码");
}
