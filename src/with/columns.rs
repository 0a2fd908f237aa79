//! Writing rows, contacts and references, column by column.

use ::serde::ser::{Serialize, SerializeStruct, Serializer};

use super::key::Key;
use crate::contact::Contact;
use crate::record::Record;
use crate::reference::Reference;
use crate::service::Service;

/// The fields of a row.
pub(super) const ROW: &[&str] = &[
    "status",
    "name",
    "ports",
    "protocol",
    "description",
    "alias_of",
    "aliases",
    "assignees",
    "contacts",
    "registered",
    "modified",
    "references",
    "service_code",
    "unauthorized_use",
    "note",
];

/// The fields of a contact.
pub(super) const CONTACT: &[&str] = &["id", "name", "organization", "uris", "updated"];

/// Writes a map of all columns. In binary formats, writes what identifies the row.
impl Serialize for Record {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        row(*self, "Record", serializer)
    }
}

/// Writes a map of all columns. In binary formats, writes what identifies the row.
impl Serialize for Service {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        row(self.record(), "Service", serializer)
    }
}

#[inline]
fn row<S: Serializer>(
    record: Record,
    type_name: &'static str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if !serializer.is_human_readable() {
        return Key::serialize(record, serializer);
    }
    let service = record.service();
    let aliases = service.into_iter().flat_map(Service::aliases);
    let mut row = serializer.serialize_struct(type_name, ROW.len())?;
    row.serialize_field("status", &record.status())?;
    row.serialize_field("name", &record.name())?;
    row.serialize_field("ports", &record.ports())?;
    row.serialize_field("protocol", &record.protocol())?;
    row.serialize_field("description", record.description())?;
    let alias_of = service.and_then(Service::alias_of);
    row.serialize_field("alias_of", &alias_of.map(Service::name))?;
    row.serialize_field("aliases", &List(aliases.map(Service::name)))?;
    row.serialize_field("assignees", &List(record.assignees()))?;
    row.serialize_field("contacts", &List(record.contacts()))?;
    row.serialize_field("registered", &record.registered())?;
    row.serialize_field("modified", &record.modified())?;
    row.serialize_field("references", &List(record.references()))?;
    row.serialize_field("service_code", &record.service_code())?;
    row.serialize_field("unauthorized_use", &record.unauthorized_use())?;
    row.serialize_field("note", &record.note())?;
    row.end()
}

/// Writes a map of what the registry says about the contact. In binary formats, writes the id.
impl Serialize for Contact {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_str(self.id());
        }
        let mut contact = serializer.serialize_struct("Contact", CONTACT.len())?;
        contact.serialize_field("id", self.id())?;
        contact.serialize_field("name", &self.name())?;
        contact.serialize_field("organization", &self.organization())?;
        contact.serialize_field("uris", &List(self.uris()))?;
        contact.serialize_field("updated", &self.updated())?;
        contact.end()
    }
}

/// Writes a map of `kind`, `text`, `url`, `number`, `section` and `note`, with null for what the
/// reference does not have.
impl Serialize for Reference {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut reference = serializer.serialize_struct("Reference", 6)?;
        reference.serialize_field("kind", self.kind().as_str())?;
        reference.serialize_field("text", self.text())?;
        reference.serialize_field("url", &self.url())?;
        reference.serialize_field("number", &self.number())?;
        reference.serialize_field("section", &self.section())?;
        reference.serialize_field("note", &self.note())?;
        reference.end()
    }
}

/// The items of an iterator, as a list.
struct List<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for List<I> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}
