//! `conntrack -L` and `conntrack -E`, and `/proc/net/nf_conntrack`.

use super::{ColumnError, Input, Layout, contains, is_blank};
use crate::label::row::{End, Reading, Row};
use crate::label::text;

#[derive(Clone)]
pub(crate) struct Conntrack;

impl Input for Conntrack {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if is_blank(line) {
            return Ok(Reading::WithoutPorts);
        }
        if !recognises(line) {
            return Ok(Reading::NotUnderstood);
        }
        // The original direction comes first.
        row.source_opened = true;
        for place in text::words(line) {
            let word = &line[place.clone()];
            let value = |key: &str| text::value(line, &place, key);
            if let Some(bytes) = value("bytes=") {
                row.add_bytes(&line[bytes]);
            } else if row.protocol.is_none() {
                // The network protocol and its number come before it, `ipv4     2`.
                let is_number = word[0].is_ascii_digit();
                row.protocol = text::protocol(word).filter(|_| !is_number);
            } else if let (Some(protocol), Some(place)) = (row.protocol, value("sport=")) {
                let end = row.port(line, place, protocol);
                // The first pair is the original direction, the second the reply.
                if row.source == End::Absent {
                    row.source = end;
                }
            } else if let (Some(protocol), Some(place)) = (row.protocol, value("dport=")) {
                let end = row.port(line, place, protocol);
                if row.destination == End::Absent {
                    row.destination = end;
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
    contains(line, " src=") && contains(line, " dst=")
}
