//! Ports by name.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::names::{Lead, NameTexts, Table, order_of_leads};

/// The ports of each name on each transport protocol, in alphabetical order without regard to ASCII
/// case. They lie as lookups in a [`Table`] read them.
#[derive(Clone, Debug, Default)]
pub(super) struct PortsByName {
    leads: Vec<Lead>,
    names: Vec<Box<str>>,
}

impl PortsByName {
    #[inline]
    pub(super) const fn new() -> Self {
        Self {
            leads: Vec::new(),
            names: Vec::new(),
        }
    }

    /// Names with the ports that each leads to. Of those of one name on one protocol, the first
    /// holds.
    #[inline]
    pub(super) fn of_names<'a>(names: impl Iterator<Item = (&'a str, Protocol, Ports)>) -> Self {
        let mut names: Vec<_> = names.collect();
        let order = |own: &(&str, Protocol, Ports), other: &(&str, Protocol, Ports)| {
            order_of_leads((own.0, own.1), (other.0, other.1))
        };
        // A stable sort leaves the first of one name in front.
        names.sort_by(order);
        names.dedup_by(|next, first| order(next, first) == Ordering::Equal);
        let lead = |&(_, protocol, ports): &(&str, Protocol, Ports)| Lead { protocol, ports };
        Self {
            leads: names.iter().map(lead).collect(),
            names: names.iter().map(|named| named.0.into()).collect(),
        }
    }

    /// A table in which these names lead to their ports, and none is shown.
    #[inline]
    pub(super) fn table(&self) -> Table<'_> {
        Table {
            leads: &self.leads,
            lead_names: NameTexts::Overlay(&self.names),
            ..Table::EMPTY
        }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.leads.is_empty()
    }

    #[inline]
    pub(super) fn port(&self, name: &str, protocol: Protocol) -> Option<u16> {
        self.table().port(name, protocol)
    }

    /// Every name on every protocol that it leads to ports on: by name, then by protocol.
    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Protocol, Ports)> + Clone {
        let leads = self.leads.iter().zip(&self.names);
        leads.map(|(lead, name)| (&**name, lead.protocol, lead.ports))
    }

    /// Every name with the first of its ports.
    #[inline]
    pub(super) fn first_ports(&self) -> impl Iterator<Item = (&str, Protocol, u16)> {
        self.iter()
            .map(|(name, protocol, ports)| (name, protocol, ports.first()))
    }

    /// Gives the name these ports, whatever ports it had before.
    #[inline]
    pub(super) fn insert(&mut self, name: &str, protocol: Protocol, ports: Ports) {
        let lead = Lead { protocol, ports };
        match self.table().place_of(name, protocol) {
            Ok(place) => {
                if let Some(own) = self.leads.get_mut(place) {
                    *own = lead;
                }
                if let Some(own) = self.names.get_mut(place).filter(|own| ***own != *name) {
                    *own = name.into();
                }
            }
            Err(place) => {
                self.leads.insert(place, lead);
                self.names.insert(place, name.into());
            }
        }
    }
}
