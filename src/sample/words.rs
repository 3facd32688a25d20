//! The invented words sample data is made of, in the language of the demonstration.
//!
//! They stand in `fixtures/words.toml`. What has no English there is taken in Chinese, as on a
//! desk that serves both. This file finds words; it makes nothing of them.

use toml::{Table, Value};

/// The words of one language and profile.
pub(super) struct Words {
    table: Table,
    english: bool,
    profile: String,
}

impl Words {
    /// The words that come with the program.
    pub fn new(english: bool, profile: &str) -> Self {
        let table = include_str!("../../fixtures/words.toml").parse();
        Self {
            table: table.unwrap_or_default(),
            english,
            profile: profile.to_owned(),
        }
    }

    /// Whether names and texts are English.
    pub fn english(&self) -> bool {
        self.english
    }

    fn find(&self, path: &[&str]) -> Option<&Value> {
        let at = |mut steps: Box<dyn Iterator<Item = &str> + '_>| {
            let first = self.table.get(steps.next()?)?;
            steps.try_fold(first, |value, step| value.get(step))
        };
        let english = || at(Box::new(["en"].into_iter().chain(path.iter().copied())));
        let chinese = || at(Box::new(path.iter().copied()));
        if self.english {
            english().or_else(chinese)
        } else {
            chinese()
        }
    }

    /// One text.
    pub fn text(&self, path: &[&str]) -> String {
        let found = self.find(path).and_then(Value::as_str);
        found.unwrap_or_default().to_owned()
    }

    /// A list of texts.
    pub fn list(&self, path: &[&str]) -> Vec<String> {
        let items = self.find(path).and_then(Value::as_array);
        let texts = items.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    }

    /// A list of entries with two texts each.
    fn pairs(&self, path: &[&str], first: &str, second: &str) -> Vec<(String, String)> {
        let items = self.find(path).and_then(Value::as_array);
        let pair = |item: &Value| {
            let text = |key| item.get(key).and_then(Value::as_str).map(str::to_owned);
            Some((text(first)?, text(second)?))
        };
        items.into_iter().flatten().filter_map(pair).collect()
    }

    /// Complaints of the profile: category and text.
    pub fn complaints(&self) -> Vec<(String, String)> {
        let path = ["complaints", self.profile.as_str()];
        let Some(Value::Table(categories)) = self.find(&path) else {
            return self.pairs(&path, "category", "text");
        };
        let texts = |(category, texts): (&String, &Value)| {
            let texts = texts.as_array().cloned().unwrap_or_default();
            let pair = |text: Value| Some((category.clone(), text.as_str()?.to_owned()));
            texts.into_iter().filter_map(pair).collect::<Vec<_>>()
        };
        categories.into_iter().flat_map(texts).collect()
    }

    /// Repair requests: where, and what. Where the site sells things, they are faults of those.
    pub fn repairs(&self) -> Vec<(String, String)> {
        let complaints = self.complaints().into_iter();
        let products: Vec<_> = complaints
            .filter(|(category, _)| category == "product")
            .map(|(_, text)| (String::new(), text))
            .collect();
        if products.is_empty() {
            self.pairs(&["intake", "repairs"], "place", "text")
        } else {
            products
        }
    }

    /// What complainants are told.
    pub fn answers(&self) -> Vec<String> {
        let own = self.list(&["answers", &self.profile]);
        if own.is_empty() {
            self.list(&["answers", "general"])
        } else {
            own
        }
    }

    /// What the site sells, and for how many yuan.
    pub fn sold(&self) -> Vec<(String, u64)> {
        let sold = self
            .pairs(&["sold", &self.profile], "text", "yuan")
            .into_iter();
        sold.filter_map(|(what, yuan)| Some((what, yuan.parse().ok()?)))
            .collect()
    }

    /// Archive files of the profile: class and title.
    pub fn files(&self) -> Vec<(String, String)> {
        self.pairs(&["archive", &self.profile], "class", "title")
    }
}
