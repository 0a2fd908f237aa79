//! The order of the rows that are found.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::iter::Peekable;

use port_registry::{Column, Record};

use super::find::places_after;
use super::row::Row;

/// The rank of a row that has nothing in a column.
const NOTHING: u32 = u32::MAX;

thread_local! {
    /// The ranks of all rows by column, once they were needed.
    static RANKS: RefCell<BTreeMap<Column, Vec<u32>>> = const { RefCell::new(BTreeMap::new()) };
    static PLACES: Vec<u32> = places_after();
}

/// Puts common uses after the rows of the registry on their port.
pub(super) fn merge(registered: Vec<u32>, common: Vec<u32>) -> Vec<u32> {
    if common.is_empty() {
        return registered;
    }
    let mut merged = Vec::with_capacity(registered.len() + common.len());
    let mut registered = registered.into_iter().peekable();
    for number in common {
        take_below(&mut registered, place_of(number), &mut merged);
        merged.push(number);
    }
    merged.extend(registered);
    merged
}

fn take_below(rows: &mut Peekable<impl Iterator<Item = u32>>, place: u32, merged: &mut Vec<u32>) {
    while let Some(row) = rows.next_if(|&row| row < place) {
        merged.push(row);
    }
}

/// The number of the row of the registry before which a common use stands.
fn place_of(number: u32) -> u32 {
    let ports = Row::at(number).and_then(Row::ports);
    let port = ports.map_or(0, |ports| usize::from(ports.first()));
    PLACES.with(|places| places.get(port).copied().unwrap_or_default())
}

/// Sorts by a column. Rows that are equal in it keep their order.
pub(super) fn sort(rows: &mut [u32], column: Column, descending: bool) {
    RANKS.with_borrow_mut(|ranks| {
        let ranks = ranks.entry(column).or_insert_with(|| ranks_by(column));
        rows.sort_by_key(|&row| {
            let rank = usize::try_from(row).ok().and_then(|row| ranks.get(row));
            match rank.copied().unwrap_or(NOTHING) {
                NOTHING => NOTHING,
                rank if descending => NOTHING - 1 - rank,
                rank => rank,
            }
        });
    });
}

/// What stands in a column, in a form that can be compared.
#[derive(PartialEq, Eq)]
enum Value {
    Nothing,
    Number(u64),
    Text(String),
}

impl Value {
    fn of(row: Row, column: Column) -> Self {
        let number = |number: Option<u64>| number.map_or(Self::Nothing, Self::Number);
        let record = match row {
            Row::Registered(record) => Some(record),
            Row::Common(_) => None,
        };
        match column {
            Column::PortNumber => number(
                row.ports()
                    .map(|ports| u64::from(ports.first()) << 16 | u64::from(ports.last())),
            ),
            Column::ServiceCode => number(record.and_then(Record::service_code).map(u64::from)),
            column => match row.text(column) {
                text if text.is_empty() => Self::Nothing,
                // Lower case and upper case side by side, as people expect it.
                text => Self::Text(text.to_lowercase()),
            },
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            _ => Ordering::Equal,
        }
    }
}

/// By number of a row, its rank. Rows that are equal have the same rank.
fn ranks_by(column: Column) -> Vec<u32> {
    let values: Vec<Value> = Row::all().map(|(_, row)| Value::of(row, column)).collect();
    let mut filled: Vec<(usize, &Value)> = values
        .iter()
        .enumerate()
        .filter(|(_, value)| **value != Value::Nothing)
        .collect();
    filled.sort_by(|(_, one), (_, other)| one.order(other));
    let mut ranks = vec![NOTHING; values.len()];
    let mut rank = 0;
    let mut before = None;
    for (place, value) in filled {
        rank += u32::from(before.is_some_and(|before| before != value));
        before = Some(value);
        if let Some(own) = ranks.get_mut(place) {
            *own = rank;
        }
    }
    ranks
}
