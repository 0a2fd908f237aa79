//! Pairs the entries of two lists, by one key after the other.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// The entries of two lists that are not paired yet, as positions in ascending order.
pub(crate) struct Matching {
    pub(crate) old: Vec<usize>,
    pub(crate) new: Vec<usize>,
}

/// The positions of two entries that belong together.
pub(crate) type Pair = (usize, usize);

impl Matching {
    pub(crate) fn new(old: usize, new: usize) -> Self {
        Self {
            old: (0..old).collect(),
            new: (0..new).collect(),
        }
    }

    /// Takes out the pairs with equal keys: the first old entry with the first new one, and so on.
    /// Entries without a key stay.
    pub(crate) fn pair<K: Eq + Hash>(
        &mut self,
        old_key: impl Fn(usize) -> Option<K>,
        new_key: impl Fn(usize) -> Option<K>,
    ) -> Vec<Pair> {
        let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
        for &old in &self.old {
            if let Some(key) = old_key(old) {
                waiting.entry(key).or_default().push_back(old);
            }
        }
        let mut pairs = Vec::new();
        self.new.retain(|&new| {
            let queue = new_key(new).and_then(|key| waiting.get_mut(&key));
            match queue.and_then(VecDeque::pop_front) {
                None => true,
                Some(old) => {
                    pairs.push((old, new));
                    false
                }
            }
        });
        let mut paired: Vec<usize> = pairs.iter().map(|&(old, _)| old).collect();
        paired.sort_unstable();
        self.old.retain(|old| paired.binary_search(old).is_err());
        pairs
    }
}

/// The new positions of the smallest set of entries that must move so that the others keep their
/// order.
pub(crate) fn displaced(mut pairs: Vec<Pair>) -> Vec<usize> {
    pairs.sort_unstable_by_key(|&(_, new)| new);
    // The longest ascending sequence of old positions, by patience sorting. `tops` holds the last
    // item of the best sequence of each length, and `before` the item that comes before each in its
    // sequence.
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, &(old, _)) in pairs.iter().enumerate() {
        let length = tops.partition_point(|&top| pairs[top].0 < old);
        before.push(length.checked_sub(1).map(|shorter| tops[shorter]));
        match tops.get_mut(length) {
            Some(top) => *top = index,
            None => tops.push(index),
        }
    }
    let mut keeps_order = vec![false; pairs.len()];
    let mut last = tops.last().copied();
    while let Some(index) = last {
        keeps_order[index] = true;
        last = before[index];
    }
    let moving = pairs.iter().zip(keeps_order).filter(|(_, keeps)| !keeps);
    moving.map(|(&(_, new), _)| new).collect()
}
