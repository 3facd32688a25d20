//! Masking: telephones, addresses and long numbers as a list shows them, so that a glance over a
//! shoulder or a page of rows gives nobody away (A09-2.5, A11-26.2).
//!
//! Names, units and plates stay: by them the desk knows whom it is talking about. What is masked
//! stays as wide as it was or gets narrower, and masking it again changes nothing. Who may see a
//! record unmasked is not decided here but in [`super::look`].

use super::archive::{ArchiveFile, Grade};
use super::record::Record;
use super::registration::FormField;
use super::transaction::Transaction;
use crate::text::width::{graphemes, width};

/// What stands for a digit or for the rest of an address.
const STAR: char = '*';
/// From so many digits on, a run of them in a text may be a telephone or an identity number.
const LONG: usize = 7;
/// From so many digits on, groups of them with blanks or dashes between count as one run: a
/// telephone as people write it, and longer than a date with its hour.
const LONG_IN_GROUPS: usize = 11;
/// Of an address so many characters stay.
const ADDRESS: usize = 6;

/// Whether a character is a digit of any script. Most texts are Chinese, and of the characters that
/// make them up none is, so that they need no look into a table.
fn is_numeric(c: char) -> bool {
    match c {
        '0'..='9' => true,
        '\0'..='\u{7F}' | '\u{3400}'..='\u{9FFF}' => false,
        _ => c.is_numeric(),
    }
}

/// How many digits stay at either end of so many.
const fn kept(digits: usize) -> (usize, usize) {
    match digits {
        0..=3 => (0, 0),
        4..=6 => (1, 1),
        7..=10 => (2, 2),
        _ => (3, 4),
    }
}

/// A text with all its digits masked but those that stay at the ends.
fn veiled(text: &str) -> String {
    let digits = text.chars().filter(|c| is_numeric(*c)).count();
    let (first, last) = kept(digits);
    let mut at = 0;
    text.chars()
        .map(|c| {
            if !is_numeric(c) {
                return c;
            }
            at += 1;
            if at <= first || at > digits - last {
                c
            } else {
                STAR
            }
        })
        .collect()
}

/// A telephone: `138****8000`, `65****21`; of a short one less stays, of the shortest nothing.
pub fn phone(digits: &str) -> String {
    if digits.contains(STAR) {
        words(digits)
    } else {
        veiled(digits)
    }
}

/// What was searched for, of which nobody is to be recognised: of its digits as much stays as of a
/// telephone, and nothing else but the blanks.
pub fn sought(text: &str) -> String {
    let star = |c: char| {
        if is_numeric(c) || c.is_whitespace() {
            c
        } else {
            STAR
        }
    };
    veiled(text).chars().map(star).collect()
}

/// An address: its first part, and stars for the rest.
pub fn address(text: &str) -> String {
    let end: usize = graphemes(text).take(ADDRESS).map(str::len).sum();
    let (start, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let mut masked = words(start);
    masked.extend(std::iter::repeat_n(STAR, width(rest).min(3)));
    masked
}

/// A text in which every number is masked that is long enough to be a telephone or an identity.
pub fn words(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_numeric) {
        let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
        masked.push_str(before);
        let (group, after) = from.split_at_checked(run(from)).unwrap_or((from, ""));
        let digits = group.chars().filter(|c| is_numeric(*c)).count();
        if digits >= LONG_IN_GROUPS {
            masked.push_str(&veiled(group));
        } else {
            let long = |part: &str| part.chars().filter(|c| is_numeric(*c)).count() >= LONG;
            for part in group.split_inclusive(|c: char| !is_numeric(c)) {
                if long(part) {
                    masked.push_str(&veiled(part));
                } else {
                    masked.push_str(part);
                }
            }
        }
        rest = after;
    }
    masked.push_str(rest);
    masked
}

/// How many bytes the digits at the start of a text take, with one or two blanks or dashes between
/// groups of them.
fn run(text: &str) -> usize {
    let mut end = 0;
    let mut between = 0;
    for (at, c) in text.char_indices() {
        if is_numeric(c) {
            end = at + c.len_utf8();
            between = 0;
        } else if matches!(c, ' ' | '-') && between < 2 {
            between += 1;
        } else {
            break;
        }
    }
    end
}

/// Whether something is masked in a text. Nobody's telephone or name has a star in it.
pub fn is_masked(text: &str) -> bool {
    text.contains(STAR)
}

/// Masks what is personal in a record. `known` is a telephone that who looks knows already, such
/// as the one that calls: it stays.
pub fn record(record: &mut Record, known: Option<&str>) {
    let hide = |digits: &mut String| {
        if known != Some(digits.as_str()) {
            *digits = phone(digits);
        }
    };
    match record {
        Record::Customer(customer) => {
            let details = &mut customer.details;
            details.address = address(&details.address);
            for phone in &mut details.phones {
                hide(&mut phone.digits);
            }
            all([
                &mut details.name,
                &mut details.employer,
                &mut details.position,
                &mut details.place,
                &mut details.note,
                &mut details.external,
            ]);
            all(&mut details.plates);
            customer.fills.clear();
        }
        Record::Intake(intake) => {
            let details = &mut intake.details;
            hide(&mut details.phone);
            all([
                &mut details.caller,
                &mut details.place,
                &mut details.text,
                &mut details.needs,
                &mut details.access,
                &mut details.external,
                &mut details.source,
            ]);
            all(intake.outcome.as_mut().map(|outcome| &mut outcome.text));
            all(intake.repair.iter_mut().flat_map(|repair| repair.texts()));
            all(intake.waived.iter_mut().map(|one| &mut one.reason));
        }
        Record::Complaint(complaint) => {
            let details = &mut complaint.details;
            hide(&mut details.phone);
            all([
                &mut details.complainant,
                &mut details.place,
                &mut details.plate,
                &mut details.text,
                &mut details.external,
                &mut details.source,
                &mut complaint.handler,
            ]);
            all(complaint.course.texts());
            all(complaint.answer.as_mut().map(|answer| &mut answer.text));
            all(complaint.trail.iter_mut().map(|passage| &mut passage.note));
        }
        Record::File(_) | Record::Loan(_) => of_archive(record, hide),
        Record::Handover(_)
        | Record::Access(_)
        | Record::Incident(_)
        | Record::Transaction(_)
        | Record::Task(_)
        | Record::Registration(_) => procedure(record, hide),
        Record::Measure(measure) => all(measure.texts()),
        Record::FollowUp(follow_up) => all(follow_up.texts()),
        Record::Relation(_)
        | Record::Introduction(_)
        | Record::Handout(_)
        | Record::Merge(_)
        | Record::PlanLine(_)
        | Record::Dossier(_)
        | Record::Answer(_)
        | Record::Occupancy(_)
        | Record::Instruction(_)
        | Record::ShiftSheet(_) => kin(record, hide),
        Record::Analysis(analysis) => all(analysis.texts()),
        Record::Remark(remark) => remark.text = words(&remark.text),
        // Nothing of a customer stands in these.
        Record::Operator(_)
        | Record::Site(_)
        | Record::Import(_)
        | Record::Credential(_)
        | Record::Permit(_)
        | Record::Inspection(_)
        | Record::Destruction(_)
        | Record::DutyShift(_)
        | Record::ServiceItem(_)
        | Record::Campaign(_)
        | Record::Survey(_)
        | Record::Hint(_)
        | Record::DayEnd(_) => {}
    }
}

/// Masks what customers have to do with each other, are asked and are told.
fn kin(record: &mut Record, hide: impl Fn(&mut String)) {
    match record {
        Record::Relation(relation) => all(relation.texts()),
        Record::Introduction(introduction) => all(introduction.texts()),
        Record::Handout(handout) => {
            hide(&mut handout.details.phone);
            all(handout.texts());
        }
        Record::Merge(merge) => {
            let details = &mut merge.before.details;
            details.address = address(&details.address);
            for phone in &mut details.phones {
                hide(&mut phone.digits);
            }
            all(merge.texts());
        }
        Record::PlanLine(line) => all(line.texts()),
        Record::Dossier(dossier) => all(dossier.texts()),
        Record::Answer(answer) => all(answer.texts()),
        Record::Occupancy(occupancy) => all(occupancy.texts()),
        Record::Instruction(instruction) => all(instruction.texts()),
        Record::ShiftSheet(sheet) => {
            sheet.hide_begun();
            all(sheet.texts());
        }
        _ => {}
    }
}

/// Masks of a loan of a graded file, and of a request for one, what the file is about (A11-22c).
pub fn graded(record: &mut Record) {
    match record {
        Record::Loan(loan) => whole([&mut loan.title, &mut loan.details.reason]),
        Record::Access(access) => {
            let details = &mut access.details;
            whole([&mut details.object, &mut details.aim, &mut details.reason]);
        }
        _ => {}
    }
}

/// Masks of a record that is closed to whoever looks all that says what it is about and who has to do
/// with it (A11-22c).
pub fn closed(record: &mut Record) {
    match record {
        Record::Loan(loan) => {
            let details = &mut loan.details;
            whole([
                &mut details.borrower,
                &mut details.unit,
                &mut details.phone,
                &mut details.reason,
            ]);
            whole([&mut loan.title]);
            whole(loan.checked_in.as_mut().map(|back| &mut back.note));
            whole(loan.texts());
        }
        Record::Access(access) => {
            let details = &mut access.details;
            whole([
                &mut details.reader,
                &mut details.unit,
                &mut details.phone,
                &mut details.carrier,
            ]);
            whole(access.texts());
        }
        Record::File(file) => file_whole(file),
        Record::Transaction(entry) => entry_whole(entry),
        _ => self::record(record, None),
    }
}

/// Of a graded file nothing shows but its number, class, place and grade (A11-22c).
fn file_whole(file: &mut ArchiveFile) {
    let details = &mut file.details;
    whole([
        &mut details.title,
        &mut details.person,
        &mut details.phone,
        &mut details.plate,
        &mut details.vin,
        &mut details.note,
        &mut details.external,
        &mut details.web,
        &mut details.credit,
    ]);
    details.customer = None;
    whole(&mut details.papers);
    whole(file.custody.texts());
}

/// Of an entry in a graded file nothing shows but its number, day and sort (A11-22c).
fn entry_whole(entry: &mut Transaction) {
    whole(entry.texts());
    entry.details.amount = None;
    entry.details.customer = None;
    entry.discount = None;
    entry.terms = None;
}

/// Masks what is personal in a file or a loan.
fn of_archive(record: &mut Record, hide: impl Fn(&mut String)) {
    if matches!(record, Record::Loan(loan) if loan.course.grade > Grade::None) {
        graded(record);
    }
    match record {
        Record::File(file) if file.details.grade > Grade::None => file_whole(file),
        Record::File(file) => {
            let details = &mut file.details;
            hide(&mut details.phone);
            all(&mut details.papers);
            all(file.custody.texts());
            all([
                &mut details.title,
                &mut details.person,
                &mut details.plate,
                &mut details.place,
                &mut details.note,
                &mut details.external,
                &mut details.web,
                &mut details.credit,
            ]);
        }
        Record::Loan(loan) => {
            all(loan.texts());
            let details = &mut loan.details;
            hide(&mut details.phone);
            all([
                &mut loan.title,
                &mut details.borrower,
                &mut details.unit,
                &mut details.reason,
            ]);
            all(loan.checked_in.as_mut().map(|back| &mut back.note));
        }
        _ => {}
    }
}

/// Masks what is personal in a record of the archive's procedures.
fn procedure(record: &mut Record, hide: impl Fn(&mut String)) {
    if matches!(record, Record::Access(access) if access.grade > Grade::None) {
        graded(record);
    }
    match record {
        Record::Handover(handover) => {
            let details = &mut handover.details;
            hide(&mut details.phone);
            hide(&mut details.landline);
            details.address = address(&details.address);
            all([&mut details.plate, &mut details.vin]);
            all(handover.texts());
        }
        Record::Access(access) => {
            hide(&mut access.details.phone);
            all(access.texts());
        }
        Record::Incident(incident) => all(incident.texts()),
        Record::Transaction(transaction) => {
            if transaction.grade > Grade::None {
                entry_whole(transaction);
            }
            all(transaction.texts());
        }
        Record::Task(task) => all(task.texts()),
        Record::Registration(registration) => {
            hide(&mut registration.details.phone);
            if let Some(closing) = &mut registration.closing {
                let form = closing.form.iter_mut();
                let at = form.filter(|(field, _)| *field == FormField::Address);
                at.for_each(|(_, value)| *value = address(value));
            }
            all(registration.texts());
        }
        _ => {}
    }
}

/// Texts of which nothing is to be seen but that they are there.
fn whole<'a>(texts: impl IntoIterator<Item = &'a mut String>) {
    for text in texts {
        if !text.is_empty() {
            *text = STAR.to_string().repeat(3);
        }
    }
}

fn all<'a>(texts: impl IntoIterator<Item = &'a mut String>) {
    for text in texts {
        if text.contains(is_numeric) {
            *text = words(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::clean;

    #[test]
    fn a_telephone_keeps_its_ends_and_a_short_one_less() {
        for (digits, masked) in [
            ("13800138000", "138****8000"),
            ("02165432100", "021****2100"),
            ("65432100", "65****00"),
            ("96110", "9***0"),
            ("110", "***"),
            ("", ""),
        ] {
            assert_eq!(phone(digits), masked);
        }
    }

    #[test]
    fn an_address_keeps_its_first_part() {
        assert_eq!(address("桂花苑路88号3栋1201室"), "桂花苑路88***");
        assert_eq!(address("3-1201"), "3-1201");
        assert_eq!(address("👩‍👩‍👧甲乙丙丁戊己"), "👩‍👩‍👧甲乙丙丁戊**");
    }

    #[test]
    fn long_numbers_in_a_text_are_masked_and_short_ones_stay() {
        for (text, masked) in [
            ("请打13800138000找王芳", "请打138****8000找王芳"),
            ("身份证110101199001011237。", "身份证110***********1237。"),
            ("138 0013 8000", "138 **** 8000"),
            ("1380-013-8000", "138*-***-8000"),
            ("１３８００１３８０００", "１３８****８０００"),
            ("2024-06-06 09:00 3栋1201", "2024-06-06 09:00 3栋1201"),
            ("CO-2024-00012", "CO-2024-00012"),
        ] {
            assert_eq!(words(text), masked);
        }
    }

    /// Whether so many digits of a text stand in a row in what became of it.
    fn shows(text: &str, masked: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        chars.windows(LONG).any(|window| {
            window.iter().all(|c| c.is_numeric())
                && masked.contains(&window.iter().collect::<String>())
        })
    }

    fn text() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof![
                "[0-9]{1,12}",
                "[ \\-*:栋号室王a-z]{1,3}",
                "[０-９]{1,8}",
                "\\PC{0,4}",
            ],
            0..8,
        )
        .prop_map(|parts| clean::body(&parts.concat()))
    }

    #[test]
    fn digits_are_told_from_characters_as_the_standard_does() {
        for c in '\0'..='\u{FFFF}' {
            assert_eq!(is_numeric(c), c.is_numeric(), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_masked_shows_no_long_number_is_no_wider_and_stays_as_it_is(text in text()) {
            for mask in [phone, address, words] {
                let masked = mask(&text);
                prop_assert!(!shows(&text, &masked), "{masked}");
                prop_assert!(width(&masked) <= width(&text), "{masked}");
                prop_assert_eq!(mask(&masked), masked.clone());
            }
        }
    }
}
