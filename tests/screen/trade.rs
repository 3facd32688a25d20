//! Tapes of purchases and quotes on a customer's card: what is granted shows while the amount is typed, when
//! it is saved, and on the card (A01-06, A01-13).

use frontdesk::domain::record::Record;
use frontdesk::domain::transaction::TransactionSort;
use frontdesk::locale::Lang;

use crate::harness::Desk;

/// What the site grants.
const SITE: &str = "[preference]\nreturning_bp = 500\n\
                    good_credit = { zh = \"货到三十天付款\", en = \"30 days\" }\n";

/// Of two texts the one of the language.
const fn either(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Chooses a step of the selected record by its name.
fn step(desk: &mut Desk, lang: Lang, zh: &'static str, en: &'static str) {
    desk.press("t");
    desk.press(either(lang, zh, en)).press("<enter>");
}

/// Begins an entry on the selected card.
fn enter(desk: &mut Desk, lang: Lang) {
    step(desk, lang, "登记成交", "Enter a purchase");
}

/// The discount as it is shown.
fn discount(lang: Lang, amount: &str) -> String {
    match lang {
        Lang::Zh => format!("老客户优惠 {amount} 元"),
        Lang::En => format!("Returning customer: {amount} off"),
    }
}

const fn terms(lang: Lang) -> &'static str {
    either(lang, "信用好的客户：货到三十天付款", "Good credit: 30 days")
}

/// A property office with one customer, who is selected.
fn office(site: Option<&str>, lang: Lang) -> Desk {
    let mut desk = Desk::staffed_by("property", site, lang).with("customer-service");
    desk.press("4c王芳<tab><tab><tab><tab>13900139001<f2>");
    desk.expect("CU-2024-0000");
    desk
}

#[test]
fn a01_13_the_discount_shows_while_the_amount_is_typed_and_on_the_card_afterwards() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(Some(SITE), lang);
        // A first purchase.
        enter(&mut desk, lang);
        desk.press("<tab><tab>加装门禁<tab>")
            .reject(&discount(lang, "0.00"));
        desk.press("1000").expect(&discount(lang, "0.00"));
        desk.press("<f2>").expect("TR-2024-00001");
        desk.expect(&discount(lang, "0.00")).reject(terms(lang));
        // The next one, with each key of the amount.
        enter(&mut desk, lang);
        desk.press("<tab><tab>车位年租<tab>1");
        for (typed, granted) in [("0", "0.50"), ("0", "5.00"), ("0", "50.00")] {
            desk.press(typed).expect(&discount(lang, granted));
        }
        desk.press(".").press("<backspace>");
        desk.expect(&discount(lang, "50.00")).press("<f2>");
        desk.expect("TR-2024-00002")
            .expect(&discount(lang, "50.00"));
        desk.press("<enter>");
        desk.expect(either(
            lang,
            "成交合计 2000.00 元",
            "bought for 2000.00 yuan",
        ));
        desk.expect(&discount(lang, "50.00")).press("<esc>");
    }
}

#[test]
fn a01_06_a_quote_to_a_customer_of_good_credit_shows_the_terms_and_counts_as_no_purchase() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(Some(SITE), lang).with("customer-service-manager");
        desk.press("4");
        step(&mut desk, lang, "信用好", "Good credit");
        let mut desk = desk.with("customer-service");
        desk.press("4");
        for quote in ["TR-2024-00001", "TR-2024-00002"] {
            enter(&mut desk, lang);
            desk.press(either(lang, "报价", "Quote"))
                .press("<tab><tab>车位年租<tab>");
            // Nothing is granted on nothing.
            desk.reject(terms(lang)).press("<f2>");
            desk.expect("A01-06").press("1000").expect(terms(lang));
            desk.expect(&discount(lang, "0.00")).press("<f2>");
            desk.expect(quote).expect(terms(lang));
            let Record::Transaction(entry) = desk.record(quote) else {
                panic!("{}", desk.screen());
            };
            assert_eq!(entry.details.sort, TransactionSort::Quote);
            assert_eq!(entry.details.amount, Some(100_000));
        }
        desk.press("<enter>")
            .expect(either(lang, "信用好的客户：", "Good credit: "));
        desk.expect(either(lang, "成交合计 0.00 元", "bought for 0.00 yuan"));
    }
}

#[test]
fn nothing_is_offered_where_the_site_set_nothing() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(None, lang).with("customer-service-manager");
        desk.press("4");
        step(&mut desk, lang, "信用好", "Good credit");
        let mut desk = desk.with("customer-service");
        desk.press("4");
        for number in ["TR-2024-00001", "TR-2024-00002"] {
            enter(&mut desk, lang);
            desk.press("<tab><tab>车位年租<tab>1000");
            desk.reject(either(lang, "优惠", "Returning customer"))
                .reject(either(lang, "信用好的客户", "Good credit"));
            desk.press("<f2>").expect(number);
            desk.reject(either(lang, "优惠", "Returning customer"));
        }
    }
}

#[test]
fn entries_of_customers_have_a_list_in_which_one_is_made() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(Some(SITE), lang);
        let list = either(lang, "成交、报价", "Purchases");
        desk.press("R").press(list).press("<enter>");
        desk.press("n王芳<tab><tab><tab>加装门禁<tab>1000");
        desk.expect(&discount(lang, "0.00")).press("<f2>");
        desk.expect("TR-2024-00001").expect("1000.00");
        // Whoever does not deal with customers makes none, and is told who does.
        let mut desk = desk.with("archive-administrator");
        desk.press("4").press("R").press(list).press("<enter>");
        desk.expect("TR-2024-00001").press("n");
        desk.reject("TR-2024-00002");
        let refused = either(lang, "登记成交、报价和往来记录", "enter purchases, quotes");
        desk.expect(refused);
    }
}
