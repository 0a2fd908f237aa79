//! Transport protocols.

use core::fmt;

use crate::format::words::words;

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

words! {
    Protocol:
    /// Every transport protocol that the registry assigns ports for, in the order in which
    /// [RFC 6335, section 6](https://www.rfc-editor.org/rfc/rfc6335#section-6) names them.
    ///
    /// ```
    /// use port_registry::{Dccp, Protocol, Sctp, Tcp, Udp};
    ///
    /// assert_eq!(Protocol::ALL, [Tcp, Udp, Sctp, Dccp]);
    /// ```
    ALL;
    /// Returns the keyword of the registry's "Transport Protocol" column, in lower case.
    ///
    /// ```
    /// assert_eq!(port_registry::Tcp.as_str(), "tcp");
    /// ```
    fn as_str {
        Tcp => "tcp",
        Udp => "udp",
        Sctp => "sctp",
        Dccp => "dccp",
    }
}

impl Protocol {
    /// Returns the protocol number in the IP header, as IANA's "Protocol Numbers" registry
    /// assigns it.
    ///
    /// ```
    /// assert_eq!(port_registry::Sctp.number(), 132);
    /// ```
    #[cfg_attr(not(baked), allow(dead_code, reason = "for the library's users"))]
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
