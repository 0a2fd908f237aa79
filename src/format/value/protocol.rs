//! Transport protocols.

use core::fmt;

use crate::format::words::words;

/// A transport protocol of the registry's "Transport Protocol" column.
///
/// The variants, and so [`Ord`], have the order of [`Protocol::ALL`].
///
/// ```
/// use port_registry::{Protocol, Tcp};
///
/// assert_eq!("TCP".parse(), Ok(Tcp));
/// assert_eq!(Protocol::from_number(17), Some(Protocol::Udp));
/// assert_eq!(Protocol::Sctp.to_string(), "sctp");
/// ```
///
/// # Protocols of other crates
///
/// All of them use the number in the IP header. [`Protocol::from_number`] takes this number and
/// [`Protocol::number`] returns it. `Tcp as u8` is a different number, the place in
/// [`Protocol::ALL`].
///
/// | crate | type | number of `Tcp`, `Udp`, `Sctp`, `Dccp` |
/// |---|---|---|
/// | pnet | `IpNextHeaderProtocol`, `IpNextHeaderProtocols::Tcp` … | 6, 17, 132, 33 |
/// | etherparse | `IpNumber`, `IpNumber::TCP` … | 6, 17, 132, 33 |
/// | socket2 | `Protocol`, `Protocol::TCP` … | 6, 17, 132, 33 |
///
/// ```text
/// // pnet
/// let protocol = port_registry::Protocol::from_number(packet.get_next_level_protocol().0);
/// let theirs = pnet::packet::ip::IpNextHeaderProtocol(protocol.number());
///
/// // etherparse
/// let protocol = port_registry::Protocol::from_number(ip_number.0);
/// let theirs = etherparse::IpNumber(protocol.number());
///
/// // socket2
/// let protocol = u8::try_from(i32::from(theirs)).ok().and_then(port_registry::Protocol::from_number);
/// let theirs = socket2::Protocol::from(i32::from(protocol.number()));
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
    #[inline]
    fn as_str {
        Tcp => "tcp",
        Udp => "udp",
        Sctp => "sctp",
        Dccp => "dccp",
    }
}

impl Protocol {
    /// Returns the transport protocol with this keyword of the registry's "Transport Protocol"
    /// column, or `None` for any other text. ASCII case is ignored. This is
    /// [`FromStr`](#impl-FromStr-for-Protocol) without an error, and it works in constants too.
    ///
    /// ```
    /// use port_registry::{Protocol, Udp};
    ///
    /// const TRANSPORT: Option<Protocol> = Protocol::from_keyword("UDP");
    /// assert_eq!(TRANSPORT, Some(Udp));
    /// assert_eq!(Protocol::from_keyword("icmp"), None);
    /// ```
    #[cfg_attr(not(baked), allow(dead_code, reason = "for the library's users"))]
    #[must_use]
    #[inline]
    pub const fn from_keyword(keyword: &str) -> Option<Self> {
        Self::of_word(keyword.as_bytes())
    }

    /// Returns the transport protocol with this number in the IP header, as IANA's [Protocol
    /// Numbers](https://www.iana.org/assignments/protocol-numbers) registry assigns it, or `None`
    /// for a number other than 6, 17, 33 and 132.
    ///
    /// ```
    /// use port_registry::{Protocol, Tcp};
    ///
    /// const TRANSPORT: Option<Protocol> = Protocol::from_number(6);
    /// assert_eq!(TRANSPORT, Some(Tcp));
    /// assert_eq!(Protocol::from_number(1), None); // ICMP
    /// ```
    #[cfg_attr(not(baked), allow(dead_code, reason = "for the library's users"))]
    #[must_use]
    #[inline]
    pub const fn from_number(number: u8) -> Option<Self> {
        let mut index = 0;
        while index < Self::COUNT {
            let protocol = Self::EACH[index];
            if protocol.number() == number {
                return Some(protocol);
            }
            index += 1;
        }
        None
    }

    /// Returns the protocol number in the IP header, as IANA's
    /// [Protocol Numbers](https://www.iana.org/assignments/protocol-numbers) registry assigns it.
    /// (`Sctp as u8` is a different number, the place in [`Protocol::ALL`].)
    ///
    /// ```
    /// assert_eq!(port_registry::Sctp.number(), 132);
    /// ```
    #[cfg_attr(not(baked), allow(dead_code, reason = "for the library's users"))]
    #[must_use]
    #[inline]
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
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
