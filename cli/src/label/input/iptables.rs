//! Rules of iptables: as `iptables -L -n` lists them, `ACCEPT 6 -- 0.0.0.0/0 0.0.0.0/0 tcp dpt:22`,
//! and as `iptables-save` and `iptables -S` write them, `-A INPUT -p tcp --dport 22 -j ACCEPT`.

use std::ops::Range;

use port_registry::{Protocol, Tcp};

use super::spans::{after_address, list, span};
use super::{ColumnError, Input, Layout, contains, is_blank};
use crate::label::row::{End, Reading, Row, UnknownNames};
use crate::label::text;

pub(crate) struct Iptables {
    /// For rules that do not state theirs.
    pub(crate) protocol: Option<Protocol>,
}

/// What the next words are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ports {
    Source,
    Destination,
    /// What the packet gets in place of its own.
    Other,
}

impl Input for Iptables {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if is_blank(line) {
            return Ok(Reading::WithoutPorts);
        }
        if is_table_heading(line) {
            return Ok(Reading::Heading(Some("Service")));
        }
        if is_between_rules(line) {
            return Ok(Reading::Heading(None));
        }
        row.unknown_names = UnknownNames::Service;
        // The first packet that a rule matches comes from the client.
        row.source_opened = true;
        let default = self.protocol.unwrap_or(Tcp);
        Ok(if is_command(line) {
            read_command(line, default, row);
            row.split_by_port();
            match row.protocol {
                Some(_) => Reading::Record,
                None => Reading::WithoutPorts,
            }
        } else if is_listed(line) {
            read_listed(line, default, row);
            row.split_by_port();
            Reading::Record
        } else {
            Reading::NotUnderstood
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Aligned
    }
}

/// The words of a rule without comments and texts, which may have words that look like ports.
fn words(line: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut closing: Option<&[u8]> = None;
    text::words(line).filter(move |place| {
        let word = &line[place.clone()];
        let was_open = closing.is_some();
        match (closing, word) {
            (None, b"/*") => closing = Some(b"*/"),
            (None, [b'\"', rest @ ..]) if !rest.ends_with(b"\"") => closing = Some(b"\""),
            (Some(end), _) if word.ends_with(end) => closing = None,
            _ => {}
        }
        !was_open && closing.is_none() && !word.starts_with(b"\"")
    })
}

/// Reads `… -p tcp -m tcp --sport 1024:65535 --dport 22 …`.
fn read_command(line: &[u8], default: Protocol, row: &mut Row) {
    let mut protocol = default;
    let mut words = words(line).peekable();
    while let Some(option) = words.next() {
        // Older versions wrote `--dport ! 22`.
        if words
            .peek()
            .is_some_and(|place| &line[place.clone()] == b"!")
        {
            words.next();
        }
        let Some(value) = words.peek().cloned() else {
            return;
        };
        let ports = match &line[option] {
            b"-p" | b"--protocol" => {
                protocol = text::protocol(&line[value]).unwrap_or(default);
                continue;
            }
            b"--dport"
            | b"--dports"
            | b"--destination-port"
            | b"--destination-ports"
            | b"--ports"
            | b"--port" => Ports::Destination,
            b"--sport" | b"--sports" | b"--source-port" | b"--source-ports" => Ports::Source,
            b"--to-ports" | b"--on-port" => Ports::Other,
            b"--to-destination" | b"--to-source" => {
                translated(line, value, protocol, row);
                continue;
            }
            b"--comment" | b"--log-prefix" | b"--nflog-prefix" | b"--string" => {
                words.next();
                continue;
            }
            _ => continue,
        };
        words.next();
        note(ports, line, value, protocol, row);
    }
}

/// Reads `ACCEPT 6 -- 0.0.0.0/0 0.0.0.0/0 tcp dpt:22`, with any columns before the addresses.
fn read_listed(line: &[u8], default: Protocol, row: &mut Row) {
    let mut protocol = default;
    let mut is_before_addresses = true;
    let mut words = words(line);
    let mut before: &[u8] = b"";
    while let Some(place) = words.next() {
        let word = &line[place.clone()];
        is_before_addresses &= !word.iter().any(|byte| matches!(byte, b'.' | b':' | b'/'));
        let told = text::protocol(word);
        // The last protocol before the addresses is in its column. Others are counts of packets.
        if let Some(told) = told.filter(|_| is_before_addresses || text::number(word).is_none()) {
            protocol = told;
        }
        let value = |key: &str| text::value(line, &place, key);
        if let Some(place) = value("dpt:").or_else(|| value("dpts:")) {
            note(Ports::Destination, line, place, protocol, row);
        } else if let Some(place) = value("spt:").or_else(|| value("spts:")) {
            note(Ports::Source, line, place, protocol, row);
        } else if let Some(place) = value("to:") {
            translated(line, place, protocol, row);
        } else {
            let ports = match (before, word) {
                (b"redir" | b"masq", b"ports" | b"ports:") => Some(Ports::Other),
                (b"multiport", b"dports" | b"ports") => Some(Ports::Destination),
                (b"multiport", b"sports") => Some(Ports::Source),
                _ => None,
            };
            if let (Some(ports), Some(place)) = (ports, ports.and_then(|_| words.next())) {
                note(ports, line, place, protocol, row);
            }
        }
        before = word;
    }
}

fn note(ports: Ports, line: &[u8], place: Range<usize>, protocol: Protocol, row: &mut Row) {
    let ends = list(line, place, protocol, row);
    if ports == Ports::Other {
        return;
    }
    let is_source = ports == Ports::Source;
    for end in ends {
        row.add_part(&end, is_source, protocol);
        let of_row = if is_source {
            &mut row.source
        } else {
            &mut row.destination
        };
        if *of_row == End::Absent {
            *of_row = end;
        }
    }
    row.protocol.get_or_insert(protocol);
}

/// Notes the ports of `192.0.2.1:8080-8090`, which is put in place of an address.
fn translated(line: &[u8], place: Range<usize>, protocol: Protocol, row: &mut Row) {
    if let Some(ports) = after_address(line, place) {
        span(line, ports, protocol, row);
    }
}

fn is_table_heading(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    let starts = ["target ", "pkts ", "num "];
    let starts_with = |start: &&str| line.starts_with(start.as_bytes());
    starts.iter().any(starts_with) && contains(line, " prot opt ")
}

/// Chains, tables, policies and comments.
fn is_between_rules(line: &[u8]) -> bool {
    let starts = ["Chain ", "# ", ":", "-P ", "-N "];
    let starts_with = |start: &&str| line.starts_with(start.as_bytes());
    line == b"COMMIT" || is_table(line) || starts.iter().any(starts_with)
}

fn is_table(line: &[u8]) -> bool {
    let tables: [&[u8]; 5] = [b"*filter", b"*nat", b"*mangle", b"*raw", b"*security"];
    tables.contains(&line)
}

/// Whether this is a rule of `iptables-save`, with counters before it or without, or a command.
fn is_command(line: &[u8]) -> bool {
    let mut words = text::words(line).map(|place| &line[place]);
    let is_option = |word: &[u8]| {
        matches!(
            word,
            b"-A" | b"-I" | b"-R" | b"-D" | b"--append" | b"--insert"
        )
    };
    words.by_ref().take(6).any(is_option) && words.next().is_some()
}

/// Whether this has the columns of `iptables -L`.
fn is_listed(line: &[u8]) -> bool {
    let is_address = |word: &[u8]| {
        word == b"anywhere" || word.iter().any(|byte| matches!(byte, b'.' | b':' | b'/'))
    };
    let words = text::words(line).map(|place| &line[place]);
    words.take(12).filter(|word| is_address(word)).count() >= 2 || contains(line, " -- ")
}

pub(super) fn recognises(line: &[u8]) -> bool {
    let is_chain = line.starts_with(b"Chain ")
        && (contains(line, " (policy ") || contains(line, " references)"));
    let is_saved = line.starts_with(b"# Generated by ip") || is_table(line);
    let is_rule = line.starts_with(b"-A ") || line.starts_with(b"-P ");
    let has_port = || {
        [" dpt:", " dpts:", " spt:", " spts:", " multiport "]
            .iter()
            .any(|key| contains(line, key))
    };
    let is_row = contains(line, " -- ") && has_port();
    is_chain || is_table_heading(line) || is_saved || is_rule || is_row
}
