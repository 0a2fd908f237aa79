//! A table of services: lines and bytes.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::{self, Write};

use port_registry::{PortRange, Protocol};

use crate::label::names::PortNames;
use crate::label::row::{Reading, Row, Server};

/// Whose lines are counted together. There is a group for each port, and one for all Dynamic Ports
/// without a name, because there may be as many of those as connections.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Group {
    Port(u16, Protocol),
    /// A name without a known port, by its index among these names.
    Name(u16, Protocol),
    /// The names beyond those that are counted one by one.
    OtherNames(Protocol),
    Dynamic(Protocol),
    WithoutPorts,
}

/// How many names without a known port are counted one by one.
const MOST_NAMES: u16 = 10_000;

#[derive(Clone, Copy, Default)]
struct Count {
    lines: u64,
    bytes: u64,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.bytes = self.bytes.saturating_add(other.bytes);
    }
}

/// Counts records. It takes no more room than all ports and [`MOST_NAMES`] names need.
#[derive(Default)]
pub(crate) struct Summary {
    counts: HashMap<Group, Count>,
    /// The names without a known port, and their indices.
    unknown: HashMap<String, u16>,
    has_bytes: bool,
}

/// A row of the table.
struct Line {
    service: String,
    protocol: &'static str,
    port: String,
    count: Count,
}

/// What the picture shows of a row.
pub(crate) struct Bar {
    pub(crate) title: String,
    pub(crate) lines: u64,
    pub(crate) bytes: Option<u64>,
}

impl Summary {
    pub(crate) fn count(
        &mut self,
        reading: &Reading,
        row: &Row,
        line: &[u8],
        names: &PortNames<'_>,
    ) {
        let group = match reading {
            Reading::Heading(_) | Reading::NotUnderstood => return,
            Reading::WithoutPorts if line.is_empty() => return,
            Reading::WithoutPorts => Group::WithoutPorts,
            Reading::Record => match row.server(line, names) {
                None => Group::WithoutPorts,
                Some(Server::Name(name, protocol)) => self.name(name, protocol),
                Some(Server::Port(port, protocol))
                    if PortRange::of(port) == PortRange::Dynamic
                        && names.name(port, protocol).is_none() =>
                {
                    Group::Dynamic(protocol)
                }
                Some(Server::Port(port, protocol)) => Group::Port(port, protocol),
            },
        };
        self.has_bytes |= row.bytes.is_some();
        self.counts.entry(group).or_default().add(Count {
            lines: 1,
            bytes: row.bytes.unwrap_or(0),
        });
    }

    fn name(&mut self, name: &str, protocol: Protocol) -> Group {
        if let Some(index) = self.unknown.get(name) {
            return Group::Name(*index, protocol);
        }
        match u16::try_from(self.unknown.len()) {
            Ok(index) if index < MOST_NAMES => {
                self.unknown.insert(name.to_owned(), index);
                Group::Name(index, protocol)
            }
            _ => Group::OtherNames(protocol),
        }
    }

    /// The rows, most lines first. Rows without ports come last.
    fn table(&self, names: &PortNames<'_>) -> Vec<Line> {
        let unknown: HashMap<_, _> = self
            .unknown
            .iter()
            .map(|(name, index)| (*index, name.as_str()))
            .collect();
        let mut counts: Vec<_> = self.counts.iter().collect();
        counts.sort_unstable_by_key(|&(group, count)| {
            (*group == Group::WithoutPorts, Reverse(count.lines), *group)
        });
        let line = |(group, count): (&Group, &Count)| {
            let (service, protocol, port) = match *group {
                Group::Port(port, protocol) => (
                    names.name(port, protocol).unwrap_or("-"),
                    protocol.as_str(),
                    port.to_string(),
                ),
                Group::Name(index, protocol) => (
                    unknown.get(&index).copied().unwrap_or("-"),
                    protocol.as_str(),
                    "-".to_owned(),
                ),
                Group::OtherNames(protocol) => ("(other names)", protocol.as_str(), "-".to_owned()),
                Group::Dynamic(protocol) => ("-", protocol.as_str(), "dynamic".to_owned()),
                Group::WithoutPorts => ("(without ports)", "", String::new()),
            };
            Line {
                service: service.to_owned(),
                protocol,
                port,
                count: *count,
            }
        };
        counts.into_iter().map(line).collect()
    }

    /// Writes the table, with numbers aligned to the right.
    pub(crate) fn write(
        &self,
        names: &PortNames<'_>,
        not_understood: u64,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let mut lines = self.table(names);
        let mut total = Count::default();
        for line in &lines {
            total.add(line.count);
        }
        if not_understood > 0 {
            total.lines += not_understood;
            lines.push(Line::of("(not understood)", not_understood, 0));
        }
        lines.push(Line::of("(total)", total.lines, total.bytes));
        let width = |cell: fn(&Line) -> usize, least: usize| {
            lines.iter().map(cell).max().unwrap_or(0).max(least)
        };
        let service = width(|line| line.service.chars().count(), 7);
        let port = width(|line| line.port.len(), 4);
        let count = width(|line| line.count.lines.to_string().len(), 5);
        let bytes = width(|line| line.count.bytes.to_string().len(), 5);
        let mut write = |cells: [&str; 5]| {
            let [name, protocol, number, lines, total] = cells;
            let mut text =
                format!("{name:<service$}  {protocol:<8}  {number:>port$}  {lines:>count$}");
            if self.has_bytes {
                text += &format!("  {total:>bytes$}");
            }
            writeln!(out, "{text}")
        };
        write(["SERVICE", "PROTOCOL", "PORT", "LINES", "BYTES"])?;
        lines.iter().try_for_each(|line| {
            let (lines, bytes) = (line.count.lines.to_string(), line.count.bytes.to_string());
            write([&line.service, line.protocol, &line.port, &lines, &bytes])
        })
    }

    /// The rows for a picture.
    pub(crate) fn bars(&self, names: &PortNames<'_>) -> Vec<Bar> {
        let bar = |line: Line| Bar {
            title: [line.service.as_str(), line.protocol, &line.port]
                .into_iter()
                .filter(|word| !word.is_empty() && *word != "-")
                .collect::<Vec<_>>()
                .join(" "),
            lines: line.count.lines,
            bytes: self.has_bytes.then_some(line.count.bytes),
        };
        self.table(names).into_iter().map(bar).collect()
    }
}

impl Line {
    fn of(title: &str, lines: u64, bytes: u64) -> Self {
        Self {
            service: title.to_owned(),
            protocol: "",
            port: String::new(),
            count: Count { lines, bytes },
        }
    }
}
