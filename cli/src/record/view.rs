//! A registry row as plain values with every column typed. `show --json` and
//! `export --format jsonl` write it, the latter with a key `canonical` beside it, and `show -v`
//! spells it out.

use port_registry::{Contact, Ports, Protocol, Record, Reference, Service};
use serde::Serialize;

/// One registry row. Every key is always present. An empty column is `null`, `[]` or, for the
/// description, `""`.
#[derive(Default, Serialize)]
pub struct RecordView {
    /// The status that the row gives to its ports, such as `assigned`.
    pub status: &'static str,
    pub name: Option<&'static str>,
    pub ports: Option<PortsView>,
    /// `null` if the row stands for every transport protocol.
    pub protocol: Option<&'static str>,
    pub description: &'static str,
    /// The service of which this one is an alias.
    pub alias_of: Option<&'static str>,
    pub aliases: Vec<&'static str>,
    pub assignees: Vec<ContactView>,
    pub contacts: Vec<ContactView>,
    /// `YYYY-MM` or `YYYY-MM-DD`, like every date here.
    pub registered: Option<String>,
    pub modified: Option<String>,
    pub references: Vec<ReferenceView>,
    pub service_code: Option<u32>,
    pub unauthorized_use: Option<&'static str>,
    pub note: Option<&'static str>,
}

impl From<Record> for RecordView {
    fn from(record: Record) -> Self {
        let service = record.service();
        Self {
            status: record.status().as_str(),
            name: record.name(),
            ports: record.ports().map(PortsView::from),
            protocol: record.protocol().map(Protocol::as_str),
            description: record.description(),
            alias_of: service.and_then(Service::alias_of).map(Service::name),
            aliases: service
                .into_iter()
                .flat_map(Service::aliases)
                .map(Service::name)
                .collect(),
            assignees: record.assignees().map(ContactView::from).collect(),
            contacts: record.contacts().map(ContactView::from).collect(),
            registered: record.registered().map(|date| date.to_string()),
            modified: record.modified().map(|date| date.to_string()),
            references: record.references().map(ReferenceView::from).collect(),
            service_code: record.service_code(),
            unauthorized_use: record.unauthorized_use(),
            note: record.note(),
        }
    }
}

/// A span of port numbers; `first` and `last` are equal for a single port.
#[derive(Serialize)]
pub struct PortsView {
    pub first: u16,
    pub last: u16,
}

impl From<Ports> for PortsView {
    fn from(ports: Ports) -> Self {
        Self {
            first: ports.first(),
            last: ports.last(),
        }
    }
}

/// An assignee or a contact. If the registry mentions one without describing it, only the id is
/// known.
#[derive(Serialize)]
pub struct ContactView {
    pub id: &'static str,
    pub name: Option<&'static str>,
    pub organization: Option<&'static str>,
    /// As the registry writes them, with `&` instead of the `@` of a mail address.
    pub uris: Vec<&'static str>,
    pub updated: Option<String>,
}

impl From<Contact> for ContactView {
    fn from(contact: Contact) -> Self {
        Self {
            id: contact.id(),
            name: contact.name(),
            organization: contact.organization(),
            uris: contact.uris().collect(),
            updated: contact.updated().map(|date| date.to_string()),
        }
    }
}

/// A reference. Each has `kind` and `text`, and the other keys if its kind has them.
#[derive(Serialize)]
pub struct ReferenceView {
    /// `rfc`, `bcp`, `std`, `draft`, `uri`, `text`, `footnote` …
    pub kind: &'static str,
    /// What IANA prints between the brackets, such as `RFC9110`.
    pub text: &'static str,
    pub url: Option<&'static str>,
    /// The number of an RFC, BCP or STD.
    pub number: Option<u32>,
    pub section: Option<&'static str>,
    /// The text of a footnote.
    pub note: Option<&'static str>,
}

impl From<Reference> for ReferenceView {
    fn from(reference: Reference) -> Self {
        Self {
            kind: reference.kind().as_str(),
            text: reference.text(),
            url: reference.url(),
            number: reference.number(),
            section: reference.section(),
            note: reference.note(),
        }
    }
}
