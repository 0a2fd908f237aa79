//! What was found in a line.

use std::ops::Range;

use port_registry::Protocol;

use crate::label::input::Labels;
use crate::label::names::PortNames;
use crate::label::text;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// The [`Row`] holds its ports. In tables, a row without ports is a record too.
    Record,
    /// A heading of a table, with the title for an appended column, if any.
    Heading(Option<&'static str>),
    /// A line of the tool without ports: a blank line, ICMP, a unix socket.
    WithoutPorts,
    /// A line that is not known from the tool.
    NotUnderstood,
}

/// The ports of a line.
#[derive(Default)]
pub(crate) struct Row {
    /// The port numbers to be named, in the order of the line.
    pub(crate) numbers: Vec<Number>,
    /// The ends of the conversation. There may be only one.
    pub(crate) source: End,
    pub(crate) destination: End,
    pub(crate) protocol: Option<Protocol>,
    pub(crate) bytes: Option<u64>,
    /// Whether the input says that the source opened the conversation.
    pub(crate) source_opened: bool,
    /// Whether the input says that the source waits for conversations, as a socket in the state LISTEN does.
    pub(crate) listens: bool,
    pub(crate) unknown_names: UnknownNames,
    /// Where a JSON line takes its label, if it has a place of its own for it.
    pub(crate) labels: Option<Labels>,
    /// The records of a line that has several.
    pub(crate) parts: Vec<Part>,
}

/// One of several records of a line.
pub(crate) struct Part {
    /// Its ends. The numbers to be named are those of the whole line.
    pub(crate) row: Row,
    /// Where it ends in the line.
    pub(crate) end: usize,
}

/// What a name in place of a port number is, if its port is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum UnknownNames {
    /// A mistake, because the tool writes numbers.
    #[default]
    Unreadable,
    /// Perhaps not a port, but the last part of a host's name.
    Absent,
    /// A service of the machine where the tool ran, which has its own names.
    Service,
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
    /// No port is given, or any port: `*`.
    #[default]
    Absent,
    Port(u16),
    /// The place of a service name that the tool wrote in place of a number.
    Name(Range<usize>),
    /// Neither a port number nor a name.
    Unreadable,
}

/// The service of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Server<'a> {
    Port(u16, Protocol),
    /// A service of which only the name is known, because the tool wrote a name.
    Name(&'a str, Protocol),
}

/// The service of a record, and whether this is sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decision<'a> {
    pub(crate) server: Server<'a>,
    /// The other port, if it might as well be the service's.
    pub(crate) other: Option<u16>,
}

impl<'a> Decision<'a> {
    fn sure(server: Server<'a>) -> Self {
        Self {
            server,
            other: None,
        }
    }
}

impl<'a> Server<'a> {
    pub(crate) fn name(self, names: &PortNames<'a>) -> Option<&'a str> {
        match self {
            Self::Port(port, protocol) => names.name(port, protocol),
            Self::Name(name, _) => Some(name),
        }
    }
}

impl Row {
    pub(crate) fn clear(&mut self) {
        self.numbers.clear();
        self.source = End::Absent;
        self.destination = End::Absent;
        self.protocol = None;
        self.bytes = None;
        self.source_opened = false;
        self.listens = false;
        self.unknown_names = UnknownNames::default();
        self.labels = None;
        self.parts.clear();
    }

    /// The records of the line.
    pub(crate) fn records(&self) -> impl Iterator<Item = &Self> {
        let whole = self.parts.is_empty().then_some(self);
        self.parts.iter().map(|part| &part.row).chain(whole)
    }

    /// Adds to all places, for a row that was read from a part of the line.
    pub(crate) fn move_by(&mut self, start: usize) {
        let shift = |place: &mut Range<usize>| *place = place.start + start..place.end + start;
        for number in &mut self.numbers {
            shift(&mut number.place);
        }
        for end in [&mut self.source, &mut self.destination] {
            if let End::Name(place) = end {
                shift(place);
            }
        }
    }

    /// Takes the text at a place of the line as a port, and notes it to be named if it is a number.
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
                None if is_name(word) => End::Name(place),
                None => End::Unreadable,
            },
        }
    }

    /// Adds to the bytes of the record, if this field contains any.
    pub(crate) fn add_bytes(&mut self, digits: &[u8]) {
        if let Some(bytes) = text::number(digits) {
            self.bytes = Some(self.bytes.unwrap_or(0).saturating_add(bytes));
        }
    }

    /// Whether the texts in place of ports can be read. If one cannot, the other is not taken for
    /// the service either, because it may be the client's.
    pub(crate) fn is_readable(&self, line: &[u8], names: &PortNames<'_>) -> bool {
        // Nearly all lines have one record.
        let mut parts = self.parts.iter();
        self.has_readable_ends(line, names)
            && parts.all(|part| part.row.has_readable_ends(line, names))
    }

    fn has_readable_ends(&self, line: &[u8], names: &PortNames<'_>) -> bool {
        [&self.source, &self.destination]
            .iter()
            .all(|end| match end {
                End::Absent | End::Port(_) => true,
                End::Name(place) => {
                    self.unknown_names != UnknownNames::Unreadable
                        || self.protocol.is_some_and(|protocol| {
                            names.port(&line[place.clone()], protocol).is_some()
                        })
                }
                End::Unreadable => false,
            })
    }

    /// The service, as far as the two ends of a readable record show it.
    pub(crate) fn server<'a>(&self, line: &'a [u8], names: &PortNames<'_>) -> Option<Server<'a>> {
        Some(self.decision(line, names)?.server)
    }

    /// The service, and whether this is sure. A source that listens is the service, and so is an end
    /// that is alone. Between two ports, [`PortNames::server`] chooses. A name without a known port
    /// is the service, unless the other end is an assigned System Port or has one of the user's own
    /// names.
    pub(crate) fn decision<'a>(
        &self,
        line: &'a [u8],
        names: &PortNames<'_>,
    ) -> Option<Decision<'a>> {
        let protocol = self.protocol?;
        let end = |end: &End| self.end(end, line, protocol, names);
        let source = end(&self.source);
        if self.listens && source.is_some() {
            return source.map(Decision::sure);
        }
        Some(match (source, end(&self.destination)) {
            (Some(Server::Port(source, _)), Some(Server::Port(destination, _))) => {
                let choice = names.server(source, destination, protocol, self.source_opened);
                Decision {
                    server: Server::Port(choice.server, protocol),
                    other: choice.other,
                }
            }
            (Some(name @ Server::Name(..)), Some(end @ Server::Port(port, _)))
            | (Some(end @ Server::Port(port, _)), Some(name @ Server::Name(..))) => {
                let outranks = names.outranks_names(port, protocol);
                Decision::sure(if outranks { end } else { name })
            }
            (Some(Server::Name(one, _)), Some(Server::Name(other, _))) => {
                // The same one is taken in both directions.
                Decision::sure(Server::Name(one.min(other), protocol))
            }
            (one, other) => Decision::sure(one.or(other)?),
        })
    }

    fn end<'a>(
        &self,
        end: &End,
        line: &'a [u8],
        protocol: Protocol,
        names: &PortNames<'_>,
    ) -> Option<Server<'a>> {
        match end {
            End::Absent | End::Unreadable => None,
            End::Port(port) => Some(Server::Port(*port, protocol)),
            End::Name(place) => {
                let name = &line[place.clone()];
                if let Some(port) = names.port(name, protocol) {
                    return Some(Server::Port(port, protocol));
                }
                let name = std::str::from_utf8(name).ok()?;
                (self.unknown_names == UnknownNames::Service)
                    .then_some(Server::Name(name, protocol))
            }
        }
    }
}

/// The longest name of a service. Names in the registry are less than half as long.
const LONGEST_NAME: usize = 64;

/// Whether a word may be the name of a service, even one of a machine's services file.
fn is_name(word: &[u8]) -> bool {
    word.len() <= LONGEST_NAME
        && word.iter().any(u8::is_ascii_alphabetic)
        && word.iter().all(u8::is_ascii_graphic)
}
