//! The search for a text within longer ones, ASCII case ignored.

use core::slice;

/// How many places are looked at in one step.
const STEP: usize = 64;

/// A text to search for.
///
/// Two of its bytes are compared at [`STEP`] places at once, in a loop that compilers turn into
/// vector instructions. They are the two that texts of a registry are least likely to hold. Only
/// where both are found is the whole text compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needle<'n> {
    text: &'n [u8],
    rarest: Mark,
    second: Mark,
}

impl<'n> Needle<'n> {
    #[inline]
    pub(super) fn new(text: &'n str) -> Self {
        let text = text.as_bytes();
        let rarest_but = |other: usize| {
            let places = (0..text.len()).filter(|&place| place != other);
            places
                .min_by_key(|&place| text.get(place).map_or(0, commonness))
                .map(|place| (place, Mark::of(text, place)))
        };
        let (place, rarest) = rarest_but(usize::MAX).unwrap_or_default();
        let second = rarest_but(place).map_or(rarest, |(_, mark)| mark);
        Self {
            text,
            rarest,
            second,
        }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether every byte of the text meets a condition.
    #[inline]
    pub(super) fn all(&self, condition: impl Fn(u8) -> bool) -> bool {
        self.text.iter().all(|&byte| condition(byte))
    }

    /// Whether the text holds one of two bytes.
    #[inline]
    pub(super) fn has_either(&self, one: u8, other: u8) -> bool {
        self.text.iter().any(|&byte| byte == one || byte == other)
    }

    /// Whether the text has a space where `RFC 6335` has one. The text may be shorter on either
    /// side.
    #[inline]
    pub(super) fn has_rfc_space(&self) -> bool {
        let mut places = 0..self.text.len();
        places.any(|place| {
            let (before, from_space) = self.text.split_at(place);
            let has_number = match from_space {
                [b' ', digit, ..] => digit.is_ascii_digit(),
                from_space => from_space == b" ",
            };
            let mut name = before.iter().rev().zip(b"CFR");
            has_number && name.all(|(byte, letter)| byte.eq_ignore_ascii_case(letter))
        })
    }

    #[inline]
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text.as_bytes(), 0).is_some()
    }

    /// Whether these pieces, put together, contain the text.
    #[inline]
    pub(super) fn is_in_pieces<'p>(&self, pieces: impl Iterator<Item = &'p str> + Clone) -> bool {
        let Some((first, others)) = self.text.split_first() else {
            return true;
        };
        let mut rest = pieces.flat_map(str::bytes);
        while let Some(byte) = rest.next() {
            if byte.eq_ignore_ascii_case(first) {
                let mut next = rest.clone();
                let stands = |byte: &u8| {
                    next.next()
                        .is_some_and(|one| one.eq_ignore_ascii_case(byte))
                };
                if others.iter().all(stands) {
                    return true;
                }
            }
        }
        false
    }

    /// The first place, `from` or later, where the text stands.
    #[inline]
    pub(super) fn find(&self, haystack: &[u8], from: usize) -> Option<usize> {
        let end = (haystack.len() + 1).checked_sub(self.text.len())?;
        let firsts = chunks(haystack, from + self.rarest.place);
        let seconds = chunks(haystack, from + self.second.place);
        let steps = firsts.len().min(seconds.len());
        for (step, (first, second)) in firsts.zip(seconds).enumerate() {
            if self.may_stand(first, second) {
                let marked = self.marked(first, second);
                let found = self.find_marked(haystack, from + step * STEP, marked);
                if found.is_some() {
                    return found;
                }
            }
        }
        let place = from + steps * STEP;
        (place..end).find(|&place| self.stands_at(haystack, place))
    }

    /// Whether both marks are at one of the places of a step.
    #[inline]
    fn may_stand(&self, first: &[u8], second: &[u8]) -> bool {
        let bytes = first.iter().zip(second);
        bytes.fold(0, |any, (&first, &second)| {
            any | u8::from(self.rarest.is(first)) & u8::from(self.second.is(second))
        }) != 0
    }

    /// The first of the marked places, this one or later, where the text stands.
    #[inline(never)]
    fn find_marked(
        &self,
        haystack: &[u8],
        place: usize,
        marked: [[u8; 8]; STEP / 8],
    ) -> Option<usize> {
        for (word, marked) in marked.iter().enumerate() {
            let mut marked = u64::from_le_bytes(*marked);
            while marked != 0 {
                let candidate = place + word * 8 + marked.trailing_zeros() as usize / 8;
                if self.stands_at(haystack, candidate) {
                    return Some(candidate);
                }
                marked &= marked - 1;
            }
        }
        None
    }

    /// For each place of a step, 1 if both marks are there, else 0.
    #[inline]
    fn marked(&self, first: &[u8], second: &[u8]) -> [[u8; 8]; STEP / 8] {
        let mut marked = [[0; 8]; STEP / 8];
        let bytes = first.iter().zip(second);
        for (marked, (&first, &second)) in marked.as_flattened_mut().iter_mut().zip(bytes) {
            *marked = u8::from(self.rarest.is(first)) & u8::from(self.second.is(second));
        }
        marked
    }

    #[inline]
    fn stands_at(&self, haystack: &[u8], place: usize) -> bool {
        let part = haystack.get(place..place + self.text.len());
        part.is_some_and(|part| part.eq_ignore_ascii_case(self.text))
    }
}

/// One byte of a text to search for.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    place: usize,
    /// The byte, in lower case.
    byte: u8,
    /// The bit that sets capitals apart, if the byte is a letter.
    case: u8,
}

impl Mark {
    #[inline]
    fn of(text: &[u8], place: usize) -> Self {
        let byte = text.get(place).map_or(0, u8::to_ascii_lowercase);
        Self {
            place,
            byte,
            case: if byte.is_ascii_alphabetic() { 0x20 } else { 0 },
        }
    }

    #[inline]
    fn is(&self, byte: u8) -> bool {
        byte | self.case == self.byte
    }
}

/// How often a byte occurs in English text compared with the others: 0 for the rare ones.
#[inline]
fn commonness(byte: &u8) -> usize {
    const FROM_RARE_TO_COMMON: &[u8] = b"zqjxkvbwyfgumpdhclrsnioate ";
    let mut known = FROM_RARE_TO_COMMON.iter();
    let rank = known.position(|common| byte.eq_ignore_ascii_case(common));
    rank.map_or(0, |rank| rank + 1)
}

/// The whole chunks of the bytes from `start` on.
#[inline]
fn chunks(bytes: &[u8], start: usize) -> slice::ChunksExact<'_, u8> {
    bytes.get(start..).unwrap_or_default().chunks_exact(STEP)
}
