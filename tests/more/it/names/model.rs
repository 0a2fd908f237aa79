//! What the names in force answer, by their documentation: plain searches through the two
//! independent readings and through lists of one's own names.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::support::common::{CommonLine, common_lines};
use crate::support::oracle::built;
use port_registry::error::{ParseSpecError, ParseSpecErrorKind};
use port_registry::{Ports, Protocol, Protocols, ResolvedSpec, Spec};

/// Every line of the list of common names.
pub(crate) fn lines() -> &'static [CommonLine] {
    static LINES: LazyLock<Vec<CommonLine>> = LazyLock::new(common_lines);
    &LINES
}

pub(super) fn protocols_of(line: &CommonLine) -> Protocols {
    let protocol = |word: &String| word.parse::<Protocol>().expect("a transport protocol");
    line.protocols.iter().map(protocol).collect()
}

pub(super) fn ports_of(line: &CommonLine) -> Ports {
    Ports::new(line.first, line.last).expect("the span is not reversed")
}

/// Every name of every line, with its line.
pub(super) fn common_names() -> impl Iterator<Item = (&'static str, &'static CommonLine)> {
    let names = |line: &'static CommonLine| line.names.iter().map(move |name| (&**name, line));
    lines().iter().flat_map(names)
}

/// By what a port is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// A name of one's own.
    Own(&'static str),
    Common(&'static str),
    /// The number, because several uses are common.
    Contested,
    Registered(&'static str),
    /// The number, because nothing is known.
    Nothing,
}

impl Shown {
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::Own(name) | Self::Common(name) | Self::Registered(name) => Some(name),
            Self::Contested | Self::Nothing => None,
        }
    }
}

/// What the registry shows on a port.
pub(crate) fn registered_name(port: u16, protocol: Protocol) -> Option<&'static str> {
    let best = *built().services_by_port(port, protocol as usize).first()?;
    built().rows[best].name.as_deref()
}

/// The ports of a name in the registry.
pub(crate) fn registered_ports(name: &str, protocol: Protocol) -> Option<Ports> {
    let row = built().service_by_name(name, protocol as usize)?;
    let (first, last) = built().rows[row].span?;
    Ports::new(first, last)
}

/// What the list of common names shows on a port, `None` if it says nothing of the port.
pub(crate) fn common_shown(port: u16, protocol: Protocol) -> Option<Shown> {
    static SHOWN: LazyLock<HashMap<(u16, Protocol), Shown>> = LazyLock::new(|| {
        let mut shown = HashMap::new();
        for line in lines() {
            let answer = match &*line.kind {
                "new" | "instead" => Shown::Common(&line.names[0]),
                "contested" => Shown::Contested,
                "typed" => continue,
                other => panic!("no such kind: {other}"),
            };
            for protocol in protocols_of(line) {
                for port in ports_of(line) {
                    let before = shown.insert((port, protocol), answer);
                    assert!(before.is_none_or(|before| before == answer), "{port}");
                }
            }
        }
        shown
    });
    SHOWN.get(&(port, protocol)).copied()
}

/// The ports of a name in the list of common names.
pub(crate) fn common_ports(name: &str, protocol: Protocol) -> Option<Ports> {
    static BY_NAME: LazyLock<HashMap<&str, &CommonLine>> =
        LazyLock::new(|| common_names().collect());
    let line = *BY_NAME.get(&*name.to_ascii_lowercase())?;
    protocols_of(line)
        .contains(protocol)
        .then(|| ports_of(line))
}

/// Ports with a name of one's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) first: u16,
    pub(super) last: u16,
    pub(super) on: &'static [&'static str],
    pub(super) name: &'static str,
    pub(super) further: &'static [&'static str],
}

impl Entry {
    pub(super) fn ports(&self) -> Ports {
        Ports::new(self.first, self.last).expect("the span is not reversed")
    }

    pub(super) fn on(&self) -> Protocols {
        let words = self.on.iter();
        words
            .map(|word| word.parse::<Protocol>().expect("a transport protocol"))
            .collect()
    }

    pub(super) fn covers(&self, port: u16, protocol: Protocol) -> bool {
        self.ports().contains(port) && self.on().contains(protocol)
    }

    /// The names that lead to the ports.
    pub(super) fn typed(&self) -> impl Iterator<Item = &'static str> {
        let all = [self.name].into_iter().chain(self.further.iter().copied());
        all.filter(|name| can_be_typed(name))
    }
}

/// Whether a line of services(5) can hold a name.
pub(crate) fn can_be_typed(name: &str) -> bool {
    let cannot =
        |one: char| one.is_control() || one.is_whitespace() || matches!(one, '#' | '\u{fffd}');
    !name.is_empty() && !name.contains(cannot)
}

/// Declares a table by the crate's macro and the same as plain entries.
macro_rules! table_and_entries {
    ($table:ident, $entries:ident: $(
        $first:literal $(- $last:literal)? / $($protocol:ident)|+ $name:literal $($further:literal)*
    ),+ $(,)?) => {
        static $table: port_registry::Table = port_registry::table![$(
            $first $(- $last)? / $($protocol)|+ $name $($further)*
        ),+];

        pub(super) const $entries: &[$crate::names::model::Entry] = &[$({
            let ports: &[u16] = &[$first $(, $last)?];
            $crate::names::model::Entry {
                first: ports[0],
                last: ports[ports.len() - 1],
                on: &[$(stringify!($protocol)),+],
                name: $name,
                further: &[$($further),*],
            }
        }),+];
    };
}

pub(super) use table_and_entries;

/// A choice of names: one's own, the one in front first, then the common ones or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice<'a> {
    pub(super) own: &'a [&'a [Entry]],
    pub(super) is_common: bool,
}

impl Choice<'_> {
    pub(super) fn shown(&self, port: u16, protocol: Protocol) -> Shown {
        let mut own = self.own.iter().copied().flatten();
        if let Some(entry) = own.find(|entry| entry.covers(port, protocol)) {
            return Shown::Own(entry.name);
        }
        if let Some(shown) = common_shown(port, protocol).filter(|_| self.is_common) {
            return shown;
        }
        registered_name(port, protocol).map_or(Shown::Nothing, Shown::Registered)
    }

    /// The ports of a name on a protocol in each of the tables, the one in front first.
    fn layers(&self, name: &str, protocol: Protocol) -> Vec<Option<Ports>> {
        let own = self.own.iter().map(|entries| {
            let has_name = |entry: &&Entry| {
                entry.on().contains(protocol)
                    && entry.typed().any(|own| own.eq_ignore_ascii_case(name))
            };
            entries.iter().find(has_name).map(Entry::ports)
        });
        let common = || common_ports(name, protocol);
        own.chain(self.is_common.then(common)).collect()
    }

    /// The ports of a name on a protocol in the first table that has it there.
    pub(super) fn listed(&self, name: &str, protocol: Protocol) -> Option<Ports> {
        self.layers(name, protocol).into_iter().flatten().next()
    }

    pub(super) fn port(&self, name: &str, protocol: Protocol) -> Option<u16> {
        let listed = self.listed(name, protocol);
        let ports = listed.or_else(|| registered_ports(name, protocol));
        ports.map(Ports::first)
    }

    /// The ports of a name on each protocol, in the first table that has it on any.
    pub(super) fn listing(&self, name: &str) -> Option<Vec<(Protocol, Ports)>> {
        let on_each: Vec<_> = Protocol::ALL
            .iter()
            .map(|&protocol| (protocol, self.layers(name, protocol)))
            .collect();
        let tables = self.own.len() + usize::from(self.is_common);
        let in_table = |table: usize| -> Vec<(Protocol, Ports)> {
            on_each
                .iter()
                .filter_map(|(protocol, layers)| Some((*protocol, layers[table]?)))
                .collect()
        };
        (0..tables)
            .map(in_table)
            .find(|listing| !listing.is_empty())
    }

    /// What a name means, on a protocol or given alone.
    pub(super) fn resolve(&self, name: &str, on: Option<Protocol>) -> Expected {
        let Some(protocol) = on else {
            return match self.listing(name) {
                None => Expected::AsRegistered,
                Some(listing) => {
                    let ports = listing[0].1;
                    if listing.iter().all(|&(_, other)| other == ports) {
                        let protocols = listing.iter().map(|&(protocol, _)| protocol).collect();
                        Expected::Resolved(ports, protocols)
                    } else {
                        Expected::Refused(ParseSpecErrorKind::Ambiguous)
                    }
                }
            };
        };
        if let Some(ports) = self.listed(name, protocol) {
            return Expected::Resolved(ports, protocol.into());
        }
        let is_registered = built().service_by_name(name, protocol as usize).is_some();
        if is_registered || self.listing(name).is_none() {
            Expected::AsRegistered
        } else {
            Expected::Refused(ParseSpecErrorKind::NotOnProtocol)
        }
    }
}

/// What a text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Resolved(Ports, Protocols),
    /// Whatever the registry's names alone say.
    AsRegistered,
    Refused(ParseSpecErrorKind),
}

impl Expected {
    /// Asserts that names in force answered so to a text, of which what is given without a protocol
    /// is meant on this one alone.
    #[track_caller]
    pub(super) fn assert(
        self,
        answer: Result<ResolvedSpec, ParseSpecError>,
        text: &str,
        meant: Option<Protocol>,
    ) {
        match self {
            Self::Resolved(ports, protocols) => {
                let resolved =
                    answer.unwrap_or_else(|error| panic!("{text} on {meant:?}: {error}"));
                assert_eq!(
                    (resolved.ports(), resolved.protocols()),
                    (ports, protocols),
                    "{text} on {meant:?}"
                );
            }
            Self::AsRegistered => {
                assert_eq!(answer, as_registered(text, meant), "{text} on {meant:?}");
            }
            Self::Refused(kind) => {
                let error = answer.expect_err("the text is refused");
                assert_eq!(error.kind(), kind, "{text} on {meant:?}: {error}");
            }
        }
    }
}

/// What a text means by the registry's names.
pub(super) fn as_registered(
    text: &str,
    meant: Option<Protocol>,
) -> Result<ResolvedSpec, ParseSpecError> {
    let spec = Spec::new(text)?;
    match meant {
        Some(protocol) if spec.protocol().is_none() => spec.on(protocol)?.resolve(),
        _ => spec.resolve(),
    }
}

/// The answer of [`Choice::resolve`] as the port number that a configuration means by a name.
#[cfg(feature = "serde")]
pub(super) fn port_in_configuration(
    choice: Choice<'_>,
    name: &str,
    protocol: Protocol,
) -> Option<u16> {
    match choice.resolve(name, Some(protocol)) {
        Expected::Resolved(ports, _) => Some(ports.first()),
        Expected::AsRegistered => registered_ports(name, protocol).map(Ports::first),
        Expected::Refused(_) => None,
    }
}
