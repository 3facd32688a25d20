//! `print`: the forms that the regulations name, certificates and labels, on paper (A13-c2, A13-c3a,
//! A08-n2c, A11-06, A11-25).

use std::path::Path;

use super::args;
use super::console::Console;
use super::entry::{Entry, enter};
use super::report::{day, hand_out};
use super::trouble::Trouble;
use crate::desk::contract::{Failure, Reply};
use crate::domain::number::Number;
use crate::domain::stamp::Day;
use crate::report::Papers;
use crate::report::forms::{Form, PaperFormat};
use crate::report::quarterly::Words;

/// `frontdesk print FORM NUMBER...|--day DAY`.
pub(super) fn print(
    global: &args::Global,
    print: &args::Print,
    console: &mut Console,
) -> Result<(), Trouble> {
    let form = Form::from_id(&print.form);
    let (form, day, numbers) = match (form, print.numbers.as_slice(), &print.day) {
        (Some(form), [], Some(of)) if form.is_of_day() => (form, Some(day(of)?), Vec::new()),
        (Some(form), numbers @ [_, ..], None) if !form.is_of_day() => {
            let numbers = numbers.iter().map(|number| parsed(number));
            (form, None, numbers.collect::<Result<Vec<_>, _>>()?)
        }
        _ => return Err(Trouble::usage("print-which", &[])),
    };
    let format = PaperFormat::from_id(&print.format).unwrap_or(PaperFormat::Text);
    if !form.formats().contains(&format) {
        let args = [("form", form.id()), ("format", format.id())];
        return Err(Trouble::usage("print-not-as", &args));
    }
    let mut entry = enter(global, console)?;
    let mut papers = Papers::new(form);
    if let Some(day) = day {
        add_day(&mut papers, form, day, &mut entry, console)?;
    }
    for number in numbers {
        let Reply::Record(row) = entry.look(form.query(number))? else {
            return Err(Trouble::odd());
        };
        let row = row.ok_or(Failure::Missing(number))?;
        if !papers.add(&row, words(&entry, console)) {
            return Err(Trouble::told("print-no-form", &[]));
        }
    }
    let printed = papers.finished(format, !global.ascii, words(&entry, console));
    let printed = printed.map_err(|error| Trouble::file(Path::new(form.id()), &error))?;
    hand_out(&printed, print.out.as_deref(), console)?;
    entry.close()
}

fn parsed(number: &str) -> Result<Number, Trouble> {
    let parsed = number.parse();
    parsed.map_err(|_| Trouble::usage("usage-number", &[("value", number)]))
}

const fn words<'a>(entry: &'a Entry, console: &'a Console) -> Words<'a> {
    Words {
        texts: console.texts,
        profile: &entry.profile,
    }
}

fn add_day(
    papers: &mut Papers,
    form: Form,
    day: Day,
    entry: &mut Entry,
    console: &Console,
) -> Result<(), Trouble> {
    let Reply::Page(page) = entry.look(form.of_day(day))? else {
        return Err(Trouble::odd());
    };
    let rows: Vec<_> = page.rows.into_iter().map(|(_, row)| row).collect();
    papers.add_day(day, &rows, words(entry, console));
    Ok(())
}
