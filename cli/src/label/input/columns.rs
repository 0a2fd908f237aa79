//! What each column of a table holds.

use std::ops::Range;

use memchr::memchr_iter;
use port_registry::{Protocol, Tcp};

use crate::label::row::{End, Number, Row};
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
#[derive(Clone)]
pub(crate) struct Columns {
    roles: Vec<Role>,
    /// The transport protocol of records that do not state theirs.
    protocol: Protocol,
    /// Whether numbers may be written as spreadsheets and data frames do: `443.0`, `UDP `, `1,234`.
    is_tolerant: bool,
}

impl Columns {
    /// Columns with these roles. The transport protocol is for tables that have no column for it.
    pub(crate) fn new(mut roles: Vec<Role>, protocol: Option<Protocol>) -> Self {
        let last = roles.iter().rposition(|role| *role != Role::Other);
        roles.truncate(last.map_or(0, |last| last + 1));
        Self {
            roles,
            protocol: protocol.unwrap_or(Tcp),
            is_tolerant: false,
        }
    }

    /// The same columns, in a table that may come from a spreadsheet or a data frame.
    pub(crate) fn tolerant(mut self) -> Self {
        self.is_tolerant = true;
        self
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
                Role::Protocol => protocol = self.protocol_field(&line[place], absent),
                Role::Bytes => self.add_bytes(&line[place], row),
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
            row.source = self.port(line, place, protocol, row);
        }
        if let Some(place) = destination.filter(is_there) {
            row.destination = self.port(line, place, protocol, row);
        }
        row.numbers
            .sort_unstable_by_key(|number| number.place.start);
        true
    }

    fn protocol_field(&self, word: &[u8], absent: &[u8]) -> ProtocolField {
        match text::protocol_field(word, absent) {
            ProtocolField::Unreadable if self.is_tolerant => {
                text::protocol_field(without_zero_fraction(word.trim_ascii()), absent)
            }
            field => field,
        }
    }

    fn add_bytes(&self, cell: &[u8], row: &mut Row) {
        let before = row.bytes;
        row.add_bytes(cell);
        if self.is_tolerant && row.bytes == before {
            row.add_bytes(&whole_bytes(cell));
        }
    }

    fn port(&self, line: &[u8], place: Range<usize>, protocol: Protocol, row: &mut Row) -> End {
        if self.is_tolerant {
            tolerant_port(line, place, protocol, row)
        } else {
            row.port(line, place, protocol)
        }
    }
}

/// Takes a text as a port, as [`Row::port`] does. It may have blanks around it, and be `443.0`.
pub(super) fn tolerant_port(
    line: &[u8],
    place: Range<usize>,
    protocol: Protocol,
    row: &mut Row,
) -> End {
    match row.port(line, place.clone(), protocol) {
        End::Unreadable => {}
        end => return end,
    }
    let place = trimmed(line, place);
    // Data frames with empty cells turn whole numbers into `443.0`.
    let Some(port) = text::port(without_zero_fraction(&line[place.clone()])) else {
        return row.port(line, place, protocol);
    };
    row.numbers.push(Number {
        place,
        port,
        protocol,
    });
    End::Port(port)
}

/// A place without the blanks around its text.
fn trimmed(line: &[u8], place: Range<usize>) -> Range<usize> {
    let text = line[place.clone()].trim_ascii_start();
    let start = place.end - text.len();
    start..start + text.trim_ascii_end().len()
}

/// `443` of `443.0`.
pub(super) fn without_zero_fraction(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().rev().take_while(|&&byte| byte == b'0');
    let whole = &digits[..digits.len() - zeros.count()];
    match whole.strip_suffix(b".") {
        Some(whole) if whole.len() + 1 < digits.len() => whole,
        _ => digits,
    }
}

/// The digits of a number of bytes, as people and their programs write it: `1234`, `1234.0`,
/// `1,234`, `1.234`, `1 234 567`, `1'234`, `1.234,5`, `1,234.50`. Empty if it is something else.
///
/// Groups of three digits after one to three others are one number, because bytes are whole. Any
/// other last part after a point or comma is a fraction, which is left out.
fn whole_bytes(cell: &[u8]) -> Vec<u8> {
    let cell = cell.trim_ascii();
    if cell.iter().all(u8::is_ascii_digit) {
        return cell.to_vec();
    }
    let Ok(text) = std::str::from_utf8(cell) else {
        return Vec::new();
    };
    let is_separator = |character: char| !character.is_ascii_digit();
    let mut parts: Vec<&str> = text.split(is_separator).collect();
    let separators: Vec<char> = text.chars().filter(|&c| is_separator(c)).collect();
    let Some((&last, groupers)) = separators.split_last() else {
        return Vec::new();
    };
    let is_grouped = |parts: &[&str], separators: &[char]| {
        let (first, rest) = parts.split_first().unwrap_or((&"", &[]));
        (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && rest.iter().all(|part| part.len() == 3)
            && separators.iter().all(|c| *c == separators[0])
            && separators.iter().all(|c| GROUPERS.contains(c))
    };
    if is_grouped(&parts, &separators) {
        return parts.concat().into_bytes();
    }
    let whole = parts.len() - 1;
    let is_whole = match groupers {
        [] => !parts[0].is_empty(),
        [first, ..] => *first != last && is_grouped(&parts[..whole], groupers),
    };
    if !is_whole || !matches!(last, '.' | ',') {
        return Vec::new();
    }
    parts.truncate(whole);
    parts.concat().into_bytes()
}

/// What people put between groups of three digits. The last two are spaces that do not break.
const GROUPERS: [char; 7] = [',', '.', ' ', '\'', '_', '\u{a0}', '\u{202f}'];

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
