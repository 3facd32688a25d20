//! Walking through a list page by page, from either end, shows each row exactly once, in order.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::model::{KINDS, SORTS, filters, listed};
use common::walk::begin;
use common::{Bench, cursors, list, numbers};
use frontdesk::desk::contract::{Cursor, Filter, ListQuery, Page, Sort};
use frontdesk::domain::number::{Kind, Number};

/// All pages from the first to the last.
fn forwards(bench: &mut Bench, query: &ListQuery) -> Vec<Number> {
    let mut rows = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = bench.page(ListQuery {
            after: after.clone(),
            ..query.clone()
        });
        assert_eq!(page.before, after.is_some(), "{query:?}");
        let last = check(&page, query).pop();
        rows.extend(numbers(&page));
        if !page.after {
            return rows;
        }
        after = last;
    }
}

/// All pages from the last to the first.
fn backwards(bench: &mut Bench, query: &ListQuery) -> Vec<Number> {
    let mut pages: Vec<Vec<Number>> = Vec::new();
    let mut page = bench.page(ListQuery {
        from_end: true,
        ..query.clone()
    });
    assert!(!page.after, "{query:?}");
    loop {
        let first = check(&page, query).into_iter().next();
        pages.push(numbers(&page));
        if !page.before {
            return pages.into_iter().rev().flatten().collect();
        }
        page = bench.page(ListQuery {
            before: first,
            ..query.clone()
        });
        assert!(page.after, "{query:?}");
    }
}

fn check(page: &Page, query: &ListQuery) -> Vec<Cursor> {
    assert!(page.rows.len() <= query.limit as usize);
    let full = page.rows.len() == query.limit as usize;
    assert!(
        full || !(page.before && page.after),
        "a page in the middle is not full"
    );
    cursors(page)
}

#[test]
fn every_list_is_walked_whole_in_both_directions() {
    let (mut bench, mut walk) = begin(5);
    for _ in 0..700 {
        bench.clock.advance_seconds(1_800);
        let _ = walk.step(&mut bench.desk);
    }
    let now = bench.desk.now();
    let mut rows = 0;
    for kind in KINDS {
        for filter in filters() {
            for sort in SORTS {
                for find in ["", "水管", "王"] {
                    let find = find.to_owned();
                    let whole = ListQuery {
                        find,
                        ..list(*kind, filter, *sort)
                    };
                    let expected = listed(&walk.model, &whole, now);
                    rows += expected.len();
                    for limit in [1, 4, 7] {
                        if limit == 1 && expected.len() > 12 {
                            continue;
                        }
                        let query = ListQuery {
                            limit,
                            ..whole.clone()
                        };
                        assert_eq!(forwards(&mut bench, &query), expected, "{query:?}");
                        assert_eq!(backwards(&mut bench, &query), expected, "{query:?}");
                    }
                }
            }
        }
    }
    assert!(rows > 1_000, "{rows} rows are too few to tell");
}

#[test]
fn a_row_that_comes_between_two_pages_neither_hides_nor_repeats_another() {
    let (mut bench, mut walk) = begin(6);
    for _ in 0..150 {
        let _ = walk.step(&mut bench.desk);
    }
    let query = ListQuery {
        limit: 3,
        ..list(Kind::Customer, Filter::All, Sort::Oldest)
    };
    let before = forwards(&mut bench, &query);
    let page = bench.page(query.clone());
    let after = cursors(&page).pop();
    bench.customer(common::card("赵明", "15400009999"));
    let rest = ListQuery {
        after,
        limit: 1_000,
        ..query
    };
    let mut rows = numbers(&page);
    rows.extend(numbers(&bench.page(rest)));
    assert_eq!(rows[..before.len()], before);
    assert_eq!(rows.len(), before.len() + 1);
}
