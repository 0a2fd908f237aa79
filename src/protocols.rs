//! Sets of transport protocols.

use core::fmt;

use crate::protocol::Protocol;

/// A set of transport protocols, for questions about several at once.
///
/// Made of one protocol, of an array or of any iterator of them, so that functions which take
/// `impl Into<Protocols>` can be given `Tcp`, `[Tcp, Udp]` or [`Protocols::ALL`].
///
/// ```
/// use port_registry::{Protocols, Sctp, Tcp, Udp};
///
/// let common = Protocols::from([Udp, Tcp]);
/// assert!(common.contains(Tcp) && !common.contains(Sctp));
/// assert!(common.iter().eq([Tcp, Udp]));
/// assert_eq!(common.to_string(), "tcp,udp");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Protocols(u8);

impl Protocols {
    /// The set of none.
    ///
    /// ```
    /// assert!(port_registry::Protocols::NONE.is_empty());
    /// ```
    pub const NONE: Self = Self(0);

    /// The set of every transport protocol of [`Protocol::ALL`].
    ///
    /// ```
    /// use port_registry::{Protocol, Protocols};
    ///
    /// assert!(Protocols::ALL.iter().eq(Protocol::ALL));
    /// ```
    pub const ALL: Self = Self((1 << Protocol::ALL.len()) - 1);

    /// Returns the set that holds `protocol` alone.
    ///
    /// ```
    /// use port_registry::{Protocols, Tcp};
    ///
    /// assert_eq!(Protocols::one(Tcp).len(), 1);
    /// ```
    #[must_use]
    pub const fn one(protocol: Protocol) -> Self {
        Self(1 << protocol as u8)
    }

    /// Returns the set with `protocol` in it too.
    ///
    /// ```
    /// use port_registry::{Protocols, Tcp, Udp};
    ///
    /// assert_eq!(Protocols::one(Tcp).with(Udp), Protocols::from([Tcp, Udp]));
    /// ```
    #[must_use]
    pub const fn with(self, protocol: Protocol) -> Self {
        Self(self.0 | Self::one(protocol).0)
    }

    /// Returns whether `protocol` is in the set.
    ///
    /// ```
    /// use port_registry::{Protocols, Tcp, Udp};
    ///
    /// assert!(!Protocols::one(Tcp).contains(Udp));
    /// ```
    #[must_use]
    pub const fn contains(self, protocol: Protocol) -> bool {
        self.0 & Self::one(protocol).0 != 0
    }

    /// Returns whether the set holds none.
    ///
    /// ```
    /// use port_registry::{Protocols, Tcp};
    ///
    /// assert!(!Protocols::one(Tcp).is_empty());
    /// ```
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns how many protocols are in the set.
    ///
    /// ```
    /// assert_eq!(port_registry::Protocols::ALL.len(), 4);
    /// ```
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Returns an iterator over the protocols in the set, in the order of [`Protocol::ALL`].
    ///
    /// ```
    /// use port_registry::{Dccp, Protocols, Tcp};
    ///
    /// assert!(Protocols::from([Dccp, Tcp]).iter().eq([Tcp, Dccp]));
    /// ```
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Protocol> + Clone {
        let all = Protocol::ALL.into_iter();
        all.filter(move |&protocol| self.contains(protocol))
    }
}

impl From<Protocol> for Protocols {
    fn from(protocol: Protocol) -> Self {
        Self::one(protocol)
    }
}

impl<const N: usize> From<[Protocol; N]> for Protocols {
    fn from(protocols: [Protocol; N]) -> Self {
        Self::from_iter(protocols)
    }
}

impl FromIterator<Protocol> for Protocols {
    fn from_iter<I: IntoIterator<Item = Protocol>>(protocols: I) -> Self {
        protocols.into_iter().fold(Self::NONE, Self::with)
    }
}

impl Extend<Protocol> for Protocols {
    fn extend<I: IntoIterator<Item = Protocol>>(&mut self, protocols: I) {
        *self = protocols.into_iter().fold(*self, Self::with);
    }
}

/// Writes the keywords in the order of [`Protocol::ALL`], commas between: `tcp,udp`.
impl fmt::Display for Protocols {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, protocol) in self.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { "," })?;
            f.write_str(protocol.as_str())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Protocols {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
