//! A span of port numbers.

use core::fmt;
use core::ops::RangeInclusive;

use crate::format::ascii::{decimal, split_at_first};
use crate::format::stack_text::StackText;

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
    #[cfg_attr(not(baked), allow(dead_code, reason = "for the library's users"))]
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
    #[inline]
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
    #[inline]
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
    #[inline]
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
    #[inline]
    pub const fn last(self) -> u16 {
        self.last
    }

    /// Returns how many ports the span holds: 1 to 65,536, which needs more than a `u16`.
    ///
    /// ```
    /// # use port_registry::Ports;
    /// assert_eq!(Ports::ALL.len(), 65_536);
    /// ```
    #[must_use]
    #[inline]
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
    #[inline]
    pub const fn contains(self, port: u16) -> bool {
        self.first <= port && port <= self.last
    }

    /// Returns the ports that are in both spans, or `None` if there are none.
    ///
    /// ```
    /// # use port_registry::Ports;
    /// let span = |first, last| Ports::new(first, last).unwrap();
    /// assert_eq!(span(80, 90).intersection(span(85, 99)), Some(span(85, 90)));
    /// assert_eq!(span(80, 84).intersection(span(85, 99)), None);
    /// ```
    #[cfg_attr(not(baked), allow(dead_code, reason = "for the library's users"))]
    #[must_use]
    #[inline]
    pub const fn intersection(self, other: Self) -> Option<Self> {
        let first = if self.first > other.first {
            self.first
        } else {
            other.first
        };
        let last = if self.last < other.last {
            self.last
        } else {
            other.last
        };
        Self::new(first, last)
    }

    /// Returns the span that holds exactly the ports of both, or `None` if there is a gap between
    /// the two.
    ///
    /// ```
    /// # use port_registry::Ports;
    /// let span = |first, last| Ports::new(first, last).unwrap();
    /// assert_eq!(span(80, 90).join(span(85, 99)), Some(span(80, 99)));
    /// assert_eq!(span(80, 84).join(span(85, 99)), Some(span(80, 99)));
    /// assert_eq!(span(80, 83).join(span(85, 99)), None);
    /// ```
    #[cfg_attr(not(baked), allow(dead_code, reason = "for the library's users"))]
    #[must_use]
    #[inline]
    pub const fn join(self, other: Self) -> Option<Self> {
        let (lower, upper) = if self.first <= other.first {
            (self, other)
        } else {
            (other, self)
        };
        if upper.first as u32 > lower.last as u32 + 1 {
            return None;
        }
        let last = if lower.last > upper.last {
            lower.last
        } else {
            upper.last
        };
        Self::new(lower.first, last)
    }

    /// `==` for constants.
    #[cfg(baked)]
    #[inline]
    pub(crate) const fn same(self, other: Self) -> bool {
        self.first == other.first && self.last == other.last
    }

    /// Returns an iterator over the ports of the span, in ascending order.
    ///
    /// ```
    /// # use port_registry::Ports;
    /// assert!(Ports::new(20, 22).unwrap().iter().eq([20, 21, 22]));
    /// ```
    #[must_use]
    #[inline]
    pub const fn iter(self) -> RangeInclusive<u16> {
        RangeInclusive::new(self.first, self.last)
    }

    /// Reads `N` or `N-M`, in decimal digits only.
    #[inline]
    pub(crate) const fn parse(text: &str) -> Result<Self, PortsFault> {
        let text = text.as_bytes();
        let (first, last) = match split_at_first(text, b'-') {
            None => (text, text),
            Some(ends) => ends,
        };
        let (first, last) = match (port(first), port(last)) {
            (Ok(first), Ok(last)) => (first, last),
            (Err(fault), _) | (_, Err(fault)) => return Err(fault),
        };
        match Self::new(first, last) {
            Some(ports) => Ok(ports),
            None => Err(PortsFault::Reversed),
        }
    }
}

#[inline]
const fn port(digits: &[u8]) -> Result<u16, PortsFault> {
    match decimal(digits) {
        None => Err(PortsFault::Form),
        Some(number) if number > u16::MAX as u64 => Err(PortsFault::TooLarge),
        Some(number) => Ok(number as u16),
    }
}

/// Why a text is refused as a port number or a span of port numbers.
///
/// ```
/// use port_registry::Ports;
/// use port_registry::error::ParsePortsErrorKind;
///
/// let kind = |text: &str| text.parse::<Ports>().unwrap_err().kind();
/// assert_eq!(kind("http"), ParsePortsErrorKind::Form);
/// assert_eq!(kind("99999"), ParsePortsErrorKind::TooLarge);
/// assert_eq!(kind("9-1"), ParsePortsErrorKind::Reversed);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PortsFault {
    /// The text is neither `N` nor `N-M`.
    Form,
    /// A number is above 65,535.
    TooLarge,
    /// The first number is above the last.
    Reversed,
}

impl PortsFault {
    /// What was found, in words that stand before the refused text.
    #[inline]
    pub(crate) const fn found(self) -> &'static str {
        match self {
            Self::Form => "invalid ports",
            Self::TooLarge => "port number above 65535 in",
            Self::Reversed => "reversed span",
        }
    }

    /// Returns what is accepted, in words that follow "expected".
    ///
    /// ```
    /// use port_registry::error::ParsePortsErrorKind;
    ///
    /// assert_eq!(ParsePortsErrorKind::TooLarge.expected(), "0 to 65535");
    /// ```
    #[must_use]
    #[inline]
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Form => "`N` or `N-M`, each from 0 to 65535",
            Self::TooLarge => "0 to 65535",
            Self::Reversed => "the lower port number first",
        }
    }
}

impl From<u16> for Ports {
    /// The same as [`Ports::one`].
    #[inline]
    fn from(port: u16) -> Self {
        Self::one(port)
    }
}

impl IntoIterator for Ports {
    type Item = u16;
    type IntoIter = RangeInclusive<u16>;

    /// The same as [`Ports::iter`].
    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Writes the span as the registry does: `443` or `6000-6063`.
impl fmt::Display for Ports {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `65535-65535` at most. It is padded as a whole, so that columns line up.
        let text = if self.first == self.last {
            StackText::<11>::format(format_args!("{}", self.first))
        } else {
            StackText::<11>::format(format_args!("{}-{}", self.first, self.last))
        };
        f.pad(text?.as_str())
    }
}

impl fmt::Debug for Ports {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ports({self})")
    }
}
