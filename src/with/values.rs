//! Protocols, ports, ranges, states and dates.

use core::fmt;

use ::serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use ::serde::ser::{Serialize, SerializeSeq, Serializer};

use super::read;
use crate::format::stack_text::StackText;
use crate::format::value::date::Date;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::format::value::status::{PortRange, PortStatus};
use crate::protocols::Protocols;

/// Writes the keyword, such as `tcp`. In binary formats, writes the IP protocol number.
impl Serialize for Protocol {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(self.as_str())
        } else {
            serializer.serialize_u8(self.number())
        }
    }
}

/// Reads what is written. The case of a keyword is ignored.
impl<'de> Deserialize<'de> for Protocol {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            read::text(deserializer, "a transport protocol such as `tcp`")
        } else {
            Self::try_from(u8::deserialize(deserializer)?).map_err(D::Error::custom)
        }
    }
}

/// Writes a list, in the order of [`Protocol::ALL`].
impl Serialize for Protocols {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        self.iter()
            .try_for_each(|protocol| list.serialize_element(&protocol))?;
        list.end()
    }
}

/// Reads a list in any order, or text such as `tcp,udp`. In binary formats, reads only a list.
impl<'de> Deserialize<'de> for Protocols {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(ProtocolList)
        } else {
            deserializer.deserialize_seq(ProtocolList)
        }
    }
}

struct ProtocolList;

impl<'de> Visitor<'de> for ProtocolList {
    type Value = Protocols;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of transport protocols, or text such as `tcp,udp`")
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<Protocols, E> {
        text.parse().map_err(E::custom)
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Protocols, A::Error> {
        let mut protocols = Protocols::NONE;
        while let Some(protocol) = list.next_element()? {
            protocols = protocols.with(protocol);
        }
        Ok(protocols)
    }
}

/// Writes a number, or `N-M` for several ports. In binary formats, writes the first and the last.
impl Serialize for Ports {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            (self.first(), self.last()).serialize(serializer)
        } else if self.len() == 1 {
            serializer.serialize_u16(self.first())
        } else {
            serializer.collect_str(self)
        }
    }
}

/// Reads what is written, and also a number as text.
impl<'de> Deserialize<'de> for Ports {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return read::text_or_number(deserializer, "a port number, or a span `N-M`");
        }
        let (first, last) = <(u16, u16)>::deserialize(deserializer)?;
        // It is read as text, so that the errors are the same.
        let text = StackText::<11>::format(format_args!("{first}-{last}"));
        let text = text.map_err(D::Error::custom)?;
        text.as_str().parse().map_err(D::Error::custom)
    }
}

/// Writes the date as IANA does, `YYYY-MM-DD` or `YYYY-MM`.
impl Serialize for Date {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads what is written.
impl<'de> Deserialize<'de> for Date {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::text(deserializer, "a date `YYYY-MM` or `YYYY-MM-DD`")
    }
}

/// Serialises an enumeration as the word of its `as_str`, and reads what its `FromStr` does.
macro_rules! words {
    ($type:ident, $expected:literal) => {
        /// Writes the word of `as_str`.
        impl Serialize for $type {
            #[inline]
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        /// Reads what is written, without regard to ASCII case.
        impl<'de> Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read::text(deserializer, $expected)
            }
        }
    };
}

words!(PortRange, "a range of ports such as `system`");
words!(PortStatus, "the status of a port such as `assigned`");
