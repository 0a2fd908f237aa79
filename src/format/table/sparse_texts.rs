//! A column of texts that few rows have: by row the number of a text, and the texts, each of
//! which stands once.

#[cfg(baked)]
use super::{sparse::Sparse, texts::Texts};

/// The texts of `ROWS` rows, `N - 1` different ones.
#[cfg(baked)]
pub struct SparseTexts<const ROWS: usize, const N: usize, const CARRIES: usize> {
    numbers: Sparse<ROWS>,
    texts: Texts<N, CARRIES>,
}

#[cfg(baked)]
impl<const ROWS: usize, const N: usize, const CARRIES: usize> SparseTexts<ROWS, N, CARRIES> {
    #[inline]
    pub const fn new(numbers: Sparse<ROWS>, texts: Texts<N, CARRIES>) -> Self {
        Self { numbers, texts }
    }

    /// The text of a row, `None` where it has none.
    #[inline]
    pub const fn get(&self, row: u16) -> Option<&'static str> {
        match self.numbers.get(row) {
            Some(number) => Some(self.texts.get(number as usize)),
            None => None,
        }
    }

    /// The number of a row's text among [`Self::texts`].
    #[inline]
    pub const fn number(&self, row: u16) -> Option<u16> {
        self.numbers.get(row)
    }

    #[inline]
    pub const fn texts(&'static self) -> &'static Texts<N, CARRIES> {
        &self.texts
    }
}

/// Packs a column, given row by row. No row may have the empty text.
#[cfg(not(baked))]
pub fn pack(what: &'static str, column: &[Option<&str>]) -> Result<super::Packed, super::TooMany> {
    let mut numbers = std::collections::HashMap::new();
    let mut texts = Vec::new();
    let mut rows = Vec::new();
    for &text in column {
        let Some(text) = text else {
            rows.push(None);
            continue;
        };
        let number = *numbers.entry(text).or_insert(texts.len());
        if number == texts.len() {
            texts.push(text);
        }
        rows.push(Some(super::narrow(number, what)?));
    }
    let (numbers, texts) = (super::sparse::pack(&rows), super::texts::pack(&texts));
    Ok(super::Packed::of_tables("SparseTexts", &[&numbers, &texts]))
}
