//! Rows that the independent reading found, as they are committed. The registry is not read again, so
//! this is quick enough for Miri, which `.ci/platforms` runs.

use crate::support::facts::committed_found;
use port_registry::{
    COMMON, Ports, Protocol, ServiceName, Spec, canonical_name, label, service_by_name,
    service_by_port, service_name, services_by_name, services_by_port,
};

/// A row with a name, ports and a protocol: those by which it can be asked for.
struct Asked {
    name: &'static str,
    ports: Ports,
    protocol: Protocol,
    description: &'static str,
}

fn rows() -> Vec<Asked> {
    let found = committed_found();
    let rows = found.iter().flat_map(|(_, rows)| rows);
    let rows = rows.filter(|row| row[..3].iter().all(|column| !column.is_empty()));
    let asked = rows.map(|&[name, ports, protocol, description]| Asked {
        name,
        ports: ports.parse().expect("ports"),
        protocol: protocol.parse().expect("a protocol"),
        description,
    });
    asked.collect()
}

#[test]
fn each_row_is_found_by_its_ports_and_by_its_name() {
    let rows = rows();
    assert!(!rows.is_empty());
    for Asked {
        name,
        ports,
        protocol,
        description,
    } in rows
    {
        for port in [ports.first(), ports.last()] {
            let mut services = services_by_port(port, protocol);
            let found = services.find(|service| service.name() == name);
            let found = found.unwrap_or_else(|| panic!("{name} is on {port}/{protocol}"));
            assert_eq!(found.ports(), Some(ports), "{name}");
            assert_eq!(found.description().replace('\n', " "), description);
            assert!(found.covers(port, protocol), "{name}");
            let first = service_by_port(port, protocol);
            assert_eq!(
                service_name(port, protocol),
                first.map(|first| first.name())
            );
            assert_eq!(label(port, protocol).service(), first, "{name}");
            assert!(COMMON.label(port, protocol).name().is_some(), "{name}");
        }
        for spelling in [name.to_ascii_uppercase(), name.to_ascii_lowercase()] {
            let mut services = services_by_name(&spelling);
            assert!(
                services.any(|service| service.ports() == Some(ports)),
                "{name}"
            );
            assert!(service_by_name(&spelling, protocol).is_some(), "{name}");
            assert!(canonical_name(&spelling).is_some(), "{name}");
        }
    }
}

/// One byte that is not of the name, at each of its places, and the parsers of what people type.
#[test]
fn a_name_that_is_wrong_in_one_byte_is_not_this_service() {
    for Asked { name, protocol, .. } in rows().iter().step_by(4) {
        for at in 0..name.len() {
            let mut wrong = name.as_bytes().to_vec();
            wrong[at] = b'~';
            let wrong = String::from_utf8(wrong).expect("names are ASCII");
            assert_eq!(service_by_name(&wrong, *protocol), None, "{wrong}");
            assert!(wrong.parse::<Spec>().is_err(), "{wrong}");
            assert!(wrong.parse::<ServiceName>().is_err(), "{wrong}");
        }
    }
}
