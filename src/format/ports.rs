//! A span of port numbers. Self-contained, for the build script reads the same column.

use core::fmt;
use core::ops::RangeInclusive;
use core::str::FromStr;

use super::stack_text::{Excerpt, StackText};

/// The port numbers of a record: one, or a span of consecutive ones (registry column
/// "Port Number", written `443` or `6000-6063`).
///
/// Ordered by the first port, then by the last.
///
/// ```
/// use port_registry::{Ports, Tcp, service_by_name};
///
/// let x11 = service_by_name("x11", Tcp).unwrap().ports().unwrap();
/// assert_eq!((x11.first(), x11.last(), x11.len()), (6000, 6063, 64));
/// assert!(x11.contains(6005));
/// assert_eq!(x11.to_string(), "6000-6063");
/// assert_eq!("6000-6063".parse(), Ok(x11));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ports {
    first: u16,
    last: u16,
}

#[allow(
    clippy::len_without_is_empty,
    reason = "a span holds at least one port, so `is_empty` would always be false"
)]
impl Ports {
    /// Every port, 0 to 65,535.
    ///
    /// ```
    /// # use port_registry::Ports;
    /// assert_eq!(Ports::ALL.to_string(), "0-65535");
    /// ```
    pub const ALL: Self = Self {
        first: 0,
        last: u16::MAX,
    };

    /// Returns the span from `first` to `last`, both included, or `None` if `last` comes
    /// before `first`.
    ///
    /// ```
    /// use port_registry::Ports;
    ///
    /// assert_eq!(Ports::new(6000, 6063).unwrap().len(), 64);
    /// assert_eq!(Ports::new(6063, 6000), None);
    /// ```
    #[must_use]
    pub const fn new(first: u16, last: u16) -> Option<Self> {
        if first <= last {
            Some(Self { first, last })
        } else {
            None
        }
    }

    /// Returns the span that holds `port` alone.
    ///
    /// ```
    /// assert_eq!(port_registry::Ports::one(443).to_string(), "443");
    /// ```
    #[must_use]
    pub const fn one(port: u16) -> Self {
        Self {
            first: port,
            last: port,
        }
    }

    /// Returns the lowest port of the span.
    ///
    /// ```
    /// # use port_registry::Ports;
    /// assert_eq!(Ports::new(6000, 6063).unwrap().first(), 6000);
    /// ```
    #[must_use]
    pub const fn first(self) -> u16 {
        self.first
    }

    /// Returns the highest port of the span.
    ///
    /// ```
    /// # use port_registry::Ports;
    /// assert_eq!(Ports::new(6000, 6063).unwrap().last(), 6063);
    /// ```
    #[must_use]
    pub const fn last(self) -> u16 {
        self.last
    }

    /// Returns how many ports the span holds: 1 to 65,536, hence no `u16`.
    ///
    /// ```
    /// # use port_registry::Ports;
    /// assert_eq!(Ports::ALL.len(), 65_536);
    /// ```
    #[must_use]
    pub const fn len(self) -> u32 {
        (self.last - self.first) as u32 + 1
    }

    /// Returns whether `port` lies within the span.
    ///
    /// ```
    /// # use port_registry::Ports;
    /// assert!(Ports::new(6000, 6063).unwrap().contains(6063));
    /// ```
    #[must_use]
    pub const fn contains(self, port: u16) -> bool {
        self.first <= port && port <= self.last
    }

    /// Returns an iterator over the ports of the span, in ascending order.
    ///
    /// ```
    /// # use port_registry::Ports;
    /// assert!(Ports::new(20, 22).unwrap().iter().eq([20, 21, 22]));
    /// ```
    #[must_use]
    pub const fn iter(self) -> RangeInclusive<u16> {
        RangeInclusive::new(self.first, self.last)
    }

    /// What [`Ports::from_str`] does, in constants too.
    pub(crate) const fn parse(text: &str) -> Result<Self, ParsePortsError> {
        let (first, last) = match split_at_hyphen(text.as_bytes()) {
            None => (text.as_bytes(), text.as_bytes()),
            Some(ends) => ends,
        };
        let first = match Self::end(first, text) {
            Ok(port) => port,
            Err(error) => return Err(error),
        };
        let last = match Self::end(last, text) {
            Ok(port) => port,
            Err(error) => return Err(error),
        };
        match Self::new(first, last) {
            Some(ports) => Ok(ports),
            None => Err(ParsePortsError(Refusal::Reversed(Excerpt::of(text)))),
        }
    }

    /// The port at an end of the span that a text writes.
    const fn end(digits: &[u8], text: &str) -> Result<u16, ParsePortsError> {
        match decimal(digits) {
            None => Err(ParsePortsError(Refusal::Form(Excerpt::of(text)))),
            Some(number) if number > u16::MAX as u32 => {
                Err(ParsePortsError(Refusal::TooLarge(Excerpt::of(text))))
            }
            Some(number) => Ok(number as u16),
        }
    }
}

impl From<u16> for Ports {
    /// The same as [`Ports::one`].
    fn from(port: u16) -> Self {
        Self::one(port)
    }
}

impl TryFrom<RangeInclusive<u16>> for Ports {
    type Error = EmptyRangeError;

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
    /// [`EmptyRangeError`] if there is no port in the range.
    fn try_from(range: RangeInclusive<u16>) -> Result<Self, Self::Error> {
        let (first, last) = (*range.start(), *range.end());
        // One that was iterated to its end is empty too.
        if range.is_empty() {
            return Err(EmptyRangeError { first, last });
        }
        Self::new(first, last).ok_or(EmptyRangeError { first, last })
    }
}

impl IntoIterator for Ports {
    type Item = u16;
    type IntoIter = RangeInclusive<u16>;

    /// The same as [`Ports::iter`].
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Writes the span as the registry does: `443` or `6000-6063`.
impl fmt::Display for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `65535-65535` at most; padded as a whole, so that columns line up.
        let text = if self.first == self.last {
            StackText::<11>::format(format_args!("{}", self.first))
        } else {
            StackText::<11>::format(format_args!("{}-{}", self.first, self.last))
        };
        f.pad(text?.as_str())
    }
}

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ports({self})")
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
        Self::parse(text)
    }
}

impl TryFrom<&str> for Ports {
    type Error = ParsePortsError;

    /// The same as [`Ports::from_str`].
    fn try_from(text: &str) -> Result<Self, Self::Error> {
        Self::parse(text)
    }
}

/// What stands before and after the first hyphen.
const fn split_at_hyphen(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut length = 0;
    while let Some((before, [byte, after @ ..])) = text.split_at_checked(length) {
        if *byte == b'-' {
            return Some((before, after));
        }
        length += 1;
    }
    None
}

/// Reads decimal digits, and nothing else, as a number; 65,536 stands for all above.
const fn decimal(digits: &[u8]) -> Option<u32> {
    const ABOVE: u32 = u16::MAX as u32 + 1;
    if digits.is_empty() {
        return None;
    }
    let (mut number, mut rest) = (0, digits);
    while let [digit, after @ ..] = rest {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + (*digit - b'0') as u32;
        if number > ABOVE {
            number = ABOVE;
        }
        rest = after;
    }
    Some(number)
}

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
pub struct EmptyRangeError {
    first: u16,
    last: u16,
}

/// Text that is no port number and no span of port numbers.
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
#[error(transparent)]
pub struct ParsePortsError(pub(crate) Refusal);

/// The cause of a [`ParsePortsError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("invalid ports `{0}`, expected `N` or `N-M`, each from 0 to 65535")]
    Form(Excerpt),
    #[error("port number above 65535 in `{0}`, expected 0 to 65535")]
    TooLarge(Excerpt),
    #[error("reversed span `{0}`, expected the lower port number first")]
    Reversed(Excerpt),
}
