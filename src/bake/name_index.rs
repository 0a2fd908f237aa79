//! The search for a minimal perfect hash of the service names.

use super::LayoutError;
use super::name_hash::NameHash;

/// A minimal perfect hash of a set of names.
pub struct NameIndex {
    pub hash: NameHash,
    /// For every bucket, the pilot that sends its names to slots of their own.
    pub pilots: Vec<u32>,
    /// For every slot, the index of its name in the set.
    pub names: Vec<usize>,
}

/// How many names share a bucket on average: more makes a smaller table and a longer search.
const BUCKET_NAMES: usize = 4;

/// How many seeds to try before giving up.
const MAX_SEEDS: usize = 64;

/// Finds a hash that sends every name to a slot of its own. No two names may be equal when
/// case is folded.
///
/// The search takes the same steps on every run. Pilots stay below 2^16 if that can be; the
/// last names to be placed need about as many tries as there are names, so large sets get
/// wider ones.
///
/// # Errors
///
/// If no seed leads to a hash, which for distinct names is beyond all likelihood.
pub fn find(names: &[&str]) -> Result<NameIndex, LayoutError> {
    let narrow = names.len() <= 1 << 14;
    let max_pilot = if narrow { 1 << 16 } else { 1 << 22 };
    for attempt in 0..MAX_SEEDS {
        // Any sequence of distinct seeds will do.
        let seed = (attempt as u64 + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        if let Some(index) = try_seed(names, seed, max_pilot) {
            return Ok(index);
        }
    }
    Err(LayoutError::NameHash {
        names: names.len(),
        tries: MAX_SEEDS,
    })
}

fn try_seed(names: &[&str], seed: u64, max_pilot: u32) -> Option<NameIndex> {
    let hash = NameHash {
        seed,
        buckets: u32::try_from(names.len().div_ceil(BUCKET_NAMES)).ok()?,
        slots: u32::try_from(names.len()).ok()?,
    };
    let hashes: Vec<u64> = names.iter().map(|name| hash.of(name.as_bytes())).collect();
    let mut buckets: Vec<Vec<usize>> = vec![Vec::new(); hash.buckets as usize];
    for (name, &code) in hashes.iter().enumerate() {
        buckets[hash.bucket(code)].push(name);
    }
    // Full buckets first, while most slots are free.
    let mut order: Vec<usize> = (0..buckets.len()).collect();
    order.sort_by_key(|&bucket| std::cmp::Reverse(buckets[bucket].len()));

    let mut pilots = vec![0; buckets.len()];
    let mut slots: Vec<Option<usize>> = vec![None; names.len()];
    let mut chosen = Vec::new();
    for bucket in order {
        let members = &buckets[bucket];
        pilots[bucket] = (0..max_pilot).find(|&pilot| {
            chosen.clear();
            members.iter().all(|&name| {
                let slot = hash.slot(hashes[name], pilot);
                let free = slots[slot].is_none() && !chosen.contains(&slot);
                chosen.push(slot);
                free
            })
        })?;
        for &name in members {
            slots[hash.slot(hashes[name], pilots[bucket])] = Some(name);
        }
    }
    Some(NameIndex {
        hash,
        pilots,
        names: slots.into_iter().collect::<Option<_>>()?,
    })
}
