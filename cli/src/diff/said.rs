//! What a source says of ports and names.

use std::collections::BTreeMap;

use port_registry::{IANA, Ports, Protocol, Protocols};

/// Names for ports, as a source gives them.
#[derive(Debug)]
pub(super) struct Row {
    /// At least one; the others are aliases.
    pub(super) names: Vec<String>,
    pub(super) ports: Ports,
    pub(super) protocols: Protocols,
}

/// Which of several rows for one port, or for one name, holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The first one.
    First,
    /// That of the registry, if it is among them, otherwise the first one.
    OfRegistry,
}

/// Whether a source gives all names or only the first of each port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    All,
    FirstNames,
}

/// The port of a name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// As the source spells it.
    pub(super) name: String,
    pub(super) port: u16,
}

/// What is compared.
#[derive(Debug)]
pub(super) struct Said {
    /// The first name of every port that has one.
    pub(super) first: BTreeMap<(Protocol, u16), String>,
    /// The port of every name, in lower case. `None` if the source does not give all names.
    pub(super) places: Option<BTreeMap<(String, Protocol), Place>>,
}

impl Said {
    /// Everything that these rows say together.
    pub(super) fn of_rows(rows: &[Row], choice: Choice, extent: Extent) -> Self {
        Self {
            first: first_names(rows, choice),
            places: (extent == Extent::All).then(|| places(rows, choice)),
        }
    }

    /// Every name.
    pub(super) fn all_names(&self) -> impl Iterator<Item = &str> {
        let places = self.places.iter().flat_map(BTreeMap::values);
        let first = self.first.values().map(String::as_str);
        places.map(|place| place.name.as_str()).chain(first)
    }
}

impl Choice {
    /// Whether a row for the same port replaces the one before it.
    fn prefers_name(self, name: &str, port: u16, protocol: Protocol) -> bool {
        let chosen = || IANA.name(port, protocol);
        self == Self::OfRegistry && chosen().is_some_and(|one| one.eq_ignore_ascii_case(name))
    }

    /// Whether a row for the same name replaces the one before it.
    fn prefers_port(self, name: &str, port: u16, protocol: Protocol) -> bool {
        self == Self::OfRegistry && IANA.port(name, protocol) == Some(port)
    }
}

fn first_names(rows: &[Row], choice: Choice) -> BTreeMap<(Protocol, u16), String> {
    let mut first: BTreeMap<(Protocol, u16), &str> = BTreeMap::new();
    for row in rows {
        let Some(name) = row.names.first() else {
            continue;
        };
        for protocol in row.protocols.iter() {
            for port in row.ports {
                let held = first.entry((protocol, port)).or_insert(name);
                if choice.prefers_name(name, port, protocol) {
                    *held = name;
                }
            }
        }
    }
    let owned = first.into_iter().map(|(key, name)| (key, name.to_owned()));
    owned.collect()
}

fn places(rows: &[Row], choice: Choice) -> BTreeMap<(String, Protocol), Place> {
    let mut places = BTreeMap::new();
    for row in rows {
        let port = row.ports.first();
        for protocol in row.protocols.iter() {
            for name in &row.names {
                let place = || Place {
                    name: name.clone(),
                    port,
                };
                let key = (name.to_ascii_lowercase(), protocol);
                let held = places.entry(key).or_insert_with(place);
                if choice.prefers_port(name, port, protocol) {
                    *held = place();
                }
            }
        }
    }
    places
}
