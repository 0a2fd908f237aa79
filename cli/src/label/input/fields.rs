//! JSON objects, one per line, whose ports are found by the paths of members.

use std::borrow::Cow;
use std::ops::Range;

use port_registry::{Protocol, Tcp, Udp};
use serde_json::value::RawValue;

use super::columns::{tolerant_port, without_zero_fraction};
use super::insertion::{Insertion, Labels, Shape, Side};
use super::paths::{Found, Paths};
use super::presets::{Label, Opener, Preset};
use super::{ColumnError, Input, Layout, is_blank};
use crate::label::row::{End, Reading, Row};
use crate::label::text::{self, ProtocolField};

/// Some programs put it before the first line.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What is looked for in a line.
#[derive(Clone, Copy)]
enum Slot {
    Source,
    Destination,
    Protocol,
    Bytes,
    PartOfBytes,
    OtherPartOfBytes,
    /// What tells who opened the conversation, or the client's port.
    Opener,
    Server,
    /// The objects that take the label, and the label if it is there already, of both ends.
    SourceObject,
    SourceLabel,
    DestinationObject,
    DestinationLabel,
}

const SLOTS: usize = 12;

/// What was found in a line.
struct Slots<'a>([Option<Found<'a>>; SLOTS]);

impl<'a> Slots<'a> {
    fn found(&self, slot: Slot) -> Option<Found<'a>> {
        self.0[slot as usize]
    }

    /// The value, if it is not `null`.
    fn value(&self, slot: Slot) -> Option<&'a RawValue> {
        let found = self.found(slot).filter(|found| !found.is_null());
        found.map(|found| found.value)
    }

    fn number(&self, slot: Slot) -> Option<u64> {
        text::number(without_quotes(self.value(slot)?).as_bytes())
    }
}

#[derive(Clone)]
pub(crate) struct Json {
    paths: Paths,
    preset: Preset,
    protocol: Option<Protocol>,
    /// Whether a line without any of the ports may be of this input.
    has_other_lines: bool,
}

impl Json {
    /// The input whose ports are at these paths: of the source port, the destination port, the
    /// protocol and the bytes, as far as they are given.
    pub(crate) fn at(fields: &[String], protocol: Option<Protocol>) -> Self {
        let slots = [Slot::Source, Slot::Destination, Slot::Protocol, Slot::Bytes];
        let mut paths = Paths::default();
        for (slot, path) in slots.into_iter().zip(fields) {
            if path != "-" {
                paths.add(slot as usize, 0, path);
            }
        }
        Self {
            paths,
            preset: Preset::default(),
            protocol,
            has_other_lines: false,
        }
    }

    /// The input of a known place.
    pub(crate) fn of(preset: Preset, protocol: Option<Protocol>) -> Self {
        let mut paths = Paths::default();
        let mut add = |slot: Slot, alternatives: &[&str]| {
            for (alternative, path) in (0..).zip(alternatives) {
                paths.add(slot as usize, alternative, path);
            }
        };
        add(Slot::Source, preset.source);
        add(Slot::Destination, preset.destination);
        add(Slot::Protocol, preset.protocol);
        add(Slot::Bytes, preset.bytes);
        for (slot, path) in [Slot::PartOfBytes, Slot::OtherPartOfBytes]
            .into_iter()
            .zip(preset.parts_of_bytes)
        {
            add(slot, &[path]);
        }
        match preset.opener {
            Opener::Untold => {}
            Opener::SourceIf(paths) | Opener::Reply(paths) => add(Slot::Opener, paths),
            Opener::Roles { client, server } => {
                add(Slot::Opener, &[client]);
                add(Slot::Server, &[server]);
            }
        }
        if let Some(label) = preset.label {
            let [source, destination] = label.objects;
            add(Slot::SourceObject, &[source]);
            add(Slot::SourceLabel, &[&label.path(source)]);
            if destination != source {
                add(Slot::DestinationObject, &[destination]);
                add(Slot::DestinationLabel, &[&label.path(destination)]);
            }
        }
        Self {
            paths,
            preset,
            protocol,
            has_other_lines: true,
        }
    }

    /// The transport protocol that the record states.
    fn protocol(&self, slots: &Slots<'_>) -> ProtocolField {
        let of_port = [Slot::Source, Slot::Destination]
            .into_iter()
            .find_map(|slot| slots.found(slot));
        if let (Some(found), protocols @ [_, ..]) = (of_port, self.preset.protocols) {
            return ProtocolField::Transport(protocols[found.alternative() % protocols.len()]);
        }
        slots
            .value(Slot::Protocol)
            .map_or(ProtocolField::Absent, protocol)
    }

    fn bytes(&self, slots: &Slots<'_>) -> Option<u64> {
        slots.number(Slot::Bytes).or_else(|| {
            let parts = [Slot::PartOfBytes, Slot::OtherPartOfBytes];
            let parts = parts.into_iter().filter_map(|slot| slots.number(slot));
            parts.reduce(u64::saturating_add)
        })
    }

    /// Puts the end that opened the conversation first, if the record tells it.
    fn order_ends(&self, slots: &Slots<'_>, row: &mut Row) {
        let told = slots.value(Slot::Opener).map(RawValue::get);
        let source_opened = match self.preset.opener {
            Opener::Untold => None,
            Opener::SourceIf(_) => (told == Some("true")).then_some(true),
            Opener::Reply(_) => match told {
                Some("true") => Some(false),
                Some("false") => Some(true),
                _ => None,
            },
            Opener::Roles { .. } => {
                let port = |slot| slots.number(slot).and_then(|port| u16::try_from(port).ok());
                roles(port(Slot::Opener), port(Slot::Server), row)
            }
        };
        row.source_opened = source_opened.is_some();
        if source_opened == Some(false) {
            std::mem::swap(&mut row.source, &mut row.destination);
        }
    }
}

/// Whether the source is the client, if the ports of client and server tell it.
fn roles(client: Option<u16>, server: Option<u16>, row: &Row) -> Option<bool> {
    let (End::Port(source), End::Port(destination)) = (&row.source, &row.destination) else {
        return None;
    };
    let is = |port: Option<u16>, end: &u16| port.is_none_or(|port| port == *end);
    let forth = is(client, source) && is(server, destination);
    let back = is(client, destination) && is(server, source);
    (forth != back).then_some(forth)
}

impl Input for Json {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if is_blank(line) {
            return Ok(Reading::WithoutPorts);
        }
        let mut slots = Slots([None; SLOTS]);
        let object = without_mark(line);
        // Arrays and other values are JSON, too.
        let is_object = object.trim_ascii_start().first() == Some(&b'{');
        if !is_object || !self.paths.find(object, &mut slots.0) {
            return Ok(Reading::NotUnderstood);
        }
        let is_there = |slot| slots.found(slot).is_some();
        let has_ports = is_there(Slot::Source) || is_there(Slot::Destination);
        let protocol = match self.protocol(&slots) {
            ProtocolField::WithoutPorts => return Ok(Reading::Record),
            _ if !has_ports && self.has_other_lines => return Ok(Reading::WithoutPorts),
            _ if !has_ports => return Ok(Reading::NotUnderstood),
            ProtocolField::Transport(protocol) => protocol,
            ProtocolField::Absent => self.protocol.unwrap_or(Tcp),
            ProtocolField::Unreadable => return Ok(Reading::NotUnderstood),
        };
        row.protocol = Some(protocol);
        row.bytes = self.bytes(&slots);
        row.source = end(line, slots.value(Slot::Source), protocol, row);
        row.destination = end(line, slots.value(Slot::Destination), protocol, row);
        row.numbers
            .sort_unstable_by_key(|number| number.place.start);
        // One path may be given for both ends.
        row.numbers.dedup_by_key(|number| number.place.start);
        if let Some(label) = &self.preset.label {
            row.labels = Some(Labels {
                source: insertion(line, &slots, label, Side::Source),
                destination: insertion(line, &slots, label, Side::Destination),
            });
        }
        self.order_ends(&slots, row);
        Ok(Reading::Record)
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Json
    }

    fn fork(&self) -> Option<Box<dyn Input>> {
        Some(Box::new(self.clone()))
    }
}

/// The line without a byte order mark.
pub(super) fn without_mark(line: &[u8]) -> &[u8] {
    line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line)
}

/// A transport protocol by name or number, as a number or as a text.
fn protocol(value: &RawValue) -> ProtocolField {
    let text = without_quotes(value);
    let word = text.trim();
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    if is("quic") {
        // OpenTelemetry takes QUIC for a transport protocol. Its packets are those of UDP.
        ProtocolField::Transport(Udp)
    } else if is("pipe") || is("unix") {
        ProtocolField::WithoutPorts
    } else {
        text::protocol_field(without_zero_fraction(word.as_bytes()), b"-")
    }
}

/// The text that a value means, or the value itself if it is not a text.
fn without_quotes(value: &RawValue) -> Cow<'_, str> {
    let text = value.get();
    let Some(inner) = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
    else {
        return Cow::Borrowed(text);
    };
    if inner.contains('\\') {
        serde_json::from_str(text).map_or(Cow::Borrowed(inner), Cow::Owned)
    } else {
        Cow::Borrowed(inner)
    }
}

fn end(line: &[u8], value: Option<&RawValue>, protocol: Protocol, row: &mut Row) -> End {
    let Some(value) = value else {
        return End::Absent;
    };
    match value.get().as_bytes() {
        [b'0'..=b'9', ..] => tolerant_port(line, place(line, value), protocol, row),
        // A name goes into the same quotes.
        [b'"', .., b'"'] => {
            let place = place(line, value);
            tolerant_port(line, place.start + 1..place.end - 1, protocol, row)
        }
        _ => End::Unreadable,
    }
}

/// Where a value stands in the line that it was read from.
fn place(line: &[u8], value: &RawValue) -> Range<usize> {
    let text = value.get();
    let start = text.as_ptr().addr() - line.as_ptr().addr();
    start..start + text.len()
}

impl Label {
    fn path(&self, object: &str) -> String {
        format!("{object}.{}", self.name)
    }
}

/// Where the label of a service goes in, at the end that has it: into its object, as a member with a
/// dotted name where the document has those, or into an object of its own. `None` where the record
/// has a label already.
fn insertion(line: &[u8], slots: &Slots<'_>, label: &Label, end: Side) -> Option<Insertion> {
    let [source, destination] = label.objects;
    let (object, value, present) = if end == Side::Source || source == destination {
        (source, Slot::SourceObject, Slot::SourceLabel)
    } else {
        (destination, Slot::DestinationObject, Slot::DestinationLabel)
    };
    if slots.found(present).is_some() {
        return None;
    }
    let (place, shape, after_comma) = match slots.found(value) {
        Some(found) => {
            // Something else under this name cannot take a member, and a second one would be wrong.
            let inner = found.value.get().strip_prefix('{')?.strip_suffix('}')?;
            let start = place(line, found.value).start + 1;
            let end = start + inner.trim_ascii_end().len();
            (end, Shape::Inside, !inner.trim_ascii().is_empty())
        }
        None => {
            let end = line.iter().rposition(|&byte| byte == b'}')?;
            (line[..end].trim_ascii_end().len(), shape(slots), true)
        }
    };
    Some(Insertion {
        place,
        shape,
        after_comma,
        object,
        name: label.name,
        in_lower_case: label.in_lower_case,
    })
}

/// Whether the document has objects within objects, or members with dotted names.
fn shape(slots: &Slots<'_>) -> Shape {
    let known = [Slot::Protocol, Slot::Destination, Slot::Source];
    let known = known.into_iter().find_map(|slot| slots.found(slot));
    match known {
        Some(found) if found.is_literal() => Shape::Dotted,
        _ => Shape::Nested,
    }
}
