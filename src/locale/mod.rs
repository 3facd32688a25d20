//! Every text a person sees, in Simplified Chinese and English.
//!
//! The texts are Fluent files under `locales/`, embedded in the binary. This module finds and
//! fills them in; it holds no text itself. `refusals` turns refusals and faults into words.

pub mod dossier;
pub mod ownership;
mod refusals;

pub use refusals::Said;

use std::borrow::Cow;
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::Zh, Self::En];

    /// The two letters of `--lang`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language of a locale name such as `zh_CN.UTF-8`, `zh-Hans` or `en`.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        Self::ALL
            .iter()
            .copied()
            .find(|lang| name.starts_with(lang.code()))
    }

    /// The language the environment asks for: `LC_ALL`, then `LC_MESSAGES`, then `LANG`; English
    /// where they name another one, Chinese where they name none.
    pub fn from_env(var: impl Fn(&str) -> Option<String>) -> Self {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| var(name).filter(|value| !value.is_empty()));
        match named.as_deref() {
            None | Some("C" | "POSIX" | "C.UTF-8") => Self::Zh,
            Some(name) => Self::parse(name).unwrap_or(Self::En),
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

macro_rules! files {
    ($lang:literal) => {
        &[
            (
                "domain",
                include_str!(concat!("../../locales/", $lang, "/domain.ftl")),
            ),
            (
                "desk",
                include_str!(concat!("../../locales/", $lang, "/desk.ftl")),
            ),
            (
                "store",
                include_str!(concat!("../../locales/", $lang, "/store.ftl")),
            ),
            (
                "keys",
                include_str!(concat!("../../locales/", $lang, "/keys.ftl")),
            ),
            (
                "app",
                include_str!(concat!("../../locales/", $lang, "/app.ftl")),
            ),
            (
                "complaint",
                include_str!(concat!("../../locales/", $lang, "/complaint.ftl")),
            ),
            (
                "archive",
                include_str!(concat!("../../locales/", $lang, "/archive.ftl")),
            ),
            (
                "dealings",
                include_str!(concat!("../../locales/", $lang, "/dealings.ftl")),
            ),
            (
                "survey",
                include_str!(concat!("../../locales/", $lang, "/survey.ftl")),
            ),
            (
                "kin",
                include_str!(concat!("../../locales/", $lang, "/kin.ftl")),
            ),
            (
                "trade",
                include_str!(concat!("../../locales/", $lang, "/trade.ftl")),
            ),
            (
                "campaigns",
                include_str!(concat!("../../locales/", $lang, "/campaigns.ftl")),
            ),
            (
                "intake",
                include_str!(concat!("../../locales/", $lang, "/intake.ftl")),
            ),
            (
                "leasing",
                include_str!(concat!("../../locales/", $lang, "/leasing.ftl")),
            ),
            (
                "dossier",
                include_str!(concat!("../../locales/", $lang, "/dossier.ftl")),
            ),
            (
                "term",
                include_str!(concat!("../../locales/", $lang, "/term.ftl")),
            ),
            (
                "exchange",
                include_str!(concat!("../../locales/", $lang, "/exchange.ftl")),
            ),
            (
                "cli",
                include_str!(concat!("../../locales/", $lang, "/cli.ftl")),
            ),
            (
                "report",
                include_str!(concat!("../../locales/", $lang, "/report.ftl")),
            ),
            (
                "hub",
                include_str!(concat!("../../locales/", $lang, "/hub.ftl")),
            ),
        ]
    };
}

/// The files of a language: name and text. Tests hold the two languages against each other.
pub fn files(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::Zh => files!("zh"),
        Lang::En => files!("en"),
    }
}

/// The texts of one language.
pub struct Texts {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts")
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}

impl Texts {
    /// The texts of a language.
    pub fn new(lang: Lang) -> Self {
        // The plural rules of a language do not depend on its region.
        let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks are invisible on paper and a hazard on a terminal; both languages run
        // from left to right.
        bundle.set_use_isolating(false);
        for &(_, text) in files(lang) {
            // A file that does not parse whole still gives its good entries; tests see to it
            // that no such file is shipped.
            let resource = match FluentResource::try_new(text.to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
    }

    /// Which language it is.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether there is a text of this key; `key.attribute` asks for an attribute.
    pub fn has(&self, key: &str) -> bool {
        match key.split_once('.') {
            None => self
                .bundle
                .get_message(key)
                .is_some_and(|message| message.value().is_some()),
            Some((key, attribute)) => self
                .bundle
                .get_message(key)
                .is_some_and(|message| message.get_attribute(attribute).is_some()),
        }
    }

    /// The text of a key; the key itself where there is none.
    pub fn get<'a>(&'a self, key: &'a str) -> Cow<'a, str> {
        self.format(key, None)
    }

    /// The text of a key with values put in; `key.attribute` asks for an attribute.
    pub fn with<'a>(&'a self, key: &'a str, args: &[(&str, &str)]) -> Cow<'a, str> {
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            fluent.set(
                name.to_string(),
                value.parse::<i64>().map_or_else(
                    |_| FluentValue::from(value.to_string()),
                    |number| plain_number(value, number),
                ),
            );
        }
        self.format(key, Some(&fluent))
    }

    fn format<'a>(&'a self, key: &'a str, args: Option<&FluentArgs>) -> Cow<'a, str> {
        let (name, attribute) = key
            .split_once('.')
            .map_or((key, None), |(n, a)| (n, Some(a)));
        let pattern = self
            .bundle
            .get_message(name)
            .and_then(|message| match attribute {
                None => message.value(),
                Some(attribute) => message.get_attribute(attribute).map(|found| found.value()),
            });
        let Some(pattern) = pattern else {
            return Cow::Borrowed(key);
        };
        let mut errors = Vec::new();
        Cow::Owned(
            self.bundle
                .format_pattern(pattern, args, &mut errors)
                .into_owned(),
        )
    }
}

/// Only a plain count chooses a plural; a telephone number with leading zeros stays text.
fn plain_number<'a>(text: &str, number: i64) -> FluentValue<'a> {
    if number.to_string() == text && text.len() < 10 {
        FluentValue::from(number)
    } else {
        FluentValue::from(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_follows_the_environment() {
        let env = |pairs: &'static [(&str, &str)]| {
            move |name: &str| {
                pairs
                    .iter()
                    .find(|(n, _)| *n == name)
                    .map(|(_, value)| (*value).to_owned())
            }
        };
        assert_eq!(Lang::from_env(env(&[("LANG", "zh_CN.UTF-8")])), Lang::Zh);
        assert_eq!(Lang::from_env(env(&[("LANG", "en_US.UTF-8")])), Lang::En);
        assert_eq!(Lang::from_env(env(&[("LANG", "de_DE.UTF-8")])), Lang::En);
        assert_eq!(
            Lang::from_env(env(&[("LC_ALL", "en_GB"), ("LANG", "zh_CN")])),
            Lang::En
        );
        assert_eq!(
            Lang::from_env(env(&[("LC_ALL", ""), ("LANG", "zh_CN")])),
            Lang::Zh
        );
        assert_eq!(Lang::from_env(env(&[])), Lang::Zh);
    }
}
