//! Port numbers by name, for `#[serde(with = "…")]` on a `u16` or an `Option<u16>`.

use core::fmt;

use ::serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use ::serde::ser::{Serialize, Serializer};

use super::by_names::{ByNames, Expected};
use super::read::digits;
use crate::format::value::protocol::Protocol;

/// How a port number is written.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Number,
    Name,
}

#[inline]
pub(super) fn write<S: Serializer>(
    number: u16,
    protocol: Protocol,
    form: Form,
    names: impl ByNames,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let name = match form {
        Form::Name if serializer.is_human_readable() => names.leading_name(number, protocol),
        Form::Name | Form::Number => None,
    };
    match name {
        Some(name) => serializer.serialize_str(name),
        None => serializer.serialize_u16(number),
    }
}

#[inline]
pub(super) fn write_option<S: Serializer>(
    number: Option<u16>,
    protocol: Protocol,
    form: Form,
    names: impl ByNames,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    struct Port<N>(u16, Protocol, Form, N);

    impl<N: ByNames> Serialize for Port<N> {
        #[inline]
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            write(self.0, self.1, self.2, self.3, serializer)
        }
    }

    let port = number.map(|number| Port(number, protocol, form, names));
    port.serialize(serializer)
}

#[inline]
pub(super) fn read<'de, D: Deserializer<'de>>(
    protocol: Protocol,
    names: impl ByNames,
    source: D,
) -> Result<u16, D::Error> {
    if !source.is_human_readable() {
        return u16::deserialize(source);
    }
    source.deserialize_any(OnePort(protocol, names))
}

#[inline]
pub(super) fn read_option<'de, D: Deserializer<'de>>(
    protocol: Protocol,
    names: impl ByNames,
    source: D,
) -> Result<Option<u16>, D::Error> {
    source.deserialize_option(PortOrNone(protocol, names))
}

struct OnePort<N>(Protocol, N);

impl<N: ByNames> OnePort<N> {
    #[inline]
    fn read<E: Error>(self, text: &str, found: Unexpected<'_>) -> Result<u16, E> {
        let Self(protocol, names) = self;
        names.port(text, protocol).map_err(|failure| match failure {
            None => E::invalid_value(found, &self),
            Some(failure) => E::custom(failure),
        })
    }
}

impl<N: ByNames> Visitor<'_> for OnePort<N> {
    type Value = u16;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Expected(self.0))
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<u16, E> {
        self.read(text, Unexpected::Str(text))
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Result<u16, E> {
        self.read(digits(number)?.as_str(), Unexpected::Unsigned(number))
    }

    #[inline]
    fn visit_i64<E: Error>(self, number: i64) -> Result<u16, E> {
        self.read(digits(number)?.as_str(), Unexpected::Signed(number))
    }
}

struct PortOrNone<N>(Protocol, N);

impl<'de, N: ByNames> Visitor<'de> for PortOrNone<N> {
    type Value = Option<u16>;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, or none", Expected(self.0))
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<Option<u16>, E> {
        Ok(None)
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<Option<u16>, E> {
        Ok(None)
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Option<u16>, D::Error> {
        read(self.0, self.1, source).map(Some)
    }
}

/// Declares a module for `#[serde(with = "…")]`: its summary, then how its example reads a port
/// number, and how it writes the same.
macro_rules! with_module {
    (
        $(#[$summary:meta])*
        $module:ident, Protocol::$protocol:ident, Form::$form:ident, $read:literal => $written:literal
    ) => {
        $(#[$summary])*
        ///
        /// ```
        /// # use serde::{Deserialize, Serialize};
        /// #[derive(Serialize, Deserialize)]
        /// struct Config {
        #[doc = concat!("    #[serde(with = \"port_registry::with::", stringify!($module), "\")]")]
        ///     port: u16,
        /// }
        ///
        #[doc = concat!("let config: Config = serde_json::from_str(r#\"{\"port\":", $read, "}\"#).unwrap();")]
        #[doc = concat!("let written = r#\"{\"port\":", $written, "}\"#;")]
        /// assert_eq!(serde_json::to_string(&config).unwrap(), written);
        /// ```
        pub mod $module {
            use ::serde::{Deserializer, Serializer};

            use core::marker::PhantomData;

            use crate::format::value::protocol::Protocol;
            use crate::with::NamesInForce;
            use crate::with::by_names::Registered;
            use crate::with::port_number::{self, Form};

            /// The same by other names than the registry's. See [`NamesInForce`].
            ///
            /// ```
            /// use port_registry::with::Common;
            /// # use serde::{Deserialize, Serialize};
            /// #[derive(Serialize, Deserialize)]
            /// struct Config {
            #[doc = concat!("    #[serde(with = \"port_registry::with::", stringify!($module), "::In::<Common>\")]")]
            ///     port: u16,
            /// }
            ///
            #[doc = concat!("let config: Config = serde_json::from_str(r#\"{\"port\":", $read, "}\"#).unwrap();")]
            #[doc = concat!("let written = r#\"{\"port\":", $written, "}\"#;")]
            /// assert_eq!(serde_json::to_string(&config).unwrap(), written);
            /// ```
            #[derive(Clone, Copy, Debug)]
            pub struct In<N>(PhantomData<N>);

            impl<N: NamesInForce> In<N> {
                /// Writes the port number.
                ///
                /// # Errors
                ///
                /// Those of the serializer.
                #[inline]
                pub fn serialize<S: Serializer>(port: &u16, serializer: S) -> Result<S::Ok, S::Error> {
                    let (protocol, form) = (Protocol::$protocol, Form::$form);
                    port_number::write(*port, protocol, form, N::NAMES, serializer)
                }

                /// Reads the port number.
                ///
                /// # Errors
                ///
                /// Those of the deserializer. What is not a port on the transport protocol gives
                /// an error with the message of [`Names::explain`](crate::Names::explain).
                #[inline]
                pub fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<u16, D::Error> {
                    port_number::read(Protocol::$protocol, N::NAMES, source)
                }
            }

            /// Writes the port number.
            ///
            /// # Errors
            ///
            /// Those of the serializer.
            #[inline]
            pub fn serialize<S: Serializer>(port: &u16, serializer: S) -> Result<S::Ok, S::Error> {
                port_number::write(*port, Protocol::$protocol, Form::$form, Registered, serializer)
            }

            /// Reads the port number.
            ///
            /// # Errors
            ///
            /// Those of the deserializer. What is not a port on the transport protocol gives an
            /// error with the message of [`ParseSpecError`](crate::error::ParseSpecError).
            #[inline]
            pub fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<u16, D::Error> {
                port_number::read(Protocol::$protocol, Registered, source)
            }

            /// The same for an `Option<u16>`. A field that may be left out needs
            /// `#[serde(default)]` too.
            ///
            /// ```
            /// # use serde::{Deserialize, Serialize};
            /// #[derive(Serialize, Deserialize)]
            /// struct Config {
            #[doc = concat!("    #[serde(default, with = \"port_registry::with::", stringify!($module), "::option\")]")]
            ///     port: Option<u16>,
            /// }
            ///
            #[doc = concat!("let config: Config = serde_json::from_str(r#\"{\"port\":", $read, "}\"#).unwrap();")]
            /// assert!(config.port.is_some());
            /// let config: Config = serde_json::from_str("{}").unwrap();
            /// assert_eq!(serde_json::to_string(&config).unwrap(), r#"{"port":null}"#);
            /// ```
            pub mod option {
                use ::serde::{Deserializer, Serializer};

                use core::marker::PhantomData;

                use crate::format::value::protocol::Protocol;
                use crate::with::NamesInForce;
                use crate::with::by_names::Registered;
                use crate::with::port_number::{self, Form};

                /// The same by other names than the registry's. See [`NamesInForce`].
                ///
                /// ```
                /// use port_registry::with::Common;
                /// # use serde::{Deserialize, Serialize};
                /// #[derive(Serialize, Deserialize)]
                /// struct Config {
                #[doc = concat!("    #[serde(default, with = \"port_registry::with::", stringify!($module), "::option::In::<Common>\")]")]
                ///     port: Option<u16>,
                /// }
                ///
                #[doc = concat!("let config: Config = serde_json::from_str(r#\"{\"port\":", $read, "}\"#).unwrap();")]
                /// assert!(config.port.is_some());
                /// ```
                #[derive(Clone, Copy, Debug)]
                pub struct In<N>(PhantomData<N>);

                impl<N: NamesInForce> In<N> {
                    /// Writes the port number, or none.
                    ///
                    /// # Errors
                    ///
                    /// Those of the serializer.
                    #[inline]
                    pub fn serialize<S: Serializer>(
                        port: &Option<u16>,
                        serializer: S,
                    ) -> Result<S::Ok, S::Error> {
                        let (protocol, form) = (Protocol::$protocol, Form::$form);
                        port_number::write_option(*port, protocol, form, N::NAMES, serializer)
                    }

                    /// Reads the port number, or none.
                    ///
                    /// # Errors
                    ///
                    /// Those of the deserializer. What is not a port on the transport protocol
                    /// gives an error with the message of
                    /// [`Names::explain`](crate::Names::explain).
                    #[inline]
                    pub fn deserialize<'de, D: Deserializer<'de>>(
                        source: D,
                    ) -> Result<Option<u16>, D::Error> {
                        port_number::read_option(Protocol::$protocol, N::NAMES, source)
                    }
                }

                /// Writes the port number, or none.
                ///
                /// # Errors
                ///
                /// Those of the serializer.
                #[inline]
                pub fn serialize<S: Serializer>(
                    port: &Option<u16>,
                    serializer: S,
                ) -> Result<S::Ok, S::Error> {
                    port_number::write_option(*port, Protocol::$protocol, Form::$form, Registered, serializer)
                }

                /// Reads the port number, or none.
                ///
                /// # Errors
                ///
                /// Those of the deserializer. What is not a port on the transport protocol gives an
                /// error with the message of [`ParseSpecError`](crate::error::ParseSpecError).
                #[inline]
                pub fn deserialize<'de, D: Deserializer<'de>>(
                    source: D,
                ) -> Result<Option<u16>, D::Error> {
                    port_number::read_option(Protocol::$protocol, Registered, source)
                }
            }
        }
    };
}

pub(super) use with_module;
