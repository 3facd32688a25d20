//! The form of an entry on a customer's card and in a customer's file (A01-06, A01-13, A03-4.1.2a-3). Its fields
//! are those of what is entered, as in [`super::registers`].

use super::making::{note, of_all, text, today};
use super::{FormId, chosen_number, step};
use crate::app::facts::Facts;
use crate::app::field::{Field, FieldKind};
use crate::app::form::Form;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::transaction::TransactionSort;

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
    let sorts = of_all(
        "transaction_sort",
        "transaction-sort",
        TransactionSort::ALL,
        TransactionSort::id,
    );
    vec![
        of.required(),
        sorts.required().with(TransactionSort::Purchase.id()),
        today("on", facts),
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
