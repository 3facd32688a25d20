//! Customers who wait for a file, the figures of the archive, and lists by an entry of the profile.

use frontdesk::desk::contract::{Command, Request};
use frontdesk::domain::archive::FileDetails;
use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::harness::Desk;

/// A customer of a class, entered by the development specialist.
fn entered(lang: Lang, class: &str) -> Desk {
    let mut desk = Desk::staffed("call-centre", lang).with("development-specialist");
    desk.press("4n王芳<tab><tab><tab><tab>13900139000<f2>")
        .expect("A11-03.1");
    desk.press(&format!("{class}<f2>"));
    desk
}

#[test]
fn a11_04a_the_information_specialist_is_told_of_a_customer_without_a_file() {
    for (lang, told, title) in [
        (Lang::Zh, "待归档：客户未建档 2 位", "没有建档的客户"),
        (
            Lang::En,
            "To file: 2 customers without",
            "Customers without a file",
        ),
    ] {
        let mut desk = entered(lang, "1");
        desk.press("3").reject(told);
        let mut desk = desk.with("information-specialist");
        desk.press("3").expect(told);
        desk.press("<ctrl+x><down><pagedown><pagedown><pagedown>")
            .expect(title)
            .expect("王芳");
        desk.press("<esc>4f").press(match lang {
            Lang::Zh => "未建档<enter>",
            Lang::En => "without<enter>",
        });
        desk.expect("王芳").expect("王建国");
        let Record::Customer(customer) = desk.record("CU-2024-00002") else {
            panic!("no customer");
        };
        let details = FileDetails {
            title: "王芳 客户档案".into(),
            class: "general-customer".into(),
            customer: Some(customer.meta.number),
            place: "A-1".into(),
            ..FileDetails::default()
        };
        desk.ask(Request::Do(Command::CreateFile { details }));
        desk.press("4<esc>3").reject(told);
    }
}

#[test]
fn a11_03_1_customers_are_listed_by_class() {
    let mut desk = entered(Lang::Zh, "25");
    desk.expect("特殊客户");
    let Record::Customer(customer) = desk.record("CU-2024-00002") else {
        panic!("no customer");
    };
    assert_eq!(customer.details.line, "bank");
    desk.press("f一般<enter>")
        .expect("类别：一般客户")
        .reject("王芳");
    desk.press("f特殊<enter>")
        .expect("类别：特殊客户")
        .expect("王芳");
}

#[test]
fn a11_06_the_index_is_printed_in_the_order_of_the_list() {
    let mut desk = Desk::staffed("call-centre", Lang::Zh).with("information-specialist");
    for (place, title) in ["赵明 合同", "艾青 合同"].into_iter().enumerate() {
        let details = FileDetails {
            title: title.into(),
            class: "contract".into(),
            place: format!("A-{place}"),
            ..FileDetails::default()
        };
        desk.ask(Request::Do(Command::CreateFile { details }));
    }
    desk.press("3<esc>").expect("艾青 合同");
    desk.press("s姓名<enter>P3<f2>").work();
    desk.expect("file-index-");
}
