//! Texts, found by number: one after the other in one text, and where each begins.

#[cfg(baked)]
use super::starts::Starts;

/// `N - 1` texts.
#[cfg(baked)]
pub struct Texts<const N: usize, const CARRIES: usize> {
    text: &'static str,
    starts: Starts<N, CARRIES>,
}

#[cfg(baked)]
impl<const N: usize, const CARRIES: usize> Texts<N, CARRIES> {
    #[inline]
    pub const fn new(text: &'static str, starts: Starts<N, CARRIES>) -> Self {
        assert!(
            starts.of(N - 1) == text.len(),
            "the last text ends where all end"
        );
        Self { text, starts }
    }

    /// How many texts there are.
    #[inline]
    pub const fn count(&self) -> usize {
        self.starts.count()
    }

    /// The text of this number.
    #[inline]
    pub const fn get(&self, number: usize) -> &'static str {
        part(
            self.text,
            self.starts.of(number),
            self.starts.of(number + 1),
        )
    }

    /// All texts as one, for a search through all of them.
    #[inline]
    pub const fn joined(&self) -> &'static str {
        self.text
    }

    /// Where a text begins among all; for the number after the last, where all end.
    #[inline]
    pub const fn start(&self, number: usize) -> usize {
        self.starts.of(number)
    }
}

/// The part of a text from one place up to another, both of which the layout promises to be
/// within it and between characters.
#[cfg(all(baked, const_str_split))]
#[allow(
    clippy::incompatible_msrv,
    reason = "the build script sets this `cfg` for compilers that can do it"
)]
#[inline]
pub const fn part(text: &'static str, start: usize, end: usize) -> &'static str {
    if let Some((until_end, _)) = text.split_at_checked(end) {
        if let Some((_, part)) = until_end.split_at_checked(start) {
            return part;
        }
    }
    no_part()
}

/// Stands in for a part that is not there, as [`promised`](super::promised) does. (Cold, so that
/// the way here is a branch: else every text would wait for the check of its ends.)
#[cfg(all(baked, const_str_split))]
#[cold]
#[inline(never)]
const fn no_part() -> &'static str {
    debug_assert!(false, "the ends of a text out of the tables are within it");
    ""
}

/// The same, by bytes: a string can be split in a constant from Rust 1.86 on.
#[cfg(all(baked, not(const_str_split)))]
#[inline]
pub const fn part(text: &'static str, start: usize, end: usize) -> &'static str {
    if let Some((until_end, _)) = text.as_bytes().split_at_checked(end) {
        if let Some((_, part)) = until_end.split_at_checked(start) {
            if let Ok(part) = core::str::from_utf8(part) {
                return part;
            }
        }
    }
    debug_assert!(false, "the ends of a text out of the tables are within it");
    ""
}

/// Packs texts, numbered as they come.
#[cfg(not(baked))]
pub fn pack(texts: &[&str]) -> super::Packed {
    let lengths: Vec<usize> = texts.iter().map(|text| text.len()).collect();
    let starts = super::starts::pack(&lengths);
    let text = texts.concat();
    super::Packed {
        kind: format!("Texts<{}>", starts.sizes()),
        value: format!("Texts::new({text:?}, {})", starts.value),
        text: text.len(),
    }
}
