//! Port numbers from text and from ranges.

use core::ops::RangeInclusive;
use core::str::FromStr;

use super::try_from_str;
use crate::format::excerpt::Excerpt;
use crate::format::value::ports::Ports;

pub use crate::format::value::ports::PortsFault as ParsePortsErrorKind;

impl TryFrom<RangeInclusive<u16>> for Ports {
    type Error = TryFromRangeError;

    /// Takes the ports of a range.
    ///
    /// ```
    /// use port_registry::Ports;
    ///
    /// assert_eq!(Ports::try_from(6000..=6063), Ok(Ports::new(6000, 6063).unwrap()));
    /// ```
    ///
    /// # Errors
    ///
    /// [`TryFromRangeError`] if there is no port in the range.
    fn try_from(range: RangeInclusive<u16>) -> Result<Self, Self::Error> {
        let (first, last) = (*range.start(), *range.end());
        // One that was iterated to its end is empty too.
        if range.is_empty() {
            return Err(TryFromRangeError { first, last });
        }
        Self::new(first, last).ok_or(TryFromRangeError { first, last })
    }
}

impl FromStr for Ports {
    type Err = ParsePortsError;

    /// Reads `N` or `N-M`, decimal digits only, as the registry writes its "Port Number"
    /// column.
    ///
    /// # Errors
    ///
    /// [`ParsePortsError`] if the text has another form, a number is above 65,535, or the
    /// span is reversed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text)
    }
}

impl Ports {
    /// What [`Ports::from_str`] does, in constants too.
    pub(crate) const fn read(text: &str) -> Result<Self, ParsePortsError> {
        match Self::parse(text) {
            Ok(ports) => Ok(ports),
            Err(fault) => Err(ParsePortsError {
                given: Excerpt::of(text),
                fault,
            }),
        }
    }
}

try_from_str!(Ports);

/// A range without a port in it.
///
/// ```
/// use port_registry::Ports;
///
/// # #[allow(clippy::reversed_empty_ranges)]
/// let error = Ports::try_from(9..=1).unwrap_err();
/// assert_eq!(error.to_string(), "empty range 9..=1, expected at least one port number");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("empty range {first}..={last}, expected at least one port number")]
pub struct TryFromRangeError {
    first: u16,
    last: u16,
}

/// Text that is neither a port number nor a span of port numbers.
///
/// ```
/// use port_registry::Ports;
///
/// let message = |text: &str| text.parse::<Ports>().unwrap_err().to_string();
/// assert_eq!(message("http"), "invalid ports `http`, expected `N` or `N-M`, each from 0 to 65535");
/// assert_eq!(message("99999"), "port number above 65535 in `99999`, expected 0 to 65535");
/// assert_eq!(message("9-1"), "reversed span `9-1`, expected the lower port number first");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{} `{given}`, expected {}", .fault.found(), .fault.expected())]
pub struct ParsePortsError {
    given: Excerpt,
    fault: ParsePortsErrorKind,
}

impl ParsePortsError {
    /// Returns the cause.
    ///
    /// ```
    /// use port_registry::Ports;
    /// use port_registry::error::ParsePortsErrorKind;
    ///
    /// let error = "9-1".parse::<Ports>().unwrap_err();
    /// assert_eq!(error.kind(), ParsePortsErrorKind::Reversed);
    /// ```
    #[must_use]
    pub const fn kind(self) -> ParsePortsErrorKind {
        self.fault
    }
}
