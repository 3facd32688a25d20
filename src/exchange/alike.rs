//! Rows that were refused for the same reason in the same column, told as one: which lines they
//! are, and how many. Every single row is in `rejects`.

use std::collections::HashMap;

use super::import::is_already_there;
use super::sheet::{Column, Reject};
use crate::locale::{Said, Texts};

/// So many runs of lines are named; after them only the number of rows is told.
const RUNS: usize = 5;

/// Groups of rows that were refused alike, in the order of their first rows.
#[derive(Debug, Default)]
pub struct Alike {
    groups: Vec<Group>,
    places: HashMap<(Option<usize>, String), usize>,
}

/// Rows that were refused alike.
#[derive(Debug, Clone)]
pub struct Group {
    /// The first of them.
    pub first: Reject,
    /// Why, in words; of rows whose record is there, the words of the first.
    pub reason: String,
    /// How many rows.
    pub count: u64,
    /// Lines from and to, the first runs of them.
    runs: Vec<(u64, u64)>,
}

impl Alike {
    /// Takes in one more row.
    pub fn push(&mut self, reject: &Reject, texts: &Texts) {
        let said = texts.failure(&reject.failure);
        let reasons: Vec<String> = said.iter().map(Said::line).collect();
        let reason = reasons.join(" ");
        // Each of these names another record: what they have in common is that it is there.
        let alike = if is_already_there(&reject.failure) {
            String::new()
        } else {
            reason.clone()
        };
        let column = reject.column.as_ref().map(|column| column.number);
        let groups = &mut self.groups;
        let place = *self.places.entry((column, alike)).or_insert_with(|| {
            groups.push(Group {
                first: reject.clone(),
                reason,
                count: 0,
                runs: Vec::new(),
            });
            groups.len() - 1
        });
        if let Some(group) = self.groups.get_mut(place) {
            group.add(reject.line);
        }
    }

    /// The groups there are.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Takes the groups out and begins anew.
    pub fn take(&mut self) -> Vec<Group> {
        std::mem::take(self).groups
    }
}

impl Group {
    fn add(&mut self, line: u64) {
        self.count += 1;
        let has_room = self.runs.len() <= RUNS;
        match self.runs.last_mut() {
            Some((_, last)) if *last + 1 == line => *last = line,
            _ if has_room => self.runs.push((line, line)),
            _ => {}
        }
    }

    /// Which rows and how many, with their column, in words. For more than one row.
    pub fn place(&self, texts: &Texts) -> String {
        let run = |(from, to): &(u64, u64)| match to - from {
            0 => from.to_string(),
            1 => format!("{from}{}{to}", texts.get("list-comma")),
            _ => format!("{from}–{to}"),
        };
        let runs: Vec<String> = self.runs.iter().take(RUNS).map(run).collect();
        let mut lines = runs.join(&texts.get("list-comma"));
        if self.runs.len() > RUNS {
            lines.push('…');
        }
        let header = self
            .first
            .column
            .as_ref()
            .map_or("", |it: &Column| &it.name);
        let sheet = self.first.sheet.as_deref().unwrap_or_default();
        let count = self.count.to_string();
        let args = [
            ("lines", &*lines),
            ("count", &*count),
            ("header", header),
            ("sheet", sheet),
        ];
        let key = match (sheet.is_empty(), header.is_empty()) {
            (true, true) => "alike-rows",
            (true, false) => "alike-column",
            (false, true) => "alike-sheet",
            (false, false) => "alike-sheet-column",
        };
        texts.with(key, &args).into_owned()
    }

    /// Why, in words that hold for all of the rows.
    pub fn reason(&self, texts: &Texts) -> String {
        if self.count > 1 && is_already_there(&self.first.failure) {
            let args = [("first", self.reason.as_str())];
            texts.with("alike-already", &args).into_owned()
        } else {
            self.reason.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::contract::Failure;
    use crate::domain::refusal::Problem;
    use crate::locale::Lang;

    fn reject(line: u64, column: usize, problem: Problem) -> Reject {
        Reject {
            sheet: None,
            line,
            column: Some(Column {
                number: column,
                name: "State".into(),
            }),
            failure: Failure::Refused(problem.into()),
        }
    }

    #[test]
    fn rows_with_one_reason_are_one_group_with_its_lines() {
        let texts = Texts::new(Lang::En);
        let wrong = |value: &str| Problem::new("cell-no-choice").arg("value", value);
        let mut alike = Alike::default();
        for line in [3, 4, 5, 7, 8, 20, 30, 40, 50] {
            alike.push(&reject(line, 2, wrong("new")), &texts);
        }
        alike.push(&reject(9, 2, wrong("old")), &texts);
        alike.push(&reject(10, 3, wrong("new")), &texts);
        let counts: Vec<u64> = alike.groups().iter().map(|group| group.count).collect();
        assert_eq!(counts, [9, 1, 1]);
        let place = alike.groups()[0].place(&texts);
        for part in ["3–5, 7, 8, 20, 30, 40…", "State", "9"] {
            assert!(place.contains(part), "{place}");
        }
    }

    #[test]
    fn rows_that_are_there_are_one_group_whatever_their_numbers() {
        let texts = Texts::new(Lang::En);
        let mut alike = Alike::default();
        for line in 2..=601 {
            let there = Problem::new("already-there").arg("number", format!("CU-{line}"));
            alike.push(&reject(line, 1, there), &texts);
        }
        let [group] = alike.groups() else {
            panic!("{:?}", alike.groups())
        };
        assert!(group.place(&texts).contains("2–601"));
        assert!(group.reason(&texts).contains("CU-2"));
    }
}
