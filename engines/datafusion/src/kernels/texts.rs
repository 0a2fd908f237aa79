//! The texts that numbers stand for.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use arrow::array::{ArrayRef, StringViewArray, UInt16Array};
use port_registry::{PortRange, PortStatus, common_uses, services};

/// The names of all services in the order of their bytes.
static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let registered = services().map(port_registry::Service::name);
    let common = common_uses().flat_map(port_registry::CommonUse::names);
    registered
        .chain(common)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
});

/// Returns every service name of the registry and every common name, each once, in the order of
/// their bytes.
#[must_use]
pub fn service_texts() -> &'static ArrayRef {
    static TEXTS: LazyLock<ArrayRef> = LazyLock::new(|| array(NAMES.iter().copied()));
    &TEXTS
}

/// Returns the position of a name in [`service_texts`].
pub(super) fn service_number(name: &str) -> Option<u16> {
    let position = NAMES.binary_search(&name).ok()?;
    u16::try_from(position).ok()
}

/// Returns [`service_texts`] and then all port numbers as text.
#[must_use]
pub fn label_texts() -> &'static ArrayRef {
    static TEXTS: LazyLock<ArrayRef> = LazyLock::new(|| {
        let names = NAMES.iter().map(ToString::to_string);
        let ports = (0..=u16::MAX).map(|port| port.to_string());
        array(names.chain(ports))
    });
    &TEXTS
}

/// Returns the position in [`label_texts`] of each service's name, or of the port where it has none.
pub(super) fn label_numbers(services: &UInt16Array, ports: &[u16]) -> Vec<u32> {
    let first_port = u32::try_from(NAMES.len()).unwrap_or(u32::MAX);
    let named = services.iter().zip(ports);
    named
        .map(|(service, &port)| service.map_or(first_port + u32::from(port), u32::from))
        .collect()
}

/// Returns the words of [`PortStatus`].
#[must_use]
pub fn status_texts() -> &'static ArrayRef {
    static TEXTS: LazyLock<ArrayRef> =
        LazyLock::new(|| array(PortStatus::ALL.iter().map(|status| status.as_str())));
    &TEXTS
}

/// Returns the words of [`PortRange`].
#[must_use]
pub fn range_texts() -> &'static ArrayRef {
    static TEXTS: LazyLock<ArrayRef> =
        LazyLock::new(|| array(PortRange::ALL.iter().map(|range| range.as_str())));
    &TEXTS
}

fn array(texts: impl Iterator<Item = impl AsRef<str>>) -> ArrayRef {
    let texts: StringViewArray = texts.map(Some).collect();
    Arc::new(texts)
}
