//! What each column of a table holds.

use std::ops::Range;

use memchr::memchr_iter;
use port_registry::{Protocol, Tcp};

use crate::label::row::Row;
use crate::label::text::{self, ProtocolField};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Source,
    Destination,
    Protocol,
    Bytes,
    Other,
}

/// The columns up to the last one that is needed.
pub(crate) struct Columns {
    roles: Vec<Role>,
    /// The transport protocol of records that do not state theirs.
    protocol: Protocol,
}

impl Columns {
    /// Columns with these roles. The transport protocol is for tables that have no column for it.
    pub(crate) fn new(mut roles: Vec<Role>, protocol: Option<Protocol>) -> Self {
        let last = roles.iter().rposition(|role| *role != Role::Other);
        roles.truncate(last.map_or(0, |last| last + 1));
        Self {
            roles,
            protocol: protocol.unwrap_or(Tcp),
        }
    }

    /// The columns under these headings.
    pub(crate) fn named<'a>(
        headings: impl Iterator<Item = &'a [u8]>,
        wanted: &[(&str, Role)],
        protocol: Option<Protocol>,
    ) -> Self {
        let role = |heading: &[u8]| {
            let mut wanted = wanted.iter();
            wanted
                .find(|(name, _)| name.as_bytes() == heading)
                .map_or(Role::Other, |(_, role)| *role)
        };
        Self::new(headings.map(role).collect(), protocol)
    }

    pub(crate) fn have_ports(&self) -> bool {
        let is_port = |role| matches!(role, &Role::Source | &Role::Destination);
        self.roles.iter().any(is_port)
    }

    /// Reads the fields of a line, in which `absent` means that there is no value. Returns false if
    /// fields are missing or the protocol is unknown.
    pub(crate) fn read(
        &self,
        line: &[u8],
        fields: impl Iterator<Item = Range<usize>>,
        absent: &[u8],
        row: &mut Row,
    ) -> bool {
        let (mut source, mut destination, mut protocol) = (None, None, ProtocolField::Absent);
        let mut count = 0;
        for (role, place) in self.roles.iter().zip(fields) {
            count += 1;
            match role {
                Role::Source => source = Some(place),
                Role::Destination => destination = Some(place),
                Role::Protocol => protocol = text::protocol_field(&line[place], absent),
                Role::Bytes => row.add_bytes(&line[place]),
                Role::Other => {}
            }
        }
        if count < self.roles.len() || !self.have_ports() {
            return false;
        }
        let protocol = match protocol {
            ProtocolField::Transport(protocol) => protocol,
            ProtocolField::Absent => self.protocol,
            // Zeek puts the type of an ICMP message in place of the ports.
            ProtocolField::WithoutPorts => return true,
            ProtocolField::Unreadable => return false,
        };
        row.protocol = Some(protocol);
        let is_there = |place: &Range<usize>| &line[place.clone()] != absent;
        if let Some(place) = source.filter(is_there) {
            row.source = row.port(line, place, protocol);
        }
        if let Some(place) = destination.filter(is_there) {
            row.destination = row.port(line, place, protocol);
        }
        row.numbers
            .sort_unstable_by_key(|number| number.place.start);
        true
    }
}

/// The fields between delimiters, as ranges of the line.
pub(crate) fn fields(line: &[u8], delimiter: u8) -> impl Iterator<Item = Range<usize>> + '_ {
    let ends = memchr_iter(delimiter, line).chain([line.len()]);
    ends.scan(0, |start, end| {
        let field = *start..end;
        *start = end + 1;
        Some(field)
    })
}

/// A column that `--columns` asks for is missing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ColumnError {
    #[error("no column `{}` in the first line, which has: {}", wanted.escape_debug(), found.escape_debug())]
    Name { wanted: String, found: String },
    #[error("no column {wanted}: those of the first line are numbered from 1 to {last}")]
    Number { wanted: usize, last: usize },
}
