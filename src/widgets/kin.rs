//! What a customer has to do with others, beside the card and under the opened record.

use super::lines::TextLine;
use super::theme;
use crate::app::describe_kin;
use crate::app::describe_leasing;
use crate::app::facts::Facts;
use crate::desk::contract::Row;

/// Whose customer a customer is, where the row says it (A12-3.1.1a).
pub fn ownership(row: &Row, facts: &Facts) -> Option<TextLine> {
    let whose = describe_leasing::ownership(row.ownership.as_deref()?, facts);
    Some(TextLine::labelled(facts.label("ownership"), whose))
}

/// What the customer has to do with others, where the row says it (A14-3.1 to A14-3.2).
pub fn ties(row: &Row, facts: &Facts) -> Vec<TextLine> {
    let Some(ties) = &row.ties else {
        return Vec::new();
    };
    let mut lines = vec![TextLine::title(facts.t("title-ties"))];
    for (line, warns) in describe_kin::ties(ties, facts) {
        let line = TextLine::plain(line);
        lines.push(if warns {
            line.styled(theme::ALARM)
        } else {
            line
        });
    }
    lines
}
