//! Which clauses of the regulations stand behind a tab of a site (A01-01): of the register of clauses
//! those that the program does and that are in force where the site is.

use super::profile::{Profile, Tab};

/// The register: id, area, state and a note to a line, below a heading.
const REGISTER: &str = include_str!("../../docs/clauses.tsv");

/// Areas that are whole tabs.
const OF_AREAS: &[(&str, Tab)] = &[
    ("intake", Tab::Intake),
    ("complaints", Tab::Complaints),
    ("archive", Tab::Archive),
    ("access & confidentiality", Tab::Archive),
    ("customers", Tab::Customers),
    ("credit", Tab::Customers),
    ("follow-up", Tab::FollowUps),
    ("approvals", Tab::Approvals),
];

/// Of the other areas, by what the ids begin with: what is reported, fined, told or kept in mind belongs
/// to what it is about.
const OF_IDS: &[(&str, Tab)] = &[
    ("A01-05", Tab::Customers),
    ("A01-10", Tab::Intake),
    ("A01", Tab::FollowUps),
    ("A03", Tab::FollowUps),
    ("A04", Tab::Archive),
    ("A07", Tab::Archive),
    ("A08", Tab::Complaints),
    ("A09-1.4", Tab::FollowUps),
    ("A09", Tab::Intake),
    ("A13-c", Tab::Complaints),
    ("A13-a", Tab::Archive),
    ("A14-N", Tab::Customers),
    ("A14", Tab::FollowUps),
    ("A10", Tab::Customers),
    ("A11", Tab::Archive),
    ("A12", Tab::Archive),
    ("A15", Tab::Archive),
];

/// Whether the id of a clause begins with what names it or the part of a regulation it is in: `A13-c2`
/// names `A13-c2` and `A12-3.2.8` names `A12-3.2.8a`, but `A13-c2` does not name `A13-c21`.
fn is_in(id: &str, part: &str) -> bool {
    let is_digit = |next: char| next.is_ascii_digit();
    let goes_on = |rest: &str| part.ends_with(is_digit) && rest.starts_with(is_digit);
    id.strip_prefix(part).is_some_and(|rest| !goes_on(rest))
}

/// Whether a clause is in force at a site.
pub fn in_force(id: &str, profile: &Profile) -> bool {
    profile.clauses.iter().any(|part| is_in(id, part))
}

/// The tab that a clause stands behind, by its id and its area in the register.
fn tab_of(id: &str, area: &str) -> Option<Tab> {
    let whole = OF_AREAS.iter().find(|(known, _)| *known == area);
    let part = || OF_IDS.iter().find(|(part, _)| is_in(id, part));
    whole.or_else(part).map(|(_, tab)| *tab)
}

/// The clauses that the program does and that are in force at a site, in the order of the register.
pub fn done_at(profile: &Profile) -> impl Iterator<Item = (&'static str, Option<Tab>)> {
    let lines = REGISTER.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        let (id, area, state) = (cells.next()?, cells.next()?, cells.next()?);
        matches!(state, "done" | "part").then(|| (id, tab_of(id, area)))
    });
    lines.filter(|(id, _)| in_force(id, profile))
}

/// The clauses behind a tab of a site.
pub fn behind(tab: Tab, profile: &Profile) -> Vec<&'static str> {
    let behind = done_at(profile).filter(|(_, of)| *of == Some(tab));
    behind.map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_names_what_is_in_it_and_nothing_beside_it() {
        assert!(is_in("A12-3.2.8a", "A12-3.2.8"));
        assert!(is_in("A12-3.2.8a", "A12"));
        assert!(is_in("A13-c2", "A13-c"));
        assert!(is_in("A13-c5a", "A13-c"));
        assert!(!is_in("A13-c21", "A13-c2"));
        assert!(!is_in("A01-16", "A01-1"));
    }

    #[test]
    fn every_clause_that_is_done_stands_behind_a_tab() {
        for id in Profile::IDS {
            let profile = Profile::builtin(id).unwrap();
            for (clause, tab) in done_at(&profile) {
                let tab = tab.unwrap_or_else(|| panic!("{clause} stands behind no tab"));
                assert!(profile.tabs.contains(&tab), "{id} has no tab of {clause}");
            }
        }
    }

    #[test]
    fn every_clause_that_a_profile_names_is_in_force_there() {
        for id in Profile::IDS {
            let profile = Profile::builtin(id).unwrap();
            let text = serde_json::to_string(&profile).unwrap();
            for named in text.split("\"clause\":\"").skip(1) {
                let clause = named.split('"').next().unwrap();
                assert!(in_force(clause, &profile), "{id} names {clause}");
            }
            for clause in &profile.purposes {
                assert!(in_force(clause, &profile), "{id} is for {clause}");
            }
        }
    }
}
