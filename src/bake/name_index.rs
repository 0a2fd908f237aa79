//! The search for a minimal perfect hash of the service names.

use super::LayoutError;
use crate::format::name_hash::{LengthClass, NameHash, Words};

/// A minimal perfect hash of a set of names.
pub struct NameIndex {
    pub hash: NameHash,
    /// By length, from 0 to that of the longest name.
    pub classes: Vec<LengthClass>,
    /// For every bucket, the pilot that sends its names to slots of their own.
    pub pilots: Vec<u32>,
    /// For every slot, the index of its name in the set.
    pub names: Vec<usize>,
}

impl NameIndex {
    /// The length of these names, given by their slots in ascending order, if it is the same.
    pub fn uniform(&self, slots: &[usize]) -> Option<usize> {
        let (first, last) = (*slots.first()?, *slots.last()?);
        let length = self.length(first);
        (length == self.length(last)).then_some(length)
    }

    /// Where the text of a name of this length begins.
    pub fn text_of(&self, slot: usize, length: usize) -> usize {
        let class = self.classes[length];
        class.text as usize + (slot - class.first_slot as usize) * length
    }

    /// The length of a name.
    pub fn length(&self, slot: usize) -> usize {
        let begun = |class: &&LengthClass| class.first_slot as usize <= slot;
        self.classes.iter().take_while(begun).count() - 1
    }
}

/// How many names share a bucket on average: more makes a smaller table and a longer search.
const BUCKET_NAMES: usize = 4;

/// How many seeds to try before giving up.
const MAX_SEEDS: usize = 64;

/// Finds a hash that sends every name to a slot of its own. No two names may be equal when
/// case is folded.
///
/// The search takes the same steps on every run. Pilots stay below 2^16 where that can be
/// expected to succeed: the last names to be placed need about as many tries as there are
/// names of their length.
///
/// # Errors
///
/// If no seed leads to a hash, which for distinct names is beyond all likelihood.
pub fn find(names: &[&str]) -> Result<NameIndex, LayoutError> {
    for attempt in 0..MAX_SEEDS {
        let max_pilot = if attempt < MAX_SEEDS / 4 {
            1 << 16
        } else {
            1 << 22
        };
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
    };
    let classes = classes(names)?;
    let hashes: Vec<u64> = names.iter().map(|name| hash.of(name.as_bytes())).collect();
    let mut buckets: Vec<Vec<usize>> = vec![Vec::new(); hash.buckets as usize];
    for (name, &code) in hashes.iter().enumerate() {
        buckets[hash.bucket(code)].push(name);
    }
    // Full buckets first, while most slots are free.
    let mut order: Vec<usize> = (0..buckets.len()).collect();
    order.sort_by_key(|&bucket| std::cmp::Reverse(buckets[bucket].len()));

    let slot = |name: usize, pilot| {
        let class = classes[names[name].len()];
        class.first_slot as usize + class.place(hashes[name], pilot)
    };
    let mut pilots = vec![0; buckets.len()];
    let mut slots: Vec<Option<usize>> = vec![None; names.len()];
    let mut chosen = Vec::new();
    for bucket in order {
        let members = &buckets[bucket];
        pilots[bucket] = (1..max_pilot).find(|&pilot| {
            chosen.clear();
            members.iter().all(|&name| {
                let slot = slot(name, pilot);
                let free = slots[slot].is_none() && !chosen.contains(&slot);
                chosen.push(slot);
                free
            })
        })?;
        for &name in members {
            slots[slot(name, pilots[bucket])] = Some(name);
        }
    }
    let names = slots.into_iter().collect::<Option<_>>()?;
    Some(NameIndex {
        hash,
        classes,
        pilots,
        names,
    })
}

fn classes(names: &[&str]) -> Option<Vec<LengthClass>> {
    let longest = names.iter().map(|name| name.len()).max().unwrap_or(0);
    let mut counts = vec![0; longest + 1];
    for name in names {
        counts[name.len()] += 1;
    }
    let (mut first_slot, mut text) = (0, 0);
    let classes = counts.into_iter().enumerate().map(|(length, count)| {
        let class = LengthClass {
            first_slot,
            count,
            text,
            mask: Words::mask(length),
        };
        first_slot += count;
        text += u32::try_from(length).ok()?.checked_mul(count)?;
        Some(class)
    });
    classes.collect()
}
