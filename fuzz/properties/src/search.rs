//! The search through the registry.

use port_registry::{Column, Columns, Record, search};
use test_support::oracle::built;

use crate::input::{choice, text};
use plain::{FIELDS, SEARCHED, holds};

#[path = "../../../tests/it/search/plain.rs"]
mod plain;

/// How many of the rows between two found ones are compared.
const WINDOW: usize = 6;

/// How many found rows are looked at.
const LOOKED_AT: usize = 3;

/// The first byte chooses the columns, the second one which of the rows that are passed over are
/// compared, and the rest is looked for. What the search finds holds it, in the order of the rows,
/// and what it passes over does not.
pub fn check(input: &[u8]) {
    let (form, rest) = choice(input);
    let (place, rest) = choice(rest);
    let text = text(rest);
    let query = text.to_ascii_lowercase();
    let columns = columns(form);
    let asked: Columns = columns.iter().copied().collect();
    let mut found = search(&text).columns(asked).map(Record::index);
    let mut from = 0;
    for _ in 0..LOOKED_AT {
        let position = found.next();
        let end = position.unwrap_or(built().rows.len());
        assert!(from <= end, "in the order of the rows");
        let window = from + place * (end - from) / 256;
        for passed in (window..end).take(WINDOW) {
            assert!(!holds(passed, &query, &columns), "{text:?} in {passed}");
        }
        let Some(position) = position else { break };
        assert!(holds(position, &query, &columns), "{text:?} in {position}");
        from = position + 1;
    }
}

/// One column, or those that are searched by default, or all.
fn columns(form: usize) -> Vec<Column> {
    match form % 16 {
        one @ 0..12 => vec![FIELDS[one].0],
        12..15 => SEARCHED.to_vec(),
        _ => FIELDS.iter().map(|&(column, _)| column).collect(),
    }
}
