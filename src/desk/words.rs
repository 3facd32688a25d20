//! What a word finds: the one answer to whether a record is found by it.
//!
//! A word is found where it stands in a text of the record, at either end of a telephone, at the
//! beginning of a name's pinyin or of its first letters, or as the running number. How the records
//! that may be found are got at without reading all of them is not decided here (`tokens`).

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::domain::intake::Intake;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::text::{clean, pinyin};

/// Fewer digits than this fit too many telephones to be of use.
pub(super) const FEWEST_DIGITS: usize = 3;
/// The sound of a longer name is not what anybody types.
const LONGEST_NAME: usize = 16;
/// From so many digits on, what is in front of a mobile telephone may be the country.
const WITH_COUNTRY: usize = 11;

/// What of a record is searched: the same parts, the same words find it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// Names and titles, which are found by their sound too.
    names: Vec<&'a str>,
    /// Whatever else is found by what stands in it.
    texts: Vec<&'a str>,
    /// Plates, which are found without the signs between.
    plates: Vec<&'a str>,
    phones: Vec<&'a str>,
}

impl<'a> Parts<'a> {
    fn of_intake(intake: &'a Intake) -> Self {
        let it = &intake.details;
        let outcome = intake.outcome.as_ref().map_or("", |end| &end.text);
        Self {
            names: vec![&it.caller],
            texts: vec![
                &it.place,
                &it.text,
                &it.needs,
                &it.access,
                &it.external,
                outcome,
            ],
            plates: Vec::new(),
            phones: vec![&it.phone],
        }
    }

    /// The parts of a record; none of one that was taken back, and of what is no business of a
    /// search: operators, the site.
    pub(super) fn of(record: &'a Record) -> Option<Self> {
        if record.meta().void {
            return None;
        }
        Some(match record {
            Record::Customer(customer) => {
                let it = &customer.details;
                Self {
                    names: vec![&it.name],
                    texts: vec![
                        &it.employer,
                        &it.position,
                        &it.place,
                        &it.address,
                        &it.note,
                        &it.external,
                    ],
                    plates: it.plates.iter().map(String::as_str).collect(),
                    phones: it.phones.iter().map(|phone| &*phone.digits).collect(),
                }
            }
            Record::Intake(intake) => Self::of_intake(intake),
            Record::Complaint(complaint) => {
                let it = &complaint.details;
                let answer = complaint.answer.as_ref().map_or("", |answer| &answer.text);
                Self {
                    names: vec![&it.complainant],
                    texts: vec![&it.place, &it.text, &it.external, answer],
                    plates: vec![&it.plate],
                    phones: vec![&it.phone],
                }
            }
            Record::File(file) => {
                let it = &file.details;
                Self {
                    names: vec![&it.person, &it.title],
                    texts: vec![&it.place, &it.note, &it.external],
                    plates: vec![&it.plate, &it.vin],
                    phones: vec![&it.phone],
                }
            }
            Record::Loan(loan) => {
                let it = &loan.details;
                let back = loan.checked_in.as_ref().map_or("", |back| &back.note);
                Self {
                    names: vec![&it.borrower, &loan.title],
                    texts: vec![&it.unit, &it.reason, back],
                    plates: Vec::new(),
                    phones: vec![&it.phone],
                }
            }
            Record::Handover(_)
            | Record::Access(_)
            | Record::Incident(_)
            | Record::Transaction(_)
            | Record::Task(_)
            | Record::Registration(_) => {
                return Self::of_archive(record);
            }
            Record::Relation(_)
            | Record::Introduction(_)
            | Record::Handout(_)
            | Record::ServiceItem(_)
            | Record::Merge(_) => return Self::of_kin(record),
            Record::Survey(_)
            | Record::Answer(_)
            | Record::Occupancy(_)
            | Record::Instruction(_) => return Self::of_surveys(record),
            Record::Measure(_)
            | Record::FollowUp(_)
            | Record::Campaign(_)
            | Record::PlanLine(_)
            | Record::Dossier(_)
            | Record::Hint(_)
            | Record::ShiftSheet(_) => return Self::of_notes(record),
            Record::Operator(_)
            | Record::Site(_)
            | Record::Analysis(_)
            | Record::Inspection(_)
            | Record::Destruction(_)
            | Record::DayEnd(_)
            | Record::DutyShift(_)
            | Record::Import(_)
            | Record::Credential(_)
            | Record::Permit(_)
            | Record::Remark(_) => return None,
        })
    }

    /// The parts of a survey, an answer, a move-in or an instruction.
    fn of_surveys(record: &'a Record) -> Option<Self> {
        let (names, texts): (Vec<&str>, Vec<&str>) = match record {
            Record::Survey(survey) => (vec![&survey.details.title], Vec::new()),
            Record::Answer(answer) => {
                let it = &answer.details;
                let texts = vec![it.product.as_str(), &it.opinion, &it.suggestion];
                (vec![&answer.name], texts)
            }
            Record::Occupancy(it) => (vec![&it.name], vec![&it.details.place]),
            Record::Instruction(it) => {
                let answer = it.answered.as_ref().map(|said| said.text.as_str());
                let texts = vec![it.details.text.as_str(), answer.unwrap_or_default()];
                (Vec::new(), texts)
            }
            _ => return None,
        };
        Some(Self {
            names,
            texts,
            plates: Vec::new(),
            phones: Vec::new(),
        })
    }

    /// The parts of what is to be done, was said or is handed over.
    fn of_notes(record: &'a Record) -> Option<Self> {
        Some(match record {
            Record::Measure(measure) => {
                let it = &measure.details;
                Self {
                    names: vec![&it.owner, &it.contributor, &measure.supervisor],
                    texts: vec![&it.text],
                    plates: Vec::new(),
                    phones: Vec::new(),
                }
            }
            Record::FollowUp(follow_up) => {
                let contact = follow_up.contact.as_ref();
                let said = contact.map(|contact| [contact.said.text.as_str(), &contact.needs]);
                let mut texts: Vec<&str> = vec![&follow_up.details.text];
                texts.extend(said.into_iter().flatten());
                Self {
                    names: vec![&follow_up.name],
                    texts,
                    plates: Vec::new(),
                    phones: Vec::new(),
                }
            }
            Record::Campaign(campaign) => Self {
                names: vec![&campaign.details.title],
                texts: vec![&campaign.details.text, &campaign.details.place],
                plates: Vec::new(),
                phones: Vec::new(),
            },
            Record::PlanLine(line) => Self {
                names: vec![&line.name],
                texts: vec![&line.details.action],
                plates: Vec::new(),
                phones: Vec::new(),
            },
            Record::Dossier(dossier) => Self {
                texts: dossier.found_by(),
                ..Self::default()
            },
            Record::Hint(hint) => Self {
                names: vec![&hint.details.places],
                texts: vec![&hint.details.text],
                plates: Vec::new(),
                phones: Vec::new(),
            },
            Record::ShiftSheet(sheet) => Self {
                names: Vec::new(),
                texts: vec![&sheet.details.text],
                plates: Vec::new(),
                phones: Vec::new(),
            },
            _ => return None,
        })
    }

    /// The parts of what customers have to do with each other, and of a service.
    fn of_kin(record: &'a Record) -> Option<Self> {
        let (names, texts): (Vec<&str>, Vec<&str>) = match record {
            Record::Relation(it) => (
                vec![&it.from_name, &it.to_name],
                vec![&it.details.group, &it.details.note],
            ),
            Record::Introduction(it) => (vec![&it.names.0, &it.names.1], vec![&it.details.text]),
            Record::Handout(it) => {
                let arrived = it.arrived.iter().map(|one| one.name.as_str());
                let mut names: Vec<&str> = vec![&it.name, &it.details.friend];
                names.extend(arrived);
                (names, vec![&it.details.what])
            }
            Record::ServiceItem(it) => (vec![&it.details.name], vec![&it.details.note]),
            Record::Merge(it) => (vec![&it.names.0, &it.names.1], Vec::new()),
            _ => return None,
        };
        Some(Self {
            names,
            texts,
            plates: Vec::new(),
            phones: match record {
                Record::Handout(it) => vec![&it.details.phone],
                _ => Vec::new(),
            },
        })
    }

    /// The parts of a record of the archive's procedures.
    fn of_archive(record: &'a Record) -> Option<Self> {
        Some(match record {
            Record::Handover(handover) => {
                let it = &handover.details;
                Self {
                    names: vec![&it.person, &it.giver, &it.contact],
                    texts: vec![&it.address, &it.note],
                    plates: vec![&it.plate, &it.vin],
                    phones: vec![&it.phone],
                }
            }
            Record::Access(access) => {
                let it = &access.details;
                Self {
                    names: vec![&it.reader, &it.object],
                    texts: vec![&it.unit, &it.aim, &it.reason],
                    plates: Vec::new(),
                    phones: vec![&it.phone],
                }
            }
            Record::Incident(incident) => {
                let it = &incident.details;
                Self {
                    names: vec![&it.measure_by],
                    texts: vec![&it.text, &it.measure],
                    plates: Vec::new(),
                    phones: Vec::new(),
                }
            }
            Record::Transaction(transaction) => {
                let it = &transaction.details;
                Self {
                    names: vec![&it.salesperson],
                    texts: vec![&it.text],
                    plates: Vec::new(),
                    phones: Vec::new(),
                }
            }
            Record::Task(task) => {
                let it = &task.details;
                Self {
                    names: vec![&it.owner],
                    texts: vec![&it.text],
                    plates: Vec::new(),
                    phones: Vec::new(),
                }
            }
            Record::Registration(registration) => {
                let it = &registration.details;
                Self {
                    names: vec![&it.name, &it.agent_name],
                    texts: vec![&it.intention],
                    plates: Vec::new(),
                    phones: vec![&it.phone],
                }
            }
            _ => return None,
        })
    }
}

/// A record as it is searched.
pub(super) struct Haystack<'a> {
    number: Number,
    parts: Parts<'a>,
    phones: Vec<Cow<'a, str>>,
    /// Made when it is needed: most words are seen in a text as it is written.
    folded: OnceCell<Folded>,
}

/// The texts of a record, folded.
struct Folded {
    /// Names, then plates, then the other texts, with [`Haystack::BETWEEN`] behind each.
    text: String,
    names_end: usize,
    plates_end: usize,
}

impl Folded {
    fn of(parts: &Parts) -> Self {
        let mut text = String::new();
        let mut put = |parts: &[&str]| {
            for part in parts.iter().filter(|part| !part.is_empty()) {
                text.push_str(&pinyin::fold(part));
                text.push(Haystack::BETWEEN);
            }
            text.len()
        };
        let names_end = put(&parts.names);
        let plates_end = put(&parts.plates);
        put(&parts.texts);
        Self {
            text,
            names_end,
            plates_end,
        }
    }
}

impl<'a> Haystack<'a> {
    /// What stands between two fields; no folded text holds it.
    pub(super) const BETWEEN: char = '\n';

    /// A record as it is searched, if it is.
    pub(super) fn of(record: &'a Record) -> Option<Self> {
        let parts = Parts::of(record)?;
        let phones = parts.phones.iter().filter(|phone| !phone.is_empty());
        Some(Self {
            number: record.number(),
            phones: phones.map(|phone| bare(phone)).collect(),
            parts,
            folded: OnceCell::new(),
        })
    }

    fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::of(&self.parts))
    }

    /// All texts, folded.
    pub(super) fn text(&self) -> &str {
        &self.folded().text
    }

    /// The names, folded.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let folded = self.folded();
        let names = folded.text.get(..folded.names_end).unwrap_or_default();
        names.split_terminator(Self::BETWEEN)
    }

    fn plates(&self) -> &str {
        let folded = self.folded();
        let plates = folded.text.get(folded.names_end..folded.plates_end);
        plates.unwrap_or_default()
    }

    /// Whether a folded word stands in a text.
    fn says(&self, word: &str) -> bool {
        let Parts {
            names,
            plates,
            texts,
            ..
        } = &self.parts;
        let mut written = names.iter().chain(plates).chain(texts);
        written.any(|text| stands(word, text)) || self.text().contains(word)
    }

    /// The names that are found by their sound, as they are written.
    pub(super) fn sounding(&self) -> impl Iterator<Item = &'a str> {
        let short = |name: &&&str| name.chars().nth(LONGEST_NAME).is_none();
        self.parts.names.iter().filter(short).copied()
    }

    /// The telephones, without signs.
    pub(super) fn phones(&self) -> impl Iterator<Item = &str> {
        self.phones.iter().map(|phone| &**phone)
    }

    /// Whether a word finds the record. What costs least is looked at first.
    pub(super) fn has(&self, word: &Word) -> bool {
        word.is_number(self.number)
            || word.phone().is_some_and(|digits| {
                self.phones()
                    .any(|phone| phone.starts_with(digits) || phone.ends_with(digits))
            })
            || (word.is_long && self.says(&word.folded))
            || word.plate().is_some_and(|it| self.plates().contains(it))
            || word
                .single()
                .is_some_and(|c| self.names().any(|name| name.contains(c)))
            || word.sound().is_some_and(|sound| self.sounds(sound))
    }

    fn sounds(&self, sound: &str) -> bool {
        let begins = |keys: Vec<String>| keys.iter().any(|key| key.starts_with(sound));
        self.sounding()
            .any(|name| begins(pinyin::initials(name)) || begins(pinyin::full(name)))
    }
}

/// Whether a folded word stands in a text as it is written, so that it surely stands in the folded
/// text too. Not where a mark behind the word may yet join its last character.
fn stands(word: &str, text: &str) -> bool {
    let ends = |(at, _): (usize, &str)| {
        let behind = text.get(at + word.len()..).unwrap_or_default();
        let next = behind.chars().find(|c| !c.is_whitespace());
        next.is_none_or(pinyin::folds_alone)
    };
    text.match_indices(word).any(ends) && word.chars().all(pinyin::folds_alone)
}

/// The digits of a telephone alone.
fn bare(phone: &str) -> Cow<'_, str> {
    if phone.bytes().all(|b| b.is_ascii_digit()) {
        Cow::Borrowed(phone)
    } else {
        Cow::Owned(clean::digits(phone))
    }
}

/// The digits of a telephone as typed, without the country in front of a mobile one.
pub(super) fn typed_phone(typed: &str) -> String {
    let mut digits = clean::digits(typed);
    for country in ["0086", "86"] {
        if digits.len() > WITH_COUNTRY && digits.starts_with(country) {
            digits.drain(..country.len());
        }
    }
    digits
}

/// A word that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    folded: String,
    /// It has two characters or more.
    is_long: bool,
    plate: Option<String>,
    phone: Option<String>,
    /// It may be the beginning of a name's sound.
    is_sound: bool,
    number: Option<(Option<Kind>, Option<u16>, u32)>,
}

impl Word {
    /// A word as typed, without blanks.
    pub(super) fn new(typed: &str) -> Self {
        let folded = pinyin::fold(typed);
        let plain: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        let signs = |c: char| "-()/+.#".contains(c);
        let is_phone = folded.chars().all(|c| c.is_ascii_digit() || signs(c));
        let phone = typed_phone(&folded);
        let is_latin = folded.bytes().all(|b| b.is_ascii_alphanumeric());
        Self {
            is_long: folded.chars().nth(1).is_some(),
            plate: (plain != folded && plain.chars().nth(1).is_some()).then_some(plain),
            phone: (is_phone && phone.len() >= FEWEST_DIGITS).then_some(phone),
            is_sound: is_latin && folded.bytes().any(|b| b.is_ascii_alphabetic()),
            number: numbered(&folded),
            folded,
        }
    }

    /// A telephone as it is printed, in groups of digits: all of it is one word.
    pub(super) fn grouped(text: &str) -> Option<Self> {
        let is_digits = |c: char| c.is_ascii_digit() || "+-() ".contains(c);
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let begins_with = text.split_whitespace().next().unwrap_or_default();
        let is_telephone = text.chars().all(is_digits)
            && (7..=15).contains(&digits)
            && (2..=4).contains(&begins_with.len());
        is_telephone.then(|| Self::new(&text.replace(' ', "")))
    }

    /// The digits of a telephone and nothing else.
    pub(super) fn telephone(digits: &str) -> Self {
        Self {
            phone: (digits.len() >= FEWEST_DIGITS).then(|| digits.to_owned()),
            ..Self::new("")
        }
    }

    /// The word as it stands in folded texts.
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    /// The word without signs, where it has some: a plate is written in many ways.
    pub(super) fn plate(&self) -> Option<&str> {
        self.plate.as_deref()
    }

    /// Its only character, if that may be one of a name.
    pub(super) fn single(&self) -> Option<char> {
        let only = self.folded.chars().next().filter(|_| !self.is_long)?;
        (!only.is_ascii() && only.is_alphanumeric()).then_some(only)
    }

    /// Its digits, if it may be an end of a telephone.
    pub(super) fn phone(&self) -> Option<&str> {
        self.phone.as_deref()
    }

    /// Its letters, if it may be the beginning of a name's sound.
    pub(super) fn sound(&self) -> Option<&str> {
        self.is_sound.then_some(&*self.folded)
    }

    /// The running number it may be, with kind and year as far as they were typed.
    pub(super) fn number(&self) -> Option<(Option<Kind>, Option<u16>, u32)> {
        self.number
    }

    fn is_number(&self, number: Number) -> bool {
        self.number.is_some_and(|(kind, year, seq)| {
            seq == number.seq
                && kind.is_none_or(|kind| kind == number.kind)
                && year.is_none_or(|year| year == number.year)
        })
    }
}

/// A number as it is spoken: `123`, `00123` as it is printed, `2026-123`, or whole. On paper the
/// letters before year and number go without saying.
fn numbered(folded: &str) -> Option<(Option<Kind>, Option<u16>, u32)> {
    if let Ok(number) = folded.parse::<Number>() {
        return Some((Some(number.kind), Some(number.year), number.seq));
    }
    // With other zeros in front it is a room or a telephone, and no running number.
    let running = |text: &str| -> Option<u32> {
        let seq: u32 = text.parse().ok()?;
        (text == seq.to_string() || text == format!("{seq:05}")).then_some(seq)
    };
    match folded.split_once('-') {
        Some((year, seq)) => {
            let known: u16 = year.parse().ok()?;
            // With zeros in front it is no year: digits typed in groups were joined to it.
            (year == known.to_string()).then_some(())?;
            Some((None, Some(known), running(seq)?))
        }
        None => Some((None, None, running(folded)?)),
    }
}

#[cfg(test)]
mod tests;
