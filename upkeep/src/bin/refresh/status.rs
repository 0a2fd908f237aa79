//! Ports whose status differs between two registries.

use serde::{Serialize, Serializer};

use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::format::value::status::{PortStatus, status_of_port};
use crate::intake::model::Registry;
use crate::meaning::ports::unnamed;
use crate::meaning::rules::status_of;
use crate::span::span;

/// A span of ports whose status changed in one way on one transport protocol.
#[derive(Debug, Serialize)]
pub(crate) struct StatusChange {
    #[serde(serialize_with = "as_text")]
    pub(crate) protocol: Protocol,
    #[serde(serialize_with = "span")]
    pub(crate) ports: Ports,
    #[serde(serialize_with = "as_text")]
    pub(crate) old: PortStatus,
    #[serde(serialize_with = "as_text")]
    pub(crate) new: PortStatus,
}

fn as_text<S: Serializer>(value: &impl ToString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&value.to_string())
}

/// Compares the status of every port, and joins neighbours with the same change.
pub(crate) fn changes(old: &Registry, new: &Registry) -> Vec<StatusChange> {
    let mut changes: Vec<StatusChange> = Vec::new();
    for &protocol in Protocol::ALL {
        let statuses = statuses(old, protocol)
            .into_iter()
            .zip(statuses(new, protocol));
        for (port, (old, new)) in (0..=u16::MAX).zip(statuses) {
            if old == new {
                continue;
            }
            match changes.last_mut() {
                Some(last)
                    if (last.protocol, last.old, last.new) == (protocol, old, new)
                        && last.ports.last().checked_add(1) == Some(port) =>
                {
                    if let Some(longer) = Ports::new(last.ports.first(), port) {
                        last.ports = longer;
                    }
                }
                _ => changes.push(StatusChange {
                    protocol,
                    ports: Ports::one(port),
                    old,
                    new,
                }),
            }
        }
    }
    changes
}

/// The status of every port on one transport protocol.
fn statuses(registry: &Registry, protocol: Protocol) -> Vec<PortStatus> {
    let records = &registry.records;
    let of_rows: Vec<PortStatus> = records.iter().map(status_of).collect();
    let mut has_service = vec![false; 1 << 16];
    for record in records.iter().filter(|record| record.name.is_some()) {
        if let Some(ports) = record.ports.filter(|_| record.covers_protocol(protocol)) {
            has_service[usize::from(ports.first())..=usize::from(ports.last())].fill(true);
        }
    }
    let unnamed = unnamed(records, protocol);
    let of_port = |port: u16| {
        let place = usize::from(port);
        let stated = unnamed[place].map(|row| of_rows[row]);
        status_of_port(port, has_service[place], stated)
    };
    (0..=u16::MAX).map(of_port).collect()
}
