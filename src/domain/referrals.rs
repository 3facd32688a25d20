//! Who brought whom, to any depth: counts for each old customer, chains, central persons, material passed
//! on (A14-0, A14-3.1b, A14-3.2).

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::fines::Month;
use super::handout::Handout;
use super::number::Number;
use super::relation::{Relation, RelationKind};
use super::stamp::{Day, Stamp};

/// A customer as the report knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Known {
    /// The name.
    pub name: String,
    /// Whether business was closed with them.
    pub closed: bool,
    /// How often they were in contact.
    pub contacts: u64,
}

/// What one old customer brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Brought {
    /// The old customer.
    pub customer: Number,
    /// The name.
    pub name: String,
    /// Whom they brought themselves.
    pub brought: Vec<(Number, String)>,
    /// Those of them with whom business was closed.
    pub closed: Vec<(Number, String)>,
    /// How many of them came in the month.
    pub in_month: u64,
    /// How many came through them, by however many in between.
    pub through: u64,
}

/// A central person of a group (A14-3.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CentralPerson {
    /// The group.
    pub group: String,
    /// The person.
    pub customer: Number,
    /// The name.
    pub name: String,
    /// Contacts so far.
    pub contacts: u64,
    /// Customers brought.
    pub brought: u64,
    /// How many belong to the group beside.
    pub members: u64,
}

/// Material that one customer passes on (A14-3.1b).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PassedOn {
    /// Who passes it on.
    pub customer: Number,
    /// The name.
    pub name: String,
    /// Pieces given.
    pub given: u64,
    /// Who came with one.
    pub arrived: Vec<(Number, String)>,
}

/// The referrals as they stand at the end of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Referrals {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// Who brought somebody, most first.
    pub by: Vec<Brought>,
    /// The chains, each from whom nobody brought to whom brought nobody.
    pub chains: Vec<Vec<(Number, String)>>,
    /// The central persons, by group.
    pub central: Vec<CentralPerson>,
    /// Material passed on.
    pub passed_on: Vec<PassedOn>,
}

/// The tree of who brought whom.
struct Tree<'a> {
    children: BTreeMap<Number, Vec<(Number, Day)>>,
    known: &'a BTreeMap<Number, Known>,
}

impl Tree<'_> {
    fn name(&self, number: Number) -> String {
        let known = self.known.get(&number);
        known.map_or_else(|| number.to_string(), |known| known.name.clone())
    }

    fn named(&self, number: Number) -> (Number, String) {
        (number, self.name(number))
    }

    fn of(&self, number: Number) -> &[(Number, Day)] {
        self.children.get(&number).map_or(&[], Vec::as_slice)
    }

    /// How many came through somebody. Nobody is counted twice, whatever the records say.
    fn through(&self, root: Number) -> u64 {
        let mut seen = BTreeSet::from([root]);
        let mut waits = vec![root];
        while let Some(next) = waits.pop() {
            let new = self.of(next).iter().map(|(child, _)| *child);
            waits.extend(new.filter(|child| seen.insert(*child)));
        }
        seen.len().saturating_sub(1) as u64
    }

    /// The chains from somebody down, however long; a circle ends where it would close.
    fn chains(&self, root: Number) -> Vec<Vec<(Number, String)>> {
        let mut done = Vec::new();
        let mut waits = vec![vec![root]];
        while let Some(path) = waits.pop() {
            let last = path.last().copied().unwrap_or(root);
            let children: Vec<Number> = self
                .of(last)
                .iter()
                .map(|(child, _)| *child)
                .filter(|child| !path.contains(child))
                .collect();
            if children.is_empty() {
                done.push(path.into_iter().map(|it| self.named(it)).collect());
                continue;
            }
            // The last one that waits is taken first.
            waits.extend(children.into_iter().rev().map(|child| {
                let mut longer = path.clone();
                longer.push(child);
                longer
            }));
        }
        done
    }
}

/// The customers that the report is about.
pub fn mentioned(relations: &[Relation], handouts: &[Handout]) -> BTreeSet<Number> {
    let related = relations.iter().filter(|it| it.is_open());
    let related = related.flat_map(|it| [it.details.from, it.details.to]);
    let given = handouts.iter().map(|it| it.details.customer);
    related.chain(given).flatten().collect()
}

/// The referrals up to the end of a month. The numbers in the relations are those of cards that stay.
pub fn referrals(
    month: Month,
    relations: &[Relation],
    handouts: &[Handout],
    known: &BTreeMap<Number, Known>,
    context: &Context,
) -> Referrals {
    let since = |it: &Relation| it.details.since.unwrap_or_default();
    let until_then = |it: &&Relation| it.is_open() && since(it) <= month.ends();
    let relations: Vec<&Relation> = relations.iter().filter(until_then).collect();
    let mut children: BTreeMap<Number, Vec<(Number, Day)>> = BTreeMap::new();
    let mut brought = BTreeSet::new();
    for relation in &relations {
        // What was said of two cards that are one by now is said of nobody.
        if let Some((child, parent)) = relation.brought().filter(|(one, other)| one != other) {
            brought.insert(child);
            let day = since(relation);
            children.entry(parent).or_default().push((child, day));
        }
    }
    let tree = Tree { children, known };
    let is_closed = |number: &Number| known.get(number).is_some_and(|it| it.closed);
    let mut by: Vec<Brought> = tree
        .children
        .iter()
        .map(|(parent, children)| {
            let closed = children.iter().filter(|(child, _)| is_closed(child));
            let in_month = children.iter().filter(|(_, day)| Month::of(*day) == month);
            Brought {
                customer: *parent,
                name: tree.name(*parent),
                closed: closed.map(|(child, _)| tree.named(*child)).collect(),
                in_month: in_month.count() as u64,
                through: tree.through(*parent),
                brought: children
                    .iter()
                    .map(|(child, _)| tree.named(*child))
                    .collect(),
            }
        })
        .collect();
    by.sort_by_key(|it| (std::cmp::Reverse(it.brought.len()), it.customer));
    let roots = tree
        .children
        .keys()
        .filter(|parent| !brought.contains(parent));
    let chains = roots.flat_map(|root| tree.chains(*root)).collect();
    Referrals {
        month,
        at: context.now,
        by,
        chains,
        central: central(&relations, &tree),
        passed_on: passed_on(handouts, &tree, month),
    }
}

fn central(relations: &[&Relation], tree: &Tree) -> Vec<CentralPerson> {
    let of = |kind: RelationKind| relations.iter().filter(move |it| it.details.kind == kind);
    let persons = of(RelationKind::Central).filter_map(|it| {
        let customer = it.details.from?;
        let group = it.details.group.clone();
        let members = of(RelationKind::Member).filter(|it| it.details.group == group);
        Some(CentralPerson {
            customer,
            name: tree.name(customer),
            contacts: tree.known.get(&customer).map_or(0, |it| it.contacts),
            brought: tree.of(customer).len() as u64,
            members: members.count() as u64,
            group,
        })
    });
    let mut persons: Vec<CentralPerson> = persons.collect();
    persons.sort_by(|one, other| (&one.group, one.customer).cmp(&(&other.group, other.customer)));
    persons
}

fn passed_on(handouts: &[Handout], tree: &Tree, month: Month) -> Vec<PassedOn> {
    let mut by: BTreeMap<Number, PassedOn> = BTreeMap::new();
    for handout in handouts {
        let given = handout.details.on.unwrap_or_default() <= month.ends();
        let (Some(customer), true) = (handout.details.customer, given) else {
            continue;
        };
        let of = by.entry(customer).or_insert_with(|| PassedOn {
            customer,
            name: tree.name(customer),
            given: 0,
            arrived: Vec::new(),
        });
        of.given = of.given.saturating_add(handout.details.count.into());
        let arrived = handout.arrived.iter();
        of.arrived
            .extend(arrived.map(|one| (one.customer, one.name.clone())));
    }
    by.into_values().collect()
}
