//! Which columns of a table hold what.

use std::ops::Range;

use memchr::memchr_iter;
use port_registry::{Protocol, Tcp};

use crate::row::Row;
use crate::text;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Source,
    Destination,
    Protocol,
    Bytes,
    Other,
}

/// The columns up to the last one that is wanted.
pub(crate) struct Columns {
    roles: Vec<Role>,
    /// The transport protocol of tables without such a column.
    protocol: Protocol,
}

impl Columns {
    /// The columns of these roles. The transport protocol is for tables without one.
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

    /// Reads the fields of a line; false if some are missing.
    pub(crate) fn read(
        &self,
        line: &[u8],
        fields: impl Iterator<Item = Range<usize>>,
        row: &mut Row,
    ) -> bool {
        let (mut source, mut destination, mut protocol) = (None, None, Some(self.protocol));
        let mut count = 0;
        for (role, place) in self.roles.iter().zip(fields) {
            count += 1;
            match role {
                Role::Source => source = Some(place),
                Role::Destination => destination = Some(place),
                Role::Protocol => protocol = text::protocol(&line[place]),
                Role::Bytes => row.add_bytes(&line[place]),
                Role::Other => {}
            }
        }
        if count < self.roles.len() || !self.have_ports() {
            return false;
        }
        // Other protocols have no ports: Zeek puts the type of an ICMP message there.
        let Some(protocol) = protocol else {
            return true;
        };
        row.protocol = Some(protocol);
        if let Some(place) = source {
            row.source = row.port(line, place, protocol);
        }
        if let Some(place) = destination {
            row.destination = row.port(line, place, protocol);
        }
        row.numbers
            .sort_unstable_by_key(|number| number.place.start);
        true
    }
}

/// The fields between delimiters, by their places.
pub(crate) fn fields(line: &[u8], delimiter: u8) -> impl Iterator<Item = Range<usize>> + '_ {
    let ends = memchr_iter(delimiter, line).chain([line.len()]);
    ends.scan(0, |start, end| {
        let field = *start..end;
        *start = end + 1;
        Some(field)
    })
}

/// A column that `--columns` asks for is not there.
#[derive(Debug, thiserror::Error)]
#[error("no column `{}` in the first line, which has: {}", wanted.escape_debug(), found.escape_debug())]
pub(crate) struct ColumnError {
    pub(crate) wanted: String,
    pub(crate) found: String,
}
