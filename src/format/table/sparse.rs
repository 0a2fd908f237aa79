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
        Self { rows, values }
    }

    /// The value of a row, `None` where it has none.
    #[inline]
    pub const fn get(&self, row: u16) -> Option<u16> {
        match super::find(&self.rows, row) {
            Some(place) => Some(self.values[place]),
            None => None,
        }
    }
}

/// Packs a column, given row by row.
#[cfg(not(baked))]
pub fn pack(column: impl IntoIterator<Item = Option<u16>>) -> super::Packed {
    let present = column.into_iter().enumerate();
    let present = present.filter_map(|(row, value)| Some((row as u16, value?)));
    let (rows, values): (Vec<u16>, Vec<u16>) = present.unzip();
    super::Packed::new(
        "Sparse",
        &[&rows.len()],
        &[&format_args!("{rows:?}"), &format_args!("{values:?}")],
    )
}
