//! Which records a list or an export is of, from its arguments.

use super::args::Choice;
use super::entry::Entry;
use super::permit::operator;
use super::trouble::Trouble;
use crate::desk::contract::{Filter, ListQuery, LooksQuery, Sort};
use crate::domain::number::Kind;
use crate::exchange::lists::{
    KINDS, LOOKS, Listing, filter_name, filters, listed_filter, listed_filters, plural, sort_name,
    sorts,
};
use crate::locale::{Lang, Texts};

/// The one filter of the log of looks besides the usual one.
const REFUSED: &str = "refused";

/// The kind of a name such as `customers`, or of its word in either language.
///
/// # Errors
/// Usage, with the kinds there are.
pub(super) fn kind(name: &str) -> Result<Kind, Trouble> {
    let found = Kind::parse(name).or_else(|| of_word(name));
    let found = found.filter(|kind| KINDS.contains(kind));
    found.ok_or_else(|| unknown_kind(name, &[]))
}

fn of_word(word: &str) -> Option<Kind> {
    let texts: Vec<Texts> = Lang::ALL.iter().map(|lang| Texts::new(*lang)).collect();
    let is_called = |kind: &Kind| {
        let mut names = texts.iter().map(|texts| texts.name("kind", kind.id()));
        names.any(|name| name.eq_ignore_ascii_case(word))
    };
    KINDS.iter().copied().find(is_called)
}

fn unknown_kind(name: &str, besides: &[&str]) -> Trouble {
    let mut known: Vec<String> = KINDS.iter().copied().map(plural).collect();
    known.extend(besides.iter().map(|it| (*it).to_owned()));
    let args = [("value", name), ("known", &*known.join(", "))];
    Trouble::usage("usage-kind", &args)
}

/// The list that is asked for.
///
/// # Errors
/// Usage.
pub(super) fn query(choice: &Choice) -> Result<ListQuery, Trouble> {
    let kind = kind(&choice.kind)?;
    Ok(ListQuery {
        kind,
        filter: filter(kind, &choice.filter)?,
        sort: sort(kind, &choice.sort)?,
        find: choice.find.clone(),
        after: None,
        before: None,
        from_end: false,
        limit: 0,
        full: false,
    })
}

/// The list that is to be exported: of records, or the log of looks, of which the words name a
/// record or the login of whoever looked.
///
/// # Errors
/// Usage, or an operator who is not there.
pub(super) fn listing(choice: &Choice, entry: &Entry) -> Result<Listing, Trouble> {
    if choice.kind != LOOKS {
        return match query(choice) {
            Err(_) if kind(&choice.kind).is_err() => Err(unknown_kind(&choice.kind, &[LOOKS])),
            query => query.map(Listing::Records),
        };
    }
    let known = [filter_name(Filter::Current), REFUSED.to_owned()];
    if !known.contains(&choice.filter) {
        return Err(unknown("usage-filter", &choice.filter, &known));
    }
    let newest = sort_name(Sort::Newest);
    if choice.sort != newest {
        return Err(unknown("usage-sort", &choice.sort, &[newest.to_owned()]));
    }
    let words = choice.find.trim();
    let about = words.parse().ok();
    let by = (about.is_none() && !words.is_empty()).then(|| operator(entry, words));
    Ok(Listing::Looks(LooksQuery {
        about,
        operator: by.transpose()?,
        refused: choice.filter == REFUSED,
        ..LooksQuery::default()
    }))
}

/// `open`, `late`, `kind=repair`, `state=assigned` …, as far as the kind has it.
fn filter(kind: Kind, name: &str) -> Result<Filter, Trouble> {
    let mut all = filters(kind).into_iter();
    all.find(|filter| filter_name(*filter) == name)
        .or_else(|| listed_filter(kind, name))
        .ok_or_else(|| {
            let listed = listed_filters(kind).iter();
            let listed = listed.map(|(list, _)| format!("{list}=…"));
            let known = filters(kind).into_iter().map(filter_name);
            let known: Vec<String> = known.chain(listed).collect();
            unknown("usage-filter", name, &known)
        })
}

fn sort(kind: Kind, name: &str) -> Result<Sort, Trouble> {
    let mut all = sorts(kind).iter().copied();
    all.find(|sort| sort_name(*sort) == name).ok_or_else(|| {
        let known: Vec<String> = sorts(kind)
            .iter()
            .map(|sort| sort_name(*sort).to_owned())
            .collect();
        unknown("usage-sort", name, &known)
    })
}

fn unknown(key: &'static str, name: &str, known: &[String]) -> Trouble {
    Trouble::usage(key, &[("value", name), ("known", &known.join(", "))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::complaint::ComplaintState;
    use crate::domain::intake::IntakeKind;

    #[test]
    fn a_kind_has_its_own_filters_and_orders() {
        use Kind::{Complaint, Customer, File, Intake};
        let repairs = Filter::OfKind(IntakeKind::Repair);
        let assigned = Filter::InState(ComplaintState::Assigned);
        assert_eq!(filter(Intake, "open").unwrap(), Filter::Open);
        assert_eq!(filter(File, "on-loan").unwrap(), Filter::OnLoan);
        assert_eq!(filter(Intake, "kind=repair").unwrap(), repairs);
        assert_eq!(filter(Complaint, "state=assigned").unwrap(), assigned);
        for (kind, name) in [
            (Customer, "open"),
            (Intake, "no-such"),
            (File, "kind=repair"),
        ] {
            assert_eq!(filter(kind, name).unwrap_err().code(), 2, "{name}");
        }
        assert_eq!(sort(Customer, "name").unwrap(), Sort::Name);
        assert_eq!(sort(Intake, "name").unwrap_err().code(), 2);
    }

    #[test]
    fn kinds_are_named_in_one_and_in_many() {
        assert_eq!(kind("customers").unwrap(), Kind::Customer);
        assert_eq!(kind("file").unwrap(), Kind::File);
        assert_eq!(kind("site").unwrap_err().code(), 2);
    }

    #[test]
    fn kinds_are_known_by_their_words_in_both_languages() {
        for known in KINDS {
            for lang in Lang::ALL {
                let word = Texts::new(*lang).name("kind", known.id());
                assert_eq!(kind(&word).unwrap(), *known, "{word}");
            }
        }
        assert_eq!(kind("客户").unwrap(), Kind::Customer);
    }
}
