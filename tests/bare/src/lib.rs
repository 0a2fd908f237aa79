//! What a program without a system asks of the registry.
//!
//! The program `answers` writes everything, and is built for the host as well: `.ci/platforms thumb`
//! compares the two. The tests of the library compare the host's answers with an independent reading.

#![no_std]

use core::fmt::{Result, Write};

use port_registry::{
    COMMON, Column, Ports, Protocol, Protocols, Service, Spec, canonical_name, contact, contacts,
    flow, free_spans, label, next_free, port_status, record_by_port, records, search,
    service_by_code, service_by_name, services, services_by_name, services_by_port,
    services_with_prefix,
};

/// Writes what the library answers to every question about a port, a name, a row or a contact, and
/// to some questions of the other kinds.
///
/// # Errors
///
/// What the writer refuses.
pub fn answers(out: &mut impl Write) -> Result {
    for &protocol in Protocol::ALL {
        for port in 0..=u16::MAX {
            of_port(out, port, protocol)?;
        }
    }
    for service in services() {
        of_name(out, service)?;
    }
    for record in records() {
        for &column in Column::ALL {
            write!(out, "{}|", record.column(column))?;
        }
        let canonical = record.service().map(|service| service.canonical().name());
        let by_code = record.service_code().and_then(service_by_code);
        let by_code = by_code.map(|service| service.record().index());
        writeln!(out, "{:?} {canonical:?} {by_code:?}", record.status())?;
        for reference in record.references() {
            writeln!(out, "{:?} {:?}", reference.number(), reference.url())?;
        }
    }
    for person in contacts() {
        let same = contact(person.id()) == Some(person);
        write!(out, "{} {same} {:?} ", person.id(), person.name())?;
        write!(out, "{:?} {:?}", person.organization(), person.updated())?;
        person.uris().try_for_each(|uri| write!(out, " {uri}"))?;
        writeln!(out)?;
    }
    others(out)
}

fn of_port(out: &mut impl Write, port: u16, protocol: Protocol) -> Result {
    write!(
        out,
        "{} {} ",
        label(port, protocol),
        COMMON.label(port, protocol)
    )?;
    write!(out, "{}", port_status(port, protocol))?;
    if let Some(record) = record_by_port(port, protocol) {
        write!(out, " {}", record.index())?;
    }
    for service in services_by_port(port, protocol) {
        write!(out, " {}", service.name())?;
    }
    writeln!(out)
}

/// Asks by the name in capitals, since case does not matter.
fn of_name(out: &mut impl Write, service: Service) -> Result {
    let mut capitals = [0; 64];
    let name = service.name().as_bytes();
    let Some(capitals) = capitals.get_mut(..name.len()) else {
        return writeln!(out, "{} is too long", service.name());
    };
    capitals.copy_from_slice(name);
    capitals.make_ascii_uppercase();
    let asked = core::str::from_utf8(capitals).unwrap_or_default();
    write!(out, "{asked} {:?}", canonical_name(asked))?;
    for &protocol in Protocol::ALL {
        let found = service_by_name(asked, protocol);
        write!(out, " {:?}", found.map(|found| found.record().index()))?;
        write!(out, " {:?}", COMMON.port(asked, protocol))?;
    }
    writeln!(out, " {}", services_by_name(asked).len())
}

fn others(out: &mut impl Write) -> Result {
    const QUERIES: [&str; 3] = ["remote desktop", "rfc 6335", "\u{e9}"];
    for query in QUERIES {
        writeln!(out, "{query} {}", search(query).count())?;
    }
    for prefix in ["h", "HTTP", "zz", ""] {
        writeln!(out, "{prefix} {}", services_with_prefix(prefix).count())?;
    }
    for text in [
        "https/tcp",
        "6000-6063",
        "65536",
        "rdp/sctp",
        "9-8",
        "",
        "53",
    ] {
        match text.parse::<Spec>() {
            Ok(spec) => writeln!(out, "{spec} {:?}", spec.resolve())?,
            Err(error) => writeln!(out, "{error}")?,
        }
    }
    for span in free_spans(Ports::ALL, Protocols::ALL) {
        writeln!(out, "{}", span.ports())?;
    }
    writeln!(out, "{:?}", next_free(8080, Protocol::Tcp))?;
    writeln!(out, "{}", flow(51514, 443, Protocol::Tcp))
}
