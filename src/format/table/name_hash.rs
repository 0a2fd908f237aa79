//! The hash of service names: ASCII case folded, the same at build time and at run time.
//!
//! A minimal perfect hash in the manner of PTHash: a name falls into a bucket, and the bucket's
//! pilot sends it to a slot among the names of its length. No two names share a slot, so slots
//! number the names, and neither offsets nor lengths of the names need a table.
//!
//! There is no branch on the length of a name of at most [`SHORT`] bytes: it would be
//! mispredicted at a cost greater than that of all the rest.

/// The longest name, in bytes, that fits the words it is hashed and compared in.
pub const SHORT: usize = 15;

/// The part of the hash that depends on the set of names.
#[derive(Clone, Copy)]
pub struct NameHash {
    pub seed: u64,
    pub buckets: u32,
}

/// The names of one length. Their slots follow one another, and so do their texts.
#[derive(Clone, Copy)]
pub struct LengthClass {
    pub first_slot: u32,
    pub count: u32,
    /// Where the text of the first begins.
    pub text: u32,
    /// What to keep of 16 bytes read from the start of a name.
    #[cfg_attr(not(baked), allow(dead_code, reason = "only lookups read it"))]
    pub mask: Words,
}

/// An odd constant with its bits well spread (2^64 divided by the golden ratio).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl NameHash {
    /// The hash of a name, whatever its case.
    #[inline]
    pub const fn of(self, name: &[u8]) -> u64 {
        if name.len() <= SHORT {
            return self.of_words(Words::load(name).lower());
        }
        let mut hash = self.seed;
        let mut rest = name;
        while let Some((chunk, tail)) = rest.split_at_checked(SHORT) {
            hash = (Self { seed: hash, ..self }).of_words(Words::load(chunk).lower());
            rest = tail;
        }
        (Self { seed: hash, ..self }).of_words(Words::load(rest).lower())
    }

    /// The hash of a short name in lower case.
    #[inline]
    pub const fn of_words(self, words: Words) -> u64 {
        let product = (words.low ^ self.seed) as u128 * (words.high ^ SPREAD) as u128;
        product as u64 ^ (product >> 64) as u64
    }

    /// The bucket whose pilot decides the slot.
    #[inline]
    pub const fn bucket(self, hash: u64) -> usize {
        scale(hash as u32, self.buckets)
    }
}

impl LengthClass {
    pub const EMPTY: Self = Self::new(0, 0, 0, 0);

    /// The class of names of this length.
    #[inline]
    pub const fn new(length: usize, count: u32, first_slot: u32, text: u32) -> Self {
        Self {
            first_slot,
            count,
            text,
            mask: Words::mask(length),
        }
    }

    /// The slot, counted from the first of the class, under the pilot of the name's bucket.
    #[inline]
    pub const fn place(self, hash: u64, pilot: u32) -> usize {
        // The multiples of a fixed fraction, modulo 1, are spread evenly.
        scale((hash.wrapping_mul(pilot as u64) >> 32) as u32, self.count)
    }
}

/// Maps a hash to a number below `limit`, by its upper bits.
#[inline]
const fn scale(hash: u32, limit: u32) -> usize {
    ((hash as u64 * limit as u64) >> 32) as usize
}

/// At most [`SHORT`] bytes of text as two little-endian words, zeros after its end.
#[derive(Clone, Copy)]
pub struct Words {
    low: u64,
    high: u64,
}

/// What is read in the place of a piece that a name does not have.
static NOTHING: [u8; 8] = [0; 8];

impl Words {
    /// The words of a short name.
    #[inline]
    pub const fn load(name: &[u8]) -> Self {
        // The length in binary says which of four pieces, of 8, 4, 2 and 1 bytes in this
        // order, make up the name.
        let length = name.len();
        let (has_8, has_4, has_2, has_1) = (
            length & 8 != 0,
            length & 4 != 0,
            length & 2 != 0,
            length & 1 != 0,
        );
        let piece_8 = u64::from_le_bytes(start(if has_8 { name } else { &NOTHING }));
        let piece_4 = u32::from_le_bytes(start(if has_4 {
            skip(name, length & 8)
        } else {
            &NOTHING
        }));
        let piece_2 = u16::from_le_bytes(start(if has_2 {
            skip(name, length & 12)
        } else {
            &NOTHING
        }));
        let [piece_1] = start(if has_1 {
            skip(name, length & 14)
        } else {
            &NOTHING
        });
        // Put together from the end: a piece that is absent is zero and takes no room.
        let tail = (piece_1 as u64) << ((length & 2) * 8) | piece_2 as u64;
        let tail = tail << ((length & 4) * 8) | piece_4 as u64;
        let all_if_8 = (has_8 as u64).wrapping_neg();
        Self {
            low: piece_8 | tail & !all_if_8,
            high: tail & all_if_8,
        }
    }

    /// Words with all bits of the first `length` bytes set.
    #[inline]
    pub const fn mask(length: usize) -> Self {
        let mut bytes = [0; 16];
        let mut index = 0;
        while index < length && index < bytes.len() {
            bytes[index] = 0xFF;
            index += 1;
        }
        Self::of_bytes(bytes)
    }

    #[inline]
    pub const fn of_bytes(bytes: [u8; 16]) -> Self {
        let bits = u128::from_le_bytes(bytes);
        Self {
            low: bits as u64,
            high: (bits >> 64) as u64,
        }
    }

    #[cfg(baked)]
    #[inline]
    pub const fn and(self, other: Self) -> Self {
        Self {
            low: self.low & other.low,
            high: self.high & other.high,
        }
    }

    #[inline]
    pub const fn lower(self) -> Self {
        Self {
            low: lower_8(self.low),
            high: lower_8(self.high),
        }
    }

    #[cfg(baked)]
    #[inline]
    pub const fn equals(self, other: Self) -> bool {
        (self.low ^ other.low) | (self.high ^ other.high) == 0
    }
}

/// Turns the capitals among eight ASCII bytes to lower case. Bytes that are not ASCII keep their
/// uppermost bit, so that a text with one never becomes equal to a name.
#[inline]
const fn lower_8(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let seven_bits = bytes & (0x7F * EACH);
    let from_a = seven_bits + (0x80 - b'A' as u64) * EACH;
    let past_z = seven_bits + (0x7F - b'Z' as u64) * EACH;
    let capital = (from_a ^ past_z) & (0x80 * EACH);
    bytes | capital >> 2
}

/// The first `N` bytes; zeros if there are fewer.
#[inline]
const fn start<const N: usize>(bytes: &[u8]) -> [u8; N] {
    match bytes.first_chunk() {
        Some(start) => *start,
        None => [0; N],
    }
}

/// The bytes after the first `count`; none if there are fewer.
#[inline]
const fn skip(bytes: &[u8], count: usize) -> &[u8] {
    match bytes.split_at_checked(count) {
        Some((_, rest)) => rest,
        None => &[],
    }
}
