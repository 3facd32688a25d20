//! Which records a list or an export is of, from its arguments.

use serde_json::{Value, json};

use super::args::Choice;
use super::trouble::Trouble;
use crate::desk::contract::{Filter, ListQuery, Sort};
use crate::domain::number::Kind;

/// The kind of a name such as `customers`.
///
/// # Errors
/// Usage, with the kinds there are.
pub(super) fn kind(name: &str) -> Result<Kind, Trouble> {
    Kind::parse(name)
        .filter(|kind| *kind != Kind::Site)
        .ok_or_else(|| {
            let known: Vec<String> = Kind::ALL
                .iter()
                .filter(|kind| **kind != Kind::Site)
                .map(|kind| format!("{}s", kind.id()))
                .collect();
            Trouble::usage(
                "usage-kind",
                &[("value", name), ("known", &known.join(", "))],
            )
        })
}

/// The list that is asked for.
///
/// # Errors
/// Usage.
pub(super) fn query(choice: &Choice) -> Result<ListQuery, Trouble> {
    Ok(ListQuery {
        kind: kind(&choice.kind)?,
        filter: filter(&choice.filter)?,
        sort: sort(&choice.sort),
        find: choice.find.clone(),
        after: None,
        before: None,
        from_end: false,
        limit: 0,
        full: false,
    })
}

/// `open`, `late`, `kind=repair`, `state=assigned` …
fn filter(name: &str) -> Result<Filter, Trouble> {
    let value = match name.split_once('=') {
        Some(("kind", kind)) => json!({ "of-kind": kind }),
        Some(("state", state)) => json!({ "in-state": state }),
        _ => Value::String(name.to_owned()),
    };
    serde_json::from_value(value).map_err(|_| Trouble::usage("usage-filter", &[("value", name)]))
}

fn sort(name: &str) -> Sort {
    match name {
        "oldest" => Sort::Oldest,
        "name" => Sort::Name,
        "due" => Sort::Due,
        _ => Sort::Newest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::complaint::ComplaintState;
    use crate::domain::intake::IntakeKind;

    #[test]
    fn filters_are_named_as_in_the_contract() {
        assert_eq!(filter("open").unwrap(), Filter::Open);
        assert_eq!(filter("on-loan").unwrap(), Filter::OnLoan);
        assert_eq!(
            filter("kind=repair").unwrap(),
            Filter::OfKind(IntakeKind::Repair)
        );
        assert_eq!(
            filter("state=assigned").unwrap(),
            Filter::InState(ComplaintState::Assigned)
        );
        assert_eq!(filter("no-such").unwrap_err().code(), 2);
    }

    #[test]
    fn kinds_are_named_in_one_and_in_many() {
        assert_eq!(kind("customers").unwrap(), Kind::Customer);
        assert_eq!(kind("file").unwrap(), Kind::File);
        assert_eq!(kind("site").unwrap_err().code(), 2);
    }
}
