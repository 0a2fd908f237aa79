//! The names of a table, whoever keeps them.

use core::fmt;

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

/// Names by their places: those of a constant table, or those of an `Overlay`.
#[derive(Clone, Copy)]
pub(crate) enum NameTexts<'a> {
    Constant(&'a [&'a str]),
    #[cfg(feature = "alloc")]
    Overlay(&'a [Box<str>]),
}

impl<'a> NameTexts<'a> {
    /// The name at a place that the table promises to be within bounds.
    #[inline]
    pub(crate) const fn get(self, place: usize) -> &'a str {
        match self {
            Self::Constant(names) if place < names.len() => names[place],
            #[cfg(feature = "alloc")]
            Self::Overlay(names) if place < names.len() => &names[place],
            _ => {
                debug_assert!(false, "every span and every lead has a name");
                ""
            }
        }
    }
}

impl fmt::Debug for NameTexts<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(names) => names.fmt(f),
            #[cfg(feature = "alloc")]
            Self::Overlay(names) => names.fmt(f),
        }
    }
}
