//! `tshark`: its text `1 0.000000 192.0.2.1 → 192.0.2.2 TCP 74 51514 → 443 [SYN] …`, and the columns
//! of `-T fields -E header=y` under headings such as `tcp.srcport`.

use std::ops::Range;

use port_registry::{Dccp, Protocol, Sctp, Tcp, Udp};

use super::columns::fields;
use super::spans::split;
use super::{COLUMN, ColumnError, Input, Layout, is_blank};
use crate::label::row::{End, Reading, Row, UnknownNames};
use crate::label::text;

#[derive(Default)]
pub(crate) struct Tshark {
    /// Since a line of headings: the output has columns.
    columns: Option<Columns>,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Source(Protocol),
    Destination(Protocol),
    /// Both ports, one after the other.
    Both(Protocol),
    Bytes,
}

/// The fields that are read. Of several lengths, the first one counts.
const FIELDS: [(&str, Field); 14] = [
    ("tcp.srcport", Field::Source(Tcp)),
    ("tcp.dstport", Field::Destination(Tcp)),
    ("tcp.port", Field::Both(Tcp)),
    ("udp.srcport", Field::Source(Udp)),
    ("udp.dstport", Field::Destination(Udp)),
    ("udp.port", Field::Both(Udp)),
    ("sctp.srcport", Field::Source(Sctp)),
    ("sctp.dstport", Field::Destination(Sctp)),
    ("sctp.port", Field::Both(Sctp)),
    ("dccp.srcport", Field::Source(Dccp)),
    ("dccp.dstport", Field::Destination(Dccp)),
    ("dccp.port", Field::Both(Dccp)),
    ("frame.len", Field::Bytes),
    ("ip.len", Field::Bytes),
];

struct Columns {
    fields: Vec<Option<Field>>,
    delimiter: u8,
}

impl Columns {
    /// The columns of a line of headings, if it is one.
    fn find(line: &[u8]) -> Option<Self> {
        let delimiters = [b'\t', b',', b';', b'|', b' '];
        let delimiter = delimiters.into_iter().find(|byte| line.contains(byte));
        // A single column has none.
        let delimiter = delimiter.unwrap_or(b'\t');
        let mut columns = Vec::new();
        for place in fields(line, delimiter) {
            let name = std::str::from_utf8(&line[without_quotes(line, place)]).ok()?;
            if !is_field(name) {
                return None;
            }
            let found = FIELDS.iter().find(|(field, _)| *field == name);
            columns.push(found.map(|(_, field)| *field));
        }
        let is_port = |field: &Option<Field>| !matches!(field, None | Some(Field::Bytes));
        columns.iter().any(is_port).then_some(Self {
            fields: columns,
            delimiter,
        })
    }

    fn read(&self, line: &[u8], row: &mut Row) -> Reading {
        let mut count = 0;
        for (place, field) in values(line, self.delimiter).zip(&self.fields) {
            count += 1;
            match field {
                Some(Field::Bytes) if row.bytes.is_none() => {
                    row.add_bytes(&line[first(line, place)]);
                }
                None | Some(Field::Bytes) => {}
                Some(Field::Source(protocol)) => {
                    note(line, place, *protocol, row, |row| &mut row.source);
                }
                Some(Field::Destination(protocol)) => {
                    note(line, place, *protocol, row, |row| &mut row.destination);
                }
                Some(Field::Both(protocol)) => both(line, place, *protocol, row),
            }
        }
        if count < self.fields.len() {
            return Reading::NotUnderstood;
        }
        Reading::Record
    }
}

/// Whether this may be the name of a field of Wireshark: `ip.src`, `_ws.col.Protocol`.
fn is_field(name: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && name.bytes().all(is_of_name)
}

/// The fields of a line without the quotes around them. A delimiter between quotes is text.
fn values(line: &[u8], delimiter: u8) -> impl Iterator<Item = Range<usize>> {
    let mut in_quotes = false;
    let all = 0..line.len();
    let places: Vec<_> = {
        let mut ends = Vec::new();
        for at in all {
            in_quotes ^= line[at] == b'"';
            if line[at] == delimiter && !in_quotes {
                ends.push(at);
            }
        }
        ends.push(line.len());
        ends
    };
    let places = places.into_iter().scan(0, |start, end| {
        let field = *start..end;
        *start = end + 1;
        Some(field)
    });
    places.map(|place| without_quotes(line, place))
}

fn without_quotes(line: &[u8], place: Range<usize>) -> Range<usize> {
    match &line[place.clone()] {
        [b'"', .., b'"'] | [b'\'', .., b'\''] => place.start + 1..place.end - 1,
        _ => place,
    }
}

/// The first of several values. There are several if a packet quotes another one.
fn first(line: &[u8], place: Range<usize>) -> Range<usize> {
    split(line, place.clone(), |byte| byte == b',')
        .next()
        .unwrap_or(place)
}

/// Notes all values to be named. The first one belongs to the conversation.
fn note(
    line: &[u8],
    place: Range<usize>,
    protocol: Protocol,
    row: &mut Row,
    end: fn(&mut Row) -> &mut End,
) {
    for value in split(line, place, |byte| byte == b',') {
        let found = row.port(line, value, protocol);
        let of_row = end(row);
        if *of_row == End::Absent && found != End::Absent {
            *of_row = found;
            row.protocol.get_or_insert(protocol);
        }
    }
}

fn both(line: &[u8], place: Range<usize>, protocol: Protocol, row: &mut Row) {
    let mut values = split(line, place, |byte| byte == b',');
    if let Some(source) = values.next() {
        note(line, source, protocol, row, |row| &mut row.source);
    }
    for value in values {
        note(line, value, protocol, row, |row| &mut row.destination);
    }
}

impl Input for Tshark {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if let Some(columns) = Columns::find(line) {
            self.columns = Some(columns);
            return Ok(Reading::Heading(Some(COLUMN)));
        }
        Ok(match &self.columns {
            Some(columns) => columns.read(line, row),
            None if is_blank(line) => Reading::WithoutPorts,
            None => read_text(line, row).unwrap_or(Reading::NotUnderstood),
        })
    }

    fn layout(&self) -> Layout<'_> {
        match &self.columns {
            None => Layout::Text,
            Some(columns) => Layout::Separated {
                delimiter: columns.delimiter,
                quoted: true,
                absent: b"",
            },
        }
    }
}

/// Reads `12 1.237864 192.0.2.1 → 192.0.2.2 TCP 74 51514 → 443 [SYN] …`. Where the last words speak
/// of what is in the packet, there are no ports. There may be one more column of time, as with `-t ad`.
fn read_text(line: &[u8], row: &mut Row) -> Option<Reading> {
    let mut words = text::words(line);
    text::number(&line[words.next()?])?;
    let mut words = words.skip_while(|place| !is_arrow(&line[place.clone()]));
    words.next()?;
    words.next()?;
    let protocol = &line[words.next()?];
    let length = &line[words.next()?];
    text::number(length)?;
    let Some(protocol) = transport(protocol) else {
        return Some(Reading::WithoutPorts);
    };
    let rest: Vec<_> = words.collect();
    let Some(arrow) = rest.iter().position(|place| is_arrow(&line[place.clone()])) else {
        return Some(Reading::WithoutPorts);
    };
    let source = rest[..arrow].last()?.clone();
    let destination = rest.get(arrow + 1)?.clone();
    row.protocol = Some(protocol);
    row.unknown_names = UnknownNames::Service;
    row.source = port(line, source, protocol, row);
    row.destination = port(line, destination, protocol, row);
    row.add_bytes(length);
    Some(Reading::Record)
}

/// The port of `443`, or of `https(443)`, as `-N t` writes it. This has its name already.
fn port(line: &[u8], word: Range<usize>, protocol: Protocol, row: &mut Row) -> End {
    let named = line[word.clone()].strip_suffix(b")");
    let number = named.and_then(|word| word.rsplit(|&byte| byte == b'(').next());
    match number.and_then(text::port) {
        Some(port) => End::Port(port),
        None => row.port(line, word, protocol),
    }
}

/// Between the ends. Older versions write `->`.
fn is_arrow(word: &[u8]) -> bool {
    word == "→".as_bytes() || word == b"->"
}

fn transport(word: &[u8]) -> Option<Protocol> {
    match word {
        b"TCP" | b"MPTCP" => Some(Tcp),
        b"UDP" => Some(Udp),
        b"SCTP" => Some(Sctp),
        b"DCCP" => Some(Dccp),
        _ => None,
    }
}

pub(super) fn recognises(line: &[u8]) -> bool {
    Columns::find(line).is_some() || read_text(line, &mut Row::default()).is_some()
}
