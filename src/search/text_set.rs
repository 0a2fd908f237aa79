//! Which texts of a column hold something, without allocation.

use super::needle::Needle;
use crate::format::table::texts::Texts;

/// How many words of 64 bits a set of this many ids takes.
#[inline]
pub(super) const fn words(ids: usize) -> usize {
    ids.div_ceil(64)
}

/// A set of ids of texts, [`words`] long.
#[derive(Clone, Debug)]
pub(super) struct TextSet<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> TextSet<WORDS> {
    pub(super) const EMPTY: Self = Self([0; WORDS]);

    pub(super) const FULL: Self = Self([u64::MAX; WORDS]);

    /// The texts that contain the needle. They are searched as one text, because most are too short
    /// to be worth a search of their own.
    #[inline]
    pub(super) fn holding<const N: usize, const CARRIES: usize>(
        needle: &Needle<'_>,
        texts: &Texts<N, CARRIES>,
    ) -> Self {
        let start_of = |id| texts.start(id);
        if needle.is_empty() {
            return Self::FULL;
        }
        let mut set = Self::EMPTY;
        let (mut from, mut id) = (0, 0);
        while let Some(place) = needle.find(texts.joined().as_bytes(), from) {
            id = last_beginning_at(place, id..texts.count(), start_of);
            let end = start_of(id + 1);
            from = if place + needle.len() <= end {
                set.insert(id);
                end
            } else {
                // It reaches into the next text.
                place + 1
            };
        }
        set
    }

    #[inline]
    fn insert(&mut self, id: usize) {
        if let Some(word) = self.0.get_mut(id / 64) {
            *word |= 1 << (id % 64);
        }
    }

    /// The lowest id in the set, `from` or higher.
    #[inline]
    pub(super) fn next(&self, from: usize) -> Option<usize> {
        let (mut number, mut above) = (from / 64, u64::MAX << (from % 64));
        loop {
            let word = self.0.get(number)? & above;
            if word != 0 {
                return Some(number * 64 + word.trailing_zeros() as usize);
            }
            (number, above) = (number + 1, u64::MAX);
        }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    #[inline]
    pub(super) fn contains(&self, id: usize) -> bool {
        let word = self.0.get(id / 64);
        word.is_some_and(|word| word >> (id % 64) & 1 != 0)
    }
}

/// The last of the texts that begins at or before a place, as the first of them does. The answer is
/// mostly near the first text, so the steps begin small and double.
#[inline]
fn last_beginning_at(
    place: usize,
    ids: core::ops::Range<usize>,
    start_of: impl Fn(usize) -> usize,
) -> usize {
    let (mut first, mut end, mut step) = (ids.start, ids.end, 1);
    while first + step < end {
        if start_of(first + step) <= place {
            first += step;
            step *= 2;
        } else {
            end = first + step;
        }
    }
    while end - first > 1 {
        let middle = first + (end - first) / 2;
        if start_of(middle) <= place {
            first = middle;
        } else {
            end = middle;
        }
    }
    first
}
