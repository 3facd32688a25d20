//! What two texts have in common and what only one of them has, in pieces that a person reads as
//! one: a line, a sentence, a clause.

/// A piece of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Both(String),
    /// Only in the first.
    First(String),
    /// Only in the second.
    Second(String),
}

/// Texts that differ in more pieces than this, one times the other, are shown as wholly different
/// between what they begin and end with.
const MOST: usize = 1_000_000;

/// The pieces of two texts in reading order. What only the first has stands before what only the
/// second has.
pub fn pieces(first: &str, second: &str) -> Vec<Piece> {
    let (first, second) = (split(first), split(second));
    let before = first.iter().zip(&second).take_while(|(a, b)| a == b);
    let before = before.count();
    let rest = first.len().min(second.len()) - before;
    let after = first.iter().rev().zip(second.iter().rev()).take(rest);
    let after = after.take_while(|(a, b)| a == b).count();
    let middle = |all: &[&str]| -> Vec<String> {
        let inner = all.len() - before - after;
        let inner = all.iter().skip(before).take(inner);
        inner.map(|piece| (*piece).to_owned()).collect()
    };
    let mut pieces = Joined::default();
    for piece in first.iter().take(before) {
        pieces.push(Piece::Both((*piece).to_owned()));
    }
    for piece in between(&middle(&first), &middle(&second)) {
        pieces.push(piece);
    }
    for piece in first.iter().skip(first.len() - after) {
        pieces.push(Piece::Both((*piece).to_owned()));
    }
    pieces.0
}

/// Lines, sentences and clauses, each with the mark it ends with.
fn split(text: &str) -> Vec<&str> {
    text.split_inclusive(['\n', '。', '！', '？', '；', '，', '.', '!', '?', ';', ','])
        .collect()
}

/// The pieces of two texts by their longest common run of pieces.
fn between(first: &[String], second: &[String]) -> Vec<Piece> {
    let width = second.len() + 1;
    let mut pieces = Vec::new();
    if first.len().saturating_mul(second.len()) > MOST {
        pieces.extend(first.iter().cloned().map(Piece::First));
        pieces.extend(second.iter().cloned().map(Piece::Second));
        return pieces;
    }
    // How many pieces the rests of both have in common, from each place to the end.
    let mut common = vec![0_u32; width * (first.len() + 1)];
    let at = |common: &[u32], a: usize, b: usize| common.get(a * width + b).copied().unwrap_or(0);
    for (a, mine) in first.iter().enumerate().rev() {
        for (b, theirs) in second.iter().enumerate().rev() {
            let longest = if mine == theirs {
                at(&common, a + 1, b + 1) + 1
            } else {
                at(&common, a + 1, b).max(at(&common, a, b + 1))
            };
            if let Some(slot) = common.get_mut(a * width + b) {
                *slot = longest;
            }
        }
    }
    let (mut a, mut b) = (0, 0);
    loop {
        match (first.get(a), second.get(b)) {
            (Some(mine), Some(theirs)) if mine == theirs => {
                pieces.push(Piece::Both(mine.clone()));
                a += 1;
                b += 1;
            }
            (Some(mine), theirs)
                if theirs.is_none() || at(&common, a + 1, b) >= at(&common, a, b + 1) =>
            {
                pieces.push(Piece::First(mine.clone()));
                a += 1;
            }
            (_, Some(theirs)) => {
                pieces.push(Piece::Second(theirs.clone()));
                b += 1;
            }
            _ => return pieces,
        }
    }
}

/// Pieces of one sort that follow each other are one.
#[derive(Default)]
struct Joined(Vec<Piece>);

impl Joined {
    fn push(&mut self, piece: Piece) {
        match (self.0.last_mut(), &piece) {
            (Some(Piece::Both(last)), Piece::Both(more))
            | (Some(Piece::First(last)), Piece::First(more))
            | (Some(Piece::Second(last)), Piece::Second(more)) => last.push_str(more),
            _ => self.0.push(piece),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> Piece {
        Piece::Both(text.into())
    }

    fn first(text: &str) -> Piece {
        Piece::First(text.into())
    }

    fn second(text: &str) -> Piece {
        Piece::Second(text.into())
    }

    #[test]
    fn short_values_are_wholly_different() {
        assert_eq!(
            pieces("我的公司", "别的公司"),
            [first("我的公司"), second("别的公司")]
        );
        assert_eq!(pieces("", "新的"), [second("新的")]);
        assert_eq!(pieces("同", "同"), [both("同")]);
        assert_eq!(pieces("", ""), []);
    }

    #[test]
    fn only_the_sentence_that_differs_is_told_apart() {
        let mine = "水管漏水。已关总阀。周六上门。";
        let theirs = "水管漏水。阀门关不上。周六上门。";
        assert_eq!(
            pieces(mine, theirs),
            [
                both("水管漏水。"),
                first("已关总阀。"),
                second("阀门关不上。"),
                both("周六上门。")
            ]
        );
    }

    #[test]
    fn both_texts_can_be_read_out_of_the_pieces() {
        let mine = "a\nb\nc\nd\ne\n";
        let theirs = "b\nx\nd\nd\ne\nf";
        let pieces = pieces(mine, theirs);
        let read = |of_first: bool| -> String {
            let its = pieces.iter().filter_map(|piece| match piece {
                Piece::Both(text) => Some(text.as_str()),
                Piece::First(text) => of_first.then_some(text.as_str()),
                Piece::Second(text) => (!of_first).then_some(text.as_str()),
            });
            its.collect()
        };
        assert_eq!((read(true).as_str(), read(false).as_str()), (mine, theirs));
        assert!(pieces.contains(&both("e\n")), "{pieces:?}");
    }

    #[test]
    fn a_text_of_nothing_but_marks_is_no_trouble() {
        let mine = "。".repeat(5000);
        let theirs = "！".repeat(5000);
        assert_eq!(pieces(&mine, &theirs), [first(&mine), second(&theirs)]);
    }
}
