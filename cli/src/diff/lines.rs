//! Forms with words on lines: services files, and those of Wireshark, which also have spans and
//! several transport protocols.

use port_registry::{Overlay, Ports, Protocol, Protocols};

use super::said::{Choice, Extent, Row, Said};
use super::source::{Read, SourceError};

pub(super) fn read(text: &str) -> Result<Read, SourceError> {
    let mut rows = Vec::new();
    let mut passed_over = Vec::new();
    let mut is_of_wireshark = says_wireshark(text);
    for (number, text) in (1..).zip(text.lines()) {
        let Some(line) = Line::of(text) else {
            continue;
        };
        is_of_wireshark |= line.protocols.len() > 1;
        let row = line.row().map_err(|message| SourceError::Said {
            line: number,
            message,
        })?;
        for protocol in line.unknown_protocols() {
            passed_over.push(format!(
                "line {number}: {}/{} passed over, for its protocol is not of the registry",
                line.ports.escape_debug(),
                protocol.escape_debug()
            ));
        }
        rows.push(row);
    }
    let extent = match is_of_wireshark {
        true => Extent::FirstNames,
        false => Extent::All,
    };
    Ok(Read {
        said: Said::of_rows(&rows, Choice::First, extent),
        passed_over,
    })
}

/// Whether the comments at the head say so. An export of a small part may have no other mark.
fn says_wireshark(text: &str) -> bool {
    let is_head = |line: &&str| line.is_empty() || line.starts_with('#');
    let mut head = text.lines().take_while(is_head);
    head.any(|line| line.contains("Wireshark"))
}

/// `NAME PORTS/PROTOCOL/… ALIAS… # COMMENT`, taken apart.
struct Line<'a> {
    data: &'a str,
    name: &'a str,
    ports: &'a str,
    protocols: Vec<&'a str>,
    aliases: Vec<&'a str>,
}

impl<'a> Line<'a> {
    /// `None` if there are no words.
    fn of(text: &'a str) -> Option<Self> {
        let data = text.split('#').next().unwrap_or_default();
        let mut words = data.split_whitespace();
        let name = words.next()?;
        let mut parts = words.next().unwrap_or_default().split('/');
        Some(Self {
            data,
            name,
            ports: parts.next().unwrap_or_default(),
            protocols: parts.filter(|part| !part.is_empty()).collect(),
            aliases: words.collect(),
        })
    }

    /// The library knows what a line of a services file may hold.
    fn row(&self) -> Result<Row, String> {
        let ports = self.span()?;
        let plain = match ports {
            Some(ports) => self.with_port(&ports.first().to_string()),
            None if self.protocols.len() > 1 => self.with_port(self.ports),
            None => self.data.to_owned(),
        };
        Overlay::from_services(&plain).map_err(|errors| {
            let messages = errors.iter().map(ToString::to_string);
            let messages = messages.map(|message| message.replacen("line 1: ", "", 1));
            messages.collect::<Vec<_>>().join("; ")
        })?;
        let ports = match ports {
            Some(ports) => ports,
            None => self.ports.parse().map_err(invalid)?,
        };
        let names = [self.name].into_iter().chain(self.aliases.iter().copied());
        let known = self.protocols.iter();
        let known = known.filter_map(|protocol| protocol.parse::<Protocol>().ok());
        Ok(Row {
            names: names.map(str::to_owned).collect(),
            ports,
            protocols: known.collect::<Protocols>(),
        })
    }

    /// `N-M`, if it is one.
    fn span(&self) -> Result<Option<Ports>, String> {
        let is_span = self.ports.contains('-');
        let span = is_span.then(|| self.ports.parse().map_err(invalid));
        span.transpose()
    }

    /// The line with one port and one protocol.
    fn with_port(&self, port: &str) -> String {
        let protocol = self.protocols.first().unwrap_or(&"");
        format!("{} {port}/{protocol} {}", self.name, self.aliases.join(" "))
    }

    fn unknown_protocols(&self) -> impl Iterator<Item = &'a str> {
        let all = self.protocols.iter().copied();
        all.filter(|protocol| protocol.parse::<Protocol>().is_err())
    }
}

fn invalid(error: port_registry::error::ParsePortsError) -> String {
    error.to_string()
}
