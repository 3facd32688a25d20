//! Which record a row of another system already is here, and what it adds to a customer that is
//! there. Pure: what is compared is found by whoever asks.

use super::complaint::Complaint;
use super::context::Context;
use super::customer::{Customer, CustomerDetails, Fill, Mark, Salutation};
use super::deal;
use super::intake::Intake;
use super::number::Number;
use super::record::Record;

/// Whether a record is the one that a row describes. A number of another system alone proves
/// nothing, because two systems count from 1 alike and one uses a number twice: something else must
/// agree. A request or complaint without such a number is known by telephone, time and text together.
pub fn is_same(made: &Record, there: &Record) -> bool {
    let number = |a: &str, b: &str| !a.is_empty() && a == b;
    // In one file a number that stands there twice is one record only where all else is the same too.
    let one_file = made.meta().import == there.meta().import;
    match (made, there) {
        (Record::Customer(made), Record::Customer(there)) => {
            let (made, there) = (&made.details, &there.details);
            let phone = made
                .phones
                .iter()
                .any(|phone| there.phones.iter().any(|it| it.digits == phone.digits));
            let name = made.name == there.name;
            (name && phone) || (number(&made.external, &there.external) && (name || phone))
        }
        (Record::Intake(made), Record::Intake(there)) if one_file => {
            let end = |it: &Intake| it.outcome.as_ref().map(|it| it.text.clone());
            !made.details.external.is_empty()
                && made.details == there.details
                && end(made) == end(there)
        }
        (Record::Complaint(made), Record::Complaint(there)) if one_file => {
            let end = |it: &Complaint| it.answer.as_ref().map(|it| it.text.clone());
            !made.details.external.is_empty()
                && made.details == there.details
                && made.department == there.department
                && end(made) == end(there)
        }
        (Record::File(made), Record::File(there)) if one_file => {
            !made.details.external.is_empty() && made.details == there.details
        }
        (Record::Intake(made), Record::Intake(there)) => {
            let time = made.started_at == there.started_at;
            let (made, there) = (&made.details, &there.details);
            let text = made.text == there.text;
            (number(&made.external, &there.external) && (time || text))
                || (made.external.is_empty() && number(&made.phone, &there.phone) && time && text)
        }
        (Record::Complaint(made), Record::Complaint(there)) => {
            let time = made.made_at == there.made_at;
            let (made, there) = (&made.details, &there.details);
            let text = made.text == there.text;
            (number(&made.external, &there.external) && (time || text))
                || (made.external.is_empty() && number(&made.phone, &there.phone) && time && text)
        }
        (Record::File(made), Record::File(there)) => {
            number(&made.details.external, &there.details.external)
                && made.details.title == there.details.title
        }
        (Record::Loan(made), Record::Loan(there)) => {
            made.file == there.file
                && made.lent_at == there.lent_at
                && made.details.borrower == there.details.borrower
        }
        _ => false,
    }
}

/// A customer with what a row knows put into fields that are empty; none when it adds nothing.
pub fn filled(
    customer: &Customer,
    row: &CustomerDetails,
    import: Number,
    context: &Context,
) -> Option<Customer> {
    let mut with = CustomerDetails::default();
    let mut details = customer.details.clone();
    for ((have, new), put) in texts(&mut details)
        .into_iter()
        .zip(texts(&mut row.clone()))
        .zip(texts(&mut with))
    {
        if have.is_empty() && !new.is_empty() {
            have.clone_from(new);
            put.clone_from(new);
        }
    }
    if details.phones.is_empty() {
        details.phones.clone_from(&row.phones);
        with.phones.clone_from(&row.phones);
    }
    if details.plates.is_empty() {
        details.plates.clone_from(&row.plates);
        with.plates.clone_from(&row.plates);
    }
    if details.salutation == Salutation::Unknown {
        details.salutation = row.salutation;
        with.salutation = row.salutation;
    }
    if details.business.is_none() {
        details.business = row.business;
        with.business = row.business;
    }
    if details.deal.is_none() {
        // What the mark says already is not said otherwise.
        details.deal = row.deal.filter(|_| !customer.is(Mark::Closed));
        with.deal = details.deal;
    }
    if with == CustomerDetails::default() {
        return None;
    }
    let mut fills = customer.fills.clone();
    fills.push(Fill { import, with });
    let mut marks = customer.marks.clone();
    deal::mark(&details, &mut marks);
    Some(Customer {
        meta: customer.meta.changed(context),
        details,
        marks,
        fills,
        ..customer.clone()
    })
}

/// A customer without what an import put in, as far as nobody has changed it since.
pub fn emptied(customer: &Customer, import: Number, context: &Context) -> Customer {
    let mut details = customer.details.clone();
    let (gone, fills): (Vec<Fill>, Vec<Fill>) = customer
        .fills
        .iter()
        .cloned()
        .partition(|fill| fill.import == import);
    let mut marks = customer.marks.clone();
    for Fill { mut with, .. } in gone {
        for (have, put) in texts(&mut details).into_iter().zip(texts(&mut with)) {
            if !put.is_empty() && have == put {
                have.clear();
            }
        }
        if details.phones == with.phones {
            details.phones.clear();
        }
        if details.plates == with.plates {
            details.plates.clear();
        }
        if with.salutation != Salutation::Unknown && details.salutation == with.salutation {
            details.salutation = Salutation::Unknown;
        }
        if with.business.is_some() && details.business == with.business {
            details.business = None;
        }
        if with.deal.is_some() && details.deal == with.deal {
            details.deal = None;
            marks.remove(&Mark::Closed);
        }
    }
    Customer {
        meta: customer.meta.changed(context),
        details,
        marks,
        fills,
        ..customer.clone()
    }
}

/// The texts that an import may fill, in a fixed order.
fn texts(details: &mut CustomerDetails) -> [&mut String; 10] {
    [
        &mut details.employer,
        &mut details.position,
        &mut details.address,
        &mut details.place,
        &mut details.note,
        &mut details.external,
        &mut details.class,
        &mut details.line,
        &mut details.site,
        &mut details.source,
    ]
}
