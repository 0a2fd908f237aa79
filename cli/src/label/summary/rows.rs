//! The rows of a summary, in order.

use std::cmp::Reverse;
use std::collections::HashMap;

use port_registry::{PortRange, Protocol};

use super::{Count, Summary};
use crate::label::names::PortNames;

/// What a row counts. The order decides between rows of equally many lines, and the last kinds come
/// last whatever they count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A port.
    Port,
    /// A name without a known port.
    Name,
    /// All names beyond those that are counted one by one.
    OtherNames,
    /// Dynamic Ports of which nobody knows whether they are servers'.
    Dynamic,
    WithoutPorts,
    NotUnderstood,
    /// The rows beyond those of `--top`.
    Others,
}

impl Kind {
    /// What JSON and CSV call it.
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::Port => "port",
            Self::Name => "name",
            Self::OtherNames => "other-names",
            Self::Dynamic => "dynamic",
            Self::WithoutPorts => "without-ports",
            Self::NotUnderstood => "not-understood",
            Self::Others => "others",
        }
    }

    /// Whether it counts services.
    fn is_of_services(self) -> bool {
        matches!(
            self,
            Self::Port | Self::Name | Self::OtherNames | Self::Dynamic
        )
    }
}

/// A row.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) kind: Kind,
    pub(crate) service: Option<String>,
    pub(crate) protocol: Option<Protocol>,
    pub(crate) port: Option<u16>,
    pub(crate) lines: u64,
    pub(crate) bytes: u64,
    pub(crate) guessed: u64,
}

impl Line {
    fn of(kind: Kind, protocol: Option<Protocol>, count: Count) -> Self {
        let Count {
            lines,
            bytes,
            guessed,
        } = count;
        Self {
            kind,
            service: None,
            protocol,
            port: None,
            lines,
            bytes,
            guessed,
        }
    }

    fn count(&self) -> Count {
        Count {
            lines: self.lines,
            bytes: self.bytes,
            guessed: self.guessed,
        }
    }
}

/// All rows, and what holds for all of them.
pub(crate) struct Rows {
    /// Most lines first. Rows that are not of services come last.
    pub(crate) lines: Vec<Line>,
    pub(crate) has_bytes: bool,
}

impl Summary {
    /// The rows. With `only_unknown`, those whose port has no known name.
    pub(crate) fn rows(&self, names: &PortNames<'_>, only_unknown: bool) -> Rows {
        let mut lines = self.of_ports(names);
        let mut add = |kind, protocol: Option<Protocol>, service: Option<&str>, count: Count| {
            if count.lines > 0 {
                lines.push(Line {
                    service: service.map(str::to_owned),
                    ..Line::of(kind, protocol, count)
                });
            }
        };
        for (protocol, counts) in &self.names {
            for (name, count) in counts {
                add(Kind::Name, Some(*protocol), Some(name), *count);
            }
        }
        for (protocol, count) in &self.other_names {
            add(Kind::OtherNames, Some(*protocol), None, *count);
        }
        add(Kind::WithoutPorts, None, None, self.without_ports);
        let not_understood = Count {
            lines: self.not_understood,
            ..Count::default()
        };
        add(Kind::NotUnderstood, None, None, not_understood);
        if only_unknown {
            lines.retain(|line| {
                line.service.is_none() && matches!(line.kind, Kind::Port | Kind::Dynamic)
            });
        }
        lines.sort_unstable_by(|one, other| one.order().cmp(&other.order()));
        Rows {
            lines,
            has_bytes: self.has_bytes,
        }
    }

    fn of_ports(&self, names: &PortNames<'_>) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut dynamic: HashMap<Protocol, Count> = HashMap::new();
        for (port, protocol, counts) in self.decided().servers() {
            let name = names.name(port, protocol);
            let is_dynamic = PortRange::of(port) == PortRange::Dynamic;
            if is_dynamic && name.is_none() && !counts.is_servers() {
                dynamic.entry(protocol).or_default().add(counts.count);
                continue;
            }
            lines.push(Line {
                service: name.map(str::to_owned),
                port: Some(port),
                ..Line::of(Kind::Port, Some(protocol), counts.count)
            });
        }
        for (protocol, count) in dynamic {
            lines.push(Line::of(Kind::Dynamic, Some(protocol), count));
        }
        lines
    }
}

impl Line {
    fn order(&self) -> impl Ord + '_ {
        let last = (!self.kind.is_of_services()).then_some(self.kind);
        (
            last,
            Reverse(self.lines),
            self.kind,
            self.port,
            self.protocol,
            self.service.as_deref(),
        )
    }
}

impl Rows {
    /// The first rows of services; the others of them become one row.
    pub(crate) fn top(mut self, most: usize) -> Self {
        let services = self
            .lines
            .iter()
            .take_while(|line| line.kind.is_of_services());
        let services = services.count();
        if services > most {
            let mut others = Count::default();
            for line in self.lines.drain(most..services) {
                others.add(line.count());
            }
            let others = Line::of(Kind::Others, None, others);
            self.lines.insert(most, others);
        }
        self
    }

    /// All rows together, as lines, bytes and guessed lines.
    pub(crate) fn total(&self) -> [u64; 3] {
        let mut total = Count::default();
        for line in &self.lines {
            total.add(line.count());
        }
        [total.lines, total.bytes, total.guessed]
    }
}
