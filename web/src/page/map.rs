//! The map of all ports.

use port_registry::{COMMON, IANA, PortStatus, Ports, Protocol, Use, port_status, record_by_port};
use serde_json::Value;

use super::json::{list, object};
use super::row::Row;

const ALL: u16 = u16::MAX;

/// The place of every port's status in `PortStatus::ALL`.
pub(super) fn statuses(protocol: Protocol) -> Vec<u8> {
    let place = |status: PortStatus| {
        let mut all = (0..).zip(PortStatus::ALL);
        all.find(|(_, one)| **one == status)
            .map_or(0, |(place, _)| place)
    };
    (0..=ALL)
        .map(|port| place(port_status(port, protocol)))
        .collect()
}

/// For every port 1 if one of these rows holds for it, else 0.
pub(super) fn lit(rows: &[u32], protocol: Protocol) -> Vec<u8> {
    let mut lit = vec![0; usize::from(ALL) + 1];
    let rows = rows.iter().filter_map(|&row| Row::at(row));
    let rows = rows.filter(|row| row.protocols().contains(protocol));
    for ports in rows.filter_map(Row::ports) {
        light(&mut lit, ports);
    }
    lit
}

fn light(lit: &mut [u8], ports: Ports) {
    let span = usize::from(ports.first())..=usize::from(ports.last());
    if let Some(lit) = lit.get_mut(span) {
        lit.fill(1);
    }
}

/// What is known of a port.
pub(super) fn port(port: u16, protocol: Protocol) -> Value {
    let record = record_by_port(port, protocol);
    let common = COMMON.uses(port, protocol).filter_map(|one| match one {
        Use::Common(line) => Some(line.name()),
        _ => None,
    });
    object([
        ("status", port_status(port, protocol).as_str().into()),
        ("name", IANA.name(port, protocol).into()),
        ("description", record.map(|one| one.description()).into()),
        ("common", list(common)),
    ])
}
