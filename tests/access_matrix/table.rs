//! The tables written by hand: who gets what of a file, who carries which procedure.

use std::collections::BTreeMap;
use std::path::Path;

use frontdesk::domain::profile::Profile;
use frontdesk::domain::role::Role;

/// How a file is guarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    Plain,
    Important,
    Secret,
    TopSecret,
}

impl Guard {
    pub const ALL: [Self; 4] = [Self::Plain, Self::Important, Self::Secret, Self::TopSecret];

    fn named(name: &str) -> Vec<Self> {
        match name {
            "plain" => vec![Self::Plain],
            "important" => vec![Self::Important],
            "graded" => vec![Self::Secret, Self::TopSecret],
            "all" => Self::ALL.to_vec(),
            other => panic!("no such grade: {other}"),
        }
    }

    pub fn is_graded(self) -> bool {
        self >= Self::Secret
    }
}

/// Who carries one step of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    pub posts: Vec<Role>,
    /// The clause that names them.
    pub clause: Option<String>,
}

/// A line of the steps.
#[derive(Debug, Clone)]
pub struct Line {
    pub procedure: String,
    pub guards: Vec<Guard>,
    pub stages: Vec<Stage>,
}

/// The table of a profile.
pub struct Table {
    pub profile: Profile,
    pub keeper: Role,
    /// Who has asked for the files.
    pub asker: Role,
    /// By guard, column and post: what shows.
    pub looks: BTreeMap<(Guard, String), BTreeMap<Role, String>>,
    pub lines: Vec<Line>,
}

fn post(name: &str) -> Role {
    Role::from_id(name).unwrap_or_else(|| panic!("no such post: {name}"))
}

fn posts(text: &str, profile: &Profile) -> Vec<Role> {
    let mut names = text.split_whitespace();
    match text.split_whitespace().next() {
        Some("nobody") => Vec::new(),
        Some("but") => {
            names.next();
            let but: Vec<Role> = names.map(post).collect();
            let all = profile.posts.iter().copied();
            all.filter(|post| !but.contains(post)).collect()
        }
        _ => names.map(post).collect(),
    }
}

impl Table {
    /// The table of a profile; every post of the profile stands in it once and no other does.
    pub fn of(id: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/access_matrix/tables");
        let text = std::fs::read_to_string(path.join(format!("{id}.txt"))).unwrap();
        let profile = Profile::load(id, "", "").unwrap();
        let mut table = Self {
            keeper: Role::Administrator,
            asker: Role::Administrator,
            profile,
            looks: BTreeMap::new(),
            lines: Vec::new(),
        };
        let (mut guards, mut columns) = (Vec::new(), Vec::new());
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(section) = line.strip_prefix('[') {
                let section = section.trim_end_matches(']');
                guards = section
                    .strip_prefix("looks ")
                    .map(Guard::named)
                    .unwrap_or_default();
                columns.clear();
            } else if let Some(keeper) = line.strip_prefix("keeper ") {
                table.keeper = post(keeper);
            } else if let Some(asker) = line.strip_prefix("asker ") {
                table.asker = post(asker);
            } else if guards.is_empty() {
                table.step(line);
            } else if columns.is_empty() {
                columns = line.split_whitespace().map(str::to_owned).collect();
            } else {
                table.look(line, &guards, &columns);
            }
        }
        for ((guard, column), cells) in &table.looks {
            let all: Vec<Role> = cells.keys().copied().collect();
            let mut known = table.profile.posts.clone();
            known.sort();
            assert_eq!(all, known, "{id} {guard:?} {column}");
        }
        table
    }

    fn look(&mut self, line: &str, guards: &[Guard], columns: &[String]) {
        let (values, names) = line.split_once(" : ").unwrap();
        let values: Vec<&str> = values.split_whitespace().collect();
        assert_eq!(values.len(), columns.len(), "{line}");
        for guard in guards {
            for (column, value) in columns.iter().zip(&values) {
                let cells = self.looks.entry((*guard, column.clone())).or_default();
                for name in names.split_whitespace() {
                    let twice = cells.insert(post(name), (*value).to_owned());
                    assert!(twice.is_none(), "{name} stands twice");
                }
            }
        }
    }

    fn step(&mut self, line: &str) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [procedure, guards, stages, clauses] = parts[..] else {
            panic!("{line}");
        };
        let stages: Vec<&str> = stages.split('>').collect();
        let clauses: Vec<&str> = clauses.split('>').map(str::trim).collect();
        let clauses = clauses.iter().cycle().take(stages.len());
        let stages = stages.iter().zip(clauses).map(|(names, clause)| Stage {
            posts: posts(names, &self.profile),
            clause: (*clause != "-").then(|| (*clause).to_owned()),
        });
        let line = Line {
            procedure: procedure.to_owned(),
            guards: guards.split_whitespace().flat_map(Guard::named).collect(),
            stages: stages.collect(),
        };
        self.lines.push(line);
    }

    /// Who carries a stage of a procedure on a file of a guard, the first of them.
    pub fn first(&self, procedure: &str, guard: Guard, stage: usize) -> Role {
        self.stages(procedure, guard)[stage].posts[0]
    }

    pub fn stages(&self, procedure: &str, guard: Guard) -> &[Stage] {
        let line = self
            .lines
            .iter()
            .find(|line| line.procedure == procedure && line.guards.contains(&guard));
        &line
            .unwrap_or_else(|| panic!("{procedure} {guard:?}"))
            .stages
    }
}
