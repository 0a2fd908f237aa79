//! The compiled tables against an independent reading of the same file: every port, every name, every column.

use std::collections::{HashMap, HashSet};
use std::fmt::Debug;

use crate::protocols;
use crate::support::facts::{self, fact};
use crate::support::oracle::{PROTOCOLS, Row, Xref, built};
use crate::support::statements;
use port_registry::{
    Column, Contact, PortStatus, Protocol, REGISTRY, Record, Reference, Service, canonical_name,
    contact, contacts, port_status, record_by_port, records, service_by_code, service_by_name,
    service_by_port, services, services_by_name, services_by_port,
};

fn index(service: Service) -> usize {
    service.record().index()
}

/// An iterator yields exactly the expected rows: forwards, backwards, by length and by index.
#[track_caller]
fn assert_yields<I>(iterator: &I, expected: &[usize], asked: &dyn Debug)
where
    I: Iterator<Item = Service> + DoubleEndedIterator + ExactSizeIterator + Clone,
{
    let expected = expected.iter().copied();
    assert!(
        iterator.len() == expected.len()
            && iterator.clone().map(index).eq(expected.clone())
            && iterator.clone().rev().map(index).eq(expected.clone().rev()),
        "{asked:?}: expected rows {:?}, found {:?} of length {}",
        expected.collect::<Vec<_>>(),
        iterator.clone().map(index).collect::<Vec<_>>(),
        iterator.len(),
    );
}

#[test]
fn the_oracle_knows_the_same_protocols() {
    let words = Protocol::ALL.iter().map(|protocol| protocol.as_str());
    assert!(words.eq(PROTOCOLS));
}

#[test]
fn every_port_has_its_services() {
    for (at, protocol) in protocols() {
        for port in 0..=u16::MAX {
            let expected = built().services_by_port(port, at);
            let found = services_by_port(port, protocol);
            assert_yields(&found, expected, &(port, protocol));
            let primary = service_by_port(port, protocol);
            assert_eq!(
                primary.map(index),
                expected.first().copied(),
                "{port}/{protocol}"
            );
        }
    }
}

#[test]
fn every_port_has_its_status() {
    for (at, protocol) in protocols() {
        for port in 0..=u16::MAX {
            let status = port_status(port, protocol);
            assert_eq!(
                status.as_str(),
                built().port_status(port, at),
                "{port}/{protocol}"
            );
            let record = record_by_port(port, protocol);
            let expected = built().record_by_port(port, at);
            assert_eq!(record.map(Record::index), expected, "{port}/{protocol}");
        }
    }
}

#[test]
fn as_many_ports_have_each_status_as_the_facts_tell() {
    let mut totals: HashMap<PortStatus, u32> = HashMap::new();
    for &protocol in Protocol::ALL {
        for port in 0..=u16::MAX {
            *totals.entry(port_status(port, protocol)).or_default() += 1;
        }
    }
    for &status in PortStatus::ALL {
        let found = totals.get(&status).copied().unwrap_or_default();
        assert_eq!(found.to_string(), fact(&format!("status-{status}")));
    }
}

#[test]
fn the_registry_is_as_large_as_the_facts_tell() {
    let aliases = services().filter(|service| service.is_alias());
    let names: HashSet<&str> = services().map(Service::name).collect();
    let is_described = |contact: &Contact| {
        let said = contact
            .name()
            .or(contact.organization())
            .or(contact.uris().next());
        said.is_some()
    };
    let people = contacts().filter(is_described);
    for (key, found) in [
        ("records", records().len()),
        ("services", services().len()),
        ("names", names.len()),
        ("people", people.count()),
        ("aliases", aliases.count()),
    ] {
        assert_eq!(found.to_string(), fact(key), "{key}");
    }
    assert_eq!(REGISTRY.updated().to_string(), fact("updated"));
}

#[test]
fn the_facts_are_those_of_the_independent_reading() {
    let statements = include_str!("../data/txt-keys.txt");
    for (committed, expected) in [
        (
            include_str!("../data/facts.txt"),
            facts::text(built(), statements),
        ),
        (include_str!("../data/found.txt"), facts::found(built())),
        (statements, statements::with_all_of(built(), statements)),
    ] {
        assert!(
            committed.lines().eq(expected.lines()),
            "run `cargo run --package port-registry-upkeep --bin refresh -- \
             registry/service-names-port-numbers.xml`; it would write\n{expected}"
        );
    }
}

#[test]
fn every_name_finds_its_service_on_every_protocol_in_any_case() {
    for name in built().spelled_names() {
        for (at, protocol) in protocols() {
            let expected = built().service_by_name(name, at);
            for spelling in [name, &name.to_ascii_uppercase(), &name.to_ascii_lowercase()] {
                let found = service_by_name(spelling, protocol);
                assert_eq!(found.map(index), expected, "{spelling}/{protocol}");
            }
        }
    }
}

#[test]
fn every_name_finds_all_its_services_in_any_case() {
    for name in built().spelled_names() {
        let expected = built().services_by_name(name);
        for spelling in [name, &name.to_ascii_uppercase(), &name.to_ascii_lowercase()] {
            assert_yields(&services_by_name(spelling), expected, &spelling);
        }
    }
}

#[test]
fn every_name_of_today_and_the_past_has_its_canonical_name() {
    for name in built()
        .spelled_names()
        .into_iter()
        .chain(built().former_names())
    {
        let expected = built().canonical_name(name);
        assert!(expected.is_some(), "{name}");
        for spelling in [name, &name.to_ascii_uppercase(), &name.to_ascii_lowercase()] {
            assert_eq!(canonical_name(spelling), expected, "{spelling}");
        }
    }
}

#[test]
fn every_record_has_every_column() {
    assert_eq!(records().len(), built().rows.len());
    for (record, row) in records().zip(&built().rows) {
        assert_eq!(record.index(), row.index);
        assert_eq!(record.name(), row.name.as_deref(), "{record:?}");
        assert_eq!(
            record.service().map(index),
            row.name.as_ref().map(|_| row.index)
        );
        let stated = row
            .name
            .as_ref()
            .map_or_else(|| row.stated_status(), |_| "assigned");
        assert_eq!(record.status().as_str(), stated, "{record:?}");
        assert_columns(record, row);
    }
}

#[test]
fn every_service_has_every_column() {
    assert_eq!(services().len(), built().named().count());
    for (service, row) in services().zip(built().named()) {
        assert_eq!(index(service), row.index);
        assert_eq!(Some(service.name()), row.name.as_deref());
        assert_eq!(service.alias_of().map(index), row.alias_of, "{service:?}");
        assert_eq!(service.is_alias(), row.alias_of.is_some(), "{service:?}");
        assert_eq!(
            index(service.canonical()),
            built().canonical(row.index),
            "{service:?}"
        );
        let aliases: Vec<usize> = service.aliases().map(index).collect();
        assert_eq!(aliases, built().aliases(row.index), "{service:?}");
        assert_same_columns(service, Record::from(service));
    }
}

#[test]
fn records_and_services_run_backwards_too() {
    assert!(
        records()
            .rev()
            .map(Record::index)
            .eq((0..built().rows.len()).rev())
    );
    let named: Vec<usize> = built().named().map(|row| row.index).collect();
    assert_yields(&services(), &named, &"services()");
}

/// The columns that named and unnamed rows share.
fn assert_columns(record: Record, row: &Row) {
    let span = record.ports().map(|ports| (ports.first(), ports.last()));
    assert_eq!(span, row.span, "{record:?}");
    assert_eq!(
        record.port(),
        row.span.map(|(first, _)| first),
        "{record:?}"
    );
    assert_eq!(Column::ALL.len(), row.fields.len());
    for (&column, field) in Column::ALL.iter().zip(&row.fields) {
        let cell = record.column(column);
        assert_eq!(cell.to_string(), *field, "{record:?} {column}");
        assert_eq!(cell.is_empty(), field.is_empty(), "{record:?} {column}");
    }
    let protocol = row.protocol.map(|at| Protocol::ALL[at]);
    assert_eq!(record.protocol(), protocol, "{record:?}");
    assert_eq!(record.description(), row.description, "{record:?}");
    assert_contacts(record.assignees(), &row.assignees);
    assert_contacts(record.contacts(), &row.contacts);
    let registered = record.registered().map(|date| date.to_string());
    assert_eq!(registered, row.registered, "{record:?}");
    let modified = record.modified().map(|date| date.to_string());
    assert_eq!(modified, row.modified, "{record:?}");
    assert_references(record.references(), &row.references);
    assert_eq!(record.service_code(), row.service_code, "{record:?}");
    assert_eq!(
        record.unauthorized_use(),
        row.unauthorized_use.as_deref(),
        "{record:?}"
    );
    assert_eq!(record.note(), row.note.as_deref(), "{record:?}");
    assert_covers(record, row);
}

/// A record covers the ends of its span and nothing beside them, on each of its protocols.
fn assert_covers(record: Record, row: &Row) {
    let (first, last) = row.span.unwrap_or_default();
    let ports = [first, last, first.wrapping_sub(1), last.wrapping_add(1)];
    for (at, protocol) in protocols() {
        for port in ports {
            let covers = record.covers(port, protocol);
            assert_eq!(covers, row.covers(port, at), "{record:?} {port}/{protocol}");
        }
    }
}

/// What a service says of itself is what its record says.
fn assert_same_columns(service: Service, record: Record) {
    assert_eq!(Some(service.name()), record.name());
    assert_eq!(service.ports(), record.ports());
    assert_eq!(service.port(), record.port());
    for &column in Column::ALL {
        let cell = service.column(column).to_string();
        assert_eq!(cell, record.column(column).to_string());
    }
    assert_eq!(service.protocol(), record.protocol());
    assert_eq!(service.description(), record.description());
    assert!(service.assignees().eq(record.assignees()));
    assert!(service.contacts().eq(record.contacts()));
    assert_eq!(service.registered(), record.registered());
    assert_eq!(service.modified(), record.modified());
    assert!(service.references().eq(record.references()));
    assert_eq!(service.service_code(), record.service_code());
    assert_eq!(service.unauthorized_use(), record.unauthorized_use());
    assert_eq!(service.note(), record.note());
    for &protocol in Protocol::ALL {
        let port = record.port().unwrap_or_default();
        assert_eq!(
            service.covers(port, protocol),
            record.covers(port, protocol)
        );
    }
}

fn assert_contacts(found: impl Iterator<Item = Contact> + Clone, expected: &[String]) {
    assert!(
        found.clone().map(Contact::id).eq(expected),
        "expected contacts {expected:?}, found {:?}",
        found.collect::<Vec<_>>(),
    );
}

fn assert_references(found: impl ExactSizeIterator<Item = Reference>, expected: &[Xref]) {
    assert_eq!(found.len(), expected.len(), "{expected:?}");
    for (reference, xref) in found.zip(expected) {
        assert_reference(reference, xref);
    }
}

/// Every method answers what the `xref` says. Where documents are read is stated here a second
/// time.
fn assert_reference(reference: Reference, xref: &Xref) {
    assert_eq!(reference.text(), xref.text);
    assert_eq!(reference.to_string(), xref.text);
    assert_eq!(
        reference.section(),
        xref.section.as_deref(),
        "{reference:?}"
    );
    let data = xref.data.as_str();
    let (kind, number, url) = match xref.kind.as_str() {
        "rfc" => {
            let (series, digits) = data.split_at(3);
            let page = match &xref.section {
                None => format!("info/{series}{digits}"),
                Some(section) => format!("rfc/rfc{digits}#section-{section}"),
            };
            let url = format!("https://www.rfc-editor.org/{page}");
            (series, digits.parse().ok(), Some(url))
        }
        "draft" => {
            let name = data.replace("RFC-ietf", "draft-ietf");
            let url = format!("https://datatracker.ietf.org/doc/html/{name}");
            ("draft", None, Some(url))
        }
        "uri" => ("uri", None, Some(data.to_owned())),
        "note" => ("footnote", None, None),
        kind => (kind, None, None),
    };
    assert_eq!(reference.kind().as_str(), kind, "{reference:?}");
    assert_eq!(reference.number(), number, "{reference:?}");
    assert_eq!(reference.url(), url.as_deref(), "{reference:?}");
    let mut footnotes = built().footnotes.iter();
    let footnote = footnotes.find(|(anchor, _)| kind == "footnote" && anchor == data);
    let note = footnote.map(|(_, text)| text.as_str());
    assert_eq!(reference.note(), note, "{reference:?}");
}

#[test]
fn every_contact_has_every_column() {
    let people = &built().people;
    assert_eq!(REGISTRY.contact_count(), contacts().len());
    assert!(contacts().len() >= people.len());
    for (found, person) in contacts().zip(people) {
        assert_eq!(found.id(), person.id);
        assert_eq!(found.name(), person.name.as_deref(), "{found:?}");
        assert_eq!(
            found.organization(),
            person.organization.as_deref(),
            "{found:?}"
        );
        assert!(
            found.uris().eq(person.uris.iter().map(String::as_str)),
            "{found:?}"
        );
        let updated = found.updated().map(|date| date.to_string());
        assert_eq!(updated, person.updated, "{found:?}");
        assert_eq!(contact(&person.id), Some(found));
    }
}

/// If an export refers to an id that no `person` has, there is a contact with only this id.
#[test]
fn what_is_no_person_is_an_id_only() {
    for found in contacts().skip(built().people.len()) {
        assert!(built().people.iter().all(|person| person.id != found.id()));
        assert_eq!(
            (found.name(), found.organization()),
            (None, None),
            "{found:?}"
        );
        assert_eq!(
            (found.uris().count(), found.updated()),
            (0, None),
            "{found:?}"
        );
    }
}

#[test]
fn a_contact_is_found_by_its_exact_id_only() {
    let ids: Vec<&str> = contacts().map(Contact::id).collect();
    for id in &ids {
        let others = [
            id.to_ascii_uppercase(),
            id.to_ascii_lowercase(),
            format!("{id} "),
            format!("{id}_"),
            id.chars().skip(1).collect(),
        ];
        for other in others.iter().filter(|other| other != id) {
            let found = contact(other).map(Contact::id);
            assert!(
                found.is_none() || found == Some(other),
                "{other} finds {found:?}"
            );
        }
    }
    assert_eq!(contact(""), None);
}

#[test]
fn every_service_code_finds_its_service() {
    let mut codes = HashMap::new();
    for row in built().named() {
        if let Some(code) = row.service_code {
            codes.entry(code).or_insert(row.index);
        }
    }
    assert!(!codes.is_empty());
    for (code, expected) in codes {
        assert_eq!(service_by_code(code).map(index), Some(expected), "{code}");
        for near in [code - 1, code + 1, code ^ 1 << 31, code & 0xFFFF] {
            assert_eq!(service_by_code(near), None, "{near}");
        }
    }
    assert_eq!(service_by_code(0), None);
    assert_eq!(service_by_code(u32::MAX), None);
}

#[test]
fn the_registry_describes_itself() {
    assert_eq!(REGISTRY.title(), built().title);
    assert_eq!(REGISTRY.updated().to_string(), built().updated);
    assert_eq!(REGISTRY.experts(), built().experts);
    assert_references(REGISTRY.references(), &built().references);
    assert_eq!(REGISTRY.record_count(), built().rows.len());
    assert_eq!(REGISTRY.service_count(), built().named().count());
}
