//! A registry row as plain values with every column typed. `lookup --json` and
//! `export --format jsonl` write it, and `lookup -v` spells it out.

use port_registry::{Contact, Ports, Protocol, Record, Reference, Service};
use serde::Serialize;

/// One registry row. Every key is always present. An empty column is `null`, `[]` or, for the
/// description, `""`.
#[derive(Default, Serialize)]
pub(crate) struct RecordView {
    /// The status that the row gives to its ports, such as `assigned`.
    pub(crate) status: &'static str,
    pub(crate) name: Option<&'static str>,
    pub(crate) ports: Option<PortsView>,
    /// `null` if the row stands for every transport protocol.
    pub(crate) protocol: Option<&'static str>,
    pub(crate) description: &'static str,
    /// The service of which this one is an alias.
    pub(crate) alias_of: Option<&'static str>,
    pub(crate) aliases: Vec<&'static str>,
    pub(crate) assignees: Vec<ContactView>,
    pub(crate) contacts: Vec<ContactView>,
    /// `YYYY-MM` or `YYYY-MM-DD`, like every date here.
    pub(crate) registered: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) references: Vec<ReferenceView>,
    pub(crate) service_code: Option<u32>,
    pub(crate) unauthorized_use: Option<&'static str>,
    pub(crate) note: Option<&'static str>,
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
pub(crate) struct PortsView {
    pub(crate) first: u16,
    pub(crate) last: u16,
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
pub(crate) struct ContactView {
    pub(crate) id: &'static str,
    pub(crate) name: Option<&'static str>,
    pub(crate) organization: Option<&'static str>,
    /// As the registry writes them, with `&` instead of the `@` of a mail address.
    pub(crate) uris: Vec<&'static str>,
    pub(crate) updated: Option<String>,
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
pub(crate) struct ReferenceView {
    /// `rfc`, `bcp`, `std`, `draft`, `uri`, `text`, `footnote` …
    pub(crate) kind: &'static str,
    /// What IANA prints between the brackets, such as `RFC9110`.
    pub(crate) text: &'static str,
    pub(crate) url: Option<&'static str>,
    /// The number of an RFC, BCP or STD.
    pub(crate) number: Option<u32>,
    pub(crate) section: Option<&'static str>,
    /// The text of a footnote.
    pub(crate) note: Option<&'static str>,
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
