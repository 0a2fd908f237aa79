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
//! These types have [`Serialize`](::serde::Serialize) and [`Deserialize`](::serde::Deserialize),
//! but [`Reference`] only the former, and no other types of this crate have either:
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
//! For `#[serde(with = "…")]` on a `u16`; each has a module `option` for an `Option<u16>`, such as
//! [`port::option`], where a field that may be left out needs `#[serde(default)]` too. All read a
//! number or a name; in binary formats, all write and read the number.
//!
//! | transport protocol | writes the number | writes the name |
//! |---|---|---|
//! | tcp | [`port`] | [`port_name`] |
//! | udp | [`port_udp`] | [`port_name_udp`] |
//! | sctp | [`port_sctp`] | [`port_name_sctp`] |
//! | dccp | [`port_dccp`] | [`port_name_dccp`] |
//!
//! Port 0 is read like any other, although it is Reserved: programs ask the system for a free
//! port by it. A name without a port number is refused here, and in a `SpecSet`; a [`Spec`] reads
//! it, and only [`Spec::resolve`] refuses it.
//!
//! # Services and records
//!
//! With [`service`], a [`Service`] is written as `"https/tcp"`, as people put it in
//! configurations. Without it, all columns are always there, under these names, `null` where the registry leaves one empty
//! (a format without a null leaves it out): `status`, `name`, `ports`, `protocol`,
//! `description`, `alias_of` (a name), `aliases` (names), `assignees`, `contacts`, `registered`,
//! `modified`, `references`, `service_code`, `unauthorized_use`, `note`. A contact has `id`,
//! `name`, `organization`, `uris`, `updated`; a reference `kind`, `text`, `url`, `number`,
//! `section`, `note`. So has each line that the example `export --format jsonl` prints; only
//! `ports` is there a map of `first` and `last`.
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
//! The row is found in the registry that is compiled in; nothing but what tells it from others
//! is read:
//!
//! - from the text `"https/tcp"`, what [`Service::from_str`](core::str::FromStr) reads;
//! - from a map with `name` and `protocol`, the same, and with `ports` the one on these ports.
//!   The protocol is needed if the name is registered for several. A key that is no column is
//!   refused;
//! - from a map that has a `description` too, as every row does that was written, the very row:
//!   without ports if the map has none, without a protocol if the map has none. Of rows that
//!   are equal in name, protocol and ports, the one with this description, else the first. (In
//!   IANA's registry of today, only two rows named `rdp` are so equal.) Rows without a service
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
//! In binary formats a row is written as its name, protocol and ports, and its description
//! where these are not enough. A program with the registry of another date reads the same row
//! as long as the registry has it.

#[cfg(doc)]
use crate::{
    AdmittedName, Contact, Date, PortRange, PortStatus, Ports, Protocol, Protocols, Record,
    Reference, Service, ServiceName, Spec, SrvLabel,
};

mod columns;
mod key;
mod port_number;
mod read;
mod rows;
mod service_text;
#[cfg(feature = "alloc")]
mod set;
mod text;
mod values;

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
    /// A TCP port: reads as [`port`] does, and writes the name of the service, or the number where
    /// no name leads back to it: where no service is assigned, where the name has another port
    /// first, and within a span.
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

/// A service as text: writes `"https/tcp"`, and the name alone of a service without a transport
/// protocol; reads it as [`FromStr`](core::str::FromStr) for [`Service`] does.
///
/// Some services share name and protocol with another that comes first. These are written as a
/// [`Service`] is by itself, a map of all columns; such a map is read too. So is in binary formats
/// what a [`Service`] is written as.
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
    /// Those of the deserializer, and with the message of the
    /// [`ParseServiceError`](crate::error::ParseServiceError) text that does not name a service.
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
        /// As [`deserialize`](super::deserialize) of a service.
        #[inline]
        pub fn deserialize<'de, D: Deserializer<'de>>(
            source: D,
        ) -> Result<Option<Service>, D::Error> {
            Option::deserialize(source)
        }
    }
}
