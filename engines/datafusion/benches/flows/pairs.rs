//! The table that others join: one row a port.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int32Array, RecordBatch, StringArray};
use port_registry::{IANA, Protocol};

use crate::Result;

/// Every port with a service and its name, in the integer types of the flows.
pub fn batch() -> Result<RecordBatch> {
    let (mut ports, mut protocols, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for protocol in Protocol::ALL {
        for port in 0..=u16::MAX {
            if let Some(name) = IANA.name(port, *protocol) {
                ports.push(i32::from(port));
                protocols.push(i32::from(protocol.number()));
                names.push(name);
            }
        }
    }
    Ok(RecordBatch::try_from_iter([
        ("port", Arc::new(Int32Array::from(ports)) as ArrayRef),
        ("protocol", Arc::new(Int32Array::from(protocols))),
        ("name", Arc::new(StringArray::from(names))),
    ])?)
}
