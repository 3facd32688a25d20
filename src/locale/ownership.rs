//! Whose customer somebody is, in words (A12-3.1.1a, A12-3.1.3).

use super::Texts;
use crate::domain::number::Number;
use crate::domain::registration::Ownership;

/// Whose customer somebody is and by which rule; `name` gives the name of an operator.
pub fn line(texts: &Texts, whose: &Ownership, name: impl Fn(Number) -> String) -> String {
    match whose {
        Ownership::NotConfirmed => texts.with("ownership-not-confirmed", &[]).into_owned(),
        Ownership::Owned { owner, by, rule } => {
            let (owner, by) = (name(*owner), by.to_string());
            let rule = texts.name("owner-rule", rule.id());
            let args = [
                ("name", owner.as_str()),
                ("number", by.as_str()),
                ("rule", rule.as_str()),
            ];
            texts.with("ownership-owned", &args).into_owned()
        }
        Ownership::Collision {
            rows,
            proposed: Some(proposed),
        } => {
            let (numbers, proposed) = (numbers(rows), name(*proposed));
            let args = [("numbers", numbers.as_str()), ("name", proposed.as_str())];
            texts.with("ownership-collision", &args).into_owned()
        }
        Ownership::Collision { rows, .. } => {
            let numbers = numbers(rows);
            let args = [("numbers", numbers.as_str())];
            texts.with("ownership-open", &args).into_owned()
        }
    }
}

fn numbers(rows: &[Number]) -> String {
    let rows: Vec<String> = rows.iter().map(Number::to_string).collect();
    rows.join(" ")
}
