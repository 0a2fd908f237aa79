//! Sets of transport protocols.

use core::cmp::Ordering;
use core::fmt;
use core::iter::FusedIterator;
use core::ops::{BitOr, BitOrAssign};
use core::str::FromStr;

use crate::convert::{ParseProtocolError, try_from_str};
use crate::format::stack_text::StackText;
use crate::format::value::protocol::Protocol;

/// A set of transport protocols, for questions about several at once.
///
/// Made of one protocol, of an array or of any iterator of them, so that functions which take
/// `impl Into<Protocols>` can be given `Tcp`, `[Tcp, Udp]` or [`Protocols::ALL`].
///
/// Ordered as the lists of their protocols are, each in the order of [`Protocol::ALL`].
///
/// ```
/// use port_registry::{Protocols, Sctp, Tcp, Udp};
///
/// let common = Protocols::from([Udp, Tcp]);
/// assert!(common.contains(Tcp) && !common.contains(Sctp));
/// assert!(common.iter().eq([Tcp, Udp]));
/// assert_eq!(common.to_string(), "tcp,udp");
/// assert_eq!("udp, tcp".parse(), Ok(common));
/// assert_eq!(common | Sctp, Protocols::from([Tcp, Udp, Sctp]));
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
    /// assert!(Protocols::ALL.iter().eq(Protocol::ALL.iter().copied()));
    /// ```
    pub const ALL: Self = Self((1 << Protocol::COUNT) - 1);

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

    /// Returns the set without `protocol`.
    ///
    /// ```
    /// use port_registry::{Dccp, Protocols, Sctp, Tcp, Udp};
    ///
    /// assert_eq!(Protocols::ALL.without(Dccp), Protocols::from([Tcp, Udp, Sctp]));
    /// ```
    #[must_use]
    pub const fn without(self, protocol: Protocol) -> Self {
        Self(self.0 & !Self::one(protocol).0)
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
    pub const fn iter(self) -> ProtocolsIter {
        ProtocolsIter(self)
    }
}

/// The protocols in a set. See [`Protocols::iter`].
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct ProtocolsIter(
    /// Those that are still to come.
    Protocols,
);

impl ProtocolsIter {
    fn hand_out(&mut self, protocol: Protocol) -> Protocol {
        self.0 = self.0.without(protocol);
        protocol
    }
}

impl Iterator for ProtocolsIter {
    type Item = Protocol;

    fn next(&mut self) -> Option<Self::Item> {
        let mut all = Protocol::EACH.into_iter();
        let first = all.find(|&protocol| self.0.contains(protocol))?;
        Some(self.hand_out(first))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.len(), Some(self.0.len()))
    }
}

impl DoubleEndedIterator for ProtocolsIter {
    fn next_back(&mut self) -> Option<Self::Item> {
        let mut all = Protocol::EACH.into_iter();
        let last = all.rfind(|&protocol| self.0.contains(protocol))?;
        Some(self.hand_out(last))
    }
}

impl ExactSizeIterator for ProtocolsIter {}

impl FusedIterator for ProtocolsIter {}

/// Shows the items that are still to come.
impl fmt::Debug for ProtocolsIter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl IntoIterator for Protocols {
    type Item = Protocol;
    type IntoIter = ProtocolsIter;

    /// The same as [`Protocols::iter`].
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Ord for Protocols {
    fn cmp(&self, other: &Self) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

impl PartialOrd for Protocols {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<P: Into<Self>> BitOr<P> for Protocols {
    type Output = Self;

    /// Returns the set of what is in either set.
    fn bitor(self, other: P) -> Self {
        Self(self.0 | other.into().0)
    }
}

impl<P: Into<Self>> BitOrAssign<P> for Protocols {
    /// Puts what is in the other set into this one too.
    fn bitor_assign(&mut self, other: P) {
        *self = *self | other;
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

impl FromStr for Protocols {
    type Err = ParseProtocolError;

    /// Reads keywords with commas between, in any order: `tcp,udp`. ASCII case does not matter,
    /// nor does ASCII white space around a keyword, nor a keyword given twice. A text that is
    /// empty or all white space is the empty set.
    ///
    /// ```
    /// use port_registry::{Protocols, Tcp, Udp};
    ///
    /// assert_eq!("UDP, tcp".parse(), Ok(Protocols::from([Tcp, Udp])));
    /// assert_eq!("".parse(), Ok(Protocols::NONE));
    ///
    /// let error = "tcp,icmp".parse::<Protocols>().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "unknown transport protocol `icmp`, expected `tcp`, `udp`, `sctp` or `dccp`"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseProtocolError`] for the first keyword that is none, an empty one between or beside
    /// commas included.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim_ascii();
        if text.is_empty() {
            return Ok(Self::NONE);
        }
        let keywords = text.split(',').map(str::trim_ascii);
        keywords.map(Protocol::from_str).collect()
    }
}

try_from_str!(Protocols);

/// Writes the keywords in the order of [`Protocol::ALL`], commas between: `tcp,udp`; nothing for
/// the empty set.
impl fmt::Display for Protocols {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Padded as a whole, so that columns line up.
        let text = StackText::<LONGEST>::format(format_args!("{}", Keywords(*self)));
        f.pad(text?.as_str())
    }
}

/// The longest text of a set.
const LONGEST: usize = "tcp,udp,sctp,dccp".len();

/// The text of a set, not padded.
struct Keywords(Protocols);

impl fmt::Display for Keywords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, protocol) in self.0.iter().enumerate() {
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
