//! All columns of all rows as SQL, for SQLite and PostgreSQL alike.

mod rows;

use std::collections::HashSet;
use std::io::{self, Write};

use port_registry::{
    Contact, Protocol, REGISTRY, Record, Reference, Service, common_uses, contacts,
};

use crate::export::canonical::is_canonical;
use crate::export::named::Naming;
use crate::record::cells::one_line;
use rows::{Rows, Value};

const HEADER: &str = "\
--
-- Load it into a database without these tables:
--
--   sqlite3 -bail registry.db < registry.sql
--   psql -v ON_ERROR_STOP=1 -f registry.sql
--
-- SELECT name FROM ports WHERE protocol = 'tcp' AND first <= 6010 AND last >= 6010;
";

const SCHEMA: &str = include_str!("schema.sql");
const COMMON_SCHEMA: &str = include_str!("common.sql");

/// Writes the schema and all data in one transaction.
pub(crate) fn write(out: &mut impl Write, naming: &Naming) -> io::Result<()> {
    writeln!(out, "-- {}", naming.title())?;
    write!(out, "{HEADER}{SCHEMA}")?;
    if naming.common {
        write!(out, "{COMMON_SCHEMA}")?;
    }
    write_registry(out)?;
    let records: Vec<Record> = naming.selection.records().collect();
    write_contacts(out, &contacts_of(naming, &records))?;
    write_records(out, &records)?;
    write_people_of_records(out, &records)?;
    write_references(out, &records)?;
    write_ports(out, naming)?;
    if naming.common {
        write_common_uses(out)?;
    }
    writeln!(out, "\nCOMMIT;")
}

fn write_registry(out: &mut impl Write) -> io::Result<()> {
    let mut rows = Rows::of("registry", out);
    rows.add([REGISTRY.updated().into(), REGISTRY.title().into()])?;
    rows.finish()?;
    let mut rows = Rows::of("protocols", out);
    for protocol in Protocol::ALL {
        let number = u16::from(protocol.number());
        rows.add([protocol.as_str().into(), number.into()])?;
    }
    rows.finish()
}

/// Every contact of the registry or, for a part of it, those that its rows name.
fn contacts_of(naming: &Naming, records: &[Record]) -> Vec<Contact> {
    let people = |record: &Record| record.assignees().chain(record.contacts());
    let named: Vec<Contact> = records.iter().flat_map(people).collect();
    let wanted: HashSet<&str> = named.iter().map(|contact| contact.id()).collect();
    let all = naming.selection.is_everything();
    let mut seen = HashSet::new();
    contacts()
        .filter(|contact| all || wanted.contains(contact.id()))
        .chain(named)
        .filter(|contact| seen.insert(contact.id()))
        .collect()
}

fn write_contacts(out: &mut impl Write, contacts: &[Contact]) -> io::Result<()> {
    let mut rows = Rows::of("contacts", out);
    for contact in contacts {
        rows.add([
            contact.id().into(),
            contact.name().into(),
            contact.organization().into(),
            contact.updated().into(),
        ])?;
    }
    rows.finish()?;
    let mut rows = Rows::of("contact_uris", out);
    for contact in contacts {
        for (position, uri) in contact.uris().enumerate() {
            rows.add([contact.id().into(), position.into(), uri.into()])?;
        }
    }
    rows.finish()
}

fn write_records(out: &mut impl Write, records: &[Record]) -> io::Result<()> {
    let mut rows = Rows::of("records", out);
    for &record in records {
        let target = record.service().and_then(Service::alias_of);
        rows.add([
            record.index().into(),
            record.status().as_str().into(),
            record.name().into(),
            record.ports().map(|ports| ports.first()).into(),
            record.ports().map(|ports| ports.last()).into(),
            record.protocol().map(Protocol::as_str).into(),
            record.description().into(),
            target.map(|service| service.record().index()).into(),
            record.registered().into(),
            record.modified().into(),
            record.service_code().into(),
            record.unauthorized_use().into(),
            record.note().into(),
            is_canonical(record).into(),
        ])?;
    }
    rows.finish()
}

fn write_people_of_records(out: &mut impl Write, records: &[Record]) -> io::Result<()> {
    let mut rows = Rows::of("record_assignees", out);
    for record in records {
        for (position, contact) in record.assignees().enumerate() {
            rows.add(person_row(*record, position, contact))?;
        }
    }
    rows.finish()?;
    let mut rows = Rows::of("record_contacts", out);
    for record in records {
        for (position, contact) in record.contacts().enumerate() {
            rows.add(person_row(*record, position, contact))?;
        }
    }
    rows.finish()
}

fn person_row(record: Record, position: usize, contact: Contact) -> [Value; 3] {
    [record.index().into(), position.into(), contact.id().into()]
}

fn write_references(out: &mut impl Write, records: &[Record]) -> io::Result<()> {
    let mut rows = Rows::of("record_references", out);
    for record in records {
        for (position, reference) in record.references().enumerate() {
            rows.add(reference_row(*record, position, reference))?;
        }
    }
    rows.finish()
}

fn reference_row(record: Record, position: usize, reference: Reference) -> [Value; 8] {
    [
        record.index().into(),
        position.into(),
        reference.kind().as_str().into(),
        reference.text().into(),
        reference.url().into(),
        reference.number().into(),
        reference.section().into(),
        reference.note().into(),
    ]
}

fn write_ports(out: &mut impl Write, naming: &Naming) -> io::Result<()> {
    let mut rows = Rows::of("ports", out);
    for span in naming.spans() {
        let description = one_line(span.named.description);
        rows.add([
            span.protocol.as_str().into(),
            span.ports.first().into(),
            span.ports.last().into(),
            span.named.name.into(),
            description.as_str().into(),
            span.named.source.as_str().into(),
        ])?;
    }
    rows.finish()
}

fn write_common_uses(out: &mut impl Write) -> io::Result<()> {
    let mut rows = Rows::of("common_uses", out);
    for (id, line) in common_uses().enumerate() {
        rows.add([
            id.into(),
            line.kind().as_str().into(),
            line.ports().first().into(),
            line.ports().last().into(),
            line.title().into(),
            line.source().into(),
        ])?;
    }
    rows.finish()?;
    let mut rows = Rows::of("common_use_protocols", out);
    for (id, line) in common_uses().enumerate() {
        for protocol in line.protocols() {
            rows.add([id.into(), protocol.as_str().into()])?;
        }
    }
    rows.finish()?;
    let mut rows = Rows::of("common_use_names", out);
    for (id, line) in common_uses().enumerate() {
        for (position, name) in line.names().enumerate() {
            rows.add([id.into(), position.into(), name.into()])?;
        }
    }
    rows.finish()
}
