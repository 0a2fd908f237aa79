//! Counts lines and bytes by service, in bounded memory.
//!
//! Each port has its own count, so there are at most as many as there are ports. Names that the
//! input itself brings in, without a known port, are counted one by one up to [`MOST_NAMES`].
//!
//! # Where nobody says which port is the service's
//!
//! For most records [`Row::decision`] is sure: the input says who listens or who opened the
//! conversation, or one port is much more likely. Where two ports are equally likely, the lines are
//! kept by pair of ports, and decided at the end: the service is the port that was seen in more
//! lines, counting those that nobody decides and those of which it is the service for sure. A
//! server is seen with each of its clients, a client only for some time. If both were seen equally
//! often, the port stays that [`Row::decision`] prefers. All these lines count as guessed.
//!
//! Once there are more than [`MOST_PAIRS`] pairs, those so far are decided by what was seen so far.
//!
//! # Dynamic Ports
//!
//! A Dynamic Port without a name is shown by its number if it was the service for sure in any line,
//! or if it was guessed and seen with [`SERVERS_PEERS`] or more other ports, for no client is. The
//! others share a row, because clients get them, and there may be one for each connection.

mod ports;
mod rows;
mod screen;
mod table;

use std::collections::HashMap;

use port_registry::Protocol;

use crate::label::names::PortNames;
use crate::label::parallel::Full;
use crate::label::row::{Decision, Reading, Row, Server};
use ports::Ports;
pub(crate) use rows::{Kind, Line, Rows};
pub(crate) use screen::{Screen, Selection};
pub(crate) use table::Format;

/// How many names without a known port are counted one by one.
const MOST_NAMES: usize = 10_000;

/// How many pairs of ports are kept until the end.
const MOST_PAIRS: usize = 65_536;

/// With how many other ports only a server is seen.
const SERVERS_PEERS: u32 = 8;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    lines: u64,
    bytes: u64,
    guessed: u64,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.guessed += other.guessed;
    }
}

/// Two ports, of which the first one is preferred.
type Pair = (u16, u16, Protocol);

/// What is known of the lines so far.
#[derive(Clone, Default)]
pub(crate) struct Summary {
    ports: Ports,
    names: HashMap<Protocol, HashMap<String, Count>>,
    /// The names beyond those that are counted one by one.
    other_names: HashMap<Protocol, Count>,
    /// Lines of which nobody says which port is the service's.
    pairs: HashMap<Pair, Count>,
    without_ports: Count,
    not_understood: u64,
    has_bytes: bool,
    /// Whether there was no room for all names or pairs.
    is_cut: bool,
}

impl Summary {
    pub(crate) fn count(
        &mut self,
        reading: &Reading,
        row: &Row,
        line: &[u8],
        names: &PortNames<'_>,
    ) {
        let decision = match reading {
            Reading::Heading(_) => return,
            Reading::NotUnderstood => return self.add_not_understood(),
            Reading::WithoutPorts if line.is_empty() => return,
            Reading::WithoutPorts => None,
            Reading::Record => row.decision(line, names),
        };
        self.has_bytes |= row.bytes.is_some();
        let count = Count {
            lines: 1,
            bytes: row.bytes.unwrap_or(0),
            guessed: 0,
        };
        let Some(Decision { server, other }) = decision else {
            return self.without_ports.add(count);
        };
        match (server, other) {
            (Server::Name(name, protocol), _) => self.add_name(name, protocol, count),
            (Server::Port(port, protocol), None) => self.ports.add_sure(port, protocol, count),
            (Server::Port(port, protocol), Some(other)) => {
                self.add_pair((port, other, protocol), count);
            }
        }
    }

    pub(crate) fn add_not_understood(&mut self) {
        self.not_understood += 1;
    }

    fn add_name(&mut self, name: &str, protocol: Protocol, count: Count) {
        let room = self.number_of_names() < MOST_NAMES;
        let names = self.names.entry(protocol).or_default();
        let own = match names.get_mut(name) {
            Some(own) => own,
            None if room => names.entry(name.to_owned()).or_default(),
            None => {
                self.is_cut = true;
                self.other_names.entry(protocol).or_default()
            }
        };
        own.add(count);
    }

    fn number_of_names(&self) -> usize {
        self.names.values().map(HashMap::len).sum()
    }

    fn add_pair(&mut self, pair: Pair, count: Count) {
        if self.pairs.len() >= MOST_PAIRS && !self.pairs.contains_key(&pair) {
            self.ports = self.decided();
            self.pairs.clear();
            self.is_cut = true;
        }
        let (one, other, protocol) = pair;
        self.ports.see(one, protocol, count.lines);
        self.ports.see(other, protocol, count.lines);
        self.pairs.entry(pair).or_default().add(count);
    }

    /// The counts of ports, with all pairs decided.
    fn decided(&self) -> Ports {
        let mut ports = self.ports.clone();
        for (&(preferred, other, protocol), &count) in &self.pairs {
            let seen = |port| self.ports.seen(port, protocol);
            let server = if seen(other) > seen(preferred) {
                other
            } else {
                preferred
            };
            ports.add_guessed(server, protocol, count);
            ports.meet(preferred, protocol);
            ports.meet(other, protocol);
        }
        ports
    }

    /// Adds what is known of the lines after those of this one. It has the same effect as counting
    /// them here. If that cannot be, because there is no room for all names or pairs, nothing is
    /// changed, and the lines have to be counted one by one.
    pub(crate) fn merge(&mut self, other: Self) -> Result<(), Full> {
        if other.is_cut || self.lacks_room_for(&other) {
            return Err(Full);
        }
        self.ports.merge(&other.ports);
        for (protocol, names) in other.names {
            let own = self.names.entry(protocol).or_default();
            for (name, count) in names {
                own.entry(name).or_default().add(count);
            }
        }
        for (pair, count) in other.pairs {
            self.pairs.entry(pair).or_default().add(count);
        }
        self.without_ports.add(other.without_ports);
        self.not_understood += other.not_understood;
        self.has_bytes |= other.has_bytes;
        Ok(())
    }

    fn lacks_room_for(&self, other: &Self) -> bool {
        // Counting what is new takes time, and nearly always there is room for all.
        let (names, pairs) = (self.number_of_names(), self.pairs.len());
        names + other.number_of_names() > MOST_NAMES && names + self.new_names(other) > MOST_NAMES
            || pairs + other.pairs.len() > MOST_PAIRS && pairs + self.new_pairs(other) > MOST_PAIRS
    }

    fn new_names(&self, other: &Self) -> usize {
        let new = other.names.iter().map(|(protocol, names)| {
            let own = self.names.get(protocol);
            let is_new = |name: &&String| own.is_none_or(|own| !own.contains_key(*name));
            names.keys().filter(is_new).count()
        });
        new.sum()
    }

    fn new_pairs(&self, other: &Self) -> usize {
        let is_new = |pair: &&Pair| !self.pairs.contains_key(*pair);
        other.pairs.keys().filter(is_new).count()
    }

    pub(crate) fn is_empty(&self) -> bool {
        let Self {
            ports,
            names,
            pairs,
            ..
        } = self;
        let no_lines = self.without_ports.lines + self.not_understood == 0;
        ports.is_empty() && names.is_empty() && pairs.is_empty() && no_lines
    }
}
