//! From text, numbers and ranges to values, with the errors that say what was found and what was
//! expected. Here and not beside the values, for the build script shares these and has errors of
//! its own.

mod date;
mod ports;
mod protocol;
mod words;

pub use date::ParseDateError;
pub use ports::{ParsePortsError, ParsePortsErrorKind, TryFromRangeError};
pub use protocol::{ParseProtocolError, TryFromProtocolNumberError};
pub use words::{ParsePortRangeError, ParsePortStatusError, ParseReferenceKindError};

pub(crate) use words::parse_words;

/// Gives types `TryFrom<&str>`, which does what their `FromStr` does.
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
