//! Ports and sets by other names than the registry's: by a type, or by a seed.

use ::serde::de::{DeserializeSeed, Deserializer};

use super::port_number;
use crate::format::value::protocol::Protocol;
use crate::names::{COMMON, Names};
#[cfg(feature = "alloc")]
use crate::spec::SpecSet;

/// [Names](Names) as a type, for `#[serde(with = "…::In::<Type>")]`. [`Common`] stands for the
/// common names; a program gives names of its own a type of its own:
///
/// ```
/// use port_registry::with::{Common, NamesInForce};
/// use port_registry::{COMMON, Names, Table, table};
/// use serde::Deserialize;
///
/// static OWN: Table = table![9443/tcp "admin"];
///
/// enum Ours {}
///
/// impl NamesInForce for Ours {
///     const NAMES: Names<'static> = COMMON.with(&OWN);
/// }
///
/// #[derive(Deserialize)]
/// struct Config {
///     #[serde(with = "port_registry::with::port::In::<Ours>")]
///     listen: u16,
///     #[serde(with = "port_registry::with::port::In::<Common>")]
///     broker: u16,
/// }
///
/// let config: Config = serde_json::from_str(r#"{"listen": "admin", "broker": "kafka"}"#).unwrap();
/// assert_eq!((config.listen, config.broker), (9443, 9092));
/// ```
///
/// Names that are known only at run time, such as those of an `Overlay`, are read with a
/// [`PortSeed`] or a `SpecSetSeed`.
pub trait NamesInForce {
    /// The names.
    const NAMES: Names<'static>;
}

/// The common names, [`COMMON`], as a type. See [`NamesInForce`].
///
/// ```
/// use port_registry::with::{Common, NamesInForce};
/// use port_registry::Tcp;
///
/// assert_eq!(Common::NAMES.name(3128, Tcp), Some("squid"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Common {}

impl NamesInForce for Common {
    const NAMES: Names<'static> = COMMON;
}

/// Reads a port by names that are known only at run time, where a value is read with a seed
/// ([`DeserializeSeed`]). It reads what [`port`](super::port) reads; a name may be any of these
/// names.
///
/// ```
/// use port_registry::with::PortSeed;
/// use port_registry::{COMMON, Overlay, Tcp};
/// use serde::de::DeserializeSeed;
///
/// let overlay = Overlay::from_services("admin 9443/tcp").unwrap();
/// let table = overlay.table();
/// let seed = PortSeed::new(COMMON.with(&table), Tcp);
/// let mut json = serde_json::Deserializer::from_str(r#""admin""#);
/// assert_eq!(seed.deserialize(&mut json).unwrap(), 9443);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PortSeed<'a> {
    names: Names<'a>,
    protocol: Protocol,
}

impl<'a> PortSeed<'a> {
    /// Returns the seed that reads a port on a transport protocol by these names.
    ///
    /// ```
    /// use port_registry::with::PortSeed;
    /// use port_registry::{COMMON, Udp};
    /// use serde::de::DeserializeSeed;
    ///
    /// let seed = PortSeed::new(COMMON, Udp);
    /// let mut json = serde_json::Deserializer::from_str(r#""wireguard""#);
    /// assert_eq!(seed.deserialize(&mut json).unwrap(), 51820);
    /// ```
    #[must_use]
    #[inline]
    pub const fn new(names: Names<'a>, protocol: Protocol) -> Self {
        Self { names, protocol }
    }
}

impl<'de> DeserializeSeed<'de> for PortSeed<'_> {
    type Value = u16;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<u16, D::Error> {
        port_number::read(self.protocol, self.names, source)
    }
}

/// Reads a [`SpecSet`] by names that are known only at run time, where a value is read with a seed
/// ([`DeserializeSeed`]). It reads what a [`SpecSet`] is read from; a name may be any of these
/// names.
///
/// ```
/// use port_registry::with::SpecSetSeed;
/// use port_registry::{COMMON, Overlay};
/// use serde::de::DeserializeSeed;
///
/// let overlay = Overlay::from_services("admin 9443/tcp").unwrap();
/// let table = overlay.table();
/// let seed = SpecSetSeed::new(COMMON.with(&table));
/// let mut json = serde_json::Deserializer::from_str(r#"["admin", "kafka/tcp"]"#);
/// assert_eq!(seed.deserialize(&mut json).unwrap().to_string(), "9092/tcp,9443/tcp");
/// ```
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
#[derive(Clone, Copy, Debug)]
pub struct SpecSetSeed<'a>(Names<'a>);

#[cfg(feature = "alloc")]
impl<'a> SpecSetSeed<'a> {
    /// Returns the seed that reads a set by these names.
    ///
    /// ```
    /// use port_registry::with::SpecSetSeed;
    /// use port_registry::COMMON;
    /// use serde::de::DeserializeSeed;
    ///
    /// let mut json = serde_json::Deserializer::from_str("\"rdp/tcp\"");
    /// let set = SpecSetSeed::new(COMMON).deserialize(&mut json).unwrap();
    /// assert_eq!(set.to_string(), "3389/tcp");
    /// ```
    #[must_use]
    #[inline]
    pub const fn new(names: Names<'a>) -> Self {
        Self(names)
    }
}

#[cfg(feature = "alloc")]
impl<'de> DeserializeSeed<'de> for SpecSetSeed<'_> {
    type Value = SpecSet;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<SpecSet, D::Error> {
        super::set::read_set(self.0, source)
    }
}
