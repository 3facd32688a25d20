//! Tapes of a leasing office: a customer registered and handed in, a collision and its ruling,
//! the duty roster.

use frontdesk::domain::record::Record;
use frontdesk::domain::registration::{OwnerRule, Registration, RegistrationState};
use frontdesk::locale::Lang;

use crate::harness::Desk;

/// Of two texts the one of the language.
const fn either(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Shows the register of registrations.
fn register(desk: &mut Desk, lang: Lang) {
    desk.press("3R");
    desk.press(either(lang, "客户信息登记", "Customer registration"));
    desk.press("<enter>");
}

fn row(desk: &mut Desk, number: &str) -> Registration {
    match desk.record(number) {
        Record::Registration(row) => row,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_customer_is_registered_and_the_day_s_form_handed_in() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("leasing", lang).with("leasing-manager");
        register(&mut desk, lang);
        // Telephone, name, to rent, a visit.
        desk.press("n13800138000<tab>王芳<tab><tab>2临街铺面<f2>");
        desk.expect("RG-2024-00001");
        desk.press("g<f2>");
        assert!(row(&mut desk, "RG-2024-00001").handed_in.is_some());
        // What is done is on the list no more, and still in the register.
        desk.press("f");
        desk.press(either(lang, "全部登记", "all registrations"));
        desk.press("<enter>").expect("RG-2024-00001");
    }
}

#[test]
fn a_collision_is_shown_before_saving_and_decided_by_the_head_of_leasing() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("leasing", lang).with("leasing-manager");
        register(&mut desk, lang);
        desk.press("n13800138000<tab>王芳<tab><tab>2临街铺面<f2>");
        let mut desk = desk.with("on-duty");
        register(&mut desk, lang);
        desk.press("n13800138000<tab>王小姐<tab><tab>1商铺<f2>");
        desk.expect("RG-2024-00001").expect("A12-3.1.3");
        desk.reject("RG-2024-00002");
        desk.press("y").expect("RG-2024-00002");
        let collides = row(&mut desk, "RG-2024-00002");
        assert_eq!(collides.state, RegistrationState::Collision);
        let mut desk = desk.with("head-of-leasing");
        register(&mut desk, lang);
        desk.press("g").press("2先登记者未跟进<f2>");
        let mut desk = desk.with("on-duty");
        let ruled = row(&mut desk, "RG-2024-00002");
        assert_eq!(ruled.rule, OwnerRule::Ruled);
        assert_eq!(ruled.owner, ruled.meta.created_by);
        // Whoever takes the call sees whose customer it is, and by which rule.
        desk.press("1c13800138000").expect("RG-2024-00002");
        desk.expect(either(lang, "归 员工2", "员工2 (decided"));
    }
}

#[test]
fn the_duty_roster_is_entered() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("leasing", lang).with("head-of-leasing");
        desk.press("3R")
            .press(either(lang, "值班表", "Duty roster"));
        desk.press("<enter>n").press("3<tab>");
        desk.press("<f2>").expect("DU-2024-00001");
        desk.expect("09:00–18:00");
    }
}

#[test]
fn a_new_customer_goes_from_the_registration_to_the_closed_deal_and_into_the_archive() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("leasing", lang).with("leasing-manager");
        register(&mut desk, lang);
        desk.press("n13911112222<tab>王芳<tab><tab>2临街铺面<f2>");
        desk.expect("RG-2024-00001").press("g<f2>");
        // The card at the closing, on which the unit is missing.
        desk.press("4c王芳<tab><tab><tab>雁塔路8号<tab>13911112222<tab>2<tab><tab><tab>1<f2>");
        desk.expect("CU-2024-00002");
        close(&mut desk, lang, "王芳");
        // An incomplete form is not sent.
        desk.press("g").expect("A12-3.2.4");
        desk.expect(either(
            lang,
            "客户档案表不完整",
            "The file form is not complete",
        ));
        assert_eq!(
            row(&mut desk, "RG-2024-00001").state,
            RegistrationState::Closed
        );
        desk.press("<esc>4e<tab><tab><tab><tab><tab><tab>2A-108<f2>");
        close(&mut desk, lang, "");
        desk.press("g");
        assert_eq!(
            row(&mut desk, "RG-2024-00001").state,
            RegistrationState::FormSent,
            "{}",
            desk.screen()
        );
        // General services find it under what is to be filed, and file it in a new file.
        let mut desk = desk.with("general-services");
        register(&mut desk, lang);
        desk.press("f");
        desk.press(either(lang, "档案表待归档", "file form to be filed"));
        desk.press("<enter>").expect("RG-2024-00001");
        desk.press("g").press("<f2>");
        let mut desk = desk.with("leasing-manager");
        register(&mut desk, lang);
        desk.press("f");
        desk.press(either(lang, "全部登记", "all registrations"));
        desk.press("<enter>");
        desk.expect(either(lang, "已归档", "closed, filed"));
        let filed = row(&mut desk, "RG-2024-00001");
        assert_eq!(filed.state, RegistrationState::Filed, "{}", desk.screen());
        let file = filed.closing.and_then(|closing| closing.filed);
        assert_eq!(file.unwrap().file.to_string(), "AF-2024-00001");
        desk.press("<enter><pgdn><pgdn>").expect("2034-06-06");
        desk.expect("AF-2024-00001");
    }
}

/// Closes the deal of the registration with the card as it is now; `card` is typed to find it the first time.
fn close(desk: &mut Desk, lang: Lang, card: &str) {
    register(desk, lang);
    desk.press("f");
    desk.press(either(lang, "全部登记", "all registrations"));
    desk.press("<enter>k1").press(card).press("<f2>");
    assert_eq!(
        row(desk, "RG-2024-00001").state,
        RegistrationState::Closed,
        "{}",
        desk.screen()
    );
}
