//! The hash of service names: ASCII case folded, the same at build time and at run time.
//!
//! A minimal perfect hash in the manner of PTHash: a name falls into a bucket, the bucket's
//! pilot sends it to a slot, and no two registered names share a slot.

/// The hash of one set of names.
#[derive(Clone, Copy)]
pub(crate) struct NameHash {
    pub(crate) seed: u64,
    pub(crate) buckets: u32,
    pub(crate) slots: u32,
}

/// An odd constant with its bits well spread (2^64 divided by the golden ratio).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl NameHash {
    /// The hash of a name, whatever its case.
    pub(crate) const fn of(self, name: &[u8]) -> u64 {
        let mut hash = self.seed ^ name.len() as u64;
        let mut rest = name;
        loop {
            let (low, high) = folded_words(rest);
            hash = fold_product(hash ^ low, SPREAD ^ high);
            match rest.split_at_checked(16) {
                Some((_, tail)) if !tail.is_empty() => rest = tail,
                _ => return hash,
            }
        }
    }

    /// The bucket whose pilot decides the slot.
    pub(crate) const fn bucket(self, hash: u64) -> usize {
        scale(hash as u32, self.buckets)
    }

    /// The slot under the bucket's pilot.
    pub(crate) const fn slot(self, hash: u64, pilot: u32) -> usize {
        let mixed = (hash ^ (pilot as u64).wrapping_mul(SPREAD)).wrapping_mul(SPREAD);
        scale((mixed >> 32) as u32, self.slots)
    }
}

/// Maps a hash to a number below `limit`, by its upper bits.
const fn scale(hash: u32, limit: u32) -> usize {
    ((hash as u64 * limit as u64) >> 32) as usize
}

const fn fold_product(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    product as u64 ^ (product >> 64) as u64
}

/// The first 16 bytes of a name as two little-endian words, in lower case, zeros after its end.
const fn folded_words(name: &[u8]) -> (u64, u64) {
    let mut words = [0_u64; 2];
    let mut index = 0;
    while index < 16 && index < name.len() {
        let byte = name[index].to_ascii_lowercase() as u64;
        words[index / 8] |= byte << (index % 8 * 8);
        index += 1;
    }
    (words[0], words[1])
}
