//! What the program should answer, summed over the conversations one by one.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use port_registry::{Protocol, Tcp, Udp, flow, service_by_port};

use super::samples::{CONVERSATIONS, Sample, directions};

/// A record of a file: its ends, its protocol's number, its bytes and its time.
struct Record {
    source: u16,
    destination: u16,
    protocol: u8,
    bytes: u64,
    start: i64,
}

fn records(sample: Sample) -> Vec<Record> {
    if sample.has_both_directions() {
        let record = |(source, destination, protocol, bytes, start)| Record {
            source,
            destination,
            protocol,
            bytes,
            start,
        };
        return directions().map(record).collect();
    }
    let record = |one: &super::samples::Conversation| Record {
        source: one.client,
        destination: one.server,
        protocol: one.protocol,
        bytes: one.up + one.down,
        start: one.start,
    };
    CONVERSATIONS.iter().map(record).collect()
}

impl Record {
    /// The protocols of the samples that have port numbers.
    fn transport(&self) -> Option<Protocol> {
        match self.protocol {
            6 => Some(Tcp),
            17 => Some(Udp),
            _ => None,
        }
    }

    fn server_port(&self, sample: Sample) -> Option<u16> {
        let transport = self.transport()?;
        Some(if sample.knows_the_server() {
            self.destination
        } else {
            flow(self.source, self.destination, transport).server_port()
        })
    }

    fn service(&self, sample: Sample) -> Option<&'static str> {
        Some(service_by_port(self.server_port(sample)?, self.transport()?)?.name())
    }
}

/// Lines `service,bytes,flows`, over as many copies of the file.
pub fn top(sample: Sample, limit: usize, copies: u64) -> Vec<String> {
    let mut sums: BTreeMap<Option<&str>, (u64, u64)> = BTreeMap::new();
    for record in records(sample) {
        let (bytes, flows) = sums.entry(record.service(sample)).or_default();
        *bytes += record.bytes * copies;
        *flows += copies;
    }
    // The record without data counts as a flow of no bytes and no service.
    if sample == Sample::VpcText {
        sums.entry(None).or_default().1 += copies;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, (bytes, _))| Reverse(*bytes));
    sums.truncate(limit);
    let line = |(service, (bytes, flows)): (Option<&str>, (u64, u64))| {
        format!("{},{bytes},{flows}", service.unwrap_or_default())
    };
    sums.into_iter().map(line).collect()
}

/// Lines `port,protocol,flows,bytes`.
pub fn unknown(sample: Sample) -> Vec<String> {
    let mut sums: BTreeMap<(u16, String), (u64, u64)> = BTreeMap::new();
    for record in records(sample) {
        let Some(port) = record.server_port(sample) else {
            continue;
        };
        if record.service(sample).is_none() {
            let key = (port, sample.protocol(record.protocol));
            let (flows, bytes) = sums.entry(key).or_default();
            *flows += 1;
            *bytes += record.bytes;
        }
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, used)| Reverse(*used));
    let line = |((port, protocol), (flows, bytes))| format!("{port},{protocol},{flows},{bytes}");
    sums.into_iter().map(line).collect()
}

/// Lines `hour,service,bytes,flows`.
pub fn by_hour(sample: Sample) -> Vec<String> {
    let mut sums: BTreeMap<(i64, Option<&str>), (u64, u64)> = BTreeMap::new();
    for record in records(sample) {
        let key = (record.start / 3600, record.service(sample));
        let (bytes, flows) = sums.entry(key).or_default();
        *bytes += record.bytes;
        *flows += 1;
    }
    let first = records(sample)
        .iter()
        .map(|record| record.start / 3600)
        .min()
        .unwrap_or_default();
    if sample == Sample::VpcText {
        sums.entry((first, None)).or_default().1 += 1;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|((hour, _), (bytes, _))| (*hour, Reverse(*bytes)));
    let hours = ["2026-11-21T22", "2026-11-21T23", "2026-11-22T00"];
    let line = |((hour, service), (bytes, flows)): ((i64, Option<&str>), (u64, u64))| {
        let hour = usize::try_from(hour - first).expect("not before the first");
        format!(
            "{}:00:00,{},{bytes},{flows}",
            hours[hour],
            service.unwrap_or_default()
        )
    };
    sums.into_iter().map(line).collect()
}
