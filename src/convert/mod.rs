//! Conversions from text, numbers and ranges to values, with errors that say what was found and
//! what was expected. They are kept apart from the values because the build script shares the
//! values but has errors of its own.

mod date;
mod ports;
mod protocol;
mod words;

pub use date::ParseDateError;
pub use ports::{ParsePortsError, ParsePortsErrorKind, TryFromRangeError};
pub use protocol::{ParseProtocolError, TryFromProtocolNumberError};
pub use words::{
    ParseCommonKindError, ParsePortRangeError, ParsePortStatusError, ParseReferenceKindError,
};

pub(crate) use words::parse_words;

/// Gives types a `TryFrom<&str>` that does what their `FromStr` does.
macro_rules! try_from_str {
    ($($type:ty),+ $(,)?) => {$(
        impl TryFrom<&str> for $type {
            type Error = <Self as core::str::FromStr>::Err;

            /// The same as [`parse`](str::parse).
            #[inline]
            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
    )+};
}

pub(crate) use try_from_str;
