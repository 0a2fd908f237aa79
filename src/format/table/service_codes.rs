//! DCCP service codes: by row, and from the code to a row.

#[cfg(baked)]
use super::{longs, shorts};

/// The codes of `ROWS` rows, and `CODES` codes that lead to a service.
#[cfg(baked)]
pub struct ServiceCodes<const ROWS: usize, const CODES: usize> {
    /// Ascending.
    rows: [u16; ROWS],
    of_rows: [u32; ROWS],
    /// Ascending.
    codes: [u32; CODES],
    services: [u16; CODES],
}

#[cfg(baked)]
impl<const ROWS: usize, const CODES: usize> ServiceCodes<ROWS, CODES> {
    #[inline]
    pub const fn new(
        rows: [u16; ROWS],
        of_rows: [u32; ROWS],
        codes: [u32; CODES],
        services: [u16; CODES],
    ) -> Self {
        assert!(
            shorts::ascends(&rows) && longs::ascends(&codes),
            "rows and codes ascend"
        );
        Self {
            rows,
            of_rows,
            codes,
            services,
        }
    }

    /// The code of a row, `None` where it has none.
    #[inline]
    pub const fn get(&self, row: u16) -> Option<u32> {
        match shorts::find(&self.rows, row) {
            Some(place) => Some(self.of_rows[place]),
            None => None,
        }
    }

    /// The row of the service with this code, `None` if there is none.
    #[inline]
    pub const fn row(&self, code: u32) -> Option<u16> {
        match longs::find(&self.codes, code) {
            Some(place) => Some(self.services[place]),
            None => None,
        }
    }
}

/// Packs the codes of rows, given row by row, and the services that codes lead to, ascending by
/// code.
#[cfg(not(baked))]
pub fn pack(of_rows: &[Option<u32>], services: &[(u32, u16)]) -> super::Packed {
    let (mut rows, mut codes) = (Vec::new(), Vec::new());
    for (row, code) in of_rows.iter().enumerate() {
        if let Some(code) = code {
            rows.push(row);
            codes.push(code);
        }
    }
    let (known, found): (Vec<u32>, Vec<u16>) = services.iter().copied().unzip();
    super::Packed::new(
        "ServiceCodes",
        &[&rows.len(), &known.len()],
        &[
            &format_args!("{rows:?}"),
            &format_args!("{codes:?}"),
            &format_args!("{known:?}"),
            &format_args!("{found:?}"),
        ],
    )
}
