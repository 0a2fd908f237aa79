//! Sets of transport protocols.

use core::fmt;
use core::str::FromStr;

use crate::convert::{ParseProtocolError, try_from_str};
use crate::format::stack_text::StackText;
use crate::format::value::protocol::Protocol;
use crate::value_set::value_set;

value_set! {
    /// A set of transport protocols, for questions about several at once.
    ///
    /// A set is made from one protocol, an array or any iterator of protocols. A function that
    /// takes `impl Into<Protocols>` accepts `Tcp`, `[Tcp, Udp]` or [`Protocols::ALL`].
    ///
    /// Sets compare as the lists of their protocols do, each list in the order of
    /// [`Protocol::ALL`].
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
    /// assert_eq!(!common & [Tcp, Sctp], Sctp.into());
    /// assert_eq!(common - Tcp, Udp.into());
    /// ```
    Protocols(u8) of Protocol, ProtocolsIter, examples: Tcp, Udp
}

impl Protocols {
    /// The set of the protocols at the places of these bits.
    #[inline]
    pub(crate) const fn of_bits(bits: u8) -> Self {
        Self(bits & Self::ALL.0)
    }
}

impl FromStr for Protocols {
    type Err = ParseProtocolError;

    /// Reads keywords separated by commas, in any order: `tcp,udp`. ASCII case, ASCII white space
    /// around a keyword and repeated keywords make no difference. A text that is empty or all white
    /// space is the empty set.
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
    /// [`ParseProtocolError`] for the first item that is not a keyword. An empty item between or
    /// beside commas is refused too.
    #[inline]
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

/// Writes the keywords in the order of [`Protocol::ALL`], separated by commas: `tcp,udp`. The empty
/// set is written as an empty text.
impl fmt::Display for Protocols {
    #[inline]
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
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, protocol) in self.0.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { "," })?;
            f.write_str(protocol.as_str())?;
        }
        Ok(())
    }
}
