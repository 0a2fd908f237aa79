//! Reading rows and contacts, from text or from a map that identifies one.

use core::fmt;

use ::serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Unexpected, Visitor,
};

use super::columns::{CONTACT, ROW};
use super::key::Key;
use super::read::digits;
use crate::contact::{Contact, contact};
use crate::format::excerpt::Excerpt;
use crate::record::Record;
use crate::service::Service;
use crate::spec::{Quoted, write_list};

/// Reads `NAME/PROTOCOL`, or a map that identifies the row by `name`, `protocol` and `ports`. See
/// the [module](crate::with#services-and-records).
impl<'de> Deserialize<'de> for Record {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return deserializer.deserialize_any(Row);
        }
        let key = Key::deserialize(deserializer)?;
        key.find().map_err(D::Error::custom)
    }
}

/// Reads `NAME/PROTOCOL`, or a map that identifies the row by `name`, `protocol` and `ports`. See
/// the [module](crate::with#services-and-records).
impl<'de> Deserialize<'de> for Service {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Record::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

struct Row;

impl<'de> Visitor<'de> for Row {
    type Value = Record;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a service `NAME/PROTOCOL`, or a map with its `name` and `protocol`")
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<Record, E> {
        let service: Service = text.parse().map_err(E::custom)?;
        Ok(service.record())
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Result<Record, E> {
        match u16::try_from(number) {
            Ok(port) => self.visit_str(digits(port)?.as_str()),
            Err(_) => Err(E::invalid_type(Unexpected::Unsigned(number), &self)),
        }
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
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
        let key = Key {
            name,
            protocol: protocol.flatten(),
            ports: ports.flatten(),
            description,
            whole: name.is_none() || description.is_some(),
        };
        key.find().map_err(A::Error::custom)
    }
}

/// Reads the id, or a map that has it as `id`.
impl<'de> Deserialize<'de> for Contact {
    #[inline]
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

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of a contact, or a map with its `id`")
    }

    #[inline]
    fn visit_str<E: Error>(self, id: &str) -> Result<Contact, E> {
        let unknown = || {
            let id = Excerpt::of(id);
            E::custom(format_args!(
                "unknown contact `{id}`, expected the id of one in the registry"
            ))
        };
        contact(id).ok_or_else(unknown)
    }

    #[inline]
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
#[inline]
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

/// Skips the value of a field.
#[inline]
fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(|_| ())
}

/// Reads the name of a field, which must be one of these.
struct FieldOf(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for FieldOf {
    type Value = &'static str;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldOf {
    type Value = &'static str;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    #[inline]
    fn visit_str<E: Error>(self, name: &str) -> Result<&'static str, E> {
        let known = self.0.iter().find(|known| **known == name);
        known.copied().ok_or_else(|| {
            let (name, known) = (Excerpt::of(name), Known(self.0));
            E::custom(format_args!(
                "unknown field `{name}`, expected one of {known}"
            ))
        })
    }
}

/// The names of the fields that there are.
struct Known(&'static [&'static str]);

impl fmt::Display for Known {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_list(f, self.0.iter().copied().map(Quoted))
    }
}
