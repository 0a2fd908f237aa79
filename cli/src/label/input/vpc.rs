//! AWS VPC flow logs.

use port_registry::Protocol;

use super::columns::{Columns, Role, fields};
use super::{COLUMN, ColumnError, Input, Layout, is_blank};
use crate::label::row::{Reading, Row};

const WANTED: [(&str, Role); 4] = [
    ("srcport", Role::Source),
    ("dstport", Role::Destination),
    ("protocol", Role::Protocol),
    ("bytes", Role::Bytes),
];

/// The default format. Records that do not come in files have no header line.
const DEFAULT: &[u8] = b"version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

#[derive(Clone)]
pub(crate) struct Vpc {
    columns: Columns,
    protocol: Option<Protocol>,
}

impl Vpc {
    pub(crate) fn new(protocol: Option<Protocol>) -> Self {
        Self {
            columns: columns(DEFAULT, protocol),
            protocol,
        }
    }
}

fn columns(header: &[u8], protocol: Option<Protocol>) -> Columns {
    let headings = fields(header, b' ').map(|place| &header[place]);
    Columns::named(headings, &WANTED, protocol)
}

/// A line of names instead of values. Numbers, addresses and identifiers all contain a digit or an
/// upper-case letter, or are `-`.
fn is_header(line: &[u8]) -> bool {
    let is_of_name = |byte: &u8| byte.is_ascii_lowercase() || matches!(byte, b'-' | b' ' | b'_');
    let is_name = |name: &[u8]| {
        name.iter()
            .all(|byte| is_of_name(byte) || byte.is_ascii_digit())
    };
    let mut names = fields(line, b' ').map(|place| &line[place]);
    names.all(|name| name.first().is_some_and(u8::is_ascii_lowercase) && is_name(name))
        && columns(line, None).have_ports()
}

impl Input for Vpc {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        Ok(if is_blank(line) {
            Reading::WithoutPorts
        } else if is_header(line) {
            self.columns = columns(line, self.protocol);
            Reading::Heading(Some(COLUMN))
        } else if self.columns.read(line, fields(line, b' '), b"-", row) {
            Reading::Record
        } else {
            Reading::NotUnderstood
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Separated {
            delimiter: b' ',
            quoted: false,
            absent: b"-",
        }
    }

    fn fork(&self) -> Option<Box<dyn Input>> {
        Some(Box::new(self.clone()))
    }
}

pub(super) fn recognises(line: &[u8]) -> bool {
    let values: Vec<_> = fields(line, b' ').map(|place| &line[place]).collect();
    let is_default = values.len() == 14
        && values[0] == b"2"
        && matches!(values[13], b"OK" | b"NODATA" | b"SKIPDATA");
    is_default || is_header(line)
}
