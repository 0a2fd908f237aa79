//! Transport protocols from their keywords and numbers.

use core::fmt;
use core::str::FromStr;

use super::try_from_str;
use crate::format::excerpt::Excerpt;
use crate::format::one_of::OneOf;
use crate::format::value::protocol::Protocol;

impl FromStr for Protocol {
    type Err = ParseProtocolError;

    /// Reads a keyword of the "Transport Protocol" column, ASCII case ignored.
    ///
    /// # Errors
    ///
    /// [`ParseProtocolError`] for any other text, even a keyword with spaces around it.
    #[inline]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text)
    }
}

impl Protocol {
    /// The same as [`Protocol::from_str`], but usable in constants.
    #[inline]
    pub(crate) const fn read(text: &str) -> Result<Self, ParseProtocolError> {
        match Self::of_word(text.as_bytes()) {
            Some(protocol) => Ok(protocol),
            None => Err(ParseProtocolError {
                given: Excerpt::of(text),
            }),
        }
    }
}

try_from_str!(Protocol);

impl TryFrom<u8> for Protocol {
    type Error = TryFromProtocolNumberError;

    /// The same as [`Protocol::from_number`], but with an error in place of `None`.
    ///
    /// # Errors
    ///
    /// [`TryFromProtocolNumberError`] for a number other than 6, 17, 33 and 132.
    #[inline]
    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::from_number(number).ok_or(TryFromProtocolNumberError { number })
    }
}

/// Text that is not a transport protocol of the registry.
///
/// ```
/// let error = "icmp".parse::<port_registry::Protocol>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown transport protocol `icmp`, expected `tcp`, `udp`, `sctp` or `dccp`"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("unknown transport protocol `{given}`, expected {}", OneOf(Protocol::ALL.iter()))]
pub struct ParseProtocolError {
    given: Excerpt,
}

/// The IP protocol number of a protocol that is not one of the registry's four.
///
/// ```
/// let error = port_registry::Protocol::try_from(1).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown transport protocol number 1, expected 6 (tcp), 17 (udp), 132 (sctp) or 33 (dccp)"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("unknown transport protocol number {number}, expected {}", Numbers)]
pub struct TryFromProtocolNumberError {
    number: u8,
}

/// The known numbers, written as "6 (tcp), 17 (udp), …".
struct Numbers;

impl fmt::Display for Numbers {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, protocol) in Protocol::EACH.into_iter().enumerate() {
            f.write_str(match place {
                0 => "",
                _ if place + 1 == Protocol::COUNT => " or ",
                _ => ", ",
            })?;
            write!(f, "{} ({protocol})", protocol.number())?;
        }
        Ok(())
    }
}
