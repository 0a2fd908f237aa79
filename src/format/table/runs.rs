//! Runs of equal neighbours in a column that goes by position in the registry: a bit for each
//! position, set where a run begins, and before each word of 64 how many have begun.

/// Runs over at most `WORDS` times 64 positions.
#[cfg(baked)]
pub struct Runs<const WORDS: usize> {
    begins: [u64; WORDS],
    before: [u16; WORDS],
}

#[cfg(baked)]
impl<const WORDS: usize> Runs<WORDS> {
    #[inline]
    pub const fn new(begins: [u64; WORDS], before: [u16; WORDS]) -> Self {
        assert!(
            WORDS == 0 || begins[0] & 1 == 1,
            "the first position begins a run"
        );
        Self { begins, before }
    }

    /// The number of the run that a position is in.
    #[inline]
    pub const fn of(&self, position: u16) -> usize {
        let (word, bit) = (position as usize / 64, position % 64);
        let begun = super::promised(&self.begins, word, 0) << (63 - bit);
        let begun = super::promised(&self.before, word, 0) as usize + begun.count_ones() as usize;
        begun.saturating_sub(1)
    }

    /// Whether a run begins at a position, `false` behind the last.
    #[inline]
    pub const fn begins_at(&self, position: u16) -> bool {
        let (word, bit) = (position as usize / 64, position % 64);
        word < WORDS && self.begins[word] >> bit & 1 != 0
    }

    /// The first position of a run.
    #[inline]
    pub fn first_of(&self, run: usize) -> Option<u16> {
        let word = self
            .before
            .partition_point(|&before| usize::from(before) <= run);
        let word = word.checked_sub(1)?;
        let mut begins = super::promised(&self.begins, word, 0);
        for _ in usize::from(super::promised(&self.before, word, 0))..run {
            begins &= begins.wrapping_sub(1);
        }
        u16::try_from(word * 64 + begins.trailing_zeros() as usize).ok()
    }
}

/// Packs a column, and returns the value of each run beside it.
#[cfg(not(baked))]
pub fn pack<T: Clone + PartialEq>(column: &[T]) -> (super::Packed, Vec<T>) {
    let (mut begins, mut before) = (Vec::new(), Vec::new());
    let mut values: Vec<T> = Vec::new();
    for positions in column.chunks(64) {
        before.push(values.len() as u16);
        let mut word = 0_u64;
        for (place, value) in positions.iter().enumerate() {
            if values.last() != Some(value) {
                values.push(value.clone());
                word |= 1 << place;
            }
        }
        begins.push(word);
    }
    let packed = super::Packed::new(
        "Runs",
        &[&begins.len()],
        &[&format_args!("{begins:?}"), &format_args!("{before:?}")],
    );
    (packed, values)
}
