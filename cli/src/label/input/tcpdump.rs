//! tcpdump: `12:00:00.000000 IP 192.0.2.1.51514 > 192.0.2.2.443: Flags [S], …`.

use std::ops::Range;

use memchr::{memchr_iter, memmem, memrchr};
use port_registry::{Dccp, Protocol, Sctp, Tcp, Udp};

use super::{ColumnError, Input, Layout, contains};
use crate::label::row::{Reading, Row, UnknownNames};
use crate::label::text;

#[derive(Default)]
pub(crate) struct Tcpdump {
    /// Whether the line before is the first line of a packet that an ICMP error quotes.
    in_quoted: bool,
}

impl Input for Tcpdump {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        let starts_quoted = starts_quoted(line);
        let is_quoted = std::mem::replace(&mut self.in_quoted, starts_quoted) || starts_quoted;
        Ok(match Packet::find(line) {
            Some(packet) => {
                let reading = packet.read(line, row);
                if is_quoted {
                    // Its ports get names, but it is not counted as a packet.
                    row.protocol = None;
                    row.bytes = None;
                }
                reading
            }
            None if is_of_tcpdump(line) => Reading::WithoutPorts,
            None => Reading::NotUnderstood,
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Text
    }

    fn fork(&self) -> Option<Box<dyn Input>> {
        (!self.in_quoted).then(|| Box::new(Self::default()) as Box<dyn Input>)
    }

    fn last_end(&self, text: &[u8]) -> Option<usize> {
        let mut end = memrchr(b'\n', text)? + 1;
        loop {
            let start = memrchr(b'\n', &text[..end - 1]).map_or(0, |at| at + 1);
            // The line after it belongs to the same packet.
            if !starts_quoted(&text[start..end]) {
                return Some(end);
            }
            end = start;
            if end == 0 {
                return None;
            }
        }
    }
}

/// Whether a line is the first one of a packet that an ICMP error quotes.
fn starts_quoted(line: &[u8]) -> bool {
    line.starts_with(b"\tIP ") || line.starts_with(b"\tIP6 ")
}

/// `SOURCE > DESTINATION: rest`, as ranges of the line.
struct Packet {
    source: Range<usize>,
    destination: Range<usize>,
    /// Where tcpdump's description of the packet begins.
    rest: usize,
}

impl Packet {
    /// Finds the first packet in the line. With `-e`, Ethernet addresses come before it; these have
    /// no colon after them.
    fn find(line: &[u8]) -> Option<Self> {
        memmem::find_iter(line, b" > ").find_map(|arrow| {
            let before = line[..arrow].iter();
            let space = before.rev().position(|byte| matches!(byte, b' ' | b'\t'));
            let source = space.map_or(0, |length| arrow - length)..arrow;
            let start = arrow + 3;
            let length = line[start..].iter().position(|&byte| byte == b' ');
            let end = length.map_or(line.len(), |length| start + length);
            let address = line[start..end].strip_suffix(b":")?;
            (!source.is_empty() && !address.is_empty()).then(|| Self {
                source,
                destination: start..start + address.len(),
                rest: (end + 1).min(line.len()),
            })
        })
    }

    fn read(self, line: &[u8], row: &mut Row) -> Reading {
        let rest = line[self.rest..].trim_ascii_start();
        if rest.starts_with(b"ICMP") {
            return read_icmp(line, self.rest, row);
        }
        let ports = (
            port_place(line, self.source),
            port_place(line, self.destination),
        );
        let (Some(source), Some(destination)) = ports else {
            return Reading::WithoutPorts;
        };
        let told = protocol(rest);
        let protocol = told.unwrap_or(Udp);
        row.protocol = Some(protocol);
        row.unknown_names = match told {
            Some(_) => UnknownNames::Service,
            // A line of OSPF, for example:
            // `router1.example.com > router2.example.com: OSPFv2, Hello`.
            None => UnknownNames::Absent,
        };
        row.source = row.port(line, source, protocol);
        row.destination = row.port(line, destination, protocol);
        row.add_bytes(length(rest, protocol));
        Reading::Record
    }
}

/// The protocol that is named after the addresses. For UDP, the content of the datagram may be
/// named instead.
fn protocol(rest: &[u8]) -> Option<Protocol> {
    let starts: [(&str, Protocol); 8] = [
        ("Flags [", Tcp),
        ("tcp ", Tcp),
        ("[|tcp]", Tcp),
        ("sctp", Sctp),
        ("DCCP", Dccp),
        ("UDP", Udp),
        ("[udp sum ok]", Udp),
        ("[bad udp cksum", Udp),
    ];
    let found = starts.iter().find(|(start, _)| {
        let head = rest.get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
    });
    found.map(|(_, protocol)| *protocol)
}

/// The bytes of the payload: `, length 5`, `tcp 5` with `-q`, and `(28)` at the end of a DNS
/// message.
fn length(rest: &[u8], protocol: Protocol) -> &[u8] {
    if let Some(length) = rest.strip_prefix(b"tcp ") {
        return text::leading_number(length);
    }
    for key in [", length ", " length: ", "length "] {
        if let Some(at) = memmem::find(rest, key.as_bytes()) {
            return text::leading_number(&rest[at + key.len()..]);
        }
    }
    match (protocol, rest.strip_suffix(b")")) {
        (Udp, Some(inner)) => memrchr(b'(', inner).map_or(b"", |at| &inner[at + 1..]),
        _ => b"",
    }
}

/// `ICMP 192.0.2.2 udp port 514 unreachable`.
fn read_icmp(line: &[u8], start: usize, row: &mut Row) -> Reading {
    for (key, protocol) in [(" udp port ", Udp), (" tcp port ", Tcp)] {
        if let Some(at) = memmem::find(&line[start..], key.as_bytes()) {
            let start = start + at + key.len();
            let length = line[start..].iter().position(|&byte| byte == b' ');
            let end = length.map_or(line.len(), |length| start + length);
            row.protocol = Some(protocol);
            row.unknown_names = UnknownNames::Service;
            row.destination = row.port(line, start..end, protocol);
            return Reading::Record;
        }
    }
    Reading::WithoutPorts
}

/// The port after the last dot of an address or host name, if there is one.
fn port_place(line: &[u8], address: Range<usize>) -> Option<Range<usize>> {
    let word = &line[address.clone()];
    let dot = memrchr(b'.', word)?;
    let (host, port) = (&word[..dot], &word[dot + 1..]);
    let dots = memchr_iter(b'.', word).count();
    let is_ipv4 = |host: &[u8]| {
        host.iter()
            .all(|byte| byte.is_ascii_digit() || *byte == b'.')
    };
    let has_port = if host.contains(&b':') {
        // `2001:db8::1.443`, `::ffff:192.0.2.1.443`.
        dots == 1 || dots == 4
    } else if is_ipv4(host) {
        dots == 4
    } else {
        true
    };
    (has_port && !host.is_empty() && !port.is_empty())
        .then_some(address.start + dot + 1..address.end)
}

/// Lines of tcpdump without ports: the first lines of packets with `-v`, ARP, and hex dumps.
fn is_of_tcpdump(line: &[u8]) -> bool {
    line.first().is_none_or(u8::is_ascii_whitespace) || is_of_network(line)
}

fn is_of_network(line: &[u8]) -> bool {
    let words = [" IP ", " IP6 ", " ARP, ", ", ethertype "];
    words.iter().any(|word| contains(line, word))
        || ["IP ", "IP6 ", "ARP, "]
            .iter()
            .any(|word| line.starts_with(word.as_bytes()))
}

pub(super) fn recognises(line: &[u8]) -> bool {
    match Packet::find(line) {
        Some(packet) => {
            is_of_network(line) || packet.read(line, &mut Row::default()) == Reading::Record
        }
        None => ["ARP, ", "IP (", "IP6 (", ", ethertype "]
            .iter()
            .any(|word| contains(line, word)),
    }
}
