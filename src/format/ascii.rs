//! ASCII in constants: letters without regard to case, and decimal numbers.

#[cfg(baked)]
use core::cmp::Ordering;

/// Whether two texts are equal when ASCII case is ignored. (The standard library can compare so in
/// constants from Rust 1.89 on.)
#[inline]
pub const fn equal_ignoring_case(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if !a[index].eq_ignore_ascii_case(&b[index]) {
            return false;
        }
        index += 1;
    }
    true
}

/// The order of two texts when ASCII case is ignored, byte by byte.
#[cfg(baked)]
#[inline]
pub const fn order_ignoring_case(a: &[u8], b: &[u8]) -> Ordering {
    let mut index = 0;
    while index < a.len() && index < b.len() {
        let (a, b) = (a[index].to_ascii_lowercase(), b[index].to_ascii_lowercase());
        if a != b {
            return if a < b {
                Ordering::Less
            } else {
                Ordering::Greater
            };
        }
        index += 1;
    }
    if a.len() == b.len() {
        Ordering::Equal
    } else if a.len() < b.len() {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}

/// A text in lower case, for comparisons.
#[cfg(baked)]
#[inline]
pub fn lower(text: &[u8]) -> impl Iterator<Item = u8> + '_ {
    text.iter().map(u8::to_ascii_lowercase)
}

/// Reads a text of one or more decimal digits as a number, and refuses any other. `u64::MAX` also
/// stands for every number above it.
#[inline]
pub const fn decimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    let (mut number, mut rest) = (0_u64, digits);
    while let [digit, after @ ..] = rest {
        if !digit.is_ascii_digit() {
            return None;
        }
        let value = (*digit - b'0') as u64;
        number = number.saturating_mul(10).saturating_add(value);
        rest = after;
    }
    Some(number)
}

/// The text before and after the first byte of this value.
#[inline]
pub const fn split_at_first(text: &[u8], separator: u8) -> Option<(&[u8], &[u8])> {
    let mut length = 0;
    while let Some((before, [byte, after @ ..])) = text.split_at_checked(length) {
        if *byte == separator {
            return Some((before, after));
        }
        length += 1;
    }
    None
}

/// The text before and after the last `/`. A few names contain a `/` themselves.
#[cfg(baked)]
#[inline]
pub const fn split_at_last_slash(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut length = text.len();
    while length > 0 {
        length -= 1;
        let (before, from_slash) = text.split_at(length);
        if let [b'/', after @ ..] = from_slash {
            return Some((before, after));
        }
    }
    None
}
