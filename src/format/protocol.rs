//! Transport protocols. Self-contained, for the build script reads the same words.

use core::fmt;
use core::str::FromStr;

use super::ascii::equal_ignoring_case;
use super::stack_text::Excerpt;

/// A transport protocol of the registry's "Transport Protocol" column.
///
/// The order of the variants, and so of [`Ord`], is that of [`Protocol::ALL`].
///
/// ```
/// use port_registry::{Protocol, Tcp};
///
/// assert_eq!("TCP".parse(), Ok(Tcp));
/// assert_eq!(Protocol::try_from(17), Ok(Protocol::Udp));
/// assert_eq!(Protocol::Sctp.to_string(), "sctp");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Protocol {
    /// Transmission Control Protocol, IP protocol number 6
    /// ([RFC 9293](https://www.rfc-editor.org/info/rfc9293)).
    Tcp,
    /// User Datagram Protocol, IP protocol number 17
    /// ([RFC 768](https://www.rfc-editor.org/info/rfc768)).
    Udp,
    /// Stream Control Transmission Protocol, IP protocol number 132
    /// ([RFC 9260](https://www.rfc-editor.org/info/rfc9260)).
    Sctp,
    /// Datagram Congestion Control Protocol, IP protocol number 33
    /// ([RFC 4340](https://www.rfc-editor.org/info/rfc4340)).
    Dccp,
}

impl Protocol {
    /// Every transport protocol that the registry assigns ports for, in the order in which
    /// [RFC 6335, section 6](https://www.rfc-editor.org/rfc/rfc6335#section-6) names them.
    ///
    /// ```
    /// use port_registry::{Dccp, Protocol, Sctp, Tcp, Udp};
    ///
    /// assert_eq!(Protocol::ALL, [Tcp, Udp, Sctp, Dccp]);
    /// ```
    pub const ALL: [Self; 4] = [Self::Tcp, Self::Udp, Self::Sctp, Self::Dccp];

    /// Returns the keyword of the registry's "Transport Protocol" column, in lower case.
    ///
    /// ```
    /// assert_eq!(port_registry::Tcp.as_str(), "tcp");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
            Self::Dccp => "dccp",
        }
    }

    /// The protocol of a keyword, ASCII case ignored.
    pub(crate) const fn of_keyword(keyword: &[u8]) -> Option<Self> {
        let mut index = 0;
        while index < Self::ALL.len() {
            let protocol = Self::ALL[index];
            if equal_ignoring_case(protocol.as_str().as_bytes(), keyword) {
                return Some(protocol);
            }
            index += 1;
        }
        None
    }

    /// What [`Protocol::from_str`] does, in constants too.
    pub(crate) const fn parse(text: &str) -> Result<Self, ParseProtocolError> {
        match Self::of_keyword(text.as_bytes()) {
            Some(protocol) => Ok(protocol),
            None => Err(ParseProtocolError {
                given: Excerpt::of(text),
            }),
        }
    }

    /// Returns the protocol number in the IP header, as IANA's "Protocol Numbers" registry
    /// assigns it.
    ///
    /// ```
    /// assert_eq!(port_registry::Sctp.number(), 132);
    /// ```
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Tcp => 6,
            Self::Udp => 17,
            Self::Sctp => 132,
            Self::Dccp => 33,
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Protocol {
    type Err = ParseProtocolError;

    /// Reads a keyword of the "Transport Protocol" column, ASCII case ignored.
    ///
    /// # Errors
    ///
    /// [`ParseProtocolError`] for any other text, one with spaces around the keyword included.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Protocol {
    type Error = ParseProtocolError;

    /// The same as [`Protocol::from_str`].
    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl TryFrom<u8> for Protocol {
    type Error = UnknownProtocolNumberError;

    /// Finds the transport protocol of an IP protocol number.
    ///
    /// # Errors
    ///
    /// [`UnknownProtocolNumberError`] for a number other than 6, 17, 33 and 132.
    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::ALL
            .into_iter()
            .find(|protocol| protocol.number() == number)
            .ok_or(UnknownProtocolNumberError { number })
    }
}

/// Text that is no transport protocol of the registry.
///
/// ```
/// let error = "icmp".parse::<port_registry::Protocol>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown transport protocol `icmp`, expected `tcp`, `udp`, `sctp` or `dccp`"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("unknown transport protocol `{given}`, expected `tcp`, `udp`, `sctp` or `dccp`")]
pub struct ParseProtocolError {
    given: Excerpt,
}

/// An IP protocol number that is none of the registry's transport protocols.
///
/// ```
/// let error = port_registry::Protocol::try_from(1).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown transport protocol number 1, expected 6 (tcp), 17 (udp), 132 (sctp) or 33 (dccp)"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "unknown transport protocol number {number}, expected 6 (tcp), 17 (udp), 132 (sctp) or 33 (dccp)"
)]
pub struct UnknownProtocolNumberError {
    number: u8,
}
