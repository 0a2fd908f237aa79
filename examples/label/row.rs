//! What was found in a line.

use std::ops::Range;

use port_registry::Protocol;

use crate::names::Names;
use crate::text;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// The [`Row`] tells its ports. In tables a row without ports is a record, too.
    Record,
    /// A heading of a table, with the title of a column that may be appended.
    Heading(Option<&'static str>),
    /// Of the tool, without ports: a blank line, ICMP, a unix socket.
    WithoutPorts,
    /// Nothing that is known of the tool.
    NotUnderstood,
}

/// The ports of a line.
#[derive(Default)]
pub(crate) struct Row {
    /// The port numbers to be named, in the order of the line.
    pub(crate) numbers: Vec<Number>,
    /// The ends of the conversation; there may be one only.
    pub(crate) source: End,
    pub(crate) destination: End,
    pub(crate) protocol: Option<Protocol>,
    pub(crate) bytes: Option<u64>,
}

/// A port number as it stands in a line.
pub(crate) struct Number {
    pub(crate) place: Range<usize>,
    pub(crate) port: u16,
    pub(crate) protocol: Protocol,
}

/// One end of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// None is told, or any: `*`.
    #[default]
    Absent,
    Port(u16),
    /// The place of a service name, resolved already.
    Name(Range<usize>),
}

impl Row {
    pub(crate) fn clear(&mut self) {
        self.numbers.clear();
        self.source = End::Absent;
        self.destination = End::Absent;
        self.protocol = None;
        self.bytes = None;
    }

    /// Takes what stands at a place of the line for a port, to be named if it is a number.
    pub(crate) fn port(&mut self, line: &[u8], place: Range<usize>, protocol: Protocol) -> End {
        match &line[place.clone()] {
            b"" | b"*" | b"-" => End::Absent,
            word => match text::port(word) {
                Some(port) => {
                    self.numbers.push(Number {
                        place,
                        port,
                        protocol,
                    });
                    End::Port(port)
                }
                None if word[0].is_ascii_digit() => End::Absent,
                None => End::Name(place),
            },
        }
    }

    /// Adds to the bytes of the record, if there are any in this field.
    pub(crate) fn add_bytes(&mut self, digits: &[u8]) {
        if let Some(bytes) = text::number(digits) {
            self.bytes = Some(self.bytes.unwrap_or(0).saturating_add(bytes));
        }
    }

    /// The port of the service, as far as the two ends tell it.
    pub(crate) fn server(&self, line: &[u8], names: &Names) -> Option<(u16, Protocol)> {
        let protocol = self.protocol?;
        let port = |end: &End| match end {
            End::Absent => None,
            End::Port(port) => Some(*port),
            End::Name(place) => names.port(&line[place.clone()], protocol),
        };
        let port = match (port(&self.source), port(&self.destination)) {
            (Some(source), Some(destination)) => names.server(source, destination, protocol),
            (one, other) => one.or(other)?,
        };
        Some((port, protocol))
    }
}
