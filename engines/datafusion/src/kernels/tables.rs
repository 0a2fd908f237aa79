//! Tables of numbers by transport protocol and port, filled once from the library.
//!
//! A lookup in the library takes a few nanoseconds, and a batch asks the same again and again: with
//! a table it takes one or two. `benches/flows` measures it.

use std::sync::LazyLock;

use arrow::array::UInt16Array;
use arrow::buffer::{BooleanBuffer, Buffer, NullBuffer, ScalarBuffer};
use port_registry::{PortRange, PortStatus, Protocol};

use super::columns::Pairs;
use super::names::NameSource;
use super::{some_nulls, texts};

/// Stands for "nothing" in a table.
const NONE: u16 = u16::MAX;

const PORTS: usize = 1 << 16;

/// How many rows a table has: one for each transport protocol, and one in which no port has a number.
/// A power of two, so that a lookup needs no check; nothing reads the rows behind.
const ROWS: usize = 8;

/// For each protocol number, its row in a table.
const ROW_OF: [u8; 256] = {
    let mut rows = [Protocol::ALL.len() as u8; 256];
    let mut row = 0;
    while row < Protocol::ALL.len() {
        rows[Protocol::ALL[row].number() as usize] = row as u8;
        row += 1;
    }
    rows
};

/// For each transport protocol, in the order of [`Protocol::ALL`], a number for each port.
pub(super) struct Table(Box<[u16; ROWS * PORTS]>);

impl Table {
    fn new(number: impl Fn(u16, Protocol) -> Option<u16>) -> Self {
        let mut numbers = vec![NONE; ROWS * PORTS].into_boxed_slice();
        for (row, &protocol) in numbers.chunks_exact_mut(PORTS).zip(Protocol::ALL) {
            for (cell, port) in row.iter_mut().zip(0..=u16::MAX) {
                *cell = number(port, protocol).unwrap_or(NONE);
            }
        }
        let numbers = numbers.try_into();
        Self(numbers.unwrap_or_else(|_| unreachable!("the vector has as many numbers")))
    }

    #[inline]
    fn get(&self, port: u16, protocol: u8) -> u16 {
        let row = usize::from(ROW_OF[usize::from(protocol)]) % ROWS;
        self.0[row * PORTS + usize::from(port)]
    }

    /// Returns the number of each port, or null.
    pub(super) fn look_up(&self, pairs: &Pairs<'_>) -> UInt16Array {
        let rows = pairs.ports.len();
        let mut numbers = Vec::with_capacity(rows);
        let mut valid = Vec::with_capacity(rows.div_ceil(64));
        for (ports, protocols) in pairs.ports.chunks(64).zip(pairs.protocols.chunks(64)) {
            let mut bits = 0u64;
            numbers.extend(ports.iter().zip(protocols).enumerate().map(
                |(bit, (&port, &protocol))| {
                    let found = self.get(port, protocol);
                    let is_some = found != NONE;
                    bits |= u64::from(is_some) << bit;
                    // Arrow wants a key within the dictionary even where there is none.
                    if is_some { found } else { 0 }
                },
            ));
            valid.push(bits);
        }
        let valid = BooleanBuffer::new(Buffer::from_vec(valid), 0, rows);
        UInt16Array::new(
            ScalarBuffer::from(numbers),
            some_nulls(NullBuffer::new(valid)),
        )
    }
}

/// The positions of the services' names in [`texts::service_texts`].
pub(super) fn services(names: NameSource) -> &'static Table {
    static IANA: LazyLock<Table> = LazyLock::new(|| of_names(NameSource::Iana));
    static COMMON: LazyLock<Table> = LazyLock::new(|| of_names(NameSource::Common));
    match names {
        NameSource::Iana => &IANA,
        NameSource::Common => &COMMON,
    }
}

fn of_names(names: NameSource) -> Table {
    let names = names.names();
    Table::new(|port, protocol| texts::service_number(names.name(port, protocol)?))
}

/// The positions of the statuses in [`texts::status_texts`].
pub(super) fn statuses() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        Table::new(|port, protocol| {
            let status = port_registry::port_status(port, protocol);
            position(PortStatus::ALL, status)
        })
    });
    &TABLE
}

/// The positions of the port ranges in [`texts::range_texts`].
pub(super) fn ranges() -> &'static Table {
    static TABLE: LazyLock<Table> =
        LazyLock::new(|| Table::new(|port, _| position(PortRange::ALL, PortRange::of(port))));
    &TABLE
}

fn position<T: PartialEq>(all: &[T], one: T) -> Option<u16> {
    let position = all.iter().position(|other| *other == one)?;
    u16::try_from(position).ok()
}
