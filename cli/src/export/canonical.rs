//! Which rows of the registry answer for ports.

use port_registry::{Record, service_by_port};

/// Whether `service_by_port` answers with this row for one of its ports at least, on one of its
/// transport protocols.
pub fn is_canonical(record: Record) -> bool {
    let (Some(service), Some(ports)) = (record.service(), record.ports()) else {
        return false;
    };
    let answers = |port, protocol| service_by_port(port, protocol) == Some(service);
    let mut protocols = record.protocols().iter();
    protocols.any(|protocol| ports.iter().any(|port| answers(port, protocol)))
}
