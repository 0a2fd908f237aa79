//! Where each of many pieces begins that stand one after the other.
//!
//! Of every start the lower 16 bits are kept, and the numbers of the pieces at which the upper
//! bits grow by one, the carries. There are few carries, so a start costs two bytes.

/// The starts of `N - 1` pieces and the end of the last.
#[cfg(baked)]
pub struct Starts<const N: usize, const CARRIES: usize> {
    low: [u16; N],
    carries: [u32; CARRIES],
}

#[cfg(baked)]
impl<const N: usize, const CARRIES: usize> Starts<N, CARRIES> {
    #[inline]
    pub const fn new(low: [u16; N], carries: [u32; CARRIES]) -> Self {
        assert!(N > 0, "the end of the last piece is always there");
        assert!(low[0] == 0, "the first piece begins at 0");
        Self { low, carries }
    }

    /// How many pieces there are.
    #[inline]
    pub const fn count(&self) -> usize {
        N - 1
    }

    /// Where a piece begins; for the number after the last, where the last ends.
    #[inline]
    pub const fn of(&self, number: usize) -> usize {
        let (mut place, mut upper) = (0, 0);
        while place < CARRIES {
            upper += (self.carries[place] as usize <= number) as usize;
            place += 1;
        }
        super::promised(&self.low, number, 0) as usize + (upper << 16)
    }
}

/// Packs the starts of pieces of these lengths.
#[cfg(not(baked))]
pub fn pack(lengths: &[usize]) -> super::Packed {
    let (mut low, mut carries) = (vec![0_u16], Vec::new());
    let mut end = 0;
    for (number, length) in lengths.iter().enumerate() {
        end += length;
        low.push(end as u16);
        carries.resize(end >> 16, number + 1);
    }
    super::Packed::new(
        "Starts",
        &[&low.len(), &carries.len()],
        &[&format_args!("{low:?}"), &format_args!("{carries:?}")],
    )
}
