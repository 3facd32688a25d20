//! The nearest right name for a mistyped one.

/// No name is longer than this, and nothing longer was meant to be one.
const LONGEST: usize = 80;

/// The candidate nearest to `word`, if any is near enough to be what was meant: at most a third
/// of its letters wrong, but two wrong letters are always forgiven in a word of four or more.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    if length > LONGEST {
        return None;
    }
    let allowed = if length < 4 { 1 } else { (length / 3).max(2) };
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(wrong, _)| *wrong <= allowed)
        .min_by_key(|(wrong, _)| *wrong)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be put in, taken out, changed or swapped with the next to make one word
/// of another.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut above: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    let mut before = None;
    for (row, a) in from.chars().enumerate() {
        let mut now = vec![row + 1];
        let mut left = None;
        for (column, &b) in to.iter().enumerate() {
            let at = |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX);
            let changed = at(&last, column) + usize::from(a != b);
            let put_in = at(&now, column) + 1;
            let taken_out = at(&last, column + 1) + 1;
            let mut best = changed.min(put_in).min(taken_out);
            if before == Some(b) && left == Some(a) && column > 0 {
                best = best.min(at(&above, column - 1).saturating_add(1));
            }
            now.push(best);
            left = Some(b);
        }
        before = Some(a);
        above = std::mem::replace(&mut last, now);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_each_kind_of_slip_once() {
        assert_eq!(distance("save", "save"), 0);
        assert_eq!(distance("saev", "save"), 1);
        assert_eq!(distance("sav", "save"), 1);
        assert_eq!(distance("saave", "save"), 1);
        assert_eq!(distance("sxve", "save"), 1);
        assert_eq!(distance("", "save"), 4);
    }

    #[test]
    fn finds_what_was_meant_and_nothing_far_fetched() {
        let names = ["save", "save-and-new", "leave"];
        assert_eq!(nearest("saev", names), Some("save"));
        assert_eq!(nearest("Save-und-new", names), Some("save-and-new"));
        assert_eq!(nearest("quit", names), None);
    }
}
