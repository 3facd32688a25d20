//! Invented people: names, telephones, plates and places that belong to nobody.
//!
//! Mobile numbers begin with 154 00, land lines go on with 0 behind the area, and plates have an
//! I as their second sign: none of these is given out.

use fastrand::Rng;

use super::words::Words;
use crate::domain::customer::{CustomerDetails, Salutation};
use crate::domain::deal::Deal;
use crate::domain::phone::{Phone, PhoneLabel};
use crate::domain::registration::Business;

/// One of a list; the default of an empty one.
pub(super) fn one<T: Clone + Default>(random: &mut Rng, list: &[T]) -> T {
    random.choice(list).cloned().unwrap_or_default()
}

/// A name with the form of address that fits it.
pub(super) fn name(words: &Words, random: &mut Rng) -> (String, Salutation) {
    let woman = random.bool();
    let salutation = if woman {
        Salutation::Ms
    } else {
        Salutation::Mr
    };
    if words.english() {
        let given = one(random, &words.list(&["names", "given"]));
        let family = one(random, &words.list(&["names", "family"]));
        return (format!("{given} {family}"), Salutation::Unknown);
    }
    let family = one(random, &words.list(&["names", "surnames"]));
    let given = words.list(&["names", if woman { "given_female" } else { "given_male" }]);
    let mut name = family;
    for _ in 0..random.usize(1..=2) {
        name.push_str(&one(random, &given));
    }
    (name, salutation)
}

/// The `count`th mobile number. The last four digits tell numbers apart on the telephone, so they
/// are scattered and come back only after ten thousand.
pub(super) fn mobile(count: usize, random: &mut Rng) -> String {
    let last = (count.wrapping_mul(7_919) + 2_024) % 10_000;
    format!("15400{:02}{last:04}", random.u32(0..100))
}

fn land_line(random: &mut Rng) -> String {
    format!("05710{:07}", random.u32(0..10_000_000))
}

/// A plate.
pub(super) fn plate(words: &Words, random: &mut Rng) -> String {
    let province = one(random, &words.list(&["places", "plates"]));
    let letter = random.uppercase();
    format!("{province}I{letter}{:04}", random.u32(0..10_000))
}

/// A room, shop or address, as a site of the profile knows it.
pub(super) fn place(profile: &str, words: &Words, random: &mut Rng) -> String {
    match profile {
        "property" => room(random),
        "leasing" => {
            let shop = one(random, &words.list(&["places", "shops"]));
            format!("{shop} {:03}", random.u32(1..80))
        }
        _ => street(words, random),
    }
}

/// A room such as `3-1201`.
pub(super) fn room(random: &mut Rng) -> String {
    let (building, floor) = (random.u32(1..=15), random.u32(1..=18));
    format!("{building}-{floor}{:02}", random.u32(1..=4))
}

fn street(words: &Words, random: &mut Rng) -> String {
    let street = one(random, &words.list(&["places", "streets"]));
    let number = random.u32(1..300);
    if words.english() {
        format!("{number} {street}")
    } else {
        format!("{street}{number}号")
    }
}

/// The card of the `count`th customer of a site of the profile.
pub(super) fn customer(
    count: usize,
    profile: &str,
    words: &Words,
    random: &mut Rng,
) -> CustomerDetails {
    let (name, salutation) = name(words, random);
    let mut phones = vec![Phone {
        digits: mobile(count, random),
        label: PhoneLabel::Mobile,
    }];
    if random.u8(0..4) == 0 {
        let label = *random
            .choice(&[PhoneLabel::Home, PhoneLabel::Work])
            .unwrap_or(&PhoneLabel::Other);
        let digits = land_line(random);
        phones.push(Phone { digits, label });
    }
    let has_car = profile == "dealership" || random.u8(0..3) == 0;
    let plates: Vec<String> = has_car.then(|| plate(words, random)).into_iter().collect();
    let place = match (profile, plates.first()) {
        ("dealership", Some(plate)) => plate.clone(),
        _ => place(profile, words, random),
    };
    let address = street(words, random);
    let employer = one(random, &words.list(&["work", "employers"]));
    let position = one(random, &words.list(&["work", "positions"]));
    // Cards are seldom complete: some lack what was never asked.
    let known = |random: &mut Rng, text: String| match random.u8(0..5) {
        0 => String::new(),
        _ => text,
    };
    CustomerDetails {
        name,
        employer: known(random, employer),
        position: known(random, position),
        address: known(random, address),
        phones,
        salutation,
        place,
        plates,
        note: match random.u8(0..8) {
            0 => one(random, &words.list(&["intake", "needs"])),
            _ => String::new(),
        },
        owner: None,
        external: String::new(),
        ..listed(count, profile)
    }
}

/// What of a card is chosen from the lists of the profile that has them.
fn listed(count: usize, profile: &str) -> CustomerDetails {
    let of = |id: &str| id.to_owned();
    let nth = |ids: [&'static str; 3]| ids.into_iter().nth(count % 3).unwrap_or_default();
    match profile {
        "call-centre" if count % 12 == 7 => CustomerDetails {
            class: of("special"),
            line: of(nth(["lawyer", "bank", "insurance"])),
            ..CustomerDetails::default()
        },
        "call-centre" => CustomerDetails {
            class: of("general"),
            ..CustomerDetails::default()
        },
        "leasing" => CustomerDetails {
            site: of("here"),
            source: of(nth(["call", "visit", "data"])),
            business: Some(if count % 4 == 3 {
                Business::Sale
            } else {
                Business::Lease
            }),
            deal: Some(Deal::Open),
            ..CustomerDetails::default()
        },
        _ => CustomerDetails::default(),
    }
}

/// The number of somebody who is no customer.
pub(super) fn stranger(random: &mut Rng) -> String {
    format!("15409{:06}", random.u32(0..1_000_000))
}
