//! What nobody but the operator is to read or hear: the cover over the screen (A11-26.2), and what is
//! asked before others' data are opened during a call (A11-26.3).

use frontdesk::desk::contract::{Command, LooksQuery, Query, Reply, Request};
use frontdesk::domain::archive::FileDetails;
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::look::LookKind;
use frontdesk::domain::phone::Phone;
use frontdesk::locale::Lang;

use crate::harness::Desk;

fn office(lang: Lang) -> Desk {
    let desk = Desk::staffed("call-centre", lang);
    let mut desk = desk.with("customer-service");
    for (name, phone) in [("欧阳晓红", "13800138000"), ("诸葛亮", "13900139000")] {
        let details = CustomerDetails {
            name: name.into(),
            phones: vec![Phone {
                digits: phone.into(),
                ..Phone::default()
            }],
            ..CustomerDetails::default()
        };
        desk.ask(Request::Do(Command::RegisterCustomer { details }));
    }
    desk
}

#[test]
fn one_key_covers_the_whole_screen_and_takes_the_cover_away_with_nothing_lost() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(lang);
        desk.press("4").expect("欧阳晓红");
        desk.press("Z").reject("欧阳晓红").reject("1380013");
        // Nothing is done unseen.
        desk.press("c31<enter>").press("Z").expect("欧阳晓红");
        // What is typed stays; text goes nowhere while the cover is there.
        desk.press("c张小明")
            .press("<ctrl+x><right>")
            .reject("张小明");
        desk.press("x<ctrl+x><right>")
            .expect("张小明")
            .reject("张小明x");
        // Over a popup too.
        desk.press("<f1><ctrl+x><right>")
            .reject("F1")
            .press("<ctrl+x><right><esc>");
        desk.expect("张小明");
    }
}

#[test]
fn a11_26_3_during_a_call_others_data_are_opened_once_the_caller_is_known_and_that_is_written_down()
{
    for (lang, question) in [
        (Lang::Zh, "已核实来电人身份"),
        (Lang::En, "identity checked"),
    ] {
        let mut desk = office(lang);
        // Without a call nothing is asked.
        desk.press("4<enter>")
            .expect("CU-2024-00003")
            .press("<esc>");
        desk.press("1c13900139000<f8>").press("<end><up>");
        desk.press("<enter>").expect(question);
        // No is the answer unless it is said otherwise.
        desk.press("<enter>").reject(question);
        desk.press("<enter>y")
            .reject(question)
            .expect("CU-2024-00002");
        let query = LooksQuery {
            limit: 10,
            ..LooksQuery::default()
        };
        let mut desk = desk.with("information-supervisor");
        let Reply::Looks(rows) = desk.ask(Request::Look(Query::Looks(query))) else {
            panic!("no looks");
        };
        let checked = rows.iter().filter(|row| row.what == LookKind::OnCall);
        let about: Vec<String> = checked
            .filter_map(|row| row.about)
            .map(|it| it.to_string())
            .collect();
        assert_eq!(about, ["CU-2024-00002"], "{rows:?}");
    }
}

#[test]
fn a11_26_3_graded_data_say_that_they_are_not_for_the_telephone() {
    for (lang, text) in [
        (Lang::Zh, "不得在电话中告知"),
        (Lang::En, "not by telephone"),
    ] {
        let mut desk = office(lang).with("information-specialist");
        let keeper = Some(desk.operator);
        for grade in ["none", "secret"] {
            let details = FileDetails {
                title: format!("资料 {grade}"),
                class: "contract".into(),
                person: "诸葛亮".into(),
                keeper: keeper.filter(|_| grade == "secret"),
                grade: frontdesk::domain::archive::Grade::from_id(grade).unwrap(),
                ..FileDetails::default()
            };
            desk.ask(Request::Do(Command::CreateFile { details }));
        }
        desk.press("3<enter>").expect(text);
        desk.press("<esc><down><enter>").reject(text);
    }
}
