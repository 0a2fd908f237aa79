//! The rows of the registry.

use arrow::array::RecordBatch;
use datafusion::error::Result;
use port_registry::{Contact, Ports, Protocol, Record, Reference, Service};

use super::build::{Columns, Null};

/// The rows that have a service name.
pub(super) fn services() -> Result<RecordBatch> {
    let rows: Vec<Record> = port_registry::services().map(Service::record).collect();
    batch(&rows, Null::Never)
}

/// All rows.
pub(super) fn records() -> Result<RecordBatch> {
    let rows: Vec<Record> = port_registry::records().collect();
    batch(&rows, Null::Allowed)
}

fn batch(rows: &[Record], null_name: Null) -> Result<RecordBatch> {
    Columns::of(rows)
        .uint32("index", Null::Never, |row| u32::try_from(row.index()).ok())
        .text("name", null_name, Record::name)
        .uint16("first_port", Null::Allowed, |row| {
            row.ports().map(Ports::first)
        })
        .uint16("last_port", Null::Allowed, |row| {
            row.ports().map(Ports::last)
        })
        .text("protocol", Null::Allowed, |row| {
            row.protocol().map(Protocol::as_str)
        })
        .text("status", Null::Never, |row| row.status().as_str())
        .text("description", Null::Never, Record::description)
        .text("alias_of", Null::Allowed, |row| {
            let target = row.service().and_then(Service::alias_of);
            target.map(Service::name)
        })
        .texts("aliases", |row| {
            let aliases = row.service().into_iter().flat_map(Service::aliases);
            aliases.map(Service::name)
        })?
        .texts("assignees", |row| row.assignees().map(Contact::id))?
        .texts("contacts", |row| row.contacts().map(Contact::id))?
        .date(["registered", "registered_precision"], Record::registered)
        .date(["modified", "modified_precision"], Record::modified)
        .structs("references", Record::references, reference)?
        .uint32("service_code", Null::Allowed, Record::service_code)
        .text("unauthorized_use", Null::Allowed, Record::unauthorized_use)
        .text("note", Null::Allowed, Record::note)
        .batch()
}

/// All fields may be null, because those of a list that an outer join lacks are.
fn reference(columns: Columns<'_, Reference>) -> Columns<'_, Reference> {
    columns
        .text("kind", Null::Allowed, |one| one.kind().as_str())
        .text("text", Null::Allowed, Reference::text)
        .text("url", Null::Allowed, Reference::url)
        .uint32("number", Null::Allowed, Reference::number)
        .text("section", Null::Allowed, Reference::section)
        .text("note", Null::Allowed, Reference::note)
}
