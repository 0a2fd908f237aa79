//! Lists of ids, found by number: one after the other, and where each begins.

#[cfg(baked)]
use super::starts::Starts;

/// `N - 1` lists with `ITEMS` ids in all.
#[cfg(baked)]
pub struct Lists<const ITEMS: usize, const N: usize, const CARRIES: usize> {
    items: [u16; ITEMS],
    starts: Starts<N, CARRIES>,
}

#[cfg(baked)]
impl<const ITEMS: usize, const N: usize, const CARRIES: usize> Lists<ITEMS, N, CARRIES> {
    #[inline]
    pub const fn new(items: [u16; ITEMS], starts: Starts<N, CARRIES>) -> Self {
        assert!(
            starts.of(N - 1) == ITEMS,
            "the last list ends where all end"
        );
        Self { items, starts }
    }

    /// The list of this number.
    #[inline]
    pub fn get(&'static self, number: usize) -> &'static [u16] {
        let list = self.starts.of(number)..self.starts.of(number + 1);
        debug_assert!(
            list.end <= ITEMS,
            "a list out of the tables is among the items"
        );
        self.items.get(list).unwrap_or_default()
    }
}

/// Packs lists, numbered as they come.
#[cfg(not(baked))]
pub fn pack(lists: &[Vec<u16>]) -> super::Packed {
    let items = lists.concat();
    let lengths: Vec<usize> = lists.iter().map(Vec::len).collect();
    let starts = super::starts::pack(&lengths);
    super::Packed {
        kind: format!("Lists<{}, {}>", items.len(), starts.sizes()),
        value: format!("Lists::new({items:?}, {})", starts.value),
        text: 0,
    }
}
