//! Port numbers from text and from ranges.

use core::fmt;
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
    /// [`TryFromRangeError`] if the range is empty.
    #[inline]
    fn try_from(range: RangeInclusive<u16>) -> Result<Self, Self::Error> {
        let (first, last) = (*range.start(), *range.end());
        // A range that was iterated to its end is empty too.
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
    #[inline]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text)
    }
}

impl Ports {
    /// The same as [`Ports::from_str`], but usable in constants.
    #[inline]
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

/// A range that holds no port.
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
/// assert_eq!(
///     message("1000:2000"),
///     "invalid ports `1000:2000`, expected `N` or `N-M`, each from 0 to 65535; did you mean `1000-2000`?"
/// );
/// assert_eq!(
///     message("1024-"),
///     "invalid ports `1024-`, expected `N` or `N-M`, each from 0 to 65535; did you mean `1024-65535`?"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{} `{given}`, expected {}{}", .fault.found(), .fault.expected(), Hint(given))]
pub struct ParsePortsError {
    given: Excerpt,
    fault: ParsePortsErrorKind,
}

/// The end of the message about a span that is written in another way than the registry's:
/// `; did you mean …?`, or nothing.
struct Hint<'a>(&'a Excerpt);

impl Hint<'_> {
    #[inline]
    fn meant(&self) -> Option<Ports> {
        let text = self.0.whole()?;
        let port = |text: &str| {
            Ports::parse(text.trim_ascii())
                .ok()
                .filter(|one| one.len() == 1)
        };
        if let Some(first) = text.strip_suffix('-') {
            return Ports::new(port(first)?.first(), u16::MAX);
        }
        let separators = [":", "..=", "–", "-"];
        let mut split = separators
            .iter()
            .filter_map(|separator| text.split_once(separator));
        let (first, last) = split.next()?;
        Ports::new(port(first)?.first(), port(last)?.first())
    }
}

impl fmt::Display for Hint<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.meant() {
            Some(meant) => write!(f, "; did you mean `{meant}`?"),
            None => Ok(()),
        }
    }
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
    #[inline]
    pub const fn kind(self) -> ParsePortsErrorKind {
        self.fault
    }
}
