//! A busy front desk's records, made from a seed: record so-and-so of a site is always the same,
//! whatever was made before it, so that what is in a store can be asked for without reading it.

use chrono::{TimeDelta, Utc};
use fastrand::Rng;
use frontdesk::desk::contract::{Adopted, AdoptedEnd, At, Command};
use frontdesk::domain::adopt::Existing;
use frontdesk::domain::archive::FileDetails;
use frontdesk::domain::complaint::ComplaintDetails;
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::intake::{Channel, IntakeDetails, IntakeKind};
use frontdesk::domain::loan::LoanDetails;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::phone::{Phone, PhoneLabel};
use frontdesk::domain::stamp::Stamp;

use crate::words;

/// Of a hundred records so many are customers, requests, complaints, files; the rest are loans.
const SHARES: [(Kind, u64); 5] = [
    (Kind::Customer, 25),
    (Kind::Intake, 40),
    (Kind::Complaint, 25),
    (Kind::File, 8),
    (Kind::Loan, 2),
];
/// Has no divisor in common with a hundred: kinds follow each other mixed.
const STRIDE: u64 = 37;
/// Records reach back so many days.
const DAYS: i64 = 1_000;
const CHANNELS: [Channel; 4] = [
    Channel::Call,
    Channel::Visit,
    Channel::Letter,
    Channel::Online,
];
const CATEGORIES: [&str; 6] = [
    "facility",
    "water-power",
    "cleaning",
    "security",
    "noise",
    "parking",
];
const CLASSES: [&str; 5] = ["owner", "decoration", "equipment", "contract", "general"];

/// A record in the columns that both sides of a comparison have.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plain {
    /// Its kind.
    pub kind: u8,
    /// Its running number within the kind.
    pub seq: u64,
    /// The name of a person, or the title.
    pub name: String,
    /// Its telephone.
    pub phone: String,
    /// Its plate.
    pub plate: String,
    /// Its place.
    pub place: String,
    /// Its text.
    pub text: String,
    /// How it came, its class or category.
    pub class: String,
    /// How it ended.
    pub ended: String,
    /// When it began, in milliseconds.
    pub at: i64,
}

/// A site with so many records.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    /// How many.
    pub size: u64,
    /// The year in the numbers.
    pub year: u16,
    /// The import they come with.
    pub import: Number,
}

struct Person {
    name: String,
    phone: String,
    plate: Option<String>,
    place: String,
}

/// Name and telephone of the customer of this running number.
pub fn of_customer(seq: u64) -> (String, String) {
    let person = person(seq);
    (person.name, person.phone)
}

fn rng(class: u64, place: u64) -> Rng {
    Rng::with_seed((class << 56) ^ place.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// The customer of this running number.
fn person(seq: u64) -> Person {
    let mut rng = rng(1, seq);
    Person {
        name: words::name(&mut rng),
        phone: words::phone(&mut rng),
        plate: (rng.u8(..2) == 0).then(|| words::plate(&mut rng)),
        place: words::place(&mut rng),
    }
}

/// The kind of a record and its running number within the kind, from 1.
fn place_of(index: u64) -> (Kind, u64) {
    let (hundred, mut place) = (index / 100, index % 100 * STRIDE % 100);
    for (kind, share) in SHARES {
        if place < share {
            // Kinds are mixed, running numbers are not: they count in the order of making.
            let before = (0..index % 100)
                .filter(|other| kind_at(*other) == kind)
                .count();
            return (kind, hundred * share + before as u64 + 1);
        }
        place -= share;
    }
    (Kind::Intake, 0)
}

fn kind_at(in_hundred: u64) -> Kind {
    let mut place = in_hundred * STRIDE % 100;
    for (kind, share) in SHARES {
        if place < share {
            return kind;
        }
        place -= share;
    }
    Kind::Intake
}

fn pick<T: Copy>(rng: &mut Rng, from: &[T], default: T) -> T {
    from.get(rng.usize(..from.len()))
        .copied()
        .unwrap_or(default)
}

impl Site {
    /// Its records one after the other.
    pub fn records(self) -> impl Iterator<Item = (Command, Plain)> {
        (0..self.size).map(move |index| self.record(index))
    }

    /// How many of its records are customers.
    pub fn customers(self) -> u64 {
        self.size / 100 * SHARES[0].1
    }

    /// Complaints only, as many as it has records.
    pub fn complaints(self) -> impl Iterator<Item = (Command, Plain)> {
        (0..self.size).map(move |index| self.complaint(index, index + 1))
    }

    fn number(self, kind: Kind, seq: u64) -> Number {
        let (year, seq) = (self.year, u32::try_from(seq).unwrap_or(u32::MAX));
        Number { kind, year, seq }
    }

    fn stamp(self, index: u64) -> Stamp {
        let span = TimeDelta::days(DAYS).num_seconds();
        let back = i128::from(span) * i128::from(self.size - index) / i128::from(self.size.max(1));
        let back = TimeDelta::seconds(i64::try_from(back).unwrap_or(0));
        Stamp::from_utc(Utc::now() - back - TimeDelta::hours(1))
    }

    /// A record by its place; the same every time, but for its time of day.
    pub fn record(self, index: u64) -> (Command, Plain) {
        match place_of(index) {
            (Kind::Customer, seq) => self.customer(index, seq),
            (Kind::Complaint, seq) => self.complaint(index, seq),
            (Kind::File, seq) => self.file(index, seq),
            (Kind::Loan, seq) => self.loan(index, seq),
            (_, seq) => self.intake(index, seq),
        }
    }

    fn adopt(self, record: Adopted) -> Command {
        Command::Adopt {
            import: self.import,
            record: Box::new(record),
            existing: Existing::default(),
            customer: String::new(),
        }
    }

    /// Half of what comes in is from customers who are known by then.
    fn caller(self, index: u64, rng: &mut Rng) -> (Option<Number>, Person) {
        let known = index / 100 * 25;
        if known > 0 && rng.bool() {
            let seq = rng.u64(1..=known);
            return (Some(self.number(Kind::Customer, seq)), person(seq));
        }
        (None, person(u64::MAX / 2 + index))
    }

    fn customer(self, index: u64, seq: u64) -> (Command, Plain) {
        let mut rng = rng(2, index);
        let Person {
            name,
            phone,
            plate,
            place,
        } = person(seq);
        let details = CustomerDetails {
            name: name.clone(),
            address: words::address(&mut rng),
            phones: vec![Phone {
                digits: phone.clone(),
                label: PhoneLabel::Mobile,
            }],
            place: place.clone(),
            plates: plate.iter().cloned().collect(),
            note: words::text(&mut rng, 20),
            ..CustomerDetails::default()
        };
        let plain = Plain {
            kind: Kind::Customer.code(),
            seq,
            name,
            phone,
            plate: plate.unwrap_or_default(),
            place,
            text: details.note.clone(),
            class: details.address.clone(),
            ended: String::new(),
            at: self.stamp(index).0,
        };
        (self.adopt(Adopted::Customer(details)), plain)
    }

    fn intake(self, index: u64, seq: u64) -> (Command, Plain) {
        let mut rng = rng(3, index);
        let (customer, caller) = self.caller(index, &mut rng);
        let at = self.stamp(index);
        let channel = pick(&mut rng, &CHANNELS, Channel::Call);
        let details = IntakeDetails {
            channel: Some(channel),
            kind: pick(
                &mut rng,
                &[IntakeKind::Enquiry, IntakeKind::Repair],
                IntakeKind::Enquiry,
            ),
            customer,
            caller: caller.name.clone(),
            phone: caller.phone.clone(),
            place: caller.place.clone(),
            text: some_text(&mut rng),
            started_at: Some(at),
            ..IntakeDetails::default()
        };
        let end = (rng.u8(..10) > 0).then(|| words::text(&mut rng, 20));
        let plain = Plain {
            kind: Kind::Intake.code(),
            seq,
            name: caller.name,
            phone: caller.phone,
            plate: String::new(),
            place: caller.place,
            text: details.text.clone(),
            class: channel.id().to_owned(),
            ended: end.clone().unwrap_or_default(),
            at: at.0,
        };
        let end = end.map(|text| AdoptedEnd { at: Some(at), text });
        (self.adopt(Adopted::Intake { details, end }), plain)
    }

    fn complaint(self, index: u64, seq: u64) -> (Command, Plain) {
        let mut rng = rng(4, index);
        let (customer, caller) = self.caller(index, &mut rng);
        let at = self.stamp(index);
        let category = pick(&mut rng, &CATEGORIES, "other");
        let details = ComplaintDetails {
            channel: Some(Channel::Call),
            customer,
            complainant: caller.name.clone(),
            phone: caller.phone.clone(),
            plate: caller.plate.clone().unwrap_or_default(),
            place: caller.place.clone(),
            category: category.to_owned(),
            text: some_text(&mut rng),
            made_at: Some(at),
            ..ComplaintDetails::default()
        };
        let answer = (rng.u8(..10) > 1).then(|| words::text(&mut rng, 30));
        let plain = Plain {
            kind: Kind::Complaint.code(),
            seq,
            name: caller.name,
            phone: caller.phone,
            plate: caller.plate.unwrap_or_default(),
            place: caller.place,
            text: details.text.clone(),
            class: category.to_owned(),
            ended: answer.clone().unwrap_or_default(),
            at: at.0,
        };
        let record = Adopted::Complaint {
            details,
            department: "工程部".to_owned(),
            assigned: true,
            closed: answer.is_some() && rng.u8(..10) > 0,
            answer: answer.map(|text| AdoptedEnd { at: Some(at), text }),
        };
        (self.adopt(record), plain)
    }

    fn file(self, index: u64, seq: u64) -> (Command, Plain) {
        let mut rng = rng(5, index);
        let (customer, caller) = self.caller(index, &mut rng);
        let class = pick(&mut rng, &CLASSES, "general");
        let details = FileDetails {
            title: format!("{}{}卷", words::thing(&mut rng), seq),
            class: class.to_owned(),
            customer,
            person: caller.name.clone(),
            phone: caller.phone.clone(),
            plate: caller.plate.clone().unwrap_or_default(),
            place: format!("{}柜{}层", rng.u8(1..40), rng.u8(1..9)),
            pieces: rng.u32(1..5),
            note: words::text(&mut rng, 20),
            ..FileDetails::default()
        };
        let plain = Plain {
            kind: Kind::File.code(),
            seq,
            name: caller.name,
            phone: caller.phone,
            plate: caller.plate.unwrap_or_default(),
            place: details.place.clone(),
            text: format!("{} {}", details.title, details.note),
            class: class.to_owned(),
            ended: String::new(),
            at: self.stamp(index).0,
        };
        (self.adopt(Adopted::File(details)), plain)
    }

    /// A file of the hundred before is lent; in the first hundred there is none.
    fn loan(self, index: u64, seq: u64) -> (Command, Plain) {
        let mut rng = rng(6, index);
        let hundred = (index / 100).max(1);
        let at = At {
            number: self.number(Kind::File, (hundred - 1) * 8 + 1 + (seq % 2) * 4),
            version: 1,
        };
        let borrower = person(rng.u64(1..1_000_000));
        let details = LoanDetails {
            borrower: borrower.name.clone(),
            unit: "工程部".to_owned(),
            phone: borrower.phone.clone(),
            copies: 1,
            reason: words::text(&mut rng, 20),
            due: None,
            which: Vec::new(),
        };
        let plain = Plain {
            kind: Kind::Loan.code(),
            seq,
            name: borrower.name,
            phone: borrower.phone,
            text: details.reason.clone(),
            class: "工程部".to_owned(),
            at: self.stamp(index).0,
            ..Plain::default()
        };
        (Command::CheckOut { file: at, details }, plain)
    }
}

fn some_text(rng: &mut Rng) -> String {
    let characters = rng.usize(60..=150);
    words::text(rng, characters)
}
