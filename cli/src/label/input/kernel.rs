//! Log lines of iptables and nftables: `… SRC=… DST=… LEN=… PROTO=TCP SPT=… DPT=…`.

use super::{ColumnError, Input, Layout, contains, is_blank};
use crate::label::row::{End, Reading, Row};
use crate::label::text;

#[derive(Clone)]
pub(crate) struct Kernel;

impl Input for Kernel {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if is_blank(line) {
            return Ok(Reading::WithoutPorts);
        }
        if !recognises(line) {
            return Ok(Reading::NotUnderstood);
        }
        // The header of the packet that an ICMP error quotes, in brackets, has another one.
        let mut protocol = None;
        for place in text::words(line) {
            let value = |key: &str| text::value(line, &place, key);
            if let Some(place) = value("PROTO=") {
                protocol = text::protocol(&line[place]);
            } else if let (Some(place), None) = (value("LEN="), row.bytes) {
                // The length of the packet. The length of the UDP datagram comes later.
                row.add_bytes(&line[place]);
            } else if let (Some(protocol), Some(place)) = (protocol, value("SPT=")) {
                let end = row.port(line, place, protocol);
                if row.source == End::Absent {
                    row.source = end;
                    row.protocol = Some(protocol);
                }
            } else if let (Some(protocol), Some(place)) = (protocol, value("DPT=")) {
                let end = row.port(line, place, protocol);
                if row.destination == End::Absent {
                    row.destination = end;
                    row.protocol = Some(protocol);
                }
            }
        }
        Ok(match row.protocol {
            Some(_) => Reading::Record,
            None => Reading::WithoutPorts,
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Text
    }

    fn fork(&self) -> Option<Box<dyn Input>> {
        Some(Box::new(self.clone()))
    }
}

pub(super) fn recognises(line: &[u8]) -> bool {
    contains(line, "SRC=") && contains(line, " DST=") && contains(line, " PROTO=")
}
