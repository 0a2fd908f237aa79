//! NetFlow as `nfdump -o csv` prints it.

use port_registry::Protocol;

use super::columns::{Columns, Role, fields};
use super::{COLUMN, ColumnError, Input, Layout, is_blank};
use crate::label::row::{Reading, Row};

/// The short headings of nfdump up to 1.7.3, then the long ones of later versions.
const WANTED: [(&str, Role); 11] = [
    ("sp", Role::Source),
    ("dp", Role::Destination),
    ("pr", Role::Protocol),
    ("ibyt", Role::Bytes),
    ("obyt", Role::Bytes),
    ("srcPort", Role::Source),
    ("dstPort", Role::Destination),
    ("proto", Role::Protocol),
    ("bytes", Role::Bytes),
    ("inBytes", Role::Bytes),
    ("outBytes", Role::Bytes),
];

/// The first columns up to 1.7.3, for output without a header (`nfdump -q`).
const DEFAULT: &[u8] = b"ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt";

#[derive(Clone)]
pub(crate) struct Nfdump {
    columns: Columns,
    /// Whether the summary at the end has begun, which has other columns.
    ended: bool,
    protocol: Option<Protocol>,
}

impl Nfdump {
    pub(crate) fn new(protocol: Option<Protocol>) -> Self {
        Self {
            columns: columns(DEFAULT, protocol),
            ended: false,
            protocol,
        }
    }
}

fn columns(header: &[u8], protocol: Option<Protocol>) -> Columns {
    let headings = fields(header, b',').map(|place| &header[place]);
    Columns::named(headings, &WANTED, protocol)
}

impl Input for Nfdump {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        Ok(if recognises(line) {
            self.columns = columns(line, self.protocol);
            self.ended = false;
            Reading::Heading(Some(COLUMN))
        } else if line == b"Summary" || self.ended || is_blank(line) {
            self.ended |= line == b"Summary";
            Reading::WithoutPorts
        } else if self.columns.read(line, fields(line, b','), b"-", row) {
            Reading::Record
        } else {
            Reading::NotUnderstood
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Separated {
            delimiter: b',',
            quoted: true,
            absent: b"",
        }
    }

    fn fork(&self) -> Option<Box<dyn Input>> {
        // The lines of the summary look like others.
        (!self.ended).then(|| Box::new(self.clone()) as Box<dyn Input>)
    }
}

pub(super) fn recognises(line: &[u8]) -> bool {
    let mut names = fields(line, b',').map(|place| &line[place]);
    matches!(names.next(), Some(b"ts" | b"firstSeen" | b"cnt")) && columns(line, None).have_ports()
}
