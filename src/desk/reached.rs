//! When each customer was last reached, and the customers of everybody in the order in which that was:
//! what calls, visits and silence are owed by, as ranges of keys (A01-16, A01-25, A01-27, A14-1.2).
//!
//! It follows from a customer's card, from the contacts with them and from what cards went into that one,
//! so no record says it alone. As the counts do, it follows a change in the batch of that change, is made
//! anew with the index, and `verify` holds it against the records.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::keyspace as keys;
use super::kin;
use super::overlay::Overlay;
use crate::domain::customer::{Customer, Mark};
use crate::domain::follow_up::Touched;
use crate::domain::intake::{Channel, IntakeKind};
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::stamp::{Day, Stamp};
use crate::store::{Fault, Pair, codec};

/// So many contacts of a customer are read at first.
const CONTACTS: usize = 32;

/// An order in which the customers of an owner stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The last call, or the registration of whoever had none.
    Call,
    /// The same of those with whom business was closed.
    ClosedCall,
    /// The last visit, or the registration.
    Visit,
    /// The last contact of any kind, or the registration.
    Any,
    /// The order in which they are to be visited: who said something since the last visit first, then who
    /// was never visited, then the last visit (A01-25, A05-4.6a).
    Turn,
    /// By number, those with whom business was closed and who are no key customers.
    Ordinary,
}

impl By {
    const fn letter(self) -> u8 {
        match self {
            Self::Call => b'k',
            Self::ClosedCall => b'o',
            Self::Visit => b'v',
            Self::Any => b'a',
            Self::Turn => b't',
            Self::Ordinary => b'h',
        }
    }
}

/// When a customer was last reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Last {
    /// By telephone.
    pub call: Option<Stamp>,
    /// By a visit, in either direction.
    pub visit: Option<Stamp>,
    /// In any way.
    pub any: Option<Stamp>,
    /// The last complaint, suggestion or objection since that visit (A05-4.6a).
    pub matter: Option<Stamp>,
}

impl Last {
    /// The same in days.
    pub fn touched(&self, offset_minutes: i32) -> Touched {
        let day = |at: Option<Stamp>| at.map(|at| at.day(offset_minutes));
        Touched {
            call: day(self.call),
            visit: day(self.visit),
            any: day(self.any),
            matters: Vec::new(),
        }
    }

    fn add(&mut self, contact: Contact) {
        let Contact {
            at,
            channel,
            matter,
        } = contact;
        self.any = self.any.max(Some(at));
        match channel {
            Channel::Call => self.call = self.call.max(Some(at)),
            Channel::Visit => self.visit = self.visit.max(Some(at)),
            _ => {}
        }
        if matter {
            // What is said at a visit is said after it began, and stays for the next one.
            let said = at.0.saturating_add(i64::from(channel == Channel::Visit));
            self.matter = self.matter.max(Some(Stamp(said)));
        }
        self.matter = self.matter.filter(|at| Some(*at) > self.visit);
    }
}

/// A customer among those of an owner, as it stands in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Standing {
    /// Whose customer it is; nobody's.
    pub owner: Option<Number>,
    closed: bool,
    key: bool,
    /// When the card was made.
    pub registered: Stamp,
    /// When they were last reached.
    pub last: Last,
}

impl Standing {
    /// None of whoever is to be contacted by nobody.
    fn of(customer: &Customer, last: Last) -> Option<Self> {
        let gone = customer.meta.void || customer.is(Mark::Retired);
        (!gone).then(|| Self {
            owner: customer.details.owner,
            closed: customer.is(Mark::Closed),
            key: customer.is(Mark::Key),
            registered: customer.meta.created_at,
            last,
        })
    }

    /// Its keys in the orders.
    fn keys(&self, number: Number) -> Vec<Vec<u8>> {
        let mut found = Vec::new();
        let mut add = |by: By, place: &[u8]| {
            let mut key = of_owner(self.owner, by);
            key.extend_from_slice(place);
            key.extend_from_slice(&number.to_key());
            found.push(key);
        };
        let since = |last: Option<Stamp>| keys::stamp_bytes(last.unwrap_or(self.registered));
        let Last {
            call,
            visit,
            any,
            matter,
        } = self.last;
        add(By::Call, &since(call));
        if self.closed {
            add(By::ClosedCall, &since(call));
        }
        if self.closed && !self.key {
            add(By::Ordinary, &[]);
        }
        add(By::Visit, &since(visit));
        add(By::Any, &since(any));
        let mut turn = vec![u8::from(matter.is_none())];
        turn.extend_from_slice(&visit.map_or([0; 8], keys::stamp_bytes));
        add(By::Turn, &turn);
        found
    }
}

/// The beginning of the keys of the customers of an owner, or of nobody, in an order.
pub(super) fn of_owner(owner: Option<Number>, by: By) -> Vec<u8> {
    let mut key = vec![keys::REACHED, by.letter()];
    key.extend_from_slice(&owner.map_or([0; 7], Number::to_key));
    key
}

fn row_of(number: Number) -> Vec<u8> {
    let mut key = vec![keys::REACHED, b'c'];
    key.extend_from_slice(&number.to_key());
    key
}

/// How a customer stands; none of whoever is retired or was merged into another.
pub(super) fn standing(overlay: &Overlay, number: Number) -> Result<Option<Standing>, Fault> {
    overlay.unpacked(&row_of(number))
}

/// A contact by which somebody was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Contact {
    at: Stamp,
    channel: Channel,
    /// Whether it is a complaint, a suggestion or an objection (A05-4.6a).
    matter: bool,
}

impl Contact {
    /// What a record says of it; none where nobody was reached.
    fn of(record: &Record) -> Option<Self> {
        if record.meta().void {
            return None;
        }
        let (at, channel) = match record {
            Record::FollowUp(it) => it.reached()?,
            Record::Intake(it) => {
                let channel = it.details.channel.unwrap_or(Channel::Other);
                (it.started_at, channel)
            }
            Record::Complaint(it) => (it.made_at, Channel::Other),
            _ => return None,
        };
        let matter = match record {
            Record::Complaint(_) => true,
            // What became a complaint is counted as that.
            Record::Intake(it) => {
                it.complaint.is_none()
                    && matches!(
                        it.details.kind,
                        IntakeKind::Complaint | IntakeKind::Suggestion | IntakeKind::Objection
                    )
            }
            _ => false,
        };
        Some(Self {
            at,
            channel,
            matter,
        })
    }

    /// The same, and with whom.
    fn with(record: &Record) -> Option<(Number, Self)> {
        let customer = match record {
            Record::FollowUp(it) => it.details.customer,
            Record::Intake(it) => it.details.customer,
            Record::Complaint(it) => it.details.customer,
            _ => None,
        };
        Some((customer?, Self::of(record)?))
    }
}

/// Goes through the contacts of a customer, the newest first, until `each` says that it is enough.
fn contacts(
    overlay: &Overlay,
    customer: Number,
    mut each: impl FnMut(&Record, Contact) -> ControlFlow<()>,
) -> Result<(), Fault> {
    let mut known = 0;
    // Few contacts are enough for most; where they are not, twice as many are looked at each time.
    let mut most = CONTACTS;
    loop {
        let numbers = kin::of_all_cards(overlay, customer, keys::contacts, most)?;
        for number in numbers.iter().skip(known) {
            if let Some(record) = overlay.record(*number)?
                && let Some(contact) = Contact::of(&record)
                && each(&record, contact).is_break()
            {
                return Ok(());
            }
        }
        if numbers.len() < most {
            return Ok(());
        }
        known = numbers.len();
        most = most.saturating_mul(2);
    }
}

/// When a customer was last reached, by all contacts with them.
fn last(overlay: &Overlay, customer: Number) -> Result<Last, Fault> {
    let mut last = Last::default();
    contacts(overlay, customer, |_, contact| {
        let passed = |known: Option<Stamp>| known.is_some_and(|known| contact.at < known);
        if passed(last.call) && passed(last.visit) {
            return ControlFlow::Break(());
        }
        last.add(contact);
        ControlFlow::Continue(())
    })?;
    Ok(last)
}

/// What a customer said since the last visit, the newest first (A05-4.6a).
pub(super) fn matters(
    overlay: &Overlay,
    customer: Number,
    visit: Option<Stamp>,
) -> Result<Vec<Number>, Fault> {
    let mut found = Vec::new();
    contacts(overlay, customer, |record, contact| {
        if Some(contact.at) < visit {
            return ControlFlow::Break(());
        }
        let since = Some(contact.at) > visit || contact.channel == Channel::Visit;
        found.extend((contact.matter && since).then(|| record.number()));
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// The last visit of a customer up to a day (A01-25).
pub(super) fn visited_until(
    overlay: &Overlay,
    customer: Number,
    until: Day,
    offset_minutes: i32,
) -> Result<Option<Day>, Fault> {
    let mut visit = None;
    contacts(overlay, customer, |_, contact| {
        let day = contact.at.day(offset_minutes);
        if contact.channel == Channel::Visit && day <= until {
            visit = Some(day);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    Ok(visit)
}

/// What stands in the store of a customer's card, by all records.
pub(super) fn entries(overlay: &Overlay, customer: &Customer) -> Result<Vec<Pair>, Fault> {
    let number = customer.meta.number;
    let Some(standing) = Standing::of(customer, Last::default()) else {
        return Ok(Vec::new());
    };
    let standing = Standing {
        last: last(overlay, number)?,
        ..standing
    };
    let mut rows = vec![(row_of(number), codec::pack(&standing)?)];
    rows.extend(
        standing
            .keys(number)
            .into_iter()
            .map(|key| (key, Vec::new())),
    );
    Ok(rows)
}

/// Puts how a customer stands in the place of what was there.
fn put(
    overlay: &mut Overlay,
    number: Number,
    before: Option<Standing>,
    after: Option<Standing>,
) -> Result<(), Fault> {
    if before == after {
        return Ok(());
    }
    let old = before.map(|it| it.keys(number)).unwrap_or_default();
    let new = after.map(|it| it.keys(number)).unwrap_or_default();
    for key in old.iter().filter(|key| !new.contains(key)) {
        overlay.put(key.clone(), None);
    }
    for key in new.into_iter().filter(|key| !old.contains(key)) {
        overlay.put(key, Some(Vec::new()));
    }
    let row = after.map(|after| codec::pack(&after)).transpose()?;
    overlay.put(row_of(number), row);
    Ok(())
}

/// Makes anew how a customer stands, by all contacts.
fn renew(overlay: &mut Overlay, number: Number) -> Result<(), Fault> {
    let before = standing(overlay, number)?;
    let after = match overlay.record(number)? {
        Some(Record::Customer(customer)) => Standing::of(&customer, last(overlay, number)?),
        _ => None,
    };
    put(overlay, number, before, after)
}

/// Follows a change of a record, whose index entries are in `overlay` already.
pub(super) fn follow(
    overlay: &mut Overlay,
    before: Option<&Record>,
    after: Option<&Record>,
) -> Result<(), Fault> {
    let Some(number) = after.or(before).map(Record::number) else {
        return Ok(());
    };
    match number.kind {
        Kind::Customer => {
            let known = standing(overlay, number)?;
            match (known, after) {
                (Some(known), Some(Record::Customer(customer))) => put(
                    overlay,
                    number,
                    Some(known),
                    Standing::of(customer, known.last),
                ),
                _ => renew(overlay, number),
            }
        }
        Kind::Merge => {
            for record in [before, after].into_iter().flatten() {
                if let Record::Merge(merge) = record {
                    let kept = kin::survivor(overlay, merge.kept)?;
                    renew(overlay, kept)?;
                    renew(overlay, merge.absorbed)?;
                }
            }
            Ok(())
        }
        Kind::FollowUp | Kind::Intake | Kind::Complaint => {
            let (old, new) = (
                before.and_then(Contact::with),
                after.and_then(Contact::with),
            );
            match (old, new) {
                (old, new) if old == new => Ok(()),
                (None, Some((customer, contact))) => {
                    let customer = kin::survivor(overlay, customer)?;
                    let Some(known) = standing(overlay, customer)? else {
                        return Ok(());
                    };
                    let mut next = known;
                    next.last.add(contact);
                    put(overlay, customer, Some(known), Some(next))
                }
                _ => {
                    for (customer, _) in [old, new].into_iter().flatten() {
                        let customer = kin::survivor(overlay, customer)?;
                        renew(overlay, customer)?;
                    }
                    Ok(())
                }
            }
        }
        _ => Ok(()),
    }
}
