//! Greetings at birthdays, of customers and of their families (A14-2.4, A14-2.9.1a, A14-2.9.1b).
//!
//! A birthday that is to be greeted is never stored: it follows from the date of birth, the day and what
//! was greeted already, once a year.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::customer::{Customer, Mark};
use super::dossier::{BORN, Dossier, NAME, VALUE, name_of};
use super::lunar::{self, LunarDay};
use super::named::named;
use super::number::Number;
use super::partial::PartialDate;
use super::profile::Choice;
use super::refusal::{Problem, Refusal};
use super::stamp::Day;

named! {
    /// When whoever was born on 29 February is greeted in a common year (A14-2.4).
    #[derive(Default)]
    LeapDay {
        /// The day before.
        #[default]
        February28 = "02-28",
        /// The day after.
        March1 = "03-01",
    }
}

named! {
    /// Who is greeted at birthdays.
    #[derive(Default)]
    GreetWhom {
        /// Every customer who has an owner, with their families (A14-2.4).
        #[default]
        All = "all",
        /// Those with whom business was closed (A14-2.9.1a).
        Closed = "closed",
    }
}

/// How a site greets at birthdays. The regulations give no figure: what is absent is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GreetingRules {
    /// Days before a birthday on which it is on the list (A14-2.4).
    pub lead_days: u32,
    /// Days after it on which it still is, where nobody greeted.
    pub late_days: u32,
    /// 29 February in a common year (A14-2.4).
    pub leap_day: LeapDay,
    /// Who is greeted (A14-2.4, A14-2.9.1a).
    pub whom: GreetWhom,
    /// What key customers may get besides the call (A14-2.9.1b).
    pub gifts: Vec<Choice>,
}

named! {
    /// Whose birthday it is.
    Whose {
        /// The customer's own.
        Own = "own",
        /// The spouse's.
        Spouse = "spouse",
        /// A parent's.
        Parent = "parent",
        /// A child's.
        Child = "child",
        /// Somebody else's in a field of the site.
        Other = "other",
    }
}

impl Whose {
    /// Whose a field of the profile tells of.
    pub fn of(field: &str) -> Self {
        match field {
            "F01-birthday" => Self::Own,
            "F11" => Self::Spouse,
            "F14" => Self::Parent,
            "F15" => Self::Child,
            _ => Self::Other,
        }
    }
}

/// A birthday in a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Birthday {
    /// Whose.
    pub whose: Whose,
    /// The field it stands in.
    pub field: String,
    /// The name; empty for the customer, and where it is not known.
    pub name: String,
    /// Born.
    pub born: PartialDate,
    /// The row of the field it stands in.
    row: usize,
}

impl Birthday {
    /// What tells it from the others of a profile: the field, the row, and the day without its year, so that
    /// twins are two, and are the same two when the year is added.
    pub fn key(&self) -> String {
        let born = PartialDate {
            year: None,
            ..self.born
        };
        format!("{} {}", self.place(), born.written())
    }

    fn place(&self) -> String {
        name_of(&self.field, VALUE, self.row)
    }

    /// Whether a key is of it. Those that were kept earlier have the year too.
    fn is_of(&self, key: &str) -> bool {
        let Some((place, born)) = key.split_once(' ') else {
            return false;
        };
        let born = PartialDate::parse(born).map(|born| PartialDate {
            year: self.born.year,
            ..born
        });
        place == self.place() && born == Some(self.born)
    }
}

/// The birthdays in a profile of which month and day are known.
pub fn birthdays(dossier: &Dossier) -> Vec<Birthday> {
    let fields = dossier.values.iter();
    let rows = fields.flat_map(|(field, value)| {
        let rows = value.rows.iter().enumerate();
        rows.map(move |(place, row)| (field, place, row))
    });
    let dated = rows.filter_map(|(field, place, row)| {
        let born = PartialDate::parse(row.get(BORN)?)?;
        born.anniversary()?;
        Some(Birthday {
            whose: Whose::of(field),
            field: field.clone(),
            name: row.get(NAME).cloned().unwrap_or_default(),
            born,
            row: place,
        })
    });
    dated.collect()
}

/// A birthday that was greeted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Greeted {
    /// Which: the field with its row, and the date of birth.
    pub key: String,
    /// The year, solar or lunar as the birthday is.
    pub year: u16,
    /// What was given besides the call, from the profile's list; empty for the call alone.
    pub gift: String,
    /// The contact.
    pub follow_up: Number,
}

/// A birthday that is to be greeted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Greeting {
    /// Which.
    pub key: String,
    /// Whose.
    pub whose: Whose,
    /// The name, where it is not the customer's own and known.
    pub name: String,
    /// The date of birth in its written form.
    pub born: String,
    /// The day of this year.
    pub on: Day,
    /// The year, solar or lunar as the birthday is.
    pub year: u16,
    /// Whether something may be offered besides the call (A14-2.9.1b).
    pub gifts: bool,
}

/// The day on which somebody's birthday is in a solar year, or in a lunar year where it is lunar.
///
/// 29 February is in a common year on the day of the setting. Who was born in the second of a lunar month
/// has their birthday in the first where there is no second, and on the last day of a month that is too
/// short for it.
pub fn falls_on(born: PartialDate, year: u16, leap_day: LeapDay) -> Option<Day> {
    let (month, day) = born.anniversary()?;
    if !born.lunar {
        let usual = Day::of(i32::from(year), u32::from(month), u32::from(day));
        return usual.or(match leap_day {
            LeapDay::February28 => Day::of(i32::from(year), 2, 28),
            LeapDay::March1 => Day::of(i32::from(year), 3, 1),
        });
    }
    let leap = born.leap && lunar::leap_month(year) == Some(month);
    let last = lunar::days_in(year, month, leap)?;
    lunar::day(LunarDay {
        year,
        month,
        day: day.min(last),
        leap,
    })
}

/// The year in which somebody's birthday is on a day, solar or lunar as it is; none where it is not.
fn year_on(born: PartialDate, day: Day, leap_day: LeapDay) -> Option<u16> {
    let year = if born.lunar {
        lunar::of(day)?.year
    } else {
        day.year()
    };
    (falls_on(born, year, leap_day) == Some(day)).then_some(year)
}

/// The days whose birthdays are on the list today (A14-2.4).
pub fn days(rules: &GreetingRules, today: Day) -> impl Iterator<Item = Day> {
    let late = chrono::Days::new(rules.late_days.into());
    let first = today.0.checked_sub_days(late).map_or(today, Day);
    let all = u64::from(rules.late_days) + u64::from(rules.lead_days);
    (0..=all).map(move |days| first.plus(days))
}

/// The month and day under which the birthdays of a day stand, whether they are lunar ones first.
pub fn places(day: Day) -> Vec<(bool, u8, u8)> {
    use chrono::Datelike as _;
    let small = |part: u32| u8::try_from(part).unwrap_or_default();
    let (month, of_month) = (small(day.0.month()), small(day.0.day()));
    let mut places = vec![(false, month, of_month)];
    if matches!((month, of_month), (2, 28) | (3, 1)) {
        places.push((false, 2, 29));
    }
    if let Some(lunar) = lunar::of(day) {
        places.push((true, lunar.month, lunar.day));
        // The last day of a short month is the thirtieth too.
        if lunar.day == 29 {
            places.push((true, lunar.month, 30));
        }
    }
    places
}

/// The birthdays of a profile that are to be greeted for being on a day, of the customers whom the site
/// greets and of their families (A14-2.4, A14-2.9.1a), where nobody did this year, and whoever asks may see
/// the field. Gifts are for those with whom business was closed (A14-2.9.1b).
pub fn due(dossier: &Dossier, customer: &Customer, day: Day, context: &Context) -> Vec<Greeting> {
    let profile = context.profile;
    let (Some(rules), Some(template)) = (&profile.greetings, &profile.dossier) else {
        return Vec::new();
    };
    let closed = customer.is(Mark::Closed);
    let everybody = rules.whom == GreetWhom::All && customer.details.owner.is_some();
    if !(closed || everybody) || customer.is(Mark::Retired) {
        return Vec::new();
    }
    let shown = |it: &Birthday| template.sees_part(&it.field, BORN, context);
    let of_day = birthdays(dossier)
        .into_iter()
        .filter(shown)
        .filter_map(|it| {
            let year = year_on(it.born, day, rules.leap_day)?;
            let done = |known: &Greeted| known.year == year && it.is_of(&known.key);
            (!dossier.greeted.iter().any(done)).then(|| Greeting {
                key: it.key(),
                whose: it.whose,
                name: it.name,
                born: it.born.written(),
                on: day,
                year,
                gifts: closed && customer.is(Mark::Key) && !rules.gifts.is_empty(),
            })
        });
    of_day.collect()
}

/// Refuses a greeting that is not due, and a gift that is not offered to this customer (A14-2.9.1b).
///
/// # Errors
/// As said.
pub fn check(
    dossier: &Dossier,
    customer: &Customer,
    key: &str,
    gift: &str,
    context: &Context,
) -> Result<Greeting, Refusal> {
    let rules = context.profile.greetings.clone().unwrap_or_default();
    let mut due =
        days(&rules, context.today()).flat_map(|day| self::due(dossier, customer, day, context));
    let Some(greeting) = due.find(|it| it.key == key) else {
        let problem = Problem::new("no-birthday").clause("A14-2.9.1a");
        return Err(problem.into());
    };
    let offered = rules.gifts.iter().any(|it| it.id == gift) && greeting.gifts;
    if !gift.is_empty() && !offered {
        let problem = Problem::new("gift-not-offered").field("gift");
        return Err(problem.clause("A14-2.9.1b").into());
    }
    Ok(greeting)
}

/// A profile in which a birthday is greeted. Of earlier years the last one is kept.
#[must_use]
pub fn greeted(
    dossier: &Dossier,
    greeting: &Greeting,
    gift: &str,
    follow_up: Number,
    context: &Context,
) -> Dossier {
    let mut next = dossier.clone();
    next.meta = dossier.meta.changed(context);
    next.greeted
        .retain(|it| it.year.saturating_add(1) >= greeting.year);
    next.greeted.push(Greeted {
        key: greeting.key.clone(),
        year: greeting.year,
        gift: gift.to_owned(),
        follow_up,
    });
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(born: &str, year: u16, leap_day: LeapDay) -> String {
        let born = PartialDate::parse(born).unwrap();
        falls_on(born, year, leap_day).unwrap().to_string()
    }

    #[test]
    fn a_birthday_is_once_a_year_by_its_own_calendar() {
        let rule = LeapDay::February28;
        assert_eq!(on("06-10", 2025, rule), "2025-06-10");
        assert_eq!(on("2016-02-29", 2025, rule), "2025-02-28");
        assert_eq!(on("2016-02-29", 2025, LeapDay::March1), "2025-03-01");
        assert_eq!(on("02-29", 2024, LeapDay::March1), "2024-02-29");
        assert_eq!(on("lunar 05-05", 2024, rule), "2024-06-10");
        // Born in the second fourth month of 2020, which 2024 does not have.
        assert_eq!(on("lunar 2020-04-15 leap", 2024, rule), "2024-05-22");
        assert_eq!(on("lunar 04-15 leap", 2020, rule), "2020-06-06");
        // The thirtieth of a month that has twenty-nine days in 2024.
        assert_eq!(on("lunar 01-30", 2024, rule), "2024-03-09");
    }

    #[test]
    fn every_birthday_is_found_under_the_places_of_its_day() {
        let mut born = vec!["02-29".to_owned()];
        for month in 1..=12 {
            for day in [1, 15, 28, 29, 30] {
                born.push(format!("lunar {month:02}-{day:02}"));
                born.push(format!("lunar {month:02}-{day:02} leap"));
            }
        }
        for text in &born {
            let date = PartialDate::parse(text).unwrap();
            for rule in [LeapDay::February28, LeapDay::March1] {
                for year in 2020..2045 {
                    let day = falls_on(date, year, rule).unwrap();
                    let (month, of_month) = date.anniversary().unwrap();
                    let place = (date.lunar, month, of_month);
                    assert!(places(day).contains(&place), "{text} {year} {day}");
                    assert_eq!(year_on(date, day, rule), Some(year), "{text}");
                }
            }
        }
    }
}
