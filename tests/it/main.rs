//! The library, against an independent reading of the registry.

use test_support as support;

mod columns;
mod differential;
mod dns_sd;
mod documents;
mod flow;
mod label;
mod near_miss;
mod ports;
mod rules;
mod sampled;
mod saved_names;
mod search;
mod static_size;
mod unassigned;

use port_registry::Protocol;

/// Every transport protocol with its index in the independent reading.
fn protocols() -> impl Iterator<Item = (usize, Protocol)> {
    Protocol::ALL.iter().copied().enumerate()
}
