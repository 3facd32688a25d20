//! What a record is looked up by in full: whose it is, whom it is about, telephones, places and days.

use crate::desk::keyspace as keys;
use crate::domain::access::AccessState;
use crate::domain::follow_up::FollowUp;
use crate::domain::listed::Listed;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::relation::{Relation, RelationKind};
use crate::domain::stamp::Stamp;
use crate::domain::{greeting, place};

/// The customers on whose time line a record stands, and when it was.
pub(super) fn contacts(record: &Record) -> Vec<(Number, Stamp)> {
    if let Record::Introduction(it) = record {
        let both = [it.details.one, it.details.other].into_iter().flatten();
        return both.map(|one| (one, it.meta.created_at)).collect();
    }
    contact(record).into_iter().collect()
}

fn contact(record: &Record) -> Option<(Number, Stamp)> {
    match record {
        Record::Intake(intake) => Some((intake.details.customer?, intake.started_at)),
        Record::Complaint(complaint) => Some((complaint.details.customer?, complaint.made_at)),
        Record::File(file) => Some((file.details.customer?, file.meta.created_at)),
        Record::Transaction(it) => Some((it.details.customer?, it.meta.created_at)),
        Record::Registration(it) => Some((it.closing.as_ref()?.customer, it.meta.created_at)),
        Record::FollowUp(it) => Some((it.details.customer?, it.tried_at()?)),
        Record::Answer(it) => Some((it.details.customer?, it.meta.created_at)),
        Record::Occupancy(it) => Some((it.details.customer?, it.meta.created_at)),
        Record::Handover(it) => Some((it.details.customer?, it.meta.created_at)),
        Record::Handout(it) => Some((it.details.customer?, it.meta.created_at)),
        _ => None,
    }
}

/// The customers on whose time line a record stands that is no contact, and when something last became of
/// it.
pub(super) fn events(record: &Record) -> Vec<(Number, Stamp)> {
    let (customers, made, after) = match record {
        Record::Relation(it) => {
            let ended = it.ended.as_ref().map(|said| said.at);
            ([it.details.from, it.details.to], &it.meta, ended)
        }
        Record::Merge(it) => {
            let undone = it.undone.as_ref().map(|said| said.at);
            ([Some(it.kept), Some(it.absorbed)], &it.meta, undone)
        }
        Record::PlanLine(it) => {
            let done = it.done.as_ref().map(|done| done.at);
            let dropped = it.dropped.as_ref().map(|said| said.at);
            ([it.details.customer, None], &it.meta, done.or(dropped))
        }
        _ => return Vec::new(),
    };
    let at = after.unwrap_or(made.created_at);
    let customers = customers.into_iter().flatten();
    customers.map(|customer| (customer, at)).collect()
}

/// In whose hands a record is.
pub(super) fn held(record: &Record) -> Option<Vec<u8>> {
    match record {
        Record::Customer(customer) => Some(keys::owned(customer.details.owner?)),
        Record::Complaint(complaint)
            if !complaint.state.is_final() && !complaint.handler.is_empty() =>
        {
            Some(keys::handled(&complaint.handler))
        }
        Record::Intake(intake) if intake.is_open() => {
            let handler = &intake.repair.as_ref()?.handler;
            (!handler.is_empty()).then(|| keys::handled(handler))
        }
        Record::Loan(loan) if loan.is_open() => Some(keys::borrowed(&loan.details.borrower)),
        Record::FollowUp(it) if it.is_open() => Some(keys::to_do(it.details.owner?)),
        Record::PlanLine(it) if it.is_open() => Some(keys::to_plan(it.details.owner?)),
        Record::Dossier(dossier) => Some(keys::kept_by(dossier.salesperson)),
        Record::Registration(row) => Some(keys::registered_for(row.owner)),
        _ => None,
    }
}

/// What a record is looked up by in full: telephones where one may call, the number in the system it
/// came from, the borrower of a loan.
pub(super) fn exact(record: &Record) -> Vec<Vec<u8>> {
    let (phones, external) = match record {
        Record::Customer(customer) => {
            let phones = customer.details.phones.iter();
            let phones = phones.map(|phone| keys::phone(&phone.digits)).collect();
            (phones, &customer.details.external)
        }
        Record::Intake(intake) => {
            let phone = keys::phone(&intake.details.phone);
            (vec![phone], &intake.details.external)
        }
        Record::Complaint(complaint) => {
            let phone = keys::phone(&complaint.details.phone);
            (vec![phone], &complaint.details.external)
        }
        Record::File(file) => (Vec::new(), &file.details.external),
        Record::Registration(registration) => {
            let phone = &registration.details.phone;
            return (!phone.is_empty())
                .then(|| keys::phone(phone))
                .into_iter()
                .collect();
        }
        Record::Loan(loan) => return vec![keys::lent_to(&loan.details.borrower)],
        _ => return Vec::new(),
    };
    let mut exact: Vec<Vec<u8>> = phones;
    exact.push(keys::external(external));
    exact.retain(|key| key.len() > keys::EXACT_BARE);
    exact
}

/// What the archive looks a record up by: the place, the number within the class and the car of a
/// file, the file of a request that is not over, the day of a hand-over's row, the file it went into.
pub(super) fn kept(record: &Record) -> Vec<Vec<u8>> {
    match record {
        Record::Customer(customer) => {
            let place = place::key(&customer.details.place);
            let mut key = keys::placed(&place);
            key.push(0);
            (!place.is_empty()).then_some(key).into_iter().collect()
        }
        Record::File(file) => {
            let details = &file.details;
            let mut keys = Vec::new();
            if !details.place.is_empty() {
                keys.push(keys::at_place(&details.place));
            }
            if file.custody.class_no > 0 {
                keys.push(keys::in_class(&details.class, file.custody.class_no));
            }
            let cars = [&details.vin, &details.plate].into_iter();
            let here = file.left_on().is_none();
            let cars = cars.filter(|car| here && details.sort.is_of_car() && !car.is_empty());
            keys.extend(cars.map(|car| keys::of_car(car)));
            keys.extend(details.customer.map(keys::of_customer));
            keys
        }
        Record::Loan(loan) => vec![keys::belongs_to(loan.file)],
        Record::Access(access) => {
            let granted = access.state == AccessState::Granted;
            let open = granted || !access.state.is_final();
            let file = access.details.file;
            let asked = file.filter(|_| open).map(keys::asked);
            asked
                .into_iter()
                .chain(file.map(keys::belongs_to))
                .collect()
        }
        Record::Handover(handover) => {
            let signed = (handover.row > 0)
                .then_some(handover.taken.as_ref())
                .flatten();
            let row = signed.map(|signed| keys::signed_for(signed.at, handover.row));
            let filed = handover.filed.as_ref();
            let filed = filed.map(|(file, _)| keys::belongs_to(*file));
            row.into_iter().chain(filed).collect()
        }
        Record::DayEnd(end) => vec![keys::ended(end.day)],
        Record::Registration(registration) => vec![keys::registered_on(registration.day)],
        Record::DutyShift(duty) => vec![keys::on_duty(duty.day)],
        Record::FollowUp(it) => {
            let mut all = of_follow_up(it);
            let had = it.contact.is_some() && !it.is_open();
            all.extend(it.details.customer.filter(|_| had).map(keys::noted));
            all
        }
        Record::Dossier(dossier) => {
            let births = greeting::birthdays(dossier).into_iter();
            let births = births.filter_map(|it| {
                let (month, day) = it.born.anniversary()?;
                Some(keys::born((it.born.lunar, month, day)))
            });
            let of = keys::dossier_of(dossier.customer);
            std::iter::once(of).chain(births).collect()
        }
        Record::Transaction(it) => it.details.file.map(keys::belongs_to).into_iter().collect(),
        Record::Task(task) => task.file().map(keys::belongs_to).into_iter().collect(),
        Record::Answer(it) => {
            let details = &it.details;
            let survey = details.survey;
            let by = survey.zip(details.customer);
            let by = by.map(|(survey, customer)| keys::serving_with(survey, true, customer));
            survey.map(keys::answers).into_iter().chain(by).collect()
        }
        Record::Occupancy(it) if it.is_open() => {
            vec![keys::lived_in(&place::key(&it.details.place))]
        }
        Record::Relation(relation) => of_relation(relation),
        Record::Introduction(introduction) => {
            let both = [introduction.details.one, introduction.details.other];
            both.into_iter().flatten().map(keys::related).collect()
        }
        Record::Handout(handout) => {
            let giver = handout.details.customer.into_iter();
            giver.map(keys::related).collect()
        }
        Record::Merge(merge) if merge.is_open() => {
            vec![keys::merged(merge.absorbed), keys::absorbed(merge.kept)]
        }
        Record::Destruction(destruction) if !destruction.state.is_final() => {
            vec![keys::to_destroy(destruction.file)]
        }
        Record::Inspection(inspection) if inspection.closed.is_some() => {
            vec![keys::inspected(inspection)]
        }
        _ => Vec::new(),
    }
}

/// Whom a relation is of, and the group that somebody is of by it.
fn of_relation(relation: &Relation) -> Vec<Vec<u8>> {
    let details = &relation.details;
    let group = Listed::new(&details.group);
    let central = details.kind == RelationKind::Central;
    let grouped = relation.is_open() && !details.group.is_empty();
    let member = details.from.filter(|_| grouped);
    let member = member.map(|from| keys::in_group_as(group.id(), central, from));
    let both = [details.from, details.to].into_iter().flatten();
    both.map(keys::related).chain(member).collect()
}

/// With whom a contact is planned, and what it is or was for. An attempt that reached nobody, and what was
/// given up, is for nothing.
fn of_follow_up(it: &FollowUp) -> Vec<Vec<u8>> {
    let Some(customer) = it.details.customer else {
        return Vec::new();
    };
    if !(it.is_open() || it.is_done()) {
        return Vec::new();
    }
    let planned = it.is_open().then(|| keys::planned(customer));
    let serves = it.details.serves;
    let serves = serves.map(|serves| keys::serving_with(serves, it.is_done(), customer));
    let greets = it.details.holiday.map(|day| keys::greeted(day, customer));
    [planned, serves, greets].into_iter().flatten().collect()
}
