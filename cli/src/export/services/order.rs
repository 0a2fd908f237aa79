//! The order of the lines, because readers take the first one that matches.

use std::collections::{BTreeSet, HashMap};

use port_registry::Protocol;

/// A line of a services file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    pub port: u16,
    pub protocol: Protocol,
    /// At least one; the others are aliases.
    pub names: Vec<&'a str>,
    pub description: String,
}

/// Moves as few lines down as possible, so that
///
/// - the lines of one port keep the order in which they are given, and
/// - the first line of a name is the one with the port `wanted` for it, if there is one.
///
/// If lines wait for each other in a circle, the one given first comes first.
pub fn order<'a>(
    lines: Vec<Line<'a>>,
    wanted: impl Fn(&str, Protocol) -> Option<u16>,
) -> Vec<Line<'a>> {
    let mut waiting = Waiting::new(lines.len());
    for places in places_of_ports(&lines).values() {
        for pair in places.windows(2) {
            waiting.add(pair[0], pair[1]);
        }
    }
    for ((name, protocol), places) in places_of_names(&lines) {
        let port = wanted(name, protocol);
        let first = places
            .iter()
            .find(|&&place| Some(lines[place].port) == port);
        for &place in places.iter().filter(|&place| Some(place) != first) {
            if let Some(&first) = first {
                waiting.add(first, place);
            }
        }
    }
    let mut lines: Vec<_> = lines.into_iter().map(Some).collect();
    let places = waiting.into_order();
    places
        .into_iter()
        .filter_map(|place| lines[place].take())
        .collect()
}

fn places_of_ports(lines: &[Line]) -> HashMap<(u16, Protocol), Vec<usize>> {
    let mut places: HashMap<_, Vec<_>> = HashMap::new();
    for (place, line) in lines.iter().enumerate() {
        places
            .entry((line.port, line.protocol))
            .or_default()
            .push(place);
    }
    places
}

fn places_of_names<'a>(lines: &[Line<'a>]) -> HashMap<(&'a str, Protocol), Vec<usize>> {
    let mut places: HashMap<_, Vec<_>> = HashMap::new();
    for (place, line) in lines.iter().enumerate() {
        for name in &line.names {
            places
                .entry((*name, line.protocol))
                .or_default()
                .push(place);
        }
    }
    places
}

/// Lines, by their places, that wait for others: a topological sort.
struct Waiting {
    /// For each line, those that wait for it.
    followers: Vec<Vec<usize>>,
    /// For each line, how many it waits for.
    awaited: Vec<usize>,
}

impl Waiting {
    fn new(lines: usize) -> Self {
        Self {
            followers: vec![Vec::new(); lines],
            awaited: vec![0; lines],
        }
    }

    fn add(&mut self, first: usize, then: usize) {
        self.followers[first].push(then);
        self.awaited[then] += 1;
    }

    fn into_order(mut self) -> Vec<usize> {
        let mut left: BTreeSet<usize> = (0..self.awaited.len()).collect();
        let mut ready: BTreeSet<usize> = left
            .iter()
            .copied()
            .filter(|&place| self.awaited[place] == 0)
            .collect();
        let mut order = Vec::with_capacity(left.len());
        while let Some(place) = ready.pop_first().or_else(|| left.first().copied()) {
            left.remove(&place);
            order.push(place);
            for follower in std::mem::take(&mut self.followers[place]) {
                self.awaited[follower] -= 1;
                if self.awaited[follower] == 0 && left.contains(&follower) {
                    ready.insert(follower);
                }
            }
        }
        order
    }
}
