//! Azure's flow logs: of network security groups, and of virtual networks.
//!
//! <https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview> and
//! <https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview>: objects in which
//! arrays `flowTuples` hold texts with commas. The arrays may be anywhere in the object, so that
//! one of the records is read as well as the whole file, `{"records":[…]}`, on one line.

use std::borrow::Cow;

use port_registry::{Protocol, Tcp, Udp};
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess};
use serde_json::value::RawValue;

use super::columns::fields;
use super::fields::without_mark;
use super::walk::{Walk, Walked};
use super::{ColumnError, Input, Layout, is_blank};
use crate::label::row::{Part, Reading, Row};
use crate::label::text::{self, ProtocolField};

#[derive(Clone)]
pub(crate) struct Azure {
    pub(crate) protocol: Option<Protocol>,
}

impl Input for Azure {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if is_blank(line) {
            return Ok(Reading::WithoutPorts);
        }
        let mut tuples = Vec::new();
        let mut deserializer = serde_json::Deserializer::from_slice(without_mark(line));
        let found = Walked(Tuples(&mut tuples)).deserialize(&mut deserializer);
        if found.is_err() || deserializer.end().is_err() || tuples.is_empty() {
            return Ok(Reading::NotUnderstood);
        }
        for tuple in tuples {
            let start = tuple.as_ptr().addr() - line.as_ptr().addr();
            let Some(part) = self.part(line, start, tuple.len(), row) else {
                return Ok(Reading::NotUnderstood);
            };
            row.parts.push(part);
        }
        row.numbers
            .sort_unstable_by_key(|number| number.place.start);
        Ok(Reading::Record)
    }

    fn layout(&self) -> Layout<'_> {
        Layout::JsonTuples
    }

    fn fork(&self) -> Option<Box<dyn Input>> {
        Some(Box::new(self.clone()))
    }
}

impl Azure {
    /// Reads `TIME,SOURCE,DESTINATION,SPORT,DPORT,PROTO,DIRECTION,…`, of which there are three
    /// forms: with the decision and nothing else, with the decision, the state and the counters, and
    /// with the state, the encryption and the counters.
    fn part(&self, line: &[u8], start: usize, length: usize, row: &mut Row) -> Option<Part> {
        let end = start + length;
        let places = fields(&line[start..end], b',');
        let places: Vec<_> = places
            .map(|place| start + place.start..start + place.end)
            .collect();
        let mut part = Row::default();
        let field = |index: usize| places.get(index).map(|place| &line[place.clone()]);
        let protocol = match field(5)? {
            b"T" => Some(Tcp),
            b"U" => Some(Udp),
            word => match text::protocol_field(word, b"-") {
                ProtocolField::Transport(protocol) => Some(protocol),
                ProtocolField::Absent => Some(self.protocol.unwrap_or(Tcp)),
                ProtocolField::WithoutPorts => None,
                ProtocolField::Unreadable => return None,
            },
        };
        part.protocol = protocol;
        if let Some(protocol) = protocol {
            part.source = row.port(line, places[3].clone(), protocol);
            part.destination = row.port(line, places[4].clone(), protocol);
        }
        // A rule lets through whoever opens a flow, and the flow is logged with this end as its
        // source. A packet that was denied may be an answer to anything.
        part.source_opened = field(7).is_some_and(|decision| decision != b"D");
        for counter in [field(10), field(12)].into_iter().flatten() {
            part.add_bytes(counter);
        }
        Some(Part { row: part, end })
    }
}

/// Finds the tuples in a value.
struct Tuples<'t, 'a>(&'t mut Vec<&'a str>);

impl<'a> Walk<'a> for Tuples<'_, 'a> {
    fn object<A: MapAccess<'a>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<Cow<'_, str>>()? {
            if name == "flowTuples" {
                let tuples: Vec<&'a RawValue> = members.next_value()?;
                for tuple in tuples {
                    let text = tuple.get().strip_prefix('"');
                    let text = text.and_then(|text| text.strip_suffix('"'));
                    // No tuple needs an escape. One with escapes is left out of the labels.
                    let text = text.filter(|text| !text.contains('\\'));
                    let text = text.ok_or_else(|| Error::custom("no tuple"))?;
                    self.0.push(text);
                }
            } else {
                members.next_value_seed(Walked(Tuples(self.0)))?;
            }
        }
        Ok(())
    }

    fn array<A: SeqAccess<'a>>(self, mut values: A) -> Result<(), A::Error> {
        while values.next_element_seed(Walked(Tuples(self.0)))?.is_some() {}
        Ok(())
    }
}
