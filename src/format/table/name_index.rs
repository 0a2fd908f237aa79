//! Service names, found by their text: a minimal perfect hash, and the texts in the order of the
//! hash.
//!
//! The number of a name is its slot. Names of one length follow one another, and so do their
//! texts: the number alone tells where a text begins and how long it is. The texts are a table of
//! their own, for from a row one comes to its name without the hash.

use super::name_hash::{LengthClass, NameHash};

#[cfg(baked)]
use super::{
    name_hash::{SHORT, Words},
    promised,
    texts::part,
};
#[cfg(baked)]
use crate::format::ascii::equal_ignoring_case;

/// How many bytes are read from the start of a name at a time. So many follow the last name.
const READ: usize = 16;

/// The names, of at most `LENGTHS - 1` bytes each, in `BUCKETS` buckets. (The seed of the hash is
/// part of the type, so that a lookup need not read it.)
#[cfg(baked)]
pub struct NameIndex<const SEED: u64, const LENGTHS: usize, const BUCKETS: usize> {
    /// By the length of a name.
    classes: [LengthClass; LENGTHS],
    /// By bucket, the pilot that sends its names to slots of their own.
    pilots: [u16; BUCKETS],
}

/// The names one after the other, and [`READ`] bytes more.
#[cfg(baked)]
pub struct NameText(&'static str);

#[cfg(baked)]
impl NameText {
    pub const fn new(text: &'static str) -> Self {
        assert!(text.len() >= READ, "bytes follow the last name");
        Self(text)
    }

    /// The name whose text begins here and has this length.
    #[inline]
    pub const fn part(&self, start: usize, length: usize) -> &'static str {
        part(self.0, start, start + length)
    }

    /// [`READ`] bytes from the start of a name.
    #[inline]
    const fn words(&self, start: usize) -> Words {
        // By their end, which makes one comparison of two.
        if let Some((until_end, _)) = self.0.as_bytes().split_at_checked(start + READ) {
            if let Some(bytes) = until_end.last_chunk() {
                return Words::of_bytes(*bytes);
            }
        }
        debug_assert!(false, "the bytes after the last name can be read");
        Words::of_bytes([0; READ])
    }
}

#[cfg(baked)]
impl<const SEED: u64, const LENGTHS: usize, const BUCKETS: usize>
    NameIndex<SEED, LENGTHS, BUCKETS>
{
    const HASH: NameHash = NameHash {
        seed: SEED,
        buckets: BUCKETS as u32,
    };

    /// Whether every name fits the words that [`SHORT`] ones are hashed and compared in. Known
    /// when the crate is compiled: only a registry of longer names needs the other way.
    const ALL_SHORT: bool = LENGTHS <= SHORT + 1;

    /// Makes the index, given how many names there are of each length.
    #[inline]
    pub const fn new(counts: [u32; LENGTHS], pilots: [u16; BUCKETS], text: &NameText) -> Self {
        assert!(LENGTHS > 0, "there is a length that no name is longer than");
        let mut classes = [LengthClass::EMPTY; LENGTHS];
        let end = lay_out(&counts, &mut classes);
        assert!(
            end as usize + READ == text.0.len(),
            "the text holds every name and the bytes after the last"
        );
        Self { classes, pilots }
    }

    /// The length in bytes of the longest name.
    #[inline]
    pub const fn longest(&self) -> usize {
        LENGTHS - 1
    }

    /// The number of a name, ASCII case ignored; `None` if it is not among the texts.
    #[inline(always)]
    pub const fn find(&self, text: &NameText, name: &[u8]) -> Option<usize> {
        if name.len() >= LENGTHS {
            return None;
        }
        let class = self.classes[name.len()];
        if class.count == 0 {
            return None;
        }
        let words = Words::load(name).lower();
        let hash = if Self::ALL_SHORT {
            Self::HASH.of_words(words)
        } else {
            Self::HASH.of(name)
        };
        let pilot = promised(&self.pilots, Self::HASH.bucket(hash), 0);
        let place = class.place(hash, pilot as u32);
        let start = class.text as usize + place * name.len();
        let equal = if Self::ALL_SHORT {
            words.equals(text.words(start).and(class.mask).lower())
        } else {
            equal_ignoring_case(text.part(start, name.len()).as_bytes(), name)
        };
        if equal {
            Some(class.first_slot as usize + place)
        } else {
            None
        }
    }

    /// The text of a name.
    #[inline]
    pub const fn get(&self, text: &NameText, number: usize) -> &'static str {
        // The name is of the last class that begins at it or before it.
        let mut length = 0;
        let mut next = 1;
        while next < LENGTHS {
            if self.classes[next].first_slot as usize <= number {
                length = next;
            }
            next += 1;
        }
        let class = promised(&self.classes, length, LengthClass::EMPTY);
        let place = number.saturating_sub(class.first_slot as usize);
        text.part(class.text as usize + place * length, length)
    }
}

/// Puts names into classes, given how many there are of each length: the slots and the texts of a
/// length follow those of the length before. Returns where the last text ends.
#[inline]
const fn lay_out(counts: &[u32], classes: &mut [LengthClass]) -> u32 {
    let (mut first_slot, mut start, mut length) = (0, 0, 0);
    while length < counts.len() {
        let count = counts[length];
        classes[length] = LengthClass::new(length, count, first_slot, start);
        first_slot += count;
        start += count * length as u32;
        length += 1;
    }
    start
}

/// A minimal perfect hash of a set of names.
#[cfg(not(baked))]
pub struct HashedNames {
    seed: u64,
    classes: Vec<LengthClass>,
    pilots: Vec<u16>,
    /// For every slot the index of its name in the set.
    pub order: Vec<usize>,
}

/// How many names share a bucket on average: more makes a smaller table and a longer search.
#[cfg(not(baked))]
const BUCKET_NAMES: usize = 4;

/// How many seeds are tried.
#[cfg(not(baked))]
pub const MAX_SEEDS: usize = 64;

#[cfg(not(baked))]
impl HashedNames {
    /// Finds a hash that sends every name to a slot of its own, the same on every run. No two
    /// names may be equal when ASCII case is ignored.
    ///
    /// `None` if none of [`MAX_SEEDS`] seeds leads to one. That is beyond all likelihood: the
    /// last name to be placed takes about as many pilots as there are names of its length, of
    /// which there are at most 65,535, and so many pilots fit two bytes.
    #[inline]
    pub fn find(names: &[&str]) -> Option<Self> {
        // Any sequence of distinct seeds will do.
        let seeds = (1..=MAX_SEEDS as u64).map(|number| number.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        seeds
            .into_iter()
            .find_map(|seed| Self::with_seed(names, seed))
    }

    #[inline]
    fn with_seed(names: &[&str], seed: u64) -> Option<Self> {
        let hash = NameHash {
            seed,
            buckets: names.len().div_ceil(BUCKET_NAMES) as u32,
        };
        let classes = classes(names);
        let hashes: Vec<u64> = names.iter().map(|name| hash.of(name.as_bytes())).collect();
        let mut buckets: Vec<Vec<usize>> = vec![Vec::new(); hash.buckets as usize];
        for (name, &code) in hashes.iter().enumerate() {
            buckets[hash.bucket(code)].push(name);
        }
        // Full buckets first, while most slots are free.
        let elsewhere = |members: &Vec<usize>| (names.len() - members.len()) as u32;
        let mut fullest: Vec<(u32, usize)> = buckets.iter().map(elsewhere).zip(0..).collect();
        fullest.sort_unstable();

        let slot = |name: usize, pilot: u16| {
            let class = classes[names[name].len()];
            class.first_slot as usize + class.place(hashes[name], u32::from(pilot))
        };
        let mut pilots = vec![0; buckets.len()];
        let mut slots: Vec<Option<usize>> = vec![None; names.len()];
        let mut chosen = Vec::new();
        for (_, bucket) in fullest {
            let members = &buckets[bucket];
            pilots[bucket] = (1..=u16::MAX).find(|&pilot| {
                chosen.clear();
                for &name in members {
                    let slot = slot(name, pilot);
                    if slots[slot].is_some() || chosen.contains(&slot) {
                        return false;
                    }
                    chosen.push(slot);
                }
                true
            })?;
            for &name in members {
                slots[slot(name, pilots[bucket])] = Some(name);
            }
        }
        Some(Self {
            seed,
            classes,
            pilots,
            order: slots.into_iter().collect::<Option<_>>()?,
        })
    }

    /// Where the text of a name begins, and its length.
    #[inline]
    pub fn text_of(&self, slot: usize) -> (usize, usize) {
        let begun = |class: &&LengthClass| class.first_slot as usize <= slot;
        let length = self.classes.iter().take_while(begun).count() - 1;
        let class = self.classes[length];
        let place = slot - class.first_slot as usize;
        (class.text as usize + place * length, length)
    }

    /// Packs the texts of the set that this hash was found for.
    pub fn pack_text(&self, names: &[&str]) -> super::Packed {
        let text: String = self.order.iter().map(|&name| names[name]).collect();
        let text = format!("{text}{:1$}", "", READ);
        super::Packed {
            kind: "NameText".to_owned(),
            value: format!("NameText::new({text:?})"),
            text: text.len(),
        }
    }

    /// Packs the index of the set, whose texts are the static of this name.
    pub fn pack_index(&self, text: &str) -> super::Packed {
        let counts: Vec<u32> = self.classes.iter().map(|class| class.count).collect();
        super::Packed::new(
            "NameIndex",
            &[&self.seed, &counts.len(), &self.pilots.len()],
            &[
                &format_args!("{counts:?}"),
                &format_args!("{:?}", self.pilots),
                &format_args!("&{text}"),
            ],
        )
    }
}

#[cfg(not(baked))]
fn classes(names: &[&str]) -> Vec<LengthClass> {
    let longest = names.iter().map(|name| name.len()).max().unwrap_or(0);
    let mut counts = vec![0; longest + 1];
    for name in names {
        counts[name.len()] += 1;
    }
    let mut classes = vec![LengthClass::EMPTY; counts.len()];
    lay_out(&counts, &mut classes);
    classes
}
