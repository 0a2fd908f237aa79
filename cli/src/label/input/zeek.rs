//! Zeek's logs as TSV: `conn.log`, and others that have its ports.

use port_registry::Protocol;

use super::columns::{Columns, Role, fields};
use super::{COLUMN, ColumnError, Input, Layout};
use crate::label::row::{Reading, Row};

const WANTED: [(&str, Role); 5] = [
    ("id.orig_p", Role::Source),
    ("id.resp_p", Role::Destination),
    ("proto", Role::Protocol),
    ("orig_bytes", Role::Bytes),
    ("resp_bytes", Role::Bytes),
];

/// The first columns of `conn.log`, for a log without its header.
const CONN: &[u8] =
    b"ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes";

#[derive(Clone)]
pub(crate) struct Zeek {
    columns: Columns,
    separator: u8,
    unset: Vec<u8>,
    protocol: Option<Protocol>,
}

impl Zeek {
    pub(crate) fn new(protocol: Option<Protocol>) -> Self {
        let headings = fields(CONN, b' ').map(|place| &CONN[place]);
        Self {
            columns: Columns::named(headings, &WANTED, protocol),
            separator: b'\t',
            unset: b"-".to_vec(),
            protocol,
        }
    }

    /// A line that starts with `#`, which says something about the lines after it.
    fn directive(&mut self, line: &[u8]) -> Reading {
        if let Some(separator) = line.strip_prefix(b"#separator ") {
            self.separator = unescaped(separator).unwrap_or(self.separator);
            return Reading::Heading(None);
        }
        let mut values = fields(line, self.separator).map(|place| &line[place]);
        match values.next() {
            Some(b"#fields") => {
                self.columns = Columns::named(values, &WANTED, self.protocol);
                Reading::Heading(self.columns.have_ports().then_some(COLUMN))
            }
            Some(b"#types") => Reading::Heading(self.columns.have_ports().then_some("string")),
            Some(b"#unset_field") => {
                self.unset = values.next().unwrap_or(b"-").to_vec();
                Reading::Heading(None)
            }
            _ => Reading::Heading(None),
        }
    }
}

/// The byte of `\x09`, or a byte that stands for itself.
fn unescaped(separator: &[u8]) -> Option<u8> {
    match separator.strip_prefix(b"\\x") {
        Some(digits) => u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok(),
        None if separator.len() == 1 => Some(separator[0]),
        None => None,
    }
}

impl Input for Zeek {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if line.first() == Some(&b'#') {
            return Ok(self.directive(line));
        }
        // `id.resp_p` is the responder's port.
        row.source_opened = true;
        let values = fields(line, self.separator);
        Ok(match self.columns.read(line, values, &self.unset, row) {
            true => Reading::Record,
            false => Reading::NotUnderstood,
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Separated {
            delimiter: self.separator,
            quoted: false,
            absent: &self.unset,
        }
    }

    fn fork(&self) -> Option<Box<dyn Input>> {
        Some(Box::new(self.clone()))
    }
}

pub(super) fn recognises(line: &[u8]) -> bool {
    line.starts_with(b"#separator ") || line.starts_with(b"#fields\t")
}
