//! The library with all its features, against an independent reading of the registry: names in
//! force, overlays, sets, serde, and whatever needs made-up input or a build of its own.

use test_support as support;

mod constants;
mod names;
mod order;
mod other_registries;
mod overlay;
mod serde;
mod service_name;
mod spec;
mod spec_set;
mod spec_set_views;
mod txt_keys;
mod values;

use port_registry::Protocol;

/// Every transport protocol with its index in the independent reading.
fn protocols() -> impl Iterator<Item = (usize, Protocol)> {
    Protocol::ALL.iter().copied().enumerate()
}
