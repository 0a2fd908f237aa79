//! Sets of an enumeration's values, one bit each.

/// Declares a set of the values of a `words!` enumeration, with its iterator: constants, methods,
/// operators and conversions. `$one` and `$other` are two values for the examples, and `$one` comes
/// first.
macro_rules! value_set {
    (
        $(#[$attribute:meta])*
        $set:ident($bits:ty) of $item:ident, $iterator:ident, examples: $one:ident, $other:ident
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub struct $set($bits);

        impl $set {
            /// The empty set.
            ///
            /// ```
            #[doc = concat!("assert!(port_registry::", stringify!($set), "::NONE.is_empty());")]
            /// ```
            pub const NONE: Self = Self(0);

            #[doc = concat!("The set of all of [`", stringify!($item), "::ALL`].")]
            ///
            /// ```
            #[doc = concat!("use port_registry::{", stringify!($item), ", ", stringify!($set), "};")]
            ///
            #[doc = concat!("assert!(", stringify!($set), "::ALL.iter().eq(", stringify!($item), "::ALL.iter().copied()));")]
            /// ```
            pub const ALL: Self = Self((1 << $item::COUNT) - 1);

            /// Returns the set that holds one value alone.
            ///
            /// ```
            #[doc = concat!("use port_registry::{", stringify!($item), ", ", stringify!($set), "};")]
            ///
            #[doc = concat!("assert_eq!(", stringify!($set), "::one(", stringify!($item::$one), ").len(), 1);")]
            /// ```
            #[must_use]
            #[inline]
            pub const fn one(value: $item) -> Self {
                Self(1 << value as $bits)
            }

            /// Returns the set with this value in it too.
            ///
            /// ```
            #[doc = concat!("use port_registry::{", stringify!($item), ", ", stringify!($set), "};")]
            ///
            #[doc = concat!("let (one, other) = (", stringify!($item::$one), ", ", stringify!($item::$other), ");")]
            #[doc = concat!("assert_eq!(", stringify!($set), "::one(one).with(other), ", stringify!($set), "::from([one, other]));")]
            /// ```
            #[must_use]
            #[inline]
            pub const fn with(self, value: $item) -> Self {
                Self(self.0 | Self::one(value).0)
            }

            /// Returns the set without this value.
            ///
            /// ```
            #[doc = concat!("use port_registry::{", stringify!($item), ", ", stringify!($set), "};")]
            ///
            #[doc = concat!("let all_but_one = ", stringify!($set), "::ALL.without(", stringify!($item::$one), ");")]
            #[doc = concat!("assert!(!all_but_one.contains(", stringify!($item::$one), "));")]
            /// ```
            #[must_use]
            #[inline]
            pub const fn without(self, value: $item) -> Self {
                Self(self.0 & !Self::one(value).0)
            }

            /// Returns whether the value is in the set.
            ///
            /// ```
            #[doc = concat!("use port_registry::{", stringify!($item), ", ", stringify!($set), "};")]
            ///
            #[doc = concat!("let set = ", stringify!($set), "::one(", stringify!($item::$one), ");")]
            #[doc = concat!("assert!(set.contains(", stringify!($item::$one), ") && !set.contains(", stringify!($item::$other), "));")]
            /// ```
            #[must_use]
            #[inline]
            pub const fn contains(self, value: $item) -> bool {
                self.0 & Self::one(value).0 != 0
            }

            /// Returns whether the set is empty.
            ///
            /// ```
            #[doc = concat!("assert!(!port_registry::", stringify!($set), "::ALL.is_empty());")]
            /// ```
            #[must_use]
            #[inline]
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// Returns how many values are in the set.
            ///
            /// ```
            #[doc = concat!("use port_registry::{", stringify!($item), ", ", stringify!($set), "};")]
            ///
            #[doc = concat!("assert_eq!(", stringify!($set), "::ALL.len(), ", stringify!($item), "::ALL.len());")]
            /// ```
            #[must_use]
            #[inline]
            pub const fn len(self) -> usize {
                self.0.count_ones() as usize
            }

            #[doc = concat!("Returns an iterator over the values in the set, in the order of [`", stringify!($item), "::ALL`].")]
            ///
            /// ```
            #[doc = concat!("use port_registry::{", stringify!($item), ", ", stringify!($set), "};")]
            ///
            #[doc = concat!("let (one, other) = (", stringify!($item::$one), ", ", stringify!($item::$other), ");")]
            #[doc = concat!("assert!(", stringify!($set), "::from([other, one]).iter().eq([one, other]));")]
            /// ```
            #[inline]
            pub const fn iter(self) -> $iterator {
                $iterator(self)
            }
        }

        #[doc = concat!("The values in a set. See [`", stringify!($set), "::iter`](crate::", stringify!($set), "::iter).")]
        #[derive(Clone)]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $iterator(
            /// The values still to come.
            $set,
        );

        impl $iterator {
            #[inline]
            fn hand_out(&mut self, value: $item) -> $item {
                self.0 = self.0.without(value);
                value
            }
        }

        impl Iterator for $iterator {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                let mut all = $item::EACH.into_iter();
                let first = all.find(|&value| self.0.contains(value))?;
                Some(self.hand_out(first))
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.0.len(), Some(self.0.len()))
            }
        }

        impl DoubleEndedIterator for $iterator {
            #[inline]
            fn next_back(&mut self) -> Option<Self::Item> {
                let mut all = $item::EACH.into_iter();
                let last = all.rfind(|&value| self.0.contains(value))?;
                Some(self.hand_out(last))
            }
        }

        impl ExactSizeIterator for $iterator {}

        impl core::iter::FusedIterator for $iterator {}

        $crate::iterator::show_items!($iterator);

        impl IntoIterator for $set {
            type Item = $item;
            type IntoIter = $iterator;

            #[doc = concat!("The same as [`", stringify!($set), "::iter`].")]
            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                self.iter()
            }
        }

        impl IntoIterator for &$set {
            type Item = $item;
            type IntoIter = $iterator;

            #[doc = concat!("The same as [`", stringify!($set), "::iter`].")]
            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                self.iter()
            }
        }

        impl Ord for $set {
            #[inline]
            fn cmp(&self, other: &Self) -> core::cmp::Ordering {
                self.iter().cmp(other.iter())
            }
        }

        impl PartialOrd for $set {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl<V: Into<Self>> core::ops::BitOr<V> for $set {
            type Output = Self;

            /// Returns the set of what is in either set.
            #[inline]
            fn bitor(self, other: V) -> Self {
                Self(self.0 | other.into().0)
            }
        }

        impl<V: Into<Self>> core::ops::BitOrAssign<V> for $set {
            /// Puts what is in the other set into this one too.
            #[inline]
            fn bitor_assign(&mut self, other: V) {
                *self = *self | other;
            }
        }

        impl<V: Into<Self>> core::ops::BitAnd<V> for $set {
            type Output = Self;

            /// Returns the set of what is in both sets.
            #[inline]
            fn bitand(self, other: V) -> Self {
                Self(self.0 & other.into().0)
            }
        }

        impl<V: Into<Self>> core::ops::BitAndAssign<V> for $set {
            /// Keeps only what is in the other set too.
            #[inline]
            fn bitand_assign(&mut self, other: V) {
                *self = *self & other;
            }
        }

        impl<V: Into<Self>> core::ops::Sub<V> for $set {
            type Output = Self;

            /// Returns the set of what is in this set and not in the other.
            #[inline]
            fn sub(self, other: V) -> Self {
                Self(self.0 & !other.into().0)
            }
        }

        impl<V: Into<Self>> core::ops::SubAssign<V> for $set {
            /// Takes what is in the other set out of this one.
            #[inline]
            fn sub_assign(&mut self, other: V) {
                *self = *self - other;
            }
        }

        impl core::ops::Not for $set {
            type Output = Self;

            #[doc = concat!("Returns the set of the values of [`", stringify!($item), "::ALL`] that are not in this set.")]
            #[inline]
            fn not(self) -> Self {
                Self::ALL - self
            }
        }

        impl From<$item> for $set {
            #[inline]
            fn from(value: $item) -> Self {
                Self::one(value)
            }
        }

        impl<const N: usize> From<[$item; N]> for $set {
            #[inline]
            fn from(values: [$item; N]) -> Self {
                Self::from_iter(values)
            }
        }

        impl FromIterator<$item> for $set {
            #[inline]
            fn from_iter<I: IntoIterator<Item = $item>>(values: I) -> Self {
                values.into_iter().fold(Self::NONE, Self::with)
            }
        }

        impl Extend<$item> for $set {
            #[inline]
            fn extend<I: IntoIterator<Item = $item>>(&mut self, values: I) {
                *self = values.into_iter().fold(*self, Self::with);
            }
        }

        impl core::fmt::Debug for $set {
            #[inline]
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_set().entries(self.iter()).finish()
            }
        }
    };
}

pub(crate) use value_set;
