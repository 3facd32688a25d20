//! What is entered in a field, held against the shape of its parts and brought into its written form.

use super::template::{DossierField, DossierPart, Shape, VALUE};
use super::{Answers, CardField, MOST_ROWS, name_of};
use crate::domain::context::Context;
use crate::domain::customer::{self, CustomerDetails};
use crate::domain::partial::PartialDate;
use crate::domain::phone;
use crate::domain::refusal::{Checks, Problem};
use crate::domain::stamp::Day;
use crate::text::clean;

/// Nobody is older.
const OLDEST: u16 = 130;
/// Between several telephones or plates of the card.
const BETWEEN: &str = ", ";

/// A field that was entered.
pub(super) struct Entered<'a> {
    pub id: &'a str,
    pub field: &'a DossierField,
    /// The rows as they are.
    pub before: &'a [Answers],
    pub context: &'a Context<'a>,
}

/// An age that was said, as it is today: `68@2024-06-06` (A14-F14).
pub fn aged(written: &str, today: Day) -> Option<u16> {
    use chrono::Datelike as _;
    let (years, on) = written.split_once('@')?;
    let years: u16 = years.parse().ok()?;
    let on = Day::parse(on)?;
    let mut since = today.0.year() - on.0.year();
    if (today.0.month(), today.0.day()) < (on.0.month(), on.0.day()) {
        since -= 1;
    }
    Some(years.saturating_add(u16::try_from(since).unwrap_or(0)))
}

/// Square metres in hundredths (A14-F30).
pub fn area(written: &str) -> Option<u64> {
    let (whole, part) = written.split_once('.').unwrap_or((written, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let hundredths: u64 = format!("{part:0<2}").parse().ok()?;
    let whole: u64 = whole.parse().ok()?;
    whole
        .checked_mul(100)?
        .checked_add(hundredths)
        .filter(|all| *all > 0)
}

/// Whether a plate looks like one of a car registered here: 豫A12345, 豫AD12345.
fn is_plate(plate: &str) -> bool {
    let mut chars = plate.chars();
    let province = chars.next().is_some_and(|c| !c.is_ascii());
    let office = chars.next().is_some_and(|c| c.is_ascii_uppercase());
    let rest: Vec<char> = chars.collect();
    let marks = rest
        .iter()
        .all(|c| c.is_ascii_alphanumeric() || !c.is_ascii());
    province && office && matches!(rest.len(), 5 | 6) && marks
}

impl Entered<'_> {
    /// The rows in their written form; what is of the card goes there. A part that whoever enters may not
    /// see stays as it was.
    pub fn rows(
        &self,
        entered: &[Answers],
        card: &mut CustomerDetails,
        checks: &mut Checks,
    ) -> Vec<Answers> {
        let most = if self.field.many { MOST_ROWS } else { 1 };
        checks.require(entered.len() <= most, || {
            let problem = Problem::new("too-many-rows").field(&name_of(self.id, VALUE, 0));
            problem.arg("most", most)
        });
        let parts = self.field.parts();
        let known = |part: &String| parts.iter().any(|it| it.id == *part);
        for part in entered
            .iter()
            .flat_map(Answers::keys)
            .filter(|it| !known(it))
        {
            checks.add(
                Problem::new("no-such-dossier-field").arg("field", format!("{}.{part}", self.id)),
            );
        }
        // A row that is not there any more may hold what whoever enters does not see.
        let count = entered.len().max(self.before.len()).min(MOST_ROWS);
        let nothing = Answers::new();
        let rows = (0..count).map(|place| {
            let row = entered.get(place).unwrap_or(&nothing);
            self.row(place, row, &parts, card, checks)
        });
        let rows: Vec<Answers> = rows.collect();
        rows.into_iter().filter(|row| !row.is_empty()).collect()
    }

    fn row(
        &self,
        place: usize,
        entered: &Answers,
        parts: &[DossierPart],
        card: &mut CustomerDetails,
        checks: &mut Checks,
    ) -> Answers {
        let before = self.before.get(place);
        let mut row = Answers::new();
        // What is not asked any more is kept (A14-N3).
        for (part, value) in before.into_iter().flatten() {
            if !parts.iter().any(|it| it.id == *part) {
                row.insert(part.clone(), value.clone());
            }
        }
        let first = parts
            .first()
            .map(|part| part.id.clone())
            .unwrap_or_default();
        let decides = entered.get(&first).map_or("", |it| it.trim());
        for part in parts {
            let was = before.and_then(|before| before.get(&part.id));
            if !self.field.sees_part(part, self.context) {
                row.extend(was.map(|was| (part.id.clone(), was.clone())));
                continue;
            }
            let name = name_of(self.id, &part.id, place);
            let typed = entered.get(&part.id).map_or("", |it| it.trim());
            if !typed.is_empty() && part.when.as_deref().is_some_and(|when| when != decides) {
                checks.add(self.of_clause(Problem::new("part-not-asked").field(&name)));
                continue;
            }
            if let Some(of_card) = part.card {
                if entered.contains_key(&part.id) {
                    self.to_card(of_card, typed, &name, card, checks);
                }
                continue;
            }
            if typed.is_empty() {
                continue;
            }
            match self.value(part, typed, was.map(String::as_str)) {
                Ok(value) => {
                    row.insert(part.id.clone(), value);
                }
                Err(problem) => checks.add(self.of_clause(problem.field(&name))),
            }
        }
        row
    }

    fn of_clause(&self, problem: Problem) -> Problem {
        match &self.field.clause {
            Some(clause) => problem.clause(clause),
            None => problem,
        }
    }

    /// A value in its written form.
    fn value(&self, part: &DossierPart, typed: &str, was: Option<&str>) -> Result<String, Problem> {
        let wrong = |key: &str| Problem::new(key).arg("value", clean::name(typed));
        let listed = |id: &str| part.choices.iter().any(|it| it.id == id);
        let plain = clean::half_width(typed);
        match part.shape {
            Shape::Text => Ok(clean::name(typed)),
            // What was chosen and is on the list no more stays.
            Shape::Choice if listed(typed) || was == Some(typed) => Ok(typed.to_owned()),
            Shape::YesNo if matches!(typed, "yes" | "no") => Ok(typed.to_owned()),
            Shape::Choice | Shape::YesNo => Err(wrong("not-on-the-list")),
            Shape::Choices => {
                let ids: Vec<&str> = typed.split(';').map(str::trim).collect();
                let kept: Vec<&str> = was.into_iter().flat_map(|was| was.split(';')).collect();
                if let Some(unknown) = ids.iter().find(|id| !listed(id) && !kept.contains(id)) {
                    return Err(Problem::new("not-on-the-list").arg("value", unknown));
                }
                let order = |id: &&str| part.choices.iter().position(|it| it.id == **id);
                let mut ids = ids;
                ids.sort_by_key(order);
                ids.dedup();
                Ok(ids.join(";"))
            }
            Shape::Scale => match plain.parse::<u8>() {
                Ok(step @ 1..=5) => Ok(step.to_string()),
                _ => Err(wrong("not-on-the-scale")),
            },
            Shape::Date => PartialDate::parse(typed)
                .map(PartialDate::written)
                .ok_or_else(|| wrong("not-a-partial-date")),
            Shape::Area => match area(&plain) {
                Some(_) => Ok(plain),
                None => Err(wrong("not-an-area")),
            },
            Shape::Age => self.age(&plain, was).ok_or_else(|| wrong("not-an-age")),
            Shape::Phone => {
                let phones = phone::list(typed)?;
                let digits: Vec<String> = phones.into_iter().map(|it| it.digits).collect();
                Ok(digits.join(BETWEEN))
            }
            Shape::Plate => Ok(customer::plates(&plates(typed)).join(BETWEEN)),
        }
    }

    /// An age with the day on which it was said. What is as old by now as what is kept is what is kept.
    fn age(&self, typed: &str, was: Option<&str>) -> Option<String> {
        let today = self.context.today();
        if typed.contains('@') {
            // What is kept stays, however long ago it was said.
            let years = aged(typed, today)?;
            let possible = years <= OLDEST || was == Some(typed);
            return possible.then(|| typed.to_owned());
        }
        let years: u16 = typed.parse().ok().filter(|years| *years <= OLDEST)?;
        let same = was.filter(|was| aged(was, today) == Some(years));
        Some(same.map_or_else(|| format!("{years}@{today}"), str::to_owned))
    }

    /// A value that is on the card.
    fn to_card(
        &self,
        of: CardField,
        typed: &str,
        name: &str,
        card: &mut CustomerDetails,
        checks: &mut Checks,
    ) {
        let was = of.of(card);
        let kept = |one: &str| was.split(BETWEEN).any(|it| it == one);
        let accept = self.context.accept;
        let value = match of {
            CardField::Address | CardField::Employer | CardField::Position => clean::name(typed),
            CardField::Plates => {
                let plates = customer::plates(&plates(typed));
                let odd = plates.iter().find(|plate| !is_plate(plate) && !kept(plate));
                if let Some(odd) = odd {
                    let problem = Problem::new("plate-unusual").field(name).arg("value", odd);
                    checks.ask(accept, problem.clause("A14-F35"));
                }
                plates.join(BETWEEN)
            }
            _ => match phone::list(typed) {
                Ok(phones) => {
                    let digits: Vec<String> = phones.into_iter().map(|it| it.digits).collect();
                    let odd = digits.iter().find(|it| !is_mobile(it) && !kept(it));
                    if let (CardField::MobilePhone, Some(odd)) = (of, odd) {
                        let problem = Problem::new("mobile-unusual").field(name).arg("value", odd);
                        checks.ask(accept, problem.clause("A14-F06"));
                    }
                    digits.join(BETWEEN)
                }
                Err(problem) => return checks.add(self.of_clause(problem.field(name))),
            },
        };
        if value != was {
            of.put(card, &value);
        }
    }
}

/// A mobile number of China, or one of abroad.
fn is_mobile(digits: &str) -> bool {
    digits.starts_with('+') || (digits.len() == 11 && digits.starts_with('1'))
}

fn plates(typed: &str) -> Vec<String> {
    let parts = typed.split([',', '，', '、', ';', '；']);
    parts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_grows_with_the_years_since_it_was_said() {
        let day = |text| Day::parse(text).unwrap();
        for (today, years) in [
            ("2024-06-06", 68),
            ("2025-06-05", 68),
            ("2025-06-06", 69),
            ("2030-01-01", 73),
        ] {
            assert_eq!(aged("68@2024-06-06", day(today)), Some(years), "{today}");
        }
        assert_eq!(aged("68", day("2024-06-06")), None);
    }

    #[test]
    fn an_area_is_a_positive_number() {
        assert_eq!(area("89.5"), Some(8950));
        assert_eq!(area("120"), Some(12000));
        for wrong in ["0", "-3", "8.955", "", ".5", "abc"] {
            assert_eq!(area(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn plates_of_cars_look_like_plates() {
        for plate in ["豫A12345", "豫AD12345", "京A1234学"] {
            assert!(is_plate(plate), "{plate}");
        }
        for plate in ["A12345", "豫12345", "豫A123", "ABC1234"] {
            assert!(!is_plate(plate), "{plate}");
        }
    }
}
