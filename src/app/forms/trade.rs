//! The form of an entry on a customer's card and in a customer's file (A01-06, A01-13, A03-4.1.2a-3).

use super::{FormId, chosen_number, named, note, step, text};
use crate::app::facts::Facts;
use crate::app::field::{Field, FieldKind};
use crate::app::form::Form;
use crate::desk::contract::Command;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Day;
use crate::domain::transaction::{TransactionDetails, TransactionSort};

/// Whether a form is one of these.
pub const fn is_one(id: FormId) -> bool {
    matches!(id, FormId::NewTransaction | FormId::NewEntry)
}

/// The fields of a form.
pub fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    let me = facts.operator.as_ref().map(|it| it.name.clone());
    let of = match id {
        FormId::NewTransaction => text("file"),
        _ => Field::new("customer", FieldKind::Customer),
    };
    let sorts = TransactionSort::ALL.iter().map(|sort| sort.id()).collect();
    let sorts = named("transaction_sort", "transaction-sort", sorts);
    vec![
        of.required(),
        sorts.required().with(TransactionSort::Purchase.id()),
        Field::new("on", FieldKind::Date)
            .required()
            .with(&facts.today().to_string()),
        note("matter", 3).required(),
        text("amount"),
        text("salesperson").required().with(&me.unwrap_or_default()),
    ]
}

/// What sort of entry is being made.
pub fn sort(form: &Form) -> TransactionSort {
    TransactionSort::from_id(form.value("transaction_sort")).unwrap_or_default()
}

/// What it is about, in hundredths of a yuan; none while no amount can be read.
pub fn amount(form: &Form) -> Option<u64> {
    step::yuan(form, "amount").ok().flatten()
}

/// Whose entry is being made: the customer, and the file.
pub fn of(form: &Form) -> (Option<Number>, Option<Number>) {
    let file = form.value("file").trim().parse().ok();
    (chosen_number(form, "customer"), file)
}

/// Shows the fields that the values now ask for.
pub fn adjust(form: &mut Form) {
    let counts = sort(form).has_amount();
    form.demand("amount", counts, counts);
}

/// Fills in what is known of the record a form is about.
pub fn fill(form: &mut Form, record: &Record) {
    match record {
        Record::File(file) => form.set("file", &file.meta.number.to_string()),
        Record::Customer(it) => {
            let value = format!("{} {}", it.meta.number, it.details.name);
            form.set("customer", &value);
            form.go_to("transaction_sort");
        }
        _ => {}
    }
}

/// The command of a form.
///
/// # Errors
/// A day, an amount or a number that cannot be read.
pub fn command(form: &Form) -> Result<Command, Problem> {
    let (customer, file) = of(form);
    let typed = form.value("file").trim();
    if file.is_none() && !typed.is_empty() {
        let problem = Problem::new("not-a-file").field("file");
        return Err(problem.arg("value", typed));
    }
    let on = form.value("on").trim();
    let day = Day::parse(on);
    if day.is_none() && !on.is_empty() {
        let problem = Problem::new("not-a-date").field("on");
        return Err(problem.arg("value", on));
    }
    let details = TransactionDetails {
        customer,
        file,
        sort: sort(form),
        on: day,
        text: form.value("matter").to_owned(),
        amount: step::yuan(form, "amount")?,
        salesperson: form.value("salesperson").to_owned(),
    };
    Ok(Command::RecordTransaction { details })
}
