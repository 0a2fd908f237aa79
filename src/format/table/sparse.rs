//! A column in which few rows have a value: the rows that have one, ascending, and beside each
//! its value.

/// The values of `N` rows.
#[cfg(baked)]
pub struct Sparse<const N: usize> {
    rows: [u16; N],
    values: [u16; N],
}

#[cfg(baked)]
impl<const N: usize> Sparse<N> {
    #[inline]
    pub const fn new(rows: [u16; N], values: [u16; N]) -> Self {
        assert!(super::shorts::ascends(&rows), "rows ascend");
        Self { rows, values }
    }

    /// The value of a row, `None` where it has none.
    #[inline]
    pub const fn get(&self, row: u16) -> Option<u16> {
        match super::shorts::find(&self.rows, row) {
            Some(place) => Some(self.values[place]),
            None => None,
        }
    }
}

/// Packs a column, given row by row.
#[cfg(not(baked))]
pub fn pack(column: &[Option<u16>]) -> super::Packed {
    let (mut rows, mut values) = (Vec::new(), Vec::new());
    for (row, value) in column.iter().enumerate() {
        if let Some(value) = value {
            rows.push(row as u16);
            values.push(*value);
        }
    }
    super::Packed::new(
        "Sparse",
        &[&rows.len()],
        &[&format_args!("{rows:?}"), &format_args!("{values:?}")],
    )
}
