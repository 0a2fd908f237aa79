//! Serialisation with the crate [`serde`](https://docs.rs/serde), for `#[serde(with = "…")]`:
//! the feature `serde`.
//!
//! ```
//! use port_registry::{Protocol, Service};
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct Config {
//!     #[serde(with = "port_registry::with::port")]
//!     listen: u16,
//!     transport: Protocol,
//!     #[serde(with = "port_registry::with::service")]
//!     upstream: Service,
//!     #[serde(default, with = "port_registry::with::port_udp::option")]
//!     time: Option<u16>,
//! }
//!
//! let text = r#"{"listen": "http-alt", "transport": "tcp", "upstream": "postgresql/tcp"}"#;
//! let config: Config = serde_json::from_str(text).unwrap();
//! assert_eq!((config.listen, config.time), (8080, None));
//! assert_eq!(config.upstream.port(), Some(5432));
//!
//! let wrong = text.replace("http-alt", "htps");
//! let error = serde_json::from_str::<Config>(&wrong).err().unwrap();
//! assert!(error.to_string().contains("did you mean `https`"));
//! ```
//!
//! `use port_registry::*` leaves the name `serde` to the crate:
//!
//! ```
//! use port_registry::*;
//! use serde::Deserialize;
//! # #[derive(Deserialize)]
//! # struct Config(Protocol);
//! ```
//!
//! The following types have [`Serialize`](::serde::Serialize) and
//! [`Deserialize`](::serde::Deserialize), except that [`Reference`] has only the former. All other
//! types of this crate have neither.
//!
//! | type | in JSON, TOML, YAML … | in binary formats, where different |
//! |---|---|---|
//! | [`Protocol`] | `"tcp"`, ASCII case ignored | the IP protocol number |
//! | [`Protocols`] | a list of them; reads `"tcp,udp"` too | a list of them |
//! | [`Ports`] | `443`, `"6000-6063"`; reads `"443"` too | first and last port |
//! | [`PortRange`], [`PortStatus`] | the word of `as_str`, such as `"user"`, `"assigned"` | |
//! | [`Date`] | `"2015-04-23"`, `"2015-04"` | |
//! | [`ServiceName`], [`AdmittedName`] | its text | |
//! | [`SrvLabel`] | `"_https._tcp"`; reads a domain after it too, and leaves it out | |
//! | [`Spec`] | `"https/tcp"`, `443`; reads whatever [`Spec::new`] does | its text |
//! | `SpecSet` (needs the feature `alloc` too) | `"22,80,443/udp"`, `443`; reads lists too, `[22, "https/udp"]` | its text |
//! | [`Service`], [`Record`] | a map of all columns; reads less, see below | what tells the row from all others |
//! | [`Contact`] | a map; reads the id too, `"Jon_Postel"` | the id |
//! | [`Reference`] | a map, which cannot be read back | |
//!
//! # Ports
//!
//! These modules are for `#[serde(with = "…")]` on a `u16`. Each has a module `option` for an
//! `Option<u16>`, such as [`port::option`]. A field that may be left out needs `#[serde(default)]`
//! too. All of them read a number or a name. In binary formats, all of them write and read the
//! number.
//!
//! | transport protocol | writes the number | writes the name |
//! |---|---|---|
//! | tcp | [`port`] | [`port_name`] |
//! | udp | [`port_udp`] | [`port_name_udp`] |
//! | sctp | [`port_sctp`] | [`port_name_sctp`] |
//! | dccp | [`port_dccp`] | [`port_name_dccp`] |
//!
//! Port 0 is read like any other, although it is Reserved, because programs use it to ask the
//! system for a free port. A name without a port number is refused here and in a `SpecSet`. A
//! [`Spec`] reads it, and only [`Spec::resolve`] refuses it.
//!
//! # Other names
//!
//! All of these read and write the registry's names. The common names and names of one's own are
//! chosen by a type, `with = "port_registry::with::port::In::<Common>"`: see [`NamesInForce`]. The
//! modules of ports and their `option` have such an `In`, and so has `spec_set`. Names that are
//! known only at run time are read with a [`PortSeed`] or a `SpecSetSeed`.
//!
//! ```
//! use port_registry::SpecSet;
//! use port_registry::with::Common;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize)]
//! struct Config {
//!     #[serde(with = "port_registry::with::port_name::In::<Common>")]
//!     broker: u16,
//!     #[serde(with = "port_registry::with::spec_set::In::<Common>")]
//!     open: SpecSet,
//! }
//!
//! let text = r#"{"broker":"kafka","open":"3389/tcp,51820/udp"}"#;
//! let config: Config = serde_json::from_str(&text.replace("51820/udp", "wireguard")).unwrap();
//! assert_eq!(config.broker, 9092);
//! assert_eq!(serde_json::to_string(&config).unwrap(), text);
//! ```
//!
//! # Services and records
//!
//! With [`service`], a [`Service`] is written as `"https/tcp"`, as people put it in configurations.
//! Without it, all columns are written, with `null` where the registry leaves one empty (a format
//! without a null leaves it out). The columns of a row are `status`, `name`, `ports`, `protocol`,
//! `description`, `alias_of` (a name), `aliases` (names), `assignees`, `contacts`, `registered`,
//! `modified`, `references`, `service_code`, `unauthorized_use` and `note`. A contact has `id`,
//! `name`, `organization`, `uris` and `updated`. A reference has `kind`, `text`, `url`, `number`,
//! `section` and `note`. The example `export --format jsonl` prints lines with the same fields,
//! except that its `ports` is a map of `first` and `last`.
//!
//! ```
//! use port_registry::{Service, Tcp, service_by_name};
//!
//! let https = service_by_name("https", Tcp).unwrap();
//! let json = serde_json::to_value(https).unwrap();
//! assert_eq!(json["name"], "https");
//! assert_eq!(json["ports"], 443);
//! assert_eq!(json["references"][0]["text"], "RFC9110");
//! assert_eq!(serde_json::from_value::<Service>(json).unwrap(), https);
//! ```
//!
//! The row is found in the registry that is compiled in. Only what identifies the row is read:
//!
//! - from the text `"https/tcp"`: what [`Service::from_str`](core::str::FromStr) reads;
//! - from a map with `name` and `protocol`: the same, and if it also has `ports`, the service on
//!   these ports. The protocol is needed if the name is registered for several. A key that is not a
//!   column is refused;
//! - from a map that also has a `description`, as every written row has: exactly that row. If the
//!   map has no ports or no protocol, the row has none either. If several rows are equal in name,
//!   protocol and ports, it is the one with this description, or else the first. (In IANA's
//!   registry of today, only two rows named `rdp` are equal in this way.) Rows without a service
//!   name are read as a [`Record`] from such a map.
//!
//! ```
//! use port_registry::{Service, Tcp, Udp, service_by_name};
//!
//! let read = |json| serde_json::from_str::<Service>(json).ok();
//! assert_eq!(read(r#""https/tcp""#), service_by_name("https", Tcp));
//! assert_eq!(read(r#"{"name": "domain", "protocol": "udp"}"#), service_by_name("domain", Udp));
//! let other = read(r#"{"name": "http-alt", "protocol": "tcp", "ports": 8008}"#);
//! assert_eq!(other.unwrap().port(), Some(8008));
//! ```
//!
//! In binary formats a row is written as its name, protocol and ports, with its description if
//! these are not enough. A program with the registry of another date reads the same row if its
//! registry has it.

#[cfg(doc)]
use crate::{
    AdmittedName, Contact, Date, PortRange, PortStatus, Ports, Protocol, Protocols, Record,
    Reference, Service, ServiceName, Spec, SrvLabel,
};

mod by_names;
mod columns;
mod in_force;
mod key;
mod port_number;
mod read;
mod rows;
mod service_text;
#[cfg(feature = "alloc")]
mod set;
mod text;
mod values;

#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use in_force::SpecSetSeed;
pub use in_force::{Common, NamesInForce, PortSeed};
use port_number::with_module;

with_module! {
    /// A TCP port: reads `443`, `"443"`, `"443/tcp"`, `"https"` or `"https/tcp"`, and writes the
    /// number. A service with several ports stands for the first of them.
    ///
    /// Whatever else [`Spec`] reads is refused: several ports, another protocol, a service without
    /// port numbers.
    port, Protocol::Tcp, Form::Number, "\"https\"" => "443"
}

with_module! {
    /// A TCP port. It is read as [`port`] reads it, and written as the name of the service, or as
    /// the number if no name leads back to it. That is so where no service is assigned, where the
    /// name's first port is another one, and within a span.
    port_name, Protocol::Tcp, Form::Name, "443" => "\"https\""
}

with_module! {
    /// Like [`port`], for UDP.
    port_udp, Protocol::Udp, Form::Number, "\"ntp\"" => "123"
}

with_module! {
    /// Like [`port_name`], for UDP.
    port_name_udp, Protocol::Udp, Form::Name, "123" => "\"ntp\""
}

with_module! {
    /// Like [`port`], for SCTP.
    port_sctp, Protocol::Sctp, Form::Number, "\"diameter\"" => "3868"
}

with_module! {
    /// Like [`port_name`], for SCTP.
    port_name_sctp, Protocol::Sctp, Form::Name, "3868" => "\"diameter\""
}

with_module! {
    /// Like [`port`], for DCCP.
    port_dccp, Protocol::Dccp, Form::Number, "\"discard\"" => "9"
}

with_module! {
    /// Like [`port_name`], for DCCP.
    port_name_dccp, Protocol::Dccp, Form::Name, "9" => "\"discard\""
}

/// A service as text. It is written as `"https/tcp"`, or as the name alone if it has no transport
/// protocol, and read as [`FromStr`](core::str::FromStr) for [`Service`] reads it.
///
/// Some services share name and protocol with another service that comes first. These are written
/// as a [`Service`] is without this module, as a map of all columns, and such a map is read too. In
/// binary formats, the module also reads what a [`Service`] is written as.
///
/// ```
/// use port_registry::Service;
/// # use serde::{Deserialize, Serialize};
/// #[derive(Serialize, Deserialize)]
/// struct Config {
///     #[serde(with = "port_registry::with::service")]
///     upstream: Service,
/// }
///
/// let text = r#"{"upstream":"postgresql/tcp"}"#;
/// let config: Config = serde_json::from_str(text).unwrap();
/// assert_eq!(config.upstream.port(), Some(5432));
/// assert_eq!(serde_json::to_string(&config).unwrap(), text);
/// ```
pub mod service {
    use ::serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::service_text::AsText;
    use crate::service::Service;

    /// Writes the service.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    #[inline]
    pub fn serialize<S: Serializer>(service: &Service, serializer: S) -> Result<S::Ok, S::Error> {
        AsText(*service).serialize(serializer)
    }

    /// Reads the service.
    ///
    /// # Errors
    ///
    /// Those of the deserializer. Text that does not name a service gives an error with the message
    /// of [`ParseServiceError`](crate::error::ParseServiceError).
    #[inline]
    pub fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Service, D::Error> {
        Service::deserialize(source)
    }

    /// The same for an `Option<Service>`. A field that may be left out needs `#[serde(default)]`
    /// too.
    ///
    /// ```
    /// use port_registry::Service;
    /// # use serde::{Deserialize, Serialize};
    /// #[derive(Serialize, Deserialize)]
    /// struct Config {
    ///     #[serde(default, with = "port_registry::with::service::option")]
    ///     upstream: Option<Service>,
    /// }
    ///
    /// let config: Config = serde_json::from_str(r#"{"upstream":"https/tcp"}"#).unwrap();
    /// assert_eq!(config.upstream.unwrap().port(), Some(443));
    /// let config: Config = serde_json::from_str("{}").unwrap();
    /// assert_eq!(serde_json::to_string(&config).unwrap(), r#"{"upstream":null}"#);
    /// ```
    pub mod option {
        use ::serde::{Deserialize, Deserializer, Serialize, Serializer};

        use crate::service::Service;
        use crate::with::service_text::AsText;

        /// Writes the service, or none.
        ///
        /// # Errors
        ///
        /// Those of the serializer.
        #[inline]
        pub fn serialize<S: Serializer>(
            service: &Option<Service>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            service.map(AsText).serialize(serializer)
        }

        /// Reads the service, or none.
        ///
        /// # Errors
        ///
        /// Those of [`deserialize`](super::deserialize) of a service.
        #[inline]
        pub fn deserialize<'de, D: Deserializer<'de>>(
            source: D,
        ) -> Result<Option<Service>, D::Error> {
            Option::deserialize(source)
        }
    }
}

/// A [`SpecSet`](crate::SpecSet) by other names than the registry's. (By the registry's names, a set
/// needs no `with`.)
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub mod spec_set {
    use core::marker::PhantomData;

    use ::serde::{Deserializer, Serialize, Serializer};

    use super::NamesInForce;
    use super::set::read_set;
    use crate::spec::SpecSet;

    /// A set by these names, for
    /// `#[serde(with = "port_registry::with::spec_set::In::<Common>")]`. See [`NamesInForce`].
    ///
    /// ```
    /// use port_registry::SpecSet;
    /// use port_registry::with::Common;
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Config {
    ///     #[serde(with = "port_registry::with::spec_set::In::<Common>")]
    ///     open: SpecSet,
    /// }
    ///
    /// let config: Config = serde_json::from_str(r#"{"open": [22, "rdp/tcp"]}"#).unwrap();
    /// assert_eq!(config.open.to_string(), "22,3389/tcp");
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct In<N>(PhantomData<N>);

    impl<N: NamesInForce> In<N> {
        /// Writes the set, by its port numbers.
        ///
        /// # Errors
        ///
        /// Those of the serializer.
        #[inline]
        pub fn serialize<S: Serializer>(set: &SpecSet, serializer: S) -> Result<S::Ok, S::Error> {
            set.serialize(serializer)
        }

        /// Reads the set.
        ///
        /// # Errors
        ///
        /// Those of the deserializer. What is not a set gives an error with the message of
        /// [`Names::explain_set`](crate::Names::explain_set).
        #[inline]
        pub fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<SpecSet, D::Error> {
            read_set(N::NAMES, source)
        }
    }

    /// The same for an `Option<SpecSet>`. A field that may be left out needs `#[serde(default)]` too.
    pub mod option {
        use core::marker::PhantomData;

        use ::serde::{Deserializer, Serialize, Serializer};

        use crate::spec::SpecSet;
        use crate::with::NamesInForce;
        use crate::with::set::read_option;

        /// A set by these names, or none. See [`NamesInForce`].
        ///
        /// ```
        /// use port_registry::SpecSet;
        /// use port_registry::with::Common;
        /// use serde::Deserialize;
        ///
        /// #[derive(Deserialize)]
        /// struct Config {
        ///     #[serde(default, with = "port_registry::with::spec_set::option::In::<Common>")]
        ///     open: Option<SpecSet>,
        /// }
        ///
        /// let config: Config = serde_json::from_str(r#"{"open": "rdp/tcp"}"#).unwrap();
        /// assert_eq!(config.open.unwrap().to_string(), "3389/tcp");
        /// let config: Config = serde_json::from_str("{}").unwrap();
        /// assert_eq!(config.open, None);
        /// ```
        #[derive(Clone, Copy, Debug)]
        pub struct In<N>(PhantomData<N>);

        impl<N: NamesInForce> In<N> {
            /// Writes the set, by its port numbers, or none.
            ///
            /// # Errors
            ///
            /// Those of the serializer.
            #[inline]
            pub fn serialize<S: Serializer>(
                set: &Option<SpecSet>,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                set.serialize(serializer)
            }

            /// Reads the set, or none.
            ///
            /// # Errors
            ///
            /// Those of the deserializer. What is not a set gives an error with the message of
            /// [`Names::explain_set`](crate::Names::explain_set).
            #[inline]
            pub fn deserialize<'de, D: Deserializer<'de>>(
                source: D,
            ) -> Result<Option<SpecSet>, D::Error> {
                read_option(N::NAMES, source)
            }
        }
    }
}
