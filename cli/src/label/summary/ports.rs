//! Counts by port.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use port_registry::Protocol;

use super::{Count, SERVERS_PEERS};

/// What is known of a port.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Port {
    /// The lines of which it is the service.
    pub(super) count: Count,
    /// In how many lines it may be the service, or is for sure.
    seen: u64,
    /// With how many other ports it was in lines that nobody decides.
    peers: u32,
    /// Whether it is the service of any line for sure.
    is_sure: bool,
}

impl Port {
    /// Whether it cannot be a client's.
    pub(super) fn is_servers(&self) -> bool {
        self.is_sure || self.peers >= SERVERS_PEERS
    }

    fn add(&mut self, other: &Self) {
        self.count.add(other.count);
        self.seen += other.seen;
        self.peers = self.peers.saturating_add(other.peers);
        self.is_sure |= other.is_sure;
    }
}

/// Counts by port and protocol. There are never more than all ports.
#[derive(Clone, Default)]
pub(super) struct Ports(HashMap<(u16, Protocol), Port, BuildHasherDefault<PortHasher>>);

impl Ports {
    fn port(&mut self, port: u16, protocol: Protocol) -> &mut Port {
        self.0.entry((port, protocol)).or_default()
    }

    pub(super) fn add_sure(&mut self, port: u16, protocol: Protocol, count: Count) {
        let port = self.port(port, protocol);
        port.count.add(count);
        port.seen += count.lines;
        port.is_sure = true;
    }

    pub(super) fn add_guessed(&mut self, port: u16, protocol: Protocol, count: Count) {
        let guessed = count.lines;
        let count = Count { guessed, ..count };
        self.port(port, protocol).count.add(count);
    }

    pub(super) fn see(&mut self, port: u16, protocol: Protocol, lines: u64) {
        self.port(port, protocol).seen += lines;
    }

    pub(super) fn meet(&mut self, port: u16, protocol: Protocol) {
        let port = self.port(port, protocol);
        port.peers = port.peers.saturating_add(1);
    }

    pub(super) fn seen(&self, port: u16, protocol: Protocol) -> u64 {
        self.0.get(&(port, protocol)).map_or(0, |port| port.seen)
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (&(port, protocol), counts) in &other.0 {
            self.port(port, protocol).add(counts);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ports that are the service of any line.
    pub(super) fn servers(&self) -> impl Iterator<Item = (u16, Protocol, &Port)> {
        let ports = self.0.iter().filter(|(_, port)| port.count.lines > 0);
        ports.map(|(&(port, protocol), counts)| (port, protocol, counts))
    }
}

/// A hasher for ports: quick, and good enough for as few different keys as there are ports.
#[derive(Default)]
pub(super) struct PortHasher(u64);

impl PortHasher {
    fn add(&mut self, value: u64) {
        self.0 = (self.0 << 16) ^ value;
    }
}

impl Hasher for PortHasher {
    fn finish(&self) -> u64 {
        // The golden ratio spreads neighbours; both ends of the hash are used.
        let spread = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        spread ^ (spread >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.add(byte.into());
        }
    }

    fn write_u16(&mut self, value: u16) {
        self.add(value.into());
    }

    fn write_isize(&mut self, value: isize) {
        // The number of a protocol.
        self.add(value as u64);
    }
}
