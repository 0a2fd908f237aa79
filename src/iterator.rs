//! How the crate declares its iterators: with a name, and able to do what their source can.

/// Declares an iterator over an inner one, which is exact in size and double-ended, and a function
/// that maps the inner items. The function must return `Some` for every item that the inner
/// iterator yields.
macro_rules! named_iterator {
    ($(#[$attribute:meta])* $name:ident $(<$lifetime:lifetime>)?, $inner:ty => $item:ty, $map:expr) => {
        $(#[$attribute])*
        #[derive(Clone)]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name $(<$lifetime>)? (pub(crate) $inner);

        impl $(<$lifetime>)? Iterator for $name $(<$lifetime>)? {
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

        impl $(<$lifetime>)? DoubleEndedIterator for $name $(<$lifetime>)? {
            #[inline]
            fn next_back(&mut self) -> Option<Self::Item> {
                self.0.next_back().and_then($map)
            }

            #[inline]
            fn nth_back(&mut self, count: usize) -> Option<Self::Item> {
                self.0.nth_back(count).and_then($map)
            }
        }

        impl $(<$lifetime>)? ExactSizeIterator for $name $(<$lifetime>)? {}

        impl $(<$lifetime>)? core::iter::FusedIterator for $name $(<$lifetime>)? {}

        $crate::iterator::show_items!($name $(<$lifetime>)?);
    };
}

pub(crate) use named_iterator;

/// Gives an iterator the `Debug` of all iterators of this crate.
macro_rules! show_items {
    ($iterator:ident $(<$lifetime:lifetime>)?) => {
        /// Shows the items still to come.
        impl $(<$lifetime>)? core::fmt::Debug for $iterator $(<$lifetime>)? {
            #[inline]
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }
    };
}

pub(crate) use show_items;
