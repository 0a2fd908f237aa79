//! Specifications, service names and DNS-SD labels.

use ::serde::de::{Deserialize, Deserializer};
use ::serde::ser::{Serialize, Serializer};

use super::read;
use crate::admitted_name::AdmittedName;
use crate::dns_sd::SrvLabel;
use crate::service_name::ServiceName;
use crate::spec::Spec;

/// What a [`Spec`] is read from.
pub(super) const SPEC: &str = "port numbers or a service name, with `/PROTOCOL` or without";

/// Writes the canonical form as text, and a single port number as a number. In binary formats, it
/// is always text.
impl Serialize for Spec {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.ports(), self.protocol()) {
            (Some(ports), None) if serializer.is_human_readable() => ports.serialize(serializer),
            _ => serializer.collect_str(self),
        }
    }
}

/// Reads text or a number, as [`Spec::new`] does.
impl<'de> Deserialize<'de> for Spec {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::text_or_number(deserializer, SPEC)
    }
}

/// Writes the text, spelled as it is.
impl Serialize for ServiceName {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Reads what [`ServiceName::new`] does.
impl<'de> Deserialize<'de> for ServiceName {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::text(deserializer, "a service name")
    }
}

/// Writes [`AdmittedName::as_str`].
impl Serialize for AdmittedName {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Reads what [`AdmittedName::new`] does.
impl<'de> Deserialize<'de> for AdmittedName {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::text(deserializer, "a service name")
    }
}

/// Writes the labels, `_https._tcp`.
impl Serialize for SrvLabel {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads what [`SrvLabel::from_str`](core::str::FromStr) does.
impl<'de> Deserialize<'de> for SrvLabel {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::text(
            deserializer,
            "the labels of a service, such as `_https._tcp`",
        )
    }
}
