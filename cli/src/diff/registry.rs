//! What is compiled in, with the names in force.

use std::collections::BTreeMap;

use port_registry::{CommonUse, Names, Protocol, Service, common_uses, services};

use super::said::{Place, Said};

/// What these names say of all ports, of all names compiled in, and of the names that are `asked`.
pub(super) fn said(names: Names<'_>, asked: &[String]) -> Said {
    let mut first = BTreeMap::new();
    for &protocol in Protocol::ALL {
        for port in 0..=u16::MAX {
            if let Some(name) = names.name(port, protocol) {
                first.insert((protocol, port), name.to_owned());
            }
        }
    }
    let mut places = BTreeMap::new();
    let mut ask = |name: &str| {
        for &protocol in Protocol::ALL {
            if let Some(port) = names.port(name, protocol) {
                let key = (name.to_ascii_lowercase(), protocol);
                let name = name.to_owned();
                // The first spelling holds: that of the registry.
                places.entry(key).or_insert(Place { name, port });
            }
        }
    };
    services().map(Service::name).for_each(&mut ask);
    common_uses().flat_map(CommonUse::names).for_each(&mut ask);
    first.values().for_each(|name| ask(name));
    asked.iter().for_each(|name| ask(name));
    Said {
        first,
        places: Some(places),
    }
}
