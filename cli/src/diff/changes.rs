//! What two sources say differently.

use std::collections::BTreeSet;

use port_registry::{Ports, Protocol, Protocols};

use super::said::{Place, Said};

/// What is compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) protocols: Protocols,
    pub(super) ports: Ports,
}

/// A difference. Either side may have nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// The first name of neighbouring ports.
    Ports {
        ports: Ports,
        protocol: Protocol,
        old: Option<String>,
        new: Option<String>,
    },
    /// The port of a name.
    Name {
        name: String,
        protocol: Protocol,
        old: Option<u16>,
        new: Option<u16>,
    },
}

/// All differences: those of ports, in their order, and then those of names, in theirs.
pub(super) fn changes(old: &Said, new: &Said, part: Part) -> Vec<Change> {
    let mut changes: Vec<_> = part
        .protocols
        .iter()
        .flat_map(|protocol| of_ports(old, new, protocol, part.ports))
        .collect();
    changes.sort_by_key(|change| match change {
        Change::Ports {
            ports, protocol, ..
        } => (ports.first(), *protocol),
        Change::Name { .. } => (u16::MAX, Protocol::ALL[0]),
    });
    changes.extend(of_names(old, new, part));
    changes
}

/// The differences on a protocol, with neighbours of the same difference joined.
fn of_ports(old: &Said, new: &Said, protocol: Protocol, ports: Ports) -> Vec<Change> {
    type Run<'a> = (Ports, Option<&'a str>, Option<&'a str>);
    let mut runs: Vec<Run<'_>> = Vec::new();
    for port in ports {
        let [before, after] = [old, new].map(|said| {
            let name = said.first.get(&(protocol, port));
            name.map(String::as_str)
        });
        if is_same(before, after) {
            continue;
        }
        let longer = runs.last().and_then(|(ports, ..)| {
            let is_next = ports.last().checked_add(1) == Some(port);
            Ports::new(ports.first(), port).filter(|_| is_next)
        });
        match (runs.last_mut(), longer) {
            (Some(run), Some(longer)) if (run.1, run.2) == (before, after) => run.0 = longer,
            _ => runs.push((Ports::one(port), before, after)),
        }
    }
    let change = |(ports, old, new): Run<'_>| Change::Ports {
        ports,
        protocol,
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
    };
    runs.into_iter().map(change).collect()
}

fn is_same(old: Option<&str>, new: Option<&str>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => old.eq_ignore_ascii_case(new),
        (old, new) => old == new,
    }
}

/// The names that lead elsewhere, or are only on one side. One that comes or goes together with
/// its port is told there.
fn of_names(old: &Said, new: &Said, part: Part) -> Vec<Change> {
    let (Some(old_places), Some(new_places)) = (&old.places, &new.places) else {
        return Vec::new();
    };
    let keys: BTreeSet<_> = old_places.keys().chain(new_places.keys()).collect();
    let mut changes = Vec::new();
    for key in keys {
        let (old_place, new_place) = (old_places.get(key), new_places.get(key));
        let [old_port, new_port] = [old_place, new_place].map(|place| place.map(|one| one.port));
        let protocol = key.1;
        let is_told = match (old_place, new_place) {
            (Some(_), Some(_)) | (None, None) => old_port == new_port,
            (Some(place), None) => is_told(old, new, place, protocol),
            (None, Some(place)) => is_told(new, old, place, protocol),
        };
        let is_asked = |port: Option<u16>| port.is_some_and(|port| part.ports.contains(port));
        let is_asked = is_asked(old_port) || is_asked(new_port);
        if is_told || !is_asked || !part.protocols.contains(protocol) {
            continue;
        }
        let name = new_place.or(old_place);
        changes.push(Change::Name {
            name: name.map_or_else(String::new, |place| place.name.clone()),
            protocol,
            old: old_port,
            new: new_port,
        });
    }
    changes
}

/// Whether the name is the first of its port on the one side, and another name, or none, is on the
/// other.
fn is_told(side: &Said, other: &Said, place: &Place, protocol: Protocol) -> bool {
    let first = |said: &Said| said.first.get(&(protocol, place.port)).cloned();
    let (here, there) = (first(side), first(other));
    is_same(here.as_deref(), Some(&place.name)) && !is_same(here.as_deref(), there.as_deref())
}
