//! What identifies a row: service name, protocol and ports, and the description if two rows share
//! all these.

use core::fmt;

use ::serde::de::{self, Deserialize, Deserializer, Visitor};
use ::serde::ser::{SerializeTuple, Serializer};
use phf_shared::HashKey;

use crate::format::one_of::OneOf;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::lookup::services_by_name;
use crate::protocols::Protocols;
use crate::record::Record;
use crate::service::Service;
use crate::spec::{Spec, on_each};

/// What was read of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: Option<Name>,
    pub(super) protocol: Option<Protocol>,
    pub(super) ports: Option<Ports>,
    pub(super) description: Option<Mark>,
    /// Whether the row must lack what the key lacks. Otherwise it may be anything.
    pub(super) whole: bool,
}

impl Key {
    /// Writes what identifies the row.
    #[inline]
    pub(super) fn serialize<S: Serializer>(row: Record, serializer: S) -> Result<S::Ok, S::Error> {
        let is_twin = |other: Record| {
            row != other && (row.protocol(), row.ports()) == (other.protocol(), other.ports())
        };
        let has_twin = match row.name() {
            Some(name) => services_by_name(name).map(Service::record).any(is_twin),
            None => Record::unnamed().any(is_twin),
        };
        let mut key = serializer.serialize_tuple(4)?;
        key.serialize_element(&row.name())?;
        key.serialize_element(&row.protocol())?;
        key.serialize_element(&row.ports())?;
        key.serialize_element(&has_twin.then(|| row.description()))?;
        key.end()
    }

    /// Reads what [`Key::serialize`] writes.
    #[inline]
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let (name, protocol, ports, description) = Deserialize::deserialize(source)?;
        Ok(Self {
            name,
            protocol,
            ports,
            description,
            whole: true,
        })
    }

    /// Finds the row that is meant.
    #[inline]
    pub(super) fn find(self) -> Result<Record, NoRow> {
        match self.name {
            Some(Name(name)) => self.find_in(services_by_name(name).map(Service::record)),
            None => self.find_in(Record::unnamed()),
        }
    }

    #[inline]
    fn find_in(self, rows: impl Iterator<Item = Record> + Clone) -> Result<Record, NoRow> {
        if self.whole {
            self.find_whole(rows)
        } else {
            self.find_first(rows)
        }
    }

    /// Finds the row that has exactly what the key has.
    #[inline]
    fn find_whole(self, rows: impl Iterator<Item = Record> + Clone) -> Result<Record, NoRow> {
        let equal = |row: &Record| (row.protocol(), row.ports()) == (self.protocol, self.ports);
        let described = |row: &Record| Some(Mark::of(row.description())) == self.description;
        let mut rows = rows.filter(equal);
        // A description may have been reworded since, so it only chooses between rows that are
        // otherwise alike.
        let first = rows.clone().next();
        let row = rows.find(described).or(first);
        row.ok_or(NoRow::Unregistered(self))
    }

    /// Finds the first row that has what the key has.
    #[inline]
    fn find_first(self, rows: impl Iterator<Item = Record> + Clone) -> Result<Record, NoRow> {
        let fits = |row: &Record| {
            self.ports.is_none_or(|ports| row.ports() == Some(ports))
                && (row.protocol().is_none()
                    || self.protocol.is_none_or(|own| row.protocol() == Some(own)))
        };
        let rows = rows.filter(fits);
        let row = rows.clone().next().ok_or(NoRow::Unregistered(self))?;
        let is_other = |other: Record| other.protocol() != row.protocol();
        if self.protocol.is_none() && rows.clone().any(is_other) {
            let protocols = rows.filter_map(Record::protocol).collect();
            return Err(NoRow::SeveralProtocols(self, protocols));
        }
        Ok(row)
    }
}

impl fmt::Display for Key {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(Name(name)) => write!(f, "service `{name}`")?,
            None => f.write_str("row without a service name")?,
        }
        match self.protocol {
            Some(protocol) => write!(f, " for {protocol}")?,
            None if self.whole => f.write_str(" for no transport protocol")?,
            None => (),
        }
        match self.ports {
            Some(ports) => write!(f, " on port {ports}"),
            None if self.whole => f.write_str(" on no port"),
            None => Ok(()),
        }
    }
}

/// Why no row was found.
#[derive(thiserror::Error, Debug)]
pub(super) enum NoRow {
    #[error("{0} is not in the registry")]
    Unregistered(Key),
    #[error("{0} is registered for several transport protocols, expected {choice}", choice = Choice(*.0, *.1))]
    SeveralProtocols(Key, Protocols),
}

/// The services that a key may mean, or only their protocols if text cannot express the ports.
struct Choice(Key, Protocols);

impl fmt::Display for Choice {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(key, protocols) = self;
        match key.name {
            Some(Name(name)) if key.ports.is_none() => on_each(name, *protocols).fmt(f),
            _ => OneOf(protocols.iter()).fmt(f),
        }
    }
}

/// A service name, as the registry spells it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name(pub(super) &'static str);

impl<'de> Deserialize<'de> for Name {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameText)
    }
}

struct NameText;

impl Visitor<'_> for NameText {
    type Value = Name;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a registered service name")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Name, E> {
        // This accepts former names, and its error for an unknown name suggests what was meant.
        let spec = Spec::new(text).map_err(E::custom)?;
        match (spec.service_name(), spec.protocol()) {
            (Some(name), None) => Ok(Name(name)),
            _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
        }
    }
}

/// The hash of a description, because keeping the text would take an allocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark([u32; 3]);

impl Mark {
    #[inline]
    fn of(description: &str) -> Self {
        const KEY: HashKey = 0;
        let hashes = phf_shared::hash(description, &KEY);
        Self([hashes.g, hashes.f1, hashes.f2])
    }
}

impl<'de> Deserialize<'de> for Mark {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(MarkText)
    }
}

struct MarkText;

impl Visitor<'_> for MarkText {
    type Value = Mark;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a description")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Mark, E> {
        Ok(Mark::of(text))
    }
}
