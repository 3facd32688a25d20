//! What the answers to a survey come to: how many there are, and the mean of each aspect (A03-5.1.2c).

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Answer, MOST_POINTS, Survey};
use crate::domain::profile::Choice;

/// Tenths of a point, shown and written as `84.9`; in a file a whole number of points will do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenths(pub u32);

impl Tenths {
    /// The mean of so many scores that add up to a sum, half a tenth rounded up; none of no scores.
    pub fn mean(sum: u64, count: u64) -> Option<Self> {
        let tenths =
            (sum.checked_mul(20)?.checked_add(count)?).checked_div(count.checked_mul(2)?)?;
        u32::try_from(tenths).ok().map(Self)
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// No number of points between 0 and 100 with one decimal at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a number of points between 0 and 100 with one decimal at most")]
pub struct NotTenths;

impl FromStr for Tenths {
    type Err = NotTenths;

    fn from_str(text: &str) -> Result<Self, NotTenths> {
        let text = text.trim();
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if part.len() != 1 || !digits(whole) || !digits(part) {
            return Err(NotTenths);
        }
        let whole: u32 = whole.parse().map_err(|_| NotTenths)?;
        let part: u32 = part.parse().map_err(|_| NotTenths)?;
        let tenths = whole.checked_mul(10).and_then(|it| it.checked_add(part));
        let fits = |tenths: &u32| *tenths <= MOST_POINTS * 10;
        tenths.filter(fits).map(Self).ok_or(NotTenths)
    }
}

impl Serialize for Tenths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Tenths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// As it may be written by hand.
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Points(u32),
            Text(String),
        }
        if !deserializer.is_human_readable() {
            return u32::deserialize(deserializer).map(Self);
        }
        let text = match Written::deserialize(deserializer)? {
            Written::Points(points) => points.to_string(),
            Written::Text(text) => text,
        };
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Tenths {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Tenths".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9]{1,3}(\\.[0-9])?$" })
    }
}

/// What one aspect came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AspectFigures {
    /// The aspect.
    pub aspect: Choice,
    /// How many scored it.
    pub scored: u64,
    /// What their scores add up to, in points.
    pub sum: u64,
}

impl AspectFigures {
    /// The mean; none where nobody scored it.
    pub fn mean(&self) -> Option<Tenths> {
        Tenths::mean(self.sum, self.scored)
    }

    /// Whether the mean, as it is shown, does not reach a threshold (A03-sd).
    pub fn is_below(&self, threshold: Tenths) -> bool {
        self.mean().is_some_and(|mean| mean < threshold)
    }
}

/// What the answers to a survey came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SurveyFigures {
    /// How many answers there are.
    pub answers: u64,
    /// Aspect by aspect, in the order in which they are asked.
    pub aspects: Vec<AspectFigures>,
}

impl SurveyFigures {
    /// What the answers to a survey come to.
    pub fn of<'a>(survey: &Survey, answers: impl IntoIterator<Item = &'a Answer>) -> Self {
        let aspects = survey.aspects.iter().map(|aspect| AspectFigures {
            aspect: aspect.clone(),
            scored: 0,
            sum: 0,
        });
        let mut figures = Self {
            answers: 0,
            aspects: aspects.collect(),
        };
        for answer in answers.into_iter().filter(|it| !it.meta.void) {
            figures.answers += 1;
            for of in &mut figures.aspects {
                if let Some(points) = answer.details.scores.get(&of.aspect.id) {
                    of.scored += 1;
                    of.sum += u64::from(*points);
                }
            }
        }
        figures
    }

    /// The mean of all scores; none where nothing was scored.
    pub fn mean(&self) -> Option<Tenths> {
        let sum = self.aspects.iter().map(|it| it.sum).sum();
        let scored = self.aspects.iter().map(|it| it.scored).sum();
        Tenths::mean(sum, scored)
    }

    /// The aspects that do not reach a threshold (A03-sd).
    pub fn below(&self, threshold: Tenths) -> impl Iterator<Item = &AspectFigures> {
        let aspects = self.aspects.iter();
        aspects.filter(move |it| it.is_below(threshold))
    }
}
