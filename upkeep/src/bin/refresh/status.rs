//! Ports whose status differs between two registries.

use std::cmp::Reverse;

use serde::{Serialize, Serializer};

use crate::changes::span;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::format::value::status::{PortRange, PortStatus};
use crate::intake::model::Registry;
use crate::intake::rules::{rank_of_status, stated_status};

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

/// Compares the status of every port, and joins neighbours that changed alike.
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
    let mut statuses: Vec<PortStatus> = (0..=u16::MAX)
        .map(|port| match PortRange::of(port) {
            PortRange::Dynamic => PortStatus::Dynamic,
            PortRange::System | PortRange::User => PortStatus::Unlisted,
        })
        .collect();
    let records = registry.records.iter();
    let mut records: Vec<_> = records
        .filter(|record| record.covers_protocol(protocol))
        .filter_map(|record| Some((record.ports?, record)))
        .collect();
    // The row that decides comes last: the most specific one without a service name, and
    // after those, every one with a name.
    records.reverse();
    records.sort_by_key(|(_, record)| Reverse(rank_of_status(record)));
    records.sort_by_key(|(_, record)| record.name.is_some());
    for (ports, record) in records {
        let status = match record.name {
            Some(_) => PortStatus::Assigned,
            None => stated_status(&record.description.to_string()),
        };
        statuses[usize::from(ports.first())..=usize::from(ports.last())].fill(status);
    }
    statuses
}
