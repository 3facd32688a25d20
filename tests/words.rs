//! The words the sample data is made of fit the profiles and posts they are made for.

use std::collections::BTreeSet;

use frontdesk::domain::profile::Profile;
use frontdesk::domain::role::Role;
use toml::{Table, Value};

fn words() -> Result<Table, toml::de::Error> {
    include_str!("../fixtures/words.toml").parse()
}

/// The keys of a table below the words, such as the categories of one profile's complaints.
fn keys<'a>(words: &'a Table, path: &[&str]) -> BTreeSet<&'a str> {
    let mut table = Some(words);
    for key in path {
        table = table
            .and_then(|table| table.get(*key))
            .and_then(Value::as_table);
    }
    table
        .into_iter()
        .flat_map(Table::keys)
        .map(String::as_str)
        .collect()
}

/// The value of `key` in every entry of a list of tables.
fn column<'a>(words: &'a Table, path: [&str; 2], key: &str) -> Vec<&'a str> {
    let [room, list] = path;
    let entries = words
        .get(room)
        .and_then(|room| room.get(list))
        .and_then(Value::as_array);
    let entries = entries.into_iter().flatten();
    entries
        .filter_map(|entry| entry.get(key).and_then(Value::as_str))
        .collect()
}

/// Calls back with every list of texts, wherever it stands.
fn each_list(value: &Value, name: &str, found: &mut impl FnMut(&str, Vec<&str>)) {
    match value {
        Value::Array(items) => {
            let text = |item: &'_ Value| item.as_str().is_some();
            let texts: Vec<&str> = if items.iter().all(text) {
                items.iter().filter_map(Value::as_str).collect()
            } else {
                let of = |key| items.iter().filter_map(move |item| item.get(key)?.as_str());
                of("text").chain(of("title")).collect()
            };
            found(name, texts);
        }
        Value::Table(table) => {
            for (key, value) in table {
                each_list(value, &format!("{name}.{key}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn there_is_one_operator_for_each_role_and_no_two_share_a_name() {
    let words = words().unwrap();
    let roles: BTreeSet<&str> = Role::ALL.iter().map(|role| role.id()).collect();
    assert_eq!(keys(&words, &["operators"]), roles);
    let names: BTreeSet<&str> = words["operators"]
        .as_table()
        .unwrap()
        .values()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(names.len(), roles.len());
}

#[test]
fn every_profile_has_complaints_of_each_category_and_files_of_each_class() {
    let words = words().unwrap();
    for id in Profile::IDS {
        let profile = Profile::builtin(id).unwrap();
        let categories: BTreeSet<&str> = profile
            .complaints
            .categories
            .iter()
            .map(|category| category.id.as_str())
            .collect();
        assert_eq!(keys(&words, &["complaints", id]), categories, "{id}");
        let classes: BTreeSet<&str> = profile
            .archive
            .classes
            .iter()
            .map(|class| class.id.as_str())
            .collect();
        let titled: BTreeSet<&str> = column(&words, ["archive", id], "class")
            .into_iter()
            .collect();
        assert_eq!(titled, classes, "{id}");
    }
}

#[test]
fn the_english_words_name_only_categories_and_classes_that_exist() {
    let words = words().unwrap();
    let english = words["en"].as_table().unwrap();
    for id in ["property", "dealership"] {
        let profile = Profile::builtin(id).unwrap();
        let categories = column(english, ["complaints", id], "category");
        assert_eq!(categories.len(), 15, "{id}");
        for category in categories {
            assert!(
                profile
                    .complaints
                    .categories
                    .iter()
                    .any(|c| c.id == category),
                "{category}"
            );
        }
        let classes = column(english, ["archive", id], "class");
        assert!(!classes.is_empty(), "{id}");
        for class in classes {
            assert!(
                profile.archive.classes.iter().any(|c| c.id == class),
                "{class}"
            );
        }
    }
}

#[test]
fn no_list_is_empty_or_holds_a_text_twice() {
    let words = Value::Table(words().unwrap());
    each_list(&words, "words", &mut |name, texts| {
        assert!(!texts.is_empty(), "{name}");
        let distinct: BTreeSet<&&str> = texts.iter().collect();
        assert_eq!(distinct.len(), texts.len(), "{name}");
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{name}");
    });
}

#[test]
fn there_are_long_texts_and_texts_with_latin_words_and_figures() {
    let words = Value::Table(words().unwrap());
    let (mut long, mut mixed) = (0, 0);
    each_list(&words, "words", &mut |_, texts| {
        for text in texts {
            let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            let latin = text.chars().any(|c| c.is_ascii_alphabetic());
            let figures = text.chars().any(|c| c.is_ascii_digit());
            long += usize::from(text.chars().count() >= 300);
            mixed += usize::from(chinese && latin && figures && !text.contains('{'));
        }
    });
    assert!(long >= 3, "{long}");
    assert!(mixed >= 10, "{mixed}");
}
