//! JSON objects, one per line: Suricata's `eve.json`, and Zeek's logs.

use std::ops::Range;

use port_registry::{Protocol, Tcp};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{ColumnError, Input, Layout, contains, is_blank};
use crate::label::row::{End, Reading, Row};
use crate::label::text::{self, ProtocolField};

#[derive(Clone)]
pub(crate) struct Eve {
    pub(crate) protocol: Option<Protocol>,
}

#[derive(Clone)]
pub(crate) struct Zeek {
    pub(crate) protocol: Option<Protocol>,
}

/// A value as it is written. This keeps its place in the line.
type Value<'a> = Option<&'a RawValue>;

#[derive(Deserialize)]
struct EveEvent<'a> {
    #[serde(borrow)]
    event_type: Value<'a>,
    #[serde(borrow)]
    src_port: Value<'a>,
    #[serde(borrow)]
    dest_port: Value<'a>,
    #[serde(borrow)]
    proto: Value<'a>,
    #[serde(borrow)]
    flow: Value<'a>,
    #[serde(borrow)]
    netflow: Value<'a>,
}

/// What `flow` and `netflow` say about a finished flow.
#[derive(Deserialize)]
struct EveBytes {
    bytes_toserver: Option<u64>,
    bytes_toclient: Option<u64>,
    bytes: Option<u64>,
}

#[derive(Deserialize)]
struct ZeekEntry<'a> {
    #[serde(borrow, rename = "id.orig_p")]
    source: Value<'a>,
    #[serde(borrow, rename = "id.resp_p")]
    destination: Value<'a>,
    #[serde(borrow)]
    proto: Value<'a>,
    #[serde(borrow)]
    orig_bytes: Value<'a>,
    #[serde(borrow)]
    resp_bytes: Value<'a>,
}

impl Input for Eve {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        Ok(read(line, row, |event: EveEvent<'_>, row| {
            let ends = [event.src_port, event.dest_port];
            let reading = read_ports(line, ends, event.proto, self.protocol, row);
            // Other events give the direction of a packet.
            row.source_opened = event.event_type.map(RawValue::get) == Some("\"flow\"");
            // Other events of a flow give its bytes so far; these are not counted twice.
            let bytes = match event.event_type.map(RawValue::get) {
                Some("\"flow\"") => event.flow,
                Some("\"netflow\"") => event.netflow,
                _ => None,
            };
            let bytes = bytes.and_then(|bytes| serde_json::from_str(bytes.get()).ok());
            row.bytes = bytes.map(|bytes: EveBytes| {
                let parts = [bytes.bytes_toserver, bytes.bytes_toclient, bytes.bytes];
                parts.into_iter().flatten().fold(0, u64::saturating_add)
            });
            reading
        }))
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Json
    }

    fn fork(&self) -> Option<Box<dyn Input>> {
        Some(Box::new(self.clone()))
    }
}

impl Input for Zeek {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        Ok(read(line, row, |entry: ZeekEntry<'_>, row| {
            let ends = [entry.source, entry.destination];
            let reading = read_ports(line, ends, entry.proto, self.protocol, row);
            row.source_opened = true;
            for bytes in [entry.orig_bytes, entry.resp_bytes].into_iter().flatten() {
                row.add_bytes(bytes.get().as_bytes());
            }
            reading
        }))
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Json
    }

    fn fork(&self) -> Option<Box<dyn Input>> {
        Some(Box::new(self.clone()))
    }
}

fn read<'a, Entry: Deserialize<'a>>(
    line: &'a [u8],
    row: &mut Row,
    take: impl FnOnce(Entry, &mut Row) -> Reading,
) -> Reading {
    if is_blank(line) {
        return Reading::WithoutPorts;
    }
    // Arrays can be read into a struct too, so they are refused here.
    if line.trim_ascii_start().first() != Some(&b'{') {
        return Reading::NotUnderstood;
    }
    match serde_json::from_slice(line) {
        Ok(entry) => take(entry, row),
        Err(_) => Reading::NotUnderstood,
    }
}

fn read_ports(
    line: &[u8],
    [source, destination]: [Value<'_>; 2],
    protocol: Value<'_>,
    default: Option<Protocol>,
    row: &mut Row,
) -> Reading {
    let word = protocol.map_or("", |word| word.get().trim_matches('"'));
    let protocol = match text::protocol_field(word.as_bytes(), b"-") {
        ProtocolField::Transport(protocol) => protocol,
        ProtocolField::Absent => default.unwrap_or(Tcp),
        ProtocolField::WithoutPorts => return Reading::Record,
        ProtocolField::Unreadable => return Reading::NotUnderstood,
    };
    let mut end = |value: Value<'_>| match value.map(|value| place(line, value)) {
        None => End::Absent,
        Some(None) => End::Unreadable,
        Some(Some(place)) => row.port(line, place, protocol),
    };
    let (source, destination) = (end(source), end(destination));
    (row.source, row.destination) = (source, destination);
    row.protocol = Some(protocol);
    row.numbers
        .sort_unstable_by_key(|number| number.place.start);
    Reading::Record
}

/// The place of a number, or of the text between the quotes of a name.
fn place(line: &[u8], value: &RawValue) -> Option<Range<usize>> {
    let text = value.get();
    let start = text.as_ptr().addr().checked_sub(line.as_ptr().addr())?;
    let place = start..start + text.len();
    match text.as_bytes() {
        [b'0'..=b'9', ..] => Some(place),
        [b'"', b'"'] => Some(place.start + 1..place.end - 1),
        // A number in quotes would get a second pair of quotes.
        [b'"', first, .., b'"'] if !first.is_ascii_digit() => Some(place.start + 1..place.end - 1),
        _ => None,
    }
}

pub(super) fn recognises_zeek(line: &[u8]) -> bool {
    line.starts_with(b"{") && (contains(line, "\"id.orig_p\"") || contains(line, "\"id.resp_p\""))
}

pub(super) fn recognises_eve(line: &[u8]) -> bool {
    line.starts_with(b"{") && contains(line, "\"event_type\"")
}
