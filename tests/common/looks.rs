//! Looks at the desk: asked for, refused, and read in the log.

use frontdesk::desk::contract::{
    Answer, Door, Failure, Filter, ListQuery, LookRow, LooksQuery, Query, Reply, Request, Sort,
};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::refusal::Problem;

use super::{Bench, list};

/// What comes of a look.
pub fn asked(bench: &mut Bench, query: Query) -> Answer {
    let envelope = bench.envelope(Request::Look(query));
    bench.desk.ask(&envelope)
}

/// Why a look is refused.
pub fn refused(bench: &mut Bench, query: Query) -> Problem {
    match asked(bench, query) {
        Err(Failure::Refused(refusal)) => refusal.problems[0].clone(),
        other => panic!("{other:?}"),
    }
}

/// The log as somebody sees it who may, newest first.
pub fn log(bench: &mut Bench, by: Number, query: LooksQuery) -> Vec<LookRow> {
    let asking = std::mem::replace(&mut bench.operator, by);
    let looks = match bench.look(Query::Looks(query)) {
        Reply::Looks(looks) => looks,
        other => panic!("{other:?}"),
    };
    bench.operator = asking;
    looks
}

pub fn full(kind: Kind) -> Query {
    Query::List(ListQuery {
        full: true,
        ..list(kind, Filter::All, Sort::Newest)
    })
}
