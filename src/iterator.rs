//! The shape of the crate's iterators: named, and able to do what their source can.

/// Declares an iterator over an inner one, which is exact in size and double-ended, by a
/// function from the inner items. The function returns `Some` for every item the inner
/// iterator is made with.
macro_rules! named_iterator {
    ($(#[$attribute:meta])* $name:ident, $inner:ty => $item:ty, $map:expr) => {
        $(#[$attribute])*
        #[derive(Clone)]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name(pub(crate) $inner);

        impl Iterator for $name {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                self.0.next().and_then($map)
            }

            #[inline]
            fn nth(&mut self, count: usize) -> Option<Self::Item> {
                self.0.nth(count).and_then($map)
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.0.size_hint()
            }
        }

        impl DoubleEndedIterator for $name {
            #[inline]
            fn next_back(&mut self) -> Option<Self::Item> {
                self.0.next_back().and_then($map)
            }

            #[inline]
            fn nth_back(&mut self, count: usize) -> Option<Self::Item> {
                self.0.nth_back(count).and_then($map)
            }
        }

        impl ExactSizeIterator for $name {}

        impl core::iter::FusedIterator for $name {}

        /// Shows the items that are still to come.
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }
    };
}

pub(crate) use named_iterator;
