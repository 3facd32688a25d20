//! `print`: the forms that the regulations name, on paper (A13-c2, A13-c3a, A08-n2c).

use super::args;
use super::console::Console;
use super::entry::enter;
use super::report::{day, hand_out};
use super::trouble::Trouble;
use crate::desk::contract::{Failure, Query, Reply};
use crate::domain::number::Number;
use crate::report::forms::{self, Form};
use crate::report::quarterly::Words;
use crate::report::{html, text};

/// `frontdesk print FORM NUMBER|--day DAY`.
pub(super) fn print(
    global: &args::Global,
    print: &args::Print,
    console: &mut Console,
) -> Result<(), Trouble> {
    let form = Form::from_id(&print.form);
    let query = match (form, &print.number, &print.day) {
        (Some(Form::Register), None, Some(of)) => Query::PrintDay(day(of)?),
        (Some(Form::Slip | Form::Handling), Some(number), None) => {
            let parsed = number.parse::<Number>();
            Query::Print(parsed.map_err(|_| Trouble::usage("usage-number", &[("value", number)]))?)
        }
        _ => return Err(Trouble::usage("print-which", &[])),
    };
    let mut entry = enter(global, console)?;
    let reply = entry.look(query.clone())?;
    let words = Words {
        texts: console.texts,
        profile: &entry.profile,
    };
    let document = match (reply, query, form) {
        (Reply::Page(page), Query::PrintDay(day), _) => {
            let rows: Vec<_> = page.rows.into_iter().map(|(_, row)| row).collect();
            Some(forms::register(day, &rows, words))
        }
        (Reply::Record(Some(row)), _, Some(form)) => forms::complaint(form, &row, words),
        (Reply::Record(None), Query::Print(number), _) => {
            return Err(Failure::Missing(number).into());
        }
        _ => None,
    };
    let document = document.ok_or_else(|| Trouble::told("print-no-form", &[]))?;
    let printed = match print.format.as_str() {
        "html" => html::html(&document, console.texts.lang()),
        _ => text::text(&document, !global.ascii),
    };
    hand_out(printed.as_bytes(), print.out.as_deref(), console)?;
    entry.close()
}
