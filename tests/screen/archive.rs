//! Files lent and taken back.

use frontdesk::domain::record::Record;
use frontdesk::domain::stamp::Day;
use frontdesk::locale::Lang;

use crate::harness::{Desk, SMALL};

fn loan(desk: &mut Desk, number: &str) -> frontdesk::domain::loan::Loan {
    match desk.record(number) {
        Record::Loan(loan) => loan,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a11_19_5b_a_loan_is_offered_its_last_day_and_no_later_one() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("3<end>o").expect("2024-06-09");
    desk.press("孙梅<tab><tab><tab><tab>核对图纸<tab><ctrl+u>2024-06-10<f2>");
    desk.expect("借阅不得超过 3 天").expect("A11-19.5b");
    desk.press("<ctrl+u>2024-06-08<f2>")
        .expect("已保存 LO-2024-00002");
    let lent = loan(&mut desk, "LO-2024-00002");
    assert_eq!(
        (lent.due, lent.details.copies),
        (Day::of(2024, 6, 8).unwrap(), 3)
    );
    desk.press("o").expect("已借出");
}

#[test]
fn a11_20_a_returned_loan_stays_readable_in_the_register() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("3").expect("逾期 2 天");
    desk.press("r<f2>").expect("已保存 LO-2024-00001");
    assert!(!loan(&mut desk, "LO-2024-00001").is_open());
    desk.press("tu").expect("LO-2024-00001").expect("已还");
}

#[test]
fn a_file_just_lent_can_be_taken_back_where_it_stands() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("3<end>o孙梅<tab><tab><tab><tab>核对图纸<f2>")
        .expect("已保存 LO-2024-00002");
    desk.press("r<f2>").expect("已保存 LO-2024-00002");
    assert!(!loan(&mut desk, "LO-2024-00002").is_open());
}

#[test]
fn part_of_a_loan_comes_back() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("3r<ctrl+u>1<f2>").expect("已保存");
    let lent = loan(&mut desk, "LO-2024-00001");
    assert!(lent.is_open());
    assert_eq!(lent.pieces_back, 1);
    desk.press("r<ctrl+u>5<f2>").expect("超过了未还的 1 份");
}

#[test]
fn a_date_is_explained_day_by_day_also_while_lending() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("3<end>o<ctrl+x><ctrl+e>")
        .expect("2024-06-09 周日  第 3 天");
    desk.press("<esc>").expect("借出 AF-2024-00001");
}

#[test]
fn a_new_file_stands_on_its_shelf_with_its_grade() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("3c房屋验收记录<tab>业主<tab><tab><tab><tab><tab>B-01<tab><tab><tab><tab><tab>绝密<tab>1<f2>");
    desk.expect("已保存 AF-2024-00003")
        .expect("绝密")
        .expect("在架");
}
