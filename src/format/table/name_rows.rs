//! The rows of every name: the first of them, and which of them answers for each transport
//! protocol. The rows of a name follow one another, the preferred first.
//!
//! From the lowest bit of an entry: the first row, sixteen bits; for each protocol two bits, 0 if
//! no row answers, 1 for the first row, 2 for the second, 3 for a later one.

use crate::format::value::protocol::Protocol;

// Sixteen bits are left for the protocols.
const _: () = assert!(2 * Protocol::COUNT <= 16);

/// What the table says of a name on a protocol.
#[cfg(baked)]
pub enum RowAnswer {
    /// The handle of the row, 0 for none.
    Handle(u16),
    /// A row after the second: the rows of the name have to be looked at.
    Later,
}

/// The entries of `N - 1` names; the row of one more entry is the end of the last name's rows.
#[cfg(baked)]
pub struct NameRows<const N: usize>([u32; N]);

#[cfg(baked)]
impl<const N: usize> NameRows<N> {
    #[inline]
    pub const fn new(entries: [u32; N]) -> Self {
        assert!(N > 0, "the end of the last name's rows is always there");
        Self(entries)
    }

    /// How many names there are.
    #[inline]
    pub const fn count(&self) -> usize {
        N - 1
    }

    /// The rows of a name: the first, and the one after the last.
    #[inline]
    pub const fn rows(&self, name: usize) -> (u16, u16) {
        let first = super::promised(&self.0, name, 0);
        let end = super::promised(&self.0, name + 1, 0);
        (first as u16, end as u16)
    }

    /// The row of a name that answers for a protocol.
    #[inline]
    pub const fn on(&self, name: usize, protocol: Protocol) -> RowAnswer {
        let entry = super::promised(&self.0, name, 0);
        let code = entry >> (16 + 2 * protocol as u32) & 0b11;
        if code == 3 {
            return RowAnswer::Later;
        }
        // A handle is a row plus one, and a code is an offset plus one.
        RowAnswer::Handle(if code == 0 {
            0
        } else {
            (entry as u16).wrapping_add(code as u16)
        })
    }
}

/// Packs the names, given by the first row of each and, by protocol, the offset from it of the
/// row that answers.
#[cfg(not(baked))]
pub fn pack(names: &[(u16, [Option<usize>; Protocol::COUNT])], end: u16) -> super::Packed {
    let entry = |&(row, offsets): &(u16, [Option<usize>; Protocol::COUNT])| {
        let codes = offsets.iter().enumerate().map(|(protocol, offset)| {
            let code = offset.map_or(0, |offset| offset.min(2) as u32 + 1);
            code << (16 + 2 * protocol)
        });
        codes.sum::<u32>() | u32::from(row)
    };
    let entries = names.iter().map(entry).chain([u32::from(end)]);
    let entries: Vec<u32> = entries.collect();
    super::Packed::new(
        "NameRows",
        &[&entries.len()],
        &[&format_args!("{entries:?}")],
    )
}
