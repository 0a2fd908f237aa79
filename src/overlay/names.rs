//! Ports by name.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;

use crate::format::value::protocol::Protocol;

/// The port of each name on each transport protocol, ASCII case ignored.
#[derive(Clone, Debug, Default)]
pub(super) struct PortsByName(BTreeMap<Box<str>, NamedPorts>);

#[derive(Clone, Debug)]
struct NamedPorts {
    /// The spelling that was given last.
    spelling: Box<str>,
    /// In the order of [`Protocol::ALL`].
    ports: [Option<u16>; Protocol::COUNT],
}

impl PortsByName {
    #[inline]
    pub(super) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[inline]
    pub(super) fn port(&self, name: &str, protocol: Protocol) -> Option<u16> {
        let named = self.0.get(&*lower(name))?;
        named.ports.get(protocol as usize).copied().flatten()
    }

    /// Every name on every protocol that it has a port on: by name, then by protocol.
    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Protocol, u16)> + Clone {
        self.0.values().flat_map(|named| {
            let ports = Protocol::EACH.into_iter().zip(named.ports);
            ports.filter_map(|(protocol, port)| Some((&*named.spelling, protocol, port?)))
        })
    }

    /// Gives the name this port, whatever port it had before.
    #[inline]
    pub(super) fn insert(&mut self, name: &str, protocol: Protocol, port: u16) {
        let named = self.0.entry(lower(name).into());
        let named = named.or_insert_with(|| NamedPorts {
            spelling: Box::default(),
            ports: Default::default(),
        });
        if *named.spelling != *name {
            named.spelling = name.into();
        }
        if let Some(own) = named.ports.get_mut(protocol as usize) {
            *own = Some(port);
        }
    }
}

/// The name in lower case. Most names are in lower case already and need no allocation.
#[inline]
fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        name.to_ascii_lowercase().into()
    } else {
        name.into()
    }
}
