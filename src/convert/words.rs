//! Reading the words of enumerations.

use crate::format::value::common_kind::CommonKind;
use crate::format::value::reference_kind::ReferenceKind;
use crate::format::value::status::{PortRange, PortStatus};

/// Gives an enumeration of `words!` its `FromStr` and its `TryFrom<&str>`, with an error that lists
/// the words.
macro_rules! parse_words {
    (
        $(#[$error_meta:meta])*
        $type:ident::$method:ident, $error:ident, $unknown:literal
    ) => {
        impl core::str::FromStr for $type {
            type Err = $error;

            #[doc = concat!("Reads the word of [`", stringify!($type), "::", stringify!($method), "`], ASCII case ignored.")]
            ///
            /// # Errors
            ///
            #[doc = concat!("[`", stringify!($error), "`] for any other text, even a word with spaces around it.")]
            #[inline]
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::of_word(text.as_bytes()).ok_or_else(|| $error {
                    given: $crate::format::excerpt::Excerpt::of(text),
                })
            }
        }

        $crate::convert::try_from_str!($type);

        $(#[$error_meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
        #[error("unknown {} `{given}`, expected {}", $unknown, $crate::format::one_of::OneOf($type::ALL.iter()))]
        pub struct $error {
            given: $crate::format::excerpt::Excerpt,
        }
    };
}

pub(crate) use parse_words;

parse_words! {
    /// Text that is not the name of a port range.
    ///
    /// ```
    /// use port_registry::PortRange;
    ///
    /// let error = "private".parse::<PortRange>().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "unknown port range `private`, expected `system`, `user` or `dynamic`"
    /// );
    /// ```
    PortRange::as_str, ParsePortRangeError, "port range"
}

parse_words! {
    /// Text that is not the name of a port status.
    ///
    /// ```
    /// use port_registry::PortStatus;
    ///
    /// let error = "free".parse::<PortStatus>().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "unknown port status `free`, expected `assigned`, `reserved`, `unassigned`, `deregistered`, \
    ///      `unnamed`, `dynamic` or `unlisted`"
    /// );
    /// ```
    PortStatus::as_str, ParsePortStatusError, "port status"
}

parse_words! {
    /// Text that is not the name of a kind of reference.
    ///
    /// ```
    /// use port_registry::ReferenceKind;
    ///
    /// let error = "book".parse::<ReferenceKind>().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "unknown kind of reference `book`, expected `rfc`, `bcp`, `std`, `draft`, `uri`, `text`, \
    ///      `footnote`, `rfc-errata`, `registry`, `unicode` or `document`"
    /// );
    /// ```
    ReferenceKind::as_str, ParseReferenceKindError, "kind of reference"
}

parse_words! {
    /// Text that is not the name of a kind of common use.
    ///
    /// ```
    /// use port_registry::CommonKind;
    ///
    /// let error = "old".parse::<CommonKind>().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "unknown kind of common use `old`, expected `new`, `instead`, `contested` or `typed`"
    /// );
    /// ```
    CommonKind::as_str, ParseCommonKindError, "kind of common use"
}
