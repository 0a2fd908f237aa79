//! Reading rows and contacts: text or a map that tells which one is meant.

use core::fmt;

use ::serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Unexpected, Visitor,
};

use super::columns::{CONTACT, ROW};
use super::key::{Key, Name};
use super::named::Named;
use super::port_number::name_of;
use crate::contact::{Contact, contact};
use crate::format::excerpt::Excerpt;
use crate::format::one_of::OneOf;
use crate::format::value::protocol::Protocol;
use crate::record::Record;
use crate::service::Service;
use crate::spec::Spec;

/// Reads `NAME/PROTOCOL`, or a map that tells which row is meant by `name`, `protocol` and
/// `ports`; see the [module](crate::serde#services-and-records).
impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = if deserializer.is_human_readable() {
            deserializer.deserialize_any(Row)?
        } else {
            Key::deserialize(deserializer)?
        };
        key.find().map_err(D::Error::custom)
    }
}

/// Reads `NAME/PROTOCOL`, or a map that tells which row is meant by `name`, `protocol` and
/// `ports`; see the [module](crate::serde#services-and-records).
impl<'de> Deserialize<'de> for Service {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Record::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

struct Row;

impl<'de> Visitor<'de> for Row {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a service `NAME/PROTOCOL`, or a map with its `name` and `protocol`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Key, E> {
        let spec = Spec::new(text).map_err(E::custom)?;
        let Some(name) = spec.service_name() else {
            return Err(E::custom(NoName(spec)));
        };
        Ok(Key {
            name: Some(Name(name)),
            protocol: spec.protocol(),
            ports: None,
            description: None,
            whole: false,
        })
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Key, E> {
        match u16::try_from(number) {
            Ok(port) => Err(E::custom(NoName(port.into()))),
            Err(_) => Err(E::invalid_type(Unexpected::Unsigned(number), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Key, A::Error> {
        // The outer `Option` tells whether the field is there, the inner one whether it is null.
        let (mut name, mut protocol, mut ports, mut description) = (None, None, None, None);
        while let Some(field) = map.next_key_seed(FieldOf(ROW))? {
            match field {
                "name" => set(&mut name, field, &mut map)?,
                "protocol" => set(&mut protocol, field, &mut map)?,
                "ports" => set(&mut ports, field, &mut map)?,
                "description" => set(&mut description, field, &mut map)?,
                _ => skip(&mut map)?,
            }
        }
        if name.is_none() && description.is_none() {
            return Err(A::Error::missing_field("name"));
        }
        let (name, description) = (name.flatten(), description.flatten());
        Ok(Key {
            name,
            protocol: protocol.flatten(),
            ports: ports.flatten(),
            description,
            whole: name.is_none() || description.is_some(),
        })
    }
}

/// Port numbers where a service is expected.
#[derive(thiserror::Error, Debug)]
#[error("port numbers `{0}`, expected {names}", names = NamesOf(*.0))]
struct NoName(Spec);

/// The services on a port, each of a text that leads back to it; else the form of such text.
struct NamesOf(Spec);

impl fmt::Display for NamesOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ports = self.0.ports().filter(|ports| ports.len() == 1);
        let protocols = self.0.protocols();
        let named = |protocol: Protocol| {
            let name = name_of(ports?.first(), protocol)?;
            Some(Named(name, protocol))
        };
        let mut names = protocols.iter().filter_map(named).peekable();
        match names.peek() {
            Some(_) => OneOf(names).fmt(f),
            None => f.write_str("a service `NAME/PROTOCOL`"),
        }
    }
}

/// Reads the id, or a map that has it as `id`.
impl<'de> Deserialize<'de> for Contact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(ContactId)
        } else {
            deserializer.deserialize_str(ContactId)
        }
    }
}

struct ContactId;

impl<'de> Visitor<'de> for ContactId {
    type Value = Contact;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of a contact, or a map with its `id`")
    }

    fn visit_str<E: Error>(self, id: &str) -> Result<Contact, E> {
        let unknown = || {
            let id = Excerpt::of(id);
            E::custom(format_args!(
                "unknown contact `{id}`, expected the id of one in the registry"
            ))
        };
        contact(id).ok_or_else(unknown)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Contact, A::Error> {
        let mut found = None;
        while let Some(field) = map.next_key_seed(FieldOf(CONTACT))? {
            match field {
                "id" => set(&mut found, field, &mut map)?,
                _ => skip(&mut map)?,
            }
        }
        found.ok_or_else(|| A::Error::missing_field("id"))
    }
}

/// Reads the value of a field, once.
fn set<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    field: &mut Option<T>,
    name: &'static str,
    map: &mut A,
) -> Result<(), A::Error> {
    match field.replace(map.next_value()?) {
        None => Ok(()),
        Some(_) => Err(A::Error::duplicate_field(name)),
    }
}

/// Passes over the value of a field.
fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(|_| ())
}

/// Reads the name of a field, which must be one of these.
struct FieldOf(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for FieldOf {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldOf {
    type Value = &'static str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<&'static str, E> {
        let known = self.0.iter().find(|known| **known == name);
        known.copied().ok_or_else(|| E::unknown_field(name, self.0))
    }
}
