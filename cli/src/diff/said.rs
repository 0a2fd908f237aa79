//! What a source says of ports and names.

use std::collections::{BTreeMap, HashMap};

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

fn first_names(rows: &[Row], choice: Choice) -> BTreeMap<(Protocol, u16), String> {
    let mut on_port: BTreeMap<(Protocol, u16), Vec<&str>> = BTreeMap::new();
    for row in rows {
        let Some(name) = row.names.first() else {
            continue;
        };
        for protocol in row.protocols.iter() {
            for port in row.ports {
                on_port.entry((protocol, port)).or_default().push(name);
            }
        }
    }
    on_port
        .into_iter()
        .filter_map(|((protocol, port), names)| {
            let chosen = match choice {
                Choice::First => None,
                Choice::OfRegistry => IANA.name(port, protocol),
            };
            let is_chosen = |name: &&&str| chosen.is_some_and(|one| one.eq_ignore_ascii_case(name));
            let name = names.iter().find(is_chosen).or(names.first())?;
            Some(((protocol, port), (*name).to_owned()))
        })
        .collect()
}

fn places(rows: &[Row], choice: Choice) -> BTreeMap<(String, Protocol), Place> {
    let mut places: HashMap<(String, Protocol), Vec<Place>> = HashMap::new();
    for row in rows {
        for protocol in row.protocols.iter() {
            for name in &row.names {
                let all = places.entry((name.to_ascii_lowercase(), protocol));
                all.or_default().push(Place {
                    name: name.clone(),
                    port: row.ports.first(),
                });
            }
        }
    }
    places
        .into_iter()
        .filter_map(|((name, protocol), mut places)| {
            let chosen = match choice {
                Choice::First => None,
                Choice::OfRegistry => IANA.port(&name, protocol),
            };
            let is_chosen = |place: &Place| Some(place.port) == chosen;
            let chosen = places.iter().position(is_chosen).unwrap_or(0);
            let place = (chosen < places.len()).then(|| places.swap_remove(chosen))?;
            Some(((name, protocol), place))
        })
        .collect()
}
