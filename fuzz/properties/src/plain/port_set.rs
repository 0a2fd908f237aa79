//! A plain set of all ports on all transport protocols: a bit for each.

use test_support::oracle::PROTOCOLS;

use super::spec::Resolved;

const WORDS: usize = 65_536 / 64;

/// The ports of a set: its words for each protocol, one protocol after the other.
#[derive(Clone, PartialEq, Eq)]
pub struct PortSet(Vec<u64>);

impl Default for PortSet {
    fn default() -> Self {
        Self(vec![0; PROTOCOLS.len() * WORDS])
    }
}

impl PortSet {
    /// Puts ports in.
    pub fn insert(&mut self, ports: Resolved) {
        let (first, last) = (usize::from(ports.first), usize::from(ports.last));
        for (place, words) in self.0.chunks_exact_mut(WORDS).enumerate() {
            if ports.protocols >> place & 1 == 0 {
                continue;
            }
            for (index, word) in (first / 64..).zip(&mut words[first / 64..=last / 64]) {
                let start = first.saturating_sub(index * 64);
                let end = (last - index * 64).min(63);
                *word |= (u64::MAX << start) & (u64::MAX >> (63 - end));
            }
        }
    }

    /// Whether a port is in.
    #[must_use]
    pub fn contains(&self, port: u16, protocol: usize) -> bool {
        let port = usize::from(port);
        self.0[protocol * WORDS + port / 64] >> (port % 64) & 1 == 1
    }

    /// Whether nothing is in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// The set that has what `choose` says of each word of both.
    #[must_use]
    pub fn with(mut self, other: &Self, choose: impl Fn(u64, u64) -> u64) -> Self {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own = choose(*own, *other);
        }
        self
    }
}
