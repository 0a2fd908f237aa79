//! All that is known of one row.

use port_registry::{
    COMMON, Column, Record, Reference, Service, ServiceName, Use, records, services_by_name,
};
use serde_json::Value;

use super::convert::{common_fields, meaning, services_lines};
use super::json::{list, object};
use super::row::{Row, number, protocol_names};

/// How many rows on the same ports are told.
const NEIGHBOURS: usize = 60;

pub(super) fn detail(row: Row) -> Value {
    let common = match row {
        Row::Registered(_) => Value::Null,
        Row::Common(line) => {
            let mut value = object(common_fields(line));
            if let Some(fields) = value.as_object_mut() {
                fields.insert("meaning".to_owned(), meaning(line.kind()).into());
            }
            value
        }
    };
    let record = match row {
        Row::Registered(record) => Some(record),
        Row::Common(_) => None,
    };
    let service = record.and_then(Record::service);
    let aliases = service.into_iter().flat_map(Service::aliases);
    let columns = Column::ALL.iter().map(|&column| row.text(column));
    object([
        ("key", key(row).into()),
        ("common", common),
        ("columns", list(columns)),
        ("status", row.status().map(|one| one.as_str()).into()),
        (
            "record",
            record.and_then(|one| serde_json::to_value(one).ok()).into(),
        ),
        (
            "references",
            list(
                record
                    .into_iter()
                    .flat_map(Record::references)
                    .map(reference),
            ),
        ),
        ("alias_of", row.alias_of().map(link).into()),
        ("aliases", list(aliases.map(link))),
        ("same_name", list(same_name(row))),
        ("on_port", list(on_port(row))),
        ("before", before(row).into()),
        ("after", after(row).into()),
        ("uses", list(uses(row))),
        ("srv", list(srv(row))),
        ("services", services_lines(row).join("\n").into()),
    ])
}

/// What identifies a row: the name, the ports and the protocols; and a number, if rows share these.
fn key(row: Row) -> String {
    let own = plain_key(row);
    let own_number = number_of(row);
    let twins = Row::all().take_while(|(number, _)| Some(*number) != own_number);
    match twins.filter(|(_, other)| plain_key(*other) == own).count() {
        0 => own,
        before => format!("{own}/{}", before + 1),
    }
}

fn plain_key(row: Row) -> String {
    let ports = row
        .ports()
        .map(|ports| ports.to_string())
        .unwrap_or_default();
    match row {
        Row::Registered(record) => {
            let protocol = record.protocol().map_or("", |one| one.as_str());
            format!("{}/{ports}/{protocol}", record.name().unwrap_or_default())
        }
        Row::Common(line) => {
            let protocols = protocol_names(line.protocols()).join(",");
            format!("common:{}/{ports}/{protocols}", line.name())
        }
    }
}

fn number_of(row: Row) -> Option<u32> {
    match row {
        Row::Registered(record) => Some(number(record.index())),
        Row::Common(line) => Row::all_common()
            .find(|(_, other)| *other == line)
            .map(|(number, _)| number),
    }
}

/// The number of the row with a key.
pub(super) fn row_of(asked: &str) -> Option<u32> {
    let with_key = |key: &str, twin: usize| {
        let mut twins = Row::all().filter(|(_, row)| plain_key(*row) == key);
        twins.nth(twin).map(|(number, _)| number)
    };
    with_key(asked, 0).or_else(|| {
        let (key, twin) = asked.rsplit_once('/')?;
        let twin: usize = twin.parse().ok()?;
        with_key(key, twin.checked_sub(1)?)
    })
}

fn link(service: Service) -> Value {
    let record = service.record();
    object([
        ("name", service.name().into()),
        ("row", number(record.index()).into()),
    ])
}

fn reference(reference: Reference) -> Value {
    object([
        ("text", reference.text().into()),
        ("url", reference.url().into()),
        ("note", reference.note().into()),
    ])
}

/// The other rows with the same service name.
fn same_name(row: Row) -> Vec<u32> {
    let name = match row {
        Row::Registered(record) => record.name(),
        Row::Common(_) => None,
    };
    let own = number_of(row);
    let same = name.into_iter().flat_map(services_by_name);
    let mut rows: Vec<u32> = same
        .map(|service| number(service.record().index()))
        .filter(|&number| Some(number) != own)
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// The other rows on one of the same ports, those of the registry first.
fn on_port(row: Row) -> Vec<u32> {
    let own = number_of(row);
    let Some(ports) = row.ports() else {
        return Vec::new();
    };
    let here = |other: &Row| {
        let other = other.ports();
        other.is_some_and(|other| other.intersection(ports).is_some())
    };
    let rows = Row::all().filter(|(number, other)| Some(*number) != own && here(other));
    rows.map(|(number, _)| number).take(NEIGHBOURS).collect()
}

/// The nearest row on lower ports.
fn before(row: Row) -> Option<u32> {
    let first = row.ports()?.first();
    let lower = records().filter_map(|record| {
        let last = record.ports()?.last();
        (last < first).then_some((last, number(record.index())))
    });
    lower.max_by_key(|&(last, _)| last).map(|(_, row)| row)
}

/// The nearest row on higher ports.
fn after(row: Row) -> Option<u32> {
    let last = row.ports()?.last();
    let higher = records().filter_map(|record| {
        let first = record.ports()?.first();
        (first > last).then_some((first, number(record.index())))
    });
    higher.min_by_key(|&(first, _)| first).map(|(_, row)| row)
}

/// What is known about the use of the first port, on each protocol of the row, each thing once.
fn uses(row: Row) -> Vec<Value> {
    let Some(ports) = row.ports() else {
        return Vec::new();
    };
    let port = ports.first();
    let protocols = row.protocols();
    let mut told: Vec<(Use<'static>, Vec<&str>)> = Vec::new();
    for protocol in protocols.iter() {
        for one in COMMON.uses(port, protocol) {
            match told.iter_mut().find(|(known, _)| *known == one) {
                Some((_, protocols)) => protocols.push(protocol.as_str()),
                None => told.push((one, vec![protocol.as_str()])),
            }
        }
    }
    told.into_iter()
        .map(|(one, protocols)| {
            let (how, name, title, source) = match one {
                Use::Registered(service) => {
                    let title = service.record().description();
                    ("registered by IANA", Some(service.name()), title, None)
                }
                Use::Common(line) => {
                    let source = Some(line.source());
                    ("in common use", Some(line.name()), line.title(), source)
                }
                Use::Unauthorized(record) => {
                    let report = record.unauthorized_use().unwrap_or_default();
                    ("unauthorized use reported to IANA", None, report, None)
                }
                _ => ("known otherwise", None, "", None),
            };
            object([
                ("on", format!("{port}/{}", protocols.join(",")).into()),
                ("how", how.into()),
                ("name", name.into()),
                ("title", title.into()),
                ("source", source.into()),
            ])
        })
        .collect()
}

/// The names under which DNS has the service.
fn srv(row: Row) -> Vec<String> {
    let Row::Registered(record) = row else {
        return Vec::new();
    };
    let name = record.name().and_then(|name| ServiceName::new(name).ok());
    let labels = name.into_iter().filter_map(|name| {
        let protocol = record.protocol()?;
        Some(name.srv_label(protocol).to_string())
    });
    labels.collect()
}
