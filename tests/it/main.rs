//! The library, against an independent reading of the registry.

use test_support as support;

mod columns;
mod constants;
mod differential;
mod dns_sd;
mod documents;
mod flow;
mod label;
mod names;
mod near_miss;
mod order;
mod other_registries;
mod overlay;
mod ports;
mod rules;
mod saved_names;
mod search;
mod serde;
mod service_name;
mod spec;
mod spec_set;
mod spec_set_views;
mod static_size;
mod txt_keys;
mod unassigned;
mod values;

use port_registry::Protocol;

/// Every transport protocol with its index in the independent reading.
fn protocols() -> impl Iterator<Item = (usize, Protocol)> {
    Protocol::ALL.iter().copied().enumerate()
}
